//! Months by their English names, as dates are typed and as bibliographies have them, whatever the language of a book.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month, 1 to 12, that an English word names, also one cut short after three letters or more.
pub fn named(word: &str) -> Option<u8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.len() > 2 && month.starts_with(&word))?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_month_may_be_cut_short_but_not_to_two_letters() {
        assert_eq!(["May", "sept", "Dec", "AUGUST"].map(named), [Some(5), Some(9), Some(12), Some(8)]);
        assert_eq!(["ma", "sepx", "spring", ""].map(named), [None; 4]);
    }
}
