//! Mean: a picture made smaller, each new pixel the mean of those that it covers.
//!
//! Shares of pixels are counted in whole numbers, so the result is the same on every machine, and rows are added up as
//! they come: beside the picture, which shrinks where it lies, a few rows are held. (`image` keeps a picture of floating
//! point between its two passes, four times as large as the one it is given.) What shines through counts as much as it
//! covers.
//!
//! Loops count where they could take an array's `map` or two slices' `zip`: those are pieces of the program of their own,
//! and where pieces are not optimised over each other, as in a release that is built fast, every pixel called them.

use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};

/// A picture of eight bits to a component, `width` pixels across and `height` down; neither more than it has.
///
/// The pixels lie where those of the old one lay. One that has other pixels, or is not made smaller, comes back.
pub(super) fn smaller(picture: DynamicImage, width: u32, height: u32) -> Result<DynamicImage, DynamicImage> {
    let from = (picture.width(), picture.height());
    let fits = (1..=from.0).contains(&width) && (1..=from.1).contains(&height);
    if !fits {
        return Err(picture);
    }
    let to = (width, height);
    let whole = "as many samples as it has pixels";
    Ok(match picture {
        DynamicImage::ImageLuma8(grey) => {
            let mean = |[grey]: [u64; 1], all| [part(grey, all)];
            let samples = shrunk(grey.into_raw(), from, to, |pixel: &[u8; 1]| [pixel[0].into()], mean);
            DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, samples).expect(whole))
        }
        DynamicImage::ImageRgb8(colours) => {
            let mean = |[red, green, blue]: [u64; 3], all| [part(red, all), part(green, all), part(blue, all)];
            let samples = shrunk(colours.into_raw(), from, to, |pixel: &[u8; 3]| wide(pixel), mean);
            DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, samples).expect(whole))
        }
        DynamicImage::ImageRgba8(colours) => {
            let weighed = |pixel: &[u8; 4]| {
                let [red, green, blue, alpha] = wide(pixel);
                [red * alpha, green * alpha, blue * alpha, alpha]
            };
            let mean = |[red, green, blue, alpha]: [u64; 4], all| {
                let colour = |sum| part(sum, alpha.max(1));
                [colour(red), colour(green), colour(blue), part(alpha, all)]
            };
            let samples = shrunk(colours.into_raw(), from, to, weighed, mean);
            DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, samples).expect(whole))
        }
        other => return Err(other),
    })
}

/// Samples with room to be added up.
#[inline]
fn wide<const N: usize>(pixel: &[u8; N]) -> [u64; N] {
    let mut wide = [0; N];
    for at in 0..N {
        wide[at] = pixel[at].into();
    }
    wide
}

/// Adds samples to sums, each so many times.
#[inline]
fn add_sample<const N: usize>(sums: &mut [u64; N], samples: &[u64; N], times: u64) {
    for at in 0..N {
        sums[at] += samples[at] * times;
    }
}

/// A sum shared out, rounded.
#[inline]
fn part(sum: u64, among: u64) -> u8 {
    ((sum + among / 2) / among).min(255) as u8
}

/// The samples of the smaller picture, row by row. A pixel of the old one is as wide as the new one has pixels, a pixel
/// of the new one as wide as the old one has; `mean` gets sums of `weighed` and what they are to be divided by.
///
/// A row is done with when all that it covers was read, so it is written over what was read first.
fn shrunk<const N: usize>(
    mut samples: Vec<u8>,
    (old_width, old_height): (u32, u32),
    (width, height): (u32, u32),
    weighed: impl Fn(&[u8; N]) -> [u64; N],
    mean: impl Fn([u64; N], u64) -> [u8; N],
) -> Vec<u8> {
    let whole = u64::from(old_width) * u64::from(old_height);
    let row_bytes = old_width as usize * N;
    let mut written = 0;
    let mut sums = vec![[0; N]; width as usize];
    let mut across = vec![[0; N]; width as usize];
    let (mut done, deep, new) = (0u64, u64::from(old_height), u64::from(height));
    for at in (0..samples.len() / row_bytes).map(|row| row * row_bytes) {
        add_across(&samples[at..at + row_bytes], u64::from(width), u64::from(old_width), &weighed, &mut across);
        // The row lies in the new row that is being filled and, with its rest, in the next.
        let here = new.min(deep - done);
        add(&mut sums, &across, here);
        done += here;
        if done == deep {
            for sums in &sums {
                samples[written..written + N].copy_from_slice(&mean(*sums, whole));
                written += N;
            }
            sums.fill([0; N]);
            done = new - here;
            add(&mut sums, &across, done);
        }
    }
    samples.truncate(written);
    samples.shrink_to_fit();
    samples
}

