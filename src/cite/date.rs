//! Dates: a day, a month, a season or a year, alone or as the two ends of a span.

use crate::language::months;

/// A date of a work.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Date {
    pub start: Day,
    /// The end of a span; a day without a year means that the span is open.
    pub end: Option<Day>,
    /// It is not sure.
    pub circa: bool,
    /// Words where there is no date.
    pub literal: Option<String>,
}

/// A point in time, as far as it is known. Zero is what is not known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, PartialOrd, Ord)]
pub struct Day {
    pub year: i32,
    /// 1 to 12; 13 to 16 are the seasons from spring on.
    pub month: u8,
    pub day: u8,
}

impl Day {
    /// Whether nothing is known.
    pub fn is_empty(self) -> bool {
        self.year == 0
    }

    /// The season, from 1 (spring) to 4.
    pub fn season(self) -> Option<u8> {
        (self.month > 12).then(|| self.month - 12)
    }
}

impl Date {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.start.is_empty() && self.literal.as_deref().is_none_or(str::is_empty) && self.end.is_none()
    }

    /// A date of one day.
    pub fn on(start: Day) -> Date {
        Date { start, ..Date::default() }
    }

    /// Reads a date as people write it: ISO 8601 and EDTF, "4/7/1979", "May 2003", "3 March 1999", "Spring 1990", two
    /// of them with a slash or a dash between. What is none of these is kept in its words.
    pub fn read(text: &str) -> Date {
        let text = text.trim();
        if let Some(date) = edtf(text) {
            return date;
        }
        let mut circa = false;
        let mut words = text;
        for sign in ["circa ", "ca. ", "ca ", "c. ", "around "] {
            if let Some(rest) = words.strip_prefix(sign) {
                (words, circa) = (rest, true);
            }
        }
        if let Some(day) = spoken(words) {
            return Date { start: day, circa, ..Date::default() };
        }
        for sign in ["--", "–", " - ", "-", "/"] {
            for (at, _) in words.match_indices(sign) {
                let (first, last) = (words[..at].trim(), words[at + sign.len()..].trim());
                if let (Some(mut first), Some(last)) = (partial(first), spoken(last)) {
                    if first.year == 0 {
                        first.year = last.year;
                    }
                    if first.month == 0 && first.day != 0 {
                        first.month = last.month;
                    }
                    return Date { start: first, end: Some(last), circa, literal: None };
                }
            }
        }
        Date { literal: Some(text.to_owned()), ..Date::default() }
    }
}

/// Reads a date of EDTF (ISO 8601-2), as BibLaTeX and pandoc do.
pub fn edtf(text: &str) -> Option<Date> {
    let text = text.trim();
    let mut circa = false;
    let mut one = |text: &str| -> Option<Day> {
        let plain = text.trim_end_matches(['~', '?', '%']);
        circa |= plain.len() != text.len();
        iso(plain)
    };
    let date = match text.split_once('/') {
        // "199X" is some year of ten.
        None if text.len() == 4 && text.ends_with('X') => {
            let mut year = |digit: char| one(&text.replace('X', &digit.to_string()));
            Date { start: year('0')?, end: year('9'), ..Date::default() }
        }
        None => Date::on(one(text)?),
        Some((first, "" | "..")) => Date { start: one(first)?, end: Some(Day::default()), ..Date::default() },
        Some(("" | "..", last)) => Date { start: one(last)?, ..Date::default() },
        Some((first, last)) => Date { start: one(first)?, end: Some(one(last)?), ..Date::default() },
    };
    Some(Date { circa, ..date })
}

