//! Lines: an entry with its locators and references, as the text that print and e-book show.

use super::locator::{Locator, Piece};
use crate::book::block::{CrossReference, IndexEntry};
use crate::book::mark::Matter;
use crate::book::{Inline, InlineKind, MarkId, Target};
use crate::language::Language;
use crate::language::terms::Term;

/// The text of a line of the index, and what its links are called for who hears them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The text.
    pub content: Vec<Inline>,
    /// "page 12", by the mark that a link leads to.
    pub names: Vec<(MarkId, String)>,
}

/// How deep an entry stands: a main entry's references are sentences, those of a sub-entry stand in brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// The first.
    Main,
    /// Below it.
    Sub,
}

impl Line {
    /// An entry by itself. `apart` says that its "see also" follows its sub-entries as a line of its own.
    pub fn of(entry: &IndexEntry, level: Level, locators: &[Locator], apart: bool, language: &Language) -> Line {
        let mut line = Line { content: entry.text.content.clone(), names: Vec::new() };
        if !locators.is_empty() {
            line.say(language.comma_and_space());
            line.locators(locators, language);
        }
        let also: &[CrossReference] = if apart { &[] } else { &entry.see_also };
        line.references(level, &entry.see, also, language);
        line
    }

    /// An entry with its sub-entries after it: "water, 12; in cities, 14; price of, 15". Without locators of its own a
    /// colon comes first.
    pub fn run_in(entry: &IndexEntry, find: &mut dyn FnMut(&IndexEntry) -> Vec<Locator>, language: &Language) -> Line {
        let mut line = Line { content: entry.text.content.clone(), names: Vec::new() };
        let own = find(entry);
        if !own.is_empty() {
            line.say(language.comma_and_space());
            line.locators(&own, language);
        }
        for (at, sub) in entry.all().into_iter().skip(1).enumerate() {
            line.say(if at == 0 && own.is_empty() { ": " } else { "; " });
            let found = find(sub);
            let inner = Line::of(sub, Level::Sub, &found, false, language);
            line.content.extend(inner.content);
            line.names.extend(inner.names);
        }
        line.references(Level::Main, &entry.see, &entry.see_also, language);
        line
    }

    /// "See also Rivers; Sewage", as a line of its own.
    pub fn see_also(references: &[CrossReference], language: &Language) -> Line {
        let mut line = Line::default();
        line.reference(&language.capitalised(Term::SeeAlso.word(language)), references, language);
        line
    }

    fn say(&mut self, words: &str) {
        self.content.push(Inline::text(words));
    }

    fn locators(&mut self, locators: &[Locator], language: &Language) {
        for (at, locator) in locators.iter().enumerate() {
            if at > 0 {
                self.say(language.comma_and_space());
            }
            let shown: Vec<Inline> =
                locator.pieces.iter().map(|piece| self.piece(piece, locator.matter, language)).collect();
            let shown = match locator.slanted {
                true => vec![Inline { kind: InlineKind::Emphasis(shown), span: None }],
                false => shown,
            };
            match locator.chief {
                true => self.content.push(Inline { kind: InlineKind::Strong(shown), span: None }),
                false => self.content.extend(shown),
            }
        }
    }

    fn piece(&mut self, piece: &Piece, matter: Matter, language: &Language) -> Inline {
        let words = Inline::text(language.digits(&piece.text));
        let Some(mark) = piece.mark else { return words };
        if let Some(spot) = &piece.spot {
            let page = language.page(&spot.folio.to_string());
            let word = match (&spot.note, matter) {
                (Some(note), _) => Some(Term::Note.numbered(language, &note.number.to_string())),
                (None, Matter::Figure) => Some(Term::Figure.word(language).to_owned()),
                (None, Matter::Table) => Some(Term::Table.word(language).to_owned()),
                (None, Matter::Text) => None,
            };
            let name = match word {
                // German nouns keep their capital in a sentence.
                Some(word) if language.primary() == "de" => format!("{page}, {word}"),
                Some(word) => format!("{page}, {}", word.to_lowercase()),
                None => page,
            };
            self.names.push((mark, name.replace('\u{a0}', " ")));
        }
        Inline { kind: InlineKind::Link { target: Target::Mark(mark), content: vec![words] }, span: None }
    }

