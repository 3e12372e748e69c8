//! The house check: what a policy institute asks of a paper before it leaves the house.
//!
//! Runs with `recto check`, and only for the theme `policy-paper`, whose house rules these are. All are warnings, and
//! each can be silenced with a reason under `allow:`.

use super::count::{is_written_body, words, words_of_division};
use crate::book::{Block, BlockKind, Book, Division, DivisionKind, InlineKind, plain, walk};
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, lints};
use crate::source::Span;
use crate::theme::Base;

/// How long the words about a paper may be.
const DESCRIPTION: usize = 150;
/// How long a summary may be: a page.
const SUMMARY: usize = 450;
/// How long a section may be that needs no note.
const WITHOUT_NOTES: usize = 250;
/// How many letters a running head holds.
const RUNNING_HEAD: usize = 60;
/// The deepest heading that a reader of a paper still places.
const DEEPEST: u8 = 3;

/// Looks at a book whose theme descends from `base`; other houses have other rules.
pub fn check(book: &Book, base: Base, diagnostics: &mut Diagnostics) {
    if base != Base::PolicyPaper {
        return;
    }
    let mut house = House { book, diagnostics };
    house.cover();
    house.imprint();
    house.people();
    house.identifiers();
    house.summary();
    house.titles();
    house.divisions();
}

struct House<'a> {
    book: &'a Book,
    diagnostics: &'a mut Diagnostics,
}

