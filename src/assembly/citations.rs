//! Citations: in the order in which a reader meets them, as the style of the book has them; and the list of works.
//!
//! Where a style cites in notes, a citation in the text becomes a note of the one series before notes are counted
//! ([`lower`]). When all notes are counted and the edition's sections are chosen, everything that is cited is put in
//! order and rendered at once ([`Citations::of`]), so that positions ("Ibid.") belong to one book; who resolves a text
//! takes the words from there.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use rayon::prelude::*;

use super::choose::{self, Choice};
use super::figures::Figures;
use super::notes::{Calls, Key};
use crate::book::{BlockId, NoteId, Target};
use crate::cite::cluster::{Citation, Cite, Manner as Shape};
use crate::cite::join::{Signs, join};
use crate::cite::piece::{self, Face, Mark, Piece};
use crate::cite::places::places;
use crate::cite::processor::Processor;
use crate::cite::render::Place;
use crate::cite::style::{Form, Locale, Position};
use crate::cite::work::{Value, Work};
use crate::cite::{list, locator, order};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::terms::Term;
use crate::language::{self, Language};
use crate::manuscript::bibliography::Bibliography;
use crate::manuscript::spine::Manuscript;
use crate::markdown::Ids;
use crate::markdown::parsed::{Manner, PBlock, PBlockKind, PCitation, PCited, PInline, PKind, PText};
use crate::markdown::walk::{self, Inside};
use crate::source::Span;

/// What is cited, as it is shown.
#[derive(Debug, Default)]
pub(super) struct Citations {
    /// By the citation's id.
    pub shown: BTreeMap<BlockId, Shown>,
    /// The list of works, in its order.
    pub entries: Vec<Entry>,
    /// The works that are cited or listed, by their places in the author's lists, as a reader meets them.
    pub cited: Vec<usize>,
    /// The entry of each work that has one.
    pub targets: BTreeMap<usize, BlockId>,
    /// Where each work is cited first: the call of its note, or the words; nothing where that has no place of its own.
    pub places: BTreeMap<usize, Target>,
    /// The languages of works whose titles are not in the book's.
    pub languages: BTreeMap<usize, Language>,
    /// Whether a citation leads to its entry.
    pub links: bool,
    /// What stands before the page and the pages that an entry shows, if it shows those that cite it.
    pub pages: Option<(String, String)>,
    /// Whether citations are notes.
    pub notes: bool,
    /// Whether entries hang.
    pub hanging: bool,
    /// Full stops and commas stand inside closing quotation marks.
    pub inward: bool,
}

/// A citation as it is shown.
#[derive(Debug)]
pub(super) struct Shown {
    pub pieces: Vec<Piece>,
    /// What its author wrote and no style touches.
    pub own: Vec<PInline>,
}

/// An entry of the list of works.
#[derive(Debug)]
pub(super) struct Entry {
    pub work: usize,
    pub pieces: Vec<Piece>,
    /// Where the work stands in the author's list.
    pub span: Span,
}

/// A citation as a reader meets it.
struct Met {
    citation: PCitation,
    /// The note that holds it, by the order in which notes are read, from 1; zero in the text.
    note: usize,
    /// Where a reader finds it.
    place: Option<Target>,
    /// Whether a sentence begins with it.
    opens: bool,
}

impl Citations {
    /// Renders everything that the sections of a book cite.
    pub fn of(
        manuscript: &Manuscript,
        calls: &Calls<'_>,
        figures: &Figures,
        choice: &Choice,
        ids: &mut Ids,
        diagnostics: &mut Diagnostics,
    ) -> Citations {
        let Some(bibliography) = manuscript.bibliography.as_deref() else { return Citations::default() };
        let mut shown = Reader::new(manuscript, calls, figures);
        let mut elsewhere = Reader::new(manuscript, calls, figures);
        for at in choose::order(manuscript) {
            match choice.kept[choice.chapters[at].index()] {
                true => shown.chapter(at),
                false => elsewhere.chapter(at),
            }
        }
        let mut desk = Desk { bibliography, cited: Vec::new(), seen: BTreeSet::new() };
        let known = |met: &Met| met.citation.items.clone();
        shown.met.iter().flat_map(known).for_each(|item| desk.look_up(&item.key, item.span, diagnostics));
        let here = desk.cited.clone();
        elsewhere.met.iter().flat_map(known).for_each(|item| desk.look_up(&item.key, item.span, diagnostics));
        desk.check(diagnostics);
        desk.cited = here;
        desk.listed(diagnostics);
        desk.render(&shown, ids, &manuscript.metadata.language)
    }

