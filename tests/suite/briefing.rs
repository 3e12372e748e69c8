//! Papers on the table: the same page numbers in every edition, extracts that stand alone, pictures that have a page.

use recto::book::Folio;
use recto::diagnostic::Diagnostics;
use recto::page::{Artifact, Edge, MarkKind, Owner, Page};
use recto::production::{self, Proof, Request};
use recto::source::{Memory, Sources};
use recto::units::Length;

use crate::pdf::{build, manuscript};

/// The sample with the editions that a test asks for.
fn sample(editions: &str) -> Memory {
    let files = manuscript("manuscript");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscript/metadata.yaml");
    let metadata = std::fs::read_to_string(path).expect("the sample is there");
    files.with("metadata.yaml", format!("{metadata}\neditions:\n{editions}"))
}

fn proof(files: &Memory, name: &str) -> Proof {
    let request = Request { edition: Some(name.to_owned()), ..Request::default() };
    let proof = production::proof(files, &request, &mut Sources::new(), &mut Diagnostics::new());
    proof.ok().flatten().expect("it can be set")
}

/// The letters that stand on a baseline, as content or as furniture at the side.
fn on_line(page: &Page, baseline: Length, wanted: impl Fn(Owner) -> bool) -> String {
    let mut runs: Vec<(Length, &str)> = page
        .marks
        .iter()
        .filter(|mark| wanted(mark.owner))
        .filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) if run.origin.y == baseline => Some((run.origin.x, &*run.text)),
            _ => None,
        })
        .collect();
    runs.sort_by_key(|(x, _)| *x);
    runs.into_iter().map(|(_, text)| text).collect()
}

fn at_the_side(owner: Owner) -> bool {
    owner == Owner::Artifact(Artifact::Pagination(Edge::Side))
}

fn of_the_text(owner: Owner) -> bool {
    matches!(owner, Owner::Content(_))
}

/// Folios at the side: the page they are on, what they say, their baseline.
fn folios(pages: &[Page]) -> Vec<(usize, String, Length)> {
    let mut all = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        for mark in page.marks.iter().filter(|mark| at_the_side(mark.owner)) {
            if let MarkKind::Text(run) = &mark.kind {
                all.push((at, run.text.to_string(), run.origin.y));
            }
        }
    }
    all
}

#[test]
fn the_folio_of_the_print_stands_beside_the_line_in_which_its_page_begins() {
    let files = sample(
        "  print: {format: pdf}\n  plain: {format: pdf, trim: a5}\n  \
         booklet: {format: pdf, impose: booklet, sheet: a4, pages_of: print}\n  \
         two: {format: pdf, theme: brief, pages_of: print}\n",
    );
    let print = proof(&files, "print");
    for name in ["booklet", "two"] {
        let small = proof(&files, name);
        let shown = folios(&small.pages.pages);
        // Every page of the print that begins in a text of the author's has its folio, once, in order.
        let begun: Vec<String> = print
            .pages
            .map
            .pages
            .iter()
            .filter(|entry| entry.first.is_some_and(|place| print.book.index[place.block.index()].span.is_some()))
            .filter_map(|entry| entry.folio.map(|folio| folio.to_string()))
            .collect();
        assert!(begun.len() >= 10, "{begun:?}");
        let said: Vec<String> = shown.iter().map(|(_, folio, _)| folio.clone()).collect();
        assert!(said.iter().enumerate().all(|(at, folio)| !said[..at].contains(folio)), "{name}: {said:?}");
        let written: Vec<String> = said.iter().filter(|folio| begun.contains(folio)).cloned().collect();
        assert_eq!(written, begun, "{name}");
        // The line beside it holds the first word of that page.
        let mut looked_at = 0;
        for (at, folio, baseline) in &shown {
            let page =
                print.pages.pages.iter().position(|page| page.folio.is_some_and(|own| own.to_string() == *folio));
            let page = page.expect("the print has it");
            let Some(first) = print.pages.map.pages[page].first else { continue };
            if first.offset == 0 || print.book.index[first.block.index()].span.is_none() {
                continue;
            }
            let there = &print.pages.pages[page];
            let heads = there.marks.iter().filter(|mark| of_the_text(mark.owner) && mark.transform.is_none());
            let head = heads.filter_map(|mark| match &mark.kind {
                MarkKind::Text(run) if run.size > Length::pt(8.5) => Some(run.origin.y),
                _ => None,
            });
            let line = on_line(there, head.min().expect("it has lines"), of_the_text);
            let word = line.split_whitespace().next().expect("it has words").to_owned();
            let beside = on_line(&small.pages.pages[*at], *baseline, of_the_text);
            // A word may be divided at either place.
            let kept: String = word.trim_end_matches(['-', '\u{ad}']).chars().take(3).collect();
            assert!(beside.contains(&kept), "{name}: page {folio} begins with {word:?}, beside it stands {beside:?}");
            looked_at += 1;
        }
        assert!(looked_at >= 4, "{looked_at} pages begin in the middle of a text");
    }
    let says_so = |name: &str| {
        let marks = proof(&files, name).pages.pages.into_iter().flat_map(|page| page.marks);
        let words: String = marks
            .filter_map(|mark| match mark.kind {
                MarkKind::Text(run) => Some(run.text.to_string()),
                _ => None,
            })
            .collect();
        words.contains("page numbers of the print edition are marked")
    };
    assert!(says_so("booklet") && !says_so("plain"), "the copyright page says what they are");
    assert!(folios(&proof(&files, "plain").pages.pages).is_empty(), "nobody asked for them");
}

