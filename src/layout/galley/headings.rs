//! Headings and the numbers of titles: hung in the margin, before their words, or run into the text below.

use super::{Builder, Setting};
use crate::book::{Inline, TextBlock, plain};
use crate::language::{Direction, Language};
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::Job;
use crate::page::{NodeId, Tag};
use crate::theme::{Alignment, Numbering, Role, Style};
use crate::units::{Length, Point};

/// A heading that waits for the first line of the text that goes on after it.
pub(super) struct RunIn {
    pub strip: Strip,
    pub style: Style,
}

/// The words of a title after its number.
fn numbered(number: Option<&str>, title: &TextBlock) -> Vec<Inline> {
    let number = number.map(|number| Inline::text(format!("{number}\u{2002}")));
    number.into_iter().chain(title.content.iter().cloned()).collect()
}

/// Whether lines of a style have no edge at which all of them begin.
fn is_edgeless(style: &Style) -> bool {
    matches!(style.align, Alignment::Centred | Alignment::FlushEnd)
}

impl<'a> Builder<'a> {
    /// A heading below the division's title.
    pub(super) fn heading(&mut self, level: u8, number: Option<&str>, title: &'a TextBlock, setting: Setting<'a>) {
        self.cap = false;
        let role = match level {
            0..=2 => Role::Heading2,
            3 => Role::Heading3,
            _ => Role::Heading4,
        };
        let style = *self.shop.style(role);
        if style.across && self.may_widen() {
            return self.across(|builder| builder.heading(level, number, title, setting));
        }
        let node = self.structure.add(setting.parent, Tag::H(level.clamp(2, 6)));
        let width = self.width(setting);
        // In the margin only where no word of it is broken.
        let longest = self.shop.setter.extents(&title.content, &style, setting.language).0;
        if style.beside
            && let Some(column) = self.margin_column(setting).filter(|column| longest <= *column)
        {
            let content = numbered(number, title);
            let job = Job { content: &content, ..Job::block(title, Self::flush(&style), column, setting.language) };
            let mut strip = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
            strip.anchors.push(Anchor::Block(title.id));
            strip.anchors.push(Anchor::Outline(level, plain(&content), crate::book::Target::Block(title.id)));
            strip.height += self.shop.style(Role::MarginNote).below;
            if self.aside(strip).is_ok() {
                // The text beside it begins a line lower, and does not part from it.
                self.solid(Strip::default(), setting.left, style.above, Length::ZERO).keep = true;
                return;
            }
        }
        let may_run = style.run_in && self.before_text && setting.language.direction() == Direction::LeftToRight;
        if may_run && self.runs_in(level, number, title, style, node, setting) {
            return;
        }
        let mut strip = self.numbered_title_text(number, title, style, width, node, setting.language);
        let words = crate::book::plain(&title.content);
        let words = match number {
            Some(number) => format!("{number} {words}"),
            None => words,
        };
        strip.anchors.push(Anchor::Outline(level, words, crate::book::Target::Block(title.id)));
        let strip = self.framed(strip, &style, width, setting.language);
        self.solid(strip, setting.left, style.above, style.below).keep = style.keep;
    }

    /// The words of a title and its number: beside them, or in one line with them where that has no edge to begin at.
    pub(super) fn numbered_title_text(
        &mut self,
        number: Option<&str>,
        title: &'a TextBlock,
        style: Style,
        width: Length,
        node: NodeId,
        language: &'a Language,
    ) -> Strip {
        if let (Some(number), true) = (number.filter(|_| style.number != Numbering::Unnumbered), is_edgeless(&style)) {
            let content = numbered(Some(number), title);
            let job = Job { content: &content, ..Job::block(title, style, width, language) };
            let mut strip = self.shop.balanced(&job, node, &mut self.structure, &mut self.diagnostics);
            strip.anchors.push(Anchor::Block(title.id));
            return strip;
        }
        let (hung, left) = self.number(number, style, width, node, language);
        let words = self.title_text(title, style, width - left, node, language);
        let mut strip = Strip::blank(words.height);
        strip.lay(hung, Point::default());
        let left = self.beside_number(left, language);
        strip.lay(words, Point::new(left, Length::ZERO));
        strip
    }

    /// A heading that the text below it goes on in its first line, whether it is short enough for that.
    fn runs_in(
        &mut self,
        level: u8,
        number: Option<&str>,
        title: &'a TextBlock,
        style: Style,
        node: NodeId,
        setting: Setting<'a>,
    ) -> bool {
        let width = self.width(setting);
        let content = numbered(number, title);
        let flush = Self::flush(&style);
        let across = self.shop.setter.extents(&content, &flush, setting.language).1;
        if across > width.scale(3, 5) {
            return false;
        }
        let job = Job { content: &content, ..Job::block(title, flush, width, setting.language) };
        let mut strip = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
        strip.shift(Point::new(setting.left, Length::ZERO - self.shop.baseline(&style)));
        self.waiting.append(&mut strip.anchors);
        self.waiting.push(Anchor::Block(title.id));
        let words = plain(&content);
        self.waiting.push(Anchor::Outline(level, words, crate::book::Target::Block(title.id)));
        self.lead = across + style.size;
        self.run_in = Some(RunIn { strip, style });
        true
    }

    /// How far right the words of a title begin beside its number: not at all where they run from the right.
    pub(super) fn beside_number(&self, across: Length, language: &Language) -> Length {
        if language.direction() == Direction::RightToLeft { Length::ZERO } else { across }
    }

    /// The number of a title: hanging in the margin where the theme has room for it, else before the title, which then
    /// begins as much further in as is returned.
    pub(super) fn number(
        &mut self,
        number: Option<&str>,
        style: Style,
        measure: Length,
        node: NodeId,
        language: &'a Language,
    ) -> (Strip, Length) {
        let shown = number.filter(|_| style.number != Numbering::Unnumbered);
        let Some(number) = shown else { return (Strip::default(), Length::ZERO) };
        let mut strip = self.words(&format!("{number}\u{2002}"), Self::flush(&style), measure, node, language);
        let from_the_right = language.direction() == Direction::RightToLeft;
        let across = if from_the_right { measure - strip.start(measure) } else { strip.extent() };
        strip.height = Length::ZERO;
        let page = &self.shop.theme.page;
        // Between columns there is no margin to hang in.
        let between = self.columns > 1 && !self.over;
        let margin = if between { page.gutter / 2 } else { page.spine.min(page.fore_edge) - Length::inches(0.4) };
        if style.number == Numbering::Hung && across <= margin {
            strip.shift(Point::new(if from_the_right { across } else { -across }, Length::ZERO));
            return (strip, Length::ZERO);
        }
        (strip, across)
    }
}
