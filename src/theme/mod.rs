//! How a book looks: settled page design, one style a role, colours, openings.
//!
//! Layers ([`spec::ThemeSpec`]) settle into one [`Theme`] in which nothing is optional: a built-in theme, the
//! manuscript's `theme.yaml`, the edition. Ems and lines exist here only; from here on there are lengths.

pub mod bounds;
pub mod builtin;
mod chart;
pub mod colour;
pub mod furniture;
mod large;
pub mod protrusion;
pub mod screen;
mod scripts;
mod show;
pub mod spec;
pub mod style;

use crate::book::division::{CoverLayout, NumberWord, Numbered};
use crate::book::{DivisionKind, Matter, NotePlace};
use crate::language::wording::Wording;
use crate::units::{Colour, Length, Side, Size};
pub use builtin::{A4, CHART_LEAST, CROWDED_COVER_LEAST, LARGE_PRINT_LEAST, LETTER, READABLE, ULTRA_LARGE_PRINT};
pub use chart::ChartColours;
pub use furniture::{Field, Furniture, Slot};
pub use large::LARGE_CONTRAST;
pub use protrusion::{Hang, HangingCharacters, Protrusion};
pub use spec::{Opening, ThemeSpec};
use std::sync::Arc;
pub use style::{Alignment, Case, Edge, Family, Figures, Frame, Ink, Numbering, Palette, Role, Style};

/// The looks of one edition, settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// The built-in theme it comes from.
    pub base: Base,
    /// Paper, margins, grid.
    pub page: PageDesign,
    /// The families by name.
    pub families: Families,
    /// The colours.
    pub palette: Palette,
    styles: Vec<Style>,
    /// Kinds of division that stand in other columns than the text.
    columns: Vec<(DivisionKind, u8)>,
    openings: Vec<(DivisionKind, Opening)>,
    /// Whether headings are numbered.
    pub number_headings: bool,
    /// Whether program text is told apart by colours, and by weight and slant where there are none.
    pub code_colours: bool,
    /// Which sections are numbered; all are where headings are.
    pub number_sections: Numbered,
    /// Whether notes at the end show the page of their call in the margin.
    pub note_pages: bool,
    /// Where notes stand, if the manuscript does not say.
    pub note_place: NotePlace,
    /// Words that recto adds, said otherwise.
    pub words: Arc<Wording>,
    /// The head of a page on which a section opens.
    pub opener: Opener,
    /// How covers are laid out, if the manuscript does not say.
    pub cover: CoverLayout,
    /// Over which share of a cover's height, from the foot, its picture runs into ink, in thousandths; 0 leaves the
    /// picture above the words.
    pub scrim: u16,
    /// The colour behind the words of a cover without a picture, for [`Theme::cover_ground`].
    pub cover_ground: Option<Ink>,
    /// Where running heads and folios stand.
    pub furniture: Furniture,
    /// How spaces, edges and letters may give.
    pub microtype: Microtype,
    /// Letters are never smaller, but for what is raised or lowered; zero leaves it to the styles.
    pub smallest: Length,
}

/// A built-in theme.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Base {
    /// The default: a policy paper.
    PolicyPaper,
    /// A report with numbered headings.
    Report,
    /// A book.
    Book,
    /// A report with its notes in the margin.
    Margin,
    /// A trade book.
    Trade,
    /// A paper in two columns.
    Brief,
}

impl Base {
    /// The theme of that name.
    pub fn find(name: &str) -> Option<Base> {
        match name {
            "policy-paper" => Some(Base::PolicyPaper),
            "report" => Some(Base::Report),
            "book" => Some(Base::Book),
            "margin" => Some(Base::Margin),
            "trade" | "press" => Some(Base::Trade),
            "brief" => Some(Base::Brief),
            _ => None,
        }
    }

    /// Every built-in theme.
    pub const ALL: [Base; 6] = [Base::PolicyPaper, Base::Report, Base::Book, Base::Brief, Base::Margin, Base::Trade];

