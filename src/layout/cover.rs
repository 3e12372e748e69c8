//! Covers: the band, the art, the panel with the title; the back has a room of its own.

mod back;
mod foot;

use super::placed::{PageFacts, PlacedFlow};
use super::shop::Shop;
use super::strip::{Anchor, Strip};
use super::text::Job;
use crate::book::division::{Cover, CoverLayout};
use crate::book::{AssetId, Division, InlineKind, TextBlock, plain};
use crate::diagnostic::Diagnostics;
use crate::page::{Artifact, MarkKind, NodeId, Owner, Page, PageKind, Structure, Tag, VEILS, veils};
use crate::theme::colour::{GRAPHICS, contrast};
use crate::theme::{Alignment, CROWDED_COVER_LEAST, Ink, Role, Style};
use crate::units::{Colour, Length, Point, Rect, Side, Size};

/// A cover page.
pub(super) struct Placed {
    page: Page,
    structure: Structure,
    anchors: Vec<Anchor>,
    diagnostics: Diagnostics,
}

impl From<Placed> for PlacedFlow {
    fn from(placed: Placed) -> PlacedFlow {
        let Placed { page, structure, anchors, diagnostics } = placed;
        let tops = anchors.into_iter().map(|anchor| (Length::ZERO, anchor)).collect();
        PlacedFlow { pages: vec![(page, tops, PageFacts::default())], structure, diagnostics }
    }
}

/// Height of the band at the head.
const BAND: Length = Length::inches(0.78);

/// Height of the logo in it.
const LOGO: Length = Length::inches(0.36);

/// The rule between title and names.
const RULE: Length = Length::pt(2.0);

/// Between groups of words under the art.
const GAP: Length = Length::pt(14.0);

/// Between what stands side by side.
const BESIDE: Length = Length::pt(12.0);

/// How much of the height of a cover without a picture its title may take, in thousandths.
const FILLED: i64 = 420;

/// How much of the height of a back cover words may take that are larger than the book's, in thousandths.
const WORDS: i64 = 300;

/// What the band keeps clear at its edge.
const CLEAR: Length = Length::pt(4.0);

/// The shares of the letters' size that are tried, in thousandths.
/// How a picture and words share a cover: where the picture ends, the least share of the title's size, how many lines it
/// may have, and the most of the subtitle's size.
const DEPTHS: [(i64, i64, i64, i64); 12] = [
    (640, 1000, 4, 1000),
    (640, 1000, 4, 800),
    (640, 1000, 4, 670),
    (590, 1000, 4, 670),
    (540, 1000, 4, 670),
    (490, 1000, 4, 670),
    (450, 700, 4, 670),
    (450, 620, 5, 670),
    (400, 470, 6, 670),
    (320, 400, 7, 670),
    (240, 330, 8, 670),
    (160, 250, 12, 670),
];

const SHARES: [i64; 11] = [1000, 900, 800, 700, 620, 540, 470, 400, 330, 290, 250];

/// The words of a front cover, settled before anything is painted.
struct Panel<'c> {
    /// Where the art ends.
    art: Length,
    /// Where the words begin.
    top: Length,
    rows: Vec<Row<'c>>,
    /// How high the words at the foot are.
    house: Length,
    /// Whether something has no room at any size that was tried.
    crowded: bool,
}

/// Words or a rule under the art.
struct Row<'c> {
    what: What<'c>,
    style: Style,
    above: Length,
    /// Its share of the width, in tenths.
    share: i64,
}

#[derive(Clone, Copy)]
enum What<'c> {
    Text(&'c TextBlock),
    Rule,
    /// Names, and beside them the date in its style.
    Beside(&'c TextBlock, &'c TextBlock, Style),
}

/// How the words of a cover fit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Something has no room.
    Not,
    /// All has room, but a line of the title ends where none should.
    Awkwardly,
    /// All has room.
    Well,
}

