//! Lines that are no text: program text, fences of colons, and what stands alone on its line.

use std::ops::Range;

use super::{CodeFence, Draft, Line, bookdown, fence_length, markua};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::fair::{Fair, Lines, Mark};

/// MyST's directives that are boxes, and the class of each here.
const DIRECTIVES: &[(&str, &str)] = &[
    ("note", "note"),
    ("tip", "tip"),
    ("hint", "tip"),
    ("important", "important"),
    ("warning", "warning"),
    ("danger", "warning"),
    ("error", "warning"),
    ("attention", "important"),
    ("caution", "caution"),
    ("seealso", "note"),
    ("admonition", "box"),
    ("topic", "box"),
    ("sidebar", "box"),
    ("epigraph", "epigraph"),
    ("pull-quote", "pullquote"),
    ("verse", "verse"),
    ("margin", "margin"),
    ("aside", "margin"),
    ("card", "box"),
    ("grid-item-card", "box"),
    ("dropdown", "box"),
    ("tab-item", "box"),
    ("exercise", "box"),
    ("solution", "box"),
    ("grid", "columns"),
    ("grid-item", "column"),
    ("tab-set", "tabset"),
    ("versionadded", "note"),
    ("versionchanged", "note"),
    ("deprecated", "warning"),
    ("glossary", "column"),
    ("theorem", "box"),
    ("lemma", "box"),
    ("corollary", "box"),
    ("definition", "box"),
    ("axiom", "box"),
    ("proof", "box"),
    ("example", "box"),
    ("remark", "box"),
    ("algorithm", "box"),
];

