//! Pictures: read from the folder, each once, with what their headers say.

use std::collections::BTreeMap;

use crate::book::{Asset, AssetId, Assets, Density, PictureKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::manuscript::BESIDE;
use crate::source::{Files, ReadError, Span};

/// Loads pictures, each once.
pub(crate) struct Loader<'a> {
    files: &'a dyn Files,
    assets: Assets,
    known: BTreeMap<String, Option<AssetId>>,
}

/// What a header says: kind, width, height, how close the pixels stand.
type Header = (PictureKind, u32, u32, Option<Density>);

impl<'a> Loader<'a> {
    /// One for a folder.
    pub fn new(files: &'a dyn Files) -> Loader<'a> {
        Loader { files, assets: Assets::default(), known: BTreeMap::new() }
    }

    /// What was loaded.
    pub fn finish(self) -> Assets {
        self.assets
    }

    /// The picture at a path, or a report at the place that names it.
    pub fn load(&mut self, path: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<AssetId> {
        if let Some(known) = self.known.get(path) {
            return *known;
        }
        let loaded = self.read(path, span, diagnostics);
        self.known.insert(path.to_owned(), loaded);
        loaded
    }

    fn read(&mut self, path: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<AssetId> {
        if path.contains("://") || path.starts_with("data:") {
            diagnostics.report(
                Diagnostic::new(&lints::REMOTE_PICTURE, "a picture on the network is not fetched")
                    .at(span)
                    .hint("save it into the manuscript's images/ folder and name it there"),
            );
            return None;
        }
        let shown = path.trim_start_matches(BESIDE);
        let shown = percent_decoded(shown);
        let read = if path.starts_with(BESIDE) { self.files.read_beside(&shown) } else { self.files.read(&shown) };
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(error) => {
                diagnostics.report(missing(&shown, &error, self.files).at(span));
                return None;
            }
        };
        let Some((kind, width, height, density)) = header(&bytes) else {
            diagnostics.report(
                Diagnostic::new(&lints::UNKNOWN_PICTURE, format!("\"{shown}\" is no picture that can be read"))
                    .at(span)
                    .hint("recto reads JPEG, PNG and SVG"),
            );
            return None;
        };
        let id = AssetId(self.assets.all.len() as u32);
        self.assets.all.push(Asset {
            path: shown,
            bytes: bytes.into(),
            kind,
            width,
            height,
            density,
            span: Some(span),
        });
        Some(id)
    }
}

/// What to say of a picture that cannot be read.
fn missing(path: &str, error: &ReadError, files: &dyn Files) -> Diagnostic {
    match error {
        ReadError::Outside => {
            Diagnostic::new(&lints::OUTSIDE_FOLDER, format!("\"{path}\" leaves the manuscript folder"))
                .hint("copy the picture into the manuscript's images/ folder")
        }
        ReadError::Missing => {
            let said = Diagnostic::new(&lints::MISSING_FILE, format!("there is no picture \"{path}\""));
            let list = files.list();
            let name = path.rsplit('/').next().unwrap_or(path);
            let near = list
                .iter()
                .find(|other| other.rsplit('/').next().is_some_and(|other| other.eq_ignore_ascii_case(name)));
            match near.map(String::as_str).or_else(|| crate::yaml::nearest(path, list.iter().map(String::as_str))) {
                Some(near) => said.hint(format!("did you mean \"{near}\"?")),
                None => said.hint("the path is counted from the manuscript folder"),
            }
        }
        other => Diagnostic::new(&lints::UNREADABLE_FILE, format!("\"{path}\" cannot be read: {other}")),
    }
}

/// `%20` and the like, as Markdown's destinations may have them.
fn percent_decoded(path: &str) -> String {
    let mut out = Vec::with_capacity(path.len());
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| path.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok()))
            .flatten();
        match code {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

fn header(bytes: &[u8]) -> Option<Header> {
    png(bytes).or_else(|| jpeg(bytes)).or_else(|| svg(bytes))
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// PNG (ISO 15948): IHDR, pHYs, tRNS.
fn png(bytes: &[u8]) -> Option<Header> {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return None;
    }
    let (width, height, colour) = (big(bytes, 16)?, big(bytes, 20)?, *bytes.get(25)?);
    let mut alpha = matches!(colour, 4 | 6);
    let mut density = None;
    let mut at = 8;
    while let (Some(length), Some(name)) = (big(bytes, at), bytes.get(at + 4..at + 8)) {
        match name {
            b"IDAT" => break,
            b"tRNS" => alpha = true,
            b"pHYs" if bytes.get(at + 16) == Some(&1) => {
                density = big(bytes, at + 8).and_then(Density::per_metre);
            }
            _ => {}
        }
        at = at.checked_add(12)?.checked_add(length as usize)?;
    }
    (width > 0 && height > 0).then_some((PictureKind::Png { alpha }, width, height, density))
}

/// JPEG (ISO 10918-1): the frame header, and the JFIF density.
fn jpeg(bytes: &[u8]) -> Option<Header> {
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let short = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let mut density = None;
    let mut at = 2;
    loop {
        while *bytes.get(at)? != 0xFF {
            at += 1;
        }
        while *bytes.get(at)? == 0xFF {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        if matches!(marker, 0x01 | 0xD0..=0xD9) {
            continue;
        }
        let length = short(at)? as usize;
        match marker {
            0xE0 if bytes.get(at + 2..at + 6) == Some(b"JFIF") => {
                let across = short(at + 10)?;
                density = match bytes.get(at + 9)? {
                    1 if across > 1 => Some(Density::per_inch(across)),
                    2 if across > 1 => Some(Density::per_centimetre(across)),
                    _ => None,
                };
            }
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let (height, width, channels) = (short(at + 3)?, short(at + 5)?, *bytes.get(at + 7)?);
                let known = matches!(channels, 1 | 3 | 4) && width > 0 && height > 0;
                return known.then_some((PictureKind::Jpeg { channels }, width, height, density));
            }
            0xDA => return None,
            _ => {}
        }
        at += length;
    }
}

/// SVG: the root element's size, in CSS pixels.
fn svg(bytes: &[u8]) -> Option<Header> {
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.find("<svg")?;
    let root = &text[start..start + text[start..].find('>')?];
    let attribute = |name: &str| {
        let at = root.find(&format!(" {name}=")).or_else(|| root.find(&format!("\n{name}=")))?;
        let rest = &root[at + name.len() + 2..];
        let quote = rest.chars().next()?;
        rest[1..].split(quote).next().map(str::to_owned)
    };
    let pixels = |value: String| {
        let at = value.find(|c: char| c.is_alphabetic() || c == '%').unwrap_or(value.len());
        let number: f64 = value[..at].trim().parse().ok()?;
        let factor = match &value[at..] {
            "" | "px" => 1.0,
            "pt" => 96.0 / 72.0,
            "in" => 96.0,
            "mm" => 96.0 / 25.4,
            "cm" => 96.0 / 2.54,
            _ => return None,
        };
        Some(number * factor)
    };
    let view: Vec<f64> = attribute("viewBox")
        .map(|view| view.split([' ', ',']).filter_map(|number| number.parse().ok()).collect())
        .unwrap_or_default();
    let width = attribute("width").and_then(pixels).or(view.get(2).copied())?;
    let height = attribute("height").and_then(pixels).or(view.get(3).copied())?;
    let side = |side: f64| (side.is_finite() && (1.0..100_000.0).contains(&side)).then(|| side.round() as u32);
    Some((PictureKind::Svg, side(width)?, side(height)?, Some(Density::per_inch(96))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Memory, Sources};

    #[test]
    fn an_svg_says_its_size() {
        let svg = br#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="3in" viewBox="0 0 300 200" height="2in"><g/></svg>"#;
        assert_eq!(header(svg), Some((PictureKind::Svg, 288, 192, Some(Density::per_inch(96)))));
    }

    #[test]
    fn a_picture_that_is_not_there_is_said_with_the_nearest_name() {
        let files = Memory::new().with("images/Map.png", b"no".to_vec());
        let mut sources = Sources::new();
        let span = Span::new(sources.add("a.md", "x".into()), 0, 1);
        let mut diagnostics = Diagnostics::new();
        let mut loader = Loader::new(&files);
        for path in ["images/map.png", "../map.png", "images/Map.png", "https://a.org/b.png"] {
            assert_eq!(loader.load(path, span, &mut diagnostics), None);
        }
        let said: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "there is no picture \"images/map.png\"",
                "\"../map.png\" leaves the manuscript folder",
                "\"images/Map.png\" is no picture that can be read",
                "a picture on the network is not fetched",
            ]
        );
    }

    #[test]
    fn headers_cut_short_are_no_pictures() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x06\0\0\0".to_vec();
        assert_eq!(header(&png), Some((PictureKind::Png { alpha: true }, 2, 3, None)));
        png.truncate(20);
        assert_eq!(header(&png), None);
        assert_eq!(header(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 16]), None);
    }
}
