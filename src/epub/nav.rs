//! Navigation: the contents page that readers' tools read too, the page list, landmarks, and the NCX for old ones.

use super::plan::{NAV, Plan, Seat};
use super::xhtml::{TITLE_PAGE, Writer, contents_of, division_words, entry_words, kind};
use crate::book::block::{ContentsEntry, Heading};
use crate::book::{Block, BlockKind, Book, Division, DivisionKind, Matter, Target, TextBlock, plain, walk};
use crate::language::terms::Term;
use crate::xml::Markup;

/// A line of the contents.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// 1 for the outermost; never more than one deeper than the line before.
    pub depth: usize,
    /// What it says.
    pub words: String,
    /// Where it leads, from the package's folder.
    pub href: String,
    /// The entry of the contents page, if there is one.
    entry: Option<&'a ContentsEntry>,
}

/// The lines of the contents: those of the contents page, else all divisions and their first headings.
pub(super) fn lines<'a>(book: &'a Book, plan: &Plan) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let contents = book.first(DivisionKind::Contents);
    let entries = contents.map(contents_of).unwrap_or_default();
    for entry in entries {
        let depth = match &entry.target {
            Target::Division(division) => usize::from(book.division(*division).level),
            Target::Block(block) => {
                let owner = book.division(book.entry(*block).division);
                usize::from(owner.level) + usize::from(entry.level.max(1)) - 1
            }
            _ => 1,
        };
        if let Some(href) = plan.href(book, &entry.target, None) {
            lines.push(Line { depth, words: entry_words(entry), href, entry: Some(entry) });
        }
    }
    if lines.is_empty() {
        lines = all_lines(book, plan);
    }
    let mut last = 0;
    for line in &mut lines {
        line.depth = line.depth.clamp(1, last + 1);
        last = line.depth;
    }
    lines
}

fn all_lines<'a>(book: &'a Book, plan: &Plan) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let shown = |division: &&Division| !matches!(division.matter, Matter::Cover | Matter::BackCover);
    let titled = |division: &&Division| division.title.is_some() && division.kind != DivisionKind::Contents;
    for division in book.divisions.iter().filter(shown).filter(titled) {
        let Some(file) = plan.file(division.id) else { continue };
        let depth = usize::from(division.level);
        lines.push(Line { depth, words: division_words(division), href: file.to_owned(), entry: None });
        for title in walk::top(&division.blocks).iter().filter_map(second_title) {
            if let Some(href) = plan.href(book, &Target::Block(title.id), None) {
                let words = plain(&title.content);
                lines.push(Line { depth: depth + 1, words, href, entry: None });
            }
        }
    }
    // A book of nothing but a cover still needs one line.
    if lines.is_empty() {
        let first = book.divisions.iter().find_map(|division| Some((division, plan.file(division.id)?)));
        lines.extend(first.map(|(division, file)| Line {
            depth: 1,
            words: division_words(division),
            href: file.to_owned(),
            entry: None,
        }));
    }
    lines
}

/// The title of a block that opens a part of a division.
fn second_title(block: &Block) -> Option<&TextBlock> {
    if let BlockKind::Heading(Heading { level: 2, title, .. }) = &block.kind {
        return Some(title);
    }
    if let BlockKind::Notes(notes) = &block.kind { notes.title.as_ref() } else { None }
}

/// A place that reading systems know by name.
pub(super) struct Landmark {
    epub_type: &'static str,
    words: String,
    href: String,
}

