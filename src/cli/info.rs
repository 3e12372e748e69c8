//! `recto info`: words, notes, pictures, and the pages of every edition. Writes nothing.

use std::process::ExitCode;

use super::report::{Report, Row};
use super::{FAULTY, args, open, settle};
use crate::diagnostic::Diagnostics;
use crate::edition::Format;
use crate::production::words::Word;
use crate::production::{self, Hyphens, Request, Survey};
use crate::source::Sources;

/// Counts.
pub(super) fn run(asked: &args::Info) -> ExitCode {
    let report = Report::begin(asked.format, false);
    if asked.languages {
        report.say(&languages());
        return ExitCode::SUCCESS;
    }
    let files = match open(&asked.place, report) {
        Ok(files) => files,
        Err(code) => return code,
    };
    let request = Request { edition: asked.edition.clone(), ..Request::default() };
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    if asked.words {
        return match production::words::words(&files, &request, &mut sources, &mut diagnostics) {
            Ok((language, words)) => {
                report.say(&listed(&language, &words));
                ExitCode::SUCCESS
            }
            Err(_) => refused(report, diagnostics, &sources),
        };
    }
    let surveyed = {
        let _progress = report.progress();
        production::survey(&files, &request, &mut sources, &mut diagnostics)
    };
    let Ok(survey) = surveyed else {
        return refused(report, diagnostics, &sources);
    };
    report.rows(&rows(&survey));
    ExitCode::SUCCESS
}

fn refused(report: Report, diagnostics: Diagnostics, sources: &Sources) -> ExitCode {
    let diagnostics = settle(diagnostics, None);
    report.diagnostics(&diagnostics, sources);
    report.close(&diagnostics, "nothing could be counted");
    ExitCode::from(FAULTY)
}

/// A line a word, as it would stand under `words:`.
fn listed(language: &str, words: &[Word]) -> String {
    let mut out = format!("words:\n  {language}:");
    for word in words {
        let own = if word.own { " # the house's" } else { "" };
        out.push_str(&format!("\n    {}: \"{}\"{own}", word.key, word.word.replace('"', "\\\"")));
    }
    out
}

/// A line a language: its tag and name, how many words and how many of them a published source has, marks, date, list,
/// decimal sign, digits, hyphens, and whether a native reader has checked them.
fn languages() -> String {
    let rows = production::languages();
    let mut out =
        "tag      words  from sources  hyphens   marks    1,2  123  date                       list    language"
            .to_owned();
    for row in &rows {
        let hyphens = match row.hyphens {
            Hyphens::Patterns => "patterns",
            Hyphens::None => "none",
            Hyphens::Unknown => "unknown",
        };
        let read = if row.read_by_a_native { "" } else { " *" };
        let marks = row.quotes.replace('…', "");
        let cells: [(&str, usize); 9] = [
            (row.tag, 8),
            (&row.words.to_string(), 6),
            (&row.attested.to_string(), 13),
            (hyphens, 9),
            (marks.as_str(), 8),
            (&format!("1{}2", row.decimal), 4),
            (row.digits.as_str(), 4),
            (row.date.as_str(), 26),
            (row.list.as_str(), 7),
        ];
        out.push('\n');
        for (cell, width) in cells {
            let gap = width.saturating_sub(cell.chars().count()) + 1;
            out.push_str(&format!("{cell}{}", " ".repeat(gap)));
        }
        out.push_str(&format!("{}, {}{read}", row.english, row.own));
    }
    let unread = rows.iter().filter(|row| !row.read_by_a_native).count();
    out.push_str(&format!("\n\n{} languages, {unread} of them (*) not yet checked by a native reader.", rows.len()));
    out
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
            Format::Web => "web",
        }),
        file: Some(edition.file.clone()),
        pages: edition.pages,
        counts: edition.counts,
    }));
    rows
}
