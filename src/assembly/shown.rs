//! Shown: what a style made of citations and works becomes pieces of the book, with links between both.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::citations::{Entry, works_in};
use super::resolve::Resolver;
use crate::book::block::{Paragraph, ParagraphRole, WorkEntry, Works};
use crate::book::{Block, BlockId, BlockKind, Division, Inline, InlineKind, Target, TextBlock};
use crate::cite::piece::{self, Display, Face, Mark, Piece};
use crate::language::punctuation::quoted_as;
use crate::language::{Language, has_italics};
use crate::markdown::parsed::{PCitation, PInline};
use crate::source::Span;

impl Resolver<'_> {
    /// A citation as the style has it.
    pub(super) fn citation(&mut self, citation: &PCitation, span: Span) -> Vec<Inline> {
        let Some(shown) = self.tables.citations.shown.get(&citation.id) else { return Vec::new() };
        let mut marks = Vec::new();
        if self.tables.citations.pages.is_some() {
            let mut works = BTreeSet::new();
            works_in(&shown.pieces, &mut works);
            let mark = works.into_iter().filter_map(|work| self.mark_of_work(work, span));
            marks.extend(mark.map(|id| Inline { kind: InlineKind::Mark(id), span: Some(span) }));
        }
        let content = Shower {
            resolver: self,
            own: &shown.own,
            work: None,
            turned: None,
            quoted: false,
            linked: false,
            entry: false,
            span: Some(span),
        }
        .inlines(&shown.pieces);
        marks.extend(content);
        marks
    }

    /// The list of works, where it stands first.
    pub(super) fn works(&mut self) -> Option<BlockKind> {
        let citations = self.tables.citations;
        if citations.entries.is_empty() || std::mem::replace(&mut self.out.listed, true) {
            return None;
        }
        let entries = citations.entries.iter().map(|entry| self.work(entry)).collect();
        Some(BlockKind::Works(Works { hanging: citations.hanging, entries }))
    }

    /// Has every entry of the list of works show the pages that cite it, if that is asked.
    pub(super) fn lead_back(&self, divisions: &mut [Division]) {
        let citations = self.tables.citations;
        let Some((one, several)) = &citations.pages else { return };
        let of = |(work, places): (&usize, &Vec<Target>)| Some((*citations.targets.get(work)?, places.clone()));
        let mut places: BTreeMap<BlockId, Vec<Target>> = self.out.citing.iter().filter_map(of).collect();
        let mut lead = |block: &mut Block| {
            if let BlockKind::Paragraph(paragraph) = &mut block.kind
                && paragraph.role == ParagraphRole::Work
                && let Some(places) = places.remove(&block.id)
            {
                let kind = InlineKind::CitedOn { one: one.clone(), several: several.clone(), places };
                paragraph.text.content.push(Inline { kind, span: None });
            }
        };
        divisions.iter_mut().flat_map(|division| &mut division.blocks).for_each(|block| each(block, &mut lead));
    }

    /// The pieces of an entry that stands in no list.
    pub(super) fn entry_of(&mut self, pieces: &[Piece]) -> Vec<Inline> {
        let content = Shower {
            resolver: self,
            own: &[],
            work: None,
            turned: None,
            quoted: false,
            linked: true,
            entry: false,
            span: None,
        }
        .inlines(pieces);
        self.punctuated(content)
    }

    fn work(&mut self, entry: &Entry) -> WorkEntry {
        let (id, span) = (self.tables.citations.targets[&entry.work], Some(entry.span));
        self.entry(id, span);
        let mut label = None;
        let mut body: Vec<Piece> = Vec::new();
        for piece in &entry.pieces {
            match piece {
                Piece::Block(Display::LeftMargin, inner) if label.is_none() => {
                    label = Some(piece::letters(inner).trim().to_owned());
                }
                Piece::Block(Display::RightInline, inner) => body.extend(inner.iter().cloned()),
                other => body.push(other.clone()),
            }
        }
        let turned = self.turned(entry.work);
        let language = turned.clone();
        let mut shower = Shower {
            resolver: self,
            own: &[],
            work: Some(entry.work),
            turned,
            quoted: false,
            linked: true,
            entry: true,
            span: None,
        };
        let mut content = shower.inlines(&body);
        if let Some(language) = language {
            content = vec![Inline { kind: InlineKind::Foreign { language, content }, span: None }];
        }
        let content = self.punctuated(content);
        let text = TextBlock { id, content, span };
        let kind = BlockKind::Paragraph(Paragraph { text, role: ParagraphRole::Work });
        WorkEntry { label, block: Block { id, language: None, label: None, span, kind } }
    }

    /// The language of a work that runs the other way than the text around: it is set in one piece, with its own marks.
    fn turned(&self, work: usize) -> Option<Language> {
        let language = self.tables.citations.languages.get(&work)?;
        (language.direction() != self.here.language.direction()).then(|| language.clone())
    }
}

