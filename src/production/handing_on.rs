//! Handing on: the editions that a release takes, made, and all that its records are derived from.

use std::collections::BTreeSet;

use super::{Finished, Production, Request, Step, wanted};
use crate::book::metadata::{Isbn, Status};
use crate::book::{Book, DivisionId, DivisionKind, Folio, Matter, PageMap, Target, plain};
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::edition::{Edition, Format};
use crate::epub;
use crate::manuscript;
use crate::release::{self, Asked, Entry, Found, Made, Released};
use crate::source::{Composed, Files, Said, Sources};
use crate::theme::{Role, Theme};
use crate::units::Size;

/// What is asked for of a release.
#[derive(Clone, Debug, Default)]
pub struct Release {
    /// What of it, and for whom.
    pub asked: Asked,
    /// Although it is under embargo.
    pub before_embargo: bool,
}

/// Makes everything that is handed on; what the author allowed is left out of `diagnostics`.
pub fn release(
    files: &dyn Files,
    request: &Release,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    step: &mut dyn FnMut(Step<'_>),
) -> Result<Released, Reported> {
    let files = &Composed::of(files);
    let manuscript = manuscript::read(files, sources, diagnostics)?;
    step(Step::Read(manuscript.left_out()));
    let asked = Request::default();
    let editions: Vec<&Edition> =
        wanted(&manuscript, &asked, diagnostics)?.into_iter().filter(|edition| takes_part(edition)).collect();
    let mut production = Production::new(files, &asked, &manuscript, sources, diagnostics);
    let released = production.release(&editions, request, step);
    diagnostics.retain(|diagnostic| !manuscript.allows(diagnostic));
    released
}

/// Whether an edition is handed on: where it does not say so, every one that is neither a proof nor an extract nor
/// imposed, and the covers that a printer binds.
fn takes_part(edition: &Edition) -> bool {
    edition.release.unwrap_or(is_whole(edition) || edition.is_wrap())
}

fn is_whole(edition: &Edition) -> bool {
    edition.stamp.is_none() && edition.sections.is_none() && edition.imposition.is_none()
}

impl Production<'_> {
    fn release(
        &mut self,
        editions: &[&Edition],
        request: &Release,
        step: &mut dyn FnMut(Step<'_>),
    ) -> Result<Released, Reported> {
        let whole = |edition: &&&Edition| is_whole(edition);
        let first = editions.iter().filter(whole).find(|edition| edition.format == Format::Epub);
        let Some(first) = first.or(editions.iter().find(whole)).or(editions.first()) else {
            let said = Diagnostic::new(&lints::RELEASE_NOTHING, "no edition of this manuscript is handed on");
            return Err(self.diagnostics.fail(said.hint("write `release: true` under one of its editions")));
        };
        let book = self.book(first)?;
        self.may_be_handed_on(book, editions, request.before_embargo)?;
        let mut made = Vec::new();
        for edition in editions.iter().filter(|edition| edition.format != Format::Web) {
            step(Step::Making(edition));
            let finished = self.edition(edition)?.into_iter().next();
            if let Some(mut finished) = finished {
                step(Step::Made(&mut finished));
                made.push(self.made_of(edition, finished)?);
            }
        }
        let theme = self.theme(first);
        let faces = self.faces(book, &theme);
        let web = editions.iter().find(|edition| edition.format == Format::Web);
        let read = match request.asked.receiver {
            Some(_) => None,
            None => self.read_of_release(web.copied(), book, &faces)?,
        };
        let contents = match &read {
            Some((edition, book, folder)) => {
                let mut contents = self.contents_of_release(edition, *book)?;
                for entry in &mut contents {
                    entry.href = folder.href(&self.books[book].1, &entry.target).map(|href| format!("read/{href}"));
                }
                contents
            }
            None => self.contents_of_release(first, book)?,
        };
        let read = read.map(|(_, _, folder)| release::Read {
            files: folder.files,
            pages: folder.pages.into_iter().map(|page| (page.file, page.title)).collect(),
        });
        let pictures = self.pictures_of_release(book, &theme);
        let found = self.found();
        let input = release::Input {
            book: &self.books[&book].1,
            theme: &theme,
            made,
            contents,
            pictures,
            faces: faces.into_iter().map(face).collect(),
            read,
            found,
            asked: request.asked.clone(),
        };
        release::write(&input, self.diagnostics)
    }

    /// What the rules found so far, each with the places in which it did.
    fn found(&self) -> Vec<Found> {
        let mut all = self.diagnostics.clone();
        all.settle();
        let mut found: Vec<Found> = Vec::new();
        for diagnostic in all.iter() {
            match found.iter_mut().find(|found| found.lint.name == diagnostic.lint.name) {
                Some(found) => found.places += 1,
                None => {
                    let reason = self.manuscript.reason(diagnostic.lint).map(str::to_owned);
                    found.push(Found { lint: diagnostic.lint, places: 1, reason });
                }
            }
        }
        found
    }

    /// A draft is never handed on, an embargo only when that is asked for; two editions never have one ISBN.
    fn may_be_handed_on(&mut self, book: usize, editions: &[&Edition], before: bool) -> Result<(), Reported> {
        let mark = self.diagnostics.len();
        let metadata = &self.books[&book].1.metadata;
        let at = metadata.status_place.unwrap_or(metadata.title.span);
        match metadata.status {
            Status::Draft => {
                let said = Diagnostic::new(&lints::RELEASE_DRAFT, "the manuscript is a draft, which is not handed on");
                self.diagnostics.fail(said.at(at).hint("write `status: final` when it is finished"));
            }
            Status::Embargo(_) if !before => {
                let said = Diagnostic::new(&lints::RELEASE_EMBARGO, "the manuscript is under embargo");
                let hint = "add --before-embargo to write records that announce it, without its files in public";
                self.diagnostics.fail(said.at(at).hint(hint));
            }
            Status::Embargo(_) | Status::Final => {}
        }
        let metadata = &self.books[&book].1.metadata;
        let ids = &metadata.identifiers;
        let mut isbns: Vec<&Said<Isbn>> =
            [&ids.isbn_print, &ids.isbn_epub, &ids.isbn_pdf].into_iter().flatten().collect();
        isbns.extend(editions.iter().filter_map(|edition| edition.isbn.as_ref()));
        let mut seen: Vec<&Said<Isbn>> = Vec::new();
        for isbn in isbns {
            match seen.iter().find(|other| other.value == isbn.value && other.span != isbn.span) {
                Some(other) => {
                    let message = format!("two editions have the ISBN {}", isbn.written());
                    let said = Diagnostic::new(&lints::RELEASE_SAME_ISBN, message).at(isbn.span);
                    let said = said.label(other.span, "it is said here too");
                    self.diagnostics.fail(said.hint("each edition that is sold by itself has one of its own"));
                }
                None => seen.push(isbn),
            }
        }
        self.diagnostics.unless_errors_since(mark, ())
    }

    /// A finished file with what records say of it.
    fn made_of(&mut self, edition: &Edition, finished: Finished) -> Result<Made, Reported> {
        let mut made = Made {
            edition: edition.clone(),
            file: finished.file,
            bytes: finished.bytes.into(),
            pages: finished.pages,
            main_pages: None,
            marked: self.print_of(edition).filter(|_| edition.format == Format::Epub).map(|print| print.name.clone()),
            trim: None,
            size: None,
            features: finished.features,
            claims: finished.claims,
            accessibility: finished.accessibility,
        };
        if edition.format == Format::Pdf && !edition.is_wrap() {
            let (_, pages) = self.pages(edition)?;
            let layout = &self.layouts[&pages];
            let arabic = |folio: &Option<Folio>| matches!(folio, Some(Folio::Arabic(_)));
            made.main_pages = Some(layout.pages.pages.iter().filter(|page| arabic(&page.folio)).count());
            let sizes: Option<Size> = layout.pages.pages.first().map(|page| page.size);
            made.trim = sizes;
            made.size = Some(layout.theme.style(Role::Body).size);
        }
        Ok(made)
    }

    /// The contents with the pages of the print: those of the contents page, else all divisions that have a title.
    fn contents_of_release(&mut self, edition: &Edition, book: usize) -> Result<Vec<Entry>, Reported> {
        let print = match edition.format {
            Format::Pdf => Some(edition.clone()),
            Format::Epub | Format::Web => self.print_of(edition).cloned(),
        };
        let print = match print {
            Some(print) => Some(self.pages(&print)?),
            None => None,
        };
        let print = print.map(|(book, pages)| (&self.books[&book].1, &self.layouts[&pages].pages.map));
        Ok(contents(&self.books[&book].1, print))
    }

    /// What can be read online: all of an open title, the sample of one for sale, nothing under embargo.
    fn read_of_release(
        &mut self,
        web: Option<&Edition>,
        book: usize,
        faces: &[epub::WebFace],
    ) -> Result<Option<(Edition, usize, epub::Folder)>, Reported> {
        let metadata = &self.books[&book].1.metadata;
        let (open, sample) = (release::is_open(metadata), metadata.distribution.sample.clone());
        if matches!(metadata.status, Status::Embargo(_)) || (!open && sample.is_empty()) {
            return Ok(None);
        }
        let edition = web.cloned().unwrap_or_else(|| Edition::new("web", Format::Web));
        let at = self.book(&edition)?;
        let shown: BTreeSet<DivisionId> = match open {
            true => self.books[&at].1.divisions.iter().map(|division| division.id).collect(),
            false => self.sampled(at, &sample),
        };
        if shown.is_empty() {
            return Ok(None);
        }
        let home = Some("../index.html");
        let folder = self.folder(&edition, at, faces, "../fonts/", home, &|division| shown.contains(&division.id))?;
        Ok(Some((edition, at, folder)))
    }

    /// The sections that a sample names, by file or kind; a name that none has is an error.
    fn sampled(&mut self, book: usize, sample: &[Said<String>]) -> BTreeSet<DivisionId> {
        let mut found = BTreeSet::new();
        for name in sample {
            let divisions = self.books[&book].1.divisions.iter();
            let named: Vec<DivisionId> = divisions
                .filter(|division| {
                    let file = division.span.map(|span| self.sources.file(span.source).path.clone());
                    division.kind.name() == name.value || file.is_some_and(|path| path == name.value)
                })
                .map(|division| division.id)
                .collect();
            if named.is_empty() {
                let said = Diagnostic::new(&lints::WRONG_VALUE, format!("no section is called \"{}\"", name.value));
                self.diagnostics.fail(said.at(name.span).hint("name a file or a kind: sample: [10-introduction.md]"));
            }
            found.extend(named);
        }
        found
    }

    #[cfg(feature = "raster")]
    fn pictures_of_release(&self, book: usize, theme: &Theme) -> Vec<release::Picture> {
        super::cover::for_release(&self.books[&book].1, theme, &self.fonts)
    }

    #[cfg(not(feature = "raster"))]
    fn pictures_of_release(&self, _book: usize, _theme: &Theme) -> Vec<release::Picture> {
        Vec::new()
    }
}

/// The lines of the contents of a book, with their pages in a printed one.
fn contents(book: &Book, print: Option<(&Book, &PageMap)>) -> Vec<Entry> {
    let page = book.first(DivisionKind::Contents);
    let listed = page.and_then(|division| division.blocks.iter().find_map(|block| block.entries())).unwrap_or_default();
    let folio = |target: &Target| print.and_then(|(other, map)| folio(book, target, other, map));
    let mut entries: Vec<Entry> = listed
        .iter()
        .map(|entry| {
            let depth = match &entry.target {
                Target::Division(division) => usize::from(book.division(*division).level),
                Target::Block(block) => {
                    let owner = book.division(book.entry(*block).division);
                    usize::from(owner.level) + usize::from(entry.level.max(1)) - 1
                }
                Target::Url(_) | Target::Note(_) | Target::NoteCall(..) | Target::Mark(_) => 1,
            };
            let words = plain(&entry.text.content).trim().to_owned();
            let words = entry.number.as_ref().map_or(words.clone(), |number| format!("{number} {words}"));
            let body = is_body(book, &entry.target);
            let folio = folio(&entry.target);
            Entry { depth, words, target: entry.target.clone(), body, folio, href: None }
        })
        .collect();
    if entries.is_empty() {
        let shown = book.divisions.iter().filter(|division| division.title.is_some());
        let shown = shown.filter(|division| division.in_contents);
        entries.extend(shown.map(|division| {
            let target = Target::Division(division.id);
            let folio = folio(&target);
            let body = division.matter == Matter::Body;
            let depth = usize::from(division.level);
            Entry { depth, words: division.name.clone(), target, body, folio, href: None }
        }));
    }
    let mut last = 0;
    for entry in &mut entries {
        entry.depth = entry.depth.clamp(1, last + 1);
        last = entry.depth;
    }
    entries
}

/// A face as a release takes it.
fn face(face: epub::WebFace) -> release::Face {
    release::Face { family: face.family, weight: face.weight, italic: face.italic, file: face.file, bytes: face.woff }
}

/// Whether a target lies in the body of the book.
fn is_body(book: &Book, target: &Target) -> bool {
    let division = match target {
        Target::Division(division) => *division,
        Target::Block(block) => book.entry(*block).division,
        Target::Url(_) | Target::Note(_) | Target::NoteCall(..) | Target::Mark(_) => return false,
    };
    book.division(division).matter == Matter::Body
}

/// The printed page of a target. Books of one manuscript share the labels of divisions and the places of blocks.
fn folio(book: &Book, target: &Target, print: &Book, map: &PageMap) -> Option<Folio> {
    let page = match target {
        Target::Division(division) => {
            let label = &book.division(*division).label;
            let there = print.divisions.iter().find(|other| other.label == *label)?;
            map.divisions.get(&there.id)?
        }
        Target::Block(block) => {
            let same = print.index.get(block.index()).is_some_and(|there| there.span == book.entry(*block).span);
            map.blocks.get(block).filter(|_| same)?
        }
        Target::Url(_) | Target::Note(_) | Target::NoteCall(..) | Target::Mark(_) => return None,
    };
    map.pages.get(page.0 as usize)?.folio
}
