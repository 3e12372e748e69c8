//! Dots on a line for each item, and slopes from a first to a last item.

use super::axis::mark;
use super::place;
use super::scale::{Scale, ticks};
use super::sketch::Sketch;
use super::{Align, HIGHLIGHT, Ink, Role, Tone};
use crate::units::{Length, Point};

/// Draws dots.
pub(super) fn dots(sketch: &mut Sketch<'_>) {
    let chart = sketch.chart;
    let em = sketch.em();
    sketch.legend();
    let names = chart.items.iter().map(|item| item.name.as_str());
    let names = place::column(names, sketch.room.width.scale(2, 5), &|words| sketch.widest_of(words));
    let axis = ticks(ends(sketch), 5, chart.decimals, (chart.from, chart.to));
    // Where one series stands alone its values are written, and where there are several an axis is.
    let direct = chart.series.len() == 1;
    let widest = chart.series.iter().flat_map(|series| &series.values).flatten();
    let widest = widest.map(|value| sketch.width_of(&sketch.number(*value), Role::Value));
    let after = if direct { widest.fold(Length::ZERO, Length::max) + em } else { em };
    let left = (names + em.scale(16, 10)).min(sketch.room.width - em * 2);
    let right = (sketch.room.width - after).max(left + em);
    let scale = Scale::new(axis.ends, left, right);
    let head = sketch.y;
    let mut middles = Vec::new();
    for item in 0..chart.items.len() {
        let role = if chart.items[item].highlighted { Role::Value } else { Role::Name };
        let lines = sketch.wrapped(&chart.items[item].name, names, role);
        let height = em.scale(22, 10).max(sketch.leading() * lines.len() as i64 + em.scale(4, 10));
        let middle = sketch.y + height / 2;
        sketch.lines_about(&lines, role, Point::new(Length::ZERO, middle), Align::Left, Tone::Text);
        middles.push(middle);
        sketch.y += height;
    }
    let foot = sketch.y;
    let hair = sketch.hair();
    if !direct {
        for value in axis.values.clone() {
            let x = scale.at(value);
            let ink = if value == 0 { Ink::Zero } else { Ink::Grid };
            sketch.rule(Point::new(x, head), Point::new(x, foot), hair, ink);
        }
    } else if (scale.low..=scale.high).contains(&0) {
        sketch.rule(Point::new(scale.at(0), head), Point::new(scale.at(0), foot), hair, Ink::Zero);
    }
    for (item, middle) in middles.into_iter().enumerate() {
        row(sketch, item, middle, scale, direct);
    }
    if !direct {
        for value in axis.values.clone() {
            let words = mark(sketch, &axis, value);
            let at = Point::new(scale.at(value), foot + em.scale(11, 10));
            sketch.label_if_free(&words, Role::Name, at, Align::Middle, Tone::Quiet);
        }
        sketch.y += sketch.leading() + em.scale(4, 10);
    }
}

/// Where the axis of dots begins and ends at least: at zero where that is near.
pub(super) fn ends(sketch: &Sketch<'_>) -> (i64, i64) {
    let (low, high) = extremes(sketch);
    let near = low >= 0 && low <= high / 10 * 6;
    (if near { 0 } else { low }, high)
}

/// The least and the greatest value.
pub(super) fn extremes(sketch: &Sketch<'_>) -> (i64, i64) {
    let all = sketch.chart.series.iter().flat_map(|series| {
        let ranges = series.ranges.iter().flatten().flat_map(|(low, high)| [*low, *high]);
        series.values.iter().flatten().copied().chain(ranges)
    });
    let all: Vec<i64> = all.collect();
    (all.iter().copied().min().unwrap_or(0), all.iter().copied().max().unwrap_or(1))
}

/// The dots of an item: a thin line to the first from the axis, or between the outermost.
fn row(sketch: &mut Sketch<'_>, item: usize, middle: Length, scale: Scale, direct: bool) {
    let chart = sketch.chart;
    let em = sketch.em();
    let places: Vec<Length> =
        chart.series.iter().filter_map(|series| series.values[item]).map(|v| scale.at(v)).collect();
    let (from, to) = (places.iter().copied().min(), places.iter().copied().max());
    if let (Some(from), Some(to)) = (from, to) {
        let from = if direct { scale.at(0).min(from) } else { from };
        sketch.rule(Point::new(from, middle), Point::new(to, middle), em / 8, Ink::Tint);
    }
    for series in 0..chart.series.len() {
        if let Some((low, high)) = chart.series[series].ranges[item] {
            let (low, high) = (Point::new(scale.at(low), middle), Point::new(scale.at(high), middle));
            sketch.rule(low, high, em / 6, Ink::Quiet);
        }
    }
    let mut outer = scale.from;
    for series in 0..chart.series.len() {
        let Some(value) = chart.series[series].values[item] else { continue };
        let at = Point::new(scale.at(value), middle);
        let ink = match (direct, chart.items[item].highlighted) {
            (true, true) => Ink::Line(HIGHLIGHT),
            (true, false) => Ink::Line(0),
            (false, _) => sketch.line_ink(series).0,
        };
        let radius = em.scale(42, 100);
        sketch.dot(at, radius, ink);
        if chart.items[item].estimated {
            sketch.dot(at, radius - em / 8, Ink::Paper);
        }
        let range = chart.series[series].ranges[item].map_or(at.x, |(_, high)| scale.at(high));
        outer = outer.max(at.x + radius).max(range);
    }
    if let (true, Some(value)) = (direct, chart.series.first().and_then(|series| series.values[item])) {
        let words = sketch.number(value);
        let at = Point::new(outer + em.scale(3, 10), middle + sketch.middle());
        sketch.label_if_free(&words, Role::Value, at, Align::Left, Tone::Text);
    }
}

