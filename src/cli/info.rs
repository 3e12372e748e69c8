//! `recto info`: words, notes, pictures, and the pages of every edition. Writes nothing.

use std::process::ExitCode;

use super::report::{Report, Row};
use super::{FAULTY, args, open, settle};
use crate::diagnostic::Diagnostics;
use crate::edition::Format;
use crate::production::{self, Request, Survey};
use crate::source::Sources;

/// Counts.
pub(super) fn run(asked: &args::Info) -> ExitCode {
    let report = Report::begin(asked.format, false);
    let files = match open(&asked.place, report) {
        Ok(files) => files,
        Err(code) => return code,
    };
    let request = Request { edition: asked.edition.clone(), ..Request::default() };
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let surveyed = {
        let _progress = report.progress();
        production::survey(&files, &request, &mut sources, &mut diagnostics)
    };
    let Ok(survey) = surveyed else {
        let diagnostics = settle(diagnostics, None);
        report.diagnostics(&diagnostics, &sources);
        report.close(&diagnostics, "nothing could be counted");
        return ExitCode::from(FAULTY);
    };
    report.rows(&rows(&survey));
    ExitCode::SUCCESS
}

/// The manuscript first, then its editions.
fn rows(survey: &Survey) -> Vec<Row> {
    let mut rows =
        vec![Row { name: survey.title.clone(), format: None, file: None, pages: None, counts: survey.counts }];
    rows.extend(survey.editions.iter().map(|edition| Row {
        name: edition.name.clone(),
        format: Some(match edition.format {
            Format::Pdf => "pdf",
            Format::Epub => "epub",
        }),
        file: Some(edition.file.clone()),
        pages: edition.pages,
        counts: edition.counts,
    }));
    rows
}
