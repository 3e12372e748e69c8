//! Dates of the Gregorian calendar, as precise as they were given.

use crate::language::{Language, months, terms};

/// A day, a month or a year of the Gregorian calendar, as precise as it was given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31, only with a month.
    pub day: Option<u8>,
}

impl Date {
    /// Reads `2026`, `2026-11` or `2026-11-23`, the last perhaps with an hour behind it, and what people write to pandoc: `23
    /// November 2026`, `November 23, 2026`, `November 2026`. The error says what is wrong.
    pub fn parse(written: &str) -> Result<Date, String> {
        const FORM: &str = "a date is written 2026-11-23, 2026-11 or 2026";
        let spelled = spelled(written);
        let written = spelled.as_deref().unwrap_or(without_hour(written.trim()));
        let mut parts = written.split('-');
        let mut number = |digits: usize| -> Result<Option<u16>, String> {
            match parts.next() {
                None => Ok(None),
                Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
                    part.parse().map(Some).map_err(|_| FORM.to_owned())
                }
                Some(_) => Err(FORM.to_owned()),
            }
        };
        let year = number(4)?.ok_or(FORM)?;
        let month = number(2)?.map(|month| month as u8);
        let day = number(2)?.map(|day| day as u8);
        if parts.next().is_some() {
            return Err(FORM.to_owned());
        }
        if month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err("a year has twelve months".to_owned());
        }
        if let (Some(month), Some(day)) = (month, day) {
            let days = days_of(year, month);
            if !(1..=days).contains(&day) {
                return Err(format!("that month has {days} days"));
            }
        }
        Ok(Date { year, month, day })
    }

    /// The moment of a day with its hour, in UTC: `2026-11-23T10:00:00Z` of `2026-11-23 11:00+01:00`. Without a zone the
    /// hour is taken as it stands; `None` without an hour.
    pub fn moment(written: &str) -> Option<String> {
        let written = written.trim();
        let hour = written.get(10..)?.strip_prefix([' ', 'T', 't'])?;
        let day = Date::parse(written.get(..10)?).ok().filter(|day| day.day.is_some())?;
        let at = hour.find(['Z', 'z', '+', '-', ' ']).unwrap_or(hour.len());
        let (hour, zone) = (&hour[..at], hour[at..].trim());
        let of_two = |part: &str| (part.len() == 2).then(|| part.parse::<i32>().ok()).flatten();
        let minutes = |clock: &str| {
            let (hours, rest) = clock.split_once(':')?;
            Some(of_two(hours).filter(|hours| *hours < 24)? * 60 + of_two(rest.get(..2)?).filter(|rest| *rest < 60)?)
        };
        let east = match zone.split_at_checked(1) {
            Some(("+", east)) => minutes(east)?,
            Some(("-", west)) => -minutes(west)?,
            _ => 0,
        };
        let minute = minutes(hour)? - east;
        let day = day.shifted(minute.div_euclid(DAY));
        let minute = minute.rem_euclid(DAY);
        Some(format!("{}T{:02}:{:02}:00Z", day.iso(), minute / 60, minute % 60))
    }

    /// The day after or before.
    fn shifted(self, days: i32) -> Date {
        let (Some(month), Some(day)) = (self.month, self.day) else { return self };
        let whole = |year, month, day| Date { year, month: Some(month), day: Some(day) };
        match (days, month, day) {
            (0, ..) => self,
            (1.., 12, 31) => whole(self.year + 1, 1, 1),
            (1.., month, day) if day == days_of(self.year, month) => whole(self.year, month + 1, 1),
            (1.., month, day) => whole(self.year, month, day + 1),
            (_, 1, 1) => whole(self.year.saturating_sub(1), 12, 31),
            (_, month, 1) => whole(self.year, month - 1, days_of(self.year, month - 1)),
            (_, month, day) => whole(self.year, month, day - 1),
        }
    }

    /// `2026-11-23`, `2026-11` or `2026`.
    pub fn iso(&self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

/// When an embargo ends: a day, and the hour of it with its zone where that is said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Embargo {
    /// The day.
    pub day: Date,
    /// The hour and its zone as written: "09:00 EST". The same hour is not the same moment everywhere.
    pub hour: Option<String>,
}

