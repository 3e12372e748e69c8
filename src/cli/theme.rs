//! `recto theme`: the themes by name, one as a file that says everything, one as a folder to begin with. Reads no
//! manuscript.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use super::FAILED;
use super::args::{self, Format, ThemeCommand};
use super::report::Report;
use crate::diagnostic::nearest;
use crate::production::themes::{Base, Theme, ThemeSpec};

/// Answers.
pub(super) fn run(asked: &args::Theme) -> ExitCode {
    let report = Report::begin(Format::Text, false);
    let done = match &asked.asked {
        ThemeCommand::List => Ok(list()),
        ThemeCommand::Show { name } => find(name).map(|base| settled(base).show()),
        ThemeCommand::New { folder, from } => find(from).and_then(|base| write(folder, base)),
    };
    match done {
        Ok(words) => {
            report.say(words.trim_end());
            ExitCode::SUCCESS
        }
        Err((message, hint)) => {
            report.failure(&message, Some(&hint));
            ExitCode::from(FAILED)
        }
    }
}

/// What went wrong, and what to do.
type Failure = (String, String);

fn list() -> String {
    let widest = Base::ALL.iter().map(|base| base.name().len()).max().unwrap_or(0);
    Base::ALL.iter().map(|base| format!("{:widest$}  {}\n", base.name(), base.about())).collect()
}

fn find(name: &str) -> Result<Base, Failure> {
    let names = || Base::ALL.iter().map(|base| base.name());
    Base::find(name).ok_or_else(|| {
        let hint = match nearest(name, names()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
        };
        (format!("there is no theme \"{name}\""), hint)
    })
}

fn settled(base: Base) -> Theme {
    Theme::settle(&[&ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() }])
}

/// Writes the folder of a new theme.
fn write(folder: &Path, base: Base) -> Result<String, Failure> {
    let path = folder.join("theme.yaml");
    let failed = |path: &Path, error: &std::io::Error| {
        (format!("cannot write {}: {error}", path.display()), "see that you may write there".to_owned())
    };
    if path.exists() {
        let hint = "take another folder; nothing is ever overwritten".to_owned();
        return Err((format!("{} is there already", path.display()), hint));
    }
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    fs::write(&path, settled(base).show()).map_err(|error| failed(&path, &error))?;
    let name = folder.display();
    Ok(format!(
        "{name}/theme.yaml is there: change what differs and take the rest out\n\
         a manuscript in whose folder it lies takes it by `theme: {name}` in its metadata.yaml; faces go into {name}/fonts"
    ))
}
