//! Numbered copies: a file each that keeps its tags, or one for the print run; a register; the list as it comes.

use lopdf::content::Content;
use lopdf::{Document, Object};

use crate::support::{Desk, Ran, names};

const LIST: &str = "\u{feff}Number;Name;Note\r\n1;Zoë Müller;chair\r\n2;Lee, Ann;\r\n11;Bob;\r\n";

fn desk() -> Desk {
    let desk = Desk::with(&[
        (
            "metadata.yaml",
            "title: The Price of Water\nlanguage: en-CA\neditions:\n  print: {format: pdf}\n  folded: {format: pdf, impose: booklet, sheet: letter}\n",
        ),
        (
            "10-introduction.md",
            &format!("# Introduction\n\n{}\n\n[^1]: A note.\n", "Water is cheap until it is not.[^1] ".repeat(150)),
        ),
    ]);
    std::fs::write(desk.path("names.csv"), LIST).expect("a list");
    desk
}

fn copies(desk: &Desk, more: &[&str]) -> Ran {
    let mut arguments = vec!["copies", "names.csv", "paper"];
    arguments.extend(more);
    desk.run(&arguments)
}

fn packet(document: &Document) -> String {
    let packet = document.catalog().and_then(|catalogue| catalogue.get(b"Metadata"));
    let packet = packet.and_then(|id| document.get_object(id.as_reference()?)).and_then(Object::as_stream);
    String::from_utf8(packet.expect("XMP").content.clone()).expect("UTF-8")
}

fn content(document: &Document, page: usize) -> String {
    let id = document.page_iter().nth(page).expect("a page");
    String::from_utf8_lossy(&document.get_page_content(id)).into_owned()
}

