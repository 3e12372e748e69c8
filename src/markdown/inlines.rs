//! Inline text: pulldown-cmark's events become pieces.
//!
//! What it leaves as letters is cut by [`scan`](super::scan), and what belongs together on one level of the tree is
//! joined by [`join`](super::join).

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Parser;
use super::events::{Events, is_block, pass_over};
use super::fair::NO_BLOCK;
use super::leaf::Leaf;
use super::shield::is_wide;
use super::token::{Line, Token, TokenKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PInline, PKind};

impl Parser<'_> {
    /// Inline events up to the end of an element, or with `None` up to the next block. Braces at the end belong to
    /// nothing there.
    pub(super) fn inline(&mut self, events: &mut Events<'_>, end: Option<TagEnd>) -> Vec<PInline> {
        let line = self.line(events, end);
        self.without_braces(line)
    }

    /// The same, of what may have braces at its end.
    pub(super) fn line(&mut self, events: &mut Events<'_>, end: Option<TagEnd>) -> Line {
        let mut out = Vec::new();
        let mut leaf = Leaf::default();
        while let Some((event, place)) = events.next() {
            match event {
                Event::Text(text) => {
                    let escaped = place.start > 0
                        && self.text.as_bytes().get(place.start - 1) == Some(&b'\\')
                        && text.starts_with(|c: char| c.is_ascii_punctuation());
                    // What is written as `&lt;` is meant as a letter.
                    let escaped = escaped || (self.text[place.clone()].starts_with('&') && !text.starts_with('&'));
                    self.push_letters(&text, &place, escaped, &mut leaf, &mut out);
                }
                // The first line of a box is its title.
                Event::SoftBreak | Event::HardBreak if self.title_ends.is_some_and(|end| place.start >= end) => {
                    self.title_ends = None;
                    self.flush(&mut leaf, &mut out);
                    out.push(Token { kind: TokenKind::Piece(PKind::LineBreak), span: self.span(place) });
                }
                Event::SoftBreak if self.line_of_letter_ends(place.start) => {
                    self.flush(&mut leaf, &mut out);
                    out.push(Token { kind: TokenKind::Piece(PKind::LineBreak), span: self.span(place) });
                }
                Event::SoftBreak => leaf.push(self.line_end(&place), place.start, place.end, false),
                Event::End(tag) if Some(tag) == end => break,
                Event::End(_) if end.is_none() => {
                    events.at -= 1;
                    break;
                }
                // What stands on lines of its own ends a text without a paragraph.
                Event::Rule | Event::Html(_) if end.is_none() => {
                    events.at -= 1;
                    break;
                }
                Event::Start(tag) if end.is_none() && is_block(&tag) => {
                    events.at -= 1;
                    break;
                }
                other => {
                    self.flush(&mut leaf, &mut out);
                    let opens = matches!(other, Event::Start(_));
                    if opens && !self.enter(place.clone()) {
                        pass_over(events);
                        continue;
                    }
                    self.inline_event(other, place, events, &mut out);
                    self.depth -= usize::from(opens);
                }
            }
        }
        self.flush(&mut leaf, &mut out);
        self.join(out)
    }

    /// Letters of a line; a tab is a space, and the sign that word processors end a line with ends it.
    fn push_letters(&mut self, text: &str, place: &Range<usize>, escaped: bool, leaf: &mut Leaf, out: &mut Vec<Token>) {
        if !text.contains(['\t', '\u{b}', NO_BLOCK]) {
            return leaf.push(text, place.start, place.end, escaped);
        }
        let text = text.replace('\t', " ");
        let mut at = place.start;
        for part in text.split_inclusive(['\u{b}', NO_BLOCK]) {
            let letters = part.trim_end_matches(['\u{b}', NO_BLOCK]);
            if !letters.is_empty() {
                leaf.push(letters, at, (at + letters.len()).min(place.end), escaped && at == place.start);
            }
            at = (at + part.len()).min(place.end);
            if part.ends_with('\u{b}') {
                self.flush(leaf, out);
                out.push(Token { kind: TokenKind::Piece(PKind::LineBreak), span: self.span(at - 1..at) });
            }
        }
    }

    /// An event with the letters of the section again, where they were covered.
    pub(super) fn unshielded<'e>(
        &self,
        event: Event<'e>,
        place: &Range<usize>,
        shielded: &str,
        offset: usize,
    ) -> Event<'e> {
        let written = &self.text[place.clone()];
        let covered = &shielded[place.start - offset..place.end - offset];
        if written == covered {
            return event;
        }
        let own = |text: CowStr<'e>| if &*text == covered { CowStr::from(written.to_owned()) } else { text };
        match event {
            Event::Text(text) => Event::Text(own(text)),
            Event::Html(text) => Event::Html(own(text)),
            Event::InlineHtml(text) => Event::InlineHtml(own(text)),
            other => other,
        }
    }

    /// What stands between two lines: a space, but nothing between letters that are written without spaces.
    fn line_end(&self, place: &Range<usize>) -> &'static str {
        let marks = |c: &char| !"*_~`[]".contains(*c);
        let before = self.text[..place.start].trim_end().chars().rev().find(marks);
        let after = self.text[place.end..].trim_start_matches([' ', '\t', '>', '\r', '\n']).chars().find(marks);
        // Brackets may stand in a text of English or Korean, full-width stops and commas do not.
        let stop = |letter: char| "、。，．！？：；".contains(letter);
        let mark = before.is_some_and(stop) || after.is_some_and(stop);
        if mark || before.is_some_and(is_wide) && after.is_some_and(is_wide) { "" } else { " " }
    }

    fn flush(&mut self, leaf: &mut Leaf, out: &mut Vec<Token>) {
        if !leaf.is_empty() {
            let leaf = std::mem::take(leaf);
            self.scan(leaf, out);
        }
    }

    fn inline_event(&mut self, event: Event<'_>, place: Range<usize>, events: &mut Events<'_>, out: &mut Vec<Token>) {
        let span = self.span(place.clone());
        let kind = match event {
            Event::Code(text) => {
                if let Some((message, hint)) = code_that_is_run(&text) {
                    self.foreign(message, span, hint);
                }
                PKind::Code(text.replace('\t', " "))
            }
            Event::HardBreak => PKind::LineBreak,
            Event::FootnoteReference(label) => PKind::NoteCall(label.to_string()),
            Event::InlineHtml(html) => {
                out.push(Token { kind: TokenKind::Html(html.to_string()), span });
                return;
            }
            Event::Start(Tag::Emphasis) => PKind::Emphasis(self.inline(events, Some(TagEnd::Emphasis))),
            Event::Start(Tag::Strong) => PKind::Strong(self.inline(events, Some(TagEnd::Strong))),
            Event::Start(Tag::Strikethrough) => PKind::Strike(self.inline(events, Some(TagEnd::Strikethrough))),
            Event::Start(Tag::Subscript) => PKind::Subscript(self.inline(events, Some(TagEnd::Subscript))),
            Event::Start(Tag::Superscript) => PKind::Superscript(self.inline(events, Some(TagEnd::Superscript))),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let outer = std::mem::replace(&mut self.in_link, true);
                let content = self.inline(events, Some(TagEnd::Link));
                self.in_link = outer;
                self.link(link_type, &dest_url, content, span)
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let mut alt = self.inline(events, Some(TagEnd::Image));
                let attributes = size_in_brackets(&mut alt);
                let title = (!title.is_empty()).then(|| title.to_string());
                PKind::Picture { path: dest_url.to_string(), title, alt, attributes: Box::new(attributes) }
            }
            _ => return,
        };
        out.push(PInline { kind, span }.into());
    }

    pub(super) fn link(
        &mut self,
        kind: LinkType,
        url: &str,
        content: Vec<PInline>,
        span: crate::source::Span,
    ) -> PKind {
        if runs(url) {
            self.diagnostics.report(
                Diagnostic::new(
                    &lints::EPUB_BAD_LINK,
                    format!("the link leads to \"{url}\", which is no address of a book"),
                )
                .at(span)
                .hint("a link leads to the web (https://…), to somebody (mailto:…) or to a place in the book (#label)"),
            );
            return PKind::Cite(content);
        }
        if let Some(label) = url.strip_prefix('#') {
            let label = decoded(label);
            let words = super::letters(&content);
            return match words.trim() {
                "" if content.is_empty() => match label.strip_prefix('^') {
                    Some(note) => PKind::NoteNumber(note.to_owned()),
                    None => PKind::Name(label),
                },
                "page" => PKind::Page(label),
                _ => self.with_number(label, content),
            };
        }
        match kind {
            LinkType::Email => return PKind::Link(format!("mailto:{url}"), content),
            LinkType::Autolink => return PKind::Address { url: url.to_owned(), shown: super::letters(&content) },
            _ => {}
        }
        if url.starts_with("www.") {
            return self.link_to(format!("https://{url}"), content, span);
        }
        let scheme = url.split([':', '/', '#']).next().unwrap_or("");
        if url[scheme.len()..].starts_with(':') && !scheme.is_empty() {
            return self.link_to(url.to_owned(), content, span);
        }
        let (path, label) = match url.split_once('#') {
            Some((path, label)) => (path, Some(decoded(label)).filter(|label| !label.is_empty())),
            None => (url, None),
        };
        PKind::File(decoded(path), label, content)
    }
}

