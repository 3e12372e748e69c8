//! Spaces that do not break after the marks of headings, lists and quotations, as a Mac types them with its option key
//! held: CommonMark takes such a line for text.

use crate::markdown::fair::Fair;

/// A space that does not break, and the wide one that a Japanese keyboard types.
const HARD: [char; 2] = ['\u{a0}', '\u{3000}'];

/// The text with a plain space after each mark; `None` where there is nothing to change.
pub(super) fn after_marks(raw: &Fair) -> Option<Fair> {
    if !raw.text.contains(HARD) {
        return None;
    }
    let mut out = Fair::default();
    let (mut kept, mut at) = (0, 0);
    let mut fence: Option<&str> = None;
    for line in raw.text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>']);
        match fence {
            Some(open) if bare.trim_end().starts_with(open) => fence = None,
            Some(_) => {}
            None => {
                fence = ["```", "~~~"].into_iter().find(|sign| bare.starts_with(sign));
                if let Some(after) = hard_space(line) {
                    out.keep(raw, kept..at + after);
                    out.add(" ", raw, at + after);
                    kept = at + after + line[after..].chars().next().map_or(0, char::len_utf8);
                }
            }
        }
        at += line.len();
    }
    out.keep(raw, kept..raw.text.len());
    (kept > 0).then_some(out)
}

/// Where a hard space follows the mark that begins a line.
fn hard_space(line: &str) -> Option<usize> {
    let bare = line.trim_start_matches([' ', '\t', '>']);
    let start = line.len() - bare.len();
    let hashes = bare.bytes().take_while(|byte| *byte == b'#').count();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match bare.chars().next()? {
        '#' if hashes <= 6 => hashes,
        '-' | '*' | '+' => 1,
        '0'..='9' if digits < 4 && bare[digits..].starts_with(['.', ')']) => digits + 1,
        _ => return None,
    };
    bare[mark..].starts_with(HARD).then_some(start + mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hard_space_counts_after_a_mark_alone() {
        assert_eq!(hard_space("##\u{a0}Title"), Some(2));
        assert_eq!(hard_space("##\u{3000}全角"), Some(2));
        assert_eq!(hard_space("> -\u{a0}item"), Some(3));
        assert_eq!(hard_space("12.\u{a0}item"), Some(3));
        for line in ["a\u{a0}b", "1984.\u{a0}A", "#\u{a0}".trim_end_matches('\u{a0}'), "- a\u{a0}b"] {
            assert_eq!(hard_space(line), None, "{line}");
        }
    }
}
