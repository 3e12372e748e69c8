//! Large print: the pages are walked and measured, in every theme.

use std::collections::BTreeMap;

use recto::diagnostic::Diagnostics;
use recto::page::{Artifact, MarkKind, Owner, Page, TextRun};
use recto::production::{self, Proof, Request, themes};
use recto::source::{Memory, Sources};
use recto::units::{Colour, Length, Point, Rect};
use themes::colour::contrast;

use crate::pdf::manuscript;

const THEMES: [&str; 6] = ["policy-paper", "report", "book", "brief", "margin", "trade"];
const LEAST: Length = Length::pt(16.0);

/// A folder's manuscript in large print.
fn large(folder: &str, theme: &str) -> (Proof, Vec<String>) {
    let files = manuscript(folder);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("metadata.yaml");
    let metadata = std::fs::read_to_string(path).expect("it is there");
    let metadata = metadata.split("\neditions:").next().expect("it begins").to_owned();
    let edition = format!("\neditions:\n  large: {{format: pdf, for: large-print, paper: letter, theme: {theme}}}\n");
    set(&files.with("metadata.yaml", metadata + &edition))
}

fn set(files: &Memory) -> (Proof, Vec<String>) {
    let request = Request { edition: Some("large".to_owned()), ..Request::default() };
    let proof = production::proof(files, &request, &mut Sources::new(), &mut Diagnostics::new());
    let proof = proof.ok().flatten().expect("it can be set");
    let mut said = Diagnostics::new();
    let _ = production::build(files, &request, &mut Sources::new(), &mut said, &mut |_| {});
    (proof, said.iter().map(|d| format!("{}: {}", d.lint.name, d.message)).collect())
}

fn runs(page: &Page) -> impl Iterator<Item = (usize, &TextRun, Owner)> {
    page.marks.iter().enumerate().filter_map(|(at, mark)| match &mark.kind {
        MarkKind::Text(run) if !run.text.trim().is_empty() => Some((at, run, mark.owner)),
        _ => None,
    })
}

/// What is behind a point of the page among the marks painted before one; `None` for a picture.
fn behind(page: &Page, at: usize, point: Point) -> Option<Colour> {
    let holds = |rect: &Rect| {
        rect.origin.x <= point.x && point.x <= rect.right() && rect.origin.y <= point.y && point.y <= rect.foot()
    };
    let mut ground = Some(Colour::WHITE);
    for mark in page.marks[..at].iter().filter(|mark| mark.transform.is_none()) {
        match &mark.kind {
            MarkKind::Fill { rect, colour } if holds(rect) => ground = Some(*colour),
            MarkKind::Picture { rect, clip, .. } if holds(&clip.unwrap_or(*rect)) => ground = None,
            _ => {}
        }
    }
    ground
}

/// The digits under the bars of a barcode are of the size that its standard has.
fn is_of_a_barcode(run: &TextRun, owner: Owner) -> bool {
    owner == Owner::Artifact(Artifact::Layout) && run.text.chars().all(|letter| letter.is_ascii_digit())
}

fn measured(folder: &str, theme: &str) {
    let (proof, said) = large(folder, theme);
    let name = format!("{folder} in {theme}");
    let design = &proof.theme.page;
    assert!(design.measure() >= design.trim.width - Length::inches(1.8), "{name}: the measure is {}", design.measure());
    let mut count = 0;
    for (number, page) in proof.pages.pages.iter().enumerate() {
        let mut slanted: BTreeMap<Length, bool> = BTreeMap::new();
        for (at, run, _) in runs(page).filter(|(_, run, owner)| !is_of_a_barcode(run, *owner)) {
            count += 1;
            assert!(run.size >= LEAST, "{name}, page {number}: {} at {}", run.text, run.size);
            assert!(
                run.glyphs.iter().all(|glyph| !glyph.soft_hyphen),
                "{name}, page {number}: {} is divided",
                run.text
            );
            let middle = Point::new(run.origin.x + run.size / 4, run.origin.y - run.size / 4);
            if let (Some(ground), true) = (behind(page, at, middle), page.marks[at].transform.is_none()) {
                let found = contrast(run.colour, ground);
                assert!(found >= 700, "{name}, page {number}: {} has {found} on {ground}", run.text);
                let plain = ground == Colour::WHITE || contrast(Colour::WHITE, ground) >= 700;
                assert!(plain, "{name}, page {number}: {} stands on a tint", run.text);
            }
            let italic = proof.fonts.face(run.face).italic;
            let line = slanted.entry(run.origin.y).or_insert(true);
            *line &= italic;
        }
        let lines: Vec<bool> = slanted.into_values().collect();
        assert!(!lines.windows(2).any(|pair| pair == [true, true]), "{name}, page {number}: lines in italics");
        let mut dots: BTreeMap<Length, Vec<Length>> = BTreeMap::new();
        for mark in &page.marks {
            if let MarkKind::Fill { rect, .. } = &mark.kind
                && rect.size.width == Length::pt(0.8)
                && rect.size.height == Length::pt(0.8)
            {
                dots.entry(rect.origin.y).or_default().push(rect.origin.x);
            }
        }
        for (_, dots) in dots {
            let (first, last) = (dots.iter().min(), dots.iter().max());
            let long = first.zip(last).map_or(Length::ZERO, |(first, last)| *last - *first);
            assert!(long <= Length::inches(3.0), "{name}, page {number}: a leader of {long}");
        }
    }
    assert!(count > 400, "{name}: {count} stretches of letters");
    let faults = ["stranded", "small-type", "off-page", "overprint", "overfull-page", "low-contrast"];
    let found: Vec<&String> = said.iter().filter(|said| faults.iter().any(|fault| said.starts_with(fault))).collect();
    assert!(found.is_empty(), "{name}: {found:?}");
}

