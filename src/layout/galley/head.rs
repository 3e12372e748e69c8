//! The band at the head of an extract: between two rules, what it is from, its title, the facts, the address.

use super::Builder;
use crate::book::Inline;
use crate::layout::extract::HeadBand;
use crate::layout::strip::Strip;
use crate::layout::text::Job;
use crate::page::{Artifact, MarkKind, Owner, Structure, Tag};
use crate::theme::{Role, Style};
use crate::units::{Length, Point, Rect};

/// Of the rules: above, below.
const RULES: [Length; 2] = [Length::mm(0.7), Length::mm(0.18)];

impl Builder<'_> {
    /// Sets it over all columns.
    pub fn head_band(&mut self, band: &HeadBand, division: usize) {
        self.division = division;
        let theme = self.shop.theme;
        let measure = theme.page.measure();
        let sect = self.structure.add(Structure::ROOT, Tag::Sect);
        let small = Style { above: Length::ZERO, first: Length::ZERO, ..*self.shop.style(Role::Source) };
        let title = Style { above: Length::ZERO, below: Length::ZERO, ..*self.shop.style(Role::Heading2) };
        let gap = self.shop.grid() / 4;
        let mut strip = Strip::default();
        let rule = |strip: &mut Strip, thick: Length, colour| {
            let rect = Rect::new(Length::ZERO, strip.height, measure, thick);
            strip.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
            strip.height += thick;
        };
        rule(&mut strip, RULES[0], theme.palette.accent);
        strip.height += gap;
        let from = Style { leading: small.leading.scale(5, 4), ..small };
        for (content, style) in [(&band.from, from), (&band.title, title), (&band.about, small), (&band.address, small)]
        {
            self.band_line(&mut strip, content, style, sect, measure);
        }
        strip.height += gap;
        rule(&mut strip, RULES[1], theme.palette.rules);
        let below = self.shop.grid();
        self.across(|builder| {
            builder.solid(strip, Length::ZERO, Length::ZERO, below);
        });
    }

    fn band_line(
        &mut self,
        strip: &mut Strip,
        content: &[Inline],
        style: Style,
        sect: crate::page::NodeId,
        width: Length,
    ) {
        if content.is_empty() {
            return;
        }
        let language = &self.shop.book.metadata.language;
        let node = self.structure.add(sect, Tag::P);
        let job = Job { content, block: None, style, width, first: Length::ZERO, deep: 1, language };
        let lines = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
        let (at, height) = (strip.height, lines.height);
        strip.lay(lines, Point::new(Length::ZERO, at));
        strip.height += height;
    }
}
