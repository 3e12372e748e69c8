//! The note-style guard: what goes wrong with notes when they are moved, and what a copy editor strikes.
//!
//! "Ibid." means the one source of the note right before. That no longer holds when that note names several sources,
//! when a section begins between the two, or when the note that stands before it in the manuscript is another than the
//! one before it in the finished order. Whether that note was changed since cannot be known.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::note::NoteStyle;
use crate::book::walk::{self, Shape};
use crate::book::{Book, Inline, InlineKind, Note, TextBlock, plain};
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, lints};
use crate::source::{SourceId, Sources, Span};

/// Looks at every note and every call.
pub fn check(book: &Book, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut guard = Guard { book, sources, defined: defined(book), diagnostics };
    guard.short_forms();
    guard.calls();
    guard.links();
    guard.stops();
    guard.spellings();
}

struct Guard<'a> {
    book: &'a Book,
    sources: &'a Sources,
    /// The notes that are defined apart from their calls, by file and place.
    defined: BTreeMap<(SourceId, u32), &'a Note>,
    diagnostics: &'a mut Diagnostics,
}

fn defined(book: &Book) -> BTreeMap<(SourceId, u32), &Note> {
    let apart = book.notes.iter().filter(|note| !is_on_the_spot(note));
    apart.filter_map(|note| note.span.map(|span| ((span.source, span.start), note))).collect()
}

/// The first words of a note that mean the note before.
fn is_ibid(text: &str) -> bool {
    let lower = text.trim_start().to_lowercase();
    ["ibid", "ibidem", "ibíd", "id.", "idem", "ebd", "ebenda", "tamże"].iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
    })
}

/// The letters of a note.
fn words(note: &Note) -> String {
    let mut out = String::new();
    for text in walk::own_texts(&note.blocks) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&plain(&text.content));
    }
    out
}

