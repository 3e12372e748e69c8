//! Plan: which files the book becomes, what everything in them is called, and the order in which it is read.
//!
//! One walk over the [`Book`] settles it before a line is written: a file a division, an id for what is linked to or
//! labelled, and the row of *seats*, the places where a page of the print edition can begin.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::block::Notes;
use crate::book::walk::{self, Inside, SeatKind};
use crate::book::{
    Block, BlockId, BlockKind, Book, Division, DivisionId, DivisionKind, Inline, InlineKind, MarkId, NoteId, Target,
    TextBlock, TextKind, plain,
};
use crate::language::slug;

/// Files, ids and reading order of one e-book.
#[derive(Debug)]
pub(super) struct Plan {
    /// The file of each division; `None` when it is left out.
    files: Vec<Option<String>>,
    /// The division in which each block is shown, and its id there if it has one.
    blocks: BTreeMap<BlockId, (DivisionId, Option<String>)>,
    /// The division in which each note is shown.
    notes: BTreeMap<NoteId, DivisionId>,
    /// The name of each picture below the package's folder.
    pub pictures: Vec<String>,
    /// Where a page can begin, in reading order.
    pub seats: Vec<Seat>,
    /// Every block in reading order, with the seat that stands for it.
    pub order: BTreeMap<BlockId, usize>,
    /// The division's own seat.
    pub openings: BTreeMap<DivisionId, usize>,
    /// The entries of the list of works, each with the places that cite it, in reading order.
    works: BTreeMap<BlockId, Vec<Target>>,
}

/// A place where a page of the print edition can begin.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Seat {
    /// Before the title of a division.
    Opening(DivisionId),
    /// Before a figure, a table, a box, a heading.
    Before(BlockId),
    /// In a text.
    In(BlockId),
}

/// The file of the contents.
pub(super) const NAV: &str = "nav.xhtml";

impl Plan {
    /// The plan of a book.
    pub fn of(book: &Book) -> Plan {
        Plan::with(book, files(book))
    }

    /// The plan of a folder of pages for the web: what only a bound book has is no page there.
    pub fn of_web(book: &Book) -> Plan {
        use DivisionKind::*;
        let bound = |kind| {
            matches!(
                kind,
                Cover | HalfTitle | TitlePage | Contents | ListOfFigures | ListOfTables | ListOfBoxes | BackCover
            )
        };
        let page = |(file, division): (Option<String>, &Division)| {
            let stem = file.filter(|_| !bound(division.kind))?;
            let stem = stem.trim_end_matches(".xhtml");
            // The list of all pages has that name.
            Some(if stem == "index" { "index-2.html".to_owned() } else { format!("{stem}.html") })
        };
        Plan::with(book, files(book).into_iter().zip(&book.divisions).map(page).collect())
    }

    /// Leaves divisions out, with everything that would lead to them.
    pub fn leave_out(&mut self, book: &Book, out: impl Fn(&Division) -> bool) {
        for division in book.divisions.iter().filter(|division| out(division)) {
            self.files[division.id.index()] = None;
        }
    }

    fn with(book: &Book, files: Vec<Option<String>>) -> Plan {
        let works = works(book);
        let mut targets = targets(book);
        let texts = works.values().flatten();
        targets.extend(texts.filter_map(|place| if let Target::Block(id) = place { Some(*id) } else { None }));
        let mut walk = Walk {
            book,
            plan: Plan {
                files,
                blocks: BTreeMap::new(),
                notes: BTreeMap::new(),
                pictures: pictures(book),
                seats: Vec::new(),
                order: BTreeMap::new(),
                openings: BTreeMap::new(),
                works,
            },
            targets,
            used: BTreeSet::new(),
            division: DivisionId(0),
            waiting: Vec::new(),
        };
        for division in &book.divisions {
            if walk.plan.file(division.id).is_some() {
                walk.division(division);
            }
        }
        walk.plan
    }

    /// The file of a division; `None` when this book leaves it out.
    pub fn file(&self, division: DivisionId) -> Option<&str> {
        self.files.get(division.index()).and_then(|file| file.as_deref())
    }

    /// The id of a block, if anything needs one.
    pub fn id(&self, block: BlockId) -> Option<&str> {
        self.blocks.get(&block).and_then(|(_, id)| id.as_deref())
    }

    /// Whether a block is an entry of the list of works.
    pub fn is_work(&self, block: BlockId) -> bool {
        self.works.contains_key(&block)
    }

