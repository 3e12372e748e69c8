//! Tables as records: what a table too wide for large letters becomes. Each row stands below the one before, its first
//! cell as a title, the others as pairs of the name of their column and what stands in it.
//!
//! It stays a table of two columns in the structure tree, whose left one has the heads: readers' tools walk it as they
//! walk any other.

use super::table::{GAP, Pieces, rule};
use super::{Builder, Setting};
use crate::book::block::{Cell, Table};
use crate::book::walk;
use crate::language::Direction;
use crate::layout::strip::Strip;
use crate::layout::text::Job;
use crate::page::{CellSpan, NodeId, Scope, Tag};
use crate::theme::Style;
use crate::units::{Length, Point};

const ONE: CellSpan = CellSpan { across: 1, down: 1 };
const BOTH: CellSpan = CellSpan { across: 2, down: 1 };

/// How a table's records are set.
struct Looks {
    head: Style,
    cell: Style,
    /// The whole, and what the names of columns have of it.
    measure: Length,
    names: Length,
    /// The height of a page.
    page: Length,
}

impl<'a> Builder<'a> {
    /// The pieces of a table whose rows are records.
    pub(super) fn records(&mut self, table: &'a Table, measure: Length, page: Length, setting: Setting<'a>) -> Pieces {
        let element = self.structure.add(setting.parent, Tag::Table);
        let top = match table.is_named() {
            true => self.table_title(table, table.number.as_deref(), measure, element, setting),
            false => Strip::default(),
        };
        let mut head = Strip::default();
        let (weight, ink) = self.rule_below(1, false);
        rule(&mut head, Length::ZERO, measure, weight, ink);
        let [title, cell] = self.table_styles(1000);
        let wide = |cell: &Cell| self.shop.setter.extents(&cell.text.content, &title, setting.language).1;
        let first = usize::from(table.row_heads);
        let names = table.head.iter().skip(first).map(wide).max().unwrap_or_default();
        let looks = Looks { head: title, cell, measure, names: names.min(measure.scale(2, 5)), page };
        let body = self.structure.add(element, Tag::TBody);
        let mut rows = Vec::new();
        for (at, cells) in table.rows.iter().enumerate() {
            rows.extend(self.record(table, cells, at == 0, &looks, body, setting));
        }
        let foot = self.table_foot(table, measure, setting);
        Pieces { top, head, rows, foot }
    }

    /// A row as a record; its title does not part from the first pair.
    fn record(
        &mut self,
        table: &'a Table,
        cells: &'a [Cell],
        is_first: bool,
        looks: &Looks,
        body: NodeId,
        setting: Setting<'a>,
    ) -> Vec<Strip> {
        let mut strips: Vec<Strip> = Vec::new();
        let mut title = None;
        let named = cells.first().filter(|cell| table.row_heads && !cell.is_bare());
        if let Some(cell) = named {
            let row = self.structure.add(body, Tag::TR);
            let node = self.structure.add(row, Tag::TH(Scope::Column, BOTH));
            let mut lines = Strip::stacked(self.cell_lines(cell, looks.head, looks.measure, node, setting));
            let pad = self.pad();
            lines.shift(Point::new(Length::ZERO, pad));
            lines.height += pad;
            title = Some(lines);
        }
        let said = |at: &usize| cells.get(*at).is_some_and(|cell| !cell.is_bare());
        let columns: Vec<usize> = (usize::from(table.row_heads)..table.columns.len()).filter(said).collect();
        for &column in &columns {
            let lines = self.pair(table.head.get(column), &cells[column], is_first, looks, body, setting);
            let left = if Some(&column) == columns.last() { 1 } else { columns.len() + 1 };
            let (weight, colour) = self.rule_below(left, false);
            let mut pieces = self.ruled_row(lines, looks.measure, weight, colour, looks.page);
            if let Some(mut above) = title.take() {
                above.append(pieces.remove(0));
                pieces.insert(0, above);
            }
            strips.extend(pieces);
        }
        strips.extend(title);
        strips
    }

    /// The name of a column and what a row has in it, line by line. Notes are called where the name stands first.
    fn pair(
        &mut self,
        name: Option<&'a Cell>,
        cell: &'a Cell,
        is_first: bool,
        looks: &Looks,
        body: NodeId,
        setting: Setting<'a>,
    ) -> Vec<Strip> {
        let row = self.structure.add(body, Tag::TR);
        let from_the_right = setting.language.direction() == Direction::RightToLeft;
        let Some(name) = name.filter(|name| !name.is_bare()) else {
            let node = self.structure.add(row, Tag::TD(BOTH));
            return self.cell_lines(cell, looks.cell, looks.measure, node, setting);
        };
        let node = self.structure.add(row, Tag::TH(Scope::Row, ONE));
        let left = match is_first {
            true => self.cell_lines(name, looks.head, looks.names, node, setting),
            false => self.name_again(name, looks, node, setting),
        };
        let node = self.structure.add(row, Tag::TD(ONE));
        let across = looks.measure - looks.names - GAP;
        let right = self.cell_lines(cell, looks.cell, across, node, setting);
        let (name_at, cell_at) = match from_the_right {
            true => (looks.measure - looks.names, Length::ZERO),
            false => (Length::ZERO, looks.names + GAP),
        };
        let mut lines: Vec<Strip> = Vec::new();
        for (x, set) in [(name_at, left), (cell_at, right)] {
            for (number, line) in set.into_iter().enumerate() {
                if lines.len() == number {
                    lines.push(Strip::blank(line.height));
                }
                lines[number].height = lines[number].height.max(line.height);
                lines[number].lay(line, Point::new(x, Length::ZERO));
            }
        }
        if lines.is_empty() {
            lines.push(Strip::blank(looks.cell.leading));
        }
        lines
    }

    /// The name of a column once more, without calls and links.
    fn name_again(&mut self, name: &Cell, looks: &Looks, node: NodeId, setting: Setting<'a>) -> Vec<Strip> {
        let content = walk::title(&name.text.content);
        let job = Job {
            content: &content,
            block: None,
            style: looks.head,
            width: looks.names,
            first: Length::ZERO,
            deep: 1,
            language: setting.language,
        };
        let set = self.shop.set(&job);
        self.shop.lines(set, &job, node, &mut self.structure)
    }
}
