//! Imposition: which page stands where, on which side of which sheet.
//!
//! A kernel: counts and lengths in, places out. It knows no PDF, no theme and no words. [`fold`] orders the pages of
//! booklets, sheets nested and folded; [`grid`] lays pages beside each other, with lines for notes; [`stock`] knows how
//! thick papers are, and from that how wide a spine is; [`wrap`] parts a cover's sheet into back, spine and front.
//!
//! Pages and sheets count from 0, sides go front, back, front, back; lengths go right and down from a side's head left
//! corner. Scales are fractions, so that nothing is rounded before the file is written.
//!
//! Invariant: every page stands once, on one side.

mod fold;
mod grid;
pub mod stock;
#[cfg(test)]
mod tests;
pub mod wrap;

use crate::units::{Length, Point, Rect, Size};
pub use stock::Stock;

/// How pages are brought onto sheets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
    /// Folded in the middle, sheets in each other.
    Booklet {
        /// So many pages a signature, a multiple of four; `None`: all sheets in each other, as they are stapled.
        signature: Option<usize>,
        /// How far pages move towards the fold from each sheet to the one in it.
        creep: Length,
        /// The most that they may move.
        most: Length,
        /// Whether pages that do not fit are made smaller.
        shrink: bool,
    },
    /// So many beside and under each other: 1, 2, 3, 4, 6 or 8.
    Grid {
        /// How many on a side.
        pages: usize,
        /// Whether lines to write on stand beside each page.
        lines: bool,
    },
}

/// How a printer turns the sheet over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flip {
    /// On its short edge: a sheet that lies broadside turns like a leaf of a book.
    Short,
    /// On its long edge: a sheet that stands turns like a leaf of a book.
    Long,
}

/// What all sheets have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paper {
    /// The sheet, however it lies.
    pub sheet: Size,
    /// How it is turned over.
    pub flip: Flip,
    /// Whether the book is read from right to left.
    pub right_to_left: bool,
}

/// One side of a sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Side {
    /// The sheet as it lies.
    pub size: Size,
    /// The pages on it.
    pub places: Vec<Placed>,
    /// Lines to write on.
    pub lines: Vec<Rect>,
    /// Whether a thin line goes round each page.
    pub framed: bool,
}

/// A page on a side of a sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    /// Which.
    pub page: usize,
    /// What it covers.
    pub rect: Rect,
    /// Its scale.
    pub scale: Scale,
    /// Whether it stands on its head.
    pub upside_down: bool,
    /// What of the sheet is its own: nothing of it shows elsewhere.
    pub cell: Rect,
}

/// A scale as a fraction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scale {
    /// So many …
    pub of: i64,
    /// … of so many.
    pub to: i64,
}

impl Scale {
    /// As large as it is.
    pub const WHOLE: Scale = Scale { of: 1, to: 1 };

    /// What makes a page fit into a room: never larger than it is.
    pub fn fitting(page: Size, room: Size) -> Scale {
        let across = Scale { of: room.width.to_sp(), to: page.width.to_sp().max(1) };
        let down = Scale { of: room.height.to_sp(), to: page.height.to_sp().max(1) };
        let least = if across.is_less_than(down) { across } else { down };
        if least.is_less_than(Scale::WHOLE) { least } else { Scale::WHOLE }
    }

    /// A length at this scale.
    pub fn length(self, length: Length) -> Length {
        length.scale(self.of, self.to)
    }

    /// A size at this scale.
    pub fn size(self, size: Size) -> Size {
        Size::new(self.length(size.width), self.length(size.height))
    }

    /// Whether it is less than another.
    pub fn is_less_than(self, other: Scale) -> bool {
        i128::from(self.of) * i128::from(other.to) < i128::from(other.of) * i128::from(self.to)
    }

    /// In thousandths.
    pub fn thousandths(self) -> i64 {
        Length::sp(1000).scale(self.of, self.to).to_sp()
    }
}

impl Placed {
    /// Where a point of the page comes to stand.
    pub fn point(&self, at: Point) -> Point {
        let (x, y) = (self.scale.length(at.x), self.scale.length(at.y));
        match self.upside_down {
            false => Point::new(self.rect.origin.x + x, self.rect.origin.y + y),
            true => Point::new(self.rect.right() - x, self.rect.foot() - y),
        }
    }
}

/// Brings pages of one size onto sheets.
pub fn impose(pages: usize, page: Size, paper: &Paper, scheme: &Scheme) -> Vec<Side> {
    match *scheme {
        Scheme::Booklet { signature, creep, most, shrink } => {
            fold::booklet(pages, page, paper, &fold::Folding { signature, creep, most, shrink })
        }
        Scheme::Grid { pages: on_a_side, lines } => grid::grid(pages, page, paper, on_a_side.max(1), lines),
    }
}

/// How many empty pages a book of so many needs so that it can be folded.
pub fn padding(pages: usize) -> usize {
    pages.next_multiple_of(4) - pages
}

/// Whether two pages stand on a side of the sheet at their full size.
pub fn folds_at_full_size(page: Size, sheet: Size) -> bool {
    fold::lying(page, sheet).is_some()
}

/// Half a sheet: the page of a booklet on it.
pub fn half(sheet: Size) -> Size {
    let (long, short) = (sheet.width.max(sheet.height), sheet.width.min(sheet.height));
    Size::new(long / 2, short)
}

/// How many sheets so many sides are.
pub fn sheets(sides: usize) -> usize {
    sides.div_ceil(2)
}

fn turned(size: Size) -> Size {
    Size::new(size.height, size.width)
}
