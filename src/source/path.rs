//! Paths that authors write: where each is counted from, and that none leads out of there.
//!
//! A manuscript comes from strangers. Its files may name what lies in its folder; a house's file may name what lies in
//! the house's. So a path is never a bare text: it carries the folder that it may not leave.

use std::fmt;

use super::{ReadError, Span};

/// The folder that a path is counted from and may not leave.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// The manuscript folder.
    #[default]
    Manuscript,
    /// The folder of a house's file, as counted from the manuscript folder: `../house`.
    House(String),
    /// The folder of the house's file that whoever runs recto named.
    Operator,
}

/// A path that an author wrote, with the folder that it is counted from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath {
    /// The folder.
    pub base: Base,
    /// What was written, without a leading `./`.
    pub path: String,
}

impl FilePath {
    /// A path as it was written in a file of that folder.
    pub fn new(base: Base, written: &str) -> FilePath {
        FilePath { base, path: written.trim_start_matches("./").to_owned() }
    }

    /// A path in the manuscript folder.
    pub fn manuscript(written: &str) -> FilePath {
        FilePath::new(Base::Manuscript, written)
    }

    /// Another path of the same folder.
    pub fn with(&self, path: &str) -> FilePath {
        FilePath::new(self.base.clone(), path)
    }

    /// What is said of a path that cannot be read: the message and what to do.
    pub fn refused(&self, error: &ReadError) -> (String, String) {
        let path = readable(&self.path);
        let folder = match self.base {
            Base::Manuscript => "the manuscript folder",
            Base::House(_) | Base::Operator => "the folder of the house's file",
        };
        match error {
            ReadError::Missing => (format!("there is no file \"{path}\""), format!("the path is counted from {folder}")),
            ReadError::Outside if self.path.contains('\\') => (
                format!("\"{path}\" leaves {folder}, or has the slashes of Windows"),
                "write / between the folders of a path: images/map.png".to_owned(),
            ),
            ReadError::Outside => (
                format!("\"{path}\" leaves {folder}"),
                "copy the file itself into the folder and name it there; what several books share can lie beside the house's file, and be named in that".to_owned(),
            ),
            ReadError::Sealed => (
                format!("\"{path}\" lies outside the manuscript folder, which is sealed"),
                "whoever runs recto names a house's file with --house".to_owned(),
            ),
            ReadError::Strange => (
                format!("the path \"{path}\" holds a control character"),
                "type the path anew, letter by letter".to_owned(),
            ),
            ReadError::Failed(_) if self.path.contains('\u{fffd}') => (
                format!("\"{path}\" cannot be read: {error}"),
                "rename the file, with letters that every machine can write: 60-cafe.md".to_owned(),
            ),
            ReadError::NotAFile | ReadError::Failed(_) => {
                (format!("\"{path}\" cannot be read: {error}"), "see that it is a file and that you may read it".to_owned())
            }
        }
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.base {
            Base::House(folder) if !folder.is_empty() => write!(f, "{folder}/{}", self.path),
            Base::House(_) | Base::Manuscript | Base::Operator => f.write_str(&self.path),
        }
    }
}

/// A path whose control characters can be seen.
fn readable(path: &str) -> String {
    path.chars().map(|c| if is_strange(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// Characters that no path is written with: controls, and marks that turn the order of letters round, so that a path
/// reads as another.
fn is_strange(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a path is counted from a root, a drive or somebody's home, or has the slashes of Windows.
fn is_of_a_machine(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    let home = path.starts_with('~') && path.contains('/');
    path.starts_with('/') || path.contains('\\') || drive || home
}

/// A relative path without `.` and `..`, in a folder that it does not leave.
///
/// # Errors
/// [`ReadError::Strange`] for control characters, [`ReadError::Outside`] for a path that leaves the folder, is absolute,
/// or names a drive.
pub fn inside(path: &str) -> Result<String, ReadError> {
    if path.chars().any(is_strange) {
        return Err(ReadError::Strange);
    }
    if is_of_a_machine(path) {
        return Err(ReadError::Outside);
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(ReadError::Outside)?;
            }
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

/// Where a house's file lies, counted from the manuscript folder: in it, beside it, or straight in a folder above.
///
/// # Errors
/// As [`inside`], and for a file that is no YAML.
pub fn house(path: &str) -> Result<String, ReadError> {
    if path.chars().any(is_strange) {
        return Err(ReadError::Strange);
    }
    if is_of_a_machine(path) {
        return Err(ReadError::Outside);
    }
    let (mut above, mut parts): (usize, Vec<&str>) = (0, Vec::new());
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => above += usize::from(parts.pop().is_none()),
            name => parts.push(name),
        }
    }
    let is_yaml = parts.last().is_some_and(|name| name.ends_with(".yaml") || name.ends_with(".yml"));
    let near = match above {
        0 => true,
        1 => parts.len() <= 2,
        _ => parts.len() == 1,
    };
    if !(is_yaml && near) || (above > 0 && parts.iter().any(|part| part.starts_with('.'))) {
        return Err(ReadError::Outside);
    }
    Ok(format!("{}{}", "../".repeat(above), parts.join("/")))
}

/// The folder of a path: what stands before its last slash.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl super::Sources {
    /// A path that is written at a place, counted from the folder of the file that it stands in.
    pub fn path_at(&self, written: &str, span: Span) -> FilePath {
        FilePath::new(self.file(span.source).base.clone(), written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_climb_out_of_the_folder() {
        assert_eq!(inside("images/../a.png").as_deref(), Ok("a.png"));
        for path in
            ["../a.png", "images/../../a.png", "/etc/passwd", "C:/a.png", "c:a.png", "a\\b.png", "~/a.png", "//host/a"]
        {
            assert_eq!(inside(path), Err(ReadError::Outside), "{path}");
        }
        for path in ["\u{2}/etc/passwd", "a\0.png", "a\n.png", "\u{202e}gnp.a", "\u{85}a"] {
            assert_eq!(inside(path), Err(ReadError::Strange), "{path:?}");
        }
        // Letters that look like dots and slashes are letters: they name a file of the folder.
        assert_eq!(inside("．．／a.png").as_deref(), Ok("．．／a.png"));
    }

    #[test]
    fn a_house_lies_in_the_folder_beside_it_or_straight_above() {
        let near = [
            ("house.yaml", "house.yaml"),
            ("house/press/house.yml", "house/press/house.yml"),
            ("../house.yaml", "../house.yaml"),
            ("../house/house.yaml", "../house/house.yaml"),
            ("../../house.yaml", "../../house.yaml"),
            ("../house/../house.yaml", "../house.yaml"),
        ];
        for (path, found) in near {
            assert_eq!(house(path).as_deref(), Ok(found), "{path}");
        }
        for path in [
            "../../../etc/secret.yaml",
            "/etc/a.yaml",
            "../.ssh/a.yaml",
            "../notes.md",
            "../house",
            "C:/a.yaml",
            "~/a.yaml",
        ] {
            assert_eq!(house(path), Err(ReadError::Outside), "{path}");
        }
    }

    #[test]
    fn a_refused_path_says_what_to_do() {
        let path = FilePath::manuscript("~/Zotero/x.bib");
        let (message, hint) = path.refused(&ReadError::Outside);
        assert_eq!(message, "\"~/Zotero/x.bib\" leaves the manuscript folder");
        assert!(hint.starts_with("copy the file itself into the folder"), "{hint}");
        let (message, _) = FilePath::manuscript("\u{2}/etc/passwd").refused(&ReadError::Strange);
        assert_eq!(message, "the path \"\\u{2}/etc/passwd\" holds a control character");
    }
}
