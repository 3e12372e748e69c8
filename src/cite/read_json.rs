//! Reads CSL JSON: what Zotero and citeproc-js exchange, with the liberties that they take.

use std::ops::Range;

use serde_json::Value as Json;

use crate::cite::date::{Date, Day};
use crate::cite::found::{Fault, Found};
use crate::cite::work::{DATES, KINDS, NAMES, Name, Value, Work};

/// Reads a file: a list of items, alone or under `items` or `references`, or one item. An item that cannot be read fails
/// no other.
pub fn read(text: &str) -> Found {
    let mut found = Found::default();
    let places = items(text);
    if places.is_empty() {
        if !text.trim_start_matches(['\u{feff}', ' ', '\n', '\t', '[']).starts_with(']') {
            found.faults.push(Fault {
                at: 0..text.chars().next().map_or(0, char::len_utf8),
                what: "this is no list of works in CSL JSON".to_owned(),
                hint: "export it anew as CSL JSON, or as BibLaTeX into a .bib file",
                lost: true,
            });
        }
        return found;
    }
    for place in places {
        let written = &text[place.clone()];
        match serde_json::from_str::<serde_json::Map<String, Json>>(written) {
            Ok(map) => {
                let work = item(&map);
                let key = key_place(written)
                    .map_or(place.start..place.start + 1, |key| place.start + key.start..place.start + key.end);
                if work.key.is_empty() {
                    found.faults.push(Fault {
                        at: place.start..place.start + 1,
                        what: "this work has no `id`".to_owned(),
                        hint: "write \"id\": \"smith2020\": it is what [@smith2020] cites",
                        lost: true,
                    });
                } else {
                    let doubts = doubts(&map).into_iter();
                    found.faults.extend(doubts.map(|(what, hint)| Fault { at: key.clone(), what, hint, lost: false }));
                    found.works.push((work, key));
                }
            }
            Err(error) => {
                let at = place.start + offset(written, error.line(), error.column());
                let end = text[at..].chars().next().map_or(at, |letter| at + letter.len_utf8());
                found.faults.push(Fault {
                    at: at..end,
                    what: "this work cannot be read: here its JSON is broken".to_owned(),
                    hint: "look for a missing comma or quotation mark just before; or export the file anew",
                    lost: true,
                });
            }
        }
    }
    found
}

/// Where each item of a file stands. What is not closed goes up to the end.
fn items(text: &str) -> Vec<Range<usize>> {
    let list = text.find('[').filter(|at| {
        let before = text[..*at].trim_start_matches('\u{feff}').trim();
        before.is_empty() || (before.starts_with('{') && !before[1..].contains('{') && names_a_list(before))
    });
    let from = match list {
        Some(at) => at + 1,
        None if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') => 0,
        None => return Vec::new(),
    };
    let mut places = Vec::new();
    let mut depth = 0_usize;
    let mut open = 0;
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            // What follows the list belongs to what holds it.
            b']' if depth == 0 && list.is_some() => break,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && open >= from {
                    places.push(open..at + 1);
                    open = at + 1;
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        places.push(open..text.len());
    }
    places
}

fn names_a_list(before: &str) -> bool {
    let name = before.trim_end_matches([' ', '\n', '\t', '\r', ':']);
    ["\"items\"", "\"references\""].iter().any(|list| name.ends_with(list))
}

/// Where the value of `id` stands in an item.
fn key_place(item: &str) -> Option<Range<usize>> {
    let name = item.find("\"id\"")?;
    let colon = name + 4 + item[name + 4..].find(':')?;
    let rest = &item[colon + 1..];
    let start = colon + 1 + rest.len() - rest.trim_start().len();
    let length = match item[start..].strip_prefix('"') {
        Some(inner) => inner.find('"')? + 2,
        None => item[start..].find([',', '}', '\n'])?,
    };
    Some(start..start + length)
}

