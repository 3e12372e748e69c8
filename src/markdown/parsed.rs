//! What the Markdown of a section says, before references are resolved: labels stand where the book has targets.
//!
//! Texts and blocks have their ids already, so that a label can lead to them whatever the order of the files.

use crate::book::BlockId;
use crate::book::block::{BoxKind, ColumnAlign, GroupRole, ListMarker, QuoteKind};
use crate::book::mark::{EntryName, Extent, Matter, Weight};
use crate::language::Language;
use crate::source::Span;

/// A division as written: a level-1 heading and what follows, or what stands before the first one.
#[derive(Clone, Debug)]
pub(crate) struct ParsedDivision {
    /// Its heading.
    pub heading: Option<ParsedHeading>,
    /// Its blocks.
    pub blocks: Vec<PBlock>,
    /// Where it begins.
    pub span: Span,
}

/// A heading.
#[derive(Clone, Debug)]
pub(crate) struct ParsedHeading {
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub title: PText,
    /// Label, classes, keys.
    pub attributes: Attributes,
}

impl ParsedHeading {
    /// Its words as the title of a box; its label leads to them.
    pub fn into_title(self) -> PText {
        let mut title = self.title;
        if let Some((label, _)) = self.attributes.label {
            let content = std::mem::take(&mut title.content);
            let span = content.first().map_or(title.span, |first| first.span);
            title.content = vec![PInline { kind: PKind::Place(label, content), span }];
        }
        title
    }
}

/// What stands in braces: `{#label .class key=value}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Attributes {
    /// `#label`.
    pub label: Option<(String, Span)>,
    /// `.class`.
    pub classes: Vec<String>,
    /// `key=value`; a bare word has an empty value.
    pub keys: Vec<(String, String)>,
    /// Where they stand.
    pub span: Option<Span>,
}

impl Attributes {
    /// Whether a class or a bare word is there.
    pub fn has(&self, name: &str) -> bool {
        self.classes.iter().any(|class| class == name)
            || self.keys.iter().any(|(key, value)| key == name && (value.is_empty() || value == "true"))
    }

    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.keys.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A note's definition.
#[derive(Clone, Debug)]
pub(crate) struct ParsedNote {
    /// Its label in its file.
    pub label: String,
    /// Its blocks.
    pub blocks: Vec<PBlock>,
    /// Where it stands.
    pub span: Span,
}

/// A text.
#[derive(Clone, Debug)]
pub(crate) struct PText {
    /// Its id in the book.
    pub id: BlockId,
    /// Its pieces.
    pub content: Vec<PInline>,
    /// Where it stands.
    pub span: Span,
}

/// A block.
#[derive(Clone, Debug)]
pub(crate) struct PBlock {
    /// Its id in the book.
    pub id: BlockId,
    /// Its label.
    pub label: Option<(String, Span)>,
    /// Its language, where it is another.
    pub language: Option<Language>,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: PBlockKind,
}

/// What a block is.
#[derive(Clone, Debug)]
pub(crate) enum PBlockKind {
    Paragraph(PText),
    Attribution(PText),
    /// A paragraph that is never indented: the greeting or the signature of a letter.
    Flush(PText),
    Heading(ParsedHeading),
    List {
        marker: ListMarker,
        tight: bool,
        items: Vec<PItem>,
    },
    Definitions(Vec<(Vec<PText>, Vec<Vec<PBlock>>)>),
    Quote(QuoteKind, Vec<PBlock>),
    Code {
        language: Option<String>,
        text: PText,
        /// `caption="…"`.
        caption: Option<PText>,
        /// `filename="…"`.
        filename: Option<PText>,
    },
    Verse(Vec<Vec<(u8, PText)>>),
    Table(Box<PTable>),
    Figure(Box<PFigure>),
    Panels(Box<PPanels>),
    Box {
        kind: BoxKind,
        title: Option<PText>,
        blocks: Vec<PBlock>,
    },
    PullQuote(Vec<PText>),
    /// `::: recommendations`: every recommendation of the book again.
    Recommendations,
    /// `::: {#refs}`: the works that the book cites.
    Works,
    Ornament,
    PageBreak,
    Group(GroupRole, Vec<PBlock>),
    /// What only some editions show; it is decided before anything is numbered.
    When(When, Vec<PBlock>),
}

/// When something is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct When {
    /// Whether it is hidden where the tests hold, instead of shown.
    pub hidden: bool,
    /// What is tested, and whether it must not be so.
    pub tests: Vec<(Test, bool)>,
}

