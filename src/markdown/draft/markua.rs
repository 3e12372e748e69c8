//! Attributes on a line of their own before a heading or a picture, as Leanpub has them (`{id: salt, width: "50%"}`), and
//! others before a picture (`{#fig-salt width=50%}`): they are written behind it.

use std::ops::Range;

use super::rewrite::{Rewrite, plain_lines};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::markdown::fair::Fair;

/// The text with such attributes behind what they belong to; `None` where there are none.
pub(super) fn said_otherwise(raw: &Fair, diagnostics: &mut Diagnostics) -> Option<Fair> {
    let text = raw.text.as_str();
    if !text.lines().any(|line| line.starts_with('{') && line.trim_end().ends_with('}')) {
        return None;
    }
    let mut copy = Rewrite::new(raw);
    let mut told = false;
    let lines = plain_lines(text);
    for pair in lines.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        let Some(inner) = text[line.clone()].trim_end().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
        else {
            continue;
        };
        let follows = &text[next.clone()];
        let heading = follows.starts_with('#');
        let picture = follows.starts_with("![");
        if next.start != line.end + 1 || inner.contains(['{', '}']) || !(heading || picture) {
            continue;
        }
        let written = match pairs(inner) {
            Some(pairs) => {
                let (said, left) = meant(&pairs, picture);
                if let Some(key) = left.filter(|_| !std::mem::replace(&mut told, true)) {
                    let message = format!("\"{key}\" says only how things look and is left out");
                    diagnostics.report(
                        Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, message)
                            .at(raw.span(line.start..line.start + inner.len() + 2))
                            .hint("looks are a matter of the theme; others in this file are left out too"),
                    );
                }
                said
            }
            None if picture && (inner.starts_with(['#', '.']) || inner.contains('=')) => inner.trim().to_owned(),
            None => continue,
        };
        copy.keep_to(line.start);
        copy.skip_to(next.start);
        if written.is_empty() {
            continue;
        }
        let end = end_of(text, next, picture);
        copy.keep_to(end);
        copy.made(&format!("{}{{{written}}}", if picture { "" } else { " " }), line.start);
    }
    copy.finish()
}

/// Where braces stand that belong to a heading, or to the picture at the head of a line.
fn end_of(text: &str, line: &Range<usize>, picture: bool) -> usize {
    let words = text[line.clone()].trim_end();
    match words.find("](").filter(|_| picture).and_then(|open| words[open..].find(')').map(|close| open + close + 1)) {
        Some(length) => line.start + length,
        None => line.start + words.len(),
    }
}

/// The keys and values of Markua: `id: salt, width: "50%"`.
fn pairs(inner: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    let (mut start, mut quoted) = (0, false);
    let ends: Vec<usize> = inner
        .char_indices()
        .filter_map(|(at, letter)| {
            quoted ^= letter == '"';
            (letter == ',' && !quoted).then_some(at)
        })
        .collect();
    for end in ends.into_iter().chain([inner.len()]) {
        let (key, value) = inner[start..end].split_once(':')?;
        let key = key.trim();
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            return None;
        }
        found.push((key, value.trim().trim_matches('"')));
        start = end + 1;
    }
    Some(found)
}

/// What they mean here, and the first key that means nothing.
fn meant<'t>(pairs: &[(&'t str, &str)], picture: bool) -> (String, Option<&'t str>) {
    let mut said = Vec::new();
    let mut left = None;
    for (key, value) in pairs {
        match *key {
            "id" => said.push(format!("#{value}")),
            "width" | "height" if picture && value.starts_with(|c: char| c.is_ascii_digit()) => {
                said.push(format!("{key}={value}"));
            }
            "alt" if picture => said.push(format!("alt=\"{}\"", value.replace('"', "”"))),
            "class" if !picture && *value == "part" => said.push(".part".to_owned()),
            // Which parts of a book are given away is a matter of the shop.
            "sample" | "book" | "course" => {}
            other => left = left.or(Some(other)),
        }
    }
    (said.join(" "), left)
}

