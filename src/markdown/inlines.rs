//! Inline text: pulldown-cmark's events become pieces.
//!
//! What it leaves as letters is cut by [`scan`](super::scan), and what belongs together on one level of the tree is
//! joined by [`join`](super::join).

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Parser;
use super::events::{Events, is_block, pass_over};
use super::leaf::Leaf;
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
                    leaf.push(&text, place.start, place.end, escaped);
                }
                // The first line of a box is its title.
                Event::SoftBreak | Event::HardBreak if self.title_ends.is_some_and(|end| place.start >= end) => {
                    self.title_ends = None;
                    self.flush(&mut leaf, &mut out);
                    out.push(Token { kind: TokenKind::Piece(PKind::LineBreak), span: self.span(place) });
                }
                Event::SoftBreak => leaf.push(" ", place.start, place.end, false),
                Event::End(tag) if Some(tag) == end => break,
                Event::End(_) if end.is_none() => {
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

    fn flush(&mut self, leaf: &mut Leaf, out: &mut Vec<Token>) {
        if !leaf.is_empty() {
            let leaf = std::mem::take(leaf);
            self.scan(leaf, out);
        }
    }

    fn inline_event(&mut self, event: Event<'_>, place: Range<usize>, events: &mut Events<'_>, out: &mut Vec<Token>) {
        let span = self.span(place.clone());
        let kind = match event {
            Event::Code(text) => PKind::Code(text.to_string()),
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
                let content = self.inline(events, Some(TagEnd::Link));
                self.link(link_type, &dest_url, content, span)
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let alt = self.inline(events, Some(TagEnd::Image));
                let title = (!title.is_empty()).then(|| title.to_string());
                PKind::Picture { path: dest_url.to_string(), title, alt, attributes: Attributes::default() }
            }
            _ => return,
        };
        out.push(PInline { kind, span }.into());
    }

    fn link(&mut self, kind: LinkType, url: &str, content: Vec<PInline>, span: crate::source::Span) -> PKind {
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
            let words = super::letters(&content);
            return match words.trim() {
                "" => PKind::Name(label.to_owned()),
                "page" => PKind::Page(label.to_owned()),
                _ => PKind::Words(label.to_owned(), content),
            };
        }
        match kind {
            LinkType::Email => PKind::Link(format!("mailto:{url}"), content),
            LinkType::Autolink => PKind::Address { url: url.to_owned(), shown: super::letters(&content) },
            _ if url.contains(':') || url.starts_with("www.") => {
                let url = if url.starts_with("www.") { format!("https://{url}") } else { url.to_owned() };
                PKind::Link(url, content)
            }
            _ => {
                self.diagnostics.report(
                    Diagnostic::new(
                        &lints::UNDEFINED_LABEL,
                        format!("the link leads to \"{url}\", which is no address"),
                    )
                    .at(span)
                    .hint("an address begins with https://; a place in the book is written (#label)"),
                );
                PKind::Cite(content)
            }
        }
    }
}

/// Whether an address runs, opens a file, or holds what it leads to. Readers leave controls and spaces out of it.
fn runs(url: &str) -> bool {
    let plain: String =
        url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase();
    ["javascript:", "vbscript:", "data:", "file:"].iter().any(|scheme| plain.starts_with(scheme))
}
