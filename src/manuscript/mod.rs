//! A manuscript: the folder read, its metadata typed, its sections parsed, and all of it assembled into a book.

pub(crate) mod editions;
pub(crate) mod markdown;
pub(crate) mod metadata;
pub(crate) mod parsed;
pub(crate) mod pictures;
mod spine;
pub(crate) mod theme_file;
pub(crate) mod yaml;

pub use spine::{Manuscript, read};
