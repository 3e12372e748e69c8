//! The cover of an e-book: the printed one, set again on a page of 5 : 8 and drawn as a picture.
//!
//! Shops ask for 1,600 × 2,560 pixels. Apple and others refuse pictures of more than four megapixels inside a book,
//! which that is; so the book holds 1,500 × 2,400 and the larger one lies beside it.
//!
//! Of a short paper this is most of the work, and nothing of it waits for the print: so it is done [`Ahead`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::book::{Asset, BlockEntry, Book, Division, DivisionId, DivisionKind};
use crate::diagnostic::Diagnostics;
use crate::edition::{Edition, Format, Purpose};
use crate::font::Fonts;
use crate::picture::{light_table, pixels};
use crate::release::Picture;
use crate::theme::Theme;
use crate::units::{Length, Size};
use crate::{layout, pdf};

/// The page that the cover is set on: small, so that the title can be read in a shop's list.
const SHEET: Size = Size::new(Length::inches(5.625), Length::inches(9.0));
/// The sheet of what a link to the book shows: 1,200 × 630 pixels.
const WIDE: Size = Size::new(Length::inches(12.0), Length::inches(6.3));
/// How large the letters of a title are, in thousandths of the sheet's width: capitals are then 9 % of it, so that they
/// can be read in a shop's list.
const TITLE: i64 = 137;
/// Across, in pixels: in the book and beside it.
const WIDTHS: [u32; 2] = [1500, 1600];
/// What it takes on the light table, each pixel of four bytes.
const ROOM: u64 = 1600 * 2560 * 4 / 3;
/// How well the JPEG files are kept: flat grounds and letters show no blocks from here on.
const QUALITY: u8 = 88;

/// The cover as JPEG files.
#[derive(Clone, Debug)]
pub(super) struct Pictures {
    /// 1,500 × 2,400 pixels, for the book.
    pub inside: Vec<u8>,
    /// 1,600 × 2,560 pixels, for shops.
    pub beside: Vec<u8>,
}

/// The cover that was drawn last: e-books of one manuscript mostly have the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Last(Arc<Mutex<Option<Drawn>>>);

/// A cover as a PDF, and as it was drawn.
#[derive(Debug)]
struct Drawn {
    pdf: Vec<u8>,
    pictures: Pictures,
}

impl Last {
    fn drawn(&self) -> MutexGuard<'_, Option<Drawn>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Draws the cover. `None` when the book has none, or when the author's picture is the whole cover.
pub(super) fn pictures(book: &Book, theme: &Theme, fonts: &Fonts, last: &Last) -> Option<Pictures> {
    Set::of(book, theme, SHEET)?.pictures(fonts, last)
}

/// The cover of an e-book to come, drawn while the editions before it are made.
#[derive(Debug)]
pub(super) struct Ahead {
    book: usize,
    theme: Theme,
    /// How many faces there were. With one more of the machine another might have been taken.
    faces: usize,
    drawn: JoinHandle<Option<Pictures>>,
}

impl Ahead {
    /// Begins to draw the cover of the book of that number; `None` where there is nothing to draw, or nobody to do it.
    pub fn begin(number: usize, book: &Book, theme: Theme, fonts: &Fonts, last: &Last) -> Option<Ahead> {
        // Whoever is one of the pool's own threads would wait for it, and it for them.
        if rayon::current_thread_index().is_some() {
            return None;
        }
        let set = Set::of(book, &theme, SHEET)?;
        let (faces, fonts, last) = (fonts.faces().len(), fonts.clone(), last.clone());
        let drawn = std::thread::Builder::new().name("cover".into()).spawn(move || set.pictures(&fonts, &last)).ok()?;
        Some(Ahead { book: number, theme, faces, drawn })
    }

    /// What was drawn, if it is what is wanted now.
    pub fn pictures(self, number: usize, theme: &Theme, fonts: &Fonts) -> Option<Pictures> {
        let wanted = self.book == number && self.theme == *theme && self.faces == fonts.faces().len();
        let drawn = self.drawn.join();
        if wanted { drawn.unwrap_or_else(|panic| std::panic::resume_unwind(panic)) } else { None }
    }
}

/// A book of nothing but its cover, and its looks on a sheet.
struct Set {
    book: Book,
    theme: Theme,
}

impl Set {
    fn of(book: &Book, theme: &Theme, sheet: Size) -> Option<Set> {
        let cover = book.first(DivisionKind::Cover)?;
        if cover.cover.as_ref().is_none_or(|cover| cover.whole && cover.picture.is_some()) {
            return None;
        }
        let mut theme = theme.clone();
        theme.page.trim = sheet;
        theme.page.bleed = Length::ZERO;
        theme.page.screen = true;
        theme.page.covers = true;
        if sheet == SHEET {
            theme.enlarge_cover_title(sheet.width.scale(TITLE, 1000));
        }
        Some(Set { book: alone(book, cover), theme })
    }

