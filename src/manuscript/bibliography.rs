//! The works that a manuscript can cite, and the style in which it does: read once, for all editions.
//!
//! What is wrong in a list of works is said at its place in the list; one bad entry fails no file, and what a file that
//! cannot be read would have held is not missed a second time.

use std::collections::BTreeMap;

use super::chapter::Chapter;
use super::metadata::ManuscriptMetadata;
use super::texts::{read_old_text, read_text};
use crate::book::DivisionKind;
use crate::book::note::NoteStyle;
use crate::cite::found::{Fault, Found};
use crate::cite::read_style::{self, Read};
use crate::cite::style::{Locale, Style};
use crate::cite::work::Work;
use crate::cite::{bibtex, read_json, shipped};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::language::terms::Term;
use crate::markdown::letters;
use crate::markdown::parsed::{PBlock, PBlockKind};
use crate::source::{FilePath, Files, SourceId, Sources, Span};
use crate::yaml::{self, Entry, Kind, Node, Written, nearest, wrong};

/// The works that can be cited, and how.
#[derive(Debug)]
pub(crate) struct Bibliography {
    /// In the order of the files.
    pub works: Vec<Work>,
    /// Where the key of each stands.
    pub places: Vec<Span>,
    /// By key.
    pub keys: BTreeMap<String, usize>,
    /// Some of what was asked for could not be read: a key that nobody has may stand in it.
    pub partial: bool,
    /// The style.
    pub style: Style,
    /// Its words.
    pub locale: Locale,
    /// Every work is listed.
    pub all: bool,
    /// The author wants to hear of works that are never cited.
    pub only_cited: bool,
    /// Works that are listed without being cited.
    pub listed: Vec<Written>,
    /// Whether a citation leads to its entry.
    pub links: bool,
    /// Whether an entry shows the pages that cite it.
    pub pages: bool,
    /// Whether a note's call moves behind the stop or comma after it.
    pub punctuation: bool,
}

