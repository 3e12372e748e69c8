//! Where a reader of the PDF finds each glyph is where layout put it.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use recto::page::{MarkKind, Page};

use crate::pdf::{edition, manuscript, pages_of};

/// What a reader keeps while it reads text.
#[derive(Clone, Default)]
struct State {
    font: Vec<u8>,
    size: f64,
    scale: f64,
    spacing: f64,
    rise: f64,
}

/// Widths of a face's glyphs, by number.
type Widths = BTreeMap<u16, f64>;

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    document.dereference(object).expect("it is there").1.as_dict().expect("a dictionary")
}

fn widths(document: &Document, page: &Dictionary) -> BTreeMap<Vec<u8>, Widths> {
    let resources = dictionary(document, page.get(b"Resources").expect("resources"));
    let fonts = dictionary(document, resources.get(b"Font").expect("fonts"));
    let of = |font: &Object| {
        let font = dictionary(document, font);
        let inner = font.get(b"DescendantFonts").and_then(Object::as_array).expect("one");
        let runs = dictionary(document, &inner[0]).get(b"W").and_then(Object::as_array).expect("widths");
        let first = runs[0].as_i64().expect("a number") as u16;
        let all =
            runs[1].as_array().expect("widths").iter().map(|width| f64::from(width.as_float().expect("a number")));
        all.enumerate().map(|(at, width)| (first + at as u16, width)).collect()
    };
    fonts.iter().map(|(name, font)| (name.clone(), of(font))).collect()
}

/// Where a reader paints each glyph of a page: across and up.
fn painted(document: &Document, number: u32) -> Vec<(f64, f64)> {
    let id = document.get_pages()[&number];
    let widths = widths(document, document.get_dictionary(id).expect("a page"));
    let content = Content::decode(&document.get_page_content(id)).expect("content");
    let mut state = State { scale: 1.0, ..State::default() };
    let (mut kept, mut line, mut pen) = (Vec::new(), (0.0, 0.0), 0.0);
    let mut places = Vec::new();
    for operation in &content.operations {
        let number = |at: usize| f64::from(operation.operands[at].as_float().expect("a number"));
        let mut show = |string: &[u8], pen: &mut f64, state: &State| {
            for glyph in string.chunks_exact(2) {
                places.push((line.0 + *pen, line.1 + state.rise));
                let width = widths[&state.font][&u16::from_be_bytes([glyph[0], glyph[1]])];
                *pen += (width / 1000.0 * state.size + state.spacing) * state.scale;
            }
        };
        match operation.operator.as_str() {
            "q" => kept.push(state.clone()),
            "Q" => state = kept.pop().expect("it was kept"),
            "BT" => (line, pen) = ((0.0, 0.0), 0.0),
            "Td" => (line, pen) = ((line.0 + number(0), line.1 + number(1)), 0.0),
            "Tf" => {
                state.font = operation.operands[0].as_name().expect("a name").to_vec();
                state.size = number(1);
            }
            "Tz" => state.scale = number(0) / 100.0,
            "Tc" => state.spacing = number(0),
            "Ts" => state.rise = number(0),
            "Tj" => show(operation.operands[0].as_str().expect("a string"), &mut pen, &state),
            "TJ" => {
                for item in operation.operands[0].as_array().expect("an array") {
                    match item {
                        Object::String(string, _) => show(string, &mut pen, &state),
                        other => {
                            let by = f64::from(other.as_float().expect("a number"));
                            pen -= by / 1000.0 * state.size * state.scale;
                        }
                    }
                }
            }
            _ => {}
        }
    }
    places
}

/// Where layout put each glyph, and how far off nobody sees.
fn meant(page: &Page) -> Vec<(f64, f64, f64)> {
    let mut places = Vec::new();
    for mark in &page.marks {
        assert!(mark.transform.is_none(), "no matter is turned here");
        let MarkKind::Text(run) = &mark.kind else { continue };
        let mut x = run.origin.x;
        for glyph in &run.glyphs {
            let at = x + glyph.shift().x;
            let y = page.size.height - run.origin.y - glyph.shift().y;
            places.push((at.to_pt(), y.to_pt(), run.size.to_pt() * 0.0036 + 0.003));
            x += glyph.advance();
        }
    }
    places
}

#[test]
fn every_glyph_is_painted_where_layout_put_it() {
    let files = manuscript("tests/cases/torture");
    let pages = pages_of(&files, "print").pages;
    let document = Document::load_mem(&edition(&files, "print")).expect("a PDF");
    let mut count = 0;
    for (at, page) in pages.iter().enumerate() {
        let (painted, meant) = (painted(&document, at as u32 + 1), meant(page));
        assert_eq!(painted.len(), meant.len(), "glyphs of page {}", at + 1);
        for (glyph, (painted, meant)) in painted.iter().zip(&meant).enumerate() {
            let (across, up) = ((painted.0 - meant.0).abs(), (painted.1 - meant.1).abs());
            assert!(across <= meant.2 && up <= 0.002, "glyph {glyph} of page {}: {painted:?}, meant {meant:?}", at + 1);
        }
        count += meant.len();
    }
    assert!(count > 5_000, "{count} glyphs");
}

/// Where a hyphen began a text object of its own, pypdf put a space before it, and the word was lost.
#[test]
fn a_hyphen_at_a_lines_end_stays_in_the_text_object_of_its_word() {
    let document = Document::load_mem(&edition(&manuscript("tests/cases/torture"), "print")).expect("a PDF");
    let (mut inside, mut said) = (false, 0);
    for id in document.get_pages().values() {
        for operation in Content::decode(&document.get_page_content(*id)).expect("content").operations {
            match operation.operator.as_str() {
                "BT" => inside = true,
                "ET" => inside = false,
                "BDC" if operation.operands[1].as_dict().is_ok_and(|said| said.has(b"ActualText")) => {
                    assert!(inside, "what says its letters stands in its text: {operation:?}");
                    said += 1;
                }
                _ => {}
            }
        }
    }
    assert!(said > 0, "no hyphen");
}
