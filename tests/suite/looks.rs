//! The looks of the built-in themes: what each promises, held on pages.

use std::path::Path;

use recto::book::{DivisionKind, Target, plain};
use recto::diagnostic::Diagnostics;
use recto::page::{MarkKind, NodeId, Owner, Page, PageKind, Tag};
use recto::production::{self, Proof, Request};
use recto::source::{Files, Memory, Sources};
use recto::theme::screen::{NIGHT, by_day_and_night, by_night, contrast};
use recto::theme::{Base, Theme, ThemeSpec};
use recto::units::{Colour, Length, Side};

use crate::ebook_reader::{Ebook, folder};
use crate::support::{Desk, made_part};

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160"><rect width="400" height="160" fill="#14304A"/></svg>"##;

/// A paper with what papers have: a standfirst, a figure to remember, boxes, tables, a wide figure, notes, a chart.
fn paper(metadata: &str) -> Memory {
    let sentences = |from: usize, count: usize| -> String {
        let some = |at: usize| match at % 4 {
            0 => "The lower towns pay first and are paid last, as they were in each of the five years before. ",
            1 => "A forecast that nobody reads is a diary, and a diary is no policy. ",
            2 => "What follows sets out who measures, who pays and who is flooded, in that order. ",
            _ => "It runs downhill, like the water, and nobody above has a reason to change it. ",
        };
        (from..from + count).map(some).collect()
    };
    let mut text = format!("# Who pays\n\n::: standfirst\n{}\n:::\n\n", sentences(0, 2));
    for part in 0..6 {
        text.push_str(&format!("{}[^a{part}]\n\n", sentences(part, 9).trim_end()));
        text.push_str(&match part {
            0 => "::: {.key-figure value=\"3.2 million\" label=\"households live below the bank\"}\n:::\n\n".to_owned(),
            1 => "## What the ledgers hold\n\n> [!WARNING] Old units\n> Three of the series were kept in two units.\n\n".to_owned(),
            2 => "| State | Gauges | Paid |\n|---|--:|---|\n| Upper | 3 | yes |\n| Lower | 4 | no |\n| Delta | 2 | no |\n\nTable: What was paid {#tbl-paid}\n\n### What is left out\n\n".to_owned(),
            3 => "![](drawing.svg){alt=\"A block\" #fig-wide place=wide}\n\nFigure: A wide one\n\n".to_owned(),
            4 => "```{.chart #fig-share}\ntype: bar\ntitle: Shares\nalt: Two bars.\ndata:\n  - {state: Upper, share: 41}\n  - {state: Lower, share: 59}\n```\n\n".to_owned(),
            _ => String::new(),
        });
    }
    for part in 0..6 {
        text.push_str(&format!("[^a{part}]: A note of some words, *Journal of Examples* {part}, 12–19.\n"));
    }
    let outlook = format!("# Outlook\n\n{}\n\n{}\n", sentences(1, 8), sentences(2, 6));
    Memory::new()
        .with("metadata.yaml", format!("title: The Price of Water\ncontents: false\n{metadata}\n"))
        .with("10-one.md", text)
        .with("20-two.md", outlook)
        .with("drawing.svg", DRAWING)
}

fn set(files: &Memory, edition: Option<&str>) -> (Proof, Vec<String>) {
    let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
    let request = Request { edition: edition.map(str::to_owned), ..Request::default() };
    let proof = production::proof(files, &request, &mut sources, &mut said);
    let said = said.iter().map(|said| format!("{}: {}", said.lint.name, said.message)).collect();
    (proof.expect("it is set").expect("there is such an edition"), said)
}

