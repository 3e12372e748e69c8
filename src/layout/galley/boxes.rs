//! Boxes: their kinds with word, mark and colour, key figures, key points, and the grounds and rules that hold them.

use super::{Builder, HANG, Item, Setting};
use crate::book::block::{BoxBlock, BoxKind};
use crate::book::walk;
use crate::book::{Block, BlockKind, TextBlock};
use crate::language::{Direction, Language};
use crate::layout::strip::{Anchor, Strip};
use crate::page::{Artifact, MarkKind, Owner, Tag};
use crate::theme::{Edge, Frame, Ink, Role, Style};
use crate::units::{Length, Point, Rect};

/// No more figures to remember stand beside each other.
const ABREAST: usize = 4;

/// The least width of what one counts, in its letters.
const LABEL: i64 = 8;

/// A figure to remember.
pub(super) fn key_figure(block: &Block) -> Option<&BoxBlock> {
    match &block.kind {
        BlockKind::Box(boxed) if boxed.kind == BoxKind::KeyFigure => Some(boxed),
        _ => None,
    }
}

/// What a ground or a rule beside a figure takes of its width.
fn beside(style: &Style) -> Length {
    let frame = style.frame;
    let beside = frame.ground.is_some() || matches!(frame.rule, Edge::Start | Edge::Around);
    if beside { frame.inside * 2 } else { Length::ZERO }
}

impl<'a> Builder<'a> {
    /// A figure to remember over what it counts.
    fn key_figure(&mut self, boxed: &'a BoxBlock, setting: Setting<'a>) {
        let style = *self.shop.style(Role::KeyFigure);
        let column = self.margin_column(setting).filter(|column| self.fits(boxed, style, *column, setting));
        let setting = match column {
            Some(column) => Setting { left: Length::ZERO, right: self.measure() - column, ..setting },
            None => setting,
        };
        let width = self.width(setting);
        let style = match &boxed.title {
            Some(figure) => self.on_one_line(figure, style, width - beside(&style), setting.language),
            None => style,
        };
        let mut strip = self.figure_and_label(boxed, style, width, setting);
        if column.is_some() {
            strip.height += self.shop.grid();
            match self.aside(strip) {
                Ok(()) => return,
                Err(back) => strip = back,
            }
        }
        self.solid(strip, setting.left, style.above, style.below);
        let label = self.shop.style(Role::KeyFigureLabel);
        self.even(label.leading - self.shop.baseline(label));
    }

    /// The figure over what it counts, in a width.
    fn figure_and_label(&mut self, boxed: &'a BoxBlock, style: Style, width: Length, setting: Setting<'a>) -> Strip {
        let node = self.structure.add(setting.parent, Tag::Div);
        let inner = Setting {
            left: Length::ZERO,
            right: self.measure() - width + beside(&style),
            role: Role::KeyFigureLabel,
            parent: node,
            ..setting
        };
        let start = self.items.len();
        if let Some(figure) = &boxed.title {
            let paragraph = self.structure.add(node, Tag::P);
            let strip = self.title_text(figure, style, self.width(inner), paragraph, setting.language);
            self.solid(strip, Length::ZERO, Length::ZERO, Length::ZERO);
        }
        self.blocks(&boxed.blocks, inner);
        let strip = self.stacked(start);
        self.framed(strip, &style, width, setting.language)
    }

    /// Figures to remember that follow each other stand beside each other, as many as have room and as even as can be,
    /// their numbers of one size.
    pub(super) fn key_figures(&mut self, row: &'a [Block], setting: Setting<'a>) {
        let boxes = || row.iter().filter_map(|block| key_figure(block).map(|boxed| (block, boxed)));
        let style = *self.shop.style(Role::KeyFigure);
        let (measure, gap) = (self.width(setting), self.shop.style(Role::KeyFigureLabel).size * 2);
        let width = |abreast: usize| (measure - gap * (abreast as i64 - 1)) / abreast as i64;
        let abreast = (1..=row.len().min(ABREAST)).rev();
        let abreast = abreast.map(|most| row.len().div_ceil(row.len().div_ceil(most)));
        let has_room = |abreast: &usize| boxes().all(|(_, boxed)| self.fits(boxed, style, width(*abreast), setting));
        let abreast = abreast.into_iter().find(has_room).unwrap_or(1);
        let width = width(abreast);
        let sized = |figure: &TextBlock| self.on_one_line(figure, style, width - beside(&style), setting.language);
        let style = boxes().filter_map(|(_, boxed)| boxed.title.as_ref().map(sized));
        let style = style.min_by_key(|style| style.size).unwrap_or(*self.shop.style(Role::KeyFigure));
        let boxes: Vec<(&'a Block, &'a BoxBlock)> = boxes().collect();
        let from_the_right = setting.language.direction() == Direction::RightToLeft;
        let label = self.shop.style(Role::KeyFigureLabel);
        let depth = label.leading - self.shop.baseline(label);
        for line in boxes.chunks(abreast) {
            let mut whole = Strip::default();
            for (at, (block, boxed)) in line.iter().enumerate() {
                let language = block.language.as_ref().unwrap_or(setting.language);
                let mut strip = self.figure_and_label(boxed, style, width, Setting { language, ..setting });
                strip.anchors.push(Anchor::Block(block.id));
                let over = (width + gap) * at as i64;
                let x = if from_the_right { measure - width - over } else { over };
                whole.height = whole.height.max(strip.height);
                whole.lay(strip, Point::new(x, Length::ZERO));
            }
            self.solid(whole, setting.left, style.above, style.below);
            self.even(depth);
        }
    }

