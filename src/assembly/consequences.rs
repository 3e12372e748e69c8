//! Faults that are only what another one leads to: they go by themselves when that is mended, and are not said besides.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, lints};
use crate::source::{Sources, Span};

/// What to do about a file that takes no part in the book and is led to.
pub(super) const LEFT_OUT: &str =
    "a draft has `draft: true` at its head, and `sections:` may leave files out; take it in, or take the reference out";

/// Leaves out what follows from another fault, and says of a label that was written but belongs to nothing where it stands.
pub(super) fn forget(sources: &Sources, left_out: &[String], diagnostics: &mut Diagnostics) {
    let is = |said: &Diagnostic, lint: &'static crate::diagnostic::Lint| said.lint.name == lint.name;
    // Nothing follows from a fault that nobody made.
    if diagnostics.is_empty() {
        return;
    }
    let causes = Causes::of(sources, diagnostics);
    let mut unheld = Vec::new();
    diagnostics.retain(|said| {
        let Some(name) = said.message.split('"').nth(1) else { return true };
        if is(said, &lints::UNDEFINED_NOTE) {
            !causes.swallowed(&format!("[^{name}]:"))
        } else if is(said, &lints::UNUSED_NOTE) {
            !causes.swallowed(&format!("[^{name}]")) && !causes.meant(&format!("[^{name}]"))
        } else if is(said, &lints::UNUSED_IMAGE_ENTRY) {
            !causes.meant(&format!("\"{name}\""))
        } else if is(said, &lints::UNDEFINED_LABEL) && said.message.starts_with("nothing is called") {
            match causes.held(name) {
                _ if causes.swallowed(&format!("#{name}")) => false,
                Some(place) if causes.is_faulty(place) => false,
                Some(place) => {
                    let mut other = said.clone();
                    let (file, line) = (&sources.file(place.source).path, sources.start(place).line);
                    other.hints = vec![match left_out.contains(file) {
                        true => format!("the label stands in {file}:{line}, which takes no part in the book: {LEFT_OUT}"),
                        false => format!(
                            "the label stands in {file}:{line}, where it belongs to nothing: it is written {{#…}} right \
                             behind a heading, a picture, a caption or [words]"
                        ),
                    }];
                    unheld.push(other);
                    false
                }
                None => true,
            }
        } else {
            true
        }
    });
    unheld.into_iter().for_each(|said| diagnostics.report(said));
}

/// What other faults may follow from.
struct Causes<'a> {
    sources: &'a Sources,
    /// What is read as something else: after a fence without an end, in a formula that is not set.
    texts: Vec<&'a str>,
    /// Where there are errors.
    errors: Vec<Span>,
    /// What hints of errors name, in the marks in which they name it.
    named: BTreeSet<String>,
    /// Where labels are written, looked for when the first is asked for.
    labels: OnceCell<BTreeMap<&'a str, Span>>,
}

impl<'a> Causes<'a> {
    fn of(sources: &'a Sources, diagnostics: &Diagnostics) -> Causes<'a> {
        let (named, labels) = (BTreeSet::new(), OnceCell::new());
        let mut causes = Causes { sources, texts: Vec::new(), errors: Vec::new(), named, labels };
        for said in diagnostics.iter().filter(|said| said.severity == Severity::Error) {
            causes.named.extend(said.hints.iter().filter_map(|hint| Some(meant_by(hint)?.to_owned())));
            let Some(span) = said.span else { continue };
            let text = sources.file(span.source).text.as_str();
            if said.lint.name == lints::UNCLOSED_FENCE.name {
                causes.texts.extend(text.get(span.start as usize..));
            } else if matches!(said.lint.name, "math" | "foreign-markup") {
                causes.texts.extend(text.get(span.start as usize..span.end as usize));
            }
            if said.lint.name != lints::UNDEFINED_LABEL.name {
                causes.errors.push(span);
            }
        }
        causes
    }

    fn swallowed(&self, written: &str) -> bool {
        self.texts.iter().any(|text| text.contains(written))
    }

    fn meant(&self, name: &str) -> bool {
        self.named.contains(name)
    }

    /// Where a label was written that nothing has.
    fn held(&self, label: &str) -> Option<Span> {
        self.labels.get_or_init(|| labels(self.sources)).get(label).copied()
    }

    /// Whether an error stands where a label does, or right before it.
    fn is_faulty(&self, place: Span) -> bool {
        self.errors.iter().any(|error| {
            let before = |error: &Span| {
                let between = self.sources.file(place.source).text.get(error.end as usize..place.start as usize);
                between.is_some_and(|between| between.trim_matches(['{', '#', ' ']).is_empty())
            };
            let covers = error.start <= place.start && place.start < error.end;
            error.source == place.source && (covers || error.end <= place.start && before(error))
        })
    }
}

/// What a hint says that was meant, in its marks: `"10-water.md"`, `[^a]`.
fn meant_by(hint: &str) -> Option<&str> {
    let meant = hint.strip_prefix("did you mean ")?;
    let close = if meant.starts_with('[') { ']' } else { '"' };
    let end = meant.get(1..)?.find(close)? + 1;
    meant.get(..=end)
}

/// Where each label is first written in braces, as authors of Markdown and of LaTeX write it.
fn labels(sources: &Sources) -> BTreeMap<&str, Span> {
    let mut found = BTreeMap::new();
    for (id, file) in sources.files() {
        for open in ["{#", "\\label{"] {
            for (at, _) in file.text.match_indices(open) {
                let start = at + open.len();
                let rest = &file.text[start..];
                let length = rest.find(|letter: char| letter.is_whitespace() || letter == '}').unwrap_or(rest.len());
                found.entry(&rest[..length]).or_insert_with(|| Span::new(id, start, start + length));
            }
        }
    }
    found
}
