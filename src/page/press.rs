//! What a press wants of finished pages: matter that reaches over the trim, a page count that can be bound.

use std::collections::BTreeSet;

use super::{Mark, MarkKind, NodeId, OutlineEntry, Page, PageKind, Pages};
use crate::book::page_map::PageEntry;
use crate::book::{AssetId, Folio, PageIndex};
use crate::units::{Colour, Length, Point, Rect, Size};

/// Nearer to the trim than this is at the trim.
const AT_THE_TRIM: Length = Length::pt(0.05);

impl Pages {
    /// Carries grounds and pictures that end at the trim over it, as far as the bleed.
    pub fn bleed_over(&mut self) {
        let bleed = self.bleed;
        if bleed <= Length::ZERO {
            return;
        }
        for page in &mut self.pages {
            let size = page.size;
            for mark in page.marks.iter_mut().filter(|mark| mark.transform.is_none()) {
                match &mut mark.kind {
                    MarkKind::Fill { rect, .. } | MarkKind::Veil { rect, .. } => *rect = bled(*rect, size, bleed),
                    MarkKind::Picture { rect, clip, .. } => {
                        let frame = clip.unwrap_or(*rect);
                        let wider = bled(frame, size, bleed);
                        if wider != frame {
                            *rect = covering(*rect, wider);
                            *clip = Some(wider);
                        }
                    }
                    MarkKind::Text(_) | MarkKind::Outline { .. } => {}
                }
            }
        }
    }

    /// Whether anything reaches over the trim.
    pub fn bleeds(&self) -> bool {
        self.pages.iter().any(|page| {
            let paper = Rect { origin: Point::default(), size: page.size };
            page.marks.iter().filter(|mark| mark.transform.is_none()).any(|mark| match &mark.kind {
                MarkKind::Fill { rect, .. } | MarkKind::Veil { rect, .. } => !paper.contains(rect),
                MarkKind::Picture { rect, clip, .. } => !paper.contains(&clip.unwrap_or(*rect)),
                MarkKind::Text(_) | MarkKind::Outline { .. } => false,
            })
        })
    }

    /// Adds empty pages until the count is a multiple, and until the last one is empty if it must be.
    pub fn fill_up(&mut self, multiple: usize, blank_last: bool) {
        let Some(last) = self.pages.last() else { return };
        let (size, mut side) = (last.size, last.side);
        let mut folio = last.folio;
        let mut empty = last.marks.is_empty();
        while !self.pages.len().is_multiple_of(multiple.max(1)) || (blank_last && !empty) {
            side = side.opposite();
            folio = folio.map(|folio| match folio {
                Folio::Roman(number) => Folio::Roman(number + 1),
                Folio::Arabic(number) => Folio::Arabic(number + 1),
            });
            empty = true;
            self.map.pages.push(PageEntry { folio, first: None });
            let (marks, links) = (Vec::new(), Vec::new());
            self.pages.push(Page { size, side, folio, kind: PageKind::Blank, marks, links, areas: Vec::new() });
        }
    }

    /// Puts pages in before the back cover, or at the end where there is none; what leads to the pages behind them
    /// follows.
    pub fn put_before_back_cover(&mut self, more: Vec<Page>) {
        let back = self.pages.iter().rposition(|page| page.kind == PageKind::BackCover);
        let at = back.filter(|at| *at + 1 == self.pages.len()).unwrap_or(self.pages.len());
        let count = more.len() as u32;
        let moved = |page: u32| if page as usize >= at { page + count } else { page };
        self.map.move_pages(|page| PageIndex(moved(page.0)));
        let empty = more.iter().map(|page| PageEntry { folio: page.folio, first: None });
        self.map.pages.splice(at..at, empty.collect::<Vec<_>>());
        for (page, _) in self.destinations.values_mut() {
            *page = moved(*page);
        }
        move_outline(&mut self.outline, &moved);
        for id in (0..self.structure.len()).map(|id| NodeId(id as u32)) {
            if let Some((page, _)) = &mut self.structure.node_mut(id).bounds {
                *page = moved(*page);
            }
        }
        if count % 2 == 1 {
            for page in &mut self.pages[at..] {
                page.side = page.side.opposite();
            }
        }
        self.pages.splice(at..at, more);
    }