    /// What the list of works is called by who does not cite in notes; `None` leaves it to its kind.
    pub fn title(manuscript: &Manuscript) -> Option<String> {
        manuscript.bibliography.as_deref().filter(|bibliography| !bibliography.style.notes)?;
        Some(Term::References.word(&manuscript.metadata.language).to_owned())
    }
}

/// Goes through the chapters as a reader does: a note is read where it is called first.
struct Reader<'a, 'c> {
    manuscript: &'a Manuscript,
    calls: &'a Calls<'c>,
    figures: &'a Figures,
    /// The number of each note that was read, and whether a citation is all that stands in it; by their order.
    notes: Vec<(u32, bool)>,
    seen: BTreeSet<NoteId>,
    met: Vec<Met>,
    chapter: usize,
    note: usize,
    /// Where what is read now is found.
    place: Option<Target>,
}

impl<'a, 'c> Reader<'a, 'c> {
    fn new(manuscript: &'a Manuscript, calls: &'a Calls<'c>, figures: &'a Figures) -> Reader<'a, 'c> {
        let (notes, seen, met) = (Vec::new(), BTreeSet::new(), Vec::new());
        Reader { manuscript, calls, figures, notes, seen, met, chapter: 0, note: 0, place: None }
    }

    fn chapter(&mut self, at: usize) {
        self.chapter = at;
        let chapter = &self.manuscript.divisions[at];
        if let (None, Some(heading)) = (&chapter.title, &chapter.parsed.heading) {
            self.text(&heading.title.content);
        }
        self.blocks(&chapter.parsed.blocks);
    }

    fn blocks(&mut self, blocks: &[PBlock]) {
        for block in blocks {
            if matches!(block.kind, PBlockKind::PullQuote(_)) {
                continue;
            }
            if let PBlockKind::Figure(figure) = &block.kind {
                let figures = self.figures;
                figures.get(block.id, figure).texts().for_each(|text| self.text_in(block.id, text));
                continue;
            }
            // Titles, captions and cells have no place of their own: what holds them is led to.
            let running = matches!(block.kind, PBlockKind::Paragraph(_));
            block.inside(&mut |inside| match inside {
                Inside::Text(text) => self.text_in(if running { text.id } else { block.id }, text),
                Inside::Block(inner) => self.blocks(slice::from_ref(inner)),
            });
        }
    }

    /// Reads a text that a reader finds at `place`, or in the note that is read.
    fn text_in(&mut self, place: BlockId, text: &PText) {
        if self.note > 0 {
            return self.text(&text.content);
        }
        self.place = Some(Target::Block(place));
        self.text(&text.content);
        self.place = None;
    }

    fn text(&mut self, content: &[PInline]) {
        let mut before = String::new();
        for piece in walk::pieces(content) {
            if let PKind::Text(text) = &piece.kind {
                before.push_str(text);
            } else if let PKind::Citation(citation) = &piece.kind {
                let (note, place, opens) = (self.note, self.place.clone(), begins_a_sentence(&before));
                self.met.push(Met { citation: (**citation).clone(), note, place, opens });
                before.push_str("cited");
                citation.words().for_each(|words| self.text(words));
            } else if let PKind::NoteCall(label) = &piece.kind {
                let file = self.manuscript.divisions[self.chapter].file;
                if let Some(Key::Defined(file, at)) = self.calls.definition(file, label) {
                    let blocks = &self.manuscript.notes[file][at].blocks;
                    self.in_note(Key::Defined(file, at), is_a_citation(blocks), |reader| reader.blocks(blocks));
                }
            } else if let PKind::InlineNote(id, words) = &piece.kind {
                self.in_note(Key::Inline(*id), is_one_citation(words), |reader| reader.text(words));
            }
        }
    }

