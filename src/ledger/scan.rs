//! The scanner: what a source's bytes are for where they are no text.
//!
//! It goes over a section once, line by line, and knows of its markup only where marks begin and end; whether what lies
//! between them is text, the book has said already. So it may take too much for a mark (what is shown is shown), but
//! never takes words of a sentence for one.

mod inlines;

use std::collections::BTreeSet;
use std::ops::Range;

use super::place::{Place, Region};
use super::{Account, keys, tex};
use crate::source::Ends;

/// Whether the words of a file count.
pub(super) fn is_counted(path: &str) -> bool {
    is_yaml(path) || [".md", ".markdown", ".qmd"].iter().any(|ending| ends(path, ending))
}

fn is_yaml(path: &str) -> bool {
    ends(path, ".yaml") || ends(path, ".yml")
}

fn ends(path: &str, ending: &str) -> bool {
    path.len() > ending.len()
        && path.is_char_boundary(path.len() - ending.len())
        && path[path.len() - ending.len()..].eq_ignore_ascii_case(ending)
}

/// What stands in a file besides its text; the first region that takes a word has it.
pub(super) fn scan(path: &str, text: &str) -> Vec<Region> {
    if is_yaml(path) {
        let mut regions = Vec::new();
        let name = path.rsplit('/').next().unwrap_or(path);
        let kind = match name {
            "theme.yaml" | "theme.yml" => keys::Kind::Theme,
            "metadata.yaml" | "metadata.yml" => keys::Kind::Metadata,
            _ => keys::Kind::House,
        };
        keys::scan(text, 0..text.len(), kind, &mut regions);
        return with_marks(text, regions);
    }
    let is_notes = path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("notes.md"));
    let mut scanner = Scanner { is_notes, ..Scanner::new(text) };
    scanner.section();
    scanner.regions
}

/// The values for readers are Markdown too: before what they must hold come the marks in them.
fn with_marks(text: &str, regions: Vec<Region>) -> Vec<Region> {
    let mut scanner = Scanner::new(text);
    for region in &regions {
        if matches!(region.place, Place::Held(_) | Place::Part(_)) {
            let mut at = region.range.start;
            while at < region.range.end {
                let end = text[at..region.range.end].find('\n').map_or(region.range.end, |length| at + length);
                let whole = &text[at..end];
                let colons = whole.trim_start();
                if colons.starts_with(":::") {
                    scanner.info(end - colons.len()..end);
                    at = end + 1;
                    continue;
                }
                // The colon and the quotes of YAML stand before its words.
                let bare = whole.trim_start_matches([':', ',', ' ', '"', '\'']);
                let yaml = if at == region.range.start { whole.len() - bare.len() } else { 0 };
                let (start, mark) = inner(text, at + yaml, end);
                scanner.note(mark, Place::Machine);
                scanner.line(start, end);
                at = end + 1;
            }
            scanner.brackets.clear();
        }
    }
    scanner.regions.extend(regions);
    scanner.regions
}

