//! HTML in the run of the lines: comments go, elements that are blocks get lines of their own, pictures are written as
//! Markdown has them. What only looks like HTML stays letters.

use std::ops::Range;

use super::{Draft, Line, paths};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::is_of_a_word;
use crate::markdown::fair::{Element, Fair, Lines, Mark, NO_BLOCK};
use crate::source::limits;

/// Elements that are blocks, or parts of them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "picture",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose matter no page can show; what stands in them goes too.
const HIDDEN: &[&str] =
    &["script", "style", "template", "svg", "math", "object", "iframe", "video", "audio", "canvas", "head", "noscript"];

/// Elements that stand in lines, whether recto sets them or not.
const INLINES: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "input", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "select",
    "small", "source", "span", "strike", "strong", "sub", "sup", "textarea", "time", "tt", "u", "var", "wbr", "area",
    "base", "embed", "link", "map", "meta", "option", "output", "param", "progress", "track",
];

/// A tag.
pub(super) struct Tag {
    pub element: Element,
    pub closes: bool,
    /// `<br/>`.
    pub empty: bool,
    pub length: usize,
}

/// What is found in the run of a line.
enum Found {
    /// What is written otherwise: the number of an example that is named, a path with spaces.
    Made(String),
    /// It goes.
    Comment,
    Tag(Tag),
    /// A tag that is a word of its sentence.
    Spoken,
    /// A comment that never ends.
    Open,
}

/// Whether an element is a block, or no page can show what is in it.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || HIDDEN.contains(&name) || matches!(name, "hr" | "img" | "pre")
}

pub(super) fn is_inline(name: &str) -> bool {
    INLINES.contains(&name)
}

/// Whether a line begins with an element that is a block.
pub(super) fn begins_with_element(rest: &str) -> bool {
    tag(rest).is_some_and(|tag| BLOCKS.contains(&tag.element.name.as_str()) || tag.element.name == "pre")
}

