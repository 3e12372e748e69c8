//! Sizes: pictures that were made smaller and that editions to come will ask for again.
//!
//! A paper for screens, for the office's printer and for a press shows its photographs equally large. To make one smaller
//! takes longer than to set the page that it stands on, so it is made once. What no later edition asks for is not kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::picture_kind::PictureKind;

/// Where pictures are shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Shown {
    /// On pages.
    OnPages,
    /// On screens.
    OnScreens,
}

/// A picture that was made smaller.
#[derive(Clone, PartialEq, Debug)]
pub struct Small {
    /// What it is.
    pub kind: PictureKind,
    /// Across, in pixels.
    pub width: u32,
    /// Down.
    pub height: u32,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// The sizes of all pictures; copies of this value share them.
#[derive(Clone, Debug, Default)]
pub struct Sizes(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    /// Where editions to come show pictures.
    later: BTreeSet<Shown>,
    /// The picture's file is held beside, so that no other takes its place.
    made: BTreeMap<Key, (Arc<[u8]>, Small)>,
}

/// Where it is shown, the place of the picture's file in memory, and the size asked for.
type Key = (Shown, usize, (u32, u32));

impl Sizes {
    /// Says where the edition that is made now shows pictures, and those after it.
    pub fn expect(&self, now: &[Shown], later: &[Shown]) {
        let mut kept = self.kept();
        kept.later = later.iter().copied().collect();
        kept.made.retain(|(shown, ..), _| now.contains(shown) || later.contains(shown));
    }

    /// A picture in a size: the one that was made before, else one made now.
    pub fn get(
        &self,
        shown: Shown,
        picture: &Arc<[u8]>,
        size: (u32, u32),
        make: impl FnOnce() -> Option<Small>,
    ) -> Option<Small> {
        let key = (shown, picture.as_ptr() as usize, size);
        if let Some((_, small)) = self.kept().made.get(&key) {
            return Some(small.clone());
        }
        let small = make()?;
        let mut kept = self.kept();
        if kept.later.contains(&shown) {
            kept.made.insert(key, (Arc::clone(picture), small.clone()));
        }
        Some(small)
    }

    /// What is kept. It is whole whoever fell beside it.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_later_edition_shows_is_made_once_and_nothing_else_is_kept() {
        let (sizes, picture) = (Sizes::default(), Arc::from([7; 9]));
        let mut made = 0;
        let mut ask = |shown, size| {
            let small = sizes.get(shown, &picture, size, || {
                made += 1;
                let kind = PictureKind::Jpeg { channels: 3 };
                Some(Small { kind, width: size.0, height: size.1, bytes: Arc::from([made]) })
            });
            small.expect("it is made").bytes[0]
        };
        sizes.expect(&[Shown::OnPages, Shown::OnScreens], &[Shown::OnPages]);
        assert_eq!([ask(Shown::OnPages, (2, 3)), ask(Shown::OnScreens, (2, 3))], [1, 2]);
        assert_eq!([ask(Shown::OnPages, (2, 3)), ask(Shown::OnScreens, (2, 3))], [1, 3]);
        assert_eq!(ask(Shown::OnPages, (3, 3)), 4);
        sizes.expect(&[Shown::OnPages], &[]);
        assert_eq!([ask(Shown::OnPages, (2, 3)), ask(Shown::OnPages, (4, 3)), ask(Shown::OnPages, (4, 3))], [1, 5, 6]);
        sizes.expect(&[Shown::OnScreens], &[]);
        assert_eq!(ask(Shown::OnPages, (2, 3)), 7);
    }

    #[test]
    fn what_cannot_be_made_is_not_kept() {
        let (sizes, picture) = (Sizes::default(), Arc::from([7; 9]));
        sizes.expect(&[Shown::OnPages], &[Shown::OnPages]);
        assert_eq!(sizes.get(Shown::OnPages, &picture, (1, 1), || None), None);
        assert!(sizes.kept().made.is_empty());
    }
}
