//! Fuzzing: every reader and every kernel is given sound things that were damaged, by the thousand, in one process.
//!
//! The seeds are the files of the cases that are kept in `tests/cases/`, so that a new case feeds every target. A target
//! must not fall, must say why it refuses and at a place that there is, and must not take longer than a bound for each
//! byte. `RECTO_ROUNDS=100` runs a hundred times as many; with
//! `--nocapture` each target tells how many there were and at what rate.
//!
//! Not guided by coverage: that asks for instrumentation which a stable compiler gives only to whole builds.

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use recto::diagnostic::Diagnostics;
use recto::language::Language;
use recto::language::hyphenation::{self, Exceptions};
use recto::manuscript;
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

use crate::dice::{Dice, rounds};

/// What every target may take: much for a start, then a little a byte. A debug build on a busy machine keeps it.
const START: Duration = Duration::from_secs(20);
const A_BYTE: Duration = Duration::from_millis(5);

/// The files of all cases, by the ending of their names.
struct Seeds {
    markdown: Vec<Vec<u8>>,
    metadata: Vec<Vec<u8>>,
    themes: Vec<Vec<u8>>,
    drawings: Vec<Vec<u8>>,
    pictures: Vec<(&'static str, Vec<u8>)>,
    faces: Vec<Vec<u8>>,
}

static SEEDS: LazyLock<Seeds> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = Seeds {
        markdown: Vec::new(),
        metadata: Vec::new(),
        themes: vec![b"paper: a5\nsize: 10pt\nleading: 1.3\nmargins: {head: 20mm, foot: 2cm}\n".to_vec()],
        drawings: Vec::new(),
        pictures: Vec::new(),
        faces: Vec::new(),
    };
    for folder in ["tests/cases", "manuscript", "fonts"] {
        gather(&root.join(folder), &mut seeds);
    }
    assert!(seeds.markdown.len() > 50 && seeds.metadata.len() > 20 && !seeds.drawings.is_empty());
    assert!(!seeds.pictures.is_empty() && !seeds.faces.is_empty());
    seeds
});

fn gather(folder: &Path, seeds: &mut Seeds) {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, seeds);
            continue;
        }
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            // Files of a case stand in it, each after a line with its name.
            Some("txt") => {
                let text = format!("\n{}", String::from_utf8_lossy(&bytes));
                for part in text.split("\n== ").skip(1) {
                    let (name, text) = part.split_once('\n').unwrap_or((part, ""));
                    seeds.add(name, text.as_bytes().to_vec());
                }
            }
            _ => seeds.add(&name, bytes),
        }
    }
}

impl Seeds {
    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        const LONGEST: usize = 200_000;
        match name.rsplit_once('.') {
            _ if bytes.len() > LONGEST => {}
            Some((_, "md" | "qmd")) => self.markdown.push(bytes),
            Some(("theme", "yaml")) => self.themes.push(bytes),
            Some((_, "yaml")) => self.metadata.push(bytes),
            Some((_, "svg")) => self.drawings.push(bytes),
            Some((_, "png")) => self.pictures.push(("p.png", bytes)),
            Some((_, "jpg")) => self.pictures.push(("p.jpg", bytes)),
            Some((_, "otf" | "ttf")) => self.faces.push(bytes),
            _ => {}
        }
    }
}

/// Some wounds to some bytes: pieces are lost, doubled, moved, taken from another seed, or a byte changes.
fn damaged(dice: &mut Dice, seed: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.throw(4) {
        let (from, to) = (dice.throw(bytes.len() + 1), dice.throw(bytes.len() + 1));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 120));
        match dice.throw(6) {
            0 => drop(bytes.drain(from..to)),
            1 => {
                let piece = bytes[from..to].to_vec();
                let at = dice.throw(bytes.len() + 1);
                bytes.splice(at..at, piece);
            }
            2 => {
                let other = dice.pick(others);
                let start = dice.throw(other.len() + 1);
                let end = (start + dice.throw(80)).min(other.len());
                bytes.splice(from..to, other[start..end].iter().copied());
            }
            3 if from < bytes.len() => bytes[from] ^= 1 << dice.throw(8),
            4 => bytes.truncate(bytes.len() - dice.throw(bytes.len() / 4 + 1)),
            _ => {
                let sign = *dice.pick(b"[]{}()<>*_`~^:|#\"'\\$@!&%-=\n\t ,.0 9\0\xff");
                bytes.insert(from, sign);
            }
        }
    }
    bytes
}

