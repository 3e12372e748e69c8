//! The walk over what was parsed: every kind of block and of piece says here what it holds, as the book's do in
//! [`crate::book::walk`]. No `_` arm stands among the matches.

#![deny(clippy::wildcard_enum_match_arm)]

use std::slice;

use super::parsed::{PBlock, PBlockKind, PInline, PKind, PMarkKind, PText, ParsedDivision, ParsedNote};
use crate::source::Span;

/// What a piece is to who does not care which kind it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape<'a> {
    /// Letters.
    Letters(&'a str),
    /// A line ends here.
    Break,
    /// Stands in the line without letters of its own: a call, a reference.
    Sign,
    /// Holds for the pieces inside.
    Around(&'a [PInline]),
}

/// What stands directly in a block, in reading order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Inside<'a> {
    /// A text.
    Text(&'a PText),
    /// A block.
    Block(&'a PBlock),
}

impl PInline {
    /// What it is to who does not care which kind it is.
    pub fn shape(&self) -> Shape<'_> {
        match &self.kind {
            PKind::Text(text) | PKind::Code(text) => Shape::Letters(text),
            PKind::Address { shown, .. } => Shape::Letters(shown),
            PKind::LineBreak => Shape::Break,
            PKind::Name(_)
            | PKind::Names(_)
            | PKind::Number(_)
            | PKind::Page(_)
            | PKind::NoteCall(_)
            | PKind::Mark(_)
            | PKind::NoteNumber(_)
            | PKind::Document(_) => Shape::Sign,
            // What its author wrote around the keys is put in order with what a style makes of them.
            PKind::Citation(_) => Shape::Sign,
            // Their words stand elsewhere.
            PKind::InlineNote(..) | PKind::Picture { .. } => Shape::Sign,
            PKind::Emphasis(content)
            | PKind::Strong(content)
            | PKind::SmallCaps(content)
            | PKind::Underline(content)
            | PKind::Highlight(content)
            | PKind::Place(_, content)
            | PKind::File(_, _, content)
            | PKind::Named(_, _, content)
            | PKind::Strike(content)
            | PKind::Subscript(content)
            | PKind::Superscript(content)
            | PKind::Small(content)
            | PKind::Keyboard(content)
            | PKind::Cite(content)
            | PKind::Abbreviation(_, content)
            | PKind::Foreign(_, content)
            | PKind::Keep(content)
            | PKind::Link(_, content)
            | PKind::When(_, content)
            | PKind::Words(_, content) => Shape::Around(content),
        }
    }

    /// Calls `change` with each row of pieces inside: those it holds for, those that stand elsewhere, and those around
    /// the keys of a citation.
    pub fn contents_mut(&mut self, change: &mut dyn FnMut(&mut Vec<PInline>)) {
        if let PKind::Citation(citation) = &mut self.kind {
            return citation.words_mut(change);
        }
        self.content_mut().into_iter().for_each(change);
    }

    /// The pieces inside, to be changed: those it holds for, and those that stand elsewhere.
    fn content_mut(&mut self) -> Option<&mut Vec<PInline>> {
        match &mut self.kind {
            PKind::Text(_)
            | PKind::Code(_)
            | PKind::Address { .. }
            | PKind::LineBreak
            | PKind::Name(_)
            | PKind::Names(_)
            | PKind::Number(_)
            | PKind::Page(_)
            | PKind::NoteNumber(_)
            | PKind::Document(_)
            | PKind::Citation(_)
            | PKind::Mark(_)
            | PKind::NoteCall(_) => None,
            PKind::InlineNote(_, content)
            | PKind::Picture { alt: content, .. }
            | PKind::Emphasis(content)
            | PKind::Strong(content)
            | PKind::SmallCaps(content)
            | PKind::Underline(content)
            | PKind::Highlight(content)
            | PKind::Place(_, content)
            | PKind::File(_, _, content)
            | PKind::Named(_, _, content)
            | PKind::Strike(content)
            | PKind::Subscript(content)
            | PKind::Superscript(content)
            | PKind::Small(content)
            | PKind::Keyboard(content)
            | PKind::Cite(content)
            | PKind::Abbreviation(_, content)
            | PKind::Foreign(_, content)
            | PKind::Keep(content)
            | PKind::Link(_, content)
            | PKind::When(_, content)
            | PKind::Words(_, content) => Some(content),
        }
    }
}

impl PBlock {
    /// Calls `change` with every text that stands directly in it.
    pub fn texts_mut(&mut self, change: &mut dyn FnMut(&mut PText)) {
        match &mut self.kind {
            PBlockKind::Paragraph(words) | PBlockKind::Flush(words) | PBlockKind::Attribution(words) => change(words),
            PBlockKind::Heading(heading) => change(&mut heading.title),
            PBlockKind::Definitions(all) => all.iter_mut().flat_map(|(terms, _)| terms).for_each(change),
            PBlockKind::Code { text, caption, filename, .. } => {
                change(text);
                [caption, filename].into_iter().flatten().for_each(change);
            }
            PBlockKind::Verse(stanzas) => stanzas.iter_mut().flatten().for_each(|(_, line)| change(line)),
            PBlockKind::Table(table) => {
                [&mut table.caption, &mut table.note, &mut table.source].into_iter().flatten().for_each(&mut *change);
                table.cells_mut().for_each(|cell| change(&mut cell.text));
            }
            PBlockKind::Figure(figure) => {
                let lines = [&mut figure.caption, &mut figure.note, &mut figure.source, &mut figure.credit];
                lines.into_iter().flatten().for_each(change);
            }
            PBlockKind::Panels(row) => row.caption.iter_mut().chain(&mut row.below).for_each(change),
            PBlockKind::Box { title, .. } => title.iter_mut().for_each(change),
            PBlockKind::PullQuote(texts) => texts.iter_mut().for_each(change),
            PBlockKind::List { .. }
            | PBlockKind::Quote(..)
            | PBlockKind::Recommendations
            | PBlockKind::Works
            | PBlockKind::Ornament
            | PBlockKind::PageBreak
            | PBlockKind::Group(..)
            | PBlockKind::When(..) => {}
        }
    }

    /// Calls `change` with every row of blocks that stands directly in it.
    pub fn blocks_mut(&mut self, change: &mut dyn FnMut(&mut Vec<PBlock>)) {
        match &mut self.kind {
            PBlockKind::List { items, .. } => items.iter_mut().for_each(|item| change(&mut item.blocks)),
            PBlockKind::Definitions(all) => all.iter_mut().flat_map(|(_, meanings)| meanings).for_each(change),
            PBlockKind::Quote(_, blocks)
            | PBlockKind::Group(_, blocks)
            | PBlockKind::When(_, blocks)
            | PBlockKind::Box { blocks, .. } => change(blocks),
            PBlockKind::Panels(row) => change(&mut row.figures),
            PBlockKind::Table(table) => table.cells_mut().for_each(|cell| change(&mut cell.more)),
            PBlockKind::Paragraph(_)
            | PBlockKind::Flush(_)
            | PBlockKind::Attribution(_)
            | PBlockKind::Heading(_)
            | PBlockKind::Code { .. }
            | PBlockKind::Verse(_)
            | PBlockKind::Figure(_)
            | PBlockKind::PullQuote(_)
            | PBlockKind::Recommendations
            | PBlockKind::Works
            | PBlockKind::Ornament
            | PBlockKind::PageBreak => {}
        }
    }

    /// Calls `visit` with what stands directly in it, in reading order.
    pub fn inside<'a>(&'a self, visit: &mut dyn FnMut(Inside<'a>)) {
        let mut text = |text: &'a PText| visit(Inside::Text(text));
        match &self.kind {
            PBlockKind::Paragraph(words) | PBlockKind::Flush(words) | PBlockKind::Attribution(words) => text(words),
            PBlockKind::Heading(heading) => text(&heading.title),
            PBlockKind::List { items, .. } => {
                items.iter().flat_map(|item| &item.blocks).for_each(|block| visit(Inside::Block(block)));
            }
            PBlockKind::Definitions(definitions) => {
                for (terms, meanings) in definitions {
                    terms.iter().for_each(|term| visit(Inside::Text(term)));
                    meanings.iter().flatten().for_each(|block| visit(Inside::Block(block)));
                }
            }
            PBlockKind::Quote(_, blocks) | PBlockKind::Group(_, blocks) | PBlockKind::When(_, blocks) => {
                blocks.iter().for_each(|block| visit(Inside::Block(block)));
            }
            PBlockKind::Code { text: code, caption, filename, .. } => {
                text(code);
                caption.iter().chain(filename).for_each(text);
            }
            PBlockKind::Verse(stanzas) => stanzas.iter().flatten().for_each(|(_, line)| text(line)),
            PBlockKind::Table(table) => {
                table.caption.iter().for_each(&mut text);
                let heads = table.above.iter().flatten().chain(&table.head);
                for cell in heads.chain(table.rows.iter().flatten()) {
                    visit(Inside::Text(&cell.text));
                    cell.more.iter().for_each(|block| visit(Inside::Block(block)));
                }
                table.note.iter().chain(&table.source).for_each(|text| visit(Inside::Text(text)));
            }
            PBlockKind::Figure(figure) => {
                let below = figure.note.iter().chain(&figure.source).chain(&figure.credit);
                figure.caption.iter().chain(below).for_each(text);
            }
            PBlockKind::Panels(row) => {
                row.caption.iter().for_each(&mut text);
                row.figures.iter().for_each(|block| visit(Inside::Block(block)));
                row.below.iter().for_each(|text| visit(Inside::Text(text)));
            }
            PBlockKind::Box { title, blocks, .. } => {
                title.iter().for_each(&mut text);
                blocks.iter().for_each(|block| visit(Inside::Block(block)));
            }
            PBlockKind::PullQuote(texts) => texts.iter().for_each(text),
            PBlockKind::Recommendations | PBlockKind::Works | PBlockKind::Ornament | PBlockKind::PageBreak => {}
        }
    }
}

/// All pieces of a text, outer before inner; not what stands apart from it.
pub(crate) fn pieces(content: &[PInline]) -> Pieces<'_> {
    Pieces { here: content.iter(), outer: Vec::new() }
}

