//! The page list: where each page of the print edition begins in the e-book, at the very word.
//!
//! The page map knows the first line of the running text on every page, and the page on which every block and division
//! begins. A page that goes on in the middle of a text gets its mark in that text; another gets it before the first of
//! the title, figure or table that stand at its head. A mark never stands inside a word, and blank pages have none
//! (DAISY's advice on page navigation).

use std::collections::{BTreeMap, HashMap};

use super::Print;
use super::plan::{Plan, Seat};
use crate::book::{BlockId, Book, DivisionId, Folio, PageIndex};

/// Marks by the seat they stand at.
#[derive(Debug, Default)]
pub(super) struct PageList {
    /// The pages that have a mark, in order.
    pub pages: Vec<PageMark>,
    seats: BTreeMap<Seat, Vec<(u32, usize)>>,
}

/// A page that begins somewhere in the e-book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageMark {
    /// What is printed on it.
    pub folio: Folio,
    /// In which division it begins.
    pub division: DivisionId,
    /// Whether the mark was written.
    pub written: bool,
}

impl PageMark {
    /// The id of its mark.
    pub fn id(&self) -> String {
        format!("pg-{}", self.folio)
    }
}

impl PageList {
    /// The marks for a book with the pages of a print edition.
    pub fn of(book: &Book, plan: &Plan, print: &Print<'_>) -> PageList {
        let divisions =
            print.book.divisions.iter().map(|division| (division.label.as_str(), division.id)).rev().collect();
        let finder = Finder { book, plan, print, divisions, pages: BTreeMap::new() }.with_seats();
        let mut list = PageList::default();
        let mut last = (0, 0);
        for (at, entry) in print.map.pages.iter().enumerate() {
            let Some(folio) = entry.folio else { continue };
            let Some(found) = finder.begin(PageIndex(at as u32)) else { continue };
            // A floated figure may stand on a later page than the text after it: marks still follow each other.
            last = last.max(found);
            let seat = plan.seats[last.0];
            let division = match seat {
                Seat::Opening(division) => division,
                Seat::Before(block) | Seat::In(block) => plan.division(block).unwrap_or(DivisionId(0)),
            };
            list.seats.entry(seat).or_default().push((last.1, list.pages.len()));
            list.pages.push(PageMark { folio, division, written: false });
        }
        list
    }

    /// The marks at a seat: byte offset and place in [`PageList::pages`].
    pub fn at(&self, seat: Seat) -> Vec<(u32, usize)> {
        self.seats.get(&seat).cloned().unwrap_or_default()
    }

    /// Forgets the pages whose mark was never written.
    pub fn settle(&mut self) {
        self.pages.retain(|page| page.written);
    }
}

struct Finder<'a> {
    book: &'a Book,
    plan: &'a Plan,
    print: &'a Print<'a>,
    /// The divisions of the print edition by their labels.
    divisions: HashMap<&'a str, DivisionId>,
    /// The first seat on each page, by what begins there, floated figures left out: those that stand before something
    /// on an earlier page.
    pages: BTreeMap<PageIndex, usize>,
}

impl Finder<'_> {
    fn with_seats(mut self) -> Self {
        let mut earliest: Option<PageIndex> = None;
        for at in (0..self.plan.seats.len()).rev() {
            let Some(page) = self.page_of(self.plan.seats[at]) else { continue };
            if earliest.is_none_or(|after| page <= after) {
                self.pages.insert(page, at);
                earliest = Some(page);
            } else {
                self.pages.entry(page).or_insert(at);
            }
        }
        self
    }

    /// The seat and byte at which a page begins; `None` for a page with nothing on it that the e-book shows.
    fn begin(&self, page: PageIndex) -> Option<(usize, u32)> {
        let entry = &self.print.map.pages[page.0 as usize];
        let text = entry.first.and_then(|place| Some((*self.plan.order.get(&self.here(place.block)?)?, place.offset)));
        match text {
            Some((seat, offset)) if offset > 0 => Some((seat, offset)),
            Some((seat, _)) => Some((self.before(seat, page), 0)),
            None => self.pages.get(&page).map(|seat| (*seat, 0)),
        }
    }

    /// The first of the seats before `seat` that stand on the same page without a break.
    fn before(&self, seat: usize, page: PageIndex) -> usize {
        let mut first = seat;
        for at in (0..seat).rev() {
            match self.page_of(self.plan.seats[at]) {
                Some(other) if other == page => first = at,
                Some(_) => break,
                None => {}
            }
        }
        first
    }

    /// The printed page on which a seat's matter begins.
    fn page_of(&self, seat: Seat) -> Option<PageIndex> {
        match seat {
            Seat::Opening(division) => {
                let label = &self.book.division(division).label;
                self.print.map.divisions.get(self.divisions.get(label.as_str())?).copied()
            }
            Seat::Before(block) | Seat::In(block) => self.print.map.blocks.get(&self.there(block)?).copied(),
        }
    }

    /// A block of the print edition, here. Books of one manuscript share the ids of what was written; made blocks are
    /// the same only when the whole book is.
    fn here(&self, block: BlockId) -> Option<BlockId> {
        self.shared(block).then_some(block)
    }

    fn there(&self, block: BlockId) -> Option<BlockId> {
        self.shared(block).then_some(block)
    }

    fn shared(&self, block: BlockId) -> bool {
        if std::ptr::eq(self.book, self.print.book) {
            return true;
        }
        match (self.book.index.get(block.index()), self.print.book.index.get(block.index())) {
            (Some(here), Some(there)) => here.span.is_some() && here.span == there.span,
            _ => false,
        }
    }
}

/// Where a mark stands in a run of letters when a page begins at `at`: never inside a word that is written with
/// spaces around it, since a page there would end in a hyphen.
pub(super) fn word_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    // Scripts from Thai on (U+0E00) are written without spaces: any place between two letters is a break.
    let in_word = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() && letter < '\u{e00}');
    if in_word(text[..at].chars().next_back()) && in_word(text[at..].chars().next()) {
        let rest = &text[at..];
        at += rest.find(|letter: char| !in_word(Some(letter))).unwrap_or(rest.len());
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_inside_a_word_moves_behind_it() {
        assert_eq!(word_boundary("the agreement ends", 8), 13);
        assert_eq!(word_boundary("the agreement ends", 4), 4);
        assert_eq!(word_boundary("海海海海", 6), 6);
    }
}
