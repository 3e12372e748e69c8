//! A finished e-book, read back: its files, its spine, its text and where the marks of pages stand in it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use recto::source::Memory;

/// The files of a folder, in memory.
pub fn folder(path: &Path) -> Memory {
    fn collect(root: &Path, folder: &Path, memory: Memory) -> Memory {
        let mut entries: Vec<_> = std::fs::read_dir(folder)
            .expect("the folder can be read")
            .map(|entry| entry.expect("it can be read").path())
            .collect();
        entries.sort();
        entries.into_iter().fold(memory, |memory, path| {
            if path.is_dir() {
                return collect(root, &path, memory);
            }
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            memory.with(&name, std::fs::read(&path).expect("a file"))
        })
    }
    collect(path, path, Memory::new())
}

/// An e-book's files by name.
pub struct Ebook {
    pub files: BTreeMap<String, Vec<u8>>,
    /// In the order of the archive.
    pub names: Vec<String>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Open(String, BTreeMap<String, String>),
    Close(String),
    Text(String),
}

impl Ebook {
    pub fn read(bytes: &[u8]) -> Ebook {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let (mut files, mut names) = (BTreeMap::new(), Vec::new());
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("it can be read");
            names.push(file.name().to_owned());
            files.insert(file.name().to_owned(), bytes);
        }
        Ebook { files, names }
    }

    /// A document of the package's folder.
    pub fn text(&self, name: &str) -> &str {
        let bytes = self.files.get(&format!("OEBPS/{name}")).unwrap_or_else(|| panic!("{name} is in the e-book"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// The pages in reading order.
    pub fn spine(&self) -> Vec<String> {
        let package = pieces(self.text("content.opf"));
        let mut items = BTreeMap::new();
        let mut spine = Vec::new();
        for piece in &package {
            if let Piece::Open(name, attributes) = piece {
                if name == "item" {
                    items.insert(attributes["id"].clone(), attributes["href"].clone());
                } else if name == "itemref" {
                    spine.push(items[&attributes["idref"]].clone());
                }
            }
        }
        spine
    }

    /// The page list of the navigation: folio, file and id.
    pub fn page_list(&self) -> Vec<(String, String, String)> {
        let mut inside = false;
        let mut href = None;
        let mut found = Vec::new();
        for piece in pieces(self.text("nav.xhtml")) {
            match piece {
                Piece::Open(name, attributes) if name == "nav" => {
                    inside = attributes.get("epub:type").is_some_and(|kind| kind == "page-list");
                }
                Piece::Open(name, attributes) if name == "a" && inside => href = attributes.get("href").cloned(),
                Piece::Text(text) if inside => {
                    if let Some(href) = href.take() {
                        let (file, id) = href.split_once('#').expect("it leads to a mark");
                        found.push((text, file.to_owned(), id.to_owned()));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// What is read, in order, without what only screens or tools show.
    pub fn reading(&self) -> Vec<Read1> {
        let mut out = Vec::new();
        for file in self.spine() {
            if file != "cover.xhtml" {
                reading(self.text(&file), &mut out);
            }
        }
        out
    }
}

/// A thing that a reader meets.
#[derive(Clone, Debug, PartialEq)]
pub enum Read1 {
    Text(String),
    /// The mark of a page.
    Page(String),
    /// A reference whose words print and e-book do not share.
    PageReference,
}

fn reading(document: &str, out: &mut Vec<Read1>) {
    let mut skip: Vec<bool> = Vec::new();
    for piece in pieces(document) {
        match piece {
            Piece::Open(name, attributes) => {
                let class = attributes.get("class").map_or("", String::as_str);
                let hidden = name == "head"
                    || name == "details"
                    || attributes.contains_key("hidden")
                    || class == "back"
                    || class == "page-reference";
                if class == "page" {
                    out.push(Read1::Page(attributes["id"].clone()));
                } else if class == "page-reference" {
                    out.push(Read1::PageReference);
                }
                skip.push(hidden || skip.last().copied().unwrap_or(false));
            }
            Piece::Close(_) => {
                skip.pop();
            }
            Piece::Text(text) => {
                if !skip.last().copied().unwrap_or(true) {
                    out.push(Read1::Text(text));
                }
            }
        }
    }
}

/// A document as pieces; every element is closed, or the test fails.
pub fn pieces(document: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = document;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            out.push(Piece::Text(unescaped(&rest[..at])));
        }
        let end = rest[at..].find('>').expect("a tag ends") + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "elements are nested");
            out.push(Piece::Close(name.to_owned()));
            continue;
        }
        let empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let name: String = tag.chars().take_while(|letter| !letter.is_whitespace()).collect();
        out.push(Piece::Open(name.clone(), attributes(&tag[name.len()..])));
        if empty {
            out.push(Piece::Close(name));
        } else {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "every element is closed");
    out
}

fn attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    while let Some((name, value)) = rest.split_once("=\"") {
        let (value, after) = value.split_once('"').expect("a value ends");
        assert!(found.insert(name.trim().to_owned(), unescaped(value)).is_none(), "no attribute twice: {name}");
        rest = after;
    }
    found
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