impl Draft<'_> {
    /// How far code goes that began on a line before.
    pub(super) fn code_ends(&self, at: usize) -> usize {
        self.code_end.max(at)
    }

    pub(super) fn code_until(&mut self, at: usize) {
        self.code_end = at;
    }

    pub(super) fn open_fence(&mut self, line: &Line, sign: char, length: usize) {
        let rest = &self.raw.text[line.first..line.end];
        let info = rest[length..].trim();
        if let Some(name) = info.strip_prefix('{').and_then(|inner| inner.find('}').map(|end| &inner[..end])) {
            let after = info[name.len() + 2..].trim().to_owned();
            if self.directive(line, sign, length, name, &after) {
                return;
            }
        }
        let callouts = self.is_called_out(sign, length).then_some(0);
        self.fence = Some(CodeFence {
            sign,
            length,
            depth: self.containers.len(),
            callouts,
            start: line.first,
            end: line.first + rest.trim_end().len(),
        });
        if let Some((listing, place)) = self.listing.take().filter(|_| info.is_empty()) {
            self.lead(line);
            // It begins where the braces stand.
            let signs = &self.raw.text[line.content..line.first + length];
            self.out.add(&format!("{signs} {{{}", listing.said), self.raw, place);
            if let Some(caption) = listing.caption {
                self.out.add(" caption=\"", self.raw, place);
                self.out.keep(self.raw, place + 1 + caption.start..place + 1 + caption.end);
                self.out.add("\"", self.raw, place);
            }
            self.out.add("}", self.raw, place);
            self.newline(line.end);
        } else if sign == '`' && rest[length..].contains('`') {
            // A caption in the braces of a cell may hold code, which CommonMark takes for the end of the fence.
            let info = rest[length..].replace('`', "'");
            self.lead(line);
            self.out.keep(self.raw, line.content..line.first + length);
            self.out.add(&info, self.raw, line.first + length);
            self.newline(line.end);
        } else {
            self.copy(line);
        }
        self.para = false;
        self.after_blank = true;
        self.after_mark = false;
    }

    /// A fence that stands for a block; `false` if it is program text after all.
    fn directive(&mut self, line: &Line, sign: char, length: usize, name: &str, title: &str) -> bool {
        if let Some(attributes) = bookdown::block(name) {
            self.directives.push((sign, length));
            self.mark(line, Mark::Div(attributes), line.first..line.end);
            return true;
        }
        if let Some(format) = name.strip_prefix('=') {
            self.of_a_format(line, sign, length, format);
            return true;
        }
        let name = name.strip_prefix("prf:").unwrap_or(name);
        if let Some((_, class)) = DIRECTIVES.iter().find(|(known, _)| *known == name) {
            let options = self.options();
            // An admonition says its kind by a class.
            let said = options.iter().find(|(key, _)| key == "class").map(|(_, value)| value.as_str());
            let kinds = ["note", "tip", "important", "warning", "caution"];
            let own = said.and_then(|said| said.split_whitespace().find(|word| kinds.contains(word)));
            let mut written = format!(".{}", own.filter(|_| name == "admonition").unwrap_or(class));
            let title = options.iter().find(|(key, _)| key == "title").map_or(title, |(_, value)| value);
            if !title.is_empty() {
                written.push_str(&format!(" title=\"{}\"", title.replace('"', "”")));
            }
            if let Some((_, label)) = options.iter().find(|(key, _)| matches!(key.as_str(), "name" | "label")) {
                written.push_str(&format!(" #{label}"));
            }
            self.directives.push((sign, length));
            self.mark(line, Mark::Div(format!("{{{written}}}")), line.first..line.end);
            return true;
        }
        match name {
            "figure" | "image" => {
                self.figure_directive(line, sign, length, title);
                true
            }
            "include" if !title.is_empty() => {
                self.options();
                self.skip_to_fence(sign, length);
                self.include_alone(line, title, line.first..line.end);
                true
            }
            "table" => {
                self.directives.push((sign, length));
                self.table_directive(line, title);
                true
            }
            "toctree" | "contents" | "tableofcontents" => {
                self.report(
                    Diagnostic::new(&lints::SUSPECT_MARKUP, "the contents page is made by itself"),
                    line.first..line.end,
                    "say what it holds in metadata.yaml: `contents: {depth: 2}`",
                );
                self.skip_to_fence(sign, length);
                self.blank();
                true
            }
            "code-block" | "code" | "sourcecode" | "code-cell" => {
                let options = self.options();
                let rest = line.first..line.end;
                let callouts = self.is_called_out(sign, length).then_some(0);
                let depth = self.containers.len();
                self.fence = Some(CodeFence { sign, length, depth, callouts, start: rest.start, end: rest.end });
                self.lead(line);
                self.out.keep(self.raw, line.content..line.first + length);
                self.out.add(&format!("{title}{}", listing(&options)), self.raw, line.first);
                self.newline(line.end);
                self.para = false;
                true
            }
            "eval-rst" | "math" | "csv-table" | "list-table" | "only" | "raw" | "bibliography" | "index"
            | "doctest" | "literalinclude" => self.unknown_directive(line, sign, length, name),
            // What stands behind the braces tells it from the cell of another tool.
            _ if !title.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-:_".contains(c)) => {
                self.unknown_directive(line, sign, length, name)
            }
            _ => false,
        }
    }

    /// `{=latex}`: what pandoc puts into one of its outputs as it stands. What is written for pages or for the web is read,
    /// and shown where it was meant for; what other programs would have had is left out.
    fn of_a_format(&mut self, line: &Line, sign: char, length: usize, format: &str) {
        if let Some(condition) = crate::markdown::conditions::of_raw(format) {
            self.directives.push((sign, length));
            self.mark(line, Mark::Div(format!("{{{condition}}}")), line.first..line.end);
            return;
        }
        let inside = self.skip_to_fence(sign, length);
        let range = line.first..inside.end.max(line.end).min(self.raw.text.len());
        let message = format!("what is written for {format} alone is left out");
        let hint = "recto makes PDF, EPUB and a web edition: write the passage in Markdown if it belongs there";
        self.report(Diagnostic::new(&lints::LEFT_OUT, message), range.clone(), hint);
        self.mark(line, Mark::Nothing, range);
    }

    fn unknown_directive(&mut self, line: &Line, sign: char, length: usize, name: &str) -> bool {
        let message = format!("the directive \"{name}\" is not understood");
        self.report(
            Diagnostic::new(&lints::FOREIGN_MARKUP, message),
            line.first..line.end,
            "write its matter in Markdown, or leave it out",
        );
        self.skip_to_fence(sign, length);
        true
    }

    /// MyST's table: a caption, the table below it.
    fn table_directive(&mut self, line: &Line, title: &str) {
        let options = self.options();
        let label = options.iter().find(|(key, _)| matches!(key.as_str(), "name" | "label"));
        let label = label.map(|(_, label)| format!(" {{#{label}}}")).unwrap_or_default();
        self.mark(line, Mark::Div("{.column}".to_owned()), line.first..line.end);
        if !title.is_empty() || !label.is_empty() {
            let prefix = self.prefix();
            let found = self.raw.text[line.first..line.end].rfind(title).unwrap_or(0);
            let place = line.first + found..line.first + found + title.len();
            self.out.add(&format!("{prefix}\n{prefix}Table: "), self.raw, line.first);
            self.out.keep(self.raw, place.clone());
            self.out.add(&format!("{label}\n{prefix}\n"), self.raw, place.end.saturating_sub(1));
        }
    }

    /// Where the lines end that hold options of a directive between two lines of `---`.
    fn options_in_yaml(&self) -> Option<usize> {
        let rest = &self.raw.text[self.at..];
        let mut length = 0;
        for (index, line) in rest.split_inclusive('\n').enumerate() {
            length += line.len();
            match line.trim() {
                "---" if index == 0 => {}
                "---" => return Some(self.at + length),
                words if index > 0 && words.contains(':') => {}
                _ => return None,
            }
        }
        None
    }

    /// Lines `:key: value` after the opening of a directive, or YAML there.
    fn options(&mut self) -> Vec<(String, String)> {
        let mut options = Vec::new();
        if let Some(end) = self.options_in_yaml() {
            let block = &self.raw.text[self.at..end];
            let said = block.lines().filter_map(|line| line.trim().split_once(':'));
            options.extend(said.map(|(key, value)| {
                (key.trim().to_ascii_lowercase(), value.trim().trim_matches(['"', '\'']).to_owned())
            }));
            self.at = end;
        }
        loop {
            let start = self.at;
            if start >= self.raw.text.len() {
                return options;
            }
            let end = self.raw.text[start..].find('\n').map_or(self.raw.text.len(), |length| start + length);
            let words = self.raw.text[start..end].trim();
            let Some((key, value)) = words.strip_prefix(':').and_then(|rest| rest.split_once(':')) else {
                return options;
            };
            if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
                return options;
            }
            options.push((key.to_ascii_lowercase(), value.trim().to_owned()));
            self.at = (end + 1).min(self.raw.text.len());
        }
    }

    /// The lines up to the closing fence, which is passed.
    fn skip_to_fence(&mut self, sign: char, length: usize) -> Range<usize> {
        let start = self.at;
        while self.at < self.raw.text.len() {
            let from = self.at;
            let end = self.raw.text[from..].find('\n').map_or(self.raw.text.len(), |length| from + length);
            self.at = (end + 1).min(self.raw.text.len());
            let words = self.raw.text[from..end].trim();
            if words.len() >= length && words.chars().all(|c| c == sign) {
                return start..from;
            }
        }
        start..self.raw.text.len()
    }

    /// MyST's figure: a picture, its caption below.
    fn figure_directive(&mut self, line: &Line, sign: char, length: usize, path: &str) {
        let options = self.options();
        let inside = self.skip_to_fence(sign, length);
        let get = |name: &str| options.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let prefix = self.prefix();
        let mut said: Vec<String> = get("name").or(get("label")).map(|label| format!("#{label}")).into_iter().collect();
        for side in ["width", "height"] {
            said.extend(get(side).map(|length| format!("{side}={length}")));
        }
        let label = if said.is_empty() { String::new() } else { format!("{{{}}}", said.join(" ")) };
        self.lead(line);
        let alt = get("alt").unwrap_or("").replace(['[', ']'], "");
        self.out.add(&format!("![{alt}](<{path}>){label}\n{prefix}\n"), self.raw, line.first);
        let caption = self.raw.text[inside.clone()].trim();
        if !caption.is_empty() {
            self.out.add(&format!("{prefix}Figure: "), self.raw, inside.start);
            let mut first = true;
            let lines: Vec<Range<usize>> = self.raw.part(inside.clone()).lines().collect();
            for part in lines {
                let part = inside.start + part.start..inside.start + part.end;
                if !first {
                    self.out.add(&prefix, self.raw, part.start);
                }
                let words = &self.raw.text[part.clone()];
                if first && words.trim().is_empty() {
                    continue;
                }
                first = false;
                self.out.keep(self.raw, part.end - words.trim_start().len()..part.end);
                self.newline(part.end);
            }
            self.out.add(&format!("{prefix}\n"), self.raw, inside.end);
        }
        self.blank();
    }

    pub(super) fn code_line(&mut self, line: &Line) {
        let Some(fence) = self.fence else { return };
        let rest = self.raw.text[line.first..line.end].trim_end();
        let closes = line.indent < 4 && rest.len() >= fence.length && rest.chars().all(|c| c == fence.sign);
        if closes {
            self.fence = None;
            self.explained = fence.callouts.map(|_| 0);
            self.after_blank = true;
        } else if fence.callouts.is_some() && self.called_out(line) || self.include_in_code(line) {
            return;
        }
        self.copy(line);
    }

    /// A line that is indented as program text is. Sentences behind one tab are paragraphs.
    pub(super) fn indented(&mut self, line: &Line) {
        if self.indent == super::Indent::Code || !self.is_prose(line) {
            let words = self.raw.text[line.first..line.end].trim_end();
            let spaces = self.raw.text[line.content..line.first].bytes().all(|byte| byte == b' ');
            if self.indent == super::Indent::Guess
                && spaces
                && self.after_blank
                && words.len() > 40
                && reads_as_sentences(words)
            {
                let message = "four spaces before a paragraph make program text of it";
                self.report_once(
                    "spaces",
                    Diagnostic::new(&lints::SUSPECT_MARKUP, message),
                    line.first..line.end,
                    "take the spaces out, or say `indent: paragraphs` (or `code`) in the front matter",
                );
            }
            self.copy(line);
            self.after_mark = false;
            return;
        }
        if self.indent == super::Indent::Guess {
            let message = "paragraphs that begin with a tab are program text in Markdown; they are set as paragraphs";
            self.report_once(
                "tab",
                Diagnostic::new(&lints::SUSPECT_MARKUP, message),
                line.first..line.end,
                "take the tabs out, or say `indent: paragraphs` (or `code`) in the front matter",
            );
        }
        let line = Line { content: line.first, ..line.clone() };
        self.lead_without_indent(&line);
        let line = Line { start: line.first, content: line.first, indent: 0, lead: None, ..line };
        self.text(line);
    }

    fn lead_without_indent(&mut self, line: &Line) {
        let prefix = self.prefix();
        self.out.add(&prefix, self.raw, line.first);
    }

    /// Whether an indented line stands alone behind one tab, and reads as sentences.
    fn is_prose(&self, line: &Line) -> bool {
        let text = &self.raw.text;
        let gap = &text[line.content..line.first];
        let words = text[line.first..line.end].trim_end();
        let always = self.indent == super::Indent::Paragraphs;
        if always {
            return true;
        }
        gap == "\t" && self.after_blank && !self.tabs_are_code && reads_as_sentences(words)
    }

    /// A line of colons.
    pub(super) fn colons(&mut self, line: &Line) {
        let rest = &self.raw.text[line.first..line.end];
        let count = rest.len() - rest.trim_start_matches(':').len();
        let after = rest[count..].trim();
        let written = after.trim_end_matches(':').trim_end().to_owned();
        let range = line.first..line.first + rest.trim_end().len();
        if written.is_empty() {
            return self.mark(line, Mark::DivEnd, range);
        }
        let class = written.trim_start_matches('{').trim_start_matches(['.', ' ']);
        let name: String = class.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
        // MyST's way: `:::{note} Title`.
        let myst = written.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        if let Some((directive, title)) = myst.filter(|(word, _)| word.chars().all(|c| c.is_alphanumeric() || c == '-'))
        {
            let (directive, title) = (directive.to_owned(), title.trim().to_owned());
            if matches!(directive.as_str(), "figure" | "image") {
                self.figure_directive(line, ':', count, &title);
                return;
            }
            if directive == "table" {
                return self.table_directive(line, &title);
            }
            let directive = directive.as_str();
            // A grid says how many columns it has, which means nothing below each other.
            let title = if directive == "grid" { "" } else { title.as_str() };
            let known = DIRECTIVES.iter().find(|(known, _)| *known == directive).map_or(directive, |(_, class)| class);
            let mut made = format!(".{known}");
            if !title.trim().is_empty() {
                made.push_str(&format!(" title=\"{}\"", title.trim().replace('"', "”")));
            }
            for (key, value) in self.options() {
                if matches!(key.as_str(), "name" | "label") {
                    made.push_str(&format!(" #{value}"));
                }
            }
            return self.mark(line, Mark::Div(format!("{{{made}}}")), range);
        }
        if matches!(name.as_str(), "verse" | "line-block") {
            let matter = self.lines_of_div(line);
            return self.mark(line, Mark::Lines(Lines::Verse(written), matter), range);
        }
        self.mark(line, Mark::Div(written), range);
    }

    /// The lines of a block of colons that keeps its lines, without what stands before them.
    fn lines_of_div(&mut self, line: &Line) -> Fair {
        let mut matter = Fair::default();
        while self.at < self.raw.text.len() {
            let start = self.at;
            let end = self.raw.text[start..].find('\n').map_or(self.raw.text.len(), |length| start + length);
            self.at = (end + 1).min(self.raw.text.len());
            let content = self.within(start, end);
            let words = &self.raw.text[content..end];
            let bare = words.trim();
            if bare.len() >= 3 && bare.chars().all(|c| c == ':') {
                return matter;
            }
            matter.keep(self.raw, content..end);
            matter.add("\n", self.raw, end);
        }
        self.report(
            Diagnostic::new(&lints::UNCLOSED_DIV, "this \":::\" block never ends"),
            line.first..line.end,
            "close it with a line of its own: :::",
        );
        matter
    }

    /// Where the matter of a line begins, in the containers that are open.
    pub(super) fn within(&self, start: usize, end: usize) -> usize {
        let text = &self.raw.text;
        let mut at = start;
        for container in &self.containers {
            match container {
                super::Container::Quote => {
                    let rest = &text[at..end];
                    let trimmed = rest.trim_start_matches([' ', '\t']);
                    if let Some(after) = trimmed.strip_prefix('>') {
                        at = end - after.strip_prefix(' ').unwrap_or(after).len();
                    }
                }
                super::Container::Item { column } => {
                    while at < end && at - start < *column && matches!(text.as_bytes()[at], b' ' | b'\t') {
                        at += 1;
                    }
                }
            }
        }
        at
    }

    /// A fence that closes a block; `true` if it does.
    pub(super) fn closes_directive(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        let Some((sign, length)) = self.directives.last().copied() else { return false };
        if rest.len() < length || !rest.chars().all(|c| c == sign) {
            return false;
        }
        self.directives.pop();
        self.mark(line, Mark::DivEnd, line.first..line.end);
        true
    }

    /// What stands alone on its line and is no text; `true` if it was written.
    pub(super) fn special(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        let sign = rest.chars().next().unwrap_or(' ');
        if matches!(sign, '-' | '!' | ':' | '<' | '@') && self.include(line, rest) {
            return true;
        }
        if line.opens && self.contents_of_kramdown(line) {
            return true;
        }
        if matches!(sign, '[' | '.') && self.block_of_asciidoc(line) {
            return true;
        }
        match sign {
            '#' => self.heading(line),
            '+' => self.grid(line) || self.cell_break(line),
            '!' | '?' => self.admonition(line),
            '-' | '=' => self.double_ruled(line) || self.underline(line) || self.drawn(line) || self.admonition(line),
            '|' => self.between_bars(line) || self.lines_of_bars(line) || self.bars(line),
            '{' => self.braces(line),
            '(' => self.target(line),
            'A'..='Z' if rest[1..].starts_with('>') => self.aside(line),
            _ => self.drawn(line) || self.bars(line),
        }
    }

    /// A blank line before what runs on from the line above, and is none of its text: the definition of a link, and at the
    /// end of an extract who said it.
    pub(super) fn stands_apart(&mut self, line: &Line) {
        if !self.para || line.opens || line.indent > 3 {
            return;
        }
        let rest = self.raw.text[line.first..line.end].trim_end();
        let in_a_quote = matches!(self.containers.last(), Some(super::Container::Quote));
        let said_by = in_a_quote && self.ends_the_quote(line.end) && is_attribution(rest);
        let broken = self.out.text.ends_with("\\\n") || self.out.text.ends_with("  \n");
        if super::paths::is_definition(rest) || said_by && !broken {
            let prefix = self.prefix();
            self.out.add(&format!("{}\n", prefix.trim_end()), self.raw, line.start);
            self.blank();
        }
    }

    /// Whether the quotation around a line, or its paragraph, ends with it.
    fn ends_the_quote(&self, end: usize) -> bool {
        self.next_line(end).is_none_or(|next| {
            let words = self.raw.text[next].trim_start_matches([' ', '\t']);
            words.trim_start_matches(['>', ' ', '\t']).trim().is_empty()
        })
    }

    /// Rows whose cells have tabs between them, as a spreadsheet or a word processor gives them: they would run together.
    pub(super) fn rows_of_tabs(&mut self, line: &Line) {
        let is = |words: &str| words.trim().contains('\t');
        let next = self.next_line(line.end).map(|next| &self.raw.text[next]);
        if !self.para && is(&self.raw.text[line.first..line.end]) && next.is_some_and(is) {
            self.report(
                Diagnostic::new(&lints::SUSPECT_MARKUP, "these lines look like rows with tabs between their cells"),
                line.first..line.end,
                "write a table: | a | b |, below its first row | --- | --- |; or a blank line between the lines",
            );
        }
    }

    /// Lines after bars in an item of a list, where no paragraph may stand around them: verse.
    fn lines_of_bars(&mut self, line: &Line) -> bool {
        let is =
            |words: &str| words.trim_end() == "|" || words.strip_prefix("| ").is_some_and(|rest| !rest.contains('|'));
        let next = |draft: &Self, end: usize| {
            let next = draft.next_line(end)?;
            let content = draft.within(next.start, next.end);
            let words = draft.raw.text[content..next.end].trim_start();
            is(words).then(|| next.end - words.len()..next.end)
        };
        let in_item = self.containers.iter().any(|container| matches!(container, super::Container::Item { .. }));
        if !in_item || !is(&self.raw.text[line.first..line.end]) || self.is_below_a_table(line.start) {
            return false;
        }
        let Some(second) = next(self, line.end) else { return false };
        let mut matter = Fair::default();
        let mut last = line.first..line.end;
        let mut following = Some(second);
        loop {
            let words = (last.start + 2).min(last.end)..last.end;
            matter.keep(self.raw, words);
            matter.add("\n", self.raw, last.end.min(self.raw.text.len() - 1));
            let Some(one) = following.take() else { break };
            following = next(self, one.end);
            last = one;
        }
        self.at = (last.end + 1).min(self.raw.text.len());
        self.mark(line, Mark::Lines(Lines::Verse(String::new()), matter), line.first..last.end);
        true
    }

    /// `+++`: where a cell of a notebook ends, in a text that has its other marks too.
    fn cell_break(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        if self.para || !(rest == "+++" || rest.starts_with("+++ {")) {
            return false;
        }
        let range = line.first..line.first + rest.len();
        if !["```{", ":::{", "\n+++ {"].iter().any(|mark| self.raw.text.contains(mark)) {
            return false;
        }
        let said = Diagnostic::new(&lints::SUSPECT_MARKUP, "\"+++\" means nothing here and is left out");
        self.report(said, range.clone(), "a break in the thought is written * * *");
        self.mark(line, Mark::Nothing, range);
        true
    }

    /// `(quay)=`: MyST's label of what follows.
    fn target(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        let Some(label) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(")=")) else { return false };
        if label.is_empty() || label.contains([' ', '(', ')']) {
            return false;
        }
        let start = line.first + 1;
        self.pending = Some(start..start + label.len());
        self.blank();
        true
    }

    /// An item above `{:toc}`, in whose place kramdown puts the contents.
    fn contents_of_kramdown(&mut self, line: &Line) -> bool {
        let Some(next) = self.next_line(line.end) else { return false };
        let below = self.raw.text[next.clone()].trim().strip_prefix("{:").and_then(|rest| rest.strip_suffix('}'));
        if !below.is_some_and(|below| below.split_whitespace().any(|word| word.trim_start_matches('.') == "toc")) {
            return false;
        }
        let range = line.start..next.end;
        self.report(
            Diagnostic::new(&lints::SUSPECT_MARKUP, "the contents page is made by itself"),
            range.clone(),
            "take the two lines out; what it holds says metadata.yaml: `contents: {depth: 2}`",
        );
        self.at = (next.end + 1).min(self.raw.text.len());
        // The list that it stands in is none.
        self.containers.pop();
        self.stars(Mark::Nothing, range);
        self.newline(next.end);
        self.marked();
        true
    }

    /// A line of braces: marks of Leanpub, an include, attributes of what follows.
    fn braces(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end().to_owned();
        let range = line.first..line.first + rest.len();
        if self.include(line, &rest) {
            return true;
        }
        let Some(inner) = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return false };
        if inner.contains(['{', '}']) {
            return false;
        }
        match inner.trim() {
            "frontmatter" | "mainmatter" | "backmatter" => {
                self.report(
                    Diagnostic::new(&lints::SUSPECT_MARKUP, format!("\"{rest}\" means nothing here")),
                    range.clone(),
                    "a section's kind gives its matter; `matter: front` in its front matter says it otherwise",
                );
                self.mark(line, Mark::Nothing, range);
                true
            }
            "pagebreak" => {
                self.lead(line);
                self.out.add("\\newpage", self.raw, line.first);
                self.newline(line.end);
                self.para = true;
                true
            }
            _ if !self.para && self.heads_a_fence(line.end) && markua::listing(inner).is_some() => {
                self.listing = markua::listing(inner).map(|said| (said, line.first));
                self.blank();
                true
            }
            _ if !self.para && is_markua(inner) => {
                self.report(
                    Diagnostic::new(&lints::SUSPECT_MARKUP, format!("\"{rest}\" means nothing here")),
                    range.clone(),
                    "attributes stand behind what they belong to: ![…](…){width=50%}, ## Title {#label}",
                );
                self.mark(line, Mark::Nothing, range);
                true
            }
            _ if !self.para
                && self.takes_attributes(line.end)
                && (inner.starts_with(['#', '.']) || inner.contains('=')) =>
            {
                self.pending = Some(line.first + 1..line.first + rest.len() - 1);
                true
            }
            _ => false,
        }
    }

    /// Whether the next line opens a fence that says nothing of its program text.
    fn heads_a_fence(&self, end: usize) -> bool {
        self.next_line(end).is_some_and(|next| {
            let words = self.raw.text[self.within(next.start, next.end)..next.end].trim();
            words.len() >= 3 && ["`", "~"].iter().any(|sign| words.trim_start_matches(sign).is_empty())
        })
    }

    /// Whether the next line is a heading or a picture, which take attributes written before them.
    fn takes_attributes(&self, end: usize) -> bool {
        self.next_line(end).is_some_and(|next| {
            let words = self.raw.text[next].trim_start();
            words.starts_with('#') || words.starts_with("![")
        })
    }

    /// Leanpub's asides: `A> `, `W> `.
    fn aside(&mut self, line: &Line) -> bool {
        let rest = &self.raw.text[line.first..line.end];
        let letter = rest.chars().next().unwrap_or(' ');
        let word = match letter {
            'A' | 'B' | 'D' | 'G' | 'Q' | 'X' | 'C' => "BOX",
            'I' => "NOTE",
            'T' => "TIP",
            'W' => "WARNING",
            'E' => "CAUTION",
            _ => return false,
        };
        if self.para || !(rest.len() == 2 || rest[2..].starts_with(' ') || rest.trim_end().len() == 2) {
            return false;
        }
        self.lead(line);
        let prefix = self.prefix();
        if letter != 'C' {
            self.out.add(&format!("> [!{word}]\n{prefix}"), self.raw, line.first);
        }
        let mut start = line.first;
        let mut end = line.end;
        loop {
            self.out.keep(self.raw, start + 1..end);
            self.newline(end);
            self.at = (end + 1).min(self.raw.text.len());
            let Some(next) = self.next_line(end) else { break };
            let content = self.within(next.start, next.end);
            let words = &self.raw.text[content..next.end];
            if !(words.starts_with(letter) && words[1..].starts_with('>')) {
                break;
            }
            self.out.add(&prefix, self.raw, content);
            (start, end) = (content, next.end);
        }
        self.out.add(&format!("{prefix}\n"), self.raw, end.min(self.raw.text.len().saturating_sub(1)));
        self.blank();
        true
    }

    /// A rule right under a paragraph of sentences is a break, not the mark of a heading.
    fn underline(&mut self, line: &Line) -> bool {
        let rest = self.raw.text[line.first..line.end].trim_end();
        if !self.para || rest.is_empty() || !["-", "="].iter().any(|sign| rest.trim_start_matches(sign).is_empty()) {
            return false;
        }
        let above = self.out.text.trim_end_matches('\n');
        let start = above.rfind("\n\n").map_or(0, |at| at + 2);
        let words = above[start..].trim();
        let sentences = words.matches(". ").count() + words.matches(".\n").count();
        // What stands between two rules is no heading.
        let ruled = words.lines().next().is_some_and(|first| first.len() < words.len() && super::is_rule(first.trim()));
        if ruled && rest.starts_with("---") {
            let range = line.first..line.first + rest.len();
            let prefix = self.prefix();
            self.out.add(&format!("{prefix}\n"), self.raw, line.first);
            self.mark(line, Mark::Ornament, range);
            self.blank();
            return true;
        }
        // Signs of equality are seldom meant as a rule.
        let long = words.chars().count() >= 100;
        if if rest.starts_with('=') { !long || sentences == 0 } else { !long && sentences == 0 } {
            return false;
        }
        let lines = words.lines().count();
        let mut from = line.start;
        for _ in 0..lines {
            from = self.raw.text[..from.saturating_sub(1)].rfind('\n').map_or(0, |at| at + 1);
        }
        self.report(
            Diagnostic::new(
                &lints::SUSPECT_MARKUP,
                "a rule right under a paragraph makes a heading of it in Markdown; here it is a break",
            ),
            from..line.end,
            "leave a blank line before the rule, or write the heading with ##",
        );
        let range = line.first..line.first + rest.len();
        let prefix = self.prefix();
        self.out.add(&format!("{prefix}\n"), self.raw, line.first);
        self.mark(line, Mark::Ornament, range);
        self.blank();
        true
    }

    pub(super) fn fence_at(&self, range: Range<usize>) -> bool {
        let words = self.raw.text[range].trim_start();
        words.chars().next().is_some_and(|sign| "`~".contains(sign) && fence_length(words, sign).is_some())
    }
}

