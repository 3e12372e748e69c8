//! Capitals as a language has them: those of Turkish keep their dots, those of Greek lose their accents, Georgian has none
//! at the head of a word.

use super::Language;

/// A letter as it begins a sentence; Georgian's capitals stand in whole words alone.
pub fn capital(letter: char) -> String {
    match letter {
        '\u{10d0}'..='\u{10ff}' => letter.to_string(),
        _ => letter.to_uppercase().collect(),
    }
}

impl Language {
    /// A letter as it begins a sentence.
    pub fn capital(&self, letter: char) -> String {
        match letter {
            'i' if self.has_two_of_i() => "İ".to_owned(),
            _ => capital(letter),
        }
    }

    /// Words as they begin a sentence.
    pub fn capitalised(&self, words: &str) -> String {
        let mut letters = words.chars();
        letters.next().map(|first| self.capital(first) + letters.as_str()).unwrap_or_default()
    }

    /// Words in capitals.
    pub fn capitals(&self, words: &str) -> String {
        match self.primary() {
            _ if self.has_two_of_i() => words.replace('i', "İ").to_uppercase(),
            "el" => greek(words),
            "ka" => words.to_owned(),
            _ => words.to_uppercase(),
        }
    }

    fn has_two_of_i(&self) -> bool {
        matches!(self.primary(), "tr" | "az" | "tt" | "crh") && self.script().is_none_or(|script| script == "Latn")
    }
}

/// Greek capitals bear no accent; a second vowel that the accent of the first one parts from it is marked as such: "ΜΑΪΟΣ"
/// of "μάιος" (CSS Text, 2.1.1).
fn greek(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut parted = false;
    for letter in words.chars() {
        let bare = match letter {
            'ά' | 'Ά' => "Α",
            'έ' | 'Έ' => "Ε",
            'ή' | 'Ή' => "Η",
            'ί' | 'Ί' => "Ι",
            'ό' | 'Ό' => "Ο",
            'ύ' | 'Ύ' => "Υ",
            'ώ' | 'Ώ' => "Ω",
            'ΐ' => "Ϊ",
            'ΰ' => "Ϋ",
            'ι' if parted => "Ϊ",
            'υ' if parted => "Ϋ",
            _ => "",
        };
        match bare {
            "" => out.extend(letter.to_uppercase()),
            _ => out.push_str(bare),
        }
        parted = matches!(letter, 'ά' | 'Ά' | 'έ' | 'Έ' | 'ό' | 'Ό');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capitals(tag: &str, words: &str) -> String {
        Language::parse(tag).expect("a tag").capitals(words)
    }

    #[test]
    fn capitals_are_those_of_their_language() {
        assert_eq!(capitals("tr", "ırmak içinde"), "IRMAK İÇİNDE");
        assert_eq!(capitals("en", "ice"), "ICE");
        assert_eq!(capitals("el", "Το ποτάμι του Μάιου, ΐ"), "ΤΟ ΠΟΤΑΜΙ ΤΟΥ ΜΑΪΟΥ, Ϊ");
        assert_eq!(capitals("ka", "წყალი"), "წყალი");
        assert_eq!(capitals("de", "Straße"), "STRASSE");
    }

    #[test]
    fn a_sentence_begins_with_the_letter_that_its_language_has() {
        let first = |tag: &str, words: &str| Language::parse(tag).expect("a tag").capitalised(words);
        assert_eq!(first("tr", "ilk"), "İlk");
        assert_eq!(first("ka", "იხ. ასევე"), "იხ. ასევე");
        assert_eq!(first("el", "βλ. επίσης"), "Βλ. επίσης");
        assert_eq!(capital('მ'), "მ");
    }
}
