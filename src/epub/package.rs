//! The package document: who made the book, what it is called, what it holds and in which order.

use std::ops::Deref;
use std::sync::Arc;

use super::page_list::PageList;
use crate::book::metadata::{Date, Isbn, Metadata, Person, Subject};
use crate::book::{Accessibility, Book, plain};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::{Direction, Language};
use crate::xml::Markup;

/// A file of the package.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    /// Its name below the package's folder.
    pub path: String,
    /// What it is.
    pub media_type: &'static str,
    /// What it holds.
    pub bytes: Bytes,
    /// Properties for the manifest: `nav`, `cover-image`.
    pub properties: Option<&'static str>,
    /// Whether it is read in order.
    pub spine: bool,
}

/// The bytes of a file: made for the book, or those that others look at too.
#[derive(Clone, Debug)]
pub(super) enum Bytes {
    /// Made here.
    Made(Vec<u8>),
    /// As they came.
    Came(Arc<[u8]>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Made(bytes) => bytes,
            Bytes::Came(bytes) => bytes,
        }
    }
}

/// The name that no other book has: the e-book's ISBN, else a UUID that follows from the DOI or from house, title and
/// language, so that it is the same at every build.
pub(super) fn identifier(metadata: &Metadata) -> String {
    match &metadata.identifiers.isbn_epub {
        Some(isbn) => format!("urn:isbn:{}", isbn.digits()),
        None => uuid(metadata, "epub"),
    }
}

/// What names the print edition whose pages are marked, which may have an ISBN.
pub(super) fn print_identifier(metadata: &Metadata, isbn: Option<&Isbn>) -> String {
    match (isbn, &metadata.identifiers.doi) {
        (Some(isbn), _) => format!("urn:isbn:{}", isbn.digits()),
        (None, Some(doi)) => format!("doi:{}", doi.bare()),
        (None, None) => uuid(metadata, "pdf"),
    }
}

fn uuid(metadata: &Metadata, format: &str) -> String {
    let ids = &metadata.identifiers;
    let name = match (&ids.doi, &ids.uri) {
        (Some(doi), _) => doi.url(),
        (None, Some(uri)) => uri.value.clone(),
        (None, None) => {
            let house = metadata.publisher.as_ref().map_or("", |house| house.name.as_str());
            let authors: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
            format!("{house}|{}|{}|{}", authors.join("|"), plain(&metadata.title), metadata.language)
        }
    };
    let uuid = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, format!("{name}#{format}").as_bytes());
    format!("urn:uuid:{uuid}")
}

/// The year of EPUB 3: no e-book of this kind was changed before it.
const FIRST_YEAR: u16 = 2011;

