//! Pages: what a map of pages says of the marks of a book.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::locator::{NoteSpot, Spot, Stretch};
use crate::book::mark::Cited;
use crate::book::{Book, DivisionId, Folio, IndexMark, MarkId, PageIndex, PageMap, Target};
use crate::language::terms::Term;

/// The marks of a book on the pages of an edition.
#[derive(Debug)]
pub struct Pages<'a> {
    book: &'a Book,
    map: &'a PageMap,
    /// Numbers of notes that stand more than once on a page.
    doubled: BTreeSet<(PageIndex, u32)>,
    /// The mark of this book that each mark of another one is.
    twins: Option<Vec<Option<MarkId>>>,
}

impl<'a> Pages<'a> {
    /// Those of a book by a map of its own pages.
    pub fn new(book: &'a Book, map: &'a PageMap) -> Pages<'a> {
        let mut counts: BTreeMap<(PageIndex, u32), u32> = BTreeMap::new();
        for (note, page) in &map.notes {
            *counts.entry((*page, book.note(*note).number)).or_default() += 1;
        }
        let doubled = counts.into_iter().filter(|(_, count)| *count > 1).map(|(place, _)| place).collect();
        Pages { book, map, doubled, twins: None }
    }

    /// The marks of `book` on the pages of another book of the same manuscript: its print edition. They are the same
    /// where they stand in the same block for the same entry.
    pub fn of_print(book: &Book, print: &'a Book, map: &'a PageMap) -> Pages<'a> {
        let pages = Pages::new(print, map);
        if std::ptr::eq(book, print) {
            return pages;
        }
        let key = |mark: &IndexMark| {
            let entry: Vec<String> = mark.entry.iter().map(|name| name.words.clone()).collect();
            (mark.block, mark.span, mark.extent, entry)
        };
        let mut there: BTreeMap<_, VecDeque<MarkId>> = BTreeMap::new();
        for mark in &print.marks {
            there.entry(key(mark)).or_default().push_back(mark.id);
        }
        let twin = |mark: &IndexMark| there.get_mut(&key(mark)).and_then(VecDeque::pop_front);
        Pages { twins: Some(book.marks.iter().map(twin).collect()), ..pages }
    }

    /// A mark's place; `None` where the pages show it nowhere, or have no number. One in a note is on the note's page.
    pub fn spot(&self, id: MarkId) -> Option<Spot> {
        let there = match &self.twins {
            Some(twins) => (*twins.get(id.index())?)?,
            None => id,
        };
        let mark = self.book.marks.get(there.index())?;
        let target = mark.note.map_or(Target::Mark(there), Target::Note);
        let page = self.map.page(&target)?;
        let folio: Folio = self.map.pages.get(page.0 as usize)?.folio?;
        let note = mark.note.map(|note| {
            let number = self.book.note(note).number;
            let chapter = self.doubled.contains(&(page, number)).then(|| self.chapter(mark.division));
            NoteSpot { number, chapter }
        });
        Some(Spot { mark: id, page, folio, note })
    }

    /// "chap. 5", or the title where chapters have no numbers.
    fn chapter(&self, division: DivisionId) -> String {
        let division = self.book.division(division);
        match &division.number {
            Some(number) => Term::ShortChapter.numbered(&self.book.metadata.language, number).replace('\u{a0}', " "),
            None => division.name.clone(),
        }
    }

    /// The stretches of some places. Of one of whose ends the pages know nothing the other is left.
    pub fn stretches(&self, cited: &[Cited]) -> Vec<Stretch> {
        let stretch = |cited: &Cited| {
            let last = cited.last.and_then(|last| self.spot(last));
            let (first, last) = match (self.spot(cited.first), last) {
                (Some(first), last) => (first, last),
                (None, last) => (last?, None),
            };
            Some(Stretch { first, last, weight: cited.weight, matter: cited.matter })
        };
        cited.iter().filter_map(stretch).collect()
    }
}
