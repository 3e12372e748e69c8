//! Panels: pictures side by side, each with its own caption below it, under the title of the whole.

use super::blocks::caption;
use super::figure::{fit, named_words};
use super::{Builder, Setting};
use crate::book::block::{Extent, Figure, FigureBody, Panels};
use crate::book::{Block, BlockKind};
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::Job;
use crate::page::Tag;
use crate::theme::Role;
use crate::units::{Length, Point, Rect, Size};

impl<'a> Builder<'a> {
    pub(super) fn panels(&mut self, row: &'a Panels, setting: Setting<'a>) {
        let measure = self.width(setting);
        if row.wide && self.columns > 1 && !self.over && measure == self.measure() {
            return self.across(|builder| builder.panels(row, setting));
        }
        let reach = if row.wide { self.may_reach(setting) } else { Length::ZERO };
        if reach > Length::ZERO {
            return self.reaching(reach, |builder| builder.panels(row, setting));
        }
        let group = self.structure.add(setting.parent, Tag::Div);
        let caption_style = *self.shop.style(Role::Caption);
        let mut strips = Vec::new();
        if row.caption.is_some() || row.number.is_some() {
            let node = caption(&mut self.structure, group);
            let title = self.numbered_title(row.number.as_deref(), row.caption.as_ref(), measure, node, setting);
            let mut title = self.framed(title, &caption_style, measure, setting.language);
            title.height += caption_style.below;
            strips.push(title);
        }
        let abreast = if self.needs_whole_measure(row) { 1 } else { row.columns.max(1) };
        let columns = i64::from(abreast);
        let gap = caption_style.size * 2;
        let width = (measure - gap * (columns - 1)) / columns;
        for line in row.panels.chunks(usize::from(abreast)) {
            let mut whole = Strip::default();
            for (at, block) in line.iter().enumerate() {
                let BlockKind::Figure(figure) = &block.kind else { continue };
                let mut panel = self.panel(figure, width, Setting { parent: group, ..setting });
                panel.anchors.push(Anchor::Block(block.id));
                whole.height = whole.height.max(panel.height);
                whole.lay(panel, Point::new((width + gap) * at as i64, Length::ZERO));
            }
            whole.height += caption_style.below;
            strips.push(whole);
        }
        let mut foot = Strip::default();
        for text in &row.below {
            self.source_lines(&mut foot, [Some(text), None, None], measure, group, setting);
        }
        strips.push(foot);
        self.stack(strips, setting.left, caption_style.above, self.shop.style(Role::Source).below);
    }

    /// Whether letters stand in panels that who reads large print could not read beside each other.
    fn needs_whole_measure(&self, row: &Panels) -> bool {
        let drawn = |block: &Block| match &block.kind {
            BlockKind::Figure(figure) => self.picture_of(figure).is_none_or(|asset| {
                let picture = self.shop.book.assets.get(asset);
                picture.smallest_letters(picture.natural_width()).is_some()
            }),
            _ => false,
        };
        self.shop.theme.is_large_print() && row.panels.iter().any(drawn)
    }

    /// A picture as wide as its column, its caption below it.
    pub(super) fn panel(&mut self, figure: &'a Figure, width: Length, setting: Setting<'a>) -> Strip {
        let group = self.structure.add(setting.parent, Tag::Div);
        let room = self.shop.turned_measure() / 2;
        let mut strip = Strip::default();
        match &figure.body {
            FigureBody::Picture(asset) => {
                let asset = self.picture_of(figure).unwrap_or(*asset);
                let picture = self.shop.book.assets.get(asset);
                let wanted = match figure.width {
                    Some(Extent::Length(length)) => length.min(width),
                    Some(Extent::Share(_)) | None => width,
                };
                let room = figure.height.map_or(room, |height| height.min(room));
                let (across, down) = fit(wanted, (picture.width, picture.height), room);
                let rect = Rect::new((width - across) / 2, Length::ZERO, across, down);
                self.picture(&mut strip, asset, figure.alt.as_deref(), rect, group);
                strip.height += down;
            }
            FigureBody::Chart(chart) => {
                let size = (Size::new(width, room), figure.height);
                for piece in self.chart(&mut strip, chart, figure.alt.as_deref(), size, group, setting.language) {
                    strip.append(piece);
                }
            }
        }
        if figure.caption.is_some() || figure.number.is_some() {
            strip.height += self.shop.style(Role::Source).above;
            let node = caption(&mut self.structure, group);
            strip.append(self.panel_title(figure, width, node, setting));
        }
        self.source_lines(
            &mut strip,
            [figure.note.as_ref(), figure.source.as_ref(), figure.credit.as_ref()],
            width,
            group,
            setting,
        );
        strip
    }

    /// "(a) Words of the caption"; a figure with a number of its own says that.
    fn panel_title(
        &mut self,
        figure: &'a Figure,
        width: Length,
        node: crate::page::NodeId,
        setting: Setting<'a>,
    ) -> Strip {
        let part = figure.number.as_deref().filter(|number| number.starts_with('('));
        let Some(part) = part else {
            return self.numbered_title(figure.number.as_deref(), figure.caption.as_ref(), width, node, setting);
        };
        let mut content = vec![crate::book::Inline::text(format!("{part}\u{a0}"))];
        content.extend(figure.caption.iter().flat_map(|caption| caption.content.iter().cloned()));
        let job = Job {
            content: &content,
            block: figure.caption.as_ref().map(|caption| caption.id),
            style: *self.shop.style(Role::Caption),
            width,
            first: Length::ZERO,
            deep: 1,
            language: setting.language,
        };
        let mut strip = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
        strip.anchors.extend(figure.caption.as_ref().and_then(named_words));
        strip
    }
}
