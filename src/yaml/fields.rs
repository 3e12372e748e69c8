//! Mappings whose keys are taken one by one, so that a key that nobody knows is said.

use super::table::Table;
use super::{Entry, Kind, Node, Written, nearest, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::Span;

/// A mapping whose keys are taken one by one; what stands in no table is unknown.
pub(crate) struct Fields<'a> {
    entries: &'a [Entry],
    table: &'static Table,
    /// Where the mapping stands.
    pub span: Span,
}

impl<'a> Fields<'a> {
    /// The fields of a node; `None` and a report when it is no mapping.
    pub fn of(node: &'a Node, table: &'static Table, diagnostics: &mut Diagnostics) -> Option<Fields<'a>> {
        match &node.kind {
            Kind::Map(entries) => Some(Fields { entries, table, span: node.span }),
            Kind::Null => Some(Fields { entries: &[], table, span: node.span }),
            _ => {
                let message = format!("{} is a mapping with keys, not {}", table.of, node.name());
                let mut said = Diagnostic::new(&lints::WRONG_VALUE, message).at(node.span);
                // As TOML has it.
                if node.text().is_some_and(|text| text.contains(" = ")) {
                    said = said.hint("write a colon in place of =: `title: \"Salt\"`");
                }
                diagnostics.report(said);
                None
            }
        }
    }

    /// The value of a key; nothing is as if it were not there.
    ///
    /// # Panics
    /// In debug builds, when the key stands in no table: the manual would not know it.
    pub fn take(&self, key: &'static str) -> Option<&'a Node> {
        debug_assert!(self.table.find(key).is_some(), "\"{key}\" is no key of {}", self.table.of);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (!matches!(entry.value.kind, Kind::Null)).then_some(&entry.value)
    }

    /// A text; `false` says that there is none.
    pub fn text(&self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Written> {
        let node = self.take(key).filter(|node| !matches!(node.kind, Kind::Bool(false)))?;
        text_of(node, key, diagnostics)
    }

    /// True or false.
    pub fn flag(&self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<bool> {
        let node = self.take(key)?;
        if node.truth().is_none() {
            let message = format!("\"{key}\" is true or false, not {}", node.name());
            let hint = format!("write {key}: true, or {key}: false, without quotes");
            diagnostics.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(node.span).hint(hint));
        }
        node.truth()
    }

    /// A list of texts; one text is a list of one, and commas part them when `commas` says so.
    pub fn texts(&self, key: &'static str, commas: bool, diagnostics: &mut Diagnostics) -> Vec<Written> {
        let Some(node) = self.take(key) else { return Vec::new() };
        match &node.kind {
            Kind::List(items) => items.iter().filter_map(|item| text_of(item, key, diagnostics)).collect(),
            Kind::Text(text) if commas => text
                .split(',')
                .map(|part| Written { text: part.trim().to_owned(), span: node.span })
                .filter(|part| !part.text.is_empty())
                .collect(),
            _ => text_of(node, key, diagnostics).into_iter().collect(),
        }
    }

    /// All keys, in order.
    pub fn entries(&self) -> &'a [Entry] {
        self.entries
    }

    /// Reports every key that stands in no table, with the nearest that could have been meant.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        self.finish_with(|_| None, diagnostics);
    }

    /// The same; `foreign` says of another tool's key what to write instead.
    pub fn finish_with(self, foreign: impl Fn(&str) -> Option<&'static str>, diagnostics: &mut Diagnostics) {
        let strange: Vec<_> = self.entries.iter().filter(|entry| self.table.find(&entry.key).is_none()).collect();
        // Beside several keys of another tool a key of nobody's is that tool's too.
        let of_another_tool = strange.iter().filter(|entry| foreign(&entry.key).is_some()).count() > 1;
        for entry in strange {
            let slip = nearest(&entry.key, self.table.all().map(|key| key.name)).is_some()
                || !self.table.around(&entry.key).is_empty();
            let instead =
                foreign(&entry.key).or((of_another_tool && !slip).then_some("recto does not know it; take it out"));
            let said = match instead {
                Some(instead) => {
                    Diagnostic::new(&lints::FOREIGN_KEY, format!("\"{}\" means nothing here", entry.key)).hint(instead)
                }
                None => self.unknown(&entry.key),
            };
            diagnostics.report(said.at(entry.key_span));
        }
    }

    fn unknown(&self, key: &str) -> Diagnostic {
        let said = Diagnostic::new(&lints::UNKNOWN_KEY, format!("\"{key}\" is not a key of this mapping"));
        let around = self.table.around(key);
        if let [first, more @ ..] = around.as_slice() {
            let others: String = more.iter().map(|other| format!(" or `{other}:`")).collect();
            return said.hint(format!("it stands within `{first}:`{others}: `{first}: {{{key}: …}}`"));
        }
        let longer = format!("{key}_");
        let longer: Vec<&str> =
            self.table.all().map(|known| known.name).filter(|known| known.starts_with(&longer)).collect();
        if longer.len() > 1 {
            return said.hint(format!("write the one that is meant: {}", longer.join(", ")));
        }
        if matches!(key, "name" | "base") && self.table.find("extends").is_some() {
            return said.hint("write `extends: report`, the name of the theme from which this one differs");
        }
        match nearest(key, self.table.all().map(|key| key.name)) {
            Some(near) => said.hint(format!("did you mean \"{near}\"?")),
            None => {
                let known: Vec<&str> = self.table.listed().map(|key| key.name).collect();
                said.hint(format!("known keys are {}", known.join(", ")))
            }
        }
    }
}
