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
#[derive(Default)]
struct Known {
    /// Those of up to fifteen bytes, by these and their number: found at the first look.
    short: HashMap<u128, Option<Arc<Word>>, BuildHasherDefault<Letters>>,
    long: HashMap<Box<str>, Option<Arc<Word>>, BuildHasherDefault<Letters>>,
}

/// The words of each manner: those that a thread has met, and those that any has.
#[derive(Default)]
pub(super) struct Words(Vec<Known>);

impl Words {
    /// A word, if it was met before; `Some(None)` when it is known not to be of one face.
    pub fn find(&self, manner: usize, letters: &str) -> Option<Option<Arc<Word>>> {
        let known = self.0.get(manner)?;
        let found = match short(letters) {
            Some(key) => known.short.get(&key),
            None => known.long.get(letters),
        };
        found.cloned()
    }

    /// Remembers a word.
    pub fn keep(&mut self, manner: usize, letters: &str, word: Option<Arc<Word>>) {
        if self.0.len() <= manner {
            self.0.resize_with(manner + 1, Known::default);
        }
        let known = &mut self.0[manner];
        match short(letters) {
            Some(key) => known.short.insert(key, word),
            None => known.long.insert(letters.into(), word),
        };
    }
}

/// Up to fifteen bytes and how many there are, as a number.
fn short(letters: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..letters.len()).filter(|room| room.len() < 16)?.copy_from_slice(letters.as_bytes());
    bytes[15] = letters.len() as u8;
    Some(u128::from_le_bytes(bytes))
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
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    fn write_u128(&mut self, number: u128) {
        self.write_u64(number as u64);
        self.write_u64((number >> 64) as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_at_every_length() {
        let words = ["", "a", "a\0", "abcdefghijklmno", "abcdefghijklmnop", "abcdefghijklmnopq", "ěšč", "(the"];
        let mut known = Words::default();
        let made = words.map(|_| Arc::new(Word { glyphs: Arc::default(), parts: Box::default() }));
        for (letters, word) in words.iter().zip(&made) {
            assert!(known.find(1, letters).is_none(), "{letters}");
            known.keep(1, letters, Some(Arc::clone(word)));
        }
        known.keep(1, "of two faces", None);
        for (letters, word) in words.iter().zip(&made) {
            let found = known.find(1, letters).flatten();
            assert!(found.is_some_and(|found| Arc::ptr_eq(&found, word)), "{letters}");
        }
        assert!(known.find(1, "of two faces").is_some_and(|found| found.is_none()));
        assert!(known.find(0, "a").is_none());
    }
}
