//! Signs: the marks that stand between words which recto puts together, with the spaces around them.
//!
//! In Chinese and Japanese each fills a square and has its space within it (CLREQ 3.1.1, JLREQ 3.1.2).

use std::borrow::Cow;

use super::Language;

impl Language {
    fn has_square_signs(&self) -> bool {
        matches!(self.primary(), "zh" | "cmn" | "yue" | "ja")
    }

    /// A colon and the space after it, as they stand between a word that recto adds and what it announces. French
    /// parts it from the word by a space that does not break.
    pub fn colon(&self) -> &'static str {
        match self.primary() {
            "fr" => "\u{a0}: ",
            _ if self.has_square_signs() => "：",
            _ => ": ",
        }
    }

    /// A comma and the space after it.
    pub fn comma_and_space(&self) -> &'static str {
        match self.primary() {
            "ja" => "、",
            _ if self.has_square_signs() => "，",
            "ar" | "fa" | "ur" | "ps" | "sd" | "ug" | "ckb" => "\u{60c} ",
            _ => ", ",
        }
    }

    /// Words with the commas of its script, where a comma of Latin stands before a space or at their end: in Arabic "،" and
    /// "؛".
    pub fn with_its_commas<'a>(&self, words: &'a str) -> Cow<'a, str> {
        if !self.comma_and_space().starts_with('\u{60c}') || !words.contains([',', ';']) {
            return Cow::Borrowed(words);
        }
        let mut letters = words.chars().peekable();
        let mut out = String::with_capacity(words.len() + 2);
        while let Some(letter) = letters.next() {
            let ends = letters.peek().is_none_or(|next| next.is_whitespace());
            out.push(match letter {
                ',' if ends => '\u{60c}',
                ';' if ends => '\u{61b}',
                other => other,
            });
        }
        Cow::Owned(out)
    }

    /// The stop of a line that recto makes.
    pub fn stop(&self) -> &'static str {
        match self.primary() {
            _ if self.has_square_signs() => "。",
            "ur" => "\u{6d4}",
            "hi" | "bn" | "ne" | "mr" => "\u{964}",
            _ => ".",
        }
    }

    /// Some words in round brackets, with the space before them.
    pub fn bracketed(&self, words: &str) -> String {
        if self.has_square_signs() { format!("（{words}）") } else { format!(" ({words})") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_those_of_the_language() {
        let signs = |tag: &str| {
            let language = Language::parse(tag).expect("a tag");
            format!(
                "a{}b{}c{}{}",
                language.colon(),
                language.comma_and_space(),
                language.bracketed("d"),
                language.stop()
            )
        };
        assert_eq!(signs("en"), "a: b, c (d).");
        assert_eq!(signs("fr"), "a\u{a0}: b, c (d).");
        assert_eq!(signs("zh-Hant"), "a：b，c（d）。");
        assert_eq!(signs("ja"), "a：b、c（d）。");
        assert_eq!(signs("ar"), "a: b، c (d).");
        assert_eq!(signs("hi"), "a: b, c (d)।");
    }

    #[test]
    fn commas_before_a_space_are_those_of_the_script() {
        let of = |tag: &str, words: &str| Language::parse(tag).expect("a tag").with_its_commas(words).into_owned();
        assert_eq!(of("ar", "عادل, 1999), 12; ب,"), "عادل، 1999)، 12؛ ب،");
        assert_eq!(of("fa", "1,5"), "1,5");
        assert_eq!(of("he", "א, ב"), "א, ב");
    }
}
