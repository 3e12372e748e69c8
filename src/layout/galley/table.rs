//! Tables: widths solved, rows as strips, the head repeated over pages.

use super::blocks::caption;
use super::columns::{ColumnNeeds, solve};
use super::{Builder, Item, Setting, Shape};
use crate::book::block::{Cell, ColumnAlign, Table};
use crate::book::inline::plain;
use crate::diagnostic::{Diagnostic, lints};
use crate::layout::strip::{Anchor, Strip};
use crate::page::{Artifact, MarkKind, NodeId, Owner, Scope, Tag};
use crate::theme::{Alignment, Role, Style};
use crate::units::{Colour, Length, Point, Rect};

/// Between columns.
const GAP: Length = Length::pt(14.0);
/// Above and below the text of a cell.
const PAD: Length = Length::pt(3.0);
/// Type is never made smaller than this share of its size, in thousandths.
const FLOOR: i64 = 780;

/// A table's columns once they are solved.
struct SolvedTable {
    widths: Vec<Length>,
    styles: [Style; 2],
    gap: Length,
}

impl<'a> Builder<'a> {
    pub(super) fn table(&mut self, table: &'a Table, setting: Setting<'a>) {
        let measure = self.width(setting);
        let group = self.structure.add(setting.parent, Tag::Div);
        let caption_style = *self.shop.style(Role::Caption);
        let source_style = *self.shop.style(Role::Source);
        let mut top = Strip::default();
        if table.caption.is_some() || table.number.is_some() {
            let node = caption(&mut self.structure, group);
            top.append(self.numbered_title(table.number.as_deref(), table.caption.as_ref(), measure, node, setting));
            top.height += caption_style.below;
        }
        let solved = self.solve_table(table, measure, setting);
        let element = self.structure.add(group, Tag::Table);
        let head = self.head_row(table, &solved, element, measure, setting);
        let body = self.structure.add(element, Tag::TBody);
        let last = table.rows.len();
        let rows: Vec<Strip> = table
            .rows
            .iter()
            .enumerate()
            .map(|(at, row)| self.body_row(table, row, &solved, body, at + 1 == last, measure, setting))
            .collect();
        let mut foot = Strip::default();
        self.source_lines(&mut foot, [table.source.as_ref(), None], measure, group, setting);

        let whole: Length = top.height + head.height + rows.iter().map(|row| row.height).sum() + foot.height;
        let page = self.shop.theme.page.trim.height - self.shop.theme.page.head - self.shop.theme.page.foot;
        if whole <= page.scale(3, 5) {
            let mut strip = top;
            strip.append(head);
            for row in rows {
                strip.append(row);
            }
            strip.append(foot);
            self.solid(strip, setting.left, caption_style.above, source_style.below);
        } else {
            self.long_table([top, head, foot], rows, setting);
        }
    }

    /// A table that may go over pages: title, rows under a repeated head, source.
    fn long_table(&mut self, [top, head, foot]: [Strip; 3], rows: Vec<Strip>, setting: Setting<'a>) {
        let above = self.shop.style(Role::Caption).above;
        let below = self.shop.style(Role::Source).below;
        if top.height > Length::ZERO {
            self.solid(top, setting.left, above, Length::ZERO).keep = true;
        }
        let at = Point::new(setting.left, Length::ZERO);
        let moved = |mut strip: Strip| {
            strip.shift(at);
            strip
        };
        let shape = Shape::Rows { head: Some(moved(head)), rows: rows.into_iter().map(moved).collect() };
        let has_foot = foot.height > Length::ZERO;
        let item = Item { below: if has_foot { Length::ZERO } else { below }, keep: has_foot, ..self.item(shape) };
        self.items.push(item);
        if has_foot {
            self.solid(foot, setting.left, Length::ZERO, below);
        }
    }

    /// Widths, and type small enough for them.
    fn solve_table(&mut self, table: &'a Table, measure: Length, setting: Setting<'a>) -> SolvedTable {
        let full = [*self.shop.style(Role::TableHead), *self.shop.style(Role::TableCell)];
        let count = table.columns.len() as i64;
        for share in [1000, 930, 860, FLOOR] {
            let styles = full.map(|style| Style { size: style.size.scale(share, 1000), ..style });
            let gap = GAP.scale(share, 1000);
            let needs = self.needs(table, &styles, setting);
            if let Some(widths) = solve(&needs, measure - gap * (count - 1)) {
                if share < 1000 {
                    self.shrunk(table, share);
                }
                return SolvedTable { widths, styles, gap };
            }
        }
        self.shrunk(table, FLOOR);
        let gap = Length::pt(6.0);
        let styles = full.map(|style| Style { size: style.size.scale(FLOOR, 1000), hyphenate: true, ..style });
        let width = (measure - gap * (count - 1)) / count.max(1);
        SolvedTable { widths: vec![width; table.columns.len()], styles, gap }
    }

