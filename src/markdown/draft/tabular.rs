//! Tables as LaTeX writes them: their columns, rows and cells, said as a table of HTML.

use std::ops::Range;

use super::rewrite::Rewrite;
use crate::markdown::tex::{argument, name_at, optional};

/// Most columns that a `*{10}{c}` makes.
const MOST: usize = 200;

/// The rows above the first rule between rows are its head, up to so many.
const HEADS: usize = 3;

/// What ends the heads and feet of a table that goes over pages.
const ENDS: [&str; 4] = ["endfirsthead", "endhead", "endfoot", "endlastfoot"];

/// A table: its rows, and how many of them are its head.
#[derive(Debug, Default)]
pub(super) struct Tabular {
    pub rows: Vec<Vec<Cell>>,
    pub heads: usize,
    pub caption: Option<Range<usize>>,
    pub label: Option<Range<usize>>,
    /// What stands at the head and foot of its further pages, and is left out.
    pub left_out: Vec<Range<usize>>,
}

#[derive(Debug)]
pub(super) struct Cell {
    /// Its lines.
    pub lines: Vec<Range<usize>>,
    pub across: usize,
    pub down: usize,
    align: Option<&'static str>,
}

impl Tabular {
    /// Leaves out the rows below the head.
    fn leave_out(&mut self) {
        let lines =
            self.rows.split_off(self.heads.min(self.rows.len())).into_iter().flatten().flat_map(|cell| cell.lines);
        self.left_out.extend(lines.reduce(|one, other| one.start..other.end));
    }
}

/// Whether an environment is a table's rows.
pub(super) fn is_of_rows(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "tabular" | "tabularx" | "tabulary" | "longtable" | "xltabular" | "longtabu" | "tabu" | "supertabular"
    )
}

/// Reads the rows of an environment; `None` where another stands in a cell.
pub(super) fn read(text: &str, name: &str, options: Range<usize>, end: usize) -> Option<Tabular> {
    let mut at = options.start;
    let braces = 1 + usize::from(matches!(name, "tabularx" | "tabulary" | "tabular*" | "xltabular"));
    let mut columns = "";
    for _ in 0..braces {
        (at, columns) = argument(text, optional(text, at).0).unwrap_or((at, ""));
    }
    let aligns = aligns(columns, 0);
    let mut table = Tabular::default();
    let mut covered: Vec<usize> = Vec::new();
    let mut ruled = None;
    let mut first_head = false;
    for row in split(text, at..end, "\\\\")? {
        let mut from = row.start;
        // Rules and the like before the words of a row.
        loop {
            from = past_blanks(text, from, row.end);
            if !text[from..row.end].starts_with('\\') {
                break;
            }
            let name = name_at(text, from);
            let after = from + 1 + name.len();
            match name {
                "midrule" | "hline" | "Xhline" | "endhead" if !table.rows.is_empty() => {
                    ruled = ruled.or(Some(table.rows.len()));
                    if name == "endhead" && first_head {
                        // The head again, as it stands on the pages after the first.
                        table.leave_out();
                    }
                    if name == "endhead" {
                        table.heads = table.rows.len();
                    }
                }
                "endfirsthead" => {
                    (first_head, table.heads) = (true, table.rows.len());
                }
                "endfoot" | "endlastfoot" => {
                    table.leave_out();
                }
                "label" => table.label = argument(text, after).map(|(end, _)| after + 1..end - 1),
                "caption" => {
                    let star = usize::from(text[after..].starts_with('*'));
                    let open = optional(text, after + star).0;
                    let words = argument(text, open).map(|(end, _)| open + 1..end - 1);
                    // The head of the pages after the first has it again.
                    if table.caption.is_none() {
                        table.caption = words;
                    }
                }
                "toprule" | "bottomrule" | "cmidrule" | "cline" | "midrule" | "hline" | "Xhline" | "endhead"
                | "addlinespace" | "specialrule" | "noalign" | "rowcolor" | "tabularnewline" | "centering"
                | "small" | "footnotesize" | "scriptsize" | "arrayrulecolor" | "pagebreak" | "newpage"
                | "nopagebreak" => {}
                _ => break,
            }
            from = arguments(text, after, row.end);
        }
        let ends = last_comment(text, from..row.end);
        if text[from..ends].trim().is_empty() {
            continue;
        }
        let mut cells = Vec::new();
        let mut column = 0;
        for part in split(text, from..ends, "&")? {
            let cell = cell(text, part, aligns.get(column).copied().flatten())?;
            let across = cell.across;
            let left = covered.get(column).copied().unwrap_or(0);
            if left > 0 && cell.lines.is_empty() {
                covered[column] -= 1;
            } else {
                if cell.down > 1 {
                    covered.resize(covered.len().max(column + across), 0);
                    covered[column..column + across].fill(cell.down - 1);
                }
                cells.push(cell);
            }
            column += across;
        }
        table.rows.push(cells);
    }
    if !first_head && table.heads == 0 {
        table.heads = ruled.filter(|count| *count <= HEADS && *count < table.rows.len()).unwrap_or(0);
    }
    Some(table)
}

