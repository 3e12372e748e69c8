//! Placing: the chosen lines of a flow put on its pages, with what begins where.

use super::footnotes::{self, Footnotes, Seat};
use super::full;
use super::galley::{Galley, Item, Shape};
use super::heights::{NOTE_SCALE, spaces};
use super::margin::{self, SideNotes};
use super::pagebreak::{self, CutPage, Piece};
use super::placed::{PageFacts, PlacedFlow};
use super::plan::{Made, Plan};
use super::shop::Shop;
use super::strip::{Anchor, Strip};
use super::text::Leaves;
use crate::book::{DivisionId, NoteId};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Direction;
use crate::page::{Artifact, Mark, MarkKind, Owner, Page, PageKind, Structure};
use crate::source::Span;
use crate::units::{Length, Point, Rect, Side};

/// Puts a flow on its pages.
pub(super) fn place_flow(shop: &Shop<'_>, plan: &Plan<'_>, made: Made) -> PlacedFlow {
    let Made { galley, cut, start, blank } = made;
    let Galley { mut items, mut structure, unit, foot, beside, mut diagnostics } = galley;
    let mut side_notes = SideNotes::new(beside);
    let mut notes = Footnotes::new(foot);
    let mut pages = Vec::new();
    let mut side = start;
    if blank {
        let page = empty(shop, Side::Verso, PageKind::Blank);
        pages.push((page, Vec::new(), PageFacts::default()));
    }
    let mut open: Option<(usize, Leaves)> = None;
    let last = cut.pages.len();
    let mut late = Vec::new();
    let mut across = 1;
    let mut runs = shop.book.metadata.language.direction();
    for (at, cut_page) in cut.pages.iter().enumerate() {
        if !cut_page.goes_on {
            let facts = facts(shop, plan, &items, &cut.pages[at..], at);
            pages.push((empty(shop, side, PageKind::Inside), Vec::new(), facts));
            side = side.opposite();
        }
        let (page, tops, facts) = pages.last_mut().expect("a flow's first unit begins a page");
        let (mut calls, mut taken) = (Vec::new(), Vec::new());
        // What was to float over all columns and found no page to stand on is a band of its own.
        let across_of = |item: &Item| if item.is_wide() { 1 } else { item.band() };
        let columns = cut_page.pieces.iter().filter(|piece| !piece.wide).map(|piece| across_of(&items[piece.block]));
        // What holds nothing but the rest of a note stands in the columns of what came before.
        across = columns.max().unwrap_or(if cut_page.pieces.is_empty() { across } else { 1 });
        let columns = across;
        // Columns follow each other as the text of the first of them runs.
        if let (0, Some(piece)) = (cut_page.column, cut_page.pieces.iter().find(|piece| !piece.wide)) {
            let own = shop.book.divisions.get(items[piece.block].division);
            let language = own.and_then(|division| division.language.as_ref());
            runs = language.unwrap_or(&shop.book.metadata.language).direction();
        }
        let column = Column::new(shop, page.side, (columns, cut_page.column), runs);
        let drop = if plan.is_imprint() && at + 1 == last && last <= 1 + usize::from(plan.masthead) {
            foot_room(shop, &items, cut_page, unit)
        } else {
            Length::ZERO
        };
        let mut called: Vec<NoteId> = std::mem::take(&mut late);
        called.extend(footnotes::called(&items, cut_page));
        if cut_page.late {
            late = std::mem::take(&mut called);
        }
        let shifted = raised_groups(&items, &cut.pages, at, columns);
        let closes = closing(&items, &cut.pages, at);
        let mut lowest = Length::ZERO;
        for (number, piece) in cut_page.pieces.iter().enumerate() {
            if piece.overfull {
                report_overfull(&items, piece.block, &mut diagnostics);
            }
            let raised = match closes {
                Some((last, by)) if number > last => by,
                _ if shifted.contains(&items[piece.block].group) => items[piece.block].shift,
                _ => Length::ZERO,
            };
            // Columns begin at one height.
            let lowered = match columns > 1 && piece.at_head {
                true => Length::ZERO,
                false => above_its_text(shop, &items, &cut_page.pieces[number..], unit),
            };
            // What is at the head of the copyright page stays there.
            let drop = if plan.masthead && piece.block == 0 { Length::ZERO } else { drop };
            let y = shop.theme.page.head + drop - raised + lowered + top(shop, &items[piece.block], piece, unit);
            for (top, anchor) in items[piece.block].anchors(piece.variant, piece.lines.clone()) {
                match anchor {
                    Anchor::Line(place) => facts.lines.push((place, Point::new(column.left, y + top))),
                    anchor => tops.push((y + top, anchor)),
                }
            }
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
            let reach = items[piece.block].reach;
            if reach > Length::ZERO {
                taken.push((y, y + margin::height_of(&items[piece.block], &piece.lines)));
            }
            let mut strip = piece_strip(shop, &mut items[piece.block], piece, leaves, &mut structure);
            lowest = lowest.max(y + strip.height);
            let left = if piece.wide { shop.theme.page.left(page.side) } else { column.left };
            let left = left - shop.theme.page.before_lines(page.side, reach);
            strip.shift(Point::new(left, y));
            if let Some(full) = items[piece.block].full {
                full::fill(shop, page, &mut strip, full);
                facts.full = true;
            }
            page.marks.extend(strip.marks);
            page.links.extend(strip.links);
            page.areas.extend(strip.areas);
        }
        let carry = unit / i64::from(NOTE_SCALE) * i64::from((cut_page.carry - 1).max(0));
        tops.extend(side_notes.place(shop, page, &calls, &taken, at + 1 == last));
        let area = shop.grid() * shop.theme.page.lines(shop.cap_height) - unit * i64::from(cut_page.foot);
        // A page that is a line long has its notes a line lower.
        let foot = area.max(text_foot(&items, cut_page, unit));
        let seat = Seat { left: column.left, width: column.width, foot: shop.theme.page.head + foot, text: lowest };
        let (noted, foot) = notes.place(shop, page, &called, carry, seat);
        tops.extend(noted);
        if columns > 1 {
            let head = shop.theme.page.head + unit * i64::from(cut_page.head);
            // One that is a line long may end with the lines of a box, too.
            let foot = foot.max(lowest.min(shop.theme.page.head + area + shop.grid()));
            page.areas.push(Rect::new(column.left, head, column.width, foot - head));
        }
    }
    PlacedFlow { pages, structure, diagnostics }
}

