//! Sorts works and cites by the keys of a style.

use std::cmp::Ordering;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use crate::cite::dates;
use crate::cite::piece;
use crate::cite::processor::Processor;
use crate::cite::render::{Fix, Mode, Place};
use crate::cite::style::{Form, Key, NameOptions, SortBy};
use crate::cite::work::{self, Work};

/// A value to sort by; nothing comes last, whichever way it goes.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    Nothing,
    Number(i64),
    Words(Sorted),
}

/// Words as they are compared: by letters, then by accents, then by capitals. Made once, not at every comparison.
#[derive(Clone, PartialEq, Debug)]
pub struct Sorted {
    base: String,
    accents: String,
    text: String,
}

impl Sorted {
    /// Words to be sorted.
    pub fn of(text: &str) -> Sorted {
        let plain = text.is_ascii();
        let lower: String =
            if plain { text.to_ascii_lowercase() } else { text.nfd().flat_map(char::to_lowercase).collect() };
        let base = lower
            .chars()
            .filter_map(|letter| match letter {
                '\u{a0}' | '-' => Some(' '),
                letter if letter.is_alphanumeric() || letter == ' ' => Some(letter),
                _ => None,
            })
            .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
            .collect();
        Sorted { base, accents: lower, text: text.to_owned() }
    }

    fn compare(&self, other: &Sorted) -> Ordering {
        self.base
            .cmp(&other.base)
            .then_with(|| self.accents.cmp(&other.accents))
            .then_with(|| other.text.cmp(&self.text))
    }
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
            keyed.sort_by(|one, other| compare(&one.0, &other.0, &part.sort));
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
                    Some(date) => Value::Words(Sorted::of(&dates::full_key(date, true, true, true))),
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
    Value::Words(Sorted::of(text))
}

/// Compares the values of two works.
pub fn compare(one: &[Value], other: &[Value], keys: &[Key]) -> Ordering {
    for ((a, b), key) in one.iter().zip(other).zip(keys) {
        let order = match (a, b) {
            (Value::Nothing, Value::Nothing) => Ordering::Equal,
            (Value::Nothing, _) => return Ordering::Greater,
            (_, Value::Nothing) => return Ordering::Less,
            (Value::Number(a), Value::Number(b)) => a.cmp(b),
            (Value::Words(a), Value::Words(b)) => a.compare(b),
            (Value::Number(_), Value::Words(_)) => Ordering::Less,
            (Value::Words(_), Value::Number(_)) => Ordering::Greater,
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
