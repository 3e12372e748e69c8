//! What a publisher hands on, as written: prices, partners, funders, corrections, deposits, each fault at its key.

use std::collections::BTreeSet;

use super::affiliations::ror;
use super::keys::distribution as table;
use super::values::{bad_language, date, email, one_of};
use super::written::{WrittenDistribution, WrittenPartner};
use crate::book::distribution::{
    Access, Audience, Binding, Bound, Correction, Deposit, Distribution, Funder, Price, Repec, Responsible, Translation,
};
use crate::book::metadata::Doi;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::source::{Said, Span};
use crate::units::Length;
use crate::yaml::{Fields, Kind, Node, Written};

/// Reads all keys of the metadata that are for who is handed the book.
pub(super) fn read(fields: &Fields<'_>, d: &mut Diagnostics) -> WrittenDistribution {
    let mut typed = Distribution {
        edition: edition_number(fields, d),
        corrections: items(fields.take("corrections")).filter_map(|item| correction(item, d)).collect(),
        translations: items(fields.take("translations")).filter_map(|item| translation(item, d)).collect(),
        cataloguing: lines(fields, "cataloguing", d),
        ..Distribution::default()
    };
    if let Some(inner) = fields.take("distribution").and_then(|node| Fields::of(node, &table::DISTRIBUTION, d)) {
        distribution(&inner, &mut typed, d);
        inner.finish(d);
    }
    if let Some(inner) = fields.take("product_safety").and_then(|node| Fields::of(node, &table::SAFETY, d)) {
        typed.responsible = inner.take("eu_responsible").and_then(|node| responsible(node, d)).or(typed.responsible);
        inner.finish(d);
    }
    typed.deposit = fields.take("crossref").and_then(|node| deposit(node, d));
    let (funding, funders) = funding(fields, d);
    typed.funders = funders;
    let partners = items(fields.take("partners")).filter_map(|item| partner(item, d)).collect();
    WrittenDistribution { typed, partners, funding }
}

/// A list's items; one thing is a list of one.
pub(super) fn items(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    let found: &[Node] = match node {
        None => &[],
        Some(node) => match &node.kind {
            Kind::List(items) => items,
            _ => std::slice::from_ref(node),
        },
    };
    found.iter()
}

/// Lines of a text or of a list of texts.
fn lines(fields: &Fields<'_>, key: &'static str, d: &mut Diagnostics) -> Vec<String> {
    let texts = fields.texts(key, false, d);
    texts.iter().flat_map(|text| text.text.lines().map(|line| line.trim_end().to_owned())).collect()
}

fn edition_number(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<Said<u16>> {
    let written = fields.text("edition", d)?;
    let digits: String = written.text.chars().take_while(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(number) if number > 0 => Some(Said::new(number, written.span)),
        _ => {
            let message = format!("\"{}\" is not the number of an edition", written.text);
            let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span);
            d.report(said.hint("write `edition: 2`; words go into `version`"));
            None
        }
    }
}

fn correction(item: &Node, d: &mut Diagnostics) -> Option<Correction> {
    if let Some(text) = item.text() {
        return Some(Correction { date: None, version: None, text: text.trim().to_owned() });
    }
    let inner = Fields::of(item, &table::CORRECTION, d)?;
    let date = date(&inner, "date", d).map(|date| date.value);
    let version = inner.text("version", d).map(|written| written.text);
    let text = inner.text("text", d).map(|written| written.text);
    inner.finish(d);
    if text.is_none() {
        missing(item.span, "this correction does not say what was put right", "write `text: …`", d);
    }
    Some(Correction { date, version, text: text? })
}

fn translation(item: &Node, d: &mut Diagnostics) -> Option<Translation> {
    let inner = Fields::of(item, &table::TRANSLATION, d)?;
    let language = inner.text("language", d);
    let title = inner.text("title", d).map(|written| written.text);
    let doi = inner.text("doi", d).and_then(|written| match Doi::parse(&written.text) {
        Ok(doi) => Some(doi.bare().to_owned()),
        Err(why) => {
            let message = format!("\"{}\" is not a DOI: {why}", written.text);
            d.report(Diagnostic::new(&lints::BAD_DOI, message).at(written.span).hint("write it bare: 10.1000/182"));
            None
        }
    });
    let url = inner.text("url", d).and_then(|written| address(&written, d)).map(|url| url.value);
    inner.finish(d);
    let Some(language) = language else {
        missing(item.span, "this translation does not say its language", "write `language: fr`", d);
        return None;
    };
    match Language::parse(&language.text) {
        Some(language) => Some(Translation { language, title, doi, url }),
        None => {
            d.report(bad_language(&language));
            None
        }
    }
}

