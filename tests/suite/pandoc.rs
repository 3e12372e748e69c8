//! A paper that was written for pandoc and Quarto is built as it is, and none of its markup is seen.

use std::io::Read;
use std::path::Path;

use recto::diagnostic::Diagnostics;
use recto::page::proof;
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

/// The files below a folder of `tests/cases/`.
fn case(name: &str) -> Memory {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    let mut files = Memory::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("below it").to_string_lossy().replace('\\', "/");
                files = files.with(&name, std::fs::read(&path).expect("it can be read"));
            }
        }
    }
    files
}

/// What is never printed of the paper's markup.
const MARKUP: &[&str] = &[
    "{",
    "}",
    ":::",
    "[^",
    "^[",
    "[!",
    "@",
    "**",
    "``",
    "~~",
    "^th",
    "~2",
    "<!--",
    "-->",
    "![",
    "](",
    "| ",
    "---",
    "\\",
    "#sec",
    "fig-map",
    "tbl-",
    "callout",
    "collapse",
    "Table:",
    ": Yearly",
    "[x]",
    "[ ]",
    "* * *",
    "% ",
    "unnumbered",
];

fn assert_clean(what: &str, words: &str) {
    // A share of the table is written with a space before its sign.
    let words = words.replace("4 % ", "").replace("5 % ", "").replace("4\u{a0}%", "").replace("5\u{a0}%", "");
    for markup in MARKUP {
        assert!(!words.contains(markup), "{what} shows {markup}: {words}");
    }
}

#[test]
fn a_paper_written_for_pandoc_shows_none_of_its_markup() {
    let files = case("pandoc");
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let set = production::proof(&files, &Request::default(), &mut sources, &mut diagnostics).expect("it is sound");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let pages: Vec<String> = set.expect("it has a PDF").pages.pages.iter().map(proof::words).collect();
    let pages = pages.join(" ");
    for words in [
        "“Nobody”, she said, “reads a meter”\u{a0}— or so the 10th report has it; CO2 is another matter…",
        "Figure\u{a0}1 and Table\u{a0}1 show",
        "How bills are read",
        "Mind the meter",
        "Save it",
        "Yearly bill of a household",
        "The eldest of the four.",
        "Escaped: *stars*, $5, a # and 5 < 6.",
    ] {
        assert!(pages.contains(words), "the pages lack {words}: {pages}");
    }
    assert_clean("a page", &pages);

    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let request = Request { edition: Some("ebook".to_owned()), ..Request::default() };
    let outputs =
        production::build(&files, &request, &mut sources, &mut diagnostics, &mut |_| {}).expect("it is sound");
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(&outputs[0].bytes)).expect("an archive");
    let mut seen = 0;
    for at in 0..book.len() {
        let mut file = book.by_index(at).expect("a file");
        if !file.name().ends_with(".xhtml") {
            continue;
        }
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        let body = text.split_once("<body").map_or("", |(_, body)| body);
        let words: String = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words).collect();
        assert_clean(file.name(), &words.split_whitespace().collect::<Vec<_>>().join(" "));
        seen += 1;
    }
    assert!(seen > 5, "{seen} documents");
}
