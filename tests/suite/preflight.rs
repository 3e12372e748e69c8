//! Preflight: what would go wrong at the printer's is said before anything is sent, at the author's own places.

use recto::diagnostic::Diagnostic;
use recto::source::Memory;

use crate::pdf::build;

const TEXT: &str =
    "# One\n\nA paragraph of the text, with what it says.\n\n![A shade](images/shade.png){#fig-a width=100%}\n";

fn shade() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(64, 32, |x, y| image::Rgb([(x * 3) as u8, (y * 7) as u8, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

fn said(edition: &str, more: &[(&str, Vec<u8>)]) -> Vec<Diagnostic> {
    let metadata = format!("title: Paper\neditions:\n  only: {edition}\n");
    let mut files = Memory::new()
        .with("metadata.yaml", metadata.into_bytes())
        .with("1.md", TEXT.as_bytes().to_vec())
        .with("images/shade.png", shade());
    for (name, bytes) in more {
        files = files.with(name, bytes.clone());
    }
    build(&files, None).1.into_iter().collect()
}

fn names(said: &[Diagnostic]) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = said.iter().map(|said| said.lint.name).collect();
    names.dedup();
    names
}

#[test]
fn a_picture_with_too_few_pixels_is_named_where_it_stands() {
    let said = said("{format: pdf, for: office}", &[]);
    let low = said.iter().find(|said| said.lint.name == "low-resolution").expect("it is said");
    assert!(low.span.is_some());
    assert!(low.message.starts_with("images/shade.png has 13 pixels to the inch"), "{}", low.message);
}

#[test]
fn a_printer_refuses_page_counts_and_trims() {
    let said = names(&said("{format: pdf, for: kdp, trim: 3x5in}", &[]));
    assert!(said.contains(&"page-count") && said.contains(&"trim-size"), "{said:?}");
}

#[test]
fn pages_that_need_four_inks_for_their_letters_only_are_counted() {
    let stray = |edition: &str| {
        let said = said(edition, &[("2.md", b"# Two\n\nText on a page without pictures.\n".to_vec())]);
        said.into_iter().find(|said| said.lint.name == "stray-colour")
    };
    let openings = "openings: {chapter: page}";
    // A press edition sets its letters in black, unless the author wants the theme's colours there too.
    assert!(stray(&format!("{{format: pdf, for: offset, trim: 6x9in, {openings}}}")).is_none());
    assert!(stray(&format!("{{format: pdf, for: offset, trim: 6x9in, colour: full, {openings}}}")).is_some());
    assert!(stray(&format!("{{format: pdf, for: offset, trim: 6x9in, colour: grey, {openings}}}")).is_none());
    assert!(stray(&format!("{{format: pdf, for: office, {openings}}}")).is_none());
}

#[test]
fn text_at_the_trim_is_said() {
    let said =
        said("{format: pdf, for: office, margins: {spine: 0.13in, fore_edge: 0.15in, head: 0.6in, foot: 0.6in}}", &[]);
    let near: Vec<&Diagnostic> = said.iter().filter(|said| said.lint.name == "near-trim").collect();
    assert!(!near.is_empty(), "{:?}", names(&said));
    assert!(near.iter().any(|said| said.message.contains("in from the edge")));
}

#[test]
fn a_face_without_a_licence_to_embed_is_said() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/source-serif-4/SourceSerif4SmText-Regular.otf");
    let mut face = std::fs::read(path).expect("it is there");
    let tables = usize::from(u16::from_be_bytes([face[4], face[5]]));
    let os2 = (0..tables).map(|at| 12 + at * 16).find(|at| &face[*at..at + 4] == b"OS/2").expect("OS/2");
    let offset = u32::from_be_bytes(face[os2 + 8..os2 + 12].try_into().expect("four")) as usize;
    // fsType, bit 1: restricted.
    face[offset + 8..offset + 10].copy_from_slice(&[0, 2]);
    let said = names(&said("{format: pdf, for: office}", &[("fonts/Restricted.otf", face)]));
    assert!(said.contains(&"no-embedding"), "{said:?}");
}

#[test]
fn ink_above_what_the_paper_takes_is_measured() {
    let dark = image::RgbImage::from_fn(900, 300, |x, y| image::Rgb([(x % 40) as u8, (y % 24) as u8, 6]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    dark.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    let said = said("{format: pdf, for: ingram, trim: 6x9in}", &[("images/shade.png", bytes.into_inner())]);
    let ink = said.iter().find(|said| said.lint.name == "total-ink").expect("it is said");
    assert!(ink.span.is_some() && ink.message.contains("% of ink"), "{}", ink.message);
}