    /// As it is named.
    pub fn name(self) -> &'static str {
        match self {
            Base::PolicyPaper => "policy-paper",
            Base::Report => "report",
            Base::Book => "book",
            Base::Margin => "margin",
            Base::Trade => "trade",
            Base::Brief => "brief",
        }
    }

    /// What it is for.
    pub fn about(self) -> &'static str {
        match self {
            Base::PolicyPaper => "a policy paper: sections run on, a wide outer margin (the usual one)",
            Base::Report => "a report: sections open pages, numbered headings hang in the margin",
            Base::Margin => "a report whose notes stand beside the text, in a column at the fore-edge",
            Base::Brief => "a paper in two columns, its long sections opened by a band over the page",
            Base::Trade => "a trade book: chapters open pages with a large first letter, notes at the foot",
            Base::Book => "a book: chapters open pages, centred titles, old-style figures",
        }
    }
}

/// The head of a page on which a section opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Opener {
    /// Lines left empty above the title.
    pub sink: i64,
    /// The colour behind the title.
    pub ground: Option<Ink>,
    /// How far the ground reaches down from the head of the page.
    pub depth: Length,
    /// The same where a standfirst stands on it.
    pub standfirst_depth: Length,
    /// What a number above the title says it is the number of.
    pub number_word: NumberWord,
    /// How many lines the first letter of the text takes; 1 is none.
    pub drop_cap: u8,
    /// Whether the first words of the text are in small capitals.
    pub small_capitals: bool,
}

/// Paper, margins and the baseline grid.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PageDesign {
    /// The page after trimming.
    pub trim: Size,
    /// The margin at the binding.
    pub spine: Length,
    /// The margin at the outer edge.
    pub fore_edge: Length,
    /// From the head of the page to the cap height of the first line.
    pub head: Length,
    /// From the last baseline to the foot of the page.
    pub foot: Length,
    /// The baseline grid: the leading of the text.
    pub grid: Length,
    /// Whether left and right pages have equal margins, and blank versos are left out.
    pub screen: bool,
    /// Whether the binding is at the right, as in books that are read from the right: a recto lies at the left.
    pub from_the_right: bool,
    /// How far grounds and pictures at the edge reach over the trim; zero without bleed.
    pub bleed: Length,
    /// Whether the covers are pages of the file; an interior for a press has none.
    pub covers: bool,
    /// Whether every fifth line has its number in the margin.
    pub line_numbers: bool,
    /// In how many columns the text stands.
    pub columns: u8,
    /// Between two of them.
    pub gutter: Length,
    /// How wide the column in the margin at the fore-edge is; zero is none.
    pub margin_column: Length,
    /// Between the text and that column.
    pub margin_gap: Length,
    /// Whether pages without pictures are black and grey.
    pub plain_grey: bool,
    /// Whether chapters have tabs at the fore-edge.
    pub tabs: bool,
    /// Whether it was given what Letter and A4 both have room for, which it keeps on either.
    pub both_papers: bool,
}

impl PageDesign {
    /// The width of the lines.
    pub fn measure(&self) -> Length {
        self.trim.width - self.spine - self.fore_edge
    }

    /// How wide each of some columns is.
    pub fn column(&self, columns: u8) -> Length {
        let columns = i64::from(columns.max(1));
        (self.measure() - self.gutter * (columns - 1)) / columns
    }

    /// From the left edge of the page to the lines.
    pub fn left(&self, side: Side) -> Length {
        // On a screen what stands in the margin belongs to the middle too.
        let beside =
            if self.margin_column > Length::ZERO { self.margin_gap + self.margin_column } else { Length::ZERO };
        match side {
            _ if self.screen => (self.spine + self.fore_edge - beside) / 2,
            _ if self.is_at_the_right(side) => self.spine,
            _ => self.fore_edge,
        }
    }

    /// How much of what reaches over the lines stands before them: on pages at the left of the spine all of it, on a
    /// screen half, unless that has the column of the margin at its right.
    pub fn before_lines(&self, side: Side, reach: Length) -> Length {
        match (self.screen, self.margin_column > Length::ZERO) {
            (true, true) => Length::ZERO,
            (true, false) => reach / 2,
            (false, _) if self.is_at_the_right(side) => Length::ZERO,
            (false, _) => reach,
        }
    }

    /// Whether pages of a side lie at the right of the spine.
    pub fn is_at_the_right(&self, side: Side) -> bool {
        (side == Side::Recto) != self.from_the_right
    }

    /// How many lines of the grid a page holds, when capitals of the text are `cap_height` high.
    pub fn lines(&self, cap_height: Length) -> i64 {
        let area = self.trim.height - self.head - self.foot - cap_height;
        (area.to_sp() / self.grid.to_sp()).max(0) + 1
    }