impl Parser<'_> {
    /// Words that lead to a label; MyST writes `%s` or `{number}` in them for its number.
    pub(super) fn with_number(&self, label: String, content: Vec<PInline>) -> PKind {
        let mut made = Vec::with_capacity(content.len());
        for piece in content {
            let PKind::Text(text) = &piece.kind else {
                made.push(piece);
                continue;
            };
            let found = ["%s", "{number}"].iter().find_map(|mark| text.split_once(mark));
            let Some((before, after)) = found else {
                made.push(piece);
                continue;
            };
            let span = piece.span;
            // A number stays with its word.
            let before = before.strip_suffix(' ').map_or(before.to_owned(), |word| format!("{word}\u{a0}"));
            made.push(PInline { kind: PKind::Text(before), span });
            made.push(PInline { kind: PKind::Number(label.clone()), span });
            made.push(PInline { kind: PKind::Text(after.to_owned()), span });
        }
        PKind::Words(label, made)
    }

    /// A link to the web; one without words shows its address.
    fn link_to(&mut self, url: String, content: Vec<PInline>, span: crate::source::Span) -> PKind {
        if !content.is_empty() {
            return PKind::Link(url, content);
        }
        self.diagnostics.report(
            Diagnostic::new(&lints::SUSPECT_MARKUP, "this link has no words: its address is printed")
                .at(span)
                .hint("write some in the brackets, or the address alone: <https://…>"),
        );
        PKind::Address { shown: url.strip_prefix("mailto:").unwrap_or(&url).to_owned(), url }
    }
}

