//! Text: runs of glyphs as positioned strings.
//!
//! A reader moves by each glyph's own width; where a glyph's advance differs, the array of `TJ` holds the difference in
//! thousandths of the em. What rounding leaves over is carried on, so that no glyph is off by more than half of one.

use pdf_writer::{Name, Str, TextStr};

use super::{Painter, points};
use crate::page::{Glyph, Mark, MarkKind, TextRun};
use crate::pdf::faces::{UsedFace, clusters, text_of};
use crate::units::{Length, Point};

/// What was set for text so far.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct TextState {
    /// The face, by its resource's place, and the size.
    face: Option<(u16, Length)>,
    /// Horizontal scale in thousandths.
    expansion: Option<i32>,
    rise: Length,
}

/// Strings and differences that wait to be shown.
#[derive(Default)]
struct Array {
    items: Vec<Piece>,
}

enum Piece {
    Glyphs(Vec<u8>),
    Difference(i64),
}

impl Array {
    fn glyph(&mut self, number: u16) {
        let bytes = number.to_be_bytes();
        match self.items.last_mut() {
            Some(Piece::Glyphs(glyphs)) => glyphs.extend(bytes),
            _ => self.items.push(Piece::Glyphs(bytes.to_vec())),
        }
    }
}

impl Painter<'_> {
    /// Runs of text as one text object.
    pub(super) fn texts(&mut self, marks: &[Mark]) {
        self.content.begin_text();
        let mut last: Option<(f32, f32)> = None;
        for mark in marks {
            let MarkKind::Text(run) = &mark.kind else { continue };
            let Some(face) = self.shared.faces.get(run.face) else { continue };
            self.colour(run.colour);
            self.look(run, face);
            let (x, y) = (self.x(run.origin), self.y(run.origin));
            let (from_x, from_y) = last.unwrap_or((0.0, 0.0));
            self.content.next_line(rounded(x - from_x), rounded(y - from_y));
            // What the reader has added up, not what was meant, so that rounding does not add up.
            last = Some((rounded(from_x + rounded(x - from_x)), rounded(from_y + rounded(y - from_y))));
            self.run(run, face);
        }
        self.content.end_text();
    }

    fn look(&mut self, run: &TextRun, face: &UsedFace) {
        let wanted = Some((run.face.0, run.size));
        if self.state.text.face != wanted {
            self.content.set_font(Name(face.resource.as_bytes()), points(run.size));
            self.state.text.face = wanted;
        }
        if self.state.text.expansion.unwrap_or(1000) != run.expansion {
            self.content.set_horizontal_scaling(rounded(run.expansion as f32 / 10.0));
            self.state.text.expansion = Some(run.expansion);
        }
    }

    fn run(&mut self, run: &TextRun, face: &UsedFace) {
        let mut setter = Setter { run, face, pen: Length::ZERO, origin: Length::ZERO, array: Array::default() };
        for cluster in clusters(&run.glyphs) {
            let said = text_of(run, cluster);
            let own = match cluster {
                [glyph] => face.glyph(face.renumbered(glyph.id)).is_some_and(|known| Some(known.text.as_str()) == said),
                _ => false,
            };
            if own {
                self.cluster(&mut setter, cluster);
                continue;
            }
            self.flush(&mut setter);
            let text = if cluster[0].soft_hyphen { "\u{AD}" } else { said.unwrap_or("") };
            let mut mark = self.content.begin_marked_content_with_properties(Name(b"Span"));
            mark.properties().actual_text(TextStr(text));
            drop(mark);
            self.cluster(&mut setter, cluster);
            self.flush(&mut setter);
            self.content.end_marked_content();
        }
        self.flush(&mut setter);
    }

    fn cluster(&mut self, setter: &mut Setter<'_>, cluster: &[Glyph]) {
        for glyph in cluster {
            let rise = Length::ZERO - glyph.shift.y;
            if rise != self.state.text.rise {
                self.flush(setter);
                self.content.set_rise(points(rise));
                self.state.text.rise = rise;
            }
            setter.glyph(glyph);
        }
        if self.state.text.rise != Length::ZERO {
            self.flush(setter);
            self.content.set_rise(0.0);
            self.state.text.rise = Length::ZERO;
        }
    }

    fn flush(&mut self, setter: &mut Setter<'_>) {
        let items = std::mem::take(&mut setter.array.items);
        match items.as_slice() {
            [] => {}
            [Piece::Glyphs(glyphs)] => {
                self.content.show(Str(glyphs));
            }
            _ => {
                let mut array = self.content.show_positioned();
                let mut array = array.items();
                for item in &items {
                    match item {
                        Piece::Glyphs(glyphs) => array.show(Str(glyphs)),
                        Piece::Difference(thousandths) => array.adjust(*thousandths as f32),
                    };
                }
            }
        }
    }
}

/// Follows the reader's pen along a run.
struct Setter<'a> {
    run: &'a TextRun,
    face: &'a UsedFace,
    /// Where the reader's pen is.
    pen: Length,
    /// Where the next glyph's origin is meant to be.
    origin: Length,
    array: Array,
}

impl Setter<'_> {
    fn glyph(&mut self, glyph: &Glyph) {
        let number = self.face.renumbered(glyph.id);
        let Point { x: shift, .. } = glyph.shift;
        let due = self.origin + shift - self.pen;
        // A difference of n moves the pen back by n thousandths of the em, scaled.
        let em = self.run.size.scale(i64::from(self.run.expansion), 1000);
        if em > Length::ZERO {
            let thousandths = -Length::sp(due.to_sp()).scale(1000, em.to_sp()).to_sp();
            if thousandths != 0 {
                self.array.items.push(Piece::Difference(thousandths));
                self.pen -= em.scale(thousandths, 1000);
            }
        }
        self.array.glyph(number);
        let width = self.face.glyph(number).map_or(0, |known| known.width);
        self.pen += em.scale(i64::from(width), i64::from(self.face.face.metrics.units_per_em.max(1)));
        self.origin += glyph.advance;
    }
}

/// To a thousandth, as the numbers of a stream are written.
fn rounded(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}
