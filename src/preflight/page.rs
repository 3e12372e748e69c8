//! The page audit: what no finished page may show, looked for apart from the layout that made it.
//!
//! Every mark lies on its page and text within the type area, or its column, but for its named exceptions; no line stands over
//! another, over the edge of a box or over a picture; no page holds a heading and nothing else; no letters are smaller
//! than the edition allows. What is found names the manuscript's place. Lines are sorted by their heads and swept once.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::book::{Book, DivisionKind, PageIndex};
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, lints};
use crate::page::{Artifact, Edge, Glyph, Mark, MarkKind, NodeId, Owner, Page, PageKind, Pages, Tag, TextRun};
use crate::source::Span;
use crate::theme::Theme;
use crate::units::{Length, Point, Rect, Transform};

/// What is looked at.
pub struct Job<'a> {
    /// The finished pages.
    pub pages: &'a Pages,
    /// Their content.
    pub book: &'a Book,
    /// Their looks.
    pub theme: &'a Theme,
}

/// Letters keep so far from the edge of the page.
const EDGE: Length = Length::pt(6.0);
/// Less than this nobody sees.
const SLIGHT: Length = Length::pt(1.5);
/// Nobody reads smaller letters, whatever the edition allows.
const LEAST: Length = Length::pt(5.0);
/// Rules are thinner than this, grounds are not.
const GROUND: Length = Length::pt(8.0);

/// A stretch of letters as it lies on the page.
struct Line<'a> {
    run: &'a TextRun,
    owner: Owner,
    turned: bool,
    /// From the first letter to the last, from about the height of small letters to a little below the baseline.
    core: Rect,
}

/// Looks at every page; of a kind of fault it says the first on each.
pub fn check(job: &Job<'_>, diagnostics: &mut Diagnostics) {
    // A part has a page for its title.
    let of_a_part = job.book.divisions.iter().filter(|division| division.kind == DivisionKind::Part);
    let parts: BTreeSet<PageIndex> =
        of_a_part.filter_map(|part| job.pages.map.divisions.get(&part.id).copied()).collect();
    let found = |(at, page)| {
        let lines = lines(page);
        let found = [
            off_page(job, page, &lines),
            off_column(job, page, &lines),
            overprint(page, &lines),
            stranded(job, at, page, &lines, &parts),
            small_type(job, page, &lines),
        ];
        found.map(|found| found.map(|found| (page, found)))
    };
    let pages: Vec<_> = job.pages.pages.par_iter().enumerate().map(found).collect();
    for (page, found) in pages.into_iter().flatten().flatten() {
        let Found { lint, message, hint, span } = found;
        let message = format!("{}: {message}", called(page));
        diagnostics.report(Diagnostic::new(lint, message).at(span).hint(hint));
    }
}

/// A fault.
struct Found {
    lint: &'static Lint,
    message: String,
    hint: &'static str,
    span: Option<Span>,
}

/// A page as its reader knows it.
fn called(page: &Page) -> String {
    match (page.folio, page.kind) {
        (Some(folio), _) => format!("page {folio}"),
        (None, PageKind::BackCover) => "the back cover".to_owned(),
        (None, _) => "the cover".to_owned(),
    }
}

fn lines(page: &Page) -> Vec<Line<'_>> {
    let line = |mark: &'_ Mark| -> Option<Rect> {
        let MarkKind::Text(run) = &mark.kind else { return None };
        let blank = |glyph: &&Glyph| {
            let letters = run.text.get(glyph.start as usize..glyph.end as usize).unwrap_or("");
            letters.chars().all(|letter| letter.is_whitespace() || letter == '\u{200B}')
        };
        let before: Length = run.glyphs.iter().take_while(blank).map(Glyph::advance).sum();
        let after: Length = run.glyphs.iter().rev().take_while(blank).map(Glyph::advance).sum();
        let whole: Length = run.glyphs.iter().map(Glyph::advance).sum();
        if before + after >= whole {
            return None;
        }
        let top = run.origin.y - run.size.scale(55, 100);
        let core = Rect::new(run.origin.x + before, top, whole - before - after, run.size.scale(65, 100));
        Some(mark.transform.map_or(core, |transform| moved(core, transform)))
    };
    let mut lines: Vec<Line<'_>> = page
        .marks
        .iter()
        .filter_map(|mark| {
            let core = line(mark)?;
            let MarkKind::Text(run) = &mark.kind else { return None };
            let turned = mark.transform.is_some_and(|transform| !transform.quarters.is_multiple_of(2));
            Some(Line { run, owner: mark.owner, turned, core })
        })
        .collect();
    lines.sort_by_key(|line| (line.core.origin.y, line.core.origin.x));
    lines
}

