//! Pieces: one glyph of the file for each letter of a cluster.
//!
//! Readers tell words apart by where glyphs stand. Poppler, PDFium and pdfminer take a mark that is raised, or for which
//! the pen was moved back, out of its word; pdf.js gives no width to a glyph that says a letter together with a mark. So
//! where a face has TrueType outlines, a mark becomes a glyph of its own with its place drawn in, and letters that have
//! grown into one glyph are said one by one: the first by that glyph, each of the others by one that draws nothing. Marks
//! and what draws nothing have a hair of width, since PDFium passes over what has none. What they stand with has as much
//! less, and just the width that layout gave it: a leap of the pen before or after a hair is a fault in all of them.
//!
//! What runs from the right is painted from its end, marks before their letter: poppler, PDFium and MuPDF turn it round
//! glyph by glyph. MuPDF takes a mark that begins a run to stand where the line does, PDFium one that comes after a stop
//! for what is before the stop; a sign that is not drawn says first that what comes runs from the right.

use super::said::{clusters, each, runs_from_the_right, text_of};
use crate::page::{Glyph, TextRun};
use crate::units::Length;

/// Makes what follows run from the right, and is not drawn.
const FROM_THE_RIGHT: &str = "\u{200F}";

/// Widths, and places of glyphs that one letter has together, are counted in so many thousandths of the em, which nobody
/// sees: else each width of a line would want glyphs of its own.
const STEP: i64 = 4;

/// A glyph with its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::pdf) struct Part {
    /// In the face.
    pub glyph: u16,
    /// From the pen, in font units.
    pub x: i16,
    /// Upwards.
    pub y: i16,
    /// Whether the pen goes on by its width: it is no mark.
    pub advances: bool,
}

/// What says a letter.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::pdf) struct Piece {
    /// What is drawn; nothing for a letter that has grown into another's glyph.
    pub parts: Vec<Part>,
    /// How far the pen goes on, in font units; `None`: by the widths of the glyphs, or by a hair.
    pub width: Option<u16>,
    /// The letter.
    pub text: Box<str>,
}

/// How wide a hair is, in a face with so many units to the em.
pub(in crate::pdf) fn hair(units: u16) -> u16 {
    (units / 1000).max(1)
}

impl Piece {
    /// The glyph, if it is one that stands where it was drawn to stand.
    pub fn plain(&self) -> Option<u16> {
        match self.parts.as_slice() {
            [Part { glyph, x: 0, y: 0, advances: true }] if self.width.is_none() => Some(*glyph),
            _ => None,
        }
    }

    /// Whether the pen goes on by a hair only.
    pub fn is_hair(&self) -> bool {
        !self.parts.iter().any(|part| part.advances)
    }

    fn empty(text: &str) -> Piece {
        Piece { parts: Vec::new(), width: None, text: text.into() }
    }
}

/// A cluster of a run.
pub(in crate::pdf) enum Shown<'a> {
    /// As its glyphs stand.
    Whole(&'a [Glyph]),
    /// Letter by letter, each with what layout has from it to the next.
    Apart(&'a [Glyph], Vec<(Piece, Length)>),
}

/// The clusters of a run of a face with so many units to the em; `None` when all of them are shown as they stand.
pub(in crate::pdf) fn shown(run: &TextRun, units: u16) -> Option<Vec<Shown<'_>>> {
    let stop_first = begins_with_a_stop(run);
    if !stop_first && !wanted(run) {
        return None;
    }
    let mut shown: Vec<Shown<'_>> = Vec::new();
    if stop_first {
        shown.push(Shown::Apart(&[], vec![(Piece::empty(FROM_THE_RIGHT), Length::ZERO)]));
    }
    // Whether nothing but spaces stands before, or a mark of the sentence.
    let mut alone = true;
    for cluster in clusters(&run.glyphs) {
        let text = text_of(run, cluster);
        let told = alone;
        alone = match text.chars().next() {
            Some(letter) if letter.is_whitespace() => told,
            Some(letter) => !runs_from_the_right(letter) || !letter.is_alphabetic(),
            None => told,
        };
        let Some(mut pieces) = apart(run, cluster, i64::from(units)) else {
            shown.push(Shown::Whole(cluster));
            continue;
        };
        let marked = pieces.len() > 1 && pieces[0].0.text.chars().next().is_some_and(runs_from_the_right);
        if told && marked {
            pieces.insert(0, (Piece::empty(FROM_THE_RIGHT), Length::ZERO));
        }
        shown.push(Shown::Apart(cluster, pieces));
    }
    Some(shown)
}

/// Whether a run of words from the right begins, where it is painted, with the space or the stop at their end: MuPDF takes
/// it to run as what was painted before does.
fn begins_with_a_stop(run: &TextRun) -> bool {
    let Some(first) = run.glyphs.first() else { return false };
    let open = |letter: char| !runs_from_the_right(letter) && !letter.is_alphanumeric();
    text_of(run, std::slice::from_ref(first)).chars().all(open) && run.text.chars().any(runs_from_the_right)
}

