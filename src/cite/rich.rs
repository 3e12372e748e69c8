//! The little markup inside the fields of CSL JSON: `<i> <b> <sup> <sub> <sc>`, spans, and quotation marks that pair.

use crate::cite::piece::{Face, Piece};

/// A tag that is open.
enum Open {
    Face(Face),
    Fixed,
    Plain,
    /// A quotation mark: its sign, and what stands there if it never closes.
    Quote(char, String),
    /// A span that says nothing we know.
    Nothing,
}

/// Reads a field.
pub fn read(text: &str) -> Vec<Piece> {
    let plain = entities(text);
    let text = plain.as_deref().unwrap_or(text);
    if !text.contains(['<', '"', '\'', '“', '‘', '«', '’']) {
        return if text.is_empty() { Vec::new() } else { vec![Piece::Text(text.to_owned())] };
    }
    let mut levels: Vec<(Open, &'static str, Vec<Piece>)> = vec![(Open::Nothing, "", Vec::new())];
    let mut run = String::new();
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(letter) = rest.chars().next() {
        if letter == '<' {
            if let Some((open, close, length)) =
                opening(rest).filter(|(_, close, length)| rest[*length..].contains(close))
            {
                flush(&mut levels, &mut run);
                levels.push((open, close, Vec::new()));
                rest = &rest[length..];
                continue;
            }
            let at = levels.iter().rposition(|(_, close, _)| !close.is_empty() && rest.starts_with(close));
            if let Some(at) = at {
                let length = levels[at].1.len();
                flush(&mut levels, &mut run);
                close(&mut levels, at);
                rest = &rest[length..];
                continue;
            }
        }
        let after = rest[letter.len_utf8()..].chars().next();
        let after =
            if after == Some('<') { rest.find('>').and_then(|end| rest[end + 1..].chars().next()) } else { after };
        match letter {
            '"' | '“' | '”' | '«' | '»' => {
                let wanted = if letter == '»' || letter == '«' { '«' } else { '"' };
                let open =
                    levels.iter().rposition(|(open, ..)| matches!(open, Open::Quote(sign, _) if *sign == wanted));
                let barrier = levels.iter().rposition(|(_, close, _)| !close.is_empty()).unwrap_or(0);
                let opens = matches!(letter, '“' | '«')
                    || (letter == '"'
                        && open.is_none_or(|at| at < barrier)
                        && after.is_some_and(|next| !next.is_whitespace()));
                if opens && has_close(&rest[letter.len_utf8()..], wanted) {
                    flush(&mut levels, &mut run);
                    levels.push((Open::Quote(wanted, letter.to_string()), "", Vec::new()));
                } else if let Some(at) = open.filter(|at| *at > barrier || barrier == 0) {
                    flush(&mut levels, &mut run);
                    close(&mut levels, at);
                    rest = asked(&mut levels, &mut before, &rest[letter.len_utf8()..]);
                    continue;
                } else {
                    run.push(letter);
                }
            }
            '\'' | '‘' | '’' => {
                let open = levels.iter().rposition(|(open, ..)| matches!(open, Open::Quote('\'', _)));
                let edge = before.is_none_or(|last| last.is_whitespace() || "([{\"“—–-«‘'".contains(last));
                let starts = letter == '‘'
                    || (letter == '\'' && edge && after.is_some_and(|next| next.is_alphanumeric() || next == '<'));
                let ends = after.is_none_or(|next| !next.is_alphanumeric());
                if starts && open.is_none() && closes_single(&rest[letter.len_utf8()..]) {
                    flush(&mut levels, &mut run);
                    levels.push((Open::Quote('\'', if letter == '‘' { "‘" } else { "’" }.to_owned()), "", Vec::new()));
                } else if let Some(at) = open.filter(|_| ends && !edge) {
                    flush(&mut levels, &mut run);
                    close(&mut levels, at);
                    rest = asked(&mut levels, &mut before, &rest[letter.len_utf8()..]);
                    continue;
                } else if letter == '\'' {
                    run.push('’');
                } else {
                    run.push(letter);
                }
            }
            _ => run.push(letter),
        }
        before = Some(letter);
        rest = &rest[letter.len_utf8()..];
    }
    flush(&mut levels, &mut run);
    close_all(&mut levels, 1, false);
    levels.pop().map(|(_, _, pieces)| pieces).unwrap_or_default()
}

/// Whether a quotation mark that opens here is closed further on.
fn has_close(rest: &str, sign: char) -> bool {
    match sign {
        '«' => rest.contains('»'),
        _ => rest.char_indices().any(|(at, letter)| {
            letter == '”' || (letter == '"' && rest[..at].chars().next_back().is_some_and(|last| !last.is_whitespace()))
        }),
    }
}

/// Whether a single quotation mark that opens here is closed further on: by one that no letter follows.
fn closes_single(rest: &str) -> bool {
    rest.char_indices().any(|(at, letter)| {
        matches!(letter, '\'' | '’')
            && at > 0
            && !rest[at + letter.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric)
            && !rest[..at].chars().next_back().is_some_and(char::is_whitespace)
    })
}

fn flush(levels: &mut [(Open, &'static str, Vec<Piece>)], run: &mut String) {
    if run.is_empty() {
        return;
    }
    if let Some((_, _, pieces)) = levels.last_mut() {
        pieces.push(Piece::Text(std::mem::take(run)));
    }
}

/// The question behind a quotation mark that closed here is its author's: it stays outside. Gives what is left to read.
fn asked<'t>(levels: &mut [(Open, &'static str, Vec<Piece>)], before: &mut Option<char>, after: &'t str) -> &'t str {
    *before = Some('”');
    let Some(sign) = after.chars().next().filter(|sign| matches!(sign, '?' | '!')) else { return after };
    *before = Some(sign);
    if let Some((_, _, pieces)) = levels.last_mut() {
        pieces.push(Piece::Fixed(vec![Piece::Text(sign.to_string())]));
    }
    &after[sign.len_utf8()..]
}

/// Closes all levels down to one.
fn close(levels: &mut Vec<(Open, &'static str, Vec<Piece>)>, at: usize) {
    close_all(levels, at, true);
}

/// Closes all levels down to one; a quotation mark that nothing closed stays as it was written.
fn close_all(levels: &mut Vec<(Open, &'static str, Vec<Piece>)>, at: usize, closed: bool) {
    while levels.len() > at.max(1) {
        let ends = closed && levels.len() == at.max(1) + 1;
        let Some((open, _, pieces)) = levels.pop() else { return };
        let Some((_, _, outer)) = levels.last_mut() else { return };
        match open {
            Open::Quote(_, literal) if !ends => {
                outer.push(Piece::Text(literal));
                outer.extend(pieces);
            }
            Open::Quote(..) => outer.push(Piece::Quoted(pieces)),
            Open::Face(face) => outer.push(Piece::Styled(face, pieces)),
            Open::Fixed => outer.push(Piece::Fixed(pieces)),
            Open::Plain => outer.push(Piece::Plain(pieces)),
            Open::Nothing => outer.extend(pieces),
        }
    }
}

/// A tag that opens here: what it opens, what closes it, and its length.
fn opening(text: &str) -> Option<(Open, &'static str, usize)> {
    let simple = [
        ("<i>", Open::Face(Face::Italic), "</i>"),
        ("<em>", Open::Face(Face::Italic), "</em>"),
        ("<b>", Open::Face(Face::Bold), "</b>"),
        ("<strong>", Open::Face(Face::Bold), "</strong>"),
        ("<sup>", Open::Face(Face::Superscript), "</sup>"),
        ("<sub>", Open::Face(Face::Subscript), "</sub>"),
        ("<sc>", Open::Face(Face::SmallCaps), "</sc>"),
    ];
    for (tag, open, close) in simple {
        if text.starts_with(tag) {
            return Some((open, close, tag.len()));
        }
    }
    let rest = text.strip_prefix("<span")?;
    let end = rest.find('>')?;
    let said: String = rest[..end].chars().filter(|letter| !letter.is_whitespace()).collect();
    let open = match said.as_str() {
        said if said.contains("nocase") => Open::Fixed,
        said if said.contains("nodecor") => Open::Plain,
        said if said.contains("font-variant:small-caps") => Open::Face(Face::SmallCaps),
        said if said.contains("font-style:italic") => Open::Face(Face::Italic),
        said if said.contains("font-weight:bold") => Open::Face(Face::Bold),
        said if said.contains("text-decoration:underline") => Open::Face(Face::Underline),
        _ => Open::Nothing,
    };
    Some((open, "</span>", "<span".len() + end + 1))
}
/// A field without the entities of HTML, which records of registries hold; `None` if it has none.
fn entities(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let end = entity.find(';').filter(|end| *end <= 8);
        let letter = end.and_then(|end| {
            let name = &entity[1..end];
            match name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                "nbsp" => Some('\u{a0}'),
                "ndash" => Some('–'),
                "mdash" => Some('—'),
                _ => {
                    let number = name.strip_prefix('#')?;
                    let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
                    hexadecimal.unwrap_or_else(|| number.parse()).ok().and_then(char::from_u32)
                }
            }
        });
        let letter = letter.filter(|letter| !letter.is_control());
        found |= letter.is_some();
        match (letter, end) {
            (Some(letter), Some(end)) => {
                out.push(letter);
                rest = &entity[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &entity[1..];
            }
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_registries_are_letters() {
        let letters = |text: &str| crate::cite::piece::letters(&read(text));
        assert_eq!(
            letters("Wells &amp; springs: p &lt; 0.05 &#x2013; AT&T; R&amp;D"),
            "Wells & springs: p < 0.05 – AT&T; R&D"
        );
    }
}
