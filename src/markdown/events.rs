//! pulldown-cmark's events, and how they are gone through.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Tag, TagEnd};

/// Events with their places in the source; those of the stand-in definitions are left out.
pub(super) struct Events<'e> {
    pub all: Vec<(Event<'e>, Range<usize>)>,
    pub at: usize,
}

impl<'e> Events<'e> {
    /// The next one.
    pub fn next(&mut self) -> Option<(Event<'e>, Range<usize>)> {
        let event = self.all.get(self.at).cloned();
        self.at += 1;
        event
    }

    /// The next one, left where it is.
    pub fn peek(&self) -> Option<&Event<'e>> {
        self.all.get(self.at).map(|(event, _)| event)
    }
}

/// What pulldown-cmark reads beyond CommonMark.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_GFM
}

/// Whether an element stands in lines of its own.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
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

/// Leaves out an element that was begun.
pub(super) fn pass_over(events: &mut Events<'_>) {
    let mut open = 1;
    while open > 0
        && let Some((event, _)) = events.next()
    {
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            _ => {}
        }
    }
}

/// Passes over the rest of an element.
pub(super) fn skip(events: &mut Events<'_>, end: TagEnd) {
    while let Some((event, _)) = events.next() {
        if event == Event::End(end) {
            break;
        }
    }
}
