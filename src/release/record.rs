//! The record: what every format says of a title, settled once from the book and its finished files.

use super::flavour::{Flavour, Free, Leave, Version};
use super::moment::Moment;
use super::names::Name;
use super::{Asked, Entry, Input, Made};
use crate::book::distribution::{Access, Distribution, Price};
use crate::book::metadata::{Isbn, Metadata, Person, Status, Subject};
use crate::book::{Accessibility, Book, plain};
use crate::edition::{Format, Purpose};
use crate::theme::Base;

/// What a work is to who cites it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Work {
    /// A paper in an institute's series.
    Report,
    /// A book.
    Book,
}

/// Somebody with a hand in it.
#[derive(Clone, Debug)]
pub(super) struct Hand<'a> {
    /// Who.
    pub person: &'a Person,
    /// The name.
    pub name: Name,
    /// The MARC code of what they did.
    pub role: &'a str,
    /// Whether they stand among the authors.
    pub author: bool,
}

/// A title, settled.
pub(super) struct Record<'a> {
    pub book: &'a Book,
    pub metadata: &'a Metadata,
    pub said: &'a Distribution,
    pub asked: &'a Asked,
    /// What its record for shops is like.
    pub flavour: Flavour,
    pub made: &'a [Made],
    pub contents: &'a [Entry],
    /// How large the cover beside the files is.
    pub cover_bytes: Option<usize>,
    /// In plain letters.
    pub title: String,
    pub subtitle: Option<String>,
    pub description: Option<String>,
    pub hands: Vec<Hand<'a>>,
    pub work: Work,
    pub access: Access,
    /// When it was last changed, or is said to be sent.
    pub moment: Option<Moment>,
}

impl<'a> Record<'a> {
    pub fn of(input: &'a Input<'a>) -> Record<'a> {
        let book = input.book;
        let metadata = &book.metadata;
        let said = &metadata.distribution;
        let authors = metadata.authors.iter().map(|person| (&person.value, true));
        let others = metadata.contributors.iter().map(|person| (&person.value, false));
        let hand =
            |(person, author): (&'a Person, bool)| Hand { person, name: Name::of(person), role: &person.role, author };
        let report = metadata.series.is_some() && metadata.publisher.is_some() && input.theme.base != Base::Book;
        let date = metadata.revised.or(metadata.date).map(|date| Moment::of(date.value));
        Record {
            book,
            metadata,
            said,
            asked: &input.asked,
            flavour: flavour(&input.asked),
            made: &input.made,
            contents: &input.contents,
            cover_bytes: input.pictures.iter().find(|picture| picture.file == "cover.jpg").map(|p| p.jpeg.len()),
            title: plain(&metadata.title).trim().to_owned(),
            subtitle: metadata.subtitle.as_ref().map(|words| plain(words).trim().to_owned()).filter(|w| !w.is_empty()),
            description: metadata
                .description
                .as_ref()
                .map(|text| without_tags(text.trim()))
                .filter(|text| !text.is_empty()),
            hands: authors.chain(others).map(hand).collect(),
            work: if report { Work::Report } else { Work::Book },
            access: access(metadata),
            moment: input.asked.sent.or(date),
        }
    }

    /// "Old Allies, New Terms: The treaty of 2024".
    pub fn full_title(&self) -> String {
        match &self.subtitle {
            Some(subtitle) => format!("{}: {subtitle}", self.title),
            None => self.title.clone(),
        }
    }

