//! Numbers in Latin letters: roman ones, and a, b, c.

use super::Language;

/// What the signs of roman numbers stand for, the largest first, with what is written as a difference.
const SIGNS: [(u64, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// A number in small roman letters, from 1 to 3,999; what is beyond has none and stays as it is.
pub fn roman(number: u64) -> String {
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let (mut left, mut out) = (number, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// The value of a roman number in small letters, if it is written as it should be.
pub fn roman_value(word: &str) -> Option<u64> {
    let (mut rest, mut sum) = (word, 0);
    for (value, sign) in SIGNS {
        while let Some(after) = rest.strip_prefix(sign) {
            rest = after;
            sum += value;
        }
    }
    (sum > 0 && rest.is_empty() && roman(sum) == word).then_some(sum)
}

/// a to z, then aa, ab and so on; 0 has no letter.
pub fn letters(mut number: u64) -> String {
    let mut out = Vec::new();
    while number > 0 {
        number -= 1;
        out.push(b'a' + (number % 26) as u8);
        number /= 26;
    }
    out.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// A number in words, as it is said, from 1 to 99; `None` for others, and in languages whose words are not known here.
pub fn spelled(number: u64, language: &Language) -> Option<String> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if language.primary() != "en" || !(1..=99).contains(&number) {
        return None;
    }
    let (tens, ones) = ((number / 10) as usize, (number % 10) as usize);
    Some(match (tens, ones) {
        (0 | 1, _) => ONES[number as usize].to_owned(),
        (_, 0) => TENS[tens].to_owned(),
        _ => format!("{}-{}", TENS[tens], ONES[ones]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else_is() {
        assert!((1..4000).all(|number| roman_value(&roman(number)) == Some(number)));
        for word in ["", "iiii", "iix", "vx", "ic", "a", "X", "mmmm", "i i"] {
            assert_eq!(roman_value(word), None, "{word}");
        }
        assert_eq!([roman(0), roman(4000)], ["0", "4000"]);
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([1, 26, 27, 52, 703].map(letters), ["a", "z", "aa", "az", "aaa"]);
    }
}
