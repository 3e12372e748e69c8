//! A galley: the blocks of one flow as items for the page kernel, complete before the first page is cut.
//!
//! Each item knows its variants, its spaces and what it keeps with. Texts are shaped and broken here; which of their
//! lengths is used is the page kernel's choice, so their lines are placed by [`Item::strips`] only after the cut.
//! The galley grows a structure tree of its own, which the make-up grafts onto the book's.

mod blocks;
mod boxes;
mod chart;
mod code;
pub(crate) mod columns;
mod decimals;
mod figure;
mod front;
mod head;
mod headings;
mod index;
mod lives;
mod masthead;
mod notes;
mod panels;
mod records;
mod table;
mod text;
pub(crate) mod turned;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::book::{Block, Division, DivisionKind, Matter, NoteId, Place};
use crate::diagnostic::Diagnostics;
use crate::language::{Direction, Language};
use crate::layout::barcode::{self, Barcode};
use crate::layout::shop::Shop;
use crate::layout::strip::{Anchor, Beside, Strip};
use crate::layout::text::{Job, TextItem, signs};
use crate::page::{NodeId, Structure, Tag};
use crate::theme::Role;
use crate::units::{Length, Point};

/// How far the items of lists hang.
const HANG: Length = Length::pt(22.0);

/// The items of one flow.
pub(crate) struct Galley {
    /// Them.
    pub items: Vec<Item>,
    /// What they mean; its root stands for the place where it is grafted.
    pub structure: Structure,
    /// The unit in which heights are given to the page kernel.
    pub unit: Length,
    /// The notes that stand at the foot of the page of their call.
    pub foot: BTreeMap<NoteId, FootNote>,
    /// What stands in the margin beside its place in the text.
    pub beside: BTreeMap<Beside, FootNote>,
    /// What was found.
    pub diagnostics: Diagnostics,
}

/// A note at the foot, as lines that a page's end may part.
pub(crate) struct FootNote {
    /// Line by line, and whatever cannot be parted.
    pub lines: Vec<Strip>,
}

impl FootNote {
    /// Its height.
    pub fn height(&self) -> Length {
        self.lines.iter().map(|line| line.height).sum()
    }

    /// The heights after which it may go on at the foot of the next page: two lines at least on either side.
    pub fn splits(&self) -> Vec<Length> {
        let mut height = Length::ZERO;
        let ends: Vec<Length> = self
            .lines
            .iter()
            .map(|line| {
                height += line.height;
                height
            })
            .collect();
        let last = ends.len().saturating_sub(2);
        ends.get(1..last).unwrap_or_default().to_vec()
    }
}

/// A block as the page kernel sees it.
pub(crate) struct Item {
    /// Space above, dropped at a page's head.
    pub above: Length,
    /// Space below.
    pub below: Length,
    /// Whether it stays on the page of what follows.
    pub keep: bool,
    /// Whether a page ends before it.
    pub new_page: bool,
    /// Whether it may wait for the head of the next page.
    pub float: bool,
    /// What it is.
    pub shape: Shape,
    /// The division it belongs to, for running heads; an index into the book's divisions.
    pub division: usize,
    /// How far it is moved up where its group stands whole between other matter: the space above is shared out.
    pub shift: Length,
    /// Items with one number stand together as an extract does; 0 is none.
    pub group: u32,
    /// Whether its lines may stand off the grid: what follows stands on it again.
    pub loose: bool,
    /// Whether a page should not end within it, if there is another way.
    pub dear: bool,
    /// Whether it looks as far from what stands above it as from what stands below.
    pub even: bool,
    /// How far down the page the ground behind it reaches: a title on a band.
    pub band: Option<Length>,
    /// What it keeps below its last letters: a box or a picture nothing, a line of text a little.
    pub depth: Length,
    /// Whether it is the title of a division that runs on.
    pub title: bool,
    /// In how many columns its division stands.
    pub columns: u8,
    /// Whether it stands over all of them.
    pub across: bool,
    /// Whether it is a picture that has its page to itself.
    pub full: Option<Full>,
    /// How far it reaches over the measure, into the margin at the fore-edge.
    pub reach: Length,
}

