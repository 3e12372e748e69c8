//! Line: what the kernel chose, as runs of glyphs at their places.

use std::ops::Range;

use super::glyphs::{Shaped, ShapedGlyph};
use super::items::{is_ideographic, is_square};
use super::material::{Atom, AtomKind, Material};
use super::{SetParagraph, Setter};
use crate::book::PictureSize;
use crate::font::FaceId;
use crate::layout::linebreak::{self, Item};
use crate::page::{Artifact, Glyph, Mark, MarkKind, Owner, TextRun};
use crate::theme::Alignment;
use crate::units::{Length, Point, Rect};

/// So many places take an em at most.
const MOST_SPREAD: i64 = 14;

/// A line: the baseline is at zero, the start of the measure too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// From left to right.
    pub runs: Vec<PlacedRun>,
    /// Pictures in the line.
    pub pictures: Vec<PlacedPicture>,
    /// Rules through struck words.
    pub rules: Vec<Mark>,
}

/// A run and what stands around it.
#[derive(Clone, Debug)]
pub(crate) struct PlacedRun {
    /// The glyphs.
    pub run: TextRun,
    /// Into the contexts of its text.
    pub context: Option<usize>,
    /// Its place in reading order.
    pub order: usize,
}

/// A picture and what stands around it.
#[derive(Clone, Debug)]
pub(crate) struct PlacedPicture {
    /// It.
    pub mark: Mark,
    /// Where it stands.
    pub rect: Rect,
    /// What stands for it; `None` when it is decorative.
    pub alt: Option<String>,
    /// Into the contexts of its text.
    pub context: Option<usize>,
}

/// Runs that are being filled.
struct Open {
    run: usize,
    face: FaceId,
    level: u8,
    text: String,
    glyphs: Vec<Glyph>,
    origin: Point,
    order: usize,
}

impl Setter<'_> {
    /// Places a line of a length.
    pub fn line(&self, set: &SetParagraph, variant: usize, number: usize) -> Line {
        let broken = &set.variants[variant].lines[number];
        Placer {
            setter: self,
            set,
            material: &set.material,
            broken,
            letters: set.material.letters_of(broken.start, broken.end),
            x: Length::ZERO,
            spread: Spread::default(),
            open: None,
            line: Line::default(),
        }
        .place(number, number + 1 == set.variants[variant].lines.len())
    }
}

struct Placer<'a, 'b> {
    setter: &'a Setter<'b>,
    set: &'a SetParagraph,
    material: &'a Material,
    broken: &'a linebreak::Line,
    /// About as many as the line still has, in bytes.
    letters: usize,
    x: Length,
    spread: Spread,
    open: Option<Open>,
    line: Line,
}

/// What a line of square letters leaves of its measure, and between how many of them, and spaces, it is shared out.
#[derive(Default)]
struct Spread {
    rest: Length,
    places: i64,
    seen: i64,
    given: Length,
}

impl Spread {
    /// What is added after the next letter or space.
    fn next(&mut self) -> Length {
        if self.seen >= self.places {
            return Length::ZERO;
        }
        self.seen += 1;
        let due = self.rest.scale(self.seen, self.places);
        let extra = due - self.given;
        self.given = due;
        extra
    }
}

impl Placer<'_, '_> {
    fn place(mut self, number: usize, last: bool) -> Line {
        let items: Range<usize> = self.broken.start..self.broken.end;
        // A hyphen is painted where the line ends in it, not where it could have ended.
        let hyphen = |at: &usize| matches!(self.material.atoms[*at].kind, AtomKind::Hyphen { .. });
        let mut order: Vec<usize> = items.clone().filter(|at| !hyphen(at)).collect();
        order.extend(self.broken.penalty.filter(hyphen));
        let total: Length = items.map(|at| self.space(at)).sum();
        self.x = self.start(&order, number);
        let last_read = order.len();
        if self.material.right_to_left {
            self.parting_space(last_read);
        }
        self.spread = self.spread_of(&order, number, last);
        let reading = order.clone();
        reorder(&self.material.atoms, &mut order);
        let (mut seen, mut given) = (Length::ZERO, Length::ZERO);
        for (painted, at) in order.iter().copied().enumerate() {
            let place = if reading[painted] == at { painted } else { reading.binary_search(&at).unwrap_or(0) };
            let mut extra = Length::ZERO;
            if matches!(self.material.items[at], Item::Glue { .. }) && total > Length::ZERO {
                // What has been given so far is rounded, not each space: the line ends where it must.
                seen += self.space(at);
                let due = self.broken.slack.scale(seen.to_sp(), total.to_sp());
                extra = due - given;
                given = due;
            }
            self.atom(at, extra, place);
        }
        if !self.material.right_to_left {
            self.parting_space(reading.len());
        }
        self.close();
        self.line
    }

