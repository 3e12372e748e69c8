//! The page kernel: a flow's blocks over pages, by whole cost.
//!
//! A shortest path over the blocks of one flow (what stands between two forced page starts). The state is what is used
//! of the page, by text and by notes, the side, how short the verso before was, and the figure that waits. Each block is
//! laid down in each of its lengths, over page ends where that is legal, and each page end has its price. All prices
//! are in [`PagePrices`]. What is forbidden is only very dear, so that there is always an answer.
//!
//! Heights are whole numbers of a unit that the flow chooses: a line of the grid for text, a point for notes.
//! It knows numbers only: no faces, no themes.

mod states;

use std::ops::Range;

use self::states::{Key, State, Table};
use crate::units::Side;

/// What is laid over pages.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// In order.
    pub blocks: Vec<Block>,
    /// The height of a page in units.
    pub page: i32,
    /// A line of text in units: how much a page may be short or long.
    pub line: i32,
    /// How many units of notes there are in a unit: notes and rows do not stand on the grid, so their heights are
    /// counted more finely.
    pub note_scale: i32,
    /// What the first note of a page costs in height beside its own, in units of notes.
    pub note_rule: i32,
}

/// A note called in a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteCall {
    /// The line, or row, that calls it.
    pub line: usize,
    /// Its height, in units of notes.
    pub height: i32,
    /// The heights after which it may go on at the foot of the next page, rising.
    pub splits: Vec<i32>,
}

/// A block.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its lengths, the best first; at least one.
    pub variants: Vec<Variant>,
    /// Space above; none at a page's head.
    pub above: i32,
    /// Space below; none at a page's foot.
    pub below: i32,
    /// Whether no page may end after it.
    pub keep: bool,
    /// Whether a page ends before it.
    pub new_page: bool,
    /// Whether it may wait for the next page's head.
    pub float: bool,
    /// Whether no figure may wait beyond it.
    pub barrier: bool,
    /// Whether it begins on a whole line of the page, whatever stands above.
    pub on_grid: bool,
    /// What it is the last block of, if that is matter of its own: an extract.
    pub closes: Option<Closing>,
}

/// The end of blocks that belong together. What stands whole on a page has its space above; who places the lines may
/// share it out between above and below. What is parted, or stands at a page's head, has it below as well.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closing {
    /// The first of the blocks.
    pub opened: usize,
    /// The space below.
    pub below: i32,
}

/// A block in one length.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What this length costs over the best, in the pages' currency.
    pub price: i64,
    /// What it is made of.
    pub body: Body,
    /// Notes called in it, in order.
    pub notes: Vec<NoteCall>,
}

/// What a block is made of.
#[derive(Clone, Debug)]
pub enum Body {
    /// Lines of equal height; a page may end between them by the rules for text.
    Lines {
        /// The height of one.
        height: i32,
        /// Whether each ends in a hyphen.
        hyphens: Vec<bool>,
    },
    /// One piece.
    Solid {
        /// Its height.
        height: i32,
    },
    /// Rows; a page may end between them, and the head is repeated. Their heights are in units of notes; together
    /// they take whole units of the page.
    Rows {
        /// The head's height; it stands above the first row too.
        head: i32,
        /// The height of each.
        rows: Vec<i32>,
    },
}

/// What things cost. The unit is that of the line kernel's prices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PagePrices {
    /// A page one line short.
    pub short: i64,
    /// A page one line long.
    pub long: i64,
    /// Each further line short, times their number.
    pub shorter: i64,
    /// Facing pages that end on different lines, each line.
    pub uneven: i64,
    /// A flow's last page with fewer than [`PagePrices::few`] lines.
    pub stub: i64,
    /// How many lines are few.
    pub few: i32,
    /// A figure that waits for the next page.
    pub wait: i64,
    /// A figure that waits beyond a heading: better than a page that is half empty.
    pub pass: i64,
    /// A note that goes on at the foot of the next page.
    pub split_note: i64,
    /// Each line that a table is cut at.
    pub cut_rows: i64,
    /// The first row of a table alone above a page's end.
    pub lone_row: i64,
    /// A widow, an orphan, a hyphen at a page's end: only when nothing else can be done.
    pub fault: i64,
}

