//! Figures and tables of LaTeX that go where they have room: what they show, their captions and labels.

use std::ops::Range;

use super::tabular;
use crate::markdown::tex::{Environment, argument, closing, environment, name_at, optional};

/// How deep parts stand in each other.
const DEEPEST: usize = 16;

/// Commands in a figure or a table that a reader does not see.
#[rustfmt::skip]
const UNSEEN: [&str; 22] = [
    "centering", "small", "footnotesize", "scriptsize", "normalsize", "tiny", "hfill", "hfil", "quad", "qquad", "hspace",
    "vspace", "setlength", "renewcommand", "captionsetup", "raggedright", "raggedleft", "par", "newline", "smallskip",
    "medskip", "bigskip",
];

/// Most pictures of a figure.
pub(super) const MOST_SHOWN: usize = 40;

/// What stands in a figure or a table.
#[derive(Default)]
pub(super) struct Float<'t> {
    pub pictures: Vec<FloatPicture>,
    pub tables: Vec<(usize, Environment<'t>)>,
    /// Captions and labels of tables that have their own.
    pub of_tables: Vec<Own>,
    pub caption: Option<Range<usize>>,
    pub label: Option<Range<usize>>,
    /// The notes of tables.
    pub notes: Vec<Range<usize>>,
    /// Words beside them.
    pub rest: Vec<Range<usize>>,
}

pub(super) struct FloatPicture {
    pub shown: Shown,
    pub caption: Option<Range<usize>>,
    pub label: Option<Range<usize>>,
}

/// A caption and a label.
#[derive(Clone, Default)]
pub(super) struct Own {
    pub caption: Option<Range<usize>>,
    pub label: Option<Range<usize>>,
}

impl<'t> Float<'t> {
    pub fn read(&mut self, text: &'t str, range: Range<usize>, depth: usize) {
        let (mut at, mut from) = (range.start, range.start);
        while let Some(length) = text[at..range.end].find(['\\', '%']) {
            at += length;
            let end = self.mark(text, at, range.end, depth);
            if end > at {
                self.words(text, from..at);
                from = end;
            }
            at = end.max(at + 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8).min(range.end - at - 1));
        }
        self.words(text, from..range.end);
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        if !text[range.clone()].trim_matches([' ', '\n', '\t', '~', '}', '{']).is_empty() {
            self.rest.push(range);
        }
    }

    /// What begins at a backslash, or a remark; where it ends, or where it begins if it is one of the words.
    fn mark(&mut self, text: &'t str, at: usize, limit: usize, depth: usize) -> usize {
        if text[at..].starts_with('%') {
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let end = text[at..limit].find('\n').map_or(limit, |length| at + length);
            let remark = text[line..at].trim().is_empty() || text[at + 1..end].trim().is_empty();
            return if remark { end } else { at };
        }
        if text[at..].starts_with("\\\\") {
            return at + 2;
        }
        let name = name_at(text, at);
        let after = at + 1 + name.len();
        match name {
            "caption" | "subcaption" => {
                let star = usize::from(text[after..].starts_with('*'));
                let open = optional(text, after + star).0;
                let Some((end, _)) = argument(text, open).filter(|(end, _)| *end <= limit) else { return at };
                let (words, label) = captioned(text, open + 1..end - 1);
                if self.caption.is_some() {
                    self.rest.push(words);
                } else {
                    self.caption = Some(words);
                }
                self.label = label.or(self.label.take());
                end
            }
            "label" => {
                let Some((end, _)) = argument(text, after).filter(|(end, _)| *end <= limit) else { return at };
                self.label.get_or_insert(after + 1..end - 1);
                end
            }
            "includegraphics" => {
                let after = after + usize::from(text[after..].starts_with('*'));
                let Some((shown, end)) = picture_at(text, after).filter(|(_, end)| *end <= limit) else { return at };
                self.pictures.push(FloatPicture { shown, caption: None, label: None });
                end
            }
            "subfloat" | "subfigure" | "subcaptionbox" => {
                let (open, options) = optional(text, after);
                let mut caption = options.last().map(|words| {
                    let start = words.as_ptr() as usize - text.as_ptr() as usize;
                    start..start + words.len()
                });
                let mut open = open;
                if name == "subcaptionbox"
                    && let Some((end, _)) = argument(text, open)
                {
                    caption = Some(open + 1..end - 1);
                    open = optional(text, end).0;
                }
                let Some((end, _)) = argument(text, open).filter(|(end, _)| *end <= limit) else { return at };
                self.part(text, open + 1..end - 1, caption, depth);
                end
            }
            "begin" => {
                let Some(environment) = environment(text, at, limit) else { return at };
                let bare = environment.name.trim_end_matches('*');
                let end = environment.end;
                if tabular::is_of_rows(bare) {
                    self.tables.push((at, environment));
                    self.of_tables.push(Own::default());
                    return end;
                }
                match bare {
                    "subfigure" | "subtable" | "minipage" => self.part(text, environment.inner, None, depth),
                    "tablenotes" => self.notes.push(environment.inner),
                    "center" | "adjustbox" | "threeparttable" | "small" | "footnotesize" => {
                        if depth < DEEPEST {
                            self.read(text, environment.inner, depth + 1);
                        }
                    }
                    _ => return at,
                }
                end
            }
            _ if UNSEEN.contains(&name) => {
                let mut end = after + usize::from(text[after..].starts_with('*'));
                while let Some((next, _)) = argument(text, optional(text, end).0).filter(|(next, _)| *next <= limit) {
                    end = next;
                }
                end
            }
            "resizebox" | "scalebox" => {
                // What it holds is read on; the brace that closes it is no word.
                let mut end = after;
                let count = if name == "resizebox" { 2 } else { 1 };
                for _ in 0..count {
                    end = argument(text, end).map_or(end, |(next, _)| next);
                }
                end + usize::from(text[end..].starts_with('{'))
            }
            _ => at,
        }
    }

    /// A part with a caption of its own.
    fn part(&mut self, text: &'t str, range: Range<usize>, caption: Option<Range<usize>>, depth: usize) {
        if depth >= DEEPEST {
            return;
        }
        let mut part = Float::default();
        part.read(text, range, depth + 1);
        let (caption, label) = match caption {
            Some(caption) => {
                let (words, label) = captioned(text, caption);
                (Some(words), label)
            }
            None => (None, None),
        };
        let own = Own { caption: part.caption.or(caption), label: part.label.or(label) };
        if let Some(first) = part.pictures.first_mut() {
            (first.caption, first.label) = (own.caption.clone(), own.label.clone());
        } else if let Some(first) = part.of_tables.first_mut() {
            *first = own;
        } else {
            part.rest.extend(own.caption);
        }
        self.pictures.append(&mut part.pictures);
        self.tables.append(&mut part.tables);
        self.of_tables.append(&mut part.of_tables);
        self.notes.append(&mut part.notes);
        self.rest.append(&mut part.rest);
    }
}

