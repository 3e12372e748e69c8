//! The folder: which of its files are sections, in which order, and what is left out.

use super::chosen;
use super::metadata::ManuscriptMetadata;
use crate::book::DivisionKind;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::yaml;

/// How the names of sections end, in any case of letters.
const ENDINGS: [&str; 4] = [".md", ".markdown", ".qmd", ".rmd"];

/// Texts that recto does not read: how their names end, and how they become sections.
const OTHER_TEXTS: [&str; 21] = [
    "docx", "doc", "odt", "rtf", "tex", "rst", "adoc", "org", "txt", "ipynb", "html", "htm", "pages", "fodt",
    "textile", "mdown", "mkdown", "mkd", "mdwn", "mdtxt", "mdx",
];

/// Files that say whose folder this was: the name, the tool, what to do instead.
const PROJECTS: [(&str, &str, &str); 10] = [
    (
        "_quarto.yml",
        "Quarto",
        "write what it says of the book in metadata.yaml, and the order of `chapters` as `sections: […]`",
    ),
    (
        "_quarto.yaml",
        "Quarto",
        "write what it says of the book in metadata.yaml, and the order of `chapters` as `sections: […]`",
    ),
    ("_bookdown.yml", "bookdown", "write the order of `rmd_files` as `sections: […]` in metadata.yaml"),
    ("book.toml", "mdBook", "write its title and authors in metadata.yaml"),
    ("Book.txt", "Leanpub", "write the files that it lists as `sections: […]` in metadata.yaml, or number them"),
    ("SUMMARY.md", "mdBook or GitBook", "write its order as `sections: […]` in metadata.yaml, or number the files"),
    ("_config.yml", "Jekyll", "write its title and author in metadata.yaml"),
    ("mkdocs.yml", "MkDocs", "write the order of `nav` as `sections: […]` in metadata.yaml"),
    ("hugo.toml", "Hugo", "write its title in metadata.yaml"),
    ("docusaurus.config.js", "Docusaurus", "write its title in metadata.yaml"),
];

/// A path without the ending of a section; `None` when it has none.
pub(super) fn stem(path: &str) -> Option<&str> {
    ENDINGS.iter().find_map(|ending| {
        let at = path.len().checked_sub(ending.len())?;
        let (stem, end) = (path.get(..at)?, path.get(at..)?);
        end.eq_ignore_ascii_case(ending).then_some(stem)
    })
}

pub(super) fn is_section(path: &str) -> bool {
    stem(path).is_some()
        && !path.contains('/')
        && !path.starts_with(['_', '.'])
        && !is_notes(path)
        && path != "SUMMARY.md"
        && !is_about_the_folder(path)
}

/// The file of the notes of all sections, in any case of letters.
pub(super) fn is_notes(path: &str) -> bool {
    path.eq_ignore_ascii_case("notes.md")
}

/// Whether a file's name is one that Dropbox or Syncthing gives to the version of two that it did not keep.
fn is_left_by_a_sync(name: &str) -> bool {
    name.contains("conflicted copy") || name.contains(".sync-conflict-")
}

/// Files that speak of the folder and not in the book.
fn is_about_the_folder(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    ["README", "LICENSE", "LICENCE", "CHANGELOG", "CONTRIBUTING"].iter().any(|start| upper.starts_with(start))
}

/// The order of files that nobody ordered: by name, but the page on which a site begins comes before the others of its
/// folder.
fn by_name(names: &mut [String]) {
    names.sort_by_key(|name| match is_start(name) {
        true => natural_key(&name[..name.rfind('/').map_or(0, |at| at + 1)]),
        false => natural_key(name),
    });
}

/// Whether a file is called as the page is on which a site begins: `index.md`. `90-index.md` is the index of a book.
pub(super) fn is_start(path: &str) -> bool {
    path.rsplit('/').next().and_then(stem).is_some_and(|stem| stem.eq_ignore_ascii_case("index"))
}

