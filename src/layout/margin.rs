//! The column in the margin at the fore-edge: notes beside the lines of their calls, key figures and small pictures
//! beside the text that they belong to.
//!
//! All that stands there keeps its order and does not overlap: what has no room below the piece before moves down, and
//! where the column ends above the foot the last ones move up. Wide matter reaches over the column, and pushes aside
//! what would stand in its place. Notes that no column can hold stand at the foot of the page instead: long ones
//! always, others where those of one page are too many ([`crowded`]).

use std::collections::BTreeMap;

use super::galley::{FootNote, Galley, Item, Shape};
use super::pagebreak::{Cut, CutPage};
use super::shop::Shop;
use super::strip::{Anchor, Beside};
use crate::book::NoteId;
use crate::page::Page;
use crate::theme::Role;
use crate::units::{Length, Point, Side};

/// What is called beside a line, and how far down the page that line begins.
pub(super) type Call = (Beside, Length);

/// From where to where something wide takes the column.
pub(super) type Taken = (Length, Length);

/// From the head of the page: where the column begins, and where its last line ends.
fn column(shop: &Shop<'_>) -> (Length, Length) {
    let page = &shop.theme.page;
    let style = shop.style(Role::MarginNote);
    let last = page.baseline(page.lines(shop.cap_height) - 1, shop.cap_height);
    (page.head, last + style.leading - shop.baseline(style) + style.below)
}

/// The notes that the column of their page has no room for: the longest of each page first.
pub(super) fn crowded(shop: &Shop<'_>, galley: &Galley, cut: &Cut) -> Vec<NoteId> {
    let mut out = Vec::new();
    if galley.beside.is_empty() {
        return out;
    }
    for page in &cut.pages {
        let (mut calls, taken) = calls_of(shop, galley, page);
        calls.retain(|(what, _)| galley.beside.contains_key(what));
        let height = |what: &Beside| galley.beside.get(what).map_or(Length::ZERO, FootNote::height);
        loop {
            let wanted: Vec<(Length, Length)> = calls.iter().map(|(what, y)| (*y, height(what))).collect();
            if arranged(shop, &wanted, &taken).is_some() {
                break;
            }
            let notes = calls.iter().filter_map(|(what, _)| match what {
                Beside::Note(note) => Some((height(what), std::cmp::Reverse(*note))),
                Beside::Piece(_) => None,
            });
            let Some((_, std::cmp::Reverse(longest))) = notes.max() else { break };
            calls.retain(|(what, _)| *what != Beside::Note(longest));
            out.push(longest);
        }
    }
    out
}

/// What a page calls, more or less where it will, and what it has of the column taken by wide matter.
fn calls_of(shop: &Shop<'_>, galley: &Galley, page: &CutPage) -> (Vec<Call>, Vec<Taken>) {
    let (mut called, mut taken) = (Vec::new(), Vec::new());
    // A piece may still move by less than a line.
    let give = shop.grid() / 2;
    for piece in &page.pieces {
        let item = &galley.items[piece.block];
        let y = shop.theme.page.head + galley.unit * i64::from(piece.y);
        called.extend(calls(item, piece.variant, &piece.lines, y));
        if item.reach > Length::ZERO {
            taken.push((y - give, y + height_of(item, &piece.lines) + give));
        }
    }
    (called, taken)
}

/// How high a piece is that nothing is left to choose in.
pub(super) fn height_of(item: &Item, lines: &std::ops::Range<usize>) -> Length {
    match &item.shape {
        Shape::Solid(strip) => strip.height,
        Shape::Rows { head, rows } => {
            let head = head.as_ref().map_or(Length::ZERO, |head| head.height);
            head + rows[lines.clone()].iter().map(|row| row.height).sum::<Length>()
        }
        Shape::Text(text) => text.style.leading * lines.len() as i64,
    }
}

