//! Faults that are only what another one leads to: they go by themselves when that is mended, and are not said besides.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, lints};
use crate::source::{SourceFile, Sources, Span};

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
    /// What hints of errors name.
    hints: Vec<String>,
}

impl<'a> Causes<'a> {
    fn of(sources: &'a Sources, diagnostics: &Diagnostics) -> Causes<'a> {
        let mut causes = Causes { sources, texts: Vec::new(), errors: Vec::new(), hints: Vec::new() };
        for said in diagnostics.iter().filter(|said| said.severity == Severity::Error) {
            causes.hints.extend(said.hints.iter().filter(|hint| hint.starts_with("did you mean")).cloned());
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
        self.hints.iter().any(|hint| hint.contains(name))
    }

    /// Where a label was written that nothing has.
    fn held(&self, label: &str) -> Option<Span> {
        let find = |file: &SourceFile| {
            ["{#", "\\label{"].iter().find_map(|open| {
                let at = file.text.find(&format!("{open}{label}"))? + open.len();
                let end = at + label.len();
                let ends = file.text[end..].chars().next().is_none_or(|letter| letter.is_whitespace() || letter == '}');
                ends.then_some((at, end))
            })
        };
        self.sources.files().find_map(|(id, file)| find(file).map(|(start, end)| Span::new(id, start, end)))
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
