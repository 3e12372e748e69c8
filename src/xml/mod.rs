//! XML: the one writer of it.

mod write;

pub(crate) use write::{Markup, Tag};
