//! `recto check --against`: what a new edition of the files changed.

use std::path::Path;

use super::folder::Folder;
use super::report::{Changed, Report};
use crate::diagnostic::Diagnostics;
use crate::production::Finished;

/// What changed in which edition.
pub(super) struct Found {
    edition: String,
    old: String,
    lines: Vec<Changed>,
}

/// Holds the edition that an old PDF was against it: the one whose file has its name, else the first PDF. The error is
/// for the user: what is wrong, and what to do.
#[cfg(feature = "raster")]
pub(super) fn compare(
    path: &Path,
    built: &[(Finished, f64)],
    files: &Folder,
    diagnostics: &mut Diagnostics,
) -> Result<Found, (String, String)> {
    use crate::diagnostic::{Diagnostic, lints};
    use crate::production::{against, spine};

    let old = std::fs::read(path).map_err(|error| {
        (format!("cannot read {}: {error}", path.display()), "name the PDF of the last edition".to_owned())
    })?;
    let pdfs = || built.iter().map(|(made, _)| made).filter(|made| made.file.ends_with(".pdf"));
    let named = path.file_name().and_then(|name| pdfs().find(|made| name == made.file.as_str()));
    let Some(made) = named.or(pdfs().next()) else {
        let hint = "name an edition that is one: --edition print".to_owned();
        return Err(("no PDF was made that could be held against the old one".to_owned(), hint));
    };
    let Some(found) = against::compare(&old, &made.bytes) else {
        let hint = "name the PDF of the last edition, without a password".to_owned();
        return Err((format!("{} is no PDF that can be read", path.display()), hint));
    };
    let old = path.display().to_string();
    let (before, now) = found.pages;
    if before != now {
        let message = format!("{old} has {before} pages, {} has {now}", made.file);
        let hint = "what refers to pages from outside (an index, a citation, a shop's record) refers to the old ones";
        diagnostics.report(Diagnostic::new(&lints::AGAINST_PAGES, message).hint(hint));
        let spines = [before, now].map(|pages| spine(files, &made.edition, pages));
        if let [Some(before), Some(now)] = spines
            && before != now
        {
            let [before, now] = [before, now].map(|width| format!("{:.1} mm", width.to_inches() * 25.4));
            let message = format!("the spine of \"{}\" was {before} wide and is {now}", made.edition);
            let hint = "send the printer a new cover with the new pages";
            diagnostics.report(Diagnostic::new(&lints::AGAINST_SPINE, message).hint(hint));
        }
    }
    let changed = |page: against::ChangedPage| Changed { page: page.page, words: page.words };
    Ok(Found { edition: made.edition.clone(), old, lines: found.changed.into_iter().map(changed).collect() })
}

/// Without hayro nothing reads a PDF.
#[cfg(not(feature = "raster"))]
pub(super) fn compare(
    path: &Path,
    _built: &[(Finished, f64)],
    _files: &Folder,
    _diagnostics: &mut Diagnostics,
) -> Result<Found, (String, String)> {
    let hint = "take a recto that was built with the feature raster".to_owned();
    Err((format!("this recto cannot read {}", path.display()), hint))
}

/// Says which pages changed.
pub(super) fn tell(found: &Found, report: Report) {
    report.changed(&found.edition, &found.old, &found.lines);
}
