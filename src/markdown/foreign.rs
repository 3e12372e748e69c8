//! What other tools write and CommonMark does not know: each has its answer, and none is printed as it stands.

use std::ops::Range;

use super::Parser;
use super::join::{INLINE, checkbox};
use super::leaf::trimmed;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{PBlock, PBlockKind, PInline, PKind};
use crate::source::{Ends, Span, limits};

/// How to write a table here.
const PIPE_TABLE: &str = "write a pipe table: | a | b | and | --- | --- | below";

impl Parser<'_> {
    pub(super) fn foreign(&mut self, message: impl Into<String>, span: Span, hint: &str) {
        self.diagnostics.report(Diagnostic::new(&lints::FOREIGN_MARKUP, message).at(span).hint(hint));
    }

    /// `![[Next#Prices]]`: said once a text.
    pub(super) fn file_in_the_text(&mut self, span: Span) {
        if std::mem::replace(&mut self.shows_files, true) {
            return;
        }
        let message =
            "the text of another file is not shown in this way: its name is printed, and those of others like it";
        let hint =
            "to show it here write {{< include next.md >}} on a line of its own; to lead there, [words](next.md)";
        self.diagnostics.report(Diagnostic::new(&lints::LITERAL_MARKUP, message).at(span).hint(hint));
    }

    /// A work is cited where no list of works is named: said once a text, since the list is one.
    pub(super) fn citation(&mut self, span: Span) {
        if std::mem::replace(&mut self.cites, true) {
            return;
        }
        let hint = match self.works {
            Some(works) => format!("write `bibliography: {works}` in metadata.yaml, if that is the list"),
            None => "write `bibliography: works.bib` in metadata.yaml, the name of your .bib, .json or .yaml file"
                .to_owned(),
        };
        self.diagnostics.report(
            Diagnostic::new(&lints::CITATION, "a work is cited, but the metadata names no list of works")
                .at(span)
                .hint(hint),
        );
    }

    /// `@name` without a list of works: a handle, or a work that nobody listed; said once a text, and not of the words of
    /// links.
    pub(super) fn handle(&mut self, name: &str, span: Span) {
        if self.in_link || self.handles {
            return;
        }
        self.handles = true;
        // What names an example that there is not was said already.
        if self.diagnostics.iter().any(|said| said.span == Some(span)) {
            return;
        }
        let works = self.works.unwrap_or("works.bib");
        self.diagnostics.report(
            Diagnostic::new(&lints::LITERAL_MARKUP, format!("\"@{name}\" is printed as it stands"))
                .at(span)
                .hint(format!("a handle is written \\@{name}, and nothing is said of it"))
                .hint(format!(
                    "a work that is cited stands in a list that metadata.yaml names: `bibliography: {works}`"
                )),
        );
    }

    /// `{: .class #label}` behind what it belongs to, as kramdown has it: a label is missed where it is referred to.
    pub(super) fn kramdown(&mut self, inner: &str, span: Span) {
        let hint = match inner.trim() {
            "toc" => "the contents page is made by itself: take it out, with its line above",
            _ => "attributes are written {.class #label}, after a heading, a picture, a caption or [words]",
        };
        if !std::mem::replace(&mut self.colons, true) {
            let said =
                Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, "attributes after a colon are left out, here and below");
            self.diagnostics.report(said.at(span).hint(hint));
        }
    }

    /// `{{< … >}}`.
    pub(super) fn shortcode(&mut self, text: &str, span: Span) {
        let name = text.trim_start_matches("{{<").trim().split([' ', '>']).next().unwrap_or("").to_owned();
        let hint = match name.as_str() {
            "pagebreak" => "{{< pagebreak >}} stands alone in a paragraph",
            "include" => "a file of its own is a section: name it in `sections:`",
            "figure" | "img" | "image" => "write ![what it shows](images/map.png \"Caption\")",
            "highlight" | "/highlight" => "write ``` and the language above the lines, ``` below",
            "ref" | "relref" => "write [words](20-next.md#label)",
            "kbd" => "write <kbd>Ctrl</kbd>",
            "meta" | "var" | "env" => "write the words themselves",
            "video" | "youtube" | "vimeo" | "tweet" | "embed" => "a printed page cannot show it; link to it",
            _ => {
                "write what it shows in Markdown; of shortcodes recto knows boxes, figures and the like, pagebreak and include"
            }
        };
        self.foreign(format!("the shortcode \"{name}\" is not understood"), span, hint);
    }

    pub(super) fn too_deep(&mut self, span: Span) {
        let message = format!("elements nest more than {} deep", limits::MARKDOWN);
        self.foreign(message, span, "take the innermost ones out of the others");
    }

    /// Paragraphs of other tools, and those that stand for something: line blocks, breaks.
    pub(super) fn foreign_paragraph(&mut self, place: Range<usize>, blocks: &mut Vec<PBlock>) -> bool {
        let place = trimmed(self.text, place);
        let text = self.text;
        let words = &text[place.clone()];
        let span = self.span(place.clone());
        let compact: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if matches!(
            compact.trim_end_matches("{}"),
            "\\newpage" | "\\pagebreak" | "\\clearpage" | "\\cleardoublepage" | "{{< pagebreak >}}"
        ) {
            blocks.push(self.block(PBlockKind::PageBreak, span));
            return true;
        }
        let quoted = |line: &str| line.trim_start_matches([' ', '\t', '>']).starts_with('|');
        if words.lines().count() > 1 && words.lines().all(quoted) && !words.contains("---") {
            // A row whose first cell is empty is said where it is printed.
            let empty_cell = |line: &str| {
                let after = line.trim_start_matches([' ', '\t', '>']).strip_prefix('|').unwrap_or("").trim();
                after.len() > 2 && after.starts_with('|') && after.ends_with('|')
            };
            let odd = words.lines().position(|line| line.matches('|').count() > 1);
            if let Some(row) = odd.filter(|_| !words.lines().any(empty_cell)) {
                let start = words.split_inclusive('\n').take(row).map(str::len).sum::<usize>();
                let length = words.lines().nth(row).map_or(0, str::len);
                let message = "lines that begin with a bar are verse, and this one holds another bar";
                let hint = "a table has a line | --- | --- | below its first row, and as many cells in each";
                let row = self.span(place.start + start..place.start + start + length);
                self.diagnostics.report(Diagnostic::new(&lints::SUSPECT_MARKUP, message).at(row).hint(hint));
            }
            let stanzas = self.line_block(words, place.start);
            blocks.push(self.block(PBlockKind::Verse(stanzas), span));
            return true;
        }
        let Some((message, hint)) = of_another_tool(words) else { return false };
        // What is made by itself, or stands beside the text, is missed by nobody.
        if words.ends_with(']') || words.starts_with("*[") || words.starts_with("\\table") {
            self.diagnostics.report(Diagnostic::new(&lints::SUSPECT_MARKUP, message).at(span).hint(hint));
        } else {
            self.foreign(message, span, hint);
        }
        true
    }

    /// Lines after bars, as pandoc writes verse.
    fn line_block(&mut self, words: &str, start: usize) -> Vec<Vec<(u8, crate::markdown::parsed::PText)>> {
        let mut stanzas = vec![Vec::new()];
        let mut at = start;
        for line in words.split('\n') {
            let bar = line.find('|').unwrap_or(0) + 1;
            let first = at + bar + usize::from(line[bar..].starts_with(' '));
            let end = at + line.len();
            if line[bar..].trim().is_empty() {
                stanzas.push(Vec::new());
            } else if let Some(stanza) = stanzas.last_mut() {
                stanza.push(self.verse_line(first.min(end)..end));
            }
            at = end + 1;
        }
        stanzas.retain(|stanza: &Vec<_>| !stanza.is_empty());
        stanzas
    }

    /// HTML that stands as a block: comments vanish, the text of the rest is kept, but for scripts and styles.
    pub(super) fn html_block(&mut self, html: &str, place: Range<usize>, blocks: &mut Vec<PBlock>) {
        let span = self.span(trimmed(self.text, place));
        let mut text = String::new();
        let mut rest = html;
        let mut ends = Ends::default();
        let mut named: Option<(String, bool)> = None;
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = match rest.strip_prefix("<!--") {
                Some(comment) => match comment.find("-->") {
                    Some(end) => end + 7,
                    None => {
                        self.foreign("this comment never ends", span, "close it with -->");
                        rest.len()
                    }
                },
                None => {
                    let name: String =
                        rest[1..].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                    let lower = name.to_ascii_lowercase();
                    let tag = &rest[..rest.find('>').map_or(rest.len(), |end| end + 1)];
                    let a_box = lower == "input" && tag.contains("checkbox");
                    if a_box {
                        text.push_str(checkbox(tag));
                    } else {
                        named.get_or_insert((name, rest.starts_with("</")));
                    }
                    match lower.as_str() {
                        "script" | "style" => {
                            let close = format!("</{lower}>");
                            let at = html.len() - rest.len();
                            ends.next(html, &close, at).map_or(rest.len(), |end| end + close.len() - at)
                        }
                        _ => tag.len(),
                    }
                }
            };
            rest = &rest[end..];
        }
        text.push_str(rest);
        // A break that stands alone breaks nothing.
        if let Some((name, ends)) = named.filter(|(name, _)| !name.is_empty() && !name.eq_ignore_ascii_case("br")) {
            match (INLINE.contains(&name.to_ascii_lowercase().as_str()), ends) {
                (true, true) => self.html_not_opened(&name, span),
                (true, false) => self.html_not_closed(&name, span),
                (false, _) => self.foreign_html(&name, span),
            }
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            let content = vec![PInline { kind: PKind::Text(words), span }];
            let text = self.text_block(content, span);
            blocks.push(self.block(PBlockKind::Paragraph(text), span));
        }
    }

    /// What looks like HTML and is none stays as it is.
    pub(super) fn looks_like_html(&mut self, words: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_HTML, format!("\"{words}\" looks like HTML and is printed as it stands"))
                .at(span)
                .hint("write \\< if it is meant so"),
        );
    }

    pub(super) fn foreign_html(&mut self, name: &str, span: Span) {
        let lower = name.to_ascii_lowercase();
        let kept = if matches!(lower.as_str(), "script" | "style") { "it is left out" } else { "its text is kept" };
        self.diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_HTML, format!("<{name}> is not set; {kept}")).at(span).hint(KNOWN_HTML),
        );
    }

    /// The end of an element that recto knows, where none began.
    pub(super) fn html_not_opened(&mut self, name: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_HTML, format!("this </{name}> ends nothing that began in its paragraph"))
                .at(span)
                .hint(format!("open and close <{name}> in one paragraph, once for each; or take it out")),
        );
    }

    /// An element that recto knows and that never ends.
    pub(super) fn html_not_closed(&mut self, name: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(
                &lints::FOREIGN_HTML,
                format!("this <{name}> never ends and is left out; its text is kept"),
            )
            .at(span)
            .hint(format!("close it in its paragraph with </{name}>")),
        );
    }

    /// A quotation that begins with `[!WORD]` but is no box that is known.
    pub(super) fn unknown_callout(&mut self, word: &str, span: Span) {
        let message =
            format!("\"[!{word}]\" is no kind of box that recto knows; it is a box with that word as its title");
        self.diagnostics.report(
            Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, message)
                .at(span)
                .hint("write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]"),
        );
    }
}

