//! Titles are parted by their sense: a line ends at a mark rather than within a phrase, hardly ever after a little word
//! that belongs to the next (an article, a preposition) or within a word of Chinese, and lines are as even as that leaves
//! them. All ways to part a title into its lines are tried: it has few words.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::items::is_square;
use super::material::{AtomKind, Material};
use crate::layout::linebreak::{Break, Item};
use crate::units::{Length, Short};

/// What it costs to end a line after a word like any other; unevenness costs a hundredth of the square of what a line
/// lacks of the mean, in thousandths.
const WITHIN: i64 = 800;

/// What it costs to end one before a little word, with which a phrase begins.
const BEFORE: i64 = 500;

/// What it costs to end one after a word that clings to the next, or within a word of letters without spaces.
const CLINGING: i64 = 2500;

/// What it costs to go on in a line after a mark that ends a sentence or announces what follows.
const PASSED: i64 = 700;

/// What it costs to divide a word.
const DIVIDED: i64 = 6000;

/// Words of so many small letters cling to the next.
const LITTLE: usize = 3;

/// What may stand behind such a mark.
const CLOSING: [char; 10] = ['”', '’', '»', '"', '\'', ')', ']', '」', '』', '）'];

/// A text with more places where lines may end is no title.
const MOST: usize = 120;

/// A place where a line may end.
struct End {
    /// The item.
    at: usize,
    /// The first item after it.
    next: usize,
    /// What it costs.
    price: i64,
    /// What is added to the line: a hyphen.
    mark: Length,
    /// Whether a mark that ends a sentence or announces what follows stands before it.
    closes: bool,
}

impl Material {
    /// Lets lines end only where the title is parted best in `count` lines of at most `width`; whether a line ends
    /// where none should. Where the author has ended lines, and where it cannot be parted so, nothing changes.
    pub(super) fn part_by_sense(&mut self, width: Length, count: usize) -> bool {
        let forced = |item: &Item| matches!(item, Item::Penalty { kind: Break::Forced, .. });
        if count < 2 || self.items.iter().any(forced) {
            return false;
        }
        let ends = self.ends();
        if ends.len() > MOST {
            return false;
        }
        // Where only what hangs out of the edge makes a line fit, letters that are a little smaller part better.
        let Some(chosen) = self.best_ends(&ends, width, count) else { return true };
        for at in 0..self.items.len() {
            match &mut self.items[at] {
                Item::Glue { breaks, .. } => *breaks &= chosen.contains(&at),
                item @ Item::Penalty { .. } if !chosen.contains(&at) => {
                    *item = Item::Box { width: Short::ZERO, hang_start: Short::ZERO, hang_end: Short::ZERO };
                    self.atoms[at].kind = AtomKind::Nothing;
                }
                _ => {}
            }
        }
        ends.iter().any(|end| end.price >= CLINGING && chosen.contains(&end.at)) || self.is_uneven(&ends, &chosen)
    }

    /// Whether a line of a short title, neither its last nor one that ends at a mark, is hardly half as long as another.
    fn is_uneven(&self, ends: &[End], chosen: &[usize]) -> bool {
        let mut stops: Vec<&End> = ends.iter().filter(|end| chosen.contains(&end.at)).collect();
        stops.sort_by_key(|end| end.at);
        if !(2..4).contains(&stops.len()) {
            return false;
        }
        let sums = self.sums();
        let mut from = 0;
        let mut lines: Vec<(Length, bool)> = Vec::new();
        for end in stops {
            lines.push((sums[end.at] - sums[from], end.price == 0));
            from = end.next;
        }
        let last = sums[self.items.len()] - sums[from];
        let widest = lines.iter().map(|(width, _)| *width).fold(last, Length::max);
        lines.iter().any(|(width, at_a_mark)| !at_a_mark && *width < widest.scale(11, 20))
    }

    /// How wide the items before each are together.
    fn sums(&self) -> Vec<Length> {
        let mut sums = vec![Length::ZERO];
        for item in &self.items {
            let own = match item {
                Item::Box { width, .. } | Item::Glue { width, .. } => width.long(),
                Item::Penalty { .. } => Length::ZERO,
            };
            sums.push(own + sums[sums.len() - 1]);
        }
        sums
    }