    fn shrunk(&mut self, table: &Table, share: i64) {
        let span = table.head.first().and_then(|cell| cell.text.span);
        self.diagnostics.report(
            Diagnostic::new(
                &lints::WIDE_TABLE,
                format!("the table's type is set at {} % to fit the measure", share / 10),
            )
            .at(span)
            .hint("fewer or shorter columns keep the type at its size"),
        );
    }

    /// What each column needs at a size.
    fn needs(&mut self, table: &'a Table, styles: &[Style; 2], setting: Setting<'a>) -> Vec<ColumnNeeds> {
        let mut needs = vec![ColumnNeeds::default(); table.columns.len()];
        let rows = std::iter::once((&table.head, &styles[0])).chain(table.rows.iter().map(|row| (row, &styles[1])));
        for (row, style) in rows {
            for (column, cell) in needs.iter_mut().zip(row) {
                let (least, most) = self.shop.setter.extents(&cell.text.content, style, setting.language);
                column.least = column.least.max(least);
                column.cells.push(most);
            }
        }
        for (need, column) in needs.iter_mut().zip(&table.columns) {
            need.weight = column.weight;
        }
        needs
    }

    fn head_row(
        &mut self,
        table: &'a Table,
        solved: &SolvedTable,
        element: NodeId,
        measure: Length,
        setting: Setting<'a>,
    ) -> Strip {
        let ink = self.shop.theme.palette.ink;
        let mut strip = Strip::default();
        rule(&mut strip, Length::ZERO, measure, Length::pt(1.0), ink);
        if !table.head.is_empty() {
            let group = self.structure.add(element, Tag::THead);
            let row = self.structure.add(group, Tag::TR);
            let cells = self.cells(table, &table.head, solved, row, true, setting);
            strip.append(cells);
            let foot = strip.height - Length::pt(0.5);
            rule(&mut strip, foot, measure, Length::pt(0.5), ink);
        }
        strip
    }

    #[allow(clippy::too_many_arguments)]
    fn body_row(
        &mut self,
        table: &'a Table,
        cells: &'a [Cell],
        solved: &SolvedTable,
        body: NodeId,
        last: bool,
        measure: Length,
        setting: Setting<'a>,
    ) -> Strip {
        let row = self.structure.add(body, Tag::TR);
        let mut strip = self.cells(table, cells, solved, row, false, setting);
        let palette = self.shop.theme.palette;
        let (weight, colour) = if last { (1.0, palette.ink) } else { (0.3, palette.rules) };
        let foot = strip.height - Length::pt(weight);
        rule(&mut strip, foot, measure, Length::pt(weight), colour);
        strip
    }

    /// The cells of a row side by side, as high as the highest.
    fn cells(
        &mut self,
        table: &'a Table,
        cells: &'a [Cell],
        solved: &SolvedTable,
        row: NodeId,
        head: bool,
        setting: Setting<'a>,
    ) -> Strip {
        let mut strip = Strip::default();
        let mut height = Length::ZERO;
        let mut left = Length::ZERO;
        for (at, (column, width)) in table.columns.iter().zip(&solved.widths).enumerate() {
            let tag = match (head, at == 0 && table.row_heads) {
                (true, _) => Tag::TH(Scope::Column),
                (false, true) => Tag::TH(Scope::Row),
                (false, false) => Tag::TD,
            };
            let node = self.structure.add(row, tag);
            if let Some(cell) = cells.get(at) {
                let mut style = solved.styles[usize::from(!head)];
                style.align = match column.align {
                    ColumnAlign::Right => Alignment::FlushEnd,
                    ColumnAlign::Centre => Alignment::Centred,
                    ColumnAlign::Left => Alignment::Flush,
                    ColumnAlign::Auto if at > 0 && numeric(table, at) => Alignment::FlushEnd,
                    ColumnAlign::Auto => Alignment::Flush,
                };
                let text = self.solid_text(&cell.text, style, *width, node, setting.language);
                height = height.max(text.height);
                strip.lay(text, Point::new(left, PAD));
                strip.anchors.push(Anchor::Block(cell.text.id));
            }
            left += *width + solved.gap;
        }
        strip.height = height + PAD * 2;
        strip
    }
}

/// Whether all cells of a column are numbers.
fn numeric(table: &Table, column: usize) -> bool {
    let mut any = false;
    for row in &table.rows {
        let words = row.get(column).map(|cell| plain(&cell.text.content)).unwrap_or_default();
        let word = words.trim();
        if word.is_empty() || word == "–" || word == "—" {
            continue;
        }
        let number = word.chars().all(|c| c.is_ascii_digit() || " \u{a0}\u{202f}.,−-+%$€£".contains(c));
        if !number || !word.chars().any(|c| c.is_ascii_digit()) {
            return false;
        }
        any = true;
    }
    any
}

fn rule(strip: &mut Strip, y: Length, width: Length, weight: Length, colour: Colour) {
    let rect = Rect::new(Length::ZERO, y, width, weight);
    strip.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
}