/// The elements of HTML that are read.
const KNOWN_HTML: &str = "recto knows <br>, <sub>, <sup>, <small>, <abbr title>, <kbd>, <cite>, <span lang>, <em>, \
    <strong>, <b>, <i>, <u>, <mark>, <q>, <s>, <del>, <ins>, <code>, <ruby>, <a>, <img>, <p>, <div>, <blockquote>, <ul>, \
    <ol>, <li>, <dl>, <figure>, <table>, <pre>, <hr>, <details> and <h1> to <h6>";

/// What a whole paragraph of another tool is, and what to write instead.
fn of_another_tool(words: &str) -> Option<(&'static str, &'static str)> {
    let first = words.lines().next().unwrap_or("").trim();
    if ["+-", "+=", "+:"].iter().any(|corner| words.starts_with(corner))
        && words.lines().count() > 1
        && words.lines().all(|line| line.starts_with(['+', '|']))
    {
        return Some(("this drawn table has no order", PIPE_TABLE));
    }
    if matches!(words, "[TOC]" | "[[_TOC_]]" | "[[toc]]" | "[toc]" | "\\tableofcontents") {
        return Some((
            "the contents page is made by itself",
            "say what it holds in metadata.yaml: `contents: {depth: 2}`",
        ));
    }
    if words.starts_with(":::") {
        return Some((
            "a \":::\" block inside a list or a quotation is not read",
            "let the \":::\" stand at the start of its line, outside of them",
        ));
    }
    if words.starts_with('(') && words.ends_with(")=") && !words.contains(char::is_whitespace) {
        return Some(("a label of this form is not read", "write it in braces after its heading: ## Title {#label}"));
    }
    if words.starts_with("!!! ") || words.starts_with("??? ") {
        return Some(("this kind of box is not read", "write > [!NOTE] Title, and > before each line of its text"));
    }
    if words.starts_with("*[") && first.contains("]:") {
        return Some((
            "definitions of abbreviations are left out",
            "write <abbr title=\"World Health Organization\">WHO</abbr> where it stands",
        ));
    }
    if words.starts_with("!include") {
        return Some(("other files are not included", "a file of its own is a section: name it in `sections:`"));
    }
    None
}

