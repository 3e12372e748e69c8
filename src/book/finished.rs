//! What a finished file offers, and what it claims to be: facts that its writer found, for whoever has to declare them.

use std::collections::BTreeSet;

/// The file of a release that reports on a title's accessibility.
pub const REPORT: &str = "accessibility-report.html";

/// What a file offers to who reads it otherwise than by looking at its pages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Feature {
    /// Contents that lead into the text.
    Contents,
    /// One order in which all of it is read.
    ReadingOrder,
    /// Headings, lists and tables are known as such, and can be gone through.
    Structure,
    /// Parts are named by their roles (DPUB-ARIA).
    Roles,
    /// Size, face and colours are the reader's choice.
    Reflow,
    /// Every picture that means something has words.
    AlternativeText,
    /// Some picture has a longer description.
    LongDescriptions,
    /// The language of the text is said, and where it changes.
    Languages,
    /// Places where a printed page begins are marked.
    PageMarks,
    /// A list leads to the printed pages.
    PageList,
    /// An index whose entries lead into the text.
    Index,
}

impl Feature {
    /// As the vocabulary of schema.org (a11y-discov-vocab) spells it; `None` for what it has no word for.
    pub fn word(self) -> Option<&'static str> {
        Some(match self {
            Feature::Contents => "tableOfContents",
            Feature::ReadingOrder => "readingOrder",
            Feature::Structure => "structuralNavigation",
            Feature::Roles => "ARIA",
            Feature::Reflow => "displayTransformability",
            Feature::AlternativeText => "alternativeText",
            Feature::LongDescriptions => "longDescription",
            Feature::PageMarks => "pageBreakMarkers",
            Feature::PageList => "pageNavigation",
            Feature::Index => "index",
            Feature::Languages => return None,
        })
    }
}

/// What an e-book says about its accessibility, in the words of schema.org.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accessibility {
    /// How the content is perceived.
    pub modes: Vec<&'static str>,
    /// Sets of modes that are enough to read everything.
    pub sufficient: Vec<&'static str>,
    /// What helps.
    pub features: BTreeSet<Feature>,
    /// What may harm: nothing here moves, flashes or sounds.
    pub hazards: Vec<&'static str>,
    /// In a sentence or two.
    pub summary: String,
    /// Who certifies that it conforms, and when.
    pub certified: Option<(String, Option<String>)>,
    /// Where the report on what was certified stands.
    pub report: Option<String>,
    /// Why the European Accessibility Act does not bind.
    pub exemption: Option<String>,
}

impl Accessibility {
    /// The features as schema.org spells them, in alphabetical order.
    pub fn words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.features.iter().filter_map(|feature| feature.word()).collect();
        words.sort_unstable();
        words
    }
}

/// A standard that a file says it keeps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Claim {
    /// ISO 14289-1.
    PdfUa1,
    /// ISO 19005-2, level A.
    PdfA2a,
    /// ISO 15930-7.
    PdfX4,
    /// EPUB Accessibility 1.1 with WCAG 2.2, level AA, certified by somebody.
    EpubAccessibility,
}

/// A file as its writer made it.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// What it offers.
    pub features: BTreeSet<Feature>,
    /// What it says it keeps.
    pub claims: Vec<Claim>,
    /// What it says about its accessibility, if its format has words for it.
    pub accessibility: Option<Accessibility>,
}
