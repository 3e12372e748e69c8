//! Bars that lie: one for each item, several beside each other, or the parts of each in a row.

use super::place;
use super::scale::Scale;
use super::sketch::Sketch;
use super::{Align, Ink, Role, Tone};
use crate::book::chart::ChartKind;
use crate::units::{Length, Point};

/// Draws them.
pub(super) fn draw(sketch: &mut Sketch<'_>) {
    let chart = sketch.chart;
    let parts = matches!(chart.kind, ChartKind::Stacked | ChartKind::Share);
    let em = sketch.em();
    let names = name_column(sketch);
    let gap = if names > Length::ZERO { em } else { Length::ZERO };
    let direct = parts && direct_names(sketch, names + gap);
    if !direct {
        sketch.legend();
    }
    let ends = ends(sketch);
    let room = after_bars(sketch, parts);
    let before = before_bars(sketch, parts, ends.0);
    let scale = across(sketch, ends, names + gap + before, room);
    for item in 0..chart.items.len() {
        row(sketch, item, names, scale, parts);
    }
    sketch.y += em / 4;
}

/// The scale of the bars, which have some room however wide what stands before and after them is.
fn across(sketch: &Sketch<'_>, ends: (i64, i64), before: Length, after: Length) -> Scale {
    let (em, width) = (sketch.em(), sketch.room.width);
    let left = before.min(width - em * 2);
    Scale::new(ends, left, (width - after).max(left + em))
}

/// How wide the column of names is: no name alone needs one.
fn name_column(sketch: &Sketch<'_>) -> Length {
    let names = sketch.chart.items.iter().map(|item| item.name.as_str());
    let most = sketch.room.width.scale(2, 5);
    place::column(names, most, &|words| sketch.widest_of(words))
}

/// The least and the greatest value, with zero.
pub(super) fn ends(sketch: &Sketch<'_>) -> (i64, i64) {
    let chart = sketch.chart;
    if chart.kind == ChartKind::Share {
        // Every bar is as long as the whole.
        return (0, WHOLE);
    }
    let (mut low, mut high) = (0, chart.whole.unwrap_or(0).max(0));
    for item in 0..chart.items.len() {
        if chart.kind == ChartKind::Stacked {
            let values = || chart.series.iter().filter_map(|series| series.values[item]);
            low = low.min(values().filter(|value| *value < 0).sum());
            high = high.max(values().filter(|value| *value > 0).sum());
            continue;
        }
        for series in &chart.series {
            let range = series.ranges[item].map_or([0, 0], |(low, high)| [low, high]);
            let value = series.values[item].unwrap_or(0);
            low = low.min(value).min(range[0]);
            high = high.max(value).max(range[1]);
        }
    }
    let (low, high) = (chart.from.unwrap_or(low).min(low), chart.to.unwrap_or(high).max(high));
    (low, if low == high { high + 1 } else { high })
}

/// The length of a bar of shares, in whose parts all sums are rounded.
const WHOLE: i64 = 1_000_000;

/// What stands behind the ends of bars.
fn after_bars(sketch: &Sketch<'_>, parts: bool) -> Length {
    let chart = sketch.chart;
    if chart.kind == ChartKind::Share || (parts && has_negative(sketch)) {
        return Length::ZERO;
    }
    let words = (0..chart.items.len()).flat_map(|item| values_after(sketch, item, parts));
    let widest = words.map(|words| sketch.width_of(&words, Role::Value)).fold(Length::ZERO, Length::max);
    widest + sketch.em().scale(6, 10)
}

/// What stands before the bars of negative values.
fn before_bars(sketch: &Sketch<'_>, parts: bool, low: i64) -> Length {
    if low >= 0 || parts {
        return Length::ZERO;
    }
    let chart = sketch.chart;
    let negative = chart.series.iter().flat_map(|series| &series.values).flatten().filter(|value| **value < 0);
    let widest = negative.map(|value| sketch.width_of(&sketch.number(*value), Role::Value));
    widest.fold(Length::ZERO, Length::max) + sketch.em().scale(6, 10)
}

fn has_negative(sketch: &Sketch<'_>) -> bool {
    sketch.chart.series.iter().flat_map(|series| &series.values).flatten().any(|value| *value < 0)
}

/// The values that are written at an item's bars.
fn values_after(sketch: &Sketch<'_>, item: usize, parts: bool) -> Vec<String> {
    let chart = sketch.chart;
    if parts {
        return vec![sketch.number(chart.sum(item))];
    }
    chart.series.iter().filter_map(|series| series.values[item]).map(|value| sketch.number(value)).collect()
}

