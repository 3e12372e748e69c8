//! The finished e-book: its container, its pages beside those of the PDF, its text beside the PDF's.

use std::collections::BTreeMap;
use std::path::Path;

use recto::book::Target;
use recto::diagnostic::Diagnostics;
use recto::page::{MarkKind, NodeId, Owner, PageKind, Pages, Structure, Tag};
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

use crate::ebook_reader::{Ebook, Piece, Read1, folder, pieces};

/// A manuscript's e-book and the pages of its print edition.
pub fn made(files: &Memory) -> (Vec<u8>, production::Proof) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let request = Request { edition: Some("ebook".to_owned()), ..Request::default() };
    let outputs = production::build(files, &request, &mut sources, &mut diagnostics, &mut |_| {}).expect("it builds");
    let ebook = outputs.into_iter().find(|output| output.file.ends_with(".epub")).expect("an e-book");
    let proof = production::proof(files, &Request::default(), &mut sources, &mut diagnostics);
    (ebook.bytes.to_vec(), proof.expect("it builds").expect("there is a PDF"))
}

fn manuscript(name: &str) -> Memory {
    folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
}

/// The text of each page in reading order: letters of the content, without labels of lists and notes.
struct Printed {
    pages: Vec<Vec<String>>,
    /// Whether the last line of each page ends in a hyphen that the setting put there.
    broken: Vec<bool>,
}

fn printed(pages: &Pages) -> Printed {
    let mut order = BTreeMap::new();
    walk(&pages.structure, Structure::ROOT, &mut order);
    let mut out = Printed { pages: Vec::new(), broken: Vec::new() };
    let mut furthest = 0;
    for page in &pages.pages {
        let mut runs: Vec<(usize, String, bool)> = Vec::new();
        for mark in &page.marks {
            let (MarkKind::Text(run), Owner::Content(node)) = (&mark.kind, mark.owner) else { continue };
            let Some(place) = order.get(&node) else { continue };
            let soft = run.glyphs.iter().any(|glyph| glyph.soft_hyphen);
            let mut text = String::new();
            let hyphen = run.glyphs.iter().filter(|glyph| glyph.soft_hyphen).map(|glyph| glyph.start).min();
            text.push_str(&run.text[..hyphen.map_or(run.text.len(), |at| at as usize)]);
            let label =
                is_label(&pages.structure, node) && text.chars().all(|c| c.is_ascii_digit() || "•–·☑☐. ".contains(c));
            if !label {
                runs.push((*place, text, soft));
            }
        }
        // A figure at the head of a page may belong before what stands on the page before: no page begins with it.
        runs.retain(|(place, _, _)| *place >= furthest);
        runs.sort_by_key(|(place, _, _)| *place);
        furthest = runs.last().map_or(furthest, |(place, _, _)| *place);
        out.broken.push(runs.last().is_some_and(|(_, _, soft)| *soft));
        out.pages.push(runs.into_iter().map(|(_, text, _)| text).collect());
    }
    out
}

/// Whether a leaf is a list's mark or a note's number, which the e-book's reader draws itself.
fn is_label(structure: &Structure, leaf: NodeId) -> bool {
    let mut at = Some(leaf);
    while let Some(node) = at {
        let element = structure.node(node);
        if element.tag == Tag::Lbl {
            return true;
        }
        at = element.parent;
    }
    false
}

/// The leaves in reading order, but for folios of the contents and artifacts.
fn walk(structure: &Structure, node: NodeId, order: &mut BTreeMap<NodeId, usize>) {
    let element = structure.node(node);
    if element.tag == Tag::Content {
        let place = order.len();
        order.insert(node, place);
    }
    let kids = &element.kids;
    // A contents entry is words and a folio: the folio is the page's business.
    let words = if matches!(element.tag, Tag::Link(_)) && is_entry(structure, node) && kids.len() > 1 {
        &kids[..kids.len() - 1]
    } else {
        &kids[..]
    };
    for kid in words {
        walk(structure, *kid, order);
    }
}

