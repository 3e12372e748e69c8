//! Imposed editions: pages that are set once, brought onto sheets, and a slip that says how to print them.

use super::{Finished, Production};
use crate::book::{AssetId, Book, PictureKind};
use crate::diagnostic::{Diagnostic, Reported, lints};
use crate::edition::imposition::{Imposition, Kind, LETTER, Sheet};
use crate::edition::{Edition, Format};
use crate::impose::{self, Flip, Paper, Scheme};
use crate::language::printing::{Binding, Printing};
use crate::language::{Direction, Language};
use crate::page::{MarkKind, PageKind, Pages};
use crate::theme::{READABLE, Role, Theme, bounds};
use crate::units::{Length, Point, Rect};
use crate::{layout, pdf, preflight};

/// A stapler in an office takes so many sheets in the fold.
const STAPLED: usize = 20;

/// Whose offices have Letter.
const LETTER_REGIONS: [&str; 12] = ["US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "DO", "PR"];

/// Pages that only have to be written.
pub(super) struct Ready {
    /// As the writer takes it: with the name of its file, and the purpose and the looks of its pages.
    pub edition: Edition,
    /// Its book on the shelf.
    pub book: usize,
    /// Its layout on the shelf.
    pub layout: usize,
    /// Its pages, those that a booklet lacked among them.
    pub pages: Pages,
    /// How many there were before.
    pub count: usize,
    /// The sheets that they are brought onto.
    pub imposed: Option<pdf::Imposed>,
    /// The printer's profile.
    pub own: Option<Vec<u8>>,
    /// The name of the file.
    pub file: String,
    /// The paper of an imposed edition.
    pub sheet: Option<Sheet>,
}

impl Production<'_> {
    /// What an edition on paper comes to before it is written: one thing, or one a sheet.
    pub(super) fn ready(&mut self, edition: &Edition) -> Result<Vec<Ready>, Reported> {
        if let Some(imposition) = of(edition) {
            return self.ready_on_sheets(edition, &imposition.clone());
        }
        let own = self.profile(edition)?;
        let (book, layout) = self.pages(edition)?;
        self.looked_at(edition, book, layout);
        let pages = self.layouts[&layout].pages.clone();
        let file = edition.file_name(&self.books[&book].1.metadata.slug, self.manuscript.editions());
        let (edition, count) = (edition.clone(), pages.pages.len());
        Ok(vec![Ready { edition, book, layout, pages, count, imposed: None, own, file, sheet: None }])
    }

    /// What an imposed edition is made of, sheet by sheet: the edition whose pages are set, and the sheet.
    pub(super) fn on_sheets(&self, edition: &Edition, imposition: &Imposition) -> Vec<(Edition, Sheet)> {
        let all = self.manuscript.editions();
        let other = imposition.of.as_ref().and_then(|of| all.iter().find(|other| other.name == of.value));
        let sheets = match imposition.sheets.as_slice() {
            [] => vec![self.usual_sheet(other.unwrap_or(edition), imposition)],
            sheets => sheets.to_vec(),
        };
        let set = |sheet: &Sheet| match other {
            Some(other) => other.clone(),
            None => {
                let mut looks = edition.looks.clone();
                looks.trim = looks.trim.or(Some(imposition.page(*sheet)));
                Edition { looks, imposition: None, ..edition.clone() }
            }
        };
        sheets.iter().map(|sheet| (set(sheet), *sheet)).collect()
    }

    /// The edition whose pages are set for one: itself, unless it is imposed.
    pub(super) fn set_for(&self, edition: &Edition) -> Edition {
        let sheets = of(edition).map(|imposition| self.on_sheets(edition, imposition));
        sheets.and_then(|sheets| sheets.into_iter().next()).map_or_else(|| edition.clone(), |(set, _)| set)
    }

    /// The paper of the manuscript, if an office has it; else what offices have where the book is read.
    fn usual_sheet(&self, edition: &Edition, imposition: &Imposition) -> Sheet {
        let layers: Vec<_> = self.manuscript.themes().iter().collect();
        let own = match imposition.of {
            Some(_) => self.theme(edition).page.trim,
            None => Theme::settle(&layers).page.trim,
        };
        let own = Sheet::of(own);
        if own.name.is_some() { own } else { Sheet::of(LETTER) }
    }

    /// The files of an imposed edition: for each sheet the PDF, and beside it how to print it.
    pub(super) fn imposed(&mut self, edition: &Edition, imposition: &Imposition) -> Result<Vec<Finished>, Reported> {
        if imposition.kind == Kind::Wrap {
            return self.wrapped(edition, imposition);
        }
        let mut files = Vec::new();
        for ready in self.ready_on_sheets(edition, imposition)? {
            files.extend(self.on_sheet(edition, imposition, &ready)?);
        }
        Ok(files)
    }

    /// What an imposed edition comes to, sheet by sheet, before it is written.
    pub(super) fn ready_on_sheets(
        &mut self,
        edition: &Edition,
        imposition: &Imposition,
    ) -> Result<Vec<Ready>, Reported> {
        let made = self.on_sheets(edition, imposition);
        let several = made.len() > 1;
        let mut all = Vec::new();
        for (base, sheet) in made {
            let name = match several {
                true => format!("{}-{}", edition.name, sheet.slug()),
                false => edition.name.clone(),
            };
            all.push(self.ready_on_sheet(edition, base, imposition, sheet, name)?);
        }
        Ok(all)
    }

    fn ready_on_sheet(
        &mut self,
        edition: &Edition,
        base: Edition,
        imposition: &Imposition,
        sheet: Sheet,
        name: String,
    ) -> Result<Ready, Reported> {
        let theme = self.theme(&base);
        self.fits(imposition, &theme, sheet)?;
        let own = self.profile(&base)?;
        let (book_at, layout_at) = self.pages(&base)?;
        self.looked_at(&base, book_at, layout_at);
        let layout = &self.layouts[&layout_at];
        let (book, theme) = (&self.books[&book_at].1, &layout.theme);
        let mut pages = layout.pages.clone();
        let count = pages.pages.len();
        let booklet = imposition.kind == Kind::Booklet;
        if booklet && count < 4 {
            let message = format!("a booklet has four pages at least, and this one has {count}");
            let said = Diagnostic::new(&lints::IMPOSITION, message).at(imposition.span);
            return Err(self.diagnostics.fail(said.hint("print it as it is: leave out `impose`")));
        }
        if booklet {
            pad(&mut pages, book, theme, &self.fonts);
        }
        let language = &book.metadata.language;
        let right_to_left = language.direction() == Direction::RightToLeft;
        let paper = Paper { sheet: sheet.size, flip: imposition.flip(), right_to_left };
        let scheme = imposition.scheme(pages.pages.len(), theme.page.spine);
        let trim = pages.pages.first().map_or(theme.page.trim, |page| page.size);
        let sides = impose::impose(pages.pages.len(), trim, &paper, &scheme);
        let warnings = [
            shrunk(imposition, &pages, &sides),
            many_sheets(imposition, &sides),
            letter(imposition, sheet, language),
            narrow(imposition, &scheme, &sides),
        ];
        let file = match name == edition.name {
            true => edition.file_name(&book.metadata.slug, self.manuscript.editions()),
            false => format!("{}-{name}.pdf", book.metadata.slug),
        };
        warnings.into_iter().flatten().for_each(|said| self.diagnostics.report(said));
        let imposed = Some(pdf::Imposed { sides, flip: paper.flip });
        let edition = Edition { name, marks: Some(false), ..base };
        Ok(Ready { edition, book: book_at, layout: layout_at, pages, count, imposed, own, file, sheet: Some(sheet) })
    }

    fn on_sheet(
        &mut self,
        edition: &Edition,
        imposition: &Imposition,
        ready: &Ready,
    ) -> Result<Vec<Finished>, Reported> {
        let Ready { pages, file, .. } = ready;
        let lines = self.how_to_print(imposition, ready, file, 1);
        let book = &self.books[&ready.book].1;
        let theme = &self.layouts[&ready.layout].theme;
        let first = ready.imposed.as_ref().filter(|_| imposition.ticket);
        let first = first.and_then(|imposed| ticketed(pages, imposed, book, theme, &self.fonts, &lines));
        let (pages, imposed) = match &first {
            Some((pages, imposed)) => (pages, Some(imposed)),
            None => (pages, ready.imposed.as_ref()),
        };
        let job = pdf::Job {
            own: ready.own.as_deref(),
            imposed,
            ..pdf::Job::plain(pages, book, &self.fonts, &ready.edition)
        };
        let written = pdf::write(&job, self.diagnostics)?;
        let pdf = Finished {
            edition: edition.name.clone(),
            file: file.clone(),
            bytes: written.bytes,
            pages: imposed.map(|imposed| imposed.sides.len()),
            features: written.features,
            claims: written.claims,
            accessibility: written.accessibility,
            printing: lines,
        };
        let beside = slip(&pdf);
        Ok(vec![pdf, beside])
    }

    /// How a file of an imposed edition is printed, so many copies of it.
    pub(super) fn how_to_print(
        &mut self,
        imposition: &Imposition,
        ready: &Ready,
        file: &str,
        copies: usize,
    ) -> Vec<String> {
        let book = &self.books[&ready.book].1;
        let sides = ready.imposed.as_ref().map(|imposed| imposed.sides.as_slice()).unwrap_or_default();
        let paper = ready.sheet.map_or(String::new(), |sheet| match sheet.name {
            Some(name) => format!("{name} ({})", sheet.measures()),
            None => sheet.measures(),
        });
        let printing = Printing {
            title: crate::book::plain(&book.metadata.title),
            file: file.to_owned(),
            copies,
            pages: ready.count,
            sides: sides.len(),
            paper,
            short_edge: imposition.flip() == Flip::Short,
            binding: binding(imposition, sides),
            coloured: coloured(&ready.pages, book, sides, ready.edition.looks.greyscale == Some(true)),
            to_the_edge: runs_to_the_edge(&ready.pages, sides),
        };
        preflight::terms::check_printing(book, self.diagnostics);
        printing.lines(&book.metadata.language)
    }

    /// Whether the pages stand on the sheet as they were asked for, and have room for words.
    fn fits(&mut self, imposition: &Imposition, theme: &Theme, sheet: Sheet) -> Result<(), Reported> {
        let at = imposition.trim.unwrap_or(imposition.span);
        let trim = theme.page.trim;
        if !imposition.holds(trim, sheet) {
            let half = impose::half(sheet.size);
            let message =
                format!("two pages of {} do not stand on a sheet of {}", sheet.measured(trim), sheet.measures());
            let said = Diagnostic::new(&lints::IMPOSITION, message).at(at);
            return Err(self.diagnostics.fail(said.hint(format!(
                "the largest page is {}; a larger sheet is `sheet: tabloid` or a3; `of:` makes pages smaller",
                sheet.measured(half)
            ))));
        }
        if !bounds::has_room(&theme.page, theme.style(Role::Body).leading) {
            let message = format!("pages of {} have no room for words between their margins", sheet.measured(trim));
            let said = Diagnostic::new(&lints::IMPOSITION, message).at(at);
            return Err(self.diagnostics.fail(said.hint("make the margins narrower or the sheet larger")));
        }
        Ok(())
    }
}