    fn in_note(&mut self, key: Key, pure: bool, read: impl FnOnce(&mut Self)) {
        let Some(id) = self.calls.note(key, self.chapter) else { return };
        if self.note > 0 || !self.seen.insert(id) {
            return;
        }
        self.notes.push((self.calls.notes[id.index()].number, pure));
        self.note = self.notes.len();
        let outer = self.place.replace(Target::NoteCall(id, 0));
        read(self);
        self.place = outer;
        self.note = 0;
    }
}

/// Whether a note says nothing but a citation.
fn is_a_citation(blocks: &[PBlock]) -> bool {
    match blocks {
        [PBlock { kind: PBlockKind::Paragraph(text), .. }] => is_one_citation(&text.content),
        _ => false,
    }
}

fn is_one_citation(content: &[PInline]) -> bool {
    let cites = |piece: &&PInline| matches!(piece.kind, PKind::Citation(_));
    let stop =
        |piece: &PInline| matches!(&piece.kind, PKind::Text(text) if text.trim().trim_end_matches('.').is_empty());
    content.iter().filter(cites).count() == 1 && content.iter().all(|piece| cites(&piece) || stop(piece))
}

/// The works that are cited, by their places in the author's lists.
struct Desk<'a> {
    bibliography: &'a Bibliography,
    /// In the order in which a reader meets them, and those at the end that are only listed.
    cited: Vec<usize>,
    seen: BTreeSet<usize>,
}

