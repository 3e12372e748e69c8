//! The shop: what every stage of the layout looks at.

use super::paragraph::Setter;
use super::parted::{AllParted, Parted};
use crate::book::{Book, NoteId, NotePlace, PageMap};
use crate::font::{FaceId, Fonts, Request};
use crate::theme::{Family, Role, Style, Theme};
use crate::units::Length;

/// What every stage of the layout looks at.
#[derive(Clone, Copy)]
pub(crate) struct Shop<'a> {
    /// The content.
    pub book: &'a Book,
    /// The looks.
    pub theme: &'a Theme,
    /// Sets paragraphs.
    pub setter: &'a Setter<'a>,
    /// The page map of the pass before; empty in the first.
    pub map: &'a PageMap,
    /// How high capitals of the text are: the first baseline of a page.
    pub cap_height: Length,
    /// The notes that stand beside their calls in part.
    pub parted: &'a AllParted,
}

impl<'a> Shop<'a> {
    /// The style of a role.
    pub fn style(&self, role: Role) -> &'a Style {
        self.theme.style(role)
    }

    /// Where the notes of this book stand on these pages: beside their calls only where there is a column.
    pub fn note_place(&self) -> NotePlace {
        note_place(self.book, self.theme)
    }

    /// The parts of a note, if it has some.
    pub fn parted(&self, note: NoteId) -> Option<&'a Parted> {
        self.parted.get(&note)
    }

    /// The grid.
    pub fn grid(&self) -> Length {
        self.theme.page.grid
    }

    /// From the head of a line's box to its baseline: lines on the grid stand with the text's capitals, others keep
    /// what a line of text keeps below its baseline.
    pub fn baseline(&self, style: &Style) -> Length {
        let depth = self.grid() - self.cap_height;
        if style.leading >= self.grid() { style.leading - depth } else { style.leading - depth.min(style.leading / 3) }
    }
}

/// Where the notes of a book stand in a theme.
pub(super) fn note_place(book: &Book, theme: &Theme) -> NotePlace {
    match book.note_place {
        NotePlace::Margin if !theme.has_side_notes() => NotePlace::Footnotes,
        place => place,
    }
}

/// The upright face of a family that has the weight and the size of a role.
pub(super) fn upright(theme: &Theme, fonts: &Fonts, family: Family, role: Role) -> FaceId {
    let style = theme.style(role);
    let family = theme.families.name(family);
    fonts.select(Request { family, weight: style.weight, italic: false, size: style.size })
}

/// How high the capitals of the text are.
pub(super) fn cap_height(theme: &Theme, fonts: &Fonts) -> Length {
    fonts.face(upright(theme, fonts, Family::Text, Role::Body)).cap_height(theme.style(Role::Body).size)
}
