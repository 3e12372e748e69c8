//! The EPUB writer.

use crate::book::{Book, PageMap};
use crate::diagnostic::{Diagnostics, Reported};
use crate::font::Fonts;
use crate::theme::Theme;

/// What an e-book is made of.
pub struct Input<'a> {
    /// The content.
    pub book: &'a Book,
    /// The looks.
    pub theme: &'a Theme,
    /// The faces.
    pub fonts: &'a Fonts,
    /// Which printed page everything is on, if there is a print edition.
    pub print: Option<&'a PageMap>,
    /// Whether it carries its faces.
    pub embed_fonts: bool,
}

/// Writes an e-book.
pub fn write(_input: &Input<'_>, _diagnostics: &mut Diagnostics) -> Result<Vec<u8>, Reported> {
    Ok(Vec::new())
}
