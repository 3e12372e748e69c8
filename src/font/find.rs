//! Finding faces: the manuscript's own, its house's, the bundled ones, of the machine's those that looks ask for by
//! name; and who sets the characters that none of them has.

use std::collections::{BTreeMap, BTreeSet};

use super::scripts::Script;
use super::{Cut, Face, Fonts, Origin, system};
use crate::diagnostic::{Diagnostic, Diagnostics, lints, nearest};
use crate::language::Language;
use crate::source::{Files, ReadError, Span, SystemFont};

/// Characters that no face has, each in the language it stands in, and where it stands first.
pub(crate) type Missing = BTreeMap<(char, Language), Option<Span>>;

/// What a manuscript says of faces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// The names that looks ask for, and where.
    pub names: &'a [(String, Span)],
    /// The folders of the houses that it inherits from, counted from its own.
    pub houses: &'a [String],
}

/// The faces in the `fonts/` of the manuscript and of its houses, the bundled ones, and of the machine's those that
/// looks ask for by name.
pub(crate) fn find(files: &dyn Files, asked: Asked<'_>, diagnostics: &mut Diagnostics) -> Fonts {
    let mut own = Vec::new();
    for path in files.list().iter().filter(|path| is_in_fonts(path) && is_face(path)) {
        own.extend(faces_of(path, files.read(path), diagnostics));
    }
    for house in asked.houses {
        let folder = if house.is_empty() { "fonts".to_owned() } else { format!("{house}/fonts") };
        for path in files.list_beside(&folder).iter().filter(|path| is_face(path)) {
            let within = path.strip_prefix(&format!("{house}/")).unwrap_or(path);
            own.extend(faces_of(path, files.read_of_house(house, within), diagnostics));
        }
    }
    let mut fonts = Fonts::new(own);
    for (name, span) in asked.names {
        if !fonts.has_family(name) {
            from_the_machine(name, *span, files, &mut fonts, diagnostics);
        }
    }
    fonts
}

/// The faces of a file of the manuscript.
fn faces_of(path: &str, read: Result<Vec<u8>, ReadError>, diagnostics: &mut Diagnostics) -> Vec<Face> {
    if matches!(read, Err(ReadError::Outside)) {
        diagnostics.report(
            Diagnostic::new(&lints::OUTSIDE_FOLDER, format!("{path} is a link that leaves its folder"))
                .hint("put a copy of the face in its place, so that the book is the same everywhere"),
        );
        return Vec::new();
    }
    let faces = read.map_or_else(|_| Vec::new(), |bytes| Face::read_all(&bytes.into(), Origin::Manuscript));
    if faces.is_empty() {
        diagnostics.report(
            Diagnostic::new(&lints::UNREADABLE_FILE, format!("{path} is not a face that can be read"))
                .hint("faces are OpenType or TrueType files"),
        );
    }
    faces
}

/// Adds the family that a name means on the machine, and says that it is the machine's; what is nowhere is an error.
fn from_the_machine(name: &str, span: Span, files: &dyn Files, fonts: &mut Fonts, diagnostics: &mut Diagnostics) {
    let letters = super::metrics::letters;
    let wanted = letters(name);
    let (likely, others): (Vec<SystemFont>, Vec<SystemFont>) = files.system_fonts().into_iter().partition(|font| {
        let stem = font.path.file_stem().map(|stem| letters(&stem.to_string_lossy())).unwrap_or_default();
        stem.starts_with(&wanted) || wanted.starts_with(stem.as_str())
    });
    let mut families = BTreeSet::new();
    for files in [likely, others] {
        let read = |font: &SystemFont| (font.read)(&font.path).map_or_else(|_| Vec::new(), system_faces);
        let faces: Vec<Face> = files.iter().flat_map(read).collect();
        let Some(family) = faces.iter().find(|face| face.is_called(name)).map(|face| face.family.clone()) else {
            families.extend(faces.into_iter().map(|face| face.family));
            continue;
        };
        for face in faces.into_iter().filter(|face| face.family == family) {
            fonts.add(face);
        }
        diagnostics.report(
            Diagnostic::new(&lints::SYSTEM_FONT, format!("\"{name}\" is taken from this machine"))
                .at(span)
                .hint("put its files into the manuscript's fonts/ folder, so that the book looks the same everywhere"),
        );
        return;
    }
    families.extend(fonts.faces().iter().flat_map(|face| [face.family.clone(), face.title()]));
    let cuts: BTreeSet<String> = fonts.faces().iter().filter(|face| face.is_family_of(name)).map(Face::title).collect();
    let of_the_web = files.list().into_iter().find(|path| {
        let stem = path.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map_or("", |(stem, _)| stem);
        is_of_the_web(path) && letters(stem).starts_with(&wanted)
    });
    let hint = match nearest(name, families.iter().map(String::as_str)) {
        _ if of_the_web.is_some() => format!(
            "{} is a file for the web: put the same face as .otf or .ttf into fonts/",
            of_the_web.unwrap_or_default()
        ),
        _ if !cuts.is_empty() => {
            format!("of that family there is {} at hand", cuts.into_iter().collect::<Vec<_>>().join(", "))
        }
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "put its files into the manuscript's fonts/ folder; bundled are Source Serif 4, Source Sans 3 and Source Code Pro"
            .to_owned(),
    };
    diagnostics
        .report(Diagnostic::new(&lints::UNKNOWN_FONT, format!("no face is called \"{name}\"")).at(span).hint(hint));
}

