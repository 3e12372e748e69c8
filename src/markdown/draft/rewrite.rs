//! Writing a text otherwise: a copy of it in which some letters give way to others.

use std::ops::Range;

use crate::markdown::fair::Fair;

/// A copy that is being written.
pub(super) struct Rewrite<'a> {
    pub raw: &'a Fair,
    pub out: Fair,
    /// What is written out already.
    pub at: usize,
    changed: bool,
}

impl<'a> Rewrite<'a> {
    pub fn new(raw: &'a Fair) -> Rewrite<'a> {
        Rewrite { raw, out: Fair::default(), at: 0, changed: false }
    }

    /// Goes on to a place, with the letters as they stand.
    pub fn keep_to(&mut self, place: usize) {
        if place > self.at {
            self.out.keep(self.raw, self.at..place);
            self.at = place;
        }
    }

    /// Goes on to a place without the letters before it.
    pub fn skip_to(&mut self, place: usize) {
        self.at = place;
        self.changed = true;
    }

    /// Letters that stand where `place` stands.
    pub fn made(&mut self, words: &str, place: usize) {
        self.out.add(words, self.raw, place.min(self.raw.text.len().saturating_sub(1)));
        self.changed = true;
    }

    /// Letters of another place.
    pub fn kept(&mut self, range: Range<usize>) {
        self.out.keep(self.raw, range);
        self.changed = true;
    }

    /// Begins a line, if none is begun.
    pub fn fresh_line(&mut self, place: usize) {
        if !self.out.text.is_empty() && !self.out.text.ends_with('\n') {
            self.made("\n", place);
        }
    }

    /// A blank line, if there is none yet.
    pub fn blank_line(&mut self, place: usize) {
        self.fresh_line(place);
        let blank = self.out.text.rsplit('\n').nth(1).is_none_or(|line| line.trim().is_empty());
        if !self.out.text.is_empty() && !blank {
            self.made("\n", place);
        }
    }

    /// The copy; `None` if nothing was written otherwise.
    pub fn finish(mut self) -> Option<Fair> {
        self.keep_to(self.raw.text.len());
        self.changed.then_some(self.out)
    }
}

/// The lines of a text that are no program text, each without its end.
pub(super) fn plain_lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    // What is written for one output of pandoc's is markup.
    let mut raw: Option<(char, usize)> = None;
    let (mut at, mut after_blank) = (0, true);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end_matches('\n').len();
        at += line.len();
        let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let sign = bare.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let count = sign.map_or(0, |sign| bare.chars().take_while(|c| *c == sign).count());
        match (fence, sign) {
            (Some((open, length)), Some(sign)) if sign == open && count >= length && bare.len() == count => {
                fence = None
            }
            (Some(_), _) => {}
            (None, Some(sign)) if raw == Some((sign, count)) && bare.len() == count => raw = None,
            (None, Some(sign)) if count >= 3 && bare[count..].starts_with("{=") => raw = Some((sign, count)),
            (None, Some(sign)) if count >= 3 && !(sign == '`' && bare[count..].contains('`')) => {
                fence = Some((sign, count));
            }
            _ if after_blank && (line.starts_with("    ") || line.starts_with('\t')) && !bare.is_empty() => {}
            _ => {
                after_blank = bare.is_empty();
                lines.push(range);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn program_text_is_no_plain_line() {
        let text = "One\n```\ntwo\n```\n\n    three\n\n> four\n";
        let lines: Vec<&str> = plain_lines(text).into_iter().map(|line| &text[line]).collect();
        assert_eq!(lines, ["One", "", "", "> four"]);
    }
}
