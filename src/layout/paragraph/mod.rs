//! A text of the book becomes lines: collected, shaped, divided, broken in every length, placed.
//!
//! The files are the stages: [`collect`] flattens the tree of inlines, [`shape`] makes glyphs of words, [`items`] makes
//! the line kernel's items of them, [`long`] opens what is too long for a line, [`titles`] parts titles by their sense, and [`line`] places what the kernel chose. A [`SetParagraph`] keeps the glyphs and
//! the breaks of each length; lines are placed one by one when the page is made up.

pub(crate) mod collect;
mod fitting;
mod glyphs;
pub(crate) mod items;
pub(crate) mod line;
mod long;
mod material;
mod pictures;
pub(crate) mod shape;
mod titles;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Mutex, RwLock};

use self::material::Material;
use crate::book::{Book, Folio, Inline, MarkId, NoteId, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::font::{Cut, FaceId, Fonts, Request as FaceRequest};
use crate::language::Language;
use crate::language::hyphenation::Exceptions;
use crate::layout::linebreak::{self, Item, LinePrices, Measure, Mode};
use crate::source::Span;
use crate::theme::{Alignment, Style, Theme};
use crate::units::{Length, Short};

/// What a divided word costs in ragged lines, on the scale of how short these are.
const RAGGED_HYPHEN: i64 = 600;
/// What ragged lines of another number may cost over the best.
const RAGGED_LIMIT: i64 = 2_500;
/// What they cost so in the currency of pages.
const RAGGED_PRICE: i64 = 20;
/// So many ems wide are ragged lines in which a word is divided for evenness; in narrower ones, as cells have, a quarter
/// is less than a word.
const RAGGED_MEASURE: i64 = 16;

/// What stands around a run.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Context {
    /// A link.
    Link(Target),
    /// The call of a note.
    NoteCall(NoteId, u16),
    /// Words in another language.
    Foreign(Language),
    /// An abbreviation and what it stands for.
    Abbreviation(String),
}

/// A context and the one around it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ContextEntry {
    /// The one around it, if any.
    pub parent: Option<usize>,
    /// What it is.
    pub kind: Context,
}

/// Sets texts; one for a layout, shared by its threads.
pub(crate) struct Setter<'a> {
    book: &'a Book,
    pub(super) theme: &'a Theme,
    fonts: &'a Fonts,
    shaper: shape::Shaper,
    exceptions: Exceptions,
    prices: LinePrices,
    faces: RwLock<HashMap<FaceKey, FaceId>>,
    fallbacks: RwLock<HashMap<(FaceId, char, Language), Option<FaceId>>>,
    missing: Mutex<Missing>,
}

/// What the faces at hand lack, and where it is wanting first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Missing {
    /// Characters that no face has, each in the language it stands in.
    pub characters: BTreeMap<(char, Language), Option<Span>>,
    /// Cuts that a family does not have.
    pub cuts: BTreeMap<(String, Cut), Option<Span>>,
}

type FaceKey = (String, u16, bool, i64);

/// What is to be set.
pub(crate) struct Request<'a> {
    /// The text.
    pub content: &'a [Inline],
    /// Its looks.
    pub style: &'a Style,
    /// Its language.
    pub language: &'a Language,
    /// The width of its lines.
    pub width: Length,
    /// How much the first line is indented.
    pub first: Length,
    /// How many lines are as far in as the first.
    pub deep: u32,
    /// The folio of a target, as far as it is known.
    pub folio: &'a dyn Fn(&Target) -> Option<Folio>,
}

/// A text in all its lengths, the best first.
pub(crate) struct SetParagraph {
    /// What stands around runs.
    pub contexts: Vec<ContextEntry>,
    /// Its lengths; at least one.
    pub variants: Vec<linebreak::Broken>,
    pub(super) material: Material,
    pub(super) width: Length,
    pub(super) first: Length,
    pub(super) deep: u32,
    pub(super) align: Alignment,
    /// Whether lines without spaces are filled between their letters.
    pub(super) spread: bool,
    /// Whether a line of a title ends where none should.
    pub awkward: bool,
}

impl SetParagraph {
    /// Where it was written.
    pub fn span(&self) -> Option<Span> {
        self.material.span_of(0, self.material.atoms.len())
    }

    /// How many lines a length has.
    pub fn count(&self, variant: usize) -> usize {
        self.variants[variant].lines.len()
    }

    /// The calls of notes in a length: the line, the note, which of its calls.
    pub fn calls(&self, variant: usize) -> Vec<(usize, NoteId, u16)> {
        let mut calls: Vec<(usize, NoteId, u16)> = Vec::new();
        if !self.contexts.iter().any(|entry| matches!(entry.kind, Context::NoteCall(..))) {
            return calls;
        }
        for (number, line) in self.variants[variant].lines.iter().enumerate() {
            for atom in &self.material.atoms[line.start..line.end] {
                let context = self.material.run(atom).context;
                if let Some(Context::NoteCall(note, call)) = context.map(|context| &self.contexts[context].kind)
                    && !calls.iter().any(|(_, seen, which)| (seen, which) == (note, call))
                {
                    calls.push((number, *note, *call));
                }
            }
        }
        calls
    }

