//! Make-up: galleys are cut into pages, and the chosen lines placed on them.
//!
//! A book is a row of *flows*, each from one forced page start to the next. Galleys are built side by side and cut one
//! after the other, since each begins on the side where the last one ended. What refers to pages is set again until
//! the page map it made is the one it was given.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::bands;
use super::cover;
use super::extract::HeadBand;
use super::furniture;
use super::galley::turned::turned_rect;
use super::galley::{Builder, Galley, Item, Shape};
use super::heights::flow;
use super::margin;
use super::pagebreak::{self, Cut, Flow, PagePrices};
use super::paragraph::{Missing, Setter};
use super::parallel::Parallel;
use super::parted::Parted;
use super::placed::PlacedFlow;
use super::placing::place_flow;
use super::plan::{Made, Plan, PlanKind, plan};
use super::shop::{self, Shop, cap_height};
use super::strip::{Anchor, Beside, Strip};
use crate::book::page_map::PageEntry;
use crate::book::{Book, Division, Folio, Matter, NoteId, PageIndex, PageMap, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::font::Fonts;
use crate::page::{MarkKind, OutlineEntry, Pages, Structure, Tag};
use crate::theme::{Opening, Theme};
use crate::units::{Length, Side};

/// Passes over what refers to pages before layout gives up.
const PASSES: usize = 5;

/// Sets a book. Characters that no face has are drawn as boxes and come back beside the pages.
pub fn set(book: &Book, theme: &Theme, fonts: &Fonts, diagnostics: &mut Diagnostics) -> (Pages, Missing) {
    set_beside(book, theme, fonts, &Elsewhere::default(), diagnostics)
}

/// The pages of other editions that those of a book speak of.
#[derive(Clone, Copy, Default)]
pub struct Elsewhere<'a> {
    /// The whole of which the book is an extract, and its pages: the sections have the folios that they have there.
    pub whole: Option<(&'a Book, &'a PageMap)>,
    /// A book and its pages whose folios stand at the fore-edge, where each of them begins.
    pub beside: Option<(&'a Book, &'a PageMap)>,
}

/// Sets a book whose pages speak of those of other editions.
pub fn set_beside(
    book: &Book,
    theme: &Theme,
    fonts: &Fonts,
    elsewhere: &Elsewhere<'_>,
    diagnostics: &mut Diagnostics,
) -> (Pages, Missing) {
    let setter = Setter::new(book, theme, fonts, book.metadata.hyphenation.clone());
    let parted = &Parted::of(book, shop::note_place(book, theme));
    let mut plans = plan(book, theme, parted);
    if let Some(first) = plans.iter_mut().find(|plan| plan.is_of_sections()) {
        first.band = HeadBand::of(book, elsewhere.whole);
    }
    if let Some(first) = plans.first_mut().filter(|_| book.masthead) {
        first.masthead = first.kind == PlanKind::Flow;
    }
    let cap_height = cap_height(theme, fonts);
    let mut map = PageMap::default();
    let mut made = make(&Shop { book, theme, setter: &setter, map: &map, cap_height, parted }, &mut plans, None);
    let mut settled = false;
    for _ in 0..PASSES {
        let next = page_map(&plans, &made, elsewhere.whole);
        if next == map {
            settled = true;
            break;
        }
        map = next;
        made = make(&Shop { book, theme, setter: &setter, map: &map, cap_height, parted }, &mut plans, Some(made));
    }
    if !settled {
        diagnostics.report(Diagnostic::new(
            &lints::UNSETTLED,
            "the pages that contents and references name still move after the last pass",
        ));
    }
    let shop = Shop { book, theme, setter: &setter, map: &map, cap_height, parted };
    let pages = place(&shop, &plans, made, elsewhere, diagnostics);
    (pages, setter.missing())
}