    /// As a PDF of one page. What is to be said of the cover was said when the book was set.
    fn pdf(&self, fonts: &Fonts) -> Option<Vec<u8>> {
        let mut aside = Diagnostics::new();
        let (pages, _) = layout::set(&self.book, &self.theme, fonts, &mut aside);
        let edition = Edition { purpose: Purpose::Screen, ..Edition::new("cover", Format::Pdf) };
        let job = pdf::Job::plain(&pages, &self.book, fonts, &edition);
        Some(pdf::write(&job, &mut aside).ok()?.bytes)
    }

    fn pictures(&self, fonts: &Fonts, last: &Last) -> Option<Pictures> {
        let pdf = self.pdf(fonts)?;
        if let Some(drawn) = last.drawn().as_ref().filter(|drawn| drawn.pdf == pdf) {
            return Some(drawn.pictures.clone());
        }
        let pictures = light_table::with_room(ROOM, || {
            let drawn = pdf::raster::page(&pdf, 0, WIDTHS[1])?;
            // Packed side by side: drawn and packed, they are the longest step of a short paper. Threads of the pool may be
            // waiting for this to be done.
            let (inside, beside) = std::thread::scope(|scope| {
                let beside = scope.spawn(|| drawn.jpeg(QUALITY));
                let inside = drawn.smaller_jpeg(WIDTHS[0], QUALITY);
                (inside, beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            });
            Some(Pictures { inside: inside?, beside: beside? })
        })?;
        *last.drawn() = Some(Drawn { pdf, pictures: pictures.clone() });
        Some(pictures)
    }
}

/// The pictures beside the files of a release: the cover for shops, a small one for pages, a wide one for links.
pub(super) fn for_release(book: &Book, theme: &Theme, fonts: &Fonts) -> Vec<Picture> {
    let whole = |width: u32| own(book).and_then(|asset| pixels::contained(asset, width, width * 8 / 5, QUALITY));
    let pdf = set(book, theme, fonts, SHEET);
    let upright = || match &pdf {
        Some(pdf) => {
            let drawn = pdf::raster::page(pdf, 0, WIDTHS[1]);
            let small = drawn.as_ref().and_then(|drawn| drawn.smaller_jpeg(400, QUALITY));
            (drawn.and_then(|drawn| drawn.jpeg(QUALITY)), small)
        }
        None => (whole(WIDTHS[1]), whole(400)),
    };
    let wide = || match linked(book).and_then(|asset| pixels::covered(asset, 1200, 630, QUALITY)) {
        Some(own) => Some(own),
        None => drawn_wide(book, theme, fonts),
    };
    let ((large, small), wide) = rayon::join(upright, wide);
    let named = [("cover-400.jpg", small), ("cover.jpg", large), ("og.jpg", wide)];
    named.into_iter().filter_map(|(file, jpeg)| Some(Picture { file, jpeg: jpeg? })).collect()
}

/// The picture that its author has for links.
fn linked(book: &Book) -> Option<&Asset> {
    let cover = book.first(DivisionKind::Cover)?.cover.as_ref()?;
    Some(book.assets.get(cover.og?))
}

/// The cover set on a wide sheet.
fn drawn_wide(book: &Book, theme: &Theme, fonts: &Fonts) -> Option<Vec<u8>> {
    match set(book, theme, fonts, WIDE) {
        Some(pdf) => pdf::raster::page(&pdf, 0, 1200)?.jpeg(QUALITY),
        None => own(book).and_then(|asset| pixels::contained(asset, 1200, 630, QUALITY)),
    }
}

/// The author's picture, where it is the whole cover.
fn own(book: &Book) -> Option<&Asset> {
    let cover = book.first(DivisionKind::Cover)?.cover.as_ref()?;
    let (asset, _) = cover.picture.as_ref().filter(|_| cover.whole)?;
    Some(book.assets.get(*asset))
}

/// The cover alone on a sheet, as a PDF.
fn set(book: &Book, theme: &Theme, fonts: &Fonts, sheet: Size) -> Option<Vec<u8>> {
    Set::of(book, theme, sheet)?.pdf(fonts)
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
