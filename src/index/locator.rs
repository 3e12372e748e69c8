//! Locators: places whose pages are known become what stands after an entry.

use std::collections::BTreeMap;

use crate::book::mark::{FigurePages, IndexStyle, Matter, Weight};
use crate::book::{Folio, MarkId, PageIndex};
use crate::language::Language;

/// A place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    /// The mark.
    pub mark: MarkId,
    /// Its page in the file.
    pub page: PageIndex,
    /// What is printed there.
    pub folio: Folio,
    /// The note in which it stands.
    pub note: Option<NoteSpot>,
}

/// A note, as a locator names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct NoteSpot {
    /// Its number.
    pub number: u32,
    /// Its chapter, where another note of the same number stands on the same page.
    pub chapter: Option<String>,
}

/// A place, or a stretch from one to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// Where it is, or begins.
    pub first: Spot,
    /// Where it ends.
    pub last: Option<Spot>,
    /// What it is to the entry.
    pub weight: Weight,
    /// In what it stands, or begins.
    pub matter: Matter,
}

/// How locators are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rules {
    /// The second number of a stretch is shortened (Chicago; English alone).
    pub elide: bool,
    /// So many pages in a row are joined; 0 joins none.
    pub merge: u32,
    /// How the pages of figures and tables are told apart.
    pub figures: FigurePages,
}

impl Rules {
    /// Those of a language.
    pub fn of(language: &Language, style: IndexStyle) -> Rules {
        Rules { elide: language.primary() == "en", merge: style.merge, figures: style.figures }
    }
}

/// One locator.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Locator {
    /// Its parts, in order.
    pub pieces: Vec<Piece>,
    /// Whether it is the chief passage.
    pub chief: bool,
    /// In what it stands, where that is told apart.
    pub matter: Matter,
    /// Whether it is set in italics.
    pub slanted: bool,
}

/// A part of a locator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// What is shown.
    pub text: String,
    /// Where it leads; `None` for what stands between.
    pub mark: Option<MarkId>,
    /// The place, where its page is known.
    pub spot: Option<Spot>,
}

impl Piece {
    fn of(text: String, spot: &Spot) -> Piece {
        Piece { text, mark: Some(spot.mark), spot: Some(spot.clone()) }
    }

    fn between(text: &str) -> Piece {
        Piece { text: text.to_owned(), mark: None, spot: None }
    }
}

impl Locator {
    /// All of it.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// The locators of an entry: in order, each page once, stretches joined.
pub fn locators(stretches: &[Stretch], rules: &Rules) -> Vec<Locator> {
    let mut pages: Vec<Run> = Vec::new();
    let mut notes: Vec<(&Spot, &NoteSpot, bool)> = Vec::new();
    let mut matters: BTreeMap<(PageIndex, Matter), (&Spot, bool)> = BTreeMap::new();
    let apart = |matter: Matter| matter != Matter::Text && rules.figures != FigurePages::Plain;
    for stretch in stretches {
        let chief = stretch.weight == Weight::Main;
        let last = stretch.last.as_ref().filter(|last| last.page != stretch.first.page);
        match (&stretch.first.note, last) {
            (Some(note), None) => notes.push((&stretch.first, note, chief)),
            (None, None) if apart(stretch.matter) => {
                // In italics a figure and a table of one page look alike.
                let alike = rules.figures == FigurePages::Italics && stretch.matter == Matter::Table;
                let matter = if alike { Matter::Figure } else { stretch.matter };
                let known = matters.entry((stretch.first.page, matter)).or_insert((&stretch.first, chief));
                known.1 |= chief;
            }
            (_, last) => {
                let (mut first, mut last) = (&stretch.first, last.unwrap_or(&stretch.first));
                if first.page > last.page {
                    std::mem::swap(&mut first, &mut last);
                }
                pages.push(Run { first, last, chief });
            }
        }
    }
    let mut all: Vec<(PageIndex, u8, Locator)> = Vec::new();
    for pages in joined(pages, rules) {
        all.push((pages.first.page, 0, pages.locator(rules)));
    }
    for ((page, matter), (spot, chief)) in matters {
        all.push((page, if matter == Matter::Figure { 1 } else { 2 }, of_matter(matter, spot, chief, rules)));
    }
    for (page, locator) in of_notes(notes) {
        all.push((page, 3, locator));
    }
    all.sort_by_key(|(page, kind, _)| (*page, *kind));
    all.into_iter().map(|(_, _, locator)| locator).collect()
}

/// Pages in a row.
#[derive(Clone, Copy)]
struct Run<'a> {
    first: &'a Spot,
    last: &'a Spot,
    chief: bool,
}

