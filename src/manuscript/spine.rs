//! The spine: which files are sections, of which kind, in which order.

use super::folder::{self, is_section, kind_of};
use super::foreign;
use super::front_matter::{self, Head};
use super::keys;
use super::metadata::{self, ManuscriptMetadata};
use super::people::people;
use super::theme_file;
use super::theme_styles;
use super::values::{bad_language, one_of};
use crate::book::{DivisionKind, Matter};
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, Reported, Severity, lints};
use crate::edition::{Edition, Format, Parts};
use crate::language::Language;
use crate::markdown::draft::{Included, Includes, Indent};
use crate::markdown::parsed::{self, PBlock, PBlockKind, ParsedDivision, ParsedHeading, ParsedNote};
use crate::markdown::{self, Asked, Ids, letters};
use crate::source::{Base, FilePath, Files, ReadError, SourceId, Sources, Span, folder_of, house};
use crate::theme::{Theme, ThemeSpec};
use crate::yaml::{self, Entry, Fields, Kind, Node, Written};

/// A folder, read.
#[derive(Clone, Debug)]
pub struct Manuscript {
    pub(crate) metadata: ManuscriptMetadata,
    /// In reading order.
    pub(crate) divisions: Vec<Chapter>,
    /// The notes of each file; the last are those of `notes.md`.
    pub(crate) notes: Vec<Vec<ParsedNote>>,
    /// Where metadata texts stand.
    pub(crate) ids: Ids,
    /// Files that look like sections and are none, in order.
    left_out: Vec<String>,
    /// Whether some of it is shown in some editions only.
    conditional: bool,
    /// What it says of faces.
    faces: AskedFaces,
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
    /// Whether some of its text is shown in some editions only.
    pub fn is_conditional(&self) -> bool {
        self.conditional
    }

    /// What an edition of these formats and this name shows of it.
    pub(crate) fn shown(&self, formats: &[&str], edition: &str) -> Manuscript {
        let mut shown = self.clone();
        for chapter in &mut shown.divisions {
            chapter.parsed.blocks = parsed::shown(&chapter.parsed.blocks, formats, edition);
        }
        for note in shown.notes.iter_mut().flatten() {
            note.blocks = parsed::shown(&note.blocks, formats, edition);
        }
        shown
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
        self.divisions.iter().map(length).sum()
    }

