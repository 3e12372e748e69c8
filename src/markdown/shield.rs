//! Shield: what CommonMark must not read in is covered with letters before it is parsed.
//!
//! Covered, byte for byte so that every place stays true, are formulas (in which `_` is no emphasis, and a line that
//! begins with `=` underlines no heading), braces and templates, the `<` of what only looks like HTML, and beside
//! Chinese, Japanese and Korean letters the marks that CommonMark judges by the spaces of Latin text. The reader of
//! lines takes the letters themselves from the section again.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes;
use super::tex::{self, Command};
use crate::source::{Ends, limits};

/// What stands for a byte that is covered: a letter, which no rule of CommonMark asks for.
const COVER: u8 = b'x';

/// The same text, of the same length, with what other readers own covered.
pub(super) fn shielded(text: &str) -> Cow<'_, str> {
    let mut shield = Shield { text, out: None, ends: Ends::default() };
    shield.run();
    match shield.out {
        // Whole characters are covered by ASCII letters or by a character of their own length.
        Some(out) => Cow::Owned(String::from_utf8(out).expect("whole characters were covered")),
        None => Cow::Borrowed(text),
    }
}

struct Shield<'t> {
    text: &'t str,
    out: Option<Vec<u8>>,
    ends: Ends,
}

impl Shield<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at = match bytes[at] {
                b'\\' => self.backslash(at),
                b'`' => code_end(self.text, at),
                b'$' => self.cover_whole(at, formula(&self.text[at..])).unwrap_or(at + 1),
                b'{' => self.brace(at),
                b'<' => self.angle(at),
                b']' if bytes.get(at + 1) == Some(&b'(') => at + 1 + destination(&self.text[at + 1..]),
                b'~' => match self.fence(at) {
                    Some(end) => end,
                    None => self.run_of_marks(at),
                },
                b'*' => self.run_of_marks(at),
                b'h' | b'H' | b'w' | b'W' => at + address(&self.text[at..]).max(1),
                _ => at + 1,
            };
        }
    }

    /// Where program text ends whose fence of tildes opens here; one that never ends goes to the end.
    fn fence(&mut self, at: usize) -> Option<usize> {
        let length = self.text[at..].bytes().take_while(|byte| *byte == b'~').count();
        let marks = |c: char| c.is_whitespace() || c.is_ascii_digit() || "->*+.)".contains(c);
        let mut before = self.text[..at].chars().rev().take_while(|letter| *letter != '\n');
        if length < 3 || !before.all(marks) {
            return None;
        }
        let closes = |line: &str| {
            let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
            bare.len() >= length && bare.bytes().all(|byte| byte == b'~')
        };
        let mut end = at;
        for line in self.text[at..].split_inclusive('\n') {
            end += line.len();
            if end > at + line.len() && closes(line) {
                break;
            }
        }
        Some(end)
    }

    fn cover(&mut self, place: Range<usize>) {
        let out = self.out.get_or_insert_with(|| self.text.as_bytes().to_vec());
        out[place].fill(COVER);
    }

    fn cover_whole(&mut self, at: usize, length: Option<usize>) -> Option<usize> {
        let end = at + length?;
        self.cover(at..end);
        Some(end)
    }

    fn backslash(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if let Some(end) = self.cover_whole(at, formula(rest)) {
            return end;
        }
        // The words of a command are Markdown, whatever they look like in their braces.
        if let Some((length, Command::Element(_))) = tex::command(rest, false) {
            return at + length;
        }
        let escapes = rest.as_bytes().get(1).is_some_and(u8::is_ascii_punctuation);
        at + if escapes { 2 } else { 1 }
    }

    /// Templates whole, and attributes between their braces.
    fn brace(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if let Some(end) = self.cover_whole(at, template(rest)) {
            return end;
        }
        let Some(length) = attributes::braces(rest) else { return at + 1 };
        let inner = &rest[1..length - 1];
        if attributes::looks_like(inner) && inner.contains(['*', '_', '`', '[', '<', '\\', '~', '\n']) {
            self.cover(at + 1..at + length - 1);
        }
        at + length
    }

    fn angle(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("<!--") {
            return self.ends.next(self.text, "-->", at).map_or(at + 4, |end| end + 3);
        }
        if no_html(rest).is_some() {
            self.cover(at..at + 1);
            return at + 1;
        }
        for name in ["script", "style", "svg", "math"] {
            if tag_name(rest).is_some_and(|found| found.eq_ignore_ascii_case(name)) && !rest.starts_with("</") {
                let close = format!("</{name}");
                return self.ends.next(self.text, &close, at).unwrap_or(at + 1);
            }
        }
        let end = rest[1..].find(['<', '>', '\n']).map_or(0, |end| end + 1);
        at + if end > 0 && rest[end..].starts_with('>') { end + 1 } else { 1 }
    }

    /// A run of `*` or `~` between a letter of a script without spaces and a mark: to CommonMark it opens or closes
    /// nothing there. A mark in the letter's place lets it do either.
    fn run_of_marks(&mut self, at: usize) -> usize {
        let mark = self.text.as_bytes()[at];
        let end = at + self.text.as_bytes()[at..].iter().take_while(|byte| **byte == mark).count();
        let shown = self.out.as_deref().unwrap_or(self.text.as_bytes());
        let before = last_letter(&shown[..at]);
        let (Some(before), Some(after)) = (before, self.text[end..].chars().next()) else { return end };
        // Beside their own marks, letters of other scripts are such letters too.
        if is_unspaced(before) && is_mark(after) || before.is_alphanumeric() && is_eastern_mark(after) {
            self.stand_in(at - before.len_utf8(), before);
        } else if is_mark(before) && is_unspaced(after) || is_eastern_mark(before) && after.is_alphanumeric() {
            self.stand_in(end, after);
        }
        end
    }

    fn stand_in(&mut self, at: usize, letter: char) {
        let mark = match letter.len_utf8() {
            1 => ".",
            2 => "·",
            3 => "。",
            _ => "\u{10100}",
        };
        let out = self.out.get_or_insert_with(|| self.text.as_bytes().to_vec());
        if letter.len_utf8() == mark.len() {
            out[at..at + mark.len()].copy_from_slice(mark.as_bytes());
        }
    }
}

