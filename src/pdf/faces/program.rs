//! Program: glyphs added to a face with TrueType outlines, each made of others at their places.
//!
//! The OpenType specification's `glyf`, `loca`, `hmtx`, `hhea`, `maxp`, `post` and `head`; all other tables stay as they are.

use std::collections::BTreeMap;

/// A glyph made of others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Composite {
    /// Which, and how far from the origin, to the right and upwards.
    pub parts: Vec<(u16, i16, i16)>,
    /// Its width.
    pub advance: u16,
}

type Tables = BTreeMap<[u8; 4], Vec<u8>>;

/// A glyph and its place.
const PART: usize = 8;

/// The file with some glyphs more, and the number of the first of them, which follows its last; `None` when it is no
/// sound TrueType file, or has no room.
pub(super) fn with_composites(program: &[u8], added: &[Composite]) -> Option<(Vec<u8>, u16)> {
    let mut tables = read(program)?;
    let count = short(tables.get(b"maxp")?, 4)?;
    let total = count.checked_add(added.len().try_into().ok()?)?;
    let mut places = locations(&tables, count)?;
    let mut glyphs = tables.get(b"glyf")?.clone();
    let mut metrics = long_metrics(&tables, count)?;
    glyphs.resize((*places.last()? as usize).min(glyphs.len()), 0);
    for composite in added {
        let outline = outline(composite, &glyphs, &places)?;
        metrics.push((composite.advance, outline.as_ref().map_or(0, |(_, left)| *left)));
        glyphs.extend(outline.map(|(bytes, _)| bytes).unwrap_or_default());
        places.push(u32::try_from(glyphs.len()).ok()?);
    }
    tables.insert(*b"glyf", glyphs);
    tables.insert(*b"loca", places.iter().flat_map(|place| place.to_be_bytes()).collect());
    let pair = |(advance, left): &(u16, i16)| [advance.to_be_bytes(), left.to_be_bytes()].concat();
    tables.insert(*b"hmtx", metrics.iter().flat_map(pair).collect());
    set(tables.get_mut(b"hhea")?, 34, total)?;
    // Places in `loca` are long ones now.
    set(tables.get_mut(b"head")?, 50, 1)?;
    // Names of glyphs would be too few: version 3 has none.
    if let Some(post) = tables.get_mut(b"post") {
        post.truncate(32);
        set(post, 0, 3)?;
        set(post, 2, 0)?;
    }
    let most = added.iter().map(|composite| composite.parts.len()).max().unwrap_or(0) as u16;
    let maximum = tables.get_mut(b"maxp")?;
    set(maximum, 4, total)?;
    for (simple, composite) in [(6, 10), (8, 12)] {
        let several = short(maximum, simple)?.max(short(maximum, composite)?).saturating_mul(most.max(1));
        set(maximum, composite, several)?;
    }
    let (elements, depth) = (short(maximum, 28)?.max(most), short(maximum, 30)?.saturating_add(1));
    set(maximum, 28, elements)?;
    set(maximum, 30, depth)?;
    Some((write(short(program, 0)?, short(program, 2)?, tables)?, count))
}

/// The record of a composite with the left edge of what it draws; nothing where none of its parts draws anything.
#[allow(clippy::type_complexity)]
fn outline(composite: &Composite, glyphs: &[u8], places: &[u32]) -> Option<Option<(Vec<u8>, i16)>> {
    let mut bounds: Option<[i16; 4]> = None;
    let mut parts = Vec::with_capacity(composite.parts.len());
    for (glyph, x, y) in &composite.parts {
        let at = usize::from(*glyph);
        let record = glyphs.get(*places.get(at)? as usize..*places.get(at + 1)? as usize)?;
        if record.is_empty() {
            continue;
        }
        let mut own = [0_i16; 4];
        for (side, value) in own.iter_mut().enumerate() {
            let by = if side % 2 == 0 { *x } else { *y };
            *value = (short(record, 2 + side * 2)? as i16).saturating_add(by);
        }
        bounds = Some(match bounds {
            None => own,
            Some(old) => [old[0].min(own[0]), old[1].min(own[1]), old[2].max(own[2]), old[3].max(own[3])],
        });
        parts.push((*glyph, *x, *y));
    }
    let Some(bounds) = bounds else { return Some(None) };
    let mut record = Vec::with_capacity(10 + parts.len() * PART);
    record.extend((-1_i16).to_be_bytes());
    record.extend(bounds.iter().flat_map(|value| value.to_be_bytes()));
    for (at, (glyph, x, y)) in parts.iter().enumerate() {
        // Words, and they are a place; more parts follow.
        let flags: u16 = if at + 1 < parts.len() { 0x23 } else { 0x03 };
        record.extend([flags.to_be_bytes(), glyph.to_be_bytes(), x.to_be_bytes(), y.to_be_bytes()].concat());
    }
    record.resize(record.len().next_multiple_of(4), 0);
    Some(Some((record, bounds[0])))
}

