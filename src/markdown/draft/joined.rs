//! Lines that were typed as lines and would run together: verse, addresses. They are said, once a text.

use std::ops::Range;

use super::rewrite::plain_lines;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::markdown::fair::Fair;

/// How many lines tell verse from a chance, and how long a line of it is at most, in letters.
const LEAST: usize = 4;
const LONGEST: usize = 60;

/// Says of the first paragraph whose lines look like lines of verse that they are set as prose.
pub(super) fn look_for_verse(raw: &Fair, diagnostics: &mut Diagnostics) {
    let text = raw.text.as_str();
    let (mut paragraph, mut divs): (Vec<Range<usize>>, usize) = (Vec::new(), 0);
    for line in plain_lines(text).into_iter().chain(std::iter::once(text.len()..text.len())) {
        let words = text[line.clone()].trim();
        if words.starts_with(":::") {
            divs = if words.trim_matches(':').is_empty() { divs.saturating_sub(1) } else { divs + 1 };
        }
        let goes_on = paragraph.last().is_none_or(|last| last.end + 1 == line.start);
        if goes_on && divs == 0 && is_text(&text[line.clone()]) {
            paragraph.push(line);
            continue;
        }
        if is_verse(text, &paragraph) {
            let whole = paragraph[0].start..paragraph[paragraph.len() - 1].end;
            diagnostics.report(
                Diagnostic::new(
                    &lints::SUSPECT_MARKUP,
                    "these lines look like verse, and run together into one paragraph",
                )
                .at(raw.span(whole))
                .hint(
                    "verse stands between ::: verse and :::; a backslash at a line's end keeps its end; others in this \
                         file are not said",
                ),
            );
            return;
        }
        paragraph.clear();
    }
}

/// Whether a line is one of a paragraph that stands in nothing else.
fn is_text(line: &str) -> bool {
    let words = line.trim_end();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let item = digits > 0 && words[digits..].starts_with(['.', ')']);
    let marked = ["- ", "* ", "+ ", ">", "#", "|", ":", "<", "[", "{", "\\", "$", "!", "=", "~", "%", "---", "***"];
    !words.is_empty()
        && !words.contains('|')
        && !words.starts_with([' ', '\t'])
        && !item
        && !marked.iter().any(|mark| words.starts_with(mark))
}

fn is_verse(text: &str, lines: &[Range<usize>]) -> bool {
    if lines.len() < LEAST {
        return false;
    }
    let words: Vec<&str> = lines.iter().map(|line| &text[line.clone()]).collect();
    let length = |line: &str| line.trim().chars().count();
    let begins = |line: &str| {
        let first = line.trim_start_matches(|c: char| "\"'“‘«„—–-(¿¡*_…".contains(c)).chars().next();
        first.is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit())
    };
    let ended = |line: &&str| line.ends_with("  ") || line.ends_with('\\') || line.contains("<br");
    // Who writes a sentence a line means a paragraph.
    let sentences = words.iter().filter(|line| line.trim_end().ends_with(['.', '!', '?'])).count();
    let widest = words.iter().map(|line| length(line)).max().unwrap_or(0);
    // Prose that is broken by a width has no room for the next word.
    let early = words
        .windows(2)
        .filter(|pair| {
            let next = pair[1].split_whitespace().next().map_or(0, |word| word.chars().count());
            length(pair[0]) + 1 + next <= widest
        })
        .count();
    widest <= LONGEST
        && words.iter().all(|line| begins(line))
        && !words.iter().any(ended)
        && sentences * 5 <= words.len() * 3
        && early * 3 >= words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_said(text: &str) -> bool {
        let raw = Fair::typed(text);
        let mut diagnostics = Diagnostics::new();
        look_for_verse(&raw, &mut diagnostics);
        !diagnostics.is_empty()
    }

    #[test]
    fn verse_that_would_run_together_is_said() {
        assert!(is_said(
            "# One\n\nThe salt is white,\nThe sea is wide and grey,\n“No ship,” he said,\nNo ferry sails today.\n"
        ));
        assert!(is_said("Salt Press\n12 Quay Street\nHarwick\nPrinted in 2026\n"));
    }

    #[test]
    fn what_keeps_its_lines_or_is_prose_is_not() {
        for text in [
            "The salt is white,\\\nThe sea is wide,\\\nNo ship,\\\nNo ferry.\n",
            "::: verse\nThe salt is white,\nThe sea is wide and grey,\nNo ship,\nNo ferry sails today.\n:::\n",
            "- The salt\n- The sea\n- No ship\n- No ferry\n",
            "The salt is white.\nThe sea is wide and grey.\nNo ship is there.\nNo ferry sails.\n",
            "Prose that is broken by hand goes on to the\nright edge before it turns, whatever letter\nBegins the line, and has no room for more\nWords there.\n",
            "```\nThe salt,\nThe sea and more,\nNo ship,\nNo ferry\n```\n",
        ] {
            assert!(!is_said(text), "{text}");
        }
    }
}
