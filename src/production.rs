//! Production: the editions of a manuscript, made. The one module that knows every stage.
//!
//! A [`Session`] builds one manuscript after the other, or one again and again. Each build reads the manuscript once.
//! Editions that share sections and the place of notes share a [`Book`]; those that also look alike share their
//! [`Pages`]. An e-book's page numbers are those of a print edition, which is laid out even when nobody asked for its
//! file. Books and pages stand on shelves, from which goes what no edition to come looks at.
//!
//! Invariant: an edition comes to the same bytes whatever was made before it.

#[cfg(feature = "raster")]
pub mod against;
pub mod copies;
#[cfg(feature = "raster")]
mod cover;
mod formes;
mod handing_on;
mod imposed;
mod web;
pub mod words;
mod wrap;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::assembly::{self, Content};
use crate::book::{Accessibility, Book, Claim, Feature, NotePlace, Shown};
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, Severity, lints};
use crate::edition::{Edition, Format, Press, Purpose};
use crate::font::{self, Fonts, find};
use crate::language::Direction;
pub use crate::language::hyphenation::Hyphens;
pub use crate::language::table::rows as languages;
use crate::ledger::Entries;
pub use crate::ledger::{Account, Ledger, Stretch};
pub use crate::manuscript::keys;
use crate::manuscript::{self, Manuscript};
use crate::page::Pages;
use crate::picture::Store;
pub use crate::preflight::count::Counts;
use crate::preflight::count::count;
use crate::source::{Composed, Files, Sources};
pub use crate::theme as themes;
use crate::theme::{Role, Theme, ThemeSpec};
use crate::units::Length;
use crate::{epub, layout, preflight};
pub use handing_on::{Release, release};
pub use wrap::spine;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// This edition only.
    pub edition: Option<String>,
    /// Also hold the e-book against the rules of this shop.
    pub shop: Option<String>,
    /// Also hold the manuscript against the rules of its house.
    pub house: bool,
    /// Make every edition in spite of errors, stamped, each fault marked at its line.
    pub proof: bool,
}

