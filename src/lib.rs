//! recto: a manuscript folder becomes a print-ready PDF and an EPUB.
pub mod units;