    /// The space at which a line was broken hangs after it, so that whoever reads the file or copies from it finds the
    /// words apart (ISO 32000-1, 14.8.2.5). Lines from the right have it at the left, before all else.
    fn parting_space(&mut self, order: usize) {
        let at = self.broken.end;
        let Some(atom) = self.material.atoms.get(at) else { return };
        if let (AtomKind::Space { .. }, Item::Glue { width, .. }) = (&atom.kind, self.material.items[at]) {
            if self.material.right_to_left {
                self.x -= width.long();
            }
            self.atom(at, Length::ZERO, order);
        }
    }

    /// Where a line begins, by alignment and direction.
    fn start(&self, order: &[usize], number: usize) -> Length {
        let first = if number < self.set.deep as usize { self.set.first } else { Length::ZERO };
        let right_to_left = self.material.right_to_left;
        let hang = self.hang_start();
        let rest = || self.rest(order, number);
        match (self.set.align, right_to_left) {
            (Alignment::Justified | Alignment::Flush, false) => first - hang,
            (Alignment::FlushEnd, false) => first + rest(),
            (Alignment::Centred, _) => first + rest() / 2,
            // From the right, the first line's indent is at the right.
            (Alignment::Justified | Alignment::Flush, true) => rest(),
            (Alignment::FlushEnd, true) => Length::ZERO,
        }
    }

    /// How far its first character hangs over its start.
    fn hang_start(&self) -> Length {
        match self.material.items.get(self.broken.start) {
            Some(Item::Box { hang_start, .. }) if !self.material.right_to_left => hang_start.long(),
            _ => Length::ZERO,
        }
    }

    /// What the line leaves of its measure.
    fn rest(&self, order: &[usize], number: usize) -> Length {
        let measure = if number < self.set.deep as usize { self.set.width - self.set.first } else { self.set.width };
        let spaces = order.iter().map(|at| self.space(*at)).sum::<Length>();
        let slack = if spaces > Length::ZERO { self.broken.slack } else { Length::ZERO };
        measure - order.iter().map(|at| self.width(*at)).sum::<Length>() - spaces - slack
    }

    /// Lines of square letters are filled between them and at their spaces, as long as a letter or two are wanting; the
    /// last is not.
    fn spread_of(&self, order: &[usize], number: usize, last: bool) -> Spread {
        if !self.set.spread || last || self.material.right_to_left {
            return Spread::default();
        }
        let spaces = order.iter().filter(|at| self.space(**at) > Length::ZERO).count() as i64;
        let places = order.iter().map(|at| self.places_in(*at)).sum::<i64>() + spaces - 1;
        let rest = self.rest(order, number) + self.hang_start();
        let size = order.first().map_or(Length::ZERO, |at| self.material.run(&self.material.atoms[*at]).size);
        // Words without spaces leave more; among many letters it is not seen.
        let most = (size * 3).max(size * places / MOST_SPREAD);
        if places < 4 || rest <= Length::ZERO || rest > most {
            return Spread::default();
        }
        Spread { rest, places, ..Spread::default() }
    }

    /// Behind how many of its glyphs an atom may be opened.
    fn places_in(&self, at: usize) -> i64 {
        let AtomKind::Glyphs { word, origin, glyphs, .. } = &self.material.atoms[at].kind else { return 0 };
        let glyphs = &word[glyphs.start as usize..glyphs.end as usize];
        (0..glyphs.len()).filter(|glyph| self.opens(glyphs, *glyph, *origin)).count() as i64
    }

    /// Whether a line may be opened behind a glyph: a square letter, or one of those that stand without spaces between
    /// words, with its marks.
    fn opens(&self, glyphs: &[ShapedGlyph], at: usize, origin: u32) -> bool {
        let letter =
            self.material.text.get((origin + glyphs[at].start) as usize..).and_then(|rest| rest.chars().next());
        match letter {
            Some(letter) if is_square(letter) => true,
            Some(letter) if is_ideographic(letter) => {
                glyphs.get(at + 1).is_none_or(|next| next.advance > 0 && next.start != glyphs[at].start)
            }
            _ => false,
        }
    }