impl Draft<'_> {
    /// A line of text, with what HTML is in it.
    pub(super) fn text(&mut self, line: Line) {
        self.lines_run_on(&line);
        self.rows_of_tabs(&line);
        self.list_that_runs_on(&line);
        self.stands_apart(&line);
        let layout = self.is_layout(&line) && line.indent > 0;
        let (began, went_on) = (self.out.text.len(), self.para);
        self.lead(&line);
        let prefix = self.prefix();
        let (mut at, mut end) = (line.first, line.end);
        self.braces_of_callout(at, &mut end);
        if !layout {
            self.out.keep(self.raw, line.content..line.first);
        }
        // Whether the line that is being written has words yet, whether it needs what stands before it.
        let (mut words, mut bare) = (false, false);
        let mut marked = false;
        let mut commented = false;
        // `[map]: https://example.org/a map`: the address with its spaces.
        if let Some((made, length)) = paths::defined(&self.raw.text[at..end]).filter(|_| !self.para) {
            self.write_made(&made, at, &mut words, &mut bare, &prefix);
            at += length;
        }
        // A year or a day is no number of an item.
        let digits = self.raw.text[at..end].bytes().take_while(u8::is_ascii_digit).count();
        let after = &self.raw.text[at + digits..end];
        if !self.para && digits > 0 && (after.starts_with(". ") || after.starts_with(") ")) {
            self.write(at..at + digits, &mut words, &mut bare, &prefix);
            self.write_made("\\", at + digits, &mut words, &mut bare, &prefix);
            at += digits;
        }
        // Pandoc's other mark of a definition; "~ 5 km" is none.
        let tilde = self.raw.text[at..end].strip_prefix('~').filter(|_| self.defines(&line));
        if tilde.is_some_and(super::labels::means) {
            self.write_made(":", at, &mut words, &mut bare, &prefix);
            at += 1;
        }
        // Two colons begin no meaning of the term above: a third is wanting.
        let two = self.raw.text[at..end].starts_with("::") && !self.raw.text[at..end].starts_with(":::");
        // Nor does one with a word right behind it; a name between two is one of a pictogram.
        while let Some(length) = pictogram(&self.raw.text[at..end]) {
            let range = at..at + length;
            let said =
                Diagnostic::new(&lints::SUSPECT_MARKUP, "names of pictograms are not read: this one is left out");
            self.report(said, range, "write the character itself");
            at += length;
            at += self.raw.text[at..end].len() - self.raw.text[at..end].trim_start().len();
        }
        let rest = self.raw.text[at..end].strip_prefix(':').unwrap_or(" ");
        if two || rest.starts_with(|c: char| !c.is_whitespace() && c != ':') {
            self.write_made("\\", at, &mut words, &mut bare, &prefix);
        }
        // A caption above its table is not what the paragraph above it means.
        if !self.para && self.raw.text[at..end].starts_with(": ") && self.heads_a_table(at, end) {
            self.write_made("\\", at, &mut words, &mut bare, &prefix);
        }
        let mut from = at.max(self.code_ends(at));
        while let Some((start, length, found)) = self.find(from, end) {
            let before = at..start;
            let after = start + length;
            let has_words = !self.raw.text[before.clone()].trim().is_empty();
            match found {
                Found::Open | Found::Spoken => {
                    self.write(before, &mut words, &mut bare, &prefix);
                    self.write_made("\\", start, &mut words, &mut bare, &prefix);
                    self.out.keep(self.raw, start..start + 1);
                    at = start + 1;
                    from = at;
                    continue;
                }
                Found::Made(made) => {
                    self.write(before, &mut words, &mut bare, &prefix);
                    self.write_made(&made, start, &mut words, &mut bare, &prefix);
                }
                Found::Comment => {
                    self.write(before, &mut words, &mut bare, &prefix);
                    commented = true;
                }
                Found::Tag(tag) if tag.element.name == "img" => {
                    self.write(before, &mut words, &mut bare, &prefix);
                    if let Some(picture) = self.picture(&tag.element, start..after) {
                        self.write_made(&picture, start, &mut words, &mut bare, &prefix);
                    }
                }
                Found::Tag(tag) => {
                    if has_words {
                        self.write(before, &mut words, &mut bare, &prefix);
                    }
                    if words {
                        let written = self.out.text.rsplit('\n').next().unwrap_or("");
                        if is_lone_inline(written.trim_start_matches(['>', ' ']).trim_end()) {
                            self.out.add(&NO_BLOCK.to_string(), self.raw, start);
                        }
                        self.out.add("\n", self.raw, start);
                        bare = true;
                    }
                    let (mark, length) = self.element(tag, start);
                    for mark in mark {
                        if std::mem::replace(&mut bare, true) {
                            self.out.add(&prefix, self.raw, start);
                        }
                        self.stars(mark, start..start + length);
                        self.out.add("\n", self.raw, start);
                        words = false;
                        marked = true;
                    }
                    at = start + length;
                    end = self.line_end(at).max(end);
                    at = self.skip_spaces(at, end);
                    if !words {
                        self.protect(&mut at, end, &mut words, &mut bare, &prefix);
                    }
                    from = at.max(self.code_ends(at));
                    continue;
                }
            }
            at = after;
            end = self.line_end(at).max(end);
            from = at.max(self.code_ends(at));
        }
        self.at = self.at.max((self.line_end(end) + 1).min(self.raw.text.len()));
        let rest = self.raw.text[at..end].trim();
        if rest.is_empty() && !words {
            // Nothing but marks, or a comment alone.
            if marked {
                return self.marked();
            }
            if commented {
                return self.after_comment(&line, end, began);
            }
        }
        self.write(at..end, &mut words, &mut bare, &prefix);
        if !went_on && is_lone_inline(self.raw.text[line.first..end].trim()) && self.goes_on(end) {
            // To CommonMark a tag alone on its line begins a block in which no Markdown is read.
            self.out.add(&NO_BLOCK.to_string(), self.raw, end);
        }
        self.newline(self.line_end(end));
        self.para = true;
        self.after_blank = false;
        self.after_mark = false;
    }

    /// `[!NOTE] Title {#label}`: the braces are taken off and kept beside.
    fn braces_of_callout(&mut self, start: usize, end: &mut usize) {
        let words = self.raw.text[start..*end].trim_end();
        if !words.starts_with("[!") || !words.ends_with('}') {
            return;
        }
        let apart = |open: &usize| words[..*open].ends_with([' ', '\t']) && words[open + 1..].starts_with(['#', '.']);
        let Some(open) = words.rfind('{').filter(apart) else { return };
        self.out.braces.insert(self.out.text.len(), words[open + 1..words.len() - 1].to_owned());
        *end = start + words[..open].trim_end().len();
    }

    /// A comment that stood alone on its lines parts what is around it only if blank lines do.
    fn after_comment(&mut self, line: &Line, end: usize, began: usize) {
        let followed = self.next_line(end).is_some_and(|next| !self.raw.text[next].trim().is_empty());
        if self.para && followed {
            // The line vanishes, with what was written of it: its prefix.
            self.out.take_back(began);
            return;
        }
        self.stars(Mark::Comment, line.first..end);
        self.newline(end);
        self.marked();
    }

    /// Whether a line may say, after a blank one, what the paragraph above it means.
    fn defines(&self, line: &Line) -> bool {
        let above = self.out.text.trim_end();
        !self.para && !line.opens && line.indent < 4 && !above.is_empty() && !above.ends_with("***")
    }

    /// Whether the line after a place is not blank, in the quotations around.
    fn goes_on(&self, end: usize) -> bool {
        self.next_line(end)
            .is_some_and(|next| !self.raw.text[self.within(next.start, next.end)..next.end].trim().is_empty())
    }

    fn write(&mut self, range: Range<usize>, words: &mut bool, bare: &mut bool, prefix: &str) {
        if range.is_empty() {
            return;
        }
        if std::mem::take(bare) {
            self.out.add(prefix, self.raw, range.start);
        }
        *words |= !self.raw.text[range.clone()].trim().is_empty();
        self.out.keep(self.raw, range);
    }

    fn write_made(&mut self, made: &str, at: usize, words: &mut bool, bare: &mut bool, prefix: &str) {
        if std::mem::take(bare) {
            self.out.add(prefix, self.raw, at);
        }
        *words = true;
        self.out.add(made, self.raw, at);
    }

    /// After a tag, `- 3` and `1986. A year` are words, no lists.
    fn protect(&mut self, at: &mut usize, end: usize, words: &mut bool, bare: &mut bool, prefix: &str) {
        let rest = &self.raw.text[*at..end];
        let sign = rest.chars().next().unwrap_or(' ');
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = |length: usize| rest[length..].chars().next().is_none_or(|c| c.is_whitespace() || c == '<');
        let keeps = match sign {
            '-' | '+' | '*' if after(1) => 0,
            '#' if after(rest.len() - rest.trim_start_matches('#').len()) => 0,
            '>' | '|' => 0,
            '0'..='9' if rest[digits..].starts_with(['.', ')']) && after(digits + 1) => digits,
            _ => return,
        };
        self.write(*at..*at + keeps, words, bare, prefix);
        self.write_made("\\", *at + keeps, words, bare, prefix);
        *at += keeps;
    }

    fn line_end(&self, at: usize) -> usize {
        self.raw.text[at..].find('\n').map_or(self.raw.text.len(), |length| at + length)
    }

    fn skip_spaces(&self, at: usize, end: usize) -> usize {
        let rest = &self.raw.text[at..end];
        at + rest.len() - rest.trim_start_matches([' ', '\t']).len()
    }

    /// The next piece of HTML in a line: where, how long, what. Code is passed over, also over lines.
    fn find(&mut self, mut at: usize, end: usize) -> Option<(usize, usize, Found)> {
        let raw = self.raw;
        let text = &raw.text;
        while at < end {
            let letter = text[at..].chars().next()?;
            match letter {
                '\\' => {
                    at += 1;
                    at += text[at..].chars().next().map_or(0, char::len_utf8);
                }
                '`' => at = code_end(text, at),
                '(' if text[at..].starts_with("(@") => {
                    if let Some((length, number)) = self.example_at(at) {
                        return Some((at, length, Found::Made(number)));
                    }
                    at += 2;
                }
                ']' if text[at..].starts_with("](") => {
                    let line = limits::line_before(text, at);
                    if let Some((made, length)) = paths::spaced(&text[line..at], &text[at..]) {
                        return Some((at, length, Found::Made(made)));
                    }
                    at += 1;
                }
                '<' => {
                    if let Some((length, found)) = self.at_angle(at) {
                        return Some((at, length, found));
                    }
                    at += 1;
                }
                _ => at += letter.len_utf8(),
            }
        }
        if at > end {
            self.code_until(at);
        }
        None
    }

    /// What stands for the name of a numbered example, `(@good)`, and how long that is. One that is not there is said.
    pub(super) fn example_at(&mut self, at: usize) -> Option<(usize, String)> {
        let rest = self.raw.text[at..].strip_prefix("(@")?;
        let name: String = rest.chars().take_while(|c| is_of_a_word(*c) || "-_".contains(*c)).collect();
        if self.examples.is_empty() || name.is_empty() || !rest[name.len()..].starts_with(')') {
            return None;
        }
        let length = name.len() + 3;
        let number = self.examples.get(&name).map(|number| format!("({number})"));
        if number.is_none() {
            let message = format!("no numbered example is called \"{name}\"");
            let said = Diagnostic::new(&lints::UNDEFINED_LABEL, message);
            self.report(said, at..at + length, "an example begins its line: (@good) The first");
        }
        Some((length, number?))
    }

    fn at_angle(&mut self, at: usize) -> Option<(usize, Found)> {
        let rest = &self.raw.text[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = self.ends.next(&self.raw.text, "-->", self.raw.text.len() - comment.len());
            return match end {
                Some(end) => Some((end + 3 - at, Found::Comment)),
                None => {
                    let message = Diagnostic::new(&lints::FOREIGN_MARKUP, "this comment never ends");
                    self.report(message, at..at + 4, "close it with -->");
                    Some((4, Found::Open))
                }
            };
        }
        // What word processors leave of themselves.
        if let Some(length) = of_a_word_processor(rest) {
            return Some((length, Found::Comment));
        }
        let tag = tag(rest)?;
        if self.is_spoken_of(&tag, at) {
            self.say_spoken(at, tag.length);
            return Some((tag.length, Found::Spoken));
        }
        let name = tag.element.name.as_str();
        if is_block(name) {
            return Some((tag.length, Found::Tag(tag)));
        }
        if INLINES.contains(&name) {
            // Alone on its line it would begin a block to CommonMark; there is nothing to do for one within a line.
            return None;
        }
        // What stands within a line, and what only looks like HTML, is for the reader of lines.
        let close = format!("</{name}");
        let known = tag.closes || self.ends.next(&self.raw.text, &close, at).is_some();
        // `<your name here>` is a gap to be filled in.
        let said = tag.element.attributes.iter().any(|(_, value)| !value.is_empty());
        let whole = known || said;
        (whole && self.is_alone(at, tag.length)).then_some((tag.length, Found::Tag(tag)))
    }

    /// Whether a tag is all that a line holds.
    fn is_alone(&self, at: usize, length: usize) -> bool {
        // No more of the line is looked at than needs be: it may be as long as the file.
        let before = self.raw.text[..at].trim_end_matches([' ', '\t', '>']);
        let after = self.raw.text[at + length..].trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
    }

    /// What a tag becomes, and how much of the text that takes.
    fn element(&mut self, tag: Tag, at: usize) -> (Vec<Mark>, usize) {
        let name = tag.element.name.clone();
        let length = tag.length;
        if name == "hr" {
            return (vec![Mark::Ornament], length);
        }
        if HIDDEN.contains(&name.as_str()) {
            let close = format!("</{name}");
            let alone = tag.closes || tag.empty;
            let found = if alone { None } else { self.ends.next(&self.raw.text, &close, at + length) };
            let whole = found.map_or(length, |after| {
                self.raw.text[after..].find('>').map_or(self.raw.text.len() - at, |end| after + end + 1 - at)
            });
            let message = format!("<{name}> is not set; it is left out");
            let hint = "a printed page cannot show it: put a picture or words in its place";
            self.report(Diagnostic::new(&lints::FOREIGN_HTML, message), at..at + whole, hint);
            return (Vec::new(), whole);
        }
        if name == "pre"
            && !tag.closes
            && let Some(found) = self.ends.next(&self.raw.text, "</pre>", at + length)
        {
            let matter = pre_text(self.raw, at + length..found);
            return (vec![Mark::Lines(Lines::Code(tag.element), matter)], found + "</pre>".len() - at);
        }
        if name == "pre" {
            return (vec![Mark::Nothing], length);
        }
        if tag.closes {
            self.elements = self.elements.saturating_sub(1);
            return (vec![Mark::Close(name)], length);
        }
        if matches!(name.as_str(), "col") {
            return (vec![Mark::Nothing], length);
        }
        if tag.empty {
            return (vec![Mark::Open(tag.element), Mark::Close(name)], length);
        }
        self.elements += 1;
        (vec![Mark::Open(tag.element)], length)
    }

    /// `<img src alt width>` as Markdown writes it.
    fn picture(&mut self, element: &Element, range: Range<usize>) -> Option<String> {
        let Some(source) = element.get("src").filter(|source| !source.trim().is_empty()) else {
            let message = Diagnostic::new(&lints::FOREIGN_HTML, "this <img> names no picture");
            self.report(message, range, "write ![what it shows](images/map.png)");
            return None;
        };
        let escaped = |text: &str, signs: &[char]| {
            let mut out = String::new();
            for letter in text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }) {
                if signs.contains(&letter) {
                    out.push('\\');
                }
                out.push(letter);
            }
            out
        };
        let signs = ['\\', '[', ']', '*', '_', '`', '<', '>', '!', '^', '~', '@', '$', '{', '}', '"', '&'];
        let mut out = format!(
            "![{}](<{}>",
            escaped(element.get("alt").unwrap_or(""), &signs),
            escaped(source, &['\\', '<', '>'])
        );
        if let Some(title) = element.get("title").filter(|title| !title.trim().is_empty()) {
            out.push_str(&format!(" \"{}\"", escaped(title, &['\\', '"', '&'])));
        }
        out.push(')');
        let mut attributes: Vec<String> = Vec::new();
        if let Some(id) = element.get("id").filter(|id| plain_word(id)) {
            attributes.push(format!("#{id}"));
        }
        if let Some(width) = element.get("width").map(str::trim).filter(|width| !width.is_empty()) {
            let digits = width.chars().all(|c| c.is_ascii_digit());
            let plain = width.chars().all(|c| c.is_ascii_alphanumeric() || ".%".contains(c));
            if plain {
                attributes.push(format!("width={width}{}", if digits { "px" } else { "" }));
            }
        }
        if !attributes.is_empty() {
            out.push_str(&format!("{{{}}}", attributes.join(" ")));
        }
        Some(out)
    }
}

