//! Tables: widths solved, rows as strips, the head repeated over pages.
//!
//! A table that is too wide gets smaller type down to a floor, then a turned page, then parts with its first column
//! repeated; a word that is too long even so is broken. In large print no type is made smaller and no page turned unasked:
//! there it is told in records, or has parts. Nothing leaves the type area, and a message says what was done.

use super::blocks::caption;
use super::columns::{ColumnNeeds, drawn, solve};
use super::decimals::Decimals;
use super::turned::turn;
use super::{Builder, Item, Setting, Shape};
use crate::book::block::{Cell, Column, ColumnAlign, Table};
use crate::book::{Block, BlockKind, Inline};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::Direction;
use crate::layout::paragraph::SetParagraph;
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::{Job, signs};
use crate::page::{Artifact, CellSpan, MarkKind, NodeId, Owner, Scope, Tag};
use crate::theme::bounds::LEAST;
use crate::theme::{Alignment, Role, Style};
use crate::units::{Colour, Length, Point, Rect};

/// Between columns.
pub(super) const GAP: Length = Length::pt(14.0);
/// Above and below the text of a cell; in large print it is a share of the letters, so that calls keep clear of rules.
const PAD: Length = Length::pt(3.0);
/// The sizes that are tried, in thousandths; type is never made smaller than the last.
const SHARES: [i64; 4] = [1000, 930, 860, 780];

/// Some columns of a table with their widths and type.
struct SolvedTable {
    /// Which columns, by number.
    columns: Vec<usize>,
    widths: Vec<Length>,
    styles: [Style; 2],
    gap: Length,
    /// Whether the cells of each are numbers.
    numeric: Vec<bool>,
    /// How long the rules are.
    rules: Length,
}

/// What every column of a table needs, at each size for which that was asked.
#[derive(Default)]
struct Needs([Vec<ColumnNeeds>; SHARES.len()]);
impl SolvedTable {
    /// How wide some columns are together, with the gaps between them.
    fn across(&self, first: usize, count: u16) -> Length {
        let range = first..first + usize::from(count);
        let widths = self.columns.iter().zip(&self.widths).filter(|(column, _)| range.contains(column));
        let (sum, count) = widths.fold((Length::ZERO, 0), |(sum, count), (_, width)| (sum + *width, count + 1));
        sum + self.gap * (count - 1).max(0)
    }
}

/// Which row is set.
enum RowKind<'r> {
    Head,
    /// What each cell leaves after its number, and whether it has the totals.
    Body {
        room: &'r [Length],
        total: bool,
    },
}

/// More lines of a cell than these are not read across in large print.
const LINES: i64 = 5;

/// How a table stands.
enum Stand {
    Upright(SolvedTable),
    Turned(SolvedTable),
    Parts(Vec<SolvedTable>),
    Records,
}

/// The pieces of a set table.
pub(super) struct Pieces {
    pub top: Strip,
    pub head: Strip,
    /// One for each row; a row higher than half a page is several.
    pub rows: Vec<Strip>,
    pub foot: Strip,
}

impl<'a> Builder<'a> {
    pub(super) fn table(&mut self, table: &'a Table, setting: Setting<'a>) {
        if self.needs_all_columns(table, setting) {
            let start = self.items.len();
            self.across(|builder| builder.table(table, setting));
            // One piece may wait for the head of a page or stand at its foot; what no caption names stays in its place.
            let named = table.is_named();
            let pieces = &mut self.items[start..];
            let solid = pieces.iter().all(|item| matches!(item.shape, Shape::Solid(_)) && !item.keep);
            pieces.iter_mut().for_each(|item| item.float |= solid && named);
            return;
        }
        let reach = self.may_reach(setting);
        if reach > Length::ZERO && !table.turn && self.needs_reach(table, reach, setting) {
            return self.reaching(reach, |builder| builder.table(table, setting));
        }
        let measure = self.width(setting);
        let area = self.shop.turned_measure();
        let group = self.structure.add(setting.parent, Tag::Div);
        let within = Setting { parent: group, ..setting };
        // What a reference finds by its number may wait for the head of a page, as a figure does.
        let floats = table.is_named() && setting.role == Role::Body && setting.depth == 0;
        match self.stand(table, measure, setting) {
            Stand::Upright(solved) => {
                let pieces = self.pieces(table, &solved, measure, area, None, within);
                self.upright(pieces, floats, setting);
            }
            Stand::Turned(solved) => {
                let pieces = self.pieces(table, &solved, area, measure, None, within);
                self.turned(pieces, measure, area);
            }
            Stand::Parts(parts) => {
                let count = parts.len();
                for (at, solved) in parts.iter().enumerate() {
                    let pieces = self.pieces(table, solved, measure, area, Some((at + 1, count)), within);
                    self.upright(pieces, false, setting);
                }
            }
            Stand::Records => {
                let pieces = self.records(table, measure, area, within);
                self.upright(pieces, false, setting);
            }
        }
    }

