//! Numbers in columns: how their decimal points stand below each other.

use crate::book::block::Table;
use crate::book::plain;
use crate::language::Language;
use crate::language::facts::Facts;
use crate::units::Length;

/// How much each row's number leaves free after it, so that the decimal points of a column stand below each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Decimals {
    room: Vec<Length>,
}

impl Decimals {
    /// Of a column of numbers; `width` measures digits in the style of the cells.
    pub fn of(table: &Table, column: usize, language: &Language, width: &dyn Fn(&str) -> Length) -> Decimals {
        let point = decimal_point(language);
        let fractions: Vec<Length> = table
            .rows
            .iter()
            .map(|row| {
                let words = row.get(column).map(|cell| plain(&cell.text.content)).unwrap_or_default();
                fraction(words.trim(), point).map_or(Length::ZERO, width)
            })
            .collect();
        let widest = fractions.iter().copied().max().unwrap_or_default();
        Decimals { room: fractions.into_iter().map(|own| widest - own).collect() }
    }

    /// What a row leaves free.
    pub fn room_after(&self, row: usize) -> Length {
        self.room.get(row).copied().unwrap_or_default()
    }
}

/// The decimal mark of a language, as it is typed with Western digits.
fn decimal_point(language: &Language) -> char {
    match Facts::of(language).decimal {
        "." => '.',
        "٫" => '٫',
        _ => ',',
    }
}

/// What stands from the decimal point on, a unit after it too.
fn fraction(number: &str, point: char) -> Option<&str> {
    let at = number.rfind(point)?;
    let digits = number[at + point.len_utf8()..].chars().take_while(char::is_ascii_digit).count();
    (digits > 0).then(|| &number[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fraction_begins_at_the_decimal_mark_of_the_language() {
        assert_eq!(fraction("1,234.50", '.'), Some(".50"));
        assert_eq!(fraction("1.234,5 %", ','), Some(",5 %"));
        assert_eq!(fraction("1,234", '.'), None);
        assert_eq!(fraction("12.", '.'), None);
    }
}
