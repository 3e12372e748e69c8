//! What would go wrong at the printer's.
//!
//! Runs over the finished pages of every PDF edition, in every build and check. What layout finds while it sets (lines
//! too wide, tables made smaller, characters without a glyph) it says itself; what the PDF writer measures in pictures
//! (ink), the writer says.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::book::{AssetId, Book, PictureKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::edition::{Edition, Press, Purpose};
use crate::font::{FaceId, Fonts};
use crate::page::{Glyph, Mark, MarkKind, Page, PageKind, Pages, TextRun};
use crate::source::Span;
use crate::theme::Theme;
use crate::units::{Colour, Length, Rect};

/// What is looked at.
pub struct Job<'a> {
    /// The finished pages.
    pub pages: &'a Pages,
    /// Their content.
    pub book: &'a Book,
    /// Their looks.
    pub theme: &'a Theme,
    /// Their edition.
    pub edition: &'a Edition,
    /// Where the manuscript names it.
    pub place: Option<Span>,
    /// Their faces.
    pub fonts: &'a Fonts,
}

/// The thinnest rule that a press holds.
const THINNEST: Length = Length::pt(0.25);
/// What office printers cannot print on.
const OFFICE_EDGE: Length = Length::inches(0.166);

/// What is safe with all of them.
const SAFE_EDGE: Length = Length::inches(0.25);

/// Looks at everything.
pub fn check(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    resolution(job, diagnostics);
    if !near_the_trim(job, diagnostics) {
        near_the_edge(job, diagnostics);
    }
    hairlines(job, diagnostics);
    stray_colour(job, diagnostics);
    embedding(job, diagnostics);
    if let Some(press) = job.press() {
        page_count(job, press, diagnostics);
        trim_size(job, press, diagnostics);
    }
}

impl Job<'_> {
    fn press(&self) -> Option<&'static Press> {
        match self.edition.purpose {
            Purpose::Press(printer) => Some(printer.press()),
            _ => None,
        }
    }

    fn marks(&self) -> impl Iterator<Item = (&Page, &Mark)> {
        self.pages.pages.iter().flat_map(|page| page.marks.iter().map(move |mark| (page, mark)))
    }

    /// A page as its reader knows it.
    fn called(&self, page: &Page) -> String {
        match page.folio {
            Some(folio) => format!("page {folio}"),
            None => "the cover".to_owned(),
        }
    }
}

/// Pixels to the inch of each picture where it is placed largest: 300 in print, 150 on screens.
fn resolution(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    let wanted = if job.edition.purpose == Purpose::Screen { 150 } else { 300 };
    let mut least: BTreeMap<AssetId, (u32, Length)> = BTreeMap::new();
    let on_covers = |page: &Page| matches!(page.kind, PageKind::Cover | PageKind::BackCover);
    let mut covers: BTreeSet<AssetId> = BTreeSet::new();
    for (page, mark) in job.marks() {
        let MarkKind::Picture { asset, rect, .. } = &mark.kind else { continue };
        if on_covers(page) {
            covers.insert(*asset);
        }
        let picture = job.book.assets.get(*asset);
        if picture.kind == PictureKind::Svg || rect.size.width <= Length::ZERO || rect.size.height <= Length::ZERO {
            continue;
        }
        let across = f64::from(picture.width) / rect.size.width.to_inches();
        let down = f64::from(picture.height) / rect.size.height.to_inches();
        let density = across.min(down).round() as u32;
        let known = least.entry(*asset).or_insert((density, rect.size.width));
        if density < known.0 {
            *known = (density, rect.size.width);
        }
    }
    for (asset, (density, width)) in least {
        if density >= wanted {
            continue;
        }
        let picture = job.book.assets.get(asset);
        let needed = (width.to_inches() * f64::from(wanted)).ceil();
        diagnostics.report(
            Diagnostic::new(
                &lints::LOW_RESOLUTION,
                format!("{} has {density} pixels to the inch where it is placed, {wanted} are wanted", picture.path),
            )
            .at(picture.span)
            .hint(match covers.contains(&asset) {
                // A cover's picture is as large as the cover.
                true => format!("a picture {needed} pixels wide would do"),
                false => format!("a picture {needed} pixels wide would do, or the same one set smaller (`width=50%`)"),
            }),
        );
    }
}

/// On so many pages text may stand too near to the edge by itself; on more of them the margins are the cause.
const BY_ITSELF: usize = 3;

