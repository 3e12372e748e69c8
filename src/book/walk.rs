//! The walk: the one place where every kind of block and of piece says what it holds and how it behaves.
//!
//! Who reads the book asks here and needs not know which kinds there are; so a new kind is understood everywhere as soon
//! as it has said, in the matches below, what it is. There is no `_` arm among them, and the walks keep a stack of their
//! own, so that no nesting exhausts a thread's.

#![deny(clippy::wildcard_enum_match_arm)]

use std::slice;
use std::vec;

use super::block::{Block, BlockKind, ContentsEntry, TextBlock};
use super::block::{Index, IndexEntry};
use super::division::{Cover, Division, DivisionKind};
use super::id::{AssetId, Target};
use super::inline::{Inline, InlineKind};

/// What a piece is to who does not care which kind it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Shape<'a> {
    /// Letters of the settled text; program text and addresses too.
    Letters(&'a str),
    /// A line ends here.
    Break,
    /// Stands in the line and adds no settled text: a call, a picture, a page reference.
    Sign,
    /// Holds for the pieces inside.
    Around(&'a [Inline]),
}

/// The same, to be changed.
#[derive(Debug)]
pub enum ShapeMut<'a> {
    /// Letters of the settled text.
    Letters(&'a mut String),
    /// A line ends here.
    Break,
    /// Stands in the line and adds no settled text.
    Sign,
    /// Holds for the pieces inside.
    Around(&'a mut Vec<Inline>),
}

/// How a piece behaves wherever it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Habits {
    /// Kept in contents, running heads, outline and navigation.
    pub in_titles: bool,
    /// Shows page numbers: its flow is set again when pages move.
    pub shows_pages: bool,
    /// Left as it was written: no punctuation is set in it, no hyphen and no break is put in.
    pub fixed: bool,
    /// Read as a word where it stands, so that quotes, spaces and stops beside it are those beside a word. What is not
    /// (a call) lets what stands before and after it meet.
    pub as_word: bool,
}

impl Habits {
    /// What holds for letters and most of what stands around them.
    const TEXT: Habits = Habits { in_titles: true, shows_pages: false, fixed: false, as_word: true };
}

impl Inline {
    /// What it is to who does not care which kind it is.
    pub fn shape(&self) -> Shape<'_> {
        use InlineKind::*;
        match &self.kind {
            Text(text) | Code(text) => Shape::Letters(text),
            Address { shown, .. } => Shape::Letters(shown),
            LineBreak => Shape::Break,
            // What a page reference shows print and e-book do not share: it is part of no settled text.
            NoteCall { .. } | Mark(_) | Picture { .. } | PageReference { .. } | CitedOn { .. } => Shape::Sign,
            Emphasis(content)
            | Strong(content)
            | SmallCaps(content)
            | Strike(content)
            | Underline(content)
            | Highlight(content)
            | Place { content, .. }
            | Subscript(content)
            | Superscript(content)
            | Small(content)
            | Keyboard(content)
            | Cite(content)
            | Keep(content)
            | Abbreviation { content, .. }
            | Foreign { content, .. }
            | Link { content, .. } => Shape::Around(content),
        }
    }

    /// The same, to be changed.
    pub fn shape_mut(&mut self) -> ShapeMut<'_> {
        use InlineKind::*;
        match &mut self.kind {
            Text(text) | Code(text) => ShapeMut::Letters(text),
            Address { shown, .. } => ShapeMut::Letters(shown),
            LineBreak => ShapeMut::Break,
            NoteCall { .. } | Mark(_) | Picture { .. } | PageReference { .. } | CitedOn { .. } => ShapeMut::Sign,
            Emphasis(content)
            | Strong(content)
            | SmallCaps(content)
            | Strike(content)
            | Underline(content)
            | Highlight(content)
            | Place { content, .. }
            | Subscript(content)
            | Superscript(content)
            | Small(content)
            | Keyboard(content)
            | Cite(content)
            | Keep(content)
            | Abbreviation { content, .. }
            | Foreign { content, .. }
            | Link { content, .. } => ShapeMut::Around(content),
        }
    }

    /// How it behaves.
    pub fn habits(&self) -> Habits {
        use InlineKind::*;
        match &self.kind {
            Text(_)
            | Emphasis(_)
            | Strong(_)
            | SmallCaps(_)
            | Strike(_)
            | Underline(_)
            | Highlight(_)
            | Place { .. }
            | Subscript(_)
            | Superscript(_)
            | Small(_)
            | Keyboard(_)
            | Cite(_)
            | Keep(_)
            | Abbreviation { .. }
            | Foreign { .. }
            | Link { .. } => Habits::TEXT,
            Code(_) | Address { .. } => Habits { fixed: true, ..Habits::TEXT },
            PageReference { .. } | CitedOn { .. } => Habits { shows_pages: true, ..Habits::TEXT },
            Picture { .. } => Habits::TEXT,
            NoteCall { .. } | Mark(_) => Habits { in_titles: false, as_word: false, ..Habits::TEXT },
            LineBreak => Habits { as_word: false, ..Habits::TEXT },
        }
    }
}

