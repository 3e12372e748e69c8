//! Finding faces: the manuscript's own, the bundled ones, of the machine's those that looks ask for by name; and who
//! sets the characters that none of them has.

use std::collections::{BTreeMap, BTreeSet};

use super::{Face, Fonts, Origin, system};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::source::{Files, Span, SystemFont};

/// Characters that no face has, each in the language it stands in, and where it stands first.
type Missing = BTreeMap<(char, Language), Option<Span>>;

/// The manuscript's own faces, the bundled ones, and of the machine's those that looks ask for by name.
pub(crate) fn find<'a>(
    files: &dyn Files,
    families: impl Iterator<Item = (&'a str, Span)>,
    diagnostics: &mut Diagnostics,
) -> Fonts {
    let mut own = Vec::new();
    for path in files.list().iter().filter(|path| path.starts_with("fonts/") && is_face(path)) {
        let face = files.read(path).ok().and_then(|bytes| Face::read(bytes.into(), 0, Origin::Manuscript));
        match face {
            Some(face) => own.push(face),
            None => diagnostics.report(
                Diagnostic::new(&lints::UNREADABLE_FILE, format!("{path} is not a face that can be read"))
                    .hint("faces are OpenType or TrueType files"),
            ),
        }
    }
    let mut fonts = Fonts::new(own);
    for (family, span) in families {
        if !fonts.has_family(family) {
            family_of_the_machine(family, span, files, &mut fonts, diagnostics);
        }
    }
    fonts
}

/// Adds a family of the machine, and says that it is the machine's; what is nowhere is an error.
fn family_of_the_machine(
    family: &str,
    span: Span,
    files: &dyn Files,
    fonts: &mut Fonts,
    diagnostics: &mut Diagnostics,
) {
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let wanted = letters(family);
    let (likely, others): (Vec<SystemFont>, Vec<SystemFont>) = files.system_fonts().into_iter().partition(|font| {
        let stem = font.path.file_stem().map(|stem| letters(&stem.to_string_lossy())).unwrap_or_default();
        stem.starts_with(&wanted) || wanted.starts_with(stem.as_str())
    });
    for named in [likely, others] {
        let faces = named.iter().filter_map(|font| {
            let bytes = (font.read)(&font.path).ok()?;
            Face::read(bytes.into(), 0, Origin::System).filter(|face| face.family.eq_ignore_ascii_case(family))
        });
        let found: Vec<Face> = faces.collect();
        if found.is_empty() {
            continue;
        }
        for face in found {
            fonts.add(face);
        }
        diagnostics.report(
            Diagnostic::new(&lints::SYSTEM_FONT, format!("\"{family}\" is taken from this machine"))
                .at(span)
                .hint("put its files into the manuscript's fonts/ folder, so that the book looks the same everywhere"),
        );
        return;
    }
    diagnostics.report(
        Diagnostic::new(&lints::UNKNOWN_FONT, format!("no face is called \"{family}\""))
            .at(span)
            .hint("put its files into the manuscript's fonts/ folder; bundled are Source Serif 4, Source Sans 3 and Source Code Pro"),
    );
}

fn is_face(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    [".otf", ".ttf", ".ttc", ".otc"].iter().any(|ending| lower.ends_with(ending))
}

/// Adds faces of the machine for characters that no face has, and says which; false when it has none.
pub(crate) fn ask_the_machine(
    fonts: &mut Fonts,
    files: &dyn Files,
    missing: &Missing,
    diagnostics: &mut Diagnostics,
) -> bool {
    let wanted: BTreeSet<(char, Language)> = missing.keys().cloned().collect();
    let supplies = system::supply(fonts, &files.system_fonts(), &wanted);
    for supply in &supplies {
        let first = missing.iter().find(|((character, _), _)| supply.characters.contains(character));
        let message = format!("{} of this machine sets {}", supply.family, few(&supply.characters));
        diagnostics.report(Diagnostic::new(&lints::SYSTEM_FONT, message).at(first.and_then(|(_, span)| *span)).hint(
            format!(
                "put {} into the manuscript's fonts/ folder, so that the book looks the same everywhere",
                supply.file
            ),
        ));
    }
    !supplies.is_empty()
}

/// Says which characters no face has, those of one language together.
pub(crate) fn report_missing(missing: &Missing, diagnostics: &mut Diagnostics) {
    let mut languages: BTreeMap<&Language, (Vec<char>, Option<Span>)> = BTreeMap::new();
    for ((character, language), span) in missing {
        let (characters, first) = languages.entry(language).or_default();
        characters.push(*character);
        *first = first.or(*span);
    }
    for (language, (characters, span)) in languages {
        let codes: Vec<String> = characters.iter().take(3).map(|c| format!("U+{:04X}", *c as u32)).collect();
        let message = format!("no face has {} ({}; language {language})", few(&characters), codes.join(", "));
        diagnostics.report(
            Diagnostic::new(&lints::MISSING_GLYPH, message)
                .at(span)
                .hint("put a face that has it into the manuscript's fonts/ folder, or install one (Debian: fonts-noto-core, fonts-noto-cjk); boxes are drawn instead"),
        );
    }
}

/// The first of some characters, quoted, and how many more there are.
fn few(characters: &[char]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = characters.iter().take(SHOWN).map(char::to_string).collect();
    match characters.len().saturating_sub(SHOWN) {
        0 => format!("\"{}\"", shown.join(" ")),
        more => format!("\"{}\" and {more} more", shown.join(" ")),
    }
}
