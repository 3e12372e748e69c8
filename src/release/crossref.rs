//! `crossref.xml`: a deposit of the DOI with Crossref (schema 5.4.0), as a report or a book.
//!
//! 5.5.0 stands in registries, whether Crossref takes it is open; what is written here is valid in both. A title in a
//! series is deposited with the series only if that has an ISSN, without which the deposit fails.

use super::record::{Hand, Record, Work};
use super::references;
use crate::book::metadata::Date;
use crate::xml::Markup;

/// The deposit.
pub(super) fn xml(record: &Record<'_>) -> String {
    let mut xml = Markup::document();
    xml.tag("doi_batch")
        .attr("version", "5.4.0")
        .attr("xmlns", "http://www.crossref.org/schema/5.4.0")
        .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .attr("xmlns:jats", "http://www.ncbi.nlm.nih.gov/JATS1")
        .attr("xmlns:ai", "http://www.crossref.org/AccessIndicators.xsd")
        .attr("xmlns:fr", "http://www.crossref.org/fundref.xsd")
        .attr("xmlns:rel", "http://www.crossref.org/relations.xsd")
        .attr(
            "xsi:schemaLocation",
            "http://www.crossref.org/schema/5.4.0 https://www.crossref.org/schemas/crossref5.4.0.xsd",
        )
        .begin();
    let mut deposit = Deposit { xml, record };
    deposit.head();
    deposit.xml.tag("body").begin();
    match record.work {
        Work::Report => deposit.report(),
        Work::Book => deposit.book(),
    }
    deposit.xml.finish()
}

struct Deposit<'a> {
    xml: Markup,
    record: &'a Record<'a>,
}

