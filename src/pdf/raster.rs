//! Pictures of finished pages: the e-book's cover, previews.
//!
//! hayro draws a PDF in pure Rust, so that the e-book's cover is the printed one and no second drawing of it exists. It
//! costs minutes of a cold build and some megabytes of the binary, so it stands behind the feature `raster`. The
//! alternative, a drawing of the marks of our own, would have to set letters and colours once more.
//!
//! jpeg-encoder packs them, with a full set of colours for each pixel: the encoder that comes with `image` took four times
//! as long, which was a third of the time of a short paper. pic-scale, with which hayro makes pictures smaller, makes
//! the smaller of two covers from the larger: to draw both took as long again.

pub mod text;

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery, StandardFont};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::peniko::ImageAlphaType;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{ImageFormat, RgbaImage};
use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr};
use pic_scale::{ImageSize, ImageStore, ImageStoreMut, ResamplingFunction, Scaler};

use crate::font::stand_in;
use crate::picture::{DrawnPage, NoPage, light_table};

/// A page as pixels of sRGB on white.
#[derive(Clone, PartialEq, Debug)]
pub struct PagePicture {
    /// On white nothing shines through: the fourth of a pixel's bytes is always 255.
    pixels: RgbaImage,
}

/// Draws a page of a PDF so many pixels wide (or one less); `None` when there is no such page.
pub fn page(pdf: &[u8], index: usize, width: u32) -> Option<PagePicture> {
    let pdf = Pdf::new(pdf.to_vec()).ok()?;
    let page = pdf.pages().get(index)?;
    let (across, down) = page.render_dimensions();
    // A little over the whole number, which the drawing rounds down to.
    let scale = (width as f32 + 0.01) / across;
    let sensible = across > 0.0 && width > 0 && scale.is_finite() && down * scale < 32_000.0 && width < 32_000;
    if !sensible {
        return None;
    }
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn =
        render(page, &RenderCache::new(), &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    Some(PagePicture {
        pixels: RgbaImage::from_raw(width, height, drawn.take_rgba8(ImageAlphaType::AlphaPremultiplied))?,
    })
}

/// Most pixels of a page that an author shows: a page of A4 at 300 to the inch has nine million.
const MOST_PIXELS: f32 = 24_000_000.0;

/// How close the pixels of a page stand that an author shows.
const PER_INCH: f32 = 300.0;

/// Draws a page that an author shows as a picture. Letters whose faces it does not hold are drawn in those of the book.
pub fn shown(pdf: &[u8], index: usize) -> Result<DrawnPage, NoPage> {
    let pdf = Pdf::new(pdf.to_vec()).map_err(|_| NoPage::Unreadable)?;
    let pages = pdf.pages();
    let page = pages.get(index).ok_or(NoPage::Missing(pages.len()))?;
    let (across, down) = page.render_dimensions();
    if !(across >= 1.0 && down >= 1.0 && across < 20_000.0 && down < 20_000.0) {
        return Err(NoPage::Unreadable);
    }
    let per_inch = PER_INCH.min(72.0 * (MOST_PIXELS / (across * down)).sqrt()).floor().max(1.0);
    let scale = per_inch / 72.0;
    let borrowed = Arc::new(AtomicBool::new(false));
    let told = borrowed.clone();
    let settings = InterpreterSettings {
        font_resolver: Arc::new(move |query| {
            told.store(true, Ordering::Relaxed);
            face_for(query)
        }),
        ..InterpreterSettings::default()
    };
    let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &size);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let pixels = RgbaImage::from_raw(width, height, drawn.take_rgba8(ImageAlphaType::AlphaPremultiplied));
    let pixels = image::DynamicImage::ImageRgba8(pixels.ok_or(NoPage::Unreadable)?).into_rgb8();
    let mut png = Vec::new();
    pixels.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(|_| NoPage::Unreadable)?;
    Ok(DrawnPage { png, per_inch: per_inch as u32, borrowed: borrowed.load(Ordering::Relaxed) })
}

