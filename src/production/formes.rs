//! Formes: editions that are set, and what writes them.
//!
//! To set an edition, books and pages are made and what they have to say is said, one after the other. To write one is
//! to look at what is finished, and so a PDF and the e-book after it are written side by side: each has long stretches
//! that one core does alone.

use std::collections::BTreeMap;

use super::{Finished, Layout, Production, shown_in};
use crate::assembly::Content;
use crate::book::{Book, Written};
use crate::diagnostic::{Diagnostics, Reported};
use crate::edition::{Edition, Format};
use crate::font::Fonts;
use crate::page::Pages;
use crate::theme::Theme;
use crate::{epub, layout, pdf};

/// An edition that is set and not yet written.
pub(super) enum Forme {
    /// Pages.
    Pdf {
        book: usize,
        pages: usize,
        /// The colour profile that the edition names.
        own: Option<Vec<u8>>,
        /// The pages with what is wrong at its lines, of a proof.
        marked: Option<Box<Pages>>,
    },
    /// A book for screens.
    Ebook {
        book: usize,
        /// The print whose pages are marked in it: its book and its pages.
        print: Option<(usize, usize)>,
        theme: Box<Theme>,
        cover: Box<Drawing>,
    },
}

/// Who draws the cover of an e-book.
pub(super) struct Drawing {
    /// Whoever has begun it.
    #[cfg(feature = "raster")]
    pub ahead: Option<super::cover::Ahead>,
    /// What was drawn last.
    #[cfg(feature = "raster")]
    pub last: super::cover::Last,
}

impl Drawing {
    /// The cover as pictures: for the book and for shops. Without hayro there are none: the e-book shows the picture on
    /// the cover, or the cover's words.
    pub fn pictures(
        self,
        number: usize,
        book: &Book,
        theme: &Theme,
        fonts: &Fonts,
    ) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        #[cfg(feature = "raster")]
        {
            let ahead = self.ahead.and_then(|ahead| ahead.pictures(number, theme, fonts));
            if let Some(drawn) = ahead.or_else(|| super::cover::pictures(book, theme, fonts, &self.last)) {
                return (Some(drawn.inside), Some(drawn.beside));
            }
        }
        (None, None)
    }
}

/// What formes are written from.
#[derive(Clone, Copy)]
struct Shelves<'a> {
    books: &'a BTreeMap<usize, (Content, Book)>,
    layouts: &'a BTreeMap<usize, Layout>,
    fonts: &'a Fonts,
    editions: &'a [Edition],
    shop: Option<epub::Shop>,
}

impl Production<'_> {
    /// The files of an edition that is neither imposed nor for the web: one, and for an e-book its cover beside it.
    pub(super) fn written_alone(&mut self, edition: &Edition) -> Result<Vec<Finished>, Reported> {
        let forme = self.forme(edition)?;
        let mut said = Diagnostics::new();
        let written = self.shelves().write(edition, forme, &mut said);
        self.diagnostics.append(said);
        written
    }

    /// The files of a PDF and of the e-book after it. They come to the same as one after the other.
    pub(super) fn written_together(&mut self, pdf: &Edition, ebook: &Edition) -> [Result<Vec<Finished>, Reported>; 2] {
        let set = self.forme(pdf);
        let mark = self.diagnostics.len();
        let then = self.forme(ebook);
        let of_the_ebook = self.diagnostics.split_off(mark);
        let shelves = self.shelves();
        let write = |edition: &Edition, forme: Result<Forme, Reported>| {
            let mut said = Diagnostics::new();
            let written = forme.and_then(|forme| shelves.write(edition, forme, &mut said));
            (written, said)
        };
        let ((one, said), (other, then_said)) = std::thread::scope(|scope| {
            let one = scope.spawn(|| write(pdf, set));
            let other = write(ebook, then);
            (one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), other)
        });
        for said in [said, of_the_ebook, then_said] {
            self.diagnostics.append(said);
        }
        [one, other]
    }

    /// Sets an edition.
    fn forme(&mut self, edition: &Edition) -> Result<Forme, Reported> {
        if edition.format == Format::Pdf {
            let (book, pages) = self.pages(edition)?;
            let own = self.profile(edition)?;
            self.looked_at(edition, book, pages);
            let mut marked = None;
            if self.proof {
                let (book, layout) = (&self.books[&book].1, &self.layouts[&pages]);
                let marked = marked.insert(layout.pages.clone());
                layout::mark_faults(marked, book, &layout.theme, &self.fonts, self.diagnostics, self.sources);
            }
            return Ok(Forme::Pdf { book, pages, own, marked: marked.map(Box::new) });
        }
        let print = self.marked_by(edition)?;
        let theme = self.theme(edition);
        let book = self.book(edition)?;
        Ok(Forme::Ebook { book, print, theme: theme.into(), cover: self.drawing().into() })
    }

    fn shelves(&self) -> Shelves<'_> {
        Shelves {
            books: &self.books,
            layouts: &self.layouts,
            fonts: &self.fonts,
            editions: self.manuscript.editions(),
            shop: self.shop,
        }
    }
}

impl Shelves<'_> {
    /// Writes a forme.
    fn write(&self, edition: &Edition, forme: Forme, said: &mut Diagnostics) -> Result<Vec<Finished>, Reported> {
        let (book, pages, written, beside) = match forme {
            Forme::Pdf { book, pages, own, marked } => {
                let pages = marked.as_deref().unwrap_or(&self.layouts[&pages].pages);
                let plain = pdf::Job::plain(pages, &self.books[&book].1, self.fonts, edition);
                let written = pdf::write(&pdf::Job { own: own.as_deref(), ..plain }, said)?;
                (book, Some(pages.pages.len()), written, None)
            }
            Forme::Ebook { book, print, theme, cover } => {
                let (inside, beside) = cover.pictures(book, &self.books[&book].1, &theme, self.fonts);
                let sold = &self.books[&book].1.metadata.identifiers.isbn_print;
                let isbn = edition.marked(self.editions).and_then(|print| {
                    print.isbn.as_ref().or(sold.as_ref().filter(|_| print.is_sold_print(self.editions)))
                });
                let input = epub::Input {
                    book: &self.books[&book].1,
                    print_isbn: isbn.map(|isbn| &isbn.value),
                    theme: &theme,
                    fonts: self.fonts,
                    print: print.map(|(book, pages)| shown_in(&self.books[&book].1, &self.layouts[&pages])),
                    embed_fonts: edition.embed_fonts,
                    cover: inside.map(|jpeg| epub::CoverPicture { jpeg, size: (1600, 2560) }),
                    shop: self.shop,
                };
                (book, None, epub::write(&input, said)?, beside)
            }
        };
        let file = edition.file_name(&self.books[&book].1.metadata.slug, self.editions);
        let beside = beside.map(|bytes| (file.replace(".epub", "-cover.jpg"), Written { bytes, ..Written::default() }));
        let finished = |(file, written): (String, Written), pages: Option<usize>| Finished {
            edition: edition.name.clone(),
            file,
            bytes: written.bytes,
            pages,
            features: written.features,
            claims: written.claims,
            accessibility: written.accessibility,
            printing: Vec::new(),
        };
        let mut files = vec![finished((file, written), pages)];
        files.extend(beside.map(|beside| finished(beside, None)));
        Ok(files)
    }
}
