//! Made parts: what stands in a book of its length, what an edition says, where notes stand.

use recto::book::DivisionKind;
use recto::diagnostic::Diagnostics;
use recto::page::proof;
use recto::production::{self, Proof, Request};
use recto::source::{Memory, Sources};

fn pages(files: &Memory, edition: Option<&str>) -> Proof {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let request = Request { edition: edition.map(str::to_owned), ..Request::default() };
    let made = production::proof(files, &request, &mut sources, &mut diagnostics);
    made.unwrap_or_else(|_| panic!("{diagnostics:?}")).expect("there is a PDF edition")
}

fn has(proof: &Proof, kind: DivisionKind) -> bool {
    proof.book.divisions.iter().any(|division| division.kind == kind && !division.is_left_out())
}

fn text(words: usize) -> String {
    let paragraph = "A line of plain words that says very little and goes on to its own end. ".repeat(8);
    format!("# One\n\n{}", format!("{paragraph}\n\n").repeat(words / 120))
}

#[test]
fn a_book_of_twenty_four_pages_has_a_title_page_and_a_paper_has_none() {
    let paper = Memory::new().with("metadata.yaml", "title: T\n").with("1.md", text(1_000));
    assert!(!has(&pages(&paper, None), DivisionKind::TitlePage));
    let book = Memory::new().with("metadata.yaml", "title: T\n").with("1.md", text(18_000));
    let set = pages(&book, None);
    assert!(set.pages.pages.len() >= 24 && has(&set, DivisionKind::TitlePage) && has(&set, DivisionKind::HalfTitle));
    let plain = Memory::new()
        .with("metadata.yaml", "title: T\nparts: {title_page: false, half_title: false}\n")
        .with("1.md", text(18_000));
    assert!(!has(&pages(&plain, None), DivisionKind::TitlePage));
}

#[test]
fn an_edition_has_its_own_parts_and_isbn() {
    let files = Memory::new()
        .with(
            "metadata.yaml",
            "title: T\nidentifiers: {isbn_print: 978-0-306-40615-7}\neditions:\n  print: {format: pdf}\n  hard: {format: pdf, parts: {title_page: true}, isbn: 978-3-16-148410-0}\n",
        )
        .with("1.md", text(500));
    let (print, hard) = (pages(&files, Some("print")), pages(&files, Some("hard")));
    assert!(!has(&print, DivisionKind::TitlePage) && has(&hard, DivisionKind::TitlePage));
    let isbn = |proof: &Proof| proof.book.metadata.identifiers.isbn_print.clone().map(|isbn| isbn.digits().to_owned());
    assert_eq!(isbn(&print).as_deref(), Some("9780306406157"));
    assert_eq!(isbn(&hard).as_deref(), Some("9783161484100"));
}

/// A paper whose notes are long and short, called twice, and hold a list.
fn noted(place: &str) -> Memory {
    let long = "This note has a good many words, so that it takes several lines at the foot of its page. ".repeat(6);
    let calls = |from: usize| {
        (from..from + 6)
            .map(|at| format!("{}[^{at}]\n\n", "A paragraph that calls a note at its end. ".repeat(9).trim_end()))
            .collect::<String>()
    };
    let notes = |from: usize| {
        (from..from + 6)
            .map(|at| match at % 3 {
                0 => format!("[^{at}]: {long}\n"),
                1 => format!("[^{at}]: Short, number {at}.\n"),
                _ => format!("[^{at}]: First.\n\n    - one\n    - two\n\n    Last.\n"),
            })
            .collect::<String>()
    };
    Memory::new()
        .with("metadata.yaml", format!("title: Notes\ncover: false\nnotes: {{place: {place}}}\n"))
        .with("1-one.md", format!("# One\n\n{}Again.[^1]\n\n{}", calls(1), notes(1)))
        .with("2-two.md", format!("# Two\n\n{}{}", calls(11), notes(11)))
}

#[test]
fn notes_stand_where_the_manuscript_says() {
    for place in ["footnotes", "chapter", "endnotes"] {
        let set = pages(&noted(place), None);
        let shown = proof::proof(&set.pages);
        super::support::golden(&format!("proofs/notes-{place}.txt"), &shown);
        assert_eq!(has(&set, DivisionKind::Notes), place == "endnotes");
        // Every note stands on a page of its own call, if notes stand at the foot.
        if place == "footnotes" {
            for note in &set.book.notes {
                let map = &set.pages.map;
                assert_eq!(map.notes.get(&note.id), map.calls.get(&(note.id, 0)), "note {}", note.number);
            }
        }
    }
}
