//! A print run: copies of one paper in one file, which differ in nothing but their stamps.
//!
//! For paper only: it has no tags, links and outline, so that each page's content stands in the file once, as a form, and
//! so does each copy's stamp. A page of the run is three short streams that paint them, and two of the three are shared.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::impose::{Affine, form, lines, painted};
use super::{Input, Work, array, compressed};
use crate::impose::{Placed, Scale, Side};
use crate::pdf::Stamped;
use crate::pdf::stream::deflated;
use crate::units::{Length, Point, Rect};

/// Puts the pages of all copies in the place of those of one; `None` when the document is not one that recto made.
pub(super) fn apply(work: &mut Work, input: &Input<'_>, copies: &[Stamped]) -> Option<()> {
    let root = work.raw.catalog().ok()?.get(b"Pages").and_then(Object::as_reference).ok()?;
    let stamps = copies.iter().flat_map(|copy| copy.under.iter().chain([&copy.over]));
    let stamps: Vec<usize> = stamps.chain(&input.lead).copied().collect();
    let sides = match input.imposed {
        Some(imposed) => imposed.sides.clone(),
        None => (0..work.pages.len()).filter(|page| !stamps.contains(page)).map(|page| alone(page, input)).collect(),
    };
    let mut forms = Dictionary::new();
    for (at, page) in work.pages.clone().into_iter().enumerate() {
        let bounds = array(input.sheets[at].corners(input.sheets[at].bleed));
        forms.set(resource(at), form(work, page, bounds)?);
    }
    let resources = work.add(dictionary! { "XObject" => forms });
    let mut contents = Vec::with_capacity(sides.len());
    for side in &sides {
        let drawn = lines(side, input);
        contents.push(stream(work, painting(side, &side.places, input)? + &drawn));
    }
    let mut kids = Vec::new();
    if let Some(lead) = input.lead {
        let side = alone(lead, input);
        let content = stream(work, painting(&side, &side.places, input)?);
        kids.push(page(work, root, resources, &side, Some(vec![Object::Reference(content)])));
        kids.push(page(work, root, resources, &side, None));
    }
    for copy in copies {
        let mut known = BTreeMap::new();
        for (side, content) in sides.iter().zip(&contents) {
            let mut parts = Vec::new();
            let mut stamp = |page: usize, work: &mut Work| -> Option<ObjectId> {
                let places: Vec<Placed> = side.places.iter().map(|placed| Placed { page, ..*placed }).collect();
                let painting = painting(side, &places, input)?;
                Some(*known.entry(painting.clone()).or_insert_with(|| stream(work, painting)))
            };
            if let Some(under) = copy.under {
                parts.push(Object::Reference(stamp(under, work)?));
            }
            parts.push(Object::Reference(*content));
            parts.push(Object::Reference(stamp(copy.over, work)?));
            kids.push(page(work, root, resources, side, Some(parts)));
        }
        // The next copy begins on a front.
        if !sides.len().is_multiple_of(2) {
            kids.push(page(work, root, resources, &sides[0], None));
        }
    }
    for page in std::mem::take(&mut work.pages) {
        work.raw.objects.remove(&page);
    }
    let pages = work.raw.get_dictionary_mut(root).ok()?;
    pages.set("Count", kids.len() as i64);
    pages.set("Kids", kids.into_iter().map(Object::Reference).collect::<Vec<Object>>());
    if let Ok(catalogue) = work.raw.catalog_mut() {
        catalogue.remove(b"PageLabels");
    }
    Some(())
}

/// A page by itself as a side of a sheet: its medium, with its trim where it is.
fn alone(page: usize, input: &Input<'_>) -> Side {
    let sheet = &input.sheets[page];
    let cell = Rect { origin: Point::new(Length::ZERO, Length::ZERO), size: sheet.media };
    let placed = Placed { page, rect: sheet.trim, scale: Scale::WHOLE, upside_down: false, cell };
    Side { size: sheet.media, places: vec![placed], lines: Vec::new(), framed: false }
}

fn resource(page: usize) -> String {
    format!("P{}", page + 1)
}

fn painting(side: &Side, places: &[Placed], input: &Input<'_>) -> Option<String> {
    let mut content = String::new();
    for placed in places {
        let by = Affine::of(placed, side, input.sheets.get(placed.page)?);
        content += &painted(&resource(placed.page), placed, side, &by);
    }
    Some(content)
}

fn stream(work: &mut Work, content: String) -> ObjectId {
    work.add(compressed(deflated(content.as_bytes())))
}

fn page(work: &mut Work, root: ObjectId, resources: ObjectId, side: &Side, parts: Option<Vec<Object>>) -> ObjectId {
    let whole = array([Length::ZERO, Length::ZERO, side.size.width, side.size.height]);
    let mut page = dictionary! { "Type" => "Page", "Parent" => root, "MediaBox" => whole, "Resources" => resources };
    if let Some(parts) = parts {
        page.set("Contents", parts);
    }
    work.add(page)
}
