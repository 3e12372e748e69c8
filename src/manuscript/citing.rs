//! What the metadata says of citations: lists of works, the style, what is listed and linked.

use super::keys;
use super::values::one_of;
use super::written::WrittenCitations;
use crate::diagnostic::Diagnostics;
use crate::yaml::{Fields, Kind, wrong};

/// Reads what the metadata says of citations.
pub(super) fn written(fields: &Fields<'_>, d: &mut Diagnostics) -> WrittenCitations {
    let references = fields.take("references").cloned();
    if let Some(node) = references.as_ref().filter(|node| !matches!(node.kind, Kind::List(_))) {
        wrong(node, "\"references\" is a list of works, each with its `id`, `type` and `title`", d);
    }
    let mut citations = WrittenCitations {
        files: fields.texts("bibliography", false, d),
        references,
        csl: fields.text("csl", d).or_else(|| fields.text("citation-style", d)),
        nocite: fields.texts("nocite", false, d),
        links: fields.take("link-citations").and_then(|_| fields.flag("link-citations", d)),
        punctuation: fields.take("notes-after-punctuation").and_then(|_| fields.flag("notes-after-punctuation", d)),
        entries: None,
        pages: None,
    };
    if let Some(inner) = fields.take("citations").and_then(|node| Fields::of(node, &keys::CITATIONS, d)) {
        citations.links = inner.flag("links", d).or(citations.links);
        citations.punctuation = inner.flag("punctuation", d).or(citations.punctuation);
        citations.pages = inner.flag("pages", d);
        citations.entries = inner.text("entries", d);
        if let Some(entries) =
            citations.entries.as_ref().filter(|entries| !["cited", "all"].contains(&entries.text.as_str()))
        {
            one_of("entries", &entries.text, &["cited", "all"], entries.span, d);
        }
        inner.finish(d);
    }
    citations
}
