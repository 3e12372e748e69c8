//! What waits: figures for the head of a page or of a column, and what stands over all columns.
//!
//! Figures keep their order: behind one that waits all others wait as well, so that the first says which; no page ends
//! half empty because two of them meet. One of a column opens the next column; one over all columns stands at the head
//! of the next page, or at the foot of its own while that has only its first column.

use super::states::{Key, State};
use super::{Action, Kernel, NONE, body_height};

/// Columns under or above what stands over all of them have so many lines at least; with fewer it has the page to
/// itself.
const LEAST_LINES: i32 = 4;

/// So many figures wait at once.
const MOST_WAITING: usize = 6;

impl Kernel<'_> {
    /// Whether a block waits in a state.
    pub(super) fn waits(&self, block: usize, key: &Key) -> bool {
        block as u32 == key.waiting || (block as u32 > key.waiting && self.flow.blocks[block].float)
    }

    /// All that waits behind the first that does, in order.
    pub(super) fn queue(&self, first: u32) -> impl Iterator<Item = usize> + '_ {
        let all = if first == NONE { 0..0 } else { first as usize..self.at };
        all.filter(|at| self.flow.blocks[*at].float)
    }

    /// Whether so many wait that no more may: the page ends before the next, and what waits has its turn. With more, what
    /// waits would be as many cases as there are figures, for each of them.
    pub(super) fn is_crowded(&self, key: &Key) -> bool {
        self.queue(key.waiting).nth(MOST_WAITING - 1).is_some()
    }

    /// Lays a figure of a page in columns: over all of them, or behind others that wait.
    pub(super) fn place_wide(&mut self, state: State, at: usize) {
        if state.key.waiting == NONE {
            let laid =
                if self.is_fresh(&state.key) { self.over_the_head(state, at) } else { self.over_the_foot(state, at) };
            if let Some(laid) = laid {
                self.keep(laid);
            }
        }
        let waiting = if state.key.waiting == NONE { at as u32 } else { state.key.waiting };
        self.keep(State { key: Key { waiting, ..state.key }, cost: state.cost + self.prices.wait, ..state });
    }

    fn keep(&mut self, state: State) {
        if !self.affords(state.cost) {
            return;
        }
        if let Some(seat) = self.next.seat(&state.key, state.cost) {
            self.next.put(seat, state);
        }
    }

    /// Whether nothing stands in the columns of the page.
    fn is_fresh(&self, key: &Key) -> bool {
        key.seat == 0 && key.used == 0 && key.notes == 0
    }

    /// Lays what waits at the head of a column, as much of it as has room.
    pub(super) fn lay_queue(&mut self, state: State) -> State {
        let mut state = state;
        while state.key.waiting != NONE {
            let first = state.key.waiting as usize;
            let block = &self.flow.blocks[first];
            let alone = block.alone;
            let laid = if block.verso && state.key.seat > 0 {
                None
            } else if !block.wide {
                self.in_the_column(state, first).map(|laid| if alone { self.leaves(laid) } else { laid })
            } else if state.key.seat == 0 && state.key.used == 0 {
                self.over_the_head(state, first)
            } else {
                None
            };
            let Some(laid) = laid else { break };
            let next = self.queue(first as u32).nth(1).map_or(NONE, |next| next as u32);
            state = State { key: Key { waiting: next, ..laid.key }, ..laid };
        }
        state
    }

    /// A figure of one column, below what was laid at its head before; one that no column holds is laid all the same.
    fn in_the_column(&mut self, state: State, at: usize) -> Option<State> {
        let block = &self.flow.blocks[at];
        let height = body_height(&block.variants[0].body, self.scale());
        let end = state.key.used + height;
        let calls = &block.variants[0].notes;
        let whole = state.key.used == 0 && state.key.notes == 0 && state.key.head == 0 && state.key.foot == 0;
        let fit = self.notes(end, &state.key, calls, 0..1);
        if fit.is_none() && !whole {
            return None;
        }
        let overfull = end > self.page(&state.key) + self.flow.line;
        let (notes, carry, price) = fit.unwrap_or_else(|| self.forced(end, &state.key, calls, 0..1));
        let y = i32::from(state.key.head) + state.key.used;
        let at_head = state.key.used == 0;
        let place = Action::Place { block: at as u32, variant: 0, from: 0, to: 1, y, at_head, overfull, wide: false };
        let step = self.step(state.step, place);
        let used = (end + block.below).min(self.room(&state.key));
        let key = Key { used, notes, carry: state.key.carry + carry, ..state.key };
        Some(State { key, cost: state.cost + price, step })
    }

    /// Over all columns at the head of a page, below what stands there.
    fn over_the_head(&mut self, state: State, at: usize) -> Option<State> {
        let block = &self.flow.blocks[at];
        let height = body_height(&block.variants[0].body, self.scale());
        let first = i32::from(state.key.head);
        let calls = &block.variants[0].notes;
        // The columns below it stand on the grid.
        let line = self.flow.line.max(1);
        let taken = (first + height + block.below + line - 1) / line * line;
        let key = Key { head: taken.min(self.flow.page) as i16, ..state.key };
        let least = LEAST_LINES * line;
        let fit = (self.page(&key) >= least).then(|| self.notes(least, &key, calls, 0..1)).flatten();
        let overfull = height > self.flow.page;
        let place = Action::Place {
            block: at as u32,
            variant: 0,
            from: 0,
            to: 1,
            y: first,
            at_head: true,
            overfull,
            wide: true,
        };
        if let Some((notes, carry, price)) = fit {
            let step = self.step(state.step, place);
            let key = Key { notes, carry: state.key.carry + carry, ..key };
            return Some(State { key, cost: state.cost + price, step });
        }
        if first > 0 || state.key.notes > 0 {
            return None;
        }
        // A page to itself: its columns are empty, and cost nothing; its notes stand on the next.
        let step = self.step(state.step, place);
        let fault = if overfull { self.prices.fault } else { 0 };
        let cost = state.cost + fault;
        let carry = calls.iter().map(|call| call.height).sum();
        let mut alone = State { key: Key { head: self.flow.page as i16, carry, ..state.key }, cost, step };
        for _ in 0..self.columns {
            alone = State { cost, ..self.leaf(alone) };
        }
        Some(alone)
    }

    /// Over all columns at the foot of the page whose first column is being filled.
    fn over_the_foot(&mut self, state: State, at: usize) -> Option<State> {
        let block = &self.flow.blocks[at];
        if state.key.seat > 0 || state.key.foot > 0 || state.key.carry > 0 {
            return None;
        }
        let height = body_height(&block.variants[0].body, self.scale());
        let taken = height + block.above.max(self.flow.line);
        let key = Key { foot: taken as i16, ..state.key };
        if taken > self.flow.page || self.page(&key) < LEAST_LINES * self.flow.line {
            return None;
        }
        let (notes, carry, price) = self.notes(state.key.used, &key, &block.variants[0].notes, 0..1)?;
        let y = self.flow.page - height;
        let place = Action::Place {
            block: at as u32,
            variant: 0,
            from: 0,
            to: 1,
            y,
            at_head: true,
            overfull: false,
            wide: true,
        };
        let step = self.step(state.step, place);
        Some(State { key: Key { notes, carry, ..key }, cost: state.cost + price, step })
    }

    /// What still waits at the end: figures of a column stand in the columns that follow; from the first that stands
    /// over all on, they follow the text.
    pub(super) fn end_queue(&mut self, state: State) -> State {
        let mut state = state;
        while state.key.waiting != NONE && !self.flow.blocks[state.key.waiting as usize].wide {
            state = self.turn(state);
        }
        state
    }
}
