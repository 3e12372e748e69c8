//! Packing: pixels become JPEG files.
//!
//! jpeg-encoder packs them, with a full set of colours for each pixel: the encoder that comes with `image` takes four
//! times as long, which was a third of the time of a short paper.

use std::cell::RefCell;

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr};

use crate::source::room;

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
    let row_bytes = across as usize * kind.bytes();
    let pixels = pixels.get(..row_bytes * down as usize)?;
    let row = |row: u32, take: &mut dyn FnMut(&[u8])| take(&pixels[row as usize * row_bytes..][..row_bytes]);
    jpeg_of_rows(row, kind, (across, down), quality, profile)
}

/// The same of rows that are made as they are asked for, from the uppermost down: each is given to what it is called with.
pub(crate) fn jpeg_of_rows(
    row: impl FnMut(u32, &mut dyn FnMut(&[u8])),
    kind: Pixel,
    (across, down): (u32, u32),
    quality: u8,
    profile: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(across).ok()?, u16::try_from(down).ok()?);
    let mut bytes = room(across as usize * down as usize);
    let mut encoder = Encoder::new(&mut bytes, quality.clamp(1, 100));
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    encoder.encode_image(Rows { row: RefCell::new(row), kind, width, height }).ok()?;
    Some(bytes)
}

/// A picture as the encoder asks for it.
struct Rows<R> {
    row: RefCell<R>,
    kind: Pixel,
    width: u16,
    height: u16,
}

impl<R: FnMut(u32, &mut dyn FnMut(&[u8]))> ImageBuffer for Rows<R> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        if self.kind == Pixel::Grey { JpegColorType::Luma } else { JpegColorType::Ycbcr }
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        (self.row.borrow_mut())(y.into(), &mut |row| match self.kind {
            Pixel::Grey => buffers[0].extend_from_slice(row),
            Pixel::Rgb => fill(row.as_chunks::<3>().0, buffers),
            Pixel::RgbAndOne => fill(row.as_chunks::<4>().0, buffers),
        });
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
