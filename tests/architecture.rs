//! Who may name whom: the edges between the stages, read off the `use` paths of `src/`.
//!
//! A new edge is one reviewed line in [`EDGES`]; an outside crate that carries a format or a device is named in one
//! module ([`CARRIERS`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each top-level module may name besides itself; all may name `units`, `source` and `diagnostic`.
const EDGES: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    ("cli", &["production", "edition"]),
    (
        "production",
        &[
            "manuscript",
            "assembly",
            "book",
            "theme",
            "edition",
            "font",
            "language",
            "layout",
            "page",
            "pdf",
            "epub",
            "preflight",
        ],
    ),
    ("preflight", &["page", "book", "theme", "edition", "font"]),
    ("pdf", &["page", "font", "edition", "book", "language"]),
    ("epub", &["book", "theme", "font", "language", "xml"]),
    ("layout", &["book", "theme", "font", "language", "page"]),
    ("assembly", &["manuscript", "markdown", "yaml", "book", "edition", "language"]),
    ("manuscript", &["markdown", "yaml", "book", "theme", "edition", "language"]),
    ("markdown", &["book", "language"]),
    ("yaml", &[]),
    ("xml", &[]),
    ("page", &["book", "font", "language"]),
    ("edition", &["theme", "book"]),
    ("theme", &["book"]),
    ("font", &["language"]),
    ("book", &["language"]),
    ("language", &[]),
    ("units", &[]),
    ("source", &[]),
    ("diagnostic", &[]),
];

/// The two kernels know lengths only.
const KERNELS: &[&str] = &["src/layout/linebreak.rs", "src/layout/pagebreak.rs"];

/// Crates that carry a format or a device, and the one module (file, or folder with its `mod.rs`) that names each.
const CARRIERS: &[(&str, &str)] = &[
    ("printpdf", "src/pdf/document.rs"),
    ("lopdf", "src/pdf/finish"),
    ("epub_builder", "src/epub/container.rs"),
    ("serde_yaml", "src/yaml.rs"),
    ("saphyr_parser", "src/yaml.rs"),
    ("pulldown_cmark", "src/markdown"),
    ("clap", "src/cli/args.rs"),
    ("annotate_snippets", "src/cli/report.rs"),
    ("hypher", "src/language/hyphenation.rs"),
    ("harfrust", "src/layout/paragraph/shape.rs"),
    ("hayro", "src/pdf/raster.rs"),
    ("svg2pdf", "src/pdf/vectors.rs"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is in the package")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file, by its path from the package's root, with its code: no comments, no tests at its foot.
fn code() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("sources are UTF-8");
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("").to_owned();
            let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let name = path.strip_prefix(root).expect("it lies below the root").to_string_lossy().replace('\\', "/");
            (name, lines.join("\n"))
        })
        .collect()
}

/// The top-level module that a file belongs to.
fn house(path: &str) -> &str {
    let inner = path.trim_start_matches("src/");
    inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
}

/// The names after every `crate::` (also inside `use crate::{a, b}`), or after `recto::` in the binary.
fn named(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for root in ["crate::", "recto::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let mut depth = 0;
                let mut start = true;
                for (index, letter) in group.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        _ if start && letter.is_alphabetic() => {
                            names.insert(identifier(&group[index..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            } else {
                names.insert(identifier(rest));
            }
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[test]
fn no_module_names_another_without_an_edge() {
    let edges: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let mut forbidden = Vec::new();
    for (path, code) in code() {
        let house = house(&path);
        if house == "lib" {
            continue;
        }
        let Some(allowed) = edges.get(house) else {
            forbidden.push(format!("{path}: the module `{house}` has no line in EDGES"));
            continue;
        };
        for name in named(&code) {
            let known = edges.contains_key(name.as_str());
            let common = ["units", "source", "diagnostic"].contains(&name.as_str());
            if known && name != house && !common && !allowed.contains(&name.as_str()) {
                forbidden.push(format!("{path}: `{house}` may not name `{name}`"));
            }
        }
    }
    assert!(forbidden.is_empty(), "{}", forbidden.join("\n"));
}

#[test]
fn the_kernels_know_lengths_only() {
    for (path, code) in code() {
        if KERNELS.contains(&path.as_str()) {
            let names = named(&code);
            assert!(names.iter().all(|name| name == "units"), "{path} names {names:?}");
        }
    }
}

#[test]
fn a_crate_that_carries_a_format_is_named_in_one_module() {
    let mut strays = Vec::new();
    for (path, code) in code() {
        for (name, seat) in CARRIERS {
            let uses = code.contains(&format!("{name}::")) || code.contains(&format!("use {name};"));
            if uses && !path.starts_with(seat) {
                strays.push(format!("{path} names `{name}`, whose seat is {seat}"));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}
