//! Pictures: JPEG as it came, PNG as it came where a PDF can read it so, else decoded and packed again; alpha becomes
//! a soft mask. A picture's own colour profile goes with it.

use std::collections::{BTreeMap, BTreeSet};

use flate2::read::ZlibDecoder;
use image::ImageFormat;
use rayon::prelude::*;

use super::convert::Converter;
use super::profile;
use super::samples::{Packing, Picture, Raster, Space, as_it_came, chunks, decode, decoded, jpeg_profile, png_profile};
use super::vectors::Engraver;
use crate::book::{Asset, AssetId, Book, PictureKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::font::Fonts;
use crate::language::Language;
use crate::page::{MarkKind, Pages};

/// The pictures of a document.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// In the order of their ids, those that are shown.
    pub used: BTreeMap<AssetId, Picture>,
    names: BTreeMap<AssetId, String>,
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
        let packed: Vec<Option<(Picture, BTreeSet<char>)>> = {
            let drawn = ids.iter().any(|id| book.assets.get(*id).kind == PictureKind::Svg);
            let engraver = drawn.then(|| Engraver::new(fonts));
            ids.par_iter().map(|id| pack(book.assets.get(*id), engraver.as_ref())).collect()
        };
        let mut pictures = Pictures::default();
        for (id, picture) in ids.into_iter().zip(packed) {
            match picture {
                Some((picture, missing)) => {
                    report_missing(book.assets.get(id), &missing, &book.metadata.language, diagnostics);
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

/// Says which letters of a drawing no face has.
fn report_missing(asset: &Asset, missing: &BTreeSet<char>, language: &Language, diagnostics: &mut Diagnostics) {
    let Some(first) = missing.first() else { return };
    let shown: Vec<String> = missing.iter().take(8).map(char::to_string).collect();
    let message = format!("no face has the letters \"{}\" in the picture {}", shown.join(" "), asset.path);
    diagnostics.report(Diagnostic::new(&lints::MISSING_GLYPH, message).at(asset.span).hint(format!(
        "turn its letters into outlines where it was drawn, or put a face that has them into the manuscript's fonts/ folder, such as {}, which is free",
        crate::font::free_family(*first, language)
    )));
}

/// The picture as the file has it, and the letters in it that no face has.
fn pack(asset: &Asset, engraver: Option<&Engraver>) -> Option<(Picture, BTreeSet<char>)> {
    let plain = |raster: Raster| (Picture::Raster(raster), BTreeSet::new());
    match asset.kind {
        PictureKind::Jpeg { channels } => Some(plain(jpeg(asset, channels)?)),
        PictureKind::Png { alpha } => {
            let as_it_came = if alpha { None } else { png(asset) };
            Some(plain(as_it_came.or_else(|| decoded(&asset.bytes, ImageFormat::Png))?))
        }
        PictureKind::Svg => engraver?.draw(&asset.bytes).map(|(page, missing)| (Picture::Vector(page), missing)),
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

#[cfg(test)]
mod tests {
    use image::DynamicImage;

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
        let Some((Picture::Raster(raster), _)) = pack(&asset(bytes.clone(), false), None) else {
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
        let Some((Picture::Raster(raster), _)) = pack(&asset(bytes, true), None) else { panic!("it can be packed") };
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
