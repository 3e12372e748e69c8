//! Notes at the foot: what the page kernel made room for, placed under a short rule.
//!
//! The last line stands on the last baseline of the type area, whatever room is left above. A note that goes on at the
//! foot of the next page leaves its last lines here to wait for it.

use std::collections::{BTreeMap, VecDeque};

use super::galley::{FootNote, Item};
use super::pagebreak::{CutPage, Piece};
use super::shop::Shop;
use super::strip::{Anchor, Strip};
use crate::book::NoteId;
use crate::language::Direction;
use crate::page::{Artifact, MarkKind, Owner, Page};
use crate::theme::Role;
use crate::units::{Length, Point, Rect};

/// Where the notes of a page or of one of its columns stand.
#[derive(Clone, Copy)]
pub(super) struct Seat {
    /// The left edge of their lines.
    pub left: Length,
    /// How wide these are.
    pub width: Length,
    /// Where the last of them ends, from the head of the page.
    pub foot: Length,
    /// Where what stands above them ends.
    pub text: Length,
}

/// The notes of a flow on their way to the feet of its pages.
pub(super) struct Footnotes {
    set: BTreeMap<NoteId, FootNote>,
    /// Lines left from the page before.
    waiting: VecDeque<Strip>,
}

impl Footnotes {
    /// All notes of a flow, by what calls them.
    pub fn new(set: BTreeMap<NoteId, FootNote>) -> Footnotes {
        Footnotes { set, waiting: VecDeque::new() }
    }

    /// Puts the notes that a page, or a column of one, calls on it, and says where each begins, and where the last one
    /// ends if that is lower than its seat.
    pub fn place(
        &mut self,
        shop: &Shop<'_>,
        page: &mut Page,
        called: &[NoteId],
        carry: Length,
        seat: Seat,
    ) -> (Vec<(Length, Anchor)>, Length) {
        let mut lines: Vec<(Option<NoteId>, Strip)> = self.waiting.drain(..).map(|line| (None, line)).collect();
        for note in called {
            let Some(set) = self.set.remove(note) else { continue };
            lines.extend(set.lines.into_iter().enumerate().map(|(at, line)| ((at == 0).then_some(*note), line)));
        }
        self.keep_back(&mut lines, carry);
        if lines.is_empty() {
            return (Vec::new(), seat.foot);
        }
        lay(shop, page, lines, seat)
    }

    /// The lines that the kernel left for the next page.
    fn keep_back(&mut self, lines: &mut Vec<(Option<NoteId>, Strip)>, carry: Length) {
        let mut left = carry;
        while left > Length::ZERO
            && let Some((_, line)) = lines.pop()
        {
            left -= line.height;
            self.waiting.push_front(line);
        }
    }
}

/// The notes that a page calls for the first time, in order.
pub(super) fn called(items: &[Item], cut: &CutPage) -> Vec<NoteId> {
    let of_piece = |piece: &Piece| {
        let calls = items[piece.block].first_calls_in(piece.variant, piece.lines.clone()).into_iter();
        calls.map(|(_, note)| note).collect::<Vec<_>>()
    };
    cut.pieces.iter().flat_map(of_piece).collect()
}

/// Lines upwards from the foot, and the rule above them.
fn lay(
    shop: &Shop<'_>,
    page: &mut Page,
    lines: Vec<(Option<NoteId>, Strip)>,
    seat: Seat,
) -> (Vec<(Length, Anchor)>, Length) {
    let style = shop.style(Role::Note);
    let Seat { left, width, foot, text } = seat;
    // Below the last baseline a line of notes keeps less than a line of text: the baselines are what stands level.
    let below_text = shop.grid() - shop.cap_height;
    let below_notes = style.leading - shop.baseline(style) + style.below;
    let height: Length = lines.iter().map(|(_, line)| line.height).sum();
    // Where text, notes and the line of their rule are a line longer than the page, the notes stand a line lower.
    let foot = if text + shop.grid() + height > foot { foot + shop.grid() } else { foot };
    let mut y = foot - below_text + below_notes - height;
    let across = Length::inches(0.8);
    let start = match shop.book.metadata.language.direction() {
        Direction::LeftToRight => left,
        Direction::RightToLeft => left + width - across,
    };
    let rule = Rect::new(start, y - Length::pt(6.0), across, Length::pt(0.4));
    let mut strip = Strip::default();
    let colour = shop.theme.palette.rules;
    strip.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect: rule, colour });
    let mut tops = Vec::new();
    for (note, line) in lines {
        tops.extend(note.map(|note| (y, Anchor::Note(note))));
        tops.extend(line.anchors.iter().map(|anchor| (y, anchor.clone())));
        let height = line.height;
        strip.lay(line, Point::new(left, y));
        y += height;
    }
    page.marks.extend(strip.marks);
    page.links.extend(strip.links);
    (tops, foot)
}
