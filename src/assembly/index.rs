//! The index: marks find their other ends, references their entries, and all is filed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Assembler, punctuation};
use crate::book::block::{CrossReference, Index, IndexEntry, IndexGroup};
use crate::book::mark::{Cited, EntryName, Extent, IndexMark, Weight};
use crate::book::{Block, BlockId, BlockKind, Inline, InlineKind, MarkId};
use crate::diagnostic::{Diagnostic, lints, nearest};
use crate::index::{self, Head, Node};
use crate::language::terms::Term;
use crate::manuscript::spine::Manuscript;
use crate::markdown::parsed::{PBlock, PInline, PKind};
use crate::markdown::walk::{Inside, pieces};
use crate::source::Span;

/// Letters stand above their entries from so many groups on.
const GROUPS: usize = 3;

/// What was marked, as it was met.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// Every mark, and which other one it belongs to by the number that they share.
    pub marks: Vec<(IndexMark, Option<u32>)>,
    /// References from one entry to others.
    pub references: Vec<Reference>,
    /// The terms of the concordance that were found.
    pub found: BTreeSet<usize>,
}

/// A reference from one entry to others.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub from: Vec<EntryName>,
    pub to: Vec<Vec<EntryName>>,
    /// Whether the others are to be looked up too.
    pub also: bool,
    pub span: Span,
}

/// Whether a manuscript has anything that an index could be made of.
pub(super) fn is_wanted(manuscript: &Manuscript) -> bool {
    let said = &manuscript.metadata.index;
    if said.none {
        return false;
    }
    let chapters = manuscript.divisions.iter().any(|chapter| {
        let title = chapter.parsed.heading.as_ref().filter(|_| chapter.title.is_none());
        title.is_some_and(|heading| has_marks(&heading.title.content)) || blocks_have_marks(&chapter.parsed.blocks)
    });
    chapters
        || manuscript.notes.iter().flatten().any(|note| blocks_have_marks(&note.blocks))
        || !said.terms.is_empty()
        || !said.references.is_empty()
}

fn has_marks(content: &[PInline]) -> bool {
    pieces(content).any(|piece| match &piece.kind {
        PKind::Mark(_) => true,
        PKind::InlineNote(_, content) => has_marks(content),
        _ => false,
    })
}

fn blocks_have_marks(blocks: &[PBlock]) -> bool {
    blocks.iter().any(|block| {
        let mut found = false;
        block.inside(&mut |inside| match inside {
            Inside::Text(text) => found |= has_marks(&text.content),
            Inside::Block(inner) => found = found || blocks_have_marks(std::slice::from_ref(inner)),
        });
        found
    })
}

/// The words of an entry as they are told apart.
fn key(entry: &[EntryName]) -> Vec<String> {
    entry.iter().map(|name| index::normal(&name.words)).collect()
}

/// An entry in words, for messages.
fn said(entry: &[EntryName]) -> String {
    entry.iter().map(|name| name.words.as_str()).collect::<Vec<_>>().join("!")
}

