//! The arguments: what may be written after `recto`. The only module that names clap.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// What was asked for.
#[derive(Parser, Debug)]
#[command(
    name = "recto",
    version,
    about = "Turns a folder of Markdown and YAML into a print-ready PDF and an EPUB",
    after_help = "Without a folder recto takes the current one if it holds metadata.yaml, else manuscript/.\n\
                  Exit codes: 0 done, 1 the manuscript has errors and nothing was written, 2 wrong use or a failure of the machine.",
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(super) struct Line {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Write a manuscript folder that builds at once
    New(New),
    /// Make every edition
    Build(Build),
    /// Make numbered copies of an edition, for those on a list
    Copies(Copies),
    /// Say everything that a build would say, and what the house and the shops ask; write nothing
    Check(Check),
    /// Make everything that a publisher hands on: files, records, pages
    Release(Release),
    /// Count words, notes, pictures, and the pages of every edition
    Info(Info),
    /// Say which keys may be written in a YAML file, and what they take
    Keys(Keys),
    /// Say what a message means, or what a receiver of releases takes
    Explain(Explain),
    /// List the themes, show what one comes to, or begin one of your own
    Theme(Theme),
}

/// `recto theme`.
#[derive(Args, Debug)]
pub(super) struct Theme {
    #[command(subcommand)]
    pub asked: ThemeCommand,
}

/// What may be asked of themes.
#[derive(Subcommand, Debug)]
pub(super) enum ThemeCommand {
    /// The names of the themes, and what each is for
    List,
    /// A theme as a theme.yaml that says everything, with a comment a key
    Show {
        /// policy-paper, report, book …
        name: String,
    },
    /// Write a folder with a theme.yaml to change
    New {
        /// The folder to make, such as themes/ours
        folder: PathBuf,
        /// The theme to begin from
        #[arg(long, value_name = "NAME", default_value = "policy-paper")]
        from: String,
    },
}

/// `recto new`.
#[derive(Args, Debug)]
pub(super) struct New {
    /// The folder to make, such as my-paper
    pub name: PathBuf,
    /// What is written
    #[arg(long, value_enum, default_value_t = Kind::PolicyPaper)]
    pub kind: Kind,
}

/// `recto keys`.
#[derive(Args, Debug)]
pub(super) struct Keys {
    /// metadata, theme, section or edition; all of them without a word
    pub table: Option<String>,
    /// As a JSON Schema, for editors
    #[arg(long)]
    pub schema: bool,
}

/// `recto explain`.
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// The name of a message, such as no-alt, or of a receiver of releases, such as google; receivers for their list
    pub lint: String,
}

/// What can be begun.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    PolicyPaper,
    Report,
    Book,
}

/// `recto info`.
#[derive(Args, Debug)]
pub(super) struct Info {
    #[command(flatten)]
    pub place: Place,
    /// This edition only
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    /// What recto knows of each language, instead of a manuscript's counts
    #[arg(long, conflicts_with_all = ["folder", "edition", "format"])]
    pub languages: bool,
    /// The words that recto adds to the manuscript, by the names under which `words:` says them otherwise
    #[arg(long, conflicts_with_all = ["languages", "format"])]
    pub words: bool,
    /// Words for people, or one JSON object a line for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// What may be read besides the manuscript.
#[derive(Args, Clone, Debug)]
pub(super) struct Reach {
    /// Read nothing outside the folder: no house's file that the manuscript names, none of the machine's faces
    #[arg(long)]
    pub sealed: bool,
    /// A house's file below what the manuscript says, wherever it lies
    #[arg(long, value_name = "FILE")]
    pub house: Option<PathBuf>,
}

/// Which manuscript, and what it may read.
#[derive(Args, Debug)]
pub(super) struct Place {
    /// The manuscript
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub reach: Reach,
}

/// `recto build`.
#[derive(Args, Debug)]
pub(super) struct Build {
    #[command(flatten)]
    pub common: Common,
    /// Make proofs in spite of errors: every edition, stamped, each fault marked at its line
    #[arg(long)]
    pub proof: bool,
    /// Where the files go
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
    /// Write what was read, in the form of Make, for Make and Ninja
    #[arg(long, value_name = "FILE")]
    pub depfile: Option<PathBuf>,
}

/// `recto copies`.
#[derive(Args, Debug)]
pub(super) struct Copies {
    /// Who gets a copy: a table with the head number,name or number,name,note
    pub list: PathBuf,
    #[command(flatten)]
    pub common: Common,
    /// Where the files go
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
    /// One file for the print run, in place of one a copy
    #[arg(long)]
    pub one_file: bool,
    /// The stamp across each page too, in pale grey
    #[arg(long)]
    pub across: bool,
}

/// `recto check`.
#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub common: Common,
    /// List every word of the sources that the book does not show, and what became of it
    #[arg(long)]
    pub ledger: bool,
    /// Also hold the e-book against the rules of a shop
    #[arg(long, value_name = "NAME")]
    pub shop: Option<String>,
    /// List the pages whose words or breaks are not those of an older PDF
    #[arg(long, value_name = "OLD.pdf")]
    pub against: Option<PathBuf>,
}

