//! Numbers: figures, tables, boxes and headings get theirs in reading order, and labels learn what they lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::figures::Figures;
use crate::book::block::{BoxKind, Numerals};
use crate::book::division::Numbered;
use crate::book::{BlockId, DivisionId, DivisionKind, Matter, NoteId, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, lints, nearest};
use crate::language::terms::Term;
use crate::language::{Language, is_of_a_word, numerals, slug};
use crate::manuscript::chapter::Chapter;
use crate::markdown::letters;
use crate::markdown::parsed::{PBlock, PBlockKind, PInline, PKind};
use crate::markdown::walk::{Inside, Shape};
use crate::source::Span;

/// What a label leads to.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    /// Where.
    pub target: Target,
    /// What a bare reference says: "Figure 2".
    pub name: Name,
    /// Where the label was given.
    pub span: Span,
    /// The file in which.
    pub path: String,
    /// What it names, for messages: "figure".
    pub what: &'static str,
}

/// What a bare reference says.
#[derive(Clone, Debug)]
pub(crate) enum Name {
    /// "Figure 2": the whole, its word, and its number.
    Number { whole: String, term: Term, number: String },
    /// A title.
    Title(Vec<PInline>),
}

/// All numbers and labels of a book.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// By label.
    pub labels: BTreeMap<String, Labelled>,
    /// The labels that headings without one have by pandoc's and GitHub's rules, by file.
    automatic: BTreeMap<String, BTreeMap<String, Labelled>>,
    /// Every recommendation in order: its block, its number, what it says.
    pub recommendations: Vec<(BlockId, String, Vec<PBlock>)>,
    /// The titles of divisions, as they are headed.
    pub titles: BTreeMap<DivisionId, Vec<PInline>>,
    /// The first division of each file.
    pub files: BTreeMap<String, DivisionId>,
    /// "Figure 2", by block.
    pub blocks: BTreeMap<BlockId, String>,
    /// "2.1", by heading's text.
    pub headings: BTreeMap<BlockId, String>,
    /// "2", by chapter's place.
    pub chapters: Vec<Option<String>>,
    /// The label of each chapter, unique, ASCII.
    pub chapter_labels: Vec<String>,
}

/// What is to be numbered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Headings, and the sections above them.
    pub headings: bool,
    /// Sections, whatever headings have.
    pub sections: Numbered,
}

impl Asked {
    /// Which sections are numbered: all where headings are; none where a chapter's own title says its number.
    fn sections_of(self, chapters: &[Chapter], language: &Language) -> Numbered {
        let own = |chapter: &&Chapter| chapter.kind == DivisionKind::Chapter && says_a_number(chapter, language);
        match self.headings {
            true => Numbered::All,
            false if chapters.iter().any(|chapter| own(&chapter)) => Numbered::Unnumbered,
            false => self.sections,
        }
    }

    /// Whether a kind of section of the text has a number.
    fn numbers(self, kind: DivisionKind) -> bool {
        match self.sections {
            Numbered::Unnumbered => false,
            Numbered::Chapters => kind == DivisionKind::Chapter,
            // Where headings have numbers, those of what has none would stand alone.
            Numbered::All if self.headings => kind != DivisionKind::Part,
            Numbered::All => !matches!(kind, DivisionKind::Part | DivisionKind::Prologue | DivisionKind::Epilogue),
        }
    }
}

/// Whether a chapter's title says its number itself: "Chapter IV", "12", "iv".
fn says_a_number(chapter: &Chapter, language: &Language) -> bool {
    let title = match (&chapter.title, &chapter.parsed.heading) {
        (Some(title), _) => title.text.clone(),
        (None, Some(heading)) => letters(&heading.title.content),
        (None, None) => return false,
    };
    let title = title.trim().to_lowercase();
    let bare = |word: &str| {
        let word = word.trim_end_matches(['.', ':']);
        !word.is_empty() && (word.chars().all(char::is_numeric) || numerals::roman_value(word).is_some())
    };
    let word = Term::Chapter.word(language).to_lowercase();
    let after = title.strip_prefix(&word).map(str::trim_start);
    let first = |text: &str| text.split_whitespace().next().is_some_and(bare);
    after.is_some_and(first) || title.split_whitespace().next().is_some_and(|one| bare(one) && one.len() == title.len())
}