impl Inline {
    /// What it leads to, or shows the page of.
    pub fn target(&self) -> Option<&Target> {
        if let InlineKind::Link { target, .. } | InlineKind::PageReference { target, .. } = &self.kind {
            return Some(target);
        }
        None
    }

    /// The address out of the book that it leads to.
    pub fn url(&self) -> Option<&str> {
        if let InlineKind::Address { url, .. } | InlineKind::Link { target: Target::Url(url), .. } = &self.kind {
            return Some(url);
        }
        None
    }
}

/// Whether nothing but pictures stands in a text: it is set as a figure is.
pub fn is_of_pictures(content: &[Inline]) -> bool {
    let mut any = false;
    let only = pieces(content).all(|piece| match piece.shape() {
        Shape::Letters(text) => text.trim().is_empty(),
        Shape::Sign => {
            any |= matches!(piece.kind, InlineKind::Picture { .. });
            matches!(piece.kind, InlineKind::Picture { .. })
        }
        Shape::Break | Shape::Around(_) => true,
    });
    only && any
}

/// Which text of a block a text is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TextKind {
    /// A paragraph.
    Running,
    /// A heading's title.
    Heading,
    /// A term that is explained.
    Term,
    /// Program text.
    Code,
    /// A line of verse.
    Verse,
    /// What a figure or a table shows.
    Caption,
    /// A cell of a table's head.
    HeadCell,
    /// A cell below it.
    Cell,
    /// Where facts come from.
    Source,
    /// Whose picture it is.
    Credit,
    /// The title of a box.
    BoxTitle,
    /// Words of the text repeated large.
    PullQuote,
    /// An entry of the contents page or of a list.
    Entry,
    /// The title over the notes of a chapter, or of a section among all notes; a letter of the index.
    NoteHeading,
    /// An address below a life.
    Address,
    /// A line of a cover.
    Cover,
}

impl TextKind {
    /// Whether its words are the text's own: not repeated from elsewhere, and not made.
    pub fn is_own(self) -> bool {
        match self {
            TextKind::Running
            | TextKind::Heading
            | TextKind::Term
            | TextKind::Code
            | TextKind::Verse
            | TextKind::Caption
            | TextKind::HeadCell
            | TextKind::Cell
            | TextKind::Source
            | TextKind::Credit
            | TextKind::BoxTitle => true,
            TextKind::PullQuote | TextKind::Entry | TextKind::NoteHeading | TextKind::Address | TextKind::Cover => {
                false
            }
        }
    }
}

/// What stands in a block, in reading order. Notes are walked from [`super::Book::notes`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Inside<'a> {
    /// A text.
    Text(TextKind, &'a TextBlock),
    /// A picture, and its alternative text if it is not decorative.
    Picture(AssetId, Option<&'a str>),
    /// A block.
    Block(&'a Block),
}

/// Where a page of the print edition can begin, as the e-book marks it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeatKind {
    /// Before the block as a whole.
    Before,
    /// In the texts and blocks inside.
    Inside,
}

/// How a block behaves wherever it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlockHabits {
    /// The made list that names it once it has a number.
    pub listed: Option<DivisionKind>,
    /// Whether a paragraph after it is indented.
    pub runs_on: bool,
    /// Where a page can begin.
    pub seat: SeatKind,
    /// The e-book does not show it.
    pub print_only: bool,
    /// Shows page numbers, whatever stands in it.
    pub shows_pages: bool,
}

impl BlockHabits {
    /// What holds for most.
    const BLOCK: BlockHabits =
        BlockHabits { listed: None, runs_on: false, seat: SeatKind::Inside, print_only: false, shows_pages: false };
}

