//! The cover of an e-book: the printed one, set again on a page of 5 : 8 and drawn as a picture.
//!
//! Shops ask for 1,600 × 2,560 pixels. Apple and others refuse pictures of more than four megapixels inside a book,
//! which that is; so the book holds 1,500 × 2,400 and the larger one lies beside it.

use crate::book::{BlockEntry, Book, Division, DivisionId, DivisionKind};
use crate::diagnostic::Diagnostics;
use crate::edition::{Edition, Format, Purpose};
use crate::font::Fonts;
use crate::theme::Theme;
use crate::units::{Length, Size};
use crate::{layout, pdf};

/// The page that the cover is set on: small, so that the title can be read in a shop's list.
const SHEET: Size = Size::new(Length::inches(5.625), Length::inches(9.0));
/// Across, in pixels: in the book and beside it.
const WIDTHS: [u32; 2] = [1500, 1600];
/// How well the JPEG files are kept: flat grounds and letters show no blocks from here on.
const QUALITY: u8 = 88;

/// The cover as JPEG files.
pub(super) struct Pictures {
    /// 1,500 × 2,400 pixels, for the book.
    pub inside: Vec<u8>,
    /// 1,600 × 2,560 pixels, for shops.
    pub beside: Vec<u8>,
}

/// Draws the cover. `None` when the book has none, or when the author's picture is the whole cover.
pub(super) fn pictures(book: &Book, theme: &Theme, fonts: &Fonts) -> Option<Pictures> {
    let cover = book.divisions.iter().find(|division| division.kind == DivisionKind::Cover)?;
    if cover.cover.as_ref().is_none_or(|cover| cover.whole && cover.picture.is_some()) {
        return None;
    }
    let book = alone(book, cover);
    let mut theme = theme.clone();
    theme.page.trim = SHEET;
    theme.page.bleed = Length::ZERO;
    theme.page.screen = true;
    theme.page.covers = true;
    // What is to be said of the cover was said when the book was set.
    let mut aside = Diagnostics::new();
    let (pages, _) = layout::set(&book, &theme, fonts, &mut aside);
    let edition = Edition { purpose: Purpose::Screen, ..Edition::new("cover", Format::Pdf) };
    let pdf = pdf::write(&pages, &book, fonts, &edition, None, &mut aside).ok()?;
    // Drawn and packed side by side: together they are the longest step of a short paper.
    let drawn = |width: u32| pdf::raster::page(&pdf.bytes, 0, width)?.jpeg(QUALITY);
    let (inside, beside) = rayon::join(|| drawn(WIDTHS[0]), || drawn(WIDTHS[1]));
    Some(Pictures { inside: inside?, beside: beside? })
}

/// A book of nothing but the cover.
fn alone(book: &Book, cover: &Division) -> Book {
    let mut index: Vec<BlockEntry> = book.index.clone();
    for entry in &mut index {
        (entry.division, entry.note) = (DivisionId(0), None);
    }
    let divisions = vec![Division { id: DivisionId(0), ..cover.clone() }];
    Book { divisions, notes: Vec::new(), stamp: None, index, ..book.clone() }.checked()
}
