//! Sorts works and cites by the keys of a style.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::cite::dates;
use crate::cite::piece;
use crate::cite::processor::Processor;
use crate::cite::render::{Fix, Mode, Place};
use crate::cite::style::{Form, Key, NameOptions, SortBy};
use crate::cite::work::{self, Work};
use crate::language::collation::Collation;

/// A value to sort by; nothing comes last, whichever way it goes.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    Nothing,
    Number(i64),
    /// What is compared as it stands: a date.
    Key(String),
    /// What is compared in the order of the language.
    Words(String),
}

/// Words as they are compared: signs count for nothing, and a hyphen parts words.
fn bare(text: &str) -> String {
    let kept = |letter: char| match letter {
        '\u{a0}' | '-' => Some(' '),
        letter if letter.is_alphanumeric() || letter == ' ' => Some(letter),
        letter if unicode_normalization::char::is_combining_mark(letter) => Some(letter),
        _ => None,
    };
    text.chars().filter_map(kept).collect()
}

impl Processor<'_> {
    /// Sorts the list, and numbers it.
    pub fn sort(&mut self) {
        let Some(part) = &self.style.bibliography else { return };
        if !part.sort.is_empty() {
            let place = Place::default();
            let mut keyed: Vec<(Vec<Value>, usize)> = self
                .listed
                .par_iter()
                .map(|work| (self.values(*work, &part.sort, &part.names, &place, true), *work))
                .collect();
            keyed.sort_by(|one, other| compare(&one.0, &other.0, &part.sort, &self.collation));
            self.listed = keyed.into_iter().map(|(_, work)| work).collect();
        }
        self.numbers = self.listed.iter().enumerate().map(|(at, work)| (*work, at + 1)).collect();
        let by_number = |key: &Key| matches!(&key.by, SortBy::Variable(name) if name == "citation-number");
        if part.sort.first().is_some_and(|key| by_number(key) && key.descending) {
            let count = self.listed.len();
            self.numbers = self.listed.iter().enumerate().map(|(at, work)| (*work, count - at)).collect();
        }
    }

    /// The values of a work for the keys of a sort.
    pub fn values(&self, at: usize, keys: &[Key], names: &NameOptions, place: &Place, sorted: bool) -> Vec<Value> {
        keys.iter().map(|key| self.value(at, key, names, place, sorted)).collect()
    }

    fn value(&self, at: usize, key: &Key, names: &NameOptions, place: &Place, sorted: bool) -> Value {
        let work = &self.works[at];
        let options = key.names.over(names);
        match &key.by {
            SortBy::Variable(variable) => match variable.as_str() {
                "citation-number" => self
                    .numbers
                    .get(&at)
                    .filter(|_| sorted)
                    .map_or(Value::Nothing, |number| Value::Number(i64::try_from(*number).unwrap_or(0))),
                variable if work::NAMES.contains(&variable) => self.names_value(at, variable, options, place),
                variable if work::DATES.contains(&variable) => match work.date(variable) {
                    Some(date) => Value::Key(dates::full_key(date, true, true, true)),
                    None => Value::Nothing,
                },
                variable => match work.text(variable) {
                    Some(text) => {
                        words(&piece::letters(&crate::cite::rich::read(text)), work::NUMBERS.contains(&variable))
                    }
                    None => Value::Nothing,
                },
            },
            SortBy::Macro(index) => {
                let fix = Fix { letter: self.fixes.get(at).and_then(|fix| fix.letter), ..Fix::default() };
                let fix = if sorted { fix } else { Fix::default() };
                let mut scene = self.scene(at, Mode::Sort, place.clone(), &fix, &options);
                // What the key says of the number of names goes over what the macro says.
                scene.key = key.names.clone();
                let out = scene.elements(&self.style.macros[*index].elements, "");
                let numeric = out.asked && self.only_number(*index);
                words(&piece::letters(&out.pieces), numeric)
            }
        }
    }

    /// Whether a macro prints nothing but one number.
    fn only_number(&self, index: usize) -> bool {
        use crate::cite::style::{Element, Text};
        match &self.style.macros[index].elements[..] {
            [Element::Number { form, .. }] => *form == Form::Numeric,
            [Element::Text(_, Text::Variable(variable, _))] => {
                variable == "citation-number" || (work::NUMBERS.contains(&variable.as_str()) && variable != "number")
            }
            _ => false,
        }
    }

    fn names_value(&self, at: usize, variable: &str, options: NameOptions, place: &Place) -> Value {
        let fix = Fix::default();
        let options = NameOptions { form: None, ..options };
        let mut scene = self.scene(at, Mode::Sort, place.clone(), &fix, &options);
        let Some(element) = self.plain_names.iter().find(|names| names.variables[0] == variable) else {
            return Value::Nothing;
        };
        let out = scene.names(element);
        words(&piece::letters(&out.pieces), false)
    }
}

fn words(text: &str, numeric: bool) -> Value {
    let text = text.trim();
    if text.is_empty() {
        return Value::Nothing;
    }
    if numeric && let Ok(number) = text.parse::<i64>() {
        return Value::Number(number);
    }
    Value::Words(bare(text))
}

/// Compares the values of two works in the order of a language.
pub fn compare(one: &[Value], other: &[Value], keys: &[Key], collation: &Collation) -> Ordering {
    for ((a, b), key) in one.iter().zip(other).zip(keys) {
        let order = match (a, b) {
            (Value::Nothing, Value::Nothing) => Ordering::Equal,
            (Value::Nothing, _) => return Ordering::Greater,
            (_, Value::Nothing) => return Ordering::Less,
            (Value::Number(a), Value::Number(b)) => a.cmp(b),
            (Value::Words(a), Value::Words(b)) => collation.words(a, b),
            (Value::Key(a), Value::Key(b)) => a.cmp(b),
            (Value::Key(a), Value::Words(b)) | (Value::Words(a), Value::Key(b)) => a.cmp(b),
            (Value::Number(_), Value::Words(_) | Value::Key(_)) => Ordering::Less,
            (Value::Words(_) | Value::Key(_), Value::Number(_)) => Ordering::Greater,
        };
        let order = if key.descending { order.reverse() } else { order };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

/// The language that a work's titles are in.
pub fn language(work: &Work) -> Option<&str> {
    work.text("language")
}
