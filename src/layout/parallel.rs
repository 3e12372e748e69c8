//! Parallel folios: at the fore-edge, small, the folio of each page of another edition beside the line in which it
//! begins there, so that readers of a booklet and of the paper can name the same place.
//!
//! Books of one manuscript share the ids of what was written; of what is made only the titles are found, by their labels.

use std::collections::BTreeMap;

use super::furniture;
use super::shop::Shop;
use crate::book::{BlockId, BlockKind, Book, DivisionId, Folio, Inline, PageIndex, PageMap, Place, Target, walk};
use crate::page::{Edge, MarkKind, Owner, Page, Pages};
use crate::theme::{Alignment, Role, Style};
use crate::units::{Length, Point, Rect};

/// Between the lines and the folio.
const GAP: Length = Length::mm(2.8);
/// What a line of its own width is given more.
const SLACK: Length = Length::sp(1 << 15);
/// Nearer to the edge of the page no office prints.
const EDGE: Length = Length::inches(0.25);

/// Where a line begins: its byte in the settled text, the page in the file, the head of its left end.
type Line = (u32, usize, Point);

/// The pages of another edition, and where the lines of this one begin.
pub(super) struct Parallel<'a> {
    book: &'a Book,
    map: &'a PageMap,
    lines: BTreeMap<BlockId, Vec<Line>>,
}

impl<'a> Parallel<'a> {
    /// The pages of a book.
    pub fn new(book: &'a Book, map: &'a PageMap) -> Parallel<'a> {
        Parallel { book, map, lines: BTreeMap::new() }
    }

    /// Lines of a page, in order.
    pub fn met(&mut self, page: usize, lines: &[(Place, Point)]) {
        for (place, at) in lines {
            self.lines.entry(place.block).or_default().push((place.offset, page, *at));
        }
    }

    /// Puts the folios on the pages: beside the line in which a page begins, or beside the first of the titles at its
    /// head.
    pub fn mark(&self, shop: &Shop<'_>, pages: &mut Pages) {
        let titles = self.titles(shop.book);
        for (at, entry) in self.map.pages.iter().enumerate() {
            let Some(folio) = entry.folio else { continue };
            let text = entry.first.and_then(|place| Some((place.offset, self.line(shop.book, place)?)));
            let place = match text {
                Some((offset, line)) if offset > 0 => Some(line),
                text => {
                    let titles = titles.get(&PageIndex(at as u32)).map(Vec::as_slice).unwrap_or_default();
                    let stand = titles.iter().filter_map(|title| pages.destinations.get(title));
                    let titles = stand.map(|(page, top)| (*page as usize, Point::new(Length::ZERO, *top)));
                    let all = titles.chain(text.map(|(_, line)| line));
                    all.min_by_key(|(page, at)| (*page, at.y))
                }
            };
            if let Some((page, at)) = place {
                put(shop, &mut pages.pages[page], folio, at);
            }
        }
    }

    /// The line of this edition that holds a place of the other.
    fn line(&self, here: &Book, place: Place) -> Option<(usize, Point)> {
        let lines = self.lines.get(&place.block).filter(|_| self.is_shared(here, place.block))?;
        let at = lines.partition_point(|(offset, ..)| *offset <= place.offset).checked_sub(1)?;
        Some((lines[at].1, lines[at].2))
    }

    /// Whether a block of the other edition is one of this.
    fn is_shared(&self, here: &Book, block: BlockId) -> bool {
        let written = |book: &Book| book.index.get(block.index()).and_then(|entry| entry.span);
        written(here).is_some_and(|span| written(self.book) == Some(span))
    }

    /// The titles and headings of this edition by the page on which they stand in the other.
    fn titles(&self, here: &Book) -> BTreeMap<PageIndex, Vec<Target>> {
        let titled = here.divisions.iter().filter(|division| division.title.is_some());
        let labels: BTreeMap<&str, DivisionId> = titled.map(|own| (own.label.as_str(), own.id)).collect();
        let mut all: BTreeMap<PageIndex, Vec<Target>> = BTreeMap::new();
        for division in self.book.divisions.iter().filter(|division| division.title.is_some()) {
            let Some(page) = self.map.divisions.get(&division.id) else { continue };
            let own = labels.get(division.label.as_str());
            all.entry(*page).or_default().extend(own.map(|own| Target::Division(*own)));
            let headings = walk::blocks(&division.blocks)
                .filter(|block| matches!(block.kind, BlockKind::Heading(_)) && self.is_shared(here, block.id));
            for heading in headings {
                if let Some(page) = self.map.blocks.get(&heading.id) {
                    all.entry(*page).or_default().push(Target::Block(heading.id));
                }
            }
        }
        all
    }
}

