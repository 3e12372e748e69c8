//! Lower: where a style cites in notes, a citation in the text becomes a note, before notes are counted.
//!
//! The space before it goes, and its call moves behind the stop or the comma that follows where the language does so;
//! where the style's language sets stops inside quotation marks, a stop goes there. What an author's own note cites
//! stays in its words, and the author's own notes never move.

use crate::manuscript::bibliography::Bibliography;
use crate::manuscript::spine::Manuscript;
use crate::markdown::Ids;
use crate::markdown::parsed::{Manner, PBlock, PBlockKind, PCitation, PCited, PInline, PKind};
use crate::source::Span;

/// A manuscript whose citations are notes; `None` where they stay in the text.
pub(super) fn lower(manuscript: &Manuscript, ids: &mut Ids) -> Option<Manuscript> {
    let bibliography = manuscript.bibliography.clone().filter(|bibliography| bibliography.style.notes)?;
    let mut lowered = manuscript.clone();
    let mut hand = Hand { bibliography: &bibliography, ids };
    for chapter in &mut lowered.divisions {
        if let Some(heading) = &mut chapter.parsed.heading {
            hand.text(&mut heading.title.content);
        }
        hand.blocks(&mut chapter.parsed.blocks);
    }
    Some(lowered)
}

/// The same for words that stand apart: a caption.
pub(super) fn words(bibliography: Option<&Bibliography>, content: &mut Vec<PInline>, ids: &mut Ids) {
    if let Some(bibliography) = bibliography.filter(|bibliography| bibliography.style.notes) {
        Hand { bibliography, ids }.text(content);
    }
}

struct Hand<'a> {
    bibliography: &'a Bibliography,
    ids: &'a mut Ids,
}

