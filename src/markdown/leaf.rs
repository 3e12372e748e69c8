//! The letters of a line and what is asked of them by every stage that reads one.

use std::ops::Range;

/// Letters of neighbouring events and where each stretch was written.
#[derive(Default)]
pub(super) struct Leaf {
    pub text: String,
    /// Offset in the text, offset in the source.
    places: Vec<(usize, usize)>,
    /// Offsets of letters that a backslash protects.
    escaped: Vec<usize>,
    end: usize,
}

impl Leaf {
    /// Adds letters that were written at `start..end`; `escaped` says that the first is protected.
    pub fn push(&mut self, text: &str, start: usize, end: usize, escaped: bool) {
        if escaped {
            self.escaped.push(self.text.len());
        }
        self.places.push((self.text.len(), start));
        self.text.push_str(text);
        self.end = end;
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where a letter was written.
    pub fn source(&self, offset: usize) -> usize {
        let at = self.places.partition_point(|(from, _)| *from <= offset);
        match at.checked_sub(1).map(|at| self.places[at]) {
            Some((from, source)) => (source + offset - from).min(self.end),
            None => 0,
        }
    }

    /// Whether a backslash protects a letter.
    pub fn is_escaped(&self, offset: usize) -> bool {
        self.escaped.binary_search(&offset).is_ok()
    }
}

/// A place without the blank lines and spaces at its ends.
pub(super) fn trimmed(text: &str, place: Range<usize>) -> Range<usize> {
    let words = &text[place.clone()];
    let start = place.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

/// Marks of editors that follow changes, as they open and close.
pub(super) const CHANGES: [(&str, &str); 5] =
    [("{++", "++}"), ("{--", "--}"), ("{~~", "~~}"), ("{==", "==}"), ("{>>", "<<}")];
