//! `recto release`: everything that a publisher hands on, written to one folder a title.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::args;
use super::report::{Made, Report};
use super::{FAILED, FAULTY, depfile, open, settle, writing};
use crate::diagnostic::Diagnostics;
use crate::production::{self, Release, Step};
use crate::release::{Asked, File, Kind, Moment, Version, receivers};
use crate::source::Sources;

/// Releases one title, or several after each other.
pub(super) fn run(asked: &args::Release) -> ExitCode {
    let report = Report::begin(asked.manner.format, asked.manner.quiet);
    let request = match request(asked) {
        Ok(request) => request,
        Err((message, hint)) => {
            report.failure(&message, Some(&hint));
            return ExitCode::from(FAILED);
        }
    };
    let folders = titles(&asked.folders);
    let several = folders.len() > 1;
    if let Some((name, message)) = twice(&folders) {
        report.failure(&message, Some(&format!("rename one of the folders {name}")));
        return ExitCode::from(FAILED);
    }
    if several && asked.depfile.is_some() {
        report.failure("a depfile is that of one title", Some("release the titles one by one, each with its own"));
        return ExitCode::from(FAILED);
    }
    let root = asked.out.clone().unwrap_or_else(|| usual(asked));
    let mut code = ExitCode::SUCCESS;
    for folder in &folders {
        let place = args::Place { folder: folder.clone(), reach: asked.reach.clone() };
        let title = folder.as_deref().and_then(Path::file_name).filter(|_| several);
        let out = title.map_or_else(|| root.clone(), |name| root.join(name));
        if let Err(failed) = one(asked, &request, &place, &out, report) {
            code = failed;
        }
    }
    code
}

/// Where a release goes if nothing is said: what a receiver takes lies apart from what all may have.
fn usual(asked: &args::Release) -> PathBuf {
    match &asked.receiver {
        None => PathBuf::from("out/release"),
        Some(name) => PathBuf::from(format!("out/for-{}", name.to_lowercase())),
    }
}

/// The manuscripts that were named; a folder without metadata that holds manuscripts stands for all of them.
fn titles(folders: &[PathBuf]) -> Vec<Option<PathBuf>> {
    if folders.is_empty() {
        return vec![None];
    }
    let mut found = Vec::new();
    for folder in folders {
        let inner = if is_manuscript(folder) { Vec::new() } else { manuscripts(folder) };
        if inner.is_empty() {
            found.push(Some(folder.clone()));
        }
        found.extend(inner.into_iter().map(Some));
    }
    found
}

/// Two manuscripts whose folders have one name: their releases would lie in one folder.
fn twice(folders: &[Option<PathBuf>]) -> Option<(String, String)> {
    let mut seen: Vec<(String, &Path)> = Vec::new();
    for folder in folders.iter().flatten() {
        let name = folder.file_name()?.to_string_lossy().to_lowercase();
        if let Some((_, other)) = seen.iter().find(|(known, _)| *known == name) {
            let message = format!("{} and {} would be released into one folder", other.display(), folder.display());
            return Some((name, message));
        }
        seen.push((name, folder));
    }
    None
}

fn is_manuscript(folder: &Path) -> bool {
    ["metadata.yaml", "metadata.yml"].iter().any(|name| folder.join(name).is_file())
}

fn manuscripts(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_manuscript(path)).collect();
    found.sort();
    found
}

/// What was asked for; the error is what cannot be meant, and what to write.
fn request(asked: &args::Release) -> Result<Release, (String, String)> {
    let only = match &asked.only {
        None => None,
        Some(name) => Some(Kind::find(name).ok_or_else(|| {
            let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            (format!("there is no record \"{name}\""), format!("recto writes {}", names.join(", ")))
        })?),
    };
    let sent = match &asked.sent {
        None => None,
        Some(written) => Some(Moment::parse(written).ok_or_else(|| {
            (format!("\"{written}\" is no time"), "write it so: --sent 2026-11-26T10:00:00Z".to_owned())
        })?),
    };
    let onix = asked.onix.as_ref().map(|said| if said == "3.0" { Version::V30 } else { Version::V31 });
    let receiver = asked.receiver.as_deref().map(receivers::find).transpose()?;
    Ok(Release { asked: Asked { only, onix, receiver, sent }, before_embargo: asked.before_embargo })
}

/// Releases one title.
fn one(
    asked: &args::Release,
    request: &Release,
    place: &args::Place,
    out: &Path,
    report: Report,
) -> Result<(), ExitCode> {
    let files = open(place, report)?;
    let begun = Instant::now();
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let released = {
        let progress = report.progress();
        production::release(&files, request, &mut sources, &mut diagnostics, &mut |step| {
            if let Step::Making(edition) = step {
                progress.doing(&format!("making {}", edition.name));
            }
        })
    };
    let diagnostics = settle(diagnostics, asked.manner.deny);
    report.diagnostics(&diagnostics, &sources);
    let released = match released {
        Ok(released) if !diagnostics.has_errors() => released,
        _ => {
            report.close(&diagnostics, "nothing was written");
            return Err(ExitCode::from(FAULTY));
        }
    };
    let finished: Vec<writing::Finished<'_>> = released.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
    let whole = request.asked.only.is_none() && request.asked.receiver.is_none();
    let gone = if whole { gone(out, &released) } else { Vec::new() };
    if let Err(why) = writing::write_tree(out, &finished, &gone) {
        report.failure(&why, Some("see that the folder can be written to, or name another with --out"));
        return Err(ExitCode::from(FAILED));
    }
    let listed = if whole { "release.json" } else { released.first().map_or("", |file| file.path.as_str()) };
    if let Some(at) = &asked.depfile
        && let Err(why) = depfile::write(at, &out.join(listed), &files)
    {
        report.failure(&why, None);
        return Err(ExitCode::from(FAILED));
    }
    report.close(&diagnostics, "");
    let seconds = begun.elapsed().as_secs_f64();
    for file in &released {
        report.made(&Made {
            edition: file.edition.clone().unwrap_or_default(),
            file: out.join(&file.path).display().to_string(),
            pages: None,
            bytes: file.bytes.len(),
            seconds,
        });
    }
    Ok(())
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