/// The first of some ways to set the words of a cover, largest first, that has room for them. One that parts the title
/// better is taken instead if its letters are not much smaller: seven tenths.
fn largest_that_fits<'c>(tries: impl Iterator<Item = (Panel<'c>, Fit, i64)>) -> Option<Panel<'c>> {
    let (mut fair, mut last): (Option<(Panel<'c>, i64)>, _) = (None, None);
    for (panel, fit, share) in tries {
        let near = fair.as_ref().is_none_or(|(_, large)| share * 10 >= large * 7);
        match fit {
            _ if !near => break,
            Fit::Well => return Some(panel),
            Fit::Awkwardly if fair.is_none() => fair = Some((panel, share)),
            _ => last = Some(Panel { crowded: true, ..panel }),
        }
    }
    fair.map(|(panel, _)| panel).or(last)
}

struct Sheet<'a, 'b> {
    shop: &'a Shop<'b>,
    strip: Strip,
    structure: Structure,
    sect: NodeId,
    diagnostics: Diagnostics,
    size: Size,
    /// Left edge of the words.
    left: Length,
    /// Whether the words are in the colour of paper, on ink.
    pale: bool,
    /// The ground behind all of them, if they have one.
    ground: Option<Colour>,
    /// How large the words of a back cover are, in thousandths of a biography's.
    words: i64,
    /// No letters are smaller.
    least: Length,
    /// Whether something has no room at that.
    crowded: bool,
}

/// The front cover.
pub(super) fn front(shop: &Shop<'_>, division: &Division, side: Side) -> Placed {
    let blank = Cover::default();
    let cover = division.cover.as_ref().unwrap_or(&blank);
    let mut sheet = Sheet::new(shop);
    sheet.lay_out(cover);
    if sheet.crowded && sheet.least > CROWDED_COVER_LEAST {
        sheet = Sheet { least: CROWDED_COVER_LEAST, ..Sheet::new(shop) };
        sheet.lay_out(cover);
    }
    sheet.finish(division, side, PageKind::Cover)
}

/// Whether anything stands in the band at the head.
fn has_band(cover: &Cover) -> bool {
    cover.series.is_some() || cover.logo.is_some()
}

/// Whether names stand under each other.
fn is_of_lines(names: &TextBlock) -> bool {
    names.content.iter().any(|inline| matches!(inline.kind, InlineKind::LineBreak))
}

/// Where people work stands in lighter letters than their names, which are strong by themselves there.
fn names_style(cover: &Cover, style: Style) -> Style {
    let strong = |names: &TextBlock| names.content.iter().any(|inline| matches!(inline.kind, InlineKind::Strong(_)));
    if cover.byline.as_ref().is_some_and(strong) { Style { weight: style.weight.min(400), ..style } } else { style }
}

/// The back cover.
pub(super) fn back(shop: &Shop<'_>, division: &Division, side: Side) -> Placed {
    let mut sheet = Sheet::new(shop);
    if let Some(cover) = &division.cover {
        sheet.back(cover);
    }
    sheet.finish(division, side, PageKind::BackCover)
}

impl<'a, 'b> Sheet<'a, 'b> {
    fn new(shop: &'a Shop<'b>) -> Sheet<'a, 'b> {
        let mut structure = Structure::new();
        let sect = structure.add(Structure::ROOT, Tag::Sect);
        let size = shop.theme.page.trim;
        Sheet {
            shop,
            strip: Strip::default(),
            structure,
            sect,
            diagnostics: Diagnostics::new(),
            size,
            left: size.width.scale(112, 1000),
            pale: false,
            ground: None,
            words: 1000,
            least: shop.theme.smallest,
            crowded: false,
        }
    }

    /// Paints a front cover.
    fn lay_out(&mut self, cover: &Cover) {
        match (&cover.picture, cover.whole) {
            (Some((asset, alt)), true) => self.whole_picture(*asset, alt.as_deref(), cover.focus),
            (picture, _) => match cover.layout.unwrap_or(self.shop.theme.cover) {
                CoverLayout::Strip => self.strip(cover),
                _ if cover.around && picture.is_some() => self.veiled(cover),
                // Without a picture the words have the page: no empty slab.
                _ if picture.is_none() => self.plain(cover),
                CoverLayout::Plain => self.plain(cover),
                CoverLayout::Foot => self.foot_picture(cover),
                CoverLayout::Bleed if self.may_veil() => self.veiled(cover),
                CoverLayout::Bleed | CoverLayout::Whole => self.front(cover),
            },
        }
    }

    fn finish(self, division: &Division, side: Side, kind: PageKind) -> Placed {
        let page = Page {
            size: self.size,
            side,
            folio: None,
            kind,
            marks: self.strip.marks,
            links: self.strip.links,
            areas: Vec::new(),
        };
        let anchors = vec![Anchor::Division(division.id)];
        Placed { page, structure: self.structure, anchors, diagnostics: self.diagnostics }
    }

    /// How far art keeps from the sheet's edge: a quarter inch on office printers, nothing on screens or with bleed.
    fn edge(&self) -> Length {
        let page = &self.shop.theme.page;
        if page.screen || page.bleed > Length::ZERO { Length::ZERO } else { Length::inches(0.25) }
    }

    /// Left edge of the words on the cover.
    fn margin(&self) -> Length {
        self.left
    }

    fn fill(&mut self, rect: Rect, colour: Colour) {
        self.strip.paint(Owner::Artifact(Artifact::Background), MarkKind::Fill { rect, colour });
    }

    /// A picture cut to fill a rectangle.
    fn picture(&mut self, asset: AssetId, alt: Option<&str>, frame: Rect, focus: Option<(u16, u16)>) {
        let picture = self.shop.book.assets.get(asset);
        let (across, down) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        let by_width = frame.size.width.scale(down, across);
        let (width, height) = if by_width >= frame.size.height {
            (frame.size.width, by_width)
        } else {
            (frame.size.height.scale(across, down), frame.size.height)
        };
        // The point that every crop keeps comes as near to the middle as the picture's edges let it.
        let (across, down) = focus.unwrap_or((500, 500));
        let hidden = |whole: Length, shown: Length, focus: u16| {
            (whole.scale(i64::from(focus), 1000) - shown / 2).min(whole - shown).max(Length::ZERO)
        };
        let x = frame.origin.x - hidden(width, frame.size.width, across);
        let y = frame.origin.y - hidden(height, frame.size.height, down);
        let owner = self.figure(asset, alt);
        let rect = Rect::new(x, y, width, height);
        self.strip.paint(owner, MarkKind::Picture { asset, rect, clip: Some(frame) });
    }

    fn figure(&mut self, asset: AssetId, alt: Option<&str>) -> Owner {
        match alt {
            Some(alt) => {
                let node = self.structure.add(self.sect, Tag::Figure { asset: Some(asset) });
                self.structure.node_mut(node).alt = Some(alt.to_owned());
                Owner::Content(self.structure.content(node))
            }
            None => Owner::Artifact(Artifact::Background),
        }
    }

    /// The picture is the cover: over its edges where it bleeds, to a quarter inch on office printers.
    fn whole_picture(&mut self, asset: AssetId, alt: Option<&str>, focus: Option<(u16, u16)>) {
        let edge = self.edge();
        let frame = Rect::new(edge, edge, self.size.width - edge * 2, self.size.height - edge * 2);
        self.picture(asset, alt, frame, focus);
    }

    fn front(&mut self, cover: &Cover) {
        let (size, edge, margin) = (self.size, self.edge(), self.margin());
        let ink = self.shop.theme.palette.ink;
        let width = size.width - margin * 2;
        let panel = self.fitted(cover, width);
        let art_foot = panel.art;
        let bleed = self.shop.theme.page.bleed;
        let frame = Rect::new(edge - bleed, edge - bleed, size.width - (edge - bleed) * 2, art_foot - edge + bleed);
        self.fill(frame, ink);
        if let Some((asset, alt)) = &cover.picture {
            // A band with nothing in it would be a slab.
            let head = if has_band(cover) { BAND } else { frame.origin.y };
            let art = Rect::new(frame.origin.x, head, frame.size.width, art_foot - head);
            self.picture(*asset, alt.as_deref(), art, cover.focus);
            let band = Rect::new(frame.origin.x, frame.origin.y, frame.size.width, head - frame.origin.y);
            if has_band(cover) {
                self.fill(band, ink);
            }
        }
        self.band_words(cover, width);
        self.panel(cover, &panel, width);
    }

    /// Series and logo in the band at the head.
    fn band_words(&mut self, cover: &Cover, width: Length) {
        let (size, edge, margin) = (self.size, self.edge(), self.margin());
        // The series keeps clear of the logo, and gets smaller until the band has room for it.
        let logo = cover.logo.as_ref().map_or(Length::ZERO, |(logo, _)| self.logo_width(*logo) + BESIDE);
        if let Some(series) = &cover.series {
            let width = width - logo;
            let shares = [1000, 900, 800, 700, 620];
            // On a ground of its own the band is no ink.
            let own = *self.shop.style(Role::CoverSeries);
            let own = if self.ground.is_some() { Style { ink: Ink::Deep, ..own } } else { own };
            let style = |share: i64| own.scaled(share, self.least);
            let room = BAND.scale(48, 100) - CLEAR;
            let fits = |share: &&i64| self.measured(series, style(**share), width).0 <= room;
            let share = shares.iter().find(fits).copied();
            self.crowded |= share.is_none();
            let style = style(share.unwrap_or(620));
            let height = self.measured(series, style, width).0;
            let top = BAND.scale(52, 100).min((BAND - CLEAR - height).max(edge));
            let x = if self.is_mirrored() { margin + logo } else { margin };
            self.styled(series, style, Point::new(x, top), width);
        }
        if let Some((logo, alt)) = &cover.logo {
            let across = self.logo_width(*logo);
            let picture = self.shop.book.assets.get(*logo);
            let down = across.scale(i64::from(picture.height.max(1)), i64::from(picture.width.max(1)));
            let x = if self.is_mirrored() { margin } else { size.width - margin - across };
            let rect = Rect::new(x, BAND.scale(1, 2) - down / 2 + edge / 3, across, down);
            self.plate(cover, rect, self.ground.unwrap_or(self.shop.theme.palette.ink));
            let owner = self.figure(*logo, alt.as_deref());
            self.strip.paint(owner, MarkKind::Picture { asset: *logo, rect, clip: None });
        }
    }

    /// A ground behind a logo whose colours could not be told from what lies behind it.
    fn plate(&mut self, cover: &Cover, logo: Rect, behind: Colour) {
        // What has less contrast than this is not seen as a shape.
        const SEEN: i64 = 170;
        let seen = cover.logo_shades.iter().filter(|shade| contrast(**shade, behind) >= SEEN).count();
        if cover.logo_shades.is_empty() || seen * 10 >= cover.logo_shades.len() * 6 {
            return;
        }
        let ink = self.shop.theme.palette.ink;
        let paper = Colour::WHITE;
        let colour = if contrast(paper, behind) > contrast(ink, behind) { paper } else { ink };
        let room = BAND.scale(1, 10);
        let rect = Rect::new(
            logo.origin.x - room,
            logo.origin.y - room,
            logo.size.width + room * 2,
            logo.size.height + room * 2,
        );
        self.fill(rect, colour);
    }

    /// Whether the picture may run into ink: where the theme has it so, and not on a press, since some take no veils.
    fn may_veil(&self) -> bool {
        self.shop.theme.scrim > 0 && self.shop.theme.page.covers
    }

    /// The picture over the whole page, which runs into ink behind the words at its foot.
    fn veiled(&mut self, cover: &Cover) {
        let (size, edge) = (self.size, self.edge());
        self.left = size.width.scale(88, 1000).max(edge + GAP);
        self.pale = true;
        let (margin, ink) = (self.margin(), self.shop.theme.palette.ink);
        let width = size.width - margin * 2;
        let bleed = self.shop.theme.page.bleed;
        let (x, high) = (edge - bleed, size.height - (edge - bleed) * 2);
        let frame = Rect::new(x, x, size.width - x * 2, high);
        self.fill(frame, ink);
        if let Some((asset, alt)) = &cover.picture {
            self.picture(*asset, alt.as_deref(), frame, cover.focus);
        }
        let panel = self.at_the_foot(cover, width);
        // All ink where the words begin, whatever the picture is.
        let start = size.height.scale(1000 - i64::from(self.shop.theme.scrim), 1000);
        let start = start.min(panel.top - size.height / 6).max(frame.origin.y);
        let whole = panel.top.max(start + size.height / 6).min(frame.foot());
        self.scrim(frame, start, whole);
        self.fill(Rect::new(x, whole, frame.size.width, frame.foot() - whole), ink);
        if has_band(cover) {
            self.scrim(Rect::new(x, x, frame.size.width, BAND * 2 - x), BAND * 2, x);
        }
        self.band_words(cover, width);
        self.panel(cover, &panel, width);
    }

    /// Veils over a part of the page, from none at one height to all of the ink at another: each lies over all
    /// that is to be darker, so that no seam shows between them.
    fn scrim(&mut self, frame: Rect, none: Length, all: Length) {
        let colour = self.shop.theme.palette.ink;
        let down = all > none;
        for (seen, share) in veils() {
            let y = none + (all - none).scale(i64::from(VEILS - seen), i64::from(VEILS));
            let rect = match down {
                true => Rect::new(frame.origin.x, y, frame.size.width, (all - y).max(Length::ZERO)),
                false => Rect::new(frame.origin.x, all, frame.size.width, (y - all).max(Length::ZERO)),
            };
            self.strip.paint(Owner::Artifact(Artifact::Background), MarkKind::Veil { rect, colour, share });
        }
    }

    /// Words that end above the house at the foot, as large as half of the page has room for.
    fn at_the_foot<'c>(&self, cover: &'c Cover, width: Length) -> Panel<'c> {
        let house = self.house_height(cover, width);
        let foot = self.foot() - house - GAP;
        let tries = SHARES.into_iter().map(|share| {
            let (mut rows, mut height, fit) = self.rows(cover, width, (share, 1000), 5);
            // The names keep clear of the title.
            if let Some(rule) = rows.iter_mut().find(|row| matches!(row.what, What::Rule)) {
                rule.above += GAP * 2;
                height += GAP * 2;
            }
            let panel = Panel { art: self.size.height, top: foot - height, rows, house, crowded: false };
            (panel, if height <= self.size.height.scale(11, 20) { fit } else { Fit::Not }, share)
        });
        largest_that_fits(tries).expect("a share was tried")
    }

    /// Words alone: the band at the head, and the title as large as the page lets it be.
    fn plain(&mut self, cover: &Cover) {
        let (size, edge, margin) = (self.size, self.edge(), self.margin());
        let bleed = self.shop.theme.page.bleed;
        let width = size.width - margin * 2;
        let frame = match has_band(cover) {
            true => Rect::new(edge - bleed, edge - bleed, size.width - (edge - bleed) * 2, BAND - edge + bleed),
            // With nothing to stand in the band, a rule over the words.
            false => Rect::new(margin, BAND, width, RULE * 2),
        };
        let ink = self.shop.theme.palette.ink;
        match self.shop.theme.cover_ground() {
            Some(ground) => {
                let from = edge - bleed;
                let whole = Rect::new(from, from, size.width - from * 2, size.height - from * 2);
                self.fill(whole, ground);
                self.pale = contrast(Colour::WHITE, ground) > contrast(self.shop.theme.palette.text, ground);
                self.ground = Some(ground);
            }
            None => self.fill(frame, ink),
        }
        self.band_words(cover, width);
        let foot = self.foot() - self.house_height(cover, width) - GAP;
        let panel = self.filling(cover, width, foot);
        self.panel(cover, &panel, width);
    }

    /// The words of a cover without a picture: the title as large as the page has room for, so that it has no empty half.
    fn filling<'c>(&self, cover: &'c Cover, width: Length, foot: Length) -> Panel<'c> {
        const TOPS: [(i64, i64, i64); 4] = [(280, 700, 5), (220, 470, 7), (160, 330, 9), (130, 250, 14)];
        const LARGER: [i64; 9] = [2600, 2350, 2100, 1900, 1700, 1500, 1350, 1200, 1100];
        // A large title takes no more of the page than this.
        let (most, leading) = (self.size.height.scale(FILLED, 1000), self.shop.style(Role::CoverTitle).leading);
        let house = self.house_height(cover, width);
        let tries = LARGER.into_iter().chain(SHARES).flat_map(|share| {
            let tops = TOPS.into_iter().filter(move |(_, least, _)| share >= *least);
            tops.map(move |(top, _, lines)| {
                let top = self.size.height.scale(top, 1000);
                let within = match share {
                    700.. => (most.to_sp() / leading.scale(share, 1000).to_sp().max(1)).min(lines),
                    _ => lines,
                };
                let (rows, height, fit) = self.rows(cover, width, (share, 1500), within);
                let fit = if top + height <= foot { fit } else { Fit::Not };
                (Panel { art: top, top, rows, house, crowded: false }, fit, share)
            })
        });
        largest_that_fits(tries).unwrap_or_else(|| self.fitted(cover, width))
    }

    /// The picture as a strip where lines begin in books read from the left, the words on a ground beside it; on the
    /// other side in books read from the right.
    fn strip(&mut self, cover: &Cover) {
        let (size, edge) = (self.size, self.edge());
        let bleed = self.shop.theme.page.bleed;
        // The picture gives way where large print has no room for the words beside it.
        let shares = [324, 220, 140].map(|share| size.width.scale(share, 1000));
        let across = shares.into_iter().find(|across| self.has_room_beside(cover, *across)).unwrap_or(shares[2]);
        let (left, high) = (edge - bleed, size.height - (edge - bleed) * 2);
        let palette = self.shop.theme.palette;
        let mirrored = self.is_mirrored();
        let (words_at, art_at) = if mirrored { (left, size.width - across) } else { (across, left) };
        self.fill(Rect::new(words_at, left, size.width - across - left, high), palette.ground);
        let art = Rect::new(art_at, left, across - left, high);
        let alt = cover.picture.as_ref().and_then(|(_, alt)| alt.as_deref());
        match (cover.strip, &cover.picture) {
            (Some(asset), _) => self.picture(asset, alt, art, None),
            (None, Some((asset, _))) => self.picture(*asset, alt, art, cover.focus),
            (None, None) => self.fill(art, palette.ink),
        }
        let (inner, outer) = (size.width.scale(59, 1000), size.width.scale(59, 1000).max(edge + GAP));
        self.left = if mirrored { outer } else { across + inner };
        let width = size.width - across - inner - outer;
        let mut series_foot = size.height.scale(78, 1000);
        if let Some(series) = &cover.series {
            let style = Style { ink: Ink::Deep, ..*self.shop.style(Role::CoverSeries) };
            series_foot += self.styled(series, style, Point::new(self.left, series_foot), width);
        }
        let mut foot = self.foot() - self.house_height(cover, width) - GAP;
        if let Some((logo, alt)) = &cover.logo {
            let picture = self.shop.book.assets.get(*logo);
            let (high, wide) = (i64::from(picture.height.max(1)), i64::from(picture.width.max(1)));
            let across = LOGO.scale(wide, high).min(width / 2);
            let down = across.scale(high, wide);
            let align = self.shop.style(Role::CoverPublisher).align;
            let rect = Rect::new(self.left + self.over(align, width - across), foot - down, across, down);
            let behind = if self.pale { self.shop.theme.palette.ink } else { self.shop.theme.palette.ground };
            self.plate(cover, rect, behind);
            let owner = self.figure(*logo, alt.as_deref());
            self.strip.paint(owner, MarkKind::Picture { asset: *logo, rect, clip: None });
            foot = rect.origin.y - GAP;
        }
        const TOPS: [(i64, i64, i64); 4] = [(260, 620, 5), (200, 470, 7), (160, 330, 10), (130, 250, 16)];
        let panel = self.largest(cover, width, (&TOPS, series_foot + GAP), foot);
        self.panel(cover, &panel, width);
    }

    /// Whether the words, as small as they may be, have room beside a strip.
    fn has_room_beside(&self, cover: &Cover, across: Length) -> bool {
        let size = self.size;
        let beside = size.width.scale(59, 1000);
        let width = size.width - across - beside - beside.max(self.edge() + GAP);
        let style = *self.shop.style(Role::CoverSeries);
        let series = cover.series.as_ref().map_or(Length::ZERO, |series| self.measured(series, style, width).0);
        let top = size.height.scale(130, 1000).max(size.height.scale(78, 1000) + series + GAP);
        let logo = if cover.logo.is_some() { LOGO + GAP } else { Length::ZERO };
        let (_, height, fit) = self.rows(cover, width, (250, 1000), 16);
        fit != Fit::Not && top + height <= self.foot() - self.house_height(cover, width) - GAP - logo
    }

    /// How high the words at the foot are.
    fn house_height(&self, cover: &Cover, width: Length) -> Length {
        let measured = |(text, role): &(&TextBlock, Role)| self.measured(text, self.house_style(*role), width).0;
        self.house(cover).iter().map(measured).sum()
    }

    /// The words from some height on, as large as they can be: of the tops, each with the least share of the letters'
    /// size and the most lines of the title, the first that has room for them; none is above what stands at the head.
    fn largest<'c>(
        &self,
        cover: &'c Cover,
        width: Length,
        (tops, head): (&[(i64, i64, i64)], Length),
        foot: Length,
    ) -> Panel<'c> {
        let house = self.house_height(cover, width);
        let tries = tops.iter().flat_map(|(top, least, lines)| {
            let top = self.size.height.scale(*top, 1000).max(head);
            let shares = SHARES.into_iter().take_while(|share| share >= least);
            shares.map(move |share| {
                let (rows, height, fit) = self.rows(cover, width, (share, 1000), *lines);
                let fit = if top + height <= foot { fit } else { Fit::Not };
                (Panel { art: top, top, rows, house, crowded: false }, fit, share)
            })
        });
        largest_that_fits(tries).unwrap_or_else(|| self.fitted(cover, width))
    }

    /// How wide the logo is in the band: as high as it can be, and no wider than a third of the words.
    fn logo_width(&self, logo: AssetId) -> Length {
        let picture = self.shop.book.assets.get(logo);
        let high = LOGO.scale(i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        high.min((self.size.width - self.margin() * 2) / 3)
    }

    /// Title, subtitle, rule, byline and date under the art; the house at the foot. All of it is measured before any of
    /// it is painted, so that nothing stands over anything.
    fn panel(&mut self, cover: &Cover, panel: &Panel, width: Length) {
        self.paint_rows(panel, width);
        self.paint_house(cover, self.foot() - panel.house, width);
    }

    /// Paints the rows of a panel from its top.
    fn paint_rows(&mut self, panel: &Panel, width: Length) {
        let margin = self.margin();
        self.crowded |= panel.crowded;
        let mut y = panel.top;
        for row in &panel.rows {
            y += row.above;
            match row.what {
                What::Text(text) => {
                    let own = width.scale(row.share, 10);
                    let x = margin + self.over(row.style.align, width - own);
                    y += self.styled(text, row.style, Point::new(x, y), own)
                }
                What::Rule => {
                    let accent = self.shop.theme.palette.accent;
                    // A rule that could not be seen on its ground is of the letters' colour.
                    let seen = self.ground.is_none_or(|ground| contrast(accent, ground) >= GRAPHICS);
                    let words = if self.pale { Colour::WHITE } else { self.shop.theme.palette.ink };
                    let accent = if seen { accent } else { words };
                    let long = Length::inches(0.55);
                    let x = margin + self.over(row.style.align, width - long);
                    self.fill(Rect::new(x, y, long, RULE), accent);
                    y += RULE;
                }
                What::Beside(text, date, date_style) => {
                    let before = self.strip.marks.len();
                    y += self.styled(text, row.style, Point::new(margin, y), width);
                    let (x, room) = match self.is_mirrored() {
                        true => (margin, self.start(before, margin + width) - BESIDE - margin),
                        false => {
                            let x = self.reach(before) + BESIDE;
                            (x, width + margin - x)
                        }
                    };
                    self.styled(date, date_style, Point::new(x, y - row.style.leading), room);
                }
            }
        }
    }

    /// How much of what a line does not fill is before it.
    fn over(&self, align: Alignment, rest: Length) -> Length {
        match (align, self.is_mirrored()) {
            (Alignment::Centred, _) => rest / 2,
            (Alignment::FlushEnd, false) | (Alignment::Flush | Alignment::Justified, true) => rest,
            (Alignment::FlushEnd, true) | (Alignment::Flush | Alignment::Justified, false) => Length::ZERO,
        }
    }

    /// Paints the house and the credit from a height on.
    fn paint_house(&mut self, cover: &Cover, mut y: Length, width: Length) {
        for (text, role) in self.house(cover) {
            y += self.styled(text, self.house_style(role), Point::new(self.margin(), y), width);
        }
    }

    /// Where the lowest line of the cover ends.
    fn foot(&self) -> Length {
        self.size.height - Length::inches(0.6) + Length::pt(9.0)
    }

    /// What stands at the foot.
    fn house<'c>(&self, cover: &'c Cover) -> Vec<(&'c TextBlock, Role)> {
        let house = cover.publisher.as_ref().map(|text| (text, Role::CoverPublisher));
        let credit = cover.credit.as_ref().map(|text| (text, Role::CoverCredit));
        house.into_iter().chain(credit).collect()
    }

    /// How it is set: smaller in a crowd.
    fn house_style(&self, role: Role) -> Style {
        self.shop.style(role).scaled(if self.is_crowded() { 450 } else { 1000 }, self.least)
    }

    /// Whether letters give way that large print would keep.
    fn is_crowded(&self) -> bool {
        self.least < self.shop.theme.smallest
    }

    /// The words under the art. Where they have no room the subtitle gets smaller, then the art gives way, then the title
    /// gets smaller, and in the end both of them do, down to what is still to be read.
    fn fitted<'c>(&self, cover: &'c Cover, width: Length) -> Panel<'c> {
        let house = self.house_height(cover, width);
        let foot = self.foot() - house - GAP;
        let tries = DEPTHS.into_iter().flat_map(|(art, least, lines, subtitle)| {
            let art = self.size.height.scale(art, 1000);
            let top = art + Length::inches(0.42);
            SHARES.into_iter().take_while(move |share| *share >= least).map(move |share| {
                let (rows, height, fit) = self.rows(cover, width, (share, subtitle), lines);
                (
                    Panel { art, top, rows, house, crowded: false },
                    if top + height <= foot { fit } else { Fit::Not },
                    share,
                )
            })
        });
        largest_that_fits(tries).expect("there is a share for every depth of the art")
    }

    /// The rows under the art with letters at a share of their size, the subtitle's at no more than another; how high they are, and whether no word of them is
    /// wider than its line and the title has no more than some lines.
    fn rows<'c>(
        &self,
        cover: &'c Cover,
        width: Length,
        (share, most): (i64, i64),
        lines: i64,
    ) -> (Vec<Row<'c>>, Length, Fit) {
        let style = |role: Role, least: i64| self.shop.style(role).scaled(share.max(least), self.least);
        let text = |text: &'c TextBlock, style: Style, above: Length, share: i64| Row {
            what: What::Text(text),
            style,
            above,
            share,
        };
        // What is small already keeps its size as long as the title is large.
        let small = match share {
            _ if self.is_crowded() => share.max(450),
            620.. => share.clamp(1000, 1350),
            _ => share.max(700),
        };
        let small_style = |role: Role| self.shop.style(role).scaled(small, self.least);
        let (byline, date) = (names_style(cover, small_style(Role::CoverByline)), small_style(Role::CoverDate));
        let mut rows = Vec::new();
        rows.extend(cover.stamp.as_ref().map(|stamp| text(stamp, byline, Length::ZERO, 10)));
        let title_style = style(Role::CoverTitle, 250);
        let (title_share, lines) = match &cover.title {
            Some(title) => self.title_share(title, title_style, width, lines),
            None => (10, lines),
        };
        let below_a_stamp = cover.stamp.as_ref().map_or(Length::ZERO, |_| GAP / 2);
        rows.extend(cover.title.as_ref().map(|title| text(title, title_style, below_a_stamp, title_share)));
        let subtitle = cover.subtitle.as_ref();
        // A title keeps clear of what explains it, by a part of its own size.
        let clear = style(Role::CoverTitle, 250).size.scale(3, 10).max(Length::pt(6.0));
        let least = match share {
            _ if self.is_crowded() => 400,
            620.. => 800,
            _ => 620,
        };
        let small = share.max(least).min(most);
        let subtitle_style = self.shop.style(Role::CoverSubtitle).scaled(small, self.least);
        rows.extend(subtitle.map(|words| text(words, subtitle_style, clear, 9)));
        // Below a large title the rule keeps clear of what hangs below its line.
        let under = if subtitle.is_some() { Length::ZERO } else { clear };
        rows.push(Row { what: What::Rule, style: byline, above: (GAP + Length::pt(4.0)).max(under), share: 10 });
        let gap = GAP;
        match (&cover.byline, &cover.date) {
            (Some(names), Some(day)) => {
                let natural = |text: &TextBlock, style: &Style| {
                    self.shop.setter.extents(&text.content, style, &self.shop.book.metadata.language).1
                };
                let beside = byline.align != Alignment::Centred && !is_of_lines(names);
                if beside && natural(names, &byline) + natural(day, &date) + BESIDE <= width {
                    rows.push(Row { what: What::Beside(names, day, date), style: byline, above: gap, share: 10 });
                } else {
                    rows.push(text(names, byline, gap, 10));
                    rows.push(text(day, date, if is_of_lines(names) { GAP / 2 } else { Length::ZERO }, 10));
                }
            }
            (names, day) => {
                rows.extend(names.as_ref().map(|names| text(names, byline, gap, 10)));
                rows.extend(day.as_ref().map(|day| text(day, date, gap, 10)));
            }
        }
        let (mut height, mut whole, mut awkward) = (Length::ZERO, true, false);
        for row in &rows {
            height += row.above;
            match row.what {
                What::Text(words) => {
                    let own = width.scale(row.share, 10);
                    let (high, fits) = self.measured(words, row.style, own);
                    let title = cover.title.as_ref().is_some_and(|title| title.id == words.id);
                    let language = &self.shop.book.metadata.language;
                    awkward |= title && self.shop.set_title(&Job::block(words, row.style, own, language)).awkward;
                    whole &= fits && !(title && high > row.style.leading * lines);
                    height += high;
                }
                // Names with where they work take several lines.
                What::Beside(names, ..) => height += self.measured(names, row.style, width).0,
                What::Rule => height += RULE,
            }
        }
        let fit = match (whole, awkward) {
            (false, _) => Fit::Not,
            (true, true) => Fit::Awkwardly,
            (true, false) => Fit::Well,
        };
        (rows, height, fit)
    }

    /// The tenths of a width in which no line of a title ends within a phrase, and how many lines it may have there: two
    /// more than in all of it.
    fn title_share(&self, title: &TextBlock, style: Style, width: Length, lines: i64) -> (i64, i64) {
        let language = &self.shop.book.metadata.language;
        let set = |share: i64| self.shop.set_title(&Job::block(title, style, width.scale(share, 10), language));
        let whole = set(10);
        if !whole.awkward {
            return (10, lines);
        }
        // Hardly a line of a single word: those are no phrases either.
        let words = plain(&title.content).split_whitespace().count();
        let more = (whole.count(0) + 2).min(words * 2 / 3);
        let (word, _) = self.shop.setter.extents(&title.content, &style, language);
        let fits = |share: &i64| word <= width.scale(*share, 10);
        let better = [9, 8, 7, 6].into_iter().filter(fits).find(|share| {
            let set = set(*share);
            !set.awkward && set.count(0) <= more
        });
        better.map_or((10, lines), |share| (share, lines + 2))
    }

    /// How high a text is in a width, and whether each of its words fits.
    fn measured(&self, text: &TextBlock, style: Style, width: Length) -> (Length, bool) {
        let language = &self.shop.book.metadata.language;
        let (word, _) = self.shop.setter.extents(&text.content, &style, language);
        let lines = self.shop.set(&Job::block(text, style, width, language)).count(0);
        (style.leading * lines as i64, word <= width)
    }

    /// Sets a text with its head at a point, its lines as even as they can be; returns its height.
    fn styled(&mut self, text: &TextBlock, style: Style, at: Point, width: Length) -> Length {
        let node = self.structure.add(self.sect, Tag::P);
        let language = &self.shop.book.metadata.language;
        let style = if self.pale { Style { ink: Ink::Paper, ..style } } else { style };
        let job = Job::block(text, style, width, language);
        let strip = self.shop.balanced(&job, node, &mut self.structure, &mut self.diagnostics);
        let height = strip.height;
        self.strip.lay(strip, at);
        height
    }

    /// How far to the right the text painted since a mark reaches.
    /// Whether its words run from the right.
    fn is_mirrored(&self) -> bool {
        self.shop.theme.page.from_the_right
    }

    /// Where the words since a mark begin at the left.
    fn start(&self, since: usize, default: Length) -> Length {
        let words = self.strip.marks[since..].iter().filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run.origin.x),
            _ => None,
        });
        words.fold(default, Length::min)
    }

    fn reach(&self, since: usize) -> Length {
        self.strip.marks[since..]
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Text(run) => Some(run.right()),
                _ => None,
            })
            .fold(Length::ZERO, Length::max)
    }
}
