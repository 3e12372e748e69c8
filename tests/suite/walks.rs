//! What holds for a piece or a block wherever it stands: in a heading, a cell, a box as in a paragraph.

use recto::book::{BlockKind, Book, DivisionKind, plain};
use recto::diagnostic::Diagnostics;
use recto::page::MarkKind;
use recto::production::{self, Proof, Request};
use recto::source::{Memory, Sources};

/// A picture of one dot.
const DOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"96\"/>";

/// Sets a manuscript of two chapters.
fn set(metadata: &str, first: &str, second: &str) -> (Proof, Vec<String>) {
    let files = Memory::new()
        .with("metadata.yaml", format!("title: A Trial\ncover: false\n{metadata}"))
        .with("dot.svg", DOT)
        .with("10-one.md", format!("# One\n\n{first}\n"))
        .with("20-two.md", format!("# Two {{#two}}\n\n{second}\n"));
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let proof = production::proof(&files, &Request::default(), &mut sources, &mut diagnostics);
    let said = diagnostics.iter().map(|d| format!("{:?} {}", d.severity, d.message)).collect();
    (proof.unwrap_or_else(|_| panic!("{diagnostics:?}")).expect("there is a PDF edition"), said)
}

/// Everything that is printed, page by page.
fn printed(proof: &Proof) -> Vec<String> {
    let runs = |page: &recto::page::Page| {
        let mut text = String::new();
        for mark in &page.marks {
            if let MarkKind::Text(run) = &mark.kind {
                text.push_str(&run.text);
                text.push(' ');
            }
        }
        text
    };
    proof.pages.pages.iter().map(runs).collect()
}

/// The entries of a made list.
fn entries(book: &Book, kind: DivisionKind) -> Vec<String> {
    let division = book.divisions.iter().find(|division| division.kind == kind).expect("the list is there");
    let (BlockKind::Contents(entries) | BlockKind::ListOf(entries)) = &division.blocks[0].kind else { panic!() };
    entries.iter().map(|entry| plain(&entry.text.content)).collect()
}

#[test]
fn a_page_is_named_wherever_its_reference_stands() {
    let places = [
        "## See [page](#two)\n\nText.",
        "![A dot](dot.svg)\n\nFigure: See [page](#two)",
        "| See [page](#two) |\n| --- |\n| a |",
        "| a |\n| --- |\n| see [page](#two) |\n\nTable: T\n\nSource: see [page](#two)",
        "::: verse\nA line, [page](#two)\n:::",
        "Term on [page](#two)\n: What it means.",
        "::: {.box title=\"T\"}\n## See [page](#two)\n\nText.\n:::",
        "> > - a [~~struck [page](#two)~~]{.smallcaps}",
    ];
    for place in places {
        let (proof, said) = set("contents: false\nnotes: {place: footnotes}\n", place, "Text.");
        let pages = printed(&proof);
        assert!(!pages.concat().contains("00"), "{place}\n{pages:?}\n{said:?}");
        // The reference's number and the page's own.
        assert!(pages.concat().matches('1').count() > 1, "{place}\n{pages:?}");
    }
}

#[test]
fn no_call_stands_in_contents_however_deep() {
    let chapter = "## A ~~struck[^a]~~ and *stressed[^a]* and [small[^a]]{.smallcaps} word\n\nText.\n\n[^a]: A note.";
    let (proof, _) = set("", chapter, "Text.");
    let contents = entries(&proof.book, DivisionKind::Contents);
    assert!(contents.iter().any(|entry| entry == "A struck and stressed and small word"), "{contents:?}");
}

#[test]
fn lists_and_credits_name_what_stands_inside_other_blocks() {
    let figure = "![A dot](dot.svg)\n\nFigure: Dot\n\nCredit: Ann";
    let indented = |text: &str, by: &str| text.lines().map(|line| format!("{by}{line}")).collect::<Vec<_>>().join("\n");
    let table = "Table: Sums\n\n| a |\n| --- |\n| 1 |";
    let chapter = format!(
        "{}\n\n- item\n\n{}\n\n::: {{.box title=\"T\"}}\n{}\n\n{}\n:::\n",
        indented(figure, "> "),
        indented(&figure.replace("Ann", "Bob"), "  "),
        figure.replace("Ann", "Cy"),
        table,
    );
    let (proof, said) = set("contents: {lists: [figures, tables]}\n", &chapter, "Text.");
    assert_eq!(entries(&proof.book, DivisionKind::ListOfFigures), ["Dot", "Dot", "Dot"], "{said:?}");
    assert_eq!(entries(&proof.book, DivisionKind::ListOfTables), ["Sums"], "{said:?}");
    let pages = printed(&proof).concat();
    for name in ["Ann", "Bob", "Cy"] {
        assert!(
            pages.matches(name).count() >= 2,
            "the credit of {name} stands at its picture and on the copyright page"
        );
    }
    assert_eq!(recto::preflight::count::count(&proof.book).tables, 1);
}

#[test]
fn a_figure_without_a_caption_takes_no_number_and_is_not_named_by_one() {
    let chapter = "![](dot.svg){#fig-a}\n\n![A dot](dot.svg){#fig-b}\n\nSee [](#fig-b).";
    let (proof, _) = set("", chapter, "Text.");
    let pages = printed(&proof).concat();
    assert!(pages.contains("Figure\u{a0}1") && !pages.contains("Figure\u{a0}2"), "{pages}");
}

#[test]
fn a_note_in_the_caption_that_the_metadata_gives_is_a_note_of_the_book() {
    let metadata = "images:\n  dot.svg: {caption: \"A dot^[Drawn by hand.] of ink\", credit: Ann}\n";
    let (proof, _) = set(metadata, "Text.^[First.]\n\n![A black one](dot.svg)", "Text.^[Last.]");
    let notes: Vec<String> = proof.book.notes.iter().map(note_words).collect();
    assert_eq!(notes, ["First.", "Drawn by hand.", "Last."]);
    assert!(proof.book.notes.iter().all(|note| note.calls.len() == 1));
}

fn note_words(note: &recto::book::Note) -> String {
    recto::book::walk::texts(&note.blocks).map(|(_, text)| plain(&text.content)).collect()
}

#[test]
fn what_is_repeated_large_calls_no_note_again() {
    let chapter = "Text.[^a]\n\n::: pullquote\nText.[^a]\n:::\n\n[^a]: A note.";
    let (proof, said) = set("", chapter, "Text.");
    assert_eq!(proof.book.notes[0].calls.len(), 1, "{said:?}");
}

#[test]
fn notes_after_a_chapter_have_the_title_that_the_metadata_gives() {
    let (proof, _) = set("notes: {place: chapter, title: Remarks}\n", "Text.^[A note.]", "Text.");
    let pages = printed(&proof).concat();
    assert!(pages.contains("Remarks") && !pages.contains("Notes"), "{pages}");
}
