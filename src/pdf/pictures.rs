//! Pictures: JPEG as it is, PNG as it is where a PDF can read it so, else decoded and packed again; alpha becomes
//! a soft mask. A picture's own colour profile goes with it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::convert::Converter;
use super::profile;
use super::samples::{Data, Packing, Picture, Raster, Space, as_it_came, decoded};
use super::vectors::{Engraver, Wanting};
use crate::book::{Asset, AssetId, Book, PictureKind, Shown, Small};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::font::Fonts;
use crate::language::Language;
use crate::page::{MarkKind, Pages};
use crate::picture::pixels::{in_size, opened};
use crate::picture::{jpeg as jpeg_file, png as png_file};
use crate::source::room;
use crate::units::Length;

/// The pictures of a document.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// In the order of their ids, those that are shown.
    pub used: BTreeMap<AssetId, Picture>,
    names: BTreeMap<AssetId, String>,
    /// The files that they are made of, large photographs brought down to what their size on the page needs.
    assets: BTreeMap<AssetId, Asset>,
}

impl Pictures {
    /// Packs every picture that the pages show.
    pub fn collect(pages: &Pages, book: &Book, fonts: &Fonts, diagnostics: &mut Diagnostics) -> Pictures {
        let placed = placed(pages);
        let shown: Vec<(Asset, Packed)> = {
            let drawn = placed.keys().any(|id| book.assets.get(*id).kind == PictureKind::Svg);
            let engraver = drawn.then(|| Engraver::new(fonts));
            let pack = |(id, width): (&AssetId, &Length)| {
                let asset = fitted(book.assets.get(*id), *width);
                let picture = pack(&asset, engraver.as_ref());
                (asset, picture)
            };
            placed.par_iter().map(pack).collect()
        };
        let mut pictures = Pictures::default();
        for (id, (asset, picture)) in placed.into_keys().zip(shown) {
            match picture {
                Some((picture, wanting)) => {
                    report_missing(&asset, &wanting, &book.metadata.language, diagnostics);
                    pictures.names.insert(id, format!("P{}", id.0));
                    pictures.used.insert(id, picture);
                    pictures.assets.insert(id, asset);
                }
                None => {
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
    pub fn are_coloured(&self) -> bool {
        self.used.iter().any(|(id, picture)| match picture {
            Picture::Vector(_) => true,
            Picture::Raster(raster) => match &raster.space {
                Space::Grey | Space::Profiled { components: 1, .. } => false,
                Space::Indexed(palette) => palette.chunks_exact(3).any(|rgb| rgb[0] != rgb[1] || rgb[1] != rgb[2]),
                _ => {
                    let asset = &self.assets[id];
                    opened(asset.kind, &asset.bytes, super::convert::is_coloured).unwrap_or(true)
                }
            },
        })
    }

    /// All of them in the inks of a press.
    pub fn converted(mut self, converter: &Converter, diagnostics: &mut Diagnostics) -> Pictures {
        let all: Vec<(AssetId, Picture)> = std::mem::take(&mut self.used).into_iter().collect();
        let converted: Vec<(AssetId, Picture, Option<u16>)> = all
            .into_par_iter()
            .map(|(id, picture)| match converter.picture(&self.assets[&id], &picture) {
                Some((press, ink)) => (id, press, ink),
                None => (id, picture, None),
            })
            .collect();
        for (id, picture, ink) in converted {
            if let Some(ink) = ink {
                let asset = &self.assets[&id];
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

/// Says which letters of a drawing no face has, and in which face its letters are not.
fn report_missing(asset: &Asset, wanting: &Wanting, language: &Language, diagnostics: &mut Diagnostics) {
    if let Some(family) = wanting.families.first() {
        let message =
            format!("the letters of the picture {} are not in \"{family}\", which is not at hand", asset.path);
        diagnostics.report(Diagnostic::new(&lints::CLEANED_PICTURE, message).at(asset.span).hint(
            "put that face into the manuscript's fonts/ folder, or turn the letters into outlines where it was drawn",
        ));
    }
    let missing = &wanting.letters;
    let Some(first) = missing.first() else { return };
    let shown: Vec<String> = missing.iter().take(8).map(char::to_string).collect();
    let message = format!("no face has the letters \"{}\" in the picture {}", shown.join(" "), asset.path);
    diagnostics.report(Diagnostic::new(&lints::MISSING_GLYPH, message).at(asset.span).hint(format!(
        "turn its letters into outlines where it was drawn, or put a face that has them into the manuscript's fonts/ folder, such as {}, which is free",
        crate::font::free_family(*first, language)
    )));
}

/// How wide each picture is placed at most.
fn placed(pages: &Pages) -> BTreeMap<AssetId, Length> {
    let mut placed = BTreeMap::new();
    for mark in pages.pages.iter().flat_map(|page| &page.marks) {
        if let MarkKind::Picture { asset, rect, .. } = &mark.kind {
            let width = placed.entry(*asset).or_insert(Length::ZERO);
            *width = rect.size.width.max(*width);
        }
    }
    placed
}

/// Pixels to the inch that print needs, and from how many on a picture is brought down to them: what printers' own
/// programs do with photographs. Line art in one bit or few colours stays as it is, for it may need more.
const NEEDED: i64 = 300;
const TOO_MANY: i64 = 450;

/// A picture with the pixels that its width on the page needs.
fn fitted(asset: &Asset, width: Length) -> Asset {
    let drawn = |bits: Option<&u8>, colour: Option<&u8>| bits.is_none_or(|bits| *bits < 8) || colour == Some(&3);
    let line_art = match asset.kind {
        PictureKind::Svg => true,
        // Less than a bit to a pixel: even tones with sharp edges between, as charts and screens have them.
        PictureKind::Png { .. } => {
            let pixels = u64::from(asset.width) * u64::from(asset.height);
            (asset.bytes.len() as u64) * 8 < pixels || drawn(asset.bytes.get(24), asset.bytes.get(25))
        }
        PictureKind::Jpeg { channels } => channels == 4,
    };
    let across = |density: i64| (width * density).units_to_cover(Length::inches(1.0));
    let needed = across(NEEDED);
    if line_art || needed < 1 || i64::from(asset.width) <= across(TOO_MANY) {
        return asset.clone();
    }
    let down = (i64::from(asset.height) * needed / i64::from(asset.width.max(1))).max(1);
    match in_size(asset, Shown::OnPages, needed as u32, down as u32) {
        Some(Small { kind, width, height, bytes }) => Asset { bytes, kind, width, height, ..asset.clone() },
        None => asset.clone(),
    }
}

/// A picture as the file has it, and what it wants; `None` when it cannot be decoded.
type Packed = Option<(Picture, Wanting)>;

fn pack(asset: &Asset, engraver: Option<&Engraver>) -> Packed {
    let plain = |raster: Raster| (Picture::Raster(raster), Wanting::default());
    match asset.kind {
        PictureKind::Jpeg { channels } => Some(plain(jpeg(asset, channels)?)),
        PictureKind::Png { alpha } => {
            let as_it_came = if alpha { None } else { png(asset) };
            Some(plain(as_it_came.or_else(|| decoded(asset))?))
        }
        PictureKind::Svg => engraver?.draw(&asset.bytes).map(|(page, wanting)| (Picture::Vector(page), wanting)),
    }
}

/// A JPEG as it came. Four inks without a profile would mean whatever the reader's machine takes them for, so they are
/// decoded to RGB.
fn jpeg(asset: &Asset, channels: u8) -> Option<Raster> {
    let profile = jpeg_file::profile(&asset.bytes).filter(|profile| profile::components(profile) == Some(channels));
    let space = match (channels, profile) {
        (components, Some(profile)) => Space::Profiled { components, profile: profile.into() },
        (1, None) => Space::Grey,
        (3, None) => Space::Rgb,
        _ => return decoded(asset),
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
    let (mut data, mut palette) = (room(bytes.len()), None);
    for (name, chunk) in png_file::chunks(bytes) {
        match name {
            b"IDAT" => data.extend_from_slice(chunk),
            b"PLTE" => palette = Some(chunk.to_vec()),
            _ => {}
        }
    }
    let components = if colour == 2 { 3 } else { 1 };
    let profile = png_file::profile(bytes).filter(|profile| profile::components(profile) == Some(components));
    let space = match (colour, profile) {
        (3, _) => Space::Indexed(palette?),
        (_, Some(profile)) => Space::Profiled { components, profile: profile.into() },
        (2, None) => Space::Rgb,
        (_, None) => Space::Grey,
    };
    // That all lines are there was seen when the picture was read.
    Some(Raster {
        width: asset.width,
        height: asset.height,
        bits,
        space,
        packing: Packing::Filtered { components },
        inverted: false,
        data: Data::Made(data),
        mask: None,
    })
}

#[cfg(test)]
mod tests {
    use image::DynamicImage;

    use super::*;

    fn saved(picture: DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).expect("a PNG can be written");
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
            sizes: crate::book::Sizes::default(),
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
            png_file::chunks(&bytes).filter(|(name, _)| *name == b"IDAT").flat_map(|(_, data)| data.to_vec()).collect();
        assert_eq!(raster.data, Data::Made(whole));
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
}
