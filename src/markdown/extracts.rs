//! Extracts: who said them. Letters: which of their lines stand alone.

use super::{Parser, letters};
use crate::markdown::parsed::{PBlock, PBlockKind, PInline, PKind};

/// A line of a greeting, an address or a signature is no longer than this; one of prose that was broken by hand is.
const SHORT: usize = 40;

/// The last paragraph of an extract that begins with a dash says who said it.
pub(super) fn attributed(mut blocks: Vec<PBlock>) -> Vec<PBlock> {
    if blocks.len() > 1
        && let Some(last) = blocks.last_mut()
        && let PBlockKind::Paragraph(text) = &last.kind
        && ["—", "–", "--"].iter().any(|dash| letters(&text.content).starts_with(dash))
    {
        last.kind = PBlockKind::Attribution(text.clone());
    }
    blocks
}

/// A letter, whose greeting and signature are not indented: the short paragraphs at its head and at its end.
pub(super) fn as_letter(mut blocks: Vec<PBlock>) -> Vec<PBlock> {
    let short = |block: &PBlock| match &block.kind {
        PBlockKind::Paragraph(text) => {
            let mut lines = text.content.split(|piece: &PInline| matches!(piece.kind, PKind::LineBreak));
            lines.all(|line| is_line_of_letter(&letters(line)))
        }
        _ => false,
    };
    let head = blocks.iter().take_while(|block| short(block)).count();
    let end = blocks.iter().rev().take_while(|block| short(block)).count();
    let body = head..blocks.len().saturating_sub(end);
    for (_, block) in blocks.iter_mut().enumerate().filter(|(at, _)| !body.contains(at)) {
        if let PBlockKind::Paragraph(text) = &block.kind {
            block.kind = PBlockKind::Flush(text.clone());
        }
    }
    blocks
}

/// Whether the words behind `:::` open a letter.
pub(super) fn is_letter(written: &str) -> bool {
    let class = written.trim_start_matches(['{', '.']).split([' ', '}', '#']).next();
    class.is_some_and(|class| class == "letter")
}

/// Whether a line is as short as one of a greeting or a signature, and ends no sentence.
fn is_line_of_letter(line: &str) -> bool {
    let words = line.trim().trim_end_matches(['*', '_', '"', '”', '’', '»']);
    let stopped = words.ends_with(['.', '?', '…', '。']);
    // "A. R." and "Dr." end no sentence.
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let spelt = last.chars().filter(|letter| letter.is_alphabetic()).count() > 3;
    words.chars().count() <= SHORT && !(stopped && spelt)
}

impl Parser<'_> {
    /// Whether the line that ends at a place is one of the last or the first of a letter, which stand as they were
    /// written.
    pub(super) fn line_of_letter_ends(&self, at: usize) -> bool {
        if self.letters == 0 {
            return false;
        }
        let marks = &self.fair.marks;
        let first = marks
            .range(..at)
            .next_back()
            .map_or(0, |(mark, _)| self.text[*mark..].find('\n').map_or(at, |end| mark + end));
        let last = marks.range(at..).next().map_or(self.text.len(), |(mark, _)| *mark);
        let short = |part: &str| part.lines().all(|line| is_line_of_letter(line.trim_start_matches(['>', ' '])));
        let start = self.text[first.min(at)..at].rfind("\n\n").map_or(first.min(at), |blank| first + blank);
        let end = self.text[at..last].find("\n\n").map_or(last, |blank| at + blank);
        short(&self.text[start..end]) && (short(&self.text[end..last]) || short(&self.text[first.min(start)..start]))
    }
}
