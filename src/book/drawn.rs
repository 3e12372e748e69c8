//! How large the letters of a drawing come out: what an SVG says of their size, beside how wide it is.

use super::{Asset, PictureKind};
use crate::units::Length;

impl Asset {
    /// How large its smallest letters come out where it stands so wide; `None` for what is no drawing, or names no size.
    pub fn smallest_letters(&self, width: Length) -> Option<Length> {
        if self.kind != PictureKind::Svg {
            return None;
        }
        let source = String::from_utf8_lossy(&self.bytes);
        let letters = smallest(&source)?;
        let across = units_across(&source).unwrap_or(i64::from(self.width));
        Some(width.scale(letters, across.max(1) * HUNDREDTHS))
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
