//! JPEG (ISO 10918-1): its parts, what they say, and the file with nothing but the picture.

use std::sync::Arc;

use image::DynamicImage;
use image::metadata::Orientation;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use super::{Fault, Picture, light_table, rows, too_large};
use crate::book::{Density, PictureKind};
use crate::source::{room, zeros};

/// A piece of a file: a marker, what its segment holds, and for a scan the coded pixels after it.
struct Part<'a> {
    marker: u8,
    payload: &'a [u8],
    coded: &'a [u8],
}

/// What the frame's header says.
struct Frame {
    marker: u8,
    bits: u8,
    width: u32,
    height: u32,
    channels: u8,
}

const SCAN: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const ADOBE: u8 = 0xEE;

/// A JPEG, cleaned, and how it is to be turned; `None` when it is none.
pub(super) fn read(bytes: &[u8]) -> Option<Result<(Picture, Orientation), Fault>> {
    bytes.starts_with(&[0xFF, 0xD8]).then(|| cleaned(bytes))
}

fn cleaned(bytes: &[u8]) -> Result<(Picture, Orientation), Fault> {
    let parts = parts(bytes)?;
    let frame = parts.iter().find_map(frame).ok_or_else(|| Fault::broken("is a JPEG without a picture in it"))?;
    coding(&frame)?;
    if frame.width == 0 || frame.height == 0 {
        return Err(Fault::broken("is a JPEG without a size"));
    }
    if let Some(fault) = too_large(frame.width, frame.height) {
        return Err(fault);
    }
    let clean = written(&parts);
    let room = u64::from(frame.width) * u64::from(frame.height) / 3;
    light_table::with_room(room, || whole(&clean))
        .ok_or_else(|| Fault::broken("is broken: its pixels cannot be read to the end"))?;
    let density = parts.iter().find_map(density);
    let picture = Picture {
        kind: PictureKind::Jpeg { channels: frame.channels },
        width: frame.width,
        height: frame.height,
        density,
        bytes: clean.into(),
        left_out: Vec::new(),
    };
    Ok((picture, orientation(&parts)))
}

/// The codings that readers of PDF and of e-books know: baseline, extended and progressive, of eight bits.
fn coding(frame: &Frame) -> Result<(), Fault> {
    let kind = match frame.marker {
        0xC0..=0xC2 => None,
        0xC3 => Some("is a lossless JPEG"),
        0xC9..=0xCB => Some("is a JPEG of arithmetic coding"),
        _ => Some("is a JPEG in layers"),
    };
    let kind =
        kind.map(str::to_owned).or_else(|| (frame.bits != 8).then(|| format!("is a JPEG of {} bits", frame.bits)));
    let kind = kind.or_else(|| {
        (!matches!(frame.channels, 1 | 3 | 4)).then(|| format!("is a JPEG of {} channels", frame.channels))
    });
    match kind {
        Some(kind) => Err(Fault::new(
            format!("{kind}, which readers of PDF and of e-books do not show"),
            "open it in an image editor and save it again as JPEG or PNG",
        )),
        None => Ok(()),
    }
}