impl House<'_> {
    fn say(&mut self, lint: &'static Lint, message: impl Into<String>, at: Option<Span>, hint: &str) {
        self.diagnostics.report(Diagnostic::new(lint, message).at(at).hint(hint));
    }

    /// Where the metadata is: at the title, which is always there.
    fn metadata(&self) -> Option<Span> {
        Some(self.book.metadata.title.span)
    }

    fn has(&self, kind: DivisionKind) -> bool {
        self.book.divisions.iter().any(|division| division.kind == kind)
    }

    fn cover(&mut self) {
        let metadata = &self.book.metadata;
        if let Some(image) = metadata.cover_image.as_ref().filter(|_| metadata.cover_credit.is_none()) {
            let hint = "write `cover: {credit: …}`, also for a picture of your own";
            let at = Some(image.span);
            self.say(&lints::NO_COVER_CREDIT, "nothing says whose picture the cover's is", at, hint);
        }
    }

    /// Date, licence, disclaimer, the page of the institute.
    fn imprint(&mut self) {
        let metadata = &self.book.metadata;
        let at = self.metadata();
        if metadata.date.is_none() {
            self.say(&lints::NO_DATE, "the paper has no date", at, "write `date: 2026-11-23`");
        }
        if metadata.rights.as_ref().is_none_or(|rights| rights.licence.is_none() && rights.statement.is_none()) {
            let hint = "write `rights: {holder: …, licence: CC-BY-4.0}`, or a statement of your own";
            self.say(&lints::NO_LICENCE, "nothing says what readers may do with the paper", at, hint);
        }
        if metadata.disclaimer.is_none() && !self.has(DivisionKind::Disclaimer) {
            let hint = "write `disclaimer: …`: whose views these are";
            self.say(&lints::NO_DISCLAIMER, "the paper has no disclaimer", at, hint);
        }
        if !self.has(DivisionKind::AboutTheInstitute) {
            let hint = "write about-the-institute.md, or `publisher: {name: …, about: …}`";
            self.say(&lints::NO_INSTITUTE, "no page tells of the institute", at, hint);
        }
    }

    fn people(&mut self) {
        let metadata = &self.book.metadata;
        let at = self.metadata();
        if metadata.authors.is_empty() {
            return self.say(&lints::NO_BYLINE, "the paper has no author", at, "write `authors: [{name: …, bio: …}]`");
        }
        // A page of the author's own says of everyone what it says.
        let own = self
            .book
            .divisions
            .iter()
            .any(|division| division.kind == DivisionKind::AboutTheAuthor && division.span.is_some());
        for author in &metadata.authors {
            if author.bio.is_empty() && !own {
                let message = format!("nothing tells who {} is", author.name);
                self.say(
                    &lints::NO_BIO,
                    message,
                    Some(author.span),
                    "write `bio:` beside the name, or about-the-author.md",
                );
            }
        }
    }

    fn identifiers(&mut self) {
        let ids = &self.book.metadata.identifiers;
        let place = ids.span.or(self.metadata());
        if ids.doi.is_none() && ids.isbn_print.is_none() && ids.isbn_epub.is_none() && ids.uri.is_none() {
            let hint = "write `identifiers: {doi: …}`, or isbn_print and isbn_epub";
            self.say(&lints::NO_IDENTIFIER, "the paper has no number by which it can be found", place, hint);
        }
        for isbn in [&ids.isbn_print, &ids.isbn_epub].into_iter().flatten() {
            if !isbn.written().contains(['-', ' ']) {
                let message = format!("the ISBN {} is not parted into its groups", isbn.written());
                self.say(
                    &lints::ISBN_FORM,
                    message,
                    place,
                    "write it with hyphens, as the agency did: 978-0-306-40615-7",
                );
            }
        }
        if let Some(doi) = &ids.doi
            && !doi.bare().bytes().all(|b| b.is_ascii_alphanumeric() || b"./-_;()".contains(&b))
        {
            let message = format!("the DOI {} has letters that break in links", doi.bare());
            self.say(&lints::DOI_FORM, message, place, "register one of letters, digits and -._;()/ only");
        }
    }

    fn summary(&mut self) {
        let at = self.metadata();
        match &self.book.metadata.description {
            None => {
                let hint = "write `description: …`, in two or three sentences; shops and libraries show it";
                self.say(&lints::SUMMARY_LENGTH, "nothing says in a few sentences what the paper is about", at, hint);
            }
            Some(description) => {
                let count = words(description);
                if count > DESCRIPTION {
                    let message = format!("the description has {count} words");
                    let hint = format!("shorten it to {DESCRIPTION}; what is more stands in the summary");
                    self.say(&lints::SUMMARY_LENGTH, message, Some(description.span), &hint);
                }
            }
        }
        use DivisionKind::{Abstract, ExecutiveSummary, KeyTakeaways};
        for division in &self.book.divisions {
            if !matches!(division.kind, Abstract | ExecutiveSummary | KeyTakeaways) {
                continue;
            }
            let count = words_of_division(division);
            if count > SUMMARY {
                let message = format!("this summary has {count} words");
                let hint = format!("shorten it to {SUMMARY}: it should fill one page");
                self.diagnostics.report(Diagnostic::new(&lints::SUMMARY_LENGTH, message).at(division.span).hint(hint));
            }
        }
    }

    fn titles(&mut self) {
        let metadata = &self.book.metadata;
        let length = plain(&metadata.title).chars().count();
        if length > RUNNING_HEAD && metadata.short_title.is_none() {
            let message = format!("the title has {length} letters and does not fit the running heads");
            self.say(&lints::LONG_TITLE, message, self.metadata(), "write `short_title: …`");
        }
        for division in self.book.divisions.iter().filter(|division| is_written_body(division)) {
            let length = plain(&division.running_title).chars().count();
            if length > RUNNING_HEAD {
                let message = format!("this title has {length} letters and does not fit the running heads");
                let hint = "write a short one: # Title {short=\"…\"}";
                self.diagnostics.report(Diagnostic::new(&lints::LONG_TITLE, message).at(division.span).hint(hint));
            }
        }
    }

    /// Long sections without a note, and headings that are too deep.
    fn divisions(&mut self) {
        let book = self.book;
        let kinds = [DivisionKind::Conclusion, DivisionKind::Recommendations, DivisionKind::Part];
        for division in book.divisions.iter().filter(|division| is_written_body(division)) {
            let count = words_of_division(division);
            if count > WITHOUT_NOTES && !kinds.contains(&division.kind) && !calls_a_note(division) {
                let message = format!("this section has {count} words and no note");
                let hint = "say where its facts come from";
                self.diagnostics
                    .report(Diagnostic::new(&lints::SECTION_WITHOUT_NOTES, message).at(division.span).hint(hint));
            }
            self.headings(&division.blocks);
        }
    }

    fn headings(&mut self, blocks: &[Block]) {
        for block in walk::blocks(blocks) {
            if let BlockKind::Heading(heading) = &block.kind
                && heading.level > DEEPEST
            {
                let message = format!("a heading of level {} is deeper than readers follow", heading.level);
                self.say(&lints::DEEP_HEADING, message, block.span, "raise it, or begin a paragraph with bold words");
            }
        }
    }
}

fn calls_a_note(division: &Division) -> bool {
    walk::own_texts(&division.blocks)
        .flat_map(|text| walk::pieces(&text.content))
        .any(|piece| matches!(piece.kind, InlineKind::NoteCall { .. }))
}