/// What stands beside a file that is printed: how.
pub(super) fn slip(of: &Finished) -> Finished {
    Finished {
        file: of.file.replace(".pdf", "-print.txt"),
        bytes: format!("{}\n", of.printing.join("\n")).into_bytes(),
        pages: None,
        features: Default::default(),
        claims: Vec::new(),
        accessibility: None,
        printing: Vec::new(),
        ..of.clone()
    }
}

/// Pages to write on before the back cover, until the booklet can be folded.
fn pad(pages: &mut Pages, book: &Book, theme: &Theme, fonts: &crate::font::Fonts) {
    let missing = impose::padding(pages.pages.len());
    let last = pages.pages.iter().rev().find(|page| page.kind != PageKind::BackCover);
    let Some((size, side)) = last.map(|page| (page.size, page.side)) else { return };
    pages.put_before_back_cover(layout::note_pages(book, theme, fonts, size, side.opposite(), missing));
}

/// The same with a sheet before the others that says how they are printed; its back is empty.
fn ticketed(
    pages: &Pages,
    imposed: &pdf::Imposed,
    book: &Book,
    theme: &Theme,
    fonts: &crate::font::Fonts,
    lines: &[String],
) -> Option<(Pages, pdf::Imposed)> {
    let size = imposed.sides.first()?.size;
    let (mut pages, mut imposed) = (pages.clone(), imposed.clone());
    let rect = Rect { origin: Point::default(), size };
    let (page, scale) = (pages.pages.len(), impose::Scale::WHOLE);
    let placed = impose::Placed { page, rect, scale, upside_down: false, cell: rect };
    let side = |places: Vec<impose::Placed>| impose::Side { size, places, lines: Vec::new(), framed: false };
    pages.pages.push(layout::ticket(book, theme, fonts, size, lines));
    imposed.sides.splice(0..0, [side(vec![placed]), side(Vec::new())]);
    Some((pages, imposed))
}

