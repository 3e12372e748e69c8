//! What differs from language to language: tags, words of the trade, hyphenation, punctuation.

pub mod hyphenation;
pub mod printing;
pub mod punctuation;
mod slug;
pub mod terms;
mod ties;
pub mod web;

pub use slug::slug;

use std::fmt;
use std::sync::Arc;

/// A language by its BCP 47 tag, in canonical case (`en-CA`, `zh-Hans`). Two equal tags are equal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Arc<str>);

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
        Some(Language(canonical.into()))
    }

    /// English, the default.
    pub fn english() -> Language {
        Language("en".into())
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The first subtag: `en` of `en-CA`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("en")
    }

    /// Whether recto has words of its own in it: titles of made parts, captions, dates.
    pub fn has_terms(&self) -> bool {
        terms::KNOWN.contains(&self.primary())
    }

    /// The script subtag, if one is written: `Hans` of `zh-Hans`.
    pub fn script(&self) -> Option<&str> {
        self.0.split('-').skip(1).find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()))
    }

    /// The region subtag, if one is written: `CA` of `en-CA`.
    pub fn region(&self) -> Option<&str> {
        self.0.split('-').skip(1).find(|part| part.len() == 2)
    }

    /// The word before a folio in a reference: "page 12".
    pub fn page_word(&self) -> &'static str {
        match self.primary() {
            "de" => "Seite",
            "es" | "pt" => "página",
            "it" => "pagina",
            "nl" => "pagina",
            "pl" => "strona",
            "ru" => "страница",
            "uk" => "сторінка",
            _ => "page",
        }
    }

    /// The running head of endnotes: "Notes to pages 12–17", or to one page.
    pub fn notes_to_pages(&self, first: &str, last: &str) -> String {
        let (one, many) = match self.primary() {
            "de" => ("Anmerkungen zu Seite", "Anmerkungen zu den Seiten"),
            "fr" => ("Notes de la page", "Notes des pages"),
            "es" => ("Notas de la página", "Notas de las páginas"),
            "pl" => ("Przypisy do strony", "Przypisy do stron"),
            _ => ("Notes to page", "Notes to pages"),
        };
        if first == last { format!("{one}\u{a0}{first}") } else { format!("{many}\u{a0}{first}–{last}") }
    }

    /// Which way its lines run, by script if written, else by the language's usual one.
    pub fn direction(&self) -> Direction {
        let right = match self.script() {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm"),
            None => matches!(self.primary(), "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb"),
        };
        if right { Direction::RightToLeft } else { Direction::LeftToRight }
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_kept_in_canonical_case() {
        assert_eq!(Language::parse("EN-ca").map(|l| l.to_string()).as_deref(), Some("en-CA"));
        assert_eq!(Language::parse("zh-hans-cn").map(|l| l.to_string()).as_deref(), Some("zh-Hans-CN"));
        assert_eq!(Language::parse("english"), None);
        assert_eq!(Language::parse("en_US"), None);
    }
}
