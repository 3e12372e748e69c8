//! Colours of pages on screens, light and dark, from the theme's palette.
//!
//! One brand colour gives all of it. Letters have at least 4.5 : 1 against paper and ground, edges of fields 3 : 1 (WCAG
//! 2.2, 1.4.3 and 1.4.11); what falls short is moved in lightness until it does. Rules and tints carry no meaning alone.

use super::{Family, Palette, Role, Theme};
use crate::units::Colour;

/// The colours of one scheme.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scheme {
    /// Text.
    pub text: Colour,
    /// Titles, links, the first button.
    pub ink: Colour,
    /// What is current, hovered or focused.
    pub accent: Colour,
    /// The short rule, which no letter stands in.
    pub mark: Colour,
    /// What stands back.
    pub grey: Colour,
    /// Edges of fields and buttons.
    pub edge: Colour,
    /// Thin rules.
    pub rule: Colour,
    /// Behind what is hovered.
    pub tint: Colour,
    /// Bands and boxes.
    pub ground: Colour,
    /// The page.
    pub paper: Colour,
}

const LETTERS: f64 = 4.5;
const EDGES: f64 = 3.0;

impl Scheme {
    /// The light colours: the theme's own.
    pub fn light(palette: &Palette) -> Scheme {
        let paper = Colour::WHITE;
        let grounds = [paper, palette.ground];
        Scheme {
            text: readable(palette.text, &grounds, LETTERS, false),
            ink: readable(palette.ink, &grounds, LETTERS, false),
            accent: readable(palette.accent, &grounds, LETTERS, false),
            mark: palette.accent,
            grey: readable(palette.grey, &grounds, LETTERS, false),
            edge: readable(mixed(palette.grey, paper, 70), &grounds, EDGES, false),
            rule: palette.rules,
            tint: mixed(palette.ink, paper, 15),
            ground: palette.ground,
            paper,
        }
    }

    /// The dark colours: paper in the hue of the ink, nearly black.
    pub fn dark(palette: &Palette) -> Scheme {
        let (hue, saturation, _) = hsl(palette.ink);
        let (accent_hue, accent_saturation, _) = hsl(palette.accent);
        let shade = |share: f64, lightness: f64| rgb(hue, (saturation * share).min(0.5), lightness);
        let (paper, ground) = (shade(0.74, 0.10), shade(0.68, 0.15));
        let grounds = [paper, ground];
        let accent = rgb(accent_hue, accent_saturation.clamp(0.3, 0.8), 0.71);
        Scheme {
            text: readable(shade(0.33, 0.91), &grounds, LETTERS, true),
            ink: readable(shade(0.79, 0.84), &grounds, LETTERS, true),
            accent: readable(accent, &grounds, LETTERS, true),
            mark: accent,
            grey: readable(shade(0.3, 0.70), &grounds, LETTERS, true),
            edge: readable(shade(0.3, 0.52), &grounds, EDGES, true),
            rule: shade(0.47, 0.25),
            tint: shade(0.6, 0.22),
            ground,
            paper,
        }
    }
}

/// The theme as variables: two schemes of colours, and the families with what stands in for them.
pub fn variables(theme: &Theme) -> String {
    let colours = |scheme: &Scheme| {
        let named = [
            ("text", scheme.text),
            ("ink", scheme.ink),
            ("accent", scheme.accent),
            ("mark", scheme.mark),
            ("grey", scheme.grey),
            ("edge", scheme.edge),
            ("rule", scheme.rule),
            ("tint", scheme.tint),
            ("ground", scheme.ground),
            ("paper", scheme.paper),
        ];
        named.map(|(name, colour)| format!("--{name}:{colour};")).concat()
    };
    let (light, dark) = (Scheme::light(&theme.palette), Scheme::dark(&theme.palette));
    let serif = |family: Family| match family {
        Family::Text => "Georgia,serif",
        Family::Headings if theme.families.name(family) == theme.families.name(Family::Text) => "Georgia,serif",
        Family::Headings => "system-ui,sans-serif",
        Family::Mono => "monospace",
    };
    let title = theme.style(Role::BookTitle);
    let families = format!(
        "--display:recto-display,{0};--subhead:recto-subhead,{0};--body:recto-text,{1};--sans:recto-sans,{2};--mono:recto-mono,monospace;--title-weight:{3};",
        serif(title.family),
        serif(Family::Text),
        serif(Family::Headings),
        title.weight,
    );
    format!(
        ":root{{color-scheme:light dark;{}{families}}}\n@media (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        colours(&light),
        colours(&dark)
    )
}

