//! Join: brackets that belong together become spans and notes, and HTML tags what they stand for.

use super::Parser;
use crate::diagnostic::{Diagnostic, lints};
use crate::language::Language;
use crate::markdown::parsed::{Attributes, PInline, PKind};
use crate::source::Span;

impl Parser<'_> {
    /// Joins what belongs together on one level of the tree.
    pub(super) fn join(&mut self, pieces: Vec<PInline>) -> Vec<PInline> {
        let pieces = self.join_html(pieces);
        let pieces = self.join_brackets(pieces);
        self.settle_braces(pieces)
    }

    fn join_html(&mut self, pieces: Vec<PInline>) -> Vec<PInline> {
        if !pieces.iter().any(|piece| matches!(piece.kind, PKind::Html(_))) {
            return pieces;
        }
        let mut stack: Vec<(PInline, Vec<PInline>)> = Vec::new();
        let mut level: Vec<PInline> = Vec::new();
        for piece in pieces {
            let PKind::Html(tag) = &piece.kind else {
                level.push(piece);
                continue;
            };
            let (name, closing) = tag_name(tag);
            if tag.starts_with("<!--") {
                continue;
            }
            if name == "br" {
                level.push(PInline { kind: PKind::LineBreak, span: piece.span });
                continue;
            }
            if !closing {
                if known(&name, tag) && stack.len() < super::DEEPEST {
                    stack.push((piece, std::mem::take(&mut level)));
                } else {
                    self.foreign_html(&name, piece.span);
                }
                continue;
            }
            let matches =
                |open: &(PInline, Vec<PInline>)| matches!(&open.0.kind, PKind::Html(tag) if tag_name(tag).0 == name);
            if stack.last().is_some_and(matches) {
                if let Some((open, before)) = stack.pop() {
                    let content = std::mem::replace(&mut level, before);
                    level.push(element(open, content));
                }
            } else if known(&name, tag) {
                self.foreign_html(&name, piece.span);
            }
        }
        while let Some((open, before)) = stack.pop() {
            let PKind::Html(tag) = &open.kind else { continue };
            self.foreign_html(&tag_name(tag).0, open.span);
            let content = std::mem::replace(&mut level, before);
            level.extend(content);
        }
        level
    }

    /// `[text]{attributes}` and `^[note]`; other brackets are letters.
    fn join_brackets(&mut self, pieces: Vec<PInline>) -> Vec<PInline> {
        if !pieces.iter().any(|piece| matches!(piece.kind, PKind::Open { .. })) {
            return pieces.into_iter().map(letters_of_brackets).collect();
        }
        let mut stack: Vec<(PInline, Vec<PInline>)> = Vec::new();
        let mut level: Vec<PInline> = Vec::new();
        let mut rest = pieces.into_iter().peekable();
        while let Some(piece) = rest.next() {
            match piece.kind {
                PKind::Open { .. } if stack.len() < super::DEEPEST => {
                    stack.push((piece, std::mem::take(&mut level)));
                }
                PKind::Open { .. } => level.push(letters_of_brackets(piece)),
                PKind::Close => {
                    let Some((open, before)) = stack.pop() else {
                        level.push(letters_of_brackets(piece));
                        continue;
                    };
                    let content = std::mem::replace(&mut level, before);
                    let span = open.span.to(piece.span);
                    let note = matches!(open.kind, PKind::Open { note: true });
                    let braces = matches!(rest.peek(), Some(next) if matches!(next.kind, PKind::Braces(_)) && next.span.start == piece.span.end);
                    if note {
                        let id = self.ids.next();
                        level.push(PInline { kind: PKind::InlineNote(id, content), span });
                    } else if braces {
                        if let Some(PInline { kind: PKind::Braces(attributes), .. }) = rest.next() {
                            level.extend(self.span_of(content, &attributes, span));
                        }
                    } else {
                        level.push(letters_of_brackets(open));
                        level.extend(content);
                        level.push(letters_of_brackets(piece));
                    }
                }
                _ => level.push(piece),
            }
        }
        while let Some((open, before)) = stack.pop() {
            if matches!(open.kind, PKind::Open { note: true }) {
                self.diagnostics.report(
                    Diagnostic::new(&lints::FOREIGN_MARKUP, "a note on the spot is not closed")
                        .at(open.span)
                        .hint("write ^[the note] with both brackets in one paragraph"),
                );
            }
            let content = std::mem::replace(&mut level, before);
            level.push(letters_of_brackets(open));
            level.extend(content);
        }
        level
    }

    /// `[text]{lang=ko .smallcaps .keep}`.
    fn span_of(&mut self, content: Vec<PInline>, attributes: &Attributes, span: Span) -> Vec<PInline> {
        let mut content = content;
        let wrap = |kind: PKind| PInline { kind, span };
        for (key, value) in &attributes.keys {
            if key == "lang" {
                match Language::parse(value) {
                    Some(language) => content = vec![wrap(PKind::Foreign(language, content))],
                    None => self.bad_language(value, attributes.span.unwrap_or(span)),
                }
            } else {
                self.unknown_attribute(key, attributes.span.unwrap_or(span));
            }
        }
        for class in &attributes.classes {
            content = match class.as_str() {
                "smallcaps" | "sc" => vec![wrap(PKind::SmallCaps(content))],
                "keep" | "nobreak" => vec![wrap(PKind::Keep(content))],
                "underline" | "ul" | "mark" => vec![wrap(PKind::Emphasis(content))],
                other => {
                    self.unknown_attribute(&format!(".{other}"), attributes.span.unwrap_or(span));
                    content
                }
            };
        }
        content
    }

    fn bad_language(&mut self, tag: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::BAD_LANGUAGE, format!("\"{tag}\" is not a language tag"))
                .at(span)
                .hint("a tag is written as in BCP 47: en, en-CA, ko, zh-Hans"),
        );
    }

    pub(super) fn unknown_attribute(&mut self, name: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, format!("\"{name}\" means nothing here"))
                .at(span)
                .hint("take it out; looks are a matter of the theme"),
        );
    }

    /// Braces that followed a picture or a link belong to it; others are reported and left out.
    fn settle_braces(&mut self, pieces: Vec<PInline>) -> Vec<PInline> {
        let mut out: Vec<PInline> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let PKind::Braces(attributes) = piece.kind else {
                match (out.last_mut(), piece) {
                    (
                        Some(PInline { kind: PKind::Text(text), span }),
                        PInline { kind: PKind::Text(more), span: last },
                    ) => {
                        text.push_str(&more);
                        *span = span.to(last);
                    }
                    (_, piece) => out.push(piece),
                }
                continue;
            };
            match out.last_mut() {
                Some(PInline { kind: PKind::Picture { attributes: own, .. }, .. }) => {
                    let title = std::mem::take(&mut own.keys);
                    *own = attributes;
                    own.keys.extend(title);
                }
                Some(PInline { kind: PKind::Link(..) | PKind::Words(..) | PKind::Code(_), span })
                    if span.end == piece.span.start => {}
                // At the end of a caption or a heading, braces are taken up by the block.
                _ => out.push(PInline { kind: PKind::Braces(attributes), span: piece.span }),
            }
        }
        out
    }

    /// Reports braces that nothing took up.
    pub(super) fn stray_braces(&mut self, content: &mut Vec<PInline>) {
        content.retain(|piece| {
            let PKind::Braces(attributes) = &piece.kind else { return true };
            let span = attributes.span.unwrap_or(piece.span);
            self.diagnostics.report(
                Diagnostic::new(&lints::FOREIGN_MARKUP, "attributes in braces belong to nothing here")
                    .at(span)
                    .hint("they stand after a heading, a picture, a caption or [words in brackets]"),
            );
            false
        });
    }
}

