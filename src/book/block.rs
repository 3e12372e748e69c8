//! Blocks: paragraphs, lists, tables, figures and the like.

pub use super::asset::Extent;
use super::chart::Chart;
use super::id::{AssetId, BlockId, DivisionId, NoteId, Target};
use super::inline::{Inline, InlineKind};
use super::mark::{Cited, IndexStyle};
use crate::language::{Language, numerals};
use crate::source::Span;
use crate::units::Length;

/// A run of text that is set as one: a paragraph, a title, a caption, a cell, a line of verse.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBlock {
    /// For places, links and page maps.
    pub id: BlockId,
    /// The text.
    pub content: Vec<Inline>,
    /// Where it was written; `None` for made text.
    pub span: Option<Span>,
}

/// A block with its place and language.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// For places, links and page maps. A block that is one text has the id of that text.
    pub id: BlockId,
    /// Its language, where it differs from what is around it.
    pub language: Option<Language>,
    /// The label that the author gave it, unique in its book (for readable addresses in the e-book).
    pub label: Option<String>,
    /// Where it was written; `None` for made blocks.
    pub span: Option<Span>,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A heading below the division's title.
    Heading(Heading),
    /// A numbered or unnumbered list.
    List(List),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// A block of quoted matter.
    Quote(Quote),
    /// Program text, its lines as written.
    Code(Code),
    /// Lines as written, in stanzas.
    Verse(Vec<Vec<VerseLine>>),
    /// A table.
    Table(Box<Table>),
    /// A picture with caption, source and credit.
    Figure(Box<Figure>),
    /// Pictures side by side.
    Panels(Panels),
    /// A box: a callout, key points.
    Box(BoxBlock),
    /// Words of the text repeated large; print only, an artifact.
    PullQuote(Vec<TextBlock>),
    /// `* * *`.
    Ornament,
    /// The author's own page break.
    PageBreak,
    /// The contents page's entries (made).
    Contents(Vec<ContentsEntry>),
    /// A list of figures or tables (made).
    ListOf(Vec<ContentsEntry>),
    /// Notes in print order (made).
    Notes(Notes),
    /// The works that the book cites (made).
    Works(Works),
    /// A person or a house: a picture and words beside it (made).
    Biography(Biography),
    /// The entries of the index (made).
    Index(Index),
    /// Blocks that keep together as one group (an author's colophon lines, a letter).
    Group(Group),
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its text.
    pub text: TextBlock,
    /// What it is for, where it is not simply text.
    pub role: ParagraphRole,
}

/// What a paragraph is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ParagraphRole {
    /// Running text.
    Text,
    /// Goes on after a list, extract or figure inside the same thought: never indented.
    Continuation,
    /// Who said what the quotation above says.
    Attribution,
    /// A line of the copyright page.
    Colophon,
    /// The title of the book on its title page.
    BookTitle,
    /// The subtitle there.
    BookSubtitle,
    /// The authors there.
    Byline,
    /// Series, publisher, place and date there.
    Imprint,
    /// An entry of the list of works.
    Work,
}

/// A heading below the division's title.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 2 to 6; a division's own title is level 1.
    pub level: u8,
    /// Its settled number ("2.1"), when headings are numbered.
    pub number: Option<String>,
    /// The title; note calls in it are left out of contents, running heads and outline.
    pub title: TextBlock,
    /// The short form for running heads.
    pub short: Option<Vec<Inline>>,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// How items are marked.
    pub marker: ListMarker,
    /// Whether items stand close (one-line items without blank lines between).
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// How list items are marked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ListMarker {
    /// By a mark that depends on the depth.
    Bullet,
    /// By numbers from `start`.
    Number {
        /// The first number.
        start: u64,
        /// Which way they go.
        counts: Counts,
        /// How they are written.
        numerals: Numerals,
        /// What stands around them.
        stops: Stops,
    },
}

impl ListMarker {
    /// `1.`, `2.` and so on.
    pub fn plain(start: u64) -> ListMarker {
        ListMarker::Number { start, counts: Counts::Up, numerals: Numerals::Arabic, stops: Stops::Stop }
    }

    /// The number of an item, counted from 0, by itself; `None` for bullets.
    pub fn number(self, item: usize) -> Option<String> {
        match self {
            ListMarker::Bullet => None,
            ListMarker::Number { start, counts: Counts::Up, numerals, .. } => {
                Some(numerals.write(start.saturating_add(item as u64)))
            }
            ListMarker::Number { start, counts: Counts::Down, numerals, .. } => {
                Some(numerals.write(start.saturating_sub(item as u64)))
            }
        }
    }