impl Block {
    /// What stands directly in it, in reading order.
    pub fn inside(&self) -> vec::IntoIter<Inside<'_>> {
        let mut found = Vec::new();
        self.each(&mut |inside| found.push(inside));
        found.into_iter()
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Inside<'a>)) {
        use BlockKind::*;
        let mut text = |kind: TextKind, text: &'a TextBlock| visit(Inside::Text(kind, text));
        match &self.kind {
            Paragraph(paragraph) => text(TextKind::Running, &paragraph.text),
            Heading(heading) => text(TextKind::Heading, &heading.title),
            List(list) => list.items.iter().flat_map(|item| &item.blocks).for_each(|block| visit(Inside::Block(block))),
            Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| visit(Inside::Text(TextKind::Term, term)));
                    definition.meanings.iter().flatten().for_each(|block| visit(Inside::Block(block)));
                }
            }
            Quote(quote) => quote.blocks.iter().for_each(|block| visit(Inside::Block(block))),
            Code(code) => {
                code.caption.iter().for_each(|caption| text(TextKind::Caption, caption));
                code.filename.iter().for_each(|filename| text(TextKind::Caption, filename));
                text(TextKind::Code, &code.text);
            }
            Verse(stanzas) => stanzas.iter().flatten().for_each(|line| text(TextKind::Verse, &line.text)),
            Table(table) => {
                table.caption.iter().for_each(|caption| text(TextKind::Caption, caption));
                let heads = table.above.iter().flatten().chain(&table.head).map(|cell| (TextKind::HeadCell, cell));
                for (kind, cell) in heads.chain(table.rows.iter().flatten().map(|cell| (TextKind::Cell, cell))) {
                    visit(Inside::Text(kind, &cell.text));
                    cell.more.iter().for_each(|block| visit(Inside::Block(block)));
                }
                let below = table.note.iter().chain(&table.source);
                below.for_each(|source| visit(Inside::Text(TextKind::Source, source)));
            }
            Figure(figure) => {
                figure.caption.iter().for_each(|caption| text(TextKind::Caption, caption));
                figure.picture().into_iter().for_each(|asset| visit(Inside::Picture(asset, figure.alt.as_deref())));
                let below = figure.note.iter().chain(&figure.source);
                below.for_each(|source| visit(Inside::Text(TextKind::Source, source)));
                figure.credit.iter().for_each(|credit| visit(Inside::Text(TextKind::Credit, credit)));
            }
            Panels(row) => {
                row.caption.iter().for_each(|caption| text(TextKind::Caption, caption));
                row.panels.iter().for_each(|block| visit(Inside::Block(block)));
                row.below.iter().for_each(|source| visit(Inside::Text(TextKind::Source, source)));
            }
            Box(boxed) => {
                boxed.title.iter().for_each(|title| text(TextKind::BoxTitle, title));
                boxed.blocks.iter().for_each(|block| visit(Inside::Block(block)));
            }
            PullQuote(texts) => texts.iter().for_each(|words| text(TextKind::PullQuote, words)),
            Ornament | PageBreak => {}
            Contents(entries) | ListOf(entries) => {
                entries.iter().for_each(|entry| text(TextKind::Entry, &entry.text));
            }
            Notes(notes) => {
                notes.title.iter().for_each(|title| text(TextKind::NoteHeading, title));
                notes
                    .groups
                    .iter()
                    .filter_map(|group| group.heading.as_ref())
                    .for_each(|(_, title)| text(TextKind::NoteHeading, title));
            }
            Works(works) => works.entries.iter().for_each(|entry| visit(Inside::Block(&entry.block))),
            Biography(life) => {
                life.picture.iter().for_each(|(asset, alt)| visit(Inside::Picture(*asset, alt.as_deref())));
                life.blocks.iter().for_each(|block| visit(Inside::Block(block)));
                life.addresses.iter().for_each(|address| visit(Inside::Text(TextKind::Address, address)));
            }
            Index(index) => {
                for group in &index.groups {
                    group.letter.iter().for_each(|letter| visit(Inside::Text(TextKind::NoteHeading, letter)));
                    let entries = group.entries.iter().flat_map(IndexEntry::all);
                    entries.for_each(|entry| visit(Inside::Text(TextKind::Entry, &entry.text)));
                }
            }
            Group(group) => group.blocks.iter().for_each(|block| visit(Inside::Block(block))),
        }
    }

    /// The blocks that stand directly in it, to be changed.
    pub fn blocks_mut(&mut self, visit: &mut dyn FnMut(&mut Block)) {
        use BlockKind::*;
        match &mut self.kind {
            List(list) => list.items.iter_mut().flat_map(|item| &mut item.blocks).for_each(visit),
            Definitions(definitions) => {
                definitions.iter_mut().flat_map(|definition| &mut definition.meanings).flatten().for_each(visit);
            }
            Quote(quote) => quote.blocks.iter_mut().for_each(visit),
            Table(table) => {
                let heads = table.above.iter_mut().flatten().chain(&mut table.head);
                let cells = heads.chain(table.rows.iter_mut().flatten());
                cells.flat_map(|cell| &mut cell.more).for_each(visit);
            }
            Panels(row) => row.panels.iter_mut().for_each(visit),
            Box(boxed) => boxed.blocks.iter_mut().for_each(visit),
            Works(works) => works.entries.iter_mut().for_each(|entry| visit(&mut entry.block)),
            Biography(life) => life.blocks.iter_mut().for_each(visit),
            Group(group) => group.blocks.iter_mut().for_each(visit),
            Paragraph(_) | Heading(_) | Code(_) | Verse(_) | Figure(_) | PullQuote(_) | Ornament | PageBreak
            | Contents(_) | ListOf(_) | Notes(_) | Index(_) => {}
        }
    }

    /// How it behaves.
    pub fn habits(&self) -> BlockHabits {
        use BlockKind::*;
        let before = BlockHabits { seat: SeatKind::Before, ..BlockHabits::BLOCK };
        match &self.kind {
            Paragraph(_) => BlockHabits { runs_on: true, ..BlockHabits::BLOCK },
            List(_) | Definitions(_) | Quote(_) | Code(_) | Verse(_) | Works(_) | Group(_) => BlockHabits::BLOCK,
            Heading(_) | Ornament | Biography(_) => before,
            Box(_) => BlockHabits { listed: Some(DivisionKind::ListOfBoxes), ..before },
            Table(_) => BlockHabits { listed: Some(DivisionKind::ListOfTables), ..before },
            Figure(_) | Panels(_) => BlockHabits { listed: Some(DivisionKind::ListOfFigures), ..before },
            PullQuote(_) | PageBreak => BlockHabits { runs_on: true, print_only: true, ..BlockHabits::BLOCK },
            Contents(_) | ListOf(_) | Notes(_) | Index(_) => BlockHabits { shows_pages: true, ..BlockHabits::BLOCK },
        }
    }

    /// Its entries, if it is a contents page or a list.
    pub fn entries(&self) -> Option<&[ContentsEntry]> {
        if let BlockKind::Contents(entries) | BlockKind::ListOf(entries) = &self.kind {
            return Some(entries);
        }
        None
    }

    /// The index, if it is one.
    pub fn index(&self) -> Option<&Index> {
        if let BlockKind::Index(index) = &self.kind {
            return Some(index);
        }
        None
    }

    /// Its settled number and its caption, if it has both.
    pub fn numbered(&self) -> Option<(&str, &TextBlock)> {
        let (number, caption) = match &self.kind {
            BlockKind::Table(table) => (&table.number, &table.caption),
            BlockKind::Figure(figure) => (&figure.number, &figure.caption),
            BlockKind::Panels(row) => (&row.number, &row.caption),
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::List(_)
            | BlockKind::Definitions(_)
            | BlockKind::Quote(_)
            | BlockKind::Code(_)
            | BlockKind::Verse(_)
            | BlockKind::Box(_)
            | BlockKind::PullQuote(_)
            | BlockKind::Ornament
            | BlockKind::PageBreak
            | BlockKind::Contents(_)
            | BlockKind::ListOf(_)
            | BlockKind::Notes(_)
            | BlockKind::Works(_)
            | BlockKind::Index(_)
            | BlockKind::Biography(_)
            | BlockKind::Group(_) => return None,
        };
        Some((number.as_deref()?, caption.as_ref()?))
    }
}

