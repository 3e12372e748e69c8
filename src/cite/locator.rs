//! The place in a work that an author cites: "pp. 33–35, 38 and 40", "ch. 2", "§ 4", "{vol. 2, § 4}", with the words of
//! a language and those of English.
//!
//! What is no place is said after the work; `pandoc` parts the two in the same way.

use crate::cite::style::{Form, Locale};

/// A place in a work, and where what is said after it begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// What kind of place, and which; none is an answer too, when braces say so.
    pub locator: Option<(String, String)>,
    /// How many bytes it takes.
    pub length: usize,
}

/// The kinds of places that CSL knows, and how English people write them besides what its locale says.
const KINDS: &[(&str, &[&str])] = &[
    ("page", &["p.", "pp.", "p", "pp", "page", "pages"]),
    ("act", &["act", "acts"]),
    ("appendix", &["app.", "appendix", "appendices"]),
    ("article", &["art.", "arts.", "article", "articles"]),
    ("book", &["bk.", "bks.", "book", "books"]),
    ("canon", &["canon", "canons"]),
    ("chapter", &["ch.", "chs.", "chap.", "chaps.", "chapter", "chapters"]),
    ("column", &["col.", "cols.", "column", "columns"]),
    ("elocation", &["loc.", "locs.", "location", "locations"]),
    ("equation", &["eq.", "eqs.", "equation", "equations"]),
    ("figure", &["fig.", "figs.", "figure", "figures"]),
    ("folio", &["fol.", "fols.", "folio", "folios", "f.", "ff."]),
    ("issue", &["no.", "nos.", "issue", "number", "numbers"]),
    ("line", &["l.", "ll.", "line", "lines"]),
    ("note", &["n.", "nn.", "note", "notes"]),
    ("opus", &["op.", "opp.", "opus", "opera"]),
    ("paragraph", &["para.", "paras.", "par.", "paragraph", "paragraphs", "¶", "¶¶"]),
    ("part", &["pt.", "pts.", "part", "parts"]),
    ("rule", &["r.", "rr.", "rule", "rules"]),
    ("scene", &["sc.", "scs.", "scene", "scenes"]),
    ("section", &["sec.", "secs.", "sect.", "section", "sections", "§", "§§"]),
    ("sub-verbo", &["s.v.", "s.vv.", "sub verbo", "sub verbis"]),
    ("supplement", &["supp.", "supps.", "supplement", "supplements"]),
    ("table", &["tbl.", "tbls.", "table", "tables"]),
    ("timestamp", &["timestamp", "timestamps"]),
    ("title", &["tit.", "tits.", "title", "titles"]),
    ("verse", &["v.", "vv.", "verse", "verses"]),
    ("version", &["version", "versions"]),
    ("volume", &["vol.", "vols.", "volume", "volumes"]),
];

/// The place at the beginning of what stands behind a key; `None` when there is none.
pub fn read(text: &str, locale: &Locale) -> Option<Found> {
    let rest = text.trim_start();
    let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    let start = text.len() - rest.len();
    if let Some(inner) = rest.strip_prefix('{') {
        let end = closing(inner)?;
        let locator = in_braces(inner[..end].trim(), locale);
        return Some(Found { locator, length: start + end + 2 });
    }
    let (kind, label) = label(rest, locale).unwrap_or(("page", 0));
    let words = &rest[label..];
    let spaces = words.len() - words.trim_start_matches([' ', '\u{a0}']).len();
    let value = &words[spaces..];
    // A word under which something stands in a dictionary is no number.
    let length = match kind {
        "sub-verbo" if label > 0 => value.find([',', ';', '.']).unwrap_or(value.len()),
        _ => numbers(value, label > 0, locale.word("and")),
    };
    if length == 0 {
        return None;
    }
    let value = value[..length].trim_end();
    Some(Found { locator: Some((kind.to_owned(), plain(value))), length: start + label + spaces + value.len() })
}

/// Where a brace closes that was opened before this text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What braces hold is a place as it stands.
fn in_braces(text: &str, locale: &Locale) -> Option<(String, String)> {
    if text.is_empty() {
        return None;
    }
    let (kind, length) = label(text, locale).unwrap_or(("page", 0));
    Some((kind.to_owned(), plain(text[length..].trim())))
}

/// Two hyphens are a dash.
fn plain(value: &str) -> String {
    value.replace("--", "–")
}

/// The kind of place that a text begins by naming, and the length of its name: the longest one counts.
fn label(text: &str, locale: &Locale) -> Option<(&'static str, usize)> {
    let mut best: Option<(&'static str, usize)> = None;
    let mut offer = |kind: &'static str, word: &str| {
        let word = word.trim();
        // "c. 1900" is about then.
        if word.is_empty() || word == "c." || best.is_some_and(|(_, length)| length >= word.len()) {
            return;
        }
        let fits = text.get(..word.len()).is_some_and(|head| head.to_lowercase() == word.to_lowercase());
        let after = text.get(word.len()..).and_then(|rest| rest.chars().next());
        // "p. 3", "p.3", "§4"; but "p3" is a number with a letter, and "pages" no "page".
        let ends = match word.chars().next_back() {
            Some('.' | '§' | '¶') => after.is_none_or(|next| !next.is_alphabetic()),
            _ => after.is_some_and(|next| matches!(next, ' ' | '\u{a0}')),
        };
        if fits && ends {
            best = Some((kind, word.len()));
        }
    };
    for (kind, words) in KINDS {
        words.iter().for_each(|word| offer(kind, word));
        for form in [Form::Long, Form::Short, Form::Symbol] {
            if let Some(term) = locale.term(kind, form) {
                offer(kind, &term.one);
                offer(kind, &term.many);
            }
        }
    }
    best
}

