//! The colours of charts: made from the palette, so that a series is told from the others by how light it is, also
//! where colours are not seen or not printed.

use super::Palette;
use super::colour::{GRAPHICS, TEXT, contrast, mix, readable};
use crate::units::Colour;

/// The colours of charts on one paper.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ChartColours {
    /// Grounds of series; the second is that of what a chart is about. From the fourth on they are so light that they
    /// have an edge.
    pub series: [Colour; 6],
    /// The same where they are estimates.
    pub faint: [Colour; 6],
    /// Lines and dots of series.
    pub lines: [Colour; 6],
    /// Lines that stand back.
    pub quiet: Colour,
    /// What carries no value of its own.
    pub tint: Colour,
    /// The edge of light grounds.
    pub edge: Colour,
    /// The marks of an axis.
    pub grid: Colour,
    /// The line of zero.
    pub zero: Colour,
    /// What is behind all.
    pub paper: Colour,
    /// Words.
    pub text: Colour,
    /// Words that stand back.
    pub grey: Colour,
}

/// What the deepest ground has against the paper at least, and what lies between it and the others, in hundredths.
const DEEP: i64 = 700;
const ACCENT: (i64, i64) = (380, 620);
const MIDDLE: i64 = 305;
const LIGHT: i64 = 195;
const PALE: i64 = 132;

impl Palette {
    /// The colours of charts on a paper.
    pub fn charts(&self, paper: Colour) -> ChartColours {
        let deep = readable(self.ink, paper, DEEP);
        let ink_contrast = contrast(deep, paper);
        // Where a theme has no accent beside its ink, what a chart is about is the darkest.
        let (ink, accent) = match contrast(self.accent, self.ink) < 125 {
            true => (toned(deep, paper, ACCENT.1.min(ink_contrast * 10 / 17)), deep),
            false => {
                let own = contrast(self.accent, paper).clamp(ACCENT.0, ACCENT.1.min(ink_contrast * 10 / 17));
                (deep, toned(self.accent, paper, own))
            }
        };
        let (one, other) = (contrast(ink, paper), contrast(accent, paper));
        let (dark, pale) = (one.max(other), one.min(other));
        // The third lies below the two, or between them where they leave it more room there.
        let between = (dark * pale).isqrt();
        let third = if pale * 100 / MIDDLE >= 122 || between * 100 / pale < 135 { MIDDLE } else { between };
        let middle = toned(ink, paper, third);
        let text = if contrast(self.text, paper) >= TEXT { self.text } else { readable(self.text, paper, 1200) };
        let grey = readable(self.grey, paper, TEXT);
        let light = toned(ink, paper, LIGHT);
        let series = [ink, accent, middle, light, toned(accent, paper, PALE), paper];
        ChartColours {
            series,
            faint: series.map(|colour| mix(colour, paper, 180)),
            lines: [ink, accent, middle, grey, toned(accent, paper, 900), text],
            quiet: toned(self.rules, paper, GRAPHICS + 20),
            tint: toned(ink, paper, 140),
            edge: readable(self.rules, paper, GRAPHICS + 60),
            grid: toned(self.grey, paper, 150),
            zero: grey,
            paper,
            text,
            grey,
        }
    }
}

impl ChartColours {
    /// The colour of words on the ground of a series.
    pub fn on(&self, series: usize) -> Colour {
        let ground = self.series[series.min(self.series.len() - 1)];
        let of = |colour: Colour| contrast(colour, ground);
        let (dark, light) = if of(Colour::BLACK) > of(Colour::WHITE) { (true, false) } else { (false, true) };
        match (dark, light && of(Colour::WHITE) < TEXT) {
            (_, true) | (true, _) => Colour::BLACK,
            (false, false) => Colour::WHITE,
        }
    }

    /// The colour of words beside the line of a series.
    pub fn beside(&self, series: usize) -> Colour {
        readable(self.lines[series.min(self.lines.len() - 1)], self.paper, TEXT)
    }
}

/// A colour made lighter or darker until it has a contrast to the paper.
fn toned(colour: Colour, paper: Colour, wanted: i64) -> Colour {
    let strong = readable(colour, paper, wanted);
    let nearer = (0..=256).map(|share| mix(strong, paper, share));
    // The last one that still has it.
    nearer.take_while(|mixed| contrast(*mixed, paper) >= wanted).last().unwrap_or(strong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::builtin::GREY_PALETTE;
    use crate::theme::colour::of_brand;
    use crate::theme::{Base, Theme, ThemeSpec};

    fn palettes() -> Vec<Palette> {
        let named = |base: &Base| ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() };
        let mut all: Vec<Palette> = Base::ALL.iter().map(|base| Theme::settle(&[&named(base)]).palette).collect();
        all.push(GREY_PALETTE);
        for brand in [0x14_30_4A, 0xE6_39_46, 0xFF_E0_00, 0x00_00_00, 0x1F_4D_3F, 0x00_6D_77, 0x7B_2D_8B] {
            let [ink, accent, ground, grey, rules] = of_brand(Colour::hex(brand));
            all.push(Palette { text: Colour::BLACK, ink, accent, ground, grey, rules });
        }
        all
    }

    #[test]
    fn series_are_told_apart_by_how_light_they_are() {
        for palette in palettes() {
            for paper in [Colour::WHITE, Colour::hex(0x12_12_12)] {
                let colours = palette.charts(paper);
                let mut light: Vec<i64> = colours.series.iter().map(|colour| contrast(*colour, paper)).collect();
                light.sort_unstable();
                for pair in light.windows(2) {
                    assert!(pair[1] * 100 / pair[0] >= 118, "{palette:?} on {paper}: {light:?}");
                }
                if paper != Colour::WHITE {
                    continue;
                }
                // In grey print they keep their distance.
                let greys: Vec<i64> = colours.series.iter().map(|colour| contrast(colour.grey(), paper)).collect();
                for (at, one) in greys.iter().enumerate() {
                    for other in &greys[at + 1..] {
                        assert!(one.max(other) * 100 / one.min(other) >= 110, "{palette:?} on {paper}: {greys:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_means_something_can_be_seen_and_words_can_be_read() {
        for palette in palettes() {
            for paper in [Colour::WHITE, Colour::hex(0x12_12_12)] {
                let colours = palette.charts(paper);
                let shown = colours.series[..3].iter().chain(&colours.lines).chain([&colours.quiet, &colours.edge]);
                for colour in shown {
                    assert!(contrast(*colour, paper) >= GRAPHICS, "{palette:?} on {paper}: {colour}");
                }
                for series in 0..6 {
                    assert!(contrast(colours.on(series), colours.series[series]) >= TEXT, "{palette:?}: {series}");
                    assert!(contrast(colours.beside(series), paper) >= TEXT);
                }
                assert!(contrast(colours.text, paper) >= TEXT && contrast(colours.grey, paper) >= TEXT);
            }
        }
    }
}