#[test]
fn each_copy_is_a_file_by_its_number_that_keeps_its_tags_and_says_which_it_is() {
    let desk = desk();
    let ran = copies(&desk, &["--edition", "print"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let made = names(&desk.path("out"));
    assert_eq!(
        made,
        [
            "the-price-of-water-copies.csv",
            "the-price-of-water-copy-01.pdf",
            "the-price-of-water-copy-02.pdf",
            "the-price-of-water-copy-11.pdf"
        ],
        "no name of a person is the name of a file"
    );
    let first = desk.read("out/the-price-of-water-copy-01.pdf");
    let second = desk.read("out/the-price-of-water-copy-02.pdf");
    assert!(first != second);
    for (bytes, said) in [(&first, "copy 1 of 11"), (&second, "copy 2 of 11")] {
        let document = Document::load_mem(bytes).expect("a PDF");
        assert!(packet(&document).contains(said), "{}", packet(&document));
        assert!(packet(&document).contains("<pdfuaid:part>1</pdfuaid:part>"), "it is still for all readers");
        for page in 0..document.page_iter().count() {
            assert!(content(&document, page).contains("/Watermark"), "page {page} has its stamp");
        }
    }
    let identifier = |bytes: &[u8]| {
        let document = Document::load_mem(bytes).expect("a PDF");
        let ids = document.trailer.get(b"ID").and_then(Object::as_array).expect("identifiers").clone();
        ids.iter().map(|id| id.as_str().expect("bytes").to_vec()).collect::<Vec<_>>()
    };
    let (one, other) = (identifier(&first), identifier(&second));
    assert!(one[0] == other[0] && one[1] != other[1], "one document, two instances");
    let register = String::from_utf8(desk.read("out/the-price-of-water-copies.csv")).expect("UTF-8");
    assert!(
        register
            .starts_with("\u{feff}number,name,note,file,sha256\r\n1,Zoë Müller,chair,the-price-of-water-copy-01.pdf,")
    );
    assert!(register.contains("\r\n2,\"Lee, Ann\",,the-price-of-water-copy-02.pdf,"), "{register}");
    let again = copies(&desk, &["--edition", "print", "--out", "again"]);
    assert_eq!(again.code, 0, "{}", again.err);
    for name in made {
        assert!(desk.read(&format!("out/{name}")) == desk.read(&format!("again/{name}")), "{name} differs");
    }
}

#[test]
fn a_print_run_has_each_page_once_and_every_copy_begins_on_a_front() {
    let desk = desk();
    let rows: String = (1..=40).map(|number| format!("{number},Reader {number}\n")).collect();
    std::fs::write(desk.path("names.csv"), format!("number,name\n{rows}")).expect("a list");
    let plain = desk.run(&["build", "paper", "--edition", "print"]);
    assert_eq!(plain.code, 0, "{}", plain.err);
    for (edition, stem) in [("print", "the-price-of-water"), ("folded", "the-price-of-water-folded")] {
        let ran = copies(&desk, &["--edition", edition, "--one-file", "--across"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let bytes = desk.read(&format!("out/{stem}-copies.pdf"));
        let document = Document::load_mem(&bytes).expect("a PDF");
        let pages = document.page_iter().count();
        assert!(pages.is_multiple_of(80), "{edition}: {pages} pages are forty copies of whole leaves");
        assert!(document.catalog().expect("a catalogue").get(b"StructTreeRoot").is_err(), "it is for paper only");
        let of_copy = |copy: usize, page: usize| {
            let id = document.page_iter().nth(copy * (pages / 40) + page).expect("a page");
            let page = document.get_dictionary(id).expect("a page");
            page.get(b"Contents").and_then(Object::as_array).expect("three streams").clone()
        };
        let (one, other) = (of_copy(0, 0), of_copy(39, 0));
        assert_eq!(one.len(), 3);
        assert!(
            one[1] == other[1] && one[0] != other[0] && one[2] != other[2],
            "the page is shared, the stamps are not"
        );
    }
    let (one, all) =
        (desk.read("out/the-price-of-water.pdf").len(), desk.read("out/the-price-of-water-copies.pdf").len());
    assert!(all * 10 < one * 16, "a short paper: {one} and {all} bytes");
}

#[test]
fn wrong_rows_are_named_by_their_line_and_nothing_is_written() {
    let desk = desk();
    std::fs::write(desk.path("names.csv"), "number,name\n1,Ann\n1,Bob\nthree,Cy\n").expect("a list");
    let ran = copies(&desk, &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("names.csv:3:1: error: two copies have the number 1"), "{}", ran.err);
    assert!(ran.err.contains("names.csv:4:1: error: \"three\" is no number of a copy"), "{}", ran.err);
    assert!(names(&desk.path("out")).is_empty());
    let ran = desk.run(&["copies", "nobody.csv", "paper"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot read the list nobody.csv"), "{}", ran.err);
}

/// How many times letters stand neither in an element nor in an artifact.
fn unowned(document: &Document, page: usize) -> usize {
    let id = document.page_iter().nth(page).expect("a page");
    let content = Content::decode(&document.get_page_content(id)).expect("content");
    let (mut owned, mut found) = (Vec::new(), 0);
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BDC" | "BMC" => {
                let name = operation.operands.first().and_then(|name| name.as_name().ok());
                let numbered = |properties: &Object| properties.as_dict().is_ok_and(|inner| inner.has(b"MCID"));
                owned.push(name == Some(b"Artifact") || operation.operands.get(1).is_some_and(numbered));
            }
            "EMC" => _ = owned.pop(),
            "Tj" | "TJ" => found += usize::from(!owned.contains(&true)),
            _ => {}
        }
    }
    found
}

#[test]
fn a_name_in_letters_that_the_book_has_not_is_set_with_a_face_that_has_them_or_said_at_its_row() {
    let desk = desk();
    std::fs::write(desk.path("names.csv"), "number,name\n1,Ann \u{E123} Lee\n2,\u{05E0}\u{05D5}\u{05E2}\u{05D4}\n")
        .expect("a list");
    let ran = copies(&desk, &["--edition", "print"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("names.csv:2:3: warning: no face has the") && ran.err.contains("U+E123"), "{}", ran.err);
    // What this machine has for Hebrew is named, or that it has nothing.
    assert!(ran.err.contains("names.csv:3:3: warning: "), "{}", ran.err);
    for copy in ["1", "2"] {
        let document =
            Document::load_mem(&desk.read(&format!("out/the-price-of-water-copy-{copy}.pdf"))).expect("a PDF");
        for page in 0..document.page_iter().count() {
            assert_eq!(unowned(&document, page), 0, "copy {copy}, page {page}: the stamp is an artifact whole");
        }
    }
}

/// The sizes of the letters that are stamped on a page, and the grounds that are filled below them.
fn stamped(document: &Document, page: usize) -> (Vec<f32>, usize) {
    let content = Content::decode(content(document, page).as_bytes()).expect("content");
    let (mut depth, mut size, mut sizes, mut grounds) = (Vec::new(), 0.0, Vec::new(), 0);
    for operation in &content.operations {
        let watermark = || format!("{:?}", operation.operands).contains("Watermark");
        match operation.operator.as_str() {
            "BDC" | "BMC" => depth.push(watermark()),
            "EMC" => drop(depth.pop()),
            "Tf" => size = operation.operands[1].as_float().expect("a size"),
            "TJ" | "Tj" if depth.contains(&true) => sizes.push(size),
            "f" if depth.contains(&true) => grounds += 1,
            _ => {}
        }
    }
    (sizes, grounds)
}

#[test]
fn stamps_stand_on_a_field_and_are_large_in_large_print_and_what_is_too_long_for_them_is_said() {
    let desk = Desk::with(&[
        (
            "metadata.yaml",
            "title: Water\neditions:\n  print: {format: pdf}\n  large: {format: pdf, for: large-print}\n",
        ),
        ("10.md", "# Water\n\nWater.\n"),
    ]);
    let list = format!("number,name\n1,Bob\n2,{}\n", "Her Excellency the Honourable Ann Example ".repeat(5));
    std::fs::write(desk.path("names.csv"), list).expect("a list");
    let ran = copies(&desk, &["--edition", "large"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.err.matches("is cut there").count(), 1, "{}", ran.err);
    assert!(ran.err.contains("names.csv:3:3: warning: the name is longer than the foot of a page"), "{}", ran.err);
    assert!(!ran.err.contains("stands over"), "{}", ran.err);
    for number in 1..=2 {
        let document = Document::load(desk.path(&format!("out/water-large-copy-{number}.pdf"))).expect("a PDF");
        let (sizes, grounds) = stamped(&document, 0);
        assert!(!sizes.is_empty() && sizes.iter().all(|size| *size >= 16.0), "{number}: {sizes:?}");
        assert!(grounds > 0, "a cover may be dark behind it");
    }
    let ran = copies(&desk, &["--edition", "print"]);
    assert!(!ran.err.contains("is cut there"), "two lines of small letters hold it: {}", ran.err);
    let narrow = "title: Water\neditions:\n  print: {format: pdf, margins: {foot: 7mm}}\n";
    std::fs::write(desk.path("paper/metadata.yaml"), narrow).expect("metadata");
    std::fs::write(desk.path("paper/10.md"), format!("# Water\n\n{}\n", "Water is wet. ".repeat(900))).expect("a text");
    let ran = copies(&desk, &["--edition", "print"]);
    assert!(ran.err.contains("warning: the stamp of a copy stands over"), "{}", ran.err);
}

#[test]
fn copies_of_a_booklet_say_how_they_are_printed() {
    let desk = desk();
    let ran = copies(&desk, &["--edition", "folded", "--one-file"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let slip = String::from_utf8(desk.read("out/the-price-of-water-folded-copies-print.txt")).expect("words");
    assert!(slip.contains("PDF: the-price-of-water-folded-copies.pdf\n") && slip.contains("\n3 × "), "{slip}");
    assert!(ran.out.contains("Binding: fold all sheets"), "{}", ran.out);
}
