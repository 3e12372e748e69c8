//! Letters of drawings in large print: recto sets a drawing as large as its page lets it be, and what it says must still
//! be read.

use std::collections::BTreeMap;

use super::printer::Job;
use crate::book::{AssetId, PictureKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::page::MarkKind;
use crate::units::Length;

/// Says once a drawing how small its smallest letters come out, where the edition has none so small.
pub fn check(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    let least = job.theme.smallest;
    if least == Length::ZERO {
        return;
    }
    let mut narrowest: BTreeMap<AssetId, Length> = BTreeMap::new();
    for mark in job.pages.pages.iter().flat_map(|page| &page.marks) {
        let MarkKind::Picture { asset, rect, .. } = &mark.kind else { continue };
        if job.book.assets.get(*asset).kind == PictureKind::Svg {
            let known = narrowest.entry(*asset).or_insert(rect.size.width);
            *known = (*known).min(rect.size.width);
        }
    }
    for (asset, width) in narrowest {
        let drawing = job.book.assets.get(asset);
        let Some(size) = drawing.smallest_letters(width) else { continue };
        if size >= least {
            continue;
        }
        let message = format!("letters of {} come out at {size}, and large print has none under {least}", drawing.path);
        let said = Diagnostic::new(&lints::SMALL_TYPE, message).at(drawing.span);
        diagnostics.report(said.hint("draw it with larger letters or as a chart, whose letters recto sets; or name under `images:` a `large:` one"));
    }
}
