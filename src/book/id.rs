//! Ids: what names a block, a division, a note, a picture, and what leads to one of them.
//!
//! They stand below the model, so that no file of it needs another one only for a name.

/// One block, or one text of a block (a caption, a cell), in one book.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BlockId(pub u32);

impl BlockId {
    /// As an index into [`super::Book::index`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A division of one book, by its place in reading order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DivisionId(pub u32);

impl DivisionId {
    /// As an index into [`super::Book::divisions`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A note of the book, by the order of its first call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NoteId(pub u32);

impl NoteId {
    /// As an index into [`super::Book::notes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A mark of the index, by its place in the book's list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MarkId(pub u32);

impl MarkId {
    /// As an index into [`super::Book::marks`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A picture of the book.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AssetId(pub u32);

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Out of the book: an absolute URL (also `mailto:`).
    Url(String),
    /// A block with text, a figure, a table, a box.
    Block(BlockId),
    /// The opening of a division.
    Division(DivisionId),
    /// A note.
    Note(NoteId),
    /// The call of a note: the note and which call, from 0.
    NoteCall(NoteId, u16),
    /// A mark of the index.
    Mark(MarkId),
}

/// A place in the text: a text block and a byte of its settled text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The block.
    pub block: BlockId,
    /// The byte.
    pub offset: u32,
}