/// A bundled face for one that a PDF only names; letters of symbols have none.
fn face_for(query: &FontQuery) -> Option<(FontData, u32)> {
    let (serif, mono, bold, italic) = match query {
        FontQuery::Standard(StandardFont::Symbol | StandardFont::ZapfDingBats) => return None,
        FontQuery::Standard(face) => {
            let name = face.postscript_name();
            let slanted = name.contains("Oblique") || name.contains("Italic");
            (name.starts_with("Times"), name.starts_with("Courier"), name.contains("Bold"), slanted)
        }
        FontQuery::Fallback(face) => {
            (face.is_serif, face.is_fixed_pitch, face.is_bold || face.font_weight >= 600, face.is_italic)
        }
    };
    let bytes: FontData = Arc::new(stand_in(serif, mono, bold, italic));
    Some((bytes, 0))
}

impl PagePicture {
    /// Across, in pixels.
    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Down, in pixels.
    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    /// Four bytes a pixel: red, green, blue, and 255.
    pub fn rgba(&self) -> &[u8] {
        self.pixels.as_raw()
    }

    /// The same so many pixels across, fewer than it has, and as many down as keep its shape.
    pub fn smaller(&self, width: u32) -> Option<PagePicture> {
        let height = (u64::from(self.height()) * u64::from(width)).div_ceil(u64::from(self.width()).max(1));
        let height = u32::try_from(height).ok()?;
        let samples = light_table::samples(width as usize * height as usize * 4);
        let mut pixels = RgbaImage::from_raw(width, height, samples)?;
        let size = |pixels: &RgbaImage| ImageSize::new(pixels.width() as usize, pixels.height() as usize);
        let (from, to) = (size(&self.pixels), size(&pixels));
        let plan = Scaler::new(ResamplingFunction::Lanczos3).plan_rgba_resampling(from, to, false).ok()?;
        let source = ImageStore::<u8, 4>::from_slice(self.pixels.as_raw(), from.width, from.height).ok()?;
        let mut target = ImageStoreMut::<u8, 4>::from_slice(&mut pixels, to.width, to.height).ok()?;
        plan.resample(&source, &mut target).ok()?;
        Some(PagePicture { pixels })
    }

    /// As PNG.
    pub fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.pixels.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).ok()?;
        Some(bytes)
    }

    /// As JPEG of a quality from 1 to 100.
    pub fn jpeg(&self, quality: u8) -> Option<Vec<u8>> {
        let (width, height) = (u16::try_from(self.width()).ok()?, u16::try_from(self.height()).ok()?);
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, quality.clamp(1, 100));
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.encode_image(Rows { pixels: self.pixels.as_raw(), width, height }).ok()?;
        Some(bytes)
    }
}

/// The pixels as the encoder takes them, row by row. Its own way through them turns the colour of each pixel; a page is
/// mostly ground, so here a run of one colour is turned once.
struct Rows<'p> {
    pixels: &'p [u8],
    width: u16,
    height: u16,
}

impl ImageBuffer for Rows<'_> {
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
        let (pixels, _) = self.pixels.as_chunks::<4>();
        let mut row = &pixels[usize::from(y) * width..][..width];
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_page_keeps_its_shape_and_its_grounds() {
        let half = |x, _| if x < 80 { image::Rgba([20, 60, 90, 255]) } else { image::Rgba([250, 240, 230, 255]) };
        let page = PagePicture { pixels: RgbaImage::from_fn(160, 256, half) };
        let smaller = page.smaller(150).expect("a picture that can be made smaller");
        assert_eq!((smaller.width(), smaller.height()), (150, 240));
        assert_eq!(smaller.pixels.get_pixel(10, 10).0, [20, 60, 90, 255]);
        assert_eq!(smaller.pixels.get_pixel(140, 230).0, [250, 240, 230, 255]);
    }

    #[test]
    fn what_is_no_pdf_has_no_picture() {
        assert_eq!(page(b"%PDF-1.7 and nothing more", 0, 100), None);
        assert_eq!(shown(b"%PDF-1.7 and nothing more", 0), Err(NoPage::Unreadable));
    }
}
