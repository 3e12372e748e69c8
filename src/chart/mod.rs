//! Charts as drawings: data become shapes and labels at points, for whoever paints them.
//!
//! Layout paints a drawing with the setter's letters, the e-book's writer as SVG; both ask for it with how wide their
//! letters are, and decide nothing afterwards. Labels stand at what they name before there is a legend; what is an
//! estimate is dashed, what nobody knows is a gap, and bars begin at zero. Shapes name inks by what they are for, so
//! that each theme has its own.
//!
//! Invariant: no label lies over another, and all lie within the drawing, for any data and any letters; a test holds it.

mod axis;
mod bars;
mod dots;
mod lines;
mod parts;
pub mod pen;
mod place;
mod scale;
mod sketch;
#[cfg(test)]
mod tests;
mod uprights;

pub use parts::{Part, draw_within};

use crate::book::chart::{APART, Chart, ChartKind};
use crate::units::{Length, Point, Rect, Size};

/// A chart, drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// How large it is.
    pub size: Size,
    /// What is painted, back to front.
    pub shapes: Vec<Shape>,
    /// What is written over it, in reading order.
    pub labels: Vec<Label>,
}

/// Something painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Fill {
        /// Where.
        rect: Rect,
        /// With what.
        ink: Ink,
    },
    /// A filled outline.
    Area {
        /// Its corners.
        corners: Vec<Point>,
        /// With what.
        ink: Ink,
    },
    /// A line through points.
    Line {
        /// Them, two at least.
        points: Vec<Point>,
        /// How thick it is.
        width: Length,
        /// Whether it is dashed: an estimate.
        dashed: bool,
        /// With what.
        ink: Ink,
    },
    /// A dot.
    Dot {
        /// Its middle.
        at: Point,
        /// From there to its edge.
        radius: Length,
        /// With what.
        ink: Ink,
    },
}

/// What an ink is for; which colour that is says the theme. What has a number is told apart from the others of its kind
/// also where colours are not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// Grounds of a series: bars, shares, areas.
    Series(u8),
    /// The same where they are estimates.
    Faint(u8),
    /// Lines and dots of a series.
    Line(u8),
    /// A line that stands back behind the one that the chart is about.
    Quiet,
    /// What carries no value of its own: the rest of a whole, a range.
    Tint,
    /// The edge of a light ground.
    Edge,
    /// The marks of an axis.
    Grid,
    /// The line of zero.
    Zero,
    /// The paper between bars.
    Paper,
}

/// The series that the chart is about has this number among the inks.
pub const HIGHLIGHT: u8 = 1;

/// How many inks there are for series.
pub const SERIES: usize = APART;

/// From this number on a ground is light, and has an edge.
pub const LIGHT: u8 = 3;

/// Words in a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What they say.
    pub words: String,
    /// How they are set.
    pub role: Role,
    /// On the baseline: their start, middle or end.
    pub at: Point,
    /// Which of these.
    pub align: Align,
    /// In which colour.
    pub tone: Tone,
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Names, units, events, the marks of an axis.
    Name,
    /// Values, and the name of what the chart is about.
    Value,
}

/// Which point of a label is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Align {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// The colour of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// As text.
    Text,
    /// Standing back.
    Quiet,
    /// As the line of a series.
    Line(u8),
    /// To be read on the ground of a series.
    On(u8),
}

/// How large letters are.
pub trait Letters {
    /// How wide some words are on one line.
    fn width(&self, words: &str, role: Role) -> Length;
    /// How large the letters of a role are.
    fn size(&self, role: Role) -> Length;
    /// From line to line.
    fn leading(&self, role: Role) -> Length;
}

/// What a chart is drawn into.
#[derive(Clone, Copy)]
pub struct Room<'a> {
    /// How wide the drawing is.
    pub width: Length,
    /// How high it should be, if anybody says; it is higher where its labels need that.
    pub height: Option<Length>,
    /// The letters.
    pub letters: &'a dyn Letters,
    /// A value with so many decimals, as the language writes it.
    pub number: &'a dyn Fn(i64, u8) -> String,
    /// Whether it is read from the right.
    pub from_the_right: bool,
}

/// The narrowest drawing, in sizes of its letters: below that nothing could be read.
const NARROWEST: i64 = 14;

/// Draws a chart.
pub fn draw(chart: &Chart, room: Room<'_>) -> Drawing {
    let width = room.width.max(room.letters.size(Role::Name) * NARROWEST);
    let mut sketch = sketch::Sketch::new(chart, Room { width, ..room });
    sketch.unit();
    match chart.kind {
        ChartKind::Bar | ChartKind::Grouped | ChartKind::Stacked if stands(chart, &sketch.room) => {
            uprights::draw(&mut sketch)
        }
        ChartKind::Bar | ChartKind::Grouped | ChartKind::Stacked | ChartKind::Share => bars::draw(&mut sketch),
        ChartKind::Line | ChartKind::Area => lines::draw(&mut sketch),
        ChartKind::Dot => dots::dots(&mut sketch),
        ChartKind::Slope => dots::slope(&mut sketch),
    }
    sketch.finish()
}

/// Whether bars stand on their names: where they should, and each name has room below its bar. Of years and other numbers
/// some may be left out, since the rest says which they are.
fn stands(chart: &Chart, room: &Room<'_>) -> bool {
    let each = room.width.scale(9, 10) / (chart.items.len().max(1) as i64);
    let has_room = |word: &str| room.letters.width(word, Role::Value) <= each;
    let numbers = chart.items.iter().all(|item| {
        item.name.chars().any(|letter| letter.is_ascii_digit()) && !item.name.chars().any(char::is_alphabetic)
    });
    chart.upright && (numbers || chart.items.iter().flat_map(|item| item.name.split_whitespace()).all(has_room))
}

impl Label {
    /// The rectangle that its letters take.
    pub fn extent(&self, letters: &dyn Letters) -> Rect {
        let width = letters.width(&self.words, self.role);
        let size = letters.size(self.role);
        let left = match self.align {
            Align::Left => self.at.x,
            Align::Middle => self.at.x - width / 2,
            Align::Right => self.at.x - width,
        };
        Rect::new(left, self.at.y - size.scale(7, 10), width, size.scale(9, 10))
    }
}
