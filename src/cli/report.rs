//! Reports: all that recto says, to people and to programs. The only module that prints, and the only one that names
//! annotate-snippets.
//!
//! annotate-snippets draws as rustc does: it knows wide letters, tabs and long lines, and cuts a paragraph of one line
//! down to the words around the fault. Its own first line names no place, so the place is put into the level's name,
//! and the first line reads as editors and readers of build logs know it: `file:line:column: error: …`.
//!
//! Diagnostics for people go to standard error; the files that were made go to standard output. For programs everything
//! goes to standard output, one JSON object a line.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::args::Format;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::production::{Account, Counts, Ledger};
use crate::release::File;
use crate::source::{Sources, Span};

/// The widest picture of a source line, in columns.
const WIDTH: usize = 110;

/// How many of a kind are told to people.
const ENOUGH: usize = 40;

/// How many of one rule that say the same words.
const ALIKE: usize = 10;

/// What one rule has said.
#[derive(Default)]
struct Told<'d> {
    /// How often each message came.
    messages: BTreeMap<&'d str, usize>,
    shown: usize,
    more: usize,
}

/// How long a build may take before it speaks of itself.
const BLINK: Duration = Duration::from_millis(600);

/// Who speaks, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    format: Format,
    quiet: bool,
}

/// A file that was made.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// The edition.
    pub edition: String,
    /// Its name, with its folder.
    pub file: String,
    /// How many pages.
    pub pages: Option<usize>,
    /// How many bytes.
    pub bytes: usize,
    /// How long it took.
    pub seconds: f64,
}

/// What a manuscript or an edition comes to.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The title, or the edition's name.
    pub name: String,
    /// `pdf` or `epub`; `None` for the manuscript as a whole.
    pub format: Option<&'static str>,
    /// The file that it would be.
    pub file: Option<String>,
    /// How many pages.
    pub pages: Option<usize>,
    /// What is in it.
    pub counts: Counts,
}

/// A page that is not what it was: what stood there and what stands there; nothing where only breaks changed.
#[derive(Clone, Debug)]
pub(super) struct Changed {
    /// From 1.
    pub page: usize,
    /// Old words and new ones.
    pub words: Vec<(String, String)>,
}

/// A change of words as a line.
fn worded(edition: &str, page: usize, was: &str, is: &str) -> String {
    match (was.is_empty(), is.is_empty()) {
        (true, _) => format!("{edition}: page {page}: new: \"{is}\""),
        (_, true) => format!("{edition}: page {page}: gone: \"{was}\""),
        _ => format!("{edition}: page {page}: \"{was}\" is now \"{is}\""),
    }
}

impl Report {
    /// Begins; a program is told at once to whom it listens.
    pub fn begin(format: Format, quiet: bool) -> Report {
        let report = Report { format, quiet };
        if format == Format::Json {
            print_line(&Greeting { kind: "recto", version: env!("CARGO_PKG_VERSION"), format: 1 });
        }
        report
    }

    /// Says what is wrong with a manuscript, in order.
    pub fn diagnostics(&self, diagnostics: &Diagnostics, sources: &Sources) {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let mut told: BTreeMap<&str, Told> = BTreeMap::new();
        for diagnostic in diagnostics.iter() {
            if self.format == Format::Json {
                print_line(&DiagnosticLine::of(diagnostic, sources));
                continue;
            }
            let told = told.entry(diagnostic.lint.name).or_default();
            let alike = told.messages.entry(&diagnostic.message).or_default();
            *alike += 1;
            if *alike <= ALIKE && told.shown < ENOUGH {
                told.shown += 1;
                complain(&drawn(diagnostic, sources, colour));
            } else {
                told.more += 1;
            }
        }
        for (lint, Told { more, .. }) in told.iter().filter(|(_, told)| told.more > 0) {
            complain(&format!("and {more} more of {lint}; --format json names them all"));
        }
        let names: Vec<&str> = told.into_keys().collect();
        match names.as_slice() {
            [] => {}
            [name] => complain(&format!("`recto explain {name}` tells more")),
            names => complain(&format!("`recto explain NAME` tells more: {}", names.join(", "))),
        }
    }

    /// Says what was made.
    pub fn made(&self, made: &Made) {
        match self.format {
            Format::Json => print_line(&OutputLine {
                kind: "output",
                edition: &made.edition,
                file: &made.file,
                pages: made.pages,
                bytes: made.bytes,
                seconds: (made.seconds * 1000.0).round() / 1000.0,
            }),
            Format::Text if self.quiet => {}
            Format::Text => {
                let pages = made.pages.map_or(String::new(), |pages| format!("{}, ", count(pages, "page")));
                print(&format!("{}  {pages}{}, {:.1} s", made.file, size(made.bytes), made.seconds));
            }
        }
    }

