//! Notes: calls find their notes, and notes are resolved where they were written.

use super::{Resolver, Tables};
use crate::assembly::notes::Key;
use crate::assembly::sizes;
use crate::book::block::{Paragraph, ParagraphRole};
use crate::book::note::NoteCallPlace;
use crate::book::{Block, BlockId, BlockKind, DivisionId, Inline, InlineKind, Note, NoteId, Target, TextBlock};
use crate::diagnostic::{Diagnostic, lints, nearest};
use crate::language::Language;
use crate::manuscript::chapter::Chapter;
use crate::markdown::parsed::PInline;
use crate::source::Span;

impl<'a> Resolver<'a> {
    /// `[](#^a)`: the number of a note, which leads to it.
    pub(super) fn note_number(&mut self, label: &str, span: Span) -> Option<InlineKind> {
        let calls = self.tables.calls;
        let note = calls
            .definition(self.here.file, label)
            .and_then(|key| calls.note(key, self.here.chapter?))
            .map(|note| (note, calls.notes[note.index()].number));
        let Some((note, number)) = note else {
            self.out.diagnostics.report(
                Diagnostic::new(&lints::UNDEFINED_NOTE, format!("no note \"{label}\" is called in this section"))
                    .at(span)
                    .hint(format!("call it with [^{label}] where it belongs; [](#^{label}) gives its number again")),
            );
            return None;
        };
        let number = self.own.digits(&number.to_string());
        let content = vec![Inline { kind: InlineKind::Text(number), span: Some(span) }];
        Some(InlineKind::Link { target: Target::Note(note), content })
    }

    pub(super) fn call(&mut self, label: &str, span: Span) -> Option<InlineKind> {
        let calls = self.tables.calls;
        let Some(key) = calls.definition(self.here.file, label) else {
            let mut said =
                Diagnostic::new(&lints::UNDEFINED_NOTE, format!("the note \"{label}\" is not defined")).at(span);
            let helps = self.out.diagnostics.helps();
            let near = helps.then(|| nearest(label, calls.labels_of(self.here.file))).flatten();
            said = match (near, calls.elsewhere(label)) {
                (_, Some(other)) => {
                    let path = &self.tables.sources.file(other.span.source).path;
                    said.hint(format!("{path} defines one, but for itself: move it to notes.md"))
                }
                (Some(near), _) => said.hint(format!("did you mean [^{near}]?")),
                (None, None) => said.hint(format!("write [^{label}]: … in the same file, or in notes.md")),
            };
            self.out.diagnostics.report(said);
            return None;
        };
        let note = self.called(key, span)?;
        self.add_call(note, span)
    }

    pub(super) fn inline_note(&mut self, id: BlockId, inner: &[PInline], span: Span) -> Option<InlineKind> {
        let note = self.called(Key::Inline(id), span)?;
        let content = self.there(
            |here| (here.block, here.note) = (id, Some(note)),
            |resolver| {
                let mut content = resolver.content(inner);
                sizes::settle(&mut content, &resolver.out.loader, resolver.out.diagnostics);
                resolver.entry(id, Some(span));
                let mut content = resolver.punctuated(content);
                resolver.look_up(&mut content, span);
                content
            },
        );
        self.out.on_the_spot.insert(note, (content, span));
        self.add_call(note, span)
    }

    /// The note that is called here; what calls none where it stands is reported, but for words that are repeated.
    pub(super) fn called(&mut self, key: Key, span: Span) -> Option<NoteId> {
        if self.here.repeated {
            return None;
        }
        let (fault, hint) = match (self.here.note, self.here.chapter) {
            (Some(_), _) => ("a note calls a note", "put both into one note"),
            (None, None) => ("a note is called from words that stand in no section", "say it in the words themselves"),
            (None, Some(chapter)) => return self.tables.calls.note(key, chapter),
        };
        self.out.diagnostics.report(Diagnostic::new(&lints::FOREIGN_MARKUP, fault).at(span).hint(hint));
        None
    }

    pub(super) fn add_call(&mut self, note: NoteId, span: Span) -> Option<InlineKind> {
        let place = NoteCallPlace { division: self.here.division, block: self.here.block, span: Some(span) };
        if self.out.calls.len() <= note.index() {
            self.out.calls.resize(note.index() + 1, Vec::new());
        }
        let calls = &mut self.out.calls[note.index()];
        calls.push(place);
        Some(InlineKind::NoteCall { note, call: calls.len() as u16 - 1 })
    }

    /// The notes, in the order of their first calls. The chapters, of which each is given with its division and its
    /// language, must have been read.
    pub fn notes(&mut self, chapters: &[(DivisionId, &Chapter, Language)]) -> Vec<Note> {
        let Tables { calls, definitions, .. } = self.tables;
        calls.report(self.out.diagnostics);
        let mut notes = Vec::with_capacity(calls.notes.len());
        for (at, called) in calls.notes.iter().enumerate() {
            let id = NoteId(at as u32);
            let (division, chapter, language) = &chapters[called.chapter];
            self.enter_chapter(*division, called.chapter, chapter, language);
            self.here.note = Some(id);
            let (blocks, span) = match called.key {
                Key::Defined(file, at) => {
                    let definition = &definitions[file][at];
                    (self.blocks(&definition.blocks), Some(definition.span))
                }
                Key::Inline(block) => {
                    let (content, span) = self.out.on_the_spot.remove(&id).unzip();
                    let text = TextBlock { id: block, content: content.unwrap_or_default(), span };
                    let kind = BlockKind::Paragraph(Paragraph { text, role: ParagraphRole::Text });
                    (vec![Block { id: block, language: None, label: None, span, kind }], span)
                }
            };
            let calls = self.out.calls.get_mut(at).map(std::mem::take).unwrap_or_default();
            notes.push(Note { id, number: called.number, blocks, calls, span });
        }
        self.here.note = None;
        notes
    }
}