/// Text nearer to the edge than the printer allows: once a page, or once where the margins are so narrow; whether they
/// are.
fn near_the_trim(job: &Job<'_>, diagnostics: &mut Diagnostics) -> bool {
    let (least, wanted, who) = match (job.press(), job.edition.purpose) {
        (Some(press), _) => {
            let least = press.outside.min(Length::inches(0.25));
            (least, least, press.name)
        }
        (None, Purpose::Screen) => (Length::ZERO, Length::ZERO, "a screen"),
        (None, _) => (OFFICE_EDGE, SAFE_EDGE, "an office printer"),
    };
    let found = job.pages.pages.par_iter().filter_map(|page| {
        let (run, distance) = nearest(job, page, least)?;
        Some((page, run, distance))
    });
    let found: Vec<(&Page, &TextRun, Length)> = found.collect();
    let wanted = format!("{who} wants {:.2} in", wanted.to_inches());
    if let (Some((page, ..)), true) = (found.first(), found.len() > BY_ITSELF) {
        let nearest = found.iter().map(|(.., distance)| *distance).min().unwrap_or_default();
        let message = format!(
            "words on {} pages, the first of them {}, {}; {wanted}",
            found.len(),
            job.called(page),
            stands(nearest, "edge", false)
        );
        let said = Diagnostic::new(&lints::NEAR_TRIM, message).at(job.place);
        diagnostics.report(said.hint("widen the edition's margins"));
        return true;
    }
    for (page, run, distance) in found {
        let words: String = run.text.trim().chars().take(40).collect();
        let message = format!("on {}, \"{words}\" {}; {wanted}", job.called(page), stands(distance, "edge", true));
        diagnostics.report(
            Diagnostic::new(&lints::NEAR_TRIM, message)
                .at(run.span.or(job.place))
                .hint("widen the edition's margins, or shorten what runs out of the measure"),
        );
    }
    false
}

/// The first run of a page that stands nearer than that to an edge, and how far from it.
fn nearest<'a>(job: &Job<'_>, page: &'a Page, least: Length) -> Option<(&'a TextRun, Length)> {
    page.marks.iter().filter(|mark| mark.transform.is_none()).find_map(|mark| match &mark.kind {
        MarkKind::Text(run) => Some((run, distance(job, page, run)?)).filter(|(_, distance)| *distance < least),
        _ => None,
    })
}

/// How far something is from the edge, in words: off the page too. `one` says that it is one thing and not several.
fn stands(distance: Length, edge: &str, one: bool) -> String {
    let (s, inches) = (if one { "s" } else { "" }, distance.to_inches());
    match inches <= -0.005 {
        true => format!("run{s} {:.2} in off the page", -inches),
        false => format!("stand{s} {:.2} in from the {edge}", inches.max(0.0)),
    }
}

/// How far the nearest letter of a run is from the edge of its page; `None` for a run of nothing but spaces.
fn distance(job: &Job<'_>, page: &Page, run: &TextRun) -> Option<Length> {
    let ends = run.text.trim_end().len();
    if ends == 0 {
        return None;
    }
    let face = job.fonts.face(run.face);
    let letters = run.glyphs.iter().filter(|glyph| (glyph.start as usize) < ends);
    let width: Length = letters.map(Glyph::advance).sum();
    let rise = face.cap_height(run.size);
    let rect = Rect::new(run.origin.x, run.origin.y - rise, width, rise);
    let sides = [rect.origin.x, rect.origin.y, page.size.width - rect.right(), page.size.height - rect.foot()];
    sides.into_iter().reduce(Length::min)
}

/// Ink on a page of the book where an office printer may print nothing: said once, at the first page. Words that are
/// still nearer are said by themselves; covers are known to lose their edges.
fn near_the_edge(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    let office = matches!(job.edition.purpose, Purpose::Office | Purpose::LargePrint);
    if !office || job.pages.bleed > Length::ZERO {
        return;
    }
    let from_the_edge = |page: &Page, rect: Rect| {
        let sides = [rect.origin.x, rect.origin.y, page.size.width - rect.right(), page.size.height - rect.foot()];
        sides.into_iter().reduce(Length::min)
    };
    let found = job.marks().filter(|(page, mark)| page.kind == PageKind::Inside && mark.transform.is_none());
    let mut found = found.filter_map(|(page, mark)| {
        let (what, off) = match &mark.kind {
            MarkKind::Text(run) => ("words", distance(job, page, run).filter(|off| *off >= OFFICE_EDGE)?),
            MarkKind::Fill { colour, .. } if *colour == Colour::WHITE => return None,
            MarkKind::Fill { rect, .. } | MarkKind::Veil { rect, .. } => {
                ("a ground or a rule", from_the_edge(page, *rect)?)
            }
            MarkKind::Picture { rect, clip, .. } => ("a picture", from_the_edge(page, clip.unwrap_or(*rect))?),
            MarkKind::Outline { .. } => return None,
        };
        (off < SAFE_EDGE).then_some((page, what, off))
    });
    if let Some((page, what, off)) = found.next() {
        let place = stands(off, "edge of the sheet", what != "words");
        let message = format!("{what} on {} {place}", job.called(page));
        diagnostics.report(
            Diagnostic::new(&lints::NEAR_EDGE, message)
                .at(job.place)
                .hint("office printers print nothing within 0.25 in (6.35 mm) of the edge: make the margins wider"),
        );
    }
}

