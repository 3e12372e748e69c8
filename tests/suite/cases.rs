//! Cases: small manuscripts of authors and what comes of them, one file each in the folders of `tests/cases/`, written
//! without Rust.
//!
//! A case holds the files of a manuscript, each after a line `== name`, and then what is expected, each after a line
//! `== what`; `BLESS=1` rewrites these last parts.
//!
//! | part | what stands in it |
//! |---|---|
//! | `== said` | what `recto build` says, exit code first |
//! | `== said check` | what `recto check` says |
//! | `== ledger` | what `recto check --ledger` lists: what became of each word that is not shown |
//! | `== print` | the words of the pages, a line a page, without running heads and folios |
//! | `== proof` | the pages as lines with their baselines: where places matter |
//! | `== structure` | the tagged tree of the PDF with its words |
//! | `== ebook` | the markup of the e-book's sections, without what recto makes |
//!
//! An edition's name may follow, but for what is said: `== print large`. A file whose name is followed by `-> path` is a
//! symbolic link, one followed by `(bytes)` has escapes like `\xff`; one that begins with `../` lies beside the
//! manuscript. What has no metadata of its own gets a title, and `== (no metadata)` keeps it from that.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use recto::diagnostic::{Diagnostics, Severity, lints};
use recto::page::{MarkKind, NodeId, Owner, Pages, Structure, Tag, proof};
use recto::production::{self, Finished, Request};
use recto::source::Sources;

use crate::ebook_reader::{Ebook, folder};
use crate::support::{Desk, made_part, plain};

/// What may be expected.
const PARTS: [&str; 7] = ["said", "said check", "ledger", "print", "proof", "structure", "ebook"];

struct Case {
    path: PathBuf,
    /// What stands before the first expectation.
    manuscript: String,
    /// By their headings, in the order of the file.
    expected: Vec<(String, String)>,
}

/// The expectation that a heading names: one of [`PARTS`], and the edition.
fn part_of(heading: &str) -> Option<(&'static str, Option<&str>)> {
    if let Some(part) = PARTS.iter().find(|part| **part == heading) {
        return Some((part, None));
    }
    let (name, edition) = heading.split_once(' ')?;
    let part = PARTS[3..].iter().find(|part| **part == name)?;
    Some((part, Some(edition)))
}

impl Case {
    fn read(path: PathBuf) -> Case {
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let (mut manuscript, mut expected) = (String::new(), Vec::<(String, String)>::new());
        for line in text.split_inclusive('\n') {
            let heading = line.strip_prefix("== ").map(str::trim_end).filter(|heading| part_of(heading).is_some());
            match (heading, expected.last_mut()) {
                (Some(heading), _) => expected.push((heading.to_owned(), String::new())),
                (None, None) => manuscript.push_str(line),
                (None, Some((_, text))) => text.push_str(line),
            }
        }
        if expected.is_empty() {
            expected.push(("said".to_owned(), String::new()));
        }
        Case { path, manuscript, expected }
    }

    fn name(&self) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        self.path.strip_prefix(root).unwrap_or(&self.path).display().to_string()
    }

    fn said(&self) -> impl Iterator<Item = &str> {
        self.expected.iter().filter(|(heading, _)| heading.starts_with("said")).map(|(_, said)| said.as_str())
    }
}

/// Every case, by folder and name.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths = Vec::new();
    for folder in std::fs::read_dir(root).expect("the folder is there").flatten().map(|entry| entry.path()) {
        // The tables of `every` have a form of their own; what has metadata is a manuscript.
        if folder.ends_with("every") || folder.join("metadata.yaml").exists() {
            continue;
        }
        paths.extend(std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.into_iter().map(Case::read).collect()
});

/// The files of a case on a desk.
fn lay_out(manuscript: &str) -> Desk {
    let desk = Desk::with(&[]);
    std::fs::create_dir_all(desk.path("paper")).expect("a folder");
    if !manuscript.contains("== metadata.yaml") && !manuscript.contains("== (no metadata)") {
        desk.put("metadata.yaml", "title: Water\ncover: false\n");
    }
    let manuscript = format!("\n{manuscript}");
    for part in manuscript.split("\n== ").filter(|part| !part.trim().is_empty()) {
        let (name, text) = part.split_once('\n').unwrap_or((part, ""));
        if name == "(no metadata)" {
            continue;
        }
        if let Some((name, target)) = name.split_once(" -> ") {
            let link = desk.path("paper").join(name);
            std::fs::create_dir_all(link.parent().expect("it has one")).expect("a folder");
            #[cfg(unix)]
            std::os::unix::fs::symlink(target, link).expect("a link");
        } else if let Some(name) = name.strip_suffix(" (bytes)") {
            desk.put(name, unescaped(text));
        } else {
            desk.put(name, format!("{text}\n"));
        }
    }
    desk
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        bytes.extend(&rest.as_bytes()[..at]);
        bytes.push(u8::from_str_radix(&rest[at + 2..at + 4], 16).expect("two digits"));
        rest = &rest[at + 4..];
    }
    bytes.extend(rest.as_bytes());
    bytes
}

