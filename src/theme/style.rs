//! A style: how the text of one role looks.

use crate::book::block::BoxKind;
use crate::units::{Colour, Length};

macro_rules! roles {
    ($($id:ident $name:literal $about:literal;)*) => {
        /// What a text is for, as far as its looks go. Closed: a theme has a style for every one.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Role { $(#[doc = $about] $id,)* }

        impl Role {
            /// Every role, in order.
            pub const ALL: &'static [Role] = &[$(Role::$id,)*];

            /// As a theme spells it.
            pub fn name(self) -> &'static str {
                match self { $(Role::$id => $name,)* }
            }

            /// What it is for, in a sentence.
            pub fn about(self) -> &'static str {
                match self { $(Role::$id => $about,)* }
            }

            /// The role of that name.
            pub fn find(name: &str) -> Option<Role> {
                Role::ALL.iter().copied().find(|role| role.name() == name)
            }
        }
    };
}

roles! {
    Body "body" "Running text.";
    Extract "extract" "Quoted matter in the text.";
    Epigraph "epigraph" "A quotation at a head.";
    Letter "letter" "A letter.";
    Verse "verse" "Lines as written.";
    Attribution "attribution" "Who said it.";
    Code "code" "Program text.";
    Note "note" "A note, at the foot or at the end.";
    MarginNote "margin-note" "A note beside its call.";
    Work "bibliography" "An entry of the list of works; `start` is how far its lines hang.";
    NoteHeading "note-heading" "The title of a section above its notes.";
    Index "index" "An entry of the index.";
    IndexLetter "index-letter" "A letter above its entries in the index.";
    Opening "opening" "The title of a division that opens a page.";
    RunOn "run-on" "The title of a division in the run of text.";
    DivisionNumber "division-number" "A number or word above or before a division's title.";
    PartTitle "part-title" "The title of a part.";
    Heading2 "heading-2" "A heading of the second level.";
    Heading3 "heading-3" "A heading of the third level.";
    Heading4 "heading-4" "A heading below the third level.";
    Caption "caption" "The title of a figure or a table.";
    Source "source" "Source and credit under a figure or a table.";
    WideFigure "wide-figure" "What stands behind and around a figure that reaches into the margin.";
    TableHead "table-head" "The head of a table.";
    TableCell "table-cell" "A cell of a table.";
    ChartLabel "chart-label" "Names, units and events in a chart.";
    ChartValue "chart-value" "Values in a chart.";
    BoxTitle "box-title" "The title of a box.";
    BoxText "box" "The text of a box.";
    BoxNote "box-note" "The text of a box with a note.";
    BoxTip "box-tip" "The text of a box with advice.";
    BoxImportant "box-important" "The text of a box with something that matters.";
    BoxWarning "box-warning" "The text of a box with a warning.";
    BoxCaution "box-caution" "The text of a box that asks for care.";
    BoxRecommendation "box-recommendation" "The text of a box with what somebody should do.";
    BoxMarker "box-marker" "The numbers of key points.";
    PullQuote "pull-quote" "Words repeated large.";
    Standfirst "standfirst" "The lines that lead into a section.";
    KeyFigure "key-figure" "A figure to remember.";
    KeyFigureLabel "key-figure-label" "What it counts.";
    Term "term" "A term that is defined.";
    Ornament "ornament" "The ornament between scenes.";
    Contents0 "contents-0" "A part in the contents.";
    Contents1 "contents-1" "A division in the contents.";
    Contents2 "contents-2" "A heading in the contents.";
    RunningHead "running-head" "The running head.";
    RunningSection "running-section" "The title of the section in the running head.";
    Folio "folio" "The folio in the running head.";
    OpeningFolio "opening-folio" "The folio at the foot of an opening page.";
    Colophon "colophon" "The copyright page.";
    Biography "biography" "About a person or a house.";
    BiographyAddress "biography-address" "The address lines below it.";
    CoverSeries "cover-series" "The series on the cover's band.";
    CoverTitle "cover-title" "The title on the cover.";
    CoverSubtitle "cover-subtitle" "The subtitle on the cover.";
    CoverByline "cover-byline" "The authors on the cover.";
    CoverDate "cover-date" "The date on the cover.";
    CoverPublisher "cover-publisher" "The house on the cover.";
    CoverCredit "cover-credit" "Whose picture the cover shows.";
    BookTitle "book-title" "The title on the title page.";
    BookSubtitle "book-subtitle" "The subtitle on the title page.";
    Byline "byline" "The authors on the title page.";
    Imprint "imprint" "The house on the title page.";
    LineNumber "line-number" "The number of a line in a proof.";
}

