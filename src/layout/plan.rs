//! The plan of a book: its stretches from one forced page start to the next.

use std::collections::BTreeSet;

use super::extent::{fills_two_pages, lines, page_lines};
use super::extract::HeadBand;
use super::galley::Galley;
use super::pagebreak::Cut;
use super::parted::AllParted;
use crate::book::{Book, Division, DivisionKind, Matter};
use crate::theme::{Opening, Theme};
use crate::units::{Length, Side};

/// So many divisions stand in one stretch at the most, if they are joined because of the pages that they leave white.
const MOST_JOINED: usize = 24;

/// A stretch of the book from one forced page start to the next.
pub(super) struct Plan<'a> {
    pub divisions: Vec<&'a Division>,
    pub opening: Opening,
    pub kind: PlanKind,
    /// How many twentieths of the page before it must be filled, or it runs on there; none says that it never does.
    pub joins: i64,
    /// Whether it shows pages of other flows.
    pub refers: bool,
    /// What stands at its head, above the first division: it is from a longer work.
    pub band: Option<HeadBand>,
    /// Whether the title of the book stands there.
    pub masthead: bool,
}

impl<'a> Plan<'a> {
    /// Whether another may run on in it. What was joined is set anew as one, so that there is an end to it.
    pub fn has_room(&self) -> bool {
        self.divisions.len() < MOST_JOINED
    }

    /// Takes in what follows: it runs on.
    pub fn join(&mut self, next: Plan<'a>) {
        self.divisions.extend(next.divisions);
        self.refers |= next.refers;
    }

    /// Whether nothing but the copyright page stands in it.
    pub fn is_imprint(&self) -> bool {
        self.divisions.len() == 1 && self.divisions[0].kind == DivisionKind::CopyrightPage
    }

    /// Whether sections that were written stand in it.
    pub fn is_of_sections(&self) -> bool {
        self.kind == PlanKind::Flow && self.divisions.iter().any(|division| division.span.is_some())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PlanKind {
    Cover,
    Flow,
    BackCover,
}

/// A flow that was cut.
pub(super) struct Made {
    pub galley: Galley,
    pub cut: Cut,
    pub start: Side,
    /// An empty page before it, so that it opens on a recto.
    pub blank: bool,
}

impl Made {
    /// The side on which the next flow begins.
    pub fn next_side(&self) -> Side {
        let pages = self.cut.pages.iter().filter(|page| !page.goes_on).count();
        if pages % 2 == 0 { self.start } else { self.start.opposite() }
    }

    /// Whether its last page has fewer than so many twentieths of its lines on it.
    pub fn ends_white(&self, grid: Length, lines: i64, twentieths: i64) -> bool {
        self.galley.unit * i64::from(self.cut.used) * 20 < grid * lines * twentieths
    }
}

/// The stretches of a book.
pub(super) fn plan<'a>(book: &'a Book, theme: &Theme, parted: &AllParted) -> Vec<Plan<'a>> {
    let mut plans: Vec<Plan<'a>> = Vec::new();
    let naming = parted.iter().filter(|(_, parted)| parted.names_page);
    let naming: BTreeSet<_> = naming.filter_map(|(id, _)| Some(book.note(*id).calls.first()?.division)).collect();
    let mut matter = None;
    let mut follows = true;
    for division in &book.divisions {
        if !theme.page.covers && matches!(division.matter, Matter::Cover | Matter::BackCover) {
            continue;
        }
        if division.is_left_out() {
            // A list of nothing leaves no gap.
            follows &= division.kind.is_list();
            continue;
        }
        let kind = match division.matter {
            Matter::Cover => PlanKind::Cover,
            Matter::BackCover => PlanKind::BackCover,
            _ => PlanKind::Flow,
        };
        let mut opening = match division.kind {
            // They open a leaf; what is behind the title page is the copyright page.
            DivisionKind::HalfTitle | DivisionKind::TitlePage => Opening::Recto,
            kind => theme.opening(kind),
        };
        let auto = opening == Opening::Auto;
        if auto {
            opening = if is_short(division, theme) { Opening::RunOn } else { Opening::Page };
        }
        // A section with a band over the page is to have it, unless next to nothing stands on the page before.
        let mut joins = match (auto, theme.opener.ground) {
            (true, None) => 8,
            (true, Some(_)) => 5,
            (false, _) => 0,
        };
        let first_of_body = division.matter == Matter::Body && matter != Some(Matter::Body);
        // Another matter begins a page; but what follows the body may run on where a theme leaves that open.
        let follows_body = auto && matter == Some(Matter::Body) && division.matter == Matter::Back;
        if matter != Some(division.matter) && !follows_body {
            joins = 0;
            if opening == Opening::RunOn {
                opening = Opening::Page;
            }
        }
        match std::mem::replace(&mut follows, true) {
            true if first_of_body && !theme.page.screen => opening = Opening::Recto,
            // After what an extract leaves out, nothing runs on, and nothing is worth a blank page.
            false => (opening, joins) = (Opening::Page, 0),
            true => {}
        }
        matter = Some(division.matter);
        let refers = division.shows_pages() || naming.contains(&division.id);
        // Short parts at the end share a page.
        let about = division.kind == DivisionKind::AboutTheInstitute
            && plans
                .last()
                .is_some_and(|plan| plan.divisions.last().is_some_and(|d| d.kind == DivisionKind::AboutTheAuthor));
        match plans.last_mut() {
            Some(plan)
                if plan.kind == PlanKind::Flow && kind == PlanKind::Flow && (opening == Opening::RunOn || about) =>
            {
                plan.divisions.push(division);
                plan.refers |= refers;
            }
            _ => plans.push(Plan {
                divisions: vec![division],
                opening,
                kind,
                joins,
                refers,
                band: None,
                masthead: false,
            }),
        }
    }
    plans
}

/// Whether a division takes less than three fifths of a page, more or less: on a page of its own it would leave that
/// mostly white. Where long sections open on a band, all that have none run on.
fn is_short(division: &Division, theme: &Theme) -> bool {
    match theme.opener.ground {
        Some(_) => !fills_two_pages(division, theme),
        None => lines(division, theme) * 5 < page_lines(theme) * 3,
    }
}
