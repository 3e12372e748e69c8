//! What a layer of a theme says: only what differs from the layer below.

use super::furniture::FurnitureSpec;
use super::protrusion::HangingCharacters;
use super::style::{Alignment, Case, Edge, Family, Figures, Ink, Numbering, Role};
use crate::book::division::{CoverLayout, NumberWord, Numbered};
use crate::book::{DivisionKind, NotePlace};
use crate::language::wording::Wording;
use crate::source::Span;
use crate::units::{Colour, Length, Size};

/// A layer: a `theme.yaml`, or what an edition says about looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemeSpec {
    /// The theme below, by name.
    pub extends: Option<String>,
    /// The folder of a theme that this one differs from, as far as it is no built-in one, and where it is named.
    pub folder: Option<(String, Span)>,
    /// What that folder says, and what it extends.
    pub below: Vec<ThemeSpec>,
    /// Family of the text.
    pub text_family: Option<String>,
    /// Family of headings.
    pub headings_family: Option<String>,
    /// Family of program text.
    pub mono_family: Option<String>,
    /// Size of the trimmed page.
    pub trim: Option<Size>,
    /// Whether Letter and A4 have one measure and as many lines, so that both break alike.
    pub both_papers: Option<bool>,
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
    /// Whether program text is coloured by its language.
    pub code_colours: Option<bool>,
    /// Which sections are numbered.
    pub number_sections: Option<Numbered>,
    /// Where notes stand, if the manuscript does not say.
    pub note_place: Option<NotePlace>,
    /// Words that recto adds, said otherwise.
    pub words: Wording,
    /// Whether the numbers of notes hang, or stand flush at the head of their notes.
    pub note_numbers_hang: Option<bool>,
    /// Whether notes at the end show the page of their call in the margin.
    pub note_pages: Option<bool>,
    /// How kinds of division open.
    pub openings: Vec<(DivisionKind, Opening)>,
    /// Roles whose styles differ.
    pub styles: Vec<(Role, StyleSpec)>,
    /// The column in the margin.
    pub page: PageSpec,
    /// The head of a page on which a section opens.
    pub opener: OpenerSpec,
    /// How covers are laid out.
    pub cover: Option<CoverLayout>,
    /// Over which share of the cover its picture runs into ink, in thousandths.
    pub scrim: Option<u16>,
    /// The colour behind the words of a cover without a picture.
    pub cover_ground: Option<Option<Ink>>,
    /// What stands above and below the text.
    pub furniture: FurnitureSpec,
    /// The looks of the house's programmes, by name.
    pub variants: Vec<(String, ThemeSpec)>,
    /// The programme that is asked for, and where.
    pub variant: Option<(String, Span)>,
    /// Where colours are named: a colour of the palette, or a role; and where the margins are.
    pub places: Vec<(String, Span)>,
    /// The colour from which the palette follows.
    pub brand: Option<Colour>,
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
    /// Pages without pictures in black and grey; covers and the others keep their colours.
    pub plain_grey: Option<bool>,
    /// What is nearly black is black: an office printer counts a page with a dark grey as one in colour.
    pub pure_black: Option<bool>,
    /// Whether chapters have tabs at the fore-edge.
    pub tabs: Option<bool>,
    /// The picture of the cover and the grounds reach over the trim by this much.
    pub bleed: Option<Length>,
    /// Whether the covers are pages of the file.
    pub covers: Option<bool>,
    /// Whether lines are numbered.
    pub line_numbers: Option<bool>,
}

impl ThemeSpec {
    /// This layer and those below it that it brings along, the lowest first.
    fn flat<'a>(&'a self, all: &mut Vec<&'a ThemeSpec>) {
        self.below.iter().for_each(|layer| layer.flat(all));
        all.push(self);
    }
}

/// All layers, those that they bring along among them, the lowest first.
pub fn flat<'a>(layers: &[&'a ThemeSpec]) -> Vec<&'a ThemeSpec> {
    let mut all = Vec::new();
    layers.iter().for_each(|layer| layer.flat(&mut all));
    all
}

/// A distance in a style: in lines of the grid, or as a length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Space {
    /// In thousandths of a line.
    Lines(i64),
    /// A length.
    Length(Length),
}