#[test]
fn an_extract_with_a_head_band_says_what_it_is_from_and_has_no_cover() {
    let files = sample(
        "  print: {format: pdf}\n  leaf: {format: pdf, sections: [key-takeaways, 30-why-both-sides-want-it.md], \
         head_band: true}\n",
    );
    let (whole, leaf) = (proof(&files, "print"), proof(&files, "leaf"));
    let first = &leaf.pages.pages[0];
    assert!(first.folio.is_some(), "no cover stands before it");
    let words: String = first
        .marks
        .iter()
        .filter(|mark| of_the_text(mark.owner))
        .filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(&*run.text),
            _ => None,
        })
        .collect();
    for said in ["Extract from", "Old Allies, New Terms", "October 2024", "https://doi.org/10.5555/recto.2024.1"] {
        assert!(words.contains(said), "{said:?} is not in {words:?}");
    }
    // The pages are those of the whole.
    let division = |kind: &str| {
        let found = whole.book.divisions.iter().find(|division| division.label.contains(kind)).expect("it is there");
        whole.pages.map.divisions[&found.id]
    };
    let folio = |page: recto::book::PageIndex| whole.pages.map.pages[page.0 as usize].folio.expect("it has one");
    let takeaways = folio(division("key-takeaways"));
    let chapter = folio(division("why-both-sides"));
    let Folio::Arabic(number) = chapter else { panic!("a chapter has arabic folios") };
    assert!(words.contains(&format!("Pages\u{a0}{takeaways}, {number}")), "{words:?}");
    assert!(first.links.iter().any(|link| link.name.contains("doi.org")), "the address leads there");
}

/// A picture of so many pixels.
fn picture(width: u32, height: u32) -> Vec<u8> {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} \
         {height}\"><rect width=\"{width}\" height=\"{height}\" fill=\"#336699\"/></svg>"
    )
    .into_bytes()
}

#[test]
fn a_figure_with_a_page_bleeds_on_a_press_and_keeps_an_office_s_edge() {
    let text = "Water is cheap until it is not. ".repeat(120);
    let files = Memory::new()
        .with(
            "metadata.yaml",
            "title: Water\ncover: false\neditions:\n  office: {format: pdf}\n  screen: {format: pdf, for: screen}\n  \
             press: {format: pdf, for: offset, trim: 6x9in}\n",
        )
        .with("images/dam.svg", picture(600, 800))
        .with(
            "10-a.md",
            format!("# Water\n\n{text}\n\n![A dam](images/dam.svg){{place=page}}\n\n{text}\n\n![A river](images/dam.svg \"The river.\"){{place=page}}\n\n{text}\n"),
        );
    for (name, edge) in
        [("office", Length::inches(0.25)), ("screen", Length::ZERO), ("press", Length::ZERO - Length::mm(3.0))]
    {
        let pages = proof(&files, name).pages.pages;
        let pictured: Vec<&Page> = pages
            .iter()
            .filter(|page| page.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Picture { .. })))
            .collect();
        assert_eq!(pictured.len(), 2, "{name}");
        for (page, captioned) in pictured.into_iter().zip([false, true]) {
            let shown = page.marks.iter().find_map(|mark| match &mark.kind {
                MarkKind::Picture { clip, .. } => *clip,
                _ => None,
            });
            let shown = shown.expect("it is cut to its frame");
            assert_eq!((shown.origin.x, shown.origin.y), (edge, edge), "{name}");
            assert_eq!(shown.right(), page.size.width - edge, "{name}");
            let words: Vec<&str> = page
                .marks
                .iter()
                .filter_map(|mark| match &mark.kind {
                    MarkKind::Text(run) => Some(&*run.text),
                    _ => None,
                })
                .collect();
            if captioned {
                assert!(shown.foot() < page.size.height - Length::inches(0.5) && words.concat().contains("The river."));
            } else {
                assert_eq!(shown.foot(), page.size.height - edge, "{name}");
                assert!(words.is_empty(), "nothing is printed over it: {words:?}");
            }
        }
    }
    let (_, said) = build(&files, None);
    assert!(said.iter().all(|d| !["near-edge", "off-page", "overprint"].contains(&d.lint.name)), "{said:?}");
}

