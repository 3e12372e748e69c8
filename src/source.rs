//! The text files that were read, and copyable places in them.
//!
//! Every text of a manuscript is kept in [`Sources`] for as long as diagnostics may point into it; a [`Span`] is
//! twelve bytes and rides along into pages and writers. The library reads through the [`Files`] trait only.

mod ends;
pub mod limits;
mod path;
mod room;

use std::collections::BTreeMap;
use std::fmt;

pub use ends::Ends;
pub use path::{Base, FilePath, folder_of, house, inside};
pub(crate) use room::{let_go, room, shared, zeros};

/// Where a manuscript's files come from: a folder on a disk, or memory.
///
/// Paths are relative to the manuscript folder, with `/` between their parts and no leading `./`.
pub trait Files: Sync {
    /// Every file below the folder, sorted by path.
    fn list(&self) -> Vec<String>;

    /// The folders below the folder that are links, sorted: [`Files::list`] does not follow them.
    fn links(&self) -> Vec<String> {
        Vec::new()
    }

    /// The name of the folder itself, if it has one: what files are called whose title has no Latin letter.
    fn name(&self) -> Option<String> {
        None
    }

    /// The bytes of a file inside the folder. A path that leaves the folder, also through a symbolic link,
    /// is [`ReadError::Outside`].
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// The bytes of a house's file, at a path that [`house`] gave: in the manuscript folder, beside it or straight in a
    /// folder above, never behind a link. Who keeps to the folder says [`ReadError::Sealed`].
    fn read_house(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path.starts_with("../") { Err(ReadError::Sealed) } else { self.read(path) }
    }

    /// The bytes of a file that a house's file in `folder` names, at a path that [`inside`] gave. What leaves that folder,
    /// also through a link, is [`ReadError::Outside`].
    fn read_of_house(&self, folder: &str, path: &str) -> Result<Vec<u8>, ReadError> {
        match folder {
            "" => self.read(path),
            _ if folder.starts_with("..") => Err(ReadError::Sealed),
            _ => self.read(&format!("{folder}/{path}")),
        }
    }

    /// The house's file that whoever runs recto named: its name and its bytes.
    fn operator(&self) -> Option<(String, Result<Vec<u8>, ReadError>)> {
        None
    }

    /// The bytes of a file in the folder of [`Files::operator`]'s, at a path that [`inside`] gave.
    fn read_of_operator(&self, _path: &str) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::Sealed)
    }

    /// The bytes of a file that somebody named.
    fn read_at(&self, path: &FilePath) -> Result<Vec<u8>, ReadError> {
        let within = inside(&path.path)?;
        match &path.base {
            Base::Manuscript => self.read(&within),
            Base::House(folder) => self.read_of_house(folder, &within),
            Base::Operator => self.read_of_operator(&within),
        }
    }

    /// The files below a folder in that of a house's file, sorted, counted from the manuscript folder.
    fn list_beside(&self, folder: &str) -> Vec<String> {
        let below = format!("{folder}/");
        self.list().into_iter().filter(|path| path.starts_with(&below)).collect()
    }

    /// Faces that the machine offers when neither the manuscript nor recto has a glyph: file names to bytes,
    /// by a language or script they must cover. Empty when the machine is not asked.
    fn system_fonts(&self) -> Vec<SystemFont> {
        Vec::new()
    }
}

/// A face file of the machine, named but not yet read.
#[derive(Clone, Debug)]
pub struct SystemFont {
    /// The path on the machine, for messages.
    pub path: std::path::PathBuf,
    /// Reads the file whole.
    pub read: fn(&std::path::Path) -> std::io::Result<Vec<u8>>,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing of that name is there.
    Missing,
    /// The path leaves the manuscript folder.
    Outside,
    /// The path lies outside the manuscript folder, and only what is in it may be read.
    Sealed,
    /// The path holds characters that no path is written with.
    Strange,
    /// It is a folder or a device.
    NotAFile,
    /// The machine said no; its words.
    Failed(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Missing => write!(f, "the file is not there"),
            ReadError::Outside => write!(f, "the path leaves the manuscript folder"),
            ReadError::Sealed => write!(f, "only what lies in the manuscript folder may be read"),
            ReadError::Strange => write!(f, "the path holds a control character"),
            ReadError::NotAFile => write!(f, "it is not a file"),
            ReadError::Failed(why) => write!(f, "{why}"),
        }
    }
}

/// Files held in memory: tests, examples and other front ends.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// No files.
    pub fn new() -> Memory {
        Memory::default()
    }

    /// The same files and one more.
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Memory {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }
}

impl Files for Memory {
    fn list(&self) -> Vec<String> {
        self.files.keys().filter(|path| !path.starts_with("../")).cloned().collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.get(&inside(path)?).cloned().ok_or(ReadError::Missing)
    }

    fn read_house(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::Missing)
    }

    fn list_beside(&self, folder: &str) -> Vec<String> {
        let below = format!("{folder}/");
        self.files.keys().filter(|path| path.starts_with(&below)).cloned().collect()
    }

    fn read_of_house(&self, folder: &str, path: &str) -> Result<Vec<u8>, ReadError> {
        let path = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        self.files.get(&path).cloned().ok_or(ReadError::Missing)
    }
}

/// Files whose names meet in whatever form their letters are typed: a Mac writes "ä" as two characters. All names are
/// given composed (NFC).
pub struct Composed<'a> {
    files: &'a dyn Files,
    /// The composed name, and the one on the disk.
    names: BTreeMap<String, String>,
}

