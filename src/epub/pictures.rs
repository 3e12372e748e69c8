//! Pictures as an e-book carries them: in the colours of screens, and no larger than shops take them.
//!
//! The picture of a book may be a photograph of forty megapixels or in the four inks of a press. Apple and Draft2Digital
//! take no picture of more than four megapixels, Kobo and Draft2Digital none of more than five megabytes, and many
//! readers show four inks wrongly or not at all. So the e-book has its own size of what is larger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::book::{Asset, AssetId, Book, PictureKind, Shown, Small};
use crate::picture::pixels;

/// Most pixels of a picture.
const MOST_PIXELS: u64 = 4_000_000;
/// So many fill the largest screens that books are read on: a photograph of twelve megapixels, as telephones take them,
/// is left three.
const ENOUGH: u64 = 2_900_000;
/// Most bytes of a picture.
const MOST_BYTES: usize = 5 << 20;

/// A picture as the e-book has it.
#[derive(Clone, Debug)]
pub(super) struct Served {
    /// Across, in pixels.
    pub width: u32,
    /// Down.
    pub height: u32,
    /// What kind of file it is; of the same ending as the book's.
    pub kind: PictureKind,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// The pictures of those ids.
pub(super) fn served(book: &Book, ids: &BTreeSet<AssetId>) -> BTreeMap<AssetId, Served> {
    ids.par_iter().map(|id| (*id, Served::of(book.assets.get(*id)))).collect()
}

impl Served {
    /// A picture of the book, in RGB and small enough.
    pub fn of(asset: &Asset) -> Served {
        let mut served =
            Served { width: asset.width, height: asset.height, kind: asset.kind, bytes: Arc::clone(&asset.bytes) };
        if !asset.kind.has_pixels() {
            return served;
        }
        let pixels = u64::from(served.width) * u64::from(served.height);
        let (mut width, mut height) = within(served.width, served.height, MOST_PIXELS);
        if pixels > MOST_PIXELS {
            if matches!(asset.kind, PictureKind::Jpeg { .. }) {
                (width, height) = halved(asset.width, asset.height).unwrap_or((width, height));
            }
            served.take(asset, width, height);
        } else if served.kind == (PictureKind::Jpeg { channels: 4 })
            && let Some(picture) = pixels::in_rgb(asset.kind, &asset.bytes)
        {
            (served.kind, served.bytes) = (picture.kind, picture.bytes);
        }
        // A half of the pixels at a time: a PNG of noise ends too.
        while served.bytes.len() > MOST_BYTES && width.min(height) > 64 {
            (width, height) = within(width, height, u64::from(width) * u64::from(height) / 2);
            served.take(asset, width, height);
        }
        served
    }

    fn take(&mut self, asset: &Asset, width: u32, height: u32) {
        if let Some(Small { kind, bytes, .. }) = pixels::in_size(asset, Shown::OnScreens, width, height) {
            *self = Served { width, height, kind, bytes };
        }
    }
}

/// A photograph halved each way until it is small enough, if that leaves [`ENOUGH`]: whole blocks of it then stand for
/// one pixel, which is sharper than shares of pixels, and done in half the time.
fn halved(width: u32, height: u32) -> Option<(u32, u32)> {
    let pixels = |(width, height): (u32, u32)| u64::from(width) * u64::from(height);
    let mut sizes = [2, 4, 8].into_iter().map(|part| (width.div_ceil(part), height.div_ceil(part)));
    sizes.find(|size| pixels(*size) <= MOST_PIXELS).filter(|size| pixels(*size) >= ENOUGH)
}

/// The largest size of a proportion that has no more pixels.
fn within(width: u32, height: u32, most: u64) -> (u32, u32) {
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= most {
        return (width, height);
    }
    // width² × height / width = most, in whole numbers.
    let across = (most * u64::from(width) / u64::from(height.max(1))).isqrt().max(1);
    let down = (across * u64::from(height) / u64::from(width.max(1))).max(1);
    (across as u32, down as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_is_brought_under_four_megapixels() {
        for (width, height) in [(2400, 3100), (8000, 6000), (100_000, 50), (2000, 2000)] {
            let (across, down) = within(width, height, MOST_PIXELS);
            assert!(u64::from(across) * u64::from(down) <= MOST_PIXELS);
            let slant = i64::from(across) * i64::from(height) - i64::from(down) * i64::from(width);
            assert!(slant.abs() <= i64::from(width.max(height)), "{across} by {down}");
        }
        assert_eq!(within(1000, 500, MOST_PIXELS), (1000, 500));
    }

    #[test]
    fn a_photograph_is_halved_where_that_leaves_enough() {
        assert_eq!(halved(4000, 3000), Some((2000, 1500)));
        assert_eq!(halved(3001, 4001), Some((1501, 2001)));
        assert_eq!(halved(8064, 6048), Some((2016, 1512)));
        assert_eq!([halved(3600, 2700), halved(6000, 4000)], [None, None]);
    }

    #[test]
    fn an_e_book_has_its_own_size_of_a_poster() {
        let poster = image::RgbImage::from_fn(2600, 2000, |x, y| image::Rgb([(x / 9) as u8, (y / 9) as u8, 80]));
        let mut bytes = Vec::new();
        poster.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).expect("a PNG can be written");
        let asset = Asset {
            path: "a.png".to_owned(),
            bytes: bytes.into(),
            kind: PictureKind::Png { alpha: false },
            width: 2600,
            height: 2000,
            density: None,
            span: None,
            sizes: crate::book::Sizes::default(),
        };
        let served = Served::of(&asset);
        assert_eq!((served.width, served.height), (2280, 1753));
        assert!(served.bytes.starts_with(b"\x89PNG"));
    }
}