    /// Whether a key figure stands on one line of a width, and no word of what it counts is broken there.
    fn fits(&self, boxed: &BoxBlock, style: Style, width: Length, setting: Setting<'_>) -> bool {
        let label = self.shop.style(Role::KeyFigureLabel);
        let width = width - beside(&style);
        let on_one_line = |figure: &TextBlock| {
            let style = self.on_one_line(figure, style, width, setting.language);
            self.shop.setter.extents(&figure.content, &style, setting.language).1 <= width
        };
        let whole = |text: &TextBlock| self.shop.setter.extents(&text.content, label, setting.language).0 <= width;
        width >= label.size * LABEL
            && walk::texts(&boxed.blocks).all(|(_, text)| whole(text))
            && boxed.title.as_ref().is_none_or(on_one_line)
    }

    /// A style a little smaller where a text then stands on one line.
    fn on_one_line(&self, text: &TextBlock, style: Style, width: Length, language: &Language) -> Style {
        let least = self.shop.theme.smallest;
        let smaller = |share: i64| Style { leading: style.leading, ..style.scaled(share, least) };
        let fits = |style: &Style| self.shop.setter.extents(&text.content, style, language).1 <= width;
        [1000, 920, 840, 760, 680].into_iter().map(smaller).find(fits).unwrap_or(style)
    }