/// The byte of a line and a column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (start + column.saturating_sub(1)).min(text.len().saturating_sub(1));
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Reads one item.
pub fn item(item: &serde_json::Map<String, Json>) -> Work {
    let mut work = Work::default();
    for (name, value) in item {
        match name.as_str() {
            "id" => work.key = scalar(value).unwrap_or_default(),
            "type" => work.kind = scalar(value).unwrap_or_default(),
            name => {
                let name = match name {
                    "shortTitle" => "title-short",
                    "journalAbbreviation" => "container-title-short",
                    name => name,
                };
                if let Some(value) = field(name, value) {
                    work.fields.insert(name.to_owned(), value);
                }
            }
        }
    }
    cheats(&mut work);
    if work.kind.is_empty() {
        "document".clone_into(&mut work.kind);
    }
    derive(&mut work);
    work
}

/// What of an item cannot be read, each with a hint.
pub fn doubts(item: &serde_json::Map<String, Json>) -> Vec<(String, &'static str)> {
    let key = item.get("id").and_then(scalar).unwrap_or_default();
    let unread = item.iter().filter(|(name, value)| {
        !matches!(name.as_str(), "id" | "type" | "custom" | "categories" | "note")
            && !value.is_null()
            && field(name, value).is_none_or(|read| match read {
                Value::Names(names) => names.is_empty(),
                Value::Date(date) => date.is_empty(),
                Value::Text(_) => false,
            })
            && value.as_array().is_none_or(|list| !list.is_empty())
    });
    let mut doubts: Vec<(String, &'static str)> = unread
        .map(|(name, _)| {
            let hint = match name.as_str() {
                name if NAMES.contains(&name) => {
                    "names are a list: `[{family: Smith, given: Jane}, {literal: World Bank}]`"
                }
                name if DATES.contains(&name) => "write a date as `{date-parts: [[2019, 5, 31]]}`",
                _ => "write words or a number",
            };
            (format!("`{name}` of \"{key}\" cannot be read"), hint)
        })
        .collect();
    let kind = item.get("type").and_then(scalar).unwrap_or_default();
    if !kind.is_empty() && !KINDS.contains(&kind.as_str()) {
        let what = format!("\"{key}\" is of a type that CSL does not know: \"{kind}\"");
        doubts.push((what, "the types are those of CSL: book, chapter, article-journal, report, thesis, webpage …"));
    }
    doubts
}

/// What follows from other fields.
pub fn derive(work: &mut Work) {
    if !work.fields.contains_key("page-first")
        && let Some(page) = work.text("page")
    {
        let first = page.split(['-', '–', ',', '&', ' ']).next().unwrap_or("").to_owned();
        if !first.is_empty() {
            work.fields.insert("page-first".to_owned(), Value::Text(first));
        }
    }
    // Styles from before CSL 1.0.2 know an event by its old name.
    if let (Some(title), false) = (work.fields.get("event-title").cloned(), work.has("event")) {
        work.fields.insert("event".to_owned(), title);
    }
}

fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(_) | Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

fn field(name: &str, value: &Json) -> Option<Value> {
    if NAMES.contains(&name) {
        return Some(Value::Names(value.as_array()?.iter().filter_map(person).collect()));
    }
    if DATES.contains(&name) {
        return Some(Value::Date(date(value)?));
    }
    scalar(value).map(Value::Text)
}

fn truth(value: Option<&Json>) -> bool {
    match value {
        Some(Json::Bool(truth)) => *truth,
        Some(Json::Number(number)) => number.as_f64() != Some(0.0),
        Some(Json::String(text)) => !matches!(text.as_str(), "" | "0" | "false"),
        _ => false,
    }
}

/// Reads a name.
pub fn person(value: &Json) -> Option<Name> {
    let map = value.as_object()?;
    let of = |name: &str| map.get(name).and_then(scalar).unwrap_or_default();
    let literal = map.get("literal").and_then(scalar).filter(|literal| !literal.is_empty());
    let fixed = map.get("parse-names").is_some_and(|value| !truth(Some(value)));
    let mut name = Name {
        family: of("family"),
        given: of("given"),
        dropping: of("dropping-particle"),
        non_dropping: of("non-dropping-particle"),
        suffix: of("suffix"),
        comma_suffix: truth(map.get("comma-suffix")),
        literal,
        fixed,
        static_order: truth(map.get("static-ordering")),
    };
    if !fixed {
        particles(&mut name);
    }
    (name != Name::default()).then_some(name)
}

/// Finds the particles that stand in the surname and behind the given name.
pub fn particles(name: &mut Name) {
    if name.literal.is_some() {
        return;
    }
    if name.non_dropping.is_empty()
        && let Some(length) = leading_particle(&name.family)
    {
        name.non_dropping = name.family[..length].trim_end().to_owned();
        name.family = name.family[length..].to_owned();
    }
    if name.suffix.is_empty()
        && let Some((given, suffix)) = name.given.split_once(',')
    {
        let suffix = suffix.trim_start();
        let comma = suffix.starts_with('!');
        name.suffix = suffix.trim_start_matches('!').trim().to_owned();
        name.comma_suffix |= comma;
        name.given = given.to_owned();
    }
    if name.dropping.is_empty()
        && let Some(at) = trailing_particle(&name.given)
    {
        name.dropping = name.given[at..].trim_start().to_owned();
        name.given = name.given[..at].trim_end().to_owned();
    }
    if name.family.len() > 1 && name.family.starts_with('"') && name.family.ends_with('"') {
        name.family = name.family[1..name.family.len() - 1].to_owned();
        name.fixed = true;
    }
}

/// The length of what stands before a surname in small letters: "van der ", "d'", "al-".
fn leading_particle(family: &str) -> Option<usize> {
    let mut length = 0;
    loop {
        let rest = &family[length..];
        let word = rest.find(' ').map_or(rest, |end| &rest[..end]);
        let first = word.chars().next()?;
        if !(first.is_lowercase() || matches!(first, '\'' | '’' | '‘' | 'ʾ' | 'ʿ')) {
            break;
        }
        if let Some(at) = word
            .find(['\'', '’', '-', '–'])
            .filter(|at| *at > 0 && *at <= 4 && word[..*at].chars().all(char::is_lowercase))
        {
            let end = at + word[at..].chars().next().map_or(1, char::len_utf8);
            if end < word.len() && word[end..].chars().next().is_some_and(char::is_uppercase) {
                length += end;
                break;
            }
        }
        if word.chars().any(char::is_uppercase) || word.len() == rest.len() {
            break;
        }
        length += word.len() + 1;
    }
    (length > 0 && length < family.len()).then_some(length)
}

/// Where the words in small letters begin that end a given name.
fn trailing_particle(given: &str) -> Option<usize> {
    let mut at = given.len();
    while let Some(start) = given[..at].rfind(' ') {
        let word = &given[start + 1..at];
        let small = word.chars().next().is_some_and(|first| first.is_lowercase() || matches!(first, '\'' | '’'))
            && !word.chars().any(char::is_uppercase)
            && !word.ends_with('.');
        if !small {
            break;
        }
        at = start;
    }
    (at < given.len()).then_some(at)
}

/// Reads a date.
pub fn date(value: &Json) -> Option<Date> {
    if let Some(text) = scalar(value) {
        return Some(Date::read(&text));
    }
    let map = value.as_object()?;
    let of = |name: &str| map.get(name).and_then(scalar).filter(|text| !text.is_empty());
    let mut date = Date::default();
    let days: Vec<Day> = map.get("date-parts").and_then(Json::as_array).into_iter().flatten().filter_map(day).collect();
    if let Some(first) = days.first() {
        date.start = *first;
        date.end = days.get(1).copied();
    } else if let Some(raw) = of("raw") {
        date = Date::read(&raw);
    } else if let Some(year) = of("year") {
        date = Date::read(&year);
    }
    if let Some(season) = of("season") {
        match season.trim_start_matches("season-").parse::<u8>() {
            Ok(number @ 1..=4) => date.start.month = number + 12,
            Ok(number @ 13..=16) => date.start.month = number,
            _ => {
                if let Some(month) = crate::cite::date::month(&season) {
                    date.start.month = month;
                } else {
                    date.literal = Some(format!("{season} {}", date.start.year));
                }
            }
        }
    }
    if let Some(literal) = of("literal") {
        date.literal = Some(literal);
    }
    date.circa |= truth(map.get("circa"));
    Some(date)
}

fn day(value: &Json) -> Option<Day> {
    let parts = value.as_array()?;
    let number =
        |at: usize| -> i32 { parts.get(at).and_then(scalar).and_then(|text| text.trim().parse().ok()).unwrap_or(0) };
    let small = |at: usize| u8::try_from(number(at)).unwrap_or(0);
    let mut month = small(1);
    if (21..=24).contains(&month) {
        month -= 8;
    }
    Some(Day { year: number(0), month: month.min(16), day: small(2) })
}

/// Reads the lines `key: value` of a note, and `{:key: value}`: how people tell Zotero what it has no field for.
fn cheats(work: &mut Work) {
    let Some(note) = work.text("note").map(str::to_owned) else { return };
    let mut left = Vec::new();
    let mut top = true;
    for line in note.lines() {
        let pair = line.split_once(':').map(|(name, value)| (name.trim(), value.trim()));
        match pair {
            Some((name, value)) if top && is_variable(name) && !value.is_empty() => cheat(work, name, value),
            _ => {
                // The first line may be words; after that, pairs end with the first line that is none.
                top &= left.is_empty() && line.trim().is_empty() || left.is_empty();
                left.push(line);
            }
        }
    }
    let mut rest = left.join("\n");
    while let Some(at) = rest.find("{:") {
        let Some(end) = rest[at..].find('}') else { break };
        let inner = rest[at + 2..at + end].to_owned();
        if let Some((name, value)) = inner.split_once(':') {
            cheat(work, name.trim(), value.trim());
        }
        rest.replace_range(at..at + end + 1, "");
    }
    let rest = rest.trim();
    if rest.is_empty() {
        work.fields.remove("note");
    } else {
        work.fields.insert("note".to_owned(), Value::Text(rest.to_owned()));
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b' ' | b'_'))
        && (name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            || matches!(name, "DOI" | "URL" | "ISBN" | "ISSN" | "PMID" | "PMCID"))
}

