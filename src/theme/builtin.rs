//! The built-in themes, in figures.

use super::furniture::{Field, Furniture, Line, Slot};
use super::{
    Alignment, Base, Case, Edge, Families, Family, Figures, Frame, Ink, Microtype, Numbering, Opener, Opening,
    PageDesign, Palette, Protrusion, Role, Style, Theme,
};
use crate::book::division::{CoverLayout, NumberWord, Numbered};
use crate::book::{DivisionKind, NotePlace};
use crate::units::{Colour, Length, Size};
use std::sync::Arc;

/// Black and greys, for `colour: grey` and one-colour printing.
pub const GREY_PALETTE: Palette = Palette {
    text: Colour::BLACK,
    ink: Colour::BLACK,
    accent: Colour::BLACK,
    ground: Colour::hex(0xEDEDED),
    grey: Colour::BLACK,
    rules: Colour::BLACK,
};

const PALETTE: Palette = Palette {
    text: Colour::BLACK,
    ink: Colour::hex(0x14304A),
    accent: Colour::hex(0xB8452F),
    ground: Colour::hex(0xEEF2F5),
    grey: Colour::hex(0x51606D),
    rules: Colour::hex(0x9AA7B2),
};

/// The paper of offices in North America.
pub const LETTER: Size = Size::new(Length::inches(8.5), Length::inches(11.0));
/// That of all others.
pub const A4: Size = Size::new(Length::mm(210.0), Length::mm(297.0));
const SIX_BY_NINE: Size = Size::new(Length::inches(6.0), Length::inches(9.0));

/// A built-in theme, settled.
pub fn theme(base: Base) -> Theme {
    let mut theme = match base {
        Base::PolicyPaper => policy_paper(),
        Base::Report => report(),
        Base::Book => book(),
        Base::Margin => margin(),
        Base::Trade => trade(),
        Base::Brief => brief(),
    };
    let boxed = *theme.style(Role::BoxText);
    for (role, ink) in BOX_INKS {
        let ink = if base == Base::Trade { boxed.frame.ink } else { ink };
        theme.styles[role as usize] = Style { frame: Frame { ink, ..boxed.frame }, ..boxed };
    }
    theme
}

/// The colours of the kinds of boxes, each at least 4.5 : 1 on paper and on the grounds of the built-in themes. They
/// only go with their words and their marks.
const BOX_INKS: [(Role, Ink); 6] = [
    (Role::BoxNote, Ink::Grey),
    (Role::BoxTip, Ink::Own(Colour::hex(0x2B6A4C))),
    (Role::BoxImportant, Ink::Deep),
    (Role::BoxWarning, Ink::Own(Colour::hex(0x8A5A00))),
    (Role::BoxCaution, Ink::Own(Colour::hex(0xA3262A))),
    (Role::BoxRecommendation, Ink::Accent),
];

/// What stands on a cover below its band.
const COVER_WORDS: [Role; 6] = [
    Role::CoverTitle,
    Role::CoverSubtitle,
    Role::CoverByline,
    Role::CoverDate,
    Role::CoverPublisher,
    Role::CoverCredit,
];

/// Gives a theme another trim: the measure is kept while the page has room for it, and what is over goes to the
/// margins in their old proportion; a narrower page keeps 9/16 of its width in the measure's favour.
pub fn fit_trim(theme: &mut Theme, trim: Size) {
    let head = theme.page.head;
    let reach = theme.reach();
    lay_margins(&mut theme.page, trim);
    if theme.page.both_papers {
        keep_reach(theme, reach);
    }
    deepen(&mut theme.opener, theme.page.head - head);
}

/// Gives the ground of an opener as much more depth as the text begins lower, so that it begins on the same line below.
fn deepen(opener: &mut Opener, by: Length) {
    for depth in [&mut opener.depth, &mut opener.standfirst_depth] {
        if *depth > Length::ZERO {
            *depth = (*depth + by).max(Length::ZERO);
        }
    }
}

fn lay_margins(page: &mut PageDesign, trim: Size) {
    let measure = page.measure();
    let old_margins = page.spine + page.fore_edge;
    // On the paper of another office the measure stays, as long as a printer can lay it.
    let offices = is_of_an_office(page.trim) && is_of_an_office(trim);
    let least = if offices { Length::pt(72.0) } else { trim.width.scale(1, 4) };
    let margins = (trim.width - measure).max(least);
    page.spine = margins.scale(page.spine.to_sp(), old_margins.to_sp());
    let fore_edge = margins - page.spine;
    page.both_papers &= offices;
    let by_edge = |length: Length| length.scale(fore_edge.to_sp(), page.fore_edge.to_sp().max(1));
    if !page.both_papers {
        (page.margin_column, page.margin_gap) = (by_edge(page.margin_column), by_edge(page.margin_gap));
    }
    page.fore_edge = fore_edge;
    if (page.columns > 1 || page.both_papers) && offices {
        // As many lines on either paper, so that both break alike.
        let more = trim.height - page.trim.height;
        page.head += more / 3;
        page.foot += more - more / 3;
        page.trim = trim;
        return;
    }
    let old_height = page.trim.height.to_sp();
    page.head = page.head.scale(trim.height.to_sp(), old_height);
    page.foot = page.foot.scale(trim.height.to_sp(), old_height);
    page.trim = trim;
}

