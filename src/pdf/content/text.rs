//! Text: runs of glyphs as positioned strings.
//!
//! A reader moves by each glyph's own width; where a glyph's advance differs, the array of `TJ` holds the difference in
//! thousandths of the em. What a whole line has in its letters' spacing is set once for the run. What is left over is
//! carried on, and no glyph is off by more than [`TOLERANCE`].

use pdf_writer::{Name, Str, TextStr};

use super::Painter;
use crate::page::{Glyph, Mark, MarkKind, TextRun};
use crate::pdf::faces::UsedFace;
use crate::pdf::faces::pieces::{Piece, Shown};
use crate::pdf::faces::said::{clusters, each, runs_from_the_right, text_of};
use crate::pdf::stream::points;
use crate::units::{Length, Point};

/// Thousandths of the em that nobody can see: a hundredth of a millimetre in text. Writing them would make a long
/// book's file half as large again.
const TOLERANCE: i64 = 3;

/// What was set for text so far.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct TextState {
    /// The face, its voice and the size.
    face: Option<(u16, usize, Length)>,
    /// Horizontal scale in thousandths.
    expansion: Option<i32>,
    /// Between letters, in thousandths of a point.
    spacing: i64,
    rise: Length,
}

/// Strings and differences that wait to be shown: each difference stands before the glyphs that follow it.
#[derive(Default)]
pub(super) struct Waiting {
    glyphs: Vec<u8>,
    /// Where in `glyphs`, and how much.
    differences: Vec<(usize, i64)>,
}

