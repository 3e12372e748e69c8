//! Scan: the letters of a line are cut at what authors of pandoc and Quarto write.
//!
//! Leaves are cut at brackets, braces, `@references`, addresses and `^raised^` words.

use std::ops::Range;

use super::Parser;
use super::attributes;
use super::foreign::of_a_template;
use super::leaf::{CHANGES, Leaf};
use super::shield::{between_dollars, formula, no_html, template};
use super::tex::{self, Command, Element, Manner};
use super::token::{Token, TokenKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::is_of_a_word;
use crate::markdown::parsed::{Attributes, PInline, PKind};
use crate::source::{Span, limits};

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
                at = match character {
                    // bookdown writes \@ref(fig:map).
                    '@' => self.bookdown_reference(at),
                    '\\' => self.double_backslash(at),
                    ',' | '-' => self.sign_of_tex(at, character),
                    _ => None,
                }
                .unwrap_or(next);
                continue;
            }
            at = match character {
                '!' if text[next..].starts_with('[') => self.lost_picture(at),
                '[' => self.bracket(at),
                ']' => self.one(at, 1, TokenKind::Close),
                '^' if self.leaf.text[at + 1..].starts_with('[') => self.one(at, 2, TokenKind::Open { note: true }),
                '^' | '~' => self.shifted(at, character),
                '{' => self.brace(at),
                '}' => self.closing_brace(at),
                '@' => self.at_sign(at),
                '$' => self.dollar(at),
                '\\' => self.backslash(at),
                '<' => self.angle(at),
                '=' | '+' if text[next..].starts_with(character) => self.marked(at, character),
                ':' => self.emoji(at),
                '(' if text[next..].starts_with('(') => self.index_term(at),
                'h' | 'H' | 'w' | 'W' | '1' | 'd' | 'D' => self.address(at).unwrap_or(next),
                _ => next,
            };
        }
        self.flush(text.len());
    }

    /// A picture whose path holds spaces is letters to CommonMark: it is said how to write it.
    fn lost_picture(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        let rest = &rest[..rest[2..].find("![").map_or(rest.len(), |next| next + 2)];
        let path = rest.find("](").and_then(|open| {
            let inner = &rest[open + 2..];
            let inner = &inner[..limits::closed_near(inner, ')')?];
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
            // Its braces belong to it.
            let after = at + open + 2 + inner.len() + 1;
            let braces = self.leaf.text[after..].starts_with('{').then(|| attributes::braces(&self.leaf.text[after..]));
            return after + braces.flatten().unwrap_or(0);
        }
        at + 1
    }

    fn span(&self, from: usize, to: usize) -> Span {
        self.parser.span(self.leaf.source(from)..self.leaf.source(to).max(self.leaf.source(from)))
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
        // A call whose note nobody defined, or with a space in it, is left as letters by pulldown-cmark.
        if let Some(inner) = rest.strip_prefix("[^")
            && let Some(end) = limits::closed_near(inner, ']')
            && !self.leaf.is_escaped(at + 1)
            && !inner[..end].trim().is_empty()
            && !inner[..end].contains('\n')
            && !inner[..end].trim().contains(char::is_whitespace)
        {
            let label = inner[..end].trim().to_owned();
            return self.one(at, end + 3, TokenKind::Piece(PKind::NoteCall(label)));
        }
        if rest.starts_with("[[") {
            return self.wiki_link(at);
        }
        let Some(end) = limits::closed_near(rest, ']').filter(|end| rest[..*end].contains('@')) else {
            return self.one(at, 1, TokenKind::Open { note: false });
        };
        if let Some(kind) = bracketed_references(&rest[1..end]) {
            return self.one(at, end + 1, TokenKind::Piece(kind));
        }
        if let Some(length) = self.numbers(at, &self.leaf.text[at + 1..at + end]) {
            return length;
        }
        if let Some(length) = self.called(at, &self.leaf.text[at + 1..at + end]) {
            return length;
        }
        if let Some(length) = self.called_together(at, &self.leaf.text[at + 1..at + end]) {
            return length;
        }
        // Words beside a reference stay, and the brackets with them.
        if !self.parser.bibliography
            && !is_reference(&rest[1..end])
            && (rest.starts_with("[@") || rest.starts_with("[-@"))
        {
            let span = self.span(at, at + end + 1);
            self.parser.citation(span);
            return self.left_out(at, end + 1);
        }
        self.one(at, 1, TokenKind::Open { note: false })
    }

    /// `[-@fig-a; -@fig-b]`: the numbers alone.
    fn numbers(&mut self, at: usize, inner: &str) -> Option<usize> {
        let mut labels = Vec::new();
        let mut from = at + 1;
        for item in inner.split(';') {
            let start = from + item.len() - item.trim_start().len();
            match bracketed_references(item) {
                Some(PKind::Number(label)) => labels.push((label, start..from + item.trim_end().len())),
                _ => return None,
            }
            from += item.len() + 1;
        }
        self.flush(at);
        for (index, (label, place)) in labels.into_iter().enumerate() {
            let span = self.span(place.start, place.end);
            if index > 0 {
                self.out.push(Token::text(", ", span));
            }
            self.out.push(Token { kind: TokenKind::Piece(PKind::Number(label)), span });
        }
        self.from = at + inner.len() + 2;
        Some(self.from)
    }

    /// `[Fig. @fig-map]`, as Quarto and pandoc-crossref have it: the word that is written and the number.
    fn called(&mut self, at: usize, inner: &str) -> Option<usize> {
        let mut calls = Vec::new();
        let mut from = at + 1;
        for item in inner.split(';') {
            let sign = item.find('@')?;
            let before = &item[..sign];
            let word = before.strip_suffix('-').unwrap_or(before).trim();
            let label = item[sign + 1..].trim_end();
            let plain = label.chars().all(|c| is_of_a_word(c) || "-_:.".contains(c));
            let called = word.chars().next().is_some_and(char::is_uppercase) && !word.contains(char::is_whitespace);
            let label = reference(label).filter(|label| plain && called && !label.starts_with("sec"))?;
            let start = from + item.len() - item.trim_start().len();
            calls.push((start..start + word.len(), from + sign..from + sign + 1 + label.len(), label));
            from += item.len() + 1;
        }
        self.flush(at);
        for (index, (word, place, label)) in calls.into_iter().enumerate() {
            let between = if index > 0 { "; " } else { "" };
            let words = format!("{between}{}\u{a0}", &self.leaf.text[word.clone()]);
            self.out.push(Token::text(words, self.span(word.start, word.end)));
            self.out
                .push(Token { kind: TokenKind::Piece(PKind::Number(label)), span: self.span(place.start, place.end) });
        }
        self.from = at + inner.len() + 2;
        Some(self.from)
    }

    /// `[Figures @fig-a, @fig-b and -@fig-c]`: the word that is written for them all, and their numbers.
    fn called_together(&mut self, at: usize, inner: &str) -> Option<usize> {
        let sign = inner.find('@')?;
        let word = inner[..sign].trim();
        let called = word.chars().next().is_some_and(char::is_uppercase) && !word.contains(char::is_whitespace);
        let kind = |label: &str| label.split(['-', ':']).next().map(str::to_owned);
        // What stands between two, and their labels.
        let mut found: Vec<(Range<usize>, Range<usize>, String)> = Vec::new();
        let (mut from, mut rest) = (sign, &inner[sign..]);
        while !rest.is_empty() {
            let to = from + rest.find('@')?;
            let between = &inner[from..to];
            let written = label(&inner[to + 1..]);
            let label = reference(written)?;
            let bare = between.strip_suffix('-');
            let joins = bare.unwrap_or(between);
            let plain = joins.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || ",&".contains(c));
            let first = found.first().map(|(.., first)| kind(first));
            let apart = first.is_none_or(|first| joins.ends_with(' ') && (bare.is_some() || first == kind(&label)));
            if !plain || !apart {
                return None;
            }
            let end = to + 1 + written.len();
            found.push((from..from + joins.len(), to..end, label));
            (from, rest) = (end, &inner[end..]);
        }
        if !called || found.len() < 2 {
            return None;
        }
        self.flush(at);
        let start = at + 1 + inner.find(word)?;
        let words = format!("{word}\u{a0}");
        self.out.push(Token::text(words, self.span(start, start + word.len())));
        for (between, place, label) in found {
            if !between.is_empty() {
                let span = self.span(at + 1 + between.start, at + 1 + between.end);
                self.out.push(Token::text(&inner[between], span));
            }
            let span = self.span(at + 1 + place.start, at + 1 + place.end);
            self.out.push(Token { kind: TokenKind::Piece(PKind::Number(label)), span });
        }
        self.from = at + inner.len() + 2;
        Some(self.from)
    }

    /// `\@ref(fig:map)`: the number alone.
    fn bookdown_reference(&mut self, at: usize) -> Option<usize> {
        let inner = self.leaf.text[at..].strip_prefix("@ref(")?;
        let label = inner[..limits::closed_near(inner, ')')?].to_owned();
        let plain = !label.is_empty() && !label.contains(char::is_whitespace);
        plain.then(|| self.one(at, label.len() + 6, TokenKind::Piece(PKind::Number(label))))
    }

    /// `\\` where a line ends, as TeX ends it; in paths and elsewhere it is a backslash.
    fn double_backslash(&mut self, at: usize) -> Option<usize> {
        let text = &self.leaf.text;
        let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or("");
        if word.contains([':', '\\', '/']) {
            return None;
        }
        // `\\[2pt]` says how far the next line is, which is a matter of looks.
        let skip =
            text[at + 1..].strip_prefix('[').and_then(|rest| limits::closed_near(rest, ']').map(|end| &rest[..end]));
        let skip = skip
            .filter(|skip| skip.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
            .map_or(0, |skip| skip.len() + 2);
        let after = at + 1 + skip;
        let written = self.parser.text.get(self.leaf.source(at) + 1 + skip..)?;
        let ends = written.trim_start_matches([' ', '\t', '\r']).starts_with('\n') || written.trim().is_empty();
        if !ends {
            return None;
        }
        let trimmed = self.leaf.text[self.from..at].trim_end_matches(' ').len() + self.from;
        self.flush(trimmed);
        let end = after + (text[after..].len() - text[after..].trim_start().len());
        if end < text.len() {
            let span = self.span(at, at + 1);
            self.out.push(Token { kind: TokenKind::Piece(PKind::LineBreak), span });
        }
        self.from = end;
        Some(end)
    }

    /// `5\,kg`, `z.\,B.`, `Dampf\-schiff`: TeX's thin space, and its place where a word may be divided.
    fn sign_of_tex(&mut self, at: usize, sign: char) -> Option<usize> {
        let text = &self.leaf.text;
        let (before, after) = (text[..at].chars().next_back()?, text[at + 1..].chars().next()?);
        let (fits, instead) = match sign {
            ',' => (
                (before.is_alphanumeric() || ".%)".contains(before))
                    && (after.is_alphanumeric() || "%€$£°".contains(after)),
                "\u{202f}",
            ),
            _ => (before.is_alphabetic() && after.is_lowercase(), "\u{ad}"),
        };
        if !fits {
            return None;
        }
        self.flush(at);
        self.out.push(Token::text(instead, self.span(at, at + 1)));
        self.from = at + 1;
        Some(at + 1)
    }

    /// What looks like HTML and is none is text.
    fn angle(&mut self, at: usize) -> usize {
        let Some(length) = no_html(&self.leaf.text[at..]) else { return at + 1 };
        let span = self.span(at, at + length);
        let words = self.leaf.text[at..at + length].to_owned();
        self.parser.looks_like_html(&words, span);
        at + length
    }

    /// `[[Outlook#Who pays|words]]`, `![[map.png]]`.
    fn wiki_link(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        let next = rest.get(2..).and_then(|name| name.find('[')).map_or(rest.len(), |length| length + 2);
        let Some(end) = rest[..next].find("]]").filter(|end| *end > 2) else {
            return self.one(at, 1, TokenKind::Open { note: false });
        };
        let inner = &rest[2..end];
        let (target, words) = match inner.split_once('|') {
            Some((target, words)) => (target.trim(), Some(words.trim())),
            None => (inner.trim(), None),
        };
        if self.leaf.text[self.from..at].ends_with('!') {
            return self.shown_file(at, end + 2, target, words);
        }
        let (name, label) = match target.split_once('#') {
            Some((name, label)) => (name.trim(), Some(label.trim_start_matches('#').trim().to_owned())),
            None => (target, None),
        };
        let words = words.map(|words| {
            let start = at + 2 + inner.len() - words.len();
            PInline { kind: PKind::Text(words.to_owned()), span: self.span(start, start + words.len()) }
        });
        let kind = PKind::Named(name.to_owned(), label, words.into_iter().collect());
        self.one(at, end + 2, TokenKind::Piece(kind))
    }

    /// `![[map.png|300]]`: a picture, of whose words the last are its width; a text is led to.
    fn shown_file(&mut self, at: usize, length: usize, target: &str, words: Option<&str>) -> usize {
        let span = self.span(at - 1, at + length);
        self.flush(at - 1);
        self.from = at + length;
        if !ENDINGS.iter().any(|ending| target.to_ascii_lowercase().ends_with(ending)) {
            self.parser.file_in_the_text(span);
            let (name, part) = target.split_once('#').unwrap_or((target, ""));
            let name = name.trim();
            // The label of a block is no word.
            let part = Some(part.trim()).filter(|part| !part.is_empty() && !part.starts_with('^')).map(str::to_owned);
            let words = words.map(|words| PInline { kind: PKind::Text(words.to_owned()), span });
            let kind = PKind::Named(name.to_owned(), part, words.into_iter().collect());
            self.out.push(PInline { kind, span }.into());
            return self.from;
        }
        let mut attributes = Attributes::default();
        let number = |size: &str| !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit());
        let size = words.and_then(|words| words.rsplit('|').next()).map(|size| size.split('x').next().unwrap_or(size));
        let alt = match size.filter(|size| number(size)) {
            Some(width) => {
                attributes.keys.push(("width".to_owned(), format!("{width}px")));
                words.and_then(|words| words.rsplit_once('|')).map(|(alt, _)| alt)
            }
            None => words,
        };
        let alt = alt.map(|alt| PInline { kind: PKind::Text(alt.to_owned()), span }).into_iter().collect();
        let kind = PKind::Picture { path: target.to_owned(), title: None, alt, attributes: Box::new(attributes) };
        self.out.push(PInline { kind, span }.into());
        self.from
    }

    /// `length` letters are dropped, after they were reported.
    fn left_out(&mut self, at: usize, length: usize) -> usize {
        self.flush(at);
        self.from = at + length;
        self.from
    }

    /// `==marked==`, `++put in++`.
    fn marked(&mut self, at: usize, sign: char) -> usize {
        let text = &self.leaf.text;
        let count = text[at..].len() - text[at..].trim_start_matches(sign).len();
        let (before, after) = (text[..at].chars().next_back(), text[at + count..].chars().next());
        if count != 2 {
            return at + count.max(1);
        }
        let word = |c: Option<char>| c.is_some_and(is_of_a_word);
        // At the edge of a stretch of letters stands what is stressed, or nothing.
        let opens = !word(before) && after.is_none_or(|c| c.is_alphanumeric() || "\"'“‘(".contains(c));
        let closes = !word(after) && before.is_none_or(|c| !c.is_whitespace());
        if !opens && !closes {
            return at + 2;
        }
        self.one(at, 2, TokenKind::Mark { sign, opens, closes })
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
                self.parser.diagnostics.report(
                    Diagnostic::new(&lints::SUSPECT_MARKUP, "names of pictograms are not read: this one is left out")
                        .at(span)
                        .hint("write the character itself"),
                );
                self.left_out(at, length + 2)
            }
            None => at + 1,
        }
    }

    /// `((term))` and `(((one, two)))` of Asciidoctor.
    fn index_term(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        let open = rest.len() - rest.trim_start_matches('(').len();
        let inner = &rest[open..];
        let close = ")".repeat(open);
        let end = limits::closed_near(inner, ')').filter(|end| inner[*end..].starts_with(&close));
        let Some(end) = end.filter(|end| *end > 0 && (2..=3).contains(&open) && !inner[..*end].contains('(')) else {
            return at + open.max(1);
        };
        let span = self.span(at, at + open * 2 + end);
        let words = inner[..end].trim();
        let hint = match open {
            2 => format!("for the index write [{words}]{{.index}}"),
            _ => {
                let levels: Vec<&str> = words.split(',').map(str::trim).collect();
                format!("for the index write []{{.index entry=\"{}\"}}", levels.join("!"))
            }
        };
        self.parser.diagnostics.report(
            Diagnostic::new(&lints::LITERAL_MARKUP, "an index term of Asciidoctor is printed as it stands")
                .at(span)
                .hint(hint),
        );
        at + open * 2 + end
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
        if let Some(at) = tex::group(rest).and_then(|(length, element)| self.element(at, length, &element)) {
            return at;
        }
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
        if let Some(length) = template(rest) {
            let span = self.span(at, at + length);
            let (message, hint) = of_a_template(&rest[..length]);
            self.parser.foreign(message, span, hint);
            return self.left_out(at, length);
        }
        if rest.starts_with("{:")
            && let Some(end) = limits::closed_near(rest, '}')
        {
            let span = self.span(at, at + end + 1);
            let behind =
                at == 0 && matches!(self.out.last(), Some(Token { kind: TokenKind::Piece(PKind::Picture { .. }), .. }));
            if behind && let Some(attributes) = attributes::parse(&rest[2..end], span) {
                return self.one(at, end + 1, TokenKind::Braces(attributes));
            }
            self.parser.kramdown(&rest[2..end], span);
            let trimmed = self.leaf.text[self.from..at].trim_end().len() + self.from;
            self.flush(trimmed);
            self.from = at + end + 1;
            return self.from;
        }
        let Some(end) = attributes::braces(rest).map(|length| length - 1) else { return at + 1 };
        let span = self.span(at, at + end + 1);
        if at == 0
            && let Some(format) = rest[1..end].strip_prefix('=')
            && matches!(self.out.last(), Some(Token { kind: TokenKind::Piece(PKind::Code(_)), .. }))
        {
            return self.of_a_format(format, at, end + 1, span);
        }
        match attributes::parse(&rest[1..end], span) {
            Some(attributes) if end > 1 && attributes::looks_like(&rest[1..end]) => {
                // The space before braces belongs to them.
                let trimmed = self.leaf.text[self.from..at].trim_end_matches(' ').len() + self.from;
                self.flush(trimmed);
                self.from = at;
                self.one(at, end + 1, TokenKind::Braces(attributes))
            }
            _ => at + 1,
        }
    }

    /// `` `\newline`{=latex} ``: what pandoc puts into one of its outputs as it stands.
    fn of_a_format(&mut self, format: &str, at: usize, length: usize, span: Span) -> usize {
        let Some(Token { kind: TokenKind::Piece(PKind::Code(words)), span: place }) = self.out.pop() else {
            return self.left_out(at, length);
        };
        let attributes = super::conditions::of_raw(format).and_then(|condition| attributes::parse(condition, span));
        let Some(attributes) = attributes else {
            let message = format!("what is written for {format} alone is left out");
            let hint = "recto makes PDF, EPUB and a web edition: write the passage in Markdown if it belongs there";
            self.parser.diagnostics.report(Diagnostic::new(&lints::LEFT_OUT, message).at(place.to(span)).hint(hint));
            return self.left_out(at, length);
        };
        self.parser.conditional = true;
        let when = self.parser.when(&attributes, span);
        let content = match words.trim() {
            "\\newline" | "\\linebreak" | "\\\\" | "<br>" | "<br/>" | "<br />" => {
                vec![PInline { kind: PKind::LineBreak, span: place }]
            }
            words => self.parser.attribute_text(words, place).content,
        };
        let kind = PKind::When(when, content);
        self.out.push(PInline { kind, span: place.to(span) }.into());
        self.left_out(at, length)
    }

    fn at_sign(&mut self, at: usize) -> usize {
        let before = self.leaf.text[..at].chars().next_back();
        if before.is_some_and(is_of_a_word) {
            return at + 1;
        }
        // `-@smith`, `-@fig-map`, where the hyphen is no part of a word.
        let bare = self.leaf.text[..at]
            .strip_suffix('-')
            .is_some_and(|rest| at > self.from && !rest.ends_with(|c: char| is_of_a_word(c) || c == '-'));
        let start = at - usize::from(bare);
        let label = label(&self.leaf.text[at + 1..]);
        if let Some(name) = reference(label) {
            let length = at + 1 + label.len() - start;
            return self.one(
                start,
                length,
                TokenKind::Piece(if bare { PKind::Number(name) } else { PKind::Name(name) }),
            );
        }
        let Some((length, key)) = super::citations::key(&self.leaf.text[at + 1..]) else { return at + 1 };
        if !self.parser.bibliography {
            // `@ann@salt.example` is a handle, whatever the metadata says.
            // That of a package, `@theme/Tabs`, is none.
            if !self.leaf.text[at + 1 + length..].starts_with('@') && !key.contains('/') {
                self.parser.handle(&key, self.span(at, at + 1 + length));
            }
            return at + 1 + length;
        }
        self.one(start, at + 1 + length - start, TokenKind::Key { key, without_author: bare })
    }

    /// A formula; money is letters.
    fn dollar(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        if let Some(length) = formula(rest) {
            return self.formula(at, length);
        }
        let Some(length) = between_dollars(rest) else { return at + 1 };
        let span = self.span(at, at + length);
        self.parser.diagnostics.report(
            Diagnostic::new(&lints::LITERAL_MARKUP, "what stands between these dollar signs is printed as it is")
                .at(span)
                .hint("if it is meant as no formula, write \\$ for each sign"),
        );
        at + length
    }

    fn formula(&mut self, at: usize, length: usize) -> usize {
        let span = self.span(at, at + length);
        let environment = self.leaf.text[at..].strip_prefix("\\begin{").and_then(|rest| rest.split('}').next());
        let said = match environment.filter(|name| !tex::is_of_formulas(name)) {
            Some(name) => {
                let message = format!("the TeX environment \"{name}\" is not understood");
                Diagnostic::new(&lints::FOREIGN_MARKUP, message).hint(tex::instead_of_environment(name))
            }
            None => Diagnostic::new(&lints::MATH, "a formula, which recto does not set")
                .hint("write it in words with H~2~O and 10^6^ marks, or as a picture; a plain dollar sign is \\$"),
        };
        self.parser.diagnostics.report(said.at(span));
        // Its label goes with it.
        let after = &self.leaf.text[at + length..];
        let gap = after.len() - after.trim_start().len();
        let label = attributes::braces(&after[gap..]).filter(|_| after[gap..].starts_with("{#"));
        self.left_out(at, length + label.map_or(0, |label| gap + label))
    }

    /// Formulas and commands of TeX; a backslash before other letters is one.
    fn backslash(&mut self, at: usize) -> usize {
        let rest = &self.leaf.text[at..];
        if let Some(length) = formula(rest) {
            return self.formula(at, length);
        }
        let place = |parser: &Parser<'_>, length: usize| {
            let (from, to) = (self.leaf.source(at), self.leaf.source(at + length));
            parser.span(from..to.max(from))
        };
        if let Some((length, mark)) = self.parser.index_command(rest, place) {
            self.flush(at);
            self.parser.marked = true;
            self.out.extend(mark.map(Token::from));
            self.from = at + length;
            return self.from;
        }
        // Pandoc's space that does not break; `C:\ ` is a drive.
        if rest.starts_with("\\ ") && !self.leaf.text[..at].ends_with([':', '\\']) {
            self.flush(at);
            self.out.push(Token::text("\u{a0}", self.span(at, at + 2)));
            self.from = at + 2;
            return self.from;
        }
        let name: String = rest[1..].chars().take_while(char::is_ascii_alphabetic).collect();
        if matches!(name.as_str(), "printindex" | "makeindex") {
            // The index is made without being asked for.
            return self.left_out(at, 1 + name.len());
        }
        let in_a_word = self.leaf.text[..at].ends_with(|c: char| is_of_a_word(c) || ":\\/".contains(c));
        match tex::command(rest, in_a_word) {
            Some((length, command)) => self.command(at, length, &name, command),
            None => at + 1 + name.len(),
        }
    }

    /// A command of TeX: what it says here, or a message.
    fn command(&mut self, at: usize, length: usize, name: &str, command: Command<'_>) -> usize {
        let span = self.span(at, at + length);
        let piece = |kind| Token { kind: TokenKind::Piece(kind), span };
        let tokens = match command {
            Command::Element(element) => {
                if let Some(at) = self.element(at, length, &element) {
                    return at;
                }
                self.unknown_command(name, span);
                return self.left_out(at, length);
            }
            Command::Letters(letters) => vec![Token::text(letters, span)],
            Command::Break => vec![piece(PKind::LineBreak)],
            Command::Works { .. } if !self.parser.bibliography => {
                self.parser.citation(span);
                Vec::new()
            }
            Command::Works { keys, before, after, manner } => works(&keys, before, after, manner, span),
            Command::Reference(labels, reference) => {
                // `Figure~\ref{…}`: a tilde is TeX's space that does not break.
                if at > self.from && self.leaf.text[..at].ends_with('~') {
                    self.flush(at - 1);
                    self.from = at;
                    self.out.push(Token::text("\u{a0}", self.span(at - 1, at)));
                }
                reference.pieces(&labels).into_iter().map(piece).collect()
            }
            Command::Label(label) => {
                let attributes =
                    Attributes { label: Some((label.to_owned(), span)), span: Some(span), ..Attributes::default() };
                let trimmed = self.leaf.text[self.from..at].trim_end_matches(' ').len() + self.from;
                self.flush(trimmed);
                self.from = at;
                vec![Token { kind: TokenKind::Braces(attributes), span }]
            }
            Command::Address(shown) => {
                let url = if shown.contains("://") { shown.to_owned() } else { format!("https://{shown}") };
                vec![piece(PKind::Address { url, shown: shown.to_owned() })]
            }
            Command::Looks => {
                self.parser.looks_of_tex(name, span);
                let (before, after) = (&self.leaf.text[..at], &self.leaf.text[at + length..]);
                let spaced = before.is_empty() || before.ends_with(char::is_whitespace);
                let gap = after.len() - after.trim_start().len();
                return self.left_out(at, length + if spaced { gap } else { 0 });
            }
            Command::Unknown => {
                self.unknown_command(name, span);
                Vec::new()
            }
        };
        self.flush(at);
        self.out.extend(tokens);
        self.from = at + length;
        self.from
    }

    /// The words after `length` letters become an element, up to the brace that closes it; `None` if none does.
    fn element(&mut self, at: usize, length: usize, element: &Element<'_>) -> Option<usize> {
        let from = self.leaf.source(at + length - 1) + 1;
        self.parser.commands.retain(|(end, _)| *end >= from);
        if self.parser.commands.len() >= limits::MARKDOWN {
            return None;
        }
        let end = from + tex::closing(self.parser.text.get(from..)?)?;
        let (open, close) = element.tags();
        self.parser.commands.push((end, close));
        if matches!(element, Element::Looks) {
            let span = self.span(at, at + length);
            let name = self.leaf.text[at..].trim_start_matches(['{', '\\']);
            let name = name[..name.bytes().take_while(u8::is_ascii_alphabetic).count()].to_owned();
            self.parser.looks_of_tex(&name, span);
        }
        Some(self.one(at, length, TokenKind::Html(open)))
    }

    /// A brace that closes the words of a command.
    fn closing_brace(&mut self, at: usize) -> usize {
        let source = self.leaf.source(at);
        match self.parser.commands.iter().rposition(|(end, _)| *end == source) {
            Some(found) => {
                let (_, close) = self.parser.commands.remove(found);
                self.one(at, 1, TokenKind::Html(close))
            }
            None => at + 1,
        }
    }

    fn unknown_command(&mut self, name: &str, span: Span) {
        self.parser.foreign(format!("the TeX command \"\\{name}\" is not understood"), span, tex::instead_of(name));
    }

    /// A bare address, linked with its bytes unchanged.
    fn address(&mut self, at: usize) -> Option<usize> {
        let before = self.leaf.text[..at].chars().next_back();
        if before.is_some_and(|c| is_of_a_word(c) || "/.@-_".contains(c)) {
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

/// What stands for works that TeX cites: `[see @a, p. 3; @b]`, `@a [p. 3]`.
fn works(keys: &[&str], before: &str, after: &str, manner: Manner, span: Span) -> Vec<Token> {
    let key = |key: &str| TokenKind::Key { key: key.to_owned(), without_author: manner == Manner::WithoutAuthor };
    let token = |kind| Token { kind, span };
    let (before, after) = (before.replace('~', "\u{a0}"), after.replace('~', "\u{a0}"));
    let mut tokens = Vec::new();
    if manner != Manner::InText {
        tokens.push(token(TokenKind::Open { note: false }));
    }
    if !before.is_empty() {
        tokens.push(Token::text(format!("{before} "), span));
    }
    for (at, name) in keys.iter().enumerate() {
        if at > 0 {
            tokens.push(Token::text("; ", span));
        }
        tokens.push(token(key(name)));
    }
    match (manner, after.is_empty()) {
        (Manner::InText, true) => {}
        (Manner::InText, false) => {
            let words = Token::text(after, span);
            tokens.extend([token(TokenKind::Open { note: false }), words, token(TokenKind::Close)]);
        }
        (_, empty) => {
            if !empty {
                tokens.push(Token::text(format!(", {after}"), span));
            }
            tokens.push(token(TokenKind::Close));
        }
    }
    tokens
}

/// How labels begin that `@` refers to, before a hyphen or a colon.
#[rustfmt::skip]
const KINDS: [&str; 23] = [
    "fig", "tbl", "sec", "box", "lst", "eq", "nte", "tip", "wrn", "imp", "cau", "thm", "rec", "lem", "cor", "prp", "cnj",
    "def", "exm", "exr", "sol", "rem", "alg",
];

/// The letters of a label at the start of a text; the stop of a sentence is none of it.
fn label(text: &str) -> &str {
    let end = text.find(|c: char| !(is_of_a_word(c) || "-_:.".contains(c))).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ':', '-', '_'])
}