impl Embargo {
    /// Reads `2026-11-26` or `2026-11-26 09:00 EST`; the error says what is wrong.
    pub fn parse(written: &str) -> Result<Embargo, String> {
        let written = written.trim();
        let (day, rest) = match written.find([' ', 'T']) {
            Some(at) => (&written[..at], written[at + 1..].trim()),
            None => (written, ""),
        };
        let day = Date::parse(day)?;
        if rest.is_empty() {
            return Ok(Embargo { day, hour: None });
        }
        if day.day.is_none() {
            return Err("an hour is one of a day".to_owned());
        }
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ':').unwrap_or(rest.len());
        let (hour, zone) = (&rest[..end], rest[end..].trim());
        let parts: Vec<&str> = hour.split(':').collect();
        let number = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() == 2);
        let read = match parts.as_slice() {
            [hours, minutes] => number(hours).zip(number(minutes)),
            _ => None,
        };
        if !read.is_some_and(|(hours, minutes)| hours < 24 && minutes < 60) {
            return Err(format!("\"{hour}\" is no hour of a day: 00:00 to 23:59"));
        }
        match zone {
            "" => Err("an hour without its zone is not the same moment everywhere".to_owned()),
            "Z" => Ok(Embargo { day, hour: Some(format!("{hour} UTC")) }),
            zone => Ok(Embargo { day, hour: Some(format!("{hour} {zone}")) }),
        }
    }

    /// As a language writes it: "26 November 2026, 09:00 EST".
    pub fn words(&self, language: &Language) -> String {
        let day = terms::date(language, self.day.year, self.day.month, self.day.day);
        match &self.hour {
            // No line ends between an hour and its zone.
            Some(hour) => format!("{day}{}{}", language.before_an_hour(), hour.replacen(' ', "\u{a0}", 1)),
            None => day,
        }
    }
}

/// The minutes of a day.
const DAY: i32 = 24 * 60;

/// How many days a month has.
fn days_of(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `2026-11-23` of `2026-11-23T10:00:00Z` and `2026-11-23 10:00`.
fn without_hour(written: &str) -> &str {
    match written.as_bytes().get(10) {
        Some(b'T' | b' ') if written.as_bytes().get(11).is_some_and(u8::is_ascii_digit) => &written[..10],
        _ => written,
    }
}

/// A date with the name of its month, as `2026-11-23`.
fn spelled(written: &str) -> Option<String> {
    let (mut day, mut month, mut year) = (None, None, None);
    for word in written.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()) {
        let word = word.to_ascii_lowercase();
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (number, ending) = word.split_at(digits);
        match (digits, ending) {
            (4, "") if year.is_none() => year = Some(word),
            (1 | 2, "" | "st" | "nd" | "rd" | "th" | ".") if day.is_none() => day = Some(number.to_owned()),
            (0, name) if month.is_none() => {
                month = Some(months::named(name.trim_end_matches('.'))?);
            }
            _ => return None,
        }
    }
    let (year, month) = (year?, month?);
    Some(match day {
        Some(day) => format!("{year}-{month:02}-{day:0>2}"),
        None => format!("{year}-{month:02}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_one_of_utc() {
        let moment = |written: &str| Date::moment(written);
        assert_eq!(moment("2026-05-02 14:30").as_deref(), Some("2026-05-02T14:30:00Z"));
        assert_eq!(moment("2026-05-02T14:30:10Z").as_deref(), Some("2026-05-02T14:30:00Z"));
        assert_eq!(moment("2026-03-01T00:30+02:00").as_deref(), Some("2026-02-28T22:30:00Z"));
        assert_eq!(moment("2026-12-31 23:00 -03:00").as_deref(), Some("2027-01-01T02:00:00Z"));
        assert_eq!((moment("2026-05-02"), moment("2026-05"), moment("2026-05-02 25:00")), (None, None, None));
    }

    #[test]
    fn a_date_may_be_spelled() {
        let iso = |written: &str| Date::parse(written).map(|date| date.iso());
        for (written, date) in [
            ("3 May 2026", "2026-05-03"),
            ("May 3rd, 2026", "2026-05-03"),
            ("Nov. 2026", "2026-11"),
            ("2026-11-23T10:00:00Z", "2026-11-23"),
            ("2026-11-23 10:00", "2026-11-23"),
        ] {
            assert_eq!(iso(written), Ok(date.to_owned()));
        }
        assert!(iso("31 June 2026").is_err() && iso("today").is_err() && iso("3/5/2026").is_err());
    }

    #[test]
    fn a_date_must_be_in_the_calendar() {
        assert!(Date::parse("2024-02-29").is_ok());
        assert!(Date::parse("2023-02-29").is_err());
        assert!(Date::parse("Juno 2024").is_err());
        assert_eq!(Date::parse("2024-06").map(|date| date.iso()), Ok("2024-06".to_owned()));
    }

    #[test]
    fn an_embargo_ends_on_a_day_or_at_an_hour_of_a_zone() {
        let said = |written: &str| Embargo::parse(written).map(|embargo| embargo.words(&Language::english()));
        assert_eq!(said("2026-11-26"), Ok("26 November 2026".to_owned()));
        assert_eq!(said("2026-11-26 09:00 EST"), Ok("26 November 2026, 09:00\u{a0}EST".to_owned()));
        assert_eq!(said("2026-05-04 06:00 Europe/London"), Ok("4 May 2026, 06:00\u{a0}Europe/London".to_owned()));
        assert_eq!(said("2026-05-04T06:00Z"), Ok("4 May 2026, 06:00\u{a0}UTC".to_owned()));
        assert!(said("2026-11-26 09:00").is_err(), "an hour of no zone");
        assert!(said("2026-11-26 25:00 EST").is_err());
        assert!(said("2026-11-26 9 EST").is_err());
        assert!(said("2026-11 09:00 EST").is_err(), "a month has no hours");
        assert!(said("2026-11-31 09:00 EST").is_err());
    }
}
