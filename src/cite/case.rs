//! Capitals: what `text-case` does to the letters of pieces, across faces and around what nobody may change.

use crate::cite::piece::{Face, Piece};
use crate::cite::style::Case;
use crate::language::capital;

/// Words that stay small inside an English title (CSL 1.0.2, appendix III, and what citeproc-js adds).
const SMALL: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "afore",
    "after",
    "against",
    "al",
    "along",
    "alongside",
    "amid",
    "amidst",
    "among",
    "amongst",
    "an",
    "and",
    "anenst",
    "apropos",
    "apud",
    "around",
    "as",
    "aside",
    "astride",
    "at",
    "athwart",
    "atop",
    "barring",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "but",
    "by",
    "circa",
    "d",
    "de",
    "despite",
    "down",
    "during",
    "et",
    "except",
    "for",
    "forenenst",
    "from",
    "given",
    "in",
    "inside",
    "into",
    "la",
    "lest",
    "like",
    "modulo",
    "near",
    "next",
    "nor",
    "notwithstanding",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "out",
    "over",
    "per",
    "plus",
    "pro",
    "qua",
    "sans",
    "since",
    "so",
    "than",
    "the",
    "through",
    "throughout",
    "thru",
    "till",
    "to",
    "toward",
    "towards",
    "under",
    "underneath",
    "until",
    "unto",
    "up",
    "upon",
    "v",
    "van",
    "versus",
    "via",
    "vis",
    "von",
    "vs",
    "with",
    "within",
    "without",
    "yet",
    "ca",
    "adpositions",
    "vs.",
    "v.",
];

/// A run of letters in the pieces, and whether it may change.
struct Run<'a> {
    text: &'a mut String,
    fixed: bool,
}

fn runs<'a>(pieces: &'a mut [Piece], fixed: bool, out: &mut Vec<Run<'a>>) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push(Run { text, fixed }),
            Piece::Fixed(inner) => runs(inner, true, out),
            Piece::Styled(Face::Superscript | Face::Subscript | Face::SmallCaps, inner) => runs(inner, true, out),
            Piece::Styled(_, inner)
            | Piece::Quoted(inner)
            | Piece::Plain(inner)
            | Piece::Address(_, inner)
            | Piece::Block(_, inner)
            | Piece::Marked(_, inner) => runs(inner, fixed, out),
        }
    }
}

/// Changes the capitals of pieces. Titles are changed when they are `english`.
pub fn apply(pieces: &mut [Piece], case: Case, english: bool, turkish: bool) {
    let mut all = Vec::new();
    runs(pieces, false, &mut all);
    match case {
        Case::Lower => each(&mut all, |text| lower(text, turkish)),
        Case::Upper => each(&mut all, |text| upper(text, turkish)),
        Case::CapitalizeFirst => first(&mut all, turkish),
        Case::CapitalizeAll => words(&mut all, &mut |word, _| Some(capitalized(word, turkish))),
        Case::Sentence => sentence(&mut all, turkish),
        Case::Title if english => title(&mut all, turkish),
        Case::Title => {}
    }
}

