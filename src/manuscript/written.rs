//! The shapes of the metadata as written: what each key may hold, with places for messages.

use std::collections::BTreeMap;

use super::index::WrittenIndex;
use crate::book::NotePlace;
use crate::book::distribution::Distribution;
use crate::book::division::CoverLayout;
use crate::book::metadata::{Date, Doi, Embargo, Isbn, Licence, Subject};
use crate::book::note::{NoteNumbering, NoteStyle};
use crate::edition::{Edition, Parts};
use crate::language::Language;
use crate::language::hyphenation::Exceptions;
use crate::source::{Said, Span};
use crate::theme::ThemeSpec;
use crate::yaml::{Node, Written};

/// The metadata of a manuscript, as written.
#[derive(Clone, Debug)]
pub(crate) struct ManuscriptMetadata {
    pub title: Written,
    pub subtitle: Option<Written>,
    pub short_title: Option<Written>,
    pub series: Option<WrittenSeries>,
    pub language: Language,
    pub date: Option<Said<Date>>,
    pub revised: Option<Said<Date>>,
    /// Its moment, where an hour is written.
    pub revised_at: Option<String>,
    pub version: Option<Written>,
    pub status: WrittenStatus,
    /// Where that is said.
    pub status_place: Option<Span>,
    pub authors: Vec<WrittenPerson>,
    pub contributors: Vec<WrittenPerson>,
    pub publisher: Option<WrittenPublisher>,
    pub identifiers: WrittenIdentifiers,
    pub rights: Option<WrittenRights>,
    pub description: Option<Written>,
    /// The abstract.
    pub summary: Option<Written>,
    pub subjects: Vec<Said<Subject>>,
    /// What their codes are called.
    pub subject_names: BTreeMap<String, String>,
    pub keywords: Vec<Written>,
    pub cover: WrittenCover,
    pub contents: WrittenContents,
    pub notes: WrittenNotes,
    pub parts: Parts,
    pub images: BTreeMap<String, WrittenImage>,
    pub how_to_cite: Stated,
    pub disclaimer: Option<Written>,
    pub distribution: WrittenDistribution,
    pub related: Vec<(Written, Option<Written>)>,
    pub back_cover: Vec<Written>,
    pub hyphenation: Exceptions,
    pub accessibility: crate::book::metadata::AccessibilityStatement,
    pub theme: Vec<ThemeSpec>,
    pub editions: Vec<Edition>,
    /// Where each edition is named; empty for the usual two.
    pub edition_places: Vec<Span>,
    /// The sections that editions name.
    pub edition_sections: Vec<Written>,
    pub sections: Option<Vec<Written>>,
    pub allow: Vec<Allowed>,
    pub citations: WrittenCitations,
    /// What is said of the index.
    pub index: WrittenIndex,
}

/// What the metadata says of citations.
#[derive(Clone, Debug, Default)]
pub(crate) struct WrittenCitations {
    /// The files of works.
    pub files: Vec<Written>,
    /// Works in place.
    pub references: Option<Node>,
    /// The style.
    pub csl: Option<Written>,
    /// Works that are listed without being cited, as written.
    pub nocite: Vec<Written>,
    /// Whether a citation leads to its entry.
    pub links: Option<bool>,
    /// Which works are listed: "cited" or "all".
    pub entries: Option<Written>,
    /// Whether an entry shows the pages that cite it.
    pub pages: Option<bool>,
    /// Whether calls move behind stops.
    pub punctuation: Option<bool>,
}

impl WrittenCitations {
    /// Whether works can be cited.
    pub fn any(&self) -> bool {
        !self.files.is_empty() || self.references.is_some()
    }
}

/// A warning that is silenced.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    /// Its name.
    pub lint: String,
    /// Why.
    pub reason: String,
}

/// What is said for whoever is handed the book.
#[derive(Clone, Debug)]
pub(crate) struct WrittenDistribution {
    /// All but what follows.
    pub typed: Distribution,
    pub partners: Vec<WrittenPartner>,
    /// Who paid, in words.
    pub funding: Option<Written>,
}

/// A house beside the publisher.
#[derive(Clone, Debug)]
pub(crate) struct WrittenPartner {
    pub name: Written,
    pub funder: bool,
    pub logo: Option<Written>,
    pub url: Option<String>,
    pub statement: Option<Written>,
}

