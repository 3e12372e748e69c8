//! Page contents: the marks of a page as a content stream (ISO 32000-1, 7.8.2), compressed.
//!
//! Pages are written side by side; a page depends on nothing but its marks and the shared resources. Numbers are
//! rounded as integers, to a thousandth of a point, before they become decimals.

mod text;

use pdf_writer::types::{ArtifactAttachment, ArtifactSubtype, ArtifactType};
use pdf_writer::{Content, Name, Settings};
use rayon::prelude::*;

use super::faces::Faces;
use super::ink::Ink;
use super::pictures::Pictures;
use super::sheet::Sheet;
use super::stream::{deflated, points};
use crate::page::{Artifact, Edge, Mark, MarkKind, NodeId, Owner, Page, Pages, Structure};
use crate::units::{Colour, Length, Point, Rect, Transform};

/// What the contents of all pages look at.
pub(super) struct Shared<'a> {
    /// The faces.
    pub faces: &'a Faces,
    /// The pictures.
    pub pictures: &'a Pictures,
    /// What marks mean.
    pub structure: &'a Structure,
    /// How colours are written.
    pub ink: Ink,
    /// Whether marks say what they mean.
    pub tagged: bool,
}

/// The contents of a page.
pub(super) struct Written {
    /// The stream, compressed (`FlateDecode`).
    pub stream: Vec<u8>,
    /// The leaf of each marked-content sequence; its number is its place.
    pub leaves: Vec<NodeId>,
}

/// Writes the contents of every page.
pub(super) fn write(pages: &Pages, sheets: &[Sheet], shared: &Shared<'_>) -> Vec<Written> {
    pages.pages.par_iter().zip(sheets).map(|(page, sheet)| contents(page, sheet, shared)).collect()
}

fn contents(page: &Page, sheet: &Sheet, shared: &Shared<'_>) -> Written {
    let mut painter = Painter {
        shared,
        content: Content::with_settings(Settings { pretty: false }),
        place: Place { left: sheet.trim.origin.x, head: sheet.media.height - sheet.trim.origin.y },
        state: State::default(),
        line: (0.0, 0.0),
        leaves: Vec::new(),
    };
    for group in page.marks.chunk_by(|a, b| a.owner == b.owner) {
        painter.group(group);
    }
    painter.crop_marks(sheet);
    Written { stream: deflated(&raw_strings(painter.content.finish().into_vec())), leaves: painter.leaves }
}

/// A content stream whose strings hold their bytes as they are, where `pdf-writer` writes `\ooo`: the same to a reader
/// (ISO 32000-1, 7.3.4.2), and a ninth smaller when it is compressed. A backslash stands nowhere but in strings.
fn raw_strings(mut content: Vec<u8>) -> Vec<u8> {
    // Written over itself: it never grows.
    let (mut at, mut to) = (0, 0);
    while at < content.len() {
        let byte = content[at];
        at += 1;
        if byte != b'\\' {
            content[to] = byte;
            to += 1;
            continue;
        }
        let code = match content.get(at..at + 3) {
            Some(&[a @ b'0'..b'4', b @ b'0'..b'8', c @ b'0'..b'8']) => Some((a & 7) << 6 | (b & 7) << 3 | (c & 7)),
            _ => None,
        };
        match code {
            // Line ends are changed by readers, parentheses and backslashes need what stands before them.
            Some(code) if !b"\r\n()\\".contains(&code) => {
                content[to] = code;
                (at, to) = (at + 3, to + 1);
            }
            _ => {
                content[to] = byte;
                to += 1;
                if at < content.len() {
                    content[to] = content[at];
                    (at, to) = (at + 1, to + 1);
                }
            }
        }
    }
    content.truncate(to);
    content
}

/// Where the trimmed page's head left corner lies on the sheet, whose axis points upwards.
#[derive(Clone, Copy)]
struct Place {
    left: Length,
    head: Length,
}

/// What the content stream has set so far.
#[derive(Clone, Copy, Default)]
struct State {
    fill: Option<Colour>,
    text: text::TextState,
    overprint: bool,
}