    /// Without some chapters, and without the notes of files that only they use.
    pub(crate) fn without(&self, chapters: &[usize]) -> Manuscript {
        let mut rest = self.clone();
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

    /// Whether the author silenced what a warning says. An error that was lowered to one stays to be seen.
    pub fn allows(&self, diagnostic: &Diagnostic) -> bool {
        let warning = [diagnostic.severity, diagnostic.lint.severity] == [Severity::Warning; 2];
        warning && self.lowers(diagnostic.lint)
    }

    /// Whether the author allowed what a rule says.
    pub fn lowers(&self, lint: &Lint) -> bool {
        self.metadata.allow.iter().any(|name| name == lint.name)
    }
}

/// A division as written, with what its file says of it.
#[derive(Clone, Debug)]
pub(crate) struct Chapter {
    /// What it is.
    pub kind: DivisionKind,
    /// Where it stands.
    pub matter: Matter,
    /// Its level.
    pub level: u8,
    /// Whether the author gave the level.
    pub levelled: bool,
    /// Which file's notes it may call.
    pub file: usize,
    /// The file's path.
    pub path: String,
    /// What was written.
    pub parsed: ParsedDivision,
    /// Its file's front matter, for the first division of a file only: title, short title.
    pub title: Option<Written>,
    /// The short title.
    pub short_title: Option<Written>,
    /// Its language, if another.
    pub language: Option<Language>,
    /// Whether it takes part in numbering.
    pub numbered: bool,
    /// Its authors, if others.
    pub authors: Vec<String>,
    /// Whether quotes and dashes are set.
    pub smart: bool,
    /// The only editions that it is for; none named are all.
    pub editions: Vec<Written>,
}

impl Chapter {
    /// Whether a name is that of its kind or its file.
    pub fn is_called(&self, name: &str) -> bool {
        name == self.kind.name() || name == self.path || folder::stem(&self.path) == Some(name)
    }
}

/// A section's front matter.
#[derive(Default)]
struct FrontMatter {
    title: Option<Written>,
    short_title: Option<Written>,
    kind: Option<DivisionKind>,
    level: Option<u8>,
    matter: Option<Matter>,
    authors: Vec<String>,
    language: Option<Language>,
    unnumbered: bool,
    draft: bool,
    plain: bool,
    indent: Indent,
    editions: Vec<Written>,
}

/// Reads a folder. It fails only when nothing can be assembled; else what is wrong was reported and the rest stands, so
/// that what is wrong with the book is found in the same run.
pub fn read(files: &dyn Files, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Manuscript, Reported> {
    let list = files.list();
    let mut faces = AskedFaces::default();
    let metadata = read_metadata(files, &list, sources, &mut faces, diagnostics);
    let names = folder::section_names(&list, metadata.as_ref(), diagnostics);
    let left_out = folder::left_out(&list, &names, metadata.as_ref());
    folder::look_round(&list, diagnostics);
    let mut manuscript = Reader {
        files,
        sources,
        diagnostics,
        ids: Ids::default(),
        notes: Vec::new(),
        divisions: Vec::new(),
        left_out,
        told: Vec::new(),
        conditional: false,
        whole: !list.iter().any(|path| METADATA.contains(&path.as_str())),
    };
    let bibliography = metadata.as_ref().is_some_and(|metadata| metadata.bibliography);
    for name in &names {
        manuscript.section(name, bibliography);
    }
    manuscript.notes_file(&list, bibliography);
    let Reader { ids, notes, mut divisions, left_out, conditional, .. } = manuscript;
    if divisions.is_empty() {
        diagnostics.unless_errors_since(0, ())?;
        let said = Diagnostic::new(&lints::NO_SECTIONS, "the folder holds no section")
            .hint("write the text into a file that ends in .md, such as 10-introduction.md");
        return Err(diagnostics.fail(said));
    }
    arrange(&mut divisions);
    nest(&mut divisions);
    match metadata {
        Some(metadata) => {
            check_looks(&metadata, diagnostics);
            check_names(&metadata, &divisions, diagnostics);
            check_breaks(&metadata, &divisions, diagnostics);
            Ok(Manuscript { metadata, divisions, notes, ids, left_out, conditional, faces })
        }
        None => {
            diagnostics.unless_errors_since(0, ())?;
            let said = Diagnostic::new(&lints::MISSING_FILE, "there is no metadata.yaml")
                .hint("write one with at least a line `title: …`");
            Err(diagnostics.fail(said))
        }
    }
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
        theme_file::check_room(&theme, &edition.name, place, diagnostics);
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
        if divisions.iter().any(|chapter| chapter.is_called(&name.text)) {
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

/// An e-book has no pages that could be broken.
fn check_breaks(metadata: &ManuscriptMetadata, divisions: &[Chapter], diagnostics: &mut Diagnostics) {
    let Some(ebook) = metadata.editions.iter().find(|edition| edition.format == Format::Epub) else { return };
    for chapter in divisions.iter().filter(|chapter| chapter.editions.is_empty()) {
        for block in chapter.parsed.blocks.iter().filter(|block| matches!(block.kind, PBlockKind::PageBreak)) {
            let message = format!("a page break shows in print only, not in the edition \"{}\"", ebook.name);
            diagnostics.report(
                Diagnostic::new(&lints::PRINT_ONLY, message)
                    .at(block.span)
                    .hint("write * * * for a break in the thought, or allow print-only with a reason"),
            );
        }
    }
}

/// The text of a file, or a report.
pub(crate) fn read_text(
    files: &dyn Files,
    path: &FilePath,
    sources: &mut Sources,
    named_at: Option<Span>,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    let shown = path.to_string();
    if let Some(known) = sources.find(&shown) {
        return Some(known);
    }
    match files.read_at(path) {
        Ok(bytes) => text_of(&shown, path.base.clone(), bytes, sources, diagnostics),
        Err(error) => {
            diagnostics.report(refused(path, &error, files).at(named_at));
            None
        }
    }
}

/// What is said of a file that cannot be read.
fn refused(path: &FilePath, error: &ReadError, files: &dyn Files) -> Diagnostic {
    let lint = match error {
        ReadError::Outside | ReadError::Sealed | ReadError::Strange => &lints::OUTSIDE_FOLDER,
        ReadError::Missing => &lints::MISSING_FILE,
        ReadError::NotAFile | ReadError::Failed(_) => &lints::UNREADABLE_FILE,
    };
    let (message, mut hint) = path.refused(error);
    if *error == ReadError::Missing {
        let list = files.list();
        if let Some(near) = yaml::nearest(&path.path, list.iter().map(String::as_str)) {
            hint = format!("did you mean \"{near}\"?");
        }
    }
    Diagnostic::new(lint, message).hint(hint)
}

/// Keeps what was read as a text, its line ends made alike; what is no UTF-8 is reported.
fn text_of(
    path: &str,
    base: Base,
    bytes: Vec<u8>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text
                .strip_prefix('\u{feff}')
                .map(str::to_owned)
                .unwrap_or(text)
                .replace("\r\n", "\n")
                .replace('\r', "\n");
            Some(sources.add_of(path, base, text))
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let id = sources.add_of(path, base, text);
            diagnostics.report(
                Diagnostic::new(&lints::NOT_UTF8, "this byte is no UTF-8")
                    .at(Span::new(id, at, at + '\u{fffd}'.len_utf8()))
                    .hint("save the file as UTF-8 in your editor"),
            );
            None
        }
    }
}

fn read_metadata(
    files: &dyn Files,
    list: &[String],
    sources: &mut Sources,
    faces: &mut AskedFaces,
    diagnostics: &mut Diagnostics,
) -> Option<ManuscriptMetadata> {
    let mut node = None;
    let name = METADATA.into_iter().find(|name| list.iter().any(|path| path == name));
    if let Some(name) = name {
        let id = read_text(files, &FilePath::manuscript(name), sources, None, diagnostics)?;
        let length = sources.file(id).text.len();
        node = Some(yaml::read(sources, id, 0..length, diagnostics)?);
    } else if let Some(paper) = list.iter().find(|path| is_section(path)) {
        // A paper in one file may carry its metadata at its head.
        let id = read_text(files, &FilePath::manuscript(paper), sources, None, diagnostics)?;
        let text = &sources.file(id).text;
        match front_matter::head(text) {
            Head::Front(front, _) => node = Some(yaml::read(sources, id, front, diagnostics)?),
            Head::TitleBlock(block) => node = Some(title_block(sources, id, block)),
            Head::Unclosed(..) | Head::Text => {}
        }
    }
    let mut node = node?;
    faces.houses = inherit(files, &mut node, sources, diagnostics);
    collect_families(&node, &mut faces.names);
    let mut metadata = metadata::read(&node, diagnostics)?;
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
        let path = self.sources.path_at(&format!("{name}/theme.yaml"), span);
        let shown = path.to_string();
        let Ok(bytes) = self.files.read_at(&path) else {
            return theme_file::no_theme(name, span, self.diagnostics);
        };
        if self.open.contains(&shown) {
            return theme_file::no_theme(name, span, self.diagnostics);
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

/// Reads what a house says, below what the manuscript says: the file that the manuscript names and those which that
/// names; below them the one of whoever runs recto. Paths in them are counted from their own folders, which their
/// sources know. Returns the folders of the houses.
fn inherit(files: &dyn Files, node: &mut Node, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut houses = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    while let Some(id) = next_house(files, node, &mut seen, sources, diagnostics) {
        let length = sources.file(id).text.len();
        let Some(below) = yaml::read(sources, id, 0..length, diagnostics) else { return houses };
        if let Base::House(folder) = &sources.file(id).base {
            houses.push(folder.clone());
        }
        merge(node, below);
    }
    let Some((name, read)) = files.operator() else { return houses };
    let id = match read {
        Ok(bytes) => text_of(&name, Base::Operator, bytes, sources, diagnostics),
        Err(error) => {
            let message = format!("the house's file {name} cannot be read: {error}");
            diagnostics.report(
                Diagnostic::new(&lints::UNREADABLE_FILE, message).hint("see that --house names a file of YAML"),
            );
            None
        }
    };
    let Some(id) = id else { return houses };
    let length = sources.file(id).text.len();
    if let Some(mut below) = yaml::read(sources, id, 0..length, diagnostics) {
        // It is the last: what it might inherit would be counted from nowhere.
        if let Kind::Map(entries) = &mut below.kind {
            entries.retain(|entry| entry.key != "inherit");
        }
        merge(node, below);
    }
    houses
}

/// Takes `inherit` out of a mapping and reads the file that it names.
fn next_house(
    files: &dyn Files,
    node: &mut Node,
    seen: &mut Vec<String>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    let Kind::Map(entries) = &mut node.kind else { return None };
    let at = entries.iter().position(|entry| entry.key == "inherit")?;
    let value = entries.remove(at).value;
    let Some(written) = value.text() else {
        yaml::wrong(&value, "\"inherit\" is the path of a YAML file", diagnostics);
        return None;
    };
    let named = sources.path_at(written, value.span);
    let whole = match (&named.base, house(&named.path)) {
        (_, Err(error)) => Err(error),
        (Base::House(folder), Ok(path)) if !folder.is_empty() => house(&format!("{folder}/{path}")),
        (_, Ok(path)) => Ok(path),
    };
    let read = whole.and_then(|path| files.read_house(&path).map(|bytes| (path, bytes)));
    let (path, bytes) = match read {
        Ok(read) => read,
        Err(error) => {
            diagnostics.report(refused_house(written, &error, files).at(value.span));
            return None;
        }
    };
    if seen.contains(&path) {
        diagnostics.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{path}\" inherits from itself"))
                .at(value.span)
                .hint("take `inherit` out of the last file of the circle"),
        );
        return None;
    }
    let base = Base::House(folder_of(&path).to_owned());
    let id = text_of(&path, base, bytes, sources, diagnostics);
    seen.push(path);
    id
}

/// What is said of a house's file that cannot be read.
fn refused_house(written: &str, error: &ReadError, files: &dyn Files) -> Diagnostic {
    let said = refused(&FilePath::manuscript(written), error, files);
    match error {
        ReadError::Outside => Diagnostic::new(
            &lints::OUTSIDE_FOLDER,
            format!("\"{written}\" is no house's file beside the manuscript or in a folder above"),
        )
        .hint("a house's file ends in .yaml and lies in the folder, beside it or straight in a folder above, not behind a link: ../house.yaml, ../house/house.yaml; whoever runs recto can name another with --house"),
        _ => said,
    }
}

/// Adds what `above` does not say.
fn merge(above: &mut Node, below: Node) {
    let (Kind::Map(own), Kind::Map(house)) = (&mut above.kind, below.kind) else { return };
    for entry in house {
        match own.iter_mut().find(|mine| mine.key == entry.key) {
            Some(mine) if matches!(mine.value.kind, Kind::Map(_)) => merge(&mut mine.value, entry.value),
            Some(_) => {}
            None => own.push(entry),
        }
    }
}

/// Files that a section includes.
struct Beside<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    /// What was said already, in the whole book.
    told: &'a mut Vec<String>,
    /// Paths that stand in the section already.
    seen: Vec<String>,
}

