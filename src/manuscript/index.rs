//! What the metadata says of the index: a concordance (terms to look for), references, and how it is written.

use super::keys;
use super::texts::read_text;
use crate::book::mark::{EntryName, FigurePages, IndexStyle};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::index::Order;
use crate::markdown::marks::{entry_levels, most_levels};
use crate::source::{Files, Sources, Span};
use crate::yaml::{self, Fields, Kind, Node, Written, text_of, wrong};

/// `index:` as written.
#[derive(Clone, Debug, Default)]
pub(crate) struct WrittenIndex {
    /// `false` leaves it out.
    pub none: bool,
    /// The file that it names.
    pub file: Option<Written>,
    /// What is looked for in the text.
    pub terms: Vec<IndexTerm>,
    /// References from one entry to others.
    pub references: Vec<IndexReference>,
    /// How entries are filed.
    pub order: Order,
    /// How they are written.
    pub style: IndexStyle,
}

/// A term that is looked for.
#[derive(Clone, Debug)]
pub(crate) struct IndexTerm {
    /// Its entry.
    pub entry: Vec<EntryName>,
    /// The words that are looked for.
    pub find: Vec<String>,
    /// The only sections in which they are; none named are all.
    pub sections: Vec<Written>,
    /// Where it was written.
    pub span: Span,
}

/// A reference from an entry to others.
#[derive(Clone, Debug)]
pub(crate) struct IndexReference {
    pub from: Vec<EntryName>,
    pub to: Vec<Vec<EntryName>>,
    /// Whether the others are to be looked up too, and not in its place.
    pub also: bool,
    pub span: Span,
}

/// `index:` of the metadata.
pub(super) fn read(fields: &Fields<'_>, d: &mut Diagnostics) -> WrittenIndex {
    fields.take("index").map(|node| of(node, d)).unwrap_or_default()
}

/// Reads the file that the metadata names, if it names one.
pub(super) fn read_file(index: &mut WrittenIndex, files: &dyn Files, sources: &mut Sources, d: &mut Diagnostics) {
    let Some(written) = index.file.take() else { return };
    let path = sources.path_at(&written.text, written.span);
    let Some(id) = read_text(files, &path, sources, Some(written.span), d) else { return };
    let length = sources.file(id).text.len();
    let Some(node) = yaml::read(sources, id, 0..length, d) else { return };
    // The file may say `index:` again at its head.
    let inner = match &node.kind {
        Kind::Map(entries) if entries.len() == 1 && entries[0].key == "index" => &entries[0].value,
        _ => &node,
    };
    *index = of(inner, d);
    if let Some(again) = index.file.take() {
        let said = Diagnostic::new(&lints::WRONG_VALUE, "the file of the index names another file").at(again.span);
        d.report(said.hint("write the terms here: `terms: [{entry: \"Water!price\", find: [\"water bills\"]}]`"));
    }
}

fn of(node: &Node, d: &mut Diagnostics) -> WrittenIndex {
    match node.truth() {
        Some(false) => return WrittenIndex { none: true, ..WrittenIndex::default() },
        Some(true) => return WrittenIndex::default(),
        None => {}
    }
    if let Some(text) = node.text() {
        let file = Some(Written { text: text.trim().to_owned(), span: node.span });
        return WrittenIndex { file, ..WrittenIndex::default() };
    }
    if let Kind::List(items) = &node.kind {
        let terms = items.iter().filter_map(|item| term(item, d)).collect();
        return WrittenIndex { terms, ..WrittenIndex::default() };
    }
    let Some(inner) = Fields::of(node, &keys::INDEX, d) else { return WrittenIndex::default() };
    let mut index = WrittenIndex::default();
    if let Some(terms) = inner.take("terms") {
        match &terms.kind {
            Kind::List(items) => index.terms = items.iter().filter_map(|item| term(item, d)).collect(),
            _ => wrong(terms, "\"terms\" is a list: [{entry: \"Water!price\", find: [\"water bills\"]}]", d),
        }
    }
    for (key, also) in [("see", false), ("see_also", true)] {
        if let Some(node) = inner.take(key) {
            references(node, key, also, &mut index.references, d);
        }
    }
    if let Some(order) = inner.text("order", d) {
        match order.text.as_str() {
            "letters" => index.order = Order::Letters,
            "words" => index.order = Order::Words,
            other => super::values::one_of("order", other, &["letters", "words"], order.span, d),
        }
    }
    if let Some(style) = inner.text("style", d) {
        match style.text.as_str() {
            "indented" => index.style.run_in = false,
            "run-in" => index.style.run_in = true,
            other => super::values::one_of("style", other, &["indented", "run-in"], style.span, d),
        }
    }
    if let Some(figures) = inner.text("figures", d) {
        match figures.text.as_str() {
            "plain" => index.style.figures = FigurePages::Plain,
            "italics" => index.style.figures = FigurePages::Italics,
            "letters" => index.style.figures = FigurePages::Letters,
            other => super::values::one_of("figures", other, &["plain", "italics", "letters"], figures.span, d),
        }
    }
    if let Some(merge) = inner.text("merge", d) {
        match merge.text.parse() {
            Ok(count @ (0 | 2..=20)) => index.style.merge = count,
            _ => d.report(
                Diagnostic::new(&lints::WRONG_VALUE, format!("\"{}\" is no number of pages to join", merge.text))
                    .at(merge.span)
                    .hint("write `merge: 3` to join three pages and more in a row; without it they are kept apart"),
            ),
        }
    }
    inner.finish(d);
    index
}