/// The landmarks, in reading order. The body is where its first division begins.
pub(super) fn landmarks(book: &Book, plan: &Plan) -> Vec<Landmark> {
    use DivisionKind::*;
    let mut found = Vec::new();
    let mut body = false;
    for division in &book.divisions {
        let Some(file) = plan.file(division.id) else { continue };
        let epub_type = match division.kind {
            Cover | TitlePage | CopyrightPage | Contents | ListOfFigures | ListOfTables | ListOfBoxes | Notes
            | Glossary | Bibliography | Index | Appendix | Foreword | Preface | Dedication | Acknowledgements
            | Afterword => kind(division.kind).epub_type,
            _ => None,
        };
        if division.matter == Matter::Body && !std::mem::replace(&mut body, true) {
            found.push(Landmark { epub_type: "bodymatter", words: division_words(division), href: file.to_owned() });
        }
        if let Some(epub_type) = epub_type {
            found.push(Landmark { epub_type, words: division_words(division), href: file.to_owned() });
        }
        if division.kind == Cover && super::adds_title_page(book) {
            let words = Term::TitlePage.word(&book.metadata.language).to_owned();
            found.push(Landmark { epub_type: "titlepage", words, href: TITLE_PAGE.to_owned() });
        }
    }
    found
}

impl Writer<'_> {
    /// The navigation document; with the contents page in it when the book has one.
    pub(super) fn nav(&mut self, contents: Option<&Division>) -> String {
        let (book, plan) = (self.book, self.plan);
        let language = book.metadata.language.clone();
        if let Some(division) = contents {
            self.division = division.id;
        }
        let title = contents.map_or_else(|| Term::Contents.word(&language).to_owned(), division_words);
        self.begin(&title, &language, Some("frontmatter"));
        if let Some(division) = contents {
            self.marks_at(Seat::Opening(division.id));
        }
        self.markup
            .tag("nav")
            .attr("class", "contents")
            .attr("epub:type", "toc")
            .attr("role", "doc-toc")
            .attr("aria-labelledby", "h-1")
            .begin();
        match contents {
            Some(division) => self.title(division),
            None => {
                self.markup.tag("h1").attr("id", "h-1").open();
                self.markup.text(&title);
                self.markup.end();
            }
        }
        self.tree(&lines(book, plan));
        self.markup.end();
        // The marks of later pages are written later: which of them exist is settled afterwards, and the page list
        // put in the place of this comment.
        self.markup.raw(PAGE_LIST_SEAT);
        self.landmark_nav();
        self.finish()
    }

    fn tree(&mut self, lines: &[Line<'_>]) {
        let ground = self.markup.depth();
        let mut depth = 0;
        for line in lines {
            if line.depth > depth {
                self.markup.tag("ol").begin();
            } else {
                // An item and a list of each level that ends.
                self.markup.close_to(ground + line.depth * 2 - 1);
            }
            depth = line.depth;
            self.markup.tag("li").open();
            match line.entry {
                Some(entry) => self.entry(entry),
                None => {
                    self.markup.tag("a").attr("href", &line.href).open();
                    self.markup.text(&line.words);
                    self.markup.close();
                }
            }
        }
        self.markup.close_to(ground);
    }

    fn landmark_nav(&mut self) {
        let landmarks = landmarks(self.book, self.plan);
        if landmarks.is_empty() {
            return;
        }
        let label = Term::Landmarks.word(&self.book.metadata.language);
        self.markup
            .tag("nav")
            .attr("class", MACHINE)
            .attr("epub:type", "landmarks")
            .attr("aria-label", label)
            .attr("hidden", "hidden")
            .begin();
        self.markup.tag("ol").begin();
        for landmark in landmarks {
            self.markup.tag("li").open();
            self.markup.tag("a").attr("epub:type", landmark.epub_type).attr("href", &landmark.href).open();
            self.markup.text(&landmark.words);
            self.markup.close();
            self.markup.end();
        }
        self.markup.end();
        self.markup.end();
    }

    /// The navigation of printed pages.
    pub(super) fn page_nav(&self) -> String {
        if self.pages.pages.is_empty() {
            return String::new();
        }
        let mut markup = Markup::default();
        let label = Term::Pages.word(&self.book.metadata.language);
        markup
            .tag("nav")
            .attr("class", MACHINE)
            .attr("epub:type", "page-list")
            .attr("role", "doc-pagelist")
            .attr("aria-label", label)
            .attr("hidden", "hidden")
            .begin();
        markup.tag("ol").begin();
        for page in &self.pages.pages {
            let Some(file) = self.plan.file(page.division) else { continue };
            markup.tag("li").open();
            markup.tag("a").attr("href", &format!("{file}#{}", page.id())).open();
            markup.text(&self.book.metadata.language.digits(&page.folio.to_string()));
            markup.close();
            markup.end();
        }
        markup.finish()
    }
}