struct Painter<'a> {
    shared: &'a Shared<'a>,
    content: Content,
    place: Place,
    state: State,
    /// Where the current line of a text object begins.
    line: (f32, f32),
    leaves: Vec<NodeId>,
}

impl Painter<'_> {
    /// Marks of one owner: one marked-content sequence.
    fn group(&mut self, marks: &[Mark]) {
        if self.shared.tagged {
            self.begin(marks[0].owner);
        }
        for turned in marks.chunk_by(|a, b| a.transform == b.transform) {
            match turned[0].transform {
                None => self.marks(turned),
                Some(transform) => self.turned(transform, turned),
            }
        }
        if self.shared.tagged {
            self.content.end_marked_content();
        }
    }

    fn begin(&mut self, owner: Owner) {
        match owner {
            Owner::Content(leaf) => {
                let parent = self.shared.structure.node(leaf).parent.unwrap_or(Structure::ROOT);
                let name = self.shared.structure.node(parent).tag.name();
                let number = self.leaves.len() as i32;
                self.leaves.push(leaf);
                let mut mark = self.content.begin_marked_content_with_properties(Name(name.as_bytes()));
                mark.properties().identify(number);
            }
            Owner::Artifact(artifact) => {
                let mut mark = self.content.begin_marked_content_with_properties(Name(b"Artifact"));
                let mut properties = mark.properties().artifact();
                match artifact {
                    Artifact::Pagination(edge) => {
                        properties.kind(ArtifactType::Pagination);
                        match edge {
                            Edge::Head => {
                                properties.subtype(ArtifactSubtype::Header).attached([ArtifactAttachment::Top])
                            }
                            Edge::Foot => {
                                properties.subtype(ArtifactSubtype::Footer).attached([ArtifactAttachment::Bottom])
                            }
                            Edge::Side => &mut properties,
                        };
                    }
                    Artifact::Layout | Artifact::Background => {
                        properties.kind(ArtifactType::Layout);
                    }
                    Artifact::Page => {
                        properties.kind(ArtifactType::Page);
                    }
                    Artifact::Watermark => {
                        properties.kind(ArtifactType::Pagination).subtype(ArtifactSubtype::Watermark);
                    }
                }
            }
        }
    }

    /// Marks in quarter turns: their own origin and axes, set by a matrix.
    fn turned(&mut self, transform: Transform, marks: &[Mark]) {
        let [a, b, c, d] = match transform.quarters % 4 {
            0 => [1.0, 0.0, 0.0, 1.0],
            1 => [0.0, -1.0, 1.0, 0.0],
            2 => [-1.0, 0.0, 0.0, -1.0],
            _ => [0.0, 1.0, -1.0, 0.0],
        };
        let (x, y) = (self.x(transform.shift), self.y(transform.shift));
        let (place, state) = (self.place, self.state);
        self.content.save_state();
        self.content.transform([a, b, c, d, x, y]);
        self.place = Place { left: Length::ZERO, head: Length::ZERO };
        self.marks(marks);
        self.content.restore_state();
        (self.place, self.state) = (place, state);
    }

    fn marks(&mut self, marks: &[Mark]) {
        let kind = |mark: &Mark| std::mem::discriminant(&mark.kind);
        for alike in marks.chunk_by(|a, b| kind(a) == kind(b)) {
            match &alike[0].kind {
                MarkKind::Text(_) => self.texts(alike),
                MarkKind::Fill { .. } => self.fills(alike),
                MarkKind::Veil { .. } => self.veils(alike),
                MarkKind::Picture { .. } => alike.iter().for_each(|mark| self.picture(mark)),
                MarkKind::Outline { .. } => alike.iter().for_each(|mark| self.outline(mark)),
            }
        }
    }

    /// Rectangles; those of one colour are one path.
    fn fills(&mut self, marks: &[Mark]) {
        let fill = |mark: &Mark| match &mark.kind {
            MarkKind::Fill { rect, colour } => Some((*rect, *colour)),
            _ => None,
        };
        for alike in marks.chunk_by(|a, b| fill(a).map(|fill| fill.1) == fill(b).map(|fill| fill.1)) {
            let Some((_, colour)) = fill(&alike[0]) else { continue };
            self.colour(colour);
            for (rect, _) in alike.iter().filter_map(fill) {
                self.rect(rect);
            }
            self.content.fill_nonzero();
        }
    }

    /// Rectangles through which something is seen; where they lie over each other they hide more.
    fn veils(&mut self, marks: &[Mark]) {
        let state = self.state;
        self.content.save_state();
        self.overprint(false);
        for mark in marks {
            let MarkKind::Veil { rect, colour, share } = &mark.kind else { continue };
            self.content.set_parameters(Name(super::states::veil(*share).as_bytes()));
            self.colour(*colour);
            self.rect(*rect);
            self.content.fill_nonzero();
        }
        self.content.restore_state();
        self.state = state;
    }

    fn rect(&mut self, rect: Rect) {
        let foot = Point::new(rect.origin.x, rect.foot());
        let (x, y) = (self.x(foot), self.y(foot));
        self.content.rect(x, y, points(rect.size.width), points(rect.size.height));
    }

    fn picture(&mut self, mark: &Mark) {
        let MarkKind::Picture { asset, rect, clip } = &mark.kind else { return };
        let Some(name) = self.shared.pictures.resource(*asset) else { return };
        let state = self.state;
        self.content.save_state();
        self.overprint(false);
        if let Some(clip) = clip {
            self.rect(*clip);
            self.content.clip_nonzero().end_path();
        }
        let foot = Point::new(rect.origin.x, rect.foot());
        let (x, y) = (self.x(foot), self.y(foot));
        self.content.transform([points(rect.size.width), 0.0, 0.0, points(rect.size.height), x, y]);
        self.content.x_object(Name(name.as_bytes()));
        self.content.restore_state();
        self.state = state;
    }

    fn outline(&mut self, mark: &Mark) {
        let MarkKind::Outline { polygons, colour } = &mark.kind else { return };
        self.colour(*colour);
        for polygon in polygons {
            for (at, corner) in polygon.iter().enumerate() {
                let (x, y) = (self.x(*corner), self.y(*corner));
                match at {
                    0 => self.content.move_to(x, y),
                    _ => self.content.line_to(x, y),
                };
            }
            self.content.close_path();
        }
        self.content.fill_even_odd();
    }

    /// Marks outside the trim where the printer wants to cut.
    fn crop_marks(&mut self, sheet: &Sheet) {
        let marks = sheet.crop_marks();
        if marks.is_empty() {
            return;
        }
        if self.shared.tagged {
            self.begin(Owner::Artifact(Artifact::Page));
        }
        self.colour(Colour::BLACK);
        for rect in marks {
            self.rect(rect);
        }
        self.content.fill_nonzero();
        if self.shared.tagged {
            self.content.end_marked_content();
        }
    }

    /// Sets the colour of what comes next, and whether it overprints.
    fn colour(&mut self, colour: Colour) {
        self.overprint(self.shared.ink.overprints(colour));
        let set = self.state.fill.or(self.shared.ink.starts_black().then_some(Colour::BLACK));
        if set == Some(colour) {
            return;
        }
        self.shared.ink.fill(&mut self.content, colour);
        self.state.fill = Some(colour);
    }

    fn overprint(&mut self, overprint: bool) {
        if self.state.overprint != overprint {
            let state = if overprint { super::states::OVERPRINT } else { super::states::KNOCK_OUT };
            self.content.set_parameters(Name(state.as_bytes()));
            self.state.overprint = overprint;
        }
    }

    fn x(&self, point: Point) -> f32 {
        points(self.place.left + point.x)
    }

    fn y(&self, point: Point) -> f32 {
        points(self.place.head - point.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_hold_their_bytes_as_they_are() {
        assert_eq!(raw_strings(b"(\\000G\\015\\(\\\\\\377)Tj".to_vec()), b"(\0G\\015\\(\\\\\xFF)Tj");
    }
}
