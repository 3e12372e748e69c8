//! The EPUB writer: a [`Book`], its looks and the pages of its print edition become one EPUB 3.3 file.
//!
//! The stages are the files: [`plan`](self) settles names and reading order, `page_list` where printed pages begin,
//! `xhtml` and `nav` write the pages, `parts` cuts those that are too long, `accessibility` says what they hold, `stylesheet` how they look, `package` what
//! the whole is, and `container` puts it together. All XML goes through [`crate::xml`]. What the standards ask, clause by
//! clause, stands beside the code in `EPUB_3.md` and `ACCESSIBILITY.md`.

mod accessibility;
mod check;
mod container;
mod fonts;
mod nav;
mod package;
mod page_list;
mod parts;
mod pictures;
mod plan;
mod stylesheet;
mod web;
mod xhtml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::book::metadata::Isbn;
use crate::book::plain;
use crate::book::{AssetId, BlockId, Book, Claim, Division, DivisionKind, Folio, PageMap, Written};
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::font::Fonts;
use crate::index::Pages;
use crate::language::Language;
use crate::theme::Theme;

use accessibility::Facts;
pub use check::shops::Shop;
pub use fonts::{WebFace, web_faces};
use package::{Bytes, Resource};
use page_list::PageList;
use pictures::Served;
use plan::{NAV, Plan};
pub use web::{Folder, PageOf, folder};

/// What an e-book is made of.
pub struct Input<'a> {
    /// The content.
    pub book: &'a Book,
    /// The looks.
    pub theme: &'a Theme,
    /// The faces.
    pub fonts: &'a Fonts,
    /// The print edition whose pages are marked, if there is one.
    pub print: Option<Print<'a>>,
    /// The ISBN of that edition, if it has one.
    pub print_isbn: Option<&'a Isbn>,
    /// Whether it carries its faces.
    pub embed_fonts: bool,
    /// The cover as a picture; without it the picture on the cover stands for it, else the cover's words.
    pub cover: Option<CoverPicture>,
    /// The shop whose rules it is held against.
    pub shop: Option<Shop>,
}

/// A print edition: its content and which page everything is on.
#[derive(Clone, Copy)]
pub struct Print<'a> {
    /// The content; the e-book's own, unless the editions differ in sections or in the place of notes.
    pub book: &'a Book,
    /// The pages.
    pub map: &'a PageMap,
}

impl Print<'_> {
    /// What is printed on the page on which a division of this book opens; `None` where the edition has it not, or its
    /// page has no folio.
    fn folio_of_division(&self, division: &Division) -> Option<Folio> {
        let same = |other: &&Division| other.label == division.label;
        let there = self.book.divisions.get(division.id.index()).filter(same);
        let there = there.or_else(|| self.book.divisions.iter().find(same))?;
        let page = self.map.divisions.get(&there.id)?;
        self.map.pages.get(page.0 as usize)?.folio
    }

    /// The same of the page on which a block of `book` begins.
    fn folio_of_block(&self, book: &Book, block: BlockId) -> Option<Folio> {
        let place = |book: &Book| book.index.get(block.index()).and_then(|entry| entry.span);
        let same = std::ptr::eq(book, self.book) || place(book).is_some() && place(book) == place(self.book);
        let page = self.map.blocks.get(&block).filter(|_| same)?;
        self.map.pages.get(page.0 as usize)?.folio
    }
}

/// The cover as a picture.
#[derive(Clone, Debug)]
pub struct CoverPicture {
    /// A JPEG file.
    pub jpeg: Vec<u8>,
    /// Across and down, in pixels, of the one that lies beside the e-book for shops.
    pub size: (u32, u32),
}

