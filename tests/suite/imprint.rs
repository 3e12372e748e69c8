//! What an author says once and finds where it belongs: stamps, extracts, the copyright page.

use recto::book::{Book, DivisionKind, plain};
use recto::diagnostic::Diagnostics;
use recto::page::proof;
use recto::production::{self, Proof, Request};
use recto::source::{Memory, Sources};

const WORDS: &str = "Words that go on for some lines, so that a page fills at last and the folio of the next section is \
another than that of the one before it in the book, as it should be here. ";

fn set(files: &Memory, edition: &str) -> Proof {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let request = Request { edition: Some(edition.to_owned()), ..Request::default() };
    let proof = production::proof(files, &request, &mut sources, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    proof.expect("it is sound").expect("it is a PDF")
}

fn paper(metadata: &str) -> Memory {
    let long = WORDS.repeat(40);
    Memory::new()
        .with("metadata.yaml", format!("title: Water\nauthors: [Ann Lee, Bob Moss]\n{metadata}"))
        .with("images/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"40\"><rect width=\"9\" height=\"9\"/></svg>")
        .with("10-one.md", format!("# One\n\n{long}[^1]\n\n![A](images/a.svg \"Alder\"){{#fig-a}}\n\nCredit: Ann Lee.\n\n[^1]: The first.\n"))
        .with("20-two.md", format!("# Two\n\n{long}[^1]\n\n[^1]: The second.\n"))
        .with("30-three.md", format!("# Three\n\n{long}[^1] See [page](#fig-b) and @fig-b.\n\n![B](images/a.svg \"Birch\"){{#fig-b}}\n\n[^1]: The third.\n"))
}

/// The folio of the page whose words begin with a title.
fn folio_of(proof: &Proof, title: &str) -> String {
    let page = proof.pages.pages.iter().find(|page| proof::words(page).starts_with(title));
    let page = page.unwrap_or_else(|| panic!("{title} opens a page"));
    page.folio.map(|folio| folio.to_string()).expect("it has a folio")
}

#[test]
fn an_extract_keeps_the_numbers_of_the_whole_and_shows_its_own_notes_only() {
    let files = paper(
        "editions:\n  print: {format: pdf, theme: book}\n  handout: {format: pdf, theme: book, sections: [30-three]}\n",
    );
    let (whole, extract) = (set(&files, "print"), set(&files, "handout"));
    assert_eq!(folio_of(&whole, "3 Three"), folio_of(&extract, "3 Three"));
    assert_ne!(folio_of(&extract, "3 Three"), "1");
    let words: Vec<String> = extract.pages.pages.iter().map(proof::words).collect();
    let all = words.join("\n");
    assert!(all.contains("Figure\u{a0}2") && all.contains("Birch"), "{all}");
    assert!(all.contains("3. The third.") || all.contains("3 The third."), "{all}");
    assert!(!all.contains("The first.") && !all.contains("The second."), "{all}");
    assert!(all.contains("Extract from Water"), "{all}");
    assert!(words.iter().all(|words| !words.is_empty()), "no page is empty: {words:?}");
    let ids: Vec<&str> = extract.book.divisions.iter().map(|division| division.kind.name()).collect();
    assert_eq!(ids.len(), whole.book.divisions.len(), "ids stay as they are");
}

#[test]
fn a_draft_is_stamped_on_its_cover_and_in_its_heads() {
    for (status, stamp) in [
        ("status: draft\n", "Draft"),
        ("status: embargo\nembargo_until: 2026-11-23\n", "Embargoed until 23 November 2026"),
        ("language: de\nstatus: draft\n", "Entwurf"),
        ("editions: {print: {format: pdf, stamp: FOR COMMENT}}\n", "FOR COMMENT"),
    ] {
        let proof = set(&paper(status), "print");
        let text = proof::proof(&proof.pages);
        let pages: Vec<&str> = text.split("\n== ").collect();
        assert!(pages[0].contains(stamp), "{}", pages[0]);
        let heads = text.lines().filter(|line| line.starts_with('~') && line.contains(stamp)).count();
        assert!(heads >= 4, "{heads} heads say {stamp}: {text}");
        // A leaf that is handed round alone says it too, also one on which a section opens.
        for page in &pages[1..] {
            let inside = page.starts_with("page ") && page.lines().count() > 1;
            assert!(!inside || page.contains(stamp), "{stamp} is not on: {page}");
        }
    }
    let text = proof::proof(&set(&paper(""), "print").pages);
    assert!(!text.contains("Draft"), "a final text is not stamped");
}

fn copyright_page(book: &Book) -> String {
    let page = book.divisions.iter().find(|division| division.kind == DivisionKind::CopyrightPage).expect("it has one");
    let mut lines = Vec::new();
    for block in &page.blocks {
        let recto::book::BlockKind::Group(group) = &block.kind else { continue };
        for block in &group.blocks {
            let recto::book::BlockKind::Paragraph(paragraph) = &block.kind else { continue };
            lines.push(plain(&paragraph.text.content));
        }
    }
    lines.join("\n")
}

#[test]
fn the_copyright_page_says_what_the_metadata_says() {
    let files = paper(
        "subtitle: Its price\ndate: 2026-11-23\nrevised: 2026-12\nversion: 2.1\nseries: {name: Papers, number: 4}\n\
         publisher: {name: House, place: Alder, url: https://example.org}\nrights: {holder: House, licence: CC-BY-4.0}\n\
         identifiers: {doi: 10.1000/182}\ncontributors: [{name: Cy Oak, role: editor}, {name: Di Elm, role: editor}]\n\
         cover: {image: images/a.svg, alt: A, credit: Di Elm}\ndisclaimer: Nobody's views.\nfunding: Nobody paid.\n",
    );
    assert_eq!(
        copyright_page(&set(&files, "print").book),
        "© 2026 House\n\
         Creative Commons Attribution 4.0 International (CC-BY-4.0): https://creativecommons.org/licenses/by/4.0/\n\
         House, Alder\n\
         https://example.org\n\
         Editor: Cy Oak, Di Elm\n\
         Version 2.1 · Revised December 2026\n\
         https://doi.org/10.1000/182\n\
         How to cite: Ann Lee and Bob Moss, Water: Its price, Papers 4 (Alder: House, 2026), https://doi.org/10.1000/182.\n\
         Picture credits: Cover: Di Elm; figure\u{a0}1: Ann Lee.\n\
         Nobody’s views.\n\
         Funding: Nobody paid."
    );
}

#[test]
fn the_back_cover_shows_whatever_its_words_are() {
    let words = "theme: book\nparts: {back_cover: true}\nback_cover:\n  text: |\n    Four towns.\n\n    - what they pay\n    \
                 - what they *get*\n\n    > A line that is quoted.\n  blurbs: [Read it twice.]\n";
    let proof = set(&paper(&format!("{words}editions:\n  print: {{format: pdf}}\n")), "print");
    let back = proof::words(proof.pages.pages.last().expect("there are pages"));
    for words in ["Four towns.", "what they pay", "what they get", "A line that is quoted.", "Read it twice."] {
        assert!(back.contains(words), "the back cover lacks {words}: {back}");
    }
}
