//! The barcode of an ISBN: EAN-13, drawn as bars of pure black, and beside it the price as EAN-5.
//!
//! Symbology and sizes follow ISO/IEC 15420 and the ISBN Users' Manual: 95 modules of 0.33 mm at full size, bars 22.85 mm
//! high with guards 1.65 mm longer, a quiet zone of 11 modules before and 7 after, on white.

use super::shop::Shop;
use super::strip::Strip;
use super::text::Job;
use crate::book::Inline;
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::page::{Artifact, MarkKind, NodeId, Owner, Structure, Tag};
use crate::theme::{Alignment, Role, Style};
use crate::units::{Colour, Length, Point, Rect};

/// A module at full size.
const MODULE: Length = Length::mm(0.33);
/// The height of the bars, without the guards' feet.
const HEIGHT: Length = Length::mm(22.85);
/// How much longer the guards are.
const FEET: Length = Length::mm(1.65);
/// White before the bars, in modules; after them are seven.
const QUIET: i64 = 11;

/// White after the bars of an ISBN, in modules; a price keeps so many from them too, and is followed by as many less two.
const AFTER: i64 = 7;
/// The modules of an ISBN, and of a price.
const ISBN: i64 = 95;
const PRICE: i64 = 47;

/// A barcode that is asked for.
#[derive(Clone, Copy)]
pub(super) struct Barcode<'a> {
    /// The thirteen digits of the ISBN.
    pub isbn: &'a str,
    /// The five digits of a price: 5 and the cents of US dollars, 90000 for none.
    pub price: Option<&'a str>,
}

