//! Pictures: JPEG as it came, PNG as it came where a PDF can read it so, else decoded and packed again; alpha becomes
//! a soft mask. A picture's own colour profile goes with it.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use flate2::read::ZlibDecoder;
use image::{DynamicImage, ImageFormat};
use rayon::prelude::*;

use super::convert::Converter;
use super::profile;
use super::stream::deflated;
use super::vectors::Engraver;
use crate::book::{Asset, AssetId, Book, PictureKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::font::Fonts;
use crate::page::{MarkKind, Pages};

/// The pictures of a document.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// In the order of their ids, those that are shown.
    pub used: BTreeMap<AssetId, Picture>,
    names: BTreeMap<AssetId, String>,
}

/// A picture as the file has it.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Picture {
    /// Pixels.
    Raster(Raster),
    /// Lines: a document of one page.
    Vector(Vec<u8>),
}

/// A picture of pixels: an image XObject (ISO 32000-1, 8.9.5).
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Raster {
    /// Across, in pixels.
    pub width: u32,
    /// Down.
    pub height: u32,
    /// To a component.
    pub bits: u8,
    /// What components mean.
    pub space: Space,
    /// How `data` is packed.
    pub packing: Packing,
    /// Whether components count from white (CMYK JPEG as Adobe writes it).
    pub inverted: bool,
    /// The pixels, packed.
    pub data: Arc<[u8]>,
    /// How much of the picture covers what lies below.
    pub mask: Option<Box<Raster>>,
}

/// What the components of a pixel mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Space {
    /// One: from black to white.
    Grey,
    /// Three of sRGB, or of the document's own RGB.
    Rgb,
    /// Four inks.
    Cmyk,
    /// An entry of a table of RGB colours.
    Indexed(Vec<u8>),
    /// Components of a profile.
    Profiled {
        /// How many.
        components: u8,
        /// The ICC profile.
        profile: Arc<[u8]>,
    },
}

/// How pixels are packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Packing {
    /// `DCTDecode`.
    Jpeg,
    /// `FlateDecode`, each line with a PNG filter.
    Filtered {
        /// Components to a pixel.
        components: u8,
    },
}

