//! Elements and divs: what stands between the marks of a level is gathered, and becomes blocks when they close.

use super::Parser;
use super::divs::box_kind;
use super::extracts::{attributed, is_letter};
use super::fair::{Drawn, Element, Fair, Lines, Mark};
use crate::book::block::{BoxKind, ColumnAlign, Counts, GroupRole, ListMarker, Numerals, QuoteKind, Stops};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PCell, PInline, PItem, PKind, PTable, ParsedHeading};
use crate::source::{Span, limits};

/// The blocks of a container, with the divs and elements that are open in it.
#[derive(Default)]
pub(super) struct Level {
    frames: Vec<Frame>,
    pieces: Vec<Piece>,
    /// Blocks that came after the last part.
    fresh: Vec<PBlock>,
}

/// What a level or an element holds.
enum Piece {
    Block(PBlock),
    /// An element that only the one around it understands: an item, a row, a cell.
    Part(Part),
}

struct Part {
    element: Element,
    pieces: Vec<Piece>,
    span: Span,
}

/// A div or an element that is open.
struct Frame {
    open: Open,
    span: Span,
    before: Vec<Piece>,
    /// Whether it stands too deep to be more than its blocks.
    flat: bool,
}

enum Open {
    Div(String),
    Element(Element),
}

impl Level {
    /// Where a block is put.
    pub fn blocks(&mut self) -> &mut Vec<PBlock> {
        &mut self.fresh
    }

    /// One more block.
    pub fn push(&mut self, block: PBlock) {
        self.fresh.push(block);
    }

    fn settle(&mut self) {
        self.pieces.extend(self.fresh.drain(..).map(Piece::Block));
    }

    fn open(&mut self, open: Open, span: Span, flat: bool) {
        self.settle();
        let before = std::mem::take(&mut self.pieces);
        self.frames.push(Frame { open, span, before, flat });
    }

    /// The innermost frame and what stood in it.
    fn pop(&mut self) -> Option<(Frame, Vec<Piece>)> {
        self.settle();
        let mut frame = self.frames.pop()?;
        let pieces = std::mem::replace(&mut self.pieces, std::mem::take(&mut frame.before));
        Some((frame, pieces))
    }

    /// The innermost element, if no div stands in it.
    fn top(&self) -> Option<&Element> {
        match &self.frames.last()?.open {
            Open::Element(element) => Some(element),
            Open::Div(_) => None,
        }
    }
}

/// Which open elements end where another begins, as HTML has it.
fn ends(open: &str, next: &str) -> bool {
    const FLOW: [&str; 18] = [
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figure",
        "section",
        "article",
        "details",
        "pre",
    ];
    match open {
        "p" => FLOW.contains(&next) || matches!(next, "li" | "td" | "th" | "tr" | "dt" | "dd" | "tbody" | "tfoot"),
        "li" => next == "li",
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "tfoot" | "thead"),
        "tr" => matches!(next, "tr" | "tbody" | "tfoot" | "thead"),
        "thead" | "tbody" | "tfoot" => matches!(next, "tbody" | "tfoot" | "thead"),
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "caption" | "colgroup" => matches!(next, "tr" | "tbody" | "thead" | "tfoot"),
        _ => false,
    }
}

/// Parts of lists and tables, which may be left open and only the element around them understands.
const PARTS: [&str; 11] = ["li", "td", "th", "tr", "thead", "tbody", "tfoot", "dt", "dd", "caption", "colgroup"];

/// Elements that may be left open.
fn may_stay_open(name: &str) -> bool {
    PARTS.contains(&name) || matches!(name, "p" | "body" | "html")
}

/// Elements that only the one around them understands.
fn is_part(name: &str) -> bool {
    PARTS.contains(&name) || matches!(name, "figcaption" | "summary" | "legend")
}

