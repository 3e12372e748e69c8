//! Tables: rows and columns, and what the attributes of their captions say.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::Parser;
use super::events::Events;
use super::leaf::trimmed;
use crate::book::block::ColumnAlign;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PBlockKind, PCell, PInline, PKind, PTable, PText};
use crate::source::Span;

impl Parser<'_> {
    pub(super) fn table(&mut self, aligns: &[Alignment], events: &mut Events<'_>) -> PBlockKind {
        let mut head = Vec::new();
        let mut rows: Vec<Vec<PCell>> = Vec::new();
        let mut row: Vec<PCell> = Vec::new();
        let mut over = Vec::new();
        while let Some((event, place)) = events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => {
                    for cell in std::mem::take(&mut over) {
                        let content = self.line_of(cell);
                        let Some((first, last)) = content.first().zip(row.last_mut()) else { continue };
                        last.text.content.push(PInline { kind: PKind::Text(" ".to_owned()), span: first.span });
                        last.text.content.extend(content);
                    }
                    rows.push(std::mem::take(&mut row));
                }
                Event::Start(Tag::TableRow) => over = self.cells_over(aligns.len(), place),
                Event::Start(Tag::TableCell) => {
                    let span = self.span(trimmed(self.text, place));
                    let content = self.inline(events, Some(TagEnd::TableCell));
                    let text = self.text_block(content, span);
                    row.push(PCell { text, more: Vec::new(), across: 1, down: 1 });
                }
                _ => {}
            }
        }
        let aligns = aligns
            .iter()
            .map(|align| match align {
                Alignment::None => ColumnAlign::Auto,
                Alignment::Left => ColumnAlign::Left,
                Alignment::Center => ColumnAlign::Centre,
                Alignment::Right => ColumnAlign::Right,
            })
            .collect();
        let table = PTable { aligns, head, rows, ..PTable::default() };
        PBlockKind::Table(Box::new(table))
    }

    /// The cells of a row beyond the head's, which GFM drops: they are said, and set in the last column.
    fn cells_over(&mut self, columns: usize, place: Range<usize>) -> Vec<Range<usize>> {
        let place = trimmed(self.text, place);
        let row = &self.text[place.clone()];
        let open = usize::from(row.starts_with('|'));
        let inner = &row[open..];
        let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
        let first = place.start + open;
        let bars = inner.match_indices('|').map(|(at, _)| at).filter(|at| !inner[..*at].ends_with('\\'));
        let ends: Vec<usize> = bars.chain([inner.len()]).map(|at| first + at).collect();
        if ends.len() <= columns {
            return Vec::new();
        }
        let span = self.span(place);
        let message = format!(
            "this row has {} cells, the table has {columns} columns: what is over stands in the last one",
            ends.len()
        );
        self.diagnostics.report(
            Diagnostic::new(&lints::TABLE_SHAPE, message)
                .at(span)
                .hint("add a column to the head and the line below it; a bar that should be printed is \\|"),
        );
        ends.windows(2).skip(columns - 1).map(|pair| trimmed(self.text, pair[0] + 1..pair[1])).collect()
    }

    pub(super) fn caption_table(
        &mut self,
        table: &mut PTable,
        label: &mut Option<(String, Span)>,
        caption: PText,
        attributes: Attributes,
    ) {
        let at = attributes.span.unwrap_or(caption.span);
        table.caption = Some(caption);
        self.table_attributes(table, &attributes, at);
        if attributes.label.is_some() {
            *label = attributes.label;
        }
    }

    /// What braces say of a table besides its label.
    pub(super) fn table_attributes(&mut self, table: &mut PTable, attributes: &Attributes, at: Span) {
        table.turn |= attributes.has("turn");
        if let Some(widths) = attributes.get("widths").or_else(|| attributes.get("tbl-colwidths")) {
            table.widths = self.widths(widths, table.aligns.len(), at);
        }
        if let Some(spanner) = attributes.get("spanner").map(str::to_owned) {
            self.spanner(table, &spanner, at);
        }
        match attributes.get("place") {
            None | Some("here") => {}
            Some("wide") => table.wide = true,
            Some(picture @ ("page" | "spread")) => {
                table.wide = true;
                self.diagnostics.report(
                    Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, format!("\"place={picture}\" is a place of pictures"))
                        .at(at)
                        .hint("the table stands over text and margin, or over all columns: `place=wide`; `turn` gives it a page"),
                );
            }
            Some(other) => {
                let message = format!("\"{other}\" is no place of a table");
                self.diagnostics.report(
                    Diagnostic::new(&lints::WRONG_VALUE, message)
                        .at(at)
                        .hint("write place=wide for one over text and margin, or over all columns"),
                );
            }
        }
        match attributes.get("total") {
            None => {}
            Some("last") => table.total = true,
            Some(other) => {
                let message = format!("\"{other}\" says of no row that it has the totals");
                self.diagnostics.report(
                    Diagnostic::new(&lints::WRONG_VALUE, message).at(at).hint("write total=last for the last row"),
                );
            }
        }
        for (key, _) in &attributes.keys {
            if !matches!(key.as_str(), "turn" | "widths" | "tbl-colwidths" | "spanner" | "total" | "place") {
                self.unknown_attribute(key, at);
            }
        }
        for class in attributes.classes.iter().filter(|class| *class != "turn") {
            self.unknown_attribute(&format!(".{class}"), at);
        }
    }

    /// The weights of a table's columns, in thousandths of what was written.
    fn widths(&mut self, written: &str, columns: usize, at: Span) -> Vec<Option<u32>> {
        let weights: Vec<Option<u32>> = written
            .trim_matches(['[', ']'])
            .split([' ', ','])
            .filter(|width| !width.is_empty())
            .map(|width| width.parse().ok().filter(|weight: &f64| (0.001..=1e6).contains(weight)))
            .map(|weight| weight.map(|weight| (weight * 1000.0).round() as u32))
            .collect();
        if weights.len() == columns && weights.iter().all(Option::is_some) {
            return weights;
        }
        self.diagnostics.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{written}\" are no widths of {columns} columns"))
                .at(at)
                .hint("write a number for each column: widths=\"1 2 2\" makes the first half as wide as the others"),
        );
        Vec::new()
    }

    /// `2-3 Exports; 4-5 Imports`: heads over columns.
    fn spanner(&mut self, table: &mut PTable, written: &str, at: Span) {
        let columns = table.aligns.len();
        let mut row: Vec<PCell> = (0..columns).map(|_| self.empty_cell(at)).collect();
        for part in written.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (range, words) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
            let (first, last) = range.split_once(['-', '–']).unwrap_or((range, range));
            let found = first.parse::<usize>().ok().zip(last.parse::<usize>().ok());
            let Some((first, last)) = found.filter(|(first, last)| *first >= 1 && first <= last && *last <= columns)
            else {
                let message = format!("\"{part}\" names no columns of this table");
                self.diagnostics.report(
                    Diagnostic::new(&lints::WRONG_VALUE, message)
                        .at(at)
                        .hint("write spanner=\"2-3 Exports; 4-5 Imports\": first and last column, then the words"),
                );
                continue;
            };
            row[first - 1].text = self.attribute_text(words.trim(), at);
            row[first - 1].across = (last - first + 1) as u16;
            for covered in &mut row[first..last] {
                covered.across = 0;
            }
        }
        table.above.push(row);
    }
}
