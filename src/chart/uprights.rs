//! Bars that stand: their names below them, their values above them or on an axis at the left.

use super::axis::{axis_width, grid};
use super::place;
use super::scale::{Scale, ticks};
use super::sketch::Sketch;
use super::{Align, Ink, Role, Tone};
use crate::book::chart::ChartKind;
use crate::units::{Length, Point};

/// What is settled before the first bar.
struct Plan {
    scale: Scale,
    /// The left edge of the first bar's place, and how wide each place is.
    left: Length,
    place: Length,
    /// How wide a bar is.
    thick: Length,
    /// Whether the values stand at the bars, so that no axis is needed.
    direct: bool,
}

/// Draws them.
pub(super) fn draw(sketch: &mut Sketch<'_>) {
    sketch.legend();
    let stacked = sketch.chart.kind == ChartKind::Stacked;
    let em = sketch.em();
    let count = sketch.chart.items.len().max(1) as i64;
    let beside = if stacked { 1 } else { sketch.chart.series.len().max(1) as i64 };
    let ends = ends(sketch, stacked);
    // The values stand at the bars where each has room for its own.
    let bar = |place: Length| (place.scale(2, 3) / beside).max(Length::sp(1));
    let widest = values(sketch, stacked).map(|words| sketch.width_of(&words, Role::Value));
    let widest = widest.fold(Length::ZERO, Length::max);
    let whole = sketch.room.width / count;
    let direct = sketch.chart.items.iter().any(|item| item.highlighted) && count * beside <= 30
        || widest + em / 5 <= if beside > 1 { bar(whole) } else { whole };
    let direct = direct && !(stacked && ends.0 < 0);
    let axis = ticks(ends, 5, sketch.chart.decimals, (sketch.chart.from, sketch.chart.to));
    let left = if direct { Length::ZERO } else { axis_width(sketch, &axis) };
    let place = (sketch.room.width - left) / count;
    let height = sketch.room.height.unwrap_or(sketch.room.width.scale(45, 100)).max(em * 6);
    let head = sketch.y + if direct { em.scale(14, 10) } else { em };
    let foot = head + height;
    let below = if direct && ends.0 < 0 { em.scale(14, 10) } else { Length::ZERO };
    let ends = if direct { ends } else { axis.ends };
    let scale = Scale::new(ends, foot, head);
    if !direct {
        let right = sketch.room.width;
        grid(sketch, &axis, scale, left, right);
    }
    let plan = Plan { scale, left, place, thick: bar(place), direct };
    for item in 0..sketch.chart.items.len() {
        match stacked {
            true => stack(sketch, item, &plan),
            false => {
                for series in 0..sketch.chart.series.len() {
                    bar_of(sketch, (item, series), &plan);
                }
            }
        }
    }
    let zero = scale.at(0);
    let hair = sketch.hair();
    sketch.rule(Point::new(left, zero), Point::new(sketch.room.width, zero), hair, Ink::Zero);
    sketch.y = foot + below;
    names(sketch, &plan);
}

/// The least and the greatest value, with zero.
fn ends(sketch: &Sketch<'_>, stacked: bool) -> (i64, i64) {
    let chart = sketch.chart;
    let (mut low, mut high) = (0, chart.whole.unwrap_or(0).max(0));
    for item in 0..chart.items.len() {
        let values = || chart.series.iter().filter_map(|series| series.values[item]);
        if stacked {
            low = low.min(values().filter(|value| *value < 0).sum());
            high = high.max(values().filter(|value| *value > 0).sum());
            continue;
        }
        let ranges = chart.series.iter().filter_map(|series| series.ranges[item]).flat_map(|(low, high)| [low, high]);
        for value in values().chain(ranges) {
            (low, high) = (low.min(value), high.max(value));
        }
    }
    let (low, high) = (chart.from.unwrap_or(low).min(low), chart.to.unwrap_or(high).max(high));
    (low, if low == high { high + 1 } else { high })
}

/// The values that are written at the bars.
fn values<'a>(sketch: &'a Sketch<'_>, stacked: bool) -> Box<dyn Iterator<Item = String> + 'a> {
    let chart = sketch.chart;
    match stacked {
        true => Box::new((0..chart.items.len()).map(|item| sketch.number(chart.sum(item)))),
        false => {
            let all = chart.series.iter().flat_map(|series| &series.values).flatten();
            Box::new(all.map(|value| sketch.number(*value)))
        }
    }
}

