//! Charts: a drawing painted with the setter's letters and the theme's colours, as one figure.

use super::Builder;
use crate::book::Inline;
use crate::book::chart::Chart;
use crate::chart::{self, Align, Drawing, Ink, Letters, Part, Room, Shape, Tone, pen};
use crate::language::facts::Facts;
use crate::language::terms::Term;
use crate::language::{Direction, Language};
use crate::layout::shop::Shop;
use crate::layout::strip::Strip;
use crate::layout::text::Job;
use crate::page::{MarkKind, NodeId, Owner, Tag};
use crate::theme::{Alignment, CHART_LEAST, ChartColours, Role, Style};
use crate::units::{Colour, Length, Point, Rect, Size};

/// The letters that the setter has.
struct Set<'a> {
    shop: Shop<'a>,
    language: &'a Language,
}

impl Set<'_> {
    /// How the words of a role are set.
    fn style(&self, role: chart::Role) -> Style {
        let role = match role {
            chart::Role::Name => Role::ChartLabel,
            chart::Role::Value => Role::ChartValue,
        };
        let mut style = *self.shop.style(role);
        if style.size < CHART_LEAST {
            style.leading = style.leading.scale(CHART_LEAST.to_sp(), style.size.to_sp().max(1));
            style.size = CHART_LEAST;
        }
        Style { align: Alignment::Flush, hyphenate: false, first: Length::ZERO, ..style }
    }
}

impl Letters for Set<'_> {
    fn width(&self, words: &str, role: chart::Role) -> Length {
        self.shop.setter.extents(&[Inline::text(words)], &self.style(role), self.language).1
    }

    fn size(&self, role: chart::Role) -> Length {
        self.style(role).size
    }

    fn leading(&self, role: chart::Role) -> Length {
        self.style(role).leading
    }
}

/// Which part of a chart it is, and the names between which its rows lie: "(continued, 2/3) Dale – Vale".
fn part_named(at: usize, count: usize, (first, last): (String, String), language: &Language) -> String {
    let part = match at {
        0 => format!("(1/{count})"),
        _ => format!("({}, {}/{count})", Term::Continued.word(language), at + 1),
    };
    if first == last { format!("{part} {first}") } else { format!("{part} {first} – {last}") }
}

impl<'a> Builder<'a> {
    /// Paints a chart at the foot of a strip, as wide as it may be and no higher than there is room; its element says
    /// what it shows. Where all of it has no room, the rest of it comes back in pieces that a page's end may part.
    pub(super) fn chart(
        &mut self,
        strip: &mut Strip,
        chart: &Chart,
        alt: Option<&str>,
        (room, height): (Size, Option<Length>),
        parent: NodeId,
        language: &'a Language,
    ) -> Vec<Strip> {
        let letters = Set { shop: self.shop, language };
        let facts = Facts::of(language);
        let number = |value: i64, decimals: u8| facts.decimal_number(value, decimals);
        let from_the_right = language.direction() == Direction::RightToLeft;
        let asked = Room { width: room.width, height, letters: &letters, number: &number, from_the_right };
        let colours = self.shop.theme.palette.charts(Colour::WHITE);
        let mut pieces = Vec::new();
        let parts = chart::draw_within(chart, asked, room.height);
        let count = parts.len();
        for (at, Part { drawing, ends }) in parts.into_iter().enumerate() {
            let node = self.structure.add(parent, Tag::Figure { asset: None });
            let place = ends.map(|ends| part_named(at, count, ends, language));
            // What all of it shows is said once, with the first part.
            let said = alt.filter(|_| at == 0).into_iter().map(str::to_owned).chain(place);
            self.structure.node_mut(node).alt = Some(said.collect::<Vec<_>>().join(" "));
            let mut painted = Strip::default();
            let owner = Owner::Content(self.structure.content(node));
            for shape in &drawing.shapes {
                paint(&mut painted, shape, &colours, owner);
            }
            self.labels(&mut painted, &drawing, &letters, &colours, node);
            if at > 0 {
                // Two parts on one page keep apart.
                let gap = self.shop.grid() / 2;
                let mut piece = Strip::blank(gap + drawing.size.height);
                painted.height = Length::ZERO;
                piece.lay(painted, Point::new(Length::ZERO, gap));
                pieces.push(piece);
                continue;
            }
            painted.height = Length::ZERO;
            strip.lay(painted, Point::new(Length::ZERO, strip.height));
            strip.height += drawing.size.height;
        }
        pieces
    }

