//! Faces in the e-book, by choice (`fonts: true` in its edition): those that the theme's text, headings and program
//! text need, cut down to the characters of the book, with the words of their licences beside them.

mod sparse;
mod web;
mod woff;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::Input;
use super::accessibility::Facts;
use super::package::{Bytes, Resource};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::font::{Face, FaceId, Request};
use crate::theme::{Family, Role};
pub use web::{WebFace, web_faces};

/// A face that the e-book carries.
#[derive(Clone, Debug)]
pub(super) struct Embedded {
    /// The family's name.
    pub family: String,
    /// 100 to 900.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// The file, below the package's folder.
    pub path: String,
}

impl Embedded {
    /// Its rule in the stylesheet.
    pub fn rule(&self, css: &mut String) {
        let style = if self.italic { "italic" } else { "normal" };
        let family = self.family.replace(['"', '\\', ';', '{', '}'], "");
        let _ = writeln!(
            css,
            "@font-face {{ font-family: \"{family}\"; font-weight: {}; font-style: {style}; src: url(\"{}\"); }}",
            self.weight, self.path
        );
    }
}

/// The faces of the theme, for the characters of the book's pages.
pub(super) fn embed(
    input: &Input<'_>,
    facts: &Facts,
    characters: &BTreeSet<char>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Embedded>, Vec<Resource>) {
    let (mut embedded, mut resources) = (Vec::new(), Vec::new());
    let mut licences = BTreeMap::new();
    for ((family, weight, italic), id) in wanted(input, facts) {
        let face = input.fonts.face(id);
        if !face.metrics.embeddable || face.index > 0 {
            diagnostics.report(
                Diagnostic::new(&lints::EPUB_FONT, format!("the face {} cannot be put into the e-book", face.name))
                    .hint("its licence or its file (a collection) forbids it; choose another one, or leave `fonts: true` out"),
            );
            continue;
        }
        let (ending, media_type) = if face.metrics.cff { ("otf", "font/otf") } else { ("ttf", "font/ttf") };
        let name: String =
            face.name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
        // What varies is one file for all its weights.
        let file = if face.variations.is_empty() { name.as_str() } else { name.split('-').next().unwrap_or(&name) };
        let path = format!("fonts/{file}.{ending}");
        if resources.iter().any(|known: &Resource| known.path == path) {
            embedded.push(Embedded { family, weight, italic, path });
            continue;
        }
        let bytes = sparse::sparse(&face.data, characters).unwrap_or_else(|| face.data.to_vec());
        licences.insert(name, licence(face));
        embedded.push(Embedded { family, weight, italic, path: path.clone() });
        resources.push(Resource { path, media_type, bytes: Bytes::Made(bytes), properties: None, spine: false });
    }
    if !licences.is_empty() {
        let text: Vec<String> = licences.into_iter().map(|(name, words)| format!("{name}\n{words}\n")).collect();
        resources.push(Resource {
            path: "fonts/LICENCES.txt".to_owned(),
            media_type: "text/plain",
            bytes: Bytes::Made(text.join("\n").into_bytes()),
            properties: None,
            spine: false,
        });
    }
    (embedded, resources)
}

type Key = (String, u16, bool);

/// Family, weight and slant of every face that the stylesheet asks for, each once.
fn wanted(input: &Input<'_>, facts: &Facts) -> BTreeMap<Key, FaceId> {
    let theme = input.theme;
    let size = theme.style(Role::Body).size;
    let mut asked: BTreeSet<(u8, u16, bool)> = [(0, 400, false), (0, 400, true), (0, 700, false)].into();
    let roles =
        [Role::Opening, Role::Heading2, Role::Heading3, Role::Caption, Role::BoxTitle, Role::Byline, Role::TableCell];
    for style in roles.map(|role| theme.style(role)) {
        let family = match style.family {
            Family::Text => 0,
            Family::Headings => 1,
            Family::Mono => 2,
        };
        asked.insert((family, style.weight, style.italic));
    }
    if facts.code {
        asked.insert((2, 400, false));
    }
    let mut found = BTreeMap::new();
    for (family, weight, italic) in asked {
        let family = [Family::Text, Family::Headings, Family::Mono][usize::from(family)];
        let name = theme.families.name(family);
        let id = input.fonts.select(Request { family: name, weight, italic, size });
        let face = input.fonts.face(id);
        if input.fonts.has_family(name) {
            found.insert((name.to_owned(), face.weight, face.italic), id);
        }
    }
    found
}

/// What a face's file says of its rights.
fn licence(face: &Face) -> String {
    let Ok(font) = FontRef::from_index(&face.data, face.index) else { return String::new() };
    let said = |id: StringId| font.localized_strings(id).english_or_first().map(|text| text.to_string());
    let ids = [StringId::COPYRIGHT_NOTICE, StringId::LICENSE_DESCRIPTION, StringId::LICENSE_URL];
    let lines: Vec<String> = ids.into_iter().filter_map(said).collect();
    lines.join("\n")
}
