//! Writing: finished files take their places whole, or not at all.
//!
//! Every file is first written beside its place under a hidden name and brought to the disk; only when all of them stand
//! there are they renamed. A build that fails or is killed before leaves the old files as they were; one killed between
//! two renames leaves each file whole, old or new. What a killed build leaves behind, the next one removes.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How hidden files end.
const PART: &str = ".part";

/// How old a hidden file is when nobody can be writing it any more.
const FORGOTTEN: Duration = Duration::from_secs(3600);

/// A file to be written: its name in the folder and its bytes.
pub(super) type Finished<'a> = (&'a str, &'a [u8]);

/// Writes all files into a folder, which is made; the error is for the user.
pub(super) fn write_all(folder: &Path, files: &[Finished<'_>]) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))?;
    let mut parts = Parts { waiting: Vec::new() };
    for (name, bytes) in files {
        let place = place(folder, name)?;
        clear(folder, name);
        parts.add(&place, name, bytes).map_err(|error| format!("cannot write {}: {error}", place.display()))?;
    }
    parts.settle()
}

/// Writes files into a folder and folders in it, named with `/` between their parts; `gone` are removed when all stand.
pub(super) fn write_tree(folder: &Path, files: &[Finished<'_>], gone: &[String]) -> Result<(), String> {
    let mut parts = Parts { waiting: Vec::new() };
    for (path, bytes) in files {
        let (below, name) = inner(folder, path)?;
        fs::create_dir_all(&below).map_err(|error| format!("cannot make the folder {}: {error}", below.display()))?;
        let place = place(&below, name)?;
        clear(&below, name);
        parts.add(&place, name, bytes).map_err(|error| format!("cannot write {}: {error}", place.display()))?;
    }
    parts.settle()?;
    for path in gone {
        if let Ok((below, name)) = inner(folder, path) {
            let _ = fs::remove_file(below.join(name));
            // A folder goes with its last file; one with others in it stays.
            let _ = fs::remove_dir(&below);
        }
    }
    Ok(())
}

/// The folder in which a file goes, and its name there.
fn inner<'a>(folder: &Path, path: &'a str) -> Result<(PathBuf, &'a str), String> {
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('\\');
    if !above.is_empty() && !above.split('/').all(plain) || !plain(name) {
        return Err(format!("refuses to write \"{path}\", which would leave {}", folder.display()));
    }
    Ok((above.split('/').filter(|part| !part.is_empty()).fold(folder.to_owned(), |at, part| at.join(part)), name))
}

/// Where a file goes: in the folder itself and nowhere else.
fn place(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let mut parts = Path::new(name).components();
    let plain = matches!(parts.next(), Some(std::path::Component::Normal(_))) && parts.next().is_none();
    let place = folder.join(name);
    if !plain || name.contains(['/', '\\']) {
        return Err(format!("refuses to write \"{name}\", which would leave {}", folder.display()));
    }
    if place.is_dir() {
        return Err(format!("cannot write {}: a folder of that name is in the way", place.display()));
    }
    Ok(place)
}

fn hidden(name: &str) -> String {
    format!(".{name}.{}{PART}", std::process::id())
}

/// Removes what killed builds left of this file.
fn clear(folder: &Path, name: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let start = format!(".{name}.");
    for entry in entries.flatten() {
        let found = entry.file_name();
        let found = found.to_string_lossy();
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        if found.starts_with(&start) && found.ends_with(PART) && age.is_some_and(|age| age > FORGOTTEN) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Files that wait beside their places; those that still wait at the end are removed.
struct Parts {
    waiting: Vec<(PathBuf, PathBuf)>,
}

impl Parts {
    fn add(&mut self, place: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let part = place.with_file_name(hidden(name));
        let mut file = File::create(&part)?;
        self.waiting.push((part, place.to_owned()));
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn settle(mut self) -> Result<(), String> {
        while !self.waiting.is_empty() {
            let (part, place) = &self.waiting[0];
            fs::rename(part, place).map_err(|error| format!("cannot write {}: {error}", place.display()))?;
            self.waiting.remove(0);
        }
        Ok(())
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        for (part, _) in &self.waiting {
            let _ = fs::remove_file(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("it is there")
            .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn all_files_are_written_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        write_all(&out, &[("a.pdf", b"old a"), ("b.epub", b"old b")]).expect("both");
        fs::create_dir(out.join("c.pdf")).expect("a folder in the way");
        let said = write_all(&out, &[("a.pdf", b"new a"), ("c.pdf", b"new c")]).expect_err("c cannot be");
        assert!(said.contains("a folder of that name is in the way"), "{said}");
        assert_eq!(fs::read(out.join("a.pdf")).expect("it is there"), b"old a");
        assert_eq!(names(&out), ["a.pdf", "b.epub", "c.pdf"]);
    }

    #[test]
    fn a_tree_is_written_and_what_is_no_longer_in_it_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        write_tree(&out, &[("a.txt", b"a"), ("read/b.txt", b"b"), ("old/c.txt", b"c")], &[]).expect("all");
        fs::write(out.join("read/own.txt"), b"kept").expect("a file");
        let gone = ["old/c.txt".to_owned(), "read/b.txt".to_owned(), "../a".to_owned()];
        write_tree(&out, &[("a.txt", b"new")], &gone).expect("all");
        assert_eq!(names(&out), ["a.txt", "read"]);
        assert_eq!(names(&out.join("read")), ["own.txt"]);
        for name in ["../a", "a/../../b", "/a", "a//b", ""] {
            assert!(write_tree(&out, &[(name, b"x")], &[]).is_err(), "{name}");
        }
    }

    #[test]
    fn nothing_is_written_outside_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["../a.pdf", "/tmp/a.pdf", "a/b.pdf", "..", "a\\b.pdf", ""] {
            assert!(write_all(&folder.path().join("out"), &[(name, b"x")]).is_err(), "{name}");
        }
        assert_eq!(names(folder.path()), ["out"]);
    }
}
