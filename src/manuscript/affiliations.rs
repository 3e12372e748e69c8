//! Where people work: beside a name, or written once and named there by an `id`.

use super::foreign;
use super::keys;
use super::written::WrittenAffiliation;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::yaml::{Fields, Kind, Node, Written, nearest};

/// The affiliations that have an `id`: those under `affiliations:`, and those beside an author.
pub(super) struct Affiliations<'a> {
    named: Vec<(&'a str, &'a Node)>,
}

impl<'a> Affiliations<'a> {
    /// Those of a mapping, whose people stand under `people`.
    pub fn named(fields: &Fields<'a>, people: &[&str]) -> Affiliations<'a> {
        let mut named = Vec::new();
        for entry in fields.entries() {
            if entry.key == "affiliations" {
                each(&entry.value).for_each(|node| named.extend(id_of(node)));
            }
            if people.contains(&entry.key.as_str()) {
                for person in each(&entry.value) {
                    let own = ["affiliation", "affiliations"].into_iter().filter_map(|key| value(person, key));
                    own.flat_map(each).for_each(|node| named.extend(id_of(node)));
                }
            }
        }
        Affiliations { named }
    }

    /// Where somebody works: a text, `{name, ror}`, `{ref}`, or a list of them.
    pub fn read(&self, node: &Node, d: &mut Diagnostics) -> Option<WrittenAffiliation> {
        if let Kind::List(items) = &node.kind {
            let all: Vec<WrittenAffiliation> = items.iter().filter_map(|item| self.read(item, d)).collect();
            let names: Vec<&str> = all.iter().map(|one| one.name.text.as_str()).collect();
            let text = names.join("; ");
            let first = all.first()?;
            return Some(WrittenAffiliation { name: Written { text, ..first.name }, ror: first.ror.clone() });
        }
        if let Some(text) = node.text() {
            let text = text.trim();
            if self.find(text).is_some() {
                let said = Diagnostic::new(&lints::WRONG_VALUE, format!("\"{text}\" is the id of an affiliation"));
                d.report(said.at(node.span).hint(format!("to name that one, write {{ref: {text}}}")));
            }
            return Some(WrittenAffiliation { name: Written { text: text.to_owned(), span: node.span }, ror: None });
        }
        let Some(id) = value(node, "ref").and_then(Node::text) else { return one(node, d) };
        let found = self.find(id.trim());
        if found.is_none() {
            let said = Diagnostic::new(&lints::WRONG_VALUE, format!("no affiliation has the id \"{id}\""));
            let hint = match (nearest(id, self.named.iter().map(|(id, _)| *id)), self.named.is_empty()) {
                (Some(near), _) => format!("did you mean \"{near}\"?"),
                (None, true) => format!("write `affiliations: [{{id: {id}, name: …}}]` beside the title"),
                (None, false) => {
                    let all: Vec<&str> = self.named.iter().map(|(id, _)| *id).collect();
                    format!("those that are written have {}", all.join(", "))
                }
            };
            d.report(said.at(node.span).hint(hint));
        }
        found.and_then(quietly)
    }

    fn find(&self, id: &str) -> Option<&'a Node> {
        self.named.iter().find(|(own, _)| *own == id).map(|(_, node)| *node)
    }
}

/// Looks at the list that stands beside the people: what is wrong in it, and what nobody's name leads to.
pub(super) fn check(fields: &Fields<'_>, people: &[&str], d: &mut Diagnostics) {
    let Some(node) = fields.take("affiliations") else { return };
    let mut named = Vec::new();
    for entry in fields.entries().iter().filter(|entry| people.contains(&entry.key.as_str())) {
        for person in each(&entry.value) {
            let own = ["affiliation", "affiliations"].into_iter().filter_map(|key| value(person, key)).flat_map(each);
            named.extend(own.filter_map(|node| value(node, "ref").unwrap_or(node).text().map(str::trim)));
        }
    }
    for node in each(node) {
        if matches!(node.kind, Kind::Map(_)) {
            let _ = one(node, d);
        }
        if !id_of(node).is_some_and(|(id, _)| named.contains(&id)) {
            d.report(
                Diagnostic::new(&lints::FOREIGN_KEY, "this affiliation is nobody's, and is not printed")
                    .at(node.span)
                    .hint("give it an `id`, and name that beside an author: affiliations: [{ref: …}]"),
            );
        }
    }
}

/// One that is written out: `{name, ror}`.
fn one(node: &Node, d: &mut Diagnostics) -> Option<WrittenAffiliation> {
    let fields = Fields::of(node, &keys::AFFILIATION, d)?;
    let name = fields.text("name", d);
    let ror = fields.text("ror", d).and_then(|written| ror(&written, d));
    fields.finish_with(foreign::affiliation, d);
    if name.is_none() {
        let said = Diagnostic::new(&lints::MISSING_KEY, "this affiliation has no name");
        d.report(said.at(node.span).hint("write `affiliation: {name: …}`"));
    }
    Some(WrittenAffiliation { name: name?, ror })
}

/// The same of one whose faults are said where it stands.
fn quietly(node: &Node) -> Option<WrittenAffiliation> {
    one(node, &mut Diagnostics::default())
}

/// The values of a list, or the one value.
fn each(node: &Node) -> std::slice::Iter<'_, Node> {
    match &node.kind {
        Kind::List(items) => items.iter(),
        _ => std::slice::from_ref(node).iter(),
    }
}

fn value<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

/// An affiliation with its `id`.
fn id_of(node: &Node) -> Option<(&str, &Node)> {
    Some((value(node, "id")?.text()?.trim(), node))
}

/// A number of the Research Organization Registry: 0, six letters or digits, two digits.
pub(super) fn ror(written: &Written, d: &mut Diagnostics) -> Option<String> {
    let bare = written.text.trim_start_matches("https://").trim_start_matches("ror.org/");
    let right = bare.len() == 9
        && bare.starts_with('0')
        && bare.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
        && bare.bytes().skip(7).all(|b| b.is_ascii_digit());
    if !right {
        d.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{}\" is no number of the ROR", written.text))
                .at(written.span)
                .hint("copy it from ror.org: https://ror.org/03yrm5c26"),
        );
    }
    right.then(|| format!("https://ror.org/{bare}"))
}
