//! Proof: pages as text that a person can read, for goldens and for looking without a viewer.
//!
//! A page is a line with its place in the file, side, folio and size; below it stand its lines from the head down, each
//! with its baseline and its left edge in points, how far its letters and spaces are stretched, and its words. Furniture
//! is marked `~`, pictures, grounds and rules stand in brackets.

use std::fmt::Write;

use super::{Artifact, Mark, MarkKind, Owner, Page, PageKind, Pages, TextRun};
use crate::units::{Length, Point, Rect, Side};

/// Every page of an edition as text.
pub fn proof(pages: &Pages) -> String {
    let mut out = String::new();
    for (index, page) in pages.pages.iter().enumerate() {
        write_page(&mut out, index, page);
    }
    out
}

/// The words of a page from the head down, without furniture; a space between lines, soft hyphens undone.
pub fn words(page: &Page) -> String {
    let mut out = String::new();
    let mut divided = false;
    for line in lines(page).iter().filter(|line| !line.furniture) {
        if !out.is_empty() && !divided {
            out.push(' ');
        }
        divided = line.soft_hyphen;
        out.push_str(line.words.trim_end_matches('\u{ad}').trim());
    }
    out
}

fn write_page(out: &mut String, index: usize, page: &Page) {
    let side = match page.side {
        Side::Recto => "recto",
        Side::Verso => "verso",
    };
    let kind = match page.kind {
        PageKind::Cover => "cover",
        PageKind::Inside => "page",
        PageKind::Blank => "blank page",
        PageKind::BackCover => "back cover",
    };
    let folio = page.folio.map_or_else(|| "-".to_owned(), |folio| folio.to_string());
    let (width, height) = (points(page.size.width), points(page.size.height));
    let _ = writeln!(out, "== {kind} {} {side} {folio} {width}x{height}", index + 1);
    for line in lines(page) {
        let mark = if line.furniture { '~' } else { ' ' };
        let stretch = line.stretch.map_or_else(String::new, |(expansion, space)| format!(" {expansion:4} {space:>5}"));
        let _ = writeln!(out, "{mark}{:>6} {:>6}{stretch} | {}", points(line.y), points(line.x), line.words);
    }
}

/// One line of a proof.
struct ProofLine {
    y: Length,
    x: Length,
    furniture: bool,
    /// Thousandths of letters, and the mean width of its spaces in points.
    stretch: Option<(i32, String)>,
    words: String,
    soft_hyphen: bool,
}

fn lines(page: &Page) -> Vec<ProofLine> {
    let mut lines: Vec<ProofLine> = Vec::new();
    let mut runs: Vec<(&Mark, &TextRun)> = Vec::new();
    for mark in &page.marks {
        match &mark.kind {
            MarkKind::Text(run) => runs.push((mark, run)),
            MarkKind::Fill { rect, colour } => lines.push(bracket(mark, rect, &format!("{colour}"))),
            MarkKind::Veil { rect, colour, share } => {
                lines.push(bracket(mark, rect, &format!("veil {colour} {share}")))
            }
            MarkKind::Picture { rect, .. } => lines.push(bracket(mark, rect, "picture")),
            MarkKind::Outline { polygons, colour } => {
                let corners = polygons.iter().flatten();
                let x = corners.clone().map(|point| point.x).min().unwrap_or_default();
                let y = corners.map(|point| point.y).min().unwrap_or_default();
                lines.push(ProofLine {
                    words: format!("[outline {colour}]"),
                    ..bracket(mark, &Rect::new(x, y, Length::ZERO, Length::ZERO), "")
                });
            }
        }
    }
    // Runs of one baseline are one line: raised figures stand within half their size of it.
    let rank = |run: &TextRun| page.rank(run.origin);
    runs.sort_by_key(|(mark, run)| (is_furniture(mark), rank(run), run.origin.y, run.origin.x));
    let mut rows: Vec<Vec<(&Mark, &TextRun)>> = Vec::new();
    for (mark, run) in runs {
        let near = rows.last().is_some_and(|row: &Vec<(&Mark, &TextRun)>| {
            let (last_mark, last) = row[row.len() - 1];
            is_furniture(last_mark) == is_furniture(mark)
                && rank(last) == rank(run)
                && (run.origin.y - last.origin.y).abs() <= run.size / 2
        });
        match rows.last_mut() {
            Some(row) if near => row.push((mark, run)),
            _ => rows.push(vec![(mark, run)]),
        }
    }
    lines.extend(rows.into_iter().map(text_line));
    lines.sort_by_key(|line| (page.rank(Point::new(line.x, line.y)), line.y, line.x, line.furniture));
    rows_of_dots(lines)
}