/// Draws slopes: from the first item at the left to the last at the right, each end with its value.
pub(super) fn slope(sketch: &mut Sketch<'_>) {
    let chart = sketch.chart;
    let em = sketch.em();
    let last = chart.items.len().saturating_sub(1);
    let ends = |series: usize| {
        let values = &chart.series[series].values;
        (values.first().copied().flatten(), values.get(last).copied().flatten())
    };
    let values: Vec<i64> =
        (0..chart.series.len()).flat_map(|series| [ends(series).0, ends(series).1]).flatten().collect();
    let low = chart.from.or(values.iter().copied().min()).unwrap_or(0);
    let high = chart.to.or(values.iter().copied().max()).unwrap_or(1);
    let number = |value: Option<i64>| value.map(|value| sketch.number(value)).unwrap_or_default();
    let lefts: Vec<String> = (0..chart.series.len()).map(|series| number(ends(series).0)).collect();
    let rights: Vec<String> = (0..chart.series.len())
        .map(|series| format!("{} {}", number(ends(series).1), chart.series[series].name))
        .collect();
    let measure = |words: &str| sketch.widest_of(words);
    let before = lefts.iter().map(|words| measure(words)).fold(Length::ZERO, Length::max) + em;
    let before = before.min(sketch.room.width.scale(3, 10));
    let column = place::column(rights.iter().map(String::as_str), sketch.room.width.scale(2, 5), &measure);
    let left = before;
    let right = (sketch.room.width - column - em).max(left + em);
    // The line between them is no longer than the eye follows.
    let right = right.min(left + em * 30);
    let role = |series: usize| sketch.line_ink(series).2;
    let lines: Vec<Vec<String>> =
        (0..chart.series.len()).map(|series| sketch.wrapped(&rights[series], column, role(series))).collect();
    let leading = sketch.leading();
    let wanted: i64 = lines.iter().map(|lines| lines.len() as i64).sum();
    let height = sketch.room.height.unwrap_or((right - left).scale(7, 10)).max(leading * wanted).max(em * 8);
    // The names of the two items stand above their lines.
    let heads: Vec<Vec<String>> = [0, last]
        .map(|item| chart.items.get(item).map_or("", |item| &item.name))
        .map(|name| sketch.wrapped(name, sketch.room.width.scale(45, 100), Role::Value))
        .to_vec();
    let above = heads.iter().map(Vec::len).max().unwrap_or(1) as i64;
    let head = sketch.y + leading * above + em;
    let foot = head + height;
    let scale = Scale::new((low, high), foot, head);
    let hair = sketch.hair();
    for (x, lines) in [left, right].into_iter().zip(&heads) {
        sketch.rule(Point::new(x, head - em / 2), Point::new(x, foot + em / 2), hair, Ink::Grid);
        for (at, line) in lines.iter().enumerate() {
            let y = sketch.y + em.scale(8, 10) + leading * at as i64;
            sketch.label_if_free(line, Role::Value, Point::new(x, y), Align::Middle, Tone::Text);
        }
    }
    let order = (0..chart.series.len()).filter(|series| !chart.series[*series].highlighted);
    let order: Vec<usize> =
        order.chain((0..chart.series.len()).filter(|series| chart.series[*series].highlighted)).collect();
    for series in order {
        let (ink, ..) = sketch.line_ink(series);
        let width = em.scale(if ink == Ink::Quiet { 14 } else { 20 }, 100);
        let (from, to) = ends(series);
        let points: Vec<Point> = [(from, left), (to, right)]
            .into_iter()
            .filter_map(|(value, x)| Some(Point::new(x, scale.at(value?))))
            .collect();
        points.iter().for_each(|point| sketch.dot(*point, width.scale(17, 10), ink));
        let estimated = chart.items.get(last).is_some_and(|item| item.estimated);
        sketch.line(points, width, estimated, ink);
    }
    slope_names(sketch, &lefts, |series| ends(series).0, (left - em.scale(6, 10), Align::Right), scale);
    let wanted: Vec<(Length, Length)> = (0..chart.series.len())
        .map(|series| (scale.at(ends(series).1.unwrap_or(low)), leading * lines[series].len() as i64))
        .collect();
    let places = place::spread(&wanted, head - em / 2, foot + em / 2);
    for (series, place) in places.into_iter().enumerate() {
        let (_, tone, role) = sketch.line_ink(series);
        sketch.lines_about(&lines[series], role, Point::new(right + em.scale(6, 10), place), Align::Left, tone);
    }
    sketch.y = foot + em.scale(8, 10);
}

/// The values at the left ends, kept apart.
fn slope_names(
    sketch: &mut Sketch<'_>,
    words: &[String],
    value: impl Fn(usize) -> Option<i64>,
    (x, align): (Length, Align),
    scale: Scale,
) {
    let (em, leading) = (sketch.em(), sketch.leading());
    let known: Vec<usize> = (0..words.len()).filter(|series| value(*series).is_some()).collect();
    let wanted: Vec<(Length, Length)> =
        known.iter().map(|series| (scale.at(value(*series).unwrap_or(0)), leading)).collect();
    let places = place::spread(&wanted, scale.to - em / 2, scale.from + em / 2);
    for (series, place) in known.into_iter().zip(places) {
        let (_, tone, role) = sketch.line_ink(series);
        let at = Point::new(x, place + sketch.middle());
        sketch.label_if_free(&words[series], role, at, align, tone);
    }
}