impl Role {
    /// Boxes of their own kinds, which look as `box` does but for their colour.
    pub const BOXES: [Role; 6] =
        [Role::BoxNote, Role::BoxTip, Role::BoxImportant, Role::BoxWarning, Role::BoxCaution, Role::BoxRecommendation];

    /// The role of what stands in a kind of box.
    pub fn of_box(kind: BoxKind) -> Role {
        match kind {
            BoxKind::Plain | BoxKind::KeyPoints | BoxKind::KeyFigure => Role::BoxText,
            BoxKind::Note => Role::BoxNote,
            BoxKind::Tip => Role::BoxTip,
            BoxKind::Important => Role::BoxImportant,
            BoxKind::Warning => Role::BoxWarning,
            BoxKind::Caution => Role::BoxCaution,
            BoxKind::Recommendation => Role::BoxRecommendation,
        }
    }
}

/// An enum with the words that a theme has for its values.
macro_rules! worded {
    ($id:ident $($value:ident $word:literal),* $(,)?) => {
        impl $id {
            /// The words, in order.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// As a theme spells it.
            pub fn word(self) -> &'static str {
                match self { $($id::$value => $word,)* }
            }

            /// The value of that word.
            pub fn find(word: &str) -> Option<$id> {
                match word { $($word => Some($id::$value),)* _ => None }
            }
        }
    };
}

worded!(Family Text "text", Headings "headings", Mono "mono");
worded!(Alignment Justified "justified", Flush "flush", Centred "centred", FlushEnd "flush-end");
worded!(Figures Lining "lining", OldStyle "old-style");
worded!(Case AsWritten "none", SmallCapitals "small-capitals", Capitals "capitals");
worded!(Numbering Before "before", Hung "hung", Above "above", Unnumbered "none");
worded!(Edge Unruled "none", Top "top", Bottom "bottom", Start "start", Around "around");

/// Which family of faces.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Family {
    /// The face of the text.
    Text,
    /// The face of headings, tables and running heads.
    Headings,
    /// The face of program text.
    Mono,
}

/// How lines stand in the measure.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Alignment {
    /// Both edges even.
    Justified,
    /// The starting edge even.
    Flush,
    /// Both edges ragged about the middle.
    Centred,
    /// The ending edge even.
    FlushEnd,
}

/// Which figures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Figures {
    /// As high as capitals.
    Lining,
    /// With ascenders and descenders.
    OldStyle,
}

/// Which letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Case {
    /// As written.
    AsWritten,
    /// All in small capitals.
    SmallCapitals,
    /// All in capitals.
    Capitals,
}

/// A colour of the palette.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ink {
    /// The colour of text: black.
    Text,
    /// The deep colour of titles.
    Deep,
    /// The colour of rules and marks that should be seen.
    Accent,
    /// The colour of what stands back.
    Grey,
    /// The colour of paper, on a deep ground.
    Paper,
    /// The colour of grounds.
    Ground,
    /// The colour of thin rules.
    Rules,
    /// A colour that a style names by itself.
    Own(Colour),
}

impl Ink {
    /// The names of the palette's colours.
    pub const WORDS: &'static [&'static str] = &["text", "ink", "accent", "grey", "paper", "ground", "rules"];

    /// A colour of the palette by name, or one by its digits.
    pub fn find(word: &str) -> Option<Ink> {
        Some(match word {
            "text" => Ink::Text,
            "ink" => Ink::Deep,
            "accent" => Ink::Accent,
            "grey" | "gray" => Ink::Grey,
            "paper" => Ink::Paper,
            "ground" => Ink::Ground,
            "rules" => Ink::Rules,
            digits => Ink::Own(Colour::parse(digits)?),
        })
    }

    /// As a theme spells it.
    pub fn word(self) -> String {
        match self {
            Ink::Text => "text".to_owned(),
            Ink::Deep => "ink".to_owned(),
            Ink::Accent => "accent".to_owned(),
            Ink::Grey => "grey".to_owned(),
            Ink::Paper => "paper".to_owned(),
            Ink::Ground => "ground".to_owned(),
            Ink::Rules => "rules".to_owned(),
            Ink::Own(colour) => format!("\"{colour}\""),
        }
    }
}

