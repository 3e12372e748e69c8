//! Furniture: running heads and folios, put on finished pages.

use super::placed::PageFacts;
use super::shop::Shop;
use super::strip::Strip;
use super::text::Job;
use crate::book::plain;
use crate::book::{DivisionKind, Folio, Inline, NoteId, PageMap, Target};
use crate::diagnostic::Diagnostics;
use crate::page::{Artifact, Edge, MarkKind, Owner, Page, PageKind, Structure};
use crate::theme::{Alignment, Role, Style};
use crate::units::{Length, Point, Side};

/// Adds the furniture of a page.
pub(super) fn add(shop: &Shop<'_>, page: &mut Page, facts: &PageFacts, map: &PageMap) {
    if shop.theme.page.line_numbers && page.kind == PageKind::Inside {
        line_numbers(shop, page);
    }
    let bare = matches!(
        facts.kind,
        Some(
            DivisionKind::CopyrightPage
                | DivisionKind::HalfTitle
                | DivisionKind::TitlePage
                | DivisionKind::Dedication
                | DivisionKind::Epigraph
        )
    );
    // On a screen a page of turned matter is shown upright, and a head would lie on its side.
    let upright = shop.theme.page.screen && page.is_turned();
    if page.kind != PageKind::Inside || bare || upright || page.folio.is_none() {
        return;
    }
    if facts.opens || !shop.theme.furniture.running_heads {
        foot_folio(shop, page);
    } else {
        running_head(shop, page, facts, map);
    }
}

/// The folio under the measure, in the middle.
fn foot_folio(shop: &Shop<'_>, page: &mut Page) {
    let Some(folio) = page.folio else { return };
    let style = Style { align: Alignment::Centred, ..*shop.style(Role::OpeningFolio) };
    let y = page.size.height - shop.theme.furniture.foot_baseline;
    let x = shop.theme.page.left(page.side);
    let width = shop.theme.page.measure();
    set(shop, page, &[Inline::text(folio.to_string())], style, x, width, y, Edge::Foot);
}

/// Folio at the fore-edge; the book's title on versos, the section's on rectos, towards the spine.
fn running_head(shop: &Shop<'_>, page: &mut Page, facts: &PageFacts, map: &PageMap) {
    let design = &shop.theme.furniture;
    let (left, measure) = (shop.theme.page.left(page.side), shop.theme.page.measure());
    let y = design.head_baseline;
    let Some(folio) = page.folio else { return };
    let folio = [Inline::text(folio.to_string())];
    let folio_style = *shop.style(Role::Folio);
    let head_style = *shop.style(Role::RunningHead);
    // On a screen every page looks the same: its folio stands where the eye looks for it, whatever side it would be.
    let (side, placed) = if shop.theme.page.screen { (parity(page), Side::Recto) } else { (page.side, page.side) };
    // The folio hangs out to its own edge; the head keeps to the measure.
    let reach = if shop.theme.page.screen {
        Length::ZERO
    } else {
        (left.min(page.size.width - left - measure).max(outer(shop, page, left, measure)) - design.folio_edge)
            .max(Length::ZERO)
    };
    let language = &shop.book.metadata.language;
    let width = |content: &[Inline], style: &Style| shop.setter.extents(content, style, language).1;
    let room = (measure + reach - width(&folio, &folio_style) - head_style.size).min(measure);
    let stamp = shop.book.stamp.as_ref().map(|stamp| format!("{stamp}\u{2002}·\u{2002}"));
    let words = shortened(head_words(shop, side, facts, map), stamp, &|words| width(words, &head_style) <= room);
    // Where the folio hangs out to the left.
    let start = if shop.theme.page.is_at_the_right(placed) { left } else { left - reach };
    match placed {
        Side::Verso => {
            let style = Style { align: Alignment::Flush, ..folio_style };
            set(shop, page, &folio, style, start, measure + reach, y, Edge::Head);
            let style = Style { align: Alignment::FlushEnd, ..head_style };
            set(shop, page, &words, style, left, measure, y, Edge::Head);
        }
        Side::Recto => {
            let style = Style { align: Alignment::Flush, ..head_style };
            set(shop, page, &words, style, left, measure, y, Edge::Head);
            let style = Style { align: Alignment::FlushEnd, ..folio_style };
            set(shop, page, &folio, style, start, measure + reach, y, Edge::Head);
        }
    }
}

/// The side that a page of this number is of.
fn parity(page: &Page) -> Side {
    match page.folio {
        Some(Folio::Arabic(number) | Folio::Roman(number)) if number.is_multiple_of(2) => Side::Verso,
        _ => Side::Recto,
    }
}

