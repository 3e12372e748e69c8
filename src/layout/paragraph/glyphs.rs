//! Glyphs: what shaping makes of a word.

use std::sync::Arc;

/// A glyph in font units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ShapedGlyph {
    /// In the face.
    pub id: u16,
    /// To the next one.
    pub advance: i32,
    /// From its origin.
    pub x: i32,
    /// Upwards.
    pub y: i32,
    /// Its letters in the word.
    pub start: u32,
    /// One past the last of them.
    pub end: u32,
}

/// The glyphs of a word, left to right.
pub(crate) type Shaped = Arc<Box<[ShapedGlyph]>>;
