//! What a book shows: its texts by the places where they were written, and what it holds without a place.

use std::collections::BTreeMap;
use std::ops::Range;

use super::words::{letters, same, settled, words};
use super::{Account, Entries, Word};
use crate::book::metadata::{Metadata, Person};
use crate::book::walk::{self, Inside, TextKind};
use crate::book::{Block, BlockKind, Book, Inline, InlineKind};
use crate::source::{Sources, Span};

/// Letters and where they were written.
type Leaf<'a> = (Span, &'a str);

/// Enters a book.
pub(super) fn enter(book: &Book, sources: &Sources, entries: &mut Entries) {
    left_out(book, sources, entries);
    let mut found = Found { leaves: Vec::new(), held: Vec::new() };
    found.book(book);
    for text in found.held {
        entries.held.extend(words(&text).map(|word| settled(&text[word])));
    }
    let mut leaves = found.leaves;
    leaves.sort_by_key(|(span, _)| (span.source, span.start));
    let mut rest = leaves.as_slice();
    while let Some((first, _)) = rest.first() {
        // What lies over each other is one stretch: a text whose pieces know only where the whole of it stands.
        let mut end = first.end;
        let together = rest.iter().take_while(|(span, _)| {
            let joins = span == first || (span.source == first.source && span.start < end);
            end = if joins { end.max(span.end) } else { end };
            joins
        });
        let count = together.count();
        let text = &sources.file(first.source).text;
        if let Some(page) = entries.page(first.source) {
            tick(page.within(first.start..end), text, &rest[..count]);
        }
        rest = &rest[count..];
    }
}

/// Divisions that stand empty because this edition is of others.
fn left_out(book: &Book, sources: &Sources, entries: &mut Entries) {
    let mut starts: Vec<(Span, bool)> =
        book.divisions.iter().filter_map(|division| Some((division.span?, division.is_left_out()))).collect();
    starts.sort();
    for (at, (span, _)) in starts.iter().enumerate().filter(|(_, (_, out))| *out) {
        let next = starts.get(at + 1).filter(|(next, _)| next.source == span.source);
        let end = next.map_or(sources.file(span.source).text.len() as u32, |(next, _)| next.start);
        if let Some(page) = entries.page(span.source) {
            page.left_out.push(span.start..end);
        }
    }
}

/// Books the words of a stretch that its leaves show, in order.
fn tick(written: &mut [Word], text: &str, leaves: &[Leaf]) {
    if written.iter().all(|word| word.account.is_some()) || is_so(written, text, leaves) {
        return;
    }
    let shown: Vec<&str> = leaves.iter().flat_map(|(_, leaf)| words(leaf).map(move |word| &leaf[word])).collect();
    let mut places = Places::default();
    let mut used = vec![false; shown.len()];
    let mut next = 0;
    let mut missing = Vec::new();
    for (at, word) in written.iter_mut().enumerate().filter(|(_, word)| word.account != Some(Account::Shown)) {
        let letters = &text[range(word)];
        let here = shown.get(next).is_some_and(|one| same(one, letters));
        match if here { Some(next) } else { places.from(&shown, letters, next) } {
            Some(found) => {
                used[found] = true;
                next = found + 1;
                word.account = Some(Account::Shown);
            }
            None => missing.push(at),
        }
    }
    if missing.is_empty() {
        return;
    }
    // What stands in another order, and what was joined or parted on the way.
    let joined: String = leaves.iter().map(|(_, leaf)| letters(leaf)).collect();
    let mut parts: BTreeMap<String, bool> = BTreeMap::new();
    for at in missing {
        let word = &mut written[at];
        let letters = settled(&text[range(word)]);
        let other = places.unused(&shown, &letters, &used);
        if let Some(other) = other {
            used[other] = true;
        }
        if other.is_some() || *parts.entry(letters).or_insert_with_key(|letters| joined.contains(letters)) {
            word.account = Some(Account::Shown);
        }
    }
}

/// Books the words of a stretch that is shown as it was written, which is nearly every one; else changes nothing.
fn is_so(written: &mut [Word], text: &str, leaves: &[Leaf]) -> bool {
    let mut shown = leaves.iter().flat_map(|(_, leaf)| words(leaf).map(move |word| &leaf[word]));
    let so = written.iter().all(|word| shown.next().is_some_and(|one| same(one, &text[range(word)])));
    if so {
        written.iter_mut().for_each(|word| word.account = Some(Account::Shown));
    }
    so
}

/// Where each of the words stands that are shown; made when one does not stand where it is expected.
#[derive(Default)]
struct Places {
    of: Option<BTreeMap<String, Standing>>,
}

/// The places of a word in their order, and how many of the first were used.
#[derive(Default)]
struct Standing {
    places: Vec<usize>,
    gone: usize,
}

impl Places {
    fn standing(&mut self, shown: &[&str], letters: &str) -> Option<&mut Standing> {
        let of = self.of.get_or_insert_with(|| {
            let mut of: BTreeMap<String, Standing> = BTreeMap::new();
            for (place, word) in shown.iter().enumerate() {
                of.entry(settled(word)).or_default().places.push(place);
            }
            of
        });
        of.get_mut(&settled(letters))
    }

