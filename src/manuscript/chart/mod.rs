//! Charts: the data between their fences or in a file beside them, read once into what can be drawn.
//!
//! What does not fit (a word where a number belongs, a column that nobody gave, a share below nothing) is reported at its
//! own place, in the file of data too; nothing is guessed.

mod data;
mod number;

use std::collections::BTreeMap;

use self::data::{Desk, Grid};
use self::number::Decimal;
use super::keys;
use super::values::one_of;
use crate::book::BlockId;
use crate::book::chart::{Chart, ChartEvent, ChartItem, ChartKind, ChartSeries, ChartTable};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::language::facts::Facts;
use crate::markdown::parsed::{PBlock, PBlockKind, PChart};
use crate::markdown::walk::Inside;
use crate::source::{Files, Sources, Span};
use crate::units::Length;
use crate::yaml::{self, Fields, Kind, Node, Written, nearest};

/// A chart, and what is said of it.
#[derive(Clone, Debug)]
pub(crate) struct WrittenChart {
    /// What is drawn.
    pub chart: Chart,
    /// Its caption.
    pub title: Option<Written>,
    /// What must be known to read it.
    pub note: Option<Written>,
    /// Where the facts come from.
    pub source: Option<Written>,
    /// Who drew it.
    pub credit: Option<Written>,
    /// What it shows, for who cannot see it.
    pub alt: Option<Written>,
    /// How high it is drawn.
    pub height: Option<Length>,
}

/// The charts of a manuscript, by their blocks.
pub(crate) type Charts = BTreeMap<BlockId, WrittenChart>;

/// Reads the charts of some blocks.
pub(super) fn read_all(
    blocks: &[PBlock],
    language: &Language,
    files: &dyn Files,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    charts: &mut Charts,
) {
    for block in blocks {
        if let PBlockKind::Figure(figure) = &block.kind
            && let Some(written) = &figure.chart
        {
            let facts = Facts::of(block.language.as_ref().unwrap_or(language));
            let mut reader = Reader { desk: Desk { files, sources, diagnostics }, facts, decimal: facts.decimal };
            charts.extend(reader.chart(written).map(|chart| (block.id, chart)));
        }
        let mut inner: Vec<&PBlock> = Vec::new();
        block.inside(&mut |inside| {
            if let Inside::Block(block) = inside {
                inner.push(block);
            }
        });
        for block in inner {
            read_all(std::slice::from_ref(block), language, files, sources, diagnostics, charts);
        }
    }
}

/// Says what is wrong with a chart, and what to do.
fn say(diagnostics: &mut Diagnostics, message: impl Into<String>, span: Span, hint: impl Into<String>) {
    diagnostics.report(Diagnostic::new(&lints::BAD_CHART, message).at(span).hint(hint));
}

struct Reader<'a> {
    desk: Desk<'a>,
    facts: &'static Facts,
    /// What stands before decimals in these data.
    decimal: &'static str,
}

/// Which columns of the data are what.
struct Columns {
    names: usize,
    /// Each series: its name, its column, and the rows that are its own.
    series: Vec<(Written, usize, Option<String>)>,
    /// The column that names the series of a row.
    by: Option<usize>,
}

