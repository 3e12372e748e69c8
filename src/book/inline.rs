//! Text within a block: a tree of leaves and what holds for them.

use super::asset::PictureSize;
use super::id::{AssetId, MarkId, NoteId, Target};
use crate::language::Language;
use crate::source::Span;

/// A piece of text and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it was written; `None` for made text.
    pub span: Option<Span>,
}

/// What a piece of text is.
#[derive(Clone, Debug, PartialEq)]
pub enum InlineKind {
    /// Letters, with quotes, dashes and spaces set for the language. No line ends.
    Text(String),
    /// Stressed words (italic in roman text, roman in italic).
    Emphasis(Vec<Inline>),
    /// Strongly stressed words.
    Strong(Vec<Inline>),
    /// Small capitals.
    SmallCaps(Vec<Inline>),
    /// Words struck out.
    Strike(Vec<Inline>),
    /// Words with a line below them.
    Underline(Vec<Inline>),
    /// Words marked out, as by a pen of colour.
    Highlight(Vec<Inline>),
    /// Words that have a label of their own; what leads to it leads to their block.
    Place {
        /// The label.
        label: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// Lowered: the 2 of H₂O.
    Subscript(Vec<Inline>),
    /// Raised: the th of 10th.
    Superscript(Vec<Inline>),
    /// Smaller letters.
    Small(Vec<Inline>),
    /// Program text: never hyphenated, no punctuation changed.
    Code(String),
    /// A key to press.
    Keyboard(Vec<Inline>),
    /// The title of a work.
    Cite(Vec<Inline>),
    /// An abbreviation and what it stands for.
    Abbreviation {
        /// What it stands for.
        title: String,
        /// The abbreviation.
        content: Vec<Inline>,
    },
    /// Words in another language than what is around them.
    Foreign {
        /// The language.
        language: Language,
        /// The words.
        content: Vec<Inline>,
    },
    /// Words that stay on one line (`{.keep}`).
    Keep(Vec<Inline>),
    /// A link; settled references ("Figure 2") are links too.
    Link {
        /// Where it leads.
        target: Target,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// A web address shown as itself, its bytes unchanged; it breaks by the rules of addresses.
    Address {
        /// The full address, with its scheme.
        url: String,
        /// What is shown, byte for byte as written.
        shown: String,
    },
    /// The page of a target in print ("12"), and a link with the same number in the e-book.
    PageReference {
        /// What is looked up.
        target: Target,
        /// What the e-book shows where there are no printed pages: the target's name.
        content: Vec<Inline>,
    },
    /// The pages on which a work is cited, in print: " (pp. 12, 47)"; in the e-book nothing, since arrows lead back.
    CitedOn {
        /// What stands before one page: "p.".
        one: String,
        /// What stands before several.
        several: String,
        /// Where it is cited, in the order of reading: marks, and the calls of notes.
        places: Vec<Target>,
    },
    /// A call of a note.
    NoteCall {
        /// The note.
        note: NoteId,
        /// Which of its calls this is, from 0.
        call: u16,
    },
    /// A mark of the index: it has no letters and takes no room.
    Mark(MarkId),
    /// A picture in the line.
    Picture {
        /// Which.
        asset: AssetId,
        /// Its alternative text; `None` when it is decorative.
        alt: Option<String>,
        /// How large it is.
        size: PictureSize,
    },
    /// A line ends here whatever the measure.
    LineBreak,
}

impl Inline {
    /// Words of recto's own. Where it has none in the book's language they are English, and marked so that a voice can
    /// say them.
    pub fn own(words: impl Into<String>, language: &Language) -> Inline {
        let words = words.into();
        let spoken = language.of_words(&words);
        let words = Inline::text(words);
        match spoken == *language {
            true => words,
            false => Inline { kind: InlineKind::Foreign { language: spoken, content: vec![words] }, span: None },
        }
    }

    /// Made text.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline { kind: InlineKind::Text(text.into()), span: None }
    }
}