impl Painter<'_> {
    /// Runs of text as one text object.
    pub(super) fn texts(&mut self, marks: &[Mark]) {
        self.content.begin_text();
        self.line = (0.0, 0.0);
        for mark in marks {
            let MarkKind::Text(run) = &mark.kind else { continue };
            let Some(face) = self.shared.faces.get(run.face) else { continue };
            self.colour(run.colour);
            if self.state.text.expansion.unwrap_or(1000) != run.expansion {
                self.content.set_horizontal_scaling(rounded(run.expansion as f32 / 10.0));
                self.state.text.expansion = Some(run.expansion);
            }
            self.go(run.origin);
            self.run(run, face);
        }
        self.content.end_text();
    }

    /// Moves to a point.
    fn go(&mut self, to: Point) {
        let (x, y) = (self.x(to), self.y(to));
        let by = (rounded(x - self.line.0), rounded(y - self.line.1));
        self.content.next_line(by.0, by.1);
        // What the reader has added up, not what was meant, so that rounding does not add up.
        self.line = (rounded(self.line.0 + by.0), rounded(self.line.1 + by.1));
    }

    fn look(&mut self, run: &TextRun, face: &UsedFace, voice: usize) {
        let wanted = Some((run.face.0, voice, run.size));
        if self.state.text.face != wanted {
            self.content.set_font(Name(face.voice(voice).as_bytes()), points(run.size));
            self.state.text.face = wanted;
        }
    }

    fn run(&mut self, run: &TextRun, face: &UsedFace) {
        let shown = face.shown(run);
        let mut pen = Pen::new(run, face, shown.is_none());
        if self.state.text.spacing != pen.spacing {
            self.content.set_char_spacing((pen.spacing as f64 / 1000.0) as f32);
            self.state.text.spacing = pen.spacing;
        }
        match shown {
            Some(shown) => shown.into_iter().for_each(|shown| match shown {
                Shown::Apart(cluster, pieces) => self.pieces(&mut pen, cluster, &pieces),
                Shown::Whole(cluster) => self.cluster(&mut pen, cluster),
            }),
            None => words(run).into_iter().for_each(|word| match word {
                Word::Plain(glyphs) => clusters(glyphs).for_each(|cluster| self.cluster(&mut pen, cluster)),
                Word::Spoken(glyphs, text) => self.spoken(&mut pen, glyphs, text),
            }),
        }
        self.level(&mut pen, Length::ZERO);
        self.show(&mut pen);
    }

    /// Letters that are shown one by one; as a whole where the face has no room for what shows them.
    fn pieces(&mut self, pen: &mut Pen<'_>, cluster: &[Glyph], pieces: &[(Piece, Length)]) {
        let face = pen.face;
        let known: Option<Vec<(u16, usize)>> = pieces.iter().map(|(piece, _)| face.shows(piece)).collect();
        let Some(known) = known else { return self.cluster(pen, cluster) };
        self.level(pen, Length::ZERO);
        for ((number, voice), (piece, advance)) in known.into_iter().zip(pieces) {
            self.speak(pen, voice);
            pen.piece(number, *advance, piece.is_hair());
        }
        pen.pass(cluster.len());
    }

    /// Glyphs that stand for the same letters.
    fn cluster(&mut self, pen: &mut Pen<'_>, cluster: &[Glyph]) {
        let (run, face) = (pen.run, pen.face);
        if let [glyph] = cluster {
            match face.says(run, glyph).filter(|_| !glyph.soft_hyphen) {
                Some(voice) => self.glyph(pen, glyph, voice),
                None => self.actual(pen, cluster),
            }
            return;
        }
        let mut said = true;
        let apart = each(run, cluster, |glyph, text| said &= face.speaks(glyph.id, text).is_some());
        if apart && said {
            each(run, cluster, |glyph, text| {
                let voice = face.speaks(glyph.id, text).unwrap_or(0);
                self.glyph(pen, glyph, voice);
            });
        } else {
            self.actual(pen, cluster);
        }
    }

    /// A word some of whose marks stand raised or moved: readers that go by places take such marks out of it, so a
    /// sequence around it says it whole. What its glyphs say by themselves is there too, for those that see no sequence.
    fn spoken(&mut self, pen: &mut Pen<'_>, glyphs: &[Glyph], text: &str) {
        let (run, face) = (pen.run, pen.face);
        self.level(pen, Length::ZERO);
        self.show(pen);
        self.content.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(text));
        for cluster in clusters(glyphs) {
            if let [glyph] = cluster {
                self.glyph(pen, glyph, face.says(run, glyph).unwrap_or(0));
                continue;
            }
            let mut voices = vec![0; cluster.len()];
            let mut at = 0;
            each(run, cluster, |glyph, text| {
                voices[at] = face.speaks(glyph.id, text).unwrap_or(0);
                at += 1;
            });
            cluster.iter().zip(voices).for_each(|(glyph, voice)| self.glyph(pen, glyph, voice));
        }
        self.level(pen, Length::ZERO);
        self.show(pen);
        self.content.end_marked_content();
    }

    fn glyph(&mut self, pen: &mut Pen<'_>, glyph: &Glyph, voice: usize) {
        self.level(pen, Length::ZERO - glyph.shift().y);
        self.speak(pen, voice);
        pen.glyph(glyph);
    }

    /// What comes next is said in a voice.
    fn speak(&mut self, pen: &mut Pen<'_>, voice: usize) {
        if self.state.text.face != Some((pen.run.face.0, voice, pen.run.size)) {
            self.show(pen);
            self.look(pen.run, pen.face, voice);
        }
    }

    /// Raises or lowers what comes next.
    fn level(&mut self, pen: &mut Pen<'_>, rise: Length) {
        if rise != self.state.text.rise {
            self.show(pen);
            self.content.set_rise(points(rise));
            self.state.text.rise = rise;
        }
    }

    /// A cluster whose glyphs do not say what they stand for: a sequence around it says it. It stays in the text object of
    /// its word: where a hyphen begins one of its own, pypdf puts a space before it.
    fn actual(&mut self, pen: &mut Pen<'_>, cluster: &[Glyph]) {
        // A hyphen that the setting put there is no letter of the text (ISO 32000-1, 14.8.2.2.3).
        let soft = cluster.first().is_some_and(|glyph| glyph.soft_hyphen);
        let text = if soft { "\u{AD}" } else { text_of(pen.run, cluster) };
        self.level(pen, Length::ZERO);
        self.show(pen);
        self.content.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(text));
        for glyph in cluster {
            let voice = pen.face.says(pen.run, glyph).filter(|_| soft).unwrap_or(0);
            self.glyph(pen, glyph, voice);
        }
        self.level(pen, Length::ZERO);
        self.show(pen);
        self.content.end_marked_content();
    }

    fn show(&mut self, pen: &mut Pen<'_>) {
        let Waiting { glyphs, differences } = &mut pen.waiting;
        match (glyphs.is_empty(), differences.is_empty()) {
            (true, _) => return,
            (false, true) => {
                self.content.show(Str(glyphs));
            }
            (false, false) => {
                let mut array = self.content.show_positioned();
                let mut array = array.items();
                let mut from = 0;
                for (at, difference) in differences.iter() {
                    if *at > from {
                        array.show(Str(&glyphs[from..*at]));
                    }
                    array.adjust(*difference as f32);
                    from = *at;
                }
                array.show(Str(&glyphs[from..]));
            }
        }
        glyphs.clear();
        differences.clear();
    }
}

