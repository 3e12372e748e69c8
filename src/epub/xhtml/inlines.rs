//! Text: pieces as phrasing elements, page marks at their byte.

use super::Writer;
use crate::book::{Folio, Inline, InlineKind, NoteId, Target, TextBlock, plain};
use crate::epub::page_list::word_boundary;
use crate::epub::plan::{Seat, address, call_id};
use crate::language::{Direction, Language, has_italics};

/// Where the writer is in the settled text of a block.
#[derive(Default)]
pub(super) struct Cursor {
    /// Bytes written so far.
    offset: usize,
    /// Marks still to come: byte and page.
    marks: Vec<(u32, usize)>,
    /// Whether a link is open: links do not nest.
    link: bool,
    /// Calls met inside a link, written after it.
    calls: Vec<(NoteId, u16)>,
    /// Ways back are written apart, an arrow for each place.
    arrows: bool,
    /// The name of the first words with a label.
    place: Option<String>,
}

impl Writer<'_> {
    /// The text of a block, with the page marks in it. The words in it that something leads to take its name.
    pub(in crate::epub) fn text(&mut self, text: &TextBlock) {
        let place = self.plan.id(text.id).map(str::to_owned);
        let mut cursor = Cursor { marks: self.pages.at(Seat::In(text.id)), place, ..Cursor::default() };
        self.inlines(&text.content, &mut cursor);
        self.rest_of_marks(&mut cursor);
    }

    /// The same, where the element around it has the name.
    pub(in crate::epub) fn named_text(&mut self, text: &TextBlock) {
        let marks = self.pages.at(Seat::In(text.id));
        self.content(&text.content, marks);
    }

    /// Pieces of text that no page begins in.
    pub(in crate::epub) fn words(&mut self, content: &[Inline]) {
        self.content(content, Vec::new());
    }

    /// An entry of the list of works, whose ways back follow it.
    pub(in crate::epub) fn entry_of_works(&mut self, text: &TextBlock) {
        let mut cursor = Cursor { marks: self.pages.at(Seat::In(text.id)), arrows: true, ..Cursor::default() };
        self.inlines(&text.content, &mut cursor);
        self.rest_of_marks(&mut cursor);
    }

    /// The text of a block inside a link around all of it.
    pub(in crate::epub) fn text_in_link(&mut self, text: &TextBlock) {
        let mut cursor = Cursor { marks: self.pages.at(Seat::In(text.id)), link: true, ..Cursor::default() };
        self.inlines(&text.content, &mut cursor);
        self.rest_of_marks(&mut cursor);
    }

    fn content(&mut self, content: &[Inline], marks: Vec<(u32, usize)>) {
        let mut cursor = Cursor { marks, ..Cursor::default() };
        self.inlines(content, &mut cursor);
        self.rest_of_marks(&mut cursor);
    }

    fn rest_of_marks(&mut self, cursor: &mut Cursor) {
        for (_, page) in std::mem::take(&mut cursor.marks) {
            self.page_mark(page);
        }
    }

    fn inlines(&mut self, content: &[Inline], cursor: &mut Cursor) {
        for inline in content {
            self.inline(inline, cursor);
        }
    }

    fn inline(&mut self, inline: &Inline, cursor: &mut Cursor) {
        use InlineKind::*;
        match &inline.kind {
            Text(text) => self.letters(text, cursor),
            Strong(inner) if self.preformatted => self.classed("word", inner, cursor),
            Emphasis(inner) if self.preformatted => self.classed("remark", inner, cursor),
            Highlight(inner) if self.preformatted => self.classed("said", inner, cursor),
            Emphasis(inner) => self.slanted("em", inner, cursor),
            Strong(inner) => self.element("strong", inner, cursor),
            Strike(inner) => self.element("s", inner, cursor),
            Underline(inner) => self.element("u", inner, cursor),
            Highlight(inner) => self.element("mark", inner, cursor),
            Place { content, .. } => match cursor.place.take() {
                Some(name) => {
                    self.markup.tag("span").attr("id", &name).open();
                    self.inlines(content, cursor);
                    self.markup.close();
                }
                None => self.inlines(content, cursor),
            },
            Subscript(inner) => self.element("sub", inner, cursor),
            Superscript(inner) => self.element("sup", inner, cursor),
            Small(inner) => self.element("small", inner, cursor),
            Keyboard(inner) => self.element("kbd", inner, cursor),
            Cite(inner) => self.slanted("cite", inner, cursor),
            SmallCaps(inner) => self.classed("small-caps", inner, cursor),
            Keep(inner) => self.classed("keep", inner, cursor),
            Code(text) if self.preformatted => self.letters(text, cursor),
            Code(text) => {
                let direction = self.left_to_right();
                self.markup.tag("code").maybe("dir", direction).open();
                self.preformatted = true;
                self.letters(text, cursor);
                self.preformatted = false;
                self.markup.close();
            }
            Abbreviation { title, content } => {
                self.markup.tag("abbr").attr("title", title).open();
                self.inlines(content, cursor);
                self.markup.close();
            }
            Foreign { language, content } => {
                let direction = self.direction(language);
                self.facts.languages.insert(language.clone());
                self.markup
                    .tag("span")
                    .attr("lang", language.tag())
                    .attr("xml:lang", language.tag())
                    .maybe("dir", direction)
                    .open();
                self.inlines(content, cursor);
                self.markup.close();
            }
            Link { target: Target::NoteCall(..) | Target::Block(_), content } if cursor.arrows => {
                self.inlines(content, cursor);
            }
            Link { target, content } => self.link(target, content, cursor, &inline.kind),
            PageReference { target, content } => match self.folio(target) {
                Some(folio) => {
                    let number = [Inline::text(self.book.metadata.language.digits(&folio.to_string()))];
                    self.link(target, &number, cursor, &inline.kind);
                }
                None => self.link(target, content, cursor, &inline.kind),
            },
            Address { url, shown } => self.address(url, shown, cursor),
            NoteCall { note, call } if cursor.link => cursor.calls.push((*note, *call)),
            NoteCall { note, call } => self.call(*note, *call),
            Mark(mark) => self.index_mark(*mark),
            CitedOn { .. } => {}
            Picture { asset, alt, size } => {
                let (class, width) = self.picture_in_line(*asset, *size);
                self.sized_picture(*asset, alt.as_deref(), Some(&class), width, None);
            }
            LineBreak => {
                self.marks_before(cursor, 0);
                self.markup.tag("br").empty();
                cursor.offset += 1;
            }
        }
    }

    fn element(&mut self, name: &'static str, content: &[Inline], cursor: &mut Cursor) {
        self.markup.tag(name).open();
        self.inlines(content, cursor);
        self.markup.close();
    }

    /// What is in italics, or bold where its letters have none.
    fn slanted(&mut self, name: &'static str, content: &[Inline], cursor: &mut Cursor) {
        let class = (!has_italics(&plain(content))).then_some("upright");
        self.markup.tag(name).maybe("class", class).open();
        self.inlines(content, cursor);
        self.markup.close();
    }

    fn classed(&mut self, class: &str, content: &[Inline], cursor: &mut Cursor) {
        self.markup.tag("span").attr("class", class).open();
        self.inlines(content, cursor);
        self.markup.close();
    }

    /// Letters, cut where a page begins.
    fn letters(&mut self, text: &str, cursor: &mut Cursor) {
        let mut written = 0;
        while let Some((offset, page)) = cursor.marks.first().copied() {
            let local = (offset as usize).saturating_sub(cursor.offset);
            if local >= text.len() {
                break;
            }
            let at = word_boundary(text, local).max(written);
            self.piece(&text[written..at]);
            self.page_mark(page);
            written = at;
            cursor.marks.remove(0);
        }
        self.piece(&text[written..]);
        cursor.offset += text.len();
    }

    /// Letters as they are; in program text the spaces that must not break are spaces again, since it is copied.
    fn piece(&mut self, text: &str) {
        let marks = std::mem::take(&mut self.opening_marks);
        let (marks, text) = text.split_at_checked(marks).unwrap_or(("", text));
        if !marks.is_empty() {
            self.markup.tag("span").attr("class", "opening-mark").open();
            self.markup.text(marks);
            self.markup.close();
        }
        if self.preformatted {
            self.markup.text(&text.replace('\u{a0}', " "));
        } else {
            self.markup.text(text);
        }
    }

    /// The marks of pages that begin here.
    fn marks_before(&mut self, cursor: &mut Cursor, ahead: usize) {
        while cursor.marks.first().is_some_and(|(offset, _)| *offset as usize <= cursor.offset + ahead) {
            let (_, page) = cursor.marks.remove(0);
            self.page_mark(page);
        }
    }

    fn link(&mut self, target: &Target, content: &[Inline], cursor: &mut Cursor, kind: &InlineKind) {
        // A page reference adds nothing to the settled text: what is in it is not counted.
        let counted = !matches!(kind, InlineKind::PageReference { .. });
        let before = cursor.offset;
        let href = self.plan.href(self.book, target, Some(self.division)).filter(|_| !cursor.link);
        match href {
            Some(href) => {
                let name = self.link_name(target);
                let work = matches!(target, Target::Block(id) if self.plan.is_work(*id));
                self.markup
                    .tag("a")
                    .maybe("class", (!counted).then_some("page-reference").or(work.then_some("citation")))
                    .attr("href", &href)
                    .maybe("role", work.then_some("doc-biblioref"))
                    .maybe("aria-label", name.as_deref())
                    .open();
                cursor.link = true;
                self.link_words(content, cursor, counted);
                cursor.link = false;
                self.markup.close();
                for (note, call) in std::mem::take(&mut cursor.calls) {
                    self.call(note, call);
                }
            }
            None => self.link_words(content, cursor, counted),
        }
        if !counted {
            cursor.offset = before;
        }
    }

    /// The page of the print edition on which a target stands.
    fn folio(&self, target: &Target) -> Option<Folio> {
        let print = self.print.as_ref()?;
        match target {
            Target::Block(block) => print.folio_of_block(self.book, *block),
            Target::Division(division) => print.folio_of_division(self.book.division(*division)),
            Target::Url(_) | Target::Note(_) | Target::NoteCall(..) | Target::Mark(_) => None,
        }
    }

    fn link_words(&mut self, content: &[Inline], cursor: &mut Cursor, counted: bool) {
        if counted {
            self.inlines(content, cursor);
        } else {
            let mut inner = Cursor { link: cursor.link, ..Cursor::default() };
            self.inlines(content, &mut inner);
            cursor.calls.append(&mut inner.calls);
        }
    }

    /// A web address as it stands; it may break anywhere, so that it does not run off a phone.
    fn address(&mut self, url: &str, shown: &str, cursor: &mut Cursor) {
        if cursor.link {
            return self.letters(shown, cursor);
        }
        self.marks_before(cursor, 0);
        self.markup.tag("a").attr("class", "address").attr("href", &address(url)).open();
        self.letters(shown, cursor);
        self.markup.close();
    }

    /// A call: only the number stands in the link, or Apple's pop-ups break. It stands in a `sup`, since old readers
    /// (MuPDF, Okular, FBReader) know no other way to raise it.
    fn call(&mut self, note: NoteId, call: u16) {
        let number = self.book.metadata.language.digits(&self.book.note(note).number.to_string());
        let Some(href) = self.plan.href(self.book, &Target::Note(note), Some(self.division)) else { return };
        // Between words from the right its number runs by itself; the style sheet of an e-book may not say so.
        let direction = self.left_to_right();
        self.markup.tag("sup").attr("class", "call").maybe("dir", direction).open();
        self.markup
            .tag("a")
            .attr("class", "noteref")
            .attr("id", &call_id(note, call))
            .attr("href", &href)
            .attr("epub:type", "noteref")
            .attr("role", "doc-noteref")
            .open();
        self.markup.text(&number);
        self.markup.close();
        self.markup.close();
        self.facts.calls.insert((note, call));
    }

    /// The mark of a page.
    pub(in crate::epub) fn page_mark(&mut self, page: usize) {
        let mark = &mut self.pages.pages[page];
        if std::mem::replace(&mut mark.written, true) {
            return;
        }
        let label = format!(" {} ", self.book.metadata.language.page(&mark.folio.to_string()).replace('\u{a0}', " "));
        let id = mark.id();
        let folio = self.web.then(|| self.book.metadata.language.digits(&mark.folio.to_string()));
        self.markup
            .tag("span")
            .attr("class", "page")
            .attr("id", &id)
            .attr("epub:type", "pagebreak")
            .attr("role", "doc-pagebreak")
            // What parts pages has a name in ARIA for publishing 1.0, by which e-books are judged, and none in that of pages.
            .maybe("aria-label", (!self.web).then_some(label.as_str()))
            .maybe("data-folio", folio.as_deref())
            .open();
        self.markup.close();
    }

    /// The marks of pages that begin before something that stands on its own.
    pub(in crate::epub) fn marks_at(&mut self, seat: Seat) {
        for (_, page) in self.pages.at(seat) {
            self.page_mark(page);
        }
    }

    /// The direction of a language, where it is not that of the page.
    pub(in crate::epub) fn direction(&self, language: &Language) -> Option<&'static str> {
        let word = |direction| match direction {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        };
        (language.direction() != self.page_language.direction()).then(|| word(language.direction()))
    }
}