/// Whether a file lies in the folder of faces, however that is written.
fn is_in_fonts(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, _)| folder.eq_ignore_ascii_case("fonts"))
}

fn system_faces(bytes: Vec<u8>) -> Vec<Face> {
    Face::read_all(&bytes.into(), Origin::System)
}

/// Compressed or reordered for browsers and for old systems: nothing that a PDF could hold.
fn is_of_the_web(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    [".woff", ".woff2", ".eot", ".dfont", ".pfb", ".pfm"].iter().any(|ending| lower.ends_with(ending))
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
        // The first place of all: words of recto's own have none.
        let places = missing.iter().filter(|((character, _), _)| supply.characters.contains(character));
        let first = places.filter_map(|(_, span)| *span).min();
        let message = format!("{} of this machine sets {}", supply.family, few(&supply.characters));
        diagnostics.report(Diagnostic::new(&lints::SYSTEM_FONT, message).at(first).hint(format!(
            "put {} into the manuscript's fonts/ folder, so that the book looks the same everywhere",
            supply.file
        )));
    }
    !supplies.is_empty()
}

/// Says which characters no face has, those of one language and script together, and which free face has them.
pub(crate) fn report_missing(missing: &Missing, diagnostics: &mut Diagnostics) {
    type Group<'a> = (&'a Language, &'static str, &'static str);
    let mut groups: BTreeMap<Group<'_>, (Vec<char>, Option<Span>)> = BTreeMap::new();
    for ((character, language), span) in missing {
        let script = Script::of(*character, language);
        let (characters, first) = groups.entry((language, script.name, script.family)).or_default();
        characters.push(*character);
        *first = match (*first, *span) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    for ((language, script, family), (characters, span)) in groups {
        let codes: Vec<String> = characters.iter().take(3).map(|c| format!("U+{:04X}", *c as u32)).collect();
        let what = if script == "other" { "characters".to_owned() } else { format!("{script} characters") };
        let message =
            format!("no face has the {what} {} ({}; language {language})", few(&characters), codes.join(", "));
        diagnostics.report(Diagnostic::new(&lints::MISSING_GLYPH, message).at(span).hint(format!(
            "put a face that has them into the manuscript's fonts/ folder, such as {family}, which is free; boxes are drawn instead"
        )));
    }
}

/// Says which families lack an italic or a bold that words ask for, where looks name the family, else where it is
/// first wanting.
pub(crate) fn report_cuts(
    cuts: &BTreeMap<(String, Cut), Option<Span>>,
    names: &[(String, Span)],
    diagnostics: &mut Diagnostics,
) {
    let families: BTreeSet<&String> = cuts.keys().map(|(family, _)| family).collect();
    for family in families {
        let lacking: Vec<&str> = [Cut::Italic, Cut::Bold]
            .into_iter()
            .filter(|cut| cuts.contains_key(&(family.clone(), *cut)))
            .map(|cut| match cut {
                Cut::Italic => "italic",
                Cut::Bold => "bold",
            })
            .collect();
        let first = cuts.iter().filter(|((of, _), _)| of == family).find_map(|(_, span)| *span);
        let named = names.iter().find(|(name, _)| name == family).map(|(_, span)| *span);
        let message = format!(
            "\"{family}\" has no {} at hand: words that ask for {} are set without",
            lacking.join(" and no "),
            if lacking.len() > 1 { "them" } else { "it" }
        );
        diagnostics.report(Diagnostic::new(&lints::MISSING_CUT, message).at(named.or(first)).hint(format!(
            "put the {} of the family beside its regular in fonts/, or name a family that has {0}",
            lacking.join(" and ")
        )));
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