impl Desk<'_> {
    /// Finds a work, or says that there is none.
    fn look_up(&mut self, key: &str, span: Span, diagnostics: &mut Diagnostics) {
        if let Some(work) = self.bibliography.keys.get(key) {
            if self.seen.insert(*work) {
                self.cited.push(*work);
            }
            return;
        }
        // It may stand in what could not be read, which was said.
        if self.bibliography.partial {
            return;
        }
        let hint = match self.bibliography.near(key) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("give a work that key in the list of works; if it is somebody's name, write \\@{key}"),
        };
        let message = format!("no work has the key \"{key}\"");
        diagnostics.report(Diagnostic::new(&lints::CITATION, message).at(span).hint(hint));
    }

    /// Says which cited works say too little, and which are never cited where the author asks for that.
    fn check(&self, diagnostics: &mut Diagnostics) {
        let bibliography = self.bibliography;
        for at in &self.cited {
            let (work, span) = (&bibliography.works[*at], bibliography.places[*at]);
            // A page of the web often has none, and is cited by the day on which it was seen.
            let dated = work.has("issued") || work.has("status") || work.kind == "webpage";
            let missing = match (work.has("title"), dated) {
                (true, true) => continue,
                (false, true) => "no title",
                (true, false) => "no date",
                (false, false) => "neither a title nor a date",
            };
            let message = format!("\"{}\" is cited and has {missing}", work.key);
            let hint = "write it into the entry, such as `title = {…}` or `date = {2019}`; `pubstate = {n.d.}` says that there is no date";
            diagnostics.report(Diagnostic::new(&lints::SPARSE_WORK, message).at(span).hint(hint));
        }
        if bibliography.only_cited {
            for (at, work) in bibliography.works.iter().enumerate().filter(|(at, _)| !self.seen.contains(at)) {
                let message = format!("\"{}\" is never cited", work.key);
                let hint = "cite it, delete it, or name it under `nocite:`";
                diagnostics
                    .report(Diagnostic::new(&lints::NEVER_CITED, message).at(bibliography.places[at]).hint(hint));
            }
        }
    }

    /// Adds the works that are listed without being cited.
    fn listed(&mut self, diagnostics: &mut Diagnostics) {
        self.seen = self.cited.iter().copied().collect();
        for written in &self.bibliography.listed {
            self.look_up(&written.text, written.span, diagnostics);
        }
        if self.bibliography.all {
            let rest: Vec<usize> = (0..self.bibliography.works.len()).filter(|at| !self.seen.contains(at)).collect();
            self.cited.extend(rest);
        }
    }

    /// Renders everything that was met, and the list of works.
    fn render(self, reader: &Reader<'_, '_>, ids: &mut Ids, language: &Language) -> Citations {
        let Desk { bibliography, cited, .. } = self;
        let (style, locale) = (&bibliography.style, &bibliography.locale);
        let works: Vec<Work> = cited.iter().map(|at| bibliography.works[*at].clone()).collect();
        let (citations, own) = written(reader, &works, bibliography);
        let placed = positions(&citations, reader, style.citation.near_note);
        let mut again = vec![false; works.len()];
        for (cite, place) in citations.iter().zip(&placed).flat_map(|(one, places)| one.cites.iter().zip(places)) {
            again[cite.work] |= place.position != Position::First;
        }
        let order: Vec<usize> = (0..works.len()).collect();
        let processor = Processor::new(style, locale, &works, &order, again);
        let signs = Signs::of(locale);
        let all = reader.met.par_iter().zip(&citations).zip(&placed);
        let made: Vec<Vec<Piece>> = all
            .map(|((met, citation), places)| global(rendered(met, &processor, citation, places, &signs), &cited))
            .collect();
        let words = made.into_iter().zip(own).map(|(pieces, own)| Shown { pieces, own });
        let listed = if style.bibliography.is_some() { processor.entries() } else { Vec::new() };
        let entry = |entry: list::Entry| Entry {
            work: cited[entry.work],
            pieces: global(join(&entry.pieces, &signs), &cited),
            span: bibliography.places[cited[entry.work]],
        };
        let entries: Vec<Entry> = listed.into_par_iter().map(entry).collect();
        let other = |at: &usize| {
            let tag = order::language(&bibliography.works[*at])?;
            let own = Language::parse(tag).filter(|own| own.primary() != language.primary())?;
            Some((*at, own))
        };
        let mut places = BTreeMap::new();
        for (met, citation) in reader.met.iter().zip(&citations) {
            for cite in &citation.cites {
                if let Some(place) = &met.place {
                    places.entry(cited[cite.work]).or_insert_with(|| place.clone());
                }
            }
        }
        Citations {
            places,
            shown: reader.met.iter().map(|met| met.citation.id).zip(words).collect(),
            targets: entries.iter().map(|entry| (entry.work, ids.next())).collect(),
            entries,
            languages: cited.iter().filter_map(other).collect(),
            cited,
            links: bibliography.links,
            pages: bibliography.pages.then(|| of_pages(locale)),
            notes: style.notes,
            hanging: style.bibliography.as_ref().is_some_and(|part| part.hanging),
            inward: signs.inside,
        }
    }
}

/// What a locale calls a page and pages, in short.
fn of_pages(locale: &Locale) -> (String, String) {
    let term = locale.term("page", Form::Short);
    term.map_or_else(Default::default, |term| (term.one.clone(), term.many.clone()))
}

/// The works that some pieces are of.
pub(super) fn works_in(pieces: &[Piece], found: &mut BTreeSet<usize>) {
    for piece in pieces {
        if let Piece::Marked(Mark::Work(work), _) = piece {
            found.insert(*work);
        }
        works_in(piece.inside(), found);
    }
}

