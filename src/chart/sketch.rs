//! A sketch: the drawing as it grows downwards, and what all kinds of chart have in common.

use super::place;
use super::{Align, Drawing, HIGHLIGHT, Ink, LIGHT, Label, Role, Room, SERIES, Shape, Tone};
use crate::book::chart::{Chart, ChartKind};
use crate::units::{Length, Point, Rect, Size};

/// A drawing that grows.
pub(super) struct Sketch<'a> {
    /// What is drawn.
    pub chart: &'a Chart,
    /// Into what.
    pub room: Room<'a>,
    /// How far down it reaches.
    pub y: Length,
    drawing: Drawing,
}

impl<'a> Sketch<'a> {
    /// Nothing drawn yet.
    pub fn new(chart: &'a Chart, room: Room<'a>) -> Sketch<'a> {
        Sketch { chart, room, y: Length::ZERO, drawing: Drawing::default() }
    }

    /// The size of its letters, by which all its parts are measured.
    pub fn em(&self) -> Length {
        self.room.letters.size(Role::Name)
    }

    /// From line to line.
    pub fn leading(&self) -> Length {
        self.room.letters.leading(Role::Name).max(self.em())
    }

    /// How far the middle of small letters and figures stands above the baseline.
    pub fn middle(&self) -> Length {
        self.em().scale(33, 100)
    }

    /// How wide words are.
    pub fn width_of(&self, words: &str, role: Role) -> Length {
        self.room.letters.width(words, role)
    }

    /// How wide words are in whichever role they are wider: what is stressed is not wider in every face.
    pub fn widest_of(&self, words: &str) -> Length {
        self.width_of(words, Role::Name).max(self.width_of(words, Role::Value))
    }

    /// A value as it is written.
    pub fn number(&self, value: i64) -> String {
        (self.room.number)(value, self.chart.decimals)
    }

    /// Words in lines.
    pub fn wrapped(&self, words: &str, width: Length, role: Role) -> Vec<String> {
        place::wrap(words, width, &|line| self.width_of(line, role))
    }

    /// Paints a rectangle, if there is anything of it; its corners may be given in any order.
    pub fn fill(&mut self, one: Point, other: Point, ink: Ink) {
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        let rect = Rect::new(x, y, one.x.max(other.x) - x, one.y.max(other.y) - y);
        if rect.size.width > Length::ZERO && rect.size.height > Length::ZERO {
            self.drawing.shapes.push(Shape::Fill { rect, ink });
        }
    }

    /// The ground of a series: a light one has an edge, an estimate is faint and has a dashed one.
    pub fn ground(&mut self, one: Point, other: Point, number: u8, estimated: bool) {
        let (ink, edge) = match (estimated, number >= LIGHT) {
            (true, _) => (Ink::Faint(number), Some(Ink::Line(number))),
            (false, true) => (Ink::Series(number), Some(Ink::Edge)),
            (false, false) => (Ink::Series(number), None),
        };
        self.fill(one, other, ink);
        let width = self.hair();
        let wide = (one.x - other.x).abs() > width && (one.y - other.y).abs() > width;
        if let Some(edge) = edge.filter(|_| wide) {
            // The edge lies inside, so that it meets no neighbour's.
            let inset = |a: Length, b: Length| (a + width / 2, b - width / 2);
            let (left, right) = inset(one.x.min(other.x), one.x.max(other.x));
            let (head, foot) = inset(one.y.min(other.y), one.y.max(other.y));
            let corners = [(left, head), (right, head), (right, foot), (left, foot), (left, head)];
            let points = corners.map(|(x, y)| Point::new(x, y)).to_vec();
            self.line(points, width, estimated, edge);
        }
    }

    /// How thick the thinnest line is.
    pub fn hair(&self) -> Length {
        self.em().scale(6, 100)
    }

    /// Paints a line.
    pub fn line(&mut self, points: Vec<Point>, width: Length, dashed: bool, ink: Ink) {
        if points.len() > 1 {
            self.drawing.shapes.push(Shape::Line { points, width, dashed, ink });
        }
    }

    /// Paints a line from one point to another.
    pub fn rule(&mut self, one: Point, other: Point, width: Length, ink: Ink) {
        self.line(vec![one, other], width, false, ink);
    }

    /// Paints an area.
    pub fn area(&mut self, corners: Vec<Point>, ink: Ink) {
        if corners.len() > 2 {
            self.drawing.shapes.push(Shape::Area { corners, ink });
        }
    }

    /// Paints a dot.
    pub fn dot(&mut self, at: Point, radius: Length, ink: Ink) {
        self.drawing.shapes.push(Shape::Dot { at, radius, ink });
    }

    /// Writes words, moved into the drawing if they would leave it.
    pub fn label(&mut self, words: &str, role: Role, at: Point, align: Align, tone: Tone) {
        if words.trim().is_empty() {
            return;
        }
        let mut label = Label { words: words.to_owned(), role, at, align, tone };
        let extent = label.extent(self.room.letters);
        label.at.x += (Length::ZERO - extent.origin.x).max(Length::ZERO);
        label.at.x += (self.room.width - extent.right()).min(Length::ZERO);
        self.drawing.labels.push(label);
    }

    /// Writes words only where they meet none that stand there already; whether they do.
    pub fn label_if_free(&mut self, words: &str, role: Role, at: Point, align: Align, tone: Tone) -> bool {
        let before = self.drawing.labels.len();
        self.label(words, role, at, align, tone);
        let letters = self.room.letters;
        let Some(last) = self.drawing.labels[before..].first().map(|label| label.extent(letters)) else { return false };
        let free = self.drawing.labels[..before].iter().all(|label| !meet(&label.extent(letters), &last));
        if !free {
            self.drawing.labels.truncate(before);
        }
        free
    }

    /// Writes lines below each other about a middle.
    pub fn lines_about(&mut self, lines: &[String], role: Role, middle: Point, align: Align, tone: Tone) {
        let leading = self.leading();
        let first = middle.y - leading * (lines.len() as i64 - 1) / 2 + self.middle();
        for (at, line) in lines.iter().enumerate() {
            self.label(line, role, Point::new(middle.x, first + leading * at as i64), align, tone);
        }
    }

    /// What the numbers count, in lines above all else.
    pub fn unit(&mut self) {
        let Some(unit) = &self.chart.unit else { return };
        for line in self.wrapped(unit, self.room.width, Role::Name) {
            let at = Point::new(Length::ZERO, self.y + self.em().scale(8, 10));
            self.label(&line, Role::Name, at, Align::Left, Tone::Quiet);
            self.y += self.leading();
        }
        self.y += self.em().scale(6, 10);
    }

    /// The number of a series among the inks. Beside one that the chart is about the others leave out its ink.
    pub fn ink_of(&self, series: usize) -> u8 {
        let all = &self.chart.series;
        if all[series].highlighted {
            return HIGHLIGHT;
        }
        let before = all[..series].iter().filter(|other| !other.highlighted).count();
        let others = all.iter().any(|other| other.highlighted);
        let number = if others && before >= usize::from(HIGHLIGHT) { before + 1 } else { before };
        (number % SERIES) as u8
    }

    /// The number of a bar's ink, where each item has a bar of its own.
    pub fn ink_of_item(&self, item: usize) -> u8 {
        if self.chart.items[item].highlighted { HIGHLIGHT } else { 0 }
    }

    /// The ink of a line; and how its words are written.
    pub fn line_ink(&self, series: usize) -> (Ink, Tone, Role) {
        let all = &self.chart.series;
        match (all[series].highlighted, all.iter().any(|other| other.highlighted)) {
            (true, _) => (Ink::Line(HIGHLIGHT), Tone::Line(HIGHLIGHT), Role::Value),
            (false, true) => (Ink::Quiet, Tone::Quiet, Role::Name),
            (false, false) => {
                let number = self.ink_of(series);
                (Ink::Line(number), Tone::Line(number), Role::Name)
            }
        }
    }

    /// Swatches with the names of the series, in as many rows as they need.
    pub fn legend(&mut self) {
        if self.chart.series.len() < 2 {
            return;
        }
        let (em, leading) = (self.em(), self.leading());
        let (swatch, gap) = (em.scale(8, 10), em.scale(5, 10));
        let mut x = Length::ZERO;
        for series in 0..self.chart.series.len() {
            let name = self.chart.series[series].name.clone();
            let whole = swatch + gap + self.width_of(&name, Role::Name);
            if x > Length::ZERO && x + whole > self.room.width {
                x = Length::ZERO;
                self.y += leading;
            }
            let lines = self.wrapped(&name, self.room.width - swatch - gap, Role::Name);
            let head = self.y + (em - swatch) / 2;
            let number = self.ink_of(series);
            match self.chart.kind {
                ChartKind::Dot => {
                    let at = Point::new(x + swatch / 2, head + swatch / 2);
                    let (ink, ..) = self.line_ink(series);
                    self.dot(at, swatch / 2, ink);
                }
                _ => self.ground(Point::new(x, head), Point::new(x + swatch, head + swatch), number, false),
            }
            for (at, line) in lines.iter().enumerate() {
                let y = self.y + em / 2 + self.middle() + leading * at as i64;
                self.label(line, Role::Name, Point::new(x + swatch + gap, y), Align::Left, Tone::Text);
            }
            self.y += leading * (lines.len() as i64 - 1);
            x += whole + em.scale(12, 10);
        }
        self.y += leading + em.scale(6, 10);
    }

    /// The finished drawing, mirrored where it is read from the right.
    pub fn finish(mut self) -> Drawing {
        self.drawing.size = Size::new(self.room.width, self.y);
        if self.room.from_the_right {
            self.drawing.mirror();
        }
        self.drawing
    }
}

/// Whether two extents share anything.
fn meet(one: &Rect, other: &Rect) -> bool {
    one.origin.x < other.right()
        && other.origin.x < one.right()
        && one.origin.y < other.foot()
        && other.origin.y < one.foot()
}

impl Drawing {
    /// Turns left and right round.
    fn mirror(&mut self) {
        let width = self.size.width;
        let turn = |point: &mut Point| point.x = width - point.x;
        for shape in &mut self.shapes {
            match shape {
                Shape::Fill { rect, .. } => rect.origin.x = width - rect.right(),
                Shape::Area { corners: points, .. } | Shape::Line { points, .. } => points.iter_mut().for_each(turn),
                Shape::Dot { at, .. } => turn(at),
            }
        }
        for label in &mut self.labels {
            turn(&mut label.at);
            label.align = match label.align {
                Align::Left => Align::Right,
                Align::Middle => Align::Middle,
                Align::Right => Align::Left,
            };
        }
    }
}
