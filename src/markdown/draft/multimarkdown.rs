//! Definitions with attributes, as MultiMarkdown and Scrivener write them for pictures:
//! `[map]: map.png "A map" width=200px`. The attributes stand behind the pictures that ask for them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rewrite::{Rewrite, plain_lines};
use crate::markdown::fair::Fair;

/// The text with the attributes at the pictures; `None` where no definition has any.
pub(super) fn said_otherwise(raw: &Fair) -> Option<Fair> {
    let text = raw.text.as_str();
    if !text.contains("]: ") {
        return None;
    }
    let lines = plain_lines(text);
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut cuts: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    for line in &lines {
        let Some((label, at)) = definition(&text[line.clone()]) else { continue };
        let words = text[line.clone()].trim_end();
        found.insert(label.to_lowercase(), braces(&words[at..]));
        cuts.insert(line.start, line.start + words[..at].trim_end().len()..line.start + words.len());
    }
    if found.is_empty() {
        return None;
    }
    let mut copy = Rewrite::new(raw);
    for line in &lines {
        if let Some(cut) = cuts.get(&line.start) {
            copy.keep_to(cut.start);
            copy.skip_to(cut.end);
            continue;
        }
        for (at, _) in text[line.clone()].match_indices("![") {
            let Some((label, end)) = asked(&text[line.clone()], at) else { continue };
            let Some(braces) = found.get(&label.to_lowercase()) else { continue };
            copy.keep_to(line.start + end);
            copy.made(braces, (line.start + end).saturating_sub(1));
        }
    }
    copy.finish()
}

/// The label of a definition that has attributes, and where they begin.
fn definition(line: &str) -> Option<(&str, usize)> {
    let (label, rest) = line.strip_prefix('[')?.split_once("]: ")?;
    if label.is_empty() || label.starts_with('^') || label.contains(['[', ']']) {
        return None;
    }
    let rest = rest.trim();
    let start = line.len() - line.trim_end().len();
    let from = line.len() - start - rest.len();
    let after = rest.find(char::is_whitespace)?;
    let titled = rest[after..].trim_start();
    let attributes = match titled.strip_prefix('"') {
        Some(title) => title[title.rfind('"')? + 1..].trim_start(),
        None => titled,
    };
    // The title may hold the quotes of a value: `"A map" width="200px"`.
    let attributes = match titled.strip_prefix('"').and_then(|title| title.find("\" ").map(|end| &title[end + 2..])) {
        Some(rest) => rest.trim_start(),
        None => attributes,
    };
    let keys = attributes.split_whitespace().all(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        !value.is_empty() && !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
    });
    (keys && !attributes.is_empty()).then(|| (label, from + rest.len() - attributes.len()))
}

/// What of the attributes means something here; with a width the height follows.
fn braces(attributes: &str) -> String {
    let of = |name: &str| {
        let value = attributes.split_whitespace().find_map(|part| part.strip_prefix(name)?.strip_prefix('='))?;
        let value = value.trim_matches(['"', '\'']);
        let number = value.bytes().all(|byte| byte.is_ascii_digit());
        Some(format!("{{{name}={value}{}}}", if number { "px" } else { "" }))
    };
    of("width").or_else(|| of("height")).unwrap_or_default()
}

/// The label that the picture asks for which begins here, and where it ends.
fn asked(line: &str, at: usize) -> Option<(&str, usize)> {
    let close = at + line[at..].find(']')?;
    let words = &line[at + 2..close];
    match line[close + 1..].strip_prefix('[') {
        Some(inner) => {
            let end = inner.find(']')?;
            let label = if inner[..end].is_empty() { words } else { &inner[..end] };
            Some((label, close + 2 + end + 1))
        }
        None if line[close + 1..].starts_with(['(', '{']) => None,
        None => Some((words, close + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_definitions_stand_behind_pictures() {
        let raw = Fair::typed(
            "![][map] and ![Map] x\n\n[map]: map.png \"A map\" width=200px height=\"90\"\n[a]: a.png\n[Ann]: So what = x\n",
        );
        assert_eq!(
            said_otherwise(&raw).expect("said otherwise").text,
            "![][map]{width=200px} and ![Map]{width=200px} x\n\n[map]: map.png \"A map\"\n[a]: a.png\n[Ann]: So what = x\n"
        );
    }
}