fn cheat(work: &mut Work, name: &str, value: &str) {
    if name == "type" {
        value.clone_into(&mut work.kind);
    } else if NAMES.contains(&name) {
        let mut person = Name::default();
        match value.split_once("||") {
            Some((family, given)) => {
                family.trim().clone_into(&mut person.family);
                given.trim().clone_into(&mut person.given);
                particles(&mut person);
            }
            None => person.literal = Some(value.to_owned()),
        }
        match work.fields.get_mut(name) {
            Some(Value::Names(names)) => names.push(person),
            _ => {
                work.fields.insert(name.to_owned(), Value::Names(vec![person]));
            }
        }
    } else if DATES.contains(&name) {
        work.fields.insert(name.to_owned(), Value::Date(Date::read(value)));
    } else if !work.has(name) {
        work.fields.insert(name.to_owned(), Value::Text(value.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_stand_in_what_a_program_wraps_around_it() {
        for text in [
            r#"{"items": [{"id": "a", "type": "book"}, {"id": "b"}], "total": {"n": 2}}"#,
            r#"[{"id": "a", "type": "book"}, {"id": "b"}]"#,
        ] {
            let found = read(text);
            assert!(found.faults.is_empty(), "{:?}", found.faults);
            assert_eq!(found.works.iter().map(|(work, _)| work.key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        }
    }

    #[test]
    fn what_cannot_be_read_of_a_work_is_said() {
        let text = r#"[{"id": "a", "type": "buch", "author": "Smith, J", "issued": {"date-parts": [["x"]]}, "title": 5, "page": ["1"]}]"#;
        let found = read(text);
        let said: Vec<&str> = found.faults.iter().map(|fault| fault.what.as_str()).collect();
        for what in ["`author` of \"a\" cannot", "`issued` of \"a\" cannot", "`page` of \"a\" cannot", "\"buch\""] {
            assert!(said.iter().any(|said| said.contains(what)), "{what}: {said:?}");
        }
        assert_eq!((said.len(), found.works[0].0.text("title")), (4, Some("5")));
    }
}