/// Runs a target on what `make` gives, round by round; what falls is shown whole.
fn fuzz(name: &str, usual: u64, make: impl Fn(&mut Dice) -> Vec<(&'static str, Vec<u8>)>, target: fn(&Memory)) {
    let began = Instant::now();
    let count = rounds(usual);
    for seed in 1..=count {
        let files = make(&mut Dice::seeded(seed));
        let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        let files = files.into_iter().fold(Memory::new(), |files, (name, bytes)| files.with(name, bytes));
        let start = Instant::now();
        let fell = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(&files))).is_err();
        assert!(!fell, "{name}, seed {seed}: {files:?}");
        let limit = START + A_BYTE * bytes as u32;
        assert!(start.elapsed() < limit, "{name}, seed {seed}: {:?} for {bytes} bytes", start.elapsed());
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("fuzz {name}: {count} executions, {:.0} a second", count as f64 / seconds);
}

const METADATA: &[u8] = b"title: T\ncover: false\neditions: {p: {format: pdf}}\n";
const BOTH: &[u8] = b"title: T\ncover: false\neditions: {p: {format: pdf}, e: {format: epub}}\n";
const SECTION: &[u8] = b"# One\n\nText and ![A](p.svg) a picture.\n\n![B](p.png)\n\n![C](p.jpg)\n";

/// Reads a manuscript: metadata, theme, sections.
fn read(files: &Memory) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let read = manuscript::read(files, &mut sources, &mut diagnostics);
    assert!(read.is_ok() || diagnostics.has_errors(), "what is refused is told");
    sound(&sources, &diagnostics);
}

/// Makes all of it, to the finished files.
fn make(files: &Memory) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let built = production::build(files, &Request::default(), &mut sources, &mut diagnostics, &mut |_| {});
    assert!(built.is_ok() || diagnostics.has_errors(), "what is refused is told");
    sound(&sources, &diagnostics);
    for file in built.into_iter().flatten() {
        let start: &[u8] = if file.file.ends_with(".pdf") { b"%PDF-" } else { b"PK" };
        assert!(file.bytes.starts_with(start), "{}", file.file);
    }
}

/// Sets the pages of the first edition.
fn set(files: &Memory) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let set = production::proof(files, &Request::default(), &mut sources, &mut diagnostics);
    assert!(set.is_ok() || diagnostics.has_errors(), "what is refused is told");
    sound(&sources, &diagnostics);
}

/// What is said lies in the sources.
fn sound(sources: &Sources, diagnostics: &Diagnostics) {
    for said in diagnostics.iter() {
        assert!(!said.message.is_empty());
        if let Some(span) = said.span {
            assert!(sources.start(span) <= sources.end(span), "{}", said.message);
            let _ = sources.text(span);
        }
    }
}

#[test]
fn damaged_metadata_is_read_or_refused() {
    let make = |dice: &mut Dice| {
        let seed = dice.pick(&SEEDS.metadata).clone();
        vec![("metadata.yaml", damaged(dice, &seed, &SEEDS.metadata)), ("a.md", b"# One\n\nText.\n".to_vec())]
    };
    fuzz("metadata", 3000, make, read);
}

#[test]
fn a_damaged_section_is_read_or_refused() {
    let make = |dice: &mut Dice| {
        let seed = dice.pick(&SEEDS.markdown).clone();
        vec![("metadata.yaml", METADATA.to_vec()), ("a.md", damaged(dice, &seed, &SEEDS.markdown))]
    };
    fuzz("markdown", 3000, make, read);
}

#[test]
fn a_damaged_theme_is_settled_or_refused() {
    let make = |dice: &mut Dice| {
        let seed = dice.pick(&SEEDS.themes).clone();
        vec![
            ("metadata.yaml", METADATA.to_vec()),
            ("theme.yaml", damaged(dice, &seed, &SEEDS.themes)),
            ("a.md", b"# One\n\nText.[^a]\n\n> Words.\n\n[^a]: A note.\n".to_vec()),
        ]
    };
    fuzz("theme", 100, make, set);
}

