//! What two long texts have in common, word by word.
//!
//! Words that three in a row stand once in each text are anchors, as many of them as keep their order (patience
//! sorting); what lies between two anchors is compared by Myers' method (1986), up to a bound. Where more than that
//! differs nothing is held to be the same, which is what an eye would say of it.

use std::collections::HashMap;

/// How many differences between two anchors are told apart.
const BOUND: usize = 600;

/// For each new word the old one that it is, if it is one; the numbers go up.
pub(super) fn matched(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    let head = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    (0..head).for_each(|at| found[at] = Some(at));
    (0..tail).for_each(|at| found[new.len() - 1 - at] = Some(old.len() - 1 - at));
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let (mut old_at, mut new_at) = (head, head);
    let anchors = anchors(&old[head..old_end], &new[head..new_end]);
    let anchors = anchors.into_iter().map(|(one, other)| (one + head, other + head));
    for (old_next, new_next) in anchors.chain([(old_end, new_end)]) {
        let pairs = myers(&old[old_at..old_next], &new[new_at..new_next]);
        pairs.into_iter().for_each(|(one, other)| found[new_at + other] = Some(old_at + one));
        // The anchor itself; the end of both is none.
        if new_next < new_end {
            found[new_next] = Some(old_next);
        }
        (old_at, new_at) = (old_next + 1, new_next + 1);
    }
    found
}

/// Places of three words in a row that stand once in each, in an order that both keep.
fn anchors<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(usize, usize)> {
    let once = |words: &[&'a str]| {
        let mut seen: HashMap<[&'a str; 3], Option<usize>> = HashMap::new();
        for (at, three) in words.windows(3).enumerate() {
            seen.entry([three[0], three[1], three[2]]).and_modify(|place| *place = None).or_insert(Some(at));
        }
        seen
    };
    let (old, new) = (once(old), once(new));
    let mut pairs: Vec<(usize, usize)> = old.iter().filter_map(|(key, at)| Some(((*at)?, (*new.get(key)?)?))).collect();
    pairs.sort_unstable();
    longest_rising(&pairs)
}

/// The longest run of pairs whose second numbers go up.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut heads: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (_, value)) in pairs.iter().enumerate() {
        let place = heads.partition_point(|head| pairs[*head].1 < *value);
        before[at] = place.checked_sub(1).map(|place| heads[place]);
        match heads.get_mut(place) {
            Some(head) => *head = at,
            None => heads.push(at),
        }
    }
    let mut run = Vec::new();
    let mut at = heads.last().copied();
    while let Some(here) = at {
        run.push(pairs[here]);
        at = before[here];
    }
    run.reverse();
    run
}

/// The pairs of a shortest script of changes; none when more than [`BOUND`] changes are needed.
fn myers(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let (n, m) = (old.len() as isize, new.len() as isize);
    let bound = (BOUND as isize).min(n + m);
    let offset = bound + 1;
    let mut ends = vec![0isize; (2 * offset + 1) as usize];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    for depth in 0..=bound {
        trace.push(ends.clone());
        for diagonal in (-depth..=depth).step_by(2) {
            let end = |of: isize| ends[(of + offset) as usize];
            let down = diagonal == -depth || (diagonal != depth && end(diagonal - 1) < end(diagonal + 1));
            let mut x = if down { end(diagonal + 1) } else { end(diagonal - 1) + 1 };
            while x < n && x - diagonal < m && x - diagonal >= 0 && old[x as usize] == new[(x - diagonal) as usize] {
                x += 1;
            }
            ends[(diagonal + offset) as usize] = x;
            if x >= n && x - diagonal >= m {
                return back(&trace, depth, offset, (n, m));
            }
        }
    }
    Vec::new()
}

/// The way back through the ends that each depth had.
fn back(trace: &[Vec<isize>], depth: isize, offset: isize, from: (isize, isize)) -> Vec<(usize, usize)> {
    let (mut x, mut y) = from;
    let mut pairs = Vec::new();
    for depth in (0..=depth).rev() {
        let ends = &trace[depth as usize];
        let end = |of: isize| ends[(of + offset) as usize];
        let diagonal = x - y;
        let down = diagonal == -depth || (diagonal != depth && end(diagonal - 1) < end(diagonal + 1));
        let last = if down { diagonal + 1 } else { diagonal - 1 };
        let (to_x, to_y) = if depth == 0 { (0, 0) } else { (end(last), end(last) - last) };
        let (least_x, least_y) = match (depth, down) {
            (0, _) => (0, 0),
            (_, true) => (to_x, to_y + 1),
            (_, false) => (to_x + 1, to_y),
        };
        while x > least_x && y > least_y {
            (x, y) = (x - 1, y - 1);
            pairs.push((x as usize, y as usize));
        }
        (x, y) = (to_x, to_y);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    /// The length of a longest common run of words, by the slow table.
    fn oracle(old: &[&str], new: &[&str]) -> usize {
        let mut table = vec![vec![0usize; new.len() + 1]; old.len() + 1];
        for (i, one) in old.iter().enumerate() {
            for (j, other) in new.iter().enumerate() {
                table[i + 1][j + 1] = if one == other { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
            }
        }
        table[old.len()][new.len()]
    }

    #[test]
    fn myers_finds_as_much_in_common_as_the_slow_table() {
        let words = ["a", "b", "c", "d"];
        let mut dice = Dice::new(7);
        for _ in 0..300 {
            let mut text =
                |length: usize| -> Vec<&str> { (0..length).map(|_| words[dice.below(4) as usize]).collect() };
            let (old, new) = (text(12), text(10));
            let pairs = myers(&old, &new);
            assert_eq!(pairs.len(), oracle(&old, &new), "{old:?} {new:?}");
            assert!(pairs.iter().all(|(one, other)| old[*one] == new[*other]));
            assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        }
    }

    #[test]
    fn what_is_matched_is_the_same_word_and_in_order() {
        let mut dice = Dice::new(11);
        for _ in 0..100 {
            let names: Vec<String> = (0..60).map(|_| format!("w{}", dice.below(40))).collect();
            let old: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut new = old.clone();
            for _ in 0..dice.below(8) {
                let at = dice.below(new.len() as u64) as usize;
                match dice.below(2) {
                    0 => drop(new.remove(at)),
                    _ => new.insert(at, "put in"),
                }
            }
            let found = matched(&old, &new);
            let pairs: Vec<(usize, usize)> =
                found.iter().enumerate().filter_map(|(at, old)| Some(((*old)?, at))).collect();
            assert!(pairs.iter().all(|(one, other)| old[*one] == new[*other]), "{old:?}\n{new:?}\n{found:?}");
            assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0));
            assert!(new.iter().zip(&found).all(|(word, old)| *word != "put in" || old.is_none()));
        }
        assert_eq!(matched(&["a", "b"], &["a", "x", "b"]), [Some(0), None, Some(1)]);
        assert_eq!(matched(&[], &["a"]), [None]);
    }
}
