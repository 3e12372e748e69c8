//! Texts that were written for LaTeX: its environments, titles and pictures, said as Markdown says them.
//!
//! What says only how things look is left out with a warning, and the words in it are kept. Formulas, tables and drawings
//! are left to the reader of lines, which says that they are not set.

use std::ops::Range;

use super::floats::{Float, MOST_SHOWN, Shown, captioned, is_of_tables, picture};
use super::rewrite::{Rewrite, plain_lines};
use super::tabular::{self, Tabular};
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, lints};
use crate::markdown::fair::Fair;
use crate::markdown::tex::{
    Environment, argument, environment, instead_of, instead_of_environment, is_of_formulas, name_at, optional,
};

/// How many lines the item is looked for that an environment stands in.
const LINES_BACK: usize = 200;

/// How deep environments stand in each other.
const DEEPEST: usize = 16;

/// Environments that say how their words look.
#[rustfmt::skip]
const LOOKS: [&str; 24] = [
    "center", "flushleft", "flushright", "minipage", "multicols", "multicols*", "singlespace", "singlespacing",
    "onehalfspace", "onehalfspacing", "doublespace", "doublespacing", "spacing", "landscape", "adjustwidth", "sloppypar",
    "samepage", "small", "footnotesize", "large", "Large", "raggedright", "document", "sloppy",
];

/// Environments whose matter is no run of words.
#[rustfmt::skip]
const STRUCTURED: [&str; 10] = [
    "tab", "longtab", "tblr", "longtblr", "tikz", "pspicture", "picture", "algorithm", "thebibliography", "axis",
];

/// Titles: the command, and how deep it is below a chapter.
const TITLES: [(&str, usize); 5] =
    [("part", 0), ("chapter", 0), ("section", 1), ("subsection", 2), ("subsubsection", 3)];

/// Commands that stand alone on their line and mean nothing here, with the number of their arguments.
#[rustfmt::skip]
const NOTHING: [(&str, usize); 20] = [
    ("frontmatter", 0), ("mainmatter", 0), ("backmatter", 0), ("appendix", 0), ("maketitle", 0), ("listoffigures", 0),
    ("listoftables", 0), ("printbibliography", 0), ("bibliography", 1), ("bibliographystyle", 1), ("pagenumbering", 1),
    ("setcounter", 2), ("addtocounter", 2), ("markboth", 2), ("markright", 1), ("addcontentsline", 3), ("phantomsection", 0),
    ("tightlist", 0), ("hrule", 0), ("hypersetup", 1),
];

/// The text with what LaTeX says otherwise; `None` where there is none of it.
pub(super) fn said_otherwise(raw: &Fair, diagnostics: &mut Diagnostics) -> Option<Fair> {
    let text = raw.text.as_str();
    if !text.lines().any(|line| line.trim_start().starts_with('\\') || line.contains("\\label{")) {
        return None;
    }
    let chapters = text.lines().any(|line| {
        line.starts_with("# ") || ["\\chapter", "\\part"].iter().any(|command| line.trim_start().starts_with(command))
    });
    let mut writer =
        Writer { copy: Rewrite::new(raw), top: if chapters { 1 } else { 0 }, told: Vec::new(), depth: 0, diagnostics };
    let mut titled = false;
    for line in plain_lines(text) {
        if line.start < writer.copy.at {
            continue;
        }
        titled = writer.line(line, titled);
    }
    writer.copy.finish()
}

