//! Numbered examples by their names: `(@good)` becomes `(1)` in headings, drawn tables and attributes, which the reader of
//! lines leaves alone.

use super::labels;
use super::rewrite::{Rewrite, plain_lines};
use crate::markdown::fair::Fair;
use crate::markdown::shield::code_end;

/// The text with the numbers of its examples; `None` where none is named.
pub(super) fn said_otherwise(raw: &Fair) -> Option<Fair> {
    let text = raw.text.as_str();
    if !text.contains("(@") {
        return None;
    }
    let numbers = labels::examples(text);
    let mut copy = Rewrite::new(raw);
    for line in plain_lines(text) {
        let mut at = line.start.max(copy.at);
        while let Some(length) = text.get(at..line.end).and_then(|rest| rest.find(['\\', '`', '('])) {
            at += length;
            match text.as_bytes()[at] {
                b'\\' => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
                b'`' => at = code_end(text, at),
                _ => {
                    let named = text[at..line.end].strip_prefix("(@").and_then(|inner| inner.split_once(')'));
                    let number = named.and_then(|(name, _)| Some((name, numbers.get(name)?)));
                    match number.filter(|_| !may_be_its_own(&text[line.start..at])) {
                        Some((name, number)) => {
                            copy.keep_to(at);
                            let width = "(@)".len() + name.chars().count();
                            let drawn = text[line.start..at].trim_start_matches([' ', '>']).starts_with('|');
                            // The bars of a drawn table stay where they are.
                            let number = format!("({number})");
                            copy.made(&if drawn { format!("{number:width$}") } else { number }, at);
                            at += "(@)".len() + name.len();
                            copy.skip_to(at);
                        }
                        None => at += 1,
                    }
                }
            }
        }
    }
    copy.finish()
}

/// Whether a mark with this before it on its line could begin an example.
fn may_be_its_own(before: &str) -> bool {
    !before.starts_with(['#', '|']) && before.chars().all(|c| " \t>-+*.):0123456789".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_examples_are_numbers_wherever_they_stand() {
        let text = "# As (@b)\n\n(@) One\n\n(@b) Two, `(@b)`, \\(@b)\n\n| as (@b) |\n\n::: {.box title=\"As (@b)\"}\n- (@b)\n(@c)\n";
        let made = said_otherwise(&Fair::typed(text)).expect("it names some");
        let wanted = "# As (2)\n\n(@) One\n\n(@b) Two, `(@b)`, \\(@b)\n\n| as (2)  |\n\n::: {.box title=\"As (2)\"}\n- (@b)\n(@c)\n";
        assert_eq!(made.text, wanted);
    }
}