/// Where a rectangle lies after quarter turns clockwise about the origin and a shift.
fn moved(rect: Rect, transform: Transform) -> Rect {
    let turned = |point: Point| {
        let mut point = point;
        for _ in 0..transform.quarters % 4 {
            point = Point::new(Length::ZERO - point.y, point.x);
        }
        Point::new(point.x + transform.shift.x, point.y + transform.shift.y)
    };
    let (one, other) = (turned(rect.origin), turned(Point::new(rect.right(), rect.foot())));
    let (left, head) = (one.x.min(other.x), one.y.min(other.y));
    Rect::new(left, head, one.x.max(other.x) - left, one.y.max(other.y) - head)
}

/// Letters that leave the page, or the type area where nothing lets them.
fn off_page(job: &Job<'_>, page: &Page, lines: &[Line<'_>]) -> Option<Found> {
    let paper = Rect::new(EDGE, EDGE, page.size.width - EDGE * 2, page.size.height - EDGE * 2);
    let design = &job.theme.page;
    let found = lines.iter().find(|line| {
        if !paper.contains(&line.core) {
            return true;
        }
        if page.kind != PageKind::Inside || hangs(job, line.owner) {
            return false;
        }
        // Punctuation and round letters hang over the edges a little; a page may be a line long.
        let give = line.run.size;
        let left = design.left(page.side);
        // A column in the margin, and what is wide, stand at the fore-edge.
        let reach = job.theme.reach();
        let before = design.before_lines(page.side, reach);
        let after = reach - before;
        let foot = page.size.height - design.foot + design.grid * 2;
        let (x, right) = (line.core.origin.x, line.core.right());
        let across = x < left - before - give || right > left + design.measure() + after + give;
        let down = line.core.origin.y < design.head - design.grid || line.core.foot() > foot.max(design.head);
        across || down
    })?;
    let (message, hint) = match paper.contains(&found.core) {
        true => ("leaves the type area", "make the piece smaller, or break it up"),
        false => ("leaves the page", "make the piece smaller, or break it up"),
    };
    Some(found.fault(&lints::OFF_PAGE, message, hint))
}

/// Letters of a column that leave it for the one beside it.
fn off_column(job: &Job<'_>, page: &Page, lines: &[Line<'_>]) -> Option<Found> {
    let found = lines.iter().find(|line| {
        let core = &line.core;
        let middle = Point::new(core.origin.x, core.origin.y + core.size.height / 2);
        let rank = page.rank(middle);
        let Some(area) = page.areas.get(rank / 2).filter(|_| rank % 2 == 1) else { return false };
        // Punctuation and round letters hang over the edges a little.
        let give = line.run.size;
        let outside = core.origin.x < area.origin.x - give || core.right() > area.right() + give;
        outside && !line.turned && !hangs(job, line.owner)
    })?;
    Some(found.fault(&lints::OFF_PAGE, "leaves its column", "make the piece smaller, or break it up"))
}

/// Whether a mark may stand in the margins: furniture, numbers that hang beside titles, notes and items.
fn hangs(job: &Job<'_>, owner: Owner) -> bool {
    match owner {
        Owner::Artifact(Artifact::Pagination(Edge::Head | Edge::Foot | Edge::Side)) => true,
        Owner::Artifact(_) => false,
        Owner::Content(leaf) => above(job.pages, leaf).any(|tag| matches!(tag, Tag::H(_) | Tag::Lbl)),
    }
}

/// The elements around a leaf, from the inside.
fn around(pages: &Pages, leaf: NodeId) -> impl Iterator<Item = NodeId> {
    std::iter::successors(Some(leaf), |node| pages.structure.node(*node).parent)
}

/// Their tags.
fn above(pages: &Pages, leaf: NodeId) -> impl Iterator<Item = &Tag> {
    around(pages, leaf).map(|node| &pages.structure.node(node).tag)
}

