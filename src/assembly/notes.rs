//! Notes: which are called, in what order and by which numbers. Settled before anything is resolved, so that who plans
//! the book knows whether it has notes; what they say is resolved like all else.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::figures::Figures;
use crate::book::note::NoteNumbering;
use crate::book::{BlockId, NoteId};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::manuscript::chapter::Chapter;
use crate::manuscript::spine::Manuscript;
use crate::markdown::parsed::{PBlock, PBlockKind, PInline, PKind, ParsedNote};
use crate::markdown::walk::{self, Inside};

/// What a note says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Key {
    /// A definition: the file's notes, and the place among them.
    Defined(usize, usize),
    /// Written on the spot, as this block.
    Inline(BlockId),
}

/// A note that is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Called {
    /// What it says.
    pub key: Key,
    /// What is printed.
    pub number: u32,
    /// The chapter that calls it first.
    pub chapter: usize,
}

/// All notes that are called.
pub(super) struct Calls<'a> {
    /// The notes of each file; the last are for all.
    definitions: &'a [Vec<ParsedNote>],
    /// Labels that are called in what this edition leaves out.
    elsewhere_called: &'a BTreeSet<String>,
    /// The first definition of each label, by file.
    labels: Vec<BTreeMap<&'a str, usize>>,
    numbering: NoteNumbering,
    /// In the order of their first calls: a [`NoteId`] indexes it.
    pub notes: Vec<Called>,
    /// Where numbering begins again with each chapter, one definition is another note in each.
    ids: BTreeMap<(Key, Option<usize>), NoteId>,
}

impl<'a> Calls<'a> {
    /// Finds the calls of the chapters, which are given in reading order.
    pub fn of(manuscript: &'a Manuscript, order: &[usize], figures: &Figures) -> Calls<'a> {
        let labels = |notes: &'a Vec<ParsedNote>| {
            let mut labels = BTreeMap::new();
            for (at, note) in notes.iter().enumerate() {
                labels.entry(note.label.as_str()).or_insert(at);
            }
            labels
        };
        let mut calls = Calls {
            definitions: &manuscript.notes,
            elsewhere_called: &manuscript.called,
            labels: manuscript.notes.iter().map(labels).collect(),
            numbering: manuscript.metadata.notes.numbering,
            notes: Vec::new(),
            ids: BTreeMap::new(),
        };
        let mut counter = Counter { calls: &mut calls, figures, count: 0, chapter: 0, file: 0 };
        for &at in order {
            counter.chapter(at, &manuscript.divisions[at]);
        }
        calls
    }

    /// The notes that are defined apart, each once, with the file that calls it first and what it says.
    pub fn defined(&self, manuscript: &'a Manuscript) -> Vec<(NoteId, &'a str, &'a [PBlock])> {
        let mut seen = BTreeSet::new();
        let notes = self.notes.iter().enumerate().filter_map(|(at, called)| {
            let Key::Defined(file, place) = called.key else { return None };
            let note = self.definitions.get(file)?.get(place).filter(|_| seen.insert(called.key))?;
            let path = manuscript.divisions.get(called.chapter).map_or("", |division| division.path.as_str());
            Some((NoteId(at as u32), path, note.blocks.as_slice()))
        });
        notes.collect()
    }

    /// The definition that a label means in a file: its own, else the one for all files.
    pub fn definition(&self, file: usize, label: &str) -> Option<Key> {
        let find = |file: usize| Some(Key::Defined(file, *self.labels.get(file)?.get(label)?));
        find(file).or_else(|| find(self.labels.len().checked_sub(1)?))
    }

    /// The note that a chapter calls.
    pub fn note(&self, key: Key, chapter: usize) -> Option<NoteId> {
        self.ids.get(&(key, self.series(chapter))).copied()
    }

    fn series(&self, chapter: usize) -> Option<usize> {
        (self.numbering == NoteNumbering::Chapter).then_some(chapter)
    }

