//! What the tests share: manuscripts in folders of their own, and the program run on them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that is removed at the end.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// With these files of a manuscript in `paper/`.
    pub fn with(files: &[(&str, &str)]) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().expect("a folder") };
        for (name, text) in files {
            desk.put(name, text);
        }
        desk
    }

    /// Writes a file of the manuscript.
    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path("paper").join(name);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// A path on the desk.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs recto on the desk, with nothing of the environment that could be seen in what it says.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().expect("the program runs"))
    }

    /// The same, not yet begun.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    /// The bytes of a file on the desk.
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("the file is there")
    }
}

/// Holds what a test makes from the code against what stands in a file of the package between `<!-- NAME -->` and
/// `<!-- /NAME -->`; `BLESS=1` writes it anew. Each file has one such part, so that no two tests write at once.
pub fn made_part(file: &str, name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).expect("it is there");
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&open).expect("the part begins");
    let (kept, after) = rest.split_once(&close).expect("the part ends");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, format!("{before}{open}{made}{close}{after}")).expect("written");
    } else {
        assert_eq!(kept, made, "BLESS=1 rewrites {file}");
    }
}

/// Words as they stand in Markdown: what looks like markup is escaped, but between backticks.
pub fn plain(words: &str) -> String {
    let mut out = String::new();
    let mut code = false;
    for letter in words.chars() {
        code ^= letter == '`';
        if !code && "\\*_{}[]<>#|$~^@".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out.replace("\":::", "\"\\:::")
}

/// What a run left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

/// Holds a text against the one kept in `tests/`; `BLESS=1` writes it anew.
pub fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let first = kept.lines().zip(text.lines()).find(|(old, new)| old != new);
    assert!(kept == text, "{name} differs, first at {first:?}; BLESS=1 writes it anew");
}