/// A line over another, over the edge of a box, or over a picture.
fn overprint(page: &Page, lines: &[Line<'_>]) -> Option<Found> {
    let mut open: Vec<&Line<'_>> = Vec::new();
    for line in lines {
        open.retain(|other| other.core.foot() > line.core.origin.y);
        if let Some(other) = open.iter().find(|other| other.turned == line.turned && meet(other, line)) {
            let message = format!("stands over \"{}\"", words(other.run));
            return Some(line.fault(&lints::OVERPRINT, &message, "shorten one of the two, or give them more room"));
        }
        open.push(line);
    }
    let grounds: Vec<Rect> = {
        let grounds = page.marks.iter().filter_map(|mark| {
            let rect = match &mark.kind {
                MarkKind::Fill { rect, .. } => *rect,
                _ => return None,
            };
            let rect = mark.transform.map_or(rect, |transform| moved(rect, transform));
            (rect.size.width > GROUND && rect.size.height > GROUND).then_some(rect)
        });
        grounds.collect()
    };
    let pictures: Vec<Rect> = {
        let pictures = page.marks.iter().filter_map(|mark| {
            let MarkKind::Picture { rect, clip, .. } = &mark.kind else { return None };
            let rect = clip.unwrap_or(*rect);
            Some(mark.transform.map_or(rect, |transform| moved(rect, transform)))
        });
        pictures.collect()
    };
    let crossed = lines.iter().find(|line| {
        grounds.iter().any(|ground| over(&line.core, ground, SLIGHT) && !wider(ground).contains(&line.core))
    });
    if let Some(line) = crossed {
        return Some(line.fault(&lints::OVERPRINT, "stands over the edge of a box", "shorten it"));
    }
    if page.kind == PageKind::Cover {
        return None;
    }
    let line = lines.iter().find(|line| pictures.iter().any(|picture| over(&line.core, picture, SLIGHT)))?;
    Some(line.fault(&lints::OVERPRINT, "stands over a picture", "give the picture or the words more room"))
}

/// A box with what nobody sees around it.
fn wider(rect: &Rect) -> Rect {
    let by = SLIGHT;
    Rect::new(rect.origin.x - by, rect.origin.y - by, rect.size.width + by * 2, rect.size.height + by * 2)
}

/// Whether letters of two lines meet: over a good part of their height, and by more than kerning does.
fn meet(one: &Line<'_>, other: &Line<'_>) -> bool {
    let (a, b) = (&one.core, &other.core);
    let wide = a.right().min(b.right()) - a.origin.x.max(b.origin.x);
    let high = a.foot().min(b.foot()) - a.origin.y.max(b.origin.y);
    // Along the line, a little is kerning; across it, a little is a tight leading.
    let (along, across) = if one.turned { (high, wide) } else { (wide, high) };
    let least = if one.turned { a.size.width.min(b.size.width) } else { a.size.height.min(b.size.height) };
    along > SLIGHT.max(one.run.size.min(other.run.size) / 4) && across > least.scale(35, 100)
}

/// Whether two boxes share more than a little.
fn over(one: &Rect, other: &Rect, slight: Length) -> bool {
    let wide = one.right().min(other.right()) - one.origin.x.max(other.origin.x);
    let high = one.foot().min(other.foot()) - one.origin.y.max(other.origin.y);
    wide > slight && high > slight
}

/// A page with headings alone, whose text begins overleaf.
fn stranded(job: &Job<'_>, at: usize, page: &Page, lines: &[Line<'_>], parts: &BTreeSet<PageIndex>) -> Option<Found> {
    if page.kind != PageKind::Inside || page.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Picture { .. })) {
        return None;
    }
    let text = || lines.iter().filter(|line| matches!(line.owner, Owner::Content(_)));
    let heading = |line: &Line<'_>| match line.owner {
        Owner::Content(leaf) => above(job.pages, leaf).any(|tag| matches!(tag, Tag::H(_))),
        Owner::Artifact(_) => false,
    };
    let last = text().next_back()?;
    if !text().all(heading) {
        return None;
    }
    // A division without text has nothing but its title.
    let part = parts.contains(&PageIndex(at as u32));
    let goes_on = || {
        let Owner::Content(leaf) = last.owner else { return false };
        let sect = around(job.pages, leaf).find(|node| job.pages.structure.node(*node).tag == Tag::Sect);
        let next = job.pages.pages.get(at + 1).map(|page| page.marks.as_slice()).unwrap_or_default();
        next.iter().any(|mark| match mark.owner {
            Owner::Content(leaf) => around(job.pages, leaf).any(|node| Some(node) == sect),
            Owner::Artifact(_) => false,
        })
    };
    (!part && goes_on())
        .then(|| last.fault(&lints::STRANDED, "stands on a page without its text", "shorten what follows it"))
}