    /// The first place of a word that is not before `next`.
    fn from(&mut self, shown: &[&str], letters: &str, next: usize) -> Option<usize> {
        let places = &self.standing(shown, letters)?.places;
        places.get(places.partition_point(|place| *place < next)).copied()
    }

    /// The first place of a word that is not used.
    fn unused(&mut self, shown: &[&str], letters: &str, used: &[bool]) -> Option<usize> {
        let standing = self.standing(shown, letters)?;
        let before = standing.places[standing.gone..].iter().take_while(|place| used[**place]).count();
        standing.gone += before;
        standing.places.get(standing.gone).copied()
    }
}

fn range(word: &Word) -> Range<usize> {
    word.start as usize..word.end as usize
}

/// What is found in a book.
struct Found<'a> {
    leaves: Vec<Leaf<'a>>,
    held: Vec<String>,
}

impl<'a> Found<'a> {
    fn book(&mut self, book: &'a Book) {
        self.metadata(&book.metadata);
        for division in &book.divisions {
            // Entries repeat titles; their words are shown where they stand.
            for (kind, text) in division.texts() {
                if !matches!(kind, TextKind::Entry | TextKind::NoteHeading) {
                    self.text(&text.content);
                }
            }
            self.text(&division.running_title);
            self.held.push(division.name.clone());
            self.held.extend(division.authors.iter().cloned());
            if let Some(cover) = &division.cover {
                let pictures = [&cover.picture, &cover.logo];
                self.held.extend(pictures.into_iter().flatten().filter_map(|(_, alt)| alt.clone()));
                self.blocks(&cover.blocks);
            }
            self.blocks(&division.blocks);
        }
        for note in &book.notes {
            for (_, text) in walk::texts(&note.blocks) {
                self.text(&text.content);
            }
            self.blocks(&note.blocks);
        }
        self.held.extend(book.stamp.clone());
    }

    /// What blocks hold besides their texts.
    fn blocks(&mut self, blocks: &'a [Block]) {
        for inside in walk::everything(blocks) {
            match inside {
                Inside::Text(..) => {}
                Inside::Picture(_, alt) => self.held.extend(alt.map(str::to_owned)),
                Inside::Block(block) => {
                    if let BlockKind::Figure(figure) = &block.kind {
                        self.held.extend(figure.long_description.clone());
                        // Its words and numbers stand in the drawing and in the table of its data.
                        if let Some(chart) = figure.chart() {
                            self.held.extend(figure.alt.clone());
                            self.held.extend(chart.words().map(str::to_owned));
                        }
                        // Brackets that say what the caption says.
                        self.held.extend(figure.caption.as_ref().map(|text| walk::settled(&text.content)));
                    }
                    if let BlockKind::Heading(heading) = &block.kind {
                        heading.short.iter().for_each(|short| self.text(short));
                    }
                }
            }
        }
    }

    fn text(&mut self, content: &'a [Inline]) {
        for piece in walk::pieces(content) {
            if let InlineKind::Abbreviation { title: said, .. } | InlineKind::Picture { alt: Some(said), .. } =
                &piece.kind
            {
                self.held.push(said.clone());
            }
        }
        for (piece, letters) in walk::letters(content) {
            match piece.span {
                Some(span) => self.leaves.push((span, letters)),
                None => self.held.push(letters.to_owned()),
            }
        }
    }

    fn metadata(&mut self, metadata: &'a Metadata) {
        self.text(&metadata.title);
        for title in metadata.subtitle.iter().chain(&metadata.short_title) {
            self.text(title);
        }
        if let Some(series) = &metadata.series {
            self.held.push(series.name.clone());
            self.held.extend(series.number.clone());
        }
        let said = [&metadata.version, &metadata.description, &metadata.cover_credit, &metadata.disclaimer];
        self.held.extend(said.into_iter().flatten().map(|said| said.value.clone()));
        for person in metadata.authors.iter().chain(&metadata.contributors) {
            self.person(person);
        }
        if let Some(house) = &metadata.publisher {
            self.held.push(house.name.clone());
            self.held.extend(house.place.iter().chain(&house.address).cloned());
            self.held.extend(house.logo.iter().filter_map(|(_, alt)| alt.clone()));
        }
        if let Some(rights) = &metadata.rights {
            self.held.extend([&rights.holder, &rights.year, &rights.statement].into_iter().flatten().cloned());
        }
        self.held.extend(metadata.keywords.iter().map(|word| word.value.clone()));
        self.held.extend(metadata.accessibility.summary.clone());
    }

    fn person(&mut self, person: &'a Person) {
        self.held.push(person.name.clone());
        self.held.extend(person.file_as.iter().chain(person.affiliation.iter().map(|place| &place.name)).cloned());
        self.held.extend(person.photo.iter().filter_map(|(_, alt)| alt.clone()));
        self.about(&person.bio);
    }

    fn about(&mut self, blocks: &'a [Block]) {
        for (_, text) in walk::texts(blocks) {
            self.text(&text.content);
        }
        self.blocks(blocks);
    }
}
