//! Charts: their words set for the language, and what they show said for who cannot see them.

use super::punctuation;
use crate::book::chart::{Chart, ChartKind};
use crate::book::{Inline, plain};
use crate::language::Language;
use crate::language::facts::Facts;
use crate::language::terms::Term;

/// The chart as the book holds it: quotes and dashes of its words set, unless the file says plain.
pub(super) fn settled(written: &Chart, language: &Language, smart: bool) -> Chart {
    let mut chart = written.clone();
    if smart {
        let set = |words: &mut String| {
            let mut content = [Inline::text(words.as_str())];
            punctuation::set(&mut content, language);
            *words = plain(&content);
        };
        chart.unit.iter_mut().for_each(set);
        chart.items.iter_mut().for_each(|item| set(&mut item.name));
        chart.series.iter_mut().for_each(|series| set(&mut series.name));
        chart.events.iter_mut().for_each(|event| set(&mut event.text));
        chart.table.head.iter_mut().for_each(set);
        // The first cell of a row is its name; numbers are set already.
        chart.table.rows.iter_mut().filter_map(|row| row.first_mut()).for_each(set);
    }
    chart
}

/// What a chart shows, beside its caption: its kind, its unit, and the extremes of each series.
pub(super) fn alt(chart: &Chart, language: &Language) -> String {
    let facts = Facts::of(language);
    let kind = match chart.kind {
        ChartKind::Bar => Term::BarChart,
        ChartKind::Stacked => Term::StackedChart,
        ChartKind::Grouped => Term::GroupedChart,
        ChartKind::Line => Term::LineChart,
        ChartKind::Area => Term::AreaChart,
        ChartKind::Dot => Term::DotPlot,
        ChartKind::Slope => Term::SlopeChart,
        ChartKind::Share => Term::ShareChart,
    };
    let ended = |words: &str| match words.ends_with(['.', '!', '?', '…', '。', '।', '۔']) {
        true => words.to_owned(),
        false => format!("{words}."),
    };
    let mut sentences = vec![ended(kind.word(language))];
    sentences.extend(chart.unit.as_deref().map(ended));
    for series in &chart.series {
        let values = || series.values.iter().enumerate().filter_map(|(item, value)| Some((item, (*value)?)));
        let least = values().min_by_key(|(item, value)| (*value, *item));
        let most = values().max_by_key(|(item, value)| (*value, usize::MAX - *item));
        let (Some(least), Some(most)) = (least, most) else { continue };
        let said = |(item, value): (usize, i64)| {
            format!("{} ({})", facts.decimal_number(value, chart.decimals), chart.items[item].name)
        };
        let name = series.name.trim();
        let lead = if name.is_empty() { String::new() } else { format!("{name}{}", language.colon()) };
        sentences.push(match least.1 == most.1 {
            true => ended(&format!("{lead}{}", said(least))),
            false => {
                let lowest = format!("{} {}", Term::Lowest.word(language), said(least));
                let highest = format!("{} {}", Term::Highest.word(language), said(most));
                ended(&format!("{lead}{}", facts.list(&[&lowest, &highest])))
            }
        });
    }
    sentences.join(" ")
}
