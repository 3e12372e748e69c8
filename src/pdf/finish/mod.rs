//! The finishing pass: printpdf's document as lopdf's objects, completed. The only place that names lopdf.
//!
//! Each file adds one thing: [`boxes`] page boxes, [`faces`] what descriptors lack, [`annotations`] links, [`tags`] the
//! structure tree, [`rasters`] the pixels of pictures, [`outline`] the outline, [`labels`] page labels, [`names`] the places that have names, [`metadata`]
//! XMP and Info, [`intents`] the output intent; [`impose`] brings what stands on pages onto sheets, [`run`] makes
//! copies of them for paper; [`save`] writes the
//! file with compressed object streams.

mod annotations;
mod boxes;
mod faces;
mod impose;
mod intents;
mod labels;
mod metadata;
mod names;
mod outline;
mod rasters;
mod run;
mod save;
mod tags;
mod vectors;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::content::Written;
use super::faces::Faces;
use super::links::PlacedLink;
use super::pictures::Pictures;
use super::sheet::Sheet;
use super::standard::Plan;
use super::{Imposed, Stamped};
use crate::book::Book;
use crate::edition::Edition;
use crate::language::Direction;
use crate::page::Pages;
use crate::units::Length;

/// A document as objects.
pub(super) type Raw = Document;

/// What the finishing pass looks at.
pub(super) struct Input<'a> {
    /// The pages.
    pub pages: &'a Pages,
    /// The content.
    pub book: &'a Book,
    /// Which edition.
    pub edition: &'a Edition,
    /// How the file is written.
    pub plan: &'a Plan,
    /// The faces.
    pub faces: &'a Faces,
    /// The pictures.
    pub pictures: Pictures,
    /// A sheet a page.
    pub sheets: &'a [Sheet],
    /// The links of each page.
    pub links: &'a [Vec<PlacedLink>],
    /// The contents of each page.
    pub contents: Vec<Written>,
    /// The sheets that the pages are brought onto.
    pub imposed: Option<&'a Imposed>,
    /// Which copy this is.
    pub copy: Option<&'a str>,
    /// The copies of a print run.
    pub run: &'a [Stamped],
    /// The page that stands before them.
    pub lead: Option<usize>,
}

/// Completes a document and writes it.
pub(super) fn finish(raw: Raw, mut input: Input<'_>) -> Option<Vec<u8>> {
    let mut work = Work::new(raw)?;
    let completed = || {
        boxes::set(&mut work, input.sheets);
        faces::complete(&mut work, input.faces);
        vectors::import(&mut work, &input.pictures, input.plan.ink);
        let annotations = annotations::complete(&mut work, &input);
        if input.plan.standard.is_tagged() {
            tags::write(&mut work, &input, &annotations);
        }
    };
    let ((), fingerprint) = rayon::join(completed, || fingerprint(&input));
    let streams = input.contents.iter_mut().map(|written| std::mem::take(&mut written.stream)).collect();
    contents(&mut work, streams);
    rasters::fill(&mut work, std::mem::take(&mut input.pictures));
    outline::write(&mut work, &input);
    labels::write(&mut work, input.pages, input.book);
    names::write(&mut work, &input);
    metadata::write(&mut work, &input, &fingerprint);
    if let Some(intent) = &input.plan.intent {
        intents::write(&mut work, intent);
    }
    preferences(&mut work, &input);
    match input.imposed {
        _ if !input.run.is_empty() => run::apply(&mut work, &input, input.run)?,
        Some(imposed) => impose::apply(&mut work, &input, imposed)?,
        None => {}
    }
    save::save(work.raw, input.plan.standard.version())
}

/// A document being completed.
struct Work {
    raw: Document,
    /// In file order.
    pages: Vec<ObjectId>,
}

impl Work {
    fn new(raw: Document) -> Option<Work> {
        raw.catalog().ok()?;
        let pages = raw.page_iter().collect();
        Some(Work { raw, pages })
    }

    fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.raw.add_object(object)
    }

    fn page(&mut self, at: usize) -> Option<&mut Dictionary> {
        self.raw.get_dictionary_mut(*self.pages.get(at)?).ok()
    }

    /// Sets an entry of the catalogue.
    fn catalogue(&mut self, key: &str, value: impl Into<Object>) {
        if let Ok(catalogue) = self.raw.catalog_mut() {
            catalogue.set(key, value);
        }
    }
}

