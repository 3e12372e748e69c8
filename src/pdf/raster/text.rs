//! The words of a PDF as a reader finds them, line by line: of our own and of any other.
//!
//! hayro interprets the page and hands over every glyph with its letters and its place; nothing here decodes a face. What
//! a tagged PDF marks as an artifact (running heads, folios) is no word of it. A line ends where the next glyph stands on
//! another baseline or goes back; a word where there is a space, drawn or left.

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Dict;
use hayro::kurbo::{Affine, BezPath, Rect};

/// The words of a page, by its lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PageWords {
    /// Lines of words, in the order in which they are drawn.
    pub lines: Vec<Vec<String>>,
    /// Whether something on it is marked as furniture, and left out.
    pub marked: bool,
}

/// The pages of a PDF; `None` for what is none.
pub fn words(pdf: &[u8]) -> Option<Vec<PageWords>> {
    let pdf = Pdf::new(pdf.to_vec()).ok()?;
    let cache = InterpreterCache::new();
    let pages = pdf.pages();
    let read = |page| {
        let page: &hayro::hayro_syntax::page::Page<'_> = page;
        let settings = InterpreterSettings::default();
        let (width, height) = page.render_dimensions();
        let room = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(Affine::IDENTITY, room, &cache, page.xref(), settings);
        let mut reader = Reader::default();
        interpret_page(page, &mut context, &mut reader);
        reader.finish()
    };
    Some(pages.iter().map(read).collect())
}

/// Where the last glyph ended.
#[derive(Clone, Copy)]
struct Pen {
    /// The way that letters go, of length 1.
    way: (f64, f64),
    /// How far along it the glyph ends, and how far across it stands.
    along: f64,
    across: f64,
    size: f64,
}

#[derive(Default)]
struct Reader {
    page: PageWords,
    word: String,
    pen: Option<Pen>,
    /// Of the marked content around, which is an artifact.
    around: Vec<bool>,
}

/// Units of a glyph's outline to its size.
const EM: f64 = 1000.0;

impl Reader {
    fn finish(mut self) -> PageWords {
        self.end_word();
        self.page.lines.retain(|line| !line.is_empty());
        self.page
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if !word.is_empty() {
            match self.page.lines.last_mut() {
                Some(line) => line.push(word),
                None => self.page.lines.push(vec![word]),
            }
        }
    }

    fn glyph(&mut self, place: Affine, advance: f64, letters: &str) {
        let [a, b, c, d, x, y] = place.as_coeffs();
        let stretch = a.hypot(b);
        let size = c.hypot(d) * EM;
        if stretch == 0.0 || !size.is_finite() || size == 0.0 {
            return;
        }
        let way = (a / stretch, b / stretch);
        let along = x * way.0 + y * way.1;
        let across = y * way.0 - x * way.1;
        if let Some(pen) = self.pen {
            let turned = (way.0 - pen.way.0).abs() + (way.1 - pen.way.1).abs() > 0.01;
            let largest = pen.size.max(size);
            // A raised figure stands on the line of its word.
            let elsewhere = (across - pen.across).abs() > largest * 0.7 || along < pen.along - largest;
            if turned || elsewhere {
                self.end_word();
                self.page.lines.push(Vec::new());
            } else if along - pen.along > largest * 0.16 {
                self.end_word();
            }
        }
        for letter in letters.chars() {
            if letter.is_whitespace() {
                self.end_word();
            } else if stands_alone(letter) {
                self.end_word();
                self.word.push(letter);
                self.end_word();
            } else {
                self.word.push(letter);
            }
        }
        // The baseline of a line is that of its large letters.
        let across = match self.pen {
            Some(pen) if (across - pen.across).abs() <= pen.size.max(size) * 0.7 && size < pen.size * 0.8 => pen.across,
            _ => across,
        };
        self.pen = Some(Pen { way, along: along + advance * stretch, across, size });
    }
}

/// Letters of scripts that leave no space between words: each is one.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        if self.around.contains(&true) {
            self.page.marked = true;
            return;
        }
        for glyph in run.glyphs() {
            let letters = match glyph.as_unicode() {
                Some(BfString::Char(letter)) => letter.to_string(),
                Some(BfString::String(letters)) => letters,
                None => '\u{fffd}'.to_string(),
            };
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let advance = f64::from(advance.unwrap_or(0.0));
            self.glyph(props.transform * glyph.transform(), advance, &letters);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        self.around.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.around.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
