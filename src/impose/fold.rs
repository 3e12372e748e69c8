//! Booklets: sheets with two pages on each side, folded in the middle and laid into each other.
//!
//! A signature of n sheets holds 4n pages. Its sheet k, counted from the outermost, has on its front the last and the
//! first pages that are left and on its back the two that come between them. The sheets inside are pushed out by the
//! thickness of those around the fold; their pages move towards the fold by as much (creep, or shingling). The
//! outermost sheet is never moved: it has the cover.

use super::{Flip, Paper, Placed, Scale, Side, turned};
use crate::units::{Length, Point, Rect, Size};

/// How a booklet is folded.
pub(super) struct Folding {
    pub signature: Option<usize>,
    pub creep: Length,
    pub most: Length,
    pub shrink: bool,
}

/// The sides of all sheets, signature after signature, each from its outermost sheet.
pub(super) fn booklet(pages: usize, page: Size, paper: &Paper, folding: &Folding) -> Vec<Side> {
    let (sheet, scale) = match lying(page, paper.sheet) {
        Some(sheet) => (sheet, Scale::WHOLE),
        None if folding.shrink => shrunk(page, paper.sheet),
        // Who asks for what does not fit was told so; it is shown cut.
        None => (broadside(paper.sheet), Scale::WHOLE),
    };
    let mut sides = Vec::new();
    let mut first = 0;
    for sheets in signatures(pages.div_ceil(4), folding.signature) {
        for inside in 0..sheets {
            let shift = (folding.creep * inside as i64).min(folding.most).max(Length::ZERO);
            let last = first + 4 * sheets - 1;
            let (low, high) = (first + 2 * inside, last - 2 * inside);
            for (back, [left, right]) in [(false, [high, low]), (true, [low + 1, high - 1])] {
                let order = if paper.right_to_left { [right, left] } else { [left, right] };
                let upside_down = back && !turns_like_a_leaf(sheet, paper.flip);
                let mut side = Side { size: sheet, places: Vec::new(), lines: Vec::new(), framed: false };
                for (half, number) in order.into_iter().enumerate().filter(|(_, number)| *number < pages) {
                    side.places.push(place(number, half, page, scale, sheet, shift, upside_down));
                }
                sides.push(side);
            }
        }
        first += 4 * sheets;
    }
    sides
}

/// How many sheets each signature has: as equal as they can be, none larger than asked for, the larger ones first.
fn signatures(sheets: usize, pages: Option<usize>) -> Vec<usize> {
    let Some(most) = pages.map(|pages| (pages / 4).max(1)) else { return vec![sheets] };
    let count = sheets.div_ceil(most).max(1);
    (0..count).map(|at| sheets / count + usize::from(at < sheets % count)).collect()
}

fn place(page: usize, half: usize, size: Size, scale: Scale, sheet: Size, shift: Length, upside_down: bool) -> Placed {
    let size = scale.size(size);
    let middle = sheet.width / 2;
    let y = (sheet.height - size.height) / 2;
    let left = half == 0;
    let x = if left { middle - size.width + shift } else { middle - shift };
    let cell = Rect {
        origin: Point::new(if left { Length::ZERO } else { middle }, Length::ZERO),
        size: Size::new(middle, sheet.height),
    };
    let placed = Placed { page, rect: Rect { origin: Point::new(x, y), size }, scale, upside_down: false, cell };
    if upside_down { on_its_head(placed, sheet) } else { placed }
}

/// The same on a sheet that is turned half around.
fn on_its_head(placed: Placed, sheet: Size) -> Placed {
    let turned = |rect: Rect| Rect {
        origin: Point::new(sheet.width - rect.right(), sheet.height - rect.foot()),
        size: rect.size,
    };
    Placed { rect: turned(placed.rect), cell: turned(placed.cell), upside_down: true, ..placed }
}

/// Whether the sheet, turned over on that edge, turns around the line on which it is folded.
fn turns_like_a_leaf(sheet: Size, flip: Flip) -> bool {
    let standing = sheet.height > sheet.width;
    standing == (flip == Flip::Long)
}

fn broadside(sheet: Size) -> Size {
    if sheet.width < sheet.height { turned(sheet) } else { sheet }
}

/// How the sheet lies so that two pages stand on it at their full size; a hair too much is none.
pub(super) fn lying(page: Size, sheet: Size) -> Option<Size> {
    const HAIR: Length = Length::sp(1 << 14);
    let broadside = broadside(sheet);
    [broadside, turned(broadside)]
        .into_iter()
        .find(|sheet| page.width * 2 <= sheet.width + HAIR && page.height <= sheet.height + HAIR)
}

/// How the sheet lies so that two pages are largest on it, and how large they are then.
fn shrunk(page: Size, sheet: Size) -> (Size, Scale) {
    let scale = |sheet: Size| Scale::fitting(page, Size::new(sheet.width / 2, sheet.height));
    let broadside = broadside(sheet);
    let other = turned(broadside);
    match scale(broadside).is_less_than(scale(other)) {
        true => (other, scale(other)),
        false => (broadside, scale(broadside)),
    }
}
