//! What an indexer would send back: entries that are alike, and entries with too many bare locators.

use std::collections::BTreeMap;

use crate::book::block::{Index, IndexEntry};
use crate::book::{Book, PageMap, plain};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::index::{Pages, Rules, locators};
use crate::source::Span;

/// More locators than these after one entry help nobody (Chicago, 15.45, and most others that give a number).
const MOST: usize = 9;

/// Entries that differ in capitals or by a plural only.
pub fn check(book: &Book, diagnostics: &mut Diagnostics) {
    for index in indexes(book) {
        let main = index.groups.iter().flat_map(|group| &group.entries);
        alike(book, &main.collect::<Vec<_>>(), diagnostics);
        for entry in index.entries() {
            alike(book, &entry.entries.iter().collect::<Vec<_>>(), diagnostics);
        }
    }
}

fn indexes(book: &Book) -> impl Iterator<Item = &Index> {
    book.blocks().filter_map(|block| block.index())
}

/// Where the first mark of an entry, or of one below it, was written.
fn place(book: &Book, entry: &IndexEntry) -> Option<Span> {
    let first = |entry: &&IndexEntry| entry.cited.first().and_then(|cited| book.marks.get(cited.first.index()));
    entry.all().iter().find_map(first).map(|mark| mark.span)
}

fn alike(book: &Book, entries: &[&IndexEntry], diagnostics: &mut Diagnostics) {
    let english = book.metadata.language.primary() == "en";
    let mut known: BTreeMap<String, &IndexEntry> = BTreeMap::new();
    for entry in entries {
        let words = plain(&entry.text.content);
        let mut key = words.to_lowercase();
        if english {
            key = singular(&key);
        }
        let Some(first) = known.get(&key) else {
            known.insert(key, entry);
            continue;
        };
        let other = plain(&first.text.content);
        let (here, there) = (place(book, entry), place(book, first));
        let said = Diagnostic::new(&lints::INDEX_ALIKE, format!("the index has \"{words}\" beside \"{other}\""));
        let said = match there {
            Some(there) if here.is_some() => said.label(there, "the other one is here"),
            _ => said,
        };
        diagnostics.report(said.at(here.or(there)).hint("write both marks alike, if they mean the same"));
    }
}

/// An English noun without the ending of its plural, so that both forms give one word.
fn singular(word: &str) -> String {
    let stem = |ending: &str, least: usize| word.strip_suffix(ending).filter(|stem| stem.len() >= least);
    if let Some(stem) = stem("ies", 2) {
        return format!("{stem}y");
    }
    for ending in ["ches", "shes", "sses", "xes", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match stem("s", 2) {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Entries with more locators than anybody looks up.
pub fn check_pages(book: &Book, map: &PageMap, diagnostics: &mut Diagnostics) {
    let pages = Pages::new(book, map);
    for index in indexes(book) {
        let rules = Rules::of(&book.metadata.language, index.style);
        for entry in index.entries() {
            let count = locators(&pages.stretches(&entry.cited), &rules).len();
            if count > MOST {
                let words = plain(&entry.text.content);
                diagnostics.report(
                    Diagnostic::new(
                        &lints::INDEX_LOCATORS,
                        format!("{count} page numbers stand after \"{words}\" in the index"),
                    )
                    .at(place(book, entry))
                    .hint(format!("sub-entries help here: entry=\"{words}!…\", or a stretch over the section")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plural_and_its_singular_give_one_word() {
        for (one, many) in [("tariff", "tariffs"), ("city", "cities"), ("tax", "taxes"), ("church", "churches")] {
            assert_eq!(singular(one), singular(many));
        }
        assert_eq!(singular("status"), "status");
        assert_eq!(singular("class"), "class");
    }
}