/// The texts in a folder that the metadata names among the sections, in order.
fn sections_in(folder: &str, list: &[String]) -> Vec<String> {
    let within = |path: &&String| {
        let inner = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        inner.is_some_and(|inner| {
            let name = inner.rsplit('/').next().unwrap_or(inner);
            let aside = inner.split('/').any(|part| part.starts_with(['_', '.']));
            stem(name).is_some() && !aside && !is_about_the_folder(name) && name != "SUMMARY.md"
        })
    };
    let mut names: Vec<String> = list.iter().filter(within).cloned().collect();
    by_name(&mut names);
    names
}

/// The files that are sections, in order: the metadata's, else those of a file of Quarto's, else all.
pub(super) fn section_names(
    list: &[String],
    metadata: Option<&ManuscriptMetadata>,
    quarto: Option<(&str, &[String])>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mentioned: Vec<&str> = metadata.map(mentioned_files).unwrap_or_default();
    let usual =
        list.iter().filter(|path| is_section(path) && !mentioned.contains(&path.as_str()) && !is_left_by_a_sync(path));
    let named = |path: &str| {
        let given = metadata.and_then(|metadata| metadata.sections.as_ref());
        given.is_some_and(|given| given.iter().any(|name| name.text == path))
    };
    for copy in list.iter().filter(|path| is_section(path) && is_left_by_a_sync(path) && !named(path)) {
        let message = format!("\"{copy}\" is a second version that a synchronisation has left, and is left out");
        diagnostics.report(
            Diagnostic::new(&lints::LEFT_OUT, message)
                .hint("take over what is new in it, and delete it; or give it another name"),
        );
    }
    let Some(given) = metadata.and_then(|metadata| metadata.sections.as_ref()) else {
        let mut names: Vec<String> = usual.cloned().collect();
        by_name(&mut names);
        if let Some((file, chapters)) = quarto {
            let left: Vec<String> = names.into_iter().filter(|name| !chapters.contains(name)).collect();
            chosen::say_order(file, chapters, &left, diagnostics);
            return chapters.to_vec();
        }
        let english = Language::english();
        return chosen::without_translations(names, metadata.map_or(&english, |it| &it.language), diagnostics);
    };
    let mut names: Vec<String> = Vec::new();
    for name in given {
        let path = name.text.trim_start_matches("./");
        let inside = sections_in(path.trim_end_matches('/'), list);
        if !inside.is_empty() {
            let more: Vec<String> = inside.into_iter().filter(|path| !names.contains(path)).collect();
            names.extend(more);
            continue;
        }
        match list.iter().find(|other| *other == path || stem(other) == Some(path)) {
            Some(found) => names.push(found.clone()),
            None => {
                let mut said = Diagnostic::new(&lints::MISSING_FILE, format!("there is no section \"{}\"", name.text))
                    .at(name.span);
                if let Some(near) = yaml::nearest(path, list.iter().map(String::as_str)) {
                    said = said.hint(format!("did you mean \"{near}\"?"));
                }
                diagnostics.report(said);
            }
        }
    }
    for left in usual.filter(|path| !names.contains(path)) {
        diagnostics.report(
            Diagnostic::new(&lints::LEFT_OUT, format!("\"{left}\" is not named in `sections:` and is left out"))
                .hint("a file whose name begins with _ is left out without a word"),
        );
    }
    names
}

/// Files of text that are no sections, but for those that the metadata or the book uses otherwise.
pub(super) fn left_out(list: &[String], names: &[String], metadata: Option<&ManuscriptMetadata>) -> Vec<String> {
    let mentioned: Vec<&str> = metadata.map(mentioned_files).unwrap_or_default();
    let ours = |path: &str| {
        let of_a_folder = path.rsplit_once('/').is_some_and(|(_, name)| is_about_the_folder(name));
        is_notes(path) || mentioned.contains(&path) || is_section(path) || of_a_folder
    };
    list.iter().filter(|path| stem(path).is_some() && !names.contains(path) && !ours(path)).cloned().collect()
}

