//! What Unicode CLDR says of a language: dates, lists, quotation marks, numbers, and which way it runs.
//!
//! The table is `data/cldr.txt`, made by `data/facts.py` from the published data; a test reads all of it.

use std::sync::LazyLock;

use super::{Direction, Language};

const TABLE: &str = include_str!("data/cldr.txt");

/// The facts of one language, script or region.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// Its tag: `sr-Latn`.
    pub tag: &'static str,
    /// Its name in English.
    pub english: &'static str,
    /// Its name in itself.
    pub own: &'static str,
    /// Which way its lines run.
    pub direction: Direction,
    /// A whole date: `{d}. {MMMM} {y}`.
    day: &'static str,
    /// A month of a year.
    month: &'static str,
    months_of_days: [&'static str; 12],
    months: [&'static str; 12],
    /// Between the first two of a list, in its middle, before its last, and between two alone.
    between: [&'static str; 4],
    /// Quotation marks: outer, then inner.
    pub quotes: [&'static str; 4],
    /// Before the parts of one.
    pub decimal: &'static str,
    /// Between the thousands.
    pub group: &'static str,
    /// Its ten digits.
    pub digits: [char; 10],
}

static FACTS: LazyLock<Vec<Facts>> = LazyLock::new(|| TABLE.split("\n== ").skip(1).filter_map(read).collect());

/// Reads what stands between two heads of the table; `None` for what is not complete, which a test rules out.
fn read(entry: &'static str) -> Option<Facts> {
    let (tag, lines) = entry.split_once('\n')?;
    let field = |name: &str| lines.split('\n').find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
    fn parts<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
        line.split('|').collect::<Vec<_>>().try_into().ok()
    }
    let months_of_days = parts(field("months of days")?)?;
    let [english, own] = parts(field("name")?)?;
    let [decimal, group, digits] = parts(field("numbers")?)?;
    Some(Facts {
        tag,
        english,
        own,
        direction: match field("direction")? {
            "right" => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        },
        day: field("day")?,
        month: field("month")?,
        months_of_days,
        months: field("months").map_or(Some(months_of_days), parts)?,
        between: parts(field("list")?)?,
        quotes: parts(field("quotes")?)?,
        decimal,
        group,
        digits: digits.chars().collect::<Vec<_>>().try_into().ok()?,
    })
}

impl Facts {
    /// Those of a language, else those of English.
    pub fn of(language: &Language) -> &'static Facts {
        let english = || FACTS.iter().find(|facts| facts.tag == "en").expect("the table has English");
        Facts::known(language).unwrap_or_else(english)
    }

    /// Those of a language, of its script or region where they differ.
    pub fn known(language: &Language) -> Option<&'static Facts> {
        language.forms().into_iter().find_map(|tag| FACTS.iter().find(|facts| facts.tag == tag))
    }

    /// All.
    pub fn all() -> &'static [Facts] {
        &FACTS
    }

    /// A month from 1, as it stands in a date or alone.
    pub fn month(&self, month: u8, in_date: bool) -> &'static str {
        let names = if in_date { &self.months_of_days } else { &self.months };
        names[usize::from(month.clamp(1, 12)) - 1]
    }

    /// A date, as precise as it is given.
    pub fn date(&self, year: u16, month: Option<u8>, day: Option<u8>) -> String {
        let Some(month) = month else { return self.number(&year.to_string()) };
        let pattern = if day.is_some() { self.day } else { self.month };
        let day = day.unwrap_or_default();
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, (field, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            out.push_str(before);
            match field {
                "d" if day == 1 && self.tag.starts_with("fr") => out.push_str("1er"),
                "d" => out.push_str(&self.number(&day.to_string())),
                "dd" => out.push_str(&self.number(&format!("{day:02}"))),
                "M" => out.push_str(&self.number(&month.to_string())),
                "MM" => out.push_str(&self.number(&format!("{month:02}"))),
                "MMM" | "MMMM" => out.push_str(self.month(month, true)),
                "LLLL" => out.push_str(self.month(month, false)),
                _ => out.push_str(&self.number(&year.to_string())),
            }
            rest = after;
        }
        out.push_str(rest);
        match self.tag {
            "eu" => basque(&out, year, day),
            _ => out,
        }
    }

    /// What stands before the thing at a place in a list, which begins with `next`.
    pub fn between(&self, at: usize, count: usize, next: &str) -> String {
        let words = match at {
            0 => return String::new(),
            1 if count == 2 => self.between[3],
            _ if at + 1 == count => self.between[2],
            1 => self.between[0],
            _ => self.between[1],
        };
        let first = next.chars().next().unwrap_or(' ');
        match self.tag {
            // "y" before the sound of "i" (Real Academia Española, Ortografía, 2010).
            "es" | "es-419" | "es-MX" if words == " y " && spanish_i(next) => " e ".to_owned(),
            // "ac" before a vowel, as numbers are said too: "1 ac 8", "2 a 3".
            "cy" => words.replace("a(c)", if welsh_vowel(next) { "ac" } else { "a" }),
            // The rule of the Eifel: the n is said before vowels, d, h, n, t and z, and in numbers as they are said.
            "lb" => words.replace("a(n)", if luxembourgish_n(next) { "an" } else { "a" }),
            // The letter vav stands before a numeral or foreign letters with a hyphen.
            "he" if words.ends_with('ו') && !('א'..='ת').contains(&first) => format!("{words}-"),
            _ => words.to_owned(),
        }
    }

    /// Names or words one after the other: "A, B and C".
    pub fn list(&self, things: &[&str]) -> String {
        things
            .iter()
            .enumerate()
            .fold(String::new(), |out, (at, thing)| format!("{out}{}{thing}", self.between(at, things.len(), thing)))
    }

    /// A number written in Western digits, in those of the language.
    pub fn number(&self, written: &str) -> String {
        if self.digits[0] == '0' {
            return written.to_owned();
        }
        let own = |letter: char| letter.to_digit(10).map_or(letter, |digit| self.digits[digit as usize]);
        written.chars().map(own).collect()
    }
}