impl Default for PagePrices {
    fn default() -> PagePrices {
        PagePrices {
            short: 60_000,
            long: 90_000,
            shorter: 120_000,
            uneven: 45_000,
            stub: 120_000,
            few: 5,
            wait: 12_000,
            pass: 180_000,
            split_note: 250_000,
            cut_rows: 15_000,
            lone_row: 400_000,
            fault: 1 << 32,
        }
    }
}

/// A flow over pages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cut {
    /// The pages, each with what stands on it, from the head down.
    pub pages: Vec<CutPage>,
    /// What it costs.
    pub cost: i64,
}

/// A page of a cut flow.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CutPage {
    /// What stands on it.
    pub pieces: Vec<Piece>,
    /// How much of its last note is left for the next page, in units of notes.
    pub carry: i32,
}

/// A piece of a block on a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Which block.
    pub block: usize,
    /// In which length.
    pub variant: usize,
    /// Which of its lines or rows; `0..1` for one piece.
    pub lines: Range<usize>,
    /// How far below the head of the type area, in units.
    pub y: i32,
    /// Whether it stands at the head.
    pub at_head: bool,
    /// Whether it is higher than the page.
    pub overfull: bool,
}

/// Lays a flow over pages that begin on a side.
pub fn cut(flow: &Flow, start: Side, prices: &PagePrices) -> Cut {
    Kernel::new(flow, prices).solve(start)
}

/// How much dearer than a note that goes on overleaf notes are that begin there, each a page after its call.
const LATE: i64 = 40;

/// Nothing waits.
const NONE: u32 = u32::MAX;

/// What was done, to be read back from the end.
#[derive(Clone, Copy)]
struct Step {
    parent: u32,
    action: Action,
}

#[derive(Clone, Copy)]
enum Action {
    Start,
    Page { carry: i32 },
    Place { block: u32, variant: u8, from: u32, to: u32, y: i32, at_head: bool, overfull: bool },
}

struct Kernel<'a> {
    flow: &'a Flow,
    prices: &'a PagePrices,
    steps: Vec<Step>,
    next: Table,
    /// A state dearer than this is not followed.
    ceiling: i64,
    /// What the cheapest of those that were not followed would come to at the least.
    lost: i64,
    /// Parts of a text that are still to be laid, kept to be used again.
    open: Vec<Open>,
}

/// A text laid in part: the state, the first line that is not yet laid, where it goes.
type Open = (State, usize, i32);

/// Takes the part that goes on earliest in the text: all ways that lead there are known by then.
fn earliest(open: &mut Vec<Open>) -> Option<Open> {
    let first = (0..open.len()).rev().min_by_key(|&at| open[at].1)?;
    Some(open.remove(first))
}

/// Adds a part, unless one as cheap goes on from the same line in the same state: a text over many pages would have as
/// many ways to be cut as there are powers of three.
fn keep(open: &mut Vec<Open>, part: Open) {
    let same = open.iter_mut().find(|other| other.1 == part.1 && other.0.key == part.0.key);
    match same {
        Some(other) if other.0.cost <= part.0.cost => {}
        Some(other) => *other = part,
        None => open.push(part),
    }
}

