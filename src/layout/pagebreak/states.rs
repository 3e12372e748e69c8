//! The states of the page kernel: where the make-up of a flow may stand after a block, each at its least cost.
//!
//! A table by key that is cleared once a block without being freed: a standard map, made anew for every block, took
//! most of the kernel's time. The order of the states is that in which they were first met, so no hash shows.

/// Where the make-up stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    /// Text on the page, in units; zero at its head.
    pub used: i32,
    /// Notes on the page, in units of notes.
    pub notes: i32,
    /// What is left of the page's last note for the next page.
    pub carry: i32,
    /// What is taken of the page at its head and its foot, over all columns, in units.
    pub head: i16,
    pub foot: i16,
    /// Which of those that are seen together: verso and recto, or the columns of a page.
    pub seat: u8,
    /// Lines by which the one before was short, if that is seen beside this one.
    pub verso: i8,
    /// Whether one of this flow stands before, beside this one.
    pub faced: bool,
    /// The first figure that waits.
    pub waiting: u32,
    /// Whether what stood last closes matter that was parted: its space is due below it.
    pub due: bool,
}

impl Key {
    fn hash(&self) -> u64 {
        let sides = u64::from(self.due) << 11
            | u64::from(self.verso as u8) << 3
            | u64::from(self.faced) << 2
            | u64::from(self.seat);
        let text = (self.used as u32 as u64) << 32 | u64::from(self.waiting) << 12 | sides;
        let notes = (self.notes as u32 as u64) << 20 ^ (self.carry as u32 as u64) << 44;
        let taken = (self.head as u16 as u64) << 7 ^ (self.foot as u16 as u64) << 29;
        (text ^ (notes ^ taken).rotate_left(17)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// A key reached.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub key: Key,
    pub cost: i64,
    /// What was done last; [`super::Step`]s hold what was done before.
    pub step: u32,
}

/// States by key, in the order in which they were first met.
#[derive(Default)]
pub(super) struct Table {
    pub states: Vec<State>,
    /// Open addressing: the round in which a slot was filled, and its state.
    slots: Vec<(u32, u32)>,
    round: u32,
}

impl Table {
    /// Forgets all states.
    pub fn clear(&mut self) {
        self.states.clear();
        if self.slots.is_empty() {
            self.slots = vec![(0, 0); 1 << 10];
        }
        self.round += 1;
    }

    /// Where a state of that key and cost belongs; `None` when one as cheap is there.
    pub fn seat(&mut self, key: &Key, cost: i64) -> Option<usize> {
        if self.states.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let at = self.find(key);
        let (round, state) = self.slots[at];
        if round == self.round {
            let state = state as usize;
            return (self.states[state].cost > cost).then_some(state);
        }
        self.slots[at] = (self.round, self.states.len() as u32);
        Some(self.states.len())
    }

    /// Puts a state on the seat that it was given.
    pub fn put(&mut self, seat: usize, state: State) {
        match self.states.get_mut(seat) {
            Some(old) => *old = state,
            None => self.states.push(state),
        }
    }

    fn find(&self, key: &Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.hash() >> 32) as usize & mask;
        loop {
            let (round, state) = self.slots[at];
            if round != self.round || self.states[state as usize].key == *key {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![(0, 0); (self.slots.len() * 2).max(1 << 10)];
        self.round = self.round.max(1);
        for state in 0..self.states.len() {
            let at = self.find(&self.states[state].key);
            self.slots[at] = (self.round, state as u32);
        }
    }
}
