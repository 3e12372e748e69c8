//! Heights: a galley as the page kernel wants it, in whole units.

use super::galley::{Full, Galley, Item, Shape};
use super::pagebreak::{self, Body, Closing, Flow, NoteCall, Variant};
use super::shop::Shop;
use super::strip::Strip;
use crate::units::Length;

/// Notes at the foot and rows are measured in this many parts of a unit.
pub(super) const NOTE_SCALE: i32 = 32;

/// Heights of an item in units: above, the block with what does not fill a unit, below.
pub(super) fn spaces(item: &Item, height: Length, unit: Length) -> (i32, i32, i32) {
    let to_units = |length: Length| length.units_to_cover(unit) as i32;
    let below = (item.below.to_sp() / unit.to_sp()).max(0) as i32;
    let rest = item.below - unit * i64::from(below);
    let at_head = to_units(height + rest);
    let whole = to_units(item.above + height + item.below);
    (whole - at_head - below, at_head, below)
}

/// A galley as the page kernel wants it.
pub(super) fn flow(shop: &Shop<'_>, galley: &Galley) -> Flow {
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
    keep_lone_lines(&mut blocks, galley);
    want_lines(&mut blocks, galley);
    let line = shop.grid().units_to_cover(unit) as i32;
    let (note_scale, note_rule, stops) = (NOTE_SCALE, NOTE_SCALE * line, foot_is_close(shop));
    Flow { blocks, page: page as i32, line, note_scale, note_rule, stops, ..Flow::default() }
}

/// Whether what stands at the foot of pages has less than a line between itself and a page that is a line long.
fn foot_is_close(shop: &Shop<'_>) -> bool {
    let (page, furniture) = (&shop.theme.page, &shop.theme.furniture);
    let shown = !furniture.foot.is_empty() || !furniture.opening.is_empty();
    shown && page.foot - page.grid < furniture.foot_baseline + page.grid
}

/// A first or last text of one line, as of a letter or a list, does not part from the rest of it.
fn keep_lone_lines(blocks: &mut [pagebreak::Block], galley: &Galley) {
    let lines = |block: &pagebreak::Block| match &block.variants[0].body {
        Body::Lines { hyphens, .. } => hyphens.len(),
        Body::Solid { .. } | Body::Rows { .. } => 0,
    };
    let group = |at: usize| galley.items[at].group;
    for at in 1..blocks.len() {
        if group(at) == 0 || group(at) != group(at - 1) || lines(&blocks[at]) == 0 || lines(&blocks[at - 1]) == 0 {
            continue;
        }
        let opens = at < 2 || group(at - 2) != group(at);
        if (blocks[at].closes.is_some() && lines(&blocks[at]) == 1) || (opens && lines(&blocks[at - 1]) == 1) {
            blocks[at - 1].keep = true;
        }
    }
}

/// How many lines a title that runs on has below it on its page, if make-up can help it.
const BELOW_A_TITLE: i32 = 4;

/// Says of the blocks below titles that run on how many of their lines these want on their page.
fn want_lines(blocks: &mut [pagebreak::Block], galley: &Galley) {
    let mut wanted = 0;
    for (block, item) in blocks.iter_mut().zip(&galley.items) {
        if item.title {
            wanted = BELOW_A_TITLE;
            continue;
        }
        block.wanted = wanted;
        wanted = match &block.variants[0].body {
            Body::Lines { hyphens, .. } => (wanted - hyphens.len() as i32).max(0),
            // A heading is none of the lines that a title wants.
            Body::Solid { .. } if block.keep => wanted,
            Body::Solid { .. } | Body::Rows { .. } => 0,
        };
    }
}

fn block(item: &Item, galley: &Galley, grid: Length) -> pagebreak::Block {
    let unit = galley.unit;
    let mut block = pagebreak::Block {
        keep: item.keep,
        new_page: item.new_page,
        float: item.float,
        alone: item.full.is_some(),
        verso: matches!(item.full, Some(Full::Verso(_))),
        wide: item.is_wide(),
        // Lines are kept for the sake of what they are, and hold up no figure.
        opens: item.title,
        dear: item.dear,
        barrier: item.keep && !matches!(item.shape, Shape::Text(_)),
        ..pagebreak::Block::default()
    };
    match &item.shape {
        Shape::Text(text) => {
            let height = text.style.leading.units_to_cover(unit) as i32;
            block.on_grid = text.style.leading == grid && unit != grid && !item.loose;
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
