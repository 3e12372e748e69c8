//! The nearest of some words to one that nobody knows: what was meant, most likely.

/// Words longer than this are no slips of the pen.
const LONGEST: usize = 64;

/// More candidates than these are not looked at, so that ten thousand wrong words in a long book cost what ten do.
const MOST: usize = 1_000;

/// The candidate that differs least, if it differs little.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.to_lowercase().chars().take(LONGEST + 1).collect();
    if letters.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().take(MOST) {
        // In bytes first: a letter has four at most, and most candidates end here.
        if candidate.len() > word.len() * 4 + 4 {
            continue;
        }
        let other: Vec<char> = candidate.to_lowercase().chars().take(LONGEST + 1).collect();
        let shorter = letters.len().min(other.len());
        let most = 1 + shorter / 4;
        if other.len() > LONGEST || letters.len().abs_diff(other.len()) > most {
            continue;
        }
        let far = distance(&letters, &other);
        if far <= most && far < shorter && best.is_none_or(|best| (far, candidate) < best) {
            best = Some((far, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters must be changed, added, left out or exchanged with their neighbour (Damerau).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_known_key_is_named() {
        assert_eq!(nearest("autors", ["title", "authors"]), Some("authors"));
        assert_eq!(nearest("langauge", ["language"]), Some("language"));
        assert_eq!(nearest("colour", ["title", "authors"]), None);
    }

    #[test]
    fn what_is_longer_than_any_word_is_near_to_nothing() {
        let long = "a".repeat(100_000);
        assert_eq!(nearest(&long, ["title", long.as_str()]), None);
        assert_eq!(nearest("title", [long.as_str(), "titel"]), Some("titel"));
    }
}
