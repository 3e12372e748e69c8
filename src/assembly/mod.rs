//! Assemble: what was written and what is made (cover, copyright page, contents, notes, biographies) become a book.
//!
//! The stages are the files: `figures` brings together what is said of pictures, `notes` counts the notes that are
//! called, `around` has the text around them, `lower` makes notes of citations, `citations` renders them and `cited`
//! says what records say of the works, `choose` settles the divisions, `number` gives numbers and learns what labels
//! lead to, `resolve` makes the book's blocks of the parsed ones, and `parts` makes what nobody wrote.
//! [`Book::checked`] gets all of it at once.

mod around;
mod charts;
mod choose;
mod citations;
mod cited;
mod concordance;
mod consequences;
mod extract;
mod figures;
mod index;
mod lower;
mod made;
mod notes;
mod number;
mod own;
mod parts;
mod pictures;
mod punctuation;
mod resolve;
mod shown;
mod sizes;
mod typed;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::choose::{Choice, Slot};
use self::citations::Citations;
use self::concordance::Concordance;
use self::figures::Figures;
use self::made::{is_bare, usual_title};
use self::notes::Calls;
use self::pictures::Loader;
use self::resolve::{Output, Resolver, Tables};
use crate::book::block::{Biography, BoxBlock, BoxKind, Paragraph, ParagraphRole};
use crate::book::division::{NumberWord, Numbered};
use crate::book::metadata::{Isbn, Metadata};
use crate::book::{
    AssetId, Block, BlockEntry, BlockKind, Book, CitedWork, Division, DivisionId, DivisionKind, Inline, Note,
    NotePlace, TextBlock, plain, walk,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, Severity, lints};
use crate::edition::Parts;
use crate::language::terms::Term;
use crate::language::wording::Wording;
use crate::language::{Language, numerals, slug};
use crate::manuscript::chapter::Chapter;
use crate::manuscript::metadata::ManuscriptMetadata;
use crate::manuscript::spine::Manuscript;
use crate::manuscript::texts::read_text;
use crate::picture::Store;
use crate::source::{FilePath, Files, Said, SourceId, Sources};
use crate::yaml::Written;

/// What of a book depends on the edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// Where notes stand, if not where the manuscript says.
    pub notes: Option<NotePlace>,
    /// Where they stand if neither it nor the manuscript says: the theme's own place.
    pub usual_notes: NotePlace,
    /// What the house says otherwise than recto.
    pub words: Arc<Wording>,
    /// Only these sections, by file name or kind; everything keeps its numbers.
    pub sections: Option<Vec<String>>,
    /// Whether a band at its head says what these are from, so that neither cover nor copyright page is wanted.
    pub head_band: bool,
    /// Whether the pages of another edition are marked at its fore-edge, which the copyright page says.
    pub pages_marked: bool,
    /// Which made parts stand in it, as far as that differs from the manuscript.
    pub parts: Parts,
    /// Whether it is long enough for a half title and a title page, where nobody says whether they stand in it.
    pub long: bool,
    /// The ISBN of the print, if this edition has one of its own.
    pub isbn_print: Option<Said<Isbn>>,
    /// The ISBN of the e-book, if this edition has one of its own.
    pub isbn_epub: Option<Said<Isbn>>,
    /// Whether headings are numbered.
    pub number_headings: bool,
    /// Which sections are, where headings are not.
    pub number_sections: Numbered,
    /// What a number above a title says it is the number of.
    pub number_word: NumberWord,
    /// Words stamped on the cover.
    pub stamp: Option<String>,
    /// Whether there is a book in spite of errors: a proof.
    pub proof: bool,
    /// The chapters, by their place in the manuscript, that are not for it.
    pub without: Vec<usize>,
    /// The formats and the name of the edition, where some of the text depends on them.
    pub shown: Option<Shown>,
}

/// What text that only some editions show depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The formats that the edition counts as.
    pub formats: &'static [&'static str],
    /// Its name.
    pub edition: String,
}