impl Hand<'_> {
    fn blocks(&mut self, blocks: &mut [PBlock]) {
        for block in blocks {
            // What is repeated large calls no notes.
            let repeated = matches!(block.kind, PBlockKind::PullQuote(_));
            block.texts_mut(&mut |text| match repeated {
                true => without(&mut text.content),
                false => self.text(&mut text.content),
            });
            block.blocks_mut(&mut |blocks| self.blocks(blocks));
        }
    }

    fn text(&mut self, content: &mut Vec<PInline>) {
        let mut out: Vec<PInline> = Vec::with_capacity(content.len());
        // The note that was just made, and nothing stands after it.
        let mut made = false;
        let mut rest = std::mem::take(content).into_iter().peekable();
        while let Some(mut piece) = rest.next() {
            let PKind::Citation(citation) = piece.kind else {
                let written = matches!(piece.kind, PKind::InlineNote(..));
                if !written {
                    piece.contents_mut(&mut |inner| self.text(inner));
                }
                // Only spaces between two citations: they become one note.
                let space = matches!(&piece.kind, PKind::Text(text) if text.trim().is_empty());
                let next = matches!(rest.peek(), Some(PInline { kind: PKind::Citation(next), .. })
                    if next.manner == Manner::Apart);
                if made && space && next {
                    continue;
                }
                out.push(piece);
                made = false;
                continue;
            };
            let citation = *citation;
            let note = match made && citation.manner == Manner::Apart && join(&mut out, &citation) {
                true => out.pop(),
                false => None,
            };
            let note = note.unwrap_or_else(|| self.note(citation, piece.span, &mut out));
            made = true;
            // Beside a note of the author's own, which never moves, its call stays.
            let beside = matches!(out.last(), Some(PInline { kind: PKind::NoteCall(_) | PKind::InlineNote(..), .. }));
            if self.bibliography.punctuation
                && !beside
                && let Some(PInline { kind: PKind::Text(text), span: place }) = rest.peek_mut()
            {
                let length = stops(text);
                let moved: String = text.drain(..length).collect();
                let whole = *place;
                place.start = (whole.start + length as u32).min(whole.end);
                self.move_stops(&mut out, &moved, Span { end: place.start, ..whole });
            }
            out.push(note);
        }
        *content = out;
    }

    /// The note that a citation becomes; names that the sentence says stay there.
    fn note(&mut self, mut citation: PCitation, span: Span, out: &mut Vec<PInline>) -> PInline {
        if citation.manner == Manner::InText {
            out.push(self.author(&citation, span));
            if let Some(first) = citation.items.first_mut() {
                first.without_author = true;
            }
        } else {
            trim_end(out);
        }
        citation.manner = Manner::Note;
        let id = citation.note;
        let inner = vec![PInline { kind: PKind::Citation(Box::new(citation)), span }];
        PInline { kind: PKind::InlineNote(id, inner), span }
    }

    /// The names that the sentence says.
    fn author(&mut self, citation: &PCitation, span: Span) -> PInline {
        let first: Vec<PCited> = citation
            .items
            .iter()
            .take(1)
            .map(|item| PCited { before: Vec::new(), after: Vec::new(), ..item.clone() })
            .collect();
        let (id, note) = (self.ids.next(), citation.note);
        let author = PCitation { id, note, items: first, manner: Manner::Author };
        PInline { kind: PKind::Citation(Box::new(author)), span }
    }

    /// Puts the stops that followed a citation before its call; a stop or a comma inside the quotation mark before it,
    /// where that is the custom.
    fn move_stops(&self, out: &mut Vec<PInline>, stops: &str, span: Span) {
        if stops.is_empty() {
            return;
        }
        let inside = self.bibliography.locale.punctuation_in_quote == Some(true) && stops.starts_with(['.', ',']);
        if let Some(PInline { kind: PKind::Text(text), .. }) = out.last_mut() {
            let quoted = text.trim_end_matches(['"', '”', '’', '\'']).len();
            let quote = quoted < text.len() && text[..quoted].ends_with(|c: char| !c.is_whitespace());
            // "[@a], [@b].": the note of both stands behind the last stop alone.
            if text.ends_with(',') && !stops.starts_with(',') {
                text.pop();
            }
            // What ended before the citation needs no other stop after it.
            let ended = text.ends_with([':', ';', '.', '!', '?']) && stops.starts_with('.');
            if ended {
                text.push_str(&stops[1..]);
            } else if inside && quote {
                if !text[..quoted].ends_with(['.', ',', '!', '?']) {
                    text.insert_str(quoted, &stops[..1]);
                }
                text.push_str(&stops[1..]);
            } else {
                text.push_str(stops);
            }
            return;
        }
        out.push(PInline { kind: PKind::Text(stops.to_owned()), span });
    }
}

/// How much of a text, at its beginning, is stops and closing marks that a call stands behind.
fn stops(text: &str) -> usize {
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        let next = text[at + letter.len_utf8()..].chars().next();
        match letter {
            '.' | ',' | ';' | ':' | '?' | '!' | ')' | '”' | '»' => {}
            // An apostrophe belongs to the word before.
            '"' | '’' | '\'' if !next.is_some_and(char::is_alphanumeric) => {}
            _ => break,
        }
        end = at + letter.len_utf8();
    }
    end
}

/// Adds the works of a citation to those of the note that was just made.
fn join(out: &mut [PInline], citation: &PCitation) -> bool {
    let Some(PInline { kind: PKind::InlineNote(_, inner), .. }) = out.last_mut() else { return false };
    let [PInline { kind: PKind::Citation(before), .. }] = inner.as_mut_slice() else { return false };
    before.items.extend(citation.items.iter().cloned());
    true
}

fn trim_end(out: &mut [PInline]) {
    if let Some(PInline { kind: PKind::Text(text), .. }) = out.last_mut() {
        text.truncate(text.trim_end_matches([' ', '\u{a0}']).len());
    }
}

/// Takes citations out of words that stand elsewhere too; what names an author stays.
fn without(content: &mut Vec<PInline>) {
    let mut out: Vec<PInline> = Vec::with_capacity(content.len());
    for mut piece in std::mem::take(content) {
        if matches!(&piece.kind, PKind::Citation(citation) if citation.manner != Manner::InText) {
            trim_end(&mut out);
            continue;
        }
        piece.contents_mut(&mut without);
        out.push(piece);
    }
    *content = out;
}