impl Pictures {
    /// Packs every picture that the pages show.
    pub fn collect(pages: &Pages, book: &Book, fonts: &Fonts, diagnostics: &mut Diagnostics) -> Pictures {
        let mut ids: Vec<AssetId> = pages
            .pages
            .iter()
            .flat_map(|page| &page.marks)
            .filter_map(|mark| match &mark.kind {
                MarkKind::Picture { asset, .. } => Some(*asset),
                _ => None,
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let packed: Vec<Option<Picture>> = {
            let drawn = ids.iter().any(|id| book.assets.get(*id).kind == PictureKind::Svg);
            let engraver = drawn.then(|| Engraver::new(fonts));
            ids.par_iter().map(|id| pack(book.assets.get(*id), engraver.as_ref())).collect()
        };
        let mut pictures = Pictures::default();
        for (id, picture) in ids.into_iter().zip(packed) {
            match picture {
                Some(picture) => {
                    pictures.names.insert(id, format!("P{}", id.0));
                    pictures.used.insert(id, picture);
                }
                None => {
                    let asset = book.assets.get(id);
                    diagnostics.report(
                        Diagnostic::new(
                            &lints::UNKNOWN_PICTURE,
                            format!("the picture {} cannot be decoded", asset.path),
                        )
                        .at(asset.span)
                        .hint("open it in an image editor and save it again as PNG or JPEG"),
                    );
                }
            }
        }
        pictures
    }

    /// Whether any of them has colour. A drawing is taken to have some.
    pub fn are_coloured(&self, book: &Book) -> bool {
        self.used.iter().any(|(id, picture)| match picture {
            Picture::Vector(_) => true,
            Picture::Raster(raster) => match &raster.space {
                Space::Grey | Space::Profiled { components: 1, .. } => false,
                Space::Indexed(palette) => palette.chunks_exact(3).any(|rgb| rgb[0] != rgb[1] || rgb[1] != rgb[2]),
                _ => {
                    let asset = book.assets.get(*id);
                    let format = match asset.kind {
                        PictureKind::Png { .. } => ImageFormat::Png,
                        _ => ImageFormat::Jpeg,
                    };
                    decode(&asset.bytes, format).is_none_or(|picture| super::convert::is_coloured(&picture))
                }
            },
        })
    }

    /// All of them in the inks of a press.
    pub fn converted(mut self, converter: &Converter, book: &Book, diagnostics: &mut Diagnostics) -> Pictures {
        let all: Vec<(AssetId, Picture)> = std::mem::take(&mut self.used).into_iter().collect();
        let converted: Vec<(AssetId, Picture, Option<u16>)> = all
            .into_par_iter()
            .map(|(id, picture)| match converter.picture(book.assets.get(id), &picture) {
                Some((press, ink)) => (id, press, ink),
                None => (id, picture, None),
            })
            .collect();
        for (id, picture, ink) in converted {
            if let Some(ink) = ink {
                let asset = book.assets.get(id);
                let message =
                    format!("the darkest tones of {} would take {ink} % of ink; they are printed lighter", asset.path);
                diagnostics.report(
                    Diagnostic::new(&lints::TOTAL_INK, message)
                        .at(asset.span)
                        .hint("a picture whose shadows are lighter keeps its tones apart in print"),
                );
            }
            self.used.insert(id, picture);
        }
        self
    }

    /// A picture's name in resources.
    pub fn resource(&self, asset: AssetId) -> Option<&str> {
        self.names.get(&asset).map(String::as_str)
    }
}

fn pack(asset: &Asset, engraver: Option<&Engraver>) -> Option<Picture> {
    match asset.kind {
        PictureKind::Jpeg { channels } => Some(Picture::Raster(jpeg(asset, channels)?)),
        PictureKind::Png { alpha } => {
            let as_it_came = if alpha { None } else { png(asset) };
            Some(Picture::Raster(as_it_came.or_else(|| decoded(&asset.bytes, ImageFormat::Png))?))
        }
        PictureKind::Svg => engraver?.draw(&asset.bytes).map(Picture::Vector),
    }
}

/// A JPEG as it came. Four inks without a profile would mean whatever the reader's machine takes them for, so they are
/// decoded to RGB.
fn jpeg(asset: &Asset, channels: u8) -> Option<Raster> {
    let profile = jpeg_profile(&asset.bytes).filter(|profile| profile::components(profile) == Some(channels));
    let space = match (channels, profile) {
        (components, Some(profile)) => Space::Profiled { components, profile: profile.into() },
        (1, None) => Space::Grey,
        (3, None) => Space::Rgb,
        _ => return decoded(&asset.bytes, ImageFormat::Jpeg),
    };
    Some(as_it_came(asset, space))
}

fn as_it_came(asset: &Asset, space: Space) -> Raster {
    let four = matches!(asset.kind, PictureKind::Jpeg { channels: 4 });
    Raster {
        width: asset.width,
        height: asset.height,
        bits: 8,
        space,
        packing: Packing::Jpeg,
        inverted: four && has_adobe_marker(&asset.bytes),
        data: Arc::clone(&asset.bytes),
        mask: None,
    }
}

/// The segments of a JPEG up to its first scan: marker and payload.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        loop {
            while *bytes.get(at)? != 0xFF {
                at += 1;
            }
            while *bytes.get(at)? == 0xFF {
                at += 1;
            }
            let marker = bytes[at];
            at += 1;
            match marker {
                0x00 | 0x01 | 0xD0..=0xD8 => continue,
                0xD9 | 0xDA => return None,
                _ => {}
            }
            let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
            let payload = bytes.get(at + 2..at + length)?;
            at += length;
            return Some((marker, payload));
        }
    })
}

/// The ICC profile of a JPEG, from its APP2 segments (ICC.1:2022, B.4).
fn jpeg_profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<(u8, &[u8])> = segments(bytes)
        .filter(|(marker, _)| *marker == 0xE2)
        .filter_map(|(_, payload)| payload.strip_prefix(b"ICC_PROFILE\0"))
        .filter_map(|part| Some((*part.first()?, part.get(2..)?)))
        .collect();
    parts.sort_by_key(|(number, _)| *number);
    let profile: Vec<u8> = parts.iter().flat_map(|(_, part)| part.iter().copied()).collect();
    (profile.len() > 128).then_some(profile)
}

