//! Where words may be divided: patterns by language, and an author's exceptions.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hypher::Lang;
use unicode_normalization::UnicodeNormalization;

use super::Language;

/// Words with their only divisions, by language: `Dmí-tri-ev-na`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// By primary subtag, then by the word in lower case: byte offsets of its divisions.
    words: BTreeMap<String, BTreeMap<String, Vec<usize>>>,
}

impl Exceptions {
    /// None.
    pub fn new() -> Exceptions {
        Exceptions::default()
    }

    /// Adds a word written with its divisions as hyphens; a word without a hyphen is never divided.
    pub fn add(&mut self, language: &Language, divided: &str) {
        let mut word = String::new();
        let mut divisions = Vec::new();
        for part in divided.to_lowercase().split('-') {
            if !word.is_empty() {
                divisions.push(word.len());
            }
            word.push_str(part);
        }
        self.words.entry(language.primary().to_owned()).or_default().insert(word, divisions);
    }

    fn find(&self, language: &Language, word: &str) -> Option<&Vec<usize>> {
        if self.words.is_empty() {
            return None;
        }
        self.words.get(language.primary())?.get(&word.to_lowercase())
    }
}

/// Byte offsets at which a word of letters may be divided.
pub fn divisions(word: &str, language: &Language, exceptions: &Exceptions) -> Vec<usize> {
    if let Some(found) = exceptions.find(language, word) {
        return found.clone();
    }
    let letters = word.chars().count();
    let Some(patterns) = patterns(language) else { return Vec::new() };
    let (left, right) = minimums(language, patterns);
    if letters < left + right {
        return Vec::new();
    }
    let plain = plain(word, language);
    let mut offsets: Vec<usize> = Vec::new();
    let mut at = 0;
    for syllable in hypher::hyphenate_bounded(&plain, patterns, left, right) {
        if at > 0 {
            offsets.push(at);
        }
        at += syllable.len();
    }
    if plain.len() == word.len() {
        return offsets;
    }
    if offsets.is_empty() && letters > 5 {
        offsets = syllables(&plain).into_iter().filter(|at| *at >= left && plain.len() - at >= right).collect();
    }
    written(word, &plain, &offsets)
}

/// Where the syllables of a foreign name begin that the patterns cannot divide: a consonant goes with the vowel after
/// it, of several the last, and letters that write one sound ("kh") or run together ("tr") are one. Letters are plain.
fn syllables(name: &str) -> Vec<usize> {
    const TOGETHER: &[&str] = &[
        "shch", "kh", "zh", "sh", "ch", "th", "ph", "ts", "tz", "br", "dr", "gr", "kr", "pr", "tr", "vr", "bl", "gl",
        "kl", "pl", "vl",
    ];
    let letters: Vec<u8> = name.to_ascii_lowercase().into_bytes();
    let vowel = |at: usize| {
        let after_vowel = at > 0 && b"aeiou".contains(&letters[at - 1]);
        b"aeiou".contains(&letters[at]) || (letters[at] == b'y' && !after_vowel)
    };
    let mut starts = Vec::new();
    let mut last_vowel = None;
    for at in 0..letters.len() {
        if !vowel(at) {
            continue;
        }
        if let Some(last) = last_vowel
            && at - last > 1
        {
            let cluster = &name[last + 1..at];
            let unit = TOGETHER.iter().find(|unit| cluster.ends_with(**unit)).map_or(1, |unit| unit.len());
            starts.push(at - unit);
        }
        last_vowel = Some(at);
    }
    starts
}

/// A word as the patterns know it: those of English have no accents, and a name that bears one ("Mikháylovna") is
/// divided as it would be without.
fn plain<'a>(word: &'a str, language: &Language) -> Cow<'a, str> {
    if language.primary() != "en" || word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let bare: String = word.chars().map(|letter| std::iter::once(letter).nfd().next().unwrap_or(letter)).collect();
    if bare.bytes().all(|letter| letter.is_ascii_alphabetic()) { Cow::Owned(bare) } else { Cow::Borrowed(word) }
}