/// Gives a page what both papers of offices have room for: one measure, one height of the type area, a column in the
/// margin as wide and as far a reach into it. What is over goes to the margins.
pub fn suit_both_papers(theme: &mut Theme) {
    if !is_of_an_office(theme.page.trim) {
        fit_trim(theme, LETTER);
    }
    let both = [LETTER, A4].map(|trim| {
        let mut fitted = theme.clone();
        if trim != theme.page.trim {
            fit_trim(&mut fitted, trim);
        }
        fitted
    });
    let least = |of: &dyn Fn(&Theme) -> Length| of(&both[0]).min(of(&both[1]));
    let measure = least(&|theme| theme.page.measure());
    let high = |theme: &Theme| theme.page.trim.height - theme.page.head - theme.page.foot;
    let height = least(&high);
    let reach = least(&Theme::reach);
    let (column, gap) = (least(&|theme| theme.page.margin_column), least(&|theme| theme.page.margin_gap));
    let spare = high(theme) - height;
    let page = &mut theme.page;
    let wide = page.measure() - measure;
    let margins = (page.spine + page.fore_edge).to_sp().max(1);
    let at_spine = wide.scale(page.spine.to_sp(), margins);
    page.spine += at_spine;
    page.fore_edge += wide - at_spine;
    page.head += spare / 3;
    page.foot += spare - spare / 3;
    deepen(&mut theme.opener, spare / 3);
    let page = &mut theme.page;
    (page.margin_column, page.margin_gap) = (column, gap);
    page.both_papers = true;
    keep_reach(theme, reach);
}

/// Where no column stands in the margin, what is wide reaches as far as the folios do.
fn keep_reach(theme: &mut Theme, reach: Length) {
    if theme.page.margin_column == Length::ZERO && reach > Length::ZERO {
        theme.furniture.folio_edge = theme.page.fore_edge - reach;
    }
}

/// Whether a page is of one of the two papers of offices.
fn is_of_an_office(trim: Size) -> bool {
    let near = |one: Length, other: Length| (one - other).abs() < Length::pt(1.0);
    [LETTER, A4].iter().any(|paper| near(trim.width, paper.width) && near(trim.height, paper.height))
}

const BODY: Style = Style {
    family: Family::Text,
    weight: 400,
    italic: false,
    size: Length::pt(11.0),
    leading: Length::pt(15.5),
    ink: Ink::Text,
    align: Alignment::Justified,
    hyphenate: true,
    first: Length::pt(14.0),
    start: Length::ZERO,
    end: Length::ZERO,
    above: Length::ZERO,
    below: Length::ZERO,
    figures: Figures::Lining,
    tabular: false,
    case: Case::AsWritten,
    tracking: 0,
    number: Numbering::Before,
    keep: false,
    across: false,
    run_in: false,
    beside: false,
    leader: false,
    frame: Frame::NONE,
};

/// What large print never goes below, notes and captions included.
pub const LARGE_PRINT_LEAST: Length = Length::pt(16.0);

/// What the letters of a cover come down to in large print, where larger ones would stand over each other: title page and
/// text say the same in letters as large as the edition has them.
pub const CROWDED_COVER_LEAST: Length = Length::pt(9.0);

/// Letters in a chart are never smaller.
pub const CHART_LEAST: Length = Length::pt(7.0);

/// Smaller letters of a text are hard to read.
pub const READABLE: Length = Length::pt(8.0);

/// From this size on large print is called ultra large (ONIX, list 21).
pub const ULTRA_LARGE_PRINT: Length = Length::pt(20.0);

const GRID: Length = Length::pt(15.5);

/// Flush, not hyphenated, not indented.
const PLAIN: Style = Style { align: Alignment::Flush, hyphenate: false, first: Length::ZERO, ..BODY };
const SANS: Style = Style { family: Family::Headings, ..PLAIN };
const TITLE: Style = Style { weight: 600, ink: Ink::Deep, ..PLAIN };
/// The title of a division: its number stands above it.
const HEAD: Style = Style { number: Numbering::Above, keep: true, across: true, ..TITLE };

