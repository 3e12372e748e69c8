//! What goes wrong when people write YAML: why it cannot be read, and where it reads otherwise than they meant.
//!
//! The reader stops where it understands nothing any more, which is often far behind the fault: a quote that never
//! closes ends with the file. So the usual slips are looked for first, in the lines up to that place.

use std::ops::Range;

use super::lines::{depth, indent, value};
use super::{Kind, Node, slips};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::Span;

/// The bytes of the first document, and where a second one with anything in it begins. A line of `---` or `...` at the
/// left edge parts documents wherever it stands.
pub(super) fn first_document(text: &str) -> (Range<usize>, Option<usize>) {
    let marks = |line: &str, mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.trim().is_empty());
    let (mut at, mut begun) = (0, false);
    for line in text.split_inclusive('\n') {
        let closes = marks(line, "...");
        if begun && (closes || marks(line, "---")) {
            let rest = text[at + line.len()..].lines();
            let more = rest.filter(|line| !marks(line, "---") && !marks(line, "...")).any(says_something);
            return (0..at, more.then_some(at));
        }
        begun |= !closes && !marks(line, "---") && says_something(line);
        at += line.len();
    }
    (0..text.len(), None)
}

fn says_something(line: &str) -> bool {
    let bare = line.trim_start();
    !bare.is_empty() && !bare.starts_with(['#', '%'])
}

/// Why `text` cannot be read: the reader stopped at byte `at` and said `words`.
pub(super) fn explain(text: &str, at: usize, words: &str, whole: Span) -> Diagnostic {
    let lines = lines(text);
    let stopped = lines.iter().rposition(|(start, _)| *start <= at).unwrap_or(0);
    let read = &lines[..lines.len().min(stopped + 2)];
    let said = |message: &str, start: usize, end: usize| {
        Diagnostic::new(&lints::YAML_SYNTAX, message).at(whole.within(start, end.min(text.len())))
    };
    if let Some((start, line)) = lines.iter().find(|(_, line)| line.starts_with("<<<<<<<"))
        && lines.iter().any(|(_, line)| line.starts_with(">>>>>>>"))
    {
        return said("two versions of this file stand here, which git could not merge", *start, start + line.len())
            .hint("keep one of the two, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>");
    }
    if let Some(tab) = read.iter().find_map(|(start, line)| tab(line).map(|at| start + at)) {
        return said("a tab stands before this line", tab, tab + 1)
            .hint("YAML wants spaces there: put two in place of each tab");
    }
    if let Some((opens, quote)) = unclosed_quote(&lines) {
        return said(&format!("this {quote} is never closed"), opens, opens + 1)
            .hint(format!("put another {quote} at the end of the text"));
    }
    if let Some((opens, bracket)) = unclosed_bracket(&lines) {
        let closing = if bracket == '[' { ']' } else { '}' };
        let line = text[opens..].lines().next().unwrap_or("");
        let hint = match line.find(" #") {
            Some(_) => "what follows a # is a remark to YAML: put the text with the # in quotes".to_owned(),
            None => format!("put a {closing} at its end"),
        };
        return said(&format!("this {bracket} is never closed"), opens, opens + 1).hint(hint);
    }
    if let Some((start, item)) = read.iter().find_map(|(start, line)| glued_dash(line).map(|item| (*start, item))) {
        let start = start + item.start;
        let message = "the - of a list is followed by a space";
        return said(message, start, start + item.len()).hint("write \"- Ann\", not \"-Ann\"");
    }
    let (start, line) = lines.get(stopped).copied().unwrap_or((0, ""));
    if words.contains("mapping values are not allowed")
        && let Some((key, value)) = line.split_once(": ")
        && value.contains(": ")
    {
        let opens = start + key.len() + 2;
        return said("a text with \": \" in it stands in quotes", opens, start + line.len()).hint(format!(
            "write {}: \"{}\"",
            key.trim_start(),
            value.trim().replace('"', "\\\"")
        ));
    }
    let mut above = None;
    for (start, line) in read.iter().filter(|(_, line)| says_something(line)) {
        if let Some(slip) = slips::slip(line, above) {
            return said(&slip.message, start + slip.at.start, start + slip.at.end).hint(slip.hint);
        }
        above = Some(*line);
    }
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let next = text[at..].chars().next().map_or(at, |letter| at + letter.len_utf8());
    let why = words.split(" at line ").next().unwrap_or(words);
    said(&format!("this cannot be read as YAML: {why}"), at, next)
        .hint("a text with \": \" or \" #\" in it stands in quotes; lines of one level begin in one column")
}

