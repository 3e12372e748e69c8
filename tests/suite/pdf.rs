//! PDFs as a whole: the same bytes always, boxes, gutters, reading order, and what the judges say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lopdf::{Document, Object};
use recto::diagnostic::Diagnostics;
use recto::page::{MarkKind, NodeId, Owner, Pages, Structure};
use recto::production::{self, Finished, Request};
use recto::source::{Memory, Sources};

/// A folder of the package as a manuscript in memory.
pub fn manuscript(folder: &str) -> Memory {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Memory::new();
    let mut waiting = vec![root.clone()];
    while let Some(folder) = waiting.pop() {
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
                files = files.with(&name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// Makes an edition, or all of them.
pub fn build(files: &Memory, edition: Option<&str>) -> (Vec<Finished>, Diagnostics) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let request = Request { edition: edition.map(str::to_owned), ..Request::default() };
    let made = production::build(files, &request, &mut sources, &mut diagnostics, &mut |_| {});
    let said: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    (made.unwrap_or_else(|_| panic!("it does not build: {said:?}")), diagnostics)
}

/// The one edition of that name.
pub fn edition(files: &Memory, name: &str) -> Vec<u8> {
    build(files, Some(name)).0.remove(0).bytes.to_vec()
}

/// The finished pages of an edition.
pub fn pages_of(files: &Memory, name: &str) -> Pages {
    let request = Request { edition: Some(name.to_owned()), ..Request::default() };
    let proof = production::proof(files, &request, &mut Sources::new(), &mut Diagnostics::new());
    proof.ok().flatten().expect("it can be set").pages
}

#[test]
fn the_same_manuscript_gives_the_same_bytes_with_any_number_of_threads() {
    let files = manuscript("tests/cases/torture");
    let first = edition(&files, "print");
    assert!(first == edition(&files, "print"), "a second run in one process differs");
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert!(first == pool.install(|| edition(&files, "print")), "{threads} threads give other bytes");
    }
}

#[test]
fn objects_stand_in_compressed_streams() {
    let bytes = edition(&manuscript("tests/cases/torture"), "print");
    let document = Document::load_mem(&bytes).expect("a PDF");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.matches("/Type/ObjStm").count() >= 2);
    assert!(!text.contains("/Type/StructElem"));
    assert!(document.get_pages().len() > 10);
    assert!(!text.contains("/Type/StructElem"), "structure elements stand outside of object streams");
}

#[test]
fn titles_are_escaped_in_xmp_and_whole_in_info() {
    let document = Document::load_mem(&edition(&manuscript("tests/cases/torture"), "print")).expect("a PDF");
    let packet = document.catalog().and_then(|catalogue| catalogue.get(b"Metadata"));
    let packet = packet.and_then(|id| document.get_object(id.as_reference()?)).and_then(Object::as_stream);
    let packet = String::from_utf8(packet.expect("XMP").content.clone()).expect("UTF-8");
    assert!(packet.contains("A “Torture” &amp; Мир &gt; everything: &lt; &amp; &gt;"), "{packet}");
    assert!(packet.contains("<rdf:li>Ada &amp; Co. &lt;ada@example.org&gt;</rdf:li>"));
    let mut reader = quick_xml::Reader::from_str(&packet);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("the packet is no XML: {error}"),
        }
    }
}

#[test]
fn nothing_is_left_without_a_map_to_unicode() {
    let document = Document::load_mem(&edition(&manuscript("tests/cases/torture"), "print")).expect("a PDF");
    let fonts = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|font| font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0"));
    let mut count = 0;
    for font in fonts {
        count += 1;
        let map = font.get(b"ToUnicode").and_then(Object::as_reference).and_then(|id| document.get_object(id));
        let map = map.and_then(Object::as_stream).expect("a map").decompressed_content().expect("it unpacks");
        assert!(!String::from_utf8_lossy(&map).contains("FFFD"), "a glyph says nothing");
    }
    assert!(count > 8);
}

/// What a reader who cannot see the page is told, in order: the elements with their text.
fn reading(pages: &Pages) -> String {
    let mut texts: BTreeMap<NodeId, String> = BTreeMap::new();
    for mark in pages.pages.iter().flat_map(|page| &page.marks) {
        let Owner::Content(leaf) = mark.owner else { continue };
        let text = texts.entry(leaf).or_default();
        if let MarkKind::Text(run) = &mark.kind {
            text.push_str(&run.text);
            if run.glyphs.last().is_some_and(|glyph| glyph.soft_hyphen) {
                text.push('\u{AD}');
            }
        }
    }
    let mut out = String::new();
    read_node(&pages.structure, Structure::ROOT, 0, &texts, &mut out);
    out.replace('\u{AD}', "")
}