impl Assembler<'_> {
    /// The marks of the book, which were met on the way.
    pub(super) fn marks(&self) -> Vec<IndexMark> {
        self.resolver.out.marked.marks.iter().map(|(mark, _)| mark.clone()).collect()
    }

    /// The entries of the index as a block of the division that was entered; `None` when nothing stands in it.
    pub(super) fn index_block(&mut self) -> Option<Block> {
        let marked = std::mem::take(&mut self.resolver.out.marked);
        let index = self.index_of(&marked);
        self.resolver.out.marked = marked;
        let index = index?;
        Some(self.block(BlockKind::Index(index)))
    }

    fn index_of(&mut self, marked: &Marked) -> Option<Index> {
        let written = &self.metadata.index;
        self.report_unfound(marked);
        let cited = self.cited(marked);
        let said = written.references.iter().map(|reference| Reference {
            from: reference.from.clone(),
            to: reference.to.clone(),
            also: reference.also,
            span: reference.span,
        });
        let references: Vec<Reference> = marked.references.iter().cloned().chain(said).collect();
        // An extract refers to what stands in it.
        let extract = self.choice.extract;
        let mut entries: Vec<Vec<EntryName>> = cited.iter().map(|(entry, _)| entry.clone()).collect();
        let known: BTreeSet<Vec<String>> = entries.iter().flat_map(|entry| above(entry)).collect();
        let shown = |reference: &&Reference| !extract || reference.to.iter().any(|to| known.contains(&key(to)));
        let references: Vec<Reference> = references.iter().filter(shown).cloned().collect();
        entries.extend(references.iter().map(|reference| reference.from.clone()));
        if entries.is_empty() {
            return None;
        }
        let language = self.metadata.language.clone();
        let groups = index::file(&entries, &language, written.order);
        let lettered = groups.len() >= GROUPS;
        let mut maker = Maker { assembler: self, cited: &cited, references: &references, texts: BTreeMap::new() };
        let mut filed: Vec<IndexGroup> = Vec::new();
        for group in groups {
            let letter = lettered.then(|| {
                let words = match &group.head {
                    Head::Signs => Term::Signs.word(&language).to_owned(),
                    Head::Letter(letter) => letter.clone(),
                };
                maker.assembler.text(words)
            });
            let entries = group.nodes.iter().map(|node| maker.entry(node, &mut Vec::new())).collect();
            filed.push(IndexGroup { letter, entries });
        }
        let texts = maker.texts;
        let order: BTreeMap<BlockId, usize> = filed
            .iter()
            .flat_map(|group| &group.entries)
            .flat_map(IndexEntry::all)
            .enumerate()
            .map(|(at, entry)| (entry.text.id, at))
            .collect();
        for entry in filed.iter_mut().flat_map(|group| &mut group.entries) {
            refer(entry, &texts, &order);
        }
        if !extract {
            self.check_references(&references, &cited, &texts.keys().cloned().collect());
        }
        Some(Index { groups: filed, style: self.metadata.index.style })
    }

    /// What each entry is spoken of at: stretches with both their ends, and places, of the divisions that are shown.
    fn cited(&mut self, marked: &Marked) -> Vec<(Vec<EntryName>, (Cited, Span))> {
        let mut open: BTreeMap<(Option<u32>, Vec<String>), Vec<usize>> = BTreeMap::new();
        let mut ends: Vec<Option<usize>> = vec![None; marked.marks.len()];
        let mut is_end = vec![false; marked.marks.len()];
        for (at, (mark, pair)) in marked.marks.iter().enumerate() {
            let name = (*pair, if pair.is_some() { Vec::new() } else { key(&mark.entry) });
            match mark.extent {
                Extent::Point => {}
                Extent::Start => open.entry(name).or_default().push(at),
                Extent::End => match open.get_mut(&name).and_then(Vec::pop) {
                    Some(start) => {
                        ends[start] = Some(at);
                        is_end[at] = true;
                    }
                    None if pair.is_none() => self.half_open(mark, "does not begin", "start"),
                    None => {}
                },
            }
        }
        for ((pair, _), starts) in &open {
            for at in starts.iter().filter(|_| pair.is_none()) {
                self.half_open(&marked.marks[*at].0, "does not end", "end");
            }
        }
        let kept = |at: usize| self.choice.kept[marked.marks[at].0.division.index()];
        let mut found = Vec::new();
        let filed = |at: &usize, mark: &IndexMark| !is_end[*at] && !mark.entry.is_empty();
        for (at, (mark, _)) in marked.marks.iter().enumerate().filter(|(at, (mark, _))| filed(at, mark)) {
            let (first, last) = match (kept(at), ends[at].filter(|end| kept(*end))) {
                (true, last) => (at, last),
                (false, Some(last)) => (last, None),
                (false, None) => continue,
            };
            let main = ends[at].is_some_and(|end| marked.marks[end].0.weight == Weight::Main);
            let weight = if main { Weight::Main } else { mark.weight };
            let id = |at: usize| marked.marks[at].0.id;
            found.push((
                mark.entry.clone(),
                (Cited { first: id(first), last: last.map(id), weight, matter: mark.matter }, mark.span),
            ));
        }
        found
    }

    fn half_open(&mut self, mark: &IndexMark, what: &str, other: &str) {
        let entry = said(&mark.entry);
        self.resolver.out.diagnostics.report(
            Diagnostic::new(&lints::INDEX_RANGE, format!("the stretch of \"{entry}\" {what}")).at(mark.span).hint(
                format!("write []{{.index entry=\"{entry}\" range=\"{other}\"}} where it does; or take `range` out"),
            ),
        );
    }

    /// Terms of the concordance that stand nowhere.
    fn report_unfound(&mut self, marked: &Marked) {
        // Another edition may show where they stand.
        if self.choice.extract || !self.content.without.is_empty() {
            return;
        }
        for (at, term) in self.metadata.index.terms.iter().enumerate() {
            if !marked.found.contains(&at) {
                let words: Vec<String> = term.find.iter().map(|words| format!("\"{words}\"")).collect();
                let message = format!("the text nowhere says {}", words.join(" or "));
                self.resolver.out.diagnostics.report(
                    Diagnostic::new(&lints::INDEX_UNFOUND, message)
                        .at(term.span)
                        .hint("words are looked for whole, in headings not, and with their capitals if they have some"),
                );
            }
        }
    }

    /// References to nothing, in a circle, and beside pages.
    fn check_references(
        &mut self,
        references: &[Reference],
        cited: &[(Vec<EntryName>, (Cited, Span))],
        entries: &BTreeSet<Vec<String>>,
    ) {
        let with_pages: BTreeSet<Vec<String>> = cited.iter().map(|(entry, _)| key(entry)).collect();
        // Entries that are there for what stands below or beside them, and not only to be referred from.
        let alive: BTreeSet<Vec<String>> = cited.iter().flat_map(|(entry, _)| above(entry)).collect();
        let see: BTreeMap<Vec<String>, Vec<Vec<String>>> = references
            .iter()
            .filter(|reference| !reference.also)
            .map(|reference| (key(&reference.from), reference.to.iter().map(|to| key(to)).collect()))
            .collect();
        let names: Vec<String> = entries.iter().map(|entry| entry.join("!")).collect();
        let mut told: BTreeSet<Vec<String>> = BTreeSet::new();
        for reference in references {
            let from = key(&reference.from);
            let word = if reference.also { "see also" } else { "see" };
            let report = |message: String, hint: String, diagnostics: &mut crate::diagnostic::Diagnostics| {
                diagnostics.report(Diagnostic::new(&lints::INDEX_SEE, message).at(reference.span).hint(hint));
            };
            let d = &mut *self.resolver.out.diagnostics;
            for to in &reference.to {
                let target = key(to);
                if !entries.contains(&target) {
                    let name = said(to);
                    let hint = match nearest(&name, names.iter().map(String::as_str)) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => "mark a place for that entry, or refer to another one".to_owned(),
                    };
                    let message = format!(
                        "\"{}\" says {word} \"{name}\", and the index has no such entry",
                        said(&reference.from)
                    );
                    report(message, hint, d);
                } else if target == from {
                    let message = format!("\"{}\" says {word} itself", said(&reference.from));
                    report(message, "name another entry".to_owned(), d);
                } else if !reference.also
                    && !alive.contains(&target)
                    && circles(&from, &see)
                    && told.insert(from.clone())
                {
                    let message =
                        format!("\"{}\" says see \"{}\", and that leads back to it", said(&reference.from), said(to));
                    report(message, "one of the entries must have pages".to_owned(), d);
                }
            }
            if !reference.also && with_pages.contains(&from) {
                let message = format!("\"{}\" says see, and has pages too", said(&reference.from));
                let hint = "write see-also; or give its pages to the entry to which it refers".to_owned();
                report(message, hint, d);
            }
        }
    }
}

