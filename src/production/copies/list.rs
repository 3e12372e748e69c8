//! A list of who gets a copy, as a spreadsheet writes it: commas, semicolons or tabs, quotes, with or without a mark of
//! its encoding.

use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints, nearest};
use crate::source::{SourceId, Sources, Span, limits};

/// Who gets a copy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Recipient {
    /// The number of the copy.
    pub number: u32,
    /// Who gets it; empty for a copy that is only numbered.
    pub name: String,
    /// What the list says besides.
    pub note: String,
    /// Where the name stands in the list.
    pub span: Option<Span>,
}

/// The columns by the words that head them, as the languages of a book's words have them.
const COLUMNS: [(Column, &[&str]); 3] = [
    (Column::Number, &["number", "no", "no.", "nr", "nr.", "nummer", "numéro", "número", "numer"]),
    (Column::Name, &["name", "nom", "nombre", "nazwisko"]),
    (Column::Note, &["note", "notiz", "nota", "uwaga"]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Name,
    Note,
}

/// A field and where it stands.
struct Field {
    text: String,
    span: Span,
}

/// Reads a list; every row that is wrong is said at its line.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Recipient>, Reported> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let said = Diagnostic::new(&lints::COPIES, format!("{name} is a spreadsheet's own file, and no list"));
        return Err(diagnostics.fail(said.hint("save it as CSV there, and name that file")));
    }
    let text = decoded(bytes);
    let id = sources.add(name, text.clone());
    let mark = diagnostics.len();
    let mut rows =
        rows(&text, id, diagnostics).into_iter().filter(|row| row.iter().any(|field| !field.text.is_empty()));
    let Some(head) = rows.next() else {
        let said = Diagnostic::new(&lints::COPIES, "the list is empty").at(Span::new(id, 0, 0));
        return Err(diagnostics.fail(said.hint(HEAD)));
    };
    let columns = columns(&head, diagnostics);
    if !columns.contains(&Some(Column::Number)) {
        // Every row would be said to lack its number.
        return diagnostics.unless_errors_since(mark, Vec::new());
    }
    let mut found: Vec<Recipient> = Vec::new();
    for row in rows {
        let whole = Span::new(id, row[0].span.start as usize, row[row.len() - 1].span.end as usize);
        if found.len() >= limits::COPIES {
            let said =
                Diagnostic::new(&lints::COPIES, format!("a list of more than {} copies", limits::COPIES)).at(whole);
            diagnostics.report(said.hint("make them in several runs"));
            break;
        }
        if let Some(recipient) = recipient(&row, &columns, whole, &found, diagnostics) {
            found.push(recipient);
        }
    }
    if found.is_empty() && diagnostics.len() == mark {
        let said = Diagnostic::new(&lints::COPIES, "the list has a head and no row").at(head[0].span);
        diagnostics.report(said.hint("write a row for each copy: 1,Ann Lee"));
    }
    diagnostics.unless_errors_since(mark, found)
}

/// What parts the fields of a row.
const MARKS: [char; 3] = [';', '\t', ','];

/// How a list begins.
const HEAD: &str = "a list begins with the line `number,name` (and `,note` if you like), and has a row for each copy";

/// Which column is which. A line without any of their names is no head, and that is said once.
fn columns(head: &[Field], diagnostics: &mut Diagnostics) -> Vec<Option<Column>> {
    let known = |field: &Field| {
        let word = field.text.to_lowercase();
        COLUMNS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(column, _)| *column)
    };
    let columns: Vec<Option<Column>> = head.iter().map(known).collect();
    let near = |field: &Field| nearest(&field.text.to_lowercase(), ["number", "name", "note"]);
    let whole = head[0].span.to(head[head.len() - 1].span);
    if columns.iter().all(Option::is_none) && !head.iter().any(|field| near(field).is_some()) {
        let said = Diagnostic::new(&lints::COPIES, "the first line of the list does not name its columns").at(whole);
        diagnostics.report(said.hint(HEAD));
        return columns;
    }
    for (at, (field, column)) in head.iter().zip(&columns).enumerate() {
        let said = match column {
            Some(column) if columns[..at].contains(&Some(*column)) => {
                let message = format!("a second column is called \"{}\"", field.text);
                Diagnostic::new(&lints::COPIES, message).hint("leave one of them out")
            }
            None if !field.text.is_empty() => {
                let message = format!("a list has no column \"{}\"", field.text);
                Diagnostic::new(&lints::COPIES, message).hint(match near(field) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => HEAD.to_owned(),
                })
            }
            _ => continue,
        };
        diagnostics.report(said.at(field.span));
    }
    let is_near = |field: &Field| near(field) == Some("number");
    if !columns.contains(&Some(Column::Number)) && !head.iter().any(is_near) {
        let said = Diagnostic::new(&lints::COPIES, "the list does not say which column has the numbers").at(whole);
        diagnostics.report(said.hint(HEAD));
    }
    columns
}

