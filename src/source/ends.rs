//! Ends: where a word next stands in a text that is read from front to back.

use std::collections::BTreeMap;

/// Where words next stand in one text.
///
/// What opens and never ends would be looked for to the end of the text each time that it opens, which costs the square
/// of the text's length. Here a word is looked for once, and again only behind where it was found.
#[derive(Clone, Debug, Default)]
pub struct Ends {
    /// From where each word was looked for, and where it stands.
    known: BTreeMap<String, (usize, Option<usize>)>,
}

impl Ends {
    /// Where `word`, which is ASCII and not empty, next stands in `text` at `at` or behind, in any case of its letters.
    /// The text is the same each time.
    pub fn next(&mut self, text: &str, word: &str, at: usize) -> Option<usize> {
        if let Some((from, found)) = self.known.get(word)
            && *from <= at
            && found.is_none_or(|found| found >= at)
        {
            return *found;
        }
        let found = text.as_bytes().get(at..).and_then(|rest| position(rest, word.as_bytes())).map(|found| at + found);
        self.known.insert(word.to_owned(), (at, found));
        found
    }
}

fn position(text: &[u8], word: &[u8]) -> Option<usize> {
    let first = word.first()?;
    let (small, large) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let begins = |byte: &u8| *byte == small || *byte == large;
    let mut at = 0;
    while let Some(found) = text[at..].iter().position(begins) {
        at += found;
        let here = text.get(at..at + word.len())?;
        if here.eq_ignore_ascii_case(word) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Ends;

    #[test]
    fn a_word_is_found_where_it_next_stands_whatever_was_asked_before() {
        let text = "a </PRE> b </pre> ü --> c";
        let mut ends = Ends::default();
        for at in [0, 2, 3, 11, 12, 1, 0, 19, 99] {
            let plain =
                text.get(at..).and_then(|rest| rest.to_ascii_lowercase().find("</pre>")).map(|found| at + found);
            assert_eq!(ends.next(text, "</pre>", at), plain, "from {at}");
        }
        assert_eq!(ends.next(text, "-->", 0), Some(21));
        assert_eq!(ends.next(text, "</svg", 0), None);
    }
}
