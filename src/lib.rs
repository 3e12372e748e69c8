//! recto: a manuscript folder becomes a print-ready PDF and an EPUB.
pub mod book;
pub mod diagnostic;
pub mod edition;
pub mod font;
pub mod language;
pub mod layout;
pub mod manuscript;
pub mod page;
pub mod source;
pub mod theme;
pub mod units;