    /// A box: a ground, a rule at its start, and what stands in it as one piece.
    pub(super) fn boxed(&mut self, boxed: &'a BoxBlock, setting: Setting<'a>) {
        if boxed.kind == BoxKind::KeyFigure {
            return self.key_figure(boxed, setting);
        }
        let role = Role::of_box(boxed.kind);
        let frame = self.shop.style(role).frame;
        let inside = frame.inside;
        let node = self.structure.add(setting.parent, Tag::Div);
        let start = self.items.len();
        let inner =
            Setting { left: inside, right: setting.left + setting.right + inside, role, parent: node, ..setting };
        if let Some(title) = &boxed.title {
            let own = *self.shop.style(Role::BoxTitle);
            let style = if role == Role::BoxText { own } else { Style { ink: frame.ink, ..own } };
            let heading = self.structure.add(node, Tag::P);
            let (mark, across) = self.box_mark(boxed.kind, &style, self.width(inner), setting.language);
            let width = self.width(inner) - across;
            let mut strip = self.solid_text(title, style, width, heading, setting.language);
            strip.shift(Point::new(self.beside_number(across, setting.language), Length::ZERO));
            strip.lay(mark, Point::default());
            self.solid(strip, inner.left, Length::ZERO, style.below);
        }
        if boxed.kind == BoxKind::KeyPoints {
            self.key_points(&boxed.blocks, inner);
        } else {
            self.blocks(&boxed.blocks, inner);
        }
        let items = self.items.split_off(start);
        let count = items.len();
        let mut strips = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            let item = if at + 1 == count { Item { below: Length::ZERO, ..item } } else { item };
            strips.extend(self.lines_of(item));
        }
        let from_the_right = setting.language.direction() == Direction::RightToLeft;
        let strips = self.on_ground(strips, &frame, Length::ZERO, self.width(setting), from_the_right);
        // A line keeps as much below its baseline as makes up for the difference.
        let grid = self.shop.grid();
        self.stack(strips, setting.left, grid / 3, grid.scale(2, 3));
        self.even(Length::ZERO);
    }

    /// The mark of a kind of box before its title, and how far in the title begins beside it.
    fn box_mark(&self, kind: BoxKind, style: &Style, width: Length, language: &Language) -> (Strip, Length) {
        let mut mark = Strip::default();
        let Some(shape) = sign_of(kind) else { return (mark, Length::ZERO) };
        let side = self.shop.setter.cap_height(style);
        let top = self.shop.baseline(style) - side;
        let from_the_right = language.direction() == Direction::RightToLeft;
        let left = if from_the_right { width - side } else { Length::ZERO };
        let corner = |(x, y): &(i64, i64)| {
            let x = if from_the_right { 100 - x } else { *x };
            Point::new(left + side.scale(x, 100), top + side.scale(*y, 100))
        };
        let polygons = shape.iter().map(|points| points.iter().map(corner).collect()).collect();
        let colour = self.shop.theme.palette.ink(style.ink);
        mark.paint(Owner::Artifact(Artifact::Layout), MarkKind::Outline { polygons, colour });
        (mark, side + style.size.scale(45, 100))
    }

    /// The last item looks as far from what stands above it as from what stands below; `depth` is what it keeps below
    /// its own letters.
    pub(super) fn even(&mut self, depth: Length) {
        if let Some(item) = self.items.last_mut() {
            (item.even, item.depth) = (true, depth);
        }
    }

    /// Slices on a ground that a page's end may part between them: room at head and foot, the rules at its sides, and
    /// what stands on it, moved in.
    pub(super) fn on_ground(
        &self,
        slices: Vec<Strip>,
        frame: &Frame,
        indent: Length,
        width: Length,
        from_the_right: bool,
    ) -> Vec<Strip> {
        // What the last line keeps below its letters is a part of the room, so that head and foot look alike.
        let text = self.shop.style(Role::BoxText);
        let kept = text.leading - self.shop.baseline(text);
        let ruled = matches!(frame.rule, Edge::Top | Edge::Around);
        let head = Strip::blank(frame.inside + if ruled { frame.width } else { Length::ZERO });
        let foot = Strip::blank((frame.inside - kept).max(Length::ZERO));
        let moved = slices.into_iter().map(|mut slice| {
            slice.shift(Point::new(indent, Length::ZERO));
            slice
        });
        let all = std::iter::once(head).chain(moved).chain([foot]);
        let mut slices: Vec<Strip> = all.map(|slice| self.grounded(slice, frame, width, from_the_right)).collect();
        if let Some(first) = slices.first_mut() {
            self.ruled(first, frame, width, Edge::Top, from_the_right);
        }
        if let Some(last) = slices.last_mut() {
            self.ruled(last, frame, width, Edge::Bottom, from_the_right);
        }
        slices
    }

    /// A slice of a ground, the rules at its sides, and what stands on it.
    fn grounded(&self, strip: Strip, frame: &Frame, width: Length, from_the_right: bool) -> Strip {
        let palette = &self.shop.theme.palette;
        let height = strip.height;
        let mut slice = Strip::blank(height);
        let mut fill = |rect: Rect, ink: Ink| {
            let (rect, colour) = (at_start(rect, width, from_the_right), palette.ink(ink));
            slice.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
        };
        if let Some(ground) = frame.ground {
            fill(Rect::new(Length::ZERO, Length::ZERO, width, height), ground);
        }
        if matches!(frame.rule, Edge::Start | Edge::Around) {
            fill(Rect::new(Length::ZERO, Length::ZERO, frame.width, height), frame.ink);
        }
        if frame.rule == Edge::Around {
            fill(Rect::new(width - frame.width, Length::ZERO, frame.width, height), frame.ink);
        }
        slice.lay(strip, Point::default());
        slice
    }

    /// The rule of a ground above its first slice or below its last.
    fn ruled(&self, slice: &mut Strip, frame: &Frame, width: Length, edge: Edge, from_the_right: bool) {
        if frame.rule != edge && frame.rule != Edge::Around {
            return;
        }
        let y = if edge == Edge::Top { Length::ZERO } else { slice.height - frame.width };
        let rect = Rect::new(Length::ZERO, y, frame.length.unwrap_or(width).min(width), frame.width);
        let rect = at_start(rect, width, from_the_right);
        let colour = self.shop.theme.palette.ink(frame.ink);
        slice.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
    }

    /// A piece with what its style puts behind and around it; it grows by what that takes.
    pub(super) fn framed(&self, mut strip: Strip, style: &Style, width: Length, language: &Language) -> Strip {
        let from_the_right = language.direction() == Direction::RightToLeft;
        let frame = style.frame;
        if frame.is_none() {
            return strip;
        }
        let palette = &self.shop.theme.palette;
        let on_ground = frame.ground.is_some() || frame.rule == Edge::Around;
        let above = match (on_ground, frame.rule) {
            (true, _) => frame.inside,
            (false, Edge::Top) => frame.width + frame.inside,
            (false, _) => Length::ZERO,
        };
        let below = match (on_ground, frame.rule) {
            (true, _) => frame.inside,
            (false, Edge::Bottom) => frame.width + frame.inside,
            (false, _) => Length::ZERO,
        };
        let start = if on_ground || frame.rule == Edge::Start { frame.inside } else { Length::ZERO };
        let height = strip.height + above + below;
        let mut framed = Strip::blank(height);
        let mut fill = |rect: Rect, ink: Ink| {
            let (rect, colour) = (at_start(rect, width, from_the_right), palette.ink(ink));
            framed.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
        };
        if let Some(ground) = frame.ground {
            fill(Rect::new(Length::ZERO, Length::ZERO, width, height), ground);
        }
        let along = frame.length.unwrap_or(width).min(width);
        let (thick, foot) = (frame.width, height - frame.width);
        if matches!(frame.rule, Edge::Top | Edge::Around) {
            fill(Rect::new(Length::ZERO, Length::ZERO, along, thick), frame.ink);
        }
        if matches!(frame.rule, Edge::Bottom | Edge::Around) {
            fill(Rect::new(Length::ZERO, foot, along, thick), frame.ink);
        }
        if matches!(frame.rule, Edge::Start | Edge::Around) {
            fill(Rect::new(Length::ZERO, Length::ZERO, thick, height), frame.ink);
        }
        if frame.rule == Edge::Around {
            fill(Rect::new(width - thick, Length::ZERO, thick, height), frame.ink);
        }
        strip.height = Length::ZERO;
        framed.lay(strip, Point::new(if from_the_right { -start } else { start }, above));
        framed
    }

    /// The main points: their numbers in the accent.
    pub(super) fn key_points(&mut self, blocks: &'a [Block], setting: Setting<'a>) {
        for block in blocks {
            let BlockKind::List(list) = &block.kind else {
                self.blocks(std::slice::from_ref(block), setting);
                continue;
            };
            let node = self.structure.add(setting.parent, Tag::L { numerals: list.marker.numerals() });
            let style = *self.shop.style(Role::BoxMarker);
            for (at, entry) in list.items.iter().enumerate() {
                let number = list.marker.number(at);
                let marker = number.map_or_else(|| "•".to_owned(), |number| setting.language.digits(&number));
                let item = self.structure.add(node, Tag::LI);
                let label = self.structure.add(item, Tag::Lbl);
                let body = self.structure.add(item, Tag::LBody);
                let mut mark = self.words(&marker, style, HANG, label, setting.language);
                let text = *self.shop.style(setting.role);
                mark.shift(Point::new(setting.left, Length::ZERO - self.shop.baseline(&text)));
                let start = self.items.len();
                let inner = Setting { left: setting.left + HANG, parent: body, ..setting };
                self.blocks(&entry.blocks, inner);
                self.beside(start, mark, &text);
            }
        }
    }
}

