//! Make-up: galleys are cut into pages, and the chosen lines placed on them.
//!
//! A book is a row of *flows*, each from one forced page start to the next. Galleys are built side by side and cut one
//! after the other, since each begins on the side where the last one ended. What refers to pages is set again until
//! the page map it made is the one it was given.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::cover;
use super::footnotes::{self, Footnotes};
use super::furniture;
use super::galley::turned::turned_rect;
use super::galley::{Builder, Galley, Item, Shape};
use super::margin;
use super::pagebreak::{self, Body, Closing, Cut, Flow, NoteCall, PagePrices, Piece, Variant};
use super::paragraph::{Missing, Setter};
use super::placed::{PageFacts, PlacedFlow};
use super::shop::{Shop, cap_height};
use super::strip::{Anchor, Strip};
use super::text::Leaves;
use crate::book::page_map::PageEntry;
use crate::book::{Book, Division, DivisionId, DivisionKind, Folio, Matter, NoteId, PageIndex, PageMap, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::font::Fonts;
use crate::page::{Artifact, Mark, MarkKind, OutlineEntry, Owner, Page, PageKind, Pages, Structure, Tag};
use crate::theme::{Ink, Opening, Role, Theme};
use crate::units::{Length, Point, Rect, Side};

/// Notes at the foot and rows are measured in this many parts of a unit.
const NOTE_SCALE: i32 = 32;

/// Passes over what refers to pages before layout gives up.
const PASSES: usize = 5;

/// Sets a book. Characters that no face has are drawn as boxes and come back beside the pages.
pub fn set(book: &Book, theme: &Theme, fonts: &Fonts, diagnostics: &mut Diagnostics) -> (Pages, Missing) {
    set_with_folios(book, theme, fonts, None, diagnostics)
}

/// Sets a book of some sections with the folios that these have in the whole, whose page map is given.
pub fn set_with_folios(
    book: &Book,
    theme: &Theme,
    fonts: &Fonts,
    whole: Option<&PageMap>,
    diagnostics: &mut Diagnostics,
) -> (Pages, Missing) {
    let setter = Setter::new(book, theme, fonts, book.metadata.hyphenation.clone());
    let plans = plan(book, theme);
    let cap_height = cap_height(theme, fonts);
    let mut map = PageMap::default();
    let mut made = make(&Shop { book, theme, setter: &setter, map: &map, cap_height }, &plans, None);
    let mut settled = false;
    for _ in 0..PASSES {
        let next = page_map(&plans, &made, whole);
        if next == map {
            settled = true;
            break;
        }
        map = next;
        made = make(&Shop { book, theme, setter: &setter, map: &map, cap_height }, &plans, Some(made));
    }
    if !settled {
        diagnostics.report(Diagnostic::new(
            &lints::UNSETTLED,
            "the pages that contents and references name still move after the last pass",
        ));
    }
    let shop = Shop { book, theme, setter: &setter, map: &map, cap_height };
    let pages = place(&shop, &plans, made, map.clone(), diagnostics);
    (pages, setter.missing())
}

/// A stretch of the book from one forced page start to the next.
struct Plan<'a> {
    divisions: Vec<&'a Division>,
    opening: Opening,
    kind: PlanKind,
    /// Whether it shows pages of other flows.
    refers: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PlanKind {
    Cover,
    Flow,
    BackCover,
}

/// A flow that was cut.
struct Made {
    galley: Galley,
    cut: Cut,
    start: Side,
    /// An empty page before it, so that it opens on a recto.
    blank: bool,
}

fn plan<'a>(book: &'a Book, theme: &Theme) -> Vec<Plan<'a>> {
    let mut plans: Vec<Plan<'a>> = Vec::new();
    let mut matter = None;
    let mut follows = true;
    for division in &book.divisions {
        if !theme.page.covers && matches!(division.matter, Matter::Cover | Matter::BackCover) {
            continue;
        }
        if division.is_left_out() {
            follows = false;
            continue;
        }
        let kind = match division.matter {
            Matter::Cover => PlanKind::Cover,
            Matter::BackCover => PlanKind::BackCover,
            _ => PlanKind::Flow,
        };
        let mut opening = match division.kind {
            // They open a leaf; what is behind the title page is the copyright page.
            DivisionKind::HalfTitle | DivisionKind::TitlePage => Opening::Recto,
            kind => theme.opening(kind),
        };
        if opening == Opening::Auto {
            opening = if is_short(division, theme) { Opening::RunOn } else { Opening::Page };
        }
        let first_of_body = division.matter == Matter::Body && matter != Some(Matter::Body);
        if matter != Some(division.matter) && opening == Opening::RunOn {
            opening = Opening::Page;
        }
        match std::mem::replace(&mut follows, true) {
            true if first_of_body && !theme.page.screen => opening = Opening::Recto,
            // After what an extract leaves out, nothing runs on, and nothing is worth a blank page.
            false => opening = Opening::Page,
            true => {}
        }
        matter = Some(division.matter);
        let refers = division.shows_pages();
        // Short parts at the end share a page.
        let about = division.kind == DivisionKind::AboutTheInstitute
            && plans
                .last()
                .is_some_and(|plan| plan.divisions.last().is_some_and(|d| d.kind == DivisionKind::AboutTheAuthor));
        match plans.last_mut() {
            Some(plan)
                if plan.kind == PlanKind::Flow && kind == PlanKind::Flow && (opening == Opening::RunOn || about) =>
            {
                plan.divisions.push(division);
                plan.refers |= refers;
            }
            _ => plans.push(Plan { divisions: vec![division], opening, kind, refers }),
        }
    }
    plans
}

