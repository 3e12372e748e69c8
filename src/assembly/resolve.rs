//! Resolve: parsed blocks become the book's, labels become targets, calls find their notes, punctuation is set.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::charts;
use super::citations::Citations;
use super::concordance::{self, Concordance, terms_for};
use super::figures::{self, Figures, Line};
use super::index::{self, Marked, Reference};
use super::notes::{Calls, Key};
use super::number::{Labelled, Name, Numbers};
use super::pictures::Loader;
use super::sizes;
use super::written;
use crate::book::block::{
    BoxBlock, BoxKind, Cell, Code, Column, Definition, Figure, FigureBody, FigurePlace, Group, GroupRole, Heading,
    List, ListItem, Panels, Paragraph, ParagraphRole, Quote, Table, VerseLine,
};
use crate::book::mark::{EntryName, Extent, IndexMark, Weight};
use crate::book::note::NoteCallPlace;
use crate::book::{
    AssetId, Block, BlockEntry, BlockId, BlockKind, DivisionId, DivisionKind, Inline, InlineKind, MarkId, Note, NoteId,
    Target, TextBlock, walk,
};
use crate::diagnostic::{Diagnostic, Diagnostics, lints, nearest};
use crate::language::facts::Facts;
use crate::language::terms::Term;
use crate::language::{Language, slug};
use crate::manuscript::chapter::Chapter;
use crate::manuscript::chart::Charts;
use crate::manuscript::index::WrittenIndex;
use crate::manuscript::metadata::WrittenImage;
use crate::markdown::parsed::{
    PBlock, PBlockKind, PCell, PFigure, PInline, PItem, PKind, PMark, PMarkKind, PTable, PText, ParsedNote,
};
use crate::markdown::{Ids, letters};
use crate::source::{Sources, Span, limits};
use crate::yaml::Written;

/// What the resolver looks up.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    /// Numbers, and what labels lead to.
    pub numbers: &'a Numbers,
    /// What is said of figures.
    pub figures: &'a Figures,
    /// The charts, by their blocks.
    pub charts: &'a Charts,
    /// The notes that are called.
    pub calls: &'a Calls<'a>,
    /// The notes of each file; the last are for all.
    pub definitions: &'a [Vec<ParsedNote>],
    /// What is cited, as it is shown.
    pub citations: &'a Citations,
    /// What the metadata says of pictures.
    pub images: &'a BTreeMap<String, WrittenImage>,
    /// What the metadata says of the index.
    pub index: &'a WrittenIndex,
    /// The terms that are looked for.
    pub concordance: &'a Concordance,
    /// The texts.
    pub sources: &'a Sources,
}

/// What the resolver has made, beside what it hands back.
pub(super) struct Output<'a> {
    /// Loads pictures.
    pub loader: Loader<'a>,
    /// What was found wrong.
    pub diagnostics: &'a mut Diagnostics,
    /// Gives out block ids.
    pub ids: &'a mut Ids,
    /// What each block is, by its id.
    pub index: BTreeMap<BlockId, BlockEntry>,
    /// The pictures that something shows, as `images:` names them.
    pub used_images: BTreeSet<String>,
    /// What is marked for the index.
    pub marked: Marked,
    /// Every call, by note.
    calls: Vec<Vec<NoteCallPlace>>,
    /// The words of notes written on the spot.
    on_the_spot: BTreeMap<NoteId, (Vec<Inline>, Span)>,
    /// Whether it was said that a link leads out of the folder.
    led_out: bool,
    /// Whether the list of works stands somewhere.
    pub listed: bool,
    /// What bare references to titles say.
    names: BTreeMap<String, Vec<Inline>>,
}

impl<'a> Output<'a> {
    /// Nothing made yet.
    pub fn new(loader: Loader<'a>, diagnostics: &'a mut Diagnostics, ids: &'a mut Ids) -> Output<'a> {
        Output {
            loader,
            diagnostics,
            ids,
            index: BTreeMap::new(),
            used_images: BTreeSet::new(),
            marked: Marked::default(),
            calls: Vec::new(),
            on_the_spot: BTreeMap::new(),
            led_out: false,
            listed: false,
            names: BTreeMap::new(),
        }
    }
}

/// Where the resolver is.
#[derive(Clone)]
pub(super) struct Here {
    division: DivisionId,
    /// The chapter, by its place in the manuscript; words of the metadata and made ones stand in none, and call no
    /// notes.
    chapter: Option<usize>,
    /// The file whose notes are called.
    file: usize,
    /// Whether quotes and dashes are set.
    smart: bool,
    pub(super) language: Language,
    /// The note that is being read.
    note: Option<NoteId>,
    /// The text block that is being read, for calls.
    block: BlockId,
    /// Whether the words stand elsewhere too, and their calls with them.
    repeated: bool,
    /// The terms that are looked for here.
    terms: Rc<BTreeSet<usize>>,
}

/// Turns what was parsed into what the book holds.
pub(super) struct Resolver<'a> {
    pub tables: Tables<'a>,
    pub out: Output<'a>,
    pub(super) here: Here,
    /// The references whose names are being made, outermost first.
    naming: Vec<String>,
}