/// A rule at the start of a ground: a box.
const BOX: Frame = Frame {
    ground: Some(Ink::Ground),
    rule: Edge::Start,
    width: Length::pt(3.0),
    length: None,
    ink: Ink::Accent,
    inside: Length::pt(19.0),
};
/// A short rule above: words repeated large.
const PULLED: Frame = Frame {
    ground: None,
    rule: Edge::Top,
    width: Length::pt(2.0),
    length: Some(Length::inches(0.55)),
    ink: Ink::Accent,
    inside: Length::pt(8.0),
};

/// A rule over all of a figure to remember.
const KEY_FIGURE: Frame = Frame { length: None, inside: Length::pt(9.0), ..PULLED };

/// The style of a role in `policy-paper`, from which the other built-in themes differ in a few.
fn policy_style(role: Role) -> Style {
    let pt = Length::pt;
    let sized = |style: Style, size: f64, leading: f64| Style { size: pt(size), leading: pt(leading), ..style };
    let spaced = |style: Style, above: Length, below: Length| Style { above, below, ..style };
    let half = GRID / 2;
    match role {
        Role::Body => BODY,
        Role::Extract => {
            Style { first: pt(12.0), start: pt(22.0), end: pt(22.0), ..spaced(sized(BODY, 10.2, 15.5), half, half) }
        }
        Role::Letter => Style { start: pt(22.0), end: pt(22.0), ..spaced(BODY, half, half) },
        Role::Epigraph => Style { italic: true, start: pt(66.0), ..spaced(PLAIN, Length::ZERO, GRID) },
        Role::Verse => Style { start: pt(22.0), ..spaced(PLAIN, half, half) },
        Role::Attribution => Style { align: Alignment::FlushEnd, ..sized(PLAIN, 10.2, 15.5) },
        Role::Code => Style { family: Family::Mono, ..spaced(sized(PLAIN, 9.0, 12.0), half, half) },
        Role::Note => Style { start: pt(20.0), below: pt(2.0), ..sized(PLAIN, 9.0, 12.0) },
        Role::Work => Style { start: pt(18.0), below: pt(3.5), ..sized(PLAIN, 9.6, 13.0) },
        Role::MarginNote => Style { below: pt(5.25), ..sized(SANS, 8.0, 10.5) },
        Role::NoteHeading => Style { weight: 600, ink: Ink::Deep, ..spaced(sized(SANS, 9.6, 12.0), pt(10.0), pt(3.0)) },
        Role::Index => sized(PLAIN, 9.0, 11.5),
        Role::IndexLetter => {
            Style { weight: 600, ink: Ink::Deep, keep: true, ..spaced(sized(SANS, 9.6, 11.5), pt(7.0), pt(1.5)) }
        }
        Role::Opening => spaced(sized(HEAD, 26.0, 31.0), Length::ZERO, GRID),
        Role::RunOn => Style { across: false, ..spaced(sized(HEAD, 20.0, 23.25), GRID * 2, GRID) },
        Role::DivisionNumber => Style { ink: Ink::Grey, ..sized(SANS, 11.0, 15.5) },
        Role::PartTitle => spaced(sized(HEAD, 30.0, 36.0), Length::ZERO, GRID),
        Role::Heading2 => {
            Style { keep: true, weight: 600, ink: Ink::Deep, ..spaced(sized(SANS, 13.0, 15.5), GRID, Length::ZERO) }
        }
        Role::Heading3 => Style { keep: true, italic: true, ..spaced(sized(PLAIN, 11.0, 15.5), GRID, Length::ZERO) },
        Role::Heading4 => Style { keep: true, ink: Ink::Deep, ..spaced(sized(SANS, 10.0, 15.5), GRID, Length::ZERO) },
        Role::Caption => Style { weight: 600, ink: Ink::Deep, ..spaced(sized(SANS, 10.0, 13.0), GRID, pt(6.0)) },
        Role::Source => Style { ink: Ink::Grey, ..spaced(sized(PLAIN, 8.6, 11.0), pt(6.0), GRID) },
        Role::WideFigure => PLAIN,
        Role::TableHead => Style { weight: 600, tabular: true, ..sized(SANS, 9.2, 11.8) },
        Role::TableCell => Style { tabular: true, ..sized(SANS, 9.2, 11.8) },
        Role::ChartLabel => sized(SANS, 8.4, 10.5),
        Role::ChartValue => Style { weight: 600, tabular: true, ..sized(SANS, 8.4, 10.5) },
        Role::BoxTitle => Style { weight: 600, ink: Ink::Deep, ..spaced(sized(SANS, 11.0, 15.5), pt(0.0), pt(4.0)) },
        Role::BoxText
        | Role::BoxNote
        | Role::BoxTip
        | Role::BoxImportant
        | Role::BoxWarning
        | Role::BoxCaution
        | Role::BoxRecommendation => Style { frame: BOX, ..spaced(sized(PLAIN, 10.6, 14.5), Length::ZERO, pt(7.0)) },
        Role::BoxMarker => Style { weight: 700, ink: Ink::Accent, ..sized(SANS, 10.6, 14.5) },
        Role::PullQuote => {
            Style { italic: true, frame: PULLED, ink: Ink::Deep, ..spaced(sized(PLAIN, 16.0, 20.0), GRID, GRID) }
        }
        Role::Standfirst => Style { italic: true, keep: true, ..spaced(sized(PLAIN, 12.5, 15.5), Length::ZERO, GRID) },
        Role::KeyFigure => {
            Style { frame: KEY_FIGURE, ink: Ink::Accent, ..spaced(sized(TITLE, 32.0, 34.0), GRID, GRID) }
        }
        Role::KeyFigureLabel => sized(SANS, 9.6, 12.5),
        Role::Term => Style { weight: 600, ..PLAIN },
        Role::Ornament => Style { align: Alignment::Centred, ..spaced(PLAIN, GRID, GRID) },
        Role::Contents0 => {
            Style { leader: true, weight: 600, ink: Ink::Deep, ..spaced(sized(PLAIN, 11.5, 15.5), pt(15.5), pt(4.0)) }
        }
        Role::Contents1 => Style { leader: true, ..spaced(sized(PLAIN, 11.5, 15.5), pt(8.5), pt(2.0)) },
        Role::Contents2 => Style {
            leader: true,
            ink: Ink::Grey,
            start: pt(14.0),
            ..spaced(sized(PLAIN, 10.0, 15.0), Length::ZERO, pt(1.0))
        },
        Role::RunningHead | Role::RunningSection => Style { ink: Ink::Grey, ..sized(SANS, 8.6, 11.0) },
        Role::Folio | Role::OpeningFolio => Style { weight: 600, ink: Ink::Deep, ..sized(SANS, 9.2, 11.0) },
        Role::Colophon => spaced(sized(PLAIN, 9.0, 12.5), Length::ZERO, pt(6.0)),
        Role::Biography => BODY,
        Role::BiographyAddress => Style { ink: Ink::Grey, ..sized(SANS, 9.6, 15.5) },
        Role::CoverSeries => {
            Style { weight: 600, ink: Ink::Paper, case: Case::Capitals, tracking: 90, ..sized(SANS, 9.6, 12.0) }
        }
        Role::CoverTitle => Style { weight: 600, ..sized(TITLE, 46.0, 50.0) },
        Role::CoverSubtitle => Style { weight: 400, ..sized(TITLE, 18.0, 22.0) },
        Role::CoverByline => Style { weight: 600, ..sized(SANS, 11.5, 15.0) },
        Role::CoverDate => Style { ink: Ink::Grey, ..sized(SANS, 11.5, 15.0) },
        Role::CoverPublisher => Style { ink: Ink::Grey, ..sized(SANS, 9.6, 12.0) },
        Role::CoverCredit => Style { ink: Ink::Grey, ..sized(SANS, 7.6, 9.6) },
        Role::BookTitle => sized(TITLE, 34.0, 40.0),
        Role::BookSubtitle => Style { weight: 400, ..spaced(sized(TITLE, 17.0, 22.0), pt(8.0), Length::ZERO) },
        Role::Byline => Style { weight: 600, ..spaced(sized(SANS, 12.0, 16.0), pt(30.0), Length::ZERO) },
        Role::Imprint => Style { ink: Ink::Grey, ..sized(SANS, 9.6, 13.0) },
        Role::LineNumber => Style { ink: Ink::Grey, ..sized(SANS, 7.0, 15.5) },
    }
}