/// Whether a division takes less than three fifths of a page, more or less: on a page of its own it would leave that
/// mostly white. Letters are about nine twentieths of their size wide.
fn is_short(division: &Division, theme: &Theme) -> bool {
    let body = theme.style(Role::Body);
    let a_line = theme.page.measure().to_sp() * 20 / (body.size.to_sp() * 9).max(1);
    let lines: i64 = crate::book::walk::texts(&division.blocks)
        .map(|(_, text)| crate::book::plain(&text.content).chars().count() as i64 / a_line.max(1) + 1)
        .sum();
    lines * 5 < theme.page.lines(body.size.scale(2, 3)) * 3
}

/// Builds the galleys that have to be built (again) and cuts every flow.
fn make(shop: &Shop<'_>, plans: &[Plan<'_>], before: Option<Vec<Made>>) -> Vec<Made> {
    let old: Vec<Option<Made>> = match before {
        Some(made) => made.into_iter().map(Some).collect(),
        None => plans.iter().map(|_| None).collect(),
    };
    let galleys: Vec<(Galley, Option<(Cut, Side)>)> = plans
        .par_iter()
        .zip(old)
        .map(|(plan, old)| match old {
            Some(made) if !plan.refers => (made.galley, Some((made.cut, made.start))),
            _ => (galley(shop, plan, BTreeSet::new()), None),
        })
        .collect();
    let flows: Vec<Option<Flow>> =
        galleys.par_iter().map(|(galley, kept)| kept.is_none().then(|| flow(shop, galley))).collect();
    // One after the other: which side a flow begins on depends on those before, and to cut all for both sides would
    // cost twice what the cutting does, which is a small part of the whole.
    let mut side = Side::Recto;
    let mut made = Vec::with_capacity(plans.len());
    for ((plan, (galley, kept)), ready) in plans.iter().zip(galleys).zip(flows) {
        let blank = plan.opening == Opening::Recto
            && side == Side::Verso
            && plan.kind == PlanKind::Flow
            && !shop.theme.page.screen;
        let start = if blank { Side::Recto } else { side };
        let mut cut = match kept {
            Some((cut, kept)) if kept == start => cut,
            _ => pagebreak::cut(&ready.unwrap_or_else(|| flow(shop, &galley)), start, &PagePrices::default()),
        };
        let mut galley = galley;
        (galley, cut) = beside(shop, plan, (galley, cut), start);
        for _ in 0..PASSES {
            if !indent_after_floats(&mut galley, &cut) {
                break;
            }
            cut = pagebreak::cut(&flow(shop, &galley), start, &PagePrices::default());
        }
        if cut.pages.is_empty() {
            cut.pages.push(pagebreak::CutPage::default());
        }
        for _ in 0..cut.pages.len() + usize::from(blank) {
            side = side.opposite();
        }
        made.push(Made { galley, cut, start, blank });
    }
    made
}

