//! Markdown: a section's text becomes parsed blocks with their places.
//!
//! pulldown-cmark reads CommonMark and tables; what it leaves as letters (divs, spans, attributes, references, bare
//! addresses, inline notes) is read here, so that no markup is ever printed as it stands. A section's lines are gone
//! through once ([`draft`]), which makes a fair copy that CommonMark can read ([`fair`]); that is parsed ([`blocks`]), and
//! the letters of a paragraph are scanned ([`inlines`]).

mod attributes;
mod blocks;
mod boxes;
mod captions;
mod citations;
mod code;
mod conditions;
mod definitions;
mod divs;
pub(crate) mod draft;
mod drawn;
mod events;
mod extracts;
mod fair;
mod figures;
mod foreign;
mod html;
mod inlines;
mod join;
mod leaf;
mod lists;
pub(crate) mod marks;
mod panels;
pub(crate) mod parsed;
mod places;
mod roles;
mod scan;
mod shield;
mod tables;
#[cfg(test)]
mod tests;
mod tex;
mod token;
pub(crate) mod walk;

use std::collections::BTreeMap;
use std::ops::Range;

pub(crate) use self::walk::letters;

use self::draft::{Includes, Indent, NoIncludes};
use self::fair::Fair;
use self::parsed::{Attributes, PBlock, PBlockKind, PInline, PKind, PText, ParsedDivision, ParsedHeading, ParsedNote};
use crate::book::BlockId;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::source::{SourceId, Span, limits};

/// Gives out block ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    next: u32,
}

impl Ids {
    /// The next one.
    pub fn next(&mut self) -> BlockId {
        self.next += 1;
        BlockId(self.next - 1)
    }

    /// How many were given out.
    pub fn count(&self) -> u32 {
        self.next
    }

    /// Gives out as many as another has, which began at 0.
    pub fn pass(&mut self, other: &Ids) {
        self.next += other.next;
    }
}

/// A section's text, parsed.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// Its divisions, in order.
    pub divisions: Vec<ParsedDivision>,
    /// The notes that it defines.
    pub notes: Vec<ParsedNote>,
    /// Whether some of it is shown in some editions only.
    pub conditional: bool,
}

/// How a section's text is to be read.
pub(crate) struct Asked<'a> {
    /// Whether the metadata names a bibliography, so that `@key` is a citation.
    pub bibliography: bool,
    /// A list of works that lies in the folder, for what is said where the metadata names none.
    pub works: Option<&'a str>,
    /// The language of the text, whose words begin captions beside the English.
    pub language: &'a Language,
    /// What an indented block is.
    pub indent: Indent,
    /// Who reads the files that it includes.
    pub includes: &'a mut dyn Includes,
}

/// Parses the text of a section: `body` are the bytes after its front matter.
pub(crate) fn parse(
    source: SourceId,
    text: &str,
    body: Range<usize>,
    asked: Asked<'_>,
    ids: &mut Ids,
    diagnostics: &mut Diagnostics,
) -> Parsed {
    let start = Span::new(source, body.start, body.start);
    let raw = Fair::of(source, text, body);
    let fair = draft::fair_copy(&raw, asked.indent, asked.includes, diagnostics);
    let definitions = definitions::definitions(&fair.text);
    for range in definitions::unasked(&fair.text) {
        let message = "nothing asks for the address that this line gives: it is not printed";
        diagnostics.report(
            Diagnostic::new(&lints::LEFT_OUT, message)
                .at(fair.span(range))
                .hint("[words] in the text ask for it; if it is text, write a backslash before it: \\[Note]: …"),
        );
    }
    let mut parser = Parser {
        source,
        text: &fair.text,
        fair: &fair,
        start,
        definitions: &definitions,
        notes: Vec::new(),
        captions: BTreeMap::new(),
        bibliography: asked.bibliography,
        works: asked.works,
        caption_words: captions::words(asked.language),
        depth: 0,
        title_ends: None,
        looks: None,
        handles: false,
        colons: false,
        cites: false,
        shows_files: false,
        in_link: false,
        letters: 0,
        language: asked.language,
        commands: Vec::new(),
        conditional: false,
        marked: false,
        ids,
        diagnostics,
    };
    let mut blocks = parser.whole();
    let mut notes = std::mem::take(&mut parser.notes);
    let conditional = parser.conditional;
    if parser.marked {
        marks::settle(&mut blocks);
        notes.iter_mut().for_each(|note| marks::settle(&mut note.blocks));
    }
    let marked = parser.marked;
    let mut divisions = divide(blocks, start);
    if marked {
        divisions.iter_mut().for_each(marks::close_sections);
    }
    Parsed { divisions, notes, conditional }
}

