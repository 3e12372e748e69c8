//! An entry of BibTeX or BibLaTeX as a work: types and fields become those of CSL.

use super::entries::{Entry, Field};
use super::people;
use super::tex;
use super::words;
use crate::cite::date::{self, Date, Day};
use crate::cite::found::Fault;
use crate::cite::read_json;
use crate::cite::work::{Value, Work};

/// Fields whose words go straight into a variable of CSL, the first that is there.
const PLAIN: &[(&str, &str)] = &[
    ("volume", "volume"),
    ("edition", "edition"),
    ("volumes", "number-of-volumes"),
    ("pagetotal", "number-of-pages"),
    ("chapter", "chapter-number"),
    ("part", "part-number"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("abstract", "abstract"),
    ("annote", "annote"),
    ("annotation", "annote"),
    ("keywords", "keyword"),
    ("version", "version"),
    ("library", "call-number"),
    ("venue", "event-place"),
    ("origpublisher", "original-publisher"),
    ("origlocation", "original-publisher-place"),
    ("pmid", "PMID"),
    ("pmcid", "PMCID"),
    ("shortjournal", "container-title-short"),
    ("dimensions", "dimensions"),
    ("scale", "scale"),
];

/// Fields that hold names.
const PEOPLE: &[(&str, &str)] = &[
    ("author", "author"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("bookauthor", "container-author"),
    ("director", "director"),
    ("holder", "holder"),
    ("commentator", "commentator"),
];

/// The work of an entry in a book of a language.
pub(super) fn work(entry: &Entry, language: &str, faults: &mut Vec<Fault>) -> Work {
    let work = Work { key: entry.key.clone(), ..Work::default() };
    let book = language.split('-').next().unwrap_or(language);
    let mut maker = Maker { entry, faults, work, english: book == "en", book };
    maker.kind();
    maker.language();
    maker.titles();
    maker.people();
    maker.plain();
    maker.numbers();
    maker.places();
    maker.dates();
    maker.addresses();
    maker.notes();
    let mut work = maker.work;
    read_json::derive(&mut work);
    work
}

struct Maker<'a> {
    entry: &'a Entry,
    faults: &'a mut Vec<Fault>,
    work: Work,
    /// Whether its titles have English capitals.
    english: bool,
    /// The language of the book.
    book: &'a str,
}

impl Maker<'_> {
    fn field(&self, names: &[&str]) -> Option<Field> {
        names.iter().find_map(|name| self.entry.field(name)).filter(|field| !field.value.trim().is_empty()).cloned()
    }

    fn put(&mut self, variable: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.work.fields.entry(variable.to_owned()).or_insert(Value::Text(text));
        }
    }

    /// The words of a field; commands that nobody knows are said.
    fn words(&mut self, field: &Field) -> String {
        let read = tex::read(&field.value);
        self.unknown(&read.unknown, field);
        read.text
    }

    fn title_words(&mut self, field: &Field) -> String {
        let read = tex::title(&field.value);
        self.unknown(&read.unknown, field);
        // Cases, statutes and treaties are names.
        let name = matches!(self.work.kind.as_str(), "legal_case" | "legislation" | "treaty");
        if self.english && !name { tex::sentence_case(&read.text) } else { read.text }
    }

    fn unknown(&mut self, commands: &[String], field: &Field) {
        for command in commands {
            self.faults.push(Fault {
                at: field.at.clone(),
                what: format!(
                    "`{}` of \"{}\" has a command that recto does not know: `\\{command}`",
                    field.name, self.entry.key
                ),
                hint: "its argument is kept as it is; write the letters that it makes",
                lost: false,
            });
        }
    }

    fn kind(&mut self) {
        let subtype = self.field(&["entrysubtype"]).map(|field| field.value.to_lowercase()).unwrap_or_default();
        let whole_issue = self.field(&["issuetitle"]).is_some();
        let heard = self.field(&["eventtitle", "eventdate", "venue"]).is_some();
        let kind = words::kind(&self.entry.kind, &subtype, whole_issue, heard);
        kind.clone_into(&mut self.work.kind);
        let genre = match self.field(&["type"]) {
            Some(field) => match words::genre(field.value.trim(), self.book) {
                Some(genre) => genre.to_owned(),
                None => self.words(&field),
            },
            None => {
                let name = match self.entry.kind.as_str() {
                    "phdthesis" => "phdthesis",
                    "mastersthesis" => "mathesis",
                    _ => "",
                };
                words::genre(name, self.book).unwrap_or_default().to_owned()
            }
        };
        self.put("genre", genre);
    }

    fn language(&mut self) {
        let Some(field) = self.field(&["langid", "hyphenation", "language"]) else { return };
        let written = field.value.trim().replace('_', "-");
        let value = written.to_lowercase();
        let code = value.len() <= 8 && value.split('-').all(|part| !part.is_empty() && part.len() <= 4);
        match words::language(&value).map(str::to_owned).or_else(|| code.then_some(written)) {
            Some(language) => {
                self.english = language.split('-').next() == Some("en");
                self.put("language", language);
            }
            // What has a language that nobody knows keeps its capitals.
            None => {
                self.english = false;
                self.faults.push(Fault {
                    at: field.at.clone(),
                    what: format!("`{}` of \"{}\" is no language that recto knows", field.name, self.entry.key),
                    hint: "write its tag, as in `langid = {pt-BR}`, or the name that babel has for it",
                    lost: false,
                });
            }
        }
    }

    /// A title with its subtitle and what is added.
    fn full(&mut self, names: [&[&str]; 3]) -> String {
        let Some(title) = self.field(names[0]) else { return String::new() };
        let mut out = self.title_words(&title);
        if let Some(sub) = self.field(names[1]) {
            let sub = self.title_words(&sub);
            let joint = if out.ends_with(['?', '!', ':', '.']) { " " } else { ": " };
            out = format!("{out}{joint}{sub}");
        }
        if let Some(added) = self.field(names[2]) {
            let added = self.title_words(&added);
            let joint = if out.ends_with(['?', '!', '.']) { " " } else { ". " };
            out = format!("{out}{joint}{added}");
        }
        out
    }

    fn titles(&mut self) {
        let own = self.full([&["title"], &["subtitle"], &["titleaddon"]]);
        let main = self.full([&["maintitle"], &["mainsubtitle"], &["maintitleaddon"]]);
        let book = self.full([&["booktitle"], &["booksubtitle"], &["booktitleaddon"]]);
        let journal = match self.field(&["journaltitle", "journal"]) {
            Some(title) => {
                // The name of a journal keeps its capitals.
                let mut words = self.words(&title);
                if let Some(sub) = self.field(&["journalsubtitle"]) {
                    words = format!("{words}: {}", self.words(&sub));
                }
                words
            }
            None => String::new(),
        };
        if let Some(issue) = self.field(&["issuetitle"]).filter(|_| self.entry.kind == "periodical") {
            let issue = self.title_words(&issue);
            self.put("title", issue);
            self.put("container-title", own);
            return;
        }
        let within = matches!(self.work.kind.as_str(), "chapter" | "paper-conference" | "entry-encyclopedia");
        // A whole that names itself as a part for its parts (`booktitle` beside `title`) stands in nothing.
        let whole = matches!(self.work.kind.as_str(), "book" | "pamphlet" | "thesis" | "report");
        let main_is_empty = main.is_empty();
        if main_is_empty {
            self.put("title", own.clone());
            self.put("container-title", if book.is_empty() || whole { journal } else { book });
        } else if within {
            self.put("title", own.clone());
            self.put("container-title", main);
            self.put("volume-title", book);
        } else {
            self.put("title", main);
            self.put("volume-title", own.clone());
        }
        if !main_is_empty && !within {
            // What is short stands for the part, and the title is that of the whole.
        } else if let Some(short) = self.field(&["shorttitle"]) {
            let short = self.title_words(&short);
            self.put("title-short", short);
        } else if self.field(&["subtitle", "titleaddon"]).is_some()
            && let Some(title) = self.field(&["title"])
        {
            let short = self.title_words(&title);
            self.put("title-short", short);
        } else if let Some(short) = before_colon(&own) {
            self.put("title-short", short);
        }
        if let Some(series) = self.field(&["series"]) {
            let series = self.series(&series);
            self.put("collection-title", series);
        }
        if let Some(event) = self.field(&["eventtitle"]) {
            let event = self.words(&event);
            self.put("event-title", event);
        }
        if let Some(title) = self.field(&["origtitle"]) {
            let title = self.title_words(&title);
            self.put("original-title", title);
        }
    }

    /// A series; that of a journal is counted ("3") or has a word of BibLaTeX.
    fn series(&mut self, field: &Field) -> String {
        let words = self.title_words(field);
        let journal = self.work.kind.starts_with("article") || self.work.kind == "review";
        match (words.as_str(), words.parse::<u32>()) {
            ("newseries", _) => "new series".to_owned(),
            ("oldseries", _) => "old series".to_owned(),
            (_, Ok(number)) if journal => {
                let end = match (number % 10, number % 100) {
                    (_, 11..=13) => "th",
                    (1, _) => "st",
                    (2, _) => "nd",
                    (3, _) => "rd",
                    _ => "th",
                };
                format!("{number}{end} series")
            }
            _ => words,
        }
    }

    fn people(&mut self) {
        let use_prefix = self
            .field(&["options"])
            .is_some_and(|field| field.value.contains("useprefix") && !field.value.contains("useprefix=false"));
        for (name, variable) in PEOPLE {
            let Some(field) = self.field(&[name]) else { continue };
            let names = people::names(&field.value, use_prefix);
            let variable = match (*name, self.field(&["editortype"]).map(|field| field.value)) {
                ("editor", Some(kind)) if kind == "director" => "director",
                ("editor", Some(kind)) if kind == "compiler" => "compiler",
                _ => variable,
            };
            self.work.fields.insert(variable.to_owned(), Value::Names(names));
        }
        for at in ["editora", "editorb", "editorc"] {
            let Some(field) = self.field(&[at]) else { continue };
            let kind = self.field(&[format!("{at}type").as_str()]).map(|field| field.value).unwrap_or_default();
            let variable = match kind.as_str() {
                "director" | "compiler" => kind,
                _ => "contributor".to_owned(),
            };
            let names = people::names(&field.value, use_prefix);
            self.work.fields.entry(variable).or_insert(Value::Names(names));
        }
    }

    fn plain(&mut self) {
        for (name, variable) in PLAIN {
            if let Some(field) = self.field(&[name]) {
                let words = self.words(&field);
                self.put(variable, words);
            }
        }
        if let Some(field) = self.field(&["pubstate"]) {
            let words = self.words(&field);
            self.put("status", words::state(&words).map_or(words.clone(), str::to_owned));
        }
    }

    /// `number` is an issue, the number of a series, or of a report.
    fn numbers(&mut self) {
        // The second part of the seventh volume is volume 7.2.
        if let (Some(volume), Some(part)) = (self.work.text("volume"), self.work.text("part-number"))
            && volume.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit())
        {
            let joined = format!("{volume}.{part}");
            self.work.fields.insert("volume".to_owned(), Value::Text(joined));
            self.work.fields.remove("part-number");
        }
        if let Some(field) = self.field(&["pages"]) {
            let pages = tex::plain(&field.value.replace("--", "-").replace("-–", "-")).replace(['–', '—'], "-");
            self.put("page", bare_pages(&pages.replace("--", "-")));
        }
        // "Winter" is the name of an issue that no style has a word for.
        if let Some(issue) = self.field(&["issue"]).filter(|issue| issue.value.contains(|c: char| c.is_ascii_digit())) {
            let issue = self.words(&issue);
            self.put("issue", issue);
        }
        let Some(field) = self.field(&["number", "eid"]) else { return };
        let words = self.words(&field);
        let journal =
            self.work.kind.starts_with("article") || matches!(self.work.kind.as_str(), "periodical" | "review");
        let series = self.work.text("collection-title").is_some()
            && matches!(self.work.kind.as_str(), "book" | "chapter" | "paper-conference" | "entry-encyclopedia");
        let variable = match (field.name.as_str(), journal, series) {
            ("eid", true, _) => "number",
            (_, true, _) if self.work.text("issue").is_none() => "issue",
            (_, false, true) => "collection-number",
            _ => "number",
        };
        self.put(variable, words);
        if field.name == "number"
            && journal
            && let Some(eid) = self.field(&["eid"])
        {
            let eid = self.words(&eid);
            self.put("number", eid);
        }
    }

    /// Publishers and places; several are parted by "and".
    fn places(&mut self) {
        for (names, variable) in [
            (["school", "institution", "organization", "howpublished", "publisher"], "publisher"),
            // Where both are given, `location` is where people met.
            (["address", "location", "", "", ""], "publisher-place"),
        ] {
            let mut all = Vec::new();
            for name in names {
                let Some(field) = self.field(&[name]) else { continue };
                if variable == "publisher-place" && !all.is_empty() {
                    break;
                }
                // An address is none of a publisher.
                if name == "howpublished" && (field.value.contains("\\url") || field.value.contains("://")) {
                    continue;
                }
                let parts = people::split(&field.value, &[" and "]);
                if parts.len() > 1 && matches!(name, "school" | "institution" | "organization") {
                    self.parted(&field);
                }
                // What publishes and what stands behind it are both said.
                for part in parts {
                    let words = match words::country(part.trim()) {
                        Some(country) => country.to_owned(),
                        None => tex::read(part.trim()).text,
                    };
                    if !words.is_empty() && !all.contains(&words) {
                        all.push(words);
                    }
                }
            }
            // A patent holds in a country.
            let variable =
                if self.work.kind == "patent" && variable == "publisher-place" { "jurisdiction" } else { variable };
            self.put(variable, all.join("; "));
        }
    }

    /// Says that the "and" in the name of a body is read as one between two bodies, as BibLaTeX reads it.
    fn parted(&mut self, field: &Field) {
        self.faults.push(Fault {
            at: field.at.clone(),
            what: format!("`{}` of \"{}\" is read as two names, parted at \"and\"", field.name, self.entry.key),
            hint: "if it is one name, put a second pair of braces around it: `{{School of Arts and Letters}}`",
            lost: false,
        });
    }

    fn dates(&mut self) {
        for (name, variable) in
            [("date", "issued"), ("urldate", "accessed"), ("eventdate", "event-date"), ("origdate", "original-date")]
        {
            // `origyear`, `urlyear`: the names that BibLaTeX gave up.
            let old = name.replace("date", "year");
            let names = if name == "date" { vec![name] } else { vec![name, old.as_str()] };
            let Some(field) = self.field(&names) else { continue };
            // `~` is "about" here, and no tie.
            let bare = field.value.replace(['{', '}'], "");
            let written = tex::plain(&field.value);
            let date = date::edtf(&bare).unwrap_or_else(|| Date::read(&written));
            if date.literal.is_some() {
                self.faults.push(Fault {
                    at: field.at.clone(),
                    what: format!("`{name}` of \"{}\" is no date: \"{written}\"", self.entry.key),
                    hint: "write year, month and day with hyphens, as in 2019-05-31",
                    lost: false,
                });
            }
            self.work.fields.insert(variable.to_owned(), Value::Date(date));
        }
        if self.work.date("issued").is_none()
            && let Some(year) = self.field(&["year"])
        {
            let written = tex::plain(&year.value);
            let bare = year.value.replace(['{', '}'], "");
            let number = written.trim_start_matches(['c', 'a', '.', ' ']).trim_matches(['[', ']', '(', ')', ' ']);
            let date = match number.parse::<i32>() {
                Ok(year) => {
                    let mut date = Date::on(Day { year, ..Day::default() });
                    self.month(&mut date);
                    // What is said about the year is shown as it is said, and filed by the year.
                    date.literal = (number != written).then_some(written);
                    date
                }
                Err(_) => date::edtf(&bare).unwrap_or(Date { literal: Some(written), ..Date::default() }),
            };
            self.work.fields.insert("issued".to_owned(), Value::Date(date));
        }
    }

    /// The month of a year, with a day if it has one: "may", "5", "July 4", "4~July".
    fn month(&self, date: &mut Date) {
        let number = |text: &str| text.trim().parse::<u8>().ok();
        let mut day = self.field(&["day"]).and_then(|field| number(&field.value)).filter(|day| *day <= 31).unwrap_or(0);
        let Some(field) = self.field(&["month"]) else { return };
        let words = tex::plain(&field.value).replace(['\u{a0}', ',', '.'], " ");
        let mut parts = words.split(['/', '–', '-']);
        let mut one = |text: &str| {
            let mut found = 0;
            for word in text.split_whitespace() {
                match (date::month(word), number(word)) {
                    (Some(month), _) => found = month,
                    (None, Some(value)) if found == 0 && value <= 12 && words.split_whitespace().count() == 1 => {
                        found = value
                    }
                    (None, Some(value)) if value <= 31 => day = value,
                    _ => {}
                }
            }
            found
        };
        date.start.month = parts.next().map_or(0, &mut one);
        if let Some(month) = parts.next().map(&mut one).filter(|month| *month > 0) {
            date.end = Some(Day { year: date.start.year, month, day: 0 });
        }
        date.start.day = if date.start.month > 0 { day } else { 0 };
    }

    fn addresses(&mut self) {
        if let Some(field) = self.field(&["doi"]) {
            let doi = address(&field.value);
            let bare = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"]
                .iter()
                .find_map(|start| doi.strip_prefix(start))
                .unwrap_or(&doi)
                .to_owned();
            self.put("DOI", bare);
        }
        if let Some(field) = self.field(&["url"]) {
            self.put("URL", address(&field.value));
        }
        if let Some(field) = self.field(&["eprint"]) {
            let kind = self
                .field(&["eprinttype", "archiveprefix"])
                .map(|field| field.value.to_lowercase())
                .unwrap_or_default();
            let value = tex::plain(&field.value);
            match kind.as_str() {
                "arxiv" => self.put("URL", format!("https://arxiv.org/abs/{value}")),
                "googlebooks" => self.put("URL", format!("https://books.google.com?id={value}")),
                "hdl" => self.put("URL", format!("https://hdl.handle.net/{value}")),
                "jstor" => self.put("URL", format!("https://www.jstor.org/stable/{value}")),
                "pubmed" => self.put("URL", format!("https://www.ncbi.nlm.nih.gov/pubmed/{value}")),
                _ if value.contains("://") && !self.work.has("DOI") => self.put("URL", value),
                // Styles have no place for the number of an archive that nobody knows.
                _ => {}
            }
        }
    }

    /// What stands in `note`, `howpublished` and `addendum`: an access date and an address among them.
    fn notes(&mut self) {
        let mut left = Vec::new();
        for name in ["howpublished", "note", "addendum"] {
            let Some(field) = self.field(&[name]) else { continue };
            if name == "howpublished" && !field.value.contains("\\url") && !field.value.contains("://") {
                continue;
            }
            // An address in the place of a publisher, as it stands.
            let bare = field.value.trim();
            let address_alone = bare.starts_with("http") && !bare.contains(char::is_whitespace);
            if name == "howpublished" && address_alone && self.work.text("URL").is_none() {
                let url = address(bare);
                self.put("URL", url);
                continue;
            }
            if let Some(at) = field.value.find("\\url{").filter(|_| self.work.text("URL").is_none()) {
                let inner = field.value[at + 5..].split('}').next().unwrap_or("");
                self.put("URL", address(inner));
                if field.value.trim().starts_with("\\url{") {
                    continue;
                }
            }
            let words = self.words(&field);
            // "[Online; accessed 2-May-2023]" is what encyclopaedias on the web hand out.
            let bare = words.trim_start_matches('[').trim_end_matches(']').trim();
            let bare = bare.strip_prefix("Online").map_or(bare, |rest| rest.trim_start_matches([';', ',', ' ']));
            let seen = ["Accessed ", "Accessed: ", "accessed ", "accessed: ", "Retrieved ", "Last accessed "]
                .iter()
                .find_map(|start| bare.strip_prefix(start));
            let date = seen.map(|date| Date::read(&spaced_date(date))).filter(|date| date.literal.is_none());
            match date {
                Some(date) => {
                    self.work.fields.entry("accessed".to_owned()).or_insert(Value::Date(date));
                }
                None => left.push(words),
            }
        }
        self.put("note", left.join(". "));
    }
}

