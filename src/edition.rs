//! Editions: which files a manuscript becomes, and for whom.

pub mod imposition;

use crate::book::NotePlace;
use crate::book::distribution::Bound;
use crate::book::metadata::Isbn;
use crate::source::{Said, Span};
use crate::theme::ThemeSpec;
use crate::theme::spec::{MarginsSpec, PageSpec};
use crate::units::{Length, Size};
pub use imposition::Imposition;

/// One file that a manuscript becomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    /// Its name in `editions:`.
    pub name: String,
    /// PDF or EPUB.
    pub format: Format,
    /// Who reads or prints it.
    pub purpose: Purpose,
    /// Printers whose wishes its design meets too, so that their files have the same pages.
    pub beside: Vec<Printer>,
    /// What it says about looks: a layer over the manuscript's theme.
    pub looks: ThemeSpec,
    /// Where its notes stand, if not where the manuscript says.
    pub notes: Option<NotePlace>,
    /// Which made parts it has, as far as it differs from the manuscript.
    pub parts: Parts,
    /// The ISBN of this edition, if it has one of its own.
    pub isbn: Option<Said<Isbn>>,
    /// Only these sections, by file name or kind.
    pub sections: Option<Vec<String>>,
    /// Whether a band at the head of an extract says what it is from, so that it can stand alone.
    pub head_band: bool,
    /// Words stamped on the cover and running heads.
    pub stamp: Option<String>,
    /// Whether crop marks stand around the trim; `None` is what the printer wants.
    pub marks: Option<bool>,
    /// For a press: its colour profile.
    pub profile: Option<Profile>,
    /// The edition whose page numbers it gives: an e-book in its page list, a PDF at the fore-edge.
    pub pages_of: Option<Said<String>>,
    /// For an e-book: whether it carries its faces.
    pub embed_fonts: bool,
    /// Whether it is handed on, where that is said.
    pub release: Option<bool>,
    /// How its copies are bound.
    pub bound: Bound,
    /// How many numbered copies are made of it too, in one file.
    pub copies: Option<u32>,
    /// How its pages are brought onto sheets; `None`: each page is a sheet's side.
    pub imposition: Option<Imposition>,
}

/// Which made parts stand in a book; `None` leaves a part to what is usual for a book of its length.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parts {
    /// The short title alone on a page.
    pub half_title: Option<bool>,
    /// Title, authors, house.
    pub title_page: Option<bool>,
    /// Rights, identifiers, credits.
    pub copyright_page: Option<bool>,
    /// The outside at the back.
    pub back_cover: Option<bool>,
}

impl Parts {
    /// These, and where they say nothing, those of `below`.
    pub fn over(self, below: Parts) -> Parts {
        Parts {
            half_title: self.half_title.or(below.half_title),
            title_page: self.title_page.or(below.title_page),
            copyright_page: self.copyright_page.or(below.copyright_page),
            back_cover: self.back_cover.or(below.back_cover),
        }
    }
}

/// A colour profile that an edition names.
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    /// Relative to the manuscript folder.
    pub path: String,
    /// Where it is named.
    pub span: Span,
}

/// What kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// For paper and screens.
    Pdf,
    /// For e-book readers.
    Epub,
    /// A folder of pages for the web.
    Web,
}

/// Who reads or prints a PDF.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Purpose {
    /// An office printer: tagged, duplex.
    Office,
    /// A screen: tagged, symmetrical.
    Screen,
    /// Large print.
    LargePrint,
    /// A printing service.
    Press(Printer),
}

/// A printing service.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Printer {
    /// Amazon KDP.
    Kdp,
    /// IngramSpark.
    Ingram,
    /// Lulu.
    Lulu,
    /// Any offset printer.
    Offset,
}

/// What a printing service asks of a file. The figures are from the services' guides of 2026.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Press {
    /// What the service calls itself.
    pub name: &'static str,
    /// How far matter at the edges must reach over the trim.
    pub bleed: Length,
    /// Whether it must at the spine too; where it need not and nothing bleeds, the page is the trim.
    pub bleeds_at_spine: bool,
    /// The least margin at the binding, by page count: up to so many pages, so much.
    pub gutters: &'static [(usize, Length)],
    /// The least margin at the other edges.
    pub outside: Length,
    /// How many pages it binds: from, to.
    pub pages: (usize, usize),
    /// The smallest and the largest trim.
    pub trims: (Size, Size),
    /// Whether the last page must be empty.
    pub blank_last: bool,
    /// The page count is a multiple of this.
    pub multiple: usize,
    /// The most ink that its paper takes, in per cent.
    pub most_ink: u16,
    /// What books with colour are printed from.
    pub colour: PressColour,
    /// Whether it wants crop marks.
    pub marks: bool,
}

/// What books with colour are printed from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PressColour {
    /// Four inks, as PDF/X-4.
    Cmyk,
    /// sRGB, which the service separates itself.
    Rgb,
}