/// What an item is made of.
pub(crate) enum Shape {
    /// Lines that the kernel may cut.
    Text(Box<TextItem>),
    /// One piece.
    Solid(Strip),
    /// Rows that the kernel may cut, and a head that is repeated.
    Rows {
        /// Repeated at the head of the next page.
        head: Option<Strip>,
        /// Them.
        rows: Vec<Strip>,
    },
}

/// A picture that has a page to itself, or a half of one that has two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Full {
    /// All of it; how high the words below it are.
    Page(Length),
    /// What of it stands on the verso; how high the words below the rest are.
    Verso(Length),
    /// What stands on the recto, and how high the words below it are.
    Recto(Length),
}

impl Galley {
    /// In how many columns the most of it stands.
    pub fn columns(&self) -> u8 {
        self.items.iter().map(|item| item.columns).max().unwrap_or(1)
    }
}

impl Item {
    /// In how many columns it is cut: one over all of them ends those above it, but for what floats.
    pub fn band(&self) -> u8 {
        if self.across && !self.float { 1 } else { self.columns }
    }

    /// Whether it floats over all columns.
    pub fn is_wide(&self) -> bool {
        self.columns > 1 && self.across && self.float
    }

    /// What begins in some of its lines, and how far down from the first of them.
    pub fn anchors(&self, variant: usize, lines: Range<usize>) -> Vec<(Length, Anchor)> {
        let mut found = Vec::new();
        match &self.shape {
            Shape::Solid(strip) => found.extend(strip.anchors.iter().map(|anchor| (Length::ZERO, anchor.clone()))),
            Shape::Rows { head, rows } => {
                let mut y = head.as_ref().map_or(Length::ZERO, |head| head.height);
                if let (0, Some(head)) = (lines.start, head) {
                    found.extend(head.anchors.iter().map(|anchor| (Length::ZERO, anchor.clone())));
                }
                for row in &rows[lines] {
                    found.extend(row.anchors.iter().map(|anchor| (y, anchor.clone())));
                    y += row.height;
                }
            }
            Shape::Text(text) => {
                let first = lines.start;
                let y = |line: usize| text.style.leading * (line - first) as i64;
                if first == 0 {
                    found.extend(text.anchors.iter().map(|anchor| (Length::ZERO, anchor.clone())));
                }
                for line in lines.clone() {
                    if let (Some(block), true) = (text.block, text.main)
                        && let Some(offset) = text.set().line_start(variant, line)
                    {
                        let offset = if offset > 0 { offset + text.skip } else { 0 };
                        found.push((y(line), Anchor::Line(Place { block, offset })));
                    }
                }
                let signs = signs(text.set(), variant).into_iter().filter(|(line, _)| lines.contains(line));
                found.extend(signs.map(|(line, anchor)| (y(line), anchor)));
            }
        }
        found
    }

    /// Sets its text, if it waits for that.
    fn settle(&mut self, shop: Shop<'_>, jobs: &[Job<'_>]) {
        if let Shape::Text(text) = &mut self.shape {
            text.settle(shop, jobs);
        }
    }

    /// Its height, if it is one piece.
    fn height_of_solid(&self) -> Length {
        match &self.shape {
            Shape::Solid(strip) => strip.height,
            Shape::Text(_) | Shape::Rows { .. } => Length::ZERO,
        }
    }

    /// The first calls of notes in a length: the line or row, and the note.
    pub fn first_calls(&self, variant: usize) -> Vec<(usize, NoteId)> {
        self.first_calls_in(variant, 0..usize::MAX)
    }

    /// The same in some of its lines or rows.
    pub fn first_calls_in(&self, variant: usize, lines: Range<usize>) -> Vec<(usize, NoteId)> {
        fn of(strip: &Strip) -> impl Iterator<Item = NoteId> + '_ {
            strip.anchors.iter().filter_map(|anchor| match anchor {
                Anchor::Call(note, 0) => Some(*note),
                _ => None,
            })
        }
        match &self.shape {
            Shape::Text(text) => {
                let calls = text.set().calls(variant).into_iter();
                let calls = calls.filter(|(line, _, call)| *call == 0 && lines.contains(line));
                calls.map(|(line, note, _)| (line, note)).collect()
            }
            Shape::Solid(strip) => of(strip).filter(|_| lines.contains(&0)).map(|note| (0, note)).collect(),
            Shape::Rows { head, rows } => {
                let heads = head.iter().filter(|_| lines.start == 0).flat_map(of).map(|note| (0, note));
                let these = lines.start.min(rows.len())..lines.end.min(rows.len());
                let rows = these.clone().zip(&rows[these]);
                heads.chain(rows.flat_map(|(at, row)| of(row).map(move |note| (at, note)))).collect()
            }
        }
    }
}

