//! Large print: what holds for every style of it, whatever the layers say.
//!
//! The rules are those of the American Council of the Blind and of the UK Association for Accessible Formats, as far as
//! they are about looks: nothing below 16 pt, a contrast of 7 : 1, letters on plain paper, no italics and no capitals
//! for more than a line, short leaders, a wide measure.

use super::colour::{GRAPHICS, contrast, readable};
use super::{Case, Ink, Role, Style, Theme};
use crate::units::{Colour, Length};

/// What letters of large print have against what is behind them, in hundredths.
pub const LARGE_CONTRAST: i64 = 700;

/// The widest margins at both sides.
const MARGIN: Length = Length::inches(0.9);

/// An indent is at most this part of the measure.
const INDENTS: i64 = 8;

/// How many times the size of the text a title of a section has at the most.
const TITLES: i64 = 2;

/// What lies between the edge of the sheet and the letters nearest to it.
const EDGE: Length = Length::inches(0.26);

/// How many of the lines above a title are left, of how many.
const SINK: i64 = 3;
const SINK_PARTS: i64 = 5;

/// The longest leader.
const LEADER: Length = Length::inches(3.0);

impl Theme {
    /// Whether it is for who reads large letters only.
    pub fn is_large_print(&self) -> bool {
        self.smallest > Length::ZERO
    }

    /// How long a leader may be.
    pub fn longest_leader(&self) -> Option<Length> {
        self.is_large_print().then_some(LEADER)
    }

    /// Makes every style one of large print.
    pub(super) fn enlarge(&mut self) {
        let palette = &mut self.palette;
        for colour in [&mut palette.text, &mut palette.ink, &mut palette.accent, &mut palette.grey] {
            *colour = readable(*colour, Colour::WHITE, LARGE_CONTRAST);
        }
        palette.rules = readable(palette.rules, Colour::WHITE, GRAPHICS);
        palette.ground = Colour::WHITE;
        let (palette, least) = (*palette, self.smallest);
        for style in &mut self.styles {
            style.enlarge(least);
            let ground = style.frame.ground.map_or(Colour::WHITE, |ink| palette.ink(ink));
            let ground = if is_tint(ground) { Colour::WHITE } else { ground };
            style.frame.ground = style.frame.ground.filter(|_| ground != Colour::WHITE);
            // White letters stand on bands of ink.
            if style.ink != Ink::Paper && contrast(palette.ink(style.ink), ground) < LARGE_CONTRAST {
                style.ink = Ink::Own(readable(palette.ink(style.ink), ground, LARGE_CONTRAST));
            }
            // The word that names a box is of the colour of its frame.
            if style.frame.ink != Ink::Paper && contrast(palette.ink(style.frame.ink), ground) < LARGE_CONTRAST {
                style.frame.ink = Ink::Own(readable(palette.ink(style.frame.ink), ground, LARGE_CONTRAST));
            }
        }
        // Titles are large already: as much larger as the text they would take the page.
        let most = self.style(Role::Body).size * TITLES;
        for role in [Role::PartTitle, Role::Opening, Role::RunOn] {
            let style = &mut self.styles[role as usize];
            if style.size > most {
                style.leading = style.leading.scale(most.to_sp(), style.size.to_sp());
                style.size = most;
            }
        }
        self.opener.ground = self.opener.ground.filter(|ink| !is_tint(palette.ink(*ink)));
        (self.opener.drop_cap, self.opener.small_capitals) = (1, false);
        // So many of the larger lines would leave little of a page below a title.
        self.opener.sink = (self.opener.sink * SINK + SINK_PARTS - 1) / SINK_PARTS;
        let page = &mut self.page;
        (page.spine, page.fore_edge) = (page.spine.min(MARGIN), page.fore_edge.min(MARGIN));
        (page.margin_column, page.margin_gap) = (Length::ZERO, Length::ZERO);
        // Indents that grew with the letters leave the lines their width.
        let most = page.measure() / INDENTS;
        for style in &mut self.styles {
            (style.start, style.end) = (style.start.min(most), style.end.min(most));
        }
        self.furniture.folio_edge = self.furniture.folio_edge.min(page.fore_edge);
        self.clear_edges();
    }

