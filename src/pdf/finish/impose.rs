//! Pages onto sheets: each page's content becomes a form XObject (ISO 32000-1, 8.10), and sheets paint the forms.
//!
//! Nothing is decoded, copied or set again: the stream that was a page's content is the form's, and what pointed to the
//! page points to its sheet. The structure tree stays as it is. An element's marked content is now the form's (a
//! reference names the stream, 14.7.4.2), the parent tree's keys stand on the forms, and links, destinations and the
//! boxes of figures move with their pages. The file keeps what it claims. A form is painted once, or its marked content
//! would stand in two places.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::{Imposed, Input, Work, array, compressed, labels, name, points};
use crate::impose::{Flip, Placed, Scale, Side};
use crate::pdf::ink::Ink;
use crate::pdf::stream::deflated;
use crate::units::{Length, Rect};

/// How thick the line around a page of a handout is.
const FRAME: Length = Length::mm(0.1);
/// Lines to write on and around pages: 40 % black.
const GREY: f32 = 0.6;

/// Brings the pages of a finished document onto sheets; `None` when the document is not one that recto made.
pub(super) fn apply(work: &mut Work, input: &Input<'_>, imposed: &Imposed) -> Option<()> {
    let root = work.raw.catalog().ok()?.get(b"Pages").and_then(Object::as_reference).ok()?;
    let mut moves = BTreeMap::new();
    let mut sheets = Vec::with_capacity(imposed.sides.len());
    for side in &imposed.sides {
        let sheet = work.add(Dictionary::new());
        for placed in &side.places {
            let (page, boxes) = (*work.pages.get(placed.page)?, input.sheets.get(placed.page)?);
            let by = Affine::of(placed, side, boxes);
            let form = form(work, page, array(boxes.corners(boxes.bleed)))?;
            moves.insert(page, Move { sheet, form, by });
        }
        sheets.push(sheet);
    }
    let owners = owners(work);
    for (id, object) in &mut work.raw.objects {
        moved(object, &moves, owners.get(id).copied());
    }
    for (sheet, side) in sheets.iter().zip(&imposed.sides) {
        let dictionary = self::sheet(work, input, root, side, &moves);
        work.raw.set_object(*sheet, dictionary);
    }
    for page in &work.pages {
        work.raw.objects.remove(page);
    }
    let pages = work.raw.get_dictionary_mut(root).ok()?;
    pages.set("Count", sheets.len() as i64);
    pages.set("Kids", sheets.iter().map(|id| Object::Reference(*id)).collect::<Vec<Object>>());
    labels::of_sides(work, input.pages, input.book, imposed);
    preferences(work, imposed);
    Some(())
}

/// The page of each annotation.
fn owners(work: &Work) -> BTreeMap<ObjectId, ObjectId> {
    let mut owners = BTreeMap::new();
    for page in &work.pages {
        let annotations = work.raw.get_dictionary(*page).and_then(|page| page.get(b"Annots"));
        let Ok(Object::Array(annotations)) = annotations else { continue };
        owners.extend(annotations.iter().filter_map(|annotation| Some((annotation.as_reference().ok()?, *page))));
    }
    owners
}

/// Where a page went.
struct Move {
    sheet: ObjectId,
    form: ObjectId,
    by: Affine,
}

/// From a page's coordinates to its sheet's, both counted from the foot left corner: a scale, perhaps half a turn, and a
/// shift.
#[derive(Clone, Copy)]
pub(super) struct Affine {
    scale: Scale,
    upside_down: bool,
    /// The page's trim at the head left, on the page and on the sheet.
    from: (Length, Length),
    to: (Length, Length),
}

impl Affine {
    /// From where a page is on its own medium to where it is on a side.
    pub fn of(placed: &Placed, side: &Side, boxes: &crate::pdf::sheet::Sheet) -> Affine {
        let corner = placed.point(crate::units::Point::default());
        Affine {
            scale: placed.scale,
            upside_down: placed.upside_down,
            from: (boxes.trim.origin.x, boxes.media.height - boxes.trim.origin.y),
            to: (corner.x, side.size.height - corner.y),
        }
    }

    fn along(&self, at: Length, from: Length, to: Length) -> Length {
        let way = self.scale.length(at - from);
        if self.upside_down { to - way } else { to + way }
    }

    fn x(&self, at: Length) -> Length {
        self.along(at, self.from.0, self.to.0)
    }

    fn y(&self, at: Length) -> Length {
        self.along(at, self.from.1, self.to.1)
    }