/// What an environment is here.
enum Kind {
    Quote,
    /// A list, by the mark of its items.
    List(&'static str),
    Terms,
    Verse,
    Code,
    /// Pictures or tables with their caption.
    Float,
    /// A table's rows.
    Rows,
    Hidden,
    /// Its words are kept.
    Words,
    /// It is left to the reader of lines.
    Other,
}

fn kind(name: &str) -> Kind {
    match name.trim_end_matches('*') {
        "quote" | "quotation" | "displayquote" | "quoting" => Kind::Quote,
        "itemize" | "compactitem" => Kind::List("- "),
        "enumerate" | "compactenum" => Kind::List("1. "),
        "description" => Kind::Terms,
        "verse" => Kind::Verse,
        "verbatim" | "Verbatim" | "lstlisting" | "minted" | "alltt" => Kind::Code,
        bare if tabular::is_of_rows(bare) => Kind::Rows,
        bare if bare.ends_with("figure") || is_of_tables(bare) => Kind::Float,
        "comment" => Kind::Hidden,
        bare if is_of_formulas(bare) || STRUCTURED.iter().any(|start| bare.starts_with(start)) => Kind::Other,
        _ => Kind::Words,
    }
}

struct Writer<'a> {
    copy: Rewrite<'a>,
    /// How many signs a chapter's heading has besides those of its depth.
    top: usize,
    told: Vec<&'static str>,
    depth: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Writer<'_> {
    /// A line of the text; whether it is a heading. `titled` says that the line before was one.
    fn line(&mut self, line: Range<usize>, titled: bool) -> bool {
        let text = self.copy.raw.text.as_str();
        let first = line.end - text[line.clone()].trim_start().len();
        let rest = &text[first..line.end];
        if !rest.starts_with('\\') {
            self.label_in_picture(&line);
            return rest.starts_with('#') && !rest.trim_end().ends_with('}');
        }
        if titled && let Some(label) = lone(rest, "label") {
            // The label of the heading above it.
            self.copy.keep_to(line.start - 1);
            self.copy.made(&format!(" {{#{label}}}"), first);
            self.copy.skip_to(line.end);
            return false;
        }
        if rest.starts_with("\\begin{") {
            let Some(environment) = environment(text, first, text.len()) else { return false };
            self.copy.keep_to(line.start);
            let prefix = " ".repeat(column_of_item(text, line.start, first - line.start));
            if self.environment(&environment, first, &prefix) {
                self.copy.skip_to(environment.end);
                let after = text[environment.end..].split('\n').next().unwrap_or("");
                if after.trim().is_empty() {
                    self.copy.skip_to(environment.end + after.len());
                }
            } else {
                self.copy.keep_to(environment.end);
            }
            return false;
        }
        self.title(&line, first) || self.command(&line, first)
    }

    /// `![Salt \label{fig:salt}](salt.png)`: the label is the picture's.
    fn label_in_picture(&mut self, line: &Range<usize>) {
        let text = self.copy.raw.text.as_str();
        let words = &text[line.clone()];
        let Some((open, at)) = words.find("![").zip(words.find("\\label{")) else { return };
        let Some(length) = words[at..].find('}') else { return };
        let label = words[at + "\\label{".len()..at + length].trim();
        let Some(path) = words[at..].find("](").map(|close| at + close) else { return };
        let Some(end) = words[path..].find(')').map(|close| path + close + 1) else { return };
        if open > at || path < at + length || label.is_empty() || label.contains([' ', '{']) {
            return;
        }
        self.copy.keep_to(line.start + words[..at].trim_end().len());
        self.copy.skip_to(line.start + at + length + 1);
        match words[end..].starts_with('{') {
            true => {
                self.copy.keep_to(line.start + end + 1);
                self.copy.made(&format!("#{label} "), line.start + end);
            }
            false => {
                self.copy.keep_to(line.start + end);
                self.copy.made(&format!("{{#{label}}}"), line.start + end - 1);
            }
        }
    }