impl Reader<'_> {
    fn chart(&mut self, written: &PChart) -> Option<WrittenChart> {
        let (source, start) = (written.span.source, written.span.start as usize);
        let node = yaml::read_as(&written.yaml, source, start, self.desk.diagnostics)?;
        let mark = self.desk.diagnostics.len();
        let fields = Fields::of(&node, &keys::CHART, self.desk.diagnostics)?;
        let kind = self.kind(&fields, written.span)?;
        let grid = match fields.take("data") {
            Some(data) => data::read(data, &mut self.desk)?,
            None => {
                self.say(
                    "this chart has no data",
                    first_line(written),
                    "write `data:` with rows, or with the name of a .csv",
                );
                return None;
            }
        };
        if grid.semicolons {
            self.decimal = ",";
        }
        let columns = self.columns(&fields, &grid)?;
        let chart = self.drawn(kind, &fields, &grid, &columns);
        let d = &mut *self.desk.diagnostics;
        let text = |key: &'static str, d: &mut Diagnostics| fields.text(key, d).filter(|text| !text.text.is_empty());
        let found = WrittenChart {
            chart: chart?,
            title: text("title", d),
            note: text("note", d),
            source: text("source", d),
            credit: text("credit", d),
            alt: text("alt", d),
            height: text("height", d).and_then(|height| self.height(&height)),
        };
        fields.finish(self.desk.diagnostics);
        self.desk.diagnostics.unless_errors_since(mark, found).ok()
    }

    fn say(&mut self, message: impl Into<String>, span: Span, hint: impl Into<String>) {
        say(self.desk.diagnostics, message, span, hint);
    }

    fn kind(&mut self, fields: &Fields<'_>, whole: Span) -> Option<ChartKind> {
        let Some(written) = fields.text("type", self.desk.diagnostics) else {
            let hint = format!("write `type:` and one of {}", ChartKind::WORDS.join(", "));
            self.say("this chart does not say its type", Span { end: whole.start, ..whole }, hint);
            return None;
        };
        let kind = ChartKind::find(&written.text);
        if kind.is_none() {
            one_of("type", &written.text, ChartKind::WORDS, written.span, self.desk.diagnostics);
        }
        kind
    }

    fn height(&mut self, written: &Written) -> Option<Length> {
        let height = Length::parse(&written.text).filter(|height| *height >= Length::mm(15.0));
        if height.is_none() {
            self.say(
                format!("\"{}\" is no height of a chart", written.text),
                written.span,
                "write 6cm, 2.5in or 170pt",
            );
        }
        height
    }

    /// A column by its name, or a report.
    fn column(&mut self, written: &Written, grid: &Grid) -> Option<usize> {
        let found = grid.column(&written.text);
        if found.is_none() {
            let names: Vec<&str> = grid.head.iter().map(|head| head.text.as_str()).collect();
            let hint = match nearest(&written.text, names.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("the data have {}", names.join(", ")),
            };
            self.say(format!("no column is called \"{}\"", written.text), written.span, hint);
        }
        found
    }

    /// The bounds that `range:` names: for the only series, or by its name.
    fn ranges(&mut self, fields: &Fields<'_>, grid: &Grid) -> Option<Vec<(Option<Written>, usize, usize)>> {
        let Some(node) = fields.take("range") else { return Some(Vec::new()) };
        let pair = |reader: &mut Self, node: &Node| -> Option<(usize, usize)> {
            let Kind::List(ends) = &node.kind else {
                reader.say("a range is two columns", node.span, "write range: [low, high]");
                return None;
            };
            let names: Vec<Written> =
                ends.iter().filter_map(|end| yaml::text_of(end, "range", reader.desk.diagnostics)).collect();
            let [low, high] = &names[..] else {
                reader.say("a range is two columns", node.span, "write range: [low, high]");
                return None;
            };
            Some((reader.column(low, grid)?, reader.column(high, grid)?))
        };
        match &node.kind {
            Kind::Map(entries) => entries
                .iter()
                .map(|entry| {
                    let name = Written { text: entry.key.clone(), span: entry.key_span };
                    let (low, high) = pair(self, &entry.value)?;
                    Some((Some(name), low, high))
                })
                .collect(),
            _ => pair(self, node).map(|(low, high)| vec![(None, low, high)]),
        }
    }

    fn columns(&mut self, fields: &Fields<'_>, grid: &Grid) -> Option<Columns> {
        let named = |reader: &mut Self, key: &'static str| -> Option<Option<usize>> {
            match fields.text(key, reader.desk.diagnostics) {
                Some(written) => Some(Some(reader.column(&written, grid)?)),
                None => Some(None),
            }
        };
        let names = named(self, "x")?;
        let by = named(self, "series")?;
        let names = names.unwrap_or_else(|| (0..grid.head.len()).find(|at| Some(*at) != by).unwrap_or(0));
        let ranges: Vec<usize> = self.ranges(fields, grid)?.iter().flat_map(|(_, low, high)| [*low, *high]).collect();
        let mut values: Vec<(Written, usize)> = Vec::new();
        match fields.take("y").map(|node| &node.kind) {
            // `y: {exports: Exports to China}`: a column and its name in the drawing.
            Some(Kind::Map(entries)) => {
                for entry in entries {
                    let written = Written { text: entry.key.clone(), span: entry.key_span };
                    let column = self.column(&written, grid)?;
                    let shown = yaml::text_of(&entry.value, "y", self.desk.diagnostics).unwrap_or(written);
                    values.push((shown, column));
                }
            }
            Some(_) => {
                for written in fields.texts("y", false, self.desk.diagnostics) {
                    let column = self.column(&written, grid)?;
                    values.push((grid.head[column].clone(), column));
                }
            }
            None => {
                let rest = (0..grid.head.len()).filter(|at| *at != names && Some(*at) != by && !ranges.contains(at));
                values.extend(rest.map(|at| (grid.head[at].clone(), at)));
            }
        }
        let Some(by) = by else {
            let series = values.into_iter().map(|(name, column)| (name, column, None)).collect();
            return Some(Columns { names, series, by: None });
        };
        let [(_, column)] = values[..] else {
            let place = fields.take("series").map_or(fields.span, |node| node.span);
            self.say("where `series:` names a column, one other has the values", place, "name that with `y:`");
            return None;
        };
        let mut series: Vec<(Written, usize, Option<String>)> = Vec::new();
        for row in &grid.rows {
            if !series.iter().any(|(name, ..)| name.text == row[by].text) {
                series.push((row[by].clone(), column, Some(row[by].text.clone())));
            }
        }
        Some(Columns { names, series, by: Some(by) })
    }

    /// A number in a cell; nothing where that says so, and a report where it is a word.
    fn value(&mut self, written: &Written) -> Option<Decimal> {
        if number::is_gap(&written.text) {
            return None;
        }
        let found = number::read(&written.text, self.decimal);
        if found.is_none() {
            let message = format!("\"{}\" is no number", written.text);
            self.say(
                message,
                written.span,
                "write digits, in a unit in which six decimals are enough, or leave the cell empty for a gap",
            );
        }
        found
    }

    fn drawn(&mut self, kind: ChartKind, fields: &Fields<'_>, grid: &Grid, columns: &Columns) -> Option<Chart> {
        let mark = self.desk.diagnostics.len();
        let ranges = self.ranges(fields, grid)?;
        // The items in the order in which they are first named, and the row of each for each series.
        let mut names: Vec<Written> = Vec::new();
        let mut rows: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (at, row) in grid.rows.iter().enumerate() {
            let name = &row[columns.names];
            let known = columns.by.and_then(|_| names.iter().position(|other| other.text == name.text));
            let item = known.unwrap_or_else(|| {
                names.push(name.clone());
                names.len() - 1
            });
            for (series, (.., own)) in columns.series.iter().enumerate() {
                if own.as_ref().is_none_or(|own| columns.by.is_some_and(|by| row[by].text == *own))
                    && rows.insert((item, series), at).is_some()
                {
                    let message = format!("\"{}\" has a second value here", name.text);
                    self.say(message, name.span, "keep one of the two rows");
                }
            }
        }
        let mut cells: BTreeMap<(usize, usize), (Decimal, Span)> = BTreeMap::new();
        let mut bounds: BTreeMap<(usize, usize), (Decimal, Decimal)> = BTreeMap::new();
        for ((item, series), row) in &rows {
            let (name, column, _) = &columns.series[*series];
            let written = &grid.rows[*row][*column];
            if let Some(value) = self.value(written) {
                cells.insert((*item, *series), (value, written.span));
            }
            let range = ranges.iter().find(|(of, ..)| of.as_ref().is_none_or(|of| of.text == name.text));
            if let Some((_, low, high)) = range {
                let ends = (self.value(&grid.rows[*row][*low]), self.value(&grid.rows[*row][*high]));
                if let (Some(low), Some(high)) = ends {
                    bounds.insert((*item, *series), (low, high));
                }
            }
        }
        for (of, ..) in &ranges {
            let known = |of: &Written| columns.series.iter().any(|(name, ..)| name.text == of.text);
            if let Some(of) = of.as_ref().filter(|of| !known(of)) {
                self.unknown_series(of, columns);
            }
        }
        let all = cells.values().map(|(value, _)| value).chain(bounds.values().flat_map(|(low, high)| [low, high]));
        let decimals = all.map(|value| value.decimals).max().unwrap_or(0);
        let units = |reader: &mut Self, value: Decimal, span: Span| -> i64 {
            value.in_units_of(decimals).unwrap_or_else(|| {
                reader.say("this number has too many digits to be drawn", span, "write it in thousands or millions");
                0
            })
        };
        let mut series = Vec::new();
        for (at, (name, ..)) in columns.series.iter().enumerate() {
            let value =
                |reader: &mut Self, item: usize| cells.get(&(item, at)).map(|(v, span)| units(reader, *v, *span));
            let mut values = Vec::new();
            for item in 0..names.len() {
                values.push(value(self, item));
            }
            let range = |item: usize| {
                let (low, high) = bounds.get(&(item, at))?;
                let (low, high) = (low.in_units_of(decimals)?, high.in_units_of(decimals)?);
                Some((low.min(high), low.max(high)))
            };
            let ranges = (0..names.len()).map(range).collect();
            series.push(ChartSeries { name: name.text.trim().to_owned(), values, ranges, highlighted: false });
        }
        let said = |reader: &mut Self, key: &'static str| -> Option<i64> {
            let written = fields.text(key, reader.desk.diagnostics)?;
            let value = reader.value(&written)?;
            // An end may be said with more decimals than the data have; it is cut to theirs.
            let whole = value.in_units_of(6)? / 10_i64.pow(6 - u32::from(decimals.min(6)));
            Some(whole)
        };
        let (whole, from, to) = (said(self, "whole"), said(self, "from"), said(self, "to"));
        let mut items = self.items(kind, &names);
        self.highlight(fields, &mut items, &mut series);
        self.estimates(fields, kind, &mut items);
        let events = self.events(fields, kind, &items);
        let unit = fields.text("unit", self.desk.diagnostics).map(|unit| unit.text).filter(|unit| !unit.is_empty());
        let upright = fields.flag("upright", self.desk.diagnostics).unwrap_or(false);
        let table = self.table(grid, columns);
        let chart = Chart { kind, upright, unit, decimals, items, series, events, whole, from, to, table };
        let chart = chart.as_its_kind_wants();
        self.check(&chart, fields, &cells, mark);
        Some(chart)
    }

    fn unknown_series(&mut self, of: &Written, columns: &Columns) {
        let hint = match nearest(&of.text, columns.series.iter().map(|(name, ..)| name.text.as_str())) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "name one of the series of the data".to_owned(),
        };
        self.say(format!("no series is called \"{}\"", of.text), of.span, hint);
    }

    /// The items, as far along the axis as their numbers or dates are; what has none lies at equal steps.
    fn items(&self, kind: ChartKind, names: &[Written]) -> Vec<ChartItem> {
        let places: Option<Vec<i64>> = names.iter().map(|name| place_of(&name.text)).collect();
        let rising = |places: &Vec<i64>| places.windows(2).all(|pair| pair[0] < pair[1]);
        let places = places.filter(|places| kind.is_passage() && rising(places));
        let item = |(at, name): (usize, &Written)| ChartItem {
            name: name.text.clone(),
            at: places.as_ref().map_or(at as i64, |places| places[at]),
            highlighted: false,
            estimated: false,
        };
        names.iter().enumerate().map(item).collect()
    }

    fn highlight(&mut self, fields: &Fields<'_>, items: &mut [ChartItem], series: &mut [ChartSeries]) {
        for written in fields.texts("highlight", false, self.desk.diagnostics) {
            let mut found = false;
            for series in series.iter_mut().filter(|series| series.name == written.text) {
                (series.highlighted, found) = (true, true);
            }
            for item in items.iter_mut().filter(|item| item.name == written.text) {
                (item.highlighted, found) = (true, true);
            }
            if !found {
                let known = items.iter().map(|item| item.name.as_str()).chain(series.iter().map(|s| s.name.as_str()));
                let hint = match nearest(&written.text, known) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "name a row or a series of the data".to_owned(),
                };
                self.say(format!("nothing in the data is called \"{}\"", written.text), written.span, hint);
            }
        }
    }

    /// A list names the estimates one by one; a single name of a line says from where on all are.
    fn estimates(&mut self, fields: &Fields<'_>, kind: ChartKind, items: &mut [ChartItem]) {
        let onwards = kind.is_passage() && fields.take("estimates").is_some_and(|node| node.text().is_some());
        for written in fields.texts("estimates", false, self.desk.diagnostics) {
            let named = items.iter().position(|item| item.name == written.text);
            // A year between two rows is as good as the next one.
            let spaced = onwards && items.iter().all(|item| place_of(&item.name) == Some(item.at));
            let later = place_of(&written.text).filter(|_| spaced);
            let later = later.and_then(|place| items.iter().position(|item| item.at >= place));
            let Some(at) = named.or(later) else {
                let hint = match nearest(&written.text, items.iter().map(|item| item.name.as_str())) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "name a row of the data".to_owned(),
                };
                self.say(format!("no row is called \"{}\"", written.text), written.span, hint);
                continue;
            };
            let end = if onwards { items.len() } else { at + 1 };
            items[at..end].iter_mut().for_each(|item| item.estimated = true);
        }
    }

    /// `events: {2022: Invasion}`, or a list of `{at, text}`.
    fn events(&mut self, fields: &Fields<'_>, kind: ChartKind, items: &[ChartItem]) -> Vec<ChartEvent> {
        let Some(node) = fields.take("events") else { return Vec::new() };
        if !kind.is_passage() {
            self.say("events stand on lines and areas", node.span, "write type: line or type: area, or leave them out");
            return Vec::new();
        }
        let mut written: Vec<(Written, Written)> = Vec::new();
        match &node.kind {
            Kind::Map(entries) => {
                for entry in entries {
                    let at = Written { text: entry.key.clone(), span: entry.key_span };
                    written.extend(yaml::text_of(&entry.value, "events", self.desk.diagnostics).map(|text| (at, text)));
                }
            }
            Kind::List(all) => {
                for event in all {
                    let d = &mut *self.desk.diagnostics;
                    let Some(fields) = Fields::of(event, &keys::EVENT, d) else { continue };
                    let (at, text) = (fields.text("at", d), fields.text("text", d));
                    fields.finish(d);
                    match (at, text) {
                        (Some(at), Some(text)) => written.push((at, text)),
                        _ => self.say("an event has a place and words", event.span, "write {at: 2022, text: Invasion}"),
                    }
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Text(_) => {
                self.say("events have places and words", node.span, "write events: {2022: Invasion}");
            }
        }
        let mut found = Vec::new();
        for (at, text) in written {
            let named = items.iter().find(|item| item.name == at.text).map(|item| item.at);
            let ends = items.first().zip(items.last()).map(|(first, last)| first.at..=last.at);
            // Between items only where they lie as far apart as they are.
            let spaced = items.iter().all(|item| place_of(&item.name) == Some(item.at));
            let between = place_of(&at.text).filter(|place| spaced && ends.is_some_and(|ends| ends.contains(place)));
            match named.or(between) {
                Some(at) => found.push(ChartEvent { at, text: text.text }),
                None => {
                    let hint = match nearest(&at.text, items.iter().map(|item| item.name.as_str())) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => "an event stands between the first and the last row".to_owned(),
                    };
                    self.say(format!("\"{}\" is no place of this chart", at.text), at.span, hint);
                }
            }
        }
        found
    }

    /// All the data, numbers as the language writes them.
    fn table(&mut self, grid: &Grid, columns: &Columns) -> ChartTable {
        let shown = |at: usize| {
            let named = columns.series.iter().find(|(.., column, own)| *column == at && own.is_none());
            named.map_or(&grid.head[at], |(name, ..)| name).text.trim().to_owned()
        };
        let mut order = vec![columns.names];
        order.extend((0..grid.head.len()).filter(|at| *at != columns.names));
        let cell = |row: &Vec<Written>, at: usize| {
            let text = &row[at].text;
            let number = (at != columns.names).then(|| number::read(text, self.decimal)).flatten();
            number.map_or_else(|| text.clone(), |number| self.facts.decimal_number(number.units, number.decimals))
        };
        ChartTable {
            head: order.iter().map(|at| shown(*at)).collect(),
            rows: grid.rows.iter().map(|row| order.iter().map(|at| cell(row, *at)).collect()).collect(),
            typed: grid.head.iter().chain(grid.rows.iter().flatten()).map(|written| written.text.clone()).collect(),
        }
    }

    /// What a kind of chart cannot show.
    fn check(
        &mut self,
        chart: &Chart,
        fields: &Fields<'_>,
        cells: &BTreeMap<(usize, usize), (Decimal, Span)>,
        mark: usize,
    ) {
        let place = fields.take("type").map_or(fields.span, |node| node.span);
        let count = chart.series.len();
        match chart.kind {
            ChartKind::Bar if count > 1 => self.say(
                format!("a chart of bars has one series, and these data have {count}"),
                place,
                "write type: grouped or type: stacked, or name one column with `y:`",
            ),
            ChartKind::Share | ChartKind::Area => {
                let what = if chart.kind == ChartKind::Share { "a share" } else { "an area" };
                for (_, span) in cells.values().filter(|(value, _)| value.units < 0) {
                    self.say(format!("{what} cannot be negative"), *span, "draw it as type: bar or type: line");
                }
            }
            _ => {}
        }
        if chart.kind == ChartKind::Share {
            for (item, named) in chart.items.iter().enumerate() {
                if chart.sum(item) == 0 {
                    self.say(
                        format!("\"{}\" has no shares", named.name),
                        place,
                        "leave the row out, or give it values",
                    );
                }
            }
        }
        if chart.kind == ChartKind::Slope && chart.items.len() > 2 {
            self.say(
                format!("a slope stands between two times, and these data have {}", chart.items.len()),
                place,
                "leave the others out, or draw them as type: line",
            );
        }
        let passes = chart.kind.is_passage() || chart.kind == ChartKind::Slope;
        if passes && chart.items.len() < 2 {
            self.say("a line needs two values at least", place, "draw it as type: bar");
        }
        if cells.is_empty() && self.desk.diagnostics.unless_errors_since(mark, ()).is_ok() {
            self.say("these data hold no number", place, "name the column of numbers with `y:`");
        }
        let quiet = chart.series.iter().any(|series| series.highlighted)
            && matches!(chart.kind, ChartKind::Line | ChartKind::Slope | ChartKind::Dot);
        if count > crate::book::chart::APART && !quiet {
            let most = crate::book::chart::APART;
            self.desk.diagnostics.report(
                Diagnostic::new(
                    &lints::CROWDED_CHART,
                    format!("this chart has {count} series, and {most} can be told apart"),
                )
                .at(place)
                .hint("draw several charts, sum the small ones up, or name one with `highlight:`"),
            );
        }
        let typed = chart.words().find(|words| words.contains("**") || words.contains("](") || words.contains('`'));
        if let Some(words) = typed {
            let message = format!("the words in a chart are plain: \"{words}\" is shown as it stands");
            self.desk.diagnostics.report(
                Diagnostic::new(&lints::SUSPECT_MARKUP, message)
                    .at(place)
                    .hint("emphasis and links stand in the title and the source"),
            );
        }
    }
}

