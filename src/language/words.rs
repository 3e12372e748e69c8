//! The words that recto adds, one file a language in `data/words/`.
//!
//! A line is `key = word`, a tab, and the published sources that use the word for the same thing; a dash where none of
//! them does and the choice is recto's own. A file for a region or script names what differs there. A language of which
//! only published words are known has those alone: what it lacks is English, and marked as English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Language;

/// How the name of a word ends that stands with its number: `figure-numbered: "{}. ábra"`.
pub const NUMBERED: &str = "-numbered";

macro_rules! words {
    ($($tag:literal)*) => {
        /// Every file, by its tag.
        pub(super) const FILES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("data/words/", $tag, ".txt")))),*];
    };
}

words! {
    "af" "am" "ar" "az" "be" "bg" "bn" "bo" "br" "bs" "ca" "cs" "cy" "da" "de" "el" "en" "en-US" "eo" "es" "et" "eu"
    "fa" "fi" "fil" "fr" "ga" "gd" "gl" "gu" "he" "hi" "hr" "hu" "hy" "id" "is" "it" "ja" "ka" "kk" "km" "kn" "ko" "ky"
    "lb" "lo" "lt" "lv" "mk" "ml" "mn" "mr" "ms" "mt" "nb" "ne" "nl" "nn" "oc" "pa" "pl" "pt" "pt-PT" "ro" "ru" "si"
    "sk" "sl" "sq" "sr" "sr-Latn" "sv" "sw" "ta" "te" "th" "tr" "uk" "ur" "uz" "vi" "zh" "zh-Hant"
}

/// The words of one file.
pub(super) struct Words {
    /// Whose they are.
    pub tag: &'static str,
    /// Whether someone who grew up with the language has read them.
    pub read_by_a_native: bool,
    /// By key.
    words: BTreeMap<&'static str, &'static str>,
    /// How many of them a published source has.
    pub attested: usize,
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| FILES.iter().map(|(tag, text)| read(tag, text)).collect());

/// Reads a file of words.
pub(super) fn read(tag: &'static str, text: &'static str) -> Words {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut found = Words { tag, read_by_a_native: false, words: BTreeMap::new(), attested: 0 };
    for (key, rest) in lines.filter_map(|line| line.split_once(" = ")) {
        let (word, sources) = rest.split_once('\t').unwrap_or((rest, "-"));
        if key == "reader" {
            found.read_by_a_native = word != "none";
        } else {
            found.words.insert(key, word);
            found.attested += usize::from(sources != "-");
        }
    }
    found
}

impl Words {
    /// Those of a language as it is written: of its script or region, then of the language.
    pub fn of(language: &Language) -> impl Iterator<Item = &'static Words> {
        language.forms().into_iter().filter_map(|tag| WORDS.iter().find(|words| words.tag == tag))
    }

    /// All.
    pub fn all() -> &'static [Words] {
        &WORDS
    }

    /// The word for a key.
    pub fn get(&self, key: &str) -> Option<&'static str> {
        self.words.get(key).copied()
    }

    /// All of them, by key.
    #[cfg(test)]
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        self.words.iter().map(|(key, word)| (*key, *word))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.words.len()
    }
}

/// The word of a language for a key.
pub(super) fn find(language: &Language, key: &str) -> Option<&'static str> {
    Words::of(language).find_map(|words| words.get(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::terms::Term;

    #[test]
    fn every_file_of_words_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/language/data/words");
        let mut tags: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder is in the package")
            .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().replace(".txt", ""))
            .collect();
        tags.sort();
        assert_eq!(tags, FILES.iter().map(|(tag, _)| *tag).collect::<Vec<_>>());
    }

    /// A word that is younger than its translations stands in [`Term::YOUNG`] until all languages have it; a language
    /// without them all has those that a published source gives, and no other.
    #[test]
    fn every_language_has_every_word_or_published_ones_alone() {
        for words in Words::all() {
            let region = words.tag.contains('-')
                && Words::all().iter().any(|base| words.tag.starts_with(&format!("{}-", base.tag)));
            let base = !region || matches!(words.tag, "zh-Hant" | "sr-Latn");
            let published = words.words.keys().filter(|key| !key.ends_with(NUMBERED)).count() == words.attested;
            let whole = base && !published;
            assert!(whole || region || words.count() >= 10, "{}", words.tag);
            for term in Term::ALL {
                let word = words.get(term.key());
                assert!(word.is_some() || !whole || Term::YOUNG.contains(term), "{} lacks {}", words.tag, term.key());
                assert!(
                    word.is_none_or(|word| !word.trim().is_empty() && word.trim() == word),
                    "{}: {}",
                    words.tag,
                    term.key()
                );
            }
            for (key, word) in &words.words {
                let term = key.strip_suffix(NUMBERED).unwrap_or(key);
                assert!(
                    Term::ALL.iter().any(|known| known.key() == term),
                    "{}: {key} is no word of recto's",
                    words.tag
                );
                assert!(!key.ends_with(NUMBERED) || word.contains("{}"), "{}: {key}", words.tag);
            }
        }
    }

    #[test]
    fn words_run_the_way_of_their_language() {
        let strong = |letter: char| match letter {
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Some(true),
            letter if letter.is_alphabetic() => Some(false),
            _ => None,
        };
        for words in Words::all() {
            let language = Language::parse(words.tag).expect("a tag");
            let right = language.direction() == crate::language::Direction::RightToLeft;
            for (key, word) in &words.words {
                let first = word.chars().find_map(strong);
                assert!(first.is_none_or(|first| first == right), "{}: {key} = {word}", words.tag);
            }
        }
    }

    /// Letters of another alphabet that look alike ("Сontents") would be read aloud and searched wrongly.
    #[test]
    fn words_are_in_the_alphabet_of_their_language() {
        let of = |letter: char| match letter {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => "Latn",
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => "Grek",
            '\u{400}'..='\u{4ff}' => "Cyrl",
            _ => "",
        };
        for words in Words::all() {
            let expected = match words.tag {
                "el" => "Grek",
                "be" | "bg" | "kk" | "ky" | "mk" | "mn" | "ru" | "sr" | "uk" => "Cyrl",
                _ => "Latn",
            };
            for (key, word) in &words.words {
                let strange = word.chars().find(|letter| !of(*letter).is_empty() && of(*letter) != expected);
                assert_eq!(strange, None, "{}: {key} = {word}", words.tag);
            }
        }
    }
}
