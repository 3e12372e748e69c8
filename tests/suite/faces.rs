//! Faces of a manuscript's own: found by any of their names, in the house's folder too, cut from files that vary, and
//! what they lack.

use lopdf::{Document, Object};
use recto::diagnostic::Diagnostics;
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

/// Some letters of Inter, in every weight and slant.
const INTER: &[u8] = include_bytes!("../fonts/Inter-few-letters.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/source-serif-4/SourceSerif4-Bold.otf");
const SERIF: &[u8] = include_bytes!("../../fonts/source-serif-4/SourceSerif4-Regular.otf");

fn paper(theme: &str, text: &str) -> Memory {
    Memory::new()
        .with("metadata.yaml", "title: Words\ncover: false\neditions:\n  print: {}\n")
        .with("theme.yaml", theme)
        .with("a.md", text)
}

/// The names of the faces in the PDF, without the tags of their subsets; and what was said, with its hints.
fn made(files: &Memory) -> (Vec<String>, Vec<String>) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let built = production::build(files, &Request::default(), &mut sources, &mut diagnostics, &mut |_| {});
    let said = diagnostics.iter().map(|said| format!("{} ({})", said.message, said.hints.join("; "))).collect();
    let Ok(outputs) = built else { return (Vec::new(), said) };
    let document = Document::load_mem(&outputs[0].bytes).expect("a PDF");
    let mut names: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"FontDescriptor"))
        .filter_map(|dict| dict.get(b"FontName").and_then(Object::as_name).ok())
        .map(|name| String::from_utf8_lossy(name).split('+').next_back().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    names.dedup();
    (names, said)
}