/// Where the margin of a page has no room for all of its notes, those that it has none for go to the foot, and the flow
/// is cut again; each round there are fewer beside the text, so that this ends.
fn beside(shop: &Shop<'_>, plan: &Plan<'_>, made: (Galley, Cut), start: Side) -> (Galley, Cut) {
    let (mut built, mut cut) = made;
    let mut out: BTreeSet<NoteId> = BTreeSet::new();
    loop {
        let crowded = margin::crowded(shop, &built, &cut);
        if crowded.is_empty() {
            return (built, cut);
        }
        out.extend(crowded);
        built = galley(shop, plan, out.clone());
        cut = pagebreak::cut(&flow(shop, &built), start, &PagePrices::default());
    }
}

/// Indents the texts whose figure went elsewhere, and sets those flush that stand below theirs; whether any changed.
fn indent_after_floats(galley: &mut Galley, cut: &Cut) -> bool {
    let mut changed = false;
    for page in &cut.pages {
        for (at, piece) in page.pieces.iter().enumerate() {
            let below = at > 0 && page.pieces[at - 1].block + 1 == piece.block;
            if let Shape::Text(text) = &mut galley.items[piece.block].shape
                && text.other.is_some()
                && piece.lines.start == 0
                && text.indented == below
            {
                text.swap();
                changed = true;
            }
        }
    }
    changed
}

fn galley(shop: &Shop<'_>, plan: &Plan<'_>, crowded: BTreeSet<NoteId>) -> Galley {
    let mut builder = Builder::new(*shop).without_room(crowded);
    if plan.kind == PlanKind::Flow {
        for (at, division) in plan.divisions.iter().enumerate() {
            builder.division(division, at == 0);
        }
    }
    let grid = shop.grid();
    let galley = builder.finish(grid);
    let on_grid = galley.items.iter().all(|item| match &item.shape {
        Shape::Text(text) => text.style.leading % grid == Length::ZERO,
        _ => true,
    });
    // Half points, about, of which the grid is a whole number (but for a few scaled points).
    let count = ((grid + Length::pt(0.25)).to_sp() / Length::pt(0.5).to_sp()).max(1);
    let fine = Length::sp((grid.to_sp() + count - 1) / count);
    Galley { unit: if on_grid { grid } else { fine }, ..galley }
}

/// Heights of an item in units: above, the block with what does not fill a unit, below.
fn spaces(item: &Item, height: Length, unit: Length) -> (i32, i32, i32) {
    let to_units = |length: Length| length.units_to_cover(unit) as i32;
    let below = (item.below.to_sp() / unit.to_sp()).max(0) as i32;
    let rest = item.below - unit * i64::from(below);
    let at_head = to_units(height + rest);
    let whole = to_units(item.above + height + item.below);
    (whole - at_head - below, at_head, below)
}

fn flow(shop: &Shop<'_>, galley: &Galley) -> Flow {
    let unit = galley.unit;
    let lines = shop.theme.page.lines(shop.cap_height);
    let page = (shop.grid() * lines).to_sp() / unit.to_sp();
    let mut blocks: Vec<pagebreak::Block> = galley.items.iter().map(|item| block(item, galley, shop.grid())).collect();
    let mut opened = 0;
    for (at, item) in galley.items.iter().enumerate().filter(|(_, item)| item.group > 0) {
        let group = |item: Option<&Item>| item.map_or(0, |item| item.group);
        if at == 0 || group(galley.items.get(at - 1)) != item.group {
            opened = at;
        }
        if group(galley.items.get(at + 1)) != item.group {
            blocks[at].closes = Some(Closing { opened, below: blocks[opened].above });
        }
    }
    // A heading is followed by two lines: after a text of one line they are found in what comes next.
    for at in 1..blocks.len().saturating_sub(1) {
        let one_line = |variant: &Variant| matches!(&variant.body, Body::Lines { hyphens, .. } if hyphens.len() == 1);
        if blocks[at - 1].barrier && blocks[at].variants.iter().all(one_line) {
            blocks[at].keep = true;
        }
    }
    let line = shop.grid().units_to_cover(unit) as i32;
    Flow { blocks, page: page as i32, line, note_scale: NOTE_SCALE, note_rule: NOTE_SCALE * line, ..Flow::default() }
}

