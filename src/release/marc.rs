//! `marc.xml`: a MARC 21 record of the e-book, as libraries load it.
//!
//! The print's ISBN stands in $z, since libraries merge records by what stands in $a. ISBD's marks stand in the data,
//! as leader/18 `i` says. The language of the record is English, in which its fixed words stand.

use super::codes;
use super::record::{Hand, Record, Work};
use crate::book::BlockKind;
use crate::xml::Markup;

/// How records say in words that mining is reserved.
pub(super) const MINING: &str = "Rights of text and data mining are reserved.";

/// The record in a collection.
pub(super) fn xml(record: &Record<'_>) -> String {
    let mut marc = Marc { xml: Markup::document(), record };
    marc.xml.tag("collection").attr("xmlns", "http://www.loc.gov/MARC21/slim").begin();
    marc.xml.tag("record").begin();
    marc.control();
    marc.numbers();
    marc.subjects_of_schemes();
    let hands: Vec<(&Hand<'_>, &str)> = record.hands.iter().filter_map(|hand| Some((hand, relator(hand)?))).collect();
    let main = hands.iter().position(|(hand, _)| hand.author);
    if let Some((hand, code)) = main.map(|at| hands[at]) {
        marc.name(true, hand, code);
    }
    marc.title(main.is_some());
    marc.publication();
    marc.description();
    marc.terms();
    marc.words();
    for (at, (hand, code)) in hands.into_iter().enumerate() {
        if Some(at) != main {
            marc.name(false, hand, code);
        }
    }
    marc.relations();
    marc.addresses();
    marc.xml.finish()
}

struct Marc<'a> {
    xml: Markup,
    record: &'a Record<'a>,
}

