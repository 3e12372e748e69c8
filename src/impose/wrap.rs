//! Wraps: a cover of one sheet, its back, spine and front beside each other.

use crate::units::{Length, Point, Rect, Size};

/// The parts of a wrap; lengths from the head left corner of the trimmed wrap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wrap {
    /// The whole after cutting.
    pub trim: Size,
    /// The back cover.
    pub back: Rect,
    /// The spine.
    pub spine: Rect,
    /// The front cover.
    pub front: Rect,
}

/// Parts a wrap; that of a book read from right to left has its front at the left.
pub fn wrap(page: Size, spine: Length, right_to_left: bool) -> Wrap {
    let trim = Size::new(page.width * 2 + spine, page.height);
    let at =
        |x: Length, width: Length| Rect { origin: Point::new(x, Length::ZERO), size: Size::new(width, page.height) };
    let (left, right) = (at(Length::ZERO, page.width), at(page.width + spine, page.width));
    let (back, front) = if right_to_left { (right, left) } else { (left, right) };
    Wrap { trim, back, spine: at(page.width, spine), front }
}
