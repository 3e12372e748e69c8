//! SVG as vectors, drawn by svg2pdf from usvg's reading of it.
//!
//! svg2pdf knows gradients, patterns, clips, masks and text, which is more than own code would; it costs 30 crates, of
//! which usvg's reading is the most. The alternative, pixels, would give up what an author drew as lines. Letters
//! become outlines: they are part of the picture, which its alternative text describes, and need no second set of
//! faces in the file. Nothing is read from disk or network: a picture inside an SVG must be a `data:` address.

use std::collections::BTreeSet;
use std::sync::Arc;

use svg2pdf::usvg::{self, fontdb};

use crate::font::Fonts;

/// What a drawing wants that is not at hand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Wanting {
    /// Letters that no face has.
    pub letters: BTreeSet<char>,
    /// Families that it names, with no kind of face named behind them to stand in.
    pub families: BTreeSet<String>,
}

/// What usvg puts behind the families that a drawing names.
const STAND_IN: &str = "sans-serif";

/// Sets letters in the document's own faces.
pub(super) struct Engraver {
    faces: Arc<fontdb::Database>,
}

impl Engraver {
    /// One that knows a document's faces.
    pub fn new(fonts: &Fonts) -> Engraver {
        let mut database = fontdb::Database::new();
        let mut known: Vec<*const u8> = Vec::new();
        for face in fonts.faces() {
            // The faces of a collection, or of a file that varies, share it.
            if known.contains(&face.data.as_ptr()) {
                continue;
            }
            known.push(face.data.as_ptr());
            database.load_font_source(fontdb::Source::Binary(Arc::new(face.data.clone())));
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

    /// A document of one page that is the picture, and what it wants; `None` when it cannot be read.
    pub fn draw(&self, svg: &[u8]) -> Option<(Vec<u8>, Wanting)> {
        let options = usvg::Options {
            font_family: STAND_IN.to_owned(),
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
        let page = svg2pdf::to_pdf(&tree, conversion, svg2pdf::PageOptions::default()).ok()?;
        let mut wanting = Wanting::default();
        self.look_at(tree.root(), &mut wanting);
        Some((page, wanting))
    }

    /// Finds the letters of a group whose glyph is the one that stands for none, and the families that are not there.
    fn look_at(&self, group: &usvg::Group, wanting: &mut Wanting) {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => self.look_at(group, wanting),
                usvg::Node::Text(text) => {
                    let spans = text.chunks().iter().flat_map(|chunk| chunk.spans());
                    wanting.families.extend(spans.filter_map(|span| self.absent(span.font().families())));
                    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                    let empty = glyphs.filter(|glyph| glyph.id.0 == 0).flat_map(|glyph| glyph.text.chars());
                    wanting.letters.extend(empty.filter(|letter| !letter.is_whitespace() && !letter.is_control()));
                }
                usvg::Node::Path(_) | usvg::Node::Image(_) => {}
            }
            node.subroots(|inner| self.look_at(inner, wanting));
        }
    }

    /// The first of some families, if none of them is there and all are named.
    fn absent(&self, families: &[usvg::FontFamily]) -> Option<String> {
        let stands_in =
            |family: &&usvg::FontFamily| matches!(family, usvg::FontFamily::Named(name) if name == STAND_IN);
        let names = families.iter().filter(|family| !stands_in(family)).map(|family| match family {
            usvg::FontFamily::Named(name) => Some(name.as_str()),
            _ => None,
        });
        let names: Vec<&str> = names.collect::<Option<_>>()?;
        let is_there = |name: &&str| {
            let same = |(known, _): &(String, _)| known.eq_ignore_ascii_case(name);
            self.faces.faces().any(|face| face.families.iter().any(same) || face.post_script_name == **name)
        };
        (!names.iter().any(is_there)).then(|| names.first().map(|name| (*name).to_owned())).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_with_words_becomes_a_page_and_no_other_becomes_one() {
        let engraver = Engraver::new(&Fonts::new(Vec::new()));
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="12">km</text></svg>"#;
        let (page, missing) = engraver.draw(svg).expect("it can be read");
        assert!(page.starts_with(b"%PDF") && missing == Wanting::default());
        assert_eq!(engraver.draw(b"<svg"), None);
    }

    #[test]
    fn letters_that_no_face_has_are_known() {
        let engraver = Engraver::new(&Fonts::new(Vec::new()));
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><g><text y=\"12\">kg नम</text></g></svg>";
        let (_, missing) = engraver.draw(svg.as_bytes()).expect("it can be read");
        assert_eq!(missing.letters, BTreeSet::from(['न', 'म']));
    }

    #[test]
    fn families_that_are_not_there_are_known_unless_a_kind_of_face_stands_in() {
        let engraver = Engraver::new(&Fonts::new(Vec::new()));
        let absent = |family: &str| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><text y=\"12\" font-family=\"{family}\">kg</text></svg>"
            );
            engraver.draw(svg.as_bytes()).expect("it can be read").1.families.into_iter().next()
        };
        assert_eq!(absent("Quill Pen").as_deref(), Some("Quill Pen"));
        assert_eq!(absent("Quill Pen, sans-serif"), None);
        assert_eq!((absent("Source Sans 3"), absent("serif"), absent("monospace")), (None, None, None));
    }
}
