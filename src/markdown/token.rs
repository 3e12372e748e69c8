//! Tokens: what a line is cut into, until what belongs together has found each other.

use crate::markdown::parsed::{Attributes, PInline, PKind};
use crate::source::Span;

/// A token and where it was written.
#[derive(Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

/// What a token is.
#[derive(Debug)]
pub(super) enum TokenKind {
    /// A piece that is whole.
    Piece(PKind),
    /// An HTML tag as written.
    Html(String),
    /// What stands in braces after something.
    Braces(Attributes),
    /// `[` and `^[`.
    Open { note: bool },
    /// `]`.
    Close,
    /// `](address)` behind words that call a note, which CommonMark takes for letters.
    CloseTo(String),
    /// `@smith`, `-@smith`: the key of a work.
    Key { key: String, without_author: bool },
    /// `==` and `++`: whether it may open, and whether it may close.
    Mark { sign: char, opens: bool, closes: bool },
}

impl Token {
    /// Letters.
    pub fn text(text: impl Into<String>, span: Span) -> Token {
        Token { kind: TokenKind::Piece(PKind::Text(text.into())), span }
    }

    /// The letters again of what found nothing to belong to.
    pub fn letters(self) -> Token {
        let text = match self.kind {
            TokenKind::Open { note: true } => "^[",
            TokenKind::Open { note: false } => "[",
            TokenKind::Close => "]",
            TokenKind::CloseTo(ref address) => return Token::text(format!("]({address})"), self.span),
            TokenKind::Html(ref tag) => tag,
            TokenKind::Mark { sign: '=', .. } => "==",
            TokenKind::Mark { .. } => "++",
            TokenKind::Piece(_) | TokenKind::Braces(_) | TokenKind::Key { .. } => return self,
        };
        Token::text(text, self.span)
    }
}

impl From<PInline> for Token {
    fn from(piece: PInline) -> Token {
        Token { kind: TokenKind::Piece(piece.kind), span: piece.span }
    }
}

/// A line, joined, and the braces at its end, which are its block's to take up.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub content: Vec<PInline>,
    pub braces: Option<Attributes>,
}

/// Takes spaces off the end.
pub(super) fn trim_end(content: &mut Vec<PInline>) {
    // A mark of the index has no letters: the spaces before it are at the end too.
    let marks = content.iter().rev().take_while(|piece| matches!(piece.kind, PKind::Mark(_))).count();
    let Some(last) = content.len().checked_sub(marks + 1) else { return };
    if let PInline { kind: PKind::Text(text), .. } = &mut content[last] {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            content.remove(last);
        }
    }
}
