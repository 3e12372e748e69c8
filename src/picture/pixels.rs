//! Pixels: decoded, turned, made smaller, and packed again as JPEG or PNG.
//!
//! `image` reads JPEG, PNG, WebP, GIF and TIFF in pure Rust; the last two kinds and WebP cost five small crates and half
//! a minute of a cold build. The alternative, to ask authors for another file, costs each of them more.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader};
use moxcms::{ColorProfile, Layout, TransformOptions};

use super::packing::{self, Pixel};
use super::{Fault, Picture, jpeg, light_table, mean, png, rows, tiff, too_large};
use crate::book::{Asset, Density, PictureKind, Shown, Small};
use crate::source::{let_go, shared};

/// How well a photograph is kept that must be packed again.
const QUALITY: u8 = 92;

/// A GIF (its first picture), a WebP or a TIFF as JPEG or PNG; `None` when it is none of them.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Picture, Fault>> {
    let format = image::guess_format(bytes).ok()?;
    let name = match format {
        ImageFormat::Gif => "GIF",
        ImageFormat::WebP => "WebP",
        ImageFormat::Tiff => "TIFF",
        _ => return None,
    };
    let palette = if format == ImageFormat::Tiff { tiff::as_shades(bytes) } else { None };
    let read = match &palette {
        Some((shades, colours)) => converted(shades, format, Some(colours)),
        None => converted(bytes, format, None),
    };
    Some(read.unwrap_or_else(|| Err(Fault::broken(&format!("is a {name} that cannot be read to its end")))))
}

/// A picture packed again, in the colours of a palette if it has one.
fn converted(bytes: &[u8], format: ImageFormat, palette: Option<&Vec<[u8; 3]>>) -> Option<Result<Picture, Fault>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = match reader.into_decoder() {
        Ok(decoder) => decoder,
        Err(ImageError::Unsupported(_)) => {
            return Some(Err(Fault::new(
                "has colours that recto does not read".to_owned(),
                "save it in RGB with 8 bits to a colour, or as PNG",
            )));
        }
        Err(_) => return None,
    };
    let (width, height) = decoder.dimensions();
    if let Some(fault) = too_large(width, height) {
        return Some(Err(fault));
    }
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(colours) = palette {
        picture = tiff::coloured(picture, colours);
    }
    picture.apply_orientation(turn);
    let picture = eight_bits(picture);
    let photograph = format == ImageFormat::WebP && is_lossy(bytes);
    packed(&picture, profile, photograph, None).map(Ok)
}

fn limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(1 << 30);
    limits
}

/// Whether a WebP was packed as photographs are (RFC 9649).
fn is_lossy(bytes: &[u8]) -> bool {
    bytes.windows(4).take(64 << 10).any(|four| four == b"VP8 ")
}

/// Eight bits to a component, and no alpha where nothing shines through.
fn eight_bits(picture: DynamicImage) -> DynamicImage {
    let colour = picture.color();
    match (colour.has_alpha(), colour.has_color()) {
        (true, _) => {
            let pixels = picture.to_rgba8();
            match pixels.pixels().all(|pixel| pixel[3] == 255) {
                true => DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(pixels).to_rgb8()),
                false => DynamicImage::ImageRgba8(pixels),
            }
        }
        (false, true) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        (false, false) => DynamicImage::ImageLuma8(picture.into_luma8()),
    }
}

/// Packs a picture: photographs as JPEG, the others as PNG. A profile stays where it fits the components.
fn packed(
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
    photograph: bool,
    density: Option<Density>,
) -> Option<Picture> {
    let alpha = picture.color().has_alpha();
    let grey = !picture.color().has_color();
    let profile = profile.filter(|profile| components(profile) == Some(if grey { 1 } else { 3 }));
    let mut bytes = Vec::new();
    let kind = match photograph && !alpha {
        true => {
            let pixel = if grey { Pixel::Grey } else { Pixel::Rgb };
            let size = (picture.width(), picture.height());
            bytes = packing::jpeg(picture.as_bytes(), pixel, size, QUALITY, profile.as_deref())?;
            PictureKind::Jpeg { channels: if grey { 1 } else { 3 } }
        }
        false => {
            let mut encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
            if let Some(profile) = profile {
                encoder.set_icc_profile(profile).ok()?;
            }
            encoder.write_image(picture.as_bytes(), picture.width(), picture.height(), picture.color().into()).ok()?;
            PictureKind::Png { alpha }
        }
    };
    Some(Picture {
        kind,
        width: picture.width(),
        height: picture.height(),
        density,
        bytes: shared(bytes),
        left_out: Vec::new(),
    })
}

