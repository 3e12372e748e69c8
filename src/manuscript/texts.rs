//! Texts of the manuscript: read once, as UTF-8, with one kind of line end.

use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::{Base, FilePath, Files, ReadError, SourceId, Sources, Span};
use crate::yaml;

/// The text of a file, or a report.
pub(crate) fn read_text(
    files: &dyn Files,
    path: &FilePath,
    sources: &mut Sources,
    named_at: Option<Span>,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    let shown = path.to_string();
    if let Some(known) = sources.find(&shown) {
        return Some(known);
    }
    match files.read_at(path) {
        Ok(bytes) => text_of(&shown, path.base.clone(), bytes, sources, diagnostics),
        Err(error) => {
            diagnostics.report(refused(path, &error, files).at(named_at));
            None
        }
    }
}

/// What is said of a file that cannot be read.
pub(super) fn refused(path: &FilePath, error: &ReadError, files: &dyn Files) -> Diagnostic {
    let lint = match error {
        ReadError::Outside | ReadError::Sealed | ReadError::Strange => &lints::OUTSIDE_FOLDER,
        ReadError::Missing => &lints::MISSING_FILE,
        ReadError::NotAFile | ReadError::Failed(_) => &lints::UNREADABLE_FILE,
    };
    let (message, mut hint) = path.refused(error);
    if *error == ReadError::Missing {
        let list = files.list();
        if let Some(near) = yaml::nearest(&path.path, list.iter().map(String::as_str)) {
            hint = format!("did you mean \"{near}\"?");
        }
    }
    Diagnostic::new(lint, message).hint(hint)
}

/// Keeps what was read as a text, its line ends made alike; what is no UTF-8 is reported.
pub(super) fn text_of(
    path: &str,
    base: Base,
    bytes: Vec<u8>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    match String::from_utf8(bytes) {
        Ok(text) => {
            let (text, controls) = without_controls(alike(&text));
            let id = sources.add_of(path, base, text);
            if let Some((at, letter)) = controls.first() {
                let message = match controls.len() {
                    1 => format!("an invisible control character (U+{:04X}) is left out here", u32::from(*letter)),
                    count => {
                        let more = format!("and {} more of its kind", count - 1);
                        format!("an invisible control character (U+{:04X}) {more} are left out", u32::from(*letter))
                    }
                };
                let next = sources.file(id).text[*at..].chars().next().map_or(0, char::len_utf8);
                diagnostics.report(
                    Diagnostic::new(&lints::EPUB_CONTROL, message)
                        .at(Span::new(id, *at, at + next))
                        .hint("look whether the words around it are whole, and save the file again"),
                );
            }
            Some(id)
        }
        Err(error) if [[0xff, 0xfe], [0xfe, 0xff]].iter().any(|mark| error.as_bytes().starts_with(mark)) => {
            let id = sources.add_of(path, base, String::new());
            diagnostics.report(
                Diagnostic::new(&lints::NOT_UTF8, "this file is saved as UTF-16")
                    .at(Span::new(id, 0, 0))
                    .hint("save it as UTF-8 in your editor (\"Unicode\" means UTF-16 in some)"),
            );
            None
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let id = sources.add_of(path, base, text);
            diagnostics.report(
                Diagnostic::new(&lints::NOT_UTF8, "this byte is no UTF-8")
                    .at(Span::new(id, at, at + '\u{fffd}'.len_utf8()))
                    .hint("save the file as UTF-8 in your editor"),
            );
            None
        }
    }
}

/// The same for a list of works, which may be older than UTF-8: what is none is read as Windows-1252, of which Latin-1 is
/// a part, and said at the first letter that differs.
pub(super) fn read_old_text(
    files: &dyn Files,
    path: &FilePath,
    sources: &mut Sources,
    named_at: Option<Span>,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    let shown = path.to_string();
    let bytes = match files.read_at(path) {
        Ok(bytes) if sources.find(&shown).is_none() => bytes,
        _ => return read_text(files, path, sources, named_at, diagnostics),
    };
    let Err(error) = std::str::from_utf8(&bytes) else {
        return text_of(&shown, path.base.clone(), bytes, sources, diagnostics);
    };
    let text: String = bytes.iter().map(|byte| windows_1252(*byte)).collect();
    let before = alike(&String::from_utf8_lossy(&bytes[..error.valid_up_to()])).len();
    let id = sources.add_of(&shown, path.base.clone(), alike(&text));
    let letter = sources.file(id).text[before..].chars().next().map_or(0, char::len_utf8);
    diagnostics.report(
        Diagnostic::new(&lints::DOUBTFUL_WORK, "this letter is no UTF-8: the file is read as Windows-1252 (Latin-1)")
            .at(Span::new(id, before, before + letter))
            .hint("look whether its accents are right, and save the file as UTF-8 in your editor"),
    );
    Some(id)
}

/// A letter of Windows-1252; the five bytes that it leaves open are those of Latin-1.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// A text without the control characters that no page shows, and where they stood; what moves to another line or page ends
/// the line.
fn without_controls(text: String) -> (String, Vec<(usize, char)>) {
    let bad = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(bad) {
        return (text, Vec::new());
    }
    let mut kept = String::with_capacity(text.len());
    let mut found = Vec::new();
    for letter in text.chars() {
        match letter {
            '\u{b}' | '\u{c}' | '\u{85}' => kept.push('\n'),
            letter if bad(letter) => found.push((kept.len(), letter)),
            letter => kept.push(letter),
        }
    }
    (kept, found)
}

/// A text without the mark that some editors put before it, its line ends made alike.
pub(super) fn alike(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_left_out_at_their_places() {
        assert_eq!(without_controls("a\tb\nc".to_owned()), ("a\tb\nc".to_owned(), Vec::new()));
        assert_eq!(without_controls("a\0b\u{b}c\u{7}".to_owned()), ("ab\nc".to_owned(), vec![(1, '\0'), (4, '\u{7}')]));
    }
}