impl Deposit<'_> {
    fn leaf(&mut self, name: &'static str, text: &str) {
        self.xml.leaf(name, text);
        self.xml.line();
    }

    fn head(&mut self) {
        let record = self.record;
        let stamp = record.moment.map(|moment| moment.digits()).unwrap_or_default();
        let house = record.publisher().unwrap_or_default();
        let said = record.said.deposit.as_ref().map(|said| &said.value);
        let email = said.and_then(|said| said.email.clone());
        let email = email.or_else(|| record.said.contact.as_ref().map(|mail| mail.value.clone())).unwrap_or_default();
        self.xml.tag("head").begin();
        self.leaf("doi_batch_id", &format!("{}-{stamp}", record.metadata.slug));
        self.leaf("timestamp", &stamp);
        self.xml.tag("depositor").begin();
        self.leaf("depositor_name", said.and_then(|said| said.depositor.as_deref()).unwrap_or(house));
        self.leaf("email_address", &email);
        self.xml.end();
        self.leaf("registrant", said.and_then(|said| said.registrant.as_deref()).unwrap_or(house));
        self.xml.end();
    }

    fn report(&mut self) {
        let record = self.record;
        let series = record.metadata.series.as_ref().filter(|_| record.issn().is_some());
        let (outer, language) = (self.xml.depth(), self.language());
        self.xml.tag("report-paper").begin();
        let name = if series.is_some() { "report-paper_series_metadata" } else { "report-paper_metadata" };
        self.xml.tag(name).maybe("language", language.as_deref()).begin();
        if let (Some(series), Some(issn)) = (series, record.issn()) {
            self.series(&series.name, issn);
        }
        self.contributors();
        self.titles();
        // The schema parts the two orders: in a series the abstract comes first, and relations last.
        let edition = record.said.edition.as_ref().map(|number| number.value.to_string());
        match series {
            Some(_) => {
                self.summary();
                edition.iter().for_each(|number| self.leaf("edition_number", number));
            }
            None => {
                edition.iter().for_each(|number| self.leaf("edition_number", number));
                self.summary();
            }
        }
        self.dates("online");
        self.isbns();
        self.publisher();
        if let Some(number) = record.metadata.series.as_ref().and_then(|series| series.number.as_ref()) {
            self.xml.tag("publisher_item").begin();
            self.leaf("item_number", number);
            self.xml.end();
        }
        self.programs();
        if series.is_none() {
            self.relations();
        }
        self.doi();
        if series.is_some() {
            self.relations();
        }
        self.xml.close_to(outer);
    }

    fn book(&mut self) {
        let record = self.record;
        let edited = record.authors().next().is_none();
        let series = record.metadata.series.as_ref().filter(|_| record.issn().is_some());
        let (outer, language) = (self.xml.depth(), self.language());
        self.xml.tag("book").attr("book_type", if edited { "edited_book" } else { "monograph" }).begin();
        let name = if series.is_some() { "book_series_metadata" } else { "book_metadata" };
        self.xml.tag(name).maybe("language", language.as_deref()).begin();
        if let (Some(series), Some(issn)) = (series, record.issn()) {
            self.series(&series.name, issn);
        }
        self.contributors();
        self.titles();
        self.summary();
        if let Some(number) = series.and_then(|series| series.number.as_ref()) {
            self.leaf("volume", number);
        }
        if let Some(number) = &record.said.edition {
            self.leaf("edition_number", &number.value.to_string());
        }
        self.dates(if record.isbn_print().is_some() { "print" } else { "online" });
        if !self.isbns() {
            self.xml.tag("noisbn").attr("reason", "monograph").empty();
            self.xml.line();
        }
        self.publisher();
        self.programs();
        self.relations();
        self.doi();
        self.xml.close_to(outer);
    }

    /// The language as Crossref lists them: two letters.
    fn language(&self) -> Option<String> {
        let primary = self.record.metadata.language.primary();
        (primary.len() == 2).then(|| primary.to_owned())
    }

    fn series(&mut self, name: &str, issn: &str) {
        self.xml.tag("series_metadata").begin();
        self.xml.tag("titles").begin();
        self.leaf("title", name);
        self.xml.end();
        self.leaf("issn", issn);
        self.xml.end();
    }

    fn contributors(&mut self) {
        let role = |hand: &Hand<'_>| match hand.role {
            _ if hand.author => Some("author"),
            "edt" => Some("editor"),
            "trl" => Some("translator"),
            _ => None,
        };
        let all: Vec<(&Hand<'_>, &str)> =
            self.record.hands.iter().filter_map(|hand| Some((hand, role(hand)?))).collect();
        if all.is_empty() {
            return;
        }
        self.xml.tag("contributors").begin();
        for (at, (hand, role)) in all.into_iter().enumerate() {
            let sequence = if at == 0 { "first" } else { "additional" };
            if hand.name.body {
                self.xml.tag("organization").attr("sequence", sequence).attr("contributor_role", role).open();
                self.xml.text(&hand.name.printed);
                self.xml.end();
                continue;
            }
            self.xml.tag("person_name").attr("sequence", sequence).attr("contributor_role", role).begin();
            if let Some(given) = &hand.name.given {
                self.leaf("given_name", given);
            }
            self.leaf("surname", &hand.name.family);
            if let Some(at) = &hand.person.affiliation {
                self.xml.tag("affiliations").begin();
                self.xml.tag("institution").begin();
                self.leaf("institution_name", &at.name);
                if let Some(ror) = &at.ror {
                    self.xml.tag("institution_id").attr("type", "ror").open();
                    self.xml.text(ror);
                    self.xml.end();
                }
                self.xml.end();
                self.xml.end();
            }
            if let Some(orcid) = &hand.person.orcid {
                self.leaf("ORCID", &format!("https://orcid.org/{orcid}"));
            }
            self.xml.end();
        }
        self.xml.end();
    }

    fn titles(&mut self) {
        self.xml.tag("titles").begin();
        self.leaf("title", &self.record.title);
        if let Some(subtitle) = &self.record.subtitle {
            self.leaf("subtitle", subtitle);
        }
        self.xml.end();
    }

    fn summary(&mut self) {
        let Some(text) = self.record.description() else { return };
        self.xml.tag("jats:abstract").attr("xml:lang", self.record.metadata.language.tag()).begin();
        for paragraph in super::paragraphs(text) {
            self.leaf("jats:p", &paragraph);
        }
        self.xml.end();
    }

    fn dates(&mut self, medium: &str) {
        if let Some(date) = self.record.metadata.date.map(|date| date.value) {
            self.date(medium, date);
        }
    }

    fn date(&mut self, medium: &str, date: Date) {
        self.xml.tag("publication_date").attr("media_type", medium).begin();
        if let Some(month) = date.month {
            self.leaf("month", &format!("{month:02}"));
        }
        if let Some(day) = date.day {
            self.leaf("day", &format!("{day:02}"));
        }
        self.leaf("year", &format!("{:04}", date.year));
        self.xml.end();
    }

    fn isbns(&mut self) -> bool {
        let all = [
            ("print", self.record.isbn_print()),
            ("electronic", self.record.isbn_epub()),
            ("electronic", self.record.isbn_pdf()),
        ];
        let all: Vec<(&str, String)> =
            all.iter().filter_map(|(medium, isbn)| Some((*medium, isbn.as_ref()?.digits().to_owned()))).collect();
        for (medium, digits) in &all {
            self.xml.tag("isbn").attr("media_type", medium).open();
            self.xml.text(digits);
            self.xml.end();
        }
        !all.is_empty()
    }

    fn publisher(&mut self) {
        self.xml.tag("publisher").begin();
        self.leaf("publisher_name", self.record.publisher().unwrap_or_default());
        if let Some(place) = self.record.place() {
            self.leaf("publisher_place", place);
        }
        self.xml.end();
    }

    /// Who paid, what may be done with it.
    fn programs(&mut self) {
        let record = self.record;
        if !record.said.funders.is_empty() {
            self.xml.tag("fr:program").attr("name", "fundref").begin();
            for funder in &record.said.funders {
                self.xml.tag("fr:assertion").attr("name", "fundgroup").begin();
                match &funder.ror {
                    Some(ror) => {
                        self.xml.tag("fr:assertion").attr("name", "ror").open();
                        self.xml.text(ror);
                        self.xml.end();
                    }
                    None => {
                        self.xml.tag("fr:assertion").attr("name", "funder_name").open();
                        self.xml.text(&funder.name);
                        self.xml.end();
                    }
                }
                if let Some(award) = &funder.award {
                    self.xml.tag("fr:assertion").attr("name", "award_number").open();
                    self.xml.text(award);
                    self.xml.end();
                }
                self.xml.end();
            }
            self.xml.end();
        }
        if let Some(url) = record.open_licence().and_then(|licence| licence.url.as_ref()) {
            self.xml.tag("ai:program").attr("name", "AccessIndicators").begin();
            if record.is_open() {
                self.xml.tag("ai:free_to_read").empty();
                self.xml.line();
            }
            self.xml.tag("ai:license_ref").attr("applies_to", "vor").open();
            self.xml.text(url);
            self.xml.end();
            self.xml.end();
        }
    }

    /// The same work in other languages.
    fn relations(&mut self) {
        let record = self.record;
        let translations: Vec<&String> =
            record.said.translations.iter().filter_map(|other| other.doi.as_ref()).collect();
        if !translations.is_empty() {
            self.xml.tag("rel:program").attr("name", "relations").begin();
            for doi in translations {
                self.xml.tag("rel:related_item").begin();
                self.xml
                    .tag("rel:intra_work_relation")
                    .attr("relationship-type", "hasTranslation")
                    .attr("identifier-type", "doi")
                    .open();
                self.xml.text(doi);
                self.xml.end();
                self.xml.end();
            }
            self.xml.end();
        }
    }

    /// Where it is found, and what it cites.
    fn doi(&mut self) {
        let record = self.record;
        self.xml.tag("doi_data").begin();
        self.leaf("doi", record.doi().unwrap_or_default());
        self.leaf("resource", record.page().unwrap_or_default());
        let pdf = record.pdf().filter(|_| record.is_open()).and_then(|made| record.at(&made.file));
        if let Some(address) = pdf {
            self.xml.tag("collection").attr("property", "text-mining").begin();
            self.xml.tag("item").begin();
            self.xml.tag("resource").attr("mime_type", "application/pdf").open();
            self.xml.text(&address);
            self.xml.end();
            self.xml.end();
            self.xml.end();
        }
        self.xml.end();
        references::write(&mut self.xml, record);
    }
}