/// An entry and those above it.
fn above(entry: &[EntryName]) -> Vec<Vec<String>> {
    (1..=entry.len()).map(|depth| key(&entry[..depth])).collect()
}

/// Whether one comes back to an entry by its references.
fn circles(from: &[String], see: &BTreeMap<Vec<String>, Vec<Vec<String>>>) -> bool {
    let mut seen: BTreeSet<&[String]> = BTreeSet::new();
    let mut waiting: Vec<&[String]> = vec![from];
    while let Some(entry) = waiting.pop() {
        for to in see.get(entry).into_iter().flatten() {
            if to == from {
                return true;
            }
            if seen.insert(to) {
                waiting.push(to);
            }
        }
    }
    false
}

/// Gives the references of an entry their targets, in the order of the index.
fn refer(entry: &mut IndexEntry, texts: &BTreeMap<Vec<String>, BlockId>, order: &BTreeMap<BlockId, usize>) {
    let sorted = |references: &mut Vec<CrossReference>| {
        for reference in references.iter_mut() {
            reference.target = texts.get(&reference.path).copied();
        }
        references.sort_by_key(|reference| {
            reference.target.and_then(|target| order.get(&target)).copied().unwrap_or(usize::MAX)
        });
        references.dedup_by(|one, other| one.target.is_some() && one.target == other.target);
    };
    sorted(&mut entry.see);
    sorted(&mut entry.see_also);
    entry.entries.iter_mut().for_each(|sub| refer(sub, texts, order));
}

