//! Who may name whom: the edges between the stages, read off the `use` paths of `src/`.
//!
//! A new edge is one reviewed line in [`EDGES`]; an outside crate that carries a format or a device is named in one
//! module ([`CARRIERS`]); files of a folder do not name each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each top-level module may name besides itself; all may name `units`, `source` and `diagnostic`.
const EDGES: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    ("cli", &["production", "edition", "release"]),
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
            "picture",
            "ledger",
            "release",
            "impose",
        ],
    ),
    ("ledger", &["book"]),
    ("release", &["book", "theme", "edition", "language", "cite", "xml"]),
    ("preflight", &["page", "book", "theme", "edition", "font", "index", "language"]),
    ("pdf", &["page", "font", "edition", "book", "language", "picture", "impose"]),
    ("epub", &["book", "theme", "font", "index", "language", "xml", "picture", "chart"]),
    ("chart", &["book"]),
    ("layout", &["book", "theme", "font", "index", "language", "page", "chart"]),
    ("assembly", &["manuscript", "markdown", "cite", "yaml", "book", "edition", "index", "language", "picture"]),
    ("picture", &["book", "xml"]),
    ("manuscript", &["markdown", "yaml", "cite", "book", "theme", "edition", "index", "language", "impose"]),
    ("markdown", &["book", "language"]),
    ("cite", &["book", "language", "yaml", "xml"]),
    ("yaml", &[]),
    ("xml", &[]),
    ("page", &["book", "font", "language"]),
    ("edition", &["theme", "book", "impose"]),
    ("theme", &["book", "language"]),
    ("font", &["language"]),
    ("book", &["language"]),
    ("language", &[]),
    ("impose", &[]),
    ("index", &["book", "language"]),
    ("units", &[]),
    ("source", &[]),
    ("diagnostic", &[]),
];

/// The kernels know lengths only.
const KERNELS: &[&str] = &["src/layout/linebreak.rs", "src/layout/pagebreak.rs", "src/impose"];

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
    ("signal_hook", "src/cli/interrupt.rs"),
    ("hypher", "src/language/hyphenation.rs"),
    ("icu_collator", "src/language/collation.rs"),
    ("icu_locale_core", "src/language/collation.rs"),
    ("harfrust", "src/layout/paragraph/shape.rs"),
    ("hayro", "src/pdf/raster"),
    ("jpeg_decoder", "src/picture/jpeg.rs"),
    ("jpeg_encoder", "src/picture/packing.rs"),
    ("otf_pixels_codec_jpeg", "src/picture/rows.rs"),
    ("otf_pixels_core", "src/picture/rows.rs"),
    ("svg2pdf", "src/pdf/vectors.rs"),
    ("roxmltree", "src/xml/read.rs"),
    ("zune_jpeg", "src/picture/jpeg.rs"),
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

/// Lengths that stand in code instead of a theme, by file. A number here may only become smaller.
const LENGTHS_IN_CODE: &[(&str, usize)] = &[
    ("src/edition.rs", 2),
    ("src/layout/barcode.rs", 4),
    ("src/layout/cover.rs", 7),
    ("src/layout/footnotes.rs", 2),
    ("src/layout/furniture.rs", 3),
    ("src/layout/galley/blocks.rs", 1),
    ("src/layout/galley/lives.rs", 2),
    ("src/layout/galley/columns.rs", 1),
    ("src/layout/galley/front.rs", 4),
    ("src/layout/galley/mod.rs", 2),
    ("src/layout/galley/notes.rs", 1),
    ("src/layout/galley/table.rs", 6),
    ("src/layout/makeup.rs", 2),
    ("src/layout/paragraph/mod.rs", 1),
    ("src/page/press.rs", 1),
    ("src/pdf/finish/outline.rs", 1),
    ("src/pdf/sheet.rs", 1),
    // What is too near and too small for an eye, whatever the theme.
    ("src/preflight/page.rs", 4),
    ("src/preflight/printer.rs", 2),
];

