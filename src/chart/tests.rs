//! Charts of random data: no label over another, all inside the drawing, whatever the numbers and the letters.

use super::*;
use crate::book::chart::{ChartEvent, ChartItem, ChartSeries, ChartTable};
use crate::dice::{Dice, rounds};

/// Letters that are half as wide as they are large.
struct Plain;

impl Letters for Plain {
    fn width(&self, words: &str, role: Role) -> Length {
        self.size(role).scale(words.chars().count() as i64, if role == Role::Value { 19 } else { 20 }) * 10
    }

    fn size(&self, _: Role) -> Length {
        Length::pt(8.4)
    }

    fn leading(&self, _: Role) -> Length {
        Length::pt(10.5)
    }
}

fn number(value: i64, decimals: u8) -> String {
    let one = 10_i64.pow(u32::from(decimals));
    let sign = if value < 0 { "−" } else { "" };
    match decimals {
        0 => format!("{sign}{}", value.abs()),
        _ => format!("{sign}{}.{:0width$}", value.abs() / one, value.abs() % one, width = usize::from(decimals)),
    }
}

fn words(dice: &mut Dice, most: usize) -> String {
    const WORDS: [&str; 8] = ["sea", "salt", "trade", "of the", "Donaudampfschifffahrt", "x", "North Korea", "2024"];
    let count = 1 + dice.throw(most);
    (0..count).map(|_| *dice.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn random(dice: &mut Dice) -> Chart {
    let kind = ChartKind::ALL[dice.throw(8)];
    let most = if dice.below(4) == 0 { 40 } else { 9 };
    let count = 1 + dice.throw(most);
    let size = 10_i64.pow(dice.below(13) as u32);
    let negative = dice.below(3) == 0 && !matches!(kind, ChartKind::Share | ChartKind::Area);
    let gaps = dice.below(3) == 0;
    let mut at = 0;
    let items: Vec<ChartItem> = (0..count)
        .map(|_| {
            at += 1 + dice.below(9) as i64;
            ChartItem { name: words(dice, 3), at, highlighted: dice.below(6) == 0, estimated: dice.below(6) == 0 }
        })
        .collect();
    let most = match kind {
        ChartKind::Bar => 1,
        _ => 1 + dice.throw(SERIES),
    };
    let value = |dice: &mut Dice| {
        let value = dice.below(1000) as i64 * size / 10;
        if negative && dice.below(3) == 0 { -value } else { value }
    };
    let series = (0..most)
        .map(|_| {
            let values: Vec<Option<i64>> =
                (0..count).map(|_| (!gaps || dice.below(4) > 0).then(|| value(dice))).collect();
            let ranged = dice.below(4) == 0 && !matches!(kind, ChartKind::Stacked | ChartKind::Share | ChartKind::Area);
            let ranges = values
                .iter()
                .map(|value| value.filter(|_| ranged).map(|value| (value - size, value + size * 2)))
                .collect();
            ChartSeries { name: words(dice, 3), values, ranges, highlighted: dice.below(5) == 0 }
        })
        .collect();
    let events = match kind.is_passage() {
        true => (0..dice.below(4)).map(|_| ChartEvent { at: dice.below(60) as i64, text: words(dice, 4) }).collect(),
        false => Vec::new(),
    };
    Chart {
        kind,
        upright: dice.below(2) == 0,
        unit: (dice.below(2) == 0).then(|| words(dice, 6)),
        decimals: dice.below(3) as u8,
        items,
        series,
        events,
        whole: (dice.below(5) == 0 && !negative).then_some(size * 100),
        from: None,
        to: None,
        table: ChartTable::default(),
    }
}

#[test]
fn no_label_lies_over_another_and_all_lie_in_the_drawing() {
    let mut dice = Dice::new(11);
    for round in 0..rounds(1500) {
        let chart = random(&mut dice);
        let width = Length::sp((120 + dice.below(400) as i64) * 65_536);
        let from_the_right = dice.below(4) == 0;
        let room = Room { width, height: None, letters: &Plain, number: &number, from_the_right };
        let drawing = draw(&chart, room);
        let slack = Length::sp(16);
        let paper = Rect::new(-slack, -slack, drawing.size.width + slack * 2, drawing.size.height + slack * 2);
        let extents: Vec<Rect> = drawing.labels.iter().map(|label| label.extent(&Plain)).collect();
        for (at, extent) in extents.iter().enumerate() {
            assert!(paper.contains(extent), "{round}: {:?} leaves {:?}\n{chart:?}", drawing.labels[at], drawing.size);
            for (other, before) in extents[..at].iter().enumerate() {
                let across = extent.right().min(before.right()) - extent.origin.x.max(before.origin.x);
                let down = extent.foot().min(before.foot()) - extent.origin.y.max(before.origin.y);
                let apart = across <= slack || down <= slack;
                let both = (&drawing.labels[at], &drawing.labels[other]);
                assert!(apart, "{round}: {both:?} in {width:?}\n{chart:?}");
            }
        }
        for shape in &drawing.shapes {
            let points: Vec<Point> = match shape {
                Shape::Fill { rect, .. } => vec![rect.origin, Point::new(rect.right(), rect.foot())],
                Shape::Area { corners, .. } => corners.clone(),
                Shape::Line { points, .. } => points.clone(),
                Shape::Dot { at, .. } => vec![*at],
            };
            for point in points {
                let inside = paper.contains(&Rect::new(point.x, point.y, Length::ZERO, Length::ZERO));
                assert!(inside, "{round}: {shape:?} leaves {:?}\n{chart:?}", drawing.size);
            }
        }
    }
}

fn plain(kind: ChartKind, values: &[&[i64]]) -> Chart {
    let item =
        |at: usize| ChartItem { name: format!("{}", 2019 + at), at: at as i64, highlighted: false, estimated: false };
    let series = |at: usize| {
        let values: Vec<Option<i64>> = values[at].iter().map(|value| Some(*value)).collect();
        ChartSeries { name: format!("S{at}"), ranges: vec![None; values.len()], values, highlighted: false }
    };
    Chart {
        kind,
        upright: false,
        unit: None,
        decimals: 0,
        items: (0..values[0].len()).map(item).collect(),
        series: (0..values.len()).map(series).collect(),
        events: Vec::new(),
        whole: None,
        from: None,
        to: None,
        table: ChartTable::default(),
    }
}

fn drawn(chart: &Chart) -> Drawing {
    let room = Room { width: Length::pt(367.0), height: None, letters: &Plain, number: &number, from_the_right: false };
    draw(chart, room)
}

/// The grounds of a series, in order.
fn grounds(drawing: &Drawing, number: u8) -> Vec<Rect> {
    let ground = |shape: &Shape| match shape {
        Shape::Fill { rect, ink: Ink::Series(series) } if *series == number => Some(*rect),
        _ => None,
    };
    drawing.shapes.iter().filter_map(ground).collect()
}

#[test]
fn bars_are_as_long_as_their_values_and_begin_at_zero() {
    let drawing = drawn(&plain(ChartKind::Bar, &[&[100, 50, 25]]));
    let bars = grounds(&drawing, 0);
    assert_eq!(bars.len(), 3);
    assert!(bars.iter().all(|bar| bar.origin.x == bars[0].origin.x));
    let widths: Vec<Length> = bars.iter().map(|bar| bar.size.width).collect();
    assert!((widths[0] - widths[1] * 2).abs() <= Length::sp(2) && (widths[0] - widths[2] * 4).abs() <= Length::sp(4));
    let values: Vec<&str> =
        drawing.labels.iter().filter(|label| label.role == Role::Value).map(|l| &*l.words).collect();
    assert_eq!(values, ["100", "50", "25"]);
}

#[test]
fn what_the_chart_is_about_has_the_ink_of_that_and_the_others_have_not() {
    let mut chart = plain(ChartKind::Stacked, &[&[5, 6], &[7, 8], &[9, 9]]);
    assert_eq!((grounds(&drawn(&chart), 0).len(), grounds(&drawn(&chart), HIGHLIGHT).len()), (2, 2));
    chart.series[2].highlighted = true;
    let drawing = drawn(&chart);
    assert_eq!([0, 1, 2].map(|number| grounds(&drawing, number).len()), [2, 2, 2]);
    let last = grounds(&drawing, HIGHLIGHT)[0];
    assert!(grounds(&drawing, 2)[0].right() <= last.origin.x, "the third part is the one that is meant");
}

#[test]
fn a_line_has_gaps_where_nobody_knows_and_dashes_where_it_is_estimated() {
    let mut chart = plain(ChartKind::Line, &[&[1, 2, 3, 4, 5, 6]]);
    chart.series[0].values[2] = None;
    chart.items[5].estimated = true;
    let drawing = drawn(&chart);
    let lines: Vec<(usize, bool)> = drawing
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line { points, dashed, ink: Ink::Line(_), .. } => Some((points.len(), *dashed)),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [(2, false), (2, false), (2, true)]);
}

#[test]
fn shares_fill_their_bars_whatever_their_sum() {
    let drawing = drawn(&plain(ChartKind::Share, &[&[1, 30], &[2, 70]]));
    let rights: Vec<Length> = grounds(&drawing, 1).iter().map(Rect::right).collect();
    assert!((rights[0] - rights[1]).abs() < Length::pt(0.5), "{rights:?}");
    let words: Vec<&str> = drawing.labels.iter().map(|label| label.words.as_str()).collect();
    assert_eq!(words, ["S0", "S1", "2019", "33", "67", "2020", "30", "70"]);
}

/// Letters whose stressed figures are narrower than the others, as in faces with old-style figures.
struct NarrowBold;

impl Letters for NarrowBold {
    fn width(&self, words: &str, role: Role) -> Length {
        self.size(role).scale(words.chars().count() as i64, if role == Role::Value { 24 } else { 20 }) * 10
    }

    fn size(&self, role: Role) -> Length {
        Plain.size(role)
    }

    fn leading(&self, role: Role) -> Length {
        Plain.leading(role)
    }
}

#[test]
fn no_name_is_broken_that_has_room_whatever_its_stressed_letters_measure() {
    for kind in [ChartKind::Bar, ChartKind::Stacked, ChartKind::Share, ChartKind::Dot] {
        let chart = plain(kind, &[&[10, 20]]);
        let letters = &NarrowBold;
        let room = Room { width: Length::pt(300.0), height: None, letters, number: &number, from_the_right: false };
        let drawing = draw(&chart, room);
        assert!(drawing.labels.iter().any(|label| label.words == "2020"), "{kind:?}: {:?}", drawing.labels);
    }
}

#[test]
fn a_chart_too_high_for_its_room_is_drawn_in_parts_of_one_scale() {
    let item = |at: i64| ChartItem { name: format!("Town {at}"), at, highlighted: false, estimated: false };
    let series = |count: i64| ChartSeries {
        name: "a".to_owned(),
        values: (0..count).map(|at| Some(at + 1)).collect(),
        ranges: vec![None; count as usize],
        highlighted: false,
    };
    let chart = |kind: ChartKind| Chart {
        kind,
        upright: false,
        unit: None,
        decimals: 0,
        items: (0..40).map(item).collect(),
        series: vec![series(40), series(40)],
        events: Vec::new(),
        whole: None,
        from: None,
        to: None,
        table: ChartTable::default(),
    };
    let most = Length::pt(200.0);
    for kind in [ChartKind::Bar, ChartKind::Grouped, ChartKind::Stacked, ChartKind::Share, ChartKind::Dot] {
        let room =
            Room { width: Length::pt(300.0), height: None, letters: &Plain, number: &number, from_the_right: false };
        let parts = draw_within(&chart(kind), room, most);
        assert!(parts.len() > 1, "{kind:?}");
        // Each names where it begins and where it ends, and the next goes on from there.
        let named: Vec<_> = parts.iter().filter_map(|part| part.ends.clone()).collect();
        assert_eq!(named.len(), parts.len(), "{kind:?}");
        assert_eq!((named[0].0.as_str(), named[named.len() - 1].1.as_str()), ("Town 0", "Town 39"), "{kind:?}");
        let parts: Vec<Drawing> = parts.into_iter().map(|part| part.drawing).collect();
        assert!(parts.iter().all(|part| part.size.height <= most), "{kind:?}");
        let names = parts.iter().flat_map(|part| &part.labels).filter(|label| label.words.starts_with("Town")).count();
        assert_eq!(names, 40, "{kind:?}");
        // The longest bar of all is longer than any of the first part.
        if kind == ChartKind::Bar {
            let reach = |part: &Drawing| {
                part.shapes
                    .iter()
                    .filter_map(|shape| if let Shape::Fill { rect, .. } = shape { Some(rect.right()) } else { None })
                    .max()
            };
            assert!(reach(&parts[0]) < reach(parts.last().expect("there are some")));
        }
    }
}

#[test]
fn bars_whose_names_have_no_room_below_them_lie() {
    let item = |at: i64, name: String| ChartItem { name, at, highlighted: false, estimated: false };
    let chart = |names: &dyn Fn(i64) -> String| Chart {
        kind: ChartKind::Bar,
        upright: true,
        unit: None,
        decimals: 0,
        items: (0..18).map(|at| item(at, names(at))).collect(),
        series: vec![ChartSeries {
            name: "a".to_owned(),
            values: (0..18).map(Some).collect(),
            ranges: vec![None; 18],
            highlighted: false,
        }],
        events: Vec::new(),
        whole: None,
        from: None,
        to: None,
        table: ChartTable::default(),
    };
    let room = Room { width: Length::pt(300.0), height: None, letters: &Plain, number: &number, from_the_right: false };
    let towns = draw(&chart(&|at| format!("Somewhere{at}")), room);
    let named = towns.labels.iter().filter(|label| label.words.starts_with("Some")).count();
    assert_eq!(named, 18);
    let years = draw(&chart(&|at| (2000 + at).to_string()), room);
    assert!(years.size.height < towns.size.height);
}
