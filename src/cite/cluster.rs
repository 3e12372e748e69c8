//! A citation of one or more works: its cites sorted, grouped, collapsed and joined.

use rayon::prelude::*;

use crate::cite::number;
use crate::cite::order;
use crate::cite::piece::{self, Mark, Piece};
use crate::cite::processor::{Likeness, Processor};
use crate::cite::render::{self, Fix, Mode, Place};
use crate::cite::rich;
use crate::cite::style::{Collapse, Position};

/// What an author cites at one place.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Citation {
    pub cites: Vec<Cite>,
    /// The number of the note in which it stands; zero in the text.
    pub note: usize,
    /// Something else stands between it and the citation before, so that "ibid." would not be understood.
    pub breaks: bool,
    pub manner: Manner,
}

/// How the words around deal with a citation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Manner {
    #[default]
    Whole,
    /// The names stand in the text before the citation.
    AuthorInText,
    /// Nothing but the names.
    AuthorOnly,
    /// Inside a sentence of a note: what the style puts around a citation stays away.
    Inside,
}

/// One work of a citation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cite {
    pub work: usize,
    pub prefix: Vec<Piece>,
    pub suffix: Vec<Piece>,
    /// What kind of place, and which.
    pub locator: Option<(String, String)>,
    pub suppress_author: bool,
    /// A position that is given from outside.
    pub forced: Option<(Position, bool)>,
    pub forced_first: Option<usize>,
}

impl Citation {
    /// Whether its author said something between the works ("see A; also B"), or their first one's names stand before
    /// them: no style turns them round.
    fn is_worded(&self) -> bool {
        let worded = |cite: &Cite| !piece::is_empty(&cite.prefix) || !piece::is_empty(&cite.suffix);
        self.cites.first().is_some_and(|first| first.suppress_author) || self.cites.iter().any(worded)
    }
}

/// A cite as it was rendered.
#[derive(Clone, Debug)]
struct Shown {
    cite: usize,
    pieces: Vec<Piece>,
    names: String,
    year: String,
    letter: Option<usize>,
    number: Option<usize>,
    /// Nothing stands in it but its number.
    bare: bool,
}

