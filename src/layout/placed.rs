//! Placed: pages with their marks on them, before they are numbered and have their furniture.

use super::strip::Anchor;
use crate::book::{DivisionId, DivisionKind, NoteId, Place};
use crate::diagnostic::Diagnostics;
use crate::page::{Page, Structure};
use crate::units::{Length, Point};

/// A page, what begins on it and how far down, and what its furniture wants to know.
pub(super) type PlacedPage = (Page, Vec<(Length, Anchor)>, PageFacts);

/// A flow's pages with what begins where on them, and its tree.
pub(super) struct PlacedFlow {
    pub pages: Vec<PlacedPage>,
    pub structure: Structure,
    pub diagnostics: Diagnostics,
}

/// What furniture wants to know of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct PageFacts {
    /// The division at its head.
    pub division: Option<DivisionId>,
    /// Its kind.
    pub kind: Option<DivisionKind>,
    /// Whether a flow opens on it.
    pub opens: bool,
    /// Whether a picture has it to itself.
    pub full: bool,
    /// The notes that begin on it.
    pub notes: Vec<NoteId>,
    /// The lines of the text: where each begins in it, and the head of its left end on the page.
    pub lines: Vec<(Place, Point)>,
}
