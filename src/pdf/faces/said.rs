//! Said: which letters a glyph of a run stands for.

use crate::page::{Glyph, TextRun};

/// Glyphs that stand for the same letters, together.
pub(in crate::pdf) fn clusters(glyphs: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    glyphs.chunk_by(|a, b| !a.soft_hyphen && !b.soft_hyphen && (a.start, a.end) == (b.start, b.end))
}

/// Calls `say` with what each glyph of a cluster says by itself; `false`, and no call, when only the whole says it.
///
/// A letter with its marks comes apart into as many glyphs as characters. With fewer glyphs the first one says more than
/// a character, since letters of India grow together before their vowel; from the right the last one, since marks do.
/// Glyphs stand as they are painted: in a script that runs from the right the marks come before their letter.
pub(in crate::pdf) fn each<'a>(run: &'a TextRun, cluster: &[Glyph], mut say: impl FnMut(&Glyph, &'a str)) -> bool {
    let text = text_of(run, cluster);
    let count = cluster.len();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    if count == 0 || starts.len() < count {
        return false;
    }
    let from_the_right = text.chars().next().is_some_and(runs_from_the_right);
    let more = starts.len() - count;
    for (at, glyph) in cluster.iter().enumerate() {
        let (start, end) = match (from_the_right, at) {
            (true, 0) => (count - 1, starts.len()),
            (true, at) => (count - 1 - at, count - at),
            (false, 0) => (0, more + 1),
            (false, at) => (more + at, more + at + 1),
        };
        let end = starts.get(end).copied().unwrap_or(text.len());
        say(glyph, &text[starts[start]..end]);
    }
    true
}

/// What the map of a face says of a glyph. What readers find from the left on they turn round letter by letter where it runs
/// from the right: letters that one glyph stands for are said so that they come out as written.
pub(in crate::pdf) fn mapped(text: &str) -> String {
    match text.chars().next().is_some_and(runs_from_the_right) {
        true => text.chars().rev().collect(),
        false => text.to_owned(),
    }
}

/// Hebrew, Arabic and the other scripts whose blocks Unicode keeps for those that run from the right.
pub(in crate::pdf) fn runs_from_the_right(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// The one byte that a glyph stands for, if that is all, and it is what it says. Most glyphs are such, and there are
/// millions of them.
pub(super) fn plain_byte(run: &TextRun, glyph: &Glyph) -> Option<u8> {
    if glyph.soft_hyphen || glyph.end != glyph.start + 1 {
        return None;
    }
    run.text.as_bytes().get(glyph.start as usize).copied().filter(|byte| *byte >= b' ')
}

/// What a cluster says. Spaces of every kind are said as plain ones, which is what who searches or copies means.
pub(in crate::pdf) fn text_of<'a>(run: &'a TextRun, cluster: &[Glyph]) -> &'a str {
    let Some(first) = cluster.first() else { return "" };
    if first.soft_hyphen {
        // Who searches joins a word over a plain hyphen at a line's end; what it is is said around it.
        return "-";
    }
    match run.text.get(first.start as usize..first.end as usize) {
        Some("\u{A0}" | "\u{202F}" | "\u{2009}" | "\t") => " ",
        Some(text) => text,
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_glyph_that_run_from_the_right_are_mapped_as_they_stand() {
        assert_eq!(mapped("\u{644}\u{627}"), "\u{627}\u{644}");
        assert_eq!(mapped("ffi"), "ffi");
    }
}