/// Offsets in a word of as many letters, in the word as it is written.
fn written(word: &str, plain: &str, offsets: &[usize]) -> Vec<usize> {
    let places = word.char_indices().zip(plain.char_indices());
    places.filter(|(_, (at, _))| offsets.contains(at)).map(|((at, _), _)| at).collect()
}

/// What is known of where the words of a language may be divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hyphens {
    /// There are patterns.
    Patterns,
    /// Its words are not divided with a hyphen: lines end at spaces, between characters or syllables.
    None,
    /// Its words are divided, but there are no patterns: lines end at spaces only and may be loose.
    Unknown,
}

/// What is known of a language.
pub fn known(language: &Language) -> Hyphens {
    const UNDIVIDED: &[&str] = &[
        "ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "zh", "ja", "ko", "th", "lo", "km", "my", "bo",
        "vi", "am", "dz", "yue", "cmn", "iw", "ji",
    ];
    match patterns(language) {
        Some(_) => Hyphens::Patterns,
        None if UNDIVIDED.contains(&language.primary()) => Hyphens::None,
        None => Hyphens::Unknown,
    }
}

fn patterns(language: &Language) -> Option<Lang> {
    let primary: [u8; 2] = language.primary().as_bytes().try_into().ok()?;
    // Norwegian is written in two ways; their patterns are those of Bokmål.
    // Serbian in Latin letters is divided as Croatian is.
    Lang::from_iso(match &primary {
        b"no" => *b"nb",
        b"sr" if language.script() == Some("Latn") => *b"hr",
        _ => primary,
    })
}

/// The least letters before and after a division: what the patterns' authors ask, but never fewer than two, and in
/// English three after it.
fn minimums(language: &Language, patterns: Lang) -> (usize, usize) {
    let (left, right) = patterns.bounds();
    match language.primary() {
        "en" => (2, 3),
        "fr" => (2, 3),
        _ => (left.max(2), right.max(2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(word: &str, tag: &str, exceptions: &Exceptions) -> String {
        let language = Language::parse(tag).expect("a tag");
        let mut out = word.to_owned();
        for at in divisions(word, &language, exceptions).into_iter().rev() {
            out.insert(at, '-');
        }
        out
    }

    #[test]
    fn words_divide_by_the_patterns_of_their_language() {
        let none = Exceptions::new();
        assert_eq!(divided("partnership", "en-CA", &none), "part-ner-ship");
        assert_eq!(divided("Zusammenarbeit", "de", &none), "Zu-sam-men-ar-beit");
        assert_eq!(divided("only", "en", &none), "only");
        assert_eq!(divided("YLEISMAAILMALLISEN", "fi", &none), "YLEIS-MAA-IL-MAL-LI-SEN");
        assert_eq!(divided("sprawozdanie", "xx", &none), "sprawozdanie");
    }

    #[test]
    fn what_is_known_of_a_language_is_said() {
        let of = |tag: &str| known(&Language::parse(tag).expect("a tag"));
        assert_eq!(of("de-AT"), Hyphens::Patterns);
        assert_eq!(of("sr-Latn"), Hyphens::Patterns);
        assert_eq!(of("ar"), Hyphens::None);
        assert_eq!(of("mt"), Hyphens::Unknown);
    }

    #[test]
    fn names_with_accents_divide_in_english_too() {
        let none = Exceptions::new();
        assert_eq!(divided("Mikháylovna", "en", &none), "Mi-kháy-lovna");
        assert_eq!(divided("Dmítrievna", "en", &none), "Dmí-trievna");
        assert_eq!(divided("Márya", "en", &none), "Márya");
        assert_eq!(divided("Straße", "en", &none), "Straße");
    }

    #[test]
    fn an_exception_has_the_only_divisions() {
        let mut exceptions = Exceptions::new();
        exceptions.add(&Language::english(), "Dmí-tri-ev-na");
        exceptions.add(&Language::english(), "partnership");
        assert_eq!(divided("Dmítrievna", "en", &exceptions), "Dmí-tri-ev-na");
        assert_eq!(divided("Partnership", "en", &exceptions), "Partnership");
    }
}
