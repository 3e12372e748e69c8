//! Panels: pictures side by side, between colons with a layout or alone in one paragraph.

use super::Parser;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{Attributes, PBlock, PBlockKind, PInline, PKind, PPanels, PText};
use crate::source::Span;

/// What says that pictures stand side by side, as Quarto has it.
pub(super) const LAYOUT: [&str; 7] =
    ["layout-ncol", "layout-nrow", "layout", "layout-valign", "layout-align", "fig-cap", "place"];

/// Most pictures beside each other: more could not be looked at.
const MOST: usize = 4;

impl Parser<'_> {
    /// `::: {#fig-x layout-ncol=2}`: the pictures in it, and the last paragraph as caption of the whole. What holds
    /// other things too comes back.
    pub(super) fn panels_of_div(
        &mut self,
        attributes: &Attributes,
        blocks: Vec<PBlock>,
        span: Span,
    ) -> Result<PBlockKind, Vec<PBlock>> {
        let is_row = ["layout-ncol", "layout-nrow", "layout"].iter().any(|key| attributes.get(key).is_some());
        let is_figure = attributes.label.as_ref().is_some_and(|(label, _)| label.starts_with("fig"));
        let pictures = |block: &PBlock| match &block.kind {
            PBlockKind::Figure(_) | PBlockKind::Panels(_) => true,
            PBlockKind::Paragraph(text) => pictures_alone(&text.content) > 0,
            _ => false,
        };
        let last = blocks.len().saturating_sub(1);
        let caption_last =
            matches!(blocks.last(), Some(block) if matches!(block.kind, PBlockKind::Paragraph(_)) && !pictures(block));
        let count = if caption_last { last } else { blocks.len() };
        if !(is_row || is_figure) || count == 0 || !blocks[..count].iter().all(pictures) {
            return Err(blocks);
        }
        let mut figures: Vec<PBlock> = Vec::new();
        let mut caption = None;
        for block in blocks {
            match block.kind {
                PBlockKind::Figure(_) => figures.push(block),
                PBlockKind::Panels(row) => figures.extend(row.figures),
                PBlockKind::Paragraph(text) if pictures_alone(&text.content) > 0 => {
                    figures.extend(self.figures_of(text.content, block.span));
                }
                PBlockKind::Paragraph(text) => caption = Some(text),
                _ => {}
            }
        }
        if let Some(said) = attributes.get("fig-cap").map(str::to_owned).filter(|_| caption.is_none()) {
            caption = Some(self.attribute_text(&said, span));
        }
        let number = |key: &str| attributes.get(key).and_then(|value| value.trim().parse::<usize>().ok());
        let columns = number("layout-ncol")
            .or(number("layout-nrow").map(|rows| figures.len().div_ceil(rows.max(1))))
            .or(attributes.get("layout").map(|layout| layout.split(']').next().map_or(1, |row| row.split(',').count())))
            .unwrap_or(if is_row { 1 } else { figures.len() });
        for figure in &mut figures {
            self.captioned_by_its_brackets(figure);
        }
        let wide = self.is_wide(attributes.get("place"), &figures, span);
        Ok(row(columns, wide, caption, figures))
    }

    /// Several pictures alone in one paragraph.
    pub(super) fn panels_of_paragraph(&mut self, content: &mut Vec<PInline>, span: Span) -> Option<PBlock> {
        let count = pictures_alone(content);
        if count < 2 {
            return None;
        }
        let figures = self.figures_of(std::mem::take(content), span);
        let wide = self.is_wide(None, &figures, span);
        let kind = row(count, wide, None, figures);
        Some(self.block(kind, span))
    }

    fn figures_of(&mut self, content: Vec<PInline>, span: Span) -> Vec<PBlock> {
        let pictures = content.into_iter().filter(|piece| matches!(piece.kind, PKind::Picture { .. }));
        pictures.map(|picture| self.figure(picture, span)).collect()
    }

    /// Whether a row goes over all columns, as it says itself or any of its pictures does. Other places are those of a
    /// picture alone: that is said.
    fn is_wide(&mut self, own: Option<&str>, figures: &[PBlock], span: Span) -> bool {
        let mut places: Vec<(&str, Span)> = own.map(|place| (place, span)).into_iter().collect();
        for block in figures {
            let PBlockKind::Figure(figure) = &block.kind else { continue };
            let at = figure.attributes.span.unwrap_or(block.span);
            places.extend(figure.attributes.get("place").map(|place| (place, at)));
            if figure.attributes.has("turn") {
                self.of_one_picture("turn", at);
            }
        }
        for (place, at) in &places {
            if *place == "margin" {
                self.of_one_picture(&format!("place={place}"), *at);
            }
        }
        places.iter().any(|(place, _)| matches!(*place, "wide" | "spread" | "page"))
    }

    fn of_one_picture(&mut self, said: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, format!("\"{said}\" means nothing in a row of pictures"))
                .at(span)
                .hint("a row stands where it is written; `place=wide` sets it over all columns"),
        );
    }

    /// In a row the words in the brackets are the caption, as other tools have it; they are read out as well.
    fn captioned_by_its_brackets(&mut self, block: &mut PBlock) {
        let PBlockKind::Figure(figure) = &mut block.kind else { return };
        if figure.caption.is_none() && !figure.alt.is_empty() {
            let alt = figure.alt.clone();
            figure.caption = Some(PText { id: self.ids.next(), content: alt, span: figure.path_span });
        }
    }
}

fn row(columns: usize, wide: bool, caption: Option<PText>, figures: Vec<PBlock>) -> PBlockKind {
    let columns = columns.clamp(1, MOST) as u8;
    PBlockKind::Panels(Box::new(PPanels { columns, wide, caption, figures, below: Vec::new() }))
}

/// How many pictures stand in a text that holds nothing else.
fn pictures_alone(content: &[PInline]) -> usize {
    let mut count = 0;
    for piece in content {
        match &piece.kind {
            PKind::Picture { .. } => count += 1,
            PKind::Text(text) if text.trim().is_empty() => {}
            PKind::LineBreak => {}
            _ => return 0,
        }
    }
    count
}
