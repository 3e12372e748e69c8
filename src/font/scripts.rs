//! Scripts: which one a character belongs to, and which free faces have it.
//!
//! The ranges are whole blocks of Unicode 16, which is enough to tell an author which script is missing; the faces are
//! those of the Noto project, which cover all of them under the SIL Open Font License. The face of emoji is the one in
//! outlines: coloured pictures cannot be set in the ink of a text.

use crate::language::Language;

/// A script.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Script {
    /// What it is called.
    pub name: &'static str,
    /// A free family that has it.
    pub family: &'static str,
    blocks: &'static [(u32, u32)],
}

const fn script(name: &'static str, family: &'static str, blocks: &'static [(u32, u32)]) -> Script {
    Script { name, family, blocks }
}

static SCRIPTS: &[Script] = &[
    script(
        "Latin",
        "Noto Serif",
        &[(0x41, 0x24F), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xAB30, 0xAB6F)],
    ),
    script("phonetic", "Noto Serif", &[(0x250, 0x2FF), (0x1D00, 0x1DBF)]),
    script("Greek", "Noto Serif", &[(0x370, 0x3FF), (0x1F00, 0x1FFF)]),
    script("Coptic", "Noto Sans Coptic", &[(0x2C80, 0x2CFF)]),
    script("Cyrillic", "Noto Serif", &[(0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)]),
    script("Armenian", "Noto Serif Armenian", &[(0x530, 0x58F), (0xFB13, 0xFB17)]),
    script("Hebrew", "Noto Serif Hebrew", &[(0x590, 0x5FF), (0xFB1D, 0xFB4F)]),
    script(
        "Arabic",
        "Noto Naskh Arabic",
        &[(0x600, 0x6FF), (0x750, 0x77F), (0x860, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)],
    ),
    script("Syriac", "Noto Sans Syriac", &[(0x700, 0x74F)]),
    script("Thaana", "Noto Sans Thaana", &[(0x780, 0x7BF)]),
    script("N’Ko", "Noto Sans NKo", &[(0x7C0, 0x7FF)]),
    script("Devanagari", "Noto Serif Devanagari", &[(0x900, 0x97F), (0xA8E0, 0xA8FF), (0x1CD0, 0x1CFF)]),
    script("Bengali", "Noto Serif Bengali", &[(0x980, 0x9FF)]),
    script("Gurmukhi", "Noto Serif Gurmukhi", &[(0xA00, 0xA7F)]),
    script("Gujarati", "Noto Serif Gujarati", &[(0xA80, 0xAFF)]),
    script("Oriya", "Noto Serif Oriya", &[(0xB00, 0xB7F)]),
    script("Tamil", "Noto Serif Tamil", &[(0xB80, 0xBFF)]),
    script("Telugu", "Noto Serif Telugu", &[(0xC00, 0xC7F)]),
    script("Kannada", "Noto Serif Kannada", &[(0xC80, 0xCFF)]),
    script("Malayalam", "Noto Serif Malayalam", &[(0xD00, 0xD7F)]),
    script("Sinhala", "Noto Serif Sinhala", &[(0xD80, 0xDFF)]),
    script("Thai", "Noto Serif Thai", &[(0xE00, 0xE7F)]),
    script("Lao", "Noto Serif Lao", &[(0xE80, 0xEFF)]),
    script("Tibetan", "Noto Serif Tibetan", &[(0xF00, 0xFFF)]),
    script("Burmese", "Noto Serif Myanmar", &[(0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)]),
    script("Georgian", "Noto Serif Georgian", &[(0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)]),
    script("Ethiopic", "Noto Serif Ethiopic", &[(0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)]),
    script("Cherokee", "Noto Sans Cherokee", &[(0x13A0, 0x13FF), (0xAB70, 0xABBF)]),
    script("Canadian syllabic", "Noto Sans Canadian Aboriginal", &[(0x1400, 0x167F), (0x18B0, 0x18FF)]),
    script("Ogham", "Noto Sans Ogham", &[(0x1680, 0x169F)]),
    script("runic", "Noto Sans Runic", &[(0x16A0, 0x16FF)]),
    script("Khmer", "Noto Serif Khmer", &[(0x1780, 0x17FF), (0x19E0, 0x19FF)]),
    script("Mongolian", "Noto Sans Mongolian", &[(0x1800, 0x18AF)]),
    script("Tifinagh", "Noto Sans Tifinagh", &[(0x2D30, 0x2D7F)]),
    script("Javanese", "Noto Sans Javanese", &[(0xA980, 0xA9DF)]),
    script("Japanese", "Noto Serif JP", &[(0x3040, 0x30FF), (0x31F0, 0x31FF)]),
    script("Korean", "Noto Serif KR", &[(0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)]),
    script("Yi", "Noto Sans Yi", &[(0xA000, 0xA4CF)]),
    script("cuneiform", "Noto Sans Cuneiform", &[(0x12000, 0x1254F)]),
    script("hieroglyphic", "Noto Sans Egyptian Hieroglyphs", &[(0x13000, 0x143FF)]),
    script(
        "emoji",
        "Noto Emoji",
        &[
            (0x1F000, 0x1FAFF),
            (0x2600, 0x27BF),
            (0x1F1E6, 0x1F1FF),
            (0x2B50, 0x2B55),
            (0x20E3, 0x20E3),
            (0x231A, 0x231B),
            (0x23E9, 0x23FA),
        ],
    ),
    script("musical", "Noto Music", &[(0x1D100, 0x1D1FF)]),
    script(
        "mathematical",
        "Noto Sans Math",
        &[(0x2100, 0x23E8), (0x27C0, 0x2AFF), (0x1D400, 0x1D7FF), (0x2B00, 0x2BFF)],
    ),
    script("symbol", "Noto Sans Symbols 2", &[(0x2400, 0x25FF), (0x2800, 0x28FF)]),
];