/// Builds a galley, block by block.
pub(crate) struct Builder<'a> {
    shop: Shop<'a>,
    items: Vec<Item>,
    /// The texts that wait to be set, and those that did.
    jobs: Vec<Job<'a>>,
    structure: Structure,
    diagnostics: Diagnostics,
    division: usize,
    /// Anchors that wait for the next strip.
    waiting: Vec<Anchor>,
    /// The last group's number.
    groups: u32,
    /// Notes at the foot.
    foot: BTreeMap<NoteId, FootNote>,
    /// What stands in the margin.
    beside: BTreeMap<Beside, FootNote>,
    /// How many pieces besides notes stand there.
    asides: u32,
    /// Notes that would stand there if there was room.
    crowded: BTreeSet<NoteId>,
    /// Whether the next text begins with a large letter.
    cap: bool,
    /// How far in the next text begins, beside what stands at its head.
    lead: Length,
    /// A heading that runs into the next text.
    run_in: Option<headings::RunIn>,
    /// Whether a text follows the block that is set.
    before_text: bool,
    /// Whether a figure that may float away was the last block.
    after_float: bool,
    /// The size of the letters of a title page, in thousandths of their style's.
    share: i64,
    /// The first of the items of a title page that stand at its foot: the house, the date.
    imprint: Option<usize>,
    /// In how many columns the division stands.
    columns: u8,
    /// How wide its lines are.
    column: Length,
    /// Whether what is set stands over all of them.
    over: bool,
    /// How far what is set reaches over the measure.
    reach: Length,
}

/// What holds for the blocks of a place: how far they are indented, in which style, under which element.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// From the left edge of the measure.
    pub left: Length,
    /// From its right edge.
    pub right: Length,
    /// The role of paragraphs.
    pub role: Role,
    /// The role whose indents are in `left` and `right` already, so that tables and lists have them too.
    pub inset: Option<Role>,
    /// The element that holds them.
    pub parent: NodeId,
    /// The language.
    pub language: &'a Language,
    /// How deep in lists.
    pub depth: usize,
    /// Whether lines begin places of the page map.
    pub main: bool,
}

