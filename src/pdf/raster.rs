//! Pictures of finished pages: the e-book's cover, previews.
//!
//! hayro draws a PDF in pure Rust, so that the e-book's cover is the printed one and no second drawing of it exists. It
//! costs minutes of a cold build and some megabytes of the binary, so it stands behind the feature `raster`. The
//! alternative, a drawing of the marks of our own, would have to set letters and colours once more.

use std::io::Cursor;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage};

/// A page as pixels of sRGB on white.
#[derive(Clone, PartialEq, Debug)]
pub struct PagePicture {
    pixels: RgbImage,
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
    // On white nothing shines through, so the colours are as they are.
    let pixels = drawn.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Some(PagePicture { pixels: RgbImage::from_raw(width, height, pixels)? })
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

    /// Three bytes a pixel: red, green, blue.
    pub fn rgb(&self) -> &[u8] {
        self.pixels.as_raw()
    }

    /// As PNG.
    pub fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.pixels.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).ok()?;
        Some(bytes)
    }

    /// As JPEG of a quality from 1 to 100.
    pub fn jpeg(&self, quality: u8) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality.clamp(1, 100)).encode_image(&self.pixels).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_has_no_picture() {
        assert_eq!(page(b"%PDF-1.7 and nothing more", 0, 100), None);
    }
}
