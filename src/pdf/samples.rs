//! Samples: what a picture is in the file, and how its pixels are packed.

use std::sync::Arc;

use image::DynamicImage;

use super::stream::deflated;
use crate::book::{Asset, PictureKind};
use crate::picture::{jpeg, pixels, png};

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

pub(super) fn as_it_came(asset: &Asset, space: Space) -> Raster {
    let four = matches!(asset.kind, PictureKind::Jpeg { channels: 4 });
    Raster {
        width: asset.width,
        height: asset.height,
        bits: 8,
        space,
        packing: Packing::Jpeg,
        inverted: four && jpeg::has_adobe_marker(&asset.bytes),
        data: Arc::clone(&asset.bytes),
        mask: None,
    }
}

/// A picture decoded and packed again: grey where it is grey, its alpha as a mask where anything shines through.
pub(super) fn decoded(asset: &Asset) -> Option<Raster> {
    let picture = pixels::decode(asset.kind, &asset.bytes)?;
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
