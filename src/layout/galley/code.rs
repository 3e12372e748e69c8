//! Program text: each line as typed; one that is longer than the measure goes on below, behind a turned mark.

use super::{Builder, Setting};
use crate::book::block::Code;
use crate::book::plain;
use crate::book::program::Toner;
use crate::book::{Inline, InlineKind};
use crate::language::Language;
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::Job;
use crate::page::{Artifact, MarkKind, NodeId, Owner, Tag};
use crate::theme::colour::{TEXT, contrast};
use crate::theme::{Edge, Ink, Role, Style};
use crate::units::{Colour, Length, Point};

impl<'a> Builder<'a> {
    /// Caption and name of the file over program text, kept with it.
    fn code_title(&mut self, code: &'a Code, setting: Setting<'a>) {
        let measure = self.width(setting);
        if code.caption.is_some() || code.number.is_some() {
            let node = self.structure.add(setting.parent, Tag::P);
            let strip = self.numbered_title(code.number.as_deref(), code.caption.as_ref(), measure, node, setting);
            let above = self.shop.style(Role::Caption).above;
            self.solid(strip, setting.left, above, Length::ZERO).keep = true;
        }
        if let Some(filename) = &code.filename {
            let node = self.structure.add(setting.parent, Tag::P);
            let style = *self.shop.style(Role::Source);
            let strip = self.solid_text(filename, style, measure, node, setting.language);
            self.solid(strip, setting.left, Length::ZERO, Length::ZERO).keep = true;
        }
    }

    /// Program text: as one piece when it is short, else line by line over pages.
    pub(super) fn code(&mut self, code: &'a Code, setting: Setting<'a>) {
        let style = *self.shop.style(Role::Code);
        // On a ground the lines keep from its edges.
        let frame = style.frame;
        let indent = if frame.ground.is_some() || frame.rule == Edge::Start { frame.inside } else { Length::ZERO };
        self.code_title(code, setting);
        // Program text is matter in a line; a paragraph holds it.
        let paragraph = self.structure.add(setting.parent, Tag::P);
        let node = self.structure.add(paragraph, Tag::Code);
        // It runs from left to right in a book of any language; what is Chinese, Japanese or Korean in it is drawn as there.
        let language = match setting.language.primary() {
            "zh" | "cmn" | "yue" | "ja" | "ko" => setting.language.clone(),
            _ => Language::english(),
        };
        let mut lines = Vec::new();
        let ground = frame.ground.map_or(Colour::WHITE, |ink| self.shop.theme.palette.ink(ink));
        let mut toner = self.tones(ground).then(|| Toner::of(code.language.as_deref())).flatten();
        for content in typed_lines(&code.text.content) {
            let content = toner.as_mut().map_or(content.clone(), |toner| toner.toned(&content));
            let width = self.width(setting) - indent * 2;
            let block = Some(code.text.id);
            let job = Job { content: &content, block, style, width, first: Length::ZERO, deep: 1, language: &language };
            lines.extend(self.code_line(&job, node));
        }
        if let Some(first) = lines.first_mut() {
            first.anchors.push(Anchor::Block(code.text.id));
        }
        if !frame.is_none() {
            let width = self.width(setting);
            lines = self.on_ground(lines, &frame, indent, width, false);
        }
        // A page may end within a longer one, but not near its ends: kept whole, it would leave half a page white. What
        // is not much longer is parted where all else is worse.
        let page = self.shop.turned_measure();
        let height: Length = lines.iter().map(|line| line.height).sum();
        self.stack_within(page / 6, joined(lines, LEAST_PART), setting.left, style.above, style.below);
        if let Some(item) = self.items.last_mut() {
            item.dear = height <= page / 2;
        }
        let depth = if frame.is_none() { style.leading - self.shop.baseline(&style) } else { Length::ZERO };
        self.even(depth);
    }

    /// Whether the theme wants program text told apart, and each of its colours can be read on a ground.
    fn tones(&self, ground: Colour) -> bool {
        let theme = self.shop.theme;
        let read = |ink: Ink| contrast(theme.palette.ink(ink), ground) >= TEXT;
        theme.code_colours && [Ink::Deep, Ink::Accent, Ink::Grey].into_iter().all(read)
    }

    /// A line, and what of it has to go on below: a little further in than it begins itself.
    fn code_line(&mut self, job: &Job<'_>, node: NodeId) -> Vec<Strip> {
        let set = self.shop.set(job);
        if set.count(0) == 1 {
            return self.shop.lines(set, job, node, &mut self.structure);
        }
        let indent = plain(job.content).chars().take_while(|letter| letter.is_whitespace()).take(99).count();
        let sample = [Inline { kind: InlineKind::Code("0".repeat(indent + 2)), span: None }];
        let hang = self.shop.setter.extents(&sample, &job.style, job.language).1.min(job.width / 2);
        let job = Job { width: job.width - hang, first: Length::ZERO - hang, deep: 1, ..*job };
        let set = self.shop.set(&job);
        let mut lines = self.shop.lines(set, &job, node, &mut self.structure);
        let baseline = self.shop.baseline(&job.style);
        for (at, line) in lines.iter_mut().enumerate() {
            line.shift(Point::new(hang, Length::ZERO));
            if at > 0 {
                self.turned_mark(line, &job.style, Point::new(hang, baseline));
            }
        }
        lines
    }

    /// The mark of a line that goes on: down and to the right, before the point where its words begin.
    fn turned_mark(&self, line: &mut Strip, style: &Style, at: Point) {
        let share = |thousandths: i64| style.size.scale(thousandths, 1000);
        let outline = |corners: &[(i64, i64)]| -> Vec<Point> {
            corners.iter().map(|(x, y)| Point::new(at.x + share(*x), at.y + share(*y))).collect()
        };
        let hook = outline(&[(-780, -600), (-720, -600), (-720, -310), (-400, -310), (-400, -250), (-780, -250)]);
        let head = outline(&[(-420, -420), (-200, -280), (-420, -140)]);
        let colour = self.shop.theme.palette.grey;
        line.paint(Owner::Artifact(Artifact::Layout), MarkKind::Outline { polygons: vec![hook, head], colour });
    }
}

/// A program text that is parted has so many lines on either side.
const LEAST_PART: usize = 4;

/// Lines, the first few and the last few of them as one piece each.
fn joined(lines: Vec<Strip>, least: usize) -> Vec<Strip> {
    let last = lines.len().saturating_sub(least).max(least);
    let mut pieces: Vec<Strip> = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        match pieces.last_mut() {
            Some(piece) if (1..least).contains(&at) || at > last => piece.append(line),
            _ => pieces.push(line),
        }
    }
    pieces
}

/// The lines of a program text, their spaces as the keyboard has them.
fn typed_lines(content: &[Inline]) -> Vec<Vec<Inline>> {
    let mut lines = vec![Vec::new()];
    for inline in content {
        match &inline.kind {
            InlineKind::LineBreak => lines.push(Vec::new()),
            InlineKind::Code(text) => {
                let kind = InlineKind::Code(text.replace('\u{a0}', " "));
                lines.last_mut().expect("there is always one").push(Inline { kind, span: inline.span });
            }
            _ => lines.last_mut().expect("there is always one").push(inline.clone()),
        }
    }
    lines
}