/// When the content was last changed. No clock reaches the book: it is the date of revision, else that of publication,
/// unless that is the date of an old text, else a fixed day.
pub(super) fn modified(metadata: &Metadata) -> String {
    if let Some(moment) = &metadata.revised_at {
        return moment.clone();
    }
    let published = metadata.date.filter(|date| date.year >= FIRST_YEAR);
    let date = metadata.revised.or(published).map(|date| date.value);
    let date = date.unwrap_or(Date { year: FIRST_YEAR, month: None, day: None });
    format!("{:04}-{:02}-{:02}T00:00:00Z", date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

/// Says that an e-book does not tell when it was changed: an old text's, and one without a date that has a number under
/// which libraries and shops keep it. What has no such number is not handed out yet, and a day is still to come.
pub(super) fn check_modified(book: &Book, diagnostics: &mut Diagnostics) {
    let metadata = &book.metadata;
    let ids = &metadata.identifiers;
    let numbered = ids.isbn_print.is_some() || ids.isbn_epub.is_some() || ids.isbn_pdf.is_some() || ids.doi.is_some();
    let (message, key) = match metadata.date {
        _ if metadata.revised.is_some() => return,
        Some(date) if date.year < FIRST_YEAR => {
            (format!("the text is of {}, and nothing says when this e-book was changed", date.year), "revised")
        }
        None if numbered => ("nothing says when this e-book was made or changed".to_owned(), "date"),
        _ => return,
    };
    let hint =
        format!("write `{key}: 2026-11-23` in metadata.yaml; libraries keep the old copy until `revised` changes");
    diagnostics.report(Diagnostic::new(&lints::NO_REVISED, message).at(metadata.title.span).hint(hint));
}

/// What the package says besides the book's metadata.
pub(super) struct Facts<'a> {
    pub statement: &'a Accessibility,
    pub pages: &'a PageList,
    /// The ISBN of the edition whose pages they are.
    pub isbn: Option<&'a Isbn>,
    pub fonts: bool,
    /// Languages of whole divisions, beside the book's own.
    pub languages: &'a [Language],
}

/// The package document.
pub(super) fn package(metadata: &Metadata, resources: &[Resource], facts: &Facts<'_>) -> String {
    let mut opf = Opf { markup: Markup::document(), metadata };
    let language = metadata.language.tag();
    opf.markup
        .tag("package")
        .attr("xmlns", "http://www.idpf.org/2007/opf")
        .attr("version", "3.0")
        .attr("unique-identifier", "pub-id")
        .attr("xml:lang", language)
        .maybe("dir", (metadata.language.direction() == Direction::RightToLeft).then_some("rtl"))
        .maybe("prefix", prefixes(metadata, facts).as_deref())
        .begin();
    opf.markup.tag("metadata").attr("xmlns:dc", "http://purl.org/dc/elements/1.1/").begin();
    opf.identifiers();
    opf.titles();
    opf.people();
    opf.facts(facts.languages);
    opf.subjects();
    opf.series();
    opf.accessibility(facts.statement);
    if metadata.distribution.mining_reserved {
        opf.meta("tdm:reservation", "1");
    }
    if !facts.pages.pages.is_empty() {
        opf.meta("pageBreakSource", &print_identifier(metadata, facts.isbn));
    }
    if facts.fonts {
        opf.meta("ibooks:specified-fonts", "true");
    }
    if resources.iter().any(|resource| resource.properties == Some("cover-image")) {
        opf.markup.tag("meta").attr("name", "cover").attr("content", "cover-image").empty();
        opf.markup.line();
    }
    opf.markup.end();
    opf.manifest(resources);
    opf.markup.finish()
}

/// The vocabularies beside those that every reader knows.
fn prefixes(metadata: &Metadata, facts: &Facts<'_>) -> Option<String> {
    let fonts = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/";
    // TDM Reservation Protocol, final report of the community group, 2024.
    let mining = "tdm: http://www.w3.org/ns/tdmrep#";
    let all = [facts.fonts.then_some(fonts), metadata.distribution.mining_reserved.then_some(mining)];
    let all: Vec<&str> = all.into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(" "))
}

struct Opf<'a> {
    markup: Markup,
    metadata: &'a Metadata,
}

