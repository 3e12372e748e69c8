//! Faces in the e-book, by choice.

use std::fmt::Write;

/// A face that the e-book carries.
#[derive(Clone, Debug)]
pub(super) struct Embedded {
    /// The family's name.
    pub family: String,
    /// 100 to 900.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// The file, below the package's folder.
    pub path: String,
}

impl Embedded {
    /// Its rule in the stylesheet.
    pub fn rule(&self, css: &mut String) {
        let style = if self.italic { "italic" } else { "normal" };
        let family = self.family.replace(['"', '\\', ';', '{', '}'], "");
        let _ = writeln!(
            css,
            "@font-face {{ font-family: \"{family}\"; font-weight: {}; font-style: {style}; src: url(\"{}\"); }}",
            self.weight, self.path
        );
    }
}