fn block(item: &Item, galley: &Galley, grid: Length) -> pagebreak::Block {
    let unit = galley.unit;
    let mut block = pagebreak::Block {
        keep: item.keep,
        new_page: item.new_page,
        float: item.float,
        // Lines are kept for the sake of what they are, and hold up no figure.
        barrier: item.keep && !matches!(item.shape, Shape::Text(_)),
        ..pagebreak::Block::default()
    };
    match &item.shape {
        Shape::Text(text) => {
            let height = text.style.leading.units_to_cover(unit) as i32;
            block.on_grid = text.style.leading == grid && unit != grid;
            let (above, rest, below) = spaces(item, Length::ZERO, unit);
            block.above = above;
            block.below = below + rest;
            for variant in 0..text.set().variants.len() {
                block.variants.push(Variant {
                    price: text.set().variants[variant].price,
                    body: Body::Lines { height, hyphens: text.set().hyphens(variant) },
                    notes: note_calls(item, variant, galley),
                });
            }
        }
        Shape::Solid(strip) => {
            let (above, height, below) = spaces(item, strip.height, unit);
            (block.above, block.below) = (above, below);
            block.variants.push(Variant { price: 0, body: Body::Solid { height }, notes: note_calls(item, 0, galley) });
        }
        Shape::Rows { head, rows } => {
            let part = unit / i64::from(NOTE_SCALE);
            let parts = |strip: &Strip| strip.height.units_to_cover(part) as i32;
            let head = head.as_ref().map_or(0, parts);
            let rows = rows.iter().map(parts).collect();
            let (above, rest, below) = spaces(item, Length::ZERO, unit);
            (block.above, block.below) = (above, below + rest);
            block.variants.push(Variant {
                price: 0,
                body: Body::Rows { head, rows },
                notes: note_calls(item, 0, galley),
            });
        }
    }
    block
}

/// The notes that a block calls for the first time, as the page kernel wants them.
fn note_calls(item: &Item, variant: usize, galley: &Galley) -> Vec<NoteCall> {
    if galley.foot.is_empty() {
        return Vec::new();
    }
    let part = galley.unit / i64::from(NOTE_SCALE);
    let parts = |length: Length| length.units_to_cover(part) as i32;
    let called = item.first_calls(variant).into_iter();
    called
        .filter_map(|(line, note)| {
            let note = galley.foot.get(&note)?;
            Some(NoteCall {
                line,
                height: parts(note.height()),
                splits: note.splits().into_iter().map(parts).collect(),
            })
        })
        .collect()
}

