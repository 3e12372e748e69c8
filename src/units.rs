//! Lengths and the plane: exact scaled points, and what is made of them.
//!
//! A [`Length`] is a whole number of scaled points (2⁻¹⁶ of a desktop point of 1/72 in), as in TeX: it has an
//! order, no NaN and no drift, so the same manuscript gives the same bytes on every machine. `f64` enters only
//! at the two ends, where somebody writes `210 mm` and where a scale factor is applied once.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Rem, Sub, SubAssign};

/// A signed distance in scaled points: 65,536 to the desktop point (1/72 in).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(i64);

/// A length in 32 bits, up to 32,767 pt either way: for what a book has millions of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Short(i32);

impl Short {
    /// No distance at all.
    pub const ZERO: Short = Short(0);

    /// A length, cut to what 32 bits hold.
    #[inline]
    pub const fn of(length: Length) -> Short {
        let most = if length.0 > i32::MAX as i64 { i32::MAX as i64 } else { length.0 };
        Short(if most < i32::MIN as i64 { i32::MIN } else { most as i32 })
    }

    /// The same in full.
    #[inline]
    pub const fn long(self) -> Length {
        Length(self.0 as i64)
    }
}

impl From<Length> for Short {
    #[inline]
    fn from(length: Length) -> Short {
        Short::of(length)
    }
}

impl fmt::Debug for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.long().fmt(f)
    }
}

impl Length {
    /// No distance at all.
    pub const ZERO: Length = Length(0);
    /// Longer than any page, short enough that sums of a million of them do not overflow.
    pub const MAX: Length = Length(1 << 42);

    /// A length from scaled points.
    pub const fn sp(scaled: i64) -> Length {
        Length(scaled)
    }

    /// A length from desktop points (1/72 in), rounded to the nearest scaled point.
    pub const fn pt(points: f64) -> Length {
        let scaled = points * 65_536.0;
        Length(if scaled < 0.0 { (scaled - 0.5) as i64 } else { (scaled + 0.5) as i64 })
    }

    /// A length from millimetres.
    pub const fn mm(millimetres: f64) -> Length {
        Length::pt(millimetres * 72.0 / 25.4)
    }

    /// A length from inches.
    pub const fn inches(inches: f64) -> Length {
        Length::pt(inches * 72.0)
    }

    /// A length with its unit, as a person writes it: `11pt`, `0.8in`, `20mm`, `2cm`, `3pc`; up to 10,000 of the unit.
    pub fn parse(written: &str) -> Option<Length> {
        let written = written.trim();
        let at = written.find(|c: char| c.is_alphabetic())?;
        let number: f64 = written[..at].trim().parse().ok()?;
        if !(0.0..=10_000.0).contains(&number) {
            return None;
        }
        match &written[at..] {
            "pt" => Some(Length::pt(number)),
            "in" => Some(Length::inches(number)),
            "mm" => Some(Length::mm(number)),
            "cm" => Some(Length::mm(number * 10.0)),
            "pc" => Some(Length::pt(number * 12.0)),
            _ => None,
        }
    }

    /// The whole number of scaled points.
    #[inline]
    pub const fn to_sp(self) -> i64 {
        self.0
    }

    /// In desktop points, for devices and messages; never for comparing.
    #[inline]
    pub const fn to_pt(self) -> f64 {
        self.0 as f64 / 65_536.0
    }

    /// In inches, for messages.
    pub const fn to_inches(self) -> f64 {
        self.to_pt() / 72.0
    }

    /// This length times `numerator / denominator`, rounded to nearest (halves away from zero).
    ///
    /// # Panics
    /// When `denominator` is zero.
    #[inline]
    pub const fn scale(self, numerator: i64, denominator: i64) -> Length {
        // What fits into 64 bits is divided there: the wide division is a call, and this is done for every glyph.
        const LIMIT: i64 = 1 << 31;
        let fits = self.0 < LIMIT && self.0 > -LIMIT && numerator < LIMIT && numerator > -LIMIT;
        if fits && denominator > 0 && denominator < 1 << 61 {
            let half = denominator / 2;
            let product = self.0 * numerator;
            return Length((if product < 0 { product - half } else { product + half }) / denominator);
        }
        let product = self.0 as i128 * numerator as i128;
        let denominator = denominator as i128;
        let half = if denominator < 0 { -denominator } else { denominator } / 2;
        let product = if product < 0 { product - half } else { product + half };
        Length((product / denominator) as i64)
    }

    /// This length times a factor that was written down by a person (an em, a percentage).
    pub const fn times(self, factor: f64) -> Length {
        Length::pt(self.to_pt() * factor)
    }

    /// The distance without its sign.
    #[inline]
    pub const fn abs(self) -> Length {
        Length(self.0.abs())
    }

    /// How many whole `unit`s cover this length (rounded up), at least 0.
    pub const fn units_to_cover(self, unit: Length) -> i64 {
        if self.0 <= 0 { 0 } else { (self.0 + unit.0 - 1) / unit.0 }
    }

