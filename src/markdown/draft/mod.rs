//! The draft read through: a section's lines are gone through once, and a fair copy of them is written.
//!
//! Only lines are looked at here, with the lists and quotations that they stand in, and code, which is left alone. What
//! a line means is left to CommonMark and the readers after it.

mod admonitions;
mod anchors;
mod asciidoc;
mod bookdown;
mod callouts;
mod containers;
mod environments;
mod examples;
mod floats;
mod headings;
mod html;
mod includes;
mod joined;
mod labels;
mod lines;
mod markua;
mod multimarkdown;
mod paths;
mod rewrite;
mod run_on;
mod shortcodes;
mod spaces;
mod spoken;
mod tables;
mod tabs;
mod tabular;
mod tags;
mod vault;

use std::collections::BTreeMap;
use std::ops::Range;

use self::containers::Container;
pub(crate) use self::includes::{Included, Includes, NoIncludes};
use self::labels::Series;
use super::fair::{Fair, Mark};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::{Ends, Span};

/// What an indented block that reads as sentences is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Indent {
    /// Sentences behind one tab are paragraphs, with a warning; anything else is program text.
    #[default]
    Guess,
    /// Always paragraphs.
    Paragraphs,
    /// Always program text.
    Code,
}

/// Writes the fair copy of a text.
pub(super) fn fair_copy(
    raw: &Fair,
    indent: Indent,
    includes: &mut dyn Includes,
    diagnostics: &mut Diagnostics,
) -> Fair {
    let plain = spaces::after_marks(raw);
    let raw = plain.as_ref().unwrap_or(raw);
    let said = said_otherwise(raw, diagnostics);
    let raw = said.as_ref().unwrap_or(raw);
    joined::look_for_verse(raw, diagnostics);
    let mut draft = Draft::new(raw, indent, includes, diagnostics);
    draft.run();
    draft.out
}

/// What other tools write before and around their text, said as Markdown says it; `None` where there is nothing of it.
fn said_otherwise(raw: &Fair, diagnostics: &mut Diagnostics) -> Option<Fair> {
    let mut said = shortcodes::said_otherwise(raw, diagnostics);
    said = bookdown::said_otherwise(said.as_ref().unwrap_or(raw)).or(said);
    said = bookdown::labels_of_captions(said.as_ref().unwrap_or(raw)).or(said);
    said = examples::said_otherwise(said.as_ref().unwrap_or(raw)).or(said);
    said = vault::said_otherwise(said.as_ref().unwrap_or(raw)).or(said);
    said = multimarkdown::said_otherwise(said.as_ref().unwrap_or(raw)).or(said);
    said = anchors::said_otherwise(said.as_ref().unwrap_or(raw)).or(said);
    said = environments::said_otherwise(said.as_ref().unwrap_or(raw), diagnostics).or(said);
    said = markua::said_otherwise(said.as_ref().unwrap_or(raw), diagnostics).or(said);
    said
}

/// What holds while a text is gone through.
struct Draft<'a> {
    raw: &'a Fair,
    out: Fair,
    /// Where the next line begins.
    at: usize,
    /// The lists and quotations that the line stands in.
    containers: Vec<Container>,
    /// Whether the line before was text that this one may go on.
    para: bool,
    /// Whether the line before was blank, or there is none.
    after_blank: bool,
    /// Whether the line before was a mark of an element, so that an indent is only its layout.
    after_mark: bool,
    /// The fence that is open: its sign, its length, where it stands.
    fence: Option<CodeFence>,
    /// Below program text with callouts: the last of them that was explained.
    explained: Option<u32>,
    /// Fences that stand for blocks (MyST), the innermost last.
    directives: Vec<(char, usize)>,
    /// Elements whose tags are words of a sentence.
    spoken: Vec<String>,
    /// How many HTML elements are open.
    elements: usize,
    /// Lettered lists, as far as they have come.
    series: Vec<Series>,
    /// The list of the last item.
    items: Option<Series>,
    /// The mark of the line before, if it looked like one of a list that CommonMark does not see.
    run_on: Option<run_on::Mark>,
    /// Whether the sections are appendices from here on.
    appendices: bool,
    /// The last year that was an item.
    years: Option<u64>,
    /// How far code goes that began on a line before.
    code_end: usize,
    /// Whether the line stands between two versions of a text.
    merging: bool,
    /// How many files stand around this one.
    depth: usize,
    /// Numbers of examples by their names, and how many were counted.
    examples: BTreeMap<String, u64>,
    counted: u64,
    /// A label or attributes on a line of their own, for the heading or picture that follows.
    pending: Option<Range<usize>>,
    /// What a line above a fence says of its program text, and where it is written.
    listing: Option<(markua::Listing, usize)>,
    indent: Indent,
    /// Whether tabs stand before program text here.
    tabs_are_code: bool,
    /// What is said once a file.
    told: Vec<&'static str>,
    /// Where elements and comments end.
    ends: Ends,
    includes: &'a mut dyn Includes,
    diagnostics: &'a mut Diagnostics,
}

