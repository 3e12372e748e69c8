//! What printpdf's faces lack: exact widths, a cap height, the flags of the face.

use lopdf::{Object, ObjectId};

use super::Work;
use crate::pdf::faces::{Faces, UsedFace};

/// Completes every face's dictionaries.
pub(super) fn complete(work: &mut Work, faces: &Faces) {
    for (id, base_name) in dictionaries(work) {
        let Some(face) = faces.used.iter().find(|face| face.base_name == base_name) else { continue };
        let descriptor = descendant(work, id).and_then(|font| {
            font.set("W", widths(face));
            font.get(b"FontDescriptor").and_then(Object::as_reference).ok()
        });
        let Some(descriptor) = descriptor.and_then(|id| work.raw.get_dictionary_mut(id).ok()) else { continue };
        let metrics = &face.face.metrics;
        let thousandths =
            |units: i32| (f64::from(units) * 1000.0 / f64::from(metrics.units_per_em.max(1))).round() as i64;
        descriptor.set("CapHeight", thousandths(metrics.cap_height));
        descriptor.set("XHeight", thousandths(metrics.x_height));
        descriptor.set("ItalicAngle", Object::Real((metrics.italic_angle * 10.0).round() / 10.0));
        // Symbolic: a subset numbered by its own glyphs has no standard character set. Italic where it leans.
        let flags = 4 + if face.face.italic { 64 } else { 0 };
        descriptor.set("Flags", flags);
    }
}

/// The composite fonts of the document and their names.
fn dictionaries(work: &Work) -> Vec<(ObjectId, String)> {
    work.raw
        .objects
        .iter()
        .filter_map(|(id, object)| {
            let font = object.as_dict().ok()?;
            (font.get(b"Subtype").and_then(Object::as_name).ok()? == b"Type0").then_some(())?;
            let name = font.get(b"BaseFont").and_then(Object::as_name).ok()?;
            Some((*id, String::from_utf8_lossy(name).into_owned()))
        })
        .collect()
}

fn descendant(work: &mut Work, id: ObjectId) -> Option<&mut lopdf::Dictionary> {
    let font = work.raw.get_dictionary_mut(id).ok()?;
    font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).ok()?.first_mut()?.as_dict_mut().ok()
}

/// Widths of all glyphs from 1, in thousandths of the em.
fn widths(face: &UsedFace) -> Object {
    let em = f32::from(face.face.metrics.units_per_em.max(1));
    let width = |units: i32| {
        let width = (units as f32 * 1000.0 / em * 100.0).round() / 100.0;
        if width.fract() == 0.0 { Object::Integer(width as i64) } else { Object::Real(width) }
    };
    let all = face.glyphs.iter().map(|glyph| width(glyph.width)).collect();
    Object::Array(vec![Object::Integer(1), Object::Array(all)])
}
