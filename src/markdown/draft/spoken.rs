//! Tags that a sentence speaks of: "the `<p>` element", "come at `<time>`". They are words, and no marks.

use super::Draft;
use super::html::{Tag, is_block, is_inline};
use crate::diagnostic::{Diagnostic, lints};
use crate::source::limits;

impl Draft<'_> {
    /// Whether the tag at a place is a word of a sentence: it has spaces around it and nothing that it opens is closed.
    pub(super) fn is_spoken_of(&mut self, tag: &Tag, at: usize) -> bool {
        let name = tag.element.name.as_str();
        let block = is_block(name);
        if !(block || is_inline(name)) || matches!(name, "br" | "wbr") || !tag.element.attributes.is_empty() {
            return false;
        }
        let text = &self.raw.text;
        let start = limits::line_before(text, at);
        let after = at + tag.length;
        let near = limits::near(&text[after..]);
        let end = after + near.find('\n').unwrap_or(near.len());
        let (before, behind) = (&text[start..at], &text[after..end]);
        let apart = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "([{\"'“‘«„—–*_/".contains(c))
            && behind.chars().next().is_none_or(|c| c.is_whitespace() || ")]}\"'”’».,;:!?…—–*_/".contains(c));
        let has_words = |part: &str| part.contains(char::is_alphanumeric);
        let among = has_words(before) || self.para && has_words(behind);
        // A mark that parts sentences, as some type it: "The end. <p> The next".
        let parts = before.trim_end().ends_with(['.', '!', '?', ':', '>'])
            && behind.trim_start().starts_with(|c: char| c.is_uppercase() || c == '<');
        if !apart || block && (!among || parts) {
            return false;
        }
        let spoken = match (tag.closes, name) {
            (true, _) => self.spoken.iter().any(|other| other == name) || block && !opens(&text[..at], name),
            (false, "hr") => has_words(behind),
            (false, "img") => true,
            (false, _) => match self.ends.next(text, &format!("</{name}"), after) {
                None => true,
                // "between <div> and </div>".
                Some(close) => {
                    let inside = &text[after..close];
                    block && !inside.contains('\n') && inside.starts_with(' ') && inside.ends_with(' ')
                }
            },
        };
        if spoken && !tag.closes {
            let name = name.to_owned();
            self.spoken.push(name);
        }
        spoken
    }

    /// Says of a tag that it is printed.
    pub(super) fn say_spoken(&mut self, at: usize, length: usize) {
        let message = format!("\"{}\" looks like HTML and is printed as it stands", &self.raw.text[at..at + length]);
        self.report(Diagnostic::new(&lints::FOREIGN_HTML, message), at..at + length, "write \\< if it is meant so");
    }
}

/// How far back the beginning of an element is looked for, in bytes.
const REACH: usize = 20_000;

/// Whether an element is opened in a text.
fn opens(before: &str, name: &str) -> bool {
    let before = before.as_bytes();
    let what = format!("<{name}");
    before[before.len().saturating_sub(REACH)..]
        .windows(what.len())
        .any(|found| found.eq_ignore_ascii_case(what.as_bytes()))
}
