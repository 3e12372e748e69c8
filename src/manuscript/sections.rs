//! Sections: each file read, its front matter taken off, its text parsed and cut into chapters.

use std::ops::Range;

use rayon::prelude::*;

use super::chapter::{Chapter, no_note};
use super::chosen::Order;
use super::folder::{self, kind_of};
use super::foreign;
use super::front_matter::{self, Head};
use super::keys;
use super::people::people;
use super::texts::{alike, read_text};
use super::values::{bad_language, one_of};

use crate::book::{DivisionKind, Matter};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::language::terms::Term;
use crate::markdown::draft::{Included, Includes, Indent};
use crate::markdown::marks::kind_of_heading;
use crate::markdown::parsed::{PBlock, PBlockKind, ParsedDivision, ParsedHeading, ParsedNote};
use crate::markdown::{self, Asked, Ids, Parsed, letters, walk};
use crate::source::{FilePath, Files, ReadError, SourceId, Sources, Span};
use crate::yaml::{self, Fields, Written, nearest};

/// A section's front matter.
#[derive(Default)]
struct FrontMatter {
    title: Option<Written>,
    short_title: Option<Written>,
    kind: Option<DivisionKind>,
    level: Option<u8>,
    matter: Option<Matter>,
    authors: Vec<String>,
    language: Option<Language>,
    unnumbered: bool,
    draft: bool,
    plain: bool,
    indent: Indent,
    editions: Vec<Written>,
    /// It could not be read, so that nobody knows what it says.
    broken: bool,
}

/// Files that a section includes.
struct Beside<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    /// What was said already, in the whole book.
    told: &'a mut Vec<String>,
    /// Paths that stand in the section already.
    seen: Vec<String>,
}

impl Includes for Beside<'_> {
    fn read(&mut self, path: &str, part: &str) -> Included {
        let Ok(path) = crate::source::inside(path.trim_start_matches('/')) else { return Included::Outside };
        let asked = format!("{path}{part}");
        if path.ends_with(".md") && self.seen.contains(&asked) {
            return Included::Again;
        }
        match self.files.read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => {
                    let text = alike(&text);
                    self.seen.push(asked);
                    let id = self.sources.find(&path).filter(|id| self.sources.file(*id).text == text);
                    let id = id.unwrap_or_else(|| self.sources.add(&path, text.clone()));
                    Included::Read(id, text)
                }
                Err(_) => Included::Missing,
            },
            Err(ReadError::Outside) => Included::Outside,
            Err(_) => Included::Missing,
        }
    }

    fn first(&mut self, what: &str) -> bool {
        let first = !self.told.iter().any(|told| told == what);
        if first {
            self.told.push(what.to_owned());
        }
        first
    }
}

/// Who reads nothing: a text that asks for files is parsed again, when it is its turn.
#[derive(Default)]
struct Alone {
    asked: bool,
}

impl Includes for Alone {
    fn read(&mut self, _: &str, _: &str) -> Included {
        self.asked = true;
        Included::Missing
    }

    fn first(&mut self, _: &str) -> bool {
        self.asked = true;
        true
    }
}

/// A section whose text is there and not yet parsed.
struct Opened {
    path: String,
    id: SourceId,
    front: FrontMatter,
    /// Where its text begins.
    start: usize,
}

/// A text that was parsed by itself: its ids begin at 0.
struct Ahead {
    parsed: Parsed,
    ids: Ids,
    said: Diagnostics,
}

pub(super) struct Reader<'a> {
    pub files: &'a dyn Files,
    pub sources: &'a mut Sources,
    pub diagnostics: &'a mut Diagnostics,
    pub ids: Ids,
    pub notes: Vec<Vec<ParsedNote>>,
    pub divisions: Vec<Chapter>,
    pub left_out: Vec<String>,
    /// What was said once for the whole book.
    pub told: Vec<String>,
    /// Whether the sections are notes that lead to each other by their names, as Obsidian keeps them.
    pub notebook: bool,
    /// Whether some of the text is shown in some editions only.
    pub conditional: bool,
    /// What another tool's file lists.
    pub order: Option<(&'a str, &'a Order)>,
    /// Whether the paper carries its metadata itself.
    pub whole: bool,
    /// A list of works that lies in the folder.
    pub works: Option<String>,
}

