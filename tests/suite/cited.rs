//! Lists of works and styles that somebody damaged: read, and set to work as far as they go, without a panic.

use recto::cite::cluster::{Citation, Cite};
use recto::cite::join::{Signs, join};
use recto::cite::places::places;
use recto::cite::processor::Processor;
use recto::cite::style::Style;
use recto::cite::work::Work;
use recto::cite::{bibtex, read_json, read_style, shipped};

use crate::dice::{Dice, rounds};

const BIB: &str = "@string{q = \"Quay\"}\n@book{a, author = {van der {Q}uay, Ann and d'Arcy, J{\\'e}an and others}, title = {Br{\\\"u}cken: \\emph{On} $x^2$}, date = {1999-12/2000-02}, langid = {german}, crossref = {p}}\n@article{b, author = {Lee, Bob}, title = {On \\enquote{Tolls}}, journal = q # { Journal}, pages = {10--20, e3}, year = 1984, month = jul # \"~4\", note = {Accessed 3 March 2016}, howpublished = {\\url{https://a.org/x_y}}}\n@collection(p, editor = {{Port of Alder}}, title = {Whole}, publisher = {A and B}, year = {c. 1690})\n";
const JSON: &str = r#"[{"id": "a", "type": "book", "title": "Salt <i>and</i> “Brine”", "author": [{"family": "van Quay", "given": "Ann, Jr."}, {"literal": "Port"}], "issued": {"date-parts": [["1980", 2], [1981]]}, "note": "original-date: 1970\nwords"}, {"id": 7, "type": "article-journal", "issued": {"raw": "2001-05/2002"}, "page": "1-2", "volume": "IV", "accessed": {"season": 2, "circa": true}}]"#;

/// A text with some of its letters gone, doubled, or from elsewhere in it.
fn damaged(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=dice.throw(6) {
        let at = dice.throw(letters.len());
        let length = 1 + dice.throw(12);
        let end = (at + length).min(letters.len());
        match dice.throw(4) {
            0 => drop(letters.drain(at..end)),
            1 => {
                let other = letters[at..end].to_vec();
                let to = dice.throw(letters.len());
                letters.splice(to..to, other);
            }
            2 => letters[at] = *dice.pick(&['{', '}', '"', '<', '>', '\\', ',', '@', '[', ']', '0', 'é', ' ']),
            _ => letters.swap(at, end - 1),
        }
        if letters.is_empty() {
            letters.push('x');
        }
    }
    letters.into_iter().collect()
}

/// Cites every work twice, in a note each, and lists them.
fn cite(style: &Style, works: &[Work]) -> usize {
    let locale = shipped::locale("en-US", style);
    let order: Vec<usize> = (0..works.len()).collect();
    let one = |note: usize, work: usize| Citation {
        cites: vec![Cite { work, locator: Some(("page".to_owned(), "3-5".to_owned())), ..Cite::default() }],
        note,
        ..Citation::default()
    };
    let citations: Vec<Citation> =
        order.iter().chain(&order).enumerate().map(|(at, work)| one(at + 1, *work)).collect();
    let placed = places(&citations, 5);
    let processor = Processor::new(style, &locale, works, &order, vec![true; works.len()]);
    let signs = Signs::of(&locale);
    let cited = citations.iter().zip(&placed).map(|(one, places)| join(&processor.citation(one, places), &signs));
    let listed = processor.entries().into_iter().map(|entry| join(&entry.pieces, &signs));
    cited.chain(listed).map(|pieces| pieces.len()).sum()
}

fn styles() -> Vec<Style> {
    let names = ["chicago-notes", "apa", "ieee", "mla"];
    let read = |name: &&str| match read_style::style(&shipped::style(name).expect("recto carries it")) {
        Ok(read_style::Read::Style(style)) => *style,
        other => panic!("{other:?}"),
    };
    names.iter().map(read).collect()
}

#[test]
fn damaged_lists_of_works_are_cited_as_far_as_they_go() {
    let styles = styles();
    let mut dice = Dice::seeded(15);
    let mut found = 0;
    for round in 0..rounds(120) {
        let text = damaged(if round % 2 == 0 { BIB } else { JSON }, &mut dice);
        let read = if round % 2 == 0 { bibtex::read(&text) } else { read_json::read(&text) };
        for fault in &read.faults {
            assert!(text.get(fault.at.clone()).is_some(), "a fault stands at no letters: {fault:?}\n{text}");
        }
        assert!(read.works.iter().all(|(_, at)| text.get(at.clone()).is_some()), "{text}");
        let works: Vec<Work> = read.works.into_iter().map(|(work, _)| work).collect();
        found += works.len();
        cite(dice.pick(&styles), &works);
    }
    assert!(found > 60, "{found} works were left to cite");
}

#[test]
fn a_damaged_style_is_a_fault_or_is_set_to_work() {
    let works: Vec<Work> = bibtex::read(BIB).works.into_iter().map(|(work, _)| work).collect();
    let mut dice = Dice::seeded(16);
    let mut worked = 0;
    for _ in 0..rounds(60) {
        let name = *dice.pick(&["ieee", "vancouver", "harvard"]);
        let text = damaged(&shipped::style(name).expect("recto carries it"), &mut dice);
        if let Ok(read_style::Read::Style(style)) = read_style::style(&text) {
            worked += 1;
            cite(&style, &works);
        }
    }
    assert!(worked > 3, "{worked} styles could be read");
}

/// Fifty thousand with `RECTO_ROUNDS=25`.
#[test]
fn a_list_of_thousands_of_works_is_read_whole() {
    let count = usize::try_from(rounds(2_000)).expect("it fits");
    let entry = |at: usize| {
        format!(
            "@article{{key{at},\n  author = {{Quay, Ann and van der Lee, B{{\\\"o}}b}},\n  title = {{On the {{T}}olls of {at} Bridges}},\n  journal = {{Journal of Quays}}, volume = {{{at}}}, pages = {{1--9}}, year = 2001\n}}\n\n"
        )
    };
    let text: String = (0..count).map(entry).collect();
    let found = bibtex::read(&text);
    assert_eq!((found.works.len(), found.faults.len()), (count, 0));
}
