//! Choose: which divisions a book has, written and made, in reading order, and which of them an edition shows. A handout
//! shows some sections of a book with the numbers that they have in the whole: the others keep their places, empty.

use std::slice;

use super::Content;
use crate::book::division::CoverLayout;
use crate::book::{DivisionId, DivisionKind, Matter};
use crate::manuscript::chapter::Chapter;
use crate::manuscript::spine::Manuscript;
use crate::markdown::parsed::{PBlock, PBlockKind};
use crate::markdown::walk::Inside;

/// A place in the book: made, or a chapter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Slot {
    /// Nobody wrote it.
    Made(DivisionKind),
    /// A chapter, by its place in the manuscript.
    Chapter(usize),
}

/// Where a chapter stands among the divisions of a book; those of the body keep the order of their files.
fn place(chapter: &Chapter) -> (Matter, Option<DivisionKind>) {
    (chapter.matter, (chapter.matter != Matter::Body).then_some(chapter.kind))
}

/// The chapters in reading order.
pub(super) fn order(manuscript: &Manuscript) -> Vec<usize> {
    let mut chapters: Vec<usize> = (0..manuscript.divisions.len()).collect();
    chapters.sort_by_key(|&at| place(&manuscript.divisions[at]));
    chapters
}

/// What stands in a book.
pub(super) struct Choice {
    /// Every division in reading order.
    pub slots: Vec<Slot>,
    /// The division of each chapter.
    pub chapters: Vec<DivisionId>,
    /// Whether this edition shows it, by division.
    pub kept: Vec<bool>,
    /// Whether this is a handout of some sections.
    pub extract: bool,
    /// Whether a section says where the list of works stands.
    pub works_placed: bool,
}

impl Choice {
    /// The divisions of a book, which has notes at its end or not.
    pub fn of(manuscript: &Manuscript, content: &Content, endnotes: bool) -> Choice {
        let kept = |at: usize| is_kept(Slot::Chapter(at), manuscript, content);
        let works_placed = is_placed(manuscript, &kept);
        let mut slots: Vec<((Matter, Option<DivisionKind>), Slot)> = made(manuscript, content, endnotes, works_placed)
            .map(|kind| ((kind.matter(), Some(kind)), Slot::Made(kind)))
            .collect();
        slots.extend(order(manuscript).into_iter().map(|at| (place(&manuscript.divisions[at]), Slot::Chapter(at))));
        slots.sort_by_key(|(place, _)| *place);
        let slots: Vec<Slot> = slots.into_iter().map(|(_, slot)| slot).collect();
        let mut chapters = vec![DivisionId(0); manuscript.divisions.len()];
        for (at, slot) in slots.iter().enumerate() {
            if let Slot::Chapter(chapter) = slot {
                chapters[*chapter] = DivisionId(at as u32);
            }
        }
        let kept = slots.iter().map(|slot| is_kept(*slot, manuscript, content)).collect();
        Choice { slots, chapters, kept, extract: content.sections.is_some(), works_placed }
    }
}

/// Whether sections show the list of works at a place of their own.
fn is_placed(manuscript: &Manuscript, kept: &dyn Fn(usize) -> bool) -> bool {
    fn any(blocks: &[PBlock]) -> bool {
        blocks.iter().any(|block| {
            let mut found = matches!(block.kind, PBlockKind::Works);
            block.inside(&mut |inside| {
                if let Inside::Block(inner) = inside {
                    found |= any(slice::from_ref(inner));
                }
            });
            found
        })
    }
    let mut chapters = manuscript.divisions.iter().enumerate().filter(|(at, _)| kept(*at));
    chapters.any(|(_, chapter)| any(&chapter.parsed.blocks))
}

/// Whether the style of a manuscript that cites lists its works.
fn lists_works(manuscript: &Manuscript) -> bool {
    manuscript.bibliography.as_ref().is_some_and(|bibliography| bibliography.style.bibliography.is_some())
}

