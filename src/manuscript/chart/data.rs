//! The data of a chart: rows in YAML, or a table of commas, semicolons or tabs, each value with its place.

use super::say;
use crate::diagnostic::Diagnostics;
use crate::manuscript::texts::read_text;
use crate::source::{Files, Sources, Span};
use crate::yaml::{Kind, Node, Written};

/// A table of values: rows as long as the head.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The names of the columns.
    pub head: Vec<Written>,
    /// The values below them.
    pub rows: Vec<Vec<Written>>,
    /// Whether semicolons part them: who writes so writes decimals behind a comma.
    pub semicolons: bool,
}

impl Grid {
    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|head| head.text == name)
    }
}

/// What is at hand where data are read.
pub(super) struct Desk<'a> {
    pub files: &'a dyn Files,
    pub sources: &'a mut Sources,
    pub diagnostics: &'a mut Diagnostics,
}

/// The data that a value stands for; `None` when they cannot be read, which is reported.
pub(super) fn read(node: &Node, desk: &mut Desk<'_>) -> Option<Grid> {
    let grid = match &node.kind {
        Kind::List(rows) => of_rows(node, rows, desk)?,
        Kind::Map(_) => of_pairs(node, desk)?,
        Kind::Text(text) if text.contains('\n') => of_lines(text, node.span, desk)?,
        Kind::Text(text) => of_file(text.trim(), node.span, desk)?,
        Kind::Null | Kind::Bool(_) => {
            say(desk.diagnostics, "these are no data", node.span, ROWS);
            return None;
        }
    };
    if grid.head.len() < 2 || grid.rows.is_empty() {
        say(
            desk.diagnostics,
            "a chart needs a column of names, one of numbers, and a row below their heads",
            node.span,
            ROWS,
        );
        return None;
    }
    for (at, head) in grid.head.iter().enumerate() {
        if grid.head[..at].iter().any(|other| other.text == head.text) {
            say(
                desk.diagnostics,
                format!("two columns are called \"{}\"", head.text),
                head.span,
                "give each a name of its own",
            );
            return None;
        }
    }
    Some(grid)
}

/// How data are written.
const ROWS: &str = "write rows, the heads first: [[year, share], [2019, 96]], or name a file: data.csv";

/// A value as it was written; nothing is an empty one.
fn cell(node: &Node, desk: &mut Desk<'_>) -> Written {
    let text = match &node.kind {
        Kind::Null => String::new(),
        Kind::Bool(truth) => truth.to_string(),
        Kind::Text(text) => text.trim().to_owned(),
        Kind::List(_) | Kind::Map(_) => {
            say(desk.diagnostics, "a value is a number or a name", node.span, "write each row as a list: [2019, 96]");
            String::new()
        }
    };
    Written { text, span: node.span }
}

fn of_rows(node: &Node, rows: &[Node], desk: &mut Desk<'_>) -> Option<Grid> {
    if rows.iter().all(|row| matches!(row.kind, Kind::Map(_))) {
        return Some(of_maps(rows, desk));
    }
    let mut lines = Vec::new();
    for row in rows {
        let Kind::List(values) = &row.kind else {
            say(desk.diagnostics, "each row is a list of values", row.span, ROWS);
            return None;
        };
        lines.push((row.span, values.iter().map(|value| cell(value, desk)).collect::<Vec<_>>()));
    }
    even(lines, node.span, desk)
}

/// Rows of `{year: 2019, share: 96}`; what a row does not say is a gap.
fn of_maps(rows: &[Node], desk: &mut Desk<'_>) -> Grid {
    let mut grid = Grid::default();
    for row in rows {
        let Kind::Map(entries) = &row.kind else { continue };
        for entry in entries {
            if grid.column(&entry.key).is_none() {
                grid.head.push(Written { text: entry.key.clone(), span: entry.key_span });
            }
        }
    }
    for row in rows {
        let Kind::Map(entries) = &row.kind else { continue };
        let value = |head: &Written| match entries.iter().find(|entry| entry.key == head.text) {
            Some(entry) => cell(&entry.value, desk),
            None => Written { text: String::new(), span: row.span },
        };
        let values = grid.head.iter().map(value).collect();
        grid.rows.push(values);
    }
    grid
}

