//! The ledger: every word that the author wrote, and what became of it.
//!
//! It counts the words of the sources' bytes with a scanner of its own, apart from the reader that it checks, and books
//! each once: shown, metadata, machine, hidden, or said. What is left over nobody accounted for: it was lost on the way
//! into the book. Words are compared by their places: a piece of the book's text knows where it was written, and the
//! words between its ends are its words, in order. What has no place there (alternative texts, names in the metadata) is
//! held in one bag.
//!
//! Invariant: a word has one account; `Lost` is what none of the others took.
//! Absent: whether what a book shows also stands on its pages and in its e-book. The tests of parity hold that.

mod keys;
mod place;
mod scan;
mod shown;
mod tex;
mod words;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use self::place::{Place, Region};
use crate::book::{Book, DivisionKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::{SourceFile, SourceId, Sources, Span};

/// What became of a word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Account {
    /// It is in the book's text, or is what a picture or an abbreviation says.
    Shown,
    /// It is a fact about the book.
    Metadata,
    /// It is for recto: a key, a label, a path, a mark.
    Machine,
    /// The author keeps it back: a comment, a draft, what is for another edition.
    Hidden,
    /// A message to the author covers it.
    Said,
    /// Nobody knows.
    Lost,
}

impl Account {
    /// Every account, in the order in which they are told.
    pub const ALL: [Account; 6] =
        [Account::Shown, Account::Metadata, Account::Machine, Account::Hidden, Account::Said, Account::Lost];

    /// As reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Account::Shown => "shown",
            Account::Metadata => "metadata",
            Account::Machine => "machine",
            Account::Hidden => "hidden",
            Account::Said => "said",
            Account::Lost => "lost",
        }
    }
}

/// A word of a source.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    end: u32,
    account: Option<Account>,
}

/// The words of a source, in order.
#[derive(Clone, Debug, Default)]
struct Page {
    words: Vec<Word>,
    /// From here to there, divisions that an edition leaves out.
    left_out: Vec<Range<u32>>,
}

impl Page {
    fn of(text: &str) -> Page {
        let words = words::words(text)
            .map(|word| Word { start: word.start as u32, end: word.end as u32, account: None })
            .collect();
        Page { words, left_out: Vec::new() }
    }

    /// The words that begin in a range.
    fn within(&mut self, range: Range<u32>) -> &mut [Word] {
        let from = self.words.partition_point(|word| word.start < range.start);
        let to = self.words.partition_point(|word| word.start < range.end).max(from);
        &mut self.words[from..to]
    }
}

/// An open ledger: books are entered one after the other, then it is closed.
#[derive(Debug, Default)]
pub struct Entries {
    /// By source.
    pages: Vec<Page>,
    /// The words that books hold without knowing where they were written.
    held: HashSet<String>,
    /// The kinds of sections that were written by hand.
    written: BTreeSet<DivisionKind>,
}

impl Entries {
    /// Enters what a book shows.
    pub fn enter(&mut self, book: &Book, sources: &Sources) {
        let new: Vec<_> = sources.files().skip(self.pages.len()).collect();
        let counted = |(_, file): &(SourceId, &SourceFile)| match scan::is_counted(&file.path) {
            true => Page::of(&file.text),
            false => Page::default(),
        };
        self.pages.par_extend(new.par_iter().map(counted));
        self.written
            .extend(book.divisions.iter().filter(|division| division.span.is_some()).map(|division| division.kind));
        shown::enter(book, sources, self);
    }

    fn page(&mut self, source: SourceId) -> Option<&mut Page> {
        self.pages.get_mut(source.index())
    }

    /// Accounts for what no book shows. What was said must be there as it was found, the allowed included.
    pub fn close(mut self, sources: &Sources, said: &Diagnostics) -> Ledger {
        for (id, file) in sources.files().take(self.pages.len()) {
            let page = &mut self.pages[id.index()];
            if page.words.iter().all(|word| word.account.is_some()) {
                continue;
            }
            for range in std::mem::take(&mut page.left_out) {
                book(page.within(range), |_| Some(Account::Hidden));
            }
            for Region { range, place } in scan::scan(&file.path, &file.text) {
                let words = page.within(range.start as u32..range.end as u32);
                let held = |word: &Word| {
                    let own = word.start as usize..word.end as usize;
                    self.held.contains(&words::settled(&file.text[own.clone()]))
                        || self.held.contains(&words::letters(&file.text[between_spaces(&file.text, own, &range)]))
                };
                book(words, |word| match place {
                    Place::Machine => Some(Account::Machine),
                    Place::Hidden => Some(Account::Hidden),
                    Place::Fact => Some(Account::Metadata),
                    Place::Held(account) => held(word).then_some(account),
                    Place::Part(_) if held(word) => Some(Account::Metadata),
                    Place::Part(kind) => self.written.contains(&kind).then_some(Account::Hidden),
                });
            }
        }
        let places = said.iter().flat_map(|said| said.span.into_iter().chain(said.labels.iter().map(|label| label.0)));
        for span in places {
            if let Some(page) = self.pages.get_mut(span.source.index()) {
                let end = keys::end_of_entry(sources.file(span.source), span.end);
                book(page.within(span.start..end), |_| Some(Account::Said));
            }
        }
        Ledger { pages: self.pages }
    }
}