/// Which page everything is on.
fn page_map(plans: &[Plan<'_>], made: &[Made], whole: Option<&PageMap>) -> PageMap {
    let mut map = PageMap::default();
    let mut folios = Folios::default();
    for (plan, flow) in plans.iter().zip(made) {
        if flow.blank {
            let matter = if folios.body == 0 { Matter::Front } else { Matter::Body };
            map.pages.push(PageEntry { folio: Some(folios.next(matter)), first: None });
        }
        let first = map.pages.len();
        let opening = plan.divisions[0].id;
        if let Some(folio) = whole.and_then(|whole| whole.folio(&Target::Division(opening))) {
            folios.go_on_at(folio);
        }
        for page in &flow.cut.pages {
            let index = PageIndex(map.pages.len() as u32);
            let folio = match plan.kind {
                PlanKind::Flow => Some(folios.next(plan.divisions[0].matter)),
                PlanKind::Cover => {
                    folios.next(Matter::Front);
                    None
                }
                PlanKind::BackCover => None,
            };
            map.pages.push(PageEntry { folio, first: None });
            for piece in &page.pieces {
                let item = &flow.galley.items[piece.block];
                for (_, anchor) in item.anchors(piece.variant, piece.lines.clone()) {
                    if let Anchor::Call(note, 0) = anchor
                        && (flow.galley.foot.contains_key(&note) || flow.galley.beside.contains_key(&note))
                    {
                        note_anchor(&mut map, index, Anchor::Note(note));
                    }
                    note_anchor(&mut map, index, anchor);
                }
            }
        }
        if plan.kind != PlanKind::Flow {
            map.divisions.insert(plan.divisions[0].id, PageIndex(first as u32));
        }
    }
    map
}

fn note_anchor(map: &mut PageMap, page: PageIndex, anchor: Anchor) {
    match anchor {
        Anchor::Line(place) => {
            let entry = &mut map.pages[page.0 as usize];
            entry.first.get_or_insert(place);
        }
        Anchor::Block(id) => {
            map.blocks.entry(id).or_insert(page);
        }
        Anchor::Division(id) => {
            map.divisions.entry(id).or_insert(page);
        }
        Anchor::Call(note, call) => {
            map.calls.entry((note, call)).or_insert(page);
        }
        Anchor::Note(id) => {
            map.notes.entry(id).or_insert(page);
        }
        Anchor::Outline(..) => {}
    }
}

/// Counts pages: roman in the front matter, arabic from the body on.
#[derive(Default)]
struct Folios {
    front: u32,
    body: u32,
}

impl Folios {
    /// The next page has this folio.
    fn go_on_at(&mut self, folio: Folio) {
        match folio {
            Folio::Roman(number) => self.front = number.saturating_sub(1),
            Folio::Arabic(number) => self.body = number.saturating_sub(1),
        }
    }

    fn next(&mut self, matter: Matter) -> Folio {
        if matches!(matter, Matter::Cover | Matter::Front) {
            self.front += 1;
            Folio::Roman(self.front)
        } else {
            self.body += 1;
            Folio::Arabic(self.body)
        }
    }
}

/// Places what was cut.
fn place(shop: &Shop<'_>, plans: &[Plan<'_>], made: Vec<Made>, map: PageMap, diagnostics: &mut Diagnostics) -> Pages {
    let placed: Vec<PlacedFlow> = plans
        .par_iter()
        .zip(made)
        .map(|(plan, made)| match plan.kind {
            PlanKind::Flow => place_flow(shop, plan, made),
            PlanKind::Cover => cover::front(shop, plan.divisions[0], made.start).into(),
            PlanKind::BackCover => cover::back(shop, plan.divisions[0], made.start).into(),
        })
        .collect();
    let mut pages = Pages {
        pages: Vec::new(),
        structure: Structure::new(),
        map,
        outline: Vec::new(),
        destinations: Default::default(),
        bleed: shop.theme.page.bleed,
    };
    pages.structure.node_mut(Structure::ROOT).language = Some(shop.book.metadata.language.clone());
    let mut flat: Vec<(u8, OutlineEntry)> = Vec::new();
    for flow in placed {
        diagnostics.append(flow.diagnostics);
        let grafted = pages.structure.graft(Structure::ROOT, flow.structure);
        for (mut page, tops, facts) in flow.pages {
            let index = pages.pages.len() as u32;
            let mut strip = Strip {
                marks: std::mem::take(&mut page.marks),
                links: std::mem::take(&mut page.links),
                ..Strip::default()
            };
            strip.rebase(|node| grafted.id(node));
            bound_figures(&mut pages.structure, &strip, index);
            (page.marks, page.links) = (strip.marks, strip.links);
            page.folio = pages.map.pages.get(index as usize).and_then(|entry| entry.folio);
            furniture::add(shop, &mut page, &facts, &pages.map);
            for (top, anchor) in tops {
                destination(&mut pages, index, top, anchor, &mut flat);
            }
            pages.pages.push(page);
        }
    }
    pages.outline = nest(flat);
    pages
}

