//! Blocks in the run of the text: paragraphs, lists, definitions, extracts, verse, lives.

use super::boxes::key_figure;
use super::{Builder, HANG, Item, Setting, Shape};
use crate::book::block::{
    Definition, FigurePlace, GroupRole, Heading, List, ListMarker, Paragraph, ParagraphRole, Quote, QuoteKind,
    VerseLine, Works,
};
use crate::book::{Block, BlockKind, InlineKind, TextBlock, plain, walk};
use crate::language::Direction;
use crate::language::Language;
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::{Job, Leaves, signs};
use crate::page::{Artifact, NodeId, Owner, Tag};
use crate::theme::{Alignment, Edge, Role, Style};
use crate::units::{Length, Point};

/// Whether a text ends in a colon before a list, an extract or the like.
fn announces(block: &Block, next: &Block) -> bool {
    let BlockKind::Paragraph(paragraph) = &block.kind else { return false };
    let follows = matches!(
        next.kind,
        BlockKind::List(_) | BlockKind::Definitions(_) | BlockKind::Quote(_) | BlockKind::Code(_) | BlockKind::Verse(_)
    );
    follows && plain(&paragraph.text.content).trim_end().ends_with([':', '：'])
}

/// Whether a block is a text that a heading may run into.
fn begins_with_text(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(paragraph)
        if paragraph.role == ParagraphRole::Text && !walk::is_of_pictures(&paragraph.text.content))
}

/// Whether a block may wait for the head of another page.
fn may_float(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Figure(figure) => figure.place != FigurePlace::Here,
        BlockKind::Table(table) => table.is_named(),
        _ => false,
    }
}

/// Whether nothing but what may stand elsewhere is between a heading and the next one, or the end.
fn is_all_of_a_heading(before: &Block, after: &[Block]) -> bool {
    let heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
    // The notes of a section begin with a heading of their own, or stand elsewhere.
    let ends = |block: &Block| heading(block) || matches!(block.kind, BlockKind::Notes(_));
    heading(before) && after.iter().find(|block| !may_float(block)).is_none_or(ends)
}