impl<'a> Run<'a> {
    fn is_one(&self) -> bool {
        self.first.page == self.last.page
    }

    fn holds(&self, page: PageIndex) -> bool {
        self.first.page <= page && page <= self.last.page
    }

    fn locator(&self, rules: &Rules) -> Locator {
        let mut pieces = vec![Piece::of(self.first.folio.to_string(), self.first)];
        if !self.is_one() {
            pieces.push(Piece::between("–"));
            pieces.push(Piece::of(second(self.first.folio, self.last.folio, rules), self.last));
        }
        Locator { pieces, chief: self.chief, ..Locator::default() }
    }
}

/// Pages without those that stand twice: stretches that touch or overlap are one, and a page inside of one goes, unless
/// it is the chief passage and the stretch is not.
fn joined<'a>(mut pages: Vec<Run<'a>>, rules: &Rules) -> Vec<Run<'a>> {
    pages.sort_by_key(|pages| (pages.first.page, pages.last.page));
    let mut stretches: Vec<Run<'a>> = Vec::new();
    for stretch in pages.iter().filter(|pages| !pages.is_one()) {
        match stretches.last_mut() {
            Some(last) if stretch.first.page.0 <= last.last.page.0 + 1 && last.chief == stretch.chief => {
                if stretch.last.page > last.last.page {
                    last.last = stretch.last;
                }
            }
            // Of two that overlap, one of them chief, each stays what it is.
            _ => stretches.push(*stretch),
        }
    }
    let mut singles: Vec<Run<'a>> = Vec::new();
    // Stretches are in order and hold no other of their kind: the one before a page is the last that can hold it.
    let mut at = 0;
    for page in pages.iter().filter(|pages| pages.is_one()) {
        while at < stretches.len() && stretches[at].last.page < page.first.page {
            at += 1;
        }
        let inside = stretches[at..]
            .iter()
            .take_while(|stretch| stretch.first.page <= page.first.page)
            .any(|stretch| stretch.holds(page.first.page) && (stretch.chief || !page.chief));
        if inside {
            continue;
        }
        match singles.last_mut() {
            Some(last) if last.first.page == page.first.page => {
                if page.chief && !last.chief {
                    *last = *page;
                }
            }
            _ => singles.push(*page),
        }
    }
    stretches.extend(in_a_row(singles, rules));
    stretches.sort_by_key(|pages| (pages.first.page, pages.last.page));
    stretches
}

/// Single pages, so many in a row joined as the house wants it.
fn in_a_row<'a>(singles: Vec<Run<'a>>, rules: &Rules) -> Vec<Run<'a>> {
    if rules.merge < 2 {
        return singles;
    }
    let mut out: Vec<Run<'a>> = Vec::new();
    let mut from = 0;
    while from < singles.len() {
        let follows = |at: usize| {
            singles[at].first.page.0 == singles[at - 1].first.page.0 + 1 && singles[at].chief == singles[at - 1].chief
        };
        let mut end = from + 1;
        while end < singles.len() && follows(end) {
            end += 1;
        }
        match end - from >= rules.merge as usize {
            true => out.push(Run { last: singles[end - 1].last, ..singles[from] }),
            false => out.extend(&singles[from..end]),
        }
        from = end;
    }
    out
}

/// The page of a figure or a table: `47f`, or 47 in italics.
fn of_matter(matter: Matter, spot: &Spot, chief: bool, rules: &Rules) -> Locator {
    let sign = match (rules.figures, matter) {
        (FigurePages::Letters, Matter::Figure) => "f",
        (FigurePages::Letters, Matter::Table) => "t",
        (FigurePages::Plain | FigurePages::Italics, _) | (_, Matter::Text) => "",
    };
    let pieces = vec![Piece::of(format!("{}{sign}", spot.folio), spot)];
    Locator { pieces, chief, matter, slanted: rules.figures == FigurePages::Italics }
}

/// The notes of each page: `47n12`, `47nn12–13`, `47nn12, 15`, `234n3 (chap. 5)`.
fn of_notes(mut notes: Vec<(&Spot, &NoteSpot, bool)>) -> Vec<(PageIndex, Locator)> {
    notes.sort_by(|one, other| (one.0.page, one.1).cmp(&(other.0.page, other.1)));
    notes.dedup_by(|next, kept| {
        let same = (next.0.page, next.1) == (kept.0.page, kept.1);
        kept.2 |= same && next.2;
        same
    });
    let mut out: Vec<(PageIndex, Locator)> = Vec::new();
    let mut rest = notes.as_slice();
    while let Some((spot, note, chief)) = rest.first() {
        let together = |other: &(&Spot, &NoteSpot, bool)| {
            other.0.page == spot.page && other.2 == *chief && other.1.chapter.is_none() && note.chapter.is_none()
        };
        let count = rest.iter().take_while(|other| together(other)).count().max(1);
        out.push((spot.page, notes_of_a_page(&rest[..count])));
        rest = &rest[count..];
    }
    out
}