#[test]
fn large_print_is_large_everywhere_in_every_theme() {
    for theme in THEMES {
        measured("manuscript", theme);
    }
}

#[test]
fn boxes_charts_tables_and_formulas_of_large_print_are_large_too() {
    for theme in ["policy-paper", "brief"] {
        measured("tests/cases/torture", theme);
    }
}

/// A manuscript of one section in large print.
fn leaf(text: &str) -> Memory {
    let metadata = "title: Water\nlanguage: en\neditions:\n  large: {format: pdf, for: large-print, paper: letter}\n";
    Memory::new().with("metadata.yaml", metadata).with("10-water.md", text)
}

/// The words of a baseline from left to right, and where the first begins.
fn lines(page: &Page) -> Vec<(Length, String)> {
    let mut found: BTreeMap<Length, Vec<(Length, &str)>> = BTreeMap::new();
    for (_, run, _) in runs(page) {
        found.entry(run.origin.y).or_default().push((run.origin.x, run.text.trim()));
    }
    let joined = |mut runs: Vec<(Length, &str)>| {
        runs.sort();
        let words: Vec<&str> = runs.iter().map(|(_, text)| *text).collect();
        (runs[0].0, words.join(" "))
    };
    found.into_values().map(joined).collect()
}

#[test]
fn a_table_of_words_too_wide_for_large_letters_is_told_row_by_row() {
    let wide = "a conduit from the reservoir with a meter in every house of the old quarter ".repeat(3);
    let text = format!(
        "# Water\n\n| Town | Decided[^a] | Asked | Came of it |\n|---|---|---|---|\n\
         | Northbridge | {wide} | the inspectorate | it was built |\n| Easterham | nothing | nobody | |\n\n\
         : What they did\n\n[^a]: By the minutes.\n"
    );
    let (proof, said) = set(&leaf(&text));
    assert!(said.iter().any(|said| said.contains("each of its rows is set as a record")), "{said:?}");
    let all: Vec<(Length, String)> = proof.pages.pages.iter().flat_map(lines).collect();
    let words: Vec<&str> = all.iter().map(|(_, words)| words.as_str()).collect();
    for record in [["Northbridge", "Decided a conduit"], ["Easterham", "Decided nothing"]] {
        let at = words.iter().position(|words| *words == record[0]).unwrap_or_else(|| panic!("{record:?}: {words:?}"));
        let after = words[at + 1..].iter().find(|words| words.starts_with("Decided"));
        assert!(after.is_some_and(|words| words.starts_with(record[1])), "{record:?}: {words:?}");
    }
    assert_eq!(words.iter().filter(|words| words.starts_with("Came of it")).count(), 1, "an empty cell has no line");
    for (_, run, _) in proof.pages.pages.iter().flat_map(runs) {
        assert!(run.size >= LEAST, "{} at {}", run.text, run.size);
    }
}

