//! Regions: a section is cut at its `:::` fences, outside code.

use std::ops::Range;

use super::Parser;
use super::attributes;
use crate::book::block::{BoxKind, QuoteKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PText};
use crate::source::Span;

/// What a box may say besides its label; `collapse`, `icon` and `appearance` are Quarto's and mean nothing on paper.
const BOX_KEYS: [&str; 4] = ["title", "collapse", "icon", "appearance"];

/// A line of the section: its bytes, without the line end.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = range.start;
    std::iter::from_fn(move || {
        if at >= range.end {
            return None;
        }
        let end = text[at..range.end].find('\n').map_or(range.end, |length| at + length);
        let line = at..end;
        at = end + 1;
        Some(line)
    })
}

/// The definitions that every stretch of a section must know: links as written, and a stand-in for each note, since
/// pulldown-cmark takes a call for letters when it sees no definition.
pub(super) fn definitions(body: &str) -> String {
    let mut out = String::from("\n\n");
    let mut code: Option<&str> = None;
    for line in body.lines() {
        let trimmed = line.trim_start();
        if let Some(fence) = fence_of(trimmed) {
            code = match code {
                None => Some(fence),
                Some(open) if trimmed.starts_with(open) => None,
                open => open,
            };
        }
        if code.is_some() || line.len() - trimmed.len() > 3 || !trimmed.starts_with('[') {
            continue;
        }
        let Some(end) = trimmed.find("]:") else { continue };
        let label = &trimmed[1..end];
        if let Some(note) = label.strip_prefix('^') {
            if !note.is_empty() && !note.contains(['[', ']', ' ']) {
                out.push_str(&format!("[^{note}]: x\n\n"));
            }
        } else if !label.contains(['[', ']']) && !label.is_empty() {
            out.push_str(trimmed);
            out.push_str("\n\n");
        }
    }
    out
}

fn fence_of(line: &str) -> Option<&str> {
    ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence))
}

/// A fence of a div.
enum Fence<'a> {
    Open(&'a str),
    Close,
}

fn div_fence(line: &str) -> Option<Fence<'_>> {
    let trimmed = line.trim_start_matches(' ');
    if line.len() - trimmed.len() > 3 || !trimmed.starts_with(":::") {
        return None;
    }
    let rest = trimmed.trim_start_matches(':').trim();
    let rest = rest.trim_end_matches(':').trim_end();
    Some(if rest.is_empty() { Fence::Close } else { Fence::Open(rest) })
}

