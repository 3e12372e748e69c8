//! Texts: pieces of a line, with punctuation set for the language.

use super::references::ItsWord;
use super::{Here, Resolver};
use crate::assembly::concordance::{self};
use crate::assembly::figures::{self};
use crate::assembly::index::{self, Reference};
use crate::assembly::sizes;
use crate::assembly::written;
use crate::book::mark::{EntryName, Extent, IndexMark, Matter, Weight};
use crate::book::walk::ShapeMut;
use crate::book::{Block, Inline, InlineKind, MarkId, Target, TextBlock, walk};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::slug;
use crate::language::terms::Term;
use crate::markdown::parsed::{PInline, PKind, PMark, PMarkKind, PText, ParsedHeading};
use crate::source::{Span, limits};
use crate::yaml::Written;
use std::rc::Rc;

impl<'a> Resolver<'a> {
    /// A text of the manuscript.
    pub fn text(&mut self, text: &PText) -> TextBlock {
        self.entry(text.id, Some(text.span));
        let outer = std::mem::replace(&mut self.here.block, text.id);
        let mut content = self.content(&text.content);
        sizes::settle(&mut content, &self.out.loader, self.out.diagnostics);
        let mut content = self.punctuated(content);
        self.look_up(&mut content, text.span);
        self.here.block = outer;
        TextBlock { id: text.id, content, span: Some(text.span) }
    }

    /// Whether an address is longer than a reader follows; it is said.
    fn is_too_long(&mut self, url: &str, span: Span) -> bool {
        let long = url.len() > limits::ADDRESS;
        if long {
            let message = format!("the address has {} bytes; its words are kept, and lead nowhere", url.len());
            self.out.diagnostics.report(
                Diagnostic::new(&lints::LONG_ADDRESS, message)
                    .at(span)
                    .hint(format!("readers follow up to {}: write a shorter one, or leave it out", limits::ADDRESS)),
            );
        }
        long
    }

    /// A title: no term is looked for in it.
    pub fn title_of(&mut self, title: &PText) -> TextBlock {
        self.there(|here| here.terms = Rc::default(), |resolver| resolver.text(title))
    }

    /// Marks the terms of the concordance in a text, each once.
    pub(super) fn look_up(&mut self, content: &mut Vec<Inline>, span: Span) {
        let concordance = self.tables.concordance;
        if self.here.terms.is_empty() || self.here.repeated || self.here.chapter.is_none() {
            return;
        }
        let mut places = Vec::new();
        for (offset, term) in concordance.find(content) {
            if self.here.terms.contains(&term) {
                self.out.marked.found.insert(term);
                let entry = self.tables.index.terms[term].entry.clone();
                places.push((offset, self.mark(entry, (Extent::Point, Weight::Plain, None), None, span)));
            }
        }
        if !places.is_empty() {
            concordance::insert(content, &places);
        }
    }

    /// A mark of the index where the text is read.
    pub(super) fn mark(
        &mut self,
        entry: Vec<EntryName>,
        (extent, weight, matter): (Extent, Weight, Option<Matter>),
        pair: Option<u32>,
        span: Span,
    ) -> MarkId {
        let id = index::next(&self.out.marked);
        let Here { division, block, note, .. } = self.here;
        let matter = matter.unwrap_or(self.here.matter);
        self.out
            .marked
            .marks
            .push((IndexMark { id, entry, extent, weight, matter, division, block, note, span }, pair));
        id
    }

    /// Keeps where a work is cited: at the call of the note that cites it, or at a mark, which is handed back. Words
    /// that are repeated, and those that stand in no chapter, count for nothing.
    pub(in crate::assembly) fn mark_of_work(&mut self, work: usize, span: Span) -> Option<MarkId> {
        if self.here.repeated || self.here.chapter.is_none() {
            return None;
        }
        let (place, mark) = match self.here.note {
            Some(note) => (Target::NoteCall(note, 0), None),
            None => {
                let id = self.mark(Vec::new(), (Extent::Point, Weight::Plain, None), None, span);
                (Target::Mark(id), Some(id))
            }
        };
        self.out.citing.entry(work).or_default().push(place);
        mark
    }

    /// What a mark of the text is here; `None` for references, and where words are repeated.
    pub(super) fn marked(&mut self, mark: &PMark, span: Span) -> Option<InlineKind> {
        if self.here.repeated || self.here.chapter.is_none() || self.tables.index.none {
            return None;
        }
        let (to, also) = match &mark.kind {
            PMarkKind::Place { extent, weight, matter, pair } => {
                let kind = (*extent, *weight, *matter);
                return Some(InlineKind::Mark(self.mark(mark.entry.clone(), kind, *pair, span)));
            }
            PMarkKind::See(to) => (to.clone(), false),
            PMarkKind::SeeAlso(to) => (to.clone(), true),
        };
        let from = mark.entry.clone();
        self.out.marked.references.push(Reference { from, to, also, span });
        None
    }