/// Puts a book together; pictures that `store` has are not read again. All that is wrong is reported before it fails, which it does too when reading reported errors.
pub fn assemble(
    manuscript: &Manuscript,
    content: &Content,
    files: &dyn Files,
    store: &mut Store,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Book, Reported> {
    let mark = diagnostics.len();
    let fewer = (!content.without.is_empty()).then(|| manuscript.without(&content.without));
    let manuscript = fewer.as_ref().unwrap_or(manuscript);
    let shown = content.shown.as_ref().map(|shown| manuscript.shown(shown.formats, &shown.edition));
    let manuscript = shown.as_ref().unwrap_or(manuscript);
    let worded = (!content.words.is_empty()).then(|| manuscript.worded(&content.words));
    let manuscript = worded.as_ref().unwrap_or(manuscript);
    let texts = Texts::read(manuscript, files, sources, diagnostics);
    let metadata = &manuscript.metadata;
    let place = content.notes.or(metadata.notes.place).unwrap_or(content.usual_notes);
    let noted = around::left_out(manuscript, place, diagnostics);
    let manuscript = noted.as_ref().unwrap_or(manuscript);
    let mut ids = manuscript.ids.clone();
    let lowered = lower::lower(manuscript, &mut ids);
    let manuscript = lowered.as_ref().unwrap_or(manuscript);
    let figures = Figures::of(manuscript, sources, &mut ids, diagnostics);
    let calls = Calls::of(manuscript, &choose::order(manuscript), &figures);
    let concordance = Concordance::of(&metadata.index);
    let at_end = matches!(place, NotePlace::Endnotes | NotePlace::Margin) && !calls.notes.is_empty();
    let choice = Choice::of(manuscript, content, at_end);
    let citations = Citations::of(manuscript, &calls, &figures, &choice, &mut ids, diagnostics);
    let numbers = number::number(
        &manuscript.divisions,
        &choice.chapters,
        &calls.defined(manuscript),
        &metadata.language,
        number::Asked { headings: content.number_headings, sections: content.number_sections },
        &figures,
        diagnostics,
    );
    let tables = Tables {
        numbers: &numbers,
        figures: &figures,
        charts: &manuscript.charts,
        calls: &calls,
        citations: &citations,
        definitions: &manuscript.notes,
        images: &metadata.images,
        index: &metadata.index,
        concordance: &concordance,
        sources,
        left_out: manuscript.left_out(),
    };
    let mut loader = Loader::new(files, store);
    let mut named = Vec::new();
    for (at, chapter) in manuscript.divisions.iter().enumerate() {
        if choice.kept[choice.chapters[at].0 as usize] {
            figures::pictures(&chapter.parsed.blocks, &mut named);
        }
    }
    loader.read_ahead(
        named.iter().map(|(path, span)| (sources.path_at(path, *span), sources.file(span.source).path.as_str())),
    );
    let out = Output::new(loader, diagnostics, &mut ids);
    let resolver = Resolver::new(tables, out, metadata.language.clone());
    let book = Assembler {
        manuscript,
        metadata,
        content,
        works: manuscript.bibliography.as_deref().map(|list| cited::works(list, &citations)).unwrap_or_default(),
        choice: &choice,
        texts: &texts,
        place,
        folder: files.name(),
        faulty: BTreeSet::new(),
        looked_through: 0,
        resolver,
    }
    .book();
    consequences::forget(sources, manuscript.left_out(), diagnostics);
    if content.proof {
        return Ok(book);
    }
    // What another edition did wrong says nothing of this one.
    if manuscript.is_faulty() {
        diagnostics.unless_errors_since(0, ())?;
    }
    diagnostics.unless_errors_since(mark, book)
}

/// Texts of the metadata that stand in files of their own.
struct Texts {
    /// By the path that the metadata gives: the file and its length.
    files: BTreeMap<FilePath, (SourceId, usize)>,
}

impl Texts {
    fn read(manuscript: &Manuscript, files: &dyn Files, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Texts {
        let metadata = &manuscript.metadata;
        let people = metadata.authors.iter().chain(&metadata.contributors).filter_map(|person| person.bio.as_ref());
        let about = metadata.publisher.as_ref().and_then(|publisher| publisher.about.as_ref());
        let mut texts = Texts { files: BTreeMap::new() };
        for written in people.chain(about).filter(|written| names_a_file(&written.text)) {
            let path = sources.path_at(&written.text, written.span);
            if let Some(id) = read_text(files, &path, sources, Some(written.span), diagnostics) {
                texts.files.insert(path, (id, sources.file(id).text.len()));
            }
        }
        texts
    }
}

fn names_a_file(text: &str) -> bool {
    text.ends_with(".md") && !text.contains(char::is_whitespace)
}

/// Makes a book of what was read, counted and chosen.
struct Assembler<'a> {
    manuscript: &'a Manuscript,
    metadata: &'a ManuscriptMetadata,
    content: &'a Content,
    choice: &'a Choice,
    texts: &'a Texts,
    place: NotePlace,
    /// What is cited.
    works: Vec<CitedWork>,
    /// The name of the manuscript's folder.
    folder: Option<String>,
    /// The files in which errors were found, and how many diagnostics were looked through for them.
    faulty: BTreeSet<SourceId>,
    looked_through: usize,
    resolver: Resolver<'a>,
}

impl Assembler<'_> {
    /// First what was written, since what is made speaks of it.
    fn book(mut self) -> Book {
        let metadata = self.typed_metadata();
        let mut divisions = self.chapters();
        let notes = self.notes();
        if matches!(self.place, NotePlace::Chapter | NotePlace::Footnotes) {
            self.notes_after_chapters(&mut divisions, &notes);
        }
        let marks = self.marks();
        for (at, slot) in self.choice.slots.iter().enumerate() {
            if let (Slot::Chapter(chapter), true) = (slot, self.choice.kept[at])
                && self.manuscript.divisions[*chapter].kind == DivisionKind::Index
                && !self.metadata.index.none
            {
                self.resolver.enter(DivisionId(at as u32), &metadata.language);
                let entries = self.index_block();
                if let Some(division) = &mut divisions[at] {
                    division.blocks.extend(entries);
                }
            }
            if let (Slot::Chapter(chapter), true) = (slot, self.choice.kept[at])
                && self.manuscript.divisions[*chapter].kind == DivisionKind::Notes
            {
                divisions[at] = self.around_notes(*chapter, &metadata, &divisions, &notes);
            }
            if let Slot::Made(kind) = slot {
                let id = DivisionId(at as u32);
                self.resolver.enter(id, &metadata.language);
                let mut division = self.made(id, *kind, &metadata, &divisions, &notes);
                // Every work of a list may be one that nobody has, nothing may be marked in the end, and all notes may
                // stand whole beside their calls.
                let emptied =
                    matches!(division.kind, DivisionKind::Bibliography | DivisionKind::Index | DivisionKind::Notes);
                let bare = emptied && division.blocks.is_empty();
                if !self.choice.kept[at] || bare {
                    division.leave_out();
                }
                divisions[at] = Some(division);
            }
        }
        let mut divisions: Vec<Division> = divisions.into_iter().flatten().collect();
        self.resolver.lead_back(&mut divisions);
        self.contents(&mut divisions);
        let shown: Vec<String> = {
            let cover = &self.metadata.cover;
            [&cover.image, &cover.strip, &cover.og].into_iter().flatten().map(|image| image.text.clone()).collect()
        };
        // Another edition may show what this one leaves out.
        if self.content.without.is_empty() {
            self.resolver.unused_images(&shown);
        }
        if self.content.head_band {
            self.unshown(&divisions, &notes);
        }
        let stamp = self.stamp(&metadata);
        let masthead = self.wants_masthead(&metadata, &divisions);
        let out = self.resolver.out;
        let nowhere = BlockEntry { division: DivisionId(0), note: None, span: None };
        let mut index = vec![nowhere; out.ids.count() as usize];
        for (id, entry) in out.index {
            index[id.index()] = entry;
        }
        let (note_place, note_style) = (self.place, self.metadata.notes.style);
        let assets = out.loader.finish();
        let head_band = self.content.head_band;
        let works = std::mem::take(&mut self.works);
        Book {
            metadata,
            divisions,
            notes,
            marks,
            works,
            note_place,
            note_style,
            stamp,
            head_band,
            masthead,
            assets,
            index,
        }
        .checked()
    }

    /// Whether the title stands at the head of the first page: nobody wants a cover, nobody said no to a title page,
    /// and no page has the title alone.
    fn wants_masthead(&self, metadata: &Metadata, divisions: &[Division]) -> bool {
        use DivisionKind::{Cover, HalfTitle, TitlePage};
        let parts = self.content.parts.over(self.metadata.parts);
        let says = |division: &Division| matches!(division.kind, Cover | HalfTitle | TitlePage);
        let mut shown = divisions.iter().filter(|division| !division.is_left_out());
        // A heading that is the title says it already.
        let title = plain(&metadata.title.value);
        let first = shown.clone().next().and_then(|division| division.title.as_ref());
        let said = shown.any(says) || first.is_some_and(|first| plain(&first.content) == title);
        !said && self.metadata.cover.none && parts.title_page.is_none() && !self.content.head_band
    }

    /// Every chapter, in its slot; those that the edition does not show are read for their numbers, and left empty.
    fn chapters(&mut self) -> Vec<Option<Division>> {
        let choice = self.choice;
        let chapter = |(at, slot): (usize, &Slot)| {
            let Slot::Chapter(chapter) = slot else { return None };
            let listed = self.resolver.out.listed;
            let mut division = self.chapter(DivisionId(at as u32), *chapter);
            if !choice.kept[at] {
                division.leave_out();
                self.resolver.out.listed = listed;
            }
            Some(division)
        };
        choice.slots.iter().enumerate().map(chapter).collect()
    }

    /// The notes that the chapters call.
    fn notes(&mut self) -> Vec<Note> {
        let chapters: Vec<(DivisionId, &Chapter, Language)> = self
            .choice
            .chapters
            .iter()
            .zip(&self.manuscript.divisions)
            .map(|(division, chapter)| (*division, chapter, self.language_of(chapter)))
            .collect();
        self.resolver.notes(&chapters)
    }

    fn language_of(&self, chapter: &Chapter) -> Language {
        chapter.language.clone().unwrap_or_else(|| self.metadata.language.clone())
    }

    /// A section of the manuscript.
    fn chapter(&mut self, id: DivisionId, at: usize) -> Division {
        let chapter: &Chapter = &self.manuscript.divisions[at];
        let language = self.language_of(chapter);
        self.resolver.enter_chapter(id, at, chapter, &language);
        let title = self.chapter_title(chapter, &language);
        let running_title = match (&chapter.short_title, &chapter.parsed.heading, &title) {
            (Some(short), _, _) => walk::title(&self.resolver.words(short)),
            (None, Some(heading), _) if heading.attributes.get("short").is_some() => {
                self.resolver.short(heading).unwrap_or_default()
            }
            (_, _, Some(title)) => walk::title(&title.content),
            _ => Vec::new(),
        };
        let name = match &title {
            Some(title) => plain(&title.content),
            None => usual_title(chapter.kind, &self.metadata.language, 1).unwrap_or("").to_owned(),
        };
        let name = if name.trim().is_empty() { self.metadata.title.text.clone() } else { name };
        let mut blocks = self.resolver.blocks(&chapter.parsed.blocks);
        if chapter.kind == DivisionKind::Bibliography && !self.choice.works_placed {
            let works = self.resolver.works();
            blocks.extend(works.map(|works| self.block(works)));
        }
        let made = chapter.kind == DivisionKind::Index && index::is_wanted(self.manuscript);
        let bare = matches!(chapter.kind, DivisionKind::Part | DivisionKind::Notes);
        if blocks.is_empty() && !bare && !made && !self.faulty(chapter) {
            self.resolver.out.diagnostics.report(
                Diagnostic::new(&lints::EMPTY_SECTION, "this section has no text")
                    .at(chapter.parsed.span)
                    .hint("write it, or put `draft: true` between --- lines at the head of its file"),
            );
        }
        if chapter.kind == DivisionKind::Abstract
            && let Some(summary) = &self.metadata.summary
        {
            self.resolver.out.diagnostics.report(
                Diagnostic::new(&lints::FOREIGN_KEY, "this abstract is not printed: a section of the book is one")
                    .at(summary.span)
                    .hint("write it as `description:`, which catalogues show, or take one of the two out"),
            );
        }
        self.check_levels(&blocks);
        if chapter.kind == DivisionKind::KeyTakeaways {
            blocks = self.key_points(blocks);
        }
        if chapter.kind == DivisionKind::AboutTheAuthor {
            blocks = self.pictured(blocks);
        }
        Division {
            id,
            kind: chapter.kind,
            matter: chapter.matter,
            level: chapter.level,
            in_contents: title.is_some() && !is_bare(chapter.kind),
            title,
            name,
            running_title,
            kicker: self.kicker(at, &language),
            number: self.resolver.tables.numbers.chapters[at].clone(),
            authors: chapter.authors.clone(),
            language: chapter.language.clone(),
            blocks,
            cover: None,
            label: self.resolver.tables.numbers.chapter_labels[at].clone(),
            span: Some(chapter.parsed.span),
        }
    }

    /// What stands above a chapter's title for its number, where that says what it is the number of.
    fn kicker(&self, at: usize, language: &Language) -> Option<String> {
        let number = self.resolver.tables.numbers.chapters[at].as_deref()?;
        match self.content.number_word {
            NumberWord::Bare => None,
            _ if self.manuscript.divisions[at].kind == DivisionKind::Appendix => {
                Some(Term::Appendix.numbered(language, number))
            }
            NumberWord::Chapter => {
                let spelled = number.parse().ok().and_then(|number| numerals::spelled(number, language));
                Some(Term::Chapter.numbered(language, spelled.as_deref().unwrap_or(number)))
            }
            NumberWord::Section => Some(Term::Section.numbered(language, number)),
        }
    }

    /// Whether an error was found in the file: what is missing then is missing for that reason.
    fn faulty(&mut self, chapter: &Chapter) -> bool {
        let found = &self.resolver.out.diagnostics;
        let errors = found.iter().skip(self.looked_through).filter(|found| found.severity == Severity::Error);
        self.faulty.extend(errors.filter_map(|error| error.span).map(|span| span.source));
        self.looked_through = found.len();
        self.faulty.contains(&chapter.parsed.span.source)
    }

    /// The front matter's title, else the heading's, else the kind's usual name.
    fn chapter_title(&mut self, chapter: &Chapter, language: &Language) -> Option<TextBlock> {
        if is_bare(chapter.kind) && chapter.parsed.heading.is_none() {
            return None;
        }
        match (&chapter.title, &chapter.parsed.heading) {
            (Some(title), _) => Some(self.resolver.written(title)),
            (_, Some(heading)) => Some(self.resolver.title_of(&heading.title)),
            (None, None) => {
                usual_title(chapter.kind, language, 1).map(|title| self.made_text(vec![Inline::own(title, language)]))
            }
        }
    }

    /// A heading that skips a level is reported once.
    fn check_levels(&mut self, blocks: &[Block]) {
        let mut last = 1;
        for block in walk::top(blocks) {
            if let BlockKind::Heading(heading) = &block.kind {
                if heading.level > last + 1 {
                    let message = format!("a heading of level {} follows one of level {last}", heading.level);
                    self.resolver.out.diagnostics.report(
                        Diagnostic::new(&lints::HEADING_LEVEL, message)
                            .at(block.span)
                            .hint(format!("write it with {} #", last + 1)),
                    );
                }
                last = heading.level;
            }
        }
    }

    /// Key takeaways stand in a box, unless the author drew it.
    fn key_points(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        if blocks.iter().any(|block| matches!(block.kind, BlockKind::Box(_))) || blocks.is_empty() {
            return blocks;
        }
        let kind = BlockKind::Box(BoxBlock { kind: BoxKind::KeyPoints, number: None, title: None, blocks });
        vec![self.block(kind)]
    }

    /// A written "about the author" of one author shows the photograph that the metadata names.
    fn pictured(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let [author] = self.metadata.authors.as_slice() else { return blocks };
        let Some(photo) = author.photo.as_ref() else { return blocks };
        if blocks.iter().any(|block| matches!(block.kind, BlockKind::Figure(_))) {
            return blocks;
        }
        let picture = self.picture(photo, &author.name.text);
        let kind = BlockKind::Biography(Biography { picture, blocks, addresses: Vec::new() });
        vec![self.block(kind)]
    }

    /// A made text.
    fn text(&mut self, words: impl Into<String>) -> TextBlock {
        let content = vec![Inline::text(words)];
        self.made_text(content)
    }

    fn made_text(&mut self, content: Vec<Inline>) -> TextBlock {
        TextBlock { id: self.resolver.fresh(), content, span: None }
    }

    fn block(&mut self, kind: BlockKind) -> Block {
        let id = if let BlockKind::Paragraph(paragraph) = &kind { paragraph.text.id } else { self.resolver.fresh() };
        Block { id, language: None, label: None, span: None, kind }
    }

    fn paragraph(&mut self, role: ParagraphRole, content: Vec<Inline>) -> Block {
        let text = self.made_text(content);
        self.block(BlockKind::Paragraph(Paragraph { text, role }))
    }

    /// A picture that the metadata names, of somebody or something.
    fn picture(&mut self, written: &Written, of: &str) -> Option<(AssetId, Option<String>)> {
        let (asset, said) = self.resolver.picture(&written.text, written.span);
        let alt = match said {
            Some(image) if image.decorative => None,
            Some(image) => image.alt.as_ref().map(|alt| alt.text.clone()).or_else(|| Some(of.to_owned())),
            None => Some(of.to_owned()),
        };
        Some((asset?, alt))
    }

    fn made(
        &mut self,
        id: DivisionId,
        kind: DivisionKind,
        metadata: &Metadata,
        divisions: &[Option<Division>],
        notes: &[Note],
    ) -> Division {
        use DivisionKind::*;
        let language = self.metadata.language.clone();
        let count = self.metadata.authors.iter().filter(|author| author.bio.is_some()).count();
        let name = match kind {
            Contents => self.metadata.contents.title.as_ref().map(|title| title.text.clone()),
            Notes => self.metadata.notes.title.as_ref().map(|title| title.text.clone()),
            Bibliography => Citations::title(self.manuscript),
            _ => None,
        };
        let own = name.is_none();
        let name = name.unwrap_or_else(|| usual_title(kind, &language, count).unwrap_or_default().to_owned());
        let shown = if own { Inline::own(name.clone(), &language) } else { Inline::text(name.clone()) };
        let mut cover = None;
        let mut title = None;
        let blocks = match kind {
            Cover => {
                cover = Some(self.front_cover(metadata));
                Vec::new()
            }
            BackCover => {
                cover = Some(self.back_cover(metadata));
                Vec::new()
            }
            HalfTitle => {
                let short = metadata.short_title.clone().unwrap_or_else(|| metadata.title.clone());
                vec![self.paragraph(ParagraphRole::BookTitle, short.value)]
            }
            TitlePage => self.title_page(metadata),
            CopyrightPage => self.copyright_page(metadata, divisions),
            Notes => {
                title = Some(self.made_text(vec![shown.clone()]));
                self.endnotes(divisions, notes)
            }
            AboutTheAuthor => {
                title = Some(self.made_text(vec![shown.clone()]));
                self.biographies(metadata)
            }
            AboutTheInstitute => {
                title = Some(self.made_text(vec![shown.clone()]));
                let publisher = self.metadata.publisher.as_ref();
                publisher.and_then(|house| house.about.as_ref()).map(|about| self.blocks_of(about)).unwrap_or_default()
            }
            Bibliography => {
                title = Some(self.made_text(vec![shown.clone()]));
                let works = self.resolver.works();
                works.map(|works| self.block(works)).into_iter().collect()
            }
            Abstract => {
                title = Some(self.made_text(vec![shown.clone()]));
                self.metadata.summary.as_ref().map(|summary| self.blocks_of(summary)).unwrap_or_default()
            }
            Index => {
                title = Some(self.made_text(vec![shown.clone()]));
                self.index_block().into_iter().collect()
            }
            Related => {
                title = Some(self.made_text(vec![shown.clone()]));
                self.related()
            }
            _ => {
                title = Some(self.made_text(vec![shown.clone()]));
                Vec::new()
            }
        };
        Division {
            id,
            kind,
            matter: kind.matter(),
            level: 1,
            running_title: vec![shown],
            in_contents: title.is_some() && kind != Contents,
            title,
            label: slug(kind.name()),
            name,
            number: None,
            kicker: None,
            authors: Vec::new(),
            language: None,
            blocks,
            cover,
            span: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::plain;
    use crate::source::Memory;

    fn build(files: &Memory) -> (Result<Book, Reported>, Vec<String>) {
        let mut sources = Sources::new();
        let mut diagnostics = Diagnostics::new();
        let book = crate::manuscript::read(files, &mut sources, &mut diagnostics).and_then(|manuscript| {
            assemble(&manuscript, &Content::default(), files, &mut Store::default(), &mut sources, &mut diagnostics)
        });
        diagnostics.settle();
        let said = diagnostics
            .iter()
            .map(|d| {
                let place = d.span.map_or("-".to_owned(), |span| {
                    let at = sources.start(span);
                    format!("{}:{}:{}", sources.file(span.source).path, at.line, at.column)
                });
                format!("{place}: {} {:?}", d.message, d.hints)
            })
            .collect();
        (book, said)
    }

    #[test]
    fn a_small_paper_has_all_its_parts_in_order() {
        let files = Memory::new()
            .with("metadata.yaml", "title: The *Title*\nauthors: [{name: Ann, bio: writes.}]\ndate: 2024-06\nrights: {holder: Ann, licence: CC-BY-4.0}\n")
            .with("1-introduction.md", "# In\n\nText.[^a] See @sec-out, [](#tbl).\n\n[^a]: A \"note\".\n")
            .with("2-out.md", "# Out {#sec-out}\n\nTable: T {#tbl}\n\n| a |\n| --- |\n| 1 |\n\n## Sub\n\nMore.[^a]\n\n[^a]: Another.\n");
        let (book, said) = build(&files);
        assert!(said.is_empty(), "{said:?}");
        let book = book.expect("it is right");
        let kinds: Vec<&str> = book.divisions.iter().map(|division| division.kind.name()).collect();
        assert_eq!(
            kinds,
            ["cover", "copyright-page", "contents", "introduction", "chapter", "notes", "about-the-author"]
        );
        assert_eq!(book.notes.len(), 2);
        let BlockKind::Paragraph(first) = &book.divisions[3].blocks[0].kind else { panic!() };
        assert_eq!(plain(&first.text.content), "Text. See Out, Table\u{a0}1.");
        let BlockKind::Contents(entries) = &book.divisions[2].blocks[0].kind else { panic!() };
        let lines: Vec<String> =
            entries.iter().map(|entry| format!("{} {}", entry.level, plain(&entry.text.content))).collect();
        assert_eq!(lines, ["1 In", "1 Out", "2 Sub", "1 Notes", "1 About the author"]);
        let BlockKind::Paragraph(note) = &book.notes[0].blocks[0].kind else { panic!() };
        assert_eq!(plain(&note.text.content), "A “note”.");
    }

    #[test]
    fn references_that_lead_nowhere_are_said_with_the_nearest_name() {
        let files = Memory::new().with("metadata.yaml", "title: T\n").with(
            "a.md",
            "# A {#one}\n\nSee @fig-map and [](#on) and [^x].\n\n![A map](map.png){#map}\n\n# B {#one}\n\nText\n\n[^y]: unused\n",
        );
        let (book, said) = build(&files);
        assert!(book.is_err());
        let expected = [
            "a.md:3:5: nothing is called \"fig-map\" [\"a figure in a.md is called \\\"map\\\"\"]",
            "a.md:3:18: nothing is called \"on\" [\"a section in a.md is called \\\"one\\\"\"]",
            "a.md:3:30: the note \"x\" is not defined",
            "a.md:5:1: there is no picture \"map.png\"",
            "a.md:7:5: the label \"one\" is given twice",
            "a.md:11:1: the note \"y\" is never called",
        ];
        for (said, expected) in said.iter().zip(expected) {
            assert!(said.starts_with(expected), "{said}\n{expected}");
        }
        assert_eq!(said.len(), expected.len(), "{said:#?}");
    }
}