impl Parser<'_> {
    /// A line that stands for something.
    pub(super) fn mark(&mut self, mark: Mark, span: Span, level: &mut Level) {
        match mark {
            Mark::Div(written) => {
                let flat = !self.enter_at(span);
                self.letters += usize::from(is_letter(&written));
                level.open(Open::Div(written), span, flat);
            }
            Mark::DivEnd => self.end_div(span, level),
            Mark::Open(element) => {
                while level.top().is_some_and(|open| ends(&open.name, &element.name)) {
                    self.close_frame(level);
                }
                let flat = !self.enter_at(span);
                level.open(Open::Element(element), span, flat);
            }
            Mark::Close(name) => self.end_element(&name, span, level),
            Mark::Lines(Lines::Verse(written), matter) => {
                let block = self.verse_div(&matter, span, &written);
                level.push(block);
            }
            Mark::Lines(Lines::Code(element), matter) => {
                let block = self.preformatted(&element, &matter, span);
                level.push(block);
            }
            Mark::Table(drawn, rows) => {
                let blocks = self.drawn_table(drawn, &rows, span);
                for block in blocks {
                    level.push(block);
                }
            }
            Mark::Ornament => {
                let block = self.block(PBlockKind::Ornament, span);
                level.push(block);
            }
            Mark::Comment | Mark::Nothing => {}
        }
    }

    fn end_div(&mut self, span: Span, level: &mut Level) {
        if !level.frames.iter().any(|frame| matches!(frame.open, Open::Div(_))) {
            self.diagnostics.report(
                Diagnostic::new(&lints::UNCLOSED_DIV, "this \":::\" closes nothing")
                    .at(span)
                    .hint("take it out, or open a block above with ::: box"),
            );
            return;
        }
        while let Some(element) = level.top() {
            if !may_stay_open(&element.name) {
                let name = element.name.clone();
                let at = level.frames.last().map(|frame| frame.span);
                self.unclosed_element(&name, at.unwrap_or(span));
            }
            self.close_frame(level);
        }
        self.close_frame(level);
    }

    fn end_element(&mut self, name: &str, span: Span, level: &mut Level) {
        let inner = level.frames.iter().rev().take_while(|frame| matches!(frame.open, Open::Element(_)));
        let depth = inner.take_while(|frame| !matches!(&frame.open, Open::Element(open) if open.name == name)).count();
        let found = level.frames.len().checked_sub(depth + 1).map(|at| &level.frames[at].open);
        if !matches!(found, Some(Open::Element(open)) if open.name == name) {
            // HTML reads a stray `</p>` as an empty paragraph; others are a slip.
            if name != "p" {
                self.diagnostics.report(
                    Diagnostic::new(&lints::FOREIGN_HTML, format!("this </{name}> closes nothing"))
                        .at(span)
                        .hint(format!("take it out, or open <{name}> before it")),
                );
            }
            return;
        }
        for _ in 0..depth {
            if let Some(open) = level.top().filter(|open| !may_stay_open(&open.name)) {
                let name = open.name.clone();
                let at = level.frames.last().map_or(span, |frame| frame.span);
                self.unclosed_element(&name, at);
            }
            self.close_frame(level);
        }
        self.close_frame(level);
    }

    fn unclosed_element(&mut self, name: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_HTML, format!("this <{name}> never ends"))
                .at(span)
                .hint(format!("close it with </{name}>")),
        );
    }

    /// The blocks of a level, whose open elements end with it.
    pub(super) fn close(&mut self, mut level: Level) -> Vec<PBlock> {
        while let Some(frame) = level.frames.last() {
            let span = frame.span;
            match &frame.open {
                Open::Div(_) => self.diagnostics.report(
                    Diagnostic::new(&lints::UNCLOSED_DIV, "this \":::\" block never ends")
                        .at(span)
                        .hint("close it with a line of its own: :::"),
                ),
                Open::Element(element) if !may_stay_open(&element.name) => {
                    let name = element.name.clone();
                    self.unclosed_element(&name, span);
                }
                Open::Element(_) => {}
            }
            self.close_frame(&mut level);
        }
        level.settle();
        self.plain(level.pieces)
    }

    fn enter_at(&mut self, span: Span) -> bool {
        if self.depth >= limits::MARKDOWN {
            self.too_deep(span);
            return false;
        }
        self.depth += 1;
        true
    }

    fn close_frame(&mut self, level: &mut Level) {
        let Some((frame, pieces)) = level.pop() else { return };
        if matches!(&frame.open, Open::Div(written) if is_letter(written)) {
            self.letters -= 1;
        }
        if frame.flat {
            level.pieces.extend(pieces);
            return;
        }
        self.depth -= 1;
        let span = frame.span;
        let made = match frame.open {
            Open::Div(written) => {
                let blocks = self.plain(pieces);
                self.div(span, &written, blocks).into_iter().map(Piece::Block).collect()
            }
            Open::Element(element) if is_part(&element.name) => {
                vec![Piece::Part(Part { element, pieces, span })]
            }
            Open::Element(element) => {
                self.look_at(&element, span);
                self.element_of(&element, pieces, span).into_iter().map(Piece::Block).collect()
            }
        };
        level.pieces.extend::<Vec<Piece>>(made);
    }

    /// Blocks, those of stray parts among them.
    fn plain(&mut self, pieces: Vec<Piece>) -> Vec<PBlock> {
        let mut blocks = Vec::new();
        flatten(pieces, &mut blocks);
        self.attach(blocks)
    }

    /// Attributes that are only looks are left out, with one warning a text.
    fn look_at(&mut self, element: &Element, span: Span) {
        const KNOWN: [&str; 27] = [
            "id",
            "lang",
            "xml:lang",
            "class",
            "colspan",
            "rowspan",
            "scope",
            "headers",
            "start",
            "reversed",
            "type",
            "value",
            "open",
            "markdown",
            "title",
            "alt",
            "src",
            "href",
            "cite",
            "role",
            "dir",
            "abbr",
            "name",
            "caption",
            "number",
            "file-name",
            "filename",
        ];
        let looks = |(key, _): &&(String, String)| {
            !KNOWN.contains(&key.as_str()) && !key.starts_with("data-") && !key.starts_with("aria-")
        };
        if self.looks.is_none()
            && let Some((key, _)) = element.attributes.iter().find(looks)
        {
            self.looks = Some(span);
            self.diagnostics.report(
                Diagnostic::new(&lints::FOREIGN_HTML, format!("\"{key}\" of <{}> is left out", element.name))
                    .at(span)
                    .hint("looks are a matter of the theme; others in this file are left out too"),
            );
        }
    }

    fn element_of(&mut self, element: &Element, pieces: Vec<Piece>, span: Span) -> Vec<PBlock> {
        let kind = match element.name.as_str() {
            "blockquote" => {
                let blocks = self.plain(pieces);
                PBlockKind::Quote(QuoteKind::Extract, attributed(blocks))
            }
            "ul" | "menu" => self.html_list(ListMarker::Bullet, pieces),
            "ol" => self.html_list(numbered(element, &pieces), pieces),
            "dl" => self.html_definitions(pieces),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return self.html_heading(element, pieces, span),
            "figure" => return self.html_figure(element, pieces, span),
            "details" => {
                let (title, rest) = take_part(pieces, "summary");
                let title = title.map(|part| self.title_of(part));
                PBlockKind::Box { kind: BoxKind::Plain, title, blocks: self.plain(rest) }
            }
            "table" => return self.html_table(element, pieces, span),
            "p" | "picture" | "form" | "html" | "body" => return self.unwrapped(element, pieces, span),
            "div" | "section" | "article" | "aside" | "main" | "header" | "footer" | "nav" | "address" | "fieldset"
            | "center" => {
                let class = element.get("class").unwrap_or("").split_whitespace().find_map(box_kind);
                match class {
                    Some(kind) => {
                        let blocks = self.plain(pieces);
                        let attributes = Attributes::default();
                        self.box_of(kind, &attributes, blocks, span)
                    }
                    None => return self.unwrapped(element, pieces, span),
                }
            }
            name => return self.unknown_element(name, element, pieces, span),
        };
        vec![self.with_label(kind, element, span)]
    }

    /// The blocks themselves, in a group if they have a label or a language.
    fn unwrapped(&mut self, element: &Element, pieces: Vec<Piece>, span: Span) -> Vec<PBlock> {
        let mut blocks = self.plain(pieces);
        let labelled = element.get("id").is_some_and(|id| !id.trim().is_empty());
        if !labelled && element.get("lang").is_none() {
            return blocks;
        }
        if let [block] = blocks.as_mut_slice()
            && block.label.is_none()
            && block.language.is_none()
        {
            self.label(block, element, span);
            return blocks;
        }
        vec![self.with_label(PBlockKind::Group(GroupRole::Plain, blocks), element, span)]
    }

    fn unknown_element(&mut self, name: &str, element: &Element, pieces: Vec<Piece>, span: Span) -> Vec<PBlock> {
        let mut blocks = self.plain(pieces);
        // mdBook's <Listing> and its like: what they say of the program text in them is its caption.
        let caption = element.get("caption").or(element.get("title")).map(str::to_owned);
        let file = element.get("file-name").or(element.get("filename")).map(str::to_owned);
        if caption.is_none() && file.is_none() {
            self.foreign_html(name, span);
            return blocks;
        }
        let caption = caption.map(|caption| self.attribute_text(&caption, span));
        let file = file.map(|file| self.file_name(&file, span));
        let code = blocks.iter_mut().find(|block| matches!(block.kind, PBlockKind::Code { .. }));
        match code.map(|block| &mut block.kind) {
            Some(PBlockKind::Code { caption: own, filename, .. }) => {
                *own = caption.or(own.take());
                *filename = file.or(filename.take());
            }
            // What it says of something else stands above that.
            _ => {
                for text in caption.into_iter().chain(file).rev() {
                    blocks.insert(0, self.block(PBlockKind::Paragraph(text), span));
                }
            }
        }
        blocks
    }

    fn with_label(&mut self, kind: PBlockKind, element: &Element, span: Span) -> PBlock {
        let mut block = self.block(kind, span);
        self.label(&mut block, element, span);
        block
    }

    fn label(&mut self, block: &mut PBlock, element: &Element, span: Span) {
        if let Some(id) = element.get("id").map(str::trim).filter(|id| !id.is_empty()) {
            block.label = Some((id.to_owned(), span));
        }
        if let Some(tag) = element.get("lang").or(element.get("xml:lang")) {
            block.language = self.language_of(tag, span);
        }
    }

    /// The words of a part as one text.
    fn title_of(&mut self, part: Part) -> crate::markdown::parsed::PText {
        let span = part.span;
        let blocks = self.plain(part.pieces);
        let content = words_of(blocks);
        self.text_block(content, span)
    }

    fn html_heading(&mut self, element: &Element, pieces: Vec<Piece>, span: Span) -> Vec<PBlock> {
        let blocks = self.plain(pieces);
        let content = words_of(blocks);
        if content.is_empty() {
            return Vec::new();
        }
        let mut attributes = Attributes::default();
        if let Some(id) = element.get("id").filter(|id| !id.is_empty()) {
            attributes.label = Some((id.to_owned(), span));
        }
        let level = element.name.as_bytes().get(1).map_or(2, |digit| digit - b'0');
        let label = attributes.label.clone();
        let title = self.text_block(content, span);
        let mut block = self.block(PBlockKind::Heading(ParsedHeading { level, title, attributes }), span);
        block.label = label;
        vec![block]
    }

    fn html_list(&mut self, marker: ListMarker, pieces: Vec<Piece>) -> PBlockKind {
        let mut items: Vec<PItem> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Part(part) if part.element.name == "li" => {
                    let blocks = self.plain(part.pieces);
                    items.push(PItem { blocks, done: None });
                }
                // What stands between items belongs to the one before.
                other => {
                    let blocks = self.plain(vec![other]);
                    match items.last_mut() {
                        Some(item) => item.blocks.extend(blocks),
                        None => items.push(PItem { blocks, done: None }),
                    }
                }
            }
        }
        let close =
            |item: &PItem| item.blocks.iter().skip(1).all(|block| matches!(block.kind, PBlockKind::List { .. }));
        let tight = items.iter().all(close);
        PBlockKind::List { marker, tight, items }
    }

    fn html_definitions(&mut self, pieces: Vec<Piece>) -> PBlockKind {
        let mut definitions: Vec<(Vec<crate::markdown::parsed::PText>, Vec<Vec<PBlock>>)> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Part(part) if part.element.name == "dt" => {
                    let term = self.title_of(part);
                    match definitions.last_mut() {
                        Some((terms, meanings)) if meanings.is_empty() => terms.push(term),
                        _ => definitions.push((vec![term], Vec::new())),
                    }
                }
                other => {
                    let pieces = match other {
                        Piece::Part(part) => part.pieces,
                        block => vec![block],
                    };
                    let blocks = self.plain(pieces);
                    match definitions.last_mut() {
                        Some((_, meanings)) => meanings.push(blocks),
                        None => definitions.push((Vec::new(), vec![blocks])),
                    }
                }
            }
        }
        PBlockKind::Definitions(definitions)
    }

    fn html_figure(&mut self, element: &Element, pieces: Vec<Piece>, span: Span) -> Vec<PBlock> {
        let (caption, rest) = take_part(pieces, "figcaption");
        let mut blocks = self.plain(rest);
        let caption = caption.map(|part| self.title_of(part));
        if let [block] = blocks.as_mut_slice() {
            match (&mut block.kind, caption) {
                (PBlockKind::Figure(figure), Some(caption)) => figure.caption = Some(caption),
                (PBlockKind::Table(table), Some(caption)) => table.caption = Some(caption),
                (PBlockKind::Code { caption: own, .. }, Some(caption)) => *own = Some(caption),
                (_, Some(caption)) => {
                    let block = self.block(PBlockKind::Paragraph(caption), span);
                    blocks.push(block);
                }
                (_, None) => {}
            }
            if let [block] = blocks.as_mut_slice() {
                self.label(block, element, span);
            }
            return blocks;
        }
        if let Some(caption) = caption {
            match blocks.iter_mut().rev().find_map(|block| match &mut block.kind {
                PBlockKind::Figure(figure) if figure.caption.is_none() => Some(figure),
                _ => None,
            }) {
                Some(figure) => figure.caption = Some(caption),
                None => {
                    let block = self.block(PBlockKind::Paragraph(caption), span);
                    blocks.push(block);
                }
            }
        }
        vec![self.with_label(PBlockKind::Group(GroupRole::Plain, blocks), element, span)]
    }

    fn html_table(&mut self, element: &Element, pieces: Vec<Piece>, span: Span) -> Vec<PBlock> {
        let (caption, rest) = take_part(pieces, "caption");
        let caption = caption.map(|part| self.title_of(part));
        let mut rows: Vec<(Place, Part)> = Vec::new();
        let mut strays: Vec<Piece> = Vec::new();
        gather_rows(rest, Place::Unsaid, &mut rows, &mut strays);
        let before = self.plain(strays);
        let mut grid = Grid::default();
        for (place, row) in rows {
            let mut cells = Vec::new();
            for piece in row.pieces {
                let Piece::Part(part) = piece else { continue };
                let number = |key: &str| {
                    part.element.get(key).and_then(|value| value.trim().parse::<u16>().ok()).unwrap_or(1).clamp(1, 200)
                };
                let (across, down) = (number("colspan"), number("rowspan"));
                let align = align_of(&part.element);
                let head = part.element.name == "th";
                let span = part.span;
                let blocks = self.plain(part.pieces);
                let mut cell = self.cell_of(blocks, span);
                (cell.across, cell.down) = (across, down);
                cells.push((cell, head, align));
            }
            grid.row(place, cells);
        }
        let mut blocks = before;
        if let Some(mut table) = grid.table(&mut |span| self.empty_cell(span), span) {
            table.caption = caption;
            blocks.push(self.with_label(PBlockKind::Table(Box::new(table)), element, span));
        }
        blocks
    }

    /// Blocks as a cell: its text is the first paragraph.
    pub(super) fn cell_of(&mut self, mut blocks: Vec<PBlock>, span: Span) -> PCell {
        let text = match blocks.first() {
            Some(PBlock { kind: PBlockKind::Paragraph(_), label: None, language: None, .. }) => {
                match blocks.remove(0).kind {
                    PBlockKind::Paragraph(text) => text,
                    _ => self.text_block(Vec::new(), span),
                }
            }
            // A picture alone in a cell stands in its line.
            Some(PBlock { kind: PBlockKind::Figure(figure), label: None, .. })
                if blocks.len() == 1 && figure.chart.is_none() =>
            {
                match blocks.remove(0).kind {
                    PBlockKind::Figure(figure) => {
                        let kind = PKind::Picture {
                            path: figure.path,
                            title: None,
                            alt: figure.alt,
                            attributes: Box::new(figure.attributes),
                        };
                        self.text_block(vec![PInline { kind, span: figure.path_span }], span)
                    }
                    _ => self.text_block(Vec::new(), span),
                }
            }
            _ => self.text_block(Vec::new(), span),
        };
        PCell { text, more: blocks, across: 1, down: 1 }
    }

    pub(super) fn empty_cell(&mut self, span: Span) -> PCell {
        let text = self.text_block(Vec::new(), span);
        PCell { text, more: Vec::new(), across: 1, down: 1 }
    }

    /// `<pre>`: its lines.
    fn preformatted(&mut self, element: &Element, matter: &Fair, span: Span) -> PBlock {
        self.look_at(element, span);
        let lines = matter.text.strip_prefix('\n').unwrap_or(&matter.text).to_owned();
        let text = self.code_text(&lines, span);
        let caption = element.get("title").map(str::to_owned).map(|title| self.attribute_text(&title, span));
        let kind = PBlockKind::Code { language: None, text, caption, filename: None };
        self.with_label(kind, element, span)
    }

    /// A value of an attribute that may hold emphasis, code and links.
    pub(super) fn attribute_text(&mut self, words: &str, span: Span) -> crate::markdown::parsed::PText {
        if let Some(range) = self.fair.offsets(span)
            && let Some(at) = self.text.get(range.clone()).and_then(|written| written.rfind(words))
        {
            // It stands in the text as it was given: its pieces have places of their own.
            let range = range.start + at..range.start + at + words.len();
            let span = self.span(range.clone());
            let content = self.line_of(range);
            if !content.is_empty() {
                return self.text_block(content, span);
            }
        }
        let mut fair = Fair::default();
        fair.add(words, &Fair::at(span), 0);
        let content = self.part(&fair, |parser| parser.line_of(0..words.len()));
        let mut content =
            if content.is_empty() { vec![PInline { kind: PKind::Text(words.to_owned()), span }] } else { content };
        super::walk::respan(&mut content, span);
        self.text_block(content, span)
    }

    fn drawn_table(&mut self, drawn: Drawn, rows: &Fair, span: Span) -> Vec<PBlock> {
        match self.read_drawn(drawn, rows, span) {
            Some(table) => vec![self.block(PBlockKind::Table(Box::new(table)), span)],
            None => {
                self.foreign(
                    "this table cannot be read",
                    span,
                    "the bars and signs of its rows stand in the same columns; or write a pipe table: | a | b | and | --- | --- | below",
                );
                Vec::new()
            }
        }
    }
}