fn has_adobe_marker(bytes: &[u8]) -> bool {
    segments(bytes).any(|(marker, payload)| marker == 0xEE && payload.starts_with(b"Adobe"))
}

/// A PNG as it came: its lines have the filters that `FlateDecode` knows, if they are not interlaced.
fn png(asset: &Asset) -> Option<Raster> {
    let bytes = &asset.bytes;
    let (bits, colour, interlaced) = (*bytes.get(24)?, *bytes.get(25)?, *bytes.get(28)? != 0);
    if interlaced || !matches!(colour, 0 | 2 | 3) || bits > 8 {
        return None;
    }
    let (mut data, mut palette, mut profile) = (Vec::new(), None, None);
    for (name, chunk) in chunks(bytes) {
        match name {
            b"IDAT" => data.extend_from_slice(chunk),
            b"PLTE" => palette = Some(chunk.to_vec()),
            b"iCCP" => profile = png_profile(chunk),
            _ => {}
        }
    }
    let components = if colour == 2 { 3 } else { 1 };
    let profile = profile.filter(|profile| profile::components(profile) == Some(components));
    let space = match (colour, profile) {
        (3, _) => Space::Indexed(palette?),
        (_, Some(profile)) => Space::Profiled { components, profile: profile.into() },
        (2, None) => Space::Rgb,
        (_, None) => Space::Grey,
    };
    // A file cut short would make a PDF that no reader opens: the lines must all be there.
    let line = (asset.width as usize * usize::from(components) * usize::from(bits)).div_ceil(8) + 1;
    let mut lines = 0;
    std::io::copy(&mut ZlibDecoder::new(&data[..]), &mut Count(&mut lines)).ok()?;
    (lines == line * asset.height as usize).then(|| Raster {
        width: asset.width,
        height: asset.height,
        bits,
        space,
        packing: Packing::Filtered { components },
        inverted: false,
        data: data.into(),
        mask: None,
    })
}

/// Counts what is written into it.
struct Count<'a>(&'a mut usize);

impl std::io::Write for Count<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        *self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The chunks of a PNG: name and content.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut at = 8;
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let name = bytes.get(at + 4..at + 8)?;
        let content = bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
        at += 12 + length;
        Some((name, content))
    })
}

/// The profile of an `iCCP` chunk: a name, a zero, a zero, the profile compressed.
fn png_profile(chunk: &[u8]) -> Option<Vec<u8>> {
    let name = chunk.iter().position(|byte| *byte == 0)?;
    let mut profile = Vec::new();
    // A profile is small; what claims to be more than this is none.
    ZlibDecoder::new(chunk.get(name + 2..)?).take(8 << 20).read_to_end(&mut profile).ok()?;
    Some(profile)
}

/// A picture decoded and packed again: grey where it is grey, its alpha as a mask where anything shines through.
fn decoded(bytes: &[u8], format: ImageFormat) -> Option<Raster> {
    let picture = decode(bytes, format)?;
    let alpha = picture.color().has_alpha();
    let (width, height) = (picture.width(), picture.height());
    let (colours, cover) = parts(&picture, alpha);
    let grey = colours.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let mask = cover.map(|cover| Box::new(packed(width, height, Space::Grey, 1, &cover, None)));
    Some(match grey {
        true => {
            let grey: Vec<u8> = colours.chunks_exact(3).map(|pixel| pixel[0]).collect();
            packed(width, height, Space::Grey, 1, &grey, mask)
        }
        false => packed(width, height, Space::Rgb, 3, &colours, mask),
    })
}

/// The pixels of a picture, unless they would not fit into memory.
pub(super) fn decode(bytes: &[u8], format: ImageFormat) -> Option<DynamicImage> {
    let mut reader = image::ImageReader::with_format(std::io::Cursor::new(bytes), format);
    reader.limits(image::Limits::default());
    reader.decode().ok()
}

/// A JPEG of four inks as it came.
pub(super) fn four_inks(asset: &Asset) -> Option<Raster> {
    matches!(asset.kind, PictureKind::Jpeg { channels: 4 }).then(|| as_it_came(asset, Space::Cmyk))
}

