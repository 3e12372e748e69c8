//! The command line: arguments, commands, reports. The only place that touches a disk or a terminal.
//!
//! [`args`] says what may be written, one file a command does it, [`report`] is the only one that prints, and
//! [`writing`] the only one that writes, after which [`interrupt`] clears up. Exit codes: 0 done, 1 the manuscript has errors and nothing was written, 2
//! wrong use or a failure of the machine.

mod against;
mod args;
mod build;
mod check;
mod copies;
mod depfile;
mod explain;
mod folder;
mod info;
mod interrupt;
mod keys;
mod new;
mod release;
mod report;
mod theme;
mod writing;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use args::{Command, Deny};
use folder::Folder;
use report::Report;

use crate::diagnostic::{Diagnostics, Severity};

/// The manuscript has errors.
const FAULTY: u8 = 1;
/// Wrong use, or the machine failed.
const FAILED: u8 = 2;

/// Runs the program.
pub fn run() -> ExitCode {
    let command = match args::read(std::env::args_os()) {
        Ok(command) => command,
        Err(code) => return code,
    };
    match command {
        Command::New(asked) => new::run(&asked),
        Command::Info(asked) => info::run(&asked),
        Command::Build(asked) => build::run(&asked),
        Command::Copies(asked) => copies::run(&asked),
        Command::Check(asked) => check::run(&asked),
        Command::Release(asked) => release::run(&asked),
        Command::Keys(asked) => keys::run(&asked),
        Command::Explain(asked) => explain::run(&asked),
        Command::Theme(asked) => theme::run(&asked),
    }
}

/// The manuscript folder: the one that was given; else the current one if it holds metadata; else `manuscript/`.
fn open(place: &args::Place, report: Report) -> Result<Folder, ExitCode> {
    let given = place.folder.as_deref();
    let root = match given {
        Some(folder) => folder.to_owned(),
        None if ["metadata.yaml", "metadata.yml"].iter().any(|name| Path::new(name).is_file()) => PathBuf::from("."),
        None => PathBuf::from("manuscript"),
    };
    if root.is_dir() {
        return Ok(Folder::open(&root).sealed(place.reach.sealed).with_house(place.reach.house.clone()));
    }
    let (message, hint) = match given {
        Some(_) if root.is_file() => {
            (format!("{} is a file; a manuscript is a folder", root.display()), "name the folder that it lies in")
        }
        Some(_) => (format!("there is no folder {}", root.display()), "check the spelling of the path"),
        None => (
            "there is no manuscript here: no metadata.yaml, and no folder manuscript/".to_owned(),
            "name the folder: recto build my-paper",
        ),
    };
    report.failure(&message, Some(hint));
    Err(ExitCode::from(FAILED))
}

/// Makes errors of warnings when that is asked for; the last word on what is wrong.
fn settle(diagnostics: Diagnostics, deny: Option<Deny>) -> Diagnostics {
    let mut settled = Diagnostics::new();
    for mut diagnostic in diagnostics {
        if deny == Some(Deny::Warnings) {
            diagnostic.severity = Severity::Error;
        }
        settled.report(diagnostic);
    }
    settled.settle();
    settled
}
