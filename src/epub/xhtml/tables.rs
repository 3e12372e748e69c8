//! Tables: caption, header scopes, and on a phone, for tables of many columns, a record a row.
//!
//! A record is the row set as a block by the stylesheet. Roles of tables are not written out beside the elements:
//! browsers have kept the semantics of tables set as blocks since 2020, and a `table` role forbids a caption.

use super::Writer;
use crate::book::Block;
use crate::book::block::{Cell, ColumnAlign, Table};
use crate::book::plain;

/// From this many columns on, a narrow screen shows a record a row (head: value) instead of a table.
pub(in crate::epub) const WIDE: usize = 4;

/// What a cell is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellKind {
    Head,
    RowHead,
    Plain,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, block: &Block, table: &Table) {
        let id = self.plan.id(block.id).map(str::to_owned);
        let has_head = table.head.iter().any(|cell| !plain(&cell.text.content).trim().is_empty());
        let wide = table.columns.len() >= WIDE && has_head;
        self.facts.tables = true;
        let language = block.language.as_ref().map(|language| language.tag());
        self.markup
            .tag("div")
            .attr("class", "table")
            .maybe("id", id.as_deref())
            .maybe("lang", language)
            .maybe("xml:lang", language)
            .begin();
        self.markup.tag("table").maybe("class", wide.then_some("wide")).begin();
        if table.caption.is_some() || table.number.is_some() {
            self.markup.tag("caption").open();
            self.numbered(table.number.as_deref(), table.caption.as_ref());
            self.markup.end();
        }
        if has_head {
            self.markup.tag("thead").begin();
            self.row(table, &table.head, true, wide);
            self.markup.end();
        }
        self.markup.tag("tbody").begin();
        for row in &table.rows {
            self.row(table, row, false, wide);
        }
        self.markup.end();
        self.markup.end();
        self.source(table.source.as_ref());
        self.markup.end();
    }

    fn row(&mut self, table: &Table, cells: &[Cell], head: bool, wide: bool) {
        self.markup.tag("tr").open();
        for at in 0..table.columns.len() {
            self.cell(table, cells.get(at), at, head, wide);
        }
        self.markup.end();
    }

    fn cell(&mut self, table: &Table, cell: Option<&Cell>, at: usize, head: bool, wide: bool) {
        let words = cell.map(|cell| plain(&cell.text.content)).unwrap_or_default();
        let kind = match (head, at == 0 && table.row_heads) {
            // A head cell without words heads nothing.
            _ if words.trim().is_empty() => CellKind::Plain,
            (true, _) => CellKind::Head,
            (false, true) => CellKind::RowHead,
            (false, false) => CellKind::Plain,
        };
        let (name, scope) = match kind {
            CellKind::Head => ("th", Some("col")),
            CellKind::RowHead => ("th", Some("row")),
            CellKind::Plain => ("td", None),
        };
        let class = match table.columns[at].align {
            ColumnAlign::Right => Some("right"),
            ColumnAlign::Centre => Some("centre"),
            ColumnAlign::Auto if at > 0 && table.is_numeric(at) => Some("right"),
            ColumnAlign::Auto | ColumnAlign::Left => None,
        };
        let label = (wide && !head && kind == CellKind::Plain)
            .then(|| table.head.get(at).map(|cell| plain(&cell.text.content)))
            .flatten()
            .filter(|label| !label.trim().is_empty());
        self.markup.tag(name).maybe("scope", scope).maybe("class", class).maybe("data-head", label.as_deref()).open();
        if let Some(cell) = cell {
            self.text(&cell.text);
        }
        self.markup.close();
    }
}
