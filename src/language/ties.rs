//! Spaces at which no line ends, by language: before a unit, after "p.", between initials.
//!
//! What the style guides of a language agree on, and no more: each tie takes a place to break from the setter.

use super::Language;
use super::facts::Facts;

/// The words of a language that a space ties to what stands beside them.
struct Ties {
    /// To the number after them: "p. 12".
    before_number: &'static [&'static str],
    /// To the number before them: "12 km".
    after_number: &'static [&'static str],
    /// To the name after them: "Mr. Smith".
    before_name: &'static [&'static str],
}

/// Tied in every language.
const COMMON: Ties = Ties {
    before_number: &[
        "p.", "pp.", "§", "§§", "№", "n°", "N°", "nº", "Nº", "vol.", "Vol.", "art.", "Art.", "fig.", "Fig.",
    ],
    after_number: &[
        "%", "‰", "km", "m", "cm", "mm", "km²", "m²", "m³", "kg", "g", "mg", "t", "Mt", "kt", "W", "MW", "GW", "TW",
        "kW", "kWh", "MWh", "GWh", "TWh", "J", "MJ", "GJ", "V", "kV", "Pa", "°C", "°F", "K", "€", "£", "$", "¥", "ha",
        "l", "L", "ml", "s", "ms", "min", "h", "Hz", "kHz", "MHz", "GHz", "kB", "MB", "GB", "TB", "dB", "EUR", "USD",
        "GBP", "CHF",
    ],
    before_name: &["Dr.", "Prof.", "St."],
};

fn ties(language: &Language) -> Ties {
    let (before_number, after_number, before_name): (&[&str], &[&str], &[&str]) = match language.primary() {
        "en" => (
            &[
                "No.", "Nos.", "no.", "nos.", "ch.", "chap.", "sec.", "Sec.", "para.", "eq.", "ll.", "fol.", "page",
                "pages", "note", "Chapter", "Figure", "Table", "Part", "Article", "Section", "Box",
            ],
            &["thousand", "million", "billion", "trillion", "BC", "BCE", "CE", "AD", "a.m.", "p.m.", "percent"],
            &[
                "Mr.", "Mrs.", "Ms.", "Messrs.", "Rev.", "Gen.", "Col.", "Capt.", "Gov.", "Sen.", "Mr", "Mrs", "Ms",
                "Dr",
            ],
        ),
        "fr" => (
            &["no", "nos", "t.", "chap.", "l.", "col.", "page", "pages", "note", "article", "chapitre", "tableau"],
            &["millions", "million", "milliards", "milliard", "siècle", "av.", "apr."],
            &["M.", "MM.", "Mme", "Mmes", "Mlle", "Mgr", "Dr", "Pr", "Me"],
        ),
        "de" => (
            &[
                "S.",
                "Nr.",
                "Nrn.",
                "Abb.",
                "Abs.",
                "Bd.",
                "Bde.",
                "Kap.",
                "Tab.",
                "Ziff.",
                "Rn.",
                "Anm.",
                "Sp.",
                "Seite",
                "Kapitel",
                "Abbildung",
                "Tabelle",
                "Artikel",
                "Anlage",
            ],
            &["Mio.", "Mrd.", "Millionen", "Milliarden", "Million", "Milliarde", "Prozent", "Uhr"],
            &["Hr.", "Fr.", "Herr", "Frau", "Sankt"],
        ),
        "es" => (
            &["n.º", "n.ᵒˢ", "núm.", "núms.", "pág.", "págs.", "cap.", "tomo", "página", "capítulo", "artículo"],
            &["mil", "millones", "millón"],
            &["Sr.", "Sra.", "Sres.", "D.", "D.ª", "Dña.", "Dra.", "San", "Santa"],
        ),
        "pt" => (
            &["n.º", "n.os", "pág.", "págs.", "cap.", "página", "capítulo", "artigo"],
            &["mil", "milhões", "milhão", "milhares"],
            &["Sr.", "Sra.", "D.", "Dra.", "São", "Santa"],
        ),
        "it" => (
            &["n.", "nn.", "pag.", "pagg.", "cap.", "capp.", "par.", "pagina", "capitolo", "articolo"],
            &["mila", "milioni", "milione", "miliardi", "miliardo"],
            &["sig.", "sig.ra", "dott.", "dott.ssa", "on.", "mons."],
        ),
        "nl" => (
            &["blz.", "nr.", "nrs.", "dl.", "hfdst.", "noot"],
            &["miljoen", "miljard", "procent", "uur"],
            &["dhr.", "mevr.", "mr.", "dr.", "prof."],
        ),
        "sv" | "da" | "nb" | "nn" | "no" => (
            &["s.", "nr.", "nr", "kap.", "bd.", "sida", "side"],
            &["miljoner", "miljarder", "millioner", "milliarder", "procent", "prosent"],
            &[],
        ),
        "fi" => (&["s.", "nro", "luku"], &["miljoonaa", "miljardia", "prosenttia"], &[]),
        "pl" => (
            &["s.", "str.", "nr", "t.", "rozdz.", "ust.", "pkt", "rys.", "tab."],
            &["r.", "w.", "tys.", "mln", "mld", "zł"],
            &["dr", "prof.", "ks.", "św."],
        ),
        "cs" | "sk" => {
            (&["s.", "č.", "sv.", "kap.", "str.", "obr.", "tab."], &["tis.", "mil.", "mld.", "Kč"], &["sv."])
        }
        "hu" => (&["sz."], &["ezer", "millió", "milliárd", "Ft"], &[]),
        "ru" | "uk" | "be" | "bg" => (
            &["с.", "С.", "стр.", "т.", "Т.", "гл.", "рис.", "табл.", "ст.", "п."],
            &["г.", "гг.", "в.", "вв.", "тыс.", "млн", "млрд", "км", "м", "кг", "руб.", "р."],
            &["г.", "св.", "проф.", "акад."],
        ),
        "el" => (&["σ.", "σσ.", "αρ.", "κεφ.", "αριθ."], &["χιλ.", "εκατ.", "δισ."], &["κ.", "κα"]),
        _ => (&[], &[], &[]),
    };
    Ties { before_number, after_number, before_name }
}