/// Writes a table with its caption, each line after `prefix`.
pub(super) fn write(
    copy: &mut Rewrite<'_>,
    table: Tabular,
    place: usize,
    prefix: &str,
    caption: Option<Range<usize>>,
    label: Option<&str>,
) {
    let label = label.map_or(String::new(), |label| format!(" id=\"{label}\""));
    copy.blank_line(place);
    copy.made(&format!("{prefix}<table{label}>\n"), place);
    if let Some(caption) = caption {
        copy.made(&format!("{prefix}<caption>"), caption.start);
        on_one_line(copy, caption.clone());
        copy.made("</caption>\n", caption.end);
    }
    for (number, row) in table.rows.into_iter().enumerate() {
        let head = number < table.heads;
        let (open, close, name) = if head { ("<thead><tr>", "</tr></thead>", "th") } else { ("<tr>", "</tr>", "td") };
        copy.made(&format!("{prefix}{open}"), place);
        for cell in row {
            let mut tag = format!("<{name}");
            for (key, value) in [("colspan", cell.across), ("rowspan", cell.down)] {
                if value > 1 {
                    tag.push_str(&format!(" {key}=\"{value}\""));
                }
            }
            if let Some(align) = cell.align {
                tag.push_str(&format!(" align=\"{align}\""));
            }
            copy.made(&format!("{tag}>"), cell.lines.first().map_or(place, |line| line.start));
            for (number, line) in cell.lines.into_iter().enumerate() {
                if number > 0 {
                    copy.made("<br>", line.start);
                }
                on_one_line(copy, line);
            }
            copy.made(&format!("</{name}>"), place);
        }
        copy.made(&format!("{close}\n"), place);
    }
    copy.made(&format!("{prefix}</table>\n\n"), place);
}

/// Words that may stand on several lines, on one; remarks at the ends of lines are left out.
pub(super) fn on_one_line(copy: &mut Rewrite<'_>, range: Range<usize>) {
    let text = copy.raw.text.as_str();
    let mut at = range.start;
    let mut begun = false;
    for line in text[range].split('\n') {
        let end = last_comment(text, at..at + line.len());
        let words = text[at..end].trim();
        let first = at + text[at..end].len() - text[at..end].trim_start().len();
        if !words.is_empty() {
            if begun {
                copy.made(" ", first);
            }
            begun = true;
            let mut from = first;
            for (gap, said) in gaps(text, first..first + words.len()) {
                copy.kept(from..gap.start);
                copy.made(said, gap.start);
                from = gap.end;
            }
            copy.kept(from..first + words.len());
        }
        at += line.len() + 1;
    }
}

/// Spaces and quotes that TeX has signs for.
fn gaps(text: &str, range: Range<usize>) -> Vec<(Range<usize>, &'static str)> {
    let words = &text[range.clone()];
    let mut gaps: Vec<(Range<usize>, &str)> = Vec::new();
    for (sign, said) in [("\\qquad", "&emsp;&emsp;"), ("\\quad", "&emsp;"), ("~", "&nbsp;"), ("``", "“"), ("''", "”")]
    {
        for (at, _) in words.match_indices(sign) {
            let end = at + sign.len();
            let struck = sign == "~" && (words[..at].ends_with(['~', '\\']) || words[end..].starts_with('~'));
            if !struck
                && !words[end..].starts_with(|letter: char| sign.starts_with('\\') && letter.is_ascii_alphabetic())
            {
                gaps.push((range.start + at..range.start + end, said));
            }
        }
    }
    gaps.sort_by_key(|(gap, _)| gap.start);
    gaps
}

