//! The file: objects in compressed object streams, the cross-reference as a stream (ISO 32000-1, 7.5.7 and 7.5.8).
//!
//! lopdf can write object streams, but leaves them uncompressed and its order to a hash map. Here the objects are
//! numbered again without gaps in the order of their old numbers, which rests on nothing but the document.

use std::collections::BTreeMap;
use std::io::Write;

use crate::pdf::stream::deflated;
use crate::source::{let_go, room};
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};
use rayon::prelude::*;

/// So many objects stand in one object stream.
const GROUP: usize = 200;

/// Writes a document; `None` when it has no catalogue.
pub(super) fn save(mut document: Document, version: &str) -> Option<Vec<u8>> {
    let root = document.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).ok();
    let id = document.trailer.get(b"ID").ok().cloned();
    let objects = std::mem::take(&mut document.objects);
    let numbers: BTreeMap<ObjectId, u32> = objects.keys().enumerate().map(|(at, id)| (*id, at as u32 + 1)).collect();
    let mut places: Vec<Place> = vec![Place::Free; objects.len() + 1];
    let (streams, plain): (Vec<_>, Vec<_>) = objects
        .into_iter()
        .map(|(id, object)| (numbers[&id], object))
        .partition(|(_, object)| object.as_stream().is_ok());

    let contents = streams.iter().filter_map(|(_, object)| Some(object.as_stream().ok()?.content.len()));
    let mut file = room(contents.sum::<usize>() + 400 * streams.len() + 20 * plain.len() + 4096);
    // The comment's four bytes are above 127 in UTF-8 as well.
    let _ = write!(file, "%PDF-{version}\n%\u{e2}\u{e3}\u{cf}\u{d3}\n");
    // What is written is let go of: pictures are large, and the file holds them now.
    for (number, object) in streams {
        places[number as usize] = Place::At(file.len());
        let _ = writeln!(file, "{number} 0 obj");
        Writer { out: &mut file, numbers: &numbers }.object(&object);
        file.extend(b"\nendobj\n");
        if let Object::Stream(stream) = object {
            let_go(stream.content);
        }
    }
    let groups: Vec<Vec<u8>> = plain.par_chunks(GROUP).map(|group| group_stream(group, &numbers)).collect();
    for (group, stream) in plain.chunks(GROUP).zip(groups) {
        let container = places.len() as u32;
        for (at, (number, _)) in group.iter().enumerate() {
            places[*number as usize] = Place::In(container, at as u16);
        }
        places.push(Place::At(file.len()));
        let _ = writeln!(file, "{container} 0 obj");
        file.extend(stream);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let own = places.len() as u32;
    places.push(Place::At(start));
    let table = deflated(&table(&places));
    let _ = write!(file, "{own} 0 obj\n<</Type/XRef/Size {}/W[1 4 2]/Root {} 0 R", places.len(), numbers.get(&root)?);
    if let Some(info) = info.and_then(|info| numbers.get(&info)) {
        let _ = write!(file, "/Info {info} 0 R");
    }
    if let Some(id) = id {
        file.extend(b"/ID");
        Writer { out: &mut file, numbers: &numbers }.object(&id);
    }
    let _ = writeln!(file, "/Filter/FlateDecode/Length {}>>stream", table.len());
    file.extend(table);
    let _ = write!(file, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
    Some(file)
}

/// Where an object stands.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In(u32, u16),
}

fn table(places: &[Place]) -> Vec<u8> {
    let mut table = Vec::with_capacity(places.len() * 7);
    for place in places {
        let (kind, second, third) = match *place {
            Place::Free => (0, 0, 65_535),
            Place::At(offset) => (1, offset as u32, 0),
            Place::In(container, at) => (2, container, at),
        };
        table.push(kind);
        table.extend(second.to_be_bytes());
        table.extend(third.to_be_bytes());
    }
    table
}