    /// A title on a line of its own.
    fn title(&mut self, line: &Range<usize>, first: usize) -> bool {
        let text = self.copy.raw.text.as_str();
        let name = name_at(text, first);
        let Some((_, depth)) = TITLES.iter().find(|(known, _)| *known == name) else { return false };
        let star = text[first + 1 + name.len()..].starts_with('*');
        let (at, short) = optional(text, first + 1 + name.len() + usize::from(star));
        let Some((end, _)) = argument(text, at) else { return false };
        let title = at + 1..end - 1;
        let after = text[end..].split('\n').next().unwrap_or("");
        let label = lone(after.trim_start(), "label");
        if text[title.clone()].contains('\n')
            || text[title.clone()].trim().is_empty()
            || !after.trim().is_empty() && label.is_none()
        {
            return false;
        }
        let next = end + after.len();
        let below = text[next..].strip_prefix('\n').and_then(|rest| rest.lines().next());
        let below = below.and_then(|line| lone(line.trim(), "label").map(|label| (label, line.len())));
        let level = (depth + self.top).max(1);
        let mut said = Vec::new();
        said.extend((name == "part").then(|| ".part".to_owned()));
        said.extend(star.then(|| ".unnumbered".to_owned()));
        said.extend(label.or(below.map(|(label, _)| label)).map(|label| format!("#{label}")));
        said.extend(short.first().map(|short| format!("short=\"{}\"", short.replace('"', "”"))));
        self.copy.keep_to(line.start);
        self.copy.blank_line(first);
        self.copy.made(&format!("{} ", "#".repeat(level)), first);
        self.copy.kept(title);
        if !said.is_empty() {
            self.copy.made(&format!(" {{{}}}", said.join(" ")), first);
        }
        self.copy.made("\n", first);
        self.copy.skip_to(if label.is_none() { next + below.map_or(0, |(_, length)| length + 1) } else { next });
        true
    }

    /// A command alone on its line; never a heading.
    fn command(&mut self, line: &Range<usize>, first: usize) -> bool {
        let text = self.copy.raw.text.as_str();
        let name = name_at(text, first);
        let end = line.start + text[line.clone()].trim_end().len();
        if matches!(name, "newpage" | "pagebreak" | "clearpage" | "cleardoublepage") && first + 1 + name.len() == end {
            self.copy.keep_to(line.start);
            self.copy.blank_line(first);
            self.copy.kept(first..end);
            self.copy.made("\n", end);
            self.copy.skip_to(end);
            return false;
        }
        if name == "includegraphics"
            && let Some((picture, after)) = picture(text, first)
            && after == end
        {
            self.copy.keep_to(first);
            self.copy.made("![](<", first);
            self.copy.kept(picture.path);
            self.copy.made(&format!(">){}", picture.size), first);
            self.copy.skip_to(end);
            return false;
        }
        let Some((known, count)) = NOTHING.iter().find(|(known, _)| *known == name) else { return false };
        let mut at = first + 1 + name.len();
        for _ in 0..*count {
            match argument(text, optional(text, at).0) {
                Some((end, _)) => at = end,
                None => return false,
            }
        }
        if text[first..at].contains("\n\n") {
            return false;
        }
        // Arguments may end on another line than that on which they begin.
        let line_end = at + text[at..].find('\n').unwrap_or(text.len() - at);
        let end = at + text[at..line_end].trim_end().len();
        // What goes on is a command of the same kind, or a sentence that begins with it.
        let goes_on = text[at..end].trim_start();
        if !goes_on.is_empty() && !goes_on.starts_with('\\') {
            return false;
        }
        if !matches!(*known, "tightlist" | "phantomsection") {
            let message = format!("\"\\{name}\" means nothing here and is left out");
            let hint = match *known {
                "pagenumbering" | "setcounter" | "addtocounter" | "markboth" | "markright" | "hrule" | "hypersetup" => {
                    "take it out: pages are numbered and their heads filled by themselves"
                }
                "addcontentsline" => "take it out: every heading stands in the contents",
                _ => instead_of(name),
            };
            self.report_once(known, &lints::SUSPECT_MARKUP, message, first..at, hint);
        }
        self.copy.keep_to(first);
        self.copy.skip_to(at);
        if !goes_on.is_empty() {
            let rest = end - goes_on.len();
            self.copy.skip_to(rest);
            return self.line(rest..line_end, false);
        }
        false
    }

