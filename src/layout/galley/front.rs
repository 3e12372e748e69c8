//! Titles of divisions, and the entries of the contents page.

use super::{Builder, Setting, Shape};
use crate::book::block::{ContentsEntry, GroupRole};
use crate::book::{Block, BlockKind, Division, DivisionKind, Matter, Target, TextBlock, plain};
use crate::language::{Direction, Language};
use crate::layout::extent::fills_two_pages;
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::Job;
use crate::page::{Artifact, Link, MarkKind, NodeId, Owner, Tag, TextRun};
use crate::theme::colour::{GRAPHICS, contrast};
use crate::theme::{Alignment, Frame, Ink, LARGE_CONTRAST, Numbering, Role, Style};
use crate::units::{Colour, Length, Point, Rect};

/// The role of a kind's paragraphs.
pub(super) fn role(kind: DivisionKind) -> Role {
    match kind {
        DivisionKind::CopyrightPage => Role::Colophon,
        DivisionKind::AboutTheAuthor | DivisionKind::AboutTheInstitute => Role::Biography,
        DivisionKind::Dedication | DivisionKind::Epigraph => Role::Epigraph,
        _ => Role::Body,
    }
}

/// The role of a division's title.
fn title_role(kind: DivisionKind, opens_page: bool) -> Role {
    match (kind, opens_page) {
        (DivisionKind::Part, _) => Role::PartTitle,
        (_, true) => Role::Opening,
        (_, false) => Role::RunOn,
    }
}

impl<'a> Builder<'a> {
    /// The title of a division, or the empty space that stands in its place.
    pub(super) fn title(&mut self, division: &'a Division, opens_page: bool, sect: NodeId, language: &'a Language) {
        let grid = self.shop.grid();
        // What stands alone on its page keeps below its head, even where titles do not.
        let lines = self.shop.theme.opener.sink;
        let sink = grid * if lines == 0 && division.title.is_none() { 6 } else { lines };
        let style = self.shop.style(title_role(division.kind, opens_page));
        let band = self.band(division, opens_page);
        // The rule above the title of what stands in one narrow column of a page of more is as wide as its lines.
        let alone = self.columns == 1 && self.column < self.shop.theme.page.measure();
        if style.across && !alone && division.title.is_some() && self.may_widen() {
            return self.across(|builder| builder.title(division, opens_page, sect, language));
        }
        let Some(title) = &division.title else {
            let lines = match division.kind {
                DivisionKind::Dedication | DivisionKind::Epigraph => sink,
                DivisionKind::HalfTitle | DivisionKind::TitlePage => sink * 2,
                _ => Length::ZERO,
            };
            if opens_page && lines > Length::ZERO {
                self.solid(Strip::blank(lines), Length::ZERO, Length::ZERO, Length::ZERO);
            }
            return;
        };
        let role = match title_role(division.kind, opens_page) {
            // Where long sections open on a band, all others have the title of those that run on.
            Role::Opening if band.is_none() && self.shop.theme.opener.ground.is_some() => Role::RunOn,
            role => role,
        };
        let style = self.legible(*self.shop.style(role), band);
        let style = if band.is_some() { Style { frame: Frame::NONE, ..style } } else { style };
        let node = self.structure.add(sect, Tag::H(1));
        let measure = self.measure();
        let mut strip = if opens_page && band.is_none() { Strip::blank(sink) } else { Strip::default() };
        let above = style.number == Numbering::Above;
        let beside = division.number.as_deref().filter(|_| !above);
        if beside.is_none()
            && let Some(number) = division.kicker.as_ref().or(division.number.as_ref())
        {
            let number_style = self.legible(*self.shop.style(Role::DivisionNumber), band);
            let number_style = Style { align: style.align, ..number_style };
            strip.append(self.words(number, number_style, measure, node, language));
            if style.align == Alignment::Centred {
                strip.height += grid / 2;
            }
        }
        strip.append(self.numbered_title_text(beside, title, style, measure, node, language));
        let lead = self.lead(division, opens_page);
        let own = self.shop.theme.opener;
        let depth = if lead.is_empty() { own.depth } else { own.standfirst_depth.max(own.depth) };
        if !lead.is_empty() {
            let words = self.lead_strip(lead, band, Setting::of(Role::Standfirst, sect, language));
            strip.height += grid;
            strip.append(words);
            strip.anchors.extend(division.blocks.first().map(|group| Anchor::Block(group.id)));
        }
        let name = match &division.number {
            Some(number) => format!("{number} {}", division.name),
            None => division.name.clone(),
        };
        strip.anchors.push(Anchor::Outline(1, name, Target::Division(division.id)));
        let below = if division.kind == DivisionKind::Notes { grid / 2 } else { style.below };
        let mut strip = self.framed(strip, &style, measure, language);
        let head = self.shop.theme.page.head;
        let deep = band.map(|_| depth.max(head + strip.height + grid));
        if let Some(deep) = deep {
            // The text begins two lines below the ground; columns three, on the line of the grid before.
            let clear = match self.over {
                true => grid * ((deep - head + grid * 3).to_sp() / grid.to_sp().max(1)),
                false => deep - head + grid * 2,
            };
            strip.height = strip.height.max(clear - below);
        }
        let item = self.solid(strip, Length::ZERO, style.above, below);
        (item.keep, item.band, item.title) = (style.keep, deep, !opens_page && style.keep);
    }

