//! The axis of values, where they do not stand at what they measure.

use super::scale::{Scale, Ticks};
use super::sketch::Sketch;
use super::{Align, Ink, Role, Tone};
use crate::units::{Length, Point};

/// A mark of an axis, with no more decimals than the marks need.
pub(super) fn mark(sketch: &Sketch<'_>, ticks: &Ticks, value: i64) -> String {
    let short = value / 10_i64.pow(u32::from(ticks.spare));
    (sketch.room.number)(short, sketch.chart.decimals - ticks.spare)
}

/// How wide the marks of an axis are, with what parts them from the drawing.
pub(super) fn axis_width(sketch: &Sketch<'_>, axis: &Ticks) -> Length {
    let widths = axis.values.iter().map(|value| sketch.width_of(&mark(sketch, axis, *value), Role::Name));
    widths.fold(Length::ZERO, Length::max).min(sketch.room.width.scale(3, 10)) + sketch.em().scale(6, 10)
}

/// The lines of an axis as far as a place, each with its value before it.
pub(super) fn grid(sketch: &mut Sketch<'_>, axis: &Ticks, scale: Scale, left: Length, right: Length) {
    let hair = sketch.hair();
    for value in axis.values.clone() {
        let y = scale.at(value);
        if value != 0 {
            sketch.rule(Point::new(left, y), Point::new(right, y), hair, Ink::Grid);
        }
        let words = mark(sketch, axis, value);
        let at = Point::new(left - sketch.em().scale(6, 10), y + sketch.middle());
        sketch.label_if_free(&words, Role::Name, at, Align::Right, Tone::Quiet);
    }
}
