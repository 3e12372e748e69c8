//! Renders names: their order, particles, initials, "and", "et al.", labels, and what stands in for them.

use crate::cite::piece::{self, Mark, Piece};
use crate::cite::render::{Mode, Out, Scene, SetReport, affix};
use crate::cite::style::*;
use crate::cite::work::Name;
use crate::language::capital;

/// One list of names, as it is to be written.
struct List<'n> {
    names: &'n [Name],
    /// Others follow whom nobody named.
    more: bool,
    options: NameOptions,
    shown: usize,
    levels: Vec<u8>,
}

impl<'a> Scene<'a> {
    /// Renders the names of an element, or what stands in for them.
    pub fn names(&mut self, element: &'a Names) -> Out {
        let lender = self.lent.last().copied();
        // Inside a substitute an element without looks of its own has those of the names that it stands in for.
        let looks = match lender {
            Some(lender) if !element.has_name && element.label.is_none() && element.et_al.is_none() => lender,
            _ => element,
        };
        let first = !self.named && self.mode != Mode::Sort;
        let mut out = self.all_names(element, looks);
        if piece::is_empty(&out.pieces) && !element.substitute.is_empty() && !out.found {
            self.lent.push(element);
            for stand_in in &element.substitute {
                let read = std::mem::take(&mut self.read);
                let one = self.element(stand_in);
                let used = std::mem::replace(&mut self.read, read);
                if !piece::is_empty(&one.pieces) {
                    self.spent.extend(used);
                    out = Out { pieces: one.pieces, asked: true, found: true };
                    break;
                }
            }
            self.lent.pop();
            out.pieces = self.dress(&element.look, out.pieces);
            if lender.is_none() && first && !piece::is_empty(&out.pieces) {
                self.named = true;
                out.pieces = if self.without_names { Vec::new() } else { vec![Piece::Marked(Mark::Names, out.pieces)] };
            }
            return out;
        }
        out.pieces = self.dress(&element.look, out.pieces);
        if lender.is_none() && first && !piece::is_empty(&out.pieces) {
            self.named = true;
            out.pieces = if self.without_names { Vec::new() } else { vec![Piece::Marked(Mark::Names, out.pieces)] };
        }
        out
    }

