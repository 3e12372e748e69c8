//! Dates of the Gregorian calendar, as precise as they were given.

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
    /// Reads `2026`, `2026-11` or `2026-11-23`; the error says what is wrong.
    pub fn parse(written: &str) -> Result<Date, String> {
        const FORM: &str = "a date is written 2026-11-23, 2026-11 or 2026";
        let mut parts = written.trim().split('-');
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
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            let days = match month {
                2 => 28 + u8::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            if !(1..=days).contains(&day) {
                return Err(format!("that month has {days} days"));
            }
        }
        Ok(Date { year, month, day })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_must_be_in_the_calendar() {
        assert!(Date::parse("2024-02-29").is_ok());
        assert!(Date::parse("2023-02-29").is_err());
        assert!(Date::parse("June 2024").is_err());
        assert_eq!(Date::parse("2024-06").map(|date| date.iso()), Ok("2024-06".to_owned()));
    }
}