fn term(item: &Node, d: &mut Diagnostics) -> Option<IndexTerm> {
    if let Some(text) = item.text() {
        let entry = entry(text, item.span, d)?;
        let find = usual_find(&entry);
        return Some(IndexTerm { entry, find, sections: Vec::new(), span: item.span });
    }
    let inner = Fields::of(item, &keys::INDEX_TERM, d)?;
    let written = inner.text("entry", d);
    let find: Vec<String> = inner.texts("find", false, d).into_iter().map(|text| text.text).collect();
    let sort = inner.text("sort", d);
    let sections = inner.texts("sections", false, d);
    let span = inner.span;
    inner.finish(d);
    let Some(written) = written else {
        let said = Diagnostic::new(&lints::MISSING_KEY, "this term does not say its entry").at(span);
        d.report(said.hint("write `entry: \"Water!price\"`"));
        return None;
    };
    let mut entry = entry(&written.text, written.span, d)?;
    if let Some(sort) = sort {
        let forms = entry_levels(&sort.text);
        let skipped = if forms.len() == 1 { entry.len() - 1 } else { 0 };
        for (name, form) in entry.iter_mut().skip(skipped).zip(forms) {
            name.sort = Some(form).filter(|form| !form.is_empty());
        }
    }
    let find = if find.is_empty() { usual_find(&entry) } else { find };
    let find: Vec<String> = find.into_iter().filter(|words| words.chars().any(char::is_alphanumeric)).collect();
    Some(IndexTerm { entry, find, sections, span: written.span })
}

/// What is looked for where nothing is said: the words of the last level.
fn usual_find(entry: &[EntryName]) -> Vec<String> {
    entry.last().map(|name| name.words.replace('*', "")).into_iter().collect()
}

fn entry(written: &str, span: Span, d: &mut Diagnostics) -> Option<Vec<EntryName>> {
    let levels = entry_levels(written);
    let (message, hint) = if levels.iter().any(String::is_empty) {
        ("a level of this entry has no words".to_owned(), "! goes one level down; !! is the sign itself")
    } else if levels.len() > most_levels() {
        let message = format!("an index entry of {} levels: an index has {}", levels.len(), most_levels());
        (message, "make a main entry of the lower levels, with a reference to it under `see_also`")
    } else {
        return Some(levels.into_iter().map(|words| EntryName { words, sort: None }).collect());
    };
    d.report(Diagnostic::new(&lints::INDEX_ENTRY, message).at(span).hint(hint));
    None
}

fn references(node: &Node, key: &'static str, also: bool, out: &mut Vec<IndexReference>, d: &mut Diagnostics) {
    let Kind::Map(entries) = &node.kind else {
        return wrong(node, &format!("\"{key}\" is a mapping: {{Tariffs: Customs duties}}"), d);
    };
    for said in entries {
        let Some(from) = entry(&said.key, said.key_span, d) else { continue };
        let items = match &said.value.kind {
            Kind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&said.value),
        };
        let texts: Vec<Written> = items.iter().filter_map(|item| text_of(item, key, d)).collect();
        let to = texts.iter().flat_map(|text| text.text.split(';').map(|part| (part.trim().to_owned(), text.span)));
        let to: Vec<_> = to.filter(|(part, _)| !part.is_empty()).collect();
        let to = to.iter().filter_map(|(part, span)| entry(part, *span, d)).collect();
        out.push(IndexReference { from, to, also, span: said.key_span });
    }
}
