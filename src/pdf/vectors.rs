//! SVG as vectors, drawn by svg2pdf from usvg's reading of it.
//!
//! svg2pdf knows gradients, patterns, clips, masks and text, which is more than own code would; it costs 30 crates, of
//! which usvg's reading is the most. The alternative, pixels, would give up what an author drew as lines. Letters
//! become outlines: they are part of the picture, which its alternative text describes, and need no second set of
//! faces in the file. Nothing is read from disk or network: a picture inside an SVG must be a `data:` address.

use std::sync::Arc;

use svg2pdf::usvg::{self, fontdb};

use crate::font::Fonts;

/// Sets letters in the document's own faces.
pub(super) struct Engraver {
    faces: Arc<fontdb::Database>,
}

impl Engraver {
    /// One that knows a document's faces.
    pub fn new(fonts: &Fonts) -> Engraver {
        let mut database = fontdb::Database::new();
        for face in fonts.faces() {
            database.load_font_source(fontdb::Source::Binary(Arc::new(Arc::clone(&face.data))));
        }
        let first = |mono: bool| {
            let of = |face: &&crate::font::Face| face.family.contains("Code") || face.family.contains("Mono");
            fonts.faces().iter().find(|face| of(face) == mono).map(|face| face.family.clone()).unwrap_or_default()
        };
        let named = |name: &str| fonts.has_family(name).then(|| name.to_owned());
        let sans = named("Source Sans 3").unwrap_or_else(|| first(false));
        database.set_sans_serif_family(sans.clone());
        database.set_serif_family(named("Source Serif 4").unwrap_or(sans));
        database.set_monospace_family(named("Source Code Pro").unwrap_or_else(|| first(true)));
        Engraver { faces: Arc::new(database) }
    }

    /// A document of one page that is the picture; `None` when it cannot be read.
    pub fn draw(&self, svg: &[u8]) -> Option<Vec<u8>> {
        let options = usvg::Options {
            font_family: "sans-serif".to_owned(),
            fontdb: Arc::clone(&self.faces),
            image_href_resolver: usvg::ImageHrefResolver {
                resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
                resolve_string: Box::new(|_, _| None),
            },
            ..usvg::Options::default()
        };
        let tree = usvg::Tree::from_data(svg, &options).ok()?;
        let conversion =
            svg2pdf::ConversionOptions { compress: true, raster_scale: 3.0, embed_text: false, pdfa: true };
        svg2pdf::to_pdf(&tree, conversion, svg2pdf::PageOptions::default()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_with_words_becomes_a_page_and_no_other_becomes_one() {
        let engraver = Engraver::new(&Fonts::new(Vec::new()));
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="12">km</text></svg>"#;
        assert!(engraver.draw(svg).is_some_and(|page| page.starts_with(b"%PDF")));
        assert_eq!(engraver.draw(b"<svg"), None);
    }
}
