//! Lettered lists, and those whose numbers stand in brackets: pandoc has them, CommonMark does not.
//!
//! `(a)`, `a.`, `i.`, `A)`, `(1)` begin a list if the next of their series follows, or if they go on one that was begun.
//! Each is written as a number as wide as it was, and what it was is kept beside it.

use std::collections::BTreeMap;

use super::{Container, Draft, Line, is_rule};
use crate::book::block::{Numerals, Stops};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::is_of_a_word;
use crate::language::numerals::roman_value;
use crate::markdown::fair::Label;

/// A lettered list, as far as it has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Series {
    numerals: Numerals,
    stops: Stops,
    last: u64,
    /// What ends its numbers in the fair copy: lists that end theirs otherwise do not run together.
    end: char,
}

impl Series {
    fn is_of(&self, numerals: Numerals, stops: Stops) -> bool {
        (self.numerals, self.stops) == (numerals, stops)
    }
}

/// How long a mark is that a lettered list may have: `(a)`, `iv.`, `(@good)`, `#.`.
pub(super) fn sign(rest: &str) -> Option<usize> {
    let length = match rest.strip_prefix('(') {
        Some(inner) => {
            let end = inner.find(')').filter(|end| *end > 0)?;
            let word = &inner[..end];
            let plain = match word.strip_prefix('@') {
                Some(name) => name.chars().all(|c| is_of_a_word(c) || "-_".contains(c)),
                None => word.len() <= 8 && word.chars().all(|c| c.is_ascii_alphanumeric()),
            };
            plain.then_some(end + 2)?
        }
        None => {
            let end = rest.find(['.', ')']).filter(|end| (1..=8).contains(end))?;
            let word = &rest[..end];
            (word == "#" || word.chars().all(|c| c.is_ascii_alphabetic())).then_some(end + 1)?
        }
    };
    let after = rest[length..].chars().next();
    after.is_some_and(|letter| letter == ' ' || letter == '\t').then_some(length)
}

/// What a mark may count as: the stops around it, and each way to read its letters.
fn readings(sign: &str) -> (Stops, Vec<(Numerals, u64)>) {
    let (stops, word) = match sign.strip_prefix('(') {
        Some(inner) => (Stops::Brackets, inner.trim_end_matches(')')),
        None if sign.ends_with(')') => (Stops::Bracket, sign.trim_end_matches(')')),
        None => (Stops::Stop, sign.trim_end_matches('.')),
    };
    let mut found = Vec::new();
    if let Ok(number) = word.parse::<u64>() {
        found.push((Numerals::Arabic, number));
    }
    let lower = word.chars().all(|c| c.is_ascii_lowercase());
    if lower || word.chars().all(|c| c.is_ascii_uppercase()) {
        let letter = word.chars().next().unwrap_or('a').to_ascii_lowercase();
        if word.len() == 1 {
            let number = u64::from(letter as u32 - 'a' as u32) + 1;
            found.push((if lower { Numerals::Letters } else { Numerals::Capitals }, number));
        }
        if let Some(number) = roman_value(&word.to_ascii_lowercase()) {
            found.push((if lower { Numerals::Roman } else { Numerals::RomanCapitals }, number));
        }
    }
    (stops, found)
}

/// The numbers of examples by their names, counted through a text.
pub(super) fn examples(text: &str) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    let mut count = 0;
    for line in text.lines() {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        if let Some(inner) = rest.strip_prefix("(@")
            && let Some(length) = sign(rest)
        {
            count += 1;
            let name = &inner[..length - 3];
            if !name.is_empty() {
                found.entry(name.to_owned()).or_insert(count);
            }
        }
    }
    found
}

