//! The tags of site generators between double braces: `{{< name … >}}`, `{% name … %}`, `{{ name(…) }}`, and which of
//! them belong together. Tags in program text are left alone.

use std::ops::Range;

use crate::markdown::shield::code_end;

/// A tag, and where it stands.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// From its first brace to its last.
    pub range: Range<usize>,
    /// Its name; of a closing one that of what it closes.
    pub name: &'t str,
    /// What stands after its name.
    pub arguments: Vec<Argument<'t>>,
    /// Whether it closes what another opened.
    pub closes: bool,
    /// The place among the tags of its other end.
    pub pair: Option<usize>,
}

/// `key=value`, or a value alone.
#[derive(Debug)]
pub(super) struct Argument<'t> {
    pub key: &'t str,
    pub value: Range<usize>,
}

impl Tag<'_> {
    /// The value of the first of some keys that it has.
    pub fn get(&self, keys: &[&str]) -> Option<Range<usize>> {
        keys.iter()
            .find_map(|key| self.arguments.iter().find(|argument| argument.key == *key))
            .map(|one| one.value.clone())
    }

    /// A value without a key, counted from 0.
    pub fn alone(&self, index: usize) -> Option<Range<usize>> {
        self.arguments.iter().filter(|argument| argument.key.is_empty()).nth(index).map(|one| one.value.clone())
    }
}

/// The forms of tags: how they open and close.
const FORMS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];

/// How long a tag may be, in bytes, and among how many open ones its other end is sought, so that what never closes costs no
/// more than its number.
const FARTHEST: usize = 2_000;
const DEEPEST: usize = 64;

/// The tags of a text, in order.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found: Vec<Tag<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'`' => {
                at = code_end(text, at);
                continue;
            }
            b'~' if text[at..].starts_with("~~~")
                && text[..at].rsplit('\n').next().is_some_and(|line| line.trim().is_empty()) =>
            {
                at = text[at + 3..].find("\n~~~").map_or(text.len(), |length| at + length + 7);
                continue;
            }
            b'{' if !text[..at].ends_with('\\') => {}
            _ => {
                at += 1;
                continue;
            }
        }
        let Some(mut tag) = tag(text, at) else {
            at += 1;
            continue;
        };
        at = tag.range.end;
        let index = found.len();
        if tag.closes {
            // Zola ends whatever is open with the same word.
            let first = open.len().saturating_sub(DEEPEST);
            let opened = match tag.name {
                "" => open[first..].iter().rposition(|one| text[found[*one].range.start..].starts_with("{%")),
                name => open[first..].iter().rposition(|one| found[*one].name == name),
            };
            let opened = opened.map(|at| first + at);
            if let Some(opened) = opened {
                let other = open[opened];
                open.truncate(opened);
                found[other].pair = Some(index);
                tag.pair = Some(other);
            }
        } else if !text[..tag.range.end].ends_with("/>}}") {
            open.push(index);
        }
        found.push(tag);
    }
    found
}

/// The tag that begins with a brace.
fn tag(text: &str, at: usize) -> Option<Tag<'_>> {
    let rest = &text[at..];
    let (open, close) = FORMS.into_iter().find(|(open, _)| rest.starts_with(open))?;
    let mut window = rest.len().min(FARTHEST);
    while !rest.is_char_boundary(window) {
        window -= 1;
    }
    let length = open.len() + rest[open.len()..window].find(close)?;
    let inner = &rest[open.len()..length];
    // `{{#include … }}` is mdBook's.
    if inner.contains("\n\n") || inner.starts_with('#') {
        return None;
    }
    let range = at..at + length + close.len();
    let alone = |name, value: Range<usize>| {
        let arguments = vec![Argument { key: "", value }];
        Some(Tag { range: range.clone(), name, arguments, closes: false, pair: None })
    };
    // `{{</* … */>}}` shows a tag.
    if let Some(shown) = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
        let start = at + open.len() + 2;
        return alone("*", start..start + shown.len());
    }
    // `{{ "/map.png" | relative_url }}`, `{{ site.baseurl }}`.
    if open == "{{" {
        let (value, filter) = inner.split_once('|').unwrap_or((inner, ""));
        let filter = filter.trim();
        let bare = value.trim().trim_matches(['"', '\'']);
        let start = at + open.len() + inner.find(bare).unwrap_or(0);
        if matches!(filter, "relative_url" | "absolute_url") || matches!(bare, "site.baseurl" | "site.url") {
            return alone(if filter.is_empty() { bare } else { filter }, start..start + bare.len());
        }
    }
    let bare = inner.trim_start_matches(['-', ' ', '\n', '\t']);
    let start = at + open.len() + (inner.len() - bare.len());
    let slash = bare.starts_with('/');
    let named = bare.trim_start_matches(['/', ' ']);
    let length = named.find(|c: char| !(c.is_alphanumeric() || "-_./".contains(c))).unwrap_or(named.len());
    let name = &named[..length];
    let after = start + (bare.len() - named.len()) + length;
    let end = at + open.len() + inner.len();
    let of_a_template = open == "{%";
    let ends = name.strip_prefix("end").filter(|_| of_a_template);
    if name.is_empty() {
        return None;
    }
    if open == "{{" && !named[length..].starts_with('(') {
        return None;
    }
    Some(Tag {
        range,
        name: ends.unwrap_or(name),
        arguments: arguments(text, after..end),
        closes: slash || ends.is_some(),
        pair: None,
    })
}

