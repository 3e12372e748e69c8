//! What recto lacks of the book's language: words of its own, patterns for hyphens.

use crate::book::Book;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::printing;

/// Says once that English words stand on pages on the web of a book in another language.
pub fn check_web(book: &Book, diagnostics: &mut Diagnostics) {
    let language = &book.metadata.language;
    let (lacking, all) = language.lacking_on_the_web();
    if lacking > 0 {
        let message = match lacking == all {
            true => format!("recto has no words for pages on the web in the language \"{language}\""),
            false => format!("recto lacks {lacking} words for pages on the web in the language \"{language}\""),
        };
        diagnostics.report(
            Diagnostic::new(&lints::NO_WORDS, message)
                .at(book.metadata.title.span)
                .hint("they stand in English, and are marked as English for readers' tools"),
        );
    }
}

/// Says once that it is said in English how a file is printed.
pub fn check_printing(book: &Book, diagnostics: &mut Diagnostics) {
    let language = &book.metadata.language;
    if language.has_terms() && !printing::is_known(language) {
        let message = format!("recto cannot say in the language \"{language}\" how a file is printed");
        let said = Diagnostic::new(&lints::NO_WORDS, message).at(book.metadata.title.span);
        diagnostics
            .report(said.hint("the slip beside the file is in English; its words are among `recto info --words`"));
    }
}

/// Says once that English words stand in a book of another language, and that its words are not divided.
pub fn check(book: &Book, diagnostics: &mut Diagnostics) {
    let language = &book.metadata.language;
    let place = book.metadata.title.span;
    if !language.has_terms() {
        let message = format!("recto has no words of its own in the language \"{language}\" and uses English ones");
        diagnostics.report(
            Diagnostic::new(&lints::NO_WORDS, message)
                .at(place)
                .hint("\"Contents\", \"Notes\", the words of captions and of the copyright page stand in English"),
        );
    } else if language.lacking() > 0 {
        let message = format!("recto lacks {} words of its own in the language \"{language}\"", language.lacking());
        diagnostics.report(
            Diagnostic::new(&lints::NO_WORDS, message)
                .at(place)
                .hint("they are English and marked so; `recto info --words` shows them, and `words:` says them"),
        );
    }
    if language.lacks_hyphens() && book.metadata.hyphenation == Default::default() {
        let message = format!("recto does not know where words of the language \"{language}\" are divided");
        diagnostics.report(
            Diagnostic::new(&lints::NO_HYPHENS, message)
                .at(place)
                .hint("no word is divided, and lines may be loose; `justify: false` in the theme sets them ragged"),
        );
    }
}