/// Numbers the chapters of a book, given with the ids of their divisions; words of its notes, which are given with the files
/// that call them, may have labels.
pub(crate) fn number(
    chapters: &[Chapter],
    divisions: &[DivisionId],
    notes: &[(NoteId, &str, &[PBlock])],
    language: &Language,
    asked: Asked,
    figures: &Figures,
    diagnostics: &mut Diagnostics,
) -> Numbers {
    let mut counter = Counter {
        numbers: Numbers::default(),
        language,
        figures: 0,
        tables: 0,
        boxes: 0,
        listings: 0,
        recommendations: 0,
        number_headings: asked.headings,
        chapter: None,
        heading: [0; 7],
        panel: None,
        path: String::new(),
        chapters: Taken::default(),
        headings: BTreeMap::new(),
        said: figures,
        diagnostics,
    };
    let mut count = 0;
    let mut appendices = 0;
    let asked = Asked { sections: asked.sections_of(chapters, language), ..asked };
    for (chapter, division) in chapters.iter().zip(divisions) {
        let number = match (chapter.matter, chapter.kind) {
            (_, DivisionKind::Appendix) if asked.sections == Numbered::All && chapter.numbered => {
                appendices += 1;
                Some(numerals::letters(appendices).to_uppercase())
            }
            (Matter::Body, kind) if chapter.numbered && asked.numbers(kind) => {
                count += 1;
                Some(counter.language.digits(&count.to_string()))
            }
            _ => None,
        };
        counter.path.clone_from(&chapter.path);
        counter.numbers.files.entry(chapter.path.clone()).or_insert(*division);
        counter.chapter.clone_from(&number);
        counter.heading = [0; 7];
        counter.chapter_label(chapter, *division, number.as_deref());
        counter.numbers.chapters.push(number);
        counter.blocks(&chapter.parsed.blocks);
    }
    for (note, path, blocks) in notes {
        (*path).clone_into(&mut counter.path);
        counter.places_in_a_note(blocks, &Target::Note(*note));
    }
    counter.numbers
}

struct Counter<'a> {
    numbers: Numbers,
    language: &'a Language,
    figures: u32,
    tables: u32,
    boxes: u32,
    listings: u32,
    recommendations: u32,
    number_headings: bool,
    chapter: Option<String>,
    heading: [u32; 7],
    /// The number of the figure whose parts are counted, and how many were.
    panel: Option<(String, u64)>,
    path: String,
    /// The labels of chapters.
    chapters: Taken,
    /// Those that headings have by themselves, by file.
    headings: BTreeMap<String, Taken>,
    said: &'a Figures,
    diagnostics: &'a mut Diagnostics,
}

/// Names that are taken; equal ones are counted on.
#[derive(Default)]
struct Taken {
    names: BTreeSet<String>,
    /// The count that was not yet tried, by name.
    next: BTreeMap<String, u32>,
}

impl Taken {
    /// A name, or with the first count from `first` on with which it is free.
    fn unique(&mut self, name: String, first: u32) -> String {
        if self.names.insert(name.clone()) {
            return name;
        }
        let count = self.next.entry(name.clone()).or_insert(first);
        loop {
            let counted = format!("{name}-{count}");
            *count += 1;
            if self.names.insert(counted.clone()) {
                return counted;
            }
        }
    }
}