#[test]
fn an_extract_has_the_page_numbers_of_the_edition_that_readers_have() {
    // As long as a book with a half title and a title page, which an extract has not.
    let words = "The water of the old quarter comes from the hills and is paid for in the town. ".repeat(40);
    let mut files = Memory::new();
    for number in 10..60 {
        files = files.with(&format!("{number}-water-{number}.md"), format!("# Part {number}\n\n{words}\n"));
    }
    let metadata = "title: Water\nlanguage: en\nnotes: {place: footnotes}\neditions:\n  print: {format: pdf, paper: a4, size: 13pt}\n  \
                    large: {format: pdf, for: large-print, paper: letter}\n  \
                    leaf: {format: pdf, paper: letter, sections: [40-water-40.md], head_band: true}\n  \
                    other: {format: pdf, paper: letter, sections: [40-water-40.md], head_band: true, pages_of: large}\n";
    let files = files.with("metadata.yaml", metadata);
    let mut seen = Vec::new();
    for (extract, of) in [("leaf", "print"), ("other", "large")] {
        let (whole, leaf) = (proof(&files, of), proof(&files, extract));
        let found = whole.book.divisions.iter().find(|division| division.label.contains("40")).expect("it is there");
        let page = whole.pages.map.divisions[&found.id];
        let folio = whole.pages.map.pages[page.0 as usize].folio;
        assert_eq!(leaf.pages.pages[0].folio, folio, "{extract}");
        seen.push(folio);
        let words: String = leaf.pages.pages[0]
            .marks
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Text(run) => Some(&*run.text),
                _ => None,
            })
            .collect();
        assert!(words.contains(&format!("\u{a0}{}", folio.expect("a number"))), "{words}");
    }
    assert_ne!(seen[0], seen[1], "the two have other numbers");
}

#[test]
fn the_rule_of_the_notes_keeps_clear_of_the_text_above_it() {
    for lines in 8..44 {
        let text = format!(
            "# Water\n\n{}\n\n1. One.\n2. Two.[^a]\n3. Three.\n\n[^a]: A note of some words.\n",
            "A line of the text.\\\n".repeat(lines) + "The last."
        );
        let metadata = "title: Water\nlanguage: en\nnotes: {place: footnotes}\neditions:\n  print: {format: pdf, for: large-print, paper: a5}\n";
        let files = Memory::new().with("metadata.yaml", metadata).with("10-water.md", text);
        let proof = proof(&files, "print");
        for (number, page) in proof.pages.pages.iter().enumerate() {
            let rules = page.marks.iter().filter_map(|mark| match &mark.kind {
                MarkKind::Fill { rect, .. } if rect.size.width == Length::inches(0.8) => Some(rect.origin.y),
                _ => None,
            });
            for rule in rules {
                let above = page.marks.iter().filter_map(|mark| match &mark.kind {
                    MarkKind::Text(run) if of_the_text(mark.owner) && run.origin.y < rule + Length::pt(4.0) => {
                        Some(run.origin.y)
                    }
                    _ => None,
                });
                let nearest = above.max().expect("text stands above it");
                assert!(nearest + Length::pt(4.0) < rule, "{lines} lines, page {number}: {nearest} and {rule}");
            }
        }
    }
}
