//! What recto knows of each language, as a table.

use super::Language;
use super::facts::Facts;
use super::hyphenation::{self, Hyphens};
use super::punctuation::marks;
use super::words::Words;

/// What recto knows of one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its tag.
    pub tag: &'static str,
    /// Its name in English.
    pub english: &'static str,
    /// Its name in itself.
    pub own: &'static str,
    /// How many words of recto's own it has.
    pub words: usize,
    /// How many of them a published source uses for the same thing.
    pub attested: usize,
    /// Whether someone who grew up with the language has read them.
    pub read_by_a_native: bool,
    /// Quotation marks, outer and inner, as they are set.
    pub quotes: String,
    /// A day, as it is written.
    pub date: String,
    /// The last two things of a list.
    pub list: String,
    /// The decimal sign.
    pub decimal: &'static str,
    /// One, two, three in its digits.
    pub digits: String,
    /// What is known of hyphens.
    pub hyphens: Hyphens,
    /// Whether its lines run from the right.
    pub from_the_right: bool,
}

/// Every language that has words of its own.
pub fn rows() -> Vec<Row> {
    Words::all().iter().filter_map(row).collect()
}

fn row(words: &'static Words) -> Option<Row> {
    let language = Language::parse(words.tag)?;
    let facts = Facts::of(&language);
    let marks = marks(&language);
    let ([open, close], [inner_open, inner_close]) = (marks.outer, marks.inner);
    Some(Row {
        tag: words.tag,
        english: facts.english,
        own: facts.own,
        words: words.count(),
        attested: words.attested,
        read_by_a_native: words.read_by_a_native,
        quotes: format!("{open}…{inner_open}…{inner_close}…{close}"),
        date: facts.date(2024, Some(6), Some(19)),
        list: facts.list(&["A", "B"]),
        decimal: facts.decimal,
        digits: facts.number("123"),
        hyphens: hyphenation::known(&language),
        from_the_right: facts.direction == super::Direction::RightToLeft,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_languages_at_least_have_words_and_facts_of_their_own() {
        let rows = rows();
        assert_eq!(rows.len(), Words::all().len());
        assert!(rows.len() >= 50, "{}", rows.len());
        for row in &rows {
            let language = Language::parse(row.tag).expect("a tag");
            assert_eq!(Facts::known(&language).map(|facts| facts.tag), Some(row.tag));
        }
    }
}
