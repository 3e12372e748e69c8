//! Divs: what stands between lines of colons, by its class.

use std::ops::Range;

use super::Parser;
use super::attributes;
use super::extracts::{as_letter, attributed};
use super::fair::Fair;
use super::figures;
use super::marks;
use super::panels::LAYOUT;
use crate::book::block::{BoxKind, GroupRole, QuoteKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::Language;
use crate::language::terms::Term;
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PInline, PKind, PText};
use crate::source::Span;

/// What a box may say besides its label; `collapse`, `icon` and `appearance` are Quarto's and mean nothing on paper.
const BOX_KEYS: [&str; 6] = ["title", "caption", "name", "collapse", "icon", "appearance"];

/// `::: {#refs}`.
fn is_of_works(attributes: &Attributes) -> bool {
    attributes.label.as_ref().is_some_and(|(label, _)| label == "refs")
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
                // Docusaurus writes `:::tip[Title]`.
                let (name, rest) = match written.strip_suffix(']').and_then(|inner| inner.split_once('[')) {
                    Some((name, title)) if !name.contains(char::is_whitespace) => (name, title),
                    _ => (name, rest),
                };
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
        let Some(mut attributes) = attributes else {
            self.foreign(
                "the attributes of this \":::\" block cannot be read",
                span,
                "write ::: {.callout-note title=\"…\"}",
            );
            return blocks;
        };
        let mut blocks = blocks;
        let marked = attributes.marks();
        if marked {
            self.marked = true;
            self.mark_blocks(&attributes, &mut blocks, span);
            attributes.classes.retain(|class| class != marks::CLASS);
            attributes.keys.retain(|(key, _)| !marks::KEYS.contains(&key.as_str()));
        }
        let class = attributes.classes.first().cloned().unwrap_or_default();
        let kind = match class.as_str() {
            "pullquote" | "pull-quote" => {
                let texts = texts_of(blocks);
                PBlockKind::PullQuote(texts)
            }
            "content-visible" | "content-hidden" => {
                self.conditional = true;
                self.chapter_within(&blocks);
                PBlockKind::When(self.when(&attributes, span), blocks)
            }
            "recommendations" => {
                if !blocks.is_empty() {
                    return [blocks, vec![self.block(PBlockKind::Recommendations, span)]].concat();
                }
                PBlockKind::Recommendations
            }
            "standfirst" | "lead" => PBlockKind::Group(GroupRole::Standfirst, blocks),
            "key-figure" => self.key_figure(&attributes, blocks, span),
            "epigraph" => PBlockKind::Quote(QuoteKind::Epigraph, attributed(blocks)),
            "letter" => PBlockKind::Quote(QuoteKind::Letter, as_letter(blocks)),
            _ => match box_kind(&class).or_else(|| box_of_label(&attributes)) {
                Some(kind) => self.box_of(kind, &attributes, blocks, span),
                // Where pandoc puts the list of works.
                None if class.is_empty() && self.bibliography && is_of_works(&attributes) => {
                    let works = self.block(PBlockKind::Works, span);
                    return [blocks, vec![works]].concat();
                }
                None if class.is_empty() => match self.around_one(&attributes, blocks, span) {
                    Ok(block) => return vec![block],
                    Err(blocks) => match self.panels_of_div(&attributes, blocks, span) {
                        Ok(kind) => kind,
                        Err(blocks) => PBlockKind::Group(GroupRole::Plain, blocks),
                    },
                },
                None => {
                    if !STACKED.contains(&class.as_str()) {
                        self.unknown_div(&class, span);
                    }
                    PBlockKind::Group(GroupRole::Plain, blocks)
                }
            },
        };
        let own: &[&str] = match class.as_str() {
            "key-figure" => &["value", "label"],
            "recommendation" => &["for", "by"],
            _ => &[],
        };
        for (key, _) in &attributes.keys {
            let known = key == "lang"
                || own.contains(&key.as_str())
                || STACKED.contains(&class.as_str())
                || (key != "place" && LAYOUT.contains(&key.as_str()))
                || (key == "place" && matches!(kind, PBlockKind::Panels(_)))
                || matches!(kind, PBlockKind::When(..))
                || (matches!(kind, PBlockKind::Box { .. }) && BOX_KEYS.contains(&key.as_str()));
            if !known {
                self.unknown_attribute(key, span);
            }
        }
        vec![self.labelled(kind, span, &attributes)]
    }

    /// `::: {#fig-x}` around a picture, `{#tbl-x}` around a table, `{#lst-x}` around a listing: its label, and the last
    /// paragraph is its caption.
    fn around_one(
        &mut self,
        attributes: &Attributes,
        mut blocks: Vec<PBlock>,
        span: Span,
    ) -> Result<PBlock, Vec<PBlock>> {
        let kind = attributes.label.as_ref().and_then(|(label, _)| label.split(['-', ':']).next());
        if !matches!(kind, Some("fig" | "tbl" | "lst")) {
            return Err(blocks);
        }
        let own = |block: &PBlock| match &block.kind {
            PBlockKind::Figure(_) => kind == Some("fig"),
            PBlockKind::Table(_) => matches!(kind, Some("tbl" | "fig")),
            PBlockKind::Code { .. } => matches!(kind, Some("lst" | "fig")),
            _ => false,
        };
        if !matches!(blocks.len(), 1 | 2) || blocks.iter().filter(|block| own(block)).count() != 1 {
            return Err(blocks);
        }
        let words = match blocks.iter().position(|block| matches!(block.kind, PBlockKind::Paragraph(_))) {
            Some(at) => match blocks.remove(at).kind {
                PBlockKind::Paragraph(text) => Some(text),
                _ => None,
            },
            None => None,
        };
        if blocks.len() != 1 {
            return Err(blocks);
        }
        let mut block = blocks.remove(0);
        let given = words.or_else(|| {
            let said = ["fig-cap", "tbl-cap", "lst-cap"].iter().find_map(|key| attributes.get(key))?.to_owned();
            Some(self.attribute_text(&said, span))
        });
        if let Some(words) = given {
            match &mut block.kind {
                PBlockKind::Figure(figure) => figure.caption = Some(words),
                PBlockKind::Table(table) => table.caption = Some(words),
                PBlockKind::Code { caption, .. } => *caption = Some(words),
                _ => {}
            }
        }
        block.label.clone_from(&attributes.label);
        self.around(&mut block, attributes, span);
        Ok(block)
    }

    /// What the braces around one thing say of it besides its label and its caption.
    fn around(&mut self, block: &mut PBlock, attributes: &Attributes, span: Span) {
        const CAPTIONS: [&str; 4] = ["fig-cap", "tbl-cap", "lst-cap", "lang"];
        let said = attributes.keys.iter().filter(|(key, _)| !CAPTIONS.contains(&key.as_str()));
        let said: Vec<(String, String)> = said.cloned().collect();
        match &mut block.kind {
            PBlockKind::Figure(figure) => {
                for (key, value) in said {
                    if matches!(key.as_str(), "alt" | "fig-alt") {
                        figure.alt = vec![PInline { kind: PKind::Text(value), span }];
                    } else if !figures::KNOWN.contains(&key.as_str()) {
                        self.unknown_attribute(&key, span);
                    } else if figure.attributes.get(&key).is_none() {
                        figure.attributes.keys.push((key, value));
                    }
                }
            }
            PBlockKind::Table(table) if !said.is_empty() => {
                self.table_attributes(table, &Attributes { keys: said, ..Attributes::default() }, span);
            }
            _ => said.iter().for_each(|(key, _)| self.unknown_attribute(key, span)),
        }
    }

    fn unknown_div(&mut self, class: &str, span: Span) {
        let known = [
            "recommendation",
            "recommendations",
            "standfirst",
            "key-figure",
            "margin",
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
        let title = attributes.get("title").or(attributes.get("caption")).or(attributes.get("name")).map(str::to_owned);
        let mut title = title.map(|title| self.attribute_text(&title, span));
        // Quarto's other way: the box's title is its first heading.
        if title.is_none() && matches!(blocks.first().map(|block| &block.kind), Some(PBlockKind::Heading(_))) {
            let first = blocks.remove(0);
            if let PBlockKind::Heading(heading) = first.kind {
                title = Some(heading.into_title());
            }
        }
        if kind == BoxKind::Recommendation {
            let (of, by) = (attributes.get("for"), attributes.get("by"));
            let term = match (of, by) {
                (Some(_), Some(_)) => Some(Term::AskedOfBy),
                (Some(_), None) => Some(Term::AskedOf),
                (None, Some(_)) => Some(Term::AskedBy),
                (None, None) => None,
            };
            if let Some(term) = term {
                let language = attributes.get("lang").and_then(Language::parse);
                let language = language.map_or_else(|| self.language.clone(), |own| own.worded_as(self.language));
                let mut said = [of, by].into_iter().flatten();
                let mut content = Vec::new();
                for (at, words) in term.word(&language).split("{}").enumerate() {
                    if at > 0
                        && let Some(own) = said.next()
                    {
                        content.extend(self.attribute_text(own, span).content);
                    }
                    if !words.is_empty() {
                        content.push(PInline { kind: PKind::Text(words.to_owned()), span });
                    }
                }
                let stressed = PInline { kind: PKind::Emphasis(content), span };
                let text = self.text_block(vec![stressed], span);
                blocks.push(self.block(PBlockKind::Paragraph(text), span));
            }
        }
        PBlockKind::Box { kind, title, blocks }
    }

    /// `::: {.key-figure value="3.2 million" label="households"}`: a box that the figure heads.
    fn key_figure(&mut self, attributes: &Attributes, mut blocks: Vec<PBlock>, span: Span) -> PBlockKind {
        let mut said = |key: &str| {
            let words = attributes.get(key)?.to_owned();
            Some(self.attribute_text(&words, span))
        };
        let (value, label) = (said("value"), said("label"));
        if let Some(label) = label {
            blocks.insert(0, self.block(PBlockKind::Paragraph(label), span));
        }
        PBlockKind::Box { kind: BoxKind::KeyFigure, title: value, blocks }
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

/// Classes of other tools whose blocks stand below each other here: columns, tabs, what is centred.
const STACKED: [&str; 11] = [
    "columns",
    "column",
    "panel-tabset",
    "tabset",
    "center",
    "centered",
    "incremental",
    "nonincremental",
    "fragment",
    "section",
    "unnumbered",
];

/// Theorems and their like have a label that says so.
fn box_of_label(attributes: &Attributes) -> Option<BoxKind> {
    let kind = attributes.label.as_ref()?.0.split(['-', ':']).next()?.to_owned();
    Some(match kind.as_str() {
        "nte" => BoxKind::Note,
        "tip" => BoxKind::Tip,
        "wrn" => BoxKind::Warning,
        "imp" => BoxKind::Important,
        "cau" => BoxKind::Caution,
        "box" | "thm" | "lem" | "cor" | "prp" | "cnj" | "def" | "exm" | "exr" | "rem" => BoxKind::Plain,
        _ => return None,
    })
}

/// The class of a box.
pub(super) fn box_kind(class: &str) -> Option<BoxKind> {
    Some(match class {
        "box" | "callout" | "sidebar" | "aside" | "margin" | "column-margin" | "theorem" | "lemma" | "corollary"
        | "proposition" | "conjecture" | "definition" | "example" | "exercise" | "proof" | "remark" | "solution" => {
            BoxKind::Plain
        }
        "recommendation" => BoxKind::Recommendation,
        "key-points" | "key-takeaways" => BoxKind::KeyPoints,
        "callout-note" | "note" => BoxKind::Note,
        "callout-tip" | "tip" => BoxKind::Tip,
        "callout-important" | "important" => BoxKind::Important,
        "callout-warning" | "warning" => BoxKind::Warning,
        "callout-caution" | "caution" => BoxKind::Caution,
        // As Docusaurus, VuePress and Obsidian call theirs.
        "info" | "todo" | "question" | "help" | "faq" => BoxKind::Note,
        "hint" | "success" | "check" | "done" => BoxKind::Tip,
        "attention" => BoxKind::Important,
        "danger" | "failure" | "fail" | "missing" | "bug" => BoxKind::Warning,
        "error" => BoxKind::Caution,
        "details" | "admonition" | "summary" | "tldr" | "abstract" | "quote" | "cite" => BoxKind::Plain,
        // As bookdown's users call theirs.
        "rmdnote" | "rmdinfo" => BoxKind::Note,
        "rmdtip" => BoxKind::Tip,
        "rmdimportant" => BoxKind::Important,
        "rmdwarning" => BoxKind::Warning,
        "rmdcaution" => BoxKind::Caution,
        _ => return None,
    })
}

fn texts_of(blocks: Vec<PBlock>) -> Vec<PText> {
    blocks
        .into_iter()
        .flat_map(|block| match block.kind {
            PBlockKind::Paragraph(text) | PBlockKind::Flush(text) | PBlockKind::Attribution(text) => vec![text],
            PBlockKind::Quote(_, blocks) | PBlockKind::Group(_, blocks) => texts_of(blocks),
            _ => Vec::new(),
        })
        .collect()
}
