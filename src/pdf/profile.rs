//! Colour profiles made by code (ICC.1:2010, version 4.3): sRGB for screens and office printers, grey for one-colour
//! books. A few hundred bytes each, the same everywhere.

pub(super) use crate::picture::pixels::components;

/// The profile connection space's white, D50, in the units of `s15Fixed16Number`.
const D50: [i32; 3] = [0xF6D6, 0x1_0000, 0xD32D];

/// The same white as CIEXYZ.
pub(super) const D50_XYZ: [f64; 3] = [0.9642, 1.0, 0.8249];

/// sRGB (IEC 61966-2-1), its primaries adapted to D50.
pub(super) fn srgb() -> Vec<u8> {
    // Columns of the adapted matrix, as the profiles of the ICC have them.
    const RED: [i32; 3] = [0x6FA2, 0x38F5, 0x0390];
    const GREEN: [i32; 3] = [0x6299, 0xB785, 0x18DA];
    const BLUE: [i32; 3] = [0x24A0, 0x0F84, 0xB6CF];
    // From D65 to D50 (Bradford).
    const ADAPTATION: [i32; 9] = [0x1_0C42, 0x05DE, -0x0CDB, 0x0793, 0xFD90, -0x045D, -0x025D, 0x03DA, 0xC062];
    let curve = parametric();
    let mut chad = b"sf32\0\0\0\0".to_vec();
    ADAPTATION.iter().for_each(|value| chad.extend(value.to_be_bytes()));
    let tags = [
        (*b"desc", text("sRGB IEC61966-2.1")),
        (*b"cprt", text("No copyright, use freely")),
        (*b"wtpt", xyz(D50)),
        (*b"chad", chad),
        (*b"rXYZ", xyz(RED)),
        (*b"gXYZ", xyz(GREEN)),
        (*b"bXYZ", xyz(BLUE)),
        (*b"rTRC", curve.clone()),
        (*b"gTRC", curve.clone()),
        (*b"bTRC", curve),
    ];
    profile(b"mntr", b"RGB ", &tags)
}

/// One black ink on white paper whose tones darken by the fifth that presses add (a gamma of 2.2 over it).
pub(super) fn grey() -> Vec<u8> {
    // `curv` with one entry is a gamma in u8Fixed8Number.
    let mut curve = b"curv\0\0\0\0\0\0\0\x01".to_vec();
    curve.extend([0x02, 0x33]);
    let tags = [
        (*b"desc", text("Grey, gamma 2.2")),
        (*b"cprt", text("No copyright, use freely")),
        (*b"wtpt", xyz(D50)),
        (*b"kTRC", curve),
    ];
    profile(b"prtr", b"GRAY", &tags)
}

/// A profile of a press: tables from inks to CIELAB, from CIELAB to inks, and of what can be printed.
pub(super) fn press(name: &str, space: &[u8; 4], to_colour: Vec<u8>, to_inks: Vec<u8>, gamut: Vec<u8>) -> Vec<u8> {
    let tags = [
        (*b"desc", text(name)),
        (*b"cprt", text("No copyright, use freely")),
        (*b"wtpt", xyz(D50)),
        (*b"A2B0", to_colour.clone()),
        (*b"A2B1", to_colour.clone()),
        (*b"A2B2", to_colour),
        (*b"B2A0", to_inks.clone()),
        (*b"B2A1", to_inks.clone()),
        (*b"B2A2", to_inks),
        (*b"gamt", gamut),
    ];
    connected(b"prtr", space, b"Lab ", &tags)
}

/// A `lut8Type` with straight curves: `value` gives the bytes of a point whose coordinates are shares of 1.
pub(super) fn table(inputs: usize, outputs: usize, steps: usize, value: impl Fn(&[f64]) -> Vec<u8>) -> Vec<u8> {
    let mut tag = b"mft1\0\0\0\0".to_vec();
    tag.extend([inputs as u8, outputs as u8, steps as u8, 0]);
    for row in 0..3 {
        for column in 0..3 {
            tag.extend(if row == column { 0x1_0000_i32 } else { 0 }.to_be_bytes());
        }
    }
    let straight = |count: usize, tag: &mut Vec<u8>| (0..count).for_each(|_| tag.extend(0..=255_u8));
    straight(inputs, &mut tag);
    let mut point = vec![0.0; inputs];
    for number in 0..steps.pow(inputs as u32) {
        let mut rest = number;
        // The last input varies fastest.
        for share in point.iter_mut().rev() {
            *share = (rest % steps) as f64 / (steps - 1) as f64;
            rest /= steps;
        }
        tag.extend(value(&point));
    }
    straight(outputs, &mut tag);
    tag
}