impl Parser<'_> {
    /// Parses a stretch with its divs.
    pub(super) fn region(&mut self, range: Range<usize>) -> Vec<PBlock> {
        let mut blocks = Vec::new();
        let mut plain = range.start;
        let mut code: Option<&str> = None;
        let mut open: Vec<(Range<usize>, String)> = Vec::new();
        let text = self.text;
        for line in lines(text, range.clone()) {
            let words = &text[line.clone()];
            let trimmed = words.trim_start();
            if let Some(fence) = fence_of(trimmed) {
                code = match code {
                    None => Some(fence),
                    Some(open) if trimmed.starts_with(open) => None,
                    open => open,
                };
            }
            if code.is_some() {
                continue;
            }
            match div_fence(words) {
                Some(Fence::Open(attributes)) => {
                    if open.is_empty() {
                        blocks.extend(self.stretch(plain..line.start));
                    }
                    open.push((line.clone(), attributes.to_owned()));
                }
                Some(Fence::Close) => match open.pop() {
                    Some((start, attributes)) if open.is_empty() => {
                        let inside = (start.end + 1).min(line.start)..line.start;
                        blocks.extend(self.div(start, &attributes, inside));
                        plain = (line.end + 1).min(range.end);
                    }
                    Some(_) => {}
                    None => {
                        blocks.extend(self.stretch(plain..line.start));
                        plain = (line.end + 1).min(range.end);
                        let span = self.span(line.clone());
                        self.diagnostics.report(
                            Diagnostic::new(&lints::UNCLOSED_DIV, "this \":::\" closes nothing")
                                .at(span)
                                .hint("take it out, or open a block above with ::: box"),
                        );
                    }
                },
                None => {}
            }
        }
        if let Some((start, attributes)) = open.into_iter().next() {
            let span = self.span(start.clone());
            self.diagnostics.report(
                Diagnostic::new(&lints::UNCLOSED_DIV, "this \":::\" block never ends")
                    .at(span)
                    .hint("close it with a line of its own: :::"),
            );
            let inside = (start.end + 1).min(range.end)..range.end;
            blocks.extend(self.div(start, &attributes, inside));
            plain = range.end;
        }
        blocks.extend(self.stretch(plain..range.end));
        self.attach(blocks)
    }

    /// A div by its class.
    fn div(&mut self, fence: Range<usize>, written: &str, inside: Range<usize>) -> Vec<PBlock> {
        if !self.enter(fence.clone()) {
            return Vec::new();
        }
        let blocks = self.div_of(self.span(fence), written, inside);
        self.depth -= 1;
        blocks
    }

    fn div_of(&mut self, span: Span, written: &str, inside: Range<usize>) -> Vec<PBlock> {
        let inner = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let attributes = match inner {
            Some(inner) => attributes::parse(inner, span),
            None => {
                let name = written.split_whitespace().next().unwrap_or("");
                attributes::parse(&format!(".{name}"), span)
            }
        };
        let Some(attributes) = attributes else {
            self.foreign(
                "the attributes of this \":::\" block cannot be read",
                span,
                "write ::: {.callout-note title=\"…\"}",
            );
            return self.region(inside);
        };
        let class = attributes.classes.first().cloned().unwrap_or_default();
        if matches!(class.as_str(), "verse" | "line-block") {
            return self.verse_div(inside, span, &attributes);
        }
        let blocks = self.region(inside);
        let kind = match class.as_str() {
            "pullquote" | "pull-quote" => {
                let texts = texts_of(blocks);
                PBlockKind::PullQuote(texts)
            }
            "epigraph" => PBlockKind::Quote(QuoteKind::Epigraph, blocks),
            "letter" => PBlockKind::Quote(QuoteKind::Letter, blocks),
            _ => match box_kind(&class) {
                Some(kind) => self.box_of(kind, &attributes, blocks, span),
                None => {
                    if !class.is_empty() {
                        self.unknown_div(&class, span);
                    }
                    PBlockKind::Group(blocks)
                }
            },
        };
        for (key, _) in &attributes.keys {
            let known = key == "lang" || (matches!(kind, PBlockKind::Box { .. }) && BOX_KEYS.contains(&key.as_str()));
            if !known {
                self.unknown_attribute(key, span);
            }
        }
        vec![self.labelled(kind, span, &attributes)]
    }

    fn unknown_div(&mut self, class: &str, span: Span) {
        let known = [
            "box",
            "key-points",
            "callout-note",
            "callout-tip",
            "callout-important",
            "callout-warning",
            "callout-caution",
            "pullquote",
            "verse",
            "letter",
            "epigraph",
        ];
        let hint = match crate::diagnostic::nearest(class, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("recto knows {}; the text is kept", known.join(", ")),
        };
        self.diagnostics.report(
            Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, format!("\"{class}\" is no kind of block")).at(span).hint(hint),
        );
    }

    fn box_of(&mut self, kind: BoxKind, attributes: &Attributes, mut blocks: Vec<PBlock>, span: Span) -> PBlockKind {
        let mut title = attributes.get("title").map(|title| self.words(title, span));
        // Quarto's other way: the box's title is its first heading.
        if title.is_none() && matches!(blocks.first().map(|block| &block.kind), Some(PBlockKind::Heading(_))) {
            let first = blocks.remove(0);
            if let PBlockKind::Heading(heading) = first.kind {
                title = Some(heading.title);
            }
        }
        PBlockKind::Box { kind, title, blocks }
    }

    /// The pieces of words with markup, read where they stand; nothing when there is none.
    fn marked_words(&mut self, words: &str, span: Span) -> Vec<crate::markdown::parsed::PInline> {
        if !words.contains(['*', '_', '`', '[', '^', '~']) || words.starts_with(['#', '>', '|', ':']) {
            return Vec::new();
        }
        let start = span.start as usize;
        let written = self.text.get(start..span.end as usize);
        match written.and_then(|written| written.find(words)) {
            Some(at) => self.line_of(start + at..start + at + words.len()),
            None => Vec::new(),
        }
    }

    /// Words from an attribute, as a text.
    pub(super) fn words(&mut self, words: &str, span: Span) -> PText {
        let mut content = self.marked_words(words, span);
        if content.is_empty() {
            let kind = crate::markdown::parsed::PKind::Text(words.to_owned());
            content = vec![crate::markdown::parsed::PInline { kind, span }];
        }
        self.text_block(content, span)
    }

    fn labelled(&mut self, kind: PBlockKind, span: Span, attributes: &Attributes) -> PBlock {
        let mut block = self.block(kind, span);
        block.label.clone_from(&attributes.label);
        if let Some(tag) = attributes.get("lang") {
            block.language = self.language_of(tag, span);
        }
        block
    }

    fn verse_div(&mut self, inside: Range<usize>, span: Span, attributes: &Attributes) -> Vec<PBlock> {
        let text = self.text;
        let mut stanzas = vec![Vec::new()];
        for line in lines(text, inside) {
            if text[line.clone()].trim().is_empty() {
                stanzas.push(Vec::new());
            } else if let Some(stanza) = stanzas.last_mut() {
                stanza.push(self.verse_line(line));
            }
        }
        stanzas.retain(|stanza| !stanza.is_empty());
        vec![self.labelled(PBlockKind::Verse(stanzas), span, attributes)]
    }

    /// A line of verse: its indent in steps of two spaces, its words.
    pub(super) fn verse_line(&mut self, line: Range<usize>) -> (u8, PText) {
        let words = &self.text[line.clone()];
        let trimmed = words.trim_start();
        let indent = (words.len() - trimmed.len()).div_ceil(2).min(20) as u8;
        let start = line.start + words.len() - trimmed.len();
        let content = self.line_of(start..line.end);
        let span = self.span(start..line.end);
        (indent, self.text_block(content, span))
    }
}

/// The class of a box.
pub(super) fn box_kind(class: &str) -> Option<BoxKind> {
    Some(match class {
        "box" | "callout" | "sidebar" => BoxKind::Plain,
        "key-points" | "key-takeaways" => BoxKind::KeyPoints,
        "callout-note" | "note" => BoxKind::Note,
        "callout-tip" | "tip" => BoxKind::Tip,
        "callout-important" | "important" => BoxKind::Important,
        "callout-warning" | "warning" => BoxKind::Warning,
        "callout-caution" | "caution" => BoxKind::Caution,
        _ => return None,
    })
}

fn texts_of(blocks: Vec<PBlock>) -> Vec<PText> {
    blocks
        .into_iter()
        .flat_map(|block| match block.kind {
            PBlockKind::Paragraph(text) | PBlockKind::Attribution(text) => vec![text],
            PBlockKind::Quote(_, blocks) | PBlockKind::Group(blocks) => texts_of(blocks),
            _ => Vec::new(),
        })
        .collect()
}
