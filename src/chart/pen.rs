//! The pen: lines and dots as filled outlines, for who paints nothing else.

use crate::units::{Length, Point};

/// A dash, and the space after it, in widths of the line.
const DASH: (i64, i64) = (3, 2);

/// The outlines of a line: one for each of its straight pieces and a round one at each corner; each is filled by itself.
pub fn stroke(points: &[Point], width: Length, dashed: bool) -> Vec<Vec<Point>> {
    let pieces: Vec<(Point, Point)> = match dashed {
        true => dashes(points, width * DASH.0, width * DASH.1),
        false => points.windows(2).map(|pair| (pair[0], pair[1])).collect(),
    };
    let mut outlines: Vec<Vec<Point>> = pieces.iter().filter_map(|(from, to)| piece(*from, *to, width)).collect();
    if !dashed && points.len() > 2 {
        outlines.extend(points[1..points.len() - 1].iter().map(|corner| dot(*corner, width / 2)));
    }
    outlines
}

/// A straight piece as a rectangle along it.
fn piece(from: Point, to: Point, width: Length) -> Option<Vec<Point>> {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = distance(from, to);
    if length == Length::ZERO {
        return None;
    }
    // Half the width across the line.
    let across =
        Point::new((width / 2).scale(-y.to_sp(), length.to_sp()), (width / 2).scale(x.to_sp(), length.to_sp()));
    let at = |point: Point, sign: i64| Point::new(point.x + across.x * sign, point.y + across.y * sign);
    Some(vec![at(from, 1), at(to, 1), at(to, -1), at(from, -1)])
}

/// How far one point is from another, to the nearest scaled point below.
fn distance(one: Point, other: Point) -> Length {
    let (x, y) = (i128::from((one.x - other.x).to_sp()), i128::from((one.y - other.y).to_sp()));
    Length::sp((x * x + y * y).isqrt() as i64)
}

/// A line cut into dashes that go round its corners.
fn dashes(points: &[Point], dash: Length, space: Length) -> Vec<(Point, Point)> {
    let mut found = Vec::new();
    let (mut drawn, mut left) = (true, dash);
    for pair in points.windows(2) {
        let whole = distance(pair[0], pair[1]);
        let at = |along: Length| {
            let share = |from: Length, to: Length| from + (to - from).scale(along.to_sp(), whole.to_sp().max(1));
            Point::new(share(pair[0].x, pair[1].x), share(pair[0].y, pair[1].y))
        };
        let mut along = Length::ZERO;
        while along < whole {
            let end = (along + left.max(Length::sp(1))).min(whole);
            if drawn {
                found.push((at(along), at(end)));
            }
            left -= end - along;
            along = end;
            if left <= Length::ZERO {
                drawn = !drawn;
                left = if drawn { dash } else { space };
            }
        }
    }
    found
}

/// Cosines of eight steps of a quarter turn, in 65,536ths: an outline of 32 corners, whose edge no eye tells from a
/// circle's at the size of a dot.
const COSINES: [i64; 9] = [65_536, 64_277, 60_547, 54_491, 46_341, 36_410, 25_080, 12_785, 0];

/// The outline of a dot.
pub fn dot(at: Point, radius: Length) -> Vec<Point> {
    let cosine = |step: i64| match step.rem_euclid(32) {
        step @ 0..=8 => COSINES[step as usize],
        step @ 9..=16 => -COSINES[16 - step as usize],
        step @ 17..=24 => -COSINES[step as usize - 16],
        step => COSINES[32 - step as usize],
    };
    let corner = |step: i64| {
        Point::new(at.x + radius.scale(cosine(step), 65_536), at.y + radius.scale(cosine(step - 8), 65_536))
    };
    (0..32).map(corner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: i64, y: i64) -> Point {
        Point::new(Length::sp(x * 65_536), Length::sp(y * 65_536))
    }

    #[test]
    fn a_line_is_as_thick_as_it_was_asked_for_whichever_way_it_runs() {
        for to in [at(30, 40), at(0, 50), at(-30, 40), at(50, 0)] {
            let outline = &stroke(&[at(0, 0), to], Length::pt(2.0), false)[0];
            let thick = distance(outline[0], outline[3]);
            assert!((thick - Length::pt(2.0)).abs() <= Length::sp(4), "{thick:?}");
        }
        assert!(stroke(&[at(1, 1), at(1, 1)], Length::pt(2.0), false).is_empty());
    }

    #[test]
    fn dashes_are_alike_and_go_round_corners() {
        let found = dashes(&[at(0, 0), at(10, 0), at(10, 10)], Length::pt(6.0), Length::pt(3.0));
        let corners = [(at(0, 0), at(6, 0)), (at(9, 0), at(10, 0)), (at(10, 0), at(10, 5)), (at(10, 8), at(10, 10))];
        assert_eq!(found, corners);
    }

    #[test]
    fn every_corner_of_a_dot_is_as_far_from_its_middle() {
        for corner in dot(at(3, 4), Length::pt(5.0)) {
            let radius = distance(corner, at(3, 4));
            assert!((radius - Length::pt(5.0)).abs() < Length::pt(0.001), "{radius:?}");
        }
    }
}
