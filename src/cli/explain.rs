//! `recto explain`: what a message means, as the manual has it, or what a receiver of releases takes. Reads no
//! manuscript.

use std::process::ExitCode;

use super::FAILED;
use super::args::{self, Format};
use super::report::Report;
use crate::diagnostic::lints::Lint;
use crate::diagnostic::{Severity, lints, nearest};
use crate::release::receivers;

/// The handbook's list of messages, with an example for each that a test could make.
const MANUAL: &str = include_str!("../../handbook/85-messages.md");

/// Explains a lint.
pub(super) fn run(asked: &args::Explain) -> ExitCode {
    let report = Report::begin(Format::Text, false);
    if asked.lint == "receivers" {
        receivers::ALL.iter().for_each(|receiver| report.say(&format!("{}, {}", receiver.name, receiver.called)));
        return ExitCode::SUCCESS;
    }
    if let Some(receiver) = receivers::ALL.iter().find(|receiver| receiver.name == asked.lint) {
        report.say(&receiver.explained());
        return ExitCode::SUCCESS;
    }
    let Some(lint) = lints::find(&asked.lint) else {
        let near = nearest(&asked.lint, lints::ALL.iter().map(|lint| lint.name));
        let hint = near.map_or("the handbook lists all of them".to_owned(), |near| format!("did you mean \"{near}\"?"));
        report.failure(&format!("there is no message called \"{}\"", asked.lint), Some(&hint));
        return ExitCode::from(FAILED);
    };
    report.say(&explained(lint));
    ExitCode::SUCCESS
}

fn explained(lint: &Lint) -> String {
    let severity = match lint.severity {
        Severity::Error => "an error: nothing is written until it is mended",
        Severity::Warning => "a warning: files are written",
    };
    let mut out = format!("{} ({severity})\n  {}", lint.name, lint.about);
    if let Some(example) = example(lint.name) {
        out.push_str(&format!("\n  for example: {example}"));
    }
    if lint.severity == Severity::Warning {
        out.push_str(&format!("\n  where it does not hold: allow: [{{lint: {}, reason: …}}]", lint.name));
    }
    out
}

/// The example in the handbook's entry.
fn example(name: &str) -> Option<String> {
    let start = format!("`{name}`, ");
    let said = MANUAL.lines().skip_while(|line| !line.starts_with(&start)).nth(1)?;
    let (_, example) = said.split_once(" For example: ")?;
    Some(unescaped(example.trim_end_matches('.')))
}

/// Without the backslashes that keep Markdown from reading signs.
fn unescaped(words: &str) -> String {
    let mut out = String::new();
    let mut letters = words.chars();
    while let Some(letter) = letters.next() {
        out.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_explained_with_its_example() {
        let said = explained(&lints::NOT_UTF8);
        assert!(said.starts_with("not-utf8 (an error"), "{said}");
        assert!(said.contains("\n  for example: this byte is no UTF-8 ("), "{said}");
        assert!(explained(&lints::IBID).ends_with("allow: [{lint: ibid, reason: …}]"));
        assert_eq!(example("epub-failed"), None);
    }
}
