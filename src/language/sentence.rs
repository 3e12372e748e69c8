//! Where the first sentence of a text ends.

use super::Language;
use super::ties::stands_before;

/// Signs that end a sentence where a space and a new one follow.
const STOPS: [char; 6] = ['.', '!', '?', '…', '؟', '।'];

/// Signs that end one without a space.
const FULL_STOPS: [char; 3] = ['。', '！', '？'];

/// What may stand between a stop and the space after it.
const CLOSERS: [char; 10] = ['"', '\'', '”', '’', '»', '›', ')', ']', '」', '』'];

/// So many letters a word has that ends a sentence, and a name; what is shorter may be an abbreviation.
const LEAST_LETTERS: [usize; 2] = [3, 6];

/// Words of bibliographies that stand with a stop within a sentence.
const SHORTENED: [&str; 20] = [
    "app", "approx", "cap", "comp", "dept", "eds", "esp", "etc", "fol", "ibid", "introd", "orig", "pts", "publ",
    "repr", "rev", "ser", "trans", "transl", "vols",
];

/// The bytes at which a sentence of a text may end, in order; the end of the text is none of them. A stop after an
/// initial or an abbreviation ends none, nor does one before a small letter.
pub fn ends<'a>(text: &'a str, language: &'a Language) -> impl Iterator<Item = usize> + 'a {
    text.char_indices().filter_map(move |(at, letter)| {
        let after = at + letter.len_utf8();
        let rest = text[after..].trim_start_matches(CLOSERS);
        let end = text.len() - rest.len();
        let next = rest.trim_start().chars().next()?;
        let ends = match letter {
            _ if FULL_STOPS.contains(&letter) => !FULL_STOPS.contains(&next),
            '.' | '…' => is_spaced(rest) && begins(next) && (end > after || is_word(&text[..at], language)),
            _ => STOPS.contains(&letter) && is_spaced(rest) && begins(next),
        };
        ends.then_some(end)
    })
}

fn is_spaced(rest: &str) -> bool {
    rest.starts_with([' ', '\u{a0}', '\u{202f}'])
}

/// Whether a sentence may begin with this: no small letter.
fn begins(letter: char) -> bool {
    !letter.is_lowercase() && !matches!(letter, ',' | ';' | ':' | '–' | '—' | '(')
}

/// Whether what stands before a stop is a whole word.
fn is_word(before: &str, language: &Language) -> bool {
    // A bracket or a mark of quotation before the stop closes what was said.
    if before.ends_with(CLOSERS) {
        return true;
    }
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    let length = word.chars().count();
    let figures = length > 0 && word.chars().all(|letter| letter.is_ascii_digit());
    let least = LEAST_LETTERS[usize::from(word.starts_with(char::is_uppercase))];
    (figures || length >= least) && !SHORTENED.contains(&word) && !stands_before(&format!("{word}."), language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first<'a>(tag: &str, text: &'a str) -> Option<&'a str> {
        let language = Language::parse(tag).expect("a tag");
        let end = ends(text, &language).next();
        end.map(|end| &text[..end])
    }

    #[test]
    fn a_sentence_ends_at_a_stop_that_a_new_one_follows() {
        assert_eq!(first("en", "The treaty was signed. It holds."), Some("The treaty was signed."));
        assert_eq!(first("en", "“Who pays?” Nobody says."), Some("“Who pays?”"));
        assert_eq!(first("en", "See the report (Ottawa, 2024). It says so."), Some("See the report (Ottawa, 2024)."));
        assert_eq!(first("en", "Rates rose to 12. Nobody knew."), Some("Rates rose to 12."));
        assert_eq!(first("zh", "条约已签署。它有效。"), Some("条约已签署。"));
        assert_eq!(first("en", "It holds."), None);
    }

    #[test]
    fn initials_and_abbreviations_end_none() {
        assert_eq!(first("en", "J. R. Smith and Dr. Kim, Vol. 3, ed. May"), None);
        assert_eq!(first("en", "Plato, Laws, trans. May, in the words of J. Smith, says so on that day."), None);
        assert_eq!(first("en", "No. 5, Univ. Press, p. 12, says Messrs. Kim."), None);
    }
}
