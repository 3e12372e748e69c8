//! The styles and locales that recto carries.
//!
//! They are files of the CSL project as they stand, packed: 1.2 MB of styles and 1.6 MB of locales would be in the
//! binary otherwise. Their licence and their authors lie beside the archives.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::cite::read_style;
use crate::cite::style::{Locale, Style};

const STYLES: &[u8] = include_bytes!("data/styles.zip");
const LOCALES: &[u8] = include_bytes!("data/locales.zip");

/// The style of a book that asks for none.
pub const DEFAULT: &str = "chicago-notes";

/// The names of the styles, and how Zotero calls the same ones.
pub const NAMES: &[(&str, &[&str])] = &[
    ("apa", &["apa", "american-psychological-association"]),
    ("chicago-author-date", &["chicago-author-date"]),
    ("chicago-notes", &["chicago-notes-bibliography", "chicago-fullnote-bibliography", "chicago"]),
    ("chicago-notes-ibid", &["chicago-notes-bibliography-subsequent-ibid", "chicago-fullnote-bibliography-with-ibid"]),
    ("chicago-shortened-notes", &["chicago-shortened-notes-bibliography", "chicago-note-bibliography"]),
    ("harvard", &["harvard-cite-them-right"]),
    ("ieee", &["ieee"]),
    ("mhra-notes", &["mhra-notes", "modern-humanities-research-association"]),
    ("mla", &["modern-language-association"]),
    ("oscola", &["oscola"]),
    ("vancouver", &["nlm-citation-sequence", "vancouver"]),
];

/// The style with a name, one of Zotero's names, or an address that ends in one.
pub fn style(name: &str) -> Option<String> {
    let last = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
    let bare = last.strip_suffix(".csl").unwrap_or(last);
    let (own, _) = NAMES.iter().find(|(own, others)| *own == bare || others.contains(&bare))?;
    file(STYLES, &format!("{own}.csl"))
}

fn file(archive: &[u8], name: &str) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).ok()?;
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// The words of a language for a style: those of the language, of its main dialect where it has no file of its own, and
/// of American English where neither says anything; over them what the style says.
pub fn locale(language: &str, style: &Style) -> Locale {
    let mut locale = read("en-US").unwrap_or_default();
    let own = file_language(language);
    if own != "en-US"
        && let Some(over) = read(&own)
    {
        locale.lay(&over);
    }
    let primary = language.split('-').next().unwrap_or(language);
    let mut wanted = vec!["", primary, language];
    wanted.dedup();
    for wanted in wanted {
        style.locales.iter().filter(|(name, _)| name == wanted).for_each(|(_, over)| locale.lay(over));
    }
    language.clone_into(&mut locale.language);
    locale
}

fn read(name: &str) -> Option<Locale> {
    read_style::locale(&file(LOCALES, &format!("{name}.xml"))?).ok()
}

/// The language of the file that has the words of a language.
fn file_language(language: &str) -> String {
    const MAIN: &[(&str, &str)] = &[
        ("de", "de-DE"),
        ("en", "en-US"),
        ("es", "es-ES"),
        ("fr", "fr-FR"),
        ("pt", "pt-PT"),
        ("zh", "zh-CN"),
        ("sr", "sr-Cyrl-RS"),
        ("nb", "nb-NO"),
        ("no", "nb-NO"),
    ];
    let Ok(archive) = ZipArchive::new(Cursor::new(LOCALES)) else { return "en-US".to_owned() };
    let names: Vec<&str> = archive.file_names().filter_map(|name| name.strip_suffix(".xml")).collect();
    if names.contains(&language) {
        return language.to_owned();
    }
    let primary = language.split('-').next().unwrap_or(language);
    if let Some((_, main)) = MAIN.iter().find(|(name, _)| *name == primary) {
        return (*main).to_owned();
    }
    let mut same: Vec<&str> = names.iter().copied().filter(|name| name.split('-').next() == Some(primary)).collect();
    same.sort_unstable();
    same.first().map_or_else(|| "en-US".to_owned(), |name| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_that_has_a_name_can_be_read() {
        for (name, others) in NAMES {
            let text = style(name).expect("it is in the archive");
            assert!(matches!(read_style::style(&text), Ok(read_style::Read::Style(_))), "{name}");
            assert!(others.iter().all(|other| style(other).as_deref() == Some(text.as_str())), "{name}");
        }
        assert!(style("http://www.zotero.org/styles/apa").is_some());
        assert!(style("nature").is_none());
    }

    #[test]
    fn a_dialect_falls_back_to_its_language_and_to_english() {
        let style = Style::default();
        assert_eq!(locale("de-LI", &style).word("and"), "und");
        assert_eq!(locale("de-AT", &style).word("month-01"), "Jänner");
        assert_eq!(locale("tlh", &style).word("and"), "and");
    }
}