/// The folio outside; the book's title on versos, the section's on rectos, towards the spine.
fn heads() -> Line {
    let inner = Slot { verso: vec![Field::ShortTitle], recto: vec![Field::Section] };
    Line { outer: Slot::both(&[Field::Folio]), inner, ..Line::default() }
}

fn policy_paper() -> Theme {
    use DivisionKind::{Introduction, Part};
    Theme {
        base: Base::PolicyPaper,
        page: PageDesign {
            trim: LETTER,
            spine: Length::inches(1.3),
            fore_edge: Length::inches(2.1),
            head: Length::inches(1.1),
            foot: Length::inches(1.2),
            grid: GRID,
            screen: false,
            from_the_right: false,
            bleed: Length::ZERO,
            covers: true,
            line_numbers: false,
            columns: 1,
            gutter: Length::pt(24.0),
            margin_column: Length::ZERO,
            margin_gap: Length::pt(18.0),
            plain_grey: false,
            tabs: false,
            both_papers: false,
        },
        families: Families {
            text: "Source Serif 4".to_owned(),
            headings: "Source Sans 3".to_owned(),
            mono: "Source Code Pro".to_owned(),
        },
        palette: PALETTE,
        styles: Role::ALL.iter().map(|role| policy_style(*role)).collect(),
        columns: Vec::new(),
        openings: vec![(Part, Opening::Page), (Introduction, Opening::RunOn)],
        code_colours: false,
        number_headings: false,
        number_sections: Numbered::Unnumbered,
        note_pages: false,
        words: Arc::default(),
        note_place: NotePlace::Endnotes,
        opener: Opener {
            sink: 4,
            ground: None,
            depth: Length::ZERO,
            standfirst_depth: Length::ZERO,
            number_word: NumberWord::Bare,
            drop_cap: 1,
            small_capitals: false,
        },
        cover: CoverLayout::Bleed,
        scrim: 0,
        cover_ground: None,
        furniture: Furniture {
            head: heads(),
            foot: Line::default(),
            opening: Line { centre: Slot::both(&[Field::Folio]), ..Line::default() },
            head_baseline: Length::inches(0.65),
            folio_edge: Length::inches(0.95),
            foot_baseline: Length::inches(0.75),
        },
        microtype: Microtype { expansion: 20, tracking: 20, protrusion: Protrusion { on: true, own: Vec::new() } },
        smallest: Length::ZERO,
    }
}