/// Where the number of a title stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Numbering {
    /// In the line, before the words.
    Before,
    /// In the margin, where that has room for it; else before the words.
    Hung,
    /// On a line of its own above.
    Above,
    /// Nowhere.
    Unnumbered,
}

/// At which edge of a piece a rule stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Edge {
    /// At none.
    Unruled,
    /// Above.
    Top,
    /// Below.
    Bottom,
    /// At the start of its lines.
    Start,
    /// At all four.
    Around,
}

/// What stands behind and around a text that is one piece: a box, program text, a heading.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Frame {
    /// The colour behind it.
    pub ground: Option<Ink>,
    /// Where its rule stands.
    pub rule: Edge,
    /// How thick the rule is.
    pub width: Length,
    /// How long a rule above or below is; `None` is as long as the piece is wide.
    pub length: Option<Length>,
    /// The rule's colour.
    pub ink: Ink,
    /// How far the words keep from its edges.
    pub inside: Length,
}

impl Frame {
    /// Nothing at all.
    pub const NONE: Frame = Frame {
        ground: None,
        rule: Edge::Unruled,
        width: Length::ZERO,
        length: None,
        ink: Ink::Accent,
        inside: Length::ZERO,
    };

    /// Whether there is anything to paint.
    pub fn is_none(&self) -> bool {
        self.ground.is_none() && self.rule == Edge::Unruled
    }
}

/// How the text of one role looks. Nothing is optional.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Style {
    /// Which faces.
    pub family: Family,
    /// 400 is regular, 600 semibold, 700 bold.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// The size of the letters.
    pub size: Length,
    /// From baseline to baseline.
    pub leading: Length,
    /// Its colour.
    pub ink: Ink,
    /// How lines stand.
    pub align: Alignment,
    /// Whether words may be divided.
    pub hyphenate: bool,
    /// Indent of the first line, where the rules of the text ask for one.
    pub first: Length,
    /// Indent of all lines at the start.
    pub start: Length,
    /// Indent of all lines at the end.
    pub end: Length,
    /// Space above, dropped at a page's head.
    pub above: Length,
    /// Space below.
    pub below: Length,
    /// Which figures.
    pub figures: Figures,
    /// Whether figures all have one width.
    pub tabular: bool,
    /// Which letters.
    pub case: Case,
    /// Added to every letter, in thousandths of the size.
    pub tracking: i16,
    /// Where its number stands, if it has one.
    pub number: Numbering,
    /// Whether it stays on the page of what follows.
    pub keep: bool,
    /// Whether it stands over all columns of a page.
    pub across: bool,
    /// Whether it runs into the first line of the text below it, if it is short enough for that.
    pub run_in: bool,
    /// Whether it stands in the column of the margin, where there is one.
    pub beside: bool,
    /// Whether dots lead from it to a folio.
    pub leader: bool,
    /// What stands behind and around it.
    pub frame: Frame,
}

impl Style {
    /// The colour of this style in a palette.
    pub fn colour(&self, palette: &Palette) -> Colour {
        palette.ink(self.ink)
    }
}

/// The colours of a theme.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Palette {
    /// Text.
    pub text: Colour,
    /// Titles, bands.
    pub ink: Colour,
    /// Marks that should be seen.
    pub accent: Colour,
    /// The ground of boxes.
    pub ground: Colour,
    /// What stands back.
    pub grey: Colour,
    /// Thin rules.
    pub rules: Colour,
}

impl Palette {
    /// Makes what is nearly black black.
    pub fn blacken(&mut self) {
        let all = [&mut self.text, &mut self.ink, &mut self.accent, &mut self.grey, &mut self.rules];
        for colour in all.into_iter().filter(|colour| colour.is_nearly_black()) {
            *colour = Colour::BLACK;
        }
    }
}

impl Palette {
    /// The colour behind a name.
    pub fn ink(&self, ink: Ink) -> Colour {
        match ink {
            Ink::Text => self.text,
            Ink::Deep => self.ink,
            Ink::Accent => self.accent,
            Ink::Grey => self.grey,
            Ink::Paper => Colour::WHITE,
            Ink::Ground => self.ground,
            Ink::Rules => self.rules,
            Ink::Own(colour) => colour,
        }
    }
}
