//! Figures: a picture alone in its paragraph, and what its attributes say.

use super::Parser;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::letters;
use crate::markdown::parsed::{PBlock, PBlockKind, PFigure, PInline, PKind};
use crate::source::Span;

/// What braces say of a picture.
pub(super) const KNOWN: [&str; 9] = ["width", "height", "style", "place", "turn", "page", "alt", "fig-alt", "fig-cap"];

/// Whether words call a note.
fn calls(words: &[PInline]) -> bool {
    words.iter().any(|piece| matches!(piece.kind, PKind::NoteCall(_) | PKind::InlineNote(..)))
}

/// The words alone.
fn without_calls(words: Vec<PInline>) -> Vec<PInline> {
    words.into_iter().filter(|piece| !matches!(piece.kind, PKind::NoteCall(_) | PKind::InlineNote(..))).collect()
}

impl Parser<'_> {
    pub(super) fn figure(&mut self, picture: PInline, span: Span) -> PBlock {
        let PKind::Picture { mut path, title, alt, attributes } = picture.kind else {
            return self.block(PBlockKind::Ornament, span);
        };
        // The page of a PDF is part of its name, as browsers have it.
        if let Some(page) = attributes.get("page").map(str::trim)
            && !path.contains("#page=")
        {
            path = format!("{path}#page={page}");
        }
        let within = attributes.span.map_or(picture.span, |braces| picture.span.to(braces));
        let caption = title.or_else(|| attributes.get("fig-cap").map(str::to_owned));
        let caption = caption.map(|words| self.attribute_text(&words, within));
        // Quarto's way: what stands in the brackets is the caption then.
        let (alt, caption) = match attributes.get("fig-alt").or(attributes.get("alt")).map(str::to_owned) {
            Some(said) => {
                if let Some(caption) = &caption {
                    self.words_to_spare(&letters(&alt), &letters(&caption.content), picture.span);
                }
                let words = (!alt.is_empty()).then(|| self.text_block(alt, picture.span));
                (vec![PInline { kind: PKind::Text(said), span: picture.span }], caption.or(words))
            }
            None => (alt, caption),
        };
        // A note called in the brackets is called in a caption: an alternative text has none.
        let caption = match caption {
            None if calls(&alt) => Some(self.text_block(alt.clone(), picture.span)),
            Some(caption) => {
                if calls(&alt) {
                    let hint = "the caption stands in the quotes: call it there, \"Caption[^a]\"";
                    self.foreign("the brackets of a picture with a caption cannot call a note", picture.span, hint);
                }
                Some(caption)
            }
            None => None,
        };
        let alt = without_calls(alt);
        let label = attributes.label.clone();
        for (key, _) in &attributes.keys {
            if !KNOWN.contains(&key.as_str()) {
                self.unknown_attribute(key, attributes.span.unwrap_or(span));
            }
        }
        for class in &attributes.classes {
            if class != "turn" {
                self.unknown_attribute(&format!(".{class}"), attributes.span.unwrap_or(span));
            }
        }
        let figure = PFigure {
            chart: None,
            path,
            path_span: picture.span,
            alt,
            caption,
            note: None,
            source: None,
            credit: None,
            attributes: *attributes,
        };
        let mut block = self.block(PBlockKind::Figure(Box::new(figure)), span);
        block.label = label;
        block
    }

    /// Says that brackets stand for nothing any more, where caption and alternative text are both given elsewhere.
    fn words_to_spare(&mut self, brackets: &str, caption: &str, span: Span) {
        let known: Vec<&str> = caption.split_whitespace().collect();
        if brackets.split_whitespace().all(|word| known.contains(&word)) {
            return;
        }
        self.diagnostics.report(
            Diagnostic::new(&lints::SUSPECT_MARKUP, format!("\"{brackets}\" in the brackets is not shown"))
                .at(span)
                .hint("its caption and its alternative text stand in the braces: leave the brackets empty"),
        );
    }

    /// A picture with nothing below it but slanted words, which are its caption in many a blog, or with pandoc's backslash
    /// behind it, which says that it has none.
    pub(super) fn figure_over_words(&mut self, content: &mut Vec<PInline>, span: Span) -> Option<PBlock> {
        let [PInline { kind: PKind::Picture { title, .. }, span: at }, rest @ ..] = content.as_slice() else {
            return None;
        };
        let said = |piece: &&PInline| match &piece.kind {
            PKind::LineBreak => false,
            PKind::Text(text) => !text.trim().is_empty(),
            _ => true,
        };
        let mut rest = rest.iter().filter(said);
        let (first, second) = (rest.next()?, rest.next());
        let words = match &first.kind {
            PKind::Text(text) if text.trim() == "\\" => None,
            PKind::Emphasis(words) if title.is_none() && self.is_below(*at, first.span) => Some(words.clone()),
            _ => return None,
        };
        if second.is_some() {
            return None;
        }
        let below = first.span;
        let picture = content.remove(0);
        let mut block = self.figure(picture, span);
        if let (PBlockKind::Figure(figure), Some(words)) = (&mut block.kind, words)
            && figure.caption.is_none()
        {
            figure.caption = Some(self.text_block(words, below));
        }
        Some(block)
    }

    /// Whether a line ends between two places.
    fn is_below(&self, above: Span, below: Span) -> bool {
        let (Some(above), Some(below)) = (self.fair.offsets(above), self.fair.offsets(below)) else { return false };
        self.fair.text.get(above.end..below.start).is_some_and(|between| between.contains('\n'))
    }

    /// A picture with a caption or a label that is a link: the words of its caption are the link.
    pub(super) fn linked_figure(&mut self, link: &mut PInline, span: Span) -> Option<PBlock> {
        let content = match &mut link.kind {
            PKind::Link(_, content) | PKind::Words(_, content) | PKind::File(_, _, content) => content,
            _ => return None,
        };
        let [PInline { kind: PKind::Picture { title, attributes, .. }, .. }] = content.as_mut_slice() else {
            return None;
        };
        if title.is_none() && attributes.label.is_none() {
            return None;
        }
        let picture = content.pop()?;
        let mut block = self.figure(picture, span);
        if let PBlockKind::Figure(figure) = &mut block.kind {
            let words = match figure.caption.take() {
                Some(caption) => caption.content,
                None => figure.alt.clone(),
            };
            *content = words;
            let words = vec![link.clone()];
            figure.caption = Some(self.text_block(words, span));
        }
        Some(block)
    }
}
