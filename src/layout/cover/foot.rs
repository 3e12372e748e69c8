//! The cover of a report: the words on white, the picture below them.
//!
//! Series and logo at the head, the title where the eye falls, the house above the picture, which goes to three edges of
//! the page under a rule in the accent. The picture gives way before the letters do, down to a third of the page.

use super::{BAND, CLEAR, Fit, GAP, LOGO, Panel, RULE, SHARES, Sheet, largest_that_fits};
use crate::book::division::Cover;
use crate::page::MarkKind;
use crate::theme::{Ink, Role, Style};
use crate::units::{Length, Point, Rect};

/// Where the picture may begin, in thousandths of the page; the least share of the letters' size there, and how many
/// lines the title may have.
/// The last two are for large print on small pages.
const DEPTHS: [(i64, i64, i64); 7] =
    [(480, 800, 3), (540, 800, 4), (600, 700, 5), (660, 540, 7), (700, 250, 12), (780, 250, 14), (860, 250, 18)];

impl Sheet<'_, '_> {
    /// Words above, picture below a rule twice as thick as that between title and names.
    pub(super) fn foot_picture(&mut self, cover: &Cover) {
        let (size, edge, margin) = (self.size, self.edge(), self.margin());
        let width = size.width - margin * 2;
        let bleed = self.shop.theme.page.bleed;
        let head = self.head_words(cover, width) + GAP * 2;
        let panel = self.above_a_picture(cover, width, head);
        let (left, foot) = (edge - bleed, size.height - edge + bleed);
        let art = Rect::new(left, panel.art, size.width - left * 2, foot - panel.art);
        self.fill(art, self.shop.theme.palette.ink);
        if let Some((asset, alt)) = &cover.picture {
            self.picture(*asset, alt.as_deref(), art, cover.focus);
        }
        self.fill(Rect::new(left, panel.art - RULE * 2, art.size.width, RULE * 2), self.shop.theme.palette.accent);
        self.paint_rows(&panel, width);
        self.paint_house(cover, panel.art - RULE * 2 - GAP - panel.house, width);
    }

    /// Series and logo on white at the head; where they end.
    fn head_words(&mut self, cover: &Cover, width: Length) -> Length {
        let margin = self.margin();
        let middle = BAND.scale(52, 100);
        let mut foot = BAND;
        let mut room = width;
        if let Some((logo, alt)) = &cover.logo {
            let picture = self.shop.book.assets.get(*logo);
            let across = self.logo_width(*logo);
            let down = across.scale(i64::from(picture.height.max(1)), i64::from(picture.width.max(1))).min(LOGO);
            let x = if self.is_mirrored() { margin } else { margin + width - across };
            let rect = Rect::new(x, middle, across, down);
            self.plate(cover, rect, crate::units::Colour::WHITE);
            let owner = self.figure(*logo, alt.as_deref());
            self.strip.paint(owner, MarkKind::Picture { asset: *logo, rect, clip: None });
            foot = foot.max(rect.foot());
            room = width - across - super::BESIDE;
        }
        if let Some(series) = &cover.series {
            let style = Style { ink: Ink::Deep, ..*self.shop.style(Role::CoverSeries) };
            let x = if self.is_mirrored() { margin + width - room } else { margin };
            let height = self.styled(series, style, Point::new(x, middle), room);
            foot = foot.max(middle + height + CLEAR);
        }
        foot
    }

    /// The words between the head and the picture, as large as they can be.
    fn above_a_picture<'c>(&self, cover: &'c Cover, width: Length, head: Length) -> Panel<'c> {
        let house = self.house_height(cover, width);
        let tries = DEPTHS.into_iter().flat_map(|(art, least, lines)| {
            let art = self.size.height.scale(art, 1000);
            let foot = art - RULE * 2 - GAP * 3 - house;
            SHARES.into_iter().take_while(move |share| *share >= least).map(move |share| {
                let (rows, height, fit) = self.rows(cover, width, (share, 1000), lines);
                // The words stand in the middle of what they have, a little above it.
                let spare = (foot - head - height).max(Length::ZERO);
                let panel = Panel { art, top: head + spare.scale(2, 5), rows, house, crowded: false };
                (panel, if head + height <= foot { fit } else { Fit::Not }, share)
            })
        });
        largest_that_fits(tries).expect("a share was tried")
    }
}