/// The bytes of the front matter between its lines of dashes, and where the body begins.
fn front_matter(text: &str) -> Option<(Range<usize>, usize)> {
    let blank = text.len() - text.trim_start_matches([' ', '\t', '\n', '\u{feff}']).len();
    let opening = text[blank..].find('\n').map(|length| blank + length + 1)?;
    if text[blank..opening].trim_end() != "---" {
        return None;
    }
    let mut at = opening;
    for line in text[opening..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((opening..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

struct Scanner<'a> {
    text: &'a str,
    regions: Vec<Region>,
    /// Where the brackets opened that are open in this paragraph.
    brackets: Vec<usize>,
    /// Divs that are open: where, and whether what is in them is hidden somewhere.
    divs: Vec<(usize, bool)>,
    /// Whether its headings only keep notes in order.
    is_notes: bool,
    /// The columns at which the text of the items around begins.
    items: Vec<usize>,
    /// Where the data of a chart began whose fence is open.
    chart: Option<usize>,
    /// The notes that lines begin with, as `[^the label`.
    labels: BTreeSet<&'a str>,
    /// How many environments of TeX are open in which a percent sign begins a remark.
    remarks: i32,
    /// Where paragraphs and elements end.
    ends: Ends,
}

/// A fence of code that is open.
#[derive(Clone, Copy)]
struct Fence {
    letter: u8,
    length: usize,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Scanner<'a> {
        let (regions, brackets, divs, items) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let label = |line: &'a str| line.split_once("]:").map(|(label, _)| label).filter(|label| !label.contains(']'));
        let labels = text.lines().filter(|line| line.starts_with("[^")).filter_map(label).collect();
        let ends = Ends::default();
        Scanner { text, regions, brackets, divs, is_notes: false, items, chart: None, labels, remarks: 0, ends }
    }

    fn note(&mut self, range: Range<usize>, place: Place) {
        if range.start < range.end {
            self.regions.push(Region { range, place });
        }
    }

    fn section(&mut self) {
        let text = self.text;
        let held = Place::Held(Account::Metadata);
        let mut at = 0;
        if let Some((front, body)) = front_matter(text) {
            let mut regions = Vec::new();
            let kept_back = keys::scan(text, front, keys::Kind::Section, &mut regions);
            self.regions = with_marks(text, regions);
            if kept_back {
                self.note(body..text.len(), Place::Hidden);
            }
            at = body;
        }
        // Pandoc's title block: title, authors, date.
        for (line, place) in text.split_inclusive('\n').zip([held, held, Place::Fact]) {
            if at > 0 && text.starts_with("---") || !line.starts_with('%') {
                break;
            }
            self.note(at..at + line.len(), place);
            at += line.len();
        }
        let mut fence: Option<Fence> = None;
        let mut raw: Option<usize> = None;
        while at < text.len() {
            let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
            let (start, mark) = inner(text, at, end);
            let line = &text[start..end];
            if fence.is_none() {
                self.item(at, start, &mark);
            }
            if self.is_notes && text[at..].starts_with('#') {
                self.note(at..end, Place::Machine);
            }
            self.note(mark, Place::Machine);
            fence = match (fence, ticks(line)) {
                (Some(open), Some(close)) if closes(open, close, line) => {
                    self.data(at);
                    // Where it is not shown it was meant for another output.
                    if let Some(start) = raw.take() {
                        self.note(start..at, Place::Hidden);
                    }
                    None
                }
                (Some(open), _) if self.chart.is_some() => Some(open),
                (Some(open), _) => {
                    // Where recto saw no fence its marks are marks.
                    if line.starts_with(":::") {
                        self.info(start..end);
                    } else if !line.contains("<!--") {
                        self.line(start, end);
                    }
                    self.brackets.clear();
                    Some(open)
                }
                (None, Some(open)) if self.is_fence(at, start) => {
                    let info = start + open.length..end;
                    raw = text[info.clone()].starts_with("{=").then_some(end);
                    self.chart = is_chart(&text[info.clone()]).then_some((end + 1).min(text.len()));
                    self.info(info);
                    Some(open)
                }
                (None, _) if line.starts_with(":::") => {
                    self.div(at, start..end);
                    None
                }
                (None, _) if line.trim().is_empty() => {
                    self.brackets.clear();
                    None
                }
                (None, _) => {
                    at = self.line(start, end);
                    continue;
                }
            };
            at = end + 1;
        }
        self.data(text.len());
        for (start, hides) in std::mem::take(&mut self.divs) {
            if hides {
                self.note(start..text.len(), Place::Hidden);
            }
        }
    }

    /// The data of a chart, as far as a place: YAML, whose words for readers are Markdown.
    fn data(&mut self, end: usize) {
        let Some(start) = self.chart.take() else { return };
        let mut regions = Vec::new();
        keys::scan(self.text, start..end, keys::Kind::Chart, &mut regions);
        for region in regions.iter().filter(|region| matches!(region.place, Place::Held(_))) {
            self.line(region.range.start, region.range.end);
            self.brackets.clear();
        }
        self.regions.extend(regions);
    }

    /// Keeps where the text of the items and notes around a line begins.
    fn item(&mut self, at: usize, start: usize, mark: &Range<usize>) {
        const NOTE: usize = 4;
        let column = self.column(at, start);
        if !mark.is_empty() {
            let outside = self.column(at, mark.start);
            self.items.retain(|item| *item <= outside);
            self.items.push(column);
        } else if !self.text[start..].starts_with('\n') {
            self.items.retain(|item| *item <= column);
            if self.text[start..].starts_with("[^") {
                self.items.push(column + NOTE);
            }
        }
    }

    /// Four columns into its item what looks like a fence is code itself.
    fn is_fence(&self, at: usize, start: usize) -> bool {
        let column = self.column(at, start);
        let around = self.items.iter().rev().find(|item| **item <= column).copied().unwrap_or(0);
        self.text[at..start].contains('>') || column - around < 4
    }

    /// How far a place is from the beginning of its line.
    fn column(&self, at: usize, place: usize) -> usize {
        self.text[at..place].bytes().fold(0, |column, byte| if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 })
    }

    /// What follows a fence of code: a language, attributes.
    fn info(&mut self, range: Range<usize>) {
        match self.text[range.clone()].find('{') {
            Some(brace) => {
                self.note(range.start..range.start + brace, Place::Machine);
                let after = self.attributes(range.start + brace, range.end);
                let name = self.text[range.start + brace..after].trim_matches(['{', '}']);
                // What a directive of MyST takes: a path, a language, how many columns.
                if matches!(
                    name,
                    "figure" | "image" | "code-block" | "code" | "sourcecode" | "grid" | "include" | "code-cell"
                ) {
                    self.note(after..range.end, Place::Machine);
                }
                self.options_in_yaml(range.end + 1);
            }
            None => self.note(range, Place::Machine),
        }
    }

    /// Options of a directive between two lines of `---`, if they begin here.
    fn options_in_yaml(&mut self, at: usize) {
        let Some(rest) = self.text.get(at..).filter(|rest| rest.starts_with("---\n")) else { return };
        let Some(length) = rest[4..].find("\n---") else { return };
        let lines = &rest[4..4 + length];
        if !lines.lines().all(|line| line.contains(':')) {
            return;
        }
        let mut start = at + 4;
        for line in lines.split_inclusive('\n') {
            let key = line.find(':').map_or(0, |colon| colon + 1);
            let held = matches!(line[..key].trim_end_matches(':').trim(), "alt" | "caption" | "title");
            self.note(start..start + key, Place::Machine);
            let place = if held { Place::Held(Account::Shown) } else { Place::Machine };
            if held {
                self.marks_within(start + key..start + line.trim_end().len());
            }
            self.note(start + key..start + line.len(), place);
            start += line.len();
        }
    }

    /// A mark of LaTeX for the index: its argument names an entry, and is no text.
    fn index_command(&mut self, at: usize, end: usize) -> usize {
        let name =
            self.text[at + 1..end].find(|c: char| !c.is_ascii_alphabetic()).map_or(end, |length| at + 1 + length);
        let mut depth = 0;
        let mut close = name;
        // As long as the reader takes one to be.
        for (offset, letter) in self.text[name..].char_indices().take_while(|(offset, _)| *offset < 2_000) {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                '*' if offset == 0 => {}
                _ if depth == 0 => break,
                _ => {}
            }
            if letter == '}' && depth == 0 {
                close = name + offset + 1;
                break;
            }
        }
        self.note(at..close, Place::Machine);
        close
    }

    /// A line of colons: a div opens or closes.
    fn div(&mut self, at: usize, line: Range<usize>) {
        let words = self.text[line.clone()].trim_matches(|c: char| c == ':' || c.is_whitespace());
        if words.is_empty() {
            if let Some((start, true)) = self.divs.pop() {
                self.note(start..at, Place::Hidden);
            }
            return;
        }
        self.divs.push((line.end, is_conditional(words)));
        self.info(line);
    }

    /// The letters of a line; the line, and where the next one begins, may be far off when a comment is in it.
    fn line(&mut self, start: usize, end: usize) -> usize {
        let text = self.text;
        let bytes = text.as_bytes();
        if asks_for_a_file(text[start..end].trim()) {
            self.note(start..end, Place::Machine);
            return end + 1;
        }
        self.beginning(start, end);
        let mut at = start;
        while at < end {
            at = match bytes[at] {
                b'\\' if text[at..end].starts_with("\\index") || text[at..end].starts_with("\\printindex") => {
                    self.index_command(at, end)
                }
                b'\\' if text[at..end].starts_with("\\@ref(") => self.bookdown_reference(at, end),
                b'\\' if text[at..end].starts_with("\\begin{comment}") && text[at..].contains("\\end{comment}") => {
                    let close = text[at..].find("\\end{comment}").map_or(end, |length| at + length + 13);
                    self.note(at..close, Place::Hidden);
                    if close > end {
                        return close;
                    }
                    close
                }
                b'%' if self.remarks > 0 && text[start..at].trim().is_empty() => {
                    self.note(at..end, Place::Hidden);
                    end
                }
                b'\\' => {
                    self.remarks = (self.remarks + tex::with_remarks(&text[at..end])).max(0);
                    let (marks, next) = tex::command(text, at, end);
                    marks.into_iter().for_each(|mark| self.note(mark, Place::Machine));
                    next
                }
                b'(' if text[at..end].starts_with("(\\#") => {
                    let close = text[at..end].find(')').map_or(at + 1, |length| at + length);
                    self.note(at..close, Place::Machine);
                    close
                }
                b'(' if text[at..end].starts_with("(ref:") => self.bookdown_reference(at, end),
                b'`' => self.code(at),
                b'<' if text[at..].starts_with("<!--") => {
                    let close = text[at..].find("-->").map_or(text.len(), |length| at + length + 3);
                    self.note(at..close, Place::Hidden);
                    if close > end {
                        return close;
                    }
                    close
                }
                b'%' if text[at..].starts_with("%%") => match self.comment_of_notes(at) {
                    Some(close) if close > end => return close,
                    Some(close) => close,
                    None => at + 2,
                },
                b'^' => {
                    // The label of a block, behind it.
                    let name = text[at + 1..end].trim_end();
                    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                        self.note(at..end, Place::Machine);
                    }
                    at + 1
                }
                b'<' => self.tag(at),
                b'[' => match anchor_of_a_note(&text[at..end]) {
                    Some(length) => {
                        self.note(at..at + length, Place::Machine);
                        at + length
                    }
                    None => self.open(at, end),
                },
                b']' => self.close(at),
                b'{' => self.braces(at, end),
                b'@' => self.label(at),
                _ => at + 1,
            };
            if at > end {
                // Code, a tag or an address that goes on over the line.
                let next = text[at.min(text.len())..].find('\n').map_or(text.len(), |length| at + length);
                return self.rest(at.min(text.len()), next);
            }
        }
        end + 1
    }

    /// `%% … %%`: where it ends, if it does.
    fn comment_of_notes(&mut self, at: usize) -> Option<usize> {
        let mut limit = (at + 20_000).min(self.text.len());
        while !self.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let before = self.text[..at].chars().next_back();
        if before.is_some_and(|letter| !letter.is_whitespace() && !"([{>".contains(letter)) {
            return None;
        }
        let close = at + 4 + self.text[at + 2..limit].find("%%")?;
        self.note(at..close, Place::Hidden);
        Some(close)
    }

    /// A line from its middle on.
    fn rest(&mut self, at: usize, end: usize) -> usize {
        if at >= end { end + 1 } else { self.line(at, end) }
    }

    /// What only the first letters of a line can be: a definition, a caption's word, a task's box.
    fn beginning(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        if let Some(task) = ["[x] ", "[X] "].iter().find(|task| line.starts_with(**task)) {
            self.note(start..start + task.len(), Place::Machine);
        }
        if line.starts_with('[')
            && let Some(length) = line.find("]:")
        {
            self.note(start..start + length, Place::Machine);
            if line.starts_with("[^") {
                // A note may begin with a list.
                let (_, mark) = inner(self.text, start + length + 2, end);
                self.note(mark, Place::Machine);
            } else {
                // An address, and perhaps a title, as behind a link.
                self.note(start + length + 2..end, Place::Machine);
                // The title may stand on the next line.
                let next = self.text[(end + 1).min(self.text.len())..].lines().next().unwrap_or("");
                let title = next.trim();
                let quoted = title.len() > 1
                    && [('"', '"'), ('\'', '\''), ('(', ')')]
                        .iter()
                        .any(|(open, close)| title.starts_with(*open) && title.ends_with(*close));
                if quoted {
                    self.note(end + 1..end + 1 + next.len(), Place::Machine);
                }
            }
        }
        let word = line.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum::<usize>();
        let spaced = ["：", " :"].iter().any(|mark| line[word..].starts_with(mark));
        if (1..=24).contains(&word) && (spaced || line[word..].starts_with([':', '\u{a0}', '\u{202f}'])) {
            self.note(start..start + word, Place::Machine);
        }
        // What explains a callout is an item under its number.
        if let Some(end) = line.strip_prefix('<').and_then(|inner| inner.find("> ")).filter(|end| (1..3).contains(end))
            && line[1..=end].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            self.note(start..start + end + 2, Place::Machine);
        }
        // Options of a directive.
        if let Some((key, value)) = line.strip_prefix(':').and_then(|rest| rest.split_once(": "))
            && !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        {
            let words = end - value.len();
            self.note(start..words, Place::Machine);
            let held = matches!(key, "alt" | "caption" | "title");
            if held {
                self.marks_within(words..end);
            }
            self.note(words..end, if held { Place::Held(Account::Shown) } else { Place::Machine });
        }
        // MkDocs's boxes.
        if ["!!! ", "??? ", "???+ "].iter().any(|mark| line.starts_with(mark)) {
            let words = line.find('"').unwrap_or(line.len());
            self.note(start..start + words, Place::Machine);
        }
        // What stands above a block of AsciiDoc.
        let above = ["[NOTE]", "[TIP]", "[IMPORTANT]", "[WARNING]", "[CAUTION]", "[example]", "[EXAMPLE]", "[sidebar]"];
        let bare = line.trim_end();
        if above.contains(&bare) || bare.starts_with("[source") && bare.ends_with(']') {
            self.note(start..end, Place::Machine);
        }
        // MyST's labels.
        if line.starts_with('(') && line.trim_end().ends_with(")=") {
            self.note(start..end, Place::Machine);
        }
        // Bookdown's parts.
        for word in ["(PART)", "(PART\\*)", "(APPENDIX)"] {
            if line.starts_with(word) {
                self.note(start..start + word.len(), Place::Machine);
            }
        }
        if let Some(name) = line.strip_prefix('\\') {
            let length = name.bytes().take_while(u8::is_ascii_alphabetic).count();
            if matches!(&name[..length], "newpage" | "clearpage" | "pagebreak" | "cleardoublepage") {
                self.note(start..start + 1 + length, Place::Machine);
            }
        }
    }
}

