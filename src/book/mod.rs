//! The one model of a book's content, which every edition with the same sections and the same place of notes shares.
//!
//! A [`Book`] is complete: every reference, note call and picture resolves, numbers are given, punctuation is set for
//! the language, and the parts that nobody wrote (copyright page, contents, notes, about the authors) stand among the
//! [`Division`]s with their text. Print and e-book only show it. It names no Markdown, HTML, PDF, face, point or colour.
//!
//! Text lies in [`TextBlock`]s, each with a [`BlockId`]; a [`Place`] is such a block and a byte offset in its settled
//! text ([`settled`]).

pub mod asset;
pub mod block;
pub mod chart;
pub mod cited;
mod columns;
mod date;
pub mod distribution;
pub mod division;
mod drawn;
pub mod finished;
pub mod id;
pub mod inline;
pub mod looked_at;
pub mod mark;
pub mod metadata;
pub mod note;
pub mod page_map;
mod picture_kind;
pub mod program;
pub mod sizes;
pub mod walk;

pub use asset::{Asset, Assets, Density, PictureSize};
pub use block::{Block, BlockKind, TextBlock};
pub use cited::CitedWork;
pub use division::{Division, DivisionKind, Matter};
pub use finished::{Accessibility, Claim, Feature, Written};
pub use id::{AssetId, BlockId, DivisionId, MarkId, NoteId, Place, Target};
pub use inline::{Inline, InlineKind};
pub use mark::IndexMark;
pub use metadata::Metadata;
pub use note::{Note, NotePlace};
pub use page_map::{Folio, PageIndex, PageMap};
pub use picture_kind::PictureKind;
pub use sizes::{Shown, Sizes, Small};
pub use walk::{TextKind, plain, settled};

/// The content of one or more editions.
#[derive(Clone, Debug)]
pub struct Book {
    /// What is said once: title, authors, identifiers, rights.
    pub metadata: Metadata,
    /// Every part in reading order, cover to back cover, written or made.
    pub divisions: Vec<Division>,
    /// The notes in the order of their first call; a [`NoteId`] indexes it.
    pub notes: Vec<Note>,
    /// The marks of the index in the order in which they were read; a [`MarkId`] indexes it.
    pub marks: Vec<IndexMark>,
    /// The works that it cites or lists, in the order of the list of works; without a list, as a reader meets them.
    pub works: Vec<CitedWork>,
    /// Where notes stand.
    pub note_place: NotePlace,
    /// How the house cites a work again, if it says.
    pub note_style: Option<note::NoteStyle>,
    /// Words stamped on the cover and in running heads: "Draft".
    pub stamp: Option<String>,
    /// Whether a band at the head of an extract says what it is from.
    pub head_band: bool,
    /// Whether its title stands at the head of its first page: neither cover nor title page says it.
    pub masthead: bool,
    /// The pictures, loaded.
    pub assets: Assets,
    /// What each block id is and where it was written, indexed by [`BlockId`]: for links, outlines and messages.
    pub index: Vec<BlockEntry>,
}

/// What stands behind a [`BlockId`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockEntry {
    /// The division that holds the block (for a block of a note: the division of its first call).
    pub division: DivisionId,
    /// The note that holds the block, if one does.
    pub note: Option<NoteId>,
    /// Where it was written; `None` for a made block.
    pub span: Option<crate::source::Span>,
}

impl Book {
    /// Whoever makes a book hands it on through here: everything resolved, every id in the index.
    ///
    /// # Panics
    /// In debug builds, when an id is out of its range: who assembles must not let that happen.
    pub fn checked(self) -> Book {
        debug_assert!(self.divisions.iter().enumerate().all(|(at, division)| division.id.index() == at));
        debug_assert!(self.notes.iter().enumerate().all(|(at, note)| note.id.index() == at));
        debug_assert!(self.marks.iter().enumerate().all(|(at, mark)| mark.id.index() == at));
        debug_assert!(self.index.iter().all(|entry| entry.division.index() < self.divisions.len()));
        self
    }

    /// The first division of a kind, such as the cover or the contents page.
    pub fn first(&self, kind: DivisionKind) -> Option<&Division> {
        self.divisions.iter().find(|division| division.kind == kind)
    }

    /// All its blocks, outer before inner: those of the divisions, of what stands on covers, and of the notes.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let divisions = self.divisions.iter().flat_map(|division| {
            let cover = division.cover.as_ref().map(|cover| cover.blocks.as_slice()).unwrap_or_default();
            walk::blocks(cover).chain(walk::blocks(&division.blocks))
        });
        divisions.chain(self.notes.iter().flat_map(|note| walk::blocks(&note.blocks)))
    }

    /// All its texts, those of covers and notes included.
    pub fn texts(&self) -> impl Iterator<Item = (TextKind, &TextBlock)> {
        let divisions = self.divisions.iter().flat_map(|division| division.texts());
        divisions.chain(self.notes.iter().flat_map(|note| walk::texts(&note.blocks)))
    }

    /// The division of that id.
    pub fn division(&self, id: DivisionId) -> &Division {
        &self.divisions[id.index()]
    }

    /// The note of that id.
    pub fn note(&self, id: NoteId) -> &Note {
        &self.notes[id.index()]
    }

    /// The entry of a block id that this book gave.
    pub fn entry(&self, id: BlockId) -> &BlockEntry {
        &self.index[id.index()]
    }
}
