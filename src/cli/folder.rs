//! A manuscript folder on the disk.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::source::{Files, ReadError, SystemFont, room};

/// A folder on the disk. What is hidden, generated or linked from outside is not part of it.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Whether nothing outside it may be read: no house's file that the manuscript names, none of the machine's faces.
    sealed: bool,
    /// The house's file that whoever runs recto named.
    house: Option<PathBuf>,
    /// The files that were read, and the folders whose files were listed.
    seen: Mutex<BTreeSet<PathBuf>>,
}

impl Folder {
    /// The folder at a path.
    pub fn open(root: &Path) -> Folder {
        Folder { root: root.to_owned(), sealed: false, house: None, seen: Mutex::default() }
    }

    /// The same folder, out of which nothing is read.
    pub fn sealed(mut self, sealed: bool) -> Folder {
        self.sealed = sealed;
        self
    }

    /// What was read so far, in the order of its names: a build by Ninja or Make depends on it. Faces of the machine are
    /// not among them.
    pub fn seen(&self) -> Vec<PathBuf> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn see(&self, path: &Path) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }

    /// The same folder, below a house's file: the operator's word, so it may lie anywhere.
    pub fn with_house(mut self, house: Option<PathBuf>) -> Folder {
        self.house = house;
        self
    }

    /// Where a path that climbs lies, if no part of it is a link.
    fn beside(&self, path: &str) -> Result<PathBuf, ReadError> {
        if self.sealed && path.starts_with("..") {
            return Err(ReadError::Sealed);
        }
        let mut full = self.root.canonicalize().map_err(|error| failed(&error))?;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            if part == ".." {
                full.pop();
            } else {
                full.push(part);
            }
        }
        match full.canonicalize() {
            Ok(real) if real != full => Err(ReadError::Outside),
            Ok(real) => Ok(real),
            Err(error) => Err(failed(&error)),
        }
    }

    fn collect(&self, root: &Path, folder: &Path, found: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        self.see(folder);
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

    /// Folders that are links, counted from the root.
    fn linked(&self, folder: &Path, found: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let made = ["out", "target"].iter().any(|made| name == *made);
            if name.to_string_lossy().starts_with('.') || made || !path.is_dir() {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_symlink() => {
                    let parts = path.strip_prefix(&self.root).into_iter().flat_map(Path::iter);
                    found.push(parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"));
                }
                Ok(kind) if kind.is_dir() => self.linked(&path, found),
                _ => {}
            }
        }
    }

    fn bytes(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        if path.is_file() {
            self.see(path);
        }
        match fs::metadata(path) {
            Ok(metadata) if !metadata.is_file() => Err(ReadError::NotAFile),
            Ok(metadata) => {
                let mut bytes = room(usize::try_from(metadata.len()).unwrap_or(0));
                let read = fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes));
                read.map(|_| bytes).map_err(|error| ReadError::Failed(error.to_string()))
            }
            // Such a name was listed with a sign in place of what is no letter, and leads to nothing.
            Err(error)
                if error.kind() == std::io::ErrorKind::NotFound && path.to_string_lossy().contains('\u{fffd}') =>
            {
                Err(ReadError::Failed("its name is no text (UTF-8)".to_owned()))
            }
            Err(error) => Err(failed(&error)),
        }
    }

    /// The bytes of a file in a folder, if no link leads out of that.
    fn within(&self, folder: &Path, path: &str) -> Result<Vec<u8>, ReadError> {
        let full = folder.join(path);
        if let (Ok(folder), Ok(real)) = (folder.canonicalize(), full.canonicalize())
            && !real.starts_with(folder)
        {
            return Err(ReadError::Outside);
        }
        self.bytes(&full)
    }
}

fn failed(error: &std::io::Error) -> ReadError {
    match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing,
        _ => ReadError::Failed(error.to_string()),
    }
}

impl Files for Folder {
    fn name(&self) -> Option<String> {
        // "." has a name only where it lies.
        let whole = self.root.canonicalize().ok()?;
        Some(whole.file_name()?.to_string_lossy().into_owned())
    }

