//! Figures: title above, picture, source and credit below, as one piece.

use super::blocks::caption;
use super::turned::turn;
use super::{Builder, Full, Setting};
use crate::book::block::{Extent, Figure, FigureBody, FigurePlace};
use crate::book::{AssetId, Inline, InlineKind, PictureKind, TextBlock, walk};
use crate::diagnostic::{Diagnostic, lints};
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::Job;
use crate::page::{Artifact, MarkKind, NodeId, Owner, Tag};
use crate::theme::{Role, Style};
use crate::units::{Length, Point, Rect, Size};

impl<'a> Builder<'a> {
    pub(super) fn figure(&mut self, figure: &'a Figure, setting: Setting<'a>) {
        let upright = self.width(setting);
        let turns = figure.turn || self.turned_for_its_letters(figure, upright);
        if let (Some(asset), FigurePlace::Page, false) = (self.picture_of(figure), figure.place, turns)
            && upright == self.measure()
        {
            return self.across(|builder| builder.full_page(figure, asset, setting));
        }
        if figure.place == FigurePlace::Spread && upright == self.measure() && self.over_a_spread(figure, setting) {
            return;
        }
        let wide = matches!(figure.place, FigurePlace::Wide | FigurePlace::Page | FigurePlace::Spread)
            || turns
            || self.is_broad(figure);
        if wide && self.columns > 1 && !self.over && upright == self.measure() {
            return self.across(|builder| builder.figure(figure, setting));
        }
        let reaches = matches!(figure.place, FigurePlace::Wide | FigurePlace::Spread) && !turns;
        let reach = if reaches { self.may_reach(setting) } else { Length::ZERO };
        if reach > Length::ZERO {
            return self.reaching(reach, |builder| builder.figure(figure, setting));
        }
        if let (FigurePlace::Margin, Some(column)) = (figure.place, self.margin_column(setting)) {
            return self.small_figure(figure, column, setting);
        }
        // A turned figure is set as wide as the type area is high, and as high as it is wide.
        let turned = turns && upright == self.shop.theme.page.measure();
        let measure = if turned { self.shop.turned_measure() } else { upright };
        // What reaches into the margin may stand on a ground.
        let wide_style = *self.shop.style(Role::WideFigure);
        let framed = self.reach > Length::ZERO && !wide_style.frame.is_none();
        let inside = if framed { wide_style.frame.inside } else { Length::ZERO };
        let measure = measure - inside * 2;
        let group = self.structure.add(setting.parent, Tag::Div);
        let mut strip = Strip::default();
        let caption_style = *self.shop.style(Role::Caption);
        if figure.caption.is_some() || figure.number.is_some() {
            let node = caption(&mut self.structure, group);
            let title = self.numbered_title(figure.number.as_deref(), figure.caption.as_ref(), measure, node, setting);
            strip.append(self.framed(title, &caption_style, measure, setting.language));
            strip.height += caption_style.below;
        }
        let most = if turned { upright } else { self.below_headings(figure.place) };
        let room = most - strip.height - self.shop.grid() * if turned { 2 } else { 4 };
        let mut pieces = Vec::new();
        match &figure.body {
            FigureBody::Picture(_) => self.pictured(&mut strip, figure, (measure, room), group),
            FigureBody::Chart(chart) => {
                let width = match figure.width {
                    Some(Extent::Share(share)) => measure.scale(i64::from(share), 1000),
                    Some(Extent::Length(length)) => length.min(measure),
                    None => measure,
                };
                let size = (Size::new(width, room), figure.height);
                let rest = self.chart(&mut strip, chart, figure.alt.as_deref(), size, group, setting.language);
                for piece in rest {
                    pieces.push(std::mem::replace(&mut strip, piece));
                }
            }
        }
        self.source_lines(
            &mut strip,
            [figure.note.as_ref(), figure.source.as_ref(), figure.credit.as_ref()],
            measure,
            group,
            setting,
        );
        let source = *self.shop.style(Role::Source);
        let float = figure.place != FigurePlace::Here;
        if !pieces.is_empty() {
            // Too high for a page: its parts follow each other over as many as they need.
            pieces.push(strip);
            let (above, below) = (caption_style.above, source.below);
            if !self.over {
                return self.parted(pieces, setting.left, above, below);
            }
            // What stands over all columns is a piece by itself.
            let last = pieces.len() - 1;
            for (at, piece) in pieces.into_iter().enumerate() {
                let above = if at == 0 { above } else { Length::ZERO };
                let below = if at == last { below } else { Length::ZERO };
                self.solid(piece, setting.left, above, below).float = float;
            }
            return;
        }
        if turned {
            self.turned_page(turn(strip, measure)).float = float;
            return;
        }
        if framed {
            let strip = self.framed(strip, &wide_style, upright, setting.language);
            self.solid(strip, setting.left, caption_style.above, source.below).float = float;
            return self.even(Length::ZERO);
        }
        self.solid(strip, setting.left, caption_style.above, source.below).float = float;
        let said = figure.note.is_some() || figure.source.is_some() || figure.credit.is_some();
        self.even(if said { source.leading - self.shop.baseline(&source) } else { Length::ZERO });
    }

