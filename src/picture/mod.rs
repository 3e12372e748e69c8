//! Pictures: what a file of pixels or of lines is, found out once, and the file as the book takes it.
//!
//! A picture comes from a telephone, a drawing program, a stranger. Whatever it was, the book holds a JPEG, a PNG or an
//! SVG with nothing in it but the picture: turned upright, read once to its end, its colour profile kept, and without
//! place, camera, comment, thumbnail or script. So both writers may put it into their files as it is, nothing that an
//! author did not mean to publish ships, and what is wrong with a file is said in every edition.
//!
//! Invariant: the bytes of a [`Picture`] can be decoded, and are as wide and high as it says.

mod css;
mod drawing;
pub(crate) mod jpeg;
pub(crate) mod light_table;
mod mean;
pub(crate) mod packing;
pub(crate) mod pixels;
pub(crate) mod png;
mod rows;
mod shades;
mod tiff;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use image::metadata::Orientation;
use rayon::prelude::*;

pub(crate) use self::shades::shades;
use crate::book::{Density, PictureKind, Sizes};
use crate::source::{FilePath, limits};

/// A picture as the book takes it.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    /// What it is now.
    pub kind: PictureKind,
    /// Across, in pixels; of a drawing in CSS pixels, rounded.
    pub width: u32,
    /// Down.
    pub height: u32,
    /// How close the pixels stand, as the file says; in a drawing 96 to the inch.
    pub density: Option<Density>,
    /// The file, cleaned.
    pub bytes: Arc<[u8]>,
    /// What an author may miss in it.
    pub left_out: Vec<&'static str>,
}

impl Picture {
    /// The picture made smaller as large ones are: its rows as they are read. `None` for drawings, for what cannot be read
    /// in rows, and where it would not be smaller.
    pub fn smaller_by_rows(&self, width: u32, height: u32) -> Option<Picture> {
        pixels::by_rows(self.kind, &self.bytes, width, height)
    }
}

/// Why a picture cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What is wrong, to be said after the picture's name.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
    /// Whether it is a picture of a known kind all the same: broken, or one that reaches out of the book.
    pub known: bool,
}

impl Fault {
    fn new(message: String, hint: &'static str) -> Fault {
        Fault { message, hint, known: true }
    }

    fn outside(message: String) -> Fault {
        let hint = "export it as a plain SVG, with its pictures inside and its letters as outlines";
        Fault { message, hint, known: true }
    }

    fn broken(what: &str) -> Fault {
        Fault::new(
            what.to_owned(),
            "export it again from the program that made it, or copy it again from where it came",
        )
    }
}

/// What stands in [`Picture::left_out`] for a page whose letters had to be drawn in faces that it does not hold.
pub(crate) const BORROWED: &str = "letters without their faces";

/// A page of a PDF, drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct DrawnPage {
    /// As PNG.
    pub png: Vec<u8>,
    /// How close its pixels stand.
    pub per_inch: u32,
    /// Whether letters were drawn in faces that the PDF does not hold.
    pub borrowed: bool,
}

/// Why a page of a PDF is not drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoPage {
    /// It cannot be read.
    Unreadable,
    /// There is no such page: it has so many.
    Missing(usize),
}

/// Draws a page of a PDF, counted from 0.
pub type DrawPage = fn(&[u8], usize) -> Result<DrawnPage, NoPage>;

/// Pictures that were read, by where they came from: all editions of a manuscript share one copy of each.
#[derive(Debug, Default)]
pub struct Store {
    known: BTreeMap<FilePath, Result<Picture, Fault>>,
    /// Who draws pages of PDFs, if somebody does.
    pages: Option<DrawPage>,
    /// What they were made smaller to.
    pub sizes: Sizes,
}

/// The path of a file and the page of it that is meant, counted from 1: `chart.pdf#page=2`.
pub(crate) fn page_of(path: &str) -> (&str, Option<usize>) {
    let page = path.rsplit_once("#page=").and_then(|(file, page)| Some((file, page.parse().ok()?)));
    page.map_or((path, None), |(file, page)| (file, Some(page)))
}

impl Store {
    /// One that shows pages of PDFs.
    pub fn drawing_pages(draw: DrawPage) -> Store {
        Store { pages: Some(draw), ..Store::default() }
    }

