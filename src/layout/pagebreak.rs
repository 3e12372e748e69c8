//! The page kernel: a flow's blocks over pages, by whole cost.
//!
//! A shortest path over the blocks of one flow (what stands between two forced page starts). The state is what is used
//! of the page, by text and by notes, the side, how short the verso before was, and the figure that waits. Each block is
//! laid down in each of its lengths, over page ends where that is legal, and each page end has its price. All prices
//! are in [`PagePrices`]. What is forbidden is only very dear, so that there is always an answer.
//!
//! Heights are whole numbers of a unit that the flow chooses: a line of the grid for text, a point for notes.
//! It knows numbers only: no faces, no themes.
//!
//! Columns are cut as if they were pages: what is said here of a page and of facing pages holds for a column and for
//! those beside it. What stands over all columns takes of the height of each.

mod columns;
mod ending;
mod flow;
mod place;
mod states;

pub use self::flow::{Block, Body, Closing, Cut, CutPage, Flow, NoteCall, PagePrices, Piece, Variant};
use self::place::Open;
use self::states::{Key, State, Table};
use crate::units::Side;

/// Lays a flow over pages that begin on a side.
pub fn cut(flow: &Flow, start: Side, prices: &PagePrices) -> Cut {
    Kernel::new(flow, prices).solve(start)
}

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
    Page { carry: i32, seat: u8, head: i16, foot: i16 },
    Place { block: u32, variant: u8, from: u32, to: u32, y: i32, at_head: bool, overfull: bool, wide: bool },
}

struct Kernel<'a> {
    flow: &'a Flow,
    prices: &'a PagePrices,
    /// How many columns a page has.
    columns: u8,
    /// The block that is being laid: floats before it were laid, or wait.
    at: usize,
    steps: Vec<Step>,
    next: Table,
    /// A state dearer than this is not followed.
    ceiling: i64,
    /// What the cheapest of those that were not followed would come to at the least.
    lost: i64,
    /// Parts of a text that are still to be laid, kept to be used again.
    open: Vec<Open>,
    /// The first block that may stand on the flow's last two pages.
    ending: usize,
}

impl<'a> Kernel<'a> {
    fn new(flow: &'a Flow, prices: &'a PagePrices) -> Kernel<'a> {
        Kernel {
            flow,
            prices,
            columns: flow.columns.max(1),
            at: 0,
            steps: Vec::new(),
            next: Table::default(),
            ceiling: i64::MAX,
            lost: i64::MAX,
            open: Vec::new(),
            ending: ending::begins(flow),
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
        let wanted = self.flow.blocks.iter().map(|block| block.wanted).max().unwrap_or(0);
        let thin = self.prices.thin * i64::from(wanted);
        let lone = if self.flow.blocks.iter().any(|block| block.float) { self.prices.lone } else { 0 };
        let part = if self.flow.blocks.iter().any(|block| block.dear || block.opens) { self.prices.part } else { 0 };
        self.prices.short + (self.prices.shorter * 2 + self.prices.uneven) * lines + thin + lone + part
    }

