//! XML: the one writer of it, and the one reader.

pub(crate) mod read;
mod write;

pub(crate) use write::{Markup, Tag};
