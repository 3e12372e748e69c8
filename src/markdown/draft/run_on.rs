//! Lists that CommonMark does not see: their lines would run together into one, which is said.

use super::{Draft, Line};
use crate::diagnostic::{Diagnostic, lints};

/// Signs that stand before the lines of a list in other programs.
const BULLETS: &str = "•◦▪▫‣●○■□➢·∙→⇒►▶▸◆◇❖✓✔✗✘☐☑☒★☆";

/// What begins a line as the mark of a list that is none to CommonMark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// `-salt`.
    Sign,
    /// `–salt`: a list, or what is said by turns.
    Dash,
    Bullet,
    /// `1.weigh`, `1)weigh`.
    Tight(u64),
    /// `2. weigh`, which begins a list after a blank line only.
    Spaced(u64),
    /// `1.2 weigh`.
    Outline,
    /// `a)weigh`, `(a)weigh`.
    Letter(char),
}

impl Mark {
    /// The mark of a line.
    fn of(words: &str) -> Option<Mark> {
        let first = words.chars().next()?;
        let rest = &words[first.len_utf8()..];
        let begins = |rest: &str| rest.starts_with(char::is_alphabetic);
        match first {
            '-' | '+' => begins(rest).then_some(Mark::Sign),
            '–' | '—' | '―' => {
                rest.starts_with(|c: char| c.is_alphabetic() || "¿¡«“\"…".contains(c)).then_some(Mark::Dash)
            }
            _ if BULLETS.contains(first) => {
                let spaced = rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{fe0f}']);
                spaced.starts_with(|c: char| !c.is_whitespace() && c != first).then_some(Mark::Bullet)
            }
            '0'..='9' => {
                let digits = words.bytes().take_while(u8::is_ascii_digit).count();
                let number = words[..digits].parse().ok().filter(|_| digits < 4)?;
                let after = &words[digits..];
                let inner = after.strip_prefix(['.', ')'])?;
                let outline = inner.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
                let outlined = after.starts_with('.') && outline.len() < inner.len() && outline.starts_with(' ');
                match inner.trim_start_matches(' ') {
                    _ if begins(inner) => Some(Mark::Tight(number)),
                    words if begins(words) => Some(Mark::Spaced(number)),
                    _ => (outlined && begins(outline.trim_start())).then_some(Mark::Outline),
                }
            }
            '(' => {
                let inner = rest.strip_prefix(|c: char| c.is_ascii_lowercase())?.strip_prefix(')')?;
                begins(inner).then(|| rest.chars().next().map(Mark::Letter)).flatten()
            }
            // What a word processor has at its second level, and its third.
            '§' | 'o' if rest.strip_prefix(' ').is_some_and(begins) => Some(Mark::Bullet),
            'a'..='z' => begins(rest.strip_prefix(')')?).then_some(Mark::Letter(first)),
            _ => None,
        }
    }

    /// Whether the next line's mark goes on with the list.
    fn goes_on(self, next: Mark) -> bool {
        match (self, next) {
            (Mark::Tight(_), Mark::Tight(_)) => true,
            (Mark::Spaced(one), Mark::Spaced(two)) => two == one + 1,
            (Mark::Letter(one), Mark::Letter(two)) => u32::from(two) == u32::from(one) + 1,
            (one, two) => one == two,
        }
    }

    /// What is said of such a list.
    fn said(self) -> (&'static str, &'static str) {
        const RUN: &str = "these lines look like a list, but run together";
        const NO_SPACE: &str = "these lines look like a list, but their marks have no space after them";
        match self {
            Mark::Sign | Mark::Tight(_) => (NO_SPACE, "write \"- salt\" and \"1. weigh\", with a space after the mark"),
            Mark::Letter(_) => (NO_SPACE, "write \"a) weigh\", with a space after the mark"),
            Mark::Dash => (
                RUN,
                "a list has - and a space at the start of each line; what is said by turns has a blank line between",
            ),
            Mark::Bullet => (RUN, "write a list with - and a space at the start of each line, after a blank line"),
            Mark::Spaced(_) => (RUN, "leave a blank line before the list"),
            Mark::Outline => {
                (RUN, "leave a blank line between them, or write a list: 1. and, indented below it, 1. again")
            }
        }
    }
}

impl Draft<'_> {
    /// Says of the first of several lines that they look like a list and would run together.
    pub(super) fn lines_run_on(&mut self, line: &Line) {
        let before = std::mem::take(&mut self.run_on).filter(|_| self.para);
        let first = &self.raw.text[line.first..line.end];
        let next = self.next_line(line.end).map(|next| &self.raw.text[self.within(next.start, next.end)..next.end]);
        let next = next.map(str::trim_start);
        let capitals = [["A. ", "B. "], ["I. ", "II. "]];
        let in_capitals =
            capitals.iter().any(|[one, two]| first.starts_with(one) && next.is_some_and(|n| n.starts_with(two)));
        if !self.para && in_capitals {
            self.report(
                Diagnostic::new(&lints::SUSPECT_MARKUP, "these lines look like a list, but run together"),
                line.first..line.end,
                "two spaces follow a capital and its stop, since one is an initial: \"A.  salt\"",
            );
            return;
        }
        self.run_on = Mark::of(first);
        let (Some(mark), Some(next)) = (self.run_on, next.and_then(Mark::of)) else { return };
        // The first line of a list that CommonMark sees is no text, and a text that begins with a bullet is said later.
        let known =
            matches!(mark, Mark::Spaced(_)) && !self.para || mark == Mark::Bullet && said_later(first) && !self.para;
        if mark.goes_on(next) && !known && before.is_none_or(|before| !before.goes_on(mark)) {
            let (message, hint) = mark.said();
            self.report(Diagnostic::new(&lints::SUSPECT_MARKUP, message), line.first..line.end, hint);
        }
    }
}

/// Whether a bullet is one of those that are said at the start of a text.
fn said_later(words: &str) -> bool {
    words.starts_with(['•', '◦', '▪', '▫', '‣', '●', '○', '■', '□', '➢'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lists_are_known_and_prose_is_none() {
        for (words, mark) in [
            ("-salt", Mark::Sign),
            ("—Hola", Mark::Dash),
            ("—¿Quién?", Mark::Dash),
            ("· dot", Mark::Bullet),
            ("✓ done", Mark::Bullet),
            ("o second", Mark::Bullet),
            ("1.weigh", Mark::Tight(1)),
            ("12)weigh", Mark::Tight(12)),
            ("2. second", Mark::Spaced(2)),
            ("1.2 outline", Mark::Outline),
            ("1.2.1. outline", Mark::Outline),
            ("a)weigh", Mark::Letter('a')),
            ("(b)weigh", Mark::Letter('b')),
        ] {
            assert_eq!(Mark::of(words), Some(mark), "{words}");
        }
        for words in
            ["-5 degrees", "— a remark", "1986. A year", "3.14", "1.5 ", "a word", "(aside)", "--flag", "···", "5.3%"]
        {
            assert_eq!(Mark::of(words), None, "{words}");
        }
        assert!(Mark::Spaced(2).goes_on(Mark::Spaced(3)) && !Mark::Spaced(2).goes_on(Mark::Spaced(9)));
    }
}
