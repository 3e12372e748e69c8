//! WOFF 1: the tables of a face, each packed, for pages on the web.
//!
//! Outlines that a page does not need are empty in a sparse face, so that packing makes it small. WOFF 2 would be a third
//! smaller and needs Brotli and a rewriting of outlines; every browser since 2012 reads WOFF 1.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// The face as WOFF; `None` when it is no single face of TrueType or OpenType.
pub(super) fn woff(face: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| Some(u32::from_be_bytes(face.get(at..at + 4)?.try_into().ok()?));
    let count = usize::from(u16::from_be_bytes(face.get(4..6)?.try_into().ok()?));
    if ![0x0001_0000, 0x4F54_544F, 0x7472_7565].contains(&word(0)?) {
        return None;
    }
    let (mut directory, mut tables) = (Vec::new(), Vec::new());
    let start = 44 + count * 20;
    let mut whole = 12 + count * 16;
    for at in 0..count {
        let record = 12 + at * 16;
        let (sum, from, length) = (word(record + 4)?, word(record + 8)? as usize, word(record + 12)? as usize);
        let table = face.get(from..from.checked_add(length)?)?;
        let packed = zipped(table)?;
        let kept = if packed.len() < table.len() { packed.as_slice() } else { table };
        directory.extend_from_slice(face.get(record..record + 4)?);
        for number in [start + tables.len(), kept.len(), length, sum as usize] {
            directory.extend_from_slice(&(number as u32).to_be_bytes());
        }
        tables.extend_from_slice(kept);
        tables.resize(tables.len().next_multiple_of(4), 0);
        whole += length.next_multiple_of(4);
    }
    let mut out = b"wOFF".to_vec();
    out.extend_from_slice(face.get(0..4)?);
    out.extend_from_slice(&((start + tables.len()) as u32).to_be_bytes());
    out.extend_from_slice(&(count as u16).to_be_bytes());
    out.extend_from_slice(&[0, 0]);
    out.extend_from_slice(&(whole as u32).to_be_bytes());
    out.extend_from_slice(&[0, 1, 0, 0]);
    out.resize(44, 0);
    out.extend_from_slice(&directory);
    out.extend_from_slice(&tables);
    Some(out)
}

fn zipped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut zipper = ZlibEncoder::new(Vec::new(), Compression::best());
    zipper.write_all(bytes).ok()?;
    zipper.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_keeps_its_tables_and_gets_smaller() {
        let face = include_bytes!("../../../fonts/source-sans-3/SourceSans3-Regular.otf");
        let packed = woff(face).expect("it is a face");
        assert!(packed.starts_with(b"wOFFOTTO") && packed.len() < face.len());
        assert_eq!(packed[8..12], (packed.len() as u32).to_be_bytes());
        assert_eq!(woff(b"not a face at all"), None);
    }
}