    /// The ground behind the title of a division that opens a page and fills two of them.
    fn band(&self, division: &Division, opens_page: bool) -> Option<Colour> {
        let ground = self.shop.theme.band()?;
        let long = fills_two_pages(division, self.shop.theme);
        (opens_page && division.matter == Matter::Body && division.title.is_some() && long).then_some(ground)
    }

    /// How many blocks go with a title over all columns: the standfirst, if there is one.
    pub(super) fn leads(&self, division: &Division, opens_page: bool) -> usize {
        let across = self.shop.style(title_role(division.kind, opens_page)).across && division.title.is_some();
        let leads =
            |block: &Block| matches!(&block.kind, BlockKind::Group(group) if group.role == GroupRole::Standfirst);
        let banded = self.band(division, opens_page).is_some();
        usize::from((banded || (across && self.may_widen())) && division.blocks.first().is_some_and(leads))
    }

    /// What stands on the band below the title: the standfirst.
    pub(super) fn lead(&self, division: &'a Division, opens_page: bool) -> &'a [Block] {
        match division.blocks.first().map(|block| &block.kind) {
            Some(BlockKind::Group(group))
                if group.role == GroupRole::Standfirst && self.band(division, opens_page).is_some() =>
            {
                &group.blocks
            }
            _ => &[],
        }
    }

    /// The standfirst as one piece, its letters fit to be read on the band.
    fn lead_strip(&mut self, blocks: &'a [Block], band: Option<Colour>, setting: Setting<'a>) -> Strip {
        let style = self.legible(*self.shop.style(Role::Standfirst), band);
        let mut strip = Strip::default();
        for block in blocks {
            let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
            let node = self.structure.add(setting.parent, Tag::P);
            let width = self.width(setting) - style.end;
            let job = Job::block(&paragraph.text, Self::flush(&style), width, setting.language);
            let mut words = self.shop.balanced(&job, node, &mut self.structure, &mut self.diagnostics);
            words.anchors.push(Anchor::Block(block.id));
            strip.append(words);
        }
        strip
    }

    /// A style whose letters can be read on a ground, or on paper: paper's colour on what is dark, ink on what is light.
    fn legible(&self, style: Style, ground: Option<Colour>) -> Style {
        let palette = &self.shop.theme.palette;
        let behind = ground.unwrap_or(Colour::WHITE);
        let least = if self.shop.theme.is_large_print() { LARGE_CONTRAST } else { GRAPHICS };
        if contrast(style.colour(palette), behind) >= least {
            return style;
        }
        let dark = contrast(Colour::WHITE, behind) > contrast(palette.ink, behind);
        Style { ink: if dark { Ink::Paper } else { Ink::Deep }, ..style }
    }

    /// How large the titles of a title page can be, in thousandths of their size, so that all of it has room.
    pub(super) fn title_share(&self, division: &'a Division, setting: Setting<'a>) -> i64 {
        if !matches!(division.kind, DivisionKind::HalfTitle | DivisionKind::TitlePage) {
            return 1000;
        }
        let height = |share: i64| -> Length {
            let paragraphs = division.blocks.iter().filter_map(|block| match &block.kind {
                BlockKind::Paragraph(paragraph) => Some(paragraph),
                _ => None,
            });
            paragraphs
                .map(|paragraph| {
                    let style = self.paragraph_style(paragraph, share, setting);
                    let width = self.width(setting) - style.start - style.end;
                    let job = Job::block(&paragraph.text, style, width, setting.language);
                    style.above + style.leading * self.shop.set(&job).count(0) as i64 + style.below
                })
                .sum()
        };
        let room = self.shop.turned_measure();
        let shares = [1000, 900, 800, 700, 600, 500, 420, 350, 300];
        shares.into_iter().find(|share| height(*share) <= room).unwrap_or(300)
    }

    /// The title or the subtitle of the book, on a page that has it alone: its lines are as even as they can be.
    pub(super) fn book_title(&mut self, text: &'a TextBlock, style: Style, node: NodeId, setting: Setting<'a>) {
        let inner = setting.indented(style.start, style.end);
        let strip = self.title_text(text, style, self.width(inner), node, setting.language);
        self.solid(strip, inner.left, style.above, style.below);
    }

    /// The items from `start` as one piece that is not parted: a title page, the house and the date at its foot. Where
    /// the page has no room for it, the space above it and its largest letters give way.
    pub(super) fn one_page(&mut self, start: usize) {
        let imprint = self.imprint.take();
        for item in &mut self.items[start..] {
            item.settle(self.shop, &self.jobs);
        }
        let mut sink = Length::ZERO;
        if let Some(Shape::Solid(first)) = self.items.get_mut(start).map(|item| &mut item.shape)
            && first.marks.is_empty()
        {
            sink = std::mem::take(&mut first.height);
        }
        let room = self.shop.turned_measure();
        let foot = imprint.filter(|from| *from > start).map(|from| self.stacked(from));
        let mut strip = self.stacked(start);
        strip.height = strip.height.max(Length::ZERO);
        if let Some(foot) = foot {
            let at = (room - sink - foot.height).max(strip.height);
            let height = at + foot.height;
            strip.lay(foot, Point::new(Length::ZERO, at));
            strip.height = height;
        }
        let drop = sink.min(room - strip.height).max(Length::ZERO);
        strip.shift(Point::new(Length::ZERO, drop));
        strip.height += drop;
        self.solid(strip, Length::ZERO, Length::ZERO, Length::ZERO);
    }

    /// Contents, or a list of figures: titles, leaders, folios.
    pub(super) fn contents(&mut self, entries: &'a [ContentsEntry], setting: Setting<'a>) {
        let list = self.structure.add(setting.parent, Tag::Toc);
        let mut made: Vec<(Length, Length, Strip)> = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let role = match entry.level {
                0 => Role::Contents0,
                1 => Role::Contents1,
                _ => Role::Contents2,
            };
            let style = *self.shop.style(role);
            let item = self.structure.add(list, Tag::Toci);
            let mut line = self.contents_line(entry, style, item, setting);
            line.height += style.below;
            made.push((if at == 0 { Length::ZERO } else { style.above }, style.leading, line));
        }
        let (share, tighter) = self.shares(&made);
        let mut lines: Vec<Strip> = Vec::with_capacity(made.len());
        for (at, (above, leading, words)) in made.into_iter().enumerate() {
            let mut line = Strip::blank(above.scale(share, 1000));
            line.append(words);
            line.height -= leading - leading.scale(tighter, 1000);
            // A title does not part from the first of those below it.
            match lines.last_mut() {
                Some(above) if at > 0 && entries[at - 1].level < entries[at].level => Strip::append(above, line),
                _ => lines.push(line),
            }
        }
        self.stack(lines, setting.left, Length::ZERO, Length::ZERO);
    }

