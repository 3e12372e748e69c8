//! Sheets: the medium around each page, with bleed and marks, and the page boxes (ISO 32000-1, 14.11.2).

use crate::page::Page;
use crate::units::{Length, Point, Rect, Side, Size};

/// How far a crop mark stands off the trim, and how long it is.
const MARK_OFFSET: Length = Length::mm(3.0);
const MARK_LENGTH: Length = Length::mm(5.0);
/// As thin as platesetters hold.
const MARK_WEIGHT: Length = Length::pt(0.25);

/// A page on its medium; boxes count from the medium's head left corner.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Sheet {
    /// The medium.
    pub media: Size,
    /// The page after trimming.
    pub trim: Rect,
    /// The page with what is cut off.
    pub bleed: Rect,
    /// Whether it is shown turned a quarter clockwise.
    pub turned: bool,
    marks: bool,
}

/// What a medium has around its page.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Around {
    /// How far matter reaches over the trim.
    pub bleed: Length,
    /// Whether it does at the spine too.
    pub spine: bool,
    /// Whether the binding is at the right: a recto lies at the left of its spine.
    pub from_the_right: bool,
    /// Whether crop marks are wanted.
    pub marks: bool,
    /// Whether pages of turned matter are shown upright.
    pub turn: bool,
}

impl Sheet {
    /// A page with its bleed, and room for crop marks if they are wanted.
    pub fn new(page: &Page, around: Around) -> Sheet {
        let Around { bleed, marks, .. } = around;
        let at_spine = if around.spine { bleed } else { Length::ZERO };
        let (left, right) = match (page.side == Side::Recto) != around.from_the_right {
            true => (at_spine, bleed),
            false => (bleed, at_spine),
        };
        let room = if marks { bleed.max(MARK_OFFSET) + MARK_LENGTH - bleed } else { Length::ZERO };
        let bled = Size::new(page.size.width + left + right, page.size.height + bleed * 2);
        let media = Size::new(bled.width + room * 2, bled.height + room * 2);
        let trim = Rect { origin: Point::new(room + left, room + bleed), size: page.size };
        let bleed = Rect { origin: Point::new(room, room), size: bled };
        Sheet { media, trim, bleed, turned: around.turn && page.is_turned(), marks }
    }

    /// The whole medium.
    pub fn medium(&self) -> Rect {
        Rect { origin: Point::default(), size: self.media }
    }

    /// A box as the file has it: left, foot, right, head, counted from the foot.
    pub fn corners(&self, rect: Rect) -> [Length; 4] {
        let height = self.media.height;
        [rect.origin.x, height - rect.foot(), rect.right(), height - rect.origin.y]
    }

    /// The crop marks, counted from the trim's head left corner; none where none are wanted.
    pub fn crop_marks(&self) -> Vec<Rect> {
        if !self.marks {
            return Vec::new();
        }
        let Size { width, height } = self.trim.size;
        let off = (self.trim.origin.x - MARK_LENGTH).max(MARK_OFFSET);
        let half = MARK_WEIGHT / 2;
        let mut marks = Vec::with_capacity(8);
        for y in [Length::ZERO, height] {
            for x in [Length::ZERO - off - MARK_LENGTH, width + off] {
                marks.push(Rect::new(x, y - half, MARK_LENGTH, MARK_WEIGHT));
            }
        }
        for x in [Length::ZERO, width] {
            for y in [Length::ZERO - off - MARK_LENGTH, height + off] {
                marks.push(Rect::new(x - half, y, MARK_WEIGHT, MARK_LENGTH));
            }
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::PageKind;

    #[test]
    fn the_trim_lies_in_the_bleed_and_the_bleed_in_the_medium() {
        let page = Page {
            size: Size::new(Length::inches(6.0), Length::inches(9.0)),
            side: Side::Recto,
            folio: None,
            kind: PageKind::Inside,
            marks: Vec::new(),
            links: Vec::new(),
            areas: Vec::new(),
        };
        let around =
            Around { bleed: Length::inches(0.125), spine: true, from_the_right: false, marks: true, turn: false };
        let sheet = Sheet::new(&page, around);
        assert!(sheet.bleed.contains(&sheet.trim) && sheet.medium().contains(&sheet.bleed));
        assert_eq!(sheet.crop_marks().len(), 8);
        let bare = Sheet::new(&page, Around::default());
        assert_eq!(bare.corners(bare.trim), [0.0, 0.0, 432.0, 648.0].map(Length::pt));
        let bound = Sheet::new(&page, Around { spine: false, marks: false, ..around });
        assert_eq!(bound.media, Size::new(Length::inches(6.125), Length::inches(9.25)), "three sides bleed");
        assert_eq!(bound.trim.origin, Point::new(Length::ZERO, Length::inches(0.125)));
        let other = Sheet::new(&page, Around { spine: false, from_the_right: true, marks: false, ..around });
        assert_eq!(other.trim.origin, Point::new(Length::inches(0.125), Length::inches(0.125)), "bound at the right");
    }
}
