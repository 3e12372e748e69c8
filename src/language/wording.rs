//! Wording: what a house says otherwise than recto, by language.
//!
//! It rides along in the [`Language`] of a book, of its sections and of what stands in another language inside them, so
//! whoever asks a [`super::terms::Term`] for its word gets the house's without knowing that there is one.

use std::collections::BTreeMap;

use super::Language;
use super::terms::Term;
pub use super::words::NUMBERED;

/// A house's words: by the tag of a language, by the name of a term.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wording(BTreeMap<String, BTreeMap<String, String>>);

impl Wording {
    /// Says a word otherwise.
    pub fn say(&mut self, language: &Language, key: &str, word: &str) {
        self.0.entry(language.tag().to_owned()).or_default().insert(key.to_owned(), word.to_owned());
    }

    /// Lays what another says over it, word by word.
    pub fn lay(&mut self, over: &Wording) {
        for (tag, words) in &over.0 {
            let own = self.0.entry(tag.clone()).or_default();
            own.extend(words.iter().map(|(key, word)| (key.clone(), word.clone())));
        }
    }

    /// Whether nothing is said otherwise.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every word: the tag of its language, its key, itself.
    pub fn words(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0
            .iter()
            .flat_map(|(tag, words)| words.iter().map(|(key, word)| (tag.as_str(), key.as_str(), word.as_str())))
    }

    /// Whether it says anything in a language.
    pub(super) fn speaks(&self, language: &Language) -> bool {
        let said = |tag: &str| self.0.contains_key(tag);
        said(language.tag()) || language.forms().iter().any(|tag| said(tag))
    }

    /// What it says for a key in a language: as it is written, of its script or region, then of the language.
    pub(super) fn find(&self, language: &Language, key: &str) -> Option<&str> {
        let of = |tag: &str| self.0.get(tag)?.get(key).map(String::as_str);
        of(language.tag()).or_else(|| language.forms().iter().find_map(|tag| of(tag)))
    }

    /// The names of all words that can be said otherwise; [`NUMBERED`] after one of a thing with numbers is for how they
    /// stand together.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        Term::ALL.iter().map(|term| term.key())
    }

    /// Whether a name is one of a word; and whether its word must show where a number stands (`{}`).
    pub fn knows(key: &str) -> Option<bool> {
        let bare = key.strip_suffix(NUMBERED);
        Wording::keys().any(|known| known == bare.unwrap_or(key)).then_some(bare.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn language(tag: &str) -> Language {
        Language::parse(tag).expect("a tag")
    }

    fn wording(words: &[(&str, &str, &str)]) -> Arc<Wording> {
        let mut wording = Wording::default();
        for (tag, key, word) in words {
            wording.say(&language(tag), key, word);
        }
        Arc::new(wording)
    }

    #[test]
    fn a_house_s_words_stand_for_recto_s_in_their_language() {
        let wording =
            wording(&[("en", "figure", "Chart"), ("en", "notes", "Endnotes"), ("de", "contents", "Übersicht")]);
        let british = language("en-GB").worded(&wording);
        assert_eq!(Term::Figure.word(&british), "Chart");
        assert_eq!(Term::Figure.numbered(&british, "2"), "Chart\u{a0}2");
        assert_eq!(Term::Figure.several(&british), None, "\"Chart 1 and Chart 2\": its plural is not known");
        assert_eq!((Term::Notes.word(&british), Term::Contents.word(&british)), ("Endnotes", "Contents"));
        assert_eq!(Term::Contents.word(&language("de").worded_as(&british)), "Übersicht");
        assert_eq!(Term::Figure.word(&language("en-GB")), "Figure", "without it nothing changes");
        // A language without a word of its own speaks the house's English.
        assert_eq!(Term::Notes.word(&language("my").worded(&wording)), "Endnotes");
        assert_eq!(Term::Notes.word(&language("kk").worded(&wording)), "Endnotes");
    }

    #[test]
    fn a_number_stands_where_the_house_says() {
        let wording = wording(&[("hu", "figure-numbered", "{}. kép"), ("hu", "several-figures", "{}. kép")]);
        let hungarian = language("hu").worded(&wording);
        assert_eq!(Term::Figure.numbered(&hungarian, "2"), "2.\u{a0}kép");
        assert_eq!(Term::Figure.several(&hungarian).map(|several| several.last), Some("\u{a0}kép".to_owned()));
        assert_eq!(Wording::knows("figure-numbered"), Some(true));
        assert_eq!((Wording::knows("figure"), Wording::knows("figur")), (Some(false), None));
    }

    #[test]
    fn equal_tags_are_equal_whatever_the_words() {
        let wording = wording(&[("en", "figure", "Chart")]);
        assert_eq!(language("en"), language("en").worded(&wording));
    }
}