fn partner(item: &Node, d: &mut Diagnostics) -> Option<WrittenPartner> {
    if let Some(text) = item.text() {
        let name = Written { text: text.trim().to_owned(), span: item.span };
        return Some(WrittenPartner { name, funder: false, logo: None, url: None, statement: None });
    }
    let inner = Fields::of(item, &table::PARTNER, d)?;
    let name = inner.text("name", d);
    let role = inner.text("role", d);
    if let Some(role) = role.as_ref().filter(|role| !["co-publisher", "funder"].contains(&role.text.as_str())) {
        one_of("role", &role.text, &["co-publisher", "funder"], role.span, d);
    }
    let logo = inner.text("logo", d);
    let url = inner.text("url", d).and_then(|written| address(&written, d)).map(|url| url.value);
    let statement = inner.text("statement", d);
    inner.finish(d);
    if name.is_none() {
        missing(item.span, "this partner has no name", "write `name: …`", d);
    }
    Some(WrittenPartner { name: name?, funder: role.is_some_and(|role| role.text == "funder"), logo, url, statement })
}

/// Who paid: in words, or one by one; then the words are theirs.
fn funding(fields: &Fields<'_>, d: &mut Diagnostics) -> (Option<Written>, Vec<Funder>) {
    let Some(node) = fields.take("funding") else { return (None, Vec::new()) };
    if node.truth().is_some() {
        return (None, Vec::new());
    }
    let Kind::List(list) = &node.kind else { return (fields.text("funding", d), Vec::new()) };
    let funders: Vec<Funder> = list.iter().filter_map(|item| funder(item, d)).collect();
    let words: Vec<String> = funders.iter().map(funder_words).collect();
    let text = words.join(" ");
    ((!text.is_empty()).then_some(Written { text, span: node.span }), funders)
}

/// What a funder wants to be said, else its name and the award.
fn funder_words(funder: &Funder) -> String {
    match (&funder.statement, &funder.award) {
        (Some(statement), _) => statement.clone(),
        (None, Some(award)) => format!("{} ({award}).", funder.name),
        (None, None) => format!("{}.", funder.name),
    }
}

fn funder(item: &Node, d: &mut Diagnostics) -> Option<Funder> {
    if let Some(text) = item.text() {
        return Some(Funder { name: text.trim().to_owned(), ror: None, award: None, statement: None });
    }
    let inner = Fields::of(item, &table::FUNDER, d)?;
    let name = inner.text("funder", d).map(|written| written.text);
    let ror = inner.text("ror", d).and_then(|written| ror(&written, d));
    let award = inner.text("award", d).map(|written| written.text);
    let statement = inner.text("statement", d).map(|written| written.text);
    inner.finish(d);
    if name.is_none() {
        missing(item.span, "this funder has no name", "write `funder: …`", d);
    }
    Some(Funder { name: name?, ror, award, statement })
}