    /// Writes an environment, each line after `prefix`; `false` if it is left as it stands.
    fn environment(&mut self, environment: &Environment<'_>, start: usize, prefix: &str) -> bool {
        let Environment { name, options, inner, .. } = environment;
        if self.depth >= DEEPEST {
            return false;
        }
        let opening = start..options.end;
        match kind(name) {
            Kind::Other => return false,
            Kind::Float => return self.float(environment, start, prefix),
            Kind::Rows => {
                let text = self.copy.raw.text.as_str();
                let Some(table) = tabular::read(text, name, options.clone(), inner.end) else { return false };
                self.table(table, start, prefix);
            }
            Kind::Hidden => {
                self.copy.made("", start);
                self.copy.fresh_line(start);
                return true;
            }
            Kind::Code => self.code(environment, start, prefix),
            Kind::Quote => {
                self.block(prefix, "<blockquote>", start);
                self.words(inner.clone(), prefix);
                self.block(prefix, "</blockquote>", inner.end);
                self.copy.made("\n", inner.end);
            }
            Kind::Verse => {
                self.block(prefix, "::: verse", start);
                for line in lines(self.copy.raw.text.as_str(), inner.clone()) {
                    self.verse(line, prefix);
                }
                self.block(prefix, ":::", inner.end);
                self.copy.made("\n", inner.end);
            }
            Kind::List(mark) => self.items(inner.clone(), prefix, Some(mark)),
            Kind::Terms => self.items(inner.clone(), prefix, None),
            Kind::Words => {
                if LOOKS.contains(name) {
                    let message = format!("the TeX environment \"{name}\" says only how things look; its text is kept");
                    let hint = "take the two lines out; others in this file are left out too";
                    self.report_once("looks", &lints::UNKNOWN_ATTRIBUTE, message, opening, hint);
                } else {
                    let message = format!("the TeX environment \"{name}\" is not understood; its text is kept");
                    self.report(&lints::SUSPECT_MARKUP, message, opening, instead_of_environment(name));
                }
                self.copy.blank_line(start);
                self.words(inner.clone(), prefix);
                self.copy.blank_line(inner.end);
            }
        }
        true
    }

    /// A line of its own.
    fn block(&mut self, prefix: &str, words: &str, place: usize) {
        self.copy.fresh_line(place);
        self.copy.made(&format!("{prefix}{words}\n"), place);
    }

    /// Program text.
    fn code(&mut self, environment: &Environment<'_>, start: usize, prefix: &str) {
        let text = self.copy.raw.text.as_str();
        let options = &text[environment.options.clone()];
        let language = match environment.name {
            "minted" => options.rfind('{').map(|at| options[at + 1..].trim_end_matches('}')),
            _ => options.split_once("language=").map(|(_, rest)| rest),
        };
        let language = language.map(|name| name.split([',', ']', '}']).next().unwrap_or("").trim().to_lowercase());
        let fence = if text[environment.inner.clone()].contains("```") { "~~~~" } else { "```" };
        let caption = options.split_once("caption={").and_then(|(_, rest)| rest.split('}').next());
        let label = options.split_once("label=").map(|(_, rest)| rest.trim_start_matches('{'));
        let label = label.map(|label| label.split([',', ']', '}']).next().unwrap_or("").trim().to_owned());
        let mut said = Vec::new();
        said.extend(label.map(|label| format!("#{label}")));
        said.extend(caption.map(|caption| format!("caption=\"{}\"", caption.replace('"', "”"))));
        let said = if said.is_empty() { String::new() } else { format!(" {{{}}}", said.join(" ")) };
        self.copy.blank_line(start);
        self.block(prefix, &format!("{fence}{}{said}", language.unwrap_or_default()), start);
        for line in lines(text, environment.inner.clone()) {
            self.copy.made(prefix, line.start);
            self.copy.kept(line.clone());
            self.copy.made("\n", line.end);
        }
        self.block(prefix, fence, environment.inner.end);
        self.copy.made("\n", environment.inner.end);
    }

    /// A line of verse, without the mark of its end.
    fn verse(&mut self, line: Range<usize>, prefix: &str) {
        let text = self.copy.raw.text.as_str();
        let words = text[line.clone()].trim_end();
        let bare = words.strip_suffix("\\\\*").or(words.strip_suffix("\\\\")).unwrap_or(words).trim_end();
        let first = line.start + bare.len() - bare.trim_start().len();
        self.copy.made(prefix, line.start);
        self.copy.kept(first..(line.start + bare.len()).max(first));
        self.copy.made("\n", line.end);
    }

