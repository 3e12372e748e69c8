//! References: what a label leads to, and what is said of it.

use super::Resolver;
use crate::assembly::consequences::LEFT_OUT;
use crate::assembly::number::{self, Labelled, Name};
use crate::book::{Inline, InlineKind, Target, walk};
use crate::diagnostic::{Diagnostic, lints, nearest};
use crate::language::facts::Facts;
use crate::language::terms::Term;
use crate::markdown::parsed::{PInline, PKind};
use crate::source::{Span, limits};

impl<'a> Resolver<'a> {
    /// The target of a label and what a bare reference says.
    pub(super) fn name(&mut self, label: &str, span: Span) -> Option<(Target, Vec<Inline>)> {
        let found = self.find(label, span)?;
        let content = match &found.name {
            Name::Number { whole, .. } => vec![Inline { span: Some(span), ..Inline::own(whole, &self.here.language) }],
            Name::Title(title) if title.is_empty() => {
                let hint = match found.what {
                    "figure" | "table" => "a caption gives it a number; or give the reference words: [words](#label)",
                    _ => "give the reference words of its own: [words](#label)",
                };
                let message = format!("the {} called \"{label}\" has neither a number nor a title", found.what);
                self.out.diagnostics.report(Diagnostic::new(&lints::UNDEFINED_LABEL, message).at(span).hint(hint));
                return None;
            }
            Name::Title(title) => self.title(label, title, span)?,
        };
        Some((found.target.clone(), content))
    }

    /// The title that a label names, without its calls. Titles may name each other, but not in a ring, and not so that
    /// names of names grow without end.
    pub(super) fn title(&mut self, label: &str, title: &[PInline], span: Span) -> Option<Vec<Inline>> {
        if let Some(known) = self.out.names.get(label) {
            return Some(known.clone());
        }
        let fault = match self.naming.iter().any(|open| open == label) {
            true if self.naming.len() == 1 => format!("the title called \"{label}\" refers to itself"),
            true => format!("the title called \"{label}\" refers to itself, by way of others"),
            false if self.naming.len() >= limits::TITLES => {
                format!("more than {} titles refer to each other in a row", limits::TITLES)
            }
            false => {
                self.naming.push(label.to_owned());
                let content = self.there(|here| here.repeated = true, |resolver| resolver.content(title));
                self.naming.pop();
                let content = walk::map(&content, &mut |piece| match piece.habits().in_titles {
                    true => walk::Mapped::Keep,
                    false => walk::Mapped::Drop,
                });
                if weight(&content) <= limits::TITLE_PIECES {
                    self.out.names.insert(label.to_owned(), content.clone());
                    return Some(content);
                }
                format!("the title called \"{label}\" names too many others")
            }
        };
        self.out.names.insert(label.to_owned(), vec![Inline::text(label)]);
        self.out.diagnostics.report(
            Diagnostic::new(&lints::REFERENCE_RING, fault)
                .at(span)
                .hint("give the reference words of its own: [words](#label)"),
        );
        None
    }