/// The profile that a picture carries.
pub(super) fn own_profile(asset: &Asset) -> Option<Vec<u8>> {
    match asset.kind {
        PictureKind::Jpeg { .. } => jpeg_profile(&asset.bytes),
        PictureKind::Png { .. } => {
            chunks(&asset.bytes).find(|(name, _)| *name == b"iCCP").and_then(|(_, chunk)| png_profile(chunk))
        }
        PictureKind::Svg => None,
    }
}

/// Colours and cover of a picture, apart.
pub(super) fn parts(picture: &DynamicImage, alpha: bool) -> (Vec<u8>, Option<Vec<u8>>) {
    if !alpha {
        return (picture.to_rgb8().into_raw(), None);
    }
    let pixels = picture.to_rgba8().into_raw();
    let cover: Vec<u8> = pixels.chunks_exact(4).map(|pixel| pixel[3]).collect();
    let colours = pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    (colours, cover.iter().any(|cover| *cover < 255).then_some(cover))
}

/// Pixels of eight bits, each line filtered by what lies to the left and above, then compressed.
pub(super) fn packed(
    width: u32,
    height: u32,
    space: Space,
    components: u8,
    pixels: &[u8],
    mask: Option<Box<Raster>>,
) -> Raster {
    let line = width as usize * usize::from(components);
    let mut filtered = Vec::with_capacity(pixels.len() + height as usize);
    let blank = vec![0; line];
    let mut above: &[u8] = &blank;
    for pixels in pixels.chunks_exact(line.max(1)) {
        filtered.push(4);
        for (at, byte) in pixels.iter().enumerate() {
            let left = at.checked_sub(usize::from(components));
            let (a, c) = left.map_or((0, 0), |left| (pixels[left], above[left]));
            filtered.push(byte.wrapping_sub(paeth(a, above[at], c)));
        }
        above = pixels;
    }
    Raster {
        width,
        height,
        bits: 8,
        space,
        packing: Packing::Filtered { components },
        inverted: false,
        data: deflated(&filtered).into(),
        mask,
    }
}

/// The neighbour that a pixel is likely to resemble (ISO 15948, 9.4).
fn paeth(left: u8, above: u8, before: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(before));
    let guess = a + b - c;
    let (by_left, by_above, by_before) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if by_left <= by_above && by_left <= by_before {
        left
    } else if by_above <= by_before {
        above
    } else {
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(picture: DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_to(&mut std::io::Cursor::new(&mut bytes), ImageFormat::Png).expect("a PNG can be written");
        bytes
    }

    fn asset(bytes: Vec<u8>, alpha: bool) -> Asset {
        Asset {
            path: "a.png".into(),
            bytes: bytes.into(),
            kind: PictureKind::Png { alpha },
            width: 2,
            height: 2,
            density: None,
            span: None,
        }
    }

    #[test]
    fn a_png_without_alpha_goes_in_as_it_came() {
        let bytes = saved(DynamicImage::ImageRgb8(image::RgbImage::from_pixel(2, 2, image::Rgb([9, 8, 7]))));
        let Some(Picture::Raster(raster)) = pack(&asset(bytes.clone(), false), None) else {
            panic!("it can be packed")
        };
        assert_eq!((raster.packing, &raster.space), (Packing::Filtered { components: 3 }, &Space::Rgb));
        let whole: Vec<u8> =
            chunks(&bytes).filter(|(name, _)| *name == b"IDAT").flat_map(|(_, data)| data.to_vec()).collect();
        assert_eq!(*raster.data, *whole);
    }

    #[test]
    fn alpha_becomes_a_mask_and_grey_stays_grey() {
        let mut picture = image::RgbaImage::from_pixel(2, 2, image::Rgba([90, 90, 90, 255]));
        picture.put_pixel(0, 0, image::Rgba([10, 10, 10, 128]));
        let bytes = saved(DynamicImage::ImageRgba8(picture));
        let Some(Picture::Raster(raster)) = pack(&asset(bytes, true), None) else { panic!("it can be packed") };
        assert_eq!(raster.space, Space::Grey);
        assert!(raster.mask.is_some());
    }

    #[test]
    fn a_png_that_breaks_off_is_no_picture() {
        let mut bytes =
            saved(DynamicImage::ImageRgb8(image::RgbImage::from_fn(2, 2, |x, y| image::Rgb([x as u8, y as u8, 7]))));
        bytes.truncate(bytes.len() - 24);
        assert_eq!(pack(&asset(bytes, false), None), None);
    }
}