/// Whether a line is one tag of an element that stands in lines.
fn is_lone_inline(line: &str) -> bool {
    tag(line).is_some_and(|tag| tag.length == line.len() && INLINES.contains(&tag.element.name.as_str()))
}

fn plain_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| is_of_a_word(c) || "-_:.".contains(c))
}

/// The longest tag of a word processor, in bytes.
const LONGEST: usize = 4_000;

/// How long a tag is that only Word understands: `<o:p>`, `</w:sdt>`, `<![if !supportLists]>`.
fn of_a_word_processor(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b'>')? + 1;
    let inner = rest[1..end - 1].trim_start_matches('/');
    let lower = inner.to_ascii_lowercase();
    let spaced = ["o:p", "w:sdt", "v:shape", "v:imagedata", "st1:"].iter().any(|name| lower.starts_with(name));
    let tested = inner == "![endif]" || inner.starts_with("![if ") && inner.ends_with(']');
    (spaced || tested).then_some(end)
}

/// Past a span of code that begins at `at`; past the backticks if none ends it in its paragraph.
pub(super) fn code_end(text: &str, at: usize) -> usize {
    let rest = limits::near(&text[at..]);
    let length = rest.len() - rest.trim_start_matches('`').len();
    let paragraph = rest.find("\n\n").unwrap_or(rest.len());
    let mut search = length;
    while let Some(found) = rest[search..paragraph].find('`') {
        let start = search + found;
        let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        if run == length {
            return at + start + run;
        }
        search = (start + run).min(paragraph);
    }
    at + length
}