fn add<const N: usize>(sums: &mut [[u64; N]], row: &[[u64; N]], times: u64) {
    for at in 0..sums.len().min(row.len()) {
        add_sample(&mut sums[at], &row[at], times);
    }
}

/// The same along a row.
fn add_across<const N: usize>(
    row: &[u8],
    new: u64,
    wide: u64,
    weighed: &impl Fn(&[u8; N]) -> [u64; N],
    out: &mut [[u64; N]],
) {
    let (mut at, mut done, mut sums) = (0, 0, [0; N]);
    for pixel in row.as_chunks::<N>().0 {
        let samples = weighed(pixel);
        let here = new.min(wide - done);
        add_sample(&mut sums, &samples, here);
        done += here;
        if done == wide {
            out[at] = sums;
            at += 1;
            done = new - here;
            sums = [0; N];
            add_sample(&mut sums, &samples, done);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it stands for: every old pixel by every new one, with the share that it covers.
    fn by_hand(picture: &RgbaImage, width: u32, height: u32) -> RgbaImage {
        let (w, h) = (u64::from(picture.width()), u64::from(picture.height()));
        let share = |old: u32, wide: u64, new: u32, count: u32| {
            let (from, to) = (u64::from(old) * u64::from(count), u64::from(old + 1) * u64::from(count));
            let (left, right) = (u64::from(new) * wide, u64::from(new + 1) * wide);
            to.min(right).saturating_sub(from.max(left))
        };
        RgbaImage::from_fn(width, height, |x, y| {
            let mut sums = [0u64; 4];
            for (column, row, pixel) in picture.enumerate_pixels() {
                let weight = share(column, w, x, width) * share(row, h, y, height);
                let alpha = u64::from(pixel[3]);
                for (sum, sample) in sums.iter_mut().zip([pixel[0], pixel[1], pixel[2]]) {
                    *sum += u64::from(sample) * alpha * weight;
                }
                sums[3] += alpha * weight;
            }
            let colour = |sum| part(sum, sums[3].max(1));
            image::Rgba([colour(sums[0]), colour(sums[1]), colour(sums[2]), part(sums[3], w * h)])
        })
    }

    #[test]
    fn a_smaller_picture_is_the_mean_of_what_each_pixel_covers() {
        let mut dice = crate::dice::Dice::new(0x5EED_0F1A);
        for _ in 0..40 {
            let (w, h) = (1 + dice.below(23) as u32, 1 + dice.below(17) as u32);
            let picture = RgbaImage::from_fn(w, h, |_, _| image::Rgba([(); 4].map(|()| dice.below(256) as u8)));
            let (width, height) = (1 + dice.below(u64::from(w)) as u32, 1 + dice.below(u64::from(h)) as u32);
            let small = smaller(DynamicImage::ImageRgba8(picture.clone()), width, height).expect("it is smaller");
            assert_eq!(small.to_rgba8(), by_hand(&picture, width, height), "{w} × {h} to {width} × {height}");
        }
    }

    #[test]
    fn a_picture_of_one_colour_stays_so_and_a_larger_one_is_not_made_here() {
        let grey = DynamicImage::ImageLuma8(GrayImage::from_pixel(301, 97, image::Luma([77])));
        let small = smaller(grey.clone(), 100, 41).expect("it is smaller");
        assert!(small.to_luma8().pixels().all(|pixel| pixel[0] == 77));
        assert!(smaller(grey, 302, 10).is_err());
    }
}
