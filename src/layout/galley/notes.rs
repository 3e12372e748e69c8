//! Notes: under the titles of their sections, each number a way back to its call.

use super::{Builder, Setting};
use crate::book::block::NoteGroup;
use crate::book::inline::plain;
use crate::book::{NoteId, Target};
use crate::layout::strip::{Anchor, Strip};
use crate::page::{Link, Tag};
use crate::theme::{Alignment, Role, Style};
use crate::units::{Length, Point, Rect};

impl<'a> Builder<'a> {
    pub(super) fn notes(&mut self, groups: &'a [NoteGroup], setting: Setting<'a>) {
        for group in groups {
            if let Some((division, title)) = &group.heading {
                let style = *self.shop.style(Role::NoteHeading);
                let node = self.structure.add(setting.parent, Tag::H(2));
                let target = Target::Division(*division);
                let link = self.structure.add(node, Tag::Link(target.clone()));
                let mut strip = self.solid_text(title, style, self.width(setting), link, setting.language);
                let rect = Rect::new(Length::ZERO, Length::ZERO, super::blocks::extent(&strip), strip.height);
                strip.links = vec![Link { rect, target, node: link, name: plain(&title.content) }];
                self.solid(strip, setting.left, style.above, style.below).keep = true;
            }
            for note in &group.notes {
                self.note(*note, setting);
            }
        }
    }

    /// One note: its number hangs and leads back to the first call.
    pub(super) fn note(&mut self, id: NoteId, setting: Setting<'a>) {
        let note = self.shop.book.note(id);
        let style = *self.shop.style(Role::Note);
        let element = self.structure.add(setting.parent, Tag::Note);
        let label = self.structure.add(element, Tag::Lbl);
        let reference = self.structure.add(label, Tag::Reference);
        let target = Target::NoteCall(id, 0);
        let link = self.structure.add(reference, Tag::Link(target.clone()));
        let hang = Style { start: Length::ZERO, align: Alignment::Flush, ..style };
        let words = format!("{}.", note.number);
        let mut mark = self.words(&words, hang, self.width(setting), link, setting.language);
        let rect = Rect::new(Length::ZERO, Length::ZERO, super::blocks::extent(&mark), mark.height);
        mark.links.push(Link { rect, target, node: link, name: format!("{} ↩", note.number) });
        mark.shift(Point::new(setting.left, Length::ZERO - self.shop.baseline(&hang)));
        self.waiting.push(Anchor::Note(id));
        let start = self.items.len();
        self.blocks(&note.blocks, Setting { role: Role::Note, parent: element, main: setting.main, ..setting });
        if self.items.len() == start {
            let item = self.item(super::Shape::Solid(Strip::blank(style.leading)));
            self.items.push(item);
        }
        self.beside(start, mark, &style);
    }
}
