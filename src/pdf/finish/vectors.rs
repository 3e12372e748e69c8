//! Vector pictures: one-page documents become form XObjects (ISO 32000-1, 8.10) of the unit square.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::{Work, name};
use crate::pdf::ink::Ink;
use crate::pdf::pictures::Pictures;
use crate::pdf::samples::Picture;
use crate::pdf::stream::deflated;

/// Brings the vector pictures in and names them beside the others.
pub(super) fn import(work: &mut Work, pictures: &Pictures, ink: Ink) {
    let mut forms = Vec::new();
    for (id, picture) in &pictures.used {
        if let (Picture::Vector(page), Some(resource)) = (picture, pictures.resource(*id))
            && let Some(form) = form(work, page, ink)
        {
            forms.push((resource, form));
        }
    }
    let Some(names) = super::shared_names(work, "XObject") else { return };
    if let Ok(names) = work.raw.get_dictionary_mut(names) {
        for (resource, form) in forms {
            names.set(resource, form);
        }
    }
}

fn form(work: &mut Work, page: &[u8], ink: Ink) -> Option<ObjectId> {
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
    let content = inked(&other.get_page_content(page), ink);
    if ink != Ink::Rgb {
        inner_forms(&mut other, ink);
    }
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
    if ink != Ink::Rgb && !may_shine_through(&content) {
        // Without transparency the group says nothing, and some separators mix black from all inks for it.
        form.remove(b"Group");
    }
    blend_in(&mut form, ink);
    let skipped = [other.trailer.get(b"Root"), other.trailer.get(b"Info"), dictionary.get(b"Parent")]
        .map(|object| object.and_then(Object::as_reference).ok());
    work.raw.max_id = other.max_id;
    for (id, object) in other.objects {
        if id != page && !skipped.contains(&Some(id)) {
            work.raw.objects.insert(id, object);
        }
    }
    Some(work.add(Stream::new(form, deflated(&content)).with_compression(false)))
}

/// Whether a content stream sets a graphics state, shades or paints another object.
fn may_shine_through(content: &[u8]) -> bool {
    let decoded = Content::decode(content).map(|content| content.operations).unwrap_or_default();
    decoded.is_empty()
        || decoded.iter().any(|operation| matches!(operation.operator.as_str(), "gs" | "sh" | "Do" | "BI"))
}

/// A form's transparency is worked out in the inks of the press: in RGB, its greys would come out in four.
fn blend_in(form: &mut Dictionary, ink: Ink) {
    let space = match ink {
        Ink::Rgb => return,
        Ink::Grey => "DeviceGray",
        Ink::Cmyk => "DeviceCMYK",
    };
    if let Ok(group) = form.get_mut(b"Group").and_then(Object::as_dict_mut) {
        group.set("CS", name(space));
    }
}

/// Writes the forms inside a drawing in the inks of a press.
fn inner_forms(document: &mut Document, ink: Ink) {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        if !is_form {
            continue;
        }
        let Ok(content) = stream.decompressed_content() else { continue };
        stream.dict.remove(b"DecodeParms");
        blend_in(&mut stream.dict, ink);
        stream.dict.set("Filter", name("FlateDecode"));
        stream.set_content(deflated(&inked(&content, ink)));
    }
}

/// A content stream whose flat colours are in the inks of a press. Gradients keep their profiled colours, which PDF/X-4
/// allows.
fn inked(content: &[u8], ink: Ink) -> Vec<u8> {
    if ink == Ink::Rgb {
        return content.to_vec();
    }
    let Ok(mut decoded) = Content::decode(content) else { return content.to_vec() };
    // A space set before a flat colour is set again by the colour; only patterns need theirs.
    let names_a_space = |operation: &lopdf::content::Operation| {
        matches!(operation.operator.as_str(), "cs" | "CS")
            && operation.operands.first().and_then(|name| name.as_name().ok()) != Some(b"Pattern")
    };
    decoded.operations.retain(|operation| !names_a_space(operation));
    for operation in &mut decoded.operations {
        let numbers: Vec<f32> = operation.operands.iter().filter_map(|operand| operand.as_float().ok()).collect();
        let fills = match operation.operator.as_str() {
            "rg" | "sc" | "scn" | "g" => true,
            "RG" | "SC" | "SCN" | "G" => false,
            _ => continue,
        };
        let rgb = match (numbers.as_slice(), operation.operands.len()) {
            ([red, green, blue], 3) => [*red, *green, *blue],
            ([grey], 1) => [*grey; 3],
            _ => continue,
        };
        let operands = ink.operands(rgb);
        operation.operator = match (operands.len(), fills) {
            (1, true) => "g",
            (1, false) => "G",
            (_, true) => "k",
            (_, false) => "K",
        }
        .to_owned();
        operation.operands = operands.into_iter().map(Object::Real).collect();
    }
    decoded.encode().unwrap_or_else(|_| content.to_vec())
}
