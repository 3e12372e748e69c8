//! Rivers: spaces of four lines and more that stand one below the other, a white crack down the page.
//!
//! The kernel does not look for them in its first run: few paragraphs have one, and where the spaces stand depends on
//! the whole way to a break. A paragraph whose best lines have a river is run again, with the spaces of each state's
//! last line at hand and the length of its longest chain in the state.

use std::ops::Range;

use super::{Broken, Item, Kernel, Line, Node, cheapest};
use crate::units::Length;

/// The lines that make a river.
const RIVER: u8 = 4;

/// So many lines above and below a river may be broken elsewhere to be rid of it.
const AROUND: usize = 3;

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

/// What a second run has at hand to see rivers.
pub(super) struct Watch<'a> {
    /// The states of the first run, which saw none: what a way to each costs at the least.
    pub dry: &'a [Node],
    /// Where the lines end that are to be bettered.
    pub breaks: Vec<usize>,
    /// The items among which they may end elsewhere: a few lines around the rivers.
    pub free: Range<usize>,
    /// The spaces of the last line of each state of this run.
    pub streams: Vec<Stream>,
}

impl Watch<'_> {
    /// Whether a state is not worth following: lines in another number than those that are to be bettered, or a way so
    /// dear that the cheapest one there will be chosen whatever rivers it leads to.
    pub fn hopeless(&self, state: &Node, river: i64) -> bool {
        let line = self.breaks.partition_point(|end| *end <= state.at) as u32;
        if !self.free.contains(&state.at) && self.breaks.get((line as usize).wrapping_sub(1)) != Some(&state.at) {
            return true;
        }
        if state.line != line && state.line != line + 1 {
            return true;
        }
        // The first is the start of the paragraph.
        let dry = &self.dry[1..];
        let from = dry.partition_point(|node| node.at < state.at);
        let here = dry[from..].iter().take_while(|node| node.at == state.at);
        let same = |node: &&Node| (node.line, node.hyphens) == (state.line, state.hyphens);
        !here.filter(same).any(|node| state.cost <= node.cost + river)
    }
}

impl Kernel<'_> {
    /// Where the spaces of a line stand.
    pub(super) fn spaces(&self, line: &Line, number: u32) -> impl Iterator<Item = (Length, Length)> {
        let indent = if number == 0 { self.measure.first } else { Length::ZERO };
        let start = indent - self.hang_start(line.start);
        let (boxes, glue) = (self.boxes[line.start], self.glue[line.start]);
        (line.start..line.end).filter_map(move |at| {
            let Item::Glue { width, .. } = self.items[at] else { return None };
            let letters = (self.boxes[at] - boxes).scale(1000 + line.flex, 1000);
            let from = start + letters + (self.glue[at] - glue).scale(line.ratio, 1000);
            Some((from, from + width.long().scale(line.ratio, 1000)))
        })
    }

    /// Replaces the best lines, if they have a river, by as many that have none, or fewer, where these cost less.
    pub(super) fn dry_up(&self, nodes: &[Node], ends: &[u32], broken: &mut [Broken]) {
        let found = self.rivers(&broken[0].lines);
        let (Some((first, _)), Some((last, _))) = (found.first(), found.last()) else { return };
        let rivers = found.iter().map(|(_, count)| count).sum::<i64>();
        let Some(best) = cheapest(nodes, ends, |_| true) else { return };
        let mut breaks: Vec<usize> = Vec::with_capacity(broken[0].lines.len());
        let mut way = &nodes[best as usize];
        while way.parent != u32::MAX {
            breaks.push(way.at);
            way = &nodes[way.parent as usize];
        }
        breaks.reverse();
        let (cost, count) = (nodes[best as usize].cost, nodes[best as usize].line);
        // A river is known by its fourth line.
        let from = first.checked_sub(usize::from(RIVER) + AROUND).map_or(0, |line| breaks[line]);
        let to = breaks[(last + AROUND).min(breaks.len() - 1)];
        let mut watch = Watch { dry: nodes, breaks, free: from..to, streams: vec![Stream::default()] };
        let Some((nodes, ends)) = self.run(false, Some(&mut watch)) else { return };
        let Some(best) = cheapest(&nodes, &ends, |node| node.line == count) else { return };
        // Where spaces stand depends on the whole way: the cheapest to a state need not be the start of the best one.
        let dearer = nodes[best as usize].cost - cost;
        if dearer < rivers * self.prices.river {
            broken[0].lines = self.trace(&nodes, best);
            for other in &mut broken[1..] {
                other.price = (other.price - dearer).max(0);
            }
        }
    }

    /// The lines that complete rivers, and how many each.
    pub(super) fn rivers(&self, lines: &[Line]) -> Vec<(usize, i64)> {
        if lines.len() < usize::from(RIVER) {
            return Vec::new();
        }
        let (mut above, mut stream) = (Stream::default(), Stream::default());
        let counts = lines.iter().enumerate().map(|(number, line)| {
            std::mem::swap(&mut above, &mut stream);
            above.flow(self.spaces(line, number as u32), &mut stream);
            (number, stream.rivers)
        });
        counts.filter(|(_, count)| *count > 0).collect()
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
