//! A manuscript: the folder read, its metadata typed and its sections parsed.

pub(crate) mod editions;
pub(crate) mod metadata;
pub(crate) mod spine;
pub(crate) mod theme_file;
mod values;
mod written;

pub use spine::{Manuscript, read};
