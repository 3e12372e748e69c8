//! The machine's faults: what cannot be written, read or said. Each is answered, nothing panics, nothing is left behind.
#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::support::{Desk, Ran, names};

fn paper() -> Desk {
    Desk::with(&[("metadata.yaml", "title: Water\ncover: false\n"), ("a.md", "# One\n\nText.\n")])
}

/// Runs a line of the shell on the desk, in which `$RECTO` is the program.
fn shell(desk: &Desk, line: &str) -> Ran {
    let mut command = std::process::Command::new("sh");
    command.args(["-c", line]).current_dir(desk.path("")).env("RECTO", env!("CARGO_BIN_EXE_recto"));
    Ran::from(command.output().expect("there is a shell"))
}

#[test]
fn a_disk_that_is_full_leaves_nothing_behind() {
    let desk = paper();
    // No file may be longer than a kilobyte.
    let ran = shell(&desk, "trap '' XFSZ; ulimit -f 2; exec $RECTO build paper --out new --quiet");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.starts_with("error: cannot write new/water.pdf: "), "{}", ran.err);
    assert_eq!(names(&desk.path("")), ["paper"]);
    assert_eq!(desk.run(&["build", "paper", "--out", "old", "--quiet"]).code, 0);
    let before = desk.read("old/water.epub");
    desk.put("a.md", "# Two\n\nText.\n");
    let ran = shell(&desk, "trap '' XFSZ; ulimit -f 2; exec $RECTO build paper --out old --quiet");
    assert_eq!((ran.code, names(&desk.path("old")).len()), (2, 2));
    assert_eq!(desk.read("old/water.epub"), before);
}

#[test]
fn what_is_no_folder_is_not_written_into() {
    let desk = paper();
    std::fs::write(desk.path("file"), "x").expect("a file");
    std::os::unix::fs::symlink("nowhere", desk.path("link")).expect("a link");
    for (out, said) in [
        ("file", "cannot write into file, which is no folder"),
        ("file/below", "cannot make the folder file/below"),
        ("link", "cannot write into link, which is no folder"),
        ("/proc/none", "cannot make the folder /proc/none"),
    ] {
        let ran = desk.run(&["build", "paper", "--out", out, "--quiet"]);
        assert_eq!(ran.code, 2, "{out}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("error: {said}")), "{}", ran.err);
    }
    assert_eq!(desk.read("file"), b"x");
}

#[test]
fn a_folder_that_has_vanished_is_said() {
    let desk = paper();
    let ran = shell(&desk, "P=$PWD/paper; mkdir gone; cd gone; rmdir ../gone; exec $RECTO build $P --out out --quiet");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("cannot make the folder out"), "{}", ran.err);
    assert_eq!(names(&desk.path("")), ["paper"]);
}

#[test]
fn nobody_needs_to_listen_and_nobody_needs_a_home() {
    let desk = paper();
    for line in [
        "exec $RECTO build paper >&-",
        "exec $RECTO build paper >&- 2>&-",
        "exec $RECTO build paper --format json >&- 2>&-",
        "exec $RECTO build paper > /dev/full",
        "exec $RECTO check paper --ledger > /dev/full 2> /dev/full",
        "exec env -i $RECTO build paper",
    ] {
        let ran = shell(&desk, line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{line}: {}", ran.err);
    }
    assert_eq!(names(&desk.path("out")), ["water.epub", "water.pdf"]);
}

#[test]
fn names_of_every_length_and_of_no_letters_are_met() {
    let desk = paper();
    desk.put(&format!("{}.md", "b".repeat(252)), "# Two\n\nText.\n");
    desk.put("metadata.yaml", format!("title: {}\ncover: false\n", "Wasser ".repeat(80)));
    let ran = desk.run(&["build", "paper", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    // On a disk that takes them, names of no Unicode.
    let odd = desk.path("paper").join(OsStr::from_bytes(b"c\xff.md"));
    if std::fs::write(odd, "# Three\n").is_ok() {
        let ran = desk.run(&["build", "paper", "--quiet"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains("its name is no text"), "{}", ran.err);
    }
    let out = desk.path("").join(OsStr::from_bytes(b"out\xfe"));
    let other = paper();
    let ran = Ran::from(other.command(&["build", "paper", "--quiet", "--out"]).arg(&out).output().expect("it runs"));
    assert_eq!((ran.code, names(&out).len()), (0, 2), "{}", ran.err);
}

#[test]
fn a_title_without_latin_letters_leaves_the_name_to_the_folder_and_digits_stay() {
    for (title, files) in [("世界", ["paper.epub", "paper.pdf"]), ("1984", ["1984.epub", "1984.pdf"])] {
        let desk = paper();
        desk.put("metadata.yaml", format!("title: {title}\ncover: false\n"));
        let ran = desk.run(&["build", "paper", "--quiet"]);
        assert_eq!((ran.code, names(&desk.path("out"))), (0, files.map(str::to_owned).to_vec()), "{}", ran.err);
    }
}
