//! The outline (ISO 32000-1, 12.3.3), nested as the headings are.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::{Input, Work, name, points, text};
use crate::page::OutlineEntry;

/// Writes the outline, if there is one: the first level is seen, what is below opens on demand.
pub(super) fn write(work: &mut Work, input: &Input<'_>) {
    let entries = &input.pages.outline;
    if entries.is_empty() || !input.plan.standard.has_links() {
        work.catalogue("PageMode", name("UseNone"));
        return;
    }
    let root = work.add(Dictionary::new());
    let Some((first, last)) = level(work, input, root, entries) else { return };
    let outline =
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => entries.len() as i64 };
    work.raw.set_object(root, outline);
    work.catalogue("Outlines", root);
    work.catalogue("PageMode", name("UseOutlines"));
}

/// Writes the entries of a level and returns the first and the last of them.
fn level(
    work: &mut Work,
    input: &Input<'_>,
    parent: ObjectId,
    entries: &[OutlineEntry],
) -> Option<(ObjectId, ObjectId)> {
    let ids: Vec<ObjectId> = entries.iter().map(|_| work.add(Dictionary::new())).collect();
    for (at, entry) in entries.iter().enumerate() {
        let mut dictionary = dictionary! { "Title" => text(&entry.title), "Parent" => parent };
        if let Some(place) = destination(work, input, entry.page as usize, entry.top) {
            dictionary.set("Dest", place);
        }
        if let Some(before) = at.checked_sub(1) {
            dictionary.set("Prev", ids[before]);
        }
        if let Some(after) = ids.get(at + 1) {
            dictionary.set("Next", *after);
        }
        if let Some((first, last)) = level(work, input, ids[at], &entry.kids) {
            dictionary.set("First", first);
            dictionary.set("Last", last);
            dictionary.set("Count", -(entry.kids.len() as i64));
        }
        work.raw.set_object(ids[at], dictionary);
    }
    Some((*ids.first()?, *ids.last()?))
}

/// A place on a page, a little above what is to be seen.
pub(super) fn destination(work: &Work, input: &Input<'_>, page: usize, top: crate::units::Length) -> Option<Object> {
    const ABOVE: crate::units::Length = crate::units::Length::pt(12.0);
    let (id, sheet) = (work.pages.get(page)?, input.sheets.get(page)?);
    let top = (sheet.trim.origin.y + top - ABOVE).max(crate::units::Length::ZERO);
    let head = sheet.media.height - top;
    Some(Object::Array(vec![Object::Reference(*id), name("XYZ"), Object::Null, points(head), Object::Null]))
}