/// Puts the contents in their places, and one dictionary of resources in the place of one a page.
fn contents(work: &mut Work, streams: Vec<Vec<u8>>) {
    let mut shared = None;
    for (at, stream) in streams.into_iter().enumerate() {
        let content = work.add(compressed(stream));
        let Some(page) = work.page(at) else { continue };
        let old = page.get(b"Contents").and_then(Object::as_reference).ok();
        let resources = page.get(b"Resources").and_then(Object::as_reference).ok();
        page.set("Contents", content);
        let (first, extra) = match (shared, resources) {
            (None, Some(resources)) => (Some(resources), None),
            (Some(first), resources) => (Some(first), resources),
            (None, None) => (None, None),
        };
        if let Some(first) = first {
            page.set("Resources", first);
        }
        shared = first;
        for object in [old, extra].into_iter().flatten() {
            work.raw.objects.remove(&object);
        }
    }
}

/// A dictionary of resources that all pages share: `Font`, `XObject`.
fn shared_names(work: &Work, kind: &str) -> Option<ObjectId> {
    let page = work.raw.get_dictionary(*work.pages.first()?).ok()?;
    let resources = page.get(b"Resources").and_then(Object::as_reference).ok()?;
    work.raw.get_dictionary(resources).ok()?.get(kind.as_bytes()).and_then(Object::as_reference).ok()
}

/// A stream whose bytes are compressed already.
fn compressed(bytes: Vec<u8>) -> Stream {
    Stream::new(dictionary! { "Filter" => "FlateDecode" }, bytes).with_compression(false)
}

/// A name object.
fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, else UTF-16.
fn text(words: &str) -> Object {
    if words.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Object::String(words.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xFEFF).chain(words.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    Object::String(units, StringFormat::Hexadecimal)
}

/// A byte string.
fn bytes(bytes: &[u8]) -> Object {
    Object::String(bytes.to_vec(), StringFormat::Literal)
}

/// A length in points, to a thousandth.
fn points(length: Length) -> Object {
    let value = super::stream::points(length);
    if value.fract() == 0.0 { Object::Integer(value as i64) } else { Object::Real(value) }
}

fn array(corners: [Length; 4]) -> Object {
    Object::Array(corners.into_iter().map(points).collect())
}

/// What stands in the file, hashed: it names this instance.
fn fingerprint(input: &Input<'_>) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(input.edition.name.as_bytes());
    hash.update(input.copy.unwrap_or_default().as_bytes());
    for written in &input.contents {
        hash.update(&written.stream);
    }
    for face in &input.faces.used {
        hash.update(face.base_name.as_bytes());
    }
    for side in input.imposed.iter().flat_map(|imposed| &imposed.sides) {
        hash.update(side.size.width.to_sp().to_be_bytes());
        for placed in &side.places {
            hash.update([placed.page as u64, placed.scale.thousandths() as u64].map(u64::to_be_bytes).concat());
            hash.update(placed.rect.origin.x.to_sp().to_be_bytes());
        }
    }
    let mut fingerprint = [0; 16];
    fingerprint.copy_from_slice(&hash.finalize()[..16]);
    fingerprint
}

/// How a reader and a printer's driver are to treat the file.
fn preferences(work: &mut Work, input: &Input<'_>) {
    use crate::edition::Purpose;
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if input.book.metadata.language.direction() == Direction::RightToLeft {
        preferences.set("Direction", name("R2L"));
    }
    match input.edition.purpose {
        Purpose::Office | Purpose::LargePrint => {
            preferences.set("PrintScaling", name("None"));
            preferences.set("Duplex", name("DuplexFlipLongEdge"));
        }
        Purpose::Press(_) => preferences.set("PrintScaling", name("None")),
        Purpose::Screen => {}
    }
    work.catalogue("ViewerPreferences", preferences);
    let layout = if input.edition.purpose == Purpose::Screen { "SinglePage" } else { "OneColumn" };
    work.catalogue("PageLayout", name(layout));
    work.catalogue("Lang", text(input.book.metadata.language.tag()));
}