/// A stretch of a run.
enum Word<'a> {
    /// Its glyphs say what it says, wherever they stand.
    Plain(&'a [Glyph]),
    /// The word has to be said as a whole.
    Spoken(&'a [Glyph], &'a str),
}

/// The words of a run that have marks out of place; the rest as it stands between them.
fn words(run: &TextRun) -> Vec<Word<'_>> {
    let glyphs = run.glyphs.as_slice();
    let moved = |pair: &[Glyph]| (pair[0].start, pair[0].end) == (pair[1].start, pair[1].end);
    if !glyphs.windows(2).any(moved) {
        return vec![Word::Plain(glyphs)];
    }
    let space = |glyph: &Glyph| glyph.soft_hyphen || text_of(run, std::slice::from_ref(glyph)).trim().is_empty();
    let word = |word: &'_ [Glyph]| {
        let from = word.iter().map(|glyph| glyph.start).min().unwrap_or_default() as usize;
        let to = word.iter().map(|glyph| glyph.end).max().unwrap_or_default() as usize;
        (from..to, !space(&word[0]) && word.windows(2).any(moved))
    };
    let chunks = glyphs.chunk_by(|one, next| space(one) == space(next));
    chunks
        .map(|glyphs| match word(glyphs) {
            // poppler and MuPDF turn what is said around a word that runs from the right: such words stay as they are.
            (range, true) => match run.text.get(range) {
                Some(text) if !text.chars().any(runs_from_the_right) => Word::Spoken(glyphs, text),
                _ => Word::Plain(glyphs),
            },
            (_, false) => Word::Plain(glyphs),
        })
        .collect()
}

/// Follows the reader's pen along a run.
struct Pen<'a> {
    run: &'a TextRun,
    face: &'a UsedFace,
    /// The em, horizontally scaled.
    em: Length,
    /// Between letters, in thousandths of a point before scaling, and as the pen moves by it.
    spacing: i64,
    step: Length,
    /// The numbers in the subset and the own widths of the run's glyphs, as far as they were not met yet.
    widths: std::vec::IntoIter<(u16, Length)>,
    /// Where the reader's pen is.
    place: Length,
    /// Where the next glyph's origin is meant to be.
    origin: Length,
    /// Whether what was shown last is as wide as a hair.
    after_hair: bool,
    waiting: Waiting,
}

