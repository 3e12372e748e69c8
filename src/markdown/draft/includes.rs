//! Other files in the run of a text: `{{< include part.md >}}`, mdBook's `{{#include part.md}}`, and as other tools name
//! them on a line of their own.

use super::{Draft, Line};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::fair::Fair;
use crate::source::{SourceId, limits};

/// What came of a file that a text includes.
pub(crate) enum Included {
    /// It was read.
    Read(SourceId, String),
    /// It is not there.
    Missing,
    /// It lies outside the manuscript folder.
    Outside,
    /// It stands in the text already, or would stand in itself.
    Again,
}

/// Who reads the files that a text includes.
pub(crate) trait Includes {
    /// A file by its path as written, and which part of it is meant; the same part is given once.
    fn read(&mut self, path: &str, part: &str) -> Included;
    /// Whether something is said for the first time in this book.
    fn first(&mut self, what: &str) -> bool;
}

/// Nothing is included: texts of the metadata.
pub(crate) struct NoIncludes;

impl Includes for NoIncludes {
    fn read(&mut self, _: &str, _: &str) -> Included {
        Included::Missing
    }

    fn first(&mut self, _: &str) -> bool {
        true
    }
}

impl Draft<'_> {
    /// A line that is an include and nothing else; `true` if it was answered.
    pub(super) fn include(&mut self, line: &Line, rest: &str) -> bool {
        let range = line.first..line.first + rest.len();
        if let Some((path, part)) = of_notes(rest) {
            self.include_part(line, &path, part, range);
            return true;
        }
        let Some((directive, path)) = directive(rest) else { return false };
        if directive == OTHER {
            self.include_alone(line, without_lines(&path), range);
            return true;
        }
        if !matches!(directive, "include") {
            return self.include_of_mdbook(directive, &path, range);
        }
        let Some(fair) = self.included(&path, range) else {
            self.blank();
            return true;
        };
        // What is included stands between blank lines, so that nothing runs into it.
        self.out.add("\n", self.raw, line.first);
        self.out.append(fair);
        self.out.add("\n\n", self.raw, line.first);
        self.blank();
        true
    }

    /// A file whose text stands between blank lines in a line's place.
    pub(super) fn include_alone(&mut self, line: &Line, path: &str, range: std::ops::Range<usize>) {
        let fair = self.included(path, range);
        self.out.add("\n", self.raw, line.first);
        fair.into_iter().for_each(|fair| self.out.append(fair));
        self.out.add("\n\n", self.raw, line.first);
        self.blank();
    }

    /// `![[_prices#Summer]]`: a file that is no section, or what stands under one of its headings.
    fn include_part(&mut self, line: &Line, path: &str, part: &str, range: std::ops::Range<usize>) {
        let mut raw = self.read(path, part, "include", range.clone());
        if let Some(whole) = raw.as_ref().filter(|_| !part.is_empty()) {
            let found = part_of(&whole.text, part);
            if found.is_none() {
                let message = format!("nothing in \"{path}\" is called \"{part}\": the whole file is shown");
                let hint = "write the words of one of its headings after #";
                self.report(Diagnostic::new(&lints::LITERAL_MARKUP, message), range, hint);
            }
            raw = Some(whole.part(found.unwrap_or(0..whole.text.len())));
        }
        let fair = raw.map(|raw| self.of_a_file(raw));
        self.out.add("\n", self.raw, line.first);
        fair.into_iter().for_each(|fair| self.out.append(fair));
        self.out.add("\n\n", self.raw, line.first);
        self.blank();
    }

    fn include_of_mdbook(&mut self, directive: &str, path: &str, range: std::ops::Range<usize>) -> bool {
        // Words after the path say how it would run.
        let path = path.split(' ').next().unwrap_or(path);
        let file = path.split(':').next().unwrap_or(path).to_owned();
        match directive {
            "#include" | "#rustdoc_include" | "#playground" => {
                match self.read(&file, &path[file.len()..], directive, range) {
                    Some(raw) => {
                        let mut fair = raw.part(lines_asked(&raw.text, path));
                        fair.add("\n", self.raw, self.at.saturating_sub(1));
                        let fair = self.of_a_file(fair);
                        self.out.append(fair);
                    }
                    None => self.blank(),
                }
            }
            _ => {
                let message = format!("mdBook's \"{{{{{directive}}}}}\" is not understood");
                self.report(
                    Diagnostic::new(&lints::SUSPECT_MARKUP, message),
                    range,
                    "take it out; a section's title is its heading",
                );
            }
        }
        true
    }

    fn included(&mut self, path: &str, range: std::ops::Range<usize>) -> Option<Fair> {
        let raw = self.read(path, "", "include", range)?;
        Some(self.of_a_file(raw))
    }

    /// The fair copy of a file's text, which was not said otherwise with that around it.
    fn of_a_file(&mut self, raw: Fair) -> Fair {
        let raw = super::said_otherwise(&raw, self.diagnostics).unwrap_or(raw);
        self.nested(&raw)
    }

    /// A file, or a report: one a kind for what lies outside the folder, one a place for what is not there.
    fn read(&mut self, path: &str, part: &str, directive: &str, range: std::ops::Range<usize>) -> Option<Fair> {
        if self.depth >= limits::INCLUDES {
            let message = format!("files include each other more than {} deep", limits::INCLUDES);
            self.report(Diagnostic::new(&lints::FOREIGN_MARKUP, message), range, "name each file once");
            return None;
        }
        match self.includes.read(path, part) {
            Included::Read(source, text) => Some(Fair::of(source, &text, 0..text.len())),
            Included::Missing => {
                let message = format!("there is no file \"{path}\" to include");
                self.report(
                    Diagnostic::new(&lints::MISSING_FILE, message),
                    range,
                    "the path is counted from the manuscript folder",
                );
                None
            }
            Included::Again => {
                let message = format!("\"{path}\" is included twice");
                self.report(
                    Diagnostic::new(&lints::FOREIGN_MARKUP, message),
                    range,
                    "a file is included once, and is no section of its own: let its name begin with _",
                );
                None
            }
            Included::Outside => {
                if self.includes.first(directive) {
                    let message = format!("\"{path}\" lies outside the manuscript folder and is left out");
                    self.report(
                        Diagnostic::new(&lints::LEFT_OUT, message),
                        range,
                        "copy it into the folder; others like it are left out too",
                    );
                }
                None
            }
        }
    }

    /// An include in program text.
    pub(super) fn include_in_code(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end().to_owned();
        let Some((directive, path)) = directive(&rest) else { return false };
        let known = matches!(directive, "#include" | "#rustdoc_include" | "#playground" | "include" | OTHER);
        // A book about mdBook shows such lines: only those that could be files are read.
        if !known || path.is_empty() || path.contains(' ') {
            return false;
        }
        let file = path.split(':').next().unwrap_or(&path).to_owned();
        let range = line.first..line.first + rest.len();
        let Some(raw) = self.read(&file, &path[file.len()..], directive, range) else { return true };
        let prefix = self.prefix();
        let asked = raw.part(lines_asked(&raw.text, &path));
        let lines: Vec<std::ops::Range<usize>> = asked.lines().collect();
        for part in lines {
            self.out.add(&prefix, self.raw, line.first);
            self.out.keep(&asked, part);
            self.out.add("\n", self.raw, line.first);
        }
        true
    }
}