fn notes_of_a_page(notes: &[(&Spot, &NoteSpot, bool)]) -> Locator {
    let (first, note, chief) = notes[0];
    let sign = if notes.len() > 1 { "nn" } else { "n" };
    let chapter = note.chapter.as_ref().map(|chapter| format!(" ({chapter})")).unwrap_or_default();
    let mut pieces = vec![Piece::of(format!("{}{sign}{}{chapter}", first.folio, note.number), first)];
    let mut at = 1;
    while at < notes.len() {
        let mut end = at;
        while end < notes.len() && notes[end].1.number == notes[end - 1].1.number + 1 {
            end += 1;
        }
        // In a row: the last of them; else the next one.
        let (between, shown) = if end > at { ("–", end - 1) } else { (", ", at) };
        pieces.push(Piece::between(between));
        pieces.push(Piece::of(notes[shown].1.number.to_string(), notes[shown].0));
        at = shown + 1;
    }
    Locator { pieces, chief, ..Locator::default() }
}

/// The second number of a stretch, after Chicago (18th edition, 9.63): whole under 100 and from multiples of 100; the
/// part that changes from 101 to 109, 201 to 209 and so on; else two digits, or more where more change.
fn second(first: Folio, last: Folio, rules: &Rules) -> String {
    let (Folio::Arabic(from), Folio::Arabic(to), true) = (first, last, rules.elide) else { return last.to_string() };
    let (from_digits, to_digits) = (from.to_string(), to.to_string());
    if from < 100 || from % 100 == 0 || from_digits.len() != to_digits.len() || to <= from {
        return to_digits;
    }
    let same = from_digits.bytes().zip(to_digits.bytes()).take_while(|(one, other)| one == other).count();
    let changed = to_digits.len() - same;
    let least = if from % 100 < 10 { 1 } else { 2 };
    to_digits[to_digits.len() - changed.max(least)..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: Rules = Rules { elide: true, merge: 0, figures: FigurePages::Plain };

    /// Pages up to 14 are roman, the next is 1.
    fn spot(folio: &str) -> Spot {
        let (folio, note) = match folio.split_once('n') {
            Some((folio, note)) => (folio, Some(NoteSpot { number: note.parse().expect("a number"), chapter: None })),
            None => (folio, None),
        };
        let roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"];
        let (page, folio) = match roman.iter().position(|name| *name == folio) {
            Some(at) => (at as u32, Folio::Roman(at as u32 + 1)),
            None => {
                let number: u32 = folio.parse().expect("a number");
                (number + 13, Folio::Arabic(number))
            }
        };
        Spot { mark: MarkId(0), page: PageIndex(page), folio, note }
    }

    fn stretch(written: &str) -> Stretch {
        let matter = match written.trim_end_matches('!').chars().last() {
            Some('f') => Matter::Figure,
            Some('t') => Matter::Table,
            _ => Matter::Text,
        };
        let written = written.replace(['f', 't'], "");
        let weight = if written.ends_with('!') { Weight::Main } else { Weight::Plain };
        let written = written.trim_end_matches('!');
        match written.split_once('-') {
            Some((first, last)) => Stretch { first: spot(first), last: Some(spot(last)), weight, matter },
            None => Stretch { first: spot(written), last: None, weight, matter },
        }
    }

    fn with(written: &str, rules: Rules) -> String {
        let stretches: Vec<Stretch> = written.split(' ').map(stretch).collect();
        let shown = |locator: Locator| {
            let text = if locator.slanted { format!("/{}/", locator.text()) } else { locator.text() };
            if locator.chief { format!("*{text}*") } else { text }
        };
        locators(&stretches, &rules).into_iter().map(shown).collect::<Vec<_>>().join(", ")
    }

    fn shown(written: &str) -> String {
        with(written, ENGLISH)
    }

    #[test]
    fn pages_stand_in_order_roman_ones_first_and_each_once() {
        assert_eq!(shown("12 3 xii 12 ix"), "ix, xii, 3, 12");
    }

    #[test]
    fn pages_in_a_row_are_kept_apart_since_a_stretch_says_that_the_matter_goes_on() {
        assert_eq!(shown("12 13 14"), "12, 13, 14");
        assert_eq!(shown("12-15"), "12–15");
    }

    #[test]
    fn a_house_may_join_three_in_a_row() {
        let merge = Rules { merge: 3, ..ENGLISH };
        assert_eq!(with("12 13 14 16 17 xiv 1", merge), "xiv, 1, 12–14, 16, 17");
        assert_eq!(with("12 13! 14", merge), "12, *13*, 14");
    }

    #[test]
    fn a_stretch_that_ends_on_its_own_page_is_a_page() {
        assert_eq!(shown("12-12"), "12");
    }

    #[test]
    fn a_page_inside_a_stretch_goes_but_for_the_chief_one() {
        assert_eq!(shown("12-15 13 15 16"), "12–15, 16");
        assert_eq!(shown("12-15 13!"), "12–15, *13*");
        assert_eq!(shown("12-15! 13"), "*12–15*");
    }

    #[test]
    fn stretches_that_touch_or_overlap_are_one() {
        assert_eq!(shown("12-15 15-18"), "12–18");
        assert_eq!(shown("12-15 16-18"), "12–18");
        assert_eq!(shown("12-20 14-16 19-22 30-31"), "12–22, 30–31");
        assert_eq!(shown("xiii-2 2-4"), "xiii–4");
    }

    #[test]
    fn of_equal_pages_the_chief_one_wins() {
        assert_eq!(shown("12 12! 12 14"), "*12*, 14");
    }

    #[test]
    fn the_second_number_is_shortened_in_english_as_chicago_has_it() {
        for (written, expected) in [
            ("3-10", "3–10"),
            ("71-72", "71–72"),
            ("96-117", "96–117"),
            ("100-104", "100–104"),
            ("1100-1113", "1100–1113"),
            ("101-108", "101–8"),
            ("107-108", "107–8"),
            ("505-517", "505–17"),
            ("1002-1006", "1002–6"),
            ("321-328", "321–28"),
            ("498-532", "498–532"),
            ("1087-1089", "1087–89"),
            ("1496-1500", "1496–500"),
            ("11564-11615", "11564–615"),
            ("12991-13001", "12991–3001"),
            ("xi-xiv", "xi–xiv"),
        ] {
            assert_eq!(shown(written), expected);
        }
        assert_eq!(with("321-328", Rules { elide: false, ..ENGLISH }), "321–328");
    }

    #[test]
    fn notes_stand_after_their_page_with_their_numbers() {
        assert_eq!(shown("47n12 47"), "47, 47n12");
        assert_eq!(shown("47n13 47n12"), "47nn12–13");
        assert_eq!(shown("47n12 47n15"), "47nn12, 15");
        assert_eq!(shown("47n12 47n13 47n14 47n20 48n21"), "47nn12–14, 20, 48n21");
        assert_eq!(shown("47n12 47n12"), "47n12");
        assert_eq!(shown("40-50 47n12"), "40–50, 47n12");
    }

    #[test]
    fn pages_of_figures_and_tables_are_told_apart_where_a_house_wants_it() {
        let written = "47f 47 47t 47n2 48f! 48f 40-50 60f-61";
        assert_eq!(shown(written), "40–50, 47n2, *48*, 60–61");
        let letters = Rules { figures: FigurePages::Letters, ..ENGLISH };
        assert_eq!(with(written, letters), "40–50, 47f, 47t, 47n2, *48f*, 60–61");
        let italics = Rules { figures: FigurePages::Italics, ..ENGLISH };
        assert_eq!(with("47f 47 47t 48f!", italics), "47, /47/, */48/*");
    }

    #[test]
    fn a_note_of_a_number_that_stands_twice_on_its_page_names_its_chapter() {
        let mut note = stretch("234n3");
        note.first.note = Some(NoteSpot { number: 3, chapter: Some("chap. 5".to_owned()) });
        let found = locators(&[note], &ENGLISH);
        assert_eq!(found[0].text(), "234n3 (chap. 5)");
    }

    #[test]
    fn both_ends_of_a_stretch_lead_somewhere() {
        let mut stretch = stretch("12-15");
        stretch.last.as_mut().expect("it has an end").mark = MarkId(7);
        let found = locators(&[stretch], &ENGLISH);
        let marks: Vec<Option<u32>> = found[0].pieces.iter().map(|piece| piece.mark.map(|mark| mark.0)).collect();
        assert_eq!(marks, [Some(0), None, Some(7)]);
    }
}
