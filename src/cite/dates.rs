//! Renders dates: in the form of the locale or as the style says, with spans.

use crate::cite::date::{Date, Day};
use crate::cite::number;
use crate::cite::piece::{self, Mark, Piece};
use crate::cite::render::{Mode, Out, Scene};
use crate::cite::style::*;

impl<'a> Scene<'a> {
    /// Renders a date.
    pub fn date(&mut self, element: &'a DateElement) -> Out {
        let missing = Out { asked: true, ..Out::default() };
        if self.spent.contains(&element.variable.as_str()) {
            return missing;
        }
        let Some(date) = self.work.date(&element.variable).cloned() else { return missing };
        self.read.push(&element.variable);
        self.printed = true;
        if self.mode == Mode::Sort {
            let pieces = vec![Piece::Text(sort_key(&date, element))];
            return Out { pieces, asked: true, found: true };
        }
        let first = element.variable == "issued" && !self.lettered;
        let pieces = if date.start.is_empty() || (date.literal.is_some() && date.end.is_none()) {
            let literal = date.literal.clone().unwrap_or_default();
            let mut pieces = if literal.is_empty() {
                Vec::new()
            } else {
                vec![Piece::Marked(Mark::Year, crate::cite::rich::read(&literal))]
            };
            if !pieces.is_empty() && first {
                pieces.extend(self.letter());
            }
            pieces
        } else {
            let (parts, delimiter) = self.parts(element);
            self.span(&date, &parts, &delimiter, first)
        };
        let found = !piece::is_empty(&pieces);
        Out { pieces: self.dress(&element.look, pieces), asked: true, found }
    }

    /// The letter after the year, where the style does not say where it stands.
    fn letter(&mut self) -> Vec<Piece> {
        match self.fix.letter {
            Some(letter) if !self.own_letter => {
                self.lettered = true;
                vec![Piece::Marked(Mark::YearLetter, vec![Piece::Text(number::letters(letter))])]
            }
            _ => Vec::new(),
        }
    }

    /// The parts that are shown: those of the locale with what the style changes in them, or the style's own.
    fn parts(&self, element: &DateElement) -> (Vec<DatePart>, String) {
        let Some(form) = element.form else { return (element.parts.clone(), element.delimiter.clone()) };
        let base = match form {
            Form::Numeric => &self.locale.numeric_date,
            _ => &self.locale.text_date,
        };
        let Some(base) = base else { return (element.parts.clone(), element.delimiter.clone()) };
        let shown = |kind: PartKind| match element.shown {
            DateShown::Day => true,
            DateShown::Month => kind != PartKind::Day,
            DateShown::Year => kind == PartKind::Year,
        };
        let parts = base
            .parts
            .iter()
            .filter(|part| shown(part.kind))
            .map(|part| {
                let mut part = part.clone();
                if let Some(own) = element.parts.iter().find(|own| own.kind == part.kind) {
                    if own.form.is_some() {
                        part.form = own.form;
                        part.zeros = own.zeros;
                    }
                    if !own.look.faces.is_empty() {
                        part.look.faces.clone_from(&own.look.faces);
                    }
                    part.look.case = own.look.case.or(part.look.case);
                    part.look.strip_periods |= own.look.strip_periods;
                    part.range = own.range.clone().or(part.range);
                    if own.has_prefix {
                        part.look.prefix.clone_from(&own.look.prefix);
                    }
                    if own.has_suffix {
                        part.look.suffix.clone_from(&own.look.suffix);
                    }
                }
                part
            })
            .collect();
        (parts, base.delimiter.clone())
    }

    /// A date, or its two ends with what they share said once.
    fn span(&mut self, date: &Date, parts: &[DatePart], delimiter: &str, lettered: bool) -> Vec<Piece> {
        let Some(end) = date.end.filter(|end| *end != date.start) else {
            return self.day(date.start, parts, delimiter, lettered, false);
        };
        if end.is_empty() {
            let mut pieces = self.day(date.start, parts, delimiter, lettered, true);
            if pieces.is_empty() {
                return pieces;
            }
            pieces.push(Piece::Text("–".to_owned()));
            return pieces;
        }
        let shown = |kind: PartKind| parts.iter().any(|part| part.kind == kind);
        let start = date.start;
        let differs = if start.year != end.year && shown(PartKind::Year) {
            PartKind::Year
        } else if start.month != end.month && shown(PartKind::Month) {
            PartKind::Month
        } else if start.day != end.day && shown(PartKind::Day) {
            PartKind::Day
        } else {
            return self.day(start, parts, delimiter, lettered, false);
        };
        let twice = |kind: PartKind| match differs {
            PartKind::Year => true,
            PartKind::Month => kind != PartKind::Year,
            PartKind::Day => kind == PartKind::Day,
        };
        let from = parts.iter().position(|part| twice(part.kind)).unwrap_or(0);
        let to = parts.iter().rposition(|part| twice(part.kind)).map_or(parts.len(), |at| at + 1);
        let range = parts.iter().find(|part| part.kind == differs).and_then(|part| part.range.clone());
        let dash = range.unwrap_or_else(|| "–".to_owned());
        let mut first_half = parts[from..to].to_vec();
        if let Some(last) = first_half.iter_mut().rev().find(|part| has(start, part.kind)) {
            last.look.suffix.clear();
        }
        let mut second_half = parts[from..to].to_vec();
        if let Some(first) = second_half.iter_mut().find(|part| has(end, part.kind)) {
            first.look.prefix.clear();
        }
        let mut groups = [
            self.day(end, &parts[..from], delimiter, false, false),
            {
                let mut both = self.day(start, &first_half, delimiter, false, false);
                both.push(Piece::Text(dash));
                both.extend(self.day(end, &second_half, delimiter, lettered && twice(PartKind::Year), false));
                both
            },
            self.day(end, &parts[to..], delimiter, lettered, false),
        ]
        .into_iter()
        .filter(|group| !piece::is_empty(group))
        .collect::<Vec<_>>();
        let mut pieces = Vec::new();
        for (at, group) in groups.drain(..).enumerate() {
            if at > 0 && !delimiter.is_empty() {
                pieces.push(Piece::Text(delimiter.to_owned()));
            }
            pieces.extend(group);
        }
        pieces
    }