/// The words of a caption without the label in it, and the label.
pub(super) fn captioned(text: &str, range: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let found = text[range.clone()].find("\\label{").map(|at| range.start + at).and_then(|at| {
        let open = at + "\\label".len();
        argument(text, open).map(|(end, _)| (at, open + 1..end - 1, end))
    });
    match found {
        // A label before the words, or behind them.
        Some((at, label, end)) if text[range.start..at].trim().is_empty() => (end..range.end, Some(label)),
        Some((at, label, _)) => (range.start..at, Some(label)),
        None => (range, None),
    }
}

/// Whether an environment puts tables where they have room.
pub(super) fn is_of_tables(bare: &str) -> bool {
    matches!(bare, "table" | "wraptable" | "sidewaystable" | "threeparttable" | "margintable")
}

/// A picture: where its path stands, and its size in braces.
pub(super) struct Shown {
    pub path: Range<usize>,
    pub size: String,
    pub alt: Option<Range<usize>>,
}

/// `\includegraphics[width=0.5\textwidth]{map.png}`, and where it ends.
pub(super) fn picture(text: &str, at: usize) -> Option<(Shown, usize)> {
    picture_at(text, at + "\\includegraphics".len())
}

/// What stands behind the name of the command.
fn picture_at(text: &str, after: usize) -> Option<(Shown, usize)> {
    let (open, options) = optional(text, after);
    let inner = text[open..].strip_prefix('{')?;
    let length = closing(inner)?;
    let path = inner[..length].trim();
    let start = open + 1 + inner.len() - inner.trim_start().len();
    let width =
        options.iter().flat_map(|options| options.split(',')).find_map(|option| option.trim().strip_prefix("width="));
    let size = width.map_or(String::new(), |width| {
        let number = width.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(width.len());
        match (width[..number].parse::<f64>(), width[number..].trim()) {
            (Ok(share), "\\textwidth" | "\\linewidth" | "\\columnwidth") if share > 0.0 && share <= 1.0 => {
                format!("{{width={}%}}", (share * 100.0).round())
            }
            (Ok(_), unit @ ("cm" | "mm" | "in" | "pt")) => format!("{{width={}{unit}}}", &width[..number]),
            _ => String::new(),
        }
    });
    let alt = text[after..open].find("alt={").and_then(|found| {
        let at = after + found + "alt=".len();
        argument(text, at)
            .map(|(end, _)| at + 1..end - 1)
            .filter(|alt| alt.end < open && !text[alt.clone()].contains('\n'))
    });
    (!path.is_empty() && !path.contains(['\n', '<', '>', '\\']))
        .then(|| (Shown { path: start..start + path.len(), size, alt }, open + length + 2))
}