/// What other tools run in the line, and what to write instead.
fn code_that_is_run(code: &str) -> Option<(String, &'static str)> {
    let braces = code.strip_prefix('{').and_then(|rest| rest.split_once("} ")).map(|(name, _)| name);
    let name = braces.or(code.strip_prefix("r ").filter(|rest| !rest.trim_start().starts_with('=')).map(|_| "r"))?;
    let plain = matches!(name, "r" | "python" | "julia" | "ojs");
    plain.then(|| (format!("the code \"{name}\" in the line is not run"), "write its result in its place"))
}

/// An address or a label with its `%20` read; as it is when that gives no text.
fn decoded(written: &str) -> String {
    let bytes = written.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = written.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex.filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| written.to_owned())
}

/// Whether an address runs, opens a file, or holds what it leads to. Readers leave controls and spaces out of it.
fn runs(url: &str) -> bool {
    let plain: String =
        url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase();
    ["javascript:", "vbscript:", "data:", "file:"].iter().any(|scheme| plain.starts_with(scheme))
}

/// Takes the size off that Obsidian has in the brackets: `![A map|300](…)`, `![A map|300x200](…)`.
fn size_in_brackets(alt: &mut [PInline]) -> Attributes {
    let mut attributes = Attributes::default();
    let Some(PInline { kind: PKind::Text(text), .. }) = alt.last_mut() else { return attributes };
    let Some((words, size)) = text.rsplit_once('|') else { return attributes };
    let mut sides = size.trim().splitn(2, 'x');
    let number = |side: &&str| (1..=4).contains(&side.len()) && side.bytes().all(|byte| byte.is_ascii_digit());
    let (width, height) = (sides.next().filter(number), sides.next());
    if let Some(width) = width.filter(|_| height.as_ref().is_none_or(number)) {
        attributes.keys.push(("width".to_owned(), format!("{width}px")));
        *text = words.trim_end().to_owned();
    }
    attributes
}
