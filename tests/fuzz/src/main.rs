//! One target a reader and a room of recto, chosen by `RECTO_FUZZ`. libFuzzer makes the bytes.
//!
//! A target must not fall; what it refuses it must say, at a place that there is.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use recto::cite;
use recto::diagnostic::Diagnostics;
use recto::language::Language;
use recto::language::hyphenation::{self, Exceptions};
use recto::manuscript;
use recto::picture;
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

/// What is done with some bytes.
type Target = fn(&[u8]);

const TARGETS: &[(&str, Target)] = &[
    ("metadata", |bytes| read(&section(Memory::new().with("metadata.yaml", bytes.to_vec())))),
    ("markdown", |bytes| read(&paper(PRINT).with("a.md", bytes.to_vec()))),
    ("theme", |bytes| set(&section(paper(PRINT)).with("theme.yaml", bytes.to_vec()))),
    ("pages", |bytes| set(&paper(PRINT).with("a.md", bytes.to_vec()))),
    ("ebook", |bytes| make(&paper(BOOK).with("a.md", bytes.to_vec()))),
    ("files", |bytes| make(&paper(BOTH).with("a.md", bytes.to_vec()))),
    ("drawing", |bytes| make(&pictured("p.svg").with("p.svg", bytes.to_vec()))),
    ("jpeg", |bytes| {
        // A few bytes may stand for millions of pixels, which cost time and show nothing that a hundred do not.
        let sides = bytes.windows(9).filter(|nine| nine[0] == 0xFF && matches!(nine[1], 0xC0..=0xC2));
        if sides.clone().all(|nine| nine[5] == 0 && nine[7] == 0) {
            make(&pictured("p.jpg").with("p.jpg", bytes.to_vec()));
            in_rows(bytes);
        }
    }),
    ("png", |bytes| {
        make(&pictured("p.png").with("p.png", bytes.to_vec()));
        in_rows(bytes);
    }),
    ("face", |bytes| {
        let files = section(paper(PRINT)).with("theme.yaml", b"fonts: {text: Source Serif 4}\n".to_vec());
        set(&files.with("fonts/a.otf", bytes.to_vec()));
    }),
    ("bibtex", |bytes| drop(cite::bibtex::read(&String::from_utf8_lossy(bytes)))),
    ("works", |bytes| drop(cite::read_json::read(&String::from_utf8_lossy(bytes)))),
    ("style", |bytes| drop(cite::read_style::style(&String::from_utf8_lossy(bytes)))),
    ("hyphens", |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let (tag, word) = text.split_once(' ').unwrap_or(("en", &text));
        if let Some(language) = Language::parse(tag) {
            let found = hyphenation::divisions(word, &language, &Exceptions::new());
            assert!(found.is_sorted() && found.iter().all(|at| *at < word.len() && word.is_char_boundary(*at)));
        }
    }),
];

/// Makes a picture smaller as large ones are.
fn in_rows(bytes: &[u8]) {
    if let Ok(picture) = picture::read(bytes.to_vec()) {
        for part in [2, 5, 9] {
            drop(picture.smaller_by_rows(picture.width.div_ceil(part), picture.height.div_ceil(part)));
        }
    }
}

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let named = std::env::var("RECTO_FUZZ").unwrap_or_default();
    let found = TARGETS.iter().find(|(name, _)| *name == named);
    let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    found.unwrap_or_else(|| panic!("RECTO_FUZZ names a target: {}", names.join(", "))).1
});

fuzz_target!(init: { LazyLock::force(&TARGET); alone(); }, |bytes: &[u8]| (*TARGET)(bytes));

/// One thread does all: what small inputs need is done before another has woken up.
fn alone() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("nobody has used the pool before");
}

const PRINT: &str = "title: T\ncover: false\neditions: {p: {format: pdf}}\n";
const BOOK: &str = "title: T\ncover: false\neditions: {e: {format: epub}}\n";
const BOTH: &str = "title: T\ncover: false\neditions: {p: {format: pdf}, e: {format: epub}}\n";

fn paper(metadata: &str) -> Memory {
    Memory::new().with("metadata.yaml", metadata.as_bytes().to_vec())
}

fn section(files: Memory) -> Memory {
    files.with("a.md", b"# One\n\nText.[^a]\n\n> Words.\n\n[^a]: A note.\n".to_vec())
}

fn pictured(name: &str) -> Memory {
    paper(BOTH).with("a.md", format!("# One\n\n![A]({name})\n").into_bytes())
}

/// Reads a manuscript: metadata, theme, sections.
fn read(files: &Memory) {
    let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
    let read = manuscript::read(files, &mut sources, &mut said);
    assert!(read.is_ok() || said.has_errors(), "what is refused is told");
    sound(&sources, &said);
}

/// Sets the pages of the first edition.
fn set(files: &Memory) {
    let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
    let set = production::proof(files, &Request::default(), &mut sources, &mut said);
    assert!(set.is_ok() || said.has_errors(), "what is refused is told");
    sound(&sources, &said);
}

/// Makes all of it, to the finished files.
fn make(files: &Memory) {
    let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
    let built = production::build(files, &Request::default(), &mut sources, &mut said, &mut |_| {});
    assert!(built.is_ok() || said.has_errors(), "what is refused is told");
    sound(&sources, &said);
}

/// What is said lies in the sources.
fn sound(sources: &Sources, said: &Diagnostics) {
    for said in said.iter() {
        assert!(!said.message.is_empty());
        if let Some(span) = said.span {
            assert!(sources.start(span) <= sources.end(span), "{}", said.message);
            let _ = sources.text(span);
        }
    }
}