/// The words of the text on a page.
fn words(page: &Page) -> String {
    let runs = page.marks.iter().filter_map(|mark| match (&mark.kind, mark.owner) {
        (MarkKind::Text(run), Owner::Content(_)) => Some(&*run.text),
        _ => None,
    });
    runs.collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_is_said_of_a_paper_in_any_theme_that_is_not_true() {
    for base in Base::ALL {
        let (proof, said) = set(&paper(&format!("theme: {}", base.name())), None);
        assert_eq!(said, [] as [&str; 0], "{}", base.name());
        assert!(proof.pages.pages.len() > 2);
    }
}

#[test]
fn letter_and_a4_break_alike() {
    let sample = folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscript"));
    let said = String::from_utf8(sample.read("metadata.yaml").expect("it has metadata")).expect("letters");
    for base in Base::ALL {
        let name = base.name();
        let of_an_edition = ["print", "print-a4"];
        let of_a_theme = ["letter", "sheet"];
        let both = "editions: {print: {format: pdf, paper: both}}";
        let each = "editions: {letter: {format: pdf, paper: letter}, sheet: {format: pdf, paper: a4}}";
        for (metadata, editions) in [
            (format!("theme: {name}\n{both}"), of_an_edition),
            (format!("theme: {name}\nnotes: footnotes\n{both}"), of_an_edition),
            (format!("theme: {{extends: {name}, paper: both}}\n{each}"), of_a_theme),
        ] {
            let mut of_files = vec![paper(&metadata), floats(&metadata)];
            if metadata.ends_with(both) && !metadata.contains("notes:") {
                let own = format!("{}\n{metadata}\n", said.replace("\nnotes:", "\n# "));
                of_files.push(sample.clone().with("metadata.yaml", own));
            }
            for files in of_files {
                let [letter, a4] = editions.map(|edition| set(&files, Some(edition)).0);
                assert!(letter.theme.page.trim.width > a4.theme.page.trim.width, "{metadata}");
                let pages = |proof: &Proof| -> Vec<String> {
                    proof.pages.pages.iter().filter(|page| page.kind == PageKind::Inside).map(words).collect()
                };
                assert_eq!(pages(&letter), pages(&a4), "{metadata}");
            }
        }
    }
}

/// A paper of figures and tables in every place that they may have, with notes between.
fn floats(metadata: &str) -> Memory {
    let sentence = "The lower towns pay first and are paid last, as they were in each of the five years before. ";
    let table =
        "| State | Gauges | Paid |\n|---|--:|---|\n| Upper | 3 | yes |\n| Lower | 4 | no |\n| Delta | 2 | no |\n";
    let mut text = String::new();
    for (at, place) in ["here", "wide", "page", "spread", "margin", "wide"].into_iter().enumerate() {
        let words = sentence.repeat(5 + at * 4);
        text.push_str(&format!("# Section {at}\n\n{}[^a{at}]\n\n", words.trim_end()));
        text.push_str(&format!("![](drawing.svg){{alt=\"A block\" place={place}}}\n\nFigure: A figure\n\n"));
        text.push_str(&format!("{}\n\n## A part\n\n{}\n\n", words.trim_end(), words.trim_end()));
        let (rows, place) = (if at == 1 { 40 } else { 2 }, if at % 2 == 1 { " {place=wide}" } else { "" });
        text.push_str(&format!("{table}{}\nTable: A table{place}\n\n", "| Sea | 1 | no |\n".repeat(rows)));
        text.push_str(&format!("1. {sentence}\n2. {sentence}\n\n{}[^b{at}]\n\n", words.trim_end()));
        text.push_str(&format!("[^a{at}]: *Journal of Examples* {at}, 12–19.\n[^b{at}]: {}\n\n", sentence.repeat(4)));
    }
    Memory::new()
        .with("metadata.yaml", format!("title: The Price of Water\n{metadata}\n"))
        .with("10-one.md", text)
        .with("drawing.svg", DRAWING)
}

#[test]
fn a_theme_that_is_shown_gives_the_bytes_of_its_name() {
    for base in Base::ALL {
        let desk = Desk::with(&[
            ("10-one.md", "# One\n\nSome words.[^a]\n\n## Two\n\n> [!NOTE]\n> A box.\n\n[^a]: A note.\n"),
            ("metadata.yaml", &format!("title: Water\ntheme: {}\n", base.name())),
        ]);
        let built = |out: &str| {
            let ran = desk.run(&["build", "paper", "--out", out]);
            assert!(ran.code == 0 && !ran.err.contains("theme.yaml"), "{ran:?}");
            [".pdf", ".epub"].map(|end| desk.read(&format!("{out}/water{end}")))
        };
        let named = built("named");
        let shown = desk.run(&["theme", "show", base.name()]).out;
        desk.put("theme.yaml", shown);
        desk.put("metadata.yaml", "title: Water\n");
        assert!(named == built("shown"), "{} used as theme.yaml is another", base.name());
    }
}

#[test]
fn key_figures_and_small_headings_stand_in_the_column_of_the_margin() {
    let (proof, _) = set(&paper("theme: margin"), None);
    let page = &proof.theme.page;
    let mut found = 0;
    for sheet in &proof.pages.pages {
        for mark in &sheet.marks {
            let MarkKind::Text(run) = &mark.kind else { continue };
            if run.text.contains("3.2") || run.text.contains("left out") {
                found += 1;
                let left = page.left(sheet.side);
                let right = left + page.measure();
                assert!(run.origin.x > right || run.origin.x < left, "{} stands in the text", run.text);
            }
        }
    }
    assert_eq!(found, 2);
}

#[test]
fn a_wide_figure_stands_over_text_and_margin_and_no_note_over_it() {
    for name in ["margin", "policy-paper", "report"] {
        let (proof, said) = set(&paper(&format!("theme: {name}\nnotes: margin")), None);
        assert_eq!(said, [] as [&str; 0], "{name}");
        let page = &proof.theme.page;
        let wide = proof.pages.pages.iter().flat_map(|sheet| sheet.marks.iter().map(move |mark| (sheet, mark)));
        let widest = wide.filter_map(|(sheet, mark)| match &mark.kind {
            MarkKind::Text(run) if run.text.contains("A wide one") => Some(if page.is_at_the_right(sheet.side) {
                page.left(sheet.side)
            } else {
                page.left(sheet.side) - proof.theme.reach()
            })
            .map(|left| (run.origin.x, left)),
            _ => None,
        });
        for (x, left) in widest {
            let inside = x - left;
            assert!(inside < recto::units::Length::pt(72.0), "{name}: the figure begins at {x}, the lines at {left}");
        }
    }
}

#[test]
fn no_division_ends_with_fewer_than_five_lines_on_a_page_if_a_line_or_two_can_be_spared() {
    let (mut stubs, mut all) = (0, 0);
    for lines in 1..40 {
        let text = format!(
            "# One\n\n{}",
            "A line of the text that is as long as this one, more or less.\n\n".repeat(30 + lines)
        );
        let files =
            Memory::new().with("metadata.yaml", "title: Water\ncontents: false\ntheme: report\n").with("a.md", text);
        let (proof, _) = set(&files, None);
        let pages: Vec<&Page> = proof.pages.pages.iter().filter(|page| page.kind == PageKind::Inside).collect();
        let last = pages.last().expect("there are pages");
        let mut ys: Vec<_> = last
            .marks
            .iter()
            .filter_map(|mark| match (&mark.kind, mark.owner) {
                (MarkKind::Text(run), Owner::Content(_)) => Some(run.origin.y),
                _ => None,
            })
            .collect();
        ys.dedup();
        all += 1;
        stubs += usize::from(ys.len() < 5);
    }
    assert_eq!(stubs, 0, "of {all}");
}

/// How many lines of text stand on a page.
fn lines(page: &Page) -> usize {
    let mut ys: Vec<_> = page
        .marks
        .iter()
        .filter_map(|mark| match (&mark.kind, mark.owner) {
            (MarkKind::Text(run), Owner::Content(_)) => Some(run.origin.y),
            _ => None,
        })
        .collect();
    ys.sort();
    ys.dedup();
    ys.len()
}

#[test]
fn a_section_runs_on_where_it_would_leave_the_page_before_it_mostly_white() {
    let line = "A line of the text that is as long as this one, more or less.\n\n";
    let mut run_on = 0;
    for theme in ["report", "margin"] {
        for length in 0..14 {
            let section = |name: &str, lines: usize| format!("# {name}\n\n{}", line.repeat(lines));
            let files = Memory::new()
                .with("metadata.yaml", format!("title: Water\ncontents: false\ntheme: {theme}\n"))
                .with("a.md", section("One", 30 + length))
                .with("b.md", section("Two", 28))
                .with("c.md", section("Three", 40));
            let (proof, _) = set(&files, None);
            let text = proof.pages.pages.iter().filter(|page| words(page).contains("A line of the text"));
            let pages: Vec<&Page> = text.collect();
            let (_, but_the_last) = pages.split_last().expect("there are pages");
            for page in but_the_last {
                assert!(lines(page) >= 10, "{theme}, {length}: a page of {} lines", lines(page));
                run_on += usize::from(words(page).contains("Two") && !words(page).starts_with("Two"));
            }
        }
    }
    assert!(run_on > 4, "the trial has too few that run on: {run_on}");
}

#[test]
fn columns_begin_at_one_height_and_headings_within_them_stand_as_far_above_their_text() {
    let text = "The lower towns pay first and are paid last, as they were in each of the five years before. ";
    let mut gaps = std::collections::BTreeSet::new();
    let (mut heads, mut lowest) = (0, Length::ZERO);
    for length in 1..30 {
        let part = |name: &str| format!("## A heading of {name}\n\nBelow it {}\n\n", text.repeat(length));
        let files = Memory::new()
            .with("metadata.yaml", "title: Water\ncontents: false\ntheme: brief\n")
            .with("a.md", format!("# One\n\n{}", ["one", "two", "three", "four", "five"].map(part).concat()));
        let (proof, _) = set(&files, None);
        for page in &proof.pages.pages {
            let runs = page.marks.iter().filter_map(|mark| match (&mark.kind, mark.owner) {
                (MarkKind::Text(run), Owner::Content(_)) => Some(run),
                _ => None,
            });
            let runs: Vec<_> = runs.collect();
            // Below a title columns begin further down.
            if runs.iter().any(|run| &*run.text == "One") {
                continue;
            }
            let first = runs.iter().map(|run| run.origin.y).min();
            for pair in runs.windows(2).filter(|pair| pair[1].text.starts_with("Below it")) {
                let below = first.map_or(Length::ZERO, |first| pair[0].origin.y - first);
                if below < proof.theme.page.grid {
                    heads += 1;
                    lowest = lowest.max(below);
                } else {
                    gaps.insert(pair[1].origin.y - pair[0].origin.y);
                }
            }
        }
    }
    assert!(heads > 5, "the trial has too few at the head of a column: {heads}");
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    // Its capitals are higher than those of a text.
    assert!(lowest < Length::pt(3.0), "a heading at the head of a column stands {lowest} below the line of the text");
}

/// A built-in theme.
fn built_in(base: Base) -> Theme {
    Theme::settle(&[&ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() }])
}

