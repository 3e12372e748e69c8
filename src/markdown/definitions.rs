//! Definitions: the lines that say where links lead, apart from the words that ask for them.

use std::collections::BTreeSet;
use std::ops::Range;

/// The definitions that every stretch of a section must know: links as written, and a stand-in for each note, since
/// pulldown-cmark takes a call for letters when it sees no definition.
pub(super) fn definitions(body: &str) -> String {
    let mut out = String::from("\n\n");
    let mut code: Option<&str> = None;
    for line in body.lines() {
        let trimmed = line.trim_start();
        if let Some(fence) = fence_of(trimmed) {
            code = match code {
                None => Some(fence),
                Some(open) if trimmed.starts_with(open) => None,
                open => open,
            };
        }
        if code.is_some() || line.len() - trimmed.len() > 3 || !trimmed.starts_with('[') {
            continue;
        }
        let Some(end) = trimmed.find("]:") else { continue };
        let label = &trimmed[1..end];
        if let Some(note) = label.strip_prefix('^') {
            if !note.is_empty() && !note.contains(['[', ']', ' ']) {
                out.push_str(&format!("[^{note}]: x\n\n"));
            }
        } else if !label.contains(['[', ']']) && !label.is_empty() {
            out.push_str(trimmed);
            out.push_str("\n\n");
        }
    }
    out
}

fn fence_of(line: &str) -> Option<&str> {
    ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence))
}

/// Definitions that nothing asks for and whose words are no address: the place of each. Those that lead nowhere at all
/// (`[//]: # (remark)`) are a way to hide words.
pub(super) fn unasked(body: &str) -> Vec<Range<usize>> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut code: Option<&str> = None;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim_end();
        if let Some(fence) = fence_of(words.trim_start()) {
            code = match code {
                None => Some(fence),
                Some(open) if words.trim_start().starts_with(open) => None,
                open => open,
            };
        }
        if code.is_some() {
            continue;
        }
        let Some((label, rest)) = words.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else { continue };
        let rest = rest.trim();
        let (address, title) = rest.split_once(' ').unwrap_or((rest, ""));
        let hides = matches!(address, "#" | "<>" | "");
        let is_title = title.is_empty() || title.starts_with(['"', '\'', '(']);
        let leads = address.contains(['/', '.', '#', ':', '@', '<']);
        let named = !label.is_empty() && !label.starts_with('^') && !label.contains(['[', ']']);
        if named && !hides && is_title && (!leads || !title.is_empty()) {
            found.push((label.to_lowercase(), start..start + words.len()));
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let asked: BTreeSet<String> = body
        .match_indices('[')
        .filter_map(|(at, _)| {
            let inner = &body[at + 1..];
            let end = inner.find([']', '['])?;
            let own = inner[end..].starts_with("]:") && (at == 0 || body[..at].ends_with('\n'));
            (inner[end..].starts_with(']') && !own).then(|| inner[..end].to_lowercase())
        })
        .collect();
    found.retain(|(label, _)| !asked.contains(label));
    found.into_iter().map(|(_, range)| range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_look_like_a_definition_are_found() {
        let body = "See [Map] and [x][Plan].\n\n[map]: a.png \"A map\"\n[plan]: Plan\n[Note]: Important\n[a]: https://a.org\n\
            [b]: https://b.org \"Words\"\n[//]: # (remark)\n[c]: <> (remark)\n[^1]: Note\n```\n[d]: x\n```\n";
        let words: Vec<&str> = unasked(body).into_iter().map(|range| &body[range]).collect();
        assert_eq!(words, ["[Note]: Important", "[b]: https://b.org \"Words\""]);
    }
}
