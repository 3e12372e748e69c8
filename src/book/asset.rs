//! Pictures, loaded: their files, cleaned, and what those say.

use std::sync::Arc;

use super::id::AssetId;
use super::picture_kind::PictureKind;
use super::sizes::Sizes;
use crate::source::Span;
use crate::units::Length;

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
    /// The file, with nothing in it but the picture; all books of a manuscript share it.
    pub bytes: Arc<[u8]>,
    /// What it is.
    pub kind: PictureKind,
    /// Across, in pixels (for SVG: in CSS pixels of 1/96 in, rounded).
    pub width: u32,
    /// Down, in pixels.
    pub height: u32,
    /// How close its pixels stand as the file says, if it does; for SVG 96 to the inch.
    pub density: Option<Density>,
    /// Where it is first named.
    pub span: Option<Span>,
    /// The sizes that it was made smaller to.
    pub sizes: Sizes,
}

impl Asset {
    /// Whether it is cut square as the photograph of a person, so that those of one page have one shape: not a drawing,
    /// nor what has no ground or is so long, which is a logo or a banner.
    pub fn is_cut_square(&self) -> bool {
        let (one, other) = (u64::from(self.width.max(1)), u64::from(self.height.max(1)));
        let photograph = matches!(self.kind, PictureKind::Jpeg { .. } | PictureKind::Png { alpha: false });
        photograph && one <= other * 2 && other <= one * 2
    }

    /// How wide it is by itself: one that does not say its density has 150 pixels to the inch.
    pub fn natural_width(&self) -> Length {
        self.density.unwrap_or(Density::per_inch(150)).width(self.width.max(1))
    }
}

/// How close the pixels of a picture stand: pixels to 127 metres, in which inches, centimetres and metres are whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Density(u64);

impl Density {
    /// So many pixels to the inch, at least one.
    pub const fn per_inch(pixels: u32) -> Density {
        Density((if pixels == 0 { 1 } else { pixels }) as u64 * 5_000)
    }

    /// So many pixels to the centimetre, at least one.
    pub const fn per_centimetre(pixels: u32) -> Density {
        Density((if pixels == 0 { 1 } else { pixels }) as u64 * 12_700)
    }

    /// So many pixels to the metre; `None` for fewer than one to the inch, which no picture means.
    pub const fn per_metre(pixels: u32) -> Option<Density> {
        if pixels < 40 { None } else { Some(Density(pixels as u64 * 127)) }
    }

    /// How wide so many pixels are.
    pub const fn width(self, pixels: u32) -> Length {
        Length::inches(1.0).scale(pixels as i64 * 5_000, self.0 as i64)
    }
}

/// How wide a picture is set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Extent {
    /// A share of the measure, in thousandths.
    Share(u16),
    /// A length; what is wider than the measure is as wide as that.
    Length(Length),
}

/// How large a picture among words is set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PictureSize {
    /// As high as letters.
    Letters,
    /// As large as it is by itself, but no wider than its share of the line.
    Natural {
        /// How many share the line.
        of: u8,
    },
    /// As its author said.
    Set {
        /// Its width.
        width: Option<Extent>,
        /// How high it may be at most.
        height: Option<Length>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_density_is_exact_in_inches_centimetres_and_metres() {
        assert_eq!(Density::per_inch(300).width(900), Length::inches(3.0));
        assert_eq!(Density::per_centimetre(100).width(254), Length::inches(1.0));
        assert_eq!(Density::per_metre(10_000).map(|density| density.width(254)), Some(Length::inches(1.0)));
        assert_eq!(Density::per_metre(39), None);
    }

    #[test]
    fn photographs_of_people_are_cut_square_drawings_and_banners_are_not() {
        let asset = |kind, width, height| {
            let bytes = Arc::from([]);
            Asset {
                path: String::new(),
                bytes,
                kind,
                width,
                height,
                density: None,
                span: None,
                sizes: Sizes::default(),
            }
        };
        assert!(asset(PictureKind::Jpeg { channels: 3 }, 600, 900).is_cut_square());
        assert!(asset(PictureKind::Png { alpha: false }, 900, 600).is_cut_square());
        assert!(!asset(PictureKind::Png { alpha: false }, 900, 300).is_cut_square());
        assert!(!asset(PictureKind::Png { alpha: true }, 600, 900).is_cut_square());
        assert!(!asset(PictureKind::Svg, 600, 600).is_cut_square());
    }
}
