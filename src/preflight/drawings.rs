//! Letters of drawings in large print: recto sets a drawing as large as its page lets it be, and what it says must still
//! be read.

use std::collections::BTreeMap;

use super::printer::Job;
use crate::book::{AssetId, PictureKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::page::MarkKind;
use crate::units::Length;

/// Says once a drawing how small its smallest letters come out, where the edition has none so small.
pub fn check(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    let least = job.theme.smallest;
    if least == Length::ZERO {
        return;
    }
    let mut narrowest: BTreeMap<AssetId, Length> = BTreeMap::new();
    for mark in job.pages.pages.iter().flat_map(|page| &page.marks) {
        let MarkKind::Picture { asset, rect, .. } = &mark.kind else { continue };
        if job.book.assets.get(*asset).kind == PictureKind::Svg {
            let known = narrowest.entry(*asset).or_insert(rect.size.width);
            *known = (*known).min(rect.size.width);
        }
    }
    for (asset, width) in narrowest {
        let drawing = job.book.assets.get(asset);
        let source = String::from_utf8_lossy(&drawing.bytes);
        let (Some(letters), across) = (smallest(&source), units_across(&source).unwrap_or(i64::from(drawing.width)))
        else {
            continue;
        };
        let size = width.scale(letters, across.max(1) * HUNDREDTHS);
        if size >= least {
            continue;
        }
        let message = format!("letters of {} come out at {size}, and large print has none under {least}", drawing.path);
        let said = Diagnostic::new(&lints::SMALL_TYPE, message).at(drawing.span);
        diagnostics.report(said.hint("draw it with larger letters, or as a chart, whose letters recto sets"));
    }
}

const HUNDREDTHS: i64 = 100;

/// The smallest size of letters that a drawing names, in hundredths of its own unit; `None` when it names none.
fn smallest(source: &str) -> Option<i64> {
    const KEY: &str = "font-size";
    let sizes = source.match_indices(KEY).filter_map(|(at, _)| {
        let rest = source[at + KEY.len()..].trim_start();
        let rest = rest.strip_prefix(['=', ':'])?.trim_start().trim_start_matches(['"', '\'']).trim_start();
        let (number, unit) = number(rest)?;
        // CSS has 96 pixels to the 72 points of an inch; a share of another size says nothing by itself.
        match unit {
            unit if unit.starts_with("pt") => Some(number * 4 / 3),
            unit if unit.starts_with(['%', 'e', 'r']) => None,
            _ => Some(number),
        }
    });
    sizes.filter(|size| *size > 0).min()
}

/// How many of its own units a drawing is wide, by its view box.
fn units_across(source: &str) -> Option<i64> {
    let rest = source.split_once("viewBox")?.1.trim_start().strip_prefix('=')?.trim_start();
    let width = rest.trim_start_matches(['"', '\'']).split([' ', ',']).filter(|part| !part.is_empty()).nth(2)?;
    number(width).map(|(width, _)| width / HUNDREDTHS)
}

/// A number in hundredths, and what follows it.
fn number(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (whole, part) = text[..end].split_once('.').unwrap_or((&text[..end], ""));
    let part = format!("{part}00");
    Some((whole.parse::<i64>().ok()? * HUNDREDTHS + part[..2].parse::<i64>().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_letters_of_a_drawing_are_found_however_they_are_written() {
        assert_eq!(smallest("<text font-size=\"12\">a</text><text style=\"font-size: 9.5px\">b</text>"), Some(950));
        assert_eq!(smallest("<style>text{font-size:9pt}</style><text font-size='80%'>c</text>"), Some(1200));
        assert_eq!(smallest("<rect/>"), None);
        assert_eq!(units_across("<svg viewBox=\"0 0 640 480\">"), Some(640));
    }
}