impl Bibliography {
    /// Reads the works and the style that the metadata names; `None` if it names none.
    pub fn load(
        metadata: &ManuscriptMetadata,
        files: &dyn Files,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Bibliography> {
        let written = &metadata.citations;
        let style = Style::default();
        let mut bibliography = Bibliography {
            works: Vec::new(),
            places: Vec::new(),
            keys: BTreeMap::new(),
            partial: false,
            locale: Locale::default(),
            style,
            all: written.entries.as_ref().is_some_and(|entries| entries.text == "all"),
            only_cited: written.entries.as_ref().is_some_and(|entries| entries.text == "cited"),
            listed: Vec::new(),
            links: written.links.unwrap_or(true),
            pages: written.pages.unwrap_or(false),
            punctuation: written.punctuation.unwrap_or(metadata.language.primary() == "en"),
        };
        if !written.any() {
            // A style is looked at all the same: it may be misspelt.
            if written.csl.is_some() {
                style_of(written.csl.as_ref(), None, files, sources, diagnostics);
            }
            return None;
        }
        for file in &written.files {
            let found = works_of(file, &metadata.language, files, sources, diagnostics);
            bibliography.partial |= found.as_ref().is_none_or(|(_, whole)| !whole);
            for (work, span) in found.into_iter().flat_map(|(works, _)| works) {
                bibliography.add(work, span, diagnostics);
            }
        }
        if let Some(Node { kind: Kind::List(items), .. }) = &written.references {
            for (work, span) in works_in(items, diagnostics) {
                bibliography.add(work, span, diagnostics);
            }
        }
        bibliography.nocite(&written.nocite);
        bibliography.style = style_of(written.csl.as_ref(), metadata.notes.style, files, sources, diagnostics);
        let language = language_of(&metadata.language, &bibliography.style);
        bibliography.locale = shipped::locale(&language, &bibliography.style);
        Some(bibliography)
    }

    fn add(&mut self, work: Work, span: Span, diagnostics: &mut Diagnostics) {
        if let Some(first) = self.keys.get(&work.key) {
            diagnostics.report(
                Diagnostic::new(&lints::BROKEN_WORK, format!("the key \"{}\" is given twice", work.key))
                    .at(span)
                    .label(self.places[*first], "the first time is here")
                    .hint("rename one of the two entries, or delete it"),
            );
            return;
        }
        self.keys.insert(work.key.clone(), self.works.len());
        self.works.push(work);
        self.places.push(span);
    }

    /// `["@a", "@b"]`, `"@*"`, or pandoc's text `@a, @b`.
    fn nocite(&mut self, written: &[Written]) {
        for said in written {
            for part in said.text.split([',', ' ', '\n', ';']).map(str::trim).filter(|part| !part.is_empty()) {
                let key = part.trim_start_matches(['[', '-']).trim_start_matches('@').trim_end_matches(']');
                let key = key.strip_prefix('{').and_then(|key| key.strip_suffix('}')).unwrap_or(key);
                match key {
                    "*" => self.all = true,
                    key => self.listed.push(Written { text: key.to_owned(), span: said.span }),
                }
            }
        }
    }

    /// The key that was meant by one that no work has.
    pub fn near(&self, key: &str) -> Option<&str> {
        let first = key.chars().next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
        let alike = self.keys.keys().map(String::as_str).filter(|other| other.to_lowercase().starts_with(&first));
        nearest(key, alike).or_else(|| nearest(key, self.keys.keys().map(String::as_str)))
    }
}

/// Whether a chapter is the list of works: nothing but its place stands in it, or nothing at all below a title by which
/// such lists go, as pandoc has it.
pub(super) fn lists_works(chapter: &Chapter, language: &Language) -> bool {
    if chapter.kind != DivisionKind::Chapter {
        return false;
    }
    if let [PBlock { kind: PBlockKind::Works, .. }] = chapter.parsed.blocks.as_slice() {
        return true;
    }
    let heading = chapter.parsed.heading.as_ref().map(|heading| letters(&heading.title.content));
    let title = chapter.title.as_ref().map(|title| title.text.clone()).or(heading).unwrap_or_default();
    let own = Term::Bibliography.word(chapter.language.as_ref().unwrap_or(language)).to_lowercase();
    let title = title.trim().to_lowercase();
    // What authors write in the languages that most of them write in.
    let usual = [
        "bibliography",
        "references",
        "works cited",
        "reference list",
        "literature",
        "literature cited",
        "sources",
        "literatur",
        "literaturverzeichnis",
        "quellen",
        "quellenverzeichnis",
        "bibliographie",
        "références",
        "références bibliographiques",
        "bibliografía",
        "referencias",
        "bibliografia",
        "referências",
        "riferimenti",
        "literatuur",
        "bibliografie",
        "referenties",
        "referenser",
        "referanser",
        "litteratur",
        "lähteet",
    ];
    chapter.parsed.blocks.is_empty() && (usual.contains(&title.as_str()) || own == title)
}

/// The language whose words a style takes: the book's; where the book does not say which English, the style's own.
fn language_of(language: &Language, style: &Style) -> String {
    let own = style.default_locale.as_deref().filter(|own| own.split('-').next() == Some(language.tag()));
    own.unwrap_or(language.tag()).to_owned()
}

/// The works of a file, and whether none of it is lost with its key; `None` if it cannot be read.
fn works_of(
    file: &Written,
    language: &Language,
    files: &dyn Files,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<(Work, Span)>, bool)> {
    let path = sources.path_at(&file.text, file.span);
    let ending = path.path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if !["bib", "bibtex", "json", "yaml", "yml"].contains(&ending.as_str()) {
        diagnostics.report(
            Diagnostic::new(&lints::UNREADABLE_FILE, format!("\"{}\" is no list of works that recto reads", file.text))
                .at(file.span)
                .hint("export your library as BibLaTeX (.bib), CSL JSON (.json) or CSL YAML (.yaml)"),
        );
        return None;
    }
    let id = match ending.as_str() {
        "bib" | "bibtex" => read_old_text(files, &path, sources, Some(file.span), diagnostics)?,
        _ => read_text(files, &path, sources, Some(file.span), diagnostics)?,
    };
    let text = &sources.file(id).text;
    match ending.as_str() {
        "yaml" | "yml" => {
            let length = text.len();
            let node = yaml::read(sources, id, 0..length, diagnostics)?;
            let items = match &node.kind {
                Kind::List(items) => items.as_slice(),
                Kind::Map(entries) => match entries.iter().find(|entry| entry.key == "references") {
                    Some(Entry { value: Node { kind: Kind::List(items), .. }, .. }) => items.as_slice(),
                    _ => std::slice::from_ref(&node),
                },
                _ => {
                    wrong(
                        &node,
                        "a list of works has `references:`, and below it each work with its `id`",
                        diagnostics,
                    );
                    return None;
                }
            };
            Some((works_in(items, diagnostics), true))
        }
        "json" => {
            let found = read_json::read(text);
            let whole = !found.faults.iter().any(|fault| fault.lost);
            Some((told(found, id, diagnostics), whole))
        }
        _ => Some((told(bibtex::read_as(text, language.primary()), id, diagnostics), true)),
    }
}

/// Says what is wrong in a file of works.
fn told(found: Found, id: SourceId, diagnostics: &mut Diagnostics) -> Vec<(Work, Span)> {
    for Fault { at, what, hint, lost } in found.faults {
        let lint = if lost { &lints::BROKEN_WORK } else { &lints::DOUBTFUL_WORK };
        diagnostics.report(Diagnostic::new(lint, what).at(Span::new(id, at.start, at.end)).hint(hint));
    }
    found.works.into_iter().map(|(work, at)| (work, Span::new(id, at.start, at.end))).collect()
}

/// Works written in YAML as CSL has them.
fn works_in(items: &[Node], diagnostics: &mut Diagnostics) -> Vec<(Work, Span)> {
    let mut works = Vec::new();
    for item in items {
        let Kind::Map(entries) = &item.kind else {
            wrong(item, "a work is a mapping with `id`, `type` and `title`", diagnostics);
            continue;
        };
        let fields = entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect();
        let work = read_json::item(&fields);
        let place = entries.iter().find(|entry| entry.key == "id").map_or(item.span, |entry| entry.value.span);
        if work.key.is_empty() {
            diagnostics.report(
                Diagnostic::new(&lints::BROKEN_WORK, "this work has no `id`")
                    .at(item.span)
                    .hint("write `id: smith2020`: it is what [@smith2020] cites"),
            );
            continue;
        }
        for (what, hint) in read_json::doubts(&fields) {
            diagnostics.report(Diagnostic::new(&lints::DOUBTFUL_WORK, what).at(place).hint(hint));
        }
        works.push((work, place));
    }
    works
}

/// A value of YAML as CSL JSON has it; emphasis is markup there.
fn json(node: &Node) -> serde_json::Value {
    use serde_json::Value;
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Bool(truth) => Value::Bool(*truth),
        Kind::Text(text) => Value::String(marked(text)),
        Kind::List(items) => Value::Array(items.iter().map(json).collect()),
        Kind::Map(entries) => {
            Value::Object(entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect())
        }
    }
}

