//! The faces in the binary: Source Serif 4, Source Sans 3 and Source Code Pro, all under the SIL Open Font License.

use std::sync::OnceLock;

use super::{Data, Face, Origin};

const FILES: &[&[u8]] = &[
    include_bytes!("../../fonts/source-code-pro/SourceCodePro-Bold.otf"),
    include_bytes!("../../fonts/source-code-pro/SourceCodePro-It.otf"),
    include_bytes!("../../fonts/source-code-pro/SourceCodePro-Regular.otf"),
    include_bytes!("../../fonts/source-sans-3/SourceSans3-Bold.otf"),
    include_bytes!("../../fonts/source-sans-3/SourceSans3-It.otf"),
    include_bytes!("../../fonts/source-sans-3/SourceSans3-Regular.otf"),
    include_bytes!("../../fonts/source-sans-3/SourceSans3-Semibold.otf"),
    include_bytes!("../../fonts/source-sans-3/SourceSans3-SemiboldIt.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4-Bold.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4-BoldIt.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4-It.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4-Regular.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4-Semibold.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4-SemiboldIt.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Caption-Bold.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Caption-It.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Caption-Regular.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Caption-Semibold.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Display-Regular.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Display-Semibold.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-Bold.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-BoldIt.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-It.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-Regular.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-Semibold.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-SemiboldIt.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Subhead-It.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Subhead-Regular.otf"),
    include_bytes!("../../fonts/source-serif-4/SourceSerif4Subhead-Semibold.otf"),
];

/// Every bundled face, read once a process.
pub(super) fn faces() -> Vec<Face> {
    static FACES: OnceLock<Vec<Face>> = OnceLock::new();
    FACES
        .get_or_init(|| FILES.iter().flat_map(|bytes| Face::read_all(&Data::Bundled(bytes), Origin::Bundled)).collect())
        .clone()
}

/// A face that stands in for another of which only the kind is known.
#[cfg(feature = "raster")]
pub(super) fn stand_in(serif: bool, mono: bool, bold: bool, italic: bool) -> &'static [u8] {
    match (mono, serif, bold, italic) {
        (true, _, true, _) => FILES[0],
        (true, _, _, true) => FILES[1],
        (true, ..) => FILES[2],
        (_, true, true, true) => FILES[9],
        (_, true, true, false) => FILES[8],
        (_, true, false, true) => FILES[10],
        (_, true, false, false) => FILES[11],
        (_, false, true, true) => FILES[7],
        (_, false, true, false) => FILES[3],
        (_, false, false, true) => FILES[4],
        (_, false, false, false) => FILES[5],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_face_can_be_read_and_embedded() {
        let faces = faces();
        assert_eq!(faces.len(), FILES.len());
        assert!(faces.iter().all(|face| face.metrics.embeddable && face.covers('é') && face.covers('–')));
    }
}