/// `recto release`.
#[derive(Args, Debug)]
pub(super) struct Release {
    /// The manuscripts, or folders of manuscripts
    pub folders: Vec<PathBuf>,
    /// Where everything goes, out/release if it is not said; several titles have a folder each in it
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write what was read, in the form of Make, for Make and Ninja
    #[arg(long, value_name = "FILE")]
    pub depfile: Option<PathBuf>,
    /// Where a catalogue of several titles will stand: https://example.org/books/
    #[arg(long, value_name = "ADDRESS")]
    pub at: Option<String>,
    /// One kind of record alone: cite, crossref, datacite, marc, onix, opds, repec; what it lacks is an error
    #[arg(long, value_name = "KIND")]
    pub only: Option<String>,
    /// What one receiver takes, and nothing else: google, kdp, jstor …; `recto explain receivers` lists them
    #[arg(long = "for", value_name = "NAME", conflicts_with = "only")]
    pub receiver: Option<String>,
    /// Which ONIX: 3.1 or 3.0
    #[arg(long, value_name = "VERSION", value_parser = ["3.1", "3.0"])]
    pub onix: Option<String>,
    /// When it is sent, for receivers that order by it: 2026-11-26T10:00:00Z
    #[arg(long, value_name = "TIME")]
    pub sent: Option<String>,
    /// Hand a title on although it is under embargo
    #[arg(long)]
    pub before_embargo: bool,
    #[command(flatten)]
    pub reach: Reach,
    #[command(flatten)]
    pub manner: Manner,
}

/// What every command over a manuscript takes.
#[derive(Args, Debug)]
pub(super) struct Common {
    #[command(flatten)]
    pub place: Place,
    /// This edition only
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    #[command(flatten)]
    pub manner: Manner,
}

/// How much is said, in which form, and how strictly it is taken.
#[derive(Args, Debug)]
pub(super) struct Manner {
    /// Say only what went wrong
    #[arg(long)]
    pub quiet: bool,
    /// Words for people, or one JSON object a line for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Treat warnings as errors
    #[arg(long, value_enum, value_name = "warnings")]
    pub deny: Option<Deny>,
}

/// How recto speaks.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Text,
    Json,
}

/// What is treated as an error.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Deny {
    Warnings,
}

/// Reads the arguments; help, the version and wrong use are answered here, with the exit code that they have.
pub(super) fn read(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Result<Command, ExitCode> {
    match Line::try_parse_from(arguments) {
        Ok(line) => Ok(line.command),
        Err(answer) => {
            let _ = answer.print();
            Err(ExitCode::from(answer.exit_code().clamp(0, 2) as u8))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_arguments_holds() {
        <Line as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn a_flag_may_stand_before_or_after_the_folder() {
        for line in ["recto build paper --edition print", "recto build --edition print paper"] {
            let words = line.split(' ').map(std::ffi::OsString::from);
            let Ok(Command::Build(build)) = read(words) else { panic!("{line} is a build") };
            assert_eq!(build.common.place.folder, Some(PathBuf::from("paper")));
            assert_eq!(build.common.edition.as_deref(), Some("print"));
            assert_eq!(build.out, PathBuf::from("out"));
        }
    }
}
