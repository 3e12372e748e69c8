//! Tables in the run of the lines: those drawn with signs are taken out whole, rows of bars are mended.

use std::ops::Range;

use super::html::code_end;
use super::{Draft, Line, is_rule};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::fair::{Drawn, Fair, Mark};

impl Draft<'_> {
    /// Whether a table begins below the paragraph that a line begins, after blank lines, and no deeper than it.
    pub(super) fn heads_a_table(&self, start: usize, end: usize) -> bool {
        let column = |at: usize| at - self.raw.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let mut blank = false;
        let mut at = end;
        while let Some(next) = self.next_line(at) {
            at = next.end;
            let line = &self.raw.text[next.clone()];
            let words = line.trim();
            if words.is_empty() {
                blank = true;
            } else if blank {
                if line.len() - line.trim_start().len() >= column(start) + 2 {
                    // It stands in what the term means.
                    return false;
                }
                let rule = |line: &str| line.contains('-') && line.chars().all(|c| "|:- ".contains(c));
                let below = || self.next_line(at).is_some_and(|line| rule(self.raw.text[line].trim()));
                return words.starts_with(['|', '+']) || words.contains('|') && below() || words.starts_with("---");
            }
        }
        false
    }

    /// A table with `+---+` around its cells.
    pub(super) fn grid(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        if self.para || !is_grid_rule(rest) {
            return false;
        }
        let column = line.first - line.start;
        let mut rows = Fair::default();
        let mut range = line.first..line.end;
        let mut at = line.end;
        rows.keep(self.raw, line.first..line.end);
        rows.add("\n", self.raw, line.end);
        while let Some(next) = self.next_line(at) {
            let content = self.row_start(next.clone(), column);
            let words = self.raw.text[content..next.end].trim_end();
            if !words.starts_with(['+', '|']) {
                break;
            }
            rows.keep(self.raw, content..next.end);
            rows.add("\n", self.raw, next.end);
            at = next.end;
            range.end = content + words.len();
        }
        self.take_table(line, Drawn::Grid, rows, range, at);
        true
    }

    /// Whether a line without bars stands right below rows that begin with bars: to pandoc it is no row, and its words are a
    /// caption or a paragraph.
    pub(super) fn ends_table(&self, line: &Line) -> bool {
        let words = &self.raw.text[line.first..line.end];
        self.para && !words.contains('|') && !words.starts_with("<!--") && self.is_below_a_table(line.start)
    }

    /// Whether the lines above a place are rows that begin with bars.
    pub(super) fn is_below_a_table(&self, start: usize) -> bool {
        let mut end = start.saturating_sub(1);
        loop {
            let start = self.raw.text[..end].rfind('\n').map_or(0, |at| at + 1);
            let row = self.raw.text[self.within(start, end)..end].trim();
            if !row.starts_with('|') {
                return false;
            }
            if is_delimiter(row) {
                return true;
            }
            if start == 0 {
                return false;
            }
            end = start - 1;
        }
    }

    /// Where a row of a drawn table begins that stands in the containers of its first line.
    fn row_start(&self, line: Range<usize>, column: usize) -> usize {
        let content = self.within(line.start, line.end);
        let words = &self.raw.text[content..line.end];
        let spaces = words.len() - words.trim_start_matches(' ').len();
        let room = column.saturating_sub(content - line.start);
        content + spaces.min(room)
    }

    fn take_table(&mut self, line: &Line, drawn: Drawn, rows: Fair, range: Range<usize>, end: usize) {
        self.at = (end + 1).min(self.raw.text.len());
        self.mark(line, Mark::Table(drawn, rows), range);
    }

    /// Pandoc's simple tables and those of several lines, by their rules of dashes.
    pub(super) fn drawn(&mut self, line: &Line) -> bool {
        if self.para {
            return false;
        }
        let rest = self.raw.text[line.first..line.end].trim_end();
        let words = |range: Range<usize>| self.raw.text[self.within(range.start, range.end)..range.end].trim_end();
        let next = self.next_line(line.end);
        let drawn = if is_column_rule(rest) {
            // Without a head; a blank line between its rows says that they have several lines.
            let Some(found) = self.rule_after(line.end, is_column_rule) else { return false };
            match found.1 {
                true => Drawn::Multiline { head: false },
                false => Drawn::Simple { head: false },
            }
        } else if is_full_rule(rest) {
            // A table of one column has three rules, and no blank line; words between two are words between rules.
            let ruled = match self.rule_before_blank(line.end) {
                Some((_, true)) => true,
                Some((second, false)) => self.rule_before_blank(second).is_some(),
                None => false,
            };
            if !ruled || self.rule_after(line.end, is_full_rule).is_none() {
                return false;
            }
            Drawn::Multiline { head: true }
        } else if next.clone().is_some_and(|next| is_column_rule(words(next))) {
            Drawn::Simple { head: true }
        } else {
            return false;
        };
        let (rows, range, end) = self.drawn_rows(line, drawn);
        self.take_table(line, drawn, rows, range, end);
        true
    }

    /// Columns under double rules, as reStructuredText has them: a rule, the head, a rule, the rows, a rule.
    pub(super) fn double_ruled(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        let groups = |words: &str| words.split(' ').filter(|group| group.len() > 1).count();
        let columns = groups(rest);
        let is = |words: &str| {
            groups(words) == columns && words.starts_with('=') && words.bytes().all(|byte| matches!(byte, b'=' | b' '))
        };
        if self.para || !is(rest) || columns < 2 {
            return false;
        }
        let column = line.first - line.start;
        let (mut rows, mut rules, mut last) = (Fair::default(), 0, None);
        let mut at = line.end;
        let mut kept = Vec::new();
        while let Some(next) = self.next_line(at) {
            at = next.end;
            let content = self.row_start(next.clone(), column);
            let words = self.raw.text[content..next.end].trim_end();
            if words.is_empty() {
                break;
            }
            kept.push((content..content + words.len(), is(words)));
            if is(words) {
                rules += 1;
                last = Some((kept.len(), next.end, content + words.len()));
            }
        }
        let Some((count, end, foot)) = last else { return false };
        if rules == 1 {
            // Without a head the rule above the rows gives the columns.
            rows.add(&rest.replace('=', "-"), self.raw, line.first);
            rows.add("\n", self.raw, line.end);
        }
        for (range, rule) in kept.into_iter().take(count) {
            match rule {
                true => rows.add(&self.raw.text[range.clone()].replace('=', "-"), self.raw, range.start),
                false => rows.keep(self.raw, range.clone()),
            }
            rows.add("\n", self.raw, range.end);
        }
        self.take_table(line, Drawn::Simple { head: rules > 1 }, rows, line.first..foot, end);
        true
    }

    /// A table of AsciiDoc: cells that each begin with a bar, between two lines of `|===`. The first line gives the
    /// number of columns; a blank line below it makes it their names.
    pub(super) fn between_bars(&mut self, line: &Line) -> bool {
        const EDGE: &str = "|===";
        if self.para || self.raw.text[line.first..line.end].trim_end() != EDGE {
            return false;
        }
        let raw = self.raw;
        let (mut cells, mut columns, mut head) = (Vec::<Vec<Range<usize>>>::new(), 0, false);
        let (mut at, mut closed) = (line.end, None);
        while let Some(next) = self.next_line(at) {
            at = next.end;
            let content = self.within(next.start, next.end);
            let words = &raw.text[content..next.end];
            if words.trim() == EDGE {
                closed = Some(next.end);
                break;
            }
            if words.trim().is_empty() {
                head |= columns > 0 && cells.len() == columns;
                continue;
            }
            let mut from = content;
            for part in words.split_inclusive('|') {
                let end = from + part.len();
                let bar = part.ends_with('|') && !part.ends_with("\\|");
                let range = from..end - usize::from(bar);
                if !raw.text[range.clone()].trim().is_empty()
                    && let Some(cell) = cells.last_mut()
                {
                    cell.push(range);
                }
                if bar {
                    cells.push(Vec::new());
                }
                from = end;
            }
            columns = if columns == 0 { cells.len() } else { columns };
        }
        let Some(end) = closed.filter(|_| columns > 0) else { return false };
        self.lead(line);
        self.out.keep(raw, line.content..line.first);
        let prefix = self.prefix();
        let rule = format!("\n{prefix}|{}", "---|".repeat(columns));
        if !head {
            self.out.add(&format!("|{}{rule}", "  |".repeat(columns)), raw, line.first);
            self.out.add(&format!("\n{prefix}"), raw, line.first);
        }
        for (number, row) in cells.chunks(columns).enumerate() {
            if number > 0 {
                self.out.add(&format!("\n{prefix}"), raw, line.first);
            }
            self.out.add("|", raw, line.first);
            for cell in row {
                for range in cell {
                    self.out.add(" ", raw, range.start);
                    let words = &raw.text[range.clone()];
                    let lead = words.len() - words.trim_start().len();
                    self.row(range.start + lead..range.start + words.trim_end().len());
                }
                self.out.add(" |", raw, line.first);
            }
            if number == 0 && head {
                self.out.add(&rule, raw, line.first);
            }
        }
        self.newline(end);
        self.rows(end);
        true
    }

    /// The end of the first rule before the next blank line, and whether it has columns.
    fn rule_before_blank(&self, end: usize) -> Option<(usize, bool)> {
        let mut at = end;
        while let Some(next) = self.next_line(at) {
            let words = self.raw.text[self.within(next.start, next.end)..next.end].trim_end();
            if words.is_empty() {
                return None;
            }
            if is_column_rule(words) || is_full_rule(words) {
                return Some((next.end, is_column_rule(words)));
            }
            at = next.end;
        }
        None
    }

    /// The end of the first line of a sort after `end`, and whether a blank line stands before it. A line that begins
    /// another block ends the search.
    fn rule_after(&self, end: usize, is: fn(&str) -> bool) -> Option<(usize, bool)> {
        let mut at = end;
        let mut blank = false;
        let mut blanks = 0;
        while let Some(next) = self.next_line(at) {
            let words = self.raw.text[self.within(next.start, next.end)..next.end].trim_end();
            if is(words) {
                return Some((next.end, blank));
            }
            if words.is_empty() {
                blanks += 1;
                if blanks > 1 {
                    return None;
                }
                blank = true;
            } else {
                blanks = 0;
            }
            if words.starts_with('#') || words.starts_with(":::") || self.fence_at(next.clone()) {
                return None;
            }
            at = next.end;
        }
        None
    }

    fn drawn_rows(&self, line: &Line, drawn: Drawn) -> (Fair, Range<usize>, usize) {
        let column = line.first - line.start;
        let mut rows = Fair::default();
        let mut range = line.content..line.end;
        let mut at = line.end;
        let first = self.row_start(line.start..line.end, column.min(line.content - line.start));
        rows.keep(self.raw, first..line.end);
        rows.add("\n", self.raw, line.end);
        let mut count = 0;
        while let Some(next) = self.next_line(at) {
            let content = self.within(next.start, next.end);
            let words = self.raw.text[content..next.end].trim_end();
            let is_end = match drawn {
                Drawn::Simple { head: true } => count > 0 && (is_column_rule(words) || is_full_rule(words)),
                Drawn::Simple { head: false } | Drawn::Multiline { head: false } => is_column_rule(words),
                Drawn::Multiline { head: true } => count > 0 && is_full_rule(words) && !is_column_rule(words),
                Drawn::Grid => false,
            };
            if words.is_empty() && matches!(drawn, Drawn::Simple { .. }) {
                break;
            }
            rows.keep(self.raw, content..next.end);
            rows.add("\n", self.raw, next.end);
            if !words.is_empty() {
                range.end = content + words.len();
            }
            at = next.end;
            count += 1;
            if is_end {
                break;
            }
        }
        range.start = line.first;
        (rows, range, at)
    }

    /// Rows between bars: bars in code are letters, and a line below the head that is too short is made longer.
    pub(super) fn bars(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        if !rest.contains('|') {
            return false;
        }
        let Some(next) = self.next_line(line.end) else { return false };
        let content = self.within(next.start, next.end);
        let below = self.raw.text[content..next.end].trim();
        let odd = rest.starts_with('|').then(|| odd_delimiter(below)).flatten();
        if odd.is_none() && self.rows_alone(rest, below) {
            let message = "no line of dashes stands below the first of these rows, which is read as their head";
            let first = line.first..line.first + rest.len();
            self.report(Diagnostic::new(&lints::TABLE_SHAPE, message), first, "write | --- | --- | below the head");
            return self.table(line, rest.len(), "---|".repeat(cells(rest)).as_str(), line.end);
        }
        if let Some(dashes) = odd {
            if !below.contains('-') {
                let message = "the line below the head of this table is not drawn with hyphens";
                let place = next.end - self.raw.text[content..next.end].trim_start().len();
                let range = place..place + below.len();
                self.report(Diagnostic::new(&lints::TABLE_SHAPE, message), range, "write | --- | --- | there");
            }
            return self.table(line, rest.len(), &dashes, next.end);
        }
        if !is_delimiter(below)
            || !(rest.starts_with('|') || below.contains('|'))
            || self.para && !rest.starts_with('|')
        {
            return false;
        }
        let (heads, columns) = (cells(rest), cells(below));
        if heads != columns && !rest.starts_with('|') {
            return false;
        }
        if heads != columns {
            let message = format!("the head of this table has {heads} cells, the line below it {columns}");
            self.report(
                Diagnostic::new(&lints::TABLE_SHAPE, message),
                line.first..line.first + rest.len(),
                "the line of dashes has as many cells as the head; a bar that should be printed is \\|",
            );
        }
        let most = heads.max(columns);
        self.lead(line);
        self.out.keep(self.raw, line.content..line.first);
        self.row(line.first..line.first + rest.len());
        self.add_cells(most - heads, "  |", line.first + rest.len());
        self.newline(line.end);
        let prefix = self.prefix();
        self.out.add(&prefix, self.raw, content);
        self.out.keep(
            self.raw,
            content
                ..content
                    + below.len()
                    + (self.raw.text[content..next.end].len() - self.raw.text[content..next.end].trim_start().len()),
        );
        self.add_cells(most - columns, "---|", content);
        self.newline(next.end);
        self.rows(next.end);
        true
    }

    /// Whether two lines are rows of a table, in which no line of dashes follows them.
    fn rows_alone(&self, first: &str, second: &str) -> bool {
        let row = |words: &str| words.starts_with('|') && words.ends_with('|') && !words.ends_with("\\|");
        !self.para
            && row(first)
            && row(second)
            && !is_delimiter(first)
            && !is_delimiter(second)
            && cells(first) == cells(second)
    }

    /// A head, a line of dashes that stands nowhere, and the rows after `end`.
    fn table(&mut self, line: &Line, length: usize, dashes: &str, end: usize) -> bool {
        self.lead(line);
        self.out.keep(self.raw, line.content..line.first);
        self.row(line.first..line.first + length);
        self.newline(line.end);
        let prefix = self.prefix();
        self.out.add(&format!("{prefix}|{dashes}\n"), self.raw, end.saturating_sub(1));
        self.rows(end);
        true
    }

    /// The rows of a table from the line after a place.
    fn rows(&mut self, end: usize) {
        let mut at = end;
        while let Some(next) = self.next_line(at) {
            let content = self.within(next.start, next.end);
            let words = self.raw.text[content..next.end].trim();
            let goes_on = words.starts_with('|') || words.contains('|') && !words.starts_with(['#', '>', ':', '<']);
            if words.is_empty() || !goes_on {
                break;
            }
            self.out.keep(self.raw, next.start..content);
            self.row(content..next.end);
            self.newline(next.end);
            at = next.end;
        }
        self.at = (at + 1).min(self.raw.text.len());
        self.para = true;
        self.after_blank = false;
        self.after_mark = false;
    }

    fn add_cells(&mut self, count: usize, cell: &str, at: usize) {
        if count == 0 {
            return;
        }
        if !self.out.text.trim_end_matches([' ', '\t']).ends_with('|') {
            self.out.add("|", self.raw, at.saturating_sub(1));
        }
        for _ in 0..count {
            self.out.add(cell, self.raw, at.saturating_sub(1));
        }
    }

    /// A row, its bars in code protected, paths with spaces between brackets, its examples numbered.
    fn row(&mut self, range: Range<usize>) {
        let raw = self.raw;
        let text = &raw.text;
        let mut at = range.start;
        let mut from = at;
        while at < range.end {
            match text.as_bytes()[at] {
                b'\\' => at += 2,
                b'(' if text[at..].starts_with("(@") => match self.example_at(at) {
                    Some((length, number)) => {
                        self.out.keep(raw, from..at);
                        self.out.add(&number, raw, at);
                        at += length;
                        from = at;
                    }
                    None => at += 2,
                },
                b'`' => {
                    let end = code_end(text, at);
                    let opens = text[at..].len() - text[at..].trim_start_matches('`').len();
                    if end > at + opens && end <= range.end {
                        let mut bar = at;
                        while let Some(found) = text[bar..end].find('|') {
                            let place = bar + found;
                            if !text[..place].ends_with('\\') {
                                self.out.keep(self.raw, from..place);
                                self.out.add("\\", self.raw, place);
                                from = place;
                            }
                            bar = place + 1;
                        }
                    }
                    at = end.min(range.end);
                }
                b']' if let Some((made, length)) =
                    super::paths::spaced(&text[range.start..at], &text[at..range.end]) =>
                {
                    self.out.keep(self.raw, from..at);
                    self.out.add(&made, self.raw, at);
                    at += length;
                    from = at;
                }
                _ => at += 1,
            }
        }
        self.out.keep(self.raw, from..range.end);
    }
}

