//! Ink: how colours are written. Screens and office printers take RGB, presses grey or CMYK.

use pdf_writer::Content;

use crate::units::Colour;

/// What colours become.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ink {
    /// Greys as grey, colours as sRGB.
    Rgb,
    /// Everything as grey: one plate.
    Grey,
    /// Black and greys on the black plate, colours in four.
    Cmyk,
}

impl Ink {
    /// Whether an unset colour is black in these inks: a page starts with `DeviceGray` 0.
    pub fn starts_black(self) -> bool {
        self != Ink::Cmyk
    }

    /// Whether a colour overprints: black letters on a ground leave no white edges when plates shift.
    pub fn overprints(self, colour: Colour) -> bool {
        self == Ink::Cmyk && colour == Colour::BLACK
    }

    /// The operands of an RGB colour, from 0 to 1, in these inks: one for grey, four for four inks.
    pub fn operands(self, rgb: [f32; 3]) -> Vec<f32> {
        let [red, green, blue] = rgb.map(|channel| (channel.clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
        let colour = Colour { red, green, blue };
        match self {
            Ink::Rgb => rgb.to_vec(),
            Ink::Grey => vec![share(luma(colour))],
            Ink::Cmyk => cmyk(colour).to_vec(),
        }
    }

    /// Sets the colour of fills and letters.
    pub fn fill(self, content: &mut Content, colour: Colour) {
        match self {
            Ink::Rgb if !colour.is_grey() => {
                let [r, g, b] = [colour.red, colour.green, colour.blue].map(share);
                content.set_fill_rgb(r, g, b);
            }
            Ink::Rgb | Ink::Grey => {
                content.set_fill_gray(share(luma(colour)));
            }
            Ink::Cmyk => {
                let [c, m, y, k] = cmyk(colour);
                content.set_fill_cmyk(c, m, y, k);
            }
        }
    }
}

/// A channel as a share of 1, to a thousandth.
fn share(channel: u8) -> f32 {
    (f32::from(channel) / 255.0 * 1000.0).round() / 1000.0
}

/// How bright a colour is (Rec. 709 weights on the coded values).
fn luma(colour: Colour) -> u8 {
    if colour.is_grey() {
        return colour.red;
    }
    let [r, g, b] = [colour.red, colour.green, colour.blue].map(u32::from);
    ((2126 * r + 7152 * g + 722 * b + 5000) / 10_000) as u8
}

/// A flat colour in four inks: grey wholly on the black plate, else with full grey replacement, which keeps text and
/// rules of a theme's colour clean and the sum of inks low.
fn cmyk(colour: Colour) -> [f32; 4] {
    let [r, g, b] = [colour.red, colour.green, colour.blue].map(share);
    let white = r.max(g).max(b);
    let black = 1.0 - white;
    if white <= 0.0 {
        return [0.0, 0.0, 0.0, 1.0];
    }
    let ink = |channel: f32| ((white - channel) / white * 1000.0).round() / 1000.0;
    [ink(r), ink(g), ink(b), (black * 1000.0).round() / 1000.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_stand_on_the_black_plate_alone() {
        assert_eq!(cmyk(Colour::BLACK), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(cmyk(Colour::hex(0x80_80_80)), [0.0, 0.0, 0.0, 0.498]);
        assert!(Ink::Cmyk.overprints(Colour::BLACK) && !Ink::Cmyk.overprints(Colour::hex(0x14_30_4A)));
    }
}