    /// Whether a column is too narrow for a table at the size of its letters, or makes more than two lines of a cell.
    fn needs_all_columns(&mut self, table: &'a Table, setting: Setting<'a>) -> bool {
        if self.columns == 1 || self.over || self.width(setting) < self.measure() {
            return false;
        }
        if table.wide {
            return true;
        }
        let all: Vec<usize> = (0..table.columns.len()).collect();
        let mut known = Needs::default();
        let solved = self.solve_table(table, &all, self.measure(), &mut known, setting);
        let Some((solved, _)) = solved.filter(|(_, share)| *share == 1000 && !table.turn) else { return true };
        let needs = known.0[0].iter().zip(&solved.widths);
        needs.into_iter().any(|(needs, width)| needs.cells.iter().any(|cell| *cell > *width * 2))
    }

    /// Whether the lines are too narrow for a table at the size of its letters, or make more than two lines of a cell,
    /// and the margin beside them would help.
    fn needs_reach(&mut self, table: &'a Table, reach: Length, setting: Setting<'a>) -> bool {
        if table.wide {
            return true;
        }
        let all: Vec<usize> = (0..table.columns.len()).collect();
        let mut known = Needs::default();
        let solved = self.solve_table(table, &all, self.measure(), &mut known, setting);
        let Some((solved, share)) = solved else {
            let wide = self.solve_table(table, &all, self.measure() + reach, &mut known, setting);
            return wide.is_some();
        };
        let needs = known.0[0].iter().zip(&solved.widths);
        let crowded = needs.into_iter().any(|(needs, width)| needs.cells.iter().any(|cell| *cell > *width * 2));
        share < 1000 || (crowded && table.columns.len() > 3)
    }

    /// In the measure if there is room for its words, at a smaller size if need be; else turned; else in parts.
    fn stand(&mut self, table: &'a Table, measure: Length, setting: Setting<'a>) -> Stand {
        let all: Vec<usize> = (0..table.columns.len()).collect();
        let mut known = Needs::default();
        let area = self.shop.turned_measure();
        // In a box, a list or a note there is no page to turn.
        let lines = self.shop.theme.page.measure() + self.reach;
        let may_turn = measure == lines || (self.over && measure == self.measure());
        let large = self.shop.theme.is_large_print();
        // Numbers are compared down their columns; words are read along their rows.
        let counted = numeric(table, &all).iter().filter(|numeric| **numeric).count();
        let tells = large && can_be_records(table) && counted * 2 < table.columns.len();
        if !(table.turn && may_turn)
            && let Some((solved, share)) = self.solve_table(table, &all, measure, &mut known, setting)
            && !(tells && is_crowded(&known.0[0], &solved))
        {
            if share < 1000 {
                let message = format!("the table's type is set at {} % to fit the measure", share / 10);
                self.say(table, message, "fewer or shorter columns keep the type at its size");
            }
            let solved = if table.wide { solved } else { drawn_together(solved, &known.0[0]) };
            return Stand::Upright(solved);
        }
        if may_turn
            && (table.turn || !large)
            && let Some((solved, _)) = self.solve_table(table, &all, area, &mut known, setting)
        {
            if !table.turn {
                let message = "the table is too wide for the measure and stands on a turned page";
                self.say(table, message.to_owned(), "say `turn` in its attributes if you want it so");
            }
            return Stand::Turned(solved);
        }
        if tells {
            let message = "the table is too wide for large letters: each of its rows is set as a record";
            self.say(table, message.to_owned(), "fewer columns or shorter words keep a table whole");
            return Stand::Records;
        }
        let parts = self.in_parts(table, measure, &mut known, setting);
        let message = match parts.len() {
            1 => "a word of the table is wider than its column and is broken".to_owned(),
            count => format!("the table is too wide for a page and is set in {count} parts, its first column repeated"),
        };
        self.say(table, message, "fewer columns or shorter words keep a table whole");
        Stand::Parts(parts)
    }

    fn say(&mut self, table: &Table, message: String, hint: &str) {
        let cells = table.cells();
        let caption = table.caption.as_ref().and_then(|caption| caption.span);
        let span = caption.or_else(|| cells.filter_map(|cell| cell.text.span).next());
        self.diagnostics.report(Diagnostic::new(&lints::WIDE_TABLE, message).at(span).hint(hint));
    }

