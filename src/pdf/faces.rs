//! Faces: which glyphs the pages use, what each of them says, and the subsets that go into the file.
//!
//! A font of a PDF maps each glyph to one text. The text that a glyph stands for most often is its own; where it stands
//! for something else (a small capital for a capital, a hyphen that the setting put there), a second font of the same
//! program says so, its *voice*. What no map can say (several glyphs for one letter), the page contents say with an
//! `ActualText`; it is the last resort, since not every reader looks at it. Letters whose glyphs stand off their places
//! are shown piece by piece ([`pieces`]), with glyphs that are added to the subset ([`program`]).

pub(in crate::pdf) mod pieces;
mod program;
pub(in crate::pdf) mod said;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use skrifa::{FontRef, MetadataProvider};
use subsetter::GlyphRemapper;

use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::font::{Face, FaceId, Fonts};
use crate::page::{Glyph, MarkKind, Pages, TextRun};
use pieces::{Piece, Shown};
use program::Composite;
use said::{clusters, each, plain_byte, text_of};

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
    /// The numbers of the glyphs that were added.
    added: BTreeMap<Piece, u16>,
    /// What the face's file says.
    pub face: Face,
}

/// A glyph of a subset.
#[derive(Clone, Debug)]
pub(super) struct UsedGlyph {
    /// What it says in each voice; at least one.
    pub texts: Vec<String>,
    /// The same in the first voice if it is one byte, else 0.
    byte: u8,
    /// Its advance, in font units.
    pub width: i32,
}

/// So many maps a face may have.
pub(super) const VOICES: usize = 4;

impl UsedFace {
    /// Its name in resources in a voice.
    pub fn voice(&self, voice: usize) -> String {
        if voice == 0 { self.resource.clone() } else { format!("{}v{voice}", self.resource) }
    }

    /// How many voices it has.
    pub fn voices(&self) -> usize {
        self.glyphs.iter().map(|glyph| glyph.texts.len()).max().unwrap_or(1)
    }

    /// The subset's number for a glyph of the face.
    pub fn renumbered(&self, glyph: u16) -> u16 {
        self.renumbered.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// The voice in which a glyph of the face says a text, if it has one.
    pub fn speaks(&self, glyph: u16, text: &str) -> Option<usize> {
        self.glyph(self.renumbered(glyph))?.texts.iter().position(|known| same(known, text))
    }

    /// The voice in which a glyph that is a cluster of its own says its letters, if it has one.
    pub fn says(&self, run: &TextRun, glyph: &Glyph) -> Option<usize> {
        let known = self.glyph(self.renumbered(glyph.id))?;
        match plain_byte(run, glyph) {
            Some(byte) if byte == known.byte => Some(0),
            _ => {
                let text = text_of(run, std::slice::from_ref(glyph));
                known.texts.iter().position(|known| same(known, text))
            }
        }
    }

    /// The number in the subset and the voice of what shows a piece, if it has one.
    pub fn shows(&self, piece: &Piece) -> Option<(u16, usize)> {
        match (piece.plain(), self.added.get(piece)) {
            (_, Some(added)) => Some((*added, 0)),
            (Some(glyph), None) => Some((self.renumbered(glyph), self.speaks(glyph, &piece.text)?)),
            (None, None) => None,
        }
    }

    /// The clusters of a run as they are shown, where glyphs could be added; `None`: all as they stand.
    pub fn shown<'a>(&self, run: &'a TextRun) -> Option<Vec<Shown<'a>>> {
        if self.face.metrics.cff { None } else { pieces::shown(run, self.face.metrics.units_per_em) }
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
                            tally.run(run, fonts.face(run.face));
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
        let cut: Vec<Option<UsedFace>> = wanted
            .par_iter()
            .map(|at| cut(&fonts.faces()[*at], &tally.faces[*at], &tally.pieces[*at], format!("F{at}")))
            .collect();
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
    /// The glyphs that are to be added to each face.
    pieces: Vec<BTreeSet<Piece>>,
}

/// What a glyph said, and how often; empty while it was not used.
#[derive(Clone, Default)]
struct Said {
    used: bool,
    texts: Vec<(Box<str>, u32)>,
}