/// Says of texts in other formats, and of other tools' files, that recto does not read them, and what to do; of many that
/// end alike it is said once.
pub(super) fn look_round(list: &[String], ordered: Option<&str>, diagnostics: &mut Diagnostics) {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for path in list.iter().filter(|path| !path.contains('/') && !path.starts_with(['_', '.', '~'])) {
        let Some((stem, ending)) = path.rsplit_once('.') else { continue };
        let ending = ending.to_ascii_lowercase();
        let of_a_project = PROJECTS.iter().any(|(name, ..)| name == path);
        if is_about_the_folder(path) || of_a_project || !OTHER_TEXTS.contains(&ending.as_str()) {
            continue;
        }
        let hint = match ending.as_str() {
            "txt" | "mdown" | "mkdown" | "mkd" | "mdwn" | "mdtxt" | "mdx" => {
                "if it is a section, call it .md; a name that begins with _ is left out without a word".to_owned()
            }
            "tex" if is_of_looks(stem) => {
                "it holds commands of LaTeX: looks are said in theme.yaml, `recto theme new` writes one to begin with"
                    .to_owned()
            }
            "html" | "htm" if is_of_looks(stem) => {
                "it is for a site: looks are said in theme.yaml, words of every page in metadata.yaml".to_owned()
            }
            "ipynb" => "turn it into Markdown: jupyter nbconvert --to markdown FILE".to_owned(),
            _ => format!("turn it into Markdown: pandoc FILE.{ending} -o FILE.md"),
        };
        match said.iter_mut().find(|(other, _)| *other == hint) {
            Some((_, paths)) => paths.push(path),
            None => said.push((hint, vec![path])),
        }
    }
    for (hint, paths) in said {
        let first = paths[0];
        let name = first.rsplit_once('.').map_or(first, |(stem, _)| stem);
        let message = match paths.len() {
            1..=3 => {
                for path in paths {
                    let name = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
                    let message = format!("\"{path}\" is no Markdown and is left out");
                    diagnostics.report(Diagnostic::new(&lints::LEFT_OUT, message).hint(hint.replace("FILE", name)));
                }
                continue;
            }
            more => format!("{more} files are no Markdown and are left out, \"{first}\" among them"),
        };
        let hint = hint.replace("if it is a section, call it .md", "call what is a section .md").replace("FILE", name);
        diagnostics.report(Diagnostic::new(&lints::LEFT_OUT, message).hint(hint));
    }
    for (name, tool, instead) in PROJECTS {
        if ordered != Some(name) && list.iter().any(|path| path == name) {
            let message = format!("\"{name}\" belongs to {tool}, another tool: recto does not read it");
            diagnostics.report(Diagnostic::new(&lints::FOREIGN_PROJECT, message).hint(instead));
        }
    }
}

/// Says of folders that are links what is in them and left out; pictures are found by their own paths.
pub(super) fn linked(links: &[String], diagnostics: &mut Diagnostics) {
    for path in links {
        let fonts = path.eq_ignore_ascii_case("fonts");
        let aside = path.split('/').any(|part| part.starts_with('_') || ASIDE.contains(&part));
        if aside && !fonts {
            continue;
        }
        let what = if fonts { "the faces in it are" } else { "what is in it is" };
        let message = format!("\"{path}\" is a link to another folder, and {what} left out");
        diagnostics.report(Diagnostic::new(&lints::LEFT_OUT, message).hint(
            "put a copy in its place: a manuscript has all it needs in its folder, so that it is the same everywhere",
        ));
    }
}

/// Whether a file of LaTeX or HTML says by its name that it holds no text but commands for one.
fn is_of_looks(stem: &str) -> bool {
    const PARTS: [&str; 15] = [
        "preamble",
        "header",
        "footer",
        "macro",
        "macros",
        "template",
        "style",
        "styles",
        "before",
        "after",
        "setup",
        "packages",
        "commands",
        "settings",
        "titlepage",
    ];
    let stem = stem.to_ascii_lowercase();
    stem.split(['-', '_', '.', ' ']).any(|part| PARTS.contains(&part))
}