fn distribution(fields: &Fields<'_>, typed: &mut Distribution, d: &mut Diagnostics) {
    typed.span = Some(fields.span);
    typed.page = fields.text("page", d).and_then(|written| page(&written, d));
    typed.record = fields.text("record", d).and_then(|written| record(&written, d));
    typed.contact = fields.text("contact", d).and_then(|written| email(&written, d));
    typed.accessibility_contact = fields.text("accessibility_contact", d).and_then(|written| email(&written, d));
    typed.access = fields.text("access", d).and_then(|written| {
        let access = match written.text.as_str() {
            "open" => Some(Access::Open),
            "sale" => Some(Access::Sale),
            other => {
                one_of("access", other, &["open", "sale"], written.span, d);
                None
            }
        };
        access.map(|access| Said::new(access, written.span))
    });
    typed.sample = fields.texts("sample", true, d).into_iter().map(|name| Said::new(name.text, name.span)).collect();
    if let Some(price) = fields.text("price", d) {
        typed.free = price.text == "free";
        if !typed.free {
            let message = format!("\"{}\" is no value of \"price\", which says only that it is free", price.text);
            let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(price.span);
            d.report(said.hint("write `prices: [{amount: 24.00, currency: CAD}]`"));
        }
    }
    typed.prices = items(fields.take("prices")).filter_map(|item| price(item, d)).collect();
    one_price_each(&typed.prices, d);
    typed.territory = territory(fields, d);
    typed.audience = fields.text("audience", d).and_then(|written| match written.text.as_str() {
        "general" => Some(Audience::General),
        "children" => Some(Audience::Children),
        "professional" => Some(Audience::Professional),
        "scholarly" => Some(Audience::Scholarly),
        other => {
            one_of("audience", other, table::AUDIENCES, written.span, d);
            None
        }
    });
    typed.on_sale = date(fields, "on_sale", d);
    if let Some(day) = typed.on_sale.filter(|date| date.day.is_none()) {
        let said = Diagnostic::new(&lints::BAD_DATE, "a book goes on sale on a day, not in a month").at(day.span);
        d.report(said.hint("write `on_sale: 2026-11-23`"));
        typed.on_sale = None;
    }
    typed.repec = fields.take("repec").and_then(|node| repec(node, d));
    typed.responsible = fields.take("product_safety").and_then(|node| responsible(node, d));
}

fn price(item: &Node, d: &mut Diagnostics) -> Option<Said<Price>> {
    let inner = Fields::of(item, &table::PRICE, d)?;
    let amount = inner.text("amount", d);
    let currency = inner.text("currency", d);
    let edition = inner.text("edition", d).map(|written| Said::new(written.text, written.span));
    let territory = territory(&inner, d);
    let taxed = inner.text("tax", d).and_then(|written| match written.text.as_str() {
        "included" => Some(true),
        "excluded" => Some(false),
        other => {
            one_of("tax", other, &["included", "excluded"], written.span, d);
            None
        }
    });
    let from = date(&inner, "from", d).map(|date| date.value);
    let until = date(&inner, "until", d).map(|date| date.value);
    inner.finish(d);
    let (Some(amount), Some(currency)) = (amount, currency) else {
        missing(item.span, "a price is an amount and a currency", "write `{amount: 24.00, currency: CAD}`", d);
        return None;
    };
    let settled = settled_amount(&amount, d);
    let code = currency.text.to_ascii_uppercase();
    let known = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    if !known {
        let said = Diagnostic::new(&lints::WRONG_VALUE, format!("\"{}\" is no currency", currency.text));
        d.report(said.at(currency.span).hint("a currency is written with its three letters: CAD, EUR, USD"));
    }
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        let said = Diagnostic::new(&lints::WRONG_VALUE, "this price ends before it begins").at(amount.span);
        d.report(said.hint("write the earlier day under `from`, the later one under `until`"));
    }
    let price = Price { edition, currency: code, amount: settled.filter(|_| known)?, territory, taxed, from, until };
    Some(Said::new(price, amount.span))
}

/// Reports a price beside which another stands for the same edition, place, currency and days.
fn one_price_each(prices: &[Said<Price>], d: &mut Diagnostics) {
    let same = |one: &Price, other: &Price| {
        let names = |price: &Price| price.edition.as_ref().map(|edition| edition.value.clone());
        let places = |price: &Price| price.territory.iter().cloned().collect::<BTreeSet<String>>();
        let meet = places(one) == places(other) || !places(one).is_disjoint(&places(other));
        let days = (one.from, one.until) == (other.from, other.until);
        names(one) == names(other) && one.currency == other.currency && one.taxed == other.taxed && meet && days
    };
    for (at, price) in prices.iter().enumerate() {
        if prices[..at].iter().any(|before| same(&before.value, &price.value)) {
            let said = Diagnostic::new(&lints::WRONG_VALUE, "two prices of one edition hold in the same place");
            d.report(
                said.at(price.span)
                    .hint("say with `edition`, `territory`, or `from` and `until` when each of them holds"),
            );
        }
    }
}