/// A cell: its words, and how far it reaches.
fn cell(text: &str, range: Range<usize>, align: Option<&'static str>) -> Option<Cell> {
    let mut cell = Cell { lines: Vec::new(), across: 1, down: 1, align };
    let mut range = trimmed(text, range);
    loop {
        let name = if text[range.clone()].starts_with('\\') { name_at(text, range.start) } else { "" };
        let after = range.start + 1 + name.len();
        let next = |at: usize| {
            let open = optional(text, at).0;
            argument(text, open).map(|(end, words)| (end, open + 1..end - 1, words))
        };
        match name {
            "multicolumn" | "multirow" => {
                let Some((end, _, count)) = next(after) else { break };
                let Some((end, _, how)) = next(end) else { break };
                let Some((end, words, _)) = next(end) else { break };
                if end != range.end {
                    break;
                }
                let count = count.trim().trim_start_matches('-').parse::<usize>().unwrap_or(1).clamp(1, MOST);
                if name == "multicolumn" {
                    cell.across = count;
                    cell.align = aligns(how, 0).first().copied().flatten();
                } else {
                    cell.down = count;
                }
                range = trimmed(text, words);
            }
            "makecell" | "thead" | "shortstack" => {
                let Some((end, words, _)) = next(after) else { break };
                if end != range.end {
                    break;
                }
                cell.lines = split(text, words, "\\\\")?.into_iter().map(|line| trimmed(text, line)).collect();
                return Some(cell);
            }
            "cellcolor" | "centering" | "raggedright" | "raggedleft" | "hspace" => {
                range = trimmed(text, arguments(text, after, range.end)..range.end);
            }
            _ => break,
        }
    }
    if !range.is_empty() {
        cell.lines.push(range);
    }
    Some(cell)
}

