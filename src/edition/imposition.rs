//! How an edition's pages are brought onto sheets: what an author says of it, settled.

use crate::impose::{Flip, Scheme, Stock, folds_at_full_size, half, stock};
use crate::source::{Said, Span};
use crate::units::{Length, Size};

/// How an edition's pages are brought onto sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Imposition {
    /// What is made.
    pub kind: Kind,
    /// Where that is said.
    pub span: Span,
    /// The edition whose pages these are; `None`: they are set for the sheet.
    pub of: Option<Said<String>>,
    /// On which sheets, one file each; none: on the manuscript's own paper.
    pub sheets: Vec<Sheet>,
    /// Where the size of the pages is said.
    pub trim: Option<Span>,
    /// On which edge the printer turns the sheet.
    pub flip: Option<Flip>,
    /// The paper.
    pub stock: Option<Stock>,
    /// How far pages move towards the fold from sheet to sheet.
    pub creep: Creep,
    /// So many pages a signature.
    pub signature: Option<usize>,
    /// Whether a first sheet says how the rest is printed.
    pub ticket: bool,
    /// Of a wrap.
    pub wrap: Cover,
}

/// What is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Folded in the middle.
    Booklet,
    /// So many pages on a side.
    Up {
        /// How many.
        pages: usize,
        /// Whether lines to write on stand beside each.
        lines: bool,
    },
    /// No pages: the cover that goes round them, on one sheet.
    Wrap,
}

/// What a cover of one sheet is to be.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cover {
    /// How wide the spine is, where the printer says so.
    pub spine: Option<Said<Length>>,
    /// What stands on it, where the author says so.
    pub words: Option<Said<Spine>>,
    /// How far the cover's picture reaches, where the author says so; else over the front.
    pub art: Option<Said<Art>>,
    /// Who prints the barcode.
    pub barcode: Barcode,
    /// The price beside it, as the five digits of its code.
    pub price: Option<String>,
    /// Whether a drawing of folds and safe areas is made too.
    pub template: bool,
}

/// What stands on a spine.
#[derive(Clone, Debug, PartialEq)]
pub enum Spine {
    /// These words.
    Words(String),
    /// Nothing.
    Bare,
}

/// How far the picture of a wrap reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Art {
    /// Over the front.
    Front,
    /// Over back, spine and front as one picture.
    Whole,
}

/// Who prints the barcode on the back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Barcode {
    /// It is drawn, if the edition has an ISBN.
    #[default]
    Own,
    /// The printer, into a white field.
    Printer,
    /// Nobody.
    Nobody,
}

/// How far pages move towards the fold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Creep {
    /// As the stock asks for, where that is enough to be seen.
    #[default]
    Stock,
    /// Not at all.
    Off,
    /// So far from each sheet to the next.
    By(Length),
}

/// A sheet of paper by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// How it is called, if it has a name.
    pub name: Option<&'static str>,
    /// How large it is, standing.
    pub size: Size,
}

/// Sheets that have names.
const NAMED: [(&str, Size); 5] = [
    ("Letter", LETTER),
    ("A4", Size::new(Length::mm(210.0), Length::mm(297.0))),
    ("A3", Size::new(Length::mm(297.0), Length::mm(420.0))),
    ("Tabloid", Size::new(Length::inches(11.0), Length::inches(17.0))),
    ("Legal", Size::new(Length::inches(8.5), Length::inches(14.0))),
];

/// What an office has in the countries that have no A4.
pub const LETTER: Size = Size::new(Length::inches(8.5), Length::inches(11.0));

/// Less than this in all is seen by nobody.
const SEEN: Length = Length::mm(0.5);
/// What the margin at the fold keeps, however far pages move.
const KEPT: Length = Length::mm(5.0);

impl Sheet {
    /// A sheet of a size, with its name if it has one.
    pub fn of(size: Size) -> Sheet {
        let (width, height) = (size.width.min(size.height), size.width.max(size.height));
        let near = |one: Length, other: Length| (one - other).abs() < Length::mm(0.2);
        let known = NAMED.iter().find(|(_, known)| near(known.width, width) && near(known.height, height));
        Sheet { name: known.map(|(name, _)| *name), size: Size::new(width, height) }
    }