    fn labels(
        &mut self,
        strip: &mut Strip,
        drawing: &Drawing,
        letters: &Set<'a>,
        colours: &ChartColours,
        node: NodeId,
    ) {
        let plain = self.shop.theme.is_large_print();
        for label in &drawing.labels {
            let colour = match label.tone {
                Tone::Line(_) | Tone::On(_) if plain => colours.text,
                Tone::Text => colours.text,
                Tone::Quiet => colours.grey,
                Tone::Line(series) => colours.beside(usize::from(series)),
                Tone::On(series) => colours.on(usize::from(series)),
            };
            let style = Style { ink: crate::theme::Ink::Own(colour), ..letters.style(label.role) };
            let wide = letters.width(&label.words, label.role);
            let left = match label.align {
                Align::Left => label.at.x,
                Align::Middle => label.at.x - wide / 2,
                Align::Right => label.at.x - wide,
            };
            // A hair more than it needs, so that no rounding parts it.
            let slack = style.size / 32;
            let content = [Inline::text(label.words.as_str())];
            let job = Job {
                content: &content,
                block: None,
                style,
                width: wide + slack,
                first: Length::ZERO,
                deep: 1,
                language: letters.language,
            };
            let words = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
            if let (Tone::On(_), true) = (label.tone, plain) {
                // Letters of large print stand on paper.
                let (x, y) = (left - slack, label.at.y - style.size.scale(8, 10));
                let rect = Rect::new(x, y, wide + slack * 2, style.size);
                let owner = Owner::Content(self.structure.content(node));
                strip.paint(owner, MarkKind::Fill { rect, colour: colours.paper });
            }
            strip.lay(words, Point::new(left - slack / 2, label.at.y - self.shop.baseline(&style)));
        }
    }
}

/// Paints a shape: lines that stand upright or lie are rectangles, others outlines.
fn paint(strip: &mut Strip, shape: &Shape, colours: &ChartColours, owner: Owner) {
    match shape {
        Shape::Fill { rect, ink } => strip.paint(owner, MarkKind::Fill { rect: *rect, colour: colour(*ink, colours) }),
        Shape::Area { corners, ink } => {
            let polygons = vec![corners.clone()];
            strip.paint(owner, MarkKind::Outline { polygons, colour: colour(*ink, colours) });
        }
        Shape::Dot { at, radius, ink } => {
            let polygons = vec![pen::dot(*at, *radius)];
            strip.paint(owner, MarkKind::Outline { polygons, colour: colour(*ink, colours) });
        }
        Shape::Line { points, width, dashed, ink } => {
            let colour = colour(*ink, colours);
            if let ([one, other], false) = (&points[..], dashed)
                && (one.x == other.x || one.y == other.y)
            {
                let (x, y) = (one.x.min(other.x), one.y.min(other.y));
                let (across, down) = ((one.x - other.x).abs(), (one.y - other.y).abs());
                let rect = match one.x == other.x {
                    true => Rect::new(x - *width / 2, y, *width, down),
                    false => Rect::new(x, y - *width / 2, across, *width),
                };
                return strip.paint(owner, MarkKind::Fill { rect, colour });
            }
            for outline in pen::stroke(points, *width, *dashed) {
                strip.paint(owner, MarkKind::Outline { polygons: vec![outline], colour });
            }
        }
    }
}

/// The colour of an ink.
fn colour(ink: Ink, colours: &ChartColours) -> Colour {
    let of = |all: &[Colour; 6], number: u8| all[usize::from(number).min(all.len() - 1)];
    match ink {
        Ink::Series(number) => of(&colours.series, number),
        Ink::Faint(number) => of(&colours.faint, number),
        Ink::Line(number) => of(&colours.lines, number),
        Ink::Quiet => colours.quiet,
        Ink::Tint => colours.tint,
        Ink::Edge => colours.edge,
        Ink::Grid => colours.grid,
        Ink::Zero => colours.zero,
        Ink::Paper => colours.paper,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_chart_are_told_apart_by_who_hears_them() {
        let ends = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        let english = Language::parse("en-GB").expect("a tag");
        assert_eq!(part_named(0, 3, ends("Alder", "Dale"), &english), "(1/3) Alder – Dale");
        assert_eq!(part_named(1, 3, ends("Elm", "Moor"), &english), "(continued, 2/3) Elm – Moor");
        assert_eq!(part_named(2, 3, ends("Vale", "Vale"), &english), "(continued, 3/3) Vale");
    }
}
