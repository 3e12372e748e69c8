//! Production: the editions of a manuscript, made. The one module that knows every stage.
//!
//! A production reads the manuscript once. Editions that share sections and the place of notes share a
//! [`Book`]; those that also look alike share their [`Pages`]. An e-book's page numbers are those of a print edition,
//! which is laid out even when nobody asked for its file.

#[cfg(feature = "raster")]
mod cover;

use crate::assembly::{self, Content};
use crate::book::{Book, PageMap};
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::edition::{Edition, Format, Press, Purpose};
use crate::font::{Fonts, find};
use crate::manuscript::{self, Manuscript};
use crate::page::Pages;
pub use crate::preflight::count::Counts;
use crate::preflight::count::count;
use crate::source::{Files, Sources};
use crate::theme::{Theme, ThemeSpec};
use crate::{epub, layout, pdf, preflight};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// This edition only.
    pub edition: Option<String>,
    /// Also hold the e-book against the rules of this shop.
    pub shop: Option<String>,
    /// Also hold the manuscript against the rules of its house.
    pub house: bool,
}

/// What is being done, for who waits.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// The manuscript is read; these files look like sections and take no part in the book.
    Read(&'a [String]),
    /// An edition is begun.
    Making(&'a Edition),
    /// A file is finished.
    Made(&'a Output),
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Output {
    /// The edition it is.
    pub edition: String,
    /// Its name.
    pub file: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// How many pages it has; `None` for an e-book.
    pub pages: Option<usize>,
}

/// Makes the editions that are asked for, in the manuscript's order; `step` hears of each, and may look at a clock.
/// What the author allowed is left out of `diagnostics`.
pub fn build(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    step: &mut dyn FnMut(Step<'_>),
) -> Result<Vec<Output>, Reported> {
    let manuscript = manuscript::read(files, sources, diagnostics)?;
    step(Step::Read(manuscript.left_out()));
    let editions = wanted(&manuscript, request, diagnostics)?;
    let shop = shop(request, diagnostics)?;
    let mut production = Production::new(files, request, &manuscript, sources, diagnostics);
    production.shop = shop;
    let mut outputs = Vec::new();
    let mut failed = None;
    for edition in editions {
        step(Step::Making(edition));
        match production.edition(edition) {
            Ok(made) => {
                made.iter().for_each(|output| step(Step::Made(output)));
                outputs.extend(made);
            }
            Err(reported) => failed = Some(reported),
        }
    }
    diagnostics.retain(|diagnostic| !manuscript.allows(diagnostic));
    match failed {
        Some(reported) => Err(reported),
        None => Ok(outputs),
    }
}

/// A PDF edition before it is written: what proofs, benches and checks look at.
#[derive(Debug)]
pub struct Proof {
    /// The content.
    pub book: Book,
    /// The looks.
    pub theme: Theme,
    /// The faces.
    pub fonts: Fonts,
    /// The finished pages.
    pub pages: Pages,
}

/// Sets the edition asked for, else the first PDF; nothing is written. `None` when there is no such PDF edition.
pub fn proof(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Proof>, Reported> {
    let manuscript = manuscript::read(files, sources, diagnostics)?;
    let editions = wanted(&manuscript, request, diagnostics)?;
    let Some(edition) = editions.into_iter().find(|edition| edition.format == Format::Pdf) else { return Ok(None) };
    let mut production = Production::new(files, request, &manuscript, sources, diagnostics);
    let (book, pages) = production.pages(edition)?;
    let (_, book) = production.books.swap_remove(book);
    let Layout { theme, pages, said, .. } = production.layouts.swap_remove(pages);
    production.diagnostics.append(said);
    Ok(Some(Proof { book, theme, fonts: production.fonts, pages }))
}

/// What a manuscript comes to.
#[derive(Clone, PartialEq, Debug)]
pub struct Survey {
    /// The title, in plain letters.
    pub title: String,
    /// What is in the first of its editions.
    pub counts: Counts,
    /// Every edition.
    pub editions: Vec<Surveyed>,
}

/// What an edition comes to.
#[derive(Clone, PartialEq, Debug)]
pub struct Surveyed {
    /// Its name.
    pub name: String,
    /// PDF or EPUB.
    pub format: Format,
    /// The name of its file.
    pub file: String,
    /// Its pages; for an e-book those of the edition whose page numbers it gives, if there is one.
    pub pages: Option<usize>,
    /// What is in it.
    pub counts: Counts,
}

/// Counts what there is, edition by edition; nothing is written.
pub fn survey(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Survey, Reported> {
    let manuscript = manuscript::read(files, sources, diagnostics)?;
    let wanted: Vec<Edition> = wanted(&manuscript, request, diagnostics)?.into_iter().cloned().collect();
    let mut production = Production::new(files, request, &manuscript, sources, diagnostics);
    let mut editions = Vec::new();
    for edition in &wanted {
        let of = match edition.format {
            Format::Pdf => Some(edition.clone()),
            Format::Epub => production.print_of(edition).cloned(),
        };
        let pages = match of {
            Some(of) => {
                let (_, pages) = production.pages(&of)?;
                Some(production.layouts[pages].pages.pages.len())
            }
            None => None,
        };
        let at = production.book(edition)?;
        let book = &production.books[at].1;
        editions.push(Surveyed {
            name: edition.name.clone(),
            format: edition.format,
            file: edition.file_name(&book.metadata.slug, manuscript.editions()),
            pages,
            counts: count(book),
        });
    }
    let first = production.books.first().map(|(_, book)| book);
    Ok(Survey {
        title: first.map(|book| crate::book::plain(&book.metadata.title)).unwrap_or_default(),
        counts: first.map(count).unwrap_or_default(),
        editions,
    })
}

/// The editions asked for; a name that there is not is an error.
fn wanted<'a>(
    manuscript: &'a Manuscript,
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<&'a Edition>, Reported> {
    let Some(name) = &request.edition else { return Ok(manuscript.editions().iter().collect()) };
    match manuscript.editions().iter().find(|edition| edition.name == *name) {
        Some(edition) => Ok(vec![edition]),
        None => {
            let names: Vec<&str> = manuscript.editions().iter().map(|edition| edition.name.as_str()).collect();
            Err(diagnostics.fail(
                Diagnostic::new(&lints::UNKNOWN_EDITION, format!("there is no edition \"{name}\""))
                    .hint(format!("the manuscript has {}", names.join(", "))),
            ))
        }
    }
}

/// The shop asked for; a name that recto does not know is an error.
fn shop(request: &Request, diagnostics: &mut Diagnostics) -> Result<Option<epub::Shop>, Reported> {
    let Some(name) = &request.shop else { return Ok(None) };
    match epub::Shop::find(name) {
        Some(shop) => Ok(Some(shop)),
        None => Err(diagnostics.fail(
            Diagnostic::new(&lints::SHOP_UNKNOWN, format!("recto knows no rules of a shop \"{name}\""))
                .hint(format!("it knows those of {}", epub::Shop::NAMES)),
        )),
    }
}

struct Production<'a> {
    files: &'a dyn Files,
    fonts: Fonts,
    manuscript: &'a Manuscript,
    books: Vec<(Content, Book)>,
    layouts: Vec<Layout>,
    /// Whether the house's rules are asked for.
    house: bool,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    /// The shop whose rules e-books are held against.
    shop: Option<epub::Shop>,
}

/// From so many pages on a book has a half title and a title page, unless its author says otherwise.
const LONG: usize = 24;

impl<'a> Production<'a> {
    /// At the start: the faces are read, nothing is set.
    fn new(
        files: &'a dyn Files,
        request: &Request,
        manuscript: &'a Manuscript,
        sources: &'a mut Sources,
        diagnostics: &'a mut Diagnostics,
    ) -> Production<'a> {
        let asked = find::Asked { names: manuscript.families(), houses: manuscript.houses() };
        let fonts = find::find(files, asked, diagnostics);
        let (books, layouts) = (Vec::new(), Vec::new());
        let house = request.house;
        Production { files, fonts, manuscript, books, layouts, house, sources, diagnostics, shop: None }
    }
}

impl Production<'_> {
    /// The files of an edition: one, and for an e-book its cover beside it.
    fn edition(&mut self, edition: &Edition) -> Result<Vec<Output>, Reported> {
        let at = self.book(edition)?;
        let file = edition.file_name(&self.books[at].1.metadata.slug, self.manuscript.editions());
        let mut beside = None;
        let (bytes, pages) = match edition.format {
            Format::Pdf => {
                let (book, pages) = self.pages(edition)?;
                let own = self.profile(edition)?;
                self.diagnostics.append(std::mem::take(&mut self.layouts[pages].said));
                let layout = &self.layouts[pages];
                let (book, pages, theme) = (&self.books[book].1, &layout.pages, &layout.theme);
                let job = preflight::printer::Job { pages, book, theme, edition, fonts: &self.fonts };
                preflight::printer::check(&job, self.diagnostics);
                let bytes = pdf::write(pages, book, &self.fonts, edition, own.as_deref(), self.diagnostics)?;
                (bytes, Some(pages.pages.len()))
            }
            Format::Epub => {
                let (bytes, cover) = self.ebook(edition)?;
                beside = cover.map(|cover| (file.replace(".epub", "-cover.jpg"), cover));
                (bytes, None)
            }
        };
        let mut outputs = vec![Output { edition: edition.name.clone(), file, bytes, pages }];
        outputs.extend(beside.map(|(file, bytes)| Output { edition: edition.name.clone(), file, bytes, pages: None }));
        Ok(outputs)
    }

    /// The colour profile that a press edition names.
    fn profile(&mut self, edition: &Edition) -> Result<Option<Vec<u8>>, Reported> {
        let Some(profile) = &edition.profile else { return Ok(None) };
        self.files.read(&profile.path).map(Some).map_err(|error| {
            let message = format!("the profile \"{}\" cannot be read: {error}", profile.path);
            self.diagnostics.fail(
                Diagnostic::new(&lints::MISSING_FILE, message)
                    .at(profile.span)
                    .hint("the path is counted from the manuscript folder"),
            )
        })
    }

    /// An e-book, and its cover for shops.
    fn ebook(&mut self, edition: &Edition) -> Result<(Vec<u8>, Option<Vec<u8>>), Reported> {
        let print = self.print_of(edition).cloned();
        let print = match print {
            Some(print) => {
                let (book, pages) = self.pages(&print)?;
                self.diagnostics.append(std::mem::take(&mut self.layouts[pages].said));
                Some((book, pages))
            }
            None => None,
        };
        let theme = self.theme(edition);
        let book = self.book(edition)?;
        let (inside, beside) = self.cover(book, &theme);
        let input = epub::Input {
            book: &self.books[book].1,
            theme: &theme,
            fonts: &self.fonts,
            print: print
                .map(|(book, pages)| epub::Print { book: &self.books[book].1, map: &self.layouts[pages].pages.map }),
            embed_fonts: edition.embed_fonts,
            cover: inside.map(|jpeg| epub::CoverPicture { jpeg, size: (1600, 2560) }),
            shop: self.shop,
        };
        Ok((epub::write(&input, self.diagnostics)?, beside))
    }

    /// The cover as pictures: for the book and for shops.
    #[cfg(feature = "raster")]
    fn cover(&self, book: usize, theme: &Theme) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let pictures = cover::pictures(&self.books[book].1, theme, &self.fonts);
        pictures.map_or((None, None), |pictures| (Some(pictures.inside), Some(pictures.beside)))
    }

    /// Without hayro there are none: the e-book shows the picture on the cover, or the cover's words.
    #[cfg(not(feature = "raster"))]
    fn cover(&self, _book: usize, _theme: &Theme) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        (None, None)
    }

    /// The edition whose page numbers an e-book gives: the one it names, else the first PDF.
    fn print_of(&self, edition: &Edition) -> Option<&Edition> {
        let all = self.manuscript.editions();
        match &edition.pages_of {
            Some(name) => all.iter().find(|other| other.name == *name && other.format == Format::Pdf),
            None => all.iter().find(|other| other.format == Format::Pdf),
        }
    }

    fn theme(&self, edition: &Edition) -> Theme {
        self.theme_under(edition, None)
    }

    /// The looks of an edition with a layer over all others.
    fn theme_under(&self, edition: &Edition, above: Option<&ThemeSpec>) -> Theme {
        let mut purpose = edition.purpose.looks();
        if edition.looks.greyscale == Some(false) {
            // `colour: full` keeps the theme's colours on a press too.
            purpose.greyscale = None;
        }
        let mut layers: Vec<&ThemeSpec> = self.manuscript.themes().iter().collect();
        if edition.format == Format::Pdf || edition.purpose != Purpose::Office {
            layers.push(&purpose);
        }
        layers.push(&edition.looks);
        layers.extend(above);
        Theme::settle(&layers)
    }

    /// The book of an edition, made where it is first asked for.
    fn book(&mut self, edition: &Edition) -> Result<usize, Reported> {
        self.book_of_length(edition, edition.format == Format::Pdf && self.manuscript.letters() > LONG * 2000)
    }

    /// The same, for a book that is known to be long or not.
    fn book_of_length(&mut self, edition: &Edition, long: bool) -> Result<usize, Reported> {
        let isbn = |format: Format| edition.isbn.clone().filter(|_| edition.format == format);
        let content = Content {
            parts: edition.parts,
            long,
            isbn_print: isbn(Format::Pdf),
            isbn_epub: isbn(Format::Epub),
            notes: edition.notes,
            sections: edition.sections.clone(),
            number_headings: self.theme(edition).number_headings,
            stamp: edition.stamp.clone(),
            without: self.manuscript.not_for(&edition.name),
        };
        let at = match self.books.iter().position(|(known, _)| *known == content) {
            Some(at) => at,
            None => {
                let book = assembly::assemble(self.manuscript, &content, self.files, self.sources, self.diagnostics)?;
                preflight::notes::check(&book, self.sources, self.diagnostics);
                preflight::terms::check(&book, self.diagnostics);
                if self.house {
                    preflight::house::check(&book, self.theme(edition).base, self.diagnostics);
                }
                self.books.push((content, book));
                self.books.len() - 1
            }
        };
        Ok(at)
    }

    /// The book and the pages of a PDF edition, set where they are first asked for.
    ///
    /// Half title and title page stand in books of [`LONG`] pages and more. That is guessed from the letters, since a
    /// long book is slow to set twice; where the guess was wrong the book is made and set again.
    fn pages(&mut self, edition: &Edition) -> Result<(usize, usize), Reported> {
        let book = self.book(edition)?;
        let guess = self.books[book].0.long;
        let (book, at) = self.pages_of_book(edition, book)?;
        let long = self.layouts[at].pages.pages.len() >= LONG;
        let said = edition.parts.over(self.manuscript.parts());
        if long == guess || edition.sections.is_some() || (said.half_title.is_some() && said.title_page.is_some()) {
            return Ok((book, at));
        }
        let other = self.book_of_length(edition, long)?;
        self.pages_of_book(edition, other)
    }

    fn pages_of_book(&mut self, edition: &Edition, book: usize) -> Result<(usize, usize), Reported> {
        // An extract has the folios of the whole.
        let whole = match &edition.sections {
            Some(_) => Some(self.pages(&Edition { sections: None, ..edition.clone() })?.1),
            None => None,
        };
        let whole = whole.map(|at| self.layouts[at].pages.map.clone());
        let Purpose::Press(printer) = edition.purpose else {
            return Ok((book, self.laid_out(book, self.theme(edition), None, whole.as_ref())));
        };
        let press = printer.press();
        // The gutter depends on the page count, which depends on the gutter: it only grows, so this ends.
        let mut count = 0;
        loop {
            let theme = self.theme_under(edition, Some(&press.margins(count)));
            let spine = theme.page.spine;
            let at = self.laid_out(book, theme, Some(press), whole.as_ref());
            count = self.layouts[at].pages.pages.len();
            if spine >= press.gutter(count) {
                return Ok((book, at));
            }
        }
    }

    /// The pages of a book in some looks, set where they are first asked for. What a pass has to say is only said if
    /// its pages are used.
    fn laid_out(&mut self, book: usize, theme: Theme, press: Option<&'static Press>, whole: Option<&PageMap>) -> usize {
        let known = |layout: &Layout| layout.book == book && layout.theme == theme && layout.press == press;
        if let Some(at) = self.layouts.iter().position(known) {
            return at;
        }
        let set = |book: &Book, fonts: &Fonts, said: &mut Diagnostics| {
            layout::set_with_folios(book, &theme, fonts, whole, said)
        };
        let mut said = Diagnostics::new();
        let (mut pages, mut missing) = set(&self.books[book].1, &self.fonts, &mut said);
        if !missing.characters.is_empty()
            && find::ask_the_machine(&mut self.fonts, self.files, &missing.characters, self.diagnostics)
        {
            said = Diagnostics::new();
            (pages, missing) = set(&self.books[book].1, &self.fonts, &mut said);
        }
        find::report_missing(&missing.characters, self.diagnostics);
        find::report_cuts(&missing.cuts, self.manuscript.families(), self.diagnostics);
        pages.bleed_over();
        if let Some(press) = press {
            pages.fill_up(press.multiple, press.blank_last);
        }
        self.layouts.push(Layout { book, theme, press, pages, said });
        self.layouts.len() - 1
    }
}

/// The pages of a book in some looks.
struct Layout {
    book: usize,
    theme: Theme,
    press: Option<&'static Press>,
    pages: Pages,
    /// What setting them had to say.
    said: Diagnostics,
}