/// `@fig-map`, `@Fig-map`, `@fig:map`: the label, its kind in small letters.
fn reference(label: &str) -> Option<String> {
    let end = label.find(['-', ':'])?;
    let kind = label[..end].to_lowercase();
    let plain = label.chars().skip(1).take(end.saturating_sub(1)).all(|c| c.is_ascii_lowercase());
    (plain && label.len() > end + 1 && KINDS.contains(&kind.as_str())).then(|| format!("{kind}{}", &label[end..]))
}

/// `@fig-a`, `-@fig-a` and `@fig-a; @fig-b`, as Quarto writes them in brackets.
fn bracketed_references(inner: &str) -> Option<PKind> {
    let one = |item: &str| {
        let label = item.trim().strip_prefix('@')?;
        let plain = label.chars().all(|c| is_of_a_word(c) || "-_:.".contains(c));
        reference(label).filter(|_| plain)
    };
    if let Some(bare) = inner.trim().strip_prefix('-') {
        return one(bare).map(PKind::Number);
    }
    let mut labels: Vec<String> = inner.split(';').map(one).collect::<Option<_>>()?;
    Some(if labels.len() == 1 { PKind::Name(labels.remove(0)) } else { PKind::Names(labels) })
}

/// Whether the first label in brackets is no citation.
fn is_reference(inner: &str) -> bool {
    let label = inner.split('@').nth(1).unwrap_or("");
    let end = label.find(|c: char| !(is_of_a_word(c) || "-_:".contains(c))).unwrap_or(label.len());
    reference(&label[..end]).is_some()
}

/// How the names of pictures end.
const ENDINGS: [&str; 8] = [".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".tif", ".tiff"];

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
