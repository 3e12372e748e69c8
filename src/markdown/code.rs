//! Program text: what stands after the fence, and its lines.

use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use super::Parser;
use super::attributes;
use super::events::Events;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PInline, PKind, PText};
use crate::source::Span;

/// Languages in which a diagram is written that other tools draw.
const DIAGRAMS: [&str; 12] = [
    "chart",
    "mermaid",
    "plantuml",
    "dot",
    "graphviz",
    "ditaa",
    "d2",
    "nomnoml",
    "wavedrom",
    "vega",
    "vega-lite",
    "tikz",
];

impl Parser<'_> {
    pub(super) fn code(&mut self, kind: CodeBlockKind<'_>, span: Span, events: &mut Events<'_>) -> Option<PBlock> {
        let mut text = String::new();
        while let Some((event, _)) = events.next() {
            match event {
                Event::Text(more) => text.push_str(&more),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim().to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        if info.starts_with("{=") {
            let name = info.trim_start_matches("{=").trim_end_matches('}').to_owned();
            self.foreign(format!("raw {name} is not set"), span, "write the passage in Markdown, or leave it out");
            return None;
        }
        // ```` ```python {#lst-a} ```` and ```` ```{#lst-a .python} ```` say the same.
        let open = info.find('{').filter(|_| info.ends_with('}'));
        let word = info[..open.unwrap_or(info.len())].trim();
        let braces = open.and_then(|open| attributes::parse(&info[open + 1..info.len() - 1], span));
        let written = braces.filter(|braces| !word.is_empty() || !braces.classes.is_empty() || braces.label.is_some());
        if open == Some(0) && written.is_none() {
            let name = info.trim_matches(['{', '}']).split([',', ' ']).next().unwrap_or("").to_owned();
            if DIAGRAMS.contains(&name.as_str()) {
                // Nothing of it is shown.
                self.diagram(&name, span);
            } else {
                self.foreign(
                    format!("the code cell \"{name}\" is not run"),
                    span,
                    "put its result into the manuscript as a picture or a table",
                );
            }
            return None;
        }
        let mut written = written.unwrap_or_default();
        // ```` ```rust title="src/main.rs" ````, as tools for the web have it.
        if open.is_none()
            && let Some((_, rest)) = word.split_once([' ', ','])
            && let Some(said) = attributes::parse(rest, span)
        {
            let title = said.get("title").or(said.get("filename")).filter(|title| !title.is_empty());
            written.keys.extend(title.map(|title| ("filename".to_owned(), title.to_owned())));
        }
        let word = word.split([' ', ',', '\t']).next().unwrap_or("").trim_end_matches("{}");
        let language = match word {
            "" => written.classes.first().cloned(),
            word => Some(word.trim_start_matches('.').to_owned()),
        };
        if let Some(name) = language.as_deref().filter(|name| DIAGRAMS.contains(&name.to_lowercase().as_str())) {
            let name = name.to_owned();
            self.diagram(&name, Span { end: span.start, ..span });
        }
        if text.trim().is_empty() && language.is_some() {
            // All that stood in it was left out, and said.
            return None;
        }
        let text = self.code_text(&text, span);
        let caption = self.code_caption(&written, span);
        let filename = written.get("filename").or(written.get("file")).map(str::to_owned);
        let filename = filename.map(|name| self.file_name(&name, span));
        let mut block = self.block(PBlockKind::Code { language, text, caption, filename }, span);
        block.label = written.label;
        Some(block)
    }

    fn code_caption(&mut self, written: &Attributes, span: Span) -> Option<PText> {
        const KNOWN: [&str; 12] = [
            "lst-cap",
            "caption",
            "filename",
            "file",
            "lst-label",
            "startFrom",
            "start-from",
            "code-line-numbers",
            "eval",
            "echo",
            "name",
            "linenums",
        ];
        for (key, _) in &written.keys {
            if !KNOWN.contains(&key.as_str()) {
                self.unknown_attribute(key, span);
            }
        }
        let caption = written.get("lst-cap").or(written.get("caption"))?.to_owned();
        Some(self.attribute_text(&caption, span))
    }

    /// The name of a file, its bytes unchanged.
    pub(super) fn file_name(&mut self, name: &str, span: Span) -> PText {
        self.text_block(vec![PInline { kind: PKind::Code(name.to_owned()), span }], span)
    }

    fn diagram(&mut self, name: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::SUSPECT_MARKUP, format!("the diagram in \"{name}\" is not drawn"))
                .at(span)
                .hint("export it as SVG or PNG, and show that with ![what it shows](images/diagram.svg)"),
        );
    }

    /// Lines of program text, their spaces kept.
    pub(super) fn code_text(&mut self, text: &str, span: Span) -> PText {
        let mut content = Vec::new();
        for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if at > 0 {
                content.push(PInline { kind: PKind::LineBreak, span });
            }
            // Spaces at a line's start are part of it.
            let line = line.trim_end_matches('\r').replace('\t', "    ").replace(' ', "\u{a0}");
            content.push(PInline { kind: PKind::Code(line), span });
        }
        self.text_block(content, span)
    }
}
