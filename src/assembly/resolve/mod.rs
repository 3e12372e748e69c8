//! Resolve: parsed blocks become the book's, labels become targets, calls find their notes, punctuation is set.

mod blocks;
mod notes;
mod references;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::assembly::citations::Citations;
use crate::assembly::concordance::{Concordance, terms_for};
use crate::assembly::figures::Figures;
use crate::assembly::index::Marked;
use crate::assembly::notes::Calls;
use crate::assembly::number::Numbers;
use crate::assembly::pictures::Loader;
use crate::book::mark::Matter;
use crate::book::note::NoteCallPlace;
use crate::book::{BlockEntry, BlockId, DivisionId, DivisionKind, Inline, NoteId, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::manuscript::chapter::Chapter;
use crate::manuscript::chart::Charts;
use crate::manuscript::index::WrittenIndex;
use crate::manuscript::metadata::WrittenImage;
use crate::markdown::Ids;
use crate::markdown::parsed::ParsedNote;
use crate::source::{Sources, Span};

/// What the resolver looks up.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    /// Numbers, and what labels lead to.
    pub numbers: &'a Numbers,
    /// What is said of figures.
    pub figures: &'a Figures,
    /// The charts, by their blocks.
    pub charts: &'a Charts,
    /// The notes that are called.
    pub calls: &'a Calls<'a>,
    /// The notes of each file; the last are for all.
    pub definitions: &'a [Vec<ParsedNote>],
    /// What is cited, as it is shown.
    pub citations: &'a Citations,
    /// What the metadata says of pictures.
    pub images: &'a BTreeMap<String, WrittenImage>,
    /// What the metadata says of the index.
    pub index: &'a WrittenIndex,
    /// The terms that are looked for.
    pub concordance: &'a Concordance,
    /// The texts.
    pub sources: &'a Sources,
    /// The files that take no part in the book.
    pub left_out: &'a [String],
}

/// What the resolver has made, beside what it hands back.
pub(super) struct Output<'a> {
    /// Loads pictures.
    pub loader: Loader<'a>,
    /// What was found wrong.
    pub diagnostics: &'a mut Diagnostics,
    /// Gives out block ids.
    pub ids: &'a mut Ids,
    /// What each block is, by its id.
    pub index: BTreeMap<BlockId, BlockEntry>,
    /// The pictures that something shows, as `images:` names them.
    pub used_images: BTreeSet<String>,
    /// What is marked for the index.
    pub marked: Marked,
    /// Where each work is cited, by its place in the author's lists; if that is asked.
    pub citing: BTreeMap<usize, Vec<Target>>,
    /// Every call, by note.
    calls: Vec<Vec<NoteCallPlace>>,
    /// The words of notes written on the spot.
    on_the_spot: BTreeMap<NoteId, (Vec<Inline>, Span)>,
    /// Whether it was said that a link leads out of the folder.
    led_out: bool,
    /// The names of no section that links were said to lead to.
    led_to_none: BTreeSet<String>,
    /// Whether the list of works stands somewhere.
    pub listed: bool,
    /// What bare references to titles say.
    names: BTreeMap<String, Vec<Inline>>,
}