    fn list(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.collect(&self.root, &self.root, &mut found);
        found.sort();
        found
    }

    fn links(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.linked(&self.root, &mut found);
        found.sort();
        found
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.within(&self.root, &crate::source::inside(path)?)
    }

    fn read_house(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.bytes(&self.beside(path)?)
    }

    fn read_of_house(&self, folder: &str, path: &str) -> Result<Vec<u8>, ReadError> {
        self.within(&self.beside(folder)?, path)
    }

    fn operator(&self) -> Option<(String, Result<Vec<u8>, ReadError>)> {
        let house = self.house.as_ref()?;
        let name = house.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Some((name, self.bytes(house)))
    }

    fn read_of_operator(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match &self.house {
            Some(house) => self.within(house.parent().unwrap_or(Path::new("")), path),
            None => Err(ReadError::Outside),
        }
    }

    fn list_beside(&self, folder: &str) -> Vec<String> {
        let Ok(root) = self.beside(folder) else { return Vec::new() };
        let mut found = Vec::new();
        self.collect(&root, &root, &mut found);
        found.sort();
        found.into_iter().map(|path| format!("{folder}/{path}")).collect()
    }

    fn system_fonts(&self) -> Vec<SystemFont> {
        let mut found = Vec::new();
        for folder in font_folders().into_iter().filter(|_| !self.sealed) {
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

    /// A folder `paper` beside a file, a house and a folder that nobody may read.
    fn neighbours() -> (tempfile::TempDir, PathBuf) {
        let outer = tempfile::tempdir().expect("a folder");
        let root = outer.path().join("paper");
        for folder in ["paper/images", "house", "secret"] {
            fs::create_dir_all(outer.path().join(folder)).expect("a folder");
        }
        for file in ["secret.png", "house/house.yaml", "house/logo.svg", "secret/a.yaml", "paper/images/a.png"] {
            fs::write(outer.path().join(file), b"x").expect("a file");
        }
        (outer, root)
    }

    #[test]
    fn nothing_outside_the_folder_is_read_but_a_house_and_what_lies_beside_it() {
        let (_outer, root) = neighbours();
        let folder = Folder::open(&root);
        assert_eq!(folder.read("images/../images/a.png"), Ok(b"x".to_vec()));
        assert_eq!(folder.read("../secret.png"), Err(ReadError::Outside));
        assert_eq!(folder.read_house("../house/house.yaml"), Ok(b"x".to_vec()));
        assert_eq!(folder.read_of_house("../house", "logo.svg"), Ok(b"x".to_vec()));
        let sealed = folder.sealed(true);
        assert_eq!(sealed.read_house("../house/house.yaml"), Err(ReadError::Sealed));
        assert_eq!(sealed.read_of_house("../house", "logo.svg"), Err(ReadError::Sealed));
        assert!(sealed.system_fonts().is_empty());
        let named = sealed.with_house(Some(root.join("../house/house.yaml")));
        assert_eq!(named.operator(), Some(("house.yaml".to_owned(), Ok(b"x".to_vec()))));
        assert_eq!(named.read_of_operator("logo.svg"), Ok(b"x".to_vec()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leaves_its_folder_is_not_followed() {
        let (outer, root) = neighbours();
        let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, outer.path().join(at)).expect("a link");
        link("../../secret.png", "paper/images/b.png");
        link("../../secret", "paper/images/c");
        link("../secret.png", "house/d.png");
        link("secret/a.yaml", "e.yaml");
        link("house", "f");
        let folder = Folder::open(&root);
        assert_eq!(folder.read("images/b.png"), Err(ReadError::Outside));
        assert_eq!(folder.read("images/c/a.yaml"), Err(ReadError::Outside));
        assert_eq!(folder.read_of_house("../house", "d.png"), Err(ReadError::Outside));
        assert_eq!(folder.read_house("../e.yaml"), Err(ReadError::Outside));
        assert_eq!(folder.read_house("../f/house.yaml"), Err(ReadError::Outside));
        assert_eq!(folder.read_of_house("../f", "logo.svg"), Err(ReadError::Outside));
    }
}