/// The sources that a note names: parted by semicolons outside of brackets and quotation marks.
fn sources_of(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth, mut quoted) = (0, 0i32, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '“' | '«' | '„' => quoted = true,
            '”' | '»' => quoted = false,
            ';' if depth <= 0 && !quoted => {
                parts.push(text[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 3);
    parts
}

impl Guard<'_> {
    fn say(&mut self, lint: &'static Lint, message: impl Into<String>, at: Option<Span>, hint: &str) {
        self.diagnostics.report(Diagnostic::new(lint, message).at(at).hint(hint));
    }

    /// Ibid., op. cit., and what the house's style wants instead.
    fn short_forms(&mut self) {
        let book = self.book;
        let texts: Vec<String> = book.notes.iter().map(words).collect();
        for (at, note) in book.notes.iter().enumerate() {
            let text = &texts[at];
            for form in ["op. cit.", "op.cit.", "loc. cit.", "loc.cit.", "a. a. o.", "a.a.o.", "dz. cyt."] {
                if text.to_lowercase().contains(form) {
                    let place = self.place(note, form);
                    let message = format!("\"{form}\" sends the reader searching for the note that it means");
                    self.say(&lints::OP_CIT, message, place, "write the author's name and a short title");
                }
            }
            let before = at.checked_sub(1).map(|at| (&book.notes[at], texts[at].as_str()));
            if is_ibid(text) {
                self.ibid(note, before);
            } else if book.note_style == Some(NoteStyle::Ibid)
                && let Some((_, before)) = before
                && is_same_source(before, text)
            {
                let hint = "the house writes \"Ibid.\" for the source of the note before";
                self.say(&lints::NOTE_STYLE, "this source was named in the note before", note.span, hint);
            }
        }
    }

    fn ibid(&mut self, note: &Note, before: Option<(&Note, &str)>) {
        let place = self.place(note, "ibid").or(note.span);
        let name_it = "write the author's name and a short title instead";
        if self.book.note_style == Some(NoteStyle::ShortTitle) {
            return self.say(&lints::NOTE_STYLE, "the house does not write \"Ibid.\"", place, name_it);
        }
        let Some((before, text)) = before else {
            return self.say(&lints::IBID, "no note stands before this \"Ibid.\"", place, name_it);
        };
        let division = |note: &Note| note.calls.first().map(|call| call.division);
        if division(before) != division(note) {
            return self.say(&lints::IBID, "this \"Ibid.\" is the first note of its section", place, name_it);
        }
        let count = sources_of(text).len();
        if count > 1 {
            let message = format!("the note before this \"Ibid.\" names {count} sources");
            return self.say(&lints::IBID, message, place, name_it);
        }
        if let Some(other) = self.written_before(note)
            && other.id != before.id
        {
            let mut said = Diagnostic::new(
                &lints::IBID,
                format!("this \"Ibid.\" was written after another note than the one before it now, {}", before.number),
            )
            .at(place)
            .hint("see that it still means the right source, or name it");
            if let Some(span) = other.span {
                said = said.label(span, "it was written after this one");
            }
            self.diagnostics.report(said);
        }
    }

    /// The note that stands before another in the manuscript, among those defined in the same file.
    fn written_before(&self, note: &Note) -> Option<&Note> {
        let here = note.span.filter(|_| !is_on_the_spot(note))?;
        let before = self.defined.range((here.source, 0)..(here.source, here.start)).next_back();
        before.map(|(_, other)| *other)
    }

    /// Where some words stand in a note; the note's own place when they cannot be found.
    fn place(&self, note: &Note, words: &str) -> Option<Span> {
        let span = note.span?;
        let written = self.sources.text(span).to_lowercase();
        match written.find(words) {
            Some(at) if written.len() == self.sources.text(span).len() => Some(span.within(at, at + words.len())),
            _ => Some(span),
        }
    }

    /// Calls before the punctuation, and after a space.
    fn calls(&mut self) {
        let book = self.book;
        for division in &book.divisions {
            let language = division.language.as_ref().unwrap_or(&book.metadata.language);
            let english = language.primary() == "en";
            for text in division.title.iter().chain(walk::own_texts(&division.blocks)) {
                self.calls_of(text, english);
            }
        }
    }

    fn calls_of(&mut self, text: &TextBlock, english: bool) {
        let leaf = |piece: &&Inline| !matches!(piece.shape(), Shape::Around(_));
        let is_call = |piece: &Inline| matches!(piece.kind, InlineKind::NoteCall { .. });
        let all: Vec<&Inline> = walk::pieces(&text.content).filter(leaf).collect();
        // The comma between two calls belongs to them.
        let parts = |at: usize| {
            let beside = |other: Option<usize>| other.and_then(|at| all.get(at)).is_some_and(|piece| is_call(piece));
            matches!(all[at].shape(), Shape::Letters(",")) && beside(at.checked_sub(1)) && beside(Some(at + 1))
        };
        let leaves: Vec<&Inline> = (0..all.len()).filter(|at| !parts(*at)).map(|at| all[at]).collect();
        for (at, piece) in leaves.iter().enumerate() {
            if !is_call(piece) {
                continue;
            }
            let span = &piece.span;
            let before = leaves[..at].iter().rev().find_map(|leaf| last_letter(leaf));
            let after = leaves[at + 1..].iter().find_map(|leaf| first_letter(leaf));
            let follows_call = at > 0 && is_call(leaves[at - 1]);
            if before.is_some_and(char::is_whitespace) && !follows_call {
                self.say(
                    &lints::SPACE_BEFORE_CALL,
                    "a space stands before this call of a note",
                    *span,
                    "put the call right after the word or its punctuation",
                );
            }
            if english && let Some(stop) = after.filter(|c| ['.', ',', ';', ':', '?', '!'].contains(c)) {
                let message = format!("this call of a note stands before the \"{stop}\"");
                self.say(
                    &lints::CALL_BEFORE_STOP,
                    message,
                    *span,
                    "in English it follows the punctuation: reform.[^1]",
                );
            }
        }
    }

    /// Links of notes that are not safe, or are none.
    fn links(&mut self) {
        for note in &self.book.notes {
            for piece in walk::own_texts(&note.blocks).flat_map(|text| walk::pieces(&text.content)) {
                if let Some((message, hint)) = piece.url().and_then(fault_of) {
                    self.say(&lints::NOTE_LINK, message, piece.span.or(note.span), hint);
                }
            }
        }
    }

    /// Two full stops where one is meant.
    fn stops(&mut self) {
        for note in &self.book.notes {
            let text = words(note);
            let doubled =
                text.match_indices("..").any(|(at, _)| !text[..at].ends_with('.') && !text[at + 2..].starts_with('.'));
            if doubled {
                let place = self.place(note, "..").or(note.span);
                self.say(&lints::DOUBLED_STOP, "two full stops follow each other", place, "take one of them out");
            }
        }
    }

    /// The same long citation, spelt twice differently.
    fn spellings(&mut self) {
        let book = self.book;
        // Works that differ in a number are different works; so only those with the same numbers are compared.
        let mut seen: BTreeMap<String, Citations<'_>> = BTreeMap::new();
        for note in &book.notes {
            let text = words(note);
            for source in sources_of(&text) {
                let core = core(source);
                if core.chars().count() < 40 {
                    continue;
                }
                let numbers: String = core.chars().filter(|c| c.is_ascii_digit() || *c == ' ').collect();
                let numbers = numbers.split_whitespace().collect::<Vec<_>>().join(" ");
                let known = seen.entry(numbers).or_default();
                if known.exact.contains(&core) {
                    continue;
                }
                if let Some(first) = known.near(&core) {
                    let mut said =
                        Diagnostic::new(&lints::CITATION_SPELLING, "this citation was spelt differently before")
                            .at(note.span)
                            .hint("spell it in one way, or shorten it after the first time");
                    if let Some(span) = first.span {
                        said = said.label(span, format!("in note {}", first.number));
                    }
                    self.diagnostics.report(said);
                }
                known.insert(core, note);
            }
        }
    }
}

/// Citations met so far.
///
/// Two that differ by a few letters have a stretch of ten in common that no difference touches: of the stretches into
/// which the one is cut there are more than the letters by which they may differ ([`differ_little`]). So only those are
/// compared that share one, and a book of many notes takes time in proportion.
#[derive(Default)]
struct Citations<'a> {
    exact: BTreeSet<String>,
    all: Vec<(String, &'a Note)>,
    stretches: BTreeMap<String, Vec<usize>>,
}

/// How long the stretches are by which citations are found.
const STRETCH: usize = 10;

impl<'a> Citations<'a> {
    fn insert(&mut self, core: String, note: &'a Note) {
        let letters: Vec<char> = core.chars().collect();
        for stretch in letters.chunks_exact(STRETCH) {
            self.stretches.entry(stretch.iter().collect()).or_default().push(self.all.len());
        }
        self.exact.insert(core.clone());
        self.all.push((core, note));
    }

    /// The first that differs by a few letters only.
    fn near(&self, core: &str) -> Option<&'a Note> {
        let letters: Vec<char> = core.chars().collect();
        let shared =
            letters.windows(STRETCH).filter_map(|stretch| self.stretches.get(&stretch.iter().collect::<String>()));
        let candidates: BTreeSet<usize> = shared.flatten().copied().collect();
        let (_, note) = candidates.into_iter().map(|at| &self.all[at]).find(|(other, _)| differ_little(other, core))?;
        Some(note)
    }
}

