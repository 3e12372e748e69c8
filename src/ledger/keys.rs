//! The keys of YAML, as far as words go: which values are words for readers, and which are for recto.

use std::ops::Range;

use super::Account;
use super::place::{Place, Region};
use crate::book::DivisionKind;
use crate::source::SourceFile;

/// What a piece of YAML is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// The metadata of a manuscript.
    Metadata,
    /// The front matter of a section, which may be all the metadata there is.
    Section,
    /// What a house says below it, which the manuscript may say otherwise.
    House,
    /// Looks.
    Theme,
    /// What is drawn between the fences of a chart.
    Chart,
}

/// The keys at the top whose values hold words for readers.
const FOR_READERS: &[&str] = &[
    "title",
    "subtitle",
    "short_title",
    "short-title",
    "series",
    "version",
    "corrections",
    "author",
    "authors",
    "affiliations",
    "contributors",
    "publisher",
    "rights",
    "description",
    "abstract",
    "keywords",
    "how_to_cite",
    "disclaimer",
    "funding",
    "related",
    "partners",
    "back_cover",
    "images",
    "cover",
    "contents",
    "notes",
];

/// The keys of a chart whose values stand in it, beside it or in its table.
const OF_CHARTS: &[&str] = &["title", "unit", "alt", "note", "source", "credit", "events", "data", "y"];

/// Keys inside them whose values are not.
const INSIDE: &[&str] = &[
    "image",
    "large",
    "logo",
    "photo",
    "url",
    "email",
    "orcid",
    "ror",
    "id",
    "ref",
    "role",
    "focus",
    "layout",
    "licence",
    "license",
    "issn",
    "doi",
    "isbn",
    "date",
    "language",
    "decorative",
    "depth",
    "lists",
    "style",
    "numbering",
    "award",
    "funder",
    "text_mining",
    "shown",
    "strip",
    "og",
    "title_lines",
];

/// Keys of a section with words for readers.
const OF_SECTIONS: &[&str] = &["title", "short_title", "authors", "author"];

/// Keys whose words make a part of the book, which a section of that kind takes the place of.
const PARTS: &[(&str, DivisionKind)] = &[
    ("bio", DivisionKind::AboutTheAuthor),
    ("about", DivisionKind::AboutTheInstitute),
    ("how_to_cite", DivisionKind::HowToCite),
    ("disclaimer", DivisionKind::Disclaimer),
    ("funding", DivisionKind::Funding),
    ("related", DivisionKind::Related),
];

/// Attributes in braces whose values are words for readers.
pub(super) fn is_for_readers(attribute: &str) -> bool {
    matches!(
        attribute,
        "alt"
            | "fig-alt"
            | "fig-cap"
            | "tbl-cap"
            | "lst-cap"
            | "cap"
            | "caption"
            | "title"
            | "short"
            | "filename"
            | "value"
            | "label"
            | "attribution"
            | "source"
            | "credit"
            | "for"
            | "unit"
            | "spanner"
            | "fig-scap"
            | "summary"
    )
}

/// What is said of a key is said of its value: where the entry ends whose key ends here; else the same place.
pub(super) fn end_of_entry(file: &SourceFile, at: u32) -> u32 {
    let text = file.text.as_str();
    let at = at as usize;
    let is_key = text.get(at..).is_some_and(|rest| rest.starts_with(':')) && is_yaml(&file.path, text, at);
    if !is_key {
        return at as u32;
    }
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let before = &text[start..at];
    if before.contains(['{', ',']) {
        return (at + text[at..].find([',', '}', '\n']).unwrap_or(text.len() - at)) as u32;
    }
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let column = indent(before);
    let mut end = at + text[at..].find('\n').unwrap_or(text.len() - at);
    for line in text[end..].split_inclusive('\n').skip(1) {
        if !line.trim().is_empty() && indent(line) <= column {
            break;
        }
        end += line.len();
    }
    end.min(text.len()) as u32
}

