//! YAML with places: serde_yaml reads the values, an event parser knows where they stand.
//!
//! serde_yaml keeps no places, stops at its first fault and points errors of types at the parent. So its values are
//! walked beside an index of places made from saphyr-parser's events, and become [`Node`]s that know both; typing them
//! is our own ([`Fields`]), collects all faults, and names each at its place.

mod faults;
mod fields;
mod lines;
mod slips;
pub(crate) mod table;

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser};
use serde_yaml::Value;

pub(crate) use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::{SourceId, Sources, Span, limits};
pub(crate) use fields::Fields;

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Nothing, or `null`.
    Null,
    /// True or false.
    Bool(bool),
    /// A text, or a number as it was written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in order.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// What kind of value it is, in the author's words.
    fn name(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "true or false",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a mapping with keys",
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Yes or no, in any of the words that YAML or people have for it; `none` is no.
    pub fn truth(&self) -> Option<bool> {
        match &self.kind {
            Kind::Bool(truth) => Some(*truth),
            Kind::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "yes" | "on" | "true" => Some(true),
                "no" | "off" | "false" | "none" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Where a value stands, as the events say.
#[derive(Clone, Debug)]
enum Places {
    Scalar(Span, String),
    List(Span, Vec<Places>),
    Map(Span, Vec<(String, Span, Places)>),
}

impl Places {
    /// How many values there are.
    fn count(&self) -> usize {
        match self {
            Places::Scalar(..) => 1,
            Places::List(_, items) => 1 + items.iter().map(Places::count).sum::<usize>(),
            Places::Map(_, entries) => 1 + entries.iter().map(|(_, _, value)| 1 + value.count()).sum::<usize>(),
        }
    }

    fn span(&self) -> Span {
        match self {
            Places::Scalar(span, _) | Places::List(span, _) | Places::Map(span, _) => *span,
        }
    }
}

/// Reads bytes `start..end` of a source as YAML. `None` when it cannot be read, which is reported.
pub(crate) fn read(
    sources: &Sources,
    source: SourceId,
    range: std::ops::Range<usize>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    read_as(&sources.file(source).text[range.clone()], source, range.start, diagnostics)
}

/// Reads a text as YAML whose letters stand as far from each other as in a source, where the first stands at `start`.
pub(crate) fn read_as(text: &str, source: SourceId, start: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let range = start..start + text.len();
    let whole = Span::new(source, range.start, range.end);
    if text.trim().is_empty() {
        return Some(Node { span: whole, kind: Kind::Map(Vec::new()) });
    }
    let (document, second) = faults::first_document(text);
    let text = &text[document];
    if let Some(second) = second {
        diagnostics.report(
            Diagnostic::new(&lints::YAML_SYNTAX, "a second document begins at this ---")
                .at(Span::new(source, range.start + second, range.start + second + 3))
                .hint("take the line out, so that everything stands in one"),
        );
    }
    let mut index = Index::new(text, source, range.start);
    let places = index.read();
    for (key, first, second) in &index.repeated {
        diagnostics.report(
            Diagnostic::new(&lints::YAML_SYNTAX, format!("\"{key}\" is said twice"))
                .at(*second)
                .label(*first, "the first time is here")
                .hint("keep one of the two"),
        );
    }
    let value: Value = match serde_yaml::from_str(text) {
        Ok(value) => value,
        Err(_) if !index.repeated.is_empty() => return None,
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index().min(text.len()));
            diagnostics.report(faults::explain(text, at, &error.to_string(), whole));
            return None;
        }
    };
    let Some(places) = places else {
        if let Some(at) = text.find(":\t") {
            diagnostics.report(
                Diagnostic::new(&lints::YAML_SYNTAX, "a tab stands after this colon")
                    .at(whole.within(at + 1, at + 2))
                    .hint("YAML wants a space there"),
            );
            return None;
        }
        diagnostics.report(
            Diagnostic::new(&lints::YAML_SYNTAX, "this cannot be read as YAML: it nests or repeats too much")
                .at(Span::new(source, range.start, range.start))
                .hint("write the values out, without & and *"),
        );
        return None;
    };
    let node = join(value, places);
    faults::misread(&node, text, range.start, diagnostics);
    Some(node)
}

fn join(value: Value, places: Places) -> Node {
    let span = places.span();
    let kind = match (value, places) {
        (Value::Null, _) => Kind::Null,
        (Value::Bool(truth), _) => Kind::Bool(truth),
        (Value::String(text), _) => Kind::Text(text),
        // A number keeps the form in which it was written: 2024-06 is no sum, 007 no seven.
        (Value::Number(_), Places::Scalar(_, written)) => Kind::Text(written),
        (Value::Number(number), _) => Kind::Text(number.to_string()),
        (Value::Sequence(values), Places::List(_, places)) => {
            Kind::List(values.into_iter().zip(places).map(|(value, place)| join(value, place)).collect())
        }
        (Value::Mapping(values), Places::Map(_, places)) => Kind::Map(
            values
                .into_iter()
                .zip(places)
                .map(|((_, value), (key, key_span, place))| Entry { key, key_span, value: join(value, place) })
                .collect(),
        ),
        (Value::Tagged(tagged), places) => return join(tagged.value, places),
        _ => Kind::Null,
    };
    Node { span, kind }
}

/// Makes the index of places.
struct Index<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    /// Byte offset of each character, and of the end.
    bytes: Vec<u32>,
    source: SourceId,
    offset: usize,
    anchors: BTreeMap<usize, Places>,
    /// Keys said twice: the key, the first place, the second.
    repeated: Vec<(String, Span, Span)>,
    /// How many values may still be made: aliases of aliases would fill any memory.
    left: usize,
    /// How many lists and mappings stand around.
    depth: usize,
}

