//! The document: what printpdf gives us. Pages, faces, pictures, graphics states and links come from it; page contents
//! are written by [`super::content`], and [`super::finish`] adds what it has no words for.
//!
//! printpdf embeds a face with its widths and its map to Unicode when a page's operations use its glyphs, and writes
//! every operation of every page on one thread. So one page's operations name every used glyph once, and the others
//! name links only; the finishing pass puts the contents in their places, and the pixels of pictures. Its page boxes are wrong unless they begin
//! at the origin, its bookmarks are flat and sorted, and its XMP is not escaped: none of them is used.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Actions, BorderArray, Codepoint, ColorArray, Destination, DictItem, ExtendedGraphicsState, ExtendedGraphicsStateId,
    ExternalStream, ExternalXObject, FontId, FontMetrics, FontType, LinkAnnotation, Op, OverprintMode, ParsedFont,
    PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, Rect, TextItem, XObject,
    XObjectId,
};

use super::faces::said::mapped;
use super::faces::{Faces, UsedFace};
use super::finish::Raw;
use super::links::{Goal, PlacedLink};
use super::pictures::Pictures;
use super::samples::{Packing, Picture, Raster, Space};
use super::sheet::Sheet;
use super::states;

/// What goes into a document.
pub(super) struct Parts<'a> {
    /// The faces.
    pub faces: &'a Faces,
    /// The pictures.
    pub pictures: &'a Pictures,
    /// A sheet a page.
    pub sheets: &'a [Sheet],
    /// The links of each page.
    pub links: &'a [Vec<PlacedLink>],
    /// Whether black overprints anywhere.
    pub overprint: bool,
    /// How much veils hide.
    pub veiled: BTreeSet<u16>,
}

/// The document with everything but contents.
pub(super) fn assemble(parts: &Parts<'_>) -> Raw {
    let mut document = PdfDocument::new("");
    for face in &parts.faces.used {
        document.resources.fonts.map.insert(FontId(face.resource.clone()), PdfFont::new(parsed(face)));
    }
    for (id, picture) in &parts.pictures.used {
        if let (Some(name), Picture::Raster(raster)) = (parts.pictures.resource(*id), picture) {
            let object = ExternalXObject { stream: stream(raster), width: None, height: None, dpi: None };
            document.resources.xobjects.map.insert(XObjectId(name.to_owned()), XObject::External(object));
        }
    }
    if parts.overprint {
        for (name, on) in [(states::OVERPRINT, true), (states::KNOCK_OUT, false)] {
            let mode = if on { OverprintMode::KeepUnderlying } else { OverprintMode::EraseUnderlying };
            let state = ExtendedGraphicsState::default()
                .with_overprint_fill(on)
                .with_overprint_stroke(on)
                .with_overprint_mode(mode);
            document.resources.extgstates.map.insert(ExtendedGraphicsStateId(name.to_owned()), state);
        }
    }
    for share in &parts.veiled {
        let state = ExtendedGraphicsState::default().with_current_fill_alpha(f32::from(*share) / 1000.0);
        document.resources.extgstates.map.insert(ExtendedGraphicsStateId(states::veil(*share)), state);
    }
    document.pages = parts.sheets.iter().zip(parts.links).map(|(sheet, links)| page(sheet, links)).collect();
    if let Some(first) = document.pages.first_mut() {
        let links = std::mem::take(&mut first.ops);
        first.ops = every_glyph(parts.faces);
        first.ops.extend(links);
    }
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    document.to_lopdf_document(&options, &mut Vec::new())
}

fn page(sheet: &Sheet, links: &[PlacedLink]) -> PdfPage {
    let medium =
        Rect::from_xywh(Pt(0.0), Pt(0.0), Pt(sheet.media.width.to_pt() as f32), Pt(sheet.media.height.to_pt() as f32));
    let ops = links.iter().map(|link| Op::LinkAnnotation { link: annotation(link) }).collect();
    PdfPage { media_box: medium.clone(), trim_box: medium.clone(), crop_box: medium, ops }
}