/// The length of a row of numbers: "33-35, 38-39 and 40".
fn numbers(text: &str, labelled: bool, and: &str) -> usize {
    let mut end = match number(text, labelled) {
        0 => return 0,
        length => length,
    };
    loop {
        let between = joint(&text[end..], and);
        if between == 0 {
            return end;
        }
        match number(&text[end + between..], labelled) {
            0 => return end,
            length => end += between + length,
        }
    }
}

/// What stands between two numbers of a row.
fn joint(text: &str, and: &str) -> usize {
    let spaces = |text: &str| text.len() - text.trim_start_matches([' ', '\u{a0}']).len();
    let before = spaces(text);
    let rest = &text[before..];
    for sign in ["---", "--", "-", "–", "—", ",", "&", "/", ":"] {
        if let Some(after) = rest.strip_prefix(sign) {
            return before + sign.len() + spaces(after);
        }
    }
    for word in [and, "and"] {
        if let Some(after) = rest.strip_prefix(word).filter(|_| !word.is_empty() && before > 0)
            && spaces(after) > 0
        {
            return before + word.len() + spaces(after);
        }
    }
    0
}

/// The length of one number: `33`, `A3`, `47n12`, `85r`, `19(1)(a)`, `1.2.3`, `xii`; 0 if there is none. Roman numbers
/// in capitals are numbers only behind a label.
fn number(text: &str, labelled: bool) -> usize {
    let mut end = 0;
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        let next = text[at + letter.len_utf8()..].chars().next();
        match letter {
            '(' | '[' if at > 0 && closes(&text[at..]) => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            _ if depth > 0 && !letter.is_whitespace() => {}
            '.' | ':' if at > 0 && next.is_some_and(char::is_alphanumeric) => {}
            '*' | '†' if at > 0 => {}
            letter if letter.is_alphanumeric() => {}
            _ => break,
        }
        end = at + letter.len_utf8();
    }
    let word = &text[..end];
    let letters = word.chars().take_while(|letter| letter.is_alphabetic()).count();
    let digits = word.contains(|letter: char| letter.is_ascii_digit());
    if digits && (labelled || letters <= 2) {
        return end;
    }
    let after = text[end..].chars().next();
    // "i.e." and "c. 1900" are words.
    let ends = !matches!(after, Some('.')) || text[end + 1..].trim_start().is_empty();
    let small = word.chars().all(char::is_lowercase);
    let apart = after.is_none_or(|next| matches!(next, ',' | ';' | '-' | '–' | ')'));
    if !word.is_empty() && ends && is_roman(word) && (labelled || (small && (word.len() > 1 || apart))) {
        end
    } else {
        0
    }
}

/// Whether what is opened here is closed before any space.
fn closes(text: &str) -> bool {
    text.find([')', ']']).is_some_and(|end| !text[..end].contains(char::is_whitespace))
}

fn is_roman(word: &str) -> bool {
    let small = word.to_lowercase();
    let digits = ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"];
    let mut rest = small.as_str();
    for digit in digits {
        let most = if digit.len() == 1 && "mcxi".contains(digit) { 3 } else { 1 };
        for _ in 0..most {
            rest = rest.strip_prefix(digit).unwrap_or(rest);
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::shipped;
    use crate::cite::style::Style;

    fn said(text: &str, language: &str) -> String {
        let locale = shipped::locale(language, &Style::default());
        match read(text, &locale) {
            Some(Found { locator: Some((kind, value)), length }) => format!("{kind} {value}|{}", &text[length..]),
            Some(Found { locator: None, length }) => format!("none|{}", &text[length..]),
            None => format!("|{text}"),
        }
    }

    #[test]
    fn a_place_ends_where_words_begin() {
        for (text, want) in [
            (", pp. 33-35, 38-39 and passim", "page 33-35, 38-39| and passim"),
            (", pp. 3-5, 9, for a survey", "page 3-5, 9|, for a survey"),
            (", ch. 2", "chapter 2|"),
            (", §§ 4 and 5", "section 4 and 5|"),
            (", 47n12", "page 47n12|"),
            (", 85r–88r.", "page 85r–88r|."),
            (", art. 19(1)(a) and (b)", "article 19(1)(a)| and (b)"),
            (", A3", "page A3|"),
            (", xii--xx", "page xii–xx|"),
            (", {vol. 2, § 4} with words", "volume 2, § 4| with words"),
            ("{}, 99 years later", "none|, 99 years later"),
            (", s.v. bridge", "sub-verbo bridge|"),
            (", pages IV and V", "page IV and V|"),
            ("p. 33", "page 33|"),
            (", passim", "|, passim"),
            (", i.e. here", "|, i.e. here"),
            (", c. 1900", "|, c. 1900"),
            (", I think", "|, I think"),
            (" and 33", "| and 33"),
            ("", "|"),
            (", p.", "|, p."),
        ] {
            assert_eq!(said(text, "en"), want, "{text}");
        }
    }

    #[test]
    fn the_words_of_the_language_name_places_too() {
        assert_eq!(said(", S. 33", "de"), "page 33|");
        assert_eq!(said(", Kap. 2 und 3", "de"), "chapter 2 und 3|");
        assert_eq!(said(", chap. 2", "fr"), "chapter 2|");
        assert_eq!(said(", p. 3 et 4", "fr"), "page 3 et 4|");
    }
}