/// What was met as the engine takes it, and what of it no style touches.
fn written(reader: &Reader<'_, '_>, works: &[Work], bibliography: &Bibliography) -> (Vec<Citation>, Vec<Vec<PInline>>) {
    let keys: BTreeMap<&str, usize> = works.iter().enumerate().map(|(at, work)| (work.key.as_str(), at)).collect();
    let mut last: Option<usize> = None;
    let cite = |met: &Met| {
        let mut words = Vec::new();
        let cites = met.citation.items.iter().filter_map(|item| {
            let work = *keys.get(item.key.as_str())?;
            let named =
                works[work].fields.values().any(|value| matches!(value, Value::Names(names) if !names.is_empty()));
            Some(Written { words: &mut words, named, bibliography }.cite(item, work))
        });
        let cites: Vec<Cite> = cites.collect();
        let manner = match met.citation.manner {
            Manner::Author => Shape::AuthorOnly,
            Manner::Note => Shape::Whole,
            Manner::Apart | Manner::InText if bibliography.style.notes => Shape::Inside,
            Manner::Apart | Manner::InText => Shape::Whole,
        };
        // Between it and the note of the citation before stands another, or that one says more than it cites.
        let other = |last: usize| last != met.note && (last + 1 != met.note || !reader.notes[last - 1].1);
        let breaks = met.note > 0 && last.is_some_and(other);
        if met.note > 0 {
            last = Some(met.note);
        }
        (Citation { cites, note: met.note, breaks, manner }, words)
    };
    reader.met.iter().map(cite).unzip()
}

/// Where each cite stands among those of the same work; notes are named by their numbers.
fn positions(citations: &[Citation], reader: &Reader<'_, '_>, near: usize) -> Vec<Vec<Place>> {
    let counted: Vec<usize> = (0..citations.len()).filter(|at| citations[*at].manner != Shape::AuthorOnly).collect();
    let only: Vec<Citation> = counted.iter().map(|at| citations[*at].clone()).collect();
    let number = |order: usize| Some(reader.notes.get(order.checked_sub(1)?)?.0 as usize);
    let mut placed: Vec<Vec<Place>> = vec![Vec::new(); citations.len()];
    for (at, mut own) in counted.iter().zip(places(&only, near)) {
        own.iter_mut().for_each(|place| place.first_note = place.first_note.and_then(number));
        placed[*at] = own;
    }
    // Names in the text are as much as the note says that they belong to.
    for at in (0..citations.len()).filter(|at| citations[*at].manner == Shape::AuthorOnly) {
        let of_note = placed.get(at + 1).cloned().unwrap_or_default();
        let place = |cite: usize| named(of_note.get(cite).cloned().unwrap_or_default());
        placed[at] = (0..citations[at].cites.len()).map(place).collect();
    }
    placed
}

/// The place of a name in a sentence: "Ibid." names nobody.
fn named(place: Place) -> Place {
    let position = match place.position {
        Position::Ibid | Position::IbidWithLocator => Position::Subsequent,
        Position::First | Position::Subsequent | Position::NearNote => place.position,
    };
    Place { locator: None, position, ..place }
}

/// A citation as it stands where it was met.
fn rendered(met: &Met, processor: &Processor<'_>, citation: &Citation, places: &[Place], signs: &Signs) -> Vec<Piece> {
    let manner = met.citation.manner;
    let pieces = match manner {
        Manner::InText if !processor.style.notes => in_text(processor, citation, places),
        Manner::Author if processor.style.notes => called(processor, citation, places),
        Manner::InText | Manner::Apart | Manner::Author | Manner::Note => processor.citation(citation, places),
    };
    let mut pieces = join(&pieces, signs);
    if manner == Manner::Note {
        sentence(&mut pieces);
    }
    match processor.locale.term("ibid", Form::Long).filter(|_| processor.style.notes) {
        Some(term) => in_the_same_place(pieces, &term.one, met, processor, citation, places),
        None => pieces,
    }
}

/// Whether what follows some words begins a sentence; "cf." and "p." end none.
fn begins_a_sentence(before: &str) -> bool {
    let before = before.trim_end_matches(|letter: char| letter.is_whitespace() || "([“‘„«".contains(letter));
    let Some(bare) = before.strip_suffix(['.', '!', '?', '…']) else { return before.is_empty() };
    bare.chars().rev().take_while(|letter| letter.is_alphanumeric()).count() > 3 || !before.ends_with('.')
}