    /// The number of an item, counted from 0, with what stands around it; `None` for bullets.
    pub fn label(self, item: usize) -> Option<String> {
        match self {
            ListMarker::Bullet => None,
            ListMarker::Number { stops, .. } => self.number(item).map(|number| stops.around(&number)),
        }
    }

    /// How its numbers are written; `None` for bullets.
    pub fn numerals(self) -> Option<Numerals> {
        match self {
            ListMarker::Bullet => None,
            ListMarker::Number { numerals, .. } => Some(numerals),
        }
    }
}

/// Which way the numbers of a list go.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Counts {
    /// 1, 2, 3.
    Up,
    /// 3, 2, 1.
    Down,
}

/// How the numbers of a list are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Numerals {
    /// 1, 2, 3.
    Arabic,
    /// a, b, c.
    Letters,
    /// A, B, C.
    Capitals,
    /// i, ii, iii.
    Roman,
    /// I, II, III.
    RomanCapitals,
}

impl Numerals {
    /// A number in them.
    pub fn write(self, number: u64) -> String {
        match self {
            Numerals::Arabic => number.to_string(),
            Numerals::Letters => numerals::letters(number),
            Numerals::Capitals => numerals::letters(number).to_ascii_uppercase(),
            Numerals::Roman => numerals::roman(number),
            Numerals::RomanCapitals => numerals::roman(number).to_ascii_uppercase(),
        }
    }
}

/// What stands around the number of an item.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stops {
    /// `1.`
    Stop,
    /// `1)`
    Bracket,
    /// `(1)`
    Brackets,
}

impl Stops {
    /// Words between them.
    pub fn around(self, words: &str) -> String {
        match self {
            Stops::Stop => format!("{words}."),
            Stops::Bracket => format!("{words})"),
            Stops::Brackets => format!("({words})"),
        }
    }
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// Its blocks; usually one paragraph, perhaps a list after it.
    pub blocks: Vec<Block>,
    /// For a task list: whether it is done.
    pub done: Option<bool>,
}

/// A term and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The term or terms.
    pub terms: Vec<TextBlock>,
    /// One or more meanings, each of blocks.
    pub meanings: Vec<Vec<Block>>,
}

/// Quoted matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Which sort.
    pub kind: QuoteKind,
    /// The matter, attribution included.
    pub blocks: Vec<Block>,
}

/// Which sort of quoted matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum QuoteKind {
    /// An extract in the text.
    Extract,
    /// At the head of a division.
    Epigraph,
    /// A letter.
    Letter,
}

/// Program text.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// As written after the fence.
    pub language: Option<String>,
    /// Its lines, without the last line end.
    pub text: TextBlock,
    /// "Listing 2", settled; `None` without a caption.
    pub number: Option<String>,
    /// The caption, without the number.
    pub caption: Option<TextBlock>,
    /// The name of the file that it shows, as the author gave it.
    pub filename: Option<TextBlock>,
}

/// A line of verse.
#[derive(Clone, Debug, PartialEq)]
pub struct VerseLine {
    /// How many steps it is indented.
    pub indent: u8,
    /// Its text.
    pub text: TextBlock,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// "Table 2", settled; `None` for a table without caption.
    pub number: Option<String>,
    /// The caption, without the number.
    pub caption: Option<TextBlock>,
    /// How each column stands; its length is the number of columns.
    pub columns: Vec<Column>,
    /// Rows of heads over the head row, whose cells span columns.
    pub above: Vec<Vec<Cell>>,
    /// The head row; may be empty.
    pub head: Vec<Cell>,
    /// The rows below.
    pub rows: Vec<Vec<Cell>>,
    /// Whether each row's first cell names the row.
    pub row_heads: bool,
    /// Whether the last row has the totals.
    pub total: bool,
    /// What must be known to read it, with its opening word; its own notes stand there.
    pub note: Option<TextBlock>,
    /// Where the facts come from, with its opening word.
    pub source: Option<TextBlock>,
    /// Over text and margin, or over all columns, though it may not need so much.
    pub wide: bool,
    /// Set on a turned page.
    pub turn: bool,
}

impl Table {
    /// Whether a caption names it, so that it is found wherever it stands.
    pub fn is_named(&self) -> bool {
        self.caption.is_some() || self.number.is_some()
    }

    /// All cells, heads first.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.above.iter().flatten().chain(&self.head).chain(self.rows.iter().flatten())
    }

    /// The head rows, the outermost first.
    pub fn heads(&self) -> impl Iterator<Item = &[Cell]> {
        self.above.iter().map(Vec::as_slice).chain((!self.head.is_empty()).then_some(self.head.as_slice()))
    }
}