/// Sets a folio beside a line: at the fore-edge of the page, and at the other side of its column where something stands
/// there already.
fn put(shop: &Shop<'_>, page: &mut Page, folio: Folio, at: Point) {
    let content = [Inline::text(folio.to_string())];
    let style = Style { align: Alignment::Flush, ..*shop.style(Role::LineNumber) };
    let width = shop.setter.extents(&content, &style, &shop.book.metadata.language).1 + SLACK;
    let (x, baseline) = first_line(shop, page, at.y).unwrap_or((at.x, at.y + shop.baseline(&style)));
    let x = if at.x == Length::ZERO { x } else { at.x };
    let (left, right, outside) = column(shop, page, Point::new(x, baseline));
    let (before, after) = (left - GAP - width, right + GAP);
    let places = if outside { [after, before] } else { [before, after] };
    let free = |x: &&Length| {
        let on_paper = **x >= EDGE && **x + width <= page.size.width - EDGE;
        on_paper && !is_taken(page, **x, width, baseline, style.size)
    };
    let x = *places.iter().find(free).unwrap_or(&places[0]);
    furniture::set(shop, page, &content, style, x, width, baseline, Edge::Side);
}

/// The column in which a place is: its left, its right, and whether its right is the side of the fore-edge. Of columns
/// beside each other the last has its folios at the right, the others at the left.
fn column(shop: &Shop<'_>, page: &Page, at: Point) -> (Length, Length, bool) {
    let design = &shop.theme.page;
    let (left, right) = (design.left(page.side), design.left(page.side) + design.measure());
    // Punctuation hangs out of a column a little.
    let holds = |area: &&Rect| {
        let beside = area.origin.x <= at.x + GAP && at.x < area.right();
        beside && area.origin.y <= at.y && at.y <= area.foot() + GAP && area.size.width < design.measure()
    };
    match page.areas.iter().find(holds) {
        Some(area) => (area.origin.x, area.right(), area.right() + GAP > right),
        None => (left, right, design.screen || design.is_at_the_right(page.side)),
    }
}

/// Where the first line below some height begins, and its baseline; what is raised in it stands on another.
fn first_line(shop: &Shop<'_>, page: &Page, head: Length) -> Option<(Length, Length)> {
    let runs = page.marks.iter().filter_map(|mark| match (&mark.kind, mark.owner) {
        (MarkKind::Text(run), Owner::Content(_)) if mark.transform.is_none() => Some(run.origin),
        _ => None,
    });
    let below: Vec<Point> = runs.filter(|at| at.y > head).collect();
    let first = below.iter().map(|at| at.y).min()?;
    let line = || below.iter().filter(|at| at.y - first < shop.grid() / 2);
    Some((line().map(|at| at.x).min()?, line().map(|at| at.y).max()?))
}

/// Whether letters stand where a folio would.
fn is_taken(page: &Page, x: Length, width: Length, baseline: Length, size: Length) -> bool {
    page.marks.iter().any(|mark| {
        let MarkKind::Text(run) = &mark.kind else { return false };
        let right = run.right();
        let beside = run.origin.x < x + width && right > x;
        beside && (run.origin.y - baseline).abs() < size
    })
}