    /// As the operands of `cm`.
    fn operands(&self) -> String {
        let sign = if self.upside_down { -1.0 } else { 1.0 };
        let scale = decimal(sign * self.scale.of as f64 / self.scale.to as f64);
        let (x, y) = (self.x(Length::ZERO), self.y(Length::ZERO));
        format!("{scale} 0 0 {scale} {} {}", decimal(x.to_pt()), decimal(y.to_pt()))
    }
}

/// A number with at most six decimals, and no exponent.
fn decimal(value: f64) -> String {
    let text = format!("{value:.6}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

/// Makes a page's content a form, with what the page says of it.
pub(super) fn form(work: &mut Work, page: ObjectId, bounds: Object) -> Option<ObjectId> {
    let dictionary = work.raw.get_dictionary(page).ok()?.clone();
    let id = dictionary.get(b"Contents").and_then(Object::as_reference).ok()?;
    let Ok(Object::Stream(Stream { dict, .. })) = work.raw.get_object_mut(id) else { return None };
    dict.set("Type", name("XObject"));
    dict.set("Subtype", name("Form"));
    dict.set("BBox", bounds);
    for key in ["Resources", "Group", "StructParents"] {
        if let Ok(value) = dictionary.get(key.as_bytes()) {
            dict.set(key, value.clone());
        }
    }
    Some(id)
}

/// A sheet: the forms in their places, thin lines around them and lines to write on.
fn sheet(
    work: &mut Work,
    input: &Input<'_>,
    root: ObjectId,
    side: &Side,
    moves: &BTreeMap<ObjectId, Move>,
) -> Dictionary {
    let mut content = String::new();
    let mut forms = Dictionary::new();
    let mut annotations = Vec::new();
    for placed in &side.places {
        let Some((page, moved)) = work.pages.get(placed.page).and_then(|page| Some((*page, moves.get(page)?))) else {
            continue;
        };
        let resource = format!("P{}", placed.page + 1);
        content += &painted(&resource, placed, side, &moved.by);
        forms.set(resource, moved.form);
        if let Ok(Object::Array(own)) = work.raw.get_dictionary(page).and_then(|page| page.get(b"Annots")) {
            annotations.extend(own.iter().cloned());
        }
    }
    content += &lines(side, input);
    let content = work.add(compressed(deflated(content.as_bytes())));
    let whole = array([Length::ZERO, Length::ZERO, side.size.width, side.size.height]);
    let mut dictionary = dictionary! {
        "Type" => "Page",
        "Parent" => root,
        "MediaBox" => whole.clone(),
        "TrimBox" => whole,
        "Resources" => dictionary! { "XObject" => forms },
    };
    dictionary.set("Contents", content);
    if !annotations.is_empty() {
        dictionary.set("Annots", annotations);
        dictionary.set("Tabs", name("S"));
    }
    dictionary
}

/// A rectangle as the operands of `re`.
fn rect(rect: Rect, side: &Side) -> String {
    let numbers = [rect.origin.x, side.size.height - rect.foot(), rect.size.width, rect.size.height];
    numbers.map(|number| decimal(number.to_pt())).join(" ")
}

/// A form painted in its place, cut to its own part of the sheet.
pub(super) fn painted(resource: &str, placed: &Placed, side: &Side, by: &Affine) -> String {
    format!("q {} re W n {} cm /{resource} Do Q\n", rect(placed.cell, side), by.operands())
}

/// The lines of a side as content: those to write on, and those around pages.
pub(super) fn lines(side: &Side, input: &Input<'_>) -> String {
    let mut lines = side.lines.clone();
    for placed in side.places.iter().filter(|_| side.framed) {
        let Rect { origin, size } = placed.rect;
        for y in [origin.y, placed.rect.foot() - FRAME] {
            lines.push(Rect::new(origin.x, y, size.width, FRAME));
        }
        for x in [origin.x, placed.rect.right() - FRAME] {
            lines.push(Rect::new(x, origin.y, FRAME, size.height));
        }
    }
    if lines.is_empty() {
        return String::new();
    }
    let ink = match input.plan.ink {
        Ink::Rgb | Ink::Grey => format!("{GREY} g"),
        Ink::Cmyk => format!("0 0 0 {} k", decimal(f64::from(1.0 - GREY))),
    };
    let all: String = lines.iter().map(|line| format!("{} re\n", rect(*line, side))).collect();
    let (begin, end) = match input.plan.standard.is_tagged() {
        true => ("/Artifact BMC\n", "EMC\n"),
        false => ("", ""),
    };
    format!("{begin}q {ink}\n{all}f Q\n{end}")
}

/// Moves what an object says of pages onto their sheets. `page` is that of the element or annotation around it.
fn moved(object: &mut Object, moves: &BTreeMap<ObjectId, Move>, page: Option<ObjectId>) {
    match object {
        Object::Array(items) => {
            let led = destination(items, moves);
            items.iter_mut().filter(|_| !led).for_each(|item| moved(item, moves, page));
        }
        Object::Dictionary(dictionary) => within(dictionary, moves, page),
        Object::Stream(stream) => within(&mut stream.dict, moves, page),
        _ => {}
    }
}

fn within(dictionary: &mut Dictionary, moves: &BTreeMap<ObjectId, Move>, page: Option<ObjectId>) {
    let named = |key: &[u8]| dictionary.get(key).and_then(Object::as_reference).ok();
    let own = named(b"Pg").or(named(b"P").filter(|id| moves.contains_key(id))).or(page);
    let at = own.and_then(|page| moves.get(&page));
    let kind = dictionary.get(b"Type").and_then(Object::as_name).unwrap_or_default().to_vec();
    if kind == b"Page" {
        // Pages go; what they say was taken up before.
        return;
    }
    if let Some(to) = at {
        if kind == b"MCR" {
            dictionary.set("Stm", to.form);
        }
        for key in ["Pg", "P"] {
            if dictionary
                .get(key.as_bytes())
                .and_then(Object::as_reference)
                .ok()
                .is_some_and(|id| moves.contains_key(&id))
            {
                dictionary.set(key, to.sheet);
            }
        }
        if dictionary.has(b"S")
            && let Ok(kids) = dictionary.get_mut(b"K")
        {
            marked(kids, to);
        }
        for key in [&b"Rect"[..], b"QuadPoints", b"BBox"] {
            let is_form = kind == b"XObject" || dictionary.has(b"Subtype") && key == b"BBox";
            if !is_form && let Ok(Object::Array(numbers)) = dictionary.get_mut(key) {
                corners(numbers, &to.by);
            }
        }
    }
    for (_, value) in dictionary.iter_mut() {
        moved(value, moves, own);
    }
}

/// Marked content that stood on the page of its element stands in a form on a sheet.
fn marked(kids: &mut Object, to: &Move) {
    match kids {
        Object::Integer(number) => {
            let number = *number;
            *kids = dictionary! {
                "Type" => "MCR", "Pg" => to.sheet, "Stm" => to.form, "MCID" => number,
            }
            .into();
        }
        Object::Array(kids) => kids.iter_mut().filter(|kid| kid.as_i64().is_ok()).for_each(|kid| marked(kid, to)),
        _ => {}
    }
}

/// Moves pairs of x and y; a rectangle's corners are put in order again.
fn corners(numbers: &mut Vec<Object>, by: &Affine) {
    let at: Vec<Length> = numbers.iter().filter_map(length).collect();
    if at.len() != numbers.len() || !at.len().is_multiple_of(2) {
        return;
    }
    let mut there: Vec<Length> = at.chunks(2).flat_map(|pair| [by.x(pair[0]), by.y(pair[1])]).collect();
    if let [left, foot, right, head] = there[..] {
        there = vec![left.min(right), foot.min(head), left.max(right), foot.max(head)];
    }
    *numbers = there.into_iter().map(points).collect();
}

/// Moves a destination, if this is one: a page, and how to show it.
fn destination(items: &mut [Object], moves: &BTreeMap<ObjectId, Move>) -> bool {
    let [Object::Reference(page), Object::Name(_), rest @ ..] = items else { return false };
    let Some(to) = moves.get(page) else { return false };
    *page = to.sheet;
    if let [left, head, ..] = rest {
        *left = points(to.by.x(length(left).unwrap_or(to.by.from.0)));
        *head = points(to.by.y(length(head).unwrap_or(to.by.from.1)));
    }
    true
}

/// A number of points.
fn length(number: &Object) -> Option<Length> {
    let points = number.as_float().ok()?;
    Some(Length::sp((f64::from(points) * 65_536.0).round() as i64))
}

/// What a printer's driver is told: as it is, on both sides, turned on this edge.
fn preferences(work: &mut Work, imposed: &Imposed) {
    let Ok(catalogue) = work.raw.catalog_mut() else { return };
    catalogue.set("PageLayout", name("SinglePage"));
    let Ok(preferences) = catalogue.get_mut(b"ViewerPreferences").and_then(Object::as_dict_mut) else { return };
    let duplex = match (imposed.sides.len(), imposed.flip) {
        (0 | 1, _) => "Simplex",
        (_, Flip::Short) => "DuplexFlipShortEdge",
        (_, Flip::Long) => "DuplexFlipLongEdge",
    };
    preferences.set("Duplex", name(duplex));
    preferences.set("PrintScaling", name("None"));
    preferences.set("PickTrayByPDFSize", true);
}
