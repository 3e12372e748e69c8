//! The metadata as written, typed: every key of the format, each fault at its place.
//!
//! Texts that may hold emphasis stay as written, with their places, until the book is assembled.

use super::keys;
use std::collections::BTreeMap;

use super::accessibility;
use super::affiliations;
use super::citing;
use super::distribution::{self, is_jel};
use super::editions::{self, Editions};
use super::foreign;
use super::people::people;
use super::theme_file;
use super::values::{bad_language, date, email, isbn, issn, note_place, one_of, parts};
pub(crate) use super::written::*;
use crate::book::division::CoverLayout;
use crate::book::metadata::{Date, Doi, Embargo, Isbn, Licence, Subject};
use crate::book::note::{NoteNumbering, NoteStyle};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, lints};
use crate::language::Language;
use crate::language::hyphenation::Exceptions;
use crate::source::{Said, Span};
use crate::theme::ThemeSpec;
use crate::yaml::{Fields, Kind, Node, Written, nearest, text_of, wrong};

/// Types the metadata. A missing title is reported and stood in for, so that the rest is looked at too.
pub(crate) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<ManuscriptMetadata> {
    let fields = Fields::of(node, &keys::METADATA, diagnostics)?;
    let d = diagnostics;
    let title = fields.text("title", d).unwrap_or_else(|| {
        let span = Span { end: fields.span.start, ..fields.span };
        // One that is mistyped, or of a wrong kind, is answered by itself.
        let answered = fields.entries().iter().any(|entry| {
            let empty = entry.key == "title" && matches!(entry.value.kind, Kind::Null);
            let known = || keys::METADATA.all().any(|key| key.name == entry.key);
            let meant = || nearest(&entry.key, keys::METADATA.all().map(|key| key.name)) == Some("title");
            !empty && (entry.key == "title" || !known() && meant() || entry.key.eq_ignore_ascii_case("title"))
        });
        if !answered {
            let said = Diagnostic::new(&lints::MISSING_KEY, "the manuscript has no title");
            d.report(said.at(span).hint("write `title: …`"));
        }
        Written { text: "?".to_owned(), span }
    });
    let language = language(&fields, d);
    let mut theme = Vec::new();
    if let Some(node) = fields.take("theme") {
        theme.extend(theme_file::read(node, d));
    }
    // A house's or an edition's looks may stand in the metadata itself.
    if let Some(node) = fields.take("editions") {
        theme.extend(theme_layer(&fields, d));
        let editions = editions::read(node, d);
        return Some(finish(fields, title, language, theme, editions, d));
    }
    theme.extend(theme_layer(&fields, d));
    Some(finish(fields, title, language, theme, Editions::usual(), d))
}

/// Keys of a theme that stand beside the metadata's (`extends`, `fonts`, `colours`, `openings` …).
fn theme_layer(fields: &Fields<'_>, diagnostics: &mut Diagnostics) -> Option<ThemeSpec> {
    theme_file::beside(fields, diagnostics)
}

fn finish(
    fields: Fields<'_>,
    title: Written,
    language: Language,
    theme: Vec<ThemeSpec>,
    editions: Editions,
    d: &mut Diagnostics,
) -> ManuscriptMetadata {
    let embargo = embargo(&fields, d);
    let status_place = fields.entries().iter().find(|entry| entry.key == "status").map(|entry| entry.value.span);
    let (subjects, subject_names) = subjects(&fields, d);
    let revised_at = fields.entries().iter().find(|entry| entry.key == "revised");
    let revised_at = revised_at.and_then(|entry| Date::moment(entry.value.text()?));
    let metadata = ManuscriptMetadata {
        title,
        subtitle: fields.text("subtitle", d),
        short_title: fields.text("short_title", d),
        series: series(&fields, d),
        date: date(&fields, "date", d),
        revised_at,
        revised: date(&fields, "revised", d),
        version: fields.text("version", d),
        status: status(&fields, embargo, d),
        status_place,
        authors: people(&fields, &["authors", "author"], "aut", d),
        contributors: people(&fields, &["contributors"], "ctb", d),
        publisher: publisher(&fields, d),
        identifiers: identifiers(&fields, d),
        rights: rights(&fields, d),
        description: fields.text("description", d),
        summary: fields.text("abstract", d),
        subjects,
        subject_names,
        keywords: fields.texts("keywords", true, d),
        cover: cover(&fields, d),
        contents: contents(&fields, d),
        notes: notes(&fields, d),
        parts: parts(&fields, d),
        images: images(&fields, d),
        how_to_cite: stated(&fields, "how_to_cite", d),
        disclaimer: stated(&fields, "disclaimer", d).words(),
        distribution: distribution::read(&fields, d),
        related: related(&fields, d),
        back_cover: back_cover(&fields, d),
        hyphenation: hyphenation(&fields, &language, d),
        accessibility: accessibility::accessibility(&fields, d),
        sections: fields.take("sections").map(|_| fields.texts("sections", false, d)),
        allow: allow(&fields, d),
        citations: citing::written(&fields, d),
        index: super::index::read(&fields, d),
        language,
        theme,
        editions: editions.all,
        edition_places: editions.places,
        edition_sections: editions.sections,
    };
    priced_editions(&metadata, d);
    affiliations::check(&fields, &["authors", "author", "contributors"], d);
    let _ = fields.take("inherit");
    fields.finish_with(foreign::metadata, d);
    metadata
}

