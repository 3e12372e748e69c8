//! A work as a bibliography knows it: its type and its variables, in the words of CSL 1.0.2, each value with its type.

use std::collections::BTreeMap;

use crate::cite::date::Date;

/// A work that can be cited.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Work {
    /// What the author cites it by.
    pub key: String,
    /// The type of CSL: `book`, `article-journal`.
    pub kind: String,
    /// Every variable that the work has.
    pub fields: BTreeMap<String, Value>,
}

/// What a variable holds.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Words, with the little markup of CSL JSON; numbers too, since a number is often none ("12b", "forthcoming").
    Text(String),
    /// People and bodies.
    Names(Vec<Name>),
    /// A date, or a span of time.
    Date(Date),
}

/// A person or a body.
#[derive(Clone, PartialEq, Eq, Debug, Default, PartialOrd, Ord)]
pub struct Name {
    pub family: String,
    pub given: String,
    /// `van` in "van Gogh", which goes when only the surname is shown.
    pub dropping: String,
    /// `de` in "de Gaulle", which stays.
    pub non_dropping: String,
    /// "Jr.", "III".
    pub suffix: String,
    /// A comma stands before the suffix even where the given name comes first.
    pub comma_suffix: bool,
    /// Given names are never cut or turned: a body, or a person with one name.
    pub literal: Option<String>,
    /// The particle stays as it is written; nothing is looked for in the surname.
    pub fixed: bool,
    /// The given name stands before the surname even when it is sorted by.
    pub static_order: bool,
}

impl Work {
    /// The words of a variable.
    pub fn text(&self, variable: &str) -> Option<&str> {
        match self.fields.get(variable)? {
            Value::Text(text) => Some(text.as_str()).filter(|text| !text.is_empty()),
            Value::Names(_) | Value::Date(_) => None,
        }
    }

    /// The names of a variable.
    pub fn names(&self, variable: &str) -> Option<&[Name]> {
        match self.fields.get(variable)? {
            Value::Names(names) => Some(names.as_slice()).filter(|names| !names.is_empty()),
            Value::Text(_) | Value::Date(_) => None,
        }
    }

    /// The date of a variable.
    pub fn date(&self, variable: &str) -> Option<&Date> {
        match self.fields.get(variable)? {
            Value::Date(date) => Some(date).filter(|date| !date.is_empty()),
            Value::Text(_) | Value::Names(_) => None,
        }
    }

    /// Whether a variable says anything.
    pub fn has(&self, variable: &str) -> bool {
        match self.fields.get(variable) {
            None => false,
            Some(Value::Text(text)) => !text.is_empty(),
            Some(Value::Names(names)) => !names.is_empty(),
            Some(Value::Date(date)) => !date.is_empty(),
        }
    }
}

/// The types of CSL 1.0.2, and those of styles before it.
pub const KINDS: &[&str] = &[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

/// The variables that hold names.
pub const NAMES: &[&str] = &[
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
];

/// The variables that hold dates.
pub const DATES: &[&str] =
    &["accessed", "available-date", "container", "event-date", "issued", "original-date", "submitted"];

/// The variables that hold numbers.
pub const NUMBERS: &[&str] = &[
    "chapter-number",
    "citation-number",
    "collection-number",
    "edition",
    "first-reference-note-number",
    "issue",
    "locator",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "page",
    "page-first",
    "part-number",
    "printing-number",
    "section",
    "supplement-number",
    "version",
    "volume",
];