impl Reader<'_> {
    /// Reads the sections, each by itself and all side by side as far as they ask for nothing beside them.
    pub fn sections(&mut self, names: &[String], bibliography: bool, language: &Language) {
        let mut opened: Vec<Opened> = Vec::new();
        for path in names {
            opened.extend(self.open(path, opened.is_empty()));
        }
        let (sources, works) = (&*self.sources, self.works.as_deref());
        let ahead: Vec<Option<Ahead>> = opened
            .par_iter()
            .map(|section| {
                let text = &sources.file(section.id).text;
                let mut alone = Alone::default();
                let language = section.front.language.as_ref().unwrap_or(language);
                let indent = section.front.indent;
                let asked = Asked { bibliography, works, language, indent, includes: &mut alone };
                let (mut ids, mut said) = (Ids::default(), Diagnostics::new());
                let body = section.start..text.len();
                let parsed = markdown::parse(section.id, text, body, asked, &mut ids, &mut said);
                (!alone.asked).then_some(Ahead { parsed, ids, said })
            })
            .collect();
        for (section, ahead) in opened.into_iter().zip(ahead) {
            let parsed = match ahead {
                Some(Ahead { mut parsed, ids, said }) => {
                    walk::renumber(&mut parsed.divisions, &mut parsed.notes, self.ids.count());
                    self.ids.pass(&ids);
                    self.diagnostics.append(said);
                    parsed
                }
                None => self.parsed(&section, bibliography, language),
            };
            for (list, title) in self.parts_at(&section.path) {
                self.part(&list, title, language);
            }
            self.section(section, parsed);
        }
    }

    /// The parts that another tool's list opens at a file.
    fn parts_at(&self, path: &str) -> Vec<(String, Range<usize>)> {
        let Some((list, order)) = self.order else { return Vec::new() };
        order.parts_at(path).filter_map(|part| Some((list.to_owned(), part.title.clone()?))).collect()
    }

    /// A part that another tool's file names by its title, which stands there.
    pub fn part(&mut self, list: &str, title: Range<usize>, language: &Language) {
        let Some(id) = read_text(self.files, &FilePath::manuscript(list), self.sources, None, self.diagnostics) else {
            return;
        };
        let text = self.sources.file(id).text.clone();
        let Some(words) = text.get(title.clone()) else { return };
        let title = Written { text: words.to_owned(), span: Span::new(id, title.start, title.end) };
        let mut includes = Beside { files: self.files, sources: self.sources, told: &mut self.told, seen: Vec::new() };
        let asked =
            Asked { bibliography: false, works: None, language, indent: Indent::default(), includes: &mut includes };
        let parsed = markdown::parse(id, &text, 0..0, asked, &mut self.ids, self.diagnostics);
        let file = self.notes.len();
        self.notes.push(parsed.notes);
        for division in parsed.divisions {
            self.divisions.push(Chapter {
                kind: DivisionKind::Part,
                matter: DivisionKind::Part.matter(),
                level: 1,
                levelled: false,
                editions: Vec::new(),
                file,
                path: list.to_owned(),
                title: Some(title.clone()),
                short_title: None,
                language: None,
                numbered: true,
                authors: Vec::new(),
                smart: true,
                parsed: division,
            });
        }
    }

    /// The text of a section and its front matter; `None` for a draft, and for what cannot be read.
    fn open(&mut self, path: &str, first: bool) -> Option<Opened> {
        let id = read_text(self.files, &FilePath::manuscript(path), self.sources, None, self.diagnostics)?;
        let text = self.sources.file(id).text.clone();
        let (front, start) = self.head(id, &text, first);
        self.second(id, &text, start);
        if front.draft {
            self.left_out.push(path.to_owned());
            return None;
        }
        Some(Opened { path: path.to_owned(), id, front, start })
    }

    /// The text of a section, parsed with what it includes.
    fn parsed(&mut self, section: &Opened, bibliography: bool, language: &Language) -> Parsed {
        let text = self.sources.file(section.id).text.clone();
        let mut includes =
            Beside { files: self.files, sources: self.sources, told: &mut self.told, seen: vec![section.path.clone()] };
        let asked = Asked {
            bibliography,
            works: self.works.as_deref(),
            language: section.front.language.as_ref().unwrap_or(language),
            indent: section.front.indent,
            includes: &mut includes,
        };
        markdown::parse(section.id, &text, section.start..text.len(), asked, &mut self.ids, self.diagnostics)
    }

    /// Its divisions, as chapters.
    fn section(&mut self, section: Opened, mut parsed: Parsed) {
        let Opened { path, mut front, .. } = section;
        let path = path.as_str();
        let file = self.notes.len();
        self.notes.push(parsed.notes);
        self.conditional |= parsed.conditional;
        let listed = self.order.and_then(|(_, order)| order.kind_of(path));
        let named =
            front.kind.or(listed).or_else(|| kind_of(path).filter(|_| !starts_a_site(path, &front, &parsed.divisions)));
        if front.title.is_none() && named.is_none_or(|kind| matches!(kind, DivisionKind::Chapter | DivisionKind::Part))
        {
            parsed.divisions = markdown::raise(parsed.divisions);
            if named.is_none() && front.short_title.is_none() && !front.broken {
                front.title = self.titled_by_its_file(path, &parsed.divisions);
                if front.title.is_none() {
                    self.untitled(path, &parsed.divisions);
                }
            }
        }
        let file_kind = named.unwrap_or(DivisionKind::Chapter);
        let count = parsed.divisions.len();
        let mut first = true;
        for mut division in parsed.divisions {
            let own = division
                .heading
                .as_ref()
                .and_then(|heading| kind_of_heading(&heading.attributes, &letters(&heading.title.content)));
            let kind = own.unwrap_or(file_kind);
            let titled = std::mem::take(&mut first);
            let lone = division.heading.is_none();
            if lone && count > 1 && division.blocks.is_empty() {
                continue;
            }
            let numbered = !front.unnumbered
                && !division.heading.as_ref().is_some_and(|heading| heading.attributes.has("unnumbered"));
            let title = front.title.as_ref().filter(|_| titled).and_then(|title| beside(title, &mut division));
            self.divisions.push(Chapter {
                kind,
                matter: front.matter.filter(|_| own.is_none()).unwrap_or(kind.matter()),
                level: front.level.unwrap_or(1),
                levelled: front.level.is_some(),
                editions: front.editions.clone(),
                file,
                path: path.to_owned(),
                title,
                short_title: if titled { front.short_title.clone() } else { None },
                language: front.language.clone(),
                numbered,
                authors: front.authors.clone(),
                smart: !front.plain,
                parsed: division,
            });
        }
    }

    /// The front matter, and where the text begins.
    fn head(&mut self, id: SourceId, text: &str, first: bool) -> (FrontMatter, usize) {
        match front_matter::head(text) {
            Head::Text => (FrontMatter::default(), 0),
            Head::Front(range, start) => (self.front_matter(id, range), start),
            Head::Unclosed(opens, keys) => {
                self.diagnostics.report(
                    Diagnostic::new(&lints::YAML_SYNTAX, "the front matter that begins here is never closed")
                        .at(Span::new(id, opens.start, opens.end))
                        .hint("write a line of --- after its last key"),
                );
                (FrontMatter { broken: true, ..FrontMatter::default() }, keys)
            }
            Head::Foreign(block, title) => {
                self.diagnostics.report(
                    Diagnostic::new(&lints::FOREIGN_KEY, "of this front matter recto reads the title only")
                        .at(Span::new(id, block.start, block.end))
                        .hint("front matter is YAML between two lines of three dashes: ---, title: …, ---"),
                );
                let title = title
                    .map(|at| Written { text: text[at.clone()].to_owned(), span: Span::new(id, at.start, at.end) });
                (FrontMatter { title, ..FrontMatter::default() }, block.end)
            }
            Head::TitleBlock(block) => {
                if !(self.whole && first) {
                    self.diagnostics.report(
                        Diagnostic::new(&lints::FOREIGN_KEY, "this title block is not read beside metadata.yaml")
                            .at(Span::new(id, block.start, block.end))
                            .hint("write `title:`, `authors:` and `date:` there, and take these lines out"),
                    );
                }
                (FrontMatter::default(), block.end)
            }
        }
    }

    /// Front matter in the middle of a file is no front matter, and no text either.
    fn second(&mut self, id: SourceId, text: &str, start: usize) {
        if let Some(range) = front_matter::second(text, start) {
            self.diagnostics.report(
                Diagnostic::new(&lints::FOREIGN_MARKUP, "front matter stands at the head of a file only")
                    .at(Span::new(id, range.start, range.end))
                    .hint("put what follows it into a file of its own, or take these lines out"),
            );
        }
    }

    /// The title of a note without a heading: its file's name, said once a book.
    fn titled_by_its_file(&mut self, path: &str, divisions: &[ParsedDivision]) -> Option<Written> {
        let ([ParsedDivision { heading: None, blocks, .. }], true) = (divisions, self.notebook) else { return None };
        let span = blocks.first()?.span;
        let text = folder::title_in(path)?;
        if !self.told.iter().any(|told| told == "note") {
            self.told.push("note".to_owned());
            let message = format!("\"{path}\" has no heading: its name is its title, as with others like it");
            let said = Diagnostic::new(&lints::UNTITLED, message).at(span);
            self.diagnostics.report(said.hint("begin it with # and a title"));
        }
        Some(Written { text: text.to_owned(), span: Span { end: span.start, ..span } })
    }

    /// A section that begins without a heading runs on from the one before.
    fn untitled(&mut self, path: &str, divisions: &[ParsedDivision]) {
        let Some(first) = divisions.first() else { return };
        if self.divisions.is_empty() || first.heading.is_some() || first.blocks.is_empty() {
            return;
        }
        let span = first.blocks.first().map_or(first.span, |block| block.span);
        let message = format!("\"{path}\" has no heading, so that its text runs on from the section before");
        let hint = match folder::kind_meant(path) {
            Some(kind) => format!("did you mean {kind}.md, a kind of section? else begin it with # and a title"),
            None => "begin it with # and a title".to_owned(),
        };
        self.diagnostics.report(Diagnostic::new(&lints::UNTITLED, message).at(span).hint(hint));
    }

    /// `notes.md`: definitions for all files.
    pub fn notes_file(&mut self, list: &[String], bibliography: bool, language: &Language, title: Option<&Written>) {
        let mut notes = Vec::new();
        if let Some(path) = list.iter().find(|path| folder::is_notes(path))
            && let Some(id) = read_text(self.files, &FilePath::manuscript(path), self.sources, None, self.diagnostics)
        {
            let text = self.sources.file(id).text.clone();
            let mut includes =
                Beside { files: self.files, sources: self.sources, told: &mut self.told, seen: vec![path.clone()] };
            let asked = Asked {
                bibliography,
                works: self.works.as_deref(),
                language,
                indent: Indent::Guess,
                includes: &mut includes,
            };
            let parsed = markdown::parse(id, &text, 0..text.len(), asked, &mut self.ids, self.diagnostics);
            self.titles_of_notes(&parsed.divisions, language);
            self.conditional |= parsed.conditional;
            notes = parsed.notes;
            let start = Span::new(id, 0, 0);
            let blocks = parsed.divisions.into_iter().flat_map(|division| division.blocks);
            let blocks: Vec<PBlock> = blocks.filter(|block| !matches!(block.kind, PBlockKind::Ornament)).collect();
            // What has no note at all was meant to have some.
            let (kept, left_out) = if notes.is_empty() { (Vec::new(), blocks) } else { with_text(blocks) };
            let hint = match notes.is_empty() {
                true => "a note begins with its label: [^1]: Its text",
                false => "notes stand under the titles of the sections that call them: take this one out",
            };
            for block in &left_out {
                self.diagnostics.report(no_note(block).hint(hint));
            }
            if !kept.is_empty() {
                let words = title.map_or(Term::Notes.word(language), |title| title.text.as_str());
                self.around_notes(path, kept, Written { text: words.to_owned(), span: start });
            }
        }
        self.notes.push(notes);
    }

    /// The text around the notes of all files, as a section of its own.
    fn around_notes(&mut self, path: &str, blocks: Vec<PBlock>, title: Written) {
        let span = title.span;
        self.divisions.push(Chapter {
            kind: DivisionKind::Notes,
            matter: DivisionKind::Notes.matter(),
            level: 1,
            levelled: false,
            editions: Vec::new(),
            file: self.notes.len(),
            path: path.to_owned(),
            title: Some(title),
            short_title: None,
            language: None,
            numbered: false,
            authors: Vec::new(),
            smart: true,
            parsed: ParsedDivision { heading: None, blocks, span },
        });
    }

    /// Says that a title in the file of the notes is not printed, unless it is what the notes are called anyway.
    fn titles_of_notes(&mut self, divisions: &[ParsedDivision], language: &Language) {
        for heading in divisions.iter().filter_map(|division| division.heading.as_ref()) {
            let words = letters(&heading.title.content);
            let english = Language::english();
            let usual = [Term::Notes.word(language), Term::Notes.word(&english)];
            if !usual.iter().any(|usual| usual.eq_ignore_ascii_case(words.trim())) {
                self.diagnostics.report(
                    Diagnostic::new(&lints::LEFT_OUT, "this title of notes.md is not printed")
                        .at(heading.title.span)
                        .hint("what the notes are called stands in metadata.yaml: `notes: {title: Notes}`"),
                );
            }
        }
    }

    fn front_matter(&mut self, id: SourceId, range: std::ops::Range<usize>) -> FrontMatter {
        let mut front = FrontMatter::default();
        let Some(node) = yaml::read(self.sources, id, range, self.diagnostics) else {
            front.broken = true;
            return front;
        };
        let d = &mut *self.diagnostics;
        let Some(fields) = Fields::of(&node, &keys::SECTION, d) else { return front };
        if self.whole {
            // A paper in one file carries its metadata here; the metadata's own reader says what is unknown.
            return front;
        }
        front.title = fields.text("title", d);
        front.short_title = fields.text("short_title", d);
        if let Some(kind) = fields.text("kind", d) {
            front.kind = DivisionKind::find(&kind.text).filter(|kind| !kind.is_made());
            if front.kind.is_none() {
                let kinds: Vec<&str> =
                    DivisionKind::ALL.iter().filter(|kind| !kind.is_made()).map(|kind| kind.name()).collect();
                one_of("kind", &kind.text, &kinds, kind.span, d);
            }
        }
        if let Some(level) = fields.text("level", d) {
            match level.text.parse() {
                Ok(number @ 1..=3) => front.level = Some(number),
                _ => one_of("level", &level.text, &["1", "2", "3"], level.span, d),
            }
        }
        if let Some(matter) = fields.text("matter", d) {
            front.matter = match matter.text.as_str() {
                "front" => Some(Matter::Front),
                "body" => Some(Matter::Body),
                "back" => Some(Matter::Back),
                other => {
                    one_of("matter", other, &["front", "body", "back"], matter.span, d);
                    None
                }
            };
        }
        let authors = people(&fields, &["authors", "author"], "aut", d);
        for author in &authors {
            let more =
                author.affiliation.is_some() || author.bio.is_some() || author.email.is_some() || author.url.is_some();
            if more || author.orcid.is_some() || author.photo.is_some() {
                d.report(
                    Diagnostic::new(&lints::FOREIGN_KEY, "of an author of a section only the name is printed")
                        .at(fields
                            .entries()
                            .iter()
                            .find(|entry| entry.key.starts_with("author"))
                            .map(|entry| entry.value.span))
                        .hint("what else there is to say stands in metadata.yaml, under `authors:` or `contributors:`"),
                );
                break;
            }
        }
        front.authors = authors.into_iter().map(|author| author.name.text).collect();
        if let Some(language) = fields.text("language", d).or_else(|| fields.text("lang", d)) {
            front.language = Language::parse(&language.text);
            if front.language.is_none() {
                d.report(bad_language(&language));
            }
        }
        front.unnumbered = fields.flag("numbered", d) == Some(false);
        front.draft = fields.flag("draft", d) == Some(true);
        front.editions = fields.texts("edition", true, d);
        front.editions.extend(fields.texts("editions", true, d));
        if let Some(punctuation) = fields.text("punctuation", d) {
            front.plain = punctuation.text == "plain";
            if !matches!(punctuation.text.as_str(), "plain" | "smart") {
                one_of("punctuation", &punctuation.text, &["smart", "plain"], punctuation.span, d);
            }
        }
        if let Some(indent) = fields.text("indent", d) {
            match indent.text.as_str() {
                "paragraphs" => front.indent = Indent::Paragraphs,
                "code" => front.indent = Indent::Code,
                other => {
                    one_of("indent", other, &["paragraphs", "code"], indent.span, d);
                }
            }
        }
        // What is like no key of recto's is one of the tool from which the text comes, and is said once a book.
        let unlike = |key: &str| {
            nearest(key, keys::SECTION.all().map(|key| key.name)).is_none() && keys::SECTION.around(key).is_empty()
        };
        let mut said = Diagnostics::new();
        fields.finish_with(|key| foreign::section(key).or(unlike(key).then_some(UNLIKE)), &mut said);
        let told = &mut self.told;
        said.retain(|said| {
            let known = said.lint.name == lints::FOREIGN_KEY.name && told.contains(&said.message);
            told.push(said.message.clone());
            !known
        });
        self.diagnostics.append(said);
        front
    }
}