/// Makes entries of what was filed.
struct Maker<'m, 'a> {
    assembler: &'m mut Assembler<'a>,
    cited: &'m [(Vec<EntryName>, (Cited, Span))],
    references: &'m [Reference],
    /// The text of each entry, by its words.
    texts: BTreeMap<Vec<String>, BlockId>,
}

impl Maker<'_, '_> {
    fn entry(&mut self, node: &Node, path: &mut Vec<String>) -> IndexEntry {
        path.push(node.words.clone());
        let content = self.content(&node.words);
        let text = self.assembler.made_text(content);
        self.texts.insert(path.clone(), text.id);
        let (mut cited, mut see, mut see_also) = (Vec::new(), Vec::new(), Vec::new());
        for at in &node.of {
            match at.checked_sub(self.cited.len()) {
                None => cited.push(self.cited[*at].1.0),
                Some(reference) => {
                    let reference = &self.references[reference];
                    let made = reference.to.iter().map(|to| self.reference(to)).collect::<Vec<_>>();
                    if reference.also { &mut see_also } else { &mut see }.extend(made);
                }
            }
        }
        let entries = node.kids.iter().map(|kid| self.entry(kid, path)).collect();
        path.pop();
        IndexEntry { text, cited, see, see_also, entries }
    }

    /// "Ports: dues".
    fn reference(&self, to: &[EntryName]) -> CrossReference {
        let mut content = Vec::new();
        for (at, name) in to.iter().enumerate() {
            if at > 0 {
                content.push(Inline::text(self.assembler.metadata.language.colon()));
            }
            content.extend(self.content(&name.words));
        }
        CrossReference { content, target: None, path: key(to) }
    }

    /// The words of an entry, what stands between two `*` emphasised, with the punctuation of the language.
    fn content(&self, words: &str) -> Vec<Inline> {
        let mut content = Vec::new();
        let parts: Vec<&str> = words.split('*').collect();
        // A star that is alone is a star.
        let paired = parts.len() % 2 == 1;
        for (at, part) in parts.iter().enumerate().filter(|_| paired) {
            if part.is_empty() {
                continue;
            }
            let text = Inline::text(*part);
            content.push(match at % 2 {
                1 => Inline { kind: InlineKind::Emphasis(vec![text]), span: None },
                _ => text,
            });
        }
        if !paired {
            content.push(Inline::text(words));
        }
        punctuation::set(&mut content, &self.assembler.metadata.language);
        content
    }
}

/// The id of the next mark.
pub(super) fn next(marked: &Marked) -> MarkId {
    MarkId(marked.marks.len() as u32)
}