    /// The baseline of a line of the grid, from 0.
    pub fn baseline(&self, line: i64, cap_height: Length) -> Length {
        self.head + cap_height + self.grid * line
    }
}

/// The families by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Families {
    /// Of the text.
    pub text: String,
    /// Of headings.
    pub headings: String,
    /// Of program text.
    pub mono: String,
}

impl Families {
    /// The name behind a family.
    pub fn name(&self, family: Family) -> &str {
        match family {
            Family::Text => &self.text,
            Family::Headings => &self.headings,
            Family::Mono => &self.mono,
        }
    }
}

/// How far spaces, edges and letters may give.
#[derive(Clone, PartialEq, Debug)]
pub struct Microtype {
    /// Letters may be wider or narrower by this many thousandths.
    pub expansion: u16,
    /// Letters may stand wider or closer by this many ten-thousandths of the em.
    pub tracking: u16,
    /// How far punctuation and round letters hang over the edges.
    pub protrusion: Protrusion,
}

impl Microtype {
    /// How far a line's glyphs may widen or narrow in all, in thousandths of their width: they are about two fifths of
    /// an em wide, and some fit closer than they are.
    pub fn flex(&self) -> i64 {
        i64::from(self.expansion) + i64::from(self.tracking) / 4
    }

    /// What of a line's flex widens its letters; the rest stands between them.
    pub fn expansion_of(&self, flex: i64) -> i64 {
        flex * i64::from(self.expansion) / self.flex().max(1)
    }
}

impl Theme {
    /// Lays the layers over each other, the last one on top. A name in `extends` that is no built-in theme is
    /// passed over: who read the layer has reported it.
    pub fn settle(layers: &[&ThemeSpec]) -> Theme {
        let layers = spec::flat(layers);
        let base = layers.iter().rev().find_map(|layer| layer.extends.as_deref().and_then(Base::find));
        let mut theme = builtin::theme(base.unwrap_or(Base::PolicyPaper));
        let variant = layers.iter().rev().find_map(|layer| layer.variant.as_ref());
        for layer in layers.iter().copied() {
            theme.lay(layer);
            // A programme's looks stand over those of its house.
            let asked = layer.variants.iter().filter(|(name, _)| variant.is_some_and(|(asked, _)| asked == name));
            for looks in spec::flat(&asked.map(|(_, looks)| looks).collect::<Vec<_>>()) {
                theme.lay(looks);
            }
        }
        if theme.is_large_print() {
            theme.enlarge();
        }
        theme
    }

    /// The settled theme as a `theme.yaml` that says everything, with a comment a key.
    pub fn show(&self) -> String {
        show::show(self)
    }

