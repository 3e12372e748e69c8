//! Reads BibTeX and BibLaTeX as they are found: one bad entry never fails a file, and every fault has its place.
//!
//! [`entries`] cuts a file into entries and fields, [`tex`] turns TeX into the letters and the little markup of CSL,
//! [`people`] reads names, [`mapped`] makes a work of an entry. Types and fields become those of CSL as pandoc has
//! them, so that a file gives the same list here and there.

mod entries;
mod mapped;
mod people;
mod signs;
mod tex;
mod words;

use std::collections::BTreeMap;

use self::entries::{Entry, Field};
use crate::cite::found::{Fault, Found};
use crate::source::limits;

/// Reads a file of an English book.
pub fn read(text: &str) -> Found {
    read_as(text, "en")
}

/// Reads a file of a book in a language. Titles that name none are in that of the book: English ones have capitals that
/// styles put down, all others keep theirs.
pub fn read_as(text: &str, language: &str) -> Found {
    let (entries, mut faults) = entries::cut(text);
    if entries.is_empty() && faults.is_empty() {
        let end = text.chars().next().map_or(0, char::len_utf8);
        faults.push(Fault {
            at: 0..end,
            what: "no work stands in this file".to_owned(),
            hint: "works are entries such as `@book{smith2020, title = {…}, date = {2020}}`; export them as BibLaTeX",
            lost: false,
        });
    }
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if by_key.contains_key(&entry.key) {
            faults.push(Fault {
                at: entry.at.clone(),
                what: format!("the key \"{}\" is given twice", entry.key),
                hint: "rename one of the two entries, or delete it",
                lost: true,
            });
        } else {
            by_key.insert(entry.key.clone(), at);
        }
    }
    let mut works = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let kept = by_key.get(&entry.key) == Some(&at);
        if entry.kind == "set" {
            faults.push(Fault {
                at: entry.at.clone(),
                what: format!("\"{}\" is a set of works, which recto does not know", entry.key),
                hint: "cite its works one by one: `[@a; @b]`",
                lost: true,
            });
        }
        if entry.kind == "xdata" || entry.kind == "set" || !kept {
            continue;
        }
        let mut whole = entry.clone();
        inherit(&mut whole, entry, &entries, &by_key, &mut faults, 0);
        works.push((mapped::work(&whole, language, &mut faults), entry.at.clone()));
    }
    faults.sort_by_key(|fault| fault.at.start);
    Found { works, faults }
}

/// Takes from the entries that an entry names what it does not say itself.
fn inherit(
    whole: &mut Entry,
    from: &Entry,
    entries: &[Entry],
    by_key: &BTreeMap<String, usize>,
    faults: &mut Vec<Fault>,
    depth: usize,
) {
    if depth > limits::CROSSREFS {
        return;
    }
    for (name, plain) in [("xdata", true), ("crossref", false)] {
        let Some(field) = from.field(name) else { continue };
        for key in field.value.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            let Some(parent) = by_key.get(key).map(|at| &entries[*at]) else {
                if depth == 0 {
                    faults.push(Fault {
                        at: field.at.clone(),
                        what: format!("`{name}` names \"{key}\", which is no entry of this file"),
                        hint: "put that entry into the file, or take the field out",
                        lost: false,
                    });
                }
                continue;
            };
            if parent.key == from.key {
                continue;
            }
            for field in &parent.fields {
                let name =
                    if plain { Some(field.name.as_str()) } else { inherited(&field.name, &whole.kind, &parent.kind) };
                // Who wrote the book wrote what stands in it, unless the part says otherwise.
                let again = (name == Some("bookauthor")).then_some("author");
                for name in [name, again].into_iter().flatten() {
                    if whole.field(name).is_none() {
                        whole.fields.push(Field { name: name.to_owned(), ..field.clone() });
                    }
                }
            }
            inherit(whole, parent, entries, by_key, faults, depth + 1);
        }
    }
}