/// Attributes as Leanpub has them: `class: tip`, `title: "Salt", width: 50%`.
fn is_markua(inner: &str) -> bool {
    let key = inner.split(':').next().unwrap_or("").trim();
    let after = inner.trim_start().get(key.len()..).unwrap_or("");
    !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-') && after.starts_with(": ")
}

/// `— Ann Lee, *Salt*`: a dash, a space and a name.
fn is_attribution(words: &str) -> bool {
    let name = ["— ", "– ", "--- ", "-- ", "―\u{20}"].iter().find_map(|dash| words.strip_prefix(dash));
    name.is_some_and(|name| {
        let first = name.trim_start_matches(['*', '_', '[', '“', '"']).chars().next();
        first.is_some_and(char::is_uppercase) && words.chars().count() < 100 && !name.ends_with(['?', '!', ',', ';'])
    })
}

/// Whether the words behind an indent read as sentences.
fn reads_as_sentences(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).count();
    let signs = words.chars().filter(|c| "{}[]=;<>|\\$#_/".contains(*c)).count();
    let begins = words.chars().next().is_some_and(|c| c.is_uppercase() || "\"“‘«'—–-…¿¡*_".contains(c));
    let ends = words
        .trim_end_matches(['"', '”', '’', '»', '\'', '*', '_', ')'])
        .ends_with(['.', '!', '?', '…', ':', ',', '—']);
    let many = words.split_whitespace().count();
    // What somebody says may be one word.
    if many == 1 && ends && words.starts_with(['"', '“', '«', '„', '—', '–']) {
        return true;
    }
    // A paragraph typed over several lines goes on without a tab, or with the same one.
    many >= 2 && signs * 20 <= letters && begins && (ends || many >= 6)
}

/// What a directive says of program text, in braces.
fn listing(options: &[(String, String)]) -> String {
    let mut said = String::new();
    for (key, value) in options {
        match key.as_str() {
            "name" | "label" => said.push_str(&format!(" #{value}")),
            "caption" => said.push_str(&format!(" caption=\"{}\"", value.replace('"', "”"))),
            "filename" => said.push_str(&format!(" filename=\"{}\"", value.replace('"', "”"))),
            _ => {}
        }
    }
    if said.is_empty() { said } else { format!(" {{{}}}", said.trim_start()) }
}
