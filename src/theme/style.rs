//! A style: how the text of one role looks.

use crate::units::{Colour, Length};

macro_rules! roles {
    ($($id:ident $about:literal;)*) => {
        /// What a text is for, as far as its looks go. Closed: a theme has a style for every one.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Role { $(#[doc = $about] $id,)* }

        impl Role {
            /// Every role, in order.
            pub const ALL: &'static [Role] = &[$(Role::$id,)*];
        }
    };
}

roles! {
    Body "Running text.";
    Extract "Quoted matter in the text.";
    Epigraph "A quotation at a head.";
    Letter "A letter.";
    Verse "Lines as written.";
    Attribution "Who said it.";
    Code "Program text.";
    Note "A note, at the foot or at the end.";
    NoteHeading "The title of a section above its notes.";
    Opening "The title of a division that opens a page.";
    RunOn "The title of a division in the run of text.";
    DivisionNumber "A number or word above or before a division's title.";
    PartTitle "The title of a part.";
    Heading2 "A heading of the second level.";
    Heading3 "A heading of the third level.";
    Heading4 "A heading below the third level.";
    Caption "The title of a figure or a table.";
    Source "Source and credit under a figure or a table.";
    TableHead "The head of a table.";
    TableCell "A cell of a table.";
    BoxTitle "The title of a box.";
    BoxText "The text of a box.";
    BoxMarker "The numbers of key points.";
    PullQuote "Words repeated large.";
    Term "A term that is defined.";
    Ornament "The ornament between scenes.";
    Contents0 "A part in the contents.";
    Contents1 "A division in the contents.";
    Contents2 "A heading in the contents.";
    RunningHead "The running head.";
    Folio "The folio in the running head.";
    OpeningFolio "The folio at the foot of an opening page.";
    Colophon "The copyright page.";
    Biography "About a person or a house.";
    BiographyAddress "The address lines below it.";
    CoverSeries "The series on the cover's band.";
    CoverTitle "The title on the cover.";
    CoverSubtitle "The subtitle on the cover.";
    CoverByline "The authors on the cover.";
    CoverDate "The date on the cover.";
    CoverPublisher "The house on the cover.";
    CoverCredit "Whose picture the cover shows.";
    BookTitle "The title on the title page.";
    BookSubtitle "The subtitle on the title page.";
    Byline "The authors on the title page.";
    Imprint "The house on the title page.";
    LineNumber "The number of a line in a proof.";
}

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
    /// The colour behind a name.
    pub fn ink(&self, ink: Ink) -> Colour {
        match ink {
            Ink::Text => self.text,
            Ink::Deep => self.ink,
            Ink::Accent => self.accent,
            Ink::Grey => self.grey,
            Ink::Paper => Colour::WHITE,
        }
    }
}
