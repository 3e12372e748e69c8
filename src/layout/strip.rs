//! A strip: a slice of a page, as high as a line or a figure, with its marks relative to its head left corner.

use std::collections::BTreeMap;

use crate::book::{BlockId, DivisionId, MarkId, NoteId, Place, Target};
use crate::page::{Artifact, Link, Mark, MarkKind, NodeId, Owner};
use crate::units::{Colour, Length, Point, Rect};

/// A slice of a page before it has a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strip {
    /// How much of the page it takes.
    pub height: Length,
    /// What is painted.
    pub marks: Vec<Mark>,
    /// What leads somewhere.
    pub links: Vec<Link>,
    /// What begins here, for the page map.
    pub anchors: Vec<Anchor>,
    /// Its own columns, in reading order.
    pub areas: Vec<Rect>,
}

/// What stands in the margin.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Beside {
    /// A note.
    Note(NoteId),
    /// A piece of the text, counted in its flow.
    Piece(u32),
}

/// Something that the page map wants to find.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Anchor {
    /// A line of the main flow's text begins with this place.
    Line(Place),
    /// A block begins.
    Block(BlockId),
    /// A division opens.
    Division(DivisionId),
    /// A note is called.
    Call(NoteId, u16),
    /// Something stands in the margin beside this.
    Aside(u32),
    /// A note begins.
    Note(NoteId),
    /// A mark of the index stands here.
    Mark(MarkId),
    /// A title for the outline: level, words, where it leads.
    Outline(u8, String, Target),
}

impl Strip {
    /// An empty strip of a height.
    pub fn blank(height: Length) -> Strip {
        Strip { height, ..Strip::default() }
    }

    /// Whether a picture stands in it.
    pub fn has_picture(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Picture { .. }))
    }

    /// The rectangle of the letters of a strip of one line.
    pub fn letters(&self) -> Rect {
        let starts = self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run.origin.x),
            _ => None,
        });
        let right = self.extent();
        let left = starts.fold(right, Length::min);
        Rect::new(left, Length::ZERO, right - left, self.height)
    }

    /// How far to the right its text reaches.
    pub fn extent(&self) -> Length {
        self.marks
            .iter()
            .map(|mark| match &mark.kind {
                MarkKind::Text(run) => run.right(),
                MarkKind::Fill { rect, .. } | MarkKind::Veil { rect, .. } | MarkKind::Picture { rect, .. } => {
                    rect.right()
                }
                MarkKind::Outline { .. } => Length::ZERO,
            })
            .fold(Length::ZERO, Length::max)
    }

    /// How far from the left its text begins; `measure` where there is none.
    pub fn start(&self, measure: Length) -> Length {
        let starts = self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run.origin.x),
            MarkKind::Fill { .. } | MarkKind::Veil { .. } | MarkKind::Picture { .. } | MarkKind::Outline { .. } => None,
        });
        starts.fold(measure, Length::min)
    }

    /// Moves everything.
    pub fn shift(&mut self, by: Point) {
        for mark in &mut self.marks {
            shift_mark(mark, by);
        }
        for link in &mut self.links {
            link.rect = shifted(link.rect, by);
        }
        for area in &mut self.areas {
            *area = shifted(*area, by);
        }
    }

    /// Puts another strip over this one, its head at `y`; the height is left alone.
    pub fn lay(&mut self, mut other: Strip, at: Point) {
        other.shift(at);
        self.marks.extend(other.marks);
        self.links.extend(other.links);
        self.anchors.extend(other.anchors);
    }

    /// Puts another strip below.
    pub fn append(&mut self, other: Strip) {
        let height = other.height;
        self.lay(other, Point::new(Length::ZERO, self.height));
        self.height += height;
    }

    /// Strips below each other as one.
    pub fn stacked(strips: Vec<Strip>) -> Strip {
        let mut all = Strip::default();
        for strip in strips {
            all.append(strip);
        }
        all
    }

    /// Grounds that touch become one, so that no seam shows between the slices of a box.
    pub fn join_grounds(&mut self) {
        let marks = std::mem::take(&mut self.marks);
        // By where they end, since a page of rules and tints has many.
        let mut grounds: BTreeMap<[Length; 3], Vec<usize>> = BTreeMap::new();
        for mark in marks {
            if let MarkKind::Fill { rect, colour } = &mark.kind {
                let key = |at: Length| [at, rect.origin.x, rect.size.width];
                let above = grounds.get_mut(&key(rect.origin.y)).and_then(|above| {
                    let found = above.iter().rposition(|above| extends(&mut self.marks[*above], rect, *colour))?;
                    Some(above.remove(found))
                });
                let joined = above.is_some();
                grounds.entry(key(rect.foot())).or_default().push(above.unwrap_or(self.marks.len()));
                if joined {
                    continue;
                }
            }
            self.marks.push(mark);
        }
    }

    /// Adds a mark.
    pub fn paint(&mut self, owner: Owner, kind: MarkKind) {
        self.marks.push(Mark { kind, owner, transform: None });
    }

    /// A table's head over a later page means nothing new to a reader.
    pub fn repeat(&mut self) {
        self.links.clear();
        for mark in &mut self.marks {
            mark.owner = Owner::Artifact(Artifact::Layout);
        }
    }

    /// Every node that the strip names, after a tree was grafted onto another.
    pub fn rebase(&mut self, rebase: impl Fn(NodeId) -> NodeId) {
        for mark in &mut self.marks {
            if let Owner::Content(node) = &mut mark.owner {
                *node = rebase(*node);
            }
        }
        for link in &mut self.links {
            link.node = rebase(link.node);
        }
    }
}

/// Makes a ground higher by the one that begins where it ends, if they are alike.
fn extends(above: &mut Mark, below: &Rect, colour: Colour) -> bool {
    match &mut above.kind {
        MarkKind::Fill { rect, colour: own }
            if *own == colour
                && rect.origin.x == below.origin.x
                && rect.size.width == below.size.width
                && rect.foot() == below.origin.y =>
        {
            rect.size.height += below.size.height;
            true
        }
        _ => false,
    }
}

fn shifted(rect: Rect, by: Point) -> Rect {
    Rect { origin: Point::new(rect.origin.x + by.x, rect.origin.y + by.y), size: rect.size }
}

/// Moves a mark.
pub(crate) fn shift_mark(mark: &mut Mark, by: Point) {
    if let Some(transform) = &mut mark.transform {
        transform.shift = Point::new(transform.shift.x + by.x, transform.shift.y + by.y);
        return;
    }
    match &mut mark.kind {
        MarkKind::Text(run) => run.origin = Point::new(run.origin.x + by.x, run.origin.y + by.y),
        MarkKind::Fill { rect, .. } | MarkKind::Veil { rect, .. } => *rect = shifted(*rect, by),
        MarkKind::Picture { rect, clip, .. } => {
            *rect = shifted(*rect, by);
            *clip = clip.map(|clip| shifted(clip, by));
        }
        MarkKind::Outline { polygons, .. } => {
            for point in polygons.iter_mut().flatten() {
                *point = Point::new(point.x + by.x, point.y + by.y);
            }
        }
    }
}
