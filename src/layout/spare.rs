//! Spare pages: what a booklet lacks are pages to write on, headed and ruled; a ticket says how sheets are printed.
//!
//! They say nothing to who reads with their ears, so all of it is furniture.

use super::furniture;
use super::paragraph::Setter;
use super::parted::NONE_PARTED;
use super::shop::{Shop, cap_height};
use crate::book::{Book, Inline, PageMap};
use crate::font::Fonts;
use crate::language::terms::Term;
use crate::page::{Artifact, Edge, Mark, MarkKind, Owner, Page, PageKind};
use crate::theme::{Alignment, Role, Style, Theme};
use crate::units::{Length, Rect, Side, Size};

/// From line to line: as in an exercise book.
const RULING: Length = Length::mm(8.0);
/// What a ticket keeps clear around its words.
const AROUND: Length = Length::mm(25.0);
/// How thick a line is.
const WEIGHT: Length = Length::mm(0.15);

/// So many pages to write on, the first of them on a side.
pub fn note_pages(book: &Book, theme: &Theme, fonts: &Fonts, size: Size, first: Side, count: usize) -> Vec<Page> {
    in_shop(book, theme, fonts, |shop| {
        let sides = std::iter::successors(Some(first), |side| Some(side.opposite()));
        sides.take(count).map(|side| page(shop, size, side)).collect()
    })
}

/// A sheet that says how the others are printed: a title and a line a thing.
pub fn ticket(book: &Book, theme: &Theme, fonts: &Fonts, size: Size, lines: &[String]) -> Page {
    in_shop(book, theme, fonts, |shop| {
        let (marks, links) = (Vec::new(), Vec::new());
        let mut page =
            Page { size, side: Side::Recto, folio: None, kind: PageKind::Blank, marks, links, areas: Vec::new() };
        let width = size.width - AROUND * 2;
        let mut y = AROUND * 2;
        for (at, line) in lines.iter().enumerate() {
            let role = if at == 0 { Role::Heading2 } else { Role::Body };
            let style = Style { align: Alignment::Flush, first: Length::ZERO, ..*shop.style(role) };
            furniture::set(shop, &mut page, &[Inline::text(line.as_str())], style, AROUND, width, y, Edge::Head);
            let rows = shop.setter.extents(&[Inline::text(line.as_str())], &style, &book.metadata.language).1;
            y += style.leading * (1 + rows.to_sp() / width.to_sp().max(1)) + shop.grid() / 2;
        }
        page
    })
}

fn in_shop<T>(book: &Book, theme: &Theme, fonts: &Fonts, make: impl FnOnce(&Shop<'_>) -> T) -> T {
    let setter = Setter::new(book, theme, fonts, book.metadata.hyphenation.clone());
    let cap_height = cap_height(theme, fonts);
    make(&Shop { book, theme, setter: &setter, map: &PageMap::default(), cap_height, parted: &NONE_PARTED })
}

fn page(shop: &Shop<'_>, size: Size, side: Side) -> Page {
    let (marks, links) = (Vec::new(), Vec::new());
    let mut page = Page { size, side, folio: None, kind: PageKind::Blank, marks, links, areas: Vec::new() };
    let design = &shop.theme.page;
    let (left, measure) = (design.left(side), design.measure());
    let head = design.baseline(0, shop.cap_height);
    let words = [Inline::text(Term::YourNotes.word(&shop.book.metadata.language))];
    furniture::set(shop, &mut page, &words, *shop.style(Role::Heading2), left, measure, head, Edge::Head);
    let foot = size.height - design.foot;
    let mut y = head + RULING * 3 / 2;
    while y <= foot {
        let rect = Rect::new(left, y - WEIGHT, measure, WEIGHT);
        let kind = MarkKind::Fill { rect, colour: shop.theme.palette.rules };
        page.marks.push(Mark { kind, owner: Owner::Artifact(Artifact::Layout), transform: None });
        y += RULING;
    }
    page
}
