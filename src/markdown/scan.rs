//! Scan: the letters of a line are cut at what authors of pandoc and Quarto write.
//!
//! Leaves are cut at brackets, braces, `@references`, addresses and `^raised^` words.

use super::Parser;
use super::attributes;
use super::leaf::{CHANGES, Leaf};
use super::token::{Token, TokenKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{PInline, PKind};
use crate::source::Span;

impl Parser<'_> {
    /// Cuts a leaf into pieces.
    pub(super) fn scan(&mut self, leaf: Leaf, out: &mut Vec<Token>) {
        let mut scanner = Scanner { leaf: &leaf, from: 0, out, parser: self };
        scanner.run();
    }
}

/// Goes through the letters of a leaf.
struct Scanner<'l, 'o, 'p, 'a> {
    leaf: &'l Leaf,
    from: usize,
    out: &'o mut Vec<Token>,
    parser: &'p mut Parser<'a>,
}

impl Scanner<'_, '_, '_, '_> {
    fn run(&mut self) {
        let text = &self.leaf.text;
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let next = at + character.len_utf8();
            if self.leaf.is_escaped(at) {
                at = next;
                continue;
            }
            at = match character {
                '!' if text[next..].starts_with('[') => self.lost_picture(at),
                '[' => self.bracket(at),
                ']' => self.one(at, 1, TokenKind::Close),
                '^' if self.leaf.text[at + 1..].starts_with('[') => self.one(at, 2, TokenKind::Open { note: true }),
                '^' | '~' => self.shifted(at, character),
                '{' => self.brace(at),
                '@' => self.at_sign(at),
                '$' => self.dollar(at),
                '\\' => self.backslash(at),
                '=' if text[next..].starts_with('=') => self.marked(at),
                ':' => self.emoji(at),
                'h' | 'H' | 'w' | 'W' | '1' | 'd' | 'D' => self.address(at).unwrap_or(next),
                _ => next,
            };
        }
        self.flush(text.len());
    }

    /// A picture whose path holds spaces is letters to CommonMark: it is said how to write it.
    fn lost_picture(&mut self, at: usize) -> usize {
        const ENDINGS: [&str; 8] = [".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".tif", ".tiff"];
        let rest = &self.leaf.text[at..];
        let path = rest.find("](").and_then(|open| {
            let inner = &rest[open + 2..];
            let inner = &inner[..inner.find(')')?];
            Some((open, inner, inner.split(" \"").next().unwrap_or(inner).trim()))
        });
        if let Some((open, inner, path)) = path
            && path.contains(' ')
            && ENDINGS.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
        {
            let span = self.span(at, at + open + 2 + inner.len() + 1);
            self.parser.diagnostics.report(
                Diagnostic::new(&lints::FOREIGN_MARKUP, "the path of this picture holds a space, at which it ends")
                    .at(span)
                    .hint(format!("write it between < and >: ![…](<{path}>)")),
            );
        }
        at + 1
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.parser.source, self.leaf.source(from), self.leaf.source(to).max(self.leaf.source(from)))
    }

    /// The letters before `at` become a piece.
    fn flush(&mut self, at: usize) {
        if at > self.from {
            let text = self.leaf.text[self.from..at].to_owned();
            let span = self.span(self.from, at);
            self.out.push(Token::text(text, span));
        }
        self.from = at;
    }

    /// `length` letters are one piece.
    fn one(&mut self, at: usize, length: usize, kind: TokenKind) -> usize {
        self.flush(at);
        let span = self.span(at, at + length);
        self.out.push(Token { kind, span });
        self.from = at + length;
        self.from
    }

    fn bracket(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        // A call whose note nobody defined is left as letters by pulldown-cmark.
        if let Some(inner) = rest.strip_prefix("[^")
            && let Some(end) = inner.find(']')
            && !inner[..end].is_empty()
            && !inner[..end].contains(char::is_whitespace)
        {
            return self.one(at, end + 3, TokenKind::Piece(PKind::NoteCall(inner[..end].to_owned())));
        }
        if rest.starts_with("[[") {
            return self.wiki_link(at);
        }
        if let Some(label) = bracketed_reference(rest) {
            let (label, length) = (label.to_owned(), label.len() + 3);
            return self.one(at, length, TokenKind::Piece(PKind::Name(label)));
        }
        if rest.starts_with("[@") || rest.starts_with("[-@") {
            let end = rest.find(']').map_or(rest.len(), |end| end + 1);
            let span = self.span(at, at + end);
            self.parser.citation(span);
            self.flush(at);
            self.from = at + end;
            return self.from;
        }
        self.one(at, 1, TokenKind::Open { note: false })
    }

    /// `[[Outlook]]`, `![[map.png]]`.
    fn wiki_link(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        let Some(end) = rest.find("]]").filter(|end| *end > 2 && !rest[2..*end].contains('[')) else {
            return self.one(at, 1, TokenKind::Open { note: false });
        };
        let span = self.span(at, at + end + 2);
        if self.leaf.text[..at].ends_with('!') {
            self.parser.foreign("this picture is not read", span, "write ![what it shows](images/map.png)");
        } else {
            self.parser.foreign(
                "links in double brackets are not read",
                span,
                "write [words](#label), and ## Title {#label}",
            );
        }
        self.left_out(at, end + 2)
    }

    /// `length` letters are dropped, after they were reported.
    fn left_out(&mut self, at: usize, length: usize) -> usize {
        self.flush(at);
        self.from = at + length;
        self.from
    }

    /// `==marked==`.
    fn marked(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        let inner = rest.trim_start_matches('=');
        let count = rest.len() - inner.len();
        let end = inner.find("==").filter(|end| *end > 0 && !inner[..*end].ends_with(char::is_whitespace));
        match end {
            Some(end) if count == 2 && inner.starts_with(char::is_alphanumeric) => {
                let span = self.span(at, at + end + 4);
                self.parser.foreign("marked words are not set", span, "write *words* or **words**");
                self.left_out(at, end + 4)
            }
            _ => at + count.max(1),
        }
    }

    /// `:smile:`.
    fn emoji(&mut self, at: usize) -> usize {
        if self.leaf.text[..at].ends_with(|c: char| !c.is_whitespace()) {
            return at + 1;
        }
        let inner = &self.leaf.text[at + 1..];
        let length = inner.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(c)));
        let closed = length.filter(|&length| {
            let after = inner[length..].strip_prefix(':');
            length > 1
                && inner[..length].contains(|c: char| c.is_ascii_lowercase())
                && after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == ':'))
        });
        match closed {
            Some(length) => {
                let span = self.span(at, at + length + 2);
                self.parser.foreign("names of pictograms are not read", span, "write the character itself");
                self.left_out(at, length + 2)
            }
            None => at + 1,
        }
    }

    /// `10^th^`, `H~2~O`.
    fn shifted(&mut self, at: usize, mark: char) -> usize {
        let rest = &self.leaf.text[at + 1..];
        if let Some(end) = rest.find(mark)
            && end > 0
            && !rest[..end].contains(char::is_whitespace)
        {
            let span = self.span(at + 1, at + 1 + end);
            let inner = vec![PInline { kind: PKind::Text(rest[..end].to_owned()), span }];
            let kind = if mark == '^' { PKind::Superscript(inner) } else { PKind::Subscript(inner) };
            return self.one(at, end + 2, TokenKind::Piece(kind));
        }
        at + 1
    }

    fn brace(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        if rest.starts_with("{{<") {
            let end = rest.find(">}}").map_or(rest.len(), |end| end + 3);
            let span = self.span(at, at + end);
            self.parser.shortcode(&rest[..end], span);
            self.flush(at);
            self.from = at + end;
            return self.from;
        }
        if let Some((_, close)) = CHANGES.iter().find(|(open, _)| rest.starts_with(open))
            && let Some(end) = rest.find(close)
        {
            let span = self.span(at, at + end + 3);
            self.parser.foreign("marks of changes are not read", span, "accept or reject the changes first");
            return self.left_out(at, end + 3);
        }
        for (open, close) in [("{{", "}}"), ("{%", "%}")] {
            if rest.starts_with(open)
                && let Some(end) = rest.find(close)
            {
                let span = self.span(at, at + end + 2);
                self.parser.foreign("templates are not filled in", span, "write the words themselves");
                return self.left_out(at, end + 2);
            }
        }
        let Some(end) = rest.find('}') else { return at + 1 };
        let span = self.span(at, at + end + 1);
        if at == 0
            && let Some(format) = rest[1..end].strip_prefix('=')
            && matches!(self.out.last(), Some(Token { kind: TokenKind::Piece(PKind::Code(_)), .. }))
        {
            let message = format!("raw {format} is not set");
            self.parser.foreign(message, span, "write the passage in Markdown, or leave it out");
            self.out.pop();
            return self.left_out(at, end + 1);
        }
        match attributes::parse(&rest[1..end], span) {
            Some(attributes) if end > 1 && looks_like_attributes(&rest[1..end]) => {
                // The space before braces belongs to them.
                let trimmed = self.leaf.text[self.from..at].trim_end_matches(' ').len() + self.from;
                self.flush(trimmed);
                self.from = at;
                self.one(at, end + 1, TokenKind::Braces(attributes))
            }
            _ => at + 1,
        }
    }

    fn at_sign(&mut self, at: usize) -> usize {
        let before = self.leaf.text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric()) {
            return at + 1;
        }
        let label: String =
            self.leaf.text[at + 1..].chars().take_while(|c| c.is_alphanumeric() || "-_:.".contains(*c)).collect();
        let label = label.trim_end_matches(['.', ':', '-', '_']);
        if KINDS.iter().any(|kind| label.starts_with(kind) && label.len() > kind.len()) {
            return self.one(at, 1 + label.len(), TokenKind::Piece(PKind::Name(label.to_owned())));
        }
        if self.parser.bibliography && !label.is_empty() {
            let span = self.span(at, at + 1 + label.len());
            self.parser.citation(span);
            self.flush(at);
            self.from = at + 1 + label.len();
            return self.from;
        }
        at + 1
    }

    /// Mathematics between dollars; money is letters.
    fn dollar(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at + 1..];
        let display = rest.starts_with('$');
        let inner = if display { &rest[1..] } else { rest };
        let Some(end) = inner.find(if display { "$$" } else { "$" }) else { return at + 1 };
        let body = &inner[..end];
        let after = inner[end + 1..].chars().next();
        let money = body.is_empty()
            || body.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit())
            || body.ends_with(char::is_whitespace)
            || after.is_some_and(|c| c.is_ascii_digit());
        if !display && money {
            return at + 1;
        }
        let length = if display { end + 4 } else { end + 2 };
        let span = self.span(at, at + length);
        self.parser.diagnostics.report(
            Diagnostic::new(&lints::MATH, "mathematics between dollar signs is not set")
                .at(span)
                .hint("write it in words and H~2~O, 10^6^ marks, or as a picture; a plain dollar sign is \\$"),
        );
        self.flush(at);
        self.from = at + length;
        self.from
    }

    /// `\newpage` in the run of a paragraph, and TeX commands.
    fn backslash(&mut self, at: usize) -> usize {
        let name: String = self.leaf.text[at + 1..].chars().take_while(char::is_ascii_alphabetic).collect();
        if name.is_empty() {
            return at + 1;
        }
        let mut end = at + 1 + name.len();
        while self.leaf.text[end..].starts_with('{') {
            match self.leaf.text[end..].find('}') {
                Some(close) => end += close + 1,
                None => break,
            }
        }
        let span = self.span(at, end);
        self.parser.diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_MARKUP, format!("the TeX command \"\\{name}\" is not understood"))
                .at(span)
                .hint("\\newpage stands alone in a paragraph; a backslash that should be printed is written twice"),
        );
        self.flush(at);
        self.from = end;
        end
    }

    /// A bare address, linked with its bytes unchanged.
    fn address(&mut self, at: usize) -> Option<usize> {
        let before = self.leaf.text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "/.@-_".contains(c)) {
            return None;
        }
        let rest = &self.leaf.text[at..];
        let lower: String = rest.chars().take(8).collect::<String>().to_ascii_lowercase();
        let doi = rest.starts_with("10.") && is_doi(rest);
        let named = lower.starts_with("doi:10.");
        if !(lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with("www.") || doi || named)
        {
            return None;
        }
        let length = address_length(rest);
        let shown = &rest[..length];
        if shown.len() < 8 {
            return None;
        }
        let url = if doi {
            format!("https://doi.org/{shown}")
        } else if named {
            format!("https://doi.org/{}", &shown[4..])
        } else if lower.starts_with("www.") {
            format!("https://{shown}")
        } else {
            shown.to_owned()
        };
        Some(self.one(at, length, TokenKind::Piece(PKind::Address { url, shown: shown.to_owned() })))
    }
}

