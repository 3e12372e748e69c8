//! The PDF writer.
//!
//! [`write`] takes finished pages and decides nothing about looks. Faces are cut down to what is used ([`faces`]),
//! pictures packed ([`pictures`]), page contents written side by side ([`content`]); [`document`] puts them together
//! with printpdf, and [`finish`] adds structure, names, metadata and boxes and writes the file. The same pages give the
//! same bytes.

mod content;
mod document;
mod faces;
mod finish;
mod ink;
mod links;
mod pictures;
mod profile;
#[cfg(feature = "raster")]
pub mod raster;
mod sheet;
mod standard;
mod states;
mod vectors;

use crate::book::Book;
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::edition::Edition;
use crate::font::Fonts;
use crate::page::Pages;
use faces::Faces;
use pictures::Pictures;
use sheet::Sheet;
use standard::Standard;

/// Writes finished pages as a PDF.
pub fn write(
    pages: &Pages,
    book: &Book,
    fonts: &Fonts,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>, Reported> {
    let standard = Standard::of(edition);
    let mark = diagnostics.len();
    let faces = Faces::collect(pages, fonts, diagnostics)?;
    let pictures = Pictures::collect(pages, book, fonts, diagnostics);
    diagnostics.unless_errors_since(mark, ())?;
    let sheets: Vec<Sheet> = pages.pages.iter().map(|page| Sheet::new(page, pages.bleed, false)).collect();
    let links = match standard.has_links() {
        true => links::place(pages, book, &sheets),
        false => vec![Vec::new(); sheets.len()],
    };
    let ink = standard.ink(edition);
    let shared = content::Shared {
        faces: &faces,
        pictures: &pictures,
        structure: &pages.structure,
        ink: &ink,
        tagged: standard.is_tagged(),
    };
    let contents = content::write(pages, &sheets, &shared);
    let parts = document::Parts {
        faces: &faces,
        pictures: &pictures,
        sheets: &sheets,
        links: &links,
        overprint: ink == ink::Ink::Cmyk,
    };
    let raw = document::assemble(&parts);
    let input = finish::Input {
        pages,
        book,
        edition,
        standard,
        faces: &faces,
        pictures: &pictures,
        sheets: &sheets,
        links: &links,
        contents,
    };
    finish::finish(raw, input).ok_or_else(|| {
        diagnostics
            .fail(Diagnostic::new(&lints::UNREADABLE_FILE, "the PDF could not be put together, which is recto's fault"))
    })
}