impl Said {
    fn add(&mut self, text: &str, times: u32) {
        match self.texts.iter_mut().find(|(known, _)| same(known, text)) {
            Some((_, count)) => *count += times,
            None => self.texts.push((text.into(), times)),
        }
    }

    /// What it said, the most frequent first; of two, the lesser.
    fn ranked(&self) -> Vec<String> {
        let mut texts: Vec<&(Box<str>, u32)> = self.texts.iter().collect();
        texts.sort_by(|(a, times), (b, more)| more.cmp(times).then_with(|| a.cmp(b)));
        texts.into_iter().take(VOICES).map(|(text, _)| text.to_string()).collect()
    }
}

impl Tally {
    fn new(faces: usize) -> Tally {
        Tally { faces: vec![Vec::new(); faces], pieces: vec![BTreeSet::new(); faces] }
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

    fn run(&mut self, run: &TextRun, face: &Face) {
        let shown = if face.metrics.cff { None } else { pieces::shown(run, face.metrics.units_per_em) };
        match shown {
            None => self.clusters(run, clusters(&run.glyphs)),
            Some(shown) => {
                for shown in shown {
                    match shown {
                        Shown::Whole(cluster) => self.clusters(run, std::iter::once(cluster)),
                        Shown::Apart(_, pieces) => {
                            pieces.into_iter().for_each(|(piece, _)| self.piece(run.face, piece))
                        }
                    }
                }
            }
        }
    }

    fn piece(&mut self, face: FaceId, piece: Piece) {
        let times = u32::from(piece.plain().is_some());
        for part in &piece.parts {
            self.said(face, part.glyph).add(&piece.text, times);
        }
        self.pieces[face.index()].insert(piece);
    }

    fn clusters<'a>(&mut self, run: &TextRun, clusters: impl Iterator<Item = &'a [Glyph]>) {
        for cluster in clusters {
            if let [glyph] = cluster {
                let said = self.said(run.face, glyph.id);
                if let (Some(byte), Some((known, times))) = (plain_byte(run, glyph), said.texts.first_mut())
                    && known.as_bytes() == [byte]
                {
                    *times += 1;
                    continue;
                }
                let text = text_of(run, cluster);
                if !text.is_empty() {
                    said.add(text, 1);
                }
                continue;
            }
            for glyph in cluster {
                self.said(run.face, glyph.id);
            }
            each(run, cluster, |glyph, text| self.said(run.face, glyph.id).add(text, 1));
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
        for (mine, pieces) in self.pieces.iter_mut().zip(other.pieces) {
            mine.extend(pieces);
        }
        self
    }
}

/// Whether two texts of a glyph are the same. They are of one letter nearly always, and there are millions of them: to
/// call for a comparison of memory would cost more than to compare.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().eq(other.bytes())
}

fn cut(face: &Face, said: &[Said], pieces: &BTreeSet<Piece>, resource: String) -> Option<UsedFace> {
    let mut remapper = GlyphRemapper::new();
    let mut renumbered = vec![0; said.len()];
    let mut glyphs = Vec::new();
    let font = FontRef::from_index(&face.data, face.index).ok()?;
    let location = font.axes().location(face.variations.iter().map(|at| (skrifa::Tag::new(&at.axis), at.value)));
    let metrics = font.glyph_metrics(skrifa::instance::Size::unscaled(), &location);
    let mut reverse = None;
    for (glyph, said) in said.iter().enumerate().filter(|(glyph, said)| said.used && *glyph > 0) {
        renumbered[glyph] = remapper.remap(glyph as u16);
        let width = metrics.advance_width(skrifa::GlyphId::new(glyph as u32)).unwrap_or(0.0).round() as i32;
        let mut texts = said.ranked();
        if texts.is_empty() {
            let own = reverse.get_or_insert_with(|| reversed(&font)).get(&(glyph as u32)).copied();
            texts.push(own.unwrap_or('\u{FFFD}').to_string());
        }
        let byte = if let [byte] = texts[0].as_bytes() { *byte } else { 0 };
        glyphs.push(UsedGlyph { texts, byte, width });
    }
    if !face.variations.is_empty() && !can_be_cut(&font, &location, said) {
        return None;
    }
    // A face that varies is put in as the one that was set: its outlines as they are at that place.
    let places: Vec<(subsetter::Tag, f32)> =
        face.variations.iter().map(|at| (subsetter::Tag::new(&at.axis), at.value)).collect();
    let program = subsetter::subset_with_variations(&face.data, face.index, &places, &remapper).ok()?;
    let (program, added) = added(program, &mut glyphs, &renumbered, pieces, face);
    let base_name = format!("{}+{}", tag(&program), face.name);
    Some(UsedFace { resource, base_name, program, glyphs, renumbered, added, face: face.clone() })
}