/// The parts of a file up to its end mark; what stands after that is no part of it.
fn parts(bytes: &[u8]) -> Result<Vec<Part<'_>>, Fault> {
    let mut parts = Vec::new();
    let mut at = 2;
    loop {
        let short = || Fault::broken("ends too early");
        while *bytes.get(at).ok_or_else(short)? != 0xFF {
            at += 1;
        }
        while *bytes.get(at).ok_or_else(short)? == 0xFF {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        match marker {
            0xD9 => return Ok(parts),
            0x00 | 0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let length =
            bytes.get(at..at + 2).map(|two| usize::from(u16::from_be_bytes([two[0], two[1]]))).ok_or_else(short)?;
        let payload = bytes.get(at + 2..at + length).ok_or_else(short)?;
        at += length;
        let start = at;
        if marker == SCAN {
            // Coded pixels go on to the next marker that is none of theirs.
            while !matches!(bytes.get(at..at + 2).ok_or_else(short)?, [0xFF, 0x01..=0xCF | 0xD8..=0xFE]) {
                at += 1;
            }
        }
        parts.push(Part { marker, payload, coded: &bytes[start..at] });
    }
}

fn frame(part: &Part<'_>) -> Option<Frame> {
    if !matches!(part.marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
        return None;
    }
    let short = |at: usize| Some(u32::from(u16::from_be_bytes(part.payload.get(at..at + 2)?.try_into().ok()?)));
    Some(Frame {
        marker: part.marker,
        bits: *part.payload.first()?,
        height: short(1)?,
        width: short(3)?,
        channels: *part.payload.get(5)?,
    })
}

/// How close the pixels stand, as JFIF says.
fn density(part: &Part<'_>) -> Option<Density> {
    let jfif = part.payload.strip_prefix(b"JFIF\0").filter(|_| part.marker == APP0)?;
    let across = u32::from(u16::from_be_bytes([*jfif.get(3)?, *jfif.get(4)?]));
    match jfif.get(2)? {
        1 if across > 1 => Some(Density::per_inch(across)),
        2 if across > 1 => Some(Density::per_centimetre(across)),
        _ => None,
    }
}

/// How the picture is to be turned, as EXIF says.
fn orientation(parts: &[Part<'_>]) -> Orientation {
    parts
        .iter()
        .filter(|part| part.marker == APP1)
        .find_map(|part| Orientation::from_exif_chunk(part.payload.strip_prefix(b"Exif\0\0")?))
        .unwrap_or(Orientation::NoTransforms)
}

/// The file with its picture, its density, its profile and what says how its colours are coded.
fn written(parts: &[Part<'_>]) -> Vec<u8> {
    let all = parts.iter().map(|part| part.payload.len() + part.coded.len() + 4).sum::<usize>() + 4;
    let mut out = room(all);
    out.extend_from_slice(&[0xFF, 0xD8]);
    let mut segment = |marker: u8, payload: &[u8], coded: &[u8]| {
        out.extend_from_slice(&[0xFF, marker]);
        out.extend_from_slice(&((payload.len() + 2) as u16).to_be_bytes());
        out.extend_from_slice(payload);
        out.extend_from_slice(coded);
    };
    for part in parts {
        match part.marker {
            // Without the thumbnail, which may show what was cut off.
            APP0 => {
                if let Some(jfif) = part.payload.get(..12).filter(|jfif| jfif.starts_with(b"JFIF\0")) {
                    segment(APP0, &[jfif, &[0, 0]].concat(), &[]);
                }
            }
            APP2 if part.payload.starts_with(b"ICC_PROFILE\0") => segment(APP2, part.payload, &[]),
            ADOBE if part.payload.starts_with(b"Adobe") => {
                segment(ADOBE, part.payload.get(..12).unwrap_or(part.payload), &[])
            }
            marker if (APP0..=0xFE).contains(&marker) => {}
            marker => segment(marker, part.payload, part.coded),
        }
    }
    out.extend_from_slice(&[0xFF, 0xD9]);
    out
}

/// Whether all pixels can be read: only the lights are kept of them, which takes a third of the memory.
fn whole(bytes: &[u8]) -> Option<()> {
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(65_535).set_max_height(65_535);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let space = match decoder.input_colorspace()? {
        ColorSpace::YCbCr | ColorSpace::Luma => ColorSpace::Luma,
        ColorSpace::YCCK => ColorSpace::RGB,
        other => other,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    decoder.decode_into(&mut zeros(decoder.output_buffer_size()?)).ok()
}

/// So many pixels are made at once: a quarter of what telephones take. More are read in rows.
const NEAR: u64 = 3_200_000;

/// The pixels of a cleaned file at half, a quarter or an eighth of their number each way, the fewest that are not fewer
/// than asked for; `None` where that would not be less than all, where it would be many, and for other kinds and four inks.
///
/// A coefficient in 64 is the mean of a block, so a small picture needs neither the time nor the memory of the large one.
/// `zune-jpeg` always makes all pixels; `jpeg-decoder` can do with fewer.
pub(super) fn near(kind: PictureKind, bytes: &[u8], width: u32, height: u32) -> Option<DynamicImage> {
    let PictureKind::Jpeg { channels: 1 | 3 } = kind else { return None };
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().ok()?;
    let whole = decoder.info()?;
    let asked = |side: u32| u16::try_from(side).unwrap_or(u16::MAX).max(1);
    let (across, down) = decoder.scale(asked(width), asked(height)).ok()?;
    if across >= whole.width || u32::from(across) < width || u32::from(down) < height {
        return None;
    }
    let pixels = |across: u16, down: u16| u64::from(across) * u64::from(down);
    let in_scans = whole.coding_process == jpeg_decoder::CodingProcess::DctProgressive;
    if pixels(across, down) > NEAR || (in_scans && pixels(whole.width, whole.height) > rows::LARGE) {
        return None;
    }
    let pixels = decoder.decode().ok()?;
    let (across, down) = (u32::from(across), u32::from(down));
    match decoder.info()?.pixel_format {
        jpeg_decoder::PixelFormat::L8 => image::GrayImage::from_raw(across, down, pixels).map(DynamicImage::ImageLuma8),
        jpeg_decoder::PixelFormat::RGB24 => {
            image::RgbImage::from_raw(across, down, pixels).map(DynamicImage::ImageRgb8)
        }
        _ => None,
    }
}

/// The segments of a cleaned file up to its first scan: marker and payload.
pub(crate) fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        let (marker, length) = match bytes.get(at..at + 4)? {
            [0xFF, marker, high, low] if !matches!(*marker, SCAN | 0xD9) => {
                (*marker, usize::from(u16::from_be_bytes([*high, *low])))
            }
            _ => return None,
        };
        let payload = bytes.get(at + 4..at + 2 + length)?;
        at += 2 + length;
        Some((marker, payload))
    })
}

/// The ICC profile of a JPEG, from its APP2 segments (ICC.1:2022, B.4).
pub(crate) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<(u8, &[u8])> = segments(bytes)
        .filter(|(marker, _)| *marker == APP2)
        .filter_map(|(_, payload)| payload.strip_prefix(b"ICC_PROFILE\0"))
        .filter_map(|part| Some((*part.first()?, part.get(2..)?)))
        .collect();
    parts.sort_by_key(|(number, _)| *number);
    let profile: Vec<u8> = parts.iter().flat_map(|(_, part)| part.iter().copied()).collect();
    (profile.len() > 128).then_some(profile)
}

