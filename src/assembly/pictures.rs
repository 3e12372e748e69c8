//! Pictures: found at their paths, each once, and given their places in the book.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::book::{Asset, AssetId, Assets};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::picture::{self, Fault, Picture, Store};
use crate::source::{Base, FilePath, Files, ReadError, Span, folder_of, inside};

/// Loads pictures, each once.
pub(crate) struct Loader<'a> {
    files: &'a dyn Files,
    store: &'a mut Store,
    assets: Assets,
    known: BTreeMap<FilePath, Option<AssetId>>,
    /// Whether it was said that a picture does not stand where the text says.
    told: bool,
    /// The files of the folder, listed where somebody asks.
    listed: OnceCell<BTreeSet<String>>,
}

impl<'a> Loader<'a> {
    /// One for a folder, with the pictures that were read for other books of it.
    pub fn new(files: &'a dyn Files, store: &'a mut Store) -> Loader<'a> {
        Loader { files, store, assets: Assets::default(), known: BTreeMap::new(), told: false, listed: OnceCell::new() }
    }

    /// The file of the folder at a path, seen from another file or from the folder.
    pub fn found(&self, path: &str, from: &str) -> Option<String> {
        let beside = beside(path, from);
        [beside.as_str(), path]
            .into_iter()
            .filter_map(|path| inside(path).ok())
            .find(|path| self.listed().contains(path))
    }

    fn listed(&self) -> &BTreeSet<String> {
        self.listed.get_or_init(|| self.files.list().into_iter().collect())
    }

    /// A picture that was loaded.
    pub fn asset(&self, id: AssetId) -> &Asset {
        self.assets.get(id)
    }

    /// What was loaded.
    pub fn finish(self) -> Assets {
        self.assets
    }

    /// The picture at a path, or a report at the place that names it.
    pub fn load(&mut self, path: &FilePath, span: Span, diagnostics: &mut Diagnostics) -> Option<AssetId> {
        if let Some(known) = self.known.get(path) {
            return *known;
        }
        let loaded = self.read(path, span, diagnostics);
        self.known.insert(path.clone(), loaded);
        loaded
    }

    /// Reads pictures that will be asked for, side by side: each with the file that names it. What cannot be read is left
    /// to who asks for it.
    pub fn read_ahead<'b>(&mut self, named: impl Iterator<Item = (FilePath, &'b str)>) {
        let unread: Vec<(FilePath, Option<FilePath>)> = named
            .map(|(path, file)| {
                let beside = inside(&self::beside(&path.path, file)).ok().map(|beside| path.with(&beside));
                (path, beside)
            })
            .filter(|(path, beside)| {
                [Some(path), beside.as_ref()].into_iter().flatten().all(|path| !self.store.knows(path))
            })
            .collect();
        if unread.len() < 2 {
            return;
        }
        let is_there = |path: &FilePath| {
            path.base == Base::Manuscript && inside(&path.path).is_ok_and(|within| self.listed().contains(&within))
        };
        let found = |(path, beside)| [Some(path), beside].into_iter().flatten().find(is_there);
        let there = unread.into_iter().filter_map(found).collect();
        let files = self.files;
        self.store.read_ahead(there, |path| files.read_at(path).ok());
    }

    /// The path of a picture that a file names: counted from the folder of all, else, as other tools count it, from the one
    /// that the file stands in.
    pub fn counted_from(&mut self, path: FilePath, file: &str) -> FilePath {
        let folder = folder_of(file);
        if folder.is_empty()
            || path.base != Base::Manuscript
            || path.path.starts_with('/')
            || path.path.contains(':')
            || self.find(&path).is_ok()
        {
            return path;
        }
        let beside = path.with(&format!("{folder}/{}", path.path));
        match inside(&beside.path).map(|inside| path.with(&inside)) {
            Ok(beside) if self.find(&beside).is_ok() => beside,
            _ => path,
        }
    }

    fn read(&mut self, path: &FilePath, span: Span, diagnostics: &mut Diagnostics) -> Option<AssetId> {
        if path.path.starts_with("data:") {
            return self.written_out(&path.path, span, diagnostics);
        }
        if is_remote(&path.path) {
            let message = match path.path.starts_with("file:") {
                true => "an address of this machine is no path of the manuscript",
                false => "a picture on the network is not fetched",
            };
            diagnostics.report(
                Diagnostic::new(&lints::REMOTE_PICTURE, message)
                    .at(span)
                    .hint("save it into the manuscript's images/ folder and name it there"),
            );
            return None;
        }
        let (found, picture) = match self.find(path) {
            Ok(found) => found,
            Err(error) => match self.without_query(path).or_else(|| self.elsewhere(path, &error, span, diagnostics)) {
                Some(found) => found,
                None => {
                    diagnostics.report(missing(path, &error, self.files).at(span));
                    return None;
                }
            },
        };
        // A file that is named in two ways is one.
        let found = match inside(&found.path) {
            Ok(plain) if found.base == Base::Manuscript => found.with(&plain),
            _ => found,
        };
        if let Some(known) = self.known.get(&found) {
            return *known;
        }
        let taken = self.take(found.to_string(), picture, span, diagnostics);
        self.known.insert(found, taken);
        taken
    }

    /// The picture of a path with something behind it that is for web pages: `map.png?raw=true`, `map.png#center`.
    fn without_query(&mut self, path: &FilePath) -> Option<(FilePath, Result<Picture, Fault>)> {
        let (plain, _) = path.path.split_once(['?', '#'])?;
        self.find(&path.with(plain)).ok()
    }

    /// A picture that is written out in the text itself.
    fn written_out(&mut self, address: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<AssetId> {
        match picture::written_out(address) {
            Some(picture) => {
                // Counted, since it has no name; nothing else is called so.
                let shown = format!("images/written-out-{}", self.assets.all.len() + 1);
                self.take(shown, picture, span, diagnostics)
            }
            None => {
                let message = "a picture is written out in the text in a way that is not read";
                let said = Diagnostic::new(&lints::UNKNOWN_PICTURE, message).at(span);
                diagnostics.report(said.hint("save it into the manuscript's images/ folder and name it there"));
                None
            }
        }
    }

    fn take(
        &mut self,
        shown: String,
        picture: Result<Picture, Fault>,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<AssetId> {
        let picture = match picture {
            Ok(picture) => picture,
            Err(fault) => {
                let lint = if fault.known { &lints::BAD_PICTURE } else { &lints::UNKNOWN_PICTURE };
                let message = format!("the picture \"{shown}\" {}", fault.message);
                diagnostics.report(Diagnostic::new(lint, message).at(span).hint(fault.hint));
                return None;
            }
        };
        if picture.left_out == [picture::BORROWED] {
            let message = format!("\"{shown}\" has letters without their faces, which are drawn in others");
            diagnostics.report(
                Diagnostic::new(&lints::CLEANED_PICTURE, message)
                    .at(span)
                    .hint("export it with its faces embedded, or allow cleaned-picture with a reason"),
            );
        } else if !picture.left_out.is_empty() {
            let message = format!("the drawing \"{shown}\" holds {}, left out of the book", listed(&picture.left_out));
            diagnostics.report(
                Diagnostic::new(&lints::CLEANED_PICTURE, message)
                    .at(span)
                    .hint("export it as a plain SVG, or allow cleaned-picture with a reason"),
            );
        }
        let id = AssetId(self.assets.all.len() as u32);
        self.assets.all.push(Asset {
            path: shown,
            bytes: picture.bytes,
            kind: picture.kind,
            width: picture.width,
            height: picture.height,
            density: picture.density,
            span: Some(span),
            sizes: self.store.sizes.clone(),
        });
        Some(id)
    }

    /// The picture that a path means which is counted from somewhere else: from the root of a site (`/img/a.png`), from a
    /// folder above (`../images/a.png`, `book/images/a.png`), or by its name alone, as notes that link to each other name
    /// it. It is the only one whose path ends so.
    fn elsewhere(
        &mut self,
        path: &FilePath,
        error: &ReadError,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<(FilePath, Result<Picture, Fault>)> {
        if path.base != Base::Manuscript || !matches!(error, ReadError::Missing | ReadError::Outside) {
            return None;
        }
        let composed = |path: &str| path.nfc().collect::<String>();
        let decoded = composed(&percent_decoded(&path.path));
        let mut wanted = decoded.trim_start_matches('/');
        while let Some(rest) = wanted.strip_prefix("../").or_else(|| wanted.strip_prefix("./")) {
            wanted = rest;
        }
        let file = picture::page_of(wanted).0;
        let ends = |whole: &str, end: &str| {
            !end.is_empty() && whole.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let aside =
            |other: &str| other.split('/').any(|part| part.starts_with(['.', '_'])) || other.starts_with("out/");
        let list = self.files.list();
        let mut found = list.iter().filter(|other| !aside(other)).filter(|other| {
            let other = composed(other);
            ends(&other, file) || ends(file, &other)
        });
        let only = found.next().filter(|_| found.next().is_none())?;
        let form = path.with(&format!("{only}{}", &wanted[file.len()..]));
        let picture = self.store.picture(&form, || self.files.read_at(&file_of(&form))).ok()?.clone();
        self.tell_elsewhere(path, &form, span, diagnostics);
        Some((form, picture))
    }

    /// Says once that pictures stand elsewhere than the text says; a site's root is the folder itself.
    fn tell_elsewhere(&mut self, path: &FilePath, found: &FilePath, span: Span, diagnostics: &mut Diagnostics) {
        if path.path.strip_prefix('/') == Some(&found.path) || std::mem::replace(&mut self.told, true) {
            return;
        }
        let message =
            format!("there is no picture \"{}\": \"{}\" is shown, the only one so called", path.path, found.path);
        diagnostics.report(
            Diagnostic::new(&lints::PICTURE_ELSEWHERE, message)
                .at(span)
                .hint("a path is counted from the manuscript folder; others are looked for so too"),
        );
    }

    /// The picture at a path: as it is written, else with `%20` read as a space, else in another form of Unicode.
    fn find(&mut self, path: &FilePath) -> Result<(FilePath, Result<Picture, Fault>), ReadError> {
        let decoded = path.with(&percent_decoded(&path.path));
        let mut forms = vec![path.clone()];
        forms.extend((decoded != *path).then_some(decoded));
        let mut first = None;
        for form in &forms {
            match self.store.picture(form, || self.files.read_at(&file_of(form))) {
                Ok(picture) => return Ok((form.clone(), picture.clone())),
                Err(error) => first = first.or(Some(error)),
            }
        }
        let composed = |path: &str| path.nfc().collect::<String>();
        let wanted: Vec<String> = forms.iter().map(|form| composed(&form.path)).collect();
        let list = if path.base == Base::Manuscript { self.files.list() } else { Vec::new() };
        let other = list.iter().find(|other| wanted.contains(&composed(other))).map(|other| path.with(other));
        if let Some(form) = other.filter(|other| !forms.contains(other))
            && let Ok(picture) = self.store.picture(&form, || self.files.read_at(&file_of(&form)))
        {
            return Ok((form.clone(), picture.clone()));
        }
        Err(first.unwrap_or(ReadError::Missing))
    }
}

/// A path that is counted from the folder of a file.
fn beside(path: &str, file: &str) -> String {
    match folder_of(file) {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

/// The file of a path that names a page of it.
fn file_of(path: &FilePath) -> FilePath {
    path.with(picture::page_of(&path.path).0)
}

/// "a link and a movement".
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Whether a path is an address.
fn is_remote(path: &str) -> bool {
    path.contains("://") || path.starts_with("//")
}

/// What to say of a picture that cannot be read.
fn missing(written: &FilePath, error: &ReadError, files: &dyn Files) -> Diagnostic {
    let path = &percent_decoded(&written.path);
    match error {
        ReadError::Outside | ReadError::Sealed | ReadError::Strange => {
            let (message, hint) = written.with(path).refused(error);
            let said = Diagnostic::new(&lints::OUTSIDE_FOLDER, message);
            // Sites count their paths from a root, which begins with a slash.
            let list = if path.starts_with('/') { files.list() } else { Vec::new() };
            match list.iter().find(|other| **other == path[1..] || other.ends_with(path.as_str())) {
                Some(near) => {
                    said.hint(format!("did you mean \"{near}\"? the path is counted from the manuscript folder"))
                }
                None => said.hint(hint),
            }
        }
        ReadError::Missing => {
            let said = Diagnostic::new(&lints::MISSING_FILE, format!("there is no picture \"{path}\""));
            let list = files.list();
            let name = path.rsplit('/').next().unwrap_or(path);
            let near = list
                .iter()
                .find(|other| other.rsplit('/').next().is_some_and(|other| other.eq_ignore_ascii_case(name)));
            match near.map(String::as_str).or_else(|| crate::diagnostic::nearest(path, list.iter().map(String::as_str)))
            {
                Some(near) => said.hint(format!("did you mean \"{near}\"?")),
                None => said.hint("the path is counted from the manuscript folder"),
            }
        }
        ReadError::NotAFile | ReadError::Failed(_) => {
            let (message, hint) = written.with(path).refused(error);
            Diagnostic::new(&lints::UNREADABLE_FILE, message).hint(hint)
        }
    }
}

/// `%20` and the like, as Markdown's destinations may have them.
fn percent_decoded(path: &str) -> String {
    let mut out = Vec::with_capacity(path.len());
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| path.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok()))
            .flatten();
        match code {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Memory, Sources};

    #[test]
    fn a_path_may_be_written_in_other_ways() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
        let files =
            Memory::new().with("images/my map.svg", svg).with("images/a%20b.svg", svg).with("caf\u{e9}.svg", svg);
        let mut sources = Sources::new();
        let span = Span::new(sources.add("a.md", "x".into()), 0, 1);
        let (mut diagnostics, mut store) = (Diagnostics::new(), Store::default());
        let mut loader = Loader::new(&files, &mut store);
        for path in ["images/my map.svg", "./images/my%20map.svg", "images/a%20b.svg", "cafe\u{301}.svg"] {
            assert!(loader.load(&FilePath::manuscript(path), span, &mut diagnostics).is_some(), "{path}");
        }
        assert!(diagnostics.is_empty());
        for path in ["%2e%2e/a.svg", "..%2fa.svg", "%00.svg", "/a.svg", "map.svg", "/"] {
            assert!(loader.load(&FilePath::manuscript(path), span, &mut diagnostics).is_none(), "{path}");
        }
    }

    #[test]
    fn what_is_read_ahead_is_what_would_be_found_and_nothing_else_is_read() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
        let files = Memory::new()
            .with("images/map.svg", svg)
            .with("text/beside.svg", svg)
            .with("text/data.csv", "a")
            .with("page.pdf", "%PDF-1.7")
            .with("unnamed.svg", svg);
        let mut store = Store::default();
        let mut loader = Loader::new(&files, &mut store);
        assert_eq!(loader.found("data.csv", "text/01.md").as_deref(), Some("text/data.csv"));
        assert_eq!(loader.found("data.csv", "01.md"), None);
        let named = ["images/map.svg", "beside.svg", "page.pdf", "missing.svg", "../out.svg"];
        loader.read_ahead(named.iter().map(|path| (FilePath::manuscript(path), "text/01.md")));
        let known = ["images/map.svg", "text/beside.svg", "beside.svg", "page.pdf", "missing.svg", "unnamed.svg"];
        let known = known.map(|path| store.knows(&FilePath::manuscript(path)));
        assert_eq!(known, [true, true, false, false, false, false]);
    }

    #[test]
    fn a_picture_is_found_that_stands_elsewhere_if_it_is_the_only_one() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
        let files =
            Memory::new().with("images/map.svg", svg).with("a/x.svg", svg).with("b/x.svg", svg).with("_c/y.svg", svg);
        let mut sources = Sources::new();
        let span = Span::new(sources.add("a.md", "x".into()), 0, 1);
        let (mut diagnostics, mut store) = (Diagnostics::new(), Store::default());
        let mut loader = Loader::new(&files, &mut store);
        assert!(loader.load(&FilePath::manuscript("/images/map.svg"), span, &mut diagnostics).is_some());
        assert!(diagnostics.is_empty());
        for path in ["map.svg", "book/images/map.svg", "../images/map.svg", "/b/x.svg"] {
            assert!(loader.load(&FilePath::manuscript(path), span, &mut diagnostics).is_some(), "{path}");
        }
        let said: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(said, ["there is no picture \"map.svg\": \"images/map.svg\" is shown, the only one so called"]);
        for path in ["x.svg", "y.svg", "ap.svg", "Map.svg"] {
            assert!(loader.load(&FilePath::manuscript(path), span, &mut diagnostics).is_none(), "{path}");
        }
    }

    #[test]
    fn a_picture_that_is_not_there_is_said_with_the_nearest_name() {
        let files = Memory::new().with("images/Map.png", b"no".to_vec());
        let mut sources = Sources::new();
        let span = Span::new(sources.add("a.md", "x".into()), 0, 1);
        let mut diagnostics = Diagnostics::new();
        let mut store = Store::default();
        let mut loader = Loader::new(&files, &mut store);
        for path in ["images/map.png", "../map.png", "images/Map.png", "https://a.org/b.png"] {
            assert_eq!(loader.load(&FilePath::manuscript(path), span, &mut diagnostics), None);
        }
        let said: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "there is no picture \"images/map.png\"",
                "\"../map.png\" leaves the manuscript folder",
                "the picture \"images/Map.png\" is of no kind that recto reads",
                "a picture on the network is not fetched",
            ]
        );
    }
}