impl Opf<'_> {
    fn element(&mut self, name: &'static str, id: Option<&str>, text: &str) {
        self.markup.tag(name).maybe("id", id).open();
        self.markup.text(text);
        self.markup.end();
    }

    fn meta(&mut self, property: &str, text: &str) {
        self.markup.tag("meta").attr("property", property).open();
        self.markup.text(text);
        self.markup.end();
    }

    fn refine(&mut self, id: &str, property: &str, scheme: Option<&str>, text: &str) {
        self.markup
            .tag("meta")
            .attr("refines", &format!("#{id}"))
            .attr("property", property)
            .maybe("scheme", scheme)
            .open();
        self.markup.text(text);
        self.markup.end();
    }

    fn identifiers(&mut self) {
        let ids = self.metadata.identifiers.clone();
        self.element("dc:identifier", Some("pub-id"), &identifier(self.metadata));
        if ids.isbn_epub.is_some() {
            self.refine("pub-id", "identifier-type", Some("onix:codelist5"), "15");
        }
        if let Some(doi) = &ids.doi {
            self.element("dc:identifier", Some("doi"), &format!("doi:{}", doi.bare()));
            self.refine("doi", "identifier-type", Some("onix:codelist5"), "06");
        }
        if let Some(uri) = &ids.uri {
            self.element("dc:identifier", Some("uri"), uri);
        }
        if let Some(issn) = &ids.issn {
            self.element("dc:identifier", Some("issn"), &format!("urn:issn:{}", issn.value));
        }
    }

    fn titles(&mut self) {
        let title = plain(&self.metadata.title);
        self.element("dc:title", Some("title"), title.trim());
        self.refine("title", "title-type", None, "main");
        self.refine("title", "display-seq", None, "1");
        if let Some(sorted) = sorted_title(title.trim(), self.metadata.language.primary()) {
            self.refine("title", "file-as", None, &sorted);
        }
        if let Some(subtitle) = &self.metadata.subtitle {
            self.element("dc:title", Some("subtitle"), plain(subtitle).trim());
            self.refine("subtitle", "title-type", None, "subtitle");
            self.refine("subtitle", "display-seq", None, "2");
        }
        if let Some(short) = &self.metadata.short_title {
            self.element("dc:title", Some("short-title"), plain(short).trim());
            self.refine("short-title", "title-type", None, "short");
            self.refine("short-title", "display-seq", None, "3");
        }
    }

    fn people(&mut self) {
        for (at, person) in self.metadata.authors.iter().enumerate() {
            self.person("dc:creator", &format!("creator-{}", at + 1), person, at + 1);
        }
        for (at, person) in self.metadata.contributors.iter().enumerate() {
            self.person("dc:contributor", &format!("contributor-{}", at + 1), person, at + 1);
        }
    }

    fn person(&mut self, name: &'static str, id: &str, person: &Person, order: usize) {
        self.element(name, Some(id), &person.name);
        self.refine(id, "role", Some("marc:relators"), &person.role);
        if let Some(file_as) = &person.file_as {
            self.refine(id, "file-as", None, file_as);
        }
        self.refine(id, "display-seq", None, &order.to_string());
        if let Some(orcid) = &person.orcid {
            self.refine(id, "dcterms:identifier", None, &format!("https://orcid.org/{orcid}"));
        }
    }

    fn facts(&mut self, languages: &[Language]) {
        let metadata = self.metadata;
        self.element("dc:language", None, metadata.language.tag());
        for language in languages {
            self.element("dc:language", None, language.tag());
        }
        if let Some(house) = &metadata.publisher {
            self.element("dc:publisher", None, &house.name);
        }
        if let Some(date) = &metadata.date {
            self.element("dc:date", None, &date.iso());
        }
        self.meta("dcterms:modified", &modified(metadata));
        if let Some(description) = &metadata.description {
            self.element("dc:description", None, description.trim());
        }
        if let Some(rights) = &metadata.rights {
            let mut words = Vec::new();
            if let Some(holder) = &rights.holder {
                let year = rights.year.clone().or_else(|| metadata.date.map(|date| date.year.to_string()));
                words.push(format!("© {}{holder}", year.map(|year| format!("{year} ")).unwrap_or_default()));
            }
            words.extend(rights.licence.as_ref().map(|licence| format!("{} ({})", licence.name, licence.spdx)));
            words.extend(rights.statement.clone());
            if !words.is_empty() {
                self.element("dc:rights", None, &words.join(". "));
            }
            if let Some(url) = rights.licence.as_ref().and_then(|licence| licence.url.as_ref()) {
                self.meta("dcterms:license", url);
            }
        }
        if let Some(version) = &metadata.version {
            self.meta("schema:version", version);
        }
    }

    fn subjects(&mut self) {
        let metadata = self.metadata;
        for (at, subject) in metadata.subjects.iter().enumerate() {
            let id = format!("subject-{}", at + 1);
            let (words, authority) = match &subject.value {
                Subject::Words(words) => (words, None),
                Subject::Bisac(code) => (code, Some("BISAC")),
                Subject::Thema(code) => (code, Some("Thema")),
                Subject::Jel(code) => (code, Some("JEL")),
            };
            self.element("dc:subject", Some(&id), metadata.subject_names.get(words).unwrap_or(words));
            if let Some(authority) = authority {
                self.refine(&id, "authority", None, authority);
                self.refine(&id, "term", None, words);
            }
        }
        for keyword in &metadata.keywords {
            self.element("dc:subject", None, keyword);
        }
    }

    fn series(&mut self) {
        let Some(series) = &self.metadata.series else { return };
        self.markup.tag("meta").attr("property", "belongs-to-collection").attr("id", "series").open();
        self.markup.text(&series.name);
        self.markup.end();
        self.refine("series", "collection-type", None, "series");
        if let Some(number) = &series.number
            && number.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        {
            self.refine("series", "group-position", None, number);
        }
        if let Some(issn) = &series.issn {
            self.refine("series", "dcterms:identifier", None, &format!("urn:issn:{issn}"));
        }
    }

    fn accessibility(&mut self, statement: &Accessibility) {
        for mode in &statement.modes {
            self.meta("schema:accessMode", mode);
        }
        for set in &statement.sufficient {
            self.meta("schema:accessModeSufficient", set);
        }
        for feature in statement.words() {
            self.meta("schema:accessibilityFeature", feature);
        }
        for hazard in &statement.hazards {
            self.meta("schema:accessibilityHazard", hazard);
        }
        let made = self.metadata.accessibility.summary.is_none();
        let english = self.metadata.language.tag_of_words(&statement.summary).filter(|_| made);
        let tag = self.markup.tag("meta").attr("property", "schema:accessibilitySummary");
        tag.maybe("xml:lang", english).open();
        self.markup.text(&statement.summary);
        self.markup.end();
        if let Some((by, on)) = &statement.certified {
            self.markup.tag("meta").attr("property", "dcterms:conformsTo").attr("id", "conf").open();
            self.markup.text("EPUB Accessibility 1.1 - WCAG 2.2 Level AA");
            self.markup.end();
            let tag = self.markup.tag("meta").attr("refines", "#conf").attr("property", "a11y:certifiedBy");
            tag.attr("id", "certifier").open();
            self.markup.text(by);
            self.markup.end();
            if let Some(report) = &statement.report {
                let tag = self.markup.tag("link").attr("rel", "a11y:certifierReport");
                tag.attr("refines", "#certifier").attr("href", report).empty();
                self.markup.line();
            }
            if let Some(on) = on {
                self.refine("conf", "dcterms:date", None, on);
            }
        }
        if let Some(exemption) = &statement.exemption {
            self.meta("a11y:exemption", exemption);
        }
    }

    fn manifest(&mut self, resources: &[Resource]) {
        self.markup.tag("manifest").begin();
        for resource in resources {
            self.markup
                .tag("item")
                .attr("id", &item_id(resource))
                .attr("href", &resource.path)
                .attr("media-type", resource.media_type)
                .maybe("properties", resource.properties)
                .empty();
            self.markup.line();
        }
        self.markup.end();
        let direction = (self.metadata.language.direction() == Direction::RightToLeft).then_some("rtl");
        self.markup.tag("spine").attr("toc", "ncx").maybe("page-progression-direction", direction).begin();
        for resource in resources.iter().filter(|resource| resource.spine) {
            self.markup.tag("itemref").attr("idref", &item_id(resource)).empty();
            self.markup.line();
        }
        self.markup.end();
    }
}

