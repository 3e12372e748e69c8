//! Stamps: what tells one copy of a paper from another, at the foot of each page and, if it is asked for, across it.
//!
//! They are artifacts of the kind of watermarks: they belong to the copy, not to the text.

use super::paragraph::{Missing, Setter};
use super::parted::NONE_PARTED;
use super::shop::{Shop, upright};
use super::strip::Strip;
use super::text::Job;
use crate::book::{Book, Inline, PageMap};
use crate::diagnostic::Diagnostics;
use crate::font::Fonts;
use crate::page::{Artifact, Mark, MarkKind, Owner, Structure};
use crate::theme::{Alignment, Family, Role, Style, Theme};
use crate::units::{Colour, Length, Point, Rect, Size};

/// From the foot of the page to the baseline of the stamp's last line: below folios, above what office printers leave
/// white.
const FOOT: Length = Length::mm(8.0);
/// What it keeps clear at the sides.
const SIDES: Length = Length::mm(12.0);
/// Its letters, and the least that they become when a name is long; large print has larger ones.
const SIZES: [Length; 2] = [Length::mm(2.8), Length::mm(1.9)];
/// Letters across the page: as wide as the page less its sides, and no higher than this.
const ACROSS: Length = Length::mm(26.0);
/// So many lines hold the longest names; large letters have room for one below the folio.
const LINES: i64 = 2;
/// No name is longer, and nobody reads on.
const LETTERS: usize = 400;
/// What the field behind the words keeps around them.
const AROUND: Length = Length::mm(0.8);
/// A tenth of black.
const PALE: Colour = Colour::hex(0xE6E6E6);

/// The stamp of a copy for pages of a size: what stands over the page, and what lies under it.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// At the foot, on a white field, since a cover may be dark there.
    pub over: Vec<Mark>,
    /// Across; empty when it is not asked for.
    pub under: Vec<Mark>,
    /// The field at the foot.
    pub field: Rect,
    /// Whether its words were too long and are cut.
    pub cut: bool,
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
    let shop = Shop { book, theme, setter: &setter, map: &PageMap::default(), cap_height, parted: &NONE_PARTED };
    let stamp = |words: &String| {
        let (marks, field, cut) = at_the_foot(&shop, size, words);
        let under = if across { across_the_page(&shop, size, words) } else { Vec::new() };
        let ground = MarkKind::Fill { rect: field, colour: Colour::WHITE };
        let ground = Mark { kind: ground, owner: Owner::Artifact(Artifact::Watermark), transform: None };
        Stamp { over: std::iter::once(ground).chain(marks).collect(), under, field, cut }
    };
    let stamps = words.iter().map(stamp).collect();
    (stamps, setter.missing())
}

fn at_the_foot(shop: &Shop<'_>, page: Size, words: &str) -> (Vec<Mark>, Rect, bool) {
    let sizes = SIZES.map(|size| size.max(shop.theme.smallest));
    let (mut strip, size, cut) = lines(shop, words, page.width - SIDES * 2, sizes, Colour::BLACK);
    let [first, last] = baselines(&strip);
    let baseline = page.height - FOOT;
    strip.shift(Point::new(SIDES, baseline - last));
    let letters = strip.letters();
    // As high as its capitals, and below the line as deep as its descenders.
    let rise = size.scale(2, 3);
    let (head, foot) = (baseline - (last - first) - rise, baseline + size.scale(3, 10));
    let field =
        Rect::new(letters.origin.x - AROUND, head - AROUND, letters.size.width + AROUND * 2, foot - head + AROUND * 2);
    (strip.marks, field, cut)
}

fn across_the_page(shop: &Shop<'_>, page: Size, words: &str) -> Vec<Mark> {
    let (mut strip, ..) = lines(shop, words, page.width - SIDES * 2, [ACROSS, SIZES[1]], PALE);
    let [first, last] = baselines(&strip);
    strip.shift(Point::new(SIDES, page.height / 2 + ACROSS / 3 - (first + last) / 2));
    strip.marks
}

/// The baselines of the first and the last line of a strip.
fn baselines(strip: &Strip) -> [Length; 2] {
    let of = |mark: &Mark| match &mark.kind {
        MarkKind::Text(run) => Some(run.origin.y),
        _ => None,
    };
    let all = || strip.marks.iter().filter_map(of);
    [all().reduce(Length::min), all().reduce(Length::max)].map(Option::unwrap_or_default)
}

/// Words in the middle of a width: in one line, as large as they fit, else in two of the least size; what is too long
/// for these is cut after a word, which is told. With the size of the letters.
fn lines(
    shop: &Shop<'_>,
    words: &str,
    width: Length,
    [most, least]: [Length; 2],
    colour: Colour,
) -> (Strip, Length, bool) {
    let language = &shop.book.metadata.language;
    let style = |size: Length| Style {
        size,
        leading: size.scale(11, 10),
        align: Alignment::Centred,
        hyphenate: false,
        ..*shop.style(Role::Folio)
    };
    let natural = shop.setter.extents(&[Inline::text(words)], &style(most), language).1;
    let size =
        if natural <= width { most } else { most.scale(width.to_sp() * 99, natural.to_sp().max(1) * 100).max(least) };
    let style = style(size);
    let set = |words: &str| {
        let content = [Inline::text(words)];
        let job = Job { content: &content, block: None, style, width, first: Length::ZERO, deep: 1, language };
        shop.solid(&job, Structure::ROOT, &mut Structure::new(), &mut Diagnostics::new())
    };
    let more = if shop.theme.is_large_print() { 0 } else { LINES - 1 };
    let fits = |strip: &Strip| {
        let [first, last] = baselines(strip);
        last - first <= style.leading * more && strip.letters().size.width <= width
    };
    let mut kept: String = words.chars().take(LETTERS).collect();
    let mut strip = set(words);
    while !fits(&strip) && !kept.is_empty() {
        let end = kept.trim_end().rfind(' ').filter(|end| *end > kept.len() / 2);
        let end = end.or_else(|| kept.char_indices().next_back().map(|(at, _)| at)).unwrap_or(0);
        kept.truncate(end);
        strip = set(&format!("{}…", kept.trim_end_matches(|letter: char| !letter.is_alphanumeric())));
    }
    for mark in &mut strip.marks {
        mark.owner = Owner::Artifact(Artifact::Watermark);
        if let MarkKind::Text(run) = &mut mark.kind {
            run.colour = colour;
        }
    }
    let cut = kept.len() < words.len();
    (strip, size, cut)
}