fn read_node(tree: &Structure, id: NodeId, depth: usize, texts: &BTreeMap<NodeId, String>, out: &mut String) {
    let node = tree.node(id);
    let indent = "  ".repeat(depth);
    if let Some(text) = texts.get(&id) {
        if !text.is_empty() {
            out.push_str(&format!("{indent}\"{}\"\n", unnumbered(text)));
        }
        return;
    }
    let language = node.language.as_ref().map(|language| format!(" [{}]", language.tag())).unwrap_or_default();
    let alt = node.alt.as_ref().map(|alt| format!(" alt: {alt}")).unwrap_or_default();
    let tag = format!("{:?}", node.tag);
    let tag = tag.split(['(', ' ']).next().unwrap_or(&tag);
    if tag != "Content" {
        out.push_str(&format!("{indent}{tag}{language}{alt}\n"));
    }
    for kid in &node.kids {
        read_node(tree, *kid, depth + 1, texts, out);
    }
}

/// A text without its numbers, so that the golden does not move with every page.
fn unnumbered(text: &str) -> String {
    if !text.is_empty() && text.chars().all(|c| "ivxl".contains(c)) {
        return "#".to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            _ => out.push(c),
        }
    }
    out
}

#[test]
fn the_torture_manuscript_is_read_in_its_order() {
    let read = reading(&pages_of(&manuscript("tests/cases/torture"), "print"));
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/torture/_reading.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &read).expect("it can be written");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    let differs = read.lines().zip(expected.lines()).find(|(read, expected)| read != expected);
    assert!(read == expected, "BLESS=1 writes it anew; first difference: {differs:?}");
}

#[test]
fn the_gutter_and_the_page_count_agree() {
    let paragraph = "The gutter of a book depends on how thick it is, and how thick it is depends on the gutter. ";
    let chapters: String = (1..=40).map(|n| format!("# Chapter {n}\n\n{}\n\n", paragraph.repeat(28))).collect();
    let metadata = "title: Thick\ntheme: book\neditions:\n  press: {format: pdf, for: kdp, trim: 4x6in, size: 12pt, \
                    margins: {spine: 0.4in, fore_edge: 0.4in, head: 0.6in, foot: 0.6in}}\n";
    let files = Memory::new().with("metadata.yaml", metadata.as_bytes().to_vec()).with("1.md", chapters.into_bytes());
    let pages = pages_of(&files, "press");
    let count = pages.pages.len();
    assert!((151..=300).contains(&count), "{count} pages");
    let text_starts = pages.pages.iter().filter(|page| page.side == recto::units::Side::Recto).flat_map(|page| {
        page.marks.iter().filter_map(|mark| match (&mark.kind, mark.owner) {
            (MarkKind::Text(run), Owner::Content(_)) => Some(run.origin.x),
            _ => None,
        })
    });
    let spine = text_starts.min().expect("there is text");
    // The edges of letters may hang over a little.
    let short = (recto::units::Length::inches(0.5) - spine).to_pt();
    assert!(short < 1.5, "the gutter is {spine} wide, which is for books of 150 pages and less");
}

#[test]
fn a_press_edition_has_exact_boxes_and_no_cover() {
    let bytes = edition(&press_manuscript(), "ingram");
    let document = Document::load_mem(&bytes).expect("a PDF");
    for page in document.get_pages().into_values() {
        let page = document.get_dictionary(page).expect("a page");
        let corners = |name: &[u8]| -> Vec<f32> {
            let corners = page.get(name).and_then(Object::as_array).expect("a box");
            corners.iter().map(|corner| corner.as_float().expect("a number")).collect()
        };
        assert_eq!(corners(b"MediaBox"), [0.0, 0.0, 450.0, 666.0]);
        assert_eq!(corners(b"BleedBox"), [0.0, 0.0, 450.0, 666.0]);
        assert_eq!(corners(b"TrimBox"), [9.0, 9.0, 441.0, 657.0]);
        assert!(page.get(b"Annots").is_err());
    }
    let pages = pages_of(&press_manuscript(), "ingram");
    assert!(pages.pages.iter().all(|page| page.folio.is_some()), "a cover stands in an interior");
    assert!(pages.pages.last().is_some_and(|page| page.marks.is_empty()), "the last page is not empty");
}