impl Facts {
    /// A decimal number, given in units of the last of its decimals, as the language writes it: 1,234.5 and −3.
    pub fn decimal_number(&self, units: i64, decimals: u8) -> String {
        let digits = format!("{:0width$}", units.unsigned_abs(), width = usize::from(decimals) + 1);
        let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
        let mut out = String::new();
        if units < 0 {
            out.push('\u{2212}');
        }
        // Some languages part thousands only from five digits on (CLDR, minimumGroupingDigits).
        let bare = whole.len() == 4 && ["be", "bg", "es", "et", "lt", "lv", "pl", "pt-PT"].contains(&self.tag);
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) && !bare {
                out.push_str(self.group);
            }
            out.push(digit);
        }
        if decimals > 0 {
            out.push_str(self.decimal);
            out.push_str(part);
        }
        self.number(&out)
    }
}

fn spanish_i(next: &str) -> bool {
    let lower = next.to_lowercase();
    let vowel = |rest: &str| rest.starts_with(['a', 'e', 'o', 'u']);
    let i = lower.strip_prefix(['i', 'í']).or_else(|| lower.strip_prefix("hi")).or_else(|| lower.strip_prefix("hí"));
    i.is_some_and(|rest| !vowel(rest))
}

fn welsh_vowel(next: &str) -> bool {
    let number: String = next.chars().take_while(char::is_ascii_digit).collect();
    match number.as_bytes() {
        [] => next.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u', 'w', 'y', 'â', 'ê', 'î', 'ô', 'û', 'ŵ', 'ŷ']),
        // "un", "un deg", "wyth", "wyth deg", "wyth cant".
        [b'1'] | [b'1', _] | [b'8', ..] => true,
        _ => false,
    }
}

fn luxembourgish_n(next: &str) -> bool {
    let number: String = next.chars().take_while(char::is_ascii_digit).collect();
    let spoken_first = match number.as_bytes() {
        [first, b'0'] | [first] | [first, _, _, ..] => *first,
        [_, last] => *last,
        [] => {
            let sounds = ['a', 'e', 'i', 'o', 'u', 'y', 'ä', 'ë', 'é', 'è', 'ö', 'ü', 'd', 'h', 'n', 't', 'z'];
            return next.to_lowercase().starts_with(sounds);
        }
    };
    !(b'4'..=b'7').contains(&spoken_first)
}