/// The letters of `<pre>`, without the tags in it, entities read.
fn pre_text(raw: &Fair, range: Range<usize>) -> Fair {
    let mut out = Fair::default();
    let text = &raw.text;
    let mut at = range.start;
    let mut from = at;
    while at < range.end {
        let rest = &text[at..range.end];
        if rest.starts_with('<')
            && let Some(tag) = tag(rest)
        {
            out.keep(raw, from..at);
            at += tag.length;
            from = at;
            continue;
        }
        if rest.starts_with('&')
            && let Some((letters, length)) = entity(rest)
        {
            out.keep(raw, from..at);
            out.add(&letters, raw, at);
            at += length;
            from = at;
            continue;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    out.keep(raw, from..range.end);
    out
}

/// The letters of an entity that stands at the start, and how long it is.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.find(';').filter(|end| *end < 12)?;
    let name = &text[1..end];
    let letter = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            "mdash" => '—',
            "ndash" => '–',
            "hellip" => '…',
            "copy" => '©',
            _ => return None,
        }
    };
    Some((letter.to_string(), end + 1))
}

/// All entities of an attribute read.
fn read(value: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < value.len() {
        let rest = &value[at..];
        if rest.starts_with('&')
            && let Some((letters, length)) = entity(rest)
        {
            out.push_str(&letters);
            at += length;
            continue;
        }
        let letter = rest.chars().next().unwrap_or(' ');
        out.push(letter);
        at += letter.len_utf8();
    }
    out
}