fn each(runs: &mut [Run<'_>], change: impl Fn(&str) -> String) {
    for run in runs.iter_mut().filter(|run| !run.fixed) {
        *run.text = change(run.text);
    }
}

fn upper(text: &str, turkish: bool) -> String {
    let text: String = if turkish { text.replace('i', "İ") } else { text.to_owned() };
    text.chars().map(capital).collect()
}

fn lower(text: &str, turkish: bool) -> String {
    if turkish { text.replace('I', "ı").replace('İ', "i").to_lowercase() } else { text.to_lowercase() }
}

/// A word with a capital, if it has none at all.
fn capitalized(word: &str, turkish: bool) -> String {
    if word.chars().any(char::is_uppercase) {
        return word.to_owned();
    }
    let Some((at, letter)) = word.char_indices().find(|(_, letter)| letter.is_alphanumeric()) else {
        return word.to_owned();
    };
    let end = at + letter.len_utf8();
    format!("{}{}{}", &word[..at], upper(&word[at..end], turkish), &word[end..])
}

/// The first word gets a capital.
fn first(runs: &mut [Run<'_>], turkish: bool) {
    for run in runs {
        if let Some((at, letter)) = run.text.char_indices().find(|(_, letter)| letter.is_alphanumeric()) {
            let word = run.text[at..].split(char::is_whitespace).next().unwrap_or("");
            if !run.fixed && !word.chars().any(char::is_uppercase) {
                let end = at + letter.len_utf8();
                let capital = upper(&run.text[at..end], turkish);
                run.text.replace_range(at..end, &capital);
            }
            return;
        }
    }
}

/// All small but the first word, if everything was in capitals; otherwise the first word alone is changed.
fn sentence(runs: &mut [Run<'_>], turkish: bool) {
    let all: String = runs.iter().filter(|run| !run.fixed).map(|run| run.text.as_str()).collect();
    if all.chars().any(char::is_uppercase) && !all.chars().any(char::is_lowercase) {
        each(runs, |text| lower(text, turkish));
    }
    first(runs, turkish);
}

/// Whether a letter parts words.
fn parts(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '–' | '—' | '/' | '\u{2011}')
}

/// Calls `change` with every word that may change and what it stands after.
fn words(runs: &mut [Run<'_>], change: &mut dyn FnMut(&str, &Around<'_>) -> Option<String>) {
    let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
    let mut offset = 0;
    for run in runs.iter_mut() {
        let start = offset;
        offset += run.text.len();
        if run.fixed {
            continue;
        }
        let mut out = String::new();
        let mut at = 0;
        let text = run.text.clone();
        while at < text.len() {
            let rest = &text[at..];
            let end = rest.find(parts).unwrap_or(rest.len());
            if end == 0 {
                let letter = rest.chars().next().map_or(1, char::len_utf8);
                out.push_str(&rest[..letter]);
                at += letter;
                continue;
            }
            let around = Around { before: &whole[..start + at], after: &whole[start + at + end..] };
            // A word that goes on from another run has its beginning there.
            let begun = around.before.chars().next_back().is_some_and(char::is_alphanumeric);
            match change(&rest[..end], &around).filter(|_| !begun) {
                Some(word) => out.push_str(&word),
                None => out.push_str(&rest[..end]),
            }
            at += end;
        }
        *run.text = out;
    }
}

struct Around<'a> {
    before: &'a str,
    after: &'a str,
}

/// Whether a word begins with one small letter that no other follows.
fn single(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_none_or(|next| !next.is_alphanumeric())
}

/// English capitals of a title.
fn title(runs: &mut [Run<'_>], turkish: bool) {
    words(runs, &mut |word, around| {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let opens = {
            let before =
                around.before.trim_end_matches(|letter: char| letter.is_whitespace() || "“‘\"'(«[".contains(letter));
            before.is_empty() || before.ends_with([':', '?', '!', '.'])
        };
        let last = around.after.trim_matches(|letter: char| !letter.is_alphanumeric()).is_empty();
        let hyphened = around.after.starts_with(['-', '\u{2011}']) || around.before.ends_with(['-', '\u{2011}']);
        // "c.900", "p values", "x-ray": a letter by itself is a sign and no word.
        if !opens && single(bare) {
            return None;
        }
        if bare.chars().any(char::is_uppercase) || bare.is_empty() {
            return None;
        }
        // "β-Carotine": a sign of science.
        if bare.chars().count() == 1 && bare.chars().all(|letter| ('α'..='ω').contains(&letter)) {
            return None;
        }
        let small = SMALL.contains(&bare);
        let leads = around.after.starts_with('-') && !around.before.ends_with('-');
        let keeps = !opens && !leads && (!last || hyphened);
        if small && keeps {
            return None;
        }
        // What stands after an apostrophe is no word.
        if word.starts_with('’') && bare.len() < 3 {
            return None;
        }
        Some(capitalized(word, turkish))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_by_itself_is_a_sign_in_a_title_and_no_word() {
        let title = |text: &str| {
            let mut pieces = vec![Piece::Text(text.to_owned())];
            apply(&mut pieces, Case::Title, true, false);
            crate::cite::piece::letters(&pieces)
        };
        assert_eq!(title("c.700–c.900"), "C.700–c.900");
        assert_eq!(title("a–z of x-rays and p values"), "A–z of x-Rays and p Values");
        assert_eq!(title("foo–bar baz: a view"), "Foo–Bar Baz: A View");
        assert_eq!(title("PLOS ONE"), "PLOS ONE");
    }
}
