//! Wraps: the cover of a press edition on one sheet, its spine as wide as the book is thick.

use super::{Finished, Production};
use crate::book::{Book, Division, DivisionId, DivisionKind, Matter};
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::edition::imposition::{Art, Barcode, Cover, Imposition, Spine};
use crate::edition::{Edition, Parts, Printer, Purpose};
use crate::impose::{self, Stock};
use crate::language::Direction;
use crate::layout::WrapDesign;
use crate::manuscript;
use crate::source::{Composed, Files, Sources};
use crate::theme::ThemeSpec;
use crate::units::Length;
use crate::{layout, pdf};

/// How wide the spine of so many pages of an edition is, where a wrap or a service says of which paper it is; `None`
/// where nobody does, or where its width is said by hand.
pub fn spine(files: &dyn Files, edition: &str, pages: usize) -> Option<Length> {
    let files = &Composed::of(files);
    let manuscript = manuscript::read(files, &mut Sources::new(), &mut Diagnostics::new()).ok()?;
    let inside = manuscript.editions().iter().find(|other| other.name == edition)?;
    let wraps = manuscript.editions().iter().filter_map(|other| other.imposition.as_ref());
    let wrap = wraps.into_iter().find(|wrap| wrap.of.as_ref().is_some_and(|of| of.value == edition));
    if wrap.is_some_and(|wrap| wrap.wrap.spine.is_some()) {
        return None;
    }
    let stock = wrap.and_then(|wrap| wrap.stock).or(usual_stock(inside))?;
    Some(stock.spine(pages))
}

/// The paper that a service prints on if nothing else is said.
fn usual_stock(inside: &Edition) -> Option<Stock> {
    match inside.purpose {
        Purpose::Press(Printer::Kdp) => Stock::find("kdp-white"),
        Purpose::Press(Printer::Lulu) => Stock::find("lulu"),
        _ => None,
    }
}