    /// The marks of the index in a length: the line, and which.
    pub fn marks(&self, variant: usize) -> Vec<(usize, MarkId)> {
        let lines = &self.variants[variant].lines;
        let runs = |line: &linebreak::Line| self.material.atoms[line.start..line.end].iter().map(|atom| atom.run);
        let line = |seat: &collect::MarkSeat| match seat.at_end {
            // A run may go on over several lines: its end is in the last that holds some of it.
            true => lines.iter().rposition(|line| runs(line).any(|run| run <= seat.run)),
            false => lines.iter().position(|line| runs(line).any(|run| run >= seat.run)),
        };
        let last = lines.len().saturating_sub(1);
        self.material.marks.iter().map(|seat| (line(seat).unwrap_or(last), seat.mark)).collect()
    }

    /// Where a line begins in the settled text; `None` when it holds none of it.
    pub fn line_start(&self, variant: usize, number: usize) -> Option<u32> {
        let line = &self.variants[variant].lines[number];
        self.material.atoms[line.start..line.end].iter().find_map(|atom| self.material.settled(atom))
    }

    /// Whether each line of a length ends in a hyphen.
    pub fn hyphens(&self, variant: usize) -> Vec<bool> {
        self.variants[variant].lines.iter().map(|line| line.hyphen).collect()
    }
}

