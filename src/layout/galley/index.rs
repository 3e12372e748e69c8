//! The index: entries set small, turned lines hung, in columns.
//!
//! Its rows are of one height each and nothing floats among them, so its columns are cut here: what stands on a page is
//! one piece to the page kernel. A column never ends with a letter or with an entry whose sub-entries all stand in the
//! next one, and never parts an entry so that one line of it is alone. Where sub-entries go on on another page, their
//! entry is said again with "(continued)" (Chicago, 15.143).

use rayon::prelude::*;

use super::{Builder, Setting};
use crate::book::block::{Index, IndexEntry};
use crate::book::{Inline, InlineKind, Target};
use crate::index::{Level, Line, Locator, Pages, Rules, locators};
use crate::language::Direction;
use crate::language::terms::Term;
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::{Job, signs};
use crate::page::{Artifact, NodeId, Owner, Tag};
use crate::theme::{Role, Style};
use crate::units::{Length, Point, Rect};

/// No column is narrower than so many times the size of its letters.
const NARROWEST: i64 = 15;
/// Between two columns, in sizes of the letters.
const GUTTER: i64 = 2;
/// How many columns stand beside each other at most.
const MOST: i64 = 3;
/// The first page shows so many lines of the index at least, or none.
const LEAST: i64 = 6;

/// A line of the index as it is to be set.
struct Entry {
    line: Line,
    /// How deep: 0 for a main entry.
    depth: usize,
    /// Its blocks, for links to them.
    anchors: Vec<Anchor>,
    /// The main entry's words, for "(continued)".
    main: Vec<Inline>,
    /// The element of its text.
    node: NodeId,
    /// Whether it is a letter above its entries.
    letter: bool,
}

/// A piece that stands in one column.
struct Row {
    strip: Strip,
    /// What is left white above it, but for the head of a column.
    above: Length,
    /// Whether a column may begin with it.
    may_begin: bool,
    /// What is said again above it at the head of a page.
    continued: Option<Vec<Inline>>,
}

impl Row {
    fn height(&self, first: bool) -> Length {
        if first { self.strip.height } else { self.above + self.strip.height }
    }
}

impl<'a> Builder<'a> {
    /// Sets an index.
    pub(super) fn index(&mut self, index: &'a Index, setting: Setting<'a>) {
        let style = Self::flush(self.shop.style(Role::Index));
        let measure = self.width(setting);
        let gutter = style.size * GUTTER;
        let count = ((measure + gutter).to_sp() / (style.size * NARROWEST + gutter).to_sp()).clamp(1, MOST);
        let width = (measure - gutter * (count - 1)) / count;
        let entries = self.index_entries(index, setting);
        let rows = self.index_rows(&entries, style, width, setting);
        self.columns(rows, count as usize, (width, gutter), style, setting);
    }

    /// Every line, with its element.
    fn index_entries(&mut self, index: &'a Index, setting: Setting<'a>) -> Vec<Entry> {
        let (book, map) = (self.shop.book, self.shop.map);
        let pages = Pages::new(book, map);
        let language = setting.language;
        let rules = Rules::of(language, index.style);
        let find = |entry: &IndexEntry| -> Vec<Locator> { locators(&pages.stretches(&entry.cited), &rules) };
        let root = self.structure.add(setting.parent, Tag::Index);
        let mut out = Vec::new();
        let mut list = None;
        for group in &index.groups {
            if let Some(letter) = &group.letter {
                let node = self.structure.add(root, Tag::H(2));
                let line = Line { content: letter.content.clone(), names: Vec::new() };
                out.push(Entry { line, depth: 0, anchors: Vec::new(), main: Vec::new(), node, letter: true });
                list = None;
            }
            let list = *list.get_or_insert_with(|| self.structure.add(root, Tag::L { numerals: None }));
            for entry in &group.entries {
                match index.style.run_in {
                    true => {
                        let line = Line::run_in(entry, &mut |entry| find(entry), language);
                        let node = self.index_item(list);
                        let anchors = entry.all().iter().map(|entry| Anchor::Block(entry.text.id)).collect();
                        out.push(Entry { line, depth: 0, anchors, main: Vec::new(), node, letter: false });
                    }
                    false => self.index_entry(entry, 0, (list, &entry.text.content), &find, language, &mut out),
                }
            }
        }
        out
    }

    fn index_item(&mut self, list: NodeId) -> NodeId {
        let item = self.structure.add(list, Tag::LI);
        self.structure.add(item, Tag::LBody)
    }

