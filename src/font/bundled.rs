//! The faces in the binary: Source Serif 4, Source Sans 3 and Source Code Pro, all under the SIL Open Font License.

use std::sync::{Arc, OnceLock};

use super::{Face, Origin};

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
        .get_or_init(|| FILES.iter().flat_map(|bytes| Face::read_all(&Arc::from(*bytes), Origin::Bundled)).collect())
        .clone()
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
