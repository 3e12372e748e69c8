//! Words: what recto adds to a manuscript, in its language, and what its house says otherwise.

use super::{Production, Request, wanted};
use crate::diagnostic::{Diagnostics, Reported};
use crate::language::terms::Term;
use crate::language::wording::NUMBERED;
use crate::manuscript;
use crate::source::{Composed, Files, Sources};

/// A word that recto adds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// Its name under `words:`, in the language that it is in.
    pub key: String,
    /// It.
    pub word: String,
    /// Whether the manuscript, its theme or its house says it.
    pub own: bool,
}

/// Every word that recto adds in the first edition asked for, and the tag of their language.
pub fn words(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<(String, Vec<Word>), Reported> {
    let files = &Composed::of(files);
    let manuscript = manuscript::read(files, sources, diagnostics)?;
    let editions: Vec<_> = wanted(&manuscript, request, diagnostics)?.into_iter().cloned().collect();
    let production = Production::new(files, request, &manuscript, sources, diagnostics);
    let wording = editions.first().map(|edition| production.theme(edition).words).unwrap_or_default();
    let plain = manuscript.metadata.language.of_terms();
    let language = manuscript.metadata.language.worded(&wording).of_terms();
    let mut words = Vec::new();
    for term in Term::ALL {
        let (word, usual) = (term.word(&language), term.word(&plain));
        words.push(Word { key: term.key().to_owned(), word: word.to_owned(), own: word != usual });
        // Only where a number does not simply follow.
        let [numbered, usual] =
            [&language, &plain].map(|language| term.numbered(language, "{}").replace('\u{a0}', " "));
        if numbered != format!("{word} {{}}") {
            let key = format!("{}{NUMBERED}", term.key());
            words.push(Word { key, own: numbered != usual, word: numbered });
        }
    }
    Ok((language.tag().to_owned(), words))
}