/// An amount with two decimals at most, and above nothing.
fn settled_amount(written: &Written, d: &mut Diagnostics) -> Option<String> {
    let text = written.text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let form = !whole.is_empty() && whole.len() < 10 && part.len() <= 2 && digits(whole) && digits(part);
    let above = text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if form && above {
        return Some(match part.len() {
            0 => whole.to_owned(),
            _ => format!("{whole}.{part:0<2}"),
        });
    }
    let (message, hint) = match form {
        true => {
            ("a price is more than nothing".to_owned(), "write `price: free` beside `prices` for a book given away")
        }
        false => (format!("\"{text}\" is no amount"), "write it with a stop and no sign: 24.00"),
    };
    d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint(hint));
    None
}

/// The whole world, or countries by the two letters of ISO 3166.
fn territory(fields: &Fields<'_>, d: &mut Diagnostics) -> Vec<String> {
    let mut found = Vec::new();
    for part in fields.texts("territory", true, d) {
        for code in part.text.split_whitespace() {
            let code = code.to_ascii_uppercase();
            match code.as_str() {
                "WORLD" | "ROW" => found.push(code),
                code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) => found.push(code.to_owned()),
                _ => {
                    let message = format!("\"{code}\" is neither WORLD nor a country of two letters");
                    let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(part.span);
                    d.report(said.hint("write `territory: WORLD` or `territory: [CA, US]`"));
                }
            }
        }
    }
    found
}

fn repec(node: &Node, d: &mut Diagnostics) -> Option<Said<Repec>> {
    let inner = Fields::of(node, &table::REPEC, d)?;
    let (archive, series) = (inner.text("archive", d), inner.text("series", d));
    inner.finish(d);
    let (Some(archive), Some(series)) = (archive, series) else {
        missing(node.span, "a place in RePEc is an archive and a series", "write `{archive: aaa, series: policy}`", d);
        return None;
    };
    let letters = |text: &str, of: usize, digits: bool| {
        text.len() == of && text.bytes().all(|b| b.is_ascii_lowercase() || (digits && b.is_ascii_digit()))
    };
    for (written, right, form) in [
        (&archive, letters(&archive.text, 3, false), "an archive of RePEc has three small letters"),
        (&series, letters(&series.text, 6, true), "a series of RePEc has six small letters or digits"),
    ] {
        if !right {
            let message = format!("\"{}\" is not what RePEc gave: {form}", written.text);
            let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span);
            d.report(said.hint("copy it from the letter of RePEc's team"));
            return None;
        }
    }
    Some(Said::new(Repec { archive: archive.text, series: series.text }, node.span))
}

fn responsible(node: &Node, d: &mut Diagnostics) -> Option<Responsible> {
    let inner = Fields::of(node, &table::RESPONSIBLE, d)?;
    let name = inner.text("name", d);
    let address = lines(&inner, "address", d).join(", ");
    let mail = inner.text("email", d).and_then(|written| email(&written, d));
    let country = inner.text("country", d).and_then(|written| {
        let code = written.text.trim().to_ascii_uppercase();
        let right = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !right {
            let message = format!("\"{}\" is no country of two letters", written.text);
            d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint("write `country: BE`"));
        }
        right.then_some(code)
    });
    inner.finish(d);
    let (Some(name), Some(mail), false) = (name, mail, address.is_empty()) else {
        let message = "who is responsible has a name, a postal address and an e-mail address";
        missing(node.span, message, "write `{name: …, address: …, email: …}`", d);
        return None;
    };
    Some(Responsible { name: name.text, address, country, email: mail.value })
}

fn deposit(node: &Node, d: &mut Diagnostics) -> Option<Said<Deposit>> {
    let inner = Fields::of(node, &table::CROSSREF, d)?;
    let depositor = inner.text("depositor", d).map(|written| written.text);
    let mail = inner.text("email", d).and_then(|written| email(&written, d)).map(|mail| mail.value);
    let registrant = inner.text("registrant", d).map(|written| written.text);
    let span = inner.span;
    // Quarto has a key of this name for figures and tables.
    inner.finish_with(
        |key| {
            let foreign = key.contains('-') || ["chapters", "custom", "labels", "ref"].contains(&key);
            foreign.then_some("figures, tables and notes are numbered and placed by the theme and `notes:`")
        },
        d,
    );
    let said = depositor.is_some() || mail.is_some() || registrant.is_some();
    said.then(|| Said::new(Deposit { depositor, email: mail, registrant }, span))
}