const SMALLEST: Size = Size::new(Length::inches(4.0), Length::inches(6.0));
const LARGEST: Size = Size::new(Length::inches(8.5), Length::inches(11.69));

const KDP: Press = Press {
    name: "Amazon KDP",
    bleed: Length::inches(0.125),
    bleeds_at_spine: false,
    gutters: &[
        (150, Length::inches(0.375)),
        (300, Length::inches(0.5)),
        (500, Length::inches(0.625)),
        (700, Length::inches(0.75)),
        (usize::MAX, Length::inches(0.875)),
    ],
    outside: Length::inches(0.375),
    pages: (24, 828),
    trims: (SMALLEST, LARGEST),
    blank_last: false,
    multiple: 2,
    most_ink: 300,
    colour: PressColour::Cmyk,
    marks: false,
};

const INGRAM: Press = Press {
    name: "IngramSpark",
    bleeds_at_spine: true,
    gutters: &[(usize::MAX, Length::inches(0.5))],
    outside: Length::inches(0.5),
    pages: (18, 1200),
    blank_last: true,
    most_ink: 240,
    ..KDP
};

const LULU: Press = Press {
    name: "Lulu",
    bleeds_at_spine: true,
    gutters: &[
        (60, Length::inches(0.5)),
        (150, Length::inches(0.625)),
        (400, Length::inches(0.75)),
        (usize::MAX, Length::inches(0.8)),
    ],
    outside: Length::inches(0.5),
    pages: (32, 800),
    colour: PressColour::Rgb,
    ..KDP
};

const OFFSET: Press = Press {
    name: "the printer",
    bleed: Length::mm(3.0),
    bleeds_at_spine: true,
    gutters: &[(usize::MAX, Length::mm(12.0))],
    outside: Length::mm(8.0),
    pages: (4, 2000),
    trims: (Size::new(Length::mm(70.0), Length::mm(100.0)), Size::new(Length::mm(330.0), Length::mm(480.0))),
    multiple: 4,
    marks: true,
    ..KDP
};

impl Printer {
    /// What it is called in `for:`.
    pub fn word(self) -> &'static str {
        match self {
            Printer::Kdp => "kdp",
            Printer::Ingram => "ingram",
            Printer::Lulu => "lulu",
            Printer::Offset => "offset",
        }
    }

    /// What it asks of a file.
    pub fn press(self) -> &'static Press {
        match self {
            Printer::Kdp => &KDP,
            Printer::Ingram => &INGRAM,
            Printer::Lulu => &LULU,
            Printer::Offset => &OFFSET,
        }
    }
}

impl Press {
    /// The least margin at the binding of a book of so many pages.
    pub fn gutter(&self, pages: usize) -> Length {
        self.gutters.iter().find(|(most, _)| pages <= *most).map_or(Length::ZERO, |(_, gutter)| *gutter)
    }

    /// The layer over all others that keeps the text of a book of so many pages off the trim, for all of some printers.
    pub fn margins(presses: &[&Press], pages: usize) -> ThemeSpec {
        let most =
            |of: &dyn Fn(&Press) -> Length| presses.iter().map(|press| of(press)).fold(Length::ZERO, Length::max);
        let (spine, outside) = (Some(most(&|press| press.gutter(pages))), Some(most(&|press| press.outside)));
        let least = MarginsSpec { spine, fore_edge: outside, head: outside, foot: outside };
        ThemeSpec { least, ..ThemeSpec::default() }
    }
}

impl Purpose {
    /// The purpose of that name.
    pub fn find(name: &str) -> Option<Purpose> {
        Some(match name {
            "office" => Purpose::Office,
            "screen" => Purpose::Screen,
            "large-print" => Purpose::LargePrint,
            "kdp" => Purpose::Press(Printer::Kdp),
            "ingram" => Purpose::Press(Printer::Ingram),
            "lulu" => Purpose::Press(Printer::Lulu),
            "offset" => Purpose::Press(Printer::Offset),
            _ => return None,
        })
    }

    /// What it asks of the looks, below what the edition itself says.
    pub fn looks(self) -> ThemeSpec {
        match self {
            Purpose::Office => ThemeSpec { pure_black: Some(true), ..ThemeSpec::default() },
            // On a press small type and thin rules in a tint break into dots: letters and rules are black, and a page
            // without pictures is printed from one plate.
            Purpose::Press(printer) => ThemeSpec {
                bleed: Some(printer.press().bleed),
                covers: Some(false),
                greyscale: Some(true),
                ..ThemeSpec::default()
            },
            Purpose::Screen => ThemeSpec { screen: Some(true), ..ThemeSpec::default() },
            Purpose::LargePrint => ThemeSpec {
                size: Some(Length::pt(18.0)),
                leading: Some(Length::pt(24.0)),
                smallest: Some(crate::theme::LARGE_PRINT_LEAST),
                pure_black: Some(true),
                justify: Some(false),
                hyphenate: Some(false),
                page: PageSpec { columns: Some(1), ..PageSpec::default() },
                ..ThemeSpec::default()
            },
        }
    }
}