/// Parses a value that may hold emphasis, links and addresses, as one paragraph.
pub(crate) fn inlines(
    source: SourceId,
    text: &str,
    range: Range<usize>,
    ids: &mut Ids,
    diagnostics: &mut Diagnostics,
) -> Vec<PInline> {
    paragraph(source, text, range, false, ids, diagnostics)
}

/// The same, of words that may cite works.
pub(crate) fn citing_inlines(
    source: SourceId,
    text: &str,
    range: Range<usize>,
    ids: &mut Ids,
    diagnostics: &mut Diagnostics,
) -> Vec<PInline> {
    paragraph(source, text, range, true, ids, diagnostics)
}

fn paragraph(
    source: SourceId,
    text: &str,
    range: Range<usize>,
    bibliography: bool,
    ids: &mut Ids,
    diagnostics: &mut Diagnostics,
) -> Vec<PInline> {
    let language = Language::english();
    let asked =
        Asked { bibliography, works: None, language: &language, indent: Indent::Code, includes: &mut NoIncludes };
    let parsed = parse(source, text, range.clone(), asked, ids, diagnostics);
    if parsed.conditional {
        diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_MARKUP, "what only some editions show is not told apart here")
                .at(Span::new(source, range.start, range.end))
                .hint("it stands in the text of a section; here write what all editions show"),
        );
    }
    for division in parsed.divisions {
        for block in division.blocks {
            if let PBlockKind::Paragraph(text) = block.kind {
                return text.content;
            }
        }
    }
    Vec::new()
}

/// Parses a value of several paragraphs.
pub(crate) fn blocks(
    source: SourceId,
    text: &str,
    range: Range<usize>,
    ids: &mut Ids,
    diagnostics: &mut Diagnostics,
) -> Vec<PBlock> {
    let language = Language::english();
    let asked = Asked {
        bibliography: false,
        works: None,
        language: &language,
        indent: Indent::Code,
        includes: &mut NoIncludes,
    };
    let parsed = parse(source, text, range, asked, ids, diagnostics);
    parsed.divisions.into_iter().flat_map(|division| division.blocks).collect()
}

/// Cuts blocks into divisions at level-1 headings.
fn divide(blocks: Vec<PBlock>, start: Span) -> Vec<ParsedDivision> {
    let mut divisions = vec![ParsedDivision { heading: None, blocks: Vec::new(), span: start }];
    for block in blocks {
        match block.kind {
            PBlockKind::Heading(heading) if heading.level == 1 => {
                divisions.push(ParsedDivision { heading: Some(heading), blocks: Vec::new(), span: block.span });
            }
            _ => {
                if let Some(division) = divisions.last_mut() {
                    division.blocks.push(block);
                }
            }
        }
    }
    if divisions.len() > 1 && divisions[0].blocks.iter().all(is_only_a_place) {
        // Places above a heading lead to what it opens.
        let places = divisions.remove(0).blocks;
        divisions[0].blocks.splice(0..0, places);
    }
    divisions
}

