//! Faces: the bundled ones, the manuscript's own and the machine's; which one sets what.
//!
//! A face is chosen by family, weight, slant and size (the optical size fits the size set, by the family's own table),
//! and character by character by coverage. Metrics come from the file; nothing is guessed.

mod bundled;
mod data;
pub(crate) mod find;
mod metrics;
mod scripts;
pub mod system;

use std::borrow::Cow;

use crate::language::Language;
use crate::units::Length;
pub use data::Data;
pub use metrics::Metrics;

/// A face in use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FaceId(pub u16);

impl FaceId {
    /// As an index into [`Fonts::faces`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a face comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// The manuscript's `fonts/`.
    Manuscript,
    /// In the binary.
    Bundled,
    /// The machine.
    System,
}

/// Where on one of its axes a face that varies is taken.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Variation {
    /// The axis: `wght`, `ital`.
    pub axis: [u8; 4],
    /// The place on it, in the axis's own measure.
    pub value: f32,
}

/// A face and what its file says.
#[derive(Clone, Debug)]
pub struct Face {
    /// The family's typographic name.
    pub family: String,
    /// The PostScript name.
    pub name: String,
    /// 100 to 900.
    pub weight: u16,
    /// Italic or oblique.
    pub italic: bool,
    /// How wide it is drawn, in per cent of the usual.
    pub stretch: u16,
    /// Where its file's axes are; empty for a file that does not vary.
    pub variations: Vec<Variation>,
    /// The sizes it is drawn for, in points: from this one up to below the second.
    pub optical: (f64, f64),
    /// Where it comes from.
    pub origin: Origin,
    /// The file.
    pub data: Data,
    /// Which face of a collection.
    pub index: u32,
    /// Its measures.
    pub metrics: Metrics,
    coverage: metrics::Coverage,
    /// The family's name, letters alone.
    key: String,
    /// What else it is called, letters alone: the family as old programs group it, its full and its PostScript name.
    called: Vec<String>,
}

impl Face {
    /// Reads a face file: one face, those of a collection, or of a file that varies one a weight. None when it is no
    /// such file, or has no Unicode map.
    pub fn read_all(data: &Data, origin: Origin) -> Vec<Face> {
        metrics::read_all(data, origin)
    }

    /// Whether a name that somebody wrote means it: its family's, or its own.
    pub fn is_called(&self, name: &str) -> bool {
        let name = metrics::letters(name);
        self.key == name || self.called.contains(&name)
    }

    /// Whether it has a glyph for a character.
    pub fn covers(&self, character: char) -> bool {
        self.coverage.covers(character)
    }

    /// Whether it draws a character as a language wants it. Chinese, Japanese and Korean share characters that each
    /// draws in its own way; a face whose family is named for another of them does not serve.
    pub fn serves(&self, character: char, language: &Language) -> bool {
        let shared = matches!(character as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF);
        if !shared {
            return true;
        }
        let of = ["SC", "TC", "HK", "JP", "KR"].into_iter().find(|of| self.family.ends_with(&format!(" {of}")));
        let Some(of) = of else { return true };
        let wanted: &[&str] = match (language.primary(), language.script(), language.region()) {
            ("ja", ..) => &["JP"],
            ("ko", ..) => &["KR"],
            ("zh" | "yue", _, Some("HK" | "MO")) => &["HK", "TC"],
            ("zh" | "yue", Some("Hant"), _) | ("zh" | "yue", None, Some("TW")) => &["TC"],
            ("zh" | "yue", ..) => &["SC"],
            _ => &["SC", "JP"],
        };
        wanted.contains(&of)
    }

    /// Whether a name begins with its family's: "Lato Bold" where there is Lato, but no bold.
    pub(crate) fn is_family_of(&self, name: &str) -> bool {
        let name = metrics::letters(name);
        name.len() > self.key.len() && name.starts_with(&self.key)
    }

