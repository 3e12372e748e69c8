//! Program text: what stands after the fence, and its lines.

use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use super::Parser;
use super::attributes;
use super::events::Events;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PChart, PFigure, PInline, PKind, PText};
use crate::source::Span;

/// Languages in which a diagram is written that other tools draw.
const DIAGRAMS: [&str; 11] =
    ["mermaid", "plantuml", "dot", "graphviz", "ditaa", "d2", "nomnoml", "wavedrom", "vega", "vega-lite", "tikz"];

/// The language of data that recto draws.
const CHART: &str = "chart";

impl Parser<'_> {
    pub(super) fn code(&mut self, kind: CodeBlockKind<'_>, span: Span, events: &mut Events<'_>) -> Option<PBlock> {
        let mut text = String::new();
        let mut places = Vec::new();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Text(more) => {
                    text.push_str(&more);
                    places.push((more.to_string(), self.span(range)));
                }
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
            if name == CHART {
                return Some(self.chart(&places, Attributes::default(), span));
            }
            if DIAGRAMS.contains(&name.as_str()) {
                // Nothing of it is shown.
                self.diagram(&name, span);
            } else {
                self.foreign(
                    format!("the code cell \"{name}\" is not run"),
                    span,
                    "put its result into the manuscript as a picture or a table",
                );
                return self.cell(&name, &info, &text, span);
            }
            return None;
        }
        let mut written = written.unwrap_or_default();
        // ```` ```rust title="src/main.rs" ````, as tools for the web have it.
        if open.is_none()
            && let Some((_, rest)) = word.split_once([' ', ','])
            // `{1,3-5}`: lines that a web page would stress.
            && let Some(said) = attributes::parse(rest.split('{').next().unwrap_or(rest), span)
        {
            let get = |names: &[&str]| names.iter().find_map(|name| said.get(name)).filter(|said| !said.is_empty());
            let title = get(&["title", "filename", "file"]);
            written.keys.extend(title.map(|title| ("filename".to_owned(), title.to_owned())));
            let caption = get(&["caption", "lst-cap", "cap"]);
            written.keys.extend(caption.map(|caption| ("caption".to_owned(), caption.to_owned())));
            written.label = written.label.or(said.label);
        }
        let word = word.split([' ', ',', '\t']).next().unwrap_or("").trim_end_matches("{}");
        // ```` ```js:src/app.js ````, the language and the file.
        let word = match word.split_once(':') {
            Some((language, file)) if file.contains(['.', '/']) => {
                written.keys.push(("filename".to_owned(), file.to_owned()));
                language
            }
            _ => word,
        };
        let language = match word {
            "" => written.classes.first().cloned(),
            word => Some(word.trim_start_matches('.').to_owned()),
        };
        if language.as_deref() == Some(CHART) {
            return Some(self.chart(&places, written, span));
        }
        if let Some(name) = language.as_deref().filter(|name| DIAGRAMS.contains(&name.to_lowercase().as_str())) {
            let name = name.to_owned();
            self.diagram(&name, Span { end: span.start, ..span });
        }
        if text.trim().is_empty() && language.is_some() {
            if let Some(file) = written.get("filename").or(written.get("file")) {
                let message = format!("the text of \"{file}\" is not fetched, and nothing stands here");
                self.foreign(message, span, "write {{#include file}} on a line of its own between the fences");
            }
            // All that stood in it was left out, and said.
            return None;
        }
        if matches!(language.as_deref(), Some("math" | "latex-math")) {
            self.foreign(
                "a formula, which recto does not set",
                span,
                "write it in words with H~2~O and 10^6^ marks, or as a picture",
            );
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

    /// A cell that another tool would run, if it has a label: what refers to it is not said to lead nowhere as well.
    fn cell(&mut self, language: &str, info: &str, text: &str, span: Span) -> Option<PBlock> {
        let said = |key: &str| {
            let line = text
                .lines()
                .filter_map(|line| line.strip_prefix("#|"))
                .find_map(|line| line.trim().strip_prefix(key))?;
            Some(line.trim_start_matches(':').trim().trim_matches(['"', '\'']).to_owned())
        };
        let named = info
            .trim_matches(['{', '}'])
            .split_once(' ')
            .map(|(_, rest)| rest.split(',').next().unwrap_or(rest).trim());
        let kind = if text.contains("kable(") && !info.contains("fig.cap") { "tab" } else { "fig" };
        let named =
            named.filter(|name| !name.is_empty() && !name.contains(['=', ' '])).map(|name| format!("{kind}:{name}"));
        let label = said("label").or(named)?;
        let words = said("fig-cap").or(said("tbl-cap")).unwrap_or_else(|| label.clone());
        let text = self.code_text(text, span);
        let caption = Some(self.attribute_text(&words, span));
        let mut block =
            self.block(PBlockKind::Code { language: Some(language.to_owned()), text, caption, filename: None }, span);
        block.label = Some((label, span));
        Some(block)
    }

    /// A chart: a figure whose data are read when all files are known.
    fn chart(&mut self, places: &[(String, Span)], attributes: Attributes, span: Span) -> PBlock {
        for (key, _) in &attributes.keys {
            const KNOWN: [&str; 7] = ["width", "height", "place", "turn", "alt", "fig-alt", "fig-cap"];
            if !KNOWN.contains(&key.as_str()) {
                self.unknown_attribute(key, attributes.span.unwrap_or(span));
            }
        }
        let said = attributes.get("fig-alt").or(attributes.get("alt")).map(str::to_owned);
        let alt = said.map(|said| vec![PInline { kind: PKind::Text(said), span }]).unwrap_or_default();
        let caption = attributes.get("fig-cap").map(str::to_owned);
        let caption = caption.map(|words| self.attribute_text(&words, span));
        let label = attributes.label.clone();
        let figure = PFigure {
            chart: Some(in_place(places, span)),
            path: String::new(),
            path_span: span,
            alt,
            caption,
            note: None,
            source: None,
            credit: None,
            attributes,
        };
        let mut block = self.block(PBlockKind::Figure(Box::new(figure)), span);
        block.label = label;
        block
    }

    fn code_caption(&mut self, written: &Attributes, span: Span) -> Option<PText> {
        const KNOWN: [&str; 13] = [
            "lst-cap",
            "code-annotations",
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

/// The lines of a block as one text in which each letter stands as far from the first as in the source. What stands before
/// the second line (marks of a quotation, the indent of an item) stands before the first one too.
fn in_place(lines: &[(String, Span)], span: Span) -> PChart {
    let Some((_, first)) = lines.first() else {
        return PChart { yaml: String::new(), span: Span { end: span.start, ..span } };
    };
    let before = lines.get(1).map_or(0, |(_, second)| second.start.saturating_sub(first.end)).min(first.start);
    let start = first.start - before;
    let mut yaml = String::new();
    for (line, place) in lines.iter().filter(|(_, place)| place.source == first.source) {
        let gap = (place.start.saturating_sub(start) as usize).saturating_sub(yaml.len());
        yaml.extend(std::iter::repeat_n(' ', gap));
        yaml.push_str(line);
    }
    PChart { span: Span { start, end: start + yaml.len() as u32, ..*first }, yaml }
}