fn recipient(
    row: &[Field],
    columns: &[Option<Column>],
    whole: Span,
    before: &[Recipient],
    diagnostics: &mut Diagnostics,
) -> Option<Recipient> {
    let extra = row.get(columns.len()..).unwrap_or_default().iter().find(|field| !field.text.is_empty());
    if let Some(extra) = extra {
        let message = format!("this row has {} fields, and the head names {}", row.len(), columns.len());
        let said = Diagnostic::new(&lints::COPIES, message).at(extra.span);
        diagnostics.report(said.hint("a name with a comma stands in quotes: 7,\"Lee, Ann\""));
        return None;
    }
    let field = |column: Column| {
        let at = columns.iter().position(|known| *known == Some(column))?;
        row.get(at).filter(|field| !field.text.is_empty())
    };
    let Some(number) = field(Column::Number) else {
        let said = Diagnostic::new(&lints::COPIES, "this copy has no number").at(whole);
        diagnostics.report(said.hint("number them 1, 2, 3 …"));
        return None;
    };
    let Some(value) = number.text.parse::<u32>().ok().filter(|value| (1..=999_999).contains(value)) else {
        let said = Diagnostic::new(&lints::COPIES, format!("\"{}\" is no number of a copy", number.text));
        diagnostics.report(said.at(number.span).hint("write a whole number from 1"));
        return None;
    };
    if before.iter().any(|other| other.number == value) {
        let said = Diagnostic::new(&lints::COPIES, format!("two copies have the number {value}")).at(number.span);
        diagnostics.report(said.hint("give each its own, so that it can be told from the others"));
        return None;
    }
    let text = |column: Column| field(column).map(|field| field.text.clone()).unwrap_or_default();
    let span = field(Column::Name).map(|field| field.span);
    Some(Recipient { number: value, name: text(Column::Name), note: text(Column::Note), span })
}

/// The rows, each with its fields. What parts the fields is what parts the head. A quotation mark quotes where it begins a
/// field, and no list is read on behind one that nothing closes: it would take all rows that follow into one name.
fn rows(text: &str, id: SourceId, diagnostics: &mut Diagnostics) -> Vec<Vec<Field>> {
    // A line of its own may say what parts the fields, for a spreadsheet that would not see it.
    let said = text.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and_then(|_| text[4..].chars().next());
    let said = said.filter(|mark| MARKS.contains(mark));
    let from = said.and_then(|_| text.find(['\n', '\r'])).unwrap_or(0);
    let head = text[from..].lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let parts = |mark: char| head.matches(mark).count();
    let mark = said.or_else(|| MARKS.into_iter().max_by_key(|mark| parts(*mark))).unwrap_or(',');
    let mut rows = Vec::new();
    let mut row: Vec<Field> = Vec::new();
    let (mut start, mut quoted, mut at) = (from, false, from);
    // Where the quotation mark stands that begins the field.
    let mut own = None;
    let bytes = text.as_bytes();
    while at <= bytes.len() {
        let ends_row = at == bytes.len() || (!quoted && matches!(bytes[at], b'\n' | b'\r'));
        let ends_field = ends_row || (!quoted && bytes[at] == mark as u8);
        match (bytes.get(at), own) {
            (Some(b'"'), None) if text[start..at].trim().is_empty() => (own, quoted) = (Some(at), true),
            // One that is said twice closes and opens again.
            (Some(b'"'), Some(_)) => quoted = !quoted,
            (None, Some(open)) if quoted => {
                let said = Diagnostic::new(&lints::COPIES, "the quotation mark that begins this field is not closed");
                let end = text[open..].find(['\n', '\r']).map_or(text.len(), |end| open + end);
                diagnostics.report(
                    said.at(Span::new(id, open, end))
                        .hint("close it: 7,\"Lee, Ann\"; a mark of the name is written twice"),
                );
            }
            _ => {}
        }
        if ends_field {
            row.push(field(&text[start..at], start, id));
            (start, own) = (at + 1, None);
        }
        if ends_row {
            rows.push(std::mem::take(&mut row));
            if bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n') {
                at += 1;
                start = at + 1;
            }
        }
        at += 1;
    }
    rows
}

/// A field without its quotes and the spaces around it; lines in it become one.
fn field(raw: &str, start: usize, id: SourceId) -> Field {
    let trimmed = raw.trim();
    let offset = start + (raw.len() - raw.trim_start().len());
    let inside = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let text = inside.map_or_else(|| trimmed.to_owned(), |inside| inside.replace("\"\"", "\""));
    let text = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    Field { text, span: Span::new(id, offset, offset + trimmed.len()) }
}

