//! `recto check --against`: a new edition of the files held against the old PDF.

use crate::support::Desk;

const WATER: &str = "# Wells\n\nWater is dear in towns, and cheap where it rains. The wells were dug in 1904 by the town.\n\n# Towers\n\nAnd it runs from the towers to the houses.\n";

fn desk(editions: &str) -> Desk {
    let yaml = format!("title: Water\ncover: false\ncontents: false\n{editions}");
    Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", WATER)])
}

#[test]
fn a_word_that_changed_is_named_with_its_page_and_nothing_else_is() {
    let desk = desk("");
    assert_eq!(desk.run(&["build", "paper", "--sealed", "--out", "old"]).code, 0);
    let ran = desk.run(&["check", "paper", "--sealed", "--against", "old/water.pdf"]);
    assert!(
        ran.out.contains("print: every page has the words and the breaks of old/water.pdf"),
        "{}{}",
        ran.out,
        ran.err
    );
    desk.put("10-water.md", WATER.replace("1904", "1914"));
    let ran = desk.run(&["check", "paper", "--sealed", "--against", "old/water.pdf"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("\"1904\" is now \"1914\""), "{}", ran.out);
    assert_eq!(ran.out.matches("print: page").count(), 1, "{}", ran.out);
    let ran = desk.run(&["check", "paper", "--sealed", "--against", "old/water.pdf", "--format", "json"]);
    assert!(ran.out.contains("\"type\":\"changed\"") && ran.out.contains("\"was\":\"1904\""), "{}", ran.out);
}

#[test]
fn pages_that_were_put_in_are_said_and_that_the_cover_no_longer_fits() {
    let editions = "editions:\n  press: {format: pdf, for: kdp, trim: 6x9in}\n";
    let desk = desk(editions);
    assert_eq!(desk.run(&["build", "paper", "--sealed", "--out", "old"]).code, 0);
    desk.put("20-more.md", format!("# More\n\n{}\n", "More of it stands here, line after line.\n\n".repeat(60)));
    let ran = desk.run(&["check", "paper", "--sealed", "--against", "old/water.pdf"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("old/water.pdf has ") && ran.err.contains("warning"), "{}", ran.err);
    assert!(ran.err.contains("the spine of \"press\" was "), "{}", ran.err);
    assert!(ran.out.contains("new: \"More"), "{}", ran.out);
}

#[test]
fn what_is_no_pdf_is_said() {
    let desk = desk("");
    desk.put("../old.pdf", "nothing");
    let ran = desk.run(&["check", "paper", "--sealed", "--against", "old.pdf"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("old.pdf is no PDF that can be read"), "{}", ran.err);
    let ran = desk.run(&["check", "paper", "--sealed", "--against", "none.pdf"]);
    assert_eq!(ran.code, 2);
}
