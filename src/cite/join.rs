//! Puts pieces together as they are printed: stops that meet, spaces that double, quotation marks inside others, faces
//! inside the same face.
//!
//! The table of stops that meet is the one of citeproc-js, as the fixtures `punctuation_FullMonty` have it.

use unicode_normalization::UnicodeNormalization as _;

use crate::cite::piece::{Face, Piece};
use crate::cite::style::Locale;

/// The signs of a language.
#[derive(Clone, Debug)]
pub struct Signs {
    pub open: String,
    pub close: String,
    pub inner_open: String,
    pub inner_close: String,
    /// Full stops and commas go inside closing quotes.
    pub inside: bool,
}

impl Signs {
    /// The signs of a locale.
    pub fn of(locale: &Locale) -> Signs {
        let or = |name: &str, other: &str| match locale.word(name) {
            "" => other.to_owned(),
            word => word.to_owned(),
        };
        Signs {
            open: or("open-quote", "“"),
            close: or("close-quote", "”"),
            inner_open: or("open-inner-quote", "‘"),
            inner_close: or("close-inner-quote", "’"),
            inside: locale.punctuation_in_quote == Some(true),
        }
    }
}

/// A step through the tree.
enum Step {
    Open(Piece),
    Close,
    Text(String),
    /// What its author wrote behind a quotation mark of its own, and no style moves.
    Own(String),
    Quote(String),
    Unquote(String),
}

/// Pieces as they are printed.
pub fn join(pieces: &[Piece], signs: &Signs) -> Vec<Piece> {
    let mut steps = Vec::new();
    walk(pieces, signs, 0, &mut Vec::new(), &mut steps);
    stops(&mut steps, signs);
    let mut rest = steps.into_iter();
    build(&mut rest)
}

/// The tree as steps; quotes get their signs, faces are turned.
fn walk(pieces: &[Piece], signs: &Signs, quotes: usize, faces: &mut Vec<Face>, out: &mut Vec<Step>) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => raised(text, out),
            Piece::Quoted(inner) => {
                let outer = quotes.is_multiple_of(2);
                out.push(Step::Quote(if outer { &signs.open } else { &signs.inner_open }.clone()));
                walk(inner, signs, quotes + 1, faces, out);
                out.push(Step::Unquote(if outer { &signs.close } else { &signs.inner_close }.clone()));
            }
            Piece::Styled(face, inner) => {
                // What undoes nothing says nothing.
                if is_plain(*face) && !faces.iter().any(|own| undoes(*face, *own)) {
                    walk(inner, signs, quotes, faces, out);
                    continue;
                }
                let on = faces.iter().rev().find(|own| **own == *face || Some(**own) == face.undone());
                let face = match (on, face.undone()) {
                    (Some(own), Some(undone)) if own == face => undone,
                    _ => *face,
                };
                faces.push(face);
                out.push(Step::Open(Piece::Styled(face, Vec::new())));
                walk(inner, signs, quotes, faces, out);
                out.push(Step::Close);
                faces.pop();
            }
            Piece::Marked(mark, inner) if mark.lasts() => {
                out.push(Step::Open(Piece::Marked(*mark, Vec::new())));
                walk(inner, signs, quotes, faces, out);
                out.push(Step::Close);
            }
            Piece::Fixed(inner) => match &inner[..] {
                [Piece::Text(text)] if text == "?" || text == "!" => out.push(Step::Own(text.clone())),
                _ => walk(inner, signs, quotes, faces, out),
            },
            Piece::Marked(_, inner) => walk(inner, signs, quotes, faces, out),
            Piece::Plain(inner) => {
                let undone: Vec<Face> = faces.iter().filter_map(|face| face.undone()).collect();
                for face in &undone {
                    out.push(Step::Open(Piece::Styled(*face, Vec::new())));
                    faces.push(*face);
                }
                walk(inner, signs, quotes, faces, out);
                for _ in &undone {
                    out.push(Step::Close);
                    faces.pop();
                }
            }
            Piece::Address(address, inner) => {
                out.push(Step::Open(Piece::Address(address.clone(), Vec::new())));
                walk(inner, signs, quotes, faces, out);
                out.push(Step::Close);
            }
            Piece::Block(display, inner) => {
                out.push(Step::Open(Piece::Block(*display, Vec::new())));
                walk(inner, signs, quotes, faces, out);
                out.push(Step::Close);
            }
        }
    }
}

/// Whether a face is the absence of another.
fn is_plain(face: Face) -> bool {
    matches!(face, Face::Upright | Face::NoCaps | Face::Light | Face::Medium | Face::NoUnderline | Face::Baseline)
}

/// Whether a face undoes another.
fn undoes(face: Face, other: Face) -> bool {
    match face {
        Face::Medium => other == Face::Bold || other == Face::Light,
        Face::Baseline => matches!(other, Face::Superscript | Face::Subscript),
        face => other.undone() == Some(face),
    }
}

/// Raised letters of Unicode become letters that are raised, so that every typeface has them.
fn raised(text: &str, out: &mut Vec<Step>) {
    if text.is_ascii() {
        out.push(Step::Text(text.to_owned()));
        return;
    }
    let mut run = String::new();
    for letter in text.chars() {
        let mut plain = letter.nfkd().filter(|_| is_raised(letter));
        match plain.next() {
            Some(first) => {
                if !run.is_empty() {
                    out.push(Step::Text(std::mem::take(&mut run)));
                }
                out.push(Step::Open(Piece::Styled(Face::Superscript, Vec::new())));
                out.push(Step::Text(std::iter::once(first).chain(plain).collect()));
                out.push(Step::Close);
            }
            None => run.push(letter),
        }
    }
    if !run.is_empty() {
        out.push(Step::Text(run));
    }
}

