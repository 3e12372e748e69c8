//! The index: entries are filed by the order of their language, and pages become locators.
//!
//! Both are pure, and know neither pages nor readers: [`file()`] takes entries and a language, [`locators`] takes places
//! whose pages are known. The rules are those of the Chicago Manual of Style (18th edition, chapter 15), ISO 999 and
//! BS 3700 where they agree; where they differ, the rule names whose it is.
//!
//! Invariant: no order of the input reaches the output, but for places that are equal in all else.

mod alphabet;
mod filing;
mod line;
mod locator;
mod pages;

pub use filing::{Group, Head, Node, Order, file, normal};
pub use line::{Level, Line};
pub use locator::{Locator, NoteSpot, Piece, Rules, Spot, Stretch, locators};
pub use pages::Pages;