/// How thick the bars are, and how far one row is from the next; many rows stand closer.
fn thickness(sketch: &Sketch<'_>, parts: bool) -> (Length, Length) {
    let chart = sketch.chart;
    let em = sketch.em();
    let rows = chart.items.len();
    let (thick, pitch) = match rows {
        0..=8 => (20, 30),
        9..=16 => (15, 22),
        _ => (11, 16),
    };
    let beside = if parts { 1 } else { chart.series.len().max(1) as i64 };
    // Beside each other they keep the height of their own numbers.
    let thick = if beside > 1 { em.scale(13, 10) } else { em.scale(thick, 10) };
    (thick, thick * beside + em.scale(pitch, 10) - em.scale(pitch * 2 / 3, 10))
}

/// The bars of an item, its name before them.
fn row(sketch: &mut Sketch<'_>, item: usize, names: Length, scale: Scale, parts: bool) {
    let chart = sketch.chart;
    let (thick, pitch) = thickness(sketch, parts);
    let highlighted = chart.items[item].highlighted;
    let role = if highlighted { Role::Value } else { Role::Name };
    let name = sketch.wrapped(&chart.items[item].name, names, role);
    let beside = if parts { 1 } else { chart.series.len().max(1) as i64 };
    let bars = thick * beside;
    let height = pitch.max(sketch.leading() * name.len() as i64 + sketch.em().scale(4, 10));
    let head = sketch.y + (height - bars) / 2;
    sketch.lines_about(&name, role, Point::new(Length::ZERO, sketch.y + height / 2), Align::Left, Tone::Text);
    match parts {
        true => row_of_parts(sketch, item, head, thick, scale),
        false => {
            for series in 0..chart.series.len() {
                bar(sketch, (item, series), head + thick * series as i64, thick, scale);
            }
        }
    }
    // The line of zero stands over the ends of all bars.
    if chart.kind != ChartKind::Share && scale.low < 0 {
        let zero = scale.at(0);
        let width = sketch.hair();
        sketch.rule(Point::new(zero, sketch.y), Point::new(zero, sketch.y + height), width, Ink::Zero);
    }
    sketch.y += height;
}

/// A bar from zero to its value, and the value behind its end.
fn bar(sketch: &mut Sketch<'_>, (item, series): (usize, usize), head: Length, thick: Length, scale: Scale) {
    let chart = sketch.chart;
    let em = sketch.em();
    let several = chart.series.len() > 1;
    let number = if several { sketch.ink_of(series) } else { sketch.ink_of_item(item) };
    // A white line parts bars that stand beside each other.
    let foot = if several { head + thick - em / 9 } else { head + thick };
    let middle = (head + foot) / 2;
    let zero = scale.at(0);
    let Some(value) = chart.series[series].values[item] else {
        let range = chart.series[series].ranges[item];
        if let Some(range) = range {
            return whisker(sketch, range, middle, scale);
        }
        // A gap is no zero.
        let at = Point::new(zero + em.scale(5, 10), middle + sketch.middle());
        sketch.label_if_free("–", Role::Name, at, Align::Left, Tone::Quiet);
        return;
    };
    let end = scale.at(value);
    if let Some(whole) = chart.whole {
        sketch.fill(Point::new(end, head), Point::new(scale.at(whole).max(end), foot), Ink::Tint);
    }
    sketch.ground(Point::new(zero, head), Point::new(end, foot), number, chart.items[item].estimated);
    let mut outer = end;
    if let Some(range) = chart.series[series].ranges[item] {
        whisker(sketch, range, middle, scale);
        outer = if value < 0 { end.min(scale.at(range.0)) } else { end.max(scale.at(range.1)) };
    }
    if let Some(whole) = chart.whole {
        outer = outer.max(scale.at(whole));
    }
    let gap = em.scale(5, 10);
    let (x, align) = if value < 0 { (outer - gap, Align::Right) } else { (outer + gap, Align::Left) };
    let tone = if sketch.chart.items[item].highlighted || !several { Tone::Text } else { Tone::Quiet };
    let words = sketch.number(value);
    sketch.label_if_free(&words, Role::Value, Point::new(x, middle + sketch.middle()), align, tone);
}

/// The bounds between which a value lies.
fn whisker(sketch: &mut Sketch<'_>, (low, high): (i64, i64), middle: Length, scale: Scale) {
    let (from, to) = (scale.at(low), scale.at(high));
    let (width, tall) = (sketch.hair() * 2, sketch.em() / 3);
    sketch.rule(Point::new(from, middle), Point::new(to, middle), width * 2, Ink::Paper);
    sketch.rule(Point::new(from, middle), Point::new(to, middle), width, Ink::Zero);
    for x in [from, to] {
        sketch.rule(Point::new(x, middle - tall / 2), Point::new(x, middle + tall / 2), width, Ink::Zero);
    }
}