#[test]
fn the_handbook_says_how_far_colours_of_each_theme_stand_out() {
    let mut out = String::from(
        "| Theme | ink on paper | accent on paper | grey on paper | ink on ground | accent on ground | titles in e-books by day | on a dark page |\n|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for base in Base::ALL {
        let palette = built_in(base).palette;
        let title = by_day_and_night(palette.ink);
        let found = [
            (palette.ink, Colour::WHITE),
            (palette.accent, Colour::WHITE),
            (palette.grey, Colour::WHITE),
            (palette.ink, palette.ground),
            (palette.accent, palette.ground),
            (title, Colour::WHITE),
            (by_night(palette.ink), NIGHT),
        ];
        let found = found.map(|(letters, behind)| contrast(letters, behind));
        assert!(found.iter().all(|contrast| *contrast >= 4.5), "{}: {found:?}", base.name());
        let mut cells = found.map(|contrast| format!("{contrast:.1}"));
        if palette.ink == Colour::BLACK {
            // Black is the reader's own colour.
            cells[5..].fill_with(|| "–".to_owned());
        }
        out.push_str(&format!("| {} | {} |\n", base.name(), cells.join(" | ")));
    }
    out.push_str("\nTable: Contrast of the built-in themes, to one; 4.5 is the least for letters\n");
    made_part("handbook/55-designer.md", "contrast", &out);
}