    /// The places that cite a work: notes, and texts.
    pub fn citing(&self, block: BlockId) -> &[Target] {
        self.works.get(&block).map(Vec::as_slice).unwrap_or_default()
    }

    /// The division that shows a block.
    pub fn division(&self, block: BlockId) -> Option<DivisionId> {
        self.blocks.get(&block).map(|(division, _)| *division)
    }

    /// The division that shows a note.
    pub fn note_division(&self, note: NoteId) -> Option<DivisionId> {
        self.notes.get(&note).copied()
    }

    /// Where a target lies, seen from the page of `from`; `None` when the book does not show it.
    pub fn href(&self, book: &Book, target: &Target, from: Option<DivisionId>) -> Option<String> {
        let inside = |division: DivisionId, id: Option<&str>| {
            let file = self.file(division)?;
            Some(match id {
                Some(id) if from == Some(division) => format!("#{id}"),
                Some(id) => format!("{file}#{id}"),
                None => file.to_owned(),
            })
        };
        match target {
            Target::Url(url) => Some(address(url)),
            Target::Division(division) => inside(*division, None),
            Target::Block(block) => match self.blocks.get(block) {
                Some((division, id)) => inside(*division, id.as_deref()),
                None => book.index.get(block.index()).and_then(|entry| inside(entry.division, None)),
            },
            Target::Mark(mark) => {
                let mark = book.marks.get(mark.index())?;
                let division = match mark.note {
                    Some(note) => self.note_division(note)?,
                    None => self.division(mark.block)?,
                };
                inside(division, Some(&mark_id(mark.id)))
            }
            Target::Note(note) => inside(self.note_division(*note)?, Some(&note_id(*note))),
            Target::NoteCall(note, call) => {
                let place = book.note(*note).calls.get(usize::from(*call))?;
                let shown = self.blocks.get(&place.block).map_or(place.division, |(division, _)| *division);
                inside(shown, Some(&call_id(*note, *call)))
            }
        }
    }
}

/// The entries of the list of works, with what cites each.
fn works(book: &Book) -> BTreeMap<BlockId, Vec<Target>> {
    let entries = book.blocks().flat_map(|block| match &block.kind {
        BlockKind::Works(works) => works.entries.as_slice(),
        _ => &[],
    });
    let mut works: BTreeMap<BlockId, Vec<Target>> = entries.map(|entry| (entry.block.id, Vec::new())).collect();
    if works.is_empty() {
        return works;
    }
    // Titles, captions and cells have no place of their own: what holds them is led to.
    let holder = book.blocks().flat_map(|block| block.inside().map(move |inside| (block.id, inside)));
    let text =
        |(block, inside)| if let Inside::Text(kind, text) = inside { Some((text.id, kind, block)) } else { None };
    let holders: BTreeMap<BlockId, BlockId> = holder
        .filter_map(text)
        .filter(|(_, kind, _)| *kind != TextKind::Running)
        .map(|(id, _, block)| (id, block))
        .collect();
    // Contents and lists repeat titles.
    for (kind, text) in book.texts().filter(|(kind, _)| kind.is_own()) {
        let entry = book.entry(text.id);
        let place = match (entry.note, holders.get(&text.id)) {
            (Some(note), _) => Target::Note(note),
            (None, _) if kind == TextKind::Running => Target::Block(text.id),
            (None, Some(block)) => Target::Block(*block),
            (None, None) => Target::Division(entry.division),
        };
        for target in walk::pieces(&text.content).filter_map(|piece| piece.target()) {
            if let Target::Block(id) = target
                && let Some(places) = works.get_mut(id)
                && places.last() != Some(&place)
            {
                places.push(place.clone());
            }
        }
    }
    works
}

/// The id of a note.
pub(super) fn note_id(note: NoteId) -> String {
    format!("n-{}", note.0 + 1)
}

/// The id of a call: `nr-3`, the second one `nr-3-2`.
pub(super) fn call_id(note: NoteId, call: u16) -> String {
    match call {
        0 => format!("nr-{}", note.0 + 1),
        more => format!("nr-{}-{}", note.0 + 1, more + 1),
    }
}

/// The id of a mark of the index.
pub(super) fn mark_id(mark: MarkId) -> String {
    format!("ix-{}", mark.0 + 1)
}

