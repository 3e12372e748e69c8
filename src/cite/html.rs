//! Pieces as the HTML of the test suite.

use crate::cite::piece::{Display, Face, Piece};

/// Pieces as HTML.
pub fn html(pieces: &[Piece]) -> String {
    let mut out = String::new();
    write(pieces, &mut out);
    out
}

fn write(pieces: &[Piece], out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                for letter in text.chars() {
                    match letter {
                        '&' => out.push_str("&#38;"),
                        '<' => out.push_str("&#60;"),
                        '>' => out.push_str("&#62;"),
                        _ => out.push(letter),
                    }
                }
            }
            Piece::Styled(face, inner) => {
                let (open, close) = match face {
                    Face::Italic => ("<i>", "</i>"),
                    Face::Oblique => ("<em>", "</em>"),
                    Face::Bold => ("<b>", "</b>"),
                    Face::Superscript => ("<sup>", "</sup>"),
                    Face::Subscript => ("<sub>", "</sub>"),
                    Face::Upright => ("<span style=\"font-style:normal;\">", "</span>"),
                    Face::SmallCaps => ("<span style=\"font-variant:small-caps;\">", "</span>"),
                    Face::NoCaps => ("<span style=\"font-variant:normal;\">", "</span>"),
                    Face::Light | Face::Medium => ("<span style=\"font-weight:normal;\">", "</span>"),
                    Face::Underline => ("<span style=\"text-decoration:underline;\">", "</span>"),
                    Face::NoUnderline => ("<span style=\"text-decoration:none;\">", "</span>"),
                    Face::Baseline => ("<span style=\"baseline\">", "</span>"),
                };
                out.push_str(open);
                write(inner, out);
                out.push_str(close);
            }
            Piece::Block(display, inner) => {
                let (open, close) = match display {
                    Display::Block => ("\n\n    <div class=\"csl-block\">", "</div>\n"),
                    Display::LeftMargin => ("\n    <div class=\"csl-left-margin\">", "</div>"),
                    Display::RightInline => ("<div class=\"csl-right-inline\">", "</div>\n  "),
                    Display::Indent => ("<div class=\"csl-indent\">", "</div>\n  "),
                };
                out.push_str(open);
                write(inner, out);
                out.push_str(close);
            }
            other => write(other.inside(), out),
        }
    }
}
