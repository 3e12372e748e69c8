//! Divisions: the parts of a book, written or made, each of a kind and in a matter.

use super::block::{Block, TextBlock};
use super::id::{AssetId, DivisionId};
use super::inline::Inline;
use crate::language::Language;
use crate::source::Span;
use crate::units::Colour;

/// Front, body or back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Matter {
    /// The outside: front cover.
    Cover,
    /// Before the text, with roman folios.
    Front,
    /// The text.
    Body,
    /// After the text.
    Back,
    /// The outside again: back cover.
    BackCover,
}

macro_rules! kinds {
    ($($id:ident $matter:ident $name:literal $about:literal;)*) => {
        /// Every kind of division, in the usual order of a book.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum DivisionKind { $(#[doc = $about] $id,)* }

        impl DivisionKind {
            /// Every kind, in order.
            pub const ALL: &'static [DivisionKind] = &[$(DivisionKind::$id,)*];

            /// As front matter and file names spell it.
            pub fn name(self) -> &'static str {
                match self { $(DivisionKind::$id => $name,)* }
            }

            /// Where it usually stands.
            pub fn matter(self) -> Matter {
                match self { $(DivisionKind::$id => Matter::$matter,)* }
            }
        }
    };
}

kinds! {
    Cover Cover "cover" "The front cover (made).";
    HalfTitle Front "half-title" "The short title alone on a page (made).";
    TitlePage Front "title-page" "Title, authors, publisher (made).";
    CopyrightPage Front "copyright-page" "Rights, identifiers, credits (made).";
    Praise Front "praise" "What others said.";
    Dedication Front "dedication" "To whom.";
    Epigraph Front "epigraph" "A quotation at the head of the book.";
    Contents Front "contents" "The contents page (made).";
    ListOfFigures Front "list-of-figures" "The list of figures (made).";
    ListOfTables Front "list-of-tables" "The list of tables (made).";
    ListOfBoxes Front "list-of-boxes" "The list of numbered boxes (made).";
    Foreword Front "foreword" "By another hand.";
    Preface Front "preface" "By the author.";
    Acknowledgements Front "acknowledgements" "Thanks.";
    ExecutiveSummary Front "executive-summary" "The paper on a page.";
    KeyTakeaways Front "key-takeaways" "The main points in a box.";
    Abstract Front "abstract" "The paper in a paragraph.";
    Abbreviations Front "abbreviations" "What the short forms stand for.";
    Prologue Body "prologue" "Before the story.";
    Introduction Body "introduction" "The first section.";
    Part Body "part" "A part that holds chapters.";
    Chapter Body "chapter" "A chapter or section.";
    Conclusion Body "conclusion" "The last section.";
    Recommendations Body "recommendations" "What should be done.";
    Epilogue Body "epilogue" "After the story.";
    Appendix Back "appendix" "Matter that would break the text.";
    Notes Back "notes" "The endnotes (made).";
    Glossary Back "glossary" "Words and what they mean.";
    Bibliography Back "bibliography" "Works used.";
    Afterword Back "afterword" "A last word.";
    AboutTheAuthor Back "about-the-author" "Who wrote it.";
    AboutTheInstitute Back "about-the-institute" "Which house publishes it.";
    HowToCite Back "how-to-cite" "How to cite the paper.";
    Funding Back "funding" "Who paid.";
    Disclaimer Back "disclaimer" "Whose views these are.";
    Related Back "related" "Other works on the subject.";
    AlsoBy Back "also-by" "Other works of the author.";
    Excerpt Back "excerpt" "A piece of another book.";
    Index Back "index" "Where what is spoken of.";
    Colophon Back "colophon" "How the book was made.";
    BackCover BackCover "back-cover" "The back cover (made).";
}

impl DivisionKind {
    /// The kind of that name; `about-the-authors` and similar plurals are understood.
    pub fn find(name: &str) -> Option<DivisionKind> {
        let name = match name {
            "about-the-authors" => "about-the-author",
            "acknowledgments" => "acknowledgements",
            "summary" => "executive-summary",
            other => other,
        };
        DivisionKind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether it is a list of what is numbered: figures, tables, boxes.
    pub fn is_list(self) -> bool {
        matches!(self, DivisionKind::ListOfFigures | DivisionKind::ListOfTables | DivisionKind::ListOfBoxes)
    }

    /// Whether only recto makes divisions of this kind.
    pub fn is_made(self) -> bool {
        use DivisionKind::*;
        matches!(
            self,
            Cover
                | HalfTitle
                | TitlePage
                | CopyrightPage
                | Contents
                | ListOfFigures
                | ListOfTables
                | ListOfBoxes
                | Notes
                | BackCover
        )
    }
}

/// A part of the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Division {
    /// Its place in reading order.
    pub id: DivisionId,
    /// What it is.
    pub kind: DivisionKind,
    /// Where it stands.
    pub matter: Matter,
    /// 1 for most; chapters in parts are one deeper than their part.
    pub level: u8,
    /// The title as it stands at its head; `None` for dedications, covers and the like, which show none.
    pub title: Option<TextBlock>,
    /// The plain title for outline, nav and page title; never empty.
    pub name: String,
    /// The title without note calls, for contents and running heads (the short one if given).
    pub running_title: Vec<Inline>,
    /// Its settled number ("2", "A"), when divisions are numbered.
    pub number: Option<String>,
    /// What stands above its title for the number, where that is more than the number: "Chapter two".
    pub kicker: Option<String>,
    /// Who wrote it, where that differs from the book.
    pub authors: Vec<String>,
    /// Its language, where that differs from the book's.
    pub language: Option<Language>,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// For covers: what is on them.
    pub cover: Option<Cover>,
    /// Whether the contents page lists it.
    pub in_contents: bool,
    /// The label that the author gave it or that its file name gives, unique in the book, ASCII.
    pub label: String,
    /// Where it was written; `None` for made divisions.
    pub span: Option<Span>,
}

