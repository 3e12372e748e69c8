//! The two kernels by themselves: paragraphs into lines, blocks over pages.
//!
//! Both are given what a novel would give them, made by chance that is always the same. Each is run several times over
//! and the least time is said, since whatever else a machine does only adds to it. What was chosen is summed up beside
//! the time: a change that makes a kernel faster and its choice dearer shows in the same row.

#[path = "../tests/suite/dice.rs"]
mod dice;

use std::hint::black_box;
use std::time::Instant;

use recto::layout::linebreak::{Break, Item, LinePrices, Measure, Mode, break_lines};
use recto::layout::pagebreak::{Block, Body, Flow, NoteCall, PagePrices, Variant, cut};
use recto::units::{Length, Short, Side};

use dice::Dice;

const ROUNDS: usize = 7;

fn main() {
    let mut chance = Dice::new(0x9E37_79B9_7F4A_7C15);
    let paragraphs: Vec<Vec<Item>> = (0..4000).map(|_| paragraph(&mut chance)).collect();
    for (name, measure, mode) in [
        ("justified, 27 em", Measure { width: Length::pt(297.0), first: Length::pt(13.0), deep: 1 }, Mode::Justified),
        ("justified, 14 em", Measure { width: Length::pt(154.0), first: Length::pt(13.0), deep: 1 }, Mode::Justified),
        ("ragged, 27 em", Measure { width: Length::pt(297.0), first: Length::pt(13.0), deep: 1 }, Mode::Ragged),
    ] {
        lines(name, &paragraphs, measure, mode);
    }
    let chapters: Vec<Flow> = (0..400).map(|_| flow(&mut chance, 45, 0)).collect();
    pages("chapters", &chapters);
    pages("chapters with notes", &(0..100).map(|_| flow(&mut chance, 45, 9)).collect::<Vec<_>>());
    pages("one flow of 4,000 paragraphs", &[flow(&mut chance, 4000, 0)]);
}

fn lines(name: &str, paragraphs: &[Vec<Item>], measure: Measure, mode: Mode) {
    let prices = LinePrices::default();
    // As a paragraph asks for it: ragged ones in their best length only.
    let limit = if mode == Mode::Ragged { 0 } else { 60_000 };
    let run = || {
        let set = paragraphs.iter().map(|items| break_lines(items, measure, Length::pt(11.0), mode, &prices, limit));
        set.map(|set| black_box(set).swap_remove(0)).collect::<Vec<_>>()
    };
    let (set, seconds) = least(run);
    let lines: usize = set.iter().map(|best| best.lines.len()).sum();
    let all = || set.iter().flat_map(|best| &best.lines);
    let spread = all().map(|line| ((line.ratio - 1000) as f64).powi(2)).sum::<f64>() / lines as f64;
    let hyphens = all().filter(|line| line.hyphen).count();
    println!(
        "lines, {name}: {:.1} µs a paragraph, {:.2} µs a line; spaces vary by {:.3}, hyphens {:.2} %",
        seconds * 1e6 / set.len() as f64,
        seconds * 1e6 / lines as f64,
        spread.sqrt() / 1000.0,
        100.0 * hyphens as f64 / lines as f64
    );
}

fn pages(name: &str, flows: &[Flow]) {
    let prices = PagePrices::default();
    let (cuts, seconds) =
        least(|| flows.iter().map(|flow| black_box(cut(flow, Side::Recto, &prices))).collect::<Vec<_>>());
    let pages: usize = cuts.iter().map(|cut| cut.pages.len()).sum();
    let cost: i64 = cuts.iter().map(|cut| cut.cost).sum();
    println!(
        "pages, {name}: {:.1} µs a page; {pages} pages at {} a page",
        seconds * 1e6 / pages as f64,
        cost / pages as i64
    );
}

/// What comes out, and the least time it took, in seconds.
fn least<T>(run: impl Fn() -> T) -> (T, f64) {
    let mut best = f64::INFINITY;
    let mut out = run();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        out = run();
        best = best.min(start.elapsed().as_secs_f64());
    }
    (out, best)
}

/// Words of one to four syllables, as wide as at 11 pt, with hyphens between; commas and stops hang.
fn paragraph(chance: &mut Dice) -> Vec<Item> {
    let mut items = Vec::new();
    for word in 0..12 + chance.below(120) {
        if word > 0 {
            items.push(Item::Glue { width: Length::pt(2.75).into(), breaks: true });
        }
        let syllables = 1 + chance.below(8) / 3 + chance.below(5) / 4;
        for syllable in 0..syllables {
            if syllable > 0 {
                let (width, hang_end) = (Length::pt(3.5).into(), Length::pt(2.1).into());
                items.push(Item::Penalty { width, hang_end, kind: Break::Hyphen });
            }
            let stop = syllable + 1 == syllables && chance.below(8) == 0;
            let width = Length::sp((6 + chance.below(13)) as i64 * 65_536 + chance.below(65_536) as i64);
            let hang_end = if stop { Length::pt(1.6).into() } else { Short::ZERO };
            items.push(Item::Box { width: width.into(), hang_start: Short::ZERO, hang_end });
        }
    }
    items
}

/// Paragraphs in up to three lengths on pages of 38 lines; every `noted` of them calls a note, if it is not zero.
fn flow(chance: &mut Dice, paragraphs: usize, noted: u64) -> Flow {
    let blocks = (0..paragraphs).map(|_| {
        let lines = 1 + (chance.below(12) * chance.below(12) / 12) as usize;
        let mut variants = vec![variant(chance, lines, 0)];
        if lines > 3 && chance.below(3) == 0 {
            let price = 500 + chance.below(20_000) as i64;
            variants.push(variant(chance, lines + 1, price));
        }
        if lines > 5 && chance.below(4) == 0 {
            let price = 2000 + chance.below(30_000) as i64;
            variants.push(variant(chance, lines - 1, price));
        }
        if noted > 0 && chance.below(noted) == 0 {
            let height = (2 + chance.below(5) as i32) * 26;
            for variant in &mut variants {
                variant.notes =
                    vec![NoteCall { line: 0, height, splits: (2..height / 26).map(|line| line * 26).collect() }];
            }
        }
        Block { variants, ..Block::default() }
    });
    let blocks = blocks.collect();
    Flow { blocks, page: 38, line: 1, note_scale: 32, note_rule: 32, ..Flow::default() }
}

fn variant(chance: &mut Dice, lines: usize, price: i64) -> Variant {
    let hyphens = (0..lines).map(|line| line + 1 < lines && chance.below(38) == 0).collect();
    Variant { price, body: Body::Lines { height: 1, hyphens }, notes: Vec::new() }
}