/// Where the lines of a column begin, and how wide they are.
struct Column {
    left: Length,
    width: Length,
}

impl Column {
    /// One of some columns of a page; those of a text from the right count from there.
    fn new(shop: &Shop<'_>, side: Side, (columns, at): (u8, u8), runs: Direction) -> Column {
        let page = &shop.theme.page;
        let width = page.column(columns);
        let before = match runs {
            Direction::LeftToRight => at,
            Direction::RightToLeft => columns.saturating_sub(at + 1),
        };
        Column { left: page.left(side) + (width + page.gutter) * i64::from(before), width }
    }
}

fn empty(shop: &Shop<'_>, side: Side, kind: PageKind) -> Page {
    let size = shop.theme.page.trim;
    Page { size, side, folio: None, kind, marks: Vec::new(), links: Vec::new(), areas: Vec::new() }
}

/// The ground over the width of a page, from its head down: on office printers inside what they can print.
fn band(shop: &Shop<'_>, deep: Length) -> Mark {
    let page = &shop.theme.page;
    let edge = if page.screen || page.bleed > Length::ZERO { -page.bleed } else { Length::inches(0.25) };
    let rect = Rect::new(edge, edge, page.trim.width - edge * 2, deep - edge);
    let colour = shop.theme.band().unwrap_or(shop.theme.palette.ground);
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

/// How much lower a heading stands than its lines begin, so that it is as far above its text at the head of a page, or
/// below another title, as everywhere: what is left of a line of the grid stands above it.
fn above_its_text(shop: &Shop<'_>, items: &[Item], pieces: &[Piece], unit: Length) -> Length {
    let [piece, next, ..] = pieces else { return Length::ZERO };
    let (item, text) = (&items[piece.block], &items[next.block]);
    let (Shape::Solid(strip), Shape::Text(_)) = (&item.shape, &text.shape) else { return Length::ZERO };
    let heads = strip.anchors.iter().any(|anchor| matches!(anchor, Anchor::Outline(level, ..) if *level > 1));
    if !heads || !item.keep || item.title {
        return Length::ZERO;
    }
    let gap = unit * i64::from(next.y) - top(shop, item, piece, unit) - strip.height - item.below.max(text.above);
    if gap < shop.grid() { gap.max(Length::ZERO) } else { Length::ZERO }
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

/// The groups that are raised on a page, so that the space above them is no more than theirs: those that stand whole
/// between other matter, and those that reach its foot. Columns end beside each other, and keep to the grid.
fn raised_groups(items: &[Item], pages: &[pagebreak::CutPage], at: usize, columns: u8) -> Vec<u32> {
    let page = &pages[at];
    let mut whole: Vec<u32> = Vec::new();
    for piece in &page.pieces {
        let group = items[piece.block].group;
        if group == 0 || whole.contains(&group) {
            continue;
        }
        let of_group = |piece: &&Piece| items[piece.block].group == group;
        let is_on = |page: Option<&CutPage>| page.is_some_and(|page| page.pieces.iter().any(|piece| of_group(&piece)));
        let comes_over = is_on(at.checked_sub(1).and_then(|before| pages.get(before)));
        let goes_on = is_on(pages.get(at + 1));
        let at_head = page.pieces.iter().filter(of_group).any(|piece| piece.at_head);
        let at_foot = page.pieces.last().is_some_and(|piece| of_group(&piece));
        // What has its own space above leaves it whole: the two do not add up.
        let last = page.pieces.iter().rposition(|piece| of_group(&piece));
        let next = last.and_then(|last| page.pieces.get(last + 1));
        let spaced = next.is_some_and(|piece| items[piece.block].above > Length::ZERO);
        let between = !goes_on && !at_foot && !spaced;
        if !comes_over && !at_head && (between || (columns == 1 && (goes_on || at_foot))) {
            whole.push(group);
        }
    }
    whole
}

/// On the last page of a flow, the last piece of a group that comes over from the page before, and by how much what
/// follows is raised, so that it has no more space above it than the group on the other page.
fn closing(items: &[Item], pages: &[CutPage], at: usize) -> Option<(usize, Length)> {
    let (page, before) = (&pages[at], pages.get(at.checked_sub(1)?)?);
    if at + 1 < pages.len() || page.goes_on {
        return None;
    }
    let first = &items[page.pieces.first()?.block];
    let comes_over = first.group > 0 && before.pieces.iter().any(|piece| items[piece.block].group == first.group);
    let last = page.pieces.iter().rposition(|piece| items[piece.block].group == first.group)?;
    let next = &items[page.pieces.get(last + 1)?.block];
    (comes_over && next.above == Length::ZERO && next.group == 0).then_some((last, first.shift))
}

/// How far the copyright page sinks, which stands at the foot.
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

/// Where the words of an item stand in its source.
fn place(item: &Item) -> Option<Span> {
    let of_strip = |strip: &Strip| {
        strip.marks.iter().find_map(|mark| match &mark.kind {
            crate::page::MarkKind::Text(run) => run.span,
            _ => None,
        })
    };
    match &item.shape {
        Shape::Text(text) => text.set().span(),
        Shape::Solid(strip) => of_strip(strip),
        Shape::Rows { head, rows } => head.iter().chain(rows).find_map(of_strip),
    }
}

/// A block without words of its own is said where the words nearest before it stand, or those after it.
fn report_overfull(items: &[Item], at: usize, diagnostics: &mut Diagnostics) {
    let own = |item: &&Item| item.division == items[at].division;
    let before = items[..=at].iter().rev().take_while(own).find_map(place);
    let span = before.or_else(|| items[at..].iter().take_while(own).find_map(place));
    diagnostics.report(
        Diagnostic::new(&lints::OVERFULL_PAGE, "a block is higher than the page and runs out of it")
            .at(span)
            .hint("make the picture smaller (`width=60%`), or split the block"),
    );
}

/// What furniture wants to know of the page that begins with the first of some units.
fn facts(shop: &Shop<'_>, plan: &Plan<'_>, items: &[Item], units: &[CutPage], at: usize) -> PageFacts {
    let others = units.iter().skip(1).take_while(|unit| unit.goes_on);
    let pieces = || units.iter().take(1).chain(others.clone()).flat_map(|unit| &unit.pieces);
    let division =
        pieces().next().map(|piece| items[piece.block].division).unwrap_or_else(|| plan.divisions[0].id.index());
    let division = DivisionId(division as u32);
    let kind = shop.book.division(division).kind;
    let mut notes = Vec::new();
    for piece in pieces() {
        for (_, anchor) in items[piece.block].anchors(piece.variant, piece.lines.clone()) {
            if let Anchor::Note(note) = anchor {
                notes.push(note);
            }
        }
    }
    PageFacts { division: Some(division), kind: Some(kind), opens: at == 0, full: false, notes, lines: Vec::new() }
}