impl Counter<'_> {
    /// A chapter's label: the author's, else its file's name or its title.
    fn chapter_label(&mut self, chapter: &Chapter, division: DivisionId, number: Option<&str>) {
        let heading = chapter.parsed.heading.as_ref();
        let own = heading.and_then(|heading| heading.attributes.label.clone());
        let title: Vec<PInline> = heading.map(|heading| heading.title.content.clone()).unwrap_or_default();
        let plain = letters(&title);
        let base = match &own {
            Some((label, _)) => slug(label),
            None if !plain.is_empty() => slug(&plain),
            None => slug(chapter.kind.name()),
        };
        self.numbers.chapter_labels.push(self.chapters.unique(base, 2));
        // A title of the front matter; its marks are not read where it is named.
        let title = match &chapter.title {
            Some(written) => {
                vec![PInline { kind: PKind::Text(written.text.replace(['*', '_'], "")), span: written.span }]
            }
            None => title,
        };
        self.numbers.titles.insert(division, title.clone());
        self.places(&title, &Target::Division(division));
        let name = match number {
            Some(number) => {
                let term = if chapter.kind == DivisionKind::Appendix { Term::Appendix } else { Term::Section };
                self.counted(term, number.to_owned())
            }
            None => Name::Title(title),
        };
        match own {
            Some((label, span)) => self.label(label, span, Target::Division(division), name, "section"),
            None => {
                let span = heading.map_or(chapter.parsed.span, |heading| heading.title.span);
                self.automatic(&plain, span, Target::Division(division), name, "section");
            }
        }
    }

    fn label(&mut self, label: String, span: Span, target: Target, name: Name, what: &'static str) {
        if let Some(first) = self.numbers.labels.get(&label) {
            // One thing may be called the same in two ways: `## Title <a id="x"></a> {#x}`.
            if first.target == target {
                return;
            }
            self.diagnostics.report(
                Diagnostic::new(&lints::DUPLICATE_LABEL, format!("the label \"{label}\" is given twice"))
                    .at(span)
                    .label(first.span, format!("the first time to a {} here", first.what))
                    .hint("a label names one thing in the whole book"),
            );
            return;
        }
        let path = self.path.clone();
        self.numbers.labels.insert(label, Labelled { target, name, span, path, what });
    }

    /// The labels that a heading has by pandoc's and GitHub's rules; equal ones count on in a file.
    fn automatic(&mut self, title: &str, span: Span, target: Target, name: Name, what: &'static str) {
        let path = self.path.clone();
        let known = self.numbers.automatic.entry(path.clone()).or_default();
        let taken = self.headings.entry(path).or_default();
        // A Mac may have typed its letters in two characters each.
        let title: String = title.nfc().collect();
        let title = title.as_str();
        let mut forms = vec![github_label(title)];
        let pandoc = pandoc_label(title);
        if !forms.contains(&pandoc) {
            forms.push(pandoc);
        }
        for form in forms.into_iter().filter(|form| !form.is_empty()) {
            let (target, name, path) = (target.clone(), name.clone(), self.path.clone());
            known.insert(taken.unique(form, 1), Labelled { target, name, span, path, what });
        }
    }

    /// Words that have a label: it leads to where they stand.
    fn places(&mut self, content: &[PInline], target: &Target) {
        for piece in content {
            if let PKind::Place(label, inner) = &piece.kind {
                let name = Name::Title(inner.clone());
                self.label(label.clone(), piece.span, target.clone(), name, "word");
            }
            if let Shape::Around(inner) = piece.shape() {
                self.places(inner, target);
            }
        }
    }

    /// What has a label in a note leads to the note.
    fn places_in_a_note(&mut self, blocks: &[PBlock], note: &Target) {
        for block in blocks {
            block.inside(&mut |inside| match inside {
                Inside::Block(inner) => self.places_in_a_note(slice::from_ref(inner), note),
                Inside::Text(text) => self.places(&text.content, note),
            });
        }
    }

    fn blocks(&mut self, blocks: &[PBlock]) {
        for block in blocks {
            self.block(block);
            let outer = self.panel.clone();
            if matches!(block.kind, PBlockKind::Panels(_)) {
                self.panel = self.numbers.blocks.contains_key(&block.id).then(|| (self.figures.to_string(), 0));
            }
            block.inside(&mut |inside| match inside {
                Inside::Block(inner) => self.blocks(slice::from_ref(inner)),
                Inside::Text(text) => self.places(&text.content, &Target::Block(text.id)),
            });
            if matches!(block.kind, PBlockKind::Panels(_)) {
                self.panel = outer;
            }
        }
    }

    /// Numbers a block, and remembers what its label leads to.
    fn block(&mut self, block: &PBlock) {
        let (what, name) = self.named(block);
        if let Some((label, span)) = &block.label {
            self.label(label.clone(), *span, Target::Block(block.id), name, what);
        }
    }

    /// What a block is called, in messages and by a bare reference.
    fn named(&mut self, block: &PBlock) -> (&'static str, Name) {
        let unnamed = Name::Title(Vec::new());
        if let (PBlockKind::Figure(_), Some((whole, count))) = (&block.kind, &mut self.panel) {
            *count += 1;
            let letter = Numerals::Letters.write(*count);
            let number = format!("{whole}{letter}");
            self.numbers.blocks.insert(block.id, format!("({letter})"));
            return ("figure", self.counted(Term::Figure, number));
        }
        if let PBlockKind::Panels(row) = &block.kind {
            if row.caption.is_none() && block.label.is_none() {
                return ("row of pictures", unnamed);
            }
            self.figures += 1;
            return ("figure", self.numbered(block, Term::Figure, self.figures));
        }
        if let PBlockKind::Figure(figure) = &block.kind {
            if self.said.get(block.id, figure).caption.is_none() {
                return ("figure", unnamed);
            }
            self.figures += 1;
            return ("figure", self.numbered(block, Term::Figure, self.figures));
        }
        if let PBlockKind::Table(table) = &block.kind {
            if table.caption.is_none() {
                return ("table", unnamed);
            }
            self.tables += 1;
            return ("table", self.numbered(block, Term::Table, self.tables));
        }
        if let PBlockKind::Code { caption, .. } = &block.kind {
            let labelled = block.label.as_ref().is_some_and(|(label, _)| label.starts_with("lst"));
            if caption.is_none() || !labelled {
                let title = caption.as_ref().map(|caption| caption.content.clone()).unwrap_or_default();
                return ("listing", Name::Title(title));
            }
            self.listings += 1;
            return ("listing", self.numbered(block, Term::Listing, self.listings));
        }
        if let PBlockKind::Box { kind: BoxKind::Recommendation, blocks, .. } = &block.kind {
            self.recommendations += 1;
            let name = self.numbered(block, Term::Recommendation, self.recommendations);
            if let Name::Number { whole, .. } = &name {
                self.numbers.recommendations.push((block.id, whole.clone(), blocks.clone()));
            }
            return ("recommendation", name);
        }
        if let PBlockKind::Box { title, .. } = &block.kind {
            // A label that says so makes it one of the numbered boxes, as does one where no title stands.
            let counts = block
                .label
                .as_ref()
                .is_some_and(|(label, _)| title.is_none() || label.starts_with("box-") || label.starts_with("box:"));
            if counts {
                self.boxes += 1;
                return ("box", self.numbered(block, Term::Box, self.boxes));
            }
            let name = title.as_ref().map_or(unnamed, |title| Name::Title(title.content.clone()));
            return ("box", name);
        }
        if let PBlockKind::Heading(heading) = &block.kind {
            let number = self.heading_number(heading.level, heading.attributes.has("unnumbered"));
            if let Some(number) = &number {
                self.numbers.headings.insert(heading.title.id, number.clone());
            }
            let name = match number {
                Some(number) => self.counted(Term::Section, number.to_owned()),
                None => Name::Title(heading.title.content.clone()),
            };
            if block.label.is_none() {
                let title = letters(&heading.title.content);
                self.automatic(&title, block.span, Target::Block(block.id), name.clone(), "heading");
            }
            return ("heading", name);
        }
        ("block", unnamed)
    }

    /// "Figure 2", settled for a block.
    fn numbered(&mut self, block: &PBlock, term: Term, number: u32) -> Name {
        let number = self.language.digits(&number.to_string());
        self.numbers.blocks.insert(block.id, term.numbered(self.language, &number));
        self.counted(term, number)
    }

    fn counted(&self, term: Term, number: String) -> Name {
        Name::Number { whole: term.numbered(self.language, &number), term, number }
    }

    fn heading_number(&mut self, level: u8, unnumbered: bool) -> Option<String> {
        if !self.number_headings || unnumbered || level > 3 {
            return None;
        }
        let chapter = self.chapter.as_ref()?;
        let level = usize::from(level.max(2));
        self.heading[level] += 1;
        for deeper in &mut self.heading[level + 1..] {
            *deeper = 0;
        }
        let mut number = chapter.clone();
        for part in &self.heading[2..=level] {
            number.push_str(&self.language.digits(&format!(".{part}")));
        }
        Some(number)
    }
}