/// The torture manuscript with press editions.
pub fn press_manuscript() -> Memory {
    let files = manuscript("tests/cases/torture");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/torture/metadata.yaml");
    let mut metadata = std::fs::read_to_string(path).expect("it is there");
    for (name, of) in [("kdp", "kdp"), ("ingram", "ingram"), ("offset", "offset"), ("lulu", "lulu")] {
        metadata.push_str(&format!("  {name}: {{format: pdf, for: {of}, trim: 6x9in}}\n"));
    }
    metadata.push_str("  grey: {format: pdf, for: kdp, trim: 6x9in, colour: grey}\n");
    files.with("metadata.yaml", metadata.into_bytes())
}

#[test]
fn a_grey_edition_holds_no_colour_operator() {
    holds_no_colour(&edition(&press_manuscript(), "grey"));
}

#[test]
fn nor_does_any_edition_of_a_grey_theme() {
    let metadata = "title: Water\ntheme: {colour: grey}\neditions: {office: {format: pdf, for: office}}\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscript/images/cover.png");
    let picture = std::fs::read(path).expect("a picture in colour");
    let one = Memory::new()
        .with("metadata.yaml", metadata.as_bytes().to_vec())
        .with("map.png", picture)
        .with("a.md", b"# One\n\n![A map](map.png)\n".to_vec());
    holds_no_colour(&edition(&one, "office"));
}

fn holds_no_colour(bytes: &[u8]) {
    let document = Document::load_mem(bytes).expect("a PDF");
    for page in document.get_pages().into_values() {
        let content = lopdf::content::Content::decode(&document.get_page_content(page)).expect("content");
        for operation in content.operations {
            assert!(
                !["rg", "RG", "k", "K", "cs", "CS", "sc", "scn", "SC", "SCN"].contains(&operation.operator.as_str()),
                "{operation:?}"
            );
        }
    }
    for object in document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        let image = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image");
        let grey = stream.dict.get(b"ColorSpace").and_then(Object::as_name).is_ok_and(|space| space == b"DeviceGray");
        assert!(!image || grey);
    }
}

/// Runs a judge if it is there; without it the test counts as skipped, unless `RECTO_JUDGES=required`.
fn judged(judge: &str, arguments: &[&str]) {
    let required = std::env::var("RECTO_JUDGES").is_ok_and(|value| value == "required");
    let home = std::env::var_os("VERAPDF_HOME").is_some();
    if !required && !home {
        eprintln!("skipped: VERAPDF_HOME is not set");
        return;
    }
    let judge = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges").join(judge);
    let ran = std::process::Command::new(judge).args(arguments).output();
    match ran {
        Ok(ran) => assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout)),
        Err(error) => assert!(!required, "the judge does not run: {error}"),
    }
}

#[test]
fn the_torture_manuscript_passes_pdf_ua_and_pdf_a() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut arguments = vec!["ua1,2a".to_owned()];
    for output in build(&manuscript("tests/cases/torture"), None).0 {
        let path = folder.path().join(&output.file);
        std::fs::write(&path, &output.bytes).expect("it can be written");
        arguments.push(path.to_string_lossy().into_owned());
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    judged("verapdf", &arguments);
}

#[test]
fn a_proof_has_its_stamp_in_running_heads_and_numbers_beside_its_lines() {
    let metadata = "title: Paper\neditions:\n  proof: {format: pdf, stamp: DRAFT, line_numbers: true}\n";
    let text = format!("# One\n\n{}\n", "A paragraph that goes on for a while and then some more. ".repeat(120));
    let files = Memory::new().with("metadata.yaml", metadata.as_bytes().to_vec()).with("1.md", text.into_bytes());
    let pages = pages_of(&files, "proof");
    let furniture = |page: &recto::page::Page, wanted: recto::page::Edge| -> Vec<String> {
        let marks = page.marks.iter().filter_map(|mark| match (&mark.kind, mark.owner) {
            (MarkKind::Text(run), Owner::Artifact(recto::page::Artifact::Pagination(edge))) if edge == wanted => {
                Some(run.text.to_string())
            }
            _ => None,
        });
        marks.collect()
    };
    let last =
        pages.pages.iter().rev().find(|page| page.kind == recto::page::PageKind::Inside && !page.marks.is_empty());
    let body = pages.pages.iter().filter(|page| !furniture(page, recto::page::Edge::Side).is_empty());
    let body: Vec<&recto::page::Page> = body.collect();
    assert!(last.is_some() && body.len() >= 2);
    assert_eq!(furniture(body[0], recto::page::Edge::Side)[..2], ["5", "10"]);
    let heads: String = pages.pages.iter().flat_map(|page| furniture(page, recto::page::Edge::Head)).collect();
    assert!(heads.contains("DRAFT"), "{heads}");
}
