//! Faces for pages on the web: those of the theme, by what a page uses them for.

use std::collections::BTreeSet;

use super::{sparse, woff};
use crate::font::{Fonts, Request};
use crate::theme::{Family, Role, Theme};
use crate::units::Length;

/// A face that pages carry.
#[derive(Clone, Debug)]
pub struct WebFace {
    /// The name by which stylesheets ask for it: `recto-text`.
    pub family: &'static str,
    /// 100 to 900.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// The name of its file.
    pub file: String,
    /// The file, WOFF; empty when another face of the same file holds it.
    pub woff: Vec<u8>,
}

/// The faces of a theme for some characters. What must not be embedded stays away, and a family of the machine stands in.
pub fn web_faces(theme: &Theme, fonts: &Fonts, characters: &BTreeSet<char>, code: bool) -> Vec<WebFace> {
    let body = theme.style(Role::Body).size;
    let title = theme.style(Role::BookTitle);
    // Sizes by which a family with optical sizes gives its cut: of a page's title, of its headings, of its text.
    let scaled = |percent: i64| body.scale(percent, 100);
    let mut wanted: Vec<(&'static str, Family, u16, bool, Length)> = vec![
        ("recto-display", title.family, title.weight, false, scaled(500)),
        ("recto-subhead", Family::Text, 400, false, scaled(180)),
        ("recto-subhead", Family::Text, 600, false, scaled(180)),
        ("recto-subhead", Family::Text, 400, true, scaled(180)),
        ("recto-text", Family::Text, 400, false, body),
        ("recto-text", Family::Text, 400, true, body),
        ("recto-text", Family::Text, 700, false, body),
        ("recto-sans", Family::Headings, 400, false, body),
        ("recto-sans", Family::Headings, 600, false, body),
        ("recto-sans", Family::Headings, 400, true, body),
    ];
    if code {
        wanted.push(("recto-mono", Family::Mono, 400, false, body));
    }
    let mut found: Vec<WebFace> = Vec::new();
    for (family, of, weight, italic, size) in wanted {
        let name = theme.families.name(of);
        let face = fonts.face(fonts.select(Request { family: name, weight, italic, size }));
        if !fonts.has_family(name) || !face.metrics.embeddable || face.index > 0 {
            continue;
        }
        let plain: String = face.name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let file = format!("{plain}.woff");
        if found.iter().any(|known| known.family == family && known.weight == weight && known.italic == italic) {
            continue;
        }
        let there = found.iter().any(|known| known.file == file);
        let woff = match there {
            true => Vec::new(),
            false => {
                let cut = sparse::sparse(&face.data, characters).unwrap_or_else(|| face.data.to_vec());
                let Some(packed) = woff::woff(&cut) else { continue };
                packed
            }
        };
        found.push(WebFace { family, weight, italic, file, woff });
    }
    found
}
