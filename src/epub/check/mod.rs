//! Check: what EPUBCheck, Ace or a reader would find wrong with the e-book, found before it is written and said at
//! the author's line.
//!
//! Faults of the markup itself cannot happen: the writers make none. What is left is in the content: links that lead
//! nowhere, pictures that say nothing, tables without a head, words in a script that is not marked.

mod scripts;
pub mod shops;

use std::slice;

use crate::book::block::{Cell, Figure, Table};
use crate::book::walk::{self, Inside, Shape};
use crate::book::{Block, BlockKind, Book, DivisionKind, Inline, InlineKind, Target, TextBlock, TextKind, plain};
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, lints};
use crate::language::Language;
use crate::source::Span;

/// The longest alternative text that is still read in one breath; more is a longer description.
const LONG_ALT: usize = 300;

/// Checks a book. Reports go to `diagnostics`.
pub(super) fn book(book: &Book, diagnostics: &mut Diagnostics) {
    let mut check = Check { book, in_note: false, diagnostics, unmarked: scripts::Unmarked::new() };
    check.metadata();
    for division in &book.divisions {
        let language = division.language.as_ref().unwrap_or(&book.metadata.language);
        if let Some(title) = &division.title {
            check.text(title, language);
            if title.span.is_some() && plain(&title.content).trim().is_empty() {
                check.without_words(title.span);
            }
        }
        if division.kind != DivisionKind::Contents {
            check.blocks(&division.blocks, language);
        }
    }
    check.in_note = true;
    for note in &book.notes {
        let division = note.calls.first().map(|call| book.division(call.division));
        let language = division.and_then(|division| division.language.as_ref()).unwrap_or(&book.metadata.language);
        check.blocks(&note.blocks, language);
    }
    scripts::say(check.unmarked, check.diagnostics);
}

struct Check<'a> {
    book: &'a Book,
    /// Web addresses in notes are looked at by the guard of notes.
    in_note: bool,
    diagnostics: &'a mut Diagnostics,
    /// Words of other scripts whose language is not marked.
    unmarked: scripts::Unmarked,
}

