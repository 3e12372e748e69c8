//! Renders the elements of a style for one work.

use crate::cite::case;
use crate::cite::number;
use crate::cite::piece::{self, Face, Mark, Piece};
use crate::cite::rich;
use crate::cite::style::*;
use crate::cite::work::{NUMBERS, Work};

/// What an element gave.
#[derive(Clone, Debug, Default)]
pub struct Out {
    pub pieces: Vec<Piece>,
    /// It asked for a variable.
    pub asked: bool,
    /// One that it asked for was there.
    pub found: bool,
}

impl Out {
    /// The end of a group: it is gone where all that it asked for is missing; what is left of it counts as a variable
    /// that is there for the group around it (CSL 1.0.2, "Group").
    fn settle(&mut self) {
        if self.asked && !self.found {
            self.pieces.clear();
        }
        if !piece::is_empty(&self.pieces) {
            (self.asked, self.found) = (true, true);
        }
    }
}

/// What tells works apart that look alike.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fix {
    /// For each list of names, in the order in which they are printed: how many are shown, and how much of each.
    pub sets: Vec<SetFix>,
    /// `disambiguate` holds.
    pub condition: bool,
    /// The letter after the year, from 0.
    pub letter: Option<usize>,
}

/// What is asked of one list of names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SetFix {
    pub shown: usize,
    pub levels: Vec<u8>,
}

/// What a list of names looked like.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SetReport {
    /// The names it holds.
    pub names: Vec<crate::cite::work::Name>,
    /// How many were shown.
    pub shown: usize,
    /// How much of each: 0 the surname, 1 initials, 2 all.
    pub levels: Vec<u8>,
    /// The most that more of a given name can do.
    pub most: u8,
    /// Initials are another step than the whole given name.
    pub initials: bool,
}

/// What a cite says beyond its work.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    pub position: Position,
    pub near: bool,
    pub locator: Option<(String, String)>,
    pub first_note: Option<usize>,
}

/// What is rendered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    Citation,
    Bibliography,
    /// A value to sort by.
    Sort,
}

/// Everything that one rendering knows.
pub struct Scene<'a> {
    pub style: &'a Style,
    pub locale: &'a Locale,
    pub work: &'a Work,
    pub mode: Mode,
    pub place: Place,
    pub fix: &'a Fix,
    pub number: Option<usize>,
    /// How names are written where an element does not say.
    pub names: NameOptions,
    /// The style says itself where the letter after the year stands.
    pub own_letter: bool,
    /// The first names are left out: the author said them, or the cite before did.
    pub without_names: bool,
    /// Variables that stood in for others and are not printed again.
    pub spent: Vec<&'a str>,
    /// Somebody asks what lists of names looked like.
    pub reporting: bool,
    /// How many lists of names were written.
    pub sets: usize,
    pub reports: Vec<SetReport>,
    /// The first names have been rendered.
    pub named: bool,
    pub lettered: bool,
    /// Names that a `substitute` takes its looks from.
    pub lent: Vec<&'a Names>,
    /// Variables that were read while something stood in.
    pub read: Vec<&'a str>,
    /// What a sort key says of names.
    pub key: NameOptions,
    /// What is printed first is a beginning: a word of the locale gets a capital there.
    pub opens: bool,
    /// Something has been printed.
    pub printed: bool,
}

impl<'a> Scene<'a> {
    /// Renders elements one after the other.
    pub fn elements(&mut self, elements: &'a [Element], delimiter: &str) -> Out {
        let mut out = Out::default();
        for element in elements {
            let one = self.within(element, delimiter);
            out.asked |= one.asked;
            out.found |= one.found;
            if piece::is_empty(&one.pieces) {
                continue;
            }
            if out.pieces.is_empty() {
                out.pieces = one.pieces;
                continue;
            }
            if !delimiter.is_empty() {
                out.pieces.push(Piece::Text(delimiter.to_owned()));
            }
            out.pieces.extend(one.pieces);
        }
        out
    }

    /// Renders one element of a group: what a choice takes stands in the group itself.
    fn within(&mut self, element: &'a Element, delimiter: &str) -> Out {
        match element {
            Element::Choose(branches) => match branches.iter().find(|branch| self.holds(branch)) {
                Some(branch) => self.elements(&branch.elements, delimiter),
                None => Out::default(),
            },
            other => self.element(other),
        }
    }