/// Builds the galleys that have to be built (again) and cuts every flow. What may run on joins the flow before it where
/// that ends on a page that would be left mostly white.
fn make<'a>(shop: &Shop<'_>, plans: &mut Vec<Plan<'a>>, before: Option<Vec<Made>>) -> Vec<Made> {
    let old: Vec<Option<Made>> = match before {
        Some(made) => made.into_iter().map(Some).collect(),
        None => plans.iter().map(|_| None).collect(),
    };
    let galleys: Vec<(Galley, Option<(Cut, Side)>)> = plans
        .par_iter()
        .zip(old)
        .map(|(plan, old)| match old {
            Some(made) if !plan.refers => (made.galley, Some((made.cut, made.start))),
            _ => (galley(shop, plan, BTreeSet::new()), None),
        })
        .collect();
    let flows: Vec<Option<Flow>> =
        galleys.par_iter().map(|(galley, kept)| kept.is_none().then(|| flow(shop, galley))).collect();
    let lines = shop.theme.page.lines(shop.cap_height);
    // One after the other: which side a flow begins on depends on those before, and to cut all for both sides would
    // cost twice what the cutting does, which is a small part of the whole.
    let mut side = Side::Recto;
    let mut made: Vec<Made> = Vec::with_capacity(plans.len());
    let all = std::mem::take(plans);
    for ((plan, (galley, kept)), ready) in all.into_iter().zip(galleys).zip(flows) {
        let joins = plan.joins > 0 && plans.last().is_some_and(Plan::has_room);
        let white = joins && made.last().is_some_and(|last| last.ends_white(shop.grid(), lines, plan.joins));
        if let (true, Some(onto), Some(last)) = (white, plans.last_mut(), made.pop_if(|_| white)) {
            onto.join(plan);
            let both = self::galley(shop, onto, BTreeSet::new());
            let laid = cut(&flow(shop, &both), &both, last.start);
            let whole = finish(shop, onto, (both, laid), last.start, last.blank);
            side = whole.next_side();
            made.push(whole);
            continue;
        }
        let blank = plan.opening == Opening::Recto
            && side == Side::Verso
            && plan.kind == PlanKind::Flow
            && !shop.theme.page.screen;
        let start = if blank { Side::Recto } else { side };
        let laid = match kept {
            Some((laid, kept)) if kept == start => laid,
            _ => cut(&ready.unwrap_or_else(|| flow(shop, &galley)), &galley, start),
        };
        let whole = finish(shop, &plan, (galley, laid), start, blank);
        side = whole.next_side();
        made.push(whole);
        plans.push(plan);
    }
    made
}

/// A flow that was cut, with its notes where they have room and its texts indented as they then stand.
fn finish(shop: &Shop<'_>, plan: &Plan<'_>, cut_once: (Galley, Cut), start: Side, blank: bool) -> Made {
    let (mut galley, mut laid) = beside(shop, plan, cut_once, start);
    // Where the copyright page has no room for the title at its head, that has a page before it.
    if plan.masthead && plan.is_imprint() && laid.pages.len() > 1 {
        if let Some(first) = galley.items.get_mut(1) {
            first.new_page = true;
        }
        laid = cut(&flow(shop, &galley), &galley, start);
    }
    for _ in 0..PASSES {
        if !indent_after_floats(&mut galley, &laid) {
            break;
        }
        laid = cut(&flow(shop, &galley), &galley, start);
    }
    if laid.pages.is_empty() {
        laid.pages.push(pagebreak::CutPage::default());
    }
    Made { galley, cut: laid, start, blank }
}

/// Cuts a flow, page by page or, where it stands in columns, band by band.
fn cut(flow: &Flow, galley: &Galley, start: Side) -> Cut {
    let prices = PagePrices::default();
    if galley.columns() == 1 {
        return pagebreak::cut(flow, start, &prices);
    }
    let columns: Vec<u8> = galley.items.iter().map(Item::band).collect();
    bands::cut(flow, &columns, start, &prices)
}

/// Where the margin of a page has no room for all of its notes, those that it has none for go to the foot, and the flow
/// is cut again; each round there are fewer beside the text, so that this ends.
fn beside(shop: &Shop<'_>, plan: &Plan<'_>, made: (Galley, Cut), start: Side) -> (Galley, Cut) {
    let (mut built, mut laid) = made;
    let mut out: BTreeSet<NoteId> = BTreeSet::new();
    loop {
        let crowded = margin::crowded(shop, &built, &laid);
        if crowded.is_empty() {
            return (built, laid);
        }
        out.extend(crowded);
        built = galley(shop, plan, out.clone());
        laid = cut(&flow(shop, &built), &built, start);
    }
}

/// Indents the texts whose figure went elsewhere, and sets those flush that stand below theirs; whether any changed.
fn indent_after_floats(galley: &mut Galley, laid: &Cut) -> bool {
    let mut changed = false;
    for page in &laid.pages {
        for (at, piece) in page.pieces.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &page.pieces[before]).filter(|before| !before.wide);
            let below = before.is_some_and(|before| before.block + 1 == piece.block);
            if let Shape::Text(text) = &mut galley.items[piece.block].shape
                && text.other.is_some()
                && piece.lines.start == 0
                && text.indented == below
            {
                text.swap();
                changed = true;
            }
        }
    }
    changed
}