#[test]
fn damaged_sections_are_set_on_pages_or_refused() {
    let make = |dice: &mut Dice| {
        let seed = dice.pick(&SEEDS.markdown).clone();
        vec![("metadata.yaml", METADATA.to_vec()), ("a.md", damaged(dice, &seed, &SEEDS.markdown))]
    };
    fuzz("pages", 100, make, set);
}

#[test]
fn damaged_sections_are_made_into_both_files_or_refused() {
    let make_files = |dice: &mut Dice| {
        let seed = dice.pick(&SEEDS.markdown).clone();
        vec![("metadata.yaml", BOTH.to_vec()), ("a.md", damaged(dice, &seed, &SEEDS.markdown))]
    };
    fuzz("files", 60, make_files, make);
}

#[test]
fn damaged_drawings_and_pictures_are_shown_or_refused() {
    let files = |dice: &mut Dice| {
        let drawing = dice.pick(&SEEDS.drawings).clone();
        let (name, picture) = dice.pick(&SEEDS.pictures);
        let others: Vec<Vec<u8>> = SEEDS.pictures.iter().map(|(_, bytes)| bytes.clone()).collect();
        vec![
            ("metadata.yaml", BOTH.to_vec()),
            ("a.md", SECTION.to_vec()),
            ("p.svg", damaged(dice, &drawing, &SEEDS.drawings)),
            (*name, damaged(dice, picture, &others)),
        ]
    };
    fuzz("pictures, refused among others", 20, files, make);
    let alone = |dice: &mut Dice| {
        let drawing = dice.pick(&SEEDS.drawings).clone();
        let section = b"# One\n\n![A](p.svg)\n".to_vec();
        vec![("metadata.yaml", BOTH.to_vec()), ("a.md", section), ("p.svg", damaged(dice, &drawing, &SEEDS.drawings))]
    };
    fuzz("drawings", 60, alone, make);
    let one = |dice: &mut Dice| {
        let (name, picture) = dice.pick(&SEEDS.pictures);
        let section = format!("# One\n\n![A]({name})\n").into_bytes();
        let others = [picture.clone()];
        vec![("metadata.yaml", BOTH.to_vec()), ("a.md", section), (*name, damaged(dice, picture, &others))]
    };
    fuzz("pictures", 60, one, make);
}

#[test]
fn damaged_faces_are_used_or_refused() {
    let files = |dice: &mut Dice| {
        let face = dice.pick(&SEEDS.faces).clone();
        vec![
            ("metadata.yaml", METADATA.to_vec()),
            ("theme.yaml", b"fonts: {text: Source Serif 4}\n".to_vec()),
            ("a.md", b"# One\n\nText.\n".to_vec()),
            ("fonts/a.otf", damaged(dice, &face, &SEEDS.faces)),
        ]
    };
    fuzz("faces", 20, files, make);
}

#[test]
fn any_word_of_any_language_is_divided_between_its_letters() {
    let tags = ["en", "de", "fr", "fi", "ru", "el", "tr", "hu", "th", "ko", "xx", "zh-Hans"];
    let began = Instant::now();
    let count = rounds(5000);
    for seed in 1..=count {
        let mut dice = Dice::seeded(seed);
        let bytes = dice.pick(&SEEDS.markdown).clone();
        let bytes = damaged(&mut dice, &bytes, &SEEDS.markdown);
        let text = String::from_utf8_lossy(&bytes);
        let word = text.split_whitespace().nth(dice.throw(40)).unwrap_or("");
        let tag: &&str = dice.pick(&tags);
        let language = Language::parse(tag).expect("a tag");
        let found = hyphenation::divisions(word, &language, &Exceptions::new());
        assert!(found.iter().all(|at| *at < word.len() && word.is_char_boundary(*at)), "{word:?} {found:?}");
        assert!(found.is_sorted(), "{word:?} {found:?}");
    }
    println!("fuzz hyphenation: {count} executions, {:.0} a second", count as f64 / began.elapsed().as_secs_f64());
}
