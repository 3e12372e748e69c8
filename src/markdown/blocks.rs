//! Blocks: pulldown-cmark's events become blocks; each kind that takes more than a few lines has a file beside this.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser as Markdown, Tag, TagEnd};

use super::Parser;
use super::boxes::{alert, box_of_alert};
use super::captions::is_caption;
use super::conditions::CONDITIONS;
use super::draft::{Indent, NoIncludes};
use super::events::{Events, options, pass_over, skip};
use super::extracts::attributed;
use super::fair::{Fair, Mark};
use super::html::Level;
use super::leaf::trimmed;
use super::marks;
use super::shield::shielded;
use super::token::{Line, trim_end};
use crate::book::DivisionKind;
use crate::book::block::QuoteKind;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PInline, PKind, ParsedHeading, ParsedNote};

impl Parser<'_> {
    /// The whole text.
    pub(super) fn whole(&mut self) -> Vec<PBlock> {
        let shielded = shielded(self.text);
        let all: Vec<(Event<'_>, Range<usize>)> = Markdown::new_ext(&shielded, options())
            .into_offset_iter()
            .map(|(event, place)| (self.unshielded(event, &place, &shielded, 0), place))
            .collect();
        self.until(&mut Events { all, at: 0 }, None)
    }

    /// A part of the text, apart from what is around it.
    pub(super) fn stretch(&mut self, range: Range<usize>) -> Vec<PBlock> {
        let words = &self.text[range.clone()];
        if words.trim().is_empty() {
            return Vec::new();
        }
        // Nothing is defined for what has no brackets.
        let definitions = if words.contains('[') { self.definitions } else { "" };
        let shielded = shielded(words);
        let whole = format!("{shielded}{definitions}");
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

    /// Blocks of a part that was copied apart and is a text of its own.
    pub(super) fn blocks_of(&mut self, fair: &Fair) -> Vec<PBlock> {
        let copy = super::draft::fair_copy(fair, Indent::Code, &mut NoIncludes, self.diagnostics);
        let length = copy.text.len();
        self.part(&copy, |parser| parser.stretch(0..length))
    }

    /// One line as inline text. What only begins like a list or a quotation is a line all the same: its mark, then its
    /// words.
    pub(super) fn line_of(&mut self, range: Range<usize>) -> Vec<PInline> {
        /// More marks in a row are no line of anybody's.
        const MARKS: usize = 8;
        let text = self.text;
        let mut content = Vec::new();
        let mut from = range.start;
        for _ in 0..MARKS {
            if let Some(words) = self.paragraph_of(from..range.end) {
                content.extend(words);
                return content;
            }
            let rest = &text[from..range.end];
            let mark = rest.find(char::is_whitespace).filter(|_| rest.contains(char::is_alphanumeric));
            let Some(length) = mark.map(|at| at + rest[at..].chars().next().map_or(0, char::len_utf8)) else { break };
            let span = self.span(from..from + length);
            content.push(PInline { kind: PKind::Text(rest[..length].to_owned()), span });
            from += length;
        }
        let rest = text[from..range.end].trim();
        if rest.contains(char::is_alphanumeric) {
            let span = self.span(from..range.end);
            content.push(PInline { kind: PKind::Text(rest.to_owned()), span });
        }
        content
    }

    /// The words of a stretch that is a paragraph or a heading.
    fn paragraph_of(&mut self, range: Range<usize>) -> Option<Vec<PInline>> {
        self.stretch(range).into_iter().find_map(|block| match block.kind {
            PBlockKind::Paragraph(text) | PBlockKind::Flush(text) | PBlockKind::Attribution(text) => Some(text.content),
            PBlockKind::Heading(heading) => Some(heading.title.content),
            _ => None,
        })
    }

    /// Blocks up to the end of an element.
    pub(super) fn until(&mut self, events: &mut Events<'_>, end: Option<TagEnd>) -> Vec<PBlock> {
        let mut level = Level::default();
        while let Some((event, place)) = events.next() {
            match event {
                Event::End(tag) if Some(tag) == end => break,
                Event::Start(tag) => self.start(tag, place, events, level.blocks()),
                Event::Rule => {
                    let mark = self.fair.marks.range(place.clone()).next().map(|(at, mark)| (*at, mark.clone()));
                    match mark {
                        Some((at, mark)) => {
                            let span = self.span(at..at + 3);
                            self.mark(mark, span, &mut level);
                        }
                        None => {
                            let span = self.span(trimmed(self.text, place));
                            let block = self.block(PBlockKind::Ornament, span);
                            level.push(block);
                        }
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
                    self.paragraph(line, span, level.blocks());
                }
                Event::Html(html) => self.html_block(&html, place, level.blocks()),
                _ => {}
            }
        }
        let blocks = self.close(level);
        self.conditions_of_headings(blocks)
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
                if self.text[place].trim() == "#" {
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
                let place = trimmed(self.text, place);
                let alert = alert(&self.text[place.clone()]);
                if kind.is_none() {
                    self.title_ends = alert.as_ref().map(|alert| place.start + alert.line);
                }
                let inner = self.until(events, Some(TagEnd::BlockQuote(kind)));
                let kind = match (kind, alert) {
                    (Some(kind), _) => self.callout(box_of_alert(kind), inner),
                    (None, Some(alert)) => self.titled_alert(&alert, span, inner),
                    (None, None) => PBlockKind::Quote(QuoteKind::Extract, attributed(inner)),
                };
                let mut block = self.block(kind, span);
                if let Some((_, written)) = self.fair.braces.range(place).next() {
                    let written = written.clone();
                    self.label_of_callout(&mut block, &written, span);
                }
                blocks.push(block);
            }
            Tag::CodeBlock(kind) => {
                let block = self.code(kind, span, events);
                blocks.extend(block);
            }
            Tag::List(start) => {
                let block = self.list(start, place, events);
                blocks.push(self.block(block, span));
            }
            Tag::FootnoteDefinition(label) => {
                let label = label.to_string();
                let mut inner = self.until(events, Some(TagEnd::FootnoteDefinition));
                if inner.is_empty() {
                    inner = self.text_of_note(&label, place.start, span, events);
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

    /// The text of a note whose label stands in a line of its own: what begins in the next line.
    fn text_of_note(
        &mut self,
        label: &str,
        at: usize,
        span: crate::source::Span,
        events: &mut Events<'_>,
    ) -> Vec<PBlock> {
        let line = self.text[at..].find('\n').map(|end| at + end + 1);
        let next = events.all.get(events.at).and_then(|(event, place)| match event {
            Event::Start(
                tag @ (Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_)),
            ) => Some((tag.clone(), place.clone())),
            _ => None,
        });
        let mut blocks = Vec::new();
        match next {
            Some((tag, place)) if Some(place.start) == line => {
                events.at += 1;
                self.start(tag, place, events, &mut blocks);
            }
            // What it held was answered where it stands.
            _ if line.is_none_or(|line| !self.is_bare_label(at..line)) => {}
            _ => self.diagnostics.report(
                Diagnostic::new(&lints::EMPTY_NOTE, format!("the note \"{label}\" has no text"))
                    .at(span)
                    .hint(format!("write it after the colon: [^{label}]: …")),
            ),
        }
        blocks
    }

    /// Whether nothing stands behind the label of a note, or a comment alone.
    fn is_bare_label(&self, line: Range<usize>) -> bool {
        let Some(label) = self.text[line.clone()].find("]:") else { return false };
        let words = line.start + label + "]:".len();
        let rest = self.text[words..line.end].trim();
        let first = line.end - self.text[words..line.end].trim_start().len();
        rest.is_empty() || matches!(self.fair.marks.get(&first), Some(Mark::Comment))
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
        let titled = level == HeadingLevel::H1 && marks::heads_the_index(&attributes, &super::letters(&content));
        let marked = attributes.marks() && !titled;
        if marked {
            self.marked = true;
            let (starts, _) = self.stretch_marks(&attributes, &content, span);
            content.splice(0..0, starts);
        }
        let conditional = attributes.is_conditional();
        for class in attributes.classes.iter().filter(|class| !CONDITIONS.contains(&class.as_str())) {
            let kind = level == HeadingLevel::H1 && DivisionKind::find(class).is_some_and(|kind| !kind.is_made());
            if class != "unnumbered" && !kind && !(marked && class == marks::CLASS) {
                self.unknown_attribute(&format!(".{class}"), at);
            }
        }
        for (key, _) in &attributes.keys {
            let known = matches!(key.as_str(), "short" | "unnumbered");
            let of_the_mark = marked && marks::KEYS.contains(&key.as_str());
            // Those of a condition are looked at with it.
            if !known && !of_the_mark && !conditional {
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
        if let Some(figure) = self.figure_over_words(&mut content, span) {
            blocks.push(figure);
            return;
        }
        if let [linked] = content.as_mut_slice()
            && let Some(figure) = self.linked_figure(linked, span)
        {
            blocks.push(figure);
            return;
        }
        if let Some(row) = self.panels_of_paragraph(&mut content, span) {
            blocks.push(row);
            return;
        }
        let caption = is_caption(&content, &self.caption_words);
        let braces = braces.or_else(|| caption.then(|| label_at_end(&mut content)).flatten());
        if let Some(stray) = braces.as_ref().filter(|_| !caption) {
            self.stray_braces(stray, span);
        }
        // Breaks between no words break nothing.
        let says_nothing = |piece: &PInline| match &piece.kind {
            PKind::LineBreak => true,
            PKind::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        if content.iter().all(says_nothing) {
            return;
        }
        trim_end(&mut content);
        let text = self.text_block(content, span);
        if let Some(braces) = braces.filter(|_| caption) {
            self.captions.insert(text.id, braces);
        }
        blocks.push(self.block(PBlockKind::Paragraph(text), span));
    }
}

/// Takes off the label that stands at the end of a caption as an empty place: `: Prices. []{#tbl:prices}`.
fn label_at_end(content: &mut Vec<PInline>) -> Option<Attributes> {
    let PInline { kind: PKind::Place(label, words), span } = content.last()? else { return None };
    if !words.is_empty() {
        return None;
    }
    let (label, span) = (label.clone(), *span);
    content.pop();
    Some(Attributes { label: Some((label, span)), span: Some(span), ..Attributes::default() })
}
