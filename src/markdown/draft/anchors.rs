//! Notes that a word processor's page has as links to anchors, and back: `[[1]](#_ftn1)` and, at the head of the note,
//! `[[1]](#_ftnref1)`. They are written as notes.

use std::ops::Range;

use super::rewrite::{Rewrite, plain_lines};
use crate::markdown::fair::Fair;

/// How the anchors of notes and of their calls are called: by Word, by LibreOffice, by Google Docs.
const ANCHORS: [(&str, &str, &str); 5] = [
    ("_ftn", "_ftnref", ""),
    ("_edn", "_ednref", ""),
    ("sdfootnote", "sdfootnote", "sym"),
    ("sdendnote", "sdendnote", "sym"),
    ("ftnt", "ftnt_ref", ""),
];

/// The text with such notes as notes; `None` where there are none, or calls without notes.
pub(super) fn said_otherwise(raw: &Fair) -> Option<Fair> {
    let text = raw.text.as_str();
    let used =
        |(call, back, _): &&(&str, &str, &str)| [call, back].iter().all(|name| text.contains(&format!("](#{name}")));
    ANCHORS.iter().find(used)?;
    let mut copy = Rewrite::new(raw);
    for line in plain_lines(text) {
        let mut at = line.start;
        while let Some(found) = text[at..line.end].find("](#") {
            let close = at + found;
            at = close + 3;
            let Some(length) = text[at..line.end].find(')') else { break };
            let Some((label, is_note)) = anchor(&text[at..at + length]) else { continue };
            let mut end = at + length + 1;
            // The anchor back is where the note stands.
            if text[end..line.end].starts_with("{#") {
                end += text[end..line.end].find('}').map_or(0, |length| length + 1);
            }
            at = end;
            let Some(open) = opening(text, line.start..close) else { continue };
            let begins = text[line.start..open].trim_matches([' ', '*', '_']).is_empty();
            if is_note && !begins || open < copy.at {
                continue;
            }
            let raised = text[line.start..open].ends_with('^') && text[end..line.end].starts_with('^');
            let (open, end) = if raised { (open - 1, end + 1) } else { (open, end) };
            at = end;
            copy.keep_to(open);
            copy.made(&if is_note { format!("[^{label}]: ") } else { format!("[^{label}]") }, open);
            copy.skip_to(if is_note {
                end + text[end..].len() - text[end..].trim_start_matches(' ').len()
            } else {
                end
            });
        }
    }
    copy.finish()
}

/// The label of the note to which an anchor belongs, and whether it leads back from it.
fn anchor(name: &str) -> Option<(String, bool)> {
    ANCHORS.iter().find_map(|(call, back, ending)| {
        let number = |rest: &str, ending: &str| {
            let digits = rest.strip_suffix(ending)?;
            (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{call}{digits}"))
        };
        if back != call
            && let Some(rest) = name.strip_prefix(back)
        {
            return number(rest, "").map(|label| (label, true));
        }
        let rest = name.strip_prefix(call)?;
        number(rest, ending).map(|label| (label, false)).or_else(|| number(rest, "anc").map(|label| (label, true)))
    })
}

/// Where the brackets of a link open whose words are a number: `[[1\]`, `[\[1\]`, `[1`.
fn opening(text: &str, before: Range<usize>) -> Option<usize> {
    let words = &text[before.clone()];
    let run = words.len() - words.trim_end_matches(|c: char| c.is_ascii_digit() || "[]\\^*ivxlc".contains(c)).len();
    let start = before.end - run;
    text[start..before.end].find('[').map(|at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_behind_anchors_are_notes() {
        let said = |text: &str| {
            let raw = Fair::typed(text);
            said_otherwise(&raw).map_or_else(|| text.to_owned(), |fair| fair.text)
        };
        assert_eq!(
            said("One.”[[1\\]](#_ftn1) Two.[\\[2\\]](#_ftn2)\n\n[[1\\]](#_ftnref1) The note.\n"),
            "One.”[^_ftn1] Two.[^_ftn2]\n\n[^_ftn1]: The note.\n"
        );
        assert_eq!(
            said("One[1](#sdfootnote1sym).\n\n[1](#sdfootnote1anc) The note.\n"),
            "One[^sdfootnote1].\n\n[^sdfootnote1]: The note.\n"
        );
        assert_eq!(
            said("One.^[\\[1\\]](#ftnt1){#ftnt_ref1}^\n\n[\\[1\\]](#ftnt_ref1){#ftnt1} The note.\n"),
            "One.[^ftnt1]\n\n[^ftnt1]: The note.\n"
        );
        for text in ["See [one](#_ftn1).\n", "[[1]](#_ftn1) and [a](#_ftnx) or [[2]](#_ftnref)\n"] {
            assert!(!said(text).contains("[^_ftnx]") && !said(text).contains("[^_ftnref"), "{text}");
        }
    }
}