    /// The items of a list; a `mark` of its items, or none for terms.
    fn items(&mut self, inner: Range<usize>, prefix: &str, mark: Option<&str>) {
        let text = self.copy.raw.text.as_str();
        let starts = items(text, inner.clone());
        self.copy.blank_line(inner.start);
        self.words(inner.start..starts.first().copied().unwrap_or(inner.end), prefix);
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(inner.end);
            let bracket = text[start + 5..end].strip_prefix('[').and_then(|rest| rest.find(']'));
            let label = bracket.map(|length| start + 6..start + 6 + length);
            let from = label.as_ref().map_or(start + 5, |label| label.end + 1);
            self.copy.fresh_line(*start);
            let (first, more) = match (mark, &label) {
                (Some(mark), _) => (format!("{prefix}{mark}"), format!("{prefix}{}", " ".repeat(mark.len()))),
                (None, _) => {
                    self.copy.blank_line(*start);
                    self.copy.made(prefix, *start);
                    match label.clone() {
                        Some(label) => self.copy.kept(label),
                        None => self.copy.made("—", *start),
                    }
                    self.copy.made("\n", *start);
                    (format!("{prefix}:   "), format!("{prefix}    "))
                }
            };
            let began = self.copy.out.text.len();
            self.copy.made(&first, *start);
            if let (Some(_), Some(label)) = (mark, label) {
                self.copy.kept(label);
                self.copy.made(" ", *start);
            }
            let written = self.copy.out.text.len();
            self.words(from..end, &more);
            // The first line of its words stands beside the mark.
            if self.copy.out.text.len() == written && written - began == first.len() {
                self.copy.out.take_back(began);
            }
        }
        self.copy.blank_line(inner.end);
    }

    /// The words of an environment, each line after `prefix`; a line that is begun goes on.
    fn words(&mut self, range: Range<usize>, prefix: &str) {
        self.depth += 1;
        let text = self.copy.raw.text.as_str();
        let mut at = range.start;
        while at < range.end {
            let end = text[at..range.end].find('\n').map_or(range.end, |length| at + length);
            let words = text[at..end].trim();
            let first = end - text[at..end].trim_start().len();
            let begun = !self.copy.out.text.ends_with('\n') && !self.copy.out.text.is_empty();
            if matches!(words, "\\tightlist" | "\\phantomsection") {
                // Nothing that a reader sees.
            } else if words.is_empty() {
                if !begun && at != range.start && end < range.end {
                    self.copy.blank_line(at);
                }
            } else if words.starts_with("\\begin{")
                && let Some(inner) = environment(text, first, range.end)
            {
                if !self.environment(&inner, first, prefix) {
                    for line in lines(text, first..inner.end) {
                        self.copy.fresh_line(line.start);
                        self.copy.made(prefix, line.start);
                        self.copy.kept(line);
                    }
                }
                at = inner.end;
                continue;
            } else {
                if !begun {
                    self.copy.made(prefix, first);
                }
                let bare = words.strip_suffix("\\\\").map(str::trim_end);
                self.copy.kept(first..first + bare.unwrap_or(words).len());
                // A line that ends on purpose, if its paragraph goes on.
                let goes_on = text[(end + 1).min(range.end)..range.end]
                    .lines()
                    .next()
                    .is_some_and(|next| !next.trim().is_empty());
                self.copy.made(if bare.is_some() && goes_on { "\\\n" } else { "\n" }, end.saturating_sub(1));
            }
            at = end + 1;
        }
        self.depth -= 1;
    }

    /// A figure or a table: what it shows, its caption and its label. Words in it that are neither stand below.
    fn float(&mut self, environment: &Environment<'_>, start: usize, prefix: &str) -> bool {
        let text = self.copy.raw.text.as_str();
        let mut float = Float::default();
        float.read(text, environment.inner.clone(), 0);
        if float.pictures.is_empty() && float.tables.is_empty() || float.pictures.len() > MOST_SHOWN {
            return false;
        }
        if !float.tables.is_empty() {
            let mut tables = Vec::new();
            for (at, environment) in &float.tables {
                let Some(table) =
                    tabular::read(text, environment.name, environment.options.clone(), environment.inner.end)
                else {
                    return false;
                };
                tables.push((*at, table));
            }
            let alone = tables.len() == 1;
            if !alone && let Some(caption) = float.caption.clone() {
                self.copy.blank_line(start);
                self.copy.made(prefix, start);
                tabular::on_one_line(&mut self.copy, caption);
                self.copy.made("\n\n", start);
            }
            for (number, (at, mut table)) in tables.into_iter().enumerate() {
                let own = float.of_tables.get(number).cloned().unwrap_or_default();
                let caption = own.caption.or(float.caption.clone().filter(|_| alone));
                let label = own.label.or(float.label.clone().filter(|_| number == 0));
                table.caption = caption.or(table.caption);
                table.label = label.or(table.label);
                self.table(table, at, prefix);
            }
        }
        if let [picture] = float.pictures.as_slice() {
            let caption = float.caption.clone().or(picture.caption.clone()).filter(|_| float.tables.is_empty());
            let label = float.label.clone().or(picture.label.clone()).filter(|_| float.tables.is_empty());
            self.copy.blank_line(start);
            let caption = caption.or(picture.caption.clone());
            // Brackets are read out; a caption they are where the label says so.
            let said = label.clone().is_some_and(|label| text[label].trim().starts_with("fig"));
            self.picture(&picture.shown, caption.clone(), label, start, prefix);
            if let Some(caption) = caption.filter(|_| !said && picture.shown.alt.is_none()) {
                self.copy.made(&format!("{prefix}Figure: "), start);
                tabular::on_one_line(&mut self.copy, caption);
                self.copy.made("\n\n", start);
            }
        } else if !float.pictures.is_empty() {
            let label = float.label.clone().map_or(String::new(), |label| format!("#{} ", text[label].trim()));
            let count = float.pictures.len();
            let columns = if count > 4 { 2 } else { count };
            self.copy.blank_line(start);
            self.block(prefix, &format!("::: {{{label}layout-ncol={columns}}}"), start);
            for picture in &float.pictures {
                self.picture(&picture.shown, picture.caption.clone(), picture.label.clone(), start, prefix);
            }
            if let Some(caption) = float.caption.clone() {
                self.copy.made(prefix, start);
                tabular::on_one_line(&mut self.copy, caption);
                self.copy.made("\n", start);
            }
            self.block(prefix, ":::", environment.inner.end);
            self.copy.made("\n", environment.inner.end);
        }
        for notes in float.notes {
            self.notes_of_table(notes, prefix);
        }
        for rest in float.rest {
            self.words(rest, prefix);
            self.copy.blank_line(environment.inner.end);
        }
        true
    }

    /// `\item[a] Words`: a table's own notes.
    fn notes_of_table(&mut self, inner: Range<usize>, prefix: &str) {
        let text = self.copy.raw.text.as_str();
        let starts = items(text, inner.clone());
        let Some(first) = starts.first().copied() else { return self.words(inner, prefix) };
        self.copy.blank_line(first);
        self.copy.made(&format!("{prefix}Note:"), first);
        for (number, start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(inner.end);
            let (from, label) = optional(text, start + "\\item".len());
            self.copy.made(" ", *start);
            if let Some(label) = label.first() {
                let at = label.as_ptr() as usize - text.as_ptr() as usize;
                self.copy.made("^", at);
                self.copy.kept(at..at + label.len());
                self.copy.made("^ ", at);
            }
            tabular::on_one_line(&mut self.copy, from..end.max(from));
        }
        self.copy.made("\n\n", inner.end.saturating_sub(1));
    }

    /// A picture alone in its paragraph.
    fn picture(
        &mut self,
        shown: &Shown,
        caption: Option<Range<usize>>,
        label: Option<Range<usize>>,
        place: usize,
        prefix: &str,
    ) {
        self.copy.made(&format!("{prefix}!["), place);
        if let Some(caption) = caption {
            tabular::on_one_line(&mut self.copy, caption);
        }
        self.copy.made("](<", place);
        self.copy.kept(shown.path.clone());
        let text = self.copy.raw.text.as_str();
        let label = label.map_or(String::new(), |label| format!(" #{}", text[label].trim()));
        let alt = shown.alt.clone().map_or(String::new(), |alt| format!(" alt=\"{}\"", text[alt].replace('"', "”")));
        let braces = format!("{}{label}{alt}", shown.size.trim_matches(['{', '}']));
        let braces = if braces.is_empty() { String::new() } else { format!("{{{}}}", braces.trim()) };
        self.copy.made(&format!(">){braces}\n{prefix}\n"), place);
    }

    fn table(&mut self, table: Tabular, place: usize, prefix: &str) {
        let text = self.copy.raw.text.as_str();
        for left_out in &table.left_out {
            let message = "what this table has at the head or foot of each further page is left out".to_owned();
            let hint = "take it out: a table that goes on overleaf has its head there again by itself";
            self.report(&lints::SUSPECT_MARKUP, message, left_out.clone(), hint);
        }
        let (caption, own) = match table.caption.clone() {
            Some(caption) => {
                let (words, label) = captioned(text, caption);
                (Some(words), label)
            }
            None => (None, None),
        };
        let label = own.or(table.label.clone()).map(|label| text[label].trim());
        tabular::write(&mut self.copy, table, place, prefix, caption, label);
    }

    fn report(&mut self, lint: &'static Lint, message: String, range: Range<usize>, hint: &str) {
        let span = self.copy.raw.span(range);
        self.diagnostics.report(Diagnostic::new(lint, message).at(span).hint(hint));
    }

    fn report_once(
        &mut self,
        what: &'static str,
        lint: &'static Lint,
        message: String,
        range: Range<usize>,
        hint: &str,
    ) {
        if !self.told.contains(&what) {
            self.told.push(what);
            self.report(lint, message, range, hint);
        }
    }
}

