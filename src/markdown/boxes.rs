//! Boxes: quotations that begin with `[!NOTE]`.

use pulldown_cmark::BlockQuoteKind;

use super::Parser;
use super::token::trim_end;
use crate::book::block::BoxKind;
use crate::markdown::parsed::{PBlock, PBlockKind, PInline, PKind};
use crate::source::Span;

impl Parser<'_> {
    pub(super) fn callout(&mut self, kind: BoxKind, mut inner: Vec<PBlock>) -> PBlockKind {
        let mut title = None;
        if matches!(inner.first().map(|block| &block.kind), Some(PBlockKind::Heading(_))) {
            let first = inner.remove(0);
            if let PBlockKind::Heading(heading) = first.kind {
                title = Some(heading.into_title());
            }
        }
        PBlockKind::Box { kind, title, blocks: inner }
    }

    /// What stands in braces after the title of a box.
    pub(super) fn label_of_callout(&mut self, block: &mut PBlock, written: &str, span: Span) {
        let Some(attributes) = super::attributes::parse(written, span) else { return };
        for (key, _) in &attributes.keys {
            self.unknown_attribute(key, span);
        }
        block.label = attributes.label.or(block.label.take());
    }

    /// `> [!NOTE] Title`: what stands in the first line after the word is the title.
    pub(super) fn titled_alert(&mut self, alert: &Alert, span: Span, mut inner: Vec<PBlock>) -> PBlockKind {
        let word = alert.word.as_str();
        let known = super::divs::box_kind(&word.to_ascii_lowercase());
        if known.is_none() {
            self.unknown_callout(word, span);
        }
        let mut title = None;
        if let Some(PBlock { kind: PBlockKind::Paragraph(text), .. }) = inner.first_mut() {
            let mut content = std::mem::take(&mut text.content);
            let end = content.iter().position(|piece| matches!(piece.kind, PKind::LineBreak)).unwrap_or(content.len());
            text.content = content.split_off(end);
            if !text.content.is_empty() {
                text.content.remove(0);
            }
            strip_letters(&mut content, alert.mark);
            strip_fold(&mut content);
            trim_end(&mut content);
            let empty = text.content.is_empty();
            if !content.is_empty() {
                let place = content[0].span.to(content[content.len() - 1].span);
                title = Some(self.text_block(content, place));
            }
            if empty {
                inner.remove(0);
            }
        }
        if known.is_none() && title.is_none() {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let words = first.chain(letters.flat_map(char::to_lowercase)).collect::<String>().replace('-', " ");
            title = Some(self.text_block(vec![PInline { kind: PKind::Text(words), span }], span));
        }
        PBlockKind::Box { kind: known.unwrap_or(BoxKind::Plain), title, blocks: inner }
    }
}

/// The first line of a quotation that is a box: `> [!WORD] Title`.
pub(super) struct Alert {
    word: String,
    /// How long the word is with its brackets.
    mark: usize,
    /// How long the line is with its `>`.
    pub line: usize,
}

/// The mark of a box in the first line of a quotation.
pub(super) fn alert(quote: &str) -> Option<Alert> {
    let line = quote.lines().next()?;
    let inner = line.trim_start_matches(['>', ' ']).strip_prefix("[!")?;
    let written = &inner[..inner.find(']')?];
    // Obsidian's looks of a box stand behind a bar: `[!NOTE|right]`.
    let word = written.split('|').next().unwrap_or(written).trim_end();
    let plain = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then(|| Alert { word: word.to_owned(), mark: written.len() + 3, line: line.len() })
}

pub(super) fn box_of_alert(kind: BlockQuoteKind) -> BoxKind {
    match kind {
        BlockQuoteKind::Note => BoxKind::Note,
        BlockQuoteKind::Tip => BoxKind::Tip,
        BlockQuoteKind::Important => BoxKind::Important,
        BlockQuoteKind::Warning => BoxKind::Warning,
        BlockQuoteKind::Caution => BoxKind::Caution,
    }
}

/// Takes off what says whether a box is folded: `[!TIP]-` and `[!TIP]+`.
fn strip_fold(content: &mut Vec<PInline>) {
    if let Some(PInline { kind: PKind::Text(text), .. }) = content.first_mut()
        && let Some(rest) = text.strip_prefix(['-', '+']).map(|rest| rest.trim_start().to_owned())
    {
        *text = rest;
        if text.is_empty() {
            content.remove(0);
        }
    }
}

/// Takes letters off the start, and the spaces after them.
fn strip_letters(content: &mut Vec<PInline>, mut count: usize) {
    while let Some(PInline { kind: PKind::Text(text), .. }) = content.first_mut() {
        let take = count.min(text.len());
        text.drain(..take);
        count -= take;
        if count == 0 {
            text.drain(..text.len() - text.trim_start().len());
        }
        if !text.is_empty() {
            break;
        }
        content.remove(0);
    }
}
