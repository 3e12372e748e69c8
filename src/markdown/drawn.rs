//! Tables drawn with signs, as pandoc has them: grids, simple tables, tables of several lines.

use std::ops::Range;

use super::Parser;
use super::fair::{Drawn, Fair};
use super::html::{Grid, Place};
use super::shield::is_wide;
use crate::book::block::ColumnAlign;
use crate::markdown::parsed::{PCell, PTable};
use crate::source::Span;

/// A line as letters, each with its place.
type Letters = Vec<(usize, char)>;

impl Parser<'_> {
    /// The table; `None` when its signs stand in no order.
    pub(super) fn read_drawn(&mut self, drawn: Drawn, rows: &Fair, span: Span) -> Option<PTable> {
        match drawn {
            Drawn::Grid => self.read_grid(rows, span),
            Drawn::Simple { head } => self.read_columns(rows, head, false, span),
            Drawn::Multiline { head } => self.read_columns(rows, head, true, span),
        }
    }

    fn read_grid(&mut self, rows: &Fair, span: Span) -> Option<PTable> {
        let lines = letters_of(rows);
        let cells = grid_cells(&lines)?;
        let head_line = lines.iter().position(|line| line.iter().filter(|(_, c)| *c == '=').count() > 2);
        let mut tops: Vec<usize> = cells.iter().map(|cell| cell.top).collect();
        tops.sort_unstable();
        tops.dedup();
        let mut lefts: Vec<usize> = cells.iter().map(|cell| cell.left).collect();
        lefts.sort_unstable();
        lefts.dedup();
        let head_rows = head_line.map_or(0, |line| tops.iter().filter(|top| **top < line).count());
        let rule = head_line.and_then(|line| lines.get(line)).or_else(|| lines.first());
        let mut grid = Grid::default();
        for (at, top) in tops.iter().enumerate() {
            let mut row = Vec::new();
            for cell in cells.iter().filter(|cell| cell.top == *top) {
                let across = lefts.iter().filter(|left| (cell.left..cell.right).contains(left)).count().max(1);
                let down = tops.iter().filter(|top| (cell.top..cell.bottom).contains(top)).count().max(1);
                let matter = cell_text(rows, &lines[cell.top + 1..cell.bottom], |_| cell.left + 1..cell.right);
                let blocks = self.blocks_of(&matter);
                let mut made = self.cell_of(blocks, matter.span(0..matter.text.trim_end().len()).unwrap_or(span));
                (made.across, made.down) = (across as u16, down as u16);
                let align = rule.and_then(|rule| colons(rule, cell.left + 1..cell.right));
                row.push((made, false, align));
            }
            let place = if at < head_rows { Place::Head } else { Place::Unsaid };
            grid.row(place, row);
        }
        grid.table(&mut |span| self.empty_cell(span), span)
    }

    /// Columns that a rule of dashes gives.
    fn read_columns(&mut self, rows: &Fair, head: bool, several: bool, span: Span) -> Option<PTable> {
        let lines = letters_of(rows);
        let is_rule = |line: &Letters| {
            line.iter().any(|(_, c)| *c == '-') && line.iter().all(|(_, c)| *c == '-' || c.is_whitespace())
        };
        let rule = lines.iter().enumerate().position(|(at, line)| is_rule(line) && (at > 0 || !(head && several)))?;
        let columns = groups(&lines[rule]);
        let count = columns.len();
        let mut matter: Vec<Vec<Letters>> = Vec::new();
        let mut heads = 0;
        let mut row: Vec<Letters> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let blank = line.iter().all(|(_, c)| c.is_whitespace());
            if is_rule(line) || blank && several {
                if !row.is_empty() {
                    matter.push(std::mem::take(&mut row));
                }
                if at == rule && head {
                    heads = matter.len();
                }
                continue;
            }
            if blank {
                continue;
            }
            row.push(line.clone());
            if !several {
                matter.push(std::mem::take(&mut row));
                if head && at + 1 == rule {
                    heads = matter.len();
                }
            }
        }
        if !row.is_empty() {
            matter.push(row);
        }
        let aligns: Vec<Option<ColumnAlign>> = (0..count)
            .map(|at| {
                let sample = matter.first()?;
                align_by(sample, &columns, at)
            })
            .collect();
        let mut grid = Grid::default();
        for (at, lines) in matter.iter().enumerate() {
            let mut cells: Vec<(PCell, bool, Option<ColumnAlign>)> = Vec::new();
            for (column, align) in aligns.iter().enumerate() {
                let text = cell_text(rows, lines, |line| reach(line, &columns, column));
                let blocks = self.blocks_of(&text);
                let place = text.span(0..text.text.trim_end().len()).unwrap_or(span);
                cells.push((self.cell_of(blocks, place), false, *align));
            }
            grid.row(if at < heads { Place::Head } else { Place::Unsaid }, cells);
        }
        grid.table(&mut |span| self.empty_cell(span), span)
    }
}