    /// Widths of some columns, and type small enough for them; `None` when the words do not fit at the floor.
    fn solve_table(
        &mut self,
        table: &'a Table,
        columns: &[usize],
        measure: Length,
        known: &mut Needs,
        setting: Setting<'a>,
    ) -> Option<(SolvedTable, i64)> {
        (0..self.sizes()).find_map(|at| {
            let share = SHARES[at];
            let styles = self.table_styles(share);
            let gap = GAP.scale(share, 1000);
            let all = self.needs_at(at, table, known, setting);
            let available = measure - gap * (columns.len() as i64 - 1);
            if columns.iter().map(|column| all[*column].least).sum::<Length>() > available {
                return None;
            }
            let needs: Vec<ColumnNeeds> = columns.iter().map(|column| all[*column].clone()).collect();
            let widths = solve(&needs, available)?;
            let numeric = numeric(table, columns);
            Some((SolvedTable { columns: columns.to_vec(), widths, styles, gap, numeric, rules: measure }, share))
        })
    }

    /// How many of the sizes are tried: in large print no letters are made smaller.
    fn sizes(&self) -> usize {
        if self.shop.theme.is_large_print() { 1 } else { SHARES.len() }
    }

    /// What every column needs at one of the sizes, found once a table.
    fn needs_at<'n>(
        &mut self,
        at: usize,
        table: &'a Table,
        known: &'n mut Needs,
        setting: Setting<'a>,
    ) -> &'n [ColumnNeeds] {
        if known.0[at].is_empty() {
            let all: Vec<usize> = (0..table.columns.len()).collect();
            known.0[at] = self.needs(table, &all, &self.table_styles(SHARES[at]), setting);
        }
        &known.0[at]
    }

    pub(super) fn table_styles(&self, share: i64) -> [Style; 2] {
        [Role::TableHead, Role::TableCell].map(|role| {
            let style = *self.shop.style(role);
            let size = style.size.scale(share, 1000).max(self.shop.theme.smallest.max(LEAST).min(style.size));
            let leading = if size < style.size { style.leading.scale(share.max(860), 1000) } else { style.leading };
            Style { size, leading, ..style }
        })
    }

    /// As few parts as hold all columns, each beside the first one, at the smallest size; as many columns in each as in
    /// the others, where they fit so.
    fn in_parts(
        &mut self,
        table: &'a Table,
        measure: Length,
        known: &mut Needs,
        setting: Setting<'a>,
    ) -> Vec<SolvedTable> {
        let count = table.columns.len();
        let full = self.parts_of(table, count, measure, known, setting);
        let even = count.saturating_sub(1).div_ceil(full.len().max(1));
        if full.len() < 2 || full.iter().all(|part| part.columns.len() <= even + 1) {
            return full;
        }
        let evened = self.parts_of(table, even, measure, known, setting);
        if evened.len() == full.len() { evened } else { full }
    }

    /// As many columns a part as fit beside the first one, and no more than `most`.
    fn parts_of(
        &mut self,
        table: &'a Table,
        most: usize,
        measure: Length,
        known: &mut Needs,
        setting: Setting<'a>,
    ) -> Vec<SolvedTable> {
        let mut parts: Vec<SolvedTable> = Vec::new();
        let count = table.columns.len();
        let floor = self.sizes() - 1;
        let gap = GAP.scale(SHARES[floor], 1000);
        let mut next = usize::from(count > 1);
        while next < count {
            let stub: &[usize] = if count > 1 { &[0] } else { &[] };
            let all = self.needs_at(floor, table, known, setting);
            let mut taken: Length = stub.iter().map(|column| all[*column].least + gap).sum();
            let fits = |column: &usize| {
                taken += all[*column].least;
                let fits = taken <= measure;
                taken += gap;
                fits
            };
            let end = next + (next..count).take(most).take_while(fits).count();
            let columns: Vec<usize> = stub.iter().copied().chain(next..end).collect();
            let widest = if end > next { self.solve_table(table, &columns, measure, known, setting) } else { None };
            let widest = widest.map(|(solved, _)| solved);
            let part = widest.unwrap_or_else(|| {
                let columns: Vec<usize> = stub.iter().copied().chain([next]).collect();
                self.broken_part(table, columns, measure, setting)
            });
            next = part.columns.last().map_or(count, |last| last + 1);
            parts.push(part);
        }
        parts
    }

    /// Columns with a word that is too long: it is broken where it must be.
    fn broken_part(
        &mut self,
        table: &'a Table,
        columns: Vec<usize>,
        measure: Length,
        setting: Setting<'a>,
    ) -> SolvedTable {
        let floor = SHARES[self.sizes() - 1];
        let (styles, gap) = (self.table_styles(floor), GAP.scale(floor, 1000));
        let needs = self.needs(table, &columns, &styles, setting);
        let available = measure - gap * (columns.len() as i64 - 1);
        let share = available / columns.len() as i64;
        // Columns that need less than their share keep what they need; the others share the rest.
        let modest: Length = needs.iter().map(|need| need.least).filter(|least| *least <= share).sum();
        let greedy = needs.iter().filter(|need| need.least > share).count().max(1) as i64;
        let rest = (available - modest) / greedy;
        let widths: Vec<Length> =
            needs.iter().map(|need| if need.least <= share { need.least } else { rest }).collect();
        let numeric = numeric(table, &columns);
        SolvedTable { columns, widths, styles, gap, numeric, rules: measure }
    }

    /// What each column needs at a size.
    fn needs(
        &mut self,
        table: &'a Table,
        columns: &[usize],
        styles: &[Style; 2],
        setting: Setting<'a>,
    ) -> Vec<ColumnNeeds> {
        let mut needs: Vec<ColumnNeeds> = Vec::with_capacity(columns.len());
        for &column in columns {
            let mut need = ColumnNeeds { weight: table.columns[column].weight, ..ColumnNeeds::default() };
            let decimals = self.decimals(table, column, &styles[1], setting);
            let head = table.heads().map(|cells| (None, cells.get(column), &styles[0]));
            let totals = Style { weight: styles[1].weight.max(600), ..styles[1] };
            let last = if table.total { table.rows.len() } else { 0 };
            let rows = table.rows.iter().enumerate().map(|(at, row)| {
                // Totals are set heavier, so that their words are wider.
                (Some(at), row.get(column), if at + 1 == last { &totals } else { &styles[1] })
            });
            for (row, cell, style) in head.chain(rows) {
                let Some(cell) = cell else {
                    need.cells.push(Length::ZERO);
                    continue;
                };
                // What spans columns asks nothing of a single one.
                if cell.across != 1 {
                    need.cells.push(Length::ZERO);
                    continue;
                }
                let (least, most) = self.shop.setter.extents(&cell.text.content, style, setting.language);
                let (least, most) = cell.more.iter().fold((least, most), |(least, most), block| {
                    let (inner, wide) = self.block_extents(block, style, setting);
                    (least.max(inner), most.max(wide))
                });
                let after = row.map_or(Length::ZERO, |row| decimals.room_after(row));
                need.least = need.least.max(least + after);
                need.cells.push(most + after);
            }
            needs.push(need);
        }
        needs
    }

    /// Where the numbers of a column have their decimal points.
    fn decimals(&self, table: &Table, column: usize, style: &Style, setting: Setting<'_>) -> Decimals {
        let aligned = matches!(table.columns[column].align, ColumnAlign::Auto | ColumnAlign::Right);
        if !aligned || !table.is_numeric(column) {
            return Decimals::default();
        }
        let width = |text: &str| self.shop.setter.extents(&[Inline::text(text)], style, setting.language).1;
        Decimals::of(table, column, setting.language, &width)
    }

    fn pieces(
        &mut self,
        table: &'a Table,
        solved: &SolvedTable,
        measure: Length,
        page: Length,
        part: Option<(usize, usize)>,
        setting: Setting<'a>,
    ) -> Pieces {
        let mut top = Strip::default();
        let later = part.is_some_and(|(at, _)| at > 1);
        // The title is the table's first kid (ISO 32000-1, 14.8.4.3.4).
        let element = self.structure.add(setting.parent, Tag::Table);
        if table.is_named() {
            let number = match (part, &table.number) {
                (Some((at, count)), Some(number)) if count > 1 => Some(format!("{number} ({at}/{count})")),
                (_, number) => number.clone(),
            };
            top = self.table_title(table, number.as_deref(), measure, element, setting);
            if later {
                top.anchors.clear();
            }
        }
        let mut head = self.head_row(table, solved, element, solved.rules, setting);
        let body = self.structure.add(element, Tag::TBody);
        let decimals: Vec<Decimals> =
            solved.columns.iter().map(|column| self.decimals(table, *column, &solved.styles[1], setting)).collect();
        let last = table.rows.len();
        let mut rows = Vec::with_capacity(last);
        for (at, row) in table.rows.iter().enumerate() {
            let node = self.structure.add(body, Tag::TR);
            let room: Vec<Length> = decimals.iter().map(|decimals| decimals.room_after(at)).collect();
            let total = table.total && at + 1 == last;
            let lines = self.row_lines(table, row, solved, node, RowKind::Body { room: &room, total }, setting);
            let (weight, colour) = self.rule_below(last - at, table.total);
            rows.extend(self.ruled_row(lines, solved.rules, weight, colour, page));
        }
        if setting.language.direction() == Direction::RightToLeft {
            let start = Point::new(measure - solved.rules, Length::ZERO);
            rows.iter_mut().chain([&mut head]).for_each(|strip| strip.shift(start));
        }
        let last = part.is_none_or(|(at, count)| at == count);
        let foot = if last { self.table_foot(table, measure, setting) } else { Strip::default() };
        Pieces { top, head, rows, foot }
    }

    /// The number and the caption of a table, with the space below them.
    pub(super) fn table_title(
        &mut self,
        table: &'a Table,
        number: Option<&str>,
        measure: Length,
        element: NodeId,
        setting: Setting<'a>,
    ) -> Strip {
        let node = caption(&mut self.structure, element);
        let title = self.numbered_title(number, table.caption.as_ref(), measure, node, setting);
        let mut title = self.framed(title, self.shop.style(Role::Caption), measure, setting.language);
        title.height += self.shop.style(Role::Caption).below;
        title
    }

    /// The note and the source below a table.
    pub(super) fn table_foot(&mut self, table: &'a Table, measure: Length, setting: Setting<'a>) -> Strip {
        let mut foot = Strip::default();
        let texts = [table.note.as_ref(), table.source.as_ref(), None];
        self.source_lines(&mut foot, texts, measure, setting.parent, setting);
        foot
    }

    /// A table in the run of the text: as one piece if it is not too high, else over pages, with its head repeated.
    fn upright(&mut self, pieces: Pieces, floats: bool, setting: Setting<'a>) {
        let (above, below) = (self.shop.style(Role::Caption).above, self.shop.style(Role::Source).below);
        let Pieces { top, head, rows, foot } = pieces;
        let said = foot.height > Length::ZERO;
        let whole: Length = top.height + head.height + rows.iter().map(|row| row.height).sum() + foot.height;
        // One that text may flow around is parted later.
        let most = if floats { (4, 5) } else { (3, 5) };
        if whole <= self.shop.turned_measure().scale(most.0, most.1) {
            let strip = Strip::stacked([top, head].into_iter().chain(rows).chain([foot]).collect());
            self.solid(strip, setting.left, above, below).float = floats;
            let source = self.shop.style(Role::Source);
            self.even(if said { source.leading - self.shop.baseline(source) } else { Length::ZERO });
            return;
        }
        let titled = top.height > Length::ZERO;
        if titled {
            self.solid(top, setting.left, above, Length::ZERO).keep = true;
        }
        let at = Point::new(setting.left, Length::ZERO);
        let moved = |mut strip: Strip| {
            strip.shift(at);
            strip
        };
        let mut rows: Vec<Strip> = rows.into_iter().map(moved).collect();
        // What stands below the table goes with its last row: on its own it would begin on the next line of the grid.
        let mut foot = foot;
        if let (Some(last), true) = (rows.last_mut(), foot.height > Length::ZERO) {
            last.append(moved(std::mem::take(&mut foot)));
        }
        if let Some(first) = rows.first_mut() {
            first.anchors.append(&mut self.waiting);
        }
        let shape = Shape::Rows { head: Some(moved(head)), rows };
        let has_foot = foot.height > Length::ZERO;
        let item = Item {
            above: if titled { Length::ZERO } else { above },
            below: if has_foot { Length::ZERO } else { below },
            keep: has_foot,
            ..self.item(shape)
        };
        self.items.push(item);
        if has_foot {
            self.solid(foot, setting.left, Length::ZERO, below);
        }
    }

    /// A table on pages of its own, turned, which wait while the text before them goes on to the foot of its page.
    fn turned(&mut self, pieces: Pieces, depth: Length, measure: Length) {
        let Pieces { top, head, rows, foot } = pieces;
        let heights: Vec<Length> = rows.iter().map(|row| row.height).collect();
        let heads = (top.height + head.height, head.height);
        let begins = even_sheets(&heights, heads, foot.height, depth);
        let mut sheets: Vec<Strip> = Vec::new();
        let mut repeated = head.clone();
        repeated.repeat();
        let mut sheet = Strip::stacked(vec![top, head]);
        for (at, row) in rows.into_iter().enumerate() {
            if begins.contains(&at) {
                sheets.push(std::mem::replace(&mut sheet, repeated.clone()));
            }
            sheet.append(row);
        }
        if sheet.height + foot.height > depth && foot.height > Length::ZERO {
            sheets.push(std::mem::take(&mut sheet));
        }
        sheet.append(foot);
        sheets.push(sheet);
        for sheet in sheets {
            self.turned_page(turn(sheet, measure)).float = true;
        }
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
        let rows: Vec<&'a [Cell]> = table.heads().collect();
        if !rows.is_empty() {
            let group = self.structure.add(element, Tag::THead);
            let count = rows.len();
            for (at, cells) in rows.into_iter().enumerate() {
                let row = self.structure.add(group, Tag::TR);
                let mut lines = Strip::stacked(self.row_lines(table, cells, solved, row, RowKind::Head, setting));
                let pad = self.pad();
                lines.shift(Point::new(Length::ZERO, pad));
                lines.height += pad * 2;
                strip.append(lines);
                if at + 1 < count {
                    self.spanner_rules(&mut strip, cells, solved);
                }
            }
            let foot = strip.height - Length::pt(0.5);
            rule(&mut strip, foot, measure, Length::pt(0.5), ink);
        }
        strip
    }

    /// Thin rules below heads that span columns.
    fn spanner_rules(&self, strip: &mut Strip, cells: &[Cell], solved: &SolvedTable) {
        let colour = self.shop.theme.palette.ink;
        let mut left = Length::ZERO;
        for (&column, width) in solved.columns.iter().zip(&solved.widths) {
            if let Some(cell) = cells.get(column).filter(|cell| cell.across > 1 && !cell.text.content.is_empty()) {
                let weight = PAD / 10;
                let width = solved.across(column, cell.across);
                let rect = Rect::new(left, strip.height - weight, width, weight);
                strip.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
            }
            left += *width + solved.gap;
        }
    }

    /// The weight and the colour of the rule below a row: how many are left, with that row, in a table with a row of
    /// totals or without.
    pub(super) fn rule_below(&self, left: usize, total: bool) -> (Length, Colour) {
        let palette = self.shop.theme.palette;
        let (weight, colour) = match left {
            1 => (1.0, palette.ink),
            // A rule sets the totals off.
            2 if total => (0.5, palette.ink),
            _ => (0.3, palette.rules),
        };
        (Length::pt(weight), colour)
    }

    /// What is above and below the text of a cell.
    pub(super) fn pad(&self) -> Length {
        if self.shop.theme.is_large_print() { self.shop.style(Role::TableCell).size.scale(2, 5) } else { PAD }
    }

    /// Lines of a row as one strip with its rule, or, where the row is higher than half a page, as strips that a page's
    /// end may part: the first two and the last two lines keep together.
    pub(super) fn ruled_row(
        &self,
        lines: Vec<Strip>,
        measure: Length,
        weight: Length,
        colour: Colour,
        page: Length,
    ) -> Vec<Strip> {
        let pad = self.pad();
        let height: Length = lines.iter().map(|line| line.height).sum();
        let last = lines.len().saturating_sub(1);
        let whole = height + pad * 2 <= page / 2;
        let mut strips: Vec<Strip> = Vec::new();
        for (at, mut line) in lines.into_iter().enumerate() {
            if at == 0 {
                line.shift(Point::new(Length::ZERO, pad));
                line.height += pad;
            }
            if at == last {
                line.height += pad;
            }
            let joins = whole || at == 1 || (at == last && at > 1);
            match strips.last_mut() {
                Some(before) if joins => before.append(line),
                _ => strips.push(line),
            }
        }
        if let Some(strip) = strips.last_mut() {
            let foot = strip.height - weight;
            rule(strip, foot, measure, weight, colour);
        }
        strips
    }

    /// The widest word and line of the paragraphs below a cell's first.
    fn block_extents(&mut self, block: &'a Block, style: &Style, setting: Setting<'a>) -> (Length, Length) {
        let inner = |blocks: &'a [Block], this: &mut Self, indent: Length| {
            blocks.iter().fold((Length::ZERO, Length::ZERO), |(least, most), block| {
                let (narrow, wide) = this.block_extents(block, style, setting);
                (least.max(narrow + indent), most.max(wide + indent))
            })
        };
        match &block.kind {
            BlockKind::Paragraph(paragraph) => {
                self.shop.setter.extents(&paragraph.text.content, style, setting.language)
            }
            BlockKind::List(list) => list.items.iter().fold((Length::ZERO, Length::ZERO), |(least, most), item| {
                let (narrow, wide) = inner(&item.blocks, self, style.size * 2);
                (least.max(narrow), most.max(wide))
            }),
            // Others have no width of their own: they take that of their column.
            _ => (style.size * 6, style.size * 12),
        }
    }

    /// The lines of a row: the cells' lines side by side.
    fn row_lines(
        &mut self,
        table: &'a Table,
        cells: &'a [Cell],
        solved: &SolvedTable,
        row: NodeId,
        kind: RowKind<'_>,
        setting: Setting<'a>,
    ) -> Vec<Strip> {
        let mut pieces: Vec<(Length, bool, Vec<Strip>)> = Vec::new();
        let mut tall = false;
        let mut left = Length::ZERO;
        let whole = solved.widths.iter().copied().sum::<Length>() + solved.gap * (solved.widths.len() as i64 - 1);
        let from_the_right = setting.language.direction() == Direction::RightToLeft;
        for (at, (&column, width)) in solved.columns.iter().zip(&solved.widths).enumerate() {
            let cell = cells.get(column);
            if cell.is_some_and(Cell::is_covered) {
                left += *width + solved.gap;
                continue;
            }
            let span = CellSpan { across: cell.map_or(1, |cell| cell.across), down: cell.map_or(1, |cell| cell.down) };
            let tag = match (&kind, column == 0 && table.row_heads) {
                (RowKind::Head, _) => Tag::TH(Scope::Column, span),
                (RowKind::Body { .. }, true) => Tag::TH(Scope::Row, span),
                (RowKind::Body { .. }, false) => Tag::TD(span),
            };
            let node = self.structure.add(row, tag);
            if let Some(cell) = cell {
                let (mut style, after) = match &kind {
                    RowKind::Head => (solved.styles[0], Length::ZERO),
                    RowKind::Body { room, total } => {
                        let style = solved.styles[1];
                        let weight = if *total { style.weight.max(600) } else { style.weight };
                        (Style { weight, ..style }, room.get(at).copied().unwrap_or_default())
                    }
                };
                style.align = alignment(&table.columns[column], solved.numeric[at]);
                let (width, after) = match cell.across {
                    0 | 1 => (*width, after),
                    across => (solved.across(column, across), Length::ZERO),
                };
                if cell.across > 1 && matches!(kind, RowKind::Head) {
                    style.align = Alignment::Centred;
                }
                let set = self.cell_lines(cell, style, width - after, node, setting);
                let x = if from_the_right { whole - left - width } else { left };
                // What is higher than a line stands in one piece with the cells beside it.
                tall |= set.iter().any(|line| line.height > style.leading && line.has_picture());
                pieces.push((x, matches!(kind, RowKind::Head) && cell.down == 1, set));
            }
            left += *width + solved.gap;
        }
        let leading = solved.styles[usize::from(!matches!(kind, RowKind::Head))].leading;
        if tall {
            let mut whole = Strip::blank(leading);
            for (x, _, set) in pieces {
                let cell = Strip::stacked(set);
                whole.height = whole.height.max(cell.height);
                whole.lay(cell, Point::new(x, Length::ZERO));
            }
            return vec![whole];
        }
        let most = pieces.iter().map(|(_, _, set)| set.len()).max().unwrap_or(0);
        let mut lines: Vec<Strip> = Vec::new();
        for (x, at_the_foot, set) in pieces {
            // Heads stand on the rule below them.
            let above = if at_the_foot { most - set.len() } else { 0 };
            for (number, line) in set.into_iter().enumerate().map(|(number, line)| (number + above, line)) {
                while lines.len() <= number {
                    lines.push(Strip::blank(leading));
                }
                lines[number].lay(line, Point::new(x, Length::ZERO));
            }
        }
        if lines.is_empty() {
            lines.push(Strip::blank(leading));
        }
        lines
    }

    /// A cell line by line, each with the calls that stand in it.
    pub(super) fn cell_lines(
        &mut self,
        cell: &'a Cell,
        style: Style,
        width: Length,
        node: NodeId,
        setting: Setting<'a>,
    ) -> Vec<Strip> {
        let mut lines = Vec::new();
        if cell.more.is_empty() || !cell.text.content.is_empty() {
            lines = self.cell_text(cell, style, width, node, setting);
        }
        if !cell.more.is_empty() {
            let right = self.measure() - width;
            let inner =
                Setting { left: Length::ZERO, right, role: Role::TableCell, inset: None, parent: node, ..setting };
            let start = self.items.len();
            self.blocks(&cell.more, inner);
            let items = self.items.split_off(start);
            for item in items {
                lines.extend(self.lines_of(item));
            }
        }
        lines
    }

    /// The text of a cell line by line.
    fn cell_text(
        &mut self,
        cell: &'a Cell,
        style: Style,
        width: Length,
        node: NodeId,
        setting: Setting<'a>,
    ) -> Vec<Strip> {
        let job = Job::block(&cell.text, style, width, setting.language);
        let set: SetParagraph = self.shop.set(&job);
        let signs = signs(&set, 0);
        let mut lines = self.shop.lines(set, &job, node, &mut self.structure);
        for (line, anchor) in signs {
            lines[line].anchors.push(anchor);
        }
        if let Some(first) = lines.first_mut() {
            first.anchors.push(Anchor::Block(cell.text.id));
        }
        lines
    }
}