    /// Sets pages without pictures in black and greys: letters in black, unless they are pale on a dark ground; covers
    /// and pages with pictures keep their colours.
    pub fn grey_plain_pages(&mut self) {
        const PALE: u8 = 0x90;
        let pictured = |page: &Page| page.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Picture { .. }));
        let plain = |page: &&mut Page| matches!(page.kind, PageKind::Inside | PageKind::Blank) && !pictured(page);
        for mark in self.pages.iter_mut().filter(plain).flat_map(|page| &mut page.marks) {
            match &mut mark.kind {
                MarkKind::Text(run) if run.colour.is_grey() => {}
                MarkKind::Text(run) => {
                    let grey = run.colour.grey();
                    run.colour = if grey.red < PALE { Colour::BLACK } else { grey };
                }
                MarkKind::Fill { colour, .. } | MarkKind::Veil { colour, .. } | MarkKind::Outline { colour, .. } => {
                    *colour = colour.grey()
                }
                MarkKind::Picture { .. } => {}
            }
        }
    }

    /// Whether a page has any colour; `in_colour` says it of pictures.
    pub fn page_has_colour(&self, page: usize, in_colour: &dyn Fn(AssetId) -> bool) -> bool {
        let marks = self.pages.get(page).map(|page| page.marks.as_slice()).unwrap_or_default();
        marks.iter().any(|mark| match &mark.kind {
            MarkKind::Text(run) => !run.colour.is_grey(),
            MarkKind::Fill { colour, .. } | MarkKind::Veil { colour, .. } | MarkKind::Outline { colour, .. } => {
                !colour.is_grey()
            }
            MarkKind::Picture { asset, .. } => in_colour(*asset),
        })
    }

    /// How much veils hide, in thousandths; nothing where there are none.
    pub fn veiled(&self) -> BTreeSet<u16> {
        let share = |mark: &Mark| match mark.kind {
            MarkKind::Veil { share, .. } => Some(share),
            _ => None,
        };
        self.pages.iter().flat_map(|page| &page.marks).filter_map(share).collect()
    }

    /// Whether letters, rules and grounds have any colour; pictures are not looked at.
    pub fn have_colour(&self) -> bool {
        let coloured = |colour: &Colour| !colour.is_grey();
        self.pages.iter().flat_map(|page| &page.marks).any(|mark| match &mark.kind {
            MarkKind::Text(run) => coloured(&run.colour),
            MarkKind::Fill { colour, .. } | MarkKind::Veil { colour, .. } | MarkKind::Outline { colour, .. } => {
                coloured(colour)
            }
            MarkKind::Picture { .. } => false,
        })
    }
}

fn move_outline(entries: &mut [OutlineEntry], moved: &dyn Fn(u32) -> u32) {
    for entry in entries {
        entry.page = moved(entry.page);
        move_outline(&mut entry.kids, moved);
    }
}

/// A rectangle with those of its edges that lie at the trim moved out.
fn bled(rect: Rect, page: Size, bleed: Length) -> Rect {
    let out = |at_the_trim: bool| if at_the_trim { bleed } else { Length::ZERO };
    let left = out(rect.origin.x.abs() <= AT_THE_TRIM);
    let head = out(rect.origin.y.abs() <= AT_THE_TRIM);
    let right = out((rect.right() - page.width).abs() <= AT_THE_TRIM);
    let foot = out((rect.foot() - page.height).abs() <= AT_THE_TRIM);
    Rect {
        origin: Point::new(rect.origin.x - left, rect.origin.y - head),
        size: Size::new(rect.size.width + left + right, rect.size.height + head + foot),
    }
}

/// A picture's rectangle made larger around its middle, in proportion, until it covers a frame.
fn covering(picture: Rect, frame: Rect) -> Rect {
    let middle = Point::new(picture.origin.x + picture.size.width / 2, picture.origin.y + picture.size.height / 2);
    let reach = |from: Length, to: Length, at: Length| (at - from).max(to - at) * 2;
    let width = reach(frame.origin.x, frame.right(), middle.x).max(picture.size.width);
    let height = reach(frame.origin.y, frame.foot(), middle.y).max(picture.size.height);
    let by_width = picture.size.height.scale(width.to_sp(), picture.size.width.to_sp().max(1));
    let (width, height) = if by_width >= height {
        (width, by_width)
    } else {
        (picture.size.width.scale(height.to_sp(), picture.size.height.to_sp().max(1)), height)
    };
    Rect::new(middle.x - width / 2, middle.y - height / 2, width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Size = Size::new(Length::pt(100.0), Length::pt(200.0));

    #[test]
    fn only_edges_at_the_trim_bleed() {
        let pt = Length::pt;
        let band = Rect::new(pt(0.0), pt(0.0), pt(100.0), pt(30.0));
        assert_eq!(bled(band, PAGE, pt(9.0)), Rect::new(pt(-9.0), pt(-9.0), pt(118.0), pt(39.0)));
        let inside = Rect::new(pt(5.0), pt(5.0), pt(50.0), pt(30.0));
        assert_eq!(bled(inside, PAGE, pt(9.0)), inside);
    }

    #[test]
    fn a_picture_grows_in_proportion_until_it_covers_its_frame() {
        let pt = Length::pt;
        let picture = Rect::new(pt(0.0), pt(0.0), pt(100.0), pt(50.0));
        let frame = Rect::new(pt(-10.0), pt(-10.0), pt(120.0), pt(60.0));
        let grown = covering(picture, frame);
        assert!(grown.contains(&frame), "{grown:?}");
        let ratio = grown.size.width.to_pt() / grown.size.height.to_pt();
        assert!((ratio - 2.0).abs() < 0.001);
    }
}