/// The last letter of a text, of which no more is looked at: runs of marks are as many as words.
fn last_letter(text: &[u8]) -> Option<char> {
    let start = (text.len().saturating_sub(4)..text.len()).rev().find(|at| text[*at] & 0xC0 != 0x80)?;
    std::str::from_utf8(&text[start..]).ok()?.chars().next()
}

/// How long the formula is that begins here: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\\(…\\)`,
/// `\begin{…}…\end{…}`.
pub(super) fn formula(rest: &str) -> Option<usize> {
    if let Some(inner) = rest.strip_prefix("$$") {
        let end = closed_by(inner, "$$", begins_line(inner))?;
        let body = &inner[..end];
        return (!body.trim().is_empty() && (begins_line(inner) || is_tex(body))).then_some(end + 4);
    }
    if rest.starts_with('$') {
        let length = between_dollars(rest)?;
        return is_tex(&rest[1..length - 1]).then_some(length);
    }
    if let Some(inner) = rest.strip_prefix("\\(") {
        let end = closed_by(inner, "\\)", false)?;
        let body = inner[..end].trim();
        let short = !body.is_empty() && body.chars().count() <= 2 && body.chars().all(|c| c.is_ascii_alphabetic());
        return (short || !is_prose(body) && (is_tex(body) && !is_of_words(body) || body.contains(['+', '<', '>'])))
            .then_some(end + 4);
    }
    if let Some(inner) = rest.strip_prefix("\\[") {
        let end = closed_by(inner, "\\]", begins_line(inner))?;
        let body = &inner[..end];
        let link = inner[end + 2..].starts_with(['(', '[']);
        return (!link
            && !body.trim().is_empty()
            && !is_prose(body)
            && (begins_line(inner) || is_tex(body) && !is_of_words(body) || body.contains(['+', '<', '>'])))
        .then_some(end + 4);
    }
    // `\\\\(…\\\\)`, as sites write it whose Markdown would take one backslash away.
    for (open, close) in [("\\\\(", "\\\\)"), ("\\\\[", "\\\\]")] {
        if let Some(inner) = rest.strip_prefix(open) {
            let end = closed_by(inner, close, false)?;
            let body = inner[..end].trim();
            return (!body.is_empty() && !is_prose(body)).then_some(end + 6);
        }
    }
    let inner = rest.strip_prefix("\\begin{")?;
    let name = &inner[..inner.find('}').filter(|end| (1..=20).contains(end))?];
    let close = format!("\\end{{{name}}}");
    let reach = (0..=LONG_REACH.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end))?;
    rest[..reach].find(&close).map(|end| end + close.len())
}

/// How long `$…$` is by pandoc's rule: no space inside beside the dollars, no digit after them, no blank line.
pub(super) fn between_dollars(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('$')?;
    let end = closed_by(inner, "$", false)?;
    let body = &inner[..end];
    let money = body.is_empty()
        || body.starts_with(char::is_whitespace)
        || body.ends_with(char::is_whitespace)
        || inner[end + 1..].starts_with(|c: char| c.is_ascii_digit());
    (!money).then_some(end + 2)
}

