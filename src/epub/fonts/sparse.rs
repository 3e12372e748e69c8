//! Sparse faces: every table stays as it is, but the outlines of glyphs that the book does not need are emptied.
//!
//! `subsetter` makes faces for PDF, without a character map, without kerning and without features: no reading system
//! can use one. A general subsetter for Rust does not exist yet. But a face in an e-book lies in a compressed archive,
//! and an outline of nothing but `endchar` costs next to nothing there. So glyphs keep their numbers, kerning and
//! ligatures keep working, and the file in the archive is a small part of the whole. Faces with TrueType outlines are
//! carried whole.

use std::collections::BTreeSet;

use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

/// The operator that ends an outline.
const ENDCHAR: u8 = 14;

/// Features that reading systems or the stylesheet turn on.
const FEATURES: [&[u8; 4]; 12] =
    [b"liga", b"clig", b"calt", b"ccmp", b"locl", b"rlig", b"onum", b"lnum", b"tnum", b"pnum", b"smcp", b"mark"];

/// A face without the outlines that `characters` do not need; `None` when it is none of ours to cut.
pub(super) fn sparse(data: &[u8], characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(data).ok()?;
    let kept = kept(&font, characters)?;
    let (record, start, length) = table(data, b"CFF ")?;
    let mut out = data.to_vec();
    let cff = out.get_mut(start..start + length)?;
    empty(cff, &kept)?;
    let sum = checksum(out.get(start..start + length)?);
    out.get_mut(record + 4..record + 8)?.copy_from_slice(&sum.to_be_bytes());
    let (_, head, _) = table(&out, b"head")?;
    out.get_mut(head + 8..head + 12)?.fill(0);
    let whole = 0xb1b0_afba_u32.wrapping_sub(checksum(&out));
    out.get_mut(head + 8..head + 12)?.copy_from_slice(&whole.to_be_bytes());
    Some(out)
}

/// The glyphs of the characters and what features make of them.
fn kept(font: &FontRef<'_>, characters: &BTreeSet<char>) -> Option<IntSet<GlyphId>> {
    let charmap = font.charmap();
    let mut kept: IntSet<GlyphId> = IntSet::empty();
    kept.insert(GlyphId::new(0));
    // Space, hyphen and their like are asked for by reading systems themselves.
    for character in characters.iter().copied().chain(" -\u{a0}\u{ad}\u{2010}\u{2026}".chars()) {
        if let Some(glyph) = charmap.map(character) {
            kept.insert(glyph);
        }
    }
    if let Ok(gsub) = font.gsub() {
        let features = gsub.feature_list().ok()?;
        let mut lookups: IntSet<u16> = IntSet::empty();
        for record in features.feature_records() {
            if FEATURES.iter().any(|tag| record.feature_tag() == Tag::new(tag)) {
                let feature = record.feature(features.offset_data()).ok()?;
                for index in feature.lookup_list_indices() {
                    lookups.insert(index.get());
                }
            }
        }
        gsub.closure_glyphs_with_num_glyphs(&lookups, &mut kept, u32::from(font.maxp().ok()?.num_glyphs())).ok()?;
    }
    Some(kept)
}

/// The place of a table's record, of the table, and its length.
fn table(data: &[u8], tag: &[u8; 4]) -> Option<(usize, usize, usize)> {
    let count = usize::from(u16::from_be_bytes(data.get(4..6)?.try_into().ok()?));
    (0..count).map(|at| 12 + at * 16).find_map(|record| {
        let entry = data.get(record..record + 16)?;
        let long = |at: usize| Some(u32::from_be_bytes(entry.get(at..at + 4)?.try_into().ok()?) as usize);
        (&entry[..4] == tag).then(|| Some((record, long(8)?, long(12)?)))?
    })
}

/// The sum of a table's 32-bit words.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0u32, |sum, four| {
        let mut word = [0; 4];
        word[..four.len()].copy_from_slice(four);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