/// A column of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    /// How its cells stand.
    pub align: ColumnAlign,
    /// Its share of the measure, as the author weighed it; only the proportions of weights mean anything.
    pub weight: Option<u32>,
}

/// How the cells of a column stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ColumnAlign {
    /// As the theme likes: words from the start, numbers on the decimal point.
    Auto,
    /// From the left.
    Left,
    /// In the middle.
    Centre,
    /// To the right.
    Right,
}

/// A cell of a table. Each row has one for each column; those that another covers are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text, or the first of its paragraphs.
    pub text: TextBlock,
    /// What stands below that: more paragraphs, a list.
    pub more: Vec<Block>,
    /// How many columns it takes; 0 for one that another covers.
    pub across: u16,
    /// How many rows it takes.
    pub down: u16,
}

impl Cell {
    /// Whether nothing stands in it, not even a picture or the call of a note.
    pub fn is_bare(&self) -> bool {
        let says_nothing = |piece: &Inline| matches!(&piece.kind, InlineKind::Text(text) if text.trim().is_empty());
        self.more.is_empty() && self.text.content.iter().all(says_nothing)
    }

    /// A cell of one column and one row.
    pub fn plain(text: TextBlock) -> Cell {
        Cell { text, more: Vec::new(), across: 1, down: 1 }
    }

    /// Whether another cell takes its place.
    pub fn is_covered(&self) -> bool {
        self.across == 0
    }
}

/// A picture or a chart with what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is shown.
    pub body: FigureBody,
    /// The same drawn for large print and narrow screens online, if its author has it so.
    pub large: Option<AssetId>,
    /// What it shows, for who cannot see it; `None` when it is decorative.
    pub alt: Option<String>,
    /// A longer description.
    pub long_description: Option<String>,
    /// "Figure 2", settled; `None` for a figure without caption.
    pub number: Option<String>,
    /// The caption, without the number.
    pub caption: Option<TextBlock>,
    /// What must be known to read it, with its opening word.
    pub note: Option<TextBlock>,
    /// Where the facts come from, with its opening word.
    pub source: Option<TextBlock>,
    /// Who made the picture, with its opening word.
    pub credit: Option<TextBlock>,
    /// How wide it is set; `None` lets the theme decide.
    pub width: Option<Extent>,
    /// How high it may be at most.
    pub height: Option<Length>,
    /// Where it may stand.
    pub place: FigurePlace,
    /// Set on a turned page.
    pub turn: bool,
}

/// What a figure shows.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureBody {
    /// A picture.
    Picture(AssetId),
    /// A chart, which each writer has drawn for itself.
    Chart(Box<Chart>),
}

impl Figure {
    /// Its picture; `None` for a chart.
    pub fn picture(&self) -> Option<AssetId> {
        match self.body {
            FigureBody::Picture(asset) => Some(asset),
            FigureBody::Chart(_) => None,
        }
    }

    /// Its picture for who reads large print, or not; `None` for a chart.
    pub fn picture_for(&self, large_print: bool) -> Option<AssetId> {
        self.picture().map(|picture| self.large.filter(|_| large_print).unwrap_or(picture))
    }

    /// Its chart; `None` for a picture.
    pub fn chart(&self) -> Option<&Chart> {
        match &self.body {
            FigureBody::Picture(_) => None,
            FigureBody::Chart(chart) => Some(chart),
        }
    }
}

/// Pictures side by side: one figure of several parts, or several figures in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Panels {
    /// "Figure 2", settled; `None` where each picture has a number of its own, or none.
    pub number: Option<String>,
    /// What all of them show, without the number.
    pub caption: Option<TextBlock>,
    /// How many stand beside each other.
    pub columns: u8,
    /// Whether they go over all columns of the page, or over text and margin.
    pub wide: bool,
    /// The pictures: each is a figure; "(a)" is the number of a part.
    pub panels: Vec<Block>,
    /// Note, source and credit of the whole, with their opening words.
    pub below: Vec<TextBlock>,
}