/// What a template of another tool would have done, and what to write instead.
pub(super) fn of_a_template(written: &str) -> (String, &'static str) {
    let inner = written.trim_matches(['{', '}', '%', '#', '-', ' ']);
    let name = inner.split([' ', '\n', ':', '(']).next().unwrap_or("");
    let block = written.starts_with("{%");
    match name {
        "include" | "include_relative" | "rustdoc_include" | "playground" | "embed" => (
            format!("the file that \"{name}\" names is not included"),
            "put its text here; a file of its own is a section: name it in `sections:`",
        ),
        "if" | "elsif" | "else" | "endif" | "unless" | "endunless" | "case" | "when" | "endcase" if block => (
            format!("the condition \"{name}\" of a template is not read"),
            "what is for some editions only stands between ::: {.content-visible when-format=\"pdf\"} and :::",
        ),
        "notice" | "/notice" | "callout" | "/callout" | "admonition" | "/admonition" | "alert" | "/alert" => (
            format!("the shortcode \"{name}\" is not read"),
            "write a box: > [!TIP] Title, and > before each line of its text",
        ),
        "highlight" | "endhighlight" => (
            format!("the template tag \"{name}\" is not read"),
            "write ``` and the language above the lines, ``` below",
        ),
        _ if block => {
            (format!("the template tag \"{name}\" is not read"), "take it out, or write the words themselves")
        }
        _ => ("templates are not filled in".to_owned(), "write the words themselves"),
    }
}