/// Floating point in the model, in layout and in pages, by file: none of it may decide where anything stands. A number
/// here may only become smaller.
const FLOATS: &[(&str, usize)] = &[
    // In a message.
    ("src/layout/paragraph/mod.rs", 1),
];

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
        if KERNELS.iter().any(|kernel| path.starts_with(kernel.trim_end_matches(".rs"))) && !path.ends_with("/tests.rs")
        {
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

/// The modules of the library: path of each from the root, and its file.
struct Modules {
    files: BTreeMap<Vec<String>, String>,
    /// What a module names by `use` for others: the name in it, and the path as written.
    passed_on: BTreeMap<(Vec<String>, String), Vec<String>>,
}

impl Modules {
    fn read() -> (Modules, BTreeMap<String, String>) {
        let code = code();
        let mut modules = Modules { files: BTreeMap::new(), passed_on: BTreeMap::new() };
        for path in code.keys().filter(|path| *path != "src/main.rs" && !path.ends_with("/tests.rs")) {
            let inner = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
            let name = if inner == "lib" { Vec::new() } else { inner.split('/').map(str::to_owned).collect() };
            modules.files.insert(name, path.clone());
        }
        for (module, file) in modules.files.clone() {
            for (path, open) in paths(&code[&file]) {
                if let (true, Some(name)) = (open, path.last()) {
                    modules.passed_on.insert((module.clone(), name.clone()), path.clone());
                }
            }
        }
        (modules, code)
    }

    /// The module in which a path that stands in `home` ends.
    fn end_of(&self, home: &[String], path: &[String], depth: usize) -> Option<Vec<String>> {
        match path.first()?.as_str() {
            "crate" => self.below(Vec::new(), &path[1..], depth),
            "self" => self.below(home.to_vec(), &path[1..], depth),
            "super" => {
                let up = path.iter().take_while(|name| *name == "super").count();
                let above = home.len().checked_sub(up)?;
                self.below(home[..above].to_vec(), &path[up..], depth)
            }
            child => {
                let mut inner = home.to_vec();
                inner.push(child.to_owned());
                self.files.contains_key(&inner).then(|| self.below(inner, &path[1..], depth)).flatten()
            }
        }
    }

    fn below(&self, mut at: Vec<String>, rest: &[String], depth: usize) -> Option<Vec<String>> {
        for (seen, name) in rest.iter().enumerate() {
            at.push(name.clone());
            if self.files.contains_key(&at) {
                continue;
            }
            at.pop();
            return match self.passed_on.get(&(at.clone(), name.clone())) {
                Some(path) if depth < 8 => {
                    let whole: Vec<String> = path.iter().chain(&rest[seen + 1..]).cloned().collect();
                    self.end_of(&at, &whole, depth + 1).or(Some(at))
                }
                _ => Some(at),
            };
        }
        Some(at)
    }
}

/// The paths that code names, `use` trees taken apart, and whether each is passed on to others (`pub use`).
fn paths(code: &str) -> Vec<(Vec<String>, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = code[at..].find("::") {
        let mid = at + step;
        let start = code[..mid].rfind(|letter: char| !(letter.is_alphanumeric() || letter == '_')).map_or(0, |n| n + 1);
        let line = code[..start].rsplit(['\n', ';', '}']).next().unwrap_or("").trim();
        let open = line.starts_with("pub") && line.ends_with("use");
        let mut prefix = Vec::new();
        at = tree(code, start, &mut prefix, open, &mut found).max(mid + 2);
    }
    found
}

/// Reads a path, or a tree of them, from `at`; returns where it ends.
fn tree(
    code: &str,
    mut at: usize,
    prefix: &mut Vec<String>,
    open: bool,
    found: &mut Vec<(Vec<String>, bool)>,
) -> usize {
    let depth = prefix.len();
    loop {
        let name = identifier(&code[at..]);
        if name.is_empty() {
            break;
        }
        at += name.len();
        prefix.push(name);
        match code[at..].strip_prefix("::") {
            Some(rest) if rest.starts_with('{') => {
                at += 3;
                loop {
                    at += code[at..].len() - code[at..].trim_start().len();
                    if code[at..].is_empty() || code[at..].starts_with('}') {
                        prefix.truncate(depth);
                        return at + 1;
                    }
                    let end = tree(code, at, prefix, open, found);
                    let rest = &code[end..];
                    at = end + rest.find([',', '}']).unwrap_or(rest.len());
                    at += usize::from(code[at..].starts_with(','));
                }
            }
            Some(_) => at += 2,
            None => break,
        }
    }
    if prefix.len() > depth {
        found.push((prefix.clone(), open));
    }
    prefix.truncate(depth);
    at
}

/// Who can be reached from whom in some steps.
fn closure(edges: &BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = edges.clone();
    loop {
        let mut grown = false;
        for name in edges.keys() {
            let next: BTreeSet<String> = all[name].iter().filter_map(|to| all.get(to)).flatten().cloned().collect();
            let own = all.get_mut(name).expect("every name has a line");
            let before = own.len();
            own.extend(next);
            grown |= own.len() > before;
        }
        if !grown {
            return all;
        }
    }
}

#[test]
fn files_of_a_folder_do_not_name_each_other_in_a_circle() {
    let (modules, code) = Modules::read();
    // By folder: which of the things in it name which; a folder in it counts as one.
    let mut folders: BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    let mut whence: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (module, file) in &modules.files {
        for (path, _) in paths(&code[file]) {
            let Some(end) = modules.end_of(module, &path, 0) else { continue };
            let shared = module.iter().zip(&end).take_while(|(one, other)| one == other).count();
            // A file and the folder's own file are one.
            let (Some(from), Some(to)) = (module.get(shared), end.get(shared)) else { continue };
            let folder = folders.entry(module[..shared].to_vec()).or_default();
            folder.entry(to.clone()).or_default();
            folder.entry(from.clone()).or_default().insert(to.clone());
            whence.entry((from.clone(), to.clone())).or_default().insert(format!("{file}: {}", path.join("::")));
        }
    }
    assert!(folders.len() > 5, "the walk over the sources finds folders");
    let mut circles = Vec::new();
    for (folder, edges) in &folders {
        let reached = closure(edges);
        let round: BTreeSet<&String> = edges.keys().filter(|name| reached[*name].contains(*name)).collect();
        let folder = folder.join("/");
        if !round.is_empty() {
            let within = |(from, to): &(&String, &String)| round.contains(from) && round.contains(to);
            let pairs = edges.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to))).filter(within);
            let shown: Vec<String> =
                pairs.flat_map(|(from, to)| whence[&(from.clone(), to.clone())].iter().cloned()).collect();
            circles.push(format!("src/{folder}: {round:?}\n  {}", shown.join("\n  ")));
        }
    }
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn every_crate_that_is_asked_for_is_named() {
    let manifest = include_str!("../Cargo.toml");
    let code: String = code().into_values().collect();
    let section = manifest.split("\n[dependencies]\n").nth(1).and_then(|rest| rest.split("\n[").next());
    let lines = section.expect("the package has dependencies").lines();
    let idle: Vec<&str> = lines
        // A line that ends in words says what feature of another crate it switches on.
        .filter(|line| !line.contains('#'))
        .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim()))
        .filter(|name| {
            let name = name.replace('-', "_");
            !code.contains(&format!("{name}::")) && !code.contains(&format!("use {name}"))
        })
        .collect();
    assert!(idle.is_empty(), "named nowhere in src: {idle:?}");
}

