//! Stamps: what tells one copy of a paper from another, at the foot of each page and, if it is asked for, across it.
//!
//! They are artifacts of the kind of watermarks: they belong to the copy, not to the text.

use super::paragraph::{Missing, Setter};
use super::shop::{Shop, upright};
use super::text::Job;
use crate::book::{Book, Inline, PageMap};
use crate::diagnostic::Diagnostics;
use crate::font::Fonts;
use crate::page::{Artifact, Mark, MarkKind, Owner, Structure};
use crate::theme::{Alignment, Family, Role, Style, Theme};
use crate::units::{Colour, Length, Point, Size};

/// From the foot of the page to the stamp's baseline: below folios, above what office printers leave white.
const FOOT: Length = Length::mm(8.0);
/// What it keeps clear at the sides.
const SIDES: Length = Length::mm(12.0);
/// Its letters, and the least that they become when a name is long.
const SIZES: [Length; 2] = [Length::mm(2.8), Length::mm(1.9)];
/// Letters across the page: as wide as the page less its sides, and no higher than this.
const ACROSS: Length = Length::mm(26.0);
/// A tenth of black.
const PALE: Colour = Colour::hex(0xE6E6E6);

/// The stamp of a copy for pages of a size: what stands over the page, and what lies under it.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// At the foot.
    pub over: Vec<Mark>,
    /// Across; empty when it is not asked for.
    pub under: Vec<Mark>,
}

/// Sets the stamps of some copies, and what the faces lack for them: a name may be of a script that the book has not.
pub fn stamps(
    book: &Book,
    theme: &Theme,
    fonts: &Fonts,
    size: Size,
    words: &[String],
    across: bool,
) -> (Vec<Stamp>, Missing) {
    let setter = Setter::new(book, theme, fonts, book.metadata.hyphenation.clone());
    let style = theme.style(Role::Folio);
    let face = upright(theme, fonts, Family::Headings, Role::Folio);
    let cap_height = fonts.face(face).cap_height(style.size);
    let shop = Shop { book, theme, setter: &setter, map: &PageMap::default(), cap_height };
    let stamp = |words: &String| Stamp {
        over: at_the_foot(&shop, size, words),
        under: if across { across_the_page(&shop, size, words) } else { Vec::new() },
    };
    let stamps = words.iter().map(stamp).collect();
    (stamps, setter.missing())
}

fn at_the_foot(shop: &Shop<'_>, page: Size, words: &str) -> Vec<Mark> {
    let [most, least] = SIZES;
    let baseline = Point::new(SIDES, page.height - FOOT);
    line(shop, words, page.width - SIDES * 2, [most, least], baseline, Colour::BLACK)
}

fn across_the_page(shop: &Shop<'_>, page: Size, words: &str) -> Vec<Mark> {
    let baseline = Point::new(SIDES, page.height / 2 + ACROSS / 3);
    line(shop, words, page.width - SIDES * 2, [ACROSS, SIZES[1]], baseline, PALE)
}

/// A line in the middle of a width, as large as it fits; what is too long even when small is cut after a letter.
fn line(shop: &Shop<'_>, words: &str, width: Length, sizes: [Length; 2], at: Point, colour: Colour) -> Vec<Mark> {
    let language = &shop.book.metadata.language;
    let [most, least] = sizes;
    let style = |size: Length| Style {
        size,
        leading: size.scale(6, 5),
        align: Alignment::Centred,
        hyphenate: false,
        ..*shop.style(Role::Folio)
    };
    let measured = |words: &str, size: Length| shop.setter.extents(&[Inline::text(words)], &style(size), language).1;
    let natural = measured(words, most);
    let size =
        if natural <= width { most } else { most.scale(width.to_sp() * 99, natural.to_sp().max(1) * 100).max(least) };
    let mut words = words.to_owned();
    while measured(&words, size) > width && words.chars().count() > 2 {
        let kept: String = words.trim_end_matches('…').chars().collect();
        let count = kept.chars().count();
        words = kept.chars().take(count - 1).collect::<String>().trim_end().to_owned() + "…";
    }
    let content = [Inline::text(words)];
    let style = style(size);
    let job = Job { content: &content, block: None, style, width, first: Length::ZERO, deep: 1, language };
    let mut aside = Structure::new();
    let mut strip = shop.solid(&job, Structure::ROOT, &mut aside, &mut Diagnostics::new());
    strip.shift(Point::new(at.x, at.y - shop.baseline(&style)));
    for mark in &mut strip.marks {
        mark.owner = Owner::Artifact(Artifact::Watermark);
        if let MarkKind::Text(run) = &mut mark.kind {
            run.colour = colour;
        }
    }
    strip.marks
}
