//! Items: shaped words become the line kernel's boxes, spaces and breaks.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::char::is_combining_mark;

use super::collect::{Breaking, Collected, Run};
use super::glyphs::Shaped;
use super::material::{Atom, AtomKind, Material};
use super::pictures::LinePicture;
use super::words::{Manner, Part, What, Word, is_plain};
use super::{Setter, shape};
use crate::font::FaceId;
use crate::language::{Direction, Language, hyphenation};
use crate::layout::linebreak::{Break, Item};
use crate::theme::{Alignment, Hang, Style};
use crate::units::{Length, Short};

/// Makes the items of a collected text.
pub(super) fn items(setter: &Setter<'_>, collected: Collected, style: &Style, language: &Language) -> Material {
    let Collected { text, runs, contexts, marks, .. } = collected;
    let base_right = language.direction() == Direction::RightToLeft;
    let (mut letters, mut ideographs, mut any_right) = (0_usize, 0_usize, false);
    for letter in text.chars() {
        letters += 1;
        if letter >= '\u{590}' {
            ideographs += usize::from(is_ideographic(letter));
            any_right |= is_right_to_left(letter);
        }
    }
    let levels = if base_right || any_right { Some(levels(&text, base_right, &runs)) } else { None };
    // Among the letters of such a language, words of Latin have too few spaces for all that a line may leave.
    let few = if matches!(language.primary(), "zh" | "yue" | "ja") { 12 } else { 3 };
    let ideographic = ideographs * few > letters;
    let mut maker = Maker {
        setter,
        style,
        text: &text,
        runs: &runs,
        levels: levels.as_deref(),
        base: u8::from(base_right),
        breaks: OnceCell::new(),
        manner: (usize::MAX, 0),
        items: Vec::with_capacity(text.len() / 4),
        atoms: Vec::with_capacity(text.len() / 4),
    };
    for run in 0..runs.len() {
        maker.run(run);
    }
    let (items, atoms) = (maker.items, maker.atoms);
    Material { items, atoms, contexts, marks, right_to_left: base_right, ideographic, runs, text }
}

/// Embedding levels by byte.
fn levels(text: &str, base_right: bool, runs: &[Run]) -> Vec<Level> {
    let base = if base_right { Level::rtl() } else { Level::ltr() };
    let apart = turned(runs, base_right);
    let mut levels = BidiInfo::new(&masked(text, &apart), Some(base)).levels;
    // Words of a language that runs the other way run as if they were isolated, with their marks among themselves.
    let (other, deeper) = if base_right { (Level::ltr(), 2) } else { (Level::rtl(), 0) };
    for range in apart {
        let own = BidiInfo::new(&text[range.clone()], Some(other)).levels;
        for (level, own) in levels[range].iter_mut().zip(own) {
            *level = Level::new(own.number() + deeper).unwrap_or(own);
        }
    }
    // Program text runs from the left with all its marks, as if it were isolated; words in it that run from the right
    // do so among themselves.
    let isolated = if base_right { 2 } else { 0 };
    for run in runs.iter().filter(|run| matches!(run.breaking, Breaking::Whole | Breaking::Program)) {
        let own = BidiInfo::new(&text[run.range.clone()], Some(Level::ltr())).levels;
        for (level, own) in levels[run.range.clone()].iter_mut().zip(own) {
            *level = Level::new(own.number() + isolated).unwrap_or(own);
        }
    }
    levels
}

/// Where runs stand together whose language runs the other way; and the calls of notes in what runs from the right, which
/// would make one number with that before them.
fn turned(runs: &[Run], base_right: bool) -> Vec<Range<usize>> {
    let call = |run: &Run| base_right && run.breaking == Breaking::Never && run.rise > Length::ZERO;
    let other = |run: &Run| call(run) || (run.language.direction() == Direction::RightToLeft) != base_right;
    let together = runs.chunk_by(|one, next| other(one) == other(next) && one.range.end == next.range.start);
    together.filter(|runs| other(&runs[0])).map(|runs| runs[0].range.start..runs[runs.len() - 1].range.end).collect()
}

