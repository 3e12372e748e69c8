//! Collect: the inline tree of a text becomes one string and runs of one look.

use std::ops::Range;

use super::pictures::LinePicture;
use super::{Context, ContextEntry, Setter};
use crate::book::{Folio, Inline, InlineKind, MarkId, Target, plain};
use crate::font::FaceId;
use crate::language::{Language, has_italics};
use crate::source::Span;
use crate::theme::bounds::LEAST;
use crate::theme::{Case, Family, Figures, Ink, Style};
use crate::units::{Colour, Length};

/// Features that a run asks of its face, as bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Features(pub u8);

impl Features {
    pub const OLD_STYLE: Features = Features(1);
    pub const LINING: Features = Features(2);
    pub const TABULAR: Features = Features(4);
    pub const SMALL_CAPS: Features = Features(8);
    pub const CAPS_TO_SMALL: Features = Features(16);
    pub const PLAIN: Features = Features(32);

    pub fn has(self, other: Features) -> bool {
        self.0 & other.0 != 0
    }

    fn with(self, other: Features) -> Features {
        Features(self.0 | other.0)
    }
}

/// A stretch of the string with one look.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// In the string.
    pub range: Range<usize>,
    /// The face that its style asks for.
    pub face: FaceId,
    /// The size of its letters.
    pub size: Length,
    /// How far it is raised.
    pub rise: Length,
    /// Its colour.
    pub colour: Colour,
    /// What it asks of its face.
    pub features: Features,
    /// Its language.
    pub language: Language,
    /// Into the contexts.
    pub context: Option<usize>,
    /// Where the run begins in the settled text; `None` for what is not in it.
    pub settled: Option<usize>,
    /// Where it was written.
    pub span: Option<Span>,
    /// How it may be broken.
    pub breaking: Breaking,
    /// Struck out.
    pub strike: bool,
    /// With a line below.
    pub underline: bool,
    /// Added to every letter, in thousandths of the size.
    pub tracking: i16,
    /// A picture in the line.
    pub picture: Option<Box<LinePicture>>,
}

/// How a run may be broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Breaking {
    /// As words are, with hyphens if the style allows.
    Words,
    /// As words are, never with a hyphen.
    Whole,
    /// As addresses are.
    Address,
    /// As program text is: its spaces stand as typed.
    Program,
    /// Not at all.
    Never,
}

/// A text collected.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// All letters.
    pub text: String,
    /// Their looks, in order, covering the string.
    pub runs: Vec<Run>,
    /// What stands around runs.
    pub contexts: Vec<ContextEntry>,
    /// Offsets in the string at which a line must end.
    pub forced: Vec<usize>,
    /// The marks of the index, in order.
    pub marks: Vec<MarkSeat>,
}

/// Where a mark of the index stands: at the start of a run, or at its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MarkSeat {
    pub mark: MarkId,
    pub run: u32,
    pub at_end: bool,
}

/// What holds while walking down the tree.
#[derive(Clone)]
struct Look {
    style: Style,
    weight: u16,
    italic: bool,
    family: Family,
    size: Length,
    rise: Length,
    features: Features,
    language: Language,
    context: Option<usize>,
    breaking: Breaking,
    strike: bool,
    underline: bool,
    note: bool,
}

pub(super) struct Collector<'a> {
    setter: &'a Setter<'a>,
    folio: &'a dyn Fn(&Target) -> Option<Folio>,
    out: Collected,
    settled: usize,
    /// Marks that wait for the letters after them.
    waiting: Vec<MarkId>,
}

/// Collects a text.
pub(super) fn collect(
    setter: &Setter<'_>,
    content: &[Inline],
    style: &Style,
    language: &Language,
    folio: &dyn Fn(&Target) -> Option<Folio>,
) -> Collected {
    // Figures that rise and fall as small letters do belong to scripts that have some.
    let figures = match style.figures {
        Figures::OldStyle if language.has_small_letters() => Features::OLD_STYLE,
        Figures::OldStyle | Figures::Lining => Features::LINING,
    };
    let mut features = if style.tabular { figures.with(Features::TABULAR) } else { figures };
    if style.case == Case::SmallCapitals {
        features = features.with(Features::SMALL_CAPS);
    }
    let look = Look {
        style: *style,
        weight: style.weight,
        italic: style.italic,
        family: style.family,
        size: style.size,
        rise: Length::ZERO,
        features,
        language: language.clone(),
        context: None,
        breaking: Breaking::Words,
        strike: false,
        underline: false,
        note: false,
    };
    let mut collector = Collector { setter, folio, out: Collected::default(), settled: 0, waiting: Vec::new() };
    for inline in content {
        collector.inline(inline, &look);
    }
    collector.seat_marks(None);
    collector.out
}

