//! A sum for each page and each text of an e-book: whether a step that should change nothing changed nothing.
//!
//! Fingerprints say *that* something is other than before, the cases say *what*. `BLESS=1` writes them anew. Made
//! covers are left out: they are pictures, and how they are packed may differ from one processor to the next.

use std::fmt::Write;
use std::io::{Cursor, Read};
use std::path::Path;

use recto::diagnostic::{Diagnostics, Severity};
use recto::production::{self, Finished, Request};
use recto::source::{Files, Memory, Sources};
use sha2::{Digest, Sha256};

use crate::mutated::edition_of_all;
use crate::support::golden;

/// Enough of a sum to tell two pages apart.
fn sum(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().take(4).fold(String::new(), |mut sum, byte| {
        let _ = write!(sum, "{byte:02x}");
        sum
    })
}

/// What is drawn on each page.
fn pages(file: &Finished) -> Vec<(String, String)> {
    let document = lopdf::Document::load_mem(&file.bytes).expect("a PDF");
    let of_page = |(number, id): (u32, lopdf::ObjectId)| (number.to_string(), sum(document.get_page_content(id)));
    document.get_pages().into_iter().map(of_page).collect()
}

/// The texts of an e-book: pages, navigation, package, styles.
fn texts(file: &Finished) -> Vec<(String, String)> {
    let mut book = zip::ZipArchive::new(Cursor::new(&file.bytes)).expect("an archive");
    let mut texts = Vec::new();
    for at in 0..book.len() {
        let mut entry = book.by_index(at).expect("an entry");
        let name = entry.name().to_owned();
        if [".xhtml", ".opf", ".ncx", ".css", ".svg"].iter().any(|ending| name.ends_with(ending)) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("it can be read");
            texts.push((name, sum(bytes)));
        }
    }
    texts.sort();
    texts
}

/// All files of a manuscript: a line a file with the sum of its parts, then each part with its own.
fn of(title: &str, files: &dyn Files) -> String {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let built = production::build(files, &Request::default(), &mut sources, &mut diagnostics, &mut |_| {});
    let built = built.unwrap_or_else(|_| {
        panic!("{title} is sound: {:?}", diagnostics.iter().find(|said| said.severity == Severity::Error))
    });
    let mut said = format!("{title}\n");
    for file in built {
        let parts = match file.file.rsplit_once('.') {
            Some((_, "pdf")) => pages(&file),
            Some((_, "epub")) => texts(&file),
            _ => continue,
        };
        let whole: String = parts.iter().map(|(name, sum)| format!("{name} {sum}\n")).collect();
        let _ = writeln!(said, "  {} {}", file.file, sum(whole));
        let mut line = String::new();
        for (name, sum) in parts {
            let part = format!(" {name} {sum}");
            if line.len() + part.len() > 116 {
                let _ = writeln!(said, "   {line}");
                line.clear();
            }
            line.push_str(&part);
        }
        let _ = writeln!(said, "   {line}");
    }
    said
}

/// What lies in a folder of the package.
fn folder(name: &str) -> Memory {
    fn gather(folder: &Path, before: &str, mut files: Memory) -> Memory {
        let mut entries: Vec<_> = std::fs::read_dir(folder).expect("a folder").flatten().collect();
        entries.sort_by_key(|entry| entry.file_name());
        for entry in entries {
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            files = match entry.path() {
                path if path.is_dir() => gather(&path, &format!("{name}/"), files),
                path => files.with(&name, std::fs::read(path).expect("it can be read")),
            };
        }
        files
    }
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name), "", Memory::new())
}

#[test]
fn pages_and_texts_are_those_that_were_kept() {
    let mut said = String::new();
    for name in ["manuscript", "tests/cases/torture", "tests/cases/ebook-torture"] {
        said.push_str(&of(name, &folder(name)));
    }
    for (number, files) in edition_of_all().into_iter().enumerate() {
        said.push_str(&of(&format!("blocks {}", number + 1), &files));
    }
    golden("proofs/fingerprints.txt", &said);
}
