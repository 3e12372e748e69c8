//! Rivers: spaces of four lines and more that stand one below the other, a white crack down the page.
//!
//! The kernel does not look for them in its first run: few paragraphs have one, and where the spaces stand depends on
//! the whole way to a break. A paragraph whose best lines have a river is run again, with the spaces of each state's
//! last line at hand and the length of its longest chain in the state.

use crate::units::Length;

/// The lines that make a river.
pub(super) const RIVER: u8 = 4;

/// A space of a line, and how many lines of spaces end with it.
#[derive(Clone, Copy, Debug)]
struct Gap {
    from: Length,
    to: Length,
    depth: u8,
}

/// The spaces of a line, and what they go on from.
#[derive(Clone, Debug, Default)]
pub(super) struct Stream {
    gaps: Vec<Gap>,
    /// How many rivers it completes.
    pub rivers: i64,
}

impl Stream {
    /// The spaces of the next line down, from the left. A space goes on from the one above that has the longest chain,
    /// if the two share half of the narrower.
    pub fn next(&self, spaces: impl Iterator<Item = (Length, Length)>) -> Stream {
        let mut next = Stream { gaps: Vec::with_capacity(self.gaps.len() + 2), rivers: 0 };
        self.flow(spaces, &mut next);
        next
    }

    /// The same into one that is there.
    pub fn flow(&self, spaces: impl Iterator<Item = (Length, Length)>, next: &mut Stream) {
        next.rivers = 0;
        next.gaps.clear();
        let mut used = 0;
        for (from, to) in spaces {
            let mut depth = 1;
            for (at, above) in self.gaps.iter().enumerate().skip(used) {
                if above.from >= to {
                    break;
                }
                let common = above.to.min(to) - above.from.max(from);
                if common > Length::ZERO && common * 2 >= (above.to - above.from).min(to - from) {
                    used = at + 1;
                    depth = depth.max(above.depth.saturating_add(1));
                }
            }
            next.rivers += i64::from(depth == RIVER);
            next.gaps.push(Gap { from, to, depth });
        }
    }

    /// The lines of its longest chain, as far as they matter to what may come: one less than a river at most.
    pub fn depth(&self) -> u8 {
        self.gaps.iter().map(|gap| gap.depth).max().unwrap_or(0).min(RIVER - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(gaps: &[(i64, i64)]) -> impl Iterator<Item = (Length, Length)> {
        gaps.iter().map(|(from, to)| (Length::sp(*from), Length::sp(*to)))
    }

    #[test]
    fn four_spaces_that_share_half_of_the_narrower_are_a_river() {
        let third = Stream::default()
            .next(line(&[(10, 14), (50, 54)]))
            .next(line(&[(12, 16), (70, 74)]))
            .next(line(&[(14, 18), (30, 34)]));
        assert_eq!((third.depth(), third.rivers), (3, 0));
        assert_eq!(third.next(line(&[(16, 20)])).rivers, 1);
        assert_eq!(third.next(line(&[(17, 21)])).rivers, 0);
    }

    #[test]
    fn a_river_is_counted_once() {
        let mut stream = Stream::default();
        let mut rivers = 0;
        for _ in 0..7 {
            stream = stream.next(line(&[(5, 9)]));
            rivers += stream.rivers;
        }
        assert_eq!(rivers, 1);
    }
}
