//! Writing: finished files take their places whole, and all of them or none.
//!
//! Files are first written beside their places, under hidden names, each as soon as it is made. When all of them stand
//! there they are brought to the disk, a *record* of who goes where is put down, and they are renamed. So a build that fails or is killed before there
//! is a record has changed nothing, and what one left that was killed after it, the next build **rolls forward**:
//! it does the renames that are still to be done. What lies there without a record is removed.
//!
//! Only one build writes into a folder at a time: it holds the system's lock of that folder, which goes when the program
//! does, however it ends. Leftovers are removed under the lock only, so nobody else can be writing them. Where a folder cannot be
//! locked (some shares of the network) builds write without, and remove nothing.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use super::interrupt;

/// How hidden files begin and end. They are numbered, since a name of 255 bytes could not be made longer.
const HIDDEN: (&str, &str) = (".recto-", ".part");

/// The record: a line a file, its hidden name and its path; a line a file that goes, a dash and its path; then [`END`].
const RECORD: &str = ".recto-record";
const GONE: &str = "-";
const END: &str = "end";

/// A file to be written: its name in the folder, or its path there with `/` between the parts, and its bytes.
pub(super) type Finished<'a> = (&'a str, &'a [u8]);

/// Writes all files into a folder, which is made; the error is for the user.
pub(super) fn write_all(folder: &Path, files: &[Finished<'_>]) -> Result<(), String> {
    match files.iter().find(|(name, _)| name.contains('/')) {
        Some((name, _)) => Err(outside(folder, name)),
        None => write_tree(folder, files, &[]),
    }
}

/// Writes files into a folder and folders in it; `gone` are removed when all stand.
pub(super) fn write_tree(folder: &Path, files: &[Finished<'_>], gone: &[String]) -> Result<(), String> {
    let mut writing = Writing::begin(folder)?;
    for (path, bytes) in files {
        writing.add(path, bytes)?;
    }
    writing.settle(gone)
}

/// Files on their way into a folder, or into folders in it. What does not come to its end is taken away.
pub(super) struct Writing {
    folder: PathBuf,
    parts: Vec<Part>,
    lock: Option<Lock>,
}

impl Writing {
    /// Makes the folder and waits for who else writes into it; the error is for the user, as those below.
    pub fn begin(folder: &Path) -> Result<Writing, String> {
        interrupt::listen();
        let mut writing = Writing { folder: folder.to_owned(), parts: Vec::new(), lock: None };
        make(folder)?;
        writing.lock = Lock::wait(folder);
        if writing.lock.is_some() {
            roll_forward(folder);
        }
        Ok(writing)
    }

    /// Writes a file beside its place, under a hidden name.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        let place = place(&self.folder, path)?;
        make(place.parent().unwrap_or(&self.folder))?;
        let part = Part { hidden: hidden(&(self.parts.len() + 1).to_string()), path: path.to_owned() };
        write(&self.folder, &part.hidden, bytes).map_err(|error| unwritten(&place, &error))?;
        self.parts.push(part);
        Ok(())
    }

    /// Brings all to the disk and to their places; `gone` are removed then.
    pub fn settle(self, gone: &[String]) -> Result<(), String> {
        for part in &self.parts {
            sync(&self.folder.join(&part.hidden)).map_err(|error| unwritten(&self.folder.join(&part.path), &error))?;
        }
        settle(&self.folder, &self.parts, gone)
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        interrupt::begun().clear();
    }
}

fn unwritten(place: &Path, error: &std::io::Error) -> String {
    format!("cannot write {}: {error}", place.display())
}

/// Ends what a killed build began, unless a build is writing there.
pub(super) fn tidy(folder: &Path) {
    if let Some(_lock) = Lock::unless_held(folder) {
        roll_forward(folder);
    }
}

/// Makes a folder; those that were not there are taken away again if nothing comes into them.
fn make(folder: &Path) -> Result<(), String> {
    let mut begun = interrupt::begun();
    let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let mut made: Vec<PathBuf> = folder.ancestors().take_while(missing).map(Path::to_owned).collect();
    made.reverse();
    begun.folders.extend(made);
    if folder.symlink_metadata().is_ok() && !folder.is_dir() {
        return Err(format!("cannot write into {}, which is no folder", folder.display()));
    }
    fs::create_dir_all(folder).map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))
}

/// The system's lock of a folder, held.
struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for who writes there.
    fn wait(folder: &Path) -> Option<Lock> {
        let file = open(folder)?;
        file.lock().ok()?;
        Some(Lock { _file: file })
    }

    fn unless_held(folder: &Path) -> Option<Lock> {
        let file = open(folder)?;
        match file.try_lock() {
            Ok(()) => Some(Lock { _file: file }),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
        }
    }
}