/// An object stream with its dictionary.
fn group_stream(group: &[(u32, Object)], numbers: &BTreeMap<ObjectId, u32>) -> Vec<u8> {
    let (mut index, mut body) = (Vec::new(), Vec::new());
    for (number, object) in group {
        let _ = write!(index, "{number} {} ", body.len());
        Writer { out: &mut body, numbers }.object(object);
        body.push(b' ');
    }
    let first = index.len();
    index.extend(body);
    let packed = deflated(&index);
    let mut out =
        format!("<</Type/ObjStm/N {}/First {first}/Filter/FlateDecode/Length {}>>stream\n", group.len(), packed.len())
            .into_bytes();
    out.extend(packed);
    out.extend(b"\nendstream");
    out
}

/// Writes objects (ISO 32000-1, 7.3).
struct Writer<'a> {
    out: &'a mut Vec<u8>,
    numbers: &'a BTreeMap<ObjectId, u32>,
}

impl Writer<'_> {
    fn object(&mut self, object: &Object) {
        match object {
            Object::Null => self.out.extend(b"null"),
            Object::Boolean(value) => self.out.extend(if *value { &b"true"[..] } else { b"false" }),
            Object::Integer(value) => self.display(value),
            Object::Real(value) => self.real(*value),
            Object::Name(name) => self.name(name),
            Object::String(bytes, format) => self.string(bytes, *format),
            Object::Array(items) => {
                self.out.push(b'[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        self.out.push(b' ');
                    }
                    self.object(item);
                }
                self.out.push(b']');
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, None),
            Object::Stream(stream) => {
                self.dictionary(&stream.dict, Some(stream.content.len()));
                self.out.extend(b"stream\n");
                self.out.extend(&stream.content);
                self.out.extend(b"\nendstream");
            }
            Object::Reference(id) => match self.numbers.get(id) {
                Some(number) => {
                    let _ = write!(self.out, "{number} 0 R");
                }
                None => self.out.extend(b"null"),
            },
        }
    }

    fn display(&mut self, value: &dyn std::fmt::Display) {
        let _ = write!(self.out, "{value}");
    }

    /// A number with at most four decimals, nine where it is small, and no exponent.
    fn real(&mut self, value: f32) {
        let decimals = if value.abs() < 0.1 { 9 } else { 4 };
        let text = format!("{:.decimals$}", f64::from(value));
        let text = text.trim_end_matches('0').trim_end_matches('.');
        self.out.extend(if text == "-0" { b"0" } else { text.as_bytes() });
    }

    fn name(&mut self, name: &[u8]) {
        self.out.push(b'/');
        for byte in name {
            match byte {
                b'!'..=b'~' if !b"()<>[]{}/%#".contains(byte) => self.out.push(*byte),
                _ => {
                    let _ = write!(self.out, "#{byte:02X}");
                }
            }
        }
    }

    fn string(&mut self, bytes: &[u8], format: StringFormat) {
        if format == StringFormat::Hexadecimal || !bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
            self.out.push(b'<');
            for byte in bytes {
                let _ = write!(self.out, "{byte:02X}");
            }
            self.out.push(b'>');
            return;
        }
        self.out.push(b'(');
        for byte in bytes {
            if b"()\\".contains(byte) {
                self.out.push(b'\\');
            }
            self.out.push(*byte);
        }
        self.out.push(b')');
    }

    fn dictionary(&mut self, dictionary: &Dictionary, length: Option<usize>) {
        self.out.extend(b"<<");
        // svg2pdf fills its dictionaries from hash maps: the order of keys is made here.
        let mut entries: Vec<(&Vec<u8>, &Object)> = dictionary.iter().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        for (key, value) in entries {
            if length.is_some() && key == b"Length" {
                continue;
            }
            self.name(key);
            if !matches!(
                value,
                Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_) | Object::Stream(_)
            ) {
                self.out.push(b' ');
            }
            self.object(value);
        }
        if let Some(length) = length {
            let _ = write!(self.out, "/Length {length}");
        }
        self.out.extend(b">>");
    }
}
