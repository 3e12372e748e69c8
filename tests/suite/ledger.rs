//! The ledger: every word that was written is accounted for, and one that was lost is told.

use recto::assembly::{self, Content};
use recto::diagnostic::{Diagnostics, Severity};
use recto::ledger::{Account, Entries, Ledger};
use recto::manuscript;
use recto::picture::Store;
use recto::production::{self, Request, Step};
use recto::source::{Memory, Sources};

use crate::pdf;

/// How many words each account has once a manuscript is built, and what is lost.
fn counted(files: &Memory) -> (Vec<usize>, Vec<String>) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let mut counts = Vec::new();
    let _ = production::build(files, &Request::default(), &mut sources, &mut diagnostics, &mut |step| {
        if let Step::Counted(ledger, _) = step {
            counts = Account::ALL.iter().map(|account| ledger.count(*account)).collect();
        }
    });
    let lost = diagnostics.iter().filter(|said| said.lint.name == "lost-text");
    (counts, lost.map(|said| said.message.clone()).collect())
}

#[test]
fn the_books_balance_for_every_manuscript_that_is_kept() {
    for folder in ["manuscript", "tests/cases/torture", "tests/cases/ebook-torture", "tests/cases/pandoc"] {
        let (counts, lost) = counted(&pdf::manuscript(folder));
        assert_eq!(lost, Vec::<String>::new(), "{folder}");
        assert!(counts[0] > 200 && counts[0] > counts[2], "{folder}: {counts:?}");
    }
}

/// The ledger of a section, whose book then loses its block of that number.
fn robbed(section: &str, block: usize) -> (Ledger, Sources) {
    let files = Memory::new().with("metadata.yaml", "title: T\ncover: false\n").with("a.md", section);
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let read = manuscript::read(&files, &mut sources, &mut diagnostics).expect("it is sound");
    let book =
        assembly::assemble(&read, &Content::default(), &files, &mut Store::default(), &mut sources, &mut diagnostics);
    let mut book = book.expect("it is sound");
    let written = book.divisions.iter_mut().find(|division| division.span.is_some()).expect("a section");
    written.blocks.remove(block);
    let mut entries = Entries::default();
    entries.enter(&book, &sources);
    (entries.close(&sources, &diagnostics), sources)
}

#[test]
fn words_that_no_book_shows_are_told_at_their_place() {
    let section = "# One\n\nThe first is here.\n\nThe *second* \u{2014} \"is\" lost.\n\nThe third is here.\n";
    let (ledger, sources) = robbed(section, 1);
    let mut said = Diagnostics::new();
    ledger.audit(&sources, &mut said);
    let said: Vec<_> = said.iter().collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].severity, Severity::Error);
    assert_eq!(said[0].message, "these 4 words stand nowhere in the book: \"The *second* \u{2014} \"is\" lost\"");
    let at = sources.start(said[0].span.expect("a place"));
    assert_eq!((at.line, at.column), (5, 1));
}

#[test]
fn what_is_shown_elsewhere_does_not_stand_in_for_what_is_lost() {
    let (ledger, _) = robbed("# One\n\nThe same words.\n\nThe same words.\n", 1);
    assert_eq!(ledger.count(Account::Lost), 3);
}

#[test]
fn marks_comments_and_what_was_said_are_not_lost() {
    let files = Memory::new().with("metadata.yaml", "title: T # a remark\ncover: false\nkeywords: [water, salt]\n").with(
        "a.md",
        "# One {#sec-one}\n\nText.[^a] <!-- not yet --> See [](#sec-one), [page](#sec-one), [it](https://a.org/x).\n\n1. a\n2. b\n\n[^a]: Note.\n\n[^b]: Unused note.\n",
    );
    let (counts, lost) = counted(&files);
    assert_eq!(lost, Vec::<String>::new());
    let hidden = counts[Account::ALL.iter().position(|account| *account == Account::Hidden).expect("it is one")];
    assert_eq!(hidden, 4, "a remark, not yet: {counts:?}");
}