/// The endings that CLDR leaves open in Basque, "2024(e)ko ekainaren 19(a)": by the last sound of the number as it is
/// said (Euskaltzaindia, rule 37 on dates).
fn basque(date: &str, year: u16, day: u8) -> String {
    let consonant = match (year % 100, year % 10) {
        (10 | 30 | 50 | 70 | 90 | 15 | 35 | 55 | 75 | 95, _) => true,
        (11 | 31 | 51 | 71 | 91, _) => false,
        (0, _) => !year.is_multiple_of(1000),
        (_, 1 | 5) => true,
        _ => false,
    };
    // Every number of a day but 11 takes the article.
    let article = if day == 11 { "" } else { "a" };
    date.replace("(e)", if consonant { "e" } else { "" }).replace("(a)", article)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(tag: &str) -> &'static Facts {
        Facts::of(&Language::parse(tag).expect("a tag"))
    }

    #[test]
    fn the_whole_table_is_read_and_nothing_in_it_is_empty() {
        let heads = TABLE.lines().filter(|line| line.starts_with("== ")).count();
        assert_eq!(Facts::all().len(), heads);
        assert!(heads >= 60, "{heads}");
        for facts in Facts::all() {
            let words = facts.months.iter().chain(&facts.months_of_days).chain(&facts.between).chain(&facts.quotes);
            let rest = [facts.english, facts.own, facts.day, facts.month, facts.decimal, facts.group];
            assert!(words.chain(&rest).all(|word| !word.is_empty()), "{}", facts.tag);
            assert!(facts.day.contains("{d") && facts.day.contains("{y}"), "{}", facts.tag);
            assert!(facts.month.contains("{y}"), "{}", facts.tag);
            let list = facts.list(&["A", "B"]);
            assert!(!list.contains('('), "what CLDR leaves open is decided: {}: {list}", facts.tag);
            let language = Language::parse(facts.tag).expect("a tag");
            assert_eq!(language.direction(), facts.direction, "{}", facts.tag);
        }
    }

    #[test]
    fn dates_are_written_as_their_language_writes_them() {
        let day = |tag: &str| facts(tag).date(2024, Some(6), Some(19));
        assert_eq!(day("en"), "19 June 2024");
        assert_eq!(day("en-US"), "June 19, 2024");
        assert_eq!(day("en-CA"), "June 19, 2024");
        assert_eq!(day("de-DE"), "19. Juni 2024");
        assert_eq!(day("hu"), "2024. június 19.");
        assert_eq!(day("lt"), "2024 m. birželio 19 d.");
        assert_eq!(day("lv"), "2024. gada 19. jūnijs");
        assert_eq!(day("ca"), "19 de juny del 2024");
        assert_eq!(day("eu"), "2024ko ekainaren 19a");
        assert_eq!(day("uk"), "19 червня 2024\u{202f}р.");
        assert_eq!(day("zh-TW"), "2024年6月19日");
        assert_eq!(day("ko"), "2024년 6월 19일");
        assert_eq!(day("ar-EG"), "١٩ يونيو ٢٠٢٤");
        assert_eq!(day("ar"), "19 يونيو 2024");
        assert_eq!(day("th"), "19 มิถุนายน ค.ศ. 2024");
        assert_eq!(day("fa"), "۱۹ ژوئن ۲۰۲۴");
        assert_eq!(day("bn"), "১৯ জুন, ২০২৪");
        assert_eq!(facts("cs").date(2024, Some(6), None), "červen 2024");
        assert_eq!(facts("fr").date(2024, Some(5), Some(1)), "1er mai 2024");
        assert_eq!(facts("eu").date(2021, Some(2), Some(11)), "2021eko otsailaren 11");
    }

    #[test]
    fn numbers_have_the_signs_and_digits_of_their_language() {
        assert_eq!(facts("en").decimal_number(12345, 1), "1,234.5");
        assert_eq!(facts("de").decimal_number(-5, 2), "−0,05");
        assert_eq!(facts("es").decimal_number(1234, 0), "1234");
        assert_eq!(facts("es").decimal_number(12345, 0), "12.345");
        assert_eq!(facts("fa").decimal_number(1234, 1), "۱۲۳٫۴");
        assert_eq!(facts("en").decimal_number(0, 0), "0");
    }

    #[test]
    fn lists_end_as_their_language_ends_them() {
        assert_eq!(facts("en").list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(facts("en-US").list(&["A", "B", "C"]), "A, B, and C");
        assert_eq!(facts("es").list(&["Ana", "Inés"]), "Ana e Inés");
        assert_eq!(facts("es").list(&["agua", "hielo"]), "agua y hielo");
        assert_eq!(facts("ja").list(&["A", "B", "C"]), "A、B、C");
        assert_eq!(facts("cy").list(&["1", "2"]), "1 a 2");
        assert_eq!(facts("cy").list(&["7", "8"]), "7 ac 8");
        assert_eq!(facts("lb").list(&["1", "2"]), "1 an 2");
        assert_eq!(facts("lb").list(&["Bild 3", "24", "Figur 5"]), "Bild 3, 24 a Figur 5");
        assert_eq!(facts("cy").list(&["Tabl 1", "Atodiad 2"]), "Tabl 1 ac Atodiad 2");
        assert_eq!(facts("he").list(&["1", "2"]), "1 ו-2");
        assert_eq!(facts("xx").list(&["A", "B"]), "A and B");
    }
}
