//! Each inline markup in each place that a text can stand in, and each block in each block: its words reach the pages
//! and the e-book, and what is around them there.
//!
//! `tests/cases/every/` holds what is combined: `inlines.txt` and `places.txt` (where `INLINE` stands), `blocks.txt`
//! and `holders.txt` (where `BLOCK` stands). Every `WORD` becomes a word of its own. What came of each is kept beside
//! them, a line a combination: the tags around its words on the pages, a bar, the elements around them in the e-book,
//! both counted from those of the place itself (`.` where nothing is added), and the lints that spoke.
//! **`LOST` stands where a word reached no page or no document.** `BLESS=1` rewrites these files; no `LOST` is added.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use recto::diagnostic::{Diagnostics, Severity};
use recto::page::{MarkKind, NodeId, Owner, Pages, Structure, Tag};
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

use crate::ebook_reader::{Ebook, Piece, pieces};
use crate::support::golden;

/// What stands for a word in the tables.
pub const WORD: &str = "WORD";
const PICTURE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="9" height="9"/></svg>"#;

/// Something to combine.
pub struct Form {
    pub name: String,
    pub text: String,
}

fn table(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/every").join(name);
    std::fs::read_to_string(path).expect("the table is there")
}

/// `name: text`, a line each.
pub fn lines_of(name: &str) -> Vec<Form> {
    let form = |line: &str| {
        let (name, text) = line.split_once(": ").expect("a name and a form");
        Form { name: name.to_owned(), text: text.to_owned() }
    };
    table(name).lines().map(form).collect()
}

/// `== name`, and the text on the lines after it.
pub fn parts_of(name: &str) -> Vec<Form> {
    let text = format!("\n{}", table(name));
    let form = |part: &str| {
        let (name, text) = part.split_once('\n').expect("a name and a form");
        Form { name: name.to_owned(), text: text.trim_end().to_owned() }
    };
    text.split("\n== ").skip(1).map(form).collect()
}

/// What was made of one combination.
pub struct Combined {
    pub name: String,
    pub words: Vec<String>,
    pub text: String,
}

/// A word that stands nowhere else and is never divided.
fn word(number: usize) -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz";
    let at = |place: usize| char::from(LETTERS[number / LETTERS.len().pow(place as u32) % LETTERS.len()]);
    format!("{}{}{}q", at(2), at(1), at(0))
}

/// `form` in the place's text where `hole` stands, its further lines after the same indent, its words told apart.
pub fn combined(place: &Form, hole: &str, form: &Form, number: &mut usize) -> Combined {
    let mut text = String::new();
    for line in place.text.lines() {
        match line.split_once(hole) {
            None => text.push_str(line),
            Some((before, after)) => {
                let further: String = before.chars().map(|letter| if letter == '>' { '>' } else { ' ' }).collect();
                for (at, inner) in form.text.lines().enumerate() {
                    let line = format!("{}{inner}", if at == 0 { before } else { &further });
                    text.push_str(&format!("{}{}", if at == 0 { "" } else { "\n" }, line.trim_end()));
                }
                text.push_str(after);
            }
        }
        text.push('\n');
    }
    if form.text.contains("[^n]") {
        text.push_str("\n[^n]: WORD\n");
    }
    for label in ["#tbl-t", "#fig-f"] {
        text = text.replace(label, &format!("{label}{number}"));
    }
    let mut words = Vec::new();
    while text.contains(WORD) {
        *number += 1;
        words.push(word(*number));
        text = text.replacen(WORD, &word(*number), 1);
    }
    Combined { name: form.name.clone(), words, text }
}

/// Where the words of an output stand: the tags or elements around each.
pub type Trails = BTreeMap<String, Vec<String>>;

/// What came of some manuscripts' worth of combinations.
pub struct Outcome {
    pub print: Trails,
    pub ebook: Trails,
    /// Lints by file, an error marked by `!`.
    pub said: BTreeMap<String, BTreeSet<String>>,
}

pub fn file_of(at: usize) -> String {
    format!("{:02}.md", at + 10)
}