impl Numbers {
    /// The file that a link names, seen from another, and its first division.
    pub fn file(&self, written: &str, from: &str) -> Option<(&str, DivisionId)> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in written.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        // Other tools lead to what they make of a file.
        let stem = [".html", ".htm", ".xhtml"].iter().find_map(|end| path.strip_suffix(end));
        let stem = stem.or_else(|| path.rsplit_once('.').map(|(stem, _)| stem).filter(|_| is_markdown(&path)));
        let exact = self.files.get_key_value(&path);
        let found = exact.or_else(|| {
            let stem = stem?;
            let same = |name: &str| is_markdown(name) && name.rsplit_once('.').is_some_and(|(own, _)| own == stem);
            self.files.iter().find(|(name, _)| same(name))
        });
        found.map(|(name, division)| (name.as_str(), *division))
    }

    /// The same of a page of a site, which leaves the ending out, or has its text in a folder of its own.
    pub fn page(&self, written: &str, from: &str) -> Option<(&str, DivisionId)> {
        let bare = written.trim_end_matches('/');
        let within = ["index.md", "_index.md", "README.md"].iter().map(|name| format!("{bare}/{name}"));
        let forms = [written.to_owned(), format!("{bare}.md")].into_iter().chain(within);
        forms.into_iter().find_map(|form| self.file(&form, from))
    }

    /// The file that is called so, or whose section is, as programs for notes refer: whatever its folder, its number and its
    /// capitals.
    pub fn named(&self, name: &str, from: &str) -> Option<(&str, DivisionId)> {
        let bare = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let stem = if is_markdown(name) { name.rsplit_once('.').map_or(name, |(stem, _)| stem) } else { name };
            stem.to_lowercase()
        };
        let wanted = bare(name);
        let unnumbered = |stem: &str| {
            stem.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', ' ']).to_owned()
        };
        self.page(name, from)
            .or_else(|| self.files.iter().find(|(path, _)| bare(path) == wanted).map(|(path, id)| (path.as_str(), *id)))
            .or_else(|| {
                let spaced = wanted.replace(' ', "-");
                let found = self.files.iter().find(|(path, _)| [&wanted, &spaced].contains(&&unnumbered(&bare(path))));
                found.map(|(path, id)| (path.as_str(), *id))
            })
            .or_else(|| {
                let titled = |id: &DivisionId| {
                    self.titles.get(id).is_some_and(|title| crate::markdown::letters(title).to_lowercase() == wanted)
                };
                self.files.iter().find(|(_, id)| titled(id)).map(|(path, id)| (path.as_str(), *id))
            })
    }

    /// The heading of a file that is called so, else the only one of the book.
    pub fn heading(&self, label: &str, from: &str) -> Option<&Labelled> {
        if let Some(own) = self.automatic.get(from).and_then(|own| own.get(label)) {
            return Some(own);
        }
        let mut all = self.automatic.values().filter_map(|own| own.get(label));
        all.next().filter(|_| all.next().is_none())
    }

    /// What a label was written for: pandoc-crossref's `fig:map` and Quarto's `fig-map` are one.
    pub fn written(&self, label: &str) -> Option<&Labelled> {
        let other = match label.find([':', '-']) {
            Some(at) => {
                let sign = if label[at..].starts_with(':') { '-' } else { ':' };
                format!("{}{sign}{}", &label[..at], &label[at + 1..])
            }
            None => String::new(),
        };
        // bookdown refers to its theorems by their kind and their label.
        let of_a_kind = ["thm:", "lem:", "cor:", "prp:", "cnj:", "def:", "exm:", "exr:", "hyp:"];
        let bare = || of_a_kind.iter().find_map(|kind| self.labels.get(label.strip_prefix(kind)?));
        self.labels.get(label).or_else(|| self.labels.get(&other)).or_else(bare)
    }

    /// What a label leads to from a file, or a report with the nearest label.
    pub fn find(&self, label: &str, from: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<&Labelled> {
        if let Some(found) = self.written(label) {
            return Some(found);
        }
        if let Some(found) = self.automatic.get(from).and_then(|own| own.get(label)) {
            return Some(found);
        }
        let all: Vec<&Labelled> = self.automatic.values().filter_map(|own| own.get(label)).collect();
        if let [first, second, ..] = all.as_slice() {
            diagnostics.report(
                Diagnostic::new(&lints::UNDEFINED_LABEL, format!("several headings are called \"{label}\""))
                    .at(span)
                    .label(first.span, "one is here")
                    .label(second.span, "another is here")
                    .hint(format!("write the file before it: ({}#{label}), or give one a label in braces", first.path)),
            );
            return None;
        }
        if let [only] = all.as_slice() {
            return Some(only);
        }
        if label.is_empty() {
            diagnostics.report(leads_nowhere(span));
            return None;
        }
        let composed: String = label.nfc().collect();
        if composed != label {
            return self.find(&composed, from, span, diagnostics);
        }
        // GitHub's labels have small letters only, and a browser that follows a link may not mind.
        let lower = label.to_lowercase();
        if lower != label
            && let Some(found) = self.automatic.get(from).and_then(|own| own.get(&lower))
        {
            return Some(found);
        }
        let mut said = Diagnostic::new(&lints::UNDEFINED_LABEL, format!("nothing is called \"{label}\"")).at(span);
        let other = if diagnostics.helps() { self.meant(label, from) } else { None };
        if let Some((other, found)) = other {
            said = said.hint(format!("a {} in {} is called \"{other}\"", found.what, found.path));
        } else {
            said = said.hint("a label stands in braces: ## Outlook {#sec-outlook}, ![…](…){#fig-map}");
        }
        diagnostics.report(said);
        None
    }

    /// The label that was meant by one that nothing has.
    fn meant(&self, label: &str, from: &str) -> Option<(&String, &Labelled)> {
        // In a long book the first labels will do.
        const MOST: usize = 1_000;
        fn bare(label: &str) -> &str {
            label.split_once('-').map_or(label, |(_, rest)| rest)
        }
        let wanted = bare(label);
        let mut first = self.labels.iter().take(MOST);
        let same = first.find(|(other, _)| bare(other) == wanted || *other == wanted);
        let automatic = || {
            let own = self.automatic.get(from)?;
            own.get_key_value(nearest(label, own.keys().take(MOST).map(String::as_str))?)
        };
        let near = || self.labels.get_key_value(nearest(label, self.labels.keys().map(String::as_str))?);
        same.or_else(automatic).or_else(near)
    }
}