/// Whether a line is another tool's way to ask for a file, whose text stands in its place.
fn asks_for_a_file(line: &str) -> bool {
    const FORMS: [(&str, &str); 7] = [
        ("--8<--", ""),
        ("!INCLUDE ", ""),
        ("{!", "!}"),
        ("!!!include(", ")!!!"),
        ("@@include(", ")"),
        (":include[", "]"),
        ("<<< @/", ""),
    ];
    FORMS.iter().any(|(open, close)| line.starts_with(open) && line.ends_with(close)) && line.contains('.')
}

/// Whether what follows a fence says that a chart stands in it.
fn is_chart(info: &str) -> bool {
    let words = info.trim().trim_matches(['{', '}']);
    words.split(|letter: char| letter.is_whitespace() || letter == '{').any(|word| matches!(word, "chart" | ".chart"))
}

/// A fence of code, if a line begins with one.
fn ticks(line: &str) -> Option<Fence> {
    let bytes = line.as_bytes();
    let letter = *bytes.first().filter(|first| matches!(first, b'`' | b'~'))?;
    let length = bytes.iter().take_while(|byte| **byte == letter).count();
    // The braces of a fence may hold code, in a caption.
    let after = line[length..].trim();
    let in_braces = after.starts_with('{') && after.ends_with('}') && after.matches('`').count().is_multiple_of(2);
    let is_code_in_a_line = letter == b'`' && after.contains('`') && !in_braces;
    (length >= 3 && !is_code_in_a_line).then_some(Fence { letter, length })
}

