//! A whole book set, timed and measured: how even its lines are, how full its pages.
//!
//! `RECTO_BENCH` names a manuscript folder; without it the words of the sample are shuffled into a novel.
//! `RECTO_BENCH_TIMES` sets the book so many times over, to see whether time grows in proportion. What is counted,
//! and how, follows the definitions that typesetters' tools use: a word space is measured against the face's own, a
//! justified line is any but the last of its paragraph, a runt is a last line under 2.5 em or the rest of a word.
//!
//! No harness of a benchmark crate: one run over thousands of pages says more than many over one, and the figures that
//! decide here are not times.

#[path = "../tests/suite/dice.rs"]
mod dice;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use recto::diagnostic::Diagnostics;
use recto::font::Fonts;
use recto::page::{MarkKind, NodeId, Owner, PageKind, Structure, Tag, TextRun};
use recto::production::{self, Proof, Request};
use recto::source::{Memory, Sources};
use recto::theme::Role;
use recto::units::{Length, Side};

use dice::Dice;

fn main() {
    let times = std::env::var("RECTO_BENCH_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let files = match std::env::var("RECTO_BENCH") {
        Ok(folder) => folder_of(Path::new(&folder), times),
        Err(_) => shuffled(400 * times),
    };
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let start = Instant::now();
    let proof = production::proof(&files, &Request::default(), &mut sources, &mut diagnostics);
    let seconds = start.elapsed().as_secs_f64();
    let Ok(Some(proof)) = proof else {
        for diagnostic in diagnostics.iter() {
            eprintln!("{}", diagnostic.message);
        }
        std::process::exit(1);
    };
    println!("{} pages set in {seconds:.2} s, {} warnings", proof.pages.pages.len(), diagnostics.iter().count());
    Account::of(&proof).print();
    if std::env::var_os("RECTO_BENCH_WARNINGS").is_some() {
        for diagnostic in diagnostics.iter() {
            println!("{}", diagnostic.message);
        }
    }
}

/// A folder read whole; the sections come again with other numbers before their names.
fn folder_of(folder: &Path, times: usize) -> Memory {
    let mut paths = Vec::new();
    walk(folder, folder, &mut paths);
    let mut files = Memory::new();
    for path in paths {
        let Ok(bytes) = std::fs::read(folder.join(&path)) else { continue };
        if times > 1 && path.ends_with(".md") {
            for round in 0..times {
                files = files.with(&format!("{round:02}{path}"), bytes.clone());
            }
        } else {
            files = files.with(&path, bytes);
        }
    }
    files
}