fn iso(text: &str) -> Option<Day> {
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.trim_start_matches('Y')),
    };
    let mut parts = rest.split('-');
    let year = parts
        .next()
        .filter(|year| year.len() >= 4 && year.len() < 8 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let mut year: i32 = year.parse().ok()?;
    year *= sign;
    // EDTF has a year 0 before the year 1; people have not.
    if sign < 0 || year == 0 {
        year -= 1;
    }
    let mut number = |most: u8| -> Option<u8> {
        match parts.next() {
            None => Some(0),
            Some(part) if part.is_empty() || part.len() > 2 => None,
            Some(part) => part.parse().ok().filter(|number| *number <= most && *number > 0),
        }
    };
    let mut month = number(24)?;
    let day = number(31)?;
    if parts.next().is_some() || (month > 12 && month < 21) {
        return None;
    }
    if month > 20 {
        month -= 8;
    }
    Some(Day { year, month, day })
}

/// A date as it is spoken, with its year.
fn spoken(text: &str) -> Option<Day> {
    partial(text).filter(|day| day.year != 0)
}

/// A date as it is spoken, perhaps without its year.
fn partial(text: &str) -> Option<Day> {
    if let Some(day) = iso(text) {
        return Some(day);
    }
    let mut day = Day::default();
    let mut before_christ = false;
    let slashed: Vec<&str> = text.split(['/', '.']).collect();
    if slashed.len() > 1
        && slashed.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        let numbers: Vec<i32> = slashed.iter().filter_map(|part| part.parse().ok()).collect();
        let (year, month, date) = match numbers[..] {
            [year, month, date] if year > 31 => (year, month, date),
            [first, second, year] if first > 12 || text.contains('.') => (year, second, first),
            [month, date, year] => (year, month, date),
            [month, year] if month <= 12 => (year, month, 0),
            _ => return None,
        };
        return Some(Day { year, month: small(month, 12)?, day: small(date, 31)? });
    }
    for word in text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches('.');
        match bare.to_uppercase().as_str() {
            "AD" | "CE" | "A.D" => continue,
            "BC" | "BCE" | "B.C" => {
                before_christ = true;
                continue;
            }
            _ => {}
        }
        if let Some(month) = month(bare) {
            if day.month != 0 {
                return None;
            }
            day.month = month;
        } else {
            let digits =
                bare.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
            let number: i32 = digits.parse().ok()?;
            if number > 31 || digits.len() > 2 || (day.month != 0 && day.day != 0) {
                if day.year != 0 {
                    return None;
                }
                day.year = number;
            } else if day.day == 0 && number > 0 {
                day.day = u8::try_from(number).ok()?;
            } else {
                return None;
            }
        }
    }
    if before_christ {
        day.year = -day.year;
    }
    (day != Day::default()).then_some(day)
}

fn small(number: i32, most: u8) -> Option<u8> {
    u8::try_from(number).ok().filter(|number| *number <= most)
}

/// The month or season that an English or abbreviated word names.
pub fn month(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    match word.as_str() {
        "spring" => Some(13),
        "summer" => Some(14),
        "autumn" | "fall" => Some(15),
        "winter" => Some(16),
        word => months::named(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day { year, month, day }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        assert_eq!(Date::read("2003-05-01").start, day(2003, 5, 1));
        assert_eq!(Date::read("May 1, 2003").start, day(2003, 5, 1));
        assert_eq!(Date::read("1 May 2003").start, day(2003, 5, 1));
        assert_eq!(Date::read("4/7/1979").start, day(1979, 4, 7));
        assert_eq!(Date::read("Spring 1990").start, day(1990, 13, 0));
        assert_eq!(Date::read("12-15 May 1999").end, Some(day(1999, 5, 15)));
        assert_eq!(Date::read("12-15 May 1999").start, day(1999, 5, 12));
        assert_eq!(Date::read("-0044").start, day(-45, 0, 0));
        assert_eq!(Date::read("1988/").end, Some(Day::default()));
        assert!(Date::read("1690~").circa);
        assert_eq!(Date::read("1999-21").start, day(1999, 13, 0));
        assert_eq!(Date::read("in the old days").literal.as_deref(), Some("in the old days"));
    }
}
