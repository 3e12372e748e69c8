//! CommonMark's own examples: the e-book shows the same words and marks, or recto says something; what is neither is
//! listed in a golden, and meant: Markdown is read inside elements of HTML, and bare addresses are links.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::ebook_reader::Ebook;
use crate::support::{Desk, golden};

/// What opens and closes an example in the specification.
const FENCE: &str = "````````````````````````````````";

struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let spec = include_str!("../commonmark/spec.txt");
    let mut examples = Vec::new();
    let mut section = String::new();
    let mut rest = spec.lines();
    while let Some(line) = rest.next() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.to_owned();
        }
        if line != format!("{FENCE} example") {
            continue;
        }
        let mut parts = [String::new(), String::new()];
        let mut part = 0;
        for line in rest.by_ref().take_while(|line| *line != FENCE) {
            match line {
                "." => part = 1,
                line => parts[part].push_str(&format!("{}\n", line.replace('→', "\t"))),
            }
        }
        let [markdown, html] = parts;
        examples.push(Example { number: examples.len() + 1, section: section.clone(), markdown, html });
    }
    examples
}

/// The words and the marks of stress, code and links; what stands between blocks is a space.
fn marks(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    let mut pre = false;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let tag = &rest[..end];
        let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let close = if tag.starts_with("</") { "/" } else { "" };
        match name.as_str() {
            "pre" => {
                pre = close.is_empty();
                out.push(' ');
            }
            "em" | "strong" | "a" => write!(out, "⟨{close}{name}⟩").expect("a string"),
            "code" if !pre => write!(out, "⟨{close}{name}⟩").expect("a string"),
            "code" | "span" => {}
            _ => out.push(' '),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    let plain = out
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace(['\u{a0}', '\u{ad}', '\u{200b}', '\u{2060}'], " ")
        .replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The specification's links lead into a site; a book's lead to an address.
fn addressed(markdown: &str) -> String {
    let whole = markdown.replace("/url", "https://example.org/url").replace("/uri", "https://example.org/uri");
    // Names that begin a link after such signs only.
    let paths =
        ["(/bar", ": /bar", "(/f&ouml;", ": /f&ouml;", ": /φου", ": /foo-url", ": /bar-url", ": /baz-url", "(</my uri"];
    paths.iter().fold(whole, |text, path| text.replace(path, &path.replace('/', "https://example.org/")))
}

/// What is said of each example: errors, and warnings of the text.
fn said(desk: &Desk) -> BTreeMap<usize, (bool, BTreeSet<String>)> {
    let ran = desk.run(&["build", "paper", "--format", "json", "--out", "out"]);
    let mut all: BTreeMap<usize, (bool, BTreeSet<String>)> = BTreeMap::new();
    for line in ran.out.lines() {
        let one: serde_json::Value = serde_json::from_str(line).expect("an object");
        let number = one["file"].as_str().and_then(|file| file.get(..3)).and_then(|digits| digits.parse().ok());
        let (Some(number), Some(lint)) = (number, one["lint"].as_str()) else { continue };
        let error = one["severity"] == "error";
        if error || ["foreign-html", "literal-markup", "unknown-attribute", "no-alt"].contains(&lint) {
            let entry = all.entry(number).or_default();
            entry.0 |= error;
            entry.1.insert(lint.to_owned());
        }
    }
    all
}

#[test]
fn commonmark_s_examples_have_the_same_words_and_marks_in_the_e_book() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let desk = Desk::with(&[]);
    desk.put(
        "metadata.yaml",
        "title: Spec\ncover: false\ncontents: false\neditions: {book: {format: epub}}\nparts: {title_page: false, copyright_page: false}\n",
    );
    let name = |number: usize| format!("{number:03}.md");
    for example in &examples {
        let head = format!("---\npunctuation: plain\n---\n\n# Exemplar{:03}Begins\n\n", example.number);
        desk.put(&name(example.number), format!("{head}{}", addressed(&example.markdown)));
    }
    let mut spoken: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for _ in 0..60 {
        let mut failed = false;
        for (number, (error, lints)) in said(&desk) {
            spoken.entry(number).or_default().extend(lints);
            if error {
                failed = true;
                desk.put(&name(number), format!("# Exemplar{number:03}Begins\n\nLeft out.\n"));
            }
        }
        if !failed {
            break;
        }
    }
    let ran = desk.run(&["build", "paper", "--quiet", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ebook = Ebook::read(&desk.read("out/spec.epub"));
    let mut shown = String::new();
    for file in ebook.spine() {
        let text = ebook.text(&file);
        let body = text.find("<body").map_or(text, |at| &text[at..]);
        shown.push_str(&marks(body));
        shown.push(' ');
    }
    let mut have: BTreeMap<usize, &str> = BTreeMap::new();
    for part in shown.split("Exemplar").skip(1) {
        let (number, rest) = part.split_once("Begins").expect("the mark is whole");
        have.insert(number.parse().expect("a number"), rest.trim());
    }
    let mut list = String::new();
    let mut same = 0;
    for example in &examples {
        let Example { number, section, .. } = example;
        let wanted = marks(&example.html);
        let have = have.get(number).copied().unwrap_or("(nothing)");
        if let Some(lints) = spoken.get(number) {
            let lints: Vec<&str> = lints.iter().map(String::as_str).collect();
            writeln!(list, "{number} {section}: said, {}", lints.join(" ")).expect("a string");
        } else if have == wanted {
            same += 1;
        } else {
            writeln!(list, "{number} {section}: otherwise\n  CommonMark: {wanted}\n  recto:      {have}")
                .expect("a string");
        }
    }
    golden("commonmark/differences.txt", &format!("{same} of 652 are the same\n{list}"));
}