fn report() -> Theme {
    use DivisionKind::{Chapter, Conclusion, Introduction, Recommendations};
    let mut theme = Theme { base: Base::Report, number_headings: true, code_colours: true, ..policy_paper() };
    theme.cover = CoverLayout::Foot;
    for role in [Role::Opening, Role::RunOn, Role::PartTitle, Role::Heading2, Role::Heading3, Role::Heading4] {
        theme.styles[role as usize].number = Numbering::Hung;
    }
    theme.openings.extend([Introduction, Chapter, Conclusion, Recommendations].map(|kind| (kind, Opening::Auto)));
    theme
}

fn book() -> Theme {
    use DivisionKind::{Chapter, Conclusion, Epilogue, Introduction, Part, Prologue};
    let pt = Length::pt;
    let mut theme = Theme { base: Base::Book, number_sections: Numbered::Chapters, ..policy_paper() };
    theme.opener.sink = 8;
    theme.styles[Role::Contents0 as usize].leader = false;
    let body = *theme.style(Role::Body);
    for style in &mut theme.styles {
        style.rescale(&body, pt(10.5), pt(14.0));
    }
    let centred = Style { align: Alignment::Centred, ink: Ink::Text, weight: 400, ..*theme.style(Role::Opening) };
    let mut set = |role: Role, style: Style| theme.styles[role as usize] = style;
    set(Role::Opening, Style { size: pt(20.0), leading: pt(28.0), below: pt(28.0), ..centred });
    set(Role::PartTitle, Style { size: pt(24.0), leading: pt(28.0), ..centred });
    set(Role::RunOn, Style { size: pt(14.0), leading: pt(14.0), above: pt(28.0), below: pt(14.0), ..centred });
    // What leads into a chapter stands below its title as that does.
    theme.styles[Role::Standfirst as usize].align = Alignment::Centred;
    // The title page stands as its chapters do.
    for role in [Role::BookTitle, Role::BookSubtitle] {
        let style = &mut theme.styles[role as usize];
        (style.align, style.ink, style.weight) = (Alignment::Centred, Ink::Text, 400);
    }
    for role in [Role::Byline, Role::Imprint] {
        let style = &mut theme.styles[role as usize];
        (style.align, style.family, style.weight) = (Alignment::Centred, Family::Text, 400);
    }
    for role in [Role::Body, Role::Extract, Role::Epigraph, Role::Letter, Role::Verse, Role::Biography] {
        theme.styles[role as usize].figures = Figures::OldStyle;
    }
    let head = Style {
        family: Family::Text,
        ink: Ink::Text,
        case: Case::SmallCapitals,
        tracking: 40,
        ..*theme.style(Role::RunningHead)
    };
    for role in [Role::RunningHead, Role::RunningSection] {
        theme.styles[role as usize] = Style { weight: 400, ..head };
    }
    for role in [Role::Folio, Role::OpeningFolio] {
        theme.styles[role as usize] =
            Style { weight: 400, case: Case::AsWritten, tracking: 0, figures: Figures::OldStyle, ..head };
    }
    theme.page = PageDesign {
        trim: SIX_BY_NINE,
        spine: Length::inches(0.8),
        fore_edge: Length::inches(0.7),
        head: Length::inches(0.9),
        foot: Length::inches(0.9),
        grid: pt(14.0),
        ..theme.page
    };
    theme.furniture = Furniture {
        head_baseline: Length::inches(0.55),
        folio_edge: Length::inches(0.7),
        foot_baseline: Length::inches(0.5),
        ..theme.furniture
    };
    theme.openings.push((Part, Opening::Recto));
    theme.openings.extend([Prologue, Introduction, Chapter, Conclusion, Epilogue].map(|kind| (kind, Opening::Page)));
    theme
}

