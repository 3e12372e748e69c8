//! Colours that can be read: contrast as WCAG 2.2 has it, in whole numbers, and the nearest colour that passes.

use super::Style;
use crate::units::{Colour, Length};

/// What text must have against what is behind it, in hundredths.
pub const TEXT: i64 = 450;
/// What large letters, rules and graphics must have.
pub const GRAPHICS: i64 = 300;

/// What the letters of a style must have: large ones less.
pub fn needed(style: &Style) -> i64 {
    let large = style.size >= Length::pt(18.0) || (style.weight >= 700 && style.size >= Length::pt(14.0));
    if large { GRAPHICS } else { TEXT }
}

/// How much light a value of a channel gives, in millionths: the curve of sRGB.
#[rustfmt::skip]
const LINEAR: [i64; 256] = [
    0, 304, 607, 911, 1214, 1518, 1821, 2125, 2428, 2732, 3035, 3347,
    3677, 4025, 4391, 4777, 5182, 5605, 6049, 6512, 6995, 7499, 8023, 8568,
    9134, 9721, 10330, 10960, 11612, 12286, 12983, 13702, 14444, 15209, 15996, 16807,
    17642, 18500, 19382, 20289, 21219, 22174, 23153, 24158, 25187, 26241, 27321, 28426,
    29557, 30713, 31896, 33105, 34340, 35601, 36889, 38204, 39546, 40915, 42311, 43735,
    45186, 46665, 48172, 49707, 51269, 52861, 54480, 56128, 57805, 59511, 61246, 63010,
    64803, 66626, 68478, 70360, 72272, 74214, 76185, 78187, 80220, 82283, 84376, 86500,
    88656, 90842, 93059, 95307, 97587, 99899, 102242, 104616, 107023, 109462, 111932, 114435,
    116971, 119538, 122139, 124772, 127438, 130136, 132868, 135633, 138432, 141263, 144128, 147027,
    149960, 152926, 155926, 158961, 162029, 165132, 168269, 171441, 174647, 177888, 181164, 184475,
    187821, 191202, 194618, 198069, 201556, 205079, 208637, 212231, 215861, 219526, 223228, 226966,
    230740, 234551, 238398, 242281, 246201, 250158, 254152, 258183, 262251, 266356, 270498, 274677,
    278894, 283149, 287441, 291771, 296138, 300544, 304987, 309469, 313989, 318547, 323143, 327778,
    332452, 337164, 341914, 346704, 351533, 356400, 361307, 366253, 371238, 376262, 381326, 386429,
    391572, 396755, 401978, 407240, 412543, 417885, 423268, 428690, 434154, 439657, 445201, 450786,
    456411, 462077, 467784, 473531, 479320, 485150, 491021, 496933, 502886, 508881, 514918, 520996,
    527115, 533276, 539479, 545724, 552011, 558340, 564712, 571125, 577580, 584078, 590619, 597202,
    603827, 610496, 617207, 623960, 630757, 637597, 644480, 651406, 658375, 665387, 672443, 679542,
    686685, 693872, 701102, 708376, 715694, 723055, 730461, 737910, 745404, 752942, 760525, 768151,
    775822, 783538, 791298, 799103, 806952, 814847, 822786, 830770, 838799, 846873, 854993, 863157,
    871367, 879622, 887923, 896269, 904661, 913099, 921582, 930111, 938686, 947307, 955973, 964686,
    973445, 982251, 991102, 1000000,
];

/// Relative luminance in millionths.
fn luminance(colour: Colour) -> i64 {
    let of = |value: u8| LINEAR[usize::from(value)];
    (2126 * of(colour.red) + 7152 * of(colour.green) + 722 * of(colour.blue)) / 10_000
}

/// The contrast of two colours, in hundredths: 100 to 2100.
pub fn contrast(one: Colour, other: Colour) -> i64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 50_000) * 100 / (one.min(other) + 50_000)
}

/// So many 256ths of the second colour in the first.
pub fn mix(one: Colour, other: Colour, share: i64) -> Colour {
    let of = |one: u8, other: u8| ((i64::from(one) * (256 - share) + i64::from(other) * share + 128) / 256) as u8;
    Colour { red: of(one.red, other.red), green: of(one.green, other.green), blue: of(one.blue, other.blue) }
}

/// The nearest colour to this that stands out from a ground: darker on a light one, lighter on a dark one.
pub fn readable(colour: Colour, ground: Colour, least: i64) -> Colour {
    let away =
        if contrast(Colour::BLACK, ground) >= contrast(Colour::WHITE, ground) { Colour::BLACK } else { Colour::WHITE };
    (0..=256).map(|share| mix(colour, away, share)).find(|mixed| contrast(*mixed, ground) >= least).unwrap_or(away)
}

/// The colours that follow from one: ink, accent, ground, grey, rules.
pub fn of_brand(brand: Colour) -> [Colour; 5] {
    let ink = readable(brand, Colour::WHITE, 700);
    // A brand that is dark itself has a lighter sister for what should be seen.
    let bright = if contrast(brand, Colour::WHITE) > 900 { mix(brand, Colour::WHITE, 80) } else { brand };
    let ground = mix(brand, Colour::WHITE, 238);
    let accent = readable(bright, ground, TEXT);
    let grey = readable(mix(brand, Colour::hex(0x70_70_70), 160), ground, TEXT);
    [ink, accent, ground, grey, mix(brand, Colour::WHITE, 150)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert_eq!(contrast(Colour::BLACK, Colour::WHITE), 2100);
        assert_eq!(contrast(Colour::hex(0x77_77_77), Colour::WHITE), 447);
        assert_eq!(contrast(Colour::hex(0x76_76_76), Colour::WHITE), 454);
    }

    #[test]
    fn what_cannot_be_read_has_a_neighbour_that_can() {
        let gold = Colour::hex(0xC4_89_2B);
        assert!(contrast(gold, Colour::WHITE) < TEXT);
        let darker = readable(gold, Colour::WHITE, TEXT);
        assert!(contrast(darker, Colour::WHITE) >= TEXT);
        assert!(contrast(readable(darker, Colour::BLACK, TEXT), Colour::BLACK) >= TEXT);
    }

    #[test]
    fn every_brand_gives_colours_that_can_be_read() {
        for brand in [0x14_30_4A, 0x5A_2A_6B, 0xE6_39_46, 0xFF_E0_00, 0x00_00_00, 0xFF_FF_FF, 0x1F_4D_3F] {
            let [ink, accent, ground, grey, _] = of_brand(Colour::hex(brand));
            assert!(contrast(ink, Colour::WHITE) >= 700 && contrast(ink, ground) >= TEXT);
            assert!(contrast(accent, ground) >= TEXT && contrast(grey, ground) >= TEXT);
        }
    }
}