impl<'a> Setting<'a> {
    /// The whole measure, for texts of a role under an element.
    pub fn of(role: Role, parent: NodeId, language: &'a Language) -> Setting<'a> {
        let (left, right) = (Length::ZERO, Length::ZERO);
        Setting { left, right, role, inset: None, parent, language, depth: 0, main: true }
    }

    /// The same with further indents at the start and at the end of its lines.
    pub fn indented(self, start: Length, end: Length) -> Self {
        match self.language.direction() {
            Direction::LeftToRight => Setting { left: self.left + start, right: self.right + end, ..self },
            Direction::RightToLeft => Setting { left: self.left + end, right: self.right + start, ..self },
        }
    }
}

impl<'a> Builder<'a> {
    /// An empty galley.
    pub fn new(shop: Shop<'a>) -> Builder<'a> {
        Builder {
            shop,
            items: Vec::new(),
            jobs: Vec::new(),
            structure: Structure::new(),
            diagnostics: Diagnostics::new(),
            division: 0,
            waiting: Vec::new(),
            groups: 0,
            foot: BTreeMap::new(),
            beside: BTreeMap::new(),
            asides: 0,
            crowded: BTreeSet::new(),
            cap: false,
            lead: Length::ZERO,
            run_in: None,
            before_text: false,
            after_float: false,
            share: 1000,
            imprint: None,
            columns: 1,
            column: shop.theme.page.measure(),
            over: false,
            reach: Length::ZERO,
        }
    }

    /// The width of what is set: a column's, or that of the lines over all columns, and what it reaches over into the
    /// margin.
    pub(super) fn measure(&self) -> Length {
        let lines = if self.over { self.shop.theme.page.measure() } else { self.column };
        lines + self.reach
    }

    /// How far what is wide may reach over the lines of its place: nowhere but in the run of the text.
    pub(super) fn may_reach(&self, setting: Setting<'_>) -> Length {
        let free = setting.main && setting.depth == 0 && self.width(setting) == self.shop.theme.page.measure();
        if free && self.reach == Length::ZERO { self.shop.theme.reach() } else { Length::ZERO }
    }

    /// Sets something so far over the measure.
    pub(super) fn reaching<T>(&mut self, reach: Length, set: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.reach, reach);
        let made = set(self);
        self.reach = before;
        made
    }

    /// How wide the column in the margin is, where something may stand in it beside the run of the text.
    pub(super) fn margin_column(&self, setting: Setting<'_>) -> Option<Length> {
        let page = &self.shop.theme.page;
        let text = setting.role == Role::Body && setting.main && setting.depth == 0;
        let free = text && self.columns == 1 && !self.over && self.reach == Length::ZERO;
        (free && page.margin_column > Length::ZERO).then_some(page.margin_column)
    }

    /// Puts a piece into the margin beside what comes next; it comes back where a note is called in it, which would have
    /// no line to stand beside.
    pub(super) fn aside(&mut self, mut strip: Strip) -> Result<(), Strip> {
        if strip.anchors.iter().any(|anchor| matches!(anchor, Anchor::Call(..))) {
            return Err(strip);
        }
        self.waiting.append(&mut strip.anchors);
        self.waiting.push(Anchor::Aside(self.asides));
        self.beside.insert(Beside::Piece(self.asides), FootNote { lines: vec![strip] });
        self.asides += 1;
        Ok(())
    }

    /// Whether what may stand over all columns does: not in a column of its own already.
    pub(super) fn may_widen(&self) -> bool {
        !self.over && self.column < self.shop.theme.page.measure()
    }

    /// Sets something over all columns.
    pub(super) fn across<T>(&mut self, set: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.over, true);
        let made = set(self);
        self.over = before;
        made
    }

