//! A walk over the texts of a book, and their letters with the places they were written at.

use crate::book::{Block, BlockKind, Inline, InlineKind, TextBlock};
use crate::source::Span;

/// Calls `visit` with every text below some blocks, in reading order.
pub(super) fn texts<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a TextBlock)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => visit(&paragraph.text),
            BlockKind::Heading(heading) => visit(&heading.title),
            BlockKind::List(list) => list.items.iter().for_each(|item| texts(&item.blocks, visit)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(&mut *visit);
                    definition.meanings.iter().for_each(|meaning| texts(meaning, visit));
                }
            }
            BlockKind::Quote(quote) => texts(&quote.blocks, visit),
            BlockKind::Code(code) => visit(&code.text),
            BlockKind::Verse(stanzas) => stanzas.iter().flatten().for_each(|line| visit(&line.text)),
            BlockKind::Table(table) => {
                table.caption.iter().for_each(&mut *visit);
                table.head.iter().for_each(|cell| visit(&cell.text));
                table.rows.iter().flatten().for_each(|cell| visit(&cell.text));
                table.source.iter().for_each(&mut *visit);
            }
            BlockKind::Figure(figure) => {
                [&figure.caption, &figure.source, &figure.credit].into_iter().flatten().for_each(&mut *visit);
            }
            BlockKind::Box(boxed) => {
                boxed.title.iter().for_each(&mut *visit);
                texts(&boxed.blocks, visit);
            }
            BlockKind::Biography(life) => texts(&life.blocks, visit),
            BlockKind::Group(group) => texts(&group.blocks, visit),
            // Repeated or made: what stands in them stands elsewhere too.
            BlockKind::PullQuote(_)
            | BlockKind::Ornament
            | BlockKind::PageBreak
            | BlockKind::Contents(_)
            | BlockKind::ListOf(_)
            | BlockKind::Notes(_) => {}
        }
    }
}

/// What a leaf of a text is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaf<'a> {
    /// Letters.
    Letters(&'a str),
    /// A web address, and what is shown of it.
    Address(&'a str),
    /// A call.
    Call,
    /// Something without letters.
    Other,
}

/// The leaves of a text with their places, in order.
pub(super) fn leaves<'a>(content: &'a [Inline], out: &mut Vec<(Leaf<'a>, Option<Span>)>) {
    for piece in content {
        let leaf = match &piece.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => Leaf::Letters(text),
            InlineKind::Address { shown, .. } => Leaf::Address(shown),
            InlineKind::NoteCall { .. } => Leaf::Call,
            InlineKind::LineBreak => Leaf::Letters(" "),
            InlineKind::Picture { .. } | InlineKind::PageReference { .. } => Leaf::Other,
            _ => {
                leaves(piece.content(), out);
                continue;
            }
        };
        out.push((leaf, piece.span));
    }
}

/// The addresses that a text leads to, with their places.
pub(super) fn addresses<'a>(content: &'a [Inline], out: &mut Vec<(&'a str, Option<Span>)>) {
    for piece in content {
        match &piece.kind {
            InlineKind::Address { url, .. } => out.push((url, piece.span)),
            InlineKind::Link { target: crate::book::Target::Url(url), content } => {
                out.push((url, piece.span));
                addresses(content, out);
            }
            _ => addresses(piece.content(), out),
        }
    }
}
