//! Cuts a file into entries and fields. What cannot be read is said, and reading goes on at the next `@` that begins a
//! line.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::cite::found::Fault;

/// An entry as it was written.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// In small letters.
    pub kind: String,
    pub key: String,
    /// Where its key stands.
    pub at: Range<usize>,
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    /// In small letters.
    pub name: String,
    /// The value in TeX, with its strings filled in.
    pub value: String,
    pub at: Range<usize>,
}

impl Entry {
    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("jan", "January"),
    ("feb", "February"),
    ("mar", "March"),
    ("apr", "April"),
    ("may", "May"),
    ("jun", "June"),
    ("jul", "July"),
    ("aug", "August"),
    ("sep", "September"),
    ("oct", "October"),
    ("nov", "November"),
    ("dec", "December"),
];

/// The entries of a file, and what is wrong.
pub(super) fn cut(text: &str) -> (Vec<Entry>, Vec<Fault>) {
    let mut cutter = Cutter {
        text,
        at: 0,
        strings: MONTHS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        entries: Vec::new(),
        faults: Vec::new(),
    };
    while let Some(found) = text[cutter.at..].find('@') {
        cutter.at += found;
        let start = cutter.at;
        if cutter.entry().is_none() {
            cutter.resume(start);
        }
    }
    (cutter.entries, cutter.faults)
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    strings: BTreeMap<String, String>,
    entries: Vec<Entry>,
    faults: Vec<Fault>,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn step(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Passes white space, and what TeX has as a comment.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            if self.peek() != Some('%') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn fault(&mut self, at: Range<usize>, what: impl Into<String>, hint: &'static str, lost: bool) {
        self.faults.push(Fault { at, what: what.into(), hint, lost });
    }

    /// Goes to the next entry after a fault.
    fn resume(&mut self, start: usize) {
        let from = start + 1;
        self.at = self.text[from..].find("\n@").map_or(self.text.len(), |found| from + found + 1);
    }

    fn word(&mut self, ends: &[char]) -> String {
        let rest = self.rest();
        let length = rest.find(|letter: char| letter.is_whitespace() || ends.contains(&letter)).unwrap_or(rest.len());
        let word = rest[..length].to_owned();
        self.at += length;
        word
    }

    /// Reads what begins with `@`; nothing if it cannot be read to its end.
    fn entry(&mut self) -> Option<()> {
        let start = self.at;
        self.at += 1;
        let kind = self.word(&['{', '(', '@', '=', ',']).to_lowercase();
        self.space();
        let close = match self.peek() {
            Some('{') => '}',
            Some('(') => ')',
            _ => {
                // "me@home.org" between entries is a comment.
                let begins = start == 0 || self.text[..start].ends_with(['\n', ' ', '\t', '\u{feff}']);
                if begins && !kind.is_empty() {
                    let at = start..start + 1 + kind.len();
                    self.fault(at, format!("`@{kind}` has no brace after it"), "write `@book{key, title = {…}}`", true);
                    return None;
                }
                return Some(());
            }
        };
        if kind == "comment" {
            self.value_in_braces();
            return Some(());
        }
        self.step();
        self.space();
        if kind == "preamble" {
            self.value(close)?;
            self.space();
            self.step();
            return Some(());
        }
        if kind == "string" {
            self.fields(close, start).0.into_iter().for_each(|field| {
                self.strings.insert(field.name, field.value);
            });
            return Some(());
        }
        let key_at = self.at;
        let mut key = self.word(&[',', close, '=']);
        // A key may be of several words; what a field begins with is followed by its sign.
        let rest = self.rest();
        let more = rest.find([',', '=', '{', '}', '"', '\n']).filter(|end| rest[*end..].starts_with(','));
        if let Some(more) = more.filter(|more| !key.is_empty() && *more > 0) {
            key.push_str(rest[..more].trim_end());
            self.at += more;
        }
        let at = key_at..key_at + key.len();
        self.space();
        let mut ended = false;
        match self.peek() {
            Some(',') => self.step(),
            Some(letter) if letter == close => ended = true,
            Some('=') => {
                self.fault(
                    start..self.at,
                    "an entry without a key",
                    "write a name and a comma after the brace: `@book{smith2020, …`",
                    true,
                );
                self.at = key_at;
            }
            Some(_) => self.fault(at.clone(), format!("a comma is missing after the key \"{key}\""), "write it", false),
            None => {
                self.fault(start..start + 1, "an entry is not closed", "write a closing brace", true);
                return None;
            }
        }
        let keyless = key.is_empty() || self.at == key_at;
        if key.is_empty() {
            self.fault(
                start..self.at,
                "an entry without a key",
                "write a name and a comma after the brace: `@book{smith2020, …`",
                true,
            );
        }
        let (fields, closed) = if ended {
            self.step();
            (Vec::new(), true)
        } else {
            self.fields(close, start)
        };
        let mut kept: Vec<Field> = Vec::new();
        for field in fields {
            if kept.iter().any(|other| other.name == field.name) {
                self.fault(
                    field.at.clone(),
                    format!("`{}` stands twice in \"{key}\"", field.name),
                    "the first one counts; take the other out",
                    false,
                );
            } else {
                kept.push(field);
            }
        }
        if !keyless {
            self.entries.push(Entry { kind, key, at, fields: kept });
        }
        closed.then_some(())
    }

    /// The fields up to the end of an entry, and whether it has an end.
    fn fields(&mut self, close: char, start: usize) -> (Vec<Field>, bool) {
        let mut fields = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None => {
                    self.fault(start..start + 1, "an entry is not closed", "write a closing brace", true);
                    return (fields, false);
                }
                Some(letter) if letter == close => {
                    self.step();
                    return (fields, true);
                }
                Some(',') => {
                    self.step();
                    continue;
                }
                // The next entry begins before this one ended.
                Some('@') if self.text[..self.at].ends_with('\n') => {
                    self.fault(start..start + 1, "an entry is not closed", "write a closing brace", true);
                    return (fields, true);
                }
                Some(_) => {}
            }
            let at = self.at;
            let name = self.word(&['=', ',', close, '{', '"', '#', '@']).to_lowercase();
            self.space();
            if self.peek() != Some('=') {
                let end = self.at.max(at + 1);
                let end =
                    (end..=self.text.len()).find(|end| self.text.is_char_boundary(*end)).unwrap_or(self.text.len());
                self.fault(
                    at..end,
                    format!("`{name}` has no value"),
                    "write `title = {…}`, with a comma after it",
                    true,
                );
                // On to the next field.
                let rest = self.rest();
                let next = rest.find([',', close, '\n']).unwrap_or(rest.len());
                self.at += next;
                if name.is_empty() && next == 0 {
                    self.step();
                }
                continue;
            }
            self.step();
            match self.value(close) {
                Some(value) => fields.push(Field { name, value, at: at..self.at }),
                None => {
                    self.fault(
                        at..at + 1,
                        format!("the value of `{name}` is not closed"),
                        "write the closing brace or quotation mark",
                        true,
                    );
                    return (fields, false);
                }
            }
            self.space();
            if self.peek().is_some_and(|letter| letter.is_alphabetic()) {
                self.fault(at..self.at, "a comma is missing after this field", "write it", false);
            }
        }
    }

    /// A value: braces, quotation marks, numbers and names of strings, joined by `#`.
    fn value(&mut self, close: char) -> Option<String> {
        let mut out = String::new();
        loop {
            self.space();
            match self.peek()? {
                '{' => out.push_str(&self.value_in_braces()?),
                '"' => out.push_str(&self.value_in_quotes()?),
                _ => {
                    let at = self.at;
                    let word = self.word(&[',', '#', close, '"', '{', '}']);
                    if word.is_empty() {
                        return Some(out);
                    }
                    match self.strings.get(&word.to_lowercase()) {
                        Some(value) => out.push_str(value),
                        None if word.chars().all(|letter| letter.is_ascii_digit() || "-/~?.".contains(letter)) => {
                            out.push_str(&word)
                        }
                        None => {
                            self.fault(
                                at..self.at,
                                format!("no `@string` is called \"{word}\""),
                                "put braces around words",
                                false,
                            );
                            out.push_str(&word);
                        }
                    }
                }
            }
            self.space();
            if self.peek() != Some('#') {
                return Some(out);
            }
            self.step();
        }
    }

    /// What stands in braces, without them.
    fn value_in_braces(&mut self) -> Option<String> {
        let start = self.at + 1;
        let mut depth = 0_usize;
        let mut escaped = false;
        for (at, letter) in self.rest().char_indices() {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '{' => depth += 1,
                '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        let end = self.at + at;
                        self.at = end + 1;
                        return Some(self.text[start..end].to_owned());
                    }
                }
                // Another entry at the beginning of a line: this one was never closed.
                '@' if self.text[..self.at + at].ends_with('\n') && looks_like_entry(&self.text[self.at + at..]) => {
                    return None;
                }
                _ => {}
            }
        }
        None
    }

    fn value_in_quotes(&mut self) -> Option<String> {
        let start = self.at + 1;
        let mut depth = 0_usize;
        let mut escaped = false;
        for (at, letter) in self.text[start..].char_indices() {
            match letter {
                // \"o is an o with two dots, and no end.
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                '"' if depth == 0 => {
                    let end = start + at;
                    self.at = end + 1;
                    return Some(self.text[start..end].to_owned());
                }
                '@' if self.text[..start + at].ends_with('\n') && looks_like_entry(&self.text[start + at..]) => {
                    return None;
                }
                _ => {}
            }
        }
        None
    }
}

fn looks_like_entry(text: &str) -> bool {
    let word = text[1..].find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(0);
    word > 0 && text[1 + word..].trim_start().starts_with(['{', '('])
}
