//! Faulty and foreign manuscripts, and what each is told: one file a case below `tests/cases/faulty/`, which are built,
//! and `tests/cases/lints/`, which are checked.
//!
//! A case holds the files of a manuscript, each after a line `== name`, and after the line `== said` what recto says of
//! it, exit code first. `BLESS=1` rewrites that last part. A file whose name is followed by `-> path` is a symbolic
//! link, one followed by `(bytes)` has escapes like `\xff`. What has no metadata of its own gets a title.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use recto::diagnostic::{Severity, lints};

use crate::support::Desk;

/// The line before what is said.
const SAID: &str = "== said\n";

struct Case {
    path: PathBuf,
    /// `build` or `check`.
    command: &'static str,
    /// What stands before [`SAID`].
    manuscript: String,
    said: String,
}

fn cases() -> Vec<Case> {
    let mut cases = cases_of("faulty", "build");
    cases.extend(cases_of("lints", "check"));
    cases
}

fn cases_of(folder: &str, command: &'static str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let (manuscript, said) = text.split_once(SAID).unwrap_or((&text, ""));
            Case { manuscript: manuscript.to_owned(), said: said.to_owned(), path, command }
        })
        .collect()
}

/// The files of a case on a desk; files that begin with `../` lie beside the manuscript.
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

fn says(case: &Case) -> String {
    let desk = lay_out(&case.manuscript);
    let ran = desk.run(&[case.command, "paper", "--quiet"]);
    assert_eq!(ran.out, "", "{} is quiet", case.path.display());
    let lines: Vec<&str> = ran.err.lines().map(str::trim_end).collect();
    format!("exit code {}\n{}\n", ran.code, lines.join("\n"))
}

#[test]
fn every_fault_is_told_at_its_place_with_what_to_do() {
    let cases = cases();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let bless = std::env::var_os("BLESS").is_some();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let wrong = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let said = says(case);
                    if bless {
                        std::fs::write(&case.path, format!("{}{SAID}{said}", case.manuscript)).expect("written");
                    } else if said != case.said {
                        wrong.lock().expect("whole").push(format!("{}:\n{said}", case.path.display()));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("whole");
    assert!(wrong.is_empty(), "{}\nBLESS=1 rewrites what is said", wrong.join("\n"));
}

/// An example of every lint that a case shows: its place and message.
fn examples() -> BTreeMap<String, String> {
    let mut examples = BTreeMap::new();
    for case in cases() {
        let ran = lay_out(&case.manuscript).run(&[case.command, "paper", "--format", "json"]);
        for line in ran.out.lines() {
            let said: serde_json::Value = serde_json::from_str(line).expect("an object");
            if let (Some(lint), Some(message)) = (said["lint"].as_str(), said["message"].as_str()) {
                let place = match (said["file"].as_str(), said["line"].as_u64()) {
                    (Some(file), Some(line)) => format!("{file}:{line}: "),
                    _ => String::new(),
                };
                examples.entry(lint.to_owned()).or_insert(format!("{place}{message}"));
            }
        }
    }
    examples
}

/// The manual's list of lints, from the code.
fn listed() -> String {
    let examples = examples();
    let mut out = String::from("| lint | | says | example |\n|---|---|---|---|\n");
    for lint in lints::ALL {
        let severity = match lint.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let example = examples.get(lint.name).map(|said| said.replace('|', "\\|").replace('<', "&lt;"));
        let about = lint.about.replace('|', "\\|");
        out.push_str(&format!("| `{}` | {severity} | {about} | {} |\n", lint.name, example.unwrap_or_default()));
    }
    out
}

#[test]
fn the_readme_lists_every_lint() {
    const OPEN: &str = "<!-- lints -->\n";
    const CLOSE: &str = "<!-- /lints -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("it is there");
    let (before, rest) = readme.split_once(OPEN).expect("the README has the list");
    let (list, after) = rest.split_once(CLOSE).expect("the list ends");
    let listed = listed();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, format!("{before}{OPEN}{listed}{CLOSE}{after}")).expect("written");
    } else {
        assert_eq!(list, listed, "BLESS=1 rewrites the list");
    }
}

#[test]
fn no_fault_is_told_without_a_word_of_what_to_do() {
    if std::env::var_os("BLESS").is_some() {
        return; // the other test is writing
    }
    for case in cases() {
        assert!(case.said.starts_with("exit code "), "{} has no golden", case.path.display());
        assert!(!case.said.starts_with("exit code 2") && !case.said.contains("panicked"), "{}", case.path.display());
        assert!(
            case.said.contains("hint: ") || case.said == "exit code 0\n\n",
            "{} says no hint:\n{}",
            case.path.display(),
            case.said
        );
    }
}
