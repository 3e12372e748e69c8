//! Slips within a line that YAML stops at: a text that should stand in quotes, a colon without its space, a line that
//! begins in another column.

use std::ops::Range;

use super::lines::{depth, indent, value};

/// A slip: where in its line, what is wrong, what to write.
pub(super) struct Slip {
    pub at: Range<usize>,
    pub message: String,
    pub hint: String,
}

/// The slip of a line, if it has one. `above` is the line before it that says something.
pub(super) fn slip(line: &str, above: Option<&str>) -> Option<Slip> {
    let opens = value(line);
    let written = line[opens..].trim_end();
    let end = opens + written.len();
    quoted(line, opens, written)
        .or_else(|| sign(line, opens, written))
        .or_else(|| remark(line, opens, end))
        .or_else(|| glued_colon(line))
        .or_else(|| column(line, above?))
}

/// The key of a line, as it is written again in a hint.
fn key(line: &str, opens: usize) -> &str {
    line[..opens].trim_start()
}

/// `'The Captain's Salt'`, `"Salt" and the sea`: a text that goes on after the quote that ends it.
fn quoted(line: &str, opens: usize, written: &str) -> Option<Slip> {
    let quote = written.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    let inner = &written[1..];
    let mut at = 0;
    let close = loop {
        let found = at + inner[at..].find(quote)?;
        let escaped = quote == '"' && inner[..found].ends_with('\\');
        let doubled = quote == '\'' && inner[found + 1..].starts_with(quote);
        if !escaped && !doubled {
            break found;
        }
        at = found + 1 + usize::from(doubled);
    };
    let after = inner[close + 1..].trim_start();
    if after.is_empty() || after.starts_with(['#', ',', ':', ']', '}']) {
        return None;
    }
    let whole = written.strip_suffix(quote).filter(|_| after.ends_with(quote)).map(|whole| &whole[1..]);
    let hint = match (quote, whole) {
        ('\'', Some(whole)) => format!("write {}\"{}\"", key(line, opens), whole.replace('"', "\\\"")),
        _ => format!("write {}'{}'", key(line, opens), written.replace('\'', "''")),
    };
    let at = opens + 1 + close;
    Some(Slip { at: at..at + 1, message: format!("this {quote} ends the text, which goes on"), hint })
}

/// `@Salt`, `*Salt* and the sea`: a text that begins with a sign which YAML keeps for itself.
fn sign(line: &str, opens: usize, written: &str) -> Option<Slip> {
    let first = written.chars().next()?;
    let word = written[first.len_utf8()..].starts_with(|letter: char| !letter.is_whitespace());
    if !(matches!(first, '@' | '`' | '%') || matches!(first, '*' | '&' | '!') && word) || opens == 0 {
        return None;
    }
    Some(Slip {
        at: opens..opens + written.len(),
        message: format!("a text that begins with {first} stands in quotes"),
        hint: format!("write {}\"{}\"", key(line, opens), written.replace('"', "\\\"")),
    })
}

/// `{ink: #14304A}`: the rest is a remark, and the bracket never closes.
fn remark(line: &str, opens: usize, end: usize) -> Option<Slip> {
    let at = opens + line[opens..end].find(" #")? + 1;
    let word = line[at..end].split([',', '}', ']']).next()?.trim_end();
    (depth(&line[opens..at]) > 0).then(|| Slip {
        at: at..at + word.len(),
        message: "what follows a # is a remark to YAML".to_owned(),
        hint: format!("put it in quotes: \"{word}\""),
    })
}

/// `title:Salt`.
fn glued_colon(line: &str) -> Option<Slip> {
    let start = indent(line);
    let bare = line[start..].trim_end();
    let bare = bare.strip_prefix("- ").unwrap_or(bare);
    let start = start + line[start..].trim_end().len() - bare.len();
    let length: usize =
        bare.chars().take_while(|c| c.is_alphabetic() || matches!(c, '_' | '-')).map(char::len_utf8).sum();
    let after = bare[length..].strip_prefix(':')?;
    (length > 1 && after.starts_with(|c: char| c.is_alphanumeric() || "\"'[{".contains(c))).then(|| Slip {
        at: start..start + length + 1,
        message: "a space follows the colon of a key".to_owned(),
        hint: format!("write {}: {after}", &bare[..length]),
    })
}

/// A key further in than the one above it, which has a value of its own.
fn column(line: &str, above: &str) -> Option<Slip> {
    let is_key = |line: &str| value(line) > indent(line) && !line.trim_start().starts_with("- ");
    let whole = |line: &str| !matches!(line[value(line)..].trim(), "" | "|" | ">" | "|-" | ">-");
    (is_key(line) && is_key(above) && whole(above) && indent(line) > indent(above)).then(|| Slip {
        at: indent(line)..line.trim_end().len(),
        message: "this key begins further in than the one above it".to_owned(),
        hint: "keys of one level begin in one column: take the spaces before it out".to_owned(),
    })
}
