//! The machine's faces, for characters that neither the manuscript's nor the bundled ones have.
//!
//! Files are looked at in an order that suits a book: faces with serifs before those without, regular ones only, each
//! with its bold beside it. A face of Chinese, Japanese or Korean serves its own language only, since one character is
//! drawn differently in each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Data, Face, Fonts, Origin};
use crate::language::Language;
use crate::source::SystemFont;

/// A face of the machine that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    /// The family's name.
    pub family: String,
    /// The file's name.
    pub file: String,
    /// For which characters, in order.
    pub characters: Vec<char>,
}

/// Adds faces of the machine to `fonts`, until every character that is missing has one or no file is left: first
/// those that have most of what a language misses, then any.
pub fn supply(fonts: &mut Fonts, files: &[SystemFont], missing: &BTreeSet<(char, Language)>) -> Vec<Supply> {
    let mut wanted = missing.clone();
    let mut taken: Vec<Supply> = Vec::new();
    let files_in_order = in_order(files);
    for whole in [true, false] {
        for file in &files_in_order {
            if wanted.is_empty() {
                return joined(taken);
            }
            let Some(data) = read(file) else { continue };
            // Regular ones only; of a file that varies, the one of a text's weight.
            for face in Face::read_all(&data, Origin::System) {
                if !face.variations.is_empty() && (face.weight != 400 || face.italic) {
                    continue;
                }
                let index = face.index;
                let has: BTreeSet<(char, Language)> =
                    wanted.iter().filter(|(character, language)| suits(&face, *character, language)).cloned().collect();
                if has.is_empty() || (whole && !has_most(&has, &wanted)) {
                    continue;
                }
                wanted.retain(|one| !has.contains(one));
                let characters: BTreeSet<char> = has.into_iter().map(|(character, _)| character).collect();
                let (family, file_name) = (face.family.clone(), name(&file.path));
                taken.push(Supply { family, file: file_name, characters: characters.into_iter().collect() });
                fonts.add(face);
                if let Some(bold) = bold_of(files, &file.path)
                    && let Some(face) = read(bold).and_then(|data| {
                        Face::read_all(&data, Origin::System).into_iter().find(|face| face.index == index)
                    })
                {
                    fonts.add(face);
                }
            }
        }
    }
    joined(taken)
}

fn suits(face: &Face, character: char, language: &Language) -> bool {
    face.metrics.embeddable && face.covers(character) && face.serves(character, language)
}

/// Whether some are most of what is wanted in any one language.
fn has_most(some: &BTreeSet<(char, Language)>, wanted: &BTreeSet<(char, Language)>) -> bool {
    let of =
        |all: &BTreeSet<(char, Language)>, language: &Language| all.iter().filter(|one| one.1 == *language).count();
    some.iter().any(|(_, language)| of(some, language) * 2 > of(wanted, language))
}

/// One entry a file: a collection has given several.
fn joined(taken: Vec<Supply>) -> Vec<Supply> {
    let mut all: BTreeMap<(String, String), Vec<char>> = BTreeMap::new();
    for supply in taken {
        all.entry((supply.family, supply.file)).or_default().extend(supply.characters);
    }
    all.into_iter().map(|((family, file), characters)| Supply { family, file, characters }).collect()
}

fn read(file: &SystemFont) -> Option<Data> {
    (file.read)(&file.path).ok().map(Data::from)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files worth looking at, the best suited first.
fn in_order(files: &[SystemFont]) -> Vec<&SystemFont> {
    const OTHER_CUTS: &[&str] = &[
        "bold",
        "light",
        "thin",
        "black",
        "medium",
        "condensed",
        "italic",
        "oblique",
        "display",
        "mono",
        "heavy",
        "emoji",
        "looped",
        "rashi",
        "nastaliq",
    ];
    let mut ranked: Vec<((u8, String), &SystemFont)> = files
        .iter()
        .map(|file| (name(&file.path).to_lowercase(), file))
        .filter(|(name, _)| !OTHER_CUTS.iter().any(|cut| name.contains(cut)))
        .map(|(name, file)| {
            let serif = ["serif", "naskh", "roman", "times", "libertin", "batang", "mincho", "song", "ming"];
            let rank = match () {
                () if serif.iter().any(|word| name.contains(word)) => 0,
                () if name.contains("sans") => 1,
                () => 2,
            };
            ((rank, name), file)
        })
        .collect();
    ranked.sort_by(|(one, _), (other, _)| one.cmp(other));
    ranked.into_iter().map(|(_, file)| file).collect()
}

/// The bold cut beside a regular one, by the names of their files.
fn bold_of<'a>(files: &'a [SystemFont], regular: &Path) -> Option<&'a SystemFont> {
    let stem = regular.file_name()?.to_string_lossy().into_owned();
    let wanted = if stem.contains("Regular") { stem.replace("Regular", "Bold") } else { return None };
    files.iter().find(|file| file.path.parent() == regular.parent() && name(&file.path) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn serifs_come_first_and_other_cuts_not_at_all() {
        let names =
            ["/f/NotoSansThai-Regular.ttf", "/f/NotoSerifThai-Bold.ttf", "/f/NotoSerifThai-Regular.ttf", "/f/Ahem.ttf"];
        let files: Vec<SystemFont> = names
            .iter()
            .map(|name| SystemFont { path: PathBuf::from(name), read: |path| std::fs::read(path) })
            .collect();
        let order: Vec<String> = in_order(&files).iter().map(|file| name(&file.path)).collect();
        assert_eq!(order, ["NotoSerifThai-Regular.ttf", "NotoSansThai-Regular.ttf", "Ahem.ttf"]);
        let bold = bold_of(&files, Path::new("/f/NotoSerifThai-Regular.ttf")).map(|file| name(&file.path));
        assert_eq!(bold.as_deref(), Some("NotoSerifThai-Bold.ttf"));
    }

    #[test]
    fn a_machine_without_faces_supplies_none() {
        let mut fonts = Fonts::new(Vec::new());
        let missing = BTreeSet::from([('海', Language::english())]);
        assert_eq!(supply(&mut fonts, &[], &missing), []);
    }
}