fn is_entry(structure: &Structure, node: NodeId) -> bool {
    let parent = structure.node(node).parent;
    let above = parent.and_then(|parent| structure.node(parent).parent);
    above.is_some_and(|above| structure.node(above).tag == Tag::Toci)
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Letters and figures alone: where words end is the business of lines.
/// Capitals are small, since a style may ask for capitals.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn check_page_list(name: &str, least: usize) {
    let (bytes, proof) = made(&manuscript(name));
    let ebook = Ebook::read(&bytes);
    let reading = ebook.reading();
    let list = ebook.page_list();
    let printed = printed(&proof.pages);
    let folios: Vec<Option<String>> =
        proof.pages.map.pages.iter().map(|page| page.folio.map(|folio| folio.to_string())).collect();

    // Every target exists, once, and the marks stand in the order of the list.
    let marks: Vec<&str> = reading
        .iter()
        .filter_map(|piece| match piece {
            Read1::Page(id) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    let targets: Vec<&str> = list.iter().map(|(_, _, id)| id.as_str()).collect();
    assert_eq!(marks, targets, "{name}: marks and page list");
    for (folio, file, id) in &list {
        assert_eq!(ebook.text(file).matches(&format!("id=\"{id}\"")).count(), 1, "{name}: page {folio} in {file}");
    }
    assert!(list.len() >= least, "{name}: only {} pages are marked", list.len());

    // Every page with words on it is in the list, and its first word is the word after its mark.
    let mut checked = 0;
    for (at, folio) in folios.iter().enumerate() {
        let Some(folio) = folio else { continue };
        if proof.pages.pages[at].kind != PageKind::Inside || printed.pages[at].iter().all(|text| words(text).is_empty())
        {
            continue;
        }
        let page = printed.pages[at].concat();
        let tail = if at > 0 && printed.broken[at - 1] { words(&page)[0].len() } else { 0 };
        let first: String = letters(&page[page.find(char::is_alphanumeric).unwrap_or(0) + tail..]).take(16).collect();
        let id = format!("pg-{folio}");
        let mark = reading.iter().position(|piece| *piece == Read1::Page(id.clone()));
        let Some(mark) = mark else { panic!("{name}: page {folio} begins with \"{first}\" and has no mark") };
        let after: String = reading[mark..]
            .iter()
            .filter_map(|piece| match piece {
                Read1::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let word: String = letters(&after).take(first.chars().count()).collect();
        assert_eq!(word, first, "{name}: page {folio}\n{page:.200}\n{after:.200}");
        checked += 1;
    }
    assert!(checked >= least, "{name}: only {checked} pages were compared");
}

#[test]
fn the_word_after_each_page_mark_is_the_first_word_of_that_page() {
    check_page_list("manuscript", 12);
}

#[test]
fn page_marks_are_true_in_a_manuscript_with_every_construct() {
    check_page_list("tests/cases/ebook-torture", 15);
}

#[test]
fn two_builds_are_the_same_to_the_byte() {
    let files = manuscript("tests/cases/ebook-torture");
    assert_eq!(made(&files).0, made(&files).0);
}

#[test]
fn the_container_opens_with_its_type_and_stores_pictures_as_they_are() {
    let (bytes, _) = made(&manuscript("tests/cases/ebook-torture"));
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let ebook = Ebook::read(&bytes);
    assert_eq!(ebook.names[..3], ["mimetype", "META-INF/container.xml", "OEBPS/content.opf"]);
    assert!(ebook.names.iter().all(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-".contains(&b))));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("an archive");
    for at in 0..archive.len() {
        let file = archive.by_index(at).expect("a file");
        let picture = [".png", ".jpg"].iter().any(|ending| file.name().ends_with(ending));
        assert_eq!(file.compression() == zip::CompressionMethod::Stored, picture || file.name() == "mimetype");
    }
}

/// The text of the PDF and of the e-book: letters and figures in reading order, the cover's once.
fn check_parity(name: &str) {
    let (bytes, proof) = made(&manuscript(name));
    let ebook = Ebook::read(&bytes);
    let mut order = BTreeMap::new();
    walk(&proof.pages.structure, Structure::ROOT, &mut order);
    let mut runs: Vec<(usize, String)> = Vec::new();
    // A cover is a picture; its words stand on the title page that the e-book adds, or on the paper's own.
    let added = ebook.files.contains_key("OEBPS/titlepage.xhtml");
    for page in proof.pages.pages.iter().filter(|page| added || page.kind != PageKind::Cover) {
        for mark in &page.marks {
            let (MarkKind::Text(run), Owner::Content(node)) = (&mark.kind, mark.owner) else { continue };
            let Some(place) = order.get(&node) else { continue };
            let hyphen = run.glyphs.iter().filter(|glyph| glyph.soft_hyphen).map(|glyph| glyph.start).min();
            let text = run.text[..hyphen.map_or(run.text.len(), |at| at as usize)].to_owned();
            if !is_list_label(&proof.pages.structure, node, &text) {
                runs.push((*place, text));
            }
        }
    }
    runs.sort_by_key(|(place, _)| *place);
    let print: String = letters(&runs.iter().map(|(_, text)| text.as_str()).collect::<String>()).collect();

    let mut read = String::new();
    for piece in ebook.reading() {
        match piece {
            Read1::Text(text) => read.extend(letters(&text)),
            // The folio of the print in both.
            Read1::PageReference => read.push('\u{1}'),
            Read1::Page(_) => {}
        }
    }
    compare(name, &print, &read);
}

/// Whether a run is a list's mark, a note's number or the letter of a way back, which stand elsewhere in e-books.
fn is_list_label(structure: &Structure, node: NodeId, text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_digit() || "•–·☑☐. ".contains(c));
    is_label(structure, node) && (plain || leads_back(structure, node))
}

/// Whether a leaf is of a link to a call.
fn leads_back(structure: &Structure, leaf: NodeId) -> bool {
    let mut above = std::iter::successors(Some(leaf), |node| structure.node(*node).parent);
    above.any(|node| matches!(structure.node(node).tag, Tag::Link(Target::NoteCall(..))))
}

fn compare(name: &str, print: &str, read: &str) {
    let (print, read): (Vec<char>, Vec<char>) = (print.chars().collect(), read.chars().collect());
    let (mut at, mut there) = (0, 0);
    while at < read.len() && there < print.len() {
        if read[at] == '\u{1}' {
            let rest: String = print[there..print.len().min(there + 24)].iter().collect();
            let folio = rest.starts_with(|c: char| c.is_ascii_digit() || "ivxl".contains(c));
            assert!(folio, "{name}: no page reference in print at {rest}");
            while there < print.len() && (print[there].is_ascii_digit() || "ivxl".contains(print[there])) {
                there += 1;
            }
            at += 1;
            continue;
        }
        assert!(
            read[at] == print[there],
            "{name}: print says\n{}\nthe e-book says\n{}",
            around(&print, there),
            around(&read, at)
        );
        at += 1;
        there += 1;
    }
    assert_eq!(
        (around(&read, at), around(&print, there)),
        (String::new(), String::new()),
        "{name}: one text is longer"
    );
    assert!(print.len() > 1000, "{name}: there is text");
}

fn around(text: &[char], at: usize) -> String {
    if at >= text.len() {
        return String::new();
    }
    text[at.saturating_sub(40)..text.len().min(at + 60)].iter().collect()
}

#[test]
fn print_and_e_book_say_the_same_word_for_word() {
    check_parity("manuscript");
}

#[test]
fn parity_holds_in_a_manuscript_with_every_construct() {
    check_parity("tests/cases/ebook-torture");
}

/// The same manuscript with other editions.
fn edited(editions: &str) -> Memory {
    let metadata =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/ebook-torture/metadata.yaml"))
            .expect("the metadata");
    let (kept, _) = metadata.split_once("editions:").expect("it names editions");
    manuscript("tests/cases/ebook-torture").with("metadata.yaml", format!("{kept}{editions}"))
}

/// Every link inside the book has its target, no id stands twice, every call has a way back and every note a call.
pub fn check_links(bytes: &[u8]) {
    let ebook = Ebook::read(bytes);
    let mut ids = std::collections::BTreeSet::new();
    let mut links = Vec::new();
    let (mut calls, mut ways_back) = (Vec::new(), Vec::new());
    let pages: Vec<&String> = ebook.names.iter().filter(|name| name.ends_with(".xhtml")).collect();
    for name in pages {
        let file = name.trim_start_matches("OEBPS/");
        for piece in pieces(ebook.text(file)) {
            let Piece::Open(element, attributes) = piece else { continue };
            if let Some(id) = attributes.get("id") {
                assert!(ids.insert(format!("{file}#{id}")), "{file}#{id} stands twice");
            }
            let Some(href) = attributes.get("href").filter(|_| element == "a") else { continue };
            if href.contains("://") || href.starts_with("mailto:") {
                continue;
            }
            let target = if href.starts_with('#') { format!("{file}{href}") } else { href.clone() };
            let class = attributes.get("class").map_or("", String::as_str);
            if class == "noteref" {
                calls.push((format!("{file}#{}", attributes["id"]), target.clone()));
            } else if class == "back" {
                ways_back.push(target.clone());
            }
            links.push((file.to_owned(), target));
        }
    }
    for (file, target) in &links {
        match target.contains('#') {
            true => assert!(ids.contains(target), "{file} leads to {target}, which is not there"),
            false => assert!(ebook.files.contains_key(&format!("OEBPS/{target}")), "{file} leads to {target}"),
        }
    }
    let mut from: Vec<String> = calls.iter().map(|(id, _)| id.clone()).collect();
    from.sort();
    ways_back.sort();
    assert_eq!(from, ways_back, "a way back for each call");
    assert!(calls.len() >= 8, "{} calls", calls.len());
}

#[test]
fn every_link_inside_the_book_has_its_target_wherever_notes_stand() {
    for place in ["endnotes", "chapter", "footnotes"] {
        let editions =
            format!("editions: {{print: {{format: pdf, notes: {place}}}, ebook: {{format: epub, notes: {place}}}}}\n");
        check_links(&made(&edited(&editions)).0);
    }
}

#[test]
fn pages_are_marked_when_print_has_its_notes_at_another_place() {
    let editions = "editions: {print: {format: pdf, notes: footnotes}, ebook: {format: epub, notes: endnotes}}\n";
    let (bytes, proof) = made(&edited(editions));
    let ebook = Ebook::read(&bytes);
    let list = ebook.page_list();
    let text = ebook.text("sec-in.xhtml");
    let marked = list.iter().filter(|(_, file, _)| file == "sec-in.xhtml").count();
    assert_eq!(text.matches("epub:type=\"pagebreak\"").count(), marked);
    assert!(marked >= 1 && list.len() * 2 > proof.pages.pages.len(), "{list:?}");
}

/// A document without the marks of pages, which move with every change of the layout.
fn without_pages(document: &str) -> String {
    let mut out = String::new();
    let mut rest = document;
    while let Some(at) = rest.find("<span class=\"page\"") {
        out.push_str(&rest[..at]);
        let end = rest[at..].find("</span>").expect("it ends") + at + "</span>".len();
        rest = &rest[end..];
    }
    out.push_str(rest);
    if let (Some(from), Some(to)) = (out.find("<nav epub:type=\"page-list\""), out.find("<nav epub:type=\"landmarks\""))
    {
        out.replace_range(from..to, "");
    }
    out
}

#[test]
fn the_markup_is_as_it_was_read_and_blessed() {
    let (bytes, _) = made(&manuscript("tests/cases/ebook-torture"));
    let ebook = Ebook::read(&bytes);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proofs/ebook");
    let mut wrong = Vec::new();
    for file in [
        "content.opf",
        "nav.xhtml",
        "title-page.xhtml",
        "copyright-page.xhtml",
        "sec-in.xhtml",
        "notes.xhtml",
        "about-the-author.xhtml",
        "stylesheet.css",
    ] {
        let now = without_pages(ebook.text(file));
        let path = folder.join(file);
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, &now).expect("a file");
        }
        let blessed = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some((was, is)) = blessed.lines().chain([""]).zip(now.lines().chain([""])).find(|(was, is)| was != is) {
            wrong.push(format!("{file}: was\n{was}\nis\n{is}"));
        } else if blessed.len() != now.len() {
            wrong.push(format!("{file}: {} bytes, were {}", now.len(), blessed.len()));
        }
    }
    assert!(wrong.is_empty(), "{}\nBLESS=1 rewrites the proofs", wrong.join("\n"));
}
