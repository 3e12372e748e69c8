//! Charts that are too high for a page, in parts: each a drawing of its own with some of the rows, all on one scale.

use super::sketch::Sketch;
use super::{Drawing, Room, bars, dots, draw, stands};
use crate::book::chart::{Chart, ChartItem, ChartKind, ChartSeries};
use crate::units::Length;
use std::ops::Range;

/// A part of a chart.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    pub drawing: Drawing,
    /// The names of its first and last rows.
    pub ends: Option<(String, String)>,
}

/// Draws a chart in as few parts as are no higher than some room, their rows shared out evenly; in one where no parting
/// helps.
pub fn draw_within(chart: &Chart, room: Room<'_>, most: Length) -> Vec<Part> {
    let mut whole = draw(chart, room);
    if whole.size.height > most {
        // What is too high is drawn lower first; its names keep their size.
        let height = room.height.unwrap_or(most).min(most) - (whole.size.height - most);
        whole = draw(chart, Room { height: Some(height), ..room });
    }
    let rows = rows(chart, &room);
    if whole.size.height <= most || rows < 2 {
        return vec![Part { drawing: whole, ends: None }];
    }
    let sketch = Sketch::new(chart, room);
    let (from, to) = match chart.kind {
        ChartKind::Dot => dots::ends(&sketch),
        ChartKind::Slope => dots::extremes(&sketch),
        _ => bars::ends(&sketch),
    };
    let scaled = match chart.kind {
        ChartKind::Share => chart.clone(),
        _ => Chart { from: Some(from), to: Some(to), ..chart.clone() },
    };
    let parts = |count: usize| -> Vec<Part> {
        let each = rows.div_ceil(count);
        let some = |rows: Range<usize>| {
            let ends = (name(chart, rows.start), name(chart, rows.end - 1));
            Part { drawing: draw(&part(&scaled, rows), room), ends: Some(ends) }
        };
        (0..rows).step_by(each).map(|start| some(start..(start + each).min(rows))).collect()
    };
    let first = (whole.size.height.to_sp() / most.to_sp().max(1)).clamp(2, rows as i64) as usize;
    let fits = |parts: &Vec<Part>| parts.iter().all(|part| part.drawing.size.height <= most);
    let found = (first..=rows).map(parts).find(fits);
    found.unwrap_or_else(|| vec![Part { drawing: whole, ends: None }])
}

/// The name of a row.
fn name(chart: &Chart, row: usize) -> String {
    if chart.kind == ChartKind::Slope { chart.series[row].name.clone() } else { chart.items[row].name.clone() }
}

/// How many rows may stand in one part or another: none in drawings whose items lie along an axis.
fn rows(chart: &Chart, room: &Room<'_>) -> usize {
    match chart.kind {
        ChartKind::Bar | ChartKind::Grouped | ChartKind::Stacked if stands(chart, room) => 0,
        ChartKind::Bar | ChartKind::Grouped | ChartKind::Stacked | ChartKind::Share | ChartKind::Dot => {
            chart.items.len()
        }
        ChartKind::Slope => chart.series.len(),
        ChartKind::Line | ChartKind::Area => 0,
    }
}

/// Some of the rows.
fn part(chart: &Chart, rows: Range<usize>) -> Chart {
    if chart.kind == ChartKind::Slope {
        return Chart { series: chart.series[rows].to_vec(), ..chart.clone() };
    }
    let items: Vec<ChartItem> = chart.items[rows.clone()].to_vec();
    let of = |series: &ChartSeries| ChartSeries {
        values: series.values[rows.clone()].to_vec(),
        ranges: series.ranges[rows.clone()].to_vec(),
        ..series.clone()
    };
    Chart { items, series: chart.series.iter().map(of).collect(), ..chart.clone() }
}
