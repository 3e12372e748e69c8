//! Resolve: parsed blocks become the book's, labels become targets, calls find their notes, punctuation is set.

use std::collections::BTreeMap;

use super::number::{Name, Numbers};
use super::pictures::Loader;
use super::written;
use crate::book::block::{
    BoxBlock, Cell, Code, Column, Definition, Figure, FigurePlace, Group, GroupRole, Heading, List, ListItem,
    Paragraph, ParagraphRole, Quote, Table, VerseLine,
};
use crate::book::note::{NoteCallPlace, NoteNumbering};
use crate::book::{
    Block, BlockEntry, BlockId, BlockKind, DivisionId, Inline, InlineKind, Note, NoteId, Target, TextBlock,
};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::manuscript::metadata::WrittenImage;
use crate::markdown::parsed::{PBlock, PBlockKind, PInline, PItem, PKind, PText, ParsedNote};
use crate::markdown::{Ids, letters};
use crate::source::{Sources, Span};
use crate::yaml::Written;

/// Turns what was parsed into what the book holds.
pub(crate) struct Resolver<'a> {
    pub numbers: &'a Numbers,
    pub language: Language,
    /// The notes of each file; the last are for all.
    pub definitions: &'a [Vec<ParsedNote>],
    pub images: &'a BTreeMap<String, WrittenImage>,
    pub loader: Loader<'a>,
    pub sources: &'a Sources,
    pub diagnostics: &'a mut Diagnostics,
    pub ids: &'a mut Ids,
    pub numbering: NoteNumbering,
    /// By block id.
    pub index: BTreeMap<BlockId, BlockEntry>,
    notes: Vec<Pending>,
    /// What holds where the resolver is.
    division: DivisionId,
    file: usize,
    smart: bool,
    in_note: Option<NoteId>,
    count: u32,
    /// The text block that is being read, for calls.
    block: BlockId,
    /// The pictures that something shows, as `images:` names them.
    pub used_images: Vec<String>,
}

/// A note that was called: which definition, its number and calls.
struct Pending {
    key: Key,
    number: u32,
    calls: Vec<NoteCallPlace>,
    file: usize,
    smart: bool,
    language: Language,
}

/// Which definition a note has.
#[derive(Clone, PartialEq, Debug)]
enum Key {
    /// By file and place in its list.
    Defined(usize, usize),
    /// Written on the spot.
    Inline(BlockId, Vec<Inline>, Span),
}

