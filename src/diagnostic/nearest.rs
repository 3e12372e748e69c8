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
        let Some(far) = distance(&letters, &other, most) else { continue };
        if far < shorter && best.is_none_or(|best| (far, candidate) < best) {
            best = Some((far, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters must be changed, added, left out or exchanged with their neighbour (Damerau); `None` for more than
/// `most`. Three rows of the table are kept, and it ends as soon as a whole row is beyond.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let mut rows = [[0; LONGEST + 1]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        let [before, last, row] = [(i + 1) % 3, (i + 2) % 3, i % 3];
        rows[row][0] = i;
        let mut least_of_row = i;
        for j in 1..=b.len() {
            let change = rows[last][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[last][j] + 1).min(rows[row][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[before][j - 2] + 1);
            }
            rows[row][j] = least;
            least_of_row = least_of_row.min(least);
        }
        if least_of_row > most + 1 {
            return None;
        }
    }
    Some(rows[a.len() % 3][b.len()]).filter(|far| *far <= most)
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
    fn letters_are_changed_added_left_out_or_exchanged() {
        let far = |a: &str, b: &str, most| {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            distance(&letters(a), &letters(b), most)
        };
        for (a, b, expected) in
            [("ab", "ab", 0), ("ab", "ba", 1), ("abcd", "acbd", 1), ("kitten", "sitting", 3), ("", "ab", 2)]
        {
            assert_eq!(far(a, b, expected), Some(expected), "{a} {b}");
            assert!(expected == 0 || far(a, b, expected - 1).is_none(), "{a} {b}");
        }
    }

    #[test]
    fn what_is_longer_than_any_word_is_near_to_nothing() {
        let long = "a".repeat(100_000);
        assert_eq!(nearest(&long, ["title", long.as_str()]), None);
        assert_eq!(nearest("title", [long.as_str(), "titel"]), Some("titel"));
    }
}