/// Reports prices of editions that are none.
fn priced_editions(metadata: &ManuscriptMetadata, d: &mut Diagnostics) {
    for name in metadata.distribution.typed.prices.iter().filter_map(|price| price.value.edition.as_ref()) {
        if !metadata.editions.iter().any(|edition| edition.name == name.value) {
            let said = Diagnostic::new(&lints::WRONG_VALUE, format!("there is no edition \"{}\"", name.value));
            let all: Vec<&str> = metadata.editions.iter().map(|edition| edition.name.as_str()).collect();
            let hint = match nearest(&name.value, all.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("the editions are {}", all.join(", ")),
            };
            d.report(said.at(name.span).hint(hint));
        }
    }
}

fn language(fields: &Fields<'_>, d: &mut Diagnostics) -> Language {
    let written = fields.text("language", d).or_else(|| fields.text("lang", d));
    let Some(written) = written else { return Language::english() };
    Language::parse(&written.text).unwrap_or_else(|| {
        d.report(bad_language(&written));
        Language::english()
    })
}

/// A text that `false` leaves out.
fn stated(fields: &Fields<'_>, key: &'static str, d: &mut Diagnostics) -> Stated {
    match fields.take(key).map(Node::truth) {
        None => Stated::Unsaid,
        Some(Some(false)) => Stated::Without,
        Some(Some(true)) => Stated::Unsaid,
        Some(None) => fields.text(key, d).map_or(Stated::Unsaid, Stated::Words),
    }
}

