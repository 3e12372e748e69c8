//! The fair copy: a section's text as CommonMark reads it, each letter with its place in the source.
//!
//! Authors write more than CommonMark knows. [`super::draft`] goes through the lines once and writes a fair copy of
//! them: what another dialect says otherwise is written as CommonMark says it, and what CommonMark cannot say at all (a
//! fence of colons, an HTML element, a table drawn with signs) becomes a line of its own with a [`Mark`]. Such a line is
//! written `***`: that stands in any list or quotation, ends any paragraph, and needs nothing around it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::book::block::{Numerals, Stops};
use crate::source::{SourceId, Span};

/// A made sign behind a tag that is alone on its line, so that CommonMark begins no block of HTML there. It is no letter of
/// the text.
pub(super) const NO_BLOCK: char = '\u{1}';

/// How many copies of the same letters are looked at: a file that is included many times costs no square of its number.
const COPIES: usize = 16;

/// A text with the places of its letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Fair {
    /// The letters.
    pub text: String,
    /// Where they come from, by offset.
    stretches: Vec<Stretch>,
    /// The verbatim ones in the order of their sources; made when first asked for.
    written: OnceLock<Vec<usize>>,
    /// What the lines of three stars stand for, by offset.
    pub marks: BTreeMap<usize, Mark>,
    /// How items of lists were marked, where CommonMark has no such mark, by offset.
    pub labels: BTreeMap<usize, Label>,
    /// What stood in braces after the title of a box, by the offset of its word.
    pub braces: BTreeMap<usize, String>,
}

/// Some letters of a fair copy and where they were written.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    at: usize,
    source: SourceId,
    from: usize,
    /// Letter by letter as in the source; made letters all stand at one place.
    verbatim: bool,
}

/// What a line of its own stands for.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// `::: {.box}`, with what stands after the colons.
    Div(String),
    /// `:::`.
    DivEnd,
    /// `<div class="…">`.
    Open(Element),
    /// `</div>`.
    Close(String),
    /// What keeps its lines: verse and program text, by the attributes or the element around it.
    Lines(Lines, Fair),
    /// A table drawn with signs.
    Table(Drawn, Fair),
    /// A break between two scenes.
    Ornament,
    /// A comment that stood alone.
    Comment,
    /// Nothing: what was there is said.
    Nothing,
}

/// Which matter keeps its lines.
#[derive(Clone, Debug)]
pub(super) enum Lines {
    /// `::: verse`, with what stands after the colons.
    Verse(String),
    /// `<pre>`.
    Code(Element),
}

/// How a table is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Drawn {
    /// With `+---+` around each cell.
    Grid,
    /// With a rule of dashes below the head.
    Simple { head: bool },
    /// With a rule of dashes, its rows parted by blank lines.
    Multiline { head: bool },
}

/// An HTML element as it was opened.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Element {
    /// In lower case.
    pub name: String,
    /// Its attributes, names in lower case, entities read.
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// How an item of a list was marked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Label {
    pub numerals: Numerals,
    pub stops: Stops,
    pub number: u64,
}

impl Fair {
    /// Part of a source, as it stands.
    pub fn of(source: SourceId, text: &str, range: Range<usize>) -> Fair {
        let stretch = Stretch { at: 0, source, from: range.start, verbatim: true };
        Fair { text: text[range].to_owned(), stretches: vec![stretch], ..Fair::default() }
    }

    /// A text as it is typed, in a source of its own.
    #[cfg(test)]
    pub fn typed(text: &str) -> Fair {
        Fair::of(crate::source::Sources::new().add("a.md", text.to_owned()), text, 0..text.len())
    }

    /// A text of one letter, for what all stands at one place.
    pub fn at(span: Span) -> Fair {
        let stretch = Stretch { at: 0, source: span.source, from: span.start as usize, verbatim: false };
        Fair { text: " ".to_owned(), stretches: vec![stretch], ..Fair::default() }
    }

    /// Letters of another text, with their places.
    pub fn keep(&mut self, other: &Fair, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let first = other.stretches.partition_point(|stretch| stretch.at <= range.start).saturating_sub(1);
        for (index, stretch) in other.stretches.iter().enumerate().skip(first) {
            if stretch.at >= range.end {
                break;
            }
            let end = other.stretches.get(index + 1).map_or(range.end, |next| next.at.min(range.end));
            let start = stretch.at.max(range.start);
            if start < end {
                let from = stretch.from + if stretch.verbatim { start - stretch.at } else { 0 };
                self.stretch(Stretch { at: self.text.len(), from, ..*stretch });
                self.text.push_str(&other.text[start..end]);
            }
        }
    }

    /// Made letters, which stand where `at` stands in the other text.
    pub fn add(&mut self, words: &str, other: &Fair, at: usize) {
        if words.is_empty() {
            return;
        }
        if let Some((source, from)) = other.place(at) {
            self.stretch(Stretch { at: self.text.len(), source, from, verbatim: false });
        }
        self.text.push_str(words);
    }

