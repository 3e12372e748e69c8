//! XHTML: a page for each division.
//!
//! Markup after the evidence of readers: `epub:type` only where a reading system uses it and always with the role that
//! belongs to it; one `h1` a page, whose words are the page's `title`; sections below it without names of their own,
//! since a named `section` is a landmark, and a paper with "Background" in two places would have two of one name.

mod blocks;
mod chart;
mod index;
mod inlines;
mod kinds;
mod made;
mod tables;

use std::collections::BTreeMap;

use super::accessibility::Facts;
use super::page_list::PageList;
use super::plan::{NAV, Plan, Seat};
use super::{Input, Print};
use crate::book::plain;
use crate::book::{AssetId, Book, Division, DivisionId, DivisionKind, MarkId, Matter, PictureKind, Target};
use crate::font::Fonts;
use crate::index::Pages;
use crate::language::{Direction, Language};
use crate::theme::{Numbering, Opening, Role, Theme};
use crate::xml::Markup;
pub(super) use kinds::kind;
pub(super) use made::{contents_of, division_words, entry_words};

/// A finished page.
#[derive(Clone, Debug)]
pub(super) struct XhtmlPage {
    /// Its file.
    pub file: String,
    /// The whole file.
    pub text: String,
}

/// Writes the pages of a book.
pub(super) struct Writer<'a> {
    pub book: &'a Book,
    pub plan: &'a Plan,
    /// The looks and the faces: how wide the words of a drawing are.
    pub theme: &'a Theme,
    pub fonts: &'a Fonts,
    pub pages: &'a mut PageList,
    pub facts: &'a mut Facts,
    pub markup: Markup,
    pub division: DivisionId,
    pub page_language: Language,
    /// The level of the last heading, so that none is skipped.
    level: u8,
    /// Whether program text is being written.
    preformatted: bool,
    /// Whether the next paragraph begins a chapter whose first letter is large.
    initial: bool,
    /// How many bytes of the next letters are quotation marks before such a letter.
    opening_marks: usize,
    /// Whether the row that is written has a table's totals.
    total: bool,
    /// Whether a page for the web is written, and not one of an e-book.
    pub web: bool,
    /// The print edition whose pages are referred to, if there is one.
    pub print: Option<Print<'a>>,
    /// The marks of the index on the pages of the print edition, if there is one.
    pub print_marks: Option<Pages<'a>>,
    /// What links to marks are called in the line that is written.
    names: BTreeMap<MarkId, String>,
    /// How many boxes and figures needed an id so far on this page.
    labels: usize,
}

/// The file of the title page that the e-book adds.
pub(super) const TITLE_PAGE: &str = "titlepage.xhtml";

