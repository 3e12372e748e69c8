//! Which printed page each place is on.
//!
//! Seven readers: the contents page, page references, the index, running heads of notes, PDF labels and outline, the e-book's page
//! list, and layout's next pass, which stops when the map it made equals the one it was given.

use std::collections::BTreeMap;

use super::id::{BlockId, DivisionId, MarkId, NoteId, Place, Target};
use crate::language::numerals;

/// A page's place in the file, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PageIndex(pub u32);

/// What is printed as a page's number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Folio {
    /// Front matter: i, ii, iii.
    Roman(u32),
    /// Body and back matter: 1, 2, 3.
    Arabic(u32),
}

impl std::fmt::Display for Folio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Folio::Arabic(number) => write!(f, "{number}"),
            Folio::Roman(number) => f.write_str(&numerals::roman(u64::from(*number))),
        }
    }
}

/// One page as the map knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageEntry {
    /// What is printed on it (or would be, where the folio is hidden); `None` for covers.
    pub folio: Option<Folio>,
    /// The first place of the main flow's text that begins on this page; `None` for blank pages and pages that go on
    /// with nothing but a picture. Notes at the foot and floated figures do not count.
    pub first: Option<Place>,
}

/// Which page everything is on, in one edition.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PageMap {
    /// Every page of the file.
    pub pages: Vec<PageEntry>,
    /// The page on which each division opens.
    pub divisions: BTreeMap<DivisionId, PageIndex>,
    /// The page on which each block begins.
    pub blocks: BTreeMap<BlockId, PageIndex>,
    /// The page on which each call of a note stands.
    pub calls: BTreeMap<(NoteId, u16), PageIndex>,
    /// The page on which each note begins.
    pub notes: BTreeMap<NoteId, PageIndex>,
    /// The page on which each mark of the index stands.
    pub marks: BTreeMap<MarkId, PageIndex>,
}

impl PageMap {
    /// The page of a target inside the book; `None` for addresses and before the first pass.
    pub fn page(&self, target: &Target) -> Option<PageIndex> {
        match target {
            Target::Url(_) => None,
            Target::Block(id) => self.blocks.get(id).copied(),
            Target::Division(id) => self.divisions.get(id).copied(),
            Target::Note(id) => self.notes.get(id).copied(),
            Target::NoteCall(id, call) => self.calls.get(&(*id, *call)).copied(),
            Target::Mark(id) => self.marks.get(id).copied(),
        }
    }

    /// Gives every page that something is on another number.
    pub fn move_pages(&mut self, moved: impl Fn(PageIndex) -> PageIndex) {
        let all = self.divisions.values_mut().chain(self.blocks.values_mut());
        let signs = self.calls.values_mut().chain(self.notes.values_mut()).chain(self.marks.values_mut());
        for page in all.chain(signs) {
            *page = moved(*page);
        }
    }

    /// What is printed on the page of a target.
    pub fn folio(&self, target: &Target) -> Option<Folio> {
        self.page(target).and_then(|page| self.pages.get(page.0 as usize)).and_then(|entry| entry.folio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folios_of_the_front_matter_are_roman() {
        let shown: Vec<String> = [1, 4, 9, 14, 40, 99].iter().map(|&n| Folio::Roman(n).to_string()).collect();
        assert_eq!(shown, ["i", "iv", "ix", "xiv", "xl", "xcix"]);
    }
}
