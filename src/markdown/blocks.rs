//! Blocks: pulldown-cmark's events become blocks, and captions find their figures and tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Parser as Markdown, Tag, TagEnd};

use super::Parser;
use super::events::{Events, options, pass_over, skip};
use super::leaf::{is_column_rule, trimmed};
use super::shield::shielded;
use super::token::Line;
use crate::book::DivisionKind;
use crate::book::block::{BoxKind, ColumnAlign, ListMarker, QuoteKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{
    Attributes, PBlock, PBlockKind, PFigure, PInline, PItem, PKind, PTable, PText, ParsedHeading, ParsedNote,
};

impl Parser<'_> {
    /// Parses a stretch of Markdown without divs.
    pub(super) fn stretch(&mut self, range: Range<usize>) -> Vec<PBlock> {
        let words = &self.text[range.clone()];
        if words.trim().is_empty() {
            return Vec::new();
        }
        // Every line end is one, so that places stay true: a lone CR is the only other kind.
        let shielded = shielded(words);
        let whole = format!("{shielded}{}", self.definitions);
        let length = words.len();
        let offset = range.start;
        let all: Vec<(Event<'_>, Range<usize>)> = Markdown::new_ext(&whole, options())
            .into_offset_iter()
            .map(|(event, place)| {
                (event, place.start.min(length) + offset..place.end.min(length) + offset, place.start)
            })
            .filter(|(_, _, start)| *start < length)
            .map(|(event, place, _)| (self.unshielded(event, &place, &shielded, offset), place))
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
                    let line = self.loose(events);
                    let ends = [line.content.first(), line.content.last()];
                    let span = match ends {
                        [Some(first), Some(last)] => first.span.to(last.span),
                        _ => self.span(place),
                    };
                    self.paragraph(line, span, &mut blocks);
                }
                Event::Html(html) => self.html_block(&html, place, &mut blocks),
                _ => {}
            }
        }
        self.attach(blocks)
    }

    fn start(&mut self, tag: Tag<'_>, place: Range<usize>, events: &mut Events<'_>, blocks: &mut Vec<PBlock>) {
        if !self.enter(trimmed(self.text, place.clone())) {
            return pass_over(events);
        }
        self.element(tag, place, events, blocks);
        self.depth -= 1;
    }

    fn element(&mut self, tag: Tag<'_>, place: Range<usize>, events: &mut Events<'_>, blocks: &mut Vec<PBlock>) {
        let span = self.span(trimmed(self.text, place.clone()));
        match tag {
            Tag::Paragraph => {
                if self.foreign_paragraph(place.clone(), blocks) {
                    skip(events, TagEnd::Paragraph);
                    return;
                }
                let line = self.line(events, Some(TagEnd::Paragraph));
                self.paragraph(line, span, blocks);
            }
            Tag::Heading { level, .. } => {
                let line = self.line(events, Some(TagEnd::Heading(level)));
                // A lone # between two scenes is how manuscripts mark a break.
                if self.text[span.start as usize..span.end as usize].trim() == "#" {
                    blocks.push(self.block(PBlockKind::Ornament, span));
                    return;
                }
                let heading = self.heading(level, line, span);
                let label = heading.attributes.label.clone();
                let mut block = self.block(PBlockKind::Heading(heading), span);
                block.label = label;
                blocks.push(block);
            }
            Tag::BlockQuote(kind) => {
                let alert = alert(&self.text[span.start as usize..span.end as usize]);
                if kind.is_none() {
                    self.title_ends = alert.as_ref().map(|(_, length)| span.start as usize + length);
                }
                let inner = self.until(events, Some(TagEnd::BlockQuote(kind)));
                let kind = match (kind, alert) {
                    (Some(kind), _) => self.callout(box_of_alert(kind), inner),
                    (None, Some((word, _))) => self.titled_alert(&word, span, inner),
                    (None, None) => PBlockKind::Quote(QuoteKind::Extract, attributed(inner)),
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
                let mut inner = self.until(events, Some(TagEnd::FootnoteDefinition));
                if inner.is_empty() {
                    inner = self.text_of_note(&label, span, events);
                }
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
                let line = self.loose(events);
                self.paragraph(line, span, blocks);
            }
        }
    }

    /// The text of a note whose label stands in a line of its own: the paragraph in the next line.
    fn text_of_note(&mut self, label: &str, span: crate::source::Span, events: &mut Events<'_>) -> Vec<PBlock> {
        let rest = &self.text[span.start as usize..];
        let line = rest.find('\n').map(|end| span.start as usize + end + 1);
        let next = events.all.get(events.at).filter(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
        let mut blocks = Vec::new();
        match next.map(|(_, place)| place.clone()) {
            Some(place) if Some(place.start) == line => {
                events.at += 1;
                self.start(Tag::Paragraph, place, events, &mut blocks);
            }
            _ => self.diagnostics.report(
                Diagnostic::new(&lints::UNDEFINED_NOTE, format!("the note \"{label}\" has no text"))
                    .at(span)
                    .hint(format!("write it after the colon: [^{label}]: …")),
            ),
        }
        blocks
    }

    /// Inline text that stands without a paragraph, up to the next block.
    fn loose(&mut self, events: &mut Events<'_>) -> Line {
        self.line(events, None)
    }

    fn heading(&mut self, level: HeadingLevel, line: Line, span: crate::source::Span) -> ParsedHeading {
        let Line { mut content, braces } = line;
        let attributes = braces.unwrap_or_default();
        trim_end(&mut content);
        let at = attributes.span.unwrap_or(span);
        for class in &attributes.classes {
            let kind = level == HeadingLevel::H1 && DivisionKind::find(class).is_some_and(|kind| !kind.is_made());
            if class != "unnumbered" && !kind {
                self.unknown_attribute(&format!(".{class}"), at);
            }
        }
        for (key, _) in &attributes.keys {
            if !matches!(key.as_str(), "short" | "unnumbered") {
                self.unknown_attribute(key, at);
            }
        }
        let title = self.text_block(content, span);
        ParsedHeading { level: level as u8, title, attributes }
    }

    /// A paragraph, a figure, a break, or a caption that waits for its figure.
    fn paragraph(&mut self, line: Line, span: crate::source::Span, blocks: &mut Vec<PBlock>) {
        let Line { mut content, braces } = line;
        if let [PInline { kind: PKind::Picture { .. }, .. }] = content.as_slice() {
            let picture = content.remove(0);
            blocks.push(self.figure(picture, span));
            return;
        }
        let caption = is_caption(&content);
        if let Some(stray) = braces.as_ref().filter(|_| !caption) {
            self.stray_braces(stray, span);
        }
        if content.is_empty() {
            return;
        }
        trim_end(&mut content);
        let text = self.text_block(content, span);
        if let Some(braces) = braces.filter(|_| caption) {
            self.captions.insert(text.id, braces);
        }
        blocks.push(self.block(PBlockKind::Paragraph(text), span));
    }

    fn figure(&mut self, picture: PInline, span: crate::source::Span) -> PBlock {
        let PKind::Picture { path, title, alt, attributes } = picture.kind else {
            return self.block(PBlockKind::Ornament, span);
        };
        let within = attributes.span.map_or(picture.span, |braces| picture.span.to(braces));
        let caption = title.or_else(|| attributes.get("fig-cap").map(str::to_owned));
        let caption = caption.map(|words| self.caption_of(&words, within));
        // Quarto's way: what stands in the brackets is the caption then.
        let (alt, caption) = match attributes.get("fig-alt").or(attributes.get("alt")).map(str::to_owned) {
            Some(said) => {
                let words = (!alt.is_empty()).then(|| self.text_block(alt, picture.span));
                (vec![PInline { kind: PKind::Text(said), span: picture.span }], caption.or(words))
            }
            None => (alt, caption),
        };
        let label = attributes.label.clone();
        for (key, _) in &attributes.keys {
            const KNOWN: [&str; 8] = ["width", "height", "style", "place", "turn", "alt", "fig-alt", "fig-cap"];
            if !KNOWN.contains(&key.as_str()) {
                self.unknown_attribute(key, attributes.span.unwrap_or(span));
            }
        }
        for class in &attributes.classes {
            if class != "turn" {
                self.unknown_attribute(&format!(".{class}"), attributes.span.unwrap_or(span));
            }
        }
        let figure = PFigure { path, path_span: picture.span, alt, caption, source: None, credit: None, attributes };
        let mut block = self.block(PBlockKind::Figure(Box::new(figure)), span);
        block.label = label;
        block
    }

    /// A caption in quotes, read as Markdown where it stands in the source as it was given.
    fn caption_of(&mut self, words: &str, within: crate::source::Span) -> PText {
        let (start, end) = (within.start as usize, within.end as usize);
        if let Some(at) = self.text.get(start..end).and_then(|written| written.rfind(words)) {
            let range = start + at..start + at + words.len();
            let span = self.span(range.clone());
            let content = self.line_of(range);
            if !content.is_empty() {
                return self.text_block(content, span);
            }
        }
        self.words(words, within)
    }

    fn callout(&mut self, kind: BoxKind, mut inner: Vec<PBlock>) -> PBlockKind {
        let mut title = None;
        if matches!(inner.first().map(|block| &block.kind), Some(PBlockKind::Heading(_))) {
            let first = inner.remove(0);
            if let PBlockKind::Heading(heading) = first.kind {
                title = Some(heading.title);
            }
        }
        PBlockKind::Box { kind, title, blocks: inner }
    }

    /// `> [!NOTE] Title`: what stands in the first line after the word is the title.
    fn titled_alert(&mut self, word: &str, span: crate::source::Span, mut inner: Vec<PBlock>) -> PBlockKind {
        let Some(kind) = super::regions::box_kind(&word.to_ascii_lowercase()) else {
            self.unknown_callout(word, span);
            return PBlockKind::Quote(QuoteKind::Extract, inner);
        };
        let mut title = None;
        if let Some(PBlock { kind: PBlockKind::Paragraph(text), .. }) = inner.first_mut() {
            let mut content = std::mem::take(&mut text.content);
            let end = content.iter().position(|piece| matches!(piece.kind, PKind::LineBreak)).unwrap_or(content.len());
            text.content = content.split_off(end);
            if !text.content.is_empty() {
                text.content.remove(0);
            }
            strip_letters(&mut content, word.len() + 3);
            trim_end(&mut content);
            let empty = text.content.is_empty();
            if !content.is_empty() {
                let place = content[0].span.to(content[content.len() - 1].span);
                title = Some(self.text_block(content, place));
            }
            if empty {
                inner.remove(0);
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
        let braces = info.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let braces = braces.and_then(|inner| super::attributes::parse(inner, span));
        let braces = braces.filter(|braces| !braces.classes.is_empty() || braces.label.is_some());
        if info.starts_with('{') && braces.is_none() {
            let name = info.trim_matches(['{', '}']).split(',').next().unwrap_or("").to_owned();
            self.foreign(
                format!("the code cell \"{name}\" is not run"),
                span,
                "put its result into the manuscript as a picture or a table",
            );
            return None;
        }
        let language = match &braces {
            Some(braces) => braces.classes.first().cloned(),
            None => info.split_whitespace().next().map(|word| word.trim_end_matches("{}").to_owned()),
        };
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
        let mut block = self.block(PBlockKind::Code { language, text }, span);
        block.label = braces.and_then(|braces| braces.label);
        Some(block)
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

    /// Cells beyond the head's are dropped by pulldown-cmark, as GFM asks; that must be said.
    fn check_row(&mut self, columns: usize, place: Range<usize>) {
        let place = trimmed(self.text, place);
        let row = &self.text[place.clone()];
        let inner = row.strip_prefix('|').unwrap_or(row);
        let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
        let bars = inner.match_indices('|').filter(|(at, _)| !inner[..*at].ends_with('\\')).count();
        if bars + 1 > columns {
            let span = self.span(place);
            self.diagnostics.report(
                Diagnostic::new(
                    &lints::TABLE_SHAPE,
                    format!("this row has {} cells, the table has {columns} columns", bars + 1),
                )
                .at(span)
                .hint("add a column to the head and the line below it; a bar that should be printed is \\|"),
            );
        }
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
                Event::Start(Tag::TableRow) => self.check_row(aligns.len(), place),
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
                        _ => out.push(self.give_back(caption, "table")),
                    }
                }
                out.push(block);
                continue;
            };
            let PBlockKind::Paragraph(mut text) = block.kind else { continue };
            let braces = self.captions.remove(&text.id);
            let attributes = braces.unwrap_or_default();
            let last = out.last_mut().map(|block| (&mut block.kind, &mut block.label));
            match (word, last) {
                ("Table" | ":", Some((PBlockKind::Table(table), label))) if table.caption.is_none() => {
                    strip_word(&mut text, word);
                    self.caption_table(table, label, text, attributes);
                }
                ("Table", _) => {
                    strip_word(&mut text, word);
                    if let Some((caption, _)) = before.replace((text, attributes)) {
                        out.push(self.give_back(caption, "table"));
                    }
                }
                ("Figure", Some((PBlockKind::Figure(figure), label))) => {
                    strip_word(&mut text, word);
                    figure.caption = Some(text);
                    if attributes.label.is_some() {
                        *label = attributes.label;
                    }
                }
                ("Figure", _) => out.push(self.give_back(text, "picture")),
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
        if let Some((caption, _)) = before {
            out.push(self.give_back(caption, "table"));
        }
        out
    }

    /// A caption that found nothing is a paragraph again, and said so.
    fn give_back(&mut self, caption: PText, what: &str) -> PBlock {
        let hint = match what {
            "table" => "a caption \"Table: …\" stands right before or after its pipe table",
            _ => "a caption \"Figure: …\" stands right after its picture, which is alone in its paragraph",
        };
        self.diagnostics.report(
            Diagnostic::new(&lints::ORPHAN_CAPTION, format!("this caption has no {what}")).at(caption.span).hint(hint),
        );
        let span = caption.span;
        PBlock { id: caption.id, label: None, language: None, span, kind: PBlockKind::Paragraph(caption) }
    }

    /// The weights of a table's columns, in thousandths of what was written.
    fn widths(&mut self, written: &str, columns: usize, at: crate::source::Span) -> Vec<Option<u32>> {
        let weights: Vec<Option<u32>> = written
            .trim_matches(['[', ']'])
            .split([' ', ','])
            .filter(|width| !width.is_empty())
            .map(|width| width.parse().ok().filter(|weight: &f64| (0.001..=1e6).contains(weight)))
            .map(|weight| weight.map(|weight| (weight * 1000.0).round() as u32))
            .collect();
        if weights.len() == columns && weights.iter().all(Option::is_some) {
            return weights;
        }
        self.diagnostics.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{written}\" are no widths of {columns} columns"))
                .at(at)
                .hint("write a number for each column: widths=\"1 2 2\" makes the first half as wide as the others"),
        );
        Vec::new()
    }

    fn caption_table(
        &mut self,
        table: &mut PTable,
        label: &mut Option<(String, crate::source::Span)>,
        caption: PText,
        attributes: Attributes,
    ) {
        let at = attributes.span.unwrap_or(caption.span);
        table.caption = Some(caption);
        table.turn = attributes.has("turn");
        if let Some(widths) = attributes.get("widths").or_else(|| attributes.get("tbl-colwidths")) {
            table.widths = self.widths(widths, table.aligns.len(), at);
        }
        for (key, _) in &attributes.keys {
            if !matches!(key.as_str(), "turn" | "widths" | "tbl-colwidths") {
                self.unknown_attribute(key, at);
            }
        }
        for class in attributes.classes.iter().filter(|class| *class != "turn") {
            self.unknown_attribute(&format!(".{class}"), at);
        }
        if attributes.label.is_some() {
            *label = attributes.label;
        }
    }
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
        && ["—", "–", "--"].iter().any(|dash| super::letters(&text.content).starts_with(dash))
    {
        last.kind = PBlockKind::Attribution(text.clone());
    }
    blocks
}

/// The word of `> [!WORD] Title`, and how long the first line is with its `>`.
fn alert(quote: &str) -> Option<(String, usize)> {
    let line = quote.lines().next()?;
    let inner = line.trim_start_matches(['>', ' ']).strip_prefix("[!")?;
    let word = &inner[..inner.find(']')?];
    let plain = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then(|| (word.to_owned(), line.len()))
}

fn box_of_alert(kind: BlockQuoteKind) -> BoxKind {
    match kind {
        BlockQuoteKind::Note => BoxKind::Note,
        BlockQuoteKind::Tip => BoxKind::Tip,
        BlockQuoteKind::Important => BoxKind::Important,
        BlockQuoteKind::Warning => BoxKind::Warning,
        BlockQuoteKind::Caution => BoxKind::Caution,
    }
}

/// Takes letters off the start, and the spaces after them.
fn strip_letters(content: &mut Vec<PInline>, mut count: usize) {
    while let Some(PInline { kind: PKind::Text(text), .. }) = content.first_mut() {
        let take = count.min(text.len());
        text.drain(..take);
        count -= take;
        if count == 0 {
            text.drain(..text.len() - text.trim_start().len());
        }
        if !text.is_empty() {
            break;
        }
        content.remove(0);
    }
}