    pub(super) fn find(&mut self, label: &str, span: Span) -> Option<&'a Labelled> {
        let numbers = self.tables.numbers;
        let path = &self.tables.sources.file(span.source).path;
        numbers.find(label, path, span, self.out.diagnostics)
    }

    /// "Figures 1 and 2", each a link; where their word stands before them, their numbers.
    pub(super) fn names(&mut self, labels: &[String], worded: bool, span: Span) -> Vec<Inline> {
        let mut found = Vec::new();
        for label in labels {
            if let Some((target, content)) = self.name(label, span) {
                found.push((target, content, self.counted(label)));
            }
        }
        let (language, count) = (self.here.language.clone(), found.len());
        let term = found.first().and_then(|(_, _, counted)| Some(counted.as_ref()?.0));
        let alike = count > 1 && found.iter().all(|(_, _, counted)| counted.as_ref().map(|(term, _)| *term) == term);
        let several = term.filter(|_| alike).and_then(|term| term.several(&language));
        let mut out = Vec::new();
        for (at, (target, mut content, counted)) in found.into_iter().enumerate() {
            if let (true, Some((_, number))) = (worded && (alike || count == 1), &counted) {
                content = vec![Inline::text(number.clone())];
            } else if let (Some(several), Some((_, number))) = (&several, counted) {
                let first = if at == 0 { several.first.as_str() } else { "" };
                let last = if at + 1 == count { several.last.as_str() } else { "" };
                let [before, after] = &several.each;
                content = vec![Inline::own(format!("{first}{before}{number}{after}{last}"), &language)];
            }
            let between = Facts::of(&language).between(at, count, &crate::book::plain(&content));
            if !between.is_empty() {
                out.push(Inline::text(between));
            }
            out.push(Inline { kind: InlineKind::Link { target, content }, span: Some(span) });
        }
        out
    }

    /// Whether a text ends with the word that a reference gives too: "Figure @fig-map", "Abb. @fig-map", "Fig @fig-map".
    /// Then the author's word stands, with a hard space after it, and the reference gives the number; after a word for
    /// several, those that follow it in a row do so too.
    pub(super) fn its_word(&self, reference: &PKind, before: &mut String) -> ItsWord {
        let words = before.trim_end();
        let word = words.split_whitespace().next_back().filter(|_| words.len() < before.len());
        let counted = first_of(reference).zip(word).and_then(|(label, word)| Some((word, self.counted(label)?)));
        let Some((word, (term, _))) = counted else { return ItsWord::Absent };
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        let (short, stopped) = lower.strip_suffix('.').map_or((lower.as_str(), false), |short| (short, true));
        let one = short.strip_suffix('s').filter(|one| one.len() > 2).unwrap_or(short);
        let letters = one.chars().count();
        // Without its stop a short form is one of a figure or a table that has some letters and begins as a name does: "Par"
        // before a part is a word of its own.
        let shortened = match stopped {
            true => letters > 1,
            false => matches!(term, Term::Figure | Term::Table) && letters > 2 && bare.starts_with(char::is_uppercase),
        };
        let said = |term: &str| {
            let term = term.to_lowercase();
            let is_short = shortened && term.starts_with(one) && (stopped || letters + 2 <= term.chars().count());
            (!lower.is_empty() && lower == term) || is_short
        };
        let own = term.word(&self.here.language);
        let several = term.several(&self.here.language).map(|several| several.first.trim_end().to_lowercase());
        let for_several = several.is_some_and(|several| !several.is_empty() && several == lower);
        if !(for_several || said(own) || said(term.all_words().last().unwrap_or(own))) {
            return ItsWord::Absent;
        }
        before.truncate(words.len());
        before.push('\u{a0}');
        if for_several || one != short { ItsWord::ForSeveral(term) } else { ItsWord::ForOne }
    }

    /// Whether a reference goes on with a row, "Figures @fig-a, @fig-b and @fig-c", after what stands between.
    pub(super) fn goes_on(&self, reference: &PKind, row: Term, between: &str) -> bool {
        let joins = |part: &str| {
            let mark = part.chars().all(|c| ",;&/-–—".contains(c));
            let word = part.trim_start_matches(',');
            mark || (word.chars().count() <= 7 && word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase()))
        };
        let parts: Vec<&str> = between.split_whitespace().collect();
        !parts.is_empty()
            && parts.len() <= 2
            && parts.into_iter().all(joins)
            && first_of(reference).and_then(|label| self.counted(label)).is_some_and(|(term, _)| term == row)
    }

    /// The number alone of what a label names, a link; the whole name where it has none.
    pub(super) fn number(&mut self, label: &str, span: Span) -> Option<InlineKind> {
        let (target, content) = self.name(label, span)?;
        let number = self.counted(label).map(|(_, number)| vec![Inline::text(number)]);
        Some(InlineKind::Link { target, content: number.unwrap_or(content) })
    }

    /// The word and the number by which a label's thing is called, if it has one.
    pub(super) fn counted(&self, label: &str) -> Option<(Term, String)> {
        match &self.tables.numbers.written(label)?.name {
            Name::Number { term, number, .. } => Some((*term, number.clone())),
            Name::Title(_) => None,
        }
    }

    /// A link to a section's file, or to a place in it.
    pub(super) fn file_link(&mut self, path: &str, label: Option<&str>, inner: &[PInline], span: Span) -> Vec<Inline> {
        let content = self.content(inner);
        let from = self.tables.sources.file(span.source).path.clone();
        let numbers = self.tables.numbers;
        if path.is_empty() {
            self.out.diagnostics.report(number::leads_nowhere(span));
            return content;
        }
        // What a site asks of its own pages.
        let path = path.split_once('?').map_or(path, |(page, _)| page);
        let root = path.strip_prefix("@/").or_else(|| path.strip_prefix('/'));
        let found = match root {
            // Counted from the root of a site, of which the folder may be a part.
            Some(path) => parts_of(path).find_map(|path| numbers.page(path, "")),
            None => numbers.page(path, &from),
        };
        let Some((found, division)) = found else {
            if root.is_some() || leads_out(path, &from) {
                self.leads_out(path, span);
                return content;
            }
            if path.contains("{{") || path.contains("{%") {
                self.out.diagnostics.report(
                    Diagnostic::new(&lints::FOREIGN_MARKUP, "templates are not filled in")
                        .at(span)
                        .hint("write the whole address: [words](https://…)"),
                );
                return content;
            }
            if self.tables.left_out.iter().any(|left| left == path.trim_start_matches("./")) {
                self.out.diagnostics.report(
                    Diagnostic::new(
                        &lints::UNDEFINED_LABEL,
                        format!("the link leads to \"{path}\", which takes no part in the book"),
                    )
                    .at(span)
                    .hint(LEFT_OUT),
                );
                return content;
            }
            if let Some(found) = self.out.loader.found(path, &from) {
                if self.out.led_to_none.insert(found) {
                    let message = format!("the link leads to \"{path}\", which no book holds: its words are kept");
                    let said = Diagnostic::new(&lints::LINK_OUTSIDE, message).at(span);
                    self.out.diagnostics.report(said.hint("put the file on the web and write its address, https://…"));
                }
                return content;
            }
            let helps = self.out.diagnostics.helps();
            let near = helps.then(|| nearest(path, numbers.files.keys().map(String::as_str))).flatten();
            let hint = match near {
                Some(near) => format!("did you mean \"{near}\"? A place in the book is also written (#label)"),
                None => "an address begins with https://; a place in the book is written (#label)".to_owned(),
            };
            self.out.diagnostics.report(
                Diagnostic::new(
                    &lints::UNDEFINED_LABEL,
                    format!("the link leads to \"{path}\", which is neither an address nor a section"),
                )
                .at(span)
                .hint(hint),
            );
            return content;
        };
        let target = match label {
            None => Target::Division(division),
            Some(label) => match numbers.find(label, found, span, self.out.diagnostics) {
                Some(found) => found.target.clone(),
                None => return content,
            },
        };
        let mut title = || match label {
            Some(label) => self.name(label, span).map(|(_, content)| content),
            None => {
                let title = numbers.titles.get(&division)?;
                self.title(&format!("/{}", division.0), title, span)
            }
        };
        let content = if content.is_empty() { title().unwrap_or_else(|| vec![Inline::text(path)]) } else { content };
        vec![Inline { kind: InlineKind::Link { target, content }, span: Some(span) }]
    }

    /// A link to a section by its name, as note-takers' programs write it; where there is none, its words.
    pub(super) fn named_link(&mut self, name: &str, label: Option<&str>, inner: &[PInline], span: Span) -> Vec<Inline> {
        let content = self.content(inner);
        let from = self.tables.sources.file(span.source).path.clone();
        let numbers = self.tables.numbers;
        let found = match name {
            "" => numbers.page(from.rsplit('/').next().unwrap_or(&from), &from),
            _ => numbers.named(name, &from),
        };
        let shown = || Inline {
            kind: InlineKind::Text(if name.is_empty() { label.unwrap_or(name) } else { name }.to_owned()),
            span: Some(span),
        };
        if found.is_none()
            && label.is_none()
            && let Some(heading) = numbers.heading(&number::github_label(name), &from)
        {
            let target = heading.target.clone();
            let content = if content.is_empty() { vec![shown()] } else { content };
            return vec![Inline { kind: InlineKind::Link { target, content }, span: Some(span) }];
        }
        let Some((path, division)) = found else {
            // Each name is said once: notes lead often to those that are not in the book.
            if self.out.led_to_none.insert(name.to_owned()) {
                let message = format!("no section is called \"{name}\": the words are printed");
                self.out.diagnostics.report(
                    Diagnostic::new(&lints::LITERAL_MARKUP, message)
                        .at(span)
                        .hint("a link is written [words](next.md), or [words](#label) where a heading has {#label}"),
                );
            }
            return if content.is_empty() { vec![shown()] } else { content };
        };
        // What a text only wished to show leads to its beginning, where that part is not in it.
        let shows = self.tables.sources.text(span).starts_with('!');
        let label = label
            .filter(|label| !label.is_empty())
            .map(number::github_label)
            .filter(|label| !shows || numbers.heading(label, path).is_some());
        let (target, title) = match &label {
            None => {
                let title = numbers
                    .titles
                    .get(&division)
                    .and_then(|title| self.title(&format!("/{}", division.0), title, span));
                (Target::Division(division), title)
            }
            Some(label) => match numbers.find(label, path, span, self.out.diagnostics) {
                Some(found) => (found.target.clone(), self.name(label, span).map(|(_, content)| content)),
                None => return content,
            },
        };
        let content = match content.is_empty() {
            true => title.unwrap_or_else(|| vec![shown()]),
            false => content,
        };
        vec![Inline { kind: InlineKind::Link { target, content }, span: Some(span) }]
    }

    /// A link that leads out of the folder, as those of a page among others of a site do: said once a book.
    pub(super) fn leads_out(&mut self, path: &str, span: Span) {
        if std::mem::replace(&mut self.out.led_out, true) {
            return;
        }
        self.out.diagnostics.report(
            Diagnostic::new(
                &lints::LINK_OUTSIDE,
                format!("the link leads to \"{path}\", out of the manuscript folder"),
            )
            .at(span)
            .hint("write the whole address, https://…; its words are kept, and those of others like it"),
        );
    }

    /// The title of another file, as a link; where there is no such file, its name.
    pub(super) fn document(&mut self, path: &str, span: Span) -> Vec<Inline> {
        let from = self.tables.sources.file(span.source).path.clone();
        let numbers = self.tables.numbers;
        let found = numbers.file(path, &from).or_else(|| numbers.file(&format!("{path}.md"), &from));
        let Some((_, division)) = found else {
            self.out.diagnostics.report(
                Diagnostic::new(
                    &lints::LITERAL_MARKUP,
                    format!("no section is called \"{path}\": its name is printed"),
                )
                .at(span)
                .hint("write the name of its file, counted from this one"),
            );
            return vec![Inline { kind: InlineKind::Text(path.to_owned()), span: Some(span) }];
        };
        let content = match numbers.titles.get(&division) {
            Some(title) => self.title(&format!("/{}", division.0), title, span).unwrap_or_default(),
            None => vec![Inline::text(path)],
        };
        vec![Inline { kind: InlineKind::Link { target: Target::Division(division), content }, span: Some(span) }]
    }
}

/// A path, then what is left of it without its first folder, and so on.
fn parts_of(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.split_once('/').map(|(_, rest)| rest)).filter(|path| !path.is_empty())
}

/// Whether a path leads out of the manuscript folder, seen from a file in it.
fn leads_out(path: &str, from: &str) -> bool {
    let mut depth = from.matches('/').count() as i64;
    for part in path.split('/') {
        match part {
            ".." => depth -= 1,
            "" | "." => {}
            _ => depth += 1,
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// How many pieces a name has, those included that only the e-book shows.
fn weight(content: &[Inline]) -> usize {
    let own =
        |piece: &Inline| if let InlineKind::PageReference { content, .. } = &piece.kind { weight(content) } else { 0 };
    walk::pieces(content).map(|piece| 1 + own(piece)).sum()
}

/// Whether the author's own word stands before a reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ItsWord {
    /// No word, or another.
    Absent,
    /// "Figure", "Fig."
    ForOne,
    /// "Figures", "Figs."
    ForSeveral(Term),
}

/// The label that a reference names, or the first of them.
fn first_of(reference: &PKind) -> Option<&String> {
    match reference {
        PKind::Name(label) => Some(label),
        PKind::Names(labels) => labels.first(),
        _ => None,
    }
}