/// A citation that says "Ibid." is small inside a sentence; one that is a part of the sentence has its name before it:
/// "As Smith, ibid., 5 shows".
fn in_the_same_place(
    mut pieces: Vec<Piece>,
    term: &str,
    met: &Met,
    processor: &Processor<'_>,
    citation: &Citation,
    places: &[Place],
) -> Vec<Piece> {
    let mut letters = term.chars();
    let capital = letters.next().map(|first| language::capital(first) + letters.as_str()).unwrap_or_default();
    let letters = piece::letters(&pieces);
    if capital.is_empty() || !letters.contains(&capital) {
        return pieces;
    }
    let names = match met.citation.manner {
        Manner::InText if letters.starts_with(&capital) => names_of(processor, citation, places),
        Manner::InText | Manner::Apart | Manner::Author | Manner::Note => None,
    };
    let mut before = if names.is_none() && met.opens { String::new() } else { "\u{fffc}".to_owned() };
    make_small(&mut pieces, [&capital, term], &mut before);
    let Some(mut names) = names else { return pieces };
    names.push(Piece::Text(", ".to_owned()));
    names.extend(pieces);
    names
}

/// Puts a word that stands inside a sentence down to its small form.
fn make_small(pieces: &mut [Piece], [capital, small]: [&str; 2], before: &mut String) {
    for piece in pieces {
        if let Piece::Text(text) = piece {
            let mut at = 0;
            while let Some(found) = text[at..].find(capital) {
                let start = at + found;
                at = start + capital.len();
                if !begins_a_sentence(&format!("{before}{}", &text[..start])) && small.len() == capital.len() {
                    text.replace_range(start..at, small);
                }
            }
            before.push_str(text);
        } else if let Some(inside) = piece.inside_mut() {
            make_small(inside, [capital, small], before);
        }
    }
}

/// What an author wrote around a key, on its way to the style.
struct Written<'w, 'b> {
    /// What no style touches.
    words: &'w mut Vec<PInline>,
    /// Whether somebody made the work.
    named: bool,
    bibliography: &'b Bibliography,
}

impl Written<'_, '_> {
    fn cite(&mut self, item: &PCited, work: usize) -> Cite {
        let mut after = item.after.clone();
        let mut place = None;
        if let Some(PInline { kind: PKind::Text(text), .. }) = after.first_mut()
            && let Some(found) = locator::read(text, &self.bibliography.locale)
        {
            text.drain(..found.length);
            place = found.locator;
        }
        let prefix = self.pieces(&item.before);
        let mut suffix = self.pieces(&after);
        let letters = piece::letters(&suffix);
        if letters.trim().is_empty() {
            suffix.clear();
        } else if item.behind && letters.starts_with(|first: char| first.is_alphanumeric()) {
            // What stands in brackets behind a key begins without the comma that it would have beside it.
            suffix.insert(0, Piece::Text(", ".to_owned()));
        }
        // A note on a work without names has nothing to leave out.
        let named = self.named || !self.bibliography.style.notes;
        Cite { work, prefix, suffix, locator: place, suppress_author: item.without_author && named, ..Cite::default() }
    }

    fn pieces(&mut self, content: &[PInline]) -> Vec<Piece> {
        let mut out = Vec::new();
        for piece in content {
            if let PKind::Text(text) = &piece.kind {
                out.push(Piece::Text(text.clone()));
            } else if let Some((face, inner)) = faced(&piece.kind) {
                out.push(Piece::Styled(face, self.pieces(inner)));
            } else {
                self.words.push(piece.clone());
                let letters = match walk::letters(slice::from_ref(piece)) {
                    letters if letters.is_empty() => "\u{fffc}".to_owned(),
                    letters => letters,
                };
                out.push(Piece::Marked(Mark::Own(self.words.len() - 1), vec![Piece::Text(letters)]));
            }
        }
        out
    }
}