impl<'a> Pen<'a> {
    /// `spaced`: what letters have between them may be set once for all.
    fn new(run: &'a TextRun, face: &'a UsedFace, spaced: bool) -> Pen<'a> {
        let em = run.size.scale(i64::from(run.expansion), 1000);
        let width = |number: u16| face.face.scale(face.glyph(number).map_or(0, |known| known.width), em);
        let numbers = run.glyphs.iter().map(|glyph| face.renumbered(glyph.id));
        let widths: Vec<(u16, Length)> = numbers.map(|number| (number, width(number))).collect();
        let mut pen = Pen {
            run,
            face,
            em,
            widths: widths.into_iter(),
            spacing: 0,
            step: Length::ZERO,
            place: Length::ZERO,
            origin: Length::ZERO,
            after_hair: false,
            waiting: Waiting { glyphs: Vec::with_capacity(run.glyphs.len() * 2), differences: Vec::new() },
        };
        pen.spacing = if spaced { pen.common_spacing() } else { 0 };
        let unscaled = Length::sp(pen.spacing * 65_536).scale(1, 1000);
        pen.step = unscaled.scale(i64::from(run.expansion), 1000);
        pen
    }

    /// What most letters of the run have over their widths, in thousandths of a point before scaling: the mean of what
    /// is neither kerning nor the space between words.
    fn common_spacing(&self) -> i64 {
        let small = self.em.scale(3 * TOLERANCE, 1000);
        let glyphs = self.run.glyphs.iter().zip(self.widths.as_slice());
        let over = glyphs.map(|(glyph, (_, width))| glyph.advance() - *width);
        let (mut sum, mut count) = (0, 0);
        for over in over.filter(|over| over.abs() <= small) {
            sum += over.to_sp();
            count += 1;
        }
        if count * 2 < self.run.glyphs.len() as i64 || self.run.expansion <= 0 {
            return 0;
        }
        let mean = Length::sp(sum).scale(1, count).scale(1000, i64::from(self.run.expansion));
        let spacing = mean.scale(1000, 65_536).to_sp();
        // A line as the face has it needs none.
        if mean.abs() < self.em.scale(1, 2000) { 0 } else { spacing }
    }

    /// The run's glyphs come one after the other.
    fn glyph(&mut self, glyph: &Glyph) {
        let (number, width) = self.widths.next().unwrap_or_default();
        let to = self.origin + glyph.shift().x;
        // A letter that leapt back over a hair would be read before it; a little later is a better place for that.
        let held = self.after_hair && to < self.place && self.place - to < self.em / 50;
        if !held {
            self.go(to, TOLERANCE);
        }
        self.after_hair = false;
        self.waiting.glyphs.extend(number.to_be_bytes());
        self.place += width + self.step;
        self.origin += glyph.advance();
    }

    /// What shows a letter of a cluster. Nothing leaps to or from a hair: poppler takes what then stands to the left of it
    /// for what comes before it, PDFium puts a space between. The room of a wide space is made before a mark that follows
    /// it, as that of words from the right does.
    fn piece(&mut self, number: u16, advance: Length, hair: bool) {
        let room = !self.after_hair && self.origin - self.place > self.em / 50;
        if room || !hair && (!self.after_hair || self.origin > self.place) {
            self.go(self.origin, TOLERANCE);
        }
        self.after_hair = hair;
        self.waiting.glyphs.extend(number.to_be_bytes());
        let width = self.face.glyph(number).map_or(0, |known| known.width);
        self.place += self.face.face.scale(width, self.em) + self.step;
        self.origin += advance;
    }

    /// So many of the run's glyphs were shown by something else.
    fn pass(&mut self, glyphs: usize) {
        if let Some(last) = glyphs.checked_sub(1) {
            self.widths.nth(last);
        }
    }

    /// Goes to a place, if it is farther than so many thousandths of the em.
    fn go(&mut self, to: Length, tolerance: i64) {
        let due = to - self.place;
        // A difference of n moves the pen back by n thousandths of the em.
        if due.to_sp().abs() * 1000 > self.em.to_sp() * tolerance {
            let thousandths = -due.scale(1000, self.em.to_sp().max(1)).to_sp();
            if thousandths.abs() > tolerance {
                self.waiting.differences.push((self.waiting.glyphs.len(), thousandths));
                self.place -= self.em.scale(thousandths, 1000);
            }
        }
    }
}

/// To a thousandth, as the numbers of a stream are written.
fn rounded(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}
