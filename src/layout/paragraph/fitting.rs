//! Fitting: pictures among words take the room that there is.

use super::Setter;
use super::material::{self, AtomKind, Material};
use super::pictures::LinePicture;
use crate::layout::linebreak::Item;
use crate::units::Length;

impl Material {
    /// Pictures take what lines of a width have room for.
    pub fn fit_pictures(&mut self, setter: &Setter<'_>, room: Length) {
        // Not the whole page: what belongs to a picture stands on it too.
        let page = &setter.theme.page;
        let deepest = (page.grid * page.lines(page.grid)).scale(1, 2);
        self.resize_pictures(|picture, letters, _| picture.width_in(setter.book, letters, room, deepest));
    }

    /// The widths of the longest word and of the whole on one line, the pictures as small as they may be and as large.
    pub fn extents(&mut self) -> (Length, Length) {
        let (_, most) = material::extents(&self.items);
        self.resize_pictures(|picture, letters, widest| picture.least(widest, letters));
        (material::extents(&self.items).0, most)
    }

    fn resize_pictures(&mut self, size: impl Fn(&LinePicture, Length, Length) -> Length) {
        for (item, atom) in self.items.iter_mut().zip(&self.atoms) {
            let (Item::Box { width, .. }, AtomKind::Picture(picture)) = (item, &atom.kind) else { continue };
            *width = size(picture, self.runs[atom.run as usize].size, width.long()).into();
        }
    }
}
