//! A manuscript folder on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::{Files, ReadError};

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

    fn collect(&self, folder: &Path, found: &mut Vec<String>) {
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
                    self.collect(&path, found);
                }
            } else if let Ok(relative) = path.strip_prefix(&self.root) {
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
        self.collect(&self.root, &mut found);
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
}
