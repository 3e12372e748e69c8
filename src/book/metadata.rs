//! What is said once about a book, in types that cannot be wrong.

use std::collections::BTreeMap;

use super::block::Block;
pub use super::date::{Date, Embargo};
use super::distribution::Distribution;
use super::id::AssetId;
use super::inline::Inline;
use super::looked_at::{Answer, Tested};
use crate::language::Language;
use crate::language::hyphenation::Exceptions;
use crate::source::{Said, Span};

/// The settled metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The title.
    pub title: Said<Vec<Inline>>,
    /// The subtitle.
    pub subtitle: Option<Said<Vec<Inline>>>,
    /// The title for running heads and file names.
    pub short_title: Option<Said<Vec<Inline>>>,
    /// The series and the number in it.
    pub series: Option<Said<Series>>,
    /// The language of the text.
    pub language: Language,
    /// When it appeared.
    pub date: Option<Said<Date>>,
    /// When it was revised.
    pub revised: Option<Said<Date>>,
    /// The moment of it, where its hour is given: `2026-05-02T12:30:00Z`.
    pub revised_at: Option<String>,
    /// "2.1", "second edition".
    pub version: Option<Said<String>>,
    /// Draft, embargoed or final.
    pub status: Status,
    /// Where that is said; `None` where nothing is.
    pub status_place: Option<Span>,
    /// Who wrote it, in order.
    pub authors: Vec<Said<Person>>,
    /// Who else had a hand in it.
    pub contributors: Vec<Said<Person>>,
    /// The house.
    pub publisher: Option<Said<Publisher>>,
    /// Numbers that name it.
    pub identifiers: Identifiers,
    /// Whose it is and what may be done with it.
    pub rights: Option<Said<Rights>>,
    /// What it is about, in a few sentences.
    pub description: Option<Said<String>>,
    /// What it is about, in headings of a library or a shop.
    pub subjects: Vec<Said<Subject>>,
    /// What codes of subjects are called.
    pub subject_names: BTreeMap<String, String>,
    /// What it is about, in words to search for.
    pub keywords: Vec<Said<String>>,
    /// The picture of the cover, if there is one, by its path.
    pub cover_image: Option<Said<String>>,
    /// Whose that picture is.
    pub cover_credit: Option<Said<String>>,
    /// Whose views the book holds.
    pub disclaimer: Option<Said<String>>,
    /// What the author says of the accessibility of the e-book.
    pub accessibility: AccessibilityStatement,
    /// What is said for whoever is handed the book.
    pub distribution: Distribution,
    /// Words with their only divisions.
    pub hyphenation: Exceptions,
    /// The stem of the files: ASCII letters, digits, hyphens; never empty.
    pub slug: String,
}

/// A series.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The number in it.
    pub number: Option<String>,
    /// Its ISSN, with its hyphen.
    pub issn: Option<String>,
}

/// Whether the text is final.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// As it is to be read.
    Final,
    /// Still being written: stamped.
    Draft,
    /// Not to be used before a day, or an hour of it: stamped.
    Embargo(Option<Embargo>),
}

/// A person or a body, and what they did.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// As printed.
    pub name: String,
    /// As sorted: "Orwell, George"; an organisation is not turned round.
    pub file_as: Option<String>,
    /// The MARC relator code: `aut`, `edt`, `trl`, `ill` …
    pub role: String,
    /// Where they work.
    pub affiliation: Option<Affiliation>,
    /// A photograph and its alternative text.
    pub photo: Option<(AssetId, Option<String>)>,
    /// About them.
    pub bio: Vec<Block>,
    /// An e-mail address.
    pub email: Option<String>,
    /// A web page.
    pub url: Option<String>,
    /// The ORCID, `0000-0002-1825-0097`.
    pub orcid: Option<String>,
}

/// Where somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// Its name.
    pub name: String,
    /// Its number in the Research Organization Registry, as an address.
    pub ror: Option<String>,
}

/// The house that publishes.
#[derive(Clone, Debug, PartialEq)]
pub struct Publisher {
    /// Its name.
    pub name: String,
    /// Its town.
    pub place: Option<String>,
    /// Its postal address, a line a string.
    pub address: Vec<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its web page.
    pub url: Option<String>,
    /// Its logo and alternative text.
    pub logo: Option<(AssetId, Option<String>)>,
}

/// Numbers that name the book.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Identifiers {
    /// The ISBN of the printed book.
    pub isbn_print: Option<Said<Isbn>>,
    /// The ISBN of the e-book.
    pub isbn_epub: Option<Said<Isbn>>,
    /// The ISBN of the PDF as a file of its own.
    pub isbn_pdf: Option<Said<Isbn>>,
    /// The DOI.
    pub doi: Option<Said<Doi>>,
    /// The ISSN.
    pub issn: Option<Said<String>>,
    /// Another URI.
    pub uri: Option<Said<String>>,
    /// Where they stand.
    pub span: Option<Span>,
}

/// An ISBN with a right check digit, as 13 digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isbn {
    digits: String,
    written: String,
}