    /// Punctuation set for the language, unless the file says plain.
    pub(in crate::assembly) fn punctuated(&self, mut content: Vec<Inline>) -> Vec<Inline> {
        if self.here.smart {
            crate::assembly::punctuation::set(&mut content, &self.here.language);
        }
        content
    }

    /// A text of the metadata, which may hold emphasis, links and addresses.
    pub fn written(&mut self, written: &Written) -> TextBlock {
        let content = written::inlines(written, self.tables.sources, self.out.ids, self.out.diagnostics);
        let id = self.out.ids.next();
        self.apart(|resolver| resolver.text(&PText { id, content, span: written.span }))
    }

    /// The same, without a block of its own.
    pub fn words(&mut self, written: &Written) -> Vec<Inline> {
        let pieces = written::inlines(written, self.tables.sources, self.out.ids, self.out.diagnostics);
        let content = self.apart(|resolver| resolver.content(&pieces));
        self.punctuated(content)
    }

    /// What a heading is called where it must be short: on one line, without calls.
    pub fn short(&mut self, heading: &ParsedHeading) -> Option<Vec<Inline>> {
        let text = heading.attributes.get("short")?.to_owned();
        let span = heading.attributes.span.unwrap_or(heading.title.span);
        Some(walk::title(&self.words(&Written { text, span })))
    }

    /// Several paragraphs of the metadata.
    pub fn written_blocks(&mut self, written: &Written) -> Vec<Block> {
        let parsed = written::blocks(written, self.tables.sources, self.out.ids, self.out.diagnostics);
        self.apart(|resolver| resolver.blocks(&parsed))
    }

    pub(in crate::assembly) fn content(&mut self, pieces: &[PInline]) -> Vec<Inline> {
        let mut made: Vec<Inline> = Vec::with_capacity(pieces.len());
        let (mut stopped, mut cited) = (false, false);
        // What several of are named in a row, and where the last of them ended.
        let mut row: Option<(Term, usize)> = None;
        for piece in pieces {
            let next = made.len();
            let word = match made.last_mut() {
                Some(Inline { kind: InlineKind::Text(before), .. }) => match row {
                    Some((term, end)) if end + 1 == next && self.goes_on(&piece.kind, term, before) => {
                        ItsWord::ForSeveral(term)
                    }
                    _ => self.its_word(&piece.kind, before),
                },
                _ => ItsWord::Absent,
            };
            let worded = word != ItsWord::Absent;
            let mut pieces = match &piece.kind {
                PKind::Name(label) if worded => {
                    let number = self.number(label, piece.span);
                    number.map(|kind| Inline { kind, span: Some(piece.span) }).into_iter().collect()
                }
                PKind::Names(labels) => self.names(labels, worded, piece.span),
                _ => self.inline(piece),
            };
            let is_call =
                |piece: Option<&Inline>| matches!(piece, Some(Inline { kind: InlineKind::NoteCall { .. }, .. }));
            if is_call(made.last()) && is_call(pieces.first()) {
                made.push(self.between_calls(piece.span));
            }
            // "Ibid." and the stop of the sentence are one.
            if let (true, Some(InlineKind::Text(text))) = (stopped, pieces.first_mut().map(|piece| &mut piece.kind))
                && text.starts_with('.')
                && !text.starts_with("..")
            {
                text.remove(0);
            }
            if let (true, Some(InlineKind::Text(text))) = (cited, pieces.first_mut().map(|piece| &mut piece.kind)) {
                stop_inward(&mut made, text);
            }
            let words = matches!(piece.kind, PKind::Citation(_)).then(|| walk::plain(&pieces));
            stopped = words.as_ref().is_some_and(|words| words.ends_with('.'));
            cited = words.is_some() && self.tables.citations.inward;
            made.append(&mut pieces);
            if let ItsWord::ForSeveral(term) = word {
                row = Some((term, made.len()));
            }
        }
        made
    }

    /// What parts two calls side by side: 13 and 14 are not 1314.
    fn between_calls(&self, span: Span) -> Inline {
        let comma = self.here.language.comma().to_owned();
        Inline { kind: InlineKind::Superscript(vec![Inline::text(comma)]), span: Some(span) }
    }

