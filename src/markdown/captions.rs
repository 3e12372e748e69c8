//! Captions: paragraphs that begin with a word like "Table:" find their figure or table.

use super::Parser;
use crate::diagnostic::{Diagnostic, lints};
use crate::language::Language;
use crate::language::terms::Term;
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PInline, PKind, PText};
use crate::source::Span;

impl Parser<'_> {
    /// Gives captions, sources and credits to the figure or table beside them.
    pub(super) fn attach(&mut self, blocks: Vec<PBlock>) -> Vec<PBlock> {
        let blocks = self.seated(blocks);
        let mut out: Vec<PBlock> = Vec::with_capacity(blocks.len());
        let mut before: Option<(PText, Attributes)> = None;
        // The caption of program text that follows.
        let mut listing: Option<(PText, Attributes)> = None;
        let mut rest = blocks.into_iter().peekable();
        while let Some(mut block) = rest.next() {
            let word = match &block.kind {
                PBlockKind::Paragraph(text) => caption_word(&text.content, &self.caption_words),
                _ => None,
            };
            let Some(word) = word else {
                if let Some((caption, attributes)) = before.take() {
                    match &mut block.kind {
                        PBlockKind::Table(table) => self.caption_table(table, &mut block.label, caption, attributes),
                        _ => out.push(self.give_back(caption, "table")),
                    }
                }
                if let Some((caption, attributes)) = listing.take() {
                    self.caption_code(&mut block, caption, attributes);
                }
                out.push(block);
                continue;
            };
            let PBlockKind::Paragraph(mut text) = block.kind else { continue };
            let attributes = self.captions.remove(&text.id).unwrap_or_default();
            let last = out.last_mut().map(|block| (&mut block.kind, &mut block.label));
            match (word, last) {
                (Word::Table | Word::Colon, Some((PBlockKind::Table(table), label))) if table.caption.is_none() => {
                    strip_word(&mut text);
                    self.caption_table(table, label, text, attributes);
                }
                (Word::Listing, _) if next_is_code(rest.peek()) => {
                    strip_word(&mut text);
                    listing = Some((text, attributes));
                }
                (Word::Listing | Word::Colon, Some((PBlockKind::Code { caption: None, .. }, _)))
                    if !next_is_table(rest.peek()) =>
                {
                    strip_word(&mut text);
                    if let Some(code) = out.last_mut() {
                        self.caption_code(code, text, attributes);
                    }
                }
                (Word::Table, _) => {
                    strip_word(&mut text);
                    if let Some((caption, _)) = before.replace((text, attributes)) {
                        out.push(self.give_back(caption, "table"));
                    }
                }
                (Word::Colon, _) if next_is_table(rest.peek()) => {
                    strip_word(&mut text);
                    if let Some((caption, _)) = before.replace((text, attributes)) {
                        out.push(self.give_back(caption, "table"));
                    }
                }
                (Word::Figure, Some((PBlockKind::Figure(figure), label))) => {
                    strip_word(&mut text);
                    if let Some(other) = figure.caption.replace(text) {
                        self.two_captions(&other, figure.path_span);
                    }
                    if attributes.label.is_some() {
                        *label = attributes.label;
                    }
                }
                (Word::Figure, Some((PBlockKind::Panels(row), label))) => {
                    strip_word(&mut text);
                    if let Some(other) = row.caption.replace(text) {
                        self.two_captions(&other, other.span);
                    }
                    if attributes.label.is_some() {
                        *label = attributes.label;
                    }
                }
                (Word::Figure, _) => out.push(self.give_back(text, "picture")),
                (Word::Source | Word::Note | Word::Credit, Some((PBlockKind::Panels(row), _)))
                    if row.below.len() < 3 =>
                {
                    row.below.push(text);
                }
                (Word::Source, Some((PBlockKind::Figure(figure), _))) if figure.source.is_none() => {
                    figure.source = Some(text);
                }
                (Word::Source, Some((PBlockKind::Table(table), _))) if table.source.is_none() => {
                    table.source = Some(text);
                }
                (Word::Note, Some((PBlockKind::Figure(figure), _))) if figure.note.is_none() => {
                    figure.note = Some(text);
                }
                (Word::Note, Some((PBlockKind::Table(table), _))) if table.note.is_none() => {
                    table.note = Some(text);
                }
                (Word::Credit, Some((PBlockKind::Figure(figure), _))) if figure.credit.is_none() => {
                    figure.credit = Some(text);
                }
                (Word::Colon, _) => out.push(self.give_back(text, "table")),
                _ => {
                    // Where a caption's word stands beside nothing, its braces belong to nothing.
                    let span = text.span;
                    if attributes.span.is_some() {
                        self.stray_braces(&attributes, span);
                    }
                    let kind = PBlockKind::Paragraph(text);
                    out.push(PBlock { id: block.id, label: None, language: None, span, kind });
                }
            }
        }
        if let Some((caption, _)) = before {
            out.push(self.give_back(caption, "table"));
        }
        out
    }

    /// Gives program text its caption, its label and its language.
    fn caption_code(&mut self, block: &mut PBlock, text: PText, attributes: Attributes) {
        let PBlockKind::Code { caption, language, .. } = &mut block.kind else { return };
        *caption = Some(text);
        *language = language.take().or(attributes.classes.into_iter().next());
        if attributes.label.is_some() {
            block.label = attributes.label;
        }
    }

    /// Says that a picture has a caption beside it and one below it: only the one below is shown, unless both are one.
    fn two_captions(&mut self, other: &PText, span: Span) {
        let words = super::letters(&other.content);
        self.diagnostics.report(
            Diagnostic::new(&lints::SUSPECT_MARKUP, format!("this picture has two captions: \"{words}\" is not shown"))
                .at(span)
                .hint("leave one out: the words after its path, or the paragraph below it"),
        );
    }

    /// A caption that found nothing is a paragraph again, and said so.
    fn give_back(&mut self, caption: PText, what: &str) -> PBlock {
        let hint = match what {
            "table" => "a caption \"Table: …\" stands right before or after its pipe table",
            _ => "a caption \"Figure: …\" stands right after its picture, which is alone in its paragraph",
        };
        self.diagnostics.report(
            Diagnostic::new(&lints::ORPHAN_CAPTION, format!("this caption has no {what}")).at(caption.span).hint(hint),
        );
        let span = caption.span;
        PBlock { id: caption.id, label: None, language: None, span, kind: PBlockKind::Paragraph(caption) }
    }
}