    /// Colours that styles name by themselves, printed from one plate.
    fn blacken(&mut self) {
        let black = |ink: &mut Ink| {
            if matches!(ink, Ink::Own(_)) {
                *ink = Ink::Text;
            }
        };
        self.cover_ground = None;
        for style in &mut self.styles {
            black(&mut style.ink);
            black(&mut style.frame.ink);
            if let Some(Ink::Own(_)) = style.frame.ground {
                style.frame.ground = Some(Ink::Ground);
            }
        }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> &Style {
        &self.styles[role as usize]
    }

    /// How a kind of division opens.
    pub fn opening(&self, kind: DivisionKind) -> Opening {
        match self.openings.iter().rev().find(|(of, _)| *of == kind) {
            Some((_, opening)) => *opening,
            // Short lists share the page of the contents.
            None if kind.is_list() => Opening::RunOn,
            None if kind.matter() != Matter::Body => Opening::Page,
            None => Opening::RunOn,
        }
    }

    /// How far what is wide may reach over the lines at the fore-edge: over the column in the margin, else as far as the
    /// folio stands out, if that is worth it; not over columns, which have their own way.
    pub fn reach(&self) -> Length {
        let page = &self.page;
        if page.columns > 1 {
            return Length::ZERO;
        }
        if page.margin_column > Length::ZERO {
            return page.margin_gap + page.margin_column;
        }
        let out = page.fore_edge - self.furniture.folio_edge;
        if out * 8 >= page.measure() { out } else { Length::ZERO }
    }

    /// In how many columns a kind of division stands: what has a page of its own in one; the others as the text, or as is
    /// said, and never in columns of fewer than about two dozen letters.
    pub fn columns(&self, kind: DivisionKind) -> u8 {
        let own = self.columns.iter().rev().find(|(of, _)| *of == kind).map(|(_, columns)| *columns);
        // An index has columns of its own.
        let one = stands_alone(kind) || kind == DivisionKind::Index;
        let asked = own.unwrap_or(if one { 1 } else { self.page.columns });
        let least = self.style(Role::Body).size * 11;
        (2..=asked).rev().find(|columns| self.page.column(*columns) >= least).unwrap_or(1)
    }

    /// Whether its page has a column in the margin in which notes stand.
    pub fn has_side_notes(&self) -> bool {
        self.page.margin_column > Length::ZERO && self.page.columns == 1
    }

    /// How wide the lines of a kind of division are: a column's; and three quarters of a page that has columns elsewhere,
    /// since all of it is too wide for lines.
    pub fn measure(&self, kind: DivisionKind) -> Length {
        let columns = self.columns(kind);
        match columns {
            1 if self.page.columns > 1 && stands_alone(kind) => self.page.measure().scale(3, 4),
            _ => self.page.column(columns),
        }
    }

    /// Makes the letters of the cover's title so large, if they are smaller.
    pub fn enlarge_cover_title(&mut self, size: Length) {
        let title = &mut self.styles[Role::CoverTitle as usize];
        let share = size.to_sp() * 1000 / title.size.to_sp().max(1);
        *title = title.scaled(share.max(1000), Length::ZERO);
    }

    /// The colour behind the title of a section that opens a page: where nothing bleeds, as on office printers, a tint of
    /// seven per cent, since they lay no even ground; in large print nothing there, since letters stand on no tint.
    pub fn band(&self) -> Option<Colour> {
        self.ground_at_the_edge(self.opener.ground?)
    }

    /// The same behind the words of a cover that has no picture.
    pub fn cover_ground(&self) -> Option<Colour> {
        self.ground_at_the_edge(self.cover_ground?)
    }

    fn ground_at_the_edge(&self, ink: Ink) -> Option<Colour> {
        let ground = self.palette.ink(ink);
        let even = self.page.screen || self.page.bleed > Length::ZERO;
        match (even, self.is_large_print()) {
            (true, _) => Some(ground),
            (false, true) => None,
            (false, false) => Some(ground.tint(7)),
        }
    }

    fn lay(&mut self, layer: &ThemeSpec) {
        self.lay_page(layer);
        self.lay_type(layer);
        self.lay_colours(layer);
        self.suit_grounds(layer);
        self.openings.extend(layer.openings.iter().copied());
        self.cover = layer.cover.unwrap_or(self.cover);
        self.scrim = layer.scrim.unwrap_or(self.scrim);
        self.cover_ground = layer.cover_ground.unwrap_or(self.cover_ground);
        self.lay_opener(layer);
    }

    fn lay_opener(&mut self, layer: &ThemeSpec) {
        let (opener, given) = (&mut self.opener, &layer.opener);
        opener.sink = given.sink.unwrap_or(opener.sink);
        opener.ground = given.ground.unwrap_or(opener.ground);
        opener.depth = given.depth.unwrap_or(opener.depth);
        opener.standfirst_depth = given.standfirst_depth.unwrap_or(opener.standfirst_depth);
        opener.number_word = given.number_word.unwrap_or(opener.number_word);
        opener.drop_cap = given.drop_cap.unwrap_or(opener.drop_cap);
        opener.small_capitals = given.small_capitals.unwrap_or(opener.small_capitals);
        // A word with the number has its own line, where nothing else is said.
        let worded = given.number_word.is_some_and(|word| word != NumberWord::Bare);
        if let Some(number) = given.number.or(worded.then_some(Numbering::Above)) {
            for role in [Role::Opening, Role::RunOn, Role::PartTitle] {
                self.styles[role as usize].number = number;
            }
        }
    }

    fn lay_page(&mut self, layer: &ThemeSpec) {
        if let Some(trim) = layer.trim
            && trim != self.page.trim
        {
            builtin::fit_trim(self, trim);
        }
        let page = &mut self.page;
        let given = &layer.margins;
        page.spine = given.spine.unwrap_or(page.spine);
        page.fore_edge = given.fore_edge.unwrap_or(page.fore_edge);
        page.head = given.head.unwrap_or(page.head);
        page.foot = given.foot.unwrap_or(page.foot);
        let least = &layer.least;
        page.spine = page.spine.max(least.spine.unwrap_or_default());
        page.fore_edge = page.fore_edge.max(least.fore_edge.unwrap_or_default());
        page.head = page.head.max(least.head.unwrap_or_default());
        page.foot = page.foot.max(least.foot.unwrap_or_default());
        if layer.both_papers == Some(true) {
            builtin::suit_both_papers(self);
        }
        let page = &mut self.page;
        page.screen = layer.screen.unwrap_or(page.screen);
        page.bleed = layer.bleed.unwrap_or(page.bleed);
        page.covers = layer.covers.unwrap_or(page.covers);
        page.line_numbers = layer.line_numbers.unwrap_or(page.line_numbers);
        let given = &layer.page;
        page.margin_column = given.margin_column.unwrap_or(page.margin_column);
        page.margin_gap = given.margin_gap.unwrap_or(page.margin_gap);
        page.columns = given.columns.unwrap_or(page.columns);
        page.gutter = given.gutter.unwrap_or(page.gutter);
        if given.columns.is_some() {
            self.columns.clear();
        }
        self.columns.extend(given.columns_of.iter().copied());
        self.furniture.lay(&layer.furniture);
        page.plain_grey = layer.plain_grey.unwrap_or(page.plain_grey);
        page.tabs = layer.tabs.unwrap_or(page.tabs);
        let furniture = &mut self.furniture;
        furniture.head_baseline = furniture.head_baseline.min(page.head - page.grid);
        furniture.folio_edge = furniture.folio_edge.min(page.fore_edge);
        // A page may be a line long: the folio below it still stands clear.
        let clear = (page.foot - page.grid * 2).max(page.foot / 2);
        furniture.foot_baseline = furniture.foot_baseline.min(clear);
    }

    fn lay_type(&mut self, layer: &ThemeSpec) {
        let families = [
            (&mut self.families.text, &layer.text_family),
            (&mut self.families.headings, &layer.headings_family),
            (&mut self.families.mono, &layer.mono_family),
        ];
        for (family, given) in families {
            if let Some(name) = given {
                family.clone_from(name);
            }
        }
        let body = *self.style(Role::Body);
        let size = layer.size.unwrap_or(body.size);
        let leading = layer.leading.unwrap_or(match layer.size {
            Some(size) => body.leading.scale(size.to_sp(), body.size.to_sp()),
            None => body.leading,
        });
        if size != body.size || leading != body.leading {
            for style in &mut self.styles {
                style.rescale(&body, size, leading);
            }
            self.page.grid = leading;
        }
        for style in &mut self.styles {
            if layer.justify == Some(false) && style.align == Alignment::Justified {
                style.align = Alignment::Flush;
            }
            if let Some(hyphenate) = layer.hyphenate {
                style.hyphenate &= hyphenate;
            }
        }
        if let Some(figures) = layer.figures {
            for role in [Role::Body, Role::Extract, Role::Epigraph, Role::Letter, Role::Verse, Role::Biography] {
                self.styles[role as usize].figures = figures;
            }
        }
        let given = &layer.microtype;
        let microtype = &mut self.microtype;
        microtype.expansion = given.expansion.unwrap_or(microtype.expansion);
        microtype.tracking = given.tracking.unwrap_or(microtype.tracking);
        microtype.protrusion.on = given.protrusion.unwrap_or(microtype.protrusion.on);
        microtype.protrusion.own.extend(given.hanging.iter().cloned());
        self.number_headings = layer.number_headings.unwrap_or(self.number_headings);
        self.code_colours = layer.code_colours.unwrap_or(self.code_colours);
        self.number_sections = layer.number_sections.unwrap_or(self.number_sections);
        self.note_place = layer.note_place.unwrap_or(self.note_place);
        self.note_pages = layer.note_pages.unwrap_or(self.note_pages);
        if !layer.words.is_empty() {
            Arc::make_mut(&mut self.words).lay(&layer.words);
        }
        match layer.note_numbers_hang {
            Some(false) => self.styles[Role::Note as usize].start = Length::ZERO,
            Some(true) => self.styles[Role::Note as usize].start = self.style(Role::Note).size.scale(20, 9),
            None => {}
        }
        let grid = self.page.grid;
        for (role, given) in &layer.styles {
            self.styles[*role as usize].lay(given, grid);
            if *role == Role::BoxText {
                Role::BOXES.iter().for_each(|kind| self.styles[*kind as usize].lay(given, grid));
            }
        }
        self.smallest = layer.smallest.unwrap_or(self.smallest);
    }

    /// Where a layer names a ground and no colour for what stands on it, letters that could not be read there are of
    /// paper's colour or black.
    fn suit_grounds(&mut self, layer: &ThemeSpec) {
        for (role, given) in &layer.styles {
            let (Some(Some(ground)), None) = (given.ground, given.colour) else { continue };
            self.styles[*role as usize].suit(ground, &self.palette);
            if *role == Role::BoxText {
                Role::BOXES.iter().for_each(|kind| self.styles[*kind as usize].suit(ground, &self.palette));
            }
        }
    }

    fn lay_colours(&mut self, layer: &ThemeSpec) {
        let palette = &mut self.palette;
        if let Some(brand) = layer.brand {
            [palette.ink, palette.accent, palette.ground, palette.grey, palette.rules] = colour::of_brand(brand);
            self.cover_ground = self.cover_ground.map(|_| Ink::Deep);
        }
        let given = [
            (&mut palette.text, layer.text),
            (&mut palette.ink, layer.ink),
            (&mut palette.accent, layer.accent),
            (&mut palette.ground, layer.ground),
            (&mut palette.grey, layer.grey),
            (&mut palette.rules, layer.rules),
        ];
        for (colour, new) in given {
            *colour = new.unwrap_or(*colour);
        }
        if layer.pure_black == Some(true) {
            palette.blacken();
        }
        if layer.greyscale == Some(true) {
            *palette = builtin::GREY_PALETTE;
            self.blacken();
        }
    }
}

/// Whether a kind of division has a page of its own on which nothing runs in columns.
fn stands_alone(kind: DivisionKind) -> bool {
    use DivisionKind::*;
    let made = matches!(kind, Cover | HalfTitle | TitlePage | CopyrightPage | BackCover);
    made || kind.is_list() || matches!(kind, Dedication | Epigraph | Contents | KeyTakeaways)
}

impl Style {
    /// Letters of paper's colour, or black, where they could not be read on a ground.
    fn suit(&mut self, ground: Ink, palette: &Palette) {
        let ground = palette.ink(ground);
        if colour::contrast(self.colour(palette), ground) < colour::TEXT {
            let on = |ink: Ink| colour::contrast(palette.ink(ink), ground);
            self.ink = if on(Ink::Paper) > on(Ink::Text) { Ink::Paper } else { Ink::Text };
        }
        // The word that names a box is of the colour of its frame.
        if colour::contrast(palette.ink(self.frame.ink), ground) < colour::TEXT {
            self.frame.ink = self.ink;
        }
    }

