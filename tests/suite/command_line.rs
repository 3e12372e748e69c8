//! The command line: exit codes, formats, folders, and files that are written whole or not at all.

use std::time::{Duration, Instant};

use crate::support::{Desk, names};

/// What a build leaves: the e-book's cover for shops, the e-book, the PDF.
const FILES: [&str; 3] = ["the-price-of-water-cover.jpg", "the-price-of-water.epub", "the-price-of-water.pdf"];
const METADATA: &str = "title: The Price of Water\nauthors: [Ann Lee]\ndate: 2026-11\n";
const SECTION: &str = "# Introduction\n\nWater is cheap until it is not.[^1]\n\n[^1]: Town of Alder, 2025.\n";

fn paper() -> Desk {
    Desk::with(&[("metadata.yaml", METADATA), ("10-introduction.md", SECTION)])
}

#[test]
fn a_good_manuscript_is_built_and_the_files_are_named() {
    let desk = paper();
    let ran = desk.run(&["build", "paper"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(names(&desk.path("out")), FILES);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("out/the-price-of-water.pdf  ") && lines[0].contains(" pages, "), "{}", ran.out);
    assert!(lines[1].starts_with("out/the-price-of-water.epub  "), "{}", ran.out);
}

#[test]
fn one_edition_is_the_same_as_in_a_whole_build() {
    let desk = paper();
    assert_eq!(desk.run(&["build", "paper", "--out", "all"]).code, 0);
    let ran = desk.run(&["build", "paper", "--out", "one", "--edition", "ebook"]);
    assert_eq!(ran.code, 0);
    assert_eq!(names(&desk.path("one")), FILES[..2]);
    assert_eq!(desk.read("one/the-price-of-water.epub"), desk.read("all/the-price-of-water.epub"));
    let ran = desk.run(&["build", "paper", "--edition", "hardback"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("error: there is no edition \"hardback\"\nhint: the manuscript has print, ebook"),
        "{}",
        ran.err
    );
}

#[test]
fn a_faulty_manuscript_is_drawn_with_its_line_and_nothing_is_written() {
    let desk = paper();
    assert_eq!(desk.run(&["build", "paper"]).code, 0);
    let before = (desk.read("out/the-price-of-water.pdf"), desk.read("out/the-price-of-water.epub"));
    desk.put("20-outlook.md", "# Outlook\n\nAs @fig-map shows.\n");
    let ran = desk.run(&["build", "paper"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    let said: Vec<&str> = ran.err.lines().map(str::trim_end).collect();
    assert_eq!(said[0], "20-outlook.md:3:4: error: nothing is called \"fig-map\"");
    assert!(said.contains(&"3 | As @fig-map shows."), "{}", ran.err);
    assert_eq!(said.last().copied(), Some("1 error; nothing was written"));
    assert_eq!((desk.read("out/the-price-of-water.pdf"), desk.read("out/the-price-of-water.epub")), before);
}

#[test]
fn programs_get_one_object_a_line() {
    let desk = paper();
    desk.put("20-outlook.md", "# Outlook\n\nSee ^[a note.\n\n![](images/none.png)\n");
    for command in ["build", "check"] {
        let ran = desk.run(&[command, "paper", "--format", "json"]);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{ran:?}");
        let objects: Vec<serde_json::Value> =
            ran.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
        assert_eq!(objects[0], serde_json::json!({"type": "recto", "version": env!("CARGO_PKG_VERSION"), "format": 1}));
        let missing = objects.iter().find(|object| object["lint"] == "missing-file").expect("the picture is missing");
        assert_eq!(
            (&missing["type"], &missing["severity"], &missing["file"], &missing["line"], &missing["column"]),
            (&"diagnostic".into(), &"error".into(), &"20-outlook.md".into(), &5.into(), &1.into())
        );
        assert!(objects.iter().all(|object| object["type"] != "output"));
    }
    let desk = paper();
    let ran = desk.run(&["build", "paper", "--format", "json"]);
    let before_last = ran.out.lines().rev().nth(1).expect("a line");
    let last: serde_json::Value = serde_json::from_str(before_last).expect("an object");
    assert_eq!((&last["type"], &last["edition"]), (&"output".into(), &"ebook".into()));
    assert_eq!(last["file"], "out/the-price-of-water.epub");
    assert_eq!(last["bytes"], desk.read("out/the-price-of-water.epub").len());
    assert!(last["pages"].is_null() && last["seconds"].is_number());
}

#[test]
fn warnings_can_be_denied_and_silenced_by_name() {
    let desk = paper();
    desk.put("10-introduction.md", "# Introduction\n\nWater.\n\n[^1]: Never called.\n");
    let ran = desk.run(&["build", "paper"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("warning: "), "{}", ran.err);
    let ran = desk.run(&["build", "paper", "--out", "denied", "--deny", "warnings"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("10-introduction.md:5:1: error: "), "{}", ran.err);
    assert!(!desk.path("denied").exists());
    desk.put(
        "metadata.yaml",
        format!("{METADATA}allow:\n  - {{lint: unused-note, reason: kept for the next edition}}\n"),
    );
    let ran = desk.run(&["build", "paper", "--deny", "warnings"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn check_writes_nothing() {
    let desk = paper();
    let ran = desk.run(&["check", "paper"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(names(&desk.path("")), ["paper"]);
}

#[test]
fn the_folder_is_the_one_given_or_this_one_or_manuscript() {
    let desk = paper();
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: there is no manuscript here"), "{}", ran.err);
    std::fs::rename(desk.path("paper"), desk.path("manuscript")).expect("moved");
    assert_eq!(desk.run(&["build"]).code, 0);
    let inside = desk.command(&["build"]).current_dir(desk.path("manuscript")).output().expect("it runs");
    assert_eq!(inside.status.code(), Some(0));
    assert_eq!(names(&desk.path("manuscript/out")), FILES);
    let ran = desk.run(&["build", "nowhere"]);
    assert_eq!((ran.code, ran.err.lines().next()), (2, Some("error: there is no folder nowhere")));
    let ran = desk.run(&["build", "manuscript/metadata.yaml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a manuscript is a folder"), "{}", ran.err);
}

#[test]
fn wrong_use_is_two_and_help_is_none() {
    let desk = paper();
    for arguments in [&["biuld"][..], &["build", "--colour"], &["build", "--deny", "errors"], &[]] {
        assert_eq!(desk.run(arguments).code, 2, "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["build", "--help"], &["--version"]] {
        assert_eq!(desk.run(arguments).code, 0, "{arguments:?}");
    }
}

#[test]
fn a_place_that_cannot_be_written_to_is_the_machines_failure() {
    let desk = paper();
    std::fs::write(desk.path("taken"), "a file").expect("a file");
    let ran = desk.run(&["build", "paper", "--out", "taken"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error: cannot write into taken, "), "{}", ran.err);
    let ran = desk.run(&["build", "paper", "--out", "/proc/none"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    std::fs::create_dir_all(desk.path("out/the-price-of-water.epub")).expect("a folder");
    let ran = desk.run(&["build", "paper"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a folder of that name is in the way"), "{}", ran.err);
    assert_eq!(names(&desk.path("out")), ["the-price-of-water.epub"], "the PDF is not written alone");
}

#[test]
fn a_killed_build_leaves_the_old_files_whole() {
    let desk = paper();
    assert_eq!(desk.run(&["build", "paper", "--out", "new"]).code, 0);
    let files = FILES;
    let new: Vec<Vec<u8>> = files.iter().map(|file| desk.read(&format!("new/{file}"))).collect();
    let out = desk.path("out");
    std::fs::create_dir(&out).expect("a folder");
    // Once the moment when the first hidden file is there, then several moments before and after it.
    for pause in [None, Some(1), Some(20), Some(60), Some(120), Some(200)] {
        for file in files {
            std::fs::write(out.join(file), "old").expect("a file");
        }
        let mut child = desk
            .command(&["build", "paper"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it runs");
        match pause {
            Some(milliseconds) => std::thread::sleep(Duration::from_millis(milliseconds)),
            None => {
                let began = Instant::now();
                while names(&out).iter().all(|name| !name.ends_with(".part"))
                    && child.try_wait().expect("it can be asked").is_none()
                    && began.elapsed() < Duration::from_secs(60)
                {}
            }
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        for (file, new) in files.iter().zip(&new) {
            let left = desk.read(&format!("out/{file}"));
            assert!(left == b"old" || left == *new, "{file} is torn: {} bytes", left.len());
        }
    }
}

#[test]
fn no_file_names_the_folder_the_user_or_the_machine() {
    let desk = paper();
    desk.put(
        "images/a.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\"><path d=\"M0 0h9v9z\"/></svg>",
    );
    desk.put("20-map.md", "# Map\n\n![A corner](images/a.svg)\n");
    let names =
        [("USER", "marianne-q"), ("LOGNAME", "marianne-q"), ("HOSTNAME", "quarry-host"), ("HOME", "/home/marianne-q")];
    let ran = desk.command(&["build", "paper"]).envs(names).output().expect("the program runs");
    assert!(ran.status.success(), "{ran:?}");
    let folder = desk.path("").file_name().expect("it has a name").to_string_lossy().into_owned();
    let secret = [folder.as_str(), "marianne-q", "quarry-host"];
    let mut texts: Vec<(String, Vec<u8>)> = Vec::new();
    for name in FILES {
        texts.push((name.to_owned(), desk.read(&format!("out/{name}"))));
    }
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(texts[1].1.clone())).expect("an archive");
    for at in 0..book.len() {
        let mut entry = book.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).expect("its bytes");
        texts.push((entry.name().to_owned(), bytes));
    }
    let document = lopdf::Document::load_mem(&texts[2].1).expect("a PDF");
    for (id, object) in &document.objects {
        let mut bytes = format!("{object:?}").into_bytes();
        bytes.extend(object.as_stream().ok().and_then(|stream| stream.decompressed_content().ok()).unwrap_or_default());
        texts.push((format!("object {}", id.0), bytes));
    }
    assert!(texts.len() > 30, "all parts are looked into");
    for (name, bytes) in &texts {
        for secret in secret {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{name} holds {secret}");
        }
    }
}

#[test]
fn a_proof_is_written_in_spite_of_errors_under_a_name_of_its_own() {
    let desk = paper();
    desk.put("20-outlook.md", "# Outlook\n\nAs @fig-map shows.\n");
    let ran = desk.run(&["build", "paper", "--proof"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("20-outlook.md:3:4: error: nothing is called \"fig-map\""), "{}", ran.err);
    assert!(ran.err.contains("1 error; proofs were written"), "{}", ran.err);
    let files = names(&desk.path("out"));
    assert!(files.contains(&"the-price-of-water-proof.pdf".to_owned()), "{files:?}");
    assert!(files.iter().all(|file| file.contains("-proof")), "{files:?}");
}

#[test]
fn a_proof_is_made_of_metadata_that_cannot_be_read() {
    let desk = paper();
    desk.put("metadata.yaml", "date: [2026\ntitle: \"Of Water\"\n");
    let ran = desk.run(&["build", "paper", "--proof"]);
    assert!(ran.code == 1 && ran.err.contains("metadata.yaml:1:7: error: this [ is never closed"), "{}", ran.err);
    let files = names(&desk.path("out"));
    assert!(files.contains(&"of-water-proof.pdf".to_owned()), "{files:?}");
}

#[test]
fn a_proof_names_errors_that_stand_on_no_page_at_its_head() {
    let desk = paper();
    desk.put("30-more.md", b"# More\n\nCaf\xe9.\n");
    assert_eq!(desk.run(&["build", "paper", "--proof", "--edition", "print"]).code, 1);
    let proof = lopdf::Document::load_mem(&desk.read("out/the-price-of-water-proof.pdf")).expect("a PDF");
    let pages: Vec<u32> = proof.get_pages().keys().copied().collect();
    let text = proof.extract_text(&pages).expect("its text");
    assert!(text.contains("30-more.md:3: this byte is no UTF-8"), "{text}");
}

#[test]
fn a_theme_is_listed_shown_and_begun_and_a_manuscript_takes_its_folder() {
    let desk = paper();
    let ran = desk.run(&["theme", "list"]);
    assert!(ran.code == 0 && ran.out.contains("policy-paper  ") && ran.out.contains("trade"), "{}", ran.out);
    let ran = desk.run(&["theme", "show", "bok"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean \"book\"?"), "{}", ran.err);
    assert_eq!(desk.run(&["build", "paper", "--out", "plain", "--edition", "print"]).code, 0);
    assert_eq!(desk.run(&["theme", "new", "paper/ours", "--from", "policy-paper"]).code, 0);
    assert_eq!(desk.run(&["theme", "new", "paper/ours"]).code, 2);
    desk.put("metadata.yaml", format!("{METADATA}theme: ours\n"));
    let ran = desk.run(&["build", "paper", "--out", "shown", "--edition", "print"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let file = "the-price-of-water.pdf";
    assert_eq!(desk.read(&format!("shown/{file}")), desk.read(&format!("plain/{file}")));
}