/// Where a figure may stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FigurePlace {
    /// Here if it fits, else at the head of the next page.
    Near,
    /// Here and nowhere else.
    Here,
    /// As near, over all columns of the page, or over text and margin.
    Wide,
    /// On a page of its own: a picture to the edges of the page, a chart over all columns.
    Page,
    /// Over a verso and the recto that it faces: a picture, where pages face each other and stand in one column; else as
    /// wide as it may be.
    Spread,
    /// In the column of the margin, where the page has one; else as near.
    Margin,
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxBlock {
    /// Which sort.
    pub kind: BoxKind,
    /// "Box 1", where it is one of the numbered boxes.
    pub number: Option<String>,
    /// Its title, after its number; callouts without one have the word of their kind.
    pub title: Option<TextBlock>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// Which sort of box.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BoxKind {
    /// A plain box.
    Plain,
    /// The main points of a paper.
    KeyPoints,
    /// A figure to remember, and what it counts.
    KeyFigure,
    /// A note on the side.
    Note,
    /// A piece of advice.
    Tip,
    /// Something that matters.
    Important,
    /// A warning.
    Warning,
    /// Something to be careful about.
    Caution,
    /// What somebody should do; numbered in the whole book.
    Recommendation,
}

/// A line of the contents page or of a list of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct ContentsEntry {
    /// The entry's own text block (number, title; without note calls).
    pub text: TextBlock,
    /// Its settled number, already part of no text.
    pub number: Option<String>,
    /// 1 for divisions, 2 for their first headings; parts are 0.
    pub level: u8,
    /// What it names.
    pub target: Target,
}

/// Notes in print order.
#[derive(Clone, Debug, PartialEq)]
pub struct Notes {
    /// Their title, where they stand at the end of a chapter; a division of notes has its own.
    pub title: Option<TextBlock>,
    /// Them, under the titles of their sections.
    pub groups: Vec<NoteGroup>,
}

/// The notes of one division under its title.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteGroup {
    /// The division whose notes these are, and its title; `None` when notes are not grouped.
    pub heading: Option<(DivisionId, TextBlock)>,
    /// Them, in order.
    pub notes: Vec<NoteId>,
}

/// The works that the book cites, in the order of the style.
#[derive(Clone, Debug, PartialEq)]
pub struct Works {
    /// Whether the lines of an entry below its first are indented.
    pub hanging: bool,
    /// The entries.
    pub entries: Vec<WorkEntry>,
}

/// An entry of the list of works.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkEntry {
    /// What stands before it in a column of its own: "1.".
    pub label: Option<String>,
    /// A paragraph, to which citations lead.
    pub block: Block,
}

/// A person or a house.
#[derive(Clone, Debug, PartialEq)]
pub struct Biography {
    /// A photograph or a logo, and its alternative text.
    pub picture: Option<(AssetId, Option<String>)>,
    /// The words; the name stands in them.
    pub blocks: Vec<Block>,
    /// Address lines below: e-mail, web page, ORCID.
    pub addresses: Vec<TextBlock>,
}

/// Blocks that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What for.
    pub role: GroupRole,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// What a group is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GroupRole {
    /// Lines of the copyright page that stand together: rights, identifiers, credits …
    Colophon,
    /// The lines that lead into a section, below its title.
    Standfirst,
    /// A group without a look of its own (`::: {.whatever}`).
    Plain,
}

/// An index, filed.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// The entries by their first letters.
    pub groups: Vec<IndexGroup>,
    /// How locators and sub-entries are written.
    pub style: IndexStyle,
}

/// The entries of one letter.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexGroup {
    /// The letter, where letters are shown.
    pub letter: Option<TextBlock>,
    /// The entries.
    pub entries: Vec<IndexEntry>,
}

/// An entry of the index.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexEntry {
    /// What it names.
    pub text: TextBlock,
    /// Where it is spoken of, in reading order.
    pub cited: Vec<Cited>,
    /// The entries to be looked up in its place.
    pub see: Vec<CrossReference>,
    /// Other entries to be looked up.
    pub see_also: Vec<CrossReference>,
    /// Its sub-entries.
    pub entries: Vec<IndexEntry>,
}

/// A reference from one entry to another.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossReference {
    /// The other entry's words, its levels after each other.
    pub content: Vec<Inline>,
    /// Its text; `None` when the index does not have it.
    pub target: Option<BlockId>,
    /// Its words, level by level.
    pub path: Vec<String>,
}

impl IndexEntry {
    /// It and all below it, outer before inner.
    pub fn all(&self) -> Vec<&IndexEntry> {
        let mut found = vec![self];
        let mut at = 0;
        // Three levels at most: this grows no further than the entry does.
        while at < found.len() {
            let entry = found[at];
            found.splice(at + 1..at + 1, &entry.entries);
            at += 1;
        }
        found
    }
}

impl Index {
    /// All entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = &IndexEntry> {
        self.groups.iter().flat_map(|group| &group.entries).flat_map(IndexEntry::all)
    }
}
