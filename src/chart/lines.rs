//! Lines and areas: what passes through its items, named at its end.

use super::axis::{axis_width, grid};
use super::place;
use super::scale::{Scale, ticks};
use super::sketch::Sketch;
use super::{Align, Ink, Role, Tone};
use crate::book::chart::ChartKind;
use crate::units::{Length, Point};

/// Where everything lies.
struct Plot {
    across: Scale,
    down: Scale,
    head: Length,
    foot: Length,
}

/// A name at the end of a line.
struct EndName {
    series: usize,
    lines: Vec<String>,
    /// Where the line ends.
    y: Length,
}

/// Draws them.
pub(super) fn draw(sketch: &mut Sketch<'_>) {
    let chart = sketch.chart;
    let em = sketch.em();
    let area = chart.kind == ChartKind::Area;
    let axis = ticks(ends(sketch, area), 5, chart.decimals, (chart.from, chart.to));
    let left = axis_width(sketch, &axis);
    let column = name_column(sketch);
    let right = (sketch.room.width - column).max(left + em * 2);
    let at = |item: usize| chart.items.get(item).map_or(0, |item| item.at);
    let across = Scale::new((at(0), at(chart.items.len().saturating_sub(1))), left, right);
    events(sketch, across);
    let names = names(sketch, column - em);
    let wanted: Length = names.iter().map(|name| height_of(sketch, name)).sum();
    let height = sketch.room.height.unwrap_or((right - left).scale(56, 100).min(em * 24)).max(em * 6).max(wanted);
    let head = sketch.y + em.scale(8, 10);
    let foot = head + height;
    let plot = Plot { across, down: Scale::new(axis.ends, foot, head), head, foot };
    grid(sketch, &axis, plot.down, left, right);
    match area {
        true => areas(sketch, &plot),
        false => {
            (0..chart.series.len()).for_each(|series| band(sketch, series, &plot));
            // What the chart is about lies over the others.
            let order = (0..chart.series.len()).filter(|series| !chart.series[*series].highlighted);
            let order: Vec<usize> =
                order.chain((0..chart.series.len()).filter(|series| chart.series[*series].highlighted)).collect();
            order.into_iter().for_each(|series| line(sketch, series, &plot));
        }
    }
    if (plot.down.low..=plot.down.high).contains(&0) {
        let (zero, hair) = (plot.down.at(0), sketch.hair());
        sketch.rule(Point::new(left, zero), Point::new(right, zero), hair, Ink::Zero);
    }
    event_lines(sketch, &plot);
    end_names(sketch, names, &plot, right);
    sketch.y = foot;
    items(sketch, across);
}

/// The least and the greatest value: from zero where that is near, for areas always.
fn ends(sketch: &Sketch<'_>, area: bool) -> (i64, i64) {
    let chart = sketch.chart;
    let all = |item: usize| {
        let ranges = chart.series.iter().filter_map(move |series| series.ranges[item]);
        let values = chart.series.iter().filter_map(move |series| series.values[item]);
        values.chain(ranges.flat_map(|(low, high)| [low, high]))
    };
    let values: Vec<i64> = match area {
        true => (0..chart.items.len()).map(|item| chart.sum(item)).chain([0]).collect(),
        false => (0..chart.items.len()).flat_map(all).collect(),
    };
    let low = values.iter().copied().min().unwrap_or(0);
    let high = values.iter().copied().max().unwrap_or(1);
    let near = low >= 0 && low <= high / 10 * 6;
    (if near || area { low.min(0) } else { low }, high)
}

/// How wide the names at the ends are, with what parts them from the lines.
fn name_column(sketch: &Sketch<'_>) -> Length {
    let chart = sketch.chart;
    let measure = |words: &str| sketch.widest_of(words);
    let most = sketch.room.width.scale(3, 10);
    let words: Vec<String> = (0..chart.series.len()).map(|series| words_at_end(sketch, series)).collect();
    place::column(words.iter().map(String::as_str), most, &measure) + sketch.em()
}