/// The folder itself, so that no file is left of a lock.
#[cfg(unix)]
fn open(folder: &Path) -> Option<File> {
    File::open(folder).ok()
}

/// Where folders are no files there is a file beside the others.
#[cfg(not(unix))]
fn open(folder: &Path) -> Option<File> {
    folder
        .is_dir()
        .then(|| OpenOptions::new().create(true).append(true).open(folder.join(".recto-lock")).ok())
        .flatten()
}

/// A file that waits beside its place; one that goes has no hidden name but [`GONE`].
struct Part {
    hidden: String,
    path: String,
}

/// Does the renames of a record, and removes what no record names.
fn roll_forward(folder: &Path) {
    let record = folder.join(RECORD);
    for part in fs::read_to_string(&record).ok().and_then(|text| read(&text)).into_iter().flatten() {
        let Ok(place) = place(folder, &part.path) else { continue };
        if part.hidden == GONE {
            remove(folder, &place);
        } else {
            // One that is renamed already is no longer there.
            let _ = fs::rename(folder.join(&part.hidden), place);
        }
    }
    let _ = fs::remove_file(record);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_hidden) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with(HIDDEN.0) && name.ends_with(HIDDEN.1)
}

fn hidden(number: &str) -> String {
    format!("{}{number}{}", HIDDEN.0, HIDDEN.1)
}

/// The parts of a record; `None` when it is not whole.
fn read(text: &str) -> Option<Vec<Part>> {
    let lines = text.strip_suffix(&format!("{END}\n"))?.lines();
    let part = |line: &str| {
        let (hidden, path) = line.split_once(' ')?;
        (is_hidden(hidden) || hidden == GONE).then(|| Part { hidden: hidden.to_owned(), path: path.to_owned() })
    };
    lines.map(part).collect()
}

fn outside(folder: &Path, path: &str) -> String {
    format!("refuses to write \"{path}\", which would leave {}", folder.display())
}

/// Where a file goes: in the folder or one below it, and nowhere else.
fn place(folder: &Path, path: &str) -> Result<PathBuf, String> {
    let plain = |part: &str| {
        matches!(Path::new(part).components().collect::<Vec<_>>()[..], [Component::Normal(_)])
            && !part.contains(['\\', '\n', '\r'])
    };
    if !path.split('/').all(plain) {
        return Err(outside(folder, path));
    }
    let place = path.split('/').fold(folder.to_owned(), |at, part| at.join(part));
    // What a link leads to stays as it is: the link goes.
    if place.symlink_metadata().is_ok_and(|found| found.is_dir()) {
        return Err(format!("cannot write {}: a folder of that name is in the way", place.display()));
    }
    Ok(place)
}

/// Removes a file that is no longer wanted; its folder goes with its last file.
fn remove(folder: &Path, place: &Path) {
    let _ = fs::remove_file(place);
    if let Some(above) = place.parent().filter(|above| *above != folder) {
        let _ = fs::remove_dir(above);
    }
}

/// Writes a hidden file, which nobody else has.
fn write(folder: &Path, hidden: &str, bytes: &[u8]) -> std::io::Result<()> {
    let path = folder.join(hidden);
    let mut file = {
        let mut begun = interrupt::begun();
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        begun.files.push(path);
        file
    };
    file.write_all(bytes)
}

/// Brings a file to the disk.
fn sync(path: &Path) -> std::io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// The file that a rename will put aside, held so that its blocks are given back after the last rename and not between
/// two: that may take milliseconds, a rename itself takes microseconds.
#[cfg(unix)]
fn held(place: &Path) -> Option<File> {
    place.symlink_metadata().ok().filter(fs::Metadata::is_file).and_then(|_| File::open(place).ok())
}

/// Elsewhere nothing can be renamed to what is open.
#[cfg(not(unix))]
fn held(_: &Path) -> Option<File> {
    None
}

