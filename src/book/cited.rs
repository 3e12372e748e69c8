//! The works that a book cites, as records of it count them.

use super::metadata::{Doi, Isbn};

/// A work that the book cites or lists: what its author's list says of it, in plain letters.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CitedWork {
    /// What the author cites it by.
    pub key: String,
    /// Its title.
    pub title: Option<String>,
    /// What it is a part of: the journal of an article, the book of a chapter.
    pub container: Option<String>,
    /// Whether that is a journal, or another thing that appears again and again.
    pub serial: bool,
    /// The series that it stands in.
    pub series: Option<String>,
    /// The surname of the first of its authors, else of its editors; a body's whole name.
    pub name: Option<String>,
    /// The volume.
    pub volume: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// The first of its pages.
    pub page: Option<String>,
    /// The edition, if it is a number.
    pub edition: Option<u16>,
    /// The year.
    pub year: Option<u16>,
    /// Its DOI.
    pub doi: Option<Doi>,
    /// Its ISBN.
    pub isbn: Option<Isbn>,
    /// The ISSN of what it is a part of.
    pub issn: Option<String>,
    /// The entry as the list of works prints it; `None` where the book has no such list.
    pub shown: Option<String>,
}
