//! Headings as other tools write them, written as CommonMark has them.

use std::ops::Range;

use super::{Draft, Line};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::fair::Mark;

impl Draft<'_> {
    pub(super) fn heading(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        let level = rest.len() - rest.trim_start_matches('#').len();
        let after = &rest[level..];
        if level > 6 {
            return false;
        }
        // "# #" is a heading without words too, its second sign the end of it.
        let closing = after.trim_start_matches([' ', '\t']);
        if after.is_empty() || closing.len() < after.len() && closing.bytes().all(|byte| byte == b'#') {
            // Signs alone are the mark of a break between scenes.
            self.mark(line, Mark::Ornament, line.first..line.first + level);
            return true;
        }
        if !after.starts_with([' ', '\t']) {
            return self.heading_without_space(line, level);
        }
        if level == 1 && closing.starts_with("(APPENDIX)") && self.opens_appendices(line, line.first + rest.len()) {
            return true;
        }
        if holds_a_comment_only(after) {
            let range = line.first..line.first + rest.len();
            let said = Diagnostic::new(&lints::SUSPECT_MARKUP, "this heading holds only a comment and is left out");
            self.report(said, range.clone(), "write the comment without the signs before it, or words after them");
            self.mark(line, Mark::Nothing, range);
            return true;
        }
        if closing.len() < after.len() && holds_attributes_only(closing) {
            let range = line.first..line.first + rest.len();
            let said = Diagnostic::new(&lints::SUSPECT_MARKUP, "a heading without words is left out");
            let hint = "readers' tools list it by its words: write some before the braces, or take the line out";
            self.report(said, range.clone(), hint);
            self.mark(line, Mark::Nothing, range);
            return true;
        }
        let mut end = line.first + rest.len();
        // A heading is one line. Where a line follows, a backslash was meant to break it; else it is one of its letters.
        let broken = rest.ends_with(" \\") || rest.ends_with('\\') && !rest.ends_with("\\\\") && level + 2 < rest.len();
        let follows = self.next_line(line.end).is_some_and(|next| !self.raw.text[next].trim().is_empty());
        if broken && follows {
            self.report(
                Diagnostic::new(&lints::SUSPECT_MARKUP, "a heading ends with its line: this backslash breaks nothing"),
                end - 1..end,
                "write both lines as one, with <br> where the line should break",
            );
            end -= 1;
        }
        self.lead(line);
        self.out.keep(self.raw, line.content..line.first + level);
        self.title(level, line.first + level..end);
        self.newline(line.end);
        self.blank();
        true
    }

    /// `#Title`.
    fn heading_without_space(&mut self, line: &Line, level: usize) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        let words = &rest[level..];
        let first = words.chars().next().unwrap_or(' ');
        let alone = self.next_line(line.end).is_none_or(|next| self.raw.text[next].trim().is_empty());
        let title = (first.is_uppercase() || level > 1 && first.is_alphanumeric()) && words.chars().count() < 90;
        // One sign before text may be a word of a network (#MeToo), two are none.
        if self.para || !alone && level == 1 || !title {
            return false;
        }
        self.report(
            Diagnostic::new(&lints::SUSPECT_MARKUP, "a heading has a space after its signs"),
            line.first..line.first + rest.len(),
            "write # Title, or \\# for a sign that is meant",
        );
        self.lead(line);
        self.out.keep(self.raw, line.content..line.first + level);
        self.out.add(" ", self.raw, line.first + level);
        self.title(level, line.first + level..line.first + rest.len());
        self.newline(line.end);
        self.blank();
        true
    }

    /// bookdown's mark before its appendices, `# (APPENDIX) Appendix {-}`: no section, but what the ones below it are.
    fn opens_appendices(&mut self, line: &Line, end: usize) -> bool {
        let below = self.raw.text[line.end..].lines().find(|below| !below.trim().is_empty());
        if !below.is_some_and(|below| below.starts_with("# ")) {
            return false;
        }
        self.report(
            Diagnostic::new(
                &lints::SUSPECT_MARKUP,
                "the sections below are appendices; this heading itself is left out",
            ),
            line.first..end,
            "in a file of its own an appendix has `kind: appendix` between --- lines at its head",
        );
        self.appendices = true;
        self.blank();
        true
    }

    /// The words of a heading: without signs before its braces, with a label that stood on a line before.
    fn title(&mut self, level: usize, words: Range<usize>) {
        let Range { start, end } = words;
        let words = self.raw.text[start..end].to_owned();
        let braces = words.ends_with('}').then(|| words.rfind('{')).flatten().filter(|at| {
            let inner = words[at + 1..words.len() - 1].trim_start();
            inner.starts_with(['#', '.', '-']) || inner.contains('=') || inner == "unnumbered"
        });
        let title = &words[..braces.unwrap_or(words.len())];
        let bare = title.trim_end();
        let unsigned = bare.trim_end_matches('#');
        let closed = unsigned.len() < bare.len() && (unsigned.ends_with([' ', '\t']) || unsigned.is_empty());
        let whole = &self.raw.text[start..end];
        let marked = whole.contains("(PART") || whole.contains("(APPENDIX)");
        let unclosed = !closed || braces.is_none();
        let appendix = self.appendices && level == 1;
        if self.pending.is_none() && unclosed && !marked && !appendix {
            // As it stands, so that its braces keep their place.
            self.out.keep(self.raw, start..end);
            return;
        }
        let mut from = start;
        let mut to = start + if closed && braces.is_some() { unsigned.trim_end().len() } else { bare.len() };
        let part = ["(PART*)", "(PART\\*)", "(PART)", "(APPENDIX)"]
            .into_iter()
            .find(|word| self.raw.text[from..to].trim_start().starts_with(word));
        if let Some(word) = part {
            let lead = self.raw.text[from..to].len() - self.raw.text[from..to].trim_start().len();
            self.out.keep(self.raw, from..from + lead);
            from += lead + word.len();
            let gap = self.raw.text[from..to].len() - self.raw.text[from..to].trim_start().len();
            from += gap;
        }
        to = to.max(from);
        self.out.keep(self.raw, from..to);
        let pending = self.pending.take();
        let class = match part {
            Some("(APPENDIX)") => ".appendix",
            Some(_) => ".part",
            None if appendix => ".appendix",
            None => "",
        };
        if braces.is_none() && pending.is_none() && class.is_empty() {
            return;
        }
        self.out.add(" {", self.raw, to.min(end.saturating_sub(1)));
        if let Some(at) = braces {
            self.out.keep(self.raw, start + at + 1..end - 1);
        }
        if let Some(range) = pending {
            let written = &self.raw.text[range.clone()];
            let sign = if written.starts_with(['#', '.']) || written.contains('=') { " " } else { " #" };
            self.out.add(sign, self.raw, range.start);
            self.out.keep(self.raw, range);
        }
        if !class.is_empty() {
            self.out.add(&format!(" {class}"), self.raw, from.min(end - 1));
        }
        self.out.add("}", self.raw, end - 1);
    }
}

/// Whether nothing but braces stands behind the signs of a heading.
fn holds_attributes_only(words: &str) -> bool {
    let inner = words.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
    inner.is_some_and(|inner| inner.starts_with(['#', '.', '-']) && !inner.contains(['{', '}']))
}

/// Whether nothing but comments stands in a heading, braces after them or not.
fn holds_a_comment_only(words: &str) -> bool {
    let mut rest = words.trim();
    if let Some((before, _)) = rest.strip_suffix('}').and_then(|inner| inner.rsplit_once('{')) {
        rest = before.trim_end();
    }
    let some = !rest.is_empty();
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|inner| inner.split_once("-->")) {
        rest = after.trim_start();
    }
    some && rest.is_empty()
}
