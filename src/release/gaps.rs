//! Gaps: what a record wants and the manuscript does not say, each at its line of YAML, with who asks for it.
//!
//! A record that cannot be true or would be refused is left out. When that record is the one asked for, its gap is an
//! error.

use super::Kind;
use super::manifest;
use super::opds;
use super::record::Record;
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, lints};
use crate::source::Span;

/// Something that records want.
struct Need {
    lint: &'static Lint,
    /// What is missing.
    missing: &'static str,
    /// What to write.
    write: &'static str,
    /// The records that cannot be without.
    records: &'static [Kind],
    /// Who asks for it besides.
    askers: &'static str,
    /// Whether it is there.
    there: fn(&Record<'_>) -> bool,
    /// Where it would stand.
    place: fn(&Record<'_>) -> Option<Span>,
}

const NEEDS: &[Need] = &[
    Need {
        lint: &lints::RELEASE_NO_DATE,
        missing: "nothing says when it appeared",
        write: "write `date: 2026-11-23`",
        records: &[Kind::Onix, Kind::Crossref, Kind::Datacite, Kind::Opds, Kind::Marc, Kind::Repec],
        askers: "Google Scholar, every shop",
        there: |record| record.metadata.date.is_some(),
        place: title,
    },
    Need {
        lint: &lints::RELEASE_NO_PUBLISHER,
        missing: "nothing says who publishes it",
        write: "write `publisher: {name: …, place: …}`",
        records: &[Kind::Onix, Kind::Crossref, Kind::Datacite, Kind::Marc],
        askers: "every shop",
        there: |record| record.publisher().is_some(),
        place: title,
    },
    Need {
        lint: &lints::RELEASE_NO_AUTHOR,
        missing: "nothing says who wrote it",
        write: "write `authors: [Ann Lee]`",
        records: &[Kind::Datacite, Kind::Repec],
        askers: "Google Scholar, Google Play",
        there: |record| record.authors().next().is_some(),
        place: title,
    },
    Need {
        lint: &lints::RELEASE_NO_DESCRIPTION,
        missing: "nothing says in a few sentences what it is about",
        write: "write `description: …`",
        records: &[Kind::Onix, Kind::Marc, Kind::Repec],
        askers: "OverDrive, every shop",
        there: |record| record.description().is_some(),
        place: title,
    },
    Need {
        lint: &lints::RELEASE_NO_SUBJECT,
        missing: "no subject of a shop's or a library's scheme is named",
        write: "write `subjects: [{bisac: POL011000}, {thema: JPS}]`",
        records: &[Kind::Onix],
        askers: "Google Play, OverDrive, JSTOR, Project MUSE",
        there: |record| !record.bisac().is_empty() || !record.thema().is_empty(),
        place: title,
    },
    Need {
        lint: &lints::RELEASE_NO_KEYWORDS,
        missing: "it has no keywords",
        write: "write `keywords: [trade, sanctions]`",
        records: &[Kind::Marc],
        askers: "",
        there: |record| !record.words().is_empty(),
        place: title,
    },
    Need {
        lint: &lints::RELEASE_NO_ISBN,
        missing: "the e-book has no ISBN",
        write: "write `identifiers: {isbn_epub: …}`",
        records: &[Kind::Marc],
        askers: "every shop, libraries",
        there: |record| record.isbn_epub().is_some(),
        place: identifiers,
    },
    Need {
        lint: &lints::RELEASE_NO_DOI,
        missing: "it has no DOI",
        write: "write `identifiers: {doi: 10.5555/…}`",
        records: &[Kind::Crossref, Kind::Datacite],
        askers: "",
        there: |record| record.doi().is_some(),
        place: identifiers,
    },
    Need {
        lint: &lints::RELEASE_NO_PAGE,
        missing: "nothing says where its page will stand",
        write: "write `distribution: {page: https://example.org/title/}`",
        records: &[Kind::Crossref, Kind::Opds, Kind::Repec],
        askers: "Google Scholar, social networks",
        there: |record| record.page().is_some(),
        place: distribution,
    },
    Need {
        lint: &lints::RELEASE_NO_DEPOSITOR,
        missing: "nothing says to whom Crossref writes",
        write: "write `crossref: {depositor: …, email: …}`",
        records: &[Kind::Crossref],
        askers: "",
        there: |record| {
            let said = record.said.deposit.as_ref().is_some_and(|said| said.email.is_some());
            record.doi().is_none() || said || record.said.contact.is_some()
        },
        place: distribution,
    },
    Need {
        lint: &lints::RELEASE_NO_PRICE,
        missing: "it is for sale, and nothing says what it costs",
        write: "write `distribution: {prices: [{amount: 24.00, currency: CAD}]}`, or `distribution: {price: free}`",
        records: &[Kind::Onix, Kind::Opds],
        askers: "every shop",
        there: |record| record.is_free() || !record.said.prices.is_empty(),
        place: distribution,
    },
    Need {
        lint: &lints::RELEASE_NO_NUMBER,
        missing: "the paper has no number in its series, by which RePEc knows it",
        write: "write `series: {name: …, number: …}`",
        records: &[Kind::Repec],
        askers: "",
        there: |record| {
            let numbered = record.metadata.series.as_ref().is_some_and(|series| series.number.is_some());
            record.said.repec.is_none() || numbered
        },
        place: title,
    },
];

fn title(record: &Record<'_>) -> Option<Span> {
    Some(record.metadata.title.span)
}

fn identifiers(record: &Record<'_>) -> Option<Span> {
    record.metadata.identifiers.span.or(title(record))
}

fn distribution(record: &Record<'_>) -> Option<Span> {
    record.said.span.or(title(record))
}

/// Whether a record is asked for at all: RePEc by who has an archive there, a feed where its reader gets something.
fn is_wanted(record: &Record<'_>, kind: Kind) -> bool {
    let only = record.asked.only.is_none_or(|only| only == kind);
    let asked = record.asked.only == Some(kind);
    only && match kind {
        Kind::Repec => record.said.repec.is_some() && record.is_open() || asked,
        Kind::Marc => record.ebook().is_some(),
        _ => true,
    }
}

/// The records that can be written; what is missing for the others is said. `read` says whether there is a web edition,
/// whose manifest names its address.
pub(super) fn without_gaps(record: &Record<'_>, read: bool, diagnostics: &mut Diagnostics) -> Vec<Kind> {
    let wanted: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| is_wanted(record, *kind)).collect();
    let mut out: Vec<Kind> = Vec::new();
    for need in NEEDS.iter().filter(|need| !(need.there)(record)) {
        let hit: Vec<Kind> = need.records.iter().copied().filter(|kind| wanted.contains(kind)).collect();
        // With one record asked for, nobody else's wishes count.
        if hit.is_empty() && (record.asked.only.is_some() || need.askers.is_empty() || !need.records.is_empty()) {
            continue;
        }
        let manifest = read && record.asked.only.is_none() && need.lint.name == lints::RELEASE_NO_PAGE.name;
        say(record, need, &hit, manifest.then_some(manifest::NAME), diagnostics);
        out.extend(hit);
    }
    let series = record.metadata.series.as_ref().filter(|_| record.doi().is_some() && record.issn().is_none());
    if let Some(series) = series.filter(|_| wanted.contains(&Kind::Crossref)) {
        // The deposit is made all the same, so that this is no error even where it is asked for by name.
        let missing = "its series has no ISSN, so that the DOI is deposited without the series";
        let said = Diagnostic::new(&lints::RELEASE_NO_ISSN, missing).at(series.span);
        diagnostics.report(said.hint("write `series: {name: …, issn: …}`").hint("asked for by Crossref"));
    }
    if wanted.contains(&Kind::Repec) && record.said.repec.is_none() {
        let said =
            Diagnostic::new(&lints::RELEASE_NO_HANDLE, "nothing says which archive and series of RePEc it is in");
        diagnostics
            .fail(said.at(distribution(record)).hint("write `distribution: {repec: {archive: aaa, series: ssssss}}`"));
        out.push(Kind::Repec);
    }
    // A title without files that readers take, or one under embargo, has no feed.
    if !opds::has_a_way(record) {
        out.push(Kind::Opds);
    }
    wanted.into_iter().filter(|kind| !out.contains(kind)).collect()
}

/// Says as an error whatever one record lacks that a receiver takes.
pub(super) fn refuse(record: &Record<'_>, kind: Kind, called: &str, diagnostics: &mut Diagnostics) {
    for need in NEEDS.iter().filter(|need| need.records.contains(&kind) && !(need.there)(record)) {
        // What the receiver wants by itself was said.
        if diagnostics.iter().any(|said| said.lint.name == need.lint.name) {
            continue;
        }
        let message = format!("{}, which the record for {called} has to say", need.missing);
        diagnostics.fail(Diagnostic::new(need.lint, message).at((need.place)(record)).hint(need.write));
    }
}

fn say(record: &Record<'_>, need: &Need, hit: &[Kind], besides: Option<&str>, diagnostics: &mut Diagnostics) {
    let files: Vec<&str> = hit.iter().flat_map(|kind| kind.files()).copied().chain(besides).collect();
    let message = match files.as_slice() {
        [] => need.missing.to_owned(),
        [one] => format!("{}; {one} is left out", need.missing),
        more => format!("{}; {} are left out", need.missing, more.join(", ")),
    };
    let mut said = Diagnostic::new(need.lint, message).at((need.place)(record)).hint(need.write);
    if !need.askers.is_empty() {
        said = said.hint(format!("asked for by {}", need.askers));
    }
    // Who has written how it is sold has forgotten the price; who has not has only begun.
    let forgotten = need.lint.name == lints::RELEASE_NO_PRICE.name && record.said.span.is_some();
    match record.asked.only.is_some() || forgotten {
        true => drop(diagnostics.fail(said)),
        false => diagnostics.report(said),
    }
}