/// What stands without a space around a word, in a range and not far from it: marks part words that are one in what is
/// held (`10^th^`).
fn between_spaces(text: &str, word: Range<usize>, within: &Range<usize>) -> Range<usize> {
    const FAR: usize = 64;
    let letter = |(_, letter): &(usize, char)| !letter.is_whitespace();
    let before = &text[within.start.min(word.start)..word.start];
    let after = &text[word.end..within.end.max(word.end)];
    let back = before.char_indices().rev().take(FAR).take_while(letter).map(|(at, _)| before.len() - at).last();
    let on = after.char_indices().take(FAR).take_while(letter).map(|(at, letter)| at + letter.len_utf8()).last();
    word.start - back.unwrap_or(0)..word.end + on.unwrap_or(0)
}

/// Gives an account to words that have none.
fn book(words: &mut [Word], account: impl Fn(&Word) -> Option<Account>) {
    for word in words.iter_mut().filter(|word| word.account.is_none()) {
        word.account = account(word);
    }
}

/// A stretch of words with one account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// From the first to the last.
    pub span: Span,
    /// How many.
    pub words: usize,
    /// What became of them.
    pub account: Account,
}

/// The closed ledger.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pages: Vec<Page>,
}

impl Ledger {
    /// How many words an account has.
    pub fn count(&self, account: Account) -> usize {
        let all = self.pages.iter().flat_map(|page| &page.words);
        all.filter(|word| word.account.unwrap_or(Account::Lost) == account).count()
    }

    /// Every stretch that is not shown, in the order of the sources.
    pub fn not_shown(&self, sources: &Sources) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        for (id, file) in sources.files().take(self.pages.len()) {
            let mut before = None;
            for word in &self.pages[id.index()].words {
                let account = word.account.unwrap_or(Account::Lost);
                // A stretch goes on in its paragraph.
                let goes_on = before == Some(account)
                    && found.last().is_some_and(|last| {
                        last.span.source == id && !is_parted(&file.text[last.span.end as usize..word.start as usize])
                    });
                before = Some(account);
                if account == Account::Shown {
                    continue;
                }
                match found.last_mut() {
                    Some(last) if goes_on => {
                        last.span.end = word.end;
                        last.words += 1;
                    }
                    _ => {
                        let span = Span::new(id, word.start as usize, word.end as usize);
                        found.push(Stretch { span, words: 1, account });
                    }
                }
            }
        }
        found
    }

    /// Says what is lost, a stretch a message.
    pub fn audit(&self, sources: &Sources, diagnostics: &mut Diagnostics) {
        if self.count(Account::Lost) == 0 {
            return;
        }
        for Stretch { span, words, .. } in
            self.not_shown(sources).into_iter().filter(|stretch| stretch.account == Account::Lost)
        {
            let text = sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
            let message = match words {
                1 => format!("\"{text}\" stands nowhere in the book"),
                _ => format!("these {words} words stand nowhere in the book: \"{}\"", beginning(&text)),
            };
            diagnostics.report(
                Diagnostic::new(&lints::LOST_TEXT, message)
                    .at(span)
                    .hint("write them another way, or put them into a comment: <!-- … -->")
                    .hint("if they were written as the manual has it, the fault is recto's; `allow: [{lint: lost-text, reason: …}]` builds all the same"),
            );
        }
    }
}

/// Whether a blank line stands between.
fn is_parted(between: &str) -> bool {
    between.split('\n').skip(1).any(|line| line.trim().is_empty()) && between.matches('\n').count() > 1
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        None => text.to_owned(),
        Some((end, _)) => format!("{} …", text[..end].rsplit_once(' ').map_or(&text[..end], |(words, _)| words)),
    }
}