/// The lines by columns: a letter that is two columns wide, as Chinese ones are, stands in both.
fn letters_of(rows: &Fair) -> Vec<Letters> {
    let wide = |letter: char| {
        is_wide(letter) || matches!(letter, '\u{3000}' | '\u{ac00}'..='\u{d7a3}' | '\u{1f300}'..='\u{1faff}')
    };
    let columns = |(at, letter): (usize, char)| std::iter::repeat_n((at, letter), 1 + usize::from(wide(letter)));
    rows.lines()
        .map(|line| {
            let letters = rows.text[line.clone()].char_indices();
            letters.map(|(at, letter)| (line.start + at, letter)).flat_map(columns).collect()
        })
        .collect()
}

/// The groups of dashes of a rule, by columns.
fn groups(rule: &Letters) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (column, (_, letter)) in rule.iter().enumerate() {
        if *letter != '-' {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == column => last.end += 1,
            _ => found.push(column..column + 1),
        }
    }
    found
}

/// What of a line stands in a column: the first begins with the line, each goes on to the next one, the last to the end. A
/// word that lies over an edge is not cut: it stands in the column over whose dashes more of it lies.
fn reach(line: &Letters, columns: &[Range<usize>], at: usize) -> Range<usize> {
    let edge = |at: usize| {
        let edge = columns[at].start;
        let filled = |column: usize| line.get(column).is_some_and(|(_, c)| !c.is_whitespace());
        if at == 0 || edge == 0 || !filled(edge) || !filled(edge - 1) {
            return if at == 0 { 0 } else { edge };
        }
        let start = (0..edge).rev().take_while(|column| filled(*column)).last().unwrap_or(edge);
        let end = (edge..).take_while(|column| filled(*column)).last().map_or(edge, |last| last + 1);
        let over = |dashes: &Range<usize>| end.min(dashes.end).saturating_sub(start.max(dashes.start));
        if over(&columns[at - 1]) > over(&columns[at]) { end } else { start }
    };
    let start = edge(at);
    let end = if at + 1 < columns.len() { edge(at + 1) } else { usize::MAX };
    start..end.max(start)
}

/// How a column stands, by where its head lies over its dashes.
fn align_by(lines: &[Letters], columns: &[Range<usize>], at: usize) -> Option<ColumnAlign> {
    let dashes = &columns[at];
    let inside = |line: &Letters| -> Option<(usize, usize)> {
        let filled = |column: &usize| line.get(*column).is_some_and(|(_, c)| !c.is_whitespace());
        let range = reach(line, columns, at);
        let end = range.end.min(line.len());
        let start = (range.start..end).find(filled)?;
        let last = (range.start..end).rev().find(filled)?;
        Some((start, last + 1))
    };
    let (start, end) = lines.iter().find_map(inside)?;
    match (start <= dashes.start, end >= dashes.end) {
        (true, false) => Some(ColumnAlign::Left),
        (false, true) => Some(ColumnAlign::Right),
        (false, false) => Some(ColumnAlign::Centre),
        (true, true) => None,
    }
}

/// Colons in the rule below a head say how the column stands.
fn colons(rule: &Letters, range: Range<usize>) -> Option<ColumnAlign> {
    let first = rule.get(range.start).map(|(_, c)| *c) == Some(':');
    let last = rule.get(range.end.checked_sub(1)?).map(|(_, c)| *c) == Some(':');
    match (first, last) {
        (true, true) => Some(ColumnAlign::Centre),
        (true, false) => Some(ColumnAlign::Left),
        (false, true) => Some(ColumnAlign::Right),
        (false, false) => None,
    }
}

/// What stands in some lines between two columns, without the indent that all its lines have.
fn cell_text(rows: &Fair, lines: &[Letters], columns: impl Fn(&Letters) -> Range<usize>) -> Fair {
    let cut: Vec<&[(usize, char)]> = lines
        .iter()
        .map(|line| {
            let range = columns(line);
            let end = range.end.min(line.len());
            let start = range.start.min(end);
            let line = &line[start..end];
            let used = line.iter().rposition(|(_, c)| !c.is_whitespace()).map_or(0, |last| last + 1);
            &line[..used]
        })
        .collect();
    let indent = cut
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.iter().take_while(|(_, c)| c.is_whitespace()).count())
        .min()
        .unwrap_or(0);
    let mut out = Fair::default();
    for line in cut {
        if let (Some((start, _)), Some((last, letter))) = (line.get(indent), line.last()) {
            out.keep(rows, *start..last + letter.len_utf8());
        }
        let at = line.last().map_or(0, |(at, _)| *at);
        out.add("\n", rows, at);
    }
    out
}