/// The rule of a face that pages carry, in WOFF.
pub fn face_rule(family: &str, weight: u16, italic: bool, url: &str) -> String {
    let style = if italic { "italic" } else { "normal" };
    format!(
        "@font-face{{font-family:{family};font-weight:{weight};font-style:{style};font-display:swap;src:url({url}) format(\"woff\")}}\n"
    )
}

/// A colour, moved in lightness until it stands out against all grounds.
fn readable(colour: Colour, grounds: &[Colour], least: f64, lighter: bool) -> Colour {
    let (hue, saturation, mut lightness) = hsl(colour);
    let mut found = colour;
    let step = if lighter { 0.01 } else { -0.01 };
    while grounds.iter().any(|ground| contrast(found, *ground) < least) && (0.0..=1.0).contains(&(lightness + step)) {
        lightness += step;
        found = rgb(hue, saturation, lightness.clamp(0.0, 1.0));
    }
    found
}

/// What a reader that paints a dark page has behind its text, about.
pub const NIGHT: Colour = Colour::hex(0x161616);

/// A colour that can be read by day and by night, at the size of titles: it keeps 4.5 : 1 on white paper, and is made so
/// light that it keeps 3 : 1 on a dark page that does not say that it is one.
pub fn by_day_and_night(colour: Colour) -> Colour {
    let day = readable(colour, &[Colour::WHITE], LETTERS, false);
    readable(day, &[NIGHT], EDGES, true)
}

/// The same on a page that says that it is dark.
pub fn by_night(colour: Colour) -> Colour {
    let (hue, saturation, lightness) = hsl(colour);
    let pale = rgb(hue, saturation.clamp(0.0, 0.72), lightness.max(0.74));
    readable(pale, &[NIGHT], LETTERS, true)
}

/// So many per cent of a colour over another.
fn mixed(over: Colour, under: Colour, share: i32) -> Colour {
    let one = |over: u8, under: u8| {
        let between = i32::from(under) * (100 - share) + i32::from(over) * share;
        ((between + 50) / 100) as u8
    };
    Colour { red: one(over.red, under.red), green: one(over.green, under.green), blue: one(over.blue, under.blue) }
}

/// The contrast of two colours (WCAG 2.2).
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
}

/// Hue in degrees, saturation and lightness in shares.
fn hsl(colour: Colour) -> (f64, f64, f64) {
    let [red, green, blue] = [colour.red, colour.green, colour.blue].map(|value| f64::from(value) / 255.0);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let (lightness, span) = ((most + least) / 2.0, most - least);
    if span < 1e-9 {
        return (0.0, 0.0, lightness);
    }
    let saturation = span / (1.0 - (2.0 * lightness - 1.0).abs());
    let hue = if most == red {
        ((green - blue) / span).rem_euclid(6.0)
    } else if most == green {
        (blue - red) / span + 2.0
    } else {
        (red - green) / span + 4.0
    };
    (hue * 60.0, saturation, lightness)
}

fn rgb(hue: f64, saturation: f64, lightness: f64) -> Colour {
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let second = chroma * (1.0 - ((hue / 60.0).rem_euclid(2.0) - 1.0).abs());
    let (red, green, blue) = match (hue / 60.0) as u32 {
        0 => (chroma, second, 0.0),
        1 => (second, chroma, 0.0),
        2 => (0.0, chroma, second),
        3 => (0.0, second, chroma),
        4 => (second, 0.0, chroma),
        _ => (chroma, 0.0, second),
    };
    let least = lightness - chroma / 2.0;
    let byte = |value: f64| ((value + least) * 255.0).round().clamp(0.0, 255.0) as u8;
    Colour { red: byte(red), green: byte(green), blue: byte(blue) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_every_brand_can_be_read_on_paper_and_on_ground() {
        let palette = Theme::settle(&[]).palette;
        for brand in [0x14304A, 0xF5D000, 0x00FF00, 0x808080, 0xC4892B, 0x000000, 0xFFFFFF, 0x8A1538] {
            let brand = Colour::hex(brand);
            let palette = Palette { ink: brand, accent: brand, ..palette };
            for scheme in [Scheme::light(&palette), Scheme::dark(&palette)] {
                for ground in [scheme.paper, scheme.ground] {
                    for letters in [scheme.text, scheme.ink, scheme.accent, scheme.grey] {
                        assert!(contrast(letters, ground) >= 4.5, "{brand:?} {scheme:?}");
                    }
                    assert!(contrast(scheme.edge, ground) >= 3.0, "{brand:?} {scheme:?}");
                }
            }
        }
    }
}
