//! The text files that were read, and copyable places in them.
//!
//! Every text of a manuscript is kept in [`Sources`] for as long as diagnostics may point into it; a [`Span`] is
//! twelve bytes and rides along into pages and writers. The library reads through the [`Files`] trait only.

use std::collections::BTreeMap;
use std::fmt;

/// Where a manuscript's files come from: a folder on a disk, or memory.
///
/// Paths are relative to the manuscript folder, with `/` between their parts and no leading `./`.
pub trait Files: Sync {
    /// Every file below the folder, sorted by path.
    fn list(&self) -> Vec<String>;

    /// The bytes of a file inside the folder. A path that leaves the folder, also through a symbolic link,
    /// is [`ReadError::Outside`].
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// The bytes of a file that may lie beside the manuscript (`inherit: ../house.yaml` and what it names).
    fn read_beside(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.read(path)
    }

    /// The files below a folder that may lie beside the manuscript, sorted, as [`Files::read_beside`] takes them.
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
        match inside(path) {
            Some(path) => self.files.get(&path).cloned().ok_or(ReadError::Missing),
            None => Err(ReadError::Outside),
        }
    }

    fn read_beside(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::Missing)
    }

    fn list_beside(&self, folder: &str) -> Vec<String> {
        let below = format!("{folder}/");
        self.files.keys().filter(|path| path.starts_with(&below)).cloned().collect()
    }
}

/// A relative path without `.` and `..`, or `None` when it leaves the folder or is absolute.
pub fn inside(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    if path.starts_with('/') || path.contains('\\') || path.contains(':') {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// One text file of the manuscript.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the manuscript folder.
    pub path: String,
    /// The whole text, as read.
    pub text: String,
    line_starts: Vec<u32>,
}

/// Which file a [`Span`] is in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(u32);

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

    /// Keeps a text and names it.
    pub fn add(&mut self, path: &str, text: String) -> SourceId {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
        self.files.push(SourceFile { path: path.to_owned(), text, line_starts });
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
    fn a_path_cannot_climb_out_of_the_folder() {
        assert_eq!(inside("images/../a.png").as_deref(), Some("a.png"));
        assert_eq!(inside("../a.png"), None);
        assert_eq!(inside("/etc/passwd"), None);
    }
}
