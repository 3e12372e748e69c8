//! The line kernel: a paragraph's items, broken in every length worth having, by whole cost.
//!
//! The method is Knuth and Plass's (Software – Practice and Experience 11, 1981), a shortest path over legal breaks,
//! with these differences. The state is (break, line number, hyphens in a row), so one run yields the paragraph in its
//! best number of lines, one fewer and one more, each with its price. The glyphs' own flex (expansion and tracking) is
//! used before the spaces', and the cost is of the spaces that remain. A start is given up only when what lies behind
//! it is too wide even without the hyphen and at its narrowest: the textbook's rule, which looks at the break itself,
//! loses lines when a hyphen is wider than the rest of its word.
//!
//! It knows lengths only: no faces, no themes.

use crate::units::Length;

/// A piece of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Glyphs that stay together.
    Box {
        /// As designed.
        width: Length,
        /// How far they may hang over the start of a line.
        hang_start: Length,
        /// How far they may hang over its end.
        hang_end: Length,
    },
    /// A space. It vanishes at a line's ends.
    Glue {
        /// Its natural width.
        width: Length,
        /// Whether a line may end at it.
        breaks: bool,
    },
    /// A place where a line may end or must.
    Penalty {
        /// What is added when a line ends here: a hyphen.
        width: Length,
        /// How far that hangs over the end.
        hang_end: Length,
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
    Free(i64),
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
}