    /// Names the title, of several, that the next lines are about.
    pub fn title(&self, folder: &str, slug: Option<&str>, speaks: bool) {
        match self.format {
            Format::Json => print_line(&serde_json::json!({"type": "title", "folder": folder, "slug": slug})),
            Format::Text if speaks => complain(&format!("{folder}:")),
            Format::Text => {}
        }
    }

    /// Says that a title, of several, was written.
    pub fn shelved(&self, out: &Path, files: &[File], seconds: f64) {
        match self.format {
            Format::Json => self.listed(out, files, seconds),
            Format::Text => self.summed(out, files, seconds),
        }
    }

    /// Names the files that were made together, in so many seconds.
    pub fn listed(&self, out: &Path, files: &[File], seconds: f64) {
        for file in files {
            let path = out.join(&file.path).display().to_string();
            match self.format {
                Format::Json => print_line(&OutputLine {
                    kind: "output",
                    edition: file.edition.as_deref().unwrap_or_default(),
                    file: &path,
                    pages: None,
                    bytes: file.bytes.len(),
                    seconds: (seconds * 1000.0).round() / 1000.0,
                }),
                Format::Text => self.say(&format!("{path}  {}", size(file.bytes.len()))),
            }
        }
    }

    /// Says, to who reads, how many they are.
    pub fn summed(&self, out: &Path, files: &[File], seconds: f64) {
        if self.format == Format::Json {
            return;
        }
        let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
        let counted = count(files.len(), "file");
        self.say(&format!("{}  {counted}, {}, {seconds:.1} s", out.display(), size(bytes)));
    }

    /// Says how a file is printed: what is written beside it too, but for the names of both.
    pub fn printing(&self, file: &str, lines: &[String]) {
        match self.format {
            _ if lines.is_empty() => {}
            Format::Json => print_line(&PrintingLine { kind: "printing", file, lines }),
            Format::Text => lines.iter().skip(2).for_each(|line| self.say(&format!("  {line}"))),
        }
    }

    /// Says what a manuscript and its editions come to.
    pub fn rows(&self, rows: &[Row]) {
        let width = rows.iter().filter(|row| row.format.is_some()).map(|row| row.name.chars().count()).max();
        for row in rows {
            match (self.format, row.format) {
                (Format::Json, _) => print_line(&InfoLine::of(row)),
                (Format::Text, None) => {
                    print(&row.name);
                    print(&format!("  {}", counted(&row.counts)));
                }
                (Format::Text, Some(format)) => {
                    let pages = match (row.pages, format) {
                        (Some(pages), "epub") => format!("page numbers of {} in print", count(pages, "page")),
                        (Some(pages), _) => count(pages, "page"),
                        (None, _) => "no printed pages".to_owned(),
                    };
                    let file = row.file.as_deref().unwrap_or_default();
                    print(&format!("  {:width$}  {pages}  {file}", row.name, width = width.unwrap_or(0)));
                }
            }
        }
    }

