//! The title of the book at the head of its first page, where neither a cover nor a title page says it.

use super::Builder;
use crate::book::Inline;
use crate::language::facts::Facts;
use crate::language::terms::{self, Term};
use crate::layout::strip::Strip;
use crate::layout::text::Job;
use crate::page::{Artifact, MarkKind, NodeId, Owner, Structure, Tag};
use crate::theme::{Alignment, Role, Style};
use crate::units::{Length, Point, Rect};

/// The size of its letters beside those of a title page, in thousandths.
const SHARES: [i64; 5] = [820, 700, 600, 500, 420];

/// Below the last line.
const RULE: Length = Length::mm(0.18);

impl Builder<'_> {
    /// Sets it over all columns.
    pub fn masthead(&mut self, division: usize) {
        self.division = division;
        let metadata = &self.shop.book.metadata;
        let language = &metadata.language;
        let sect = self.structure.add(Structure::ROOT, Tag::Sect);
        let measure = self.shop.theme.page.measure();
        let series = metadata.series.as_ref().map(|series| match &series.number {
            Some(number) => format!("{} · {}", series.name, Term::Number.numbered(language, number)),
            None => series.name.clone(),
        });
        let names: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
        let byline = (!names.is_empty()).then(|| Facts::of(language).list(&names));
        let house = metadata.publisher.as_ref().map(|house| house.name.clone());
        let date = metadata.date.map(|date| terms::date(language, date.year, date.month, date.day));
        let imprint: Vec<String> = house.into_iter().chain(date).collect();
        let said = |words: String| vec![Inline::text(words)];
        let rows: Vec<(Role, Vec<Inline>)> = [
            series.map(|words| (Role::Imprint, said(words))),
            Some((Role::BookTitle, metadata.title.value.clone())),
            metadata.subtitle.as_ref().map(|words| (Role::BookSubtitle, words.value.clone())),
            byline.map(|words| (Role::Byline, said(words))),
            (!imprint.is_empty()).then(|| (Role::Imprint, said(imprint.join("\u{2002}·\u{2002}")))),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mut strip = Strip::default();
        for (role, content) in &rows {
            self.masthead_line(&mut strip, *role, content, sect, measure);
        }
        let gap = self.shop.grid() / 2;
        let rect = Rect::new(Length::ZERO, strip.height + gap, measure, RULE);
        let colour = self.shop.theme.palette.rules;
        strip.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
        strip.height += gap + RULE;
        let below = self.shop.grid() * 2;
        self.across(|builder| {
            builder.solid(strip, Length::ZERO, Length::ZERO, below);
        });
    }

    /// A row of it below the others, in letters that leave its longest word room.
    fn masthead_line(&mut self, strip: &mut Strip, role: Role, content: &[Inline], sect: NodeId, width: Length) {
        let theme = self.shop.theme;
        let language = &self.shop.book.metadata.language;
        let large = matches!(role, Role::BookTitle | Role::BookSubtitle);
        let styled = |share: i64| match large {
            true => self.shop.style(role).scaled(share, theme.smallest),
            false => *self.shop.style(role),
        };
        let fits = |share: &i64| self.shop.setter.extents(content, &styled(*share), language).0 <= width;
        let style = styled(SHARES.into_iter().find(fits).unwrap_or(SHARES[SHARES.len() - 1]));
        let style =
            Style { align: if style.align == Alignment::Justified { Alignment::Flush } else { style.align }, ..style };
        let above = if strip.height > Length::ZERO { style.above.min(self.shop.grid()) } else { Length::ZERO };
        let node = self.structure.add(sect, Tag::P);
        let job = Job { content, block: None, style, width, first: Length::ZERO, deep: 1, language };
        let lines = self.shop.balanced(&job, node, &mut self.structure, &mut self.diagnostics);
        let (at, height) = (strip.height + above, lines.height);
        strip.lay(lines, Point::new(Length::ZERO, at));
        strip.height = at + height;
    }
}
