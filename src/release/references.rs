//! The list of works of a deposit: every work that the book cites, as Crossref matches them with those that it knows.
//!
//! What a `bibliography:` lists is deposited by its parts, with the entry as it is printed; a list of works that is
//! written by hand, as it is written.

use super::record::Record;
use crate::book::metadata::Doi;
use crate::book::{Block, BlockKind, CitedWork, DivisionKind, TextKind, plain, walk};
use crate::xml::Markup;

/// The most letters that the schema lets the key, the volume, the issue, the page of a citation have.
const KEY: usize = 128;
const SHORT: usize = 32;

/// Writes the list, if the book has one.
pub(super) fn write(xml: &mut Markup, record: &Record<'_>) {
    let written = if record.book.works.is_empty() { written(record) } else { Vec::new() };
    if record.book.works.is_empty() && written.is_empty() {
        return;
    }
    xml.tag("citation_list").begin();
    for (at, work) in record.book.works.iter().enumerate() {
        citation(xml, at, work);
    }
    for (at, (words, doi)) in written.iter().enumerate() {
        xml.tag("citation").attr("key", &format!("ref{}", at + 1)).begin();
        if let Some(doi) = doi.as_ref().filter(|doi| is_deposited(doi)) {
            leaf(xml, "doi", doi.bare());
        }
        leaf(xml, "unstructured_citation", words);
        xml.end();
    }
    xml.end();
}

fn citation(xml: &mut Markup, at: usize, work: &CitedWork) {
    // A key is given back with what Crossref found: the author's own is known to its author.
    let key = if work.key.chars().count() <= KEY { work.key.clone() } else { format!("ref{}", at + 1) };
    let part = |words: &Option<String>| words.clone().filter(|words| words.chars().count() <= SHORT);
    let whole = work.container.is_none();
    let journal = work.container.as_ref().filter(|_| work.serial);
    let volume = if whole { work.title.as_ref() } else { work.container.as_ref().filter(|_| !work.serial) };
    let parts = [
        ("issn", work.issn.clone()),
        ("journal_title", journal.cloned()),
        ("author", work.name.clone()),
        ("volume", part(&work.volume)),
        ("issue", part(&work.issue)),
        ("first_page", part(&work.page)),
        ("cYear", work.year.map(|year| format!("{year:04}"))),
        ("doi", work.doi.as_ref().filter(|doi| is_deposited(doi)).map(|doi| doi.bare().to_owned())),
        ("isbn", work.isbn.as_ref().map(|isbn| isbn.digits().to_owned())),
        ("series_title", work.series.clone()),
        ("volume_title", volume.cloned()),
        ("edition_number", work.edition.map(|edition| edition.to_string())),
        ("article_title", work.title.clone().filter(|_| !whole)),
        ("unstructured_citation", work.shown.clone().or_else(|| unlisted(work))),
    ];
    xml.tag("citation").attr("key", &key).begin();
    for (name, words) in parts {
        if let Some(words) = words {
            leaf(xml, name, &words);
        }
    }
    xml.end();
}

/// The words of a work that no list prints and that says nothing else than a title and a year, by which nobody finds it.
fn unlisted(work: &CitedWork) -> Option<String> {
    let found = work.doi.is_some() || work.isbn.is_some() || work.container.is_some();
    let words: Vec<String> =
        [work.name.clone(), work.title.clone(), work.year.map(|year| year.to_string())].into_iter().flatten().collect();
    (!found && !words.is_empty()).then(|| words.join(". "))
}

/// The entries of a list of works that the author wrote, each with its DOI if it links to one.
fn written<'a>(record: &Record<'a>) -> Vec<(String, Option<Doi>)> {
    let lists = record.book.divisions.iter().filter(|division| division.kind == DivisionKind::Bibliography);
    // Where there are lists, what stands beside them introduces them.
    let is_list = |block: &&Block| matches!(block.kind, BlockKind::List(_));
    let entries_of = |blocks: &'a [Block]| -> Vec<&'a Block> {
        let listed: Vec<&Block> = blocks.iter().filter(is_list).collect();
        if listed.is_empty() { blocks.iter().collect() } else { listed }
    };
    let blocks = lists.flat_map(|division| entries_of(&division.blocks));
    let texts = blocks.flat_map(|block| walk::texts(std::slice::from_ref(block)));
    let entries = texts.filter(|(kind, _)| *kind == TextKind::Running).map(|(_, text)| {
        let words = plain(&text.content).split_whitespace().collect::<Vec<_>>().join(" ");
        let doi = walk::pieces(&text.content).filter_map(|piece| piece.url()).find_map(|url| Doi::parse(url).ok());
        (words, doi)
    });
    entries.filter(|(words, _)| !words.is_empty()).collect()
}

/// Whether the schema takes a DOI: one whose registrant has no parts.
fn is_deposited(doi: &Doi) -> bool {
    let Some((prefix, name)) = doi.bare().split_once('/') else { return false };
    let digits = prefix.trim_start_matches("10.");
    (4..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && name.chars().count() <= 200
}

fn leaf(xml: &mut Markup, name: &'static str, text: &str) {
    xml.leaf(name, text);
    xml.line();
}