/// The numbers that name the book.
#[derive(Clone, Debug, Default)]
pub(crate) struct WrittenIdentifiers {
    pub isbn_print: Option<Said<Isbn>>,
    pub isbn_epub: Option<Said<Isbn>>,
    pub isbn_pdf: Option<Said<Isbn>>,
    pub doi: Option<Said<Doi>>,
    pub issn: Option<Said<String>>,
    pub uri: Option<Written>,
    pub span: Option<Span>,
}

/// A text that may be left out.
#[derive(Clone, Debug)]
pub(crate) enum Stated {
    /// What is usual.
    Unsaid,
    /// Nothing.
    Without,
    /// These words.
    Words(Written),
}

impl Stated {
    /// The words, if there are any.
    pub fn words(self) -> Option<Written> {
        match self {
            Stated::Words(words) => Some(words),
            Stated::Unsaid | Stated::Without => None,
        }
    }
}

/// Where somebody works.
#[derive(Clone, Debug)]
pub(crate) struct WrittenAffiliation {
    pub name: Written,
    /// Its number in the Research Organization Registry, as an address.
    pub ror: Option<String>,
}

/// A series.
#[derive(Clone, Debug)]
pub(crate) struct WrittenSeries {
    pub name: Written,
    pub number: Option<String>,
    pub issn: Option<Said<String>>,
    pub span: Span,
}

/// Whether the text is final.
#[derive(Clone, Debug, Default)]
pub(crate) enum WrittenStatus {
    #[default]
    Final,
    Draft,
    Embargo(Option<Embargo>),
}

/// A person.
#[derive(Clone, Debug)]
pub(crate) struct WrittenPerson {
    pub name: Written,
    pub file_as: Option<String>,
    pub role: String,
    pub affiliation: Option<WrittenAffiliation>,
    pub photo: Option<Written>,
    pub bio: Option<Written>,
    pub email: Option<String>,
    pub url: Option<Written>,
    pub orcid: Option<String>,
}

/// The house.
#[derive(Clone, Debug)]
pub(crate) struct WrittenPublisher {
    pub name: Written,
    pub place: Option<String>,
    pub address: Vec<String>,
    pub email: Option<String>,
    pub url: Option<Written>,
    pub logo: Option<Written>,
    pub about: Option<Written>,
    pub span: Span,
}

/// Rights.
#[derive(Clone, Debug)]
pub(crate) struct WrittenRights {
    pub holder: Option<String>,
    pub year: Option<String>,
    pub licence: Option<Licence>,
    pub statement: Option<Written>,
    /// Whether text and data mining is reserved.
    pub mining_reserved: bool,
    pub span: Span,
}

/// The cover.
#[derive(Clone, Debug, Default)]
pub(crate) struct WrittenCover {
    pub none: bool,
    pub image: Option<Written>,
    pub alt: Option<Written>,
    pub credit: Option<Written>,
    pub layout: Option<CoverLayout>,
    pub focus: Option<(u16, u16)>,
    /// The picture of the layout `strip`.
    pub strip: Option<Written>,
    /// What a link to the book shows.
    pub og: Option<Written>,
    /// Where its title parts.
    pub title_lines: Vec<Written>,
}

/// The contents page.
#[derive(Clone, Debug)]
pub(crate) struct WrittenContents {
    pub shown: bool,
    pub depth: u8,
    pub title: Option<Written>,
    pub figures: bool,
    pub tables: bool,
    pub boxes: bool,
}

/// The notes.
#[derive(Clone, Debug)]
pub(crate) struct WrittenNotes {
    pub place: Option<NotePlace>,
    pub numbering: NoteNumbering,
    pub title: Option<Written>,
    pub style: Option<NoteStyle>,
}

/// What is said of a picture.
#[derive(Clone, Debug)]
pub(crate) struct WrittenImage {
    pub alt: Option<Written>,
    pub caption: Option<Written>,
    pub credit: Option<Written>,
    pub source: Option<Written>,
    pub decorative: bool,
    pub long_description: Option<Written>,
    pub large: Option<Written>,
    pub span: Span,
}