fn letters_of_brackets(piece: PInline) -> PInline {
    let text = match piece.kind {
        PKind::Open { note: true } => "^[",
        PKind::Open { note: false } => "[",
        PKind::Close => "]",
        _ => return piece,
    };
    PInline { kind: PKind::Text(text.to_owned()), span: piece.span }
}

fn tag_name(tag: &str) -> (String, bool) {
    let inner = tag.trim_start_matches('<');
    let closing = inner.starts_with('/');
    let name: String = inner.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    (name.to_ascii_lowercase(), closing)
}

fn known(name: &str, tag: &str) -> bool {
    match name {
        "sub" | "sup" | "small" | "kbd" | "cite" | "em" | "i" | "strong" | "b" | "s" | "del" => true,
        "abbr" => tag.starts_with("</") || attribute(tag, "title").is_some(),
        "span" => tag.starts_with("</") || attribute(tag, "lang").and_then(|l| Language::parse(&l)).is_some(),
        _ => false,
    }
}

/// The value of an attribute of an HTML tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!("{name}="))?;
    let rest = &tag[at + name.len() + 1..];
    let quote = rest.chars().next()?;
    match quote {
        '"' | '\'' => rest[1..].split(quote).next().map(str::to_owned),
        _ => rest.split([' ', '>', '/']).next().map(str::to_owned),
    }
}

fn element(open: PInline, content: Vec<PInline>) -> PInline {
    let PKind::Html(tag) = &open.kind else { return open };
    let kind = match tag_name(tag).0.as_str() {
        "sub" => PKind::Subscript(content),
        "sup" => PKind::Superscript(content),
        "small" => PKind::Small(content),
        "kbd" => PKind::Keyboard(content),
        "cite" => PKind::Cite(content),
        "strong" | "b" => PKind::Strong(content),
        "s" | "del" => PKind::Strike(content),
        "abbr" => PKind::Abbreviation(attribute(tag, "title").unwrap_or_default(), content),
        "span" => match attribute(tag, "lang").and_then(|language| Language::parse(&language)) {
            Some(language) => PKind::Foreign(language, content),
            None => PKind::Cite(content),
        },
        _ => PKind::Emphasis(content),
    };
    PInline { kind, span: open.span }
}