/// Letters smaller than the edition allows; what is raised or lowered, and marks of a letter or two, may be.
fn small_type(job: &Job<'_>, page: &Page, lines: &[Line<'_>]) -> Option<Found> {
    if page.kind != PageKind::Inside {
        return None;
    }
    let least = job.theme.smallest.max(LEAST);
    let small = |line: &&Line<'_>| {
        line.run.size < least
            && matches!(line.owner, Owner::Content(_))
            && line.run.text.chars().filter(|letter| letter.is_alphabetic()).count() > 3
    };
    let line = lines.iter().find(small)?;
    let message = format!("is set at {}, and this edition has nothing under {least}", line.run.size);
    Some(line.fault(&lints::SMALL_TYPE, &message, "choose a larger size, or less in a line"))
}

impl Line<'_> {
    fn fault(&self, lint: &'static Lint, what: &str, hint: &'static str) -> Found {
        Found { lint, message: format!("\"{}\" {what}", words(self.run)), hint, span: self.run.span }
    }
}

/// The first words of a run.
fn words(run: &TextRun) -> String {
    let mut words: String = run.text.trim().chars().take(40).collect();
    if words.len() < run.text.trim().len() {
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FaceId;
    use crate::units::{Colour, Side, Size};

    fn run(text: &str, x: f64, y: f64, letter: f64) -> Mark {
        let glyph = |at: usize| Glyph::new(1, Length::pt(letter), Point::default(), at as u32..at as u32 + 1);
        let run = TextRun {
            face: FaceId(0),
            size: Length::pt(10.0),
            colour: Colour::BLACK,
            origin: Point::new(Length::pt(x), Length::pt(y)),
            expansion: 1000,
            text: text.into(),
            glyphs: (0..text.len()).map(glyph).collect(),
            span: None,
        };
        Mark { kind: MarkKind::Text(run), owner: Owner::Artifact(Artifact::Layout), transform: None }
    }

    fn page(marks: Vec<Mark>) -> Page {
        let size = Size::new(Length::pt(300.0), Length::pt(400.0));
        Page {
            size,
            side: Side::Recto,
            folio: None,
            kind: PageKind::Cover,
            marks,
            links: Vec::new(),
            areas: Vec::new(),
        }
    }

    #[test]
    fn lines_one_leading_apart_do_not_meet_and_lines_on_one_baseline_do() {
        let apart = page(vec![run("one", 20.0, 100.0, 5.0), run("two", 20.0, 110.0, 5.0)]);
        assert!(overprint(&apart, &lines(&apart)).is_none());
        let beside = page(vec![run("one ", 20.0, 100.0, 5.0), run("two", 35.5, 100.0, 5.0)]);
        assert!(overprint(&beside, &lines(&beside)).is_none(), "the space at an end takes no room");
        let over = page(vec![run("one", 20.0, 100.0, 5.0), run("two", 25.0, 102.0, 5.0)]);
        assert!(overprint(&over, &lines(&over)).is_some());
    }

    #[test]
    fn letters_over_the_edge_of_a_box_are_found_and_letters_in_it_are_not() {
        let box_at = |width: f64| {
            let rect = Rect::new(Length::pt(10.0), Length::pt(50.0), Length::pt(width), Length::pt(80.0));
            let kind = MarkKind::Fill { rect, colour: Colour::BLACK };
            Mark { kind, owner: Owner::Artifact(Artifact::Layout), transform: None }
        };
        let inside = page(vec![box_at(100.0), run("inside", 20.0, 100.0, 5.0)]);
        assert!(overprint(&inside, &lines(&inside)).is_none());
        let across = page(vec![box_at(30.0), run("across", 20.0, 100.0, 5.0)]);
        assert!(overprint(&across, &lines(&across)).is_some());
    }

    #[test]
    fn a_quarter_turn_lays_a_rectangle_on_its_side() {
        let transform = Transform { quarters: 3, shift: Point::new(Length::ZERO, Length::pt(600.0)) };
        let rect = Rect::new(Length::pt(10.0), Length::pt(20.0), Length::pt(100.0), Length::pt(30.0));
        let turned = Rect::new(Length::pt(20.0), Length::pt(490.0), Length::pt(30.0), Length::pt(100.0));
        assert_eq!(moved(rect, transform), turned);
    }
}