    fn index_entry(
        &mut self,
        entry: &IndexEntry,
        depth: usize,
        (list, main): (NodeId, &[Inline]),
        find: &dyn Fn(&IndexEntry) -> Vec<Locator>,
        language: &crate::language::Language,
        out: &mut Vec<Entry>,
    ) {
        let level = if depth == 0 { Level::Main } else { Level::Sub };
        let apart = !entry.entries.is_empty();
        let line = Line::of(entry, level, &find(entry), apart, language);
        let node = self.index_item(list);
        let anchors = vec![Anchor::Block(entry.text.id)];
        let said = if depth == 0 { Vec::new() } else { main.to_vec() };
        out.push(Entry { line, depth, anchors, main: said, node, letter: false });
        if !apart {
            return;
        }
        let inner = self.structure.add(node, Tag::L { numerals: None });
        for sub in &entry.entries {
            self.index_entry(sub, depth + 1, (inner, main), find, language, out);
        }
        if !entry.see_also.is_empty() {
            let line = Line::see_also(&entry.see_also, language);
            let node = self.index_item(inner);
            out.push(Entry { line, depth: depth + 1, anchors: Vec::new(), main: main.to_vec(), node, letter: false });
        }
    }

    /// The lines of all entries as pieces; they are set side by side, since none depends on another.
    fn index_rows(&mut self, entries: &[Entry], style: Style, width: Length, setting: Setting<'a>) -> Vec<Row> {
        let step = style.size * 9 / 8;
        let deepest = entries.iter().map(|entry| entry.depth).max().unwrap_or_default() as i64;
        let letters = Self::flush(self.shop.style(Role::IndexLetter));
        let hang = step * (deepest + 1);
        let jobs: Vec<Job<'_>> = entries
            .iter()
            .map(|entry| {
                let indent = step * entry.depth as i64;
                let (style, width, first) = match entry.letter {
                    true => (letters, width, Length::ZERO),
                    false => (style, width - hang, indent - hang),
                };
                Job {
                    content: &entry.line.content,
                    block: None,
                    style,
                    width,
                    first,
                    deep: 1,
                    language: setting.language,
                }
            })
            .collect();
        let shop = self.shop;
        let sets: Vec<_> = jobs.par_iter().map(|job| shop.set(job)).collect();
        let from_the_right = setting.language.direction() == Direction::RightToLeft;
        let mut rows: Vec<Row> = Vec::new();
        let mut before: Option<&Entry> = None;
        for ((entry, job), set) in entries.iter().zip(&jobs).zip(sets) {
            shop.setter.report(&set, 0, 0..set.count(0), &mut self.diagnostics);
            let anchors = signs(&set, 0);
            let mut lines = shop.lines(set, job, entry.node, &mut self.structure);
            for (line, anchor) in anchors {
                lines[line].anchors.push(anchor);
            }
            let left = if entry.letter || from_the_right { Length::ZERO } else { hang };
            let opens = before.is_none_or(|before| before.letter || before.depth < entry.depth);
            let count = lines.len();
            for (at, mut strip) in lines.into_iter().enumerate() {
                strip.shift(Point::new(left, Length::ZERO));
                for link in &mut strip.links {
                    let name = entry.line.names.iter().find(|(mark, _)| link.target == Target::Mark(*mark));
                    if let Some((_, name)) = name {
                        link.name.clone_from(name);
                    }
                }
                let may_begin = match at {
                    0 => !opens || before.is_none(),
                    at => at >= 2 && count - at >= 2,
                };
                if at == 0 {
                    strip.anchors.extend(entry.anchors.iter().cloned());
                }
                let above = if entry.letter && before.is_some() { letters.above } else { Length::ZERO };
                let above = if at == 0 { above } else { Length::ZERO };
                if entry.letter {
                    strip.height += letters.below;
                }
                let continued = (entry.depth > 0).then(|| entry.main.clone());
                rows.push(Row { strip, above, may_begin, continued });
            }
            before = Some(entry);
        }
        rows
    }