/// Marks of one size in a row, such as the dots of a leader, are one line of the proof with their number.
fn rows_of_dots(lines: Vec<ProofLine>) -> Vec<ProofLine> {
    let mut kept: Vec<(ProofLine, usize)> = Vec::with_capacity(lines.len());
    for line in lines {
        match kept.last_mut() {
            Some((first, count)) if line.stretch.is_none() && first.y == line.y && first.words == line.words => {
                *count += 1
            }
            _ => kept.push((line, 1)),
        }
    }
    let counted = |(mut line, count): (ProofLine, usize)| {
        if count > 1 {
            line.words = format!("{count} x {}", line.words);
        }
        line
    };
    kept.into_iter().map(counted).collect()
}

fn is_furniture(mark: &Mark) -> bool {
    matches!(mark.owner, Owner::Artifact(Artifact::Pagination(_)))
}

fn bracket(mark: &Mark, rect: &Rect, what: &str) -> ProofLine {
    let (width, height) = (points(rect.size.width), points(rect.size.height));
    ProofLine {
        y: rect.origin.y,
        x: rect.origin.x,
        furniture: is_furniture(mark),
        stretch: None,
        words: format!("[{what} {width}x{height}]"),
        soft_hyphen: false,
    }
}

/// The runs of one baseline, left to right, with a space where they stand apart.
fn text_line(mut row: Vec<(&Mark, &TextRun)>) -> ProofLine {
    row.sort_by_key(|(_, run)| run.origin.x);
    let widest = row.iter().max_by_key(|(_, run)| run.glyphs.len()).map_or(row[0].1, |(_, run)| *run);
    let mut words = String::new();
    let mut end: Option<Length> = None;
    let (mut spaces, mut count) = (Length::ZERO, 0);
    for (_, run) in &row {
        let apart = end.is_some_and(|end| run.origin.x - end > run.size / 8);
        if apart && !words.ends_with(' ') && !run.text.starts_with(' ') {
            words.push(' ');
        }
        words.push_str(&run.text);
        end = Some(run.right());
        for glyph in
            run.glyphs.iter().filter(|glyph| run.text.get(glyph.start as usize..glyph.end as usize) == Some(" "))
        {
            spaces += glyph.advance();
            count += 1;
        }
    }
    let soft_hyphen = row.last().and_then(|(_, run)| run.glyphs.last()).is_some_and(|glyph| glyph.soft_hyphen);
    if soft_hyphen && !words.ends_with('\u{ad}') {
        words.push('\u{ad}');
    }
    let space = if count == 0 { "-".to_owned() } else { points(spaces / count) };
    ProofLine {
        y: widest.origin.y,
        x: row[0].1.origin.x,
        furniture: is_furniture(row[0].0),
        stretch: Some((widest.expansion, space)),
        words,
        soft_hyphen,
    }
}

/// Points with one decimal.
fn points(length: Length) -> String {
    format!("{:.1}", length.to_pt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FaceId;
    use crate::page::{Edge, Glyph, NodeId};
    use crate::units::{Colour, Point, Size};

    fn run(text: &str, x: f64, y: f64, soft: bool) -> MarkKind {
        let glyphs = text
            .char_indices()
            .map(|(at, letter)| {
                let end = at + letter.len_utf8();
                let glyph = Glyph::new(1, Length::pt(5.0), Point::default(), at as u32..end as u32);
                if soft && end == text.len() { glyph.soft() } else { glyph }
            })
            .collect();
        MarkKind::Text(TextRun {
            face: FaceId(0),
            size: Length::pt(10.0),
            colour: Colour::BLACK,
            origin: Point::new(Length::pt(x), Length::pt(y)),
            expansion: 1000,
            text: text.into(),
            glyphs,
            span: None,
        })
    }

    #[test]
    fn a_page_reads_from_the_head_down_with_furniture_marked() {
        let owner = Owner::Content(NodeId(1));
        let head = Owner::Artifact(Artifact::Pagination(Edge::Head));
        let mark = |kind, owner| Mark { kind, owner, transform: None };
        let page = Page {
            size: Size::new(Length::pt(100.0), Length::pt(200.0)),
            side: Side::Recto,
            folio: None,
            kind: PageKind::Inside,
            marks: vec![
                mark(run("vision.", 10.0, 60.0, false), owner),
                mark(run("A di\u{ad}", 10.0, 40.0, true), owner),
                mark(run("Head", 10.0, 20.0, false), head),
            ],
            links: Vec::new(),
            areas: Vec::new(),
        };
        let mut out = String::new();
        write_page(&mut out, 0, &page);
        assert_eq!(
            out,
            "== page 1 recto - 100.0x200.0\n~  20.0   10.0 1000     - | Head\n   40.0   10.0 1000   5.0 | A di\u{ad}\n   60.0   10.0 1000     - | vision.\n"
        );
        assert_eq!(words(&page), "A division.");
    }
}