/// In which part of a table a row stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Head,
    Foot,
    Unsaid,
}

fn gather_rows(pieces: Vec<Piece>, place: Place, rows: &mut Vec<(Place, Part)>, strays: &mut Vec<Piece>) {
    for piece in pieces {
        match piece {
            Piece::Part(part) => match part.element.name.as_str() {
                "tr" => rows.push((place, part)),
                "thead" => gather_rows(part.pieces, Place::Head, rows, strays),
                "tfoot" => gather_rows(part.pieces, Place::Foot, rows, strays),
                "tbody" => gather_rows(part.pieces, place, rows, strays),
                "colgroup" => {}
                _ => strays.push(Piece::Part(part)),
            },
            block => strays.push(block),
        }
    }
}

/// A table as its rows come, each cell put where the spans above leave room.
#[derive(Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Option<PCell>>>,
    /// Whether all cells of a row are heads, and where it stands.
    heads: Vec<(bool, Place)>,
    /// How many rows a span still covers, by column.
    covered: Vec<u16>,
    aligns: Vec<Option<ColumnAlign>>,
}

impl Grid {
    pub fn row(&mut self, place: Place, cells: Vec<(PCell, bool, Option<ColumnAlign>)>) {
        let mut row: Vec<Option<PCell>> = Vec::new();
        let all_heads = !cells.is_empty() && cells.iter().all(|(_, head, _)| *head);
        let mut column = 0;
        let mut next: Vec<u16> = self.covered.iter().map(|left| left.saturating_sub(1)).collect();
        for (cell, _, align) in cells {
            while self.covered.get(column).is_some_and(|left| *left > 0) {
                row.push(None);
                column += 1;
            }
            let (across, down) = (usize::from(cell.across), cell.down);
            if self.aligns.len() <= column {
                self.aligns.resize(column + 1, None);
            }
            if across == 1 && align.is_some() {
                self.aligns[column] = align;
            }
            next.resize(next.len().max(column + across), 0);
            for left in &mut next[column..column + across] {
                *left = down - 1;
            }
            row.push(Some(cell));
            row.extend((1..across).map(|_| None));
            column += across;
        }
        self.covered = next;
        self.rows.push(row);
        self.heads.push((all_heads, place));
    }