#[test]
fn the_theme_of_the_handbook_makes_a_paper_of_which_nothing_is_said() {
    let chapter =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/handbook/55-designer.md")).expect("it is there");
    let (_, rest) = chapter.split_once("```{.yaml filename=\"theme.yaml\"}\n").expect("an example");
    let (theme, _) = rest.split_once("```").expect("it ends");
    assert!(theme.lines().count() <= 20, "a face takes twenty lines");
    let (proof, said) = set(&paper("").with("theme.yaml", theme), None);
    assert_eq!(said, [] as [&str; 0]);
    assert_eq!(proof.theme.palette.ink, Colour::hex(0x5B_2A_6E));
}

/// The words on a page that mean nothing to readers' tools.
fn artifacts(page: &Page) -> String {
    let runs = page.marks.iter().filter_map(|mark| match (&mark.kind, mark.owner) {
        (MarkKind::Text(run), Owner::Artifact(_)) => Some(&*run.text),
        _ => None,
    });
    runs.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_note_that_its_column_has_no_room_for_goes_on_in_that_of_the_next_page() {
    let text =
        "The lower towns pay first and are paid last, as they were in each of the five years before. ".repeat(12);
    // Together more than a page has room for, none of them so long that it stands at the end.
    let notes = ["a", "b", "c", "d", "e", "f"];
    let calls: String = notes.iter().map(|note| format!("[^{note}]")).collect();
    let mut section = "# One\n\n".to_owned();
    for part in 0..6 {
        section.push_str(&format!("{}{}\n\n", text.trim_end(), if part == 2 { &calls } else { "" }));
    }
    for (at, note) in notes.iter().enumerate() {
        let long: String = (at * 59..at * 59 + 59).map(|at| format!("word{at} ")).collect();
        section.push_str(&format!("[^{note}]: {long}end.\n"));
    }
    let files = Memory::new().with("metadata.yaml", "title: T\ntheme: margin\n").with("10-one.md", section);
    let (proof, said) = set(&files, None);
    assert!(!said.iter().any(|said| said.starts_with("off-page") || said.starts_with("overprint")), "{said:?}");
    let pages: Vec<&Page> = proof.pages.pages.iter().collect();
    let with = |word: &str| pages.iter().position(|page| words(page).contains(word)).expect(word);
    let (first, last) = (with("word0"), with("word353"));
    assert_eq!(last, first + 1, "it goes on overleaf");
    assert!(artifacts(pages[last]).contains("(continued)"), "and that is said: {}", artifacts(pages[last]));
    assert!(!artifacts(pages[first]).contains("(continued)"));
}

/// The words of the notes, each with the links in it and the page that it stands on.
fn notes(proof: &Proof) -> Vec<(usize, String, Vec<Target>)> {
    let tree = &proof.pages.structure;
    let note_of = |node: NodeId| {
        let mut above = std::iter::successors(Some(node), |node| tree.node(*node).parent);
        above.find(|node| tree.node(*node).tag == Tag::Note)
    };
    let mut found: Vec<(NodeId, usize, String, Vec<Target>)> = Vec::new();
    for (at, page) in proof.pages.pages.iter().enumerate() {
        for mark in &page.marks {
            let (MarkKind::Text(run), Owner::Content(node)) = (&mark.kind, mark.owner) else { continue };
            let Some(note) = note_of(node) else { continue };
            if found.iter().all(|(known, ..)| *known != note) {
                found.push((note, at, String::new(), Vec::new()));
            }
            let Some((.., words, _)) = found.iter_mut().find(|(known, ..)| *known == note) else { continue };
            words.push_str(&run.text);
            words.push(' ');
        }
        for link in &page.links {
            let Some(note) = note_of(link.node) else { continue };
            let Some((.., links)) = found.iter_mut().find(|(known, ..)| *known == note) else { continue };
            links.push(link.target.clone());
        }
    }
    found.into_iter().map(|(_, page, words, links)| (page, words, links)).collect()
}

#[test]
fn long_notes_and_addresses_stand_beside_their_calls_in_part_and_at_the_end_in_full() {
    let long = "The statement came late. It said that the house would look at the measure. ".to_owned()
        + &"It named each of them and gave its day. ".repeat(8);
    let endless = "word ".repeat(70);
    let section = format!(
        "# One\n\nA long note,[^a] an address,[^b] a short note,[^c] a long sentence.[^d]\n\n[^a]: {}\n[^b]: *Report*, \
         https://www.example.org/reports/2024/one.html.\n[^c]: See https://example.org/.\n[^d]: {}.\n",
        long.trim_end(),
        endless.trim_end()
    );
    let files = Memory::new().with("metadata.yaml", "title: T\ntheme: margin\n").with("10-one.md", section);
    let (proof, said) = set(&files, None);
    assert_eq!(said, [] as [&str; 0]);
    let found = notes(&proof);
    let said = |at: usize| found[at].1.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(said(0), "1 The statement came late. (continued, page 2 )");
    assert_eq!(said(1), "2 Report , example.org .");
    assert_eq!(said(2), "3 See https://example.org/ .");
    assert_eq!(said(3), "4 (continued, page 2 )");
    assert!(said(4).starts_with("1. It said that the house") && said(4).ends_with("its day."), "{}", said(4));
    assert_eq!(said(5), "2. https://www.example.org/reports/2024/one.html");
    assert_eq!(said(6).matches("word").count(), 70);
    assert_eq!(found.len(), 7);
    let end = found[4].0;
    assert!(end > found[0].0);
    // From the call to what stands beside it, from there to the rest, and back from both.
    let (first, rest) = (&found[0].2, &found[4].2);
    assert!(matches!(first[..], [Target::NoteCall(..), Target::Block(_)]), "{first:?}");
    assert_eq!(proof.pages.destinations[&first[1]].0 as usize, end);
    assert_eq!(rest[0], first[0]);
    let note = Target::Note(proof.book.notes[0].id);
    assert_eq!(proof.pages.destinations[&note].0 as usize, found[0].0);
    let address = Target::Url("https://www.example.org/reports/2024/one.html".to_owned());
    assert!(found[1].2.contains(&address) && found[5].2.contains(&address));
    // Elsewhere they are whole: without such a column, and in the e-book.
    for other in ["policy-paper", "brief"] {
        let files = files.clone().with("metadata.yaml", format!("title: T\ntheme: {other}\nnotes: margin\n"));
        let (proof, _) = set(&files, None);
        assert_eq!(notes(&proof).len(), 4, "{other}");
    }
    let ebook = Ebook::read(&crate::ebook::made(&files).0);
    let pages = ebook.names.iter().filter(|name| name.ends_with(".xhtml"));
    let whole = |name: &&String| {
        let text = ebook.text(name.trim_start_matches("OEBPS/"));
        text.contains("The statement came late. It said that the house")
    };
    assert_eq!(pages.filter(whole).count(), 1);
}

#[test]
fn a_picture_over_a_spread_stands_on_a_verso_and_on_the_recto_that_faces_it() {
    let sentence = "It runs downhill, like the water, and nobody above has a reason to change it. ";
    for before in [1, 40, 90] {
        let section = format!(
            "# One\n\n{}\n\n![](drawing.svg){{alt=\"A block\" place=spread}}\n\nFigure: A block over two pages\n\n{}\n",
            sentence.repeat(before).trim_end(),
            sentence.repeat(60).trim_end()
        );
        for (theme, facing) in [("report", true), ("margin", true), ("brief", false)] {
            let metadata = format!("title: T\ntheme: {theme}\n");
            let files = Memory::new()
                .with("metadata.yaml", metadata)
                .with("10-one.md", section.clone())
                .with("drawing.svg", DRAWING);
            let (proof, said) = set(&files, None);
            let unfaced = said.iter().any(|said| said.starts_with("no-spread"));
            assert_eq!(unfaced, !facing, "{theme} {said:?}");
            let seen = |page: &Page| {
                page.marks.iter().find_map(|mark| match &mark.kind {
                    MarkKind::Picture { clip: Some(clip), rect, .. } => Some((*clip, *rect)),
                    _ => None,
                })
            };
            let halves: Vec<_> = proof
                .pages
                .pages
                .iter()
                .enumerate()
                .filter(|(_, page)| page.kind == PageKind::Inside)
                .filter_map(|(at, page)| Some((at, page.side, page.size.width, seen(page)?)))
                .collect();
            if !facing {
                assert!(halves.is_empty(), "{theme}");
                continue;
            }
            let [(at, left, width, (one, whole)), (next, right, _, (other, rest))] = halves[..] else {
                panic!("{theme}: {halves:?}")
            };
            assert_eq!((left, right, next), (Side::Verso, Side::Recto, at + 1), "{theme} after {before}");
            assert_eq!((one.origin.y, one.size.height), (other.origin.y, other.size.height), "they stand level");
            assert_eq!(whole.origin.x - width, rest.origin.x, "it goes on over the fold");
            assert_eq!(width - one.right(), other.origin.x, "the gutter is even");
            let last = proof.pages.pages.iter().rev().find(|page| page.kind == PageKind::Inside).expect("pages");
            assert!(!words(last).is_empty(), "{theme}: no page is left over");
        }
    }
}

#[test]
fn the_numbered_boxes_have_a_list() {
    let files = Memory::new()
        .with("metadata.yaml", "title: T\ncontents: {lists: [boxes]}\n")
        .with(
            "10-one.md",
            "# One\n\n::: {#box-a .box title=\"Prices\"}\nText.\n:::\n\n::: {.box title=\"Plain\"}\nText.\n:::\n",
        )
        .with(
            "20-two.md",
            "# Two\n\n::: {#rec-a .recommendation}\nDo it.\n:::\n\n::: {#box-b .box title=\"Pipes\"}\nText.\n:::\n",
        );
    let (proof, said) = set(&files, None);
    assert!(!said.iter().any(|said| said.contains("lost")), "{said:?}");
    let listed = proof.book.divisions.iter().find(|division| division.kind == DivisionKind::ListOfBoxes);
    let entries = listed.and_then(|division| division.blocks[0].entries()).expect("a list");
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| format!("{} {}", entry.number.as_deref().unwrap_or_default(), plain(&entry.text.content)))
        .collect();
    assert_eq!(lines, ["Box\u{a0}1 Prices", "Box\u{a0}2 Pipes"]);
}