/// The letters of a list: UTF-8 or UTF-16 by their marks, else UTF-8 if it is that, else Windows-1252, in which old
/// spreadsheets write.
fn decoded(bytes: &[u8]) -> String {
    let units = |pairs: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = pairs.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    }
}

/// A letter of Windows-1252 (the table of the WHATWG Encoding Standard).
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(bytes: &[u8]) -> Result<Vec<(u32, String, String)>, Vec<String>> {
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        match read("list.csv", bytes, &mut sources, &mut diagnostics) {
            Ok(found) => Ok(found.into_iter().map(|who| (who.number, who.name, who.note)).collect()),
            Err(_) => Err(diagnostics
                .iter()
                .map(|said| {
                    let at = said.span.map(|span| sources.start(span));
                    format!("{}:{}: {}", at.map_or(0, |at| at.line), at.map_or(0, |at| at.column), said.message)
                })
                .collect()),
        }
    }

    #[test]
    fn lists_are_read_as_spreadsheets_write_them() {
        let expected =
            vec![(1, "Zoë Müller".to_owned(), String::new()), (2, "Lee, Ann".to_owned(), "chair".to_owned())];
        let plain = "number,name,note\n1,Zoë Müller,\n2,\"Lee, Ann\",chair\n";
        let semicolons = "\u{feff}Number;Name;Note\r\n1;Zoë Müller;\r\n2;Lee, Ann;chair\r\n";
        let tabs = "nr\tname\tnote\r1\tZoë Müller\r2\tLee, Ann\tchair";
        let told = "sep=,\r\nnumber,name,note\r\n1,Zoë Müller,\r\n2,\"Lee, Ann\",chair\r\n,,\r\n";
        for text in [plain, semicolons, tabs, told] {
            assert_eq!(list(text.as_bytes()), Ok(expected.clone()), "{text}");
        }
        let old: Vec<u8> = plain.chars().map(|letter| letter as u32 as u8).collect();
        assert_eq!(list(&old), Ok(expected.clone()), "Windows-1252");
        let wide: Vec<u8> = [0xFEFF].into_iter().chain(tabs.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(list(&wide), Ok(expected), "UTF-16");
    }

    #[test]
    fn every_wrong_row_is_named_by_its_line() {
        let text = "number,nmae\n1,Ann\nx,Bob\n1,Cy\n,Di\n5,Ed,chair\n";
        assert_eq!(
            list(text.as_bytes()),
            Err(vec![
                "1:8: a list has no column \"nmae\"".to_owned(),
                "3:1: \"x\" is no number of a copy".to_owned(),
                "4:1: two copies have the number 1".to_owned(),
                "5:1: this copy has no number".to_owned(),
                "6:6: this row has 3 fields, and the head names 2".to_owned(),
            ])
        );
        assert!(list(b"").is_err() && list(b"number,name\n").is_err() && list(b"who\nAnn\n").is_err());
    }

    #[test]
    fn a_list_without_its_head_is_one_fault_and_so_is_a_column_named_twice() {
        for headless in ["1,Ann\n2,Bob\n3,Cy\n", "1|Ann\n2|Bob\n"] {
            let said = list(headless.as_bytes());
            assert_eq!(said, Err(vec!["1:1: the first line of the list does not name its columns".to_owned()]));
        }
        let twice = list(b"number,name,number\n1,Ann,2\n");
        assert_eq!(twice, Err(vec!["1:13: a second column is called \"number\"".to_owned()]));
        let nearly = list(b"numbr,name\n1,Ann\n2,Bob\n");
        assert_eq!(nearly, Err(vec!["1:1: a list has no column \"numbr\"".to_owned()]));
        assert_eq!(list(b"PK\x03\x04\x14").map_err(|said| said.len()), Err(1));
    }

    #[test]
    fn a_quoted_name_may_run_over_lines_and_hold_quotes() {
        let found = list("number,name\n1,\"Ann \"\"Bee\"\"\nLee\"\n".as_bytes());
        assert_eq!(found, Ok(vec![(1, "Ann \"Bee\" Lee".to_owned(), String::new())]));
        let bare = list("number,name\n1,Ann \"Bee\" Lee\n2,a 7\" man\n3,Cy\n".as_bytes()).expect("a list");
        assert_eq!(bare.len(), 3, "{bare:?}");
        let open = list("number,name\n1,\"Ann\n2,Bob\n3,Cy\n".as_bytes());
        assert_eq!(open, Err(vec!["2:3: the quotation mark that begins this field is not closed".to_owned()]));
    }
}