/// What is said of `[words]()` and `[words](#)`.
pub(super) fn leads_nowhere(span: Span) -> Diagnostic {
    Diagnostic::new(&lints::UNDEFINED_LABEL, "this link leads nowhere")
        .at(span)
        .hint("write where it leads, (https://…), (20-next.md) or (#label), or take its brackets out")
}

fn is_markdown(path: &str) -> bool {
    let end = path.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    matches!(end.as_deref(), Some("md" | "markdown" | "qmd"))
}

/// GitHub's label of a heading: small letters, digits, `-` and `_`; spaces are hyphens.
pub(super) fn github_label(title: &str) -> String {
    let kept = |c: &char| is_of_a_word(*c) || "-_ ".contains(*c);
    title.trim().chars().flat_map(char::to_lowercase).filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// pandoc's: the same with `.`, without marks, runs of spaces as one hyphen, and nothing before the first letter.
fn pandoc_label(title: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() && !is_combining_mark(*c) || "-_.".contains(*c) || c.is_whitespace();
    let letters: String = title.chars().flat_map(char::to_lowercase).filter(kept).collect();
    let joined = letters.split_whitespace().collect::<Vec<_>>().join("-");
    joined.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_labels_that_other_tools_give_them() {
        assert_eq!(github_label("The 2nd law: salt's own"), "the-2nd-law-salts-own");
        assert_eq!(github_label("Über alles?"), "über-alles");
        assert_eq!(github_label("क्या यह \"निःशुल्क\" है?"), "क्या-यह-निःशुल्क-है");
        assert_eq!(pandoc_label("அர்த்தம் என்ன?"), "அரததம-எனன");
        assert_eq!(pandoc_label("2nd law: v1.0 it is"), "nd-law-v1.0-it-is");
        assert_eq!(pandoc_label("Who  pays?"), "who-pays");
    }
}