    /// A picture over a verso and the recto that it faces, if it can stand so; if not, that is said.
    fn over_a_spread(&mut self, figure: &'a Figure, setting: Setting<'a>) -> bool {
        let page = &self.shop.theme.page;
        let why = match self.picture_of(figure) {
            None => "a chart stands on one page: it would lose letters in the fold",
            Some(_) if page.screen => "on a screen no pages face each other",
            Some(_) if page.columns > 1 => "where text stands in columns a figure goes over those of one page",
            Some(_) if page.from_the_right => "in a book from the right that is not done",
            Some(asset) => {
                let rect = Rect::new(Length::ZERO, Length::ZERO, self.measure(), self.measure());
                // Both halves are one figure.
                let group = self.structure.add(setting.parent, Tag::Div);
                let mut verso = Strip::default();
                self.picture(&mut verso, asset, figure.alt.as_deref(), rect, group);
                let mut recto = verso.clone();
                if let Some(Owner::Content(leaf)) = recto.marks.first().map(|mark| mark.owner)
                    && let Some(node) = self.structure.node(leaf).parent
                {
                    recto.marks[0].owner = Owner::Content(self.structure.content(node));
                }
                let high = self.words_below(&mut recto, figure, group, setting);
                self.filling(verso, Full::Verso(high));
                self.filling(recto, Full::Recto(high));
                return true;
            }
        };
        self.diagnostics.report(
            Diagnostic::new(&lints::NO_SPREAD, format!("a figure does not stand over two pages here: {why}"))
                .at(figure.caption.as_ref().and_then(|caption| caption.span))
                .hint("it is as wide as the page has it; `place=page` gives it a page of its own"),
        );
        false
    }

    /// A picture with a page of its own, its words at the foot. How far it reaches is known when it has its page: for now
    /// it takes all of the type area.
    fn full_page(&mut self, figure: &'a Figure, asset: AssetId, setting: Setting<'a>) {
        let measure = self.measure();
        let group = self.structure.add(setting.parent, Tag::Div);
        let mut strip = Strip::default();
        let rect = Rect::new(Length::ZERO, Length::ZERO, measure, measure);
        self.picture(&mut strip, asset, figure.alt.as_deref(), rect, group);
        let high = self.words_below(&mut strip, figure, group, setting);
        self.filling(strip, Full::Page(high));
    }

    /// Puts the words of a figure at the foot of its page; how high they are.
    fn words_below(&mut self, strip: &mut Strip, figure: &'a Figure, group: NodeId, setting: Setting<'a>) -> Length {
        let measure = self.measure();
        let mut words = Strip::default();
        if figure.caption.is_some() || figure.number.is_some() {
            let node = caption(&mut self.structure, group);
            let title = self.numbered_title(figure.number.as_deref(), figure.caption.as_ref(), measure, node, setting);
            words.append(title);
        }
        let below = [figure.note.as_ref(), figure.source.as_ref(), figure.credit.as_ref()];
        self.source_lines(&mut words, below, measure, group, setting);
        let (page, high) = (self.shop.turned_measure(), words.height);
        strip.lay(words, Point::new(Length::ZERO, page - high));
        high
    }

