//! A chapter as the manuscript has it: a division and what its file says of it.

use super::folder;
use crate::book::{DivisionKind, Matter};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::Language;
use crate::markdown::parsed::{PBlock, ParsedDivision};
use crate::yaml::Written;

/// A division as written, with what its file says of it.
#[derive(Clone, Debug)]
pub(crate) struct Chapter {
    /// What it is.
    pub kind: DivisionKind,
    /// Where it stands.
    pub matter: Matter,
    /// Its level.
    pub level: u8,
    /// Whether the author gave the level.
    pub levelled: bool,
    /// Which file's notes it may call.
    pub file: usize,
    /// The file's path.
    pub path: String,
    /// What was written.
    pub parsed: ParsedDivision,
    /// Its file's front matter, for the first division of a file only: title, short title.
    pub title: Option<Written>,
    /// The short title.
    pub short_title: Option<Written>,
    /// Its language, if another.
    pub language: Option<Language>,
    /// Whether it takes part in numbering.
    pub numbered: bool,
    /// Its authors, if others.
    pub authors: Vec<String>,
    /// Whether quotes and dashes are set.
    pub smart: bool,
    /// The only editions that it is for; none named are all.
    pub editions: Vec<Written>,
}

impl Chapter {
    /// Whether a name is that of its kind or its file.
    pub fn is_called(&self, name: &str) -> bool {
        name == self.kind.name() || name == self.path || folder::stem(&self.path) == Some(name)
    }
}

/// Says that a text of the file of the notes is not shown.
pub(crate) fn no_note(block: &PBlock) -> Diagnostic {
    Diagnostic::new(&lints::LEFT_OUT, "this text of notes.md is no note and is left out").at(block.span)
}