impl Collector<'_> {
    fn inline(&mut self, inline: &Inline, look: &Look) {
        let inner = |change: &dyn Fn(&mut Look)| {
            let mut look = look.clone();
            change(&mut look);
            look
        };
        let least = self.setter.theme.smallest.min(look.size);
        // Whole words, unlike a raised figure, are read.
        let of_words = self.setter.theme.smallest.max(LEAST).min(look.size);
        // In a block of program text what is told apart has colours too.
        let program = look.style.family == Family::Mono;
        match &inline.kind {
            InlineKind::Text(text) => self.push(text, look, inline.span, true),
            InlineKind::Emphasis(content) if program => {
                let slants = self.slants(&plain(content));
                self.all(content, &inner(&|look| (look.italic, look.style.ink) = (slants, Ink::Grey)));
            }
            InlineKind::Highlight(content) if program => {
                self.all(content, &inner(&|look| look.style.ink = Ink::Accent));
            }
            InlineKind::Strong(content) if program => {
                self.all(content, &inner(&|look| (look.weight, look.style.ink) = (700, Ink::Deep)));
            }
            InlineKind::Emphasis(content) | InlineKind::Cite(content) if !self.slants(&plain(content)) => {
                let weight = if look.weight >= 600 { 400 } else { 700 };
                self.all(content, &inner(&|look| look.weight = weight));
            }
            InlineKind::Emphasis(content) | InlineKind::Cite(content) | InlineKind::Highlight(content) => {
                self.all(content, &inner(&|look| look.italic = !look.italic));
            }
            InlineKind::Strong(content) => {
                let weight = if look.weight >= 600 { 700 } else { 600.max(look.weight + 200) };
                self.all(content, &inner(&|look| look.weight = weight));
            }
            InlineKind::SmallCaps(content) => {
                self.all(content, &inner(&|look| look.features = look.features.with(Features::SMALL_CAPS)));
            }
            InlineKind::Strike(content) => self.all(content, &inner(&|look| look.strike = true)),
            InlineKind::Underline(content) => self.all(content, &inner(&|look| look.underline = true)),
            InlineKind::Place { content, .. } => self.all(content, look),
            InlineKind::Subscript(content) => self.all(
                content,
                &inner(&|look| {
                    shrink(look, 680, -180).no_less(least);
                }),
            ),
            InlineKind::Superscript(content) => self.all(
                content,
                &inner(&|look| {
                    shrink(look, 680, 340).no_less(least);
                }),
            ),
            InlineKind::Small(content) => self.all(content, &inner(&|look| shrink(look, 860, 0).no_less(of_words))),
            InlineKind::Keyboard(content) => {
                self.all(content, &inner(&|look| mono(look).no_less(of_words)));
            }
            InlineKind::Keep(content) => self.all(content, &inner(&|look| look.breaking = Breaking::Never)),
            InlineKind::Code(text) => {
                let look = inner(&|look| {
                    // In a block of program text the style is mono already.
                    let block = look.style.family == Family::Mono;
                    mono(look).no_less(of_words);
                    look.breaking = if block { Breaking::Program } else { Breaking::Whole };
                });
                self.push(text, &look, inline.span, true);
            }
            InlineKind::Abbreviation { title, content } => {
                let context = self.context(look, Context::Abbreviation(title.clone()));
                self.all(content, &inner(&|look| look.context = Some(context)));
            }
            InlineKind::Foreign { language, content } => {
                let context = self.context(look, Context::Foreign(language.clone()));
                let mut look = look.clone();
                look.context = Some(context);
                look.language = language.clone();
                self.all(content, &look);
            }
            InlineKind::Link { target, content } => {
                let context = self.context(look, Context::Link(target.clone()));
                self.all(content, &inner(&|look| look.context = Some(context)));
            }
            InlineKind::Address { url, shown } => {
                let context = self.context(look, Context::Link(Target::Url(url.clone())));
                let look = inner(&|look| {
                    look.context = Some(context);
                    look.breaking = Breaking::Address;
                });
                self.push(shown, &look, inline.span, true);
            }
            InlineKind::PageReference { target, .. } => {
                let context = self.context(look, Context::Link(target.clone()));
                let look = inner(&|look| {
                    look.context = Some(context);
                    look.breaking = Breaking::Never;
                });
                let folio = (self.folio)(target).map_or_else(|| "00".to_owned(), |folio| folio.to_string());
                let text = self.setter.digits(&folio);
                self.push(&text, &look, inline.span, false);
            }
            InlineKind::CitedOn { one, several, places } => self.cited_on([one, several], places, look),
            InlineKind::NoteCall { note, call } => self.note_call(*note, *call, look, inline.span),
            InlineKind::Mark(mark) => self.waiting.push(*mark),
            InlineKind::Picture { asset, alt, size } => {
                self.seat_marks(Some("\u{FFFC}"));
                let start = self.out.text.len();
                self.out.text.push('\u{FFFC}');
                let mut run = self.run(look, start, inline.span, false);
                let alt = alt.as_deref().map(Box::from);
                run.picture = Some(Box::new(LinePicture { asset: *asset, alt, size: *size }));
                run.range = start..self.out.text.len();
                self.out.runs.push(run);
            }
            InlineKind::LineBreak => {
                let start = self.out.text.len();
                self.push("\n", look, inline.span, true);
                self.out.forced.push(start);
            }
        }
    }

    /// Whether stressed words are set in italics: where their script has some, and in large print for less than a line.
    fn slants(&self, words: &str) -> bool {
        const LINE: usize = 40;
        has_italics(words) && !(self.setter.theme.is_large_print() && words.chars().count() > LINE)
    }

    fn all(&mut self, content: &[Inline], look: &Look) {
        for inline in content {
            self.inline(inline, look);
        }
    }

    /// The pages of some marks, each once and each a link, in brackets: " (pp. 12, 47)".
    fn cited_on(&mut self, [one, several]: [&str; 2], places: &[Target], look: &Look) {
        let mut pages: Vec<(Option<Folio>, Target)> =
            places.iter().map(|place| ((self.folio)(place), place.clone())).collect();
        pages.sort_by_key(|(folio, _)| *folio);
        pages.dedup_by_key(|(folio, _)| *folio);
        let word = if pages.len() == 1 { one } else { several };
        self.push(&format!(" ({word}{}", if word.is_empty() { "" } else { "\u{a0}" }), look, None, false);
        for (at, (folio, target)) in pages.into_iter().enumerate() {
            if at > 0 {
                self.push(", ", look, None, false);
            }
            let mut look = Look { context: Some(self.context(look, Context::Link(target))), ..look.clone() };
            look.breaking = Breaking::Never;
            let folio = look.language.digits(&folio.map_or_else(|| "00".to_owned(), |folio| folio.to_string()));
            self.push(&folio, &look, None, false);
        }
        self.push(")", look, None, false);
    }

    fn note_call(&mut self, note: crate::book::NoteId, call: u16, look: &Look, span: Option<Span>) {
        let context = self.context(look, Context::NoteCall(note, call));
        let mut look = look.clone();
        look.context = Some(context);
        look.breaking = Breaking::Never;
        look.note = true;
        look.family = Family::Text;
        look.italic = false;
        look.weight = look.weight.min(600);
        let least = self.setter.theme.smallest.min(look.size);
        shrink(&mut look, 673, 327).no_less(least);
        look.features = Features::LINING;
        // A word joiner before the call: no line ends between a word and its call.
        let number = self.setter.note_number(note);
        let start = self.out.text.len();
        self.push(&number, &look, span, false);
        if let Some(run) = self.out.runs.last_mut()
            && run.range.start == start
        {
            // Ink would not be seen on a band of ink.
            if look.style.ink != Ink::Paper {
                run.colour = self.setter.theme.palette.ink;
            }
        }
    }

    /// Gives the marks that wait a place: at the letters that come next, but where a space comes next, and at the end,
    /// at the word before.
    fn seat_marks(&mut self, next: Option<&str>) {
        if self.waiting.is_empty() {
            return;
        }
        let after_word = !self.out.runs.is_empty() && !self.out.text.ends_with(char::is_whitespace);
        let at_end = match next {
            Some(next) => after_word && next.starts_with(char::is_whitespace),
            None => !self.out.runs.is_empty(),
        };
        let run = self.out.runs.len() as u32 - u32::from(at_end);
        self.out.marks.extend(self.waiting.drain(..).map(|mark| MarkSeat { mark, run, at_end }));
    }

    fn context(&mut self, look: &Look, kind: Context) -> usize {
        self.out.contexts.push(ContextEntry { parent: look.context, kind });
        self.out.contexts.len() - 1
    }

    fn run(&self, look: &Look, start: usize, span: Option<Span>, settled: bool) -> Run {
        let theme = self.setter.theme;
        let request = crate::font::Request {
            family: theme.families.name(look.family),
            weight: look.weight,
            italic: look.italic,
            size: look.size,
        };
        let face = self.setter.face(request);
        self.setter.lack(request, face, span);
        Run {
            range: start..start,
            face,
            size: look.size,
            rise: look.rise,
            colour: look.style.colour(&theme.palette),
            features: look.features,
            language: look.language.clone(),
            context: look.context,
            settled: settled.then_some(self.settled),
            span,
            breaking: look.breaking,
            strike: look.strike,
            underline: look.underline,
            tracking: look.style.tracking,
            picture: None,
        }
    }

    fn push(&mut self, text: &str, look: &Look, span: Option<Span>, settled: bool) {
        if text.is_empty() {
            return;
        }
        self.seat_marks(Some(text));
        let start = self.out.text.len();
        let mut run = self.run(look, start, span, settled);
        match look.style.case {
            Case::Capitals => self.out.text.push_str(&look.language.capitals(text)),
            _ => self.out.text.push_str(text),
        }
        run.range = start..self.out.text.len();
        self.out.runs.push(run);
        if settled {
            self.settled += text.len();
        }
    }
}

impl Look {
    /// Letters that are not raised keep a least size.
    fn no_less(&mut self, least: Length) {
        self.size = self.size.max(least);
    }
}

fn shrink(look: &mut Look, share: i64, rise: i64) -> &mut Look {
    look.rise += look.size.scale(rise, 1000);
    look.size = look.size.scale(share, 1000);
    look
}

/// Monospaced letters look larger than those beside them.
fn mono(look: &mut Look) -> &mut Look {
    if look.family != Family::Mono {
        look.family = Family::Mono;
        look.size = look.size.scale(890, 1000);
    }
    look.features = Features::PLAIN;
    look
}