    pub fn authors(&self) -> impl Iterator<Item = &Hand<'a>> {
        self.hands.iter().filter(|hand| hand.author)
    }

    pub fn publisher(&self) -> Option<&'a str> {
        self.metadata.publisher.as_ref().map(|house| house.name.as_str())
    }

    pub fn place(&self) -> Option<&'a str> {
        self.metadata.publisher.as_ref().and_then(|house| house.place.as_deref())
    }

    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    pub fn page(&self) -> Option<&'a str> {
        self.said.page.as_ref().map(|page| page.as_str())
    }

    pub fn doi(&self) -> Option<&'a str> {
        self.metadata.identifiers.doi.as_ref().map(|doi| doi.bare())
    }

    /// Where it can be looked up: its DOI, its page, another address of its own.
    pub fn address(&self) -> Option<String> {
        let ids = &self.metadata.identifiers;
        ids.doi
            .as_ref()
            .map(|doi| doi.url())
            .or_else(|| self.page().map(str::to_owned))
            .or_else(|| ids.uri.as_deref().cloned())
    }

    /// A file's whole address, if the page has one.
    pub fn at(&self, path: &str) -> Option<String> {
        self.page().map(|page| format!("{page}{path}"))
    }

    /// The licence's address, where everybody may read and pass it on.
    pub fn open_licence(&self) -> Option<&'a crate::book::metadata::Licence> {
        self.metadata.rights.as_ref().and_then(|rights| rights.licence.as_ref())
    }

    /// Who an embargo still binds, unless it is asked for.
    pub fn embargoed(&self) -> bool {
        matches!(self.metadata.status, Status::Embargo(_))
    }

    /// Whether a reader may fetch the files.
    pub fn is_open(&self) -> bool {
        self.access == Access::Open && !self.embargoed()
    }

    /// Whether its record for shops leaves something out.
    pub fn leaves(&self, part: Leave) -> bool {
        self.flavour.without.contains(&part)
    }

    /// Whether nothing is asked for it.
    pub fn is_free(&self) -> bool {
        self.said.free || (self.said.prices.is_empty() && self.open_licence().is_some())
    }

    /// The prices of an edition.
    pub fn prices(&self, edition: &str) -> Vec<&'a Price> {
        let of =
            |price: &&'a crate::source::Said<Price>| price.edition.as_ref().is_none_or(|name| name.value == edition);
        self.said.prices.iter().filter(of).map(|price| &price.value).collect()
    }

    /// Codes of a scheme.
    pub fn bisac(&self) -> Vec<&'a str> {
        self.subjects(|subject| if let Subject::Bisac(code) = subject { Some(code) } else { None })
    }

    pub fn thema(&self) -> Vec<&'a str> {
        self.subjects(|subject| if let Subject::Thema(code) = subject { Some(code) } else { None })
    }

    pub fn jel(&self) -> Vec<&'a str> {
        self.subjects(|subject| if let Subject::Jel(code) = subject { Some(code) } else { None })
    }

    /// Headings in words, then keywords, each once.
    pub fn words(&self) -> Vec<&'a str> {
        let mut words = self.subjects(|subject| if let Subject::Words(words) = subject { Some(words) } else { None });
        for keyword in &self.metadata.keywords {
            if !words.contains(&keyword.as_str()) {
                words.push(keyword);
            }
        }
        words
    }

    fn subjects(&self, pick: impl Fn(&'a Subject) -> Option<&'a String>) -> Vec<&'a str> {
        self.metadata.subjects.iter().filter_map(|subject| pick(&subject.value)).map(String::as_str).collect()
    }

    /// The e-book that records mean: the first that is all of it.
    pub fn ebook(&self) -> Option<&'a Made> {
        self.made.iter().find(|made| made.edition.format == Format::Epub && made.is_whole())
    }

    /// The PDF to be read or printed at home.
    pub fn pdf(&self) -> Option<&'a Made> {
        self.made.iter().find(|made| made.edition.format == Format::Pdf && !made.is_press() && made.is_whole())
    }

    /// The pages that a bookseller's copies are printed from.
    pub fn press(&self) -> Option<&'a Made> {
        self.made.iter().find(|made| made.is_press() && made.is_whole())
    }

    /// Pages of the printed book, else of the PDF.
    pub fn pages(&self) -> Option<usize> {
        self.press().or(self.pdf()).and_then(|made| made.pages)
    }

    /// What the e-book says about its accessibility.
    pub fn accessibility(&self) -> Option<&'a Accessibility> {
        self.ebook().and_then(|made| made.accessibility.as_ref())
    }

    pub fn isbn_epub(&self) -> Option<&'a Isbn> {
        let own = self.ebook().and_then(|made| made.edition.isbn.as_ref());
        own.or(self.metadata.identifiers.isbn_epub.as_ref()).map(|isbn| &isbn.value)
    }

    pub fn isbn_print(&self) -> Option<&'a Isbn> {
        let own = self.press().and_then(|made| made.edition.isbn.as_ref());
        own.or(self.metadata.identifiers.isbn_print.as_ref()).map(|isbn| &isbn.value)
    }

    pub fn isbn_pdf(&self) -> Option<&'a Isbn> {
        let own = self.pdf().and_then(|made| made.edition.isbn.as_ref());
        own.or(self.metadata.identifiers.isbn_pdf.as_ref()).map(|isbn| &isbn.value)
    }

    /// The name that a feed knows it by: its ISBN, else its DOI's address, else one that follows from its words.
    pub fn urn(&self) -> String {
        if let Some(isbn) = self.isbn_epub().or(self.isbn_print()).or(self.isbn_pdf()) {
            return format!("urn:isbn:{}", isbn.digits());
        }
        if let Some(doi) = &self.metadata.identifiers.doi {
            return doi.url();
        }
        let authors: Vec<&str> = self.authors().map(|hand| hand.name.printed.as_str()).collect();
        let name = format!("{}|{}|{}", self.publisher().unwrap_or_default(), authors.join("|"), self.full_title());
        let name = self.page().map_or(name, str::to_owned);
        format!("urn:uuid:{}", uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, name.as_bytes()))
    }

    /// The copyright year.
    pub fn year_of_rights(&self) -> Option<String> {
        let said = self.metadata.rights.as_ref().and_then(|rights| rights.year.clone());
        said.or_else(|| self.metadata.date.map(|date| date.year.to_string()))
    }

    pub fn holder(&self) -> Option<&'a str> {
        self.metadata.rights.as_ref().and_then(|rights| rights.holder.as_deref())
    }

    /// The ISSN of the series.
    pub fn issn(&self) -> Option<&'a str> {
        let own = self.metadata.identifiers.issn.as_ref().map(|issn| issn.value.as_str());
        own.or_else(|| self.metadata.series.as_ref().and_then(|series| series.issn.as_deref()))
    }
}

