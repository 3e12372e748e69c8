//! Long: what is wider than its lines and has no place to be broken at gets one between any two of its letters.
//!
//! Such a place is so dear that it is taken only when nothing else can be done: an address of a hundred letters without
//! a slash, a word of a language that nobody divides. No hyphen stands there, since none belongs to what was written.

use std::ops::Range;

use super::Setter;
use super::collect::Breaking;
use super::glyphs::ShapedGlyph;
use super::material::{Atom, AtomKind, Material};
use crate::layout::linebreak::{Break, Item};
use crate::units::{Length, Short};

/// Between letters of what cannot be broken otherwise: dearer than anything else that is allowed.
const LETTER: Break = Break::Free(2_000_000);

impl Material {
    /// Opens every stretch between breaks that is wider than `room`: at its fixed spaces if it has any, and what is
    /// still too wide between its letters.
    pub(super) fn open(&mut self, setter: &Setter<'_>, room: Length) {
        if self.too_long(room).is_empty() {
            return;
        }
        for stretch in self.too_long(room) {
            for item in &mut self.items[stretch] {
                if let Item::Glue { breaks, .. } = item {
                    *breaks = true;
                }
            }
        }
        let stretches = self.too_long(room);
        if !stretches.is_empty() {
            self.part(setter, &stretches);
        }
    }

    /// The stretches between places where a line may end that are wider than `room`.
    fn too_long(&self, room: Length) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let (mut start, mut width) = (0, Length::ZERO);
        let close = |start: usize, end: usize, width: Length, found: &mut Vec<Range<usize>>| {
            if width > room {
                found.push(start..end);
            }
        };
        for (at, item) in self.items.iter().enumerate() {
            match item {
                Item::Box { width: own, .. } | Item::Glue { width: own, breaks: false } => width += own.long(),
                Item::Glue { breaks: true, .. } | Item::Penalty { .. } => {
                    close(start, at, width, &mut found);
                    (start, width) = (at + 1, Length::ZERO);
                }
            }
        }
        close(start, self.items.len(), width, &mut found);
        found
    }

    /// Cuts the words of some stretches into their letters.
    fn part(&mut self, setter: &Setter<'_>, stretches: &[Range<usize>]) {
        let (items, atoms) = (std::mem::take(&mut self.items), std::mem::take(&mut self.atoms));
        let mut next = 0;
        for (at, (item, atom)) in items.into_iter().zip(atoms).enumerate() {
            while stretches.get(next).is_some_and(|stretch| stretch.end <= at) {
                next += 1;
            }
            match stretches.get(next) {
                Some(stretch) if stretch.contains(&at) => {
                    // A word of several looks is one of several boxes; a note's call stays with its word.
                    let beside = at > stretch.start && matches!(self.items.last(), Some(Item::Box { .. }));
                    let stays = self.runs[atom.run as usize].breaking == Breaking::Never;
                    if beside && !stays && matches!(item, Item::Box { .. }) {
                        self.between(&atom, atom.range.start);
                    }
                    self.letters(setter, item, atom);
                }
                _ => {
                    self.items.push(item);
                    self.atoms.push(atom);
                }
            }
        }
    }

    /// A place between two letters.
    fn between(&mut self, beside: &Atom, at: u32) {
        self.items.push(Item::Penalty { width: Short::ZERO, hang_end: Short::ZERO, kind: LETTER });
        self.atoms.push(Atom { kind: AtomKind::Nothing, range: at..at, ..*beside });
    }

    /// Adds an item letter by letter, if it is made of some.
    fn letters(&mut self, setter: &Setter<'_>, item: Item, atom: Atom) {
        let (AtomKind::Glyphs { face, word, origin, glyphs }, Item::Box { hang_start, hang_end, .. }) =
            (&atom.kind, item)
        else {
            self.items.push(item);
            self.atoms.push(atom);
            return;
        };
        let run = &self.runs[atom.run as usize];
        let (size, tracking) = (run.size, run.size.scale(i64::from(run.tracking), 1000));
        let metrics = setter.fonts.face(*face);
        let parts = clusters(word, glyphs.start as usize..glyphs.end as usize, !atom.level.is_multiple_of(2));
        let last = parts.len().saturating_sub(1);
        for (at, part) in parts.into_iter().enumerate() {
            let some = &word[part.clone()];
            let advance: i32 = some.iter().map(|glyph| glyph.advance).sum();
            let width = metrics.scale(advance, size) + tracking * some.len() as i64;
            let start = some.iter().map(|glyph| glyph.start).min().unwrap_or(0);
            let end = some.iter().map(|glyph| glyph.end).max().unwrap_or(start);
            let range = origin + start..origin + end;
            if at > 0 {
                self.between(&atom, range.start);
            }
            self.items.push(Item::Box {
                width: width.into(),
                hang_start: if at == 0 { hang_start } else { Short::ZERO },
                hang_end: if at == last { hang_end } else { Short::ZERO },
            });
            let glyphs = part.start as u32..part.end as u32;
            let kind = AtomKind::Glyphs { face: *face, word: word.clone(), origin: *origin, glyphs };
            self.atoms.push(Atom { kind, range, ..atom });
        }
    }
}

/// The glyphs of each letter with its marks, in reading order.
fn clusters(word: &[ShapedGlyph], glyphs: Range<usize>, right_to_left: bool) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::with_capacity(glyphs.len());
    for at in glyphs {
        match parts.last_mut() {
            Some(part) if word[part.start].start == word[at].start => part.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    if right_to_left {
        parts.reverse();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_keeps_its_marks_and_letters_from_the_right_come_in_reading_order() {
        let glyph = |start: u32| ShapedGlyph { id: 1, advance: 500, x: 0, y: 0, start, end: start + 2 };
        let word = [glyph(0), glyph(0), glyph(2), glyph(4)];
        assert_eq!(clusters(&word, 0..4, false), [0..2, 2..3, 3..4]);
        assert_eq!(clusters(&word, 1..4, true), [3..4, 2..3, 1..2]);
    }
}