/// The class of lists that are for machines: the stylesheet hides them in readers that do not know `hidden`.
const MACHINE: &str = "machine";

/// Where the page list will stand.
pub(super) const PAGE_LIST_SEAT: &str = "<!--pages-->";

/// The NCX, for reading systems of EPUB 2: two levels, which is what they show.
pub(super) fn ncx(book: &Book, plan: &Plan, pages: &super::page_list::PageList, identifier: &str) -> String {
    let lines: Vec<Line<'_>> = lines(book, plan).into_iter().filter(|line| line.depth <= 2).collect();
    let mut markup = Markup::document();
    markup
        .tag("ncx")
        .attr("xmlns", "http://www.daisy.org/z3986/2005/ncx/")
        .attr("version", "2005-1")
        .attr("xml:lang", book.metadata.language.tag())
        .begin();
    markup.tag("head").begin();
    let depth = lines.iter().map(|line| line.depth).max().unwrap_or(1).to_string();
    let total = pages.pages.len().to_string();
    let front = |page: &super::page_list::PageMark| matches!(page.folio, crate::book::Folio::Roman(_));
    let most = pages.pages.iter().filter(|page| !front(page)).count().to_string();
    let facts =
        [("dtb:uid", identifier), ("dtb:depth", &depth), ("dtb:totalPageCount", &total), ("dtb:maxPageNumber", &most)];
    for (name, content) in facts {
        markup.tag("meta").attr("name", name).attr("content", content).empty();
        markup.line();
    }
    markup.end();
    markup.tag("docTitle").open();
    markup.leaf("text", &plain(&book.metadata.title));
    markup.end();
    markup.tag("navMap").begin();
    let ground = markup.depth();
    let mut order = 0;
    for line in &lines {
        markup.close_to(ground + line.depth - 1);
        order += 1;
        let order = order.to_string();
        markup.tag("navPoint").attr("id", &format!("np-{order}")).attr("playOrder", &order).begin();
        markup.tag("navLabel").open();
        markup.leaf("text", &line.words);
        markup.end();
        markup.tag("content").attr("src", &line.href).empty();
        markup.line();
    }
    markup.close_to(ground - 1);
    if !pages.pages.is_empty() {
        ncx_pages(&mut markup, book, plan, pages);
    }
    markup.finish()
}

fn ncx_pages(markup: &mut Markup, book: &Book, plan: &Plan, pages: &super::page_list::PageList) {
    markup.tag("pageList").begin();
    markup.tag("navLabel").open();
    markup.leaf("text", Term::Pages.word(&book.metadata.language));
    markup.end();
    for page in &pages.pages {
        let Some(file) = plan.file(page.division) else { continue };
        let (kind, value) = match page.folio {
            crate::book::Folio::Roman(number) => ("front", number),
            crate::book::Folio::Arabic(number) => ("normal", number),
        };
        markup.tag("pageTarget").attr("id", &page.id()).attr("type", kind).attr("value", &value.to_string()).begin();
        markup.tag("navLabel").open();
        markup.leaf("text", &book.metadata.language.digits(&page.folio.to_string()));
        markup.end();
        markup.tag("content").attr("src", &format!("{file}#{}", page.id())).empty();
        markup.line();
        markup.end();
    }
    markup.end();
}

/// Whether the navigation is also a page of the book.
pub(super) fn in_spine(book: &Book, plan: &Plan) -> bool {
    book.divisions.iter().any(|division| division.kind == DivisionKind::Contents && plan.file(division.id) == Some(NAV))
}