/// Values, with keys before them or without, in quotes or without, parted by spaces or commas.
fn arguments(text: &str, range: Range<usize>) -> Vec<Argument<'_>> {
    let bytes = text.as_bytes();
    let between = |at: usize| bytes[at].is_ascii_whitespace() || matches!(bytes[at], b',' | b'(' | b')' | b'/' | b'-');
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        // A path may begin with a slash.
        if between(at) && !(bytes[at] == b'/' && at + 1 < range.end && !between(at + 1)) {
            at += 1;
            continue;
        }
        let start = at;
        while at < range.end && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'-' | b'_')) {
            at += 1;
        }
        let key = if at > start && at < range.end && (bytes[at] == b'=' || text[at..range.end].starts_with(": ")) {
            at += 1;
            &text[start..at - 1]
        } else {
            at = start;
            ""
        };
        while at < range.end && bytes[at] == b' ' {
            at += 1;
        }
        let value = match bytes.get(at).filter(|_| at < range.end) {
            Some(quote @ (b'"' | b'\'' | b'`')) => {
                let length = text[at + 1..range.end].find(char::from(*quote)).unwrap_or(range.end - at - 1);
                let value = at + 1..at + 1 + length;
                at = value.end + 1;
                value
            }
            Some(_) => {
                let length =
                    text[at..range.end].find(|c: char| c.is_whitespace() || ",)".contains(c)).unwrap_or(range.end - at);
                let value = at..at + length;
                at = value.end.max(start + 1);
                while !text.is_char_boundary(at) {
                    at += 1;
                }
                value
            }
            None => break,
        };
        found.push(Argument { key, value });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_find_their_other_ends() {
        let text = "{{< notice tip \"A *b*\" >}}\nOne\n{{% tab name=\"x\" %}}\n{{% /tab %}}\n{{< /notice >}}\n`{{< no >}}`\n{{< img src=/a.png >}}\n";
        let found = tags(text);
        let told: Vec<(&str, bool, Option<usize>)> = found.iter().map(|tag| (tag.name, tag.closes, tag.pair)).collect();
        assert_eq!(
            told,
            [
                ("notice", false, Some(3)),
                ("tab", false, Some(2)),
                ("tab", true, Some(1)),
                ("notice", true, Some(0)),
                ("img", false, None)
            ]
        );
        let value = |tag: &Tag<'_>, range: Option<Range<usize>>| {
            range.map(|range| text[range].to_owned()).ok_or(tag.name.to_owned())
        };
        assert_eq!(value(&found[0], found[0].alone(0)), Ok("tip".to_owned()));
        assert_eq!(value(&found[0], found[0].alone(1)), Ok("A *b*".to_owned()));
        assert_eq!(value(&found[1], found[1].get(&["name"])), Ok("x".to_owned()));
        assert_eq!(value(&found[4], found[4].get(&["src"])), Ok("/a.png".to_owned()));
    }

    #[test]
    fn what_ends_in_templates_is_named_by_what_it_ends() {
        let text =
            "{% quote(author=\"Ann\") %}\nOne\n{% end %}\n{% raw %}{{ x }}{% endraw %}\n{{ youtube(id=\"abc\") }}";
        let told: Vec<(&str, Option<usize>)> = tags(text).iter().map(|tag| (tag.name, tag.pair)).collect();
        assert_eq!(told, [("quote", Some(1)), ("", Some(0)), ("raw", Some(3)), ("raw", Some(2)), ("youtube", None)]);
        assert_eq!(tags(text)[0].get(&["author"]).map(|range| &text[range]), Some("Ann"));
    }
}
