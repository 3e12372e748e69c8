//! Blocks: what stands by itself, with its numbers, captions and pictures.

use super::Resolver;
use crate::assembly::charts;
use crate::assembly::figures::{self, Line};
use crate::assembly::sizes;
use crate::book::block::{
    BoxBlock, BoxKind, Cell, Code, Column, Definition, Figure, FigureBody, FigurePlace, Group, GroupRole, Heading,
    List, ListItem, Panels, Paragraph, ParagraphRole, Quote, Table, VerseLine,
};
use crate::book::mark::Matter;
use crate::book::{AssetId, Block, BlockKind, Inline, InlineKind, Target, TextBlock};
use crate::diagnostic::{Diagnostic, lints, nearest};
use crate::language::terms::Term;
use crate::language::{Language, slug};
use crate::manuscript::metadata::WrittenImage;
use crate::markdown::letters;
use crate::markdown::parsed::{PBlock, PBlockKind, PCell, PFigure, PInline, PItem, PKind, PTable};
use crate::source::Span;

impl<'a> Resolver<'a> {
    /// Blocks of the division that was entered.
    pub fn blocks(&mut self, blocks: &[PBlock]) -> Vec<Block> {
        let mut made = Vec::with_capacity(blocks.len());
        made.extend(blocks.iter().filter_map(|block| self.block(block)));
        made
    }

