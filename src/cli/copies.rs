//! `recto copies`: numbered copies of an edition, for those on a list.

use std::process::ExitCode;
use std::time::Instant;

use super::report::{Made, Report};
use super::{FAILED, FAULTY, args, open, settle, writing};
use crate::diagnostic::Diagnostics;
use crate::production::copies::{Copies, copies};
use crate::production::{Request, Step};
use crate::source::Sources;

/// Makes the copies; nothing is written unless all of them can be.
pub(super) fn run(asked: &args::Copies) -> ExitCode {
    let report = Report::begin(asked.common.manner.format, asked.common.manner.quiet);
    let files = match open(&asked.common.place, report) {
        Ok(files) => files,
        Err(code) => return code,
    };
    let list = match std::fs::read(&asked.list) {
        Ok(list) => list,
        Err(error) => {
            let why = format!("cannot read the list {}: {error}", asked.list.display());
            report.failure(&why, Some("the list comes first: recto copies names.csv my-paper"));
            return ExitCode::from(FAILED);
        }
    };
    let name = asked.list.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let wanted = Copies { list, name, one_file: asked.one_file, across: asked.across };
    let request = Request { edition: asked.common.edition.clone(), ..Request::default() };
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let progress = report.progress();
    let clock = Instant::now();
    let made = copies(&files, &request, &wanted, &mut sources, &mut diagnostics, &mut |step| match step {
        Step::Read([]) | Step::Made(_) | Step::Counted(..) => {}
        Step::Read(left_out) => report.say(&format!("left out: {}", left_out.join(", "))),
        Step::Making(edition) => progress.doing(&format!("making copies of {}", edition.name)),
    });
    drop(progress);
    let seconds = clock.elapsed().as_secs_f64();
    let diagnostics = settle(diagnostics, asked.common.manner.deny);
    report.diagnostics(&diagnostics, &sources);
    let made = match made {
        Ok(made) if !diagnostics.has_errors() => made,
        _ => {
            report.close(&diagnostics, "nothing was written");
            return ExitCode::from(FAULTY);
        }
    };
    let finished: Vec<writing::Finished<'_>> = made.iter().map(|file| (file.file.as_str(), &*file.bytes)).collect();
    if let Err(why) = writing::write_all(&asked.out, &finished) {
        report.failure(&why, Some("see that the folder can be written to, or name another with --out"));
        return ExitCode::from(FAILED);
    }
    report.close(&diagnostics, "");
    let each = seconds / made.len().max(1) as f64;
    for file in &made {
        report.made(&Made {
            edition: file.edition.clone(),
            file: asked.out.join(&file.file).display().to_string(),
            pages: file.pages,
            bytes: file.bytes.len(),
            seconds: each,
        });
        report.printing(&file.file, &file.printing);
    }
    ExitCode::SUCCESS
}