impl<'a> Resolver<'a> {
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        numbers: &'a Numbers,
        language: Language,
        definitions: &'a [Vec<ParsedNote>],
        images: &'a BTreeMap<String, WrittenImage>,
        loader: Loader<'a>,
        sources: &'a Sources,
        diagnostics: &'a mut Diagnostics,
        ids: &'a mut Ids,
        numbering: NoteNumbering,
    ) -> Resolver<'a> {
        Resolver {
            numbers,
            language,
            definitions,
            images,
            loader,
            sources,
            diagnostics,
            ids,
            numbering,
            index: BTreeMap::new(),
            notes: Vec::new(),
            division: DivisionId(0),
            file: definitions.len().saturating_sub(1),
            smart: true,
            in_note: None,
            count: 0,
            block: BlockId(0),
            used_images: Vec::new(),
        }
    }

    /// Goes on in a division whose file's notes are at `file`.
    pub fn enter(&mut self, division: DivisionId, file: usize, smart: bool, language: Language) {
        self.division = division;
        self.file = file.min(self.definitions.len().saturating_sub(1));
        self.smart = smart;
        self.language = language;
        if self.numbering == NoteNumbering::Chapter {
            self.count = 0;
        }
    }

    /// Blocks of the division that was entered.
    pub fn blocks(&mut self, blocks: &[PBlock]) -> Vec<Block> {
        blocks.iter().filter_map(|block| self.block(block)).collect()
    }

    fn entry(&mut self, id: BlockId, span: Option<Span>) {
        self.index.insert(id, BlockEntry { division: self.division, note: self.in_note, span });
    }

    fn block(&mut self, block: &PBlock) -> Option<Block> {
        self.entry(block.id, Some(block.span));
        let outer = self.language.clone();
        if let Some(language) = &block.language {
            self.language = language.clone();
        }
        let kind = self.kind(block);
        self.language = outer;
        Some(Block {
            id: block.id,
            language: block.language.clone(),
            label: block.label.as_ref().map(|(label, _)| super::number::slug(label)),
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
                let title = self.text(&heading.title);
                let short = heading.attributes.get("short").map(|short| self.made(short));
                let number = self.numbers.headings.get(&heading.title.id).cloned();
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
            PBlockKind::Code { language, text } => {
                BlockKind::Code(Code { language: language.clone(), text: self.text(text) })
            }
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
            PBlockKind::Box { kind, title, blocks } => BlockKind::Box(BoxBlock {
                kind: *kind,
                title: title.as_ref().map(|title| self.text(title)),
                blocks: self.blocks(blocks),
            }),
            PBlockKind::PullQuote(texts) => BlockKind::PullQuote(texts.iter().map(|text| self.text(text)).collect()),
            PBlockKind::Ornament => BlockKind::Ornament,
            PBlockKind::PageBreak => BlockKind::PageBreak,
            PBlockKind::Group(blocks) => {
                BlockKind::Group(Group { role: GroupRole::Plain, blocks: self.blocks(blocks) })
            }
        })
    }

    fn item(&mut self, item: &PItem) -> ListItem {
        ListItem { blocks: self.blocks(&item.blocks), done: item.done }
    }

    fn table(&mut self, block: &PBlock, table: &crate::markdown::parsed::PTable) -> BlockKind {
        let caption = table.caption.as_ref().map(|caption| self.text(caption));
        let columns: Vec<Column> = table
            .aligns
            .iter()
            .enumerate()
            .map(|(at, align)| Column { align: *align, weight: table.widths.get(at).copied().flatten() })
            .collect();
        let head: Vec<Cell> = table.head.iter().map(|cell| Cell { text: self.text(cell) }).collect();
        let rows: Vec<Vec<Cell>> =
            table.rows.iter().map(|row| row.iter().map(|cell| Cell { text: self.text(cell) }).collect()).collect();
        let source = table.source.as_ref().map(|source| self.text(source));
        let number = self.numbers.blocks.get(&block.id).cloned();
        // A first column of words names the rows; one of figures or dates with nothing above it does too.
        let row_heads = columns.len() > 1;
        BlockKind::Table(Table { number, caption, columns, head, rows, row_heads, source, turn: table.turn })
    }

    fn figure(&mut self, block: &PBlock, figure: &crate::markdown::parsed::PFigure) -> Option<BlockKind> {
        let images = self.images;
        let said = images.get(figure.path.trim_start_matches("./"));
        if said.is_some() {
            self.used_images.push(figure.path.trim_start_matches("./").to_owned());
        }
        let asset = self.loader.load(figure.path.trim_start_matches("./"), figure.path_span, self.diagnostics);
        let written_alt = letters(&figure.alt);
        let decorative = said.is_some_and(|image| image.decorative);
        let alt = match said.and_then(|image| image.alt.as_ref()) {
            _ if decorative => None,
            _ if !written_alt.trim().is_empty() => Some(written_alt),
            Some(alt) => Some(alt.text.clone()),
            None => {
                self.no_alt(&figure.path, figure.path_span);
                Some(String::new())
            }
        };
        let caption = match (&figure.caption, said.and_then(|image| image.caption.as_ref())) {
            (Some(caption), _) => Some(self.text(caption)),
            (None, Some(caption)) => Some(self.written(caption)),
            // Pandoc's way: a figure with a label has its words in the brackets for its caption.
            (None, None) if block.label.is_some() && !figure.alt.is_empty() => {
                let id = self.ids.next();
                Some(self.text(&PText { id, content: figure.alt.clone(), span: figure.path_span }))
            }
            (None, None) => None,
        };
        let source = self.line(
            figure.source.as_ref(),
            said.and_then(|image| image.source.as_ref()),
            crate::language::terms::Term::Source,
        );
        let credit = self.line(
            figure.credit.as_ref(),
            said.and_then(|image| image.credit.as_ref()),
            crate::language::terms::Term::Credit,
        );
        let number = caption.as_ref().and_then(|_| self.numbers.blocks.get(&block.id).cloned());
        Some(BlockKind::Figure(Figure {
            asset: asset?,
            alt,
            long_description: said.and_then(|image| image.long_description.as_ref()).map(|text| text.text.clone()),
            number,
            caption,
            source,
            credit,
            width: figure.attributes.get("width").and_then(|width| self.share(width, figure.path_span)),
            place: if figure.attributes.get("place") == Some("here") { FigurePlace::Here } else { FigurePlace::Near },
            turn: figure.attributes.has("turn"),
        }))
    }

    fn no_alt(&mut self, path: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::NO_ALT, format!("the picture \"{path}\" has no alternative text"))
                .at(span)
                .hint("say in the brackets what it shows, or mark it `decorative: true` under `images:`"),
        );
    }

    /// A source or credit: as written with its opening word, or from the metadata with the word added.
    fn line(
        &mut self,
        written: Option<&PText>,
        said: Option<&Written>,
        term: crate::language::terms::Term,
    ) -> Option<TextBlock> {
        if let Some(text) = written {
            return Some(self.text(text));
        }
        let mut text = self.written(said?);
        let word = term.word(&self.language);
        text.content.insert(0, Inline::text(format!("{word}: ")));
        Some(text)
    }

    /// A width as thousandths of the measure.
    fn share(&mut self, width: &str, span: Span) -> Option<u16> {
        let percent = width.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
        let share = percent.map(|percent| percent * 10.0).filter(|share| (10.0..=1000.0).contains(share));
        if share.is_none() {
            self.diagnostics.report(
                Diagnostic::new(&lints::WRONG_VALUE, format!("\"{width}\" is no width of a picture"))
                    .at(span)
                    .hint("write it as a share of the measure: width=60%"),
            );
        }
        share.map(|share| share as u16)
    }

    /// A text of the manuscript.
    pub fn text(&mut self, text: &PText) -> TextBlock {
        self.entry(text.id, Some(text.span));
        let outer = std::mem::replace(&mut self.block, text.id);
        let content = self.content(&text.content);
        self.block = outer;
        TextBlock { id: text.id, content: self.punctuated(content), span: Some(text.span) }
    }

    /// Punctuation set for the language, unless the file says plain.
    fn punctuated(&self, mut content: Vec<Inline>) -> Vec<Inline> {
        if self.smart {
            super::punctuation::set(&mut content, &self.language);
        }
        content
    }

    /// A text of the metadata, which may hold emphasis, links and addresses.
    pub fn written(&mut self, written: &Written) -> TextBlock {
        let pieces = self.parse(written);
        let id = self.ids.next();
        self.text(&PText { id, content: pieces, span: written.span })
    }

    /// The same, without a block of its own.
    pub fn words(&mut self, written: &Written) -> Vec<Inline> {
        let pieces = self.parse(written);
        let content = self.content(&pieces);
        self.punctuated(content)
    }

    fn parse(&mut self, written: &Written) -> Vec<PInline> {
        written::inlines(written, self.sources, self.ids, self.diagnostics)
    }

    /// Several paragraphs of the metadata, or of a file that it names.
    pub fn written_blocks(&mut self, written: &Written) -> Vec<Block> {
        let parsed = written::blocks(written, self.sources, self.ids, self.diagnostics);
        self.blocks(&parsed)
    }

    /// Made words with punctuation of the language.
    fn made(&self, words: &str) -> Vec<Inline> {
        self.punctuated(vec![Inline::text(words)])
    }

    fn content(&mut self, pieces: &[PInline]) -> Vec<Inline> {
        pieces.iter().flat_map(|piece| self.inline(piece)).collect()
    }

    fn inline(&mut self, piece: &PInline) -> Vec<Inline> {
        let span = Some(piece.span);
        let kind = match &piece.kind {
            PKind::Text(text) => InlineKind::Text(text.clone()),
            PKind::Emphasis(inner) => InlineKind::Emphasis(self.content(inner)),
            PKind::Strong(inner) => InlineKind::Strong(self.content(inner)),
            PKind::SmallCaps(inner) => InlineKind::SmallCaps(self.content(inner)),
            PKind::Strike(inner) => InlineKind::Strike(self.content(inner)),
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
                InlineKind::Foreign { language: language.clone(), content: self.content(inner) }
            }
            PKind::Keep(inner) => InlineKind::Keep(self.content(inner)),
            PKind::Link(url, inner) => {
                InlineKind::Link { target: Target::Url(url.clone()), content: self.content(inner) }
            }
            PKind::Address { url, shown } => InlineKind::Address { url: url.clone(), shown: shown.clone() },
            PKind::Name(label) => match self.name(label, piece.span) {
                Some((target, content)) => InlineKind::Link { target, content },
                None => return Vec::new(),
            },
            PKind::Page(label) => match self.name(label, piece.span) {
                Some((target, content)) => InlineKind::PageReference { target, content },
                None => return Vec::new(),
            },
            PKind::Words(label, inner) => {
                let content = self.content(inner);
                match self.numbers.find(label, piece.span, self.diagnostics) {
                    Some(found) => InlineKind::Link { target: found.target.clone(), content },
                    None => return content,
                }
            }
            PKind::NoteCall(label) => match self.call(label, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::InlineNote(id, inner) => match self.inline_note(*id, inner, piece.span) {
                Some(kind) => kind,
                None => return Vec::new(),
            },
            PKind::Picture { path, alt, .. } => {
                let alt = letters(alt);
                if alt.trim().is_empty() && !self.images.get(path).is_some_and(|image| image.decorative) {
                    self.no_alt(path, piece.span);
                }
                match self.loader.load(path.trim_start_matches("./"), piece.span, self.diagnostics) {
                    Some(asset) => InlineKind::Picture { asset, alt: (!alt.trim().is_empty()).then_some(alt) },
                    None => return Vec::new(),
                }
            }
            PKind::LineBreak => InlineKind::LineBreak,
        };
        vec![Inline { kind, span }]
    }

    /// The target of a label and what a bare reference says.
    fn name(&mut self, label: &str, span: Span) -> Option<(Target, Vec<Inline>)> {
        let numbers = self.numbers;
        let found = numbers.find(label, span, self.diagnostics)?;
        let content = match &found.name {
            Name::Number(name) => vec![Inline { kind: InlineKind::Text(name.clone()), span: Some(span) }],
            Name::Title(title) if title.is_empty() => vec![Inline::text(label)],
            Name::Title(title) => {
                let plain: Vec<PInline> = title
                    .iter()
                    .filter(|piece| !matches!(piece.kind, PKind::NoteCall(_) | PKind::InlineNote(..)))
                    .cloned()
                    .collect();
                self.content(&plain)
            }
        };
        Some((found.target.clone(), content))
    }

    fn call(&mut self, label: &str, span: Span) -> Option<InlineKind> {
        let everywhere = self.definitions.len().saturating_sub(1);
        let find =
            |file: usize| self.definitions.get(file)?.iter().position(|note| note.label == label).map(|at| (file, at));
        let Some((file, at)) = find(self.file).or_else(|| find(everywhere)) else {
            let mut said =
                Diagnostic::new(&lints::UNDEFINED_NOTE, format!("the note \"{label}\" is not defined")).at(span);
            let near = self.definitions.get(self.file).into_iter().flatten().map(|note| note.label.as_str());
            let elsewhere = self.definitions.iter().flatten().find(|note| note.label == label);
            said = match (crate::yaml::nearest(label, near), elsewhere) {
                (_, Some(other)) => {
                    let path = &self.sources.file(other.span.source).path;
                    said.hint(format!("{path} defines one, but for itself: move it to notes.md"))
                }
                (Some(near), _) => said.hint(format!("did you mean [^{near}]?")),
                (None, None) => said.hint(format!("write [^{label}]: … in the same file, or in notes.md")),
            };
            self.diagnostics.report(said);
            return None;
        };
        self.add_call(Key::Defined(file, at), span)
    }

    fn inline_note(&mut self, id: BlockId, inner: &[PInline], span: Span) -> Option<InlineKind> {
        let outer = std::mem::replace(&mut self.block, id);
        let content = self.content(inner);
        self.block = outer;
        let content = self.punctuated(content);
        self.add_call(Key::Inline(id, content, span), span)
    }

    fn add_call(&mut self, key: Key, span: Span) -> Option<InlineKind> {
        if self.in_note.is_some() {
            self.diagnostics.report(
                Diagnostic::new(&lints::FOREIGN_MARKUP, "a note calls a note").at(span).hint("put both into one note"),
            );
            return None;
        }
        let place = NoteCallPlace { division: self.division, block: self.block, span: Some(span) };
        let known = self.notes.iter().position(|note| {
            note.key == key && (self.numbering == NoteNumbering::Book || note.calls[0].division == self.division)
        });
        if let Some(at) = known {
            let note = &mut self.notes[at];
            note.calls.push(place);
            return Some(InlineKind::NoteCall { note: NoteId(at as u32), call: note.calls.len() as u16 - 1 });
        }
        self.count += 1;
        let at = self.notes.len();
        self.notes.push(Pending {
            key,
            number: self.count,
            calls: vec![place],
            file: self.file,
            smart: self.smart,
            language: self.language.clone(),
        });
        Some(InlineKind::NoteCall { note: NoteId(at as u32), call: 0 })
    }

    /// The notes that were called, in order; what is defined but never called is reported.
    pub fn notes(&mut self) -> Vec<Note> {
        let pending = std::mem::take(&mut self.notes);
        let definitions = self.definitions;
        for (file, notes) in definitions.iter().enumerate() {
            for (at, note) in notes.iter().enumerate() {
                if let Some(twice) = notes[..at].iter().find(|other| other.label == note.label) {
                    self.diagnostics.report(
                        Diagnostic::new(
                            &lints::DUPLICATE_LABEL,
                            format!("the note \"{}\" is defined twice", note.label),
                        )
                        .at(note.span)
                        .label(twice.span, "the first time is here")
                        .hint("give one of them another label"),
                    );
                } else if !pending.iter().any(|pending| pending.key == Key::Defined(file, at)) {
                    self.diagnostics.report(
                        Diagnostic::new(&lints::UNUSED_NOTE, format!("the note \"{}\" is never called", note.label))
                            .at(note.span)
                            .hint(format!("call it with [^{}], or take it out", note.label)),
                    );
                }
            }
        }
        let mut notes = Vec::with_capacity(pending.len());
        for (at, note) in pending.into_iter().enumerate() {
            let id = NoteId(at as u32);
            self.in_note = Some(id);
            self.division = note.calls[0].division;
            (self.file, self.smart, self.language) = (note.file, note.smart, note.language);
            let (blocks, span) = match note.key {
                Key::Defined(file, at) => {
                    let definition = &definitions[file][at];
                    (self.blocks(&definition.blocks), definition.span)
                }
                Key::Inline(block, content, span) => {
                    self.entry(block, Some(span));
                    let text = TextBlock { id: block, content, span: Some(span) };
                    let kind = BlockKind::Paragraph(Paragraph { text, role: ParagraphRole::Text });
                    (vec![Block { id: block, language: None, label: None, span: Some(span), kind }], span)
                }
            };
            notes.push(Note { id, number: note.number, blocks, calls: note.calls, span: Some(span) });
        }
        self.in_note = None;
        notes
    }

    /// Reports pictures that the metadata describes and nothing shows.
    pub fn unused_images(&mut self, also: &[String]) {
        for (path, image) in self.images {
            if !self.used_images.contains(path) && !also.contains(path) {
                self.diagnostics.report(
                    Diagnostic::new(&lints::UNUSED_IMAGE_ENTRY, format!("no section shows the picture \"{path}\""))
                        .at(image.span)
                        .hint("the path is written as in the section, counted from the manuscript folder"),
                );
            }
        }
    }

    /// A fresh id for a made text of the division that was entered.
    pub fn fresh(&mut self) -> BlockId {
        let id = self.ids.next();
        self.entry(id, None);
        id
    }
}