    /// Says what became of every word that is not shown, and how many words each account has.
    pub fn ledger(&self, ledger: &Ledger, sources: &Sources) {
        for stretch in ledger.not_shown(sources) {
            let text = sources.text(stretch.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let file = &sources.file(stretch.span.source).path;
            let (start, end) = (sources.start(stretch.span), sources.end(stretch.span));
            let account = stretch.account.name();
            match self.format {
                Format::Json => print_line(&serde_json::json!({
                    "type": "words", "account": account, "words": stretch.words, "text": text, "file": file,
                    "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column,
                })),
                Format::Text => print(&format!("{file}:{}:{}: {account}: {text}", start.line, start.column)),
            }
        }
        let counts: Vec<(&str, usize)> =
            Account::ALL.into_iter().map(|account| (account.name(), ledger.count(account))).collect();
        match self.format {
            Format::Json => {
                let all: serde_json::Map<String, serde_json::Value> =
                    counts.iter().map(|(name, words)| ((*name).to_owned(), (*words).into())).collect();
                print_line(&serde_json::json!({"type": "ledger", "words": all}));
            }
            Format::Text => {
                let told = counts.iter().filter(|(_, words)| *words > 0).map(|(name, words)| format!("{words} {name}"));
                print(&format!("words: {}", told.collect::<Vec<_>>().join(", ")));
            }
        }
    }

    /// Says which pages of an edition are not those of an old file; pages in a row on which only breaks changed are one
    /// line.
    pub fn changed(&self, edition: &str, old: &str, pages: &[Changed]) {
        if self.format == Format::Json {
            for changed in pages {
                let what = if changed.words.is_empty() { "breaks" } else { "words" };
                let words: Vec<serde_json::Value> =
                    changed.words.iter().map(|(was, is)| serde_json::json!({"was": was, "is": is})).collect();
                print_line(&serde_json::json!({
                    "type": "changed", "edition": edition, "page": changed.page, "what": what, "words": words,
                }));
            }
            return;
        }
        if pages.is_empty() {
            self.say(&format!("{edition}: every page has the words and the breaks of {old}"));
        }
        for run in
            pages.chunk_by(|one, next| one.words.is_empty() && next.words.is_empty() && one.page + 1 == next.page)
        {
            let (first, last) = (&run[0], &run[run.len() - 1]);
            match first.words.is_empty() {
                true if first.page == last.page => self.say(&format!("{edition}: page {}: breaks changed", first.page)),
                true => self.say(&format!("{edition}: pages {}–{}: breaks changed", first.page, last.page)),
                false => first.words.iter().for_each(|(was, is)| self.say(&worded(edition, first.page, was, is))),
            }
        }
    }

    /// A line for people that want to hear it.
    pub fn say(&self, words: &str) {
        if self.format == Format::Text && !self.quiet {
            print(words);
        }
    }

    /// The last line: how many errors and warnings there were, and what follows.
    pub fn close(&self, diagnostics: &Diagnostics, follows: &str) {
        if self.format == Format::Json || diagnostics.is_empty() {
            return;
        }
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        let warnings = diagnostics.len() - errors;
        let counted: Vec<String> = [(errors, "error"), (warnings, "warning")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| count(number, what))
            .collect();
        let follows = if follows.is_empty() { String::new() } else { format!("; {follows}") };
        complain(&format!("{}{follows}", counted.join(", ")));
    }

    /// Says that the use was wrong or that the machine failed.
    pub fn failure(&self, message: &str, hint: Option<&str>) {
        if self.format == Format::Json {
            return print_line(&DiagnosticLine {
                message,
                hints: hint.into_iter().collect(),
                ..DiagnosticLine::nowhere()
            });
        }
        complain(&format!("error: {message}"));
        if let Some(hint) = hint {
            complain(&format!("hint: {hint}"));
        }
    }

    /// Begins to watch over a long piece of work.
    pub fn progress(&self) -> Progress {
        Progress::begin(self.format == Format::Text && !self.quiet && std::io::stderr().is_terminal())
    }
}

/// Standard output may be closed by who reads it; that is no fault.
fn print(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn print_line(object: &impl Serialize) {
    // Texts, numbers and nulls: there is nothing in them that JSON could not hold.
    print(&serde_json::to_string(object).unwrap_or_default());
}

fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn counted(counts: &Counts) -> String {
    // Who has no index is told nothing of it.
    let marks = match counts.marks {
        0 => String::new(),
        marks => format!(", {}", count(marks, "index mark")),
    };
    format!(
        "{}, {}, {} (of {}), {}, {}{marks}",
        count(counts.words, "word"),
        count(counts.sections, "section"),
        count(counts.notes, "note"),
        count(counts.note_words, "word"),
        count(counts.pictures, "picture"),
        count(counts.tables, "table"),
    )
}

fn size(bytes: usize) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A diagnostic as a picture of the line it speaks of, with its hints below.
pub(super) fn drawn(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let name = match diagnostic.span {
        Some(span) => {
            let at = sources.start(span);
            format!("{}:{}:{}: {}", sources.file(span.source).path, at.line, at.column, word(diagnostic.severity))
        }
        None => word(diagnostic.severity).to_owned(),
    };
    let mut group = Group::with_title(level.with_name(name).primary_title(diagnostic.message.as_str()));
    if let Some(snippet) = diagnostic.span.and_then(|span| snippet(diagnostic, span, sources)) {
        group = group.element(snippet);
    }
    for (span, text) in diagnostic.labels.iter().filter(|(span, _)| !beside(diagnostic, *span)) {
        let at = sources.start(*span);
        let path = &sources.file(span.source).path;
        let said = format!("{path}:{}:{}: {text}", at.line, at.column);
        group = group.element(Level::NOTE.no_name().message(said));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = renderer.term_width(WIDTH).render(&[group]);
    let (bold, plain) = if colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    for hint in &diagnostic.hints {
        out.push_str(&format!("\n{bold}hint{plain}: {hint}"));
    }
    out
}

/// Whether a label can be drawn into the same picture.
fn beside(diagnostic: &Diagnostic, label: Span) -> bool {
    diagnostic.span.is_some_and(|span| span.source == label.source)
}

/// The lines that are spoken of; `None` when there is no text to show.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    span: Span,
    sources: &'a Sources,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let text = sources.file(span.source).text.as_str();
    if text.trim().is_empty() {
        return None;
    }
    let labels: Vec<(Range<usize>, &str)> = diagnostic
        .labels
        .iter()
        .filter(|(label, _)| beside(diagnostic, *label))
        .map(|(label, words)| (on_one_line(text, *label), words.as_str()))
        .collect();
    let main = on_one_line(text, span);
    // Only the lines between the first and the last place are handed over: drawing costs by the letter.
    let first = labels.iter().map(|(label, _)| label.start).min().unwrap_or(main.start).min(main.start);
    let last = labels.iter().map(|(label, _)| label.end).max().unwrap_or(main.end).max(main.end);
    let shown = window(text, first, last);
    let within = |range: &Range<usize>| {
        let end = (shown.end - shown.start).max(1);
        range.start.saturating_sub(shown.start).min(end)..range.end.saturating_sub(shown.start).min(end)
    };
    let number = text[..shown.start].matches('\n').count() + 1;
    let mut snippet = Snippet::source(&text[shown.clone()])
        .line_start(number)
        .annotation(AnnotationKind::Primary.span(within(&main)));
    for (label, words) in &labels {
        snippet = snippet.annotation(AnnotationKind::Context.span(within(label)).label(*words));
    }
    Some(snippet)
}

/// The bytes of the lines from one place to another; of endless lines, what is near.
fn window(text: &str, first: usize, last: usize) -> Range<usize> {
    const NEAR: usize = 600;
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |length| last + length);
    floor(text, start.max(first.saturating_sub(NEAR)))..floor(text, end.min(last + NEAR))
}

/// The letter that a byte belongs to.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The bytes of a span on its first line, at whole letters.
fn on_one_line(text: &str, span: Span) -> Range<usize> {
    let start = floor(text, span.start as usize);
    let line_end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    start..floor(text, span.end as usize).clamp(start, line_end)
}

/// The first line for programs.
#[derive(Serialize)]
struct Greeting {
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    format: u32,
}

/// A manuscript or an edition for programs: the manuscript has no edition, format and file.
#[derive(Serialize)]
struct InfoLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: Option<&'a str>,
    edition: Option<&'a str>,
    format: Option<&'a str>,
    file: Option<&'a str>,
    pages: Option<usize>,
    sections: usize,
    words: usize,
    notes: usize,
    note_words: usize,
    pictures: usize,
    tables: usize,
    index_marks: usize,
}

