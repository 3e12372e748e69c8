//! A profile of offset printing on coated paper, computed from a model: for editions whose author names no profile of
//! the printer's.
//!
//! The profiles that printers hand out may mostly not be passed on in a program under a free licence, so this one is
//! made from what the standard says of the solids: the colours of paper, inks and overprints (ISO 12647-2:2004, paper
//! types 1 and 2, on black backing; overprints with black are near them), a tone value increase of 14 % in the middle,
//! and Neugebauer's equations for what lies between. Black replaces grey the more the darker a colour is; no colour has
//! more than 300 % of ink. It is near enough to see and separate by, and no proof: `profile:` names the printer's own.
//!
//! Only sums, products, quotients and square roots are used, which are the same on every machine.

use std::sync::OnceLock;

use super::profile::{self, D50_XYZ};

/// Colours of the sixteen overprints, in CIELAB; bit 0 is cyan, 1 magenta, 2 yellow, 3 black.
const PRIMARIES: [[f64; 3]; 16] = [
    [95.0, 0.0, -2.0],
    [55.0, -37.0, -50.0],
    [48.0, 74.0, -3.0],
    [24.0, 22.0, -46.0],
    [91.0, -5.0, 93.0],
    [50.0, -65.0, 27.0],
    [47.0, 68.0, 48.0],
    [23.0, 0.0, 0.0],
    [16.0, 0.0, 0.0],
    [12.0, -3.0, -6.0],
    [12.0, 6.0, -1.0],
    [9.0, 1.0, -4.0],
    [14.0, -1.0, 6.0],
    [10.0, -5.0, 2.0],
    [11.0, 6.0, 4.0],
    [6.0, 0.0, 0.0],
];

/// The most ink that a colour may have.
const MOST_INK: f64 = 3.0;
/// Points along an axis of the table from inks to colours, and of those from colours to inks.
const INK_STEPS: usize = 9;
const COLOUR_STEPS: usize = 17;

/// The profile, made once a process.
pub(super) fn coated() -> &'static [u8] {
    static PROFILE: OnceLock<Vec<u8>> = OnceLock::new();
    PROFILE.get_or_init(make)
}

fn make() -> Vec<u8> {
    let press = Press::new();
    let to_colour = profile::table(4, 3, INK_STEPS, |inks| {
        let lab = press.colour([inks[0], inks[1], inks[2], inks[3]]);
        lab_bytes(lab).to_vec()
    });
    let to_inks = profile::table(3, 4, COLOUR_STEPS, |coded| {
        let inks = press.inks(lab_of([coded[0], coded[1], coded[2]]));
        inks.map(|ink| (ink * 255.0 + 0.5) as u8).to_vec()
    });
    let gamut = profile::table(3, 1, INK_STEPS, |coded| {
        let lab = lab_of([coded[0], coded[1], coded[2]]);
        let reached = press.colour(press.inks(lab));
        vec![if distance(lab, reached) < 6.0 { 0 } else { 255 }]
    });
    profile::press("Offset, coated paper (model)", b"CMYK", to_colour, to_inks, gamut)
}

/// CIELAB as eight-bit profiles code it.
fn lab_bytes(lab: [f64; 3]) -> [u8; 3] {
    let byte = |value: f64| (value.clamp(0.0, 255.0) + 0.5) as u8;
    [byte(lab[0] * 2.55), byte(lab[1] + 128.0), byte(lab[2] + 128.0)]
}