/// The first line of a chart, for what is missing in it.
fn first_line(written: &PChart) -> Span {
    let lead = written.yaml.len() - written.yaml.trim_start().len();
    let end = written.yaml[lead..].find('\n').map_or(written.yaml.len(), |end| lead + end);
    written.span.within(lead, end)
}

/// How far along an axis a name lies: a whole number, or a day or month counted in days.
fn place_of(name: &str) -> Option<i64> {
    let name = name.trim();
    let digits = |text: &str, most: usize| {
        text.parse::<i64>().ok().filter(|_| text.len() <= most && text.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some(number) = digits(name.strip_prefix('-').unwrap_or(name), 9) {
        return Some(if name.starts_with('-') { -number } else { number });
    }
    let parts: Vec<&str> = name.split('-').collect();
    let (year, month, day) = match parts[..] {
        [year, month] => (digits(year, 4)?, digits(month, 2)?, 1),
        [year, month, day] => (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?),
        _ => return None,
    };
    (parts[0].len() == 4 && (1..=12).contains(&month) && (1..=31).contains(&day)).then(|| days(year, month, day))
}

/// The days from the beginning of the calendar (Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_months_and_days_lie_as_far_apart_as_they_are() {
        assert_eq!(place_of("2024"), Some(2024));
        assert_eq!(place_of("-3"), Some(-3));
        let apart = |one: &str, other: &str| Some(place_of(other)? - place_of(one)?);
        assert_eq!(apart("2024-02", "2024-03"), Some(29));
        assert_eq!(apart("2023-12-31", "2024-01-01"), Some(1));
        assert_eq!(apart("1900-02-28", "1900-03-01"), Some(1));
        for none in ["", "Q1", "2024-Q1", "1,5", "12-13-14", "2024-13"] {
            assert_eq!(place_of(none), None, "{none}");
        }
    }
}
