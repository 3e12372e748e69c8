//! Tables: caption, header scopes, and on a phone, for tables of many columns, a record a row.
//!
//! A record is the row set as a block by the stylesheet. Roles of tables are not written out beside the elements:
//! browsers have kept the semantics of tables set as blocks since 2020, and a `table` role forbids a caption.

use super::Writer;
use crate::book::Block;
use crate::book::block::{Cell, ColumnAlign, Table};
use crate::book::plain;

/// From this many columns on, a screen that has no room for a table shows a record a row (head: value).
pub(in crate::epub) const WIDE: usize = 4;

/// How wide a telephone held upright is, in tenths of the letters of a table.
const TELEPHONE: usize = 220;

/// Columns that are not wider together would stand too far apart over a screen.
const NARROW: usize = 130;

/// What a cell is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellKind {
    Head,
    RowHead,
    Plain,
}

/// What the cells of some rows have in common.
#[derive(Clone, Copy)]
struct Looks<'a> {
    /// Whether they are the table's head.
    head: bool,
    /// Whether a narrow screen shows a record a row.
    wide: bool,
    /// Which columns but the first hold numbers: asked once, for it goes over all rows.
    numeric: &'a [bool],
    /// Whether the first does.
    counts: bool,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, block: &Block, table: &Table) {
        let id = self.plan.id(block.id).map(str::to_owned);
        let has_head = table.above.iter().flatten().chain(&table.head).any(|cell| !cell.is_bare());
        let wide = table.columns.len() >= WIDE && has_head;
        self.facts.tables = true;
        let numeric: Vec<bool> = (0..table.columns.len()).map(|at| at > 0 && table.is_numeric(at)).collect();
        let looks = Looks { head: false, wide, numeric: &numeric, counts: table.is_numeric(0) };
        let language = block.language.as_ref().map(|language| language.tag());
        self.markup
            .tag("div")
            .attr("class", "table")
            .maybe("id", id.as_deref())
            .maybe("lang", language)
            .maybe("xml:lang", language)
            .begin();
        // What becomes records on a telephone is no table any more to readers' tools, unless it says so.
        let role = |role: &'static str| wide.then_some(role);
        let class = match wide {
            true if fits_a_telephone(table, &numeric) => Some("snug"),
            true => Some("wide"),
            false => is_narrow(table).then_some("narrow"),
        };
        self.markup.tag("table").maybe("class", class).maybe("role", role("table")).begin();
        if table.caption.is_some() || table.number.is_some() {
            self.markup.tag("caption").open();
            self.numbered(table.number.as_deref(), table.caption.as_ref());
            self.markup.end();
        }
        if has_head {
            self.markup.tag("thead").maybe("role", role("rowgroup")).begin();
            for row in table.heads() {
                self.row(table, row, Looks { head: true, ..looks });
            }
            self.markup.end();
        }
        self.markup.tag("tbody").maybe("role", role("rowgroup")).begin();
        for (at, row) in table.rows.iter().enumerate() {
            self.total = table.total && at + 1 == table.rows.len();
            self.row(table, row, looks);
        }
        self.total = false;
        self.markup.end();
        self.markup.end();
        self.source(table.note.as_ref());
        self.source(table.source.as_ref());
        self.markup.end();
    }

    /// A cell of several paragraphs.
    fn cell_blocks(&mut self, cell: &Cell) {
        if !cell.text.content.is_empty() {
            self.markup.tag("p").open();
            self.text(&cell.text);
            self.markup.end();
        }
        self.blocks(&cell.more);
    }

    fn row(&mut self, table: &Table, cells: &[Cell], looks: Looks<'_>) {
        let role = looks.wide.then_some("row");
        self.markup.tag("tr").maybe("class", self.total.then_some("total")).maybe("role", role).open();
        for at in 0..table.columns.len() {
            self.cell(table, cells.get(at), at, looks);
        }
        self.markup.end();
    }

    fn cell(&mut self, table: &Table, cell: Option<&Cell>, at: usize, looks: Looks<'_>) {
        let Looks { head, wide, numeric, .. } = looks;
        if cell.is_some_and(Cell::is_covered) {
            return;
        }
        let kind = match (head, at == 0 && table.row_heads) {
            // A head cell in which nothing stands heads nothing, and a picture names no row.
            (true, _) if cell.is_some_and(|cell| !cell.is_bare()) => CellKind::Head,
            (false, true) if cell.is_some_and(|cell| !plain(&cell.text.content).trim().is_empty()) => CellKind::RowHead,
            _ => CellKind::Plain,
        };
        let (name, scope, role) = match kind {
            CellKind::Head => ("th", Some("col"), "columnheader"),
            CellKind::RowHead => ("th", Some("row"), "rowheader"),
            CellKind::Plain => ("td", None, "cell"),
        };
        let span = |count: Option<u16>| count.filter(|count| *count > 1).map(|count| count.to_string());
        let (across, down) = (span(cell.map(|cell| cell.across)), span(cell.map(|cell| cell.down)));
        let class = match table.columns[at].align {
            _ if head && across.is_some() => Some("centre"),
            // Numbers of the first column stand at the edge, as they do in print.
            ColumnAlign::Right if at == 0 && looks.counts => Some("right first"),
            ColumnAlign::Right => Some("right"),
            ColumnAlign::Centre => Some("centre"),
            ColumnAlign::Auto if numeric[at] => Some("right"),
            ColumnAlign::Auto | ColumnAlign::Left => None,
        };
        let label = (wide && !head && kind == CellKind::Plain)
            .then(|| table.head.get(at).map(|cell| plain(&cell.text.content)))
            .flatten()
            .filter(|label| !label.trim().is_empty());
        self.markup
            .tag(name)
            .maybe("scope", scope)
            .maybe("role", wide.then_some(role))
            .maybe("class", class)
            .maybe("colspan", across.as_deref())
            .maybe("rowspan", down.as_deref())
            .maybe("data-head", label.as_deref())
            .open();
        if let Some(cell) = cell {
            if cell.more.is_empty() {
                self.text(&cell.text);
            } else {
                self.cell_blocks(cell);
            }
        }
        self.markup.close();
    }
}

