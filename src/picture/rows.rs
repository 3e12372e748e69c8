//! Rows: large pictures, made smaller while they are read from the uppermost row down.
//!
//! A photograph of forty megapixels is 120 MB once it lies there whole; read like this it takes a few rows. Only what was
//! packed in several scans needs more: the decoder keeps their numbers till the last scan is read.
//!
//! otf-pixels-codec-jpeg reads rows, without unsafe code; `zune-jpeg` and `jpeg-decoder` make whole pictures. It takes
//! twice as long and gives a pixel the colour of its pair, where the others look at the next pair too. When the picture is
//! made smaller afterwards that is not seen, and who asks for nearly all pixels gets them from the others. `png` gives rows
//! anyway.

use std::io::Cursor;

use image::DynamicImage;
use otf_pixels_codec_jpeg::{JpegDecoder, Scale};
use otf_pixels_core::{Decoder, Limits, PixelFormat};

use super::light_table;
use super::mean::{self, Shrinking};
use crate::book::PictureKind;
use crate::source::room;

/// From so many pixels on a picture is large: below, several may lie on the light table.
pub(super) const LARGE: u64 = 8_000_000;

/// A picture that is made smaller as it is read.
pub(super) struct Smaller<'a> {
    /// Across and down.
    size: (u32, u32),
    /// Components a pixel, a byte each.
    components: usize,
    /// Puts the next row of the large picture in the place of the last.
    read: Reader<'a>,
    shrinking: Shrinking,
    /// The row of the large picture that was read last.
    old: Vec<u8>,
    /// The row that was made last, and how many there are.
    made: Vec<u8>,
    count: u32,
}

type Reader<'a> = Box<dyn FnMut(&mut Vec<u8>) -> Option<()> + 'a>;

impl Smaller<'_> {
    /// A row: the one that was made last, or the next. `None` where the large picture cannot be read any further.
    pub fn row(&mut self, at: u32) -> Option<&[u8]> {
        while self.count <= at {
            (self.read)(&mut self.old)?;
            self.count += u32::from(self.shrinking.row(&self.old, &mut self.made));
        }
        Some(&self.made)
    }

    /// All rows that are left as a picture.
    pub fn whole(&mut self) -> Option<DynamicImage> {
        let mut samples = room(self.size.0 as usize * self.size.1 as usize * self.components);
        for at in 0..self.size.1 {
            samples.extend_from_slice(self.row(at)?);
        }
        mean::whole(self.components, samples, self.size)
    }
}

/// Whether a picture of `size` that is made smaller is better read in rows: it is large, and its pairs of pixels are not
/// seen afterwards.
pub(super) fn are_better(kind: PictureKind, size: (u32, u32), to: (u32, u32)) -> bool {
    let pixels = |(across, down): (u32, u32)| u64::from(across) * u64::from(down);
    // Two thirds each way.
    let much = pixels(to) * 9 < pixels(size) * 4;
    let pairs = matches!(kind, PictureKind::Jpeg { channels: 3 });
    pixels(size) >= LARGE && (much || !pairs)
}

/// Does some work on a picture of `size` that is made smaller meanwhile; `None` where it cannot be read in rows.
pub(super) fn smaller<T>(
    kind: PictureKind,
    bytes: &[u8],
    size: (u32, u32),
    to: (u32, u32),
    work: impl FnOnce(&mut Smaller<'_>) -> Option<T>,
) -> Option<T> {
    let reading = match kind {
        PictureKind::Jpeg { channels: 1 | 3 } => jpeg(bytes, size, to)?,
        PictureKind::Png { .. } => png(bytes)?,
        PictureKind::Jpeg { .. } | PictureKind::Svg => return None,
    };
    let Reading { size, components, held, read } = reading;
    let made = || {
        let shrinking = Shrinking::new(components, size, to)?;
        let mut smaller =
            Smaller { size: to, components, read, shrinking, old: Vec::new(), made: Vec::new(), count: 0 };
        work(&mut smaller)
    };
    // Who needs no room does not wait for those who do.
    if held == 0 { made() } else { light_table::with_room(held, made) }
}

/// A large picture that is open.
struct Reading<'a> {
    size: (u32, u32),
    /// Components a pixel, a byte each.
    components: usize,
    /// What it holds meanwhile, in pixels of three bytes.
    held: u64,
    read: Reader<'a>,
}

