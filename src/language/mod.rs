//! What differs from language to language: tags, words of the trade, hyphenation, punctuation.

mod capitals;
pub mod collation;
pub mod facts;
pub mod hyphenation;
mod letters;
pub mod months;
pub mod numerals;
pub mod printing;
pub mod punctuation;
pub mod sentence;
mod signs;
mod slug;
pub mod table;
pub mod terms;
mod ties;
pub mod web;
pub mod wording;
mod words;

pub use capitals::capital;
pub use letters::is_of_a_word;
pub use slug::{file_name, slug};

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use self::wording::Wording;

/// A language by its BCP 47 tag, in canonical case (`en-CA`, `zh-Hans`), and what the house says in it otherwise than
/// recto. Two equal tags are equal.
#[derive(Clone)]
pub struct Language(Arc<Spoken>);

struct Spoken {
    tag: Box<str>,
    /// How long the first subtag is.
    primary: usize,
    wording: Option<Arc<Wording>>,
}

/// Which way the lines of a language run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// From the left.
    LeftToRight,
    /// From the right: Arabic, Hebrew and others.
    RightToLeft,
}

impl Language {
    /// Reads a tag; `None` when it is not well-formed BCP 47 (`klingon!`, `e`, `english`).
    pub fn parse(tag: &str) -> Option<Language> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
        if !(matches!(primary.len(), 2..=3) && letters(primary)) {
            return None;
        }
        let mut canonical = primary.to_ascii_lowercase();
        let mut private = false;
        for part in parts {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return None;
            }
            canonical.push('-');
            match part.len() {
                4 if letters(part) && !private => {
                    canonical.push_str(&part[..1].to_ascii_uppercase());
                    canonical.push_str(&part[1..].to_ascii_lowercase());
                }
                2 if letters(part) && !private => canonical.push_str(&part.to_ascii_uppercase()),
                _ => canonical.push_str(&part.to_ascii_lowercase()),
            }
            private |= part.len() == 1;
        }
        Some(Language::of(&canonical, None))
    }

    /// English, the default.
    pub fn english() -> Language {
        Language::of("en", None)
    }

    fn of(tag: &str, wording: Option<Arc<Wording>>) -> Language {
        let primary = tag.find('-').unwrap_or(tag.len());
        Language(Arc::new(Spoken { tag: tag.into(), primary, wording }))
    }

    /// The same with a house's words.
    pub fn worded(&self, wording: &Arc<Wording>) -> Language {
        let wording = (!wording.is_empty()).then(|| Arc::clone(wording));
        Language::of(&self.0.tag, wording)
    }

    /// The same with the words that the house says in what is around it.
    pub fn worded_as(&self, around: &Language) -> Language {
        match &around.0.wording {
            Some(wording) => self.worded(wording),
            None => self.clone(),
        }
    }

    /// What the house says for a key.
    fn own_word(&self, key: &str) -> Option<&str> {
        self.0.wording.as_ref()?.find(self, key)
    }

    /// What the house says for a key in English, for the words that a language lacks.
    fn own_english(&self, key: &str) -> Option<&str> {
        self.0.wording.as_ref()?.find(&Language::english(), key)
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0.tag
    }

    /// The first subtag: `en` of `en-CA`.
    pub fn primary(&self) -> &str {
        &self.0.tag[..self.0.primary]
    }

    /// Whether recto has words of its own in it: titles of made parts, captions, dates.
    pub fn has_terms(&self) -> bool {
        words::Words::of(self).next().is_some() || self.0.wording.as_ref().is_some_and(|own| own.speaks(self))
    }

    /// How many of the words of pages on the web it lacks, and how many there are.
    pub fn lacking_on_the_web(&self) -> (usize, usize) {
        (web::Web::lacking(self), web::Web::ALL.len())
    }

    /// Its name in itself: "Deutsch"; empty where that is not known.
    pub fn own_name(&self) -> &'static str {
        facts::Facts::of(self).own
    }

    /// Whether its words are divided at the ends of lines, and recto does not know where.
    pub fn lacks_hyphens(&self) -> bool {
        hyphenation::known(self) == hyphenation::Hyphens::Unknown
    }

    /// The language in which most words stand that recto adds: its own, else English.
    pub fn of_terms(&self) -> Language {
        if self.has_terms() { self.clone() } else { Language::english().worded_as(self) }
    }

    /// The language of words that recto adds: its own, or English where it has none for one of them.
    pub fn of_words(&self, words: &str) -> Language {
        match self.has_terms() && !terms::are_english(words, self) {
            true => self.clone(),
            false => Language::english().worded_as(self),
        }
    }

    /// The tag of words that recto adds, if they are English and it is not.
    pub fn tag_of_words(&self, words: &str) -> Option<&'static str> {
        (self.primary() != "en" && self.of_words(words).primary() == "en").then_some("en")
    }

    /// How many of recto's own words it lacks, those left out that few languages have.
    pub fn lacking(&self) -> usize {
        terms::lacking(self).iter().filter(|term| !terms::Term::YOUNG.contains(term)).count()
    }

    /// The tags under which its words and facts are looked for: with its script, with its region, alone. What is usual
    /// in a region stands for the script that is not written (`zh-TW` is `zh-Hant`), a region for its neighbours
    /// (`pt-AO` is written as `pt-PT`), and old codes for new ones.
    fn forms(&self) -> Vec<String> {
        let primary = match self.primary() {
            "no" => "nb",
            "iw" => "he",
            "in" => "id",
            "ji" => "yi",
            "tl" => "fil",
            "cmn" => "zh",
            "yue" => "zh",
            other => other,
        };
        let (script, region) = match (self.primary(), self.script(), self.region()) {
            ("sh", None, region) => (Some("Latn"), region),
            ("zh" | "cmn", None, Some("TW" | "HK" | "MO")) | ("yue", None, _) => (Some("Hant"), self.region()),
            ("pt", script, Some("AO" | "CV" | "GW" | "MO" | "MZ" | "ST" | "TL")) => (script, Some("PT")),
            ("en", script, Some("PH" | "PR" | "GU" | "VI")) => (script, Some("US")),
            (_, script, region) => (script, region),
        };
        let primary = if primary == "sh" { "sr" } else { primary };
        let mut forms: Vec<String> =
            [script, region].iter().flatten().map(|part| format!("{primary}-{part}")).collect();
        if primary == "es" && region.is_some_and(|region| !matches!(region, "ES" | "EA" | "IC" | "GQ" | "PH")) {
            forms.push("es-419".to_owned());
        }
        forms.push(primary.to_owned());
        forms
    }

    /// What stands between "Figure 2" and its caption; Chinese, Japanese and Korean have a space alone.
    pub fn after_number(&self) -> &'static str {
        match self.primary() {
            "zh" | "cmn" | "yue" | "ja" | "ko" => " ",
            _ => ". ",
        }
    }

    /// What stands between a day and an hour of it.
    pub fn before_an_hour(&self) -> &'static str {
        match self.primary() {
            "zh" | "cmn" | "yue" | "ja" | "ko" => " ",
            "ar" | "fa" | "ur" => "\u{60c} ",
            _ => ", ",
        }
    }

    /// A number in the digits of the language.
    pub fn number(&self, number: impl fmt::Display) -> String {
        facts::Facts::of(self).number(&number.to_string())
    }

    /// The script subtag, if one is written: `Hans` of `zh-Hans`.
    pub fn script(&self) -> Option<&str> {
        self.0.tag.split('-').skip(1).find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()))
    }

    /// The region subtag, if one is written: `CA` of `en-CA`.
    pub fn region(&self) -> Option<&str> {
        self.0.tag.split('-').skip(1).find(|part| part.len() == 2)
    }

    /// What recto counts, written in Western digits, in those of the language: "۱۲" in Persian (CLDR's default).
    pub fn digits(&self, written: &str) -> String {
        facts::Facts::of(self).number(written)
    }

    /// Whether its script has small letters and capitals: those of Latin, Greek, Cyrillic and Armenian do.
    pub fn has_small_letters(&self) -> bool {
        match self.script() {
            Some(script) => matches!(script, "Latn" | "Grek" | "Cyrl" | "Armn"),
            None => {
                self.direction() == Direction::LeftToRight
                    && !matches!(
                        self.primary(),
                        "zh" | "yue"
                            | "ja"
                            | "ko"
                            | "th"
                            | "lo"
                            | "km"
                            | "my"
                            | "hi"
                            | "mr"
                            | "ne"
                            | "sa"
                            | "bn"
                            | "as"
                            | "pa"
                            | "gu"
                            | "or"
                            | "ta"
                            | "te"
                            | "kn"
                            | "ml"
                            | "si"
                            | "bo"
                            | "dz"
                            | "ka"
                            | "am"
                            | "ti"
                    )
            }
        }
    }

    /// Whether stops, commas and brackets are drawn to go with its letters, so that a face with these letters sets them
    /// too; Chinese, Japanese and Korean have marks of their own, and share those of Latin words.
    pub fn draws_its_marks(&self) -> bool {
        !matches!(self.primary(), "zh" | "cmn" | "yue" | "ja" | "ko")
            && (self.direction() == Direction::RightToLeft || !self.has_small_letters() || self.primary() == "hy")
    }

    /// By how many letters every paragraph is indented, the first of a section too: two in Chinese (CLREQ 6.4), one in
    /// Japanese (JLREQ 3.5) and Korean (KLREQ 3.5); zero where the first one is not indented.
    pub fn letters_of_indent(&self) -> i64 {
        match self.primary() {
            "zh" | "yue" => 2,
            "ja" | "ko" => 1,
            _ => 0,
        }
    }

    /// A reference to a folio: "page 12", "12ページ".
    pub fn page(&self, folio: &str) -> String {
        terms::Term::Page.numbered(self, folio)
    }

    /// The words before and after a folio in a reference, spaces included.
    pub fn around_page(&self) -> [String; 2] {
        let whole = self.page("{}").replace('\u{a0}', " ");
        let (before, after) = whole.split_once("{}").unwrap_or((&whole, ""));
        [before.to_owned(), after.to_owned()]
    }

    /// The running head of endnotes: "Notes to pages 12–17", or to one page.
    pub fn notes_to_pages(&self, first: &str, last: &str) -> String {
        match first == last {
            true => terms::Term::NotesToPage.numbered(self, first),
            false => terms::Term::NotesToPages.numbered(self, &format!("{first}–{last}")),
        }
    }

    /// Whether words on a spine run upwards: so they do in most of the Latin world on the continent; in English, Dutch,
    /// the Nordic languages and where lines may run downwards they run downwards (ISO 6357).
    pub fn spines_run_up(&self) -> bool {
        matches!(self.primary(), "fr" | "it" | "es" | "pt" | "ca" | "gl" | "eu" | "ro" | "el" | "oc" | "br")
    }

    /// Which way its lines run, by script if written, else by the language's usual one.
    pub fn direction(&self) -> Direction {
        let right = match self.script() {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm" | "Rohg"),
            None => matches!(
                self.primary(),
                "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "iw" | "ji"
            ),
        };
        if right { Direction::RightToLeft } else { Direction::LeftToRight }
    }
}