/// What braces above a fence say of its program text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Listing {
    /// Its label and its language, as attributes.
    pub said: String,
    /// Where its caption stands between the braces.
    pub caption: Option<Range<usize>>,
}

/// Reads what stands between braces above a fence: `title="A list", lang=python`.
pub(super) fn listing(inner: &str) -> Option<Listing> {
    let mut found = Listing::default();
    let (mut language, mut label) = (".text".to_owned(), String::new());
    let mut at = inner.len() - inner.trim_start().len();
    if let Some(word) = inner[at..].strip_prefix('#') {
        let end = word.find([',', ' ']).unwrap_or(word.len());
        label = format!("#{} ", &word[..end]);
        at += 1 + end;
    }
    loop {
        at += inner[at..].len() - inner[at..].trim_start_matches([',', ' ']).len();
        if inner[at..].is_empty() {
            break;
        }
        let end = at + inner[at..].find(['=', ':'])?;
        let key = inner[at..end].trim();
        let start = end + 1 + inner[end + 1..].len() - inner[end + 1..].trim_start().len();
        let value = match inner[start..].strip_prefix('"') {
            Some(quoted) => start + 1..start + 1 + quoted.find('"')?,
            None => start..start + inner[start..].find([',', ' ']).unwrap_or(inner.len() - start),
        };
        at = value.end + usize::from(inner[value.end..].starts_with('"'));
        let written = &inner[value.clone()];
        match key {
            "title" | "caption" => found.caption = Some(value),
            "lang" | "format" if written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#-".contains(&byte)) => {
                language = format!(".{written}");
            }
            "line-numbers" | "number-from" | "linenos" | "starting-line-number" | "crop-start" | "crop-end" => {}
            _ => return None,
        }
    }
    found.said = format!("{label}{language}");
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_stand_behind_what_they_belong_to() {
        let said = |text: &str| {
            let raw = Fair::typed(text);
            let mut diagnostics = Diagnostics::new();
            let out = said_otherwise(&raw, &mut diagnostics).map_or_else(|| text.to_owned(), |fair| fair.text);
            (out, diagnostics.iter().count())
        };
        assert_eq!(said("{id: salt}\n## Salt\n"), ("## Salt {#salt}\n".to_owned(), 0));
        assert_eq!(said("{class: part}\n# Salt\n"), ("# Salt {.part}\n".to_owned(), 0));
        assert_eq!(
            said("{float: left, width: \"35%\"}\n![](a.png).\n\n{float: left}\n![](b.png)\n"),
            ("![](a.png){width=35%}.\n\n![](b.png)\n".to_owned(), 1)
        );
        assert_eq!(said("{#fig-a width=50%}\n![A](a.png)\n"), ("![A](a.png){#fig-a width=50%}\n".to_owned(), 0));
        for text in
            ["{id: salt}\n\n## Salt\n", "{Salt: a word}\n## Salt\n", "{#salt}\n## Salt\n", "{class: tip}\nB> x\n"]
        {
            assert_eq!(said(text), (text.to_owned(), 0));
        }
    }

    #[test]
    fn braces_above_a_fence_are_read() {
        let read = |inner: &str| {
            let found = listing(inner)?;
            Some((found.said, found.caption.map(|caption| inner[caption].to_owned())))
        };
        for (inner, said, caption) in [
            ("title=\"A list\", lang=python", ".python", Some("A list")),
            ("title: \"A list\", format: ruby", ".ruby", Some("A list")),
            ("#lst-b, caption: One", "#lst-b .text", Some("One")),
            ("line-numbers=on", ".text", None),
        ] {
            assert_eq!(read(inner), Some((said.to_owned(), caption.map(str::to_owned))), "{inner}");
        }
        for inner in ["width: 50%", "title=\"never", "words"] {
            assert_eq!(listing(inner), None, "{inner}");
        }
    }
}