/// Says of sections in folders of the folder that they are left out, once for all.
pub(super) fn in_folders(left_out: &[&String], list: &[String], diagnostics: &mut Diagnostics) {
    let texts = texts_in_folders(left_out, list);
    let Some(first) = texts.first() else { return };
    let folders = folders_of(&texts);
    let message = match (texts.as_slice(), folders.as_slice()) {
        ([path], _) => format!("\"{path}\" stands in a folder of its own and is left out"),
        (_, [folder]) => {
            let name = first.rsplit('/').next().unwrap_or(first);
            format!("{} texts of the folder \"{folder}\" are left out, \"{name}\" among them", texts.len())
        }
        _ => format!("{} texts of {} folders are left out, \"{first}\" among them", texts.len(), folders.len()),
    };
    diagnostics.report(Diagnostic::new(&lints::LEFT_OUT, message).hint(format!(
        "move them beside metadata.yaml, or name them or their folders: `sections: [{}]`; a folder whose name begins \
         with _ is left out without a word",
        shown(&folders)
    )));
}

/// What to do where nothing is a section: the texts may have other names, or lie deeper.
pub(super) fn instead_of_none(left_out: &[&String], list: &[String]) -> String {
    let texts = texts_in_folders(left_out, list);
    let plain = list.iter().find(|path| {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        !path.contains('/')
            && ending.is_some_and(|ending| ending == "txt")
            && !is_about_the_folder(path)
            && *path != "Book.txt"
    });
    match (texts.is_empty(), plain) {
        (false, _) => format!(
            "its texts stand in folders: name these in metadata.yaml, in their order: `sections: [{}]`",
            shown(&folders_of(&texts))
        ),
        (true, Some(path)) => format!("a section ends in .md: if {path} is one, give it that ending"),
        (true, None) => "write the text into a file that ends in .md, such as 10-introduction.md".to_owned(),
    }
}

/// What is built, or kept aside, is no part of the book; a folder with its own metadata is another one.
fn texts_in_folders<'t>(left_out: &[&'t String], list: &[String]) -> Vec<&'t str> {
    let roots: Vec<&str> =
        list.iter().filter_map(|other| other.strip_suffix("metadata.yaml")).filter(|root| !root.is_empty()).collect();
    let aside = |path: &str| path.split('/').any(|part| part.starts_with(['_', '.']) || ASIDE.contains(&part));
    let another = |path: &str| roots.iter().any(|root| path.starts_with(root));
    let texts = left_out.iter().map(|path| path.as_str());
    let mut texts: Vec<&str> = texts.filter(|path| path.contains('/') && !aside(path) && !another(path)).collect();
    texts.sort_by_key(|path| natural_key(path));
    texts
}

/// The folders of texts, in order.
fn folders_of<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    let mut folders: Vec<&str> =
        texts.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    folders.dedup();
    folders
}

/// The first folders, as a list of YAML goes on.
fn shown(folders: &[&str]) -> String {
    let first = folders.iter().take(4).copied().collect::<Vec<_>>().join(", ");
    if folders.len() > 4 { format!("{first}, …") } else { first }
}

/// Folders whose texts are no sections.
const ASIDE: [&str; 9] = ["out", "target", "node_modules", "images", "fonts", "theme", "themes", "archive", "notes"];

/// Files that the metadata names as texts of its own.
fn mentioned_files(metadata: &ManuscriptMetadata) -> Vec<&str> {
    let bios = metadata.authors.iter().chain(&metadata.contributors).filter_map(|person| person.bio.as_ref());
    let about = metadata.publisher.as_ref().and_then(|publisher| publisher.about.as_ref());
    bios.chain(about).map(|written| written.text.as_str()).filter(|text| stem(text).is_some()).collect()
}

