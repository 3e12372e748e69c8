//! What an author says of the accessibility of a book.

use super::keys;
use super::values::{date, one_of};
use crate::book::metadata::AccessibilityStatement;
use crate::diagnostic::Diagnostics;
use crate::yaml::Fields;

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
    statement.span = Some(inner.span);
    inner.finish(d);
    statement
}
