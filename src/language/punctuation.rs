//! Punctuation by language: quotes, dashes, ellipses, spaces that do not break.
//!
//! Works on one paragraph at a time, letters in reading order, so that a quotation may begin in one word and end in an
//! emphasised one. Letters that are curly already are never changed. Addresses and program text never come here.

use super::facts::Facts;
use super::{Language, is_of_a_word, ties};

/// The quotation marks of a language: outer, inner, and the thin space within them if there is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    pub outer: [&'static str; 2],
    pub inner: [&'static str; 2],
}

/// Words with the quotation marks of one language for those of another around them; `inside`: whether one is open.
pub fn quoted_as(words: &str, from: &Language, to: &Language, inside: &mut bool) -> String {
    let (from, to) = (marks(from), marks(to));
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        let mut sign = [0; 4];
        let sign: &str = letter.encode_utf8(&mut sign);
        // Where both are alike, the first one opens.
        let opens = sign == from.outer[0] && (from.outer[0] != from.outer[1] || !*inside);
        match () {
            () if opens => out.push_str(to.outer[0]),
            () if sign == from.outer[1] => out.push_str(to.outer[1]),
            () => out.push(letter),
        }
        *inside = opens || *inside && sign != from.outer[1];
    }
    out
}

/// Those of CLDR, but where the language's own books or its academy have others: French and Swiss marks, the Spanish
/// ones of the Real Academia (Ortografía, 2010), the Danish ones of the Retskrivningsordbog (§ 58), the Croatian ones of
/// the Hrvatski pravopis (2013), double ones outside single ones in Dutch, and single ones inside in Bulgarian and
/// Lithuanian.
pub(super) fn marks(language: &Language) -> Marks {
    let (outer, inner) = match (language.primary(), language.region()) {
        ("fr", Some("CH")) => (["«\u{202f}", "\u{202f}»"], ["‹\u{202f}", "\u{202f}›"]),
        ("fr", _) => (["«\u{a0}", "\u{a0}»"], ["“", "”"]),
        ("de", Some("CH")) => (["«", "»"], ["‹", "›"]),
        ("bg" | "lt", _) => (["„", "“"], ["‚", "‘"]),
        ("hr", _) => (["„", "”"], ["‘", "’"]),
        ("es", Some("ES") | None) => (["«", "»"], ["“", "”"]),
        ("da", _) => (["»", "«"], ["›", "‹"]),
        ("nl", _) => (["“", "”"], ["‘", "’"]),
        _ => {
            let [open, close, inner_open, inner_close] = Facts::of(language).quotes;
            ([open, close], [inner_open, inner_close])
        }
    };
    Marks { outer, inner }
}

/// Whether the second number is the greater one, where its first digits may be left to the first ("1998-99"); the third
/// part of ISO 5667 ("5667-3") is none.
fn rises(first: &[char], second: &[char]) -> bool {
    let shared = &first[..first.len() - second.len().min(first.len())];
    shared.iter().chain(second).gt(first.iter())
}

impl Language {
    /// The comma between numbers that stand beside each other.
    pub fn comma(&self) -> &'static str {
        match self.primary() {
            "ar" | "fa" | "ur" | "ckb" | "ps" | "sd" | "ug" => "،",
            _ => ",",
        }
    }
}

/// Languages whose words have no spaces between them: a mark opens when none is open.
fn is_unspaced(language: &Language) -> bool {
    matches!(language.primary(), "zh" | "ja" | "yue" | "cmn" | "th" | "lo" | "km" | "my" | "bo")
}

/// What is remembered from one stretch of a paragraph to the next.
#[derive(Clone, Debug)]
pub struct Setter {
    language: Language,
    marks: Marks,
    french: bool,
    unspaced: bool,
    /// Hebrew and Yiddish have signs of their own within words.
    hebrew: bool,
    /// Words of a letter or two are tied to others in this language.
    ties_short: bool,
    /// Open quotation marks, outermost first: whether each was a double one.
    open: Vec<bool>,
    /// The last letter that was set.
    last: Option<char>,
}

impl Setter {
    /// At the start of a paragraph.
    pub fn new(language: &Language) -> Setter {
        Setter {
            language: language.clone(),
            marks: marks(language),
            french: language.primary() == "fr",
            unspaced: is_unspaced(language),
            hebrew: matches!(language.primary(), "he" | "yi" | "iw" | "ji"),
            ties_short: ties::ties_short(language),
            open: Vec::new(),
            last: None,
        }
    }

    /// Passes over what is not letters of the language (program text, an address, a note's call).
    pub fn pass(&mut self, last: char) {
        self.last = Some(last);
    }

