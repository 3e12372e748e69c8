//! `recto new` and `recto info`.

use crate::support::{Desk, names};

#[test]
fn a_new_manuscript_of_every_kind_builds_without_a_word() {
    for kind in ["policy-paper", "report", "book"] {
        let desk = Desk::with(&[]);
        let ran = desk.run(&["new", "the-price-of-water", "--kind", kind]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("recto build the-price-of-water"), "{}", ran.out);
        let ran = desk.run(&["build", "the-price-of-water", "--deny", "warnings"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{kind}");
        let files = names(&desk.path("out"));
        for file in ["the-price-of-water.epub", "the-price-of-water.pdf"] {
            assert!(files.iter().any(|name| name == file), "{kind}: {files:?}");
        }
        let ran = desk.run(&["check", "the-price-of-water", "--deny", "warnings"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{kind}");
    }
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let desk = Desk::with(&[("metadata.yaml", "title: Mine\n")]);
    let ran = desk.run(&["new", "paper"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error: paper is there already\nhint: take another name"), "{}", ran.err);
    assert_eq!(desk.read("paper/metadata.yaml"), b"title: Mine\n");
    assert_eq!(names(&desk.path("paper")), ["metadata.yaml"]);
    let ran = desk.run(&["new", "a: b"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
}

#[test]
fn info_lists_the_words_that_recto_adds_as_they_are_said_otherwise() {
    let desk = Desk::with(&[]);
    desk.put("a.md", "# One\n\nText.\n");
    desk.put("metadata.yaml", "title: T\nlanguage: hu\nwords: {hu: {contents: Belül}}\n");
    let ran = desk.run(&["info", "paper", "--words"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for line in ["    contents: \"Belül\" # the house's", "    figure: \"Ábra\"", "    figure-numbered: \"{}. ábra\""]
    {
        assert!(ran.out.contains(line), "{line}: {}", ran.out);
    }
    // What it lists can be said: nothing changes but where the words come from.
    desk.put("theme.yaml", &ran.out);
    desk.put("metadata.yaml", "title: T\nlanguage: hu\n");
    let again = desk.run(&["info", "paper", "--words"]);
    let bare = |text: &str| text.replace(" # the house's", "");
    assert_eq!(bare(&again.out), bare(&ran.out));
}

#[test]
fn info_counts_words_notes_pictures_and_pages() {
    let desk = Desk::with(&[
        ("metadata.yaml", "title: Water\ncover: false\n"),
        (
            "a.md",
            "# One two\n\nThree four.[^1] Five.^[Six seven.]\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Eight.\n",
        ),
        ("b.md", "# Nine\n\nTen.\n"),
    ]);
    let ran = desk.run(&["info", "paper"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[..2], ["Water", "  11 words, 2 sections, 2 notes (of 3 words), 0 pictures, 0 tables"]);
    assert!(lines[2].starts_with("  print  ") && lines[2].ends_with(" pages  water.pdf"), "{}", ran.out);
    assert!(lines[3].starts_with("  ebook  page numbers of "), "{}", ran.out);
    let ran = desk.run(&["info", "paper", "--format", "json"]);
    let objects: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(objects[0]["type"], "recto");
    assert_eq!(
        (&objects[1]["title"], &objects[1]["words"], &objects[1]["notes"]),
        (&"Water".into(), &11.into(), &2.into())
    );
    assert_eq!((&objects[2]["edition"], &objects[2]["format"]), (&"print".into(), &"pdf".into()));
    assert!(objects[2]["pages"].as_u64().is_some_and(|pages| pages > 3), "{}", objects[2]);
    desk.put("b.md", "# Nine\n\n@fig-none\n");
    assert_eq!(desk.run(&["info", "paper"]).code, 1);
}