/// Words of a running head, behind a stamp if there is one, cut after a word until they fit.
fn shortened(words: Vec<Inline>, stamp: Option<String>, fits: &dyn Fn(&[Inline]) -> bool) -> Vec<Inline> {
    let stamped = |words: Vec<Inline>| stamp.iter().map(|stamp| Inline::text(stamp.as_str())).chain(words).collect();
    let whole: Vec<Inline> = stamped(words.clone());
    if fits(&whole) {
        return whole;
    }
    let words = plain(&words);
    let cut = |length: usize| -> Vec<Inline> {
        let kept = words[..length].trim_end_matches(|letter: char| !letter.is_alphanumeric());
        stamped(vec![Inline::text(format!("{kept}…"))])
    };
    let spaces: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
    let letters: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    let last = |ends: &[usize]| {
        let fitting = ends.partition_point(|end| fits(&cut(*end)));
        fitting.checked_sub(1).map(|at| ends[at])
    };
    match last(&spaces).filter(|end| *end > 0).or_else(|| last(&letters)) {
        Some(end) if end > 0 => cut(end),
        _ => stamp.map(|stamp| vec![Inline::text(stamp.trim_end_matches([' ', '\u{2002}', '·']))]).unwrap_or_default(),
    }
}

/// The margin at the fore-edge.
fn outer(shop: &Shop<'_>, page: &Page, left: Length, measure: Length) -> Length {
    match shop.theme.page.is_at_the_right(page.side) {
        true => page.size.width - left - measure,
        false => left,
    }
}

/// The number of every fifth line in the margin at the left, so that readers of a proof can name a place. Lines count
/// anew on each page.
fn line_numbers(shop: &Shop<'_>, page: &mut Page) {
    const GAP: Length = Length::pt(10.0);
    const WIDTH: Length = Length::pt(24.0);
    let left = shop.theme.page.left(page.side);
    let style = Style { align: Alignment::FlushEnd, ..*shop.style(Role::LineNumber) };
    for (at, baseline) in baselines(page).into_iter().enumerate().filter(|(at, _)| (at + 1) % 5 == 0) {
        let number = [Inline::text((at + 1).to_string())];
        set(shop, page, &number, style, left - GAP - WIDTH, WIDTH, baseline, Edge::Side);
    }
}

/// The baselines of the lines of a page: letters that are raised or lowered a little stand on the line beside them.
fn baselines(page: &Page) -> Vec<Length> {
    let text = page.marks.iter().filter(|mark| matches!(mark.owner, Owner::Content(_)));
    let mut all: Vec<Length> = text
        .filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run.origin.y),
            _ => None,
        })
        .collect();
    all.sort_unstable();
    all.chunk_by(|a, b| *b - *a < Length::pt(6.0)).filter_map(|line| line.last().copied()).collect()
}

fn head_words(shop: &Shop<'_>, side: Side, facts: &PageFacts, map: &PageMap) -> Vec<Inline> {
    let metadata = &shop.book.metadata;
    if facts.kind == Some(DivisionKind::Notes)
        && let Some(words) = notes_words(shop, facts, map)
    {
        return vec![Inline::text(words)];
    }
    match (side, facts.division) {
        (Side::Recto, Some(division)) => shop.book.division(division).running_title.clone(),
        _ => metadata.short_title.as_ref().unwrap_or(&metadata.title).value.clone(),
    }
}

/// "Notes to pages 12–17": the pages of the calls whose notes begin here.
fn notes_words(shop: &Shop<'_>, facts: &PageFacts, map: &PageMap) -> Option<String> {
    let folio = |note: &NoteId| map.folio(&Target::NoteCall(*note, 0));
    let first = facts.notes.iter().find_map(folio)?;
    let last = facts.notes.iter().rev().find_map(folio)?;
    Some(shop.book.metadata.language.notes_to_pages(&first.to_string(), &last.to_string()))
}

#[allow(clippy::too_many_arguments)]
pub(super) fn set(
    shop: &Shop<'_>,
    page: &mut Page,
    content: &[Inline],
    style: Style,
    x: Length,
    width: Length,
    baseline: Length,
    edge: Edge,
) {
    let language = &shop.book.metadata.language;
    let job = Job { content, block: None, style, width, first: Length::ZERO, language };
    // Furniture means nothing to a reader: its tree is thrown away, and so is what it may have to say, since the
    // title itself says it where it stands.
    let mut aside = Structure::new();
    let mut strip: Strip = shop.solid(&job, Structure::ROOT, &mut aside, &mut Diagnostics::new());
    strip.shift(Point::new(x, baseline - shop.baseline(&style)));
    for mut mark in strip.marks {
        mark.owner = Owner::Artifact(Artifact::Pagination(edge));
        page.marks.push(mark);
    }
}