impl Includes for Beside<'_> {
    fn read(&mut self, path: &str) -> Included {
        let Ok(path) = crate::source::inside(path.trim_start_matches('/')) else { return Included::Outside };
        if path.ends_with(".md") && self.seen.contains(&path) {
            return Included::Again;
        }
        match self.files.read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => {
                    let text = text.replace("\r\n", "\n");
                    self.seen.push(path.clone());
                    let id = self.sources.find(&path).filter(|id| self.sources.file(*id).text == text);
                    let id = id.unwrap_or_else(|| self.sources.add(&path, text.clone()));
                    Included::Read(id, text)
                }
                Err(_) => Included::Missing,
            },
            Err(ReadError::Outside) => Included::Outside,
            Err(_) => Included::Missing,
        }
    }

    fn first(&mut self, what: &str) -> bool {
        let first = !self.told.iter().any(|told| told == what);
        if first {
            self.told.push(what.to_owned());
        }
        first
    }
}

struct Reader<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    ids: Ids,
    notes: Vec<Vec<ParsedNote>>,
    divisions: Vec<Chapter>,
    left_out: Vec<String>,
    /// What was said once for the whole book.
    told: Vec<String>,
    /// Whether some of the text is shown in some editions only.
    conditional: bool,
    /// Whether the paper carries its metadata itself.
    whole: bool,
}

