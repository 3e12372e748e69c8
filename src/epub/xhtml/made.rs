//! Pages that nobody wrote: cover, title page, back cover, contents with its navigation, lists of figures and tables.

use super::{Writer, title_of};
use crate::book::block::{ContentsEntry, ParagraphRole};
use crate::book::division::Cover;
use crate::book::plain;
use crate::book::{BlockKind, Division, DivisionKind, Inline, InlineKind, TextBlock};
use crate::epub::plan::Seat;
use crate::language::terms::Term;

impl Writer<'_> {
    /// The cover alone on its page: the picture, or its words where there is none.
    pub(super) fn cover(&mut self, division: &Division) {
        let blank = Cover::default();
        let cover = division.cover.as_ref().unwrap_or(&blank);
        self.markup.tag("section").attr("class", "cover").attr("epub:type", "cover").begin();
        match self.facts.cover.clone() {
            Some(file) => {
                let alt = self.cover_alt(cover);
                self.facts.picture(Some(&alt));
                self.markup.tag("img").attr("src", &file).attr("alt", &alt).attr("role", "doc-cover").empty();
                self.markup.line();
            }
            None => self.cover_words(cover, "p"),
        }
        self.markup.end();
    }

    /// "Cover of" the title, and what the picture on it shows.
    fn cover_alt(&self, cover: &Cover) -> String {
        let language = &self.book.metadata.language;
        let title = plain(&self.book.metadata.title);
        let picture = cover.picture.as_ref().and_then(|(_, alt)| alt.as_deref()).unwrap_or_default();
        let words = format!("{} {title}", Term::CoverOf.word(language));
        if picture.is_empty() { words } else { format!("{words}. {picture}") }
    }

    /// The words of the cover, in print order.
    fn cover_words(&mut self, cover: &Cover, heading: &'static str) {
        let lines: [(&Option<TextBlock>, &str); 7] = [
            (&cover.series, "series"),
            (&cover.stamp, "stamp"),
            (&cover.title, "book-title"),
            (&cover.subtitle, "book-subtitle"),
            (&cover.byline, "byline"),
            (&cover.date, "date"),
            (&cover.publisher, "imprint"),
        ];
        for (text, class) in lines {
            let Some(text) = text else { continue };
            let name = if class == "book-title" { heading } else { "p" };
            let subtitle = class == "book-subtitle";
            self.markup
                .tag(name)
                .attr("class", class)
                .maybe("epub:type", subtitle.then_some("subtitle"))
                .maybe("role", subtitle.then_some("doc-subtitle"))
                .open();
            match class {
                "byline" => self.names(&text.content),
                _ => self.words(&text.content),
            }
            self.markup.end();
        }
    }

    /// The words of a byline; none of its names is broken where a line has room for it.
    pub(super) fn names(&mut self, content: &[Inline]) {
        let book = self.book;
        for piece in content {
            let text = match &piece.kind {
                InlineKind::Text(text) => text,
                InlineKind::Strong(content) => {
                    self.markup.tag("strong").open();
                    self.names(content);
                    self.markup.close();
                    continue;
                }
                _ => {
                    self.words(std::slice::from_ref(piece));
                    continue;
                }
            };
            let mut rest = text.as_str();
            for author in &book.metadata.authors {
                let Some((before, after)) = rest.split_once(author.name.as_str()) else { continue };
                if !before.is_empty() {
                    self.words(&[Inline::text(before)]);
                }
                self.markup.tag("span").attr("class", "name").open();
                // The comma stands with its name.
                let comma = after.find(char::is_whitespace).unwrap_or(after.len());
                let (comma, after) = after.split_at(if comma > 2 { 0 } else { comma });
                self.words(&[Inline::text(format!("{}{comma}", author.name))]);
                self.markup.close();
                rest = after;
            }
            if !rest.is_empty() {
                self.words(&[Inline::text(rest)]);
            }
        }
    }

    /// The title page that an e-book has even when the paper has none: the cover's words, since a cover is a picture.
    pub(super) fn added_title_page(&mut self, division: &Division) -> String {
        let language = self.book.metadata.language.clone();
        let blank = Cover::default();
        self.begin(&plain(&self.book.metadata.title), &language, Some("frontmatter"));
        self.markup.tag("section").attr("class", "title-page").attr("epub:type", "titlepage").begin();
        self.cover_words(division.cover.as_ref().unwrap_or(&blank), "h1");
        self.markup.end();
        self.finish()
    }

    /// The title page or half title of the paper itself.
    pub(super) fn title_page(&mut self, division: &Division) {
        let semantics = super::kind(division.kind);
        self.markup.tag("section").attr("class", division.kind.name()).maybe("epub:type", semantics.epub_type).begin();
        self.marks_at(Seat::Opening(division.id));
        for block in &division.blocks {
            let line = if let BlockKind::Paragraph(paragraph) = &block.kind { Some(paragraph) } else { None };
            match line.map(|line| (line.role, &line.text)) {
                Some((ParagraphRole::BookTitle, text)) => {
                    self.markup.tag("h1").attr("class", "book-title").open();
                    self.text(text);
                    self.markup.end();
                }
                Some((ParagraphRole::BookSubtitle, text)) => {
                    self.markup
                        .tag("p")
                        .attr("class", "book-subtitle")
                        .attr("epub:type", "subtitle")
                        .attr("role", "doc-subtitle")
                        .open();
                    self.text(text);
                    self.markup.end();
                }
                Some(_) | None => self.block(block, false),
            }
        }
        self.markup.end();
    }

    /// The words of the back cover; its barcode is for paper.
    pub(super) fn back_cover(&mut self, division: &Division) {
        let blank = Cover::default();
        let cover = division.cover.as_ref().unwrap_or(&blank);
        self.markup.tag("section").attr("class", "back-cover").begin();
        self.blocks(&cover.blocks);
        if let Some((asset, alt)) = &cover.logo {
            self.picture(*asset, alt.as_deref(), Some("logo"), None);
            self.markup.line();
        }
        if let Some(publisher) = &cover.publisher {
            self.markup.tag("p").attr("class", "imprint").open();
            self.words(&publisher.content);
            self.markup.end();
        }
        self.markup.end();
    }

    /// A list of figures or tables: a navigation of its own.
    pub(super) fn list_of(&mut self, division: &Division) {
        let semantics = super::kind(division.kind);
        self.marks_at(Seat::Opening(division.id));
        self.markup
            .tag("nav")
            .attr("class", division.kind.name())
            .maybe("epub:type", semantics.epub_type)
            .attr("aria-labelledby", "h-1")
            .begin();
        self.title(division);
        for block in &division.blocks {
            self.block(block, false);
        }
        self.markup.end();
    }

    /// Entries of one level: number, words, link.
    pub(super) fn entries(&mut self, entries: &[ContentsEntry]) {
        self.markup.tag("ol").attr("class", "entries").begin();
        for entry in entries {
            self.markup.tag("li").open();
            self.entry(entry);
            self.markup.end();
        }
        self.markup.end();
    }

    /// One entry as a link; page marks stand in it, since a navigation holds nothing between its items.
    pub(in crate::epub) fn entry(&mut self, entry: &ContentsEntry) {
        let href = self.href(&entry.target);
        match &href {
            Some(href) => self.markup.tag("a").attr("href", href).open(),
            None => self.markup.tag("span").open(),
        }
        if let Some(number) = &entry.number {
            self.markup.text(number);
            self.markup.text("\u{2002}");
        }
        self.text_in_link(&entry.text);
        self.markup.close();
    }
}

/// What an entry says, number included.
pub(in crate::epub) fn entry_words(entry: &ContentsEntry) -> String {
    let words = plain(&entry.text.content);
    match &entry.number {
        Some(number) => format!("{number} {}", words.trim()),
        None => words.trim().to_owned(),
    }
}

/// The words of a division in a list of places.
pub(in crate::epub) fn division_words(division: &Division) -> String {
    match division.kind {
        DivisionKind::Cover => division.name.clone(),
        _ => title_of(division),
    }
}

/// The entries of the book's contents page.
pub(in crate::epub) fn contents_of(division: &Division) -> &[ContentsEntry] {
    division.blocks.iter().find_map(|block| block.entries()).unwrap_or_default()
}
