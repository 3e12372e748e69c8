//! The line kernel: a paragraph's items, broken in every length worth having, by whole cost.
//!
//! The method is Knuth and Plass's (Software – Practice and Experience 11, 1981), a shortest path over legal breaks,
//! with these differences. The state is (break, line number, hyphens in a row), so one run yields the paragraph in its
//! best number of lines, one fewer and one more, each with its price. The glyphs' own flex (expansion and tracking) is
//! used before the spaces', and the cost is of the spaces that remain. A start is given up only when what lies behind
//! it is too wide even without the hyphen and at its narrowest: the textbook's rule, which looks at the break itself,
//! loses lines when a hyphen is wider than the rest of its word.
//!
//! A paragraph whose best lines have a river is run a second time, with rivers at their price (see [`rivers`]).
//!
//! It knows lengths only: no faces, no themes.

mod rivers;

use self::rivers::{Stream, Watch};
use crate::units::{Length, Short};

/// A piece of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Glyphs that stay together.
    Box {
        /// As designed.
        width: Short,
        /// How far they may hang over the start of a line.
        hang_start: Short,
        /// How far they may hang over its end.
        hang_end: Short,
    },
    /// A space. It vanishes at a line's ends.
    Glue {
        /// Its natural width.
        width: Short,
        /// Whether a line may end at it.
        breaks: bool,
    },
    /// A place where a line may end or must.
    Penalty {
        /// What is added when a line ends here: a hyphen.
        width: Short,
        /// How far that hangs over the end.
        hang_end: Short,
        /// What it costs to end a line here.
        kind: Break,
    },
}

/// What kind of break a penalty is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Break {
    /// A word is divided.
    Hyphen,
    /// Between letters without a mark: after a slash of an address, a dash, between ideographs. Its own price.
    Free(i32),
    /// The line ends here whatever the measure.
    Forced,
}

/// The widths of the lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Measure {
    /// Of most lines.
    pub width: Length,
    /// How much shorter the first line is.
    pub first: Length,
    /// How many lines are as short as the first: beside a letter that is as high as they are.
    pub deep: u32,
}

impl Measure {
    /// Whether a line is one of the first, which are shorter.
    fn is_first(&self, number: u32) -> bool {
        number < self.deep
    }

    fn line(&self, number: u32) -> Length {
        if self.is_first(number) { self.width - self.first } else { self.width }
    }
}

/// How lines stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Both edges even.
    Justified,
    /// Spaces keep their natural width; the shorter a line, the dearer.
    Ragged,
}

/// What things cost. The unit is arbitrary: a hundredth of the squared deviation of a space in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinePrices {
    /// Spaces below this share of their width, in thousandths, cost steeply more.
    pub tight: i64,
    /// Spaces above this one do.
    pub loose: i64,
    /// Spaces are never narrower than this share, in thousandths.
    pub narrowest: i64,
    /// Spaces are not wider than this share as long as a paragraph can be set so at less than one such line costs, in
    /// thousandths.
    pub wide: i64,
    /// Spaces are never wider than this share but in an emergency, in thousandths.
    pub widest: i64,
    /// How much steeper.
    pub steep: i64,
    /// A divided word.
    pub hyphen: i64,
    /// A second hyphen below another.
    pub hyphens_in_a_row: i64,
    /// A last line shorter than [`LinePrices::short`] or with nothing but the rest of a divided word.
    pub runt: i64,
    /// The length of a last line that is a runt, in thousandths of the em.
    pub short: i64,
    /// Each tenth of the em by which a runt is shorter than that: a last line of two letters is the worst.
    pub stump: i64,
    /// How far glyphs may widen or narrow in all, in thousandths of their width.
    pub flex: i64,
    /// Per thousandth of glyph flex used, squared, in hundredths: a little, so that colour stays even.
    pub flex_price: i64,
    /// A river: spaces of four lines below one another.
    pub river: i64,
    /// No ragged line is shorter than this share of the measure so that a page is filled, in thousandths.
    pub ragged: i64,
}

impl Default for LinePrices {
    fn default() -> LinePrices {
        LinePrices {
            tight: 800,
            loose: 1380,
            narrowest: 560,
            wide: 1900,
            widest: 2600,
            steep: 24,
            hyphen: 4000,
            hyphens_in_a_row: 5000,
            runt: 12_000,
            short: 2500,
            stump: 800,
            flex: 25,
            flex_price: 20,
            river: 2000,
            ragged: 840,
        }
    }
}