/// The rows that begin a further sheet, of rows of some heights on as few sheets as they need, which are about as full:
/// two rows are not left alone on the last. The heads are that of the first sheet and that of the others.
fn even_sheets(rows: &[Length], heads: (Length, Length), foot: Length, depth: Length) -> Vec<usize> {
    let within = |depth: Length| {
        let (mut begins, mut height) = (Vec::new(), heads.0);
        for (at, row) in rows.iter().enumerate() {
            // What stands below the table goes with its last row.
            let own = if at + 1 == rows.len() { *row + foot } else { *row };
            if at > begins.last().copied().unwrap_or(0) && height + own > depth {
                begins.push(at);
                height = heads.1;
            }
            height += own;
        }
        begins
    };
    let fullest = within(depth);
    let (mut least, mut most) = (Length::ZERO, depth);
    while most - least > Length::sp(1 << 16) {
        let middle = (least + most) / 2;
        match within(middle).len() <= fullest.len() {
            true => most = middle,
            false => least = middle,
        }
    }
    within(most)
}

/// Columns that would stand too far apart for the eye to go along a row are drawn together, and the rules end with them.
fn drawn_together(mut solved: SolvedTable, needs: &[ColumnNeeds]) -> SolvedTable {
    if needs.iter().any(|column| column.weight.is_some()) {
        return solved;
    }
    let size = solved.styles[1].size;
    let Some(widths) = drawn(needs, solved.rules, solved.gap, (size * 6, size * 4)) else { return solved };
    solved.rules = widths.iter().copied().sum::<Length>() + solved.gap * (widths.len() as i64 - 1);
    solved.widths = widths;
    solved
}

