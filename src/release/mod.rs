//! The release: everything about a book that its publisher hands on, from the book and its finished files.
//!
//! [`Input`] is the book, what was made of it and what was asked; [`write()`] gives back files. The stages are the files:
//! `record` settles what every format says, `gaps` says what is missing for which of them, then each record has a
//! writer of its own. All XML goes through [`crate::xml`], all JSON through values, so that nothing is escaped by hand.
//!
//! Invariant: no clock. A record's moment is `revised`, else `date`, unless it is said when it is sent.

pub mod catalogue;
mod citation;
mod cited;
mod codes;
mod crossref;
mod datacite;
mod flavour;
mod gaps;
mod landing;
mod manifest;
mod marc;
mod moment;
mod names;
mod onix;
mod opds;
pub mod receivers;
mod record;
mod references;
mod repec;
mod report;
mod sent;
mod sums;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::book::distribution::Access;
use crate::book::finished::REPORT;
use crate::book::metadata::Metadata;
use crate::book::{Accessibility, Block, Book, Claim, Feature, Folio, Target, plain, walk};
use crate::diagnostic::{Diagnostics, Lint, Reported};
use crate::edition::Edition;
use crate::theme::Theme;
use crate::units::{Length, Size};

pub use catalogue::{Listed, Looks, Number};
pub use flavour::Version;
pub use moment::Moment;
pub use receivers::Receiver;
use record::Record;
pub(crate) use sums::sum;

/// What a release is made of.
pub struct Input<'a> {
    /// The content.
    pub book: &'a Book,
    /// The looks.
    pub theme: &'a Theme,
    /// The editions that are handed on, in the manuscript's order.
    pub made: Vec<Made>,
    /// The contents, with the pages of the print.
    pub contents: Vec<Entry>,
    /// The cover and what is made of it.
    pub pictures: Vec<Picture>,
    /// The faces of pages.
    pub faces: Vec<Face>,
    /// What can be read online.
    pub read: Option<Read>,
    /// What the checks of all editions found.
    pub found: Vec<Found>,
    /// What was asked for.
    pub asked: Asked,
}

/// What a rule found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which.
    pub lint: &'static Lint,
    /// In how many places.
    pub places: usize,
    /// Why the author allows it, if it is allowed.
    pub reason: Option<String>,
}

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// This record alone.
    pub only: Option<Kind>,
    /// Which ONIX; the latest, or the receiver's, if it is not said.
    pub onix: Option<Version>,
    /// What this receiver takes, and nothing else.
    pub receiver: Option<&'static Receiver>,
    /// When it is sent, where a receiver orders by it.
    pub sent: Option<Moment>,
}

/// An edition and its file.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which.
    pub edition: Edition,
    /// The file's name.
    pub file: String,
    /// What stands in it.
    pub bytes: Arc<[u8]>,
    /// Its pages; `None` for an e-book.
    pub pages: Option<usize>,
    /// Those with an Arabic folio.
    pub main_pages: Option<usize>,
    /// Of an e-book, the name of the edition whose page numbers it gives.
    pub marked: Option<String>,
    /// The size of a page after cutting.
    pub trim: Option<Size>,
    /// The size of its type.
    pub size: Option<Length>,
    /// What it offers.
    pub features: BTreeSet<Feature>,
    /// What it says it keeps.
    pub claims: Vec<Claim>,
    /// What it says about its accessibility.
    pub accessibility: Option<Accessibility>,
}

/// A line of the contents.
#[derive(Clone, Debug)]
pub struct Entry {
    /// 1 for the outermost.
    pub depth: usize,
    /// What it says, its number included.
    pub words: String,
    /// Where it leads.
    pub target: Target,
    /// Whether it is of the body, and neither before nor after it.
    pub body: bool,
    /// The page of the print.
    pub folio: Option<Folio>,
    /// Where it can be read, seen from the title's page.
    pub href: Option<String>,
}

