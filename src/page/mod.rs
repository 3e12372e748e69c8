//! Finished pages: marks at points. Nothing is left to decide; painting decides nothing.
//!
//! Coordinates count from the head left corner of the trimmed page, downwards. Pictures and grounds that bleed lie
//! partly outside it.

mod press;
pub mod proof;
pub mod structure;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::book::{AssetId, Folio, PageMap, Target};
use crate::font::FaceId;
use crate::source::Span;
use crate::units::{Colour, Length, Point, Rect, Short, Side, Size, Transform};
pub use structure::{CellSpan, Node, NodeId, Scope, Structure, Tag};

/// Every side of every leaf of one edition, and what its marks mean.
#[derive(Clone, Debug)]
pub struct Pages {
    /// In file order.
    pub pages: Vec<Page>,
    /// What the marks mean.
    pub structure: Structure,
    /// Which page everything is on.
    pub map: PageMap,
    /// The outline, nested.
    pub outline: Vec<OutlineEntry>,
    /// Where targets inside the book stand.
    pub destinations: BTreeMap<Target, Destination>,
    /// How far matter at the edges reaches over the trim.
    pub bleed: Length,
}

/// One side of a leaf.
#[derive(Clone, Debug)]
pub struct Page {
    /// The page after trimming.
    pub size: Size,
    /// Recto or verso.
    pub side: Side,
    /// What is printed on it, or would be; `None` for covers.
    pub folio: Option<Folio>,
    /// What it is, for page labels.
    pub kind: PageKind,
    /// What is painted, back to front.
    pub marks: Vec<Mark>,
    /// What leads somewhere.
    pub links: Vec<Link>,
    /// The columns of its text, in reading order; none where all of it stands in one.
    pub areas: Vec<Rect>,
}

impl Page {
    /// How far along in reading a point is: column after column, between what stands above and below them. Odd in a
    /// column, even elsewhere.
    pub fn rank(&self, at: Point) -> usize {
        let beside = |area: &&Rect| area.origin.y <= at.y && at.y < area.foot();
        let away = |area: &Rect| (area.origin.x - at.x).max(at.x - area.right()).max(Length::ZERO);
        let columns = self.areas.iter().enumerate().filter(|(_, area)| beside(area));
        match columns.min_by_key(|(_, area)| away(area)) {
            Some((column, _)) => column * 2 + 1,
            None => self.areas.iter().filter(|area| area.foot() <= at.y).count() * 2,
        }
    }

    /// Whether all of its text is turned a quarter against the clock.
    pub fn is_turned(&self) -> bool {
        let mut texts = self.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Text(_))).peekable();
        texts.peek().is_some() && texts.all(|mark| mark.transform.is_some_and(|transform| transform.quarters % 4 == 3))
    }
}

/// What a page is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PageKind {
    /// The front cover.
    Cover,
    /// A page of the book.
    Inside,
    /// A page left empty so that the next one is a recto.
    Blank,
    /// The back cover.
    BackCover,
}

/// Something painted.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What.
    pub kind: MarkKind,
    /// What it means.
    pub owner: Owner,
    /// For turned matter.
    pub transform: Option<Transform>,
}

/// What a mark means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Owner {
    /// It belongs to a leaf of the structure tree.
    Content(NodeId),
    /// It means nothing to a reader.
    Artifact(Artifact),
}

/// Why a mark means nothing to a reader.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Artifact {
    /// Running heads, folios.
    Pagination(Edge),
    /// Rules, leaders, grounds.
    Layout,
    /// Crop marks, bleed.
    Page,
    /// Grounds of a whole page.
    Background,
    /// What tells one copy from another.
    Watermark,
}

/// Where furniture stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Edge {
    /// At the head.
    Head,
    /// At the foot.
    Foot,
    /// At a side.
    Side,
}

