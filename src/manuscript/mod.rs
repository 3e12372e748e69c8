//! A manuscript: the folder read, its metadata typed, its sections parsed.

pub(crate) mod editions;
pub(crate) mod markdown;
pub(crate) mod metadata;
pub(crate) mod parsed;
pub(crate) mod theme_file;
pub(crate) mod yaml;
