//! Blocks: pulldown-cmark's events become blocks, and captions find their figures and tables.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser as Markdown, Tag, TagEnd,
};

use super::Parser;
use super::inlines::Leaf;
use crate::book::block::{BoxKind, ColumnAlign, ListMarker, QuoteKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::manuscript::parsed::{
    Attributes, PBlock, PBlockKind, PFigure, PInline, PItem, PKind, PTable, PText, ParsedHeading, ParsedNote,
};

/// Events with their places in the source; those of the stand-in definitions are left out.
struct Events<'e> {
    all: Vec<(Event<'e>, Range<usize>)>,
    at: usize,
}

impl<'e> Events<'e> {
    fn next(&mut self) -> Option<(Event<'e>, Range<usize>)> {
        let event = self.all.get(self.at).cloned();
        self.at += 1;
        event
    }

    fn peek(&self) -> Option<&Event<'e>> {
        self.all.get(self.at).map(|(event, _)| event)
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_GFM
}

impl Parser<'_> {
    /// Parses a stretch of Markdown without divs.
    pub(super) fn stretch(&mut self, range: Range<usize>) -> Vec<PBlock> {
        let words = &self.text[range.clone()];
        if words.trim().is_empty() {
            return Vec::new();
        }
        // Every line end is one, so that places stay true: a lone CR is the only other kind.
        let whole = format!("{words}{}", self.definitions);
        let length = words.len();
        let offset = range.start;
        let all: Vec<(Event<'_>, Range<usize>)> = Markdown::new_ext(&whole, options())
            .into_offset_iter()
            .map(|(event, place)| {
                (event, place.start.min(length) + offset..place.end.min(length) + offset, place.start)
            })
            .filter(|(_, _, start)| *start < length)
            .map(|(event, place, _)| (event, place))
            .collect();
        // An element that began within the stretch may end in the stand-ins: its end is missing then.
        let mut events = Events { all, at: 0 };
        self.until(&mut events, None)
    }

    /// One line as inline text.
    pub(super) fn line_of(&mut self, range: Range<usize>) -> Vec<PInline> {
        let blocks = self.stretch(range);
        for block in blocks {
            match block.kind {
                PBlockKind::Paragraph(text) | PBlockKind::Attribution(text) => return text.content,
                PBlockKind::Heading(heading) => return heading.title.content,
                _ => {}
            }
        }
        Vec::new()
    }

    /// Blocks up to the end of an element.
    fn until(&mut self, events: &mut Events<'_>, end: Option<TagEnd>) -> Vec<PBlock> {
        let mut blocks = Vec::new();
        while let Some((event, place)) = events.next() {
            match event {
                Event::End(tag) if Some(tag) == end => break,
                Event::Start(tag) => self.start(tag, place, events, &mut blocks),
                Event::Rule => {
                    let span = self.span(trimmed(self.text, place));
                    // What divides the columns of pandoc's simple tables is a rule to CommonMark.
                    if is_column_rule(&self.text[span.start as usize..span.end as usize]) {
                        self.simple_table(span);
                    } else {
                        blocks.push(self.block(PBlockKind::Ornament, span));
                    }
                }
                // Text of a tight list item stands without a paragraph.
                Event::Text(_)
                | Event::Code(_)
                | Event::FootnoteReference(_)
                | Event::InlineHtml(_)
                | Event::SoftBreak
                | Event::HardBreak => {
                    events.at -= 1;
                    let content = self.loose(events);
                    if !content.is_empty() {
                        let span = content[0].span.to(content[content.len() - 1].span);
                        self.paragraph(content, span, &mut blocks);
                    }
                }
                Event::Html(html) => self.html_block(&html, place, &mut blocks),
                _ => {}
            }
        }
        self.attach(blocks)
    }

    fn start(&mut self, tag: Tag<'_>, place: Range<usize>, events: &mut Events<'_>, blocks: &mut Vec<PBlock>) {
        let span = self.span(trimmed(self.text, place.clone()));
        match tag {
            Tag::Paragraph => {
                if self.foreign_paragraph(place.clone(), blocks) {
                    skip(events, TagEnd::Paragraph);
                    return;
                }
                let content = self.inline(events, Some(TagEnd::Paragraph));
                self.paragraph(content, span, blocks);
            }
            Tag::Heading { level, .. } => {
                let content = self.inline(events, Some(TagEnd::Heading(level)));
                let heading = self.heading(level, content, span);
                let label = heading.attributes.label.clone();
                let mut block = self.block(PBlockKind::Heading(heading), span);
                block.label = label;
                blocks.push(block);
            }
            Tag::BlockQuote(kind) => {
                let inner = self.until(events, Some(TagEnd::BlockQuote(kind)));
                let kind = match kind {
                    None => PBlockKind::Quote(QuoteKind::Extract, attributed(inner)),
                    Some(kind) => self.callout(kind, inner),
                };
                blocks.push(self.block(kind, span));
            }
            Tag::CodeBlock(kind) => {
                let block = self.code(kind, span, events);
                blocks.extend(block);
            }
            Tag::List(start) => {
                let block = self.list(start, events);
                blocks.push(self.block(block, span));
            }
            Tag::FootnoteDefinition(label) => {
                let label = label.to_string();
                let inner = self.until(events, Some(TagEnd::FootnoteDefinition));
                self.notes.push(ParsedNote { label, blocks: inner, span });
            }
            Tag::DefinitionList => {
                let block = self.definition_list(events);
                blocks.push(self.block(block, span));
            }
            Tag::Table(aligns) => {
                let block = self.table(&aligns, events);
                blocks.push(self.block(block, span));
            }
            Tag::HtmlBlock => {
                let mut html = String::new();
                while let Some((event, _)) = events.next() {
                    match event {
                        Event::Html(text) | Event::Text(text) => html.push_str(&text),
                        Event::End(TagEnd::HtmlBlock) => break,
                        _ => {}
                    }
                }
                self.html_block(&html, place, blocks);
            }
            // Inline elements of a tight list item.
            _ => {
                events.at -= 1;
                let content = self.loose(events);
                if !content.is_empty() {
                    self.paragraph(content, span, blocks);
                }
            }
        }
    }

    /// Inline text that stands without a paragraph, up to the next block.
    fn loose(&mut self, events: &mut Events<'_>) -> Vec<PInline> {
        self.inline(events, None)
    }

    fn heading(&mut self, level: HeadingLevel, mut content: Vec<PInline>, span: crate::source::Span) -> ParsedHeading {
        let mut attributes = Attributes::default();
        if let Some(PInline { kind: PKind::Braces(found), .. }) = content.last() {
            attributes = found.clone();
            content.pop();
            trim_end(&mut content);
        }
        self.stray_braces(&mut content);
        let title = self.text_block(content, span);
        ParsedHeading { level: level as u8, title, attributes }
    }

    /// A paragraph, a figure, a break, or a caption that waits for its figure.
    fn paragraph(&mut self, mut content: Vec<PInline>, span: crate::source::Span, blocks: &mut Vec<PBlock>) {
        if let [PInline { kind: PKind::Picture { .. }, .. }] = content.as_slice() {
            let picture = content.remove(0);
            blocks.push(self.figure(picture, span));
            return;
        }
        if content.is_empty() {
            return;
        }
        if !is_caption(&content) {
            self.stray_braces(&mut content);
        }
        trim_end(&mut content);
        let text = self.text_block(content, span);
        blocks.push(self.block(PBlockKind::Paragraph(text), span));
    }

    fn figure(&mut self, picture: PInline, span: crate::source::Span) -> PBlock {
        let PKind::Picture { path, alt, attributes } = picture.kind else {
            return self.block(PBlockKind::Ornament, span);
        };
        // The title of the Markdown picture is the caption; it was put last into the attributes by `inline`.
        let caption = attributes.get("\u{1}title").map(str::to_owned).map(|title| self.words(&title, picture.span));
        let label = attributes.label.clone();
        for (key, _) in &attributes.keys {
            if !matches!(key.as_str(), "width" | "place" | "turn" | "\u{1}title" | "alt" | "lang") {
                self.unknown_attribute(key, attributes.span.unwrap_or(span));
            }
        }
        let figure = PFigure { path, path_span: picture.span, alt, caption, source: None, credit: None, attributes };
        let mut block = self.block(PBlockKind::Figure(Box::new(figure)), span);
        block.label = label;
        block
    }

    fn callout(&mut self, kind: BlockQuoteKind, mut inner: Vec<PBlock>) -> PBlockKind {
        let kind = match kind {
            BlockQuoteKind::Note => BoxKind::Note,
            BlockQuoteKind::Tip => BoxKind::Tip,
            BlockQuoteKind::Important => BoxKind::Important,
            BlockQuoteKind::Warning => BoxKind::Warning,
            BlockQuoteKind::Caution => BoxKind::Caution,
        };
        let mut title = None;
        if matches!(inner.first().map(|block| &block.kind), Some(PBlockKind::Heading(_))) {
            let first = inner.remove(0);
            if let PBlockKind::Heading(heading) = first.kind {
                title = Some(heading.title);
            }
        }
        PBlockKind::Box { kind, title, blocks: inner }
    }

    fn code(&mut self, kind: CodeBlockKind<'_>, span: crate::source::Span, events: &mut Events<'_>) -> Option<PBlock> {
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
        if info.starts_with("{") && !info.starts_with("{.") {
            let name = info.trim_matches(['{', '}']).split(',').next().unwrap_or("").to_owned();
            self.foreign(
                format!("the code cell \"{name}\" is not run"),
                span,
                "put its result into the manuscript as a picture or a table",
            );
            return None;
        }
        let language = info.trim_start_matches("{.").trim_end_matches('}').split_whitespace().next().map(str::to_owned);
        let language = language.filter(|language| !language.is_empty());
        let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
        let mut content = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                content.push(PInline { kind: PKind::LineBreak, span });
            }
            // Spaces at a line's start are part of it.
            let line = line.replace('\t', "    ").replace(' ', "\u{a0}");
            content.push(PInline { kind: PKind::Code(line), span });
        }
        let text = self.text_block(content, span);
        Some(self.block(PBlockKind::Code { language, text }, span))
    }

    fn list(&mut self, start: Option<u64>, events: &mut Events<'_>) -> PBlockKind {
        let marker = match start {
            Some(start) => ListMarker::Number { start },
            None => ListMarker::Bullet,
        };
        let end = TagEnd::List(start.is_some());
        let mut items = Vec::new();
        let mut tight = true;
        while let Some((event, _)) = events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Start(Tag::Item) => {
                    let mut done = None;
                    if let Some(Event::TaskListMarker(checked)) = events.peek() {
                        done = Some(*checked);
                        events.at += 1;
                    }
                    tight &= !matches!(events.peek(), Some(Event::Start(Tag::Paragraph)));
                    let loose = matches!(events.peek(), Some(Event::Start(Tag::Paragraph)));
                    if loose && let Some((Event::TaskListMarker(checked), _)) = events.all.get(events.at + 1) {
                        done = Some(*checked);
                    }
                    let blocks = self.until(events, Some(TagEnd::Item));
                    items.push(PItem { blocks, done });
                }
                _ => {}
            }
        }
        PBlockKind::List { marker, tight, items }
    }

    fn definition_list(&mut self, events: &mut Events<'_>) -> PBlockKind {
        let mut definitions: Vec<(Vec<PText>, Vec<Vec<PBlock>>)> = Vec::new();
        while let Some((event, place)) = events.next() {
            match event {
                Event::End(TagEnd::DefinitionList) => break,
                Event::Start(Tag::DefinitionListTitle) => {
                    let span = self.span(trimmed(self.text, place));
                    let content = self.inline(events, Some(TagEnd::DefinitionListTitle));
                    let term = self.text_block(content, span);
                    match definitions.last_mut() {
                        Some((terms, meanings)) if meanings.is_empty() => terms.push(term),
                        _ => definitions.push((vec![term], Vec::new())),
                    }
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let blocks = self.until(events, Some(TagEnd::DefinitionListDefinition));
                    if let Some((_, meanings)) = definitions.last_mut() {
                        meanings.push(blocks);
                    }
                }
                _ => {}
            }
        }
        PBlockKind::Definitions(definitions)
    }

    fn table(&mut self, aligns: &[Alignment], events: &mut Events<'_>) -> PBlockKind {
        let mut head = Vec::new();
        let mut rows: Vec<Vec<PText>> = Vec::new();
        let mut row = Vec::new();
        while let Some((event, place)) = events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
                Event::Start(Tag::TableCell) => {
                    let span = self.span(trimmed(self.text, place));
                    let content = self.inline(events, Some(TagEnd::TableCell));
                    row.push(self.text_block(content, span));
                }
                _ => {}
            }
        }
        let aligns = aligns
            .iter()
            .map(|align| match align {
                Alignment::None => ColumnAlign::Auto,
                Alignment::Left => ColumnAlign::Left,
                Alignment::Center => ColumnAlign::Centre,
                Alignment::Right => ColumnAlign::Right,
            })
            .collect();
        let table = PTable { caption: None, aligns, widths: Vec::new(), head, rows, source: None, turn: false };
        PBlockKind::Table(Box::new(table))
    }

    /// Inline events up to the end of an element, or with `None` up to the next block.
    fn inline(&mut self, events: &mut Events<'_>, end: Option<TagEnd>) -> Vec<PInline> {
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
                    self.inline_event(other, place, events, &mut out);
                }
            }
        }
        self.flush(&mut leaf, &mut out);
        self.join(out)
    }

    fn flush(&mut self, leaf: &mut Leaf, out: &mut Vec<PInline>) {
        if !leaf.is_empty() {
            let leaf = std::mem::take(leaf);
            self.scan(leaf, out);
        }
    }

    fn inline_event(&mut self, event: Event<'_>, place: Range<usize>, events: &mut Events<'_>, out: &mut Vec<PInline>) {
        let span = self.span(place.clone());
        let kind = match event {
            Event::Code(text) => PKind::Code(text.to_string()),
            Event::HardBreak => PKind::LineBreak,
            Event::FootnoteReference(label) => PKind::NoteCall(label.to_string()),
            Event::InlineHtml(html) => PKind::Html(html.to_string()),
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
                let mut attributes = Attributes::default();
                if !title.is_empty() {
                    attributes.keys.push(("\u{1}title".to_owned(), title.to_string()));
                }
                out.push(PInline { kind: PKind::Picture { path: dest_url.to_string(), alt, attributes }, span });
                return;
            }
            _ => return,
        };
        out.push(PInline { kind, span });
    }

    fn link(&mut self, kind: LinkType, url: &str, content: Vec<PInline>, span: crate::source::Span) -> PKind {
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

    /// Paragraphs of other tools, and those that stand for something: line blocks, breaks.
    fn foreign_paragraph(&mut self, place: Range<usize>, blocks: &mut Vec<PBlock>) -> bool {
        let place = trimmed(self.text, place);
        let words = &self.text[place.clone()];
        let span = self.span(place.clone());
        let compact: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if matches!(compact.as_str(), "\\newpage" | "\\pagebreak" | "\\clearpage" | "{{< pagebreak >}}") {
            blocks.push(self.block(PBlockKind::PageBreak, span));
            return true;
        }
        if words.starts_with("+--") || words.starts_with("+==") || words.starts_with("+:-") {
            self.foreign("grid tables are not read", span, "write a pipe table: | a | b | and | --- | --- | below");
            return true;
        }
        if words.lines().count() > 1
            && words.lines().all(|line| line.trim_start().starts_with('|'))
            && !words.contains("---")
        {
            let mut stanzas = vec![Vec::new()];
            let mut at = place.start;
            for line in words.split('\n') {
                let bar = line.find('|').unwrap_or(0) + 1;
                let start = at + bar + usize::from(line[bar..].starts_with(' '));
                let end = at + line.len();
                if line[bar..].trim().is_empty() {
                    stanzas.push(Vec::new());
                } else if let Some(stanza) = stanzas.last_mut() {
                    stanza.push(self.verse_line(start.min(end)..end));
                }
                at = end + 1;
            }
            stanzas.retain(|stanza: &Vec<_>| !stanza.is_empty());
            blocks.push(self.block(PBlockKind::Verse(stanzas), span));
            return true;
        }
        false
    }

    fn simple_table(&mut self, span: crate::source::Span) {
        self.foreign("simple tables are not read", span, "write a pipe table: | a | b | and | --- | --- | below");
    }

    /// HTML that stands as a block: comments vanish, the text of the rest is kept.
    fn html_block(&mut self, html: &str, place: Range<usize>, blocks: &mut Vec<PBlock>) {
        let span = self.span(trimmed(self.text, place));
        let mut text = String::new();
        let mut rest = html;
        let mut named: Option<String> = None;
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = match rest.strip_prefix("<!--") {
                Some(comment) => comment.find("-->").map_or(rest.len(), |end| end + 7),
                None => {
                    let name: String =
                        rest[1..].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                    named.get_or_insert(name);
                    rest.find('>').map_or(rest.len(), |end| end + 1)
                }
            };
            rest = &rest[end..];
        }
        text.push_str(rest);
        if let Some(name) = named.filter(|name| !name.is_empty()) {
            self.foreign_html(&name, span);
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            let content = vec![PInline { kind: PKind::Text(words), span }];
            let text = self.text_block(content, span);
            blocks.push(self.block(PBlockKind::Paragraph(text), span));
        }
    }

    /// Gives captions, sources and credits to the figure or table beside them.
    pub(super) fn attach(&mut self, blocks: Vec<PBlock>) -> Vec<PBlock> {
        let mut out: Vec<PBlock> = Vec::with_capacity(blocks.len());
        let mut before: Option<(PText, Attributes)> = None;
        for mut block in blocks {
            let word = match &block.kind {
                PBlockKind::Paragraph(text) => caption_word(&text.content),
                _ => None,
            };
            let Some(word) = word else {
                if let Some((caption, attributes)) = before.take() {
                    match &mut block.kind {
                        PBlockKind::Table(table) => self.caption_table(table, &mut block.label, caption, attributes),
                        _ => out.push(self.give_back(caption, attributes)),
                    }
                }
                out.push(block);
                continue;
            };
            let PBlockKind::Paragraph(mut text) = block.kind else { continue };
            let attributes = take_attributes(&mut text.content);
            let last = out.last_mut().map(|block| (&mut block.kind, &mut block.label));
            match (word, last) {
                ("Table" | ":", Some((PBlockKind::Table(table), label))) if table.caption.is_none() => {
                    strip_word(&mut text, word);
                    self.caption_table(table, label, text, attributes);
                }
                ("Table", _) => {
                    strip_word(&mut text, word);
                    if let Some((caption, attributes)) = before.replace((text, attributes)) {
                        out.push(self.give_back(caption, attributes));
                    }
                }
                ("Figure", Some((PBlockKind::Figure(figure), label))) => {
                    strip_word(&mut text, word);
                    figure.caption = Some(text);
                    if attributes.label.is_some() {
                        *label = attributes.label;
                    }
                }
                ("Source", Some((PBlockKind::Figure(figure), _))) if figure.source.is_none() => {
                    figure.source = Some(text)
                }
                ("Source", Some((PBlockKind::Table(table), _))) if table.source.is_none() => table.source = Some(text),
                ("Credit", Some((PBlockKind::Figure(figure), _))) if figure.credit.is_none() => {
                    figure.credit = Some(text)
                }
                _ => {
                    let span = text.span;
                    out.push(PBlock {
                        id: text.id,
                        label: None,
                        language: None,
                        span,
                        kind: PBlockKind::Paragraph(text),
                    });
                }
            }
        }
        if let Some((caption, attributes)) = before {
            out.push(self.give_back(caption, attributes));
        }
        out
    }

    /// A table's caption that found no table is a paragraph again, and said so.
    fn give_back(&mut self, caption: PText, _attributes: Attributes) -> PBlock {
        self.diagnostics.report(
            Diagnostic::new(&lints::TABLE_SHAPE, "this caption has no table below it")
                .at(caption.span)
                .hint("a caption \"Table: …\" stands right before or after its pipe table"),
        );
        let span = caption.span;
        PBlock { id: caption.id, label: None, language: None, span, kind: PBlockKind::Paragraph(caption) }
    }

    fn caption_table(
        &mut self,
        table: &mut PTable,
        label: &mut Option<(String, crate::source::Span)>,
        caption: PText,
        attributes: Attributes,
    ) {
        table.caption = Some(caption);
        table.turn = attributes.has("turn");
        if let Some(widths) = attributes.get("widths").or_else(|| attributes.get("tbl-colwidths")) {
            table.widths = widths
                .trim_matches(['[', ']'])
                .split([' ', ','])
                .filter(|width| !width.is_empty())
                .map(|width| width.parse().ok())
                .collect();
        }
        if attributes.label.is_some() {
            *label = attributes.label;
        }
    }
}