    /// Where lines may end, in order.
    fn ends(&self) -> Vec<End> {
        let words: Vec<usize> = match self.text.chars().any(is_square) {
            true => {
                let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
                segmenter.segment_str(&self.text).collect()
            }
            false => Vec::new(),
        };
        let mut ends = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            let (price, mark) = match item {
                Item::Glue { breaks: true, .. } if at > 0 && !matches!(self.items[at - 1], Item::Glue { .. }) => {
                    (self.price_of(at, None), Length::ZERO)
                }
                Item::Penalty { width, kind: Break::Hyphen, .. } => (DIVIDED, width.long()),
                Item::Penalty { width, kind: Break::Free(own), .. } => {
                    (self.price_of(at, Some(&words)) + i64::from(*own), width.long())
                }
                _ => continue,
            };
            let skipped = self.items[at..].iter().take_while(|item| !matches!(item, Item::Box { .. })).count();
            let closes = price == 0 && self.closes(at);
            ends.push(End { at, next: at + skipped, price, mark, closes });
        }
        ends
    }

    /// Whether a sentence ends before an item, or something is announced.
    fn closes(&self, at: usize) -> bool {
        let before = self.text[..self.atoms[at].letters().start].trim_end();
        is_closed(before)
    }

    /// What it costs to end a line at an item, by the word before it; `words` are the ends of words without spaces.
    fn price_of(&self, at: usize, words: Option<&[usize]>) -> i64 {
        let offset = self.atoms[at].letters().start;
        let before = self.text[..offset].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
        let bare = word.trim_end_matches(CLOSING);
        match bare.chars().next_back() {
            Some('.' | '?' | '!' | ':' | '–' | '—' | '…' | '。' | '？' | '！' | '：') => return 0,
            Some(',' | ';' | '，' | '、' | '；' | '،' | '؛') => return 0,
            _ => {}
        }
        if words.is_some_and(|words| !words.is_empty() && words.binary_search(&offset).is_err()) {
            return CLINGING;
        }
        let after = self.text[offset..].split_whitespace().next().unwrap_or("");
        // A little word that begins a sentence belongs to what it says, whatever its letters are.
        let begins = word.chars().count() <= LITTLE && is_closed(before[..before.len() - word.len()].trim_end());
        match (begins || is_little(word), is_little(after)) {
            (true, _) => CLINGING,
            (false, true) => BEFORE,
            (false, false) => WITHIN,
        }
    }

    /// The items at which `count` lines end best but the last, which ends with the title.
    fn best_ends(&self, ends: &[End], width: Length, count: usize) -> Option<Vec<usize>> {
        let sums = self.sums();
        let last = End { at: self.items.len(), next: self.items.len(), price: 0, mark: Length::ZERO, closes: false };
        let stops: Vec<&End> = ends.iter().chain([&last]).collect();
        let mean = (sums[self.items.len()].to_sp() / count as i64).max(1);
        // What a line between two places costs.
        let line = |from: usize, end: &End| {
            let natural = sums[end.at].max(sums[from]) - sums[from] + end.mark;
            let off = (natural.to_sp() - mean) * 1000 / mean;
            // A short last line is the end of the title.
            let share = if end.at == self.items.len() && off < 0 { 200 } else { 100 };
            let passed =
                || ends.iter().filter(|other| other.closes && other.at > from && other.at < end.at).count() as i64;
            (natural <= width && natural > Length::ZERO).then(|| off * off / share + end.price + passed() * PASSED)
        };
        // For each place the least that it costs to end a line there, and where the line before ended.
        let mut rows: Vec<Vec<Option<(i64, usize)>>> = vec![stops.iter().map(|end| Some((line(0, end)?, 0))).collect()];
        for _ in 1..count {
            let before = &rows[rows.len() - 1];
            let reach = |to: usize| {
                let from = |from: usize| Some((before[from]?.0 + line(stops[from].next, stops[to])?, from));
                (0..to).filter_map(from).min()
            };
            let row = (0..stops.len()).map(reach).collect();
            rows.push(row);
        }
        let (mut chosen, mut at) = (Vec::new(), stops.len() - 1);
        for row in rows.iter().skip(1).rev() {
            at = row[at]?.1;
            chosen.push(stops[at].at);
        }
        rows[0][at].map(|_| chosen)
    }
}

/// Whether a word is one of those that cling to the next.
fn is_little(word: &str) -> bool {
    !word.is_empty() && word.chars().count() <= LITTLE && word.chars().all(char::is_lowercase)
}

/// Whether a text ends with the end of a sentence or with what announces the next; a full stop may be that of an initial
/// or of a short form.
fn is_closed(text: &str) -> bool {
    let bare = text.trim_end_matches(CLOSING);
    let sentence = |text: &str| {
        let word = text.rsplit(char::is_whitespace).next().unwrap_or("");
        word.chars().count() > LITTLE && !word.contains('.')
    };
    bare.ends_with(['?', '!', ':', '—', '？', '！', '：', '。']) || bare.strip_suffix('.').is_some_and(sentence)
}