    /// The same, where some notes have no room beside their calls.
    pub fn without_room(mut self, crowded: BTreeSet<NoteId>) -> Builder<'a> {
        self.crowded = crowded;
        self
    }

    /// What was built. Its texts are set side by side: none depends on another.
    pub fn finish(mut self, unit: Length) -> Galley {
        let (shop, jobs) = (self.shop, &self.jobs);
        self.items.par_iter_mut().with_min_len(16).for_each(|item| item.settle(shop, jobs));
        if !self.waiting.is_empty() {
            let anchors = std::mem::take(&mut self.waiting);
            self.items.push(self.item(Shape::Solid(Strip { anchors, ..Strip::default() })));
        }
        Galley {
            items: self.items,
            structure: self.structure,
            unit,
            foot: self.foot,
            beside: self.beside,
            diagnostics: self.diagnostics,
        }
    }

    /// Blocks as one strip of a width, by themselves, with its tree and what was found wrong.
    pub fn apart(
        mut self,
        blocks: &'a [Block],
        role: Role,
        width: Length,
        language: &'a Language,
    ) -> (Strip, Structure, Diagnostics) {
        let right = self.measure() - width;
        let parent = Structure::ROOT;
        self.blocks(
            blocks,
            Setting { left: Length::ZERO, right, role, inset: None, parent, language, depth: 0, main: false },
        );
        let strip = self.stacked(0);
        (strip, self.structure, self.diagnostics)
    }

    /// The items from `start` below each other as one strip, with the spaces between them.
    fn stacked(&mut self, start: usize) -> Strip {
        let mut all = Strip::default();
        for item in self.items.split_off(start) {
            all.height += item.above;
            let below = item.below;
            all.append(self.flatten(item));
            all.height += below;
        }
        all
    }

    /// Sets a division: its title and its blocks.
    pub fn division(&mut self, division: &'a Division, opens_page: bool) {
        self.division = division.id.index();
        self.columns = self.shop.theme.columns(division.kind);
        self.column = self.shop.theme.measure(division.kind);
        let sect = self.structure.add(Structure::ROOT, Tag::Sect);
        if let Some(language) = &division.language {
            self.structure.node_mut(sect).language = Some(language.clone());
        }
        self.waiting.push(Anchor::Division(division.id));
        let language = division.language.as_ref().unwrap_or(&self.shop.book.metadata.language);
        let setting = Setting::of(front::role(division.kind), sect, language);
        let start = self.items.len();
        self.share = self.title_share(division, setting);
        self.title(division, opens_page, sect, language);
        self.foot_notes(start, setting);
        let opener = &self.shop.theme.opener;
        let begins = opener.drop_cap > 1 || opener.small_capitals;
        self.cap = opens_page && division.matter == Matter::Body && begins;
        let laid = !self.lead(division, opens_page).is_empty();
        let (lead, text) = division.blocks.split_at(self.leads(division, opens_page));
        if !laid && !lead.is_empty() {
            self.across(|builder| builder.blocks(lead, setting));
        }
        self.blocks(text, setting);
        self.cap = false;
        if matches!(division.kind, DivisionKind::HalfTitle | DivisionKind::TitlePage) {
            self.one_page(start);
        }
        self.share = 1000;
        if division.kind == DivisionKind::CopyrightPage {
            self.barcode(sect);
        }
    }

    /// The barcode of the printed book, where no back cover shows it.
    fn barcode(&mut self, sect: NodeId) {
        let back = self.shop.book.divisions.iter().any(|division| division.kind == DivisionKind::BackCover);
        let Some(isbn) = self.shop.book.metadata.identifiers.isbn_print.as_ref().filter(|_| !back) else { return };
        if let Some(code) = barcode::draw(&self.shop, Barcode::of(isbn.digits()), sect, &mut self.structure) {
            self.solid(code, Length::ZERO, Length::pt(7.0), Length::ZERO);
        }
    }

    /// An item with no spaces of its own.
    fn item(&self, shape: Shape) -> Item {
        Item {
            above: Length::ZERO,
            below: Length::ZERO,
            keep: false,
            new_page: false,
            float: false,
            shape,
            division: self.division,
            shift: Length::ZERO,
            group: 0,
            loose: false,
            dear: false,
            even: false,
            band: None,
            depth: Length::ZERO,
            title: false,
            columns: self.columns,
            across: self.over,
            full: None,
            reach: self.reach,
        }
    }

    /// The width between the indents.
    fn width(&self, setting: Setting<'_>) -> Length {
        self.measure() - setting.left - setting.right
    }

    /// Adds one piece, moved to the left indent, with the anchors that wait.
    fn solid(&mut self, mut strip: Strip, left: Length, above: Length, below: Length) -> &mut Item {
        strip.shift(Point::new(left, Length::ZERO));
        let mut anchors = std::mem::take(&mut self.waiting);
        anchors.append(&mut strip.anchors);
        strip.anchors = anchors;
        let item = Item { above, below, ..self.item(Shape::Solid(strip)) };
        self.items.push(item);
        self.items.last_mut().expect("one was pushed")
    }
}