/// Says in the tree where each picture or drawing stands.
fn bound_figures(structure: &mut Structure, strip: &Strip, page: u32) {
    for mark in &strip.marks {
        let rect = match &mark.kind {
            MarkKind::Picture { rect, clip, .. } => clip.unwrap_or(*rect),
            MarkKind::Fill { rect, .. } => *rect,
            _ => continue,
        };
        let crate::page::Owner::Content(leaf) = mark.owner else { continue };
        let Some(parent) = structure.node(leaf).parent else { continue };
        let node = structure.node_mut(parent);
        if matches!(node.tag, Tag::Figure { .. }) {
            let rect = mark.transform.map_or(rect, |transform| turned_rect(rect, transform));
            node.bounds = Some(match node.bounds {
                Some((known, bounds)) if known == page => (page, bounds.union(&rect)),
                _ => (page, rect),
            });
        }
    }
}

fn destination(pages: &mut Pages, page: u32, top: Length, anchor: Anchor, flat: &mut Vec<(u8, OutlineEntry)>) {
    let target = match anchor {
        Anchor::Line(_) => return,
        Anchor::Block(id) => Target::Block(id),
        Anchor::Division(id) => Target::Division(id),
        Anchor::Call(note, call) => Target::NoteCall(note, call),
        Anchor::Note(id) => Target::Note(id),
        Anchor::Outline(level, title, target) => {
            flat.push((level, OutlineEntry { title, page, top, kids: Vec::new() }));
            target
        }
    };
    pages.destinations.entry(target).or_insert((page, top));
}

/// A flat outline with levels, nested.
fn nest(flat: Vec<(u8, OutlineEntry)>) -> Vec<OutlineEntry> {
    let mut roots: Vec<OutlineEntry> = Vec::new();
    let mut levels: Vec<u8> = Vec::new();
    for (level, entry) in flat {
        while levels.last().is_some_and(|open| *open >= level) {
            levels.pop();
        }
        let mut kids = &mut roots;
        for _ in 0..levels.len() {
            kids = &mut kids.last_mut().expect("an open level has an entry").kids;
        }
        kids.push(entry);
        levels.push(level);
    }
    roots
}

fn place_flow(shop: &Shop<'_>, plan: &Plan<'_>, made: Made) -> PlacedFlow {
    let Made { galley, cut, start, blank } = made;
    let Galley { mut items, mut structure, unit, foot, beside: mut side_notes, mut diagnostics } = galley;
    let mut notes = Footnotes::new(foot);
    let mut pages = Vec::new();
    let mut side = start;
    if blank {
        let page = empty(shop, Side::Verso, PageKind::Blank);
        pages.push((page, Vec::new(), PageFacts::default()));
    }
    let mut open: Option<(usize, Leaves)> = None;
    let last = cut.pages.len();
    for (at, cut_page) in cut.pages.iter().enumerate() {
        let mut page = empty(shop, side, PageKind::Inside);
        let mut tops = Vec::new();
        let mut calls = Vec::new();
        let left = shop.theme.page.left(side);
        let drop =
            if sinks_to_the_foot(plan) && last == 1 { foot_room(shop, &items, cut_page, unit) } else { Length::ZERO };
        let called = footnotes::called(&items, cut_page);
        let shifted = whole_groups(&items, &cut.pages, at);
        for piece in &cut_page.pieces {
            if piece.overfull {
                report_overfull(&items[piece.block], &mut diagnostics);
            }
            let raised =
                if shifted.contains(&items[piece.block].group) { items[piece.block].shift } else { Length::ZERO };
            let y = shop.theme.page.head + drop - raised + top(shop, &items[piece.block], piece, unit);
            tops.extend(
                items[piece.block].anchors(piece.variant, piece.lines.clone()).into_iter().map(|(top, a)| (y + top, a)),
            );
            if !side_notes.is_empty() {
                calls.extend(margin::calls(&items[piece.block], piece.variant, &piece.lines, y));
            }
            if let Shape::Text(text) = &items[piece.block].shape {
                shop.setter.report(text.set(), piece.variant, piece.lines.clone(), &mut diagnostics);
            }
            let fresh = open.as_ref().is_none_or(|(block, _)| *block != piece.block);
            if fresh {
                open = Some((piece.block, Leaves::default()));
            }
            if let (Some(deep), 0) = (items[piece.block].band, piece.lines.start) {
                page.marks.insert(0, band(shop, deep));
            }
            let Some((_, leaves)) = &mut open else { continue };
            let mut strip = piece_strip(shop, &mut items[piece.block], piece, leaves, &mut structure);
            strip.shift(Point::new(left, y));
            page.marks.extend(strip.marks);
            page.links.extend(strip.links);
        }
        let carry = unit / i64::from(NOTE_SCALE) * i64::from((cut_page.carry - 1).max(0));
        tops.extend(margin::place(shop, &mut page, &mut side_notes, &calls));
        tops.extend(notes.place(shop, &mut page, &called, carry, text_foot(&items, cut_page, unit)));
        let facts = facts(shop, plan, &items, cut_page, at);
        pages.push((page, tops, facts));
        side = side.opposite();
    }
    PlacedFlow { pages, structure, diagnostics }
}

