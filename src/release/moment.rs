//! Moments: a day with its time, as records write it. No clock is asked.

use crate::book::metadata::Date;

/// A moment in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Moment {
    /// The day.
    day: (u16, u8, u8),
    /// Hours, minutes, seconds.
    time: (u8, u8, u8),
    /// Whether the time was said.
    timed: bool,
}

impl Moment {
    /// The first moment of a day, of a month's or of a year's first day.
    pub fn of(date: Date) -> Moment {
        Moment { day: (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1)), time: (0, 0, 0), timed: false }
    }

    /// Reads `2026-11-26T10:00:00Z`, also without seconds, or a day.
    pub fn parse(written: &str) -> Option<Moment> {
        let (day, time) = match written.trim().split_once(['T', ' ']) {
            Some((day, time)) => (day, Some(time)),
            None => (written.trim(), None),
        };
        let date = Date::parse(day).ok()?;
        let mut moment = Moment::of(Date { day: Some(date.day?), ..date });
        let Some(time) = time else { return Some(moment) };
        let mut parts = time.strip_suffix('Z')?.split(':');
        let mut number = |most: u8, needed: bool| match parts.next() {
            Some(part) if part.len() == 2 => part.parse().ok().filter(|number: &u8| *number <= most),
            None if !needed => Some(0),
            _ => None,
        };
        moment.time = (number(23, true)?, number(59, true)?, number(59, false)?);
        moment.timed = true;
        parts.next().is_none().then_some(moment)
    }

    /// `2026-11-26T10:00:00Z`.
    pub(super) fn full(&self) -> String {
        let ((year, month, day), (hour, minute, second)) = (self.day, self.time);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// `20261126100000`.
    pub(super) fn digits(&self) -> String {
        let ((year, month, day), (hour, minute, second)) = (self.day, self.time);
        format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
    }

    /// As ONIX writes when it was sent: a day, or with its time if that was said.
    pub(super) fn onix(&self) -> String {
        match self.timed {
            false => self.digits()[..8].to_owned(),
            true => {
                let digits = self.digits();
                format!("{}T{}Z", &digits[..8], &digits[8..12])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_or_a_day_with_its_time() {
        let full = |written: &str| Moment::parse(written).map(|moment| moment.full());
        assert_eq!(full("2026-11-26T10:05:00Z").as_deref(), Some("2026-11-26T10:05:00Z"));
        assert_eq!(full("2026-11-26").as_deref(), Some("2026-11-26T00:00:00Z"));
        assert_eq!(Moment::parse("2026-11-26T10:05Z").map(|moment| moment.onix()).as_deref(), Some("20261126T1005Z"));
        for wrong in
            ["2026-11", "2026-11-26T25:00:00Z", "2026-11-26T10:00:00", "now", "2026-02-30", "2026-11-26T10:00:00:00Z"]
        {
            assert_eq!(full(wrong), None, "{wrong}");
        }
    }
}
