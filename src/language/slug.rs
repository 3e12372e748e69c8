//! Slugs: words as names of files and anchors.

use unicode_normalization::UnicodeNormalization;

/// Lower-case ASCII letters, digits and hyphens; never empty, never begun with a digit, as anchors must be.
pub fn slug(text: &str) -> String {
    match file_name(text) {
        Some(name) if name.starts_with(|first: char| first.is_ascii_digit()) => format!("s-{name}"),
        Some(name) => name,
        None => "s".to_owned(),
    }
}

/// The same for names of files, which may begin with a digit: `1984`; `None` where nothing of a text can be kept.
pub fn file_name(text: &str) -> Option<String> {
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
            'ħ' | 'Ħ' => "h",
            'ŧ' | 'Ŧ' => "t",
            'ŋ' | 'Ŋ' => "ng",
            'ð' | 'Ð' => "d",
            'þ' | 'Þ' => "th",
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
    if is_a_device(&short) {
        short.push_str("-book");
    }
    (!short.is_empty()).then_some(short)
}

/// Names that Windows keeps for devices, whatever stands behind them.
fn is_a_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name, "con" | "prn" | "aux" | "nul")
        || port.is_some_and(|number| number.len() == 1 && number.parse::<u8>().is_ok())
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
        assert_eq!(slug("世界 2"), "s-2");
    }

    #[test]
    fn names_of_files_keep_their_digits_and_are_none_without_latin_letters() {
        assert_eq!(file_name("1984: A Novel").as_deref(), Some("1984-a-novel"));
        assert_eq!(file_name("世界"), None);
        assert_eq!(file_name("Ħal Għaxaq").as_deref(), Some("hal-ghaxaq"));
        assert_eq!(file_name("CON").as_deref(), Some("con-book"));
    }
}
