//! The line kernel against the rules it stands for, and against trying everything.

use super::*;
use crate::dice::{Dice, rounds};

fn letters(width: i64) -> Item {
    Item::Box { width: Length::sp(width).into(), hang_start: Short::ZERO, hang_end: Short::ZERO }
}

fn space(width: i64) -> Item {
    Item::Glue { width: Length::sp(width).into(), breaks: true }
}

fn hyphen(width: i64) -> Item {
    Item::Penalty { width: Length::sp(width).into(), hang_end: Short::ZERO, kind: Break::Hyphen }
}

/// A paragraph of slim boxes, wide spaces and hyphens that are often wider than the rest of their word.
fn paragraph(random: &mut Dice) -> Vec<Item> {
    let mut items = Vec::new();
    for word in 0..3 + random.below(7) {
        if word > 0 {
            items.push(space(60 + random.below(60) as i64));
        }
        items.push(letters(20 + random.below(300) as i64));
        for _ in 0..random.below(3) {
            items.push(hyphen(30 + random.below(90) as i64));
            items.push(letters(5 + random.below(120) as i64));
        }
    }
    items
}

/// The cheapest cost of every length, by trying every set of breaks.
fn oracle(kernel: &Kernel<'_>) -> Vec<(u32, i64)> {
    fn go(kernel: &Kernel<'_>, node: Node, best: &mut Vec<(u32, i64)>) {
        for at in 0..=kernel.items.len() {
            let last = at == kernel.items.len();
            if at < node.next || (node.at != usize::MAX && at <= node.at) || !(last || kernel.legal(at)) {
                continue;
            }
            let mut found = Found::default();
            let line = kernel.settle(node.next, at, node.line, last);
            kernel.reach(&node, 0, at, line, false, None, &mut found);
            for next in found.nodes {
                if !last {
                    go(kernel, next, best);
                } else {
                    match best.iter_mut().find(|(lines, _)| *lines == next.line) {
                        Some((_, cost)) => *cost = (*cost).min(next.cost),
                        None => best.push((next.line, next.cost)),
                    }
                }
            }
        }
    }
    let start = Node { at: usize::MAX, next: kernel.skip(0), line: 0, hyphens: 0, depth: 0, cost: 0, parent: u32::MAX };
    let mut best = Vec::new();
    go(kernel, start, &mut best);
    best.sort_unstable();
    best
}

#[test]
fn a_line_that_only_holes_would_fill_ends_before_the_edge() {
    let word =
        |points: f64| Item::Box { width: Length::pt(points).into(), hang_start: Short::ZERO, hang_end: Short::ZERO };
    let space = Item::Glue { width: Length::pt(3.0).into(), breaks: true };
    let items = [word(20.0), space, word(20.0), space, word(20.0), space, word(90.0)];
    let measure = Measure { width: Length::pt(100.0), first: Length::ZERO, deep: 1 };
    let broken = break_lines(&items, measure, Length::pt(10.0), Mode::Justified, &LinePrices::default(), 0);
    let first = broken[0].lines[0];
    assert_eq!((first.start, first.end), (0, 5));
    assert!(first.ratio > 5000 && first.slack < Length::pt(3.0), "{first:?}");
}

#[test]
fn the_kernel_finds_what_trying_everything_finds() {
    let mut random = Dice::new(0x9E37_79B9_7F4A_7C15);
    let prices = LinePrices { narrowest: 300, widest: 4000, ..LinePrices::default() };
    let (mut solved, mut lengths) = (0, 0);
    for _ in 0..rounds(1200) {
        let items = paragraph(&mut random);
        let measure = Measure {
            width: Length::sp(400 + random.below(500) as i64),
            first: Length::sp(random.below(80) as i64),
            deep: 1,
        };
        let mode = if random.below(4) == 0 { Mode::Ragged } else { Mode::Justified };
        let kernel = Kernel::new(&items, measure, Length::sp(40), mode, &prices);
        let mut found: Vec<(u32, i64)> = Vec::new();
        if let Some((nodes, ends)) = kernel.run(false, None) {
            for end in ends {
                let node = nodes[end as usize];
                match found.iter_mut().find(|(lines, _)| *lines == node.line) {
                    Some((_, cost)) => *cost = (*cost).min(node.cost),
                    None => found.push((node.line, node.cost)),
                }
            }
            solved += 1;
        }
        found.sort_unstable();
        lengths += found.len();
        assert_eq!(found, oracle(&kernel), "{items:?} at {measure:?}, {mode:?}");
    }
    assert!(solved > 300 && lengths > 450, "the trial had too few solvable paragraphs: {solved}, {lengths}");
}