impl<'a> Builder<'a> {
    /// Adds blocks, one below the other.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], setting: Setting<'a>) {
        let mut indent = false;
        // Whether a text here would be indented if the figures before it stood elsewhere.
        let mut floated = None;
        // Before which what follows stands already.
        let mut taken = 0;
        for (at, block) in blocks.iter().enumerate() {
            let start = self.items.len();
            self.before_text = blocks.get(at + 1).is_some_and(begins_with_text);
            let text = matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.role == ParagraphRole::Text);
            self.after_float = text && floated == Some(true);
            let figures = blocks[at..].iter().take_while(|block| key_figure(block).is_some()).count();
            let abreast = figures > 1 && self.margin_column(setting).is_none();
            match abreast {
                _ if at < taken => continue,
                true => {
                    self.key_figures(&blocks[at..at + figures], setting);
                    taken = at + figures;
                }
                false => self.block(block, indent, setting),
            }
            self.after_float = false;
            let floats = may_float(block);
            floated = if floats { floated.or(Some(indent)) } else { None };
            // A heading over nothing else keeps its figure or table.
            if floats && at > 0 && is_all_of_a_heading(&blocks[at - 1], &blocks[at + 1..]) {
                let own = self.items[start..].iter_mut().filter(|item| !item.across && item.full.is_none());
                own.for_each(|item| item.float = false);
            }
            // What stands in the margin leaves the text as it was.
            let aside = self.items.len() == start && !self.waiting.is_empty();
            indent = if aside { indent } else { block.habits().runs_on };
            // What announces what follows does not part from it.
            if self.items.len() > start && blocks.get(at + 1).is_some_and(|next| announces(block, next)) {
                self.items.last_mut().expect("one was added").keep = true;
            }
            if block.id.index() < self.shop.book.index.len() && self.items.len() > start {
                self.anchor(start, Anchor::Block(block.id));
            }
            self.foot_notes(start, setting);
        }
    }

    /// Adds an anchor to an item's first line.
    fn anchor(&mut self, item: usize, anchor: Anchor) {
        let anchors = match &mut self.items[item].shape {
            Shape::Text(text) => &mut text.anchors,
            Shape::Solid(strip) => &mut strip.anchors,
            Shape::Rows { rows, .. } => match rows.first_mut() {
                Some(row) => &mut row.anchors,
                None => return,
            },
        };
        if !anchors.contains(&anchor) {
            anchors.push(anchor);
        }
    }

    fn block(&mut self, block: &'a Block, indent: bool, setting: Setting<'a>) {
        let setting = match &block.language {
            Some(language) => Setting { language, ..setting },
            None => setting,
        };
        let parent = setting.parent;
        match &block.kind {
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, indent, setting),
            BlockKind::Heading(Heading { level, number, title, .. }) => {
                self.heading(*level, number.as_deref(), title, setting);
            }
            BlockKind::List(list) => self.list(list, setting),
            BlockKind::Definitions(definitions) => self.definitions(definitions, setting),
            BlockKind::Quote(quote) => self.quote(quote, setting),
            BlockKind::Code(code) => self.code(code, setting),
            BlockKind::Verse(stanzas) => self.verse(stanzas, setting),
            BlockKind::Table(table) => self.table(table, setting),
            BlockKind::Figure(figure) => self.figure(figure, setting),
            BlockKind::Panels(row) => self.panels(row, setting),
            BlockKind::Box(boxed) => self.boxed(boxed, setting),
            BlockKind::PullQuote(paragraphs) => self.pull_quote(paragraphs, setting),
            BlockKind::Ornament => self.ornament(setting),
            BlockKind::PageBreak => {
                let item = Item { new_page: true, ..self.item(Shape::Solid(Strip::default())) };
                self.items.push(item);
            }
            BlockKind::Contents(entries) | BlockKind::ListOf(entries) => self.contents(entries, setting),
            BlockKind::Notes(notes) => self.notes(notes, setting),
            BlockKind::Works(works) => self.works(works, setting),
            BlockKind::Index(index) => self.index(index, setting),
            BlockKind::Biography(biography) => self.biography(biography, setting),
            BlockKind::Group(group) => match group.role {
                GroupRole::Colophon => {
                    let node = self.structure.add(parent, Tag::Div);
                    let role = Role::Colophon;
                    self.blocks(&group.blocks, Setting { parent: node, role, ..setting });
                    if let Some(last) = self.items.last_mut() {
                        last.below += Length::pt(7.0);
                    }
                }
                GroupRole::Standfirst => self.standfirst(&group.blocks, setting),
                GroupRole::Plain => self.blocks(&group.blocks, setting),
            },
        }
        if let (Some(language), Some(first)) = (&block.language, self.structure.node(parent).kids.last().copied()) {
            self.structure.node_mut(first).language = Some(language.clone());
        }
    }

    /// The style of a role in a place that may have its indents already.
    fn style_in(&self, role: Role, setting: Setting<'_>) -> Style {
        let style = *self.shop.style(role);
        match setting.inset == Some(role) {
            true => Style { start: Length::ZERO, end: Length::ZERO, ..style },
            false => style,
        }
    }

    /// The looks of a paragraph; `share` is the size of a title page's letters in thousandths.
    pub(super) fn paragraph_style(&self, paragraph: &Paragraph, share: i64, setting: Setting<'_>) -> Style {
        let title = |role: Role| self.shop.style(role).scaled(share, self.shop.theme.smallest);
        let role = match paragraph.role {
            ParagraphRole::Text | ParagraphRole::Continuation => setting.role,
            ParagraphRole::Attribution => {
                return Style { start: Length::ZERO, ..self.style_in(Role::Attribution, setting) };
            }
            ParagraphRole::Colophon => Role::Colophon,
            ParagraphRole::BookTitle => return title(Role::BookTitle),
            ParagraphRole::BookSubtitle => return title(Role::BookSubtitle),
            // Spaces give way before the letters of the title do.
            ParagraphRole::Byline => {
                let style = self.style_in(Role::Byline, setting);
                // A name above where its bearer works is strong by itself.
                let alone =
                    !matches!(paragraph.text.content.first().map(|name| &name.kind), Some(InlineKind::Strong(_)));
                let weight = if alone { style.weight } else { style.weight.min(400) };
                return Style { weight, above: style.above.scale(share * share * share, 1_000_000_000), ..style };
            }
            ParagraphRole::Imprint => Role::Imprint,
            ParagraphRole::Work => Role::Work,
        };
        self.style_in(role, setting)
    }

    /// The lines that lead into a section; in a column they have all of it.
    pub(super) fn standfirst(&mut self, blocks: &'a [Block], setting: Setting<'a>) {
        let role = Role::Standfirst;
        let narrow = self.columns > 1 && !self.over;
        let start = self.items.len();
        let setting = Setting { role, inset: narrow.then_some(role), ..setting };
        let spare = self.spare_of(blocks, setting);
        self.blocks(blocks, setting.indented(Length::ZERO, spare));
        let keep = self.shop.style(role).keep;
        self.items[start..].iter_mut().for_each(|item| item.keep |= keep);
    }

    /// What the lines of a short text have no use for, once they are as even as they can be: a paragraph, and who said
    /// it.
    fn spare_of(&self, blocks: &'a [Block], setting: Setting<'a>) -> Length {
        let (text, who) = match blocks {
            [text] => (text, None),
            [text, who] => (text, Some(who)),
            _ => return Length::ZERO,
        };
        let BlockKind::Paragraph(text) = &text.kind else { return Length::ZERO };
        let style = self.paragraph_style(text, self.share, setting);
        let width = self.width(setting) - style.start - style.end;
        // The name keeps its line.
        let name = match who.map(|who| &who.kind) {
            None => Length::ZERO,
            Some(BlockKind::Paragraph(who)) if who.role == ParagraphRole::Attribution => {
                let style = self.paragraph_style(who, self.share, setting);
                self.shop.setter.extents(&who.text.content, &style, setting.language).1
            }
            Some(_) => return Length::ZERO,
        };
        let evened = self.shop.evened(&Job::block(&text.text, Self::flush(&style), width, setting.language));
        width - evened.max(name).min(width)
    }

    fn paragraph(&mut self, paragraph: &'a Paragraph, indent: bool, setting: Setting<'a>) {
        let node = self.structure.add(setting.parent, Tag::P);
        let mut style = self.paragraph_style(paragraph, self.share, setting);
        if matches!(paragraph.role, ParagraphRole::BookTitle | ParagraphRole::BookSubtitle) {
            return self.book_title(&paragraph.text, style, node, setting);
        }
        if paragraph.role == ParagraphRole::Imprint {
            self.imprint.get_or_insert(self.items.len());
        }
        // Who is quoted stands with the end of what was said.
        if let (ParagraphRole::Attribution, Some(before)) = (paragraph.role, self.items.last_mut()) {
            before.keep = true;
        }
        // In Chinese, Japanese and Korean the first paragraph is indented like all others, by whole letters.
        let letters = setting.language.letters_of_indent();
        let whole = letters > 0 && setting.depth == 0 && setting.role == Role::Body && style.first > Length::ZERO;
        if whole {
            style.first = style.size * letters;
        }
        let indent = (indent || whole) && paragraph.role == ParagraphRole::Text;
        if let Some(head) = self.run_in.take() {
            let start = self.items.len();
            self.text(&paragraph.text, style, false, node, setting);
            self.beside(start, head.strip, &head.style);
            if let Some(item) = self.items.get_mut(start) {
                item.above = item.above.max(head.style.above);
            }
            return;
        }
        let plain = paragraph.role == ParagraphRole::Text && setting.role == Role::Body;
        if plain && std::mem::take(&mut self.cap) && self.large_letter(&paragraph.text, style, node, setting) {
            return;
        }
        self.text(&paragraph.text, style, indent, node, setting);
    }

    fn list(&mut self, list: &'a List, setting: Setting<'a>) {
        let node = self.structure.add(setting.parent, Tag::L { numerals: list.marker.numerals() });
        let style = Style { align: Alignment::Flush, ..self.style_in(setting.role, setting) };
        let flush = Self::flush(&style);
        let markers: Vec<String> = list
            .items
            .iter()
            .enumerate()
            .map(|(at, entry)| marker(list.marker, at, entry.done, setting.depth, setting.language))
            .collect();
        let hang = self.hang(&markers, &flush, setting);
        let first = self.items.len();
        for (entry, marker) in list.items.iter().zip(&markers) {
            let item_node = self.structure.add(node, Tag::LI);
            let label = self.structure.add(item_node, Tag::Lbl);
            let body = self.structure.add(item_node, Tag::LBody);
            let mut mark = self.words(marker, flush, hang, label, setting.language);
            let inner = Setting { parent: body, depth: setting.depth + 1, ..setting.indented(hang, Length::ZERO) };
            let left = match setting.language.direction() {
                Direction::LeftToRight => setting.left + style.start,
                // The mark stands at the right of its words, and its own box ends there.
                Direction::RightToLeft => self.measure() - setting.right - style.start - hang,
            };
            mark.shift(Point::new(left, Length::ZERO - self.shop.baseline(&style)));
            let start = self.items.len();
            self.blocks(&entry.blocks, inner);
            self.beside(start, mark, &style);
        }
        self.half_lines(first, setting);
    }

    /// The list of works: below its first line an entry hangs, or all of it stands beside its label.
    fn works(&mut self, works: &'a Works, setting: Setting<'a>) {
        let node = self.structure.add(setting.parent, Tag::L { numerals: None });
        let style = *self.shop.style(Role::Work);
        let flush = Style { start: Length::ZERO, ..Self::flush(&style) };
        let labels: Vec<String> = works.entries.iter().filter_map(|entry| entry.label.clone()).collect();
        let column =
            if labels.is_empty() { Length::ZERO } else { self.hang(&labels, &flush, setting).max(style.start) };
        for entry in &works.entries {
            let item = self.structure.add(node, Tag::LI);
            let mark = entry.label.as_ref().map(|label| {
                let node = self.structure.add(item, Tag::Lbl);
                let mut mark = self.words(label, flush, column, node, setting.language);
                let left = match setting.language.direction() {
                    Direction::LeftToRight => setting.left,
                    Direction::RightToLeft => self.shop.theme.page.measure() - setting.right - column,
                };
                mark.shift(Point::new(left, Length::ZERO - self.shop.baseline(&style)));
                mark
            });
            let body = self.structure.add(item, Tag::LBody);
            let start = self.items.len();
            let inner = Setting { parent: body, ..setting.indented(column, Length::ZERO) };
            let BlockKind::Paragraph(paragraph) = &entry.block.kind else { continue };
            let node = self.structure.add(body, Tag::P);
            let hang = if column == Length::ZERO && works.hanging { style.start } else { Length::ZERO };
            let lines = Style { start: hang, first: -hang, ..style };
            self.text(&paragraph.text, lines, true, node, inner);
            if let Some(mark) = mark {
                self.beside(start, mark, &style);
            }
        }
    }

    /// Half a line above and below a list in the text; under a heading it begins as the text would.
    fn half_lines(&mut self, start: usize, setting: Setting<'a>) {
        if setting.depth > 0 || setting.role != Role::Body || start == self.items.len() {
            return;
        }
        let half = self.shop.grid() / 2;
        // A text that announces the list is kept with it too, and is no heading.
        let heads = |item: &Item| item.keep && matches!(item.shape, Shape::Solid(_));
        if start.checked_sub(1).is_some_and(|before| heads(&self.items[before])) {
            let last = self.items.last_mut().expect("the list has items");
            last.below = last.below.max(half);
            return;
        }
        self.group_spaces(start, &Style { above: half, below: half, ..*self.shop.style(Role::Body) });
    }

    /// How far the items of a list hang: as all lists do, or as far as its widest mark asks. Where lists in lists leave
    /// their text less than two fifths of the measure, no further than the marks need.
    fn hang(&self, markers: &[String], style: &Style, setting: Setting<'a>) -> Length {
        let width = |marker: &String| {
            let content = [crate::book::Inline::text(marker.as_str())];
            self.shop.setter.extents(&content, style, setting.language).1
        };
        let least = markers.iter().map(width).fold(Length::ZERO, Length::max) + style.size / 3;
        let crowded = self.width(setting) - HANG < self.measure().scale(2, 5);
        if crowded { least } else { HANG.max(least) }
    }

    /// Draws a list mark or a number beside the first line of the items from `start`.
    pub(super) fn beside(&mut self, start: usize, mut mark: Strip, style: &Style) {
        mark.height = Length::ZERO;
        match self.items.get_mut(start).map(|item| &mut item.shape) {
            Some(Shape::Text(text)) => text.beside.lay(mark, Point::default()),
            Some(Shape::Solid(strip)) => {
                let baseline = self.shop.baseline(style);
                strip.lay(mark, Point::new(Length::ZERO, baseline));
            }
            _ => {
                mark.shift(Point::new(Length::ZERO, self.shop.baseline(style)));
                mark.height = style.leading;
                let item = self.item(Shape::Solid(mark));
                self.items.insert(start, item);
            }
        }
    }

    fn definitions(&mut self, definitions: &'a [Definition], setting: Setting<'a>) {
        let list = self.structure.add(setting.parent, Tag::L { numerals: None });
        let first = self.items.len();
        let half = self.shop.grid() / 2;
        for (at, definition) in definitions.iter().enumerate() {
            let item = self.structure.add(list, Tag::LI);
            let label = self.structure.add(item, Tag::Lbl);
            for (of, term) in definition.terms.iter().enumerate() {
                let style = *self.shop.style(Role::Term);
                let strip = self.solid_text(term, style, self.width(setting), label, setting.language);
                // What explains a term stands nearer to it than to the next one.
                let above = if at > 0 && of == 0 { half } else { Length::ZERO };
                self.solid(strip, setting.left, above, Length::ZERO).keep = true;
            }
            let body = self.structure.add(item, Tag::LBody);
            for meaning in &definition.meanings {
                self.blocks(meaning, Setting { parent: body, ..setting.indented(HANG, Length::ZERO) });
            }
        }
        self.half_lines(first, setting);
        if setting.depth > 0 || setting.role != Role::Body {
            return;
        }
        // Half a line before each term brings the lines off the grid; where it is left off it by half a line at the end,
        // what is over stands half above, half below.
        let odd = definitions.len().is_multiple_of(2);
        for item in &mut self.items[first..] {
            item.loose = true;
            if odd && item.group > 0 {
                item.shift = half / 2;
            }
        }
    }

    fn quote(&mut self, quote: &'a Quote, setting: Setting<'a>) {
        let role = match quote.kind {
            QuoteKind::Extract => Role::Extract,
            QuoteKind::Epigraph => Role::Epigraph,
            QuoteKind::Letter => Role::Letter,
        };
        let node = self.structure.add(setting.parent, Tag::BlockQuote);
        // In a note or a box, quoted matter keeps the size of what is around it.
        let small = !matches!(setting.role, Role::Body);
        let inner = if small {
            Setting { parent: node, ..setting.indented(HANG / 2, HANG / 2) }
        } else {
            let style = self.shop.style(role);
            Setting { role, inset: Some(role), parent: node, ..setting.indented(style.start, style.end) }
        };
        // A short text in lines of its own has even ones.
        let alone = role == Role::Epigraph || setting.role == Role::Epigraph;
        let spare = if alone { self.spare_of(&quote.blocks, inner) } else { Length::ZERO };
        let inner = inner.indented(Length::ZERO, spare);
        let start = self.items.len();
        self.blocks(&quote.blocks, inner);
        if !small {
            self.group_spaces(start, self.shop.style(role));
        }
    }

    /// Gives the items from `start` the spaces of a group: none between its texts, and all of it above the first, in
    /// whole lines, so that what follows stands on the grid. A table or a picture among them keeps its own.
    fn group_spaces(&mut self, start: usize, style: &Style) {
        self.groups += 1;
        let group = self.groups;
        let count = self.items.len() - start;
        // The group is raised by what stands below it: what a title keeps clear below itself is kept, up to two lines.
        let title = start.checked_sub(1).map(|before| &self.items[before]).filter(|before| before.keep);
        let grid = self.shop.grid();
        let clear = title.map_or(Length::ZERO, |title| title.below.min(grid * 2));
        let above = match clear > style.above {
            true => grid * (clear + style.below).units_to_cover(grid),
            false => style.above + style.below,
        };
        for (at, item) in self.items[start..].iter_mut().enumerate() {
            item.group = group;
            item.shift = style.below;
            let text = matches!(item.shape, Shape::Text(_));
            if at == 0 {
                item.above = above;
            } else if text {
                item.above = Length::ZERO;
            }
            if text || at + 1 == count {
                item.below = Length::ZERO;
            }
        }
    }

    /// Lines under each other: in one piece up to two thirds of a page, else over pages.
    pub(super) fn stack(&mut self, strips: Vec<Strip>, left: Length, above: Length, below: Length) {
        self.stack_within(self.shop.turned_measure().scale(2, 3), strips, left, above, below);
    }

    /// The same, in one piece up to a height; the first two lines and the last two stay together.
    pub(super) fn stack_within(
        &mut self,
        most: Length,
        strips: Vec<Strip>,
        left: Length,
        above: Length,
        below: Length,
    ) {
        let height: Length = strips.iter().map(|strip| strip.height).sum();
        if height <= most {
            let mut strip = Strip::stacked(strips);
            strip.join_grounds();
            self.solid(strip, left, above, below);
            return;
        }
        let last = strips.len().saturating_sub(1);
        let mut rows: Vec<Strip> = Vec::new();
        for (at, strip) in strips.into_iter().enumerate() {
            match rows.last_mut() {
                Some(row) if at == 1 || at == last => row.append(strip),
                _ => rows.push(strip),
            }
        }
        self.parted(rows, left, above, below);
    }

    /// Pieces that a page's end may part wherever one follows another.
    pub(super) fn parted(&mut self, mut rows: Vec<Strip>, left: Length, above: Length, below: Length) {
        rows.iter_mut().for_each(|row| row.shift(Point::new(left, Length::ZERO)));
        if let Some(first) = rows.first_mut() {
            first.anchors.append(&mut self.waiting);
        }
        let item = Item { above, below, ..self.item(Shape::Rows { head: None, rows }) };
        self.items.push(item);
    }

    fn verse(&mut self, stanzas: &'a [Vec<VerseLine>], setting: Setting<'a>) {
        let style = *self.shop.style(Role::Verse);
        let node = self.structure.add(setting.parent, Tag::BlockQuote);
        let count = stanzas.len();
        let start = self.items.len();
        for (at, stanza) in stanzas.iter().enumerate() {
            let paragraph = self.structure.add(node, Tag::P);
            let mut lines = Vec::new();
            // What a line of verse has no room for is turned over, further in than any line begins.
            let turned = style.size * 2;
            for line in stanza {
                let left = style.start + style.size * i64::from(line.indent) + turned;
                let width = self.width(setting) - left;
                let job = Job { first: -turned, ..Job::block(&line.text, style, width, setting.language) };
                let mut strip = self.shop.solid(&job, paragraph, &mut self.structure, &mut self.diagnostics);
                strip.anchors.push(Anchor::Block(line.text.id));
                strip.shift(Point::new(left, Length::ZERO));
                lines.push(strip);
            }
            let above = if at == 0 { style.above } else { Length::ZERO };
            let below = if at + 1 == count { style.below } else { style.leading };
            self.stack(lines, setting.left, above, below);
        }
        if setting.role == Role::Body && setting.depth == 0 {
            self.stanzas(start, &style);
        }
    }

    /// Gives stanzas the spaces of a group: a line between two of them, as much above the first as below the last.
    fn stanzas(&mut self, start: usize, style: &Style) {
        self.groups += 1;
        let last = self.items.len().saturating_sub(1);
        for (at, item) in self.items.iter_mut().enumerate().skip(start) {
            (item.group, item.shift) = (self.groups, style.below);
            item.above = if at == start { style.above + style.below } else { Length::ZERO };
            item.below = if at == last { Length::ZERO } else { style.leading };
        }
    }

    fn pull_quote(&mut self, paragraphs: &'a [TextBlock], setting: Setting<'a>) {
        let style = *self.shop.style(Role::PullQuote);
        if style.across && self.may_widen() {
            return self.across(|builder| builder.pull_quote(paragraphs, setting));
        }
        let from_the_right = setting.language.direction() == Direction::RightToLeft;
        let width = self.width(setting);
        // Short lines, but a column is none too wide for them.
        let across = if self.columns > 1 && !self.over { width } else { width.scale(4, 5) };
        let mut strip = Strip::default();
        // Its words stand in the text already, so for readers' tools it is an artifact: a tree of its own, thrown away.
        let mut aside = crate::page::Structure::new();
        for paragraph in paragraphs {
            let job = Job {
                content: &paragraph.content,
                block: Some(paragraph.id),
                style,
                width: across,
                first: Length::ZERO,
                deep: 1,
                language: setting.language,
            };
            let root = crate::page::Structure::ROOT;
            let mut words = self.shop.balanced(&job, root, &mut aside, &mut self.diagnostics);
            if from_the_right {
                words.shift(Point::new(width - across, Length::ZERO));
            }
            strip.append(words);
        }
        strip.links.clear();
        strip.anchors.clear();
        for mark in &mut strip.marks {
            mark.owner = Owner::Artifact(Artifact::Layout);
        }
        let strip = self.framed(strip, &style, self.width(setting), setting.language);
        self.solid(strip, setting.left, style.above, style.below);
        if style.frame.rule == Edge::Top && style.frame.length.is_none() {
            self.even(style.leading - self.shop.baseline(&style));
        }
    }

    fn ornament(&mut self, setting: Setting<'a>) {
        let style = *self.shop.style(Role::Ornament);
        let node = self.structure.add(setting.parent, Tag::P);
        let strip =
            self.words("\u{2022}\u{2003}\u{2022}\u{2003}\u{2022}", style, self.width(setting), node, setting.language);
        self.solid(strip, setting.left, style.above, style.below).keep = false;
    }

    /// An item as one strip, its texts in their best lengths.
    pub(super) fn flatten(&mut self, item: Item) -> Strip {
        match item.shape {
            Shape::Solid(strip) => strip,
            Shape::Text(mut text) => {
                text.settle(self.shop, &self.jobs);
                let lines = text.set().count(0);
                let mut leaves = Leaves::default();
                let mut anchors = std::mem::take(&mut text.anchors);
                anchors.extend(signs(text.set(), 0).into_iter().map(|(_, anchor)| anchor));
                let strips = text.strips(self.shop, 0, 0..lines, &mut leaves, &mut self.structure);
                let mut strip = Strip::stacked(strips);
                strip.anchors.extend(anchors);
                strip
            }
            Shape::Rows { head, rows } => Strip::stacked(head.into_iter().chain(rows).collect()),
        }
    }
}

/// What stands before an item of a list.
fn marker(marker: ListMarker, at: usize, done: Option<bool>, depth: usize, language: &Language) -> String {
    match (marker, done) {
        (_, Some(true)) => "☑".to_owned(),
        (_, Some(false)) => "☐".to_owned(),
        (marker, None) => match marker.label(at) {
            Some(label) => language.digits(&label),
            None => ["•", "–", "·"][depth % 3].to_owned(),
        },
    }
}

/// The element that holds a figure's or table's texts.
pub(super) fn caption(structure: &mut crate::page::Structure, parent: NodeId) -> NodeId {
    structure.add(parent, Tag::Caption)
}
