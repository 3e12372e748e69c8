//! A new edition of the files held against the old one: on which pages words changed, and where lines and pages break
//! otherwise.
//!
//! Both are read as PDFs, by the same reader, so that what recto wrote and what another program wrote years ago are held
//! against each other alike. Words are compared without their hyphens, since a division at the end of a line is a break
//! and no word; furniture is left out.

mod diff;

use std::collections::BTreeSet;

use crate::pdf::raster::text::{PageWords, words};

/// What two PDFs have that is not the same.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Comparison {
    /// Pages of the old one and of the new one.
    pub pages: (usize, usize),
    /// The new one's pages on which something changed, in order.
    pub changed: Vec<ChangedPage>,
}

/// A page that changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedPage {
    /// From 1, in the new file.
    pub page: usize,
    /// What stood there and what stands there now; nothing where only breaks changed.
    pub words: Vec<(String, String)>,
}

/// Compares two PDFs; `None` when the old one is none that can be read.
pub fn compare(old: &[u8], new: &[u8]) -> Option<Comparison> {
    let old = Text::of(&words(old).filter(|pages| !pages.is_empty())?);
    let new = Text::of(&words(new)?);
    Some(compared(&old, &new))
}

/// The words of a document in a row, and where lines and pages begin.
struct Text {
    /// As they are read.
    shown: Vec<String>,
    /// As they are compared.
    words: Vec<String>,
    /// The page of each word.
    page: Vec<usize>,
    /// Words that begin a line, or in which one ends.
    lines: BTreeSet<usize>,
    /// How many pages.
    pages: usize,
}

impl Text {
    fn of(pages: &[PageWords]) -> Text {
        let mut text =
            Text { shown: Vec::new(), words: Vec::new(), page: Vec::new(), lines: BTreeSet::new(), pages: pages.len() };
        let mut open = false;
        for (at, page) in pages.iter().enumerate() {
            for line in without_furniture(pages, at, page) {
                for (place, word) in line.iter().enumerate() {
                    // The rest of a word that was divided at the end of the line before.
                    if place == 0 && std::mem::take(&mut open) && word.chars().next().is_some_and(char::is_lowercase) {
                        if let (Some(shown), Some(bare)) = (text.shown.last_mut(), text.words.last_mut()) {
                            shown.pop();
                            shown.push_str(word);
                            bare.push_str(&plain(word));
                            text.lines.insert(text.words.len() - 1);
                        }
                        continue;
                    }
                    if place == 0 {
                        text.lines.insert(text.words.len());
                    }
                    text.shown.push(word.clone());
                    text.words.push(plain(word));
                    text.page.push(at);
                }
                open = line.last().is_some_and(|word| word.chars().count() > 1 && word.ends_with(HYPHENS));
            }
        }
        text
    }

    /// The words of a page.
    fn on(&self, page: usize) -> std::ops::Range<usize> {
        self.page.partition_point(|other| *other < page)..self.page.partition_point(|other| *other <= page)
    }
}

const HYPHENS: [char; 3] = ['-', '\u{ad}', '\u{2010}'];

/// A word without its hyphens, its ligatures taken apart.
fn plain(word: &str) -> String {
    let mut out = String::new();
    for letter in word.chars().filter(|letter| !HYPHENS.contains(letter)) {
        match letter {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            other => out.push(other),
        }
    }
    if out.is_empty() { word.to_owned() } else { out }
}

/// The lines of a page that are text. Where nothing is marked, a first or last line that a page beside has too, but for
/// its figures, is a running head or a folio.
fn without_furniture<'a>(pages: &[PageWords], at: usize, page: &'a PageWords) -> Vec<&'a Vec<String>> {
    let lines: Vec<&Vec<String>> = page.lines.iter().collect();
    if pages.iter().any(|page| page.marked) || lines.len() < 2 {
        return lines;
    }
    let bare = |line: &[String]| line.join(" ").replace(|letter: char| letter.is_ascii_digit(), "");
    let beside = |line: &Vec<String>, first: bool| {
        let near = [at.checked_sub(2), at.checked_sub(1), Some(at + 1), Some(at + 2)];
        let near = near.into_iter().flatten().filter_map(|near| pages.get(near));
        let edge = |other: &&PageWords| if first { other.lines.first() } else { other.lines.last() }.cloned();
        near.filter_map(|other| edge(&other)).any(|other| bare(&other) == bare(line))
    };
    let last = lines.len() - 1;
    let is_text = |(place, line): &(usize, &Vec<String>)| {
        !((*place == 0 && beside(line, true)) || (*place == last && beside(line, false)))
    };
    lines.iter().copied().enumerate().filter(|(place, line)| is_text(&(*place, line))).map(|(_, line)| line).collect()
}