    /// Whether a path was asked for.
    pub fn knows(&self, path: &FilePath) -> bool {
        self.known.contains_key(path)
    }

    /// Reads pictures that will be asked for, side by side. Pages of PDFs are left, and what `read` has not.
    pub fn read_ahead(&mut self, paths: BTreeSet<FilePath>, read: impl Fn(&FilePath) -> Option<Vec<u8>> + Sync) {
        let pictures: Vec<Option<(FilePath, Result<Picture, Fault>)>> = paths
            .into_par_iter()
            .map(|path| {
                let bytes = read(&path).filter(|bytes| !bytes.starts_with(b"%PDF"))?;
                Some((path, self::read(bytes)))
            })
            .collect();
        self.known.extend(pictures.into_iter().flatten());
    }

    /// The picture of a path, read where it is first asked for.
    ///
    /// # Errors
    /// The outer one is that of reading the file, the inner one says what is wrong with what it holds.
    pub fn picture<E>(
        &mut self,
        path: &FilePath,
        read: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<&Result<Picture, Fault>, E> {
        if !self.known.contains_key(path) {
            let bytes = read()?;
            let picture = match self.pages.filter(|_| bytes.starts_with(b"%PDF")) {
                Some(draw) => drawn(draw(&bytes, page_of(&path.path).1.unwrap_or(1).saturating_sub(1))),
                None => self::read(bytes),
            };
            self.known.insert(path.clone(), picture);
        }
        Ok(&self.known[path])
    }
}

/// A page as a picture.
fn drawn(page: Result<DrawnPage, NoPage>) -> Result<Picture, Fault> {
    let page = page.map_err(|fault| match fault {
        NoPage::Unreadable => Fault::new("is a PDF that cannot be read".to_owned(), "export its page as SVG or PNG"),
        NoPage::Missing(count) => {
            Fault::new(format!("has no such page: it has {count}"), "say which one is meant: {page=1}")
        }
    })?;
    let mut picture = self::read(page.png)?;
    picture.density = Some(Density::per_inch(page.per_inch));
    picture.left_out.extend(page.borrowed.then_some(BORROWED));
    Ok(picture)
}

/// A picture that is written out as a `data:` address, in a Google document's export for one.
pub(crate) fn written_out(address: &str) -> Option<Result<Picture, Fault>> {
    let (head, body) = address.strip_prefix("data:")?.split_once(',')?;
    head.to_ascii_lowercase().ends_with(";base64").then_some(())?;
    Some(self::read(base64::decode(body)?))
}

/// Reads a picture file, by what it holds; its name does not count.
pub fn read(bytes: Vec<u8>) -> Result<Picture, Fault> {
    if let Some(read) = jpeg::read(&bytes).or_else(|| png::read(&bytes)) {
        let (picture, turn) = read?;
        return upright(picture, turn);
    }
    if let Some(picture) = pixels::read(&bytes) {
        return picture;
    }
    drawing::read(&bytes).unwrap_or_else(|| Err(unknown(&bytes)))
}

/// A picture as it is to be looked at.
fn upright(picture: Picture, turn: Orientation) -> Result<Picture, Fault> {
    match turn {
        Orientation::NoTransforms => Ok(picture),
        turn => pixels::turned(&picture, turn).ok_or_else(|| Fault::broken("is broken: it cannot be turned upright")),
    }
}

/// What is said of a file that is none of the kinds.
fn unknown(bytes: &[u8]) -> Fault {
    const SAVE: &str = "save it as PNG, JPEG or SVG";
    let brand = bytes.get(4..12).unwrap_or_default();
    let starts = |start: &[u8]| bytes.starts_with(start);
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).to_ascii_lowercase();
    let said = |what: &str, hint| Fault { known: false, ..Fault::new(what.to_owned(), hint) };
    match brand {
        _ if bytes.is_empty() => said("is empty", "copy it again from where it came"),
        b"ftypheic" | b"ftypheix" | b"ftypmif1" | b"ftypmsf1" => {
            said("is a HEIC picture, which recto does not read", SAVE)
        }
        b"ftypavif" | b"ftypavis" => said("is an AVIF picture, which recto does not read", SAVE),
        _ if starts(b"%PDF") => said(
            "is a PDF, which recto does not take for a picture",
            "export the page as SVG if it is drawn, as PNG at 300 pixels to the inch if it is photographed",
        ),
        _ if starts(b"%!PS") => said("is a PostScript file, which recto does not read", "export it as SVG"),
        _ if starts(b"8BPS") => said("is a Photoshop file, which recto does not read", SAVE),
        _ if starts(b"BM") => said("is a BMP picture, which recto does not read", SAVE),
        _ if starts(b"\xff\x0a") || starts(b"\0\0\0\x0cJXL ") => {
            said("is a JPEG XL picture, which recto does not read", SAVE)
        }
        _ if starts(b"\xd7\xcd\xc6\x9a") || starts(b"\x01\0\0\0") => {
            said("is a metafile of Windows, which recto does not read", "export it as SVG")
        }
        _ if text.starts_with("version https://git-lfs") => {
            said("is not the picture but a note of Git LFS about it", "fetch it with `git lfs pull`")
        }
        _ if text.contains("<html") || text.contains("<!doctype html") => {
            said("is a page of the web under a picture's name", "save the picture itself, not the page that shows it")
        }
        _ => said("is of no kind that recto reads", "recto reads JPEG, PNG, SVG, WebP, GIF and TIFF"),
    }
}