    /// Adds what fills a page.
    fn filling(&mut self, mut strip: Strip, full: Full) {
        // All lines of the page, and more than the one that a page may be longer: none of the text stands below it.
        strip.height = self.shop.grid() * self.shop.theme.page.lines(self.shop.cap_height);
        let item = self.solid(strip, Length::ZERO, Length::ZERO, self.shop.grid() * 2);
        (item.float, item.full) = (true, Some(full));
    }

    /// A figure in the margin: its picture as wide as the column, its words below it.
    fn small_figure(&mut self, figure: &'a Figure, column: Length, setting: Setting<'a>) {
        let mut strip = self.panel(figure, column, setting);
        strip.height += self.shop.style(Role::MarginNote).below;
        if let Err(strip) = self.aside(strip) {
            let (above, below) = (self.shop.style(Role::Caption).above, self.shop.style(Role::Source).below);
            self.solid(strip, setting.left, above, below);
        }
    }

    /// How high a figure may be: as the page, and where it cannot float away no higher than what the headings above it
    /// leave, since they would stand on a page of their own otherwise.
    fn below_headings(&self, place: FigurePlace) -> Length {
        let page = self.shop.turned_measure();
        let headings = self.items.iter().rev().take_while(|item| item.keep);
        let taken: Length = headings.map(|item| item.above + item.height_of_solid() + item.below).sum();
        let left = page - taken;
        if place == FigurePlace::Near || left < page / 3 { page } else { left }
    }

    /// Whether a figure of which nothing is said is a broad one that a column would make too small: a wide picture, or a
    /// chart whose column has no room for thirty letters and their names.
    fn is_broad(&self, figure: &Figure) -> bool {
        let said = figure.width.is_some() || figure.height.is_some() || figure.place == FigurePlace::Here;
        let broad = match self.picture_of(figure) {
            Some(asset) => {
                let picture = self.shop.book.assets.get(asset);
                let broad = u64::from(picture.width) * 3 >= u64::from(picture.height) * 5;
                broad && picture.natural_width() >= self.measure().scale(3, 2)
            }
            None => self.measure() < self.shop.style(Role::ChartLabel).size * 30,
        };
        !said && broad
    }

    /// The picture of a figure: in large print the one that its author drew for it.
    pub(super) fn picture_of(&self, figure: &Figure) -> Option<AssetId> {
        figure.picture_for(self.shop.theme.is_large_print())
    }

    /// Whether the letters of a drawing are too small at a width for who reads this edition.
    fn has_small_letters(&self, asset: AssetId, width: Length) -> bool {
        let picture = self.shop.book.assets.get(asset);
        self.shop.theme.is_large_print()
            && picture.smallest_letters(width).is_some_and(|size| size < self.shop.theme.smallest)
    }

    /// Whether a drawing of large print stands on a turned page, since its letters come out larger there and would be too
    /// small upright.
    fn turned_for_its_letters(&self, figure: &Figure, upright: Length) -> bool {
        let Some(asset) = self.picture_of(figure).filter(|_| upright == self.shop.theme.page.measure()) else {
            return false;
        };
        if !self.has_small_letters(asset, upright) {
            return false;
        }
        let picture = self.shop.book.assets.get(asset);
        let pixels = (picture.width, picture.height);
        // What its words take is known when they are set; some lines of them are usual.
        let (area, words) = (self.shop.turned_measure(), self.shop.grid() * 4);
        let (across, _) = fit(upright, pixels, area - words);
        let (turned, _) = fit(area, pixels, upright - words);
        turned > across.scale(11, 10)
    }

    /// The picture of a figure, as wide as its author or the theme has it.
    fn pictured(&mut self, strip: &mut Strip, figure: &Figure, (measure, room): (Length, Length), group: NodeId) {
        let Some(asset) = self.picture_of(figure) else { return };
        let picture = self.shop.book.assets.get(asset);
        let natural = picture.natural_width();
        let wanted = match figure.width {
            Some(Extent::Share(share)) => measure.scale(i64::from(share), 1000),
            Some(Extent::Length(length)) => length.min(measure),
            None if figure.height.is_some() => measure,
            // The letters of a drawing are as large as the page lets them be.
            None if self.shop.theme.is_large_print() && picture.kind == PictureKind::Svg => measure,
            None => natural.max(measure.scale(1, 3)).min(measure),
        };
        let wanted = if self.has_small_letters(asset, wanted) { measure } else { wanted };
        let room = figure.height.map_or(room, |height| height.min(room));
        let (across, down) = fit(wanted, (picture.width, picture.height), room);
        let left = (measure - across).scale(i64::from(figure.caption.is_none()), 2);
        let rect = Rect::new(left, strip.height, across, down);
        self.picture(strip, asset, figure.alt.as_deref(), rect, group);
        strip.height += down;
    }