/// Abbreviations of several letters whose parts stay together ("z. B."), by their pairs.
fn abbreviation(language: &Language) -> &'static [(&'static str, &'static str)] {
    match language.primary() {
        "de" => &[
            ("z.", "B."),
            ("d.", "h."),
            ("u.", "a."),
            ("u.", "U."),
            ("i.", "d."),
            ("d.", "R."),
            ("o.", "Ä."),
            ("s.", "o."),
            ("s.", "u."),
            ("v.", "a."),
            ("v.", "Chr."),
            ("n.", "Chr."),
            ("z.", "T."),
            ("i.", "e."),
        ],
        "es" => &[("EE.", "UU."), ("a.", "C."), ("d.", "C."), ("p.", "ej.")],
        "pt" => &[("a.", "C."), ("d.", "C."), ("p.", "ex.")],
        "fr" => &[("av.", "J.-C."), ("apr.", "J.-C.")],
        "ru" => &[("т.", "е."), ("т.", "д."), ("т.", "п."), ("и", "т."), ("до", "н."), ("н.", "э.")],
        "nl" => &[("v.", "Chr."), ("n.", "Chr.")],
        _ => &[],
    }
}

/// Whether there are words of one or two letters that are tied to a word in small letters.
pub(super) fn ties_short(language: &Language) -> bool {
    !abbreviation(language).is_empty() || matches!(language.primary(), "pl" | "cs" | "sk" | "ru" | "uk" | "be")
}

/// Whether a word, its stop with it, belongs to a number or a name after it: "vol.", "Messrs.".
pub(super) fn stands_before(word: &str, language: &Language) -> bool {
    let lists = [&COMMON, &ties(language)].map(|ties| [ties.before_number, ties.before_name]);
    lists.iter().flatten().any(|list| list.contains(&word))
}

