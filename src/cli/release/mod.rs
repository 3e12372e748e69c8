//! `recto release`: everything that a publisher hands on, written to one folder a title.

mod several;
mod title;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::FAILED;
use super::args;
use super::report::Report;
use crate::production::Release;
use crate::release::{Asked, Kind, Moment, Version, receivers};

/// Releases one title, or several at once.
pub(super) fn run(asked: &args::Release) -> ExitCode {
    let report = Report::begin(asked.manner.format, asked.manner.quiet);
    let request = match request(asked) {
        Ok(request) => request,
        Err((message, hint)) => {
            report.failure(&message, Some(&hint));
            return ExitCode::from(FAILED);
        }
    };
    let root = asked.out.clone().unwrap_or_else(|| usual(asked));
    let folders = titles(&asked.folders);
    if let [folder] = folders.as_slice() {
        return title::run(asked, &request, folder.clone(), &root, report);
    }
    if asked.depfile.is_some() {
        report.failure("a depfile is that of one title", Some("release the titles one by one, each with its own"));
        return ExitCode::from(FAILED);
    }
    let folders: Vec<PathBuf> = folders.into_iter().flatten().collect();
    several::run(asked, &request, &folders, &root, report)
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