impl<'a> Barcode<'a> {
    /// An ISBN alone.
    pub fn of(isbn: &'a str) -> Barcode<'a> {
        Barcode { isbn, price: None }
    }

    /// How wide it is with its quiet zones.
    pub fn width(&self) -> Length {
        let price = self.price.map_or(0, |_| PRICE + AFTER - 2);
        MODULE * (QUIET + ISBN + AFTER + price)
    }
}

/// A barcode with its number below, as one strip; its words for a reader are the ISBN.
pub(super) fn draw(shop: &Shop<'_>, barcode: Barcode<'_>, parent: NodeId, structure: &mut Structure) -> Option<Strip> {
    let digits = barcode.isbn;
    let modules = ean13(digits)?;
    let mut strip = Strip::default();
    let white = Owner::Artifact(Artifact::Layout);
    let figures = Length::pt(10.0);
    strip.height = HEIGHT + figures + Length::pt(3.0);
    let ground = Rect::new(Length::ZERO, Length::ZERO, barcode.width(), strip.height);
    strip.paint(white, MarkKind::Fill { rect: ground, colour: Colour::WHITE });
    let figure = structure.add(parent, Tag::Figure { asset: None });
    structure.node_mut(figure).alt = Some(format!("ISBN {digits}"));
    let owner = Owner::Content(structure.content(figure));
    for (from, to, guard) in bars(&modules) {
        let height = if guard { HEIGHT + FEET } else { HEIGHT };
        let x = MODULE * (QUIET + from as i64);
        let rect = Rect::new(x, Length::ZERO, MODULE * (to - from) as i64, height);
        strip.paint(owner, MarkKind::Fill { rect, colour: Colour::BLACK });
    }
    let style = Style {
        size: Length::pt(9.0),
        leading: figures,
        align: Alignment::Flush,
        tabular: true,
        ink: crate::theme::Ink::Text,
        weight: 400,
        ..*shop.style(Role::TableCell)
    };
    let below = HEIGHT + Length::pt(2.0);
    let mut groups =
        vec![(&digits[..1], 0, below), (&digits[1..7], QUIET + 3, below), (&digits[7..], QUIET + 50, below)];
    if let Some((price, modules)) = barcode.price.and_then(|price| Some((price, ean5(price)?))) {
        // Its digits stand above its bars, which end with the guards' feet.
        let (start, head) = (QUIET + ISBN + AFTER, figures + Length::mm(0.35));
        for (from, to) in runs(&modules) {
            let x = MODULE * (start + from as i64);
            let rect = Rect::new(x, head, MODULE * (to - from) as i64, HEIGHT + FEET - head);
            strip.paint(owner, MarkKind::Fill { rect, colour: Colour::BLACK });
        }
        groups.push((price, start + 6, Length::ZERO));
    }
    for (text, at, y) in groups {
        let content = [Inline::text(text)];
        // Digits stand below their own bars, whichever way the language of the book runs.
        let language = &Language::english();
        let job =
            Job { content: &content, block: None, style, width: MODULE * 42, first: Length::ZERO, deep: 1, language };
        // The bars say the number already.
        let mut aside = Structure::new();
        let mut figures = shop.solid(&job, Structure::ROOT, &mut aside, &mut Diagnostics::new());
        for mark in &mut figures.marks {
            mark.owner = white;
        }
        let x = MODULE * at + if at == 0 { MODULE } else { MODULE * 2 };
        strip.lay(figures, Point::new(x, y));
    }
    Some(strip)
}

/// Runs of dark modules: from, to, whether they belong to a guard.
fn bars(modules: &[bool; 95]) -> Vec<(usize, usize, bool)> {
    let guard = |at: usize| at < 3 || (45..50).contains(&at) || at >= 92;
    runs(modules).into_iter().map(|(from, to)| (from, to, guard(from))).collect()
}

/// Runs of dark modules: from, to.
fn runs(modules: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in modules.iter().enumerate().filter(|(_, dark)| **dark) {
        match runs.last_mut() {
            Some((_, to)) if *to == at => *to = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

/// Set A, seven modules a digit, most significant first; set C is its complement, set B is C read backwards.
const A: [u8; 10] =
    [0b0001101, 0b0011001, 0b0010011, 0b0111101, 0b0100011, 0b0110001, 0b0101111, 0b0111011, 0b0110111, 0b0001011];

/// A digit in set B.
fn in_b(digit: usize) -> u8 {
    (!A[digit] & 0x7F).reverse_bits() >> 1
}

/// The 47 modules of five digits; `None` when they are not five digits. Which of them are from set B says the check
/// digit of ISO/IEC 15420: thrice those in odd places and nine times the others, modulo ten.
fn ean5(digits: &str) -> Option<[bool; PRICE as usize]> {
    // By the check digit, the leftmost in the highest bit.
    const B: [u8; 10] = [0b11000, 0b10100, 0b10010, 0b10001, 0b01100, 0b00110, 0b00011, 0b01010, 0b01001, 0b00101];
    let values: Vec<usize> =
        digits.chars().map(|digit| digit.to_digit(10).map(|n| n as usize)).collect::<Option<_>>()?;
    let check = values.iter().zip([3, 9, 3, 9, 3]).map(|(value, weight)| value * weight).sum::<usize>() % 10;
    let mut modules = Vec::with_capacity(PRICE as usize);
    let mut push = |bits: u8, count: u32| modules.extend((0..count).rev().map(|bit| bits >> bit & 1 == 1));
    push(0b1011, 4);
    for (at, digit) in values.iter().enumerate() {
        if at > 0 {
            push(0b01, 2);
        }
        let from_b = at < 5 && B[check] >> (4 - at) & 1 == 1;
        push(if from_b { in_b(*digit) } else { A[*digit] }, 7);
    }
    modules.try_into().ok()
}

/// The 95 modules of thirteen digits; `None` when they are not thirteen digits.
fn ean13(digits: &str) -> Option<[bool; 95]> {
    // Which of the left six digits are from set B, by the first digit, the leftmost in the highest bit.
    const B: [u8; 10] =
        [0b000000, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010];
    let values: Vec<usize> =
        digits.chars().map(|digit| digit.to_digit(10).map(|digit| digit as usize)).collect::<Option<_>>()?;
    let [first, rest @ ..] = values.as_slice() else { return None };
    if rest.len() != 12 {
        return None;
    }
    let mut modules = Vec::with_capacity(95);
    let mut push = |bits: u8, count: u32| modules.extend((0..count).rev().map(|bit| bits >> bit & 1 == 1));
    push(0b101, 3);
    for (at, digit) in rest[..6].iter().enumerate() {
        let from_b = B[*first] >> (5 - at) & 1 == 1;
        push(if from_b { in_b(*digit) } else { A[*digit] }, 7);
    }
    push(0b01010, 5);
    for digit in &rest[6..] {
        push(!A[*digit] & 0x7F, 7);
    }
    push(0b101, 3);
    modules.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_of_a_known_isbn_are_right() {
        // 978-0-306-40615-7, by the tables of the standard, digit by digit.
        let left = ["0111011", "0001001", "0100111", "0111101", "0100111", "0101111"];
        let right = ["1011100", "1110010", "1010000", "1100110", "1001110", "1000100"];
        let expected = format!("101{}01010{}101", left.concat(), right.concat());
        let modules = ean13("9780306406157").expect("thirteen digits");
        let shown: String = modules.iter().map(|dark| if *dark { '1' } else { '0' }).collect();
        assert_eq!(shown, expected);
        assert_eq!(ean13("978030640615"), None);
    }

    #[test]
    fn the_bars_of_a_known_price_are_right() {
        // 52495: the check digit is 3 (5 + 4 + 5) + 9 (2 + 9) = 141, and 1 is B A B A A.
        let sets = ["0111001", "0010011", "0011101", "0001011", "0110001"];
        let shown: String =
            ean5("52495").expect("five digits").iter().map(|dark| if *dark { '1' } else { '0' }).collect();
        assert_eq!(shown, format!("1011{}", sets.join("01")));
        assert_eq!(ean5("5249"), None);
        assert_eq!(ean5("5249x"), None);
    }

    #[test]
    fn guards_are_longer_than_the_other_bars() {
        let modules = ean13("9780306406157").expect("thirteen digits");
        let guards = bars(&modules).into_iter().filter(|(.., guard)| *guard).count();
        assert_eq!(guards, 6);
    }
}