/// A line of a broken paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// The first item that is set.
    pub start: usize,
    /// One past the last item before the break.
    pub end: usize,
    /// The penalty at which it ends, if it ends at one.
    pub penalty: Option<usize>,
    /// How much wider the glyphs are, in thousandths.
    pub flex: i64,
    /// What is to be added to all spaces together.
    pub slack: Length,
    /// The width that spaces need to fill the line over their natural one, in thousandths; 1000 when there is none.
    pub ratio: i64,
    /// How far it is wider than the measure at its narrowest.
    pub overfull: Length,
    /// Whether it ends in a hyphen.
    pub hyphen: bool,
}

/// A paragraph in one length.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// Its lines.
    pub lines: Vec<Line>,
    /// What it costs more than the best length.
    pub price: i64,
}

/// Breaks a paragraph: the best length first, then one line fewer and one more, where they can be had at no more than
/// `limit` over the best, if that is not zero. Always at least one.
pub fn break_lines(
    items: &[Item],
    measure: Measure,
    em: Length,
    mode: Mode,
    prices: &LinePrices,
    limit: i64,
) -> Vec<Broken> {
    let mut kernel = Kernel::new(items, measure, em, mode, prices);
    let long = kernel.is_long();
    let limit = if long { 0 } else { limit };
    kernel.limit = limit;
    let mut found = None;
    if mode == Mode::Justified && prices.wide < prices.widest {
        kernel.prices.widest = prices.wide;
        let dearest = kernel.space_price(prices.wide);
        found = kernel.run(false, None);
        found = found.filter(|(nodes, ends)| ends.iter().any(|end| nodes[*end as usize].cost < dearest));
    }
    if found.is_none() {
        kernel.prices.widest = prices.widest;
        found = kernel.run(false, None);
    }
    let Some((nodes, ends)) = found else {
        let (nodes, ends) = kernel.run(true, None).unwrap_or_default();
        let mut broken = kernel.collect(&nodes, &ends, 0);
        broken.iter_mut().flat_map(|broken| &mut broken.lines).for_each(|line| kernel.relax(line));
        return broken;
    };
    let mut broken = kernel.collect(&nodes, &ends, limit);
    if mode == Mode::Justified && !long {
        kernel.dry_up(&nodes, &ends, &mut broken);
    }
    broken
}

/// Of a paragraph of more lines only the best length is looked for, and its rivers stay: a line more or fewer fills no
/// page of it, and what all its lengths cost grows with the square of its lines.
const LONG: i64 = 250;

/// From how much above the widest space on, in thousandths, one is as dear as any, and so is a word alone on its line.
const GAPS: i64 = 4000;

/// A line whose spaces would have to be wider than this share of their width, in thousandths, ends before the edge.
pub const HOLES: i64 = 2500;

/// How wide they are then.
const RELAXED: i64 = 1400;

/// Dearer than any sum of lines that can be set.
const FORBIDDEN: i64 = 1 << 40;

struct Kernel<'a> {
    items: &'a [Item],
    measure: Measure,
    em: Length,
    mode: Mode,
    prices: LinePrices,
    /// How much dearer than the best a length may be.
    limit: i64,
    /// Widths of boxes, widths of glue, numbers of glue up to each item.
    boxes: Vec<Length>,
    glue: Vec<Length>,
    most_hang: Length,
}

/// A break that is reached, in one state.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Index of the item at which the line ends; `usize::MAX` for the start.
    at: usize,
    /// The first item of the line that begins here.
    next: usize,
    line: u32,
    hyphens: u8,
    /// The longest chain of spaces that ends in its line; 0 when they are not watched.
    depth: u8,
    cost: i64,
    parent: u32,
}

/// What lies between a break and an item.
#[derive(Clone, Copy)]
struct Stretch {
    /// The first item after the break.
    next: usize,
    /// Whether it would be the first line.
    first: bool,
    /// The line, if it may fill the measure.
    line: Option<Line>,
    /// Whether no line from there can end here or further on.
    too_wide: bool,
}

/// The states found at a break, and the spaces of their lines when these are watched.
#[derive(Default)]
struct Found {
    nodes: Vec<Node>,
    streams: Vec<Stream>,
}

