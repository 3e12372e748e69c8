//! Notes in the margin: each beside the line of its call, in a column of its own at the fore-edge.
//!
//! Notes keep their order and do not overlap: one that has no room below the one before moves down, and where the
//! column ends above the foot the last ones move up. What no column can hold stands at the foot of the page instead:
//! long notes always, others where those of one page are too many ([`crowded`]).

use std::collections::BTreeMap;

use super::footnotes::called;
use super::galley::{FootNote, Galley, Item};
use super::pagebreak::Cut;
use super::shop::Shop;
use super::strip::Anchor;
use crate::book::NoteId;
use crate::page::Page;
use crate::theme::Role;
use crate::units::{Length, Point, Side};

/// From the head of the page: where the column begins, and where its last line ends.
fn column(shop: &Shop<'_>) -> (Length, Length) {
    let page = &shop.theme.page;
    let style = shop.style(Role::MarginNote);
    let last = page.baseline(page.lines(shop.cap_height) - 1, shop.cap_height);
    (page.head, last + style.leading - shop.baseline(style) + style.below)
}

/// The notes that the column of their page has no room for: the longest of each page first.
pub(super) fn crowded(shop: &Shop<'_>, galley: &Galley, cut: &Cut) -> Vec<NoteId> {
    let (head, foot) = column(shop);
    let mut out = Vec::new();
    for page in &cut.pages {
        let mut notes: Vec<(Length, NoteId)> = called(&galley.items, page)
            .into_iter()
            .filter_map(|note| Some((galley.beside.get(&note)?.height(), note)))
            .collect();
        let mut height: Length = notes.iter().map(|(height, _)| *height).sum();
        notes.sort_by_key(|(height, note)| (std::cmp::Reverse(*height), *note));
        for (own, note) in notes {
            if height <= foot - head {
                break;
            }
            height -= own;
            out.push(note);
        }
    }
    out
}

/// Puts the notes of a page beside their calls, and says where each begins. `calls` are the lines that call them, from
/// the head of the page, in order.
pub(super) fn place(
    shop: &Shop<'_>,
    page: &mut Page,
    set: &mut BTreeMap<NoteId, FootNote>,
    calls: &[(NoteId, Length)],
) -> Vec<(Length, Anchor)> {
    let (head, foot) = column(shop);
    let style = shop.style(Role::MarginNote);
    // The first lines of note and call stand level.
    let level = shop.baseline(shop.style(Role::Body)) - shop.baseline(style);
    let mut notes: Vec<(NoteId, Length, FootNote)> = Vec::new();
    for (note, y) in calls {
        let Some(own) = set.remove(note) else { continue };
        let below = notes.last().map_or(head, |(_, top, last)| *top + last.height());
        notes.push((*note, (*y + level).max(below), own));
    }
    let mut foot = foot;
    for (_, top, note) in notes.iter_mut().rev() {
        *top = (*top).min(foot - note.height());
        foot = *top;
    }
    let left = left(shop, page.side);
    let mut tops = Vec::new();
    for (note, top, own) in notes {
        let mut y = top;
        tops.push((y, Anchor::Note(note)));
        for mut line in own.lines {
            tops.extend(line.anchors.iter().map(|anchor| (y, anchor.clone())));
            let height = line.height;
            line.shift(Point::new(left, y));
            page.marks.extend(line.marks);
            page.links.extend(line.links);
            y += height;
        }
    }
    tops
}

/// The left edge of the column: at the fore-edge, on screens at the right.
fn left(shop: &Shop<'_>, side: Side) -> Length {
    let page = &shop.theme.page;
    if page.screen || page.is_at_the_right(side) {
        return page.left(side) + page.measure() + page.margin_gap;
    }
    page.left(side) - page.margin_gap - page.margin_column
}

/// The lines that call notes first, in the order of the page.
pub(super) fn calls(item: &Item, variant: usize, lines: &std::ops::Range<usize>, y: Length) -> Vec<(NoteId, Length)> {
    let tops = item.anchors(variant, lines.clone());
    let calls = tops.into_iter().filter_map(|(top, anchor)| match anchor {
        Anchor::Call(note, 0) => Some((note, y + top)),
        _ => None,
    });
    calls.collect()
}
