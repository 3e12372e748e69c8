//! The words that recto adds: said when there are none in the book's language.

use crate::book::Book;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};

/// Says once that English words stand in a book of another language.
pub fn check(book: &Book, diagnostics: &mut Diagnostics) {
    let language = &book.metadata.language;
    if !language.has_terms() {
        let message = format!("recto has no words of its own in the language \"{language}\" and uses English ones");
        diagnostics.report(
            Diagnostic::new(&lints::NO_WORDS, message)
                .at(book.metadata.title.span)
                .hint("\"Contents\", \"Notes\", the words of captions and of the copyright page stand in English"),
        );
    }
}