/// All pieces of a text, outer before inner.
pub fn pieces(content: &[Inline]) -> Pieces<'_> {
    Pieces { here: content.iter(), outer: Vec::new() }
}

/// The pieces of a text; see [`pieces`].
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    here: slice::Iter<'a, Inline>,
    /// What is left of the pieces around; a text without any needs no memory.
    outer: Vec<slice::Iter<'a, Inline>>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a Inline;

    fn next(&mut self) -> Option<&'a Inline> {
        loop {
            if let Some(piece) = self.here.next() {
                if let Shape::Around(content) = piece.shape() {
                    let rest = std::mem::replace(&mut self.here, content.iter());
                    if rest.len() > 0 {
                        self.outer.push(rest);
                    }
                }
                return Some(piece);
            }
            self.here = self.outer.pop()?;
        }
    }
}

/// The letters of a text with the pieces that hold them.
pub fn letters(content: &[Inline]) -> impl Iterator<Item = (&Inline, &str)> {
    pieces(content).filter_map(|piece| match piece.shape() {
        Shape::Letters(letters) => Some((piece, letters)),
        Shape::Break | Shape::Sign | Shape::Around(_) => None,
    })
}

/// The settled text of some pieces: the leaves' texts, one after the other. [`super::Place`]s count its bytes.
pub fn settled(content: &[Inline]) -> String {
    let mut out = String::new();
    for piece in pieces(content) {
        match piece.shape() {
            Shape::Letters(letters) => out.push_str(letters),
            Shape::Break => out.push('\n'),
            Shape::Sign | Shape::Around(_) => {}
        }
    }
    out
}

