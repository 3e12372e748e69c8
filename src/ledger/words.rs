//! Words: letters and figures that stand together, and when two of them are the same.
//!
//! Where a word ends is the same in a source and in the book, whatever was set between: quotes, dashes, apostrophes and
//! hyphens part words in both. Signs of scripts that put no spaces between words stand each for itself.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, as ranges of its bytes. The names of entities (`&amp;`) are none.
pub(super) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// See [`words`].
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
}

/// What a byte says of a word by itself.
#[derive(Clone, Copy)]
enum Byte {
    /// It stands between words.
    Between,
    /// It is a letter or a figure.
    OfWord,
    /// An entity may begin here.
    Entity,
    /// It is part of a sign beyond ASCII, which has to be looked at.
    OfSign,
}

const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Between; 256];
    let mut at = 0;
    while at < 256 {
        bytes[at] = match at as u8 {
            b'&' => Byte::Entity,
            byte if byte.is_ascii_alphanumeric() => Byte::OfWord,
            0x80.. => Byte::OfSign,
            _ => Byte::Between,
        };
        at += 1;
    }
    bytes
};

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        loop {
            match BYTES[usize::from(*bytes.get(self.at)?)] {
                Byte::Between => self.at += 1,
                Byte::OfWord => break,
                Byte::Entity => self.at += entity(&bytes[self.at..]).unwrap_or(1),
                Byte::OfSign => {
                    let letter = self.text[self.at..].chars().next()?;
                    if letter.is_alphanumeric() {
                        break;
                    }
                    self.at += letter.len_utf8();
                }
            }
        }
        let start = self.at;
        while let Some(&byte) = bytes.get(self.at) {
            match BYTES[usize::from(byte)] {
                Byte::OfWord => {
                    self.at += 1;
                    continue;
                }
                Byte::Between | Byte::Entity => break,
                Byte::OfSign => {}
            }
            let Some(letter) = self.text[self.at..].chars().next() else { break };
            if stands_alone(letter) {
                if self.at == start {
                    self.at += letter.len_utf8();
                }
                break;
            }
            if !(letter.is_alphanumeric() || is_combining_mark(letter) || is_invisible(letter)) {
                break;
            }
            self.at += letter.len_utf8();
        }
        Some(start..self.at)
    }
}

/// How long the entity is that begins here, if one does.
fn entity(bytes: &[u8]) -> Option<usize> {
    const LONGEST: usize = 33;
    let end = bytes.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let name = &bytes[1..end];
    let name = name.strip_prefix(b"#").unwrap_or(name);
    let is = !name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric);
    // `&amp;lt;` is shown as `&lt;`, which is an entity again to who looks at the book.
    let again = |rest: &[u8]| {
        let more = rest.iter().take(LONGEST).position(|byte| *byte == b';');
        more.filter(|more| *more > 0 && rest[..*more].iter().all(u8::is_ascii_alphanumeric))
    };
    let more = if name == b"amp" { again(&bytes[end + 1..]).map_or(0, |more| more + 1) } else { 0 };
    is.then_some(end + 1 + more)
}

/// Han signs and kana.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What may stand in a word unseen: hyphens and breaks that only might be, joiners, selectors of a form.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether two words are one, whatever their Unicode form.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || (!(one.is_ascii() && other.is_ascii()) && seen(one).eq(seen(other)))
}

fn seen(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().filter(|letter| !is_invisible(*letter)).nfc()
}

/// A word, the same for all that are [`same`].
pub(super) fn settled(word: &str) -> String {
    match word.is_ascii() {
        true => word.to_owned(),
        false => seen(word).collect(),
    }
}

/// The letters of a text without what parts them.
pub(super) fn letters(text: &str) -> String {
    words(text).map(|word| settled(&text[word])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        words(text).map(|word| &text[word]).collect()
    }

    #[test]
    fn what_is_set_between_words_does_not_change_them() {
        assert_eq!(of("\"Don't\" --- he said"), ["Don", "t", "he", "said"]);
        assert_eq!(of("“Don’t”\u{a0}— he said"), ["Don", "t", "he", "said"]);
        assert_eq!(of("Tom&nbsp;&amp; AT&T; R&D"), ["Tom", "AT", "R", "D"]);
        assert_eq!(of("&amp;lt; a &amp; b; c"), ["a", "b", "c"]);
        assert_eq!(of("漢字かな abc"), ["漢", "字", "か", "な", "abc"]);
        assert_eq!(of("10^th^ H~2~O"), ["10", "th", "H", "2", "O"]);
    }

    #[test]
    fn a_word_is_the_same_in_every_form() {
        assert!(same("caf\u{e9}", "cafe\u{301}"));
        assert!(same("Wort\u{ad}trennung", "Worttrennung"));
        assert!(!same("cafe", "caf\u{e9}"));
        assert_eq!(letters("na\u{ef}ve — 3.5"), "na\u{ef}ve35");
    }
}
