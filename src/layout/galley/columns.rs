//! Widths of table columns: the least height over the measure, found greedily.
//!
//! Each column starts at its longest word; what is left of the measure is given away in small steps, each to the column
//! that takes the most lines off the table, and when no step takes a line off, to the column whose words lack most.

use crate::units::Length;

/// What a column needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct ColumnNeeds {
    /// Its longest word.
    pub least: Length,
    /// Each cell, head first, on one line.
    pub cells: Vec<Length>,
    /// The author's weight.
    pub weight: Option<u32>,
}

/// Widths of the columns, gaps not counted, that add up to `available`; `None` when the longest words do not fit.
pub(crate) fn solve(columns: &[ColumnNeeds], available: Length) -> Option<Vec<Length>> {
    let least: Length = columns.iter().map(|column| column.least).sum();
    if columns.is_empty() || least > available {
        return None;
    }
    if let Some(widths) = by_weight(columns, available) {
        return Some(widths);
    }
    let natural: Vec<Length> = columns.iter().map(|c| c.cells.iter().copied().fold(c.least, Length::max)).collect();
    let whole: Length = natural.iter().copied().sum();
    if whole <= available {
        return Some(spread(natural, available - whole));
    }
    let mut widths: Vec<Length> = columns.iter().map(|column| column.least).collect();
    const STEPS: i64 = 96;
    let step = ((available - least) / STEPS).max(Length::pt(0.5));
    let mut left = available - least;
    while left > Length::ZERO {
        let give = step.min(left);
        let best = (0..columns.len())
            .filter(|&at| widths[at] < natural[at])
            .max_by_key(|&at| (gain(columns, &widths, at, give), lack(&natural, &widths, at), usize::MAX - at))
            .unwrap_or(0);
        widths[best] += give;
        left -= give;
    }
    Some(widths)
}

/// The author's own proportions, as long as no word is wider than its column.
fn by_weight(columns: &[ColumnNeeds], available: Length) -> Option<Vec<Length>> {
    let weights: Vec<i64> = columns.iter().map(|column| column.weight.map(i64::from)).collect::<Option<_>>()?;
    let total: i64 = weights.iter().sum();
    if total <= 0 {
        return None;
    }
    let widths: Vec<Length> = weights.iter().map(|weight| available.scale(*weight, total)).collect();
    let fits = widths.iter().zip(columns).all(|(width, column)| *width >= column.least);
    fits.then_some(widths)
}

/// Gives what is left to all columns but the first, in proportion; a table of one column takes it all.
fn spread(mut widths: Vec<Length>, left: Length) -> Vec<Length> {
    let first = usize::from(widths.len() > 1);
    let total: Length = widths[first..].iter().copied().sum();
    if total <= Length::ZERO {
        return widths;
    }
    for width in &mut widths[first..] {
        *width += left.scale(width.to_sp(), total.to_sp());
    }
    widths
}

/// Widths of columns that are narrow for their measure: where more than the first of two lengths would be between two of
/// them beside their gap, it is the second.
pub(crate) fn drawn(
    columns: &[ColumnNeeds],
    measure: Length,
    gap: Length,
    (most, instead): (Length, Length),
) -> Option<Vec<Length>> {
    let gaps = columns.len().checked_sub(1).filter(|gaps| *gaps > 0)? as i64;
    let natural: Vec<Length> = columns.iter().map(|c| c.cells.iter().copied().fold(c.least, Length::max)).collect();
    let whole: Length = natural.iter().copied().sum();
    let over = measure - whole - gap * gaps;
    (over > most * gaps).then(|| spread(natural, instead * gaps))
}

/// Lines of a cell at a width, guessed from its length on one line: words leave an eighth of a line empty.
fn lines(cell: Length, width: Length) -> i64 {
    if cell <= width { 1 } else { cell.scale(9, 8).units_to_cover(width.max(Length::sp(1))).max(2) }
}

/// How many lines the table loses when a column is given a step, in hundredths; half-won lines count a little.
fn gain(columns: &[ColumnNeeds], widths: &[Length], at: usize, give: Length) -> i64 {
    // A row loses height only when its tallest cell does, so look further ahead than one step.
    let rows = columns[at].cells.len();
    let mut won = 0;
    for row in 0..rows {
        let height =
            |column: usize, width: Length| columns[column].cells.get(row).map_or(1, |cell| lines(*cell, width));
        let before = (0..columns.len()).map(|column| height(column, widths[column])).max().unwrap_or(1);
        let own = height(at, widths[at]);
        if own == before && own > 1 {
            for ahead in [1, 2, 4, 8, 16, 32] {
                if height(at, widths[at] + give * ahead) < own {
                    won += 100 / ahead;
                    break;
                }
            }
        }
    }
    won
}

fn lack(natural: &[Length], widths: &[Length], at: usize) -> Length {
    natural[at] - widths[at]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(least: f64, cells: &[f64]) -> ColumnNeeds {
        ColumnNeeds {
            least: Length::pt(least),
            cells: cells.iter().map(|cell| Length::pt(*cell)).collect(),
            weight: None,
        }
    }

    #[test]
    fn widths_add_up_to_the_measure() {
        let columns = [column(30.0, &[60.0, 50.0]), column(40.0, &[700.0, 300.0]), column(20.0, &[200.0, 90.0])];
        let widths = solve(&columns, Length::pt(360.0)).expect("the words fit");
        assert_eq!(widths.iter().copied().sum::<Length>(), Length::pt(360.0));
        assert!(widths[1] > widths[2], "the long column is the wide one: {widths:?}");
        assert!(widths.iter().zip(&columns).all(|(width, column)| *width >= column.least));
    }

    #[test]
    fn words_that_do_not_fit_are_said_so() {
        assert_eq!(solve(&[column(300.0, &[]), column(100.0, &[])], Length::pt(360.0)), None);
    }

    #[test]
    fn few_narrow_columns_are_not_stretched_over_the_measure() {
        let pt = Length::pt;
        let columns = [column(20.0, &[20.0, 20.0]), column(30.0, &[30.0, 18.0])];
        let of = |measure: f64| drawn(&columns, pt(measure), pt(14.0), (pt(54.0), pt(27.0)));
        assert_eq!(of(360.0), Some(vec![pt(20.0), pt(57.0)]));
        assert_eq!(of(115.0), None, "these fill the measure well enough");
        assert_eq!(drawn(&columns[..1], pt(360.0), pt(14.0), (pt(54.0), pt(27.0))), None);
    }

    #[test]
    fn the_authors_weights_hold_while_words_fit() {
        let mut columns = [column(10.0, &[500.0]), column(10.0, &[500.0])];
        columns[0].weight = Some(1);
        columns[1].weight = Some(2);
        assert_eq!(solve(&columns, Length::pt(300.0)), Some(vec![Length::pt(100.0), Length::pt(200.0)]));
    }
}
