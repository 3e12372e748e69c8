//! Numbers: figures, tables, boxes and headings get theirs in reading order, and labels learn what they lead to.

use std::collections::BTreeMap;
use std::slice;

use super::figures::Figures;
use crate::book::{BlockId, DivisionId, DivisionKind, Matter, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, lints, nearest};
use crate::language::terms::Term;
use crate::language::{Language, slug};
use crate::manuscript::spine::Chapter;
use crate::markdown::letters;
use crate::markdown::parsed::{PBlock, PBlockKind, PInline};
use crate::markdown::walk::Inside;
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
    /// A word and a number.
    Number(String),
    /// A title.
    Title(Vec<PInline>),
}

/// All numbers and labels of a book.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// By label.
    pub labels: BTreeMap<String, Labelled>,
    /// "Figure 2", by block.
    pub blocks: BTreeMap<BlockId, String>,
    /// "2.1", by heading's text.
    pub headings: BTreeMap<BlockId, String>,
    /// "2", by chapter's place.
    pub chapters: Vec<Option<String>>,
    /// The label of each chapter, unique, ASCII.
    pub chapter_labels: Vec<String>,
}

/// Numbers the chapters of a book, given with the ids of their divisions.
pub(crate) fn number(
    chapters: &[Chapter],
    divisions: &[DivisionId],
    language: &Language,
    number_headings: bool,
    figures: &Figures,
    diagnostics: &mut Diagnostics,
) -> Numbers {
    let mut counter = Counter {
        numbers: Numbers::default(),
        language,
        figures: 0,
        tables: 0,
        boxes: 0,
        number_headings,
        chapter: None,
        heading: [0; 7],
        path: String::new(),
        said: figures,
        diagnostics,
    };
    let mut count = 0;
    let mut appendices = 0;
    for (chapter, division) in chapters.iter().zip(divisions) {
        let number = match (chapter.matter, chapter.kind) {
            (_, DivisionKind::Appendix) if number_headings && chapter.numbered => {
                appendices += 1;
                Some(char::from(b'A' + (appendices - 1).min(25) as u8).to_string())
            }
            (Matter::Body, kind) if number_headings && chapter.numbered && kind != DivisionKind::Part => {
                count += 1;
                Some(count.to_string())
            }
            _ => None,
        };
        counter.path.clone_from(&chapter.path);
        counter.chapter.clone_from(&number);
        counter.heading = [0; 7];
        counter.chapter_label(chapter, *division, number.as_deref());
        counter.numbers.chapters.push(number);
        counter.blocks(&chapter.parsed.blocks);
    }
    counter.numbers
}

struct Counter<'a> {
    numbers: Numbers,
    language: &'a Language,
    figures: u32,
    tables: u32,
    boxes: u32,
    number_headings: bool,
    chapter: Option<String>,
    heading: [u32; 7],
    path: String,
    said: &'a Figures,
    diagnostics: &'a mut Diagnostics,
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
        let mut unique = base.clone();
        let mut count = 2;
        while self.numbers.chapter_labels.contains(&unique) {
            unique = format!("{base}-{count}");
            count += 1;
        }
        self.numbers.chapter_labels.push(unique);
        let name = match number {
            Some(number) => Name::Number(format!("{}\u{a0}{number}", Term::Section.word(self.language))),
            None => Name::Title(title),
        };
        if let Some((label, span)) = own {
            self.label(label, span, Target::Division(division), name, "section");
        }
    }

    fn label(&mut self, label: String, span: Span, target: Target, name: Name, what: &'static str) {
        if let Some(first) = self.numbers.labels.get(&label) {
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

    fn blocks(&mut self, blocks: &[PBlock]) {
        for block in blocks {
            self.block(block);
            block.inside(&mut |inside| {
                if let Inside::Block(inner) = inside {
                    self.blocks(slice::from_ref(inner));
                }
            });
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
        if let PBlockKind::Figure(_) = &block.kind {
            if self.said.get(block.id).caption.is_none() {
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
        if let PBlockKind::Box { title, .. } = &block.kind {
            let name = match (title, &block.label) {
                (Some(title), _) => Name::Title(title.content.clone()),
                (None, Some(_)) => {
                    self.boxes += 1;
                    Name::Number(format!("{}\u{a0}{}", Term::Box.word(self.language), self.boxes))
                }
                (None, None) => unnamed,
            };
            return ("box", name);
        }
        if let PBlockKind::Heading(heading) = &block.kind {
            let number = self.heading_number(heading.level, heading.attributes.has("unnumbered"));
            if let Some(number) = &number {
                self.numbers.headings.insert(heading.title.id, number.clone());
            }
            let name = match number {
                Some(number) => Name::Number(format!("{}\u{a0}{number}", Term::Section.word(self.language))),
                None => Name::Title(heading.title.content.clone()),
            };
            return ("heading", name);
        }
        ("block", unnamed)
    }

    /// "Figure 2", settled for a block.
    fn numbered(&mut self, block: &PBlock, term: Term, number: u32) -> Name {
        let name = format!("{}\u{a0}{number}", term.word(self.language));
        self.numbers.blocks.insert(block.id, name.clone());
        Name::Number(name)
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
            number.push_str(&format!(".{part}"));
        }
        Some(number)
    }
}

impl Numbers {
    /// What a label leads to, or a report with the nearest label.
    pub fn find(&self, label: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<&Labelled> {
        if let Some(found) = self.labels.get(label) {
            return Some(found);
        }
        let mut said = Diagnostic::new(&lints::UNDEFINED_LABEL, format!("nothing is called \"{label}\"")).at(span);
        let bare = |label: &str| label.split_once('-').map_or(label.to_owned(), |(_, rest)| rest.to_owned());
        // In a long book with a thousand wrong references the first labels will do.
        const MOST: usize = 1_000;
        let mut first = self.labels.iter().take(MOST);
        let other = first.find(|(other, _)| bare(other) == bare(label) || **other == bare(label));
        let other = other.or_else(|| {
            let near = nearest(label, self.labels.keys().map(String::as_str))?;
            self.labels.get_key_value(near)
        });
        if let Some((other, found)) = other {
            said = said.hint(format!("a {} in {} is called \"{other}\"", found.what, found.path));
        } else {
            said = said.hint("a label stands in braces: ## Outlook {#sec-outlook}, ![…](…){#fig-map}");
        }
        diagnostics.report(said);
        None
    }
}
