//! The head band of an extract: what it is from, which pages those are, and where the whole is, so that a leaf of it
//! stands alone.
//!
//! The pages are those of the whole: the extract is set anew and may break elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, Division, DivisionId, Folio, Inline, InlineKind, Matter, PageIndex, PageMap};
use crate::language::Language;
use crate::language::terms::{self, Term};

/// The words of a head band.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HeadBand {
    /// "Extract from".
    pub from: Vec<Inline>,
    /// The title of the whole.
    pub title: Vec<Inline>,
    /// Its pages, its authors, its date, its house.
    pub about: Vec<Inline>,
    /// Where the whole is.
    pub address: Vec<Inline>,
}

/// What stands between facts.
const BETWEEN: &str = "\u{2002}·\u{2002}";

impl HeadBand {
    /// The words for a book that has one; `whole` is the book of which it is an extract, and
    /// its pages.
    pub fn of(book: &Book, whole: Option<(&Book, &PageMap)>) -> Option<HeadBand> {
        if !book.head_band {
            return None;
        }
        let metadata = &book.metadata;
        let language = &metadata.language;
        let names: Vec<&str> = metadata.authors.iter().map(|person| person.name.as_str()).collect();
        let date = metadata.date.as_ref().map(|date| terms::date(language, date.year, date.month, date.day));
        let facts = [
            whole
                .and_then(|(whole, map)| pages(book, whole, map))
                .map(|(shown, several)| words(&shown, several, language)),
            (!names.is_empty()).then(|| vec![Inline::text(names.join(", "))]),
            date.map(|date| vec![Inline::text(date)]),
            metadata.publisher.as_ref().map(|house| vec![Inline::text(house.name.clone())]),
        ];
        let mut about = Vec::new();
        for fact in facts.into_iter().flatten() {
            if !about.is_empty() {
                about.push(Inline::text(BETWEEN));
            }
            about.extend(fact);
        }
        let from = vec![Inline::own(Term::ExtractFrom.word(language), language)];
        Some(HeadBand { from, title: metadata.title.value.clone(), about, address: address(book) })
    }
}

/// "Pages 3–5", "3–5. oldal".
fn words(shown: &str, several: bool, language: &Language) -> Vec<Inline> {
    let one = Term::Page.numbered(language, shown);
    // Where the word stands before the number, it is another one for several pages.
    let said = match several && one.ends_with(shown) {
        true => format!("{}\u{a0}{shown}", Term::Pages.word(language)),
        false => one,
    };
    // It begins a line.
    vec![Inline::own(language.capitalised(&said), language)]
}

/// Where the whole is: its DOI, its address, or its house's.
fn address(book: &Book) -> Vec<Inline> {
    let metadata = &book.metadata;
    let identifiers = &metadata.identifiers;
    let doi = identifiers.doi.as_ref().map(|doi| doi.value.url());
    let uri = identifiers.uri.as_ref().map(|uri| uri.value.clone());
    let page = metadata.distribution.page.as_ref().map(|page| page.value.clone());
    let house = metadata.publisher.as_ref().and_then(|house| house.url.clone());
    let found = doi.or(uri).or(page).or(house);
    let linked = |url: String| {
        let shown = url.clone();
        let kind = match url.contains("://") {
            true => InlineKind::Address { url, shown },
            false => InlineKind::Text(shown),
        };
        Inline { kind, span: None }
    };
    found.map(linked).into_iter().collect()
}

/// The pages of the whole on which the sections of a book stand, and whether they are several.
fn pages(book: &Book, whole: &Book, map: &PageMap) -> Option<(String, bool)> {
    let own = |division: &Division| {
        !division.is_left_out() && division.span.is_some() && !matches!(division.matter, Matter::Cover)
    };
    // From the first page of each section to its last: a page of pictures alone lies between two of them.
    let mut spans: BTreeMap<DivisionId, (u32, u32)> = BTreeMap::new();
    let firsts = map.pages.iter().enumerate();
    let firsts = firsts.filter_map(|(at, page)| page.first.map(|place| (place.block, at as u32)));
    for (block, page) in map.blocks.iter().map(|(block, page)| (*block, page.0)).chain(firsts) {
        let entry = book.index.get(block.index()).filter(|entry| entry.note.is_none() && entry.span.is_some());
        // Books of one manuscript share the ids of what was written, and of nothing else.
        let there = whole.index.get(block.index()).and_then(|entry| entry.span);
        let entry = entry.filter(|entry| entry.span == there);
        let Some(entry) = entry.filter(|entry| own(book.division(entry.division))) else { continue };
        let span = spans.entry(entry.division).or_insert((page, page));
        *span = (span.0.min(page), span.1.max(page));
    }
    let all: BTreeSet<PageIndex> = spans.values().flat_map(|(first, last)| (*first..=*last).map(PageIndex)).collect();
    let folios: Vec<Folio> = all.iter().filter_map(|page| map.pages.get(page.0 as usize)?.folio).collect();
    (!folios.is_empty()).then(|| (ranges(&folios), folios.len() > 1))
}

/// "ii, 3–5".
fn ranges(folios: &[Folio]) -> String {
    let follows = |one: &Folio, next: &Folio| match (one, next) {
        (Folio::Roman(one), Folio::Roman(next)) | (Folio::Arabic(one), Folio::Arabic(next)) => one + 1 == *next,
        _ => false,
    };
    let shown = folios.chunk_by(follows).map(|run| match run {
        [one] => one.to_string(),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    shown.collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::plain;

    #[test]
    fn pages_in_a_row_are_a_range_and_roman_ones_are_apart() {
        let folios = [Folio::Roman(2), Folio::Arabic(3), Folio::Arabic(4), Folio::Arabic(5), Folio::Arabic(9)];
        assert_eq!(ranges(&folios), "ii, 3–5, 9");
    }

    #[test]
    fn several_pages_have_their_word_where_it_stands_before_them() {
        let shown = |tag: &str, pages: &str, several: bool| {
            plain(&words(pages, several, &Language::parse(tag).expect("a tag")))
        };
        assert_eq!(shown("en", "3–5", true), "Pages\u{a0}3–5");
        assert_eq!(shown("en", "3", false), "Page\u{a0}3");
        assert_eq!(shown("hu", "3–5", true), "3–5.\u{a0}oldal");
        assert_eq!(shown("zh", "3–5", true), "第3–5页");
    }
}
