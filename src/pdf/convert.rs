//! Pictures for a press: RGB converted through profiles (moxcms) into grey or four inks, whose sum is kept under what
//! the paper takes. What is grey or in four inks already is left alone.
//!
//! moxcms does in Rust what Little CMS does in C; without it a picture's own profile could only be ignored.

use image::DynamicImage;
use moxcms::{ColorProfile, Layout, RenderingIntent, TransformOptions};

use super::ink::Ink;
use super::profile;
use super::samples::{self, Parts, Picture, Raster, Space};
use super::standard::Plan;
use crate::book::{Asset, PictureKind};
use crate::picture::pixels;
use crate::source::let_go;

/// Converts pictures into the inks of a press.
pub(super) struct Converter {
    ink: Ink,
    target: ColorProfile,
    /// The most ink, as the sum of four bytes.
    most: u32,
}

impl Converter {
    /// One for a plan; `None` when colours stay as they are.
    pub fn new(plan: &Plan) -> Option<Converter> {
        let target = match plan.ink {
            Ink::Rgb => return None,
            Ink::Grey => profile::grey(),
            Ink::Cmyk => plan.intent.as_ref()?.profile.clone(),
        };
        let target = ColorProfile::new_from_slice(&target).ok()?;
        let most = u32::from(plan.most_ink.unwrap_or(400)) * 255 / 100;
        Some(Converter { ink: plan.ink, target, most })
    }

    /// The picture in the press's inks, and how much ink it would have had in per cent if that was too much; `None` when
    /// it cannot be decoded.
    pub fn picture(&self, asset: &Asset, packed: &Picture) -> Option<(Picture, Option<u16>)> {
        let Picture::Raster(raster) = packed else { return Some((packed.clone(), None)) };
        let four = matches!(asset.kind, PictureKind::Jpeg { channels: 4 });
        let mut kept = raster.clone();
        match (&raster.space, self.ink) {
            (Space::Grey, _) => return Some((packed.clone(), None)),
            (Space::Profiled { components: 1, .. }, _) => kept.space = Space::Grey,
            (Space::Profiled { components: 4, .. } | Space::Cmyk, Ink::Cmyk) => kept.space = Space::Cmyk,
            (Space::Rgb, Ink::Cmyk) if four => return Some((Picture::Raster(samples::four_inks(asset)?), None)),
            _ => return self.converted(asset).map(|(raster, ink)| (Picture::Raster(raster), ink)),
        }
        Some((Picture::Raster(kept), None))
    }

    fn converted(&self, asset: &Asset) -> Option<(Raster, Option<u16>)> {
        let own = samples::own_profile(asset).filter(|profile| profile::components(profile) == Some(3));
        let (parts, converted) = pixels::opened(asset.kind, &asset.bytes, |picture| {
            let mut parts = samples::parts(picture);
            let colours = std::mem::take(&mut parts.colours);
            let converted = self.pixels(&colours, own.as_deref());
            let_go(colours);
            (parts, converted)
        })?;
        let (pixels, most) = converted?;
        let Parts { width, height, cover, .. } = parts;
        let too_much = (most > self.most).then_some((most * 100 / 255) as u16);
        let mask = cover.map(|cover| Box::new(samples::packed(width, height, Space::Grey, 1, cover, None)));
        let raster = match self.ink {
            Ink::Cmyk => samples::packed(width, height, Space::Cmyk, 4, pixels, mask),
            _ => samples::packed(width, height, Space::Grey, 1, pixels, mask),
        };
        Some((raster, too_much))
    }

    /// Pixels of RGB as pixels of ink, and the most ink that one of them would have had.
    fn pixels(&self, colours: &[u8], own: Option<&[u8]>) -> Option<(Vec<u8>, u32)> {
        let source = own.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
        let source = match source {
            Some(source) => source,
            None => ColorProfile::new_from_slice(&profile::srgb()).ok()?,
        };
        let (layout, components) = if self.ink == Ink::Cmyk { (Layout::Rgba, 4) } else { (Layout::Gray, 1) };
        let options =
            TransformOptions { rendering_intent: RenderingIntent::RelativeColorimetric, ..Default::default() };
        let way = source.create_transform_8bit(Layout::Rgb, &self.target, layout, options).ok()?;
        let mut pixels = vec![0; colours.len() / 3 * components];
        way.transform(colours, &mut pixels).ok()?;
        let mut most = 0;
        if self.ink == Ink::Cmyk {
            for inks in pixels.chunks_exact_mut(4) {
                most = most.max(self.limit(inks));
            }
        }
        Some((pixels, most))
    }

    /// Takes colour out of what has too much ink; its black stays. Returns how much it had.
    fn limit(&self, inks: &mut [u8]) -> u32 {
        let sum: u32 = inks.iter().map(|ink| u32::from(*ink)).sum();
        if sum > self.most {
            let black = u32::from(inks[3]);
            let room = self.most.saturating_sub(black);
            for ink in &mut inks[..3] {
                *ink = (u32::from(*ink) * room / (sum - black).max(1)) as u8;
            }
        }
        sum
    }
}

/// Whether a decoded picture has any colour.
pub(super) fn is_coloured(picture: DynamicImage) -> bool {
    picture.color().has_color()
        && picture.into_rgb8().pixels().any(|pixel| pixel[0] != pixel[1] || pixel[1] != pixel[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Edition, Format, Printer, Purpose};

    #[test]
    fn no_pixel_has_more_ink_than_the_paper_takes() {
        let edition = Edition { purpose: Purpose::Press(Printer::Ingram), ..Edition::new("press", Format::Pdf) };
        let plan = Plan::of(&edition, None, true);
        let converter = Converter::new(&plan).expect("four inks");
        let colours: Vec<u8> = (0..=255_u8).flat_map(|step| [step / 9, step / 5, step / 3]).collect();
        let (pixels, _) = converter.pixels(&colours, None).expect("they can be converted");
        let most = pixels.chunks_exact(4).map(|inks| inks.iter().map(|ink| u32::from(*ink)).sum::<u32>()).max();
        assert!(most.is_some_and(|most| most <= 240 * 255 / 100), "{most:?}");
    }
}