/// A cell of a grid, by the lines and columns of its corners.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Corners {
    top: usize,
    left: usize,
    bottom: usize,
    right: usize,
}

/// The cells of a grid: from each corner to the right, down, back and up, as docutils does it.
fn grid_cells(lines: &[Letters]) -> Option<Vec<Corners>> {
    let at = |line: usize, column: usize| lines.get(line)?.get(column).map(|(_, c)| *c);
    let across = |c: Option<char>| matches!(c, Some('-' | '=' | '+' | ':'));
    let down = |c: Option<char>| matches!(c, Some('|' | '+'));
    let width = lines.iter().map(Vec::len).max()?;
    let mut cells: Vec<Corners> = Vec::new();
    let mut open = vec![(0, 0)];
    let mut seen = std::collections::BTreeSet::new();
    while let Some((top, left)) = open.pop() {
        if !seen.insert((top, left)) || at(top, left) != Some('+') || top + 1 >= lines.len() || left + 1 >= width {
            continue;
        }
        let mut found = None;
        'right: for right in left + 1..width {
            if !across(at(top, right)) {
                break;
            }
            if at(top, right) != Some('+') {
                continue;
            }
            for bottom in top + 1..lines.len() {
                if !down(at(bottom, right)) {
                    break;
                }
                let corner = at(bottom, right) == Some('+') && at(bottom, left) == Some('+');
                let closed = corner
                    && (left..=right).all(|column| across(at(bottom, column)))
                    && (top..=bottom).all(|line| down(at(line, left)));
                if closed {
                    found = Some(Corners { top, left, bottom, right });
                    break 'right;
                }
            }
        }
        if let Some(cell) = found {
            cells.push(cell);
            open.push((cell.top, cell.right));
            open.push((cell.bottom, cell.left));
            // Corners on the edges begin cells too.
            open.extend((cell.left..cell.right).filter(|c| at(cell.bottom, *c) == Some('+')).map(|c| (cell.bottom, c)));
            open.extend((cell.top..cell.bottom).filter(|l| at(*l, cell.right) == Some('+')).map(|l| (l, cell.right)));
        }
    }
    cells.sort_by_key(|cell| (cell.top, cell.left));
    // Every place inside belongs to a cell: otherwise words would be lost.
    let area: usize = cells.iter().map(|cell| (cell.bottom - cell.top) * (cell.right - cell.left)).sum();
    let last = lines.iter().rposition(|line| line.first().is_some_and(|(_, c)| *c == '+'))?;
    let right = cells.iter().map(|cell| cell.right).max()?;
    (area == last * right && last + 1 == lines.len()).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn a_word_over_the_edge_of_a_column_is_not_cut() {
        let mut sources = Sources::new();
        let text = "Right     Left     Default\n-------     ------   -------\n";
        let fair = Fair::of(sources.add("a.md", text.to_owned()), text, 0..text.len());
        let lines = letters_of(&fair);
        let columns = groups(&lines[1]);
        let words = |at: usize| {
            let range = reach(&lines[0], &columns, at);
            lines[0][range.start..range.end.min(lines[0].len())].iter().map(|(_, c)| c).collect::<String>()
        };
        assert_eq!([words(0).trim(), words(1).trim(), words(2).trim()], ["Right", "Left", "Default"]);
    }

    #[test]
    fn letters_of_two_columns_stand_in_both() {
        let mut sources = Sources::new();
        let text = "+------+---+\n| 中文 | a |\n+------+---+\n";
        let fair = Fair::of(sources.add("a.md", text.to_owned()), text, 0..text.len());
        assert_eq!(grid_cells(&letters_of(&fair)).map(|cells| cells.len()), Some(2));
    }

    #[test]
    fn a_grid_with_spans_is_taken_apart() {
        let mut sources = Sources::new();
        let text = "+---+---+\n| a | b |\n+   +---+\n| c | d |\n+---+---+\n| wide  |\n+-------+\n";
        let fair = Fair::of(sources.add("a.md", text.to_owned()), text, 0..text.len());
        let cells = grid_cells(&letters_of(&fair)).expect("it is one");
        assert_eq!(
            cells,
            [
                Corners { top: 0, left: 0, bottom: 4, right: 4 },
                Corners { top: 0, left: 4, bottom: 2, right: 8 },
                Corners { top: 2, left: 4, bottom: 4, right: 8 },
                Corners { top: 4, left: 0, bottom: 6, right: 8 },
            ]
        );
    }
}