/// When an embargo ends.
fn embargo(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<Embargo> {
    let written = fields.text("embargo_until", d)?;
    let read = Embargo::parse(&written.text);
    if let Err(why) = &read {
        let message = format!("\"{}\" does not say when an embargo ends: {why}", written.text);
        let said = Diagnostic::new(&lints::BAD_DATE, message).at(written.span);
        d.report(said.hint("write 2026-11-26, or 2026-11-26 09:00 EST"));
    }
    read.ok()
}

fn status(fields: &Fields<'_>, embargo: Option<Embargo>, d: &mut Diagnostics) -> WrittenStatus {
    let Some(written) = fields.text("status", d) else { return WrittenStatus::Final };
    match written.text.as_str() {
        "final" => WrittenStatus::Final,
        "draft" => WrittenStatus::Draft,
        "embargo" => {
            if embargo.is_none() && fields.take("embargo_until").is_none() {
                d.report(
                    Diagnostic::new(&lints::MISSING_KEY, "an embargo ends on a day that must be said")
                        .at(written.span)
                        .hint("write `embargo_until: 2026-11-23`"),
                );
            }
            WrittenStatus::Embargo(embargo)
        }
        other => {
            one_of("status", other, &["final", "draft", "embargo"], written.span, d);
            WrittenStatus::Final
        }
    }
}

fn series(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<WrittenSeries> {
    let node = fields.take("series")?;
    if let Some(text) = node.text() {
        let name = Written { text: text.to_owned(), span: node.span };
        return Some(WrittenSeries { name, number: None, issn: None, span: node.span });
    }
    let inner = Fields::of(node, &keys::SERIES, d)?;
    let name = inner.text("name", d);
    let number = inner.text("number", d).map(|number| number.text);
    let issn = issn(&inner, d);
    let span = inner.span;
    inner.finish(d);
    if name.is_none() {
        d.report(Diagnostic::new(&lints::MISSING_KEY, "the series has no name").at(span).hint("write `name: …`"));
    }
    Some(WrittenSeries { name: name?, number, issn, span })
}

fn publisher(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<WrittenPublisher> {
    let node = fields.take("publisher")?;
    let span = node.span;
    let bare = |name: Written| WrittenPublisher {
        name,
        place: None,
        address: Vec::new(),
        email: None,
        url: None,
        logo: None,
        about: None,
        span,
    };
    if let Some(text) = node.text() {
        return Some(bare(Written { text: text.trim().to_owned(), span: node.span }));
    }
    let inner = Fields::of(node, &keys::PUBLISHER, d)?;
    let name = inner.text("name", d);
    let place = inner.text("place", d).map(|written| written.text);
    let address = inner
        .texts("address", false, d)
        .into_iter()
        .flat_map(|part| part.text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let email = inner.text("email", d).and_then(|written| email(&written, d)).map(|mail| mail.value);
    let (url, logo, about) = (inner.text("url", d), inner.text("logo", d), inner.text("about", d));
    inner.finish(d);
    if name.is_none() {
        d.report(Diagnostic::new(&lints::MISSING_KEY, "the publisher has no name").at(span).hint("write `name: …`"));
    }
    Some(WrittenPublisher { place, address, email, url, logo, about, ..bare(name?) })
}

fn identifiers(fields: &Fields<'_>, d: &mut Diagnostics) -> WrittenIdentifiers {
    let mut identifiers = WrittenIdentifiers::default();
    if let Some(node) = fields.take("identifier") {
        pandoc_identifiers(node, &mut identifiers, d);
    }
    let Some(inner) = fields.take("identifiers").and_then(|node| Fields::of(node, &keys::IDENTIFIERS, d)) else {
        return identifiers;
    };
    let identifiers = WrittenIdentifiers {
        isbn_print: isbn(&inner, "isbn_print", d),
        isbn_epub: isbn(&inner, "isbn_epub", d).or(identifiers.isbn_epub),
        isbn_pdf: isbn(&inner, "isbn_pdf", d),
        doi: doi(&inner, d).or(identifiers.doi),
        issn: issn(&inner, d),
        uri: inner.text("uri", d).or(identifiers.uri),
        span: Some(inner.span),
    };
    inner.finish(d);
    identifiers
}

/// Pandoc's `identifier:`, a text or a list of `{scheme, text}`.
fn pandoc_identifiers(node: &Node, found: &mut WrittenIdentifiers, d: &mut Diagnostics) {
    let items = match &node.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    for item in items {
        let (scheme, written) = match item.text() {
            Some(text) => (String::new(), Some(Written { text: text.trim().to_owned(), span: item.span })),
            None => {
                let Some(inner) = Fields::of(item, &keys::IDENTIFIER, d) else { continue };
                let scheme = inner.text("scheme", d).map(|scheme| scheme.text.to_ascii_lowercase());
                let written = inner.text("text", d);
                inner.finish(d);
                (scheme.unwrap_or_default(), written)
            }
        };
        let Some(written) = written else { continue };
        if let Ok(doi) = Doi::parse(&written.text) {
            found.doi = Some(Said::new(doi, written.span));
        } else if let Ok(isbn) = Isbn::parse(written.text.trim_start_matches("urn:isbn:")) {
            found.isbn_epub = Some(Said::new(isbn, written.span));
        } else if scheme == "uri" || written.text.contains(':') {
            found.uri = Some(written);
        } else {
            wrong(item, "this is neither a DOI nor an ISBN nor an address", d);
        }
    }
}

fn doi(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<Said<Doi>> {
    let written = fields.text("doi", d)?;
    match Doi::parse(&written.text) {
        Ok(doi) => Some(Said::new(doi, written.span)),
        Err(why) => {
            d.report(
                Diagnostic::new(&lints::BAD_DOI, format!("\"{}\" is not a DOI: {why}", written.text))
                    .at(written.span)
                    .hint("write it bare: 10.1000/182"),
            );
            None
        }
    }
}

fn rights(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<WrittenRights> {
    let node = fields.take("rights")?;
    if let Some(text) = node.text() {
        let statement = Some(Written { text: text.to_owned(), span: node.span });
        return Some(WrittenRights {
            holder: None,
            year: None,
            licence: None,
            statement,
            mining_reserved: false,
            span: node.span,
        });
    }
    let inner = Fields::of(node, &keys::RIGHTS, d)?;
    let plain = |key: &'static str, d: &mut Diagnostics| inner.text(key, d).map(|written| written.text);
    let rights = WrittenRights {
        holder: plain("holder", d),
        year: plain("year", d),
        licence: inner.text("licence", d).or_else(|| inner.text("license", d)).map(|written| licence(&written, d)),
        statement: inner.text("statement", d),
        mining_reserved: inner.text("text_mining", d).is_some_and(|written| match written.text.as_str() {
            "reserved" => true,
            "allowed" => false,
            other => {
                one_of("text_mining", other, &["reserved", "allowed"], written.span, d);
                false
            }
        }),
        span: node.span,
    };
    inner.finish(d);
    Some(rights)
}

fn licence(written: &Written, d: &mut Diagnostics) -> Licence {
    const OTHERS: [(&str, &str, &str); 5] = [
        ("CC0-1.0", "Creative Commons Zero 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT", "MIT License", "https://opensource.org/licenses/MIT"),
        ("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
        (
            "GFDL-1.3-or-later",
            "GNU Free Documentation License 1.3 or later",
            "https://www.gnu.org/licenses/fdl-1.3.html",
        ),
        (
            "OGL-UK-3.0",
            "Open Government Licence 3.0",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
    ];
    if let Some(licence) = creative_commons(&written.text) {
        return licence;
    }
    if let Some((spdx, name, url)) = OTHERS.iter().find(|(spdx, _, _)| spdx.eq_ignore_ascii_case(&written.text)) {
        return Licence { spdx: (*spdx).to_owned(), name: (*name).to_owned(), url: Some((*url).to_owned()) };
    }
    let mut names =
        vec!["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0"];
    names.extend(OTHERS.iter().map(|(spdx, _, _)| *spdx));
    one_of("licence", &written.text, &names, written.span, d);
    Licence { spdx: written.text.clone(), name: written.text.clone(), url: None }
}

/// The licences `CC-BY…` by their SPDX names, versions 2.0 to 4.0.
fn creative_commons(written: &str) -> Option<Licence> {
    let upper = written.to_ascii_uppercase();
    let (terms, version) = upper.strip_prefix("CC-")?.rsplit_once('-')?;
    let words = match terms {
        "BY" => "Attribution",
        "BY-SA" => "Attribution-ShareAlike",
        "BY-ND" => "Attribution-NoDerivatives",
        "BY-NC" => "Attribution-NonCommercial",
        "BY-NC-SA" => "Attribution-NonCommercial-ShareAlike",
        "BY-NC-ND" => "Attribution-NonCommercial-NoDerivatives",
        _ => return None,
    };
    let reach = match version {
        "4.0" => "International",
        "3.0" => "Unported",
        "2.0" | "2.5" => "Generic",
        _ => return None,
    };
    Some(Licence {
        name: format!("Creative Commons {words} {version} {reach}"),
        url: Some(format!("https://creativecommons.org/licenses/{}/{version}/", terms.to_lowercase())),
        spdx: upper,
    })
}

fn subjects(fields: &Fields<'_>, d: &mut Diagnostics) -> (Vec<Said<Subject>>, BTreeMap<String, String>) {
    let Some(node) = fields.take("subjects").or_else(|| fields.take("subject")) else { return Default::default() };
    let items = match &node.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let (mut subjects, mut names) = (Vec::new(), BTreeMap::new());
    for item in items {
        if let Some(text) = item.text() {
            subjects.push(Said::new(Subject::Words(text.to_owned()), item.span));
            continue;
        }
        let Some(inner) = Fields::of(item, &keys::SUBJECT, d) else { continue };
        let before = subjects.len();
        if let Some(code) = inner.text("bisac", d) {
            let right = code.text.len() == 9
                && code.text[..3].bytes().all(|b| b.is_ascii_uppercase())
                && code.text[3..].bytes().all(|b| b.is_ascii_digit());
            if right {
                subjects.push(Said::new(Subject::Bisac(code.text), code.span));
            } else {
                let message = format!("\"{}\" is not a BISAC code", code.text);
                d.report(
                    Diagnostic::new(&lints::WRONG_VALUE, message)
                        .at(code.span)
                        .hint("three letters, six digits: POL011000"),
                );
            }
        }
        if let Some(code) = inner.text("thema", d) {
            let plain = code.text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
            // A category begins with a letter, a qualifier with the digit of its kind.
            let begins = match code.text.as_bytes() {
                [b'A'..=b'Y', ..] => true,
                [b'1'..=b'6', next, ..] => next.is_ascii_uppercase(),
                _ => false,
            };
            if plain && begins && (1..=12).contains(&code.text.len()) {
                subjects.push(Said::new(Subject::Thema(code.text), code.span));
            } else {
                let message = format!("\"{}\" is not a Thema code", code.text);
                d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(code.span).hint("capitals and digits: JPS"));
            }
        }
        for code in inner.text("jel", d).into_iter().flat_map(|codes| {
            let one = |code: &str| Written { text: code.trim().to_owned(), span: codes.span };
            codes.text.split([',', ';']).map(one).collect::<Vec<_>>()
        }) {
            if is_jel(&code.text) {
                subjects.push(Said::new(Subject::Jel(code.text), code.span));
            } else {
                let message = format!("\"{}\" is not a JEL code", code.text);
                d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(code.span).hint("a letter and digits: F51"));
            }
        }
        if let Some(name) = inner.text("name", d) {
            let codes = subjects[before..].iter().filter_map(|subject| subject.value.code());
            names.extend(codes.map(|code| (code.to_owned(), name.text.clone())));
            if subjects.len() == before {
                subjects.push(Said::new(Subject::Words(name.text), name.span));
            }
        }
        inner.finish(d);
    }
    (subjects, names)
}

fn cover(fields: &Fields<'_>, d: &mut Diagnostics) -> WrittenCover {
    let image = fields.text("cover-image", d).or_else(|| fields.text("epub-cover-image", d));
    let Some(node) = fields.take("cover") else { return WrittenCover { image, ..WrittenCover::default() } };
    if let Some(shown) = node.truth() {
        return WrittenCover { none: !shown, image, ..WrittenCover::default() };
    }
    match &node.kind {
        Kind::Text(path) => {
            WrittenCover { image: Some(Written { text: path.clone(), span: node.span }), ..WrittenCover::default() }
        }
        _ => {
            let Some(inner) = Fields::of(node, &keys::COVER, d) else { return WrittenCover::default() };
            let layout = inner.text("layout", d);
            let layout = layout.as_ref().and_then(|layout| {
                let found = CoverLayout::find(&layout.text);
                if found.is_none() {
                    one_of("layout", &layout.text, keys::LAYOUTS, layout.span, d);
                }
                found
            });
            let image = inner.text("image", d).or(image);
            let plain = layout == Some(CoverLayout::Plain);
            if plain && image.is_some() {
                d.report(
                    Diagnostic::new(
                        &lints::SUSPECT_MARKUP,
                        "the cover's picture is left out: the layout `plain` has none",
                    )
                    .at(node.span)
                    .hint("take the layout out, or write bleed, strip, foot or whole; else take the picture out"),
                );
            }
            let own = inner.take("images").and_then(|node| Fields::of(node, &keys::COVER_IMAGES, d));
            let of = |key: &'static str, d: &mut Diagnostics| own.as_ref().and_then(|own| own.text(key, d));
            let (strip, og) = (of("strip", d), of("og", d));
            if let Some(own) = own {
                own.finish(d);
            }
            let cover = WrittenCover {
                none: false,
                strip,
                og,
                image: image.filter(|_| !plain),
                alt: inner.text("alt", d),
                credit: inner.text("credit", d),
                layout,
                focus: focus(&inner, d),
                title_lines: title_lines(&inner, d),
            };
            inner.finish(d);
            cover
        }
    }
}

/// `60% 30%`: the point of the picture that every crop keeps, in thousandths.
fn focus(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<(u16, u16)> {
    let written = fields.text("focus", d)?;
    let share = |part: &str| -> Option<u16> {
        let number = part.strip_suffix('%')?.parse::<f64>().ok()?;
        (0.0..=100.0).contains(&number).then_some((number * 10.0).round() as u16)
    };
    let mut parts = written.text.split_whitespace().map(share);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Some(across)), Some(Some(down)), None) => Some((across, down)),
        _ => {
            let message = format!("\"{}\" is no value of \"focus\"", written.text);
            let hint = "write how far across and down the point is that every crop keeps: 60% 30%";
            d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint(hint));
            None
        }
    }
}

/// Where the title parts on the cover: a list of its lines, or a text of several.
fn title_lines(fields: &Fields<'_>, d: &mut Diagnostics) -> Vec<Written> {
    let parts = fields.texts("title_lines", false, d);
    let lines = |part: &Written| -> Vec<Written> {
        let line = |line: &str| Written { text: line.trim().to_owned(), span: part.span };
        part.text.lines().map(line).filter(|line| !line.text.is_empty()).collect()
    };
    parts.iter().flat_map(lines).collect()
}

fn contents(fields: &Fields<'_>, d: &mut Diagnostics) -> WrittenContents {
    let mut contents =
        WrittenContents { shown: true, depth: 2, title: None, figures: false, tables: false, boxes: false };
    if let Some(shown) = fields.flag("toc", d) {
        contents.shown = shown;
    }
    contents.figures = fields.flag("lof", d).unwrap_or(false);
    contents.tables = fields.flag("lot", d).unwrap_or(false);
    if let Some(depth) = fields.text("toc-depth", d) {
        // Other tools count deeper than a contents page should go.
        contents.depth = depth.text.parse().unwrap_or(contents.depth).clamp(1, 3);
    }
    contents.title = fields.text("toc-title", d);
    let Some(node) = fields.take("contents") else { return contents };
    if let Some(shown) = node.truth() {
        contents.shown = shown;
        return contents;
    }
    let Some(inner) = Fields::of(node, &keys::CONTENTS, d) else { return contents };
    if let Some(depth) = inner.text("depth", d) {
        match depth.text.parse() {
            Ok(levels @ 1..=3) => contents.depth = levels,
            _ => one_of("depth", &depth.text, &["1", "2", "3"], depth.span, d),
        }
    }
    contents.title = inner.text("title", d).or(contents.title);
    for list in inner.texts("lists", true, d) {
        match list.text.as_str() {
            "figures" => contents.figures = true,
            "tables" => contents.tables = true,
            "boxes" => contents.boxes = true,
            other => one_of("lists", other, keys::LISTS, list.span, d),
        }
    }
    inner.finish(d);
    contents
}

fn notes(fields: &Fields<'_>, d: &mut Diagnostics) -> WrittenNotes {
    let mut notes = WrittenNotes { place: None, numbering: NoteNumbering::Book, title: None, style: None };
    let Some(node) = fields.take("notes") else { return notes };
    if let Some(text) = node.text() {
        let written = Written { text: text.to_owned(), span: node.span };
        notes.place = note_place(&written, d);
        return notes;
    }
    let Some(inner) = Fields::of(node, &keys::NOTES, d) else { return notes };
    if let Some(place) = inner.text("place", d) {
        notes.place = note_place(&place, d);
    }
    if let Some(numbering) = inner.text("numbering", d) {
        match numbering.text.as_str() {
            "book" => notes.numbering = NoteNumbering::Book,
            "chapter" => notes.numbering = NoteNumbering::Chapter,
            other => one_of("numbering", other, &["book", "chapter"], numbering.span, d),
        }
    }
    notes.title = inner.text("title", d);
    if let Some(style) = inner.text("style", d) {
        match style.text.as_str() {
            "ibid" => notes.style = Some(NoteStyle::Ibid),
            "short-title" => notes.style = Some(NoteStyle::ShortTitle),
            other => one_of("style", other, &["ibid", "short-title"], style.span, d),
        }
    }
    inner.finish(d);
    notes
}

fn images(fields: &Fields<'_>, d: &mut Diagnostics) -> BTreeMap<String, WrittenImage> {
    let mut images = BTreeMap::new();
    let Some(node) = fields.take("images") else { return images };
    let Kind::Map(entries) = &node.kind else {
        wrong(node, "\"images\" names pictures by their paths, each with its keys", d);
        return images;
    };
    for entry in entries {
        let Some(inner) = Fields::of(&entry.value, &keys::IMAGE, d) else { continue };
        let image = WrittenImage {
            alt: inner.text("alt", d),
            caption: inner.text("caption", d),
            credit: inner.text("credit", d),
            source: inner.text("source", d),
            decorative: inner.flag("decorative", d).unwrap_or(false),
            long_description: inner.text("long_description", d),
            large: inner.text("large", d),
            span: entry.key_span,
        };
        inner.finish(d);
        images.insert(entry.key.trim_start_matches("./").to_owned(), image);
    }
    images
}

fn related(fields: &Fields<'_>, d: &mut Diagnostics) -> Vec<(Written, Option<Written>)> {
    let Some(node) = fields.take("related") else { return Vec::new() };
    let items = match &node.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut related = Vec::new();
    for item in items {
        if let Some(text) = item.text() {
            related.push((Written { text: text.to_owned(), span: item.span }, None));
            continue;
        }
        let Some(inner) = Fields::of(item, &keys::RELATED, d) else { continue };
        let (title, url) = (inner.text("title", d), inner.text("url", d));
        inner.finish(d);
        if let Some(title) = title {
            related.push((title, url));
        }
    }
    related
}

fn back_cover(fields: &Fields<'_>, d: &mut Diagnostics) -> Vec<Written> {
    let Some(inner) = fields.take("back_cover").and_then(|node| Fields::of(node, &keys::BACK_COVER, d)) else {
        return Vec::new();
    };
    let mut words: Vec<Written> = inner.text("text", d).into_iter().collect();
    words.extend(inner.texts("blurbs", false, d));
    inner.finish(d);
    words
}

fn hyphenation(fields: &Fields<'_>, language: &Language, d: &mut Diagnostics) -> Exceptions {
    let mut exceptions = Exceptions::new();
    let Some(node) = fields.take("hyphenation") else { return exceptions };
    let Kind::Map(entries) = &node.kind else {
        if let Kind::List(words) = &node.kind {
            for word in words.iter().filter_map(|word| text_of(word, "hyphenation", d)) {
                exceptions.add(language, &word.text);
            }
        } else {
            wrong(node, "\"hyphenation\" names words by language: {en: [Dmí-tri-ev-na]}", d);
        }
        return exceptions;
    };
    for entry in entries {
        let Some(language) = Language::parse(&entry.key) else {
            d.report(
                Diagnostic::new(&lints::BAD_LANGUAGE, format!("\"{}\" is not a language tag", entry.key))
                    .at(entry.key_span),
            );
            continue;
        };
        if let Kind::List(words) = &entry.value.kind {
            for word in words.iter().filter_map(|word| text_of(word, "hyphenation", d)) {
                exceptions.add(&language, &word.text);
            }
        } else {
            wrong(&entry.value, "the words of a language are a list", d);
        }
    }
    exceptions
}

fn allow(fields: &Fields<'_>, d: &mut Diagnostics) -> Vec<Allowed> {
    let Some(node) = fields.take("allow") else { return Vec::new() };
    let items = match &node.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| allowed(item, d)).collect()
}

/// One lint that is silenced, with the reason that must be given.
fn allowed(item: &Node, d: &mut Diagnostics) -> Option<Allowed> {
    let (lint, reason) = match item.text() {
        Some(text) => (Some(Written { text: text.to_owned(), span: item.span }), None),
        None => {
            let inner = Fields::of(item, &keys::ALLOWED, d)?;
            let (lint, reason) = (inner.text("lint", d), inner.text("reason", d));
            inner.finish(d);
            (lint, reason)
        }
    };
    let lint = lint?;
    match lints::find(&lint.text) {
        None => {
            let names = lints::ALL.iter().map(|lint| lint.name);
            let hint = match nearest(&lint.text, names) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "the handbook lists them".to_owned(),
            };
            let message = format!("there is no lint \"{}\"", lint.text);
            d.report(Diagnostic::new(&lints::UNKNOWN_LINT, message).at(lint.span).hint(hint));
        }
        Some(known) if known.severity == Severity::Error => {
            let message = format!("\"{}\" is an error, which cannot be silenced", lint.text);
            d.report(Diagnostic::new(&lints::UNKNOWN_LINT, message).at(lint.span).hint("mend what it points at"));
        }
        Some(_) if reason.as_ref().is_none_or(|reason| reason.text.is_empty()) => {
            d.report(
                Diagnostic::new(&lints::MISSING_KEY, format!("nothing says why \"{}\" is silenced", lint.text))
                    .at(lint.span)
                    .hint(format!("write {{lint: {}, reason: …}}", lint.text)),
            );
        }
        Some(_) => {}
    }
    Some(Allowed { lint: lint.text, reason: reason.map(|reason| reason.text).unwrap_or_default() })
}
