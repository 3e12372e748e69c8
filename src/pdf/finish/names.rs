//! Named destinations (ISO 32000-1, 12.3.2.3): sections, notes, and whatever a link leads to.

use std::collections::BTreeMap;

use lopdf::{Object, dictionary};

use super::outline::destination;
use super::{Input, Work, bytes};
use crate::book::Target;
use crate::pdf::links::{Goal, name};

/// Writes the name tree; leaves hold so many names.
const LEAF: usize = 64;

/// Writes the names of places.
pub(super) fn write(work: &mut Work, input: &Input<'_>) {
    if !input.plan.standard.has_links() {
        return;
    }
    let linked: std::collections::BTreeSet<&str> = input
        .links
        .iter()
        .flatten()
        .filter_map(|link| match &link.goal {
            Goal::Named(name) => Some(name.as_str()),
            Goal::Address(_) => None,
        })
        .collect();
    let mut places: BTreeMap<String, Object> = BTreeMap::new();
    for (target, (page, top)) in &input.pages.destinations {
        let Some(name) = name(target, input.book) else { continue };
        let wanted = matches!(target, Target::Division(_) | Target::Note(_)) || linked.contains(name.as_str());
        if let (true, Some(place)) = (wanted, destination(work, input, *page as usize, *top)) {
            places.insert(name, place);
        }
    }
    if places.is_empty() {
        return;
    }
    let tree = tree(work, places);
    work.catalogue("Names", dictionary! { "Dests" => tree });
}

/// A name tree of two levels.
pub(super) fn tree(work: &mut Work, entries: BTreeMap<String, Object>) -> Object {
    let all: Vec<(String, Object)> = entries.into_iter().collect();
    let mut kids = Vec::new();
    for leaf in all.chunks(LEAF) {
        let (Some((first, _)), Some((last, _))) = (leaf.first(), leaf.last()) else { continue };
        let limits = vec![bytes(first.as_bytes()), bytes(last.as_bytes())];
        let names: Vec<Object> =
            leaf.iter().flat_map(|(name, place)| [bytes(name.as_bytes()), place.clone()]).collect();
        let id = work.add(dictionary! { "Limits" => limits, "Names" => names });
        kids.push(Object::Reference(id));
    }
    Object::Reference(work.add(dictionary! { "Kids" => kids }))
}