/// Pages without the "pp." that some libraries write before them; a style says it again.
fn bare_pages(pages: &str) -> &str {
    let bare = pages.trim();
    ["pp.", "p.", "pp", "p", "pages", "page"]
        .iter()
        .filter_map(|word| bare.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)))
        .map(|word| &bare[word.len()..])
        .find(|rest| rest.starts_with(|letter: char| letter.is_whitespace() || letter == '\u{a0}'))
        .map_or(bare, str::trim_start)
}

/// A day as [`Date::read`] takes it: "2-May-2023" has spaces.
fn spaced_date(text: &str) -> String {
    let text = text.trim_end_matches('.');
    match text.chars().any(char::is_alphabetic) {
        true => text.replace('-', " "),
        false => text.to_owned(),
    }
}

/// The title before its first colon, with the markup that it opens closed in it.
fn before_colon(title: &str) -> Option<&str> {
    let outside = |short: &&str| {
        let tags = short.matches('<').count();
        tags == 2 * short.matches("</").count()
    };
    title.match_indices(": ").map(|(at, _)| &title[..at]).find(outside)
}

/// An address as it stands, without the braces and the backslashes that TeX wanted.
fn address(value: &str) -> String {
    let bare = value.trim().trim_start_matches("\\url{").trim_matches(['{', '}', '<', '>']);
    let mut out = String::with_capacity(bare.len());
    let mut letters = bare.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(|next| "%#&_~$".contains(*next)) => {}
            '{' | '}' => {}
            letter if letter.is_whitespace() => {}
            other => out.push(other),
        }
    }
    out
}
