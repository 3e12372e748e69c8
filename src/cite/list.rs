//! The bibliography: every listed work as an entry, with what replaces names that were just said.

use rayon::prelude::*;

use crate::cite::piece::{self, Display, Mark, Piece};
use crate::cite::processor::Processor;
use crate::cite::render::{self, Mode, Place};
use crate::cite::style::{Part, SubstituteRule};

/// An entry of the bibliography.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub work: usize,
    pub pieces: Vec<Piece>,
}

impl Processor<'_> {
    /// What the elements of the list's part print of a work, one by one.
    fn fields(&self, work: usize, part: &Part) -> Vec<Vec<Piece>> {
        let mut scene = self.scene(work, Mode::Bibliography, Place::default(), &self.fixes[work], &part.names);
        let printed = part.elements.iter().map(|element| scene.element(element).pieces);
        printed.filter(|pieces| !piece::is_empty(pieces)).collect()
    }

    /// The entries, in their order.
    pub fn entries(&self) -> Vec<Entry> {
        let Some(part) = &self.style.bibliography else { return Vec::new() };
        let mut before: Option<Vec<Piece>> = None;
        let mut entries = Vec::new();
        let all: Vec<Vec<Vec<Piece>>> = self.listed.par_iter().map(|work| self.fields(*work, part)).collect();
        for (work, mut fields) in self.listed.iter().zip(all) {
            if fields.is_empty() {
                continue;
            }
            if let Some(sign) = &part.substitute {
                let names = fields.iter().find_map(|field| piece::find(field, Mark::Names)).cloned();
                let own = names.as_ref().map(each);
                if let (Some(own), Some(last)) = (&own, &before) {
                    for field in &mut fields {
                        if replace(field, own, last, sign, part.substitute_rule) {
                            break;
                        }
                    }
                }
                before = own;
            }
            let mut pieces: Vec<Piece> = Vec::new();
            if part.second_field.is_some() && fields.len() > 1 {
                let first = fields.remove(0);
                pieces.push(Piece::Block(Display::LeftMargin, first));
                let mut rest: Vec<Piece> = fields.into_iter().flatten().collect();
                if !part.look.suffix.is_empty() {
                    rest.push(Piece::Text(part.look.suffix.clone()));
                }
                pieces.push(Piece::Block(Display::RightInline, rest));
            } else {
                if !part.look.prefix.is_empty() {
                    pieces.push(Piece::Text(part.look.prefix.clone()));
                }
                pieces.extend(fields.into_iter().flatten());
                if !part.look.suffix.is_empty() {
                    let suffix = Piece::Text(part.look.suffix.clone());
                    match pieces.last_mut() {
                        Some(Piece::Block(_, inside)) => inside.push(suffix),
                        _ => pieces.push(suffix),
                    }
                }
            }
            entries.push(Entry { work: *work, pieces: render::faced(&part.look.faces, pieces) });
        }
        entries
    }
}

/// The names of a list, each by itself; a list without any is one.
fn each(names: &Piece) -> Vec<Piece> {
    let mut found = Vec::new();
    collect(names.inside(), &mut found);
    if found.is_empty() { vec![names.clone()] } else { found }
}

fn collect(pieces: &[Piece], out: &mut Vec<Piece>) {
    for piece in pieces {
        match piece {
            Piece::Marked(Mark::Name, _) => out.push(piece.clone()),
            other => collect(other.inside(), out),
        }
    }
}

/// Replaces names that were said in the entry before; says whether this was the place.
fn replace(pieces: &mut [Piece], own: &[Piece], last: &[Piece], sign: &str, rule: SubstituteRule) -> bool {
    for piece in pieces.iter_mut() {
        if let Piece::Marked(Mark::Names, inside) = piece {
            let same = |one: &Piece, other: &Piece| {
                piece::letters(std::slice::from_ref(one)) == piece::letters(std::slice::from_ref(other))
            };
            let all = own.len() == last.len() && own.iter().zip(last).all(|(one, other)| same(one, other));
            let run = own.iter().zip(last).take_while(|(one, other)| same(one, other)).count();
            let sign = vec![Piece::Text(sign.to_owned())];
            match rule {
                SubstituteRule::CompleteAll if all => whole(inside, &sign),
                SubstituteRule::CompleteEach if all => some(inside, &sign, &mut own.len()),
                SubstituteRule::PartialEach => some(inside, &sign, &mut { run }),
                SubstituteRule::PartialFirst => some(inside, &sign, &mut run.min(1)),
                SubstituteRule::CompleteAll | SubstituteRule::CompleteEach => true,
            };
            return true;
        }
        if let Some(inside) = piece.inside_mut()
            && replace(inside, own, last, sign, rule)
        {
            return true;
        }
    }
    false
}

/// All names of a list become one sign.
fn whole(pieces: &mut Vec<Piece>, sign: &[Piece]) -> bool {
    let is_name = |piece: &Piece| piece::find(std::slice::from_ref(piece), Mark::Name).is_some();
    let (first, last) = (pieces.iter().position(is_name), pieces.iter().rposition(is_name));
    let (Some(first), Some(last)) = (first, last) else {
        if !piece::is_empty(pieces) {
            *pieces = sign.to_vec();
        }
        return true;
    };
    if first == last && !matches!(pieces[first], Piece::Marked(Mark::Name, _)) {
        return pieces[first].inside_mut().is_some_and(|inside| whole(inside, sign));
    }
    pieces.splice(first..=last, sign.iter().cloned());
    true
}

/// The first names of a list become a sign each.
fn some(pieces: &mut [Piece], sign: &[Piece], left: &mut usize) -> bool {
    for piece in pieces {
        if *left == 0 {
            return true;
        }
        match piece {
            Piece::Marked(Mark::Name, inside) => {
                *inside = sign.to_vec();
                *left -= 1;
            }
            other => {
                if let Some(inside) = other.inside_mut() {
                    some(inside, sign, left);
                }
            }
        }
    }
    true
}
