//! Lives: who wrote a paper, and who publishes it, with a photograph or a logo.

use super::{Builder, Item, Setting};
use crate::book::AssetId;
use crate::book::block::Biography;
use crate::book::{plain, walk};
use crate::layout::strip::Strip;
use crate::page::{NodeId, Tag};
use crate::theme::Role;
use crate::units::{Length, Point, Rect};

impl<'a> Builder<'a> {
    /// A person or a house: the picture at the start, the words beside it.
    pub(super) fn biography(&mut self, biography: &'a Biography, setting: Setting<'a>) {
        let width = self.width(setting);
        let grid = self.shop.grid();
        let mut strip = Strip::default();
        if !self.has_room_whole(biography, width) {
            return self.long_biography(biography, setting);
        }
        let mut left = Length::ZERO;
        let mut picture_height = Length::ZERO;
        if let Some((asset, alt)) = &biography.picture {
            let across = width.scale(245, 1000);
            left = across + Length::pt(18.0);
            picture_height = self.portrait(&mut strip, *asset, alt.as_deref(), across, setting.parent);
        }
        let start = self.items.len();
        let inner = Setting { left, right: setting.left + setting.right, role: Role::Biography, ..setting };
        self.blocks(&biography.blocks, inner);
        self.addresses(biography, inner);
        let words = self.stacked(start);
        // Whole lines, so that its words stand on the grid.
        let height = words.height.max(picture_height);
        strip.lay(words, Point::default());
        strip.height = grid * height.units_to_cover(grid);
        self.solid(strip, setting.left, Length::ZERO, grid);
    }

    /// Paints the picture of a biography and says how high it is: photographs are cut square, rather below than above.
    fn portrait(
        &mut self,
        strip: &mut Strip,
        asset: AssetId,
        alt: Option<&str>,
        across: Length,
        parent: NodeId,
    ) -> Length {
        let picture = self.shop.book.assets.get(asset);
        let (wide, high) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        if !picture.is_cut_square() {
            let down = across.scale(high, wide);
            self.picture(strip, asset, alt, Rect::new(Length::ZERO, Length::ZERO, across, down), parent);
            return down;
        }
        let least = wide.min(high);
        let (width, height) = (across.scale(wide, least), across.scale(high, least));
        let rect = Rect::new((across - width) / 2, (across - height) / 4, width, height);
        let frame = Rect::new(Length::ZERO, Length::ZERO, across, across);
        self.cut_picture(strip, asset, alt, (rect, Some(frame).filter(|_| wide != high)), parent);
        across
    }

    /// Whether a biography in one piece has room on the page of the title above it, more or less.
    fn has_room_whole(&self, biography: &Biography, width: Length) -> bool {
        let style = self.shop.style(Role::Biography);
        let beside = if biography.picture.is_some() { width.scale(700, 1000) } else { width };
        let a_line = (beside.to_sp() * 2 / style.size.to_sp().max(1)).max(1);
        let texts = walk::texts(&biography.blocks);
        let lines: i64 = texts.map(|(_, text)| plain(&text.content).chars().count() as i64 / a_line + 1).sum();
        let title = self.items.last().filter(|item| item.keep).map_or(Length::ZERO, Item::height_of_solid);
        title + style.leading * (lines + biography.addresses.len() as i64) < self.shop.turned_measure()
    }

    /// A biography that a page's end may part: the picture, and its words below.
    fn long_biography(&mut self, biography: &'a Biography, setting: Setting<'a>) {
        let grid = self.shop.grid();
        if let Some((asset, alt)) = &biography.picture {
            let across = self.width(setting).scale(245, 1000);
            let mut strip = Strip::default();
            let down = self.portrait(&mut strip, *asset, alt.as_deref(), across, setting.parent);
            strip.height = grid * (down + grid / 2).units_to_cover(grid);
            self.solid(strip, setting.left, Length::ZERO, Length::ZERO).keep = true;
        }
        let inner = Setting { role: Role::Biography, ..setting };
        self.blocks(&biography.blocks, inner);
        self.addresses(biography, inner);
    }

    /// Where who a biography is about can be reached.
    fn addresses(&mut self, biography: &'a Biography, setting: Setting<'a>) {
        for address in &biography.addresses {
            let style = *self.shop.style(Role::BiographyAddress);
            let node = self.structure.add(setting.parent, Tag::P);
            let lines = self.solid_text(address, style, self.width(setting), node, setting.language);
            self.solid(lines, setting.left, Length::pt(4.0), Length::ZERO);
        }
    }
}
