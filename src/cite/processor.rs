//! One style at work on the works of one book: who is cited, in which number, and what tells them apart.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cite::render::{Fix, Mode, Place, Scene, SetReport};
use crate::cite::style::*;
use crate::cite::work::{NAMES, Work};
use crate::language::Language;
use crate::language::collation::Collation;

/// A style, a locale and the works that are cited.
#[derive(Debug)]
pub struct Processor<'a> {
    pub style: &'a Style,
    pub locale: &'a Locale,
    pub works: &'a [Work],
    /// The works of the list, in its order.
    pub listed: Vec<usize>,
    /// The number of each listed work.
    pub numbers: BTreeMap<usize, usize>,
    /// What tells each work apart from others.
    pub fixes: Vec<Fix>,
    /// The style says where the letter after the year stands.
    pub own_letter: bool,
    /// An element without looks for every variable of names: what a sort by that variable uses.
    pub plain_names: Vec<Names>,
    /// The order of the language.
    pub collation: Collation,
    /// Works that are cited more than once.
    pub again: Vec<bool>,
    /// What cites of each work were seen to look like, by what told them apart.
    pub seen: Vec<Vec<(Fix, Likeness)>>,
}

/// What a cite looks like where nothing else tells it apart, and its lists of names.
#[derive(Clone, Debug)]
pub struct Likeness {
    pub letters: Arc<str>,
    pub reports: Arc<[SetReport]>,
}

impl<'a> Processor<'a> {
    /// Sets to work: `cited` are the works in the order in which they are first cited, with those at the end that are
    /// listed without being cited.
    pub fn new(
        style: &'a Style,
        locale: &'a Locale,
        works: &'a [Work],
        cited: &[usize],
        again: Vec<bool>,
    ) -> Processor<'a> {
        let mut processor = Processor {
            style,
            locale,
            works,
            listed: cited.to_vec(),
            numbers: cited.iter().enumerate().map(|(at, work)| (*work, at + 1)).collect(),
            fixes: vec![Fix::default(); works.len()],
            own_letter: says_letter(style),
            plain_names: NAMES
                .iter()
                .map(|variable| Names { variables: vec![(*variable).to_owned()], ..Names::default() })
                .collect(),
            collation: Collation::of(&Language::parse(&locale.language).unwrap_or_else(Language::english)),
            again,
            seen: vec![Vec::new(); works.len()],
        };
        processor.sort();
        processor.tell_apart();
        if processor.fixes.iter().any(|fix| fix.letter.is_some()) {
            processor.sort();
        }
        processor.seen = Vec::new();
        processor
    }

    /// What one rendering of a work knows.
    pub fn scene<'s>(&'s self, at: usize, mode: Mode, place: Place, fix: &'s Fix, names: &NameOptions) -> Scene<'s> {
        Scene {
            style: self.style,
            locale: self.locale,
            work: &self.works[at],
            mode,
            place,
            fix,
            number: self.numbers.get(&at).copied(),
            names: names.clone(),
            own_letter: self.own_letter,
            without_names: false,
            spent: Vec::new(),
            reporting: false,
            sets: 0,
            reports: Vec::new(),
            named: false,
            lettered: false,
            lent: Vec::new(),
            read: Vec::new(),
            key: NameOptions::default(),
            opens: mode == Mode::Bibliography,
            printed: false,
        }
    }
}

/// Whether a style prints the letter after the year by itself.
fn says_letter(style: &Style) -> bool {
    fn any(elements: &[Element]) -> bool {
        elements.iter().any(|element| match element {
            Element::Text(_, Text::Variable(name, _)) => name == "year-suffix",
            Element::Group { elements, .. } => any(elements),
            Element::Choose(branches) => branches.iter().any(|branch| any(&branch.elements)),
            Element::Names(names) => any(&names.substitute),
            Element::Text(..) | Element::Number { .. } | Element::Label { .. } | Element::Date(_) => false,
        })
    }
    style.macros.iter().any(|one| any(&one.elements))
        || any(&style.citation.elements)
        || style.bibliography.as_ref().is_some_and(|part| any(&part.elements))
}
