//! What stretches of a source are for, where they are no text.

use std::ops::Range;

use super::Account;
use crate::book::DivisionKind;

/// What a stretch of a source is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// Keys, labels, paths, marks.
    Machine,
    /// Comments, drafts, what is for other editions.
    Hidden,
    /// Facts that are read into types of their own, or refused.
    Fact,
    /// Words that some book must hold, and their account if it does.
    Held(Account),
    /// Words of a part that is made, unless its author writes a section of that kind.
    Part(DivisionKind),
}

/// A stretch of a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Region {
    pub range: Range<usize>,
    pub place: Place,
}