    /// The width of a box or a hyphen as it will be set.
    fn width(&self, at: usize) -> Length {
        match self.material.items[at] {
            Item::Box { width, .. } | Item::Penalty { width, .. } => {
                width.long() + width.long().scale(self.broken.flex, 1000)
            }
            Item::Glue { .. } => Length::ZERO,
        }
    }

    /// The natural width of a space.
    fn space(&self, at: usize) -> Length {
        match self.material.items[at] {
            Item::Glue { width, .. } => width.long(),
            _ => Length::ZERO,
        }
    }

    fn atom(&mut self, at: usize, extra: Length, order: usize) {
        let atom = &self.material.atoms[at];
        let before = self.x;
        match &atom.kind {
            AtomKind::Nothing => {}
            AtomKind::Picture(picture) => {
                self.close();
                let Item::Box { width, .. } = self.material.items[at] else { return };
                let width = width.long();
                let run = self.material.run(atom);
                let asset = self.setter.book.assets.get(picture.asset);
                // What is as high as letters reaches as far below the line as they do.
                let (height, foot) = match picture.size {
                    PictureSize::Letters => (run.size, run.size / 5),
                    PictureSize::Natural { .. } | PictureSize::Set { .. } => {
                        let height = width.scale(i64::from(asset.height.max(1)), i64::from(asset.width.max(1)));
                        (height, Length::ZERO)
                    }
                };
                let rect = Rect::new(self.x, foot - height, width, height);
                let kind = MarkKind::Picture { asset: picture.asset, rect, clip: None };
                let mark = Mark { kind, owner: Owner::Artifact(Artifact::Layout), transform: None };
                let (alt, context) = (picture.alt.as_deref().map(str::to_owned), run.context);
                self.line.pictures.push(PlacedPicture { mark, rect, alt, context });
                self.x += width;
            }
            AtomKind::Gap => {
                self.close();
                self.x += self.space(at) + extra + self.spread.next();
            }
            AtomKind::Space { face, glyph } => {
                let natural = match self.material.items[at] {
                    Item::Box { width, .. } | Item::Glue { width, .. } => width.long(),
                    Item::Penalty { .. } => Length::ZERO,
                };
                let spread = if self.space(at) > Length::ZERO { self.spread.next() } else { Length::ZERO };
                self.open(atom, *face, order);
                self.sign(*glyph, natural + extra + spread, atom.letters(), false);
            }
            AtomKind::Hyphen { face, glyph } => {
                let width = self.width(at);
                self.open(atom, *face, order);
                self.sign(*glyph, width, atom.letters(), true);
            }
            AtomKind::Glyphs { face, word, origin, glyphs } => {
                self.open(atom, *face, order);
                self.glyphs(at, *face, word, *origin, glyphs.start as usize..glyphs.end as usize);
            }
        }
        let run = self.material.run(atom);
        // Across the middle of small letters; below the baseline, clear of most descenders' bowls.
        let rules = [(run.strike, -26), (run.underline, 12)];
        for (_, y) in rules.into_iter().filter(|(drawn, _)| *drawn && self.x > before) {
            let rect = Rect::new(before, run.size.scale(y, 100), self.x - before, run.size.scale(5, 100));
            let kind = MarkKind::Fill { rect, colour: run.colour };
            self.line.rules.push(Mark { kind, owner: Owner::Artifact(Artifact::Layout), transform: None });
        }
    }

    fn glyphs(&mut self, at: usize, face: FaceId, word: &Shaped, origin: u32, glyphs: Range<usize>) {
        let atom = &self.material.atoms[at];
        let run = self.material.run(atom);
        let metrics = self.setter.fonts.face(face);
        let tracking = run.size.scale(i64::from(run.tracking), 1000);
        // Letters stand in the run's text in reading order, whichever way the glyphs run.
        let base = self.write(atom.letters());
        let glyphs = &word[glyphs];
        let opens: Vec<bool> = match self.spread.places {
            0 => Vec::new(),
            _ => (0..glyphs.len()).map(|glyph| self.opens(glyphs, glyph, origin)).collect(),
        };
        let Some(open) = &mut self.open else { return };
        for (number, glyph) in glyphs.iter().enumerate() {
            let advance = metrics.scale(glyph.advance, run.size) + tracking;
            let mut advance = advance + advance.scale(self.broken.flex, 1000);
            if self.spread.places > 0 && opens[number] {
                advance += self.spread.next();
            }
            let shift = match (glyph.x, glyph.y) {
                (0, 0) => Point::default(),
                (x, y) => Point::new(metrics.scale(x, run.size), metrics.scale(-y, run.size)),
            };
            let place = |offset: u32| base + (origin + offset).saturating_sub(atom.range.start);
            let (start, end) = (place(glyph.start), place(glyph.end));
            let id = if glyph.id == 0 { self.setter.white_box(face) } else { glyph.id };
            self.x += advance;
            open.glyphs.push(Glyph::new(id, advance, shift, start..end));
        }
    }

