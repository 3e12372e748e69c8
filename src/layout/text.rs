//! Texts: set with every length, placed as strips once the page kernel has chosen.

use std::ops::Range;

use super::paragraph::line::{Line, PlacedPicture};
use super::paragraph::{Context, Request, SetParagraph};
use super::shop::Shop;
use super::strip::{Anchor, Strip, shift_mark};
use crate::book::{BlockId, Folio, Inline, Target, TextBlock};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::page::{Link, MarkKind, NodeId, Owner, Structure, Tag};
use crate::theme::Style;
use crate::units::{Length, Point, Rect};

/// A set text and what stands beside its first line.
pub(crate) struct TextItem {
    /// The text with its lengths; until it is set, which of the builder's jobs it is.
    pub(super) set: Result<SetParagraph, usize>,
    /// The same with an indent, or without: for a text that comes after a figure which may float away.
    pub other: Option<Box<Result<SetParagraph, usize>>>,
    /// Whether it is indented, where there is another.
    pub indented: bool,
    /// Its block, if its lines are places of the page map.
    pub block: Option<BlockId>,
    /// Whether its lines begin pages of the page map.
    pub main: bool,
    /// The element of the text.
    pub node: NodeId,
    /// Its looks.
    pub style: Style,
    /// From the left edge of the measure.
    pub left: Length,
    /// Drawn with the first line: a list mark, a note's number. Its baseline is at zero.
    pub beside: Strip,
    /// Anchors of the first line.
    pub anchors: Vec<Anchor>,
    /// How many bytes of its settled text stand beside it: a large first letter.
    pub skip: u32,
}

impl TextItem {
    /// The text with its lengths.
    ///
    /// # Panics
    /// When it was not set yet: the galley's builder sets what waits.
    pub fn set(&self) -> &SetParagraph {
        match &self.set {
            Ok(set) => set,
            Err(_) => panic!("a text is looked at before it is set"),
        }
    }

    /// Sets the text, if it waits for that.
    pub(super) fn settle(&mut self, shop: Shop<'_>, jobs: &[Job<'_>]) {
        if let Err(job) = self.set {
            self.set = Ok(shop.set(&jobs[job]));
        }
        if let Some(other) = &mut self.other
            && let Err(job) = **other
        {
            **other = Ok(shop.set(&jobs[job]));
        }
    }

    /// Takes the other indent.
    pub fn swap(&mut self) {
        if let Some(other) = &mut self.other {
            std::mem::swap(&mut self.set, other);
            self.indented = !self.indented;
        }
    }

    /// Lines of a variant as strips; the leaves of the structure tree are made on the way, once a text.
    pub fn strips(
        &mut self,
        shop: Shop<'_>,
        variant: usize,
        lines: Range<usize>,
        leaves: &mut Leaves,
        structure: &mut Structure,
    ) -> Vec<Strip> {
        let baseline = shop.baseline(&self.style);
        let mut strips = Vec::with_capacity(lines.len());
        for at in lines {
            let line = shop.setter.line(self.set(), variant, at);
            let above = room_above(&line, baseline, self.style.leading);
            let mut strip = Strip::blank(self.style.leading + above);
            if at == 0 {
                strip.lay(std::mem::take(&mut self.beside), Point::new(Length::ZERO, baseline));
            }
            let at = Point::new(self.left, baseline + above);
            place_line(line, self.set(), at, self.node, leaves, structure, &mut strip);
            strips.push(strip);
        }
        strips
    }
}

/// What stands in the lines of a length without letters of the text, each with its line: calls of notes, and marks of
/// the index.
pub(super) fn signs(set: &SetParagraph, variant: usize) -> Vec<(usize, Anchor)> {
    let calls = set.calls(variant).into_iter().map(|(line, note, call)| (line, Anchor::Call(note, call)));
    calls.chain(set.marks(variant).into_iter().map(|(line, mark)| (line, Anchor::Mark(mark)))).collect()
}

/// How much more than a line the pictures in it need above: whole lines.
fn room_above(line: &Line, baseline: Length, leading: Length) -> Length {
    let highest = line.pictures.iter().map(|picture| picture.rect.origin.y).min().unwrap_or_default();
    let over = Length::ZERO - highest - baseline;
    if over <= leading / 10 { Length::ZERO } else { leading * over.units_to_cover(leading) }
}

/// Which leaf each context of a text has got; one for each text being placed.
#[derive(Default)]
pub(crate) struct Leaves {
    /// The element of each context.
    elements: Vec<Option<NodeId>>,
    /// The context and leaf of the last run, so that neighbours share one.
    last: Option<(Option<usize>, NodeId)>,
}