/// How wide and high a cleaned file is.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    segments(bytes).find_map(|(marker, payload)| {
        let frame = frame(&Part { marker, payload, coded: &[] })?;
        Some((frame.width, frame.height))
    })
}

/// The pixels of a cleaned file: of one grey, of three colours or four inks in RGB.
///
/// `image` reads JPEG with the same crate, from a copy of the whole file.
pub(super) fn pixels(bytes: &[u8]) -> Option<DynamicImage> {
    let options = DecoderOptions::default().set_strict_mode(false).set_max_width(65_535).set_max_height(65_535);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let grey = decoder.input_colorspace()? == ColorSpace::Luma;
    let space = if grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let mut pixels = zeros(decoder.output_buffer_size()?);
    decoder.decode_into(&mut pixels).ok()?;
    match grey {
        true => image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        false => image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
    }
}

/// Whether components count from white, as Adobe writes four inks.
pub(crate) fn has_adobe_marker(bytes: &[u8]) -> bool {
    segments(bytes).any(|(marker, payload)| marker == ADOBE && payload.starts_with(b"Adobe"))
}

/// The four inks of a CMYK file, counted from white where Adobe wrote it.
pub(super) fn inks(bytes: &Arc<[u8]>) -> Option<Vec<u8>> {
    let options = DecoderOptions::default().set_max_width(65_535).set_max_height(65_535);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(&bytes[..]), options);
    decoder.decode_headers().ok()?;
    (decoder.input_colorspace()? == ColorSpace::CMYK).then_some(())?;
    decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::CMYK));
    decoder.decode().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<Result<Picture, Fault>> {
        Some(crate::picture::read(bytes.to_vec()))
    }

    /// A small JPEG of 16 by 8 pixels, the left half black.
    fn jpeg() -> Vec<u8> {
        let picture = image::RgbImage::from_fn(16, 8, |x, _| image::Rgb([if x < 8 { 0 } else { 220 }; 3]));
        let mut bytes = Vec::new();
        picture
            .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
            .expect("a JPEG can be written");
        bytes
    }

    fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
        [&[0xFF, marker], &((payload.len() + 2) as u16).to_be_bytes()[..], payload].concat()
    }

    fn exif(turn: u8) -> Vec<u8> {
        let tiff =
            [&b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[turn, 0, 0, 0, 0, 0, 0]].concat();
        segment(APP1, &tiff)
    }

    fn with(extra: &[u8]) -> Vec<u8> {
        let plain = jpeg();
        [&plain[..2], extra, &plain[2..]].concat()
    }

    #[test]
    fn place_camera_and_comments_are_left_out() {
        let secret = [
            segment(APP1, b"http://ns.adobe.com/xap/1.0/\0SECRET"),
            segment(0xFE, b"SECRET"),
            segment(0xED, b"Photoshop 3.0\0SECRET"),
        ]
        .concat();
        let dirty = [with(&secret), b"SECRET".to_vec()].concat();
        let Some(Ok(picture)) = read(&dirty) else { panic!("it is a JPEG") };
        assert!(!picture.bytes.windows(6).any(|six| six == b"SECRET"));
        assert_eq!((picture.width, picture.height, picture.kind), (16, 8, PictureKind::Jpeg { channels: 3 }));
    }

    #[test]
    fn a_profile_stays() {
        let profile = [&b"ICC_PROFILE\0\x01\x01"[..], &[7; 200]].concat();
        let Some(Ok(picture)) = read(&with(&segment(APP2, &profile))) else { panic!("it is a JPEG") };
        assert_eq!(super::profile(&picture.bytes).as_deref(), Some(&[7; 200][..]));
    }

    #[test]
    fn a_picture_is_turned_as_exif_says() {
        let Some(Ok(picture)) = read(&with(&exif(6))) else { panic!("it is a JPEG") };
        assert_eq!((picture.width, picture.height), (8, 16));
        let upright = image::load_from_memory(&picture.bytes).expect("it can be read").to_luma8();
        assert!(
            upright.get_pixel(4, 1)[0] < 60 && upright.get_pixel(4, 14)[0] > 180,
            "the left half is now the upper one"
        );
    }

    #[test]
    fn what_is_cut_short_or_coded_otherwise_is_answered() {
        let whole = jpeg();
        for end in [3, 20, whole.len() / 2, whole.len() - 2] {
            assert!(read(&whole[..end]).is_some_and(|said| said.is_err()), "{end}");
        }
        for (marker, bits, said) in [(0xC9, 8, "arithmetic"), (0xC3, 8, "lossless"), (0xC1, 12, "12 bits")] {
            let mut other = whole.clone();
            let at = other.windows(2).position(|two| two == [0xFF, 0xC0]).expect("a frame");
            (other[at + 1], other[at + 4]) = (marker, bits);
            assert!(read(&other).is_some_and(|fault| fault.is_err_and(|fault| fault.message.contains(said))), "{said}");
        }
    }
}