impl<'a> Composed<'a> {
    /// The same files by composed names.
    pub fn of(files: &'a dyn Files) -> Composed<'a> {
        let mut names = BTreeMap::new();
        for name in files.list() {
            names.entry(composed(&name)).or_insert(name);
        }
        Composed { files, names }
    }

    fn own<'b>(&'b self, path: &'b str) -> &'b str {
        self.names.get(&composed(path.trim_start_matches("./"))).map_or(path, String::as_str)
    }
}

fn composed(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfc().collect()
}

impl Files for Composed<'_> {
    fn name(&self) -> Option<String> {
        self.files.name()
    }

    fn list(&self) -> Vec<String> {
        self.names.keys().cloned().collect()
    }

    fn links(&self) -> Vec<String> {
        self.files.links()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.files.read(self.own(path)) {
            // A path with folders in a roundabout way, or a file that the list does not show.
            Err(ReadError::Missing) => self.files.read(path),
            read => read,
        }
    }

    fn read_house(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.read_house(path)
    }

    fn read_of_house(&self, folder: &str, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.read_of_house(folder, path)
    }

    fn operator(&self) -> Option<(String, Result<Vec<u8>, ReadError>)> {
        self.files.operator()
    }

    fn read_of_operator(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.read_of_operator(path)
    }

    fn list_beside(&self, folder: &str) -> Vec<String> {
        self.files.list_beside(folder)
    }

    fn system_fonts(&self) -> Vec<SystemFont> {
        self.files.system_fonts()
    }
}

/// One text file of the manuscript.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the manuscript folder.
    pub path: String,
    /// The folder that paths written in it are counted from.
    pub base: Base,
    /// The whole text, as read.
    pub text: String,
    line_starts: Vec<u32>,
}

/// Which file a [`Span`] is in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(u32);

impl SourceId {
    /// As an index into [`Sources::files`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A copyable place: bytes `start..end` of one source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Bytes `start..end` of `source`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Span {
        Span { source, start: start as u32, end: end as u32 }
    }

    /// Bytes `start..end` counted from this span's own start.
    pub fn within(self, start: usize, end: usize) -> Span {
        Span { source: self.source, start: self.start + start as u32, end: self.start + end as u32 }
    }

    /// From the start of this one to the end of another of the same file.
    pub fn to(self, last: Span) -> Span {
        debug_assert_eq!(self.source, last.source);
        Span { source: self.source, start: self.start, end: last.end.max(self.start) }
    }
}

/// A value and where it was said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Said<T> {
    /// What was said.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Said<T> {
    /// `value`, said at `span`.
    pub fn new(value: T, span: Span) -> Said<T> {
        Said { value, span }
    }

    /// What becomes of the value, said at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Said<U> {
        Said { value: change(self.value), span: self.span }
    }
}

/// Who does not ask for the place reads the value.
impl<T> std::ops::Deref for Said<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineColumn {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// Every text file read, for as long as the diagnostics live.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// None yet.
    pub fn new() -> Sources {
        Sources::default()
    }

    /// Keeps a text of the manuscript folder and names it.
    pub fn add(&mut self, path: &str, text: String) -> SourceId {
        self.add_of(path, Base::Manuscript, text)
    }

    /// Keeps a text whose paths are counted from a folder, and names it.
    pub fn add_of(&mut self, path: &str, base: Base, text: String) -> SourceId {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
        self.files.push(SourceFile { path: path.to_owned(), base, text, line_starts });
        SourceId(self.files.len() as u32 - 1)
    }

    /// The file of an id that this value gave.
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (SourceId(index as u32), file))
    }

    /// The file read from `path`.
    pub fn find(&self, path: &str) -> Option<SourceId> {
        self.files.iter().position(|file| file.path == path).map(|index| SourceId(index as u32))
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.source).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Where a span begins.
    pub fn start(&self, span: Span) -> LineColumn {
        self.file(span.source).line_column(span.start)
    }

    /// Where a span ends (exclusive).
    pub fn end(&self, span: Span) -> LineColumn {
        self.file(span.source).line_column(span.end)
    }
}

impl SourceFile {
    /// The line and column of a byte; past the end it is the end.
    pub fn line_column(&self, byte: u32) -> LineColumn {
        let mut byte = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.line_starts.partition_point(|&start| start as usize <= byte) - 1;
        let column = self.text[self.line_starts[line] as usize..byte].chars().count() as u32 + 1;
        LineColumn { line: line as u32 + 1, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::new();
        let id = sources.add("a.md", "één\nzwei „drei“".to_owned());
        let at = sources.file(id).text.find('d').expect("it is there");
        assert_eq!(sources.start(Span::new(id, at, at + 4)), LineColumn { line: 2, column: 7 });
    }

    #[test]
    fn names_meet_in_whatever_form_they_are_typed() {
        let files = Memory::new().with("images/Sta\u{308}dte.png", b"x".to_vec());
        let files = Composed::of(&files);
        assert_eq!(files.list(), ["images/St\u{e4}dte.png"]);
        for path in ["images/St\u{e4}dte.png", "images/Sta\u{308}dte.png", "./images/St\u{e4}dte.png"] {
            assert_eq!(files.read(path), Ok(b"x".to_vec()), "{path}");
        }
        assert_eq!(files.read("images/Stadte.png"), Err(ReadError::Missing));
    }
}