/// Where the records of the glyphs begin, and where the last ends.
fn locations(tables: &Tables, count: u16) -> Option<Vec<u32>> {
    let (places, wide) = (tables.get(b"loca")?, short(tables.get(b"head")?, 50)? == 1);
    (0..=usize::from(count))
        .map(|at| if wide { long(places, at * 4) } else { Some(u32::from(short(places, at * 2)?) * 2) })
        .collect()
}

/// The width and the left edge of each glyph.
fn long_metrics(tables: &Tables, count: u16) -> Option<Vec<(u16, i16)>> {
    let (metrics, wide) = (tables.get(b"hmtx")?, usize::from(short(tables.get(b"hhea")?, 34)?));
    let last = wide.checked_sub(1)?;
    (0..usize::from(count))
        .map(|at| {
            let left = if at < wide { at * 4 + 2 } else { wide * 4 + (at - wide) * 2 };
            Some((short(metrics, at.min(last) * 4)?, short(metrics, left).unwrap_or(0) as i16))
        })
        .collect()
}

fn read(program: &[u8]) -> Option<Tables> {
    let count = usize::from(short(program, 4)?);
    (0..count)
        .map(|at| {
            let record = program.get(12 + at * 16..28 + at * 16)?;
            let (offset, length) = (long(record, 8)? as usize, long(record, 12)? as usize);
            Some((record[..4].try_into().ok()?, program.get(offset..offset.checked_add(length)?)?.to_vec()))
        })
        .collect()
}

fn write(major: u16, minor: u16, mut tables: Tables) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let power = count.checked_ilog2()?;
    let range = 16 << power;
    // The sum of the whole file is made as if this were not there.
    tables.get_mut(b"head")?.get_mut(8..12)?.fill(0);
    let mut file: Vec<u8> = [major, minor, count, range, power as u16, count * 16 - range]
        .iter()
        .flat_map(|value| value.to_be_bytes())
        .collect();
    let mut offset = 12 + tables.len() * 16;
    let mut head = 0;
    for (tag, table) in &tables {
        if tag == b"head" {
            head = offset;
        }
        file.extend(tag);
        for value in [sum(table), u32::try_from(offset).ok()?, u32::try_from(table.len()).ok()?] {
            file.extend(value.to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for table in tables.values() {
        file.extend(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(sum(&file));
    file.get_mut(head + 8..head + 12)?.copy_from_slice(&adjustment.to_be_bytes());
    Some(file)
}

fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, four| {
        let mut whole = [0; 4];
        whole[..four.len()].copy_from_slice(four);
        sum.wrapping_add(u32::from_be_bytes(whole))
    })
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn set(bytes: &mut [u8], at: usize, value: u16) -> Option<()> {
    bytes.get_mut(at..at + 2)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use skrifa::raw::TableProvider;
    use skrifa::{FontRef, GlyphId, MetadataProvider, instance::Size};

    use super::*;

    const FACE: &[u8] = include_bytes!("../../../tests/fonts/Inter-few-letters.ttf");

    fn bounds(font: &FontRef<'_>, glyph: u32) -> [f32; 4] {
        let metrics = font.glyph_metrics(Size::unscaled(), skrifa::instance::LocationRef::default());
        let bounds = metrics.bounds(GlyphId::new(glyph)).expect("it draws something");
        [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
    }

    #[test]
    fn a_composite_draws_its_parts_at_their_places_and_the_others_stay() {
        let before = FontRef::new(FACE).expect("a face");
        let letter = before.charmap().map('e').expect("an e").to_u32() as u16;
        let added = [
            Composite { parts: vec![(letter, 100, -50)], advance: 7 },
            Composite { parts: vec![(letter, 0, 0), (letter, 30, 40)], advance: 900 },
            Composite { parts: Vec::new(), advance: 1 },
        ];
        let (made, first) = with_composites(FACE, &added).expect("it has room");
        let font = FontRef::new(&made).expect("a face still");
        let count = u32::from(before.maxp().expect("a count").num_glyphs());
        assert_eq!(u32::from(font.maxp().expect("a count").num_glyphs()), count + 3);
        assert_eq!(u32::from(first), count);
        let own = bounds(&before, letter.into());
        assert_eq!(bounds(&font, letter.into()), own);
        assert_eq!(bounds(&font, count), [own[0] + 100.0, own[1] - 50.0, own[2] + 100.0, own[3] - 50.0]);
        assert_eq!(bounds(&font, count + 1), [own[0], own[1], own[2] + 30.0, own[3] + 40.0]);
        let metrics = font.glyph_metrics(Size::unscaled(), skrifa::instance::LocationRef::default());
        let widths = [count, count + 1, count + 2].map(|glyph| metrics.advance_width(GlyphId::new(glyph)));
        assert_eq!(widths, [Some(7.0), Some(900.0), Some(1.0)]);
        assert_eq!(sum(&made), 0xB1B0_AFBA, "the sum of the whole file");
    }

    #[test]
    fn what_is_no_truetype_file_is_left_alone() {
        assert_eq!(with_composites(b"OTTO", &[]), None);
        let nowhere = Composite { parts: vec![(60_000, 0, 0)], advance: 1 };
        assert_eq!(with_composites(FACE, &[nowhere]), None);
        assert_eq!(with_composites(&FACE[..FACE.len() / 2], &[]), None);
    }
}
