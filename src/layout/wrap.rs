//! A wrap: the covers of a book on one sheet, with the spine between them.
//!
//! The covers are set as pages by themselves and laid beside each other; what is new is the spine. Its ground reaches
//! over both folds, since folds move by 1.6 mm and a colour edge on one would show it. Its words run downwards or
//! upwards, as the language of the book has it.

use super::paragraph::Setter;
use super::parted::NONE_PARTED;
use super::shop::{Shop, upright};
use super::strip::shift_mark;
use super::text::Job;
use super::wraparound;
use crate::book::{Book, Inline, PageMap, plain};
use crate::diagnostic::Diagnostics;
use crate::font::Fonts;
use crate::language::Direction;
use crate::page::{Artifact, Mark, MarkKind, Owner, Page, PageKind, Pages, Structure};
use crate::theme::{Alignment, Family, Role, Style, Theme};
use crate::units::{Colour, Length, Point, Rect, Side, Size, Transform};

/// How far the ground of the spine reaches over the folds.
const OVER: Length = Length::mm(2.0);
/// What stays clear on both sides of a spine's words.
const CLEAR: Length = Length::inches(0.0625);
/// What stays clear at the head and the foot of a spine.
const ENDS: Length = Length::inches(0.5);
/// The largest letters of a spine, and the smallest.
const SIZES: [Length; 2] = [Length::mm(5.6), Length::mm(2.1)];
/// The field of a printer's barcode (KDP: 2 × 1.2 in), and how far it is from the edges of the back.
const FIELD: Size = Size::new(Length::inches(2.0), Length::inches(1.2));
const FIELD_OFF: Length = Length::inches(0.25);
/// How much of a front's height its picture is seen on, above the ink behind the words, in thousandths.
const SEEN: i64 = 550;
/// Lines of a template.
const LINE: Length = Length::mm(0.2);
const TEMPLATE: Colour = Colour::hex(0xE6007E);

/// What a wrap is to be.
#[derive(Clone, Debug)]
pub struct WrapDesign {
    /// After cutting.
    pub trim: Size,
    /// Where the back cover is.
    pub back: Rect,
    /// Where the spine is.
    pub spine: Rect,
    /// Where the front cover is.
    pub front: Rect,
    /// How far colour reaches over the trim.
    pub bleed: Length,
    /// What stands on the spine; `None`: nothing.
    pub words: Option<String>,
    /// Whether a white field waits for the printer's barcode.
    pub field: bool,
    /// Whether a template shows where the printer's barcode comes: nothing else stands for it.
    pub printers: bool,
    /// Whether folds, safe areas and fields are drawn over it.
    pub template: bool,
}

/// What had room on a wrap.
#[derive(Clone, Copy, Debug)]
pub struct Fitted {
    /// The words of the spine.
    pub words: bool,
    /// On the front, the point of the picture that every crop keeps.
    pub focus: bool,
}

/// Joins covers, set as pages of their own, to a wrap; says what had room.
pub fn wrap(covers: Pages, book: &Book, theme: &Theme, fonts: &Fonts, design: &WrapDesign) -> (Pages, Fitted) {
    let setter = Setter::new(book, theme, fonts, book.metadata.hyphenation.clone());
    let face = upright(theme, fonts, Family::Headings, Role::Heading2);
    let cap_height = |size: Length| fonts.face(face).cap_height(size);
    let shop = Shop {
        book,
        theme,
        setter: &setter,
        map: &PageMap::default(),
        cap_height: cap_height(theme.page.grid),
        parted: &NONE_PARTED,
    };
    let mut marks = Vec::new();
    let Pages { mut pages, structure, .. } = covers;
    let front = book.divisions.iter().filter_map(|division| division.cover.as_ref());
    let art = front.filter(|cover| cover.around).find_map(|cover| Some((cover.picture.as_ref()?.0, cover)));
    let mut fitted = Fitted { words: true, focus: true };
    if let Some((asset, cover)) = art {
        let picture = book.assets.get(asset);
        let seen = if cover.whole { design.front.size.height } else { design.front.size.height.scale(SEEN, 1000) };
        let seen = Rect { origin: design.front.origin, size: Size::new(design.front.size.width, seen) };
        let (rect, reaches) = wraparound::placed((picture.width, picture.height), cover.focus, design.trim, seen);
        fitted.focus = reaches;
        for page in pages.iter_mut().filter(|page| page.kind == PageKind::Cover) {
            marks.extend(wraparound::behind(page, asset, rect, design.trim));
        }
    }
    let veiled = art.is_some() && design.words.is_some();
    if veiled {
        let dark = Rect::new(design.spine.origin.x, Length::ZERO, design.spine.size.width, design.trim.height);
        marks.extend(wraparound::shade(dark, OVER, theme.palette.ink));
    }
    for (kind, at) in [(PageKind::BackCover, design.back), (PageKind::Cover, design.front)] {
        for page in pages.iter().filter(|page| page.kind == kind) {
            for mark in &page.marks {
                let mut mark = mark.clone();
                shift_mark(&mut mark, at.origin);
                marks.push(mark);
            }
        }
    }
    let ground =
        Rect::new(design.spine.origin.x - OVER, Length::ZERO, design.spine.size.width + OVER * 2, design.trim.height);
    if art.is_none() {
        let plain =
            book.divisions.iter().filter_map(|division| division.cover.as_ref()).all(|cover| cover.picture.is_none());
        let own = theme.cover_ground().filter(|_| plain);
        marks.push(fill(ground, own.unwrap_or(theme.palette.ink)));
    }
    if let Some(words) = &design.words {
        match spine_words(&shop, words, design, &cap_height) {
            Some(words) => marks.extend(words),
            None => fitted.words = false,
        }
    }
    let field = field(design);
    if design.field {
        marks.push(fill(field, Colour::WHITE));
    }
    if design.template {
        template(design, field, &mut marks);
    }
    let page = Page {
        size: design.trim,
        side: Side::Recto,
        folio: None,
        kind: PageKind::Cover,
        marks,
        links: Vec::new(),
        areas: Vec::new(),
    };
    let mut pages = Pages {
        pages: vec![page],
        structure,
        map: PageMap::default(),
        outline: Vec::new(),
        destinations: Default::default(),
        bleed: design.bleed,
    };
    pages.bleed_over();
    (pages, fitted)
}

