//! Pictures of finished pages: the e-book's cover, previews.
//!
//! hayro draws a PDF in pure Rust, so that the e-book's cover is the printed one and no second drawing of it exists. It
//! costs minutes of a cold build and some megabytes of the binary, so it stands behind the feature `raster`. The
//! alternative, a drawing of the marks of our own, would have to set letters and colours once more.
//!
//! pic-scale, with which hayro makes pictures smaller, makes the smaller of two covers from the larger: to draw both took
//! as long again.

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
use pic_scale::{ImageSize, ImageStore, ImageStoreMut, ResamplingFunction, Scaler};

use crate::font::stand_in;
use crate::picture::packing::{self, Pixel};
use crate::picture::{DrawnPage, NoPage};
use crate::source::{let_go, zeros};

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
        let height = self.height_at(width)?;
        let samples = zeros(width as usize * height as usize * 4);
        let mut pixels = RgbaImage::from_raw(width, height, samples)?;
        resample(self.pixels.as_raw(), self.pixels.dimensions(), &mut pixels, (width, height))?;
        Some(PagePicture { pixels })
    }

    /// How many pixels down keep its shape.
    fn height_at(&self, width: u32) -> Option<u32> {
        let height = (u64::from(self.height()) * u64::from(width)).div_ceil(u64::from(self.width()).max(1));
        u32::try_from(height).ok()
    }

    /// As JPEG so many pixels across, fewer than it has. Where whole rows stand for whole rows (15 for 16, say) it is made
    /// smaller in bands while it is packed, and the smaller picture never lies there whole.
    pub fn smaller_jpeg(&self, width: u32, quality: u8) -> Option<Vec<u8>> {
        let height = self.height_at(width)?;
        let Some(bands) = Bands::of(self.pixels.dimensions(), (width, height)) else {
            return self.smaller(width)?.jpeg(quality);
        };
        let row_bytes = width as usize * 4;
        let (mut from, mut band) = (0, Vec::new());
        let made = |row: u32, take: &mut dyn FnMut(&[u8])| {
            if row as usize * row_bytes >= from + band.len() || band.is_empty() {
                from = row as usize * row_bytes;
                band = bands.made(self, row).unwrap_or_else(|| vec![255; row_bytes]);
            }
            let at = row as usize * row_bytes - from;
            take(&band[at..at + row_bytes]);
        };
        packing::jpeg_of_rows(made, Pixel::RgbAndOne, (width, height), quality, None)
    }

    /// As PNG.
    pub fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.pixels.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).ok()?;
        Some(bytes)
    }

    /// As JPEG of a quality from 1 to 100.
    pub fn jpeg(&self, quality: u8) -> Option<Vec<u8>> {
        packing::jpeg(self.pixels.as_raw(), Pixel::RgbAndOne, self.pixels.dimensions(), quality, None)
    }
}

impl Drop for PagePicture {
    fn drop(&mut self) {
        let_go(std::mem::take(&mut self.pixels).into_raw());
    }
}

/// Pixels of four bytes made fewer.
fn resample(pixels: &[u8], (across, down): (u32, u32), fewer: &mut [u8], (width, height): (u32, u32)) -> Option<()> {
    let size = |across: u32, down: u32| ImageSize::new(across as usize, down as usize);
    let (from, to) = (size(across, down), size(width, height));
    let plan = Scaler::new(ResamplingFunction::Lanczos3).plan_rgba_resampling(from, to, false).ok()?;
    let source = ImageStore::<u8, 4>::from_slice(pixels, from.width, from.height).ok()?;
    let mut target = ImageStoreMut::<u8, 4>::from_slice(fewer, to.width, to.height).ok()?;
    plan.resample(&source, &mut target).ok()
}

/// A picture cut into bands, each made smaller by itself.
struct Bands {
    /// So many rows stand for so many: the fewest that are whole.
    old: u32,
    new: u32,
    /// So often such rows are in a picture.
    count: u32,
    /// The pixels of a row, before and after.
    across: (u32, u32),
}

impl Bands {
    /// Rows of the smaller picture that are made at a time, at least.
    const ROWS: u32 = 100;
    /// Rows of the smaller picture at a band's edges whose pixels are told from rows beyond it: Lanczos looks at three.
    const EDGE: u32 = 3;

    /// `None` where rows do not come out even, or all of them at the end only.
    fn of((across, down): (u32, u32), (width, height): (u32, u32)) -> Option<Bands> {
        let even = u64::from(across) * u64::from(height) == u64::from(down) * u64::from(width);
        let count = gcd(down, height);
        let fits = even && width < across && count > 1;
        fits.then(|| Bands { old: down / count, new: height / count, count, across: (across, width) })
    }

    /// The rows of the smaller picture from one on that begins a band.
    fn made(&self, page: &PagePicture, row: u32) -> Option<Vec<u8>> {
        let first = row / self.new;
        let last = (first + Self::ROWS.div_ceil(self.new)).min(self.count);
        let edge = Self::EDGE.div_ceil(self.new);
        let (from, to) = (first.saturating_sub(edge), (last + edge).min(self.count));
        let bytes = |unit: u32, rows: u32, across: u32| unit as usize * rows as usize * across as usize * 4;
        let old = |unit: u32| bytes(unit, self.old, self.across.0);
        let mut band = vec![0; bytes(to - from, self.new, self.across.1)];
        resample(
            &page.pixels.as_raw()[old(from)..old(to)],
            (self.across.0, (to - from) * self.old),
            &mut band,
            (self.across.1, (to - from) * self.new),
        )?;
        let new = |unit: u32| bytes(unit, self.new, self.across.1);
        band.truncate(new(last - from));
        band.drain(..new(first - from));
        Some(band)
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
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
    fn a_page_made_smaller_in_bands_is_as_one_made_at_once() {
        let drawn = |x: u32, y: u32| image::Rgba([(x * 7 + y * 3) as u8, (x * y / 9) as u8, (y / 2) as u8, 255]);
        let page = PagePicture { pixels: RgbaImage::from_fn(160, 1280, drawn) };
        for width in [150, 40] {
            let whole = page.smaller(width).expect("a smaller page");
            let bands =
                Bands::of(page.pixels.dimensions(), whole.pixels.dimensions()).expect("rows that come out even");
            let (mut made, row_bytes) = (Vec::new(), width as usize * 4);
            while made.len() < whole.pixels.as_raw().len() {
                made.extend(bands.made(&page, (made.len() / row_bytes) as u32).expect("a band"));
            }
            let apart = made.iter().zip(whole.pixels.as_raw()).map(|(a, b)| a.abs_diff(*b));
            let most = apart.enumerate().max_by_key(|(_, apart)| *apart);
            assert!(most.is_none_or(|(_, most)| most <= 2), "{width}: {most:?}");
            let packed = image::load_from_memory(&page.smaller_jpeg(width, 90).expect("packed")).expect("a JPEG");
            assert_eq!((packed.width(), packed.height()), whole.pixels.dimensions());
        }
        assert!(Bands::of((160, 1280), (149, 1192)).is_some_and(|bands| bands.count == 8));
        assert!(Bands::of((160, 1279), (150, 1200)).is_none());
        assert!(page.smaller_jpeg(151, 90).is_some());
    }

    #[test]
    fn what_is_no_pdf_has_no_picture() {
        assert_eq!(page(b"%PDF-1.7 and nothing more", 0, 100), None);
        assert_eq!(shown(b"%PDF-1.7 and nothing more", 0), Err(NoPage::Unreadable));
    }
}