/// A fence of program text that is open.
#[derive(Clone, Copy, Debug)]
struct CodeFence {
    sign: char,
    length: usize,
    /// In how many containers it stands.
    depth: usize,
    /// The last number that it calls out, if a list below it explains them.
    callouts: Option<u32>,
    /// Where it was opened.
    start: usize,
    end: usize,
}

/// A line: where it ends, where its matter begins after the lists and quotations around it.
#[derive(Clone, Debug)]
struct Line {
    start: usize,
    end: usize,
    /// After the containers' signs.
    content: usize,
    /// The first letter that is no space; `end` for a blank line.
    first: usize,
    /// How many columns of space stand before it.
    indent: usize,
    /// What stands instead of the containers' signs, where labels were rewritten.
    lead: Option<Fair>,
    /// Whether a mark of a list or quotation begins here.
    opens: bool,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.first == self.end
    }
}

impl<'a> Draft<'a> {
    fn new(
        raw: &'a Fair,
        indent: Indent,
        includes: &'a mut dyn Includes,
        diagnostics: &'a mut Diagnostics,
    ) -> Draft<'a> {
        let examples = labels::examples(&raw.text);
        Draft {
            raw,
            out: Fair::default(),
            at: 0,
            containers: Vec::new(),
            para: false,
            after_blank: true,
            after_mark: false,
            fence: None,
            explained: None,
            directives: Vec::new(),
            spoken: Vec::new(),
            elements: 0,
            series: Vec::new(),
            items: None,
            run_on: None,
            appendices: false,
            years: None,
            code_end: 0,
            merging: false,
            depth: 0,
            examples,
            counted: 0,
            pending: None,
            listing: None,
            indent,
            tabs_are_code: indent == Indent::Guess && raw.text.contains('\t') && tabs::are_code(&raw.text),
            told: Vec::new(),
            ends: Ends::default(),
            includes,
            diagnostics,
        }
    }

    /// The fair copy of a text that stands in this one: an included file, the matter of a box.
    fn nested(&mut self, raw: &Fair) -> Fair {
        let mut inner = Draft::new(raw, self.indent, &mut *self.includes, &mut *self.diagnostics);
        inner.depth = self.depth + 1;
        inner.told = std::mem::take(&mut self.told);
        inner.run();
        self.told = inner.told;
        inner.out
    }

    fn run(&mut self) {
        while self.at < self.raw.text.len() {
            let line = self.open_line();
            self.at = (line.end + 1).min(self.raw.text.len());
            self.line(line);
        }
        if let Some(fence) = self.fence {
            self.report(
                Diagnostic::new(&lints::UNCLOSED_FENCE, "this fence of program text never ends"),
                fence.start..fence.end,
                "close it with a line of its own, with the same signs",
            );
        }
    }

    /// Decides what a line is, and writes it.
    fn line(&mut self, line: Line) {
        if self.fence.is_some() {
            return self.code_line(&line);
        }
        if self.is_of_a_merge(&line) {
            return self.mark(&line, Mark::Nothing, line.first..line.end);
        }
        if line.is_blank() {
            self.copy(&line);
            return self.blank();
        }
        if line.indent >= 4 && !self.para && !line.opens && !self.is_layout(&line) {
            return self.indented(&line);
        }
        let rest = &self.raw.text[line.first..line.end];
        if line.indent < 4 || self.is_layout(&line) {
            if self.closes_directive(&line) {
                return;
            }
            if let Some(sign) = rest.chars().next().filter(|sign| "`~".contains(*sign))
                && let Some(length) = fence_length(rest, sign)
            {
                return self.open_fence(&line, sign, length);
            }
            if rest.starts_with(":::") {
                return self.colons(&line);
            }
            if self.explained.is_some() && self.explains(&line) {
                return;
            }
            if self.special(&line) {
                return;
            }
        }
        let abbreviation = self.para && rest.starts_with("*[") && rest.contains("]: ");
        if abbreviation || self.ends_table(&line) {
            let prefix = self.prefix();
            self.out.add(&format!("{prefix}\n"), self.raw, line.start);
            self.blank();
        }
        self.text(line);
    }

    /// Whether a line is one that git writes around two versions which it could not merge; it is said at the first.
    fn is_of_a_merge(&mut self, line: &Line) -> bool {
        let words = &self.raw.text[line.start..line.end];
        let is = |sign: char| words.len() >= 7 && words.chars().take(7).all(|letter| letter == sign);
        let named = words.as_bytes().get(7).is_none_or(|byte| *byte == b' ');
        if is('<') && named && self.raw.text[line.end..].contains("\n>>>>>>>") {
            self.merging = true;
            self.report(
                Diagnostic::new(&lints::FOREIGN_MARKUP, "two versions of a text stand here, which git could not merge"),
                line.start..line.end,
                "keep one of the two, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>",
            );
            return true;
        }
        let parts = self.merging && (is('=') && words.trim_end().len() == 7 || named && (is('|') || is('>')));
        self.merging &= !(parts && is('>'));
        parts
    }

    /// Whether the indent of a line is only that of the element it stands in.
    fn is_layout(&self, line: &Line) -> bool {
        let rest = &self.raw.text[line.first..line.end];
        self.elements > 0 && (self.after_mark || html::begins_with_element(rest))
    }

    fn blank(&mut self) {
        self.para = false;
        self.after_blank = true;
        self.after_mark = false;
    }

    /// A line as it stands.
    fn copy(&mut self, line: &Line) {
        self.lead(line);
        self.out.keep(self.raw, line.content..line.end);
        self.newline(line.end);
    }

    /// What stands before a line's matter.
    fn lead(&mut self, line: &Line) {
        match &line.lead {
            Some(lead) => self.out.append(lead.clone()),
            None => self.out.keep(self.raw, line.start..line.content),
        }
    }

    fn newline(&mut self, end: usize) {
        if end < self.raw.text.len() {
            self.out.keep(self.raw, end..end + 1);
        } else {
            self.out.add("\n", self.raw, end);
        }
    }

    /// A line of its own that stands for something. `range` is where that was written.
    fn mark(&mut self, line: &Line, mark: Mark, range: Range<usize>) {
        self.lead(line);
        self.stars(mark, range);
        self.newline(line.end);
        self.marked();
    }

    fn marked(&mut self) {
        self.para = false;
        self.after_blank = true;
        self.after_mark = true;
    }

    /// The three stars, which stand where `range` stands.
    fn stars(&mut self, mark: Mark, range: Range<usize>) {
        self.out.marks.insert(self.out.text.len(), mark);
        // The first star and the last are the first and the last letter, so that the place is that of the whole.
        let whole = self.raw.span(range.clone());
        self.out.stars(whole, self.raw, range.start);
    }

    fn span(&self, range: Range<usize>) -> Option<Span> {
        self.raw.span(range)
    }

    fn report(&mut self, diagnostic: Diagnostic, range: Range<usize>, hint: &str) {
        let span = self.span(range);
        self.diagnostics.report(diagnostic.at(span).hint(hint));
    }

    /// Says something once in this text.
    fn report_once(&mut self, what: &'static str, diagnostic: Diagnostic, range: Range<usize>, hint: &str) {
        if !self.told.contains(&what) {
            self.told.push(what);
            self.report(diagnostic, range, hint);
        }
    }

    /// The line after `line`, if there is one: its bytes.
    fn next_line(&self, end: usize) -> Option<Range<usize>> {
        let start = end + 1;
        if start >= self.raw.text.len() {
            return None;
        }
        let end = self.raw.text[start..].find('\n').map_or(self.raw.text.len(), |length| start + length);
        Some(start..end)
    }
}

/// How long a fence of program text is that a line opens.
fn fence_length(rest: &str, sign: char) -> Option<usize> {
    let after = rest.trim_start_matches(sign);
    let length = rest.len() - after.len();
    let cell =
        after.starts_with('{') && after.trim_end().ends_with('}') && after.matches('`').count().is_multiple_of(2);
    (length >= 3 && (cell || !(sign == '`' && after.contains('`')))).then_some(length)
}

/// A rule: three or more of a sign with nothing but spaces between.
fn is_rule(rest: &str) -> bool {
    let Some(sign) = rest.chars().next().filter(|sign| "-*_".contains(*sign)) else { return false };
    rest.chars().all(|letter| letter == sign || letter == ' ' || letter == '\t')
        && rest.chars().filter(|letter| *letter == sign).count() >= 3
}