/// Whether no line ends at the space between two words. They are letters as they stand, with their punctuation.
pub(super) fn ties_to(language: &Language, before: &[char], after: &[char]) -> bool {
    let opening = before.iter().take_while(|letter| "([{\"'“‘„‚«‹\u{a0}\u{202f}".contains(**letter)).count();
    let before = &before[opening..];
    let (Some(first), Some(last)) = (after.first(), before.last()) else { return false };
    // A dash goes with the words before it.
    if matches!(after, ['–' | '—' | '-'] | ['-', '-'] | ['-', '-', '-']) {
        return true;
    }
    // Stops that are written behind a space, and signs that repeat the word before them: dandas, those of Burmese and
    // Khmer; mai yamok and paiyannoi of Thai, and their kin.
    if matches!(first, '।' | '॥' | '၊' | '။' | '។' | '៕' | 'ៗ' | 'ๆ' | 'ฯ' | 'ໆ') {
        return true;
    }
    let digit = |letter: &char| letter.is_ascii_digit();
    let is = |word: &[char], known: &str| word.iter().copied().eq(known.chars());
    let among = |word: &[char], lists: [&[&str]; 2]| lists.iter().any(|list| list.iter().any(|known| is(word, known)));
    if digit(first) && (last.is_alphabetic() || ".§№°º".contains(*last)) {
        let own = ties(language);
        if among(before, [COMMON.before_number, own.before_number]) {
            return true;
        }
    }
    if digit(last) {
        let closing = after.iter().rev().take_while(|letter| ",;:)]\"'”’»!?".contains(**letter)).count();
        let unit = &after[..after.len() - closing];
        let bare = unit.strip_suffix(&['.']).unwrap_or(unit);
        let own = ties(language);
        if among(unit, [COMMON.after_number, own.after_number]) || among(bare, [COMMON.after_number, own.after_number])
        {
            return true;
        }
        if before.len() <= 2 && is_month(language, trimmed(after)) {
            return true;
        }
        // "10 000": thousands stay together.
        if language.primary() != "en" && ends_in_thousands(before) && begins_with_three(unit) {
            return true;
        }
    }
    if first.is_uppercase() && *last == '.' {
        // Initials; and a lone letter with its stop is one.
        if before.len() == 2 && before[0].is_uppercase() {
            return true;
        }
        let ordinal = language.primary() == "de" && before[..before.len() - 1].iter().all(digit) && before.len() <= 3;
        if ordinal && before.len() > 1 && is_month(language, trimmed(after)) {
            return true;
        }
    }
    if first.is_uppercase() && among(before, [COMMON.before_name, ties(language).before_name]) {
        return true;
    }
    if language.primary() == "fr" && after.starts_with(&['s', 'i', 'è', 'c', 'l', 'e']) && century(before) {
        return true;
    }
    if *last == '.' || before.len() <= 2 {
        let pairs = abbreviation(language);
        if pairs.iter().any(|(one, other)| is(before, one) && is(trimmed(after), other)) {
            return true;
        }
    }
    one_letter_word(language, before)
}

/// Whether a word ends in one to three digits that begin a number, or go on with it: "10", "–10", "€10", "000–12".
fn ends_in_thousands(word: &[char]) -> bool {
    let digits = word.iter().rev().take_while(|letter| letter.is_ascii_digit()).count();
    let lead = word[..word.len() - digits].last();
    (1..=3).contains(&digits) && lead.is_none_or(|lead| AROUND_NUMBERS.contains(*lead))
}

/// Whether a word begins with a group of three digits: "000", "567,5", "000.", "000–12", "000%".
fn begins_with_three(word: &[char]) -> bool {
    let digits = word.iter().take_while(|letter| letter.is_ascii_digit()).count();
    digits == 3
        && match word[digits..] {
            [] | ['.'] => true,
            ['.' | ',' | '٫', after, ..] => after.is_ascii_digit(),
            [after, ..] => AROUND_NUMBERS.contains(after),
        }
}

/// Signs that stand at a number without a space.
const AROUND_NUMBERS: &str = "–—-−+±~≈<>≤≥=%‰°$€£¥₹₺";

/// A month as a date has it: "19 June".
fn is_month(language: &Language, word: &[char]) -> bool {
    let facts = Facts::of(language);
    (1..=12).any(|month| word.iter().copied().eq(facts.month(month, true).chars()))
}

/// Without marks after it, but for a stop of its own.
fn trimmed(word: &[char]) -> &[char] {
    let marks = word.iter().rev().take_while(|letter| ",;:)]\"'”’»“!?".contains(**letter)).count();
    &word[..word.len() - marks]
}