/// The pieces of a text; see [`pieces`].
pub(crate) struct Pieces<'a> {
    here: slice::Iter<'a, PInline>,
    outer: Vec<slice::Iter<'a, PInline>>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a PInline;

    fn next(&mut self) -> Option<&'a PInline> {
        loop {
            if let Some(piece) = self.here.next() {
                if let Shape::Around(content) = piece.shape() {
                    self.outer.push(std::mem::replace(&mut self.here, content.iter()));
                }
                return Some(piece);
            }
            self.here = self.outer.pop()?;
        }
    }
}

/// The letters of some pieces on one line, without notes and references.
pub(crate) fn letters(content: &[PInline]) -> String {
    let mut out = String::new();
    for piece in pieces(content) {
        match piece.shape() {
            Shape::Letters(letters) => out.push_str(letters),
            Shape::Break => out.push(' '),
            Shape::Sign | Shape::Around(_) => {}
        }
    }
    out
}

/// Moves the ids of what was parsed by itself, from 0 on, to those that begin at `first`.
pub(crate) fn renumber(divisions: &mut [ParsedDivision], notes: &mut [ParsedNote], first: u32) {
    fn pieces(content: &mut [PInline], first: u32) {
        for piece in content {
            match &mut piece.kind {
                PKind::InlineNote(id, _) => id.0 += first,
                PKind::Citation(citation) => {
                    citation.id.0 += first;
                    citation.note.0 += first;
                }
                PKind::Mark(mark) => {
                    if let PMarkKind::Place { pair: Some(pair), .. } = &mut mark.kind {
                        *pair += first;
                    }
                }
                PKind::Text(_)
                | PKind::Code(_)
                | PKind::Address { .. }
                | PKind::LineBreak
                | PKind::Name(_)
                | PKind::Names(_)
                | PKind::Number(_)
                | PKind::Page(_)
                | PKind::NoteNumber(_)
                | PKind::Document(_)
                | PKind::NoteCall(_)
                | PKind::Picture { .. }
                | PKind::Emphasis(_)
                | PKind::Strong(_)
                | PKind::SmallCaps(_)
                | PKind::Underline(_)
                | PKind::Highlight(_)
                | PKind::Place(..)
                | PKind::File(..)
                | PKind::Named(..)
                | PKind::Strike(_)
                | PKind::Subscript(_)
                | PKind::Superscript(_)
                | PKind::Small(_)
                | PKind::Keyboard(_)
                | PKind::Cite(_)
                | PKind::Abbreviation(..)
                | PKind::Foreign(..)
                | PKind::Keep(_)
                | PKind::Link(..)
                | PKind::When(..)
                | PKind::Words(..) => {}
            }
            piece.contents_mut(&mut |content| pieces(content, first));
        }
    }
    fn text(text: &mut PText, first: u32) {
        text.id.0 += first;
        pieces(&mut text.content, first);
    }
    fn blocks(all: &mut [PBlock], first: u32) {
        for block in all {
            block.id.0 += first;
            if let PBlockKind::Figure(figure) = &mut block.kind {
                pieces(&mut figure.alt, first);
            }
            block.texts_mut(&mut |words| text(words, first));
            block.blocks_mut(&mut |inside| blocks(inside, first));
        }
    }
    for division in divisions {
        division.heading.iter_mut().for_each(|heading| text(&mut heading.title, first));
        blocks(&mut division.blocks, first);
    }
    notes.iter_mut().for_each(|note| blocks(&mut note.blocks, first));
}

/// Gives all pieces, and those inside of them, one place.
pub(crate) fn respan(pieces: &mut [PInline], span: Span) {
    // Elements nest no deeper than the parser lets them.
    for piece in pieces {
        piece.span = span;
        if let PKind::Citation(citation) = &mut piece.kind {
            citation.items.iter_mut().for_each(|item| item.span = span);
        }
        piece.contents_mut(&mut |content| respan(content, span));
    }
}

/// Gives all blocks, and all that stands in them, one place.
pub(crate) fn respan_blocks(blocks: &mut [PBlock], span: Span) {
    fn text(text: &mut PText, span: Span) {
        text.span = span;
        respan(&mut text.content, span);
    }
    for block in blocks {
        block.span = span;
        if let Some((_, place)) = &mut block.label {
            *place = span;
        }
        if let PBlockKind::Figure(figure) = &mut block.kind {
            figure.path_span = span;
            respan(&mut figure.alt, span);
        }
        block.texts_mut(&mut |words| text(words, span));
        block.blocks_mut(&mut |blocks| respan_blocks(blocks, span));
    }
}