    /// The greater of two.
    #[inline]
    pub const fn max(self, other: Length) -> Length {
        if self.0 >= other.0 { self } else { other }
    }

    /// The smaller of two.
    #[inline]
    pub const fn min(self, other: Length) -> Length {
        if self.0 <= other.0 { self } else { other }
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pt", (self.to_pt() * 1000.0).round() / 1000.0)
    }
}

/// Points with at most three decimals: `11 pt`, `15.5 pt`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} pt", (self.to_pt() * 1000.0).round() / 1000.0)
    }
}

impl Add for Length {
    type Output = Length;
    #[inline]
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Length;
    #[inline]
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Length;
    #[inline]
    fn neg(self) -> Length {
        Length(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Length;
    #[inline]
    fn mul(self, factor: i64) -> Length {
        Length(self.0 * factor)
    }
}

/// Division towards zero.
impl Div<i64> for Length {
    type Output = Length;
    #[inline]
    fn div(self, divisor: i64) -> Length {
        Length(self.0 / divisor)
    }
}

impl Rem for Length {
    type Output = Length;
    fn rem(self, unit: Length) -> Length {
        Length(self.0 % unit.0)
    }
}

impl AddAssign for Length {
    #[inline]
    fn add_assign(&mut self, other: Length) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    #[inline]
    fn sub_assign(&mut self, other: Length) {
        self.0 -= other.0;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(lengths: I) -> Length {
        lengths.fold(Length::ZERO, Add::add)
    }
}

/// A point of a page: `x` from the left edge of the trimmed page, `y` downwards from its head.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Point {
    /// From the left edge, growing to the right.
    pub x: Length,
    /// From the head, growing downwards.
    pub y: Length,
}

impl Point {
    /// The point at `x`, `y`.
    pub const fn new(x: Length, y: Length) -> Point {
        Point { x, y }
    }
}

/// Width and height.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Size {
    /// Across.
    pub width: Length,
    /// Down.
    pub height: Length,
}

impl Size {
    /// A size of `width` by `height`.
    pub const fn new(width: Length, height: Length) -> Size {
        Size { width, height }
    }

    /// A paper or trim: `letter`, `a4`, `6x9in`, `148x210mm`; sides from 2 to 40 inches.
    pub fn parse(written: &str) -> Option<Size> {
        let compact = written.to_ascii_lowercase().replace('×', "x").replace(' ', "");
        let named = match compact.as_str() {
            "letter" => Some((Length::inches(8.5), Length::inches(11.0))),
            "tabloid" => Some((Length::inches(11.0), Length::inches(17.0))),
            "legal" => Some((Length::inches(8.5), Length::inches(14.0))),
            "a3" => Some((Length::mm(297.0), Length::mm(420.0))),
            "a4" => Some((Length::mm(210.0), Length::mm(297.0))),
            "a5" => Some((Length::mm(148.0), Length::mm(210.0))),
            "a6" => Some((Length::mm(105.0), Length::mm(148.0))),
            "b5" => Some((Length::mm(176.0), Length::mm(250.0))),
            _ => None,
        };
        if let Some((width, height)) = named {
            return Some(Size::new(width, height));
        }
        let unit = ["in", "mm", "cm", "pt"].into_iter().find(|unit| compact.ends_with(unit))?;
        let (width, height) = compact.split_once('x')?;
        let side = |side: &str| Length::parse(&format!("{}{unit}", side.trim_end_matches(unit)));
        let (width, height) = (side(width)?, side(height)?);
        let sensible = |side: Length| side >= Length::inches(2.0) && side <= Length::inches(40.0);
        (sensible(width) && sensible(height)).then(|| Size::new(width, height))
    }
}

/// An upright rectangle by its head left corner and its size.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Rect {
    /// The corner nearest to the head and the left.
    pub origin: Point,
    /// How wide and how high.
    pub size: Size,
}

impl Rect {
    /// The rectangle of `width` by `height` whose head left corner is at `x`, `y`.
    pub const fn new(x: Length, y: Length, width: Length, height: Length) -> Rect {
        Rect { origin: Point::new(x, y), size: Size::new(width, height) }
    }

    /// The right edge.
    #[inline]
    pub fn right(&self) -> Length {
        self.origin.x + self.size.width
    }

    /// The lower edge.
    #[inline]
    pub fn foot(&self) -> Length {
        self.origin.y + self.size.height
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Rect) -> Rect {
        let x = self.origin.x.min(other.origin.x);
        let y = self.origin.y.min(other.origin.y);
        Rect::new(x, y, self.right().max(other.right()) - x, self.foot().max(other.foot()) - y)
    }

    /// Whether two rectangles share any of their ground.
    pub fn meets(&self, other: &Rect) -> bool {
        let apart = self.right() <= other.origin.x || other.right() <= self.origin.x;
        !apart && self.origin.y < other.foot() && other.origin.y < self.foot()
    }