/// The outlines of the mark of a kind of box, in a square of a hundred: told apart by their shapes alone.
fn sign_of(kind: BoxKind) -> Option<&'static [&'static [(i64, i64)]]> {
    Some(match kind {
        BoxKind::Plain | BoxKind::KeyPoints | BoxKind::KeyFigure => return None,
        // A square.
        BoxKind::Note => &[&[(5, 5), (95, 5), (95, 95), (5, 95)]],
        // A plus.
        BoxKind::Tip => &[&[
            (36, 2),
            (64, 2),
            (64, 36),
            (98, 36),
            (98, 64),
            (64, 64),
            (64, 98),
            (36, 98),
            (36, 64),
            (2, 64),
            (2, 36),
            (36, 36),
        ]],
        // A lozenge.
        BoxKind::Important => &[&[(50, -6), (106, 50), (50, 106), (-6, 50)]],
        // A triangle.
        BoxKind::Warning => &[&[(50, -4), (106, 100), (-6, 100)]],
        // A sign of eight corners.
        BoxKind::Caution => &[&[(30, 0), (70, 0), (100, 30), (100, 70), (70, 100), (30, 100), (0, 70), (0, 30)]],
        // An arrow.
        BoxKind::Recommendation => &[&[(0, 34), (48, 34), (48, 4), (102, 50), (48, 96), (48, 66), (0, 66)]],
    })
}

/// Where a rectangle lies whose place is counted from the start of the lines.
fn at_start(rect: Rect, width: Length, from_the_right: bool) -> Rect {
    let x = if from_the_right { width - rect.right() } else { rect.origin.x };
    Rect { origin: Point::new(x, rect.origin.y), ..rect }
}
