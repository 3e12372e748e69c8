//! `recto new`: a manuscript folder that builds at once, with comments that teach. It overwrites nothing.
//!
//! The files are those of `src/cli/new/`: what all kinds share, and what each has of its own.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use super::FAILED;
use super::args::{self, Format, Kind};
use super::report::Report;

/// A file of a new manuscript: its name and its text, in which `TITLE` stands for the title.
type Template = (&'static str, &'static str);

const SHARED: &[Template] = &[
    ("images/bills.svg", include_str!("new/bills.svg")),
    ("about-the-institute.md", include_str!("new/about-the-institute.md")),
];

const POLICY_PAPER: &[Template] = &[
    ("metadata.yaml", include_str!("new/policy-paper.yaml")),
    ("key-takeaways.md", include_str!("new/key-takeaways.md")),
    ("10-introduction.md", include_str!("new/introduction.md")),
    ("20-what-towns-pay.md", include_str!("new/section.md")),
    ("30-recommendations.md", include_str!("new/recommendations.md")),
];

const REPORT: &[Template] = &[
    ("metadata.yaml", include_str!("new/report.yaml")),
    ("executive-summary.md", include_str!("new/executive-summary.md")),
    ("10-introduction.md", include_str!("new/introduction.md")),
    ("20-what-towns-pay.md", include_str!("new/section.md")),
    ("30-recommendations.md", include_str!("new/recommendations.md")),
];

const BOOK: &[Template] = &[
    ("metadata.yaml", include_str!("new/book.yaml")),
    ("dedication.md", include_str!("new/dedication.md")),
    ("10-the-well.md", include_str!("new/chapter-one.md")),
    ("20-the-tower.md", include_str!("new/chapter-two.md")),
];

fn templates(kind: Kind) -> Vec<Template> {
    match kind {
        Kind::PolicyPaper => [POLICY_PAPER, SHARED].concat(),
        Kind::Report => [REPORT, SHARED].concat(),
        Kind::Book => BOOK.to_vec(),
    }
}

/// Writes the folder.
pub(super) fn run(asked: &args::New) -> ExitCode {
    let report = Report::begin(Format::Text, false);
    let name = asked.name.display();
    if let Err((message, hint)) = write(&asked.name, asked.kind) {
        report.failure(&message, Some(hint));
        return ExitCode::from(FAILED);
    }
    report.say(&format!("{name} is there: begin with {name}/metadata.yaml, then run"));
    report.say(&format!("  recto build {name}"));
    ExitCode::SUCCESS
}

fn write(folder: &Path, kind: Kind) -> Result<(), (String, &'static str)> {
    let title = title_of(folder).ok_or((
        format!("\"{}\" is no name for a folder", folder.display()),
        "write letters, digits and hyphens: recto new my-paper",
    ))?;
    // Making the last folder fails when it is there already, and so nothing in it can be overwritten.
    if let Some(above) = folder.parent().filter(|above| !above.as_os_str().is_empty()) {
        fs::create_dir_all(above).map_err(|error| failed(above, &error))?;
    }
    fs::create_dir(folder).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            (format!("{} is there already", folder.display()), "take another name; nothing is ever overwritten")
        }
        _ => failed(folder, &error),
    })?;
    for (name, text) in templates(kind) {
        let path = folder.join(name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).map_err(|error| failed(above, &error))?;
        }
        fs::write(&path, text.replace("TITLE", &title)).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

fn failed(path: &Path, error: &std::io::Error) -> (String, &'static str) {
    (format!("cannot write {}: {error}", path.display()), "see that you may write there")
}

/// `the-price-of-water` is called "The price of water"; a name that would break the YAML is none.
fn title_of(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_str()?;
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let plain =
        words.chars().all(|c| c.is_alphanumeric() || " .,'’".contains(c)) && words.contains(char::is_alphanumeric);
    let mut letters = words.chars();
    let first = letters.next().filter(|_| plain)?;
    Some(first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_folders_name_in_words() {
        assert_eq!(title_of(Path::new("a/the-price_of-water")).as_deref(), Some("The price of water"));
        assert_eq!(title_of(Path::new("été-2026")).as_deref(), Some("Été 2026"));
        for name in ["..", "", "a: b", "{a}", "\"a\"", "--"] {
            assert_eq!(title_of(Path::new(name)), None, "{name}");
        }
    }
}
