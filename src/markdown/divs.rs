//! Divs: what stands between lines of colons, by its class.

use std::ops::Range;

use super::Parser;
use super::attributes;
use super::fair::Fair;
use crate::book::block::{BoxKind, QuoteKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PText, Test, When};
use crate::source::Span;

/// What a box may say besides its label; `collapse`, `icon` and `appearance` are Quarto's and mean nothing on paper.
const BOX_KEYS: [&str; 5] = ["title", "caption", "collapse", "icon", "appearance"];

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

impl Parser<'_> {
    /// A div by its class.
    pub(super) fn div(&mut self, span: Span, written: &str, blocks: Vec<PBlock>) -> Vec<PBlock> {
        let inner = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let attributes = match inner {
            Some(inner) => attributes::parse(inner, span),
            None => {
                // `::: box {#box-a}` and `::: box Title`.
                let (name, rest) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
                let rest = rest.trim();
                match rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                    Some(braces) => attributes::parse(&format!(".{name} {braces}"), span),
                    None => attributes::parse(&format!(".{name}"), span).map(|mut found| {
                        if !rest.is_empty() {
                            found.keys.push(("title".to_owned(), rest.to_owned()));
                        }
                        found
                    }),
                }
            }
        };
        let Some(attributes) = attributes else {
            self.foreign(
                "the attributes of this \":::\" block cannot be read",
                span,
                "write ::: {.callout-note title=\"…\"}",
            );
            return blocks;
        };
        let class = attributes.classes.first().cloned().unwrap_or_default();
        let kind = match class.as_str() {
            "pullquote" | "pull-quote" => {
                let texts = texts_of(blocks);
                PBlockKind::PullQuote(texts)
            }
            "content-visible" | "content-hidden" => {
                self.conditional = true;
                PBlockKind::When(self.when(&attributes, span), blocks)
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
            let known = key == "lang"
                || matches!(kind, PBlockKind::When(..))
                || (matches!(kind, PBlockKind::Box { .. }) && BOX_KEYS.contains(&key.as_str()));
            if !known {
                self.unknown_attribute(key, span);
            }
        }
        vec![self.labelled(kind, span, &attributes)]
    }

    /// `when-format="pdf" unless-edition="press"`.
    fn when(&mut self, attributes: &Attributes, span: Span) -> When {
        let mut tests = Vec::new();
        for (key, value) in &attributes.keys {
            let test = match key.as_str() {
                "when-format" | "unless-format" => Test::Format(value.clone()),
                "when-edition" | "unless-edition" | "when-profile" | "unless-profile" => Test::Edition(value.clone()),
                "lang" => continue,
                other => {
                    self.unknown_attribute(other, span);
                    continue;
                }
            };
            tests.push((test, key.starts_with("unless")));
        }
        When { hidden: attributes.classes.iter().any(|class| class == "content-hidden"), tests }
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

    pub(super) fn box_of(
        &mut self,
        kind: BoxKind,
        attributes: &Attributes,
        mut blocks: Vec<PBlock>,
        span: Span,
    ) -> PBlockKind {
        let title = attributes.get("title").or(attributes.get("caption")).map(str::to_owned);
        let mut title = title.map(|title| self.attribute_text(&title, span));
        // Quarto's other way: the box's title is its first heading.
        if title.is_none() && matches!(blocks.first().map(|block| &block.kind), Some(PBlockKind::Heading(_))) {
            let first = blocks.remove(0);
            if let PBlockKind::Heading(heading) = first.kind {
                title = Some(heading.title);
            }
        }
        PBlockKind::Box { kind, title, blocks }
    }

    fn labelled(&mut self, kind: PBlockKind, span: Span, attributes: &Attributes) -> PBlock {
        let mut block = self.block(kind, span);
        block.label.clone_from(&attributes.label);
        if let Some(tag) = attributes.get("lang") {
            block.language = self.language_of(tag, span);
        }
        block
    }

    /// `::: verse`: its lines as they were written.
    pub(super) fn verse_div(&mut self, matter: &Fair, span: Span, written: &str) -> PBlock {
        let inner = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let attributes = inner.and_then(|inner| attributes::parse(inner, span)).unwrap_or_default();
        let stanzas = self.part(matter, |parser| {
            let mut stanzas = vec![Vec::new()];
            let lines: Vec<Range<usize>> = matter.lines().collect();
            for line in lines {
                if parser.text[line.clone()].trim().is_empty() {
                    stanzas.push(Vec::new());
                } else if let Some(stanza) = stanzas.last_mut() {
                    stanza.push(parser.verse_line(line));
                }
            }
            stanzas.retain(|stanza| !stanza.is_empty());
            stanzas
        });
        self.labelled(PBlockKind::Verse(stanzas), span, &attributes)
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
