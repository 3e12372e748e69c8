//! Shades: the colours that an eye meets in a picture, to tell whether it can be seen on a ground.

use image::imageops::FilterType;

use crate::book::PictureKind;
use crate::units::Colour;

/// Pixels across and down that are looked at.
const SAMPLES: u32 = 48;

/// Colours that a drawing may name instead of counting them out.
const NAMES: [(&str, Colour); 8] = [
    ("black", rgb(0, 0, 0)),
    ("white", rgb(255, 255, 255)),
    ("navy", rgb(0, 0, 128)),
    ("red", rgb(255, 0, 0)),
    ("green", rgb(0, 128, 0)),
    ("blue", rgb(0, 0, 255)),
    ("gray", rgb(128, 128, 128)),
    ("currentcolor", rgb(0, 0, 0)),
];

const fn rgb(red: u8, green: u8, blue: u8) -> Colour {
    Colour { red, green, blue }
}

/// The colours of a picture's visible pixels, or those that a drawing names; nothing for what cannot be told.
pub fn shades(kind: PictureKind, bytes: &[u8]) -> Vec<Colour> {
    match kind {
        PictureKind::Svg => of_a_drawing(&String::from_utf8_lossy(bytes)),
        _ => of_pixels(bytes),
    }
}

fn of_pixels(bytes: &[u8]) -> Vec<Colour> {
    let Ok(picture) = image::load_from_memory(bytes) else { return Vec::new() };
    let (width, height) = (picture.width().min(SAMPLES), picture.height().min(SAMPLES));
    // The nearest pixels as they are: means of letters and what shines through are no colour of the picture.
    let small = picture.resize_exact(width, height, FilterType::Nearest).into_rgba8();
    let seen = small.pixels().filter(|pixel| pixel.0[3] > 127);
    seen.map(|pixel| rgb(pixel.0[0], pixel.0[1], pixel.0[2])).collect()
}

/// What stands after `fill`, `stroke` and `stop-color`, as attributes or in styles.
fn of_a_drawing(text: &str) -> Vec<Colour> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for key in ["fill", "stroke", "stop-color"] {
        for (at, _) in lower.match_indices(key) {
            let rest = lower[at + key.len()..].trim_start();
            let Some(value) = rest.strip_prefix('=').or_else(|| rest.strip_prefix(':')) else { continue };
            let value = value.trim_start_matches(['"', '\'', ' ']);
            found.extend(colour(value));
        }
    }
    // What says no colour is black.
    if found.is_empty() && !lower.contains("<image") {
        found.push(rgb(0, 0, 0));
    }
    found
}

fn colour(value: &str) -> Option<Colour> {
    if let Some(digits) = value.strip_prefix('#') {
        let count = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
        let part = |at: usize, length: usize| {
            let digits = digits.get(at * length..(at + 1) * length)?;
            let value = u8::from_str_radix(digits, 16).ok()?;
            Some(if length == 1 { value * 17 } else { value })
        };
        let length = match count {
            3 | 4 => 1,
            6 | 8 => 2,
            _ => return None,
        };
        return Some(rgb(part(0, length)?, part(1, length)?, part(2, length)?));
    }
    if let Some(parts) = value.strip_prefix("rgb(") {
        let mut parts = parts.split(')').next()?.split([',', ' ']).filter(|part| !part.is_empty());
        let mut part = || parts.next()?.trim().parse::<u8>().ok();
        return Some(rgb(part()?, part()?, part()?));
    }
    let word: String = value.chars().take_while(char::is_ascii_alphabetic).collect();
    NAMES.iter().find(|(name, _)| *name == word).map(|(_, colour)| *colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_that_a_drawing_names_are_found() {
        let svg =
            "<svg><style>.a{fill:#fff}</style><path fill=\"#14304A\" stroke='rgb(1, 2, 3)'/><g fill=\"none\"/></svg>";
        let of = |text: &str| shades(PictureKind::Svg, text.as_bytes());
        let expected = [rgb(255, 255, 255), rgb(0x14, 0x30, 0x4a), rgb(1, 2, 3)];
        assert_eq!(of(svg), expected);
        assert_eq!(of("<svg><path d='M0'/></svg>"), [rgb(0, 0, 0)]);
    }
}
