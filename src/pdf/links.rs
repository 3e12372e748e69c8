//! Links: where each lies on its sheet and where it leads. Places inside the book have names, so that a link, the
//! outline and an address from outside (`paper.pdf#note-12`) find the same place.

use crate::book::{Book, Target};
use crate::page::{Link, NodeId, Pages};
use crate::units::{Length, Point, Rect};

use super::sheet::Sheet;

/// A link on its sheet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct PlacedLink {
    /// Left, foot, right, head, from the sheet's foot left corner.
    pub corners: [Length; 4],
    /// Where it leads.
    pub goal: Goal,
    /// Its element.
    pub node: NodeId,
    /// What it is called for who cannot see it.
    pub name: String,
}

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Goal {
    /// An address outside.
    Address(String),
    /// A place inside, by its name.
    Named(String),
}

/// The links of every page. A link to a place that the pages do not have leads nowhere and is left out.
pub(super) fn place(pages: &Pages, book: &Book, sheets: &[Sheet]) -> Vec<Vec<PlacedLink>> {
    let placed = |link: &Link, sheet: &Sheet| {
        let goal = match &link.target {
            Target::Url(address) => Goal::Address(super::address::ascii(address)),
            target if pages.destinations.contains_key(target) => Goal::Named(name(target, book)?),
            _ => return None,
        };
        let origin = Point::new(link.rect.origin.x + sheet.trim.origin.x, link.rect.origin.y + sheet.trim.origin.y);
        let corners = sheet.corners(Rect { origin, size: link.rect.size });
        Some(PlacedLink { corners, goal, node: link.node, name: link.name.trim().to_owned() })
    };
    pages
        .pages
        .iter()
        .zip(sheets)
        .map(|(page, sheet)| page.links.iter().filter_map(|link| placed(link, sheet)).collect())
        .collect()
}

/// The name of a place inside the book; `None` for addresses.
pub(super) fn name(target: &Target, book: &Book) -> Option<String> {
    Some(match target {
        Target::Url(_) => return None,
        Target::Block(id) => format!("b{}", id.0),
        Target::Division(id) => format!("section-{}", id.0),
        Target::Note(id) => format!("note-{}", note(*id, book)),
        Target::Mark(id) => format!("mark-{}", id.0 + 1),
        Target::NoteCall(id, 0) => format!("call-{}", note(*id, book)),
        Target::NoteCall(id, call) => format!("call-{}-{}", note(*id, book), call + 1),
    })
}

/// The place of a note in the book, from 1; printed numbers may begin again in every chapter.
fn note(id: crate::book::NoteId, book: &Book) -> usize {
    book.note(id).id.index() + 1
}
