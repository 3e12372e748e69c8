//! Shape: words become glyphs, with kerning, ligatures and the features that their style asks for.
//!
//! Words are shaped whole and remembered by face, features, language and direction: prose repeats itself.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use harfrust::{Buffer, Direction, Feature, Font, ShapeOptions, ShapePlan, ShaperFont, Tag};

use super::collect::Features;
use super::glyphs::{Shaped, ShapedGlyph};
use super::words::{Manner, Word, Words};
use crate::font::{FaceId, Fonts};
use crate::language::Language;

/// What a remembered word depends on beside its letters.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Kind {
    face: FaceId,
    features: Features,
    right_to_left: bool,
    language: Language,
}

/// What one thread remembers of one set of faces.
#[derive(Default)]
struct Memory {
    shaper: u64,
    fonts: HashMap<FaceId, Option<Font>>,
    plans: HashMap<(Kind, Option<harfrust::Script>), ShapePlan>,
    words: HashMap<Kind, HashMap<Box<str>, Shaped>>,
    plain: Words,
    buffer: Option<Buffer>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::new(Memory::default());
}

/// Shapes words with a set of faces.
pub(crate) struct Shaper {
    id: u64,
    /// What has a number of its own.
    manners: Mutex<Vec<Manner>>,
    /// The plain words that any thread has met; each thread asks for a word once.
    plain: Mutex<Words>,
}

impl Shaper {
    /// One for a set of faces; a thread forgets what it remembers of another.
    pub fn new() -> Shaper {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Shaper { id, manners: Mutex::default(), plain: Mutex::default() }
    }

    /// What this thread remembers of these faces.
    fn with<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        MEMORY.with_borrow_mut(|memory| {
            if memory.shaper != self.id {
                *memory = Memory { shaper: self.id, ..Memory::default() };
            }
            work(memory)
        })
    }

    /// The number of a manner of plain words.
    pub(super) fn manner(&self, manner: Manner) -> usize {
        let mut manners = self.manners.lock().unwrap_or_else(PoisonError::into_inner);
        match manners.iter().position(|known| *known == manner) {
            Some(at) => at,
            None => {
                manners.push(manner);
                manners.len() - 1
            }
        }
    }

    /// A plain word as items, made when it is first met; `None` when it is not of one face.
    pub(super) fn plain(&self, manner: usize, letters: &str, make: impl FnOnce() -> Option<Word>) -> Option<Arc<Word>> {
        match self.with(|memory| memory.plain.find(manner, letters)) {
            Some(known) => known,
            None => {
                let shared = || self.plain.lock().unwrap_or_else(PoisonError::into_inner);
                let met = shared().find(manner, letters);
                let word = met.unwrap_or_else(|| {
                    let word = make().map(Arc::new);
                    shared().keep(manner, letters, word.clone());
                    word
                });
                self.with(|memory| memory.plain.keep(manner, letters, word.clone()));
                word
            }
        }
    }

    /// The glyphs of a word in one face.
    pub fn shape(
        &self,
        fonts: &Fonts,
        face: FaceId,
        features: Features,
        right_to_left: bool,
        language: &Language,
        word: &str,
    ) -> Shaped {
        self.with(|memory| {
            let kind = Kind { face, features, right_to_left, language: language.clone() };
            if let Some(shaped) = memory.words.get(&kind).and_then(|words| words.get(word)) {
                return Arc::clone(shaped);
            }
            let shaped: Shaped = Arc::new(memory.shape(fonts, &kind, word).into());
            memory.words.entry(kind).or_default().insert(word.into(), Arc::clone(&shaped));
            shaped
        })
    }
}

