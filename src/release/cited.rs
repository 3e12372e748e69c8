//! Citations in words, as people copy them: after Chicago and after APA, by the styles that authors cite in.
//!
//! Both are styles of English; the words that they add ("ed.", "Translated by") are theirs, whatever the book's language.

use super::citation;
use super::record::Record;
use crate::cite::join::{Signs, join};
use crate::cite::piece::{Face, Piece};
use crate::cite::processor::Processor;
use crate::cite::read_style::{self, Read};
use crate::cite::{read_json, shipped};

/// A citation in words: plain pieces, and those that stand in italics.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Cited(pub Vec<(String, bool)>);

/// After the Chicago Manual of Style (18th edition): the form of its bibliography.
pub(super) fn chicago(record: &Record<'_>) -> Cited {
    entry(record, "chicago-notes")
}

/// After the Publication Manual of the American Psychological Association (7th edition).
pub(super) fn apa(record: &Record<'_>) -> Cited {
    entry(record, "apa")
}

/// The entry of a list of works that holds this one alone.
fn entry(record: &Record<'_>, style: &str) -> Cited {
    let own = shipped::style(style).map(|text| read_style::style(&text));
    let (Some(Ok(Read::Style(style))), Some(mut fields)) = (own, citation::csl(record)[0].as_object().cloned()) else {
        return Cited::default();
    };
    // A first edition is none that is named.
    if fields.get("edition").and_then(serde_json::Value::as_u64) == Some(1) {
        fields.remove("edition");
    }
    // "Policy Paper No. 7": what counts the reports of a series is their kind.
    if fields.contains_key("number")
        && let Some(series) = fields.remove("collection-title")
    {
        fields.insert("genre".to_owned(), series);
    }
    let locale = shipped::locale("en-US", &style);
    let works = [read_json::item(&fields)];
    let processor = Processor::new(&style, &locale, &works, &[0], vec![false]);
    let signs = Signs::of(&locale);
    let mut cited = Cited::default();
    for entry in processor.entries() {
        cited.add(&join(&entry.pieces, &signs), false);
    }
    cited
}

impl Cited {
    fn add(&mut self, pieces: &[Piece], italic: bool) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.text(text, italic),
                Piece::Styled(Face::Italic | Face::Oblique, inner) => self.add(inner, true),
                Piece::Styled(Face::Upright, inner) => self.add(inner, false),
                other => self.add(other.inside(), italic),
            }
        }
    }

    fn text(&mut self, words: &str, italic: bool) {
        match self.0.last_mut() {
            Some((last, own)) if *own == italic => last.push_str(words),
            _ => self.0.push((words.to_owned(), italic)),
        }
    }
}
