//! A handout: some sections of a book, with the numbers that they have in the whole.

use crate::book::{BlockKind, Book, Division, DivisionId, DivisionKind, Inline, TextBlock, plain};
use crate::language::terms::Term;
use crate::manuscript::spine::Manuscript;
use crate::source::Said;

/// Leaves out what is not wanted: by file name (with or without its ending) or by kind. The cover, the copyright page
/// and the notes called in what is kept always stay; the cover and the running heads say that it is an extract, the
/// cover only if nothing else is stamped on it.
pub(super) fn extract(mut book: Book, manuscript: &Manuscript, ids: &[DivisionId], wanted: &[String]) -> Book {
    let keep = |division: &Division| {
        let chapter = ids.iter().position(|id| *id == division.id).map(|at| &manuscript.divisions[at]);
        let named =
            |name: &String| name == division.kind.name() || chapter.is_some_and(|chapter| chapter.is_called(name));
        matches!(division.kind, DivisionKind::Cover | DivisionKind::CopyrightPage | DivisionKind::Notes)
            || wanted.iter().any(named)
    };
    let kept: Vec<bool> = book.divisions.iter().map(keep).collect();
    for (division, kept) in book.divisions.iter_mut().zip(&kept) {
        if !kept {
            division.leave_out();
        }
    }
    let words = Term::ExtractFrom.word(&book.metadata.language);
    for division in &mut book.divisions {
        for block in &mut division.blocks {
            if let BlockKind::Notes(groups) = &mut block.kind {
                groups.retain(|group| group.heading.as_ref().is_none_or(|(id, _)| kept[id.index()]));
            }
        }
        if let Some(cover) = division.cover.as_mut().filter(|_| book.stamp.is_none())
            && let Some(title) = &cover.title
        {
            cover.stamp = Some(TextBlock { id: title.id, content: vec![Inline::text(words)], span: None });
        }
    }
    let metadata = &mut book.metadata;
    let short = metadata.short_title.as_ref().unwrap_or(&metadata.title);
    let words = vec![Inline::text(format!("{words} {}", plain(short)))];
    metadata.short_title = Some(Said::new(words, short.span));
    book
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
        let book = assemble(&manuscript, &content, &files, &mut sources, &mut diagnostics).expect("it is right");
        let shown: Vec<&str> = book.divisions.iter().filter(|d| !d.is_left_out()).map(|d| d.kind.name()).collect();
        assert_eq!(shown, ["cover", "copyright-page", "chapter", "notes"]);
        let notes =
            book.divisions.iter().find(|division| division.kind == DivisionKind::Notes).expect("there are notes");
        let BlockKind::Notes(groups) = &notes.blocks[0].kind else { panic!("notes hold notes") };
        let numbers: Vec<u32> =
            groups.iter().flat_map(|group| &group.notes).map(|note| book.note(*note).number).collect();
        assert_eq!(numbers, [2]);
    }
}
