//! What stands in a line of text: code, tags, links, braces and labels, and how far each reaches.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::super::place::{Place, Region};
use super::super::{Account, keys};
use super::{Scanner, is_conditional};
use crate::source::limits;

impl Scanner<'_> {
    /// Code in the line, over its end as well; ticks that never close are letters.
    pub(super) fn code(&mut self, at: usize) -> usize {
        let ticks = self.text[at..].bytes().take_while(|byte| *byte == b'`').count();
        let paragraph = self.paragraph_end(at);
        let mut from = at + ticks;
        while let Some(next) = self.text[from..paragraph].find('`') {
            let found = from + next;
            let length = self.text[found..].bytes().take_while(|byte| *byte == b'`').count();
            if length == ticks {
                if is_reference_role(&self.text[..at]) {
                    self.note(at..found, Place::Machine);
                }
                if self.text[found + length..].starts_with("{=") {
                    self.note(at..found, Place::Hidden);
                }
                return found + length;
            }
            from = found + length;
        }
        at + ticks
    }

    fn paragraph_end(&mut self, at: usize) -> usize {
        self.ends.next(self.text, "\n\n", at).unwrap_or(self.text.len())
    }

    /// A tag of HTML: its names are the machine's, and what its words say must be held.
    pub(super) fn tag(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let first = bytes.get(at + 1).copied().unwrap_or(b' ');
        // What Word asks of itself.
        if ["<![if ", "<![endif"].iter().any(|mark| self.text[at..].starts_with(mark))
            && let Some(end) = self.ends.next(self.text, "]>", at)
        {
            self.note(at..end, Place::Machine);
            return end + 2;
        }
        if !(first.is_ascii_alphabetic() || first == b'/') {
            return at + 1;
        }
        let mut end = at + 1;
        let mut quote = None;
        let limit = self.paragraph_end(at);
        while end < limit {
            match (bytes[end], quote) {
                (b'>', None) => break,
                (letter @ (b'"' | b'\''), None) if bytes[end - 1] == b'=' => quote = Some(letter),
                (letter, Some(open)) if letter == open => quote = None,
                (b'<', None) => return at + 1,
                _ => {}
            }
            end += 1;
        }
        if end >= limit {
            return at + 1;
        }
        for name in ["script", "style"] {
            let named =
                self.text.get(at + 1..at + 1 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
            if named && let Some(close) = self.ends.next(self.text, "</", end) {
                // No words at all.
                self.note(at + 1..close, Place::Machine);
                return close;
            }
        }
        let mut from = at + 1;
        for name in ["alt=", "title=", "summary=", "aria-label="] {
            let inside = &self.text[at..end];
            if let Some(found) = inside.find(&format!(" {name}")) {
                let value = at + found + 1 + name.len();
                let quote = bytes[value.min(end)];
                if matches!(quote, b'"' | b'\'')
                    && let Some(length) = self.text[value + 1..end].find(char::from(quote))
                {
                    self.note(value + 1..value + 1 + length, Place::Held(Account::Shown));
                    self.note(from.min(value)..value, Place::Machine);
                    from = value + 1 + length;
                }
            }
        }
        self.note(from..end, Place::Machine);
        end + 1
    }

    pub(super) fn open(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let callout = rest.strip_prefix("[!").is_some_and(|kind| kind.starts_with(|c: char| c.is_ascii_alphabetic()));
        let marked = callout || ["[^", "[-@", "[@"].iter().any(|mark| rest.starts_with(mark));
        if marked && let Some(length) = limits::closed_near(rest, ']') {
            // A label, a callout's kind, keys.
            let label = rest[2..length].trim();
            let cites = rest.starts_with("[@") || rest.starts_with("[-@");
            let leads = rest[length + 1..].starts_with('(');
            // A label has no spaces, unless a note is called so.
            let whole = !label.contains(char::is_whitespace) || self.labels.contains(&rest[..length]);
            if (whole || cites) && !(cites && leads) {
                self.note(at..at + length, Place::Machine);
                return at + length + 1;
            }
        }
        // `[[Next#Who pays|words]]`: a name, which the section's title or the words stand for.
        if rest.starts_with("[[")
            && let Some(length) =
                self.ends.next(self.text, "]]", at).map(|end| end - at).filter(|end| *end < rest.len())
        {
            let name = rest[..length].find('|').unwrap_or(length);
            self.note(at..at + name, Place::Machine);
            if at > 0 && self.text.as_bytes()[at - 1] == b'!' {
                self.note(at + name..at + length, Place::Held(Account::Shown));
                self.note(at + name..at + length, Place::Machine);
            }
            return at + name.max(2);
        }
        self.brackets.push(at);
        at + 1
    }

    /// A bracket closes: an address, a label or attributes may follow.
    pub(super) fn close(&mut self, at: usize) -> usize {
        let open = self.brackets.pop();
        let bytes = self.text.as_bytes();
        let picture = open.filter(|open| *open > 0 && bytes[open - 1] == b'!');
        let next = bytes.get(at + 1).copied();
        if let Some(open) = picture {
            // `![A map|300](…)`: the size behind its bar, which a cell has behind a backslash.
            let words = &self.text[open + 1..at];
            let size = words.rfind('|').filter(|bar| words[bar + 1..].starts_with(|c: char| c.is_ascii_digit()));
            let end = size.map_or(at, |bar| open + 1 + bar);
            self.note(open + 1..end, Place::Held(Account::Shown));
            self.note(end..at, Place::Machine);
        }
        // `[Figure %s](#fig-map)`: where the number stands.
        if let Some(open) = open
            && self.text[at + 1..].starts_with("(#")
        {
            for mark in ["%s", "{number}"] {
                for (found, _) in self.text[open..at].match_indices(mark) {
                    self.note(open + found..open + found + mark.len(), Place::Machine);
                }
            }
        }
        // `[page](#label)` asks for a page.
        if let Some(open) = open
            && &self.text[open..at] == "[page"
            && next == Some(b'(')
        {
            self.note(open..at, Place::Machine);
        }
        match next {
            // The label of a link that is defined here may go over lines.
            Some(b':') => {
                let begins = |open: &usize| *open == 0 || bytes[open - 1] == b'\n';
                if let Some(open) = open.filter(begins) {
                    let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
                    self.note(open..end, Place::Machine);
                }
                at + 1
            }
            Some(b'(') => self.destination(at + 2, picture.is_some()),
            Some(b'[') => {
                let limit = self.paragraph_end(at);
                match limits::closed_near(&self.text[at + 2..limit], ']') {
                    Some(length) => {
                        self.note(at + 2..at + 2 + length, Place::Machine);
                        at + 3 + length
                    }
                    None => at + 1,
                }
            }
            Some(b'{') => {
                let end = self.paragraph_end(at);
                let close = limits::closed_near(&self.text[at + 1..end], '}').map_or(end, |length| at + 1 + length);
                if let Some(open) = open
                    && is_conditional(&self.text[at + 1..close])
                {
                    self.note(open..at, Place::Hidden);
                }
                at + 1
            }
            _ => at + 1,
        }
    }

    /// `path "Title")`, after the bracket that opens it. The title of a picture is its caption; that of a link shows where a
    /// mouse rests on it, which is nowhere in a book.
    fn destination(&mut self, at: usize, of_a_picture: bool) -> usize {
        let bytes = self.text.as_bytes();
        let limit = self.paragraph_end(at);
        let (mut depth, mut end) = (0, at);
        let mut title = None;
        while end < limit {
            match bytes[end] {
                b'\\' => end += 1,
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                quote @ (b'"' | b'\'') if bytes[end - 1].is_ascii_whitespace() => {
                    let Some(length) = self.text[end + 1..limit].find(char::from(quote)) else { break };
                    title = title.or(Some(end + 1));
                    end += length + 1;
                }
                _ => {}
            }
            end += 1;
        }
        let end = end.min(limit);
        self.note(at..title.unwrap_or(end), Place::Machine);
        if let Some(title) = title {
            let last = self.text[title..end].rfind(['"', '\'']).map_or(end, |length| title + length);
            if of_a_picture {
                self.marks_within(title..last);
            }
            self.note(title..end, if of_a_picture { Place::Held(Account::Shown) } else { Place::Machine });
        }
        end + 1
    }

    pub(super) fn braces(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let forms = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];
        match forms.into_iter().find(|(open, _)| rest.starts_with(open)) {
            Some((_, close)) => self.tag_of_a_site(at, close),
            None => self.attributes(at, end),
        }
    }

    /// A place at most so many bytes on.
    fn near(&self, at: usize, bytes: usize) -> usize {
        let mut end = (at + bytes).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        end
    }

    /// `{{< name key="value" >}}` and its like, over its lines: titles and captions must be held; a comment's words are
    /// hidden up to its other end.
    fn tag_of_a_site(&mut self, at: usize, close: &str) -> usize {
        const HELD: [&str; 12] = [
            "title=", "caption=", "alt=", "summary=", "header=", "heading=", "label=", "name=", "author=", "attr=",
            "credit=", "source=",
        ];
        let text = self.text;
        let limit = self.near(at, 2_000);
        let Some(end) = text[at..limit].find(close).map(|length| at + length) else { return at + 1 };
        let inner = text[at..end].trim_start_matches(['{', '%', '<', ' ', '-']);
        if matches!(inner.split_whitespace().next(), Some("comment" | "ignore"))
            && let Some(length) = ["/comment", "/ignore", "endcomment"]
                .iter()
                .find_map(|word| text[end..self.near(end, 20_000)].find(word))
        {
            self.note(at..end + length + "/comment".len(), Place::Hidden);
            return end + length;
        }
        for key in HELD {
            for (found, _) in text[at..end].match_indices(key) {
                let value = at + found + key.len();
                let quote = text[value..end].chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'));
                if let Some(length) = quote.and_then(|quote| text[value + 1..end].find(quote)) {
                    self.marks_within(value + 1..value + 1 + length);
                    self.note(value + 1..value + 1 + length, Place::Held(Account::Shown));
                }
            }
        }
        self.note(at..end, Place::Machine);
        end + close.len()
    }

    /// `{#label .class key=value}`, from its brace.
    pub(super) fn attributes(&mut self, at: usize, end: usize) -> usize {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut from = at + 1;
        loop {
            while from < end && (bytes[from].is_ascii_whitespace() || bytes[from] == b',') {
                from += 1;
            }
            if from >= end || bytes[from] == b'}' {
                return (from + 1).min(end);
            }
            let name = from;
            while from < end && !matches!(bytes[from], b'=' | b'}' | b' ' | b'\t') {
                from += 1;
            }
            if from >= end || bytes[from] != b'=' || from == name {
                self.note(name..from.max(name + 1), Place::Machine);
                from = from.max(name + 1);
                while from < end && !text.is_char_boundary(from) {
                    from += 1;
                }
                continue;
            }
            let key = &text[name..from];
            self.note(name..from, Place::Machine);
            let value = from + 1;
            let quoted = bytes.get(value).copied().filter(|quote| matches!(quote, b'"' | b'\''));
            let (inner, after) = match quoted {
                Some(quote) => match text[(value + 1).min(end)..end].find(char::from(quote)) {
                    Some(length) => (value + 1..value + 1 + length, value + 2 + length),
                    None => (value + 1..end, end),
                },
                None => {
                    let length = text[value..end].find(['}', ' ', '\t']).unwrap_or(end - value);
                    (value..value + length, value + length)
                }
            };
            let place = if keys::is_for_readers(key) { Place::Held(Account::Shown) } else { Place::Machine };
            if quoted.is_some() {
                self.marks_within(inner.clone());
            }
            if key == "spanner" {
                self.columns_named(inner.clone());
            }
            self.note(inner, place);
            from = after;
        }
    }

    /// What a value that readers see is besides its words: it may call notes, refer, lead somewhere and have spans. No quote
    /// stands within its own quotes, so that values stand in values twice at most.
    pub(super) fn marks_within(&mut self, value: Range<usize>) {
        let text = &self.text[value.clone()];
        if !text.contains(['[', '@', '<', '{', '`', '\\', '^']) {
            return;
        }
        let mut inner = Scanner::new(text);
        inner.line(0, text.len());
        for Region { range, place } in inner.regions {
            self.note(value.start + range.start..value.start + range.end.min(text.len()), place);
        }
    }

    /// `2-3 Exports; 4-5 Imports`: the numbers of columns before the words over them.
    fn columns_named(&mut self, spanner: Range<usize>) {
        let mut at = spanner.start;
        for part in self.text[spanner].split_inclusive(';') {
            let start = at + part.len() - part.trim_start().len();
            let length = self.text[start..at + part.len()].find(char::is_whitespace).unwrap_or(part.len());
            self.note(start..(start + length).min(at + part.len()), Place::Machine);
            at += part.len();
        }
    }

    /// `\@ref(fig:map)`, which a number stands for, and `(ref:map)`, which words do.
    pub(super) fn bookdown_reference(&mut self, at: usize, end: usize) -> usize {
        let close = limits::closed_near(&self.text[at..end], ')').map_or(at + 1, |length| at + length);
        self.note(at..close, Place::Machine);
        close
    }

    /// `@fig-map`, `@smith [p. 3]`, `@{odd key} [p. 3]`; in brackets, all that follows the key may be a place, which a style says its own way.
    pub(super) fn label(&mut self, at: usize) -> usize {
        let after = &self.text[at + 1..];
        let braced = || after.starts_with('{').then(|| after.find(['}', '\n'])).flatten();
        let plain =
            |letter: char| letter.is_alphanumeric() || is_combining_mark(letter) || "-_:.#$%&+?<>~/".contains(letter);
        let length = match braced().filter(|close| after[*close..].starts_with('}')) {
            Some(close) => close + 1,
            None => after.find(|letter| !plain(letter)).unwrap_or(after.len()),
        };
        let end = at + 1 + length;
        self.note(at + 1..end, Place::Machine);
        let limit = self.paragraph_end(end);
        let rest = &self.text[end..limit];
        let open = usize::from(rest.starts_with(' '));
        let behind = length > 0 && rest[open..].starts_with('[') && !rest[open..].starts_with("[^");
        if (behind || !self.brackets.is_empty())
            && let Some(close) = limits::closed_near(rest, ']')
        {
            self.note(end..end + close, Place::Machine);
        }
        // The first word of a note that a citation becomes has a capital.
        if let Some(open) = self.brackets.last().map(|open| open + 1).filter(|open| *open < at) {
            let word = self.text[open..at].find(' ').unwrap_or(at - open);
            self.note(open..open + word, Place::Machine);
        }
        end
    }
}

/// Whether a text ends in a role of MyST that refers: ``{ref}`quay` ``.
fn is_reference_role(before: &str) -> bool {
    let name = before.strip_suffix('}').and_then(|rest| rest.rsplit_once('{')).map(|(_, name)| name);
    name.is_some_and(|name| matches!(name, "ref" | "numref" | "number" | "eq" | "any" | "doc" | "download"))
}