#[test]
fn a_life_that_has_no_room_below_its_title_goes_on_overleaf() {
    let life = "writes what is read here, and has done so for as long as anybody can remember. ".repeat(9);
    let metadata = format!(
        "title: Water\nlanguage: en\ntheme: trade\nauthors: [{{name: A. Writer, bio: \"{life}\"}}]\n\
         editions:\n  large: {{format: pdf, for: large-print}}\n"
    );
    let (proof, said) = set(&leaf("# Water\n\nSome.\n").with("metadata.yaml", metadata));
    assert!(!said.iter().any(|said| said.contains("stands on a page without its text")), "{said:?}");
    let page = proof.pages.pages.iter().find(|page| lines(page).iter().any(|(_, line)| line == "About the author"));
    let all = lines(page.expect("the page about the author"));
    assert!(all.iter().any(|(_, line)| line.contains("writes what is read here")), "{all:?}");
}

#[test]
fn a_table_of_numbers_keeps_its_columns_in_parts_of_one_length() {
    let years: Vec<String> = (2010..2025).map(|year| year.to_string()).collect();
    let row = |name: &str| format!("| {name} |{}\n", " 1,234.5 |".repeat(years.len()));
    let text = format!(
        "# Water\n\n| Town | {} |\n|---|{}\n{}{}\n: Cubic metres\n",
        years.join(" | "),
        "--:|".repeat(years.len()),
        row("Northbridge"),
        row("Easterham")
    );
    let (proof, said) = set(&leaf(&text));
    assert!(said.iter().any(|said| said.contains("is set in 3 parts")), "{said:?}");
    let heads = proof.pages.pages.iter().flat_map(lines).filter(|(_, words)| words.starts_with("Town"));
    let counts: Vec<usize> = heads.map(|(_, words)| words.split(' ').count() - 1).collect();
    assert_eq!(counts, [5, 5, 5]);
}

#[test]
fn a_drawing_whose_letters_would_be_small_takes_the_measure_or_a_turned_page() {
    let drawing = |width: u32, height: u32| {
        let view = format!("viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"");
        let words = "<text x=\"9\" y=\"40\" font-size=\"16\">Words</text>";
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {view}><rect width=\"9\" height=\"9\"/>{words}</svg>")
    };
    let text = "# Water\n\n![A](small.svg){width=50% alt=\"A.\"}\n\n![B](broad.svg){alt=\"B.\"}\n\n\
                ![C](vast.svg){alt=\"C.\"}\n";
    let files = leaf(text).with("small.svg", drawing(400, 200)).with("broad.svg", drawing(600, 220));
    let (proof, said) = set(&files.with("vast.svg", drawing(900, 900)));
    let measure = proof.theme.page.measure();
    let marks = proof.pages.pages.iter().flat_map(|page| &page.marks);
    let drawn: Vec<(Length, bool)> = marks
        .filter_map(|mark| match &mark.kind {
            MarkKind::Picture { rect, .. } => Some((rect.size.width, mark.transform.is_some())),
            _ => None,
        })
        .collect();
    assert!(drawn.contains(&(measure, false)), "the first takes the measure: {drawn:?}");
    assert!(drawn.iter().any(|(width, turned)| *turned && *width > measure), "the second is turned: {drawn:?}");
    let small: Vec<&String> = said.iter().filter(|said| said.starts_with("small-type")).collect();
    assert!(small.len() == 1 && small[0].contains("vast.svg"), "{small:?}");
}

/// The names of pictures on pages, how wide they stand, and how far from the head.
fn pictures(proof: &Proof) -> Vec<(String, Length, Length)> {
    let marks = proof.pages.pages.iter().flat_map(|page| &page.marks);
    let drawn = marks.filter_map(|mark| match &mark.kind {
        MarkKind::Picture { asset, rect, .. } => {
            Some((proof.book.assets.get(*asset).path.clone(), rect.size.width, rect.origin.y))
        }
        _ => None,
    });
    drawn.collect()
}

fn drawing(width: u32, letters: u32) -> String {
    let view = format!("viewBox=\"0 0 {width} 90\" width=\"{width}\" height=\"90\"");
    let words = format!("<text x=\"9\" y=\"60\" font-size=\"{letters}\">Words</text>");
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {view}><rect width=\"9\" height=\"9\"/>{words}</svg>")
}