fn galley(shop: &Shop<'_>, plan: &Plan<'_>, crowded: BTreeSet<NoteId>) -> Galley {
    let mut builder = Builder::new(*shop).without_room(crowded);
    if plan.kind == PlanKind::Flow {
        if let Some(band) = &plan.band {
            builder.head_band(band, plan.divisions[0].id.index());
        }
        if plan.masthead {
            builder.masthead(plan.divisions[0].id.index());
        }
        let headed = plan.masthead || plan.band.is_some();
        for (at, division) in plan.divisions.iter().enumerate() {
            builder.division(division, at == 0 && !headed);
        }
    }
    let grid = shop.grid();
    let galley = builder.finish(grid);
    let on_grid = galley.items.iter().all(|item| match &item.shape {
        Shape::Text(text) => text.style.leading % grid == Length::ZERO && !item.loose,
        _ => true,
    });
    // Half points, about, of which the grid is a whole number (but for a few scaled points).
    let count = ((grid + Length::pt(0.25)).to_sp() / Length::pt(0.5).to_sp()).max(1);
    let fine = Length::sp((grid.to_sp() + count - 1) / count);
    Galley { unit: if on_grid { grid } else { fine }, ..galley }
}

/// The folio that a division opens on in another book of the manuscript, which may have other divisions before it.
fn folio_in(division: &Division, other: &Book, map: &PageMap) -> Option<Folio> {
    let found = other.divisions.iter().find(|found| found.label == division.label)?;
    map.folio(&Target::Division(found.id))
}