    /// Renders one element.
    pub fn element(&mut self, element: &'a Element) -> Out {
        match element {
            Element::Text(look, text) => self.text(look, text),
            Element::Number { look, variable, form } => self.number(look, variable, *form),
            Element::Label { look, variable, form, plural } => self.label(look, variable, *form, *plural),
            Element::Names(names) => self.names(names),
            Element::Date(date) => self.date(date),
            Element::Group { look, delimiter, elements } => {
                let mut out = self.elements(elements, delimiter);
                out.settle();
                out.pieces = self.dress(look, out.pieces);
                out
            }
            Element::Choose(_) => self.within(element, ""),
        }
    }

    /// Whether the conditions of a branch hold.
    fn holds(&self, branch: &Branch) -> bool {
        let mut all = branch.conditions.iter().map(|condition| self.condition(condition));
        match branch.mode {
            _ if branch.conditions.is_empty() => true,
            Match::All => all.all(|holds| holds),
            Match::Any => all.any(|holds| holds),
            Match::None => !all.any(|holds| holds),
        }
    }

    fn condition(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Disambiguate(wanted) => self.fix.condition == *wanted,
            Condition::Numeric(variable) => self.value(variable).is_some_and(|value| number::is_numeric(&value)),
            Condition::Uncertain(variable) => self.work.date(variable).is_some_and(|date| date.circa),
            Condition::Locator(label) => self.place.locator.as_ref().is_some_and(|(own, _)| own == label),
            Condition::Kind(kind) => self.work.kind == *kind,
            Condition::Variable(variable) => match variable.as_str() {
                "locator" | "citation-number" | "first-reference-note-number" | "year-suffix" | "citation-label" => {
                    self.value(variable).is_some()
                }
                _ => self.work.has(variable),
            },
            Condition::Position(position) => {
                if self.mode != Mode::Citation {
                    return false;
                }
                match (position, self.place.position) {
                    (Position::First, own) => own == Position::First,
                    (Position::Subsequent, own) => own != Position::First,
                    (Position::Ibid, own) => matches!(own, Position::Ibid | Position::IbidWithLocator),
                    (Position::IbidWithLocator, own) => own == Position::IbidWithLocator,
                    (Position::NearNote, _) => self.place.near,
                }
            }
        }
    }

    /// The words of a variable, those included that only a cite has.
    pub fn value(&self, variable: &str) -> Option<String> {
        match variable {
            "locator" => self.place.locator.as_ref().map(|(_, value)| value.clone()).filter(|value| !value.is_empty()),
            "citation-number" => self.number.map(|number| number.to_string()),
            "first-reference-note-number" => self
                .place
                .first_note
                .filter(|_| self.place.position != Position::First)
                .map(|number| number.to_string()),
            "year-suffix" => self.fix.letter.map(number::letters),
            "citation-label" => Some(self.citation_label()),
            _ => self.work.text(variable).map(str::to_owned),
        }
    }

    /// A variable in a form, or in the one that there is.
    fn formed(&self, variable: &str, form: Form) -> Option<String> {
        if form == Form::Short {
            let short = match variable {
                "title" => self.value("title-short"),
                "container-title" => self.value("container-title-short"),
                other => self.value(&format!("{other}-short")),
            };
            if short.is_some() {
                return short;
            }
        }
        self.value(variable)
    }

    fn text(&mut self, look: &'a Look, text: &'a Text) -> Out {
        match text {
            Text::Macro(at) => {
                let style = self.style;
                let mut out = self.elements(&style.macros[*at].elements, "");
                // A macro is a group: words alone say nothing when what they are for is missing.
                out.settle();
                out.pieces = self.dress(look, out.pieces);
                out
            }
            Text::Value(value) => {
                self.printed = true;
                Out { pieces: self.dress(look, rich::read(value)), asked: false, found: false }
            }
            Text::Term { name, form, plural } => {
                let words = self.term(name, *form, *plural);
                let mut pieces = if words.is_empty() { Vec::new() } else { vec![Piece::Text(words)] };
                if !self.printed && self.opens && look.case.is_none() {
                    case::apply(&mut pieces, Case::CapitalizeFirst, true, false);
                }
                self.printed |= !piece::is_empty(&pieces);
                Out { pieces: self.dress_words(look, pieces), asked: false, found: false }
            }
            Text::Variable(variable, form) => {
                if self.spent.contains(&variable.as_str()) {
                    return Out { asked: true, ..Out::default() };
                }
                let Some(value) = self.formed(variable, *form) else {
                    // A letter that no year needs is not missing.
                    return Out { asked: variable != "year-suffix", ..Out::default() };
                };
                self.read.push(variable);
                self.printed = true;
                let pieces = self.variable(variable, &value, look);
                let mut pieces = self.dress(look, pieces);
                // What stands in for a name is said once, inside of what stands in too.
                if !self.lent.is_empty() && !piece::is_empty(&pieces) {
                    self.spent.push(variable);
                }
                let mark = match variable.as_str() {
                    "citation-number" => Some(Mark::Number),
                    "year-suffix" => Some(Mark::YearLetter),
                    _ => None,
                };
                if let Some(mark) = mark {
                    pieces = vec![Piece::Marked(mark, pieces)];
                }
                Out { pieces, asked: true, found: true }
            }
        }
    }

    /// The pieces of a variable before its look.
    fn variable(&self, variable: &str, value: &str, look: &Look) -> Vec<Piece> {
        match variable {
            "page" => {
                vec![Piece::Text(number::pages(value, self.style.page_range, self.locale))]
            }
            "locator" => {
                let pages = self.place.locator.as_ref().is_some_and(|(label, _)| label == "page");
                let format = if pages { self.style.page_range } else { None };
                let mut written = number::pages(value, format, self.locale);
                if look.strip_periods {
                    written = written.replace('.', "");
                }
                rich::read(&written)
            }
            "URL" => vec![Piece::Address(value.to_owned(), vec![Piece::Fixed(vec![Piece::Text(value.to_owned())])])],
            "DOI" => {
                let address = match value.strip_prefix("https://doi.org/") {
                    Some(bare) => format!("https://doi.org/{bare}"),
                    None => format!("https://doi.org/{value}"),
                };
                vec![Piece::Address(address, vec![Piece::Fixed(vec![Piece::Text(value.to_owned())])])]
            }
            "chapter-number" | "issue" | "volume" | "number" | "edition" | "number-of-pages" | "number-of-volumes"
            | "part-number" | "section" | "version" | "collection-number"
                if number::tokens(value).is_some_and(|tokens| tokens.len() > 1) && variable != "number" =>
            {
                vec![Piece::Text(value.replace('-', "–"))]
            }
            "title"
            | "title-short"
            | "container-title"
            | "container-title-short"
            | "collection-title"
            | "volume-title"
            | "part-title"
                if self.work.text("language").is_some() =>
            {
                vec![Piece::Marked(Mark::Title, rich::read(value))]
            }
            _ => rich::read(value),
        }
    }

    /// A word of the locale.
    pub fn term(&self, name: &str, form: Form, plural: bool) -> String {
        match self.locale.term(name, form) {
            Some(term) if plural => term.many.clone(),
            Some(term) => term.one.clone(),
            None => String::new(),
        }
    }

    fn number(&mut self, look: &'a Look, variable: &'a str, form: Form) -> Out {
        let value = if self.spent.contains(&variable) { None } else { self.value(variable) };
        let Some(value) = value else { return Out { asked: true, ..Out::default() } };
        self.read.push(variable);
        self.printed = true;
        let gender = self.locale.gender(variable);
        let pages = variable == "page" || variable == "locator";
        let written = if pages && form == Form::Numeric {
            number::pages(&value, self.style.page_range, self.locale)
        } else {
            number::write(&value, form, self.locale, gender)
        };
        let mut pieces = self
            .dress(look, if number::is_numeric(&value) { vec![Piece::Text(written)] } else { rich::read(&written) });
        if variable == "citation-number" {
            pieces = vec![Piece::Marked(Mark::Number, pieces)];
        }
        Out { pieces, asked: true, found: true }
    }

    fn label(&mut self, look: &'a Look, variable: &str, form: Form, plural: Plural) -> Out {
        let Some(value) = self.value(variable).filter(|_| !self.spent.contains(&variable)) else {
            return Out { asked: true, ..Out::default() };
        };
        let name = match (variable, &self.place.locator) {
            ("locator", Some((label, _))) => label.as_str(),
            (other, _) => other,
        };
        let many = match plural {
            Plural::Always => true,
            Plural::Never => false,
            Plural::Contextual if variable.starts_with("number-of-") => {
                value.trim() != "1" && number::is_numeric(&value)
            }
            Plural::Contextual => number::is_plural(&value),
        };
        let words = self.term(name, form, many);
        let pieces = if words.is_empty() { Vec::new() } else { vec![Piece::Text(words)] };
        Out { pieces: self.dress_words(look, pieces), asked: true, found: true }
    }

    /// Whether the titles of the work have English capitals.
    pub fn english(&self) -> bool {
        match self.work.text("language") {
            Some(language) => is_english(language),
            None => is_english(&self.locale.language),
        }
    }

    /// Puts pieces into what a look says: capitals, quotes, face, affixes, block, from the inside out.
    pub fn dress(&self, look: &Look, mut pieces: Vec<Piece>) -> Vec<Piece> {
        if piece::is_empty(&pieces) {
            return Vec::new();
        }
        pieces = self.dress_inside(look, pieces);
        affix(look, pieces)
    }

    /// Puts words of the locale into what a look says: their capitals are those of the locale, whatever the work's
    /// language.
    pub fn dress_words(&self, look: &Look, pieces: Vec<Piece>) -> Vec<Piece> {
        if piece::is_empty(&pieces) {
            return Vec::new();
        }
        let pieces = self.dressed(look, pieces, &self.locale.language, is_english(&self.locale.language));
        affix(look, pieces)
    }

    /// Capitals, quotes and face.
    pub fn dress_inside(&self, look: &Look, pieces: Vec<Piece>) -> Vec<Piece> {
        let language = self.work.text("language").unwrap_or(&self.locale.language);
        self.dressed(look, pieces, language, self.english())
    }

    fn dressed(&self, look: &Look, mut pieces: Vec<Piece>, language: &str, english: bool) -> Vec<Piece> {
        if look.strip_periods {
            strip(&mut pieces);
        }
        if let Some(case) = look.case {
            case::apply(&mut pieces, case, english, language.starts_with("tr"));
        }
        if look.quotes {
            pieces = vec![Piece::Quoted(pieces)];
        }
        faced(&look.faces, pieces)
    }

    /// A label made of the names and the year: "Asth00".
    fn citation_label(&self) -> String {
        if let Some(label) = self.work.text("citation-label") {
            return format!("{label}{}", self.label_letter());
        }
        let names = ["author", "editor", "translator"].iter().find_map(|variable| self.work.names(variable));
        let first = |family: &str, count: usize| -> String {
            family.chars().filter(|letter| letter.is_alphanumeric()).take(count).collect()
        };
        let surname = |at: usize| -> String {
            names
                .and_then(|names| names.get(at))
                .map_or_else(String::new, |name| name.literal.clone().unwrap_or_else(|| name.family.clone()))
        };
        let label = match names.map_or(0, <[_]>::len) {
            0 => first(self.work.text("title").unwrap_or(""), 4),
            1 => first(&surname(0), 4),
            2 => format!("{}{}", first(&surname(0), 2), first(&surname(1), 2)),
            3 => format!("{}{}{}", first(&surname(0), 2), first(&surname(1), 1), first(&surname(2), 1)),
            _ => (0..4).map(|at| first(&surname(at), 1)).collect(),
        };
        let year =
            self.work.date("issued").map_or_else(String::new, |date| format!("{:02}", date.start.year.rem_euclid(100)));
        format!("{label}{year}{}", self.label_letter())
    }

    fn label_letter(&self) -> String {
        if self.own_letter { String::new() } else { self.fix.letter.map(number::letters).unwrap_or_default() }
    }
}