impl<'a> InfoLine<'a> {
    fn of(row: &'a Row) -> InfoLine<'a> {
        let whole = row.format.is_none();
        InfoLine {
            kind: "info",
            title: whole.then_some(&row.name),
            edition: (!whole).then_some(&row.name),
            format: row.format,
            file: row.file.as_deref(),
            pages: row.pages,
            sections: row.counts.sections,
            words: row.counts.words,
            notes: row.counts.notes,
            note_words: row.counts.note_words,
            pictures: row.counts.pictures,
            tables: row.counts.tables,
            index_marks: row.counts.marks,
        }
    }
}

/// A file for programs.
#[derive(Serialize)]
struct OutputLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    edition: &'a str,
    file: &'a str,
    pages: Option<usize>,
    bytes: usize,
    seconds: f64,
}

/// How a file is printed, for programs.
#[derive(Serialize)]
struct PrintingLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    file: &'a str,
    lines: &'a [String],
}

/// A diagnostic for programs; where there is no place, it is null.
#[derive(Serialize)]
struct DiagnosticLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    severity: &'static str,
    /// Null when the use was wrong or the machine failed.
    lint: Option<&'a str>,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    hints: Vec<&'a str>,
}

impl<'a> DiagnosticLine<'a> {
    fn nowhere() -> DiagnosticLine<'a> {
        DiagnosticLine {
            kind: "diagnostic",
            severity: word(Severity::Error),
            lint: None,
            message: "",
            file: None,
            line: None,
            column: None,
            end_line: None,
            end_column: None,
            hints: Vec::new(),
        }
    }

    fn of(diagnostic: &'a Diagnostic, sources: &'a Sources) -> DiagnosticLine<'a> {
        let said = DiagnosticLine {
            severity: word(diagnostic.severity),
            lint: Some(diagnostic.lint.name),
            message: &diagnostic.message,
            hints: diagnostic.hints.iter().map(String::as_str).collect(),
            ..DiagnosticLine::nowhere()
        };
        let Some(span) = diagnostic.span else { return said };
        let (start, end) = (sources.start(span), sources.end(span));
        DiagnosticLine {
            file: Some(&sources.file(span.source).path),
            line: Some(start.line),
            column: Some(start.column),
            end_line: Some(end.line),
            end_column: Some(end.column),
            ..said
        }
    }
}