/// The pieces as plain text on one line: line breaks become spaces, and the spaces beside them go.
pub fn plain(content: &[Inline]) -> String {
    let text = settled(content);
    if !text.contains('\n') {
        return text;
    }
    text.split('\n').map(|line| line.trim_matches(' ')).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// All that stands in some blocks, the blocks themselves included, outer before inner and in reading order.
pub fn everything(blocks: &[Block]) -> Everything<'_> {
    Everything { rest: blocks.iter(), waiting: Vec::new() }
}

/// What stands in blocks; see [`everything`].
#[derive(Clone, Debug)]
pub struct Everything<'a> {
    rest: slice::Iter<'a, Block>,
    /// What stands inside of those met, the next one last.
    waiting: Vec<Inside<'a>>,
}

impl<'a> Iterator for Everything<'a> {
    type Item = Inside<'a>;

    fn next(&mut self) -> Option<Inside<'a>> {
        let next = match self.waiting.pop() {
            Some(inside) => inside,
            None => Inside::Block(self.rest.next()?),
        };
        if let Inside::Block(block) = next {
            let mark = self.waiting.len();
            block.each(&mut |inside| self.waiting.push(inside));
            self.waiting[mark..].reverse();
        }
        Some(next)
    }
}

/// All blocks, outer before inner.
pub fn blocks(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    everything(blocks).filter_map(|inside| match inside {
        Inside::Block(block) => Some(block),
        Inside::Text(..) | Inside::Picture(..) => None,
    })
}

/// The outermost blocks, for who means no others: what stands in a list or a box is no heading of the division.
pub fn top(blocks: &[Block]) -> &[Block] {
    blocks
}

/// All texts in reading order.
pub fn texts(blocks: &[Block]) -> impl Iterator<Item = (TextKind, &TextBlock)> {
    everything(blocks).filter_map(|inside| match inside {
        Inside::Text(kind, text) => Some((kind, text)),
        Inside::Picture(..) | Inside::Block(_) => None,
    })
}

/// The texts whose words are the text's own; see [`TextKind::is_own`].
pub fn own_texts(blocks: &[Block]) -> impl Iterator<Item = &TextBlock> {
    texts(blocks).filter(|(kind, _)| kind.is_own()).map(|(_, text)| text)
}

/// The pictures of some blocks that are no part of a text, with the block that holds each.
pub fn pictures(some: &[Block]) -> impl Iterator<Item = (&Block, AssetId)> {
    blocks(some).flat_map(|block| {
        block.inside().filter_map(move |inside| match inside {
            Inside::Picture(asset, _) => Some((block, asset)),
            Inside::Text(..) | Inside::Block(_) => None,
        })
    })
}

impl Cover {
    /// Its texts, in the order in which they are read.
    pub fn texts(&self) -> impl Iterator<Item = &TextBlock> {
        let lines = [
            &self.series,
            &self.stamp,
            &self.title,
            &self.subtitle,
            &self.byline,
            &self.date,
            &self.publisher,
            &self.credit,
        ];
        lines.into_iter().flatten()
    }
}