/// Empties the outlines of all other glyphs (Adobe Technical Note 5176: header, INDEXes, Top DICT).
fn empty(cff: &mut [u8], kept: &IntSet<GlyphId>) -> Option<()> {
    let names = usize::from(*cff.get(2)?);
    let tops = Index::read(cff, Index::read(cff, names)?.end)?;
    let (from, to) = tops.range(cff, 0)?;
    let outlines = Index::read(cff, charstrings(cff.get(from..to)?)?)?;
    for glyph in 0..outlines.count {
        if !kept.contains(GlyphId::new(glyph as u32)) {
            let (from, to) = outlines.range(cff, glyph)?;
            cff.get_mut(from..to)?.fill(ENDCHAR);
        }
    }
    Some(())
}

/// Where the Top DICT says that outlines begin (operator 17).
fn charstrings(dict: &[u8]) -> Option<usize> {
    let mut operand = None;
    let mut at = 0;
    while at < dict.len() {
        let byte = dict[at];
        let value = |from: usize, count: usize| dict.get(at + from..at + from + count);
        let size = match byte {
            17 => return operand,
            12 => 2,
            0..=21 => 1,
            28 => {
                operand = Some(usize::from(u16::from_be_bytes(value(1, 2)?.try_into().ok()?)));
                3
            }
            29 => {
                operand = Some(u32::from_be_bytes(value(1, 4)?.try_into().ok()?) as usize);
                5
            }
            30 => 1 + dict[at + 1..].iter().position(|pair| pair & 0x0f == 0x0f)? + 1,
            32..=246 => {
                operand = usize::try_from(i32::from(byte) - 139).ok();
                1
            }
            247..=250 => {
                operand = Some((usize::from(byte) - 247) * 256 + usize::from(value(1, 1)?[0]) + 108);
                2
            }
            251..=254 => 2,
            _ => return None,
        };
        at += size;
    }
    None
}

/// An INDEX: objects of any size behind each other.
struct Index {
    count: usize,
    size: usize,
    offsets: usize,
    end: usize,
}

impl Index {
    fn read(cff: &[u8], at: usize) -> Option<Index> {
        let count = usize::from(u16::from_be_bytes(cff.get(at..at + 2)?.try_into().ok()?));
        if count == 0 {
            return Some(Index { count, size: 1, offsets: at + 2, end: at + 2 });
        }
        let size = usize::from(*cff.get(at + 2)?);
        let mut index = Index { count, size, offsets: at + 3, end: 0 };
        index.end = index.start() + index.offset(cff, count)?;
        Some(index)
    }

    /// One before the first byte of the objects: offsets count from 1.
    fn start(&self) -> usize {
        self.offsets + (self.count + 1) * self.size - 1
    }

    fn offset(&self, cff: &[u8], at: usize) -> Option<usize> {
        let from = self.offsets + at * self.size;
        Some(cff.get(from..from + self.size)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    }

    fn range(&self, cff: &[u8], at: usize) -> Option<(usize, usize)> {
        let (from, to) = (self.start() + self.offset(cff, at)?, self.start() + self.offset(cff, at + 1)?);
        (from <= to).then_some((from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{Fonts, Request};
    use crate::units::Length;

    #[test]
    fn outlines_that_the_book_needs_stay_and_others_are_empty() {
        let fonts = Fonts::new(Vec::new());
        let id = fonts.select(Request { family: "Source Serif 4", weight: 400, italic: false, size: Length::pt(11.0) });
        let face = fonts.face(id);
        let characters: BTreeSet<char> = "fish".chars().collect();
        let cut = sparse(&face.data, &characters).expect("its outlines are CFF");
        assert_eq!(cut.len(), face.data.len());
        assert_eq!(checksum(&cut), 0xb1b0_afba, "the file's sum is right");
        let whole = FontRef::new(&face.data).expect("a face");
        let sparse = FontRef::new(&cut).expect("a face still");
        let bounds = |font: &FontRef<'_>, letter: char| {
            let glyph = font.charmap().map(letter).expect("it has the letter");
            font.glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default())
                .bounds(glyph)
        };
        assert_eq!(bounds(&sparse, 'f'), bounds(&whole, 'f'));
        assert_ne!(bounds(&sparse, 'x'), bounds(&whole, 'x'));
        let kept = kept(&whole, &characters).expect("features are read");
        assert!(kept.len() > 7, "ligatures are kept too: {}", kept.len());
    }
}
