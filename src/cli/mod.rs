//! The command line: arguments, commands, reports. The only place that touches a disk or a terminal.

mod folder;

use std::path::Path;
use std::process::ExitCode;

use crate::diagnostic::{Diagnostics, Severity};
use crate::production::{self, Request};
use crate::source::Sources;

/// Runs the program.
pub fn run() -> ExitCode {
    let folder = std::env::args().nth(2).unwrap_or_else(|| "manuscript".to_owned());
    let files = folder::Folder::open(Path::new(&folder));
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let built = production::build(&files, &Request::default(), &mut sources, &mut diagnostics, &mut |_| {});
    diagnostics.settle();
    for d in diagnostics.iter() {
        let place = d.span.map_or("-".to_owned(), |span| {
            let at = sources.start(span);
            format!("{}:{}:{}", sources.file(span.source).path, at.line, at.column)
        });
        let kind = if d.severity == Severity::Error { "error" } else { "warning" };
        eprintln!("{place}: {kind}: {} {:?}", d.message, d.hints);
    }
    let Ok(outputs) = built else { return ExitCode::from(1) };
    let _ = std::fs::create_dir_all("out");
    for output in outputs {
        if let Err(error) = std::fs::write(Path::new("out").join(&output.file), &output.bytes) {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
        println!("out/{} {:?} pages", output.file, output.pages);
    }
    ExitCode::SUCCESS
}
