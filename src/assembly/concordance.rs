//! The concordance: terms of the metadata are found in the settled text, over emphasis and the ends of lines.
//!
//! All of a book's terms are looked up together, by their first words, so that a long list costs no more than a short
//! one.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::walk::{self, Shape, ShapeMut};
use crate::book::{Inline, InlineKind, MarkId};
use crate::manuscript::chapter::Chapter;
use crate::manuscript::index::WrittenIndex;

/// The terms, ready to be looked for.
#[derive(Debug, Default)]
pub(super) struct Concordance {
    /// What is looked for, by the first word in small letters.
    by_word: BTreeMap<String, Vec<Sought>>,
    /// What is looked for within words, since its script has no spaces.
    within: Vec<(String, usize)>,
}

/// Words that are looked for.
#[derive(Debug)]
struct Sought {
    /// Words and what stands between them.
    tokens: Vec<String>,
    /// Whether capitals must be as they are written.
    exact: bool,
    /// Its term.
    term: usize,
}

impl Concordance {
    /// That of the metadata.
    pub fn of(index: &WrittenIndex) -> Concordance {
        let mut found = Concordance::default();
        for (term, said) in index.terms.iter().enumerate().filter(|_| !index.none) {
            for words in &said.find {
                let words = words.trim().to_owned();
                if words.chars().any(is_unspaced) {
                    found.within.push((words, term));
                    continue;
                }
                let tokens: Vec<String> = tokens(&words).into_iter().map(|(_, token)| between(token)).collect();
                let Some(first) = tokens.iter().position(|token| token.chars().any(char::is_alphanumeric)) else {
                    continue;
                };
                let tokens = tokens[first..].to_vec();
                let exact = words.chars().any(char::is_uppercase);
                let key = tokens[0].to_lowercase();
                found.by_word.entry(key).or_default().push(Sought { tokens, exact, term });
            }
        }
        found
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.by_word.is_empty() && self.within.is_empty()
    }

    /// The first place of each term in a text: which letter of it, and the term, in order.
    pub fn find(&self, content: &[Inline]) -> Vec<(usize, usize)> {
        let text = letters(content);
        let tokens = tokens(&text);
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, (offset, token)) in tokens.iter().enumerate() {
            if !token.chars().any(char::is_alphanumeric) {
                continue;
            }
            for sought in self.by_word.get(&token.to_lowercase()).into_iter().flatten() {
                let here = tokens[at..].iter().map(|(_, token)| between(token));
                let same = |(one, other): (&String, String)| match sought.exact {
                    true => *one == other,
                    false => one.to_lowercase() == other.to_lowercase(),
                };
                if tokens.len() - at >= sought.tokens.len() && sought.tokens.iter().zip(here).all(same) {
                    found.entry(sought.term).or_insert(*offset);
                }
            }
        }
        for (words, term) in &self.within {
            if let Some(at) = text.find(words.as_str()) {
                let first = found.entry(*term).or_insert(at);
                *first = (*first).min(at);
            }
        }
        let mut places: Vec<(usize, usize)> = found.into_iter().map(|(term, at)| (at, term)).collect();
        places.sort_unstable();
        places
    }
}

/// The terms that are looked for in a chapter: those that name it, and those that name none.
pub(super) fn terms_for(index: &WrittenIndex, chapter: &Chapter) -> BTreeSet<usize> {
    let here = |term: &crate::manuscript::index::IndexTerm| {
        term.sections.is_empty() || term.sections.iter().any(|name| chapter.is_called(&name.text))
    };
    index.terms.iter().enumerate().filter(|(_, term)| here(term)).map(|(at, _)| at).collect()
}

/// Puts marks into a text before the letters whose places are given, in order.
pub(super) fn insert(content: &mut Vec<Inline>, places: &[(usize, MarkId)]) {
    let mut rest = places;
    let mut at = 0;
    insert_in(content, &mut at, &mut rest);
}

fn insert_in(content: &mut Vec<Inline>, at: &mut usize, places: &mut &[(usize, MarkId)]) {
    let mut out = Vec::with_capacity(content.len() + places.len());
    for mut piece in content.drain(..) {
        let (fixed, as_word, span) = (piece.habits().fixed, piece.habits().as_word, piece.span);
        match piece.shape_mut() {
            ShapeMut::Letters(text) if !fixed => {
                let start = *at;
                let mut rest = text.as_str();
                let mut from = start;
                while let Some((offset, mark)) =
                    places.first().copied().filter(|(offset, _)| *offset < start + text.len())
                {
                    let (before, after) = rest.split_at(offset - from);
                    if !before.is_empty() {
                        out.push(Inline { kind: InlineKind::Text(before.to_owned()), span });
                    }
                    out.push(Inline { kind: InlineKind::Mark(mark), span });
                    (rest, from) = (after, offset);
                    *places = &places[1..];
                }
                *at += text.len();
                if from != start || rest.len() != text.len() {
                    out.push(Inline { kind: InlineKind::Text(rest.to_owned()), span });
                    continue;
                }
            }
            ShapeMut::Letters(_) => *at += STANDS_FOR.len_utf8(),
            ShapeMut::Break => *at += 1,
            ShapeMut::Sign => *at += if as_word { STANDS_FOR.len_utf8() } else { 0 },
            ShapeMut::Around(inner) => insert_in(inner, at, places),
        }
        out.push(piece);
    }
    *content = out;
}