/// Rules that are thinner than a press holds.
fn hairlines(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    if job.edition.purpose == Purpose::Screen {
        return;
    }
    let thin = job.marks().filter_map(|(page, mark)| match &mark.kind {
        MarkKind::Fill { rect, .. } => Some((page, rect.size.width.min(rect.size.height))),
        _ => None,
    });
    let mut thin = thin.filter(|(_, weight)| *weight > Length::ZERO && *weight < THINNEST);
    if let Some((page, weight)) = thin.next() {
        let more = thin.count();
        let others = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        diagnostics.report(
            Diagnostic::new(
                &lints::HAIRLINE,
                format!("on {}, a rule is {weight} thin{others}; presses hold {THINNEST}", job.called(page)),
            )
            .at(job.place)
            .hint("the size of the text is very small for this theme's rules"),
        );
    }
}

/// Pages of a press edition whose only colour is in letters and rules: they cost as much as pages with colour pictures.
fn stray_colour(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    if job.press().is_none() || job.edition.looks.greyscale == Some(true) {
        return;
    }
    let pages: Vec<&Page> = job.pages.pages.iter().filter(|page| only_type_is_coloured(page)).collect();
    if let Some(first) = pages.first() {
        let (count, first) = (pages.len(), job.called(first));
        let message = match count {
            1 => format!("{first} has colour in letters and rules only, and would be printed in four inks for it"),
            _ => format!(
                "{count} pages, the first of them {first}, have colour in letters and rules only, and would be printed \
                 in four inks for it"
            ),
        };
        diagnostics.report(Diagnostic::new(&lints::STRAY_COLOUR, message).at(job.place).hint(
            "`colour: grey` prints the edition in black; `colours: {ink: \"#000000\", accent: \"#000000\"}` keeps colour \
             to its pictures",
        ));
    }
}

fn only_type_is_coloured(page: &Page) -> bool {
    const RULE: Length = Length::pt(4.0);
    let mut coloured = false;
    for mark in &page.marks {
        match &mark.kind {
            MarkKind::Picture { .. } | MarkKind::Veil { .. } => return false,
            MarkKind::Text(run) => coloured |= !run.colour.is_grey(),
            MarkKind::Fill { rect, colour } if !colour.is_grey() => {
                if rect.size.width.min(rect.size.height) > RULE {
                    return false;
                }
                coloured = true;
            }
            MarkKind::Fill { .. } => {}
            MarkKind::Outline { colour, .. } => coloured |= !colour.is_grey(),
        }
    }
    coloured
}

/// Faces whose licence bits forbid embedding.
fn embedding(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    let used: BTreeSet<FaceId> = job
        .marks()
        .filter_map(|(_, mark)| match &mark.kind {
            MarkKind::Text(run) => Some(run.face),
            _ => None,
        })
        .collect();
    for face in used.into_iter().map(|id| job.fonts.face(id)).filter(|face| !face.metrics.embeddable) {
        diagnostics.report(
            Diagnostic::new(
                &lints::NO_EMBEDDING,
                format!("the licence of the face {} does not allow it to be embedded", face.name),
            )
            .hint("ask its foundry for a licence that does, or choose another face"),
        );
    }
}

fn page_count(job: &Job<'_>, press: &Press, diagnostics: &mut Diagnostics) {
    let (count, (least, most)) = (job.pages.pages.len(), press.pages);
    if !(least..=most).contains(&count) {
        diagnostics.report(
            Diagnostic::new(
                &lints::PAGE_COUNT,
                format!("{} binds {least} to {most} pages, this edition has {count}", press.name),
            )
            .at(job.place)
            .hint(if count < least {
                "a larger size, wider margins or a smaller trim make more pages"
            } else {
                "a smaller size, narrower margins or a larger trim make fewer pages"
            }),
        );
    }
}

fn trim_size(job: &Job<'_>, press: &Press, diagnostics: &mut Diagnostics) {
    let trim = job.theme.page.trim;
    let (small, large) = press.trims;
    let fits = trim.width >= small.width
        && trim.height >= small.height
        && trim.width <= large.width
        && trim.height <= large.height;
    if !fits {
        let size =
            |size: crate::units::Size| format!("{:.2} × {:.2} in", size.width.to_inches(), size.height.to_inches());
        diagnostics.report(
            Diagnostic::new(
                &lints::TRIM_SIZE,
                format!("{} cuts from {} to {}, this edition is {}", press.name, size(small), size(large), size(trim)),
            )
            .at(job.place)
            .hint("set `trim`, for instance to 6x9in"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_off_the_page_is_not_said_to_stand_in_it() {
        for (inches, said) in [
            (0.2, "stands 0.20 in from the edge"),
            (0.0, "stands 0.00 in from the edge"),
            (-16.24, "runs 16.24 in off the page"),
        ] {
            assert_eq!(stands(Length::inches(inches), "edge", true), said);
        }
        assert_eq!(stands(Length::inches(-1.0), "edge", false), "run 1.00 in off the page");
    }
}
