//! Places: `<a id="old-name"></a>` alone in a paragraph leads to what follows it, and is no paragraph of its own.

use super::Parser;
use super::captions::is_caption;
use super::is_only_a_place;
use super::parsed::{PBlock, PBlockKind, PInline, PKind};

impl Parser<'_> {
    /// Seats places that stand alone in what follows them, or at the end of what stands before.
    pub(super) fn seated(&mut self, blocks: Vec<PBlock>) -> Vec<PBlock> {
        let mut out: Vec<PBlock> = Vec::with_capacity(blocks.len());
        let mut waiting: Vec<PBlock> = Vec::new();
        for mut block in blocks {
            if is_only_a_place(&block) {
                waiting.push(block);
                continue;
            }
            let left = self.seat(std::mem::take(&mut waiting), &mut block);
            out.extend(left);
            out.push(block);
        }
        match out.last_mut().and_then(text_of) {
            Some(text) => waiting.drain(..).for_each(|place| text.extend(pieces(place))),
            None => out.extend(waiting),
        }
        out
    }

    /// Seats places at the start of a block; those that find no seat are returned.
    fn seat(&mut self, places: Vec<PBlock>, block: &mut PBlock) -> Vec<PBlock> {
        let caption =
            matches!(&block.kind, PBlockKind::Paragraph(text) if is_caption(&text.content, &self.caption_words));
        if let Some(text) = text_of(block).filter(|_| !caption) {
            text.splice(0..0, places.into_iter().flat_map(pieces));
            return Vec::new();
        }
        if caption {
            // What it belongs to has a label of its own, perhaps.
            return places;
        }
        let mut left = Vec::new();
        for place in places {
            let labels: Vec<_> = labels(&place).collect();
            match labels.as_slice() {
                [label] if block.label.is_none() => block.label = Some((label.clone(), place.span)),
                _ => left.push(place),
            }
        }
        left
    }
}

/// The line that a block is.
fn text_of(block: &mut PBlock) -> Option<&mut Vec<PInline>> {
    match &mut block.kind {
        PBlockKind::Paragraph(text) => Some(&mut text.content),
        PBlockKind::Heading(heading) => Some(&mut heading.title.content),
        _ => None,
    }
}

/// The places in a paragraph of nothing else.
fn pieces(block: PBlock) -> Vec<PInline> {
    let PBlockKind::Paragraph(text) = block.kind else { return Vec::new() };
    text.content.into_iter().filter(|piece| matches!(piece.kind, PKind::Place(..))).collect()
}

fn labels(block: &PBlock) -> impl Iterator<Item = String> + '_ {
    let content = match &block.kind {
        PBlockKind::Paragraph(text) => text.content.as_slice(),
        _ => &[],
    };
    content.iter().filter_map(|piece| match &piece.kind {
        PKind::Place(label, _) => Some(label.clone()),
        _ => None,
    })
}