fn is_english(language: &str) -> bool {
    language.to_lowercase().starts_with("en")
}

/// Affixes around pieces, and the block.
pub fn affix(look: &Look, pieces: Vec<Piece>) -> Vec<Piece> {
    if look.prefix.is_empty() && look.suffix.is_empty() && look.display.is_none() {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len() + 2);
    if !look.prefix.is_empty() {
        out.push(Piece::Text(look.prefix.clone()));
    }
    out.extend(pieces);
    if !look.suffix.is_empty() {
        out.push(Piece::Text(look.suffix.clone()));
    }
    match look.display {
        Some(display) => vec![Piece::Block(display, out)],
        None => out,
    }
}

/// Pieces in faces, the first outermost.
pub fn faced(faces: &[Face], pieces: Vec<Piece>) -> Vec<Piece> {
    faces.iter().rev().fold(pieces, |pieces, face| vec![Piece::Styled(*face, pieces)])
}

/// Takes every full stop out.
fn strip(pieces: &mut [Piece]) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => text.retain(|letter| letter != '.'),
            other => {
                if let Some(inside) = other.inside_mut() {
                    strip(inside);
                }
            }
        }
    }
}

/// Whether a variable holds numbers.
pub fn is_number(variable: &str) -> bool {
    NUMBERS.contains(&variable)
}