/// What sets a formula apart from a sum of money.
fn is_tex(body: &str) -> bool {
    let command = body
        .match_indices('\\')
        .any(|(at, _)| body[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || ",;:! {}|\\".contains(c)));
    command || body.contains(['^', '_', '=', '{', '}'])
}

/// Words in brackets that were kept from being a link: with elements of HTML, or in letters that no formula has.
fn is_prose(body: &str) -> bool {
    let command = body.match_indices('\\').any(|(at, _)| body[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
    !command && (body.contains("</") || body.chars().any(|c| c >= '\u{590}' && c.is_alphabetic()))
}

/// Whether the only sign of a formula is one that stands between words and numbers as well: `\[0.5 = 1\]`, with no letter
/// that stands for a quantity.
fn is_of_words(body: &str) -> bool {
    let quantity = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    !body.contains(['\\', '^', '_', '{', '}']) && !body.split(|c: char| !c.is_alphanumeric()).any(quantity)
}

fn begins_line(inner: &str) -> bool {
    inner.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
}

/// The longest tag, in letters.
const TAG: usize = 1_000;

/// How far the end of a formula, a template or a link's address is looked for, in bytes: many that never end cost no
/// square of their number.
const REACH: usize = 8_000;

/// The same for `\\begin{…}`, which names what ends it.
const LONG_REACH: usize = 32_000;

/// Where `close` stands, no backslash before it; not over a blank line unless `blank` lines may be inside.
fn closed_by(inner: &str, close: &str, blank: bool) -> Option<usize> {
    let bytes = &inner.as_bytes()[..inner.len().min(REACH)];
    let mut at = 0;
    while at < bytes.len() {
        if inner.is_char_boundary(at) && inner[at..].starts_with(close) {
            return Some(at);
        }
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if !blank && inner[at + 1..].lines().next().is_none_or(|line| line.trim().is_empty()) => return None,
            // A formula that never ends must not swallow what follows.
            b'\n' if inner[at + 1..].starts_with(['#', '`']) => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// How long the template is that begins here: `{{< … >}}`, `{{ … }}`, `{% … %}`, `{{#include …}}`.
pub(super) fn template(rest: &str) -> Option<usize> {
    for (open, close) in [("{{<", ">}}"), ("{{", "}}"), ("{%", "%}")] {
        if let Some(inner) = rest.strip_prefix(open) {
            let end = closed_by(inner, close, false)?;
            return Some(open.len() + end + close.len());
        }
    }
    None
}

/// How long what looks like a tag is, if HTML knows no such element: `<Enter>`, `<First Name>`, `<!NOTE>`, `<?x>`.
pub(super) fn no_html(rest: &str) -> Option<usize> {
    let near = rest.char_indices().map(|(at, _)| at).nth(TAG).map_or(rest, |to| &rest[..to]);
    let end = near.find(['>', '\n']).filter(|end| rest[*end..].starts_with('>'));
    if rest.starts_with("<!") && !rest.starts_with("<!--") || rest.starts_with("<?") {
        return Some(end.map_or(2, |end| end + 1));
    }
    let name = tag_name(rest)?;
    let lower = name.to_ascii_lowercase();
    if ELEMENTS.contains(&lower.as_str()) {
        return None;
    }
    let after = rest.trim_start_matches(['<', '/'])[name.len()..].chars().next();
    match after {
        Some(c) if c.is_whitespace() || c == '>' || c == '/' => end.map(|end| end + 1),
        _ => None,
    }
}

/// The name of the tag that begins here.
pub(super) fn tag_name(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(inner.len());
    inner.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| &inner[..end])
}

/// The elements of HTML, the obsolete ones too.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi", "bdo",
    "big", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data",
    "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption",
    "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup",
    "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark",
    "marquee", "math", "menu", "meta", "meter", "nav", "nobr", "noscript", "object", "ol", "optgroup", "option", "output",
    "p", "param", "picture", "pre", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "search",
    "section", "select", "slot", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul",
    "var", "video", "wbr",
];

/// Where code ends that begins here: a fence at a line's start, or a span.
pub(super) fn code_end(text: &str, at: usize) -> usize {
    let count = text[at..].bytes().take_while(|byte| *byte == b'`').count();
    let ticks = &text[at..at + count];
    let before = || text[..at].trim_end_matches(|c: char| " >\t-*+0123456789.)".contains(c));
    let fence = count >= 3 && (before().is_empty() || before().ends_with('\n'));
    let rest = &text[at + count..];
    if fence {
        let mut from = at + count;
        for (index, more) in rest.split('\n').enumerate() {
            let bare = more.trim_matches([' ', '>', '\t', '\r']);
            if index > 0 && bare.starts_with(ticks) && bare.bytes().all(|byte| byte == b'`') {
                return from + more.len();
            }
            from += more.len() + 1;
        }
        return text.len();
    }
    let rest = limits::near(rest);
    let mut from = 0;
    while let Some(found) = rest[from..].find('`') {
        let start = from + found;
        if rest[from..start].contains("\n\n") {
            break;
        }
        let length = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
        if length == count {
            return at + count + start + length;
        }
        from = start + length;
    }
    at + count
}

/// How long a link's destination is with its brackets, or 1.
fn destination(rest: &str) -> usize {
    let mut depth = 0;
    for (at, character) in rest.char_indices().take_while(|(at, _)| *at < REACH) {
        match character {
            '(' => depth += 1,
            ')' if depth == 1 => return at + 1,
            ')' => depth -= 1,
            '\n' if rest[at + 1..].starts_with(['\n', '#']) => break,
            _ => {}
        }
    }
    1
}

/// How long a bare address is, or 0.
fn address(rest: &str) -> usize {
    let begins = |start: &str| rest.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
    if !(begins("http://") || begins("https://") || begins("www.")) {
        return 0;
    }
    rest.find(|c: char| c.is_whitespace() || "<>\"".contains(c)).unwrap_or(rest.len())
}

/// Letters of scripts whose words stand without spaces, or take their endings without one.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{3040}'..='\u{30fa}' | '\u{30fc}'..='\u{312f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Letters and marks as wide as an em, between which a line's end is no space; Korean has spaces.
pub(super) fn is_wide(letter: char) -> bool {
    let marks = matches!(letter, '\u{3001}'..='\u{303f}' | '\u{30fb}' | '\u{ff01}'..='\u{ff60}');
    marks || (is_unspaced(letter) && !matches!(letter, '\u{ac00}'..='\u{d7a3}'))
}

/// Marks of Chinese, Japanese and Korean, which stand without a space beside any letter.
fn is_eastern_mark(letter: char) -> bool {
    matches!(letter,
        '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}')
}

fn is_mark(letter: char) -> bool {
    letter.is_ascii_punctuation()
        || matches!(letter,
            '«' | '»' | '·' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}' | '\u{fe10}'..='\u{fe6b}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_covered_and_money_is_not() {
        assert_eq!(shielded("a $x_1 + y_2$ b"), "a xxxxxxxxxxx b");
        for text in ["From $5 to $10.", "$5_a and $6_b", "a `$x_1$` b", "[a](b$x_1$)", "\\$x_1$", "costs $5-$6_"] {
            assert_eq!(shielded(text), text);
        }
        assert_eq!(shielded("$$\na\n\n= b\n$$\nc"), "xxxxxxxxxxxx\nc");
        assert_eq!(shielded("Keys \\[. 5 = 1\\] \\[x = 1\\]"), "Keys \\[. 5 = 1\\] xxxxxxxxx");
        assert_eq!(shielded("\\(n_1\\) and \\[one\\] \\(see\\)"), "xxxxxxx and \\[one\\] \\(see\\)");
    }

    #[test]
    fn what_only_looks_like_html_is_covered() {
        assert_eq!(
            shielded("<Enter> <b>x</b> <First Name> <!X> <!-- y -->"),
            "xEnter> <b>x</b> xFirst Name> x!X> <!-- y -->"
        );
        assert_eq!(shielded("<https://a.org> <ann@a.org> a < b"), "<https://a.org> <ann@a.org> a < b");
    }

    #[test]
    fn attributes_are_covered_between_their_braces() {
        assert_eq!(shielded("![a](b){cap=\"c *d* e\"}"), "![a](b){xxxxxxxxxxxxx}");
        assert_eq!(shielded("a {b} *c*"), "a {b} *c*");
    }

    #[test]
    fn emphasis_ends_after_a_mark_before_a_letter_without_spaces() {
        assert_eq!(shielded("有**重点。**后"), "有**重点。**。");
        assert_eq!(shielded("word**.** x"), "word**.** x");
    }

    #[test]
    fn the_length_stays() {
        for text in ["é$x_é$é", "<ünter> <Ünter>", "𠀀**「x」**𠀀", "{{< é >}}", "``` \n$x_1$\n```\n$x_1$"]
        {
            assert_eq!(shielded(text).len(), text.len());
        }
    }
}