/// The copies of an edition.
pub(super) fn bound(fields: &Fields<'_>, d: &mut Diagnostics) -> Bound {
    let binding = fields.text("binding", d).and_then(|written| match written.text.as_str() {
        "paperback" => Some(Binding::Paperback),
        "hardback" => Some(Binding::Hardback),
        "stapled" => Some(Binding::Stapled),
        "spiral" => Some(Binding::Spiral),
        other => {
            one_of("binding", other, table::BINDINGS, written.span, d);
            None
        }
    });
    let weight = fields.text("weight", d).and_then(|written| {
        let grams = grams(&written.text);
        if grams.is_none() {
            let message = format!("\"{}\" is no weight", written.text);
            d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint("write 310g, 0.31kg or 11oz"));
        }
        grams
    });
    let thickness = fields.text("thickness", d).and_then(|written| {
        let length = Length::parse(&written.text).filter(|length| *length > Length::ZERO);
        if length.is_none() {
            let message = format!("\"{}\" is no thickness", written.text);
            d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint("write 8mm or 0.3in"));
        }
        length
    });
    Bound { binding, weight, thickness }
}

/// A weight in grams.
fn grams(written: &str) -> Option<u32> {
    let written = written.trim();
    let at = written.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f64 = written[..at].parse().ok()?;
    let factor = match written[at..].trim() {
        "g" => 1.0,
        "kg" => 1000.0,
        "oz" => 28.349_523,
        "lb" => 453.592_37,
        _ => return None,
    };
    let grams = (number * factor).round();
    (1.0..=100_000.0).contains(&grams).then_some(grams as u32)
}

/// The address of a landing page: whole, and a folder.
fn page(written: &Written, d: &mut Diagnostics) -> Option<Said<String>> {
    let url = address(written, d)?;
    if url.ends_with('/') {
        return Some(url);
    }
    let said = Diagnostic::new(&lints::WRONG_VALUE, "the address of the page is that of a folder, and ends in /");
    d.report(said.at(written.span).hint(format!("write `page: {}/`", url.value)));
    None
}

/// A whole web address.
fn address(written: &Written, d: &mut Diagnostics) -> Option<Said<String>> {
    let text = written.text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
    if host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && plain {
        return Some(Said::new(text.to_owned(), written.span));
    }
    let said = Diagnostic::new(&lints::WRONG_VALUE, format!("\"{text}\" is no web address")).at(written.span);
    d.report(said.hint("write the whole of it: https://example.org/old-allies/"));
    None
}

/// Whose records these are: a host's name turned round.
fn record(written: &Written, d: &mut Diagnostics) -> Option<Said<String>> {
    let text = written.text.trim();
    let right = text.contains('.')
        && text.split('.').all(|part| !part.is_empty())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    if right {
        return Some(Said::new(text.to_owned(), written.span));
    }
    let said = Diagnostic::new(&lints::WRONG_VALUE, format!("\"{text}\" is no name of an owner of records"));
    d.report(said.at(written.span).hint("turn the name of your site round: org.example"));
    None
}

fn missing(span: Span, message: &str, hint: &str, d: &mut Diagnostics) {
    d.report(Diagnostic::new(&lints::MISSING_KEY, message).at(span).hint(hint));
}

/// Whether a code is one of the Journal of Economic Literature: a letter and one or two digits.
pub(super) fn is_jel(code: &str) -> bool {
    let mut bytes = code.bytes();
    bytes.next().is_some_and(|b| {
        b.is_ascii_uppercase() && b != b'S' && b != b'T' && b != b'U' && b != b'V' && b != b'W' && b != b'X'
    }) && matches!(code.len(), 2 | 3)
        && bytes.all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_read_in_four_units() {
        assert_eq!(grams("310g"), Some(310));
        assert_eq!(grams("0.31 kg"), Some(310));
        assert_eq!(grams("11oz"), Some(312));
        assert_eq!(grams("heavy"), None);
    }

    #[test]
    fn a_code_of_economics_is_a_letter_and_digits() {
        assert!(is_jel("F51") && is_jel("Z1"));
        assert!(!is_jel("F") && !is_jel("f51") && !is_jel("F513") && !is_jel("X11"));
    }
}
