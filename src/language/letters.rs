//! The letters that words are made of, in every script.

use unicode_normalization::char::is_combining_mark;

/// Whether a letter stands in a word: letters, digits, and the marks that stand on them or join them. Many words of
/// Hindi, Tamil or Burmese are none without their marks, and a mark is neither letter nor digit to Unicode.
pub fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_indic_scripts_are_of_their_words() {
        for word in ["résumé", "re\u{301}sume\u{301}", "क्या", "அர்த்தம்", "မြန်မာ", "ភាសា", "2024"]
        {
            assert!(word.chars().all(is_of_a_word), "{word}");
        }
        assert!(!"-–’ .?।".chars().any(is_of_a_word));
    }
}