impl<'a> Output<'a> {
    /// Nothing made yet.
    pub fn new(loader: Loader<'a>, diagnostics: &'a mut Diagnostics, ids: &'a mut Ids) -> Output<'a> {
        Output {
            loader,
            diagnostics,
            ids,
            index: BTreeMap::new(),
            used_images: BTreeSet::new(),
            marked: Marked::default(),
            citing: BTreeMap::new(),
            calls: Vec::new(),
            on_the_spot: BTreeMap::new(),
            led_out: false,
            led_to_none: BTreeSet::new(),
            listed: false,
            names: BTreeMap::new(),
        }
    }
}

/// Where the resolver is.
#[derive(Clone)]
pub(super) struct Here {
    division: DivisionId,
    /// The chapter, by its place in the manuscript; words of the metadata and made ones stand in none, and call no
    /// notes.
    chapter: Option<usize>,
    /// The file whose notes are called.
    file: usize,
    /// Whether quotes and dashes are set.
    smart: bool,
    pub(super) language: Language,
    /// The note that is being read.
    note: Option<NoteId>,
    /// The text block that is being read, for calls.
    block: BlockId,
    /// Whether the words stand elsewhere too, and their calls with them.
    repeated: bool,
    /// The terms that are looked for here.
    terms: Rc<BTreeSet<usize>>,
    /// Whether the words stand in a figure or a table.
    pub(super) matter: Matter,
}

/// Turns what was parsed into what the book holds.
pub(super) struct Resolver<'a> {
    pub tables: Tables<'a>,
    pub out: Output<'a>,
    pub(super) here: Here,
    /// The language of the book, in whose digits notes are counted.
    own: Language,
    /// The references whose names are being made, outermost first.
    naming: Vec<String>,
}

impl<'a> Resolver<'a> {
    /// One for a book in a language.
    pub fn new(tables: Tables<'a>, out: Output<'a>, language: Language) -> Resolver<'a> {
        let own = language.clone();
        let here = Here {
            division: DivisionId(0),
            chapter: None,
            file: tables.definitions.len().saturating_sub(1),
            smart: true,
            language,
            note: None,
            block: BlockId(0),
            repeated: false,
            terms: Rc::default(),
            matter: Matter::Text,
        };
        Resolver { tables, out, here, own, naming: Vec::new() }
    }

    /// Goes on in a division that nobody wrote.
    pub fn enter(&mut self, division: DivisionId, language: &Language) {
        let file = self.tables.definitions.len().saturating_sub(1);
        let (language, block) = (language.clone(), self.here.block);
        let (terms, matter) = (Rc::default(), Matter::Text);
        self.here = Here {
            division,
            chapter: None,
            file,
            smart: true,
            language,
            note: None,
            block,
            repeated: false,
            terms,
            matter,
        };
    }

    /// Goes on in a chapter, given with its place in the manuscript.
    pub fn enter_chapter(&mut self, division: DivisionId, at: usize, chapter: &Chapter, language: &Language) {
        self.enter(division, language);
        self.here.chapter = Some(at);
        self.here.file = chapter.file;
        self.here.smart = chapter.smart;
        // A list of works is none of the text, and the index does not index itself.
        if !matches!(chapter.kind, DivisionKind::Bibliography | DivisionKind::Index)
            && !self.tables.concordance.is_empty()
        {
            self.here.terms = Rc::new(terms_for(self.tables.index, chapter));
        }
    }

    /// Calls `read` where something of the place is another.
    fn there<T>(&mut self, change: impl FnOnce(&mut Here), read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.here.clone();
        change(&mut self.here);
        let found = read(self);
        self.here = outer;
        found
    }

    pub(super) fn entry(&mut self, id: BlockId, span: Option<Span>) {
        self.out.index.insert(id, BlockEntry { division: self.here.division, note: self.here.note, span });
    }

    /// Reads words of the metadata: they stand in no chapter, whatever is around them.
    fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.there(|here| here.chapter = None, read)
    }

    /// Reports pictures that the metadata describes and nothing shows.
    pub fn unused_images(&mut self, also: &[String]) {
        for (path, image) in self.tables.images {
            if !self.out.used_images.contains(path) && !also.contains(path) {
                self.out.diagnostics.report(
                    Diagnostic::new(&lints::UNUSED_IMAGE_ENTRY, format!("no section shows the picture \"{path}\""))
                        .at(image.span)
                        .hint("the path is written as in the section, counted from the manuscript folder"),
                );
            }
        }
    }

    /// A fresh id for a made text of the division that was entered.
    pub fn fresh(&mut self) -> BlockId {
        let id = self.out.ids.next();
        self.entry(id, None);
        id
    }
}