/// A subset with the glyphs that show pieces, and their numbers; as it is where no glyph can be added.
fn added(
    program: Vec<u8>,
    glyphs: &mut Vec<UsedGlyph>,
    renumbered: &[u16],
    pieces: &BTreeSet<Piece>,
    face: &Face,
) -> (Vec<u8>, BTreeMap<Piece, u16>) {
    if pieces.is_empty() {
        return (program, BTreeMap::new());
    }
    let hair = i32::from(pieces::hair(face.metrics.units_per_em));
    let number = |glyph: u16| renumbered.get(usize::from(glyph)).copied().unwrap_or(0);
    let width = |glyph: u16| glyphs.get(usize::from(number(glyph)).wrapping_sub(1)).map_or(0, |known| known.width);
    let made = |piece: &Piece| {
        let given = piece.width.map(i32::from);
        let own: i32 = piece.parts.iter().filter(|part| part.advances).map(|part| width(part.glyph)).sum();
        let advance = if piece.is_hair() { hair } else { given.unwrap_or(own).clamp(0, i32::from(i16::MAX)) };
        let parts = piece.parts.iter().map(|part| (number(part.glyph), part.x, part.y)).collect();
        Composite { parts, advance: advance as u16 }
    };
    // What a glyph says most often it says itself; for all else a copy of it is added, so that a word is of one font.
    let itself = |piece: &Piece| {
        let usual = |glyph: u16| glyphs.get(usize::from(number(glyph)).wrapping_sub(1)).and_then(|it| it.texts.first());
        piece.plain().and_then(usual).is_some_and(|usual| **usual == *piece.text)
    };
    let pieces: Vec<&Piece> = pieces.iter().filter(|piece| !itself(piece)).collect();
    let composites: Vec<Composite> = pieces.iter().map(|piece| made(piece)).collect();
    let made = program::with_composites(&program, &composites);
    let Some((more, first)) = made.filter(|(_, first)| usize::from(*first) > glyphs.len()) else {
        return (program, BTreeMap::new());
    };
    // A subset has glyphs that are never shown, of which others are made.
    glyphs.resize(usize::from(first) - 1, UsedGlyph { texts: vec![" ".to_owned()], byte: b' ', width: 0 });
    let mut numbers = BTreeMap::new();
    for (piece, composite) in pieces.into_iter().zip(composites) {
        let text = piece.text.to_string();
        glyphs.push(UsedGlyph { texts: vec![text], byte: 0, width: i32::from(composite.advance) });
        numbers.insert(piece.clone(), glyphs.len() as u16);
    }
    (more, numbers)
}

/// Whether the outlines of the glyphs that are used lie, at a place on their axes, within what a glyph's record can say:
/// its points are counted from each other in two bytes. Those of a damaged file may lie anywhere.
fn can_be_cut(font: &FontRef<'_>, location: &skrifa::instance::Location, said: &[Said]) -> bool {
    let outlines = font.outline_glyphs();
    let unscaled = skrifa::instance::Size::unscaled();
    said.iter().enumerate().filter(|(_, said)| said.used).all(|(glyph, _)| {
        let Some(outline) = outlines.get(skrifa::GlyphId::new(glyph as u32)) else { return true };
        let mut reach = Reach::default();
        let settings = skrifa::outline::DrawSettings::unhinted(unscaled, location);
        outline.draw(settings, &mut reach).is_ok() && reach.0 < 16_000.0
    })
}