/// Builds the combinations in one manuscript, each a section of its own; what has an error is left out of it.
pub fn build(metadata: &str, combined: &[&Combined], in_sections: bool) -> Outcome {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    loop {
        let mut files = Memory::new()
            .with("metadata.yaml", format!("title: T\ncover: false\ncontents: false\n{metadata}"))
            .with("p.svg", PICTURE)
            .with("99.md", "# Other {#sec-other}\n\nText.\n");
        let is_out = |name: &str, said: &BTreeMap<String, BTreeSet<String>>| {
            said.get(name).is_some_and(|said| said.iter().any(|lint| lint.starts_with('!')))
        };
        for (at, combined) in combined.iter().enumerate().filter(|_| in_sections) {
            let title = if combined.text.starts_with("# ") { "" } else { "# Title\n\n" };
            if !is_out(&file_of(at), &said) {
                files = files.with(&file_of(at), format!("{title}{}", combined.text));
            }
        }
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let outputs = production::build(&files, &Request::default(), &mut sources, &mut diagnostics, &mut |_| {});
        let before = said.clone();
        for diagnostic in diagnostics.iter() {
            let file = diagnostic.span.map_or("", |span| sources.file(span.source).path.as_str());
            let mark = if diagnostic.severity == Severity::Error { "!" } else { "" };
            said.entry(file.to_owned()).or_default().insert(format!("{mark}{}", diagnostic.lint.name));
        }
        let Ok(outputs) = outputs else {
            if said.keys().any(|file| is_out(file, &said) && !is_out(file, &before)) && in_sections {
                continue;
            }
            return Outcome { print: Trails::new(), ebook: Trails::new(), said };
        };
        let ebook = outputs.iter().find(|output| output.file.ends_with(".epub")).expect("an e-book");
        let proof = production::proof(&files, &Request::default(), &mut Sources::new(), &mut Diagnostics::new());
        let pages = proof.expect("it builds").expect("a PDF").pages;
        return Outcome { print: printed(&pages), ebook: read(&ebook.bytes), said };
    }
}

/// What came of it, if it did not make recto fall.
fn fallen(build: impl Fn() -> Outcome) -> Outcome {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(build)).unwrap_or_else(|_| Outcome {
        print: Trails::new(),
        ebook: Trails::new(),
        said: BTreeMap::from([("metadata.yaml".to_owned(), BTreeSet::from(["RECTO FALLS".to_owned()]))]),
    })
}

/// The tags around each word of the pages; `Artifact` around what is in none.
fn printed(pages: &Pages) -> Trails {
    let mut leaves: BTreeMap<Option<NodeId>, String> = BTreeMap::new();
    for mark in pages.pages.iter().flat_map(|page| &page.marks) {
        let MarkKind::Text(run) = &mark.kind else { continue };
        let leaf = match mark.owner {
            Owner::Content(node) => Some(node),
            Owner::Artifact(_) => None,
        };
        let leaf = leaves.entry(leaf).or_default();
        leaf.push_str(&run.text);
        leaf.push(' ');
    }
    let mut trails = Trails::new();
    // What is in the tree comes before what is also, or only, an artifact.
    for (leaf, text) in leaves.iter().rev().filter(|(leaf, _)| leaf.is_some()).chain(leaves.get_key_value(&None)) {
        let trail = leaf.map_or_else(|| vec!["Artifact".to_owned()], |leaf| tags(&pages.structure, leaf));
        keep(text, &trail, &mut trails);
    }
    // What a picture shows is read, too.
    let mut waiting = vec![Structure::ROOT];
    while let Some(node) = waiting.pop() {
        let element = pages.structure.node(node);
        if let Some(alt) = &element.alt {
            keep(alt, &tags_of(&pages.structure, Some(node)), &mut trails);
        }
        waiting.extend(element.kids.iter().rev());
    }
    trails
}

fn tags(structure: &Structure, leaf: NodeId) -> Vec<String> {
    tags_of(structure, structure.node(leaf).parent)
}