/// A folder of pages to read online.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its files: names, media types, bytes.
    pub files: Vec<(String, &'static str, Vec<u8>)>,
    /// The pages in reading order: file and title.
    pub pages: Vec<(String, String)>,
}

/// A picture that lies beside the files.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its name.
    pub file: &'static str,
    /// A JPEG file.
    pub jpeg: Vec<u8>,
}

/// A face of a page: how a stylesheet asks for it, and its file in `fonts/`.
#[derive(Clone, Debug)]
pub struct Face {
    /// `recto-text`.
    pub family: &'static str,
    /// 100 to 900.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// The name of its file.
    pub file: String,
    /// The file; empty when another face of the same file holds it.
    pub bytes: Vec<u8>,
}

/// A file of a release.
#[derive(Clone, Debug)]
pub struct File {
    /// Below the release's folder, with `/` between its parts.
    pub path: String,
    /// What stands in it.
    pub bytes: Arc<[u8]>,
    /// What it is.
    pub media_type: &'static str,
    /// The edition it is, if it is one.
    pub edition: Option<String>,
}

macro_rules! kinds {
    ($($id:ident $name:literal [$($file:literal),*] $about:literal;)*) => {
        /// A kind of record.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Kind { $(#[doc = $about] $id,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$id,)*];

            /// As it is asked for.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$id => $name,)* }
            }

            /// Its files.
            pub fn files(self) -> &'static [&'static str] {
                match self { $(Kind::$id => &[$($file),*],)* }
            }
        }
    };
}

kinds! {
    Cite "cite" ["cite.bib", "cite.json", "cite.ris"] "Citations for reference managers.";
    Crossref "crossref" ["crossref.xml"] "A deposit with Crossref.";
    Datacite "datacite" ["datacite.json"] "A record of DataCite.";
    Marc "marc" ["marc.xml"] "A record for libraries.";
    Onix "onix" ["onix.xml"] "A record for shops.";
    Opds "opds" ["opds.json", "opds.xml"] "A feed for reading apps.";
    Repec "repec" ["repec.rdf"] "A template for RePEc.";
}

