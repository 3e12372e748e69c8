//! Numbers in the fields of a work: whether they are any, how many, and how a range of pages is written.

use crate::cite::style::{Form, Gender, Locale, PageRange};
use crate::language::numerals;

/// A field as numbers and what stands between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token {
    Number(String),
    /// A hyphen or dash between two numbers.
    Range,
    Comma,
    Ampersand,
    /// "and" in words.
    And,
}

/// Whether a field is one or more numbers, each perhaps with letters before and behind; "0.77", "IV" and "US12B2" are
/// none.
pub fn is_numeric(text: &str) -> bool {
    let plain = |token: &Token| match token {
        Token::Number(number) => runs_of_digits(number) == 1,
        Token::Range | Token::Comma | Token::Ampersand | Token::And => true,
    };
    tokens(text).is_some_and(|tokens| tokens.iter().all(plain))
}

/// How many runs of digits a word has.
fn runs_of_digits(word: &str) -> usize {
    word.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty()).count()
}

/// A field as numbers, or nothing if it holds words.
pub fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let length = rest.find([' ', ',', '&', '-', '–', '—', '\u{2011}']).unwrap_or(rest.len());
        if length == 0 {
            let letter = rest.chars().next()?;
            let token = match letter {
                ',' => Token::Comma,
                '&' => Token::Ampersand,
                ' ' => {
                    rest = &rest[1..];
                    continue;
                }
                _ => Token::Range,
            };
            if !matches!(out.last(), Some(Token::Number(_))) {
                return None;
            }
            rest = rest[letter.len_utf8()..].trim_start_matches(['-', '–']);
            out.push(token);
            continue;
        }
        let word = &rest[..length];
        rest = &rest[length..];
        if matches!(word, "and" | "und" | "et") {
            out.push(Token::And);
            continue;
        }
        // "A/42/427" is a name; the stroke of a tag makes none.
        let tagged = word.contains("</");
        let digits =
            word.chars().any(|letter| letter.is_ascii_digit()) && (tagged || !word.contains(['/', '(', '[', '_']));
        let numeric = digits || is_roman(word);
        if !numeric || matches!(out.last(), Some(Token::Number(_))) {
            return None;
        }
        out.push(Token::Number(word.to_owned()));
    }
    (matches!(out.first(), Some(Token::Number(_))) && matches!(out.last(), Some(Token::Number(_)))).then_some(out)
}

/// Whether a field means more than one.
pub fn is_plural(text: &str) -> bool {
    match tokens(text) {
        Some(tokens) => tokens.len() > 1,
        None => {
            // Words with a range or a list of numbers among them.
            let text = text.replace("\\-", "");
            let digits = |part: &str| part.trim().chars().next_back().is_some_and(|letter| letter.is_ascii_digit());
            let after = |part: &str| part.trim().chars().next().is_some_and(|letter| letter.is_ascii_digit());
            // "UCB-ITS-2005-3" is the name of one.
            let named = |part: &str| {
                let number = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
                number.len() < part.len() && number.ends_with('-')
            };
            ['-', '–', ',', '&'].iter().any(|sign| {
                text.match_indices(*sign).any(|(at, found)| {
                    let before = &text[..at];
                    digits(before) && after(&text[at + found.len()..]) && !(*sign == '-' && named(before))
                })
            })
        }
    }
}

/// Whether a word is a roman number, in small or in capital letters.
fn is_roman(word: &str) -> bool {
    let one_size = word.chars().all(char::is_lowercase) || word.chars().all(char::is_uppercase);
    one_size && numerals::roman_value(&word.to_lowercase()).is_some()
}

/// One number in a form; what is no plain number stays.
fn shaped(number: &str, form: Form, locale: &Locale, gender: Option<Gender>) -> String {
    let Ok(value) = number.parse::<u32>() else { return number.to_owned() };
    match form {
        Form::Roman => numerals::roman(u64::from(value)),
        Form::Ordinal => format!("{value}{}", locale.ordinal(value, gender)),
        Form::LongOrdinal => {
            let name = format!("long-ordinal-{value:02}");
            let suffix = match gender {
                Some(Gender::Feminine) => "/feminine",
                Some(Gender::Masculine) => "/masculine",
                None => "",
            };
            let term = locale.term(&format!("{name}{suffix}"), Form::Long).or_else(|| locale.term(&name, Form::Long));
            match term.filter(|_| (1..=10).contains(&value)) {
                Some(term) => term.one.clone(),
                None => format!("{value}{}", locale.ordinal(value, gender)),
            }
        }
        _ => number.to_owned(),
    }
}

/// A field of numbers as it is printed.
pub fn write(text: &str, form: Form, locale: &Locale, gender: Option<Gender>) -> String {
    let Some(tokens) = tokens(text) else { return text.to_owned() };
    let mut out = String::new();
    for token in &tokens {
        match token {
            Token::Number(number) => out.push_str(&shaped(number, form, locale, gender)),
            Token::Range => out.push('–'),
            Token::Comma => out.push_str(", "),
            Token::Ampersand => out.push_str(" & "),
            Token::And => {
                out.push(' ');
                out.push_str(locale.word("and"));
                out.push(' ');
            }
        }
    }
    out
}

