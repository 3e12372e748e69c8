//! Full pages: a picture that has a page to itself reaches over the edges where they are cut, to them on a screen, and
//! as near to them as an office printer prints.

use super::galley::Full;
use super::shop::Shop;
use super::strip::{Strip, shift_mark};
use crate::page::{MarkKind, Page};
use crate::units::{Length, Point, Rect, Size};

/// What an office printer leaves white.
const OFFICE_EDGE: Length = Length::inches(0.25);
/// Of a picture that fills its page at most this share is cut off, in thousandths; one that would lose more is shown
/// whole.
const CUT: i64 = 200;

/// Gives the picture of a strip, which is the only piece of its page, as much of the page as its words leave: they are
/// the last of the type area. One over two pages is cut at the fold, with as much white on either side of it as the
/// printer leaves at an edge.
pub(super) fn fill(shop: &Shop<'_>, page: &Page, strip: &mut Strip, full: Full) {
    let design = &shop.theme.page;
    let bleeds = design.screen || design.bleed > Length::ZERO;
    let edge = if bleeds { -design.bleed } else { OFFICE_EDGE };
    let gap = shop.grid() / 2;
    let across = page.size.width;
    let (width, shift) = match full {
        Full::Page(_) => (across, Length::ZERO),
        Full::Verso(_) => (across * 2, Length::ZERO),
        Full::Recto(_) => (across * 2, across),
    };
    let (Full::Page(words) | Full::Verso(words) | Full::Recto(words)) = full;
    let head = words_head(strip).filter(|_| words > Length::ZERO);
    let foot = match full {
        Full::Page(_) => head.map_or(page.size.height - edge, |head| head - gap),
        // On both pages it leaves the same room.
        _ if words > Length::ZERO => design.head + shop.turned_measure() - words - gap,
        _ => page.size.height - edge,
    };
    let frame = Rect::new(edge, edge, width - edge * 2, foot - edge);
    let fold = if bleeds { Length::ZERO } else { OFFICE_EDGE };
    let mut end = None;
    for mark in &mut strip.marks {
        let MarkKind::Picture { asset, rect, clip } = &mut mark.kind else { continue };
        let picture = shop.book.assets.get(*asset);
        let pixels = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        let (whole, shown) = fitted(frame, pixels);
        let seen = match full {
            Full::Page(_) => shown,
            Full::Verso(_) => between(shown, shown.origin.x, across - fold),
            Full::Recto(_) => between(shown, across + fold, shown.right()),
        };
        let moved = |rect: Rect| Rect { origin: Point::new(rect.origin.x - shift, rect.origin.y), ..rect };
        (*rect, *clip) = (moved(whole), Some(moved(seen)));
        end = Some(shown.foot());
    }
    // Under a picture that leaves some of the page its words follow it.
    if let (Some(end), Some(head)) = (end, head)
        && end + gap < head
    {
        let up = Point::new(Length::ZERO, end + gap - head);
        let picture = |mark: &crate::page::Mark| matches!(mark.kind, MarkKind::Picture { .. });
        strip.marks.iter_mut().filter(|mark| !picture(mark)).for_each(|mark| shift_mark(mark, up));
        for link in &mut strip.links {
            link.rect.origin.y += up.y;
        }
    }
}

/// What of a rectangle lies between two verticals.
fn between(rect: Rect, left: Length, right: Length) -> Rect {
    Rect::new(left, rect.origin.y, (right - left).max(Length::ZERO), rect.size.height)
}

/// Where the words of a strip begin: about the height of their capitals above the first baseline.
fn words_head(strip: &Strip) -> Option<Length> {
    let lines = strip.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Text(run) => Some(run.origin.y - run.size.scale(3, 4)),
        _ => None,
    });
    lines.min()
}

/// A picture in a frame: where all of it lies, and what is seen of it. It covers the frame if not too much is cut off,
/// else it is as wide as the frame, or as high, from its head down.
fn fitted(frame: Rect, (across, down): (i64, i64)) -> (Rect, Rect) {
    let Size { width, height } = frame.size;
    let by_width = width.scale(down, across);
    let by_height = height.scale(across, down);
    let (covering, contained) = match by_width >= height {
        true => (Size::new(width, by_width), Size::new(by_height, height)),
        false => (Size::new(by_height, height), Size::new(width, by_width)),
    };
    let over = |whole: Length, shown: Length| (whole - shown).to_sp() * 1000 / whole.to_sp().max(1);
    let cut = over(covering.width, width).max(over(covering.height, height));
    if cut <= CUT {
        let x = frame.origin.x - (covering.width - width) / 2;
        let y = frame.origin.y - (covering.height - height) / 2;
        return (Rect { origin: Point::new(x, y), size: covering }, frame);
    }
    let x = frame.origin.x + (width - contained.width) / 2;
    let whole = Rect { origin: Point::new(x, frame.origin.y), size: contained };
    (whole, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect {
        origin: Point { x: Length::pt(-9.0), y: Length::pt(-9.0) },
        size: Size::new(Length::pt(450.0), Length::pt(666.0)),
    };

    #[test]
    fn a_picture_of_nearly_the_form_of_the_page_covers_it() {
        let (whole, shown) = fitted(FRAME, (2000, 3000));
        assert_eq!(shown, FRAME);
        assert!(whole.contains(&FRAME));
    }

    #[test]
    fn a_picture_of_another_form_is_shown_whole() {
        let (whole, shown) = fitted(FRAME, (3000, 2000));
        assert_eq!(whole, shown, "nothing is cut off");
        assert_eq!(shown, Rect::new(FRAME.origin.x, FRAME.origin.y, FRAME.size.width, Length::pt(300.0)));
        let (_, tall) = fitted(FRAME, (1000, 3000));
        assert_eq!(tall.size, Size::new(Length::pt(222.0), Length::pt(666.0)));
    }
}