impl Kind {
    /// The kind of that name.
    pub fn find(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// A title as it is handed on.
#[derive(Clone, Debug)]
pub struct Released {
    /// All files, in the order of their names.
    pub files: Vec<File>,
    /// What a catalogue says of it.
    pub listed: Listed,
    /// The looks of a catalogue, if it has those of this title.
    pub looks: Looks,
}

/// A release.
pub fn write(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Result<Released, Reported> {
    let record = Record::of(input);
    let files = match input.asked.receiver {
        Some(receiver) => sent::write(&record, receiver, &input.pictures, diagnostics)?,
        None => files(&record, input, diagnostics)?,
    };
    let (listed, looks) = (Listed::of(&record), Looks::of(&record, input.theme, &input.faces));
    Ok(Released { files, listed, looks })
}

/// All files, in the order of their names.
fn files(record: &Record<'_>, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Result<Vec<File>, Reported> {
    let mark = diagnostics.len();
    let kinds = gaps::without_gaps(record, input.read.is_some(), diagnostics);
    diagnostics.unless_errors_since(mark, ())?;
    let mut files: Vec<File> = kinds.iter().flat_map(|kind| records(record, *kind)).collect();
    if input.asked.only.is_none() {
        files.extend(input.made.iter().map(|made| File {
            path: if made.is_press() { format!("print/{}", made.file) } else { made.file.clone() },
            bytes: Arc::clone(&made.bytes),
            media_type: made.media_type(),
            edition: Some(made.edition.name.clone()),
        }));
        let first = input.read.as_ref().and_then(|read| read.pages.first()).map(|(page, _)| format!("read/{page}"));
        if let Some(read) = &input.read {
            let named = |(name, media_type, bytes): &(String, &'static str, Vec<u8>)| {
                file(&format!("read/{name}"), media_type, bytes.clone())
            };
            files.extend(read.files.iter().map(named));
            let manifest = manifest::json(record, read);
            files.extend(manifest.map(|said| file(manifest::NAME, "application/webpub+json", json(&said))));
        }
        let page = landing::html(record, input.theme, &input.faces, first.as_deref());
        files.push(file("index.html", "text/html", page.into_bytes()));
        let report = report::Report::of(record, input);
        files.push(file(REPORT, "text/html", report.html(input.theme, &input.faces).into_bytes()));
        files.push(file("accessibility-report.json", "application/json", json(&report.json())));
        files.extend(landing::logos(record));
        let carried = input.faces.iter().filter(|face| !face.bytes.is_empty());
        files.extend(carried.map(|face| file(&format!("fonts/{}", face.file), "font/woff", face.bytes.clone())));
        files.extend(input.pictures.iter().map(|picture| file(picture.file, "image/jpeg", picture.jpeg.clone())));
        if !record.is_open() {
            files.iter_mut().for_each(|file| file.path = apart(file));
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let listed = sums::json(record, &files);
        files.push(file("release.json", "application/json", json(&listed)));
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let sums = sums::list(&files);
        files.insert(0, file("SHA256SUMS", "text/plain", sums.into_bytes()));
    }
    Ok(files)
}

/// Where a file of a title lies that not everybody may have: what is public in `site/`, all else in `trade/`.
fn apart(file: &File) -> String {
    let trade = file.edition.is_some()
        || [Kind::Onix, Kind::Crossref, Kind::Marc, Kind::Repec]
            .iter()
            .any(|kind| kind.files().contains(&file.path.as_str()));
    format!("{}/{}", if trade { "trade" } else { "site" }, file.path)
}

/// Whether everybody may read a title, by its metadata.
pub fn is_open(metadata: &Metadata) -> bool {
    record::access(metadata) == Access::Open
}

/// The files of one kind of record.
fn records(record: &Record<'_>, kind: Kind) -> Vec<File> {
    let address = |file: &str| record.at(file).unwrap_or_default();
    match kind {
        Kind::Cite => vec![
            file("cite.bib", "application/x-bibtex", citation::bibtex(record).into_bytes()),
            file("cite.json", "application/vnd.citationstyles.csl+json", json(&citation::csl(record))),
            file("cite.ris", "application/x-research-info-systems", citation::ris(record).into_bytes()),
        ],
        Kind::Crossref => vec![file("crossref.xml", "application/xml", crossref::xml(record).into_bytes())],
        Kind::Datacite => vec![file("datacite.json", "application/json", json(&datacite::json(record)))],
        Kind::Marc => vec![file("marc.xml", "application/marcxml+xml", marc::xml(record).into_bytes())],
        Kind::Onix => vec![file("onix.xml", "application/xml", onix::xml(record).into_bytes())],
        Kind::Opds => vec![
            file("opds.json", "application/opds+json", json(&opds::json(record, &address("opds.json")))),
            file("opds.xml", "application/atom+xml", opds::xml(record, &address("opds.xml")).into_bytes()),
        ],
        Kind::Repec => {
            repec::redif(record).map(|text| file("repec.rdf", "text/plain", text.into_bytes())).into_iter().collect()
        }
    }
}

fn file(path: &str, media_type: &'static str, bytes: Vec<u8>) -> File {
    File { path: path.to_owned(), bytes: bytes.into(), media_type, edition: None }
}

/// A value as text, its last line ended.
fn json(value: &serde_json::Value) -> Vec<u8> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}

/// The paragraphs of a text of the metadata.
fn paragraphs(text: &str) -> Vec<String> {
    let joined = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("\n\n").map(joined).filter(|paragraph| !paragraph.is_empty()).collect()
}

/// The words of some blocks, in plain letters.
fn words_of(blocks: &[Block]) -> String {
    let texts: Vec<String> = walk::texts(blocks).map(|(_, text)| plain(&text.content).trim().to_owned()).collect();
    texts.join(" ")
}
