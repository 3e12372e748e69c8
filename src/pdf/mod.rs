//! The PDF writer.
//!
//! [`write()`] takes finished pages and decides nothing about looks. Faces are cut down to what is used ([`faces`]),
//! pictures packed ([`pictures`]), page contents written side by side ([`content`]); [`document`] puts them together
//! with printpdf, and [`finish`] adds structure, names, metadata and boxes and writes the file. The same pages give the
//! same bytes.

mod address;
mod content;
mod convert;
mod document;
mod faces;
mod finish;
mod ink;
mod links;
mod offset;
mod pictures;
mod profile;
#[cfg(feature = "raster")]
pub mod raster;
mod samples;
mod sheet;
mod standard;
mod states;
mod stream;
mod vectors;

use std::collections::BTreeSet;

use crate::book::{Book, Feature, Written};
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::edition::imposition::Kind;
use crate::edition::{Edition, Purpose};
use crate::font::Fonts;
use crate::impose;
use crate::language::Direction;
use crate::page::{NodeId, Pages, Tag};
use crate::units::Length;
use faces::Faces;
use pictures::Pictures;
use sheet::{Around, Sheet};
use standard::Plan;

/// What is written.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The finished pages.
    pub pages: &'a Pages,
    /// The content.
    pub book: &'a Book,
    /// The faces.
    pub fonts: &'a Fonts,
    /// Which edition.
    pub edition: &'a Edition,
    /// The printer's colour profile that a press edition names.
    pub own: Option<&'a [u8]>,
    /// The sheets that the pages are brought onto; `None`: each page is its own.
    pub imposed: Option<&'a Imposed>,
    /// Which copy of the edition this is, as its metadata name it.
    pub copy: Option<&'a str>,
    /// The copies of a print run; empty: it is one file of one copy.
    pub run: &'a [Stamped],
    /// The page of a print run that stands once before all copies, on a sheet of its own.
    pub lead: Option<usize>,
}

/// A copy of a print run by its stamps: pages among those of the job, which belong to no other copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamped {
    /// Painted under each page.
    pub under: Option<usize>,
    /// Painted over each page.
    pub over: usize,
}

impl<'a> Job<'a> {
    /// A plain file of one copy.
    pub fn plain(pages: &'a Pages, book: &'a Book, fonts: &'a Fonts, edition: &'a Edition) -> Job<'a> {
        Job { pages, book, fonts, edition, own: None, imposed: None, copy: None, run: &[], lead: None }
    }
}

/// The sheets of an imposed file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Imposed {
    /// Front, back, front, back.
    pub sides: Vec<impose::Side>,
    /// How the printer turns them over.
    pub flip: impose::Flip,
}

/// Writes finished pages as a PDF.
pub fn write(job: &Job<'_>, diagnostics: &mut Diagnostics) -> Result<Written, Reported> {
    let Job { pages, book, fonts, edition, own, imposed, copy, run, lead } = *job;
    let mark = diagnostics.len();
    let own = own.filter(|profile| fitting(profile, edition, diagnostics));
    let faces = Faces::collect(pages, fonts, diagnostics)?;
    let mut pictures = Pictures::collect(pages, book, fonts, diagnostics);
    diagnostics.unless_errors_since(mark, ())?;
    let press = matches!(edition.purpose, Purpose::Press(_));
    let coloured = !press || pages.have_colour() || pictures.are_coloured();
    let mut plan = Plan::of(edition, own, coloured);
    if !run.is_empty() {
        plan.for_paper_only();
    }
    let plan = plan;
    if let Some(converter) = convert::Converter::new(&plan) {
        pictures = pictures.converted(&converter, diagnostics);
    }
    // Where nothing bleeds, the page of a service that binds three bled sides is the trim.
    let binds = matches!(edition.purpose, Purpose::Press(printer) if !printer.press().bleeds_at_spine);
    // A wrap has no binding edge, and bleeds on all sides.
    let is_wrap = edition.imposition.as_ref().is_some_and(|imposition| imposition.kind == Kind::Wrap);
    let binds = binds && !is_wrap;
    let around = Around {
        bleed: if binds && !pages.bleeds() { Length::ZERO } else { pages.bleed },
        spine: !binds,
        from_the_right: book.metadata.language.direction() == Direction::RightToLeft,
        marks: plan.marks,
        turn: edition.purpose == Purpose::Screen && imposed.is_none(),
    };
    let sheets: Vec<Sheet> = pages.pages.iter().map(|page| Sheet::new(page, around)).collect();
    let links = match plan.standard.has_links() {
        true => links::place(pages, book, &sheets),
        false => vec![Vec::new(); sheets.len()],
    };
    let shared = content::Shared {
        faces: &faces,
        pictures: &pictures,
        structure: &pages.structure,
        ink: plan.ink,
        tagged: plan.standard.is_tagged(),
    };
    let contents = content::write(pages, &sheets, &shared);
    let parts = document::Parts {
        faces: &faces,
        pictures: &pictures,
        sheets: &sheets,
        links: &links,
        overprint: plan.ink == ink::Ink::Cmyk,
        veiled: pages.veiled(),
    };
    let raw = document::assemble(&parts);
    let input = finish::Input {
        pages,
        book,
        edition,
        plan: &plan,
        faces: &faces,
        pictures,
        sheets: &sheets,
        links: &links,
        contents,
        imposed,
        copy,
        run,
        lead,
    };
    let bytes = finish::finish(raw, input).ok_or_else(|| {
        let message = "the PDF could not be put together, which is recto's fault";
        diagnostics.fail(Diagnostic::new(&lints::UNREADABLE_FILE, message))
    })?;
    Ok(Written {
        bytes,
        features: features(pages, &plan),
        claims: plan.standard.claims().to_vec(),
        accessibility: None,
    })
}

/// What the file offers to who does not look at its pages: nothing, unless its marks say what they mean.
fn features(pages: &Pages, plan: &Plan) -> BTreeSet<Feature> {
    if !plan.standard.is_tagged() {
        return BTreeSet::new();
    }
    let mut features = BTreeSet::from([Feature::ReadingOrder, Feature::Structure, Feature::Languages]);
    if !pages.outline.is_empty() {
        features.insert(Feature::Contents);
    }
    let ids = (0..pages.structure.len()).map(|at| NodeId(at as u32));
    let nodes = ids.map(|id| pages.structure.node(id));
    let figures: Vec<_> = nodes.filter(|node| matches!(node.tag, Tag::Figure { .. })).collect();
    let words = |alt: &Option<String>| alt.as_deref().is_some_and(|alt| !alt.trim().is_empty());
    if !figures.is_empty() && figures.iter().all(|figure| words(&figure.alt)) {
        features.insert(Feature::AlternativeText);
    }
    features
}

/// Whether a profile can be what a press edition names it for.
fn fitting(profile: &[u8], edition: &Edition, diagnostics: &mut Diagnostics) -> bool {
    let fits = standard::is_press_profile(profile);
    if !fits {
        let span = edition.profile.as_ref().map(|profile| profile.span);
        diagnostics.report(
            Diagnostic::new(&lints::WRONG_VALUE, "this is no colour profile of a press")
                .at(span)
                .hint("the printer's own is an .icc file of class \"output\", for grey or for four inks"),
        );
    }
    fits
}
