//! Two hundred random tables: nothing leaves the type area, and no word is lost.

use recto::assembly::{self, Content};
use recto::diagnostic::Diagnostics;
use recto::font::Fonts;
use recto::layout;
use recto::manuscript;
use recto::page::{Mark, MarkKind, Page, PageKind, Pages, proof};
use recto::picture::Store;
use recto::source::{Memory, Sources};
use recto::theme::Theme;
use recto::units::{Length, Point, Rect};

use crate::dice::{Dice, rounds};

/// What random tables are made of.
struct Random(Dice);

impl Random {
    fn below(&mut self, below: u64) -> u64 {
        self.0.below(below)
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] =
            ["ra", "ti", "fi", "ca", "tion", "mon", "de", "ver", "sta", "lo", "gen", "pre", "un", "der", "ma", "ny"];
        let length = match self.below(4000) {
            0 => 70,
            1..=100 => 14,
            101..=400 => 7,
            _ => 1 + self.below(4),
        };
        (0..length).map(|_| SYLLABLES[self.below(16) as usize]).collect()
    }

    fn cell(&mut self, numeric: bool) -> String {
        if numeric {
            return match self.below(4) {
                0 => format!("{}", self.below(100_000)),
                1 => format!("{}.{}", self.below(1000), self.below(100)),
                2 => format!("−{}.{} %", self.below(10), self.below(10)),
                _ => "–".to_owned(),
            };
        }
        let words = match self.below(12) {
            0 => 60 + self.below(240),
            1..=4 => 6 + self.below(14),
            _ => 1 + self.below(4),
        };
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn table(&mut self) -> String {
        let columns = match self.below(6) {
            0 => 1 + self.below(3),
            1 => 9 + self.below(14),
            _ => 2 + self.below(6),
        } as usize;
        let rows = 1 + self.below(if columns > 8 { 6 } else { 14 }) as usize;
        let numeric: Vec<bool> = (0..columns).map(|at| at > 0 && self.below(3) == 0).collect();
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut text = String::from("Table: A caption of some words {#t}\n\n");
        text.push_str(&row((0..columns).map(|_| self.word()).collect()));
        text.push_str(&row((0..columns)
            .map(|_| ["---", ":--", "--:", ":-:"][self.below(4) as usize].into())
            .collect()));
        for _ in 0..rows {
            text.push_str(&row(numeric.iter().map(|numeric| self.cell(*numeric)).collect()));
        }
        text
    }
}

fn set(text: &str, said: &mut Vec<String>) -> (Theme, Pages) {
    let files = Memory::new()
        .with("metadata.yaml", "title: Tables\nparts: {copyright_page: false}\ncover: false\ncontents: false\n")
        .with("1.md", format!("# One\n\nWords before @t.\n\n{text}\n\nSource: made up.\n\nWords after.\n"));
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let book = manuscript::read(&files, &mut sources, &mut diagnostics).and_then(|manuscript| {
        assembly::assemble(
            &manuscript,
            &Content::default(),
            &files,
            &mut Store::default(),
            &mut sources,
            &mut diagnostics,
        )
    });
    let book = book.unwrap_or_else(|_| panic!("{diagnostics:?}\n{text}"));
    let theme = Theme::settle(&[]);
    let (pages, _) = layout::set(&book, &theme, &Fonts::new(Vec::new()), &mut diagnostics);
    said.extend(diagnostics.iter().map(|diagnostic| diagnostic.message.clone()));
    (theme, pages)
}

/// What a mark covers on its page, before its transform; text without what hangs below its baseline.
fn extent(mark: &Mark) -> Rect {
    match &mark.kind {
        MarkKind::Text(run) => {
            let width = run.glyphs.iter().map(|glyph| glyph.advance()).sum();
            let height = run.size.scale(1, 2);
            Rect::new(run.origin.x, run.origin.y - height, width, height)
        }
        MarkKind::Fill { rect, .. } | MarkKind::Veil { rect, .. } | MarkKind::Picture { rect, .. } => *rect,
        MarkKind::Outline { .. } => Rect::default(),
    }
}