/// The parts of a stretch between separators that stand in no braces; `None` where an environment begins in it.
fn split(text: &str, range: Range<usize>, separator: &str) -> Option<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut at, mut from, mut depth) = (range.start, range.start, 0_i32);
    while at < range.end {
        // Separators are of letters of one byte each: what stands within a longer letter is none.
        let Some(rest) = text.get(at..range.end) else {
            at += 1;
            continue;
        };
        match bytes[at] {
            b'\\' if rest.starts_with("\\begin{") => return None,
            b'\\'
                if depth == 0
                    && separator == "\\\\"
                    && (rest.starts_with(separator) || name_at(text, at) == "tabularnewline") =>
            {
                parts.push(from..at);
                at += if rest.starts_with(separator) { 2 } else { "\\tabularnewline".len() };
                at += usize::from(text[at..range.end].starts_with('*'));
                // How far down the next row is.
                if let Some(length) =
                    text[at..range.end].starts_with('[').then(|| text[at..range.end].find(']')).flatten()
                {
                    at += length + 1;
                }
                from = at;
                continue;
            }
            b'\\' if depth == 0 && separator == "\\\\" && ENDS.contains(&name_at(text, at)) => {
                parts.push(from..at);
                from = at;
                at += name_at(text, at).len();
            }
            b'\\' => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8) - 1,
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'&' if depth == 0 && separator == "&" && !is_entity(rest) => {
                parts.push(from..at);
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(from.min(range.end)..range.end);
    Some(parts)
}

/// `&amp;`, which authors of HTML write for the sign.
fn is_entity(rest: &str) -> bool {
    let name = &rest[1..];
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    length > 1 && name[length..].starts_with(';')
}

/// How the columns stand, by their letters: `@{}l|r*{3}{c}p{3cm}`.
fn aligns(columns: &str, depth: usize) -> Vec<Option<&'static str>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = columns[at..].chars().next() {
        at += letter.len_utf8();
        let inner = |at: usize| argument(columns, at);
        match letter {
            'l' | 'L' => found.push(Some("left")),
            'c' | 'C' => found.push(Some("center")),
            'r' | 'R' | 'S' => found.push(Some("right")),
            'X' | 'J' => found.push(None),
            'p' | 'm' | 'b' | 'P' | 'M' | 'w' | 'W' => {
                found.push(None);
                at = inner(at).map_or(at, |(end, _)| end);
            }
            '*' => {
                let Some((end, count)) = inner(at) else { continue };
                let Some((end, what)) = inner(end) else { continue };
                at = end;
                let count = count.trim().parse::<usize>().unwrap_or(1).min(MOST);
                if depth == 0 {
                    let made = aligns(what, 1);
                    found.extend((0..count).flat_map(|_| made.iter().copied()));
                }
            }
            '@' | '!' | '>' | '<' => at = inner(at).map_or(at, |(end, _)| end),
            '[' => at = columns[at..].find(']').map_or(at, |length| at + length + 1),
            _ => {}
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// Where what a command takes ends: brackets, braces and the `(lr)` of a rule.
fn arguments(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    loop {
        let after = optional(text, at).0;
        let after = argument(text, after).map_or(after, |(end, _)| end);
        let after = match text[after..].starts_with('(') {
            true => text[after..].find(')').map_or(after, |length| after + length + 1),
            false => after,
        };
        if after == at || after > end {
            return at;
        }
        at = after;
    }
}

/// Where the words of a line end before a remark, if it ends with one: `% words`.
fn last_comment(text: &str, range: Range<usize>) -> usize {
    let last = text[range.clone()].rfind('\n').map_or(range.start, |at| range.start + at + 1);
    let line = &text[last..range.end];
    let remark = line.match_indices('%').find(|(at, _)| {
        let before = &line[..*at];
        !before.ends_with('\\') && (before.trim().is_empty() || line[at + 1..].trim().is_empty())
    });
    remark.map_or(range.end, |(at, _)| last + at)
}

/// Past blanks and lines that are remarks.
fn past_blanks(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    loop {
        at = end - text[at..end].trim_start().len();
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let remark = text[at..end].starts_with('%') && text[line..at].trim().is_empty()
            || text[at..end]
                .strip_prefix('%')
                .is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with('\n'));
        if !remark {
            return at;
        }
        at = text[at..end].find('\n').map_or(end, |length| at + length);
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let first = range.end - words.trim_start().len();
    first..(first + words.trim().len()).max(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<Vec<String>>, usize) {
        let table = read(text, "tabular", 0..0, text.len()).expect("rows");
        let words = |cell: &Cell| {
            let words: Vec<&str> = cell.lines.iter().map(|line| &text[line.clone()]).collect();
            format!(
                "{}{}",
                words.join("/"),
                match (cell.across, cell.down) {
                    (1, 1) => String::new(),
                    (across, down) => format!(" {across}x{down}"),
                }
            )
        };
        (table.rows.iter().map(|row| row.iter().map(words).collect()).collect(), table.heads)
    }

    #[test]
    fn rows_and_cells_are_parted_outside_braces() {
        let text = "{@{}lr@{}}\n\\toprule\nA \\& B & 1 \\\\ \\midrule\n% aside\n\\multicolumn{2}{c}{x} \\\\[2pt]\n\
            \\makecell{a\\\\b} & \\multirow{2}{*}{y}\\\\\nc & \\\\\\cmidrule(lr){1-2} d \\% & e % no\n\\\\ \\bottomrule\n";
        let (rows, heads) = rows(text);
        let expected: [&[&str]; 5] = [&["A \\& B", "1"], &["x 2x1"], &["a/b", "y 1x2"], &["c"], &["d \\%", "e % no"]];
        assert_eq!(rows, expected);
        assert_eq!(heads, 1);
    }

    #[test]
    fn columns_are_counted_and_aligned() {
        assert_eq!(
            aligns("@{}l|r*{2}{c}p{3cm}>{\\bf}X", 0),
            [Some("left"), Some("right"), Some("center"), Some("center"), None, None]
        );
    }

    #[test]
    fn letters_of_several_bytes_stand_between_separators() {
        let text = "für & Löß \\\\ 漢 & é";
        let parts = |separator| {
            let parts = split(text, 0..text.len(), separator).expect("no environment begins in it");
            parts.into_iter().map(|part| text[part].trim()).collect::<Vec<_>>()
        };
        assert_eq!(parts("\\\\"), ["für & Löß", "漢 & é"]);
        assert_eq!(parts("&").len(), 3);
    }
}
