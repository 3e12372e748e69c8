//! What is wrong with a manuscript, as values: a message, its place, hints.
//!
//! A stage reports all that it finds into [`Diagnostics`] and then returns `Result<T, Reported>`. The library never
//! prints; `cli::report` draws.

pub mod lints;
mod nearest;

use crate::source::Span;
pub use lints::Lint;
pub(crate) use nearest::nearest;

/// How grave a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Files are written; the author should look.
    Warning,
}

/// One thing to tell the author.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Which rule speaks; `allow:` names it.
    pub lint: &'static Lint,
    /// What is wrong, in the author's words: lower case, no full stop.
    pub message: String,
    /// Where; `None` when no text is at fault.
    pub span: Option<Span>,
    /// Other places that explain it.
    pub labels: Vec<(Span, String)>,
    /// What can be done.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// What `lint` has to say, at its usual severity.
    pub fn new(lint: &'static Lint, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: lint.severity,
            lint,
            message: message.into(),
            span: None,
            labels: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// At this place.
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Diagnostic {
        self.span = span.into();
        self
    }

    /// With a second place.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push((span, text.into()));
        self
    }

    /// With something to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }
}

/// Proof that at least one error stands in the [`Diagnostics`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reported(());

/// All that was found so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    helped: usize,
}

impl Diagnostics {
    /// Nothing found.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds an error, after which nothing can come.
    pub fn fail(&mut self, mut diagnostic: Diagnostic) -> Reported {
        diagnostic.severity = Severity::Error;
        self.found.push(diagnostic);
        Reported(())
    }

    /// Whether to look for the word that was meant. Who has made a hundred slips is helped with those first, and ten
    /// thousand wrong words in a long book cost little more than ten.
    pub fn helps(&mut self) -> bool {
        const MOST: usize = 100;
        self.helped += 1;
        self.helped <= MOST
    }

    /// Adds all of another.
    pub fn append(&mut self, other: Diagnostics) {
        self.found.extend(other.found);
    }

    /// Takes off what was found since `mark` (a former [`Diagnostics::len`]).
    pub fn split_off(&mut self, mark: usize) -> Diagnostics {
        Diagnostics { found: self.found.split_off(mark), helped: self.helped }
    }

    /// `value`, unless an error was reported since `mark` (a former [`Diagnostics::len`]).
    pub fn unless_errors_since<T>(&self, mark: usize, value: T) -> Result<T, Reported> {
        match self.found[mark..].iter().any(|d| d.severity == Severity::Error) {
            true => Err(Reported(())),
            false => Ok(value),
        }
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether an error is among them.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// In the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Leaves out what does not satisfy `keep`.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.found.retain(keep);
    }

    /// Orders by file, place and severity (those without a place last) and drops exact repeats.
    pub fn settle(&mut self) {
        let key = |d: &Diagnostic| (d.span.is_none(), d.span, d.severity, d.lint.name, d.message.clone());
        self.found.sort_by_cached_key(key);
        self.found.dedup();
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}