/// Letters that come out too small to be read.
fn shrunk(imposition: &Imposition, pages: &Pages, sides: &[impose::Side]) -> Option<Diagnostic> {
    let scale = sides.first()?.places.first()?.scale;
    let mut letters: std::collections::BTreeMap<Length, usize> = Default::default();
    for mark in pages.pages.iter().flat_map(|page| &page.marks) {
        if let MarkKind::Text(run) = &mark.kind {
            *letters.entry(run.size).or_default() += run.glyphs.len();
        }
    }
    let (usual, _) = letters.iter().max_by_key(|(_, count)| **count)?;
    let comes_out = scale.length(*usual);
    if scale == impose::Scale::WHOLE || comes_out >= READABLE {
        return None;
    }
    let tenths = |length: Length| (length.to_pt() * 10.0).round() / 10.0;
    let message = format!("the text of {} pt comes out at {} pt on the sheet", tenths(*usual), tenths(comes_out));
    let at = imposition.of.as_ref().map_or(imposition.span, |of| of.span);
    let said = Diagnostic::new(&lints::SHRUNK_TYPE, message).at(at);
    Some(match imposition.kind {
        Kind::Booklet => said.hint("leave out `of:` and the pages are set for half the sheet, at their full size"),
        Kind::Up { .. } | Kind::Wrap => said.hint("fewer pages on a side, or a larger sheet"),
    })
}

