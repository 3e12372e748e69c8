//! Scales: where a value lies between two points, and the round values at which an axis is marked.

use crate::units::Length;

/// Values from one to another along a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// The first value.
    pub low: i64,
    /// The last value, greater than the first.
    pub high: i64,
    /// Where the first lies.
    pub from: Length,
    /// Where the last lies.
    pub to: Length,
}

impl Scale {
    /// One between two values; where they are equal there is room above.
    pub fn new((low, high): (i64, i64), from: Length, to: Length) -> Scale {
        Scale { low, high: high.max(low + 1), from, to }
    }

    /// Where a value lies; what is beyond the ends lies at them.
    pub fn at(&self, value: i64) -> Length {
        let value = value.clamp(self.low, self.high);
        self.from + (self.to - self.from).scale(value - self.low, self.high - self.low)
    }
}

/// The round values of an axis: no more than `most` steps from one to the next.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// In order; at least two.
    pub values: Vec<i64>,
    /// The first and the last of them, or what the author asked for.
    pub ends: (i64, i64),
    /// By how many decimals they can be said shorter.
    pub spare: u8,
}

/// Marks an axis that holds both values: steps of 1, 2, 2½ or 5 times a power of ten, the finest that give no more than
/// `most`. What the author says of the ends holds.
pub(super) fn ticks((low, high): (i64, i64), most: i64, decimals: u8, said: (Option<i64>, Option<i64>)) -> Ticks {
    let low = said.0.unwrap_or(low);
    let high = said.1.unwrap_or(high).max(low + 1);
    let step = steps(decimals).find(|step| high.div_euclid(*step) - low.div_euclid(*step) < most.max(1));
    let step = step.unwrap_or(i64::MAX / 4);
    let first = low.div_euclid(step) * step;
    let last = -((-high).div_euclid(step)) * step;
    let ends = (said.0.unwrap_or(first), said.1.unwrap_or(last).max(said.0.unwrap_or(first) + 1));
    let count = (last - first) / step;
    let values: Vec<i64> =
        (0..=count).map(|at| first + at * step).filter(|value| (ends.0..=ends.1).contains(value)).collect();
    let spare = (0..decimals).take_while(|at| values.iter().all(|value| value % 10_i64.pow(u32::from(*at) + 1) == 0));
    Ticks { spare: spare.count() as u8, values, ends }
}

/// Steps of 1, 2, 2½, 5 and their tenfolds, in order; half steps only where they are whole.
fn steps(decimals: u8) -> impl Iterator<Item = i64> {
    (0..17).flat_map(move |power| {
        let ten = 10_i64.pow(power);
        let quarter = (power > 0 && (decimals > 0 || power > 1)).then(|| ten / 10 * 25);
        [Some(ten), Some(ten * 2), quarter, Some(ten * 5)].into_iter().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn an_axis_is_marked_at_round_values() {
        let of = |low, high, most| ticks((low, high), most, 0, (None, None)).values;
        assert_eq!(of(0, 98, 5), [0, 20, 40, 60, 80, 100]);
        assert_eq!(of(0, 3, 5), [0, 1, 2, 3]);
        assert_eq!(of(-37, 112, 4), [-50, 0, 50, 100, 150]);
        assert_eq!(of(0, 0, 5), [0, 1]);
        let tenths = ticks((12, 49), 5, 1, (None, None));
        assert_eq!((tenths.values, tenths.spare), (vec![10, 20, 30, 40, 50], 1));
    }

    #[test]
    fn the_ends_that_the_author_says_hold() {
        let said = ticks((13, 90), 5, 0, (Some(0), Some(95)));
        assert_eq!((said.ends, said.values), ((0, 95), vec![0, 20, 40, 60, 80]));
    }

    #[test]
    fn every_value_lies_between_the_marks_and_the_marks_are_few() {
        let mut dice = Dice::new(7);
        for _ in 0..crate::dice::rounds(2000) {
            let size = 10_i64.pow(dice.below(14) as u32);
            let (one, other) = (dice.below(2000) as i64 * size - 1000 * size, dice.below(2000) as i64 * size);
            let (low, high) = (one.min(other), one.max(other));
            let found = ticks((low, high), 6, dice.below(3) as u8, (None, None));
            assert!(found.ends.0 <= low && found.ends.1 >= high, "{low} {high} {found:?}");
            assert!((2..=8).contains(&found.values.len()), "{low} {high} {found:?}");
            let scale = Scale::new(found.ends, Length::ZERO, Length::pt(200.0));
            assert!(scale.at(low) >= Length::ZERO && scale.at(high) <= Length::pt(200.0));
        }
    }
}