    /// Three stars, whose first and last stand at the ends of `whole`.
    pub fn stars(&mut self, whole: Option<Span>, other: &Fair, at: usize) {
        match whole {
            Some(span) => {
                let (start, end) = (span.start as usize, span.end as usize);
                self.stretch(Stretch { at: self.text.len(), source: span.source, from: start, verbatim: false });
                let last = end.saturating_sub(1).max(start);
                let at = self.text.len() + 2;
                self.stretches.push(Stretch { at, source: span.source, from: last, verbatim: true });
                self.text.push_str("***");
            }
            None => self.add("***", other, at),
        }
    }

    /// Takes back the letters that were written last, down to `length`.
    pub fn take_back(&mut self, length: usize) {
        self.text.truncate(length);
        self.stretches.truncate(self.stretches.partition_point(|stretch| stretch.at < length));
        self.written.take();
        self.marks.split_off(&length);
        self.labels.split_off(&length);
        self.braces.split_off(&length);
    }

    /// All of another text, what its lines stand for included.
    pub fn append(&mut self, other: Fair) {
        let shift = self.text.len();
        for stretch in other.stretches {
            self.stretch(Stretch { at: stretch.at + shift, ..stretch });
        }
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.into_iter().map(|(at, mark)| (at + shift, mark)));
        self.braces.extend(other.braces.into_iter().map(|(at, braces)| (at + shift, braces)));
        self.labels.extend(other.labels.into_iter().map(|(at, label)| (at + shift, label)));
    }

    /// One that goes on where the last one ends is part of it.
    fn stretch(&mut self, next: Stretch) {
        if let Some(last) = self.stretches.last() {
            let goes_on = last.source == next.source
                && last.verbatim
                && next.verbatim
                && last.from + (next.at - last.at) == next.from;
            if goes_on {
                return;
            }
        }
        self.stretches.push(next);
        self.written.take();
    }

    fn place(&self, at: usize) -> Option<(SourceId, usize)> {
        let index = self.stretches.partition_point(|stretch| stretch.at <= at).saturating_sub(1);
        let stretch = self.stretches.get(index)?;
        Some((stretch.source, stretch.from + if stretch.verbatim { at.saturating_sub(stretch.at) } else { 0 }))
    }

    /// Where some letters were written; an empty text has no place.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let (source, start) = self.place(range.start)?;
        let end = match range.end.checked_sub(1).filter(|last| *last >= range.start).and_then(|last| self.place(last)) {
            Some((other, last)) if other == source => last + self.step(range.end - 1),
            _ => start,
        };
        Some(Span::new(source, start, end.max(start)))
    }

    /// Where the letters of a place stand in it, if they stand there as they were written.
    pub fn offsets(&self, span: Span) -> Option<Range<usize>> {
        let (start, end) = (span.start as usize, span.end as usize);
        let written = self.written();
        let begun =
            |index: &usize| (self.stretches[*index].source, self.stretches[*index].from) <= (span.source, start);
        let last = written.partition_point(begun);
        let near = written[last.saturating_sub(COPIES)..last].iter().rev();
        near.filter(|_| start < end).find_map(|index| {
            let stretch = &self.stretches[*index];
            let length = self.stretches.get(index + 1).map_or(self.text.len(), |next| next.at) - stretch.at;
            let within = stretch.source == span.source && end <= stretch.from + length;
            within.then(|| stretch.at + start - stretch.from..stretch.at + end - stretch.from)
        })
    }

    fn written(&self) -> &[usize] {
        self.written.get_or_init(|| {
            let mut written: Vec<usize> =
                (0..self.stretches.len()).filter(|index| self.stretches[*index].verbatim).collect();
            written.sort_by_key(|index| (self.stretches[*index].source, self.stretches[*index].from));
            written
        })
    }

    /// How many bytes of the source the letter that ends after `last` took: none if it was made.
    fn step(&self, last: usize) -> usize {
        let index = self.stretches.partition_point(|stretch| stretch.at <= last).saturating_sub(1);
        usize::from(self.stretches.get(index).is_some_and(|stretch| stretch.verbatim))
    }

    /// Some lines of it without what they stand for, as a text of its own.
    pub fn part(&self, range: Range<usize>) -> Fair {
        let mut part = Fair::default();
        part.keep(self, range);
        part
    }

    /// The lines, each without its end.
    pub fn lines(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut at = 0;
        std::iter::from_fn(move || {
            if at >= self.text.len() {
                return None;
            }
            let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
            let line = at..end;
            at = end + 1;
            Some(line)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn letters_keep_their_places_through_two_copies() {
        let mut sources = Sources::new();
        let text = "one two three";
        let source = sources.add("a.md", text.to_owned());
        let raw = Fair::of(source, text, 0..text.len());
        let mut first = Fair::default();
        first.keep(&raw, 0..4);
        first.add("MADE ", &raw, 4);
        first.keep(&raw, 4..13);
        let mut second = Fair::default();
        second.keep(&first, 2..18);
        assert_eq!(second.text, "e MADE two three");
        let place = |words: &str| {
            let at = second.text.find(words).expect("it is there");
            let span = second.span(at..at + words.len()).expect("it has a place");
            sources.text(span).to_owned()
        };
        assert_eq!(place("three"), "three");
        assert_eq!(place("two"), "two");
        assert_eq!(place("MADE"), "");
    }
}
