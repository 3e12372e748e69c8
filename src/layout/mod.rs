//! Layout: a book, a theme and faces become pages.

pub mod linebreak;
pub mod pagebreak;