    fn all_names(&mut self, element: &'a Names, looks: &'a Names) -> Out {
        let mut out = Out { asked: true, ..Out::default() };
        let work = self.work;
        let mut variables: Vec<(&'a str, &str)> =
            element.variables.iter().map(|name| (name.as_str(), name.as_str())).collect();
        // One person who edits and translates is said once.
        let has = |name: &str| element.variables.iter().any(|own| own == name);
        if has("editor")
            && has("translator")
            && work.names("editor").is_some()
            && work.names("editor") == work.names("translator")
        {
            let merged = if self.locale.term("editortranslator", Form::Long).is_some() {
                "editortranslator"
            } else {
                "editor-translator"
            };
            if self.locale.term(merged, Form::Long).is_some_and(|term| !term.one.is_empty()) {
                variables.retain(|(name, _)| *name != "translator");
                variables.iter_mut().filter(|(name, _)| *name == "editor").for_each(|one| one.1 = merged);
            }
        }
        let options = self.key.over(&looks.options.over(&self.names));
        let mut count = 0;
        let counting = options.form == Some(Form::Count);
        let mut groups: Vec<Vec<Piece>> = Vec::new();
        for (variable, label) in variables {
            if self.spent.contains(&variable) {
                continue;
            }
            let Some(names) = work.names(variable) else { continue };
            self.read.push(variable);
            self.printed = true;
            out.found = true;
            let list = self.list(names, options.clone());
            if counting {
                count += list.shown;
                continue;
            }
            let pieces = self.write(&list, looks);
            let pieces = self.labelled(pieces, looks, label, names.len());
            if !piece::is_empty(&pieces) {
                groups.push(pieces);
            }
        }
        if counting {
            if count > 0 {
                out.pieces.push(Piece::Text(if self.mode == Mode::Sort {
                    format!("{count:05}")
                } else {
                    count.to_string()
                }));
            }
            return out;
        }
        let delimiter = looks
            .delimiter
            .clone()
            .or_else(|| options.names_delimiter.as_deref().map(str::to_owned))
            .unwrap_or_default();
        for (at, group) in groups.into_iter().enumerate() {
            if at > 0 && !delimiter.is_empty() {
                out.pieces.push(Piece::Text(delimiter.clone()));
            }
            out.pieces.extend(group);
        }
        out
    }

    /// Settles how many of the names are shown, and how much of each.
    fn list<'n>(&mut self, names: &'n [Name], options: NameOptions) -> List<'n> {
        // "and others" is said as "et al."
        let (names, more) = match names {
            [named @ .., last] if !named.is_empty() && last.literal.as_deref() == Some("others") => (named, true),
            all => (all, false),
        };
        let again = self.place.position != Position::First && self.mode == Mode::Citation;
        let least = options.et_al_min_again.filter(|_| again).or(options.et_al_min).unwrap_or(0);
        let first = options.et_al_first_again.filter(|_| again).or(options.et_al_first).unwrap_or(names.len());
        // Others are one name more, at least.
        let all = names.len() + usize::from(more);
        let mut shown = if least > 0 && all >= least && first < names.len() { first } else { names.len() };
        let short = options.form == Some(Form::Short);
        let initials = options.initialize_with.is_some() && options.initialize != Some(false);
        let base = match (short, initials) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let mut levels = vec![base; names.len()];
        let set = self.sets;
        if self.mode != Mode::Sort {
            if let Some(fix) = self.fix.sets.get(set) {
                shown = shown.max(fix.shown.min(names.len()));
                for (level, wanted) in levels.iter_mut().zip(&fix.levels) {
                    *level = (*level).max(*wanted);
                }
            }
            self.sets += 1;
            if self.reporting {
                self.reports.push(SetReport {
                    names: names.to_vec(),
                    shown,
                    levels: levels.clone(),
                    most: 2,
                    initials: options.initialize_with.is_some(),
                });
            }
        }
        List { names, more, options, shown, levels }
    }

    /// Writes a list of names.
    fn write(&self, list: &List<'_>, looks: &'a Names) -> Vec<Piece> {
        let options = &list.options;
        let delimiter = options.delimiter.as_deref().unwrap_or(", ").to_owned();
        let total = list.names.len();
        let cut = list.shown < total || list.more;
        let inverted = |at: usize| {
            let wanted = match options.sort_order {
                Some(SortOrder::All) => true,
                Some(SortOrder::First) => at == 0,
                None => self.mode == Mode::Sort,
            };
            wanted && options.form != Some(Form::Short) && list.names[at].literal.is_none()
        };
        let mut pieces: Vec<Piece> = Vec::new();
        let last_too =
            cut && !list.more && options.et_al_last == Some(true) && total >= list.shown + 2 && list.shown > 0;
        for at in 0..list.shown {
            let name = Piece::Marked(Mark::Name, self.one(&list.names[at], at, list, looks, inverted(at)));
            if at > 0 {
                let last = at + 1 == list.shown && !cut;
                let and = match options.and.filter(|_| last) {
                    Some(And::Text) => Some(self.term("and", Form::Long, false)),
                    Some(And::Symbol) => Some(match self.term("and", Form::Symbol, false) {
                        word if word.is_empty() || word == self.term("and", Form::Long, false) => "&".to_owned(),
                        word => word,
                    }),
                    None => None,
                };
                match and {
                    Some(and) => {
                        let comma = match options.precedes_last {
                            Some(Precedes::Always) => true,
                            Some(Precedes::Never) => false,
                            Some(Precedes::AfterInverted) => inverted(at - 1),
                            Some(Precedes::Contextual) | None => list.shown > 2,
                        };
                        pieces.push(Piece::Text(if comma { delimiter.clone() } else { " ".to_owned() }));
                        pieces.push(Piece::Text(format!("{and} ")));
                    }
                    None => pieces.push(Piece::Text(delimiter.clone())),
                }
            }
            pieces.push(name);
        }
        if last_too {
            pieces.push(Piece::Text(delimiter.clone()));
            pieces.push(Piece::Text("… ".to_owned()));
            let at = total - 1;
            pieces.push(Piece::Marked(Mark::Name, self.one(&list.names[at], at, list, looks, inverted(at))));
        } else if cut && list.shown > 0 && self.mode != Mode::Sort {
            let (term, look) = match &looks.et_al {
                Some((term, look)) => (term.as_str(), look.clone()),
                None => ("et-al", Look::default()),
            };
            let words = self.term(term, Form::Long, false);
            if !words.is_empty() {
                let comma = match options.precedes_et_al {
                    Some(Precedes::Always) => true,
                    Some(Precedes::Never) => false,
                    Some(Precedes::AfterInverted) => inverted(list.shown - 1),
                    Some(Precedes::Contextual) | None => list.shown > 1,
                };
                pieces.push(Piece::Text(if comma { delimiter.clone() } else { " ".to_owned() }));
                pieces.extend(self.dress_words(&look, vec![Piece::Text(words)]));
            }
        }
        pieces
    }

    /// The label of a list of names, before or behind them.
    fn labelled(&self, mut pieces: Vec<Piece>, looks: &'a Names, variable: &str, count: usize) -> Vec<Piece> {
        let Some((look, form, plural)) = &looks.label else { return pieces };
        if self.mode == Mode::Sort || piece::is_empty(&pieces) {
            return pieces;
        }
        let many = match plural {
            Plural::Always => true,
            Plural::Never => false,
            Plural::Contextual => count > 1,
        };
        let words = self.term(variable, *form, many);
        if words.is_empty() {
            return pieces;
        }
        let label = self.dress_words(look, vec![Piece::Text(words)]);
        if looks.label_first {
            let mut out = label;
            out.extend(pieces);
            out
        } else {
            pieces.extend(label);
            pieces
        }
    }

    /// Writes one name.
    fn one(&self, name: &Name, at: usize, list: &List<'_>, looks: &'a Names, inverted: bool) -> Vec<Piece> {
        let options = &list.options;
        let family_look = looks.family.as_ref();
        let given_look = looks.given.as_ref();
        let family = |words: &str| self.part(family_look, words);
        let pieces = if let Some(literal) = &name.literal {
            family(literal)
        } else {
            self.person(name, list.levels[at], inverted, options, family_look, given_look)
        };
        self.dress(&looks.name, pieces)
    }

    /// A part of a name, with its look.
    fn part(&self, look: Option<&Look>, words: &str) -> Vec<Piece> {
        if words.is_empty() {
            return Vec::new();
        }
        let pieces = crate::cite::rich::read(words);
        match look {
            Some(look) => self.dress(look, pieces),
            None => pieces,
        }
    }

    fn person(
        &self,
        name: &Name,
        level: u8,
        inverted: bool,
        options: &NameOptions,
        family_look: Option<&Look>,
        given_look: Option<&Look>,
    ) -> Vec<Piece> {
        let given = self.given(name, level, options);
        let family = name.family.clone();
        // Names in Han, kana or Hangul run together, the surname first.
        if !is_western(name) {
            let mut out = self.part(family_look, &family);
            if level > 0 {
                out.extend(self.part(given_look, &given));
            }
            return out;
        }
        let plain = |look: Option<&Look>| {
            look.map(|look| Look { prefix: String::new(), suffix: String::new(), ..look.clone() })
        };
        let (family_plain, given_plain) = (plain(family_look), plain(given_look));
        let whole_family = |with_particle: bool| {
            let mut words: Vec<Vec<Piece>> = Vec::new();
            if with_particle && !name.non_dropping.is_empty() {
                words.push(self.part(family_plain.as_ref(), &name.non_dropping));
            }
            let surname = self.part(family_plain.as_ref(), &family);
            if !piece::is_empty(&surname) {
                words.push(surname);
            }
            let pieces = spaced(words);
            match family_look {
                Some(look) if !piece::is_empty(&pieces) => affix(look, pieces),
                _ => pieces,
            }
        };
        let with_affixes = |pieces: Vec<Piece>| match given_look {
            Some(look) if !piece::is_empty(&pieces) => affix(look, pieces),
            _ => pieces,
        };
        if level == 0 {
            return whole_family(true);
        }
        let given_part = self.part(given_plain.as_ref(), &given);
        let dropping = self.part(given_plain.as_ref(), &name.dropping);
        if family.is_empty() {
            return with_affixes(spaced(vec![given_part, dropping]));
        }
        if inverted && !name.static_order {
            let demoted = match self.style.demote {
                Demote::Never => false,
                Demote::SortOnly => self.mode == Mode::Sort,
                Demote::DisplayAndSort => true,
            };
            let mut behind = vec![given_part, dropping];
            if demoted && !name.non_dropping.is_empty() {
                behind.push(self.part(family_plain.as_ref(), &name.non_dropping));
            }
            let separator = options.sort_separator.as_deref().unwrap_or(", ").to_owned();
            let separator = if self.mode == Mode::Sort { " ".to_owned() } else { separator };
            let mut out = whole_family(!demoted);
            let behind = with_affixes(spaced(behind));
            if !piece::is_empty(&behind) {
                out.push(Piece::Text(separator.clone()));
                out.extend(behind);
            }
            if !name.suffix.is_empty() {
                out.push(Piece::Text(separator));
                out.extend(crate::cite::rich::read(&name.suffix));
            }
            return out;
        }
        if name.static_order {
            return spaced(vec![whole_family(true), with_affixes(spaced(vec![given_part, dropping]))]);
        }
        let mut behind = spaced(vec![
            dropping,
            self.part(family_plain.as_ref(), &name.non_dropping),
            self.part(family_plain.as_ref(), &family),
        ]);
        if !name.suffix.is_empty() {
            behind.push(Piece::Text(if name.comma_suffix { ", " } else { " " }.to_owned()));
            behind.extend(crate::cite::rich::read(&name.suffix));
        }
        if let Some(look) = family_look {
            behind = affix(look, behind);
        }
        spaced(vec![with_affixes(given_part), behind])
    }

    /// The given name, as initials where they are asked for.
    fn given(&self, name: &Name, level: u8, options: &NameOptions) -> String {
        let Some(with) = &options.initialize_with else { return name.given.clone() };
        // One who has no surname is called by the given name; names of the East are never cut.
        if name.family.is_empty()
            || !is_western(name)
            || level >= 2 && options.form == Some(Form::Short)
            || (level >= 2 && options.initialize != Some(false))
        {
            return name.given.clone();
        }
        initials(&name.given, with, options.initialize != Some(false), self.style.initialize_with_hyphen)
    }
}