/// Which page everything is on.
fn page_map(plans: &[Plan<'_>], made: &[Made], whole: Option<(&Book, &PageMap)>) -> PageMap {
    let mut map = PageMap::default();
    let mut folios = Folios::default();
    for (plan, flow) in plans.iter().zip(made) {
        if flow.blank {
            let matter = if folios.body == 0 { Matter::Front } else { Matter::Body };
            map.pages.push(PageEntry { folio: Some(folios.next(matter)), first: None });
        }
        let first = map.pages.len();
        if let Some(folio) = whole.and_then(|(whole, map)| folio_in(plan.divisions[0], whole, map)) {
            folios.go_on_at(folio);
        }
        for page in &flow.cut.pages {
            let mut folio = || match plan.kind {
                PlanKind::Flow => Some(folios.next(plan.divisions[0].matter)),
                PlanKind::Cover => {
                    folios.next(Matter::Front);
                    None
                }
                PlanKind::BackCover => None,
            };
            if !page.goes_on {
                map.pages.push(PageEntry { folio: folio(), first: None });
            }
            let index = PageIndex(map.pages.len() as u32 - 1);
            for piece in &page.pieces {
                let item = &flow.galley.items[piece.block];
                for (_, anchor) in item.anchors(piece.variant, piece.lines.clone()) {
                    if let Anchor::Call(note, 0) = anchor
                        && (flow.galley.foot.contains_key(&note)
                            || flow.galley.beside.contains_key(&Beside::Note(note)))
                    {
                        note_anchor(&mut map, index, Anchor::Note(note));
                    }
                    note_anchor(&mut map, index, anchor);
                }
            }
        }
        if plan.kind != PlanKind::Flow {
            map.divisions.insert(plan.divisions[0].id, PageIndex(first as u32));
        }
    }
    map
}

fn note_anchor(map: &mut PageMap, page: PageIndex, anchor: Anchor) {
    match anchor {
        Anchor::Line(place) => {
            let entry = &mut map.pages[page.0 as usize];
            entry.first.get_or_insert(place);
        }
        Anchor::Block(id) => {
            map.blocks.entry(id).or_insert(page);
        }
        Anchor::Division(id) => {
            map.divisions.entry(id).or_insert(page);
        }
        Anchor::Call(note, call) => {
            map.calls.entry((note, call)).or_insert(page);
        }
        Anchor::Note(id) => {
            map.notes.entry(id).or_insert(page);
        }
        Anchor::Mark(id) => {
            map.marks.entry(id).or_insert(page);
        }
        Anchor::Outline(..) | Anchor::Aside(_) => {}
    }
}

/// Counts pages: roman in the front matter, arabic from the body on.
#[derive(Default)]
struct Folios {
    front: u32,
    body: u32,
}

impl Folios {
    /// The next page has this folio.
    fn go_on_at(&mut self, folio: Folio) {
        match folio {
            Folio::Roman(number) => self.front = number.saturating_sub(1),
            Folio::Arabic(number) => self.body = number.saturating_sub(1),
        }
    }

    fn next(&mut self, matter: Matter) -> Folio {
        if matches!(matter, Matter::Cover | Matter::Front) {
            self.front += 1;
            Folio::Roman(self.front)
        } else {
            self.body += 1;
            Folio::Arabic(self.body)
        }
    }
}

/// Places what was cut.
fn place(
    shop: &Shop<'_>,
    plans: &[Plan<'_>],
    made: Vec<Made>,
    elsewhere: &Elsewhere<'_>,
    diagnostics: &mut Diagnostics,
) -> Pages {
    let placed: Vec<PlacedFlow> = plans
        .par_iter()
        .zip(made)
        .map(|(plan, made)| match plan.kind {
            PlanKind::Flow => place_flow(shop, plan, made),
            PlanKind::Cover => cover::front(shop, plan.divisions[0], made.start).into(),
            PlanKind::BackCover => cover::back(shop, plan.divisions[0], made.start).into(),
        })
        .collect();
    let mut pages = Pages {
        pages: Vec::new(),
        structure: Structure::new(),
        map: shop.map.clone(),
        outline: Vec::new(),
        destinations: Default::default(),
        bleed: shop.theme.page.bleed,
    };
    pages.structure.node_mut(Structure::ROOT).language = Some(shop.book.metadata.language.clone());
    let mut flat: Vec<(u8, OutlineEntry)> = Vec::new();
    let mut parallel = elsewhere.beside.map(|(book, map)| Parallel::new(book, map));
    for flow in placed {
        diagnostics.append(flow.diagnostics);
        let grafted = pages.structure.graft(Structure::ROOT, flow.structure);
        for (mut page, tops, facts) in flow.pages {
            let index = pages.pages.len() as u32;
            let mut strip = Strip {
                marks: std::mem::take(&mut page.marks),
                links: std::mem::take(&mut page.links),
                ..Strip::default()
            };
            strip.rebase(|node| grafted.id(node));
            bound_figures(&mut pages.structure, &strip, index);
            (page.marks, page.links) = (strip.marks, strip.links);
            page.folio = pages.map.pages.get(index as usize).and_then(|entry| entry.folio);
            furniture::add(shop, &mut page, &facts, &pages.map);
            if let Some(parallel) = &mut parallel {
                parallel.met(pages.pages.len(), &facts.lines);
            }
            for (top, anchor) in tops {
                destination(&mut pages, index, top, anchor, &mut flat);
            }
            pages.pages.push(page);
        }
    }
    pages.outline = nest(flat);
    if let Some(parallel) = parallel {
        parallel.mark(shop, &mut pages);
    }
    pages
}

/// Says in the tree where each picture or drawing stands.
fn bound_figures(structure: &mut Structure, strip: &Strip, page: u32) {
    for mark in &strip.marks {
        let rect = match &mark.kind {
            MarkKind::Picture { rect, clip, .. } => clip.unwrap_or(*rect),
            MarkKind::Fill { rect, .. } => *rect,
            _ => continue,
        };
        let crate::page::Owner::Content(leaf) = mark.owner else { continue };
        let Some(parent) = structure.node(leaf).parent else { continue };
        let node = structure.node_mut(parent);
        if matches!(node.tag, Tag::Figure { .. }) {
            let rect = mark.transform.map_or(rect, |transform| turned_rect(rect, transform));
            node.bounds = Some(match node.bounds {
                Some((known, bounds)) if known == page => (page, bounds.union(&rect)),
                _ => (page, rect),
            });
        }
    }
}

fn destination(pages: &mut Pages, page: u32, top: Length, anchor: Anchor, flat: &mut Vec<(u8, OutlineEntry)>) {
    let target = match anchor {
        Anchor::Line(_) | Anchor::Aside(_) => return,
        Anchor::Block(id) => Target::Block(id),
        Anchor::Division(id) => Target::Division(id),
        Anchor::Call(note, call) => Target::NoteCall(note, call),
        Anchor::Note(id) => Target::Note(id),
        Anchor::Mark(id) => Target::Mark(id),
        Anchor::Outline(level, title, target) => {
            flat.push((level, OutlineEntry { title, page, top, kids: Vec::new() }));
            target
        }
    };
    pages.destinations.entry(target).or_insert((page, top));
}

/// A flat outline with levels, nested.
fn nest(flat: Vec<(u8, OutlineEntry)>) -> Vec<OutlineEntry> {
    let mut roots: Vec<OutlineEntry> = Vec::new();
    let mut levels: Vec<u8> = Vec::new();
    for (level, entry) in flat {
        while levels.last().is_some_and(|open| *open >= level) {
            levels.pop();
        }
        let mut kids = &mut roots;
        for _ in 0..levels.len() {
            kids = &mut kids.last_mut().expect("an open level has an entry").kids;
        }
        kids.push(entry);
        levels.push(level);
    }
    roots
}