/// Numbers within names count as numbers: 2-a comes before 10-b.
fn natural_key(name: &str) -> Vec<(u64, String)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number = rest[..digits].parse().unwrap_or(u64::MAX);
        let letters = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| digits + at);
        parts.push((if digits == 0 { u64::MAX } else { number }, rest[digits..letters].to_owned()));
        rest = &rest[letters..];
    }
    parts
}

/// A file's name without its leading number, as kinds are spelt.
fn bare_name(path: &str) -> Option<String> {
    let stem = stem(path.rsplit('/').next()?)?;
    let bare = stem.trim_start_matches(|c: char| c.is_ascii_digit() || "-_. ".contains(c));
    Some(bare.to_ascii_lowercase().replace([' ', '_'], "-"))
}

/// The title that a file's name gives, without its leading number.
pub(super) fn title_in(path: &str) -> Option<&str> {
    let stem = stem(path.rsplit('/').next()?)?;
    let bare = stem.trim_start_matches(|c: char| c.is_ascii_digit() || "-_. ".contains(c));
    (!bare.is_empty()).then_some(bare)
}

/// Whether a text leads to others by their names, as notes do: `[[Next]]`.
pub(super) fn is_a_note(text: &str) -> bool {
    let named = |at: usize| {
        let rest = text[at + 2..].lines().next().unwrap_or("");
        rest.starts_with(char::is_alphanumeric) && rest.contains("]]") && !text[..at].ends_with(['`', '['])
    };
    text.match_indices("[[").any(|(at, _)| named(at))
}

/// The kind that a file's name says: `10-introduction.md` is an introduction.
pub(super) fn kind_of(path: &str) -> Option<DivisionKind> {
    DivisionKind::find(&bare_name(path)?).filter(|kind| !kind.is_made())
}

/// The kind that a file's name may have meant.
pub(super) fn kind_meant(path: &str) -> Option<&'static str> {
    let kinds = DivisionKind::ALL.iter().filter(|kind| !kind.is_made()).map(|kind| kind.name());
    yaml::nearest(&bare_name(path)?, kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_in_any_case_of_letters() {
        for name in ["10-a.md", "20-NEXT.MD", "30-more.markdown", "a.Qmd", "b.Rmd"] {
            assert!(is_section(name), "{name}");
        }
        for name in ["README.md", "SUMMARY.md", "_draft.md", "a/b.md", "notes.md", "a.docx", "é", ".md.md"] {
            assert!(!is_section(name), "{name}");
        }
        assert_eq!(kind_of("05 Key_Takeaways.MD"), Some(DivisionKind::KeyTakeaways));
        assert_eq!(kind_meant("key-takeaway.md"), Some("key-takeaways"));
        assert_eq!(kind_meant("bio.md"), None);
    }

    #[test]
    fn a_folder_among_the_sections_stands_for_its_texts() {
        let list =
            ["parts/20-b.md", "parts/index.md", "parts/3-a.md", "parts/_old.md", "parts/README.md", "parts/x.png"];
        let list = list.map(str::to_owned);
        assert_eq!(sections_in("parts", &list), ["parts/index.md", "parts/3-a.md", "parts/20-b.md"]);
        assert!(sections_in("part", &list).is_empty());
    }

    #[test]
    fn other_texts_and_other_tools_are_named() {
        let list = ["40-last.docx", "fonts/OFL.txt", "LICENSE.txt", "book.toml", "SUMMARY.md", "_old.txt"];
        let mut diagnostics = Diagnostics::new();
        look_round(&list.map(str::to_owned), None, &mut diagnostics);
        let said: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "\"40-last.docx\" is no Markdown and is left out",
                "\"book.toml\" belongs to mdBook, another tool: recto does not read it",
                "\"SUMMARY.md\" belongs to mdBook or GitBook, another tool: recto does not read it",
            ]
        );
    }
}
