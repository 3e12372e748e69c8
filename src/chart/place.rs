//! Places: words broken into lines of a width, labels kept apart along a line, and which of many can be shown.

use crate::units::Length;

/// Words in lines no wider than `width`, by what each stretch of them measures. A word that is wider itself is broken
/// anywhere; there is at least one line.
pub(super) fn wrap(words: &str, width: Length, measure: &dyn Fn(&str) -> Length) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if measure(&longer) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if measure(&line) > width && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// How wide a column must be in which texts stand that may be broken: as wide as the widest, but no wider than `most`.
pub(super) fn column<'a>(
    texts: impl Iterator<Item = &'a str>,
    most: Length,
    measure: &dyn Fn(&str) -> Length,
) -> Length {
    texts
        .map(|text| wrap(text, most, measure).iter().map(|line| measure(line)).fold(Length::ZERO, Length::max))
        .fold(Length::ZERO, Length::max)
}

/// Pieces along a line, each with the middle that it wants and its length: the middles that they get, as near to those as
/// keeps them apart, in order and between two ends. Pieces that are too many for the ends go on beyond the second.
///
/// Neighbours that would meet are one cluster about the mean of what its pieces want (pool adjacent violators, as in
/// isotonic regression).
pub(super) fn spread(wanted: &[(Length, Length)], from: Length, to: Length) -> Vec<Length> {
    struct Cluster {
        start: Length,
        length: Length,
        /// The sum of the starts that its pieces want for it.
        sum: Length,
        pieces: Vec<usize>,
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|piece| (wanted[*piece].0, *piece));
    let total: Length = wanted.iter().map(|(_, length)| *length).sum();
    let hold = |start: Length, length: Length| start.min(to - length).max(from);
    let mut clusters: Vec<Cluster> = Vec::new();
    for piece in order {
        let (middle, length) = wanted[piece];
        let start = middle - length / 2;
        let mut last = Cluster { start: hold(start, length), length, sum: start, pieces: vec![piece] };
        while let Some(before) = clusters.pop_if(|before| before.start + before.length > last.start) {
            let count = last.pieces.len() as i64;
            let sum = before.sum + last.sum - before.length * count;
            let length = before.length + last.length;
            let pieces = [before.pieces, last.pieces].concat();
            let start = hold(sum / pieces.len() as i64, length);
            last = Cluster { start, length, sum, pieces };
        }
        clusters.push(last);
    }
    let mut middles = vec![Length::ZERO; wanted.len()];
    let mut free = from;
    for cluster in clusters {
        let mut at = if total > to - from { free } else { cluster.start };
        for piece in cluster.pieces {
            middles[piece] = at + wanted[piece].1 / 2;
            at += wanted[piece].1;
        }
        free = at;
    }
    middles
}

/// Which of the labels along an axis are shown so that none meets another: every one, every second and so on, counted
/// from the last; the first too where it has room. Each is a stretch from its start to its end, in order.
pub(super) fn thinned(stretches: &[(Length, Length)], gap: Length) -> Vec<usize> {
    let last = stretches.len().saturating_sub(1);
    let meets = |one: usize, other: usize| stretches[one].1 + gap > stretches[other].0;
    for step in 1..=stretches.len() {
        let mut shown: Vec<usize> = (0..stretches.len()).filter(|at| (last - at).is_multiple_of(step)).collect();
        if shown.windows(2).any(|pair| meets(pair[0], pair[1])) {
            continue;
        }
        if shown.first().is_some_and(|first| *first > 0 && !meets(0, *first)) {
            shown.insert(0, 0);
        }
        return shown;
    }
    stretches.iter().enumerate().map(|(at, _)| at).rev().take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn pt(points: i64) -> Length {
        Length::sp(points * 65_536)
    }

    #[test]
    fn words_are_broken_at_spaces_and_long_ones_anywhere() {
        let measure = |text: &str| pt(text.chars().count() as i64);
        assert_eq!(wrap("the sea and salt", pt(7), &measure), ["the sea", "and", "salt"]);
        assert_eq!(wrap("Donaudampfschiff", pt(6), &measure), ["Donaud", "ampfsc", "hiff"]);
        assert_eq!(wrap("", pt(6), &measure), [""]);
    }

    #[test]
    fn labels_that_would_meet_stand_about_their_mean() {
        let wanted = [(pt(50), pt(10)), (pt(52), pt(10)), (pt(90), pt(10))];
        assert_eq!(spread(&wanted, pt(0), pt(100)), [pt(46), pt(56), pt(90)]);
        assert_eq!(spread(&[(pt(99), pt(10)), (pt(98), pt(10))], pt(0), pt(100)), [pt(95), pt(85)]);
    }

    #[test]
    fn no_label_meets_another_or_leaves_its_line() {
        let mut dice = Dice::new(3);
        for _ in 0..crate::dice::rounds(2000) {
            let count = 1 + dice.below(12) as i64;
            let wanted: Vec<(Length, Length)> =
                (0..count).map(|_| (pt(dice.below(200) as i64 - 20), pt(1 + dice.below(13) as i64))).collect();
            let middles = spread(&wanted, pt(0), pt(160));
            let mut placed: Vec<(Length, Length)> =
                middles.iter().zip(&wanted).map(|(at, (_, length))| (*at - *length / 2, *length)).collect();
            placed.sort();
            assert!(placed[0].0 >= pt(0), "{wanted:?} {placed:?}");
            assert!(placed.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0), "{wanted:?} {placed:?}");
            let end = placed.last().map(|(start, length)| *start + *length);
            assert!(end <= Some(pt(160)), "{wanted:?} {placed:?}");
        }
    }

    #[test]
    fn of_crowded_labels_every_second_is_shown_and_the_last_always() {
        let stretch = |at: i64| (pt(at * 10 - 8), pt(at * 10 + 8));
        let years: Vec<(Length, Length)> = (0..7).map(stretch).collect();
        assert_eq!(thinned(&years, pt(2)), [0, 2, 4, 6]);
        assert_eq!(thinned(&years[..6], pt(2)), [1, 3, 5]);
        assert_eq!(thinned(&years[..1], pt(2)), [0]);
        assert_eq!(thinned(&[], pt(2)), Vec::<usize>::new());
    }
}