    /// Sets a stretch; `next` is the first letter of what follows it.
    pub fn set(&mut self, text: &str, next: Option<char>) -> String {
        let letters: Vec<char> = text.chars().collect();
        let mut out = String::with_capacity(text.len() + 8);
        let (mut at, mut byte) = (0, 0);
        while at < letters.len() {
            let plain = letters[at..].iter().take_while(|letter| letter.is_ascii_alphabetic()).count();
            if plain > 0 {
                out.push_str(&text[byte..byte + plain]);
                self.last = Some(letters[at + plain - 1]);
                (at, byte) = (at + plain, byte + plain);
                continue;
            }
            let following = |ahead: usize| {
                letters.get(at + ahead).copied().or(if at + ahead == letters.len() { next } else { None })
            };
            let letter = letters[at];
            let mut used = 1;
            match letter {
                '"' if self.within_hebrew(following(1)) && following(1).is_some_and(hebrew) => out.push('״'),
                '\'' if self.within_hebrew(following(1)) => out.push('׳'),
                '"' => self.double(following(1), &mut out),
                '\'' => self.single(following(1), &letters[at + 1..], &mut out),
                '-' if following(1) == Some('-') => {
                    let long = following(2) == Some('-') && following(3) != Some('-');
                    if long {
                        out.push('—');
                        used = 3;
                    } else if following(2) != Some('-') {
                        out.push('–');
                        used = 2;
                    } else {
                        // A row of hyphens is a drawing.
                        while following(used) == Some('-') && at + used < letters.len() {
                            used += 1;
                        }
                        out.extend(std::iter::repeat_n('-', used));
                    }
                }
                '.' if following(1) == Some('.') && following(2) == Some('.') && at + 2 < letters.len() => {
                    out.push('…');
                    used = 3;
                }
                '-' if digit(self.last) && digit(following(1)) && self.is_range(&letters, at) => out.push('–'),
                ' ' => out.push(self.space(following(1), &letters, at)),
                ';' | ':' | '!' | '?' if self.french => {
                    self.french_high(letter, &mut out);
                }
                '«' if self.french => {
                    out.push(letter);
                    if following(1).is_some_and(|next| !next.is_whitespace()) {
                        out.push(self.within());
                    }
                }
                '»' if self.french => {
                    let last = out.chars().next_back().or(self.last);
                    if last.is_some_and(|last| !last.is_whitespace() && last != '«') {
                        out.push(self.within());
                    }
                    unbreak(&mut out);
                    out.push(letter);
                }
                _ => out.push(letter),
            }
            let used = used.min(letters.len() - at).max(1);
            byte += letters[at..at + used].iter().map(|letter| letter.len_utf8()).sum::<usize>();
            at += used;
            self.last = out.chars().next_back().or(self.last);
        }
        out
    }