/// How far from the origin an outline reaches.
#[derive(Default)]
struct Reach(f32);

impl Reach {
    fn at(&mut self, places: &[f32]) {
        self.0 = places.iter().fold(self.0, |reach, place| reach.max(place.abs()));
    }
}

impl skrifa::outline::OutlinePen for Reach {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at(&[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at(&[x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.at(&[cx, cy, x, y]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.at(&[ax, ay, bx, by, x, y]);
    }

    fn close(&mut self) {}
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
        Glyph::new(id, crate::units::Length::ZERO, crate::units::Point::default(), start..end)
    }

    #[test]
    fn glyphs_of_one_cluster_stand_together_and_hyphens_alone() {
        let hyphen = glyph(9, 3, 3).soft();
        let glyphs = [glyph(1, 0, 1), glyph(2, 1, 3), glyph(3, 1, 3), hyphen];
        let sizes: Vec<usize> = clusters(&glyphs).map(<[Glyph]>::len).collect();
        assert_eq!(sizes, [1, 2, 1]);
    }

    #[test]
    fn a_letter_and_its_mark_speak_for_themselves_and_two_glyphs_of_one_letter_do_not() {
        let run = |glyphs: Vec<Glyph>| TextRun {
            face: FaceId(0),
            size: crate::units::Length::pt(10.0),
            colour: crate::units::Colour::BLACK,
            origin: crate::units::Point::default(),
            expansion: 1000,
            text: "e\u{301}x".into(),
            glyphs,
            span: None,
        };
        let marked = run(vec![glyph(1, 0, 3), glyph(2, 0, 3)]);
        let mut said = Vec::new();
        assert!(each(&marked, &marked.glyphs, |glyph, text| said.push((glyph.id, text))));
        assert_eq!(said, [(1, "e"), (2, "\u{301}")]);
        let arabic = TextRun { text: "\u{631}\u{64b}".into(), ..run(vec![glyph(1, 0, 4), glyph(2, 0, 4)]) };
        let mut said = Vec::new();
        assert!(each(&arabic, &arabic.glyphs, |glyph, text| said.push((glyph.id, text))));
        assert_eq!(said, [(1, "\u{64b}"), (2, "\u{631}")], "the mark is painted first");
        let hindi = TextRun { text: "द्वा".into(), ..run(vec![glyph(1, 0, 12), glyph(2, 0, 12)]) };
        let mut said = Vec::new();
        assert!(each(&hindi, &hindi.glyphs, |glyph, text| said.push((glyph.id, text))));
        assert_eq!(said, [(1, "द्व"), (2, "ा")], "letters that grew together stand before their vowel");
        let parted = run(vec![glyph(1, 3, 4), glyph(2, 3, 4)]);
        assert!(!each(&parted, &parted.glyphs, |_, _| {}));
    }

    #[test]
    fn glyphs_are_added_after_all_that_the_file_has() {
        let file: &[u8] = include_bytes!("../../tests/fonts/Inter-few-letters.ttf");
        let face = Face::read_all(&file.to_vec().into(), crate::font::Origin::Manuscript).remove(0);
        let used = UsedGlyph { texts: vec!["a".to_owned()], byte: b'a', width: 500 };
        let mut glyphs = vec![used.clone(), used];
        let part = pieces::Part { glyph: 2, x: 30, y: 0, advances: false };
        let piece = Piece { parts: vec![part], width: None, text: "\u{301}".into() };
        let (_, numbers) = added(file.to_vec(), &mut glyphs, &[0, 1, 2], &BTreeSet::from([piece]), &face);
        // One after those that the file has, whether the pages show them or not.
        assert_eq!(numbers.into_values().collect::<Vec<_>>(), [face.metrics.glyphs]);
        assert_eq!(glyphs.len(), usize::from(face.metrics.glyphs));
    }

    #[test]
    fn a_glyph_says_what_it_said_most_often() {
        let mut said = Said::default();
        said.add("A", 1);
        said.add("a", 2);
        said.add("á", 2);
        assert_eq!(said.ranked(), ["a", "á", "A"]);
    }
}