/// Whether a place is in YAML: a file of it, or front matter.
fn is_yaml(path: &str, text: &str, at: usize) -> bool {
    let start = text.len() - text.trim_start_matches([' ', '\t', '\n', '\u{feff}']).len();
    let rest = &text[start..];
    let front = rest.starts_with("---") && rest[3..].find("\n---").is_some_and(|end| at < start + 3 + end);
    front || path.ends_with(".yaml") || path.ends_with(".yml")
}

/// What a value is.
fn place(kind: Kind, path: &[String]) -> Place {
    let (Some(top), Some(last)) = (path.first(), path.last()) else { return Place::Machine };
    let inside = path[1..].iter().any(|key| INSIDE.contains(&key.as_str()));
    let only_a_title = matches!(top.as_str(), "notes" | "contents");
    let words = FOR_READERS.contains(&top.as_str()) && !inside && (last == "title" || !only_a_title);
    let part = path.iter().find_map(|key| PARTS.iter().find(|(name, _)| name == key));
    match (kind, words) {
        (Kind::Metadata | Kind::Section, true) if part.is_some() => {
            part.map_or(Place::Machine, |(_, kind)| Place::Part(*kind))
        }
        (Kind::Theme, _) => Place::Machine,
        // What holds for the book means nothing in a section, and its key is said.
        (Kind::Section, true) if !OF_SECTIONS.contains(&top.as_str()) => Place::Fact,
        (Kind::Chart, _) if OF_CHARTS.contains(&top.as_str()) && last == "at" => Place::Machine,
        (Kind::Chart, _) if OF_CHARTS.contains(&top.as_str()) => Place::Held(Account::Shown),
        (Kind::Chart, _) => Place::Machine,
        (_, false) => match top.as_str() {
            "theme" | "editions" | "sections" | "allow" | "inherit" | "parts" => Place::Machine,
            _ => Place::Fact,
        },
        (_, true) => Place::Held(Account::Metadata),
    }
}

/// Notes what the values and keys of some YAML are for; whether it keeps its section back from some editions.
pub(super) fn scan(text: &str, range: Range<usize>, kind: Kind, regions: &mut Vec<Region>) -> bool {
    let mut scanner = Scanner { text, kind, regions, path: Vec::new(), block: None, kept_back: false };
    let mut at = range.start;
    while at < range.end {
        let end = text[at..range.end].find('\n').map_or(range.end, |length| at + length);
        scanner.line(at, end);
        at = end + 1;
    }
    let kept_back = scanner.kept_back;
    if kind == Kind::House {
        // What the manuscript says otherwise is kept back.
        regions.push(Region { range, place: Place::Hidden });
    }
    kept_back
}

struct Scanner<'a, 'r> {
    text: &'a str,
    kind: Kind,
    regions: &'r mut Vec<Region>,
    /// The keys around, with their indents.
    path: Vec<(usize, String)>,
    /// The indent of the key whose value is a block of lines.
    block: Option<usize>,
    kept_back: bool,
}

impl Scanner<'_, '_> {
    fn note(&mut self, range: Range<usize>, place: Place) {
        if range.start < range.end {
            self.regions.push(Region { range, place });
        }
    }

