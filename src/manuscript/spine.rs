//! The spine: which files are sections, of which kind, in which order.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bibliography::{self, Bibliography};
use super::chapter::Chapter;
use super::chart::{self, Charts};
use super::chosen;
use super::folder::{self, is_section};
use super::front_matter::{self, Head};
use super::house::inherit;
use super::metadata::{self, ManuscriptMetadata};
use super::sections::Reader;
use super::tested;
use super::texts::{read_text, refused, text_of};
use super::theme_file;
use super::theme_styles;
use super::values::one_of;
use crate::book::{DivisionKind, Matter};
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, Reported, Severity, lints};
use crate::edition::{Edition, Format, Parts};
use crate::language::Language;
use crate::language::wording::Wording;
use crate::markdown::Ids;
use crate::markdown::parsed::{self, PBlock, PBlockKind, PKind, PText, ParsedNote};
use crate::markdown::walk;
use crate::source::{FilePath, Files, ReadError, SourceId, Sources, Span};
use crate::theme::{Theme, ThemeSpec};
use crate::yaml::{self, Entry, Kind, Node};

/// A folder, read.
#[derive(Clone, Debug)]
pub struct Manuscript {
    pub(crate) metadata: ManuscriptMetadata,
    /// In reading order.
    pub(crate) divisions: Vec<Chapter>,
    /// The notes of each file; the last are those of `notes.md`.
    pub(crate) notes: Vec<Vec<ParsedNote>>,
    /// The charts among them, by their blocks.
    pub(crate) charts: Charts,
    /// Where metadata texts stand.
    pub(crate) ids: Ids,
    /// Files that look like sections and are none, in order.
    left_out: Vec<String>,
    /// Whether some of it is shown in some editions only.
    conditional: bool,
    /// The notes that are called where this edition has no text: they are not uncalled.
    pub(crate) called: BTreeSet<String>,
    /// What it can cite.
    pub(crate) bibliography: Option<Arc<Bibliography>>,
    /// What it says of faces.
    faces: AskedFaces,
    /// Whether reading it reported errors.
    faulty: bool,
}

fn each_text(block: &PBlock, visit: &mut impl FnMut(&PText)) {
    block.inside(&mut |inside| match inside {
        walk::Inside::Block(block) => each_text(block, visit),
        walk::Inside::Text(text) => visit(text),
    });
}

/// The faces that a manuscript asks for.
#[derive(Clone, Debug, Default)]
struct AskedFaces {
    /// The names that looks ask for, and where.
    names: Vec<(String, Span)>,
    /// The folders of the houses that it inherits from.
    houses: Vec<String>,
}

impl Manuscript {
    /// Whether reading it reported errors, so that no book comes of it.
    pub(crate) fn is_faulty(&self) -> bool {
        self.faulty
    }

    /// Whether some of its text is shown in some editions only.
    pub fn is_conditional(&self) -> bool {
        self.conditional
    }

    /// What an edition of these formats and this name shows of it.
    pub(crate) fn shown(&self, formats: &[&str], edition: &str) -> Manuscript {
        let mut shown = self.clone();
        shown.called = self.calls();
        for chapter in &mut shown.divisions {
            if let Some(heading) = &mut chapter.parsed.heading {
                heading.title.content =
                    parsed::shown_pieces(std::mem::take(&mut heading.title.content), formats, edition);
            }
            chapter.parsed.blocks = parsed::shown(&chapter.parsed.blocks, formats, edition);
        }
        for note in shown.notes.iter_mut().flatten() {
            note.blocks = parsed::shown(&note.blocks, formats, edition);
        }
        shown
    }

    /// The labels of the notes that are called anywhere in it, and in what was left out of it before.
    fn calls(&self) -> BTreeSet<String> {
        let mut called = self.called.clone();
        let mut of = |text: &PText| {
            let labels = walk::pieces(&text.content).filter_map(|piece| match &piece.kind {
                PKind::NoteCall(label) => Some(label.clone()),
                _ => None,
            });
            called.extend(labels);
        };
        for chapter in &self.divisions {
            chapter.parsed.heading.iter().for_each(|heading| of(&heading.title));
            chapter.parsed.blocks.iter().for_each(|block| each_text(block, &mut of));
        }
        for note in self.notes.iter().flatten() {
            note.blocks.iter().for_each(|block| each_text(block, &mut of));
        }
        called
    }

