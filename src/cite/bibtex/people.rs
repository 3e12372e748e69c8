//! Names of BibTeX: "First von Last", "von Last, Jr, First", bodies in braces, and the keys of BibLaTeX.

use super::tex;
use crate::cite::work::Name;

/// The names of a field.
pub(super) fn names(value: &str, use_prefix: bool) -> Vec<Name> {
    split(value, &[" and ", "\nand ", " and\n", "\tand "])
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .map(|written| name(written, use_prefix))
        .collect()
}

/// Cuts a text outside braces.
pub(super) fn split(text: &str, signs: &[&str]) -> Vec<String> {
    let mut depth = 0_i32;
    let mut out = vec![String::new()];
    let mut at = 0;
    let flat = text.replace(['\n', '\r', '\t'], " ");
    while let Some(letter) = flat[at..].chars().next() {
        if depth == 0
            && let Some(sign) = signs.iter().find(|sign| flat[at..].to_lowercase().starts_with(*sign))
        {
            out.push(String::new());
            at += sign.len();
            // "and and" holds an empty name.
            continue;
        }
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if let Some(last) = out.last_mut() {
            last.push(letter);
        }
        at += letter.len_utf8();
    }
    out
}

/// Whether braces hold all of a text.
fn wrapped(text: &str) -> bool {
    if !(text.starts_with('{') && text.ends_with('}')) {
        return false;
    }
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1 == text.len();
        }
    }
    false
}

fn name(text: &str, use_prefix: bool) -> Name {
    if text == "others" {
        return Name { literal: Some("others".to_owned()), ..Name::default() };
    }
    if wrapped(text) {
        return Name { literal: Some(tex::plain(text)), ..Name::default() };
    }
    let parts = split(text, &[","]);
    if parts.iter().any(|part| part.trim_start().starts_with("family=")) {
        return keyed(&parts, use_prefix);
    }
    let join = |words: &[String]| tex::plain(&words.join(" "));
    let (von, last, jr, first) = match &parts[..] {
        [one] => {
            let all = words(one);
            let from = all.iter().take(all.len().saturating_sub(1)).position(|word| is_small(word));
            match from {
                Some(from) => {
                    let to = (from..all.len() - 1).rev().find(|at| is_small(&all[*at])).unwrap_or(from);
                    (join(&all[from..=to]), join(&all[to + 1..]), String::new(), join(&all[..from]))
                }
                None => {
                    let at = all.len().saturating_sub(1);
                    (String::new(), join(&all[at..]), String::new(), join(&all[..at]))
                }
            }
        }
        [last, rest @ ..] => {
            let family = words(last);
            // "Bakhuizen van den Brink, Jan": only what stands first in small letters is a particle.
            let to = family.iter().take(family.len().saturating_sub(1)).take_while(|word| is_small(word)).count();
            let (jr, first) = match rest {
                [first] => (String::new(), first.trim()),
                [jr, first @ ..] => (tex::plain(jr.trim()), first.first().map_or("", |first| first.trim())),
                [] => (String::new(), ""),
            };
            // "La Fontaine, Jean de": a particle behind the given name.
            let first = tex::plain(&untied(first));
            let given: Vec<&str> = first.split_whitespace().collect();
            let from = given.iter().rposition(|word| !is_small(word)).map_or(given.len(), |at| at + 1);
            let von = join(&family[..to]) + " " + &given[from..].join(" ");
            (von.trim().to_owned(), join(&family[to..]), jr, given[..from].join(" "))
        }
        [] => return Name::default(),
    };
    // One word alone is a body or a person with one name.
    if von.is_empty() && jr.is_empty() && first.is_empty() {
        return Name { literal: Some(last), ..Name::default() };
    }
    let (dropping, non_dropping) = if use_prefix { (String::new(), von) } else { (von, String::new()) };
    Name { family: last, given: first, dropping, non_dropping, suffix: jr, fixed: true, ..Name::default() }
}

/// The words of a part of a name.
fn words(part: &str) -> Vec<String> {
    split(&untied(part), &[" "]).into_iter().filter(|word| !word.is_empty()).collect()
}

/// A name with its ties as spaces; `\~n` is a letter.
fn untied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for letter in text.chars() {
        out.push(if letter == '~' && !escaped { ' ' } else { letter });
        escaped = letter == '\\' && !escaped;
    }
    out
}

fn keyed(parts: &[String], use_prefix: bool) -> Name {
    let mut name = Name { fixed: true, ..Name::default() };
    let mut prefix = String::new();
    let mut own = use_prefix;
    for part in parts {
        let Some((key, value)) = part.split_once('=') else { continue };
        let value = tex::plain(value.trim());
        match key.trim() {
            "family" => name.family = value,
            "given" => name.given = value,
            "suffix" => name.suffix = value,
            "prefix" => prefix = value,
            "useprefix" => own = value == "true",
            _ => {}
        }
    }
    if own {
        name.non_dropping = prefix;
    } else {
        name.dropping = prefix;
    }
    name
}

/// Whether a word begins with a small letter that no braces hide.
fn is_small(word: &str) -> bool {
    if word.starts_with('{') && !word.starts_with("{\\") {
        return false;
    }
    tex::plain(word).chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_lowercase)
}
