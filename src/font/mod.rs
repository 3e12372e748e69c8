//! Faces: the bundled ones, the manuscript's own and the machine's; which one sets what.
//!
//! A face is chosen by family, weight, slant and size (the optical size fits the size set, by the family's own table),
//! and character by character by coverage. Metrics come from the file; nothing is guessed.

mod bundled;
pub(crate) mod find;
mod metrics;
pub mod system;

use std::sync::Arc;

use crate::language::Language;
use crate::units::Length;
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
    /// The sizes it is drawn for, in points: from this one up to below the second.
    pub optical: (f64, f64),
    /// Where it comes from.
    pub origin: Origin,
    /// The file.
    pub data: Arc<[u8]>,
    /// Which face of a collection.
    pub index: u32,
    /// Its measures.
    pub metrics: Metrics,
    coverage: metrics::Coverage,
}

impl Face {
    /// Reads a face file; `None` when it is none, or has no Unicode map.
    pub fn read(data: Arc<[u8]>, index: u32, origin: Origin) -> Option<Face> {
        metrics::read(data, index, origin)
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

    /// How wide a space is at a size.
    pub fn space(&self, size: Length) -> Length {
        self.scale(self.metrics.space, size)
    }

    /// How high capitals are at a size.
    pub fn cap_height(&self, size: Length) -> Length {
        self.scale(self.metrics.cap_height, size)
    }
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

    /// Whether a family is at hand.
    pub fn has_family(&self, family: &str) -> bool {
        self.faces.iter().any(|face| face.family.eq_ignore_ascii_case(family))
    }

    /// The face that comes nearest: same family if there is one, then slant, weight and optical size.
    pub fn select(&self, request: Request<'_>) -> FaceId {
        let size = request.size.to_pt();
        let distance = |face: &Face| {
            let family = u32::from(!face.family.eq_ignore_ascii_case(request.family));
            let slant = u32::from(face.italic != request.italic);
            let weight = u32::from(face.weight.abs_diff(request.weight));
            let (from, to) = face.optical;
            let optical = if size < from {
                ((from - size) * 1000.0) as u32 + 1
            } else if size >= to {
                ((size - to) * 1000.0) as u32 + 1
            } else {
                0
            };
            (family, slant, weight, optical)
        };
        let best = (0..self.faces.len()).min_by_key(|&index| distance(&self.faces[index]));
        FaceId(best.unwrap_or(0) as u16)
    }

    /// A face that has `character` as `language` draws it, the nearest to `like` in slant and weight; `None` when no
    /// face has it.
    pub fn fallback(&self, character: char, like: FaceId, language: &Language) -> Option<FaceId> {
        let wanted = self.face(like);
        (0..self.faces.len())
            .filter(|&index| self.faces[index].covers(character))
            .min_by_key(|&index| {
                let face = &self.faces[index];
                let slant = u32::from(face.italic != wanted.italic);
                let foreign = !face.serves(character, language);
                (face.origin, foreign, slant, face.weight.abs_diff(wanted.weight), face.optical.0 as u32)
            })
            .map(|index| FaceId(index as u16))
    }
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
    fn a_character_that_the_face_lacks_falls_back() {
        let fonts = Fonts::new(Vec::new());
        let mono =
            fonts.select(Request { family: "Source Code Pro", weight: 400, italic: false, size: Length::pt(9.0) });
        assert!(fonts.fallback('а', mono, &Language::english()).is_some());
        assert_eq!(fonts.fallback('海', mono, &Language::english()), None);
    }
}
