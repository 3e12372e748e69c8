//! recto: a manuscript folder becomes a print-ready PDF and an EPUB.
pub mod book;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod edition;
pub mod epub;
pub mod font;
pub mod language;
pub mod layout;
pub mod manuscript;
pub mod page;
pub mod pdf;
pub mod production;
pub mod source;
pub mod theme;
pub mod units;