    /// How much of the spaces between entries there is, and of the height of their lines, in thousandths: a few entries
    /// on a last page of their own have room on those before where the spaces are less and, if that does not do, the
    /// lines a little closer.
    fn shares(&self, entries: &[(Length, Length, Strip)]) -> (i64, i64) {
        const LEAST: i64 = 600;
        const CLOSEST: i64 = 920;
        let page = self.shop.turned_measure();
        let before = self.items.iter().map(|item| match &item.shape {
            Shape::Solid(strip) => strip.height + item.below,
            _ => Length::ZERO,
        });
        let before = before.fold(Length::ZERO, |sum, height| sum + height);
        let words = entries.iter().fold(Length::ZERO, |sum, (_, _, words)| sum + words.height);
        let spaces = entries.iter().fold(Length::ZERO, |sum, (above, _, _)| sum + *above);
        let whole = before + words + spaces;
        let full = whole.to_sp() / page.to_sp().max(1);
        let rest = whole - page * full;
        if full < 1 || rest * 4 > page || spaces <= Length::ZERO {
            return (1000, 1000);
        }
        // What keeps together leaves some of each page.
        let needed = rest + self.shop.grid() * full;
        let share = 1000 - needed.to_sp() * 1000 / spaces.to_sp();
        if share >= LEAST {
            return (share, 1000);
        }
        let left = needed - spaces.scale(1000 - LEAST, 1000);
        // One line of each entry: those of one that has several stand as they do.
        let lines = entries.iter().fold(Length::ZERO, |sum, (_, leading, _)| sum + *leading);
        let closer = 1000 - left.to_sp() * 1000 / lines.to_sp().max(1) - 1;
        if closer >= CLOSEST { (LEAST, closer.min(1000)) } else { (1000, 1000) }
    }