/// Files in which something stands more often than the list allows.
fn over(pattern: &str, list: &[(&str, usize)], watched: impl Fn(&str) -> bool) -> Vec<String> {
    let more = |(path, code): (String, String)| {
        let count = code
            .match_indices(pattern)
            .filter(|(at, _)| !code[..*at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_'))
            .count();
        let allowed = list.iter().find(|(name, _)| *name == path).map_or(0, |(_, count)| *count);
        (count > allowed).then(|| format!("{path}: {count} times `{pattern}`, {allowed} are known"))
    };
    code().into_iter().filter(|(path, _)| watched(path) && !path.ends_with("/tests.rs")).filter_map(more).collect()
}

#[test]
fn no_floating_point_comes_into_the_model_layout_or_pages() {
    let watched = |path: &str| ["book", "layout", "page"].contains(&house(path));
    let over = over("f64", FLOATS, watched);
    assert!(over.is_empty(), "{}", over.join("\n"));
}

#[test]
fn lengths_stand_in_the_theme() {
    let watched = |path: &str| {
        !["theme", "units"].contains(&house(path))
            && !KERNELS.iter().any(|kernel| path.starts_with(kernel.trim_end_matches(".rs")))
    };
    let over = over("Length::pt(", LENGTHS_IN_CODE, watched);
    assert!(over.is_empty(), "{}", over.join("\n"));
}

/// The rooms whose words readers see.
const SHOWN: &[&str] = &["assembly", "layout", "page", "pdf", "epub", "theme", "production"];

/// What makes text of a literal that stands behind it.
const SINKS: &[&str] = &["Inline::text(", "Inline::own(", ".text(", ".words(", "text(format!("];

/// Names that are the same in every language.
const NAMES: &[&str] = &["EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "ISBN", "ISSN", "EPUB", "PDF", "DOI", "ORCID"];

/// The string literals of a line, each with what stands before it.
fn literals(line: &str) -> Vec<(&str, &str)> {
    let quotes: Vec<usize> = line
        .match_indices('"')
        .map(|(at, _)| at)
        .filter(|at| !line[..*at].ends_with('\\') && !line[..*at].ends_with('\''))
        .collect();
    quotes.chunks_exact(2).map(|pair| (&line[..pair[0]], &line[pair[0] + 1..pair[1]])).collect()
}

/// The English words of `src/language/terms.rs`: behind the key in each line of its table.
fn english() -> BTreeSet<String> {
    let code = code();
    let table = code["src/language/terms.rs"].split("terms! {").nth(1).expect("the table of terms is there");
    let table = table.split("\n}").next().unwrap_or("");
    table.lines().filter_map(|line| literals(line).get(1).map(|(_, word)| (*word).to_owned())).collect()
}

#[test]
fn words_of_rectos_own_that_readers_see_stand_in_the_room_of_languages() {
    let english = english();
    assert!(english.contains("Notes") && english.len() > 60, "{english:?}");
    let mut strays = Vec::new();
    for (path, code) in code() {
        if !SHOWN.contains(&house(&path)) {
            continue;
        }
        for (before, literal) in code.lines().flat_map(literals) {
            let capital = literal.starts_with(|letter: char| letter.is_uppercase());
            let bare = NAMES.iter().fold(literal.to_owned(), |text, name| text.replace(name, ""));
            let shown = SINKS.iter().any(|sink| before.ends_with(sink)) && has_a_word(&bare);
            // The elements and keys of a PDF have English names, and no reader sees them.
            let element = before.trim_start().starts_with("Tag::")
                || ["name(", ".set(", "(b"].iter().any(|key| before.ends_with(key));
            if (capital && english.contains(literal) && !element) || shown {
                strays.push(format!("{path}: \"{literal}\""));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

/// Whether two letters stand beside each other, escapes and what is put in left out.
fn has_a_word(text: &str) -> bool {
    let mut depth = 0;
    let mut letters = 0;
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '\\' => {
                rest.next();
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            letter if depth == 0 && letter.is_alphabetic() => {
                letters += 1;
                if letters > 1 {
                    return true;
                }
                continue;
            }
            _ => {}
        }
        letters = 0;
    }
    false
}
