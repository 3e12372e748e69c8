//! Pictures of pixels: their bytes, put into the streams that printpdf made for them (ISO 32000-1, 8.9.5).

use lopdf::{Object, ObjectId};

use super::Work;
use crate::pdf::pictures::Pictures;
use crate::pdf::samples::{Picture, Raster};

/// Puts the pixels of all pictures in their places.
pub(super) fn fill(work: &mut Work, mut pictures: Pictures) {
    let Some(names) = super::shared_names(work, "XObject") else { return };
    for (id, picture) in std::mem::take(&mut pictures.used) {
        let (Picture::Raster(raster), Some(resource)) = (picture, pictures.resource(id)) else { continue };
        let names = work.raw.get_dictionary(names).ok();
        let stream = names.and_then(|names| names.get(resource.as_bytes()).and_then(Object::as_reference).ok());
        if let Some(stream) = stream {
            put(work, stream, raster);
        }
    }
}

fn put(work: &mut Work, stream: ObjectId, raster: Raster) {
    let Ok(stream) = work.raw.get_object_mut(stream).and_then(Object::as_stream_mut) else { return };
    stream.set_content(raster.data.into_bytes());
    let mask = stream.dict.get(b"SMask").and_then(Object::as_reference).ok();
    if let (Some(mask), Some(raster)) = (mask, raster.mask) {
        put(work, mask, *raster);
    }
}