/// Writes an e-book.
pub fn write(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Result<Written, Reported> {
    let book = input.book;
    package::check_modified(book, diagnostics);
    let mark = diagnostics.len();
    check::book(book, diagnostics);
    diagnostics.unless_errors_since(mark, ())?;
    let plan = Plan::of(book);
    let own_cover = own_cover(input);
    let cover = cover_file(input, own_cover.as_ref());
    let mut facts = Facts { cover: cover.as_ref().map(|cover| cover.path.clone()), ..Facts::default() };
    let mut pages = match &input.print {
        Some(print) => PageList::of(book, &plan, print),
        None => PageList::default(),
    };
    let mut writer = xhtml::Writer::new(input, &plan, &mut pages, &mut facts);
    writer.print = input.print;
    writer.print_marks = input.print.map(|print| Pages::of_print(book, print.book, print.map));
    let mut documents = writer.all();
    writer.pages.settle();
    let page_nav = writer.page_nav();
    for document in documents.iter_mut().filter(|document| document.file == NAV) {
        document.text = document.text.replace(nav::PAGE_LIST_SEAT, &page_nav);
    }
    facts.page_marks = !pages.pages.is_empty();
    facts.clean = diagnostics.len() == mark;
    claim(book, &facts, diagnostics);

    let (faces, face_files) = match input.embed_fonts {
        true => fonts::embed(input, &facts, &characters(&documents), diagnostics),
        false => (Vec::new(), Vec::new()),
    };
    let identifier = package::identifier(&book.metadata);
    let mut ncx = nav::ncx(book, &plan, &pages, &identifier);
    let documents = parts::part(documents, &mut [&mut ncx]);
    let mut resources = vec![
        text("toc.ncx", "application/x-dtbncx+xml", ncx),
        text("stylesheet.css", "text/css", stylesheet::stylesheet(input.theme, &facts, &faces)),
    ];
    let nav_in_spine = nav::in_spine(book, &plan);
    for document in documents {
        let is_nav = document.file == NAV;
        resources.push(Resource {
            spine: !is_nav || nav_in_spine,
            properties: is_nav.then_some("nav").or(document.text.contains("<svg ").then_some("svg")),
            ..text(&document.file, "application/xhtml+xml", document.text)
        });
    }
    resources.extend(cover);
    let served = pictures::served(book, &facts.pictures_used);
    resources.extend(picture_files(&plan, &served));
    resources.extend(face_files);
    if let Some(shop) = input.shop {
        let levels = nav::lines(book, &plan).iter().map(|line| line.depth).max().unwrap_or(1);
        let cover = cover_size(input, own_cover.as_ref());
        check::shops::check(shop, book, &resources, &served, cover, levels, diagnostics);
    }
    let statement = accessibility::statement(&facts, &book.metadata);
    let languages = languages(book);
    let said = package::Facts {
        statement: &statement,
        pages: &pages,
        isbn: input.print_isbn,
        fonts: !faces.is_empty(),
        languages: &languages,
    };
    let package = package::package(&book.metadata, &resources, &said);
    let contents = container::Contents {
        title: &plain(&book.metadata.title),
        language: book.metadata.language.tag(),
        resources: &resources,
        package: &package,
    };
    let bytes = container::container(&contents).map_err(|error| {
        diagnostics.fail(Diagnostic::new(&lints::EPUB_FAILED, format!("the e-book could not be put together: {error}")))
    })?;
    let claims = statement.certified.iter().map(|_| Claim::EpubAccessibility).collect();
    Ok(Written { bytes, features: statement.features.clone(), claims, accessibility: Some(statement) })
}

/// The languages of whole divisions, in order, without the book's own: a word or two in another language does not make
/// the book one in that language.
fn languages(book: &Book) -> Vec<Language> {
    let mut found: Vec<Language> = Vec::new();
    for language in book.divisions.iter().filter_map(|division| division.language.as_ref()) {
        if *language != book.metadata.language && !found.contains(language) {
            found.push(language.clone());
        }
    }
    found
}

/// Every character of the pages.
fn characters(documents: &[xhtml::XhtmlPage]) -> BTreeSet<char> {
    documents.iter().flat_map(|document| document.text.chars()).filter(|letter| !letter.is_control()).collect()
}

/// Says when a claim of conformance that the author wants is not made.
fn claim(book: &Book, facts: &Facts, diagnostics: &mut Diagnostics) {
    let wanted = &book.metadata.accessibility;
    if wanted.certified_by.is_some() && !(facts.clean && facts.undescribed == 0) {
        diagnostics.report(
            Diagnostic::new(
                &lints::EPUB_NO_CLAIM,
                "the e-book does not claim to conform to WCAG, since faults are left",
            )
            .at(wanted.span)
            .hint("mend what is reported of the e-book, then the claim is made"),
        );
    }
}

/// The picture on the cover, where it is the whole of the e-book's cover.
fn own_cover(input: &Input<'_>) -> Option<Served> {
    if input.cover.is_some() {
        return None;
    }
    let cover = input.book.first(DivisionKind::Cover)?;
    let (asset, _) = cover.cover.as_ref()?.picture.as_ref()?;
    let asset = input.book.assets.get(*asset);
    asset.kind.has_pixels().then(|| Served::of(asset))
}

/// Across and down, in pixels, of the cover that the e-book carries.
fn cover_size(input: &Input<'_>, own: Option<&Served>) -> Option<(u32, u32)> {
    match &input.cover {
        Some(picture) => Some(picture.size),
        None => own.map(|own| (own.width, own.height)),
    }
}

fn text(path: &str, media_type: &'static str, text: String) -> Resource {
    Resource {
        path: path.to_owned(),
        media_type,
        bytes: Bytes::Made(text.into_bytes()),
        properties: None,
        spine: false,
    }
}

/// The cover's picture: the cover set for the e-book, else the picture on it.
fn cover_file(input: &Input<'_>, own: Option<&Served>) -> Option<Resource> {
    let file = |ending: &str, media_type, bytes| Resource {
        path: format!("cover.{ending}"),
        media_type,
        bytes,
        properties: Some("cover-image"),
        spine: false,
    };
    if let Some(picture) = &input.cover {
        return Some(file("jpg", "image/jpeg", Bytes::Made(picture.jpeg.clone())));
    }
    own.map(|own| file(own.kind.ending(), own.kind.media_type(), Bytes::Came(Arc::clone(&own.bytes))))
}

/// The pictures that pages show.
fn picture_files(plan: &Plan, served: &BTreeMap<AssetId, Served>) -> Vec<Resource> {
    let file = |(id, picture): (&AssetId, &Served)| Resource {
        path: plan.pictures[id.0 as usize].clone(),
        media_type: picture.kind.media_type(),
        bytes: Bytes::Came(Arc::clone(&picture.bytes)),
        properties: None,
        spine: false,
    };
    served.iter().map(file).collect()
}

/// Whether the e-book adds a title page: a book with a cover and none of its own.
pub(crate) fn adds_title_page(book: &Book) -> bool {
    !book.divisions.iter().any(|division| division.kind == DivisionKind::TitlePage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Inline;
    use crate::book::metadata::{Identifiers, Metadata, Status};
    use crate::source::{Said, Sources, Span};

    /// Metadata with nothing but a title.
    pub fn metadata(title: &str) -> Metadata {
        let span = Span::new(Sources::new().add("metadata.yaml", title.to_owned()), 0, title.len());
        Metadata {
            title: Said::new(vec![Inline::text(title)], span),
            subtitle: None,
            short_title: None,
            series: None,
            language: Language::english(),
            date: None,
            revised: None,
            revised_at: None,
            version: None,
            status: Status::Final,
            status_place: None,
            authors: Vec::new(),
            contributors: Vec::new(),
            publisher: None,
            identifiers: Identifiers::default(),
            rights: None,
            description: None,
            subjects: Vec::new(),
            subject_names: BTreeMap::new(),
            keywords: Vec::new(),
            cover_image: None,
            cover_credit: None,
            disclaimer: None,
            accessibility: Default::default(),
            distribution: Default::default(),
            hyphenation: Default::default(),
            slug: "t".to_owned(),
        }
    }
}