/// "XIXe", "IIe": a century of French.
fn century(word: &[char]) -> bool {
    let letters = word.iter().take_while(|letter| "IVX".contains(**letter)).count();
    let ending: String = word[letters..].iter().collect();
    letters > 0 && matches!(ending.as_str(), "e" | "ᵉ" | "er" | "ème")
}

/// Words of one letter that do not end a line.
fn one_letter_word(language: &Language, word: &[char]) -> bool {
    let [letter] = word else { return false };
    match language.primary() {
        "pl" | "cs" | "sk" => letter.is_alphabetic(),
        "ru" | "uk" | "be" => "вВкКсСуУоОиИаАяЯзЗжЖ".contains(*letter),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tied(tag: &str, pair: &str) -> bool {
        let (before, after) = pair.split_once(' ').expect("two words");
        let letters = |word: &str| word.chars().collect::<Vec<char>>();
        ties_to(&Language::parse(tag).expect("a tag"), &letters(before), &letters(after))
    }

    #[test]
    fn words_between_which_nothing_is_tied_are_known_without_looking() {
        let tags = ["en", "fr", "de", "es", "pt", "it", "nl", "sv", "fi", "pl", "cs", "hu", "ru", "el", "tr"];
        let words = ["a", "k", "of", "the", "word", "Word", "M", "siècle", "s", "sec", "XIX", "No", "and", "v", "i"];
        for (tag, (before, after)) in
            tags.into_iter().flat_map(|tag| words.map(|before| words.map(|after| (tag, (before, after)))).concat())
        {
            let language = Language::parse(tag).expect("a tag");
            let set = super::super::punctuation::Setter::new(&language).set(&format!("{before} {after} x"), None);
            let tied = set[before.len()..].starts_with('\u{a0}');
            assert_eq!(tied, self::tied(tag, &format!("{before} {after}")), "{tag}: {before} {after}");
        }
    }

    #[test]
    fn what_belongs_together_by_language() {
        let pairs = [
            ("en", "(p. 12"),
            ("en", "40 km,"),
            ("en", "J. Smith"),
            ("en", "Chapter 3"),
            ("en", "12 million"),
            ("en", "19 June,"),
            ("en", "word –"),
            ("fr", "no 5"),
            ("fr", "XIXe siècle"),
            ("fr", "10 000"),
            ("fr", "10 000."),
            ("pl", "234 567,5"),
            ("tr", "€10 000"),
            ("de", "−10 000–12"),
            ("de", "000–12 000%"),
            ("fr", "av. J.-C.,"),
            ("fr", "M. Dupont"),
            ("de", "z. B."),
            ("de", "S. 12"),
            ("de", "19. Juni"),
            ("de", "5 Mrd."),
            ("es", "n.º 5"),
            ("pl", "w domu"),
            ("pl", "2024 r."),
            ("ru", "в доме"),
            ("ru", "2024 г."),
            ("ru", "№ 5"),
            ("ru", "слово —"),
            ("hi", "जाएगा ।"),
            ("th", "ใด ๆ"),
            ("km", "នេះ ។"),
        ];
        for (tag, pair) in pairs {
            assert!(tied(tag, pair), "{tag}: {pair}");
        }
    }

    #[test]
    fn what_may_be_parted() {
        let pairs = [
            ("en", "the house"),
            ("en", "in 1950"),
            ("en", "1950 and"),
            ("en", "end. The"),
            ("en", "a house"),
            ("en", "2024 2025"),
            ("en", "10 000,5"),
            ("de", "3. 000"),
            ("de", "1950 200"),
            ("de", "A4 100"),
            ("de", "31.12 200"),
            ("de", "10 100er"),
            ("de", "10 100:1"),
            ("en", "I. say"),
            ("de", "Ende. Juni"),
            ("de", "3. Kapitel"),
            ("fr", "siècle dernier"),
            ("en", "12 metres"),
            ("en", "page after"),
            ("en", "– word"),
        ];
        for (tag, pair) in pairs {
            assert!(!tied(tag, pair), "{tag}: {pair}");
        }
    }
}
