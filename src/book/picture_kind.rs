//! What kinds of picture files a book has.

/// What kind of picture file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PictureKind {
    /// JPEG with one (grey), three or four (CMYK) channels.
    Jpeg {
        /// 1, 3 or 4.
        channels: u8,
    },
    /// PNG.
    Png {
        /// Whether it has an alpha channel or a transparent colour.
        alpha: bool,
    },
    /// SVG, drawn as vectors.
    Svg,
}

impl PictureKind {
    /// The name of its kind on the web (RFC 6838).
    pub fn media_type(self) -> &'static str {
        match self {
            PictureKind::Jpeg { .. } => "image/jpeg",
            PictureKind::Png { .. } => "image/png",
            PictureKind::Svg => "image/svg+xml",
        }
    }

    /// The ending of its files' names.
    pub fn ending(self) -> &'static str {
        match self {
            PictureKind::Jpeg { .. } => "jpg",
            PictureKind::Png { .. } => "png",
            PictureKind::Svg => "svg",
        }
    }

    /// Whether it is made of pixels.
    pub fn has_pixels(self) -> bool {
        self != PictureKind::Svg
    }
}