#[test]
fn a_drawing_made_for_large_print_stands_in_the_place_of_the_other_there_and_nowhere_else() {
    let files = leaf("# Water\n\n![A](fine.svg){alt=\"A.\"}\n\nText.\n");
    let metadata = "title: Water\nlanguage: en\nimages:\n  fine.svg: {large: bold.svg}\neditions:\n  \
                    large: {format: pdf, for: large-print, paper: letter}\n  print: {format: pdf}\n  ebook: {format: epub}\n  web: {format: web}\n";
    let files =
        files.with("metadata.yaml", metadata).with("fine.svg", drawing(700, 8)).with("bold.svg", drawing(400, 16));
    let (proof, said) = set(&files);
    assert_eq!(pictures(&proof).iter().map(|(path, ..)| path.as_str()).collect::<Vec<_>>(), ["bold.svg"]);
    assert!(!said.iter().any(|said| said.starts_with("small-type")), "{said:?}");
    let request = Request { edition: Some("print".to_owned()), ..Request::default() };
    let print = production::proof(&files, &request, &mut Sources::new(), &mut Diagnostics::new());
    let print = print.ok().flatten().expect("it can be set");
    assert_eq!(pictures(&print).iter().map(|(path, ..)| path.as_str()).collect::<Vec<_>>(), ["fine.svg"]);
    // The e-book has the one, the web edition both: a narrow screen shows the larger.
    let ebook = crate::ebook_reader::Ebook::read(&crate::pdf::edition(&files, "ebook"));
    let pages: String = ebook.spine().into_iter().map(|name| ebook.text(&name).to_owned()).collect();
    assert!(pages.contains("images/fine.svg") && !pages.contains("bold.svg"), "{pages}");
    let (made, _) = crate::pdf::build(&files, Some("web"));
    let pages = made.iter().filter(|file| file.file.ends_with(".html"));
    let pages: String = pages.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    let source = pages.find("<source media=\"(max-width: 600px)\" srcset=\"images/bold.svg\"").expect("another source");
    assert!(pages.find("src=\"images/fine.svg\"").is_some_and(|picture| picture > source), "{pages}");
}

#[test]
fn pictures_with_letters_stand_below_each_other_in_large_print_and_others_keep_their_row() {
    let row = "# Water\n\n::: {#fig-row layout-ncol=2}\n![Before](a.svg){alt=\"A.\"}\n\n![After](b.svg){alt=\"B.\"}\n\n\
               Two years\n:::\n\nText.\n";
    let lettered = leaf(row).with("a.svg", drawing(400, 16)).with("b.svg", drawing(400, 16));
    let (proof, said) = set(&lettered);
    let measure = proof.theme.page.measure();
    let stand = pictures(&proof);
    assert!(stand.len() == 2 && stand.iter().all(|(_, width, _)| *width == measure), "{stand:?}");
    assert!(stand[1].2 > stand[0].2 + Length::pt(90.0), "one below the other: {stand:?}");
    assert!(!said.iter().any(|said| said.starts_with("small-type")), "{said:?}");
    assert!(proof.pages.pages.iter().flat_map(runs).all(|(_, run, _)| run.size >= LEAST), "captions are large too");
    let plain = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 90\" width=\"90\" height=\"90\"><circle cx=\"40\" \
                 cy=\"40\" r=\"30\"/></svg>";
    let (proof, _) = set(&leaf(row).with("a.svg", plain).with("b.svg", plain));
    let stand = pictures(&proof);
    assert!(stand.len() == 2 && stand[0].2 == stand[1].2 && stand[0].1 < measure / 2, "{stand:?}");
}

#[test]
fn heads_over_columns_go_with_their_columns_into_the_parts_of_a_table() {
    let months = ["January to April", "May to August", "September to December"];
    let names: Vec<&str> = months.iter().chain(&months).copied().collect();
    let text = format!(
        "# Trade\n\n| Year | {} |\n|---|{}\n{}{}\nTable: Grain {{#tbl-a spanner=\"2-4 Exports of grain; 5-7 Imports of fertiliser\"}}\n",
        names.join(" | "),
        "--:|".repeat(6),
        format_args!("| 2022 |{}\n", " 1,204,300 |".repeat(6)),
        format_args!("| 2023 |{}\n", " 1,104,200 |".repeat(6)),
    );
    let (proof, said) = set(&leaf(&text));
    assert!(!said.iter().any(|said| said.starts_with("lost-text")), "{said:?}");
    assert!(said.iter().any(|said| said.contains("is set in 2 parts")), "{said:?}");
    let all: Vec<String> = proof.pages.pages.iter().flat_map(lines).map(|(_, words)| words).collect();
    let at = |wanted: &str| all.iter().filter(|words| words.starts_with(wanted)).count();
    assert_eq!((at("Exports of grain"), at("Imports of fertiliser")), (1, 1), "{all:?}");
    assert_eq!((at("2022"), at("2023")), (2, 2), "each part has the first column: {all:?}");
    assert!(proof.pages.pages.iter().flat_map(runs).all(|(_, run, _)| run.size >= LEAST));
}