/// What stands at the end of a line: its last value, after its name where there are several; of an area the name alone.
fn words_at_end(sketch: &Sketch<'_>, series: usize) -> String {
    let chart = sketch.chart;
    let own = &chart.series[series];
    let value = own.values.iter().rev().flatten().next().map(|value| sketch.number(*value)).unwrap_or_default();
    match (chart.series.len() > 1, chart.kind == ChartKind::Area) {
        (true, true) => own.name.clone(),
        (true, false) => format!("{} {value}", own.name),
        (false, _) => value,
    }
}

/// The words at the ends, in lines.
fn names(sketch: &Sketch<'_>, width: Length) -> Vec<EndName> {
    let name = |series: usize| {
        let (_, _, role) = sketch.line_ink(series);
        let lines = sketch.wrapped(&words_at_end(sketch, series), width, role);
        EndName { series, lines, y: Length::ZERO }
    };
    (0..sketch.chart.series.len()).map(name).collect()
}

fn height_of(sketch: &Sketch<'_>, name: &EndName) -> Length {
    sketch.leading() * name.lines.len() as i64
}

/// The points of a series, parted where nobody knows: each with its item.
fn runs(sketch: &Sketch<'_>, series: usize, plot: &Plot) -> Vec<Vec<(usize, Point)>> {
    let chart = sketch.chart;
    let mut runs = vec![Vec::new()];
    for (item, value) in chart.series[series].values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => {
                run.push((item, Point::new(plot.across.at(chart.items[item].at), plot.down.at(*value))));
            }
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// A line, dashed where it leads to an estimate, with a dot at its end.
fn line(sketch: &mut Sketch<'_>, series: usize, plot: &Plot) {
    let chart = sketch.chart;
    let em = sketch.em();
    let (ink, ..) = sketch.line_ink(series);
    let width = em.scale(if ink == Ink::Quiet { 14 } else { 20 }, 100);
    let runs = runs(sketch, series, plot);
    for run in &runs {
        if let [(_, only)] = run[..] {
            sketch.dot(only, width, ink);
        }
        for part in run.chunk_by(|(_, _), (item, _)| !chart.items[*item].estimated) {
            sketch.line(part.iter().map(|(_, point)| *point).collect(), width, false, ink);
        }
        let mut dashed: Vec<Point> = Vec::new();
        for pair in run.windows(2) {
            if chart.items[pair[1].0].estimated {
                if dashed.is_empty() {
                    dashed.push(pair[0].1);
                }
                dashed.push(pair[1].1);
            } else {
                sketch.line(std::mem::take(&mut dashed), width, true, ink);
            }
        }
        sketch.line(dashed, width, true, ink);
    }
    if let Some((_, end)) = runs.last().and_then(|run| run.last()) {
        sketch.dot(*end, width.scale(16, 10), ink);
    }
}

/// The bounds of a series as a band behind its line.
fn band(sketch: &mut Sketch<'_>, series: usize, plot: &Plot) {
    let chart = sketch.chart;
    let ranges = &chart.series[series].ranges;
    let at = |item: usize, value: i64| Point::new(plot.across.at(chart.items[item].at), plot.down.at(value));
    let known: Vec<(usize, (i64, i64))> =
        ranges.iter().enumerate().filter_map(|(item, range)| Some((item, (*range)?))).collect();
    for run in known.chunk_by(|one, other| one.0 + 1 == other.0) {
        let highs = run.iter().map(|(item, (_, high))| at(*item, *high));
        let lows = run.iter().rev().map(|(item, (low, _))| at(*item, *low));
        sketch.area(highs.chain(lows).collect(), Ink::Tint);
    }
}

/// Areas that lie on each other, each as far as all of them are known.
fn areas(sketch: &mut Sketch<'_>, plot: &Plot) {
    let chart = sketch.chart;
    let em = sketch.em();
    let known: Vec<usize> = (0..chart.items.len())
        .filter(|item| chart.series.iter().all(|series| series.values[*item].is_some()))
        .collect();
    for run in known.chunk_by(|one, other| one + 1 == *other) {
        let mut floor: Vec<i64> = vec![0; run.len()];
        for series in 0..chart.series.len() {
            let values = run.iter().map(|item| chart.series[series].values[*item].unwrap_or(0));
            let roof: Vec<i64> = floor.iter().zip(values).map(|(below, value)| below + value).collect();
            let number = if chart.series.len() > 1 { sketch.ink_of(series) } else { 0 };
            let at =
                |at: usize, line: &[i64]| Point::new(plot.across.at(chart.items[run[at]].at), plot.down.at(line[at]));
            // What is known alone is an area as narrow as a bar.
            if run.len() == 1 {
                let (one, other) = (at(0, &roof), at(0, &floor));
                let half = em.scale(3, 10);
                sketch.fill(Point::new(one.x - half, one.y), Point::new(other.x + half, other.y), Ink::Series(number));
                floor = roof;
                continue;
            }
            // From the first estimate on the area is faint.
            let known = run.iter().position(|item| chart.items[*item].estimated).unwrap_or(run.len());
            for (part, ink) in
                [(0..known, Ink::Series(number)), (known.saturating_sub(1)..run.len(), Ink::Faint(number))]
            {
                if part.len() > 1 {
                    let (above, below) = (part.clone().map(|i| at(i, &roof)), part.rev().map(|i| at(i, &floor)));
                    sketch.area(above.chain(below).collect(), ink);
                }
            }
            let above: Vec<Point> = (0..run.len()).map(|i| at(i, &roof)).collect();
            // A white line parts it from what lies above.
            let ink = if chart.series.len() > 1 { Ink::Paper } else { Ink::Line(number) };
            let (solid, dashed) = above.split_at(known.max(1) - usize::from(known == 0));
            let dashed: Vec<Point> = solid.last().into_iter().chain(dashed).copied().collect();
            sketch.line(solid.to_vec(), em / 9, false, ink);
            sketch.line(dashed, em / 9, true, ink);
            floor = roof;
        }
    }
}

/// The names at the ends of the lines, kept apart; a thin line leads to one that had to move.
fn end_names(sketch: &mut Sketch<'_>, mut names: Vec<EndName>, plot: &Plot, right: Length) {
    let chart = sketch.chart;
    let em = sketch.em();
    let area = chart.kind == ChartKind::Area;
    let last = chart.items.len().saturating_sub(1);
    let mut run = 0;
    for name in &mut names {
        let values = &chart.series[name.series].values;
        let value = values.iter().rev().flatten().next().copied().unwrap_or(0);
        name.y = match area {
            true => {
                let here = values.get(last).copied().flatten().unwrap_or(0);
                let from = run;
                run += here;
                (plot.down.at(from) + plot.down.at(run)) / 2
            }
            false => plot.down.at(value),
        };
    }
    let wanted: Vec<(Length, Length)> = names.iter().map(|name| (name.y, height_of(sketch, name))).collect();
    let places = place::spread(&wanted, plot.head - em / 2, plot.foot + em / 2);
    for (name, place) in names.iter().zip(places) {
        let (ink, tone, role) = sketch.line_ink(name.series);
        let single = chart.series.len() == 1;
        let tone = if single || area { Tone::Text } else { tone };
        let role = if single { Role::Value } else { role };
        sketch.lines_about(&name.lines, role, Point::new(right + em.scale(8, 10), place), Align::Left, tone);
        if (place - name.y).abs() > em.scale(8, 10) && !area {
            let hair = sketch.hair();
            let (from, to) = (right + em.scale(3, 10), right + em.scale(7, 10));
            sketch.rule(Point::new(from, name.y), Point::new(to, place), hair, ink);
        }
    }
}

/// The words of events above the drawing, in as many rows as keep them apart.
fn events(sketch: &mut Sketch<'_>, across: Scale) {
    let chart = sketch.chart;
    let (em, leading) = (sketch.em(), sketch.leading());
    let width = sketch.room.width;
    let mut rows: Vec<Vec<(Length, Length)>> = Vec::new();
    let mut placed: Vec<(usize, Length, Vec<String>)> = Vec::new();
    for event in &chart.events {
        let lines = sketch.wrapped(&event.text, width.scale(2, 5), Role::Name);
        let wide = lines.iter().map(|line| sketch.width_of(line, Role::Name)).fold(Length::ZERO, Length::max);
        let x = (across.at(event.at) + em.scale(3, 10)).min(width - wide).max(Length::ZERO);
        let stretch = (x - em / 2, x + wide + em / 2);
        let free = |row: &Vec<(Length, Length)>| row.iter().all(|(from, to)| stretch.1 <= *from || stretch.0 >= *to);
        // A text of several lines takes several rows.
        let high = lines.len();
        let mut row = 0;
        while rows.iter().skip(row).take(high).any(|row| !free(row)) {
            row += 1;
        }
        rows.resize(rows.len().max(row + high), Vec::new());
        rows[row..row + high].iter_mut().for_each(|row| row.push(stretch));
        placed.push((row, x, lines));
    }
    for (row, x, lines) in placed {
        for (at, line) in lines.iter().enumerate() {
            let y = sketch.y + leading * (row + at) as i64 + em.scale(8, 10);
            sketch.label(line, Role::Name, Point::new(x, y), Align::Left, Tone::Quiet);
        }
    }
    sketch.y += leading * rows.len() as i64;
}

/// The lines of events through the drawing.
fn event_lines(sketch: &mut Sketch<'_>, plot: &Plot) {
    let (em, hair) = (sketch.em(), sketch.hair());
    for event in &sketch.chart.events {
        let x = plot.across.at(event.at);
        let head = Point::new(x, plot.head - em.scale(6, 10));
        sketch.rule(head, Point::new(x, plot.foot), hair, Ink::Zero);
    }
}

/// The names of the items below the drawing, as many as have room, with a short line for each.
fn items(sketch: &mut Sketch<'_>, across: Scale) {
    let chart = sketch.chart;
    let em = sketch.em();
    let hair = sketch.hair();
    let names: Vec<Vec<String>> =
        chart.items.iter().map(|item| sketch.wrapped(&item.name, sketch.room.width.scale(2, 5), Role::Value)).collect();
    let stretch = |item: usize| {
        let wide = names[item].iter().map(|line| sketch.width_of(line, Role::Value)).fold(Length::ZERO, Length::max);
        let left = (across.at(chart.items[item].at) - wide / 2).min(sketch.room.width - wide).max(Length::ZERO);
        (left, left + wide)
    };
    let stretches: Vec<(Length, Length)> = (0..names.len()).map(stretch).collect();
    let foot = sketch.y;
    let mut most = 1;
    for item in place::thinned(&stretches, em.scale(6, 10)) {
        let x = across.at(chart.items[item].at);
        sketch.rule(Point::new(x, foot), Point::new(x, foot + em.scale(3, 10)), hair, Ink::Zero);
        let role = if chart.items[item].highlighted { Role::Value } else { Role::Name };
        let middle = (stretches[item].0 + stretches[item].1) / 2;
        for (at, line) in names[item].iter().enumerate() {
            let y = foot + em.scale(15, 10) + sketch.leading() * at as i64;
            sketch.label_if_free(line, role, Point::new(middle, y), Align::Middle, Tone::Text);
        }
        most = most.max(names[item].len() as i64);
    }
    sketch.y = foot + em.scale(7, 10) + sketch.leading() * most;
}