    fn line(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let indent = bytes[start..end].iter().take_while(|byte| **byte == b' ').count();
        let mut at = start + indent;
        if at >= end {
            return;
        }
        if let Some(key) = self.block {
            if indent > key {
                return self.value(at..end, &[]);
            }
            self.block = None;
        }
        if bytes[at] == b'#' || self.text[at..end].starts_with("---") {
            return self.note(at..end, Place::Hidden);
        }
        // The dashes of items indent what follows them.
        while bytes[at] == b'-' && at + 1 < end && bytes[at + 1] == b' ' {
            at += 1;
            while at + 1 < end && bytes[at] == b' ' {
                at += 1;
            }
        }
        let column = at - start;
        match self.key(at, end) {
            Some((name, after)) => {
                self.path.retain(|(other, _)| *other < column);
                self.note(at..after, Place::Machine);
                self.path.push((column, name.clone()));
                let value = self.text[after..end].trim();
                if value.starts_with(['|', '>']) && value.len() < 5 {
                    self.block = Some(column);
                    return;
                }
                let said = !matches!(value, "" | "false" | "no");
                self.kept_back |=
                    said && self.kind == Kind::Section && matches!(name.as_str(), "draft" | "edition" | "editions");
                self.value(after..end, &[]);
            }
            None => {
                self.path.retain(|(other, _)| *other < column.max(1));
                self.value(at..end, &[]);
            }
        }
    }

    /// `key:` at the beginning of a text, its name and where its value begins.
    fn key(&self, at: usize, end: usize) -> Option<(String, usize)> {
        let rest = &self.text[at..end];
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''));
        let (name, length) = match quote {
            Some(quote) => {
                let inner = rest[1..].find(quote)?;
                (&rest[1..1 + inner], inner + 2)
            }
            None => {
                let colon = rest.find(": ").or_else(|| rest.strip_suffix(':').map(str::len))?;
                (&rest[..colon], colon)
            }
        };
        let after = rest[length..].strip_prefix(':')?;
        let sound = quote.is_some() || !name.contains(['{', '[', ',', '"', '#', '“']);
        (sound && (after.is_empty() || after.starts_with(' '))).then(|| (name.trim().to_owned(), at + length + 1))
    }

    /// A value, or a line of one; maps and lists on one line are gone through.
    fn value(&mut self, range: Range<usize>, inside: &[String]) {
        let text = self.text;
        let bytes = text.as_bytes();
        let flow =
            self.block.is_none() && matches!(text[range.clone()].trim_start().as_bytes().first(), Some(b'{' | b'['));
        let keys = |inside: &[String], path: &[(usize, String)]| -> Vec<String> {
            path.iter().map(|(_, key)| key.clone()).chain(inside.iter().cloned()).collect()
        };
        let mut path: Vec<String> = inside.to_vec();
        let mut from = range.start;
        let mut at = range.start;
        let mut quote = None;
        let mut depths: Vec<usize> = Vec::new();
        while at < range.end {
            let byte = bytes[at];
            match (byte, quote) {
                (b'<', _) if text[at..range.end].starts_with("<br") => self.note(at..at + 3, Place::Machine),
                (b'\\', Some(b'"')) => {
                    // `\n`, `\u00e9`: no letters as they stand.
                    let digits = match bytes.get(at + 1) {
                        Some(b'x') => 2,
                        Some(b'u') => 4,
                        Some(b'U') => 8,
                        _ => 0,
                    };
                    self.note(at + 1..(at + 2 + digits).min(range.end), Place::Machine);
                    at += 1;
                }
                (letter, Some(open)) if letter == open => quote = None,
                (_, Some(_)) => {}
                (b'"' | b'\'', None) if at == range.start || !bytes[at - 1].is_ascii_alphanumeric() => {
                    quote = Some(byte)
                }
                (b'#', None) if self.block.is_none() && at > range.start && bytes[at - 1] == b' ' => {
                    self.note(at..range.end, Place::Hidden);
                    break;
                }
                (b'{', None) if flow => depths.push(path.len()),
                (b'}', None) if flow => {
                    let place = match is_switch(&text[from..at]) {
                        true => Place::Fact,
                        false => place(self.kind, &keys(&path, &self.path)),
                    };
                    self.note(from..at, place);
                    from = at;
                    path.truncate(depths.pop().unwrap_or(0));
                }
                (b',', None) if flow => {
                    let place = match is_switch(&text[from..at]) {
                        true => Place::Fact,
                        false => place(self.kind, &keys(&path, &self.path)),
                    };
                    self.note(from..at, place);
                    from = at;
                    if let Some(depth) = depths.last()
                        && bytes[..at].iter().rev().find(|byte| matches!(byte, b'[' | b']' | b'{' | b'}' | b':'))
                            != Some(&b'[')
                    {
                        path.truncate(*depth);
                    }
                }
                (b':', None) if flow && !depths.is_empty() && bytes.get(at + 1).is_none_or(|next| *next == b' ') => {
                    let begin = text[from..at].rfind(['{', ',']).map_or(from, |back| from + back + 1);
                    let name = text[begin..at].trim().trim_matches(['"', '\'']).to_owned();
                    self.note(begin..at, Place::Machine);
                    path.truncate(*depths.last().unwrap_or(&0));
                    path.push(name);
                    from = at;
                }
                _ => {}
            }
            at += 1;
        }
        let value = text[from..at.min(range.end)].trim();
        let names_a_file = !value.contains(char::is_whitespace)
            && [".md", ".yaml", ".png", ".jpg", ".svg", ".csv", ".tsv"].iter().any(|ending| value.ends_with(ending));
        let place = match value {
            _ if is_switch(value) => Place::Fact,
            _ if names_a_file => Place::Machine,
            _ => place(self.kind, &keys(&path, &self.path)),
        };
        self.note(from..at.min(range.end), place);
    }
}

