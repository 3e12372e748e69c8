//! Preflight: what would go wrong, said at the author's own places before anything is sent.

pub mod count;
pub mod drawings;
pub mod house;
pub mod index;
pub mod literal;
pub mod notes;
pub mod page;
pub mod printer;
pub mod terms;