impl Processor<'_> {
    /// Renders a citation whose cites have these places.
    pub fn citation(&self, citation: &Citation, places: &[Place]) -> Vec<Piece> {
        let part = &self.style.citation;
        let mut order: Vec<usize> = (0..citation.cites.len()).collect();
        if !part.sort.is_empty() && citation.cites.len() > 1 && !citation.is_worded() {
            let mut keyed: Vec<(Vec<order::Value>, usize)> = order
                .iter()
                .map(|at| (self.values(citation.cites[*at].work, &part.sort, &part.names, &places[*at], true), *at))
                .collect();
            keyed.sort_by(|one, other| order::compare(&one.0, &other.0, &part.sort, &self.collation));
            order = keyed.into_iter().map(|(_, at)| at).collect();
        }
        let mut shown: Vec<Shown> = order
            .iter()
            .enumerate()
            .map(|(index, at)| self.cite(citation, *at, &places[*at], citation.cites[*at].suppress_author, index == 0))
            .collect();
        let groups = part.group_delimiter.is_some()
            || matches!(part.collapse, Some(Collapse::Year | Collapse::YearSuffix | Collapse::YearSuffixRanged));
        if groups && !citation.is_worded() {
            shown = grouped(shown);
        }
        let pieces = match part.collapse {
            Some(Collapse::CitationNumber) => self.numbered(citation, &shown),
            Some(_) => self.years(citation, places, shown),
            None => self.plain(citation, shown),
        };
        if piece::is_empty(&pieces) {
            return Vec::new();
        }
        let mut look = part.look.clone();
        match citation.manner {
            Manner::AuthorOnly => look = crate::cite::style::Look::default(),
            Manner::Inside => look = crate::cite::style::Look { faces: look.faces, ..Default::default() },
            Manner::Whole | Manner::AuthorInText => {}
        }
        let mut all = Vec::new();
        if !look.prefix.is_empty() {
            all.push(Piece::Text(look.prefix.clone()));
        }
        all.extend(pieces);
        if !look.suffix.is_empty() {
            all.push(Piece::Text(look.suffix.clone()));
        }
        render::faced(&look.faces, all)
    }

    /// Renders one cite, without what joins it to others.
    fn cite(&self, citation: &Citation, at: usize, place: &Place, without_names: bool, leads: bool) -> Shown {
        let cite = &citation.cites[at];
        let part = &self.style.citation;
        let fix = &self.fixes[cite.work];
        let mut scene = self.scene(cite.work, Mode::Citation, place.clone(), fix, &part.names);
        scene.without_names = without_names;
        let prefix = piece::letters(&cite.prefix);
        let sentence = prefix.trim().contains(' ') && prefix.trim_end().ends_with(['.', '!', '?', '”']);
        scene.opens = self.style.notes && ((leads && prefix.trim().is_empty()) || sentence);
        let out = scene.elements(&part.elements, "");
        let mut pieces = out.pieces;
        if citation.manner == Manner::AuthorOnly {
            pieces = match piece::find(&pieces, Mark::Names) {
                Some(names) => vec![names.clone()],
                None => pieces,
            };
        }
        let of =
            |mark: Mark| piece::find(&pieces, mark).map_or_else(String::new, |found| piece::letters(found.inside()));
        let names = if without_names { self.names_of(cite.work, place) } else { of(Mark::Names) };
        let year = of(Mark::Year);
        let number = self.numbers.get(&cite.work).copied().filter(|_| piece::find(&pieces, Mark::Number).is_some());
        let bare = number.is_some_and(|number| {
            let letters: String = piece::letters(&pieces).chars().filter(|letter| letter.is_alphanumeric()).collect();
            letters == number.to_string()
        });
        Shown {
            cite: at,
            names,
            year,
            letter: fix.letter.filter(|_| piece::find(&pieces, Mark::YearLetter).is_some()),
            number,
            bare: bare && cite.locator.is_none(),
            pieces,
        }
    }

    /// The names that a cite would show first.
    fn names_of(&self, work: usize, place: &Place) -> String {
        let part = &self.style.citation;
        let mut scene = self.scene(work, Mode::Citation, place.clone(), &self.fixes[work], &part.names);
        let out = scene.elements(&part.elements, "");
        piece::find(&out.pieces, Mark::Names).map_or_else(String::new, |found| piece::letters(found.inside()))
    }

    /// A cite with what the author wrote around it.
    fn with_words(&self, citation: &Citation, shown: &Shown) -> Vec<Piece> {
        let cite = &citation.cites[shown.cite];
        let mut out = Vec::new();
        let prefix = piece::letters(&cite.prefix);
        if !prefix.is_empty() {
            out.extend(cite.prefix.iter().cloned());
            if !prefix.ends_with([' ', '\u{a0}', '(', '[', '“', '‘', '/', '—']) && !shown.pieces.is_empty() {
                out.push(Piece::Text(" ".to_owned()));
            }
        }
        if !piece::is_empty(&shown.pieces) {
            out.push(Piece::Marked(Mark::Work(cite.work), shown.pieces.clone()));
        }
        let suffix = piece::letters(&cite.suffix);
        if let Some(first) = suffix.chars().next() {
            if first.is_alphanumeric() || matches!(first, '(' | '[' | '“' | '‘') {
                out.push(Piece::Text(" ".to_owned()));
            }
            out.extend(cite.suffix.iter().cloned());
        }
        out
    }

    /// Cites one after the other.
    fn plain(&self, citation: &Citation, shown: Vec<Shown>) -> Vec<Piece> {
        let part = &self.style.citation;
        let mut out: Vec<Piece> = Vec::new();
        let mut before: Option<&Shown> = None;
        for one in &shown {
            let pieces = self.with_words(citation, one);
            if piece::is_empty(&pieces) {
                continue;
            }
            if let Some(before) = before {
                let together =
                    part.group_delimiter.as_ref().filter(|_| !one.names.is_empty() && one.names == before.names);
                self.delimit(citation, &mut out, one, together.unwrap_or(&part.delimiter));
            }
            out.extend(pieces);
            before = Some(one);
        }
        out
    }

    /// The delimiter before a cite, unless what its author wrote before it begins with a stop of its own.
    fn delimit(&self, citation: &Citation, out: &mut Vec<Piece>, next: &Shown, delimiter: &str) {
        let prefix = piece::letters(&citation.cites[next.cite].prefix);
        let before = piece::letters(out);
        if prefix.starts_with([',', ';', '.']) {
            return;
        }
        if before.ends_with([',', ';']) {
            out.push(Piece::Text(" ".to_owned()));
            return;
        }
        out.push(Piece::Text(delimiter.to_owned()));
    }

    /// Numbers in a row become a range.
    fn numbered(&self, citation: &Citation, shown: &[Shown]) -> Vec<Piece> {
        let part = &self.style.citation;
        let mut out: Vec<Piece> = Vec::new();
        let mut at = 0;
        let mut collapsed = false;
        let plain = |one: &Shown| {
            let cite = &citation.cites[one.cite];
            one.bare && cite.prefix.is_empty() && cite.suffix.is_empty()
        };
        while at < shown.len() {
            let mut end = at;
            while end + 1 < shown.len()
                && plain(&shown[end])
                && plain(&shown[end + 1])
                && shown[end + 1].number == shown[end].number.map(|number| number + 1)
            {
                end += 1;
            }
            let run = end - at >= 2;
            if !out.is_empty() {
                let after = part.after_collapse_delimiter.as_deref().filter(|_| collapsed);
                self.delimit(citation, &mut out, &shown[at], after.unwrap_or(&part.delimiter));
            }
            out.extend(self.with_words(citation, &shown[at]));
            if run {
                out.push(Piece::Text("–".to_owned()));
                out.extend(self.with_words(citation, &shown[end]));
                at = end + 1;
            } else {
                at += 1;
            }
            collapsed = run;
        }
        out
    }

    /// Works of the same names show them once; works of the same year show it once.
    fn years(&self, citation: &Citation, places: &[Place], shown: Vec<Shown>) -> Vec<Piece> {
        let part = &self.style.citation;
        let collapse = part.collapse.unwrap_or(Collapse::Year);
        let group = part.group_delimiter.clone().unwrap_or_else(|| ", ".to_owned());
        let letters = part
            .year_letter_delimiter
            .clone()
            .or_else(|| part.group_delimiter.clone())
            .unwrap_or_else(|| part.delimiter.clone());
        let after = part.after_collapse_delimiter.clone().unwrap_or_else(|| part.delimiter.clone());
        let mut out: Vec<Piece> = Vec::new();
        let mut at = 0;
        let mut collapsed = false;
        let bare = |one: &Shown| {
            let cite = &citation.cites[one.cite];
            cite.locator.is_none() && piece::is_empty(&cite.suffix)
        };
        while at < shown.len() {
            let mut end = at + 1;
            while end < shown.len()
                && shown[end].names == shown[at].names
                && (!shown[at].names.is_empty() || (shown[end].letter.is_some() && shown[end].year == shown[at].year))
                && piece::is_empty(&citation.cites[shown[end].cite].prefix)
            {
                end += 1;
            }
            let run = &shown[at..end];
            if !out.is_empty() {
                self.delimit(citation, &mut out, &shown[at], if collapsed { &after } else { &part.delimiter });
            }
            out.extend(self.with_words(citation, &run[0]));
            let mut index = 1;
            while index < run.len() {
                let (before, one) = (&run[index - 1], &run[index]);
                let same_year = collapse != Collapse::Year
                    && one.letter.is_some()
                    && before.letter.is_some()
                    && one.year == before.year
                    && bare(before)
                    && citation.cites[one.cite].locator.is_none();
                if same_year {
                    // a, b, c: a range when three are in a row.
                    let mut last = index;
                    while collapse == Collapse::YearSuffixRanged
                        && last + 1 < run.len()
                        && run[last + 1].letter == run[last].letter.map(|letter| letter + 1)
                        && run[last + 1].year == one.year
                        && bare(&run[last])
                        && bare(&run[last + 1])
                    {
                        last += 1;
                    }
                    let follows = one.letter == before.letter.map(|letter| letter + 1);
                    if collapse == Collapse::YearSuffixRanged && last > index && follows {
                        out.push(Piece::Text("–".to_owned()));
                        out.extend(self.letter_of(&run[last]));
                        index = last + 1;
                        continue;
                    }
                    out.push(Piece::Text(letters.clone()));
                    let shortened = Shown { pieces: self.letter_of(one), ..one.clone() };
                    out.extend(self.with_words(citation, &shortened));
                    index += 1;
                    continue;
                }
                let with_locator = citation.cites[before.cite].locator.is_some();
                let delimiter =
                    if with_locator && part.group_delimiter.is_none() && part.after_collapse_delimiter.is_some() {
                        &after
                    } else {
                        &group
                    };
                let cite = one.cite;
                let shortened = self.cite(citation, cite, &places[cite], true, false);
                if piece::is_empty(&shortened.pieces) {
                    index += 1;
                    continue;
                }
                out.push(Piece::Text(delimiter.clone()));
                out.extend(self.with_words(citation, &shortened));
                index += 1;
            }
            collapsed = run.len() > 1;
            at = end;
        }
        out
    }

    /// The letter of a cite, as it is set in it.
    fn letter_of(&self, shown: &Shown) -> Vec<Piece> {
        match piece::find(&shown.pieces, Mark::YearLetter) {
            Some(found) => vec![found.clone()],
            None => vec![Piece::Text(shown.letter.map(number::letters).unwrap_or_default())],
        }
    }

    /// What a cite of a work looks like, to see which look alike.
    pub fn alike(&mut self, work: usize, fix: &Fix) -> Likeness {
        if let Some((_, known)) = self.seen[work].iter().find(|(own, _)| own == fix) {
            return known.clone();
        }
        let found = self.likeness(work, fix);
        self.seen[work].push((fix.clone(), found.clone()));
        found
    }

    /// Looks at all listed works as they are now.
    pub fn look_at_all(&mut self) {
        let unseen: Vec<usize> = self
            .listed
            .iter()
            .copied()
            .filter(|work| self.seen[*work].iter().all(|(fix, _)| *fix != self.fixes[*work]))
            .collect();
        let found: Vec<Likeness> = unseen.par_iter().map(|work| self.likeness(*work, &self.fixes[*work])).collect();
        for (work, found) in unseen.into_iter().zip(found) {
            let fix = self.fixes[work].clone();
            self.seen[work].push((fix, found));
        }
    }

    fn likeness(&self, work: usize, fix: &Fix) -> Likeness {
        let part = &self.style.citation;
        let mut place = Place::default();
        if self.again.get(work).copied().unwrap_or(false) {
            place.position = Position::Subsequent;
        }
        let mut scene = self.scene(work, Mode::Citation, place, fix, &part.names);
        scene.reporting = true;
        let out = scene.elements(&part.elements, "");
        let reports = std::mem::take(&mut scene.reports);
        let letters = crate::cite::html::html(&unlettered(&out.pieces));
        Likeness { letters: letters.into(), reports: reports.into() }
    }
}

/// Pieces without the letter after the year and without the number.
fn unlettered(pieces: &[Piece]) -> Vec<Piece> {
    pieces
        .iter()
        .filter(|piece| !matches!(piece, Piece::Marked(Mark::Number | Mark::YearLetter, _)))
        .map(|piece| {
            let mut piece = piece.clone();
            if let Some(inside) = piece.inside_mut() {
                *inside = unlettered(inside);
            }
            piece
        })
        .collect()
}

/// Cites of the same names stand together.
fn grouped(shown: Vec<Shown>) -> Vec<Shown> {
    let mut out: Vec<Shown> = Vec::with_capacity(shown.len());
    for one in shown {
        let at = out.iter().rposition(|other| !one.names.is_empty() && other.names == one.names);
        match at {
            Some(at) => out.insert(at + 1, one),
            None => out.push(one),
        }
    }
    out
}

/// Words of an author as pieces.
pub fn words(text: &str) -> Vec<Piece> {
    rich::read(text)
}
