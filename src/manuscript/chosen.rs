//! Sections that another tool chose, and those that were written in several languages.

use std::ops::Range;

use crate::book::DivisionKind;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;

/// Where Quarto keeps the order of a book.
pub(super) const QUARTO: [&str; 2] = ["_quarto.yml", "_quarto.yaml"];

/// What another tool's file lists.
#[derive(Debug, Default)]
pub(super) struct Order {
    pub files: Vec<String>,
    pub parts: Vec<Part>,
    /// Which of the files are appendices.
    pub appendices: Vec<usize>,
}

/// A part of a book, which opens at one of its files.
#[derive(Debug)]
pub(super) struct Part {
    /// Where its title stands in the list; `None` when the file is the part's own.
    pub title: Option<Range<usize>>,
    /// Which file.
    pub at: usize,
}

impl Order {
    /// What a file is, where the list says it.
    pub fn kind_of(&self, file: &str) -> Option<DivisionKind> {
        let at = self.files.iter().position(|other| other == file)?;
        let own = self.parts.iter().any(|part| part.at == at && part.title.is_none());
        let appended = self.appendices.contains(&at);
        own.then_some(DivisionKind::Part).or(appended.then_some(DivisionKind::Appendix))
    }

    /// The parts that open at a file.
    pub fn parts_at(&self, file: &str) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| self.files.get(part.at).is_some_and(|at| at == file))
    }
}

/// What `chapters:` and `appendices:` of Quarto name, in order, of the files that are there.
pub(super) fn chapters(quarto: &str, list: &[String]) -> Order {
    let Order { files: mut found, mut parts, mut appendices } = Order::default();
    let mut appended = false;
    let mut within: Option<usize> = None;
    for line in quarto.lines().filter(|line| !line.trim_start().is_empty() && !line.trim_start().starts_with('#')) {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let opens = ["chapters:", "appendices:"].iter().find_map(|key| bare.trim_start_matches("- ").strip_prefix(key));
        let goes_on = within.is_some_and(|open| indent > open || indent == open && bare.starts_with('-'));
        if opens.is_none() && !goes_on {
            within = None;
            continue;
        }
        within = within.filter(|_| goes_on).or(Some(indent));
        appended = if opens.is_some() { bare.contains("appendices:") } else { appended };
        let values = opens.unwrap_or(bare).split(" #").next().unwrap_or(bare);
        let part =
            values.trim_start_matches("- ").strip_prefix("part:").map(|title| title.trim_matches([' ', '"', '\'']));
        if let Some(title) = part.filter(|title| !title.is_empty()) {
            let is_file = list.iter().any(|other| other == title.trim_start_matches("./"));
            let start = title.as_ptr() as usize - quarto.as_ptr() as usize;
            parts.push(Part { title: (!is_file).then_some(start..start + title.len()), at: found.len() });
        }
        for value in values.split(['[', ',', ']']) {
            let value = value.trim().trim_start_matches("- ");
            let value = value.rsplit_once(": ").map_or(value, |(_, value)| value);
            let path = value.trim_matches([' ', '"', '\'']).trim_start_matches("./");
            if list.iter().any(|other| other == path) && !found.iter().any(|other| other == path) {
                appendices.extend(appended.then_some(found.len()));
                found.push(path.to_owned());
            }
        }
    }
    Order { files: found, parts, appendices }
}

/// Says that Quarto's order was taken, and which texts it leaves out.
pub(super) fn say_order(file: &str, names: &[String], left: &[String], diagnostics: &mut Diagnostics) {
    let rest = match left {
        [] => String::new(),
        [one] => format!("; \"{one}\" is none of them and is left out"),
        [first, more @ ..] => format!("; \"{first}\" and {} more are none of them and are left out", more.len()),
    };
    let message = format!("the {} sections are those that \"{file}\" lists, in its order{rest}", names.len());
    diagnostics.report(
        Diagnostic::new(&lints::FOREIGN_PROJECT, message)
            .hint("recto reads nothing else of it; write the order as `sections: […]` in metadata.yaml"),
    );
}

