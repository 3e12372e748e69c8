//! A manuscript: the folder read, its metadata typed, its sections parsed, and all of it assembled into a book.

mod assemble;
pub(crate) mod editions;
mod extract;
mod made;
pub(crate) mod markdown;
pub(crate) mod metadata;
pub(crate) mod number;
pub(crate) mod parsed;
pub(crate) mod pictures;
pub(crate) mod punctuation;
pub(crate) mod resolve;
mod spine;
pub(crate) mod theme_file;
mod written;
pub(crate) mod yaml;

pub use assemble::{Content, assemble};
pub use spine::{Manuscript, read};