    /// The table; `empty` makes the cells that others cover. `None` when it has no cells.
    pub fn table(self, empty: &mut dyn FnMut(Span) -> PCell, span: Span) -> Option<PTable> {
        let columns = self.rows.iter().map(Vec::len).max().filter(|count| *count > 0)?;
        let count = self.rows.len();
        let mut covered = vec![vec![false; columns]; count];
        let mut rows: Vec<Vec<PCell>> = Vec::with_capacity(count);
        for (at, row) in self.rows.into_iter().enumerate() {
            let mut cells: Vec<PCell> = Vec::with_capacity(columns);
            let mut row = row.into_iter();
            for column in 0..columns {
                match row.next().flatten() {
                    Some(mut cell) => {
                        cell.across = cell.across.min((columns - column) as u16);
                        cell.down = cell.down.min((count - at) as u16);
                        for line in &mut covered[at..at + usize::from(cell.down)] {
                            line[column..column + usize::from(cell.across)].fill(true);
                        }
                        cells.push(cell);
                    }
                    None => {
                        let mut cell = empty(span);
                        cell.across = u16::from(!covered[at][column]);
                        cells.push(cell);
                    }
                }
            }
            rows.push(cells);
        }
        let said = self.heads.iter().take_while(|(_, place)| *place == Place::Head).count();
        let heads = if said > 0 { said } else { self.heads.iter().take_while(|(all, _)| *all).count() };
        let heads = if heads == count { usize::from(count > 1) } else { heads };
        let mut above: Vec<Vec<PCell>> = rows.drain(..heads).collect();
        let head = above.pop().unwrap_or_default();
        let total = self.heads.last().is_some_and(|(_, place)| *place == Place::Foot);
        let mut aligns: Vec<ColumnAlign> = self.aligns.iter().map(|align| align.unwrap_or(ColumnAlign::Auto)).collect();
        aligns.resize(columns, ColumnAlign::Auto);
        Some(PTable { aligns, above, head, rows, total, ..PTable::default() })
    }
}

