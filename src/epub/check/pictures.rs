//! Pictures: files that cannot be opened, drawings that reach out of the book.

use std::collections::BTreeSet;

use super::each_picture;
use crate::book::{Asset, Book, PictureKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};

/// Reports broken pictures and drawings that do what an e-book must not.
pub(super) fn check(book: &Book, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    each_picture(book, &mut |id, span| {
        if !seen.insert(id) {
            return;
        }
        let asset = book.assets.get(id);
        let said = match asset.kind {
            PictureKind::Svg => drawing(asset),
            PictureKind::Jpeg { .. } | PictureKind::Png { .. } => broken(asset),
        };
        if let Some((message, hint)) = said {
            diagnostics.report(Diagnostic::new(&lints::EPUB_BAD_PICTURE, message).at(span.or(asset.span)).hint(hint));
        }
    });
}

/// A file that ends too early: readers show nothing, and shops send it back.
fn broken(asset: &Asset) -> Option<(String, &'static str)> {
    let bytes = &asset.bytes;
    let tail = &bytes[bytes.len().saturating_sub(64)..];
    let whole = match asset.kind {
        PictureKind::Png { .. } => tail.windows(4).any(|four| four == b"IEND"),
        _ => bytes.windows(2).rev().take(4096).any(|two| two == [0xff, 0xd9]),
    };
    (!whole).then(|| {
        (format!("the picture \"{}\" ends too early", asset.path), "export it again from the program that made it")
    })
}

/// Scripts, pictures on the network and pages inside a drawing.
fn drawing(asset: &Asset) -> Option<(String, &'static str)> {
    let text = String::from_utf8_lossy(&asset.bytes);
    let lower = text.to_lowercase();
    let remote = lower
        .match_indices("href=")
        .any(|(at, _)| lower[at + 5..].trim_start_matches(['"', '\'']).starts_with("http") && !in_link(&lower[..at]));
    let found = [
        (lower.contains("<script"), "a script"),
        (lower.contains("<foreignobject"), "a piece of a web page"),
        (remote || lower.contains("url(http") || lower.contains("@import"), "something on the network"),
    ];
    let (_, what) = found.into_iter().find(|(there, _)| *there)?;
    Some((
        format!("the drawing \"{}\" holds {what}, which no e-book may", asset.path),
        "export it as a plain SVG, with its letters as outlines",
    ))
}

/// Whether an attribute stands in an `a` element, which may lead to the web.
fn in_link(before: &str) -> bool {
    before.rfind('<').is_some_and(|at| before[at..].starts_with("<a ") || before[at..].starts_with("<svg:a "))
}