/// Where pieces begin, each given with where it would and how high it is; `None` where the column has no room for all.
fn arranged(shop: &Shop<'_>, wanted: &[(Length, Length)], taken: &[Taken]) -> Option<Vec<Length>> {
    let (head, foot) = column(shop);
    let clear = shop.style(Role::MarginNote).below;
    let taken: Vec<Taken> = taken.iter().map(|(from, to)| (*from - clear, *to + clear)).collect();
    let meets = |top: Length, height: Length, taken: &Taken| top < taken.1 && top + height > taken.0;
    let mut tops = Vec::with_capacity(wanted.len());
    let mut below = head;
    for (y, height) in wanted {
        let mut top = (*y).max(below);
        for taken in taken.iter().filter(|_| *height > Length::ZERO) {
            if meets(top, *height, taken) {
                top = taken.1;
            }
        }
        below = top + *height;
        tops.push(top);
    }
    let mut limit = foot;
    for (top, (_, height)) in tops.iter_mut().zip(wanted).rev() {
        *top = (*top).min(limit - *height);
        for taken in taken.iter().rev() {
            if meets(*top, *height, taken) {
                *top = taken.0 - *height;
            }
        }
        limit = *top;
    }
    (limit >= head).then_some(tops)
}

/// Puts what a page calls beside its lines, and says where each note begins. `calls` are in the order of the page;
/// `taken` is what wide matter has of the column.
pub(super) fn place(
    shop: &Shop<'_>,
    page: &mut Page,
    set: &mut BTreeMap<Beside, FootNote>,
    calls: &[Call],
    taken: &[Taken],
) -> Vec<(Length, Anchor)> {
    let style = shop.style(Role::MarginNote);
    // The first lines of note and call stand level; what is no note begins as high as the capitals.
    let body = shop.baseline(shop.style(Role::Body));
    let level = |what: &Beside| match what {
        Beside::Note(_) => body - shop.baseline(style),
        Beside::Piece(_) => body - shop.cap_height,
    };
    let found = calls.iter().filter_map(|(what, y)| Some((*what, *y + level(what), set.remove(what)?)));
    let found: Vec<(Beside, Length, FootNote)> = found.collect();
    let wanted: Vec<(Length, Length)> = found.iter().map(|(_, y, own)| (*y, own.height())).collect();
    // Where all cannot stand clear of what is wide, they stand clear of each other as far as that goes.
    let tops = arranged(shop, &wanted, taken)
        .or_else(|| arranged(shop, &wanted, &[]))
        .unwrap_or_else(|| wanted.iter().map(|(y, _)| *y).collect());
    let left = left(shop, page.side);
    let mut anchors = Vec::new();
    for ((what, _, own), top) in found.into_iter().zip(tops) {
        let mut y = top;
        if let Beside::Note(note) = what {
            anchors.push((y, Anchor::Note(note)));
        }
        for mut line in own.lines {
            anchors.extend(line.anchors.iter().map(|anchor| (y, anchor.clone())));
            let height = line.height;
            line.shift(Point::new(left, y));
            page.marks.extend(line.marks);
            page.links.extend(line.links);
            y += height;
        }
    }
    anchors
}

/// The left edge of the column: at the fore-edge, on screens at the right.
fn left(shop: &Shop<'_>, side: Side) -> Length {
    let page = &shop.theme.page;
    if page.screen || page.is_at_the_right(side) {
        return page.left(side) + page.measure() + page.margin_gap;
    }
    page.left(side) - page.margin_gap - page.margin_column
}

/// What lines call into the margin, in the order of the page.
pub(super) fn calls(item: &Item, variant: usize, lines: &std::ops::Range<usize>, y: Length) -> Vec<Call> {
    let tops = item.anchors(variant, lines.clone());
    let calls = tops.into_iter().filter_map(|(top, anchor)| match anchor {
        Anchor::Call(note, 0) => Some((Beside::Note(note), y + top)),
        Anchor::Aside(at) => Some((Beside::Piece(at), y + top)),
        _ => None,
    });
    calls.collect()
}