    pub(super) fn inline(&mut self, piece: &PInline) -> Vec<Inline> {
        let span = Some(piece.span);
        let kind = match &piece.kind {
            PKind::Text(text) => InlineKind::Text(text.clone()),
            PKind::Emphasis(inner) => InlineKind::Emphasis(self.content(inner)),
            PKind::Strong(inner) => InlineKind::Strong(self.content(inner)),
            PKind::SmallCaps(inner) => InlineKind::SmallCaps(self.content(inner)),
            PKind::Strike(inner) => InlineKind::Strike(self.content(inner)),
            PKind::Underline(inner) => InlineKind::Underline(self.content(inner)),
            PKind::Highlight(inner) => InlineKind::Highlight(self.content(inner)),
            PKind::Place(label, inner) => InlineKind::Place { label: slug(label), content: self.content(inner) },
            PKind::Subscript(inner) => InlineKind::Subscript(self.content(inner)),
            PKind::Superscript(inner) => InlineKind::Superscript(self.content(inner)),
            PKind::Small(inner) => InlineKind::Small(self.content(inner)),
            PKind::Code(text) => InlineKind::Code(text.clone()),
            PKind::Keyboard(inner) => InlineKind::Keyboard(self.content(inner)),
            PKind::Cite(inner) => InlineKind::Cite(self.content(inner)),
            PKind::Abbreviation(title, inner) => {
                InlineKind::Abbreviation { title: title.clone(), content: self.content(inner) }
            }
            PKind::Foreign(language, inner) => {
                let language = language.worded_as(&self.here.language);
                InlineKind::Foreign { language, content: self.content(inner) }
            }
            PKind::Keep(inner) => InlineKind::Keep(self.content(inner)),
            PKind::Link(url, inner) if self.is_too_long(url, piece.span) => return self.content(inner),
            PKind::Link(url, inner) => {
                let content = walk::unlinked(&self.content(inner));
                InlineKind::Link { target: Target::Url(url.clone()), content }
            }
            PKind::Address { url, shown } if self.is_too_long(url, piece.span) => InlineKind::Text(shown.clone()),
            PKind::Address { url, shown } => InlineKind::Address { url: url.clone(), shown: shown.clone() },
            PKind::Name(label) => match self.name(label, piece.span) {
                Some((target, content)) => InlineKind::Link { target, content },
                None => return Vec::new(),
            },
            PKind::Names(labels) => return self.names(labels, false, piece.span),
            PKind::Number(label) => match self.number(label, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::File(path, label, inner) => return self.file_link(path, label.as_deref(), inner, piece.span),
            PKind::Named(name, label, inner) => return self.named_link(name, label.as_deref(), inner, piece.span),
            PKind::Page(label) => match self.name(label, piece.span) {
                Some((target, content)) => InlineKind::PageReference { target, content },
                None => return Vec::new(),
            },
            PKind::NoteNumber(label) => match self.note_number(label, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::Document(path) => return self.document(path, piece.span),
            // What an edition does not show is gone by now.
            PKind::When(_, inner) => return self.content(inner),
            PKind::Words(label, inner) => {
                let content = self.content(inner);
                match self.find(label, piece.span) {
                    Some(found) => InlineKind::Link { target: found.target.clone(), content },
                    None => return content,
                }
            }
            PKind::Citation(citation) => return self.citation(citation, piece.span),
            PKind::NoteCall(label) => match self.call(label, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::Mark(mark) => match self.marked(mark, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::InlineNote(id, inner) => match self.inline_note(*id, inner, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::Picture { path, title, alt, attributes } => {
                if title.is_some() {
                    self.out.diagnostics.report(
                        Diagnostic::new(&lints::SUSPECT_MARKUP, "a picture among words has no caption")
                            .at(piece.span)
                            .hint("let it stand alone in its paragraph, or say the words beside it"),
                    );
                }
                let (asset, image) = self.picture(path, piece.span);
                let alt = figures::alt(image, alt, (path, piece.span), self.out.diagnostics);
                let size = sizes::said(attributes, piece.span, self.out.diagnostics);
                match asset {
                    Some(asset) => InlineKind::Picture { asset, alt, size },
                    None => return Vec::new(),
                }
            }
            PKind::LineBreak => InlineKind::LineBreak,
        };
        vec![Inline { kind, span }]
    }
}

/// Moves the stop or comma with which a text begins inside the quotation mark that a citation before it ends with; a stop
/// beside another goes.
fn stop_inward(before: &mut [Inline], text: &mut String) {
    let Some(stop) = text.chars().next().filter(|stop| matches!(stop, '.' | ',')) else { return };
    if text.starts_with("..") {
        return;
    }
    let Some(last) = last_letters(before) else { return };
    let bare = last.trim_end_matches(['”', '’']);
    let (at, end) = (bare.len(), bare.chars().next_back());
    match end {
        _ if at == last.len() => {}
        Some('.' | '?' | '!' | '…') if stop == '.' => {
            text.remove(0);
        }
        Some(letter) if letter.is_alphanumeric() || letter == ')' => {
            last.insert(at, stop);
            text.remove(0);
        }
        _ => {}
    }
}

/// The letters that a text ends with, unless something else stands behind them.
fn last_letters(content: &mut [Inline]) -> Option<&mut String> {
    match content.last_mut()?.shape_mut() {
        ShapeMut::Letters(text) => Some(text),
        ShapeMut::Around(inner) => last_letters(inner),
        ShapeMut::Sign | ShapeMut::Break => None,
    }
}
