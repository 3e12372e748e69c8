//! Samples: what a picture is in the file, and how its pixels are packed.

use std::sync::Arc;

use image::DynamicImage;

use super::stream::deflated;
use crate::book::{Asset, PictureKind};
use crate::picture::{jpeg, pixels, png};
use crate::source::let_go;

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
    pub data: Data,
    /// How much of the picture covers what lies below.
    pub mask: Option<Box<Raster>>,
}

/// Packed pixels: those of the picture's own file, which others look at too, or new ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Data {
    /// As they came.
    Came(Arc<[u8]>),
    /// Made here.
    Made(Vec<u8>),
}

impl Data {
    /// The bytes, which are copied only if others look at them.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Data::Came(bytes) => bytes.to_vec(),
            Data::Made(bytes) => bytes,
        }
    }
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

pub(super) fn as_it_came(asset: &Asset, space: Space) -> Raster {
    let four = matches!(asset.kind, PictureKind::Jpeg { channels: 4 });
    Raster {
        width: asset.width,
        height: asset.height,
        bits: 8,
        space,
        packing: Packing::Jpeg,
        inverted: four && jpeg::has_adobe_marker(&asset.bytes),
        data: Data::Came(Arc::clone(&asset.bytes)),
        mask: None,
    }
}

/// A picture decoded and packed again: grey where it is grey, its alpha as a mask where anything shines through.
pub(super) fn decoded(asset: &Asset) -> Option<Raster> {
    let parts = pixels::opened(asset.kind, &asset.bytes, parts)?;
    let Parts { width, height, mut colours, cover } = parts;
    let grey = colours.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let mask = cover.map(|cover| Box::new(packed(width, height, Space::Grey, 1, cover, None)));
    Some(match grey {
        true => {
            for at in 0..colours.len() / 3 {
                colours[at] = colours[3 * at];
            }
            colours.truncate(colours.len() / 3);
            packed(width, height, Space::Grey, 1, colours, mask)
        }
        false => packed(width, height, Space::Rgb, 3, colours, mask),
    })
}

/// A JPEG of four inks as it came.
pub(super) fn four_inks(asset: &Asset) -> Option<Raster> {
    matches!(asset.kind, PictureKind::Jpeg { channels: 4 }).then(|| as_it_came(asset, Space::Cmyk))
}

/// The profile that a picture carries.
pub(super) fn own_profile(asset: &Asset) -> Option<Vec<u8>> {
    match asset.kind {
        PictureKind::Jpeg { .. } => jpeg::profile(&asset.bytes),
        PictureKind::Png { .. } => png::profile(&asset.bytes),
        PictureKind::Svg => None,
    }
}

/// A picture with its colours and its cover apart.
pub(super) struct Parts {
    /// Across, in pixels.
    pub width: u32,
    /// Down.
    pub height: u32,
    /// Red, green and blue of each pixel.
    pub colours: Vec<u8>,
    /// How much of what lies below each covers, where anything shines through.
    pub cover: Option<Vec<u8>>,
}

/// Colours and cover of a picture, apart.
pub(super) fn parts(picture: DynamicImage) -> Parts {
    let (width, height) = (picture.width(), picture.height());
    if !picture.color().has_alpha() {
        return Parts { width, height, colours: picture.into_rgb8().into_raw(), cover: None };
    }
    let mut pixels = picture.into_rgba8().into_raw();
    let cover: Vec<u8> = pixels.chunks_exact(4).map(|pixel| pixel[3]).collect();
    for at in 0..cover.len() {
        pixels.copy_within(4 * at..4 * at + 3, 3 * at);
    }
    pixels.truncate(3 * cover.len());
    Parts { width, height, colours: pixels, cover: cover.iter().any(|cover| *cover < 255).then_some(cover) }
}

/// Pixels of eight bits, each line filtered by what lies to the left and above, then compressed.
pub(super) fn packed(
    width: u32,
    height: u32,
    space: Space,
    components: u8,
    pixels: Vec<u8>,
    mask: Option<Box<Raster>>,
) -> Raster {
    let filtered = filtered(pixels, width as usize * usize::from(components), usize::from(components));
    let data = Data::Made(deflated(&filtered));
    let_go(filtered);
    Raster { width, height, bits: 8, space, packing: Packing::Filtered { components }, inverted: false, data, mask }
}

/// Each line after the number of its filter, which is Paeth's. They are filtered where they lie, from the last byte on: what
/// a byte is told from stands before it.
fn filtered(mut pixels: Vec<u8>, line: usize, components: usize) -> Vec<u8> {
    let lines = pixels.len().checked_div(line).unwrap_or(0);
    pixels.resize(lines * line, 0);
    pixels.reserve_exact(lines);
    pixels.resize(lines * line + lines, 0);
    for row in (0..lines).rev() {
        let (from, to) = (row * line, row * line + row + 1);
        for at in (0..line).rev() {
            let above = |at: usize| if row == 0 { 0 } else { pixels[from - line + at] };
            let (a, c) = match at.checked_sub(components) {
                Some(left) => (pixels[from + left], above(left)),
                None => (0, 0),
            };
            pixels[to + at] = pixels[from + at].wrapping_sub(paeth(a, above(at), c));
        }
        pixels[to - 1] = 4;
    }
    pixels
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
