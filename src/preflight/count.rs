//! Counts: words, notes and pictures of a book, as an editor counts them.

use crate::book::{Block, Book, Division, DivisionKind, Matter, TextBlock, plain, walk};

/// What a book holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Sections that were written.
    pub sections: usize,
    /// Words of the sections: text, titles, captions, tables.
    pub words: usize,
    /// Words of the notes.
    pub note_words: usize,
    /// Notes.
    pub notes: usize,
    /// Pictures, the cover's and the house's included.
    pub pictures: usize,
    /// Tables with a caption.
    pub tables: usize,
    /// Marks of the index, those of its terms included.
    pub marks: usize,
}

/// Counts a book; what is made (contents, copyright page, notes page) counts for nothing.
pub fn count(book: &Book) -> Counts {
    let (notes, pictures, marks) =
        (book.notes.len(), book.assets.all.len(), book.marks.iter().filter(|mark| !mark.entry.is_empty()).count());
    let mut counts = Counts { notes, pictures, marks, ..Counts::default() };
    for division in book.divisions.iter().filter(|division| division.span.is_some()) {
        counts.sections += 1;
        counts.words += division.title.as_ref().map_or(0, words_of);
        counts.words += words_of_division(division);
        counts.tables += walk::blocks(&division.blocks).filter(|block| is_listed_table(block)).count();
    }
    for note in &book.notes {
        counts.note_words += walk::own_texts(&note.blocks).map(words_of).sum::<usize>();
    }
    counts
}

/// The words of the sections of the text proper.
pub(super) fn words_of_division(division: &Division) -> usize {
    walk::own_texts(&division.blocks).map(words_of).sum()
}

/// Whether a division is text that was written.
pub(super) fn is_written_body(division: &Division) -> bool {
    division.span.is_some() && division.matter == Matter::Body
}

fn is_listed_table(block: &Block) -> bool {
    block.habits().listed == Some(DivisionKind::ListOfTables) && block.numbered().is_some()
}

fn words_of(text: &TextBlock) -> usize {
    words(&plain(&text.content))
}

/// Words between spaces that hold a letter or a digit; where a script sets no spaces, every letter is one.
pub fn words(text: &str) -> usize {
    text.split_whitespace()
        .map(|word| {
            let dense = word.chars().filter(|c| is_dense(*c)).count();
            let other = word.chars().any(|c| c.is_alphanumeric() && !is_dense(c));
            dense + usize::from(other)
        })
        .sum()
}

/// Han, kana, Thai, Lao, Khmer and Burmese letters.
fn is_dense(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
        && letter.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_editors_count_them() {
        assert_eq!(words("Water is cheap – until it isn’t."), 6);
        assert_eq!(words("F-16s, 1,200 of them & more"), 5);
        assert_eq!(words("漢字 and 仮名"), 5);
        assert_eq!(words("  … — "), 0);
    }
}
