//! The back of a cover: the words about the book, and at its foot the house and the bars of its ISBN.
//!
//! The foot is measured first, since the words take what it leaves. Over art both stand on grounds of paper.

use super::{GAP, Sheet, WORDS};
use crate::book::block::{Block, BlockKind};
use crate::book::division::Cover;
use crate::layout::barcode::{self, Barcode};
use crate::layout::galley::Builder;
use crate::layout::text::Job;
use crate::page::{MarkKind, Structure, Tag};
use crate::theme::{Alignment, Role, Style};
use crate::units::{Colour, Length, Point, Rect, Size};

impl Sheet<'_, '_> {
    pub(super) fn back(&mut self, cover: &Cover) {
        let margin = self.margin();
        let width = self.size.width - margin * 2;
        // The foot is measured first, since the words above take what it leaves; it is read last.
        let mut aside = Structure::new();
        let code = cover.isbn.as_deref().map(|isbn| Barcode { isbn, price: cover.price.as_deref() });
        let bars = code.and_then(|code| barcode::draw(self.shop, code, Structure::ROOT, &mut aside));
        let bars = bars.map(|code| code.height);
        let across = code.map_or(Length::ZERO, |code| code.width());
        let house = width - bars.map_or(Length::ZERO, |_| across + GAP);
        let style = *self.shop.style(Role::CoverPublisher);
        let height = cover.publisher.as_ref().map_or(Length::ZERO, |text| self.measured(text, style, house).0);
        let top = (self.size.height - Length::inches(1.1)).min(self.foot() - height);
        let logo = cover.logo.as_ref().map(|(logo, alt)| {
            let picture = self.shop.book.assets.get(*logo);
            let (high, wide) = (i64::from(picture.height.max(1)), i64::from(picture.width.max(1)));
            let across = Length::inches(0.5).scale(wide, high).min(house);
            let down = across.scale(high, wide);
            (*logo, alt, Rect::new(margin, top - Length::inches(0.15) - down, across, down))
        });
        let head = bars.map_or(self.size.height, |height| self.size.height - Length::inches(0.6) - height);
        let foot = logo.as_ref().map_or(top, |(_, _, rect)| rect.origin.y).min(head);
        // On a ground the words are as wide as it.
        let own = if cover.around { width } else { width.scale(8, 10) };
        // Few words are larger than those of the book, as long as they keep to the upper part of the page.
        let most = (foot - GAP - self.size.height.scale(18, 100)).min(self.size.height.scale(WORDS, 1000));
        let larger = [1300, 1200, 1100].into_iter().find(|share| self.words_height(cover, own, *share) <= most);
        self.words = larger.unwrap_or(1000);
        let words = self.words_height(cover, own, self.words);
        let mut y = self.words_top(words, foot - GAP);
        if cover.around {
            let head = cover.publisher.as_ref().map_or(head, |_| head.min(top));
            let across = match (bars, self.is_mirrored()) {
                (None, false) => self.foot_width(cover, logo.as_ref().map(|(_, _, rect)| *rect), width),
                _ => width,
            };
            let at_the_foot = Rect::new(margin, foot.min(head), across, self.foot() - foot.min(head));
            let stands = bars.is_some() || logo.is_some() || cover.publisher.is_some();
            self.grounds(Rect::new(margin, y, width, words), Some(at_the_foot).filter(|_| stands));
        }
        for block in &cover.blocks {
            let x = if self.is_mirrored() { margin + width - own } else { margin };
            y += self.back_block(block, Point::new(x, y), own);
        }
        if let Some((logo, alt, rect)) = logo {
            self.plate(cover, rect, Colour::WHITE);
            let owner = self.figure(logo, alt.as_deref());
            self.strip.paint(owner, MarkKind::Picture { asset: logo, rect, clip: None });
        }
        if let Some(publisher) = &cover.publisher {
            // It stands under the logo.
            self.styled(publisher, Style { align: Alignment::Flush, ..style }, Point::new(margin, top), house);
        }
        let code = code.and_then(|code| barcode::draw(self.shop, code, self.sect, &mut self.structure));
        if let Some(code) = code {
            self.strip.lay(code, Point::new(self.size.width - margin - across, head));
        }
    }

    /// Grounds of paper behind the words of a back over art: one, where two would nearly meet.
    fn grounds(&mut self, words: Rect, foot: Option<Rect>) {
        let words = Some(words).filter(|words| words.size.height > Length::ZERO);
        let grounds = match (words, foot) {
            (Some(words), Some(foot)) if words.foot() + GAP * 4 > foot.origin.y => {
                let (head, below) = (words.origin.y.min(foot.origin.y), words.foot().max(foot.foot()));
                [Some(Rect::new(words.origin.x, head, words.size.width, below - head)), None]
            }
            (words, foot) => [words, foot],
        };
        for ground in grounds.into_iter().flatten() {
            let Size { width, height } = ground.size;
            let (x, y) = (ground.origin.x - GAP, ground.origin.y - GAP);
            self.fill(Rect::new(x, y, width + GAP * 2, height + GAP * 2), Colour::WHITE);
        }
    }

    /// How wide what stands at the foot of the back is, without a barcode.
    fn foot_width(&self, cover: &Cover, logo: Option<Rect>, width: Length) -> Length {
        let (style, language) = (self.shop.style(Role::CoverPublisher), &self.shop.book.metadata.language);
        let words = cover.publisher.as_ref();
        let words = words.map_or(Length::ZERO, |words| self.shop.setter.extents(&words.content, style, language).1);
        words.min(width).max(logo.map_or(Length::ZERO, |rect| rect.size.width))
    }

    /// How high the words of the back cover are.
    fn words_height(&self, cover: &Cover, width: Length, words: i64) -> Length {
        let mut aside = Sheet { words, ..Sheet::new(self.shop) };
        cover.blocks.iter().map(|block| aside.back_block(block, Point::default(), width)).sum()
    }

    /// Where words of a height begin on the back cover, so that they end above its foot if they can.
    fn words_top(&self, height: Length, foot: Length) -> Length {
        self.size.height.scale(18, 100).min(foot - height).max(Length::inches(0.5))
    }

    fn back_block(&mut self, block: &Block, at: Point, width: Length) -> Length {
        if let BlockKind::Paragraph(paragraph) = &block.kind {
            let style = self.shop.style(Role::Biography).scaled(self.words, Length::ZERO);
            let align = if style.align == Alignment::Justified { Alignment::Flush } else { style.align };
            let style = Style { first: Length::ZERO, align, hyphenate: false, ..style };
            let node = self.structure.add(self.sect, Tag::P);
            let job = Job::block(&paragraph.text, style, width, &self.shop.book.metadata.language);
            let strip = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
            let height = strip.height;
            self.strip.lay(strip, at);
            return height + self.shop.grid() / 2;
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
