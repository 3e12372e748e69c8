//! Collation: the order of words in a language, for whatever is filed by it: an index, a list of works.
//!
//! Every language has an order of its own (Swedish has Å, Ä and Ö at the end, Czech `ch` after `h`, Chinese goes by
//! sound), and CLDR has written them down. `icu_collator` brings that data with the rules of the Unicode Collation
//! Algorithm, 1.3 MB with all languages. Tables of our own would be wrong for most of them; the collations of operating
//! systems differ from machine to machine, and the same manuscript must give the same bytes everywhere.

use std::cmp::Ordering;

use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use super::Language;

/// The order of one language. Numbers in words are compared by their value.
pub struct Collation {
    /// Spaces and signs do not count, accents and capitals do.
    letters: CollatorBorrowed<'static>,
    /// The same without accents and capitals.
    bare_letters: CollatorBorrowed<'static>,
    /// Spaces and signs count, and stand before letters.
    words: CollatorBorrowed<'static>,
    /// The same without accents and capitals.
    bare_words: CollatorBorrowed<'static>,
}

impl std::fmt::Debug for Collation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Collation")
    }
}

impl Collation {
    /// That of a language, in the variety that its tag names (`de-u-co-phonebk`); what no data is known for goes as the
    /// root of all languages does.
    pub fn of(language: &Language) -> Collation {
        let made = |alternate: AlternateHandling, strength: Strength| {
            let mut options = CollatorOptions::default();
            options.alternate_handling = Some(alternate);
            options.strength = Some(strength);
            let tag = match language.primary() {
                "no" => "nb",
                _ => language.tag(),
            };
            let preferences = |locale: Locale| {
                let mut preferences = CollatorPreferences::from(&locale);
                preferences.numeric_ordering = Some(CollationNumericOrdering::True);
                preferences
            };
            let asked = Locale::try_from_str(tag).ok().map(preferences);
            let asked = asked.and_then(|asked| Collator::try_new(asked, options).ok());
            asked.unwrap_or_else(|| {
                Collator::try_new(preferences(Locale::UNKNOWN), options).expect("the root is in the data")
            })
        };
        Collation {
            letters: made(AlternateHandling::Shifted, Strength::Tertiary),
            bare_letters: made(AlternateHandling::Shifted, Strength::Primary),
            words: made(AlternateHandling::NonIgnorable, Strength::Tertiary),
            bare_words: made(AlternateHandling::NonIgnorable, Strength::Primary),
        }
    }

    /// Letter by letter: by letters, then by accents, then small letters before capitals. Spaces and signs count for
    /// nothing.
    pub fn letters(&self, one: &str, other: &str) -> Ordering {
        self.letters.compare(one, other)
    }

    /// Letter by letter, by the letters alone: `a`, `á` and `A` are one.
    pub fn bare_letters(&self, one: &str, other: &str) -> Ordering {
        self.bare_letters.compare(one, other)
    }

    /// Word by word: a space stands before every letter. Then by accents, then small letters before capitals.
    pub fn words(&self, one: &str, other: &str) -> Ordering {
        self.words.compare(one, other)
    }

    /// Word by word, by the letters alone.
    pub fn bare_words(&self, one: &str, other: &str) -> Ordering {
        self.bare_words.compare(one, other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(tag: &str, words: &str) -> String {
        let collation = Collation::of(&Language::parse(tag).expect("a tag"));
        let mut words: Vec<&str> = words.split(' ').collect();
        words.sort_by(|one, other| collation.words(one, other));
        words.join(" ")
    }

    #[test]
    fn each_language_has_its_own_order() {
        assert_eq!(sorted("sv", "Östersund Zorn Ängelholm Åre"), "Zorn Åre Ängelholm Östersund");
        assert_eq!(sorted("de", "Ärger Arger Äpfel"), "Äpfel Arger Ärger");
        assert_eq!(sorted("de-u-co-phonebk", "Ärger Afrika Arger"), "Ärger Afrika Arger");
        assert_eq!(sorted("pl", "ćma czas cel"), "cel czas ćma");
        assert_eq!(sorted("pl", "Łódź Lwów"), "Lwów Łódź");
        assert_eq!(sorted("cs", "chata hora cena"), "cena hora chata");
        assert_eq!(sorted("es", "ñu nube ojo"), "nube ñu ojo");
        assert_eq!(sorted("no", "Ås Ærø Zeus"), "Zeus Ærø Ås");
        assert_eq!(sorted("zh", "中国 北京 上海"), "北京 上海 中国");
        assert_eq!(sorted("tlh", "b a"), "a b");
    }

    #[test]
    fn numbers_go_by_their_value_and_capitals_come_last() {
        assert_eq!(sorted("en", "B10 B9 b9"), "b9 B9 B10");
    }
}