fn compared(old: &Text, new: &Text) -> Comparison {
    let words = |text: &Text| -> Vec<String> { text.words.clone() };
    let (old_words, new_words) = (words(old), words(new));
    let old_row: Vec<&str> = old_words.iter().map(String::as_str).collect();
    let new_row: Vec<&str> = new_words.iter().map(String::as_str).collect();
    let matched = diff::matched(&old_row, &new_row);
    let mut changed = Vec::new();
    let hunks = hunks(old, new, &matched);
    for page in 0..new.pages {
        let words: Vec<(String, String)> =
            hunks.iter().filter(|hunk| hunk.page == page).map(|hunk| (hunk.was.clone(), hunk.is.clone())).collect();
        if !words.is_empty() || breaks_differ(old, new, &matched, page) {
            changed.push(ChangedPage { page: page + 1, words });
        }
    }
    Comparison { pages: (old.pages, new.pages), changed }
}

/// A stretch of words that changed.
struct Hunk {
    page: usize,
    was: String,
    is: String,
}

/// How many words of a change are shown.
const SHOWN: usize = 8;

fn hunks(old: &Text, new: &Text, matched: &[Option<usize>]) -> Vec<Hunk> {
    let mut hunks = Vec::new();
    let mut last = 0;
    let mut at = 0;
    while at <= new.words.len() {
        let begun = at;
        while at < new.words.len() && matched[at].is_none() {
            at += 1;
        }
        let next = if at < new.words.len() { matched[at].unwrap_or(last) } else { old.words.len() };
        if at > begun || next > last {
            // What is gone belongs to the page of the word before it.
            let place = if at > begun { begun } else { begun.saturating_sub(1) };
            let page = new.page.get(place).or(new.page.last()).copied().unwrap_or(0);
            hunks.push(Hunk { page, was: excerpt(&old.shown[last..next]), is: excerpt(&new.shown[begun..at]) });
        }
        last = next + 1;
        at += 1;
    }
    hunks
}

fn excerpt(words: &[String]) -> String {
    match words.len() {
        0..=SHOWN => words.join(" "),
        _ => format!("{} … {}", words[..SHOWN / 2].join(" "), words[words.len() - SHOWN / 2..].join(" ")),
    }
}

/// Whether some line of a page, or the page itself, begins with another word than in the old file.
fn breaks_differ(old: &Text, new: &Text, matched: &[Option<usize>], page: usize) -> bool {
    let on = new.on(page);
    if on.is_empty() {
        return false;
    }
    let begins_page = |text: &Text, at: usize| at == 0 || text.page[at] != text.page[at - 1];
    on.clone().any(|at| {
        let Some(there) = matched[at] else { return false };
        new.lines.contains(&at) != old.lines.contains(&there) || begins_page(new, at) != begins_page(old, there)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> PageWords {
        let lines = lines.iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect();
        PageWords { lines, marked: false }
    }

    fn of(old: &[PageWords], new: &[PageWords]) -> Vec<ChangedPage> {
        compared(&Text::of(old), &Text::of(new)).changed
    }

    #[test]
    fn a_word_that_changed_is_shown_and_pages_that_only_moved_are_named() {
        let old = [page(&["one two three", "four five six"]), page(&["seven eight nine", "ten eleven"])];
        assert_eq!(of(&old, &old), []);
        let new = [page(&["one 2 three", "four five six"]), page(&["seven eight nine", "ten eleven"])];
        let words = vec![("two".to_owned(), "2".to_owned())];
        assert_eq!(of(&old, &new), [ChangedPage { page: 1, words }]);
        let new = [page(&["one two three", "four five"]), page(&["six seven eight nine", "ten eleven"])];
        let pages: Vec<usize> = of(&old, &new).iter().map(|page| page.page).collect();
        assert_eq!(pages, [2]);
        let new = [page(&["one two three", "four five six"]), page(&["seven eight nine", "ten"])];
        let words = vec![("eleven".to_owned(), String::new())];
        assert_eq!(of(&old, &new), [ChangedPage { page: 2, words }]);
    }

    #[test]
    fn a_division_at_the_end_of_a_line_is_a_break_and_no_word() {
        let old = [page(&["a partner-", "ship of two"])];
        let new = [page(&["a partnership", "of two"])];
        assert_eq!(of(&old, &new), [ChangedPage { page: 1, words: Vec::new() }]);
        assert_eq!(of(&old, &old), []);
    }

    #[test]
    fn running_heads_and_folios_are_no_words_of_the_text() {
        let head = |at: usize, words: &str| page(&[&format!("Water {at}"), words, "more of it"]);
        let old = [head(1, "first page here"), head(2, "second page here"), head(3, "third page here")];
        let new = [head(7, "first page here"), head(8, "second page here"), head(9, "third page here")];
        assert_eq!(of(&old, &new), []);
    }
}