    /// Where a label is defined for another file alone, and the labels that the file itself defines.
    pub fn elsewhere(&self, label: &str) -> Option<&'a ParsedNote> {
        self.definitions.iter().flatten().find(|note| note.label == label)
    }

    /// The labels that a file defines.
    pub fn labels_of(&self, file: usize) -> impl Iterator<Item = &'a str> {
        self.labels.get(file).into_iter().flat_map(|labels| labels.keys().copied())
    }

    fn called_in_notes(&self) -> BTreeSet<&'a str> {
        fn of<'a>(block: &'a PBlock, found: &mut BTreeSet<&'a str>) {
            block.inside(&mut |inside| match inside {
                Inside::Block(block) => of(block, found),
                Inside::Text(text) => found.extend(walk::pieces(&text.content).filter_map(|piece| match &piece.kind {
                    PKind::NoteCall(label) => Some(label.as_str()),
                    _ => None,
                })),
            });
        }
        let mut found = BTreeSet::new();
        let notes: &'a [Vec<ParsedNote>] = self.definitions;
        notes.iter().flatten().flat_map(|note| &note.blocks).for_each(|block| of(block, &mut found));
        found
    }

    /// Reports definitions that nothing calls, and labels that are defined twice.
    pub fn report(&self, diagnostics: &mut Diagnostics) {
        let called: BTreeSet<Key> = self.notes.iter().map(|note| note.key).collect();
        // A note that another one calls is told of there.
        let in_notes = self.called_in_notes();
        for (file, notes) in self.definitions.iter().enumerate() {
            for (at, note) in notes.iter().enumerate() {
                let first = self.labels[file][note.label.as_str()];
                if first != at {
                    let message = format!("the note \"{}\" is defined twice", note.label);
                    diagnostics.report(
                        Diagnostic::new(&lints::DUPLICATE_LABEL, message)
                            .at(note.span)
                            .label(notes[first].span, "the first time is here")
                            .hint("give one of them another label"),
                    );
                } else if !called.contains(&Key::Defined(file, at))
                    && !self.elsewhere_called.contains(&note.label)
                    && !in_notes.contains(note.label.as_str())
                {
                    diagnostics.report(
                        Diagnostic::new(&lints::UNUSED_NOTE, format!("the note \"{}\" is never called", note.label))
                            .at(note.span)
                            .hint(format!("call it with [^{}], or take it out", note.label)),
                    );
                }
            }
        }
    }
}

/// Goes through the chapters as [`super::resolve`] does.
struct Counter<'a, 'b> {
    calls: &'b mut Calls<'a>,
    figures: &'b Figures,
    count: u32,
    chapter: usize,
    file: usize,
}

impl Counter<'_, '_> {
    fn chapter(&mut self, at: usize, chapter: &Chapter) {
        (self.chapter, self.file) = (at, chapter.file);
        if self.calls.numbering == NoteNumbering::Chapter {
            self.count = 0;
        }
        // The front matter's title stands in place of the heading's.
        if let (None, Some(heading)) = (&chapter.title, &chapter.parsed.heading) {
            self.text(&heading.title.content);
        }
        self.blocks(&chapter.parsed.blocks);
    }

    fn blocks(&mut self, blocks: &[PBlock]) {
        for block in blocks {
            // What is repeated large calls nothing: its words stand in the text already.
            if matches!(block.kind, PBlockKind::PullQuote(_)) {
                continue;
            }
            if let PBlockKind::Figure(figure) = &block.kind {
                self.figures.get(block.id, figure).texts().for_each(|text| self.text(&text.content));
                continue;
            }
            block.inside(&mut |inside| match inside {
                Inside::Text(text) => self.text(&text.content),
                Inside::Block(inner) => self.blocks(slice::from_ref(inner)),
            });
        }
    }

    fn text(&mut self, content: &[PInline]) {
        for piece in walk::pieces(content) {
            if let PKind::NoteCall(label) = &piece.kind
                && let Some(key) = self.calls.definition(self.file, label)
            {
                self.call(key);
            }
            if let PKind::InlineNote(block, _) = &piece.kind {
                self.call(Key::Inline(*block));
            }
        }
    }

    fn call(&mut self, key: Key) {
        let series = self.calls.series(self.chapter);
        let calls = &mut *self.calls;
        if calls.ids.contains_key(&(key, series)) {
            return;
        }
        self.count += 1;
        calls.ids.insert((key, series), NoteId(calls.notes.len() as u32));
        calls.notes.push(Called { key, number: self.count, chapter: self.chapter });
    }
}