    /// A space or a hyphen.
    fn sign(&mut self, id: u16, advance: Length, letters: Range<usize>, soft_hyphen: bool) {
        let start = self.write(letters.clone());
        let end = start + letters.len() as u32;
        let glyph = Glyph::new(id, advance, Point::default(), start..end);
        self.glyph(if soft_hyphen { glyph.soft() } else { glyph });
    }

    /// Adds letters to the open run and returns where they begin.
    fn write(&mut self, letters: Range<usize>) -> u32 {
        let Some(open) = &mut self.open else { return 0 };
        self.letters = self.letters.saturating_sub(letters.len());
        if !open.level.is_multiple_of(2) {
            // From left to right is backwards here: what comes now is read before what is there.
            open.text.insert_str(0, &self.material.text[letters.clone()]);
            for glyph in &mut open.glyphs {
                (glyph.start, glyph.end) = (glyph.start + letters.len() as u32, glyph.end + letters.len() as u32);
            }
            return 0;
        }
        let start = open.text.len() as u32;
        open.text.push_str(&self.material.text[letters]);
        start
    }

    fn glyph(&mut self, glyph: Glyph) {
        if let Some(open) = &mut self.open {
            self.x += glyph.advance();
            open.glyphs.push(glyph);
        }
    }

    /// Goes on with the open run if it is of the same look, else begins another.
    fn open(&mut self, atom: &Atom, face: FaceId, order: usize) {
        let same = self
            .open
            .as_ref()
            .is_some_and(|open| open.run == atom.run as usize && open.face == face && open.level == atom.level);
        if same {
            if let Some(open) = &mut self.open {
                open.order = open.order.min(order);
            }
            return;
        }
        self.close();
        let rise = self.material.run(atom).rise;
        self.open = Some(Open {
            run: atom.run as usize,
            face,
            level: atom.level,
            // And a hyphen, and the space after it.
            text: String::with_capacity(self.letters + 2),
            glyphs: Vec::with_capacity(self.letters + 2),
            origin: Point::new(self.x, Length::ZERO - rise),
            order,
        });
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.glyphs.is_empty() {
            return;
        }
        let run = &self.material.runs[open.run];
        let expansion = 1000 + self.setter.theme.microtype.expansion_of(self.broken.flex) as i32;
        let text = TextRun {
            face: open.face,
            size: run.size,
            colour: run.colour,
            origin: open.origin,
            expansion,
            text: open.text.into(),
            glyphs: open.glyphs,
            span: run.span,
        };
        self.line.runs.push(PlacedRun { run: text, context: run.context, order: open.order });
    }
}

impl Setter<'_> {
    /// The glyph drawn where a face has none: a white box, else a question mark, never glyph 0.
    fn white_box(&self, face: FaceId) -> u16 {
        let language = crate::language::Language::english();
        ["\u{25A1}", "?", "."]
            .iter()
            .filter_map(|mark| {
                let shaped = self.shaper.shape(self.fonts, face, Default::default(), false, &language, mark);
                shaped.first().map(|glyph| glyph.id).filter(|id| *id != 0)
            })
            .next()
            .unwrap_or(1)
    }
}

/// Puts the atoms of a line into painting order (UAX 9, rule L2).
fn reorder(atoms: &[Atom], order: &mut [usize]) {
    if order.iter().all(|at| atoms[*at].level == 0) {
        return;
    }
    let levels: Vec<u8> = order.iter().map(|at| atoms[*at].level).collect();
    let (Some(highest), Some(lowest)) =
        (levels.iter().max().copied(), levels.iter().filter(|l| *l % 2 == 1).min().copied())
    else {
        return;
    };
    let mut levels = levels;
    for level in (lowest..=highest).rev() {
        let mut at = 0;
        while at < order.len() {
            if levels[at] < level {
                at += 1;
                continue;
            }
            let end = (at..order.len()).find(|index| levels[*index] < level).unwrap_or(order.len());
            order[at..end].reverse();
            levels[at..end].reverse();
            at = end;
        }
    }
}
