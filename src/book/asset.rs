//! Pictures, loaded: their bytes as they came and what their headers say.

use std::sync::Arc;

use crate::source::Span;

/// A picture of the book.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AssetId(pub u32);

/// All pictures, each once.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// An [`AssetId`] indexes it.
    pub all: Vec<Asset>,
}

impl Assets {
    /// The picture of an id that this value gave.
    pub fn get(&self, id: AssetId) -> &Asset {
        &self.all[id.0 as usize]
    }
}

/// A picture file.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Relative to the manuscript folder.
    pub path: String,
    /// The file, as it came.
    pub bytes: Arc<[u8]>,
    /// What it is.
    pub kind: PictureKind,
    /// Across, in pixels (for SVG: in CSS pixels of 1/96 in, rounded).
    pub width: u32,
    /// Down, in pixels.
    pub height: u32,
    /// Pixels to the inch as the file says, if it does; for SVG 96.
    pub density: Option<f64>,
    /// Where it is first named.
    pub span: Option<Span>,
}

/// What kind of picture file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PictureKind {
    /// JPEG with one (grey), three or four (CMYK) channels.
    Jpeg {
        /// 1, 3 or 4.
        channels: u8,
    },
    /// PNG.
    Png {
        /// Whether it has an alpha channel or a transparent colour.
        alpha: bool,
    },
    /// SVG, drawn as vectors.
    Svg,
}
