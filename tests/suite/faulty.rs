//! Faulty and foreign manuscripts, and what each is told: one file a case below `tests/cases/faulty/`.
//!
//! A case holds the files of a manuscript, each after a line `== name`, and after the line `== said` what recto says of
//! it, exit code first. `BLESS=1` rewrites that last part. A file whose name is followed by `-> path` is a symbolic
//! link, one followed by `(bytes)` has escapes like `\xff`. What has no metadata of its own gets a title.

use std::path::{Path, PathBuf};

use crate::support::Desk;

/// The line before what is said.
const SAID: &str = "== said\n";

struct Case {
    path: PathBuf,
    /// What stands before [`SAID`].
    manuscript: String,
    said: String,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/faulty");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let (manuscript, said) = text.split_once(SAID).unwrap_or((&text, ""));
            Case { manuscript: manuscript.to_owned(), said: said.to_owned(), path }
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
    let ran = desk.run(&["build", "paper", "--quiet"]);
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

#[test]
fn no_fault_is_told_without_a_word_of_what_to_do() {
    for case in cases() {
        assert!(case.said.starts_with("exit code "), "{} has no golden", case.path.display());
        assert!(!case.said.starts_with("exit code 2") && !case.said.contains("panicked"), "{}", case.path.display());
        assert!(
            case.said.contains("hint: ") || case.said.contains("the first time") || case.said.contains("no-hint"),
            "{} says no hint:\n{}",
            case.path.display(),
            case.said
        );
    }
}
