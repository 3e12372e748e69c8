//! Packing: pixels become JPEG files.
//!
//! jpeg-encoder packs them, with a full set of colours for each pixel: the encoder that comes with `image` takes four
//! times as long, which was a third of the time of a short paper.

#[cfg(feature = "raster")]
use std::cell::RefCell;

use jpeg_encoder::{ColorType, Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr};

/// What a pixel is, each part a byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pixel {
    /// From black to white.
    Grey,
    /// Red, green and blue.
    Rgb,
    /// The same and a fourth byte that says nothing.
    #[cfg_attr(not(feature = "raster"), allow(dead_code))]
    RgbAndOne,
}

impl Pixel {
    fn bytes(self) -> usize {
        match self {
            Pixel::Grey => 1,
            Pixel::Rgb => 3,
            Pixel::RgbAndOne => 4,
        }
    }
}

/// Pixels of a sheet `across` and `down`, as JPEG of a quality from 1 to 100 and with a colour profile. `None` where one
/// side has none or more than JPEG counts (65,535), or where there are fewer than that.
pub(crate) fn jpeg(
    pixels: &[u8],
    kind: Pixel,
    (across, down): (u32, u32),
    quality: u8,
    profile: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(across).ok()?, u16::try_from(down).ok()?);
    let pixels = pixels.get(..usize::from(width) * usize::from(height) * kind.bytes())?;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality.clamp(1, 100));
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    match kind {
        Pixel::Grey => encoder.encode(pixels, width, height, ColorType::Luma).ok()?,
        Pixel::Rgb => encoder.encode_image(Rows { pixels: pixels.as_chunks::<3>().0, width, height }).ok()?,
        Pixel::RgbAndOne => encoder.encode_image(Rows { pixels: pixels.as_chunks::<4>().0, width, height }).ok()?,
    }
    Some(bytes)
}

/// The same of rows of [`Pixel::RgbAndOne`] that are made as they are asked for, from the uppermost down.
#[cfg(feature = "raster")]
pub(crate) fn jpeg_of_rows(
    (across, down): (u32, u32),
    quality: u8,
    row: impl FnMut(u32, &mut dyn FnMut(&[u8])),
) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(across).ok()?, u16::try_from(down).ok()?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality.clamp(1, 100));
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.encode_image(Made { row: RefCell::new(row), width, height }).ok()?;
    Some(bytes)
}

/// Rows that are made as they are asked for.
#[cfg(feature = "raster")]
struct Made<R> {
    row: RefCell<R>,
    width: u16,
    height: u16,
}

#[cfg(feature = "raster")]
impl<R: FnMut(u32, &mut dyn FnMut(&[u8]))> ImageBuffer for Made<R> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        (self.row.borrow_mut())(y.into(), &mut |row| fill(row.as_chunks::<4>().0, buffers));
    }
}

/// Rows that lie there.
struct Rows<'p, const N: usize> {
    pixels: &'p [[u8; N]],
    width: u16,
    height: u16,
}

impl<const N: usize> ImageBuffer for Rows<'_, N> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let width = usize::from(self.width);
        fill(&self.pixels[usize::from(y) * width..][..width], buffers);
    }
}

/// A row as the encoder takes it. Its own way through the pixels turns the colour of each; a page is mostly ground, so here
/// a run of one colour is turned once.
fn fill<const N: usize>(mut row: &[[u8; N]], buffers: &mut [Vec<u8>; 4]) {
    let [luma, blue, red, _] = buffers;
    while let Some(first) = row.first() {
        let run = row.iter().take_while(|pixel| *pixel == first).count();
        let (y, cb, cr) = rgb_to_ycbcr(first[0], first[1], first[2]);
        luma.resize(luma.len() + run, y);
        blue.resize(blue.len() + run, cb);
        red.resize(red.len() + run, cr);
        row = &row[run..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_of_each_kind_come_back_and_too_few_are_answered() {
        for (kind, pixel) in
            [(Pixel::Grey, &[90][..]), (Pixel::Rgb, &[20, 60, 90]), (Pixel::RgbAndOne, &[20, 60, 90, 7])]
        {
            let pixels = pixel.repeat(17 * 9);
            let file = jpeg(&pixels, kind, (17, 9), 95, None).expect("it can be packed");
            let read = image::load_from_memory(&file).expect("a JPEG");
            assert_eq!((read.width(), read.height(), read.color().has_color()), (17, 9, kind != Pixel::Grey));
            let read = if kind == Pixel::Grey { read.into_luma8().into_raw() } else { read.into_rgb8().into_raw() };
            let near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 2;
            assert!(read.iter().zip(pixel.iter().take(3).cycle()).all(near), "{kind:?}");
            assert_eq!(jpeg(&pixels, kind, (17, 10), 95, None), None);
        }
        assert_eq!(jpeg(&[], Pixel::Grey, (0, 9), 95, None), None);
        assert_eq!(jpeg(&[0; 70_000], Pixel::Grey, (70_000, 1), 95, None), None);
    }

    #[test]
    fn a_profile_goes_with_them() {
        let file = jpeg(&[9; 64 * 3], Pixel::Rgb, (8, 8), 90, Some(&[5; 300])).expect("it can be packed");
        assert_eq!(crate::picture::jpeg::profile(&file).as_deref(), Some(&[5; 300][..]));
    }
}