/// Whether a cell of a table has more lines in its column than large letters are read in.
fn is_crowded(needs: &[ColumnNeeds], solved: &SolvedTable) -> bool {
    needs.iter().zip(&solved.widths).any(|(needs, width)| needs.cells.iter().any(|cell| *cell > *width * LINES))
}

/// Whether the rows of a table can be told one by one: a head names its columns, and no cell reaches over others.
fn can_be_records(table: &Table) -> bool {
    let plain = |cell: &Cell| cell.across == 1 && cell.down == 1;
    table.columns.len() > 2 && table.above.is_empty() && !table.head.is_empty() && table.cells().all(plain)
}

/// Which of some columns but the first hold numbers.
fn numeric(table: &Table, columns: &[usize]) -> Vec<bool> {
    columns.iter().map(|column| *column > 0 && table.is_numeric(*column)).collect()
}

fn alignment(column: &Column, numeric: bool) -> Alignment {
    match column.align {
        ColumnAlign::Right => Alignment::FlushEnd,
        ColumnAlign::Centre => Alignment::Centred,
        ColumnAlign::Left => Alignment::Flush,
        ColumnAlign::Auto if numeric => Alignment::FlushEnd,
        ColumnAlign::Auto => Alignment::Flush,
    }
}

pub(super) fn rule(strip: &mut Strip, y: Length, width: Length, weight: Length, colour: Colour) {
    let rect = Rect::new(Length::ZERO, y, width, weight);
    strip.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_of_a_turned_table_are_about_as_full() {
        let rows = vec![Length::pt(20.0); 12];
        let heads = (Length::pt(30.0), Length::pt(10.0));
        let begins = |depth: f64| even_sheets(&rows, heads, Length::ZERO, Length::pt(depth));
        assert_eq!(begins(300.0), [] as [usize; 0]);
        // Ten rows have room on the first, and two would be left.
        assert_eq!(begins(235.0), [6]);
        assert_eq!(begins(130.0), [4, 9]);
        // A row that is higher than a sheet has one all the same.
        assert_eq!(even_sheets(&[Length::pt(90.0); 2], heads, Length::ZERO, Length::pt(50.0)), [1]);
    }
}