/// What is painted.
#[derive(Clone, Debug)]
pub enum MarkKind {
    /// Glyphs of one face on one baseline.
    Text(TextRun),
    /// A filled rectangle: a ground or a rule.
    Fill {
        /// Where.
        rect: Rect,
        /// In which colour.
        colour: Colour,
    },
    /// A veil: a rectangle that hides a part of what lies below it. Many of them make a scrim ([`veils`]).
    Veil {
        /// Where.
        rect: Rect,
        /// In which colour.
        colour: Colour,
        /// How much it hides, in thousandths.
        share: u16,
    },
    /// A picture, fitted to a rectangle and cut to another.
    Picture {
        /// Which.
        asset: AssetId,
        /// Where the whole picture lies.
        rect: Rect,
        /// What is seen of it; `None`: all.
        clip: Option<Rect>,
    },
    /// A filled outline: closed polygons, even-odd.
    Outline {
        /// The corners of each.
        polygons: Vec<Vec<Point>>,
        /// In which colour.
        colour: Colour,
    },
}

/// Of how many veils a scrim is made.
pub const VEILS: u16 = 40;

/// The veils of a scrim from its pale end, each over all that is to be darker so that no seam shows: what was seen
/// before it, of [`VEILS`], and what share of that it hides, in thousandths. The shares grow, and the last one hides all:
/// where many thin veils lie over each other, a device of 256 tones rounds the last of the picture to what it was.
pub fn veils() -> impl Iterator<Item = (u16, u16)> {
    (1..=VEILS).rev().map(|seen| (seen, 1000 / seen))
}

/// Glyphs of one face on one baseline.
#[derive(Clone, Debug)]
pub struct TextRun {
    /// The face.
    pub face: FaceId,
    /// The size of the letters.
    pub size: Length,
    /// In which colour.
    pub colour: Colour,
    /// The first glyph's place on the baseline.
    pub origin: Point,
    /// Horizontal scale in thousandths: 1000 is as designed. Advances below already have it.
    pub expansion: i32,
    /// What the glyphs say, in reading order.
    pub text: Arc<str>,
    /// From left to right as painted.
    pub glyphs: Vec<Glyph>,
    /// Where it was written.
    pub span: Option<Span>,
}

impl TextRun {
    /// How wide its glyphs are together.
    pub fn width(&self) -> Length {
        self.glyphs.iter().map(|glyph| glyph.advance()).sum()
    }

    /// Where its glyphs end at the right.
    pub fn right(&self) -> Length {
        self.origin.x + self.width()
    }
}

/// A glyph of a run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Glyph {
    /// In the face; never 0: where no face has a character, layout draws a box and says so.
    pub id: u16,
    /// A hyphen that the setting put there: it stands for U+00AD.
    pub soft_hyphen: bool,
    /// Its letters in [`TextRun::text`]: the first byte …
    pub start: u32,
    /// … and one past the last. Glyphs of one cluster share a range; only the first one stands for the letters.
    pub end: u32,
    advance: Short,
    x: Short,
    y: Short,
}

impl Glyph {
    /// A glyph that stands for some letters of its run. Lengths beyond ±32,767 pt are cut to that.
    #[inline]
    pub fn new(id: u16, advance: Length, shift: Point, letters: Range<u32>) -> Glyph {
        let (start, end) = (letters.start, letters.end);
        Glyph { id, soft_hyphen: false, start, end, advance: advance.into(), x: shift.x.into(), y: shift.y.into() }
    }

    /// The same as a hyphen that the setting put there.
    pub fn soft(self) -> Glyph {
        Glyph { soft_hyphen: true, ..self }
    }

    /// From this glyph's origin to the next one's, with kerning, expansion, tracking and justification.
    #[inline]
    pub fn advance(&self) -> Length {
        self.advance.long()
    }

    /// Where it is painted, from its origin.
    #[inline]
    pub fn shift(&self) -> Point {
        Point::new(self.x.long(), self.y.long())
    }
}

/// A rectangle that leads somewhere.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// Where it is.
    pub rect: Rect,
    /// Where it leads.
    pub target: Target,
    /// Its `Link` element.
    pub node: NodeId,
    /// What it is called for who cannot see it.
    pub name: String,
}

/// A line of the outline.
#[derive(Clone, PartialEq, Debug)]
pub struct OutlineEntry {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub page: u32,
    /// How far down that page.
    pub top: Length,
    /// Its kids.
    pub kids: Vec<OutlineEntry>,
}

/// Where a target stands: its page in the file and how far down.
pub type Destination = (u32, Length);
