//! Join: brackets that belong together become spans and notes, and HTML tags what they stand for.

use super::Parser;
use super::token::{Line, Token, TokenKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::Language;
use crate::markdown::parsed::{Attributes, PInline, PKind};
use crate::source::Span;

impl Parser<'_> {
    /// Joins what belongs together on one level of the tree.
    pub(super) fn join(&mut self, tokens: Vec<Token>) -> Line {
        let tokens = self.join_html(tokens);
        let tokens = self.join_brackets(tokens);
        self.settle_braces(tokens)
    }

    /// Elements have their content joined as a level of its own.
    fn join_html(&mut self, tokens: Vec<Token>) -> Vec<Token> {
        if !tokens.iter().any(|token| matches!(token.kind, TokenKind::Html(_))) {
            return tokens;
        }
        let mut stack: Vec<(Token, Vec<Token>)> = Vec::new();
        let mut level: Vec<Token> = Vec::new();
        for token in tokens {
            let TokenKind::Html(tag) = &token.kind else {
                level.push(token);
                continue;
            };
            let (name, closing) = tag_name(tag);
            if tag.starts_with("<!--") {
                continue;
            }
            if name == "br" {
                level.push(Token { kind: TokenKind::Piece(PKind::LineBreak), span: token.span });
                continue;
            }
            if !closing {
                if known(&name, tag) && stack.len() < super::DEEPEST {
                    stack.push((token, std::mem::take(&mut level)));
                } else {
                    self.foreign_html(&name, token.span);
                }
                continue;
            }
            let matches =
                |(open, _): &(Token, Vec<Token>)| matches!(&open.kind, TokenKind::Html(tag) if tag_name(tag).0 == name);
            if stack.last().is_some_and(matches) {
                if let Some((open, before)) = stack.pop() {
                    let content = std::mem::replace(&mut level, before);
                    let element = self.html_element(open, content);
                    level.push(element);
                }
            } else if known(&name, tag) {
                self.foreign_html(&name, token.span);
            }
        }
        while let Some((open, before)) = stack.pop() {
            let TokenKind::Html(tag) = &open.kind else { continue };
            self.foreign_html(&tag_name(tag).0, open.span);
            let content = std::mem::replace(&mut level, before);
            level.extend(content);
        }
        level
    }

    /// `[text]{attributes}` and `^[note]`; other brackets are letters.
    fn join_brackets(&mut self, tokens: Vec<Token>) -> Vec<Token> {
        let mut stack: Vec<(Token, Vec<Token>)> = Vec::new();
        let mut level: Vec<Token> = Vec::new();
        let mut rest = tokens.into_iter().peekable();
        while let Some(token) = rest.next() {
            match token.kind {
                TokenKind::Open { .. } if stack.len() < super::DEEPEST => {
                    stack.push((token, std::mem::take(&mut level)));
                }
                TokenKind::Open { .. } => level.push(token.letters()),
                TokenKind::Close => {
                    let Some((open, before)) = stack.pop() else {
                        level.push(token.letters());
                        continue;
                    };
                    let content = std::mem::replace(&mut level, before);
                    let span = open.span.to(token.span);
                    let note = matches!(open.kind, TokenKind::Open { note: true });
                    let after = token.span.end;
                    let braces = rest
                        .next_if(|next| !note && matches!(next.kind, TokenKind::Braces(_)) && next.span.start == after);
                    if note {
                        let line = self.settle_braces(content);
                        let content = self.without_braces(line);
                        let id = self.ids.next();
                        level.push(PInline { kind: PKind::InlineNote(id, content), span }.into());
                    } else if let Some(Token { kind: TokenKind::Braces(attributes), .. }) = braces {
                        let line = self.settle_braces(content);
                        let content = self.without_braces(line);
                        level.extend(self.span_of(content, &attributes, span).into_iter().map(Token::from));
                    } else {
                        level.push(open.letters());
                        level.extend(content);
                        level.push(token.letters());
                    }
                }
                _ => level.push(token),
            }
        }
        while let Some((open, before)) = stack.pop() {
            if matches!(open.kind, TokenKind::Open { note: true }) {
                self.diagnostics.report(
                    Diagnostic::new(&lints::FOREIGN_MARKUP, "a note on the spot is not closed")
                        .at(open.span)
                        .hint("write ^[the note] with both brackets in one paragraph"),
                );
            }
            let content = std::mem::replace(&mut level, before);
            level.push(open.letters());
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

    /// Braces that follow a picture or a link belong to it, those at the end to the block; others are reported.
    fn settle_braces(&mut self, tokens: Vec<Token>) -> Line {
        let mut line = Line::default();
        for token in tokens {
            if let Some(stray) = line.braces.take() {
                self.stray_braces(&stray, token.span);
            }
            let span = token.span;
            match (token.letters().kind, line.content.last_mut()) {
                (TokenKind::Braces(attributes), Some(PInline { kind: PKind::Picture { attributes: own, .. }, .. })) => {
                    *own = attributes;
                }
                (TokenKind::Braces(_), Some(last))
                    if matches!(last.kind, PKind::Link(..) | PKind::Words(..) | PKind::Code(_))
                        && last.span.end == span.start => {}
                (TokenKind::Braces(attributes), _) => line.braces = Some(attributes),
                (TokenKind::Piece(PKind::Text(more)), Some(PInline { kind: PKind::Text(text), span: whole })) => {
                    text.push_str(&more);
                    *whole = whole.to(span);
                }
                (TokenKind::Piece(kind), _) => line.content.push(PInline { kind, span }),
                (TokenKind::Html(_) | TokenKind::Open { .. } | TokenKind::Close, _) => {}
            }
        }
        line
    }

    /// The pieces of a line whose block takes no braces.
    pub(super) fn without_braces(&mut self, line: Line) -> Vec<PInline> {
        if let Some(stray) = &line.braces {
            let end = line.content.last().map_or_else(|| Span::new(self.source, 0, 0), |piece| piece.span);
            self.stray_braces(stray, end);
        }
        line.content
    }

    /// Reports braces that nothing took up.
    pub(super) fn stray_braces(&mut self, attributes: &Attributes, near: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_MARKUP, "attributes in braces belong to nothing here")
                .at(attributes.span.unwrap_or(near))
                .hint(
                    "they stand after a heading, a picture, a caption or [words in brackets]; a brace to print is \\{",
                ),
        );
    }
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

impl Parser<'_> {
    fn html_element(&mut self, open: Token, content: Vec<Token>) -> Token {
        let TokenKind::Html(tag) = &open.kind else { return open };
        let tokens = self.join_brackets(content);
        let line = self.settle_braces(tokens);
        let content = self.without_braces(line);
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
        PInline { kind, span: open.span }.into()
    }
}