impl<'a> Kernel<'a> {
    fn new(items: &'a [Item], measure: Measure, em: Length, mode: Mode, prices: &LinePrices) -> Kernel<'a> {
        let mut boxes = Vec::with_capacity(items.len() + 1);
        let mut glue = Vec::with_capacity(items.len() + 1);
        let (mut box_sum, mut glue_sum, mut most_hang) = (Length::ZERO, Length::ZERO, Length::ZERO);
        for item in items {
            boxes.push(box_sum);
            glue.push(glue_sum);
            match item {
                Item::Box { width, hang_end, .. } => {
                    box_sum += width.long();
                    most_hang = most_hang.max(hang_end.long());
                }
                Item::Glue { width, .. } => glue_sum += width.long(),
                Item::Penalty { hang_end, .. } => most_hang = most_hang.max(hang_end.long()),
            }
        }
        boxes.push(box_sum);
        glue.push(glue_sum);
        Kernel { items, measure, em, mode, prices: *prices, limit: FORBIDDEN, boxes, glue, most_hang }
    }

    /// Whether it comes to more lines than [`LONG`].
    fn is_long(&self) -> bool {
        let widths = self.boxes.last().zip(self.glue.last()).map_or(0, |(boxes, glue)| (*boxes + *glue).to_sp());
        widths / self.measure.width.to_sp().max(1) > LONG
    }

    /// All states that reach the end, or `None` when no line can be set that way. With a watch, rivers cost their price.
    fn run(&self, emergency: bool, mut watch: Option<&mut Watch<'_>>) -> Option<(Vec<Node>, Vec<u32>)> {
        let mut nodes = Vec::with_capacity(self.items.len());
        nodes.push(Node {
            at: usize::MAX,
            next: self.skip(0),
            line: 0,
            hyphens: 0,
            depth: 0,
            cost: 0,
            parent: u32::MAX,
        });
        let mut active: Vec<u32> = vec![0];
        let mut found = Found::default();
        for at in 0..=self.items.len() {
            let last = at == self.items.len();
            let forced = last || matches!(self.items[at], Item::Penalty { kind: Break::Forced, .. });
            if !(forced || self.legal(at)) {
                continue;
            }
            found.nodes.clear();
            let mut kept = 0;
            let count = active.len();
            // The states of one break stand together: what lies between it and here is the same for all.
            let mut known: Option<Stretch> = None;
            for index in 0..count {
                let id = active[index];
                let node = nodes[id as usize];
                if node.next > at {
                    active[kept] = id;
                    kept += 1;
                    continue;
                }
                let Stretch { line, too_wide, .. } = match known {
                    Some(stretch) if stretch.next == node.next && stretch.first == self.measure.is_first(node.line) => {
                        stretch
                    }
                    _ => *known.insert(self.stretch(&node, at, forced, emergency)),
                };
                match line {
                    Some(line) => self.reach(&node, id, at, line, emergency, watch.as_deref(), &mut found),
                    // What comes too early from here comes too early from all later breaks.
                    None if node.line > 0 && !too_wide => {
                        active.copy_within(index.., kept);
                        kept += count - index;
                        break;
                    }
                    None => {}
                }
                let alone = kept == 0 && index + 1 == count && found.nodes.is_empty();
                if !forced && (!too_wide || (emergency && alone)) {
                    active[kept] = id;
                    kept += 1;
                }
            }
            active.truncate(kept);
            if last {
                let ends: Vec<u32> = (0..found.nodes.len() as u32).map(|end| end + nodes.len() as u32).collect();
                nodes.append(&mut found.nodes);
                return (!ends.is_empty()).then_some((nodes, ends));
            }
            if watch.is_none() && !emergency {
                // What follows costs the same from all states here, but for a hyphen in a row.
                let least = found.nodes.iter().map(|node| node.cost).min().unwrap_or(0);
                let most = least + self.limit + self.prices.hyphens_in_a_row + self.dearest_runt();
                found.nodes.retain(|node| node.cost <= most);
            }
            for node in &found.nodes {
                active.push(nodes.len() as u32);
                nodes.push(*node);
            }
            if let Some(watch) = &mut watch {
                watch.streams.append(&mut found.streams);
            }
            if active.is_empty() {
                return None;
            }
        }
        None
    }

    /// What lies between a state's break and an item.
    fn stretch(&self, node: &Node, at: usize, forced: bool, emergency: bool) -> Stretch {
        let tried = forced || emergency || self.may_fill(node, at);
        Stretch {
            next: node.next,
            first: self.measure.is_first(node.line),
            line: tried.then(|| self.settle(node.next, at, node.line, forced)),
            too_wide: self.too_wide(node, at),
        }
    }

    /// Adds the state that a line from `node` to `at` leads to, unless a cheaper one is there.
    #[expect(clippy::too_many_arguments, reason = "one step of one loop")]
    fn reach(
        &self,
        node: &Node,
        id: u32,
        at: usize,
        line: Line,
        emergency: bool,
        watch: Option<&Watch<'_>>,
        found: &mut Found,
    ) {
        let last = at == self.items.len();
        let mut price = self.price(&line, node, last, emergency);
        let hyphens = if line.hyphen { node.hyphens + 1 } else { 0 };
        if hyphens > 2 {
            if !emergency {
                return;
            }
            price += FORBIDDEN >> 8;
        }
        if price >= FORBIDDEN && !emergency {
            return;
        }
        let cost = node.cost.saturating_add(price);
        let hyphens = hyphens.min(2);
        let mut state = Node { at, next: self.skip(at), line: node.line + 1, hyphens, depth: 0, cost, parent: id };
        let mut stream = None;
        if let Some(watch) = watch {
            if watch.hopeless(&state, self.prices.river) {
                return;
            }
            let next = watch.streams[id as usize].next(self.spaces(&line, node.line));
            state.cost += next.rivers * self.prices.river;
            state.depth = next.depth();
            stream = Some(next);
        }
        // Where only the best length is wanted, in how many lines a break is reached does not matter. In an emergency
        // nothing else is: with the number of lines in the state, what a long paragraph costs grows with its square.
        let any = (self.limit == 0 || emergency) && watch.is_none();
        let same =
            |other: &Node| (any || other.line == state.line) && (other.hyphens, other.depth) == (hyphens, state.depth);
        match found.nodes.iter().position(same) {
            Some(other) if found.nodes[other].cost <= state.cost => {}
            Some(other) => {
                found.nodes[other] = state;
                if let Some(stream) = stream {
                    found.streams[other] = stream;
                }
            }
            None => {
                found.nodes.push(state);
                found.streams.extend(stream);
            }
        }
    }

    /// Whether a line may end at an item.
    fn legal(&self, at: usize) -> bool {
        match self.items[at] {
            Item::Box { .. } => false,
            Item::Glue { breaks, .. } => breaks && at > 0 && !matches!(self.items[at - 1], Item::Glue { .. }),
            Item::Penalty { .. } => true,
        }
    }

    /// The first item that is set after a break.
    fn skip(&self, at: usize) -> usize {
        let mut next = at;
        while next < self.items.len() {
            match self.items[next] {
                Item::Box { .. } => break,
                Item::Penalty { kind: Break::Forced, .. } if next != at => break,
                _ => next += 1,
            }
        }
        next
    }

    /// Whether what lies between is too wide at its narrowest, even without the mark at the break: no later break can
    /// make it narrower. In thousandths, so that nothing is divided; a few scaled points are left to rounding.
    fn too_wide(&self, node: &Node, at: usize) -> bool {
        let boxes = (self.boxes[at] - self.boxes[node.next]).to_sp();
        let glue = (self.glue[at] - self.glue[node.next]).to_sp();
        let (flex, narrowest) = match self.mode {
            Mode::Justified => (self.prices.flex, self.prices.narrowest),
            Mode::Ragged => (0, 1000),
        };
        let room = self.measure.line(node.line) + self.hang_start(node.next) + self.most_hang;
        boxes * (1000 - flex) + glue * narrowest > (room.to_sp() + 4) * 1000
    }

    /// Whether what lies between can fill a line at its widest: most breaks after a start come too early, and need no
    /// closer look.
    fn may_fill(&self, node: &Node, at: usize) -> bool {
        if self.mode == Mode::Ragged {
            return true;
        }
        let mark = match self.items.get(at) {
            Some(Item::Penalty { width, .. }) => width.long(),
            _ => Length::ZERO,
        };
        let boxes = (self.boxes[at] - self.boxes[node.next] + mark).to_sp();
        let glue = (self.glue[at] - self.glue[node.next]).to_sp();
        let room = self.measure.line(node.line).to_sp();
        boxes * (1000 + self.prices.flex) + glue * self.prices.widest >= (room - 4) * 1000
    }

    fn hang_start(&self, from: usize) -> Length {
        match self.items.get(from) {
            Some(Item::Box { hang_start, .. }) => hang_start.long(),
            _ => Length::ZERO,
        }
    }

    /// The line between two breaks: how the slack is shared out between glyphs and spaces.
    fn settle(&self, from: usize, at: usize, number: u32, forced: bool) -> Line {
        let mut end = at;
        while end > from && matches!(self.items[end - 1], Item::Glue { .. }) {
            end -= 1;
        }
        let (mark, mark_hang, hyphen, penalty) = match self.items.get(at) {
            Some(Item::Penalty { width, hang_end, kind }) => {
                (width.long(), hang_end.long(), *kind == Break::Hyphen, Some(at))
            }
            _ => (Length::ZERO, Length::ZERO, false, None),
        };
        let hang_end = match end.checked_sub(1).filter(|last| *last >= from).map(|last| self.items[last]) {
            _ if mark > Length::ZERO => mark_hang,
            Some(Item::Box { hang_end, .. }) => hang_end.long(),
            _ => Length::ZERO,
        };
        let from = from.min(end);
        let boxes = self.boxes[end] - self.boxes[from];
        let glue = self.glue[end] - self.glue[from];
        let natural = boxes + glue + mark - self.hang_start(from) - hang_end;
        let slack = self.measure.line(number) - natural;
        let mut line = Line {
            start: from,
            end,
            penalty,
            flex: 0,
            slack: Length::ZERO,
            ratio: 1000,
            overfull: Length::ZERO,
            hyphen,
        };
        if (self.mode == Mode::Ragged || forced) && slack >= Length::ZERO {
            return line;
        }
        if self.mode == Mode::Ragged {
            line.overfull = -slack;
            return line;
        }
        // A thousandth of the boxes, rounded towards none, as long as it does not pass the slack.
        let step = (boxes + mark).to_sp();
        if step > 0 {
            line.flex = (slack.to_sp().saturating_mul(1000) / step).clamp(-self.prices.flex, self.prices.flex);
        }
        line.slack = slack - (boxes + mark).scale(line.flex, 1000);
        if glue > Length::ZERO {
            line.ratio = 1000 + line.slack.to_sp().saturating_mul(1000) / glue.to_sp();
        } else if line.slack > Length::ZERO {
            line.ratio = 100_000;
        }
        let room = glue.scale(1000 - self.prices.narrowest, 1000);
        if line.slack + room < Length::ZERO {
            line.overfull = -(line.slack + room);
            line.slack = -room;
            line.ratio = self.prices.narrowest;
        }
        line
    }

    /// Lets a line that only gaps would fill end before the edge: that is seen less than a hole between each two words.
    fn relax(&self, line: &mut Line) {
        let glue = self.glue[line.end] - self.glue[line.start];
        if self.mode == Mode::Justified && line.ratio > HOLES && glue > Length::ZERO {
            line.slack = glue.scale(RELAXED - 1000, 1000);
        }
    }

    fn price(&self, line: &Line, node: &Node, last: bool, emergency: bool) -> i64 {
        let prices = &self.prices;
        let mut price = match line.penalty.map(|at| self.items[at]) {
            Some(Item::Penalty { kind: Break::Hyphen, .. }) => {
                prices.hyphen + if node.hyphens > 0 { prices.hyphens_in_a_row } else { 0 }
            }
            Some(Item::Penalty { kind: Break::Free(price), .. }) => i64::from(price),
            _ => 0,
        };
        if line.overfull > Length::ZERO {
            if !emergency {
                return FORBIDDEN;
            }
            // Longer is dearer than any gap that keeps it shorter.
            price += (FORBIDDEN >> 6) + line.overfull.to_sp() * 2;
        }
        price += match self.mode {
            Mode::Justified if emergency && line.ratio > HOLES => {
                // It will end before the edge: what it lacks tells one such line from another.
                let missing = line.slack.to_sp() * 1000 / self.measure.line(node.line).to_sp().max(1);
                self.space_price(HOLES) + self.space_price(prices.widest + GAPS) / 1000 * missing.clamp(0, 1000)
            }
            Mode::Justified => self.space_price(line.ratio) + line.flex * line.flex * prices.flex_price / 100,
            Mode::Ragged if last => 0,
            Mode::Ragged => {
                let width = self.measure.line(node.line);
                let set = self.boxes[line.end] - self.boxes[line.start] + self.glue[line.end] - self.glue[line.start];
                let short = (width - set).max(Length::ZERO).to_sp() * 1000 / width.to_sp().max(1);
                short * short / 100
            }
        };
        if self.mode == Mode::Justified && line.ratio > prices.widest && !emergency {
            return FORBIDDEN;
        }
        if last && node.line > 0 {
            price += self.runt_price(line, node);
        }
        price
    }

    fn space_price(&self, ratio: i64) -> i64 {
        let prices = &self.prices;
        // What must be wider goes on rising: three lines of wide spaces are better than one with gaps.
        let ratio = ratio.min(prices.widest + GAPS);
        let off = ratio - 1000;
        let beyond = (prices.tight - ratio).max(ratio - prices.loose).max(0);
        (off * off + prices.steep * beyond * beyond) / 100
    }

    /// The most that [`Kernel::runt_price`] comes to.
    fn dearest_runt(&self) -> i64 {
        self.prices.runt + self.prices.stump * self.prices.short / 100
    }

    /// What it costs that a last line is too short, or nothing but the rest of a divided word.
    fn runt_price(&self, line: &Line, node: &Node) -> i64 {
        let width = self.boxes[line.end] - self.boxes[line.start] + self.glue[line.end] - self.glue[line.start];
        let rest_of_a_word =
            node.hyphens > 0 && !self.items[line.start..line.end].iter().any(|item| matches!(item, Item::Glue { .. }));
        let missing = (self.em.scale(self.prices.short, 1000) - width).max(Length::ZERO);
        if !rest_of_a_word && missing == Length::ZERO {
            return 0;
        }
        if self.mode == Mode::Ragged {
            // The lines before it are none the worse: in a cell one word may well stand below another.
            return self.prices.runt;
        }
        // In tenths of the em.
        let missing = missing.to_sp() * 10 / self.em.to_sp().max(1);
        self.prices.runt + self.prices.stump * missing
    }

    /// The lengths worth having, best first.
    fn collect(&self, nodes: &[Node], ends: &[u32], limit: i64) -> Vec<Broken> {
        let Some(best) = cheapest(nodes, ends, |_| true) else {
            return vec![Broken { lines: Vec::new(), price: 0 }];
        };
        let (cost, count) = (nodes[best as usize].cost, nodes[best as usize].line);
        let mut all = vec![Broken { lines: self.trace(nodes, best), price: 0 }];
        for other in [count.wrapping_sub(1), count + 1] {
            let Some(end) = cheapest(nodes, ends, |node| node.line == other) else { continue };
            let price = nodes[end as usize].cost - cost;
            if price > limit {
                continue;
            }
            let lines = self.trace(nodes, end);
            if self.is_as_even(&lines, &all[0].lines) {
                all.push(Broken { lines, price });
            }
        }
        all
    }

    /// Whether ragged lines are not seen to be shorter than those of another length: that a line breaks far from the
    /// edge although the next word has room there is a fault, whatever page it fills.
    fn is_as_even(&self, lines: &[Line], best: &[Line]) -> bool {
        self.mode == Mode::Justified || self.shortest(lines) >= self.shortest(best).min(self.prices.ragged)
    }

    /// The shortest of some ragged lines but the last, in thousandths of the measure.
    fn shortest(&self, lines: &[Line]) -> i64 {
        let set =
            |line: &Line| self.boxes[line.end] - self.boxes[line.start] + self.glue[line.end] - self.glue[line.start];
        let ended = |line: &Line| {
            matches!(line.penalty.map(|at| self.items[at]), Some(Item::Penalty { kind: Break::Forced, .. }))
        };
        let inner = lines.iter().enumerate().take(lines.len().saturating_sub(1)).filter(|(_, line)| !ended(line));
        let shares =
            inner.map(|(number, line)| set(line).to_sp() * 1000 / self.measure.line(number as u32).to_sp().max(1));
        shares.min().unwrap_or(1000)
    }

    fn trace(&self, nodes: &[Node], end: u32) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut node = nodes[end as usize];
        while node.parent != u32::MAX {
            let parent = nodes[node.parent as usize];
            let forced =
                node.at == self.items.len() || matches!(self.items[node.at], Item::Penalty { kind: Break::Forced, .. });
            lines.push(self.settle(parent.next, node.at, parent.line, forced));
            node = parent;
        }
        lines.reverse();
        lines
    }
}

/// The cheapest of some ends; of two, the one with fewer lines.
fn cheapest(nodes: &[Node], ends: &[u32], wanted: impl Fn(&Node) -> bool) -> Option<u32> {
    let ends = ends.iter().copied().filter(|end| wanted(&nodes[*end as usize]));
    ends.min_by_key(|end| (nodes[*end as usize].cost, nodes[*end as usize].line))
}

#[cfg(test)]
mod tests;