impl Production<'_> {
    /// The wrap of an edition, and its template where that is asked for.
    pub(super) fn wrapped(&mut self, edition: &Edition, imposition: &Imposition) -> Result<Vec<Finished>, Reported> {
        let all = self.manuscript.editions();
        let Some(inside) = imposition.of.as_ref().and_then(|of| all.iter().find(|other| other.name == of.value)) else {
            let said = Diagnostic::new(&lints::IMPOSITION, "a wrap goes round the pages of an edition");
            return Err(self.diagnostics.fail(said.at(imposition.span).hint("name it: `of: press`")));
        };
        let inside = inside.clone();
        let (_, at) = self.pages(&inside)?;
        let layout = &self.layouts[&at];
        let (count, trim) = (layout.pages.pages.len(), layout.theme.page.trim);
        let (spine, takes_words) = self.spine(imposition, &inside, count)?;
        let base = cover_edition(edition, &inside);
        let at = self.book(&base)?;
        let mut theme = self.theme(&base);
        theme.page.trim = trim;
        // On a page without bleed whose art reaches the edge: the wrap as a whole bleeds, not each cover.
        (theme.page.bleed, theme.page.screen, theme.page.covers) = (Length::ZERO, true, true);
        let book = covers(&self.books[&at].1, &imposition.wrap);
        if let Some(art) = imposition.wrap.art.as_ref().filter(|art| art.value == Art::Whole)
            && !book
                .divisions
                .iter()
                .any(|division| division.cover.as_ref().is_some_and(|cover| cover.picture.is_some()))
        {
            let said = Diagnostic::new(&lints::IMPOSITION, "the cover has no picture that could reach round it");
            return Err(self
                .diagnostics
                .fail(said.at(art.span).hint("name one: `cover: {image: …}`; or leave out `art`")));
        }
        let mut said = Diagnostics::new();
        let (pages, _) = layout::set(&book, &theme, &self.fonts, &mut said);
        let parts = impose::wrap::wrap(trim, spine, book.metadata.language.direction() == Direction::RightToLeft);
        let asked = imposition.wrap.words.as_ref();
        let words = match asked.map(|words| &words.value) {
            Some(Spine::Words(words)) => Some(words.clone()),
            Some(Spine::Bare) => None,
            None => takes_words.then(|| layout::spine_title(&book)),
        };
        let press = match inside.purpose {
            Purpose::Press(printer) => printer.press().bleed,
            _ => Printer::Offset.press().bleed,
        };
        let design = WrapDesign {
            trim: parts.trim,
            back: parts.back,
            spine: parts.spine,
            front: parts.front,
            bleed: press,
            words,
            field: imposition.wrap.barcode == Barcode::Printer,
            printers: !book.divisions.iter().any(|it| it.cover.as_ref().is_some_and(|cover| cover.isbn.is_some())),
            template: false,
        };
        let (joined, fitted) = layout::wrap(pages.clone(), &book, &theme, &self.fonts, &design);
        if let (false, Some(asked)) = (fitted.words, asked) {
            let message = format!("the words have no room on a spine of {:.3} in", spine.to_inches());
            let hint = "leave it out, and a spine that is wide enough has title and names; or write fewer words";
            let found = Diagnostic::new(&lints::IMPOSITION, message).at(asked.span).hint(hint);
            return Err(self.diagnostics.fail(found));
        }
        if let (false, Some(art)) = (fitted.focus, &imposition.wrap.art) {
            let message =
                "the point of the picture that `focus` names lies on the spine or the back, and not on the front";
            let side = if parts.front.origin.x > Length::ZERO { "right" } else { "left" };
            self.diagnostics.report(Diagnostic::new(&lints::WRAP_FOCUS, message).at(art.span).hint(format!(
                "the front of this book is the {side} half of its wrap: take a picture whose subject is in its {side} half"
            )));
        }
        self.diagnostics.append(said);
        let own = self.profile(&inside)?;
        let slug = self.books[&at].1.metadata.slug.clone();
        let file = edition.file_name(&slug, self.manuscript.editions());
        let mut files = vec![self.written(&joined, &book, &base, own.as_deref(), file.clone())?];
        if imposition.wrap.template {
            let design = WrapDesign { template: true, ..design };
            let (drawn, _) = layout::wrap(pages, &book, &theme, &self.fonts, &design);
            let file = file.replace(".pdf", "-template.pdf");
            files.push(self.written(&drawn, &book, &base, own.as_deref(), file)?);
        }
        Ok(files)
    }

    fn written(
        &mut self,
        pages: &crate::page::Pages,
        book: &Book,
        edition: &Edition,
        own: Option<&[u8]>,
        file: String,
    ) -> Result<Finished, Reported> {
        let job = pdf::Job { own, ..pdf::Job::plain(pages, book, &self.fonts, edition) };
        let written = pdf::write(&job, self.diagnostics)?;
        Ok(Finished {
            edition: edition.name.clone(),
            file,
            bytes: written.bytes,
            pages: Some(1),
            features: written.features,
            claims: written.claims,
            accessibility: written.accessibility,
            printing: Vec::new(),
        })
    }

    /// How wide the spine is, and whether the printer takes words on it.
    fn spine(&mut self, imposition: &Imposition, inside: &Edition, pages: usize) -> Result<(Length, bool), Reported> {
        if let Some(width) = &imposition.wrap.spine {
            return Ok((width.value, true));
        }
        match imposition.stock.or(usual_stock(inside)) {
            Some(stock) => Ok((stock.spine(pages), stock.takes_words(pages))),
            None => {
                let said = Diagnostic::new(&lints::IMPOSITION, "nobody says how thick the book is");
                Err(self.diagnostics.fail(said.at(imposition.span).hint(
                    "`spine_width: 0.61in` as the printer's template has it (IngramSpark gives no formula), or `stock: 80gsm`",
                )))
            }
        }
    }
}

/// What the covers are set as: the press's colours and trim, with a back cover, and in colour unless it is said
/// otherwise.
fn cover_edition(edition: &Edition, inside: &Edition) -> Edition {
    let looks = ThemeSpec { greyscale: edition.looks.greyscale.or(Some(false)), ..edition.looks.clone() };
    let theme = looks.extends.is_none().then(|| inside.looks.extends.clone()).flatten();
    Edition {
        purpose: inside.purpose,
        parts: Parts { back_cover: Some(true), ..edition.parts },
        isbn: edition.isbn.clone().or_else(|| inside.isbn.clone()),
        profile: inside.profile.clone(),
        looks: ThemeSpec { extends: looks.extends.clone().or(theme), ..looks },
        sections: None,
        ..edition.clone()
    }
}

/// A book of nothing but its covers.
fn covers(book: &Book, wrap: &Cover) -> Book {
    let kept = book.divisions.iter().filter(|division| matches!(division.matter, Matter::Cover | Matter::BackCover));
    let divisions: Vec<Division> = kept
        .enumerate()
        .map(|(at, division)| {
            let mut division = Division { id: DivisionId(at as u32), ..division.clone() };
            if let Some(cover) = &mut division.cover {
                cover.isbn = cover.isbn.take().filter(|_| wrap.barcode == Barcode::Own);
                cover.price.clone_from(&wrap.price);
                cover.around = wrap.art.as_ref().is_some_and(|art| art.value == Art::Whole);
            }
            division
        })
        .collect();
    debug_assert!(divisions.iter().all(|division| division.kind != DivisionKind::Chapter));
    let mut index = book.index.clone();
    for entry in &mut index {
        (entry.division, entry.note) = (DivisionId(0), None);
    }
    Book { divisions, notes: Vec::new(), stamp: None, index, ..book.clone() }.checked()
}