/// Whether all letters of a text have an italic: those of Latin, Greek and Cyrillic do, those of Arabic, Hebrew, the
/// scripts of India and South-East Asia, Chinese, Japanese and Korean have none, and are emphasised by their weight.
pub fn has_italics(text: &str) -> bool {
    !text.chars().any(|letter| {
        matches!(letter,
            '\u{590}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{20000}'..='\u{3ffff}')
    })
}

impl PartialEq for Language {
    fn eq(&self, other: &Language) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.tag == other.0.tag
    }
}

impl Eq for Language {}

impl PartialOrd for Language {
    fn partial_cmp(&self, other: &Language) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Language {
    fn cmp(&self, other: &Language) -> Ordering {
        self.0.tag.cmp(&other.0.tag)
    }
}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.tag.hash(state);
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.tag)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_the_east_have_no_italics() {
        assert!(has_italics("Straße, вода, ύδωρ 1950"));
        assert!(["מים", "ماء", "जल", "น้ำ", "水", "みず", "물", "UNESCO 水"].iter().all(|word| !has_italics(word)));
    }

    #[test]
    fn scripts_that_draw_their_marks_are_told_from_those_that_share_them() {
        let draws = |tag: &str| Language::parse(tag).expect("a tag").draws_its_marks();
        assert!(["ar", "he", "ur", "hi", "ta", "th", "km", "am", "ka", "hy"].into_iter().all(draws));
        assert!(!["en", "el", "ru", "sr-Latn", "zh", "ja", "ko", "vi"].into_iter().any(draws));
    }

    #[test]
    fn tags_are_kept_in_canonical_case() {
        assert_eq!(Language::parse("EN-ca").map(|l| l.to_string()).as_deref(), Some("en-CA"));
        assert_eq!(Language::parse("zh-hans-cn").map(|l| l.to_string()).as_deref(), Some("zh-Hans-CN"));
        assert_eq!(Language::parse("english"), None);
        assert_eq!(Language::parse("en_US"), None);
    }
}