    fn contents_line(&mut self, entry: &'a ContentsEntry, style: Style, item: NodeId, setting: Setting<'a>) -> Strip {
        let measure = self.width(setting) - style.end;
        let left = style.start;
        // The figures' column is as wide as the widest folio; it only depends on the pass's map.
        let column = style.size * 3;
        let entry_style = style;
        let style = Style { start: Length::ZERO, end: Length::ZERO, ..style };
        let reference = self.structure.add(item, Tag::Reference);
        let link = self.structure.add(reference, Tag::Link(entry.target.clone()));
        let mut content = Vec::new();
        if let Some(number) = &entry.number {
            content.push(crate::book::Inline::text(format!("{number}\u{2002}")));
        }
        content.extend(entry.text.content.iter().cloned());
        let from_the_right = setting.language.direction() == Direction::RightToLeft;
        let mut job = Job {
            content: &content,
            block: Some(entry.text.id),
            style,
            width: measure - left - column,
            first: Length::ZERO,
            deep: 1,
            language: setting.language,
        };
        // What is turned over stands below the words, not below their number, and in lines as even as they can be.
        if !from_the_right && self.shop.set(&job).count(0) > 1 {
            let numbered =
                entry.number.as_ref().map(|_| self.shop.setter.extents(&content[..1], &style, job.language).1);
            let hang = numbered.unwrap_or(style.size).min(job.width / 4);
            job = Job { width: job.width - hang, first: -hang, ..job };
        }
        let mut strip = Strip::default();
        let mut words = self.shop.balanced(&job, link, &mut self.structure, &mut self.diagnostics);
        words.shift(Point::new(-job.first, Length::ZERO));
        words.links.clear();
        let height = words.height;
        // Where the words stand, and where the leader meets them.
        let start = if from_the_right { column } else { left };
        let met = start + if from_the_right { last_line_start(&words, job.width) } else { last_line_end(&words) };
        strip.lay(words, Point::new(start, Length::ZERO));
        let baseline = height - style.leading + self.shop.baseline(&style);
        let folio = self.shop.map.folio(&entry.target).map(|folio| folio.to_string()).unwrap_or_default();
        let folio = self.shop.book.metadata.language.digits(&folio);
        let mut folio_edge = if from_the_right { Length::ZERO } else { measure };
        if !folio.is_empty() {
            let end = Style { align: Alignment::FlushEnd, ..style };
            let figures = self.words(&folio, end, measure, link, setting.language);
            folio_edge = if from_the_right { last_line_end(&figures) } else { last_line_start(&figures, measure) };
            strip.lay(figures, Point::new(Length::ZERO, height - style.leading));
        }
        if entry_style.leader {
            // Dots that the eye loses on its way are none: a long leader begins near its folio.
            let most = self.shop.theme.longest_leader().unwrap_or(measure);
            let (from, to) = match from_the_right {
                true => (folio_edge, met.min(folio_edge + most)),
                false => (met.max(folio_edge - most), folio_edge),
            };
            self.leader(&mut strip, from, to, baseline);
        }
        strip.height = height;
        let rect = Rect::new(if from_the_right { Length::ZERO } else { left }, Length::ZERO, measure - left, height);
        let name = format!("{} {folio}", plain(&entry.text.content));
        strip.links.push(Link { rect, target: entry.target.clone(), node: link, name: name.trim().to_owned() });
        strip.anchors.push(Anchor::Block(entry.text.id));
        strip
    }

    /// Dots on a grid of their own, so that they stand above each other.
    fn leader(&mut self, strip: &mut Strip, from: Length, to: Length, baseline: Length) {
        const STEP: Length = Length::pt(5.5);
        const DOT: Length = Length::pt(0.8);
        let colour = self.shop.theme.palette.rules;
        let mut x = STEP * (from + Length::pt(8.0)).units_to_cover(STEP);
        while x + STEP < to {
            let rect = Rect::new(x, baseline - DOT, DOT, DOT);
            strip.paint(Owner::Artifact(Artifact::Layout), MarkKind::Fill { rect, colour });
            x += STEP;
        }
    }
}

/// The pieces of text on the last line.
fn last_line(strip: &Strip) -> impl Iterator<Item = &TextRun> {
    let runs = || {
        strip.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run),
            _ => None,
        })
    };
    let last = runs().map(|run| run.origin.y).fold(Length::ZERO, Length::max);
    runs().filter(move |run| last - run.origin.y < Length::pt(5.0))
}

/// Where the last line's text ends at the right.
fn last_line_end(strip: &Strip) -> Length {
    last_line(strip).map(|run| run.right()).fold(Length::ZERO, Length::max)
}

/// Where the last line's text begins at the left.
fn last_line_start(strip: &Strip, default: Length) -> Length {
    last_line(strip).map(|run| run.origin.x).fold(default, Length::min)
}
