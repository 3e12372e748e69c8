//! A manuscript: the folder read, its metadata typed, its sections parsed.

pub(crate) mod markdown;
pub(crate) mod parsed;
