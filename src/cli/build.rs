//! `recto build`: every edition, made and written; proofs in spite of errors.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use super::args;
use super::report::{Made, Progress, Report};
use super::{FAILED, FAULTY, depfile, open, settle, writing};
use crate::diagnostic::Diagnostics;
use crate::production::{self, Finished, Ledger, Request, Step};
use crate::source::{Files, Sources};

/// Builds; nothing is written unless all of it can be.
pub(super) fn run(asked: &args::Build) -> ExitCode {
    let report = Report::begin(asked.common.manner.format, asked.common.manner.quiet);
    let files = match open(&asked.common.place, report) {
        Ok(files) => files,
        Err(code) => return code,
    };
    writing::tidy(&asked.out);
    let request = Request { edition: asked.common.edition.clone(), proof: asked.proof, ..Request::default() };
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let built = make(&files, &request, &mut sources, &mut diagnostics, report, &mut |_, _| {});
    let diagnostics = settle(diagnostics, asked.common.manner.deny);
    report.diagnostics(&diagnostics, &sources);
    let outputs = match built {
        Some(outputs) if asked.proof || !diagnostics.has_errors() => outputs,
        _ => {
            report.close(&diagnostics, "nothing was written");
            return ExitCode::from(FAULTY);
        }
    };
    let finished: Vec<writing::Finished<'_>> =
        outputs.iter().map(|(output, _)| (output.file.as_str(), &*output.bytes)).collect();
    if let Err(why) = writing::write_tree(&asked.out, &finished, &[]) {
        report.failure(&why, Some("see that the folder can be written to, or name another with --out"));
        return ExitCode::from(FAILED);
    }
    let target = outputs.first().map(|(output, _)| asked.out.join(&output.file));
    if let (Some(at), Some(target)) = (&asked.depfile, target)
        && let Err(why) = depfile::write(at, &target, &files)
    {
        report.failure(&why, None);
        return ExitCode::from(FAILED);
    }
    report.close(&diagnostics, if diagnostics.has_errors() { "proofs were written" } else { "" });
    // A folder of pages is told by its first one.
    let told = |file: &str| !file.contains('/') || file.ends_with("/index.html");
    for (output, seconds) in outputs.iter().filter(|(output, _)| told(&output.file)) {
        report.made(&made(&asked.out, output, *seconds));
        report.printing(&output.file, &output.printing);
    }
    if diagnostics.has_errors() {
        return ExitCode::from(FAULTY);
    }
    ExitCode::SUCCESS
}

/// The editions with the seconds that each took; `None` when the manuscript has errors. `counted` hears of
/// the ledger.
pub(super) fn make(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    report: Report,
    counted: &mut dyn FnMut(&Ledger, &Sources),
) -> Option<Vec<(Finished, f64)>> {
    let progress: Progress = report.progress();
    let mut clock = Instant::now();
    // Files that are made together took as long as both.
    let (mut times, mut made) = (Vec::new(), false);
    let built = production::build(files, request, sources, diagnostics, &mut |step| match step {
        Step::Read([]) => {}
        Step::Read(left_out) => report.say(&format!("left out: {}", left_out.join(", "))),
        Step::Making(edition) => {
            if std::mem::take(&mut made) {
                clock = Instant::now();
            }
            progress.doing(&format!("making {}", edition.name));
        }
        Step::Made(_) => {
            made = true;
            times.push(clock.elapsed().as_secs_f64());
        }
        Step::Counted(ledger, sources) => counted(ledger, sources),
    });
    Some(built.ok()?.into_iter().zip(times).collect())
}

fn made(out: &Path, output: &Finished, seconds: f64) -> Made {
    Made {
        edition: output.edition.clone(),
        file: out.join(&output.file).display().to_string(),
        pages: output.pages,
        bytes: output.bytes.len(),
        seconds,
    }
}
