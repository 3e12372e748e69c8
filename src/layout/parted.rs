//! Notes of which only a part stands beside their calls.
//!
//! The margin is narrow: of a long note it has the first sentence, and the page on which the rest is read; addresses it
//! shows by their host. What is not shown there stands in the notes at the end, so that every word stands once.

use std::collections::BTreeMap;

use crate::book::block::ParagraphRole;
use crate::book::walk::{Mapped, Shape, map, own_texts, pieces};
use crate::book::{Block, BlockId, BlockKind, Book, Inline, InlineKind, NoteId, NotePlace, Target, TextBlock, note};
use crate::language::Language;
use crate::language::sentence;
use crate::language::terms::Term;

/// The notes that are parted.
pub(crate) type AllParted = BTreeMap<NoteId, Parted>;

/// None of them.
pub(crate) static NONE_PARTED: AllParted = BTreeMap::new();

/// A note in two parts.
#[derive(Clone, Debug)]
pub(crate) struct Parted {
    /// What stands beside the call.
    pub beside: Vec<Block>,
    /// What stands at the end.
    pub rest: Vec<Block>,
    /// The text with which that begins; links to the rest lead to it.
    pub begins: BlockId,
    /// Whether the part beside the call names the page of the rest.
    pub names_page: bool,
}

impl Parted {
    /// All of a book; none where they do not stand in the margin.
    pub fn of(book: &Book, place: NotePlace) -> AllParted {
        if place != NotePlace::Margin {
            return AllParted::new();
        }
        let language = |note: &note::Note| {
            let call = note.calls.first();
            call.and_then(|call| book.division(call.division).language.as_ref()).unwrap_or(&book.metadata.language)
        };
        let parted = book.notes.iter().filter(|note| note.is_parted());
        parted.filter_map(|note| Some((note.id, Parted::new(note, language(note))?))).collect()
    }

    fn new(note: &note::Note, language: &Language) -> Option<Parted> {
        let begins = own_texts(&note.blocks).next()?.id;
        if !note.is_long() {
            let mut beside = note.blocks.clone();
            beside.iter_mut().for_each(by_host);
            let rest = vec![paragraph(begins, addresses(own_texts(&note.blocks)))];
            return Some(Parted { beside, rest, begins, names_page: false });
        }
        let own = note.blocks[0].language.as_ref().unwrap_or(language);
        let (first, after) = match &note.blocks[0].kind {
            BlockKind::Paragraph(first) => parted_text(&first.text.content, own, note.blocks.len() > 1),
            _ => (Vec::new(), None),
        };
        let mut rest = Vec::new();
        let whole = |content: Vec<Inline>| TextBlock { id: begins, content, span: None };
        let first = whole(first);
        let hidden = addresses(std::iter::once(&first));
        let mut shown = paragraph(begins, first.content);
        shown.language.clone_from(&note.blocks[0].language);
        by_host(&mut shown);
        if !hidden.is_empty() {
            rest.push(paragraph(begins, hidden));
        }
        match after {
            Some(after) if !after.is_empty() => {
                let mut block = paragraph(begins, after);
                block.language.clone_from(&note.blocks[0].language);
                rest.push(block);
            }
            Some(_) => {}
            None => rest.push(note.blocks[0].clone()),
        }
        rest.extend(note.blocks[1..].iter().cloned());
        if let BlockKind::Paragraph(shown) = &mut shown.kind {
            shown.text.content.extend(goes_on(begins, !shown.text.content.is_empty(), language));
        }
        Some(Parted { beside: vec![shown], rest, begins, names_page: true })
    }
}

fn paragraph(id: BlockId, content: Vec<Inline>) -> Block {
    let text = TextBlock { id, content, span: None };
    let kind = BlockKind::Paragraph(crate::book::block::Paragraph { text, role: ParagraphRole::Text });
    Block { id, language: None, label: None, span: None, kind }
}

/// The addresses of some texts that the margin shows by their hosts, each on a line.
fn addresses<'a>(texts: impl Iterator<Item = &'a TextBlock>) -> Vec<Inline> {
    let mut lines = Vec::new();
    for text in texts {
        for piece in pieces(&text.content).filter(|piece| note::host(&piece.kind).is_some()) {
            if !lines.is_empty() {
                lines.push(Inline { kind: InlineKind::LineBreak, span: None });
            }
            lines.push(piece.clone());
        }
    }
    lines
}

/// Shows the addresses of a block by their hosts.
fn by_host(block: &mut Block) {
    if let BlockKind::Paragraph(paragraph) = &mut block.kind {
        paragraph.text.content =
            map(&paragraph.text.content, &mut |piece| match (&piece.kind, note::host(&piece.kind)) {
                (InlineKind::Address { url, .. }, Some(host)) => {
                    Mapped::Into(InlineKind::Address { url: url.clone(), shown: host.to_owned() })
                }
                _ => Mapped::Keep,
            });
    }
    block.blocks_mut(&mut by_host);
}

/// The first sentence of a text, and what follows; all of it where it is one sentence and `more` follows. Nothing, and
/// `None`, where the first sentence is as long as a long note.
fn parted_text(content: &[Inline], language: &Language, more: bool) -> (Vec<Inline>, Option<Vec<Inline>>) {
    let is_short = |content: &[Inline]| {
        let words = crate::book::plain(content).split_whitespace().count();
        0 < words && words <= note::LONG_NOTE
    };
    let mut before = String::new();
    for (at, piece) in content.iter().enumerate() {
        if let (InlineKind::Text(text), Shape::Letters(_)) = (&piece.kind, piece.shape()) {
            let all = format!("{before}{text}{}", crate::book::plain(&content[at + 1..]));
            let end =
                sentence::ends(&all, language).find(|end| *end > before.len() && *end <= before.len() + text.len());
            if let Some(end) = end.map(|end| end - before.len()) {
                let part = |text: &str| Inline { kind: InlineKind::Text(text.to_owned()), span: piece.span };
                let first: Vec<Inline> = content[..at].iter().cloned().chain([part(&text[..end])]).collect();
                if !is_short(&first) {
                    return (Vec::new(), None);
                }
                let after = text[end..].trim_start();
                let after =
                    (!after.is_empty()).then(|| part(after)).into_iter().chain(content[at + 1..].iter().cloned());
                return (first, Some(after.collect()));
            }
        }
        before.push_str(&crate::book::plain(std::slice::from_ref(piece)));
    }
    if more && is_short(content) { (content.to_vec(), Some(Vec::new())) } else { (Vec::new(), None) }
}

/// Where the rest is read: "(continued, page 30)".
fn goes_on(rest: BlockId, after_words: bool, language: &Language) -> Vec<Inline> {
    const FOLIO: &str = "\u{1}";
    let space = if after_words { " " } else { "" };
    let words = format!("{space}({}, {})", Term::Continued.word(language), Term::Page.numbered(language, FOLIO));
    let (before, after) = words.split_once(FOLIO).unwrap_or((&words, ""));
    let page = InlineKind::PageReference { target: Target::Block(rest), content: Vec::new() };
    vec![Inline::own(before, language), Inline { kind: page, span: None }, Inline::own(after, language)]
}