/// Whether any letter of a run has several glyphs, or a glyph several letters of a script that grows together.
fn wanted(run: &TextRun) -> bool {
    let glyphs = run.glyphs.as_slice();
    let grown = |glyph: &Glyph| {
        // Two of them at least, of three bytes each.
        glyph.end >= glyph.start + 6 && grows_together(text_of(run, std::slice::from_ref(glyph)))
    };
    let same = |pair: &[Glyph]| (pair[0].start, pair[0].end) == (pair[1].start, pair[1].end) && !pair[0].soft_hyphen;
    glyphs.windows(2).any(same) || glyphs.iter().any(grown)
}

/// Whether letters are of India or South-East Asia, where a syllable is drawn as one.
fn grows_together(text: &str) -> bool {
    text.chars().next().is_some_and(|first| {
        matches!(first, '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1900}'..='\u{1aaf}'
            | '\u{1b00}'..='\u{1c4f}' | '\u{a800}'..='\u{abff}' | '\u{11000}'..='\u{11fff}')
    })
}

/// A cluster letter by letter, with what layout has from each to the next.
fn apart(run: &TextRun, cluster: &[Glyph], units: i64) -> Option<Vec<(Piece, Length)>> {
    let text = text_of(run, cluster);
    let from_the_right = text.chars().next().is_some_and(runs_from_the_right);
    if cluster[0].soft_hyphen || cluster.len() < 2 && (from_the_right || !grows_together(text)) {
        return None;
    }
    let mut pieces: Vec<(Piece, Length)> = Vec::with_capacity(text.chars().count());
    let mut say = |parts: Vec<Part>, text: &str, advance: Length| {
        // A ligature of what runs from the right says its letters at once: all readers but pypdf turn those round.
        let first = if from_the_right { text.len() } else { text.chars().next().map_or(0, char::len_utf8) };
        pieces.push((Piece { parts, width: None, text: text[..first].into() }, advance));
        for letter in text[first..].chars() {
            pieces.push((Piece::empty(letter.encode_utf8(&mut [0; 4])), Length::ZERO));
        }
    };
    let one = |glyph: &Glyph, text: &str| {
        let shift = glyph.shift();
        let part = Part {
            glyph: glyph.id,
            x: thousandth(shift.x, run.size, units)?,
            y: thousandth(Length::ZERO - shift.y, run.size, units)?,
            advances: !is_mark(glyph, run),
        };
        Some((part, text.to_owned(), glyph.advance()))
    };
    let mut parted = Vec::with_capacity(cluster.len());
    if each(run, cluster, |glyph, text| parted.push(one(glyph, text))) {
        for part in parted {
            let (part, text, advance) = part?;
            say(vec![part], &text, advance);
        }
    } else {
        let (parts, advance) = together(run, cluster, units)?;
        say(parts, text, advance);
    }
    fit(run, &mut pieces, from_the_right, units);
    Some(pieces)
}

/// Gives what stands with hairs the width that layout gave it, less theirs: those after it, from the right before it.
fn fit(run: &TextRun, pieces: &mut [(Piece, Length)], from_the_right: bool, units: i64) {
    let em = run.size.scale(i64::from(run.expansion), 1000);
    let own = i64::from(hair(units as u16));
    let step = (units * STEP / 1000) as i16;
    let mut hairs = 0;
    let mut give = |(piece, advance): &mut (Piece, Length)| {
        if piece.is_hair() {
            hairs += own;
        } else if hairs > 0 {
            // Rather less than more: what comes next must not begin to the left of the last hair.
            let width = thousandth(*advance, em, units).map(|width| stepped(width - step / 2, units) - hairs);
            piece.width = width.and_then(|width| u16::try_from(width).ok());
            hairs = 0;
        }
    };
    match from_the_right {
        true => pieces.iter_mut().for_each(&mut give),
        false => pieces.iter_mut().rev().for_each(&mut give),
    }
}

/// The nearest number of font units that is counted.
fn stepped(length: i16, units: i64) -> i64 {
    let step = (units * STEP / 1000).max(1);
    (i64::from(length) + step / 2).div_euclid(step) * step
}

/// The glyphs of a cluster that has more of them than letters, each where it stands.
fn together(run: &TextRun, cluster: &[Glyph], units: i64) -> Option<(Vec<Part>, Length)> {
    let em = run.size.scale(i64::from(run.expansion), 1000);
    let mut origin = Length::ZERO;
    let mut parts = Vec::with_capacity(cluster.len());
    for glyph in cluster {
        let x = stepped(thousandth(origin + glyph.shift().x, em, units)?, units);
        parts.push(Part {
            glyph: glyph.id,
            x: x.try_into().ok()?,
            y: thousandth(Length::ZERO - glyph.shift().y, run.size, units)?,
            advances: !is_mark(glyph, run),
        });
        origin += glyph.advance();
    }
    Some((parts, origin))
}

/// A length in font units; `None` when no record of a glyph could hold it.
fn thousandth(length: Length, em: Length, units: i64) -> Option<i16> {
    let whole = em.to_sp().max(1);
    let twice = length.to_sp() * 2 * units;
    ((twice + whole).div_euclid(2 * whole)).try_into().ok()
}