    pub(super) fn block(&mut self, block: &PBlock) -> Option<Block> {
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

    pub(super) fn kind(&mut self, block: &PBlock) -> Option<BlockKind> {
        Some(match &block.kind {
            PBlockKind::Paragraph(text) => {
                BlockKind::Paragraph(Paragraph { text: self.text(text), role: ParagraphRole::Text })
            }
            PBlockKind::Flush(text) => {
                BlockKind::Paragraph(Paragraph { text: self.text(text), role: ParagraphRole::Continuation })
            }
            PBlockKind::Attribution(text) => {
                BlockKind::Paragraph(Paragraph { text: self.text(text), role: ParagraphRole::Attribution })
            }
            PBlockKind::Heading(heading) => {
                let title = self.title_of(&heading.title);
                let short = self.short(heading);
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
            PBlockKind::Table(table) => {
                self.there(|here| here.matter = Matter::Table, |resolver| resolver.table(block, table))
            }
            PBlockKind::Figure(figure) => {
                return self.there(|here| here.matter = Matter::Figure, |resolver| resolver.figure(block, figure));
            }
            PBlockKind::Panels(row) => {
                let caption = |resolver: &mut Self| row.caption.as_ref().map(|caption| resolver.text(caption));
                let caption = self.there(|here| here.matter = Matter::Figure, caption);
                BlockKind::Panels(Panels {
                    number: self.tables.numbers.blocks.get(&block.id).cloned(),
                    caption,
                    columns: row.columns,
                    wide: row.wide,
                    panels: self.blocks(&row.figures),
                    below: row.below.iter().map(|text| self.text(text)).collect(),
                })
            }
            PBlockKind::Box { kind, title, blocks } => {
                let mut title = match (title, self.callout_word(*kind)) {
                    (Some(title), Some(word)) => Some(Self::after_word(word, self.text(title), &self.here.language)),
                    (Some(title), None) => Some(self.text(title)),
                    (None, word) => word,
                };
                let number = self.tables.numbers.blocks.get(&block.id).cloned();
                if let Some(number) = &number {
                    title = Some(self.after_number(number, title));
                }
                let number = number.filter(|_| *kind != BoxKind::Recommendation);
                BlockKind::Box(BoxBlock { kind: *kind, number, title, blocks: self.blocks(blocks) })
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
    pub(super) fn notes_to_spare(&mut self, content: &[PInline]) {
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
    pub(super) fn after_number(&mut self, number: &str, title: Option<TextBlock>) -> TextBlock {
        match title {
            None => TextBlock { id: self.fresh(), content: vec![Inline::text(number)], span: None },
            Some(mut title) => {
                title.content.insert(0, Inline::text(format!("{number}. ")));
                title
            }
        }
    }

    /// "Note: The title".
    fn after_word(word: TextBlock, title: TextBlock, language: &Language) -> TextBlock {
        let mut content = word.content;
        content.push(Inline::text(language.colon()));
        content.extend(title.content);
        TextBlock { content, ..title }
    }

    /// Every recommendation of the book again under its number, which leads to it.
    pub(super) fn recommendations(&mut self) -> BlockKind {
        let numbers = self.tables.numbers;
        let mut items = Vec::new();
        for (id, name, blocks) in &numbers.recommendations {
            let link = InlineKind::Link { target: Target::Block(*id), content: vec![Inline::text(name.clone())] };
            let lead = vec![Inline { kind: link, span: None }];
            let term = TextBlock { id: self.fresh(), content: lead, span: None };
            let mut said = Vec::new();
            for block in blocks {
                let PBlockKind::Paragraph(text) = &block.kind else { continue };
                let content = self.there(|here| here.repeated = true, |resolver| resolver.content(&text.content));
                let content = self.punctuated(content);
                let text = TextBlock { id: self.fresh(), content, span: Some(text.span) };
                let role = if said.is_empty() { ParagraphRole::Text } else { ParagraphRole::Continuation };
                let kind = BlockKind::Paragraph(Paragraph { text, role });
                said.push(self.made_block(kind));
            }
            items.push(Definition { terms: vec![term], meanings: vec![said] });
        }
        BlockKind::Definitions(items)
    }

    pub(super) fn made_block(&mut self, kind: BlockKind) -> Block {
        let id = if let BlockKind::Paragraph(paragraph) = &kind { paragraph.text.id } else { self.fresh() };
        Block { id, language: None, label: None, span: None, kind }
    }

    /// The word of a callout that has no title of its own.
    pub(super) fn callout_word(&mut self, kind: BoxKind) -> Option<TextBlock> {
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

    pub(super) fn item(&mut self, item: &PItem) -> ListItem {
        ListItem { blocks: self.blocks(&item.blocks), done: item.done }
    }

    pub(super) fn table(&mut self, block: &PBlock, table: &PTable) -> BlockKind {
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
        let (total, turn, wide) = (table.total, table.turn, table.wide);
        let table = Table { number, caption, columns, above, head, rows, row_heads, total, note, source, turn, wide };
        BlockKind::Table(Box::new(table))
    }

    pub(super) fn cells(&mut self, row: &[PCell]) -> Vec<Cell> {
        row.iter()
            .map(|cell| Cell {
                text: self.text(&cell.text),
                more: self.blocks(&cell.more),
                across: cell.across,
                down: cell.down,
            })
            .collect()
    }

    pub(super) fn figure(&mut self, block: &PBlock, figure: &PFigure) -> Option<BlockKind> {
        let (tables, span) = (self.tables, figure.path_span);
        let said = tables.figures.get(block.id, figure);
        let caption = said.caption.as_ref().map(|caption| self.text(caption));
        let note = said.note.as_ref().map(|line| self.line(line));
        let source = said.source.as_ref().map(|line| self.line(line));
        let credit = said.credit.as_ref().map(|line| self.line(line));
        let (body, large, alt, long_description, height) = match figure.chart {
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
                (FigureBody::Chart(Box::new(chart)), None, Some(alt), None, written.height)
            }
            None => {
                let path = figure.path.as_str();
                let (asset, image) = self.picture(path, span);
                // Brackets that are the caption leave the alternative text to the metadata, if it has one.
                let captioned = figure.caption.is_none()
                    && block.label.is_some()
                    && image.is_some_and(|image| image.caption.is_none() && image.alt.is_some());
                let brackets = if captioned { &[] } else { figure.alt.as_slice() };
                let alt = figures::alt(image, brackets, (path, span), self.out.diagnostics);
                let long = image.and_then(|image| image.long_description.as_ref()).map(|text| text.text.clone());
                let large = image.and_then(|image| image.large.as_ref());
                let large = large.and_then(|path| self.picture(&path.text, path.span).0);
                (FigureBody::Picture(asset?), large, alt, long, None)
            }
        };
        Some(BlockKind::Figure(Box::new(Figure {
            body,
            large,
            alt,
            long_description,
            number: tables.numbers.blocks.get(&block.id).cloned(),
            caption,
            note,
            source,
            credit,
            width: sizes::width(&figure.attributes, span, self.out.diagnostics),
            height: sizes::height(&figure.attributes, span, self.out.diagnostics).or(height),
            place: self.place_of(figure, span),
            turn: figure.attributes.has("turn"),
        })))
    }

    /// Where a figure asks to stand; near its words if it does not.
    fn place_of(&mut self, figure: &PFigure, span: Span) -> FigurePlace {
        const PLACES: [(&str, FigurePlace); 6] = [
            ("here", FigurePlace::Here),
            ("near", FigurePlace::Near),
            ("wide", FigurePlace::Wide),
            ("page", FigurePlace::Page),
            ("spread", FigurePlace::Spread),
            ("margin", FigurePlace::Margin),
        ];
        let Some(asked) = figure.attributes.get("place") else { return FigurePlace::Near };
        if let Some((_, place)) = PLACES.iter().find(|(name, _)| *name == asked) {
            return *place;
        }
        let names = PLACES.map(|(name, _)| name);
        let hint = match nearest(asked, names) {
            Some(near) => format!("did you mean place={near}?"),
            None => format!("write {}", names.join(", ")),
        };
        self.out.diagnostics.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{asked}\" is no place of a figure"))
                .at(figure.attributes.span.unwrap_or(span))
                .hint(hint),
        );
        FigurePlace::Near
    }

    /// The picture at a path, and what the metadata says of it.
    pub fn picture(&mut self, path: &str, span: Span) -> (Option<AssetId>, Option<&'a WrittenImage>) {
        let image = figures::image(self.tables.images, path);
        if image.is_some() {
            self.out.used_images.insert(path.trim_start_matches("./").to_owned());
        }
        let path = self.tables.sources.path_at(path, span);
        let path = self.out.loader.counted_from(path, &self.tables.sources.file(span.source).path);
        (self.out.loader.load(&path, span, self.out.diagnostics), image)
    }

    /// A source or credit, with its opening word.
    pub(super) fn line(&mut self, line: &Line) -> TextBlock {
        let mut text = self.text(&line.text);
        if let Some(word) = line.word {
            let language = &self.here.language;
            let opening = format!("{}{}", word.word(language), language.colon());
            text.content.insert(0, Inline::own(opening, language));
        }
        text
    }
}