fn closes(open: Fence, close: Fence, line: &str) -> bool {
    close.letter == open.letter && close.length >= open.length && line[close.length..].trim().is_empty()
}

/// Whether attributes say for which output or edition something is.
fn is_conditional(attributes: &str) -> bool {
    attributes.contains("content-visible") || attributes.contains("content-hidden")
}

/// Where the text of a line begins behind its marks of quotations, lists, notes and headings, and the mark of a list.
fn inner(text: &str, start: usize, end: usize) -> (usize, Range<usize>) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut mark = start..start;
    loop {
        while at < end && matches!(bytes[at], b' ' | b'\t' | b'>') {
            at += 1;
        }
        let rest = &text[at..end];
        let length = label_of(rest);
        if length == 0 {
            return (at, mark);
        }
        if mark.is_empty() {
            mark.start = at;
        }
        at += length;
        mark.end = at;
    }
}

/// How long the label of an item is at the beginning of a text, its space included.
fn label_of(text: &str) -> usize {
    // A space that does not break is one too.
    if let Some((at, _)) = text.char_indices().take(6).find(|(_, letter)| *letter == '\u{a0}')
        && label_of(&format!("{} ", &text[..at])) == at + 1
    {
        return at + '\u{a0}'.len_utf8();
    }
    let bytes = text.as_bytes();
    let space = |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
    match bytes.first() {
        Some(b'-' | b'*' | b'+' | b':' | b'~') if bytes.len() > 1 && space(1) => 2,
        // The second level of a list in a word processor.
        Some(b'o') if bytes.get(1) == Some(&b'\t') => 2,
        Some(b'#') => {
            let count = bytes.iter().take_while(|byte| **byte == b'#').count();
            if count <= 6 && bytes.len() > count && space(count) { count + 1 } else { 0 }
        }
        Some(b'|') if bytes.len() > 1 && space(1) => 2,
        // Leanpub's asides and warnings.
        Some(b'A'..=b'Z') if bytes.get(1) == Some(&b'>') && space(2) => 3.min(bytes.len()),
        Some(first) if first.is_ascii_alphanumeric() || matches!(first, b'(') => {
            let open = usize::from(*first == b'(');
            let good = usize::from(bytes.get(open) == Some(&b'@'));
            let count = bytes[open + good..]
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || (good > 0 && matches!(byte, b'-' | b'_')))
                .count();
            let close = open + good + count;
            let closed =
                matches!(bytes.get(close), Some(b')')) || (open == 0 && matches!(bytes.get(close), Some(b'.')));
            let numeral = bytes[open..close].iter().all(u8::is_ascii_digit)
                || count == 1
                || good > 0
                || bytes[open..close].iter().all(|byte| b"ivxlcdmIVXLCDM".contains(byte));
            if count > 0 && count < 24 && closed && numeral && space(close + 1) {
                (close + 2).min(bytes.len())
            } else {
                0
            }
        }
        _ => 0,
    }
}