/// Calls `visit` with a block and with all that stand in it.
fn each(block: &mut Block, visit: &mut dyn FnMut(&mut Block)) {
    visit(block);
    block.blocks_mut(&mut |inner| each(inner, visit));
}

/// Turns what a style made into what the book holds.
struct Shower<'r, 'a, 'o> {
    resolver: &'r mut Resolver<'a>,
    own: &'o [PInline],
    /// Whose words these are.
    work: Option<usize>,
    /// Its language, if it runs the other way.
    turned: Option<Language>,
    /// Whether a quotation of it is open.
    quoted: bool,
    /// Links do not nest.
    linked: bool,
    /// The names of an entry lead back, as the number of a note does.
    entry: bool,
    span: Option<Span>,
}

impl Shower<'_, '_, '_> {
    fn inlines(&mut self, pieces: &[Piece]) -> Vec<Inline> {
        let mut out = Vec::new();
        for piece in pieces {
            self.add(piece, &mut out);
        }
        out
    }

    fn wrap(&self, kind: InlineKind) -> Inline {
        Inline { kind, span: self.span }
    }

    fn add(&mut self, piece: &Piece, out: &mut Vec<Inline>) {
        match piece {
            Piece::Text(text) => self.letters(text, out),
            Piece::Styled(face, inner) => {
                let inner = self.inlines(inner);
                let kind = match face {
                    // What is stressed in stressed words is upright.
                    Face::Italic | Face::Oblique | Face::Upright => InlineKind::Emphasis(inner),
                    Face::Bold => InlineKind::Strong(inner),
                    Face::SmallCaps => InlineKind::SmallCaps(inner),
                    Face::Underline => InlineKind::Underline(inner),
                    Face::Superscript => InlineKind::Superscript(inner),
                    Face::Subscript => InlineKind::Subscript(inner),
                    Face::NoCaps | Face::Light | Face::Medium | Face::NoUnderline | Face::Baseline => {
                        out.extend(inner);
                        return;
                    }
                };
                out.push(self.wrap(kind));
            }
            Piece::Address(address, inner) => self.address(address, &piece::letters(inner), out),
            Piece::Block(display, inner) => {
                let inner = self.inlines(inner);
                if matches!(display, Display::Block | Display::Indent) && !out.is_empty() {
                    out.push(self.wrap(InlineKind::LineBreak));
                }
                out.extend(inner);
            }
            Piece::Marked(Mark::Own(at), _) => {
                let own = self.own;
                if let Some(written) = own.get(*at) {
                    out.extend(self.resolver.content(slice::from_ref(written)));
                }
            }
            Piece::Marked(Mark::Title, inner) => {
                let content = self.inlines(inner);
                let languages = &self.resolver.tables.citations.languages;
                match self.work.and_then(|work| languages.get(&work)).cloned() {
                    Some(language) if self.turned.is_none() => {
                        out.push(self.wrap(InlineKind::Foreign { language, content }))
                    }
                    _ => out.extend(content),
                }
            }
            Piece::Marked(Mark::Work(work), inner) => {
                match self.turned.is_none().then(|| self.resolver.turned(*work)) {
                    Some(Some(language)) => {
                        self.turned = Some(language.clone());
                        let mut content = Vec::new();
                        self.cite(*work, inner, &mut content);
                        self.turned = None;
                        out.push(self.wrap(InlineKind::Foreign { language, content }));
                    }
                    _ => self.cite(*work, inner, out),
                }
            }
            Piece::Marked(Mark::Names, inner) => self.names(inner, out),
            Piece::Quoted(inner) | Piece::Fixed(inner) | Piece::Plain(inner) | Piece::Marked(_, inner) => {
                out.extend(self.inlines(inner));
            }
        }
    }

    /// Letters of another script are in the language of their work: names, publishers and places, as titles are. Those of a
    /// script that it is not written in are the style's: "2001年" of an English work in a Chinese book.
    fn letters(&mut self, text: &str, out: &mut Vec<Inline>) {
        let here = &self.resolver.here.language;
        let text = match &self.turned {
            Some(language) => Cow::Owned(quoted_as(text, here, language, &mut self.quoted)),
            None => here.with_its_commas(text),
        };
        let text = text.as_ref();
        if self.turned.is_some() {
            return out.push(self.wrap(InlineKind::Text(text.to_owned())));
        }
        let languages = &self.resolver.tables.citations.languages;
        let Some(language) = self.work.and_then(|work| languages.get(&work)).filter(|_| !text.is_ascii()) else {
            return out.push(self.wrap(InlineKind::Text(text.to_owned())));
        };
        let language = language.clone();
        for (foreign, run) in runs(text) {
            let letters = self.wrap(InlineKind::Text(run.to_owned()));
            match foreign && (has_italics(run) || !language.has_small_letters()) {
                true => {
                    let language = language.clone();
                    out.push(self.wrap(InlineKind::Foreign { language, content: vec![letters] }));
                }
                false => out.push(letters),
            }
        }
    }

    /// What is shown of a work leads to its entry: a note by its names, so that it stays a text; else all of it.
    fn cite(&mut self, work: usize, pieces: &[Piece], out: &mut Vec<Inline>) {
        let citations = self.resolver.tables.citations;
        let outer = (self.work.replace(work), self.linked);
        let target = citations.targets.get(&work).filter(|_| citations.links && !self.linked).copied();
        let by_names = citations.notes && piece::find(pieces, Mark::Names).is_some();
        match target {
            Some(id) if !by_names && !holds_address(pieces) => {
                self.linked = true;
                let content = self.inlines(pieces);
                out.push(self.wrap(InlineKind::Link { target: Target::Block(id), content }));
            }
            _ => out.extend(self.inlines(pieces)),
        }
        (self.work, self.linked) = outer;
    }

    fn names(&mut self, pieces: &[Piece], out: &mut Vec<Inline>) {
        let citations = self.resolver.tables.citations;
        let entry = self.work.and_then(|work| citations.targets.get(&work)).copied();
        let here = citations.links && citations.notes && !self.linked;
        let back = match std::mem::take(&mut self.entry) {
            true => self.work.and_then(|work| citations.places.get(&work)).filter(|_| citations.links).cloned(),
            false => None,
        };
        let target = back.or(entry.filter(|_| here).map(Target::Block)).filter(|_| !holds_address(pieces));
        let outer = self.linked;
        self.linked |= target.is_some();
        let content = self.inlines(pieces);
        self.linked = outer;
        match target {
            Some(target) => out.push(self.wrap(InlineKind::Link { target, content })),
            None => out.extend(content),
        }
    }

    /// An address, with the letters before it that belong to it: "https://doi.org/" stands in the style.
    fn address(&mut self, address: &str, shown: &str, out: &mut Vec<Inline>) {
        let mut shown = shown.to_owned();
        let url = match address {
            url if url.contains("://") || url.starts_with("mailto:") => url.to_owned(),
            bare if bare.starts_with("www.") => format!("https://{bare}"),
            other => {
                out.push(self.wrap(InlineKind::Text(other.to_owned())));
                return;
            }
        };
        if let Some(before) = url.strip_suffix(shown.as_str()).filter(|before| !before.is_empty())
            && let Some(Inline { kind: InlineKind::Text(text), .. }) = out.last_mut()
        {
            let own = [before, before.trim_start_matches("https://")];
            if let Some(own) = own.into_iter().find(|own| text.ends_with(own)) {
                text.truncate(text.len() - own.len());
                shown = format!("{own}{shown}");
            }
        }
        out.push(self.wrap(InlineKind::Address { url, shown }));
    }
}

