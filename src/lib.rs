//! recto: a manuscript folder becomes a print-ready PDF and an EPUB.
//!
//! # The line of production
//!
//! ```text
//!  files ─read─► Manuscript ─assemble─► Book ─┬─── set ───► Pages ───write──► PDF
//!  (folder,      (typed metadata,      (the   │ Book+Theme+Fonts │
//!   memory)       parsed blocks)       model) │                 PageMap
//!                                             └── write ◄─────────┘
//!                                                 Book+Theme+PageMap ──► EPUB
//! ```
//!
//! | stage | module | from | to |
//! |---|---|---|---|
//! | read | [`manuscript::read`] | [`source::Files`] | [`manuscript::Manuscript`]: files in reading order, typed metadata, parsed blocks |
//! | assemble | [`assembly::assemble`] | a manuscript and [`assembly::Content`] | [`book::Book`]: **the one model**, every reference resolved, every number given |
//! | settle | [`theme::Theme::settle`] | [`theme::ThemeSpec`] layers | [`theme::Theme`]: one style a role, nothing optional left |
//! | set | [`layout::set`] | book, theme, [`font::Fonts`] | [`page::Pages`]: marks at points, each with a node of one structure tree |
//! | write | [`pdf::write`] | pages | a PDF |
//! | write | [`epub::write`] | book, theme, [`book::PageMap`] | an EPUB |
//! | hand on | [`release::write`] | a book and its finished files | records, pages about it, sums |
//!
//! [`production`] is the one module that knows every stage. The command line ([`cli`], behind the feature of that name)
//! is the only place that touches a disk or a terminal: the library reads through [`source::Files`] and says what is
//! wrong as [`diagnostic::Diagnostic`] values, so that other programs can use it.
//!
//! # What holds everywhere
//!
//! - A [`units::Length`] is a whole number of scaled points. No floating point decides where a line or a page ends.
//! - A [`source::Span`] is a place in a source, a [`book::Place`] one in the settled text. Spans ride along into
//!   pages, so that an overfull line names the author's own line.
//! - Numbers of notes, figures, tables and sections are settled on the way into the [`book::Book`]; line ends and page
//!   numbers come later, because only paper has them.
//! - A stage reports all that it finds and then returns [`diagnostic::Reported`]; nothing is printed, nothing panics.
//! - The same manuscript gives the same bytes: no clock, locale, hash order or thread count reaches the output.
//! - Layout sets again what refers to pages until the [`book::PageMap`] that it made is the one it was given.
//! - Three kernels, [`layout::linebreak`], [`layout::pagebreak`] and [`impose`], know numbers only and are held against
//!   slow oracles.
//!
//! [`chart`] makes drawings of data: layout paints them with letters, the e-book's writer as SVG.
//!
//! [`ledger`] counts every word of the sources apart from the reader, and says which of them no book shows.
//!
//! [`index`] files the entries of a book's index and makes locators of their pages.
//!
//! Who may name whom is written down in `tests/architecture.rs` and held by that test, as is the one module that may
//! name each outside crate that carries a format or a device.
//!
//! # Glossary
//!
//! | word | means |
//! |---|---|
//! | measure | the width of the lines |
//! | leading | from baseline to baseline |
//! | grid | the baselines of the text, the same on every page |
//! | type area | where text stands: from the cap height of the first line to the last baseline |
//! | trim, bleed | the page after cutting; what reaches over it so that no white edge shows |
//! | head, foot, spine, fore-edge | the four margins; the spine is at the binding, the fore-edge opposite |
//! | recto, verso | a right-hand page, a left-hand page: the two sides of a leaf |
//! | opening | two facing pages; also the first page of a division |
//! | folio | the number printed on a page ([`book::Folio`]); its place in the file is a [`book::PageIndex`] |
//! | running head | the line above the text with a title and the folio |
//! | furniture | running heads and folios |
//! | sink | lines left empty above a title that opens a page |
//! | division | a part of a book: a chapter, the preface, the notes ([`book::Division`]) |
//! | front, body, back matter | before, in and after the text ([`book::Matter`]) |
//! | half title, colophon | the short title alone on a page; the lines about how a book was made |
//! | extract | quoted matter set apart |
//! | note, note call | a note; the raised figure in the text that leads to it |
//! | flow | what stands between two forced page starts |
//! | galley | the blocks of a flow as items, before they are cut into pages |
//! | make-up | cutting galleys into pages and placing what was chosen |
//! | proof | pages as text that a person can read ([`page::proof`]) |
//! | imposition | the order and the places of pages on sheets that are folded or cut ([`impose`]) |
//! | signature | sheets that are folded together |
//! | creep | how far the sheets inside are pushed out by those around the fold |
//! | stock, caliper | a paper; how thick a leaf of it is |
//! | wrap | a cover of one sheet: back, spine, front |
//! | box, glue, penalty | what cannot give, what can, and where a line may end at a price |
//! | badness, demerits | how far a line is from its natural width; what that costs in the whole |
//! | widow, orphan | the last line of a paragraph alone at a page's head; its first line alone at the foot |
//! | runt | a last line that is too short |
//! | ladder | hyphens at the ends of lines in a row |
//! | river | spaces that run down a page above each other |

#![deny(rustdoc::broken_intra_doc_links)]
#![forbid(unsafe_code)]

pub mod assembly;
pub mod book;
pub mod chart;
pub mod cite;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
#[cfg(test)]
#[path = "../tests/suite/dice.rs"]
mod dice;
pub mod edition;
pub mod epub;
pub mod font;
pub mod impose;
pub mod index;
pub mod language;
pub mod layout;
pub mod ledger;
pub mod manuscript;
mod markdown;
pub mod page;
pub mod pdf;
pub mod picture;
pub mod preflight;
pub mod production;
pub mod release;
pub mod source;
pub mod theme;
pub mod units;
mod xml;
mod yaml;
