//! Sizes: how large pictures are, as their authors say it, and those among words by what stands beside them.

use super::pictures::Loader;
use crate::book::asset::{Extent, PictureSize};
use crate::book::walk::{self, Shape, ShapeMut};
use crate::book::{Inline, InlineKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::markdown::parsed::Attributes;
use crate::source::Span;
use crate::units::Length;

/// How wide a picture is: `width=60%`, `width=8cm`, `width=400px`, or what a `style` says.
pub(super) fn width(attributes: &Attributes, span: Span, diagnostics: &mut Diagnostics) -> Option<Extent> {
    let written = attributes.get("width").map(str::to_owned).or_else(|| styled(attributes, "width"))?;
    let written = written.trim().trim_end_matches(';');
    if written == "auto" {
        return None;
    }
    // `12,5cm`, as most of Europe counts.
    let written = match written.split_once(',') {
        Some((whole, rest)) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("{whole}.{rest}"),
        _ => written.to_owned(),
    };
    match picture_length(&written) {
        Some(length) => Some(Extent::Length(length)),
        None => share(&written, attributes.span.unwrap_or(span), diagnostics).map(Extent::Share),
    }
}

/// How high a picture may be: a length. A share of the page would depend on what stands above.
pub(super) fn height(attributes: &Attributes, span: Span, diagnostics: &mut Diagnostics) -> Option<Length> {
    let written = attributes.get("height").map(str::to_owned).or_else(|| styled(attributes, "height"))?;
    if written.trim() == "auto" {
        return None;
    }
    let length = picture_length(&written);
    let share = written.trim().strip_suffix('%').and_then(|share| share.trim().parse::<f64>().ok());
    if length.is_none() && share.is_some_and(|share| share > 0.0) {
        let message = format!("a height of \"{written}\" is left out: the picture is as high as its width makes it");
        diagnostics.report(
            Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, message)
                .at(attributes.span.unwrap_or(span))
                .hint("write it as a length: height=8cm, 3in, 240pt or 400px; its width may be a share"),
        );
    } else if length.is_none() {
        diagnostics.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{written}\" is no height of a picture"))
                .at(attributes.span.unwrap_or(span))
                .hint("write it as a length: height=8cm, 3in, 240pt or 400px; its width may be a share too"),
        );
    }
    length
}

/// A width as thousandths of the measure.
fn share(width: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<u16> {
    // `0.5\textwidth`, as LaTeX has it.
    let of_tex = ["\\textwidth", "\\linewidth", "\\columnwidth"].iter().find_map(|unit| width.strip_suffix(unit));
    let of_tex = of_tex.map(|number| if number.trim().is_empty() { "1" } else { number });
    let percent = match of_tex {
        Some(number) => number.trim().parse::<f64>().ok().map(|share| share * 100.0),
        None => width.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok()),
    };
    if percent.is_some_and(|percent| (100.0..=1000.0).contains(&percent) && percent > 100.0) {
        let message = format!("\"{width}\" is wider than the measure: the picture is as wide as that");
        diagnostics.report(Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, message).at(span).hint(
            "place=wide reaches over text and margin, where the theme has room for it; width=100% is the measure",
        ));
        return Some(1000);
    }
    let share = percent.map(|percent| percent * 10.0).filter(|share| (10.0..=1000.0).contains(share));
    if share.is_none() {
        diagnostics.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{width}\" is no width of a picture"))
                .at(span)
                .hint("write it as a share of the measure or as a length: width=60%, 8cm, 3in, 240pt, 400px"),
        );
    }
    share.map(|share| share as u16)
}

/// A length of a picture: with a unit, or in pixels, 96 to the inch.
fn picture_length(written: &str) -> Option<Length> {
    let written = written.trim().to_ascii_lowercase();
    let pixels = written.strip_suffix("px").unwrap_or(&written).trim();
    let length = match pixels.parse::<f64>() {
        Ok(pixels) if (0.0..=20_000.0).contains(&pixels) => Some(Length::inches(pixels / 96.0)),
        _ => Length::parse(&written),
    };
    length.filter(|length| *length >= Length::mm(0.3))
}