    /// Whether `inner` lies wholly within, edges included.
    pub fn contains(&self, inner: &Rect) -> bool {
        inner.origin.x >= self.origin.x
            && inner.origin.y >= self.origin.y
            && inner.right() <= self.right()
            && inner.foot() <= self.foot()
    }
}

/// A quarter turn and a shift, for turned matter: quarter turns clockwise, then the shift.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Transform {
    /// Quarter turns clockwise, 0 to 3.
    pub quarters: u8,
    /// Where the origin goes after turning.
    pub shift: Point,
}

/// A colour of the sRGB space, as a theme names it; writers turn it into what their device wants.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Colour {
    /// Black, the colour of text.
    pub const BLACK: Colour = Colour::hex(0x00_00_00);
    /// Paper.
    pub const WHITE: Colour = Colour::hex(0xFF_FF_FF);

    /// From the six digits of `#14304A`.
    pub const fn hex(digits: u32) -> Colour {
        Colour { red: (digits >> 16) as u8, green: (digits >> 8) as u8, blue: digits as u8 }
    }

    /// Reads `#14304A` or `14304A`, and `#ABC` as `#AABBCC`.
    pub fn parse(written: &str) -> Option<Colour> {
        let digits = written.strip_prefix('#').unwrap_or(written);
        let doubled: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
        let digits = if digits.len() == 3 && written.starts_with('#') { doubled.as_str() } else { digits };
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok().map(Colour::hex)
    }

    /// Whether it is a grey, black or white.
    pub const fn is_grey(self) -> bool {
        self.red == self.green && self.green == self.blue
    }

    /// Whether an eye takes it for black, and a printer for a colour.
    pub fn is_nearly_black(self) -> bool {
        let channels = [self.red, self.green, self.blue];
        let (least, most) = channels.into_iter().fold((u8::MAX, 0), |(a, b), c| (a.min(c), b.max(c)));
        most <= 0x38 && most - least <= 0x14
    }

    /// So many per cent of it on white paper.
    pub fn tint(self, share: u32) -> Colour {
        let on_white = |part: u8| (255 - (255 - u32::from(part)) * share.min(100) / 100) as u8;
        Colour { red: on_white(self.red), green: on_white(self.green), blue: on_white(self.blue) }
    }

    /// The grey that is as light (ITU-R BT.601).
    pub fn grey(self) -> Colour {
        let [red, green, blue] = [self.red, self.green, self.blue].map(u32::from);
        let luma = ((red * 299 + green * 587 + blue * 114 + 500) / 1000) as u8;
        Colour { red: luma, green: luma, blue: luma }
    }
}

/// `#14304A`.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }
}

/// A side of a leaf.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// A right-hand page; the first page of a book is one.
    Recto,
    /// A left-hand page, the back of a recto.
    Verso,
}

impl Side {
    /// The other side of an opening.
    pub const fn opposite(self) -> Side {
        match self {
            Side::Recto => Side::Verso,
            Side::Verso => Side::Recto,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_millimetre_is_exact_to_the_scaled_point() {
        assert_eq!(Length::mm(25.4), Length::inches(1.0));
        assert_eq!(Length::inches(1.0), Length::sp(72 * 65_536));
    }

    #[test]
    fn a_length_has_a_unit_and_no_other_words() {
        assert_eq!(Length::parse(" 1 in"), Some(Length::inches(1.0)));
        assert_eq!(Length::parse("2.54cm"), Some(Length::inches(1.0)));
        for wrong in ["", "12", "pt", "-1pt", "NaNpt", "infpt", "1e9pt", "11 points", "1 pt x"] {
            assert_eq!(Length::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn papers_are_named_or_measured() {
        let six_by_nine = Size::new(Length::inches(6.0), Length::inches(9.0));
        for written in ["6x9in", "6in x 9in", "6 x 9 in", "6×9in"] {
            assert_eq!(Size::parse(written), Some(six_by_nine), "{written}");
        }
        assert_eq!(Size::parse("148x210mm"), Size::parse("A5"));
        assert_eq!(Size::parse("6x9"), None);
        assert_eq!(Size::parse("0x9in"), None);
    }

    #[test]
    fn scaling_rounds_halves_away_from_zero() {
        assert_eq!(Length::sp(3).scale(1, 2), Length::sp(2));
        assert_eq!(Length::sp(-3).scale(1, 2), Length::sp(-2));
        assert_eq!(Length::sp(i64::MAX / 4).scale(1000, 1000), Length::sp(i64::MAX / 4));
    }

    #[test]
    fn lines_to_cover_a_height_are_rounded_up() {
        let leading = Length::pt(15.5);
        assert_eq!(Length::pt(31.0).units_to_cover(leading), 2);
        assert_eq!(Length::pt(31.1).units_to_cover(leading), 3);
        assert_eq!(Length::ZERO.units_to_cover(leading), 0);
    }
}