/// What comes of a case, expectation by expectation.
fn found(case: &Case) -> Vec<String> {
    let desk = lay_out(&case.manuscript);
    let found = case.expected.iter().map(|(heading, _)| match part_of(heading).expect("it was read as one") {
        ("said", _) => said(case, &desk, "build"),
        ("said check", _) => said(case, &desk, "check"),
        ("ledger", _) => desk.run(&["check", "paper", "--quiet", "--ledger"]).out,
        ("ebook", edition) => match built(&desk, edition, ".epub") {
            Ok(output) => sections(&output.bytes),
            Err(why) => why,
        },
        (part, edition) => match pages(&desk, edition) {
            Ok(pages) if part == "print" => words(&pages),
            Ok(pages) if part == "proof" => proof::proof(&pages),
            Ok(pages) => structure(&pages),
            Err(why) => why,
        },
    });
    found.collect()
}

fn said(case: &Case, desk: &Desk, command: &str) -> String {
    let ran = desk.run(&[command, "paper", "--quiet"]);
    assert_eq!(ran.out, "", "{} is quiet", case.name());
    let lines: Vec<&str> = ran.err.lines().map(str::trim_end).collect();
    format!("exit code {}\n{}\n", ran.code, lines.join("\n"))
}

/// The first finished file of an edition, or of any, with that ending.
fn built(desk: &Desk, edition: Option<&str>, ending: &str) -> Result<Finished, String> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let request = Request { edition: edition.map(str::to_owned), ..Request::default() };
    let files = folder(&desk.path("paper"));
    let outputs = production::build(&files, &request, &mut sources, &mut diagnostics, &mut |_| {});
    let found = outputs.ok().and_then(|outputs| outputs.into_iter().find(|output| output.file.ends_with(ending)));
    found.ok_or_else(|| "nothing is built\n".to_owned())
}

fn pages(desk: &Desk, edition: Option<&str>) -> Result<Pages, String> {
    let request = Request { edition: edition.map(str::to_owned), ..Request::default() };
    let files = folder(&desk.path("paper"));
    let set = production::proof(&files, &request, &mut Sources::new(), &mut Diagnostics::new());
    set.ok().flatten().map(|set| set.pages).ok_or_else(|| "nothing is set\n".to_owned())
}

/// The words of each page that has any.
fn words(pages: &Pages) -> String {
    let mut out = String::new();
    for (at, page) in pages.pages.iter().enumerate() {
        let words = proof::words(page);
        if !words.is_empty() {
            let _ = writeln!(out, "{}: {words}", at + 1);
        }
    }
    out
}

/// The tree, a line an element, its letters behind it.
fn structure(pages: &Pages) -> String {
    let mut leaves: BTreeMap<NodeId, String> = BTreeMap::new();
    for mark in pages.pages.iter().flat_map(|page| &page.marks) {
        let (MarkKind::Text(run), Owner::Content(node)) = (&mark.kind, mark.owner) else { continue };
        let leaf = leaves.entry(node).or_default();
        let hyphen = run.glyphs.iter().filter(|glyph| glyph.soft_hyphen).map(|glyph| glyph.start).min();
        if !leaf.is_empty() && !leaf.ends_with([' ', '\u{ad}']) {
            leaf.push(' ');
        }
        if leaf.ends_with('\u{ad}') {
            leaf.pop();
        }
        leaf.push_str(&run.text[..hyphen.map_or(run.text.len(), |at| at as usize)]);
        if hyphen.is_some() {
            leaf.push('\u{ad}');
        }
    }
    let mut out = String::new();
    element(&pages.structure, Structure::ROOT, 0, &leaves, &mut out);
    out
}