/// An address with nothing in it that an address must not hold.
pub(super) fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let fragment = url.find('#');
    for (at, character) in url.char_indices() {
        match character {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                out.push_str(&format!("%{:02X}", character as u32))
            }
            '[' | ']' if !url.contains("://[") => out.push_str(&format!("%{:02X}", character as u32)),
            '#' if fragment != Some(at) => out.push_str("%23"),
            '%' if !url.get(at + 1..at + 3).is_some_and(|next| next.bytes().all(|b| b.is_ascii_hexdigit())) => {
                out.push_str("%25");
            }
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// A file for each division that shows something. Names are ASCII and say what is in the file.
fn files(book: &Book) -> Vec<Option<String>> {
    let mut used: BTreeSet<String> = [NAV.to_owned()].into();
    book.divisions
        .iter()
        .map(|division| {
            if is_empty(division) {
                return None;
            }
            if division.kind == DivisionKind::Contents {
                return Some(NAV.to_owned());
            }
            let stem = match division.label.trim_start_matches("s-") {
                bare if division.label.len() < 3 || bare.chars().all(|c| c.is_ascii_digit()) => division.kind.name(),
                _ => division.label.as_str(),
            };
            // Long names end with a whole word.
            let stem = match stem.get(..40) {
                Some(cut) if stem.len() > 40 && !stem[40..].starts_with('-') => {
                    cut.rsplit_once('-').map_or(cut, |(whole, _)| whole)
                }
                Some(cut) => cut,
                None => stem,
            };
            let stem = stem.trim_matches('-');
            let mut name = format!("{stem}.xhtml");
            let mut count = 2;
            while !used.insert(name.clone()) {
                name = format!("{stem}-{count}.xhtml");
                count += 1;
            }
            Some(name)
        })
        .collect()
}

/// Whether a division shows nothing in this book.
fn is_empty(division: &Division) -> bool {
    let made = division.blocks.iter().any(|block| {
        if let BlockKind::Notes(notes) = &block.kind {
            return notes.groups.iter().any(|group| !group.notes.is_empty());
        }
        block.entries().is_none_or(|entries| !entries.is_empty())
    });
    match division.kind {
        DivisionKind::Notes
        | DivisionKind::Contents
        | DivisionKind::ListOfFigures
        | DivisionKind::ListOfTables
        | DivisionKind::ListOfBoxes => !made,
        DivisionKind::Cover => false,
        DivisionKind::BackCover => {
            division.cover.as_ref().is_none_or(|cover| cover.blocks.is_empty() && cover.publisher.is_none())
        }
        _ => division.title.is_none() && division.blocks.is_empty(),
    }
}

/// `images/` and a name of ASCII letters, digits and hyphens, unique without regard to case.
fn pictures(book: &Book) -> Vec<String> {
    let mut used = BTreeSet::new();
    book.assets
        .all
        .iter()
        .map(|asset| {
            let name = asset.path.rsplit('/').next().unwrap_or("picture");
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let mut plain = String::new();
            for letter in stem.chars() {
                match letter {
                    letter if letter.is_ascii_alphanumeric() => plain.push(letter.to_ascii_lowercase()),
                    _ if !plain.ends_with('-') && !plain.is_empty() => plain.push('-'),
                    _ => {}
                }
            }
            let plain = plain.trim_matches('-');
            let stem = if plain.is_empty() { "picture" } else { plain };
            let kind = asset.kind.ending();
            let mut name = format!("images/{stem}.{kind}");
            let mut count = 2;
            while !used.insert(name.clone()) {
                name = format!("images/{stem}-{count}.{kind}");
                count += 1;
            }
            name
        })
        .collect()
}

/// Every block that a link or an entry leads to.
fn targets(book: &Book) -> BTreeSet<BlockId> {
    let links = book.texts().flat_map(|(_, text)| walk::pieces(&text.content)).filter_map(|piece| piece.target());
    let entries = book.blocks().filter_map(|block| block.entries()).flatten().map(|entry| &entry.target);
    let block = |target: &Target| if let Target::Block(id) = target { Some(*id) } else { None };
    let indexes = book.blocks().filter_map(|block| block.index()).flat_map(|index| index.entries());
    let references = indexes.flat_map(|entry| entry.see.iter().chain(&entry.see_also));
    let referred = references.filter_map(|reference| reference.target);
    links.chain(entries).filter_map(block).chain(referred).collect()
}

/// The first label that words of a text have.
fn place_in(content: &[Inline]) -> Option<String> {
    let label =
        |piece: &Inline| if let InlineKind::Place { label, .. } = &piece.kind { Some(label.clone()) } else { None };
    walk::pieces(content).find_map(label)
}

/// The same, of a block that is one text.
fn place_of(block: &Block) -> Option<String> {
    if let BlockKind::Paragraph(paragraph) = &block.kind { place_in(&paragraph.text.content) } else { None }
}

struct Walk<'a> {
    book: &'a Book,
    plan: Plan,
    targets: BTreeSet<BlockId>,
    used: BTreeSet<String>,
    division: DivisionId,
    /// Blocks that have no seat of their own and take the next one.
    waiting: Vec<BlockId>,
}

