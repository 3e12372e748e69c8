//! Notes that link to each other, as Obsidian keeps them: their comments between `%%`, and the labels after their blocks
//! (`^quote-1`), which no reader sees.

use super::rewrite::{Rewrite, plain_lines};
use crate::markdown::fair::Fair;
use crate::markdown::shield::code_end;

/// How far a comment may reach, in bytes, so that one that never ends costs no more than its number.
const FARTHEST: usize = 20_000;

/// The text without comments and labels of blocks; `None` where there are none.
pub(super) fn said_otherwise(raw: &Fair) -> Option<Fair> {
    let text = raw.text.as_str();
    if !text.contains("%%") && !text.contains('^') {
        return None;
    }
    let mut copy = Rewrite::new(raw);
    for line in plain_lines(text) {
        if line.end <= copy.at && !line.is_empty() {
            continue;
        }
        let start = line.start.max(copy.at);
        let from = comments(&mut copy, start, line.end);
        if let Some(label) = label(text, from, line.end) {
            copy.keep_to(label);
            copy.skip_to(line.start + text[line].trim_end().len());
        }
    }
    copy.finish()
}

/// Leaves out the comments that begin in a line; where what is left of it begins.
fn comments(copy: &mut Rewrite<'_>, start: usize, end: usize) -> usize {
    let text = copy.raw.text.as_str();
    let mut at = start;
    while let Some(length) = text.get(at..end).and_then(|rest| rest.find(['`', '%'])) {
        at += length;
        if text[at..].starts_with('`') {
            at = code_end(text, at);
            continue;
        }
        match comment(text, at) {
            Some(close) => {
                let before = text[..at].chars().next_back().is_none_or(char::is_whitespace);
                let after = close + usize::from(before && text[close..].starts_with(' '));
                copy.keep_to(at);
                copy.skip_to(after);
                at = after;
            }
            None => at += text[at..].bytes().take_while(|byte| *byte == b'%').count(),
        }
    }
    at.min(end).max(start)
}

/// Where the comment ends that begins here.
fn comment(text: &str, at: usize) -> Option<usize> {
    let inner = text[at..].strip_prefix("%%")?;
    let before = text[..at].chars().next_back();
    if inner.starts_with('%') || before.is_some_and(|c| !c.is_whitespace() && !"([{>".contains(c)) {
        return None;
    }
    let mut reach = inner.len().min(FARTHEST);
    while !inner.is_char_boundary(reach) {
        reach -= 1;
    }
    let inner = &inner[..reach];
    let length = inner.find("%%")?;
    let begins_line = before.is_none_or(|c| c == '\n');
    // Within a line it is one of its paragraph; alone on its lines it may hold paragraphs.
    let whole = begins_line && inner[length + 2..].lines().next().is_none_or(|rest| rest.trim().is_empty());
    (whole || !inner[..length].contains("\n\n")).then_some(at + length + 4)
}

/// Where the label of a block begins that a line ends with, and the space before it.
fn label(text: &str, start: usize, end: usize) -> Option<usize> {
    let words = text[start.min(end)..end].trim_end();
    let at = words.rfind('^')?;
    let name = &words[at + 1..];
    let before = &words[..at];
    let named = name.len() > 1
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && name.bytes().any(|byte| byte.is_ascii_alphabetic());
    let apart = before.trim_end().len() < before.len() || before.is_empty();
    let next = text[end..].strip_prefix('\n').and_then(|rest| rest.lines().next()).unwrap_or("").trim_start();
    let ends = next.is_empty()
        || next.starts_with(['-', '*', '+', '>', '#'])
        || next.starts_with(|c: char| c.is_ascii_digit());
    (named && apart && ends).then(|| start + before.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let raw = Fair::typed(text);
        said_otherwise(&raw).map_or_else(|| text.to_owned(), |fair| fair.text)
    }

    #[test]
    fn comments_and_labels_of_blocks_are_left_out() {
        assert_eq!(said("One %%not this%% two.\n"), "One two.\n");
        assert_eq!(said("%%\nNot\n\nthis.\n%%\nTwo.\n"), "\nTwo.\n");
        assert_eq!(said("A quotation. ^quote-1\n\n- item ^a1b2c3\n- next\n"), "A quotation.\n\n- item\n- next\n");
        assert_eq!(said("| a |\n\n^table\n\nText.\n"), "| a |\n\n\n\nText.\n");
    }

    #[test]
    fn what_only_looks_like_them_stays() {
        for text in ["100%% and 50%% more\n", "`%%a%%` b\n", "%% never ends\n\nText.\n", "2 ^10\n", "x^a\n", "a ^b c\n"]
        {
            assert_eq!(said(text), text);
        }
        let code = "```\n%% a %%\nx ^ab\n```\n";
        assert_eq!(said(code), code);
    }
}