/// The parts of an item one after the other, each with its value where that has room.
fn row_of_parts(sketch: &mut Sketch<'_>, item: usize, head: Length, thick: Length, scale: Scale) {
    let chart = sketch.chart;
    let em = sketch.em();
    let share = chart.kind == ChartKind::Share;
    let sum = chart.sum(item);
    let (mut up, mut down) = (0_i64, 0_i64);
    for series in 0..chart.series.len() {
        let Some(value) = chart.series[series].values[item].filter(|value| *value != 0) else { continue };
        let run = if value < 0 { &mut down } else { &mut up };
        let (from, to) = (*run, *run + value);
        *run = to;
        let ends = match share {
            true => [of_whole(from, sum), of_whole(to, sum)],
            false => [from, to],
        };
        let (from, to) = (scale.at(ends[0]), scale.at(ends[1]));
        let number = sketch.ink_of(series);
        // A white line parts them; the thinnest part is still seen.
        let seam = (em / 9).min((to - from).abs() / 3);
        let end = if to > from { to - seam } else { to + seam };
        sketch.ground(Point::new(from, head), Point::new(end, head + thick), number, chart.items[item].estimated);
        let words = if share { percent(sketch, value, sum) } else { sketch.number(value) };
        let inside = sketch.width_of(&words, Role::Value) + em.scale(6, 10) <= (end - from).abs();
        if inside {
            let middle = Point::new((from + end) / 2, head + thick / 2 + sketch.middle());
            let tone = if chart.items[item].estimated { Tone::Text } else { Tone::On(number) };
            sketch.label_if_free(&words, Role::Value, middle, Align::Middle, tone);
        }
    }
    if !share && !has_negative(sketch) && chart.series.len() > 1 {
        let at = Point::new(scale.at(sum) + em.scale(5, 10), head + thick / 2 + sketch.middle());
        let words = sketch.number(sum);
        sketch.label_if_free(&words, Role::Value, at, Align::Left, Tone::Text);
    }
}

/// A value as a part of a sum, in parts of the whole bar.
fn of_whole(value: i64, sum: i64) -> i64 {
    (i128::from(value) * i128::from(WHOLE) / i128::from(sum.max(1))) as i64
}

/// A value as hundredths of a sum, in the decimals of the chart when its numbers are that already.
fn percent(sketch: &Sketch<'_>, value: i64, sum: i64) -> String {
    let one = 10_i64.pow(u32::from(sketch.chart.decimals));
    // Shares that are given in hundredths stay as they were given.
    if sum == 100 * one {
        return sketch.number(value);
    }
    let hundredths = (i128::from(value) * 200 + i128::from(sum)) / (i128::from(sum.max(1)) * 2);
    (sketch.room.number)(hundredths as i64, 0)
}

/// The names of the series above the parts of the first bar, if each has room before the next; whether they were written.
fn direct_names(sketch: &mut Sketch<'_>, left: Length) -> bool {
    let chart = sketch.chart;
    let em = sketch.em();
    let share = chart.kind == ChartKind::Share;
    let known = |series: usize| chart.series[series].values.first().copied().flatten().filter(|value| *value > 0);
    if chart.series.len() < 2 || chart.items.is_empty() || has_negative(sketch) {
        return false;
    }
    let all: Option<Vec<i64>> = (0..chart.series.len()).map(known).collect();
    let Some(values) = all else { return false };
    let sum: i64 = values.iter().sum();
    let room = after_bars(sketch, true);
    let ends = ends(sketch);
    let scale = across(sketch, ends, left, room);
    let mut starts = Vec::new();
    let mut run = 0;
    for value in values {
        starts.push(scale.at(if share { of_whole(run, sum) } else { run }));
        run += value;
    }
    starts.push(sketch.room.width + em);
    let fits = chart.series.iter().enumerate().all(|(at, series)| {
        starts[at] + sketch.width_of(&series.name, Role::Value) + em.scale(8, 10) <= starts[at + 1]
    });
    if !fits {
        return false;
    }
    for (series, start) in starts.iter().enumerate().take(chart.series.len()) {
        let highlighted = chart.series[series].highlighted;
        let role = if highlighted { Role::Value } else { Role::Name };
        let at = Point::new(*start, sketch.y + em.scale(8, 10));
        let name = chart.series[series].name.clone();
        sketch.label(&name, role, at, Align::Left, Tone::Text);
    }
    sketch.y += sketch.leading() + em.scale(2, 10);
    true
}