/// The record for shops that is asked for: all of the latest version, if nothing else is said.
fn flavour(asked: &Asked) -> Flavour {
    let whole = Flavour { version: Version::V31, without: &[], free: Free::Unpriced };
    let flavour = asked.receiver.and_then(|receiver| receiver.onix).unwrap_or(whole);
    Flavour { version: asked.onix.unwrap_or(flavour.version), ..flavour }
}

/// A text in which nothing looks like a tag: receivers take `<should>` for one, escaped or not, and leave it out.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '<' if letters.peek().is_some_and(|next| next.is_alphabetic() || *next == '/') => {
                open = true;
                out.push('‹');
            }
            '>' if std::mem::take(&mut open) => out.push('›'),
            other => out.push(other),
        }
    }
    out
}

/// Open where it is said, or where its licence lets everybody pass it on; else for sale.
pub(super) fn access(metadata: &Metadata) -> Access {
    let open = metadata.rights.as_ref().is_some_and(|rights| rights.licence.is_some());
    match &metadata.distribution.access {
        Some(said) => said.value,
        None if open => Access::Open,
        None => Access::Sale,
    }
}

impl Made {
    /// Whether it is all of the book as it is to be read: no proof, no extract, no sheets to fold or cut.
    pub(super) fn is_whole(&self) -> bool {
        let edition = &self.edition;
        edition.stamp.is_none() && edition.sections.is_none() && edition.imposition.is_none()
    }

    /// Whether it goes to a printing service.
    pub(super) fn is_press(&self) -> bool {
        matches!(self.edition.purpose, Purpose::Press(_)) || self.edition.is_wrap()
    }

    /// What kind of file it is.
    pub(super) fn media_type(&self) -> &'static str {
        match self.edition.format {
            Format::Epub => "application/epub+zip",
            Format::Web => "text/html",
            Format::Pdf => "application/pdf",
        }
    }
}