/// How includes of other tools than mdBook and Quarto are called here.
const OTHER: &str = "another file";

/// The path in a line that asks for a file: `--8<-- "part.md"`, `{!part.md!}`, `!!!include(part.md)!!!`, `<<< @/part.js`,
/// `@@include(part.md)`, `:include[part.md]`, `!INCLUDE "part.md"`.
fn of_another_tool(rest: &str) -> Option<&str> {
    let between = |open: &str, close: &str| rest.strip_prefix(open)?.strip_suffix(close);
    let quoted = |open: &str| {
        let inner = rest.strip_prefix(open)?.trim();
        ['"', '\''].into_iter().find_map(|quote| inner.strip_prefix(quote)?.strip_suffix(quote))
    };
    quoted("--8<--")
        .or_else(|| quoted("!INCLUDE "))
        .or_else(|| between("{!", "!}"))
        .or_else(|| between("!!!include(", ")!!!"))
        .or_else(|| between("@@include(", ")"))
        .or_else(|| between(":include[", "]"))
        .or_else(|| rest.strip_prefix("<<< @/"))
        .map(|path| path.trim().trim_matches(['"', '\'']))
        .filter(|path| path.contains('.') && !path.contains(' '))
}

/// `![[_prices#Summer]]` alone on its line, as programs for notes show another: its path, and the part. A section of the
/// book is not shown twice.
fn of_notes(rest: &str) -> Option<(String, &str)> {
    let inner = rest.strip_prefix("![[")?.strip_suffix("]]")?;
    let target = inner.split('|').next().unwrap_or(inner);
    let (name, part) = target.split_once('#').unwrap_or((target, ""));
    let (name, last) = (name.trim(), name.trim().rsplit('/').next()?);
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    let file = match ending {
        "" => format!("{name}.md"),
        "md" | "markdown" | "qmd" => name.to_owned(),
        _ => return None,
    };
    (last.starts_with('_') && !inner.contains(['[', ']'])).then_some((file, part.trim()))
}

