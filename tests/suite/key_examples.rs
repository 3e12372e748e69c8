//! An example of every key that may be written: the handbook shows it behind the key, and here it is built.
//!
//! The examples stand in `key-examples.txt`, each on a line of its own below the name of its table. What else must be
//! said for one to mean something follows between ` # `: a wrap needs the edition around which it goes.

use std::collections::BTreeMap;

use recto::production::keys::TABLES;

use crate::support::Desk;

/// An example of a key.
pub struct Example {
    /// The key.
    pub key: &'static str,
    /// `key: value`.
    pub line: &'static str,
    /// What must be said beside it.
    beside: Vec<&'static str>,
}

impl Example {
    fn read(line: &'static str) -> Example {
        let mut parts = line.split(" # ");
        let line = parts.next().expect("a line has a beginning");
        let (key, _) = line.split_once(": ").expect("an example is `key: value`");
        Example { key, line, beside: parts.collect() }
    }

    /// All that is said, so many steps in.
    fn lines(&self, steps: usize) -> String {
        let lines = [self.line].into_iter().chain(self.beside.iter().copied());
        lines.map(|line| format!("{}{line}\n", "  ".repeat(steps))).collect()
    }
}

/// The examples of a table of keys.
pub fn of(table: &str) -> Vec<Example> {
    let text = include_str!("key-examples.txt");
    let rest = text.split_once(&format!("== {table}\n")).expect("every table has examples").1;
    let part = rest.split_once("\n== ").map_or(rest, |(part, _)| part);
    part.lines().map(Example::read).collect()
}

/// Builds a manuscript of two sections, and says what is wrong.
fn build(metadata: &str, first: &str) {
    let desk = Desk::with(&[
        ("metadata.yaml", metadata),
        ("10-water.md", first),
        ("30-outlook.md", "# Outlook\n\nThe towns will agree.\n"),
        ("house.yaml", "short_title: Water\n"),
        ("works.bib", "@book{roe1999, author = {Roe, Bea}, title = {Wells}, publisher = {Quay Press}, year = 1999}\n"),
    ]);
    for name in ["map", "cover"] {
        desk.put(&format!("images/{name}.png"), include_bytes!("../../manuscript/images/contributors.png"));
    }
    if metadata.contains("press.icc") {
        desk.put("press.icc", profile());
    }
    let ran = desk.run(&["build", "paper", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

const TEXT: &str = "# Water\n\nThe towns pay.^[So they say.]\n\n![](images/map.png)\n";

/// A profile of a press: the one that recto's own files have.
fn profile() -> Vec<u8> {
    let metadata = "title: T\ncover: false\neditions: {press: {format: pdf, for: offset}}\n";
    let desk = Desk::with(&[("metadata.yaml", metadata), ("10-water.md", "# Water\n\nThe towns pay.\n")]);
    assert_eq!(desk.run(&["build", "paper", "--out", "out", "--quiet"]).code, 0);
    let document = lopdf::Document::load_mem(&desk.read("out/t.pdf")).expect("a PDF");
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let mut contents = streams.filter_map(|stream| stream.decompressed_content().ok());
    contents.find(|content| content.get(12..16) == Some(b"prtr")).expect("it has a profile of an output")
}

#[test]
fn every_key_has_one_example() {
    for (name, table, _) in TABLES {
        let mut examples: BTreeMap<&str, usize> = BTreeMap::new();
        of(name).iter().for_each(|example| *examples.entry(example.key).or_default() += 1);
        let keys: BTreeMap<&str, usize> = table.listed().map(|key| (key.name, 1)).collect();
        assert_eq!(examples, keys, "the examples of {name} in tests/suite/key-examples.txt");
    }
}

#[test]
fn the_examples_of_metadata_and_sections_are_built() {
    let metadata: String = of("metadata").iter().map(|example| example.lines(0)).collect();
    build(&metadata, TEXT);
    let head: String = of("section").iter().map(|example| example.lines(0)).collect();
    build("title: T\n", &format!("---\n{head}---\n\nThe towns pay.\n"));
}

#[test]
fn the_examples_of_charts_are_built() {
    let usual =
        [("type", "line"), ("data", "[[year, Alder, Birch], [2023, 300, 520], [2024, 305, 530], [2025, 310, 545]]")];
    let mut text = "# Water\n".to_owned();
    for example in of("chart") {
        let said = [example.line].into_iter().chain(example.beside.iter().copied());
        let said: Vec<(&str, &str)> = said.filter_map(|line| line.split_once(": ")).collect();
        let usual = usual.iter().filter(|(key, _)| said.iter().all(|(own, _)| own != key));
        let lines: Vec<String> = usual.chain(&said).map(|(key, value)| format!("{key}: {value}\n")).collect();
        text.push_str(&format!("\n```chart\n{}```\n\nSo it is.\n", lines.concat()));
    }
    build("title: T\n", &text);
}

#[test]
fn the_examples_of_themes_and_editions_are_built() {
    let head = "title: T\neditions:\n  print: {format: pdf}\n  press: {format: pdf, for: ingram, trim: 6x9in}\n";
    let (mut themes, mut editions) = (head.to_owned(), head.to_owned());
    for example in of("theme") {
        let name = example.key.replace('_', "-");
        themes.push_str(&format!("  t-{name}:\n    format: pdf\n    theme:\n{}", example.lines(3)));
    }
    for example in of("edition") {
        let lines = example.lines(2);
        let format = if lines.contains("    format: ") { "" } else { "    format: pdf\n" };
        editions.push_str(&format!("  e-{}:\n{format}{lines}", example.key.replace('_', "-")));
    }
    build(&themes, TEXT);
    build(&editions, TEXT);
}