fn empty(shop: &Shop<'_>, side: Side, kind: PageKind) -> Page {
    let size = shop.theme.page.trim;
    Page { size, side, folio: None, kind, marks: Vec::new(), links: Vec::new() }
}

/// The ground over the width of a page, from its head down: on office printers inside what they can print.
fn band(shop: &Shop<'_>, deep: Length) -> Mark {
    let page = &shop.theme.page;
    let edge = if page.screen || page.bleed > Length::ZERO { -page.bleed } else { Length::inches(0.25) };
    let rect = Rect::new(edge, edge, page.trim.width - edge * 2, deep - edge);
    let colour = shop.theme.palette.ink(shop.theme.opener.ground.unwrap_or(Ink::Ground));
    Mark { kind: MarkKind::Fill { rect, colour }, owner: Owner::Artifact(Artifact::Background), transform: None }
}

/// From the head of the type area to a piece.
fn top(shop: &Shop<'_>, item: &Item, piece: &Piece, unit: Length) -> Length {
    let y = unit * i64::from(piece.y);
    match &item.shape {
        Shape::Rows { head, rows } if item.even && !piece.at_head && piece.lines == (0..rows.len()) => {
            let height = rows.iter().chain(head).map(|row| row.height).sum::<Length>();
            let (above, rest, below) = spaces(item, Length::ZERO, unit);
            let units = i64::from(above + rest + below) + height.units_to_cover(unit);
            y - unit * i64::from(above) + head_gap(shop, item, unit * units - height)
        }
        Shape::Solid(strip) if !piece.at_head => {
            let (above, height, below) = spaces(item, strip.height, unit);
            let gaps = unit * i64::from(above + height + below) - strip.height;
            match item.even {
                true => y - unit * i64::from(above) + head_gap(shop, item, gaps),
                false => y + unit * i64::from(height + below) - item.below - strip.height,
            }
        }
        _ => y,
    }
}

/// Of the space around a piece, how much stands above it, so that it looks as far from the letters above as from those
/// below: a line of text keeps something below its letters, and so may the piece itself.
fn head_gap(shop: &Shop<'_>, item: &Item, gaps: Length) -> Length {
    let kept = shop.grid() - shop.cap_height;
    let half = (gaps + kept + item.depth) / 2;
    (half - kept).min(gaps).max(Length::ZERO)
}

/// Where the last line of text on a page ends, from the head of the type area.
fn text_foot(items: &[Item], page: &pagebreak::CutPage, unit: Length) -> Length {
    let foots = page.pieces.iter().filter_map(|piece| match &items[piece.block].shape {
        Shape::Text(text) => Some(unit * i64::from(piece.y) + text.style.leading * piece.lines.len() as i64),
        _ => None,
    });
    foots.max().unwrap_or_default()
}