fn is_raised(letter: char) -> bool {
    matches!(letter, 'ª' | '²' | '³' | '¹' | 'º' | 'ⁱ' | 'ⁿ' | '℠' | '™' | 'ۥ' | 'ۦ')
        || matches!(u32::from(letter),
            0x2b0..=0x2b8 | 0x2e0..=0x2e4 | 0x2c0..=0x2c1 | 0x1d2c..=0x1d61 | 0x2070..=0x207f | 0x3192..=0x319f)
}

fn is_stop(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?')
}

/// Two stops that meet.
fn met(first: char, second: char) -> String {
    let one = match (first, second) {
        (a, b) if a == b => a,
        ('!', '.' | ':') => '!',
        ('?', '.' | ':') => '?',
        (':' | ';', '!') => '!',
        (':' | ';', '?') => '?',
        (':', ';') => return ":;".to_owned(),
        (':', '.') => ':',
        (';', '.' | ':') => ';',
        (a, b) => return format!("{a}{b}"),
    };
    one.to_string()
}

/// Joins the stops and spaces where two texts meet.
fn stops(steps: &mut [Step], signs: &Signs) {
    // The last text with letters, and whether a quote has been closed since.
    let mut last: Option<usize> = None;
    let mut closed = false;
    let mut at = 0;
    while at < steps.len() {
        match &steps[at] {
            Step::Unquote(_) => closed = true,
            Step::Quote(_) => {
                last = None;
                closed = false;
            }
            Step::Text(text) if text.is_empty() => {}
            Step::Own(_) => {
                last = Some(at);
                closed = false;
            }
            Step::Text(_) => {
                if let Some(before) = last {
                    meet(steps, before, at, closed, signs);
                }
                if matches!(&steps[at], Step::Text(text) if !text.is_empty()) {
                    last = Some(at);
                    closed = false;
                }
            }
            Step::Open(Piece::Block(..)) => {
                last = None;
                closed = false;
            }
            Step::Open(_) | Step::Close => {}
        }
        at += 1;
    }
}

fn text_of(steps: &mut [Step], at: usize) -> &mut String {
    match &mut steps[at] {
        Step::Text(text) | Step::Own(text) => text,
        Step::Open(_) | Step::Close | Step::Quote(_) | Step::Unquote(_) => unreachable!("only texts meet"),
    }
}

/// Joins what ends one text with what begins the next.
fn meet(steps: &mut [Step], before: usize, at: usize, closed: bool, signs: &Signs) {
    let Some(first) = text_of(steps, before).chars().next_back() else { return };
    let Some(second) = text_of(steps, at).chars().next() else { return };
    if first == ' ' && second == ' ' && !closed {
        text_of(steps, at).remove(0);
        return;
    }
    // "no. 4. " before ", London": the space goes.
    if first == ' ' && second == ',' && !closed && text_of(steps, before).trim_end().ends_with('.') {
        let length = text_of(steps, before).trim_end_matches(' ').len();
        text_of(steps, before).truncate(length);
        return meet(steps, before, at, closed, signs);
    }
    if first == ' '
        && is_stop(second)
        && !closed
        && matches!(second, '.' | ',' | ';')
        && text_of(steps, before).trim_end().is_empty()
    {
        return;
    }
    if !is_stop(second) {
        return;
    }
    if !closed {
        if is_stop(first) {
            let joined = met(first, second);
            // Two that both stay keep their faces.
            if joined.len() == 1 {
                text_of(steps, before).pop();
                text_of(steps, at).remove(0);
                text_of(steps, before).push_str(&joined);
            }
        }
        return;
    }
    let inward = signs.inside && matches!(second, '.' | ',' | '!' | '?');
    let outward = if signs.inside { matches!(first, ':' | ';') } else { matches!(first, '.' | ',' | ':' | ';') };
    if outward && is_stop(first) {
        let joined = met(first, second);
        text_of(steps, before).pop();
        text_of(steps, at).remove(0);
        if signs.inside && matches!(joined.as_str(), "!" | "?") {
            text_of(steps, before).push_str(&joined);
        } else {
            text_of(steps, at).insert_str(0, &joined);
        }
    } else if inward {
        let joined = if is_stop(first) { met(first, second) } else { format!("{first}{second}") };
        text_of(steps, before).pop();
        text_of(steps, at).remove(0);
        text_of(steps, before).push_str(&joined);
    } else if is_stop(first) && met(first, second).len() == 1 && (signs.inside || second == '.') {
        // What is asked within the quotes has its stop.
        text_of(steps, at).remove(0);
    }
}

/// The steps as a tree again; empty pieces go.
fn build(steps: &mut impl Iterator<Item = Step>) -> Vec<Piece> {
    let mut levels: Vec<(Option<Piece>, Vec<Piece>)> = vec![(None, Vec::new())];
    for step in steps {
        let Some(level) = levels.last_mut() else { break };
        match step {
            Step::Text(text) | Step::Own(text) | Step::Quote(text) | Step::Unquote(text) => {
                if text.is_empty() {
                    continue;
                }
                match level.1.last_mut() {
                    Some(Piece::Text(before)) => before.push_str(&text),
                    _ => level.1.push(Piece::Text(text)),
                }
            }
            Step::Open(piece) => levels.push((Some(piece), Vec::new())),
            Step::Close => {
                if let Some((Some(mut piece), inner)) = levels.pop()
                    && let Some(outer) = levels.last_mut()
                    && !inner.is_empty()
                {
                    if let Some(inside) = piece.inside_mut() {
                        *inside = inner;
                    }
                    outer.1.push(piece);
                }
            }
        }
    }
    levels.into_iter().next().map(|(_, pieces)| pieces).unwrap_or_default()
}