impl Draft<'_> {
    /// Whether a mark at `first` begins a list or goes on one.
    pub(super) fn is_label(&self, mark: &str, first: usize, end: usize) -> bool {
        // In an item a list may begin right below its words; a paragraph that is no item's must end before.
        let within = matches!(self.containers.last(), Some(Container::Item { .. }));
        if self.para && !within && !self.follows_item(mark) {
            return false;
        }
        self.reading(mark, first, end).is_some() || mark.starts_with("(@") || mark == "#."
    }

    /// Says that a list begins in the run of a paragraph, whose line it would become.
    pub(super) fn list_that_runs_on(&mut self, line: &Line) {
        let rest = &self.raw.text[line.first..line.end];
        let Some(length) = sign(rest).filter(|_| self.para && !line.opens) else { return };
        if self.reading(&rest[..length], line.first, line.end).is_some_and(|label| label.number == 1) {
            self.report(
                Diagnostic::new(&lints::SUSPECT_MARKUP, "these lines look like a list, but run on from the line above"),
                line.first..line.end,
                "leave a blank line before it; a list in an item is indented as far as the item's words",
            );
        }
    }

    /// In the run of an item, only the next of its series ends it.
    pub(super) fn follows_item(&self, mark: &str) -> bool {
        let (stops, found) = readings(mark);
        mark.starts_with("(@") && self.counted > 0
            || mark == "#." && !self.containers.is_empty()
            || found.iter().any(|(numerals, number)| {
                self.series.iter().any(|series| series.is_of(*numerals, stops) && series.last + 1 == *number)
            })
    }

    /// How a mark is to be read, if it is one of a list.
    fn reading(&self, mark: &str, first: usize, end: usize) -> Option<Label> {
        let (stops, found) = readings(mark);
        let label = |(numerals, number): &(Numerals, u64)| Label { numerals: *numerals, stops, number: *number };
        let goes_on = found.iter().map(label).find(|label| {
            let before = label.number.wrapping_sub(1);
            self.series.iter().any(|series| series.is_of(label.numerals, label.stops) && series.last == before)
        });
        if goes_on.is_some() {
            return goes_on;
        }
        // A capital with a stop is an initial, unless two spaces follow.
        let rest = &self.raw.text[first + mark.len()..end];
        let capital = stops == Stops::Stop && mark.starts_with(|c: char| c.is_ascii_uppercase());
        if capital && !(rest.starts_with("  ") || rest.starts_with('\t')) {
            return None;
        }
        found.iter().map(label).rev().find(|label| label.number == 1 && self.next_follows(label, first, end))
    }

    /// Whether the next item of a series stands below, at the same indent.
    fn next_follows(&self, label: &Label, first: usize, end: usize) -> bool {
        let text = &self.raw.text;
        let line = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let width = first - line;
        let next = Label { number: label.number + 1, ..*label }.to_string();
        let mut blank = false;
        let mut at = end;
        for _ in 0..400 {
            let Some(range) = self.next_line(at) else { return false };
            at = range.end;
            let words = &text[range.clone()];
            let bare = words.trim_start_matches([' ', '\t', '>']);
            if bare.is_empty() {
                blank = true;
                continue;
            }
            let indent = words.len() - bare.len();
            if indent <= width + 1 && bare.strip_prefix(&next).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
                return true;
            }
            if indent <= width && (blank || bare.starts_with('#') || is_rule(bare) || self.fence_at(range.clone())) {
                return false;
            }
            blank = false;
        }
        false
    }

    /// Whether the line below goes on with the next number: then a year is an item of a list.
    pub(super) fn year_goes_on(&self, number: u64, first: usize, end: usize) -> bool {
        let label = Label { numerals: Numerals::Arabic, stops: Stops::Stop, number };
        let bracket = Label { stops: Stops::Bracket, ..label };
        let before = number.checked_sub(1);
        self.years.is_some() && self.years == before
            || self.next_follows(&label, first, end)
            || self.next_follows(&bracket, first, end)
    }

    /// Whether no item of a list stands above or below a line with a number, and nothing that belongs to one.
    pub(super) fn stands_alone(&self, first: usize, end: usize) -> bool {
        let text = &self.raw.text;
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let quoted = text[start..first].contains('>');
        let stop = text[first..end].trim_start_matches(|c: char| c.is_ascii_digit()).chars().next().unwrap_or('.');
        let listed = |line: &&str| {
            let bare = line.trim_start_matches('>').trim_start_matches(' ');
            let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
            let numbered = digits.len() < bare.len() && digits.starts_with(stop);
            if line.starts_with('>') != quoted {
                return false;
            }
            numbered || line.starts_with(['\t', ' ']) || bare.starts_with(['-', '+', '*', ':', '~'])
        };
        let written = |line: &&str| !line.trim_matches(['>', ' ', '\t']).is_empty();
        let alone = text[start..first].trim_matches(['>', ' ']).is_empty();
        let above = text[..start].lines().rev().find(written);
        let below = text[end..].lines().skip(1).find(written);
        alone && !above.as_ref().is_some_and(listed) && !below.as_ref().is_some_and(listed)
    }

    /// What a mark is written as, if not as it stands: a number as wide, and what it was.
    pub(super) fn label(&mut self, start: usize, end: usize, line: usize) -> Option<(String, Option<Label>)> {
        let mark = self.raw.text[start..end].to_owned();
        if mark.starts_with(is_bullet) {
            return Some(("-".to_owned(), None));
        }
        if mark.starts_with(|c: char| c.is_ascii_digit()) {
            let number: Option<u64> = mark[..mark.len() - 1].parse().ok();
            self.years = number;
            return self.plain_number(&mark, number?);
        }
        if mark.starts_with('~') {
            return Some((":".to_owned(), None));
        }
        if mark.starts_with(['-', '+', '*', ':']) {
            return None;
        }
        let label = if mark.starts_with("(@") {
            self.counted += 1;
            Label { numerals: Numerals::Arabic, stops: Stops::Brackets, number: self.counted }
        } else if mark == "#." {
            self.items = Some(Series { numerals: Numerals::Arabic, stops: Stops::Stop, last: u64::MAX, end: '.' });
            return Some(("1.".to_owned(), None));
        } else {
            self.reading(&mark, start, line)?
        };
        let usual = if label.stops == Stops::Stop { '.' } else { ')' };
        let end = self.item_of(label, usual);
        let width = (mark.chars().count() - 1).min(9);
        Some((format!("{:0width$}{end}", label.number), Some(label)))
    }

    /// A number as CommonMark knows it, written otherwise where it would run on a list of other marks.
    fn plain_number(&mut self, mark: &str, number: u64) -> Option<(String, Option<Label>)> {
        let usual = mark.chars().next_back()?;
        let stops = if usual == '.' { Stops::Stop } else { Stops::Bracket };
        let label = Label { numerals: Numerals::Arabic, stops, number };
        let end = self.item_of(label, usual);
        (end != usual).then(|| (format!("{}{end}", &mark[..mark.len() - 1]), Some(label)))
    }

    /// Keeps how far a list has come, and gives what ends its numbers: as its other items do, and otherwise than those
    /// of the list before it, with which it would run together.
    fn item_of(&mut self, label: Label, usual: char) -> char {
        let known = self.series.iter().position(|series| series.is_of(label.numerals, label.stops));
        let known = known.map(|at| self.series.remove(at));
        let goes_on =
            known.filter(|series| self.items.is_some_and(|last| last == *series) || series.last + 1 == label.number);
        let end = match (goes_on, self.items) {
            (Some(series), _) => series.end,
            (None, Some(last)) if last.end == usual => {
                if usual == '.' {
                    ')'
                } else {
                    '.'
                }
            }
            (None, _) => usual,
        };
        let series = Series { numerals: label.numerals, stops: label.stops, last: label.number, end };
        self.series.push(series);
        self.items = Some(series);
        end
    }
}