/// Whether nothing is to be seen of a block: `<a id="old-name"></a>`.
fn is_only_a_place(block: &PBlock) -> bool {
    let PBlockKind::Paragraph(text) = &block.kind else { return false };
    let empty = |piece: &PInline| match &piece.kind {
        PKind::Place(_, content) => letters(content).trim().is_empty(),
        PKind::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    text.content.iter().all(empty)
}

/// Where a text has no heading of level 1, its highest ones open divisions, and the others follow them upwards.
pub(crate) fn raise(divisions: Vec<ParsedDivision>) -> Vec<ParsedDivision> {
    let level = |block: &PBlock| match &block.kind {
        PBlockKind::Heading(heading) => Some(heading.level),
        _ => None,
    };
    let headed = divisions.iter().any(|division| division.heading.is_some());
    let highest = divisions.iter().flat_map(|division| &division.blocks).filter_map(level).min();
    let (false, Some(highest), Some(start)) = (headed, highest, divisions.first().map(|first| first.span)) else {
        return divisions;
    };
    let mut blocks: Vec<PBlock> = divisions.into_iter().flat_map(|division| division.blocks).collect();
    for block in &mut blocks {
        if let PBlockKind::Heading(heading) = &mut block.kind {
            heading.level -= highest - 1;
        }
    }
    divide(blocks, start)
}

/// A value of one line as Markdown has a paragraph: what would begin a list, a heading or a quotation is escaped
/// (`1984. A Memory`), lines are joined, and paragraphs are lines.
pub(crate) fn one_line(value: &str) -> std::borrow::Cow<'_, str> {
    let value = value.trim();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let after = &value[digits..];
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '\n']);
    // A line that would begin a list is a line of its own.
    let item = |line: &str| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let after = &line[digits..];
        match digits {
            0 => {
                after.starts_with(['-', '+', '*', '>', '#'])
                    && ends(after.trim_start_matches('#').get(1..).unwrap_or(""))
            }
            _ => after.starts_with(['.', ')']) && ends(&after[1..]),
        }
        .then_some(digits)
    };
    let escaped = if digits > 0 && after.starts_with(['.', ')']) && ends(&after[1..]) {
        Some(digits)
    } else if value.starts_with(['-', '+', '*']) && ends(&value[1..])
        || value.starts_with(['#', '>', '|'])
        || [":::", "```", "~~~", "---", "***", "___", "==="].iter().any(|mark| value.starts_with(mark))
    {
        Some(0)
    } else {
        None
    };
    if escaped.is_none() && !value.contains('\n') {
        return value.into();
    }
    let mut line = value.to_owned();
    if let Some(at) = escaped {
        line.insert(at, '\\');
    }
    let paragraphs: Vec<String> = line
        .split("\n\n")
        .map(|paragraph| {
            let mut joined = String::new();
            for (at, line) in paragraph.lines().map(str::trim_start).enumerate() {
                match item(line).filter(|_| at > 0) {
                    Some(mark) => joined.push_str(&format!("\\\n{}\\{}", &line[..mark], &line[mark..])),
                    None if at > 0 => joined.push_str(&format!("\n{line}")),
                    None => joined.push_str(line),
                }
            }
            joined
        })
        .filter(|paragraph| !paragraph.trim().is_empty())
        .collect();
    paragraphs.join("\\\n").into()
}

