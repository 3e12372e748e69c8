//! What a face file says of itself, read with skrifa.

use std::sync::Arc;

use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, instance::LocationRef, instance::Size};

use super::{Face, Origin};

/// The measures of a face, in font units.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Metrics {
    /// To the em.
    pub units_per_em: u16,
    /// How far letters reach up.
    pub ascent: i32,
    /// How far they reach down (negative).
    pub descent: i32,
    /// How high capitals are.
    pub cap_height: i32,
    /// How high an x is.
    pub x_height: i32,
    /// How wide a space is.
    pub space: i32,
    /// The glyph of the space; 1 where a face has none.
    pub space_glyph: u16,
    /// Degrees from upright, negative when it leans to the right.
    pub italic_angle: f32,
    /// Left, bottom, right, top of all glyphs.
    pub bounds: [i32; 4],
    /// Whether its outlines are CFF (else TrueType).
    pub cff: bool,
    /// Whether its licence bits allow embedding.
    pub embeddable: bool,
    /// How many glyphs it has.
    pub glyphs: u16,
}

/// Which characters a face has, as sorted ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Coverage {
    ranges: Arc<[(u32, u32)]>,
}

impl Coverage {
    pub(super) fn covers(&self, character: char) -> bool {
        let code = character as u32;
        let at = self.ranges.partition_point(|range| range.1 < code);
        self.ranges.get(at).is_some_and(|range| range.0 <= code)
    }

    fn of(font: &FontRef<'_>) -> Coverage {
        let mut codes: Vec<u32> = font.charmap().mappings().map(|(code, _)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for code in codes {
            match ranges.last_mut() {
                Some(last) if last.1 + 1 == code => last.1 = code,
                _ => ranges.push((code, code)),
            }
        }
        Coverage { ranges: ranges.into() }
    }
}

pub(super) fn read(data: Arc<[u8]>, index: u32, origin: Origin) -> Option<Face> {
    let font = FontRef::from_index(&data, index).ok()?;
    let string = |id: StringId| font.localized_strings(id).english_or_first().map(|text| text.to_string());
    let family = string(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| string(StringId::FAMILY_NAME))?;
    let name = string(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.replace(' ', ""));
    let (family, cut) = cut_of(&family);
    let attributes = font.attributes();
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let bounds = metrics
        .bounds
        .map_or([0, -250, 1000, 750], |b| [b.x_min as i32, b.y_min as i32, b.x_max as i32, b.y_max as i32]);
    let cap_height = metrics.cap_height.unwrap_or(metrics.ascent * 0.7);
    // OS/2 fsType: bit 1 alone means that the licence forbids embedding.
    let embeddable = font.os2().map_or(true, |os2| os2.fs_type() & 0x000F != 0x0002);
    let coverage = Coverage::of(&font);
    if coverage.ranges.is_empty() {
        return None;
    }
    let metrics = Metrics {
        units_per_em: metrics.units_per_em,
        ascent: metrics.ascent as i32,
        descent: metrics.descent as i32,
        cap_height: cap_height as i32,
        x_height: metrics.x_height.unwrap_or(cap_height * 0.7) as i32,
        space: space(&font),
        space_glyph: font.charmap().map(' ').map_or(1, |glyph| glyph.to_u32() as u16),
        italic_angle: metrics.italic_angle,
        bounds,
        cff: font.cff().is_ok(),
        embeddable,
        glyphs: metrics.glyph_count.min(u32::from(u16::MAX)) as u16,
    };
    Some(Face {
        family,
        name,
        weight: attributes.weight.value() as u16,
        italic: attributes.style != skrifa::attribute::Style::Normal,
        optical: cut,
        origin,
        index,
        metrics,
        coverage,
        data: Arc::clone(&data),
    })
}

/// The advance of the space; a quarter of the em where a face has none.
fn space(font: &FontRef<'_>) -> i32 {
    let advances = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let advance = font.charmap().map(' ').and_then(|glyph| advances.advance_width(glyph));
    advance.map_or_else(|| i32::from(font.head().map_or(1000, |head| head.units_per_em()) / 4), |width| width as i32)
}

/// The family without the name of its cut, and the sizes that the cut is drawn for. The table is that of Source
/// Serif 4 (its designers' notes); families without cuts serve every size.
fn cut_of(family: &str) -> (String, (f64, f64)) {
    const CUTS: [(&str, (f64, f64)); 4] = [
        (" Caption", (0.0, 9.05)),
        (" SmText", (9.05, 13.55)),
        (" Subhead", (19.55, 36.05)),
        (" Display", (36.05, 1e6)),
    ];
    for (suffix, sizes) in CUTS {
        if let Some(bare) = family.strip_suffix(suffix) {
            return (bare.to_owned(), sizes);
        }
    }
    if family == "Source Serif 4" { (family.to_owned(), (13.55, 19.55)) } else { (family.to_owned(), (0.0, 1e6)) }
}
