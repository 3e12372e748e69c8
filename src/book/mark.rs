//! Marks of the index: places in the text that an entry leads to. What is made of them is a block
//! ([`super::block::Index`]).
//!
//! A mark has no letters: it stands in the text as [`super::InlineKind::Mark`], and what it is stands here. Which entries
//! there are and in which order is settled on the way into the book; page numbers come from a [`super::PageMap`].

use super::id::{BlockId, DivisionId, MarkId, NoteId};
use crate::source::Span;

/// One level of an entry, as its author wrote it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntryName {
    /// Its words; what stands between two `*` is emphasised.
    pub words: String,
    /// As what it is filed, if not as its words.
    pub sort: Option<String>,
}

/// How far a mark reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Extent {
    /// It is one place.
    Point,
    /// From here on.
    Start,
    /// Up to here.
    End,
}

/// What a passage is to its entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Weight {
    /// One of those that speak of it.
    #[default]
    Plain,
    /// The chief one.
    Main,
}

/// In what a passage stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Matter {
    /// The text.
    #[default]
    Text,
    /// A figure.
    Figure,
    /// A table.
    Table,
}

/// How the pages of figures and tables are told apart from those of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FigurePages {
    /// Not at all.
    #[default]
    Plain,
    /// By italics: *47*.
    Italics,
    /// By a letter: 47f, 47t.
    Letters,
}

/// A mark: one place and one entry. One without an entry is where a work is cited, and no part of the index.
#[derive(Clone, PartialEq, Debug)]
pub struct IndexMark {
    /// Its place in the book's list.
    pub id: MarkId,
    /// The entry, from its first level down.
    pub entry: Vec<EntryName>,
    /// How far it reaches.
    pub extent: Extent,
    /// What the passage is to the entry.
    pub weight: Weight,
    /// In what it stands.
    pub matter: Matter,
    /// The division in which it stands; for one in a note, that of the note's first call.
    pub division: DivisionId,
    /// The text block that holds it.
    pub block: BlockId,
    /// The note that holds it, if one does.
    pub note: Option<NoteId>,
    /// Where it was written.
    pub span: Span,
}

/// How an index is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct IndexStyle {
    /// Sub-entries follow each other in their entry's lines, not each on a line of its own.
    pub run_in: bool,
    /// So many pages in a row are joined; 0 joins none.
    pub merge: u32,
    /// How the pages of figures and tables are told apart.
    pub figures: FigurePages,
}

/// A place or a stretch that an entry leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cited {
    /// The mark, or that at which the stretch begins.
    pub first: MarkId,
    /// The mark at which it ends.
    pub last: Option<MarkId>,
    /// What it is to the entry.
    pub weight: Weight,
    /// In what it stands, or begins.
    pub matter: Matter,
}
