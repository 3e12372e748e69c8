//! A thousand citations of three hundred works: how long each style that a policy paper asks for takes over them.
//!
//! The works are made by chance that is always the same, of the kinds that papers cite, with names that have to be told
//! apart. Reading the list and loading the style stand apart from the citations and the list of works. Each is run
//! several times over and the least time is said.

#[path = "../tests/suite/dice.rs"]
mod dice;

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use recto::cite::cluster::{Citation, Cite};
use recto::cite::join::{Signs, join};
use recto::cite::processor::Processor;
use recto::cite::style::{Position, Style};
use recto::cite::work::Work;
use recto::cite::{bibtex, places, read_style, shipped};

use dice::Dice;

const ROUNDS: usize = 9;
const WORKS: usize = 300;
const CITATIONS: usize = 1000;

fn main() {
    let mut chance = Dice::new(0x9E37_79B9_7F4A_7C15);
    let list: String = (0..WORKS).map(|at| work(at, &mut chance)).collect();
    for name in ["chicago-notes", "chicago-author-date", "apa", "mla", "ieee"] {
        let mut least = [Duration::MAX; 3];
        for _ in 0..ROUNDS {
            for (least, took) in least.iter_mut().zip(run(name, &list)) {
                *least = took.min(*least);
            }
        }
        let [read, load, cite] = least.map(|took| took.as_secs_f64() * 1e3);
        println!("{name}: {CITATIONS} citations and the list {cite:.1} ms; reading {read:.1} ms, style {load:.1} ms");
    }
}

fn run(name: &str, list: &str) -> [Duration; 3] {
    let start = Instant::now();
    let works: Vec<Work> = bibtex::read(list).works.into_iter().map(|(work, _)| work).collect();
    let read = start.elapsed();
    let xml = shipped::style(name).expect("the style is shipped");
    let style = match read_style::style(&xml).expect("a shipped style is right") {
        read_style::Read::Style(style) => *style,
        read_style::Read::Depends(_) => unreachable!("no shipped style depends on another"),
    };
    let locale = shipped::locale("en-US", &style);
    let load = start.elapsed() - read;
    let start = Instant::now();
    let citations = citations(&style, works.len());
    let placed = places::places(&citations, style.citation.near_note);
    let mut again = vec![false; works.len()];
    for (cite, place) in citations.iter().zip(&placed).flat_map(|(one, places)| one.cites.iter().zip(places)) {
        again[cite.work] |= place.position != Position::First;
    }
    let order: Vec<usize> = (0..works.len()).collect();
    let processor = Processor::new(&style, &locale, &works, &order, again);
    let signs = Signs::of(&locale);
    for (citation, places) in citations.iter().zip(&placed) {
        black_box(join(&processor.citation(citation, places), &signs));
    }
    for entry in processor.entries() {
        black_box(join(&entry.pieces, &signs));
    }
    [read, load, start.elapsed()]
}

/// Every work once, then some again; each second one at a page, each seventh with another beside it.
fn citations(style: &Style, works: usize) -> Vec<Citation> {
    let mut chance = Dice::new(7);
    let mut one = |at: usize| {
        let work = if at < works { at } else { chance.below(works as u64) as usize };
        let pages = format!("{}-{}", at % 200 + 1, at % 200 + 3);
        let first = Cite { work, locator: (at % 2 == 1).then(|| ("page".to_owned(), pages)), ..Cite::default() };
        let beside = Cite { work: (work + 3) % works, ..Cite::default() };
        let cites = if at.is_multiple_of(7) { vec![first, beside] } else { vec![first] };
        Citation { cites, note: if style.notes { at + 1 } else { 0 }, ..Citation::default() }
    };
    (0..CITATIONS).map(&mut one).collect()
}

/// An entry of BibTeX: an article, a book, a chapter, a report or a page of the web.
fn work(at: usize, chance: &mut Dice) -> String {
    const FAMILIES: [&str; 8] = ["Smith", "Kim", "van Dijk", "Okafor", "Nguyen", "García", "Müller", "Ostrom"];
    const GIVEN: [&str; 6] = ["Ann", "Adam B.", "Chidi", "Jean-Luc", "Min-seo", "Ruth"];
    const WORDS: [&str; 8] = ["Water", "Trade", "Law", "History", "Cities", "Tides", "Money", "Schools"];
    let mut pick = |from: &[&'static str]| from[chance.below(from.len() as u64) as usize];
    let mut names = String::new();
    for person in 0..1 + at % 4 {
        let joint = if person == 0 { "" } else { " and " };
        let _ = write!(names, "{joint}{}, {}", pick(&FAMILIES), pick(&GIVEN));
    }
    let title = format!("The {} of {} and {}: A Study", pick(&WORDS), pick(&WORDS), pick(&WORDS));
    let year = 1960 + at % 60;
    let rest = match at % 5 {
        0 => {
            format!("journal = {{Journal of {}}}, volume = {}, number = 2, pages = {{101--119}}", pick(&WORDS), at % 40)
        }
        1 => "publisher = {Harbour Press}, address = {Boston}, edition = {2}".to_owned(),
        2 => "booktitle = {A Handbook}, editor = {Lee, Ann and Roe, Rex}, publisher = {Mill Press}, pages = {7-31}"
            .to_owned(),
        3 => format!("institution = {{Institute of {}}}, number = {{{at}}}, type = {{Working Paper}}", pick(&WORDS)),
        _ => format!("url = {{https://example.org/{at}}}, urldate = {{2024-05-06}}"),
    };
    let kind = ["article", "book", "incollection", "report", "online"][at % 5];
    format!("@{kind}{{w{at}, author = {{{names}}}, title = {{{title}}}, date = {{{year}}}, {rest}}}\n")
}