fn many_sheets(imposition: &Imposition, sides: &[impose::Side]) -> Option<Diagnostic> {
    let sheets = impose::sheets(sides.len());
    (imposition.kind == Kind::Booklet && imposition.signature.is_none() && sheets > STAPLED).then(|| {
        let message = format!("{sheets} sheets are more than an office stapler takes through the fold");
        Diagnostic::new(&lints::MANY_SHEETS, message)
            .at(imposition.span)
            .hint("`signature: 16` folds them in parts, to be sewn or glued")
    })
}

/// Letter where nobody asked for it and offices have A4.
fn letter(imposition: &Imposition, sheet: Sheet, language: &Language) -> Option<Diagnostic> {
    let american = matches!(sheet.name, Some("Letter" | "Tabloid" | "Legal"));
    let has_letter = match language.region() {
        Some(region) => LETTER_REGIONS.contains(&region),
        None => language.primary() == "en",
    };
    (american && !has_letter && imposition.sheets.is_empty()).then(|| {
        let message = format!("sheets of Letter, for readers of {}, whose offices have A4", language.tag());
        Diagnostic::new(&lints::SHEET_SIZE, message)
            .at(imposition.span)
            .hint("write `sheet: a4`, or `sheet: both` for a file each; `sheet: letter` if it is meant")
    })
}