/// `{2019: 96, 2020: 89}`.
fn of_pairs(node: &Node, desk: &mut Desk<'_>) -> Option<Grid> {
    let Kind::Map(entries) = &node.kind else { return None };
    let blank = |text: &str| Written { text: text.to_owned(), span: Span { end: node.span.start, ..node.span } };
    let mut grid = Grid { head: vec![blank(""), blank(" ")], rows: Vec::new(), semicolons: false };
    for entry in entries {
        let name = Written { text: entry.key.clone(), span: entry.key_span };
        grid.rows.push(vec![name, cell(&entry.value, desk)]);
    }
    Some(grid)
}

/// A table in a block of lines: each line stands in the source as it is, but for its indent.
fn of_lines(text: &str, span: Span, desk: &mut Desk<'_>) -> Option<Grid> {
    let source = desk.sources.file(span.source).text.clone();
    let mut from = (span.start as usize).min(source.len());
    let place = |line: &str, from: &mut usize| -> usize {
        let found = source.get(*from..).and_then(|rest| rest.find(line)).map(|at| *from + at);
        *from = found.map_or(*from, |at| at + line.len());
        found.unwrap_or(span.start as usize)
    };
    let mut records = Vec::new();
    let separator = separator(text);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let at = place(line.trim(), &mut from);
        let line = line.trim();
        let values = fields(line, separator);
        unclosed(line, &values, |open| Span::new(span.source, at + open, at + line.len()), desk)?;
        let values = values
            .into_iter()
            .map(|(value, start, end)| Written { text: value, span: Span::new(span.source, at + start, at + end) });
        records.push((Span::new(span.source, at, at + line.len()), values.collect()));
    }
    even(records, span, desk).map(|grid| Grid { semicolons: separator == ';', ..grid })
}

fn of_file(path: &str, span: Span, desk: &mut Desk<'_>) -> Option<Grid> {
    let lower = path.to_lowercase();
    if ![".csv", ".tsv", ".txt"].iter().any(|ending| lower.ends_with(ending)) {
        let message = format!("\"{path}\" is no file of data");
        say(desk.diagnostics, message, span, "save the table as CSV, with commas, semicolons or tabs, and name that");
        return None;
    }
    let path = desk.sources.path_at(path, span);
    let id = read_text(desk.files, &path, desk.sources, Some(span), desk.diagnostics)?;
    let text = desk.sources.file(id).text.clone();
    let separator = separator(&text);
    let records = records(&text, separator);
    if let Some((.., values)) = records.last() {
        let end = |open: usize| text[open..].find('\n').map_or(text.len(), |end| open + end);
        unclosed(&text, values, |open| Span::new(id, open, end(open)), desk)?;
    }
    let records = records.into_iter().map(|(start, end, values)| {
        let values =
            values.into_iter().map(|(value, start, end)| Written { text: value, span: Span::new(id, start, end) });
        (Span::new(id, start, end), values.collect())
    });
    let whole = Span::new(id, 0, text.find('\n').unwrap_or(text.len()));
    even(records.collect(), whole, desk).map(|grid| Grid { semicolons: separator == ';', ..grid })
}

/// Reports a quotation mark that nothing closes, which takes all that follows it into one value; only the last can.
fn unclosed(
    text: &str,
    values: &[(String, usize, usize)],
    place: impl Fn(usize) -> Span,
    desk: &mut Desk<'_>,
) -> Option<()> {
    let Some((_, start, end)) = values.last() else { return Some(()) };
    let raw = &text[*start..*end];
    let opened = raw.trim_start().strip_prefix('"');
    // Marks that close, or are said twice, come in pairs.
    if opened.is_none_or(|rest| rest.matches('"').count() % 2 == 1) {
        return Some(());
    }
    let open = start + raw.find('"').unwrap_or_default();
    say(
        desk.diagnostics,
        "the quotation mark that begins this value is not closed",
        place(open),
        "close it, or leave it out",
    );
    None
}

