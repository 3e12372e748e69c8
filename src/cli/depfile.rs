//! Depfiles: what a build read, in the form of Make, so that Make and Ninja know when to build again.

use std::path::{Path, PathBuf};

use super::folder::Folder;

/// Writes that `target` depends on what was read; the error is for the user.
pub(super) fn write(at: &Path, target: &Path, read: &Folder) -> Result<(), String> {
    std::fs::write(at, rule(target, &read.seen())).map_err(|error| format!("cannot write {}: {error}", at.display()))
}

/// One rule, a name a line.
fn rule(target: &Path, read: &[PathBuf]) -> String {
    let names: Vec<String> = read.iter().map(|path| escaped(path)).collect();
    format!("{}: {}\n", escaped(target), names.join(" \\\n  "))
}

/// A name in which nothing means something to Make.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/").replace('$', "$$").replace('#', "\\#").replace(' ', "\\ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_spaces_and_signs_stay_names() {
        let read = [PathBuf::from("paper/a b.md"), PathBuf::from("paper/$5 #1.md")];
        assert_eq!(rule(Path::new("out/x"), &read), "out/x: paper/a\\ b.md \\\n  paper/$$5\\ \\#1.md\n");
    }
}
