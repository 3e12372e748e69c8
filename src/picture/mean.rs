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
    let (from, to) = ((picture.width(), picture.height()), (width, height));
    if !fits(from, to) {
        return Err(picture);
    }
    Ok(match picture {
        DynamicImage::ImageLuma8(grey) => of_grey(shrunk::<1>(grey.into_raw(), from, to), to),
        DynamicImage::ImageRgb8(colours) => of_colours(shrunk::<3>(colours.into_raw(), from, to), to),
        DynamicImage::ImageRgba8(colours) => of_clear(shrunk::<4>(colours.into_raw(), from, to), to),
        other => return Err(other),
    })
}

fn fits(from: (u32, u32), to: (u32, u32)) -> bool {
    (1..=from.0).contains(&to.0) && (1..=from.1).contains(&to.1)
}

const WHOLE: &str = "as many samples as it has pixels";

fn of_grey(samples: Vec<u8>, (width, height): (u32, u32)) -> DynamicImage {
    DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, samples).expect(WHOLE))
}

fn of_colours(samples: Vec<u8>, (width, height): (u32, u32)) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, samples).expect(WHOLE))
}

fn of_clear(samples: Vec<u8>, (width, height): (u32, u32)) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, samples).expect(WHOLE))
}

/// A picture that is made smaller while its rows come, so that it never lies there whole.
pub(super) enum Shrinking {
    /// From black to white.
    Grey(Means<1>),
    /// Red, green and blue.
    Colours(Means<3>),
    /// The same and what shines through.
    Clear(Means<4>),
}

impl Shrinking {
    /// Of so many components a pixel, from one size to a smaller one; `None` for other numbers and where it is not smaller.
    pub fn new(components: usize, from: (u32, u32), to: (u32, u32)) -> Option<Shrinking> {
        fits(from, to).then_some(())?;
        Some(match components {
            1 => Shrinking::Grey(Means::new(from, to)),
            3 => Shrinking::Colours(Means::new(from, to)),
            4 => Shrinking::Clear(Means::new(from, to)),
            _ => return None,
        })
    }

    /// Takes the next row, from the uppermost down. Whether it fills one of the smaller picture, which is `made` then.
    pub fn row(&mut self, row: &[u8], made: &mut Vec<u8>) -> bool {
        match self {
            Shrinking::Grey(means) => means.row(row, made),
            Shrinking::Colours(means) => means.row(row, made),
            Shrinking::Clear(means) => means.row(row, made),
        }
    }
}

/// The smaller picture of so many components a pixel, from all its rows.
pub(super) fn whole(components: usize, samples: Vec<u8>, size: (u32, u32)) -> Option<DynamicImage> {
    let (width, height) = size;
    (samples.len() == width as usize * height as usize * components).then(|| match components {
        1 => of_grey(samples, size),
        3 => of_colours(samples, size),
        _ => of_clear(samples, size),
    })
}

/// Samples with room to be added up.
#[inline]
fn wide<const N: usize>(pixel: &[u8; N]) -> [u64; N] {
    let mut wide = [0; N];
    for at in 0..N {
        wide[at] = pixel[at].into();
    }
    if N == 4 {
        // What does not shine through counts as much as it covers.
        for at in 0..3 {
            wide[at] *= wide[3];
        }
    }
    wide
}

/// The pixel that sums come to.
#[inline]
fn mean<const N: usize>(sums: &[u64; N], all: &Share) -> [u8; N] {
    let mut pixel = [0; N];
    for at in 0..N {
        pixel[at] = if N == 4 && at < 3 { part(sums[at], sums[3].max(1)) } else { all.part(sums[at]) };
    }
    pixel
}

/// What all sums of a picture are shared out among. A division takes ten times as long as a multiplication, and there are
/// three for each pixel.
struct Share {
    among: u64,
    inverse: f64,
}

impl Share {
    fn among(among: u64) -> Share {
        Share { among, inverse: 1.0 / among as f64 }
    }

