//! Turned matter: a table or a figure set as wide as the type area is high, read from the right-hand side of the page.

use super::{Builder, Item};
use crate::layout::shop::Shop;
use crate::layout::strip::Strip;
use crate::units::{Length, Point, Rect, Size, Transform};

impl Shop<'_> {
    /// How high the type area is, on the grid: the measure of turned matter.
    pub fn turned_measure(&self) -> Length {
        self.grid() * self.theme.page.lines(self.cap_height) - (self.grid() - self.cap_height)
    }
}

impl Builder<'_> {
    /// Turned matter with a page of its own: none of the text stands below it, though a page may be a line longer.
    pub(super) fn turned_page(&mut self, strip: Strip) -> &mut Item {
        let below = self.shop.grid() * 2;
        self.solid(strip, Length::ZERO, Length::ZERO, below)
    }
}

/// A strip as wide as the type area is high, turned a quarter against the clock: its head lies at the left, its lines
/// run upwards. It takes the whole height of the page.
pub(super) fn turn(strip: Strip, measure: Length) -> Strip {
    let Strip { marks, links, anchors, .. } = strip;
    let mut turned = Strip { height: measure, marks, links, anchors, areas: Vec::new() };
    let transform = Transform { quarters: 3, shift: Point::new(Length::ZERO, measure) };
    for mark in &mut turned.marks {
        mark.transform = Some(transform);
    }
    for link in &mut turned.links {
        link.rect = turned_rect(link.rect, transform);
    }
    turned
}

/// Where a rectangle lies on the page after a transform.
pub(crate) fn turned_rect(rect: Rect, transform: Transform) -> Rect {
    let corners = [rect.origin, Point::new(rect.right(), rect.foot())].map(|corner| turned_point(corner, transform));
    let (x, y) = (corners[0].x.min(corners[1].x), corners[0].y.min(corners[1].y));
    let far = (corners[0].x.max(corners[1].x), corners[0].y.max(corners[1].y));
    Rect { origin: Point::new(x, y), size: Size::new(far.0 - x, far.1 - y) }
}

/// Where a point lies on the page after a transform: quarter turns clockwise about the origin, then the shift.
fn turned_point(point: Point, transform: Transform) -> Point {
    let Point { x, y } = point;
    let (x, y) = match transform.quarters % 4 {
        0 => (x, y),
        1 => (-y, x),
        2 => (-x, -y),
        _ => (y, -x),
    };
    Point::new(x + transform.shift.x, y + transform.shift.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_matter_runs_upwards_from_the_foot_of_its_strip() {
        let transform = Transform { quarters: 3, shift: Point::new(Length::ZERO, Length::pt(600.0)) };
        let at = |x: f64, y: f64| turned_point(Point::new(Length::pt(x), Length::pt(y)), transform);
        assert_eq!(at(0.0, 0.0), Point::new(Length::ZERO, Length::pt(600.0)));
        assert_eq!(at(600.0, 0.0), Point::new(Length::ZERO, Length::ZERO));
        assert_eq!(at(0.0, 300.0), Point::new(Length::pt(300.0), Length::pt(600.0)));
        let rect = Rect::new(Length::pt(10.0), Length::pt(20.0), Length::pt(100.0), Length::pt(30.0));
        let turned = turned_rect(rect, transform);
        assert_eq!(turned, Rect::new(Length::pt(20.0), Length::pt(490.0), Length::pt(30.0), Length::pt(100.0)));
    }
}
