//! A style and a locale: what CSL 1.0.2 can say, as trees in which nothing is left to be looked up by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cite::piece::{Display, Face};

/// A style.
#[derive(Clone, Debug, Default)]
pub struct Style {
    pub title: String,
    /// The address by which Zotero knows it.
    pub id: String,
    /// Its citations are notes.
    pub notes: bool,
    pub default_locale: Option<String>,
    /// Terms and dates that it has otherwise, with the language that they are for.
    pub locales: Vec<(String, Locale)>,
    pub macros: Vec<Macro>,
    pub citation: Part,
    pub bibliography: Option<Part>,
    /// A hyphen stays between initials.
    pub initialize_with_hyphen: bool,
    pub page_range: Option<PageRange>,
    pub demote: Demote,
}

/// Elements that have a name.
#[derive(Clone, Debug, Default)]
pub struct Macro {
    pub name: String,
    pub elements: Vec<Element>,
}

/// How the second number of a range of pages is shortened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PageRange {
    Chicago15,
    Chicago16,
    Expanded,
    Minimal,
    MinimalTwo,
}

/// When a particle that belongs to the surname goes behind the given name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Demote {
    Never,
    SortOnly,
    #[default]
    DisplayAndSort,
}

/// The citations, or the bibliography.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub sort: Vec<Key>,
    pub names: NameOptions,
    pub look: Look,
    pub delimiter: String,
    pub elements: Vec<Element>,
    // Of citations.
    pub add_names: bool,
    pub add_given: bool,
    pub given_rule: GivenRule,
    pub add_year_letter: bool,
    pub group_delimiter: Option<String>,
    pub collapse: Option<Collapse>,
    pub year_letter_delimiter: Option<String>,
    pub after_collapse_delimiter: Option<String>,
    pub near_note: usize,
    // Of the bibliography.
    pub hanging: bool,
    pub second_field: Option<SecondField>,
    pub line_spacing: u8,
    pub entry_spacing: u8,
    pub substitute: Option<String>,
    pub substitute_rule: SubstituteRule,
}

/// Which given names tell apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum GivenRule {
    AllNames,
    AllNamesWithInitials,
    PrimaryName,
    PrimaryNameWithInitials,
    #[default]
    ByCite,
}

/// What neighbouring cites share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Collapse {
    CitationNumber,
    Year,
    YearSuffix,
    YearSuffixRanged,
}

/// Where the first field of an entry stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SecondField {
    Flush,
    Margin,
}

/// Which names of an entry a sign replaces below the same ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SubstituteRule {
    #[default]
    CompleteAll,
    CompleteEach,
    PartialEach,
    PartialFirst,
}

/// What to sort by.
#[derive(Clone, Debug)]
pub struct Key {
    pub by: SortBy,
    pub descending: bool,
    pub names: NameOptions,
}

/// The value to sort by.
#[derive(Clone, Debug)]
pub enum SortBy {
    Variable(String),
    Macro(usize),
}

/// How an element is set.
#[derive(Clone, Debug, Default)]
pub struct Look {
    pub faces: Vec<Face>,
    pub prefix: String,
    pub suffix: String,
    pub display: Option<Display>,
    pub quotes: bool,
    pub strip_periods: bool,
    pub case: Option<Case>,
}

/// What becomes of capitals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    Lower,
    Upper,
    CapitalizeFirst,
    CapitalizeAll,
    Sentence,
    Title,
}

/// The form of a term, a name, a label or a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, PartialOrd, Ord)]
pub enum Form {
    #[default]
    Long,
    Short,
    Symbol,
    Verb,
    VerbShort,
    Count,
    Numeric,
    Ordinal,
    LongOrdinal,
    Roman,
    Text,
}

/// What a style can print.
#[derive(Clone, Debug)]
pub enum Element {
    Text(Look, Text),
    Number { look: Look, variable: String, form: Form },
    Label { look: Look, variable: String, form: Form, plural: Plural },
    Names(Box<Names>),
    Date(Box<DateElement>),
    Group { look: Look, delimiter: String, elements: Vec<Element> },
    Choose(Vec<Branch>),
}

/// What a text element prints.
#[derive(Clone, Debug)]
pub enum Text {
    Variable(String, Form),
    Macro(usize),
    Term { name: String, form: Form, plural: bool },
    Value(String),
}

/// Whether a label is plural.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Plural {
    #[default]
    Contextual,
    Always,
    Never,
}

/// One way of a choice.
#[derive(Clone, Debug)]
pub struct Branch {
    pub mode: Match,
    /// No condition: it is taken when none before it was.
    pub conditions: Vec<Condition>,
    pub elements: Vec<Element>,
}