impl Division {
    /// All its texts: the title, what is on a cover, and those of its blocks.
    pub fn texts(&self) -> impl Iterator<Item = (TextKind, &TextBlock)> {
        let title = self.title.iter().map(|title| (TextKind::Heading, title));
        let cover = self
            .cover
            .iter()
            .flat_map(|cover| cover.texts().map(|text| (TextKind::Cover, text)).chain(texts(&cover.blocks)));
        title.chain(cover).chain(texts(&self.blocks))
    }

    /// Whether it shows page numbers, its own or those of other places.
    pub fn shows_pages(&self) -> bool {
        blocks(&self.blocks).any(|block| block.habits().shows_pages)
            || self.texts().any(|(_, text)| pieces(&text.content).any(|piece| piece.habits().shows_pages))
    }
}

/// What becomes of a piece.
#[derive(Clone, Debug, PartialEq)]
pub enum Mapped {
    /// It stays, and what is inside is looked at.
    Keep,
    /// What is inside stands in its place, and is looked at; a leaf stays.
    Open,
    /// It goes, with what is inside.
    Drop,
    /// This stands in its place, as it is.
    Into(InlineKind),
}

/// A text whose links are the words that they stand for: what stands in a link leads nowhere else.
pub fn unlinked(content: &[Inline]) -> Vec<Inline> {
    map(content, &mut |piece| match &piece.kind {
        InlineKind::Link { .. } => Mapped::Open,
        InlineKind::Address { shown, .. } => Mapped::Into(InlineKind::Text(shown.clone())),
        InlineKind::Text(_)
        | InlineKind::Emphasis(_)
        | InlineKind::Strong(_)
        | InlineKind::SmallCaps(_)
        | InlineKind::Strike(_)
        | InlineKind::Underline(_)
        | InlineKind::Highlight(_)
        | InlineKind::Place { .. }
        | InlineKind::Subscript(_)
        | InlineKind::Superscript(_)
        | InlineKind::Small(_)
        | InlineKind::Code(_)
        | InlineKind::Keyboard(_)
        | InlineKind::Cite(_)
        | InlineKind::Abbreviation { .. }
        | InlineKind::Foreign { .. }
        | InlineKind::Keep(_)
        | InlineKind::PageReference { .. }
        | InlineKind::CitedOn { .. }
        | InlineKind::NoteCall { .. }
        | InlineKind::Picture { .. }
        | InlineKind::Mark(_)
        | InlineKind::LineBreak => Mapped::Keep,
    })
}

/// A text with every piece kept, opened, dropped or replaced; outer pieces are asked before inner ones.
pub fn map(content: &[Inline], change: &mut dyn FnMut(&Inline) -> Mapped) -> Vec<Inline> {
    let mut outer: Vec<Open> = Vec::new();
    let mut here = Open { piece: None, rest: Vec::from(content).into_iter(), done: Vec::with_capacity(content.len()) };
    loop {
        let Some(mut piece) = here.rest.next() else {
            let Some(around) = outer.pop() else { return here.done };
            let Open { piece, done, .. } = std::mem::replace(&mut here, around);
            match piece {
                Some(mut piece) => {
                    if let ShapeMut::Around(content) = piece.shape_mut() {
                        *content = done;
                    }
                    here.done.push(piece);
                }
                None => here.done.extend(done),
            }
            continue;
        };
        let stays = match change(&piece) {
            Mapped::Drop => continue,
            Mapped::Into(kind) => {
                here.done.push(Inline { kind, span: piece.span });
                continue;
            }
            Mapped::Keep => true,
            Mapped::Open => false,
        };
        match piece.shape_mut() {
            ShapeMut::Around(content) => {
                let rest = std::mem::take(content).into_iter();
                let inner = Open { piece: stays.then_some(piece), done: Vec::with_capacity(rest.len()), rest };
                outer.push(std::mem::replace(&mut here, inner));
            }
            ShapeMut::Letters(_) | ShapeMut::Break | ShapeMut::Sign => here.done.push(piece),
        }
    }
}

/// A piece whose content is being mapped.
struct Open {
    /// The piece, if it stays around its content.
    piece: Option<Inline>,
    rest: vec::IntoIter<Inline>,
    done: Vec<Inline>,
}

