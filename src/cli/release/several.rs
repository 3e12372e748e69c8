//! Several titles, made at once, and a catalogue of them.
//!
//! As many titles are in work as there are cores. Each waits for its turn before it is written and told, in the order in
//! which they were named, so that what is said and what is written does not depend on who was fastest; and since a title
//! that waits takes no other, no more of them lie in memory than are in work.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::title::{self, Outcome};
use crate::cli::report::Report;
use crate::cli::{FAILED, FAULTY, args, open, settle, writing};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::production::Release;
use crate::release::{Listed, Looks, Number, catalogue};
use crate::source::Sources;

/// What has been done so far.
#[derive(Default)]
struct Shelf {
    /// Whose turn it is.
    next: usize,
    /// The folder that a name was taken by first.
    taken: BTreeMap<String, PathBuf>,
    /// The folder that an ISBN or a DOI was taken by first.
    numbered: BTreeMap<String, PathBuf>,
    listed: Vec<Listed>,
    looks: Option<Looks>,
    /// The gravest exit code so far.
    code: u8,
}

struct Work<'a> {
    asked: &'a args::Release,
    request: &'a Release,
    folders: &'a [PathBuf],
    root: &'a Path,
    report: Report,
    begun: AtomicUsize,
    shelf: Mutex<Shelf>,
    turn: Condvar,
}

/// Releases all titles; those with errors are said and stop no other.
pub(super) fn run(
    asked: &args::Release,
    request: &Release,
    folders: &[PathBuf],
    root: &Path,
    report: Report,
) -> ExitCode {
    let (begun, shelf, turn) = (AtomicUsize::new(0), Mutex::default(), Condvar::new());
    let work = Work { asked, request, folders, root, report, begun, shelf, turn };
    let hands = std::thread::available_parallelism().map_or(1, |cores| cores.get()).min(folders.len());
    std::thread::scope(|scope| {
        for _ in 0..hands {
            scope.spawn(|| work.through());
        }
    });
    let mut shelf = work.shelf.into_inner().unwrap_or_else(PoisonError::into_inner);
    if title::is_whole(request) && !shelf.listed.is_empty() {
        let code = write_catalogue(asked, &shelf, root, report);
        shelf.code = shelf.code.max(code);
    }
    ExitCode::from(shelf.code)
}

impl Work<'_> {
    /// Takes one title after the other, as long as there are some.
    fn through(&self) {
        loop {
            let at = self.begun.fetch_add(1, Ordering::Relaxed);
            let Some(folder) = self.folders.get(at) else { return };
            let place = args::Place { folder: Some(folder.clone()), reach: self.asked.reach.clone() };
            // What is no folder is said in its turn.
            let outcome = folder.is_dir().then(|| open(&place, self.report).ok()).flatten();
            let outcome = outcome.map(|files| title::make(files, self.asked, self.request, &|_| {}));
            let mut shelf = self.wait(at);
            let code = match outcome {
                Some(outcome) => self.shelve(&mut shelf, folder, outcome),
                None => open(&place, self.report).err().map_or(FAILED, |_| FAILED),
            };
            shelf.code = shelf.code.max(code);
            shelf.next += 1;
            drop(shelf);
            self.turn.notify_all();
        }
    }

    fn wait(&self, at: usize) -> MutexGuard<'_, Shelf> {
        let shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        self.turn.wait_while(shelf, |shelf| shelf.next != at).unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a title and says what is to be said of it; its exit code.
    fn shelve(&self, shelf: &mut Shelf, folder: &Path, mut outcome: Outcome) -> u8 {
        let report = self.report;
        let numbers = outcome.released.as_ref().map(|released| released.listed.numbers.as_slice()).unwrap_or_default();
        shelf.refuse_taken(numbers, &mut outcome.diagnostics);
        if outcome.diagnostics.has_errors() {
            outcome.released = None;
        }
        let slug = outcome.released.as_ref().map(|released| released.listed.slug.clone());
        report.title(&folder.display().to_string(), slug.as_deref(), !outcome.diagnostics.is_empty());
        report.diagnostics(&outcome.diagnostics, &outcome.sources);
        let (Some(released), Some(slug)) = (outcome.released, slug) else {
            report.close(&outcome.diagnostics, "nothing of it was written");
            return FAULTY;
        };
        if let Some(other) = shelf.taken.get(&slug) {
            let message = format!("{} and {} are both called \"{slug}\"", other.display(), folder.display());
            report.failure(&message, Some("give one of them a `short_title`, from which the name is made"));
            return FAULTY;
        }
        let out = self.root.join(&slug);
        if let Err(why) = title::write(&out, &released.files, self.request) {
            report.failure(&why, Some("see that the folder can be written to, or name another with --out"));
            return FAILED;
        }
        shelf.taken.insert(slug, folder.to_owned());
        let numbers = released.listed.numbers.iter().map(|number| (number.bare.clone(), folder.to_owned()));
        shelf.numbered.extend(numbers);
        report.close(&outcome.diagnostics, "");
        report.shelved(&out, &released.files, outcome.seconds);
        shelf.listed.push(released.listed);
        shelf.looks.get_or_insert(released.looks);
        0
    }
}

impl Shelf {
    /// Says which numbers of a title another one has.
    fn refuse_taken(&self, numbers: &[Number], diagnostics: &mut Diagnostics) {
        let mut said = BTreeSet::new();
        for number in numbers.iter().filter(|number| said.insert(&number.bare)) {
            if let Some(other) = self.numbered.get(&number.bare) {
                let message = format!("the {} is that of {}", number.name, other.display());
                let hint = "a number is that of one title, and is never given again";
                diagnostics.fail(Diagnostic::new(&lints::RELEASE_SAME_NUMBER, message).at(number.place).hint(hint));
            }
        }
    }
}

/// The page of all titles and their feeds.
fn write_catalogue(asked: &args::Release, shelf: &Shelf, root: &Path, report: Report) -> u8 {
    let Some(looks) = &shelf.looks else { return 0 };
    let address = asked.at.clone().or_else(|| catalogue::address(&shelf.listed));
    let address = address.map(|address| if address.ends_with('/') { address } else { format!("{address}/") });
    let mut diagnostics = Diagnostics::new();
    if address.is_none() {
        let said = Diagnostic::new(
            &lints::RELEASE_NO_PAGE,
            "nothing says where the catalogue will stand; opds.json, opds.xml are left out",
        );
        diagnostics
            .report(said.hint("add --at https://example.org/books/, or `distribution: {page: …}` to each title"));
    }
    let diagnostics = settle(diagnostics, asked.manner.deny);
    report.diagnostics(&diagnostics, &Sources::new());
    let files = catalogue::catalogue(&shelf.listed, looks, address.as_deref());
    let finished: Vec<writing::Finished<'_>> = files.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
    if let Err(why) = writing::write_tree(root, &finished, &[]) {
        report.failure(&why, Some("see that the folder can be written to, or name another with --out"));
        return FAILED;
    }
    report.listed(root, &files, 0.0);
    if diagnostics.has_errors() { FAULTY } else { 0 }
}