impl Space {
    /// On a grid.
    pub fn on(self, grid: Length) -> Length {
        match self {
            Space::Lines(lines) => grid.scale(lines, 1000),
            Space::Length(length) => length,
        }
    }
}

/// What a layer says of a role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StyleSpec {
    /// Which faces.
    pub face: Option<Family>,
    /// Their weight.
    pub weight: Option<u16>,
    /// Italic.
    pub italic: Option<bool>,
    /// The size of the letters; without a leading the ratio is kept.
    pub size: Option<Length>,
    /// From baseline to baseline.
    pub leading: Option<Length>,
    /// The colour.
    pub colour: Option<Ink>,
    /// How lines stand.
    pub align: Option<Alignment>,
    /// Whether words may be divided.
    pub hyphenate: Option<bool>,
    /// Indent of the first line.
    pub first: Option<Length>,
    /// Indent at the start.
    pub start: Option<Length>,
    /// Indent at the end.
    pub end: Option<Length>,
    /// Space above.
    pub above: Option<Space>,
    /// Space below.
    pub below: Option<Space>,
    /// Which figures.
    pub figures: Option<Figures>,
    /// Figures of one width.
    pub tabular: Option<bool>,
    /// Which letters.
    pub case: Option<Case>,
    /// In thousandths of the size.
    pub tracking: Option<i16>,
    /// Where its number stands.
    pub number: Option<Numbering>,
    /// Whether it stays with what follows.
    pub keep: Option<bool>,
    /// Whether it stands over all columns.
    pub across: Option<bool>,
    /// Whether it runs into the first line of the text below it.
    pub run_in: Option<bool>,
    /// Whether it stands in the column of the margin.
    pub beside: Option<bool>,
    /// Whether dots lead to a folio.
    pub leader: Option<bool>,
    /// The colour behind it; `Some(None)` takes it away.
    pub ground: Option<Option<Ink>>,
    /// How far the words keep from the frame.
    pub inside: Option<Length>,
    /// Its rule.
    pub rule: Option<RuleSpec>,
}

/// What a layer says of a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleSpec {
    /// Where it stands.
    pub side: Option<Edge>,
    /// How thick it is.
    pub width: Option<Length>,
    /// How long it is; `Some(None)` as long as the piece is wide.
    pub length: Option<Option<Length>>,
    /// Its colour.
    pub colour: Option<Ink>,
}

/// What a layer says of the columns of a page, and of the one in the margin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageSpec {
    /// In how many columns the text stands.
    pub columns: Option<u8>,
    /// Kinds of division that stand in others.
    pub columns_of: Vec<(DivisionKind, u8)>,
    /// Between two columns.
    pub gutter: Option<Length>,
    /// How wide the column in the margin is; zero is none.
    pub margin_column: Option<Length>,
    /// Between the text and the column in the margin.
    pub margin_gap: Option<Length>,
}

/// What a layer says of the head of a page on which a section opens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenerSpec {
    /// Lines left empty above the title.
    pub sink: Option<i64>,
    /// The colour behind the title; `Some(None)` takes it away.
    pub ground: Option<Option<Ink>>,
    /// How far the ground reaches down.
    pub depth: Option<Length>,
    /// The same with a standfirst.
    pub standfirst_depth: Option<Length>,
    /// Where the number stands.
    pub number: Option<Numbering>,
    /// What a number above the title says it is the number of.
    pub number_word: Option<NumberWord>,
    /// How many lines the first letter takes; 1 is none.
    pub drop_cap: Option<u8>,
    /// Whether the first words are in small capitals.
    pub small_capitals: Option<bool>,
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
    /// On the next page, unless more than half of that would stay empty.
    Auto,
}

impl Opening {
    /// As a theme spells it.
    pub fn find(name: &str) -> Option<Opening> {
        match name {
            "recto" => Some(Opening::Recto),
            "page" => Some(Opening::Page),
            "run-on" => Some(Opening::RunOn),
            "auto" => Some(Opening::Auto),
            _ => None,
        }
    }

    /// The words, in order.
    pub const WORDS: &'static [&'static str] = &["recto", "page", "run-on", "auto"];

    /// As a theme spells it.
    pub fn word(self) -> &'static str {
        match self {
            Opening::Recto => "recto",
            Opening::Page => "page",
            Opening::RunOn => "run-on",
            Opening::Auto => "auto",
        }
    }
}