/// A title as contents, running heads, outline and navigation show it: without calls, its links as their words, on one
/// line.
pub fn title(content: &[Inline]) -> Vec<Inline> {
    map(content, &mut |piece| {
        if !piece.habits().in_titles {
            return Mapped::Drop;
        }
        match piece.shape() {
            Shape::Break => Mapped::Into(InlineKind::Text(" ".to_owned())),
            Shape::Around(_) if matches!(piece.kind, InlineKind::Link { .. }) => Mapped::Open,
            Shape::Around(_) | Shape::Letters(_) | Shape::Sign => Mapped::Keep,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::block::{BoxBlock, BoxKind, List, ListItem, ListMarker, Paragraph, ParagraphRole};
    use super::super::id::{BlockId, NoteId};
    use super::*;

    fn inline(kind: InlineKind) -> Inline {
        Inline { kind, span: None }
    }

    /// "A *b ~~c[call]~~* [d](…)\n e", a call inside a link too.
    fn sentence() -> Vec<Inline> {
        let call = |call| inline(InlineKind::NoteCall { note: NoteId(0), call });
        let struck = inline(InlineKind::Strike(vec![Inline::text("c"), call(0)]));
        let target = Target::Url("https://example.org".to_owned());
        vec![
            Inline::text("A "),
            inline(InlineKind::Emphasis(vec![Inline::text("b "), struck])),
            Inline::text(" "),
            inline(InlineKind::Link { target, content: vec![Inline::text("d"), call(1)] }),
            inline(InlineKind::LineBreak),
            Inline::text("e"),
        ]
    }

    #[test]
    fn pieces_come_outer_before_inner_and_in_reading_order() {
        let sentence = sentence();
        let met: Vec<String> = letters(&sentence).map(|(_, letters)| letters.to_owned()).collect();
        assert_eq!(met, ["A ", "b ", "c", " ", "d", "e"]);
        assert_eq!(pieces(&sentence).count(), 12);
        assert_eq!(settled(&sentence), "A b c d\ne");
    }

    #[test]
    fn a_title_has_no_calls_and_no_links_however_deep_and_stands_on_one_line() {
        let title = title(&sentence());
        assert_eq!(settled(&title), "A b c d e");
        let kept = pieces(&title).filter(|piece| matches!(piece.shape(), Shape::Sign) || piece.target().is_some());
        assert_eq!(kept.count(), 0);
        assert!(pieces(&title).any(|piece| matches!(piece.kind, InlineKind::Strike(_))), "other marks stay");
    }

    #[test]
    fn a_walk_needs_no_stack_of_the_thread() {
        let mut deep = vec![Inline::text("x")];
        for _ in 0..50_000 {
            deep = vec![inline(InlineKind::Small(deep))];
        }
        assert_eq!(settled(&deep), "x");
        // Dropping such a tree takes a stack: it is taken apart by hand.
        while let Some(ShapeMut::Around(content)) = deep.first_mut().map(Inline::shape_mut) {
            deep = std::mem::take(content);
        }
    }

    #[test]
    fn blocks_in_lists_and_boxes_are_met_where_they_are_read() {
        let mut ids = 0;
        let mut block = |kind: BlockKind| {
            ids += 1;
            Block { id: BlockId(ids), language: None, label: None, span: None, kind }
        };
        let text = |words: &str| TextBlock { id: BlockId(0), content: vec![Inline::text(words)], span: None };
        let mut paragraph =
            |words: &str| block(BlockKind::Paragraph(Paragraph { text: text(words), role: ParagraphRole::Text }));
        let (first, second, last) = (paragraph("first"), paragraph("second"), paragraph("last"));
        let item = ListItem { blocks: vec![second], done: None };
        let list = block(BlockKind::List(List { marker: ListMarker::Bullet, tight: true, items: vec![item] }));
        let title = Some(text("title"));
        let boxed =
            block(BlockKind::Box(BoxBlock { kind: BoxKind::Plain, number: None, title, blocks: vec![first, list] }));
        let all = [boxed, last];
        let met: Vec<(TextKind, String)> = texts(&all).map(|(kind, text)| (kind, plain(&text.content))).collect();
        let words: Vec<&str> = met.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["title", "first", "second", "last"]);
        assert_eq!((met[0].0, met[1].0), (TextKind::BoxTitle, TextKind::Running));
        assert_eq!((blocks(&all).count(), top(&all).len()), (5, 2));
    }
}