/// The word that makes a paragraph part of a table or figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    Table,
    Figure,
    Note,
    Source,
    Credit,
    Listing,
    /// `: Caption`, as pandoc writes it.
    Colon,
}

/// The words in English, which are understood in a book of any language.
const WORDS: [(&str, Word); 8] = [
    ("Table", Word::Table),
    ("Figure", Word::Figure),
    ("Note", Word::Note),
    ("Notes", Word::Note),
    ("Source", Word::Source),
    ("Sources", Word::Source),
    ("Credit", Word::Credit),
    ("Listing", Word::Listing),
];

/// The words that begin captions in a text: those of its language, and the English ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(Vec<(String, Word)>);

/// The words of a language, the longer ones first.
pub(super) fn words(language: &Language) -> Words {
    let own = [
        (Term::Table, Word::Table),
        (Term::Figure, Word::Figure),
        (Term::Note, Word::Note),
        (Term::Notes, Word::Note),
        (Term::Source, Word::Source),
        (Term::Credit, Word::Credit),
        (Term::Listing, Word::Listing),
    ];
    let mut words: Vec<(String, Word)> = own.map(|(term, word)| (term.word(language).to_owned(), word)).into();
    words.extend(WORDS.iter().map(|(own, word)| ((*own).to_owned(), *word)));
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    Words(words)
}

fn caption_word(content: &[PInline], words: &Words) -> Option<Word> {
    let Some(PInline { kind: PKind::Text(text), .. }) = content.first() else { return None };
    let found =
        words.0.iter().find(|(word, _)| text.strip_prefix(word).is_some_and(|rest| after_colon(rest).is_some()));
    match found {
        Some((_, word)) => Some(*word),
        None => (text.starts_with(": ") || text == ":" && content.len() == 1).then_some(Word::Colon),
    }
}

/// What follows the colon of a caption's word: French has a space before it, Chinese a wide one.
fn after_colon(rest: &str) -> Option<&str> {
    if let Some(rest) = rest.strip_prefix('：') {
        return Some(rest);
    }
    let rest = rest.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(rest).strip_prefix(':')?;
    // A colon with emphasis after it ends the text.
    (rest.is_empty() || rest.starts_with([' ', '\u{a0}'])).then_some(rest)
}

fn next_is_table(next: Option<&PBlock>) -> bool {
    next.is_some_and(|block| matches!(&block.kind, PBlockKind::Table(table) if table.caption.is_none()))
}

fn next_is_code(next: Option<&PBlock>) -> bool {
    next.is_some_and(|block| matches!(&block.kind, PBlockKind::Code { caption: None, .. }))
}

pub(super) fn is_caption(content: &[PInline], words: &Words) -> bool {
    caption_word(content, words).is_some()
}

/// Takes "Table: " off.
fn strip_word(text: &mut PText) {
    if let Some(PInline { kind: PKind::Text(letters), .. }) = text.content.first_mut() {
        *letters = letters.split_once([':', '：']).map_or("", |(_, rest)| rest).trim_start().to_owned();
    }
    if matches!(text.content.first(), Some(PInline { kind: PKind::Text(letters), .. }) if letters.is_empty()) {
        text.content.remove(0);
    }
}