/// Whether all columns have room side by side on a telephone: words of text may stand below each other, in two lines or
/// three, numbers not.
fn fits_a_telephone(table: &Table, numeric: &[bool]) -> bool {
    let longest = |text: &str| text.split_ascii_whitespace().map(tenths).max().unwrap_or_default();
    let mut needs: Vec<usize> = vec![0; table.columns.len()];
    let rows = table.heads().map(|cells| (true, cells)).chain(table.rows.iter().map(|cells| (false, cells.as_slice())));
    for (head, cells) in rows {
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.across == 1) {
            let text = plain(&cell.text.content);
            let need = match head {
                // Heads are bolder.
                true => longest(&text) * 11 / 10,
                false if numeric[at] => tenths(&text),
                false => longest(&text).max(tenths(&text) / 2),
            };
            // A cell of several paragraphs is read better in a line of its own.
            let need = if cell.more.is_empty() { need } else { TELEPHONE };
            needs[at] = needs[at].max(need);
        }
    }
    needs.iter().map(|need| need + 9).sum::<usize>() <= TELEPHONE
}

/// How wide a text is on one line, in tenths of its letters.
fn tenths(text: &str) -> usize {
    text.chars().map(|letter| if letter >= '\u{2e80}' { 10 } else { 5 }).sum()
}

/// Whether a table of several columns has short cells only.
fn is_narrow(table: &Table) -> bool {
    let mut needs: Vec<usize> = vec![0; table.columns.len()];
    for cells in table.heads().chain(table.rows.iter().map(Vec::as_slice)) {
        for (need, cell) in needs.iter_mut().zip(cells) {
            let one_line = if cell.more.is_empty() { tenths(&plain(&cell.text.content)) } else { NARROW };
            *need = (*need).max(one_line);
        }
    }
    needs.len() > 1 && needs.iter().sum::<usize>() <= NARROW
}
