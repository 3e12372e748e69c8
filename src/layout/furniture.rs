//! Furniture: running heads and folios, put on finished pages.

use super::placed::PageFacts;
use super::shop::Shop;
use super::strip::Strip;
use super::text::Job;
use crate::book::plain;
use crate::book::{DivisionKind, Folio, Inline, Matter, NoteId, PageMap, Target};
use crate::diagnostic::Diagnostics;
use crate::language::terms;
use crate::page::{Artifact, Edge, Mark, MarkKind, Owner, Page, PageKind, Structure};
use crate::theme::furniture::{Field, Line};
use crate::theme::{Alignment, Role, Style};
use crate::units::{Length, Point, Rect, Side};

/// Adds the furniture of a page.
pub(super) fn add(shop: &Shop<'_>, page: &mut Page, facts: &PageFacts, map: &PageMap) {
    if shop.theme.page.tabs && page.kind == PageKind::Inside {
        tab(shop, page, facts);
    }
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
    if page.kind != PageKind::Inside || upright || facts.full || page.folio.is_none() {
        return;
    }
    if bare || facts.opens {
        stamp_alone(shop, page);
    }
    if bare {
        return;
    }
    let design = &shop.theme.furniture;
    if facts.opens {
        line(shop, page, facts, map, &Seat::below(shop, page, &design.opening, Role::OpeningFolio));
    } else {
        line(shop, page, facts, map, &Seat::above(shop, &design.head));
        line(shop, page, facts, map, &Seat::below(shop, page, &design.foot, Role::Folio));
    }
}

/// A tab at the fore-edge, at its chapter's height, where it bleeds: a closed book shows where its chapters are.
fn tab(shop: &Shop<'_>, page: &mut Page, facts: &PageFacts) {
    const DEEP: Length = Length::mm(8.0);
    let design = &shop.theme.page;
    let chapters = shop.book.divisions.iter().filter(|division| {
        division.matter == Matter::Body && division.kind != DivisionKind::Part && !division.is_left_out()
    });
    let chapters: Vec<_> = chapters.map(|division| division.id).collect();
    let Some(here) = facts.division else { return };
    let Some(at) = chapters.iter().position(|id| *id == here) else { return };
    if design.bleed <= Length::ZERO || chapters.len() < 2 {
        return;
    }
    let height = page.size.height / chapters.len() as i64;
    let deep = DEEP.min(design.fore_edge / 2);
    let x = if design.is_at_the_right(page.side) { page.size.width - deep } else { Length::ZERO };
    let rect = Rect::new(x, height * at as i64, deep, height);
    let kind = MarkKind::Fill { rect, colour: shop.theme.palette.ink };
    page.marks.insert(0, Mark { kind, owner: Owner::Artifact(Artifact::Layout), transform: None });
}

/// Where a line of furniture stands.
struct Seat<'t> {
    line: &'t Line,
    baseline: Length,
    /// Where its rule stands.
    rule: Length,
    folio: Role,
    edge: Edge,
}

impl<'t> Seat<'t> {
    fn above(shop: &Shop<'t>, line: &'t Line) -> Seat<'t> {
        let baseline = shop.theme.furniture.head_baseline;
        let rule = baseline + shop.style(Role::RunningHead).leading / 2;
        Seat { line, baseline, rule, folio: Role::Folio, edge: Edge::Head }
    }

    fn below(shop: &Shop<'t>, page: &Page, line: &'t Line, folio: Role) -> Seat<'t> {
        let baseline = page.size.height - shop.theme.furniture.foot_baseline;
        let rule = baseline - shop.style(Role::RunningHead).leading;
        Seat { line, baseline, rule, folio, edge: Edge::Foot }
    }
}

/// What a slot shows, and how.
struct Words {
    content: Vec<Inline>,
    style: Style,
}