/// Whether a value only says that something is so, is not, or is left to recto.
fn is_switch(value: &str) -> bool {
    let value = value.trim_matches([' ', ':', ',', '{', '[', ']', '}', '"', '\'']);
    matches!(
        value.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "none" | "auto" | "null" | "~"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn what_is_said_of_a_key_is_said_of_its_value() {
        let text = "a: 1\nb:\n  c: one\n\n  d: {e: two, f: three}\ng: four\n";
        let mut sources = Sources::new();
        let id = sources.add("metadata.yaml", text.to_owned());
        let entry = |key: &str| {
            let at = text.find(key).expect("it is there");
            &text[at..end_of_entry(sources.file(id), (at + key.len() - 1) as u32) as usize]
        };
        assert_eq!(entry("a:"), "a: 1");
        assert_eq!(entry("b:").trim_end(), "b:\n  c: one\n\n  d: {e: two, f: three}");
        assert_eq!((entry("e:"), entry("f:")), ("e: two", "f: three"));
    }

    fn of(text: &str) -> Vec<(&str, Place)> {
        let mut regions = Vec::new();
        scan(text, 0..text.len(), Kind::Metadata, &mut regions);
        regions
            .into_iter()
            .map(|region| (text[region.range].trim_matches(|c: char| !c.is_alphanumeric()), region.place))
            .filter(|(text, _)| !text.is_empty())
            .collect()
    }

    #[test]
    fn words_for_readers_must_be_held_and_the_rest_is_facts_and_keys() {
        use Place::*;
        let held = Held(Account::Metadata);
        assert_eq!(
            of(
                "title: The Sea # really\nauthors:\n  - name: Ann\n    photo: a.jpg\n    bio: >-\n      Writes: a lot.\ndate: 2024\n"
            ),
            [
                ("title", Machine),
                ("really", Hidden),
                ("The Sea", held),
                ("authors", Machine),
                ("name", Machine),
                ("Ann", held),
                ("photo", Machine),
                ("a.jpg", Machine),
                ("bio", Machine),
                ("Writes: a lot", Part(DivisionKind::AboutTheAuthor)),
                ("date", Machine),
                ("2024", Fact),
            ]
        );
        assert_eq!(
            of("publisher: {name: The House, url: https://a.org, place: Oslo}\n"),
            [
                ("publisher", Machine),
                ("name", Machine),
                ("The House", held),
                ("url", Machine),
                ("https://a.org", Fact),
                ("place", Machine),
                ("Oslo", held),
            ]
        );
    }
}
