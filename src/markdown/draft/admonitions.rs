//! Boxes as MkDocs has them: `!!! note "Title"`, `??? tip`, `=== "Tab"`, and what is indented below.

use super::{Draft, Line};
use crate::book::block::BoxKind;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::divs::box_kind;
use crate::markdown::fair::{Fair, Mark};
use crate::source::limits;

impl Draft<'_> {
    /// A line that opens a box, with the indented lines below it; `true` if it was written.
    pub(super) fn admonition(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        let Some(written) = opening(rest) else { return false };
        if !self.containers.is_empty() || self.depth >= limits::INCLUDES {
            return false;
        }
        let range = line.first..line.first + rest.len();
        let word = rest.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        let said = Diagnostic::new(&lints::SUSPECT_MARKUP, format!("\"{word}\" is read as a box"));
        self.report_once(
            "box",
            said,
            range.clone(),
            "it ends where the lines are no longer indented; recto's own form is > [!NOTE] Title",
        );
        let (body, end) = self.indented_below(line.end);
        self.mark(line, Mark::Div(written), range);
        self.at = (end + 1).min(self.raw.text.len());
        let inner = self.nested(&body);
        self.out.append(inner);
        self.out.add("\n", self.raw, end.min(self.raw.text.len() - 1));
        self.stars(Mark::DivEnd, line.first..line.end);
        self.newline(end);
        self.marked();
        true
    }

    /// The lines below a place that are indented by four columns, without these, and where the last of them ends.
    fn indented_below(&self, end: usize) -> (Fair, usize) {
        let mut body = Fair::default();
        let (mut last, mut at) = (end, end);
        let mut blank: Vec<usize> = Vec::new();
        while let Some(next) = self.next_line(at) {
            let words = &self.raw.text[next.clone()];
            let bare = words.strip_prefix("    ").or(words.strip_prefix('\t'));
            if words.trim().is_empty() {
                blank.push(next.start);
            } else if let Some(bare) = bare {
                for blank in blank.drain(..) {
                    body.add("\n", self.raw, blank);
                }
                body.keep(self.raw, next.end - bare.len()..next.end);
                body.add("\n", self.raw, next.end.min(self.raw.text.len() - 1));
                last = next.end;
            } else {
                break;
            }
            at = next.end;
        }
        (body, last)
    }
}

/// What stands behind the colons of the same box.
fn opening(rest: &str) -> Option<String> {
    let after = ["!!! ", "???+ ", "??? ", "=== \"", "===+ \"", "===! \""].iter().find_map(|mark| {
        let after = rest.strip_prefix(mark)?;
        Some(if mark.ends_with('"') { &rest[mark.len() - 1..] } else { after })
    })?;
    let (words, quoted) = after.split_once('"').map_or((after, None), |(words, quoted)| (words, Some(quoted)));
    let title = quoted.and_then(|quoted| quoted.rsplit_once('"')).map(|(title, _)| title);
    if quoted.is_some() != title.is_some() || rest.starts_with('=') && title.is_none() {
        return None;
    }
    let word = words.split_whitespace().next().unwrap_or("");
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !plain || word.is_empty() && !rest.starts_with('=') {
        return None;
    }
    // A box whose kind has no word of recto's is headed by its own.
    let kind = word.to_ascii_lowercase();
    let named = box_kind(&kind).is_some_and(|kind| kind != BoxKind::Plain);
    let class = if named { kind } else { "box".to_owned() };
    let own = || {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    let title = title.map(str::to_owned).or((!named).then(own)).filter(|title| !title.is_empty());
    let title = title.map_or(String::new(), |title| format!(" title=\"{}\"", title.replace('"', "”")));
    Some(format!("{{.{class}{title}}}"))
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn boxes_are_opened_by_their_words() {
        assert_eq!(opening("!!! note").as_deref(), Some("{.note}"));
        assert_eq!(opening("!!! warning inline end \"Mind it\"").as_deref(), Some("{.warning title=\"Mind it\"}"));
        assert_eq!(opening("??? example").as_deref(), Some("{.box title=\"Example\"}"));
        assert_eq!(opening("=== \"C++\"").as_deref(), Some("{.box title=\"C++\"}"));
        assert_eq!(opening("!!! Stop, he cried").as_deref(), None);
        assert_eq!(opening("=== Title"), None);
    }
}