impl Leaves {
    /// The leaf for a run of `context`; a run of the same context as the one before shares its leaf.
    fn leaf(&mut self, set: &SetParagraph, context: Option<usize>, text: NodeId, structure: &mut Structure) -> NodeId {
        if let Some((last, leaf)) = self.last
            && last == context
        {
            return leaf;
        }
        let parent = match context {
            Some(context) => self.element(set, context, text, structure),
            None => text,
        };
        let leaf = structure.content(parent);
        self.last = Some((context, leaf));
        leaf
    }

    /// The element of a context, made where it is first met.
    fn element(&mut self, set: &SetParagraph, context: usize, text: NodeId, structure: &mut Structure) -> NodeId {
        self.elements.resize(set.contexts.len(), None);
        if let Some(element) = self.elements[context] {
            return element;
        }
        let entry = &set.contexts[context];
        let parent = match entry.parent {
            Some(parent) => self.element(set, parent, text, structure),
            None => text,
        };
        let element = match &entry.kind {
            Context::Link(target @ Target::Url(_)) => structure.add(parent, Tag::Link(target.clone())),
            Context::Link(target) => {
                let reference = structure.add(parent, Tag::Reference);
                structure.add(reference, Tag::Link(target.clone()))
            }
            Context::NoteCall(note, _) => {
                let reference = structure.add(parent, Tag::Reference);
                structure.add(reference, Tag::Link(Target::Note(*note)))
            }
            Context::Foreign(language) => {
                let span = structure.add(parent, Tag::Span);
                structure.node_mut(span).language = Some(language.clone());
                span
            }
            Context::Abbreviation(expansion) => {
                let span = structure.add(parent, Tag::Span);
                structure.node_mut(span).expansion = Some(expansion.clone());
                span
            }
        };
        self.elements[context] = Some(element);
        element
    }
}

/// Paints a line: `at` is the start of the measure on the baseline.
fn place_line(
    line: Line,
    set: &SetParagraph,
    at: Point,
    text: NodeId,
    leaves: &mut Leaves,
    structure: &mut Structure,
    strip: &mut Strip,
) {
    // Leaves are made in reading order; a line's runs are in painting order.
    // Painted in reading order too: letters do not overlap, and a reader of the file meets them as they are read.
    let mut runs = line.runs;
    runs.sort_by_key(|placed| placed.order);
    for placed in runs {
        let owner = leaves.leaf(set, placed.context, text, structure);
        let mut run = placed.run;
        run.origin = Point::new(run.origin.x + at.x, run.origin.y + at.y);
        if let Some((target, link)) = link_of(set, placed.context, leaves) {
            let rect =
                Rect::new(run.origin.x, run.origin.y - run.size.scale(4, 5), run.width(), run.size.scale(11, 10));
            add_link(strip, rect, target, link, &run.text);
        }
        strip.paint(Owner::Content(owner), MarkKind::Text(run));
    }
    for picture in line.pictures {
        place_picture(picture, set, at, text, leaves, structure, strip);
    }
    for mut rule in line.rules {
        shift_mark(&mut rule, at);
        strip.marks.push(rule);
    }
}

/// Paints a picture of a line; `at` is the start of the measure on the baseline.
fn place_picture(
    picture: PlacedPicture,
    set: &SetParagraph,
    at: Point,
    text: NodeId,
    leaves: &mut Leaves,
    structure: &mut Structure,
    strip: &mut Strip,
) {
    let PlacedPicture { mut mark, mut rect, alt, context } = picture;
    shift_mark(&mut mark, at);
    rect.origin = Point::new(rect.origin.x + at.x, rect.origin.y + at.y);
    let parent = context.map_or(text, |context| leaves.element(set, context, text, structure));
    if let Some((target, link)) = link_of(set, context, leaves) {
        add_link(strip, rect, target, link, alt.as_deref().unwrap_or_default());
    }
    if alt.is_some() {
        let figure = structure.add(parent, Tag::Figure { asset: None });
        structure.node_mut(figure).alt = alt;
        mark.owner = Owner::Content(structure.content(figure));
        leaves.last = None;
    }
    strip.marks.push(mark);
}

/// The nearest link around a context and its element.
fn link_of(set: &SetParagraph, context: Option<usize>, leaves: &Leaves) -> Option<(Target, NodeId)> {
    let mut at = context;
    while let Some(index) = at {
        let entry = &set.contexts[index];
        let target = match &entry.kind {
            Context::Link(target) => Some(target.clone()),
            Context::NoteCall(note, _) => Some(Target::Note(*note)),
            _ => None,
        };
        if let Some(target) = target {
            return Some((target, leaves.elements.get(index).copied().flatten()?));
        }
        at = entry.parent;
    }
    None
}