impl Marc<'_> {
    fn fixed(&mut self, tag: &str, text: &str) {
        self.xml.tag("controlfield").attr("tag", tag).open();
        self.xml.text(text);
        self.xml.end();
    }

    /// A field: its tag, two indicators, and the subfields that say something.
    fn field(&mut self, tag: &str, indicators: &str, subfields: &[(&str, &str)]) {
        let mut each = indicators.chars().map(String::from);
        let (one, two) = (each.next().unwrap_or_default(), each.next().unwrap_or_default());
        self.xml.tag("datafield").attr("tag", tag).attr("ind1", &one).attr("ind2", &two).open();
        for (code, text) in subfields {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.is_empty() {
                continue;
            }
            self.xml.tag("subfield").attr("code", code).open();
            self.xml.text(&text);
            self.xml.close();
        }
        self.xml.end();
    }

    fn owner(&self) -> String {
        let record = self.record;
        let said = record.said.record.as_ref().map(|said| said.value.clone());
        said.unwrap_or_else(|| crate::language::slug(record.publisher().unwrap_or_default()))
    }

    fn control(&mut self) {
        let record = self.record;
        self.xml.leaf("leader", "00000nam a2200000 i 4500");
        self.xml.line();
        let edition = record.ebook().map_or("ebook", |made| made.edition.name.as_str());
        self.fixed("001", &format!("{}.{edition}", record.metadata.slug));
        let owner = self.owner();
        self.fixed("003", &owner);
        let stamp = record.moment.map(|moment| moment.digits()).unwrap_or_default();
        self.fixed("005", &format!("{stamp}.0"));
        self.fixed("006", "m     o  d        ");
        self.fixed("007", "cr |||||||||||");
        let entered: String = stamp.chars().skip(2).take(6).collect();
        let year = record.metadata.date.map_or(0, |date| date.year);
        let place = record.place().map_or("xx ", codes::place);
        let figures = record.book.blocks().any(|block| matches!(block.kind, BlockKind::Figure(_)));
        let illustrated = if figures { "a   " } else { "    " };
        let (nature, fiction) = match record.work {
            Work::Report => ("t   ", "0"),
            Work::Book => ("    ", "|"),
        };
        let language = codes::language(&record.metadata.language);
        self.fixed("008", &format!("{entered}s{year:04}    {place}{illustrated} o{nature} 000 {fiction} {language} d"));
    }

    fn numbers(&mut self) {
        let record = self.record;
        if let Some(isbn) = record.isbn_epub() {
            self.field("020", "  ", &[("a", isbn.digits()), ("q", "EPUB")]);
        }
        for (isbn, what) in [(record.isbn_print(), "print"), (record.isbn_pdf(), "PDF")] {
            if let Some(isbn) = isbn {
                self.field("020", "  ", &[("z", isbn.digits()), ("q", what)]);
            }
        }
        if let Some(doi) = record.doi() {
            self.field("024", "7 ", &[("a", doi), ("2", "doi")]);
        }
        let owner = self.owner();
        self.field("040", "  ", &[("a", &owner), ("b", "eng"), ("e", "rda"), ("c", &owner)]);
    }

    fn subjects_of_schemes(&mut self) {
        let record = self.record;
        for code in record.bisac() {
            self.field("072", " 7", &[("a", &code[..3]), ("x", &code[3..]), ("2", "bisacsh")]);
        }
        for code in record.thema() {
            self.field("072", " 7", &[("a", code), ("2", "thema")]);
        }
        let jel = record.jel();
        if !jel.is_empty() {
            let mut subfields: Vec<(&str, &str)> = jel.iter().map(|code| ("a", *code)).collect();
            subfields.push(("2", "jelc"));
            self.field("084", "  ", &subfields);
        }
    }

    fn name(&mut self, main: bool, hand: &Hand<'_>, code: &str) {
        let (tag, indicator) = match (main, hand.name.body) {
            (true, false) => ("100", if hand.name.given.is_some() { "1 " } else { "0 " }),
            (true, true) => ("110", "2 "),
            (false, false) => ("700", if hand.name.given.is_some() { "1 " } else { "0 " }),
            (false, true) => ("710", "2 "),
        };
        let name = if hand.name.body { &hand.name.printed } else { &hand.name.sorted };
        let orcid = hand.person.orcid.as_ref().map(|orcid| format!("https://orcid.org/{orcid}")).unwrap_or_default();
        let term = format!("{}.", term(code));
        self.field(tag, indicator, &[("a", &format!("{name},")), ("e", &term), ("4", code), ("1", &orcid)]);
    }

    fn title(&mut self, main: bool) {
        let record = self.record;
        let skipped = skipped(&record.title, codes::language(&record.metadata.language));
        let indicators = format!("{}{}", if main { '1' } else { '0' }, skipped.min(9));
        let names: Vec<&str> = record.authors().map(|hand| hand.name.printed.as_str()).collect();
        let by = if names.is_empty() { String::new() } else { format!("{}.", names.join(", ").trim_end_matches('.')) };
        let end = if by.is_empty() { "." } else { " /" };
        let (title, subtitle) = match &record.subtitle {
            Some(subtitle) => (format!("{} :", record.title), format!("{subtitle}{end}")),
            None => (format!("{}{end}", record.title), String::new()),
        };
        self.field("245", &indicators, &[("a", &title), ("b", &subtitle), ("c", &by)]);
    }

    fn publication(&mut self) {
        let record = self.record;
        if let Some(number) = &record.said.edition {
            self.field("250", "  ", &[("a", &format!("Edition {}.", number.value))]);
        }
        let place = record.place().unwrap_or("[Place of publication not identified]");
        let year = record.metadata.date.map(|date| date.year.to_string()).unwrap_or_default();
        let house = record.publisher().unwrap_or_default();
        self.field(
            "264",
            " 1",
            &[("a", &format!("{place} :")), ("b", &format!("{house},")), ("c", &format!("{year}."))],
        );
        let extent = match record.pages() {
            Some(pages) => format!("1 online resource ({pages} pages)"),
            None => "1 online resource".to_owned(),
        };
        self.field("300", "  ", &[("a", &extent)]);
        self.field("336", "  ", &[("a", "text"), ("b", "txt"), ("2", "rdacontent")]);
        self.field("337", "  ", &[("a", "computer"), ("b", "c"), ("2", "rdamedia")]);
        self.field("338", "  ", &[("a", "online resource"), ("b", "cr"), ("2", "rdacarrier")]);
    }

    /// How it can be read (341), its file, its series, who may read it, what it is about, how accessible it is.
    fn description(&mut self) {
        let record = self.record;
        let accessibility = record.accessibility();
        if let Some(stated) = accessibility {
            let words = stated.words();
            let of = |visual: bool| {
                words.iter().filter(move |word| (**word == "alternativeText" || **word == "longDescription") == visual)
            };
            for (mode, visual) in [("textual", false), ("visual", true)] {
                let features: Vec<(&str, &str)> = of(visual).map(|word| ("b", *word)).collect();
                if !features.is_empty() {
                    let mut subfields = vec![("a", mode)];
                    subfields.extend(features);
                    subfields.push(("2", "sapdv"));
                    self.field("341", "0 ", &subfields);
                }
            }
        }
        self.field("347", "  ", &[("a", "text file"), ("b", "EPUB"), ("2", "rdaft")]);
        if let Some(series) = &record.metadata.series {
            match &series.number {
                Some(number) => {
                    self.field("490", "1 ", &[("a", &format!("{} ;", series.name)), ("v", number)]);
                }
                None => self.field("490", "1 ", &[("a", &series.name)]),
            }
        }
        if record.is_open() {
            let subfields = [("a", "Open access."), ("f", "Unrestricted online access"), ("2", "star")];
            self.field("506", "0 ", &subfields);
        }
        self.field("520", "  ", &[("a", record.description().unwrap_or_default())]);
        if let Some(stated) = accessibility {
            self.field("532", "1 ", &[("a", &stated.summary)]);
            if let Some((by, Some(on))) = &stated.certified {
                self.field("532", "8 ", &[("a", "EPUB Accessibility 1.1, WCAG 2.2, level AA.")]);
                self.field("532", "8 ", &[("a", &format!("Certified by {by}, {on}."))]);
            }
        }
    }

    fn terms(&mut self) {
        let record = self.record;
        if let Some(licence) = record.open_licence() {
            let short = licence.spdx.replace("CC-", "CC ").replace("-4.0", " 4.0").replace("-3.0", " 3.0");
            let cc = licence.spdx.starts_with("CC-");
            let url = licence.url.clone().unwrap_or_default();
            let (short, scheme) = if cc { (short.as_str(), "cc") } else { ("", "") };
            self.field("540", "  ", &[("a", &licence.name), ("f", short), ("2", scheme), ("u", &url)]);
        } else {
            let year = record.year_of_rights().map(|year| format!("{year} ")).unwrap_or_default();
            let words = format!("© {year}{}", record.holder().or(record.publisher()).unwrap_or_default());
            self.field("540", "  ", &[("a", &words)]);
        }
        if record.said.mining_reserved {
            self.field("540", "  ", &[("a", MINING)]);
        }
        self.field("588", "0 ", &[("a", "Publisher's metadata and the book's own title page.")]);
    }

    fn words(&mut self) {
        for words in self.record.words() {
            self.field("653", " 0", &[("a", words)]);
        }
    }

    fn relations(&mut self) {
        let record = self.record;
        if let Some(isbn) = record.isbn_print() {
            let author = record.authors().next().map(|hand| format!("{}.", hand.name.sorted.trim_end_matches('.')));
            let subfields = [
                ("i", "Print version:"),
                ("a", author.as_deref().unwrap_or_default()),
                ("t", &format!("{}.", record.title)),
                ("z", isbn.digits()),
            ];
            self.field("776", "08", &subfields);
        }
        if let Some(series) = &record.metadata.series {
            let house = record.publisher().unwrap_or_default();
            match &series.number {
                Some(number) => {
                    let name = format!("{} ({house}) ;", series.name);
                    self.field("830", " 0", &[("a", &name), ("v", &format!("{number}."))]);
                }
                None => self.field("830", " 0", &[("a", &format!("{} ({house}).", series.name))]),
            }
        }
    }

    fn addresses(&mut self) {
        let record = self.record;
        let open = if record.is_open() { "0" } else { "1" };
        if let Some(address) = record.address() {
            self.field("856", "40", &[("u", &address), ("7", open)]);
        }
        let file = record.ebook().filter(|_| record.is_open()).and_then(|made| record.at(&made.file));
        if let Some(address) = file {
            let subfields = [("3", "EPUB"), ("u", address.as_str()), ("q", "application/epub+zip"), ("7", open)];
            self.field("856", "40", &subfields);
        }
    }
}

