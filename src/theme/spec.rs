//! What a layer of a theme says: only what differs from the layer below.

use super::protrusion::HangingCharacters;
use super::style::Figures;
use crate::book::DivisionKind;
use crate::units::{Colour, Length, Size};

/// A layer: a `theme.yaml`, or what an edition says about looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemeSpec {
    /// The built-in theme below: `policy-paper`, `report` or `book`.
    pub extends: Option<String>,
    /// Family of the text.
    pub text_family: Option<String>,
    /// Family of headings.
    pub headings_family: Option<String>,
    /// Family of program text.
    pub mono_family: Option<String>,
    /// Size of the trimmed page.
    pub trim: Option<Size>,
    /// Margins, each by itself.
    pub margins: MarginsSpec,
    /// The least margins that a printer takes: what layers below left narrower becomes as wide.
    pub least: MarginsSpec,
    /// Equal margins left and right, no blank versos.
    pub screen: Option<bool>,
    /// Size of the text; without `leading` the ratio is kept.
    pub size: Option<Length>,
    /// Leading of the text.
    pub leading: Option<Length>,
    /// No letters are smaller than this.
    pub smallest: Option<Length>,
    /// Which figures the text has.
    pub figures: Option<Figures>,
    /// Flush left and without hyphens when false.
    pub justify: Option<bool>,
    /// Whether words may be divided at all.
    pub hyphenate: Option<bool>,
    /// How spaces, edges and letters may give.
    pub microtype: MicrotypeSpec,
    /// Whether headings are numbered.
    pub number_headings: Option<bool>,
    /// Whether the numbers of notes hang, or stand flush at the head of their notes.
    pub note_numbers_hang: Option<bool>,
    /// Whether notes at the end show the page of their call in the margin.
    pub note_pages: Option<bool>,
    /// How kinds of division open.
    pub openings: Vec<(DivisionKind, Opening)>,
    /// Text colour.
    pub text: Option<Colour>,
    /// Deep colour.
    pub ink: Option<Colour>,
    /// Accent.
    pub accent: Option<Colour>,
    /// Ground of boxes.
    pub ground: Option<Colour>,
    /// Grey.
    pub grey: Option<Colour>,
    /// Thin rules.
    pub rules: Option<Colour>,
    /// Everything in black and grey.
    pub greyscale: Option<bool>,
    /// The picture of the cover and the grounds reach over the trim by this much.
    pub bleed: Option<Length>,
    /// Whether the covers are pages of the file.
    pub covers: Option<bool>,
    /// Whether lines are numbered.
    pub line_numbers: Option<bool>,
}

/// What a layer says of the give of letters and edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MicrotypeSpec {
    /// In thousandths of a letter's width, either way.
    pub expansion: Option<u16>,
    /// In ten-thousandths of the em, either way.
    pub tracking: Option<u16>,
    /// Whether anything hangs over the edges.
    pub protrusion: Option<bool>,
    /// What hangs otherwise than the face's own table has it.
    pub hanging: Vec<HangingCharacters>,
}

/// Margins as far as they are given.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarginsSpec {
    /// At the binding.
    pub spine: Option<Length>,
    /// At the outer edge.
    pub fore_edge: Option<Length>,
    /// Above.
    pub head: Option<Length>,
    /// Below.
    pub foot: Option<Length>,
}

/// How a division opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Opening {
    /// On the next right-hand page.
    Recto,
    /// On the next page.
    Page,
    /// In the run of the text.
    RunOn,
}

impl Opening {
    /// As a theme spells it.
    pub fn find(name: &str) -> Option<Opening> {
        match name {
            "recto" => Some(Opening::Recto),
            "page" => Some(Opening::Page),
            "run-on" => Some(Opening::RunOn),
            _ => None,
        }
    }
}