/// Whether what stands after pandoc's other mark of a definition, `~`, is words; "~ 5 km" is about five.
pub(super) fn means(after: &str) -> bool {
    let words = after.trim_start();
    words.len() < after.len() && words.starts_with(|c: char| c.is_alphabetic() || "*_\"“‘[".contains(c))
}

/// Whether a letter stands before the items of a list in a word processor.
pub(super) fn is_bullet(letter: char) -> bool {
    "•·\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}◦▪▫‣●○■□➢➤".contains(letter) || is_tabbed_bullet(letter)
}

/// Whether a letter is the bullet of a list if a tab follows: the `o` of a second level, a dash.
pub(super) fn is_tabbed_bullet(letter: char) -> bool {
    "o§Ø–—".contains(letter)
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.stops.around(&self.numerals.write(self.number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_letters_and_as_roman_numbers() {
        assert_eq!(readings("(a)"), (Stops::Brackets, vec![(Numerals::Letters, 1)]));
        assert_eq!(readings("i."), (Stops::Stop, vec![(Numerals::Letters, 9), (Numerals::Roman, 1)]));
        assert_eq!(readings("XIV)"), (Stops::Bracket, vec![(Numerals::RomanCapitals, 14)]));
        assert_eq!(readings("iiii.").1, []);
        assert_eq!(sign("(@good) x"), Some(7));
        assert_eq!(sign("p.5"), None);
    }
}
