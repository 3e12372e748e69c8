//! Words: the items of plain words, remembered.
//!
//! Prose repeats its words: a novel of half a million has some forty thousand. What a word comes to as items (its
//! glyphs, where it may be divided, how far its edges hang) depends on its letters and a few properties of its run
//! only, as long as it is plain: letters of one face, with marks before and after at which no line may end.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::collect::Features;
use super::glyphs::Shaped;
use crate::font::FaceId;
use crate::language::Language;
use crate::layout::linebreak::Item;
use crate::units::Length;

/// What the items of a word depend on beside its letters.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Manner {
    pub face: FaceId,
    pub size: Length,
    pub tracking: i16,
    pub features: Features,
    pub language: Language,
    pub divides: bool,
    pub ragged: bool,
}

/// A plain word as items.
pub(super) struct Word {
    pub glyphs: Shaped,
    pub parts: Box<[Part]>,
}

/// An item of a word.
pub(super) struct Part {
    pub item: Item,
    pub what: What,
    /// Its letters in the word.
    pub letters: Range<u32>,
}

/// What is painted for it.
pub(super) enum What {
    /// Some of the word's glyphs.
    Glyphs(Range<u32>),
    /// A hyphen.
    Hyphen(u16),
}

/// Words by their letters; `None` for one that is not of one face.
type Known = HashMap<Box<str>, Option<Arc<Word>>, BuildHasherDefault<Letters>>;

/// The words of each manner: those that a thread has met, and those that any has.
#[derive(Default)]
pub(super) struct Words(Vec<Known>);

impl Words {
    /// A word, if it was met before; `Some(None)` when it is known not to be of one face.
    pub fn find(&self, manner: usize, letters: &str) -> Option<Option<Arc<Word>>> {
        self.0.get(manner)?.get(letters).cloned()
    }

    /// Remembers a word.
    pub fn keep(&mut self, manner: usize, letters: &str, word: Option<Arc<Word>>) {
        if self.0.len() <= manner {
            self.0.resize_with(manner + 1, Known::default);
        }
        self.0[manner].insert(letters.into(), word);
    }
}

/// Whether no line can end within letters but by division: marks that open, letters and apostrophes, marks that close.
pub(super) fn is_plain(letters: &str) -> bool {
    let inner = letters
        .trim_start_matches(['“', '‘', '(', '[', '"', '\''])
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '”', '’', ')', ']', '"', '\'']);
    !inner.is_empty() && inner.chars().all(|letter| letter == '’' || (letter < '\u{530}' && letter.is_alphabetic()))
}

/// A quick hash for words; it orders nothing.
#[derive(Default)]
pub(super) struct Letters(u64);

impl Hasher for Letters {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517C_C1B7_2722_0A95);
        }
    }
}