    /// Paints a picture and makes its element; a picture without alternative text is an artifact.
    pub(super) fn picture(&mut self, strip: &mut Strip, asset: AssetId, alt: Option<&str>, rect: Rect, parent: NodeId) {
        self.cut_picture(strip, asset, alt, (rect, None), parent);
    }

    /// The same, of which only what lies in a frame is seen.
    pub(super) fn cut_picture(
        &mut self,
        strip: &mut Strip,
        asset: AssetId,
        alt: Option<&str>,
        (rect, clip): (Rect, Option<Rect>),
        parent: NodeId,
    ) {
        let owner = match alt {
            Some(alt) => {
                let node = self.structure.add(parent, Tag::Figure { asset: Some(asset) });
                self.structure.node_mut(node).alt = Some(alt.to_owned());
                Owner::Content(self.structure.content(node))
            }
            None => Owner::Artifact(Artifact::Layout),
        };
        strip.paint(owner, MarkKind::Picture { asset, rect, clip });
    }

    /// "Figure 2. Words of the caption" in the style of captions.
    pub(super) fn numbered_title(
        &mut self,
        number: Option<&str>,
        text: Option<&'a TextBlock>,
        measure: Length,
        node: NodeId,
        setting: Setting<'a>,
    ) -> Strip {
        let style = *self.shop.style(Role::Caption);
        let content = match (number, text) {
            (Some(number), Some(text)) => {
                let language = &self.shop.book.metadata.language;
                let mut content = vec![Inline::own(format!("{number}{}", language.after_number()), language)];
                content.extend(text.content.iter().cloned());
                content
            }
            (Some(number), None) => vec![Inline::text(number)],
            (None, Some(text)) => text.content.clone(),
            (None, None) => Vec::new(),
        };
        let job = Job {
            content: &content,
            block: text.map(|text| text.id),
            style,
            width: measure,
            first: Length::ZERO,
            deep: 1,
            language: setting.language,
        };
        let mut strip = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
        strip.anchors.extend(text.and_then(named_words));
        strip
    }

    /// Note, source and credit, each on lines of its own.
    pub(super) fn source_lines(
        &mut self,
        strip: &mut Strip,
        texts: [Option<&'a TextBlock>; 3],
        measure: Length,
        parent: NodeId,
        setting: Setting<'a>,
    ) {
        let style: Style = *self.shop.style(Role::Source);
        let mut first = true;
        for text in texts.into_iter().flatten() {
            if std::mem::take(&mut first) {
                strip.height += style.above;
            }
            let node = self.structure.add(parent, Tag::P);
            let lines = self.solid_text(text, style, measure, node, setting.language);
            let (at, height) = (strip.height, lines.height);
            strip.lay(lines, Point::new(Length::ZERO, at));
            strip.height += height;
        }
    }
}

/// A picture's size at a width, made smaller where the page has no room for its height.
pub(super) fn fit(width: Length, pixels: (u32, u32), room: Length) -> (Length, Length) {
    let (across, down) = (i64::from(pixels.0.max(1)), i64::from(pixels.1.max(1)));
    let height = width.scale(down, across);
    if height <= room || room <= Length::ZERO { (width, height) } else { (room.scale(across, down), room) }
}

/// Where a link to labelled words of a caption leads.
pub(super) fn named_words(caption: &TextBlock) -> Option<Anchor> {
    let is = |piece: &Inline| matches!(piece.kind, InlineKind::Place { .. });
    walk::pieces(&caption.content).any(is).then_some(Anchor::Block(caption.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_too_high_for_the_page_is_made_smaller() {
        let (across, down) = fit(Length::pt(300.0), (100, 300), Length::pt(600.0));
        assert_eq!((across, down), (Length::pt(200.0), Length::pt(600.0)));
    }
}