    /// The same, its language with a house's words.
    pub(crate) fn worded(&self, words: &Arc<Wording>) -> Manuscript {
        let mut worded = self.clone();
        let languages = worded.divisions.iter_mut().filter_map(|chapter| chapter.language.as_mut());
        for language in languages.chain([&mut worded.metadata.language]) {
            *language = language.worded(words);
        }
        worded
    }

    /// The editions, in the author's order.
    pub fn editions(&self) -> &[Edition] {
        &self.metadata.editions
    }

    /// Which made parts its author wants, where that is said.
    pub fn parts(&self) -> Parts {
        self.metadata.parts
    }

    /// The layers of its looks, the lowest first.
    pub fn themes(&self) -> &[ThemeSpec] {
        &self.metadata.theme
    }

    /// Files that look like sections and take no part in the book: readmes, licences, drafts, what begins with `_`.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The families of faces that looks ask for, and where.
    pub fn families(&self) -> &[(String, Span)] {
        &self.faces.names
    }

    /// The folders of the houses that it inherits from, counted from its own.
    pub fn houses(&self) -> &[String] {
        &self.faces.houses
    }

    /// The chapters, by their place, that are not for the edition of that name.
    pub fn not_for(&self, edition: &str) -> Vec<usize> {
        let other = |chapter: &Chapter| {
            !chapter.editions.is_empty() && chapter.editions.iter().all(|name| name.text != edition)
        };
        (0..self.divisions.len()).filter(|&at| other(&self.divisions[at])).collect()
    }

    /// Letters of all sections, as written: about two thousand are a page.
    pub fn letters(&self) -> usize {
        // A division's span is that of its beginning; it goes on to the end of its last block.
        let length = |chapter: &Chapter| {
            let start = chapter.parsed.span.start;
            chapter.parsed.blocks.last().map_or(0, |block| block.span.end.saturating_sub(start)) as usize
        };
        self.divisions.iter().filter(|chapter| chapter.kind != DivisionKind::Notes).map(length).sum()
    }

    /// Without some chapters, and without the notes of files that only they use.
    pub(crate) fn without(&self, chapters: &[usize]) -> Manuscript {
        let mut rest = self.clone();
        rest.called = self.calls();
        let mut at = 0;
        rest.divisions.retain(|_| {
            at += 1;
            !chapters.contains(&(at - 1))
        });
        let everywhere = rest.notes.len().saturating_sub(1);
        for (file, notes) in rest.notes.iter_mut().enumerate() {
            if file != everywhere && rest.divisions.iter().all(|chapter| chapter.file != file) {
                notes.clear();
            }
        }
        rest
    }

    /// The text around the notes of all files, by its place among the chapters.
    pub(crate) fn around_notes(&self) -> Option<usize> {
        self.divisions.iter().position(|chapter| chapter.kind == DivisionKind::Notes)
    }

    /// Whether the author silenced what a warning says. An error that was lowered to one stays to be seen.
    pub fn allows(&self, diagnostic: &Diagnostic) -> bool {
        let warning = [diagnostic.severity, diagnostic.lint.severity] == [Severity::Warning; 2];
        warning && self.lowers(diagnostic.lint)
    }

    /// Whether the author allowed what a rule says.
    pub fn lowers(&self, lint: &Lint) -> bool {
        self.reason(lint).is_some()
    }

    /// Why the author allowed what a rule says, if it is allowed.
    pub fn reason(&self, lint: &Lint) -> Option<&str> {
        let allowed = self.metadata.allow.iter().find(|allowed| allowed.lint == lint.name);
        allowed.map(|allowed| allowed.reason.as_str())
    }
}