fn bar_of(sketch: &mut Sketch<'_>, (item, series): (usize, usize), plan: &Plan) {
    let chart = sketch.chart;
    let em = sketch.em();
    let several = chart.series.len() as i64;
    let all = plan.thick * several;
    let left = plan.left + plan.place * item as i64 + (plan.place - all) / 2 + plan.thick * series as i64;
    let seam = if several > 1 { (em / 9).min(plan.thick / 4) } else { Length::ZERO };
    let right = left + plan.thick - seam;
    let middle = (left + right) / 2;
    let scale = plan.scale;
    let mut tip = None;
    if let Some(value) = chart.series[series].values[item] {
        let number = if several > 1 { sketch.ink_of(series) } else { sketch.ink_of_item(item) };
        let (zero, end) = (scale.at(0), scale.at(value));
        if let Some(whole) = chart.whole {
            sketch.fill(Point::new(left, scale.at(whole).min(end)), Point::new(right, end), Ink::Tint);
        }
        sketch.ground(Point::new(left, zero), Point::new(right, end), number, chart.items[item].estimated);
        tip = Some((value, end));
    }
    if let Some((low, high)) = chart.series[series].ranges[item] {
        let (width, wide) = (sketch.hair() * 2, (em / 3).min(plan.thick));
        let (foot, head) = (scale.at(low), scale.at(high));
        sketch.rule(Point::new(middle, foot), Point::new(middle, head), width * 2, Ink::Paper);
        sketch.rule(Point::new(middle, foot), Point::new(middle, head), width, Ink::Zero);
        for y in [foot, head] {
            sketch.rule(Point::new(middle - wide / 2, y), Point::new(middle + wide / 2, y), width, Ink::Zero);
        }
        tip = tip.map(|(value, end)| (value, if value < 0 { end.max(foot) } else { end.min(head) }));
    }
    let (Some((value, end)), true) = (tip, plan.direct) else { return };
    let end = chart.whole.filter(|_| value >= 0).map_or(end, |whole| end.min(scale.at(whole)));
    let baseline = if value < 0 { end + em.scale(11, 10) } else { end - em.scale(4, 10) };
    let words = sketch.number(value);
    let tone = if several > 1 && !chart.series[series].highlighted { Tone::Quiet } else { Tone::Text };
    sketch.label_if_free(&words, Role::Value, Point::new(middle, baseline), Align::Middle, tone);
}

fn stack(sketch: &mut Sketch<'_>, item: usize, plan: &Plan) {
    let chart = sketch.chart;
    let em = sketch.em();
    let left = plan.left + plan.place * item as i64 + (plan.place - plan.thick) / 2;
    let right = left + plan.thick;
    let middle = (left + right) / 2;
    let (mut up, mut down) = (0_i64, 0_i64);
    for series in 0..chart.series.len() {
        let Some(value) = chart.series[series].values[item].filter(|value| *value != 0) else { continue };
        let run = if value < 0 { &mut down } else { &mut up };
        let (from, to) = (plan.scale.at(*run), plan.scale.at(*run + value));
        *run += value;
        let seam = (em / 9).min((to - from).abs() / 3);
        let end = if to > from { to - seam } else { to + seam };
        let number = sketch.ink_of(series);
        sketch.ground(Point::new(left, from), Point::new(right, end), number, chart.items[item].estimated);
        let words = sketch.number(value);
        let wide = sketch.width_of(&words, Role::Value) + em.scale(4, 10) <= plan.thick;
        if wide && (end - from).abs() >= em.scale(13, 10) {
            let at = Point::new(middle, (from + end) / 2 + sketch.middle());
            let tone = if chart.items[item].estimated { Tone::Text } else { Tone::On(number) };
            sketch.label_if_free(&words, Role::Value, at, Align::Middle, tone);
        }
    }
    if plan.direct {
        let at = Point::new(middle, plan.scale.at(up) - em.scale(4, 10));
        let words = sketch.number(chart.sum(item));
        sketch.label_if_free(&words, Role::Value, at, Align::Middle, Tone::Text);
    }
}

/// The names below the bars: in lines where each has room for its words, else every second and so on.
fn names(sketch: &mut Sketch<'_>, plan: &Plan) {
    let chart = sketch.chart;
    let em = sketch.em();
    let leading = sketch.leading();
    let room = plan.place - em / 3;
    let middle = |item: usize| plan.left + plan.place * item as i64 + plan.place / 2;
    let head = sketch.y + em.scale(4, 10);
    let fits = |name: &str| name.split_whitespace().all(|word| sketch.width_of(word, Role::Value) <= room);
    let whole = chart.items.iter().all(|item| fits(&item.name));
    let width = if whole { room.max(em) } else { sketch.room.width.scale(2, 5) };
    let lines: Vec<Vec<String>> =
        chart.items.iter().map(|item| sketch.wrapped(&item.name, width, Role::Value)).collect();
    let stretch = |item: usize| {
        let wide = lines[item].iter().map(|line| sketch.width_of(line, Role::Value)).fold(Length::ZERO, Length::max);
        let left = (middle(item) - wide / 2).min(sketch.room.width - wide).max(Length::ZERO);
        (left, left + wide)
    };
    let stretches: Vec<(Length, Length)> = (0..lines.len()).map(stretch).collect();
    let mut most = 1;
    for item in place::thinned(&stretches, em / 4) {
        let role = if chart.items[item].highlighted { Role::Value } else { Role::Name };
        for (at, line) in lines[item].iter().enumerate() {
            let y = head + em.scale(8, 10) + leading * at as i64;
            let middle = (stretches[item].0 + stretches[item].1) / 2;
            sketch.label_if_free(line, role, Point::new(middle, y), Align::Middle, Tone::Text);
        }
        most = most.max(lines[item].len() as i64);
    }
    sketch.y = head + leading * most;
}