    /// Lays what a layer says of this role over it.
    fn lay(&mut self, given: &spec::StyleSpec, grid: Length) {
        let size = given.size.unwrap_or(self.size);
        let ratio = self.leading.scale(size.to_sp(), self.size.to_sp().max(1));
        self.leading = given.leading.unwrap_or(if given.size.is_some() { ratio } else { self.leading });
        self.size = size;
        self.family = given.face.unwrap_or(self.family);
        self.weight = given.weight.unwrap_or(self.weight);
        self.italic = given.italic.unwrap_or(self.italic);
        self.ink = given.colour.unwrap_or(self.ink);
        self.align = given.align.unwrap_or(self.align);
        self.hyphenate = given.hyphenate.unwrap_or(self.hyphenate);
        self.first = given.first.unwrap_or(self.first);
        self.start = given.start.unwrap_or(self.start);
        self.end = given.end.unwrap_or(self.end);
        self.above = given.above.map_or(self.above, |space| space.on(grid));
        self.below = given.below.map_or(self.below, |space| space.on(grid));
        self.figures = given.figures.unwrap_or(self.figures);
        self.tabular = given.tabular.unwrap_or(self.tabular);
        self.case = given.case.unwrap_or(self.case);
        self.tracking = given.tracking.unwrap_or(self.tracking);
        self.number = given.number.unwrap_or(self.number);
        self.keep = given.keep.unwrap_or(self.keep);
        self.across = given.across.unwrap_or(self.across);
        self.run_in = given.run_in.unwrap_or(self.run_in);
        self.beside = given.beside.unwrap_or(self.beside);
        self.leader = given.leader.unwrap_or(self.leader);
        self.frame.ground = given.ground.unwrap_or(self.frame.ground);
        self.frame.inside = given.inside.unwrap_or(self.frame.inside);
        if let Some(rule) = &given.rule {
            // A rule that is asked for by its width or colour alone stands above.
            let usual = if self.frame.rule == Edge::Unruled { Edge::Top } else { self.frame.rule };
            self.frame.rule = rule.side.unwrap_or(usual);
            let width = if self.frame.width == Length::ZERO { Length::pt(1.0) } else { self.frame.width };
            self.frame.width = rule.width.unwrap_or(width);
            self.frame.length = rule.length.unwrap_or(self.frame.length);
            self.frame.ink = rule.colour.unwrap_or(self.frame.ink);
        }
    }