/// Whether a note was written where it is called.
fn is_on_the_spot(note: &Note) -> bool {
    note.calls.first().is_some_and(|call| call.span == note.span)
}

fn last_letter(leaf: &Inline) -> Option<char> {
    match leaf.shape() {
        Shape::Letters(text) => text.chars().next_back(),
        Shape::Break => Some(' '),
        Shape::Sign | Shape::Around(_) => leaf.habits().as_word.then_some('x'),
    }
}

fn first_letter(leaf: &Inline) -> Option<char> {
    match leaf.shape() {
        Shape::Letters(text) => text.chars().next(),
        Shape::Break => Some(' '),
        Shape::Sign | Shape::Around(_) => leaf.habits().as_word.then_some('x'),
    }
}

/// What is wrong with an address, and what to do.
fn fault_of(url: &str) -> Option<(String, &'static str)> {
    if url.starts_with("mailto:") {
        return None;
    }
    if url.starts_with("http://") {
        return Some((format!("\"{url}\" is not a safe address"), "write https:// if the site has it"));
    }
    let unreadable = || Some((format!("\"{url}\" cannot be read as an address"), "copy it from the browser once more"));
    let Some(rest) = url.strip_prefix("https://") else { return unreadable() };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or("").split(':').next().unwrap_or("");
    let labels: Vec<&str> = host.split('.').collect();
    let sound = labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    if !sound || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return unreadable();
    }
    None
}