/// What stands under the heading of these words, or the block with this label (`^summer`).
fn part_of(text: &str, part: &str) -> Option<std::ops::Range<usize>> {
    let depth = |line: &str| line.bytes().take_while(|byte| *byte == b'#').count();
    let lines = super::rewrite::plain_lines(text);
    if part.starts_with('^') {
        let at = lines.iter().position(|line| text[line.clone()].trim_end().ends_with(part))?;
        let blank = |line: &std::ops::Range<usize>| text[line.clone()].trim().is_empty();
        let first = lines[..at].iter().rposition(blank).map_or(0, |before| before + 1);
        return Some(lines[first].start..lines[at].end);
    }
    let part = part.rsplit('#').next().unwrap_or(part).trim();
    let titled = |line: &std::ops::Range<usize>| {
        let words = text[line.clone()].trim_start_matches('#');
        let words = words.split('{').next().unwrap_or(words).trim();
        depth(&text[line.clone()]) > 0 && words.eq_ignore_ascii_case(part)
    };
    let at = lines.iter().position(titled)?;
    let level = depth(&text[lines[at].clone()]);
    let next = lines[at + 1..].iter().find(|line| (1..=level).contains(&depth(&text[(*line).clone()])));
    Some(lines[at].start..next.map_or(text.len(), |next| next.start))
}

/// A path without the lines of it that are asked for, or their names.
fn without_lines(path: &str) -> &str {
    path.split([':', '#', '{']).next().unwrap_or(path)
}

/// `{{< include path >}}` as ("include", path), `{{#include path}}` as ("#include", path).
fn directive(rest: &str) -> Option<(&str, String)> {
    if let Some(inner) = rest.strip_prefix("{{<").and_then(|rest| rest.strip_suffix(">}}")) {
        let path = inner.trim().strip_prefix("include ")?.trim();
        return Some(("include", path.trim_matches(['"', '\'']).to_owned()));
    }
    if let Some(path) = of_another_tool(rest) {
        return Some((OTHER, path.to_owned()));
    }
    let inner = rest.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    if !inner.starts_with('#') || inner.contains(['{', '}']) {
        return None;
    }
    let (name, path) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    Some((name, path.trim().to_owned()))
}

/// The lines that `file:2:10`, `file:2`, `file:anchor` ask for.
fn lines_asked(text: &str, path: &str) -> std::ops::Range<usize> {
    let mut parts = path.split(':').skip(1);
    let Some(first) = parts.next().filter(|part| !part.is_empty() || path.matches(':').count() > 1) else {
        return 0..text.len();
    };
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let start_of = |line: usize| starts.get(line).copied().unwrap_or(text.len());
    if !first.is_empty() && first.parse::<usize>().is_err() {
        let open = text.find(&format!("ANCHOR: {first}"));
        let close = text.find(&format!("ANCHOR_END: {first}"));
        let Some((open, close)) = open.zip(close).filter(|(open, close)| open < close) else { return 0..text.len() };
        let from = text[open..].find('\n').map_or(text.len(), |at| open + at + 1);
        let to = text[..close].rfind('\n').map_or(0, |at| at + 1);
        return from..to.max(from);
    }
    let from = first.parse::<usize>().unwrap_or(1).max(1) - 1;
    let to = match parts.next() {
        Some(last) => last.parse::<usize>().unwrap_or(usize::MAX),
        None => from + 1,
    };
    let start = start_of(from);
    start..start_of(to).max(start)
}
