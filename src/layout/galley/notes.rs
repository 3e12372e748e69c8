//! Notes: under the titles of their sections, each number a way back to its call.

use super::{Builder, FootNote, Item, Setting, Shape};
use crate::book::block::Notes;
use crate::book::plain;
use crate::book::{Block, Inline, NoteId, NotePlace, Target};
use crate::language::Direction;
use crate::layout::strip::{Anchor, Beside, Strip};
use crate::layout::text::{Job, Leaves, signs};
use crate::page::{Artifact, Edge, Link, NodeId, Owner, Tag};
use crate::theme::bounds::LEAST;
use crate::theme::{Alignment, Ink, Role, Style};
use crate::units::{Length, Point, Rect};

/// How much of a note is set.
#[derive(Clone, Copy)]
enum Part<'a> {
    /// All of it.
    Whole,
    /// What of it stands beside its call.
    Beside(&'a [Block]),
    /// What stands at the end.
    Rest(&'a [Block]),
}

impl<'a> Builder<'a> {
    pub(super) fn notes(&mut self, notes: &'a Notes, setting: Setting<'a>) {
        // At the foot of the pages they stand beside their calls already; of those in the margin the list has the rest.
        if self.shop.note_place() == NotePlace::Footnotes {
            return;
        }
        if let Some(title) = &notes.title {
            self.heading(2, None, title, setting);
        }
        for group in &notes.groups {
            if let Some((division, title)) = &group.heading {
                let style = *self.shop.style(Role::NoteHeading);
                let node = self.structure.add(setting.parent, Tag::H(2));
                let target = Target::Division(*division);
                let link = self.structure.add(node, Tag::Link(target.clone()));
                let mut strip = self.solid_text(title, style, self.width(setting), link, setting.language);
                let rect = Rect::new(Length::ZERO, Length::ZERO, strip.extent(), strip.height);
                strip.links = vec![Link { rect, target, node: link, name: plain(&title.content) }];
                self.solid(strip, setting.left, style.above, style.below).keep = true;
            }
            for note in &group.notes {
                let part = self.shop.parted(*note).map_or(Part::Whole, |parted| Part::Rest(&parted.rest));
                self.note(*note, Role::Note, part, setting);
            }
        }
    }

    /// One note: its number hangs and leads back to the first call.
    fn note(&mut self, id: NoteId, role: Role, part: Part<'a>, setting: Setting<'a>) {
        let note = self.shop.book.note(id);
        let style = *self.shop.style(role);
        let element = self.structure.add(setting.parent, Tag::Note);
        let label = self.structure.add(element, Tag::Lbl);
        let reference = self.structure.add(label, Tag::Reference);
        let target = Target::NoteCall(id, 0);
        let link = self.structure.add(reference, Tag::Link(target.clone()));
        let hang = Style { start: Length::ZERO, align: Alignment::Flush, ..style };
        let number = self.shop.book.metadata.language.digits(&note.number.to_string());
        // Beside the text a heavier number needs no stop.
        let (words, hang) = match role {
            Role::MarginNote => (number, Style { weight: 600, ..hang }),
            _ => (format!("{number}."), hang),
        };
        let mut mark = self.words(&words, hang, self.width(setting), link, setting.language);
        let rect = mark.letters();
        mark.links.push(Link { rect, target, node: link, name: format!("{} ↩", note.number) });
        let out = match part {
            Part::Rest(_) => Length::ZERO,
            Part::Whole | Part::Beside(_) => self.ways_back(id, label, &style, &mut mark, setting),
        };
        mark.shift(Point::new(setting.left, Length::ZERO - self.shop.baseline(&hang)));
        if style.start == Length::ZERO {
            self.lead = rect.size.width + style.size / 2;
        }
        if self.shop.theme.note_pages && self.shop.book.note_place == NotePlace::Endnotes {
            self.locator(id, out, &mut mark, setting);
        }
        let blocks = match part {
            Part::Whole => {
                self.waiting.push(Anchor::Note(id));
                &note.blocks
            }
            Part::Beside(blocks) => blocks,
            Part::Rest(blocks) => blocks,
        };
        let start = self.items.len();
        // All of it stands beside the number: code and tables too.
        let inner = setting.indented(self.beside_notes(&style, &hang, setting), style.end);
        // In the e-book a note is whole, and its rest begins no page of the print there.
        let main = inner.main && !matches!(part, Part::Rest(_));
        self.blocks(blocks, Setting { role, inset: Some(role), parent: element, main, ..inner });
        if self.items.len() == start {
            let item = self.item(super::Shape::Solid(Strip::blank(style.leading)));
            self.items.push(item);
        }
        self.beside(start, mark, &style);
    }

    /// How far in the text of notes begins: as the theme has it, or as far as four digits ask where there are so many notes.
    fn beside_notes(&self, style: &Style, hang: &Style, setting: Setting<'a>) -> Length {
        let count = self.shop.book.notes.len();
        if count < 1000 || style.start == Length::ZERO {
            return style.start;
        }
        let content = [Inline::text(format!("{}.", self.shop.book.metadata.language.digits(&count.to_string())))];
        style.start.max(self.shop.setter.extents(&content, hang, setting.language).1 + style.size / 3)
    }

    /// Letters in the margin that lead back to the calls of a note that is called several times, as many as have room
    /// there; the number leads to the first. Returns how far out they reach.
    fn ways_back(
        &mut self,
        id: NoteId,
        label: NodeId,
        style: &Style,
        mark: &mut Strip,
        setting: Setting<'a>,
    ) -> Length {
        let note = self.shop.book.note(id);
        // Nobody follows a link on a press's sheets.
        if note.calls.len() < 2 || !self.shop.theme.page.covers {
            return Length::ZERO;
        }
        let page = &self.shop.theme.page;
        let size = style.size.scale(4, 5).max(LEAST).max(self.shop.theme.smallest);
        let letters = Style { size, weight: 400, ink: Ink::Grey, tracking: 0, ..*style };
        let room = if self.columns > 1 { page.gutter } else { page.spine.min(page.fore_edge) - Length::inches(0.25) };
        let from_the_right = setting.language.direction() == Direction::RightToLeft;
        let widths: Vec<Length> = (0..note.calls.len())
            .map(|call| self.shop.setter.extents(&[Inline::text(letter(call))], &letters, setting.language).1)
            .collect();
        let gap = size / 3;
        let most = room - gap * 2;
        let mut out = Length::ZERO;
        let shown = widths.iter().take_while(|width| {
            out += **width + gap;
            out <= most
        });
        let shown = shown.count();
        let mut at = -widths[..shown].iter().map(|width| *width + gap).sum::<Length>() - gap / 2;
        let reach = -at;
        for (call, width) in widths.into_iter().enumerate().take(shown) {
            let target = Target::NoteCall(id, call as u16);
            let reference = self.structure.add(label, Tag::Reference);
            let node = self.structure.add(reference, Tag::Link(target.clone()));
            let name = format!("{} ↩ {}", note.number, call + 1);
            self.structure.node_mut(node).alt = Some(name.clone());
            let flush = Style { align: Alignment::Flush, ..letters };
            let mut strip = self.words(&letter(call), flush, self.width(setting), node, setting.language);
            let left = if from_the_right { self.width(setting) - at - width } else { at };
            let begins = strip.letters().origin.x;
            strip.shift(Point::new(left - begins, self.shop.baseline(style) - self.shop.baseline(&letters)));
            let rect = strip.letters();
            strip.height = Length::ZERO;
            mark.lay(strip, Point::default());
            mark.links.push(Link { rect, target, node, name });
            at += width + gap;
        }
        reach
    }

    /// The page of a note's call, in the margin beside its first line: it is found by the eye and means nothing more.
    fn locator(&mut self, id: NoteId, beside: Length, mark: &mut Strip, setting: Setting<'a>) {
        let Some(folio) = self.shop.map.folio(&Target::NoteCall(id, 0)) else { return };
        let style = Style { align: Alignment::Flush, ..*self.shop.style(Role::RunningHead) };
        let content = [Inline::text(self.shop.book.metadata.language.digits(&folio.to_string()))];
        let job = Job {
            content: &content,
            block: None,
            style,
            width: self.measure(),
            first: Length::ZERO,
            deep: 1,
            language: setting.language,
        };
        let mut aside = crate::page::Structure::new();
        let root = crate::page::Structure::ROOT;
        let mut figures = self.shop.solid(&job, root, &mut aside, &mut self.diagnostics);
        for figure in &mut figures.marks {
            figure.owner = Owner::Artifact(Artifact::Pagination(Edge::Side));
        }
        let across = figures.extent();
        // Between columns there is less room than in a margin.
        let clear = if self.columns > 1 { style.size / 2 } else { style.size };
        let left = -across - clear - beside;
        mark.lay(figures, Point::new(left, -self.shop.baseline(&style)));
    }

    /// Sets the notes that the items from `start` call for the first time, for the foot of their pages. Their elements
    /// follow the block that calls them.
    pub(super) fn foot_notes(&mut self, start: usize, setting: Setting<'a>) {
        let beside = self.shop.note_place() == NotePlace::Margin;
        if !beside && self.shop.note_place() != NotePlace::Footnotes {
            return;
        }
        for item in &mut self.items[start..] {
            item.settle(self.shop, &self.jobs);
        }
        // A picture that has a page to itself leaves no column beside it.
        let called = |item: &Item| {
            let full = item.full.is_some();
            item.first_calls(0).into_iter().map(move |(_, note)| (note, full)).collect::<Vec<_>>()
        };
        let called: Vec<(NoteId, bool)> = self.items[start..].iter().flat_map(called).collect();
        for (note, full) in called {
            if self.foot.contains_key(&note) || self.beside.contains_key(&Beside::Note(note)) {
                continue;
            }
            let beside = beside && !full && !self.crowded.contains(&note) && self.shop.book.note(note).is_of_text();
            let before = self.items.len();
            let waiting = std::mem::take(&mut self.waiting);
            let at_foot = Setting { left: Length::ZERO, right: Length::ZERO, depth: 0, main: false, ..setting };
            let page = &self.shop.theme.page;
            let at_side = Setting { right: page.measure() - page.margin_column, ..at_foot };
            let parted = self.shop.parted(note);
            let part = parted.map_or(Part::Whole, |parted| Part::Beside(&parted.beside));
            match beside {
                true => self.note(note, Role::MarginNote, part, at_side),
                false => self.note(note, Role::Note, part, at_foot),
            }
            let items = self.items.split_off(before);
            let mut lines: Vec<Strip> = items.into_iter().flat_map(|item| self.lines_of(item)).collect();
            for line in &mut lines {
                // What leads to the rest of a note does not lead to what stands beside the call.
                let begins = parted.map(|parted| Anchor::Block(parted.begins));
                line.anchors.retain(|anchor| !matches!(anchor, Anchor::Note(_)) && Some(anchor) != begins.as_ref());
            }
            self.waiting = waiting;
            match beside {
                true => self.beside.insert(Beside::Note(note), FootNote { lines }),
                false => self.foot.insert(note, FootNote { lines }),
            };
        }
    }

    /// An item as lines that may be parted, its spaces with them.
    pub(super) fn lines_of(&mut self, item: Item) -> Vec<Strip> {
        let (above, below) = (item.above, item.below);
        let mut lines = match item.shape {
            Shape::Text(mut text) => {
                text.settle(self.shop, &self.jobs);
                let count = text.set().count(0);
                let mut leaves = Leaves::default();
                let anchors = std::mem::take(&mut text.anchors);
                let signs = signs(text.set(), 0);
                let mut lines = text.strips(self.shop, 0, 0..count, &mut leaves, &mut self.structure);
                for (line, anchor) in signs {
                    lines[line].anchors.push(anchor);
                }
                if let Some(first) = lines.first_mut() {
                    first.anchors.extend(anchors);
                }
                lines
            }
            Shape::Solid(strip) => vec![strip],
            Shape::Rows { head, rows } => head.into_iter().chain(rows).collect(),
        };
        if let Some(first) = lines.first_mut() {
            first.shift(Point::new(Length::ZERO, above));
            first.height += above;
        }
        if let Some(last) = lines.last_mut() {
            last.height += below;
        }
        lines
    }
}

/// What shows a way back to one of several calls: a letter, two alike after z.
fn letter(call: usize) -> String {
    char::from(b'a' + (call % 26) as u8).to_string().repeat(call / 26 + 1)
}