#[test]
fn the_lengths_offered_are_those_that_trying_everything_finds_within_the_limit() {
    let mut random = Dice::new(0xD1B5_4A32_D192_ED03);
    // No rivers, and no narrower band to try first.
    let prices = LinePrices { narrowest: 300, wide: 4000, widest: 4000, river: 0, ragged: 0, ..LinePrices::default() };
    let (mut offered, mut alone) = (0, 0);
    for _ in 0..rounds(800) {
        let items = paragraph(&mut random);
        let measure = Measure { width: Length::sp(400 + random.below(500) as i64), first: Length::ZERO, deep: 1 };
        let mode = if random.below(3) == 0 { Mode::Ragged } else { Mode::Justified };
        let all = oracle(&Kernel::new(&items, measure, Length::sp(40), mode, &prices));
        let Some((best, cost)) = all.iter().copied().min_by_key(|(lines, cost)| (*cost, *lines)) else { continue };
        let limit = [0, 2000, 60_000][random.below(3) as usize];
        let found = break_lines(&items, measure, Length::sp(40), mode, &prices, limit);
        assert_eq!(found[0].lines.len(), best as usize, "{items:?} at {measure:?}, {mode:?}, {limit}");
        let near = |lines: u32| all.iter().find(|(count, other)| *count == lines && *other - cost <= limit);
        let expected: Vec<(u32, i64)> = [best.wrapping_sub(1), best + 1]
            .into_iter()
            .filter_map(near)
            .map(|(lines, other)| (*lines, other - cost))
            .collect();
        let others: Vec<(u32, i64)> = found[1..].iter().map(|other| (other.lines.len() as u32, other.price)).collect();
        if limit > 0 {
            assert_eq!(others, expected, "{items:?} at {measure:?}, {mode:?}, {limit}");
            offered += others.len();
        } else {
            alone += 1;
        }
    }
    assert!(offered > 100 && alone > 60, "the trial had too few lengths: {offered}, {alone}");
}

#[test]
fn a_second_run_dries_most_rivers_and_is_never_dearer_than_the_first() {
    let mut random = Dice::new(0x2545_F491_4F6C_DD1D);
    let measure = Measure { width: Length::sp(3000), first: Length::sp(130), deep: 1 };
    let prices = LinePrices::default();
    let kernel_cost = |kernel: &Kernel<'_>, lines: &[Line]| {
        let (mut cost, mut hyphens) = (0, 0);
        let mut stream = Stream::default();
        for (number, line) in lines.iter().enumerate() {
            let node = Node { at: 0, next: 0, line: number as u32, hyphens, depth: 0, cost: 0, parent: u32::MAX };
            cost += kernel.price(line, &node, number + 1 == lines.len(), false);
            stream = stream.next(kernel.spaces(line, number as u32));
            cost += stream.rivers * prices.river;
            hyphens = if line.hyphen { hyphens + 1 } else { 0 };
        }
        cost
    };
    let (mut before, mut after) = (0, 0);
    for _ in 0..rounds(400) {
        // Words of few lengths: their spaces often meet.
        let mut items = vec![letters(260)];
        for _ in 0..60 + random.below(60) {
            items.push(space(90));
            items.push(letters(120 + 70 * random.below(5) as i64));
        }
        let kernel = Kernel::new(&items, measure, Length::sp(360), Mode::Justified, &prices);
        let Some((nodes, ends)) = kernel.run(false, None) else { continue };
        let dry = kernel.collect(&nodes, &ends, 0);
        let wet = break_lines(&items, measure, Length::sp(360), Mode::Justified, &prices, 0);
        before += usize::from(!kernel.rivers(&dry[0].lines).is_empty());
        after += usize::from(!kernel.rivers(&wet[0].lines).is_empty());
        let costs = (kernel_cost(&kernel, &wet[0].lines), kernel_cost(&kernel, &dry[0].lines));
        assert!(costs.0 <= costs.1, "{costs:?}");
    }
    assert!(before > 40, "the trial had too few rivers: {before}");
    assert!(after * 2 < before, "{after} of {before} are left");
}