/// The lines with the bytes where they begin.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split('\n')
        .map(|line| {
            let start = at;
            at += line.len() + 1;
            (start, line)
        })
        .collect()
}

/// Where a tab stands in the indentation.
fn tab(line: &str) -> Option<usize> {
    let before = &line[..indent(line)];
    before.find('\t').filter(|_| !line.trim().is_empty())
}

/// `-Ann`, where `- Ann` is meant.
fn glued_dash(line: &str) -> Option<Range<usize>> {
    let start = indent(line);
    let rest = line[start..].strip_prefix('-')?;
    rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\'' | '{'))
        .then_some(start..line.trim_end().len())
}

/// Whether a line begins with a key, or an item of a list.
fn begins(line: &str) -> bool {
    let bare = line.trim_start();
    let key: usize =
        bare.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).map(char::len_utf8).sum();
    let after = &bare[key..];
    bare.starts_with("- ") || (key > 0 && after.starts_with(':') && (after.len() == 1 || after[1..].starts_with(' ')))
}

/// The first quote that opens a value and is not closed before the next key.
fn unclosed_quote(lines: &[(usize, &str)]) -> Option<(usize, char)> {
    let mut at = 0;
    while let Some((start, line)) = lines.get(at) {
        let opens = value(line);
        let quote = line[opens..].chars().next().filter(|c| matches!(c, '"' | '\''));
        at += 1;
        let Some(quote) = quote else { continue };
        if closes(&line[opens + 1..], quote) {
            continue;
        }
        let end = lines[at..].iter().position(|(_, line)| begins(line) || closes(line, quote));
        match end {
            Some(end) if !begins(lines[at + end].1) => at += end + 1,
            _ => return Some((start + opens, quote)),
        }
    }
    None
}

/// Whether a quoted text ends in these letters.
fn closes(text: &str, quote: char) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote && (quote == '"' || letters.next_if_eq(&quote).is_none()) {
            return true;
        }
    }
    false
}

/// The first bracket that opens a value and is not closed before the next key of its level.
fn unclosed_bracket(lines: &[(usize, &str)]) -> Option<(usize, char)> {
    let mut at = 0;
    while let Some((start, line)) = lines.get(at) {
        let opens = value(line);
        let bracket = line[opens..].chars().next().filter(|c| matches!(c, '[' | '{'));
        at += 1;
        let Some(bracket) = bracket else { continue };
        let mut depth = depth(&line[opens..]);
        while depth > 0 {
            match lines.get(at) {
                Some((_, next)) if !(begins(next) && indent(next) <= indent(line)) => depth += self::depth(next),
                _ => return Some((start + opens, bracket)),
            }
            at += 1;
        }
    }
    None
}

/// What was read otherwise than it was meant. `text` begins at byte `offset` of its source.
pub(super) fn misread(node: &Node, text: &str, offset: usize, diagnostics: &mut Diagnostics) {
    let mut look = Look { text, offset, diagnostics };
    look.value(node);
}

