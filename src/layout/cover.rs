//! Covers: the band, the art, the panel with the title; the back with the address.

use super::barcode;
use super::galley::Builder;
use super::placed::{PageFacts, PlacedFlow};
use super::shop::Shop;
use super::strip::{Anchor, Strip};
use super::text::Job;
use crate::book::block::{Block, BlockKind};
use crate::book::division::Cover;
use crate::book::{AssetId, Division, TextBlock};
use crate::diagnostic::Diagnostics;
use crate::page::{Artifact, MarkKind, NodeId, Owner, Page, PageKind, Structure, Tag};
use crate::theme::{Role, Style};
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

struct Sheet<'a, 'b> {
    shop: &'a Shop<'b>,
    strip: Strip,
    structure: Structure,
    sect: NodeId,
    diagnostics: Diagnostics,
    size: Size,
}

/// The front cover.
pub(super) fn front(shop: &Shop<'_>, division: &Division, side: Side) -> Placed {
    let mut sheet = Sheet::new(shop);
    let blank = Cover::default();
    let cover = division.cover.as_ref().unwrap_or(&blank);
    match (&cover.picture, cover.whole) {
        (Some((asset, alt)), true) => sheet.whole_picture(*asset, alt.as_deref()),
        _ => sheet.front(cover),
    }
    sheet.finish(division, side, PageKind::Cover)
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
        Sheet { shop, strip: Strip::default(), structure, sect, diagnostics: Diagnostics::new(), size }
    }

    fn finish(self, division: &Division, side: Side, kind: PageKind) -> Placed {
        let page = Page { size: self.size, side, folio: None, kind, marks: self.strip.marks, links: self.strip.links };
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
        self.size.width.scale(112, 1000)
    }

    fn fill(&mut self, rect: Rect, colour: Colour) {
        self.strip.paint(Owner::Artifact(Artifact::Background), MarkKind::Fill { rect, colour });
    }

    /// A picture cut to fill a rectangle.
    fn picture(&mut self, asset: AssetId, alt: Option<&str>, frame: Rect) {
        let picture = self.shop.book.assets.get(asset);
        let (across, down) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        let by_width = frame.size.width.scale(down, across);
        let (width, height) = if by_width >= frame.size.height {
            (frame.size.width, by_width)
        } else {
            (frame.size.height.scale(across, down), frame.size.height)
        };
        let x = frame.origin.x - (width - frame.size.width) / 2;
        let y = frame.origin.y - (height - frame.size.height) / 2;
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

    fn whole_picture(&mut self, asset: AssetId, alt: Option<&str>) {
        let frame = Rect::new(Length::ZERO, Length::ZERO, self.size.width, self.size.height);
        self.picture(asset, alt, frame);
    }

    fn front(&mut self, cover: &Cover) {
        let (size, edge, margin) = (self.size, self.edge(), self.margin());
        let ink = self.shop.theme.palette.ink;
        let art_foot = size.height.scale(64, 100);
        let bleed = self.shop.theme.page.bleed;
        let frame = Rect::new(edge - bleed, edge - bleed, size.width - (edge - bleed) * 2, art_foot - edge + bleed);
        self.fill(frame, ink);
        if let Some((asset, alt)) = &cover.picture {
            let art = Rect::new(frame.origin.x, BAND, frame.size.width, art_foot - BAND);
            self.picture(*asset, alt.as_deref(), art);
            let band = Rect::new(frame.origin.x, frame.origin.y, frame.size.width, BAND - frame.origin.y);
            self.fill(band, ink);
        }
        let width = size.width - margin * 2;
        if let Some(series) = &cover.series {
            self.text(series, Role::CoverSeries, Point::new(margin, BAND.scale(52, 100)), width.scale(3, 4));
        }
        if let Some((logo, alt)) = &cover.logo {
            let down = Length::inches(0.36);
            let picture = self.shop.book.assets.get(*logo);
            let across = down.scale(i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
            let rect = Rect::new(size.width - margin - across, BAND.scale(1, 2) - down / 2 + edge / 3, across, down);
            let owner = self.figure(*logo, alt.as_deref());
            self.strip.paint(owner, MarkKind::Picture { asset: *logo, rect, clip: None });
        }
        self.panel(cover, art_foot + Length::inches(0.42), width);
    }

    /// Title, subtitle, rule, byline and date under the art; the house at the foot.
    fn panel(&mut self, cover: &Cover, top: Length, width: Length) {
        let margin = self.margin();
        let foot = self.size.height - Length::inches(0.6);
        let mut y = top;
        if let Some(stamp) = &cover.stamp {
            y += self.text(stamp, Role::CoverByline, Point::new(margin, y), width);
        }
        let room = foot - top - Length::inches(0.9);
        let shrink = self.fitting(cover, width, room);
        if let Some(title) = &cover.title {
            let style = scaled(self.shop.style(Role::CoverTitle), shrink);
            y += self.styled(title, style, Point::new(margin, y), width);
        }
        if let Some(subtitle) = &cover.subtitle {
            let style = scaled(self.shop.style(Role::CoverSubtitle), shrink.max(780));
            y += Length::pt(6.0);
            y += self.styled(subtitle, style, Point::new(margin, y), width.scale(9, 10));
        }
        y += Length::pt(14.0);
        let accent = self.shop.theme.palette.accent;
        self.fill(Rect::new(margin, y, Length::inches(0.55), Length::pt(2.0)), accent);
        y += Length::pt(14.0);
        let mut x = margin;
        if let Some(byline) = &cover.byline {
            let before = self.strip.marks.len();
            let height = self.text(byline, Role::CoverByline, Point::new(margin, y), width);
            if height <= self.shop.style(Role::CoverByline).leading {
                x = self.reach(before) + Length::pt(12.0);
            } else {
                y += height;
            }
        }
        if let Some(date) = &cover.date {
            if x > margin + width.scale(7, 10) {
                x = margin;
                y += self.shop.style(Role::CoverByline).leading;
            }
            self.text(date, Role::CoverDate, Point::new(x, y), width);
        }
        let line = self.shop.style(Role::CoverPublisher).leading;
        let mut base = foot - line;
        if let Some(credit) = &cover.credit {
            let lines = self.text(credit, Role::CoverCredit, Point::new(margin, foot - Length::pt(9.0)), width);
            base -= lines + Length::pt(2.0);
        }
        if let Some(publisher) = &cover.publisher {
            self.text(publisher, Role::CoverPublisher, Point::new(margin, base), width);
        }
    }

    /// How much the title must shrink, in thousandths, so that title and subtitle have room.
    fn fitting(&self, cover: &Cover, width: Length, room: Length) -> i64 {
        for share in [1000, 900, 800, 700, 620, 540, 470, 400] {
            let mut height = Length::ZERO;
            for (text, role, least) in
                [(&cover.title, Role::CoverTitle, 0), (&cover.subtitle, Role::CoverSubtitle, 780)]
            {
                if let Some(text) = text {
                    let style = scaled(self.shop.style(role), share.max(least));
                    let mut aside = Structure::new();
                    let width = width.scale(if least > 0 { 9 } else { 10 }, 10);
                    let job = Job::block(text, style, width, &self.shop.book.metadata.language);
                    let strip = self.shop.solid(&job, Structure::ROOT, &mut aside, &mut Diagnostics::new());
                    let lines = strip.height.units_to_cover(style.leading);
                    if least == 0 && lines > 4 {
                        height += room;
                    }
                    height += strip.height;
                }
            }
            if height <= room {
                return share;
            }
        }
        400
    }

    fn text(&mut self, text: &TextBlock, role: Role, at: Point, width: Length) -> Length {
        self.styled(text, *self.shop.style(role), at, width)
    }

    /// Sets a text with its head at a point, its lines as even as they can be; returns its height.
    fn styled(&mut self, text: &TextBlock, style: Style, at: Point, width: Length) -> Length {
        let node = self.structure.add(self.sect, Tag::P);
        let language = &self.shop.book.metadata.language;
        let job = Job::block(text, style, width, language);
        let strip = self.shop.balanced(&job, node, &mut self.structure, &mut self.diagnostics);
        let height = strip.height;
        self.strip.lay(strip, at);
        height
    }

    /// How far to the right the text painted since a mark reaches.
    fn reach(&self, since: usize) -> Length {
        self.strip.marks[since..]
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Text(run) => Some(run.origin.x + run.glyphs.iter().map(|glyph| glyph.advance()).sum()),
                _ => None,
            })
            .fold(Length::ZERO, Length::max)
    }

    fn back(&mut self, cover: &Cover) {
        let margin = self.margin();
        let width = self.size.width - margin * 2;
        let mut y = self.size.height.scale(18, 100);
        for block in &cover.blocks {
            y += self.back_block(block, Point::new(margin, y), width.scale(8, 10));
        }
        if let Some((logo, alt)) = &cover.logo {
            let down = Length::inches(0.5);
            let picture = self.shop.book.assets.get(*logo);
            let across = down.scale(i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
            let rect = Rect::new(margin, self.size.height - Length::inches(1.75), across, down);
            let owner = self.figure(*logo, alt.as_deref());
            self.strip.paint(owner, MarkKind::Picture { asset: *logo, rect, clip: None });
        }
        if let Some(publisher) = &cover.publisher {
            let at = Point::new(margin, self.size.height - Length::inches(1.1));
            self.text(publisher, Role::CoverPublisher, at, width.scale(6, 10));
        }
        let code = cover.isbn.as_ref().and_then(|isbn| barcode::isbn(self.shop, isbn, self.sect, &mut self.structure));
        if let Some(code) = code {
            let right = self.size.width - margin;
            let at = Point::new(right - barcode::WIDTH, self.size.height - Length::inches(0.6) - code.height);
            self.strip.lay(code, at);
        }
    }

    fn back_block(&mut self, block: &Block, at: Point, width: Length) -> Length {
        if let BlockKind::Paragraph(paragraph) = &block.kind {
            let style = Style { first: Length::ZERO, ..*self.shop.style(Role::Biography) };
            return self.styled(&paragraph.text, style, at, width) + self.shop.grid() / 2;
        }
        if let BlockKind::Group(group) = &block.kind {
            let mut height = Length::ZERO;
            for block in &group.blocks {
                height += self.back_block(block, Point::new(at.x, at.y + height), width);
            }
            return height;
        }
        // A list, an extract: as in the book, in the width of the words.
        let language = block.language.as_ref().unwrap_or(&self.shop.book.metadata.language);
        let builder = Builder::new(*self.shop);
        let (mut strip, tree, found) = builder.apart(std::slice::from_ref(block), Role::Biography, width, language);
        let grafted = self.structure.graft(self.sect, tree);
        strip.rebase(|node| grafted.id(node));
        self.diagnostics.append(found);
        let height = strip.height;
        self.strip.lay(strip, at);
        height + self.shop.grid() / 2
    }
}

/// A style at a share of its size.
fn scaled(style: &Style, share: i64) -> Style {
    Style { size: style.size.scale(share, 1000), leading: style.leading.scale(share, 1000), ..*style }
}