impl Walk<'_> {
    fn division(&mut self, division: &Division) {
        self.division = division.id;
        self.plan.openings.insert(division.id, self.plan.seats.len());
        self.seat(Seat::Opening(division.id), division.title.as_ref().map(|title| title.id));
        if let Some(title) = &division.title {
            self.place(title.id, None);
        }
        let cover = division.cover.iter().flat_map(|cover| &cover.blocks);
        for block in division.blocks.iter().chain(cover) {
            self.block(block);
        }
    }

    fn seat(&mut self, seat: Seat, of: Option<BlockId>) {
        let at = self.plan.seats.len();
        self.plan.seats.push(seat);
        for block in self.waiting.drain(..).chain(of) {
            self.plan.order.entry(block).or_insert(at);
        }
    }

    fn text(&mut self, text: &TextBlock) {
        self.place(text.id, place_in(&text.content));
        self.seat(Seat::In(text.id), Some(text.id));
    }

    fn block(&mut self, block: &Block) {
        let heading = || if let BlockKind::Heading(heading) = &block.kind { Some(heading) } else { None };
        let readable = match &block.label {
            Some(label) => Some(label.clone()),
            None => heading().map(|heading| slug(&plain(&heading.title.content))).or_else(|| place_of(block)),
        };
        self.place(block.id, readable);
        let habits = block.habits();
        match habits.seat {
            SeatKind::Before if !habits.print_only => self.seat(Seat::Before(block.id), Some(block.id)),
            SeatKind::Before | SeatKind::Inside => self.waiting.push(block.id),
        }
        if habits.print_only {
            return;
        }
        if let BlockKind::Notes(notes) = &block.kind {
            return self.notes(notes);
        }
        for inside in block.inside() {
            match inside {
                Inside::Text(TextKind::Heading, _) | Inside::Picture(..) => {}
                Inside::Text(_, text) => self.text(text),
                Inside::Block(inner) => self.block(inner),
            }
        }
    }

    fn notes(&mut self, notes: &Notes) {
        let book = self.book;
        if let Some(title) = &notes.title {
            self.place(title.id, Some(slug(&plain(&title.content))));
            self.seat(Seat::Before(title.id), Some(title.id));
        }
        for group in &notes.groups {
            if let Some((_, title)) = &group.heading {
                self.place(title.id, None);
                self.seat(Seat::Before(title.id), Some(title.id));
            }
            for note in &group.notes {
                self.plan.notes.insert(*note, self.division);
                book.note(*note).blocks.iter().for_each(|inner| self.block(inner));
            }
        }
    }

    /// Remembers where a block is shown, with an id where one is wanted.
    fn place(&mut self, block: BlockId, readable: Option<String>) {
        let id = match readable {
            Some(readable) => Some(self.unique(&readable)),
            None if self.targets.contains(&block) => Some(self.unique(&format!("b-{}", block.0))),
            None => None,
        };
        let entry = self.plan.blocks.entry(block).or_insert((self.division, None));
        if entry.1.is_none() {
            entry.1 = id;
        }
    }

    /// An id that nothing else in the book has, and that is none of the ids of notes, calls and pages.
    fn unique(&mut self, wanted: &str) -> String {
        let reserved = ["n-", "nr-", "pg-", "h-", "ix-"].iter().any(|prefix| wanted.starts_with(prefix));
        let base = if reserved { format!("x-{wanted}") } else { wanted.to_owned() };
        let mut id = base.clone();
        let mut count = 2;
        while !self.used.insert(id.clone()) {
            id = format!("{base}-{count}");
            count += 1;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_nothing_that_it_must_not() {
        assert_eq!(address("https://example.org/a b|c?x=[1]#y"), "https://example.org/a%20b%7Cc?x=%5B1%5D#y");
        assert_eq!(address("https://example.org/100%"), "https://example.org/100%25");
        assert_eq!(address("https://example.org/a%20b"), "https://example.org/a%20b");
    }
}
