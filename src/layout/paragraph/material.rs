//! Material: what a shaped text is made of, the line kernel's items and beside each what is painted for it.

use std::ops::Range;

use super::ContextEntry;
use super::collect::{MarkSeat, Run};
use super::glyphs::Shaped;
use super::pictures::LinePicture;
use crate::font::FaceId;
use crate::layout::linebreak::{Break, Broken, Item};
use crate::source::Span;
use crate::units::Length;

/// A text shaped: the kernel's items, and beside each what is painted for it.
pub(crate) struct Material {
    /// All letters.
    pub text: String,
    /// The looks.
    pub runs: Vec<Run>,
    /// What stands around runs.
    pub contexts: Vec<ContextEntry>,
    /// The marks of the index.
    pub marks: Vec<MarkSeat>,
    /// For the kernel.
    pub items: Vec<Item>,
    /// One for each item.
    pub atoms: Vec<Atom>,
    /// Whether the whole runs from the right.
    pub right_to_left: bool,
    /// Whether most of it is set without spaces between words.
    pub ideographic: bool,
}

/// What is painted for an item.
#[derive(Clone, Debug)]
pub(crate) struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// Its run.
    pub run: u32,
    /// Its letters in the text.
    pub range: Range<u32>,
    /// Its embedding level (UAX 9).
    pub level: u8,
}

/// What is painted for an item.
#[derive(Clone, Debug)]
pub(crate) enum AtomKind {
    /// Some glyphs of a word.
    Glyphs {
        /// The face.
        face: FaceId,
        /// The word.
        word: Shaped,
        /// Where the word begins in the text.
        origin: u32,
        /// Which of its glyphs.
        glyphs: Range<u32>,
    },
    /// A space.
    Space {
        /// The face.
        face: FaceId,
        /// Its glyph.
        glyph: u16,
    },
    /// A hyphen, if the line ends here.
    Hyphen {
        /// The face.
        face: FaceId,
        /// Its glyph.
        glyph: u16,
    },
    /// What parts letters of Chinese and Japanese from those of Latin; it says nothing.
    Gap,
    /// A picture; apart, since an atom is as large as its largest kind and there are a million.
    Picture(Box<LinePicture>),
    /// Nothing.
    Nothing,
}

impl Atom {
    /// Its letters in the text.
    pub fn letters(&self) -> Range<usize> {
        self.range.start as usize..self.range.end as usize
    }
}

impl Material {
    /// The run of an atom.
    pub fn run(&self, atom: &Atom) -> &Run {
        &self.runs[atom.run as usize]
    }

    /// The same once its lengths are known: without the places where no line of any of them ends, and with the pieces
    /// of words between them joined. Half the items of a paragraph go.
    pub fn settle(self, variants: &mut [Broken]) -> Material {
        let mut ends = vec![false; self.items.len()];
        for line in variants.iter().flat_map(|variant| &variant.lines) {
            if let Some(at) = line.penalty {
                ends[at] = true;
            }
        }
        let mut items: Vec<Item> = Vec::with_capacity(self.items.len());
        let mut atoms: Vec<Atom> = Vec::with_capacity(self.items.len());
        let mut places = Vec::with_capacity(self.items.len() + 1);
        for (at, (item, atom)) in self.items.into_iter().zip(self.atoms).enumerate() {
            let joined = match (items.last_mut(), atoms.last_mut()) {
                (Some(item_before), Some(atom_before)) => join(item_before, atom_before, &item, &atom),
                _ => false,
            };
            let gone = joined || (matches!(item, Item::Penalty { .. }) && !ends[at]);
            places.push(items.len());
            if !gone {
                items.push(item);
                atoms.push(atom);
            }
        }
        places.push(items.len());
        for line in variants.iter_mut().flat_map(|variant| &mut variant.lines) {
            (line.start, line.end) = (places[line.start], places[line.end]);
            line.penalty = line.penalty.map(|at| places[at]);
        }
        items.shrink_to_fit();
        atoms.shrink_to_fit();
        Material { items, atoms, ..self }
    }

    /// Where the text of some items was written.
    pub fn span_of(&self, from: usize, to: usize) -> Option<Span> {
        self.atoms[from..to.min(self.atoms.len())].iter().find_map(|atom| {
            let run = self.run(atom);
            let span = run.span?;
            let from = (atom.range.start as usize).saturating_sub(run.range.start);
            let length = (span.end - span.start) as usize;
            Some(span.within(from.min(length), length))
        })
    }

    /// How many bytes of text some items take.
    pub fn letters_of(&self, from: usize, to: usize) -> usize {
        self.atoms[from..to].iter().map(|atom| atom.letters().len()).sum()
    }

    /// Where an atom begins in the settled text.
    pub fn settled(&self, atom: &Atom) -> Option<u32> {
        let run = self.run(atom);
        run.settled.map(|settled| (settled + atom.range.start as usize - run.range.start) as u32)
    }

    /// The words of some items, cut to a few.
    pub fn words_of(&self, from: usize, to: usize) -> String {
        let start = self.atoms.get(from).map_or(0, |atom| atom.letters().start);
        let end = self.atoms.get(to.wrapping_sub(1)).map_or(self.text.len(), |atom| atom.letters().end);
        let words = self.text.get(start..end.max(start)).unwrap_or("");
        let mut cut: String = words.chars().take(60).collect();
        if cut.len() < words.len() {
            cut.push('…');
        }
        cut
    }
}

/// Joins a piece of a word to the one before it; false when it is none.
fn join(item: &mut Item, atom: &mut Atom, next_item: &Item, next: &Atom) -> bool {
    let (
        Item::Box { width, hang_end, .. },
        AtomKind::Glyphs { face, word, glyphs, .. },
        Item::Box { width: more, hang_end: end, .. },
        AtomKind::Glyphs { face: next_face, word: next_word, glyphs: next_glyphs, .. },
    ) = (item, &mut atom.kind, next_item, &next.kind)
    else {
        return false;
    };
    let one = Shaped::ptr_eq(word, next_word) && face == next_face && atom.run == next.run;
    if !one || atom.level != next.level || glyphs.end != next_glyphs.start || atom.range.end != next.range.start {
        return false;
    }
    *width = (width.long() + more.long()).into();
    *hang_end = *end;
    glyphs.end = next_glyphs.end;
    atom.range.end = next.range.end;
    true
}

/// The longest piece between breaks, and the whole on one line.
pub(super) fn extents(items: &[Item]) -> (Length, Length) {
    let (mut least, mut most, mut piece) = (Length::ZERO, Length::ZERO, Length::ZERO);
    let (mut line, mut longest) = (Length::ZERO, Length::ZERO);
    for item in items {
        match item {
            Item::Box { width, .. } => {
                piece += width.long();
                line += width.long();
            }
            Item::Glue { width, breaks } => {
                line += width.long();
                if *breaks {
                    least = least.max(piece);
                    piece = Length::ZERO;
                } else {
                    piece += width.long();
                }
            }
            Item::Penalty { kind, .. } => match kind {
                Break::Forced => {
                    longest = longest.max(line);
                    line = Length::ZERO;
                    least = least.max(piece);
                    piece = Length::ZERO;
                }
                Break::Free(_) => {
                    least = least.max(piece);
                    piece = Length::ZERO;
                }
                Break::Hyphen => {}
            },
        }
    }
    most = most.max(longest).max(line);
    (least.max(piece), most)
}
