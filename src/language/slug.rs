//! Slugs: words as names of files and anchors.

use unicode_normalization::UnicodeNormalization;

/// Lower-case ASCII letters, digits and hyphens; never empty, never begun with a digit.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for character in text.nfd() {
        let plain: &str = match character {
            'ß' => "ss",
            'ø' | 'Ø' => "o",
            'ł' | 'Ł' => "l",
            'đ' | 'Đ' => "d",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'ı' => "i",
            c if c.is_ascii_alphanumeric() => {
                out.push(c.to_ascii_lowercase());
                continue;
            }
            '\u{300}'..='\u{36f}' | '’' | '\'' => continue,
            _ => {
                if !out.ends_with('-') && !out.is_empty() {
                    out.push('-');
                }
                continue;
            }
        };
        out.push_str(plain);
    }
    let out = out.trim_matches('-');
    let mut short: String = out.chars().take(60).collect();
    short.truncate(short.trim_end_matches('-').len());
    if short.is_empty() || short.starts_with(|c: char| c.is_ascii_digit()) {
        format!("s-{short}").trim_end_matches('-').to_owned()
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii() {
        assert_eq!(slug("Old Allies, New Terms"), "old-allies-new-terms");
        assert_eq!(slug("Łódź & Größe"), "lodz-grosse");
        assert_eq!(slug("1984"), "s-1984");
        assert_eq!(slug("世界"), "s");
    }
}