impl<'a> Index<'a> {
    fn new(text: &'a str, source: SourceId, offset: usize) -> Index<'a> {
        let bytes = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        let parser = Parser::new_from_str(text);
        Index {
            parser,
            bytes,
            source,
            offset,
            anchors: BTreeMap::new(),
            repeated: Vec::new(),
            left: limits::YAML_VALUES,
            depth: 0,
        }
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        let byte = |index: usize| self.offset + *self.bytes.get(index).or(self.bytes.last()).unwrap_or(&0) as usize;
        Span::new(self.source, byte(span.start.index()), byte(span.end.index()))
    }

    /// The first document's places.
    fn read(&mut self) -> Option<Places> {
        loop {
            let (event, span) = self.parser.next_event()?.ok()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::StreamEnd | Event::DocumentEnd => return None,
                event => return self.value(event, span),
            }
        }
    }

    fn value(&mut self, event: Event<'a>, span: saphyr_parser::Span) -> Option<Places> {
        self.left = self.left.checked_sub(1)?;
        if self.depth > limits::YAML {
            return None;
        }
        self.depth += 1;
        let value = self.value_of(event, span);
        self.depth -= 1;
        value
    }

    fn value_of(&mut self, event: Event<'a>, span: saphyr_parser::Span) -> Option<Places> {
        let start = self.span(span);
        match event {
            Event::Alias(id) => {
                let found = self.anchors.get(&id)?;
                self.left = self.left.checked_sub(found.count())?;
                Some(found.clone())
            }
            Event::Scalar(text, _, anchor, _) => {
                let places = Places::Scalar(start, text.to_string());
                Some(self.keep(anchor, places))
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.parser.next_event()?.ok()?;
                    if event == Event::SequenceEnd {
                        break;
                    }
                    items.push(self.value(event, span)?);
                }
                let last = items.last().map_or(start, Places::span);
                Some(self.keep(anchor, Places::List(start.to(last), items)))
            }
            Event::MappingStart(anchor, _) => {
                let mut entries: Vec<(String, Span, Places)> = Vec::new();
                let mut known: BTreeMap<String, Span> = BTreeMap::new();
                loop {
                    let (event, span) = self.parser.next_event()?.ok()?;
                    if event == Event::MappingEnd {
                        break;
                    }
                    let key_span = self.span(span);
                    let key = match self.value(event, span)? {
                        Places::Scalar(_, text) => text,
                        _ => String::new(),
                    };
                    let (event, span) = self.parser.next_event()?.ok()?;
                    let value = self.value(event, span)?;
                    match known.get(&key) {
                        Some(first) => self.repeated.push((key.clone(), *first, key_span)),
                        None => drop(known.insert(key.clone(), key_span)),
                    }
                    entries.push((key, key_span, value));
                }
                let last = entries.last().map_or(start, |(_, _, value)| value.span());
                Some(self.keep(anchor, Places::Map(start.to(last), entries)))
            }
            _ => None,
        }
    }

    fn keep(&mut self, anchor: usize, places: Places) -> Places {
        if anchor > 0 {
            self.anchors.insert(anchor, places.clone());
        }
        places
    }
}

/// A text and its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The text of a node, or a report.
pub(crate) fn text_of(node: &Node, what: &str, diagnostics: &mut Diagnostics) -> Option<Written> {
    match &node.kind {
        Kind::Text(text) => Some(Written { text: text.trim().to_owned(), span: node.span }),
        Kind::Bool(truth) => Some(Written { text: truth.to_string(), span: node.span }),
        Kind::Null => None,
        _ => {
            let message = format!("\"{what}\" is a text, not {}", node.name());
            let hint =
                format!("write {what}: \"…\", on one line; a longer text stands below {what}: |, two columns in");
            diagnostics.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(node.span).hint(hint));
            None
        }
    }
}

/// Reports a value of the wrong kind.
pub(crate) fn wrong(node: &Node, message: &str, diagnostics: &mut Diagnostics) {
    diagnostics.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(node.span));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Sources, Option<Node>, Diagnostics) {
        let mut sources = Sources::new();
        let id = sources.add("metadata.yaml", text.to_owned());
        let mut diagnostics = Diagnostics::new();
        let node = read(&sources, id, 0..text.len(), &mut diagnostics);
        (sources, node, diagnostics)
    }

    #[test]
    fn every_value_knows_its_place() {
        let (sources, node, _) = read_text("title: Über\nauthors:\n  - name: Ann\n    orcid: 007\n");
        let node = node.expect("it can be read");
        let Kind::Map(entries) = &node.kind else { panic!() };
        let Kind::List(authors) = &entries[1].value.kind else { panic!() };
        let Kind::Map(author) = &authors[0].kind else { panic!() };
        assert_eq!(author[1].value.text(), Some("007"));
        let at = sources.start(author[1].value.span);
        assert_eq!((at.line, at.column), (4, 12));
    }

    #[test]
    fn a_key_said_twice_and_bad_syntax_are_said_at_their_places() {
        let (sources, node, diagnostics) = read_text("title: A\ndate: 2024\ntitle: B\n");
        assert!(node.is_none());
        let said = diagnostics.iter().next().expect("one");
        assert_eq!(said.message, "\"title\" is said twice");
        assert_eq!(said.span.map(|span| sources.start(span).line), Some(3));
        let (sources, node, diagnostics) = read_text("title: A: B\n");
        assert!(node.is_none());
        let said = diagnostics.iter().next().expect("one");
        assert_eq!(said.span.map(|span| sources.start(span).line), Some(1));
    }
}
