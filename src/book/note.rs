//! Notes and where they stand.

use super::block::Block;
use super::id::{BlockId, DivisionId, NoteId};
use crate::source::Span;

/// Where notes stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum NotePlace {
    /// Together at the end of the book.
    #[default]
    Endnotes,
    /// After each chapter.
    Chapter,
    /// At the foot of the page of their call.
    Footnotes,
    /// Beside their call, where the page has a column for them; else at its foot.
    Margin,
}

/// Where numbering begins again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoteNumbering {
    /// Nowhere: one series through the book.
    Book,
    /// With each chapter.
    Chapter,
}

/// How a house cites a work again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoteStyle {
    /// "Ibid." right after the note that cites it.
    Ibid,
    /// The author's name and a short title.
    ShortTitle,
}

/// One note.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its place in the book's list.
    pub id: NoteId,
    /// What is printed.
    pub number: u32,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Every call, in reading order: the text block that holds it.
    pub calls: Vec<NoteCallPlace>,
    /// Where the definition stands.
    pub span: Option<Span>,
}

/// Where a note is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteCallPlace {
    /// The division.
    pub division: DivisionId,
    /// The text block.
    pub block: BlockId,
    /// Where the call was written.
    pub span: Option<Span>,
}
