//! Spare pages: what a booklet has too many are pages to write on, headed and ruled.
//!
//! They say nothing to who reads with their ears, so all of it is furniture.

use super::furniture;
use super::paragraph::Setter;
use super::shop::Shop;
use crate::book::{Book, Inline, PageMap};
use crate::font::Fonts;
use crate::language::terms::Term;
use crate::page::{Artifact, Edge, Mark, MarkKind, Owner, Page, PageKind};
use crate::theme::{Family, Role, Theme};
use crate::units::{Length, Rect, Side, Size};

/// From line to line: as in an exercise book.
const RULING: Length = Length::mm(8.0);
/// How thick a line is.
const WEIGHT: Length = Length::mm(0.15);

/// So many pages to write on, the first of them on a side.
pub fn note_pages(book: &Book, theme: &Theme, fonts: &Fonts, size: Size, first: Side, count: usize) -> Vec<Page> {
    let setter = Setter::new(book, theme, fonts, book.metadata.hyphenation.clone());
    let body = theme.style(Role::Body);
    let face = fonts.select(crate::font::Request {
        family: theme.families.name(Family::Text),
        weight: body.weight,
        italic: false,
        size: body.size,
    });
    let cap_height = fonts.face(face).cap_height(body.size);
    let shop = Shop { book, theme, setter: &setter, map: &PageMap::default(), cap_height };
    let mut side = first;
    let mut pages = Vec::with_capacity(count);
    for _ in 0..count {
        pages.push(page(&shop, size, side));
        side = side.opposite();
    }
    pages
}

fn page(shop: &Shop<'_>, size: Size, side: Side) -> Page {
    let (marks, links) = (Vec::new(), Vec::new());
    let mut page = Page { size, side, folio: None, kind: PageKind::Blank, marks, links };
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
