//! Random numbers for tests and benches: the same in every run, on every machine.
//!
//! A file of its own, so that tests of kernels and benches can name it too.

/// A generator (xorshift): what it gives depends on its first state alone.
pub struct Dice(u64);

#[allow(dead_code)] // who names the file needs some of it
impl Dice {
    /// From this state on, which is not 0.
    pub fn new(state: u64) -> Dice {
        Dice(state)
    }

    /// The generator of a seed; neighbours among seeds have streams that are none.
    pub fn seeded(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below `most`; 0 when there is none.
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most.max(1)
    }

    /// The same, for what is counted.
    pub fn throw(&mut self, sides: usize) -> usize {
        self.below(sides as u64) as usize
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.throw(from.len())]
    }
}

/// How many rounds a test of random input runs: as many as it says, times `RECTO_ROUNDS`.
#[allow(dead_code)]
pub fn rounds(usual: u64) -> u64 {
    let times = std::env::var("RECTO_ROUNDS").ok().and_then(|times| times.parse::<u64>().ok());
    usual * times.unwrap_or(1).max(1)
}
