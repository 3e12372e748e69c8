//! What a face file says of itself, read with skrifa.

use std::sync::Arc;

use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, instance::LocationRef, instance::Size};

use super::{Data, Face, Origin, Variation};

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
    /// Whether all its letters are as wide as each other.
    pub fixed: bool,
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

/// How wide the glyph of a character is.
pub(super) fn advance(face: &Face, character: char) -> Option<i32> {
    let font = FontRef::from_index(&face.data, face.index).ok()?;
    let places = face.variations.iter().map(|at| (skrifa::Tag::new(&at.axis), at.value));
    let location = font.axes().location(places);
    let glyph = font.charmap().map(character)?;
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::from(&location));
    metrics.advance_width(glyph).map(|width| width.round() as i32)
}

/// Every face of a file: those of a collection, and of each that varies one a weight and slant.
pub(super) fn read_all(data: &Data, origin: Origin) -> Vec<Face> {
    (0..count(data)).flat_map(|index| instances(data, index, origin)).collect()
}

/// How many faces a file holds: a collection says it in its header.
fn count(data: &[u8]) -> u32 {
    match (data.get(..4), data.get(8..12)) {
        (Some(b"ttcf"), Some(&[a, b, c, d])) => u32::from_be_bytes([a, b, c, d]).min(64),
        _ => 1,
    }
}

/// A face, or where its file varies in weight or slant, one for each that a style may ask for.
fn instances(data: &Data, index: u32, origin: Origin) -> Vec<Face> {
    let Ok(font) = FontRef::from_index(data, index) else { return Vec::new() };
    let places = places(&font);
    if places.is_empty() {
        return read(data, index, origin, &[]).into_iter().collect();
    }
    places.iter().filter_map(|place| read(data, index, origin, place)).collect()
}

/// Where on its axes a face that varies is taken: at every hundred of weight that it reaches, upright, and leaning if
/// it has an axis for that. Other axes stay where the face's designer left them.
fn places(font: &FontRef<'_>) -> Vec<Vec<Variation>> {
    let axis = |tag: &[u8; 4]| font.axes().iter().find(|axis| axis.tag() == skrifa::Tag::new(tag));
    let weights: Vec<Vec<Variation>> = match axis(b"wght") {
        Some(axis) => (1..=9)
            .map(|hundred| hundred as f32 * 100.0)
            .filter(|weight| (axis.min_value()..=axis.max_value()).contains(weight))
            .map(|weight| vec![Variation { axis: *b"wght", value: weight }])
            .collect(),
        None => vec![Vec::new()],
    };
    let leaning: Vec<Variation> = match (axis(b"ital"), axis(b"slnt")) {
        (Some(ital), _) if ital.max_value() >= 1.0 => vec![Variation { axis: *b"ital", value: 1.0 }],
        (_, Some(slnt)) if slnt.min_value() < -4.0 => vec![Variation { axis: *b"slnt", value: slnt.min_value() }],
        _ => Vec::new(),
    };
    let slants = if leaning.is_empty() { vec![Vec::new()] } else { vec![Vec::new(), leaning] };
    let all = slants.iter().flat_map(|slant| weights.iter().map(|weight| [&weight[..], &slant[..]].concat()));
    all.filter(|place: &Vec<Variation>| !place.is_empty() || weights.len() > 1 || slants.len() > 1).collect()
}

/// The style of a weight as families name it.
pub(super) fn weight_name(weight: u16) -> &'static str {
    match weight {
        0..=149 => "Thin",
        150..=249 => "ExtraLight",
        250..=349 => "Light",
        350..=449 => "Regular",
        450..=549 => "Medium",
        550..=649 => "SemiBold",
        650..=749 => "Bold",
        750..=849 => "ExtraBold",
        _ => "Black",
    }
}

/// Where letters alone count: "Lato Black", "Lato-Black" and "lato black" are one name.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a face's marks for its style say that it is the bold one of its family.
fn is_called_bold(font: &FontRef<'_>) -> bool {
    const BOLD: u16 = 1 << 5;
    font.os2().is_ok_and(|os2| os2.fs_selection().bits() & BOLD != 0)
}

fn read(data: &Data, index: u32, origin: Origin, place: &[Variation]) -> Option<Face> {
    let font = FontRef::from_index(data, index).ok()?;
    let location = font.axes().location(place.iter().map(|at| (skrifa::Tag::new(&at.axis), at.value)));
    let location = LocationRef::from(&location);
    let string = |id: StringId| font.localized_strings(id).english_or_first().map(|text| text.to_string());
    let family = string(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| string(StringId::FAMILY_NAME))?;
    let mut name = string(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.replace(' ', ""));
    let mut called: Vec<String> = [StringId::FAMILY_NAME, StringId::FULL_NAME, StringId::POSTSCRIPT_NAME]
        .into_iter()
        .filter_map(string)
        .collect();
    let (family, cut) = cut_of(&family);
    let attributes = font.attributes();
    let (mut weight, mut italic) =
        (attributes.weight.value() as u16, attributes.style != skrifa::attribute::Style::Normal);
    // Some files are called bold and say the weight of the regular one.
    if (350..450).contains(&weight) && is_called_bold(&font) {
        weight = 700;
    }
    if !place.is_empty() {
        let at = |axis: &[u8; 4]| place.iter().find(|at| at.axis == *axis);
        weight = at(b"wght").map_or(weight, |at| at.value as u16);
        italic |= at(b"ital").is_some() || at(b"slnt").is_some();
        let style = match (weight_name(weight), italic) {
            ("Regular", true) => "Italic".to_owned(),
            (weight, true) => format!("{weight}Italic"),
            (weight, false) => weight.to_owned(),
        };
        name = format!("{}-{style}", name.split('-').next().unwrap_or(&name));
        called = vec![format!("{family} {style}"), name.clone()];
    }
    let metrics = font.metrics(Size::unscaled(), location);
    // A face without an em has no size that anything could be set in.
    if metrics.units_per_em == 0 {
        return None;
    }
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
        space: space(&font, location),
        space_glyph: font.charmap().map(' ').map_or(1, |glyph| glyph.to_u32() as u16),
        italic_angle: metrics.italic_angle,
        bounds,
        cff: font.cff().is_ok(),
        fixed: metrics.is_monospace,
        embeddable,
        glyphs: metrics.glyph_count.min(u32::from(u16::MAX)) as u16,
    };
    Some(Face {
        key: letters(&family),
        called: called.iter().map(|name| letters(name)).collect(),
        family,
        name,
        weight,
        italic,
        stretch: attributes.stretch.percentage() as u16,
        variations: place.to_vec(),
        optical: cut,
        origin,
        index,
        metrics,
        coverage,
        data: data.clone(),
    })
}

/// The advance of the space; a quarter of the em where a face has none.
fn space(font: &FontRef<'_>, location: LocationRef<'_>) -> i32 {
    let advances = font.glyph_metrics(Size::unscaled(), location);
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
