//! What an author says of the accessibility of a book.

use super::distribution::items;
use super::keys;
use super::values::{date, one_of};
use crate::book::looked_at::{Answer, QUESTIONS, Question, Tested, Told};
use crate::book::metadata::AccessibilityStatement;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::Span;
use crate::yaml::{Fields, Node};

/// The statement.
pub(super) fn accessibility(fields: &Fields<'_>, d: &mut Diagnostics) -> AccessibilityStatement {
    let mut statement = AccessibilityStatement::default();
    let Some(inner) = fields.take("accessibility").and_then(|node| Fields::of(node, &keys::ACCESSIBILITY, d)) else {
        return statement;
    };
    statement.summary = inner.text("summary", d).map(|written| written.text);
    statement.certified_by = inner.text("certified_by", d).map(|written| written.text);
    statement.certified_on = date(&inner, "certified_on", d).map(|date| date.value);
    statement.report = inner.text("report", d).map(|written| written.text);
    if let Some(exemption) = inner.text("exemption", d) {
        if keys::EXEMPTIONS.contains(&exemption.text.as_str()) {
            statement.exemption = Some(exemption.text);
        } else {
            one_of("exemption", &exemption.text, keys::EXEMPTIONS, exemption.span, d);
        }
    }
    statement.answers = items(inner.take("answers")).filter_map(|item| answer(item, d)).collect();
    statement.tested = items(inner.take("tested")).filter_map(|item| tested(item, d)).collect();
    statement.span = Some(inner.span);
    inner.finish(d);
    statement
}

/// An answer without a name and a day is nobody's, and an error.
fn answer(item: &Node, d: &mut Diagnostics) -> Option<Answer> {
    let inner = Fields::of(item, &keys::ANSWER, d)?;
    let question = inner.text("question", d).and_then(|written| {
        let found = Question::ALL.iter().copied().find(|question| question.name() == written.text);
        if found.is_none() {
            one_of("question", &written.text, QUESTIONS, written.span, d);
        }
        found
    });
    let told = inner.text("answer", d).and_then(|written| match written.text.as_str() {
        "yes" | "true" => Some(Told::Yes),
        "no" | "false" => Some(Told::No),
        "partly" => Some(Told::Partly),
        other => {
            one_of("answer", other, keys::ANSWERS, written.span, d);
            None
        }
    });
    let by = inner.text("by", d).map(|written| written.text);
    let on = date(&inner, "on", d).map(|date| date.value);
    let note = inner.text("note", d).map(|written| written.text);
    let whole = inner.take("question").is_some() && inner.take("answer").is_some();
    let signed = by.is_some() && inner.take("on").is_some();
    inner.finish(d);
    if !whole || !signed {
        let hint = "write `{question: alternative-texts, answer: yes, by: Ann Lee, on: 2026-05-30}`";
        missing(item.span, "an answer is somebody's, to a question, of a day", hint, d);
    }
    Some(Answer { question: question?, told: told?, by: by?, on: on?, note })
}

fn tested(item: &Node, d: &mut Diagnostics) -> Option<Tested> {
    let inner = Fields::of(item, &keys::TESTED, d)?;
    let tool = inner.text("tool", d).map(|written| written.text);
    let version = inner.text("version", d).map(|written| written.text);
    let passed = inner.text("result", d).and_then(|written| match written.text.as_str() {
        "passed" => Some(true),
        "failed" => Some(false),
        other => {
            one_of("result", other, keys::RESULTS, written.span, d);
            None
        }
    });
    let on = date(&inner, "on", d).map(|date| date.value);
    let note = inner.text("note", d).map(|written| written.text);
    let whole = tool.is_some() && inner.take("result").is_some() && inner.take("on").is_some();
    inner.finish(d);
    if !whole {
        let hint = "write `{tool: Ace by DAISY, version: 1.4.6, result: passed, on: 2026-05-30}`";
        missing(item.span, "what a tool found is its result, of a day", hint, d);
    }
    Some(Tested { tool: tool?, version, passed: passed?, on: on?, note })
}

fn missing(span: Span, message: &str, hint: &str, d: &mut Diagnostics) {
    d.report(Diagnostic::new(&lints::MISSING_KEY, message).at(span).hint(hint));
}
