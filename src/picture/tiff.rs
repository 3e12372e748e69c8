//! TIFFs with a palette, which `image` does not read: their numbers are read as shades of grey, and each is looked up.
//!
//! The tags are those of TIFF 6.0, sections 2, 5 and 8.

use image::{DynamicImage, RgbImage};

/// PhotometricInterpretation: what the numbers mean.
const MEANING: u16 = 262;
const SHADES: u16 = 1;
const PALETTE: u16 = 3;

/// BitsPerSample, and ColorMap: all reds, then all greens, then all blues.
const BITS: u16 = 258;
const COLOURS: u16 = 320;

/// A TIFF whose numbers of a palette are shades, and the colours that they stand for; `None` for any other file.
pub(super) fn as_shades(bytes: &[u8]) -> Option<(Vec<u8>, Vec<[u8; 3]>)> {
    let file = File { bytes, big: bytes.starts_with(b"MM") };
    let first = file.long(4)? as usize;
    let entries = usize::from(file.short(first)?);
    let (mut meaning, mut bits, mut colours) = (None, None, None);
    for at in (0..entries).map(|index| first + 2 + 12 * index) {
        match file.short(at)? {
            MEANING if file.short(at + 8)? == PALETTE => meaning = Some(at + 8),
            BITS => bits = file.short(at + 8),
            COLOURS => colours = Some((file.long(at + 4)? as usize / 3, file.long(at + 8)? as usize)),
            _ => {}
        }
    }
    let (meaning, (count, start)) = (meaning?, colours?);
    // Fewer bits are several numbers to a byte, which are no shades that `image` reads.
    if bits != Some(8) || count > 256 {
        return None;
    }
    let part = |index: usize| Some((file.short(start + 2 * index)? >> 8) as u8);
    let colour = |index: usize| Some([part(index)?, part(count + index)?, part(2 * count + index)?]);
    let colours = (0..count).map(colour).collect::<Option<Vec<_>>>()?;
    let mut shades = bytes.to_vec();
    let written = if file.big { SHADES.to_be_bytes() } else { SHADES.to_le_bytes() };
    shades.get_mut(meaning..meaning + 2)?.copy_from_slice(&written);
    Some((shades, colours))
}

/// The picture in its colours.
pub(super) fn coloured(shades: DynamicImage, colours: &[[u8; 3]]) -> DynamicImage {
    let shades = shades.into_luma8();
    let colour = |x, y| image::Rgb(colours.get(usize::from(shades.get_pixel(x, y)[0])).copied().unwrap_or_default());
    DynamicImage::ImageRgb8(RgbImage::from_fn(shades.width(), shades.height(), colour))
}

/// The bytes of a TIFF, in its order.
struct File<'b> {
    bytes: &'b [u8],
    big: bool,
}

impl File<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let two = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let four = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two by one, red and blue, in 8 bits and a palette of two.
    pub(in crate::picture) fn red_and_blue() -> Vec<u8> {
        let mut bytes = b"II*\0\x0c\0\0\0\x00\x01\0\0".to_vec();
        // Tag, type, count, value: as the fields of TIFF 6.0 stand in the file.
        let map_at = 12 + 2 + 10 * 12 + 4;
        let fields: [(u16, u16, u32, u32); 10] = [
            (256, 3, 1, 2),
            (257, 3, 1, 1),
            (258, 3, 1, 8),
            (259, 3, 1, 1),
            (262, 3, 1, 3),
            (273, 4, 1, 8),
            (277, 3, 1, 1),
            (278, 3, 1, 1),
            (279, 4, 1, 2),
            (320, 3, 6, map_at),
        ];
        bytes.extend(10u16.to_le_bytes());
        for (tag, kind, count, value) in fields {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(0u32.to_le_bytes());
        for part in [0xffffu16, 0, 0, 0, 0, 0xffff] {
            bytes.extend(part.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn numbers_of_a_palette_become_its_colours() {
        let (shades, colours) = as_shades(&red_and_blue()).expect("a palette");
        assert_eq!(colours, [[255, 0, 0], [0, 0, 255]]);
        assert_eq!(as_shades(&shades), None, "shades have no palette");
        for length in 0..shades.len() {
            let _ = as_shades(&red_and_blue()[..length]);
        }
    }
}