fn is_grid_rule(words: &str) -> bool {
    words.len() > 3
        && words.starts_with('+')
        && words.ends_with('+')
        && words.contains(['-', '='])
        && words.chars().all(|c| "+-=:".contains(c))
}

/// Groups of dashes with spaces between.
pub(super) fn is_column_rule(words: &str) -> bool {
    words.starts_with(['-', ' '])
        && words.split_whitespace().filter(|word| word.len() > 1).count() > 1
        && words.chars().all(|c| c == '-' || c == ' ')
}

/// One group of dashes.
fn is_full_rule(words: &str) -> bool {
    // Pandoc writes its tables two columns in.
    let bare = words.trim_start_matches(' ');
    bare.len() >= 3 && words.len() - bare.len() < 4 && bare.chars().all(|c| c == '-') && is_rule(bare)
}

/// `| --- | :-: |`.
fn is_delimiter(words: &str) -> bool {
    words.contains('-')
        && words.contains(['|', ':'])
        && words.trim_matches('|').split('|').all(|cell| {
            let cell = cell.trim();
            let dashes = cell.trim_start_matches(':').trim_end_matches(':');
            !dashes.is_empty() && dashes.chars().all(|c| c == '-')
        })
}

/// The cells of a line that was meant as `| --- | --- |`: with other dashes (`|—|—|`), double lines (`|===|===|`), or
/// crosses between them, as Org has it (`|---+---|`).
fn odd_delimiter(words: &str) -> Option<String> {
    const DASHES: [char; 7] = ['-', '–', '—', '―', '−', '=', '_'];
    let inner = words.strip_prefix('|')?;
    let inner = inner.strip_suffix(['|', '+']).unwrap_or(inner);
    let cells: Vec<&str> = inner.split(['|', '+']).map(str::trim).collect();
    let drawn = |cell: &&str| {
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.chars().all(|letter| DASHES.contains(&letter))
    };
    let odd = words.contains('+') || words.contains(&DASHES[1..]);
    (odd && cells.iter().all(drawn)).then(|| {
        let colon = |is: bool| if is { ":" } else { "" };
        cells.iter().map(|cell| format!("{}---{}|", colon(cell.starts_with(':')), colon(cell.ends_with(':')))).collect()
    })
}

/// How many cells a row has, bars in code being letters.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    let mut count = 1;
    let mut at = 0;
    while at < inner.len() {
        match inner.as_bytes()[at] {
            b'\\' => at += 2,
            b'`' => at = code_end(inner, at),
            b'|' => {
                count += 1;
                at += 1;
            }
            _ => at += 1,
        }
    }
    count
}