/// What is being done, for who waits.
#[derive(Debug)]
pub enum Step<'a> {
    /// The manuscript is read; these files look like sections and take no part in the book.
    Read(&'a [String]),
    /// An edition is begun.
    Making(&'a Edition),
    /// A file is finished. In a build whoever has put its bytes elsewhere may take them: nothing looks at them again.
    Made(&'a mut Finished),
    /// Every word that was written is accounted for, or was said to be lost.
    Counted(&'a Ledger, &'a Sources),
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The edition it is.
    pub edition: String,
    /// Its name.
    pub file: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// How many pages it has; `None` for an e-book.
    pub pages: Option<usize>,
    /// What it offers to who reads it otherwise than by looking.
    pub features: BTreeSet<Feature>,
    /// The standards that it says it keeps.
    pub claims: Vec<Claim>,
    /// What it says about its accessibility, if its format has words for it.
    pub accessibility: Option<Accessibility>,
    /// How it is printed, in the book's language, a line a thing; empty where that needs no words.
    pub printing: Vec<String>,
}

/// A production of one manuscript after the other, or of one again and again. It knows no clock, no disk and no socket:
/// whoever waits is told each [`Step`], and may say stop.
#[derive(Debug, Default)]
pub struct Session {
    /// The texts of the last build, into which its diagnostics point.
    pub sources: Sources,
    /// What the last build found; what the author allowed is left out.
    pub diagnostics: Diagnostics,
}

impl Session {
    /// A session that has built nothing.
    pub fn new() -> Session {
        Session::default()
    }

    /// Makes the editions that are asked for, in the manuscript's order. A step that answers `Break` ends the build:
    /// what is finished by then comes back.
    pub fn build(
        &mut self,
        files: &dyn Files,
        request: &Request,
        step: &mut dyn FnMut(Step<'_>) -> ControlFlow<()>,
    ) -> Result<Vec<Finished>, Reported> {
        (self.sources, self.diagnostics) = (Sources::new(), Diagnostics::new());
        make(files, request, &mut self.sources, &mut self.diagnostics, step)
    }
}

/// Makes the editions that are asked for, once, to the end; what the author allowed is left out of `diagnostics`.
pub fn build(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    step: &mut dyn FnMut(Step<'_>),
) -> Result<Vec<Finished>, Reported> {
    make(files, request, sources, diagnostics, &mut |at| {
        step(at);
        ControlFlow::Continue(())
    })
}

fn make(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    step: &mut dyn FnMut(Step<'_>) -> ControlFlow<()>,
) -> Result<Vec<Finished>, Reported> {
    let files = &Composed::of(files);
    let manuscript = match request.proof {
        true => manuscript::read_for_proof(files, sources, diagnostics)?,
        false => manuscript::read(files, sources, diagnostics)?,
    };
    if step(Step::Read(manuscript.left_out())).is_break() {
        return Ok(Vec::new());
    }
    let editions = wanted(&manuscript, request, diagnostics)?;
    let shop = shop(request, diagnostics)?;
    let mut production = Production::new(files, request, &manuscript, sources, diagnostics);
    production.shop = shop;
    let mut built = production.all(&editions, step);
    let entries = std::mem::take(&mut production.entries);
    production.clear();
    // Of a build that was stopped or failed nobody knows what its books would have shown.
    let whole = |made: &Vec<Finished>| {
        editions.iter().all(|edition| made.iter().any(|finished| finished.edition == edition.name))
    };
    if !request.proof && built.as_ref().is_ok_and(whole) {
        let audited = audit(entries, &manuscript, sources, diagnostics, step);
        built = audited.and(built);
    }
    diagnostics.retain(|diagnostic| !manuscript.allows(diagnostic));
    forget(manuscript);
    built
}

/// Lets go of something large, which a thread of the pool takes apart. Where one of them asks there are other titles to
/// make, and what is done with goes first.
fn forget<T: Send + 'static>(large: T) {
    match rayon::current_thread_index() {
        None => rayon::spawn(move || drop(large)),
        Some(_) => drop(large),
    }
}

/// Closes the ledger: what is lost is an error, since nobody would see that it is not there. It may be recto's own
/// fault, and so the author may have it as a warning.
fn audit(
    entries: Entries,
    manuscript: &Manuscript,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
    step: &mut dyn FnMut(Step<'_>) -> ControlFlow<()>,
) -> Result<(), Reported> {
    let ledger = entries.close(sources, diagnostics);
    // Nothing comes after it that could be stopped.
    let _ = step(Step::Counted(&ledger, sources));
    let mut lost = Diagnostics::new();
    ledger.audit(sources, &mut lost);
    let mark = diagnostics.len();
    for mut diagnostic in lost {
        if manuscript.lowers(diagnostic.lint) {
            diagnostic.severity = Severity::Warning;
        }
        diagnostics.report(diagnostic);
    }
    diagnostics.unless_errors_since(mark, ())
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
    let files = &Composed::of(files);
    let manuscript = manuscript::read(files, sources, diagnostics)?;
    let editions = wanted(&manuscript, request, diagnostics)?;
    let Some(edition) = editions.into_iter().find(|edition| edition.format == Format::Pdf) else { return Ok(None) };
    let mut production = Production::new(files, request, &manuscript, sources, diagnostics);
    let edition = production.set_for(edition);
    let (book, pages) = production.pages(&edition)?;
    let (_, book) = production.books.remove(&book).expect("a book that was made a moment ago");
    let layout = production.layouts.remove(&pages).expect("pages that were set a moment ago");
    let Layout { theme, pages, said, .. } = layout;
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
    let files = &Composed::of(files);
    let manuscript = manuscript::read(files, sources, diagnostics)?;
    let wanted: Vec<Edition> = wanted(&manuscript, request, diagnostics)?.into_iter().cloned().collect();
    let mut production = Production::new(files, request, &manuscript, sources, diagnostics);
    let mut editions = Vec::new();
    for edition in &wanted {
        let of = match edition.format {
            Format::Pdf => Some(production.set_for(edition)),
            Format::Epub | Format::Web => production.print_of(edition).map(|print| production.set_for(print)),
        };
        let pages = match of {
            Some(of) => {
                let (_, pages) = production.pages(&of)?;
                Some(production.layouts[&pages].pages.pages.len())
            }
            None => None,
        };
        let at = production.book(edition)?;
        let book = &production.books[&at].1;
        editions.push(Surveyed {
            name: edition.name.clone(),
            format: edition.format,
            file: edition.file_name(&book.metadata.slug, manuscript.editions()),
            pages,
            counts: count(book),
        });
    }
    let first = production.books.values().next().map(|(_, book)| book);
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
    /// The books that editions made or to come look at, by when they were made.
    books: BTreeMap<usize, (Content, Book)>,
    /// The same of pages.
    layouts: BTreeMap<usize, Layout>,
    /// How many books and pages were made.
    made: usize,
    /// The pictures of all of them.
    pictures: Store,
    /// What became of the words that were written, as far as the books made so far show them.
    entries: Entries,
    /// Whether the house's rules are asked for.
    house: bool,
    /// Whether proofs are made.
    proof: bool,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    /// The shop whose rules e-books are held against.
    shop: Option<epub::Shop>,
    /// The cover of an e-book to come.
    #[cfg(feature = "raster")]
    ahead: Option<cover::Ahead>,
    /// The cover that was drawn last.
    #[cfg(feature = "raster")]
    last: cover::Last,
}

/// Where an edition shows pictures.
fn shown(format: Format) -> Shown {
    match format {
        Format::Pdf => Shown::OnPages,
        Format::Epub | Format::Web => Shown::OnScreens,
    }
}

/// What is stamped on a proof.
const PROOF: &str = "PROOF";

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
        let (books, layouts) = (BTreeMap::new(), BTreeMap::new());
        let house = request.house;
        #[cfg(feature = "raster")]
        let pictures = Store::drawing_pages(crate::pdf::raster::shown);
        #[cfg(not(feature = "raster"))]
        let pictures = Store::default();
        let entries = Entries::default();
        Production {
            files,
            fonts,
            manuscript,
            books,
            layouts,
            made: 0,
            pictures,
            entries,
            house,
            proof: request.proof,
            sources,
            diagnostics,
            shop: None,
            #[cfg(feature = "raster")]
            ahead: None,
            #[cfg(feature = "raster")]
            last: cover::Last::default(),
        }
    }
}

impl Production<'_> {
    /// Edition after edition. What none of those to come looks at is forgotten.
    fn all(
        &mut self,
        editions: &[&Edition],
        step: &mut dyn FnMut(Step<'_>) -> ControlFlow<()>,
    ) -> Result<Vec<Finished>, Reported> {
        let mut files = Vec::new();
        let mut failed = None;
        #[cfg(feature = "raster")]
        self.draw_ahead(editions);
        let mut at = 0;
        while at < editions.len() {
            let now = &editions[at..at + self.together(&editions[at..])];
            at += now.len();
            let shown =
                |editions: &[&Edition]| editions.iter().map(|edition| shown(edition.format)).collect::<Vec<_>>();
            self.pictures.sizes.expect(&shown(now), &shown(&editions[at..]));
            if now.iter().any(|edition| step(Step::Making(edition)).is_break()) {
                break;
            }
            let all_made = match now {
                [pdf, ebook] => self.written_together(pdf, ebook).into(),
                _ => now.iter().map(|edition| self.edition(edition)).collect::<Vec<_>>(),
            };
            let mut stop = false;
            for (edition, made) in now.iter().zip(all_made) {
                let made = made.and_then(|mut files| {
                    files.extend(self.numbered(edition)?);
                    Ok(files)
                });
                match made.map(|made| self.named(made)) {
                    Ok(mut made) if !stop => {
                        stop = made.iter_mut().any(|file| step(Step::Made(file)).is_break());
                        files.extend(made);
                    }
                    Ok(_) => {}
                    Err(reported) => failed = Some(reported),
                }
            }
            if stop {
                break;
            }
            self.forget_but_for(&editions[at..]);
        }
        match failed {
            Some(reported) => Err(reported),
            None => Ok(files),
        }
    }

    /// Takes all from the shelves. A long book is millions of small pieces, which nobody waits for.
    fn clear(&mut self) {
        forget((std::mem::take(&mut self.books), std::mem::take(&mut self.layouts)));
    }

    /// How many of the editions to come are made together: a PDF and the e-book after it, else one. A thread of the pool
    /// has others to make beside this title.
    fn together(&self, editions: &[&Edition]) -> usize {
        let pair = match editions {
            [pdf, ebook, ..] => {
                pdf.format == Format::Pdf
                    && ebook.format == Format::Epub
                    && imposed::of(pdf).is_none()
                    && imposed::of(ebook).is_none()
                    && pdf.copies.is_none()
            }
            _ => false,
        };
        if pair && !self.proof && rayon::current_thread_index().is_none() { 2 } else { 1 }
    }

    /// Takes from the shelves what no edition to come looks at. Books of a few hundred pages take as many megabytes as
    /// the pictures in them, and eight editions need not stand beside each other.
    fn forget_but_for(&mut self, later: &[&Edition]) {
        let mut looked_at: Vec<Edition> = Vec::new();
        for edition in later {
            match imposed::of(edition) {
                Some(imposition) => {
                    looked_at.extend(self.on_sheets(edition, imposition).into_iter().map(|(set, _)| set))
                }
                None => looked_at.push((*edition).clone()),
            }
            looked_at.extend(match edition.format {
                Format::Pdf => self.beside(edition),
                Format::Epub | Format::Web => self.print_of(edition).map(|print| self.set_for(print)),
            });
        }
        let extracts = looked_at.iter().filter(|edition| edition.sections.is_some());
        let whole: Vec<Edition> = extracts.map(|edition| self.whole_of(edition)).collect();
        looked_at.extend(whole);
        let books: Vec<(Content, &Edition)> = looked_at
            .iter()
            .flat_map(|edition| [false, true].map(|long| (self.content(edition, long), edition)))
            .collect();
        let kept = |content: &Content| books.iter().any(|(needed, _)| needed == content);
        let set: BTreeSet<usize> = self
            .layouts
            .iter()
            .filter(|(_, layout)| {
                let Some((content, _)) = self.books.get(&layout.book) else { return false };
                let of_book =
                    books.iter().filter(|(needed, edition)| needed == content && edition.format == Format::Pdf);
                // Margins of a press follow from the pages, so that its theme is known only when they are set.
                of_book.map(|(_, edition)| *edition).any(|edition| match edition.purpose {
                    Purpose::Press(printer) => layout.press == Some(printer.press()),
                    _ => layout.press.is_none() && layout.theme == self.theme(edition),
                })
            })
            .map(|(at, _)| *at)
            .collect();
        let books: BTreeSet<usize> =
            self.books.iter().filter(|(_, (content, _))| kept(content)).map(|(at, _)| *at).collect();
        self.layouts.retain(|at, _| set.contains(at));
        self.books.retain(|at, _| books.contains(at));
    }

    /// Proofs have names of their own, so that none is taken for what it is a proof of.
    fn named(&self, mut made: Vec<Finished>) -> Vec<Finished> {
        for finished in made.iter_mut().filter(|_| self.proof) {
            if let Some((stem, ending)) = finished.file.rsplit_once('.') {
                finished.file = format!("{stem}-proof.{ending}");
            }
        }
        made
    }

    /// The files of an edition: one, and for an e-book its cover beside it.
    fn edition(&mut self, edition: &Edition) -> Result<Vec<Finished>, Reported> {
        if let Some(imposition) = imposed::of(edition) {
            return self.imposed(edition, &imposition.clone());
        }
        if edition.format == Format::Web {
            return self.web(edition);
        }
        self.written_alone(edition)
    }

    /// Says what setting some pages had to say, and what is to be said of them before they are written.
    fn looked_at(&mut self, edition: &Edition, book: usize, pages: usize) {
        self.say(pages);
        let layout = &self.layouts[&pages];
        let (book, pages, theme) = (&self.books[&book].1, &layout.pages, &layout.theme);
        let at = self.manuscript.editions().iter().position(|other| other.name == edition.name);
        let place = at.and_then(|at| self.manuscript.metadata.edition_places.get(at).copied());
        let job = preflight::printer::Job { pages, book, theme, edition, place, fonts: &self.fonts };
        preflight::printer::check(&job, self.diagnostics);
        preflight::drawings::check(&job, self.diagnostics);
        preflight::page::check(&preflight::page::Job { pages, book, theme }, self.diagnostics);
        if self.house {
            preflight::index::check_pages(book, &pages.map, self.diagnostics);
        }
    }

    /// Says what setting some pages had to say, once.
    fn say(&mut self, pages: usize) {
        if let Some(layout) = self.layouts.get_mut(&pages) {
            self.diagnostics.append(std::mem::take(&mut layout.said));
        }
    }

    /// The colour profile that a press edition names.
    fn profile(&mut self, edition: &Edition) -> Result<Option<Vec<u8>>, Reported> {
        let Some(profile) = &edition.profile else { return Ok(None) };
        let path = self.sources.path_at(&profile.path, profile.span);
        self.files.read_at(&path).map(Some).map_err(|error| {
            let (message, hint) = path.refused(&error);
            let said = Diagnostic::new(&lints::MISSING_FILE, message).at(profile.span);
            self.diagnostics.fail(said.hint(hint))
        })
    }

    /// The print whose pages are marked in a book for screens, set: its book and its pages.
    fn marked_by(&mut self, edition: &Edition) -> Result<Option<(usize, usize)>, Reported> {
        let Some(print) = self.print_of(edition).map(|print| self.set_for(print)) else { return Ok(None) };
        let (book, pages) = self.pages(&print)?;
        self.say(pages);
        Ok(Some((book, pages)))
    }

    /// Begins the cover of the first e-book that does not come first. What fails here fails again in its turn.
    #[cfg(feature = "raster")]
    fn draw_ahead(&mut self, editions: &[&Edition]) {
        let Some(ebook) = editions.iter().skip(1).find(|edition| edition.format == Format::Epub) else { return };
        if let Ok(book) = self.book(ebook) {
            self.ahead = cover::Ahead::begin(book, &self.books[&book].1, self.theme(ebook), &self.fonts, &self.last);
        }
    }

    /// Who draws the cover of the e-book to come.
    fn drawing(&mut self) -> formes::Drawing {
        formes::Drawing {
            #[cfg(feature = "raster")]
            ahead: self.ahead.take(),
            #[cfg(feature = "raster")]
            last: self.last.clone(),
        }
    }

    /// The edition whose page numbers an e-book gives: the one it names, else the first PDF.
    fn print_of(&self, edition: &Edition) -> Option<&Edition> {
        edition.marked(self.manuscript.editions())
    }

    /// The edition whose folios stand at the fore-edge of a PDF, as it is set.
    fn beside(&self, edition: &Edition) -> Option<Edition> {
        edition.pages_of.as_ref()?;
        let print = self.print_of(edition).filter(|print| print.name != edition.name)?;
        Some(Edition { pages_of: None, ..self.set_for(print) })
    }

    /// The edition of which one is an extract, as it is set: whose page numbers it has. Where none of the manuscript's is
    /// whole, it is the extract's own with all sections.
    fn whole_of(&self, edition: &Edition) -> Edition {
        match self.print_of(edition).filter(|print| print.sections.is_none() && imposed::of(print).is_none()) {
            Some(print) => Edition { pages_of: None, ..self.set_for(print) },
            None => Edition { sections: None, head_band: false, pages_of: None, ..edition.clone() },
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
        let mut theme = Theme::settle(&layers);
        let led = self.manuscript.themes().iter().chain([&edition.looks]).any(|layer| layer.leading.is_some());
        let wider = self.height_of_letters(&theme).filter(|height| !led && *height > theme.style(Role::Body).leading);
        if wider.is_some() {
            let looser = ThemeSpec { leading: wider, ..ThemeSpec::default() };
            layers.push(&looser);
            theme = Theme::settle(&layers);
        }
        let language = &self.manuscript.metadata.language;
        theme.page.from_the_right = language.direction() == Direction::RightToLeft;
        if !language.has_small_letters() {
            theme.without_italics();
        }
        theme
    }

    /// The leading of letters that stand on each other or slope over their line, as those of Nastaliq, Tibetan and
    /// Burmese do; `None` where those of the title are in a face of the usual height.
    fn height_of_letters(&self, theme: &Theme) -> Option<Length> {
        const TALL: i64 = 2200;
        let metadata = &self.manuscript.metadata;
        let letter = metadata.title.text.chars().find(|letter| *letter >= '\u{590}' && letter.is_alphabetic())?;
        let style = theme.style(Role::Body);
        let request = font::Request {
            family: theme.families.name(style.family),
            weight: style.weight,
            italic: style.italic,
            size: style.size,
        };
        let usual = self.fonts.select(request);
        let has = self.fonts.face(usual).covers(letter);
        let face = if has { usual } else { self.fonts.fallback(letter, usual, &metadata.language)? };
        let metrics = &self.fonts.face(face).metrics;
        let height = i64::from(metrics.ascent - metrics.descent) * 1000 / i64::from(metrics.units_per_em);
        // Few letters reach both ends.
        (height >= TALL).then(|| style.size.scale(height * 4 / 5, 1000))
    }

    /// The book of an edition, made where it is first asked for.
    fn book(&mut self, edition: &Edition) -> Result<usize, Reported> {
        let long = is_bound(edition) || self.manuscript.letters() > LONG * 2000;
        self.book_of_length(edition, edition.format == Format::Pdf && long)
    }

    fn assemble(&mut self, content: &Content) -> Result<Book, Reported> {
        assembly::assemble(self.manuscript, content, self.files, &mut self.pictures, self.sources, self.diagnostics)
    }

    /// Where the notes of an edition stand, if not where the manuscript says.
    fn note_place(&self, edition: &Edition, theme: &Theme) -> Option<NotePlace> {
        // On the web the notes of a page stand at its end.
        let own = edition.notes.or((edition.format == Format::Web).then_some(NotePlace::Chapter));
        let asked = own.or(self.manuscript.metadata.notes.place).unwrap_or(theme.note_place);
        // No e-book has a margin, nor has every page; there all of each stands together.
        let beside = edition.format == Format::Pdf && theme.has_side_notes();
        if asked == NotePlace::Margin && !beside { Some(NotePlace::Footnotes) } else { own }
    }

    /// What goes into the book of an edition.
    fn content(&self, edition: &Edition, long: bool) -> Content {
        let theme = self.theme(edition);
        let isbn = |format: Format| edition.isbn.clone().filter(|_| edition.format == format);
        Content {
            parts: edition.parts,
            long,
            isbn_print: isbn(Format::Pdf),
            isbn_epub: isbn(Format::Epub),
            notes: self.note_place(edition, &theme),
            usual_notes: theme.note_place,
            words: theme.words,
            sections: edition.sections.clone(),
            head_band: edition.head_band,
            pages_marked: edition.format == Format::Pdf && edition.pages_of.is_some(),
            number_headings: theme.number_headings,
            number_sections: theme.number_sections,
            number_word: theme.opener.number_word,
            stamp: if self.proof { Some(PROOF.to_owned()) } else { edition.stamp.clone() },
            proof: self.proof,
            without: self.manuscript.not_for(&edition.name),
            shown: self.manuscript.is_conditional().then(|| assembly::Shown {
                formats: match edition.format {
                    Format::Pdf => &["pdf"],
                    Format::Epub => &["epub", "html"],
                    Format::Web => &["web", "html"],
                },
                edition: edition.name.clone(),
            }),
        }
    }

    /// The same, for a book that is known to be long or not.
    fn book_of_length(&mut self, edition: &Edition, long: bool) -> Result<usize, Reported> {
        let content = self.content(edition, long);
        let at = match self.books.iter().find(|(_, (known, _))| *known == content) {
            Some((at, _)) => *at,
            None => {
                let book = self.assemble(&content)?;
                let (entries, sources) = (&mut self.entries, &*self.sources);
                let mut said = Diagnostics::new();
                let checks = || {
                    preflight::literal::check(&book, sources, &mut said);
                    preflight::notes::check(&book, sources, &mut said);
                    preflight::terms::check(&book, &mut said);
                };
                rayon::join(checks, || entries.enter(&book, sources));
                self.diagnostics.append(said);
                if self.house {
                    preflight::house::check(&book, self.theme(edition).base, self.diagnostics);
                    preflight::index::check(&book, self.diagnostics);
                }
                self.made += 1;
                self.books.insert(self.made, (content, book));
                self.made
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
        let guess = self.books[&book].0.long;
        let (book, at) = self.pages_of_book(edition, book)?;
        let long = is_bound(edition) || self.layouts[&at].pages.pages.len() >= LONG;
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
            Some(_) => Some(self.pages(&self.whole_of(edition))?),
            None => None,
        };
        let beside = match self.beside(edition) {
            Some(print) => Some(self.pages(&print)?),
            None => None,
        };
        let others = Others { whole, beside };
        let Purpose::Press(printer) = edition.purpose else {
            return Ok((book, self.laid_out(book, self.theme(edition), None, others)));
        };
        let press = printer.press();
        let presses = edition.presses();
        // The gutter depends on the page count, which depends on the gutter: it only grows, so this ends.
        let mut count = 0;
        loop {
            let theme = self.theme_under(edition, Some(&Press::margins(&presses, count)));
            let spine = theme.page.spine;
            let at = self.laid_out(book, theme, Some(press), others);
            count = self.layouts[&at].pages.pages.len();
            if presses.iter().all(|press| spine >= press.gutter(count)) {
                return Ok((book, at));
            }
        }
    }

    /// The pages of a book in some looks, set where they are first asked for. What a pass has to say is only said if
    /// its pages are used.
    fn laid_out(&mut self, book: usize, theme: Theme, press: Option<&'static Press>, others: Others) -> usize {
        let known = |layout: &Layout| {
            layout.book == book && layout.theme == theme && layout.press == press && layout.beside == others.beside
        };
        if let Some((at, _)) = self.layouts.iter().find(|(_, layout)| known(layout)) {
            return *at;
        }
        let of_pages = |(book, at): (usize, usize)| (&self.books[&book].1, &self.layouts[&at].pages.map);
        let elsewhere = layout::Elsewhere { whole: others.whole.map(of_pages), beside: others.beside.map(of_pages) };
        let set = |book: &Book, fonts: &Fonts, said: &mut Diagnostics| {
            layout::set_beside(book, &theme, fonts, &elsewhere, said)
        };
        let mut said = Diagnostics::new();
        let (mut pages, mut missing) = set(&self.books[&book].1, &self.fonts, &mut said);
        if !missing.characters.is_empty()
            && find::ask_the_machine(&mut self.fonts, self.files, &missing.characters, self.diagnostics)
        {
            said = Diagnostics::new();
            (pages, missing) = set(&self.books[&book].1, &self.fonts, &mut said);
        }
        find::report_missing(&missing.characters, self.diagnostics);
        find::report_cuts(&missing.cuts, self.manuscript.families(), self.diagnostics);
        pages.bleed_over();
        if theme.page.plain_grey {
            pages.grey_plain_pages();
        }
        if let Some(press) = press {
            pages.fill_up(press.multiple, press.blank_last);
        }
        self.made += 1;
        let beside = others.beside;
        self.layouts.insert(self.made, Layout { book, theme, press, beside, pages, said });
        self.made
    }
}

/// Whether an edition is the inside of a book without its cover: however short, it has a title page.
fn is_bound(edition: &Edition) -> bool {
    matches!(edition.purpose, Purpose::Press(_))
}

/// The pages of a book in some looks.
struct Layout {
    book: usize,
    theme: Theme,
    press: Option<&'static Press>,
    /// The book and the pages whose folios stand at their fore-edge.
    beside: Option<(usize, usize)>,
    pages: Pages,
    /// What setting them had to say.
    said: Diagnostics,
}

/// Pages on the shelf that others speak of.
#[derive(Clone, Copy)]
struct Others {
    /// The whole of which a book is an extract, and its pages.
    whole: Option<(usize, usize)>,
    /// The book and the pages whose folios stand at the fore-edge.
    beside: Option<(usize, usize)>,
}

/// A book and its pages, as e-books take the print that they name.
fn shown_in<'a>(book: &'a Book, layout: &'a Layout) -> epub::Print<'a> {
    epub::Print { book, map: &layout.pages.map }
}