/// A citation without the places in it: up to the page, the day of access, the address.
fn core(source: &str) -> String {
    let mut end = source.len();
    for mark in [", p.", ", pp.", " p. ", " pp. ", ", at ", "accessed", "http", ", n. ", "doi"] {
        if let Some(at) = source.find(mark) {
            end = end.min(at);
        }
    }
    source[..end].trim_end_matches([' ', ',', '.', '(', ':', '\u{a0}']).to_owned()
}

/// Whether two notes name the same source first.
fn is_same_source(one: &str, other: &str) -> bool {
    let (one, other) = (sources_of(one), sources_of(other));
    let (Some(first), Some(second), 1) = (one.first(), other.first(), one.len()) else { return false };
    let (first, second) = (core(first), core(second));
    first.chars().count() > 20 && first == second
}

/// A few letters apart, and not more than one in fifteen.
fn differ_little(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let most = (a.len().max(b.len()) / 15).clamp(1, 6);
    a.len().abs_diff(b.len()) <= most && distance(&a, &b, most) <= most
}

/// Letters to change, add or leave out (Levenshtein), along the diagonal only; more than `most` is `most + 1`.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut above = row[0];
        row[0] = i;
        let mut least = i;
        // Farther from the diagonal than `most` nothing can be that near.
        let (from, to) = (i.saturating_sub(most).max(1), (i + most).min(b.len()));
        if from > 1 {
            above = row[from - 1];
            row[from - 1] = most + 1;
            least = most + 1;
        }
        for j in from..=to {
            let change = above + usize::from(a[i - 1] != b[j - 1]);
            above = row[j];
            row[j] = change.min(row[j] + 1).min(row[j - 1] + 1);
            least = least.min(row[j]);
        }
        if least > most {
            return most + 1;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_parted_by_semicolons_outside_brackets_and_quotations() {
        assert_eq!(sources_of("Smith, Title (A: B; C), p. 1; Lee, “One; two”, p. 3; see").len(), 2);
        assert_eq!(sources_of("Smith, Title.").len(), 1);
    }

    #[test]
    fn ibid_is_known_by_its_first_word() {
        assert!(is_ibid("Ibid., p. 3") && is_ibid("ibid.") && is_ibid("Ibidem") && is_ibid("Id. at 4"));
        assert!(!is_ibid("Ideas, p. 3") && !is_ibid("See ibid."));
    }

    #[test]
    fn an_address_must_be_safe_and_sound() {
        assert!(fault_of("https://example.org/a?b=c").is_none());
        assert!(fault_of("https://doi.org/10.1000/182").is_none());
        for url in
            ["http://example.org", "https:/example.org", "https://localhost/a", "https://a..org", "https://a.org/ b"]
        {
            assert!(fault_of(url).is_some(), "{url}");
        }
    }

    #[test]
    fn citations_that_differ_by_a_letter_are_near_and_others_are_not() {
        let one = core("Ann Lee, The Price of Water in Four Towns (Alder: House, 2025), p. 12");
        let two = core("Anne Lee, The Price of Water in four Towns (Alder: House, 2025), p. 99");
        let other = core("Ann Lee, The Price of Bread in Nine Cities (Alder: House, 2025), p. 12");
        assert!(differ_little(&one, &two));
        assert!(!differ_little(&one, &other));
    }

    #[test]
    fn a_near_citation_is_found_wherever_its_letters_differ() {
        let note = Note { id: crate::book::NoteId(0), number: 1, blocks: vec![], calls: vec![], span: None };
        let base = "Ann Lee, The Price of Water in Four Towns (Alder: House";
        let mut known = Citations::default();
        known.insert(base.to_owned(), &note);
        for at in 0..base.len() {
            let mut other: Vec<char> = base.chars().collect();
            other[at] = '#';
            let other: String = other.into_iter().collect();
            assert!(known.near(&other).is_some(), "{other}");
        }
        assert!(known.near("Bob Roe, The Weight of Salt in Nine Ports (Basel: Press").is_none());
        let (one, other): (Vec<char>, Vec<char>) = ("abcdefgh".chars().collect(), "xabcdfgh".chars().collect());
        assert_eq!((distance(&one, &other, 2), distance(&one, &other, 1)), (2, 2));
    }
}