impl<'a> Setter<'a> {
    /// One for a book, a theme and faces.
    pub fn new(book: &'a Book, theme: &'a Theme, fonts: &'a Fonts, exceptions: Exceptions) -> Setter<'a> {
        let flex = theme.microtype.flex();
        Setter {
            book,
            theme,
            fonts,
            shaper: shape::Shaper::new(),
            exceptions,
            prices: LinePrices { flex, ..LinePrices::default() },
            faces: RwLock::default(),
            fallbacks: RwLock::default(),
            missing: Mutex::default(),
        }
    }

    /// Sets a text.
    pub fn set(&self, request: &Request<'_>) -> SetParagraph {
        self.set_so(request, false)
    }

    /// Sets a title: in no more lines than it needs, parted by their sense and as even as they can be.
    pub fn set_by_sense(&self, request: &Request<'_>) -> SetParagraph {
        self.set_so(request, true)
    }

    fn set_so(&self, request: &Request<'_>, by_sense: bool) -> SetParagraph {
        let collected = collect::collect(self, request.content, request.style, request.language, request.folio);
        let mut material = items::items(self, collected, request.style, request.language);
        let room = request.width - request.first.max(Length::ZERO);
        material.fit_pictures(self, room);
        material.open(self, room);
        // An indented line has no edge to look straight against but those of other indented lines.
        if request.first != Length::ZERO
            && let Some(Item::Box { hang_start, .. }) =
                material.items.iter_mut().find(|item| matches!(item, Item::Box { .. }))
        {
            *hang_start = Short::ZERO;
        }
        let justified = request.style.align == Alignment::Justified && !material.ideographic;
        let mode = if justified { Mode::Justified } else { Mode::Ragged };
        let align = if justified || request.style.align != Alignment::Justified {
            request.style.align
        } else {
            Alignment::Flush
        };
        let measure = Measure { width: request.width, first: request.first, deep: request.deep };
        // Ragged lines that were made much shorter to fill a page would be seen; in a long text a little of each is not.
        let column = request.width >= request.style.size * RAGGED_MEASURE;
        let limit = match mode {
            Mode::Justified => 60_000,
            // Lines of square letters are full: they have a line more only by gaps.
            Mode::Ragged if column && request.style.hyphenate && !material.ideographic => RAGGED_LIMIT,
            Mode::Ragged => 0,
        };
        let mut prices = self.prices;
        if mode == Mode::Ragged {
            // The price of a line is that of how short it is: a word is divided where the line would lack a quarter.
            match column {
                true => (prices.hyphen, prices.hyphens_in_a_row) = (RAGGED_HYPHEN, RAGGED_HYPHEN * 4),
                false => prices.hyphen *= 4,
            }
        }
        let lines = |items: &[Item]| linebreak::break_lines(items, measure, request.style.size, mode, &prices, limit);
        let mut variants = lines(&material.items);
        let mut awkward = false;
        if by_sense && variants[0].lines.len() > 1 {
            awkward = material.part_by_sense(request.width - request.first.max(Length::ZERO), variants[0].lines.len());
            variants = lines(&material.items);
        }
        if mode == Mode::Ragged {
            variants.iter_mut().for_each(|variant| variant.price *= RAGGED_PRICE);
        }
        let material = material.settle(&mut variants);
        SetParagraph {
            contexts: material.contexts.clone(),
            variants,
            width: request.width,
            first: request.first,
            deep: request.deep,
            align,
            spread: request.style.align == Alignment::Justified && !justified,
            awkward,
            material,
        }
    }

    /// How high the capitals of a style are.
    pub fn cap_height(&self, style: &Style) -> Length {
        let family = self.theme.families.name(style.family);
        let request = FaceRequest { family, weight: style.weight, italic: style.italic, size: style.size };
        self.fonts.face(self.face(request)).cap_height(style.size)
    }

    /// The widths of the longest word and of the whole on one line.
    pub fn extents(&self, content: &[Inline], style: &Style, language: &Language) -> (Length, Length) {
        let collected = collect::collect(self, content, style, language, &|_| None);
        items::items(self, collected, style, language).extents()
    }

    /// Says which of the lines that are placed are too wide, and which are very loose.
    pub fn report(&self, set: &SetParagraph, variant: usize, lines: Range<usize>, diagnostics: &mut Diagnostics) {
        for line in &set.variants[variant].lines[lines] {
            let words = || set.material.words_of(line.start, line.end);
            let (lint, message, hint) = if line.overfull > Length::pt(0.5) {
                let message = format!("a line is {} wider than the measure: \"{}\"", line.overfull, words());
                (
                    &lints::OVERFULL_LINE,
                    message,
                    "a word that the patterns cannot divide goes under `hyphenation:` in metadata.yaml",
                )
            } else if line.ratio > 2000 && set.align == Alignment::Justified && words().contains(' ') {
                let times = line.ratio as f64 / 1000.0;
                let message = match line.ratio > linebreak::HOLES {
                    true => format!(
                        "a line ends before the edge, since its spaces would be {times:.1} times their width: \"{}\"",
                        words()
                    ),
                    false => format!("the spaces of a line are {times:.1} times their width: \"{}\"", words()),
                };
                (
                    &lints::LOOSE_LINE,
                    message,
                    "name the divisions of the words around it under `hyphenation:`, or reword",
                )
            } else {
                continue;
            };
            let span = set.material.span_of(line.start, line.end);
            diagnostics.report(Diagnostic::new(lint, message).at(span).hint(hint));
        }
    }

    /// What the faces lack.
    pub fn missing(self) -> Missing {
        self.missing.into_inner().unwrap_or_default()
    }

    /// The face for a request, remembered.
    pub(super) fn face(&self, request: FaceRequest<'_>) -> FaceId {
        let key: FaceKey = (request.family.to_owned(), request.weight, request.italic, request.size.to_sp());
        if let Some(face) = self.faces.read().ok().and_then(|faces| faces.get(&key).copied()) {
            return face;
        }
        let face = self.fonts.select(request);
        if let Ok(mut faces) = self.faces.write() {
            faces.insert(key, face);
        }
        face
    }

    /// The face that sets a character where `face` is asked for; `None` when no face has it.
    pub(super) fn face_for(&self, face: FaceId, character: char, language: &Language) -> Option<FaceId> {
        let own = self.fonts.face(face);
        if own.covers(character) && own.serves(character, language) {
            return Some(face);
        }
        let key = (face, character, language.clone());
        if let Some(found) = self.fallbacks.read().ok().and_then(|known| known.get(&key).copied()) {
            return found;
        }
        let found = self.fonts.fallback(character, face, language);
        if let Ok(mut known) = self.fallbacks.write() {
            known.insert(key, found);
        }
        found
    }

    /// Remembers a character that no face has.
    fn miss(&self, character: char, language: &Language, span: Option<Span>) {
        if let Ok(mut missing) = self.missing.lock() {
            let first = missing.characters.entry((character, language.clone())).or_insert(span);
            *first = earlier(*first, span);
        }
    }

    /// Remembers what a face is not that was asked to be it.
    pub(super) fn lack(&self, request: FaceRequest<'_>, face: FaceId, span: Option<Span>) {
        for cut in self.fonts.face(face).lacks(request) {
            if let Ok(mut missing) = self.missing.lock() {
                let first = missing.cuts.entry((request.family.to_owned(), cut)).or_insert(span);
                *first = earlier(*first, span);
            }
        }
    }

    /// What is printed for a note's call.
    pub(super) fn note_number(&self, note: NoteId) -> String {
        self.book.metadata.language.digits(&self.book.note(note).number.to_string())
    }

    /// A folio as it is printed, in the digits of the book's language.
    pub(super) fn digits(&self, folio: &str) -> String {
        self.book.metadata.language.digits(folio)
    }
}

/// The earlier of two places, as far as there are any.
fn earlier(one: Option<Span>, other: Option<Span>) -> Option<Span> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