fn on_page(mark: &Mark) -> Rect {
    let rect = extent(mark);
    let Some(transform) = mark.transform else { return rect };
    let turned = |x: Length, y: Length| {
        let (x, y) = match transform.quarters {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        };
        Point::new(x + transform.shift.x, y + transform.shift.y)
    };
    let (a, b) = (turned(rect.origin.x, rect.origin.y), turned(rect.right(), rect.foot()));
    Rect::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
}

fn inside(theme: &Theme, page: &Page) -> Result<(), String> {
    // A page may be a line long; hanging punctuation and rules stand a little over the edge.
    let play = Length::pt(4.0);
    let design = &theme.page;
    let height = design.trim.height - design.head - design.foot + design.grid;
    let left = design.left(page.side);
    // What the lines are too narrow for reaches into the margin at the fore-edge.
    let reach = theme.reach();
    let left = left - design.before_lines(page.side, reach);
    let area = Rect::new(left - play, design.head - play, design.measure() + reach + play * 2, height + play * 2);
    for mark in &page.marks {
        let furniture = matches!(mark.owner, recto::page::Owner::Artifact(recto::page::Artifact::Pagination(_)));
        let rect = on_page(mark);
        if !furniture && !area.contains(&rect) {
            return Err(format!("{rect:?} is not in {area:?}"));
        }
    }
    Ok(())
}

#[test]
fn no_table_leaves_the_type_area_and_no_word_is_lost() {
    let mut random = Random(Dice::new(0x5DEE_CE66_D1CE_1CEB));
    let mut said = Vec::new();
    for number in 0..rounds(200) {
        let text = random.table();
        let before = said.len();
        let (theme, pages) = set(&text, &mut said);
        let inner = || pages.pages.iter().filter(|page| page.kind == PageKind::Inside);
        for page in inner() {
            if let Err(why) = inside(&theme, page) {
                panic!("table {number}: {why}\n{text}\n{}", proof::proof(&pages));
            }
        }
        let mut shown: String = inner().flat_map(|page| &page.marks).map(words).collect();
        shown.retain(|letter| !letter.is_whitespace() && !matches!(letter, '\u{200B}' | '\u{ad}'));
        // Broken words lie over lines that other columns' lines stand between: there, letters are counted.
        let broken = said[before..].iter().any(|message| message.contains("is broken") || message.contains("parts"));
        for word in text.split(['|', ' ', '\n']).filter(|word| word.len() > 8 && !word.starts_with("{#")) {
            assert!(broken || shown.contains(word), "table {number} has lost \"{word}\"\n{}", proof::proof(&pages));
        }
        for letter in 'a'..='z' {
            let count = |text: &str| text.chars().filter(|other| *other == letter).count();
            let written = text.split_once("\n\n").map_or(0, |(_, table)| count(table));
            assert!(count(&shown) >= written, "table {number} has lost a letter {letter}");
        }
    }
    // Every way to fit a table was gone, and said.
    for way in ["type is set at", "stands on a turned page", "parts, its first column", "wider than its column"] {
        let count = said.iter().filter(|message| message.contains(way)).count();
        assert!(count > 0, "no table \"{way}\"");
    }
    assert!(!said.iter().any(|message| message.contains("wider than the measure: ")), "{said:#?}");
}

fn words(mark: &Mark) -> &str {
    match &mark.kind {
        MarkKind::Text(run) => &run.text,
        _ => "",
    }
}

#[test]
fn no_words_of_a_table_are_too_small_to_be_read() {
    let mut said = Vec::new();
    let cells = "| `crystallisation` | `evaporation` | `transportation` | `warehousing` | `administration` | `taxation` | `ships` |";
    let text = format!("{}\n{}\n{cells}\n", cells.replace('`', ""), "|---".repeat(7) + "|");
    let (_, pages) = set(&(text + "\nTable: Of salt {#t}"), &mut said);
    assert!(said.iter().any(|message| message.contains("type is set at")), "it fits: {said:?}");
    let runs = pages.pages.iter().flat_map(|page| &page.marks).filter_map(|mark| match &mark.kind {
        MarkKind::Text(run) if run.text.trim().len() > 3 => Some(run),
        _ => None,
    });
    let least = runs.min_by_key(|run| run.size).expect("there are words");
    assert!(least.size >= Length::pt(6.5), "{:?} is set at {:?}", least.text, least.size);
}