impl Check<'_> {
    fn say(&mut self, lint: &'static Lint, span: Option<Span>, message: impl Into<String>, hint: &str) {
        self.diagnostics.report(Diagnostic::new(lint, message).at(span).hint(hint));
    }

    fn metadata(&mut self) {
        let metadata = &self.book.metadata;
        let ids = &metadata.identifiers;
        if let (Some(print), Some(epub)) = (&ids.isbn_print, &ids.isbn_epub)
            && print.digits() == epub.digits()
        {
            self.say(
                &lints::EPUB_SAME_ISBN,
                metadata.accessibility.span,
                format!("the printed book and the e-book have one ISBN, {}", epub.written()),
                "every edition has an ISBN of its own: give `isbn_epub` another one, or leave it out",
            );
        }
    }

    fn blocks(&mut self, blocks: &[Block], language: &Language) {
        for block in blocks {
            let language = block.language.as_ref().unwrap_or(language);
            self.block(block);
            for inside in block.inside() {
                match inside {
                    Inside::Text(TextKind::Code | TextKind::PullQuote, _) | Inside::Picture(..) => {}
                    Inside::Text(_, text) => self.text(text, language),
                    Inside::Block(inner) => self.blocks(slice::from_ref(inner), language),
                }
            }
        }
    }

    fn without_words(&mut self, span: Option<Span>) {
        self.say(
            &lints::EPUB_EMPTY_HEADING,
            span,
            "a heading without words",
            "readers' tools list it by its words: write some, or take the heading out",
        );
    }

    fn block(&mut self, block: &Block) {
        if let BlockKind::Heading(heading) = &block.kind
            && plain(&heading.title.content).trim().is_empty()
        {
            self.without_words(block.span);
        }
        if let BlockKind::Figure(figure) = &block.kind {
            self.figure(block, figure);
        }
        if let BlockKind::Table(table) = &block.kind {
            self.table(block, table);
        }
    }

    fn figure(&mut self, block: &Block, figure: &Figure) {
        let Some(alt) = &figure.alt else { return };
        let caption = figure.caption.as_ref().map(|caption| plain(&caption.content));
        let bare = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
        if !alt.trim().is_empty() && caption.is_some_and(|caption| bare(&caption) == bare(alt)) {
            self.say(
                &lints::EPUB_ALT_IS_CAPTION,
                block.span,
                "the alternative text says what the caption says",
                "who cannot see the picture hears the same words twice: say in the brackets what it shows",
            );
        }
        self.alt(alt, block.span, figure.long_description.is_some() || figure.chart().is_some());
    }

    fn alt(&mut self, alt: &str, span: Option<Span>, described: bool) {
        let lower = alt.to_lowercase();
        let file = [".png", ".jpg", ".jpeg", ".svg"].iter().any(|ending| lower.ends_with(ending));
        if file || matches!(lower.trim(), "image" | "picture" | "figure" | "photo" | "chart" | "graph" | "map") {
            self.say(
                &lints::EPUB_POOR_ALT,
                span,
                format!("\"{}\" does not say what the picture shows", alt.trim()),
                "say in a sentence what one would learn from seeing it",
            );
        }
        let length = alt.chars().count();
        if length > LONG_ALT && !described {
            self.say(
                &lints::EPUB_LONG_ALT,
                span,
                format!("the alternative text has {length} letters"),
                "say the main thing in one sentence, and the rest as `long_description` under `images:`",
            );
        }
    }

    fn table(&mut self, block: &Block, table: &Table) {
        if table.head.iter().all(Cell::is_bare) {
            self.say(
                &lints::EPUB_TABLE_HEAD,
                block.span,
                "a table without a head",
                "who hears the table needs the name of each column: write it in the first row",
            );
            return;
        }
        for (at, cell) in table.head.iter().enumerate().skip(1) {
            if cell.is_bare() && cell.across > 0 {
                self.say(
                    &lints::EPUB_TABLE_HEAD,
                    cell.text.span.or(block.span),
                    format!("column {} has no name", at + 1),
                    "who hears the table needs the name of each column",
                );
            }
        }
    }

    fn text(&mut self, text: &TextBlock, language: &Language) {
        self.pieces(&text.content, text.span);
        scripts::find(&text.content, text.span, language, &mut self.unmarked);
    }

    fn pieces(&mut self, content: &[Inline], around: Option<Span>) {
        for piece in walk::pieces(content) {
            let span = piece.span.or(around);
            if let Some(url) = piece.url() {
                self.address(url, span);
            }
            if let InlineKind::Link { target: Target::Url(url), content } = &piece.kind {
                self.link_words(content, url, span);
            }
            if let InlineKind::Picture { alt: Some(alt), .. } = &piece.kind {
                self.alt(alt, span, false);
            }
            if let Shape::Letters(text) = piece.shape() {
                self.letters(text, span);
            }
        }
    }

    /// A character that XML forbids is left out of the e-book.
    fn letters(&mut self, text: &str, span: Option<Span>) {
        let bad = |letter: char| {
            (letter.is_control() && !matches!(letter, '\n' | '\t')) || matches!(letter, '\u{fffe}' | '\u{ffff}')
        };
        if let Some(letter) = text.chars().find(|letter| bad(*letter)) {
            self.say(
                &lints::EPUB_CONTROL,
                span,
                format!("an invisible control character (U+{:04X}) stands in the text", letter as u32),
                "it is left out of the e-book; delete it and type the words again",
            );
        }
    }

    fn address(&mut self, url: &str, span: Option<Span>) {
        if url.trim().is_empty() {
            self.say(&lints::EPUB_BAD_LINK, span, "a link that leads nowhere", "put the address between the brackets");
            return;
        }
        let Some((scheme, rest)) = url.split_once(':') else {
            self.say(
                &lints::EPUB_BAD_LINK,
                span,
                format!("the link leads to the file \"{url}\", which is not part of the book"),
                "give the whole address, https://…, or a label of the book, (#label)",
            );
            return;
        };
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" if self.in_note => {}
            "http" | "https" => {
                let host = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or("");
                let well =
                    rest.starts_with("//") && host.contains('.') && !host.contains(' ') && !host.starts_with('.');
                if !well && !host.starts_with("localhost") {
                    self.say(
                        &lints::EPUB_BAD_LINK,
                        span,
                        format!("\"{url}\" is no web address"),
                        "an address has a name with a dot in it: https://example.org/…",
                    );
                }
            }
            "mailto" | "tel" | "doi" | "urn" | "ftp" => {}
            other => self.say(
                &lints::EPUB_BAD_LINK,
                span,
                format!("a link of the kind \"{other}:\" leads out of nothing that a reader has"),
                "link to the web (https:), to an e-mail address (mailto:) or to a label of the book",
            ),
        }
    }

    /// Links are listed by their words: "here" says nothing there.
    fn link_words(&mut self, content: &[Inline], url: &str, span: Option<Span>) {
        const POOR: [&str; 8] = ["here", "click here", "link", "this link", "hier", "ici", "aquí", "tutaj"];
        let words = plain(content);
        let words = words.trim();
        if words.is_empty() && !content.iter().any(|piece| matches!(piece.kind, InlineKind::Picture { .. })) {
            self.say(
                &lints::EPUB_BAD_LINK,
                span,
                format!("the link to {url} has no words"),
                "write some in the brackets",
            );
        } else if POOR.contains(&words.to_lowercase().as_str()) {
            self.say(
                &lints::EPUB_LINK_WORDS,
                span,
                format!("the link \"{words}\" does not say where it leads"),
                "readers' tools list links by their words: link the name of what it leads to",
            );
        }
    }
}
