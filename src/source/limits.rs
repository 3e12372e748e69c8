//! How far a manuscript may go: every bound on what is written, in one table.
//!
//! A reader that calls itself for what lies inside is bounded, so that no input exhausts a thread of 2 MiB; what can be
//! named often and written once is counted. Each bound is far above what a book needs, and beyond it stands a message at
//! its place, never an abort. What only guards the hand of recto's own code (how far a search goes) stands beside it.

/// Blocks and elements inside each other in a section.
pub const MARKDOWN: usize = 40;

/// Files that include each other in a row.
pub const INCLUDES: usize = 8;

/// Titles that name each other in a row.
pub const TITLES: usize = 16;

/// Pieces of a title once those are in it that it names.
pub const TITLE_PIECES: usize = 400;

/// Lists and mappings inside each other in YAML; serde_yaml's own limit.
pub const YAML: usize = 120;

/// Values in a YAML file, what its aliases repeat included.
pub const YAML_VALUES: usize = 200_000;

/// Elements inside each other in XML: drawings, styles of citations.
pub const XML: usize = 256;

/// Nodes of an XML document.
pub const XML_NODES: u32 = 500_000;

/// Elements of a drawing once its `use` elements are drawn.
pub const DRAWN: u64 = 300_000;

/// `use` elements that lead to each other.
pub const DRAWN_COPIES: usize = 32;

/// Pixels of a picture: a poster of A1 at 300 to the inch has 70 million.
pub const PIXELS: u64 = 150_000_000;

/// Bytes of a drawing when it is unpacked.
pub const DRAWING_BYTES: usize = 64 << 20;

/// Braces and commands inside each other in a field of a bibliography.
pub const TEX: usize = 60;

/// Entries of a bibliography that inherit from each other in a row.
pub const CROSSREFS: usize = 8;

/// Elements and macros inside each other in a style of citations.
pub const STYLE: usize = 60;

/// Bytes of an address that can be followed: readers cut longer ones, and PDF/A-2 (6.1.13) ends a string at 32,767.
pub const ADDRESS: usize = 8_000;

/// Copies that one list makes.
pub const COPIES: usize = 5_000;

/// How far the end of what was opened in a line is looked for, in bytes. Whoever never closes thousands of brackets makes
/// none of them long.
const NEAR: usize = 16_000;

/// The beginning of a text, in which the end of what was opened before it is looked for.
pub fn near(text: &str) -> &str {
    let end = (0..=text.len().min(NEAR)).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Where the mark stands that closes what was opened before `text`; `None` where it is not near.
pub fn closed_near(text: &str, mark: char) -> Option<usize> {
    near(text).find(mark)
}

/// Where the line begins in which something stands; of a line that is longer, its end that is near.
pub fn line_before(text: &str, at: usize) -> usize {
    let start = (at.saturating_sub(NEAR)..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
    text[start..at].rfind('\n').map_or(start, |end| start + end + 1)
}