/// Sheets inside that are pushed out farther than the margin at the fold holds.
fn narrow(imposition: &Imposition, scheme: &Scheme, sides: &[impose::Side]) -> Option<Diagnostic> {
    let Scheme::Booklet { signature, creep, most, .. } = *scheme else { return None };
    let sheets = impose::sheets(sides.len()).min(signature.map_or(usize::MAX, |pages| pages / 4));
    let asked = creep * (sheets.max(1) - 1) as i64;
    (asked > most).then(|| {
        let tenths = |length: Length| (length.to_pt() * 254.0 / 72.0).round() / 10.0;
        let message = format!(
            "the innermost sheet is pushed out by {} mm, and the margin at the fold gives {} mm",
            tenths(asked),
            tenths(most)
        );
        Diagnostic::new(&lints::CREEP, message)
            .at(imposition.span)
            .hint("a wider `margins: {spine: …}`, thinner paper, or `signature: 16`")
    })
}

fn binding(imposition: &Imposition, sides: &[impose::Side]) -> Binding {
    match (imposition.kind, imposition.signature) {
        (Kind::Up { .. } | Kind::Wrap, _) => Binding::Corner,
        (Kind::Booklet, None) => Binding::Stapled,
        (Kind::Booklet, Some(pages)) => match impose::sheets(sides.len()).div_ceil((pages / 4).max(1)) {
            0 | 1 => Binding::Stapled,
            count => Binding::Signatures(count),
        },
    }
}

/// The sides that have colour, from 1.
fn coloured(pages: &Pages, book: &Book, sides: &[impose::Side], grey: bool) -> Vec<usize> {
    // A drawing or a file of pixels may have colour anywhere in it; what has one channel has none.
    let in_colour = |asset: AssetId| !matches!(book.assets.get(asset).kind, PictureKind::Jpeg { channels: 1 });
    let has = |side: &impose::Side| side.places.iter().any(|placed| pages.page_has_colour(placed.page, &in_colour));
    let sides = sides.iter().enumerate().filter(|(_, side)| !grey && has(side));
    sides.map(|(at, _)| at + 1).collect()
}

/// Whether a ground or a picture of a page at its full size reaches the edge of its sheet.
fn runs_to_the_edge(pages: &Pages, sides: &[impose::Side]) -> bool {
    const HAIR: Length = Length::mm(0.5);
    sides.iter().flat_map(|side| side.places.iter().map(move |placed| (side, placed))).any(|(side, placed)| {
        let Some(page) = pages.pages.get(placed.page) else { return false };
        page.marks.iter().any(|mark| {
            let rect = match &mark.kind {
                MarkKind::Fill { rect, .. } | MarkKind::Veil { rect, .. } => *rect,
                MarkKind::Picture { rect, clip, .. } => clip.unwrap_or(*rect),
                MarkKind::Text(_) | MarkKind::Outline { .. } => return false,
            };
            let foot = Point::new(rect.right(), rect.foot());
            [rect.origin, foot].map(|corner| placed.point(corner)).iter().any(|at| {
                let (x, y) = (at.x, at.y);
                x < HAIR || y < HAIR || x > side.size.width - HAIR || y > side.size.height - HAIR
            })
        })
    })
}

/// The format of an imposed edition.
pub(super) fn of(edition: &Edition) -> Option<&Imposition> {
    edition.imposition.as_ref().filter(|_| edition.format == Format::Pdf)
}