/// The curve of sRGB, function type 3: g a b c d.
fn parametric() -> Vec<u8> {
    let mut curve = b"para\0\0\0\0\0\x03\0\0".to_vec();
    for value in [0x2_6666_i32, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B] {
        curve.extend(value.to_be_bytes());
    }
    curve
}

fn xyz(values: [i32; 3]) -> Vec<u8> {
    let mut tag = b"XYZ \0\0\0\0".to_vec();
    values.iter().for_each(|value| tag.extend(value.to_be_bytes()));
    tag
}

/// A `multiLocalizedUnicodeType` with one English text.
fn text(words: &str) -> Vec<u8> {
    let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut tag = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS".to_vec();
    tag.extend((units.len() as u32).to_be_bytes());
    tag.extend(28_u32.to_be_bytes());
    tag.extend(units);
    tag
}

fn profile(class: &[u8; 4], space: &[u8; 4], tags: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    connected(class, space, b"XYZ ", tags)
}

/// A profile with its connection space.
fn connected(class: &[u8; 4], space: &[u8; 4], connection: &[u8; 4], tags: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + tags.len() * 12;
    let mut places: Vec<(usize, &[u8])> = Vec::new();
    for (name, content) in tags {
        // Tags with one content share it.
        let at = match places.iter().find(|(_, known)| *known == content.as_slice()) {
            Some((at, _)) => *at,
            None => {
                let at = start + data.len();
                data.extend(content);
                data.resize(data.len().next_multiple_of(4), 0);
                places.push((at, content));
                at
            }
        };
        table.extend(name);
        table.extend((at as u32).to_be_bytes());
        table.extend((content.len() as u32).to_be_bytes());
    }
    let mut header = vec![0; 128];
    header[8..12].copy_from_slice(&[4, 0x30, 0, 0]);
    header[12..16].copy_from_slice(class);
    header[16..20].copy_from_slice(space);
    header[20..24].copy_from_slice(connection);
    // A day of the standard's own: a profile made by code has no clock.
    header[24..36].copy_from_slice(&[0x07, 0xDA, 0, 12, 0, 1, 0, 0, 0, 0, 0, 0]);
    header[36..40].copy_from_slice(b"acsp");
    for (at, value) in D50.iter().enumerate() {
        header[68 + at * 4..72 + at * 4].copy_from_slice(&value.to_be_bytes());
    }
    let mut whole = header;
    whole.extend(table);
    whole.extend(data);
    let size = (whole.len() as u32).to_be_bytes();
    whole[..4].copy_from_slice(&size);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profiles_can_be_read_and_keep_white_white() {
        let srgb = moxcms::ColorProfile::new_from_slice(&srgb()).expect("a profile");
        assert_eq!(srgb.color_space, moxcms::DataColorSpace::Rgb);
        let to = moxcms::ColorProfile::new_srgb();
        let options = moxcms::TransformOptions::default();
        let through =
            srgb.create_transform_8bit(moxcms::Layout::Rgb, &to, moxcms::Layout::Rgb, options).expect("a way");
        let mut out = [0; 9];
        through.transform(&[255, 255, 255, 128, 64, 200, 0, 0, 0], &mut out).expect("pixels");
        for (value, expected) in out.iter().zip([255, 255, 255, 128, 64, 200, 0, 0, 0_u8]) {
            assert!(value.abs_diff(expected) <= 1, "{out:?}");
        }
        let grey = moxcms::ColorProfile::new_from_slice(&grey()).expect("a profile");
        assert_eq!(grey.color_space, moxcms::DataColorSpace::Gray);
    }
}
