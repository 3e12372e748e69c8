//! The container: epub-builder assembles the e-book, and a pass around it writes what the crate cannot.
//!
//! epub-builder 0.8.3 makes invalid packages for every book with a language and an author (both get the id
//! `epub-creator-0`), escapes no content of `meta` elements, knows no ISBN as the book's name, no refinements of
//! titles, no roles but `aut`, no page list, no `lang` on its navigation, writes landmarks that are visible and, when
//! empty, invalid; and its archive holds the time of day. So it is given the pages, the stylesheet and the metadata it
//! understands, and then its archive is read: its pages go over packed as they are, `content.opf`, `nav.xhtml` and
//! `toc.ncx` are replaced by ours, pictures and faces are added as they are (deflating them again costs time and saves
//! nothing), and all is written with fixed times and order. What stays of the crate's work is the OCF layout, its `container.xml` and the check that every
//! page was taken in. Its display-options file for old Apple readers goes: `ibooks:specified-fonts` says the same.

use std::io::{Cursor, Write};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::package::Resource;
use crate::source::room;

/// The folder that epub-builder puts the book into.
const FOLDER: &str = "OEBPS";

/// Everybody may read the files, their owner may write them.
const MODE: u32 = 0o644;

/// What goes into the container.
pub(super) struct Contents<'a> {
    /// The title, for the first pass.
    pub title: &'a str,
    /// The language, for the first pass.
    pub language: &'a str,
    /// Every file but the package document, in the manifest's order.
    pub resources: &'a [Resource],
    /// The package document.
    pub package: &'a str,
}

/// Makes the container. The error is in the words of the crate that failed.
pub(super) fn container(contents: &Contents<'_>) -> Result<Vec<u8>, String> {
    let first = assembled(contents).map_err(|error| error.to_string())?;
    rewritten(&first, contents).map_err(|error| error.to_string())
}

/// epub-builder's own archive, with its pages and stylesheet.
fn assembled(contents: &Contents<'_>) -> epub_builder::Result<Vec<u8>> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.metadata("title", contents.title)?;
    builder.metadata("generator", "recto")?;
    builder.add_language(contents.language);
    for resource in contents.resources {
        match resource.media_type {
            "text/css" => {
                builder.stylesheet(&*resource.bytes)?;
            }
            // The navigation's name is the crate's own.
            "application/xhtml+xml" if resource.properties != Some("nav") => {
                builder.add_content(EpubContent::new(&resource.path, &*resource.bytes))?;
            }
            _ => {}
        }
    }
    let mut archive = Vec::new();
    builder.generate(&mut archive)?;
    Ok(archive)
}

/// The archive again: same bytes for the same book.
fn rewritten(first: &[u8], contents: &Contents<'_>) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(first))?;
    let most = contents.resources.iter().map(|resource| resource.bytes.len() + resource.path.len() * 2 + 200);
    let mut writer = ZipWriter::new(Cursor::new(room(most.sum::<usize>() + contents.package.len() + 1000)));
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(MODE);
    let deflated = stored.compression_method(CompressionMethod::Deflated);
    writer.start_file("mimetype", stored)?;
    writer.write_all(b"application/epub+zip")?;
    taken(&mut writer, &mut archive, "META-INF/container.xml")?;
    writer.start_file(format!("{FOLDER}/content.opf"), deflated)?;
    writer.write_all(contents.package.as_bytes())?;
    for resource in contents.resources {
        let name = format!("{FOLDER}/{}", resource.path);
        let compressed = resource.media_type.starts_with("image/") && resource.media_type != "image/svg+xml";
        match resource.media_type {
            "application/xhtml+xml" | "text/css" if resource.properties != Some("nav") => {
                taken(&mut writer, &mut archive, &name)?;
            }
            _ => {
                writer.start_file(name.as_str(), if compressed { stored } else { deflated })?;
                writer.write_all(&resource.bytes)?;
            }
        }
    }
    Ok(writer.finish()?.into_inner())
}

/// Brings a file of the first archive over as it is packed, but for the time.
fn taken(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> zip::result::ZipResult<()> {
    writer.raw_copy_file_touch(archive.by_name(name)?, DateTime::default(), Some(MODE))
}
