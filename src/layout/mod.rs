//! Layout: a book, a theme and faces become pages.
//!
//! [`set`] is the whole of it: the `paragraph` stage breaks texts with the [`linebreak`] kernel, a `galley` holds the
//! blocks of a flow as items, the [`pagebreak`] kernel cuts them, `makeup` places what was chosen, and `furniture`
//! comes last.

mod bands;
mod barcode;
mod cover;
mod extent;
mod extract;
mod faults;
mod footnotes;
mod full;
mod furniture;
pub(crate) mod galley;
mod heights;
pub mod linebreak;
mod makeup;
mod margin;
pub mod pagebreak;
pub(crate) mod paragraph;
mod parallel;
mod parted;
mod placed;
mod placing;
mod plan;
mod shop;
mod spare;
mod stamp;
pub(crate) mod strip;
mod text;
mod wrap;
mod wraparound;

pub use faults::mark as mark_faults;
pub use makeup::{Elsewhere, set, set_beside};
pub use paragraph::Missing;
pub use spare::{note_pages, ticket};
pub use stamp::{Stamp, stamps};
pub use wrap::{Fitted, WrapDesign, spine_title, wrap};