    /// Follows the text from one size and leading to another: sizes in proportion, and what stood on the old grid
    /// stands on the new one.
    fn rescale(&mut self, body: &Style, size: Length, leading: Length) {
        let by_size = |length: Length| length.scale(size.to_sp(), body.size.to_sp());
        let by_grid = |length: Length| length.scale(leading.to_sp(), body.leading.to_sp());
        self.size = by_size(self.size);
        self.first = by_size(self.first);
        self.start = by_size(self.start);
        self.end = by_size(self.end);
        self.leading = by_grid(self.leading);
        self.above = by_grid(self.above);
        self.below = by_grid(self.below);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_on_a_ground_that_a_theme_names_can_be_read() {
        let box_on = |ground: Ink, colour: Option<Ink>| {
            let given = spec::StyleSpec { ground: Some(Some(ground)), colour, ..spec::StyleSpec::default() };
            let spec = ThemeSpec { styles: vec![(Role::BoxText, given)], ..ThemeSpec::default() };
            let theme = Theme::settle(&[&spec]);
            [Role::BoxText, Role::BoxNote].map(|role| theme.style(role).ink)
        };
        assert_eq!(box_on(Ink::Deep, None), [Ink::Paper; 2], "white on ink");
        let given = spec::StyleSpec { ground: Some(Some(Ink::Deep)), ..spec::StyleSpec::default() };
        let spec = ThemeSpec { styles: vec![(Role::BoxText, given)], ..ThemeSpec::default() };
        let note = *Theme::settle(&[&spec]).style(Role::BoxNote);
        assert_eq!(note.frame.ink, Ink::Paper, "its name is seen too");
        assert_eq!(box_on(Ink::Ground, None), [Ink::Text; 2], "black on a tint");
        assert_eq!(box_on(Ink::Deep, Some(Ink::Grey)), [Ink::Grey; 2], "what is said holds, and is warned of");
    }

    #[test]
    fn a_size_without_leading_keeps_the_ratio() {
        let spec = ThemeSpec { size: Some(Length::pt(22.0)), ..ThemeSpec::default() };
        let theme = Theme::settle(&[&spec]);
        assert_eq!(theme.style(Role::Body).leading, Length::pt(31.0));
        assert_eq!(theme.page.grid, Length::pt(31.0));
    }

    #[test]
    fn a_letter_page_of_the_policy_paper_has_a_measure_of_5_1_inches_and_forty_lines() {
        let theme = Theme::settle(&[]);
        assert_eq!(theme.page.measure(), Length::inches(5.1));
        assert_eq!(theme.page.lines(Length::pt(7.37)), 40);
    }

    #[test]
    fn a_layer_above_wins() {
        let below = ThemeSpec {
            openings: vec![(DivisionKind::Chapter, Opening::Page)],
            extends: Some("book".into()),
            ..ThemeSpec::default()
        };
        let above = ThemeSpec { openings: vec![(DivisionKind::Chapter, Opening::RunOn)], ..ThemeSpec::default() };
        let theme = Theme::settle(&[&below, &above]);
        assert_eq!(theme.base, Base::Book);
        assert_eq!(theme.opening(DivisionKind::Chapter), Opening::RunOn);
    }
}
