//! A manuscript folder on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::{Files, ReadError, SystemFont};

/// A folder on the disk. What is hidden, generated or linked from outside is not part of it.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at a path.
    pub fn open(root: &Path) -> Folder {
        Folder { root: root.to_owned() }
    }

    fn collect(&self, root: &Path, folder: &Path, found: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                if entry.file_type().is_ok_and(|kind| kind.is_dir())
                    && !["out", "target"].iter().any(|made| name == *made)
                {
                    self.collect(root, &path, found);
                }
            } else if let Ok(relative) = path.strip_prefix(root) {
                let parts: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                found.push(parts.join("/"));
            }
        }
    }

    fn bytes(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        match fs::metadata(path) {
            Ok(metadata) if !metadata.is_file() => Err(ReadError::NotAFile),
            Ok(_) => fs::read(path).map_err(|error| ReadError::Failed(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(ReadError::Missing),
            Err(error) => Err(ReadError::Failed(error.to_string())),
        }
    }
}

impl Files for Folder {
    fn list(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.collect(&self.root, &self.root, &mut found);
        found.sort();
        found
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let inside = crate::source::inside(path).ok_or(ReadError::Outside)?;
        let full = self.root.join(inside);
        if let (Ok(root), Ok(real)) = (self.root.canonicalize(), full.canonicalize())
            && !real.starts_with(root)
        {
            return Err(ReadError::Outside);
        }
        self.bytes(&full)
    }

    fn read_beside(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.bytes(&self.root.join(path))
    }

    fn list_beside(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let root = self.root.join(folder);
        self.collect(&root, &root, &mut found);
        found.sort();
        found.into_iter().map(|path| format!("{folder}/{path}")).collect()
    }

    fn system_fonts(&self) -> Vec<SystemFont> {
        let mut found = Vec::new();
        for folder in font_folders() {
            collect_faces(&folder, 0, &mut found);
        }
        found.into_iter().map(|path| SystemFont { path, read: read_whole }).collect()
    }
}

fn read_whole(path: &Path) -> std::io::Result<Vec<u8>> {
    fs::read(path)
}

/// Where machines keep their faces: for all users first, then for this one.
fn font_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:\\Windows\\Fonts"]
            .iter()
            .map(PathBuf::from)
            .collect();
    if let Some(home) = std::env::var_os("HOME").map(PathBuf::from) {
        folders.extend([".local/share/fonts", ".fonts", "Library/Fonts"].iter().map(|below| home.join(below)));
    }
    folders
}

/// Face files below a folder, in the order of their names; folders nest a few levels at most, so that a link in a
/// circle ends.
fn collect_faces(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    const DEEPEST: usize = 6;
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth < DEEPEST {
                collect_faces(&path, depth + 1, found);
            }
        } else if is_face(&path) {
            found.push(path);
        }
    }
}

fn is_face(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "otf" | "ttf" | "ttc" | "otc"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_found_in_the_order_of_their_names_and_nothing_else_is() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("b")).expect("a folder");
        for name in ["z.otf", "a.TTF", "b/c.ttc", "readme.txt", "d.pfb"] {
            fs::write(folder.path().join(name), b"x").expect("a file");
        }
        let mut found = Vec::new();
        collect_faces(folder.path(), 0, &mut found);
        let names: Vec<String> = found
            .iter()
            .map(|path| path.strip_prefix(folder.path()).expect("below it").to_string_lossy().replace('\\', "/"))
            .collect();
        assert_eq!(names, ["a.TTF", "b/c.ttc", "z.otf"]);
    }

    #[test]
    fn a_link_that_leaves_the_folder_is_not_followed() {
        let outer = tempfile::tempdir().expect("a folder");
        let root = outer.path().join("paper");
        fs::create_dir(&root).expect("a folder");
        fs::write(outer.path().join("secret.png"), b"x").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.png", root.join("a.png")).expect("a link");
        #[cfg(unix)]
        assert_eq!(Folder::open(&root).read("a.png"), Err(ReadError::Outside));
        assert_eq!(Folder::open(&root).read("../secret.png"), Err(ReadError::Outside));
        assert_eq!(Folder::open(&root).read_beside("../secret.png"), Ok(b"x".to_vec()));
    }
}