/// Sets a line: what is outside at the fore-edge, what is inside at the spine, and what is in the middle.
fn line(shop: &Shop<'_>, page: &mut Page, facts: &PageFacts, map: &PageMap, seat: &Seat<'_>) {
    if seat.line.is_empty() {
        return;
    }
    let design = &shop.theme.page;
    let (left, measure) = (design.left(page.side), design.measure());
    // On a screen every page looks the same: its folio stands where the eye looks for it, whatever side it would be.
    let (side, placed) = if design.screen { (parity(page), Side::Recto) } else { (page.side, page.side) };
    // What is outside hangs out to its own edge, over a column in the margin too; all else keeps to the measure.
    let reach = if design.margin_column > Length::ZERO {
        design.margin_gap + design.margin_column
    } else if design.screen {
        Length::ZERO
    } else {
        let margin = left.min(page.size.width - left - measure).max(outer(shop, page, left, measure));
        (margin - shop.theme.furniture.folio_edge).max(Length::ZERO)
    };
    // Where what is outside hangs out to the left.
    let start = left - design.before_lines(placed, reach);
    let language = &shop.book.metadata.language;
    let width = |words: &Words| shop.setter.extents(&words.content, &words.style, language).1;
    let outside = words(shop, page, facts, map, seat, seat.line.outer.on(side));
    let taken = outside.as_ref().map_or(Length::ZERO, &width);
    let mut inside = words(shop, page, facts, map, seat, seat.line.inner.on(side));
    let mut above = None;
    if let Some(inside) = &mut inside {
        let room = (measure + reach - taken - inside.style.size).min(measure);
        above = stamp_above(shop, inside, seat, room);
        match above {
            Some(_) => {
                inside.content = shortened(inside.content.clone(), None, &|content| {
                    shop.setter.extents(content, &inside.style, language).1 <= measure
                })
            }
            None => stamp_and_cut(shop, inside, seat, room),
        }
    }
    let lower = above.as_ref().map_or(Length::ZERO, |stamp| stamp.style.leading);
    let middle = words(shop, page, facts, map, seat, seat.line.centre.on(side));
    let whole = (start, measure + reach);
    let inner = (left, measure);
    let [outwards, inwards] = match placed {
        Side::Verso => [Alignment::Flush, Alignment::FlushEnd],
        Side::Recto => [Alignment::FlushEnd, Alignment::Flush],
    };
    // A rule with nothing to part from the text would be a stray line.
    let stands = [&outside, &inside, &middle, &above].into_iter().any(Option::is_some);
    let mut pieces = [
        (outside, whole, outwards, Length::ZERO),
        (inside, inner, inwards, lower),
        (middle, inner, Alignment::Centred, Length::ZERO),
        (above, inner, inwards, Length::ZERO),
    ];
    if placed == Side::Recto {
        pieces.swap(0, 1);
    }
    for (words, (x, width), align, lower) in pieces {
        let Some(words) = words else { continue };
        let style = Style { align, ..words.style };
        set(shop, page, &words.content, style, x, width, seat.baseline + lower, seat.edge);
    }
    if seat.line.rule > Length::ZERO && stands {
        let across = if design.margin_column > Length::ZERO { whole } else { inner };
        let rect = Rect::new(across.0, seat.rule, across.1, seat.line.rule);
        let kind = MarkKind::Fill { rect, colour: shop.theme.palette.rules };
        page.marks.push(Mark { kind, owner: Owner::Artifact(Artifact::Pagination(seat.edge)), transform: None });
    }
}

/// The stamp on a line of its own, where it has no room beside the words of a running head and the head of the page holds
/// two lines: half a title says less than none.
fn stamp_above(shop: &Shop<'_>, words: &Words, seat: &Seat<'_>, room: Length) -> Option<Words> {
    let stamp = shop.book.stamp.as_ref().filter(|_| seat.edge == Edge::Head)?;
    let (language, style) = (&shop.book.metadata.language, words.style);
    let beside: Vec<Inline> =
        std::iter::once(Inline::text(format!("{stamp}{BETWEEN}"))).chain(words.content.iter().cloned()).collect();
    let free = shop.theme.page.head - seat.baseline;
    let has_room = seat.line.rule == Length::ZERO && free >= style.leading * 5 / 2;
    let fits = shop.setter.extents(&beside, &style, language).1 <= room;
    let stamp = || Words { content: vec![Inline::text(stamp.as_str())], style };
    (has_room && !fits).then(stamp)
}

/// Puts the stamp before the words of a running head, and cuts these where they have no room.
fn stamp_and_cut(shop: &Shop<'_>, words: &mut Words, seat: &Seat<'_>, room: Length) {
    let language = &shop.book.metadata.language;
    let stamp = shop.book.stamp.as_ref().filter(|_| seat.edge == Edge::Head || shop.theme.furniture.head.is_empty());
    let stamp = stamp.map(|stamp| format!("{stamp}{BETWEEN}"));
    let fits = |content: &[Inline]| shop.setter.extents(content, &words.style, language).1 <= room;
    let content = shortened(words.content.clone(), stamp, &fits);
    words.content = content;
    words.style = on_one_line(shop, &words.content, words.style, room);
}

/// A style in which words stand on one line: smaller, where the letters of an edition are so large that a stamp which
/// nothing may cut would leave the page.
fn on_one_line(shop: &Shop<'_>, content: &[Inline], style: Style, room: Length) -> Style {
    let wide = shop.setter.extents(content, &style, &shop.book.metadata.language).1;
    let share = (room.to_sp().max(0) * 1000 / wide.to_sp().max(1)).min(1000);
    if share < 1000 { style.scaled(share, Length::ZERO) } else { style }
}

