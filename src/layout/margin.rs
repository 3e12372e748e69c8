//! The column in the margin at the fore-edge: notes beside the lines of their calls, key figures and small pictures
//! beside the text that they belong to.
//!
//! All that stands there keeps its order and does not overlap: what has no room below the piece before moves down, and
//! where the column ends above the foot the last ones move up. Wide matter reaches over the column, and pushes aside
//! what would stand in its place. A note that the column has no room for goes on at the head of that of the next page,
//! under its number and a word that says so; where no next page follows, or too many ask for room, the longest stand at
//! the foot of the page instead ([`crowded`]).

use std::collections::BTreeMap;

use super::galley::{FootNote, Galley, Item, Shape};
use super::pagebreak::{Cut, CutPage};
use super::shop::Shop;
use super::strip::{Anchor, Beside, Strip};
use super::text::Job;
use crate::book::{Inline, NoteId};
use crate::diagnostic::Diagnostics;
use crate::language::Direction;
use crate::language::terms::Term;
use crate::page::{Artifact, MarkKind, Owner, Page, Structure};
use crate::theme::{Alignment, Ink, Role, Style};
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

/// The notes that the column of their page has no room for, even where what is over of them goes on in that of the next:
/// the longest of each page first.
pub(super) fn crowded(shop: &Shop<'_>, galley: &Galley, cut: &Cut) -> Vec<NoteId> {
    let mut out = Vec::new();
    if galley.beside.is_empty() {
        return out;
    }
    let mut rests: Vec<(NoteId, Vec<Length>)> = Vec::new();
    let last = cut.pages.len().saturating_sub(1);
    for (at, page) in cut.pages.iter().enumerate() {
        let (mut calls, taken) = calls_of(shop, galley, page);
        calls.retain(|(what, _)| galley.beside.contains_key(what));
        loop {
            let mut wanted: Vec<Wanted> = rests.iter().map(|(_, lines)| Wanted::rest(shop, lines)).collect();
            wanted.extend(calls.iter().map(|(what, y)| Wanted::called(*what, *y, &galley.beside[what])));
            if let Some(places) = share_out(shop, &wanted, &taken, at < last) {
                let notes =
                    rests.iter().map(|(note, _)| Beside::Note(*note)).chain(calls.iter().map(|(what, _)| *what));
                let over = notes.zip(wanted.iter().zip(places)).filter_map(|(what, (wanted, place))| match what {
                    Beside::Note(note) if place.kept < wanted.lines.len() => {
                        Some((note, wanted.lines[place.kept..].to_vec()))
                    }
                    _ => None,
                });
                rests = over.collect();
                break;
            }
            let height = |lines: &[Length]| lines.iter().copied().sum::<Length>();
            let called = calls.iter().filter_map(|(what, _)| match what {
                Beside::Note(note) => Some((galley.beside[what].height(), std::cmp::Reverse(*note))),
                Beside::Piece(_) => None,
            });
            let going_on = rests.iter().map(|(note, lines)| (height(lines), std::cmp::Reverse(*note)));
            let Some((_, std::cmp::Reverse(longest))) = called.chain(going_on).max() else { break };
            calls.retain(|(what, _)| *what != Beside::Note(longest));
            rests.retain(|(note, _)| *note != longest);
            out.push(longest);
        }
    }
    out
}

/// What a piece asks for: where it would begin, how high each of its lines is.
struct Wanted {
    y: Length,
    lines: Vec<Length>,
    /// How many of its lines stand together at its head; 0 if it is not parted.
    least: usize,
}

impl Wanted {
    /// What is called beside a line.
    fn called(what: Beside, y: Length, own: &FootNote) -> Wanted {
        let least = if matches!(what, Beside::Note(_)) { LEAST_LINES } else { 0 };
        Wanted { y, lines: own.lines.iter().map(|line| line.height).collect(), least }
    }

