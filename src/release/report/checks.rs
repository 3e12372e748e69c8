//! The checks: what recto looked at of a title's accessibility, and what it came to.
//!
//! A check is either a rule that speaks where something is to be mended, or a fact that the writer of a file found.
//! Nothing is said to hold that nobody looked at.

use crate::book::walk;
use crate::book::{Block, BlockKind, Claim, Feature};
use crate::diagnostic::{Lint, lints};
use crate::edition::Format;
use crate::language::web::Web;
use crate::release::Found;
use crate::release::record::Record;

/// What a check came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// Nothing is to be mended.
    Passed,
    /// So many places are to be mended.
    Found(usize),
    /// So many places were found, and the author says why they stand.
    Allowed(usize, String),
    /// The text has nothing that could be looked at.
    Nothing,
    /// What the file offers, or does not.
    There(bool),
}

impl Outcome {
    /// For programs.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Passed | Outcome::There(true) => "passed",
            Outcome::Found(_) | Outcome::There(false) => "failed",
            Outcome::Allowed(..) => "allowed",
            Outcome::Nothing => "inapplicable",
        }
    }
}

/// A check, and what it came to.
pub(super) struct Row {
    /// For programs.
    pub id: &'static str,
    pub about: Web,
    /// Criteria of WCAG 2.2.
    pub criteria: &'static [&'static str],
    /// The file that was looked at, where it is one of several.
    pub file: Option<String>,
    pub outcome: Outcome,
}

/// What a rule is looked for in.
#[derive(Clone, Copy)]
enum In {
    Pictures,
    Tables,
    Links,
    Text,
}

struct Rule {
    id: &'static str,
    about: Web,
    criteria: &'static [&'static str],
    lints: &'static [&'static Lint],
    of: In,
}

const RULES: &[Rule] = &[
    Rule { id: "alt", about: Web::CheckAlt, criteria: &["1.1.1"], lints: &[&lints::NO_ALT], of: In::Pictures },
    Rule {
        id: "alt-words",
        about: Web::CheckAltWords,
        criteria: &["1.1.1"],
        lints: &[&lints::EPUB_POOR_ALT, &lints::EPUB_ALT_IS_CAPTION, &lints::EPUB_LONG_ALT],
        of: In::Pictures,
    },
    Rule {
        id: "headings",
        about: Web::CheckHeadings,
        criteria: &["1.3.1", "2.4.6"],
        lints: &[&lints::HEADING_LEVEL, &lints::EPUB_EMPTY_HEADING],
        of: In::Text,
    },
    Rule {
        id: "tables",
        about: Web::CheckTables,
        criteria: &["1.3.1"],
        lints: &[&lints::EPUB_TABLE_HEAD],
        of: In::Tables,
    },
    Rule {
        id: "links",
        about: Web::CheckLinks,
        criteria: &["2.4.4"],
        lints: &[&lints::EPUB_LINK_WORDS, &lints::EPUB_BAD_LINK],
        of: In::Links,
    },
    Rule {
        id: "scripts",
        about: Web::CheckScripts,
        criteria: &["3.1.2"],
        lints: &[&lints::EPUB_UNMARKED_LANGUAGE],
        of: In::Text,
    },
    Rule {
        id: "contrast",
        about: Web::CheckContrast,
        criteria: &["1.4.3"],
        lints: &[&lints::LOW_CONTRAST],
        of: In::Text,
    },
];

struct Fact {
    id: &'static str,
    about: Web,
    criteria: &'static [&'static str],
    feature: Feature,
}

const FACTS: &[Fact] = &[
    Fact { id: "language", about: Web::CheckLanguage, criteria: &["3.1.1"], feature: Feature::Languages },
    Fact { id: "contents", about: Web::CheckContents, criteria: &["2.4.5"], feature: Feature::Contents },
    Fact { id: "order", about: Web::CheckOrder, criteria: &["1.3.2"], feature: Feature::ReadingOrder },
    Fact { id: "structure", about: Web::CheckStructure, criteria: &["1.3.1"], feature: Feature::Structure },
    Fact { id: "roles", about: Web::CheckRoles, criteria: &["4.1.2"], feature: Feature::Roles },
    Fact { id: "reflow", about: Web::CheckReflow, criteria: &["1.4.4", "1.4.10"], feature: Feature::Reflow },
    Fact { id: "pages", about: Web::CheckPages, criteria: &[], feature: Feature::PageList },
];

/// Every check with its outcome: the rules, then what the e-book offers, then the PDFs.
pub(super) fn rows(record: &Record<'_>, found: &[Found]) -> Vec<Row> {
    let mut rows: Vec<Row> = RULES
        .iter()
        .map(|rule| Row {
            id: rule.id,
            about: rule.about,
            criteria: rule.criteria,
            file: None,
            outcome: outcome(record, rule, found),
        })
        .collect();
    if let Some(ebook) = record.ebook() {
        rows.extend(FACTS.iter().map(|fact| Row {
            id: fact.id,
            about: fact.about,
            criteria: fact.criteria,
            file: Some(ebook.file.clone()),
            outcome: Outcome::There(ebook.features.contains(&fact.feature)),
        }));
        let still = ebook.accessibility.as_ref().is_some_and(|stated| stated.hazards == ["none"]);
        rows.push(Row {
            id: "hazards",
            about: Web::CheckHazards,
            criteria: &["2.3.1"],
            file: Some(ebook.file.clone()),
            outcome: Outcome::There(still),
        });
    }
    let pdfs = record.made.iter().filter(|made| made.edition.format == Format::Pdf && !made.is_press());
    rows.extend(pdfs.map(|made| Row {
        id: "tags",
        about: Web::CheckPdf,
        criteria: &["1.3.1", "4.1.2"],
        file: Some(made.file.clone()),
        outcome: Outcome::There(made.claims.contains(&Claim::PdfUa1)),
    }));
    rows
}

fn outcome(record: &Record<'_>, rule: &Rule, found: &[Found]) -> Outcome {
    let hits = || found.iter().filter(|found| rule.lints.iter().any(|lint| lint.name == found.lint.name));
    let open: usize = hits().filter(|found| found.reason.is_none()).map(|found| found.places).sum();
    let allowed: usize = hits().filter(|found| found.reason.is_some()).map(|found| found.places).sum();
    let reasons: Vec<&str> = hits().filter_map(|found| found.reason.as_deref()).collect();
    match (open, allowed) {
        (0, 0) if is_there(record, rule.of) => Outcome::Passed,
        (0, 0) => Outcome::Nothing,
        (0, allowed) => Outcome::Allowed(allowed, reasons.join("; ")),
        (open, _) => Outcome::Found(open),
    }
}

/// Whether a text has what a rule looks at.
fn is_there(record: &Record<'_>, of: In) -> bool {
    let book = record.book;
    let any = |is: fn(&Block) -> bool| book.blocks().any(is);
    match of {
        In::Text => true,
        In::Pictures => any(|block| matches!(block.kind, BlockKind::Figure(_))) || record.cover_bytes.is_some(),
        In::Tables => any(|block| matches!(block.kind, BlockKind::Table(_))),
        In::Links => book.texts().any(|(_, text)| walk::pieces(&text.content).any(|piece| piece.url().is_some())),
    }
}