impl Division {
    /// Takes everything out of it: an edition of some sections keeps the places of the others, and so all numbers.
    pub fn leave_out(&mut self) {
        self.blocks.clear();
        self.title = None;
        self.cover = None;
        self.in_contents = false;
    }

    /// Whether nothing stands in it, so that no edition shows it.
    pub fn is_left_out(&self) -> bool {
        self.blocks.is_empty() && self.title.is_none() && self.cover.is_none()
    }
}

/// Which sections have numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Numbered {
    /// None, but where headings have.
    #[default]
    Unnumbered,
    /// Chapters.
    Chapters,
    /// All of the text but prologues and epilogues.
    All,
}

impl Numbered {
    /// The words, in order.
    pub const WORDS: &'static [&'static str] = &["none", "chapters", "all"];

    /// As a theme spells it.
    pub fn word(self) -> &'static str {
        match self {
            Numbered::Unnumbered => "none",
            Numbered::Chapters => "chapters",
            Numbered::All => "all",
        }
    }

    /// The value of that word.
    pub fn find(word: &str) -> Option<Numbered> {
        [Numbered::Unnumbered, Numbered::Chapters, Numbered::All].into_iter().find(|one| one.word() == word)
    }
}

/// What a number above a title says it is the number of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum NumberWord {
    /// Nothing: "2".
    #[default]
    Bare,
    /// "Chapter two".
    Chapter,
    /// "Section 2".
    Section,
}

impl NumberWord {
    /// The words, in order.
    pub const WORDS: &'static [&'static str] = &["none", "chapter", "section"];

    /// As a theme spells it.
    pub fn word(self) -> &'static str {
        match self {
            NumberWord::Bare => "none",
            NumberWord::Chapter => "chapter",
            NumberWord::Section => "section",
        }
    }

    /// The value of that word.
    pub fn find(word: &str) -> Option<NumberWord> {
        [NumberWord::Bare, NumberWord::Chapter, NumberWord::Section].into_iter().find(|one| one.word() == word)
    }
}

/// How a cover is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CoverLayout {
    /// The picture over the page's width down to a panel with the words.
    Bleed,
    /// The picture as a strip at the left, the words on a ground beside it.
    Strip,
    /// The words on white, the picture below them to the edges of the page.
    Foot,
    /// Words alone.
    Plain,
    /// The picture is the cover, words included.
    Whole,
}

impl CoverLayout {
    /// The words, in order.
    pub const WORDS: &'static [&'static str] = &["bleed", "strip", "foot", "plain", "whole"];

    /// The layout of that name.
    pub fn find(word: &str) -> Option<CoverLayout> {
        Some(match word {
            "bleed" | "panel" | "band" => CoverLayout::Bleed,
            "strip" => CoverLayout::Strip,
            "foot" => CoverLayout::Foot,
            "plain" => CoverLayout::Plain,
            "whole" | "full" => CoverLayout::Whole,
            _ => return None,
        })
    }

    /// As it is named.
    pub fn word(self) -> &'static str {
        match self {
            CoverLayout::Bleed => "bleed",
            CoverLayout::Strip => "strip",
            CoverLayout::Foot => "foot",
            CoverLayout::Plain => "plain",
            CoverLayout::Whole => "whole",
        }
    }
}

/// What stands on a cover. Absent pieces are not shown.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cover {
    /// The picture and its alternative text (`None`: decorative).
    pub picture: Option<(AssetId, Option<String>)>,
    /// Whether the picture is the whole cover, text included.
    pub whole: bool,
    /// Whether the picture reaches round a wrap, under the words of back and spine too.
    pub around: bool,
    /// How it is laid out, if the author says so; else as the theme does.
    pub layout: Option<CoverLayout>,
    /// The point of the picture that every crop keeps, across and down, in thousandths.
    pub focus: Option<(u16, u16)>,
    /// The picture that stands in a strip in place of the other.
    pub strip: Option<AssetId>,
    /// The picture that a link to the book shows in place of the cover.
    pub og: Option<AssetId>,
    /// Series and number.
    pub series: Option<TextBlock>,
    /// The title.
    pub title: Option<TextBlock>,
    /// The subtitle.
    pub subtitle: Option<TextBlock>,
    /// The authors.
    pub byline: Option<TextBlock>,
    /// The date, or month and year.
    pub date: Option<TextBlock>,
    /// The house.
    pub publisher: Option<TextBlock>,
    /// Its logo and alternative text.
    pub logo: Option<(AssetId, Option<String>)>,
    /// The colours of the logo, as an eye meets them; none where they are not known.
    pub logo_shades: Vec<Colour>,
    /// Whose picture it is, where the cover itself says so.
    pub credit: Option<TextBlock>,
    /// "DRAFT", "EMBARGOED UNTIL …".
    pub stamp: Option<TextBlock>,
    /// Back cover: the blurb and other words.
    pub blocks: Vec<Block>,
    /// Back cover: the ISBN to draw as a barcode.
    pub isbn: Option<String>,
    /// Back cover: the price beside it, as the five digits of its code.
    pub price: Option<String>,
}