fn walk(root: &Path, folder: &Path, paths: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            walk(root, &path, paths);
        } else if let Ok(inside) = path.strip_prefix(root) {
            paths.push(inside.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// The sample's words in sentences of chance, always the same.
fn shuffled(chapters: usize) -> Memory {
    let sample = folder_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscript"), 1);
    let text: String = recto::source::Files::list(&sample)
        .iter()
        .filter(|path| path.ends_with(".md"))
        .filter_map(|path| recto::source::Files::read(&sample, path).ok())
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .collect();
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.chars().all(|letter| letter.is_ascii_lowercase())).collect();
    let mut dice = Dice::new(0x9E37_79B9_7F4A_7C15);
    let mut chance = |below: usize| dice.throw(below);
    let metadata =
        "title: A Novel of Chance\nlanguage: en\ntheme: book\neditions:\n  print: {format: pdf, trim: 6x9in}\n";
    let mut files = Memory::new().with("metadata.yaml", metadata);
    for chapter in 0..chapters {
        let mut section = format!("# Chapter {}\n\n", chapter + 1);
        for _ in 0..12 + chance(20) {
            for _ in 0..1 + chance(7) {
                for at in 0..6 + chance(20) {
                    let word = words[chance(words.len())];
                    let first = &word[..1];
                    match at {
                        0 => section.push_str(&format!("{}{}", first.to_uppercase(), &word[1..])),
                        _ => section.push_str(&format!("{}{word}", if chance(9) == 0 { ", " } else { " " })),
                    }
                }
                section.push_str(". ");
            }
            section.push_str("\n\n");
        }
        files = files.with(&format!("{:05}-chapter.md", chapter), section);
    }
    files
}

/// A line of text as it was set.
struct SetLine {
    page: usize,
    baseline: Length,
    paragraph: NodeId,
    /// From the first letter to the end of the last.
    width: Length,
    /// Words less one, and the mean space between them in thousandths of the face's own.
    spaces: usize,
    ratio: i64,
    hyphen: bool,
    gaps: Vec<(Length, Length)>,
}

/// What is counted.
#[derive(Default)]
struct Account {
    lines: usize,
    ratios: Vec<i64>,
    hyphens: usize,
    not_last: usize,
    ladders: usize,
    page_hyphens: usize,
    paragraphs: usize,
    runts: usize,
    widows: usize,
    orphans: usize,
    bottoms: Vec<i64>,
    /// Pages that end half a line or more off, and by how many hundredths of a line.
    odd_pages: Vec<(usize, i64)>,
    uneven: usize,
    openings: usize,
    rivers: usize,
}

impl Account {
    fn of(proof: &Proof) -> Account {
        let style = proof.theme.style(Role::Body);
        let mut account = Account::default();
        let mut paragraphs: BTreeMap<NodeId, Vec<SetLine>> = BTreeMap::new();
        let mut order: Vec<NodeId> = Vec::new();
        let mut bottoms: Vec<Option<(Side, i64)>> = Vec::new();
        for (number, page) in proof.pages.pages.iter().enumerate() {
            let lines = lines_of_page(proof, number, style.size);
            account.count_rivers(&lines);
            account.count_ladders(&lines);
            let foot = page.size.height - proof.theme.page.foot;
            bottoms.push(lines.last().filter(|_| page.kind == PageKind::Inside).map(|line| {
                let short = (foot - line.baseline).to_sp() * 100 / proof.theme.page.grid.to_sp();
                (page.side, short)
            }));
            for line in lines {
                let all = paragraphs.entry(line.paragraph).or_default();
                if all.is_empty() {
                    order.push(line.paragraph);
                }
                all.push(line);
            }
        }
        let mut goes_on = vec![false; proof.pages.pages.len()];
        for node in &order {
            account.count_paragraph(&paragraphs[node], style.size, &mut goes_on);
        }
        account.count_pages(&bottoms, &paragraphs, &order);
        account
    }

    fn count_paragraph(&mut self, lines: &[SetLine], em: Length, goes_on: &mut [bool]) {
        self.lines += lines.len();
        self.not_last += lines.len() - 1;
        for (at, line) in lines[..lines.len() - 1].iter().enumerate() {
            self.hyphens += usize::from(line.hyphen);
            if line.page != lines[at + 1].page {
                goes_on[line.page] = true;
                self.page_hyphens += usize::from(line.hyphen);
            }
            if line.spaces >= 2 {
                self.ratios.push(line.ratio);
            }
        }
        if lines.len() < 2 {
            return;
        }
        self.paragraphs += 1;
        let (last, before) = (&lines[lines.len() - 1], &lines[lines.len() - 2]);
        self.runts += usize::from(last.width < em.scale(5, 2) || (before.hyphen && last.spaces == 0));
        self.widows += usize::from(last.page != before.page);
        self.orphans += usize::from(lines[0].page != lines[1].page);
    }

    fn count_ladders(&mut self, lines: &[SetLine]) {
        let mut row = 0;
        for line in lines {
            row = if line.hyphen { row + 1 } else { 0 };
            self.ladders += usize::from(row == 3);
        }
    }

    fn count_rivers(&mut self, lines: &[SetLine]) {
        let mut open: Vec<(usize, (Length, Length))> = Vec::new();
        for line in lines {
            let mut next = Vec::new();
            let mut used = vec![false; open.len()];
            for gap in &line.gaps {
                let above = (0..open.len()).find(|at| {
                    let over = open[*at].1;
                    let common = over.1.min(gap.1) - over.0.max(gap.0);
                    !used[*at] && common * 2 >= (over.1 - over.0).min(gap.1 - gap.0)
                });
                let length = above.map_or(1, |at| {
                    used[at] = true;
                    open[at].0 + 1
                });
                self.rivers += usize::from(length == 4);
                next.push((length, *gap));
            }
            open = next;
        }
    }

    /// Pages that end in the run of the text: whose last paragraph goes on, or is followed by another overleaf.
    fn count_pages(
        &mut self,
        bottoms: &[Option<(Side, i64)>],
        paragraphs: &BTreeMap<NodeId, Vec<SetLine>>,
        order: &[NodeId],
    ) {
        // A page counts when the next begins with text at its head.
        let mut first: BTreeMap<usize, Length> = BTreeMap::new();
        for line in order.iter().flat_map(|node| &paragraphs[node]) {
            let entry = first.entry(line.page).or_insert(line.baseline);
            *entry = (*entry).min(line.baseline);
        }
        let head = first.values().copied().min().unwrap_or_default();
        let counted = |page: usize| {
            let (_, short) = bottoms.get(page).copied().flatten()?;
            let next = first.get(&(page + 1))?;
            (*next - head < Length::pt(2.0)).then_some(short)
        };
        for (page, bottom) in bottoms.iter().enumerate() {
            let Some(short) = counted(page) else { continue };
            self.bottoms.push(short);
            if short.abs() > 50 {
                self.odd_pages.push((page + 1, short));
            }
            if let (Some((Side::Verso, _)), Some(facing)) = (bottom, counted(page + 1)) {
                self.openings += 1;
                self.uneven += usize::from((short - facing).abs() > 50);
            }
        }
    }

    fn print(&self) {
        let share = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
        let over = |limit: i64| share(self.ratios.iter().filter(|ratio| **ratio > limit).count(), self.ratios.len());
        let mean = self.ratios.iter().sum::<i64>() as f64 / self.ratios.len().max(1) as f64;
        let spread = |values: &[i64], mean: f64| {
            let squares: f64 = values.iter().map(|value| (*value as f64 - mean).powi(2)).sum();
            (squares / values.len().max(1) as f64).sqrt()
        };
        let tight = share(self.ratios.iter().filter(|ratio| **ratio < 700).count(), self.ratios.len());
        println!("lines {}, justified {}", self.lines, self.ratios.len());
        println!("word space mean {:.3}, CV {:.4}", mean / 1000.0, spread(&self.ratios, mean) / mean.max(1.0));
        println!("  > 1.5x {:.2} %, > 2x {:.3} %, < 0.7x {:.2} %", over(1500), over(2000), tight);
        println!("  loosest {:.2}", self.ratios.iter().max().copied().unwrap_or(0) as f64 / 1000.0);
        println!("hyphens {:.2} %, ladders {}", share(self.hyphens, self.not_last), self.ladders);
        println!("hyphens at page ends {}", self.page_hyphens);
        println!("runts {:.2} % of {}", share(self.runts, self.paragraphs), self.paragraphs);
        println!("widows {}, orphans {}", self.widows, self.orphans);
        let bottom = self.bottoms.iter().sum::<i64>() as f64 / self.bottoms.len().max(1) as f64;
        println!("page bottoms sd {:.3} lines", spread(&self.bottoms, bottom) / 100.0);
        let short = |limit: i64| self.bottoms.iter().filter(|short| **short > limit).count();
        println!(
            "  more than a line short {:.2} %, a line short {:.2} %, a line long {:.2} %",
            share(short(110), self.bottoms.len()),
            share(short(90), self.bottoms.len()),
            share(self.bottoms.iter().filter(|short| **short < -90).count(), self.bottoms.len())
        );
        println!("uneven openings {:.2} % of {}", share(self.uneven, self.openings), self.openings);
        println!("  pages off (hundredths of a line) {:?}", self.odd_pages);
        println!("rivers {:.2} per 1,000 lines", 1000.0 * self.rivers as f64 / self.lines.max(1) as f64);
    }
}

/// The lines of the text on a page, from the head down.
fn lines_of_page(proof: &Proof, number: usize, size: Length) -> Vec<SetLine> {
    let mut rows: BTreeMap<(Length, NodeId), Vec<&TextRun>> = BTreeMap::new();
    for mark in &proof.pages.pages[number].marks {
        if let (MarkKind::Text(run), Owner::Content(leaf)) = (&mark.kind, mark.owner)
            && run.size == size
            && let Some(paragraph) = paragraph(&proof.pages.structure, leaf)
        {
            rows.entry((run.origin.y, paragraph)).or_default().push(run);
        }
    }
    rows.into_iter()
        .map(|((baseline, paragraph), mut runs)| {
            runs.sort_by_key(|run| run.origin.x);
            line(&proof.fonts, number, baseline, paragraph, &runs)
        })
        .collect()
}

fn paragraph(structure: &Structure, leaf: NodeId) -> Option<NodeId> {
    let mut at = leaf;
    loop {
        let node = structure.node(at);
        match node.tag {
            Tag::P => return Some(at),
            Tag::Lbl | Tag::TD(_) | Tag::TH(..) | Tag::Note | Tag::Toci => return None,
            _ => at = node.parent?,
        }
    }
}

fn line(fonts: &Fonts, page: usize, baseline: Length, paragraph: NodeId, runs: &[&TextRun]) -> SetLine {
    let mut set = SetLine {
        page,
        baseline,
        paragraph,
        width: Length::ZERO,
        spaces: 0,
        ratio: 0,
        hyphen: false,
        gaps: Vec::new(),
    };
    let start = runs.first().map_or(Length::ZERO, |run| run.origin.x);
    let (mut given, mut natural) = (Length::ZERO, Length::ZERO);
    for run in runs {
        let mut x = run.origin.x;
        let space = fonts.face(run.face).space(run.size);
        for glyph in &run.glyphs {
            let letters = run.text.get(glyph.start as usize..glyph.end as usize).unwrap_or("");
            if letters == " " || letters == "\u{a0}" {
                set.spaces += 1;
                given += glyph.advance();
                natural += space;
                set.gaps.push((x, x + glyph.advance()));
            } else if !letters.is_empty() || glyph.soft_hyphen {
                set.hyphen = glyph.soft_hyphen || letters.ends_with(['-', '\u{2010}']);
                set.width = x + glyph.advance() - start;
            }
            x += glyph.advance();
        }
    }
    // The space at which the line was broken hangs after it.
    if set.gaps.last().is_some_and(|(from, _)| *from >= start + set.width) {
        let (from, to) = set.gaps.pop().unwrap_or_default();
        set.spaces -= 1;
        given -= to - from;
        natural -= to - from;
    }
    set.ratio = if natural > Length::ZERO { given.to_sp() * 1000 / natural.to_sp() } else { 1000 };
    set
}