/// `*emphasis*` and `**strong**` of Markdown as CSL writes them.
fn marked(text: &str) -> String {
    let mut out = text.to_owned();
    for (sign, tag) in [("**", "b"), ("*", "i")] {
        while let Some(start) = out.find(sign) {
            let inner = start + sign.len();
            let Some(end) = out[inner..].find(sign).filter(|end| *end > 0) else { break };
            let words = &out[inner..inner + end];
            if words.starts_with(char::is_whitespace) || words.ends_with(char::is_whitespace) {
                break;
            }
            out = format!("{}<{tag}>{words}</{tag}>{}", &out[..start], &out[inner + end + sign.len()..]);
        }
    }
    out
}

/// The style that is asked for; the usual one where it cannot be had.
fn style_of(
    written: Option<&Written>,
    notes: Option<NoteStyle>,
    files: &dyn Files,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Style {
    let usual = match notes {
        Some(NoteStyle::Ibid) => "chicago-notes-ibid",
        Some(NoteStyle::ShortTitle) | None => shipped::DEFAULT,
    };
    let found = written.and_then(|written| asked_style(written, files, sources, diagnostics));
    found.unwrap_or_else(|| shipped_style(usual).unwrap_or_default())
}

fn shipped_style(name: &str) -> Option<Style> {
    match read_style::style(&shipped::style(name)?) {
        Ok(Read::Style(style)) => Some(*style),
        Ok(Read::Depends(_)) | Err(_) => None,
    }
}

/// A style by its file, its name, or Zotero's address.
fn asked_style(
    written: &Written,
    files: &dyn Files,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Style> {
    let name = written.text.trim();
    let address = name.starts_with("http://") || name.starts_with("https://");
    let path = sources.path_at(name, written.span);
    // A file of that name goes before a style that recto carries.
    let own = !address && (name.ends_with(".csl") || name.ends_with(".xml") || name.contains('/'));
    if !(own && files.read_at(&path).is_ok())
        && let Some(style) = shipped_style(name)
    {
        return Some(style);
    }
    if own {
        return style_in(&path, written, files, sources, diagnostics);
    }
    let names = || shipped::NAMES.iter().flat_map(|(own, others)| others.iter().copied().chain([*own]));
    let last = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
    let hint = match nearest(last, names()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => {
            let own: Vec<&str> = shipped::NAMES.iter().map(|(own, _)| *own).collect();
            let rest = "another is a file beside the manuscript, which zotero.org/styles has: `csl: nature.csl`";
            format!("recto carries {}; {rest}", own.join(", "))
        }
    };
    let message = format!("recto carries no style called \"{last}\"");
    diagnostics.report(Diagnostic::new(&lints::BAD_STYLE, message).at(written.span).hint(hint));
    None
}

/// A style in a file.
fn style_in(
    path: &FilePath,
    written: &Written,
    files: &dyn Files,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Style> {
    let id = read_text(files, path, sources, Some(written.span), diagnostics)?;
    match read_style::style(&sources.file(id).text) {
        Ok(Read::Style(style)) => Some(*style),
        Ok(Read::Depends(parent)) => {
            let name = parent.trim_end_matches('/').rsplit('/').next().unwrap_or(&parent).to_owned();
            match shipped_style(&parent) {
                Some(style) => {
                    diagnostics.report(
                        Diagnostic::new(
                            &lints::DEPENDENT_STYLE,
                            format!("this style is the one called \"{name}\", which is taken in its place"),
                        )
                        .at(written.span)
                        .hint(format!("write `csl: {name}`")),
                    );
                    Some(style)
                }
                None => {
                    diagnostics.report(
                        Diagnostic::new(
                            &lints::BAD_STYLE,
                            format!("this style has no rules of its own: it takes those of \"{name}\""),
                        )
                        .at(written.span)
                        .hint(format!("put {name}.csl beside the manuscript, from {parent}, and name it here")),
                    );
                    None
                }
            }
        }
        Err(fault) => {
            let text = &sources.file(id).text;
            let start: usize =
                text.split_inclusive('\n').take(fault.line.saturating_sub(1) as usize).map(str::len).sum();
            let start = start.min(text.len());
            let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
            diagnostics.report(
                Diagnostic::new(&lints::BAD_STYLE, format!("this style cannot be used: {}", fault.what))
                    .at(Span::new(id, start, end))
                    .hint("a style is a file of CSL 1.0: take it anew from zotero.org/styles"),
            );
            None
        }
    }
}