/// The CIELAB of three shares of the coding.
fn lab_of(coded: [f64; 3]) -> [f64; 3] {
    [coded[0] * 100.0, coded[1] * 255.0 - 128.0, coded[2] * 255.0 - 128.0]
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

struct Press {
    primaries: [[f64; 3]; 16],
}

impl Press {
    fn new() -> Press {
        Press { primaries: PRIMARIES.map(xyz) }
    }

    /// The colour of four inks, each from 0 to 1.
    fn colour(&self, inks: [f64; 4]) -> [f64; 3] {
        let mut covered = inks;
        for ink in &mut covered {
            *ink += 0.56 * *ink * (1.0 - *ink);
        }
        let mut sum = [0.0; 3];
        for (which, primary) in self.primaries.iter().enumerate() {
            let mut share = 1.0;
            for (ink, covered) in covered.iter().enumerate() {
                share *= if which >> ink & 1 == 1 { *covered } else { 1.0 - covered };
            }
            for (sum, value) in sum.iter_mut().zip(primary) {
                *sum += share * value;
            }
        }
        lab(sum)
    }

    /// The inks that come nearest to a colour, relative to the paper's white.
    fn inks(&self, wanted: [f64; 3]) -> [f64; 4] {
        let paper = PRIMARIES[0];
        // White is the paper: lightness is squeezed into what it and the darkest overprint leave.
        let least = PRIMARIES[15][0];
        let lightness = least + wanted[0] * (paper[0] - least) / 100.0;
        let wanted = [lightness, wanted[1] + paper[1], wanted[2] + paper[2] * wanted[0] / 100.0];
        let chroma = (wanted[1] * wanted[1] + wanted[2] * wanted[2]).sqrt();
        let depth = ((62.0 - wanted[0]) / 56.0).clamp(0.0, 1.0);
        let purity = (1.0 - chroma / 110.0).clamp(0.2, 1.0);
        let black = (depth * depth * (0.35 + 0.65 * depth) * purity * 1.05).min(1.0);
        let mut inks = [0.0, 0.0, 0.0, black];
        for ink in &mut inks[..3] {
            *ink = ((paper[0] - wanted[0]) / 120.0).clamp(0.0, 1.0);
        }
        self.approach(&mut inks, wanted);
        let sum: f64 = inks.iter().sum();
        if sum > MOST_INK {
            let share = (MOST_INK - inks[3]) / (sum - inks[3]);
            inks[..3].iter_mut().for_each(|ink| *ink *= share);
        }
        inks
    }

    /// Moves the three colours until the mixture is as near as it can be: damped steps of Gauss and Newton.
    fn approach(&self, inks: &mut [f64; 4], wanted: [f64; 3]) {
        const STEP: f64 = 0.004;
        let mut damping = 0.02;
        let mut off = distance(self.colour(*inks), wanted);
        for _ in 0..24 {
            let here = self.colour(*inks);
            let mut slopes = [[0.0; 3]; 3];
            for (ink, slope) in slopes.iter_mut().enumerate() {
                let mut moved = *inks;
                let step = if moved[ink] + STEP > 1.0 { -STEP } else { STEP };
                moved[ink] += step;
                let there = self.colour(moved);
                for axis in 0..3 {
                    slope[axis] = (there[axis] - here[axis]) / step;
                }
            }
            let error = [wanted[0] - here[0], wanted[1] - here[1], wanted[2] - here[2]];
            let Some(by) = solve(&slopes, error, damping * 2000.0) else { break };
            let mut moved = *inks;
            for ink in 0..3 {
                moved[ink] = (moved[ink] + by[ink]).clamp(0.0, 1.0);
            }
            let now = distance(self.colour(moved), wanted);
            if now < off {
                (*inks, off) = (moved, now);
                damping *= 0.5;
            } else {
                damping *= 4.0;
            }
            if off < 0.3 {
                break;
            }
        }
    }
}

/// Solves (J Jᵀ + d I) x = J e for three unknowns, rows of J being the slopes of each.
fn solve(slopes: &[[f64; 3]; 3], error: [f64; 3], damping: f64) -> Option<[f64; 3]> {
    let dot = |a: &[f64; 3], b: &[f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let mut rows = [[0.0; 4]; 3];
    for (at, row) in rows.iter_mut().enumerate() {
        for other in 0..3 {
            row[other] = dot(&slopes[at], &slopes[other]);
        }
        row[at] += damping;
        row[3] = dot(&slopes[at], &error);
    }
    for pivot in 0..3 {
        if rows[pivot][pivot].abs() < 1e-9 {
            return None;
        }
        let base = rows[pivot];
        for (_, row) in rows.iter_mut().enumerate().filter(|(other, _)| *other != pivot) {
            let factor = row[pivot] / base[pivot];
            row.iter_mut().zip(base).for_each(|(value, by)| *value -= factor * by);
        }
    }
    Some([0, 1, 2].map(|at| rows[at][3] / rows[at][at]))
}

/// CIELAB to CIEXYZ under D50.
fn xyz(lab: [f64; 3]) -> [f64; 3] {
    let y = (lab[0] + 16.0) / 116.0;
    let back = |t: f64| if t > 6.0 / 29.0 { t * t * t } else { 3.0 * (6.0 / 29.0) * (6.0 / 29.0) * (t - 4.0 / 29.0) };
    let [x_white, y_white, z_white] = D50_XYZ;
    [x_white * back(y + lab[1] / 500.0), y_white * back(y), z_white * back(y - lab[2] / 200.0)]
}

fn lab(xyz: [f64; 3]) -> [f64; 3] {
    let curve = |t: f64| {
        if t > 216.0 / 24_389.0 { cube_root(t) } else { t * (841.0 / 108.0) + 4.0 / 29.0 }
    };
    let [x, y, z] = [0, 1, 2].map(|at| curve(xyz[at] / D50_XYZ[at]));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// By Newton's method, from a start that is near for 0.008 to 1: the same on every machine.
fn cube_root(value: f64) -> f64 {
    let mut root = 0.25 + value * 0.75;
    for _ in 0..8 {
        root = (2.0 * root + value / (root * root)) / 3.0;
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_gives_back_the_solids_and_finds_the_inks_of_a_grey() {
        let press = Press::new();
        let cyan = press.colour([1.0, 0.0, 0.0, 0.0]);
        assert!(distance(cyan, PRIMARIES[1]) < 0.01, "{cyan:?}");
        let inks = press.inks([100.0, 0.0, 0.0]);
        assert!(inks.iter().sum::<f64>() < 0.08, "{inks:?}");
        let dark = press.inks([0.0, 0.0, 0.0]);
        assert!(dark[3] > 0.9 && dark.iter().sum::<f64>() <= MOST_INK + 1e-9, "{dark:?}");
    }

    #[test]
    fn a_reader_of_profiles_takes_it_and_white_stays_white() {
        let press = moxcms::ColorProfile::new_from_slice(coated()).expect("a profile");
        assert_eq!(press.color_space, moxcms::DataColorSpace::Cmyk);
        let from = moxcms::ColorProfile::new_srgb();
        let options = moxcms::TransformOptions::default();
        let through =
            from.create_transform_8bit(moxcms::Layout::Rgb, &press, moxcms::Layout::Rgba, options).expect("a way");
        let mut inks = [0; 12];
        through.transform(&[255, 255, 255, 230, 30, 40, 0, 0, 0], &mut inks).expect("pixels");
        assert!(inks[..4].iter().all(|ink| *ink < 12), "white: {:?}", &inks[..4]);
        assert!(inks[5] > 180 && inks[6] > 150 && inks[4] < 70, "red: {:?}", &inks[4..8]);
        assert!(inks[11] > 200, "black: {:?}", &inks[8..]);
    }
}