/// The parts that are made.
fn made(
    manuscript: &Manuscript,
    content: &Content,
    endnotes: bool,
    works_placed: bool,
) -> impl Iterator<Item = DivisionKind> {
    use DivisionKind::*;
    let metadata = &manuscript.metadata;
    let written = |kind: DivisionKind| manuscript.divisions.iter().any(|chapter| chapter.kind == kind);
    let parts = content.parts.over(metadata.parts);
    let made = [
        (Cover, !metadata.cover.none),
        (HalfTitle, parts.half_title.unwrap_or(content.long)),
        // A cover that is a picture alone does not say what the book is called.
        (
            TitlePage,
            parts
                .title_page
                .unwrap_or(content.long || (metadata.cover.layout == Some(CoverLayout::Whole) && !metadata.cover.none)),
        ),
        (CopyrightPage, parts.copyright_page != Some(false)),
        (Contents, metadata.contents.shown && manuscript.divisions.len() > usize::from(written(Notes)) + 1),
        (Abstract, !written(Abstract) && metadata.summary.is_some()),
        (ListOfFigures, metadata.contents.figures),
        (ListOfTables, metadata.contents.tables),
        (ListOfBoxes, metadata.contents.boxes),
        (Notes, endnotes && !written(Notes)),
        (Bibliography, !written(Bibliography) && !works_placed && lists_works(manuscript)),
        (AboutTheAuthor, !written(AboutTheAuthor) && metadata.authors.iter().any(|author| author.bio.is_some())),
        (
            AboutTheInstitute,
            !written(AboutTheInstitute) && metadata.publisher.as_ref().is_some_and(|house| house.about.is_some()),
        ),
        (Index, !written(Index) && super::index::is_wanted(manuscript)),
        (Related, !written(Related) && !metadata.related.is_empty()),
        (BackCover, parts.back_cover == Some(true) || (parts.back_cover.is_none() && !metadata.back_cover.is_empty())),
    ];
    made.into_iter().filter(|(_, wanted)| *wanted).map(|(kind, _)| kind)
}

/// Whether an edition shows a division: a handout those that it names, by file name (with or without its ending) or by
/// kind, and always the notes and the works that belong to what is kept, and, unless a band at its head says what it is
/// from, the cover and the copyright page.
fn is_kept(slot: Slot, manuscript: &Manuscript, content: &Content) -> bool {
    use DivisionKind::{Bibliography, CopyrightPage, Cover, Notes};
    let Some(wanted) = &content.sections else { return true };
    match slot {
        Slot::Made(kind) => {
            matches!(kind, Bibliography | Notes)
                || (matches!(kind, Cover | CopyrightPage) && !content.head_band)
                || (kind == CopyrightPage && content.parts.copyright_page == Some(true))
                || wanted.iter().any(|name| name == kind.name())
        }
        Slot::Chapter(at) if manuscript.divisions[at].kind == Notes => true,
        Slot::Chapter(at) => wanted.iter().any(|name| manuscript.divisions[at].is_called(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Content, assemble};
    use crate::book::{BlockKind, DivisionKind};
    use crate::diagnostic::Diagnostics;
    use crate::manuscript::read;
    use crate::source::{Memory, Sources};

    #[test]
    fn a_handout_keeps_its_numbers_and_its_own_notes_only() {
        let files = Memory::new()
            .with("metadata.yaml", "title: T\n")
            .with("1-one.md", "# One\n\nText.[^a]\n\n[^a]: A note.\n")
            .with("2-two.md", "# Two\n\nText.[^a]\n\n[^a]: Another.\n");
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let manuscript = read(&files, &mut sources, &mut diagnostics).expect("it is right");
        let content = Content { sections: Some(vec!["2-two.md".to_owned()]), ..Content::default() };
        let book = assemble(
            &manuscript,
            &content,
            &files,
            &mut crate::picture::Store::default(),
            &mut sources,
            &mut diagnostics,
        )
        .expect("it is right");
        let shown: Vec<&str> = book.divisions.iter().filter(|d| !d.is_left_out()).map(|d| d.kind.name()).collect();
        assert_eq!(shown, ["cover", "copyright-page", "chapter", "notes"]);
        let notes = book.first(DivisionKind::Notes).expect("there are notes");
        let BlockKind::Notes(notes) = &notes.blocks[0].kind else { panic!("notes hold notes") };
        let numbers: Vec<u32> =
            notes.groups.iter().flat_map(|group| &group.notes).map(|note| book.note(*note).number).collect();
        assert_eq!(numbers, [2]);
    }
}
