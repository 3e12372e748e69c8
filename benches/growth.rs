//! What time and memory do when a manuscript grows: n, 2n, 4n, 8n of one thing, axis by axis.
//!
//! An axis grows as it should when the exponent between its last two sizes (log₂ of the quotient) is at most 1.1. Small
//! times say nothing, so an exponent is only judged from a fifth of a second on, and memory from fifty megabytes on.
//!
//! ```
//! cargo bench --bench growth                 # every axis once
//! RECTO_BENCH_AXIS=notes RECTO_BENCH_TIMES=5 RECTO_BENCH_SCALE=4 cargo bench --bench growth
//! ```
//!
//! `RECTO_BENCH_TIMES` takes the median of so many runs, `RECTO_BENCH_SCALE` begins at so many times the n of the table.
//! CPU and the highest memory are those that Linux counts for the process; elsewhere the clock stands in, and memory is not
//! shown. Both editions are made, in one process: what one run leaves to the next is little beside what is measured.

#[path = "../tests/suite/dice.rs"]
mod dice;

use std::time::Instant;

use dice::Dice;
use recto::diagnostic::Diagnostics;
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

/// The exponent above which an axis is marked.
const MOST: f64 = 1.1;

/// Something that a manuscript has more of.
struct Axis {
    name: &'static str,
    /// How many at first.
    n: usize,
    metadata: &'static str,
    section: fn(usize, &mut Dice) -> String,
    /// What lies beside the section, or stands in place of the metadata.
    beside: fn(usize) -> Vec<(&'static str, String)>,
}

const PLAIN: &str = "title: T\ncover: false\n";
const FOOTNOTES: &str = "title: T\ncover: false\nnotes: footnotes\n";
const CHAPTERS: &str = "title: T\ncover: false\nnotes: chapter\n";
const CITING: &str = "title: T\ncover: false\nbibliography: works.bib\n";

/// An axis of one section and nothing beside it.
const fn axis(name: &'static str, n: usize, section: fn(usize, &mut Dice) -> String) -> Axis {
    Axis { name, n, metadata: PLAIN, section, beside: |_| Vec::new() }
}

const AXES: &[Axis] = &[
    axis("words", 20_000, |n, dice| each(n / 100, |_| words(dice, 100) + ".\n\n")),
    axis("paragraph", 4_000, words_of),
    axis("sections", 100, |n, dice| each(n, |i| format!("# Title {i}\n\n{}\n\n", words(dice, 5)))),
    axis("equal titles", 100, |n, dice| each(n, |_| format!("# Title\n\n{}\n\n", words(dice, 5)))),
    axis("headings", 500, |n, dice| each(n, |i| format!("## Head {i}\n\n{}\n\n", words(dice, 5)))),
    axis("endnotes", 600, notes),
    Axis { metadata: FOOTNOTES, ..axis("footnotes", 600, notes) },
    Axis { metadata: CHAPTERS, ..axis("notes of chapters", 600, notes) },
    axis("rows", 200, |n, dice| {
        format!("| a | b |\n|---|--:|\n{}", each(n, |i| format!("| {} | {i} |\n", words(dice, 2))))
    }),
    axis("columns", 20, |n, _| {
        format!("|{}\n|{}\n{}", " a |".repeat(n), "---|".repeat(n), format!("|{}\n", " 1 |".repeat(n)).repeat(3))
    }),
    axis("tables", 60, |n, dice| {
        each(n, |i| format!("| a | b |\n|---|--:|\n| {} | {i} |\n\nTable: T {i}\n\n", words(dice, 2)))
    }),
    Axis {
        beside: |_| vec![("f.svg", drawing(5))],
        ..axis("figures", 60, |n, dice| each(n, |i| format!("![A {i}](f.svg)\n\n{}\n\n", words(dice, 9))))
    },
    axis("charts", 40, |n, _| {
        each(n, |i| {
            format!("```chart\ntype: bar\ntitle: C {i}\ndata: [[town, share], [a, 1], [b, {i}], [c, 3]]\n```\n\n")
        })
    }),
    axis("items", 800, |n, dice| each(n, |_| format!("- {}\n", words(dice, 3)))),
    axis("definitions", 400, |n, dice| each(n, |i| format!("Term {i}\n: {}\n\n", words(dice, 5)))),
    axis("references", 600, |n, dice| {
        format!("## A {{#a}}\n\n{}", each(n, |_| format!("See [](#a) {}.\n\n", words(dice, 3))))
    }),
    axis("wrong references", 300, |n, _| each(n, |i| format!("## B {{#b{i}}}\n\nSee [](#c{i}).\n\n"))),
    axis("missing pictures", 300, |n, _| each(n, |i| format!("![p](p{i}.png)\n\n"))),
    axis("links", 600, |n, dice| each(n, |i| format!("[word {i}](https://a.org/{i}) {}.\n\n", words(dice, 3)))),
    axis("addresses", 100, |n, _| each(n, |i| format!("https://example.org/a/b/{i} "))),
    Axis {
        metadata: CITING,
        beside: |n| vec![("works.bib", works(n))],
        ..axis("citations", 200, |n, dice| each(n, |i| format!("{} [@w{i}, p. {i}].\n\n", words(dice, 8))))
    },
    axis("marks of the index", 400, |n, dice| {
        each(n, |i| format!("[{}]{{.index entry=\"e{i}\"}} {}.\n\n", words(dice, 1), words(dice, 8)))
    }),
    Axis {
        beside: |n| vec![("metadata.yaml", format!("{PLAIN}authors: [{}]\n", each(n, |i| format!("Ann Lee {i}, "))))],
        ..axis("authors", 50, |_, dice| words(dice, 9))
    },
    Axis {
        beside: |n| vec![("f.svg", drawing(n))],
        ..axis("elements of a drawing", 4_000, |_, _| "![A](f.svg)\n".into())
    },
    Axis {
        beside: |n| vec![("f.svg", nested(n))],
        ..axis("groups in groups of a drawing", 40, |_, _| "![A](f.svg)\n".into())
    },
    axis("long word", 1_000, |n, _| "a".repeat(n)),
    axis("Tibetan", 1_000, |n, _| "བོད".repeat(n)),
    axis("Han", 2_000, |n, _| "漢字".repeat(n)),
    axis("code", 400, |n, dice| format!("```\n{}```\n", each(n, |_| words(dice, 6) + "\n"))),
    axis("line of code", 8_000, |n, _| format!("```\n{}\n```\n", "x".repeat(n))),
    axis("boxes", 150, |n, dice| each(n, |_| format!("::: box\n{}\n:::\n\n", words(dice, 9)))),
    axis("marks that never close", 500, |n, _| "*a **b [c ".repeat(n)),
    axis("backticks that never close", 500, |n, _| "a `b ``c ".repeat(n)),
    axis("tags that never close", 500, |n, _| "<b>a <i>b <u ".repeat(n)),
    axis("marks of emphasis", 400, |n, dice| each(n, |_| format!("{} *{}* `x`\n\n", words(dice, 8), words(dice, 2)))),
    axis("brackets", 1_000, |n, _| "[^".repeat(n)),
    axis("quotations in quotations", 50, |n, _| format!("{}deep\n", "> ".repeat(n))),
];

fn each(n: usize, one: impl FnMut(usize) -> String) -> String {
    (0..n).map(one).collect()
}

fn words(dice: &mut Dice, count: usize) -> String {
    const WORDS: [&str; 12] =
        ["water", "salt", "town", "bill", "price", "river", "quay", "stone", "bread", "market", "harbour", "letter"];
    (0..count).map(|_| *dice.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn words_of(n: usize, dice: &mut Dice) -> String {
    words(dice, n) + "."
}

fn notes(n: usize, dice: &mut Dice) -> String {
    let calls = each(n, |i| format!("{}.[^{i}]\n\n", words(dice, 8)));
    calls + &each(n, |i| format!("[^{i}]: {} {i}.\n\n", words(dice, 6)))
}

/// A drawing of so many squares.
fn drawing(n: usize) -> String {
    let squares = each(n, |i| format!("<rect x=\"{}\" y=\"{}\" width=\"1\" height=\"1\"/>", i % 90, i / 90 % 90));
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">{squares}</svg>")
}

/// A square in so many groups.
fn nested(n: usize) -> String {
    let (open, close) = ("<g>".repeat(n), "</g>".repeat(n));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{open}<rect width=\"9\" height=\"9\"/>{close}</svg>"
    )
}

/// A list of so many works.
fn works(n: usize) -> String {
    each(n, |i| {
        format!("@book{{w{i}, author = {{Lee, Ann {i}}}, title = {{Water {i}}}, year = {{{}}}}}\n", 1900 + i % 99)
    })
}

fn main() {
    let number = |name: &str| std::env::var(name).ok().and_then(|written| written.parse::<usize>().ok()).unwrap_or(1);
    let (times, scale) = (number("RECTO_BENCH_TIMES"), number("RECTO_BENCH_SCALE"));
    let only = std::env::var("RECTO_BENCH_AXIS").unwrap_or_default();
    println!("{:26} {:>8}  CPU in s of n, 2n, 4n, 8n           log2   MB of 8n  log2", "axis", "n");
    for axis in AXES.iter().filter(|axis| axis.name.contains(&only)) {
        let n = axis.n * scale;
        let runs: Vec<(f64, f64)> = [1, 2, 4, 8].map(|by| median(axis, n * by, times)).to_vec();
        let exponent = |of: fn(&(f64, f64)) -> f64| (of(&runs[3]) / of(&runs[2]).max(1e-3)).log2();
        let (time, memory) = (exponent(|run| run.0), exponent(|run| run.1));
        let mark = |exponent: f64, counts: bool| if counts && exponent > MOST { "!" } else { " " };
        let shown: String = runs.iter().map(|(seconds, _)| format!("{seconds:8.2}")).collect();
        println!(
            "{:26} {n:>8} {shown}  {time:6.2}{} {:8.0}  {memory:6.2}{}",
            axis.name,
            mark(time, runs[2].0 >= 0.2),
            runs[3].1,
            mark(memory, runs[2].1 >= 50.0),
        );
    }
}

/// CPU and memory of some runs, the one in the middle of each.
fn median(axis: &Axis, n: usize, times: usize) -> (f64, f64) {
    let mut runs: Vec<(f64, f64)> = (0..times.max(1)).map(|_| run(axis, n)).collect();
    let mut middle = |of: fn(&(f64, f64)) -> f64| {
        runs.sort_by(|one, other| of(one).total_cmp(&of(other)));
        of(&runs[runs.len() / 2])
    };
    (middle(|run| run.0), middle(|run| run.1))
}

fn run(axis: &Axis, n: usize) -> (f64, f64) {
    let section = (axis.section)(n, &mut Dice::seeded(1));
    let text = if section.starts_with("# ") { section } else { format!("# One\n\n{section}") };
    let mut files = Memory::new().with("metadata.yaml", axis.metadata).with("a.md", text);
    for (name, text) in (axis.beside)(n) {
        files = files.with(name, text);
    }
    let floor = forget_the_highest();
    let (clock, began) = (Instant::now(), cpu());
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let built = production::build(&files, &Request::default(), &mut sources, &mut diagnostics, &mut |_| {});
    drop(built);
    let seconds = match (began, cpu()) {
        (Some(began), Some(ended)) => ended - began,
        _ => clock.elapsed().as_secs_f64(),
    };
    (seconds, (highest() - floor).max(0.0))
}

/// The CPU that this process took, all threads, in seconds: fields 14 and 15 of its line, in hundredths.
fn cpu() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = line.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// Begins to watch for the highest memory anew; what is taken now, in megabytes.
fn forget_the_highest() -> f64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    highest()
}

/// The highest memory so far, in megabytes; 0 where nobody counts it.
fn highest() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
