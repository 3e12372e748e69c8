//! A manuscript: the folder read, its metadata typed and its sections parsed.

mod accessibility;
mod affiliations;
pub(crate) mod bibliography;
pub(crate) mod chapter;
pub(crate) mod chart;
mod chosen;
mod citing;
mod distribution;
pub(crate) mod editions;
mod folder;
mod foreign;
mod front_matter;
mod house;
mod imposition;
pub(crate) mod index;
pub mod keys;
pub(crate) mod metadata;
mod people;
mod sections;
pub(crate) mod spine;
mod tested;
pub(crate) mod texts;
pub(crate) mod theme_file;
mod theme_styles;
mod values;
mod written;

pub use spine::{Manuscript, read, read_for_proof};