/// Rows as long as the first, which has the heads; one that is not is reported.
fn even(rows: Vec<(Span, Vec<Written>)>, whole: Span, desk: &mut Desk<'_>) -> Option<Grid> {
    let mut rows = rows.into_iter();
    let Some((_, head)) = rows.next() else {
        say(desk.diagnostics, "these data are empty", whole, ROWS);
        return None;
    };
    let mut grid = Grid { head, ..Grid::default() };
    let mut sound = true;
    for (span, row) in rows {
        if row.len() != grid.head.len() {
            let (has, head) = (counted(row.len(), "value"), counted(grid.head.len(), "column"));
            let message = format!("this row has {has}, and the data have {head}");
            say(desk.diagnostics, message, span, "write a gap as \"–\", and put a value that holds a comma in quotes");
            sound = false;
        }
        grid.rows.push(row);
    }
    sound.then_some(grid)
}

fn counted(count: usize, of: &str) -> String {
    if count == 1 { format!("1 {of}") } else { format!("{count} {of}s") }
}

/// What parts the values: the sign that stands most often in the first line.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    [',', '\t', ';'].into_iter().max_by_key(|sign| first.matches(*sign).count()).unwrap_or(',')
}

/// The values of a line with the bytes that they take, quotes included.
fn fields(line: &str, separator: char) -> Vec<(String, usize, usize)> {
    records(line, separator).into_iter().next().map(|(_, _, values)| values).unwrap_or_default()
}

/// A line of values: where it begins and ends, and each value with its bytes.
type Record = (usize, usize, Vec<(String, usize, usize)>);

/// The lines of a table (RFC 4180): values in quotes may hold the separator, line ends, and quotes said twice.
fn records(text: &str, separator: char) -> Vec<Record> {
    let mut found: Vec<Record> = Vec::new();
    let mut values: Vec<(String, usize, usize)> = Vec::new();
    let (mut begin, mut start, mut value) = (0, 0, String::new());
    let mut quoted = false;
    let mut letters = text.char_indices().peekable();
    let mut close = |begin: usize, end: usize, values: &mut Vec<(String, usize, usize)>| {
        let values = std::mem::take(values);
        if values.iter().any(|(value, ..)| !value.is_empty()) {
            found.push((begin, end, values));
        }
    };
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quoted && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                value.push('"');
                letters.next();
            }
            '"' if quoted => quoted = false,
            '"' if value.trim().is_empty() => {
                value.clear();
                quoted = true;
            }
            letter if letter == separator && !quoted => {
                values.push((std::mem::take(&mut value).trim().to_owned(), start, at));
                start = at + letter.len_utf8();
            }
            '\n' if !quoted => {
                values.push((std::mem::take(&mut value).trim().to_owned(), start, at));
                close(begin, at, &mut values);
                (begin, start) = (at + 1, at + 1);
            }
            letter => value.push(letter),
        }
    }
    if begin < text.len() {
        values.push((value.trim().to_owned(), start, text.len()));
        close(begin, text.len(), &mut values);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_stand_in_quotes_and_each_knows_its_bytes() {
        let text = "name,n\n\"Salt, and \"\"sea\"\"\",3\n\nx,\n";
        let found = records(text, ',');
        let values: Vec<Vec<&str>> =
            found.iter().map(|(.., row)| row.iter().map(|(value, ..)| value.as_str()).collect()).collect();
        assert_eq!(values, [vec!["name", "n"], vec!["Salt, and \"sea\"", "3"], vec!["x", ""]]);
        let (_, start, end) = &found[1].2[1];
        assert_eq!(&text[*start..*end], "3");
        assert_eq!((separator("a;b;c\n1,5;2"), separator("a\tb"), separator("a")), (';', '\t', ';'));
    }
}