/// The MARC relator of a hand; those whom no library names have none.
fn relator(hand: &Hand<'_>) -> Option<&'static str> {
    Some(match hand.role {
        _ if hand.author => "aut",
        "aut" => "aut",
        "edt" => "edt",
        "trl" => "trl",
        "ill" => "ill",
        "pht" => "pht",
        "aui" => "win",
        "aft" => "aft",
        "bkd" => "bkd",
        "cov" => "cov",
        "com" => "com",
        "nrt" => "nrt",
        "res" => "res",
        "ctb" => "ctb",
        _ => return None,
    })
}

/// The relator's term.
fn term(code: &str) -> &'static str {
    match code {
        "aut" => "author",
        "edt" => "editor",
        "trl" => "translator",
        "ill" => "illustrator",
        "pht" => "photographer",
        "win" => "writer of introduction",
        "aft" => "author of afterword",
        "bkd" => "book designer",
        "cov" => "cover designer",
        "com" => "compiler",
        "nrt" => "narrator",
        "res" => "researcher",
        _ => "contributor",
    }
}

/// How many letters are left out where a title is sorted: signs before it, its article and the space after that.
fn skipped(title: &str, language: &str) -> usize {
    const ARTICLES: [(&str, &[&str]); 5] = [
        ("eng", &["the", "an", "a"]),
        ("fre", &["les", "le", "la", "une", "un", "l'"]),
        ("ger", &["der", "die", "das", "ein", "eine"]),
        ("spa", &["el", "la", "los", "las", "un", "una"]),
        ("ita", &["il", "lo", "la", "gli", "le", "i", "un", "una", "l'"]),
    ];
    let bare = title.trim_start_matches(|c: char| "\"'«»“”‘’„‚([¿¡…— ".contains(c));
    let signs = title.chars().count() - bare.chars().count();
    let lower = bare.to_lowercase().replace('’', "'");
    let articles = ARTICLES.iter().find(|(tongue, _)| *tongue == language).map_or(&[][..], |(_, words)| words);
    let article = articles.iter().find(|word| match word.ends_with('\'') {
        true => lower.starts_with(**word),
        false => lower.strip_prefix(**word).is_some_and(|rest| rest.starts_with(' ')),
    });
    match article {
        Some(word) => signs + word.chars().count() + usize::from(!word.ends_with('\'')),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_skipped_where_a_title_is_sorted() {
        assert_eq!(skipped("The Long Road", "eng"), 4);
        assert_eq!(skipped("“A Night”", "eng"), 3);
        assert_eq!(skipped("L’été", "fre"), 2);
        assert_eq!(skipped("Theory", "eng"), 0);
        assert_eq!(skipped("Die Angst", "eng"), 0);
    }
}