/// A report with its notes beside the text: the column stands at the fore-edge.
fn margin() -> Theme {
    use DivisionKind::{Chapter, Conclusion, Introduction, Recommendations};
    let pt = Length::pt;
    let mut theme = Theme { base: Base::Margin, number_headings: true, code_colours: true, ..policy_paper() };
    let body = *theme.style(Role::Body);
    for style in &mut theme.styles {
        style.rescale(&body, pt(10.5), pt(15.0));
    }
    theme.palette = Palette {
        ink: Colour::hex(0x1F4D3F),
        accent: Colour::hex(0x8F5F12),
        ground: Colour::hex(0xF4EFE4),
        grey: Colour::hex(0x55605A),
        rules: Colour::hex(0xA39D8C),
        ..PALETTE
    };
    theme.page = PageDesign {
        spine: pt(72.0),
        fore_edge: pt(210.0),
        head: pt(84.0),
        foot: pt(78.0),
        grid: pt(15.0),
        margin_column: pt(126.0),
        margin_gap: pt(18.0),
        ..theme.page
    };
    theme.note_place = NotePlace::Margin;
    theme.cover = CoverLayout::Strip;
    theme.opener.sink = 3;
    theme.furniture = Furniture {
        head: Line { rule: pt(0.5), ..heads() },
        head_baseline: pt(50.0),
        folio_edge: pt(66.0),
        foot_baseline: pt(42.0),
        opening: Line { outer: Slot::both(&[Field::Folio]), ..Line::default() },
        ..theme.furniture
    };
    let mut change = |role: Role, change: &dyn Fn(Style) -> Style| {
        let style = &mut theme.styles[role as usize];
        *style = change(*style);
    };
    change(Role::MarginNote, &|style| Style { size: pt(8.0), leading: pt(10.5), below: pt(5.25), ..style });
    change(Role::Opening, &|style| Style { size: pt(30.0), leading: pt(34.0), ..style });
    change(Role::DivisionNumber, &|style| Style {
        size: pt(9.6),
        leading: pt(15.0),
        weight: 600,
        ink: Ink::Accent,
        ..style
    });
    change(Role::Heading2, &|style| Style { size: pt(13.0), leading: pt(15.0), ..style });
    change(Role::Heading3, &|style| Style {
        number: Numbering::Before,
        family: Family::Headings,
        italic: false,
        weight: 600,
        ink: Ink::Deep,
        size: pt(9.6),
        leading: pt(12.0),
        beside: true,
        ..style
    });
    // A figure to remember stands in the margin, on its rule.
    change(Role::KeyFigure, &|style| Style { weight: 400, size: pt(30.0), leading: pt(32.0), ..style });
    change(Role::KeyFigureLabel, &|style| Style { size: pt(8.4), leading: pt(10.8), ..style });
    let ground = Frame { ground: Some(Ink::Ground), inside: pt(14.0), ..Frame::NONE };
    change(Role::WideFigure, &|style| Style { frame: ground, ..style });
    change(Role::Extract, &|style| Style {
        size: pt(10.0),
        leading: pt(15.0),
        start: pt(14.0),
        end: pt(14.0),
        ..style
    });
    change(Role::Caption, &|style| Style { size: pt(9.0), leading: pt(12.0), ..style });
    change(Role::Source, &|style| Style { size: pt(7.8), leading: pt(10.0), ..style });
    for role in [Role::TableHead, Role::TableCell] {
        change(role, &|style| Style { size: pt(8.8), leading: pt(11.5), ..style });
    }
    theme.openings.extend([Introduction, Chapter, Conclusion, Recommendations].map(|kind| (kind, Opening::Auto)));
    theme
}