    /// The sheet of that name or size: `letter`, `a4`, `tabloid`, `11x17in`.
    pub fn parse(written: &str) -> Option<Sheet> {
        let named = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(written.trim()));
        named.map(|(_, size)| *size).or_else(|| Size::parse(written)).map(Sheet::of)
    }

    /// Both of an office's, for papers that are read on two continents.
    pub fn both() -> Vec<Sheet> {
        ["Letter", "A4"].into_iter().filter_map(Sheet::parse).collect()
    }

    /// As part of a file name.
    pub fn slug(&self) -> String {
        match self.name {
            Some(name) => name.to_lowercase(),
            None => format!("{}x{}", millimetres(self.size.width), millimetres(self.size.height)),
        }
    }

    /// Its size in words: millimetres or inches, as its name has it.
    pub fn measures(&self) -> String {
        self.measured(self.size)
    }

    /// The size of what stands on it in words, in its own unit.
    pub fn measured(&self, Size { width, height }: Size) -> String {
        let inches = |length: Length| (length.to_inches() * 100.0).round() / 100.0;
        match self.name {
            Some("Letter" | "Tabloid" | "Legal") => format!("{} × {} in", inches(width), inches(height)),
            _ => format!("{} × {} mm", millimetres(width), millimetres(height)),
        }
    }
}

fn millimetres(length: Length) -> i64 {
    (length.scale(254, 720).to_sp() + (1 << 15)) >> 16
}

impl Imposition {
    /// A booklet or handout that leaves everything open.
    pub fn new(kind: Kind, span: Span) -> Imposition {
        Imposition {
            kind,
            span,
            of: None,
            sheets: Vec::new(),
            trim: None,
            flip: None,
            stock: None,
            creep: Creep::Stock,
            signature: None,
            ticket: false,
            wrap: Cover::default(),
        }
    }

    /// On which edge the printer turns the sheet: a booklet turns on the short edge, unless it is said otherwise.
    pub fn flip(&self) -> Flip {
        self.flip.unwrap_or(match self.kind {
            Kind::Booklet => Flip::Short,
            Kind::Up { .. } | Kind::Wrap => Flip::Long,
        })
    }

    /// The size of its pages where they are set for the sheet.
    pub fn page(&self, sheet: Sheet) -> Size {
        match self.kind {
            Kind::Booklet => half(sheet.size),
            Kind::Up { .. } | Kind::Wrap => sheet.size,
        }
    }

    /// Whether pages of a size stand on the sheet at their full size, where that is asked for.
    pub fn holds(&self, page: Size, sheet: Sheet) -> bool {
        self.of.is_some() || !matches!(self.kind, Kind::Booklet) || folds_at_full_size(page, sheet.size)
    }

    /// What the kernel is told, for so many pages with such a margin at the fold.
    pub fn scheme(&self, pages: usize, margin: Length) -> Scheme {
        match self.kind {
            Kind::Booklet => {}
            Kind::Up { pages, lines } => return Scheme::Grid { pages, lines },
            Kind::Wrap => return Scheme::Grid { pages: 1, lines: false },
        }
        let sheets = self.signature.unwrap_or(pages).min(pages).div_ceil(4);
        let creep = match self.creep {
            Creep::Off => Length::ZERO,
            Creep::By(length) => length,
            Creep::Stock => self.usual_creep(sheets),
        };
        Scheme::Booklet {
            signature: self.signature,
            creep,
            most: (margin - KEPT).max(Length::ZERO),
            shrink: self.of.is_some(),
        }
    }

    /// What the stock asks for: a leaf's thickness and a fifth, since no fold is pressed flat (Preps takes more, a
    /// press that folds well takes none); nothing where the innermost sheet would not move far enough to be seen.
    fn usual_creep(&self, sheets: usize) -> Length {
        let stock = self.stock.unwrap_or(stock::STOCKS[0]);
        let step = stock.caliper().scale(6, 5);
        if step * (sheets.max(1) - 1) as i64 >= SEEN { step } else { Length::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_their_names_however_they_are_written() {
        assert_eq!(Sheet::parse("A4").map(|sheet| sheet.slug()), Some("a4".to_owned()));
        assert_eq!(Sheet::parse("11x8.5in").and_then(|sheet| sheet.name), Some("Letter"));
        assert_eq!(Sheet::parse("tabloid").map(|sheet| sheet.measures()), Some("11 × 17 in".to_owned()));
        assert_eq!(Sheet::parse("320x450mm").map(|sheet| sheet.slug()), Some("320x450".to_owned()));
        assert!(Sheet::parse("huge").is_none());
    }
}