impl Memory {
    fn shape(&mut self, fonts: &Fonts, kind: &Kind, word: &str) -> Vec<ShapedGlyph> {
        let font = self.fonts.entry(kind.face).or_insert_with(|| {
            let face = fonts.face(kind.face);
            let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(face.data.clone());
            let font = Font::new(data, face.index)?;
            let places = face.variations.iter().map(|at| (Tag::new(&at.axis), at.value));
            if face.variations.is_empty() {
                Some(font)
            } else {
                Some(font.instance_builder().variations(places).build())
            }
        });
        let Some(font) = font else { return Vec::new() };
        let shaper = ShaperFont::new(font);
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.clear();
        buffer.push_str(word);
        buffer.set_language(harfrust::Language::new(kind.language.tag()));
        buffer.guess_segment_properties();
        buffer.set_direction(if kind.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        let mut features = features(kind.features);
        let halves = halves(word);
        if !halves.is_empty() {
            let half = |range: &Range<usize>| Feature::new(Tag::new(b"halt"), 1, range.clone());
            features.extend(halves.iter().map(half));
            let language = harfrust::Language::new(kind.language.tag());
            let plan = ShapePlan::new(font, buffer.direction(), buffer.script(), language.as_ref(), &features);
            let options = ShapeOptions::new().plan(Some(&plan)).features(&features);
            let shaped = harfrust::shape(&shaper, &mut buffer, options).map(|()| glyphs(&buffer, word));
            self.buffer = Some(buffer);
            return shaped.unwrap_or_default();
        }
        let plan = self.plans.entry((kind.clone(), buffer.script())).or_insert_with(|| {
            let language = harfrust::Language::new(kind.language.tag());
            ShapePlan::new(font, buffer.direction(), buffer.script(), language.as_ref(), &features)
        });
        let options = ShapeOptions::new().plan(Some(plan)).features(&features);
        let shaped = match harfrust::shape(&shaper, &mut buffer, options) {
            Ok(()) => glyphs(&buffer, word),
            Err(_) => Vec::new(),
        };
        self.buffer = Some(buffer);
        shaped
    }
}

/// Marks that open, in scripts of square letters.
pub(super) fn opens(letter: char) -> bool {
    matches!(letter, '（' | '「' | '『' | '【' | '《' | '〈' | '〔' | '［' | '｛' | '〖' | '“' | '‘')
}

/// Which marks of Chinese and Japanese stand in half a square, since another mark is beside their empty half (JLREQ 3.1.4,
/// CLREQ 3.1.6.2): all but the last of some that close, all but the first of some that open, and what closes before what
/// opens.
fn halves(word: &str) -> Vec<Range<usize>> {
    let closes = |letter: char| {
        matches!(
            letter,
            '）' | '」'
                | '』'
                | '】'
                | '》'
                | '〉'
                | '〕'
                | '］'
                | '｝'
                | '〗'
                | '”'
                | '’'
                | '、'
                | '。'
                | '，'
                | '．'
        )
    };
    if word.is_ascii() || !word.chars().any(|letter| letter >= '\u{2e80}') {
        return Vec::new();
    }
    let mut halves = Vec::new();
    let mut before: Option<(usize, char)> = None;
    for (at, letter) in word.char_indices() {
        if let Some((start, last)) = before {
            if closes(last) && (closes(letter) || opens(letter)) {
                halves.push(start..at);
            } else if opens(last) && opens(letter) {
                halves.push(at..at + letter.len_utf8());
            }
        }
        before = Some((at, letter));
    }
    halves
}

fn glyphs(buffer: &Buffer, word: &str) -> Vec<ShapedGlyph> {
    let infos = buffer.glyph_infos();
    let mut starts: Vec<u32> = infos.iter().map(|info| info.cluster).collect();
    starts.sort_unstable();
    starts.dedup();
    let end = |start: u32| {
        let next = starts.partition_point(|other| *other <= start);
        starts.get(next).copied().unwrap_or(word.len() as u32)
    };
    infos
        .iter()
        .zip(buffer.glyph_positions())
        .map(|(info, position)| ShapedGlyph {
            id: info.glyph_id as u16,
            advance: position.x_advance,
            x: position.x_offset,
            y: position.y_offset,
            start: info.cluster,
            end: end(info.cluster),
        })
        .collect()
}

fn features(wanted: Features) -> Vec<Feature> {
    let named: [(Features, &[u8; 4]); 5] = [
        (Features::OLD_STYLE, b"onum"),
        (Features::LINING, b"lnum"),
        (Features::TABULAR, b"tnum"),
        (Features::SMALL_CAPS, b"smcp"),
        (Features::CAPS_TO_SMALL, b"c2sc"),
    ];
    let mut all: Vec<Feature> = named
        .iter()
        .filter(|(feature, _)| wanted.has(*feature))
        .map(|(_, tag)| Feature::new(Tag::new(tag), 1, ..))
        .collect();
    if wanted.has(Features::PLAIN) {
        all.push(Feature::new(Tag::new(b"liga"), 0, ..));
        all.push(Feature::new(Tag::new(b"calt"), 0, ..));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::halves;

    #[test]
    fn marks_beside_marks_stand_in_half_a_square() {
        let halved = |word: &str| halves(word).into_iter().map(|range| word[range].to_owned()).collect::<String>();
        assert_eq!(halved("（「水」）、と"), "「」）");
        assert_eq!(halved("水。「火」"), "。");
        assert_eq!(halved("（“应付金额”），期限"), "“”）");
        assert_eq!(halved("水、火。"), "");
        assert_eq!(halved("(‘x’), y"), "");
    }
}
