//! Columns of tables: whether what stands in one is numbers.

use super::block::Table;
use super::walk::plain;

impl Table {
    /// Whether all cells of a column are numbers, those aside that are empty or a dash.
    pub fn is_numeric(&self, column: usize) -> bool {
        let mut any = false;
        for row in &self.rows {
            let words = row.get(column).map(|cell| plain(&cell.text.content)).unwrap_or_default();
            let word = words.trim();
            if word.is_empty() || word == "–" || word == "—" {
                continue;
            }
            let number =
                word.chars().all(|letter| letter.is_ascii_digit() || " \u{a0}\u{202f}.,−-+%$€£".contains(letter));
            if !number || !word.chars().any(|letter| letter.is_ascii_digit()) {
                return false;
            }
            any = true;
        }
        any
    }
}
