//! Page labels (ISO 32000-1, 12.4.2): what is printed on a page is what a reader shows.

use lopdf::{Dictionary, Object, dictionary};

use super::{Imposed, Work, name, text};
use crate::book::{Book, Folio, Matter};
use crate::language::terms::Term;
use crate::page::{Page, PageKind, Pages};

/// How a page is labelled.
#[derive(Clone, PartialEq, Debug)]
enum Label {
    Roman(u32),
    Arabic(u32),
    Words(String),
}

impl Label {
    /// The label of the next page, if the series goes on.
    fn next(&self) -> Option<Label> {
        match self {
            Label::Roman(number) => Some(Label::Roman(number + 1)),
            Label::Arabic(number) => Some(Label::Arabic(number + 1)),
            Label::Words(_) => None,
        }
    }

    /// What a reader shows.
    fn words(&self) -> String {
        match self {
            Label::Roman(number) => Folio::Roman(*number).to_string(),
            Label::Arabic(number) => number.to_string(),
            Label::Words(words) => words.clone(),
        }
    }

    fn dictionary(&self) -> Dictionary {
        match self {
            Label::Roman(number) => dictionary! { "S" => name("r"), "St" => i64::from(*number) },
            Label::Arabic(number) => dictionary! { "S" => name("D"), "St" => i64::from(*number) },
            Label::Words(words) => dictionary! { "P" => text(words) },
        }
    }
}

/// Writes the labels of all pages as ranges.
pub(super) fn write(work: &mut Work, pages: &Pages, book: &Book) {
    let mut ranges = Vec::new();
    let mut expected = None;
    for (at, page) in pages.pages.iter().enumerate() {
        let label = label(page, book);
        if expected.as_ref() != Some(&label) {
            ranges.push(Object::Integer(at as i64));
            ranges.push(Object::Dictionary(label.dictionary()));
        }
        expected = label.next();
    }
    if !ranges.is_empty() {
        work.catalogue("PageLabels", dictionary! { "Nums" => ranges });
    }
}

/// Writes the labels of sheets: a side is labelled by its pages ("16 | 1").
pub(super) fn of_sides(work: &mut Work, pages: &Pages, book: &Book, imposed: &Imposed) {
    let mut ranges = Vec::new();
    for (at, side) in imposed.sides.iter().enumerate() {
        let shown = side.places.iter().filter_map(|placed| pages.pages.get(placed.page));
        let shown: Vec<String> =
            shown.map(|page| label(page, book).words()).filter(|words| !words.is_empty()).collect();
        ranges.push(Object::Integer(at as i64));
        ranges.push(Object::Dictionary(Label::Words(shown.join(" | ")).dictionary()));
    }
    work.catalogue("PageLabels", dictionary! { "Nums" => ranges });
}

fn label(page: &Page, book: &Book) -> Label {
    let named = |matter: Matter, usual: Term| {
        let division = book.divisions.iter().find(|division| division.matter == matter);
        let name = division.map(|division| division.name.as_str()).filter(|name| !name.is_empty());
        Label::Words(name.unwrap_or(usual.word(&book.metadata.language)).to_owned())
    };
    match (page.kind, page.folio) {
        (PageKind::Cover, _) => named(Matter::Cover, Term::Cover),
        (PageKind::BackCover, _) => named(Matter::BackCover, Term::BackCover),
        (_, Some(Folio::Roman(number))) => Label::Roman(number),
        // The series of PDF are counted in Western digits: others stand in words, a page each.
        (_, Some(Folio::Arabic(number))) => match book.metadata.language.digits(&number.to_string()) {
            digits if digits.starts_with(|digit: char| digit.is_ascii()) => Label::Arabic(number),
            digits => Label::Words(digits),
        },
        (_, None) => Label::Words(String::new()),
    }
}