/// "-----   ----": groups of dashes with spaces between.
fn is_column_rule(line: &str) -> bool {
    line.split_whitespace().filter(|word| word.len() > 1).count() > 1 && line.chars().all(|c| c == '-' || c == ' ')
}

/// The word that makes a paragraph a caption, source or credit.
fn caption_word(content: &[PInline]) -> Option<&'static str> {
    let Some(PInline { kind: PKind::Text(text), .. }) = content.first() else { return None };
    for word in ["Table", "Figure", "Source", "Sources", "Credit"] {
        if text.strip_prefix(word).is_some_and(|rest| rest.starts_with(": ")) {
            return Some(if word == "Sources" { "Source" } else { word });
        }
    }
    text.starts_with(": ").then_some(":")
}

fn is_caption(content: &[PInline]) -> bool {
    caption_word(content).is_some()
}

/// Takes the braces at the end of a caption.
fn take_attributes(content: &mut Vec<PInline>) -> Attributes {
    match content.last() {
        Some(PInline { kind: PKind::Braces(attributes), .. }) => {
            let attributes = attributes.clone();
            content.pop();
            trim_end(content);
            attributes
        }
        _ => Attributes::default(),
    }
}

/// Takes "Table: " off.
fn strip_word(text: &mut PText, word: &str) {
    let length = if word == ":" { 2 } else { word.len() + 2 };
    if let Some(PInline { kind: PKind::Text(letters), .. }) = text.content.first_mut() {
        *letters = letters.get(length..).unwrap_or("").trim_start().to_owned();
    }
}

/// Takes spaces off the end.
fn trim_end(content: &mut Vec<PInline>) {
    if let Some(PInline { kind: PKind::Text(text), .. }) = content.last_mut() {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            content.pop();
        }
    }
}

/// The last paragraph of an extract that begins with a dash says who said it.
fn attributed(mut blocks: Vec<PBlock>) -> Vec<PBlock> {
    if blocks.len() > 1
        && let Some(last) = blocks.last_mut()
        && let PBlockKind::Paragraph(text) = &last.kind
        && super::letters(&text.content).starts_with(['—', '–'])
    {
        last.kind = PBlockKind::Attribution(text.clone());
    }
    blocks
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
    )
}

fn skip(events: &mut Events<'_>, end: TagEnd) {
    while let Some((event, _)) = events.next() {
        if event == Event::End(end) {
            break;
        }
    }
}

/// A place without the blank lines and spaces at its ends.
fn trimmed(text: &str, place: Range<usize>) -> Range<usize> {
    let words = &text[place.clone()];
    let start = place.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}
