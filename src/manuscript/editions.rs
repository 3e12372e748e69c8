//! `editions:` as typed editions.

use super::distribution::bound;
use super::imposition;
use super::keys;
use super::theme_file;
use super::values::{isbn, note_place, one_of, parts};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::edition::imposition::Kind as Imposed;
use crate::edition::{Edition, Format, Purpose};
use crate::source::{Said, Span};
use crate::theme::{A4, LETTER};
use crate::yaml::{Fields, Kind, Node, Written, wrong};

/// Editions as written.
pub(crate) struct Editions {
    /// In order.
    pub all: Vec<Edition>,
    /// Where each is named; empty for the usual two.
    pub places: Vec<Span>,
    /// The sections that they name.
    pub sections: Vec<Written>,
}

impl Editions {
    /// Those of a manuscript that names none.
    pub fn usual() -> Editions {
        Editions { all: Edition::usual(), places: Vec::new(), sections: Vec::new() }
    }
}

/// Reads all editions, in order. None at all are the usual two.
pub(crate) fn read(node: &Node, d: &mut Diagnostics) -> Editions {
    let Kind::Map(entries) = &node.kind else {
        wrong(node, "\"editions\" names editions, each with its keys", d);
        return Editions::usual();
    };
    let mut sections = Vec::new();
    let mut editions: Vec<Edition> = Vec::new();
    let mut places = Vec::new();
    for entry in entries {
        let plain = entry.key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !plain || entry.key.is_empty() {
            let message = format!("\"{}\" cannot be part of a file name", entry.key);
            d.report(
                Diagnostic::new(&lints::WRONG_VALUE, message).at(entry.key_span).hint("letters, digits and hyphens"),
            );
            continue;
        }
        if let Some(edition) = edition(&entry.key, &entry.value, &mut sections, d) {
            let other = on_a4(&edition);
            for edition in for_each_printer(edition).into_iter().chain(other) {
                editions.push(edition);
                places.push(entry.key_span);
            }
        }
    }
    imposition::check_names(&editions, d);
    editions.iter().for_each(|edition| check_pages_of(edition, &editions, d));
    if editions.is_empty() {
        return Editions { sections, ..Editions::usual() };
    }
    Editions { all: editions, places, sections }
}

/// What a press is sent: PDF/X-4, and nothing else that could be written rightly.
fn standard(fields: &Fields<'_>, d: &mut Diagnostics) {
    let Some(written) = fields.text("standard", d) else { return };
    let asked = written.text.to_ascii_lowercase();
    if !keys::STANDARDS.contains(&asked.trim_start_matches("pdf/")) {
        let message = format!("recto writes no files of the standard \"{}\"", written.text);
        let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span);
        d.report(
            said.hint("write x-4, which every service here takes; in X-1a nothing may be seen through anything else"),
        );
    }
}

/// Whether an extract has a band at its head.
fn head_band(fields: &Fields<'_>, extract: bool, d: &mut Diagnostics) -> bool {
    let asked = fields.flag("head_band", d) == Some(true);
    if let (true, false, Some(node)) = (asked, extract, fields.take("head_band")) {
        let said =
            Diagnostic::new(&lints::WRONG_VALUE, "only an extract as a PDF has a band that says what it is from");
        d.report(said.at(node.span).hint("name its sections: `sections: [key-takeaways]`"));
    }
    asked && extract
}

/// Tabs stand where pages bleed, and nowhere else.
fn tabs(fields: &Fields<'_>, edition: &Edition, d: &mut Diagnostics) {
    let bleeds = matches!(edition.purpose, Purpose::Press(_)) || edition.looks.bleed.is_some();
    if let (Some(true), false, Some(node)) = (edition.looks.tabs, bleeds, fields.take("tabs")) {
        let said =
            Diagnostic::new(&lints::WRONG_VALUE, "tabs run off the page, and the pages of this edition do not bleed");
        d.report(said.at(node.span).hint("write `for: offset` or another printer, or leave `tabs` out"));
    }
}

/// The edition whose page numbers are given is another one, a PDF, and has pages.
fn check_pages_of(edition: &Edition, all: &[Edition], d: &mut Diagnostics) {
    let Some(of) = &edition.pages_of else { return };
    let is_wrap = |edition: &Edition| edition.imposition.as_ref().is_some_and(|how| how.kind == Imposed::Wrap);
    let names: Vec<&str> = all
        .iter()
        .filter(|other| other.format == Format::Pdf && other.name != edition.name && !is_wrap(other))
        .map(|other| other.name.as_str())
        .collect();
    if edition.name == of.value {
        let said = Diagnostic::new(&lints::WRONG_VALUE, "an edition has its own page numbers already").at(of.span);
        d.report(match names.is_empty() {
            true => said.hint("leave out `pages_of`"),
            false => said.hint(format!("name one of {}", names.join(", "))),
        });
    } else if !names.contains(&of.value.as_str()) {
        one_of("pages_of", &of.value, &names, of.span, d);
    }
}

