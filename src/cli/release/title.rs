//! One title: made, and written into its folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use crate::cli::folder::Folder;
use crate::cli::report::Report;
use crate::cli::{FAILED, FAULTY, args, depfile, open, settle, writing};
use crate::diagnostic::Diagnostics;
use crate::production::{self, Release, Step};
use crate::release::{File, Released};
use crate::source::Sources;

/// A title that was made, or that has errors.
pub(super) struct Outcome {
    pub files: Folder,
    pub sources: Sources,
    pub diagnostics: Diagnostics,
    pub released: Option<Released>,
    pub seconds: f64,
}

/// Makes a title; `doing` hears of its editions.
pub(super) fn make(files: Folder, asked: &args::Release, request: &Release, doing: &dyn Fn(&str)) -> Outcome {
    let begun = Instant::now();
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let released = production::release(&files, request, &mut sources, &mut diagnostics, &mut |step| {
        if let Step::Making(edition) = step {
            doing(&format!("making {}", edition.name));
        }
    });
    let diagnostics = settle(diagnostics, asked.manner.deny);
    let released = released.ok().filter(|_| !diagnostics.has_errors());
    Outcome { files, sources, diagnostics, released, seconds: begun.elapsed().as_secs_f64() }
}

/// Writes the files of a title into a folder; the error is for the user.
pub(super) fn write(out: &Path, released: &[File], request: &Release) -> Result<(), String> {
    let finished: Vec<writing::Finished<'_>> = released.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
    let gone = if is_whole(request) { gone(out, released) } else { Vec::new() };
    writing::write_tree(out, &finished, &gone)
}

/// Whether all of a release is asked for.
pub(super) fn is_whole(request: &Release) -> bool {
    request.asked.only.is_none() && request.asked.receiver.is_none()
}

/// Releases one title alone.
pub(super) fn run(
    asked: &args::Release,
    request: &Release,
    folder: Option<PathBuf>,
    out: &Path,
    report: Report,
) -> ExitCode {
    let place = args::Place { folder, reach: asked.reach.clone() };
    let files = match open(&place, report) {
        Ok(files) => files,
        Err(code) => return code,
    };
    let outcome = {
        let progress = report.progress();
        make(files, asked, request, &|what| progress.doing(what))
    };
    report.diagnostics(&outcome.diagnostics, &outcome.sources);
    let Some(released) = &outcome.released else {
        report.close(&outcome.diagnostics, "nothing was written");
        return ExitCode::from(FAULTY);
    };
    if let Err(why) = write(out, &released.files, request) {
        report.failure(&why, Some("see that the folder can be written to, or name another with --out"));
        return ExitCode::from(FAILED);
    }
    let first = released.files.first().map_or("", |file| file.path.as_str());
    let listed = if is_whole(request) { "release.json" } else { first };
    if let Some(at) = &asked.depfile
        && let Err(why) = depfile::write(at, &out.join(listed), &outcome.files)
    {
        report.failure(&why, None);
        return ExitCode::from(FAILED);
    }
    report.close(&outcome.diagnostics, "");
    report.listed(out, &released.files, outcome.seconds);
    report.summed(out, &released.files, outcome.seconds);
    ExitCode::SUCCESS
}

/// The files of the last release that this one does not have, as its own list names them.
fn gone(out: &Path, released: &[File]) -> Vec<String> {
    let listed = std::fs::read(out.join("release.json")).unwrap_or_default();
    let Ok(listed) = serde_json::from_slice::<serde_json::Value>(&listed) else { return Vec::new() };
    let now: BTreeSet<&str> = released.iter().map(|file| file.path.as_str()).collect();
    let files = listed["files"].as_array().map(Vec::as_slice).unwrap_or_default();
    let paths = files.iter().filter_map(|file| file["path"].as_str());
    paths.filter(|path| !now.contains(path)).map(str::to_owned).collect()
}
