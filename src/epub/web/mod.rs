//! The web edition: the same book as a folder of HTML, one page a division.
//!
//! The text of each page is written by the e-book's own walk over blocks and pieces, so that web and e-book cannot
//! differ; around it stand contents, the way on and back, and a search that works from a folder on a disk. All of it can
//! be read without a script.
//!
//! A division is one page however long it is: what parts the pages of an e-book is a limit of readers' apps, which
//! browsers do not have, and an address that others link to stays where it is when a section grows.

mod index;
mod shell;

use std::collections::BTreeMap;

use super::Input;
use super::accessibility::Facts;
use super::page_list::PageList;
use super::pictures::served;
use super::plan::Plan;
use super::xhtml::{self, division_words};
use crate::book::{Book, Division, DivisionKind, Target, plain};
use crate::index::Pages;
use crate::theme::screen::{face_rule, variables};

/// A folder of pages.
pub struct Folder {
    /// Its files: names, media types, bytes.
    pub files: Vec<(String, &'static str, Vec<u8>)>,
    /// The pages in reading order.
    pub pages: Vec<PageOf>,
    plan: Plan,
}

/// A page of a division.
#[derive(Clone, Debug)]
pub struct PageOf {
    /// Its file.
    pub file: String,
    /// What it is called.
    pub title: String,
}

impl Folder {
    /// Where a target of the same book lies; `None` when the folder does not show it.
    pub fn href(&self, book: &Book, target: &Target) -> Option<String> {
        match target {
            Target::Url(_) => None,
            inner => self.plan.href(book, inner, None),
        }
    }
}

/// The pages of a book. `fonts` is where its faces lie, seen from the folder; `home` the page of the title, if there is
/// one beside it; `only` the sections that are shown, if not all are.
pub fn folder(
    input: &Input<'_>,
    faces: &[super::WebFace],
    fonts: &str,
    home: Option<&str>,
    only: &dyn Fn(&Division) -> bool,
) -> Folder {
    let book = input.book;
    let mut plan = Plan::of_web(book);
    plan.leave_out(book, |division| !only(division));
    let mut facts = Facts::default();
    let mut pages = match &input.print {
        Some(print) => PageList::of(book, &plan, print),
        None => PageList::default(),
    };
    let shown = in_order(book, &plan);
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    {
        let mut writer = xhtml::Writer::new(input, &plan, &mut pages, &mut facts);
        writer.web = true;
        writer.print = input.print;
        writer.print_marks = input.print.map(|print| Pages::of_print(book, print.book, print.map));
        for division in &shown {
            texts.insert(division.id.index(), writer.fragment(division));
        }
    }
    let shell = shell::Shell { book, plan: &plan, shown: &shown, home, pages: &pages, print: input.print.as_ref() };
    let mut files: Vec<(String, &'static str, Vec<u8>)> = Vec::new();
    let mut listed = Vec::new();
    for (at, division) in shown.iter().enumerate() {
        let Some(file) = plan.file(division.id) else { continue };
        let page = shell.page(at, &texts[&division.id.index()]);
        files.push((file.to_owned(), "text/html", page.into_bytes()));
        listed.push(PageOf { file: file.to_owned(), title: division_words(division) });
    }
    files.push(("index.html".to_owned(), "text/html", shell.contents_page().into_bytes()));
    let mut css = String::new();
    for face in faces {
        css.push_str(&face_rule(face.family, face.weight, face.italic, &format!("{fonts}{}", face.file)));
    }
    css.push_str(&variables(input.theme));
    css.push_str(include_str!("read.css"));
    super::stylesheet::pieces_of_the_web(input.theme, &mut css);
    if facts.charts {
        super::stylesheet::charts(input.theme, &mut css);
        // Here a drawing fills the measure.
        css.push_str("svg.chart { max-width: none; font-family: var(--sans); }\n");
        css.push_str("@media (min-width: 601px) { svg.narrow { display: none; } }\n");
        css.push_str("@media (max-width: 600px) { svg.broad { display: none; } }\n");
    }
    files.push(("style.css".to_owned(), "text/css", css.into_bytes()));
    files.push(("read.js".to_owned(), "text/javascript", shell.script().into_bytes()));
    let index = index::index(book, &plan, &shown, input.print.as_ref());
    files.push(("search.js".to_owned(), "text/javascript", index.into_bytes()));
    for (id, picture) in served(book, &facts.pictures_used) {
        files.push((plan.pictures[id.0 as usize].clone(), picture.kind.media_type(), picture.bytes.to_vec()));
    }
    files.sort_by(|one, other| one.0.cmp(&other.0));
    Folder { files, pages: listed, plan }
}

/// The divisions with a page, the copyright page at the end, where nobody has to read past it.
fn in_order<'a>(book: &'a Book, plan: &Plan) -> Vec<&'a Division> {
    let all = || book.divisions.iter().filter(|division| plan.file(division.id).is_some());
    let imprint = |division: &&Division| division.kind == DivisionKind::CopyrightPage;
    all().filter(|division| !imprint(division)).chain(all().filter(imprint)).collect()
}

/// The plain title of the book.
fn title(book: &Book) -> String {
    plain(&book.metadata.title).trim().to_owned()
}