    /// The family and the weight, as somebody would write it.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.family, metrics::weight_name(self.weight))
    }

    /// What a request asks for that the face is not. Bundled families are complete as far as recto asks for them.
    pub fn lacks(&self, request: Request<'_>) -> impl Iterator<Item = Cut> {
        let own = self.origin != Origin::Bundled;
        let italic = (own && request.italic && !self.italic).then_some(Cut::Italic);
        let bold = (own && request.weight >= 600 && self.weight < 550).then_some(Cut::Bold);
        italic.into_iter().chain(bold)
    }

    /// A length in font units at a size.
    pub fn scale(&self, units: i32, size: Length) -> Length {
        let units = i64::from(units);
        // A division by a number that is known is a multiplication, and this is done for every glyph.
        match self.metrics.units_per_em {
            1000 => size.scale(units, 1000),
            2048 => size.scale(units, 2048),
            other => size.scale(units, i64::from(other)),
        }
    }

    /// How wide a character is set by itself, in font units; `None` where the face has none.
    pub fn advance(&self, character: char) -> Option<i32> {
        metrics::advance(self, character)
    }

    /// How wide a space is at a size.
    pub fn space(&self, size: Length) -> Length {
        self.scale(self.metrics.space, size)
    }

    /// How high capitals are at a size.
    pub fn cap_height(&self, size: Length) -> Length {
        self.scale(self.metrics.cap_height, size)
    }
}

/// A cut that words may ask for and a family may lack.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Cut {
    /// Italic or oblique.
    Italic,
    /// Semibold or heavier.
    Bold,
}

/// What a style asks for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Request<'a> {
    /// The family's name.
    pub family: &'a str,
    /// 100 to 900.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// The size set.
    pub size: Length,
}

/// A bundled face that stands in for another of which only the kind is known.
#[cfg(feature = "raster")]
pub(crate) fn stand_in(serif: bool, mono: bool, bold: bool, italic: bool) -> &'static [u8] {
    bundled::stand_in(serif, mono, bold, italic)
}

/// A free family that has a character, as a language writes it.
pub(crate) fn free_family(character: char, language: &Language) -> &'static str {
    scripts::Script::of(character, language).family
}

/// All faces at hand, in order of preference: the manuscript's, the bundled, the machine's.
#[derive(Clone, Debug)]
pub struct Fonts {
    faces: Vec<Face>,
}

impl Fonts {
    /// The bundled faces, after the manuscript's own.
    pub fn new(own: Vec<Face>) -> Fonts {
        let mut faces = own;
        faces.extend(bundled::faces());
        Fonts { faces }
    }

    /// Adds a face of the machine, last in preference.
    pub fn add(&mut self, face: Face) -> FaceId {
        self.faces.push(face);
        FaceId(self.faces.len() as u16 - 1)
    }

    /// All faces; a [`FaceId`] indexes it.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// The face of an id that this value gave.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.index()]
    }

    /// Whether a family is at hand, or a face of that name.
    pub fn has_family(&self, family: &str) -> bool {
        self.faces.iter().any(|face| face.is_called(family))
    }

    /// The faces of a name that somebody wrote. A family is all its cuts; the name of one cut stands for that cut
    /// wherever the family would be asked, and its family supplies the other slant.
    fn meant(&self, name: &str) -> Meant<'_> {
        let key = metrics::letters(name);
        // Several cuts may share a name of their own, as "Garamond 12": the regular one stands for them.
        let called = || self.faces.iter().filter(|face| face.called.contains(&key));
        let own = || called().min_by_key(|face| (face.italic, face.weight.abs_diff(400)));
        match self.faces.iter().find(|face| face.key == key).is_none().then(own).flatten() {
            None => Meant { family: key.into(), weight: None, italic: false, stretch: 100 },
            Some(cut) => Meant {
                family: cut.key.as_str().into(),
                weight: Some(cut.weight).filter(|weight| *weight != 400),
                italic: cut.italic,
                stretch: cut.stretch,
            },
        }
    }

    /// The face that comes nearest: same family if there is one, then slant, width, weight and optical size.
    pub fn select(&self, request: Request<'_>) -> FaceId {
        let size = request.size.to_pt();
        let meant = self.meant(request.family);
        let key = metrics::letters(request.family);
        let named = self.faces.iter().all(|face| face.key != key);
        let distance = |face: &Face| {
            let family = u32::from(face.key != *meant.family);
            let slant = u32::from(face.italic != (request.italic || meant.italic)) * 1000;
            let slant = slant + u32::from(face.stretch.abs_diff(meant.stretch));
            let weight = u32::from(face.weight.abs_diff(meant.weight.unwrap_or(request.weight)));
            let (from, to) = face.optical;
            let optical = if size < from {
                ((from - size) * 1000.0) as u32 + 1
            } else if size >= to {
                ((size - to) * 1000.0) as u32 + 1
            } else {
                0
            };
            // Of cuts that are as near, one of that very name, if it is none of a family's.
            (family, slant, weight, named && !face.called.contains(&key), optical)
        };
        let best = (0..self.faces.len()).min_by_key(|&index| distance(&self.faces[index]));
        FaceId(best.unwrap_or(0) as u16)
    }

    /// About how wide some words are, without kerning: for who sets no lines. What the face has not is as wide as a
    /// letter of its script.
    pub fn width(&self, words: &str, request: Request<'_>) -> Length {
        let face = self.face(self.select(request));
        let wide = |character: char| match face.advance(character) {
            Some(units) => face.scale(units, request.size),
            None if character >= '\u{1100}' => request.size,
            None => request.size.scale(6, 10),
        };
        words.chars().map(wide).sum()
    }

    /// A face that has `character` as `language` draws it, the nearest to `like` in width, slant and weight; `None` when no
    /// face has it.
    pub fn fallback(&self, character: char, like: FaceId, language: &Language) -> Option<FaceId> {
        let wanted = self.face(like);
        (0..self.faces.len())
            .filter(|&index| self.faces[index].covers(character))
            .min_by_key(|&index| {
                let face = &self.faces[index];
                let slant = u32::from(face.italic != wanted.italic);
                let fixed = face.metrics.fixed != wanted.metrics.fixed;
                let foreign = !face.serves(character, language);
                (face.origin, foreign, fixed, slant, face.weight.abs_diff(wanted.weight), face.optical.0 as u32)
            })
            .map(|index| FaceId(index as u16))
    }
}