/// What of an edition is tested.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// Its format: `pdf`, `epub`, `html`, `web`.
    Format(String),
    /// Its name.
    Edition(String),
}

impl When {
    /// Whether it is shown in an edition of these formats and this name.
    pub fn shows(&self, formats: &[&str], edition: &str) -> bool {
        let holds = self.tests.iter().all(|(test, not)| {
            let is = match test {
                Test::Format(format) => formats.contains(&format.as_str()),
                Test::Edition(name) => name == edition,
            };
            is != *not
        });
        holds != self.hidden
    }
}

/// The blocks that an edition shows; those of others go.
pub(crate) fn shown(blocks: &[PBlock], formats: &[&str], edition: &str) -> Vec<PBlock> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let inner = |blocks: &[PBlock]| shown(blocks, formats, edition);
        if let PBlockKind::When(when, blocks) = &block.kind {
            if when.shows(formats, edition) {
                out.extend(inner(blocks));
            }
            continue;
        }
        let mut block = block.clone();
        block.texts_mut(&mut |text| text.content = shown_pieces(std::mem::take(&mut text.content), formats, edition));
        block.blocks_mut(&mut |blocks| *blocks = inner(blocks));
        out.push(block);
    }
    out
}

/// The pieces of a text that an edition shows.
pub(crate) fn shown_pieces(pieces: Vec<PInline>, formats: &[&str], edition: &str) -> Vec<PInline> {
    let mut out = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        piece.contents_mut(&mut |content| *content = shown_pieces(std::mem::take(content), formats, edition));
        match piece.kind {
            PKind::When(when, content) => {
                out.extend(when.shows(formats, edition).then_some(content).into_iter().flatten())
            }
            _ => out.push(piece),
        }
    }
    out
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) struct PItem {
    pub blocks: Vec<PBlock>,
    pub done: Option<bool>,
}

/// A table. Each row has as many cells as there are columns; those that others cover are empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct PTable {
    pub caption: Option<PText>,
    pub aligns: Vec<ColumnAlign>,
    pub widths: Vec<Option<u32>>,
    /// Rows of heads over the head row.
    pub above: Vec<Vec<PCell>>,
    pub head: Vec<PCell>,
    pub rows: Vec<Vec<PCell>>,
    /// Whether the last row has the totals.
    pub total: bool,
    pub note: Option<PText>,
    pub source: Option<PText>,
    pub turn: bool,
    /// Over text and margin, or over all columns.
    pub wide: bool,
}

impl PTable {
    /// All cells, to be changed.
    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut PCell> {
        self.above.iter_mut().flatten().chain(&mut self.head).chain(self.rows.iter_mut().flatten())
    }
}

/// A cell.
#[derive(Clone, Debug)]
pub(crate) struct PCell {
    /// Its text, or the first of its paragraphs.
    pub text: PText,
    /// What stands below that.
    pub more: Vec<PBlock>,
    /// How many columns it takes; 0 for one that another covers.
    pub across: u16,
    /// How many rows it takes.
    pub down: u16,
}

/// The data of a chart, as they stand between its fences.
#[derive(Clone, Debug)]
pub(crate) struct PChart {
    /// The YAML: each letter stands as far from the first as it does in the source, with spaces in place of what marks
    /// the quotation or the list around it.
    pub yaml: String,
    /// Where the first letter stands.
    pub span: Span,
}

/// A figure.
#[derive(Clone, Debug)]
pub(crate) struct PFigure {
    /// What it shows instead of a picture.
    pub chart: Option<PChart>,
    pub path: String,
    pub path_span: Span,
    pub alt: Vec<PInline>,
    pub caption: Option<PText>,
    pub note: Option<PText>,
    pub source: Option<PText>,
    pub credit: Option<PText>,
    pub attributes: Attributes,
}

/// Pictures side by side.
#[derive(Clone, Debug)]
pub(crate) struct PPanels {
    /// How many stand beside each other.
    pub columns: u8,
    /// Whether they go over all columns of the page, or over text and margin.
    pub wide: bool,
    /// What all of them show.
    pub caption: Option<PText>,
    /// Figures.
    pub figures: Vec<PBlock>,
    /// Note, source and credit of the whole.
    pub below: Vec<PText>,
}

/// What is cited at one place.
#[derive(Clone, Debug)]
pub(crate) struct PCitation {
    /// What names it, however often its words are shown.
    pub id: BlockId,
    /// The note that it becomes where a style cites in notes.
    pub note: BlockId,
    /// The works, in the order of the author.
    pub items: Vec<PCited>,
    /// How the words around deal with it.
    pub manner: Manner,
}