/// The tag at the start of a text, which ends in the same paragraph.
pub(super) fn tag(text: &str) -> Option<Tag> {
    let inner = text.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let mut at = 1 + usize::from(closes) + name.len();
    let mut attributes = Vec::new();
    let mut empty = false;
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        let gap = &rest[..rest.len() - trimmed.len()];
        if gap.matches('\n').count() > 1 {
            return None;
        }
        at += gap.len();
        if trimmed.starts_with('>') {
            let element = Element { name: name.to_ascii_lowercase(), attributes };
            return Some(Tag { element, closes, empty, length: at + 1 });
        }
        if trimmed.starts_with('/') {
            empty = true;
            at += 1;
            continue;
        }
        if gap.is_empty() {
            return None;
        }
        let key_length = trimmed.find(|c: char| c.is_whitespace() || "=>/\"'<`".contains(c))?;
        if key_length == 0 {
            return None;
        }
        let key = trimmed[..key_length].to_ascii_lowercase();
        at += key_length;
        let after = text[at..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            attributes.push((key, String::new()));
            continue;
        };
        let value = value.trim_start();
        at = text.len() - value.len();
        let (words, length) = match value.chars().next()? {
            quote @ ('"' | '\'') => {
                let end = value[1..].find(quote)?;
                if value[1..=end].contains("\n\n") {
                    return None;
                }
                (&value[1..=end], end + 2)
            }
            _ => {
                let end = value.find(|c: char| c.is_whitespace() || "\"'=<>`".contains(c))?;
                (&value[..end], end)
            }
        };
        attributes.push((key, read(words)));
        at += length;
    }
}

/// How long the name of a pictogram is that a line begins with: `:smile:`.
fn pictogram(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix(':')?;
    let length = inner.bytes().take_while(|byte| byte.is_ascii_lowercase() || b"_+-".contains(byte)).count();
    let after = inner[length..].strip_prefix(':')?;
    (length > 1 && !after.starts_with(|c: char| c.is_alphanumeric() || c == ':')).then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_attributes() {
        let found = tag("<td colspan=2 class=\"a b\" title='x &amp; y'>T").expect("it is one");
        assert_eq!(found.element.name, "td");
        assert_eq!(found.element.get("colspan"), Some("2"));
        assert_eq!(found.element.get("title"), Some("x & y"));
        assert_eq!(found.length, 44);
        assert!(tag("<br/>").is_some_and(|tag| tag.empty));
        assert!(tag("< b and").is_none() && tag("<a b").is_none() && tag("<https://a.org>").is_none());
    }
}