/// A line on the terminal that says what is being done, from the moment on when it takes longer than a blink.
#[derive(Debug)]
pub(super) struct Progress {
    doing: Arc<Mutex<String>>,
    drawing: Option<(mpsc::Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    fn begin(shown: bool) -> Progress {
        let doing = Arc::new(Mutex::new("reading".to_owned()));
        let drawing = shown.then(|| {
            let (end, ended) = mpsc::channel();
            let doing = Arc::clone(&doing);
            (end, std::thread::spawn(move || draw(&doing, &ended)))
        });
        Progress { doing, drawing }
    }

    /// Says what is done now.
    pub fn doing(&self, what: &str) {
        if let Ok(mut doing) = self.doing.lock() {
            what.clone_into(&mut doing);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, drawing)) = self.drawing.take() {
            drop(end);
            let _ = drawing.join();
        }
    }
}

/// Draws until the other end is dropped, and leaves the line empty.
fn draw(doing: &Mutex<String>, ended: &mpsc::Receiver<()>) {
    let began = Instant::now();
    let mut wait = BLINK;
    let mut drawn = false;
    while ended.recv_timeout(wait) == Err(mpsc::RecvTimeoutError::Timeout) {
        let what = doing.lock().map_or(String::new(), |doing| doing.clone());
        let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K{what} … {} s", began.elapsed().as_secs());
        let _ = std::io::stderr().flush();
        drawn = true;
        wait = Duration::from_millis(200);
    }
    if drawn {
        let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::lints;

    fn example() -> (Sources, Diagnostic) {
        let mut sources = Sources::new();
        let text = "# The partnership\n\nAs @fig-map shows.\n";
        let id = sources.add("20-the-partnership.md", text.to_owned());
        let at = text.find('@').expect("it is there");
        let diagnostic = Diagnostic::new(&lints::UNDEFINED_LABEL, "nothing is called \"fig-map\"")
            .at(Span::new(id, at, at + 8))
            .hint("a figure in 30-seoul.md is called \"map\"");
        (sources, diagnostic)
    }

    #[test]
    fn the_first_line_names_the_place_the_next_show_it_and_the_last_says_what_to_do() {
        let (sources, diagnostic) = example();
        let picture = drawn(&diagnostic, &sources, false);
        let lines: Vec<&str> = picture.lines().map(str::trim_end).collect();
        assert_eq!(lines[0], "20-the-partnership.md:3:4: error: nothing is called \"fig-map\"");
        assert!(lines.contains(&"3 | As @fig-map shows."), "{picture}");
        assert!(picture.contains("^^^^^^^^"), "{picture}");
        assert_eq!(lines.last().copied(), Some("hint: a figure in 30-seoul.md is called \"map\""));
    }

    #[test]
    fn a_program_gets_the_place_in_numbers() {
        let (sources, diagnostic) = example();
        assert_eq!(
            serde_json::to_string(&DiagnosticLine::of(&diagnostic, &sources)).expect("it can be written"),
            r#"{"type":"diagnostic","severity":"error","lint":"undefined-label","message":"nothing is called \"fig-map\"","file":"20-the-partnership.md","line":3,"column":4,"end_line":3,"end_column":12,"hints":["a figure in 30-seoul.md is called \"map\""]}"#
        );
    }

    #[test]
    fn a_place_beyond_the_text_or_inside_a_letter_is_drawn_all_the_same() {
        let mut sources = Sources::new();
        let id = sources.add("a.md", "é".to_owned());
        for (start, end) in [(0, 1), (1, 2), (2, 2), (5, 9)] {
            let said = Diagnostic::new(&lints::NOT_UTF8, "odd").at(Span::new(id, start, end));
            assert!(drawn(&said, &sources, false).starts_with("a.md:1:"));
        }
    }
}
