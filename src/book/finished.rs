//! What a finished file offers, and what it claims to be: facts that its writer found, for whoever has to declare them.

use std::collections::BTreeSet;

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
#[derive(Clone, Debug)]
pub struct Written {
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// What it offers.
    pub features: BTreeSet<Feature>,
    /// What it says it keeps.
    pub claims: Vec<Claim>,
}
