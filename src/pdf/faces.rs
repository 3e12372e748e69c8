//! Faces: which glyphs the pages use, what each of them says, and the subsets that go into the file.
//!
//! A PDF maps each glyph of a face to one text for the whole document. The text that a glyph stands for most often is
//! its own; where it stands for something else (a small capital for a capital, a hyphen that the setting put there),
//! the page contents say so with an `ActualText`.

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use skrifa::{FontRef, MetadataProvider};
use subsetter::GlyphRemapper;

use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::font::{Face, FaceId, Fonts};
use crate::page::{Glyph, MarkKind, Pages, TextRun};

/// The faces that a document uses.
#[derive(Debug)]
pub(super) struct Faces {
    /// In the order of their ids.
    pub used: Vec<UsedFace>,
    /// Into `used`, by [`FaceId`].
    places: Vec<Option<usize>>,
}

/// A face that a document uses, cut down to the glyphs that it uses.
#[derive(Debug)]
pub(super) struct UsedFace {
    /// Its name in resources.
    pub resource: String,
    /// Its PostScript name with the tag of the subset.
    pub base_name: String,
    /// The subset's file.
    pub program: Vec<u8>,
    /// The subset's glyphs, from 1.
    pub glyphs: Vec<UsedGlyph>,
    /// From the face's glyphs to the subset's; 0 where it has none.
    renumbered: Vec<u16>,
    /// What the face's file says.
    pub face: Face,
}

/// A glyph of a subset.
#[derive(Clone, Debug)]
pub(super) struct UsedGlyph {
    /// What it says, unless the page says otherwise.
    pub text: String,
    /// Its advance, in font units.
    pub width: i32,
}

impl UsedFace {
    /// The subset's number for a glyph of the face.
    pub fn renumbered(&self, glyph: u16) -> u16 {
        self.renumbered.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// What is known of a glyph of the subset; `None` for glyph 0.
    pub fn glyph(&self, renumbered: u16) -> Option<&UsedGlyph> {
        self.glyphs.get(usize::from(renumbered).checked_sub(1)?)
    }
}

impl Faces {
    /// The face of an id, if the pages use it.
    pub fn get(&self, id: FaceId) -> Option<&UsedFace> {
        self.used.get((*self.places.get(id.index())?)?)
    }

    /// Collects what the pages use and cuts the faces down to it.
    pub fn collect(pages: &Pages, fonts: &Fonts, diagnostics: &mut Diagnostics) -> Result<Faces, Reported> {
        let count = fonts.faces().len();
        let tally = pages
            .pages
            .par_chunks(16)
            .fold(
                || Tally::new(count),
                |mut tally, pages| {
                    let marks = pages.iter().flat_map(|page| &page.marks);
                    for mark in marks {
                        if let MarkKind::Text(run) = &mark.kind {
                            tally.run(run);
                        }
                    }
                    tally
                },
            )
            .reduce(|| Tally::new(count), Tally::merge);
        let mut places = vec![None; count];
        let wanted: Vec<usize> = (0..count).filter(|at| !tally.faces[*at].is_empty()).collect();
        for (place, at) in wanted.iter().enumerate() {
            places[*at] = Some(place);
        }
        let cut: Vec<Option<UsedFace>> =
            wanted.par_iter().map(|at| cut(&fonts.faces()[*at], &tally.faces[*at], format!("F{at}"))).collect();
        let mark = diagnostics.len();
        let mut used = Vec::with_capacity(cut.len());
        for (face, at) in cut.into_iter().zip(wanted) {
            match face {
                Some(face) => used.push(face),
                None => diagnostics.report(
                    Diagnostic::new(
                        &lints::UNREADABLE_FILE,
                        format!("the face {} cannot be put into a PDF", fonts.faces()[at].name),
                    )
                    .hint("use an OpenType file with TrueType or CFF outlines"),
                ),
            }
        }
        diagnostics.unless_errors_since(mark, Faces { used, places })
    }
}

/// The texts of the glyphs of each face, with how often each was seen.
struct Tally {
    faces: Vec<Vec<Said>>,
}

/// What a glyph said, and how often; empty while it was not used.
#[derive(Clone, Default)]
struct Said {
    used: bool,
    texts: Vec<(Box<str>, u32)>,
}

impl Said {
    fn add(&mut self, text: &str, times: u32) {
        match self.texts.iter_mut().find(|(known, _)| **known == *text) {
            Some((_, count)) => *count += times,
            None => self.texts.push((text.into(), times)),
        }
    }