fn align_of(element: &Element) -> Option<ColumnAlign> {
    let style = element.get("style").and_then(|style| style.split("text-align:").nth(1)).map(str::trim);
    let word = style.or(element.get("align"))?;
    let word: String = word.chars().take_while(char::is_ascii_alphabetic).collect();
    match word.to_ascii_lowercase().as_str() {
        "left" | "start" => Some(ColumnAlign::Left),
        "right" | "end" => Some(ColumnAlign::Right),
        "center" => Some(ColumnAlign::Centre),
        _ => None,
    }
}

/// The first part of a name, and the rest.
fn take_part(pieces: Vec<Piece>, name: &str) -> (Option<Part>, Vec<Piece>) {
    let mut found = None;
    let mut rest = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Part(part) if found.is_none() && part.element.name == name => found = Some(part),
            other => rest.push(other),
        }
    }
    (found, rest)
}

fn flatten(pieces: Vec<Piece>, blocks: &mut Vec<PBlock>) {
    for piece in pieces {
        match piece {
            Piece::Block(block) => blocks.push(block),
            Piece::Part(part) => flatten(part.pieces, blocks),
        }
    }
}

/// The pieces of some paragraphs, with line ends between them.
fn words_of(blocks: Vec<PBlock>) -> Vec<PInline> {
    let mut out: Vec<PInline> = Vec::new();
    for block in blocks {
        let content = match block.kind {
            PBlockKind::Paragraph(text) | PBlockKind::Flush(text) | PBlockKind::Attribution(text) => text.content,
            PBlockKind::Heading(heading) => heading.title.content,
            PBlockKind::Figure(figure) if figure.chart.is_none() => {
                let kind = PKind::Picture {
                    path: figure.path,
                    title: None,
                    alt: figure.alt,
                    attributes: Box::new(figure.attributes),
                };
                vec![PInline { kind, span: figure.path_span }]
            }
            PBlockKind::Quote(_, blocks) | PBlockKind::Group(_, blocks) => words_of(blocks),
            PBlockKind::List { items, .. } => words_of(items.into_iter().flat_map(|item| item.blocks).collect()),
            _ => Vec::new(),
        };
        if !out.is_empty() && !content.is_empty() {
            out.push(PInline { kind: PKind::LineBreak, span: block.span });
        }
        out.extend(content);
    }
    out
}

fn numbered(element: &Element, pieces: &[Piece]) -> ListMarker {
    let counts = if element.get("reversed").is_some() { Counts::Down } else { Counts::Up };
    let items = pieces.iter().filter(|piece| matches!(piece, Piece::Part(part) if part.element.name == "li"));
    let first = if counts == Counts::Down { items.count() as u64 } else { 1 };
    let start = element.get("start").and_then(|start| start.trim().parse().ok()).unwrap_or(first);
    let numerals = match element.get("type") {
        Some("a") => Numerals::Letters,
        Some("A") => Numerals::Capitals,
        Some("i") => Numerals::Roman,
        Some("I") => Numerals::RomanCapitals,
        _ => Numerals::Arabic,
    };
    ListMarker::Number { start, counts, numerals, stops: Stops::Stop }
}
