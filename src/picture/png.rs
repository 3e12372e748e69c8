//! PNG (ISO 15948): its chunks, what they say, and the file with nothing but the picture.
//!
//! Whether all lines are there is tried with the `png` crate, line by line, so that no picture stands in memory whole;
//! `image`, which stands above it, decodes all at once.

use std::io::{Cursor, Read};

use flate2::Crc;
use flate2::read::ZlibDecoder;
use image::metadata::Orientation;

use super::{Fault, Picture, too_large};
use crate::book::{Density, PictureKind};
use crate::source::{room, shared};

const START: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that make the picture, its colours and its size. Texts, times, histograms and moving pictures are none.
const KEPT: &[&[u8; 4]] =
    &[b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"IDAT", b"IEND"];

/// A PNG, cleaned, and how it is to be turned; `None` when it is none.
pub(super) fn read(bytes: &[u8]) -> Option<Result<(Picture, Orientation), Fault>> {
    bytes.starts_with(START).then(|| cleaned(bytes))
}

fn cleaned(bytes: &[u8]) -> Result<(Picture, Orientation), Fault> {
    let header = chunks(bytes).next().filter(|(name, header)| *name == b"IHDR" && header.len() >= 13);
    let (_, header) = header.ok_or_else(|| Fault::broken("is a PNG without a header"))?;
    let (width, height, colour) = (big(header, 0), big(header, 4), header[9]);
    let (width, height) = (width.unwrap_or(0), height.unwrap_or(0));
    if width == 0 || height == 0 {
        return Err(Fault::broken("is a PNG without a size"));
    }
    if let Some(fault) = too_large(width, height) {
        return Err(fault);
    }
    let mut alpha = matches!(colour, 4 | 6);
    let mut density = None;
    let mut turn = Orientation::NoTransforms;
    let mut ends = false;
    for (name, content) in chunks(bytes) {
        match name {
            b"tRNS" => alpha = true,
            b"pHYs" if content.get(8) == Some(&1) => {
                density = big(content, 0).and_then(Density::per_metre);
            }
            b"eXIf" => turn = Orientation::from_exif_chunk(content).unwrap_or(turn),
            b"IEND" => {
                ends = true;
                break;
            }
            _ => {}
        }
    }
    if !ends {
        return Err(Fault::broken("ends too early"));
    }
    let clean = written(bytes);
    whole(&clean).ok_or_else(|| Fault::broken("is broken: its pixels cannot be read to the end"))?;
    let picture = Picture {
        kind: PictureKind::Png { alpha },
        width,
        height,
        density,
        bytes: shared(clean),
        left_out: Vec::new(),
    };
    Ok((picture, turn))
}

/// How wide and high a cleaned file is.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let (_, header) = chunks(bytes).next()?;
    Some((big(header, 0)?, big(header, 4)?))
}

/// The file with the chunks that are kept; the name of a profile, which may say anything, is one of ours.
fn written(bytes: &[u8]) -> Vec<u8> {
    let mut out = room(bytes.len());
    out.extend_from_slice(START);
    for (name, content) in chunks(bytes) {
        if !KEPT.iter().any(|kept| *kept == name) {
            continue;
        }
        match content.iter().position(|byte| *byte == 0).filter(|_| name == b"iCCP") {
            Some(end) => chunk(name, &[b"icc", &content[end..]].concat(), &mut out),
            None => chunk(name, content, &mut out),
        }
        if name == b"IEND" {
            break;
        }
    }
    out
}

fn chunk(name: &[u8], content: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&(content.len() as u32).to_be_bytes());
    let mut sum = Crc::new();
    sum.update(name);
    sum.update(content);
    out.extend_from_slice(name);
    out.extend_from_slice(content);
    out.extend_from_slice(&sum.sum().to_be_bytes());
}

/// Whether all lines can be read.
fn whole(bytes: &[u8]) -> Option<()> {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    while reader.next_row().ok()?.is_some() {}
    Some(())
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The chunks of a PNG: name and content.
pub(crate) fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut at = 8;
    std::iter::from_fn(move || {
        let length = big(bytes, at)? as usize;
        let name = bytes.get(at + 4..at + 8)?;
        let content = bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
        at += 12 + length;
        Some((name, content))
    })
}

/// The ICC profile of a PNG, from its `iCCP` chunk: a name, a zero, a zero, the profile compressed.
pub(crate) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let (_, chunk) = chunks(bytes).find(|(name, _)| *name == b"iCCP")?;
    let name = chunk.iter().position(|byte| *byte == 0)?;
    let mut profile = Vec::new();
    // A profile is small; what claims to be more than this is none.
    ZlibDecoder::new(chunk.get(name + 2..)?).take(8 << 20).read_to_end(&mut profile).ok()?;
    Some(profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<Result<Picture, Fault>> {
        Some(crate::picture::read(bytes.to_vec()))
    }

    fn png() -> Vec<u8> {
        let picture = image::RgbaImage::from_fn(5, 3, |x, y| image::Rgba([x as u8 * 40, y as u8 * 70, 9, 255]));
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).expect("a PNG can be written");
        bytes
    }

    /// The picture with a chunk before its pixels.
    fn with(name: &[u8], content: &[u8]) -> Vec<u8> {
        let plain = png();
        let mut out = plain[..33].to_vec();
        chunk(name, content, &mut out);
        out.extend_from_slice(&plain[33..]);
        out
    }

    #[test]
    fn texts_and_what_follows_the_end_are_left_out() {
        for name in [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVt"] {
            let dirty = [with(name, b"Author\0SECRET"), b"SECRET".to_vec()].concat();
            let Some(Ok(picture)) = read(&dirty) else { panic!("it is a PNG") };
            assert!(!picture.bytes.windows(6).any(|six| six == b"SECRET"));
            assert_eq!((picture.width, picture.height, picture.kind), (5, 3, PictureKind::Png { alpha: true }));
        }
    }

    #[test]
    fn density_and_turn_are_read() {
        let Some(Ok(picture)) = read(&with(b"pHYs", &[0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1])) else {
            panic!("it is a PNG")
        };
        assert_eq!(picture.density, Density::per_metre(11_811));
        let exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0";
        let Some(Ok(picture)) = read(&with(b"eXIf", exif)) else { panic!("it is a PNG") };
        assert_eq!((picture.width, picture.height), (3, 5));
    }

    #[test]
    fn what_is_cut_short_or_too_large_is_answered() {
        let whole = png();
        for end in [8, 20, 40, whole.len() - 13] {
            assert!(read(&whole[..end]).is_some_and(|said| said.is_err()), "{end}");
        }
        let mut broken = whole.clone();
        broken[45] ^= 0x55;
        assert!(read(&broken).is_some_and(|said| said.is_err()));
        let mut bomb = START.to_vec();
        chunk(b"IHDR", &[0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0], &mut bomb);
        assert!(read(&bomb).is_some_and(|said| said.is_err_and(|fault| fault.message.contains("million pixels"))));
    }
}
