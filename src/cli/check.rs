//! `recto check`: everything that a build would say, and what the house and the shops ask. Writes nothing.

use std::process::ExitCode;

use super::build::make;
use super::report::Report;
use super::{FAILED, FAULTY, against, args, open, settle};
use crate::diagnostic::Diagnostics;
use crate::production::{Finished, Request};
use crate::source::Sources;

/// Checks.
pub(super) fn run(asked: &args::Check) -> ExitCode {
    let report = Report::begin(asked.common.manner.format, asked.common.manner.quiet);
    let files = match open(&asked.common.place, report) {
        Ok(files) => files,
        Err(code) => return code,
    };
    let request =
        Request { edition: asked.common.edition.clone(), shop: asked.shop.clone(), house: true, proof: false };
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let mut put = |finished: &mut Finished| {
        // Only what is held against an old file is looked at again.
        if asked.against.is_none() {
            finished.bytes = Vec::new();
        }
    };
    let built = make(&files, &request, &mut sources, &mut diagnostics, report, &mut put, &mut |ledger, sources| {
        if asked.ledger {
            report.ledger(ledger, sources);
        }
    });
    let mut changed = None;
    if let (Some(path), Some(built)) = (&asked.against, &built) {
        match against::compare(path, built, &files, &mut diagnostics) {
            Ok(found) => changed = Some(found),
            Err((message, hint)) => {
                report.failure(&message, Some(&hint));
                return ExitCode::from(FAILED);
            }
        }
    }
    let diagnostics = settle(diagnostics, asked.common.manner.deny);
    report.diagnostics(&diagnostics, &sources);
    if built.is_none() || diagnostics.has_errors() {
        report.close(&diagnostics, "a build would write nothing");
        return ExitCode::from(FAULTY);
    }
    if let Some(changed) = &changed {
        against::tell(changed, report);
    }
    report.close(&diagnostics, "");
    if diagnostics.is_empty() && changed.is_none() {
        report.say("nothing to say: the manuscript is in order");
    }
    ExitCode::SUCCESS
}