fn element(structure: &Structure, node: NodeId, depth: usize, leaves: &BTreeMap<NodeId, String>, out: &mut String) {
    let element = structure.node(node);
    let indent = "  ".repeat(depth);
    let alt = element.alt.as_ref().map_or(String::new(), |alt| format!(" alt={alt:?}"));
    match &element.tag {
        Tag::Content => {
            let words = leaves.get(&node).map_or("", |words| words.trim_end_matches('\u{ad}').trim());
            let _ = writeln!(out, "{indent}\"{words}\"");
        }
        Tag::H(level) => {
            let _ = writeln!(out, "{indent}H{level}{alt}");
        }
        tag => {
            let name: String = format!("{tag:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect();
            let _ = writeln!(out, "{indent}{name}{alt}");
        }
    }
    element.kids.iter().for_each(|kid| self::element(structure, *kid, depth + 1, leaves, out));
}

/// The bodies of the documents that come of sections.
fn sections(bytes: &[u8]) -> String {
    let ebook = Ebook::read(bytes);
    let mut out = String::new();
    for file in ebook.spine() {
        let made = ["cover", "half-title", "title-page", "copyright-page", "contents", "back-cover", "list-of-"];
        if made.iter().any(|made| file.starts_with(made)) {
            continue;
        }
        let body = ebook.text(&file).split_once("<body").map_or("", |(_, body)| body);
        let body = body.split_once('>').map_or("", |(_, body)| body);
        let body = body.split_once("</body>").map_or(body, |(body, _)| body);
        let _ = writeln!(out, "<!-- {file} -->\n{}", body.trim());
    }
    out
}

#[test]
fn of_every_case_comes_what_is_expected() {
    let bless = std::env::var_os("BLESS").is_some();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(case) = CASES.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let found = found(case);
                    if bless {
                        let mut text = case.manuscript.clone();
                        for ((heading, _), found) in case.expected.iter().zip(&found) {
                            let _ = write!(text, "== {heading}\n{found}");
                        }
                        std::fs::write(&case.path, text).expect("written");
                        continue;
                    }
                    for ((heading, expected), found) in case.expected.iter().zip(&found) {
                        if expected != found {
                            let fault = format!("{} == {heading}\n{}", case.name(), difference(expected, found));
                            wrong.lock().expect("whole").push(fault);
                        }
                    }
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().expect("whole");
    wrong.sort();
    assert!(wrong.is_empty(), "{}\nBLESS=1 rewrites what is expected", wrong.join("\n"));
}

/// The lines that differ: what was expected after `-`, what was found after `+`.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(old, new)| old == new).count();
    let mut out = String::new();
    old[head..old.len() - tail].iter().for_each(|line| out.push_str(&format!("- {line}\n")));
    new[head..new.len() - tail].iter().for_each(|line| out.push_str(&format!("+ {line}\n")));
    out
}

/// An example of every lint that a case shows, as Markdown: its place and message.
fn examples() -> BTreeMap<String, String> {
    let mut examples = BTreeMap::new();
    for case in CASES.iter() {
        for (heading, _) in &case.expected {
            let command = match heading.as_str() {
                "said" => "build",
                "said check" => "check",
                _ => continue,
            };
            let ran = lay_out(&case.manuscript).run(&[command, "paper", "--format", "json"]);
            for line in ran.out.lines() {
                let said: serde_json::Value = serde_json::from_str(line).expect("an object");
                if let (Some(lint), Some(message)) = (said["lint"].as_str(), said["message"].as_str()) {
                    let place = match (said["file"].as_str(), said["line"].as_u64()) {
                        (Some(file), Some(line)) => format!(" ({file}:{line})"),
                        _ => String::new(),
                    };
                    examples.entry(lint.to_owned()).or_insert(format!("{}{place}", plain(message)));
                }
            }
        }
    }
    examples
}

/// The handbook's list of messages, from the code.
fn listed() -> String {
    let examples = examples();
    let mut out = String::from("\n");
    for lint in lints::ALL {
        let severity = match lint.severity {
            Severity::Error => "an error",
            Severity::Warning => "a warning",
        };
        let example = examples.get(lint.name).map(|said| format!(" For example: {said}.")).unwrap_or_default();
        let about = plain(lint.about);
        out.push_str(&format!("`{}`, {severity}\n:   {about}.{example}\n\n", lint.name));
    }
    out
}

#[test]
fn the_handbook_lists_every_message() {
    made_part("handbook/85-messages.md", "messages", &listed());
}

#[test]
fn no_fault_is_told_without_a_word_of_what_to_do() {
    if std::env::var_os("BLESS").is_some() {
        return; // the other test is writing
    }
    assert!(CASES.len() >= 40, "{} cases", CASES.len());
    for case in CASES.iter() {
        assert!(case.expected.iter().all(|(_, expected)| !expected.is_empty()), "{} has no golden", case.name());
        for said in case.said() {
            assert!(said.starts_with("exit code "), "{} has no golden", case.name());
            assert!(!said.starts_with("exit code 2") && !said.contains("panicked"), "{}", case.name());
            assert!(said.contains("hint: ") || said == "exit code 0\n\n", "{} says no hint:\n{said}", case.name());
        }
    }
}