/// How the words around deal with a citation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Manner {
    /// It stands in brackets, apart from the sentence.
    Apart,
    /// The sentence names the author of its first work.
    InText,
    /// Nothing but the author of its first work.
    Author,
    /// It is all that its note says.
    Note,
}

/// One work of a citation.
#[derive(Clone, Debug)]
pub(crate) struct PCited {
    /// What the author calls it.
    pub key: String,
    /// Where.
    pub span: Span,
    /// `[-@smith]`: the author is named elsewhere.
    pub without_author: bool,
    /// What is said before it.
    pub before: Vec<PInline>,
    /// The place in it, and what is said after it.
    pub after: Vec<PInline>,
    /// That stands in brackets of its own: `@smith [p. 3]`.
    pub behind: bool,
}

impl PCitation {
    /// Calls `change` with every row of words around its keys.
    pub fn words_mut(&mut self, change: &mut dyn FnMut(&mut Vec<PInline>)) {
        for item in &mut self.items {
            change(&mut item.before);
            change(&mut item.after);
        }
    }

    /// Every row of words around its keys.
    pub fn words(&self) -> impl Iterator<Item = &Vec<PInline>> {
        self.items.iter().flat_map(|item| [&item.before, &item.after])
    }
}

/// A piece of text.
#[derive(Clone, Debug)]
pub(crate) struct PInline {
    pub kind: PKind,
    pub span: Span,
}

/// A mark of the index.
#[derive(Clone, Debug)]
pub(crate) struct PMark {
    /// The entry, from its first level down.
    pub entry: Vec<EntryName>,
    pub kind: PMarkKind,
}

/// What a mark says of its entry.
#[derive(Clone, Debug)]
pub(crate) enum PMarkKind {
    /// It is spoken of here. The two ends of a section or of a block have one number; what says nothing of a figure or
    /// a table is what it stands in.
    Place { extent: Extent, weight: Weight, matter: Option<Matter>, pair: Option<u32> },
    /// Others are to be looked up in its place.
    See(Vec<Vec<EntryName>>),
    /// Others are to be looked up too.
    SeeAlso(Vec<Vec<EntryName>>),
}

/// What a piece of text is.
#[derive(Clone, Debug)]
pub(crate) enum PKind {
    Text(String),
    Emphasis(Vec<PInline>),
    Strong(Vec<PInline>),
    SmallCaps(Vec<PInline>),
    Underline(Vec<PInline>),
    Highlight(Vec<PInline>),
    /// `[words]{#label}`: a place that references lead to.
    Place(String, Vec<PInline>),
    Strike(Vec<PInline>),
    Subscript(Vec<PInline>),
    Superscript(Vec<PInline>),
    Small(Vec<PInline>),
    Code(String),
    Keyboard(Vec<PInline>),
    Cite(Vec<PInline>),
    Abbreviation(String, Vec<PInline>),
    Foreign(Language, Vec<PInline>),
    Keep(Vec<PInline>),
    Link(String, Vec<PInline>),
    Address {
        url: String,
        shown: String,
    },
    /// `@fig-map`, `[](#map)`: the target's name.
    Name(String),
    /// `[@fig-a; @fig-b]`: the targets' names.
    Names(Vec<String>),
    /// `[-@fig-map]`: the number of the target's name alone.
    Number(String),
    /// `[words](20-next.md#map)`: the file as written, the label, the words.
    File(String, Option<String>, Vec<PInline>),
    /// `[[Next#Who pays|words]]`: a section by the name of its file or its title, a heading in it, the words.
    Named(String, Option<String>, Vec<PInline>),
    /// `[words](#map)`.
    Words(String, Vec<PInline>),
    /// `[page](#map)`.
    Page(String),
    /// `[](#^a)`: the number of a note.
    NoteNumber(String),
    /// MyST's ``{doc}`20-next` ``: the title of another file.
    Document(String),
    /// What only some editions show; it is decided before anything is numbered.
    When(When, Vec<PInline>),
    /// `[see @smith, p. 3]`, `@smith [p. 3]`.
    Citation(Box<PCitation>),
    NoteCall(String),
    /// A mark of the index.
    Mark(Box<PMark>),
    InlineNote(BlockId, Vec<PInline>),
    Picture {
        path: String,
        /// What stands in quotes after the path: a figure's caption.
        title: Option<String>,
        alt: Vec<PInline>,
        /// Apart, since they are larger than all other kinds of pieces.
        attributes: Box<Attributes>,
    },
    LineBreak,
}