fn tags_of(structure: &Structure, mut at: Option<NodeId>) -> Vec<String> {
    let mut trail = Vec::new();
    while let Some(node) = at {
        let element = structure.node(node);
        trail.push(match &element.tag {
            Tag::H(level) => format!("H{level}"),
            tag => format!("{tag:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect(),
        });
        at = element.parent;
    }
    trail.reverse();
    trail
}

/// The elements around each word of the e-book's documents.
fn read(ebook: &[u8]) -> Trails {
    let ebook = Ebook::read(ebook);
    let mut trails = Trails::new();
    for file in ebook.spine() {
        let mut open: Vec<String> = Vec::new();
        for piece in pieces(ebook.text(&file)) {
            match piece {
                Piece::Open(name, attributes) => {
                    if let Some(alt) = attributes.get("alt") {
                        let trail: Vec<String> = open.iter().cloned().chain([name.clone()]).collect();
                        keep(alt, &trail, &mut trails);
                    }
                    open.push(name);
                }
                Piece::Close(_) => {
                    open.pop();
                }
                Piece::Text(text) if !open.iter().any(|name| name == "head") => keep(&text, &open, &mut trails),
                Piece::Text(_) => {}
            }
        }
    }
    trails
}

/// Every word of a text has this trail, if it has none yet.
fn keep(text: &str, trail: &[String], trails: &mut Trails) {
    for word in text.to_lowercase().split(|letter: char| !letter.is_ascii_alphabetic()) {
        trails.entry(word.to_owned()).or_insert_with(|| trail.to_vec());
    }
}

/// The trails of some words, told from that of the place: equal ones once, `LOST` where there is none.
fn told(words: &[String], trails: &Trails, base: &[String]) -> String {
    let mut told: Vec<String> = Vec::new();
    for word in words {
        let one = match trails.get(word) {
            None => "LOST".to_owned(),
            Some(trail) => match trail.strip_prefix(base) {
                Some([]) => ".".to_owned(),
                Some(rest) => rest.join(" "),
                None => {
                    let shared = trail.iter().zip(base).take_while(|(one, other)| one == other).count();
                    format!("{} {}", "..".repeat(base.len() - shared), trail[shared..].join(" ")).trim_end().to_owned()
                }
            },
        };
        if told.last() != Some(&one) {
            told.push(one);
        }
    }
    told.join(", ")
}

/// Everything in everything: a part a place, a line a combination.
fn all(places: &[Form], hole: &str, forms: &[Form]) -> String {
    let mut out = String::new();
    let mut number = 0;
    for place in places {
        let (name, in_metadata) = match place.name.strip_suffix(" (metadata)") {
            Some(name) => (name, true),
            None => (place.name.as_str(), false),
        };
        let plain = Form { name: "plain".to_owned(), text: WORD.to_owned() };
        let combinations: Vec<Combined> =
            std::iter::once(&plain).chain(forms).map(|form| combined(place, hole, form, &mut number)).collect();
        // In the metadata there is room for one at a time.
        let outcomes: Vec<Outcome> = match in_metadata {
            true => combinations.iter().map(|one| fallen(|| build(&one.text, &[one], false))).collect(),
            false => vec![fallen(|| build("", &combinations.iter().collect::<Vec<_>>(), true))],
        };
        let outcome = |at: usize| if in_metadata { &outcomes[at] } else { &outcomes[0] };
        let base = |trails: &Trails| trails.get(&combinations[0].words[0]).cloned().unwrap_or_default();
        let (print, ebook) = (base(&outcome(0).print), base(&outcome(0).ebook));
        out.push_str(&format!("== {name}: {} | {}\n", print.join(" "), ebook.join(" ")));
        for (at, one) in combinations.iter().enumerate().skip(1) {
            let made = outcome(at);
            let file = if in_metadata { "metadata.yaml".to_owned() } else { file_of(at) };
            let said: Vec<&str> = made.said.get(&file).into_iter().flatten().map(String::as_str).collect();
            out.push_str(&format!("{}: ", one.name));
            if said.iter().any(|lint| lint.starts_with('!')) {
                out.push_str(&format!("refused ({})\n", said.join(", ")));
                continue;
            }
            out.push_str(&told(&one.words, &made.print, &print));
            out.push_str(" | ");
            let repeated = |word: &String| made.print.get(word).is_some_and(|trail| *trail == ["Artifact"]);
            match one.words.iter().all(repeated) {
                // A pull quote repeats words of the text, on paper alone.
                true => out.push_str("in print only"),
                false => out.push_str(&told(&one.words, &made.ebook, &ebook)),
            }
            if !said.is_empty() {
                out.push_str(&format!(" ({})", said.join(", ")));
            }
            out.push('\n');
        }
    }
    out
}

/// Holds against the kept file, which loses a `LOST` gladly and never gains one.
fn check(name: &str, found: &str) {
    let lost = |text: &str| text.matches("LOST").count();
    let kept = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name));
    if let Ok(kept) = kept {
        assert!(lost(found) <= lost(&kept) || kept.is_empty(), "words are lost that were not:\n{found}");
    }
    golden(name, found);
}

#[test]
fn every_inline_in_every_place_reaches_both_outputs() {
    check("cases/every/inlines-found.txt", &all(&parts_of("places.txt"), "INLINE", &lines_of("inlines.txt")));
}

#[test]
fn every_block_in_every_block_reaches_both_outputs() {
    check("cases/every/blocks-found.txt", &all(&parts_of("holders.txt"), "BLOCK", &parts_of("blocks.txt")));
}