/// Adds a link, or makes the last one of the same element wider.
fn add_link(strip: &mut Strip, rect: Rect, target: Target, node: NodeId, text: &str) {
    match strip.links.last_mut() {
        Some(last) if last.node == node => {
            last.rect = last.rect.union(&rect);
            last.name.push_str(text);
        }
        _ => strip.links.push(Link { rect, target, node, name: text.to_owned() }),
    }
}

/// A text to be set: where and how.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    /// The text.
    pub content: &'a [Inline],
    /// Its block, for places and messages.
    pub block: Option<BlockId>,
    /// Its looks.
    pub style: Style,
    /// How wide.
    pub width: Length,
    /// Indent of the first line.
    pub first: Length,
    /// How many lines are as far in as the first.
    pub deep: u32,
    /// Its language.
    pub language: &'a Language,
}

impl<'a> Job<'a> {
    /// A text of the book without an indent.
    pub fn block(text: &'a TextBlock, style: Style, width: Length, language: &'a Language) -> Job<'a> {
        Job { content: &text.content, block: Some(text.id), style, width, first: Length::ZERO, deep: 1, language }
    }
}

/// What the setter is asked for.
fn request<'a>(job: &'a Job<'_>, folio: &'a dyn Fn(&Target) -> Option<Folio>) -> Request<'a> {
    Request {
        content: job.content,
        style: &job.style,
        language: job.language,
        width: job.width,
        first: job.first,
        deep: job.deep,
        folio,
    }
}

impl Shop<'_> {
    /// Sets a text in all its lengths.
    pub fn set(&self, job: &Job<'_>) -> SetParagraph {
        self.setter.set(&request(job, &|target| self.map.folio(target)))
    }

    /// Sets a title, parted by its sense.
    pub fn set_title(&self, job: &Job<'_>) -> SetParagraph {
        self.setter.set_by_sense(&request(job, &|target| self.map.folio(target)))
    }

    /// Sets a text and stacks its best lines as one strip under a new leaf of `node`.
    pub fn solid(
        &self,
        job: &Job<'_>,
        node: NodeId,
        structure: &mut Structure,
        diagnostics: &mut Diagnostics,
    ) -> Strip {
        self.stacked(self.set(job), job, node, structure, diagnostics)
    }

    /// The best lines of a set text as one strip.
    fn stacked(
        &self,
        set: SetParagraph,
        job: &Job<'_>,
        node: NodeId,
        structure: &mut Structure,
        diagnostics: &mut Diagnostics,
    ) -> Strip {
        self.setter.report(&set, 0, 0..set.count(0), diagnostics);
        let signs = signs(&set, 0).into_iter().map(|(_, anchor)| anchor).collect();
        let mut strip = Strip::stacked(self.lines(set, job, node, structure));
        strip.anchors = signs;
        strip
    }

    /// The narrowest width in which a text needs no more lines than in its own: there they are as even as they can be.
    pub fn evened(&self, job: &Job<'_>) -> Length {
        let lines_at = |width: Length| self.set(&Job { width, ..*job }).count(0);
        let count = lines_at(job.width);
        // No word is broken for it that need not be.
        let (word, _) = self.setter.extents(job.content, &job.style, job.language);
        let (mut narrow, mut wide) = ((job.width / 2).max(word.min(job.width)), job.width);
        while count > 1 && wide - narrow > job.style.size / 4 {
            let middle = (narrow + wide) / 2;
            match lines_at(middle) <= count {
                true => wide = middle,
                false => narrow = middle,
            }
        }
        wide
    }

    /// Sets a title: in no more lines than it needs, parted by their sense and as even as they can be.
    pub fn balanced(
        &self,
        job: &Job<'_>,
        node: NodeId,
        structure: &mut Structure,
        diagnostics: &mut Diagnostics,
    ) -> Strip {
        let set = self.set_title(job);
        self.stacked(set, job, node, structure, diagnostics)
    }

    /// The best lines of a set text, each as a strip.
    pub fn lines(&self, set: SetParagraph, job: &Job<'_>, node: NodeId, structure: &mut Structure) -> Vec<Strip> {
        let lines = set.count(0);
        let mut item = TextItem {
            set: Ok(set),
            other: None,
            indented: false,
            block: job.block,
            main: false,
            node,
            style: job.style,
            left: Length::ZERO,
            beside: Strip::default(),
            anchors: Vec::new(),
            skip: 0,
        };
        item.strips(*self, 0, 0..lines, &mut Leaves::default(), structure)
    }
}
