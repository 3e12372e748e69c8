//! The index of the search: every block's words, by page and heading.
//!
//! Words are looked for as letters anywhere in a text, without regard to case and accents. So Chinese and Thai, which
//! write no spaces, need no cutting into words, and are found like all others.

use serde_json::{Value, json};

use crate::book::{Block, BlockKind, Book, Division, DivisionKind, plain, walk};
use crate::epub::Print;
use crate::epub::plan::Plan;
use crate::epub::xhtml::division_words;

/// A script that a page loads when somebody searches: a folder on a disk lets no page read another file otherwise.
pub(super) fn index(book: &Book, plan: &Plan, shown: &[&Division], print: Option<&Print<'_>>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for division in shown.iter().filter(|division| division.kind != DivisionKind::CopyrightPage) {
        let Some(file) = plan.file(division.id) else { continue };
        let title = division_words(division);
        let mut place = Place {
            file: file.to_owned(),
            title: title.clone(),
            folio: print.and_then(|print| print.folio_of_division(division)).map(|f| f.to_string()),
        };
        for block in &division.blocks {
            if let BlockKind::Heading(heading) = &block.kind {
                place.title = format!("{title}: {}", plain(&heading.title.content).trim());
                place.file = plan.id(block.id).map_or_else(|| file.to_owned(), |id| format!("{file}#{id}"));
            }
            if let BlockKind::Notes(notes) = &block.kind {
                for note in notes.groups.iter().flat_map(|group| &group.notes) {
                    let words = words(&book.note(*note).blocks);
                    let href = format!("{file}#{}", crate::epub::plan::note_id(*note));
                    lines.push(line(&href, &title, place.folio.as_deref(), &words));
                }
                continue;
            }
            place.moved(block, print);
            let text = words(std::slice::from_ref(block));
            if !text.is_empty() && !matches!(block.kind, BlockKind::Heading(_)) {
                let href = plan.id(block.id).map_or_else(|| place.file.clone(), |id| format!("{file}#{id}"));
                lines.push(line(&href, &place.title, place.folio.as_deref(), &text));
            }
        }
    }
    format!("rectoIndex = [\n{}\n];\n", lines.join(",\n"))
}

/// Where a text stands.
struct Place {
    file: String,
    title: String,
    folio: Option<String>,
}

impl Place {
    /// The page of the print on which a block begins, where that is known.
    fn moved(&mut self, block: &Block, print: Option<&Print<'_>>) {
        let Some(print) = print else { return };
        let same = print
            .book
            .index
            .get(block.id.index())
            .is_some_and(|there| there.span.is_some() && there.span == block.span);
        let page = print.map.blocks.get(&block.id).filter(|_| same);
        let folio = page.and_then(|page| print.map.pages.get(page.0 as usize)?.folio);
        if let Some(folio) = folio {
            self.folio = Some(folio.to_string());
        }
    }
}

fn words(blocks: &[Block]) -> String {
    let texts: Vec<String> = walk::texts(blocks).map(|(_, text)| plain(&text.content).trim().to_owned()).collect();
    texts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An entry; a text that would end its script early cannot.
fn line(href: &str, title: &str, folio: Option<&str>, text: &str) -> String {
    let value: Value = json!([href, title, folio.unwrap_or_default(), text]);
    value.to_string().replace("</", "<\\/")
}