/// The face that a piece has in a style too, and what stands in it.
fn faced(kind: &PKind) -> Option<(Face, &[PInline])> {
    if let PKind::Emphasis(inner) = kind {
        return Some((Face::Italic, inner));
    }
    if let PKind::Strong(inner) = kind {
        return Some((Face::Bold, inner));
    }
    if let PKind::SmallCaps(inner) = kind {
        return Some((Face::SmallCaps, inner));
    }
    if let PKind::Superscript(inner) = kind {
        return Some((Face::Superscript, inner));
    }
    if let PKind::Subscript(inner) = kind {
        return Some((Face::Subscript, inner));
    }
    None
}

/// The names of the first work, and the rest in the style's brackets: "Smith (2020, 3)". A style of numbers shows the
/// number alone.
fn in_text(processor: &Processor<'_>, citation: &Citation, places: &[Place]) -> Vec<Piece> {
    let Some(mut names) = names_of(processor, citation, places) else {
        return processor.citation(citation, places);
    };
    let mut rest = citation.clone();
    rest.cites[0].suppress_author = true;
    let rest = processor.citation(&rest, places);
    if !piece::is_empty(&rest) {
        names.push(Piece::Text(" ".to_owned()));
        names.extend(rest);
    }
    names
}

/// What a work is called in a sentence whose note says the rest: its names, else what its short form begins with, its title.
fn called(processor: &Processor<'_>, citation: &Citation, places: &[Place]) -> Vec<Piece> {
    let names = processor.citation(citation, places);
    if piece::find(&names, Mark::Names).is_some() {
        return names;
    }
    let short = |place: &Place| Place { position: Position::Subsequent, locator: None, ..place.clone() };
    processor.citation(citation, &places.iter().map(short).collect::<Vec<_>>())
}

/// The names of the first work of a citation, if it has some.
fn names_of(processor: &Processor<'_>, citation: &Citation, places: &[Place]) -> Option<Vec<Piece>> {
    let first = citation.cites.first()?;
    let bare = Cite { prefix: Vec::new(), suffix: Vec::new(), locator: None, suppress_author: false, ..first.clone() };
    let name = Citation { cites: vec![bare], manner: Shape::AuthorOnly, ..citation.clone() };
    let at = places.first().cloned().unwrap_or_default();
    let names = processor.citation(&name, &[named(at)]);
    piece::find(&names, Mark::Names).is_some().then_some(names)
}

/// A note that a citation became begins with a capital and ends with one stop.
fn sentence(pieces: &mut Vec<Piece>) {
    capital(pieces);
    let letters = piece::letters(pieces);
    let end = letters.trim_end().trim_end_matches(['”', '’', '»', '"', '\'', '›', ')', ']', '“', '‘']);
    if !letters.trim().is_empty() && !end.ends_with(['.', '!', '?', '…']) {
        pieces.push(Piece::Text(".".to_owned()));
    }
}

/// Makes the first letter a capital; says whether there was one.
fn capital(pieces: &mut [Piece]) -> bool {
    for piece in pieces {
        match piece {
            Piece::Address(..) => return true,
            Piece::Text(text) => {
                let Some((at, first)) = text.char_indices().find(|(_, letter)| letter.is_alphanumeric()) else {
                    continue;
                };
                text.replace_range(at..at + first.len_utf8(), &language::capital(first));
                return true;
            }
            other => {
                if other.inside_mut().is_some_and(|inside| capital(inside)) {
                    return true;
                }
            }
        }
    }
    false
}

/// Marks of works by their places in the author's lists.
fn global(mut pieces: Vec<Piece>, cited: &[usize]) -> Vec<Piece> {
    for piece in &mut pieces {
        if let Piece::Marked(Mark::Work(work), _) = piece {
            *work = cited[*work];
        }
        if let Some(inside) = piece.inside_mut() {
            *inside = global(std::mem::take(inside), cited);
        }
    }
    pieces
}
