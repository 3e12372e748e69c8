//! Where each cite stands among those of the same work: first, again, "ibid.", near.

use std::collections::BTreeMap;

use crate::cite::cluster::{Citation, Cite};
use crate::cite::render::Place;
use crate::cite::style::Position;

/// The place of every cite of every citation, in the order in which a reader meets them.
pub fn places(citations: &[Citation], near: usize) -> Vec<Vec<Place>> {
    // The note in which a work came last, and the one in which it came first.
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut out = Vec::with_capacity(citations.len());
    for (at, citation) in citations.iter().enumerate() {
        let mut own = Vec::with_capacity(citation.cites.len());
        for (index, cite) in citation.cites.iter().enumerate() {
            let mut place = Place { locator: cite.locator.clone(), ..Place::default() };
            if let Some(forced) = cite.forced {
                (place.position, place.near) = forced;
                place.first_note = cite.forced_first;
            } else if first.contains_key(&cite.work) {
                let before = before(citations, at, index);
                place.position = match before {
                    Some(before) if before.work == cite.work => again(before, cite),
                    _ => Position::Subsequent,
                };
                place.first_note = first.get(&cite.work).copied();
                place.near = citation.note > 0
                    && last.get(&cite.work).is_some_and(|note| citation.note.saturating_sub(*note) <= near);
            }
            if place.position == Position::First {
                place.first_note = cite.forced_first;
            }
            first.entry(cite.work).or_insert(citation.note);
            last.insert(cite.work, citation.note);
            own.push(place);
        }
        out.push(own);
    }
    out
}

/// The cite that "ibid." would mean: the one before in the same citation, or the only one of the citation before.
fn before(citations: &[Citation], at: usize, index: usize) -> Option<&Cite> {
    let citation = &citations[at];
    if index > 0 {
        return citation.cites.get(index - 1);
    }
    if citation.breaks {
        return None;
    }
    let in_note = |citation: &Citation| citation.note > 0;
    let mut earlier = citations[..at].iter().rev().filter(|before| in_note(before) == in_note(citation));
    let before = earlier.next()?;
    // A note of two citations says of neither that it was the last.
    if before.note != citation.note && earlier.next().is_some_and(|other| other.note == before.note && other.note > 0) {
        return None;
    }
    match &before.cites[..] {
        [only] => Some(only),
        // The same work several times is still one work.
        [.., last] if citation.note == before.note && citation.note > 0 => Some(last),
        cites if !cites.is_empty() && cites.iter().all(|cite| cite.work == cites[0].work) => cites.last(),
        _ => None,
    }
}

/// How a work follows itself.
fn again(before: &Cite, cite: &Cite) -> Position {
    match (&before.locator, &cite.locator) {
        (None, None) => Position::Ibid,
        (None, Some(_)) => Position::IbidWithLocator,
        (Some(_), None) => Position::Subsequent,
        (Some(one), Some(two)) if one == two => Position::Ibid,
        (Some(_), Some(_)) => Position::IbidWithLocator,
    }
}
