//! What the page kernel is given and what it gives back: blocks, prices, pages.

use std::ops::Range;

/// What is laid over pages.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// In order.
    pub blocks: Vec<Block>,
    /// The height of a page in units.
    pub page: i32,
    /// A line of text in units: how much a page may be short or long.
    pub line: i32,
    /// How many units of notes there are in a unit: notes and rows do not stand on the grid, so their heights are
    /// counted more finely.
    pub note_scale: i32,
    /// What the first note of a page costs in height beside its own, in units of notes.
    pub note_rule: i32,
    /// In how many columns a page is; 0 and 1 are one. Each is cut as if it were a page.
    pub columns: u8,
    /// Whether no page may be a line long: something stands close below it.
    pub stops: bool,
    /// How much of the first page is taken already, in units from its head.
    pub top: i32,
    /// How much of it is not to be filled, in units from its foot.
    pub bottom: i32,
}

/// A note called in a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteCall {
    /// The line, or row, that calls it.
    pub line: usize,
    /// Its height, in units of notes.
    pub height: i32,
    /// The heights after which it may go on at the foot of the next page, rising.
    pub splits: Vec<i32>,
}

/// A block.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its lengths, the best first; at least one.
    pub variants: Vec<Variant>,
    /// Space above; none at a page's head.
    pub above: i32,
    /// Space below; none at a page's foot.
    pub below: i32,
    /// Whether no page may end after it.
    pub keep: bool,
    /// Whether a page ends before it.
    pub new_page: bool,
    /// Whether it may wait for the next page's head.
    pub float: bool,
    /// Whether it is as high as a page and has one to itself: nothing that follows stands below it.
    pub alone: bool,
    /// Whether it stands on a verso, faced by what follows it.
    pub verso: bool,
    /// Whether it stands over all columns, at the head or the foot of a page; only what floats does.
    pub wide: bool,
    /// Whether no figure may wait beyond it.
    pub barrier: bool,
    /// Whether it begins on a whole line of the page, whatever stands above.
    pub on_grid: bool,
    /// Whether it is the title of matter that runs on: what belongs above stays there.
    pub opens: bool,
    /// Whether a page that ends within it costs [`PagePrices::part`].
    pub dear: bool,
    /// What it is the last block of, if that is matter of its own: an extract.
    pub closes: Option<Closing>,
    /// How many lines, counted from its head, a title above it wants below it on its page.
    pub wanted: i32,
}

/// The end of blocks that belong together. What stands whole on a page has its space above; who places the lines may
/// share it out between above and below. What is parted, or stands at a page's head, has it below as well.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closing {
    /// The first of the blocks.
    pub opened: usize,
    /// The space below.
    pub below: i32,
}

/// A block in one length.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What this length costs over the best, in the pages' currency.
    pub price: i64,
    /// What it is made of.
    pub body: Body,
    /// Notes called in it, in order.
    pub notes: Vec<NoteCall>,
}

/// What a block is made of.
#[derive(Clone, Debug)]
pub enum Body {
    /// Lines of equal height; a page may end between them by the rules for text.
    Lines {
        /// The height of one.
        height: i32,
        /// Whether each ends in a hyphen.
        hyphens: Vec<bool>,
    },
    /// One piece.
    Solid {
        /// Its height.
        height: i32,
    },
    /// Rows; a page may end between them, and the head is repeated. Their heights are in units of notes; together
    /// they take whole units of the page.
    Rows {
        /// The head's height; it stands above the first row too.
        head: i32,
        /// The height of each.
        rows: Vec<i32>,
    },
}

/// What things cost. The unit is that of the line kernel's prices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PagePrices {
    /// A page one line short.
    pub short: i64,
    /// A page one line long.
    pub long: i64,
    /// Each further line short, times their number.
    pub shorter: i64,
    /// From how many lines on a further one counts twice.
    pub hole: i32,
    /// Facing pages that end on different lines, each line.
    pub uneven: i64,
    /// A flow's last page with fewer than [`PagePrices::few`] lines: one that is missing, and half as much again for
    /// each further one.
    pub stub: i64,
    /// Each line that a flow's last page has fewer than a quarter of those of a page.
    pub white: i64,
    /// How many lines are few.
    pub few: i32,
    /// A figure that waits for the next page.
    pub wait: i64,
    /// A flow's last page with nothing on it but figures that waited.
    pub lone: i64,
    /// A figure that waits beyond a heading: better than a page that is half empty.
    pub pass: i64,
    /// A note that goes on at the foot of the next page.
    pub split_note: i64,
    /// Each line that a table is cut at.
    pub cut_rows: i64,
    /// What should stand together, cut by a page's end.
    pub part: i64,
    /// The first row of a table alone above a page's end.
    pub lone_row: i64,
    /// Each line that a title has fewer below it than it wants.
    pub thin: i64,
    /// A widow, an orphan, a hyphen at a page's end: only when nothing else can be done.
    pub fault: i64,
}

impl Default for PagePrices {
    fn default() -> PagePrices {
        PagePrices {
            short: 60_000,
            long: 90_000,
            shorter: 120_000,
            hole: 4,
            uneven: 45_000,
            stub: 600_000,
            white: 50_000,
            few: 5,
            wait: 12_000,
            lone: 1_500_000,
            pass: 180_000,
            split_note: 250_000,
            cut_rows: 15_000,
            part: 500_000,
            lone_row: 4_000_000,
            thin: 300_000,
            fault: 1 << 32,
        }
    }
}

/// A flow over pages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cut {
    /// The pages, or their columns, each with what stands in it, from the head down.
    pub pages: Vec<CutPage>,
    /// What it costs.
    pub cost: i64,
    /// How much of the last page, or of its last column, is taken, in units.
    pub used: i32,
    /// What stands over all columns and found no page to stand on: it follows all else.
    pub waiting: Vec<usize>,
}

/// A page of a cut flow, or a column of one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CutPage {
    /// What stands on it.
    pub pieces: Vec<Piece>,
    /// How much of its last note is left for the next page, in units of notes.
    pub carry: i32,
    /// Which column it is, from 0.
    pub column: u8,
    /// Whether it stands on the page of the one before.
    pub goes_on: bool,
    /// Where it begins, in units from the head of the page.
    pub head: i32,
    /// How much of the page below it is not its own, in units.
    pub foot: i32,
    /// Whether the notes called in it stand in the column that follows.
    pub late: bool,
}

/// A piece of a block on a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Which block.
    pub block: usize,
    /// In which length.
    pub variant: usize,
    /// Which of its lines or rows; `0..1` for one piece.
    pub lines: Range<usize>,
    /// How far below the head of the type area, in units.
    pub y: i32,
    /// Whether it stands at the head.
    pub at_head: bool,
    /// Whether it stands over all columns.
    pub wide: bool,
    /// Whether it is higher than the page.
    pub overfull: bool,
}