/// A trade book: black, centred, a large first letter; notes at the foot.
fn trade() -> Theme {
    let pt = Length::pt;
    let mut theme = Theme { base: Base::Trade, note_place: NotePlace::Footnotes, ..book() };
    theme.palette = Palette {
        // Colour stands on the cover only.
        text: Colour::BLACK,
        ink: Colour::BLACK,
        accent: Colour::BLACK,
        ground: GREY_PALETTE.ground,
        grey: Colour::hex(0x4A4A4A),
        rules: Colour::hex(0x707070),
    };
    theme.cover_ground = Some(Ink::Own(Colour::hex(0x7A2B28)));
    theme.page = PageDesign { spine: pt(54.0), fore_edge: pt(66.0), head: pt(58.0), foot: pt(72.0), ..theme.page };
    let number_word = NumberWord::Chapter;
    theme.opener = Opener { sink: 6, number_word, drop_cap: 3, small_capitals: true, ..theme.opener };
    theme.furniture =
        Furniture { head_baseline: pt(38.0), folio_edge: pt(66.0), foot_baseline: pt(44.0), ..theme.furniture };
    let mut change = |role: Role, change: &dyn Fn(Style) -> Style| {
        let style = &mut theme.styles[role as usize];
        *style = change(*style);
    };
    change(Role::Opening, &|style| Style { size: pt(26.0), leading: pt(30.0), below: pt(42.0), ..style });
    change(Role::PartTitle, &|style| Style { size: pt(26.0), leading: pt(30.0), ..style });
    // The cover stands as its title page does.
    change(Role::CoverTitle, &|style| Style { weight: 400, size: pt(40.0), leading: pt(44.0), ..style });
    for role in COVER_WORDS {
        change(role, &|style| Style { align: Alignment::Centred, ..style });
    }
    change(Role::DivisionNumber, &|style| Style {
        family: Family::Text,
        case: Case::SmallCapitals,
        tracking: 140,
        size: pt(11.0),
        leading: pt(14.0),
        ink: Ink::Text,
        ..style
    });
    change(Role::Heading2, &|style| Style {
        family: Family::Text,
        weight: 400,
        case: Case::SmallCapitals,
        tracking: 60,
        align: Alignment::Centred,
        size: pt(10.5),
        leading: pt(14.0),
        ink: Ink::Text,
        below: pt(14.0),
        ..style
    });
    change(Role::Extract, &|style| Style { size: pt(9.8), leading: pt(14.0), start: pt(16.0), end: pt(16.0), ..style });
    change(Role::Note, &|style| Style { size: pt(8.4), leading: pt(11.0), start: pt(16.0), ..style });
    change(Role::Caption, &|style| Style { size: pt(9.0), leading: pt(12.0), ..style });
    change(Role::Source, &|style| Style { size: pt(7.8), leading: pt(10.0), ..style });
    for role in [Role::TableHead, Role::TableCell] {
        change(role, &|style| Style { size: pt(9.0), leading: pt(11.5), ..style });
    }
    change(Role::RunningHead, &|style| Style { size: pt(8.8), ..style });
    change(Role::RunningSection, &|style| Style {
        size: pt(9.4),
        case: Case::AsWritten,
        tracking: 0,
        italic: true,
        ..style
    });
    theme
}

