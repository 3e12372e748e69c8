//! The handbook keeps its word: every example in it that has a file's name is built.

use std::path::Path;

use crate::support::{Desk, names};

/// An example: where it stands, the file that it is a part of, its text.
struct Example {
    place: String,
    file: String,
    text: String,
}

/// The examples of a chapter: its fenced blocks whose opening says `filename="…"`.
fn examples(chapter: &str, text: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let fence: String = line.chars().take_while(|letter| *letter == '`').collect();
        if fence.len() < 3 {
            continue;
        }
        let file = line.split_once("filename=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(file, _)| file);
        let inside: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != fence).collect();
        if let Some(file) = file {
            let place = format!("{chapter}:{}", at + 1);
            found.push(Example { place, file: file.to_owned(), text: inside.join("\n") + "\n" });
        }
    }
    found
}

/// A manuscript in which the example is right: what it names is there.
fn around(example: &Example) -> Desk {
    let desk = Desk::with(&[
        ("metadata.yaml", "title: An Example\nauthors: [Your Name]\n"),
        ("30-outlook.md", "# Outlook\n\nThe towns will agree.\n"),
        ("house.yaml", "disclaimer: The views are those of the authors.\n"),
    ]);
    let picture = include_bytes!("../../manuscript/images/contributors.png");
    for name in ["map", "vignette", "cover"] {
        desk.put(&format!("images/{name}.png"), picture);
    }
    desk.put(&example.file, &example.text);
    desk
}

#[test]
fn every_example_of_the_handbook_is_built() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("handbook");
    let mut count = 0;
    let mut wrong = Vec::new();
    for chapter in names(&folder).iter().filter(|name| name.ends_with(".md")) {
        let text = std::fs::read_to_string(folder.join(chapter)).expect("a chapter is UTF-8");
        for example in examples(chapter, &text) {
            count += 1;
            let ran = around(&example).run(&["build", "paper", "--quiet"]);
            if ran.code != 0 {
                wrong.push(format!("{}\n{}", example.place, ran.err));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 30, "{count} examples");
}

#[test]
fn the_handbook_builds_without_a_warning() {
    let desk = Desk::with(&[]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("handbook");
    let folder = folder.to_str().expect("the package lies at a path of Unicode");
    let ran = desk.run(&["check", folder, "--deny", "warnings"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}