    fn references(&mut self, level: Level, see: &[CrossReference], also: &[CrossReference], language: &Language) {
        for (term, references) in [(Term::See, see), (Term::SeeAlso, also)] {
            if references.is_empty() {
                continue;
            }
            let word = term.word(language);
            match level {
                Level::Main => {
                    self.say(". ");
                    self.reference(&language.capitalised(word), references, language);
                }
                Level::Sub => {
                    self.say(" (");
                    self.reference(word, references, language);
                    self.say(")");
                }
            }
        }
    }

    fn reference(&mut self, word: &str, references: &[CrossReference], language: &Language) {
        let word = Inline::own(word, language);
        self.content.push(Inline { kind: InlineKind::Emphasis(vec![word]), span: None });
        for (at, reference) in references.iter().enumerate() {
            self.say(if at == 0 { " " } else { "; " });
            let content = reference.content.clone();
            match reference.target {
                Some(target) => {
                    let kind = InlineKind::Link { target: Target::Block(target), content };
                    self.content.push(Inline { kind, span: None });
                }
                None => self.content.extend(content),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{BlockId, TextBlock, plain};

    fn entry(words: &str) -> IndexEntry {
        let text = TextBlock { id: BlockId(0), content: vec![Inline::text(words)], span: None };
        IndexEntry { text, cited: Vec::new(), see: Vec::new(), see_also: Vec::new(), entries: Vec::new() }
    }

    fn reference(words: &str) -> CrossReference {
        CrossReference { content: vec![Inline::text(words)], target: None, path: Vec::new() }
    }

    fn locator(text: &str) -> Locator {
        Locator { pieces: vec![Piece { text: text.to_owned(), mark: None, spot: None }], ..Locator::default() }
    }

    fn shown(entry: &IndexEntry, level: Level, locators: &[&str]) -> String {
        let locators: Vec<Locator> = locators.iter().map(|text| locator(text)).collect();
        plain(&Line::of(entry, level, &locators, false, &Language::english()).content)
    }

    #[test]
    fn a_comma_stands_before_locators_and_a_stop_before_a_reference() {
        assert_eq!(shown(&entry("Water"), Level::Main, &["12", "15–17"]), "Water, 12, 15–17");
        let tariffs = IndexEntry { see: vec![reference("Customs duties")], ..entry("Tariffs") };
        assert_eq!(shown(&tariffs, Level::Main, &[]), "Tariffs. See Customs duties");
        let water = IndexEntry { see_also: vec![reference("Rivers"), reference("Sewage")], ..entry("Water") };
        assert_eq!(shown(&water, Level::Main, &["12"]), "Water, 12. See also Rivers; Sewage");
    }

    #[test]
    fn commas_are_those_of_the_language() {
        let locators = [locator("12"), locator("15")];
        let line = |tag: &str| {
            let language = Language::parse(tag).expect("a tag");
            plain(&Line::of(&entry("x"), Level::Main, &locators, false, &language).content)
        };
        assert_eq!((line("ar").as_str(), line("zh").as_str()), ("x، 12، 15", "x，12，15"));
    }

    #[test]
    fn a_reference_of_a_sub_entry_stands_in_brackets() {
        let dues = IndexEntry { see_also: vec![reference("Ports")], ..entry("dues") };
        assert_eq!(shown(&dues, Level::Sub, &["12"]), "dues, 12 (see also Ports)");
    }

    #[test]
    fn sub_entries_follow_each_other_after_a_colon_where_the_entry_has_no_locators() {
        let water = IndexEntry { entries: vec![entry("bills"), entry("price")], ..entry("Water") };
        let mut find = |entry: &IndexEntry| match plain(&entry.text.content).as_str() {
            "bills" => vec![locator("12")],
            "price" => vec![locator("14"), locator("15")],
            _ => Vec::new(),
        };
        let line = Line::run_in(&water, &mut find, &Language::english());
        assert_eq!(plain(&line.content), "Water: bills, 12; price, 14, 15");
    }
}