/// The lines of the largest letters on the first page of a kind that has any, from the head down.
fn title_lines(proof: &Proof, kind: PageKind) -> Vec<String> {
    let largest = |page: &Page| {
        let size = |mark: &recto::page::Mark| match &mark.kind {
            MarkKind::Text(run) => run.size,
            _ => recto::units::Length::ZERO,
        };
        page.marks.iter().map(size).max().unwrap_or_default()
    };
    let page = proof.pages.pages.iter().filter(|page| page.kind == kind).max_by_key(|page| largest(page));
    let page = page.expect("there is such a page");
    let mut lines: std::collections::BTreeMap<_, String> = std::collections::BTreeMap::new();
    for mark in &page.marks {
        if let MarkKind::Text(run) = &mark.kind
            && run.size == largest(page)
        {
            lines.entry(run.origin.y).or_default().push_str(&run.text);
        }
    }
    lines.into_values().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_title_is_parted_by_its_sense() {
    for (title, lines) in [
        ("One Glove, a Lady’s, Left Hand", vec!["One Glove,", "a Lady’s, Left Hand"]),
        ("Outlook for Canada and the Republic of Korea", vec!["Outlook for Canada", "and the Republic of Korea"]),
        ("Who Pays for the Flood? A Proposal", vec!["Who Pays for the Flood?", "A Proposal"]),
        ("Der Preis des Wassers in den Städten am Fluss", vec!["Der Preis des Wassers", "in den Städten am Fluss"]),
    ] {
        let files = Memory::new()
            .with(
                "metadata.yaml",
                "title: T\ntheme: trade\ncover: false\nparts: {title_page: false}\ncontents: false\n",
            )
            .with("10-one.md", format!("# {title}\n\nSome words.\n"));
        let (proof, _) = set(&files, None);
        assert_eq!(title_lines(&proof, PageKind::Inside), lines);
    }
}

#[test]
fn a_cover_takes_smaller_letters_for_a_title_that_is_parted_better() {
    let files = Memory::new()
        .with("metadata.yaml", "title: The Gauge and the Ledger\ntheme: book\n")
        .with("10-one.md", "# One\n\nSome words.\n");
    let (proof, _) = set(&files, None);
    assert_eq!(title_lines(&proof, PageKind::Cover), ["The Gauge", "and the Ledger"]);
    // Nothing stands in a band, and so there is none.
    let cover = &proof.pages.pages[0];
    let deep = |mark: &recto::page::Mark| matches!(&mark.kind, MarkKind::Fill { rect, .. } if rect.size.height > recto::units::Length::pt(8.0));
    assert!(!cover.marks.iter().any(deep));
}

#[test]
fn without_cover_and_title_page_the_title_heads_the_first_page() {
    let said = |metadata: &str, text: &str| {
        let metadata = format!("title: The Price of Water\nauthors: [{{name: Ann Lee}}]\ncover: false\n{metadata}\n");
        let files = Memory::new().with("metadata.yaml", metadata).with("10-one.md", text.to_owned());
        let (proof, _) = set(&files, None);
        words(&proof.pages.pages[0]).matches("The Price of Water").count()
    };
    // Above the imprint, which says it once more; above the text where there is none of that.
    assert_eq!(said("", "# One\n\nText.\n"), 2);
    assert_eq!(said("parts: {copyright_page: false}", "# One\n\nText.\n"), 1);
    assert_eq!(said("parts: {copyright_page: false, title_page: false}", "# One\n\nText.\n"), 0);
    // Not twice.
    assert_eq!(said("parts: {copyright_page: false}", "# The Price of Water\n\nText.\n"), 1);
}

#[test]
fn a_figure_to_remember_is_not_broken_in_a_narrow_margin() {
    let (proof, _) = set(&paper("theme: {extends: margin, trim: a5}"), None);
    let marks = proof.pages.pages.iter().flat_map(|page| &page.marks);
    let runs = marks.filter_map(|mark| match &mark.kind {
        MarkKind::Text(run) if run.text.contains("3.2") => Some(run.text.trim()),
        _ => None,
    });
    assert_eq!(runs.collect::<Vec<_>>(), ["3.2\u{a0}million"]);
}

#[test]
fn contents_leave_no_few_entries_on_a_last_page() {
    for sections in 20..34 {
        let mut files = Memory::new().with("metadata.yaml", "title: T\ntheme: report\ncover: false\n");
        for at in 0..sections {
            let text = format!("# Section {at}\n\n## What it says\n\nText.\n");
            files = files.with(&format!("{}-section.md", at + 10), text);
        }
        let (proof, _) = set(&files, None);
        let contents = proof.pages.pages.iter().filter(|page| words(page).contains("What it says") && lines(page) > 3);
        let entries = |page: &Page| words(page).matches("Section").count();
        let listed: Vec<usize> = contents.take_while(|page| !words(page).contains("Text.")).map(entries).collect();
        assert_eq!(listed.iter().sum::<usize>(), sections, "{listed:?}");
        assert!(listed.len() == 1 || listed[listed.len() - 1] > 3, "{sections}: {listed:?}");
    }
}

#[test]
fn half_a_line_stands_around_a_list_that_goes_over_two_pages() {
    let sentence = "It runs downhill, like the water, and nobody above has a reason to change it. ";
    let item = format!("- {}\n", sentence.repeat(3).trim_end());
    let mut parted = 0;
    for filler in (18..34).step_by(2) {
        let section = format!(
            "# One\n\n{}\n\nWhat is to be done:\n\n{}\nAfterwards all of it is done.\n",
            sentence.repeat(filler).trim_end(),
            item.repeat(6)
        );
        let files =
            Memory::new().with("metadata.yaml", "title: T\ncontents: false\ncover: false\n").with("a.md", section);
        let (proof, _) = set(&files, None);
        let grid = proof.theme.page.grid;
        let ys = |page: &Page| {
            let runs = page.marks.iter().filter_map(|mark| match (&mark.kind, mark.owner) {
                (MarkKind::Text(run), Owner::Content(_)) => Some((run.origin.y, run.text.to_string())),
                _ => None,
            });
            runs.collect::<Vec<_>>()
        };
        let pages: Vec<_> = proof.pages.pages.iter().map(ys).filter(|page| !page.is_empty()).collect();
        let find = |words: &str| {
            let found = pages.iter().enumerate().find_map(|(page, lines)| {
                lines.iter().position(|(_, line)| line.contains(words)).map(|line| (page, line))
            });
            found.expect(words)
        };
        let (first, before) = find("to be done:");
        let (last, after) = find("Afterwards");
        if last != first + 1 {
            continue;
        }
        parted += 1;
        let next = pages[first].iter().skip(before + 1).map(|(y, _)| *y).find(|y| *y > pages[first][before].0);
        let above = next.expect("the list begins there") - pages[first][before].0;
        let below = pages[last][after].0 - pages[last][after - 1].0;
        assert!((above - grid.scale(3, 2)).abs() < Length::pt(0.1), "{above} above");
        assert!((below - grid.scale(3, 2)).abs() < Length::pt(0.1), "{below} below");
    }
    assert!(parted > 2, "only {parted} lists part");
}

#[test]
fn text_goes_on_below_a_title_while_a_turned_table_of_several_sheets_waits() {
    let sentence = "It runs downhill, like the water, and nobody above has a reason to change it. ";
    let rows = "| Upper | 3 | yes |\n".repeat(80);
    let section = format!(
        "# One\n\n| State | Gauges | Paid |\n|---|---|---|\n{rows}\nTable: What was paid {{turn}}\n\nBehind it. {}\n",
        sentence.repeat(60).trim_end()
    );
    for theme in ["policy-paper", "margin", "book"] {
        let metadata = format!("title: T\ncontents: false\ncover: false\ntheme: {theme}\n");
        let files = Memory::new().with("metadata.yaml", metadata).with("a.md", section.clone());
        let (proof, said) = set(&files, None);
        assert!(said.iter().all(|said| !said.starts_with("stranded")), "{theme}: {said:?}");
        let pages: Vec<String> = proof.pages.pages.iter().map(words).collect();
        let page = |word: &str| pages.iter().position(|page| page.contains(word)).expect(word);
        assert_eq!(page("One"), page("Behind it"), "{theme}");
        assert_eq!(page("What was paid"), page("One") + 1, "{theme}");
        assert!(pages.iter().filter(|page| page.contains("Upper")).count() > 1, "{theme}: it has several sheets");
    }
}

#[test]
fn a_note_of_pages_goes_on_behind_a_picture_that_has_a_page_to_itself() {
    let sentence = "It runs downhill, like the water, and nobody above has a reason to change it. ";
    let section = format!(
        "# One\n\n{}\n\n![](drawing.svg){{alt=\"A block\" place=page}}\n\nFigure: A block.[^a]\n\n{}\n\n[^a]: {}\n",
        sentence.repeat(20).trim_end(),
        "A short line.\n\n".repeat(60).trim_end(),
        sentence.repeat(150).trim_end()
    );
    for looks in ["notes: footnotes", "theme: margin", "theme: brief\nnotes: footnotes"] {
        let metadata = format!("title: T\ncontents: false\ncover: false\n{looks}\n");
        let files = Memory::new().with("metadata.yaml", metadata);
        let (_, said) = set(&files.with("a.md", section.clone()).with("drawing.svg", DRAWING), None);
        let audit = ["off-page", "overprint", "overfull-page"];
        assert!(!said.iter().any(|said| audit.iter().any(|lint| said.starts_with(lint))), "{looks}: {said:?}");
    }
}