/// Shaping leaves a mark no width of its own; letters that stand apart give it a little.
fn is_mark(glyph: &Glyph, run: &TextRun) -> bool {
    glyph.advance() < run.size / 25
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FaceId;
    use crate::units::{Colour, Point};

    fn run(text: &str, glyphs: Vec<Glyph>) -> TextRun {
        TextRun {
            face: FaceId(0),
            size: Length::pt(10.0),
            colour: Colour::BLACK,
            origin: Point::default(),
            expansion: 1000,
            text: text.into(),
            glyphs,
            span: None,
        }
    }

    fn glyph(id: u16, advance: f64, x: f64, y: f64, letters: std::ops::Range<u32>) -> Glyph {
        Glyph::new(id, Length::pt(advance), Point::new(Length::pt(x), Length::pt(y)), letters)
    }

    #[test]
    fn words_from_the_right_whose_stop_is_painted_first_say_whence_they_run() {
        let line = |text: &str| {
            let letters = text.chars().rev().scan(text.len() as u32, |end, letter| {
                let start = *end - letter.len_utf8() as u32;
                Some(std::mem::replace(end, start)).map(|end| start..end)
            });
            run(text, letters.enumerate().map(|(at, letters)| glyph(at as u16 + 1, 5.0, 0.0, 0.0, letters)).collect())
        };
        let first = |run: &TextRun| match shown(run, 1000)?.into_iter().next() {
            Some(Shown::Apart([], pieces)) => Some(pieces[0].0.text.to_string()),
            _ => None,
        };
        assert_eq!(first(&line("מים.")).as_deref(), Some(FROM_THE_RIGHT));
        assert_eq!(first(&line("מים ")).as_deref(), Some(FROM_THE_RIGHT));
        assert_eq!((first(&line("מים")), first(&line(".")), first(&line("12"))), (None, None, None));
    }

    type Told = (String, Vec<(u16, i16, i16)>, u16);

    /// Each piece as its text, its glyphs with their places, and its width; 0 for its own.
    fn pieces(run: &TextRun) -> Vec<Told> {
        let told = |piece: &Piece| {
            let parts = piece.parts.iter().map(|part| (part.glyph, part.x, part.y)).collect();
            let width = if piece.is_hair() { 1 } else { piece.width.unwrap_or(0) };
            (piece.text.to_string(), parts, width)
        };
        let shown = shown(run, 1000).expect("some letters come apart");
        let pieces = shown.iter().flat_map(|shown| match shown {
            Shown::Whole(_) => Vec::new(),
            Shown::Apart(_, pieces) => pieces.iter().map(|(piece, _)| told(piece)).collect(),
        });
        pieces.collect()
    }

    #[test]
    fn a_mark_is_drawn_at_its_place_and_said_after_its_letter() {
        let marked = run("e\u{301}x", vec![glyph(1, 5.0, 0.0, 0.0, 0..3), glyph(2, 0.0, -2.5, -1.0, 0..3)]);
        let expected = [("e".to_owned(), vec![(1, 0, 0)], 499), ("\u{301}".to_owned(), vec![(2, -250, 100)], 1)];
        assert_eq!(pieces(&marked), expected);
    }

    #[test]
    fn from_the_right_a_mark_is_said_before_its_letter_and_after_what_tells_where_it_runs() {
        let marked = run("\u{631}\u{64b}", vec![glyph(2, 0.0, 1.0, 0.0, 0..4), glyph(1, 5.0, 0.0, 0.0, 0..4)]);
        let expected = [
            ("\u{200f}".to_owned(), vec![], 1),
            ("\u{64b}".to_owned(), vec![(2, 100, 0)], 1),
            ("\u{631}".to_owned(), vec![(1, 0, 0)], 499),
        ];
        assert_eq!(pieces(&marked), expected);
    }

    #[test]
    fn letters_that_have_grown_together_are_said_one_by_one() {
        let grown = run("प्र", vec![glyph(7, 6.0, 0.0, 0.0, 0..9)]);
        let expected =
            [("प".to_owned(), vec![(7, 0, 0)], 598), ("्".to_owned(), vec![], 1), ("र".to_owned(), vec![], 1)];
        assert_eq!(pieces(&grown), expected);
        let thai = [(1, 6.0, 0.0), (2, 0.0, -1.0), (3, 4.0, 0.0)].map(|(id, by, x)| glyph(id, by, x, 0.0, 0..6));
        let expected = [("ก".to_owned(), vec![(1, 0, 0), (2, 500, 0), (3, 600, 0)], 999), ("ำ".to_owned(), vec![], 1)];
        assert_eq!(pieces(&run("กำ", thai.to_vec())), expected);
    }

    #[test]
    fn what_stands_as_it_was_drawn_is_shown_as_it_stands() {
        let latin = run("fix", vec![glyph(1, 5.0, 0.0, 0.0, 0..2), glyph(2, 5.0, 0.0, 0.0, 2..3)]);
        assert!(shown(&latin, 1000).is_none());
        let alef = run("\u{644}\u{627}", vec![glyph(1, 5.0, 0.0, 0.0, 0..4)]);
        assert!(shown(&alef, 1000).is_none());
    }
}