/// `for: kdp`, or several printers: `for: [kdp, ingram]`.
fn purposes(fields: &Fields<'_>, edition: &mut Edition, d: &mut Diagnostics) {
    let mut found = Vec::new();
    for written in fields.texts("for", false, d) {
        match Purpose::find(&written.text) {
            Some(purpose) => found.push((purpose, written.span)),
            None => one_of("for", &written.text, keys::PURPOSES, written.span, d),
        }
    }
    let several = found.len() > 1;
    for (at, (purpose, span)) in found.into_iter().enumerate() {
        match purpose {
            Purpose::Press(printer) if at > 0 => edition.beside.push(printer),
            _ if at == 0 && (!several || matches!(purpose, Purpose::Press(_))) => edition.purpose = purpose,
            _ => d.report(
                Diagnostic::new(&lints::WRONG_VALUE, "only printers share one design")
                    .at(span)
                    .hint("write an edition of its own for office, screen or large-print"),
            ),
        }
    }
}

/// An edition for several printers is one for each, of the same pages: the first has its name, the others that of their
/// printer behind it.
fn for_each_printer(edition: Edition) -> Vec<Edition> {
    let mut all = vec![edition.clone()];
    let Purpose::Press(first) = edition.purpose else { return all };
    for printer in &edition.beside {
        let others = edition.beside.iter().filter(|other| *other != printer).copied();
        all.push(Edition {
            name: format!("{}-{}", edition.name, printer.word()),
            purpose: Purpose::Press(*printer),
            beside: std::iter::once(first).chain(others).collect(),
            ..edition.clone()
        });
    }
    all
}

/// `paper: both`: the edition stands on Letter, and this one beside it on A4, with the same lines on the same pages.
fn on_a4(edition: &Edition) -> Option<Edition> {
    let both = edition.looks.both_papers == Some(true) && edition.format == Format::Pdf;
    both.then(|| {
        let mut other = Edition { name: format!("{}-a4", edition.name), isbn: None, ..edition.clone() };
        other.looks.trim = Some(A4);
        other
    })
}

fn edition(name: &str, node: &Node, named: &mut Vec<Written>, d: &mut Diagnostics) -> Option<Edition> {
    let fields = Fields::of(node, &keys::EDITION, d)?;
    let usual = if name.contains("epub") || name.contains("ebook") { Format::Epub } else { Format::Pdf };
    let format = match fields.text("format", d) {
        None => usual,
        Some(written) => match written.text.as_str() {
            "pdf" => Format::Pdf,
            "epub" => Format::Epub,
            "web" => Format::Web,
            other => {
                one_of("format", other, &["pdf", "epub", "web"], written.span, d);
                usual
            }
        },
    };
    let mut edition = Edition::new(name, format);
    purposes(&fields, &mut edition, d);
    edition.embed_fonts = matches!(fields.take("fonts").map(|node| &node.kind), Some(Kind::Bool(true)));
    edition.looks = theme_file::looks(&fields, d);
    theme_file::cover(&fields, &mut edition.looks, d);
    if let Some(node) = fields.take("theme")
        && let Some(layer) = theme_file::read(node, d)
    {
        edition.looks.below.push(layer);
    }
    if edition.looks.both_papers == Some(true) {
        edition.looks.trim = Some(LETTER);
    }
    tabs(&fields, &edition, d);
    edition.notes = fields.text("notes", d).and_then(|written| note_place(&written, d));
    if fields.take("sections").is_some() {
        let sections = fields.texts("sections", false, d);
        edition.sections = Some(sections.iter().map(|name| name.text.clone()).collect());
        named.extend(sections);
    }
    edition.head_band = head_band(&fields, edition.sections.is_some() && format == Format::Pdf, d);
    edition.stamp = fields.text("stamp", d).map(|written| written.text);
    edition.looks.line_numbers = fields.flag("line_numbers", d);
    edition.pages_of = fields.text("pages_of", d).map(|written| Said::new(written.text, written.span));
    standard(&fields, d);
    edition.marks = fields.flag("marks", d);
    edition.profile =
        fields.text("profile", d).map(|written| crate::edition::Profile { path: written.text, span: written.span });
    edition.parts = parts(&fields, d);
    edition.isbn = isbn(&fields, "isbn", d);
    edition.release = fields.flag("release", d);
    edition.bound = bound(&fields, d);
    edition.copies = imposition::copies(&fields, format, d);
    edition.imposition = imposition::read(&fields, edition.format, d);
    fields.finish(d);
    Some(edition)
}
