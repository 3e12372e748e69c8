//! What a publisher says for whoever is handed the book: shops, libraries, registries of DOIs, readers of its page.
//!
//! Nothing here can be derived from the text; all that can be (pages, sizes, contents, accessibility) never stands here.

use super::date::Date;
use super::id::AssetId;
use crate::language::Language;
use crate::source::{Said, Span};
use crate::units::Length;

/// All of it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Distribution {
    /// The number of the edition.
    pub edition: Option<Said<u16>>,
    /// What was put right since it appeared, in order.
    pub corrections: Vec<Correction>,
    /// The same work in other languages.
    pub translations: Vec<Translation>,
    /// Houses that publish or pay with the publisher.
    pub partners: Vec<Partner>,
    /// Who paid, where it is said one by one.
    pub funders: Vec<Funder>,
    /// Who paid, in words.
    pub funding: Option<String>,
    /// What to read next: title and address.
    pub related: Vec<(String, Option<String>)>,
    /// How it is cited, in the author's words: `None` is recto's own.
    pub how_to_cite: Option<String>,
    /// The lines of a library's cataloguing in publication, as given.
    pub cataloguing: Vec<String>,
    /// Whether the holder keeps text and data mining to themselves.
    pub mining_reserved: bool,
    /// Who answers for the safety of a printed book in the European Union.
    pub responsible: Option<Responsible>,
    /// The address of the landing page; it ends in `/`.
    pub page: Option<Said<String>>,
    /// Whose records these are: `org.example`.
    pub record: Option<Said<String>>,
    /// Who answers for them, by e-mail.
    pub contact: Option<Said<String>>,
    /// Who answers questions about accessibility, by e-mail.
    pub accessibility_contact: Option<Said<String>>,
    /// Open to all or for sale, where it is said.
    pub access: Option<Said<Access>>,
    /// The sections that all may read of a title for sale.
    pub sample: Vec<Said<String>>,
    /// `price: free`.
    pub free: bool,
    /// What it costs, and where.
    pub prices: Vec<Said<Price>>,
    /// Where it may be sold: `WORLD` or countries.
    pub territory: Vec<String>,
    /// For whom it is.
    pub audience: Option<Audience>,
    /// The day from which it is sold.
    pub on_sale: Option<Said<Date>>,
    /// Its place in RePEc.
    pub repec: Option<Said<Repec>>,
    /// Who deposits its DOI.
    pub deposit: Option<Said<Deposit>>,
    /// Where the mapping stands.
    pub span: Option<Span>,
}

/// Who may read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Everybody.
    Open,
    /// Who paid.
    Sale,
}

/// For whom a book is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// Everybody.
    General,
    /// Children and young people.
    Children,
    /// Who works in the trade that it is about.
    Professional,
    /// Scholars and students.
    Scholarly,
}

/// What was put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// When.
    pub date: Option<Date>,
    /// In which version.
    pub version: Option<String>,
    /// What.
    pub text: String,
}

/// The same work in another language.
#[derive(Clone, Debug, PartialEq)]
pub struct Translation {
    /// Which.
    pub language: Language,
    /// Its title.
    pub title: Option<String>,
    /// Its DOI, bare.
    pub doi: Option<String>,
    /// Where it is.
    pub url: Option<String>,
}

/// A house beside the publisher.
#[derive(Clone, Debug, PartialEq)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// Whether it paid rather than published.
    pub funder: bool,
    /// Its logo and alternative text.
    pub logo: Option<(AssetId, Option<String>)>,
    /// Its page.
    pub url: Option<String>,
    /// What it wants to be said.
    pub statement: Option<String>,
}

/// Who paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Funder {
    /// Its name.
    pub name: String,
    /// Its number in the Research Organization Registry, as an address.
    pub ror: Option<String>,
    /// The number of the award.
    pub award: Option<String>,
    /// What it wants to be said.
    pub statement: Option<String>,
}

/// A name with its postal and electronic address.
#[derive(Clone, Debug, PartialEq)]
pub struct Responsible {
    /// The name.
    pub name: String,
    /// The postal address.
    pub address: String,
    /// Its country, in two letters.
    pub country: Option<String>,
    /// The e-mail address.
    pub email: String,
}

/// A price.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// The edition that costs it; `None` is every edition.
    pub edition: Option<Said<String>>,
    /// `CAD`.
    pub currency: String,
    /// `24.00`: a decimal above nothing.
    pub amount: String,
    /// Where it holds; empty is wherever the book may be sold.
    pub territory: Vec<String>,
    /// Whether a tax is in it, where that is said.
    pub taxed: Option<bool>,
    /// From which day.
    pub from: Option<Date>,
    /// To which day.
    pub until: Option<Date>,
}

/// An archive and a series of RePEc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repec {
    /// Three letters.
    pub archive: String,
    /// Six letters or digits.
    pub series: String,
}

/// Who deposits a DOI with Crossref.
#[derive(Clone, Debug, PartialEq)]
pub struct Deposit {
    /// The name that Crossref writes to.
    pub depositor: Option<String>,
    /// The e-mail address that it writes to.
    pub email: Option<String>,
    /// The member that is responsible.
    pub registrant: Option<String>,
}

/// How the copies of an edition are bound, and what they weigh.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Bound {
    /// The binding.
    pub binding: Option<Binding>,
    /// In grams.
    pub weight: Option<u32>,
    /// From cover to cover.
    pub thickness: Option<Length>,
}

/// A binding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    /// Glued, in a cover of card.
    Paperback,
    /// In boards.
    Hardback,
    /// Stapled through the fold.
    Stapled,
    /// On a spiral.
    Spiral,
}
