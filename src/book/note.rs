//! Notes and where they stand.

use super::block::{Block, BlockKind};
use super::id::{BlockId, DivisionId, NoteId};
use super::inline::InlineKind;
use super::walk;
use crate::source::Span;

/// Where notes stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum NotePlace {
    /// Together at the end of the book.
    #[default]
    Endnotes,
    /// After each chapter.
    Chapter,
    /// At the foot of the page of their call.
    Footnotes,
    /// Beside their call, where the page has a column for them; else at its foot.
    Margin,
}

/// Where numbering begins again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoteNumbering {
    /// Nowhere: one series through the book.
    Book,
    /// With each chapter.
    Chapter,
}

/// How a house cites a work again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoteStyle {
    /// "Ibid." right after the note that cites it.
    Ibid,
    /// The author's name and a short title.
    ShortTitle,
}

/// One note.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its place in the book's list.
    pub id: NoteId,
    /// What is printed.
    pub number: u32,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Every call, in reading order: the text block that holds it.
    pub calls: Vec<NoteCallPlace>,
    /// Where the definition stands.
    pub span: Option<Span>,
}

/// A note of more words does not stand beside its call in whole.
pub const LONG_NOTE: usize = 60;

impl Note {
    /// Whether it holds nothing but text: a column in the margin is too narrow for tables, pictures and program text.
    pub fn is_of_text(&self) -> bool {
        let text =
            |block: &Block| matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::List(_) | BlockKind::Quote(_));
        self.blocks.iter().all(text)
    }

    /// Whether it has too many words to stand beside its call.
    pub fn is_long(&self) -> bool {
        let words = |text: &super::TextBlock| walk::plain(&text.content).split_whitespace().count();
        walk::own_texts(&self.blocks).map(words).sum::<usize>() > LONG_NOTE
    }

    /// Whether some of what it says stands at the end of the book where notes stand beside their calls: what a long one
    /// says after its first sentence, and addresses, which the margin shows by their host.
    pub fn is_parted(&self) -> bool {
        let hidden = |text: &super::TextBlock| walk::pieces(&text.content).any(|piece| host(&piece.kind).is_some());
        self.is_of_text() && (self.is_long() || walk::own_texts(&self.blocks).any(hidden))
    }
}

/// The host of an address that is shown as itself, where that is less than what is shown.
pub fn host(piece: &InlineKind) -> Option<&str> {
    let InlineKind::Address { url, shown } = piece else { return None };
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let bare = shown.split_once("://").map_or(shown.as_str(), |(_, rest)| rest).trim_end_matches('/');
    let whole = bare == host || bare.strip_prefix("www.") == Some(host);
    (matches!(scheme, "http" | "https") && !host.is_empty() && !whole).then_some(host)
}

/// Where a note is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteCallPlace {
    /// The division.
    pub division: DivisionId,
    /// The text block.
    pub block: BlockId,
    /// Where the call was written.
    pub span: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_by_its_host_where_that_is_less() {
        let of = |url: &str| {
            let piece = InlineKind::Address { url: url.to_owned(), shown: url.to_owned() };
            host(&piece).map(str::to_owned)
        };
        assert_eq!(of("https://www.un.org/en/ga/report?x=1").as_deref(), Some("un.org"));
        assert_eq!(of("https://doi.org/10.5555/a").as_deref(), Some("doi.org"));
        assert_eq!(of("https://example.org/"), None);
        assert_eq!(of("mailto:a@example.org"), None);
    }
}