fn annotation(link: &PlacedLink) -> LinkAnnotation {
    let [left, foot, right, head] = link.corners.map(|corner| corner.to_pt() as f32);
    let actions = match &link.goal {
        Goal::Address(address) => Actions::uri(address.clone()),
        // The finishing pass replaces it by a named destination.
        Goal::Named(_) => Actions::go_to(Destination::Xyz { page: 1, left: None, top: None, zoom: None }),
    };
    LinkAnnotation {
        rect: Rect::from_xywh(Pt(left), Pt(foot), Pt(right - left), Pt(head - foot)),
        actions,
        border: BorderArray::Solid([0.0, 0.0, 0.0]),
        color: ColorArray::Transparent,
        highlighting: Default::default(),
    }
}

/// Operations that name every glyph of every face once.
fn every_glyph(faces: &Faces) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for face in &faces.used {
        ops.push(Op::SetFont { font: PdfFontHandle::External(FontId(face.resource.clone())), size: Pt(1.0) });
        let glyphs = face
            .glyphs
            .iter()
            .enumerate()
            .map(|(at, glyph)| Codepoint {
                gid: at as u16 + 1,
                offset: 0.0,
                cid: glyph.texts.first().map(|text| mapped(text)),
            })
            .collect();
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
    }
    ops.push(Op::EndTextSection);
    ops
}

fn parsed(used: &UsedFace) -> ParsedFont {
    let metrics = &used.face.metrics;
    let short = |value: i32| value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
    let widths = used.glyphs.iter().enumerate().map(|(at, glyph)| (at as u16 + 1, glyph.width.max(0) as u16));
    ParsedFont {
        original_bytes: used.program.clone(),
        font_index: 0,
        font_name: Some(used.base_name.clone()),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: widths.collect(),
        units_per_em: metrics.units_per_em,
        font_metrics: FontMetrics { ascent: short(metrics.ascent), descent: short(metrics.descent) },
        font_type: if metrics.cff { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: metrics.units_per_em,
            x_min: short(metrics.bounds[0]),
            y_min: short(metrics.bounds[1]),
            x_max: short(metrics.bounds[2]),
            y_max: short(metrics.bounds[3]),
            us_weight_class: used.face.weight,
            ..PdfFontMetricsStub::default()
        },
    }
}

fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}

/// An image XObject; nested streams become objects of their own. Its pixels, of which printpdf would make copies, are put
/// in by the finishing pass.
fn stream(raster: &Raster) -> ExternalStream {
    let mut dict = BTreeMap::new();
    let mut set = |key: &str, value: DictItem| dict.insert(key.to_owned(), value);
    set("Type", name("XObject"));
    set("Subtype", name("Image"));
    set("Width", DictItem::Int(i64::from(raster.width)));
    set("Height", DictItem::Int(i64::from(raster.height)));
    set("BitsPerComponent", DictItem::Int(i64::from(raster.bits)));
    set("ColorSpace", space(&raster.space));
    match raster.packing {
        Packing::Jpeg => set("Filter", name("DCTDecode")),
        Packing::Filtered { components } => {
            let parameters = [
                ("Predictor", 15),
                ("Colors", i64::from(components)),
                ("BitsPerComponent", i64::from(raster.bits)),
                ("Columns", i64::from(raster.width)),
            ];
            let map = parameters.map(|(key, value)| (key.to_owned(), DictItem::Int(value))).into();
            set("DecodeParms", DictItem::Dict { map });
            set("Filter", name("FlateDecode"))
        }
    };
    if raster.inverted {
        let channels = [1, 0].repeat(4).into_iter().map(DictItem::Int).collect();
        set("Decode", DictItem::Array(channels));
    }
    if let Some(mask) = &raster.mask {
        set("SMask", DictItem::Stream { stream: stream(mask) });
    }
    ExternalStream { dict, content: Vec::new(), compress: false }
}

fn space(space: &Space) -> DictItem {
    match space {
        Space::Grey => name("DeviceGray"),
        Space::Rgb => name("DeviceRGB"),
        Space::Cmyk => name("DeviceCMYK"),
        Space::Indexed(palette) => DictItem::Array(vec![
            name("Indexed"),
            name("DeviceRGB"),
            DictItem::Int(palette.len() as i64 / 3 - 1),
            DictItem::String { data: palette.clone(), literal: false },
        ]),
        Space::Profiled { components, profile } => {
            let dict = [("N".to_owned(), DictItem::Int(i64::from(*components)))].into();
            let stream = ExternalStream { dict, content: profile.to_vec(), compress: true };
            DictItem::Array(vec![name("ICCBased"), DictItem::Stream { stream }])
        }
    }
}