    /// The cheapest way, as far as no state on it is dearer by `slack` than the cheapest beside it, or than `most`.
    fn search(&mut self, start: Side, slack: i64, most: i64) -> Cut {
        self.steps.clear();
        self.lost = i64::MAX;
        let key = self.first(start);
        self.steps.push(Step { parent: u32::MAX, action: Action::Start });
        let mut states = vec![State { key, cost: 0, step: 0 }];
        for at in 0..self.flow.blocks.len() {
            self.at = at;
            self.next.clear();
            let floor = states.iter().map(|state| state.cost).min().unwrap_or(0);
            // Where the flow's last page may have begun, who is dearer now may yet be spared what little on it costs.
            let slack =
                if at >= self.ending && slack >= self.prices.short { slack + self.dearest_tail() } else { slack };
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
        self.at = self.flow.blocks.len();
        let best = states.into_iter().map(|state| self.end(state)).min_by_key(|state| state.cost);
        match best {
            Some(state) => {
                let waiting = self.queue(state.key.waiting).collect();
                let used = state.key.used + self.units(state.key.notes);
                Cut { pages: self.read_back(state.step, &state.key), cost: state.cost, used, waiting }
            }
            None => Cut::default(),
        }
    }

    /// Where a flow begins.
    fn first(&self, start: Side) -> Key {
        let seat = u8::from(self.columns == 1 && start == Side::Recto);
        let (head, foot) = (self.flow.top as i16, self.flow.bottom as i16);
        let (verso, faced, waiting, due) = (0, false, NONE, false);
        Key { used: 0, notes: 0, carry: 0, head, foot, seat, verso, faced, waiting, due }
    }

    /// Lays the block down after a state, on its page or on the next one.
    fn follow(&mut self, state: State, at: usize) {
        let block = &self.flow.blocks[at];
        let may_break = !self.is_kept(at, &state.key) || block.new_page;
        if state.key.carry > 0 && !may_break {
            // Kept with what follows, but its note has filled the page: it ends all the same.
            let dear = State { cost: state.cost + self.prices.fault, ..state };
            let turned = self.turn(dear);
            self.place(turned, at);
        } else if state.key.carry == 0 && (!block.new_page || state.key.used == 0) {
            self.place(state, at);
        }
        let begun = state.key.used > 0 || state.key.notes > 0 || state.key.head > 0 || state.key.foot > 0;
        // A title that wants lines of this block is on the page with what it has before it.
        let thin = if at > 0 && !block.new_page { self.prices.thin * i64::from(block.wanted) } else { 0 };
        let state = State { cost: state.cost + thin, ..state };
        if may_break && begun && self.may_end(&state.key, state.cost) {
            let turned = self.turn(state);
            self.place(turned, at);
        }
    }

    /// Whether what stands before a block stays on its page: what waits between the two stands elsewhere.
    fn is_kept(&self, at: usize, key: &Key) -> bool {
        let before = (0..at).rev().find(|before| !self.waits(*before, key));
        before.is_some_and(|before| self.flow.blocks[before].keep)
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
        let y = i32::from(turned.key.head);
        let action = Action::Place { block, variant: 0, from: 0, to, y, at_head: true, overfull: true, wide: false };
        let key = Key { used: self.room(&turned.key), ..turned.key };
        self.offer(key, turned.cost + self.prices.fault * 4, turned.step, action);
    }

    /// Whether a page that is so full, or so empty, may end at that cost.
    fn may_end(&mut self, key: &Key, cost: i64) -> bool {
        self.affords(cost.saturating_add(self.page_price(self.shortness(key))))
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
        let turned = self.leaves(state);
        match turned.key.waiting {
            NONE => turned,
            _ => self.lay_queue(turned),
        }
    }

    /// Ends pages until nothing is left of the notes that began on them.
    fn leaves(&mut self, state: State) -> State {
        let mut turned = self.leaf(state);
        while turned.key.carry > 0 {
            turned = self.leaf(turned);
        }
        turned
    }

    /// Ends one page.
    fn leaf(&mut self, state: State) -> State {
        let Key { carry, seat, verso, faced, waiting, head, foot, .. } = state.key;
        let short = self.shortness(&state.key);
        let mut cost = state.cost + self.page_price(short);
        let deviation = short.clamp(-2, 2) as i8;
        if seat > 0 && faced {
            cost += self.prices.uneven * i64::from((deviation - verso).abs());
        }
        let step = self.step(state.step, Action::Page { carry, seat, head, foot });
        let seat = if seat + 1 < self.columns.max(2) { seat + 1 } else { 0 };
        let (verso, faced) = if seat > 0 { (deviation, true) } else { (0, false) };
        let (head, foot) = if seat > 0 && self.columns > 1 { (head, foot) } else { (0, 0) };
        let key = Key { used: 0, notes: 0, carry: 0, head, foot, seat, verso, faced, waiting, due: false };
        let (notes, carry) = self.carried(carry, &key);
        State { key: Key { notes, carry, ..key }, cost, step }
    }

    /// What a page takes of a note that began before it, and what is left for the next one.
    fn carried(&self, carry: i32, key: &Key) -> (i32, i32) {
        if carry == 0 {
            return (0, 0);
        }
        let most = |lines: i32| ((self.page(key) - lines * self.flow.line) * self.scale() - self.flow.note_rule).max(1);
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
    fn shortness(&self, key: &Key) -> i32 {
        let line = self.flow.line.max(1);
        let Key { used, notes, .. } = *key;
        if notes > 0 {
            let over = self.page(key) * self.scale() - used * self.scale() - notes;
            let line = line * self.scale();
            return if over >= 0 { over / line } else { -((line - 1 - over) / line) };
        }
        let over = self.page(key) - used;
        if over >= 0 { (over + line / 2) / line } else { -((-over + line / 2) / line) }
    }

    fn page_price(&self, short: i32) -> i64 {
        match short {
            0 => 0,
            1 => self.prices.short,
            // One page that ends far above its foot is worse than several that are a line short.
            2.. => {
                let beyond = (short - self.prices.hole).max(0);
                self.prices.short + self.prices.shorter * i64::from(short - 1 + beyond)
            }
            _ => self.prices.long * i64::from(-short),
        }
    }

    fn read_back(&self, mut step: u32, last: &Key) -> Vec<CutPage> {
        let page = |carry: i32, seat: u8, head: i16, foot: i16| {
            let column = if self.columns > 1 { seat } else { 0 };
            let (head, foot) = (i32::from(head), i32::from(foot));
            CutPage { pieces: Vec::new(), carry, column, goes_on: column > 0, head, foot, late: false }
        };
        let mut pages = vec![page(0, last.seat, last.head, last.foot)];
        while step != u32::MAX {
            let Step { parent, action } = self.steps[step as usize];
            match action {
                Action::Start => {}
                // Read from the end: the page that this step closed comes next.
                Action::Page { carry, seat, head, foot } => pages.push(page(carry, seat, head, foot)),
                Action::Place { block, variant, from, to, y, at_head, overfull, wide } => {
                    let lines = from as usize..to as usize;
                    let (block, variant) = (block as usize, usize::from(variant));
                    let page = pages.last_mut().expect("there is always one");
                    page.pieces.push(Piece { block, variant, lines, y, at_head, overfull, wide });
                }
            }
            step = parent;
        }
        // After what has a page to itself none begins where nothing follows.
        if self.columns == 1 && pages.len() > 1 && pages[0].pieces.is_empty() && pages[1].carry == 0 {
            pages.remove(0);
        }
        pages.reverse();
        for page in &mut pages {
            page.pieces.reverse();
        }
        pages
    }
}

/// How high a block is, laid whole.
pub(super) fn body_height(body: &Body, scale: i32) -> i32 {
    match body {
        Body::Lines { height, hyphens } => height * hyphens.len() as i32,
        Body::Solid { height } => *height,
        Body::Rows { head, rows } => (head + rows.iter().sum::<i32>() + scale - 1) / scale,
    }
}

#[cfg(test)]
mod tests;
