//! Texts in a galley: as items whose lines the page kernel may cut, or as one strip.

use super::{Builder, Setting};
use crate::book::{Inline, InlineKind, PictureSize, TextBlock, walk};
use crate::language::Language;
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::{Job, TextItem};
use crate::page::NodeId;
use crate::theme::{Alignment, Role, Style};
use crate::units::Length;

impl<'a> Builder<'a> {
    /// Adds a text as an item whose lines the page kernel may cut. It is set with all others of the galley.
    pub(super) fn text(&mut self, text: &'a TextBlock, style: Style, indent: bool, node: NodeId, setting: Setting<'a>) {
        let first = if indent { style.first } else { Length::ZERO } + std::mem::take(&mut self.lead);
        let Setting { left, right, .. } = setting.indented(style.start, style.end);
        let width = self.shop.theme.page.measure() - left - right;
        let job = Job { content: &text.content, block: Some(text.id), style, width, first, language: setting.language };
        let mut anchors = std::mem::take(&mut self.waiting);
        anchors.push(Anchor::Block(text.id));
        if has_pictures(text) {
            self.after_float = false;
            let alone = walk::is_of_pictures(&text.content);
            let (above, below) = match alone {
                true => (self.shop.style(Role::Caption).above, self.shop.style(Role::Source).below),
                false => (style.above, style.below),
            };
            let job = if alone { Job { first: first.min(Length::ZERO), ..job } } else { job };
            let strips = self.lines_with_pictures(&job, anchors, node);
            return self.stack(strips, left, above, below);
        }
        self.jobs.push(job);
        let at = self.jobs.len() - 1;
        let mut other = None;
        if std::mem::take(&mut self.after_float) && !indent && style.first > Length::ZERO {
            self.jobs.push(Job { first: first + style.first, ..job });
            other = Some(Box::new(Err(at + 1)));
        }
        let item = TextItem {
            set: Err(at),
            other,
            indented: false,
            block: Some(text.id),
            main: setting.main,
            node,
            style,
            left,
            beside: Strip::default(),
            anchors,
        };
        let shape = super::Shape::Text(Box::new(item));
        let item = super::Item { above: style.above, below: style.below, ..self.item(shape) };
        self.items.push(item);
    }

    /// A text in which pictures stand: its lines are not all of one height.
    fn lines_with_pictures(&mut self, job: &Job<'a>, anchors: Vec<Anchor>, node: NodeId) -> Vec<Strip> {
        let set = self.shop.set(job);
        self.shop.setter.report(&set, 0, 0..set.count(0), &mut self.diagnostics);
        let calls = set.calls(0);
        let mut strips = self.shop.lines(set, job, node, &mut self.structure);
        for (line, note, call) in calls {
            strips[line].anchors.push(Anchor::Call(note, call));
        }
        if let Some(first) = strips.first_mut() {
            first.anchors.extend(anchors);
        }
        strips
    }

    /// A short text of the builder's own, as one strip without an item.
    pub(super) fn words(
        &mut self,
        text: &str,
        style: Style,
        width: Length,
        node: NodeId,
        language: &Language,
    ) -> Strip {
        let content = [Inline { kind: InlineKind::Text(text.to_owned()), span: None }];
        let job = Job { content: &content, block: None, style, width, first: Length::ZERO, language };
        self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics)
    }

    /// A text block as one strip.
    pub(super) fn solid_text(
        &mut self,
        text: &'a TextBlock,
        style: Style,
        width: Length,
        node: NodeId,
        language: &'a Language,
    ) -> Strip {
        let job = Job::block(text, style, width, language);
        let mut strip = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
        strip.anchors.push(Anchor::Block(text.id));
        strip
    }

    /// A title as one strip, its lines as even as they can be.
    pub(super) fn title_text(
        &mut self,
        text: &'a TextBlock,
        style: Style,
        width: Length,
        node: NodeId,
        language: &'a Language,
    ) -> Strip {
        let job = Job::block(text, style, width, language);
        let mut strip = self.shop.balanced(&job, node, &mut self.structure, &mut self.diagnostics);
        strip.anchors.push(Anchor::Block(text.id));
        strip
    }

    /// A style for a text that must stand as one piece: flush, whatever the role says of edges.
    pub(super) fn flush(style: &Style) -> Style {
        Style { align: Alignment::Flush, hyphenate: false, first: Length::ZERO, ..*style }
    }
}

/// Whether pictures stand in a text that are higher than its letters.
fn has_pictures(text: &TextBlock) -> bool {
    walk::pieces(&text.content)
        .any(|piece| matches!(&piece.kind, InlineKind::Picture { size, .. } if *size != PictureSize::Letters))
}