/// Characters that Chinese, Japanese and Korean share; which face has them is a matter of the language.
static SHARED: [Script; 4] = [
    script("Chinese", "Noto Serif SC", IDEOGRAPHS),
    script("Chinese", "Noto Serif TC", IDEOGRAPHS),
    script("Japanese", "Noto Serif JP", IDEOGRAPHS),
    script("Korean", "Noto Serif KR", IDEOGRAPHS),
];

const IDEOGRAPHS: &[(u32, u32)] = &[
    (0x2E80, 0x303F),
    (0x3100, 0x312F),
    (0x3190, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
];

/// What belongs to no script that has a line of its own.
static OTHER: Script = script("other", "Noto Sans", &[]);

impl Script {
    /// The script of a character, as a language has it.
    pub fn of(character: char, language: &Language) -> &'static Script {
        let code = character as u32;
        let within = |blocks: &[(u32, u32)]| blocks.iter().any(|(first, last)| (*first..=*last).contains(&code));
        if within(IDEOGRAPHS) {
            let traditional =
                language.script() == Some("Hant") || matches!(language.region(), Some("TW" | "HK" | "MO"));
            let at = match language.primary() {
                "ja" => 2,
                "ko" => 3,
                _ if traditional => 1,
                _ => 0,
            };
            return &SHARED[at];
        }
        // The narrower blocks of emoji and of mathematics lie within each other: the first line that has one counts.
        SCRIPTS.iter().find(|script| within(script.blocks)).unwrap_or(&OTHER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_of_the_script_that_its_language_writes() {
        let of = |character, tag| Script::of(character, &Language::parse(tag).expect("a tag")).family;
        assert_eq!(of('ก', "en"), "Noto Serif Thai");
        assert_eq!(of('海', "ja"), "Noto Serif JP");
        assert_eq!(of('海', "zh-Hant"), "Noto Serif TC");
        assert_eq!(of('海', "fr"), "Noto Serif SC");
        assert_eq!(of('😀', "en"), "Noto Emoji");
        assert_eq!(of('∮', "en"), "Noto Sans Math");
        assert_eq!(of('\u{10FFFD}', "en"), "Noto Sans");
    }
}