#[test]
fn a_file_that_varies_is_set_in_its_weights_and_slants() {
    let files = paper("fonts: {text: Inter}\n", "# Words\n\nWords in **bold** and in *italics*.\n")
        .with("fonts/Inter.ttf", INTER);
    let (names, said) = made(&files);
    for cut in ["Inter-Regular", "Inter-SemiBold", "Inter-Italic"] {
        assert!(names.iter().any(|name| name == cut), "{cut} is not among {names:?}");
    }
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn one_weight_of_a_file_that_varies_is_found_by_its_name() {
    let files = paper("fonts: {text: Inter Black}\n", "# Words\n\nWords in bold.\n").with("fonts/Inter.ttf", INTER);
    let (names, _) = made(&files);
    assert!(names.iter().any(|name| name == "Inter-Black"), "{names:?}");
    assert!(!names.iter().any(|name| name == "Inter-Regular"), "{names:?}");
}

#[test]
fn faces_beside_the_file_of_a_house_are_found() {
    let files = paper("{}\n", "# Words\n\nWords in bold.\n")
        .with("metadata.yaml", "title: Words\ncover: false\ninherit: ../house.yaml\neditions:\n  print: {}\n")
        .with("../house.yaml", "fonts: {text: Inter}\n")
        .with("../fonts/Inter.ttf", INTER);
    let (names, said) = made(&files);
    assert!(names.iter().any(|name| name == "Inter-Regular"), "{names:?} {said:?}");
}

#[test]
fn a_name_that_nobody_has_is_said_with_the_nearest() {
    let files = paper("fonts: {text: Intr}\n", "# Words\n\nWords.\n").with("fonts/Inter.ttf", INTER);
    let (_, said) = made(&files);
    assert!(said.contains(&"no face is called \"Intr\" (did you mean \"Inter\"?)".to_owned()), "{said:?}");
}

#[test]
fn a_family_without_italic_and_bold_is_said_once() {
    // The bundled regular under another name, as a family that has nothing else.
    let alone = renamed(SERIF);
    let files = paper(
        "fonts: {text: Sourly Serif 4}\n",
        "# Words\n\nWords in **bold** and in *italics*, and in *italics* again.\n",
    )
    .with("fonts/alone.otf", alone);
    let (_, said) = made(&files);
    let cuts: Vec<&String> = said.iter().filter(|said| said.contains("no italic and no bold")).collect();
    assert_eq!(cuts.len(), 1, "{said:?}");
}

/// The face with its family called otherwise, by as many letters.
fn renamed(face: &[u8]) -> Vec<u8> {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let mut face = face.to_vec();
    for (old, new) in
        [(wide("Source Serif"), wide("Sourly Serif")), (b"Source Serif".to_vec(), b"Sourly Serif".to_vec())]
    {
        let mut at = 0;
        while let Some(found) = face[at..].windows(old.len()).position(|window| window == old) {
            at += found;
            face[at..at + old.len()].copy_from_slice(&new);
        }
    }
    face
}

/// A face with one number of a table changed.
fn changed(face: &[u8], table: &[u8; 4], offset: usize, number: u16) -> Vec<u8> {
    let entry = face.windows(4).position(|tag| tag == table).expect("it has the table");
    let start = u32::from_be_bytes(face[entry + 8..entry + 12].try_into().expect("four bytes")) as usize;
    let mut face = face.to_vec();
    face[start + offset..start + offset + 2].copy_from_slice(&number.to_be_bytes());
    face
}

#[test]
fn a_bold_face_that_says_the_weight_of_the_regular_one_is_bold() {
    let bold = changed(&renamed(BOLD), b"OS/2", 4, 400);
    let files = paper("fonts: {text: Sourly Serif 4}\n", "# Words\n\nWords in **bold**.\n")
        .with("fonts/a.otf", bold)
        .with("fonts/b.otf", renamed(SERIF));
    let (names, _) = made(&files);
    assert!(names.iter().any(|name| name == "SourceSerif4-Regular"), "{names:?}");
    assert!(names.iter().any(|name| name == "SourceSerif4-Bold"), "{names:?}");
}

#[test]
fn letters_that_stand_on_each_other_have_room_between_their_lines() {
    let pages = |face: Vec<u8>, theme: &str| {
        let text = "# Words\n\n".to_owned() + &"Some words of a line.\n\n".repeat(60);
        let files = Memory::new()
            .with("metadata.yaml", "title: Ẅords\ncover: false\neditions:\n  print: {}\n")
            .with("theme.yaml", theme)
            .with("a.md", text.as_str())
            .with("fonts/a.otf", face);
        let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
        let built = production::build(&files, &Request::default(), &mut sources, &mut said, &mut |_| {});
        Document::load_mem(&built.expect("it builds")[0].bytes).expect("a PDF").get_pages().len()
    };
    let theme = "fonts: {text: Sourly Serif 4}\n";
    let tall = || changed(&renamed(SERIF), b"hhea", 4, 2_400);
    let usual = pages(renamed(SERIF), theme);
    assert!(pages(tall(), theme) > usual, "its lines stand as near as those of Latin");
    assert_eq!(pages(tall(), "fonts: {text: Sourly Serif 4}\nleading: 14pt\n"), usual, "the author's leading stays");
}

#[test]
fn what_no_face_has_is_said_by_script_with_a_face_that_is_free() {
    let files = paper("{}\n", "# Words\n\nOne word is ᚠᚢᚦ, another ꡀꡁ, a third ᚠ.\n");
    let (_, said) = made(&files);
    let runic: Vec<&String> = said.iter().filter(|said| said.contains("runic characters")).collect();
    assert_eq!(runic.len(), 1, "{said:?}");
    assert!(runic[0].contains("Noto Sans Runic"), "{said:?}");
}

#[test]
fn selectors_and_joiners_are_never_missing() {
    let files = paper("{}\n", "# Words\n\nA heart ❤️, a family 👨‍👩‍👧, a Cafe\u{301}, an A\u{30A}ngström.\n");
    let (_, said) = made(&files);
    assert!(said.iter().any(|said| said.contains("emoji characters")), "{said:?}");
    assert!(!said.iter().any(|said| said.contains("FE0F") || said.contains("200D")), "{said:?}");
}

#[test]
fn a_cut_that_is_not_there_is_said_with_those_that_are_and_a_file_for_the_web_is_none() {
    let alone = renamed(SERIF);
    let files = paper("fonts: {text: Sourly Serif 4 Bold}\n", "# Words\n\nWords.\n").with("Fonts/alone.otf", alone);
    let (_, said) = made(&files);
    assert!(said.iter().any(|said| said.contains("there is Sourly Serif 4 Regular at hand")), "{said:?}");
    let files =
        paper("fonts: {text: Lato}\n", "# Words\n\nWords.\n").with("fonts/Lato-Regular.woff2", b"wOF2".to_vec());
    let (_, said) = made(&files);
    assert!(said.iter().any(|said| said.contains("fonts/Lato-Regular.woff2 is a file for the web")), "{said:?}");
}

#[test]
fn outlines_that_are_nowhere_are_said_and_break_nothing() {
    // Every byte of the outlines' variations is wrong in turn: what cannot be put in is an error, never the end.
    let table = INTER.windows(4).position(|tag| tag == b"gvar").expect("it varies");
    let number = |at: usize| u32::from_be_bytes(INTER[at..at + 4].try_into().expect("four bytes")) as usize;
    let (from, length) = (number(table + 8), number(table + 12));
    for step in 0..12 {
        let mut bytes = INTER.to_vec();
        for at in (from + 40 + step..from + length).step_by(12) {
            bytes[at] = if step % 2 == 0 { 0x7F } else { 0x80 };
        }
        let files = paper("fonts: {text: Inter}\n", "# Words\n\nWords in **bold** and in *italics*.\n")
            .with("fonts/Inter.ttf", bytes);
        let (names, said) = made(&files);
        assert!(!names.is_empty() || !said.is_empty());
    }
}