/// What a `style` says of a side: `style="width:200px"`.
fn styled(attributes: &Attributes, side: &str) -> Option<String> {
    let style = attributes.get("style")?;
    style.split(';').find_map(|said| {
        let (name, value) = said.split_once(':')?;
        (name.trim() == side).then(|| value.trim().to_owned())
    })
}

/// The size of a picture among words, as far as its author said it.
pub(super) fn said(attributes: &Attributes, span: Span, diagnostics: &mut Diagnostics) -> PictureSize {
    let (width, height) = (width(attributes, span, diagnostics), height(attributes, span, diagnostics));
    match (width, height) {
        (None, None) => PictureSize::Natural { of: 1 },
        (width, height) => PictureSize::Set { width, height },
    }
}

/// How many pictures stand beside each other among which words.
#[derive(Clone, Copy, Default)]
struct Stretch {
    pictures: u8,
    words: bool,
}

/// Settles how large the pictures of a text are whose authors did not say: one that has its line to itself, in a cell,
/// in a link or between breaks, is as large as it is; several share the line; one among words is as high as they are
/// if it was drawn so small, else it takes a third of the line, and that is said.
pub(super) fn settle(content: &mut [Inline], loader: &Loader<'_>, diagnostics: &mut Diagnostics) {
    let mut stretches = vec![Stretch::default()];
    let mut any = false;
    for piece in walk::pieces(content) {
        let last = stretches.len() - 1;
        match piece.shape() {
            Shape::Break => stretches.push(Stretch::default()),
            Shape::Letters(text) => stretches[last].words |= !text.trim().is_empty(),
            Shape::Sign if matches!(piece.kind, InlineKind::Picture { .. }) => {
                any = true;
                stretches[last].pictures = stretches[last].pictures.saturating_add(1);
            }
            Shape::Sign => stretches[last].words |= piece.habits().as_word,
            Shape::Around(_) => {}
        }
    }
    if any {
        let mut stretches = stretches.iter();
        let mut now = stretches.next().copied().unwrap_or_default();
        settle_in(content, &mut stretches, &mut now, loader, diagnostics);
    }
}

fn settle_in(
    content: &mut [Inline],
    stretches: &mut std::slice::Iter<'_, Stretch>,
    now: &mut Stretch,
    loader: &Loader<'_>,
    diagnostics: &mut Diagnostics,
) {
    for piece in content {
        let span = piece.span;
        if let InlineKind::Picture { asset, size, .. } = &mut piece.kind {
            let picture = loader.asset(*asset);
            let high = picture.density.unwrap_or(crate::book::Density::per_inch(96)).width(picture.height);
            let (beside, settled) = match (now.words, high <= Length::inches(0.6)) {
                (true, true) => (None, PictureSize::Letters),
                (true, false) => (Some("a line of text"), PictureSize::Natural { of: 3 }),
                (false, _) => {
                    (Some("one line with other pictures"), PictureSize::Natural { of: now.pictures.clamp(1, 4) })
                }
            };
            let sized = matches!(size, PictureSize::Set { .. });
            if let Some(beside) = beside.filter(|_| now.words || now.pictures > 1) {
                let message = format!("\"{}\" stands in {beside} and is set small", picture.path);
                let message = if sized { message.replace(" and is set small", "") } else { message };
                diagnostics.report(Diagnostic::new(&lints::PICTURE_IN_LINE, message).at(span).hint(
                    "alone in its paragraph, with an empty line before and after, it is a figure and has its width",
                ));
            }
            if !sized {
                *size = settled;
            }
            continue;
        }
        match piece.shape_mut() {
            ShapeMut::Break => *now = stretches.next().copied().unwrap_or_default(),
            ShapeMut::Around(content) => settle_in(content, stretches, now, loader, diagnostics),
            ShapeMut::Letters(_) | ShapeMut::Sign => {}
        }
    }
}