struct Look<'a> {
    text: &'a str,
    offset: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Look<'_> {
    fn value(&mut self, node: &Node) {
        match &node.kind {
            Kind::List(items) => {
                for item in items {
                    self.value(item);
                    self.remark("", item);
                    self.runs_on(item);
                }
            }
            Kind::Map(entries) => {
                for entry in entries {
                    self.value(&entry.value);
                    match &entry.value.kind {
                        Kind::Null => self.emptied(&entry.key, entry.key_span),
                        Kind::Text(_) => {
                            self.remark(&entry.key, &entry.value);
                            self.no_list(entry.key_span, &entry.value);
                            self.runs_on(&entry.value);
                        }
                        Kind::Bool(_) | Kind::List(_) | Kind::Map(_) => {}
                    }
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Text(_) => {}
        }
    }

    /// The rest of the line after a byte of the source.
    fn rest(&self, at: u32) -> &str {
        let rest = (at as usize).checked_sub(self.offset).and_then(|at| self.text.get(at..)).unwrap_or("");
        rest.split('\n').next().unwrap_or("")
    }

    /// `title: Water #1` is "Water" to YAML. A remark stands apart from its `#`, except after titles, where none is meant.
    fn remark(&mut self, key: &str, node: &Node) {
        let Some(written) = node.text() else { return };
        let line = self.rest(node.span.start);
        let Some(remark) = line.strip_prefix(written).map(str::trim_start).filter(|rest| rest.starts_with('#')) else {
            return;
        };
        let glued = remark[1..].starts_with(|c: char| !c.is_whitespace() && c != '#');
        if !glued && !matches!(key, "title" | "subtitle" | "short_title") {
            return;
        }
        let hint = format!("put the whole in quotes: \"{}\"", line.trim().replace('"', "\\\""));
        let message = format!("\"{}\" is a remark to YAML and no part of the text", remark.trim_end());
        self.diagnostics.report(Diagnostic::new(&lints::YAML_REMARK, message).at(node.span).hint(hint));
    }

    /// `ink: #A4304A` is an empty value and a remark.
    fn emptied(&mut self, key: &str, span: Span) {
        let rest = self.rest(span.end).trim_start().trim_start_matches(':').trim();
        if let Some(sign) = rest.chars().next().filter(|sign| matches!(sign, '!' | '&')) {
            let message = format!("\"{key}\" is empty: a text that begins with {sign} stands in quotes");
            let hint = format!("write {key}: \"{}\"", rest.replace('"', "\\\""));
            self.diagnostics.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(span).hint(hint));
            return;
        }
        let Some(remark) = rest.strip_prefix('#') else { return };
        let word: String = remark.chars().take_while(|c| !c.is_whitespace()).collect();
        if word.is_empty() {
            return;
        }
        let colour = matches!(word.len(), 3 | 6 | 8) && word.bytes().all(|b| b.is_ascii_hexdigit());
        let lint = if colour { &lints::WRONG_VALUE } else { &lints::YAML_REMARK };
        let message = format!("\"{key}\" is empty: what follows a # is a remark to YAML");
        self.diagnostics
            .report(Diagnostic::new(lint, message).at(span).hint(format!("put it in quotes: {key}: \"#{word}\"")));
    }

    /// `- Ann` and, further in below it, `- Tom` are one text: "Ann - Tom".
    fn runs_on(&mut self, node: &Node) {
        let place = |at: u32| (at as usize).checked_sub(self.offset);
        let written = place(node.span.start).zip(place(node.span.end)).and_then(|(from, to)| self.text.get(from..to));
        let Some(written) = written.filter(|written| !written.starts_with(['"', '\'', '|', '>'])) else { return };
        // Lines of a block are the author's own.
        let Some(text) = node.text().filter(|text| !text.contains('\n')) else { return };
        let item = |line: &str| line.trim_start().starts_with("- ");
        if text.contains(" - ") && written.lines().skip(1).any(item) {
            let message = "this is one text: a line of it looks like an item of a list";
            let hint = "the dashes of a list stand below each other; a text with a dash in it stands in quotes";
            self.diagnostics.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(node.span).hint(hint));
        }
    }

    /// Lines of `-Ann` are one text.
    fn no_list(&mut self, key: Span, node: &Node) {
        let between = (key.end as usize).checked_sub(self.offset);
        let between =
            between.and_then(|from| self.text.get(from..(node.span.start as usize).checked_sub(self.offset)?));
        if between.is_some_and(|between| between.contains('\n')) && glued_dash(self.rest(node.span.start)).is_some() {
            let message = "this is one text and no list: a - is followed by a space";
            self.diagnostics.report(
                Diagnostic::new(&lints::WRONG_VALUE, message).at(node.span).hint("write \"- Ann\", not \"-Ann\""),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;

    /// What is said of a text: `line:column: message`.
    fn said(text: &str) -> Vec<String> {
        let mut sources = Sources::new();
        let id = sources.add("metadata.yaml", text.to_owned());
        let mut diagnostics = Diagnostics::new();
        super::super::read(&sources, id, 0..text.len(), &mut diagnostics);
        let place = |span| sources.start(span);
        diagnostics
            .iter()
            .map(|d| {
                let at = d.span.map(place).expect("it has a place");
                format!("{}:{}: {}", at.line, at.column, d.message)
            })
            .collect()
    }

    #[test]
    fn metadata_between_dashes_is_read_and_a_second_document_is_said() {
        assert_eq!(said("---\ntitle: A\ndate: 2026\n---\n"), [] as [&str; 0]);
        assert_eq!(said("---\ntitle: A\n...\n\n# no more\n"), [] as [&str; 0]);
        assert_eq!(said("title: A\n---\ntitle: B\n"), ["2:1: a second document begins at this ---"]);
    }

    #[test]
    fn the_usual_slips_are_named_where_they_begin() {
        assert_eq!(said("title: A\nauthors:\n\t- name: Ann\n"), ["3:1: a tab stands before this line"]);
        assert_eq!(said("title: \"Water\nsubtitle: B\n"), ["1:8: this \" is never closed"]);
        assert_eq!(said("title: \"Water\nsubtitle: \"B\"\n"), ["1:8: this \" is never closed"]);
        assert_eq!(said("title: A\nsubjects: [a, b\ndate: 2026\n"), ["2:11: this [ is never closed"]);
        assert_eq!(said("title: Salt: its price\n"), ["1:8: a text with \": \" in it stands in quotes"]);
        assert_eq!(said("title: 'The Captain's Salt'\n"), ["1:20: this ' ends the text, which goes on"]);
        assert_eq!(said("title: A\nsubtitle: \"B\" and C\n"), ["2:13: this \" ends the text, which goes on"]);
        assert_eq!(said("title: @Salt\n"), ["1:8: a text that begins with @ stands in quotes"]);
        assert_eq!(said("title: *Salt* and sea\n"), ["1:8: a text that begins with * stands in quotes"]);
        assert_eq!(said("title: !Salt\n"), ["1:1: \"title\" is empty: a text that begins with ! stands in quotes"]);
        assert_eq!(said("title:Salt\nauthor: Ann\n"), ["1:1: a space follows the colon of a key"]);
        assert_eq!(said("title: A\n  date: 2026\n"), ["2:3: this key begins further in than the one above it"]);
        assert_eq!(said("title:\tSalt\n"), ["1:7: a tab stands after this colon"]);
        assert_eq!(said("t: {a: #12, b: c}\n"), ["1:8: what follows a # is a remark to YAML"]);
        assert_eq!(said("authors:\n- Ann\n-Bob\n"), ["3:1: the - of a list is followed by a space"]);
    }

    #[test]
    fn what_reads_otherwise_than_it_was_meant_is_said() {
        let cut = "1:8: \"#1\" is a remark to YAML and no part of the text";
        assert_eq!(said("title: Water #1\n"), [cut]);
        assert_eq!(said("colours:\n  ink: #A4304A\n"), ["2:3: \"ink\" is empty: what follows a # is a remark to YAML"]);
        let list = "2:3: this is one text and no list: a - is followed by a space";
        assert_eq!(said("authors:\n  -Ann\n  -Bob\n"), [list]);
        let one = "3:3: this is one text: a line of it looks like an item of a list";
        assert_eq!(said("title: A\nauthors:\n- Ann\n - Tom\n"), [one]);
        assert_eq!(said("a: |\n  x\n  - y\nb: >\n  x\n  - y\nc: 'x\n  - y'\n"), [] as [&str; 0]);
        assert_eq!(said("date: 2026 # the year\nkeywords: [a] #x\nversion: 'a' #x\n"), [] as [&str; 0]);
    }
}