impl Isbn {
    /// Reads 10 or 13 digits with hyphens or spaces; ISBN-10 becomes ISBN-13. The error says what is wrong.
    pub fn parse(written: &str) -> Result<Isbn, String> {
        let bare: String = written.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2011}' | '\u{2013}')).collect();
        let values: Option<Vec<u32>> = bare
            .chars()
            .enumerate()
            .map(
                |(at, c)| if at == 9 && bare.len() == 10 && matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10) },
            )
            .collect();
        let values = values.ok_or("an ISBN has digits only")?;
        match values.len() {
            13 => {
                let check = ean_check(&values[..12]);
                if !bare.starts_with("978") && !bare.starts_with("979") {
                    return Err("an ISBN of 13 digits begins with 978 or 979".to_owned());
                }
                if check != values[12] {
                    return Err(format!("its last digit should be {check}"));
                }
                Ok(Isbn { digits: bare, written: written.trim().to_owned() })
            }
            10 => {
                let sum: u32 = values.iter().zip((1..=10).rev()).map(|(value, weight)| value * weight).sum();
                if !sum.is_multiple_of(11) {
                    return Err("its check digit is wrong".to_owned());
                }
                let mut digits = vec![9, 7, 8];
                digits.extend(&values[..9]);
                digits.push(ean_check(&digits));
                let digits: String = digits.iter().map(|digit| char::from(b'0' + *digit as u8)).collect();
                Ok(Isbn { written: digits.clone(), digits })
            }
            count => Err(format!("it has {count} digits, an ISBN has 13")),
        }
    }

    /// Thirteen digits.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// As the author grouped it.
    pub fn written(&self) -> &str {
        &self.written
    }
}

/// The check digit of the first twelve digits of an EAN-13.
fn ean_check(first: &[u32]) -> u32 {
    let sum: u32 = first.iter().enumerate().map(|(at, digit)| digit * if at % 2 == 0 { 1 } else { 3 }).sum();
    (10 - sum % 10) % 10
}

/// A DOI: `10.` a registrant, `/`, a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doi(String);

impl Doi {
    /// Reads `10.1000/182`, also behind `doi:` or `https://doi.org/`.
    pub fn parse(written: &str) -> Result<Doi, String> {
        let bare = written.trim();
        let bare = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "DOI:"]
            .iter()
            .find_map(|prefix| bare.strip_prefix(prefix))
            .unwrap_or(bare)
            .trim();
        let (prefix, name) = bare.split_once('/').ok_or("a DOI has a slash: 10.1000/182")?;
        let registrant = prefix.strip_prefix("10.").ok_or("a DOI begins with 10.")?;
        if registrant.len() < 4 || !registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Err("the part before the slash is 10. and at least four digits".to_owned());
        }
        if name.ends_with('/') {
            return Err("it ends in /, which Crossref refuses".to_owned());
        }
        if name.is_empty() || name.chars().any(char::is_whitespace) {
            return Err("the part after the slash is missing or holds a space".to_owned());
        }
        Ok(Doi(bare.to_owned()))
    }

    /// `10.1000/182`.
    pub fn bare(&self) -> &str {
        &self.0
    }

    /// `https://doi.org/10.1000/182`.
    pub fn url(&self) -> String {
        format!("https://doi.org/{}", self.0)
    }
}

/// Whose the book is.
#[derive(Clone, Debug, PartialEq)]
pub struct Rights {
    /// Who holds the rights.
    pub holder: Option<String>,
    /// Since when.
    pub year: Option<String>,
    /// The licence.
    pub licence: Option<Licence>,
    /// A sentence of the author's own.
    pub statement: Option<String>,
}

/// A licence by its SPDX name, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// `CC-BY-4.0`.
    pub spdx: String,
    /// "Creative Commons Attribution 4.0 International".
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
}

/// What a book is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// In words.
    Words(String),
    /// A BISAC code, `POL011000`.
    Bisac(String),
    /// A Thema code, `JPS`.
    Thema(String),
    /// A code of the Journal of Economic Literature, `F51`.
    Jel(String),
}

impl Subject {
    /// Its code, if it has one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Subject::Words(_) => None,
            Subject::Bisac(code) | Subject::Thema(code) | Subject::Jel(code) => Some(code),
        }
    }
}

/// What the author says of the e-book's accessibility; the features themselves are derived from the content.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AccessibilityStatement {
    /// In words.
    pub summary: Option<String>,
    /// Who certifies that it conforms.
    pub certified_by: Option<String>,
    /// When.
    pub certified_on: Option<Date>,
    /// Where the certifier's report stands.
    pub report: Option<String>,
    /// What people answered.
    pub answers: Vec<Answer>,
    /// What other tools found.
    pub tested: Vec<Tested>,
    /// Why it need not: `eaa-microenterprise` and the like.
    pub exemption: Option<String>,
    /// Where that was written.
    pub span: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isbn_is_held_to_its_check_digit() {
        assert!(Isbn::parse("978-0-306-40615-7").is_ok());
        assert_eq!(Isbn::parse("978-0-306-40615-8").err().as_deref(), Some("its last digit should be 7"));
        assert_eq!(Isbn::parse("0-306-40615-2").map(|isbn| isbn.digits().to_owned()), Ok("9780306406157".to_owned()));
    }
}