/// A paper in two columns: ragged, dense, its long sections opened by a band over the page.
fn brief() -> Theme {
    use DivisionKind::{AboutTheAuthor, AboutTheInstitute, Appendix, Bibliography, Glossary, Notes};
    use DivisionKind::{Chapter, Conclusion, Epilogue, Introduction, Prologue, Recommendations};
    let pt = Length::pt;
    let mut theme = Theme { base: Base::Brief, number_sections: Numbered::All, code_colours: true, ..policy_paper() };
    let body = *theme.style(Role::Body);
    for style in &mut theme.styles {
        style.rescale(&body, pt(9.6), pt(13.0));
    }
    theme.page = PageDesign {
        spine: pt(58.0),
        fore_edge: pt(58.0),
        head: pt(66.0),
        foot: pt(76.0),
        grid: pt(13.0),
        columns: 2,
        gutter: pt(24.0),
        ..theme.page
    };
    theme.scrim = 550;
    theme.opener = Opener {
        sink: 0,
        ground: Some(Ink::Deep),
        depth: pt(170.0),
        standfirst_depth: pt(262.0),
        number_word: NumberWord::Section,
        ..theme.opener
    };
    let foot = Line {
        outer: Slot::both(&[Field::Folio]),
        inner: Slot { verso: vec![Field::ShortTitle], recto: vec![Field::Publisher] },
        rule: pt(0.5),
        ..Line::default()
    };
    theme.furniture = Furniture {
        head: Line::default(),
        opening: foot.clone(),
        foot,
        head_baseline: pt(40.0),
        folio_edge: pt(58.0),
        foot_baseline: pt(42.0),
    };
    let grid = pt(13.0);
    let mut change = |role: Role, change: &dyn Fn(Style) -> Style| {
        let style = &mut theme.styles[role as usize];
        *style = change(*style);
    };
    let sized = |style: Style, size: f64, leading: f64| Style { size: pt(size), leading: pt(leading), ..style };
    let above =
        |ink: Ink, inside: f64| Frame { rule: Edge::Top, width: pt(2.0), ink, inside: pt(inside), ..Frame::NONE };
    for role in [Role::Body, Role::Biography] {
        change(role, &|style| Style { align: Alignment::Flush, first: pt(12.0), ..style });
    }
    for role in [Role::Extract, Role::Letter] {
        change(role, &|style| Style {
            align: Alignment::Flush,
            start: pt(12.0),
            end: pt(12.0),
            ..sized(style, 9.6, 13.0)
        });
    }
    change(Role::Epigraph, &|style| Style { start: pt(24.0), ..style });
    change(Role::Note, &|style| Style { start: pt(16.0), below: pt(1.5), ..sized(style, 8.0, 10.5) });
    change(Role::NoteHeading, &|style| Style { above: pt(9.0), below: pt(2.0), ..sized(style, 8.6, 10.5) });
    change(Role::Opening, &|style| Style { weight: 400, below: grid, ..sized(style, 34.0, 38.0) });
    change(Role::PartTitle, &|style| Style { weight: 400, ..sized(style, 34.0, 38.0) });
    change(Role::RunOn, &|style| Style {
        weight: 400,
        frame: above(Ink::Deep, 7.0),
        above: grid * 2,
        below: grid,
        ..sized(style, 24.0, 28.0)
    });
    change(Role::DivisionNumber, &|style| Style {
        weight: 600,
        case: Case::Capitals,
        tracking: 90,
        ..sized(style, 10.0, 13.0)
    });
    // Three lines of the grid in all, most of them above.
    change(Role::Heading2, &|style| Style { above: pt(20.0), below: pt(4.0), ..sized(style, 12.5, 15.0) });
    change(Role::Heading3, &|style| Style {
        italic: false,
        weight: 600,
        run_in: true,
        above: grid,
        below: Length::ZERO,
        ..sized(style, 9.6, 13.0)
    });
    change(Role::Heading4, &|style| Style {
        family: Family::Text,
        italic: true,
        ink: Ink::Text,
        above: grid,
        below: Length::ZERO,
        ..sized(style, 9.6, 13.0)
    });
    change(Role::Standfirst, &|style| Style {
        family: Family::Headings,
        italic: false,
        end: pt(118.0),
        below: grid,
        ..sized(style, 14.0, 19.0)
    });
    change(Role::Caption, &|style| Style {
        frame: above(Ink::Deep, 5.0),
        above: grid,
        below: pt(5.0),
        ..sized(style, 9.2, 12.0)
    });
    change(Role::Source, &|style| Style {
        family: Family::Headings,
        above: pt(5.0),
        below: grid,
        ..sized(style, 7.8, 10.0)
    });
    for role in [Role::TableHead, Role::TableCell] {
        change(role, &|style| sized(style, 8.4, 11.0));
    }
    change(Role::Code, &|style| sized(style, 8.0, 10.4));
    change(Role::BoxTitle, &|style| Style { below: pt(3.0), ..sized(style, 10.0, 13.0) });
    change(Role::BoxText, &|style| Style {
        frame: Frame { ground: Some(Ink::Ground), inside: pt(10.0), ..above(Ink::Accent, 10.0) },
        below: pt(5.0),
        ..sized(style, 9.2, 12.5)
    });
    change(Role::BoxMarker, &|style| sized(style, 9.2, 12.5));
    change(Role::PullQuote, &|style| Style {
        frame: above(Ink::Accent, 7.0),
        above: grid,
        below: grid,
        ..sized(style, 16.0, 20.0)
    });
    change(Role::KeyFigure, &|style| Style {
        weight: 400,
        frame: above(Ink::Accent, 5.0),
        above: grid,
        below: grid,
        ..sized(style, 44.0, 46.0)
    });
    change(Role::KeyFigureLabel, &|style| sized(style, 9.0, 12.0));
    change(Role::Contents0, &|style| Style { above: grid, ..sized(style, 10.5, 15.0) });
    change(Role::Contents1, &|style| Style { above: pt(7.0), ..sized(style, 10.5, 15.0) });
    change(Role::Contents2, &|style| sized(style, 9.6, 13.5));
    for role in [Role::RunningHead, Role::RunningSection] {
        change(role, &|style| sized(style, 8.0, 11.0));
    }
    for role in [Role::Folio, Role::OpeningFolio] {
        change(role, &|style| sized(style, 9.0, 11.0));
    }
    change(Role::Colophon, &|style| Style { end: pt(136.0), ..sized(style, 8.0, 11.0) });
    change(Role::BiographyAddress, &|style| sized(style, 8.4, 13.0));
    change(Role::CoverTitle, &|style| Style { weight: 400, ..sized(style, 54.0, 56.0) });
    change(Role::BookTitle, &|style| Style { weight: 400, ..style });
    change(Role::CoverSubtitle, &|style| sized(style, 18.0, 22.0));
    let text = [Prologue, Introduction, Chapter, Conclusion, Recommendations, Epilogue];
    let back = [Appendix, Glossary, Notes, Bibliography, AboutTheAuthor, AboutTheInstitute];
    theme.openings.extend(text.into_iter().chain(back).map(|kind| (kind, Opening::Auto)));
    theme
}