/// How long the number of a note is that a word processor's page has as a link: `[[1]](#_ftn1)`.
fn anchor_of_a_note(rest: &str) -> Option<usize> {
    let open = rest.bytes().take_while(|byte| byte.is_ascii_digit() || b"[]\\^*ivxlc".contains(byte)).count();
    let name = rest[open..].strip_prefix("(#").filter(|_| rest[..open].ends_with(']'))?;
    let known = ["_ftn", "_edn", "sdfootnote", "sdendnote", "ftnt"].iter().any(|start| name.starts_with(start));
    name.find(')').filter(|_| known).map(|length| open + 2 + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(&str, Place)> {
        scan("a.md", text).into_iter().map(|region| (text[region.range].trim(), region.place)).collect()
    }

    #[test]
    fn a_mark_is_the_machines_and_its_words_must_be_held() {
        use Place::*;
        assert_eq!(
            of("![A map](m.png \"Of *it*\"){#fig-m width=60% alt=\"All of it\"} and [that](x.md#y).\n"),
            [
                ("A map", Held(Account::Shown)),
                ("m.png \"", Machine),
                ("Of *it*\"", Held(Account::Shown)),
                ("#fig-m", Machine),
                ("width", Machine),
                ("60%", Machine),
                ("alt", Machine),
                ("All of it", Held(Account::Shown)),
                ("x.md#y", Machine),
            ]
        );
        assert_eq!(of("See @{a b/c} [p. 3].\n"), [("{a b/c}", Machine), ("[p. 3", Machine)]);
        assert_eq!(of("Text `[a](b)`, \\[c](d).\n"), [("d", Machine)]);
        assert_eq!(
            of("::: {title=\"One[^4]\"}\n")[1..],
            [("title", Machine), ("[^4", Machine), ("One[^4]", Held(Account::Shown))]
        );
        assert_eq!(of("One[^two words].\n\n[^two words]: x\n")[0], ("[^two words", Machine));
    }

    #[test]
    fn what_is_kept_back_is_hidden() {
        use Place::*;
        assert_eq!(of("\n---  \n# One\ntitle: Two\n--- \nThree\n")[0], ("# One", Hidden));
        assert_eq!(of("One <!-- two\n\nthree --> four\n"), [("<!-- two\n\nthree -->", Hidden)]);
        assert_eq!(of("::: {.content-hidden when-format=\"pdf\"}\nOne\n:::\nTwo\n")[..].last(), Some(&("One", Hidden)));
        assert_eq!(of("[One]{.content-visible when-format=epub} two\n")[0], ("[One", Hidden));
    }

    #[test]
    fn labels_of_items_are_marks_and_the_first_word_of_a_sentence_is_none() {
        for (line, mark) in [("12. One", "12."), ("(iv) One", "(iv)"), ("> - a) One", "- a)"), ("## One", "##")] {
            assert_eq!(of(line).first().map(|(text, _)| *text), Some(mark), "{line}");
        }
        assert_eq!(of("One. Two"), []);
    }
}