/// What a field of a parent is in its child; a title becomes the title of what the child stands in, and that of a work
/// in several volumes the title of the whole. What stands in nothing has the title of its parent: a note on a case.
fn inherited<'n>(name: &'n str, kind: &str, parent: &str) -> Option<&'n str> {
    let volumes = parent.starts_with("mv") && kind != parent;
    let inside = kind.starts_with("in") || kind.starts_with("supp") || kind == "conference";
    let issue = kind == "article" && parent == "periodical";
    match name {
        "title" if volumes => Some("maintitle"),
        "subtitle" if volumes => Some("mainsubtitle"),
        "titleaddon" if volumes => Some("maintitleaddon"),
        "title" if inside => Some("booktitle"),
        "subtitle" if inside => Some("booksubtitle"),
        "titleaddon" if inside => Some("booktitleaddon"),
        "title" if issue => Some("journaltitle"),
        "subtitle" if issue => Some("journalsubtitle"),
        "author" if kind == "inbook" => Some("bookauthor"),
        // What biber keeps back, and what says something of the parent alone.
        "shorttitle" | "sorttitle" | "indextitle" if volumes || inside || issue => None,
        "crossref" | "xdata" | "xref" | "entryset" | "entrysubtype" | "label" | "ids" | "options" | "presort"
        | "sortkey" | "shorthand" | "related" | "keywords" | "abstract" | "pages" => None,
        name => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::work::Work;

    fn one(text: &str) -> Work {
        let found = read(text);
        assert!(found.faults.is_empty(), "{:?}", found.faults);
        found.works.into_iter().next().expect("there is an entry").0
    }

    #[test]
    fn an_entry_is_read_with_its_names_dates_and_markup() {
        let work = one(
            "@book{knuth,\n author = \"D. E. {Knuth} and Ludwig van Beethoven and {{World Bank}} and others\",\n \
             title = {The {TeX}book of {G{\\\"o}del}: \\emph{Fine} Setting},\n year = 1984, month = feb # \"~12\",\n}\n",
        );
        assert_eq!(
            work.text("title"),
            Some(
                "The <span class=\"nocase\">TeX</span>book of <span class=\"nocase\">Gödel</span>: <i>Fine</i> setting"
            )
        );
        let names = work.names("author").expect("it has authors");
        assert_eq!(names[0].family, "Knuth");
        assert_eq!((names[1].dropping.as_str(), names[1].family.as_str()), ("van", "Beethoven"));
        assert_eq!(names[2].literal.as_deref(), Some("World Bank"));
        assert_eq!(names[3].literal.as_deref(), Some("others"));
        let date = work.date("issued").expect("it has a date");
        assert_eq!((date.start.year, date.start.month, date.start.day), (1984, 2, 12));
    }

    #[test]
    fn one_bad_entry_fails_no_file() {
        let text = "@book{a, title = {Open\n\n@book{b, title = {B}, year = 2000}\n@article c, x\n@misc{d title = {D}}\n@book{e, title = {E}, title = {F}}";
        let found = read(text);
        let keys: Vec<&str> = found.works.iter().map(|(work, _)| work.key.as_str()).collect();
        assert!(keys.contains(&"b") && keys.contains(&"d") && keys.contains(&"e"), "{keys:?}");
        assert!(found.faults.len() >= 3, "{:#?}", found.faults);
    }

    #[test]
    fn a_key_may_be_of_several_words() {
        let found = read("@book{odd key , title = {T}, year = 2001}\n@book{c title={C}, year = 2002}");
        let keys: Vec<&str> = found.works.iter().map(|(work, _)| work.key.as_str()).collect();
        assert_eq!((keys.as_slice(), found.faults.len()), (["odd key", "c"].as_slice(), 1), "{:?}", found.faults);
    }

    #[test]
    fn what_an_entry_said_before_it_broke_off_is_kept() {
        let found = read("@book{b, title = {B}, year = 2001");
        assert_eq!(found.works[0].0.text("title"), Some("B"));
        assert_eq!(found.faults.len(), 1, "{:?}", found.faults);
        let page = read("<html>Sign in to export your library</html>");
        assert!(page.works.is_empty() && page.faults[0].what.contains("no work"), "{:?}", page.faults);
    }

    #[test]
    fn strings_and_parents_are_looked_up_wherever_they_stand() {
        let text = "@string{ajps = \"Am. J. Pol. Sci.\"}\n@comment{x}\n@preamble{\"y\"}\n@inbook{c, crossref = {p}, title = {Part}}\n@article{j, journal = ajps # { Extra}, pages = {1--2}, title = {J}, year = 2001}\n@book(p, title = {Whole}, publisher = {U. Press}, year = {1999})\n";
        let found = read(text);
        assert!(found.faults.is_empty(), "{:?}", found.faults);
        let of = |key: &str| {
            found.works.iter().find(|(work, _)| work.key == key).map(|(work, _)| work.clone()).expect("it is there")
        };
        assert_eq!(of("c").text("container-title"), Some("Whole"));
        assert_eq!(of("c").text("publisher"), Some("U. Press"));
        assert_eq!(of("j").text("container-title"), Some("Am. J. Pol. Sci. Extra"));
        assert_eq!(of("j").text("page"), Some("1-2"));
    }

    #[test]
    fn a_particle_is_what_stands_first_in_small_letters_and_a_tilde_may_be_an_accent() {
        let work = one(
            "@book{a, author = {Bakhuizen van den Brink, Jan~Nicolaas and P{\\'e}rez, Bego{\\~n}a and Nguy{\\~{\\^e}}n, Mai and van der Steen, Pieter and La Fontaine, Jean de}, title = {T}}",
        );
        let names = work.names("author").expect("it has authors");
        assert_eq!((names[0].family.as_str(), names[0].given.as_str()), ("Bakhuizen van den Brink", "Jan Nicolaas"));
        assert_eq!(names[1].given, "Begoña");
        assert_eq!(names[2].family, "Nguyễn");
        assert_eq!((names[3].dropping.as_str(), names[3].family.as_str()), ("van der", "Steen"));
        assert_eq!((names[4].given.as_str(), names[4].dropping.as_str()), ("Jean", "de"));
    }

    #[test]
    fn a_note_on_a_case_has_the_title_of_the_case_and_a_part_the_author_of_its_book() {
        let text = "@jurisdiction{case, title = {Jameel v Wall Street}, shorttitle = {Jameel}, date = {2006}}\n\
                    @article{note, author = {Roe, Cy}, journaltitle = {C.L.J.}, crossref = {case}, date = {2007}}\n\
                    @periodical{whole, title = {Annals}, date = {2001}}\n\
                    @article{in, author = {Roe, Cy}, title = {On Piers}, crossref = {whole}}\n\
                    @book{book, author = {Lee, Bo}, title = {Quays}, date = {1999}}\n\
                    @inbook{part, title = {Moles}, crossref = {book}}\n\
                    @commentary{old, author = {Stair}, title = {Institutions}, date = {1681}}\n";
        let found = read(text);
        assert!(found.faults.is_empty(), "{:?}", found.faults);
        let of = |key: &str| {
            found.works.iter().find(|(work, _)| work.key == key).map(|(work, _)| work.clone()).expect("it is there")
        };
        assert_eq!(of("case").text("title"), Some("Jameel v Wall Street"));
        assert_eq!(of("note").text("title"), Some("Jameel v wall street"));
        assert_eq!(of("note").text("title-short"), Some("Jameel"));
        assert_eq!(of("note").text("container-title"), Some("C.L.J."));
        assert_eq!(of("in").text("container-title"), Some("Annals"));
        assert_eq!(of("part").names("author").map(|names| names[0].family.clone()).as_deref(), Some("Lee"));
        assert_eq!(of("part").text("container-title"), Some("Quays"));
        assert_eq!(of("old").kind, "book");
    }

    #[test]
    fn pages_have_no_sign_of_their_own_and_a_bare_address_is_one() {
        let work = one(
            "@misc{a, title = {Day-to-Day Flows of post-Soviet Piers}, pages = {pp. 5--36}, howpublished = {https://quay.example.org/a_b}, year = 2001}",
        );
        assert_eq!(work.text("page"), Some("5-36"));
        assert_eq!(work.text("URL"), Some("https://quay.example.org/a_b"));
        assert_eq!(work.text("note"), None);
        assert_eq!(work.text("title"), Some("Day-to-day flows of post-Soviet piers"));
        let pages =
            |text: &str| one(&format!("@book{{a, title = {{T}}, pages = {{{text}}}}}")).text("page").map(str::to_owned);
        assert_eq!(pages("PP 12").as_deref(), Some("12"));
        let seen = one("@online{a, title = {T}, note = {[Online; accessed 2-May-2023]}, year = 2001}");
        let date = seen.date("accessed").expect("it was seen");
        assert_eq!((date.start.year, date.start.month, date.start.day, seen.text("note")), (2023, 5, 2, None));
        assert_eq!(pages("p12").as_deref(), Some("p12"));
    }

    #[test]
    fn titles_without_a_language_are_in_that_of_the_book() {
        let text = "@phdthesis{a, title = {Die Einordnung Milets in die Siedlungszonen}, school = {U}, year = 1986}\n\
                    @book{b, title = {The Place of Miletus}, langid = {english}, year = 1986}\n";
        let german = read_as(text, "de-AT");
        assert_eq!(german.works[0].0.text("title"), Some("Die Einordnung Milets in die Siedlungszonen"));
        assert_eq!(german.works[0].0.text("genre"), Some("Dissertation"));
        assert_eq!(german.works[1].0.text("title"), Some("The place of miletus"));
        assert_eq!(read(text).works[0].0.text("genre"), Some("PhD thesis"));
    }

    #[test]
    fn dates_are_about_or_some_year_of_ten_or_shown_as_they_are_said() {
        let date = |field: &str| {
            let work = one(&format!("@book{{a, title = {{T}}, {field}}}"));
            work.date("issued").cloned().expect("it has a date")
        };
        assert!(date("date = {1690~}").circa);
        let ten = date("date = {199X}");
        assert_eq!((ten.start.year, ten.end.map(|end| end.year)), (1990, Some(1999)));
        let said = date("year = {ca. 1890}");
        assert_eq!((said.start.year, said.literal.as_deref()), (1890, Some("ca. 1890")));
        let work = one("@book{a, title = {T}, year = 1997, origyear = 1959}");
        assert_eq!(work.date("original-date").map(|date| date.start.year), Some(1959));
    }

    #[test]
    fn formulas_in_titles_slope_and_have_space_around_relations() {
        let title = |written: &str| {
            let work = one(&format!("@book{{a, title = {{{written}}}}}"));
            work.text("title").unwrap_or_default().replace("<span class=\"nocase\">", "").replace("</span>", "")
        };
        assert_eq!(title("On $G(n,m)$"), "On <i>G</i>(<i>n</i>, <i>m</i>)");
        assert_eq!(title("When $n \\to \\infty$ and $\\alpha \\le 1/2$"), "When <i>n</i> → ∞ and α ≤ 1/2");
        assert_eq!(title("$\\mathrm{CO}_2$ at $10^{-6}$"), "CO<sub>2</sub> at 10<sup>−6</sup>");
        assert_eq!(title("Methodology\\hyphen Free Work"), "Methodology-free work");
        assert_eq!(title("A Study: a View"), "A study: A view");
    }

    #[test]
    fn fields_go_where_styles_look_for_them() {
        let of = |text: &str, variable: &str| one(text).text(variable).map(str::to_owned);
        let volume = "@book{a, title = {T}, maintitle = {M}, volume = 7, part = 2, shorttitle = {S}}";
        assert_eq!(of(volume, "volume").as_deref(), Some("7.2"));
        assert_eq!(of(volume, "title-short"), None);
        let journal = "@article{a, title = {T}, journal = {J}, series = {3}, doi = {https://doi.org/10.1/a_b--c}}";
        assert_eq!(of(journal, "collection-title").as_deref(), Some("3rd series"));
        assert_eq!(of(journal, "DOI").as_deref(), Some("10.1/a_b--c"));
        let places = "@inproceedings{a, title = {T}, location = {Kyoto}, address = {New York}}";
        assert_eq!(of(places, "publisher-place").as_deref(), Some("New York"));
        let whole = "@collection{a, title = {T}, booktitle = {T}}";
        assert_eq!(of(whole, "container-title"), None);
        let issue = "@periodical{a, title = {J}, issuetitle = {Special}}";
        assert_eq!(of(issue, "container-title").as_deref(), Some("J"));
        let patent = "@patent{a, title = {T}, location = {countryfr and countryuk}}";
        assert_eq!(of(patent, "jurisdiction").as_deref(), Some("France; United Kingdom"));
        let talk = "@unpublished{a, title = {T}, eventtitle = {Annual Meeting}}";
        assert_eq!((one(talk).kind.as_str(), of(talk, "event-title").as_deref()), ("speech", Some("Annual Meeting")));
        let added = "@book{a, title = {Hong lou meng}, titleaddon = {[Dream]}}";
        assert_eq!(of(added, "title-short").as_deref(), Some("Hong lou meng"));
        let child = "@inbook{a, title = {T}, crossref = {b}}\n@book{b, title = {B}, doi = {10.1/b}}";
        assert_eq!(of(child, "DOI").as_deref(), Some("10.1/b"));
    }

    #[test]
    fn a_part_stands_in_its_volume_and_the_volume_in_the_whole() {
        let text = "@incollection{a, title = {Dickens}, booktitle = {Volume}, volume = 13, crossref = {w}}\n\
                    @inbook{b, title = {Part}, crossref = {v}}\n@book{v, title = {Volume}, crossref = {m}}\n\
                    @mvcollection{w, title = {Whole}, volumes = 14}\n@mvbook{m, title = {Works}}";
        let found = read(text);
        assert!(found.faults.is_empty(), "{:?}", found.faults);
        for (at, whole) in [(0, "Whole"), (1, "Works")] {
            let work = &found.works[at].0;
            assert_eq!((work.text("container-title"), work.text("volume-title")), (Some(whole), Some("Volume")));
        }
        assert_eq!(found.works[2].0.text("title"), Some("Works"));
    }

    #[test]
    fn only_english_titles_are_put_down_and_names_behind_a_hyphen_stay() {
        let title = |fields: &str| {
            let text = format!("@book{{a, title = {{The History of al-Tabari in Post-War d'Azur}}, {fields}}}");
            let work = read(&text).works.remove(0).0;
            (work.text("title").unwrap_or_default().to_owned(), work.text("language").map(str::to_owned))
        };
        let put_down = "The history of al-Tabari in post-war d’Azur";
        let kept = "The History of al-Tabari in Post-War d’Azur";
        let language = |tag: &str| Some(tag.to_owned());
        assert_eq!(title(""), (put_down.to_owned(), None));
        assert_eq!(title("language = {en_US}"), (put_down.to_owned(), language("en-US")));
        assert_eq!(title("language = {eng}"), (put_down.to_owned(), language("en")));
        assert_eq!(title("langid = {catalan}"), (kept.to_owned(), language("ca")));
        assert_eq!(title("language = {ger}"), (kept.to_owned(), language("de-DE")));
        assert_eq!(title("langid = {klingonese}"), (kept.to_owned(), None));
        let found = read("@book{a, title = {T}, langid = {klingonese}}");
        assert!(found.faults[0].what.contains("no language"), "{:?}", found.faults);
    }

    #[test]
    fn a_state_of_publication_is_said_in_words() {
        let state = |word: &str| {
            let work = one(&format!("@article{{a, title = {{T}}, pubstate = {{{word}}}}}"));
            work.text("status").map(str::to_owned)
        };
        let said = ["inpress", "prepublished", "forthcoming", "n.d."].map(state);
        assert_eq!(said.map(Option::unwrap), ["in press", "pre-published", "forthcoming", "n.d."]);
    }

    #[test]
    fn a_body_with_and_in_its_name_is_said() {
        let text = "@phdthesis{a, title = {T}, school = {School of Oriental and African Studies}}";
        let found = read(text);
        assert_eq!(found.works[0].0.text("publisher"), Some("School of Oriental; African Studies"));
        assert!(found.faults[0].what.contains("two names"), "{:?}", found.faults);
        let braced = "@phdthesis{a, title = {T}, school = {{School of Oriental and African Studies}}}";
        assert_eq!(one(braced).text("publisher"), Some("School of Oriental and African Studies"));
    }

    #[test]
    fn a_set_of_works_is_said_where_it_stands() {
        let text = "@set{all, entryset = {a}}\n@book{a, title = {T}}";
        let found = read(text);
        assert_eq!(found.works.len(), 1);
        assert_eq!(&text[found.faults[0].at.clone()], "all");
    }

    #[test]
    fn no_damage_to_a_file_is_a_panic() {
        let text = "\u{feff}@string{a = {b}}\r\n@article{Käse:1, author={d'Arcy, J{\\'e}an and {\\v S}im{\\accent}}, title={On $x^2$ {\\ss} \\url{http://a.b/_}}, date={1999-01/..}, crossref={Käse:1}}\n@x{y,z=\"{\"}";
        let letters: Vec<char> = text.chars().collect();
        for at in 0..letters.len() {
            let cut: String = letters[..at].iter().collect();
            let hole: String =
                letters.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, letter)| letter).collect();
            let twice: String = letters
                .iter()
                .enumerate()
                .flat_map(|(other, letter)| vec![*letter; if other == at { 2 } else { 1 }])
                .collect();
            for text in [cut, hole, twice] {
                read(&text);
            }
        }
    }
}