/// A JPEG at a half, a quarter or an eighth of its size each way where that is enough: the mean of a block of pixels is one
/// of its numbers.
fn jpeg(bytes: &[u8], whole: (u32, u32), to: (u32, u32)) -> Option<Reading<'_>> {
    let limits = Limits::default().with_max_pixels(u64::MAX);
    let mut decoder = JpegDecoder::with_scale(Cursor::new(bytes), limits, Scale::fitting(whole, to)).ok()?;
    let shape = decoder.descriptor();
    let components = match shape.pixel {
        PixelFormat::Gray8 => 1,
        PixelFormat::Rgb8 => 3,
        _ => return None,
    };
    let size = (shape.width, shape.height);
    // Two bytes for each of its numbers.
    let held = if decoder.is_progressive() { u64::from(whole.0) * u64::from(whole.1) * 2 } else { 0 };
    let read: Reader<'_> = Box::new(move |row| {
        row.resize(shape.row_bytes(), 0);
        decoder.read_row(row).ok()
    });
    Some(Reading { size, components, held, read })
}

fn png(bytes: &[u8]) -> Option<Reading<'_>> {
    let mut decoder = ::png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(::png::Transformations::EXPAND);
    let mut reader = decoder.read_info().ok()?;
    let components = match reader.output_color_type() {
        (::png::ColorType::Grayscale, ::png::BitDepth::Eight) => 1,
        (::png::ColorType::Rgb, ::png::BitDepth::Eight) => 3,
        (::png::ColorType::Rgba, ::png::BitDepth::Eight) => 4,
        _ => return None,
    };
    if reader.info().interlaced {
        return None;
    }
    let size = reader.info().size();
    let read: Reader<'_> = Box::new(move |row| {
        row.clear();
        row.extend_from_slice(reader.next_row().ok()??.data());
        Some(())
    });
    Some(Reading { size, components, held: 0, read })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{mean, packing, pixels};

    fn wave(across: u32, down: u32) -> image::RgbImage {
        image::RgbImage::from_fn(across, down, |x, y| image::Rgb([(x / 3) as u8, (y / 2) as u8, ((x * y) / 900) as u8]))
    }

    fn png_of(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).expect("a PNG can be written");
        bytes
    }

    #[test]
    fn rows_of_a_png_come_to_the_same_as_the_whole() {
        let colours = DynamicImage::ImageRgb8(wave(301, 203));
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(301, 203, |x, y| {
            image::Rgba([x as u8, y as u8, 40, (x * y) as u8])
        }));
        for picture in [DynamicImage::ImageLuma8(colours.to_luma8()), colours, clear] {
            let kind = PictureKind::Png { alpha: picture.color().has_alpha() };
            let whole = mean::smaller(picture.clone(), 120, 71).expect("it is smaller");
            assert!(smaller(kind, &png_of(&picture), (301, 203), (120, 71), |rows| rows.whole()) == Some(whole));
            assert!(smaller(kind, &png_of(&picture), (301, 203), (302, 71), |rows| rows.whole()).is_none(), "larger");
        }
    }

    #[test]
    fn rows_of_a_jpeg_come_near_the_whole() {
        let picture = wave(301, 203);
        let grey = DynamicImage::ImageRgb8(picture.clone()).into_luma8();
        let shown = [(picture.as_raw(), packing::Pixel::Rgb, 3), (grey.as_raw(), packing::Pixel::Grey, 1)];
        for (pixels, pixel, channels) in shown {
            let kind = PictureKind::Jpeg { channels };
            let file = packing::jpeg(pixels, pixel, (301, 203), 92, None).expect("it can be packed");
            let whole = pixels::decode(kind, &file.clone().into()).expect("a JPEG");
            let whole = mean::smaller(whole, 200, 171).expect("it is smaller").into_bytes();
            let rows = smaller(kind, &file, (301, 203), (200, 171), |rows| rows.whole())
                .expect("it can be read in rows")
                .into_bytes();
            assert_eq!(rows.len(), whole.len());
            assert!(rows.iter().zip(&whole).all(|(a, b)| a.abs_diff(*b) <= 3), "{channels}");
            let half = mean::smaller(pixels::decode(kind, &file.clone().into()).expect("a JPEG"), 120, 71);
            let half = half.expect("it is smaller").into_bytes();
            let rows =
                smaller(kind, &file, (301, 203), (120, 71), |rows| rows.whole()).expect("by halves").into_bytes();
            let apart: u64 = rows.iter().zip(&half).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
            assert!(apart <= 2 * half.len() as u64, "{channels}: {apart} in {}", half.len());
            assert!(smaller(kind, &file[..100], (301, 203), (120, 71), |rows| rows.whole()).is_none(), "cut short");
        }
    }

    #[test]
    fn what_is_small_or_hardly_made_smaller_is_left_to_the_light_table() {
        let (photograph, grey) = (PictureKind::Jpeg { channels: 3 }, PictureKind::Jpeg { channels: 1 });
        assert!(!are_better(photograph, (2000, 3000), (100, 100)));
        assert!(!are_better(photograph, (4000, 3000), (3000, 2250)));
        assert!(are_better(grey, (4000, 3000), (3000, 2250)));
        assert!(are_better(photograph, (4000, 3000), (2000, 1500)));
    }
}
