//! What a list of works holds, and what is wrong with it at which place.

use std::ops::Range;

use crate::cite::work::Work;

/// What a file holds.
#[derive(Debug, Default)]
pub struct Found {
    /// Every work, with the place of its key.
    pub works: Vec<(Work, Range<usize>)>,
    /// What is wrong, in the order of the file.
    pub faults: Vec<Fault>,
}

/// What is wrong at a place of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    pub at: Range<usize>,
    pub what: String,
    pub hint: &'static str,
    /// Something of the entry is lost; otherwise it is only worth a look.
    pub lost: bool,
}
