//! Attributes in braces.

use crate::language::is_of_a_word;
use crate::markdown::parsed::Attributes;
use crate::source::Span;

/// Reads what stands between braces; `None` when it is not of the form of attributes. `span` is that of the braces.
pub(super) fn parse(inner: &str, span: Span) -> Option<Attributes> {
    let mut attributes = Attributes { span: Some(span), ..Attributes::default() };
    for mut word in words(&without_gaps(inner))? {
        // `{-#label}`, without a space.
        if word.starts_with("-#") || word.starts_with("-.") {
            attributes.classes.push("unnumbered".to_owned());
            word.remove(0);
        }
        if let Some(label) = word.strip_prefix('#') {
            if label.is_empty() {
                return None;
            }
            attributes.label = Some((label.to_owned(), span));
        } else if let Some(class) = word.strip_prefix('.') {
            attributes.classes.push(class.to_owned());
        } else if word == "-" {
            attributes.classes.push("unnumbered".to_owned());
        } else if let Some((key, value)) = word.split_once('=') {
            if key.is_empty() || !key.chars().all(|c| is_of_a_word(c) || "-_.".contains(c)) {
                return None;
            }
            attributes.keys.push((key.to_owned(), unquote(value)));
        } else if word.chars().all(|c| is_of_a_word(c) || "-_".contains(c)) {
            attributes.keys.push((word, String::new()));
        } else {
            return None;
        }
    }
    Some(attributes)
}

/// The same without spaces around the signs that they belong to: `width = 50 %`, `# label`.
fn without_gaps(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut quote: Option<char> = None;
    let mut rest = inner.chars().peekable();
    while let Some(letter) = rest.next() {
        match (letter, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) if out.ends_with('=') => quote = Some(letter),
            ('=', None) => {
                out.truncate(out.trim_end().len());
                out.push('=');
                while rest.next_if(|next| next.is_whitespace()).is_some() {}
                continue;
            }
            ('%', None) if out.trim_end().ends_with(|c: char| c.is_ascii_digit()) => out.truncate(out.trim_end().len()),
            ('#', None) if out.trim_end().is_empty() || out.ends_with(' ') => {
                out.push('#');
                while rest.next_if(|next| next.is_whitespace()).is_some() {}
                continue;
            }
            _ => {}
        }
        out.push(letter);
    }
    out
}

/// How far the end of braces is looked for, in bytes: many that never end cost no square of their number.
const REACH: usize = 4_000;

/// How long the braces are that begin here, with what stands in quotes inside.
pub(super) fn braces(rest: &str) -> Option<usize> {
    if !rest.as_bytes()[..rest.len().min(REACH)].contains(&b'}') {
        return None;
    }
    let mut quote: Option<char> = None;
    let mut last = '{';
    for (at, character) in rest.char_indices().skip(1).take_while(|(at, _)| *at < REACH) {
        match (character, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) if last == '=' => quote = Some(character),
            ('}', None) => return Some(at + 1),
            ('\n', None) if rest[at + 1..].starts_with(['\n', '\r']) => return None,
            _ => {}
        }
        last = character;
    }
    None
}

/// Whether what stands in braces is meant as attributes, and not as words.
pub(super) fn looks_like(inner: &str) -> bool {
    let first = inner.trim_start();
    first.starts_with(['#', '.', '-']) || first.contains('=') || matches!(first.trim(), "turn" | "unnumbered")
}

/// Splits at spaces outside quotes; `None` when a quote is not closed.
fn words(inner: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote: Option<char> = None;
    for character in inner.chars() {
        match (character, quote) {
            (c, Some(open)) if c == open => {
                quote = None;
                word.push(c);
            }
            (_, Some(_)) => word.push(character),
            ('"' | '\'', None) if word.ends_with('=') => {
                quote = Some(character);
                word.push(character);
            }
            (c, None) if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => word.push(character),
        }
    }
    if quote.is_some() {
        return None;
    }
    if !word.is_empty() {
        words.push(word);
    }
    Some(words)
}

fn unquote(value: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner.to_owned();
        }
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn labels_classes_and_keys_are_told_apart() {
        let mut sources = Sources::new();
        let span = Span::new(sources.add("a.md", String::new()), 0, 0);
        let found = parse("#tbl-trade .wide widths=\"1 2 2\" turn", span).expect("they are attributes");
        assert_eq!(found.label.as_ref().map(|(label, _)| label.as_str()), Some("tbl-trade"));
        assert!(found.has("wide") && found.has("turn"));
        assert_eq!(found.get("widths"), Some("1 2 2"));
        assert_eq!(parse("a set, {", span), None);
        let spaced = parse("# lab width = 50 % title = \"a = b\"", span).expect("they are attributes");
        assert_eq!(spaced.label.as_ref().map(|(label, _)| label.as_str()), Some("lab"));
        assert_eq!((spaced.get("width"), spaced.get("title")), (Some("50%"), Some("a = b")));
    }
}