/// Renames all parts to their places, and removes what goes.
fn settle(folder: &Path, parts: &[Part], gone: &[String]) -> Result<(), String> {
    let record = folder.join(RECORD);
    let failed = |name: &str, error| format!("cannot write {}: {error}", folder.join(name).display());
    // One rename is whole by itself.
    let recorded = parts.len() + gone.len() > 1;
    if recorded {
        let mut lines: String = parts.iter().map(|part| format!("{} {}\n", part.hidden, part.path)).collect();
        lines.extend(gone.iter().filter(|path| !path.contains('\n')).map(|path| format!("{GONE} {path}\n")));
        lines.push_str(&format!("{END}\n"));
        write(folder, &hidden("record"), lines.as_bytes())
            .and_then(|()| sync(&folder.join(hidden("record"))))
            .map_err(|error| failed(RECORD, error))?;
    }
    let mut ways = Vec::with_capacity(parts.len());
    for part in parts {
        ways.push((folder.join(&part.hidden), place(folder, &part.path)?, part));
    }
    let _held: Vec<File> = ways.iter().filter_map(|(_, to, _)| held(to)).collect();
    let mut begun = interrupt::begun();
    if recorded {
        fs::rename(folder.join(hidden("record")), &record).map_err(|error| failed(RECORD, error))?;
    }
    // Nothing else is done between the first rename and the last: what is killed here leaves files of two builds.
    for (from, to, part) in ways {
        if let Err(error) = fs::rename(from, to) {
            let _ = fs::remove_file(record);
            return Err(failed(&part.path, error));
        }
    }
    for place in gone.iter().filter_map(|path| place(folder, path).ok()) {
        remove(folder, &place);
    }
    begun.files.clear();
    begun.folders.clear();
    let _ = fs::remove_file(record);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    /// A program writes once; its tests one after the other.
    fn alone() -> MutexGuard<'static, ()> {
        static ALONE: Mutex<()> = Mutex::new(());
        ALONE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("it is there")
            .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn text(folder: &Path, name: &str) -> String {
        fs::read_to_string(folder.join(name)).expect("it is there")
    }

    #[test]
    fn all_files_are_written_or_none() {
        let _alone = alone();
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        write_all(&out, &[("a.pdf", b"old a"), ("b.epub", b"old b")]).expect("both");
        fs::create_dir(out.join("c.pdf")).expect("a folder in the way");
        let said = write_all(&out, &[("a.pdf", b"new a"), ("c.pdf", b"new c")]).expect_err("c cannot be");
        assert!(said.contains("a folder of that name is in the way"), "{said}");
        assert_eq!(text(&out, "a.pdf"), "old a");
        assert_eq!(names(&out), ["a.pdf", "b.epub", "c.pdf"]);
    }

    #[test]
    fn a_tree_is_written_and_what_is_no_longer_in_it_removed() {
        let _alone = alone();
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
        let _alone = alone();
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["../a.pdf", "/tmp/a.pdf", "a/b.pdf", "..", "a\\b.pdf", "", "a\nb"] {
            assert!(write_all(&folder.path().join("out"), &[(name, b"x")]).is_err(), "{name}");
        }
        assert_eq!(names(folder.path()), Vec::<String>::new(), "a folder that was made for nothing is gone");
    }

    /// A folder as a build leaves it that is killed after so many renames; with a record, or before there is one.
    fn killed(renamed: usize, record: bool) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
        for (at, name) in ["a", "b", "c"].iter().enumerate() {
            put(name, if at < renamed { "new" } else { "old" });
            if at >= renamed {
                put(&hidden(&(at + 1).to_string()), "new");
            }
        }
        let lines = ".recto-1.part a\n.recto-2.part b\n.recto-3.part c\nend\n";
        put(if record { RECORD } else { ".recto-record.part" }, lines);
        folder
    }

    #[test]
    fn what_a_killed_build_had_decided_is_done_and_all_else_is_undone() {
        for (renamed, record) in [(0, false), (0, true), (1, true), (2, true), (3, true)] {
            let folder = killed(renamed, record);
            tidy(folder.path());
            assert_eq!(names(folder.path()), ["a", "b", "c"]);
            for name in ["a", "b", "c"] {
                assert_eq!(text(folder.path(), name), if record { "new" } else { "old" }, "{renamed} {record}");
            }
        }
    }

    #[test]
    fn a_record_moves_nothing_but_hidden_files_to_names_in_the_folder() {
        for line in [".recto-1.part ../a", "b a", ".recto-1.part /tmp/recto-stray", "../.recto-1.part a"] {
            let outer = tempfile::tempdir().expect("a folder");
            let folder = outer.path().join("out");
            fs::create_dir(&folder).expect("a folder");
            for (name, text) in [("b", "b"), (".recto-1.part", "x"), (RECORD, &format!("{line}\nend\n"))] {
                fs::write(folder.join(name), text).expect("a file");
            }
            tidy(&folder);
            assert_eq!((names(&folder), names(outer.path())), (vec!["b".to_owned()], vec!["out".to_owned()]), "{line}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_another_build_is_writing_is_left_to_it() {
        let folder = killed(0, false);
        let lock = Lock::wait(folder.path()).expect("nobody else has it");
        tidy(folder.path());
        assert_eq!(names(folder.path()).len(), 7);
        drop(lock);
        tidy(folder.path());
        assert_eq!(names(folder.path()).len(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_file_goes_and_what_it_led_to_stays() {
        let _alone = alone();
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("kept"), "kept").expect("a file");
        std::os::unix::fs::symlink("kept", folder.path().join("a.pdf")).expect("a link");
        write_all(folder.path(), &[("a.pdf", b"new")]).expect("it is written");
        assert_eq!((text(folder.path(), "a.pdf").as_str(), text(folder.path(), "kept").as_str()), ("new", "kept"));
    }
}