/// Pages as they are printed: every range with the dash and the shortening of the style.
pub fn pages(text: &str, format: Option<PageRange>, locale: &Locale) -> String {
    let dash = locale.term("page-range-delimiter", Form::Long).map_or("–", |term| term.one.as_str());
    let dash = if dash.is_empty() { "–" } else { dash };
    let mut out = String::new();
    for (at, part) in text.split(',').enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        for (at, part) in part.split('&').enumerate() {
            if at > 0 {
                out.push_str(" & ");
            }
            out.push_str(&range(part.trim(), format, dash));
        }
    }
    out
}

/// One range, or what stands where one might be.
fn range(text: &str, format: Option<PageRange>, dash: &str) -> String {
    let text = &text.replace("\\-", "\u{1}");
    let restore = |text: String| text.replace('\u{1}', "-");
    let signs = ["--", "–", "—", "-", "\u{2011}"];
    let Some((first, last)) = signs.iter().find_map(|sign| text.split_once(sign)) else { return restore(text.clone()) };
    let (first, last) = (first.trim(), last.trim_matches([' ', '-', '–']).trim());
    if first.is_empty() || last.is_empty() {
        return restore(text.clone());
    }
    // "775-784 vol. 2": words follow the range.
    if let Some((end, words)) = last.split_once(' ')
        && end.ends_with(|letter: char| letter.is_ascii_digit())
        && words.starts_with(char::is_alphabetic)
    {
        return restore(format!("{} {words}", range(&format!("{first}-{end}"), format, dash)));
    }
    let pieces = |word: &str| {
        let digits = word.len() - word.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        (word[..word.len() - digits].to_owned(), word[word.len() - digits..].to_owned())
    };
    let ((lead, start), (tail, end)) = (pieces(first), pieces(last));
    let simple = |word: &str| word.chars().all(char::is_alphanumeric);
    if start.is_empty() || end.is_empty() {
        let roman = is_roman(first) && is_roman(last);
        let page = |word: &str| simple(word) && word.chars().any(|letter| letter.is_ascii_digit());
        // "85r–88r", "xi–xx": a range; "Pro-Choice": none.
        return if roman || (page(first) && page(last)) {
            restore(format!("{first}{dash}{last}"))
        } else {
            restore(text.clone())
        };
    }
    let Some(format) = format else { return restore(format!("{first}{dash}{last}")) };
    if (!tail.is_empty() && tail != lead) || (tail.is_empty() && !lead.is_empty() && format == PageRange::Expanded) {
        return restore(format!("{first}-{last}"));
    }
    // What is written out: "100-4" is "100–104".
    let full =
        if end.len() < start.len() { format!("{}{end}", &start[..start.len() - end.len()]) } else { end.clone() };
    let (low, high) = (start.parse::<u64>(), full.parse::<u64>());
    let (Ok(low), Ok(_)) = (low, high) else { return restore(format!("{first}{dash}{last}")) };
    let common = start.bytes().zip(full.bytes()).take_while(|(a, b)| a == b).count();
    let same = start.len() == full.len();
    let least = |digits: usize| full[common.min(full.len().saturating_sub(digits))..].to_owned();
    let short = match format {
        _ if !same => full.clone(),
        PageRange::Expanded => full.clone(),
        PageRange::Minimal => least(1),
        PageRange::MinimalTwo => least(2),
        PageRange::Chicago15 | PageRange::Chicago16 if low < 100 || low % 100 == 0 => full.clone(),
        PageRange::Chicago15 | PageRange::Chicago16 if low % 100 < 10 => least(1),
        PageRange::Chicago15 if start.len() == 4 && start.len() - common >= 3 => full.clone(),
        PageRange::Chicago15 | PageRange::Chicago16 => least(2),
    };
    let prefix = if format == PageRange::Expanded { &lead } else { "" };
    restore(format!("{first}{dash}{prefix}{short}"))
}

/// The letters of the n-th work of a year, from 0: a, b … z, aa.
pub fn letters(number: usize) -> String {
    numerals::letters(number as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_run_of_digits_with_letters_around_it() {
        for number in ["12", "D2", "2b", "L2d", "12–15", "3, 4 & 5"] {
            assert!(is_numeric(number), "{number}");
        }
        for name in ["US9988280B2", "0.77", "IV", "A/42/427", "7th and last"] {
            assert!(!is_numeric(name), "{name}");
        }
    }

    #[test]
    fn a_name_with_hyphens_and_years_is_one_and_no_range() {
        assert!(!is_plural("UCB-ITS-VWP-2005-3"));
        assert!(is_plural("vol. 3, pp. 12-15") && is_plural("fols. 3, 5") && is_plural("12-15"));
    }
}