/// Puts the stamp where a running head would stand on a page that has none: a leaf of a draft that is handed round alone
/// says what it is. Under a band of ink it stands above the folio.
fn stamp_alone(shop: &Shop<'_>, page: &mut Page) {
    let Some(stamp) = shop.book.stamp.as_ref().filter(|_| !shop.book.head_band) else { return };
    let style = *shop.style(Role::RunningHead);
    let furniture = &shop.theme.furniture;
    let over = |mark: &Mark| match &mark.kind {
        MarkKind::Fill { rect, .. } => {
            mark.owner == Owner::Artifact(Artifact::Background)
                && rect.origin.y < furniture.head_baseline
                && rect.foot() > furniture.head_baseline - style.size
        }
        _ => false,
    };
    let (baseline, edge) = match page.marks.iter().any(over) {
        true => (page.size.height - furniture.foot_baseline - style.leading, Edge::Foot),
        false => (furniture.head_baseline, Edge::Head),
    };
    let design = &shop.theme.page;
    let placed = if design.screen { Side::Recto } else { page.side };
    let align = if placed == Side::Verso { Alignment::FlushEnd } else { Alignment::Flush };
    let (left, measure) = (design.left(page.side), design.measure());
    let content = [Inline::text(stamp.as_str())];
    let style = on_one_line(shop, &content, Style { align, ..style }, measure);
    set(shop, page, &content, style, left, measure, baseline, edge);
}

/// The least that is left of a title behind a stamp, in letters.
const STUB: usize = 10;

/// Between the fields of a slot.
const BETWEEN: &str = "\u{2002}·\u{2002}";

/// The words of a slot's fields; nothing where the book has none of them.
fn words(
    shop: &Shop<'_>,
    page: &Page,
    facts: &PageFacts,
    map: &PageMap,
    seat: &Seat<'_>,
    fields: &[Field],
) -> Option<Words> {
    let mut content: Vec<Inline> = Vec::new();
    for field in fields {
        let more = field_words(shop, page, facts, map, *field);
        if !more.is_empty() && !content.is_empty() {
            content.push(Inline::text(BETWEEN));
        }
        content.extend(more);
    }
    let role = match fields {
        [Field::Folio] => seat.folio,
        [Field::Section] => Role::RunningSection,
        _ => Role::RunningHead,
    };
    (!content.is_empty()).then(|| Words { content, style: *shop.style(role) })
}

fn field_words(shop: &Shop<'_>, page: &Page, facts: &PageFacts, map: &PageMap, field: Field) -> Vec<Inline> {
    let metadata = &shop.book.metadata;
    let text = |text: Option<String>| text.into_iter().map(Inline::text).collect();
    let titled = matches!(field, Field::Title | Field::ShortTitle | Field::Section);
    if titled
        && facts.kind == Some(DivisionKind::Notes)
        && let Some(words) = notes_words(shop, facts, map)
    {
        return vec![Inline::text(words)];
    }
    let short = || crate::book::walk::title(&metadata.short_title.as_ref().unwrap_or(&metadata.title).value);
    match field {
        Field::Folio => text(page.folio.map(|folio| metadata.language.digits(&folio.to_string()))),
        Field::Title => crate::book::walk::title(&metadata.title.value),
        Field::ShortTitle => short(),
        Field::Section => {
            facts.division.map_or_else(short, |division| shop.book.division(division).running_title.clone())
        }
        Field::Publisher => text(metadata.publisher.as_ref().map(|house| house.name.to_string())),
        Field::Authors => {
            let names: Vec<String> = metadata.authors.iter().map(|person| person.name.to_string()).collect();
            text((!names.is_empty()).then(|| names.join(", ")))
        }
        Field::Series => text(metadata.series.as_ref().map(|series| series.name.to_string())),
        Field::Date => {
            text(metadata.date.as_ref().map(|date| terms::date(&metadata.language, date.year, date.month, date.day)))
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
    // Behind a stamp a letter or two of a title say nothing.
    let says_enough = |end: usize| stamp.is_none() || end >= STUB.min(words.len() / 2);
    match last(&spaces).filter(|end| *end > 0).or_else(|| last(&letters)) {
        Some(end) if end > 0 && says_enough(end) => cut(end),
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
    let measure = shop.theme.page.left(page.side);
    let style = Style { align: Alignment::FlushEnd, ..*shop.style(Role::LineNumber) };
    for (at, (rank, baseline)) in baselines(page).into_iter().enumerate().filter(|(at, _)| (at + 1) % 5 == 0) {
        let number = [Inline::text((at + 1).to_string())];
        let column = page.areas.get(rank / 2).filter(|_| rank % 2 == 1).map_or(measure, |area| area.origin.x);
        // Between columns there is less room.
        let gap = if column == measure { GAP } else { GAP / 2 };
        set(shop, page, &number, style, column - gap - WIDTH, WIDTH, baseline, Edge::Side);
    }
}

/// The baselines of the lines of a page, column after column, and where in its reading they stand: letters that are
/// raised or lowered a little stand on the line beside them.
fn baselines(page: &Page) -> Vec<(usize, Length)> {
    let text = page.marks.iter().filter(|mark| matches!(mark.owner, Owner::Content(_)));
    let mut all: Vec<(usize, Length)> = text
        .filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some((page.rank(run.origin), run.origin.y)),
            _ => None,
        })
        .collect();
    all.sort_unstable();
    let of_a_line = |a: &(usize, Length), b: &(usize, Length)| a.0 == b.0 && b.1 - a.1 < Length::pt(6.0);
    all.chunk_by(of_a_line).filter_map(|line| line.last().copied()).collect()
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
    let job = Job { content, block: None, style, width, first: Length::ZERO, deep: 1, language };
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
