//! The book itself as a work: how it is to be cited, in the style in which it cites.

use std::collections::BTreeMap;

use crate::book::metadata::{Metadata, Person};
use crate::book::plain;
use crate::cite::date::{Date, Day};
use crate::cite::join::{Signs, join};
use crate::cite::piece::{Display, Piece};
use crate::cite::processor::Processor;
use crate::cite::work::{Name, Value, Work};
use crate::manuscript::bibliography::Bibliography;

/// The entry of a book in the list of works of another; `None` where the style has no list.
pub(super) fn entry(bibliography: &Bibliography, metadata: &Metadata) -> Option<Vec<Piece>> {
    bibliography.style.bibliography.as_ref()?;
    let works = [work(metadata)];
    let processor = Processor::new(&bibliography.style, &bibliography.locale, &works, &[0], vec![false]);
    let entry = processor.entries().into_iter().next()?;
    let pieces = join(&entry.pieces, &Signs::of(&bibliography.locale));
    // A number before it would be one of another list.
    let numbered = |piece: &Piece| matches!(piece, Piece::Block(Display::LeftMargin, _));
    Some(pieces.into_iter().filter(|piece| !numbered(piece)).collect())
}

fn work(metadata: &Metadata) -> Work {
    let mut fields: BTreeMap<String, Value> = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            fields.insert(name.to_owned(), Value::Text(value));
        }
    };
    let title = plain(&metadata.title);
    let whole = match &metadata.subtitle {
        Some(subtitle) if title.ends_with(['?', '!', ':']) => format!("{title} {}", plain(subtitle)),
        Some(subtitle) => format!("{title}: {}", plain(subtitle)),
        None => title,
    };
    put("title", Some(whole));
    let series = metadata.series.as_ref();
    put("collection-title", series.map(|series| series.name.clone()));
    put("collection-number", series.and_then(|series| series.number.clone()));
    let house = metadata.publisher.as_ref();
    put("publisher", house.map(|house| house.name.clone()));
    put("publisher-place", house.and_then(|house| house.place.clone()));
    put("DOI", metadata.identifiers.doi.as_ref().map(|doi| doi.url().replace("https://doi.org/", "")));
    let address = metadata.identifiers.uri.as_ref().filter(|_| metadata.identifiers.doi.is_none());
    put("URL", address.map(|uri| uri.value.clone()).filter(|uri| uri.contains("://")));
    let authors: Vec<Name> = metadata.authors.iter().map(|author| name(author)).collect();
    if !authors.is_empty() {
        fields.insert("author".to_owned(), Value::Names(authors));
    }
    if let Some(date) = metadata.date {
        let small = |part: Option<u8>| part.unwrap_or(0);
        let day = Day { year: i32::from(date.year), month: small(date.month), day: small(date.day) };
        fields.insert("issued".to_owned(), Value::Date(Date { start: day, ..Date::default() }));
    }
    Work { key: String::new(), kind: "book".to_owned(), fields }
}

/// A person's name as it divides where people are sorted; a body has none.
fn name(person: &Person) -> Name {
    let sorted = person.file_as.as_deref().and_then(|sorted| sorted.split_once(", "));
    let divided = sorted.or_else(|| person.name.rsplit_once(' ').map(|(given, family)| (family, given)));
    match divided {
        Some((family, given)) => Name { family: family.to_owned(), given: given.to_owned(), ..Name::default() },
        None => Name { literal: Some(person.name.clone()), ..Name::default() },
    }
}
