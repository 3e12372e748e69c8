//! Blocks of AsciiDoc: `[NOTE]` above `====`, `.A title` above it, `[source,ruby]` above `----`.
//!
//! To Markdown their lines of signs make headings of the lines above them.

use super::{Draft, Line};
use crate::markdown::fair::{Element, Fair, Lines, Mark};

impl Draft<'_> {
    /// The lines above a block of AsciiDoc, or the line of signs that opens it; `true` if it was written.
    pub(super) fn block_of_asciidoc(&mut self, line: &Line) -> bool {
        if self.para || !self.containers.is_empty() {
            return false;
        }
        let mut opened = Opened::default();
        let mut next = line.first..line.end;
        let mut last = line.first..line.first;
        loop {
            let words = self.raw.text[next.clone()].trim_end();
            last = last.start..next.start + words.len();
            if words.len() >= 4 && words.bytes().all(|byte| byte == b'=') {
                // A line of signs without words above it is what a table has, or nothing.
                if last.end == line.first + words.len() || !self.is_closed(next.end, words.len(), '=') {
                    return false;
                }
                let length = words.len();
                self.at = (next.end + 1).min(self.raw.text.len());
                self.directives.push(('=', length));
                self.mark(line, Mark::Div(opened.written()), last);
                return true;
            }
            if words.len() >= 4 && words.bytes().all(|byte| byte == b'-') && opened.is_source {
                if !self.is_closed(next.end, words.len(), '-') {
                    return false;
                }
                self.at = (next.end + 1).min(self.raw.text.len());
                let matter = self.lines_up_to(words.len(), '-');
                let whole = line.first..self.at.saturating_sub(1).max(line.end);
                self.mark(line, Mark::Lines(Lines::Code(element(opened.title)), matter), whole);
                return true;
            }
            if !opened.take(words) {
                return false;
            }
            match self.next_line(next.end) {
                Some(following) => next = following,
                None => return false,
            }
        }
    }

    /// Whether a line of as many signs follows.
    fn is_closed(&self, end: usize, length: usize, sign: char) -> bool {
        let after = self.raw.text.get(end + 1..).unwrap_or("");
        let closes = |line: &str| line.trim_end().len() == length && line.trim_end().chars().all(|c| c == sign);
        after.lines().take(REACH).any(closes)
    }

    /// The lines up to the closing signs, which are passed.
    fn lines_up_to(&mut self, length: usize, sign: char) -> Fair {
        let mut matter = Fair::default();
        while self.at < self.raw.text.len() {
            let start = self.at;
            let end = self.raw.text[start..].find('\n').map_or(self.raw.text.len(), |length| start + length);
            self.at = (end + 1).min(self.raw.text.len());
            let words = self.raw.text[start..end].trim_end();
            if words.len() == length && words.chars().all(|c| c == sign) {
                break;
            }
            matter.keep(self.raw, start..end);
            matter.add("\n", self.raw, end);
        }
        matter
    }
}

/// How far the end of a block is looked for, in lines.
const REACH: usize = 2_000;

/// What the lines above a block say of it.
#[derive(Default)]
struct Opened {
    class: Option<&'static str>,
    title: String,
    is_source: bool,
}

impl Opened {
    /// Reads a line above a block; `false` if it is none.
    fn take(&mut self, words: &str) -> bool {
        if let Some(title) = words.strip_prefix('.') {
            let begins = title.starts_with(|c: char| c.is_alphanumeric() || "“\"".contains(c));
            self.title = title.to_owned();
            return begins && !title.contains(". ");
        }
        let Some(inner) = words.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
        match inner.split(',').next().unwrap_or("").trim() {
            "source" => self.is_source = true,
            "NOTE" => self.class = Some("callout-note"),
            "TIP" => self.class = Some("callout-tip"),
            "IMPORTANT" => self.class = Some("callout-important"),
            "WARNING" => self.class = Some("callout-warning"),
            "CAUTION" => self.class = Some("callout-caution"),
            "example" | "EXAMPLE" | "sidebar" => self.class = Some("box"),
            _ => return false,
        }
        true
    }

    /// The block of colons that it is here.
    fn written(&self) -> String {
        let class = self.class.unwrap_or("box");
        match self.title.is_empty() {
            true => format!("{{.{class}}}"),
            false => format!("{{.{class} title=\"{}\"}}", self.title.replace('"', "”")),
        }
    }
}

/// Program text as HTML has it, with its title.
fn element(title: String) -> Element {
    let attributes = if title.is_empty() { Vec::new() } else { vec![("title".to_owned(), title)] };
    Element { name: "pre".to_owned(), attributes }
}
