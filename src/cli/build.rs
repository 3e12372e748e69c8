//! `recto build`: every edition, made and written; proofs in spite of errors.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use super::args;
use super::report::{Made, Progress, Report};
use super::writing::{self, Writing};
use super::{FAILED, FAULTY, depfile, open, settle};
use crate::diagnostic::Diagnostics;
use crate::production::{self, Finished, Ledger, Request, Step};
use crate::source::{Files, Sources, let_go};

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
    let mut under_way = UnderWay { out: &asked.out, writing: None, failed: None, sizes: Vec::new() };
    let put = &mut |finished: &mut Finished| under_way.put(finished);
    let built = make(&files, &request, &mut sources, &mut diagnostics, report, put, &mut |_, _| {});
    let diagnostics = settle(diagnostics, asked.common.manner.deny);
    report.diagnostics(&diagnostics, &sources);
    let outputs = match built {
        Some(outputs) if asked.proof || !diagnostics.has_errors() => outputs,
        _ => {
            report.close(&diagnostics, "nothing was written");
            return ExitCode::from(FAULTY);
        }
    };
    let sizes = match under_way.settle() {
        Ok(sizes) => sizes,
        Err(why) => {
            report.failure(&why, Some("see that the folder can be written to, or name another with --out"));
            return ExitCode::from(FAILED);
        }
    };
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
    for ((output, seconds), bytes) in outputs.iter().zip(sizes).filter(|((output, _), _)| told(&output.file)) {
        report.made(&made(&asked.out, output, bytes, *seconds));
        report.printing(&output.file, &output.printing);
    }
    if diagnostics.has_errors() {
        return ExitCode::from(FAULTY);
    }
    ExitCode::SUCCESS
}

/// Files that go to the disk as they are made, so that those of many editions need not lie beside each other in memory.
struct UnderWay<'a> {
    out: &'a Path,
    writing: Option<Writing>,
    /// Why nothing more is written.
    failed: Option<String>,
    /// How large each is, in bytes.
    sizes: Vec<usize>,
}

impl UnderWay<'_> {
    /// Writes a file and takes its bytes away.
    fn put(&mut self, finished: &mut Finished) {
        let bytes = std::mem::take(&mut finished.bytes);
        self.sizes.push(bytes.len());
        if self.failed.is_some() {
            return;
        }
        let begun = self.writing.take().map_or_else(|| Writing::begin(self.out), Ok);
        let written = begun.and_then(|mut writing| writing.add(&finished.file, &bytes).map(|()| writing));
        let_go(bytes);
        match written {
            Ok(writing) => self.writing = Some(writing),
            Err(why) => self.failed = Some(why),
        }
    }

    /// Brings all to their places.
    fn settle(self) -> Result<Vec<usize>, String> {
        match (self.failed, self.writing) {
            (Some(why), _) => Err(why),
            (None, Some(writing)) => writing.settle(&[]).map(|()| self.sizes),
            (None, None) => Ok(self.sizes),
        }
    }
}

/// The editions with the seconds that each took; `None` when the manuscript has errors. `put` has each file as it is made
/// and may take its bytes, `counted` hears of the ledger.
pub(super) fn make(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    report: Report,
    put: &mut dyn FnMut(&mut Finished),
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
        Step::Made(finished) => {
            made = true;
            put(finished);
            times.push(clock.elapsed().as_secs_f64());
        }
        Step::Counted(ledger, sources) => counted(ledger, sources),
    });
    Some(built.ok()?.into_iter().zip(times).collect())
}

fn made(out: &Path, output: &Finished, bytes: usize, seconds: f64) -> Made {
    Made {
        edition: output.edition.clone(),
        file: out.join(&output.file).display().to_string(),
        pages: output.pages,
        bytes,
        seconds,
    }
}