#[test]
fn a_word_wider_than_the_measure_is_set_and_said_so() {
    let pt = 65_536;
    let items = [letters(100 * pt), space(50 * pt), letters(2000 * pt), space(50 * pt), letters(100 * pt)];
    let measure = Measure { width: Length::pt(500.0), first: Length::ZERO, deep: 1 };
    let broken = break_lines(&items, measure, Length::pt(40.0), Mode::Justified, &LinePrices::default(), 1000);
    assert!(broken[0].lines.iter().any(|line| line.overfull > Length::ZERO));
    let covered: usize = broken[0].lines.iter().map(|line| line.end - line.start).sum();
    assert_eq!(covered, 3);
}

#[test]
fn a_justified_line_fills_the_measure() {
    let items = [letters(300), space(60), letters(290), space(60), letters(310), space(60), letters(280)];
    let measure = Measure { width: Length::sp(660), first: Length::ZERO, deep: 1 };
    let broken = break_lines(&items, measure, Length::sp(40), Mode::Justified, &LinePrices::default(), 0);
    let line = broken[0].lines[0];
    let boxes = Length::sp(590);
    assert_eq!(boxes + boxes.scale(line.flex, 1000) + Length::sp(60) + line.slack, Length::sp(660));
}

#[test]
fn a_forced_break_ends_a_line_at_its_natural_width() {
    let forced = Item::Penalty { width: Short::ZERO, hang_end: Short::ZERO, kind: Break::Forced };
    let items = [letters(100), forced, letters(100)];
    let measure = Measure { width: Length::sp(660), first: Length::ZERO, deep: 1 };
    let broken = break_lines(&items, measure, Length::sp(40), Mode::Justified, &LinePrices::default(), 0);
    assert_eq!(broken[0].lines.len(), 2);
    assert_eq!(broken[0].lines[0].slack, Length::ZERO);
}

#[test]
fn one_line_with_gaps_is_dearer_than_three_with_wide_spaces() {
    let measure = Measure { width: Length::sp(660), first: Length::ZERO, deep: 1 };
    let kernel = Kernel::new(&[], measure, Length::sp(40), Mode::Justified, &LinePrices::default());
    let price = |ratio: i64| kernel.space_price(ratio);
    assert!(price(8600) > price(4000) + price(2600) * 2, "{}", price(8600));
    assert!(price(100_000) < FORBIDDEN >> 8, "it never costs as much as a line that is too long");
}

#[test]
fn a_ragged_text_of_one_line_is_not_offered_in_two() {
    let measure = Measure { width: Length::sp(1000), first: Length::ZERO, deep: 1 };
    let lengths = |items: &[Item]| -> Vec<usize> {
        let broken = break_lines(items, measure, Length::sp(40), Mode::Ragged, &LinePrices::default(), 60_000);
        broken.iter().map(|broken| broken.lines.len()).collect()
    };
    let short = [letters(300), space(60), letters(200), space(60), letters(200)];
    assert_eq!(lengths(&short), [1]);
    // Where the first line stays nearly as long it is.
    let long = [letters(600), space(60), letters(200), space(60), letters(60), space(60), letters(120)];
    assert_eq!(lengths(&long), [2], "{:?}", lengths(&long));
}

#[test]
fn two_letters_alone_are_a_worse_last_line_than_a_short_word() {
    let measure = Measure { width: Length::sp(660), first: Length::ZERO, deep: 1 };
    let price = |width: i64| {
        let items = [letters(600), space(60), letters(width)];
        let kernel = Kernel::new(&items, measure, Length::sp(40), Mode::Justified, &LinePrices::default());
        let node = Node { at: 1, next: 2, line: 1, hyphens: 0, depth: 0, cost: 0, parent: 0 };
        let line = kernel.settle(2, 3, 1, true);
        (kernel.runt_price(&line, &node), kernel.dearest_runt())
    };
    let ((two, most), (short, _), (long, _)) = (price(36), price(80), price(100));
    assert!(most > two && two > short && short > 0 && long == 0, "{most} {two} {short} {long}");
}
