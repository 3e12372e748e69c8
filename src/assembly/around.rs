//! Around: what stands in the file of the notes beside them. An introduction is set at the head of the notes at the end
//! of the book, and closing words below the last one; where notes stand elsewhere it has no place.

use super::Assembler;
use crate::book::metadata::Metadata;
use crate::book::{Block, BlockKind, Division, Note, NotePlace};
use crate::diagnostic::Diagnostics;
use crate::manuscript::chapter::{Chapter, no_note};
use crate::manuscript::spine::Manuscript;

/// A manuscript without the text around its notes, which is said; `None` where that has a place, or there is none.
pub(super) fn left_out(manuscript: &Manuscript, place: NotePlace, diagnostics: &mut Diagnostics) -> Option<Manuscript> {
    let at = manuscript.around_notes().filter(|_| place != NotePlace::Endnotes)?;
    say(&manuscript.divisions[at], AT_THE_END, diagnostics);
    Some(manuscript.without(&[at]))
}

/// Where the text has its place.
const AT_THE_END: &str = "it is printed with notes at the end of the book: `notes: {place: endnotes}`";

fn say(chapter: &Chapter, hint: &str, diagnostics: &mut Diagnostics) {
    for block in &chapter.parsed.blocks {
        diagnostics.report(no_note(block).hint(hint));
    }
}

impl Assembler<'_> {
    /// The notes at the end with the text around them, which was read as a chapter; where there are no notes nothing
    /// stands in it.
    pub(super) fn around_notes(
        &mut self,
        at: usize,
        metadata: &Metadata,
        divisions: &[Option<Division>],
        notes: &[Note],
    ) -> Option<Division> {
        let chapter = &self.manuscript.divisions[at];
        let read = divisions.get(self.choice.chapters[at].index())?.clone()?;
        self.resolver.enter(read.id, &metadata.language);
        let mut division = self.made(read.id, chapter.kind, metadata, divisions, notes);
        let noted = |block: &Block| matches!(&block.kind, BlockKind::Notes(notes) if notes.groups.iter().any(|group| !group.notes.is_empty()));
        if !division.blocks.iter().any(noted) {
            if !self.choice.extract {
                say(chapter, "it is printed with the notes: call one of them", self.resolver.out.diagnostics);
            }
            division.leave_out();
            return Some(division);
        }
        let mut head = read.blocks;
        let foot = head.split_off(self.first_below(&head));
        division.blocks = head.into_iter().chain(division.blocks).chain(foot).collect();
        division.label = read.label;
        Some(division)
    }

    /// The first block that stands below the last note in the file, or the headings right above it.
    fn first_below(&self, blocks: &[Block]) -> usize {
        let last =
            self.manuscript.notes.last().into_iter().flatten().map(|note| note.span).max_by_key(|span| span.start);
        let heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
        let below = |block: &Block| {
            let (Some(last), Some(span)) = (last, block.span) else { return false };
            !heading(block) && span.source == last.source && span.start > last.start
        };
        let Some(first) = blocks.iter().position(below) else { return blocks.len() };
        let headings = blocks[..first].iter().rev().take_while(|block| heading(block)).count();
        first - headings
    }
}
