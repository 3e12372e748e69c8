//! `recto keys`: what may be written in a YAML file, in words or as a schema for editors. Reads no manuscript.

use std::process::ExitCode;

use super::FAILED;
use super::args::{self, Format};
use super::report::Report;
use crate::production::keys::{self, TABLES, Table, schema};

/// Lists the keys.
pub(super) fn run(asked: &args::Keys) -> ExitCode {
    let report = Report::begin(Format::Text, false);
    let Some(name) = &asked.table else {
        if asked.schema {
            report.say(schema::schema(&keys::METADATA).trim_end());
        } else {
            TABLES.iter().for_each(|(name, table, place)| report.say(&listed(name, table, place)));
        }
        return ExitCode::SUCCESS;
    };
    let Some((name, table, place)) = TABLES.iter().find(|(known, _, _)| known == name) else {
        let names: Vec<&str> = TABLES.iter().map(|(name, _, _)| *name).collect();
        let hint = format!("write one of {}", names.join(", "));
        report.failure(&format!("there is no table of keys \"{name}\""), Some(&hint));
        return ExitCode::from(FAILED);
    };
    report.say(if asked.schema { schema::schema(table) } else { listed(name, table, place) }.trim_end());
    ExitCode::SUCCESS
}

/// One line a key, and one for what it is for.
fn listed(name: &str, table: &Table, place: &str) -> String {
    let mut out = format!("{name}: {place}\n");
    let widest = table.listed().map(|key| key.name.len()).max().unwrap_or(0);
    for key in table.listed() {
        out.push_str(&format!("  {:widest$}  {}\n", key.name, key.takes.words().replace('`', "")));
        if !key.about.is_empty() {
            out.push_str(&format!("  {:widest$}    {}\n", "", key.about));
        }
    }
    out
}