    /// The text that it said most often; of two, the lesser.
    fn usual(&self) -> Option<&str> {
        self.texts
            .iter()
            .max_by(|(a, times), (b, more)| times.cmp(more).then_with(|| b.cmp(a)))
            .map(|(text, _)| text.as_ref())
    }
}

impl Tally {
    fn new(faces: usize) -> Tally {
        Tally { faces: vec![Vec::new(); faces] }
    }

    fn said(&mut self, face: FaceId, glyph: u16) -> &mut Said {
        let said = &mut self.faces[face.index()];
        let at = usize::from(glyph);
        if said.len() <= at {
            said.resize(at + 1, Said::default());
        }
        said[at].used = true;
        &mut said[at]
    }

    fn run(&mut self, run: &TextRun) {
        for cluster in clusters(&run.glyphs) {
            for glyph in cluster {
                self.said(run.face, glyph.id);
            }
            if let ([glyph], Some(text)) = (cluster, text_of(run, cluster)) {
                self.said(run.face, glyph.id).add(text, 1);
            }
        }
    }

    fn merge(mut self, other: Tally) -> Tally {
        for (face, said) in other.faces.into_iter().enumerate() {
            for (glyph, said) in said.into_iter().enumerate().filter(|(_, said)| said.used) {
                let mine = self.said(FaceId(face as u16), glyph as u16);
                for (text, times) in said.texts {
                    mine.add(&text, times);
                }
            }
        }
        self
    }
}

/// Glyphs that stand for the same letters, together.
pub(super) fn clusters(glyphs: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    glyphs.chunk_by(|a, b| !a.soft_hyphen && !b.soft_hyphen && (a.start, a.end) == (b.start, b.end))
}

/// What a cluster says: `None` when it says nothing that a face's map could say.
pub(super) fn text_of<'a>(run: &'a TextRun, cluster: &[Glyph]) -> Option<&'a str> {
    let first = cluster.first()?;
    if first.soft_hyphen {
        return None;
    }
    run.text.get(first.start as usize..first.end as usize).filter(|text| !text.is_empty())
}

fn cut(face: &Face, said: &[Said], resource: String) -> Option<UsedFace> {
    let mut remapper = GlyphRemapper::new();
    let mut renumbered = vec![0; said.len()];
    let mut glyphs = Vec::new();
    let font = FontRef::from_index(&face.data, face.index).ok()?;
    let metrics = font.glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
    let mut reverse = None;
    for (glyph, said) in said.iter().enumerate().filter(|(glyph, said)| said.used && *glyph > 0) {
        renumbered[glyph] = remapper.remap(glyph as u16);
        let width = metrics.advance_width(skrifa::GlyphId::new(glyph as u32)).unwrap_or(0.0) as i32;
        let text = match said.usual() {
            Some(text) => text.to_owned(),
            None => reverse
                .get_or_insert_with(|| reversed(&font))
                .get(&(glyph as u32))
                .map_or("\u{FFFD}".to_owned(), char::to_string),
        };
        glyphs.push(UsedGlyph { text, width });
    }
    let program = subsetter::subset(&face.data, face.index, &remapper).ok()?;
    let base_name = format!("{}+{}", tag(&program), face.name);
    Some(UsedFace { resource, base_name, program, glyphs, renumbered, face: face.clone() })
}

/// The character of each glyph by the face's own map, for glyphs that never stand alone.
fn reversed(font: &FontRef<'_>) -> std::collections::BTreeMap<u32, char> {
    font.charmap().mappings().filter_map(|(code, glyph)| Some((glyph.to_u32(), char::from_u32(code)?))).collect()
}

/// Six capitals that name a subset (ISO 32000-1, 9.6.4), made from what is in it.
fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(id: u16, start: u32, end: u32) -> Glyph {
        Glyph {
            id,
            advance: crate::units::Length::ZERO,
            shift: crate::units::Point::default(),
            start,
            end,
            soft_hyphen: false,
        }
    }

    #[test]
    fn glyphs_of_one_cluster_stand_together_and_hyphens_alone() {
        let hyphen = Glyph { soft_hyphen: true, ..glyph(9, 3, 3) };
        let glyphs = [glyph(1, 0, 1), glyph(2, 1, 3), glyph(3, 1, 3), hyphen];
        let sizes: Vec<usize> = clusters(&glyphs).map(<[Glyph]>::len).collect();
        assert_eq!(sizes, [1, 2, 1]);
    }

    #[test]
    fn a_glyph_says_what_it_said_most_often() {
        let mut said = Said::default();
        said.add("A", 1);
        said.add("a", 2);
        said.add("á", 2);
        assert_eq!(said.usual(), Some("a"));
    }
}