/// The column at which the text of the item begins that a line with `indent` spaces before it belongs to; 0 outside lists.
fn column_of_item(text: &str, start: usize, indent: usize) -> usize {
    let mut least = indent;
    for line in text[..start].lines().rev().take(LINES_BACK).filter(|line| !line.trim().is_empty()) {
        let words = line.trim_start_matches(' ');
        let before = line.len() - words.len();
        if before >= least || least == 0 {
            continue;
        }
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        let mark = match words.as_bytes().get(digits) {
            Some(b'-' | b'*' | b'+') if digits == 0 => 1,
            Some(b'.' | b')') if (1..10).contains(&digits) => digits + 1,
            _ => 0,
        };
        let rest = &words[mark..];
        let column = before + mark + rest.len() - rest.trim_start_matches(' ').len();
        if mark > 0 && rest.starts_with(' ') && column <= indent {
            return column;
        }
        least = before;
    }
    0
}

/// The argument of a command that is all of a line.
fn lone<'t>(rest: &'t str, name: &str) -> Option<&'t str> {
    let inner = rest.trim_end().strip_prefix('\\')?.strip_prefix(name)?.strip_prefix('{')?.strip_suffix('}')?;
    (!inner.is_empty() && !inner.contains(['{', '}', ' '])).then_some(inner)
}

/// The lines of a stretch, without the empty ones at its ends.
fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = range.start;
    for line in text[range.clone()].split('\n') {
        lines.push(at..at + line.len());
        at += line.len() + 1;
    }
    let blank = |line: &Range<usize>| text[line.clone()].trim().is_empty();
    while lines.last().is_some_and(blank) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !blank(line)).unwrap_or(lines.len());
    lines.split_off(first)
}

/// Where the items of a list begin, without those of the lists in it.
fn items(text: &str, range: Range<usize>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut depth = 0;
    for (at, _) in text[range.clone()].match_indices('\\') {
        let rest = &text[range.start + at..range.end];
        if rest.starts_with("\\begin{") {
            depth += 1;
        } else if rest.starts_with("\\end{") {
            depth -= 1;
        } else if depth == 0 && rest.starts_with("\\item") && !rest[5..].starts_with(|c: char| c.is_ascii_alphabetic())
        {
            found.push(range.start + at);
        }
    }
    found
}
