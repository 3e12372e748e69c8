//! Pictures among words: as large as they can be read, and no wider than the line.

use crate::book::asset::{Extent, PictureSize};
use crate::book::{AssetId, Book};
use crate::units::Length;

/// A picture among words.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct LinePicture {
    /// Which.
    pub asset: AssetId,
    /// What stands for it; `None` when it is decorative.
    pub alt: Option<Box<str>>,
    /// How large it is.
    pub size: PictureSize,
}

impl LinePicture {
    /// How wide it would be with all the room that it asks for, among letters of a size.
    pub fn widest(&self, book: &Book, letters: Length) -> Length {
        let picture = book.assets.get(self.asset);
        let wide = |height: Length| height.scale(i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        let natural = picture.natural_width();
        match self.size {
            PictureSize::Letters => wide(letters),
            PictureSize::Natural { .. } => natural,
            PictureSize::Set { width, height } => {
                let width = match width {
                    Some(Extent::Length(length)) => Some(length),
                    Some(Extent::Share(_)) | None => None,
                };
                let said = width.into_iter().chain(height.map(wide)).reduce(Length::min);
                said.unwrap_or(natural)
            }
        }
    }

    /// How wide it is in lines of a width, and no higher than `deepest`.
    pub fn width_in(&self, book: &Book, letters: Length, room: Length, deepest: Length) -> Length {
        let picture = book.assets.get(self.asset);
        let widest = self.widest(book, letters);
        let wanted = match self.size {
            PictureSize::Letters | PictureSize::Natural { of: 0 | 1 } => widest,
            PictureSize::Natural { of } => {
                let gaps = letters * (i64::from(of) - 1);
                widest.min((room - gaps) / i64::from(of))
            }
            PictureSize::Set { width: Some(Extent::Share(share)), .. } => room.scale(i64::from(share), 1000),
            PictureSize::Set { .. } => widest,
        };
        let by_depth = deepest.scale(i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        wanted.min(room).min(by_depth).max(letters / 10)
    }

    /// How wide it must be at least to be looked at.
    pub fn least(&self, widest: Length, letters: Length) -> Length {
        if self.size == PictureSize::Letters { widest } else { widest.min(letters * 5) }
    }
}