impl<'a> Writer<'a> {
    /// A writer for a book.
    pub fn new(input: &Input<'a>, plan: &'a Plan, pages: &'a mut PageList, facts: &'a mut Facts) -> Writer<'a> {
        let book = input.book;
        Writer {
            book,
            plan,
            theme: input.theme,
            fonts: input.fonts,
            pages,
            facts,
            markup: Markup::default(),
            division: DivisionId(0),
            page_language: book.metadata.language.clone(),
            level: 1,
            preformatted: false,
            initial: false,
            opening_marks: 0,
            total: false,
            labels: 0,
            web: false,
            print: None,
            print_marks: None,
            names: BTreeMap::new(),
        }
    }

    /// Every page in reading order.
    pub fn all(&mut self) -> Vec<XhtmlPage> {
        let book = self.book;
        let mut pages = Vec::new();
        for division in &book.divisions {
            let Some(file) = self.plan.file(division.id) else { continue };
            let text = match division.kind {
                DivisionKind::Contents => self.nav(Some(division)),
                _ => self.page(division),
            };
            pages.push(XhtmlPage { file: file.to_owned(), text });
            if division.kind == DivisionKind::Cover && super::adds_title_page(book) {
                let text = self.added_title_page(division);
                pages.push(XhtmlPage { file: TITLE_PAGE.to_owned(), text });
            }
        }
        if !pages.iter().any(|page| page.file == NAV) {
            let text = self.nav(None);
            pages.push(XhtmlPage { file: NAV.to_owned(), text });
        }
        pages
    }

    /// The page of a division.
    fn page(&mut self, division: &Division) -> String {
        self.division = division.id;
        let language = division.language.clone().unwrap_or_else(|| self.book.metadata.language.clone());
        let title = title_of(division);
        self.begin(&title, &language, matter(division.matter));
        match division.kind {
            DivisionKind::Cover => self.cover(division),
            DivisionKind::BackCover => self.back_cover(division),
            DivisionKind::TitlePage | DivisionKind::HalfTitle => self.title_page(division),
            kind if kind.is_list() => self.list_of(division),
            _ => self.section(division),
        }
        self.finish()
    }

    /// What stands on the page of a division, without the page: for who puts another one around it.
    pub fn fragment(&mut self, division: &Division) -> String {
        self.division = division.id;
        self.markup = Markup::html();
        self.page_language = division.language.clone().unwrap_or_else(|| self.book.metadata.language.clone());
        (self.level, self.labels) = (1, 0);
        self.section(division);
        self.finish()
    }

    /// Opens a document: head with the title, body of a matter.
    pub(super) fn begin(&mut self, title: &str, language: &Language, matter: Option<&str>) {
        self.markup = Markup::document();
        self.page_language = language.clone();
        self.level = 1;
        self.labels = 0;
        let direction = (language.direction() == Direction::RightToLeft).then_some("rtl");
        let markup = &mut self.markup;
        markup.doctype();
        markup
            .tag("html")
            .attr("xmlns", "http://www.w3.org/1999/xhtml")
            .attr("xmlns:epub", "http://www.idpf.org/2007/ops")
            .attr("lang", language.tag())
            .attr("xml:lang", language.tag())
            .maybe("dir", direction)
            .begin();
        markup.tag("head").begin();
        markup.tag("meta").attr("charset", "utf-8").empty();
        markup.line();
        markup.leaf("title", title);
        markup.line();
        markup.tag("link").attr("rel", "stylesheet").attr("type", "text/css").attr("href", "stylesheet.css").empty();
        markup.line();
        markup.end();
        markup.tag("body").maybe("class", matter.is_none().then_some("cover-page")).maybe("epub:type", matter).begin();
    }

    /// Closes the document.
    pub(super) fn finish(&mut self) -> String {
        std::mem::take(&mut self.markup).finish()
    }

    /// A division with a title and blocks.
    fn section(&mut self, division: &Division) {
        let semantics = kind(division.kind);
        let heading = division.title.is_some();
        let labelled = if heading { Some("h-1") } else { None };
        self.markup
            .tag("section")
            .attr("class", division.kind.name())
            .maybe("epub:type", semantics.epub_type)
            .maybe("role", semantics.role)
            .maybe("aria-labelledby", labelled.filter(|_| semantics.role.is_some()))
            .maybe("aria-label", (!heading && semantics.role.is_some()).then_some(division.name.as_str()))
            .begin();
        self.marks_at(Seat::Opening(division.id));
        // A page of the web has one heading of the first level, also where the book shows none.
        if self.web && !heading {
            self.markup.tag("h1").attr("class", "unseen").open();
            self.markup.text(&division.name);
            self.markup.end();
        }
        self.title(division);
        let opens = self.theme.opening(division.kind) != Opening::RunOn && division.matter == Matter::Body;
        let opener = &self.theme.opener;
        self.initial = opens && (opener.drop_cap > 1 || opener.small_capitals);
        self.blocks_in_sections(&division.blocks);
        self.markup.close_to(if self.web { 0 } else { 2 });
    }

    /// The title of a division, its number before it.
    pub(super) fn title(&mut self, division: &Division) {
        let Some(title) = &division.title else { return };
        self.markup.tag("h1").attr("id", "h-1").open();
        // A number in the line of its title is bare, as in print.
        let above = self.theme.style(Role::Opening).number == Numbering::Above;
        if let Some(number) = division.kicker.as_ref().filter(|_| above).or(division.number.as_ref()) {
            self.markup.tag("span").attr("class", "number").open();
            self.markup.text(number);
            self.markup.close();
            self.markup.text(" ");
        }
        self.words(&title.content);
        self.markup.end();
    }

    /// The classes of a picture: one that lets the ground shine through keeps white paper under it, or its dark
    /// letters vanish in the dark.
    pub(super) fn picture_class(&self, asset: AssetId, class: Option<&str>) -> Option<String> {
        let paper = match self.book.assets.get(asset).kind {
            PictureKind::Svg | PictureKind::Png { alpha: true } => Some("paper"),
            PictureKind::Png { alpha: false } | PictureKind::Jpeg { .. } => None,
        };
        let both: Vec<&str> = class.into_iter().chain(paper).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    /// Where a target lies, seen from this page.
    pub(super) fn href(&self, target: &Target) -> Option<String> {
        self.plan.href(self.book, target, Some(self.division))
    }
}

/// The plain title of a division's page: what its heading says.
pub(super) fn title_of(division: &Division) -> String {
    let words = match &division.title {
        Some(title) => plain(&title.content),
        None => division.name.clone(),
    };
    let words = if words.trim().is_empty() { division.name.clone() } else { words };
    match &division.number {
        Some(number) => format!("{number} {}", words.trim()),
        None => words.trim().to_owned(),
    }
}

fn matter(matter: Matter) -> Option<&'static str> {
    match matter {
        Matter::Cover => None,
        Matter::Front => Some("frontmatter"),
        Matter::Body => Some("bodymatter"),
        Matter::Back | Matter::BackCover => Some("backmatter"),
    }
}
