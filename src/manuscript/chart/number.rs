//! Numbers as people write them: `1234.5`, `1,234`, `1 234,5`, `−3`, `12 %`; and what says that there is none.

/// A decimal number: so many units of the last of its decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Decimal {
    /// Units.
    pub units: i64,
    /// How many decimals.
    pub decimals: u8,
}

/// The most decimals and digits that a chart can show.
const DECIMALS: usize = 6;
const DIGITS: usize = 15;

impl Decimal {
    /// The number in units of a finer decimal; `None` when it would be too great.
    pub fn in_units_of(self, decimals: u8) -> Option<i64> {
        let finer = u32::from(decimals.checked_sub(self.decimals)?);
        self.units.checked_mul(10_i64.checked_pow(finer)?).filter(|units| units.unsigned_abs() < 10_u64.pow(15))
    }
}

/// Whether a cell says that nobody knows.
pub(super) fn is_gap(written: &str) -> bool {
    let written = written.trim();
    matches!(written, "" | "-" | "–" | "—" | "−" | "." | ".." | "..." | "…" | ":" | "*")
        || ["na", "n/a", "n.a.", "nan", "null", "none", "no data"].contains(&written.to_lowercase().as_str())
}

/// A number; `None` for what is none, or has too many digits. Where the language writes decimals behind a comma, a comma
/// is that; elsewhere it parts thousands. A point is always the decimal one, unless a comma follows it.
pub(super) fn read(written: &str, decimal: &str) -> Option<Decimal> {
    let written = written.trim();
    let written = written.strip_suffix('%').unwrap_or(written).trim_end();
    let (negative, rest) = match written.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, written.strip_prefix('+').unwrap_or(written)),
    };
    // Thousands parted by spaces or by what parts nothing else.
    let spaces = |letter: char| matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_');
    let comma =
        (decimal == "," && rest.matches(',').count() == 1) || rest.find('.') < rest.rfind(',') && rest.contains('.');
    let (point, group) = if comma { (',', '.') } else { ('.', ',') };
    let (whole, part) = match rest.split_once(point) {
        Some((whole, part)) => (whole, part),
        None => match rest.find(['e', 'E']) {
            Some(exponent) => rest.split_at(exponent),
            None => (rest, ""),
        },
    };
    let parts: Vec<&str> = whole.split(|letter| letter == group || spaces(letter)).collect();
    let grouped =
        parts.len() == 1 || (parts[1..].iter().all(|part| part.len() == 3) && (1..=3).contains(&parts[0].len()));
    let (part, exponent) = exponent_of(part)?;
    let digits: String = parts.concat();
    let all = format!("{digits}{part}");
    let sound = grouped && !all.is_empty() && all.bytes().all(|byte| byte.is_ascii_digit());
    let (digits, part) = shifted(&digits, part, exponent);
    let digits = digits.trim_start_matches('0');
    if !sound || digits.len() > DIGITS {
        return None;
    }
    let kept = DECIMALS.min(DIGITS - digits.len());
    let units = rounded(digits, &part, kept)?;
    // What was something stays something.
    if units == 0 && all.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let (mut units, mut decimals) = (units, kept.min(part.len()));
    while decimals > 0 && units % 10 == 0 {
        (units, decimals) = (units / 10, decimals - 1);
    }
    Some(Decimal { units: if negative { -units } else { units }, decimals: decimals as u8 })
}

/// Decimals without the exponent that programs write behind them, and that: `4e-05`.
fn exponent_of(part: &str) -> Option<(&str, i32)> {
    let Some((part, exponent)) = part.split_once(['e', 'E']) else { return Some((part, 0)) };
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let sound = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| exponent.parse().ok()).flatten().map(|exponent| (part, exponent))
}

/// Digits before and after the point, with the point moved.
fn shifted(digits: &str, part: &str, exponent: i32) -> (String, String) {
    let places = exponent.unsigned_abs() as usize;
    let zeros = "0".repeat(places);
    match exponent {
        0.. => {
            let part = format!("{part}{zeros}");
            (format!("{digits}{}", &part[..places]), part[places..].trim_end_matches('0').to_owned())
        }
        _ => {
            let digits = format!("{zeros}{digits}");
            let (whole, moved) = digits.split_at(digits.len() - places);
            (whole.to_owned(), format!("{moved}{part}"))
        }
    }
}

/// The units of so many decimals: what programs write behind them, 5.300000000000001, is rounded.
fn rounded(digits: &str, part: &str, kept: usize) -> Option<i64> {
    let (shown, rest) = part.split_at(kept.min(part.len()));
    let units: i64 = format!("0{digits}{shown}").parse().ok()?;
    Some(units + i64::from(rest.as_bytes().first().is_some_and(|digit| *digit >= b'5')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(written: &str, decimal: &str) -> Option<(i64, u8)> {
        read(written, decimal).map(|number| (number.units, number.decimals))
    }

    #[test]
    fn numbers_are_read_as_their_language_writes_them() {
        assert_eq!(of("1,234.5", "."), Some((12345, 1)));
        assert_eq!(of("1 234,5", ","), Some((12345, 1)));
        assert_eq!(of("1.234,5", ","), Some((12345, 1)));
        assert_eq!(of("1.234,5", "."), Some((12345, 1)));
        assert_eq!(of("3,5", ","), Some((35, 1)));
        assert_eq!(of("3,500", "."), Some((3500, 0)));
        assert_eq!(of("1,234,567", ","), Some((1_234_567, 0)));
        assert_eq!(of("−2.50 %", "."), Some((-25, 1)));
        assert_eq!(of(".5", "."), Some((5, 1)));
        for wrong in [
            "",
            "3,5",
            "12a",
            "1,23,456",
            "1.2.3",
            "--1",
            "%",
            "1e",
            "1ex",
            "e5",
            "1e123",
            "0.0000001",
            "1234567890123456",
        ] {
            assert_eq!(of(wrong, "."), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_are_read_as_programs_write_them() {
        assert_eq!(of("5.300000000000001", "."), Some((53, 1)));
        assert_eq!(of("8.400000000000001e-05", "."), Some((84, 6)));
        assert_eq!(of("-1.5E+3", "."), Some((-1500, 0)));
        assert_eq!(of("1e5", "."), Some((100_000, 0)));
        assert_eq!(of("2.99999999", "."), Some((3, 0)));
        assert_eq!(of("123456789012.345678", "."), Some((123_456_789_012_346, 3)));
        assert_eq!(of("0.000", "."), Some((0, 0)));
    }

    #[test]
    fn a_number_grows_only_as_far_as_it_can_be_drawn() {
        assert_eq!(Decimal { units: 25, decimals: 1 }.in_units_of(3), Some(2500));
        assert_eq!(Decimal { units: 999_999_999_999, decimals: 0 }.in_units_of(6), None);
    }
}
