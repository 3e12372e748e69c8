//! Citations: the entry that reference managers read, as BibTeX, RIS and CSL JSON.

use serde_json::{Map, Value, json};

use super::record::{Hand, Record, Work};
use crate::language::slug;

/// `cite.bib`.
pub(super) fn bibtex(record: &Record<'_>) -> String {
    let publisher = record.publisher();
    let named: Vec<&Hand<'_>> = people(record);
    let complete = publisher.is_some() && record.metadata.date.is_some() && !named.is_empty();
    let kind = match (complete, record.work) {
        (false, _) => "misc",
        (true, Work::Report) => "techreport",
        (true, Work::Book) => "book",
    };
    let names: Vec<String> = named.iter().map(|hand| bib_name(hand)).collect();
    let who = if record.authors().next().is_some() { "author" } else { "editor" };
    let house = match record.work {
        Work::Report => "institution",
        Work::Book => "publisher",
    };
    let series = record.metadata.series.as_ref();
    let series_key = if record.work == Work::Report { "type" } else { "series" };
    let ids = &record.metadata.identifiers;
    let isbn = ids.isbn_epub.as_ref().or(ids.isbn_print.as_ref()).or(ids.isbn_pdf.as_ref());
    let date = record.metadata.date.as_ref();
    let fields: Vec<(&str, Option<String>)> = vec![
        ("title", Some(braced(&protected(&record.full_title())))),
        (who, (!names.is_empty()).then(|| braced(&names.join(" and ")))),
        (house, publisher.map(|name| braced(&bib(name)))),
        ("address", record.place().map(|place| braced(&bib(place)))),
        (series_key, series.map(|series| braced(&bib(&series.name)))),
        ("number", series.and_then(|series| series.number.as_ref()).map(|number| braced(&bib(number)))),
        (
            "edition",
            record.said.edition.as_ref().filter(|number| number.value > 1).map(|n| braced(&n.value.to_string())),
        ),
        ("year", date.map(|date| braced(&format!("{:04}", date.year)))),
        ("month", date.and_then(|date| date.month).map(|month| MONTHS[usize::from(month) - 1].to_owned())),
        ("isbn", isbn.map(|isbn| braced(isbn.written()))),
        ("issn", record.issn().map(braced)),
        ("doi", record.doi().map(|doi| braced(&bib_plain(doi)))),
        ("url", record.address().map(|url| braced(&bib_plain(&url)))),
    ];
    let mut out = format!("@{kind}{{{},\n", key(record));
    let fields: Vec<(&str, String)> = fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let widest = fields.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (at, (name, value)) in fields.iter().enumerate() {
        let comma = if at + 1 < fields.len() { "," } else { "" };
        out.push_str(&format!("  {name:widest$} = {value}{comma}\n"));
    }
    out.push_str("}\n");
    out
}

/// BibTeX's own names of the months, which are written without braces.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Who is named first: the authors, else the editors, else nobody.
pub(super) fn people<'a>(record: &'a Record<'_>) -> Vec<&'a Hand<'a>> {
    let authors: Vec<&Hand<'_>> = record.authors().collect();
    if !authors.is_empty() {
        return authors;
    }
    record.hands.iter().filter(|hand| hand.role == "edt").collect()
}

/// Family, year and the first word of the title, in ASCII.
pub(super) fn key(record: &Record<'_>) -> String {
    let plain = |text: &str| slug(text).trim_start_matches("s-").replace('-', "");
    let family = people(record).first().map(|hand| {
        let last = hand.name.family.split_whitespace().next_back().unwrap_or_default();
        plain(if hand.name.body { last } else { &hand.name.family })
    });
    let year = record.metadata.date.map(|date| date.year.to_string());
    let words = slug(&record.title);
    let small = ["the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "s"];
    let word = words.split('-').find(|word| !small.contains(word)).unwrap_or("title").to_owned();
    [family, year, Some(word)].into_iter().flatten().collect()
}

fn braced(text: &str) -> String {
    format!("{{{text}}}")
}

fn bib_name(hand: &Hand<'_>) -> String {
    match hand.name.given {
        // A second pair of braces keeps a body's name in one piece.
        _ if hand.name.body => braced(&bib(&hand.name.printed)),
        None => braced(&bib(&hand.name.printed)),
        Some(_) => bib(&hand.name.sorted),
    }
}

/// Text with the signs escaped that TeX takes for its own.
fn bib(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '&' | '%' | '#' | '_' | '$' => out.extend(['\\', letter]),
            '{' | '}' => {}
            '\\' => out.push_str("\\textbackslash "),
            '~' => out.push_str("\\textasciitilde "),
            '^' => out.push_str("\\textasciicircum "),
            '\u{a0}' | '\u{202f}' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// An address: it is printed by commands that take it as it is, but for what would end the field.
fn bib_plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '{' | '}' | '\\')).collect()
}

/// A title whose capitals are kept: styles set titles in small letters but for what stands in braces. The first letter
/// needs none.
fn protected(title: &str) -> String {
    let mut out = Vec::new();
    for (at, word) in title.split(' ').enumerate() {
        let capital = |word: &str| word.chars().any(char::is_uppercase);
        let keep = if at == 0 { capital(word.get(1..).unwrap_or_default()) } else { capital(word) };
        // Signs around a word stay outside.
        let start = word.find(char::is_alphanumeric).unwrap_or(0);
        let end = word
            .rfind(char::is_alphanumeric)
            .map_or(word.len(), |end| end + word[end..].chars().next().map_or(1, char::len_utf8));
        out.push(match keep && start < end {
            true => format!("{}{{{}}}{}", bib(&word[..start]), bib(&word[start..end]), bib(&word[end..])),
            false => bib(word),
        });
    }
    out.join(" ")
}