    /// A sum shared out, rounded, as [`part`] does it.
    #[inline]
    fn part(&self, sum: u64) -> u8 {
        let sum = sum + self.among / 2;
        // One more or less than it is, at most.
        let near = (sum as f64 * self.inverse) as u64;
        let under = near - u64::from(near * self.among > sum);
        (under + u64::from((under + 1) * self.among <= sum)).min(255) as u8
    }
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

/// The row of the smaller picture that is being filled. A pixel of the old one is as wide as the new one has pixels, a
/// pixel of the new one as wide as the old one has.
pub(super) struct Means<const N: usize> {
    from: (u32, u32),
    to: (u32, u32),
    /// What came so far for the row.
    sums: Vec<[u64; N]>,
    /// The old row that came last, made smaller along itself.
    across: Vec<[u64; N]>,
    /// How much of the row is filled.
    done: u64,
}

impl<const N: usize> Means<N> {
    fn new(from: (u32, u32), to: (u32, u32)) -> Means<N> {
        let empty = vec![[0; N]; to.0 as usize];
        Means { from, to, sums: empty.clone(), across: empty, done: 0 }
    }

    /// Adds a row; whether it fills one of the smaller picture, which [`Means::take`] must write then.
    fn add(&mut self, row: &[u8]) -> bool {
        add_across(row, self.to.0.into(), self.from.0.into(), &mut self.across);
        // The row lies in the new row that is being filled and, with its rest, in the next.
        let (deep, new) = (u64::from(self.from.1), u64::from(self.to.1));
        let here = new.min(deep - self.done);
        add(&mut self.sums, &self.across, here);
        self.done += here;
        if self.done < deep {
            return false;
        }
        self.done = new - here;
        true
    }

    /// Writes the row that is full, and begins the next.
    fn take(&mut self, made: &mut [u8]) {
        let all = Share::among(u64::from(self.from.0) * u64::from(self.from.1));
        let pixels = made.as_chunks_mut::<N>().0;
        for at in 0..pixels.len().min(self.sums.len()) {
            pixels[at] = mean(&self.sums[at], &all);
        }
        self.sums.fill([0; N]);
        add(&mut self.sums, &self.across, self.done);
    }

    fn row(&mut self, row: &[u8], made: &mut Vec<u8>) -> bool {
        let full = self.add(row);
        if full {
            made.resize(self.sums.len() * N, 0);
            self.take(made);
        }
        full
    }
}

/// The samples of the smaller picture. A row is done with when all that it covers was read, so it is written over what
/// was read first.
fn shrunk<const N: usize>(mut samples: Vec<u8>, from: (u32, u32), to: (u32, u32)) -> Vec<u8> {
    let mut means = Means::<N>::new(from, to);
    let row_bytes = from.0 as usize * N;
    let mut written = 0;
    for at in (0..samples.len() / row_bytes).map(|row| row * row_bytes) {
        if means.add(&samples[at..at + row_bytes]) {
            let end = written + to.0 as usize * N;
            means.take(&mut samples[written..end]);
            written = end;
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
fn add_across<const N: usize>(row: &[u8], new: u64, wide: u64, out: &mut [[u64; N]]) {
    let (mut at, mut done, mut sums) = (0, 0, [0; N]);
    for pixel in row.as_chunks::<N>().0 {
        let samples = self::wide(pixel);
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
    fn shares_are_what_a_division_makes_of_them() {
        let mut dice = crate::dice::Dice::new(0x5EED_0F1B);
        for _ in 0..2000 {
            let among = 1 + dice.below(1 << 30);
            let whole = dice.below(256) * among;
            for sum in [whole, whole + among / 2, whole.saturating_sub(among / 2), whole + dice.below(among)] {
                for sum in [sum.saturating_sub(1), sum, sum + 1] {
                    assert_eq!(Share::among(among).part(sum), part(sum, among), "{sum} among {among}");
                }
            }
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