impl Reader<'_> {
    fn section(&mut self, path: &str, bibliography: bool) {
        let Some(id) = read_text(self.files, &FilePath::manuscript(path), self.sources, None, self.diagnostics) else {
            return;
        };
        let text = self.sources.file(id).text.clone();
        let (front, start) = self.head(id, &text);
        self.second(id, &text, start);
        if front.draft {
            self.left_out.push(path.to_owned());
            return;
        }
        let file = self.notes.len();
        let mut includes =
            Beside { files: self.files, sources: self.sources, told: &mut self.told, seen: vec![path.to_owned()] };
        let asked = Asked { bibliography, indent: front.indent, includes: &mut includes };
        let mut parsed = markdown::parse(id, &text, start..text.len(), asked, &mut self.ids, self.diagnostics);
        self.notes.push(parsed.notes);
        self.conditional |= parsed.conditional;
        let named = front.kind.or_else(|| kind_of(path));
        if front.title.is_none() && named.is_none_or(|kind| matches!(kind, DivisionKind::Chapter | DivisionKind::Part))
        {
            parsed.divisions = markdown::raise(parsed.divisions);
            if named.is_none() && front.short_title.is_none() {
                self.untitled(path, &parsed.divisions);
            }
        }
        let file_kind = named.unwrap_or(DivisionKind::Chapter);
        let count = parsed.divisions.len();
        let mut first = true;
        for mut division in parsed.divisions {
            let own = division
                .heading
                .as_ref()
                .and_then(|heading| heading.attributes.classes.iter().find_map(|class| DivisionKind::find(class)));
            let kind = own.unwrap_or(file_kind);
            let titled = std::mem::take(&mut first);
            let lone = division.heading.is_none();
            if lone && count > 1 && division.blocks.is_empty() {
                continue;
            }
            let numbered = !front.unnumbered
                && !division.heading.as_ref().is_some_and(|heading| heading.attributes.has("unnumbered"));
            let title = front.title.as_ref().filter(|_| titled).and_then(|title| beside(title, &mut division));
            self.divisions.push(Chapter {
                kind,
                matter: front.matter.filter(|_| own.is_none()).unwrap_or(kind.matter()),
                level: front.level.unwrap_or(1),
                levelled: front.level.is_some(),
                editions: front.editions.clone(),
                file,
                path: path.to_owned(),
                title,
                short_title: if titled { front.short_title.clone() } else { None },
                language: front.language.clone(),
                numbered,
                authors: front.authors.clone(),
                smart: !front.plain,
                parsed: division,
            });
        }
    }

    /// The front matter, and where the text begins.
    fn head(&mut self, id: SourceId, text: &str) -> (FrontMatter, usize) {
        match front_matter::head(text) {
            Head::Text => (FrontMatter::default(), 0),
            Head::Front(range, start) => (self.front_matter(id, range), start),
            Head::Unclosed(opens, keys) => {
                self.diagnostics.report(
                    Diagnostic::new(&lints::YAML_SYNTAX, "the front matter that begins here is never closed")
                        .at(Span::new(id, opens.start, opens.end))
                        .hint("write a line of --- after its last key"),
                );
                (FrontMatter::default(), keys)
            }
            Head::TitleBlock(block) => {
                if !(self.whole && self.divisions.is_empty()) {
                    self.diagnostics.report(
                        Diagnostic::new(&lints::FOREIGN_KEY, "this title block is not read beside metadata.yaml")
                            .at(Span::new(id, block.start, block.end))
                            .hint("write `title:`, `authors:` and `date:` there, and take these lines out"),
                    );
                }
                (FrontMatter::default(), block.end)
            }
        }
    }

    /// Front matter in the middle of a file is no front matter, and no text either.
    fn second(&mut self, id: SourceId, text: &str, start: usize) {
        if let Some(range) = front_matter::second(text, start) {
            self.diagnostics.report(
                Diagnostic::new(&lints::FOREIGN_MARKUP, "front matter stands at the head of a file only")
                    .at(Span::new(id, range.start, range.end))
                    .hint("put what follows it into a file of its own, or take these lines out"),
            );
        }
    }

    /// A section that begins without a heading runs on from the one before.
    fn untitled(&mut self, path: &str, divisions: &[ParsedDivision]) {
        let Some(first) = divisions.first() else { return };
        if self.divisions.is_empty() || first.heading.is_some() || first.blocks.is_empty() {
            return;
        }
        let span = first.blocks.first().map_or(first.span, |block| block.span);
        let message = format!("\"{path}\" has no heading, so that its text runs on from the section before");
        let hint = match folder::kind_meant(path) {
            Some(kind) => format!("did you mean {kind}.md, a kind of section? else begin it with # and a title"),
            None => "begin it with # and a title".to_owned(),
        };
        self.diagnostics.report(Diagnostic::new(&lints::UNTITLED, message).at(span).hint(hint));
    }

    /// `notes.md`: definitions for all files.
    fn notes_file(&mut self, list: &[String], bibliography: bool) {
        let mut notes = Vec::new();
        if list.iter().any(|path| path == "notes.md")
            && let Some(id) =
                read_text(self.files, &FilePath::manuscript("notes.md"), self.sources, None, self.diagnostics)
        {
            let text = self.sources.file(id).text.clone();
            let mut includes = Beside {
                files: self.files,
                sources: self.sources,
                told: &mut self.told,
                seen: vec!["notes.md".to_owned()],
            };
            let asked = Asked { bibliography, indent: Indent::Guess, includes: &mut includes };
            let parsed = markdown::parse(id, &text, 0..text.len(), asked, &mut self.ids, self.diagnostics);
            if let Some(block) = parsed.divisions.iter().flat_map(|division| &division.blocks).next() {
                self.diagnostics.report(
                    Diagnostic::new(&lints::LEFT_OUT, "this text of notes.md is no note and is left out")
                        .at(block.span)
                        .hint("a note begins with its label: [^1]: Its text"),
                );
            }
            notes = parsed.notes;
        }
        self.notes.push(notes);
    }

    fn front_matter(&mut self, id: SourceId, range: std::ops::Range<usize>) -> FrontMatter {
        let mut front = FrontMatter::default();
        let Some(node) = yaml::read(self.sources, id, range, self.diagnostics) else { return front };
        let d = &mut *self.diagnostics;
        let Some(fields) = Fields::of(&node, &keys::SECTION, d) else { return front };
        if self.whole {
            // A paper in one file carries its metadata here; the metadata's own reader says what is unknown.
            return front;
        }
        front.title = fields.text("title", d);
        front.short_title = fields.text("short_title", d);
        if let Some(kind) = fields.text("kind", d) {
            front.kind = DivisionKind::find(&kind.text).filter(|kind| !kind.is_made());
            if front.kind.is_none() {
                let kinds: Vec<&str> =
                    DivisionKind::ALL.iter().filter(|kind| !kind.is_made()).map(|kind| kind.name()).collect();
                one_of("kind", &kind.text, &kinds, kind.span, d);
            }
        }
        if let Some(level) = fields.text("level", d) {
            match level.text.parse() {
                Ok(number @ 1..=3) => front.level = Some(number),
                _ => one_of("level", &level.text, &["1", "2", "3"], level.span, d),
            }
        }
        if let Some(matter) = fields.text("matter", d) {
            front.matter = match matter.text.as_str() {
                "front" => Some(Matter::Front),
                "body" => Some(Matter::Body),
                "back" => Some(Matter::Back),
                other => {
                    one_of("matter", other, &["front", "body", "back"], matter.span, d);
                    None
                }
            };
        }
        let authors = people(&fields, &["authors", "author"], "aut", d);
        front.authors = authors.into_iter().map(|author| author.name.text).collect();
        if let Some(language) = fields.text("language", d).or_else(|| fields.text("lang", d)) {
            front.language = Language::parse(&language.text);
            if front.language.is_none() {
                d.report(bad_language(&language));
            }
        }
        front.unnumbered = fields.flag("numbered", d) == Some(false);
        front.draft = fields.flag("draft", d) == Some(true);
        front.editions = fields.texts("edition", true, d);
        if let Some(punctuation) = fields.text("punctuation", d) {
            front.plain = punctuation.text == "plain";
            if !matches!(punctuation.text.as_str(), "plain" | "smart") {
                one_of("punctuation", &punctuation.text, &["smart", "plain"], punctuation.span, d);
            }
        }
        if let Some(indent) = fields.text("indent", d) {
            match indent.text.as_str() {
                "paragraphs" => front.indent = Indent::Paragraphs,
                "code" => front.indent = Indent::Code,
                other => {
                    one_of("indent", other, &["paragraphs", "code"], indent.span, d);
                }
            }
        }
        fields.finish_with(foreign::section, d);
        front
    }
}

/// The title of a division whose file's front matter has one. A heading of the same words is the title itself; one of
/// other words is the first heading of the text.
fn beside(title: &Written, division: &mut ParsedDivision) -> Option<Written> {
    let settled = |text: &str| {
        let plain = text.replace(['*', '_', '`'], "").to_lowercase();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let Some(heading) = &division.heading else { return Some(title.clone()) };
    if settled(&letters(&heading.title.content)) == settled(&title.text) {
        return None;
    }
    if let Some(heading) = division.heading.take() {
        let (id, label, span) = (heading.title.id, heading.attributes.label.clone(), heading.title.span);
        let kind = PBlockKind::Heading(ParsedHeading { level: 2, ..heading });
        division.blocks.insert(0, PBlock { id, label, language: None, span, kind });
    }
    Some(title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
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
                "metadata.yaml:1:1: the manuscript has no title",
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
