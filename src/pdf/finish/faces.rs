//! What printpdf's faces lack: exact widths, a cap height, the flags of the face.

use lopdf::{Object, ObjectId};

use super::Work;
use crate::pdf::faces::said::mapped;
use crate::pdf::faces::{Faces, UsedFace};
use crate::pdf::stream::deflated;

/// Completes every face's dictionaries.
pub(super) fn complete(work: &mut Work, faces: &Faces) {
    for (id, base_name) in dictionaries(work) {
        let Some(face) = faces.used.iter().find(|face| face.base_name == base_name) else { continue };
        let Some(descriptor) = descendant(work, id, face) else { continue };
        voices(work, id, face);
        let Ok(descriptor) = work.raw.get_dictionary_mut(descriptor) else { continue };
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

/// Adds the face's other voices: the same program under other names, with other maps to Unicode.
fn voices(work: &mut Work, id: ObjectId, face: &UsedFace) {
    let Ok(usual) = work.raw.get_dictionary(id).cloned() else { return };
    let Some(names) = super::shared_names(work, "Font") else { return };
    for voice in 1..face.voices() {
        let mut font = usual.clone();
        let map = super::compressed(deflated(to_unicode(face, voice).as_bytes()));
        font.set("ToUnicode", work.add(map));
        let font = work.add(font);
        if let Ok(names) = work.raw.get_dictionary_mut(names) {
            names.set(face.voice(voice), font);
        }
    }
}

/// A map from glyphs to Unicode (ISO 32000-1, 9.10.3). A glyph without a text in this voice has its usual one.
fn to_unicode(face: &UsedFace, voice: usize) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)\
         /Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    let entries: Vec<(usize, &String)> = face
        .glyphs
        .iter()
        .enumerate()
        .filter_map(|(at, glyph)| Some((at + 1, glyph.texts.get(voice).or(glyph.texts.first())?)))
        .collect();
    // No more than a hundred to a section.
    for section in entries.chunks(100) {
        map.push_str(&format!("{} beginbfchar\n", section.len()));
        for (glyph, text) in section {
            let units: String = mapped(text).encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            map.push_str(&format!("<{glyph:04X}> <{units}>\n"));
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap CMapName currentdict /CMap defineresource pop end end");
    map
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

/// Makes the descendant an object of its own, which the voices share, and returns its descriptor.
fn descendant(work: &mut Work, id: ObjectId, face: &UsedFace) -> Option<ObjectId> {
    let font = work.raw.get_dictionary_mut(id).ok()?;
    let fonts = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).ok()?;
    let Object::Dictionary(mut descendant) = fonts.pop()? else { return None };
    descendant.set("W", widths(face));
    let descriptor = descendant.get(b"FontDescriptor").and_then(Object::as_reference).ok();
    let descendant = work.add(descendant);
    work.raw.get_dictionary_mut(id).ok()?.set("DescendantFonts", vec![Object::Reference(descendant)]);
    descriptor
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