/// Lines, rows or the one piece, as one strip.
fn piece_strip(
    shop: &Shop<'_>,
    item: &mut Item,
    piece: &Piece,
    leaves: &mut Leaves,
    structure: &mut Structure,
) -> Strip {
    match &mut item.shape {
        Shape::Solid(strip) => std::mem::take(strip),
        Shape::Text(text) => Strip::stacked(text.strips(*shop, piece.variant, piece.lines.clone(), leaves, structure)),
        Shape::Rows { head, rows } => {
            let mut strip = Strip::default();
            if let Some(head) = head {
                let mut head = head.clone();
                if piece.lines.start > 0 {
                    head.repeat();
                }
                strip.append(head);
            }
            for row in &mut rows[piece.lines.clone()] {
                strip.append(std::mem::take(row));
            }
            strip.join_grounds();
            strip
        }
    }
}

/// The groups that stand whole on a page, between other matter.
fn whole_groups(items: &[Item], pages: &[pagebreak::CutPage], at: usize) -> Vec<u32> {
    let page = &pages[at];
    let mut whole: Vec<u32> = Vec::new();
    for piece in &page.pieces {
        let group = items[piece.block].group;
        if group == 0 || whole.contains(&group) {
            continue;
        }
        let of_group = |piece: &&Piece| items[piece.block].group == group;
        let elsewhere = [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .flatten()
            .filter_map(|other| pages.get(other))
            .any(|other| other.pieces.iter().any(|piece| of_group(&piece)));
        let at_head = page.pieces.iter().filter(of_group).any(|piece| piece.at_head);
        let at_foot = page.pieces.last().is_some_and(|piece| of_group(&piece));
        // What has its own space above leaves it whole: the two do not add up.
        let last = page.pieces.iter().rposition(|piece| of_group(&piece));
        let next = last.and_then(|last| page.pieces.get(last + 1));
        let spaced = next.is_some_and(|piece| items[piece.block].above > Length::ZERO);
        if !elsewhere && !at_head && !at_foot && !spaced {
            whole.push(group);
        }
    }
    whole
}

/// The copyright page stands at the foot.
fn sinks_to_the_foot(plan: &Plan<'_>) -> bool {
    plan.divisions.len() == 1 && plan.divisions[0].kind == DivisionKind::CopyrightPage
}

fn foot_room(shop: &Shop<'_>, items: &[Item], page: &pagebreak::CutPage, unit: Length) -> Length {
    let area = shop.grid() * shop.theme.page.lines(shop.cap_height);
    let used = page.pieces.last().map_or(Length::ZERO, |piece| {
        let item = &items[piece.block];
        let height = match &item.shape {
            Shape::Text(text) => text.style.leading * piece.lines.len() as i64,
            Shape::Solid(strip) => strip.height,
            Shape::Rows { .. } => Length::ZERO,
        };
        top(shop, item, piece, unit) + height
    });
    (area - used).max(Length::ZERO)
}

fn report_overfull(item: &Item, diagnostics: &mut Diagnostics) {
    let span = match &item.shape {
        Shape::Text(text) => text.set().span(),
        Shape::Solid(strip) => strip.marks.iter().find_map(|mark| match &mark.kind {
            crate::page::MarkKind::Text(run) => run.span,
            _ => None,
        }),
        Shape::Rows { .. } => None,
    };
    diagnostics.report(
        Diagnostic::new(&lints::OVERFULL_PAGE, "a block is higher than the page and runs out of it")
            .at(span)
            .hint("make the picture smaller (`width=60%`), or split the block"),
    );
}

fn facts(shop: &Shop<'_>, plan: &Plan<'_>, items: &[Item], page: &pagebreak::CutPage, at: usize) -> PageFacts {
    let division =
        page.pieces.first().map(|piece| items[piece.block].division).unwrap_or_else(|| plan.divisions[0].id.index());
    let division = DivisionId(division as u32);
    let kind = shop.book.division(division).kind;
    let mut notes = Vec::new();
    for piece in &page.pieces {
        for (_, anchor) in items[piece.block].anchors(piece.variant, piece.lines.clone()) {
            if let Anchor::Note(note) = anchor {
                notes.push(note);
            }
        }
    }
    PageFacts { division: Some(division), kind: Some(kind), opens: at == 0, notes }
}