/// How many conditions must hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Match {
    #[default]
    All,
    Any,
    None,
}

/// What a choice asks.
#[derive(Clone, Debug)]
pub enum Condition {
    Disambiguate(bool),
    Numeric(String),
    Uncertain(String),
    Locator(String),
    Position(Position),
    Kind(String),
    Variable(String),
}

/// Where a citation stands among those of the same work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, PartialOrd, Ord)]
pub enum Position {
    #[default]
    First,
    Subsequent,
    Ibid,
    IbidWithLocator,
    NearNote,
}

/// Names of one or more variables.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub look: Look,
    pub variables: Vec<String>,
    pub options: NameOptions,
    pub delimiter: Option<String>,
    /// How a name looks, and its parts.
    pub name: Look,
    pub has_name: bool,
    pub family: Option<Look>,
    pub given: Option<Look>,
    pub et_al: Option<(String, Look)>,
    pub label: Option<(Look, Form, Plural)>,
    /// The label stands before the names.
    pub label_first: bool,
    pub substitute: Vec<Element>,
}

/// How names are written; what is not said here is taken from what is around.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameOptions {
    pub and: Option<And>,
    pub delimiter: Option<Arc<str>>,
    pub names_delimiter: Option<Arc<str>>,
    pub precedes_et_al: Option<Precedes>,
    pub precedes_last: Option<Precedes>,
    pub et_al_min: Option<usize>,
    pub et_al_first: Option<usize>,
    pub et_al_last: Option<bool>,
    pub et_al_min_again: Option<usize>,
    pub et_al_first_again: Option<usize>,
    pub form: Option<Form>,
    pub initialize: Option<bool>,
    pub initialize_with: Option<Arc<str>>,
    pub sort_order: Option<SortOrder>,
    pub sort_separator: Option<Arc<str>>,
}

/// What joins the last two names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum And {
    Text,
    Symbol,
}

/// When the delimiter stands before the last name or "et al.".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Precedes {
    Contextual,
    AfterInverted,
    Always,
    Never,
}

/// Which names have the surname first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SortOrder {
    First,
    All,
}

/// A date of a variable.
#[derive(Clone, Debug, Default)]
pub struct DateElement {
    pub look: Look,
    pub variable: String,
    /// The form of the locale, or nothing where the parts say all.
    pub form: Option<Form>,
    /// Which parts the form shows.
    pub shown: DateShown,
    pub delimiter: String,
    pub parts: Vec<DatePart>,
}

/// Which parts of a date are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DateShown {
    #[default]
    Day,
    Month,
    Year,
}

/// A part of a date.
#[derive(Clone, Debug, Default)]
pub struct DatePart {
    pub kind: PartKind,
    pub form: Option<Form>,
    /// A number with a zero before it.
    pub zeros: bool,
    pub look: Look,
    pub has_prefix: bool,
    pub has_suffix: bool,
    pub range: Option<String>,
}

/// Which part of a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PartKind {
    Day,
    Month,
    #[default]
    Year,
}

impl NameOptions {
    /// What is said here, and of what is not, what is said around.
    pub fn over(&self, outer: &NameOptions) -> NameOptions {
        let words = |own: &Option<Arc<str>>, outer: &Option<Arc<str>>| own.as_ref().or(outer.as_ref()).cloned();
        NameOptions {
            and: self.and.or(outer.and),
            delimiter: words(&self.delimiter, &outer.delimiter),
            names_delimiter: words(&self.names_delimiter, &outer.names_delimiter),
            precedes_et_al: self.precedes_et_al.or(outer.precedes_et_al),
            precedes_last: self.precedes_last.or(outer.precedes_last),
            et_al_min: self.et_al_min.or(outer.et_al_min),
            et_al_first: self.et_al_first.or(outer.et_al_first),
            et_al_last: self.et_al_last.or(outer.et_al_last),
            et_al_min_again: self.et_al_min_again.or(outer.et_al_min_again),
            et_al_first_again: self.et_al_first_again.or(outer.et_al_first_again),
            form: self.form.or(outer.form),
            initialize: self.initialize.or(outer.initialize),
            initialize_with: words(&self.initialize_with, &outer.initialize_with),
            sort_order: self.sort_order.or(outer.sort_order),
            sort_separator: words(&self.sort_separator, &outer.sort_separator),
        }
    }
}

impl Style {
    /// The macros by their names.
    pub fn macro_names(&self) -> BTreeMap<&str, usize> {
        self.macros.iter().enumerate().map(|(at, one)| (one.name.as_str(), at)).collect()
    }
}

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
