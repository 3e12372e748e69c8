//! Faults on paper: each marked in the margin at its line, by a bar and the name of its message, for who reads a proof.

use std::collections::BTreeMap;

use super::galley::turned::turned_rect;
use super::paragraph::Setter;
use super::parted::NONE_PARTED;
use super::shop::Shop;
use super::text::Job;
use crate::book::{Book, Inline, PageMap};
use crate::diagnostic::{Diagnostics, Severity};
use crate::font::Fonts;
use crate::page::{Artifact, Edge, Mark, MarkKind, Owner, Page, PageKind, Pages, Structure};
use crate::source::{Sources, Span};
use crate::theme::{Alignment, Role, Style, Theme};
use crate::units::{Colour, Length, Point, Rect};

/// Of errors, and of warnings.
const ERROR: Colour = Colour::hex(0xC0_1C_28);
const WARNING: Colour = Colour::hex(0x70_70_70);

/// How many errors that stand on no page are named at the head of the first.
const NAMED: usize = 3;

/// Marks what was found on the pages where it was written. Errors that stand on none of them, of a file that was not read
/// say, are named at the head of the first page; the rest is left to the list.
pub fn mark(pages: &mut Pages, book: &Book, theme: &Theme, fonts: &Fonts, found: &Diagnostics, sources: &Sources) {
    let setter = Setter::new(book, theme, fonts, book.metadata.hyphenation.clone());
    let map = PageMap::default();
    let cap_height = theme.style(Role::Body).size;
    let shop = Shop { book, theme, setter: &setter, map: &map, cap_height, parted: &NONE_PARTED };
    // The words are smaller than a running head; the bar, and what is kept clear, go by them.
    let size = theme.style(Role::RunningHead).size.scale(3, 4);
    let (bar_width, clear) = (size / 3, size * 3 / 4);
    // What names have taken of the margins: by page, from where to where.
    let mut taken: BTreeMap<usize, Vec<(Length, Length)>> = BTreeMap::new();
    let mut unplaced: Vec<String> = Vec::new();
    for fault in found.iter() {
        let Some((at, line)) = fault.span.and_then(|span| line(&pages.pages, span)) else {
            if fault.severity == Severity::Error {
                let place =
                    fault.span.map(|span| format!("{}:{}: ", sources.file(span.source).path, sources.start(span).line));
                unplaced.push(format!("{}{}", place.unwrap_or_default(), fault.message));
            }
            continue;
        };
        let colour = if fault.severity == Severity::Error { ERROR } else { WARNING };
        let page = &mut pages.pages[at];
        let (left, right) = (theme.page.left(page.side), theme.page.left(page.side) + theme.page.measure());
        // A column beside the text has notes of its own.
        let wide = (page.size.width - right >= left) != (theme.page.margin_column > Length::ZERO);
        let x = if wide { right + clear } else { left - clear - bar_width };
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
        let deep = words.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run.origin.y),
            _ => None,
        });
        let deep = deep.max().unwrap_or(size) + size / 4;
        // Several faults of one line, or of lines that are near, stand below each other.
        let top = seat(taken.entry(at).or_default(), line.origin.y, deep);
        words.shift(Point::new(start, top));
        for mark in words.marks {
            let kind = match mark.kind {
                MarkKind::Text(run) => MarkKind::Text(crate::page::TextRun { colour, ..run }),
                other => other,
            };
            page.marks.push(aside(kind));
        }
    }
    let more = unplaced.len().saturating_sub(NAMED);
    unplaced.truncate(NAMED);
    unplaced.extend((more > 0).then(|| format!("… {more}")));
    let Some(page) = pages.pages.iter_mut().find(|page| page.kind == PageKind::Inside) else { return };
    for (at, words) in unplaced.into_iter().enumerate() {
        let base = *shop.style(Role::RunningHead);
        let style = Style { size, leading: size, align: Alignment::Flush, hyphenate: false, ..base };
        let content = [Inline::text(words)];
        let (left, width) = (theme.page.left(page.side), theme.page.measure());
        let language = &book.metadata.language;
        // One line of it: the list in the terminal says all.
        let job =
            Job { content: &content, block: None, style, width: width * 8, first: Length::ZERO, deep: 1, language };
        let mut apart = Structure::new();
        let mut line = shop.solid(&job, Structure::ROOT, &mut apart, &mut Diagnostics::new());
        line.shift(Point::new(left, size + size.scale(5, 4) * at as i64));
        for mark in line.marks {
            let MarkKind::Text(run) = mark.kind else { continue };
            page.marks.push(aside(MarkKind::Text(crate::page::TextRun { colour: ERROR, ..run })));
        }
    }
}

/// The first place at `top` or below where `deep` is free, which is taken then.
fn seat(taken: &mut Vec<(Length, Length)>, top: Length, deep: Length) -> Length {
    taken.sort();
    let mut at = top;
    for (from, to) in taken.iter() {
        if *from < at + deep && at < *to {
            at = *to;
        }
    }
    taken.push((at, at + deep));
    at
}

fn aside(kind: MarkKind) -> Mark {
    Mark { kind, owner: Owner::Artifact(Artifact::Pagination(Edge::Side)), transform: None }
}

/// The page and the line where something was written: of the letters that were written there the fewest, else the first
/// that were written in the stretch that is meant, else the last before it in its file.
fn line(pages: &[Page], span: Span) -> Option<(usize, Rect)> {
    let mut best: Option<((u8, u32), usize, Rect)> = None;
    // A run knows the whole text that it is a line of: how much of that was set before it says where in it it begins.
    let mut before: BTreeMap<Span, u32> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate().filter(|(_, page)| page.kind == PageKind::Inside) {
        for mark in &page.marks {
            let (MarkKind::Text(run), Owner::Content(_)) = (&mark.kind, mark.owner) else { continue };
            let reach = span.start.max(span.end.saturating_sub(1));
            let Some(own) = run.span.filter(|own| own.source == span.source && own.start <= reach) else {
                continue;
            };
            let set = before.entry(own).or_default();
            let start = (own.start + *set).min(own.end);
            *set += run.text.len() as u32;
            if start > reach {
                continue;
            }
            let within = span.start < own.end.max(own.start + 1);
            let rank = match start <= span.start {
                true => (if within { 0 } else { 2 }, span.start - start),
                false => (1, start - span.start),
            };
            if best.as_ref().is_none_or(|(known, _, _)| rank < *known) {
                let rect = Rect::new(run.origin.x, run.origin.y - run.size.scale(4, 5), run.size, run.size);
                best = Some((rank, at, mark.transform.map_or(rect, |transform| turned_rect(rect, transform))));
            }
        }
    }
    best.map(|(_, at, rect)| (at, rect))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_margin_stand_clear_of_each_other() {
        let pt = Length::pt;
        let mut taken = Vec::new();
        let tops: Vec<Length> =
            [(10.0, 6.0), (10.0, 12.0), (14.0, 6.0), (50.0, 6.0), (12.0, 6.0), (47.0, 3.0), (48.0, 6.0)]
                .into_iter()
                .map(|(top, deep)| seat(&mut taken, pt(top), pt(deep)))
                .collect();
        assert_eq!(tops, [10.0, 16.0, 28.0, 50.0, 34.0, 47.0, 56.0].map(pt));
    }
}