    /// Lines of furniture whose letters have grown keep as far from the edges of the sheet as an office printer asks;
    /// the text makes room for them.
    fn clear_edges(&mut self) {
        let (head, folio) = (self.style(Role::RunningHead).size, self.style(Role::Folio).size);
        let size = head.max(folio);
        let (above, below) = (EDGE + size.scale(8, 10), EDGE + size.scale(3, 10));
        let (page, furniture) = (&mut self.page, &mut self.furniture);
        let (more, deeper) = (above - furniture.head_baseline, below - furniture.foot_baseline);
        if more > Length::ZERO && !furniture.head.is_empty() {
            furniture.head_baseline += more;
            page.head += more;
        }
        if deeper > Length::ZERO {
            furniture.foot_baseline += deeper;
            page.foot += deeper;
        }
    }
}

/// Whether a ground is neither paper nor dark.
fn is_tint(ground: Colour) -> bool {
    ground != Colour::WHITE && contrast(Colour::WHITE, ground) < LARGE_CONTRAST
}

impl Style {
    /// With letters at a share of their size, in thousandths, and never smaller than is allowed.
    pub fn scaled(&self, share: i64, least: Length) -> Style {
        let (size, leading) = (self.size.scale(share, 1000), self.leading.scale(share, 1000));
        if size >= least {
            return Style { size, leading, ..*self };
        }
        let size = least.min(self.size);
        Style { size, leading: self.leading.scale(size.to_sp(), self.size.to_sp().max(1)), ..*self }
    }

    fn enlarge(&mut self, least: Length) {
        if self.size < least {
            self.leading = self.leading.scale(least.to_sp(), self.size.to_sp().max(1));
            self.size = least;
        }
        (self.italic, self.case, self.hyphenate) = (false, Case::AsWritten, false);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Base, LARGE_PRINT_LEAST, ThemeSpec};
    use super::*;
    use crate::units::Size;

    #[test]
    fn lines_above_and_below_the_text_stand_clear_of_the_edges_of_a_small_sheet() {
        for base in Base::ALL {
            let named = ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() };
            let trim = Size::new(Length::inches(5.0), Length::inches(8.0));
            let large = ThemeSpec { smallest: Some(LARGE_PRINT_LEAST), trim: Some(trim), ..ThemeSpec::default() };
            let theme = Theme::settle(&[&named, &large]);
            let least = Length::inches(0.25);
            let size = theme.style(Role::RunningHead).size;
            let furniture = &theme.furniture;
            assert!(furniture.head.is_empty() || furniture.head_baseline - size.scale(8, 10) > least, "{base:?}");
            assert!(furniture.foot_baseline - size.scale(3, 10) > least, "{base:?}");
            assert!(furniture.head_baseline < theme.page.head, "{base:?}");
        }
    }

    #[test]
    fn every_style_of_every_theme_keeps_the_rules_whatever_lies_above() {
        for base in Base::ALL {
            let named = ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() };
            let large = ThemeSpec { smallest: Some(LARGE_PRINT_LEAST), ..ThemeSpec::default() };
            let small = ThemeSpec { size: Some(Length::pt(12.0)), ..ThemeSpec::default() };
            let theme = Theme::settle(&[&named, &large, &small]);
            for role in Role::ALL {
                let style = theme.style(*role);
                assert!(style.size >= LARGE_PRINT_LEAST, "{base:?} {role:?}");
                assert!(!style.italic && style.case == Case::AsWritten, "{base:?} {role:?}");
                let ground = style.frame.ground.map_or(Colour::WHITE, |ink| theme.palette.ink(ink));
                let own = contrast(style.colour(&theme.palette), ground);
                let on_ink = contrast(style.colour(&theme.palette), theme.palette.ink);
                assert!(own.max(on_ink) >= LARGE_CONTRAST, "{base:?} {role:?}: {own}");
            }
        }
    }
}
