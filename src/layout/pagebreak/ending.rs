//! The end of a flow: what its last page costs, by how much stands on it.

use super::states::{Key, State};
use super::{Action, Flow, Kernel, NONE, Step, body_height};

/// A last page with less on it than a page divided by this is mostly white.
const WHITE: i32 = 4;

/// The first block of those that may stand on the last two pages, or columns, of a flow.
pub(super) fn begins(flow: &Flow) -> usize {
    let mut height = 0;
    let blocks = flow.blocks.iter().rposition(|block| {
        height += body_height(&block.variants[0].body, flow.note_scale.max(1)) + block.above.max(block.below);
        height > flow.page * 2 * i32::from(flow.columns.max(1))
    });
    blocks.unwrap_or(0)
}

impl Kernel<'_> {
    /// What the flow's last page costs.
    pub(super) fn end(&mut self, state: State) -> State {
        let mut state = state;
        if state.key.waiting != NONE {
            // A heading has nothing below it but what went elsewhere.
            let alone = self.is_kept(self.flow.blocks.len(), &state.key);
            state.cost += if alone { self.prices.fault } else { self.prices.wait };
            // On a page of its own a figure is no end of a text: what make-up can bring there stands below it.
            state.cost += self.lone(&state.key);
            state = self.end_queue(state);
        }
        while state.key.carry > 0 {
            state = self.turn(state);
        }
        state.cost += self.tail(&state) + self.bare(&state);
        let short = self.shortness(&state.key);
        if short < 0 {
            state.cost += self.page_price(short);
        }
        state
    }

    /// What it costs that the flow's last page, if it is not its first, has so little on it.
    fn tail(&self, state: &State) -> i64 {
        // What is left of a page in columns is shared out between them.
        let columns = i32::from(self.columns);
        let alone = self.columns == 1 || state.key.seat == 0;
        let used = state.key.used;
        if used == 0 || !alone {
            return 0;
        }
        let line = self.flow.line.max(1);
        // Lines of each column that are missing.
        let missing = |wanted: i32| i64::from(((wanted * columns - used) / columns + line - 1) / line).max(0);
        let white = self.prices.white * missing(self.flow.page / WHITE);
        let price = match missing(self.prices.few * line) {
            0 => white,
            missing => white + self.prices.stub * (missing + 1) / 2,
        };
        if price > 0 && self.follows_a_page(state.step) { price } else { 0 }
    }

    /// The most that [`Kernel::tail`] comes to.
    pub(super) fn dearest_tail(&self) -> i64 {
        let line = i64::from(self.flow.line.max(1));
        let lines = i64::from(self.flow.page) / line / i64::from(WHITE);
        let bare = if self.flow.blocks.last().is_some_and(|block| block.float) { self.prices.lone } else { 0 };
        bare + self.prices.white * (lines + 1) + self.prices.stub * i64::from(self.prices.few + 1) / 2
    }

    /// What it costs that all that still waits is to have a page to itself: nothing where that is what it is for, or as
    /// high, and where it only goes on to the next column.
    fn lone(&self, key: &Key) -> i64 {
        let next_column = self.columns > 1 && key.seat + 1 < self.columns;
        let block = &self.flow.blocks[key.waiting as usize];
        let scale = self.scale();
        let high = |at: usize| body_height(&self.flow.blocks[at].variants[0].body, scale);
        let its_own = block.alone || high(key.waiting as usize) * 3 > self.flow.page * 2;
        if block.wide && !its_own {
            // Below what is left of the text, once that is shared out between the columns, or alone on its page.
            let taken = (i32::from(key.seat) * self.page(key) + key.used) / i32::from(self.columns);
            let whole: i32 = self.queue(key.waiting).map(|at| high(at) + self.flow.blocks[at].above).sum();
            let room = self.page(key) - taken - self.flow.line;
            return if whole <= room || whole * 3 > self.flow.page * 2 { 0 } else { self.prices.lone / 2 };
        }
        if next_column || its_own { 0 } else { self.prices.lone }
    }

    /// What it costs that the flow's last page has nothing on it but a table or a figure in its place, with no line of the
    /// text that it belongs to; nothing for what is nearly as high as a page.
    fn bare(&self, state: &State) -> i64 {
        let mut step = state.step;
        let (mut high, mut any) = (0, false);
        while step != u32::MAX {
            let Step { parent, action } = self.steps[step as usize];
            match action {
                Action::Page { .. } => break,
                Action::Place { block, .. } if !self.flow.blocks[block as usize].float => return 0,
                Action::Place { block, variant, .. } => {
                    let variant = &self.flow.blocks[block as usize].variants[usize::from(variant)];
                    high += body_height(&variant.body, self.scale());
                    any = true;
                }
                Action::Start => return 0,
            }
            step = parent;
        }
        if any && self.columns == 1 && high * 3 <= self.flow.page * 2 { self.prices.lone } else { 0 }
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
}