/// A text in which neutral characters stand for what is isolated, byte for byte (UAX 9, X5c).
fn masked<'a>(text: &'a str, apart: &[Range<usize>]) -> Cow<'a, str> {
    if apart.is_empty() {
        return Cow::Borrowed(text);
    }
    let neutral = |letter: char| ["", "&", "\u{ac}", "\u{fffc}", "\u{1f600}"][letter.len_utf8()];
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in apart {
        out.push_str(&text[from..range.start]);
        out.extend(text[range.clone()].chars().map(neutral));
        from = range.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

fn is_right_to_left(character: char) -> bool {
    matches!(character as u32, 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF | 0x200F | 0x202B | 0x202E | 0x2067)
}

/// Letters that stand without spaces between words. Korean has spaces: its lines are filled like those of Latin.
pub(super) fn is_ideographic(character: char) -> bool {
    is_square(character) || matches!(character as u32, 0x0E00..=0x0FFF | 0x1000..=0x109F | 0x1780..=0x17FF)
}

/// Letters and marks of Chinese and Japanese, each in a square of its own.
pub(super) fn is_square(character: char) -> bool {
    matches!(character as u32, 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

/// Whether two letters that follow each other want a space that is not written: one of Chinese or Japanese, the other of
/// Latin, Greek or Cyrillic, or a figure.
fn is_apart(one: char, other: char) -> bool {
    let square = |letter: char| is_square(letter) && letter.is_alphabetic();
    let latin = |letter: char| stands_alone(letter) && letter.is_alphanumeric();
    square(one) && latin(other) || latin(one) && square(other)
}

/// Marks that Latin faces and those of Chinese and Japanese draw each in their way.
fn is_shared(character: char) -> bool {
    matches!(character, '“' | '”' | '‘' | '’' | '—' | '―' | '…')
}

/// Letters, figures and marks of Latin, Greek and Cyrillic.
fn stands_alone(character: char) -> bool {
    character < '\u{300}'
        || matches!(character as u32, 0x370..=0x482 | 0x48A..=0x52F | 0x1E00..=0x1FFF | 0x2010..=0x2027)
}

/// Where lines may end (UAX 14), as sorted byte offsets. Words of Thai, Lao, Khmer and Burmese are those of dictionaries: a
/// model of how their letters follow each other cuts names of countries in two.
fn opportunities(text: &str) -> Vec<usize> {
    let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
    segmenter.segment_str(text).collect()
}

/// So many letters stand between a hyphen that is written and a division.
const BESIDE_A_HYPHEN: usize = 4;

/// What it costs to part two numbers at their dash ("71–91"), as much as the name of a host in an address.
const WITHIN_A_RANGE: i32 = 2500;

/// A word of so many letters may be divided in ragged lines.
const LONG: usize = 7;

struct Maker<'a, 'b> {
    setter: &'a Setter<'b>,
    style: &'a Style,
    text: &'a str,
    runs: &'a [Run],
    levels: Option<&'a [Level]>,
    base: u8,
    /// Where lines may end by UAX 14; not asked for as long as all words are plain.
    breaks: OnceCell<Vec<usize>>,
    /// A run and the number of its manner.
    manner: (usize, usize),
    items: Vec<Item>,
    atoms: Vec<Atom>,
}

impl Maker<'_, '_> {
    fn run(&mut self, index: usize) {
        let run = &self.runs[index];
        if let Some(picture) = &run.picture {
            return self.picture(index, picture.clone());
        }
        let text = &self.text[run.range.clone()];
        let mut word = None;
        for (at, character) in text.char_indices() {
            let at = run.range.start + at;
            match character {
                ' ' | '\t' | '\u{a0}' | '\n' | '\u{202f}' | '\u{2009}' => {
                    if let Some(start) = word.take() {
                        self.word(index, start..at);
                    }
                    self.space(index, at, character);
                }
                _ => {
                    word.get_or_insert(at);
                }
            }
        }
        if let Some(start) = word {
            self.word(index, start..run.range.end);
        }
    }

    fn push(&mut self, item: Item, kind: AtomKind, run: usize, range: Range<usize>) {
        let level = self.levels.and_then(|levels| levels.get(range.start)).map_or(self.base, |level| level.number());
        self.items.push(item);
        let range = range.start as u32..range.end as u32;
        self.atoms.push(Atom { kind, run: run as u32, range, level });
    }

    fn picture(&mut self, index: usize, picture: Box<LinePicture>) {
        let run = &self.runs[index];
        let width = picture.widest(self.setter.book, run.size);
        let item = Item::Box { width: width.into(), hang_start: Short::ZERO, hang_end: Short::ZERO };
        self.push(item, AtomKind::Picture(picture), index, run.range.clone());
    }

    /// A space: of the face's own width, breaking or not, thin ones narrower.
    fn space(&mut self, index: usize, at: usize, character: char) {
        let range = at..at + character.len_utf8();
        let run = &self.runs[index];
        if character == '\n' {
            let item = Item::Penalty { width: Short::ZERO, hang_end: Short::ZERO, kind: Break::Forced };
            return self.push(item, AtomKind::Nothing, index, range);
        }
        let id = self.face_of_space(run);
        let face = self.setter.fonts.face(id);
        let glyph = face.metrics.space_glyph;
        let natural = face.space(run.size) + run.size.scale(i64::from(run.tracking), 1000);
        let width = match character {
            '\u{202f}' | '\u{2009}' => natural.scale(6, 10),
            _ => natural,
        };
        let kind = AtomKind::Space { face: id, glyph };
        if run.breaking == Breaking::Program {
            return self.fixed_space(index, range, width, kind);
        }
        let breaks = match character {
            ' ' | '\t' => run.breaking != Breaking::Never,
            _ => false,
        };
        let item = match character {
            '\u{202f}' | '\u{2009}' => {
                Item::Box { width: width.into(), hang_start: Short::ZERO, hang_end: Short::ZERO }
            }
            _ => Item::Glue { width: width.into(), breaks },
        };
        self.push(item, kind, index, range);
    }

    /// The face of a space: between words from the right that of the word before, so that both are shown together and
    /// whoever reads the file finds the words apart.
    fn face_of_space(&self, run: &Run) -> FaceId {
        match self.atoms.last() {
            Some(Atom { kind: AtomKind::Glyphs { face, .. }, level, .. })
                if !level.is_multiple_of(2) && self.setter.fonts.face(*face).covers(' ') =>
            {
                *face
            }
            _ => run.face,
        }
    }

    /// A space of program text: it stays as wide as it is at a line's ends too, and a line may end after it, unless
    /// nothing but spaces stands before.
    fn fixed_space(&mut self, index: usize, range: Range<usize>, width: Length, kind: AtomKind) {
        let before = &self.text[self.runs[index].range.start..range.start];
        let (indent, end) = (before.chars().all(char::is_whitespace), range.end);
        self.push(
            Item::Box { width: width.into(), hang_start: Short::ZERO, hang_end: Short::ZERO },
            kind,
            index,
            range,
        );
        if !indent {
            self.cut(index, self.runs[index].face, Break::Free(0), end);
        }
    }

    /// A word, cut where the face or the direction changes.
    fn word(&mut self, index: usize, range: Range<usize>) {
        let run = &self.runs[index];
        let apart = run.breaking == Breaking::Words && matches!(run.language.primary(), "zh" | "yue" | "ja");
        if apart {
            self.gap(index, self.text[..range.start].chars().next_back(), range.start);
        }
        if self.levels.is_none() && is_plain(&self.text[range.clone()]) && self.plain(index, &range) {
            return self.after(index, run.face, range.end);
        }
        let mut start = range.start;
        let mut last: Option<(FaceId, u8)> = None;
        let mut before = None;
        for (at, character) in self.text[range.clone()].char_indices() {
            let at = range.start + at;
            if let (true, Some((face, _))) = (apart && before.is_some_and(|one| is_apart(one, character)), last) {
                self.piece(index, start..at, face);
                self.gap(index, before, at);
                (start, last) = (at, None);
            }
            before = Some(character);
            let level = self.levels.and_then(|levels| levels.get(at)).map_or(self.base, |level| level.number());
            let face = match (last, joins_the_letter_before(character)) {
                (Some((face, _)), true) if self.setter.fonts.face(face).covers(character) || is_format(character) => {
                    face
                }
                _ => self.face_of(run, at, character),
            };
            if let Some((old, old_level)) = last
                && (old != face || old_level != level)
            {
                self.piece(index, start..at, old);
                start = at;
            }
            last = Some((face, level));
        }
        if let Some((face, _)) = last {
            self.piece(index, start..range.end, face);
        }
    }

    /// A quarter of an em between a letter of Chinese or Japanese and one of Latin, or a figure, that no space parts
    /// (JLREQ 3.2.6, CLREQ 3.2.2); none at a line's end.
    fn gap(&mut self, index: usize, before: Option<char>, at: usize) {
        let after = self.text[at..].chars().next();
        if before.zip(after).is_some_and(|(before, after)| is_apart(before, after)) {
            let breaks = self.may_break(at) && !self.before_call(at);
            let item = Item::Glue { width: (self.runs[index].size / 4).into(), breaks };
            self.push(item, AtomKind::Gap, index, at..at);
        }
    }

    /// A plain word, from memory if it was met before; false when it is not of one face.
    fn plain(&mut self, index: usize, range: &Range<usize>) -> bool {
        let run = &self.runs[index];
        let divides = run.breaking == Breaking::Words && self.style.hyphenate;
        if run.breaking == Breaking::Address {
            return false;
        }
        if self.manner.0 != index {
            let manner = Manner {
                face: run.face,
                size: run.size,
                tracking: run.tracking,
                features: run.features,
                language: run.language.clone(),
                divides,
                ragged: self.is_ragged(),
            };
            self.manner = (index, self.setter.shaper.manner(manner));
        }
        let letters = &self.text[range.clone()];
        let Some(word) = self.setter.shaper.plain(self.manner.1, letters, || self.make(run, letters, divides)) else {
            return false;
        };
        let origin = range.start as u32;
        for part in &word.parts {
            let kind = match &part.what {
                What::Glyphs(glyphs) => AtomKind::Glyphs {
                    face: run.face,
                    word: Shaped::clone(&word.glyphs),
                    origin,
                    glyphs: glyphs.clone(),
                },
                What::Hyphen(glyph) => AtomKind::Hyphen { face: run.face, glyph: *glyph },
            };
            let range = origin + part.letters.start..origin + part.letters.end;
            self.items.push(part.item);
            self.atoms.push(Atom { kind, run: index as u32, range, level: self.base });
        }
        true
    }

    /// A plain word as items.
    fn make(&self, run: &Run, letters: &str, divides: bool) -> Option<Word> {
        let (fonts, face) = (self.setter.fonts, run.face);
        if !letters.chars().all(|letter| fonts.face(face).covers(letter)) {
            return None;
        }
        let glyphs = self.setter.shaper.shape(fonts, face, run.features, false, &run.language, letters);
        let mut parts = Vec::new();
        let mut from = 0;
        let divisions = if divides { self.divisions(run, letters) } else { Vec::new() };
        let hyphen = if divisions.is_empty() { None } else { self.hyphen(run, face) };
        for offset in divisions {
            let Some(to) = glyphs.iter().position(|glyph| glyph.start as usize == offset) else { continue };
            if to > from
                && let Some((glyph, item)) = hyphen
            {
                parts.push(self.part(run, face, &glyphs, letters, from..to));
                let at = offset as u32;
                parts.push(Part { item, what: What::Hyphen(glyph), letters: at..at });
                from = to;
            }
        }
        if from < glyphs.len() {
            parts.push(self.part(run, face, &glyphs, letters, from..glyphs.len()));
        }
        Some(Word { glyphs, parts: parts.into() })
    }

    /// Whether lines end where they will.
    fn is_ragged(&self) -> bool {
        self.style.align != Alignment::Justified
    }

    /// Where a word may be divided, by offset.
    fn divisions(&self, run: &Run, word: &str) -> Vec<usize> {
        let mut offsets = Vec::new();
        for part in words_within(word) {
            // "co-op-eration" reads badly: beside a hyphen that is written, some letters stay with it.
            let hyphen = |letter: Option<char>| matches!(letter, Some('-' | '\u{2010}' | '\u{2011}'));
            let least = |beside: bool| if beside { BESIDE_A_HYPHEN } else { 0 };
            let before = least(hyphen(word[..part.start].chars().next_back()));
            let after = least(hyphen(word[part.end..].chars().next()));
            let letters = &word[part.clone()];
            // In ragged lines only long words are worth a hyphen.
            if self.is_ragged() && letters.chars().count() < LONG {
                continue;
            }
            for at in hyphenation::divisions(letters, &run.language, &self.setter.exceptions) {
                if letters[..at].chars().count() >= before && letters[at..].chars().count() >= after {
                    offsets.push(part.start + at);
                }
            }
        }
        offsets
    }

    fn face_of(&self, run: &Run, at: usize, character: char) -> FaceId {
        if is_format(character) {
            return run.face;
        }
        if let Some(face) = self.face_beside(run, at, character) {
            return face;
        }
        self.setter.face_for(run.face, character, &run.language).unwrap_or_else(|| {
            let span = run.span.map(|span| {
                let from = at - run.range.start;
                let length = (span.end - span.start) as usize;
                span.within(from.min(length), (from + character.len_utf8()).min(length))
            });
            self.setter.miss(character, &run.language, span);
            run.face
        })
    }

    /// The face of a mark that goes with the letters beside it.
    fn face_beside(&self, run: &Run, at: usize, character: char) -> Option<FaceId> {
        self.face_in_squares(run, at, character).or_else(|| self.face_of_marks(run, at, character))
    }

    /// The face of a stop, a comma or a bracket between letters that another face has than the one asked for: theirs; and
    /// of a figure among words from the right, so that it is shown together with them and whoever reads the file finds the
    /// space beside it.
    fn face_of_marks(&self, run: &Run, at: usize, character: char) -> Option<FaceId> {
        // MuPDF turns the words around a hyphen from the right unless it is shown apart.
        let goes = !character.is_alphabetic() && !character.is_whitespace() && !matches!(character, '-' | '+');
        if !goes || !run.language.draws_its_marks() {
            return None;
        }
        let level = self.levels.and_then(|levels| levels.get(at)).map_or(self.base, |level| level.number());
        if character.is_numeric() && self.base.is_multiple_of(2) {
            return None;
        }
        let letter = |letter: &char| letter.is_alphabetic();
        let before = self.text[..at].chars().rev().find(letter);
        let after = self.text[at..].chars().find(letter);
        let opens = matches!(character, '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '„' | '‚');
        let own = self.setter.fonts.face(run.face);
        let foreign = |letter: &char| !stands_alone(*letter) && !own.covers(*letter);
        let beside = match (level.is_multiple_of(2), opens) {
            (false, _) => [before, after].into_iter().flatten().find(foreign),
            (true, false) => before.or(after).filter(foreign),
            (true, true) => after.or(before).filter(foreign),
        };
        let face = self.setter.face_for(run.face, beside?, &run.language)?;
        self.setter.fonts.face(face).covers(character).then_some(face)
    }

    /// The face of a quotation mark, a dash or an ellipsis between letters of Chinese or Japanese: theirs, in which such
    /// marks stand in a square (CLREQ 3.1.1, JLREQ 3.1.2); between Latin letters they are of the Latin face.
    fn face_in_squares(&self, run: &Run, at: usize, character: char) -> Option<FaceId> {
        if !is_shared(character) || !matches!(run.language.primary(), "zh" | "yue" | "ja") {
            return None;
        }
        let beside = |letter: &char| !is_shared(*letter);
        let before = self.text[..at].chars().rev().find(beside);
        let after = self.text[at..].chars().find(beside);
        let square = [before, after].into_iter().flatten().find(|letter| is_square(*letter))?;
        let face = self.setter.face_for(run.face, square, &run.language)?;
        self.setter.fonts.face(face).covers(character).then_some(face)
    }

    /// A piece of a word in one face: shaped whole, then cut where lines may end.
    fn piece(&mut self, index: usize, range: Range<usize>, face: FaceId) {
        let run = &self.runs[index];
        let level = self.levels.and_then(|levels| levels.get(range.start)).map_or(self.base, |level| level.number());
        let right_to_left = level % 2 == 1;
        let word = &self.text[range.clone()];
        let shaped =
            self.setter.shaper.shape(self.setter.fonts, face, run.features, right_to_left, &run.language, word);
        let cuts = if right_to_left { Vec::new() } else { self.cuts(run, &range, word) };
        let (mut from, mut to) = (0, 0);
        for (offset, kind) in cuts {
            to += shaped[to..].iter().take_while(|glyph| (glyph.start as usize) < offset).count();
            // Only between clusters: a ligature is not cut.
            if to <= from || shaped.get(to).is_none_or(|glyph| glyph.start as usize != offset) {
                continue;
            }
            self.boxed(index, face, &shaped, range.start, from..to);
            self.cut(index, face, kind, range.start + offset);
            from = to;
        }
        self.boxed(index, face, &shaped, range.start, from..shaped.len());
        self.after(index, face, range.end);
    }

    /// What UAX 14 allows after a word, where no space follows: a dash, an ideograph.
    fn after(&mut self, index: usize, face: FaceId, end: usize) {
        let run = &self.runs[index];
        let spaced = self.text[end..].chars().next().is_none_or(|next| next.is_whitespace());
        let dash = self.text[end..].starts_with('—');
        if !spaced && !dash && run.breaking != Breaking::Never && self.may_break(end) && !self.before_call(end) {
            self.cut(index, face, Break::Free(0), end);
        }
    }

    fn may_break(&self, at: usize) -> bool {
        self.breaks().binary_search(&at).is_ok()
    }

    fn breaks(&self) -> &[usize] {
        self.breaks.get_or_init(|| opportunities(self.text))
    }

    /// Whether a note's call stands at an offset: no line ends before it.
    fn before_call(&self, at: usize) -> bool {
        let next = self.runs.partition_point(|run| run.range.start < at);
        self.runs.get(next).is_some_and(|run| run.range.start == at && run.breaking == Breaking::Never)
    }

    /// Where a piece may be cut, by offset within it.
    fn cuts(&self, run: &Run, range: &Range<usize>, word: &str) -> Vec<(usize, Break)> {
        let mut cuts: Vec<(usize, Break)> = Vec::new();
        match run.breaking {
            Breaking::Never => return cuts,
            Breaking::Address => return address_cuts(word),
            Breaking::Words | Breaking::Whole | Breaking::Program => {}
        }
        // Within a word of letters that stand by themselves, what is around it says nothing.
        let own = word.chars().all(stands_alone).then(|| opportunities(word));
        let (breaks, start) = match &own {
            Some(own) => (own.as_slice(), 0),
            None => (self.breaks(), range.start),
        };
        let first = breaks.partition_point(|at| *at <= start);
        for at in breaks[first..].iter().take_while(|at| **at < start + word.len()) {
            let offset = at - start;
            // A dash stands at the end of a line, with what it parts from the next.
            if word[offset..].starts_with('—') {
                continue;
            }
            // A hyphen that is written is a break that costs as much as one that is not.
            let kind = match word[..offset].chars().next_back() {
                Some('-' | '\u{2010}') => Break::Hyphen,
                Some('–') if is_within_a_range(word, offset) => Break::Free(WITHIN_A_RANGE),
                _ => Break::Free(0),
            };
            cuts.push((offset, kind));
        }
        if run.breaking == Breaking::Words && self.style.hyphenate {
            cuts.extend(self.divisions(run, word).into_iter().map(|at| (at, Break::Hyphen)));
            cuts.sort_by_key(|(offset, _)| *offset);
            cuts.dedup_by_key(|(offset, _)| *offset);
        }
        cuts
    }

    /// A place where a line may end, with the hyphen that would stand there.
    fn cut(&mut self, index: usize, face: FaceId, kind: Break, at: usize) {
        let run = &self.runs[index];
        let written = self.text[..at].ends_with(['-', '\u{2010}']);
        if kind != Break::Hyphen || written {
            let item = Item::Penalty { width: Short::ZERO, hang_end: Short::ZERO, kind };
            return self.push(item, AtomKind::Nothing, index, at..at);
        }
        let Some((glyph, item)) = self.hyphen(run, face) else { return };
        self.push(item, AtomKind::Hyphen { face, glyph }, index, at..at);
    }

    /// The hyphen of a face and the place where it may stand.
    fn hyphen(&self, run: &Run, face: FaceId) -> Option<(u16, Item)> {
        let shaped = self.setter.shaper.shape(self.setter.fonts, face, run.features, false, &run.language, "-");
        let hyphen = shaped.first().filter(|glyph| glyph.id != 0)?;
        let width = self.setter.fonts.face(face).scale(hyphen.advance, run.size);
        let hang_end = width.scale(self.hang(face, '\u{2010}').end.into(), 1000);
        Some((hyphen.id, Item::Penalty { width: width.into(), hang_end: hang_end.into(), kind: Break::Hyphen }))
    }

    fn boxed(&mut self, index: usize, face: FaceId, word: &Shaped, origin: usize, glyphs: Range<usize>) {
        if glyphs.is_empty() {
            return;
        }
        let run = &self.runs[index];
        let part = self.part(run, face, word, &self.text[origin..], glyphs);
        let What::Glyphs(glyphs) = part.what else { return };
        let range = origin + part.letters.start as usize..origin + part.letters.end as usize;
        let origin = origin as u32;
        self.push(part.item, AtomKind::Glyphs { face, word: Shaped::clone(word), origin, glyphs }, index, range);
    }

    fn hang(&self, face: FaceId, character: char) -> Hang {
        let face = self.setter.fonts.face(face);
        self.setter.theme.microtype.protrusion.of(&face.family, face.italic, character)
    }

    /// Some glyphs of a word as an item; `letters` begin where the word begins.
    fn part(&self, run: &Run, face: FaceId, word: &Shaped, letters: &str, glyphs: Range<usize>) -> Part {
        let metrics = self.setter.fonts.face(face);
        let some = &word[glyphs.clone()];
        let advance: i32 = some.iter().map(|glyph| glyph.advance).sum();
        let tracking = run.size.scale(i64::from(run.tracking), 1000) * glyphs.len() as i64;
        let width = metrics.scale(advance, run.size) + tracking;
        let start = some.iter().map(|glyph| glyph.start).min().unwrap_or(0);
        let end = some.iter().map(|glyph| glyph.end).max().unwrap_or(0);
        let letters = letters.get(start as usize..end as usize).unwrap_or("");
        let edge = |character: Option<char>| character.map_or(Hang::default(), |character| self.hang(face, character));
        let width_of = |glyph: usize| metrics.scale(word[glyph].advance, run.size);
        let (first, last) = (edge(letters.chars().next()), edge(letters.chars().next_back()));
        let hang_start = match letters.chars().next() {
            Some(letter) if has_empty_half(letter, width_of(glyphs.start), run.size) => run.size / 2,
            _ => width_of(glyphs.start).scale(first.start.into(), 1000),
        };
        let hang_end = width_of(glyphs.end - 1).scale(last.end.into(), 1000);
        let item = Item::Box { width: width.into(), hang_start: hang_start.into(), hang_end: hang_end.into() };
        Part { item, what: What::Glyphs(glyphs.start as u32..glyphs.end as u32), letters: start..end }
    }
}

/// Whether a mark that opens stands in a whole square of Chinese or Japanese: where it begins a line, its empty half is
/// outside that (JLREQ 3.1.5, CLREQ 3.1.6.1).
fn has_empty_half(letter: char, width: Length, size: Length) -> bool {
    shape::opens(letter) && width >= size.scale(9, 10)
}

/// Whether the dash before an offset joins two numbers.
fn is_within_a_range(word: &str, offset: usize) -> bool {
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_numeric());
    digit(word[..offset].chars().rev().nth(1)) && digit(word[offset..].chars().next())
}

/// What is never drawn by itself, whether a face has it or not (`Default_Ignorable_Code_Point` of Unicode): joiners,
/// marks of direction, selectors of variants, tags, fillers.
fn is_format(character: char) -> bool {
    matches!(
        character as u32,
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8
            | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF
    )
}

fn joins_the_letter_before(character: char) -> bool {
    is_format(character) || is_combining_mark(character)
}

/// The runs of letters within a word: "(state-owned)" has two.
fn words_within(word: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = None;
    for (at, character) in word.char_indices() {
        let letter = character.is_alphabetic() || joins_the_letter_before(character);
        match (letter, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                parts.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        parts.push(from..word.len());
    }
    // A word with a figure in it or in capitals only is a name of something: it stays whole, unless it is very long.
    parts.retain(|part| {
        let letters = &word[part.clone()];
        letters.chars().any(char::is_lowercase)
            || !letters.chars().any(char::is_uppercase)
            || letters.chars().count() > 9
    });
    parts
}

/// Where an address may be cut: after a slash, and before other marks, so that no stop or hyphen at a line's end is taken
/// for one of the sentence (Chicago Manual of Style, 7.46). Never before its last character, never within the scheme, and
/// after that, within the name of the host or for the sake of a last few letters only when little else can be done.
fn address_cuts(word: &str) -> Vec<(usize, Break)> {
    let mut cuts = Vec::new();
    let scheme = word.find("://").map_or(0, |at| at + 3);
    let host = scheme + word[scheme..].find('/').unwrap_or(word.len() - scheme);
    let characters: Vec<(usize, char)> = word.char_indices().collect();
    for (index, (at, character)) in characters.iter().enumerate() {
        let next = at + character.len_utf8();
        if next < scheme || index + 2 >= characters.len() || index < 2 {
            continue;
        }
        let (before, after) = (characters[index - 1].1, characters[index + 1].1);
        let (place, price) = match character {
            '/' if next == scheme => (next, 6000),
            '/' => (next, 200),
            '=' | '&' => (next, 500),
            '?' | '#' | '%' => (*at, 500),
            '-' | '_' | '~' => (*at, 700),
            '.' | ',' => (*at, 900),
            _ => continue,
        };
        let price = match place {
            _ if scheme < place && place < host => price + 2500,
            _ if characters.len() - index < 8 => price + 1500,
            _ => price,
        };
        if after.is_alphanumeric() && (place == next || before.is_alphanumeric()) {
            cuts.push((place, Break::Free(price)));
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_thai_and_lao_are_whole() {
        for (text, name) in [("เป็นแดนต่อแดนมาเลเซียและอ่าวไทย", "มาเลเซีย"), ("ສາທາລະນະລັດປະຊາທິປະໄຕປະຊາຊົນລາວ", "ປະຊາທິປະໄຕ")]
        {
            let start = text.find(name).expect("it is there");
            let inside: Vec<usize> =
                opportunities(text).into_iter().filter(|at| (start + 1..start + name.len()).contains(at)).collect();
            assert!(inside.is_empty(), "{name} is cut at {inside:?}");
        }
    }

    #[test]
    fn a_dash_between_numbers_is_within_a_range() {
        assert!(is_within_a_range("71–91,", "71–".len()));
        assert!(!is_within_a_range("north–south", "north–".len()) && !is_within_a_range("pp–9", "pp–".len()));
    }

    #[test]
    fn marks_of_any_script_belong_to_the_letters_of_their_word() {
        for word in ["தொடர்புடைய", "নির্দেশিকা", "प्रोजेक्ट", "ప్రాజెక్ట్", "ပရောဂျက်", "re\u{301}sume\u{301}"]
        {
            let whole = words_within(word);
            assert!(whole.len() == 1 && whole[0] == (0..word.len()), "{word}: {whole:?}");
        }
    }

    #[test]
    fn letters_of_east_and_west_stand_apart_and_marks_do_not() {
        assert!(is_apart('水', 'U') && is_apart('2', '年') && is_apart('ア', 'b') && is_apart('я', '水'));
        assert!(!is_apart('水', '火') && !is_apart('，', 'a') && !is_apart('水', '(') && !is_apart('물', 'a'));
    }

    #[test]
    fn addresses_part_after_slashes_and_before_other_marks_and_seldom_in_the_host_or_before_the_end() {
        let address = "https://www.state.gov/a-treaty/text_one.html";
        let cuts: Vec<(&str, i32)> = address_cuts(address)
            .into_iter()
            .map(|(at, kind)| match kind {
                Break::Free(price) => (&address[at..], price),
                other => panic!("{other:?} is no break of an address"),
            })
            .collect();
        let expected = [
            ("www.state.gov/a-treaty/text_one.html", 6000),
            (".state.gov/a-treaty/text_one.html", 3400),
            (".gov/a-treaty/text_one.html", 3400),
            ("a-treaty/text_one.html", 200),
            ("-treaty/text_one.html", 700),
            ("text_one.html", 200),
            ("_one.html", 700),
            (".html", 2400),
        ];
        assert_eq!(cuts, expected);
        assert!(address_cuts("https://a.b/x").iter().all(|(at, _)| *at < "https://a.b/".len()));
    }

    #[test]
    fn a_bracket_of_a_whole_square_has_an_empty_half() {
        let size = Length::pt(10.0);
        assert!(has_empty_half('「', size, size) && has_empty_half('（', size, size));
        // One that stands in half a square already, a quotation mark of a Latin face, what closes, a letter.
        for (letter, width) in [('「', 5.0), ('“', 4.0), ('」', 10.0), ('水', 10.0)] {
            assert!(!has_empty_half(letter, Length::pt(width), size), "{letter}");
        }
    }
}