/// Reads a folder. It fails only when nothing can be assembled; else what is wrong was reported and the rest stands, so
/// that what is wrong with the book is found in the same run.
pub fn read(files: &dyn Files, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Manuscript, Reported> {
    read_as(files, false, sources, diagnostics)
}

/// The same for a proof, which is made whatever is wrong: of metadata that cannot be read it has the lines that can.
pub fn read_for_proof(
    files: &dyn Files,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Manuscript, Reported> {
    read_as(files, true, sources, diagnostics)
}

fn read_as(
    files: &dyn Files,
    proof: bool,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Manuscript, Reported> {
    let list = files.list();
    let mut faces = AskedFaces::default();
    let metadata = read_metadata(files, &list, proof, sources, &mut faces, diagnostics);
    let quarto = metadata.as_ref().is_none_or(|metadata| metadata.sections.is_none()).then_some(chosen::QUARTO);
    let quarto = quarto.into_iter().flatten().find_map(|file| {
        let text = files.read(file).ok().filter(|_| list.iter().any(|path| path == file))?;
        let order = chosen::chapters(&String::from_utf8_lossy(&text), &list);
        (!order.files.is_empty()).then_some((file, order))
    });
    let order = quarto.as_ref().map(|(file, order)| (*file, order.files.as_slice()));
    let names = folder::section_names(&list, metadata.as_ref(), order, diagnostics);
    let left_out = folder::left_out(&list, &names, metadata.as_ref());
    folder::look_round(&list, order.map(|(file, _)| file), diagnostics);
    folder::linked(&files.links(), diagnostics);
    let note = |name: &String| files.read(name).is_ok_and(|bytes| folder::is_a_note(&String::from_utf8_lossy(&bytes)));
    let mut manuscript = Reader {
        files,
        sources,
        diagnostics,
        ids: Ids::default(),
        notes: Vec::new(),
        divisions: Vec::new(),
        left_out,
        told: Vec::new(),
        notebook: names.iter().any(note),
        conditional: false,
        order: quarto.as_ref().map(|(file, order)| (*file, order)),
        works: list.iter().find(|path| path.to_ascii_lowercase().ends_with(".bib")).cloned(),
        whole: !list.iter().any(|path| METADATA.contains(&path.as_str())),
    };
    let cites = metadata.as_ref().is_some_and(|metadata| metadata.citations.any());
    let language = metadata.as_ref().map_or_else(Language::english, |metadata| metadata.language.clone());
    manuscript.sections(&names, cites, &language);
    let notes_title = metadata.as_ref().and_then(|metadata| metadata.notes.title.as_ref());
    manuscript.notes_file(&list, cites, &language, notes_title);
    let Reader { ids, notes, mut divisions, left_out, conditional, .. } = manuscript;
    // What another section includes is in the book.
    let unread: Vec<&String> = left_out.iter().filter(|path| sources.find(path).is_none()).collect();
    folder::in_folders(&unread, &list, diagnostics);
    if divisions.iter().all(|chapter| chapter.kind == DivisionKind::Notes) {
        diagnostics.unless_errors_since(0, ())?;
        let said = Diagnostic::new(&lints::NO_SECTIONS, "the folder holds no section")
            .hint(folder::instead_of_none(&unread, &list));
        return Err(diagnostics.fail(said));
    }
    if let Some(metadata) = metadata.as_ref().filter(|metadata| metadata.citations.any()) {
        let language = &metadata.language;
        divisions.iter_mut().filter(|chapter| bibliography::lists_works(chapter, language)).for_each(|chapter| {
            chapter.kind = DivisionKind::Bibliography;
            chapter.matter = Matter::Back;
        });
    }
    arrange(&mut divisions);
    nest(&mut divisions);
    match metadata {
        Some(metadata) => {
            check_looks(&metadata, diagnostics);
            check_names(&metadata, &divisions, diagnostics);
            if conditional {
                let names: Vec<&str> = metadata.editions.iter().map(|edition| edition.name.as_str()).collect();
                let own = divisions.iter().flat_map(|chapter| &chapter.parsed.blocks);
                tested::check(own.chain(notes.iter().flatten().flat_map(|note| &note.blocks)), &names, diagnostics);
            }
            check_terms(&metadata, &divisions, diagnostics);
            check_breaks(&metadata, &divisions, diagnostics);
            let bibliography = Bibliography::load(&metadata, files, sources, diagnostics).map(Arc::new);
            let charts = charts_of(&divisions, &notes, &metadata, files, sources, diagnostics);
            let faulty = diagnostics.has_errors();
            Ok(Manuscript {
                metadata,
                divisions,
                notes,
                charts,
                ids,
                left_out,
                conditional,
                called: BTreeSet::new(),
                bibliography,
                faces,
                faulty,
            })
        }
        None => {
            diagnostics.unless_errors_since(0, ())?;
            let said = Diagnostic::new(&lints::MISSING_FILE, "there is no metadata.yaml")
                .hint("write one with at least a line `title: …`");
            Err(diagnostics.fail(said))
        }
    }
}

/// The charts of sections and notes.
fn charts_of(
    divisions: &[Chapter],
    notes: &[Vec<ParsedNote>],
    metadata: &ManuscriptMetadata,
    files: &dyn Files,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Charts {
    let mut charts = Charts::new();
    let chapters = divisions
        .iter()
        .map(|chapter| (&chapter.parsed.blocks, chapter.language.as_ref().unwrap_or(&metadata.language)));
    let notes = notes.iter().flatten().map(|note| (&note.blocks, &metadata.language));
    for (blocks, language) in chapters.chain(notes) {
        chart::read_all(blocks, language, files, sources, diagnostics, &mut charts);
    }
    charts
}

/// Front matter first, then body, then back; within front and back the usual order of kinds.
fn arrange(divisions: &mut [Chapter]) {
    divisions.sort_by_key(|chapter| {
        let kind = match chapter.matter {
            Matter::Body => None,
            _ => Some(chapter.kind),
        };
        (chapter.matter, kind)
    });
}

/// Chapters in a part are one deeper than it; what closes the book stands beside the parts.
fn nest(divisions: &mut [Chapter]) {
    use DivisionKind::{Conclusion, Epilogue, Part, Recommendations};
    let mut part = 0;
    for chapter in divisions.iter_mut().filter(|chapter| chapter.matter == Matter::Body) {
        if chapter.kind == Part {
            part = chapter.level;
        } else if matches!(chapter.kind, Conclusion | Epilogue | Recommendations) && !chapter.levelled {
            part = 0;
        } else if !chapter.levelled {
            chapter.level = part + 1;
        }
    }
}

/// What the layers of looks come to in each edition must be a page.
fn check_looks(metadata: &ManuscriptMetadata, diagnostics: &mut Diagnostics) {
    // Editions that have their colours in common are looked at once.
    let mut said: Vec<crate::theme::Palette> = Vec::new();
    for (at, edition) in metadata.editions.iter().enumerate().filter(|(_, edition)| edition.format == Format::Pdf) {
        let purpose = edition.purpose.looks();
        let layers: Vec<&ThemeSpec> = metadata.theme.iter().chain([&purpose, &edition.looks]).collect();
        let place = metadata.edition_places.get(at).copied().unwrap_or(metadata.title.span);
        let theme = Theme::settle(&layers);
        theme_file::check_room(&layers, &theme, &edition.name, place, diagnostics);
        if !said.contains(&theme.palette) {
            theme_styles::check_contrast(&layers, &theme, diagnostics);
            said.push(theme.palette);
        }
        theme_file::check_variant(&layers, diagnostics);
    }
}

/// The editions that sections name, and the sections that editions name, must be there.
fn check_names(metadata: &ManuscriptMetadata, divisions: &[Chapter], diagnostics: &mut Diagnostics) {
    let editions: Vec<&str> = metadata.editions.iter().map(|edition| edition.name.as_str()).collect();
    for name in divisions.iter().flat_map(|chapter| &chapter.editions) {
        if !editions.contains(&name.text.as_str()) {
            one_of("edition", &name.text, &editions, name.span, diagnostics);
        }
    }
    for name in &metadata.edition_sections {
        let made = DivisionKind::find(&name.text).is_some_and(|kind| kind.is_made() || kind == DivisionKind::Index);
        if made || divisions.iter().any(|chapter| chapter.is_called(&name.text)) {
            continue;
        }
        let mut said =
            Diagnostic::new(&lints::MISSING_FILE, format!("there is no section \"{}\"", name.text)).at(name.span);
        said = match yaml::nearest(&name.text, divisions.iter().map(|chapter| chapter.path.as_str())) {
            Some(near) => said.hint(format!("did you mean \"{near}\"?")),
            None => said.hint("name a section by its file or its kind: [key-takeaways, 20-outlook.md]"),
        };
        diagnostics.report(said);
    }
}

/// The sections that terms of the index name must be there.
fn check_terms(metadata: &ManuscriptMetadata, divisions: &[Chapter], diagnostics: &mut Diagnostics) {
    for name in metadata.index.terms.iter().flat_map(|term| &term.sections) {
        if divisions.iter().any(|chapter| chapter.is_called(&name.text)) {
            continue;
        }
        let said =
            Diagnostic::new(&lints::MISSING_FILE, format!("there is no section \"{}\"", name.text)).at(name.span);
        diagnostics.report(match yaml::nearest(&name.text, divisions.iter().map(|chapter| chapter.path.as_str())) {
            Some(near) => said.hint(format!("did you mean \"{near}\"?")),
            None => said.hint("name a section by its file or its kind: [20-outlook]"),
        });
    }
}

/// An e-book has no pages that could be broken.
fn check_breaks(metadata: &ManuscriptMetadata, divisions: &[Chapter], diagnostics: &mut Diagnostics) {
    let Some(ebook) = metadata.editions.iter().find(|edition| edition.format == Format::Epub) else { return };
    let chapters = divisions.iter().filter(|chapter| chapter.editions.is_empty());
    let mut breaks =
        chapters.flat_map(|chapter| &chapter.parsed.blocks).filter(|block| matches!(block.kind, PBlockKind::PageBreak));
    let Some(first) = breaks.next() else { return };
    let subject = match breaks.count() {
        0 => "a page break shows".to_owned(),
        1 => "this page break and another show".to_owned(),
        others => format!("this page break and {others} others show"),
    };
    diagnostics.report(
        Diagnostic::new(&lints::PRINT_ONLY, format!("{subject} in print only, not in the edition \"{}\"", ebook.name))
            .at(first.span)
            .hint("write * * * for a break in the thought, or allow print-only with a reason"),
    );
}

fn read_metadata(
    files: &dyn Files,
    list: &[String],
    proof: bool,
    sources: &mut Sources,
    faces: &mut AskedFaces,
    diagnostics: &mut Diagnostics,
) -> Option<ManuscriptMetadata> {
    let mut node = None;
    let name = METADATA.into_iter().find(|name| list.iter().any(|path| path == name));
    if let Some(name) = name {
        if let Some(other) = METADATA.iter().find(|other| **other != name && list.iter().any(|path| path == *other)) {
            diagnostics.report(
                Diagnostic::new(
                    &lints::LEFT_OUT,
                    format!("\"{other}\" is left out: the metadata are read from \"{name}\""),
                )
                .hint("keep one of the two files"),
            );
        }
        let id = read_text(files, &FilePath::manuscript(name), sources, None, diagnostics)?;
        let length = sources.file(id).text.len();
        node = yaml::read(sources, id, 0..length, diagnostics).or_else(|| proof.then(|| plain_lines(sources, id)));
        node.as_ref()?;
    } else if let Some(paper) = list.iter().find(|path| is_section(path)) {
        // A paper in one file may carry its metadata at its head.
        let id = read_text(files, &FilePath::manuscript(paper), sources, None, diagnostics)?;
        let text = &sources.file(id).text;
        match front_matter::head(text) {
            Head::Front(front, _) => node = Some(yaml::read(sources, id, front, diagnostics)?),
            Head::TitleBlock(block) => node = Some(title_block(sources, id, block)),
            Head::Unclosed(..) | Head::Foreign(..) | Head::Text => {}
        }
    }
    let mut node = node?;
    faces.houses = inherit(files, &mut node, sources, diagnostics);
    collect_families(&node, &mut faces.names);
    let mut metadata = metadata::read(&node, diagnostics)?;
    super::index::read_file(&mut metadata.index, files, sources, diagnostics);
    if list.iter().any(|path| path == "theme.yaml")
        && let Some(id) = read_text(files, &FilePath::manuscript("theme.yaml"), sources, None, diagnostics)
    {
        let length = sources.file(id).text.len();
        if let Some(theme) = yaml::read(sources, id, 0..length, diagnostics) {
            collect_families(&theme, &mut faces.names);
            metadata.theme.extend(theme_file::read(&theme, diagnostics));
        }
    }
    let mut themes = Themes { files, sources, faces, diagnostics, open: Vec::new() };
    let editions = metadata.editions.iter_mut().map(|edition| &mut edition.looks);
    metadata.theme.iter_mut().chain(editions).for_each(|layer| themes.look_up(layer));
    // A theme without colour takes it out of pictures too, as an edition does that says so itself.
    let layers: Vec<&ThemeSpec> = metadata.theme.iter().collect();
    if crate::theme::spec::flat(&layers).iter().rev().find_map(|layer| layer.greyscale) == Some(true) {
        metadata.editions.iter_mut().for_each(|edition| _ = edition.looks.greyscale.get_or_insert(true));
    }
    Some(metadata)
}

/// Looks up the themes that are folders.
struct Themes<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    faces: &'a mut AskedFaces,
    diagnostics: &'a mut Diagnostics,
    /// The folders that are being read: none extends itself.
    open: Vec<String>,
}

impl Themes<'_> {
    /// Reads the folder that a layer names, and those that this names in turn; its faces are looked for there too.
    fn look_up(&mut self, layer: &mut ThemeSpec) {
        layer.below.iter_mut().for_each(|below| self.look_up(below));
        layer.variants.iter_mut().for_each(|(_, looks)| self.look_up(looks));
        let Some((name, span)) = layer.folder.take() else { return };
        let name = name.trim_end_matches('/');
        // Its file named in place of its folder; that of the manuscript is read without being named.
        let name = name.strip_suffix("/theme.yaml").unwrap_or(name);
        if name == "theme.yaml" || name == "." {
            return;
        }
        let path = self.sources.path_at(&format!("{name}/theme.yaml"), span);
        let shown = path.to_string();
        let bytes = match self.files.read_at(&path) {
            Ok(bytes) => bytes,
            Err(ReadError::Missing) => return theme_file::no_theme(name, span, self.diagnostics),
            Err(error) => return self.diagnostics.report(refused(&path, &error, self.files).at(span)),
        };
        if self.open.contains(&shown) {
            let said = Diagnostic::new(&lints::WRONG_VALUE, format!("the theme \"{name}\" extends itself"));
            let hint = "name one of recto's own in its `extends`, or leave it out";
            return self.diagnostics.report(said.at(span).hint(hint));
        }
        let Some(id) = text_of(&shown, path.base.clone(), bytes, self.sources, self.diagnostics) else { return };
        self.faces.houses.push(shown.trim_end_matches("/theme.yaml").to_owned());
        let length = self.sources.file(id).text.len();
        let Some(node) = yaml::read(self.sources, id, 0..length, self.diagnostics) else { return };
        collect_families(&node, &mut self.faces.names);
        let Some(mut below) = theme_file::read(&node, self.diagnostics) else { return };
        self.open.push(shown);
        self.look_up(&mut below);
        self.open.pop();
        layer.below.insert(0, below);
    }
}

/// The names of the file of metadata.
const METADATA: [&str; 2] = ["metadata.yaml", "metadata.yml"];

/// The families that `fonts:` names, wherever it stands.
fn collect_families(node: &Node, families: &mut Vec<(String, Span)>) {
    let written = |node: &Node| node.text().map(|text| (text.to_owned(), node.span));
    match &node.kind {
        Kind::Map(entries) => {
            for entry in entries {
                match (&entry.value.kind, entry.key.as_str()) {
                    (Kind::Map(fonts), "fonts") => {
                        families.extend(fonts.iter().filter_map(|font| written(&font.value)))
                    }
                    (Kind::Text(_), "fonts") => families.extend(written(&entry.value)),
                    _ => collect_families(&entry.value, families),
                }
            }
        }
        Kind::List(items) => items.iter().for_each(|item| collect_families(item, families)),
        _ => {}
    }
}

/// Of YAML that is broken, the lines that say a title, authors or a language on one line; a title in any case.
fn plain_lines(sources: &Sources, id: SourceId) -> Node {
    let text = &sources.file(id).text;
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(id, at, at + line.trim_end().len());
        at += line.len();
        let Some((key, value)) = line.split_once(": ") else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        let known = ["title", "authors", "author", "language", "lang"].contains(&key);
        if known && !value.is_empty() && !value.starts_with(['[', '{', '|', '>', '&', '*']) {
            let value = Node { span, kind: Kind::Text(value.to_owned()) };
            entries.push(Entry { key: key.to_owned(), key_span: span, value });
        }
    }
    let span = Span::new(id, 0, text.len());
    if !entries.iter().any(|entry| entry.key == "title") {
        let value = Node { span, kind: Kind::Text("…".to_owned()) };
        entries.push(Entry { key: "title".to_owned(), key_span: span, value });
    }
    Node { span, kind: Kind::Map(entries) }
}

/// Pandoc's title block: `% title`, `% authors`, `% date`; a line that is indented goes on the one before.
fn title_block(sources: &Sources, id: SourceId, block: std::ops::Range<usize>) -> Node {
    let text = &sources.file(id).text[block.clone()];
    let mut fields: Vec<(String, Span)> = Vec::new();
    let mut at = block.start;
    for line in text.split_inclusive('\n') {
        let span = Span::new(id, at, at + line.trim_end().len());
        match (line.strip_prefix('%'), fields.last_mut()) {
            (Some(words), _) => fields.push((words.trim().to_owned(), span)),
            (None, Some((words, whole))) => {
                words.push_str(if words.is_empty() { "" } else { "; " });
                words.push_str(line.trim());
                *whole = whole.to(span);
            }
            (None, None) => {}
        }
        at += line.len();
    }
    let entry = |(key, (words, span)): (&str, (String, Span))| {
        let texts = || words.split(';').map(|part| Node { span, kind: Kind::Text(part.trim().to_owned()) }).collect();
        let kind = match key {
            "authors" => Kind::List(texts()),
            "title" => Kind::Text(words.replace("; ", " ")),
            _ => Kind::Text(words.clone()),
        };
        (!words.is_empty()).then(|| Entry { key: key.to_owned(), key_span: span, value: Node { span, kind } })
    };
    let entries = ["title", "authors", "date"].into_iter().zip(fields).filter_map(entry).collect();
    Node { span: Span::new(id, block.start, block.end), kind: Kind::Map(entries) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Base;
    use crate::source::Memory;

    fn read_all(files: &Memory) -> (Result<Manuscript, Reported>, Vec<String>) {
        let mut sources = Sources::new();
        let mut diagnostics = Diagnostics::new();
        let manuscript = read(files, &mut sources, &mut diagnostics);
        diagnostics.settle();
        let said = diagnostics
            .iter()
            .map(|d| {
                let place = d.span.map_or("-".to_owned(), |span| {
                    let at = sources.start(span);
                    format!("{}:{}:{}", sources.file(span.source).path, at.line, at.column)
                });
                format!("{place}: {}", d.message)
            })
            .collect();
        (manuscript, said)
    }

    #[test]
    fn kinds_come_from_names_and_go_to_their_matter() {
        let files = Memory::new()
            .with("metadata.yaml", "title: T\n")
            .with("about-the-institute.md", "We.\n")
            .with("10-introduction.md", "# In\n")
            .with("2-text.md", "# A\n\n# B {.conclusion}\n")
            .with("key-takeaways.md", "1. One\n")
            .with("README.md", "no\n")
            .with("_draft.md", "no\n");
        let (manuscript, said) = read_all(&files);
        assert!(said.is_empty(), "{said:?}");
        let kinds: Vec<DivisionKind> = manuscript.expect("it is right").divisions.iter().map(|c| c.kind).collect();
        use DivisionKind::*;
        assert_eq!(kinds, [KeyTakeaways, Chapter, Conclusion, Introduction, AboutTheInstitute]);
    }

    #[test]
    fn all_faults_are_said_in_one_run_at_their_places() {
        let files = Memory::new()
            .with(
                "metadata.yaml",
                "titel: T\ndate: 2023-02-29\nlanguage: english\nidentifiers:\n  isbn_print: 978-0-306-40615-8\n",
            )
            .with("a.md", b"ok\n\xff bad\n".to_vec())
            .with("b.md", "---\nkind: chaptre\n---\n");
        let (manuscript, said) = read_all(&files);
        assert!(manuscript.is_ok(), "the rest can be assembled");
        assert_eq!(
            said,
            [
                "metadata.yaml:1:1: \"titel\" is not a key of this mapping",
                "metadata.yaml:2:7: \"2023-02-29\" is not a date: that month has 28 days",
                "metadata.yaml:3:11: \"english\" is not a language tag",
                "metadata.yaml:5:15: \"978-0-306-40615-8\" is not an ISBN: its last digit should be 7",
                "a.md:2:1: this byte is no UTF-8",
                "b.md:2:7: \"chaptre\" is no value of \"kind\"",
            ]
        );
    }

    #[test]
    fn a_house_is_inherited_and_the_manuscript_wins() {
        let files = Memory::new()
            .with("metadata.yaml", "title: T\ninherit: ../house/house.yaml\npublisher:\n  place: Ottawa\n")
            .with("../house/house.yaml", "publisher:\n  name: House\n  place: Paris\n  logo: logo.svg\n")
            .with("a.md", "# A\n");
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let manuscript = read(&files, &mut sources, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let publisher = manuscript.expect("it is right").metadata.publisher.expect("it has one");
        assert_eq!((publisher.name.text.as_str(), publisher.place.as_deref()), ("House", Some("Ottawa")));
        let logo = publisher.logo.expect("it has one");
        let path = sources.path_at(&logo.text, logo.span);
        assert_eq!(path, FilePath { base: Base::House("../house".to_owned()), path: "logo.svg".to_owned() });
    }

    #[test]
    fn a_house_that_lies_elsewhere_is_refused_at_its_key() {
        for path in [
            "/etc/passwd",
            "../../../etc/house.yaml",
            "C:/house.yaml",
            "../secret.txt",
            "\"\\u0002../house.yaml\"",
            "~/house.yaml",
        ] {
            let files = Memory::new()
                .with("metadata.yaml", format!("title: T\ninherit: {path}\n"))
                .with("../secret.txt", "x")
                .with("a.md", "# A\n");
            let (_, said) = read_all(&files);
            assert!(said.len() == 1 && said[0].starts_with("metadata.yaml:2:10: "), "{path}: {said:?}");
        }
    }

    #[test]
    fn a_paper_in_one_file_carries_its_metadata() {
        let files = Memory::new().with("paper.md", "---\ntitle: T\nauthor: A\nlang: fr\n---\n\n# One\n\n# Two\n");
        let (manuscript, said) = read_all(&files);
        assert!(said.is_empty(), "{said:?}");
        let manuscript = manuscript.expect("it is right");
        assert_eq!(manuscript.metadata.language.tag(), "fr");
        assert_eq!(manuscript.divisions.len(), 2);
        let files = Memory::new().with("paper.md", "% The title\n% Ann; Bob\n% 2024\n\nText.\n");
        let (manuscript, said) = read_all(&files);
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(manuscript.expect("it is right").metadata.authors.len(), 2);
    }
}