    /// What is over of a note, under a line that says so.
    fn rest(shop: &Shop<'_>, lines: &[Length]) -> Wanted {
        let head = shop.style(Role::MarginNote).leading;
        let lines = std::iter::once(head).chain(lines.iter().copied()).collect();
        Wanted { y: column(shop).0, lines, least: LEAST_LINES + 1 }
    }
}

/// A note that goes on overleaf has so many lines on either side.
const LEAST_LINES: usize = 2;

/// Where a piece stands, and how many of its lines: what is over goes on in the column of the next page.
struct Place {
    top: Length,
    kept: usize,
}

/// Gives pieces their places. Where the column has no room for all, notes go on overleaf, the last ones first; `None`
/// where that does not help, or may not be.
fn share_out(shop: &Shop<'_>, wanted: &[Wanted], taken: &[Taken], goes_on: bool) -> Option<Vec<Place>> {
    let mut kept: Vec<usize> = wanted.iter().map(|wanted| wanted.lines.len()).collect();
    loop {
        let height = |(wanted, kept): (&Wanted, &usize)| -> Length { wanted.lines[..*kept].iter().copied().sum() };
        let asked: Vec<(Length, Length)> =
            wanted.iter().zip(&kept).map(|(own, kept)| (own.y, height((own, kept)))).collect();
        if let Some(tops) = arranged(shop, &asked, taken) {
            return Some(tops.into_iter().zip(kept).map(|(top, kept)| Place { top, kept }).collect());
        }
        let shorter = |(own, kept): (&Wanted, &usize)| {
            let next = if *kept == own.lines.len() { kept.saturating_sub(LEAST_LINES) } else { kept - 1 };
            (own.least > 0 && next >= own.least).then_some(next)
        };
        let (at, next) = wanted
            .iter()
            .zip(&kept)
            .map(shorter)
            .enumerate()
            .filter(|_| goes_on)
            .rev()
            .find_map(|(at, next)| Some((at, next?)))?;
        kept[at] = next;
    }
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

/// What stands in the margin of a flow's pages, on its way there.
pub(super) struct SideNotes {
    set: BTreeMap<Beside, FootNote>,
    /// What is over of notes of the page before.
    rests: Vec<(NoteId, Vec<Strip>)>,
}

/// A piece that has come to its page: what it is, where it would begin, its lines, whether it goes on from the page before.
struct Come {
    what: Beside,
    y: Length,
    lines: Vec<Strip>,
    goes_on: bool,
}

impl SideNotes {
    /// All pieces of a flow, by what calls them.
    pub fn new(set: BTreeMap<Beside, FootNote>) -> SideNotes {
        SideNotes { set, rests: Vec::new() }
    }

    /// Whether nothing is left to be placed.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.rests.is_empty()
    }

    /// Puts what a page calls beside its lines, below what goes on from the page before, and says where each note
    /// begins. `calls` are in the order of the page; `taken` is what wide matter has of the column; on the last page of
    /// a flow nothing is put off.
    pub fn place(
        &mut self,
        shop: &Shop<'_>,
        page: &mut Page,
        calls: &[Call],
        taken: &[Taken],
        last: bool,
    ) -> Vec<(Length, Anchor)> {
        let come = self.come(shop, calls);
        let wanted: Vec<Wanted> = come
            .iter()
            .map(|come| Wanted {
                y: come.y,
                lines: come.lines.iter().map(|line| line.height).collect(),
                least: match come.what {
                    Beside::Note(_) => LEAST_LINES + usize::from(come.goes_on),
                    Beside::Piece(_) => 0,
                },
            })
            .collect();
        // Where all cannot stand clear of what is wide, they stand clear of each other as far as that goes.
        let places = share_out(shop, &wanted, taken, !last).or_else(|| share_out(shop, &wanted, &[], !last));
        let whole = |wanted: &Wanted| Place { top: wanted.y, kept: wanted.lines.len() };
        let places = places.unwrap_or_else(|| wanted.iter().map(whole).collect());
        let left = left(shop, page.side);
        let mut anchors = Vec::new();
        for (mut come, place) in come.into_iter().zip(places) {
            let over = come.lines.split_off(place.kept);
            if let (Beside::Note(note), Some(line), false) = (come.what, come.lines.last_mut(), over.is_empty()) {
                goes_on_mark(shop, line);
                self.rests.push((note, over));
            }
            let mut y = place.top;
            if let (Beside::Note(note), false) = (come.what, come.goes_on) {
                anchors.push((y, Anchor::Note(note)));
            }
            for mut line in come.lines {
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

    /// What stands on a page: what goes on, then what it calls.
    fn come(&mut self, shop: &Shop<'_>, calls: &[Call]) -> Vec<Come> {
        let style = shop.style(Role::MarginNote);
        // The first lines of note and call stand level; what is no note begins as high as the capitals.
        let body = shop.baseline(shop.style(Role::Body));
        let level = |what: &Beside| match what {
            Beside::Note(_) => body - shop.baseline(style),
            Beside::Piece(_) => body - shop.cap_height,
        };
        let rests = self.rests.drain(..).map(|(note, lines)| Come {
            what: Beside::Note(note),
            y: column(shop).0,
            lines: std::iter::once(goes_on_head(shop, note)).chain(lines).collect(),
            goes_on: true,
        });
        let called = calls.iter().filter_map(|(what, y)| {
            let own = self.set.remove(what)?;
            Some(Come { what: *what, y: *y + level(what), lines: own.lines, goes_on: false })
        });
        rests.chain(called).collect()
    }
}

/// The line above what goes on from the page before: the note's number, and that it is continued. It is there for the
/// eye.
fn goes_on_head(shop: &Shop<'_>, note: NoteId) -> Strip {
    let language = &shop.book.metadata.language;
    let style = Style { first: Length::ZERO, align: Alignment::Flush, ..*shop.style(Role::MarginNote) };
    let width = shop.theme.page.margin_column;
    let mut aside = Structure::new();
    let mut words = |text: String, style: Style, first: Length| {
        let content = [Inline::own(text, language)];
        let job = Job { content: &content, block: None, style, width, first, deep: 1, language };
        shop.solid(&job, Structure::ROOT, &mut aside, &mut Diagnostics::new())
    };
    let number = language.digits(&shop.book.note(note).number.to_string());
    let mut strip = words(number, Style { weight: 600, ..style }, Length::ZERO);
    let across = match language.direction() {
        Direction::LeftToRight => strip.extent(),
        Direction::RightToLeft => width - strip.start(width),
    };
    let word = format!("({})", Term::Continued.word(language));
    strip.lay(words(word, Style { ink: Ink::Grey, ..style }, across + style.size / 2), Point::default());
    strip.height = style.leading;
    strip.links.clear();
    strip.anchors.clear();
    for mark in &mut strip.marks {
        mark.owner = Owner::Artifact(Artifact::Layout);
    }
    strip
}

/// A small arrow outside the last line of a note that goes on overleaf.
fn goes_on_mark(shop: &Shop<'_>, line: &mut Strip) {
    let style = shop.style(Role::MarginNote);
    let side = style.size / 2;
    let clear = style.size / 3;
    let baseline = line.height.min(style.leading) - (style.leading - shop.baseline(style));
    let corners = match shop.book.metadata.language.direction() {
        Direction::LeftToRight => {
            let left = shop.theme.page.margin_column + clear;
            [(left, baseline - side), (left + side, baseline - side / 2), (left, baseline)]
        }
        Direction::RightToLeft => [(-clear, baseline - side), (-clear - side, baseline - side / 2), (-clear, baseline)],
    };
    let polygons = vec![corners.map(|(x, y)| Point::new(x, y)).to_vec()];
    let colour = shop.theme.palette.ink(style.ink);
    line.paint(Owner::Artifact(Artifact::Layout), MarkKind::Outline { polygons, colour });
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