/// What stands for a piece in which nothing is looked for.
const STANDS_FOR: char = '\u{fffc}';

/// The letters of a text in which terms are looked for, as [`insert`] counts them.
fn letters(content: &[Inline]) -> String {
    let mut out = String::new();
    for piece in walk::pieces(content) {
        match piece.shape() {
            Shape::Letters(text) if !piece.habits().fixed => out.push_str(text),
            Shape::Letters(_) => out.push(STANDS_FOR),
            Shape::Break => out.push('\n'),
            Shape::Sign if piece.habits().as_word => out.push(STANDS_FOR),
            Shape::Sign | Shape::Around(_) => {}
        }
    }
    out
}

/// Words, and what stands between them, each with its place.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last: Option<bool> = None;
    for (at, letter) in text.char_indices() {
        let word = letter.is_alphanumeric() || is_mark(letter);
        if last.is_some_and(|last| last != word) {
            out.push((start, &text[start..at]));
            start = at;
        }
        last = Some(word);
    }
    if start < text.len() {
        out.push((start, &text[start..]));
    }
    out
}

/// Combining marks and soft hyphens are part of their word.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
        || unicode_normalization::char::is_combining_mark(letter)
}

/// What stands between words, its spaces as one and its apostrophes straight; words as they are.
fn between(token: &str) -> String {
    if token.chars().any(char::is_alphanumeric) {
        return token.replace('\u{ad}', "");
    }
    let mut out = String::new();
    for letter in token.chars() {
        match letter.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(if letter == '’' { '\'' } else { letter }),
        }
    }
    out
}

/// Whether words of a letter's script are written without spaces.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::mark::EntryName;
    use crate::manuscript::index::IndexTerm;
    use crate::source::{Sources, Span};

    fn concordance(find: &[&str]) -> Concordance {
        let mut sources = Sources::new();
        let span = Span::new(sources.add("metadata.yaml", String::new()), 0, 0);
        let term = |words: &&str| IndexTerm {
            entry: vec![EntryName { words: (*words).to_owned(), sort: None }],
            find: vec![(*words).to_owned()],
            sections: Vec::new(),
            span,
        };
        Concordance::of(&WrittenIndex { terms: find.iter().map(term).collect(), ..WrittenIndex::default() })
    }

    fn inline(kind: InlineKind) -> Inline {
        Inline { kind, span: None }
    }

    #[test]
    fn words_are_found_whole_over_emphasis_and_ends_of_lines_and_once() {
        let content = vec![
            Inline::text("Waters and the price "),
            inline(InlineKind::Emphasis(vec![Inline::text("of")])),
            inline(InlineKind::LineBreak),
            Inline::text("Water; water again"),
        ];
        assert_eq!(concordance(&["water"]).find(&content), [(24, 0)]);
        assert_eq!(concordance(&["price of water"]).find(&content), [(15, 0)]);
        assert_eq!(concordance(&["Price of water"]).find(&content), []);
        assert_eq!(concordance(&["wat"]).find(&content), []);
    }

    #[test]
    fn capitals_are_as_written_only_where_there_are_some() {
        let content = [Inline::text("Nato met; NATO’s fleet")];
        assert_eq!(concordance(&["NATO"]).find(&content), [(10, 0)]);
        assert_eq!(concordance(&["nato"]).find(&content), [(0, 0)]);
    }

    #[test]
    fn nothing_is_found_in_code_and_addresses() {
        let code = inline(InlineKind::Code("water".to_owned()));
        assert_eq!(concordance(&["water"]).find(&[code, Inline::text(" water")]), [(4, 0)]);
    }

    #[test]
    fn marks_stand_before_the_words_and_change_no_letter() {
        let emphasis = inline(InlineKind::Emphasis(vec![Inline::text("on water")]));
        let mut content = vec![Inline::text("All "), emphasis, Inline::text(" and land")];
        let before = walk::settled(&content);
        let places = concordance(&["water", "land"]).find(&content);
        let marks: Vec<(usize, MarkId)> = places.iter().map(|(at, term)| (*at, MarkId(*term as u32))).collect();
        insert(&mut content, &marks);
        assert_eq!(walk::settled(&content), before);
        let kinds: Vec<String> = walk::pieces(&content)
            .filter_map(|piece| match &piece.kind {
                InlineKind::Mark(mark) => Some(format!("<{}>", mark.0)),
                InlineKind::Text(text) => Some(text.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(kinds, ["All ", "on ", "<0>", "water", " and ", "<1>", "land"]);
    }

    #[test]
    fn scripts_without_spaces_are_looked_through() {
        assert_eq!(concordance(&["水价"]).find(&[Inline::text("关于水价的研究")]), [(6, 0)]);
    }
}