/// What is said of a picture with too many pixels.
fn too_large(width: u32, height: u32) -> Option<Fault> {
    let pixels = u64::from(width) * u64::from(height);
    (pixels > limits::PIXELS).then(|| {
        Fault::new(
            format!("has {} million pixels, recto takes {}", pixels / 1_000_000, limits::PIXELS / 1_000_000),
            "make it smaller; 4,000 pixels across fill any page",
        )
    })
}

/// A picture that stands in a drawing as a `data:` address, cleaned; `None` when it cannot be read, or is a drawing.
fn embedded(address: &str) -> Option<String> {
    let (head, body) = address.split_once(',')?;
    head.to_ascii_lowercase().ends_with(";base64").then_some(())?;
    let picture = self::read(base64::decode(body)?).ok()?;
    let kind = match picture.kind {
        PictureKind::Jpeg { .. } | PictureKind::Png { .. } => picture.kind.media_type(),
        PictureKind::Svg => return None,
    };
    Some(format!("data:{kind};base64,{}", base64::encode(&picture.bytes)))
}

/// The letters of RFC 4648, 4.
mod base64 {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// The bytes; white space is passed over.
    pub fn decode(text: &str) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(text.len() / 4 * 3);
        let (mut bits, mut count) = (0_u32, 0);
        for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()).take_while(|byte| *byte != b'=') {
            let value = LETTERS.iter().position(|letter| *letter == byte)? as u32;
            bits = bits << 6 | value;
            count += 6;
            if count >= 8 {
                count -= 8;
                out.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        Some(out)
    }

    /// The letters, filled up.
    pub fn encode(bytes: &[u8]) -> String {
        let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for three in bytes.chunks(3) {
            let bits =
                three.iter().enumerate().fold(0_u32, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
            for at in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
                out.push(if at <= three.len() { char::from(letter) } else { '=' });
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_letters_go_round() {
        for bytes in [&b""[..], b"a", b"ab", b"abc", b"abcd", &[0, 255, 128, 7]] {
            assert_eq!(base64::decode(&base64::encode(bytes)).as_deref(), Some(bytes));
        }
        assert_eq!(base64::encode(b"ab"), "YWI=");
        assert_eq!(base64::decode("a b!"), None);
    }

    #[test]
    fn what_is_no_picture_is_called_by_its_name() {
        for (bytes, said) in [
            (&b""[..], "is empty"),
            (b"%PDF-1.7", "is a PDF"),
            (b"\0\0\0\x18ftypheic", "is a HEIC picture"),
            (b"version https://git-lfs.github.com/spec/v1", "is not the picture but a note"),
            (b"<!doctype html><html><svg/></html>", "is a page of the web"),
            (b"hello", "is of no kind that recto reads"),
        ] {
            let fault = read(bytes.to_vec()).expect_err("it is none");
            assert!(fault.message.starts_with(said), "{}", fault.message);
        }
    }
}
