//! Faults on paper: each marked in the margin at its line, by a bar and the name of its message, for who reads a proof.

use std::collections::BTreeMap;

use super::galley::turned::turned_rect;
use super::paragraph::Setter;
use super::shop::Shop;
use super::text::Job;
use crate::book::{Book, Inline, PageMap};
use crate::diagnostic::{Diagnostics, Severity};
use crate::font::Fonts;
use crate::page::{Artifact, Edge, Mark, MarkKind, Owner, Page, PageKind, Pages, Structure};
use crate::source::Span;
use crate::theme::{Alignment, Role, Style, Theme};
use crate::units::{Colour, Length, Point, Rect};

/// Of errors, and of warnings.
const ERROR: Colour = Colour::hex(0xC0_1C_28);
const WARNING: Colour = Colour::hex(0x70_70_70);

/// Marks what was found on the pages where it was written; what stands on none of them is left to the list.
pub fn mark(pages: &mut Pages, book: &Book, theme: &Theme, fonts: &Fonts, found: &Diagnostics) {
    let setter = Setter::new(book, theme, fonts, book.metadata.hyphenation.clone());
    let map = PageMap::default();
    let cap_height = theme.style(Role::Body).size;
    let shop = Shop { book, theme, setter: &setter, map: &map, cap_height };
    // The words are smaller than a running head; the bar, and what is kept clear, go by them.
    let size = theme.style(Role::RunningHead).size.scale(3, 4);
    let (bar_width, clear) = (size / 3, size * 3 / 4);
    let mut seats: Vec<(usize, Length)> = Vec::new();
    for fault in found.iter() {
        let Some((at, line)) = fault.span.and_then(|span| line(&pages.pages, span)) else { continue };
        let colour = if fault.severity == Severity::Error { ERROR } else { WARNING };
        let page = &mut pages.pages[at];
        // Several faults of one line stand below each other.
        let beside = seats.iter().filter(|seat| **seat == (at, line.origin.y)).count() as i64;
        seats.push((at, line.origin.y));
        let (left, right) = (theme.page.left(page.side), theme.page.left(page.side) + theme.page.measure());
        let column = if theme.page.margin_column > Length::ZERO { clear } else { Length::ZERO };
        let wide = page.size.width - right >= left;
        let x = if wide { right + clear + column } else { left - clear - bar_width };
        let bar = Rect::new(x, line.origin.y, bar_width, line.size.height);
        page.marks.push(aside(MarkKind::Fill { rect: bar, colour }));
        let (start, room) = match wide {
            true => (x + bar_width + clear / 2, page.size.width - x - bar_width - clear * 2),
            false => (clear, x - clear * 2),
        };
        let align = if wide { Alignment::Flush } else { Alignment::FlushEnd };
        let base = *shop.style(Role::RunningHead);
        let style = Style { size, leading: size, align, hyphenate: false, ..base };
        let language = &book.metadata.language;
        let content = [Inline::text(fault.lint.name)];
        let job = Job { content: &content, block: None, style, width: room, first: Length::ZERO, deep: 1, language };
        let mut apart = Structure::new();
        let mut words = shop.solid(&job, Structure::ROOT, &mut apart, &mut Diagnostics::new());
        words.shift(Point::new(start, line.origin.y + size * beside));
        for mark in words.marks {
            let kind = match mark.kind {
                MarkKind::Text(run) => MarkKind::Text(crate::page::TextRun { colour, ..run }),
                other => other,
            };
            page.marks.push(aside(kind));
        }
    }
}

fn aside(kind: MarkKind) -> Mark {
    Mark { kind, owner: Owner::Artifact(Artifact::Pagination(Edge::Side)), transform: None }
}

/// The page and the line where something was written: of the letters that were written there the fewest, else the last
/// before it in its file.
fn line(pages: &[Page], span: Span) -> Option<(usize, Rect)> {
    let mut best: Option<((bool, u32), usize, Rect)> = None;
    // A run knows the whole text that it is a line of: how much of that was set before it says where in it it begins.
    let mut before: BTreeMap<Span, u32> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate().filter(|(_, page)| page.kind == PageKind::Inside) {
        for mark in &page.marks {
            let (MarkKind::Text(run), Owner::Content(_)) = (&mark.kind, mark.owner) else { continue };
            let Some(own) = run.span.filter(|own| own.source == span.source && own.start <= span.start) else {
                continue;
            };
            let set = before.entry(own).or_default();
            let start = (own.start + *set).min(own.end);
            *set += run.text.len() as u32;
            if start > span.start {
                continue;
            }
            let within = span.start < own.end.max(own.start + 1);
            let far = span.start - start;
            let rank = (!within, far);
            if best.as_ref().is_none_or(|(known, _, _)| rank < *known) {
                let rect = Rect::new(run.origin.x, run.origin.y - run.size.scale(4, 5), run.size, run.size);
                best = Some((rank, at, mark.transform.map_or(rect, |transform| turned_rect(rect, transform))));
            }
        }
    }
    best.map(|(_, at, rect)| (at, rect))
}