impl<'a> Kernel<'a> {
    fn new(flow: &'a Flow, prices: &'a PagePrices) -> Kernel<'a> {
        Kernel {
            flow,
            prices,
            steps: Vec::new(),
            next: Table::default(),
            ceiling: i64::MAX,
            lost: i64::MAX,
            open: Vec::new(),
        }
    }

    /// Looks near the cheapest states first. Where the way found there is no dearer than anything that was not
    /// followed, it is the best; else the search is made again, wide, and no state dearer than that way is followed.
    fn solve(&mut self, start: Side) -> Cut {
        let near = self.prices.short * 2 / 3;
        let wide = self.hopeless();
        let found = self.search(start, near.min(wide), i64::MAX);
        if near >= wide || found.cost <= self.lost {
            return found;
        }
        self.search(start, wide, found.cost)
    }

    /// How much dearer than the cheapest a state may be. From any state a page can be ended, no more lines short than
    /// the highest piece that cannot be cut, and what follows laid as the cheapest would have it; who has to pay more
    /// than that never catches up.
    fn hopeless(&self) -> i64 {
        let line = self.flow.line.max(1);
        let whole = |variant: &Variant| match variant.body {
            Body::Solid { height } => height / line,
            // A text of three lines is not cut at all, a longer one leaves no more than that.
            Body::Lines { .. } => 3,
            Body::Rows { .. } => self.flow.page / line,
        };
        let heights = self.flow.blocks.iter().flat_map(|block| block.variants.iter().map(whole));
        let lines = i64::from(heights.max().unwrap_or(0).min(12)) + 3;
        self.prices.short + (self.prices.shorter + self.prices.uneven) * lines
    }

    /// The cheapest way, as far as no state on it is dearer by `slack` than the cheapest beside it, or than `most`.
    fn search(&mut self, start: Side, slack: i64, most: i64) -> Cut {
        self.steps.clear();
        self.lost = i64::MAX;
        let key = Key { used: 0, notes: 0, carry: 0, side: start, verso: 0, faced: false, waiting: NONE, due: false };
        self.steps.push(Step { parent: u32::MAX, action: Action::Start });
        let mut states = vec![State { key, cost: 0, step: 0 }];
        for at in 0..self.flow.blocks.len() {
            self.next.clear();
            let floor = states.iter().map(|state| state.cost).min().unwrap_or(0);
            self.ceiling = (floor + slack).min(most);
            for state in &states {
                self.follow(*state, at);
            }
            if self.next.states.is_empty() {
                // Everything is dear here: there must be an answer all the same.
                self.ceiling = i64::MAX;
                for state in &states {
                    self.follow(*state, at);
                }
            }
            if self.next.states.is_empty() {
                // Nothing is legal: the page ends where it must not, which is still better than losing a block.
                for state in &states {
                    self.break_through(*state, at);
                }
            }
            std::mem::swap(&mut states, &mut self.next.states);
        }
        let best = states.into_iter().map(|state| self.end(state)).min_by_key(|state| state.cost);
        match best {
            Some(state) => Cut { pages: self.read_back(state.step), cost: state.cost },
            None => Cut::default(),
        }
    }

    /// Lays the block down after a state, on its page or on the next one.
    fn follow(&mut self, state: State, at: usize) {
        let block = &self.flow.blocks[at];
        let may_break = at > 0 && (!self.flow.blocks[at - 1].keep || block.new_page);
        if state.key.carry > 0 && !may_break {
            // Kept with what follows, but its note has filled the page: it ends all the same.
            let dear = State { cost: state.cost + self.prices.fault, ..state };
            let turned = self.turn(dear);
            self.place(turned, at);
        } else if state.key.carry == 0 && (!block.new_page || state.key.used == 0) {
            self.place(state, at);
        }
        let begun = state.key.used > 0 || state.key.notes > 0;
        if may_break && begun && self.may_end(&state.key, state.cost) {
            let turned = self.turn(state);
            self.place(turned, at);
        }
    }

    /// Lays the block down at the head of a page, whatever is kept together before it; whole if it cannot be otherwise.
    fn break_through(&mut self, state: State, at: usize) {
        let dear = State { cost: state.cost + self.prices.fault, ..state };
        let mut turned = if state.key.used > 0 { self.turn(dear) } else { dear };
        if turned.key.used > 0 {
            turned = self.turn(turned);
        }
        let before = self.next.states.len();
        self.place(turned, at);
        if self.next.states.len() > before || before > 0 {
            return;
        }
        let to = match &self.flow.blocks[at].variants[0].body {
            Body::Lines { hyphens, .. } => hyphens.len(),
            Body::Solid { .. } => 1,
            Body::Rows { rows, .. } => rows.len(),
        };
        let (block, to) = (at as u32, to as u32);
        let action = Action::Place { block, variant: 0, from: 0, to, y: 0, at_head: true, overfull: true };
        let key = Key { used: self.room(), ..turned.key };
        self.offer(key, turned.cost + self.prices.fault * 4, turned.step, action);
    }

    /// Whether a page that is so full, or so empty, may end at that cost.
    fn may_end(&mut self, key: &Key, cost: i64) -> bool {
        self.affords(cost.saturating_add(self.page_price(self.shortness(key.used, key.notes))))
    }

    /// Whether a state of that cost is followed.
    fn affords(&mut self, cost: i64) -> bool {
        if cost > self.ceiling {
            self.lost = self.lost.min(cost);
        }
        cost <= self.ceiling
    }

    /// Keeps a state if none as cheap has its key.
    fn offer(&mut self, key: Key, cost: i64, parent: u32, action: Action) {
        if !self.affords(cost) {
            return;
        }
        if let Some(seat) = self.next.seat(&key, cost) {
            let step = self.step(parent, action);
            self.next.put(seat, State { key, cost, step });
        }
    }

    fn step(&mut self, parent: u32, action: Action) -> u32 {
        self.steps.push(Step { parent, action });
        self.steps.len() as u32 - 1
    }

    /// Ends the page; a note that goes on for whole pages has these to itself, and a figure that waits opens the next.
    fn turn(&mut self, state: State) -> State {
        let mut turned = self.leaf(state);
        while turned.key.carry > 0 {
            turned = self.leaf(turned);
        }
        match turned.key.waiting {
            NONE => turned,
            block => self.lay_waiting(State { key: Key { waiting: NONE, ..turned.key }, ..turned }, block),
        }
    }

    /// Ends one page.
    fn leaf(&mut self, state: State) -> State {
        let Key { used, notes, carry, side, verso, faced, waiting, .. } = state.key;
        let short = self.shortness(used, notes);
        let mut cost = state.cost + self.page_price(short);
        let deviation = short.clamp(-2, 2) as i8;
        if side == Side::Recto && faced {
            cost += self.prices.uneven * i64::from((deviation - verso).abs());
        }
        let step = self.step(state.step, Action::Page { carry });
        let opposite = side.opposite();
        let (verso, faced) = if side == Side::Verso { (deviation, true) } else { (0, false) };
        let (notes, carry) = self.carried(carry);
        let key = Key { used: 0, notes, carry, side: opposite, verso, faced, waiting, due: false };
        State { key, cost, step }
    }

    fn lay_waiting(&mut self, state: State, waiting: u32) -> State {
        let block = &self.flow.blocks[waiting as usize];
        let height = body_height(&block.variants[0].body, self.scale());
        let overfull = height > self.flow.page;
        // What follows a figure at the head stands below its space.
        let used = (height + block.below).min(self.room());
        let calls = &block.variants[0].notes;
        let mut state = state;
        let mut fit = self.notes(used, state.key.notes, calls, 0..1);
        if fit.is_none() && state.key.notes > 0 {
            // Below the rest of a note there is no room for it.
            state = self.leaf(state);
            fit = self.notes(used, 0, calls, 0..1);
        }
        let (notes, carry, price) = fit.unwrap_or_else(|| self.forced(used, state.key.notes, calls, 0..1));
        let action = Action::Place { block: waiting, variant: 0, from: 0, to: 1, y: 0, at_head: true, overfull };
        let step = self.step(state.step, action);
        State { key: Key { used, notes, carry: state.key.carry + carry, ..state.key }, step, cost: state.cost + price }
    }

    /// What a page takes of a note that began before it, and what is left for the next one.
    fn carried(&self, carry: i32) -> (i32, i32) {
        if carry == 0 {
            return (0, 0);
        }
        let most = |lines: i32| ((self.flow.page - lines * self.flow.line) * self.scale() - self.flow.note_rule).max(1);
        // Where two lines of text have no room above the rest of it, the note has the page to itself.
        let taken = if carry <= most(2) { carry } else { carry.min(most(0)) };
        (taken + self.flow.note_rule, carry - taken)
    }

    /// Whole units that cover a height in units of notes.
    fn units(&self, height: i32) -> i32 {
        (height + self.scale() - 1) / self.scale()
    }

    /// Units of notes to a unit.
    fn scale(&self) -> i32 {
        self.flow.note_scale.max(1)
    }

    /// Lines by which a page is short (negative: long): to the nearest line, or whole lines only above notes, which
    /// stand at the foot whatever room is left.
    fn shortness(&self, used: i32, notes: i32) -> i32 {
        let line = self.flow.line.max(1);
        if notes > 0 {
            let over = self.flow.page * self.scale() - used * self.scale() - notes;
            let line = line * self.scale();
            return if over >= 0 { over / line } else { -((line - 1 - over) / line) };
        }
        let over = self.flow.page - used;
        if over >= 0 { (over + line / 2) / line } else { -((-over + line / 2) / line) }
    }

    fn page_price(&self, short: i32) -> i64 {
        match short {
            0 => 0,
            1 => self.prices.short,
            2.. => self.prices.short + self.prices.shorter * i64::from(short - 1),
            _ => self.prices.long * i64::from(-short),
        }
    }

    /// What the flow's last page costs.
    fn end(&mut self, state: State) -> State {
        let mut state = state;
        if state.key.waiting != NONE {
            state.cost += self.prices.wait;
            state = self.turn(state);
        }
        while state.key.carry > 0 {
            state = self.turn(state);
        }
        let few = self.prices.few * self.flow.line;
        let used = state.key.used;
        if used > 0 && used < few && self.follows_a_page(state.step) {
            state.cost += self.prices.stub * i64::from((few - used + self.flow.line - 1) / self.flow.line.max(1)) / 2;
        }
        let short = self.shortness(used, state.key.notes);
        if short < 0 {
            state.cost += self.page_price(short);
        }
        state
    }

    /// Whether the flow's last page is not its first.
    fn follows_a_page(&self, mut step: u32) -> bool {
        while step != u32::MAX {
            let Step { parent, action } = self.steps[step as usize];
            if matches!(action, Action::Page { .. }) {
                return true;
            }
            step = parent;
        }
        false
    }

    /// Lays a block down from a state, in every length.
    fn place(&mut self, state: State, at: usize) {
        let block = &self.flow.blocks[at];
        let mut state = state;
        if state.key.waiting != NONE && (block.barrier || block.float) {
            self.strand(state, at);
            if block.float || state.key.used == 0 {
                return;
            }
            state.cost += self.prices.pass;
        }
        let mut above = if state.key.used == 0 { 0 } else { self.space(at, &state.key) };
        if block.on_grid {
            above += (-(state.key.used + above)).rem_euclid(self.flow.line.max(1));
        }
        for variant in 0..block.variants.len() {
            let chosen = &block.variants[variant];
            let key = Key { due: false, ..state.key };
            let state = State { key, cost: state.cost + chosen.price, ..state };
            match &chosen.body {
                Body::Solid { height } => self.place_solid(state, at, variant, above, *height),
                Body::Lines { height, hyphens } => {
                    self.place_lines(state, at, variant, above, *height, hyphens);
                }
                Body::Rows { head, rows } => self.place_rows(state, at, variant, above, *head, rows),
            }
        }
        if block.float && state.key.used > 0 && state.key.waiting == NONE {
            let key = Key { waiting: at as u32, ..state.key };
            let cost = state.cost + self.prices.wait;
            if let Some(seat) = self.next.seat(&key, cost) {
                self.next.put(seat, State { key, cost, ..state });
            }
        }
    }

    /// A figure must not wait beyond a barrier: the page ends before it.
    fn strand(&mut self, state: State, at: usize) {
        if state.key.used > 0 {
            let turned = self.turn(state);
            self.place(turned, at);
        }
    }

    /// The space between a block and the one before, the larger of what either asks for; a figure that waits leaves
    /// none where it would have stood.
    fn space(&self, at: usize, key: &Key) -> i32 {
        let waits = |before: usize| before as u32 == key.waiting;
        let before = (0..at).rev().find(|before| !waits(*before)).map(|before| &self.flow.blocks[before]);
        let due = before.and_then(|before| before.closes).filter(|_| key.due).map_or(0, |closing| closing.below);
        // Spaces that meet do not add up: the larger holds.
        (before.map_or(0, |before| before.below) + due).max(self.flow.blocks[at].above)
    }

    /// Whether a block that is laid after a state from some line on closes matter that is parted or stands at the head.
    fn parted(&self, state: &State, at: usize, from: usize) -> bool {
        let Some(closing) = self.flow.blocks[at].closes else { return false };
        if from > 0 || closing.opened == at {
            return from > 0 || state.key.used == 0;
        }
        let mut step = state.step;
        while step != u32::MAX {
            match self.steps[step as usize].action {
                Action::Place { block, from, at_head, .. } if block as usize == closing.opened => {
                    return from > 0 || at_head;
                }
                Action::Place { .. } => step = self.steps[step as usize].parent,
                Action::Page { .. } | Action::Start => break,
            }
        }
        true
    }

    fn room(&self) -> i32 {
        self.flow.page + self.flow.line
    }

    /// Room for the notes of some lines that end at `used`, below those that the page has: the notes' height, what of
    /// them is left for the next page, and what that costs. `None` when they have no room.
    fn notes(&self, used: i32, before: i32, calls: &[NoteCall], lines: Range<usize>) -> Option<(i32, i32, i64)> {
        let room = (self.room() - used) * self.scale();
        if calls.is_empty() {
            return (before <= room).then_some((before, 0, 0));
        }
        let mut height = before;
        let mut called = calls.iter().filter(|call| lines.contains(&call.line)).peekable();
        while let Some(call) = called.next() {
            let rule = if height == 0 { self.flow.note_rule } else { 0 };
            let whole = height + rule + call.height;
            if whole > room {
                let page = (self.flow.page - used) * self.scale() - height - rule;
                let part = call.splits.iter().copied().filter(|part| *part <= page).max()?;
                // Notes that begin after one that fills the page begin a page late.
                let late: i32 = called.map(|call| call.height).sum();
                let price = self.prices.split_note * if late > 0 { LATE } else { 1 };
                return Some((height + rule + part, call.height - part + late, price));
            }
            height = whole;
        }
        (height <= room).then_some((height, 0, 0))
    }

    /// The same where they have no room and there is no better place: what fits, and the rest on the pages after.
    fn forced(&self, used: i32, before: i32, calls: &[NoteCall], lines: Range<usize>) -> (i32, i32, i64) {
        let called = calls.iter().filter(|call| lines.contains(&call.line));
        let own: i32 = called.map(|call| call.height).sum();
        let rule = if before == 0 && own > 0 { self.flow.note_rule } else { 0 };
        let room = ((self.flow.page - used) * self.scale()).max(before + rule);
        let whole = before + rule + own;
        (whole.min(room), (whole - room).max(0), self.prices.fault)
    }

    fn place_solid(&mut self, state: State, at: usize, variant: usize, above: i32, height: i32) {
        let y = state.key.used + above;
        let calls = &self.flow.blocks[at].variants[variant].notes;
        let fit = self.notes(y + height, state.key.notes, calls, 0..1);
        let overfull = fit.is_none() && state.key.used == 0;
        if fit.is_none() && (!overfull || state.key.notes > 0) {
            return self.after_turn(state, at, variant);
        }
        let (notes, carry, price) = fit.unwrap_or_else(|| {
            let (notes, carry, price) = self.forced(y + height, state.key.notes, calls, 0..1);
            (notes, carry, price * 4)
        });
        let used = (y + height).min(self.room());
        let at_head = state.key.used == 0;
        let action = Action::Place { block: at as u32, variant: variant as u8, from: 0, to: 1, y, at_head, overfull };
        // A piece without height at a page's head leaves it a head.
        let due = self.parted(&state, at, 0);
        self.offer(Key { used, notes, carry, due, ..state.key }, state.cost + price, state.step, action);
    }

    /// When a kept block leaves no room for this one, the page ends all the same, as a fault.
    fn after_turn(&mut self, state: State, at: usize, variant: usize) {
        if at > 0 && self.flow.blocks[at - 1].keep && state.key.used > 0 {
            let dear = State { cost: state.cost + self.prices.fault, ..state };
            let turned = self.turn(dear);
            match self.flow.blocks[at].variants[variant].body {
                Body::Solid { height } if turned.key.used == 0 => self.place_solid(turned, at, variant, 0, height),
                _ => {}
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn place_lines(&mut self, state: State, at: usize, variant: usize, above: i32, height: i32, hyphens: &[bool]) {
        let mut open = std::mem::take(&mut self.open);
        open.push((state, 0, state.key.used + above));
        while let Some((state, from, y)) = earliest(&mut open) {
            let rest = hyphens.len() - from;
            let calls = &self.flow.blocks[at].variants[variant].notes;
            let at_head = state.key.used == 0;
            let end = y + height * rest as i32;
            let fit = self.notes(end, state.key.notes, calls, from..hyphens.len());
            if let Some((notes, carry, price)) = fit {
                let due = self.parted(&state, at, from);
                let key = Key { used: end, notes, carry, due, ..state.key };
                let action = piece(at, variant, from..hyphens.len(), y, at_head);
                self.offer(key, state.cost + price, state.step, action);
            }
            if rest < 2 {
                if fit.is_none() {
                    self.force(&mut open, state, at, variant, from..from + 1, y, height, hyphens.len());
                }
                continue;
            }
            self.cut_lines(&mut open, state, at, variant, from, y, height, hyphens);
        }
        self.open = open;
    }

    /// Ends the page after some of the lines: the three best-filling places that are legal, else the least fault.
    #[allow(clippy::too_many_arguments)]
    fn cut_lines(
        &mut self,
        open: &mut Vec<(State, usize, i32)>,
        state: State,
        at: usize,
        variant: usize,
        from: usize,
        y: i32,
        height: i32,
        hyphens: &[bool],
    ) {
        let count = hyphens.len();
        let calls = &self.flow.blocks[at].variants[variant].notes;
        let fit = |kernel: &Self, lines: usize| {
            kernel.notes(y + height * lines as i32, state.key.notes, calls, from..from + lines)
        };
        let room = ((self.room() - y) / height.max(1)).clamp(0, (count - from - 1) as i32) as usize;
        let most = (1..=room).rev().find(|lines| fit(self, *lines).is_some()).unwrap_or(0);
        // A page that would be long has others that are full.
        let fullest = Key { used: (y + height * most as i32).min(self.flow.page), ..state.key };
        if calls.is_empty() && !self.may_end(&fullest, state.cost) {
            return;
        }
        // Of the places where a note goes on overleaf only the fullest is tried, beside three where none does.
        let (mut tried, mut split) = (0, false);
        for lines in (1..=most).rev() {
            let to = from + lines;
            let legal = (from > 0 || lines >= 2) && count - to >= 2 && !hyphens[to - 1];
            let splits = legal && !calls.is_empty() && fit(self, lines).is_some_and(|(_, carry, _)| carry > 0);
            if legal && !(split && splits) {
                self.lay(open, state, at, variant, from..to, y, height, 0);
                split |= splits;
                tried += usize::from(!splits);
                if tried == 3 {
                    return;
                }
            }
        }
        if tried == 0 && !split && most > 0 {
            self.lay(open, state, at, variant, from..from + most, y, height, self.prices.fault);
        }
    }

    /// Lays lines and turns the page; the rest stays open.
    #[allow(clippy::too_many_arguments)]
    fn lay(
        &mut self,
        open: &mut Vec<(State, usize, i32)>,
        state: State,
        at: usize,
        variant: usize,
        lines: Range<usize>,
        y: i32,
        height: i32,
        fault: i64,
    ) {
        let calls = &self.flow.blocks[at].variants[variant].notes;
        let used = y + height * lines.len() as i32;
        let fit = self.notes(used, state.key.notes, calls, lines.clone());
        let (notes, carry, price) = fit.unwrap_or((state.key.notes, 0, self.prices.fault));
        let key = Key { used, notes, carry, ..state.key };
        let cost = state.cost + fault + price;
        if !self.may_end(&key, cost) {
            return;
        }
        let step = self.step(state.step, piece(at, variant, lines.clone(), y, state.key.used == 0));
        let laid = State { key, cost, step };
        let turned = self.turn(laid);
        keep(open, (turned, lines.end, turned.key.used));
    }

    /// A line that fits nowhere (its note is higher than a page) is laid all the same.
    #[allow(clippy::too_many_arguments)]
    fn force(
        &mut self,
        open: &mut Vec<(State, usize, i32)>,
        state: State,
        at: usize,
        variant: usize,
        line: Range<usize>,
        y: i32,
        height: i32,
        count: usize,
    ) {
        if state.key.used > 0 || state.key.notes > 0 {
            let turned = self.turn(State { cost: state.cost + self.prices.fault, ..state });
            keep(open, (turned, line.start, turned.key.used));
            return;
        }
        let cost = state.cost + self.prices.fault * 4;
        let calls = &self.flow.blocks[at].variants[variant].notes;
        let used = (y + height).max(1);
        let (notes, carry, _) = self.forced(used, state.key.notes, calls, line.clone());
        let key = Key { used, notes, carry, ..state.key };
        let action = piece(at, variant, line.clone(), y, true);
        if line.end == count {
            self.offer(key, cost, state.step, action);
        } else {
            let laid = State { key, cost, step: self.step(state.step, action) };
            let turned = self.turn(laid);
            keep(open, (turned, line.end, turned.key.used));
        }
    }

    fn place_rows(&mut self, state: State, at: usize, variant: usize, above: i32, head: i32, rows: &[i32]) {
        let mut open = vec![(state, 0usize, state.key.used + above)];
        while let Some((state, from, y)) = open.pop() {
            let at_head = state.key.used == 0;
            let (mut height, mut end) = (head, y + self.units(head));
            let mut fit = from;
            let calls = &self.flow.blocks[at].variants[variant].notes;
            let mut noted = (state.key.notes, 0, 0);
            while fit < rows.len() {
                let next = y + self.units(height + rows[fit]);
                let Some(notes) = self.notes(next, state.key.notes, calls, from..fit + 1) else { break };
                (height, end) = (height + rows[fit], next);
                fit += 1;
                noted = notes;
                if noted.1 > 0 {
                    break;
                }
            }
            let (notes, carry, price) = noted;
            if fit == rows.len() {
                let key = Key { used: end, notes, carry, ..state.key };
                self.offer(key, state.cost + price, state.step, piece(at, variant, from..fit, y, at_head));
                continue;
            }
            let (mut cost, mut overfull) = (self.prices.cut_rows, false);
            let (mut notes, mut carry, mut price) = (notes, carry, price);
            if rows.len() - fit == 1 && fit - from > 2 && carry == 0 {
                // The last row does not stand alone on the next page.
                fit -= 1;
                end = y + self.units(height - rows[fit]);
                let fewer = self.notes(end, state.key.notes, calls, from..fit);
                (notes, carry, price) = fewer.unwrap_or((notes, carry, price));
            }
            if fit - from == 1 && from == 0 {
                cost += self.prices.lone_row;
            }
            if fit == from {
                if !at_head || state.key.notes > 0 {
                    // Not one row has room: the table begins on the next page, if that is allowed.
                    let kept = at > 0 && self.flow.blocks[at - 1].keep && from == 0;
                    if kept || (at_head && state.key.notes > 0) || from > 0 {
                        let turned = self.turn(State { cost: state.cost + self.prices.fault, ..state });
                        open.push((turned, from, turned.key.used));
                    }
                    continue;
                }
                end = y + self.units(height + rows[fit]);
                fit += 1;
                (notes, carry, price) = self.forced(end, state.key.notes, calls, from..fit);
                cost = self.prices.fault * 4;
                overfull = true;
            }
            let used = end.min(self.room());
            let action = Action::Place {
                block: at as u32,
                variant: variant as u8,
                from: from as u32,
                to: fit as u32,
                y,
                at_head,
                overfull,
            };
            let key = Key { used, notes, carry, ..state.key };
            let cost = state.cost + cost + price;
            if fit == rows.len() {
                self.offer(key, cost, state.step, action);
            } else {
                let laid = State { key, cost, step: self.step(state.step, action) };
                let turned = self.turn(laid);
                open.push((turned, fit, turned.key.used));
            }
        }
    }

    fn read_back(&self, mut step: u32) -> Vec<CutPage> {
        let mut pages = vec![CutPage::default()];
        while step != u32::MAX {
            let Step { parent, action } = self.steps[step as usize];
            match action {
                Action::Start => {}
                // Read from the end: the page that this step closed comes next.
                Action::Page { carry } => pages.push(CutPage { carry, ..CutPage::default() }),
                Action::Place { block, variant, from, to, y, at_head, overfull } => {
                    let lines = from as usize..to as usize;
                    let (block, variant) = (block as usize, usize::from(variant));
                    let page = pages.last_mut().expect("there is always one");
                    page.pieces.push(Piece { block, variant, lines, y, at_head, overfull });
                }
            }
            step = parent;
        }
        pages.reverse();
        for page in &mut pages {
            page.pieces.reverse();
        }
        pages
    }
}

fn piece(at: usize, variant: usize, lines: Range<usize>, y: i32, at_head: bool) -> Action {
    Action::Place {
        block: at as u32,
        variant: variant as u8,
        from: lines.start as u32,
        to: lines.end as u32,
        y,
        at_head,
        overfull: false,
    }
}

fn body_height(body: &Body, scale: i32) -> i32 {
    match body {
        Body::Lines { height, hyphens } => height * hyphens.len() as i32,
        Body::Solid { height } => *height,
        Body::Rows { head, rows } => (head + rows.iter().sum::<i32>() + scale - 1) / scale,
    }
}

#[cfg(test)]
mod tests;
