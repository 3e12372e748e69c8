//! Vector pictures: one-page documents become form XObjects (ISO 32000-1, 8.10) of the unit square.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::{Work, name};
use crate::pdf::pictures::{Picture, Pictures};

/// Brings the vector pictures in and names them beside the others.
pub(super) fn import(work: &mut Work, pictures: &Pictures) {
    let mut forms = Vec::new();
    for (id, picture) in &pictures.used {
        if let (Picture::Vector(page), Some(resource)) = (picture, pictures.resource(*id))
            && let Some(form) = form(work, page)
        {
            forms.push((resource, form));
        }
    }
    let Some(names) = resource_names(work) else { return };
    if let Ok(names) = work.raw.get_dictionary_mut(names) {
        for (resource, form) in forms {
            names.set(resource, form);
        }
    }
}

/// The dictionary of XObjects that all pages share.
fn resource_names(work: &Work) -> Option<ObjectId> {
    let page = work.raw.get_dictionary(*work.pages.first()?).ok()?;
    let resources = page.get(b"Resources").and_then(Object::as_reference).ok()?;
    work.raw.get_dictionary(resources).ok()?.get(b"XObject").and_then(Object::as_reference).ok()
}

fn form(work: &mut Work, page: &[u8]) -> Option<ObjectId> {
    let mut other = Document::load_mem(page).ok()?;
    other.renumber_objects_with(work.raw.max_id + 1);
    let page = other.page_iter().next()?;
    let dictionary = other.get_dictionary(page).ok()?.clone();
    let bounds = dictionary.get(b"MediaBox").and_then(Object::as_array).ok()?.clone();
    let corner = |at: usize| bounds.get(at).and_then(|number| number.as_float().ok());
    let (width, height) = (corner(2)? - corner(0)?, corner(3)? - corner(1)?);
    if width <= 0.0 || height <= 0.0 {
        return None;
    }
    let content = other.get_page_content(page);
    let mut form: Dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => bounds,
        "Matrix" => vec![Object::Real(1.0 / width), 0.into(), 0.into(), Object::Real(1.0 / height), 0.into(), 0.into()],
        "Filter" => name("FlateDecode"),
    };
    for key in ["Resources", "Group"] {
        if let Ok(value) = dictionary.get(key.as_bytes()) {
            form.set(key, value.clone());
        }
    }
    let skipped = [other.trailer.get(b"Root"), other.trailer.get(b"Info"), dictionary.get(b"Parent")]
        .map(|object| object.and_then(Object::as_reference).ok());
    work.raw.max_id = other.max_id;
    for (id, object) in other.objects {
        if id != page && !skipped.contains(&Some(id)) {
            work.raw.objects.insert(id, object);
        }
    }
    Some(work.add(Stream::new(form, crate::pdf::content::deflated(&content)).with_compression(false)))
}