/// What a name that somebody wrote for a face comes to.
struct Meant<'a> {
    /// The family's name, letters alone.
    family: Cow<'a, str>,
    /// The weight of the one cut that is meant.
    weight: Option<u16>,
    /// Whether that cut leans.
    italic: bool,
    /// How wide it is.
    stretch: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(family: &str, weight: u16, italic: bool, size: f64) -> String {
        let fonts = Fonts::new(Vec::new());
        let id = fonts.select(Request { family, weight, italic, size: Length::pt(size) });
        fonts.face(id).name.clone()
    }

    #[test]
    fn the_cut_follows_the_size_set() {
        assert_eq!(name("Source Serif 4", 400, false, 8.6), "SourceSerif4Caption-Regular");
        assert_eq!(name("Source Serif 4", 400, false, 11.0), "SourceSerif4SmText-Regular");
        assert_eq!(name("Source Serif 4", 600, false, 26.0), "SourceSerif4Subhead-Semibold");
        assert_eq!(name("Source Serif 4", 600, false, 46.0), "SourceSerif4Display-Semibold");
        assert_eq!(name("Source Sans 3", 600, false, 13.0), "SourceSans3-Semibold");
        assert_eq!(name("Source Serif 4", 400, true, 10.2), "SourceSerif4SmText-It");
    }

    #[test]
    fn a_cut_is_found_by_each_of_its_names() {
        assert_eq!(name("source serif 4", 400, false, 14.0), "SourceSerif4-Regular");
        for semibold in ["Source Sans 3 Semibold", "SourceSans3-Semibold", "source sans 3 semibold"] {
            assert_eq!(name(semibold, 400, false, 10.0), "SourceSans3-Semibold");
            assert_eq!(name(semibold, 400, true, 10.0), "SourceSans3-SemiboldIt");
        }
        // The regular's own name is as good as the family's.
        assert_eq!(name("SourceSans3-Regular", 700, false, 10.0), "SourceSans3-Bold");
    }

    #[test]
    fn a_face_without_an_em_is_none() {
        let mut bytes = include_bytes!("../../fonts/source-sans-3/SourceSans3-Regular.otf").to_vec();
        let record = bytes.windows(4).position(|tag| tag == b"head").expect("it has a head");
        let head = u32::from_be_bytes(bytes[record + 8..record + 12].try_into().expect("four bytes")) as usize;
        bytes[head + 18..head + 20].copy_from_slice(&[0, 0]);
        assert!(Face::read_all(&bytes.into(), Origin::Manuscript).is_empty());
    }

    #[test]
    fn a_character_that_the_face_lacks_falls_back() {
        let fonts = Fonts::new(Vec::new());
        let mono =
            fonts.select(Request { family: "Source Code Pro", weight: 400, italic: false, size: Length::pt(9.0) });
        assert!(fonts.fallback('а', mono, &Language::english()).is_some());
        let text =
            fonts.select(Request { family: "Source Serif 4", weight: 400, italic: false, size: Length::pt(9.0) });
        let found = fonts.fallback('а', text, &Language::english()).map(|id| fonts.face(id).metrics.fixed);
        assert_eq!(found, Some(false), "what is set in letters of their own width goes on in such");
        assert_eq!(fonts.fallback('海', mono, &Language::english()), None);
    }
}
