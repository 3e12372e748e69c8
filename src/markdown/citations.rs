//! Citations as pandoc and Quarto have them: `[see @smith, pp. 3-5; also @lee, ch. 2]`, `@smith [p. 3] says`,
//! `[-@smith]`, `@{odd key}`.
//!
//! The scanner finds keys; what stands around them in the same brackets is taken apart here, when brackets are joined.
//! What is a place in the work and what is said about it depends on the words of a language: that is found out when the
//! book is assembled.

use super::Parser;
use super::parsed::{Manner, PCitation, PCited, PInline, PKind};
use super::token::{Token, TokenKind};
use crate::language::is_of_a_word;
use crate::source::Span;

/// How long a key is that begins here, after its `@`, and what it is; `None` if none does.
pub(super) fn key(text: &str) -> Option<(usize, String)> {
    if let Some(inner) = text.strip_prefix('{') {
        let end = inner.find('}')?;
        let plain = !inner[..end].trim().is_empty() && !inner[..end].contains('\n');
        return plain.then(|| (end + 2, inner[..end].to_owned()));
    }
    let of_a_word = |c: char| is_of_a_word(c) || c == '_';
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if of_a_word(letter) {
            end = at + letter.len_utf8();
        } else if at == 0
            || !":.#$%&-+?<>~/".contains(letter)
            || !letters.peek().is_some_and(|(_, next)| of_a_word(*next))
        {
            break;
        }
    }
    (end > 0).then(|| (end, text[..end].to_owned()))
}

impl Parser<'_> {
    /// A citation of a row of works, whose keys stand among these tokens; without any, the tokens again.
    pub(super) fn citation_in_brackets(&mut self, content: Vec<Token>, span: Span) -> Result<Token, Vec<Token>> {
        if !content.iter().any(|token| matches!(token.kind, TokenKind::Key { .. })) {
            return Err(content);
        }
        let mut items = Vec::new();
        let mut waiting: Vec<Token> = Vec::new();
        for part in parts(content) {
            // Words without a key of their own belong to the next.
            if !waiting.is_empty() {
                waiting.push(Token::text("; ", part.first().map_or(span, |token| token.span)));
            }
            waiting.extend(part);
            if waiting.iter().any(|token| matches!(token.kind, TokenKind::Key { .. })) {
                items.extend(self.cited(std::mem::take(&mut waiting)));
            }
        }
        if let Some(last) = items.last_mut().filter(|_| !waiting.is_empty()) {
            let rest = self.words_of(waiting);
            last.after.push(PInline { kind: PKind::Text("; ".to_owned()), span: last.span });
            last.after.extend(rest);
        }
        Ok(self.cite(items, Manner::Apart, span))
    }

    /// What stands in brackets behind a key in the text: `@smith [p. 3; @lee]`.
    pub(super) fn citation_with_brackets(&mut self, key: Token, content: Vec<Token>, span: Span) -> Token {
        let TokenKind::Key { key: name, without_author } = key.kind else { return key };
        let mut parts = parts(content).into_iter();
        let after = parts.next().map(|part| self.words_of(part)).unwrap_or_default();
        let mut items =
            vec![PCited { key: name, span: key.span, without_author, before: Vec::new(), after, behind: true }];
        for part in parts {
            if part.iter().any(|token| matches!(token.kind, TokenKind::Key { .. })) {
                items.extend(self.cited(part));
            } else if let Some(last) = items.last_mut() {
                last.after.push(PInline { kind: PKind::Text("; ".to_owned()), span });
                last.after.extend(self.words_of(part));
            }
        }
        let manner = if without_author { Manner::Apart } else { Manner::InText };
        self.cite(items, manner, key.span.to(span))
    }

    /// Keys that stand in the text are citations by themselves.
    pub(super) fn keys_in_text(&mut self, tokens: Vec<Token>) -> Vec<Token> {
        let mut out = Vec::with_capacity(tokens.len());
        for token in tokens {
            match token.kind {
                TokenKind::Key { key, without_author } => {
                    let span = token.span;
                    let item =
                        PCited { key, span, without_author, before: Vec::new(), after: Vec::new(), behind: false };
                    let manner = if without_author { Manner::Apart } else { Manner::InText };
                    out.push(self.cite(vec![item], manner, span));
                }
                _ => out.push(token),
            }
        }
        out
    }

    fn cite(&mut self, items: Vec<PCited>, manner: Manner, span: Span) -> Token {
        let (id, note) = (self.ids.next(), self.ids.next());
        Token { kind: TokenKind::Piece(PKind::Citation(Box::new(PCitation { id, note, items, manner }))), span }
    }

    /// The works of one part of a citation: one, but where nothing but a comma stands between two keys.
    fn cited(&mut self, part: Vec<Token>) -> Vec<PCited> {
        let mut items: Vec<PCited> = Vec::new();
        let mut words: Vec<Token> = Vec::new();
        for token in part {
            let bare = words.iter().all(|token| match &token.kind {
                TokenKind::Piece(PKind::Text(text)) => text.trim_matches([' ', ',']).is_empty(),
                _ => false,
            });
            match token.kind {
                TokenKind::Key { key, without_author } if items.is_empty() || bare => {
                    let taken = std::mem::take(&mut words);
                    let before = if items.is_empty() { self.words_of(taken) } else { Vec::new() };
                    items.push(PCited {
                        key,
                        span: token.span,
                        without_author,
                        before,
                        after: Vec::new(),
                        behind: false,
                    });
                }
                _ => words.push(token),
            }
        }
        if let Some(last) = items.last_mut() {
            last.after = self.words_of(words);
        }
        if let Some(PInline { kind: PKind::Text(text), .. }) =
            items.first_mut().and_then(|item| item.before.first_mut())
        {
            *text = text.trim_start().to_owned();
        }
        items
    }

    fn words_of(&mut self, tokens: Vec<Token>) -> Vec<PInline> {
        let tokens = self.keys_in_text(tokens);
        let line = self.settle_braces(tokens);
        self.without_braces(line)
    }
}

/// Tokens parted at the semicolons that stand outside braces.
fn parts(content: Vec<Token>) -> Vec<Vec<Token>> {
    let mut out: Vec<Vec<Token>> = vec![Vec::new()];
    let mut depth = 0_usize;
    for token in content {
        let TokenKind::Piece(PKind::Text(text)) = &token.kind else {
            out.last_mut().expect("there is always a part").push(token);
            continue;
        };
        let mut from = 0;
        for (at, letter) in text.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                ';' if depth == 0 => {
                    push(&mut out, &token, from, at);
                    out.push(Vec::new());
                    from = at + 1;
                }
                _ => {}
            }
        }
        push(&mut out, &token, from, text.len());
    }
    out
}

/// A stretch of a token's letters, added to the last part.
fn push(out: &mut [Vec<Token>], token: &Token, from: usize, to: usize) {
    let TokenKind::Piece(PKind::Text(text)) = &token.kind else { return };
    if from < to
        && let Some(last) = out.last_mut()
    {
        let length = (token.span.end - token.span.start) as usize;
        let span = token.span.within(from.min(length), to.min(length));
        last.push(Token::text(&text[from..to], span));
    }
}