/// Parts of a name with spaces between them, but not behind an apostrophe or a hyphen.
fn spaced(parts: Vec<Vec<Piece>>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for part in parts.into_iter().filter(|part| !piece::is_empty(part)) {
        if !out.is_empty() {
            let before = piece::letters(&out);
            let joins = before.ends_with(['’', '\'', '-', '–', ' ', '\u{a0}']) && !before.ends_with("de’");
            if !joins {
                out.push(Piece::Text(" ".to_owned()));
            }
        }
        out.extend(part);
    }
    out
}

/// Whether a name is written with letters of the West: Latin, Greek, Cyrillic, and what else has spaces between names.
fn is_western(name: &Name) -> bool {
    let eastern = |letter: char| matches!(u32::from(letter), 0x1100..=0x11ff | 0x2e80..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x20000..=0x3ffff);
    let mut letters = name.family.chars().chain(name.given.chars()).filter(|letter| letter.is_alphabetic()).peekable();
    letters.peek().is_none() || !letters.all(eastern)
}

/// The initials of given names: "John R." with ". " is "J. R."; names in small letters stay words.
pub fn initials(given: &str, with: &str, make: bool, hyphens: bool) -> String {
    let mut out = String::new();
    let spaced: Vec<&str> = given.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    for word in spaced {
        // "J.R." is two names.
        let mut parts: Vec<(String, bool)> = Vec::new();
        let mut part = String::new();
        let mut hyphened = false;
        for letter in word.chars() {
            match letter {
                '.' => {
                    if !part.is_empty() {
                        part.push('.');
                        parts.push((std::mem::take(&mut part), hyphened));
                        hyphened = false;
                    }
                }
                '-' | '‐' | '\u{2011}' => {
                    if !part.is_empty() {
                        parts.push((std::mem::take(&mut part), hyphened));
                    }
                    hyphened = true;
                }
                _ => part.push(letter),
            }
        }
        if !part.is_empty() {
            parts.push((part, hyphened));
        }
        for (part, hyphened) in parts {
            let bare = part.trim_end_matches('.');
            let first = bare.chars().find(|letter| letter.is_alphanumeric()).or_else(|| bare.chars().next());
            let Some(first) = first else { continue };
            let dotted = part.ends_with('.');
            let is_initial = bare.chars().count() == 1
                || (dotted && bare.chars().count() <= 3 && bare.chars().skip(1).all(char::is_lowercase));
            if first.is_lowercase() && hyphened && make {
                continue;
            }
            if first.is_lowercase() && !hyphened && !dotted {
                space(&mut out);
                out.push_str(bare);
                out.push(' ');
                continue;
            }
            let shouted = dotted && bare.chars().all(char::is_uppercase);
            if !make && !shouted && !(is_initial && (dotted || bare.chars().count() == 1)) {
                space(&mut out);
                if hyphened {
                    while out.ends_with(' ') {
                        out.pop();
                    }
                    out.push('-');
                }
                out.push_str(&part);
                out.push(' ');
                continue;
            }
            if hyphened {
                while out.ends_with([' ', '\u{a0}']) {
                    out.pop();
                }
                if hyphens {
                    out.push('-');
                }
            }
            let letters = if (dotted && bare.chars().count() > 1) || (!make && shouted) {
                bare.to_owned()
            } else {
                capital(first)
            };
            out.push_str(&letters);
            out.push_str(with);
        }
    }
    out.trim_end_matches([' ', '\u{a0}']).to_owned()
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '\u{a0}']) {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_become_initials() {
        assert_eq!(initials("John Ronald Reuel", ".", true, true), "J.R.R.");
        assert_eq!(initials("John R.", ". ", true, true), "J. R.");
        assert_eq!(initials("Jean-Luc", ".", true, true), "J.-L.");
        assert_eq!(initials("Jean-Luc", ".", true, false), "J.L.");
        assert_eq!(initials("M.E", ". ", true, true), "M. E.");
        assert_eq!(initials("Walter", " ", true, true), "W");
        assert_eq!(initials("John R", ". ", false, true), "John R.");
    }

    #[test]
    fn names_of_the_east_are_never_cut() {
        let name = |family: &str, given: &str| Name { family: family.into(), given: given.into(), ..Name::default() };
        assert!(!is_western(&name("김", "민수")));
        assert!(!is_western(&name("王", "大明")));
        assert!(is_western(&name("Иванов", "Пётр")));
    }
}