    /// Whether a hyphen stands between two years or pages ("1950-1953", "pp. 12-17"), not in a date or a number.
    fn is_range(&self, letters: &[char], at: usize) -> bool {
        let before = letters[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let after = letters[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        let around = |c: Option<&char>| c.is_some_and(|c| *c == '-' || c.is_alphabetic());
        let left = at.checked_sub(before + 1).and_then(|left| letters.get(left));
        !around(left)
            && !around(letters.get(at + 1 + after))
            && before <= 4
            && after <= 4
            && before == after.max(before)
            && (before >= 2 || after >= 2)
            && rises(&letters[at - before..at], &letters[at + 1..at + 1 + after])
    }

    /// Whether a mark stands after a Hebrew letter and closes nothing: gershayim within an abbreviation (צה״ל), geresh
    /// after the letter that it changes (ג׳ורג׳).
    fn within_hebrew(&self, next: Option<char>) -> bool {
        let closes = !self.open.is_empty() && !next.is_some_and(char::is_alphabetic);
        self.hebrew && self.last.is_some_and(hebrew) && !closes
    }

    fn opens(&self, double: bool, next: Option<char>) -> bool {
        if self.unspaced && !self.last.is_some_and(|last| last.is_ascii_alphanumeric()) {
            return !self.open.contains(&double) && next.is_some_and(|next| !next.is_whitespace());
        }
        let before = match self.last {
            None => true,
            Some(last) => {
                last.is_whitespace()
                    || "([{—–-/¿¡\u{a0}\u{202f}".contains(last)
                    || "«“‘„‚‹".contains(last) && !self.only_closes(last)
            }
        };
        before && next.is_some_and(|next| !next.is_whitespace())
    }

    /// Whether a mark closes in this language and opens nothing, as “ and ‘ do in German.
    fn only_closes(&self, mark: char) -> bool {
        let is = |side: usize| [self.marks.outer[side], self.marks.inner[side]].iter().any(|set| set.contains(mark));
        is(1) && !is(0)
    }

    fn double(&mut self, next: Option<char>, out: &mut String) {
        let marks = self.marks;
        if self.opens(true, next) {
            // Marks alternate: double ones within single ones are the outer ones again.
            let pair = if self.open.last() == Some(&true) { marks.inner } else { marks.outer };
            self.open.push(true);
            out.push_str(pair[0]);
        } else {
            if let Some(at) = self.open.iter().rposition(|double| *double) {
                self.open.truncate(at);
            }
            let pair = if self.open.last() == Some(&true) { marks.inner } else { marks.outer };
            out.push_str(pair[1]);
        }
    }

    fn single(&mut self, next: Option<char>, rest: &[char], out: &mut String) {
        let marks = self.marks;
        let letter_before = self.last.is_some_and(is_of_a_word);
        if letter_before && next.is_some_and(is_of_a_word) {
            return out.push('’');
        }
        // ’90s, ’tis: a letter is left out, there is nothing to close.
        let elided = next.is_some_and(|c| c.is_ascii_digit()) || elision(rest);
        if self.opens(false, next) && elided {
            return out.push('’');
        }
        if self.opens(false, next) {
            let pair = marks.inner;
            self.open.push(false);
            return out.push_str(pair[0]);
        }
        match self.open.last() {
            Some(false) => {
                self.open.pop();
                out.push_str(marks.inner[1]);
            }
            _ => out.push('’'),
        }
    }

    /// The space within guillemets.
    fn within(&self) -> char {
        self.marks.outer[0].chars().nth(1).unwrap_or('\u{a0}')
    }

    /// A space, or one at which no line ends.
    fn space(&self, next: Option<char>, letters: &[char], at: usize) -> char {
        if self.french {
            match next {
                Some('»') => return self.within(),
                _ if self.last == Some('«') => return self.within(),
                Some(';' | '!' | '?') => return '\u{202f}',
                Some(':') => return '\u{a0}',
                _ => {}
            }
        }
        if self.is_between_words(next, &letters[..at]) {
            return ' ';
        }
        let parting = |letter: &char| letter.is_whitespace() && *letter != '\u{a0}' && *letter != '\u{202f}';
        let start = letters[..at].iter().rposition(parting).map_or(0, |space| space + 1);
        let end = letters[at + 1..].iter().position(parting).map_or(letters.len(), |space| at + 1 + space);
        match ties::ties_to(&self.language, &letters[start..at], &letters[at + 1..end]) {
            true => '\u{a0}',
            false => ' ',
        }
    }

    /// Whether a space stands between two words that nothing can tie: most do, and no list has to be looked through.
    fn is_between_words(&self, next: Option<char>, before: &[char]) -> bool {
        let least = if self.ties_short { 3 } else { 1 };
        let word = before.len().checked_sub(least).and_then(|from| before.get(from..));
        next.is_some_and(|next| next.is_ascii_lowercase() && !(self.french && next == 's'))
            && word.is_some_and(|word| word.iter().all(char::is_ascii_alphabetic))
    }

    /// French sets a thin space before high punctuation, and a full one before the colon.
    fn french_high(&self, letter: char, out: &mut String) {
        let last = out.chars().next_back().or(self.last);
        let bare = last.is_some_and(|c| is_of_a_word(c) || ")”»’%".contains(c));
        if bare && letter != ':' {
            out.push('\u{202f}');
        } else if bare && !last.is_some_and(|c| c.is_ascii_digit()) {
            out.push('\u{a0}');
        }
        out.push(letter);
    }
}

fn hebrew(letter: char) -> bool {
    ('\u{5d0}'..='\u{5f2}').contains(&letter)
}

fn digit(letter: Option<char>) -> bool {
    letter.is_some_and(|c| c.is_ascii_digit())
}

fn elision(rest: &[char]) -> bool {
    let word: String = rest.iter().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    // What is closed again right behind it is quoted: 'em'; but 'n' is not.
    let quoted = matches!(rest.get(word.chars().count()), Some('\'' | '’')) && word != "n";
    const ELIDED: [&str; 16] = [
        "tis", "twas", "twere", "em", "cause", "til", "n", "round", "s", "t", "bout", "neath", "ne", "nen", "nem",
        "ner",
    ];
    !quoted && ELIDED.contains(&word.as_str())
}

/// The space before a closing mark does not break.
fn unbreak(out: &mut String) {
    if out.ends_with(' ') {
        out.pop();
        out.push('\u{a0}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(tag: &str, text: &str) -> String {
        Setter::new(&Language::parse(tag).expect("a tag")).set(text, None)
    }

    #[test]
    fn quotations_of_one_language_become_those_of_another() {
        let of = |from: &str, words: &str| {
            let [from, to] = [from, "en"].map(|tag| Language::parse(tag).expect("a tag"));
            quoted_as(words, &from, &to, &mut false)
        };
        assert_eq!(of("ar", "”A“"), "“A”");
        assert_eq!(of("he", "”A”, ”B”"), "“A”, “B”");
        assert_eq!(of("fa", "«A»"), "“A”");
    }

    #[test]
    fn quotes_nest_as_their_language_nests_them() {
        assert_eq!(set("en", "\"He said 'no,' twice,\" she wrote."), "“He said ‘no,’ twice,” she wrote.");
        assert_eq!(set("de", "Er sagte: \"Sie sagte 'nein'.\""), "Er sagte: „Sie sagte ‚nein‘.“");
        assert_eq!(set("fr", "Il dit \"oui\" !"), "Il dit «\u{a0}oui\u{a0}»\u{202f}!");
        assert_eq!(set("es", "Dijo \"sí\"."), "Dijo «sí».");
        assert_eq!(set("pl", "Powiedział \"tak\"."), "Powiedział „tak”.");
    }

    #[test]
    fn a_mark_that_closes_opens_nothing_after_it() {
        let german = Language::parse("de").expect("a tag");
        let set = |text: &str| Setter::new(&german).set(text, None);
        assert_eq!(set("\"Er sagte 'nein'\"."), "„Er sagte ‚nein‘“.");
        assert_eq!(set("('\"Ja\"'!)"), "(‚„Ja“‘!)");
    }

    #[test]
    fn quotes_of_scripts_without_spaces_and_of_hebrew() {
        assert_eq!(set("ja", "彼は\"はい\"と言った。\"いいえ\"も。"), "彼は「はい」と言った。「いいえ」も。");
        assert_eq!(set("zh-TW", "他說\"好\"。"), "他說「好」。");
        assert_eq!(set("zh", "他说\"好\"。"), "他说“好”。");
        assert_eq!(set("th", "เขาพูดว่า\"ใช่\"แล้ว"), "เขาพูดว่า“ใช่”แล้ว");
        assert_eq!(set("he", "צה\"ל אמר: \"כן\". ג'ורג' בא"), "צה״ל אמר: ”כן”. ג׳ורג׳ בא");
        assert_eq!(set("fa", "گفت \"بله\"."), "گفت «بله».");
        assert_eq!(set("da", "Han sagde \"ja\"."), "Han sagde »ja«.");
        assert_eq!(set("hu", "\"Azt 'mondta'\""), "„Azt »mondta«”");
    }

    #[test]
    fn guillemets_that_were_typed_have_one_space_within() {
        let set_in = "Il dit\u{a0}: «\u{a0}Le sel\u{a0}»\u{202f}; «\u{a0}il pleut\u{a0}», «\u{a0}déjà\u{a0}».";
        assert_eq!(set("fr", "Il dit : « Le sel » ; «il pleut», «\u{a0}déjà\u{a0}»."), set_in);
        assert_eq!(set("es", "Dijo «sí»."), "Dijo «sí».");
    }

    #[test]
    fn double_marks_within_single_ones_stay_double() {
        assert_eq!(set("en", "a---'\"man's\" worst'. \"b 'c \"d\" e' f\""), "a—‘“man’s” worst’. “b ‘c “d” e’ f”");
    }

    #[test]
    fn apostrophes_are_not_quotes() {
        assert_eq!(set("en", "Korea's '90s, the ministers' talks, don't"), "Korea’s ’90s, the ministers’ talks, don’t");
    }

    #[test]
    fn dashes_and_ellipses() {
        assert_eq!(
            set("en", "a -- b --- c... 1950-1953, 2024-06-19, F-16, 020-7946, ISO 5667-3, 1998-99"),
            "a\u{a0}– b\u{a0}— c… 1950–1953, 2024-06-19, F-16, 020-7946, ISO 5667-3, 1998–99"
        );
        assert_eq!(set("en", "Engineers - Transport"), "Engineers\u{a0}- Transport");
    }

    #[test]
    fn what_is_curly_stays_as_it_is() {
        // But for the space that keeps the dash with the words before it.
        let (curly, tied) = ("“He said ‘no’” — so…", "“He said ‘no’”\u{a0}— so…");
        assert_eq!(set("en", curly), tied);
        assert_eq!(set("fr", curly), tied);
    }

    #[test]
    fn some_spaces_do_not_break() {
        assert_eq!(set("en", "p. 12, J. R. Smith, 40 km"), "p.\u{a0}12, J.\u{a0}R.\u{a0}Smith, 40\u{a0}km");
        assert_eq!(set("pl", "a w domu"), "a\u{a0}w\u{a0}domu");
    }

    #[test]
    fn a_quotation_may_end_in_another_stretch() {
        let mut setter = Setter::new(&Language::english());
        assert_eq!(setter.set("The \"", Some('w')), "The “");
        assert_eq!(setter.set("whole", Some('"')), "whole");
        assert_eq!(setter.set("\" of it", None), "” of it");
    }
}
