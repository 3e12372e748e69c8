//! A locale: the words and the dates of a language, as the files of CSL have them.

use std::collections::BTreeMap;

use crate::cite::style::{DateElement, Form};

/// The words of a language.
#[derive(Clone, Debug, Default)]
pub struct Locale {
    /// "en-US".
    pub language: String,
    terms: BTreeMap<String, BTreeMap<Form, Term>>,
    /// The form of a number's ending, by its last two digits.
    ordinals: Vec<Ordinal>,
    pub numeric_date: Option<DateElement>,
    pub text_date: Option<DateElement>,
    pub punctuation_in_quote: Option<bool>,
    /// Ordinals of the day are for the first one only.
    pub first_day_only: Option<bool>,
}

/// A word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub one: String,
    pub many: String,
    pub gender: Option<Gender>,
}

/// A grammatical gender.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gender {
    Feminine,
    Masculine,
}

/// The ending of a number.
#[derive(Clone, Debug)]
struct Ordinal {
    number: u8,
    /// Whole number, last digit or last two digits.
    by: OrdinalMatch,
    gender: Option<Gender>,
    ending: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrdinalMatch {
    Any,
    LastDigit,
    LastTwo,
    Whole,
}

impl Locale {
    /// Adds a word.
    pub fn put(&mut self, name: &str, form: Form, term: Term) {
        self.terms.entry(name.to_owned()).or_default().insert(form, term);
    }

    /// Adds the ending of numbers.
    pub fn put_ordinal(&mut self, number: u8, by: OrdinalMatch, gender: Option<Gender>, ending: &str) {
        self.ordinals.retain(|one| !(one.number == number && one.by == by && one.gender == gender));
        self.ordinals.push(Ordinal { number, by, gender, ending: ending.to_owned() });
    }

    /// Whether it has endings of numbers of its own.
    pub fn has_ordinals(&self) -> bool {
        !self.ordinals.is_empty()
    }

    /// Lays another locale over this one.
    pub fn lay(&mut self, over: &Locale) {
        for (name, forms) in &over.terms {
            self.terms.entry(name.clone()).or_default().extend(forms.iter().map(|(form, term)| (*form, term.clone())));
        }
        // Endings belong together: a set of others replaces all.
        if over.has_ordinals() {
            self.ordinals.clone_from(&over.ordinals);
        }
        if let Some(date) = &over.numeric_date {
            self.numeric_date = Some(date.clone());
        }
        if let Some(date) = &over.text_date {
            self.text_date = Some(date.clone());
        }
        self.punctuation_in_quote = over.punctuation_in_quote.or(self.punctuation_in_quote);
        self.first_day_only = over.first_day_only.or(self.first_day_only);
    }

    /// A word in a form, or in the form that stands in for it.
    pub fn term(&self, name: &str, form: Form) -> Option<&Term> {
        let forms = self.terms.get(name)?;
        let mut form = form;
        loop {
            if let Some(term) = forms.get(&form) {
                return Some(term);
            }
            form = match form {
                Form::Symbol => Form::Short,
                Form::VerbShort => Form::Verb,
                Form::Short | Form::Verb => Form::Long,
                _ => return None,
            };
        }
    }

    /// A word, singular, or nothing.
    pub fn word(&self, name: &str) -> &str {
        self.term(name, Form::Long).map_or("", |term| term.one.as_str())
    }

    /// The gender of a word.
    pub fn gender(&self, name: &str) -> Option<Gender> {
        self.term(name, Form::Long).and_then(|term| term.gender)
    }

    /// The ending of a number.
    pub fn ordinal(&self, number: u32, gender: Option<Gender>) -> &str {
        let last_two = u8::try_from(number % 100).unwrap_or(0);
        let fits = |one: &&Ordinal| match one.by {
            OrdinalMatch::Any => true,
            OrdinalMatch::LastDigit => last_two % 10 == one.number,
            OrdinalMatch::LastTwo => last_two == one.number,
            OrdinalMatch::Whole => number == u32::from(one.number),
        };
        let rank = |one: &&Ordinal| match one.by {
            OrdinalMatch::Any => 0,
            OrdinalMatch::LastDigit => 1,
            OrdinalMatch::LastTwo => 2,
            OrdinalMatch::Whole => 3,
        };
        let of = |gender: Option<Gender>| {
            self.ordinals.iter().filter(|one| one.gender == gender).filter(fits).max_by_key(rank)
        };
        let neutral = of(None);
        let own = gender.and_then(|gender| of(Some(gender)));
        match (own, neutral) {
            (Some(own), Some(neutral)) if rank(&neutral) > rank(&own) => &neutral.ending,
            (Some(own), _) => &own.ending,
            (None, Some(neutral)) => &neutral.ending,
            (None, None) => "",
        }
    }

    /// All words whose name begins so, with their forms: what a locator is called.
    pub fn words(&self) -> impl Iterator<Item = (&str, Form, &Term)> {
        self.terms.iter().flat_map(|(name, forms)| forms.iter().map(|(form, term)| (name.as_str(), *form, term)))
    }
}