/// Blocks apart from the headings under which nothing stands: those of notes alone, which have the titles of the
/// sections that call them.
fn with_text(blocks: Vec<PBlock>) -> (Vec<PBlock>, Vec<PBlock>) {
    let level = |block: &PBlock| match &block.kind {
        PBlockKind::Heading(heading) => Some(heading.level),
        _ => None,
    };
    let levels: Vec<Option<u8>> = blocks.iter().map(level).collect();
    let has_text = |(at, own): (usize, &Option<u8>)| {
        let Some(own) = own else { return true };
        let inside = levels[at + 1..].iter().take_while(|level| level.is_none_or(|level| level > *own));
        inside.into_iter().any(Option::is_none)
    };
    let kept: Vec<bool> = levels.iter().enumerate().map(has_text).collect();
    let mut kept = kept.into_iter();
    blocks.into_iter().partition(|_| kept.next().unwrap_or(true))
}

/// Whether a text called `index` is the page on which a site begins: it has a title, and that of no index.
fn starts_a_site(path: &str, front: &FrontMatter, divisions: &[ParsedDivision]) -> bool {
    let own = divisions.iter().filter_map(|division| division.heading.as_ref()).next();
    let title = front.title.as_ref().map(|title| title.text.clone());
    let title = title.or_else(|| own.map(|heading| letters(&heading.title.content)));
    folder::is_start(path)
        && title.is_some_and(|title| {
            let title = title.trim().to_lowercase();
            Term::Index.all_words().all(|word| word.to_lowercase() != title)
        })
}

/// What is said of a key that is like none.
const UNLIKE: &str = "it can go; the keys of a section are title, short_title, kind, level, matter, authors, language, \
    numbered, edition, draft, punctuation and indent";

/// The title of a division whose file's front matter has one. A heading of the same words is the title itself; one of
/// other words is the first heading of the text.
fn beside(title: &Written, division: &mut ParsedDivision) -> Option<Written> {
    let settled = |text: &str| {
        let plain = text.replace(['*', '_', '`'], "").to_lowercase();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let Some(heading) = &division.heading else { return Some(title.clone()) };
    if settled(&letters(&heading.title.content)) == settled(&title.text) {
        return None;
    }
    if let Some(heading) = division.heading.take() {
        let (id, label, span) = (heading.title.id, heading.attributes.label.clone(), heading.title.span);
        let kind = PBlockKind::Heading(ParsedHeading { level: 2, ..heading });
        division.blocks.insert(0, PBlock { id, label, language: None, span, kind });
    }
    Some(title.clone())
}
