//! Keys of what a publisher hands on: prices, partners, funders, deposits.

use super::{TEXTS, Table, key, table};
use crate::yaml::table::Takes::{Date, File, List, Map, Or, Text, Word};

pub(in crate::manuscript) static DISTRIBUTION: Table = table(
    "distribution",
    &[
        key("page", Text, "the address of the landing page; it ends in /"),
        key("record", Text, "whose records these are: org.example"),
        key("contact", Text, "an e-mail address"),
        key("accessibility_contact", Text, "an e-mail address for questions about accessibility"),
        key("access", Word(&["open", "sale"]), "open under an open licence, else sale"),
        key("sample", TEXTS, "the sections that all may read of a title for sale: files or kinds"),
        key("price", Word(&["free"]), "says that nothing is asked for it"),
        key("prices", List(&Map(&PRICE)), ""),
        key("territory", TEXTS, "WORLD, or countries by their two letters"),
        key("audience", Word(AUDIENCES), "for whom it is"),
        key("on_sale", Date, "the day from which it is sold"),
        key("repec", Map(&REPEC), "its place in RePEc"),
        key("product_safety", Map(&RESPONSIBLE), "who answers for a printed book in the European Union"),
    ],
);

pub(in crate::manuscript) static PRICE: Table = table(
    "a price",
    &[
        key("amount", Text, "24.00"),
        key("currency", Text, "CAD"),
        key("edition", Text, "the edition that costs it; every one if it is left out"),
        key("territory", TEXTS, "where it holds"),
        key("tax", Word(&["included", "excluded"]), ""),
        key("from", Date, ""),
        key("until", Date, ""),
    ],
);

pub(in crate::manuscript) static REPEC: Table = table(
    "a place in RePEc",
    &[
        key("archive", Text, "the archive's three letters"),
        key("series", Text, "the six letters or digits of the series"),
    ],
);

pub(in crate::manuscript) static SAFETY: Table =
    table("product safety", &[key("eu_responsible", Map(&RESPONSIBLE), "where the publisher is outside the EU")]);

pub(in crate::manuscript) static RESPONSIBLE: Table = table(
    "who is responsible",
    &[
        key("name", Text, ""),
        key("address", TEXTS, "the postal one"),
        key("country", Text, "its two letters"),
        key("email", Text, ""),
    ],
);

pub(in crate::manuscript) static CROSSREF: Table = table(
    "a deposit",
    &[
        key("depositor", Text, "the name that Crossref writes to"),
        key("email", Text, "the address that Crossref writes to"),
        key("registrant", Text, "the member that is responsible; the publisher if it is left out"),
    ],
);

pub(in crate::manuscript) static CORRECTION: Table = table(
    "a correction",
    &[key("date", Date, ""), key("version", Text, ""), key("text", Text, "what was put right, and where")],
);

pub(in crate::manuscript) static TRANSLATION: Table = table(
    "a translation",
    &[key("language", Text, "a tag of BCP 47"), key("title", Text, ""), key("doi", Text, ""), key("url", Text, "")],
);

pub(in crate::manuscript) static PARTNER: Table = table(
    "a partner",
    &[
        key("name", Text, ""),
        key("role", Word(&["co-publisher", "funder"]), ""),
        key("logo", File, ""),
        key("url", Text, ""),
        key("statement", Text, "what it wants to be said"),
    ],
);

pub(in crate::manuscript) static FUNDER: Table = table(
    "a funder",
    &[
        key("funder", Text, "its name"),
        key("ror", Text, "its number in the Research Organization Registry"),
        key("award", Text, "the number of the award"),
        key("statement", Text, "what it wants to be said"),
    ],
);

/// What a paper says of its money.
pub(super) const FUNDING: crate::yaml::table::Takes = Or(&[Text, Word(&["false"]), List(&Or(&[Text, Map(&FUNDER)]))]);

/// For whom a book is.
pub(in crate::manuscript) const AUDIENCES: &[&str] = &["general", "children", "professional", "scholarly"];
/// How copies are bound.
pub(in crate::manuscript) const BINDINGS: &[&str] = &["paperback", "hardback", "stapled", "spiral"];