fn holds_address(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Address(..)) || holds_address(piece.inside()))
}

/// Runs of letters that are no Latin ones, with the signs between them, and what stands around them.
fn runs(text: &str) -> Vec<(bool, &str)> {
    let foreign = |letter: char| letter.is_alphabetic() && !matches!(u32::from(letter), 0..=0x24f | 0x1e00..=0x1eff);
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(foreign).map(|at| from + at) {
        let latin = text[start..].find(|letter: char| letter.is_alphabetic() && !foreign(letter));
        let stretch = &text[start..latin.map_or(text.len(), |at| start + at)];
        let last = stretch.char_indices().rfind(|(_, letter)| foreign(*letter));
        let end = start + last.map_or(stretch.len(), |(at, letter)| at + letter.len_utf8());
        if from < start {
            out.push((false, &text[from..start]));
        }
        out.push((true, &text[start..end]));
        from = end;
    }
    if from < text.len() {
        out.push((false, &text[from..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn letters_of_another_script_stand_together() {
        let found = runs("Иванов, П. С. Реки (Наука, 1979), x");
        assert_eq!(found, [(true, "Иванов, П. С. Реки (Наука"), (false, ", 1979), x")]);
        assert_eq!(runs("Müller"), [(false, "Müller")]);
    }
}
