//! What no page can have: the bounds of lengths that a theme or an edition names.

use super::PageDesign;
use crate::units::Length;

/// No words are made smaller than this to save room.
pub const LEAST: Length = Length::pt(6.5);

/// What a length may be.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The least.
    pub least: Length,
    /// The most.
    pub most: Length,
    /// Both in words.
    pub words: &'static str,
}

impl Bounds {
    /// From the smallest type that can be read to the largest that a page holds.
    pub const SIZE: Bounds = Bounds { least: Length::pt(4.0), most: Length::pt(100.0), words: "4pt to 100pt" };
    /// The same for the lines that hold it.
    pub const LEADING: Bounds = Bounds { least: Length::pt(3.2), most: Length::pt(200.0), words: "3.2pt to 200pt" };
    /// More than any printer asks for.
    pub const BLEED: Bounds = Bounds { least: Length::ZERO, most: Length::inches(1.0), words: "0pt to 1in" };
    /// Half of the widest paper.
    pub const SPACE: Bounds = Bounds { least: Length::ZERO, most: Length::inches(20.0), words: "0pt to 20in" };
    /// From what keeps the letters of running heads on the page, above their baseline and below it.
    pub const BASELINE: Bounds = Bounds { least: Length::pt(18.0), most: Length::inches(20.0), words: "18pt to 20in" };
    /// From what keeps letters on the page, whatever hangs or leans out of the measure, to half of the widest paper.
    pub const MARGIN: Bounds = Bounds { least: Length::pt(9.0), most: Length::inches(20.0), words: "9pt to 20in" };
}

/// Whether lines of a size stand clear of each other at a leading.
pub fn holds(leading: Length, size: Length) -> bool {
    leading >= size.scale(4, 5)
}

/// Whether the margins leave room for three lines of some words.
pub fn has_room(page: &PageDesign, leading: Length) -> bool {
    page.measure() >= Length::pt(60.0) && page.trim.height - page.head - page.foot >= leading * 3
}