/// The id of a file in the manifest.
fn item_id(resource: &Resource) -> String {
    match (resource.properties, resource.media_type) {
        (Some("cover-image"), _) => "cover-image".to_owned(),
        (Some("nav"), _) => "nav".to_owned(),
        (_, "application/x-dtbncx+xml") => "ncx".to_owned(),
        _ => format!("f-{}", resource.path.replace(['/', '.'], "-")),
    }
}

/// A title as libraries sort it, where that differs: the article goes to the end. The articles are those that libraries
/// leave out (MARC 21, "Initial Definite and Indefinite Articles").
fn sorted_title(title: &str, language: &str) -> Option<String> {
    let articles: &[&str] = match language {
        "it" => &["Il ", "Lo ", "La ", "I ", "Gli ", "Le ", "L’", "L'", "Un ", "Uno ", "Una ", "Un’", "Un'"],
        "pt" | "gl" => &["O ", "A ", "Os ", "As ", "Um ", "Uma ", "Un ", "Unha "],
        "ca" => &["El ", "La ", "Els ", "Les ", "L’", "L'", "Un ", "Una "],
        "nl" => &["De ", "Het ", "Een ", "’t ", "'t "],
        "af" => &["Die ", "’n ", "'n "],
        "da" | "nb" | "no" => &["Den ", "Det ", "De ", "En ", "Et "],
        "nn" => &["Den ", "Det ", "Dei ", "Ein ", "Ei ", "Eit "],
        "sv" => &["Den ", "Det ", "De ", "En ", "Ett "],
        "hu" => &["A ", "Az ", "Egy "],
        "ro" => &["Un ", "O "],
        "ga" => &["An ", "Na "],
        "el" => &["Ο ", "Η ", "Το ", "Οι ", "Τα ", "Ένας ", "Μια ", "Ένα "],
        "en" => &["The ", "A ", "An "],
        "de" => &["Der ", "Die ", "Das ", "Ein ", "Eine "],
        "fr" => &["Le ", "La ", "Les ", "Un ", "Une ", "L’", "L'"],
        "es" => &["El ", "La ", "Los ", "Las ", "Un ", "Una "],
        _ => &[],
    };
    let article = articles.iter().find(|article| title.starts_with(**article))?;
    let rest = title[article.len()..].trim();
    (!rest.is_empty()).then(|| format!("{rest}, {}", article.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epub::tests::metadata;

    #[test]
    fn the_identifier_is_the_same_at_every_build_and_differs_from_the_pdf_s() {
        let metadata = metadata("A paper");
        assert_eq!(identifier(&metadata), identifier(&metadata));
        assert_ne!(identifier(&metadata), print_identifier(&metadata, None));
        assert_ne!(identifier(&metadata), identifier(&crate::epub::tests::metadata("Another")));
    }

    #[test]
    fn a_title_is_sorted_without_its_article() {
        assert_eq!(sorted_title("The Long Road", "en").as_deref(), Some("Long Road, The"));
        assert_eq!(sorted_title("Theory", "en"), None);
        assert_eq!(sorted_title("The", "en"), None);
        assert_eq!(sorted_title("L’acqua", "it").as_deref(), Some("acqua, L’"));
        assert_eq!(sorted_title("Az élet", "hu").as_deref(), Some("élet, Az"));
    }
}