    /// Cuts rows into columns, and lays the columns of each page beside each other.
    fn columns(
        &mut self,
        rows: Vec<Row>,
        count: usize,
        (width, gutter): (Length, Length),
        style: Style,
        setting: Setting<'a>,
    ) {
        let full = self.shop.grid() * self.shop.theme.page.lines(self.shop.cap_height);
        let used = self.used();
        let fresh = used.is_none_or(|used| full - used < style.leading * LEAST);
        let mut room = if fresh { full } else { full - used.unwrap_or_default() };
        let mut rest: std::collections::VecDeque<Row> = rows.into();
        let mut first = true;
        while !rest.is_empty() {
            let head = if first { None } else { self.continued(rest.front(), style, width, setting) };
            let head_height = head.as_ref().map_or(Length::ZERO, |head| head.height);
            let mut cuts = cut(&rest, room, count, head_height);
            if cuts.iter().sum::<usize>() >= rest.len() {
                cuts = level(&rest, room, count, head_height, style.leading);
            }
            let mut page = Strip::default();
            let mut head = head;
            for (column, rows) in cuts.into_iter().enumerate() {
                let mut strip = head.take().unwrap_or_default();
                for at in 0..rows {
                    let Some(row) = rest.pop_front() else { break };
                    if at > 0 {
                        strip.height += row.above;
                    }
                    strip.append(row.strip);
                }
                let place = match setting.language.direction() {
                    Direction::LeftToRight => column,
                    Direction::RightToLeft => count - 1 - column,
                };
                let height = page.height.max(strip.height);
                page.anchors.append(&mut strip.anchors);
                let left = (width + gutter) * place as i64;
                if count > 1 {
                    page.areas.push(Rect::new(left, Length::ZERO, width, strip.height));
                }
                page.lay(strip, Point::new(left, Length::ZERO));
                page.height = height;
            }
            let new_page = !first || fresh && !self.items.is_empty() && used != Some(Length::ZERO);
            self.solid(page, setting.left, Length::ZERO, Length::ZERO).new_page = new_page;
            (room, first) = (full, false);
        }
    }

    /// How much of its page stands above what comes next, where that is known: the flow began with this division, and
    /// fills no page yet.
    fn used(&mut self) -> Option<Length> {
        let division = self.division;
        if self.items.iter().any(|item| item.division != division || item.new_page) {
            return None;
        }
        let (shop, grid) = (self.shop, self.shop.grid());
        let mut used = Length::ZERO;
        for item in &mut self.items {
            item.settle(shop, &self.jobs);
            let height = match &item.shape {
                super::Shape::Solid(strip) => strip.height,
                super::Shape::Text(text) => text.style.leading * text.set().count(0) as i64,
                super::Shape::Rows { .. } => return None,
            };
            let whole = item.above + height + item.below;
            used += grid * whole.units_to_cover(grid);
        }
        Some(used)
    }

    /// "Water (continued)" above what goes on at the head of a page: it is there for the eye.
    fn continued(&mut self, row: Option<&Row>, style: Style, width: Length, setting: Setting<'a>) -> Option<Strip> {
        let mut content = row?.continued.clone()?;
        let word = Inline::own(format!("({})", Term::Continued.word(setting.language)), setting.language);
        content.push(Inline::text(" "));
        content.push(Inline { kind: InlineKind::Emphasis(vec![word]), span: None });
        let language = setting.language;
        let job = Job { content: &content, block: None, style, width, first: Length::ZERO, deep: 1, language };
        let mut aside = crate::page::Structure::new();
        let mut strip = self.shop.solid(&job, crate::page::Structure::ROOT, &mut aside, &mut self.diagnostics);
        for mark in &mut strip.marks {
            mark.owner = Owner::Artifact(Artifact::Layout);
        }
        strip.links.clear();
        strip.anchors.clear();
        Some(strip)
    }
}

/// How many rows each column of a page takes.
fn cut(rows: &std::collections::VecDeque<Row>, room: Length, count: usize, head: Length) -> Vec<usize> {
    let mut cuts = Vec::with_capacity(count);
    let mut start = 0;
    for column in 0..count {
        let mut height = if column == 0 { head } else { Length::ZERO };
        let mut end = start;
        let mut best = None;
        while end < rows.len() {
            height += rows[end].height(end == start);
            if height > room {
                break;
            }
            end += 1;
            if end == rows.len() || rows[end].may_begin {
                best = Some(end);
            }
        }
        // What fits nowhere stands where it is: one row at least, so that this ends.
        let taken = best.unwrap_or(end.max(start + 1)).min(rows.len());
        cuts.push(taken - start);
        start = taken;
        if start == rows.len() {
            break;
        }
    }
    cuts
}

/// The same for the last page: columns as even as they can be.
fn level(
    rows: &std::collections::VecDeque<Row>,
    room: Length,
    count: usize,
    head: Length,
    leading: Length,
) -> Vec<usize> {
    let holds = |room: Length| {
        let cuts = cut(rows, room, count, head);
        // A row that is higher than the room stands in it all the same.
        let fits = cuts.iter().scan(0, |start, taken| {
            let column = *start..*start + taken;
            *start += taken;
            Some(column.clone().map(|at| rows[at].height(at == column.start)).sum::<Length>())
        });
        (cuts.iter().sum::<usize>() == rows.len() && fits.max().unwrap_or_default() <= room).then_some(cuts)
    };
    let mut best = cut(rows, room, count, head);
    let mut lines = 1;
    while leading * lines < room {
        if let Some(cuts) = holds(leading * lines) {
            best = cuts;
            break;
        }
        lines += 1;
    }
    best
}
