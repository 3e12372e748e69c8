//! Pages beside and under each other, in rows; and one or three with lines beside them to write on.
//!
//! The sheet lies as it makes the pages largest. They keep off its edges, where office printers print nothing.

use super::{Paper, Placed, Scale, Side, turned};
use crate::units::{Length, Point, Rect, Size};

/// What office printers leave white at the edges, in any case.
const EDGE: Length = Length::inches(0.25);
/// Between pages.
const GAP: Length = Length::mm(4.0);
/// From line to line: as in an exercise book.
const RULING: Length = Length::mm(8.0);
/// How thick a line is.
const WEIGHT: Length = Length::mm(0.15);

/// How a sheet is parted into cells.
#[derive(Clone, Copy)]
struct Cells {
    sheet: Size,
    columns: usize,
    rows: usize,
    scale: Scale,
}

impl Cells {
    fn new(sheet: Size, columns: usize, rows: usize, page: Size) -> Cells {
        let cells = Cells { sheet, columns, rows, scale: Scale::WHOLE };
        Cells { scale: Scale::fitting(page, cells.size()), ..cells }
    }

    fn size(&self) -> Size {
        let part = |whole: Length, count: usize| {
            let count = count as i64;
            (whole - EDGE * 2 - GAP * (count - 1)) / count
        };
        Size::new(part(self.sheet.width, self.columns), part(self.sheet.height, self.rows))
    }

    fn cell(&self, column: usize, row: usize) -> Rect {
        let size = self.size();
        let at = |number: usize, extent: Length| EDGE + (extent + GAP) * number as i64;
        Rect { origin: Point::new(at(column, size.width), at(row, size.height)), size }
    }
}

/// All sides, filled in reading order.
pub(super) fn grid(pages: usize, page: Size, paper: &Paper, on_a_side: usize, lines: bool) -> Vec<Side> {
    if lines {
        return lined(pages, page, paper, on_a_side);
    }
    let cells = largest(page, paper.sheet, on_a_side);
    let column = |at: usize| if paper.right_to_left { cells.columns - 1 - at } else { at };
    let mut sides = Vec::new();
    let mut next = 0;
    while next < pages {
        let mut side = Side { size: cells.sheet, places: Vec::new(), lines: Vec::new(), framed: true };
        for row in 0..cells.rows {
            for across in (0..cells.columns).filter(|across| next + across < pages) {
                side.places.push(placed(next + across, page, cells.scale, cells.cell(column(across), row)));
            }
            next += cells.columns;
        }
        sides.push(side);
    }
    sides
}

/// A page in the middle of its cell.
fn placed(page: usize, size: Size, scale: Scale, cell: Rect) -> Placed {
    let size = scale.size(size);
    let x = cell.origin.x + (cell.size.width - size.width) / 2;
    let y = cell.origin.y + (cell.size.height - size.height) / 2;
    let rect = Rect { origin: Point::new(x, y), size };
    Placed { page, rect, scale, upside_down: false, cell: rect }
}

/// Lines over the whole of a cell, the last one at its foot.
fn ruled(cell: Rect) -> Vec<Rect> {
    let count = cell.size.height.to_sp() / RULING.to_sp();
    let first = cell.foot() - RULING * (count - 1).max(0);
    (0..count).map(|at| Rect::new(cell.origin.x, first + RULING * at - WEIGHT, cell.size.width, WEIGHT)).collect()
}

/// The cells in which pages are largest.
fn largest(page: Size, sheet: Size, count: usize) -> Cells {
    let standing = if sheet.width > sheet.height { turned(sheet) } else { sheet };
    let mut best: Option<Cells> = None;
    for sheet in [standing, turned(standing)] {
        for columns in (1..=count).filter(|columns| count.is_multiple_of(*columns)) {
            let cells = Cells::new(sheet, columns, count / columns, page);
            if best.is_none_or(|best| best.scale.is_less_than(cells.scale)) {
                best = Some(cells);
            }
        }
    }
    best.expect("one column is always tried")
}

/// Where the lines of a page are.
#[derive(Clone, Copy, PartialEq)]
enum Lines {
    Beside,
    Below,
}

/// Pages with lines beside them, in rows, or below them, in columns: as the pages are largest. Lines below have three
/// eighths of the sheet's height at least.
fn lined(pages: usize, page: Size, paper: &Paper, on_a_side: usize) -> Vec<Side> {
    let Size { width, height } = paper.sheet;
    let standing = Size::new(width.min(height), width.max(height));
    let mut best: Option<(Cells, Lines, Scale)> = None;
    for sheet in [standing, turned(standing)] {
        let beside = Cells::new(sheet, 2, on_a_side, page);
        let below = Cells::new(sheet, on_a_side, 1, page);
        let room = Size::new(below.size().width, below.size().height.scale(5, 8));
        for (cells, lines, scale) in
            [(beside, Lines::Beside, beside.scale), (below, Lines::Below, Scale::fitting(page, room))]
        {
            if best.is_none_or(|(.., best)| best.is_less_than(scale)) {
                best = Some((cells, lines, scale));
            }
        }
    }
    let (cells, lines, scale) = best.expect("there are four to choose from");
    let column = |at: usize| if paper.right_to_left { cells.columns - 1 - at } else { at };
    let side = |first: usize| {
        let mut side = Side { size: cells.sheet, places: Vec::new(), lines: Vec::new(), framed: true };
        for at in 0..on_a_side.min(pages - first) {
            if lines == Lines::Beside {
                side.places.push(placed(first + at, page, scale, cells.cell(column(0), at)));
                side.lines.extend(ruled(cells.cell(column(1), at)));
                continue;
            }
            let cell = cells.cell(column(at), 0);
            let head = Rect { size: Size::new(cell.size.width, scale.size(page).height), ..cell };
            let top = head.foot() + GAP;
            side.places.push(placed(first + at, page, scale, head));
            side.lines.extend(ruled(Rect::new(cell.origin.x, top, cell.size.width, cell.foot() - top)));
        }
        side
    };
    (0..pages).step_by(on_a_side).map(side).collect()
}