/// What holds while a section is parsed.
pub(super) struct Parser<'a> {
    source: SourceId,
    /// The fair copy's letters.
    text: &'a str,
    /// The fair copy, which knows where they were written.
    fair: &'a Fair,
    /// Where the text begins, for what has no place.
    start: Span,
    /// Definitions that parts of the text see which are parsed apart: of links as written, of notes as stand-ins.
    definitions: &'a str,
    notes: Vec<ParsedNote>,
    /// Braces at the end of what may be a caption, until its figure or table takes them.
    captions: BTreeMap<BlockId, Attributes>,
    /// Whether the metadata names a bibliography, so that `@key` is a citation.
    bibliography: bool,
    /// A list of works that lies in the folder, named or not.
    works: Option<&'a str>,
    /// The words that begin captions.
    caption_words: captions::Words,
    /// How many elements stand around.
    depth: usize,
    /// Where the title of the box ends that is being read.
    title_ends: Option<usize>,
    /// The first attribute of looks on an HTML element, and whether it was said.
    looks: Option<Span>,
    /// Whether a name behind an `@` was said to be printed.
    handles: bool,
    /// Whether attributes behind a colon were said to be left out.
    colons: bool,
    /// Whether it was said that a work is cited and no list is named.
    cites: bool,
    /// Whether it was said that the text of another file is not shown.
    shows_files: bool,
    /// Whether the words of a link are being read.
    in_link: bool,
    /// The language of the text.
    language: &'a Language,
    /// How many letters stand around.
    letters: usize,
    /// Where the words of TeX's commands end that are open, and the tag that stands for the end.
    commands: Vec<(usize, String)>,
    /// Whether something is shown in some editions only.
    conditional: bool,
    /// Whether something is marked for the index.
    marked: bool,
    ids: &'a mut Ids,
    diagnostics: &'a mut Diagnostics,
}

impl Parser<'_> {
    /// Goes one level deeper; `false`, and a report, when that is too deep.
    fn enter(&mut self, place: Range<usize>) -> bool {
        if self.depth >= limits::MARKDOWN {
            let span = self.span(place);
            self.too_deep(span);
            return false;
        }
        self.depth += 1;
        true
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.fair.span(range).unwrap_or(self.start)
    }

    /// Reads a part of the text that was copied apart.
    fn part<T>(&mut self, fair: &Fair, read: impl FnOnce(&mut Parser<'_>) -> T) -> T {
        let mut inner = Parser {
            source: self.source,
            text: &fair.text,
            fair,
            start: self.start,
            definitions: self.definitions,
            notes: std::mem::take(&mut self.notes),
            captions: BTreeMap::new(),
            bibliography: self.bibliography,
            works: self.works,
            caption_words: self.caption_words.clone(),
            depth: self.depth,
            title_ends: None,
            looks: self.looks,
            handles: self.handles,
            colons: self.colons,
            cites: self.cites,
            shows_files: self.shows_files,
            in_link: self.in_link,
            letters: self.letters,
            language: self.language,
            commands: Vec::new(),
            conditional: self.conditional,
            marked: self.marked,
            ids: &mut *self.ids,
            diagnostics: &mut *self.diagnostics,
        };
        let found = read(&mut inner);
        let (notes, looks) = (std::mem::take(&mut inner.notes), inner.looks);
        let (conditional, marked) = (inner.conditional, inner.marked);
        let said = (inner.handles, inner.colons, inner.cites, inner.shows_files);
        (self.handles, self.colons, self.cites, self.shows_files) = said;
        (self.conditional, self.marked) = (conditional, marked);
        self.notes = notes;
        self.looks = looks;
        found
    }

    fn text_block(&mut self, content: Vec<PInline>, span: Span) -> PText {
        PText { id: self.ids.next(), content, span }
    }

    fn block(&mut self, kind: PBlockKind, span: Span) -> PBlock {
        let id = match &kind {
            PBlockKind::Paragraph(text) | PBlockKind::Flush(text) | PBlockKind::Attribution(text) => text.id,
            PBlockKind::Heading(ParsedHeading { title, .. }) => title.id,
            _ => self.ids.next(),
        };
        PBlock { id, label: None, language: None, span, kind }
    }

    /// The language of a block's attributes.
    fn language_of(&mut self, tag: &str, span: Span) -> Option<Language> {
        let language = Language::parse(tag);
        if language.is_none() {
            self.diagnostics.report(
                Diagnostic::new(&lints::BAD_LANGUAGE, format!("\"{tag}\" is not a language tag"))
                    .at(span)
                    .hint("a tag is written as in BCP 47: en, en-CA, ko, zh-Hans"),
            );
        }
        language
    }
}