/// `cite.ris`: lines of CR and LF, a tag of two signs, two spaces, a hyphen, a space.
pub(super) fn ris(record: &Record<'_>) -> String {
    let mut lines: Vec<(&str, String)> = vec![(
        "TY",
        match record.work {
            Work::Report => "RPRT",
            Work::Book => "BOOK",
        }
        .to_owned(),
    )];
    let mut add = |tag: &'static str, value: Option<String>| {
        let value = value.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.extend(value.filter(|value| !value.is_empty()).map(|value| (tag, value)));
    };
    add("TI", Some(record.full_title()));
    for hand in record.authors() {
        add("AU", Some(ris_name(hand)));
    }
    for hand in record.hands.iter().filter(|hand| !hand.author && ["edt", "trl"].contains(&hand.role)) {
        add(if hand.role == "edt" { "A2" } else { "A4" }, Some(ris_name(hand)));
    }
    add("PB", record.publisher().map(str::to_owned));
    add("CY", record.place().map(str::to_owned));
    if let Some(series) = &record.metadata.series {
        add("T3", Some(series.name.clone()));
        add("M1", series.number.clone());
    }
    add("ET", record.said.edition.as_ref().map(|number| number.value.to_string()));
    if let Some(date) = &record.metadata.date {
        let part = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
        add("PY", Some(format!("{:04}", date.year)));
        add("DA", Some(format!("{:04}/{}/{}/", date.year, part(date.month), part(date.day))));
    }
    add("AB", record.description().map(str::to_owned));
    for word in record.words() {
        add("KW", Some(word.to_owned()));
    }
    add("LA", Some(record.metadata.language.tag().to_owned()));
    let ids = &record.metadata.identifiers;
    let isbn = ids.isbn_epub.as_ref().or(ids.isbn_print.as_ref()).or(ids.isbn_pdf.as_ref());
    add("SN", isbn.map(|isbn| isbn.written().to_owned()));
    add("DO", record.doi().map(str::to_owned));
    add("UR", record.address());
    let mut out: String = lines.iter().map(|(tag, value)| format!("{tag}  - {value}\r\n")).collect();
    out.push_str("ER  - \r\n");
    out
}

/// A name as reference managers read it: one that has no parts ends in a comma, or its last word is taken for a surname.
fn ris_name(hand: &Hand<'_>) -> String {
    match &hand.name.given {
        Some(_) => hand.name.sorted.clone(),
        // A body has the name that it has everywhere else; the comma keeps it in one piece.
        None => format!("{},", hand.name.printed),
    }
}

/// `cite.json`: one entry of CSL JSON in a list.
pub(super) fn csl(record: &Record<'_>) -> Value {
    let mut entry = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            entry.insert(key.to_owned(), value);
        }
    };
    put("id", Some(json!(key(record))));
    put(
        "type",
        Some(json!(match record.work {
            Work::Report => "report",
            Work::Book => "book",
        })),
    );
    put("title", Some(json!(record.full_title())));
    put("title-short", record.subtitle.as_ref().map(|_| json!(record.title)));
    for (name, role) in [("author", "aut"), ("editor", "edt"), ("translator", "trl"), ("illustrator", "ill")] {
        let of = |hand: &&Hand<'_>| if role == "aut" { hand.author } else { !hand.author && hand.role == role };
        let all: Vec<Value> = record.hands.iter().filter(of).map(csl_name).collect();
        put(name, (!all.is_empty()).then_some(Value::Array(all)));
    }
    if let Some(series) = &record.metadata.series {
        put("collection-title", Some(json!(series.name)));
        let number = series.number.as_ref().map(|number| json!(number));
        put(if record.work == Work::Report { "number" } else { "collection-number" }, number);
    }
    put("edition", record.said.edition.as_ref().map(|number| json!(number.value)));
    put("publisher", record.publisher().map(|name| json!(name)));
    put("publisher-place", record.place().map(|place| json!(place)));
    put(
        "issued",
        record.metadata.date.map(|date| {
            let parts: Vec<u16> =
                [Some(date.year), date.month.map(u16::from), date.day.map(u16::from)].into_iter().flatten().collect();
            json!({ "date-parts": [parts] })
        }),
    );
    put("language", Some(json!(record.metadata.language.tag())));
    put("abstract", record.description().map(|text| json!(text)));
    put("number-of-pages", record.pages().map(|pages| json!(pages.to_string())));
    let ids = &record.metadata.identifiers;
    let isbn = ids.isbn_epub.as_ref().or(ids.isbn_print.as_ref()).or(ids.isbn_pdf.as_ref());
    put("ISBN", isbn.map(|isbn| json!(isbn.written())));
    put("ISSN", record.issn().map(|issn| json!(issn)));
    put("DOI", record.doi().map(|doi| json!(doi)));
    put("URL", record.address().map(|url| json!(url)));
    json!([entry])
}

fn csl_name(hand: &Hand<'_>) -> Value {
    match &hand.name.given {
        Some(given) => json!({ "family": hand.name.family, "given": given }),
        None => json!({ "literal": hand.name.printed }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_of_a_title_are_kept_and_signs_escaped() {
        assert_eq!(
            protected("Old Allies, New Terms & what (It) costs"),
            "Old {Allies}, {New} {Terms} \\& what ({It}) costs"
        );
        assert_eq!(bib("100% of A_B"), "100\\% of A\\_B");
    }
}