impl<'a> Resolver<'a> {
    /// One for a book in a language.
    pub fn new(tables: Tables<'a>, out: Output<'a>, language: Language) -> Resolver<'a> {
        let here = Here {
            division: DivisionId(0),
            chapter: None,
            file: tables.definitions.len().saturating_sub(1),
            smart: true,
            language,
            note: None,
            block: BlockId(0),
            repeated: false,
            terms: Rc::default(),
        };
        Resolver { tables, out, here, naming: Vec::new() }
    }

    /// Goes on in a division that nobody wrote.
    pub fn enter(&mut self, division: DivisionId, language: &Language) {
        let file = self.tables.definitions.len().saturating_sub(1);
        let (language, block) = (language.clone(), self.here.block);
        let terms = Rc::default();
        self.here =
            Here { division, chapter: None, file, smart: true, language, note: None, block, repeated: false, terms };
    }

    /// Goes on in a chapter, given with its place in the manuscript.
    pub fn enter_chapter(&mut self, division: DivisionId, at: usize, chapter: &Chapter, language: &Language) {
        self.enter(division, language);
        self.here.chapter = Some(at);
        self.here.file = chapter.file;
        self.here.smart = chapter.smart;
        // A list of works is none of the text, and the index does not index itself.
        if !matches!(chapter.kind, DivisionKind::Bibliography | DivisionKind::Index)
            && !self.tables.concordance.is_empty()
        {
            self.here.terms = Rc::new(terms_for(self.tables.index, chapter));
        }
    }

    /// Calls `read` where something of the place is another.
    fn there<T>(&mut self, change: impl FnOnce(&mut Here), read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.here.clone();
        change(&mut self.here);
        let found = read(self);
        self.here = outer;
        found
    }

    /// Blocks of the division that was entered.
    pub fn blocks(&mut self, blocks: &[PBlock]) -> Vec<Block> {
        let mut made = Vec::with_capacity(blocks.len());
        made.extend(blocks.iter().filter_map(|block| self.block(block)));
        made
    }

    pub(super) fn entry(&mut self, id: BlockId, span: Option<Span>) {
        self.out.index.insert(id, BlockEntry { division: self.here.division, note: self.here.note, span });
    }

    fn block(&mut self, block: &PBlock) -> Option<Block> {
        self.entry(block.id, Some(block.span));
        let kind = match &block.language {
            Some(language) => {
                let language = language.worded_as(&self.here.language);
                self.there(|here| here.language = language, |resolver| resolver.kind(block))
            }
            None => self.kind(block),
        };
        Some(Block {
            id: block.id,
            language: block.language.clone(),
            label: block.label.as_ref().map(|(label, _)| slug(label)),
            span: Some(block.span),
            kind: kind?,
        })
    }

    fn kind(&mut self, block: &PBlock) -> Option<BlockKind> {
        Some(match &block.kind {
            PBlockKind::Paragraph(text) => {
                BlockKind::Paragraph(Paragraph { text: self.text(text), role: ParagraphRole::Text })
            }
            PBlockKind::Attribution(text) => {
                BlockKind::Paragraph(Paragraph { text: self.text(text), role: ParagraphRole::Attribution })
            }
            PBlockKind::Heading(heading) => {
                let title = self.title_of(&heading.title);
                let short = heading.attributes.get("short").map(|short| self.made(short));
                let number = self.tables.numbers.headings.get(&heading.title.id).cloned();
                BlockKind::Heading(Heading { level: heading.level.max(2), number, title, short })
            }
            PBlockKind::List { marker, tight, items } => {
                let items = items.iter().map(|item| self.item(item)).collect();
                BlockKind::List(List { marker: *marker, tight: *tight, items })
            }
            PBlockKind::Definitions(definitions) => BlockKind::Definitions(
                definitions
                    .iter()
                    .map(|(terms, meanings)| Definition {
                        terms: terms.iter().map(|term| self.text(term)).collect(),
                        meanings: meanings.iter().map(|meaning| self.blocks(meaning)).collect(),
                    })
                    .collect(),
            ),
            PBlockKind::Quote(kind, blocks) => BlockKind::Quote(Quote { kind: *kind, blocks: self.blocks(blocks) }),
            PBlockKind::Code { language, text, caption, filename } => BlockKind::Code(Code {
                language: language.clone(),
                text: self.text(text),
                number: self.tables.numbers.blocks.get(&block.id).cloned(),
                caption: caption.as_ref().map(|caption| self.text(caption)),
                filename: filename.as_ref().map(|filename| self.text(filename)),
            }),
            PBlockKind::Verse(stanzas) => BlockKind::Verse(
                stanzas
                    .iter()
                    .map(|stanza| {
                        stanza
                            .iter()
                            .map(|(indent, text)| VerseLine { indent: *indent, text: self.text(text) })
                            .collect()
                    })
                    .collect(),
            ),
            PBlockKind::Table(table) => self.table(block, table),
            PBlockKind::Figure(figure) => return self.figure(block, figure),
            PBlockKind::Panels(row) => {
                let caption = row.caption.as_ref().map(|caption| self.text(caption));
                BlockKind::Panels(Panels {
                    number: self.tables.numbers.blocks.get(&block.id).cloned(),
                    caption,
                    columns: row.columns,
                    panels: self.blocks(&row.figures),
                    below: row.below.iter().map(|text| self.text(text)).collect(),
                })
            }
            PBlockKind::Box { kind, title, blocks } => {
                let mut title = match title {
                    Some(title) => Some(self.text(title)),
                    None => self.callout_word(*kind),
                };
                if let (BoxKind::Recommendation, Some(number)) = (kind, self.tables.numbers.blocks.get(&block.id)) {
                    title = Some(self.after_number(number, title));
                }
                BlockKind::Box(BoxBlock { kind: *kind, title, blocks: self.blocks(blocks) })
            }
            PBlockKind::PullQuote(texts) => {
                texts.iter().for_each(|text| self.notes_to_spare(&text.content));
                BlockKind::PullQuote(self.there(
                    |here| here.repeated = true,
                    |resolver| texts.iter().map(|text| resolver.text(text)).collect(),
                ))
            }
            // What an edition does not show is gone by now.
            PBlockKind::When(_, blocks) => {
                BlockKind::Group(Group { role: GroupRole::Plain, blocks: self.blocks(blocks) })
            }
            PBlockKind::Recommendations => self.recommendations(),
            PBlockKind::Works => self.works()?,
            PBlockKind::Ornament => BlockKind::Ornament,
            PBlockKind::PageBreak => BlockKind::PageBreak,
            PBlockKind::Group(role, blocks) => BlockKind::Group(Group { role: *role, blocks: self.blocks(blocks) }),
        })
    }

    /// Says that a note in words that are repeated has no place: their calls stand where the words stand first.
    fn notes_to_spare(&mut self, content: &[PInline]) {
        for piece in crate::markdown::walk::pieces(content).filter(|piece| matches!(piece.kind, PKind::InlineNote(..)))
        {
            self.out.diagnostics.report(
                Diagnostic::new(&lints::UNUSED_NOTE, "a note in a pull quote is left out")
                    .at(piece.span)
                    .hint("a pull quote repeats words of the text: write the note there"),
            );
        }
    }

    /// "Recommendation 2. The title".
    fn after_number(&mut self, number: &str, title: Option<TextBlock>) -> TextBlock {
        match title {
            None => TextBlock { id: self.fresh(), content: vec![Inline::text(number)], span: None },
            Some(mut title) => {
                title.content.insert(0, Inline::text(format!("{number}. ")));
                title
            }
        }
    }

    /// Every recommendation of the book again, each after its number, which leads to it.
    fn recommendations(&mut self) -> BlockKind {
        let numbers = self.tables.numbers;
        let mut items = Vec::new();
        for (id, name, blocks) in &numbers.recommendations {
            let link = InlineKind::Link { target: Target::Block(*id), content: vec![Inline::text(name.clone())] };
            let mut lead = vec![Inline { kind: link, span: None }, Inline::text(". ")];
            let mut said = Vec::new();
            for block in blocks {
                let PBlockKind::Paragraph(text) = &block.kind else { continue };
                let content = self.there(|here| here.repeated = true, |resolver| resolver.content(&text.content));
                let mut content = self.punctuated(content);
                content.splice(0..0, std::mem::take(&mut lead));
                let text = TextBlock { id: self.fresh(), content, span: Some(text.span) };
                let kind = BlockKind::Paragraph(Paragraph { text, role: ParagraphRole::Text });
                said.push(self.made_block(kind));
            }
            items.push(ListItem { blocks: said, done: None });
        }
        let tight = items.iter().all(|item| item.blocks.len() <= 1);
        BlockKind::List(List { marker: crate::book::block::ListMarker::Bullet, tight, items })
    }

    fn made_block(&mut self, kind: BlockKind) -> Block {
        let id = if let BlockKind::Paragraph(paragraph) = &kind { paragraph.text.id } else { self.fresh() };
        Block { id, language: None, label: None, span: None, kind }
    }

    /// The word of a callout that has no title of its own.
    fn callout_word(&mut self, kind: BoxKind) -> Option<TextBlock> {
        let term = match kind {
            BoxKind::Plain | BoxKind::KeyPoints | BoxKind::KeyFigure => return None,
            BoxKind::Note => Term::Note,
            BoxKind::Tip => Term::Tip,
            BoxKind::Important => Term::Important,
            BoxKind::Warning => Term::Warning,
            BoxKind::Caution => Term::Caution,
            BoxKind::Recommendation => return None,
        };
        let content = vec![Inline::own(term.word(&self.here.language), &self.here.language)];
        Some(TextBlock { id: self.fresh(), content, span: None })
    }

    fn item(&mut self, item: &PItem) -> ListItem {
        ListItem { blocks: self.blocks(&item.blocks), done: item.done }
    }

    fn table(&mut self, block: &PBlock, table: &PTable) -> BlockKind {
        let caption = table.caption.as_ref().map(|caption| self.text(caption));
        let columns: Vec<Column> = table
            .aligns
            .iter()
            .enumerate()
            .map(|(at, align)| Column { align: *align, weight: table.widths.get(at).copied().flatten() })
            .collect();
        let above = table.above.iter().map(|row| self.cells(row)).collect();
        let head = self.cells(&table.head);
        let rows = table.rows.iter().map(|row| self.cells(row)).collect();
        let note = table.note.as_ref().map(|note| self.text(note));
        let source = table.source.as_ref().map(|source| self.text(source));
        let number = self.tables.numbers.blocks.get(&block.id).cloned();
        // A first column of words names the rows; one of figures or dates with nothing above it does too.
        let row_heads = columns.len() > 1;
        let (total, turn) = (table.total, table.turn);
        let table = Table { number, caption, columns, above, head, rows, row_heads, total, note, source, turn };
        BlockKind::Table(Box::new(table))
    }

    fn cells(&mut self, row: &[PCell]) -> Vec<Cell> {
        row.iter()
            .map(|cell| Cell {
                text: self.text(&cell.text),
                more: self.blocks(&cell.more),
                across: cell.across,
                down: cell.down,
            })
            .collect()
    }

    fn figure(&mut self, block: &PBlock, figure: &PFigure) -> Option<BlockKind> {
        let (tables, span) = (self.tables, figure.path_span);
        let said = tables.figures.get(block.id, figure);
        let caption = said.caption.as_ref().map(|caption| self.text(caption));
        let note = said.note.as_ref().map(|line| self.line(line));
        let source = said.source.as_ref().map(|line| self.line(line));
        let credit = said.credit.as_ref().map(|line| self.line(line));
        let (body, alt, long_description, height) = match figure.chart {
            Some(_) => {
                let Some(written) = tables.charts.get(&block.id) else {
                    // What is wrong with its data was said where they were read.
                    if self.out.diagnostics.unless_errors_since(0, ()).is_ok() {
                        let said = Diagnostic::new(&lints::BAD_CHART, "a chart stands in a section, and not here");
                        self.out
                            .diagnostics
                            .report(said.at(span).hint("move it into a section, or show it as a picture"));
                    }
                    return None;
                };
                let chart = charts::settled(&written.chart, &self.here.language, self.here.smart);
                let alt = match (letters(&figure.alt), &written.alt) {
                    (alt, _) if !alt.trim().is_empty() => alt,
                    (_, Some(alt)) => alt.text.clone(),
                    (_, None) => charts::alt(&chart, &self.here.language),
                };
                (FigureBody::Chart(Box::new(chart)), Some(alt), None, written.height)
            }
            None => {
                let path = figure.path.as_str();
                let (asset, image) = self.picture(path, span);
                let alt = figures::alt(image, &figure.alt, (path, span), self.out.diagnostics);
                let long = image.and_then(|image| image.long_description.as_ref()).map(|text| text.text.clone());
                (FigureBody::Picture(asset?), alt, long, None)
            }
        };
        Some(BlockKind::Figure(Box::new(Figure {
            body,
            alt,
            long_description,
            number: tables.numbers.blocks.get(&block.id).cloned(),
            caption,
            note,
            source,
            credit,
            width: sizes::width(&figure.attributes, span, self.out.diagnostics),
            height: sizes::height(&figure.attributes, span, self.out.diagnostics).or(height),
            place: match figure.attributes.get("place") {
                Some("here") => FigurePlace::Here,
                Some("wide" | "page") => FigurePlace::Wide,
                _ => FigurePlace::Near,
            },
            turn: figure.attributes.has("turn"),
        })))
    }

    /// The picture at a path, and what the metadata says of it.
    pub fn picture(&mut self, path: &str, span: Span) -> (Option<AssetId>, Option<&'a WrittenImage>) {
        let image = figures::image(self.tables.images, path);
        if image.is_some() {
            self.out.used_images.insert(path.trim_start_matches("./").to_owned());
        }
        let path = self.tables.sources.path_at(path, span);
        (self.out.loader.load(&path, span, self.out.diagnostics), image)
    }

    /// A source or credit, with its opening word.
    fn line(&mut self, line: &Line) -> TextBlock {
        let mut text = self.text(&line.text);
        if let Some(word) = line.word {
            text.content.insert(0, Inline::own(format!("{}: ", word.word(&self.here.language)), &self.here.language));
        }
        text
    }

    /// A text of the manuscript.
    pub fn text(&mut self, text: &PText) -> TextBlock {
        self.entry(text.id, Some(text.span));
        let outer = std::mem::replace(&mut self.here.block, text.id);
        let mut content = self.content(&text.content);
        sizes::settle(&mut content, &self.out.loader, self.out.diagnostics);
        let mut content = self.punctuated(content);
        self.look_up(&mut content, text.span);
        self.here.block = outer;
        TextBlock { id: text.id, content, span: Some(text.span) }
    }

    /// A title: no term is looked for in it.
    pub fn title_of(&mut self, title: &PText) -> TextBlock {
        self.there(|here| here.terms = Rc::default(), |resolver| resolver.text(title))
    }

    /// Marks the terms of the concordance in a text, each once.
    fn look_up(&mut self, content: &mut Vec<Inline>, span: Span) {
        let concordance = self.tables.concordance;
        if self.here.terms.is_empty() || self.here.repeated || self.here.chapter.is_none() {
            return;
        }
        let mut places = Vec::new();
        for (offset, term) in concordance.find(content) {
            if self.here.terms.contains(&term) {
                self.out.marked.found.insert(term);
                let entry = self.tables.index.terms[term].entry.clone();
                places.push((offset, self.mark(entry, (Extent::Point, Weight::Plain), None, span)));
            }
        }
        if !places.is_empty() {
            concordance::insert(content, &places);
        }
    }

    /// A mark of the index where the text is read.
    fn mark(
        &mut self,
        entry: Vec<EntryName>,
        (extent, weight): (Extent, Weight),
        pair: Option<u32>,
        span: Span,
    ) -> MarkId {
        let id = index::next(&self.out.marked);
        let Here { division, block, note, .. } = self.here;
        self.out.marked.marks.push((IndexMark { id, entry, extent, weight, division, block, note, span }, pair));
        id
    }

    /// What a mark of the text is here; `None` for references, and where words are repeated.
    fn marked(&mut self, mark: &PMark, span: Span) -> Option<InlineKind> {
        if self.here.repeated || self.here.chapter.is_none() || self.tables.index.none {
            return None;
        }
        let (to, also) = match &mark.kind {
            PMarkKind::Place { extent, weight, pair } => {
                return Some(InlineKind::Mark(self.mark(mark.entry.clone(), (*extent, *weight), *pair, span)));
            }
            PMarkKind::See(to) => (to.clone(), false),
            PMarkKind::SeeAlso(to) => (to.clone(), true),
        };
        let from = mark.entry.clone();
        self.out.marked.references.push(Reference { from, to, also, span });
        None
    }

    /// Punctuation set for the language, unless the file says plain.
    pub(super) fn punctuated(&self, mut content: Vec<Inline>) -> Vec<Inline> {
        if self.here.smart {
            super::punctuation::set(&mut content, &self.here.language);
        }
        content
    }

    /// A text of the metadata, which may hold emphasis, links and addresses.
    pub fn written(&mut self, written: &Written) -> TextBlock {
        let content = written::inlines(written, self.tables.sources, self.out.ids, self.out.diagnostics);
        let id = self.out.ids.next();
        self.apart(|resolver| resolver.text(&PText { id, content, span: written.span }))
    }

    /// The same, without a block of its own.
    pub fn words(&mut self, written: &Written) -> Vec<Inline> {
        let pieces = written::inlines(written, self.tables.sources, self.out.ids, self.out.diagnostics);
        let content = self.apart(|resolver| resolver.content(&pieces));
        self.punctuated(content)
    }

    /// Several paragraphs of the metadata.
    pub fn written_blocks(&mut self, written: &Written) -> Vec<Block> {
        let parsed = written::blocks(written, self.tables.sources, self.out.ids, self.out.diagnostics);
        self.apart(|resolver| resolver.blocks(&parsed))
    }

    /// Reads words of the metadata: they stand in no chapter, whatever is around them.
    fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.there(|here| here.chapter = None, read)
    }

    /// Made words with punctuation of the language.
    fn made(&self, words: &str) -> Vec<Inline> {
        self.punctuated(vec![Inline::text(words)])
    }

    pub(super) fn content(&mut self, pieces: &[PInline]) -> Vec<Inline> {
        let mut made = Vec::with_capacity(pieces.len());
        for piece in pieces {
            made.append(&mut self.inline(piece));
        }
        made
    }

    fn inline(&mut self, piece: &PInline) -> Vec<Inline> {
        let span = Some(piece.span);
        let kind = match &piece.kind {
            PKind::Text(text) => InlineKind::Text(text.clone()),
            PKind::Emphasis(inner) => InlineKind::Emphasis(self.content(inner)),
            PKind::Strong(inner) => InlineKind::Strong(self.content(inner)),
            PKind::SmallCaps(inner) => InlineKind::SmallCaps(self.content(inner)),
            PKind::Strike(inner) => InlineKind::Strike(self.content(inner)),
            PKind::Underline(inner) => InlineKind::Underline(self.content(inner)),
            PKind::Highlight(inner) => InlineKind::Highlight(self.content(inner)),
            PKind::Place(label, inner) => InlineKind::Place { label: slug(label), content: self.content(inner) },
            PKind::Subscript(inner) => InlineKind::Subscript(self.content(inner)),
            PKind::Superscript(inner) => InlineKind::Superscript(self.content(inner)),
            PKind::Small(inner) => InlineKind::Small(self.content(inner)),
            PKind::Code(text) => InlineKind::Code(text.clone()),
            PKind::Keyboard(inner) => InlineKind::Keyboard(self.content(inner)),
            PKind::Cite(inner) => InlineKind::Cite(self.content(inner)),
            PKind::Abbreviation(title, inner) => {
                InlineKind::Abbreviation { title: title.clone(), content: self.content(inner) }
            }
            PKind::Foreign(language, inner) => {
                let language = language.worded_as(&self.here.language);
                InlineKind::Foreign { language, content: self.content(inner) }
            }
            PKind::Keep(inner) => InlineKind::Keep(self.content(inner)),
            PKind::Link(url, inner) => {
                let content = walk::unlinked(&self.content(inner));
                InlineKind::Link { target: Target::Url(url.clone()), content }
            }
            PKind::Address { url, shown } => InlineKind::Address { url: url.clone(), shown: shown.clone() },
            PKind::Name(label) => match self.name(label, piece.span) {
                Some((target, content)) => InlineKind::Link { target, content },
                None => return Vec::new(),
            },
            PKind::Names(labels) => return self.names(labels, piece.span),
            PKind::Number(label) => match self.name(label, piece.span) {
                Some((target, content)) => {
                    let number = self.counted(label).map(|(_, number)| vec![Inline::text(number)]);
                    InlineKind::Link { target, content: number.unwrap_or(content) }
                }
                None => return Vec::new(),
            },
            PKind::File(path, label, inner) => return self.file_link(path, label.as_deref(), inner, piece.span),
            PKind::Page(label) => match self.name(label, piece.span) {
                Some((target, content)) => InlineKind::PageReference { target, content },
                None => return Vec::new(),
            },
            PKind::NoteNumber(label) => match self.note_number(label, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::Document(path) => return self.document(path, piece.span),
            // What an edition does not show is gone by now.
            PKind::When(_, inner) => return self.content(inner),
            PKind::Words(label, inner) => {
                let content = self.content(inner);
                match self.find(label, piece.span) {
                    Some(found) => InlineKind::Link { target: found.target.clone(), content },
                    None => return content,
                }
            }
            PKind::Citation(citation) => return self.citation(citation, piece.span),
            PKind::NoteCall(label) => match self.call(label, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::Mark(mark) => match self.marked(mark, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::InlineNote(id, inner) => match self.inline_note(*id, inner, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::Picture { path, title, alt, attributes } => {
                if title.is_some() {
                    self.out.diagnostics.report(
                        Diagnostic::new(&lints::SUSPECT_MARKUP, "a picture among words has no caption")
                            .at(piece.span)
                            .hint("let it stand alone in its paragraph, or say the words beside it"),
                    );
                }
                let (asset, image) = self.picture(path, piece.span);
                let alt = figures::alt(image, alt, (path, piece.span), self.out.diagnostics);
                let size = sizes::said(attributes, piece.span, self.out.diagnostics);
                match asset {
                    Some(asset) => InlineKind::Picture { asset, alt, size },
                    None => return Vec::new(),
                }
            }
            PKind::LineBreak => InlineKind::LineBreak,
        };
        vec![Inline { kind, span }]
    }

    /// The target of a label and what a bare reference says.
    fn name(&mut self, label: &str, span: Span) -> Option<(Target, Vec<Inline>)> {
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
    fn title(&mut self, label: &str, title: &[PInline], span: Span) -> Option<Vec<Inline>> {
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

    fn find(&mut self, label: &str, span: Span) -> Option<&'a Labelled> {
        let numbers = self.tables.numbers;
        let path = &self.tables.sources.file(span.source).path;
        numbers.find(label, path, span, self.out.diagnostics)
    }

    /// "Figures 1 and 2", each a link.
    fn names(&mut self, labels: &[String], span: Span) -> Vec<Inline> {
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
            if let (Some(several), Some((_, number))) = (&several, counted) {
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

    /// The word and the number by which a label's thing is called, if it has one.
    fn counted(&self, label: &str) -> Option<(Term, String)> {
        match &self.tables.numbers.labels.get(label)?.name {
            Name::Number { term, number, .. } => Some((*term, number.clone())),
            Name::Title(_) => None,
        }
    }

    /// A link to a section's file, or to a place in it.
    fn file_link(&mut self, path: &str, label: Option<&str>, inner: &[PInline], span: Span) -> Vec<Inline> {
        let content = self.content(inner);
        let from = self.tables.sources.file(span.source).path.clone();
        let numbers = self.tables.numbers;
        let Some((found, division)) = numbers.file(path, &from) else {
            if leads_out(path, &from) {
                self.leads_out(path, span);
                return content;
            }
            let near = nearest(path, numbers.files.keys().map(String::as_str));
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
        let content = if content.is_empty() { vec![Inline::text(path)] } else { content };
        vec![Inline { kind: InlineKind::Link { target, content }, span: Some(span) }]
    }

    /// A link that leads out of the folder, as those of a page among others of a site do: said once a book.
    fn leads_out(&mut self, path: &str, span: Span) {
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
    fn document(&mut self, path: &str, span: Span) -> Vec<Inline> {
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

    /// `[](#^a)`: the number of a note, which leads to it.
    fn note_number(&mut self, label: &str, span: Span) -> Option<InlineKind> {
        let calls = self.tables.calls;
        let note = calls
            .definition(self.here.file, label)
            .and_then(|key| calls.note(key, self.here.chapter?))
            .map(|note| (note, calls.notes[note.index()].number));
        let Some((note, number)) = note else {
            self.out.diagnostics.report(
                Diagnostic::new(&lints::UNDEFINED_NOTE, format!("no note \"{label}\" is called in this section"))
                    .at(span)
                    .hint(format!("call it with [^{label}] where it belongs; [](#^{label}) gives its number again")),
            );
            return None;
        };
        let content = vec![Inline { kind: InlineKind::Text(number.to_string()), span: Some(span) }];
        Some(InlineKind::Link { target: Target::Note(note), content })
    }

    fn call(&mut self, label: &str, span: Span) -> Option<InlineKind> {
        let calls = self.tables.calls;
        let Some(key) = calls.definition(self.here.file, label) else {
            let mut said =
                Diagnostic::new(&lints::UNDEFINED_NOTE, format!("the note \"{label}\" is not defined")).at(span);
            let near = nearest(label, calls.labels_of(self.here.file));
            said = match (near, calls.elsewhere(label)) {
                (_, Some(other)) => {
                    let path = &self.tables.sources.file(other.span.source).path;
                    said.hint(format!("{path} defines one, but for itself: move it to notes.md"))
                }
                (Some(near), _) => said.hint(format!("did you mean [^{near}]?")),
                (None, None) => said.hint(format!("write [^{label}]: … in the same file, or in notes.md")),
            };
            self.out.diagnostics.report(said);
            return None;
        };
        let note = self.called(key, span)?;
        self.add_call(note, span)
    }

    fn inline_note(&mut self, id: BlockId, inner: &[PInline], span: Span) -> Option<InlineKind> {
        let note = self.called(Key::Inline(id), span)?;
        let content = self.there(
            |here| (here.block, here.note) = (id, Some(note)),
            |resolver| {
                let mut content = resolver.content(inner);
                sizes::settle(&mut content, &resolver.out.loader, resolver.out.diagnostics);
                resolver.entry(id, Some(span));
                let mut content = resolver.punctuated(content);
                resolver.look_up(&mut content, span);
                content
            },
        );
        self.out.on_the_spot.insert(note, (content, span));
        self.add_call(note, span)
    }

    /// The note that is called here; what calls none where it stands is reported, but for words that are repeated.
    fn called(&mut self, key: Key, span: Span) -> Option<NoteId> {
        if self.here.repeated {
            return None;
        }
        let (fault, hint) = match (self.here.note, self.here.chapter) {
            (Some(_), _) => ("a note calls a note", "put both into one note"),
            (None, None) => ("a note is called from words that stand in no section", "say it in the words themselves"),
            (None, Some(chapter)) => return self.tables.calls.note(key, chapter),
        };
        self.out.diagnostics.report(Diagnostic::new(&lints::FOREIGN_MARKUP, fault).at(span).hint(hint));
        None
    }

    fn add_call(&mut self, note: NoteId, span: Span) -> Option<InlineKind> {
        let place = NoteCallPlace { division: self.here.division, block: self.here.block, span: Some(span) };
        if self.out.calls.len() <= note.index() {
            self.out.calls.resize(note.index() + 1, Vec::new());
        }
        let calls = &mut self.out.calls[note.index()];
        calls.push(place);
        Some(InlineKind::NoteCall { note, call: calls.len() as u16 - 1 })
    }

    /// The notes, in the order of their first calls. The chapters, of which each is given with its division and its
    /// language, must have been read.
    pub fn notes(&mut self, chapters: &[(DivisionId, &Chapter, Language)]) -> Vec<Note> {
        let Tables { calls, definitions, .. } = self.tables;
        calls.report(self.out.diagnostics);
        let mut notes = Vec::with_capacity(calls.notes.len());
        for (at, called) in calls.notes.iter().enumerate() {
            let id = NoteId(at as u32);
            let (division, chapter, language) = &chapters[called.chapter];
            self.enter_chapter(*division, called.chapter, chapter, language);
            self.here.note = Some(id);
            let (blocks, span) = match called.key {
                Key::Defined(file, at) => {
                    let definition = &definitions[file][at];
                    (self.blocks(&definition.blocks), Some(definition.span))
                }
                Key::Inline(block) => {
                    let (content, span) = self.out.on_the_spot.remove(&id).unzip();
                    let text = TextBlock { id: block, content: content.unwrap_or_default(), span };
                    let kind = BlockKind::Paragraph(Paragraph { text, role: ParagraphRole::Text });
                    (vec![Block { id: block, language: None, label: None, span, kind }], span)
                }
            };
            let calls = self.out.calls.get_mut(at).map(std::mem::take).unwrap_or_default();
            notes.push(Note { id, number: called.number, blocks, calls, span });
        }
        self.here.note = None;
        notes
    }

    /// Reports pictures that the metadata describes and nothing shows.
    pub fn unused_images(&mut self, also: &[String]) {
        for (path, image) in self.tables.images {
            if !self.out.used_images.contains(path) && !also.contains(path) {
                self.out.diagnostics.report(
                    Diagnostic::new(&lints::UNUSED_IMAGE_ENTRY, format!("no section shows the picture \"{path}\""))
                        .at(image.span)
                        .hint("the path is written as in the section, counted from the manuscript folder"),
                );
            }
        }
    }

    /// A fresh id for a made text of the division that was entered.
    pub fn fresh(&mut self) -> BlockId {
        let id = self.out.ids.next();
        self.entry(id, None);
        id
    }
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
