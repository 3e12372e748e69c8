//! Lines of YAML, looked at as they are written.

/// How far a line is indented, in bytes.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Where the value of a line begins: after the dashes of items and a key.
pub(super) fn value(line: &str) -> usize {
    let mut at = indent(line);
    while line[at..].starts_with("- ") {
        at += 1 + indent(&line[at + 1..]);
    }
    let rest = &line[at..];
    let key: usize =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).map(char::len_utf8).sum();
    match rest[key..].strip_prefix(": ") {
        Some(value) if key > 0 => at + key + 2 + indent(value),
        _ => at,
    }
}

/// How many brackets more are opened than closed, outside quotes.
pub(super) fn depth(text: &str) -> i32 {
    let (mut depth, mut quoted) = (0, None);
    for letter in text.chars() {
        match (quoted, letter) {
            (None, '"' | '\'') => quoted = Some(letter),
            (Some(quote), _) if quote == letter => quoted = None,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            _ => {}
        }
    }
    depth
}
