//! What a house says of all its papers: read below what the manuscript says.

use super::texts::{refused, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::{Base, FilePath, Files, ReadError, SourceId, Sources, folder_of, house};
use crate::yaml::{self, Kind, Node};

/// Reads what a house says, below what the manuscript says: the file that the manuscript names and those which that
/// names; below them the one of whoever runs recto. Paths in them are counted from their own folders, which their
/// sources know. Returns the folders of the houses.
pub(super) fn inherit(
    files: &dyn Files,
    node: &mut Node,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut houses = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    while let Some(id) = next_house(files, node, &mut seen, sources, diagnostics) {
        let length = sources.file(id).text.len();
        let Some(below) = yaml::read(sources, id, 0..length, diagnostics) else { return houses };
        if let Base::House(folder) = &sources.file(id).base {
            houses.push(folder.clone());
        }
        merge(node, below);
    }
    let Some((name, read)) = files.operator() else { return houses };
    let id = match read {
        Ok(bytes) => text_of(&name, Base::Operator, bytes, sources, diagnostics),
        Err(error) => {
            let message = format!("the house's file {name} cannot be read: {error}");
            diagnostics.report(
                Diagnostic::new(&lints::UNREADABLE_FILE, message).hint("see that --house names a file of YAML"),
            );
            None
        }
    };
    let Some(id) = id else { return houses };
    let length = sources.file(id).text.len();
    if let Some(mut below) = yaml::read(sources, id, 0..length, diagnostics) {
        // It is the last: what it might inherit would be counted from nowhere.
        if let Kind::Map(entries) = &mut below.kind {
            entries.retain(|entry| entry.key != "inherit");
        }
        merge(node, below);
    }
    houses
}

/// Takes `inherit` out of a mapping and reads the file that it names.
fn next_house(
    files: &dyn Files,
    node: &mut Node,
    seen: &mut Vec<String>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<SourceId> {
    let Kind::Map(entries) = &mut node.kind else { return None };
    let at = entries.iter().position(|entry| entry.key == "inherit")?;
    let value = entries.remove(at).value;
    let Some(written) = value.text() else {
        yaml::wrong(&value, "\"inherit\" is the path of a YAML file", diagnostics);
        return None;
    };
    let named = sources.path_at(written, value.span);
    let whole = match (&named.base, house(&named.path)) {
        (_, Err(error)) => Err(error),
        (Base::House(folder), Ok(path)) if !folder.is_empty() => house(&format!("{folder}/{path}")),
        (_, Ok(path)) => Ok(path),
    };
    let read = whole.and_then(|path| files.read_house(&path).map(|bytes| (path, bytes)));
    let (path, bytes) = match read {
        Ok(read) => read,
        Err(error) => {
            diagnostics.report(refused_house(written, &error, files).at(value.span));
            return None;
        }
    };
    if seen.contains(&path) {
        diagnostics.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{path}\" inherits from itself"))
                .at(value.span)
                .hint("take `inherit` out of the last file of the circle"),
        );
        return None;
    }
    let base = Base::House(folder_of(&path).to_owned());
    let id = text_of(&path, base, bytes, sources, diagnostics);
    seen.push(path);
    id
}

/// What is said of a house's file that cannot be read.
fn refused_house(written: &str, error: &ReadError, files: &dyn Files) -> Diagnostic {
    let said = refused(&FilePath::manuscript(written), error, files);
    match error {
        ReadError::Outside => Diagnostic::new(
            &lints::OUTSIDE_FOLDER,
            format!("\"{written}\" is no house's file beside the manuscript or in a folder above"),
        )
        .hint("a house's file ends in .yaml and lies in the folder, beside it or straight in a folder above, not behind a link: ../house.yaml, ../house/house.yaml; whoever runs recto can name another with --house"),
        _ => said,
    }
}

/// Adds what `above` does not say.
fn merge(above: &mut Node, below: Node) {
    let (Kind::Map(own), Kind::Map(house)) = (&mut above.kind, below.kind) else { return };
    for entry in house {
        match own.iter_mut().find(|mine| mine.key == entry.key) {
            Some(mine) if matches!(mine.value.kind, Kind::Map(_)) => merge(&mut mine.value, entry.value),
            Some(_) => {}
            None => own.push(entry),
        }
    }
}