    /// The parts of one day.
    fn day(&mut self, day: Day, parts: &[DatePart], delimiter: &str, lettered: bool, open: bool) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let last = parts.iter().rposition(|part| has(day, part.kind));
        for (at, part) in parts.iter().enumerate() {
            if !has(day, part.kind) {
                continue;
            }
            let words = match part.kind {
                PartKind::Year => self.year(day.year, part),
                PartKind::Month => self.month(day, part),
                PartKind::Day => self.date_day(day, part, parts.iter().any(|part| part.kind == PartKind::Month)),
            };
            if words.is_empty() {
                continue;
            }
            if !pieces.is_empty() && !delimiter.is_empty() {
                pieces.push(Piece::Text(delimiter.to_owned()));
            }
            let mut inner = vec![Piece::Text(words)];
            if part.kind == PartKind::Year {
                inner = vec![Piece::Marked(Mark::Year, inner)];
                if lettered {
                    inner.extend(self.letter());
                }
            }
            let mut look = part.look.clone();
            if open && last == Some(at) {
                look.suffix.clear();
            }
            pieces.extend(self.dress(&look, inner));
        }
        pieces
    }

    fn year(&self, year: i32, part: &DatePart) -> String {
        let number = year.unsigned_abs();
        let mut words = match part.form {
            Some(Form::Short) if year > 0 => format!("{:02}", number % 100),
            _ => number.to_string(),
        };
        if year < 0 {
            words += &self.term("bc", Form::Long, false);
        } else if year < 1000 && part.form != Some(Form::Short) {
            words += &self.term("ad", Form::Long, false);
        }
        words
    }

    fn month(&self, day: Day, part: &DatePart) -> String {
        if let Some(season) = day.season() {
            return self.term(&format!("season-{season:02}"), Form::Long, false);
        }
        match part.form {
            Some(Form::Numeric) if part.zeros => format!("{:02}", day.month),
            Some(Form::Numeric) => day.month.to_string(),
            form => self.term(&format!("month-{:02}", day.month), form.unwrap_or_default(), false),
        }
    }

    fn date_day(&self, day: Day, part: &DatePart, with_month: bool) -> String {
        let first_only = self.locale.first_day_only == Some(true) && day.day != 1;
        match part.form {
            Some(Form::Ordinal) if !first_only => {
                let gender = if with_month { self.locale.gender(&format!("month-{:02}", day.month)) } else { None };
                format!("{}{}", day.day, self.locale.ordinal(u32::from(day.day), gender))
            }
            _ if part.zeros => format!("{:02}", day.day),
            _ => day.day.to_string(),
        }
    }
}

/// Whether a day has a part.
fn has(day: Day, kind: PartKind) -> bool {
    match kind {
        PartKind::Year => day.year != 0,
        PartKind::Month => day.month != 0,
        PartKind::Day => day.day != 0 && day.month <= 12,
    }
}

/// A date as letters that sort.
pub fn sort_key(date: &Date, element: &DateElement) -> String {
    let kinds: Vec<PartKind> = element.parts.iter().map(|part| part.kind).collect();
    let shown = |kind: PartKind| match (element.form, element.shown) {
        (Some(_), DateShown::Day) => true,
        (Some(_), DateShown::Month) => kind != PartKind::Day,
        (Some(_), DateShown::Year) => kind == PartKind::Year,
        (None, _) => kinds.contains(&kind),
    };
    full_key(date, shown(PartKind::Year), shown(PartKind::Month), shown(PartKind::Day))
}

/// The two ends of a date as letters that sort.
pub fn full_key(date: &Date, year: bool, month: bool, day: bool) -> String {
    if date.start.is_empty() {
        return date.literal.clone().unwrap_or_default();
    }
    let one = |at: Day| {
        let mut key = String::new();
        if year {
            key += &format!("{:08}", i64::from(at.year) + 50_000_000);
        }
        if month {
            key += &format!("{:02}", if at.month > 12 { 0 } else { at.month });
        }
        if day {
            key += &format!("{:02}", at.day);
        }
        key
    };
    match date.end {
        Some(end) => format!("{}-{}", one(date.start), one(end)),
        None => one(date.start),
    }
}