/// A picture turned, and packed again as it was.
pub(super) fn turned(picture: &Picture, turn: Orientation) -> Option<Picture> {
    again(picture.kind, &picture.bytes, picture.density, |mut pixels| {
        pixels.apply_orientation(turn);
        pixels
    })
}

/// A picture so many pixels across and down, packed again as it was, four inks as RGB; made once for all editions that
/// show it so.
pub(crate) fn in_size(asset: &Asset, shown: Shown, width: u32, height: u32) -> Option<Small> {
    asset.sizes.get(shown, &asset.bytes, (width, height), || {
        let Picture { kind, width, height, bytes, .. } = resized(asset.kind, &asset.bytes, width, height)?;
        Some(Small { kind, width, height, bytes })
    })
}

fn resized(kind: PictureKind, bytes: &Arc<[u8]>, width: u32, height: u32) -> Option<Picture> {
    if let Some(near) = jpeg::near(kind, bytes, width, height) {
        return repacked(kind, bytes, None, smaller(eight_bits(near), width, height));
    }
    in_rows(kind, bytes, width, height).or_else(|| {
        let small = opened(kind, bytes, |pixels| smaller(eight_bits(pixels), width, height))?;
        repacked(kind, bytes, None, small)
    })
}

/// A large picture made smaller and packed while it is read; `None` where it may as well be opened, or must be.
fn in_rows(kind: PictureKind, bytes: &Arc<[u8]>, width: u32, height: u32) -> Option<Picture> {
    rows::are_better(kind, size(kind, bytes)?, (width, height)).then(|| by_rows(kind, bytes, width, height))?
}

/// The same of a picture of any size; `None` where it must be opened.
pub(super) fn by_rows(kind: PictureKind, bytes: &Arc<[u8]>, width: u32, height: u32) -> Option<Picture> {
    rows::smaller(kind, bytes, size(kind, bytes)?, (width, height), |rows| {
        let PictureKind::Jpeg { channels } = kind else {
            return repacked(kind, bytes, None, eight_bits(rows.whole()?));
        };
        let profile = jpeg::profile(bytes).filter(|profile| components(profile) == Some(channels));
        let mut unread = false;
        let row = |at: u32, take: &mut dyn FnMut(&[u8])| match rows.row(at) {
            Some(row) => take(row),
            None => {
                unread = true;
                take(&vec![0; width as usize * usize::from(channels)]);
            }
        };
        let pixel = if channels == 1 { Pixel::Grey } else { Pixel::Rgb };
        let file = packing::jpeg_of_rows(row, pixel, (width, height), QUALITY, profile.as_deref())?;
        let picture = Picture { kind, width, height, density: None, bytes: shared(file), left_out: Vec::new() };
        (!unread).then_some(picture)
    })
}

/// A picture of four inks in the colours of screens.
pub(crate) fn in_rgb(kind: PictureKind, bytes: &Arc<[u8]>) -> Option<Picture> {
    again(kind, bytes, None, |pixels| pixels)
}

/// The mean of the pixels that each new one covers, where it is made smaller; else what lies between those there are.
fn smaller(pixels: DynamicImage, width: u32, height: u32) -> DynamicImage {
    let (width, height) = (width.max(1), height.max(1));
    mean::smaller(pixels, width, height)
        .unwrap_or_else(|pixels| pixels.resize_exact(width, height, image::imageops::FilterType::Triangle))
}

/// Does something with all pixels of a cleaned picture, where the light table has room for it. It must not wait for other
/// threads of the pool.
pub(crate) fn opened<T>(kind: PictureKind, bytes: &Arc<[u8]>, work: impl FnOnce(DynamicImage) -> T) -> Option<T> {
    let (width, height) = size(kind, bytes)?;
    light_table::with_room(u64::from(width) * u64::from(height), || decode(kind, bytes).map(work))
}

/// How wide and high a cleaned picture is; `None` for a drawing.
fn size(kind: PictureKind, bytes: &[u8]) -> Option<(u32, u32)> {
    match kind {
        PictureKind::Svg => None,
        PictureKind::Jpeg { .. } => jpeg::size(bytes),
        PictureKind::Png { .. } => png::size(bytes),
    }
}