/// Leaves out translations: `salt.fr.md` beside `salt.md` in a book of another language, and `salt.md` where the book's
/// own language has a file to itself.
pub(super) fn without_translations(
    names: Vec<String>,
    language: &Language,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let parts: Vec<Option<(String, Language)>> = names.iter().map(|name| translated(name)).collect();
    let bare = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let other = |at: usize| match &parts[at] {
        Some((stem, own)) => {
            let sibling = |(other, part): (&String, &Option<(String, Language)>)| {
                bare(other) == *stem
                    || part.as_ref().is_some_and(|(of, part)| of == stem && part.primary() != own.primary())
            };
            own.primary() != language.primary() && names.iter().zip(&parts).any(sibling)
        }
        None => {
            let stem = bare(&names[at]);
            parts.iter().flatten().any(|(of, part)| *of == stem && part.primary() == language.primary())
        }
    };
    let (left, kept): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(|at| other(*at));
    if let Some(first) = left.first() {
        let more = match left.len() {
            1 => "is a translation and is".to_owned(),
            count => format!("and {} more are translations and are", count - 1),
        };
        let message = format!("\"{}\" {more} left out: the book's language is {}", names[*first], language.tag());
        diagnostics.report(
            Diagnostic::new(&lints::LEFT_OUT, message)
                .hint("`sections: […]` in metadata.yaml names the files of a book, `language: …` its language"),
        );
    }
    kept.into_iter().map(|at| names[at].clone()).collect()
}

/// `salt.fr.md` as `salt` and French.
fn translated(name: &str) -> Option<(String, Language)> {
    let (stem, _) = name.rsplit_once('.')?;
    let (of, tag) = stem.rsplit_once('.')?;
    let short = tag.split(['-', '_']).next().is_some_and(|primary| primary.len() == 2);
    let letters = tag.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let language = Language::parse(tag).filter(|_| short && letters && !of.is_empty())?;
    Some((of.to_owned(), language))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_chapters_of_quarto_are_read_in_parts_and_on_one_line() {
        let files = list(&["a.qmd", "b.qmd", "c/d.qmd", "e.qmd", "index.qmd", "z.qmd"]);
        let blocks = "project:\n  type: book\nbook:\n  title: z.qmd\n  chapters:\n    - index.qmd\n    - part: c/d.qmd\n      \
            chapters:\n        - \"b.qmd\" # two\n    # - z.qmd\n    - text: One\n      file: a.qmd\n  appendices:\n  - e.qmd\n\
            other:\n  - z.qmd\n";
        let order = chapters(blocks, &files);
        assert_eq!(order.files, ["index.qmd", "c/d.qmd", "b.qmd", "a.qmd", "e.qmd"]);
        assert_eq!(order.kind_of("c/d.qmd"), Some(DivisionKind::Part));
        assert_eq!((order.kind_of("a.qmd"), order.kind_of("e.qmd")), (None, Some(DivisionKind::Appendix)));
        assert_eq!(chapters("book:\n  chapters: [b.qmd, 'a.qmd', none.qmd]\n", &files).files, ["b.qmd", "a.qmd"]);
        let titled = "book:\n  chapters:\n    - index.qmd\n    - part: \"Salt: a book\"\n      chapters: [a.qmd]\n";
        let order = chapters(titled, &files);
        let titles: Vec<&str> = order.parts_at("a.qmd").filter_map(|part| Some(&titled[part.title.clone()?])).collect();
        assert_eq!(titles, ["Salt: a book"]);
    }

    #[test]
    fn translations_are_left_out_and_names_with_stops_stay() {
        let left = |names: &[&str], tag: &str| {
            let language = Language::parse(tag).expect("a language");
            without_translations(list(names), &language, &mut Diagnostics::default())
        };
        assert_eq!(left(&["a.fr.qmd", "a.qmd", "b.md", "v1.de.md"], "en"), ["a.qmd", "b.md", "v1.de.md"]);
        assert_eq!(left(&["a.fr.qmd", "a.qmd"], "fr"), ["a.fr.qmd"]);
        assert_eq!(left(&["a.fr.md", "a.en.md", "1.2.md", "1.md"], "en"), ["a.en.md", "1.2.md", "1.md"]);
    }
}
