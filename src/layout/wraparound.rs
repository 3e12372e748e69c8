//! Art round a whole wrap: one picture under back, spine and front, and what darkens it behind the words.

use crate::book::AssetId;
use crate::page::{Artifact, Mark, MarkKind, Owner, Page, VEILS, veils};
use crate::units::{Colour, Length, Rect, Size};

/// How far the shade of a spine runs out over the covers, beyond what is dark of them.
const FADE: Length = Length::mm(10.0);

/// Where a picture of so many pixels lies so that it covers a wrap. The point that every crop keeps comes as near to the
/// middle of the front as the picture's edges let it; one that would lie on the spine or the back is brought onto the
/// front by a larger picture, up to twice as large. `front` is as much of the front as no words hide. Also whether the
/// point is on the front then: where twice is not enough, the picture stays as it is.
pub(super) fn placed(pixels: (u32, u32), focus: Option<(u16, u16)>, trim: Size, front: Rect) -> (Rect, bool) {
    let (across, down) = (i64::from(pixels.0.max(1)), i64::from(pixels.1.max(1)));
    let least = trim.width.max(trim.height.scale(across, down));
    let (right, below) = focus.unwrap_or((500, 500));
    // From the edge of the back to the fold, and to a quarter of the front.
    let quarter = front.size.width / 4;
    let (fold, share) = match front.origin.x > Length::ZERO {
        true => (front.origin.x, i64::from(right)),
        false => (trim.width - front.right(), 1000 - i64::from(right)),
    };
    let reaches = least * 2 >= fold.scale(1000, share.max(1));
    let width = match focus {
        Some(_) if reaches => least.max((fold + quarter).scale(1000, share.max(1)).min(least * 2)),
        _ => least,
    };
    let height = width.scale(down, across).max(trim.height);
    let at = |whole: Length, shown: Length, middle: Length, share: u16| {
        (middle - whole.scale(i64::from(share), 1000)).min(Length::ZERO).max(shown - whole)
    };
    let x = at(width, trim.width, front.origin.x + front.size.width / 2, right);
    let y = at(height, trim.height, front.origin.y + front.size.height / 2, below);
    (Rect::new(x, y, width, height), focus.is_none() || reaches)
}

/// Takes out of a front cover what lies behind its words, over the whole of a wrap: its picture in a rectangle, and the
/// grounds and veils that reach from edge to edge, so that none of them ends on a fold.
pub(super) fn behind(page: &mut Page, asset: AssetId, picture: Rect, trim: Size) -> Vec<Mark> {
    let is_art = |mark: &Mark| matches!(&mark.kind, MarkKind::Picture { asset: shown, .. } if *shown == asset);
    let Some(art) = page.marks.iter().position(is_art) else { return Vec::new() };
    let width = page.size.width;
    let (mut behind, mut before) = (Vec::new(), Vec::new());
    // What lies under the picture is not seen.
    for (at, mut mark) in page.marks.drain(art..).enumerate() {
        match &mut mark.kind {
            MarkKind::Picture { rect, clip, .. } if at == 0 => {
                (*rect, *clip) = (picture, Some(Rect::new(Length::ZERO, Length::ZERO, trim.width, trim.height)));
                behind.push(mark);
            }
            MarkKind::Fill { rect, .. } | MarkKind::Veil { rect, .. }
                if rect.origin.x <= Length::ZERO && rect.right() >= width =>
            {
                (rect.origin.x, rect.size.width) = (Length::ZERO, trim.width);
                behind.push(mark);
            }
            _ => before.push(mark),
        }
    }
    page.marks = before;
    behind
}

/// The shade behind the words of a spine: dark from some way over both folds, then running out over the covers, so that
/// there is no edge on a fold.
pub(super) fn shade(spine: Rect, over: Length, colour: Colour) -> Vec<Mark> {
    let veil = |(seen, share): (u16, u16)| {
        let out = over + FADE.scale(i64::from(seen), i64::from(VEILS));
        let rect = Rect::new(spine.origin.x - out, spine.origin.y, spine.size.width + out * 2, spine.size.height);
        let owner = Owner::Artifact(Artifact::Background);
        Mark { kind: MarkKind::Veil { rect, colour, share }, owner, transform: None }
    };
    veils().map(veil).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIM: Size = Size::new(Length::mm(320.0), Length::mm(220.0));

    fn front(x: i64) -> Rect {
        Rect::new(Length::mm(1.0) * x, Length::ZERO, Length::mm(150.0), Length::mm(220.0))
    }

    #[test]
    fn a_picture_covers_the_wrap_and_its_focus_is_on_the_front() {
        for pixels in [(3000, 2000), (2000, 3000), (9000, 1000), (3200, 2200)] {
            for (front, rights) in [(front(170), 320..=1000), (front(0), 0..=680)] {
                for right in rights.step_by(20) {
                    let (rect, reaches) = placed(pixels, Some((right, 500)), TRIM, front);
                    assert!(reaches, "{pixels:?} {right}");
                    assert!(rect.origin.x <= Length::ZERO && rect.origin.y <= Length::ZERO, "{pixels:?} {right}");
                    assert!(rect.right() >= TRIM.width && rect.foot() >= TRIM.height, "{pixels:?} {right}");
                    let point = rect.origin.x + rect.size.width.scale(i64::from(right), 1000);
                    let slack = Length::mm(0.1);
                    assert!(point + slack >= front.origin.x, "{pixels:?} {right}: {point:?}");
                    assert!(point <= front.right() + slack, "{pixels:?} {right}: {point:?}");
                }
            }
        }
    }

    #[test]
    fn a_picture_whose_focus_cannot_come_to_the_front_is_not_made_larger() {
        let least = placed((3200, 2200), None, TRIM, front(0)).0;
        for (front, right) in [(front(170), 100), (front(0), 900)] {
            let (rect, reaches) = placed((3200, 2200), Some((right, 500)), TRIM, front);
            assert!(!reaches && rect.size == least.size, "{right}: {rect:?}");
        }
    }

    #[test]
    fn a_shade_has_its_last_edge_beyond_the_fold() {
        let spine = Rect::new(Length::mm(150.0), Length::ZERO, Length::mm(20.0), Length::mm(220.0));
        for veil in shade(spine, Length::mm(2.0), Colour::BLACK) {
            let MarkKind::Veil { rect, .. } = veil.kind else { panic!("a shade is of veils") };
            assert!(rect.origin.x <= Length::mm(148.0) && rect.right() >= Length::mm(172.0));
        }
    }
}