impl Measure {
    fn line(&self, number: u32) -> Length {
        if number == 0 { self.width - self.first } else { self.width }
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
    /// How far glyphs may widen or narrow in all, in thousandths of their width.
    pub flex: i64,
    /// Per thousandth of glyph flex used, squared, in hundredths: a little, so that colour stays even.
    pub flex_price: i64,
}

impl Default for LinePrices {
    fn default() -> LinePrices {
        LinePrices {
            tight: 800,
            loose: 1380,
            narrowest: 560,
            widest: 2600,
            steep: 24,
            hyphen: 3750,
            hyphens_in_a_row: 5000,
            runt: 12_000,
            short: 2500,
            flex: 25,
            flex_price: 20,
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
    /// The spaces' width over their natural one, in thousandths; 1000 when there is none.
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

/// Breaks a paragraph: the best length first, then one line fewer and one more, where they can be had at less than
/// `limit` over the best. Always at least one.
pub fn break_lines(
    items: &[Item],
    measure: Measure,
    em: Length,
    mode: Mode,
    prices: &LinePrices,
    limit: i64,
) -> Vec<Broken> {
    let kernel = Kernel::new(items, measure, em, mode, prices);
    let (nodes, ends) = match kernel.run(false) {
        Some(found) => found,
        None => kernel.run(true).unwrap_or_default(),
    };
    kernel.collect(&nodes, &ends, limit)
}

/// Dearer than any sum of lines that can be set.
const FORBIDDEN: i64 = 1 << 40;

struct Kernel<'a> {
    items: &'a [Item],
    measure: Measure,
    em: Length,
    mode: Mode,
    prices: &'a LinePrices,
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
    cost: i64,
    parent: u32,
}

impl<'a> Kernel<'a> {
    fn new(items: &'a [Item], measure: Measure, em: Length, mode: Mode, prices: &'a LinePrices) -> Kernel<'a> {
        let mut boxes = Vec::with_capacity(items.len() + 1);
        let mut glue = Vec::with_capacity(items.len() + 1);
        let (mut box_sum, mut glue_sum, mut most_hang) = (Length::ZERO, Length::ZERO, Length::ZERO);
        for item in items {
            boxes.push(box_sum);
            glue.push(glue_sum);
            match item {
                Item::Box { width, hang_end, .. } => {
                    box_sum += *width;
                    most_hang = most_hang.max(*hang_end);
                }
                Item::Glue { width, .. } => glue_sum += *width,
                Item::Penalty { hang_end, .. } => most_hang = most_hang.max(*hang_end),
            }
        }
        boxes.push(box_sum);
        glue.push(glue_sum);
        Kernel { items, measure, em, mode, prices, boxes, glue, most_hang }
    }

    /// All states that reach the end, or `None` when no line can be set that way.
    fn run(&self, emergency: bool) -> Option<(Vec<Node>, Vec<u32>)> {
        let mut nodes =
            vec![Node { at: usize::MAX, next: self.skip(0), line: 0, hyphens: 0, cost: 0, parent: u32::MAX }];
        let mut active: Vec<u32> = vec![0];
        let mut found: Vec<Node> = Vec::new();
        for at in 0..=self.items.len() {
            let last = at == self.items.len();
            let forced = last || matches!(self.items[at], Item::Penalty { kind: Break::Forced, .. });
            if !(forced || self.legal(at)) {
                continue;
            }
            found.clear();
            let mut kept = 0;
            let count = active.len();
            for index in 0..count {
                let id = active[index];
                let node = nodes[id as usize];
                if node.next > at {
                    active[kept] = id;
                    kept += 1;
                    continue;
                }
                if forced || emergency || self.may_fill(&node, at) {
                    self.reach(&node, id, at, forced, emergency, &mut found);
                }
                let too_wide = self.too_wide(&node, at);
                let alone = kept == 0 && index + 1 == count && found.is_empty();
                if !forced && (!too_wide || (emergency && alone)) {
                    active[kept] = id;
                    kept += 1;
                }
            }
            active.truncate(kept);
            if last {
                let ends: Vec<u32> = (0..found.len() as u32).map(|end| end + nodes.len() as u32).collect();
                nodes.extend(found.iter().copied());
                return (!ends.is_empty()).then_some((nodes, ends));
            }
            for node in &found {
                active.push(nodes.len() as u32);
                nodes.push(*node);
            }
            if active.is_empty() {
                return None;
            }
        }
        None
    }

    /// Adds the state that a line from `node` to `at` leads to, unless a cheaper one is there.
    fn reach(&self, node: &Node, id: u32, at: usize, forced: bool, emergency: bool, found: &mut Vec<Node>) {
        let last = at == self.items.len();
        let line = self.settle(node.next, at, node.line, forced);
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
        let state = Node { at, next: self.skip(at), line: node.line + 1, hyphens, cost, parent: id };
        match found.iter_mut().find(|other| other.line == state.line && other.hyphens == hyphens) {
            Some(other) if other.cost <= cost => {}
            Some(other) => *other = state,
            None => found.push(state),
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
            Some(Item::Penalty { width, .. }) => *width,
            _ => Length::ZERO,
        };
        let boxes = (self.boxes[at] - self.boxes[node.next] + mark).to_sp();
        let glue = (self.glue[at] - self.glue[node.next]).to_sp();
        let room = self.measure.line(node.line).to_sp();
        boxes * (1000 + self.prices.flex) + glue * self.prices.widest >= (room - 4) * 1000
    }

    fn hang_start(&self, from: usize) -> Length {
        match self.items.get(from) {
            Some(Item::Box { hang_start, .. }) => *hang_start,
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
            Some(Item::Penalty { width, hang_end, kind }) => (*width, *hang_end, *kind == Break::Hyphen, Some(at)),
            _ => (Length::ZERO, Length::ZERO, false, None),
        };
        let hang_end = match end.checked_sub(1).filter(|last| *last >= from).map(|last| self.items[last]) {
            _ if mark > Length::ZERO => mark_hang,
            Some(Item::Box { hang_end, .. }) => hang_end,
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

    fn price(&self, line: &Line, node: &Node, last: bool, emergency: bool) -> i64 {
        let prices = self.prices;
        let mut price = match line.penalty.map(|at| self.items[at]) {
            Some(Item::Penalty { kind: Break::Hyphen, .. }) => {
                prices.hyphen + if node.hyphens > 0 { prices.hyphens_in_a_row } else { 0 }
            }
            Some(Item::Penalty { kind: Break::Free(price), .. }) => price,
            _ => 0,
        };
        if line.overfull > Length::ZERO {
            if !emergency {
                return FORBIDDEN;
            }
            price += (FORBIDDEN >> 6) + line.overfull.to_sp() / 8;
        }
        price += match self.mode {
            Mode::Justified => self.space_price(line.ratio) + line.flex * line.flex * prices.flex_price / 100,
            Mode::Ragged if last => 0,
            Mode::Ragged => {
                let width = self.measure.line(node.line);
                let set = self.boxes[line.end] - self.boxes[line.start] + self.glue[line.end] - self.glue[line.start];
                let short = (width - set).max(Length::ZERO).to_sp() * 1000 / width.to_sp().max(1);
                short * short / 100
            }
        };
        if self.mode == Mode::Justified && line.ratio > prices.widest {
            if !emergency {
                return FORBIDDEN;
            }
            price += (line.ratio - prices.widest).min(10_000) * 20;
        }
        if last && node.line > 0 && self.is_runt(line, node) {
            price += prices.runt;
        }
        price
    }

    fn space_price(&self, ratio: i64) -> i64 {
        let prices = self.prices;
        let ratio = ratio.min(prices.widest);
        let off = ratio - 1000;
        let beyond = (prices.tight - ratio).max(ratio - prices.loose).max(0);
        (off * off + prices.steep * beyond * beyond) / 100
    }

    /// A last line that is too short, or nothing but the rest of a divided word.
    fn is_runt(&self, line: &Line, node: &Node) -> bool {
        let width = self.boxes[line.end] - self.boxes[line.start] + self.glue[line.end] - self.glue[line.start];
        let rest_of_a_word =
            node.hyphens > 0 && !self.items[line.start..line.end].iter().any(|item| matches!(item, Item::Glue { .. }));
        rest_of_a_word || width < self.em.scale(self.prices.short, 1000)
    }

    /// The lengths worth having, best first.
    fn collect(&self, nodes: &[Node], ends: &[u32], limit: i64) -> Vec<Broken> {
        let Some(best) = ends.iter().copied().min_by_key(|end| (nodes[*end as usize].cost, nodes[*end as usize].line))
        else {
            return vec![Broken { lines: Vec::new(), price: 0 }];
        };
        let (cost, count) = (nodes[best as usize].cost, nodes[best as usize].line);
        let mut all = vec![Broken { lines: self.trace(nodes, best), price: 0 }];
        for other in [count.wrapping_sub(1), count + 1] {
            let end = ends
                .iter()
                .copied()
                .filter(|end| nodes[*end as usize].line == other)
                .min_by_key(|end| nodes[*end as usize].cost);
            if let Some(end) = end
                && nodes[end as usize].cost - cost <= limit
            {
                all.push(Broken { lines: self.trace(nodes, end), price: nodes[end as usize].cost - cost });
            }
        }
        all
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator of numbers (xorshift), so that a failure can be repeated.
    struct Random(u64);

    impl Random {
        fn next(&mut self, below: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % below
        }
    }

    fn letters(width: i64) -> Item {
        Item::Box { width: Length::sp(width), hang_start: Length::ZERO, hang_end: Length::ZERO }
    }

    fn space(width: i64) -> Item {
        Item::Glue { width: Length::sp(width), breaks: true }
    }

    fn hyphen(width: i64) -> Item {
        Item::Penalty { width: Length::sp(width), hang_end: Length::ZERO, kind: Break::Hyphen }
    }

    /// A paragraph of slim boxes, wide spaces and hyphens that are often wider than the rest of their word.
    fn paragraph(random: &mut Random) -> Vec<Item> {
        let mut items = Vec::new();
        for word in 0..3 + random.next(7) {
            if word > 0 {
                items.push(space(60 + random.next(60) as i64));
            }
            items.push(letters(20 + random.next(300) as i64));
            for _ in 0..random.next(3) {
                items.push(hyphen(30 + random.next(90) as i64));
                items.push(letters(5 + random.next(120) as i64));
            }
        }
        items
    }

    /// The cheapest cost of every length, by trying every set of breaks.
    fn oracle(kernel: &Kernel<'_>) -> Vec<(u32, i64)> {
        fn go(kernel: &Kernel<'_>, node: Node, best: &mut Vec<(u32, i64)>) {
            for at in 0..=kernel.items.len() {
                let last = at == kernel.items.len();
                if at < node.next || (node.at != usize::MAX && at <= node.at) || !(last || kernel.legal(at)) {
                    continue;
                }
                let mut found = Vec::new();
                kernel.reach(&node, 0, at, last, false, &mut found);
                for next in found {
                    if !last {
                        go(kernel, next, best);
                    } else {
                        match best.iter_mut().find(|(lines, _)| *lines == next.line) {
                            Some((_, cost)) => *cost = (*cost).min(next.cost),
                            None => best.push((next.line, next.cost)),
                        }
                    }
                }
            }
        }
        let start = Node { at: usize::MAX, next: kernel.skip(0), line: 0, hyphens: 0, cost: 0, parent: u32::MAX };
        let mut best = Vec::new();
        go(kernel, start, &mut best);
        best.sort_unstable();
        best
    }

    #[test]
    fn the_kernel_finds_what_trying_everything_finds() {
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        let prices = LinePrices { narrowest: 300, widest: 4000, ..LinePrices::default() };
        let (mut solved, mut lengths) = (0, 0);
        for _ in 0..1200 {
            let items = paragraph(&mut random);
            let measure =
                Measure { width: Length::sp(400 + random.next(500) as i64), first: Length::sp(random.next(80) as i64) };
            let mode = if random.next(4) == 0 { Mode::Ragged } else { Mode::Justified };
            let kernel = Kernel::new(&items, measure, Length::sp(40), mode, &prices);
            let mut found: Vec<(u32, i64)> = Vec::new();
            if let Some((nodes, ends)) = kernel.run(false) {
                for end in ends {
                    let node = nodes[end as usize];
                    match found.iter_mut().find(|(lines, _)| *lines == node.line) {
                        Some((_, cost)) => *cost = (*cost).min(node.cost),
                        None => found.push((node.line, node.cost)),
                    }
                }
                solved += 1;
            }
            found.sort_unstable();
            lengths += found.len();
            assert_eq!(found, oracle(&kernel), "{items:?} at {measure:?}, {mode:?}");
        }
        assert!(solved > 300 && lengths > 450, "the trial had too few solvable paragraphs: {solved}, {lengths}");
    }

    #[test]
    fn a_word_wider_than_the_measure_is_set_and_said_so() {
        let pt = 65_536;
        let items = [letters(100 * pt), space(50 * pt), letters(2000 * pt), space(50 * pt), letters(100 * pt)];
        let measure = Measure { width: Length::pt(500.0), first: Length::ZERO };
        let broken = break_lines(&items, measure, Length::pt(40.0), Mode::Justified, &LinePrices::default(), 1000);
        assert!(broken[0].lines.iter().any(|line| line.overfull > Length::ZERO));
        let covered: usize = broken[0].lines.iter().map(|line| line.end - line.start).sum();
        assert_eq!(covered, 3);
    }

    #[test]
    fn a_justified_line_fills_the_measure() {
        let items = [letters(300), space(60), letters(290), space(60), letters(310), space(60), letters(280)];
        let measure = Measure { width: Length::sp(660), first: Length::ZERO };
        let broken = break_lines(&items, measure, Length::sp(40), Mode::Justified, &LinePrices::default(), 0);
        let line = broken[0].lines[0];
        let boxes = Length::sp(590);
        assert_eq!(boxes + boxes.scale(line.flex, 1000) + Length::sp(60) + line.slack, Length::sp(660));
    }

    #[test]
    fn a_forced_break_ends_a_line_at_its_natural_width() {
        let forced = Item::Penalty { width: Length::ZERO, hang_end: Length::ZERO, kind: Break::Forced };
        let items = [letters(100), forced, letters(100)];
        let measure = Measure { width: Length::sp(660), first: Length::ZERO };
        let broken = break_lines(&items, measure, Length::sp(40), Mode::Justified, &LinePrices::default(), 0);
        assert_eq!(broken[0].lines.len(), 2);
        assert_eq!(broken[0].lines[0].slack, Length::ZERO);
    }
}
