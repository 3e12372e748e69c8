//! Citations in words, as people copy them: after Chicago and after APA.
//!
//! Both are styles of English; the words that they add ("ed.", "Translated by") are theirs, whatever the book's language.

use super::citation::people;
use super::record::{Hand, Record, Work};
use crate::language::terms;

/// A citation in words: plain pieces, and those that stand in italics.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Cited(pub Vec<(String, bool)>);

impl Cited {
    fn text(&mut self, words: impl Into<String>) {
        self.0.push((words.into(), false));
    }

    fn title(&mut self, words: impl Into<String>) {
        self.0.push((words.into(), true));
    }
}

/// After the Chicago Manual of Style (17th edition, 14.18 and 14.220): the bibliography's form.
pub(super) fn chicago(record: &Record<'_>) -> Cited {
    let mut cited = Cited::default();
    let named = people(record);
    if !named.is_empty() {
        let edited = record.authors().next().is_none();
        let names = chicago_names(&named);
        let mark = if !edited {
            ""
        } else if named.len() > 1 {
            ", eds"
        } else {
            ", ed"
        };
        cited.text(format!("{}{mark}. ", names.trim_end_matches('.')));
    }
    cited.title(record.full_title());
    cited.text(". ");
    if let Some(translator) = record.hands.iter().find(|hand| hand.role == "trl") {
        cited.text(format!("Translated by {}. ", translator.name.printed));
    }
    if let Some(number) = record.said.edition.as_ref().filter(|number| number.value > 1) {
        cited.text(format!("{} ed. ", ordinal(number.value)));
    }
    if let Some(series) = &record.metadata.series {
        let number = series.number.as_ref().map(|number| format!(" {number}")).unwrap_or_default();
        cited.text(format!("{}{number}. ", series.name));
    }
    let place = record.place().map(|place| format!("{place}: ")).unwrap_or_default();
    let house = record.publisher().map(|name| format!("{place}{name}"));
    let english = crate::language::Language::english();
    let date = record.metadata.date.map(|date| match record.work {
        Work::Report => terms::date(&english, date.year, date.month, None),
        Work::Book => date.year.to_string(),
    });
    let imprint: Vec<String> = [house, date].into_iter().flatten().collect();
    if !imprint.is_empty() {
        cited.text(format!("{}. ", imprint.join(", ")));
    }
    if let Some(address) = record.address() {
        cited.text(format!("{address}."));
    }
    trimmed(cited)
}

fn chicago_names(hands: &[&Hand<'_>]) -> String {
    let shown: Vec<String> = hands
        .iter()
        .enumerate()
        .map(|(at, hand)| match at {
            0 if !hand.name.body => hand.name.sorted.clone(),
            _ => hand.name.printed.clone(),
        })
        .collect();
    // From eleven on, the first seven.
    if shown.len() > 10 {
        return format!("{}, et al", shown[..7].join(", "));
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{}, and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// After the Publication Manual of the American Psychological Association (7th edition, 10.2 and 10.4).
pub(super) fn apa(record: &Record<'_>) -> Cited {
    let mut cited = Cited::default();
    let named = people(record);
    let date = record.metadata.date.map_or_else(
        || "n.d.".to_owned(),
        |date| {
            let english = crate::language::Language::english();
            match (record.work, date.month) {
                (Work::Report, Some(month)) => {
                    let name = terms::date(&english, date.year, Some(month), None);
                    let name = name.trim_end_matches(&date.year.to_string()).trim().to_owned();
                    match date.day {
                        Some(day) => format!("{}, {name} {day}", date.year),
                        None => format!("{}, {name}", date.year),
                    }
                }
                _ => date.year.to_string(),
            }
        },
    );
    let edited = record.authors().next().is_none();
    let mark = if !edited {
        ""
    } else if named.len() > 1 {
        " (Eds.)."
    } else {
        " (Ed.)."
    };
    if named.is_empty() {
        cited.title(record.full_title());
        cited.text(format!(". ({date})"));
    } else {
        let names = apa_names(&named);
        let stop = if mark.is_empty() && !names.ends_with('.') { "." } else { "" };
        cited.text(format!("{names}{stop}{mark} ({date}). "));
        cited.title(record.full_title());
    }
    let edition =
        record.said.edition.as_ref().filter(|number| number.value > 1).map(|n| format!("{} ed.", ordinal(n.value)));
    let series = record.metadata.series.as_ref().filter(|_| record.work == Work::Report);
    let series = series.map(|series| match &series.number {
        Some(number) => format!("{} No. {number}", series.name),
        None => series.name.clone(),
    });
    let inside: Vec<String> = [series, edition].into_iter().flatten().collect();
    if !inside.is_empty() {
        cited.text(format!(" ({})", inside.join("; ")));
    }
    cited.text(". ");
    let own = |house: &&str| named.len() != 1 || named[0].name.printed != **house;
    if let Some(house) = record.publisher().filter(own) {
        cited.text(format!("{house}. "));
    }
    if let Some(address) = record.address() {
        cited.text(address);
    }
    trimmed(cited)
}

fn apa_names(hands: &[&Hand<'_>]) -> String {
    let one = |hand: &&Hand<'_>| match &hand.name.given {
        Some(given) => format!("{}, {}", hand.name.family, initials(given)),
        None => hand.name.printed.clone(),
    };
    let shown: Vec<String> = hands.iter().map(one).collect();
    // From twenty-one on, the first nineteen and the last.
    if shown.len() > 20 {
        return format!("{}, … {}", shown[..19].join(", "), shown[shown.len() - 1]);
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{}, & {last}", others.join(", ")),
        None => String::new(),
    }
}

fn initials(given: &str) -> String {
    let initial = |word: &str| {
        let parts: Vec<String> =
            word.split('-').filter_map(|part| part.chars().next()).map(|c| format!("{}.", c.to_uppercase())).collect();
        parts.join("-")
    };
    given.split_whitespace().map(initial).collect::<Vec<_>>().join(" ")
}

fn ordinal(number: u16) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Without a space at the end, nor two stops after each other ("Really?." is "Really?").
fn trimmed(mut cited: Cited) -> Cited {
    for at in 1..cited.0.len() {
        if cited.0[at - 1].0.ends_with(['.', '?', '!']) && cited.0[at].0.starts_with('.') {
            cited.0[at].0.remove(0);
        }
    }
    if let Some((last, _)) = cited.0.last_mut() {
        last.truncate(last.trim_end().len());
    }
    cited
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_ordinals() {
        assert_eq!(initials("Jean-Paul Marie"), "J.-P. M.");
        assert_eq!([ordinal(2), ordinal(11), ordinal(23)], ["2nd", "11th", "23rd"]);
    }
}