impl Edition {
    /// An edition that leaves everything open.
    pub fn new(name: &str, format: Format) -> Edition {
        Edition {
            name: name.to_owned(),
            format,
            purpose: Purpose::Office,
            beside: Vec::new(),
            looks: ThemeSpec::default(),
            notes: None,
            parts: Parts::default(),
            isbn: None,
            sections: None,
            head_band: false,
            stamp: None,
            marks: None,
            profile: None,
            pages_of: None,
            embed_fonts: false,
            release: None,
            bound: Bound::default(),
            copies: None,
            imposition: None,
        }
    }

    /// The two editions of a manuscript that names none.
    pub fn usual() -> Vec<Edition> {
        vec![Edition::new("print", Format::Pdf), Edition::new("ebook", Format::Epub)]
    }

    /// Its printers, its own first; none if it is not for a press.
    pub fn presses(&self) -> Vec<&'static Press> {
        let own = match self.purpose {
            Purpose::Press(printer) => Some(printer),
            _ => None,
        };
        own.into_iter().chain(self.beside.iter().copied()).map(Printer::press).collect()
    }

    /// The edition whose page numbers are given in it, as an e-book gives them: the one that it names, else the first PDF.
    pub fn marked<'e>(&self, all: &'e [Edition]) -> Option<&'e Edition> {
        match &self.pages_of {
            Some(of) => all.iter().find(|other| other.name == of.value && other.format == Format::Pdf),
            None => Edition::first(Format::Pdf, all),
        }
    }

    /// Whether it is the one that is sold under the ISBN of the print: what a press prints, if there is any.
    pub fn is_sold_print(&self, all: &[Edition]) -> bool {
        let press = |edition: &Edition| edition.is_plain() && matches!(edition.purpose, Purpose::Press(_));
        press(self) || !all.iter().any(press)
    }

    /// Whether it is the whole book, a page at a time: neither imposed, nor an extract, nor a proof.
    pub fn is_plain(&self) -> bool {
        self.imposition.is_none()
            && self.sections.is_none()
            && self.stamp.is_none()
            && self.looks.line_numbers != Some(true)
    }

    /// Whether it is the cover that goes round another edition.
    pub fn is_wrap(&self) -> bool {
        self.imposition.as_ref().is_some_and(|imposition| imposition.kind == imposition::Kind::Wrap)
    }

    /// The first plain edition of a format, else the first one: the one that has the bare file name and whose page
    /// numbers an e-book gives.
    pub fn first(format: Format, all: &[Edition]) -> Option<&Edition> {
        let mut of_format = all.iter().filter(|edition| edition.format == format);
        of_format.clone().find(|edition| edition.is_plain()).or_else(|| of_format.next())
    }

    /// The name of its file: the first of each format has the bare slug. That of a web edition is its folder's.
    pub fn file_name(&self, slug: &str, all: &[Edition]) -> String {
        let first = Edition::first(self.format, all).is_some_and(|other| other.name == self.name);
        let extension = match self.format {
            Format::Pdf => "pdf",
            Format::Epub => "epub",
            Format::Web if first => return format!("{slug}-web"),
            Format::Web => return format!("{slug}-{}", self.name),
        };
        if first { format!("{slug}.{extension}") } else { format!("{slug}-{}.{extension}", self.name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thicker_book_has_a_wider_gutter() {
        let press = Printer::Kdp.press();
        assert_eq!(press.gutter(150), Length::inches(0.375));
        assert_eq!(press.gutter(151), Length::inches(0.5));
        assert_eq!(press.gutter(828), Length::inches(0.875));
    }

    #[test]
    fn one_design_for_two_printers_keeps_the_wider_margins() {
        let least = Press::margins(&[Printer::Kdp.press(), Printer::Ingram.press()], 600).least;
        assert_eq!(least.spine, Some(Length::inches(0.75)));
        assert_eq!(least.fore_edge, Some(Length::inches(0.5)));
    }

    #[test]
    fn the_first_edition_of_a_format_has_the_bare_name() {
        let all = [
            Edition::new("print", Format::Pdf),
            Edition::new("large", Format::Pdf),
            Edition::new("ebook", Format::Epub),
        ];
        let names: Vec<String> = all.iter().map(|edition| edition.file_name("old-allies", &all)).collect();
        assert_eq!(names, ["old-allies.pdf", "old-allies-large.pdf", "old-allies.epub"]);
    }

    #[test]
    fn a_proof_or_an_extract_has_not_the_bare_name_while_there_is_a_plain_edition() {
        let proof = Edition { stamp: Some("DRAFT".to_owned()), ..Edition::new("proof", Format::Pdf) };
        let all = [proof, Edition::new("print", Format::Pdf)];
        let names: Vec<String> = all.iter().map(|edition| edition.file_name("old-allies", &all)).collect();
        assert_eq!(names, ["old-allies-proof.pdf", "old-allies.pdf"]);
        assert_eq!(all[0].file_name("old-allies", &all[..1]), "old-allies.pdf");
    }
}