/// The whole of a picture in the middle of a sheet of white, as JPEG; `None` for a drawing.
#[cfg(feature = "raster")]
pub(crate) fn contained(asset: &crate::book::Asset, width: u32, height: u32, quality: u8) -> Option<Vec<u8>> {
    let small = opened(asset.kind, &asset.bytes, |pixels| {
        let (across, down) = (u64::from(pixels.width()), u64::from(pixels.height()));
        let (wide, high) = (u64::from(width), u64::from(height));
        let over = across * high > down * wide;
        let (w, h) = if over { (wide, down * wide / across) } else { (across * high / down, high) };
        smaller(DynamicImage::ImageRgb8(pixels.into_rgb8()), w as u32, h as u32).into_rgb8()
    })?;
    let mut sheet = image::RgbImage::from_pixel(width, height, image::Rgb([255, 255, 255]));
    image::imageops::overlay(
        &mut sheet,
        &small,
        i64::from((width - small.width()) / 2),
        i64::from((height - small.height()) / 2),
    );
    packing::jpeg(&sheet, Pixel::Rgb, (width, height), quality, None)
}

/// A picture that fills a sheet to its edges, what is over cut off at both sides alike, as JPEG; `None` for a drawing.
#[cfg(feature = "raster")]
pub(crate) fn covered(asset: &crate::book::Asset, width: u32, height: u32, quality: u8) -> Option<Vec<u8>> {
    let sheet = opened(asset.kind, &asset.bytes, |pixels| {
        let (across, down) = (u64::from(pixels.width()), u64::from(pixels.height()));
        let (wide, high) = (u64::from(width), u64::from(height));
        let over = across * high > down * wide;
        let (w, h) = if over { (down * wide / high, down) } else { (across, across * high / wide) };
        let (w, h) = (w.clamp(1, across) as u32, h.clamp(1, down) as u32);
        let (left, top) = ((pixels.width() - w) / 2, (pixels.height() - h) / 2);
        let cut = image::imageops::crop_imm(&pixels.into_rgb8(), left, top, w, h).to_image();
        smaller(DynamicImage::ImageRgb8(cut), width, height).into_rgb8()
    })?;
    packing::jpeg(&sheet, Pixel::Rgb, (width, height), quality, None)
}

fn again(
    kind: PictureKind,
    bytes: &Arc<[u8]>,
    density: Option<Density>,
    change: impl FnOnce(DynamicImage) -> DynamicImage,
) -> Option<Picture> {
    let changed = opened(kind, bytes, |pixels| change(eight_bits(pixels)))?;
    repacked(kind, bytes, density, changed)
}

/// New pixels of a picture, packed as it was and with its profile.
fn repacked(kind: PictureKind, bytes: &Arc<[u8]>, density: Option<Density>, pixels: DynamicImage) -> Option<Picture> {
    let profile = match kind {
        PictureKind::Jpeg { channels: 4 } | PictureKind::Svg => None,
        PictureKind::Jpeg { .. } => jpeg::profile(bytes),
        PictureKind::Png { .. } => png::profile(bytes),
    };
    let packed = packed(&pixels, profile, matches!(kind, PictureKind::Jpeg { .. }), density);
    let_go(pixels.into_bytes());
    packed
}

/// The pixels of a cleaned picture; four inks become RGB through their profile.
pub(crate) fn decode(kind: PictureKind, bytes: &Arc<[u8]>) -> Option<DynamicImage> {
    match kind {
        PictureKind::Svg => None,
        PictureKind::Png { .. } => {
            let mut reader = ImageReader::with_format(Cursor::new(&bytes[..]), ImageFormat::Png);
            reader.limits(limits());
            reader.decode().ok()
        }
        PictureKind::Jpeg { channels: 4 } => through_profile(bytes).or_else(|| jpeg::pixels(bytes)),
        PictureKind::Jpeg { .. } => jpeg::pixels(bytes),
    }
}

