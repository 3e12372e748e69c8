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
    // What a drawing says is its author's.
    let said = said.iter().filter(|said| !said.contains(".svg"));
    let found: Vec<&String> = said.filter(|said| faults.iter().any(|fault| said.starts_with(fault))).collect();
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
