//! Charts: what is drawn, before anybody says how large or in which colours.
//!
//! Numbers are whole: a chart has so many decimals, and its values count in the last of them. So no drawing depends on
//! floating point, and equal values lie at equal places.

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// Whether bars stand on their names instead of lying beside them.
    pub upright: bool,
    /// What the numbers count: "per cent".
    pub unit: Option<String>,
    /// How many decimals the values have.
    pub decimals: u8,
    /// What is compared or passed through: the names along the axis.
    pub items: Vec<ChartItem>,
    /// The rows of values, one for each item.
    pub series: Vec<ChartSeries>,
    /// What happened at places of the axis.
    pub events: Vec<ChartEvent>,
    /// What a full bar would be; the rest of it is shown.
    pub whole: Option<i64>,
    /// Where the axis of values begins, if its author said so.
    pub from: Option<i64>,
    /// Where it ends.
    pub to: Option<i64>,
    /// All the data, for who cannot see the drawing.
    pub table: ChartTable,
}

/// A place on the axis of names.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartItem {
    /// As it is shown.
    pub name: String,
    /// How far along the axis it lies; only proportions mean anything.
    pub at: i64,
    /// Whether it is the one that the chart is about.
    pub highlighted: bool,
    /// Whether its values are estimates.
    pub estimated: bool,
}

/// How many series can be told apart, also where colours are not seen.
pub const APART: usize = 6;

/// Values that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartSeries {
    /// As it is shown.
    pub name: String,
    /// One for each item, in units of the last decimal; `None` where nobody knows.
    pub values: Vec<Option<i64>>,
    /// Between which bounds the true value lies, where that is said.
    pub ranges: Vec<Option<(i64, i64)>>,
    /// Whether it is the one that the chart is about.
    pub highlighted: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartEvent {
    /// Where on the axis of names.
    pub at: i64,
    /// What.
    pub text: String,
}

/// The data of a chart as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartTable {
    /// The names of the columns; the first is that of the items.
    pub head: Vec<String>,
    /// The rows, numbers written as the language writes them.
    pub rows: Vec<Vec<String>>,
    /// The numbers as they were typed.
    pub typed: Vec<String>,
}

/// How a chart is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ChartKind {
    /// A bar for each item.
    Bar,
    /// The series of each item one after the other in one bar.
    Stacked,
    /// The series of each item as bars beside each other.
    Grouped,
    /// A line for each series.
    Line,
    /// The area under a line; several lie on each other.
    Area,
    /// A dot for each value on a line for each item.
    Dot,
    /// The first and the last item of each series, joined.
    Slope,
    /// What share each series has of each item.
    Share,
}

impl ChartKind {
    /// Every kind.
    pub const ALL: [ChartKind; 8] = [
        ChartKind::Bar,
        ChartKind::Stacked,
        ChartKind::Grouped,
        ChartKind::Line,
        ChartKind::Area,
        ChartKind::Dot,
        ChartKind::Slope,
        ChartKind::Share,
    ];

    /// The words that authors write, in the same order.
    pub const WORDS: &'static [&'static str] = &["bar", "stacked", "grouped", "line", "area", "dot", "slope", "share"];

    /// As authors write it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The kind of a word.
    pub fn find(word: &str) -> Option<ChartKind> {
        Self::WORDS.iter().position(|other| *other == word).map(|at| Self::ALL[at])
    }

    /// Whether it passes through its items, so that they lie as far apart as they are.
    pub fn is_passage(self) -> bool {
        matches!(self, ChartKind::Line | ChartKind::Area)
    }
}

impl Chart {
    /// The same with rows and columns as its kind wants them: the parts of one whole, and what changed between two times,
    /// may be the rows of a table or its columns.
    pub fn as_its_kind_wants(self) -> Chart {
        let timely = |name: &str| name.starts_with(|letter: char| letter.is_numeric());
        let (rows, columns) = (self.items.len(), self.series.len());
        let turned = match self.kind {
            ChartKind::Share => columns == 1 && rows > 1,
            ChartKind::Slope if rows == 2 && columns == 2 => {
                let names = |timely_rows: bool| {
                    self.items.iter().all(|item| timely(&item.name) == timely_rows)
                        && self.series.iter().all(|series| timely(&series.name) != timely_rows)
                };
                names(false)
            }
            ChartKind::Slope => columns == 2 && rows != 2,
            _ => false,
        };
        if turned { self.turned() } else { self }
    }

    fn turned(self) -> Chart {
        let column = |item: usize| ChartSeries {
            name: self.items[item].name.clone(),
            values: self.series.iter().map(|series| series.values[item]).collect(),
            ranges: self.series.iter().map(|series| series.ranges[item]).collect(),
            highlighted: self.items[item].highlighted,
        };
        // The head of the only column says no more of a bar than the unit does.
        let named = |name: &str| if self.kind == ChartKind::Share { String::new() } else { name.to_owned() };
        let row = |(at, series): (usize, &ChartSeries)| ChartItem {
            name: named(&series.name),
            at: at as i64,
            highlighted: series.highlighted,
            estimated: false,
        };
        let series = (0..self.items.len()).map(column).collect();
        let items = self.series.iter().enumerate().map(row).collect();
        Chart { items, series, ..self }
    }

    /// The words of the drawing and of its table: names, the unit, events, cells.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let items = self.items.iter().map(|item| &item.name);
        let series = self.series.iter().map(|series| &series.name);
        let events = self.events.iter().map(|event| &event.text);
        let cells = self.table.head.iter().chain(self.table.rows.iter().flatten()).chain(&self.table.typed);
        items.chain(series).chain(events).chain(&self.unit).chain(cells).map(String::as_str)
    }

    /// The sum of what is known of an item.
    pub fn sum(&self, item: usize) -> i64 {
        self.series.iter().filter_map(|series| series.values[item]).sum()
    }
}