/// Four inks in RGB, by the profile that says what they mean; `None` when there is none.
fn through_profile(bytes: &Arc<[u8]>) -> Option<DynamicImage> {
    let profile = jpeg::profile(bytes).filter(|profile| components(profile) == Some(4))?;
    let source = ColorProfile::new_from_slice(&profile).ok()?;
    let way = source
        .create_transform_8bit(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, TransformOptions::default())
        .ok()?;
    let mut inks = jpeg::inks(bytes)?;
    if jpeg::has_adobe_marker(bytes) {
        inks.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    let (width, height) = jpeg::size(bytes)?;
    let mut pixels = vec![0; inks.len() / 4 * 3];
    way.transform(&inks, &mut pixels).ok()?;
    image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
}

/// How many components a profile has; `None` when it is no profile that a file may hold.
pub(crate) fn components(profile: &[u8]) -> Option<u8> {
    let usable = profile.get(36..40)? == b"acsp" && *profile.get(8)? <= 4 && profile.get(12..16)? != b"abst";
    let components = match profile.get(16..20)? {
        b"GRAY" => 1,
        b"RGB " => 3,
        b"CMYK" => 4,
        _ => return None,
    };
    usable.then_some(components)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(format: ImageFormat, picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), format).expect("it can be written");
        bytes
    }

    #[test]
    fn other_kinds_become_png_and_keep_their_pixels() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(6, 4, |x, y| {
            image::Rgba([x as u8 * 40, y as u8 * 60, 5, 255 * u8::from(x > 0)])
        }));
        let plain = DynamicImage::ImageRgb8(clear.to_rgb8());
        for (format, picture, alpha) in
            [(ImageFormat::Gif, &clear, true), (ImageFormat::WebP, &plain, false), (ImageFormat::Tiff, &plain, false)]
        {
            let Some(Ok(read)) = read(&saved(format, picture)) else { panic!("{format:?} can be read") };
            assert_eq!((read.kind, read.width, read.height), (PictureKind::Png { alpha }, 6, 4), "{format:?}");
            if format != ImageFormat::Gif {
                assert_eq!(decode(read.kind, &read.bytes).expect("a PNG").to_rgb8(), plain.to_rgb8(), "{format:?}");
            }
        }
    }

    #[test]
    fn a_tiff_with_a_palette_has_its_colours() {
        let Some(Ok(read)) = read(&tiff::tests::red_and_blue()) else { panic!("it can be read") };
        let pixels = decode(read.kind, &read.bytes).expect("a PNG").to_rgb8();
        assert_eq!(pixels.as_raw().as_slice(), [255, 0, 0, 0, 0, 255]);
    }

    #[test]
    fn other_kinds_cut_short_are_answered() {
        let picture =
            DynamicImage::ImageRgb8(image::RgbImage::from_fn(40, 40, |x, y| image::Rgb([(x * y) as u8, x as u8, 9])));
        for format in [ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Tiff] {
            let whole = saved(format, &picture);
            assert!(read(&whole[..whole.len() / 2]).is_some_and(|said| said.is_err()), "{format:?}");
        }
    }

    #[test]
    fn a_photograph_made_much_smaller_has_the_means_of_its_pixels() {
        let wave = |x: u32, y: u32| image::Rgb([(x / 3) as u8, (y / 2) as u8, ((x + y) / 4) as u8]);
        let picture = DynamicImage::ImageRgb8(image::RgbImage::from_fn(600, 400, wave));
        let kind = PictureKind::Jpeg { channels: 3 };
        let bytes: Arc<[u8]> = saved(ImageFormat::Jpeg, &picture).into();
        for (width, height) in [(299, 199), (300, 200), (140, 93), (60, 40), (599, 11)] {
            let whole = smaller(decode(kind, &bytes).expect("a JPEG"), width, height).to_rgb8();
            let small = resized(kind, &bytes, width, height).expect("it can be packed");
            let small = decode(kind, &small.bytes).expect("a JPEG").to_rgb8();
            assert_eq!(small.dimensions(), (width, height));
            let apart = whole.iter().zip(small.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
            assert!(apart <= 3 * whole.len() as u64, "{width} x {height}: {apart} in {}", whole.len());
        }
    }

    #[test]
    fn a_picture_is_made_smaller_and_stays_of_its_kind() {
        let picture = DynamicImage::ImageRgb8(image::RgbImage::from_pixel(64, 32, image::Rgb([200, 20, 20])));
        let bytes: Arc<[u8]> = saved(ImageFormat::Jpeg, &picture).into();
        let small = resized(PictureKind::Jpeg { channels: 3 }, &bytes, 16, 8).expect("it can be packed");
        assert_eq!((small.kind, small.width, small.height), (PictureKind::Jpeg { channels: 3 }, 16, 8));
    }
}