/// What usually stands on a spine: the title and the names.
pub fn spine_title(book: &Book) -> String {
    let metadata = &book.metadata;
    let title = plain(&metadata.short_title.as_ref().unwrap_or(&metadata.title).value);
    let names: Vec<&str> = metadata.authors.iter().map(|person| person.name.as_str()).collect();
    if names.is_empty() { title } else { format!("{title}\u{2002}·\u{2002}{}", names.join(", ")) }
}

fn fill(rect: Rect, colour: Colour) -> Mark {
    Mark { kind: MarkKind::Fill { rect, colour }, owner: Owner::Artifact(Artifact::Background), transform: None }
}

/// The words along the spine, as large as they fit; `None` when they do not.
fn spine_words(
    shop: &Shop<'_>,
    words: &str,
    design: &WrapDesign,
    cap_height: &dyn Fn(Length) -> Length,
) -> Option<Vec<Mark>> {
    let room = Size::new(design.trim.height - ENDS * 2, design.spine.size.width - CLEAR * 2);
    let language = &shop.book.metadata.language;
    let content = [Inline::text(words)];
    let [most, least] = SIZES;
    let mut size = most.min(room.height.scale(5, 6));
    let style = loop {
        if size < least {
            return None;
        }
        let style = Style {
            size,
            leading: size.scale(6, 5),
            align: Alignment::Flush,
            hyphenate: false,
            ..*shop.style(Role::Heading2)
        };
        if shop.setter.extents(&content, &style, language).1 <= room.width {
            break style;
        }
        size = size.scale(19, 20);
    };
    let job = Job { content: &content, block: None, style, width: room.width, first: Length::ZERO, deep: 1, language };
    let mut aside = Structure::new();
    let mut strip = shop.solid(&job, Structure::ROOT, &mut aside, &mut Diagnostics::new());
    strip.shift(Point::new(Length::ZERO, Length::ZERO - shop.baseline(&style)));
    let middle = design.spine.origin.x + design.spine.size.width / 2;
    let half = cap_height(style.size) / 2;
    // The baseline runs along the spine, capitals centred on it. Words that are read from the right begin at the head, as
    // others do, where the letters' heads are at the left.
    let from_the_right = language.direction() == Direction::RightToLeft;
    let transform = match language.spines_run_up() || from_the_right {
        false => Transform { quarters: 1, shift: Point::new(middle - half, ENDS) },
        true => Transform { quarters: 3, shift: Point::new(middle + half, design.trim.height - ENDS) },
    };
    for mark in &mut strip.marks {
        mark.owner = Owner::Artifact(Artifact::Layout);
        mark.transform = Some(transform);
        if let MarkKind::Text(run) = &mut mark.kind {
            run.colour = Colour::WHITE;
        }
    }
    Some(strip.marks)
}

/// Where the printer puts its barcode: at the foot of the back, towards the spine.
fn field(design: &WrapDesign) -> Rect {
    let back = design.back;
    let at_the_right = back.origin.x < design.spine.origin.x;
    let x = match at_the_right {
        true => back.right() - FIELD_OFF - FIELD.width,
        false => back.origin.x + FIELD_OFF,
    };
    Rect::new(x, back.foot() - FIELD_OFF - FIELD.height, FIELD.width, FIELD.height)
}

/// Lines along the trim, the folds, the safe areas and the field.
fn template(design: &WrapDesign, field: Rect, marks: &mut Vec<Mark>) {
    let Size { width, height } = design.trim;
    let inside = |rect: Rect, off: Length| {
        let size = Size::new(rect.size.width - off * 2, rect.size.height - off * 2);
        Rect { origin: Point::new(rect.origin.x + off, rect.origin.y + off), size }
    };
    let whole = Rect::new(Length::ZERO, Length::ZERO, width, height);
    let spine = Rect {
        origin: Point::new(design.spine.origin.x + CLEAR, ENDS / 2),
        size: Size::new(design.spine.size.width - CLEAR * 2, height - ENDS),
    };
    let mut boxes = vec![whole, design.spine, inside(design.back, FIELD_OFF), inside(design.front, FIELD_OFF)];
    boxes.extend(design.printers.then_some(field));
    boxes.extend((spine.size.width > Length::ZERO).then_some(spine));
    for rect in boxes {
        for y in [rect.origin.y, rect.foot()] {
            marks.push(fill(Rect::new(rect.origin.x, y - LINE / 2, rect.size.width, LINE), TEMPLATE));
        }
        for x in [rect.origin.x, rect.right()] {
            marks.push(fill(Rect::new(x - LINE / 2, rect.origin.y, LINE, rect.size.height), TEMPLATE));
        }
    }
}