/// `[@fig-map]`: a reference in brackets, as Quarto writes it.
fn bracketed_reference(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix("[@")?;
    let label = &inner[..inner.find(']')?];
    let plain = label.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    (plain && KINDS.iter().any(|kind| label.starts_with(kind))).then_some(label)
}

/// How labels begin that `@` refers to.
const KINDS: [&str; 4] = ["fig-", "tbl-", "sec-", "box-"];

fn looks_like_attributes(inner: &str) -> bool {
    let first = inner.trim_start();
    first.starts_with(['#', '.', '-']) || first.contains('=') || matches!(first.trim(), "turn" | "unnumbered")
}

fn is_doi(text: &str) -> bool {
    let digits = text[3..].chars().take_while(char::is_ascii_digit).count();
    digits >= 4 && text[3 + digits..].starts_with('/') && text[4 + digits..].starts_with(|c: char| c.is_alphanumeric())
}

/// How long an address is: up to a space or a bracket that it did not open, without trailing stops.
fn address_length(text: &str) -> usize {
    let mut depth = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            '<' | '>' | '"' | '“' | '”' | '«' | '»' | '[' | ']' | '{' | '}' | '|' | '‘' | '’' => break,
            c if c.is_whitespace() => break,
            _ => {}
        }
        end = at + character.len_utf8();
    }
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']).len()
}
