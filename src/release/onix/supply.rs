//! Who publishes a product, where it may be sold, and what it costs.

use super::Message;
use super::products::{Product, ProductKind};
use crate::book::distribution::{Access, Price, Responsible};
use crate::book::metadata::Status;
use crate::release::flavour::{Free, Leave};

impl Message<'_> {
    pub(super) fn publishing(&mut self, product: &Product<'_>) {
        let record = self.record;
        let house = record.publisher().unwrap_or_default();
        self.begin("PublishingDetail");
        self.group("Imprint", &[("ImprintName", house)]);
        self.publishers();
        if let Some(place) = record.place() {
            self.leaf("CityOfPublication", place);
        }
        if product.kind == ProductKind::Print
            && let Some(responsible) = &record.said.responsible
        {
            self.responsible(responsible);
        }
        self.leaf("PublishingStatus", if record.embargoed() { "02" } else { "04" });
        if let Some(date) = &record.metadata.date {
            self.dated("01", date);
        }
        let embargo = match &record.metadata.status {
            Status::Embargo(until) => until.as_ref().map(|until| until.day),
            _ => None,
        };
        if let Some(day) = embargo.or(record.said.on_sale.as_ref().map(|day| day.value)) {
            self.dated("02", &day);
        }
        self.rights();
        let kind = if record.access == Access::Open { "02" } else { "01" };
        self.begin("SalesRights");
        self.leaf("SalesRightsType", kind);
        self.territory(&record.said.territory);
        self.end();
        self.end();
    }

    fn dated(&mut self, role: &str, date: &crate::book::metadata::Date) {
        self.begin("PublishingDate");
        self.leaf("PublishingDateRole", role);
        self.date(date);
        self.end();
    }

    /// The house, those that publish with it, and who paid.
    fn publishers(&mut self) {
        let record = self.record;
        self.begin("Publisher");
        self.leaf("PublishingRole", "01");
        self.leaf("PublisherName", record.publisher().unwrap_or_default());
        if let Some(url) = record.metadata.publisher.as_ref().and_then(|house| house.url.as_deref()) {
            self.group("Website", &[("WebsiteRole", "01"), ("WebsiteLink", url)]);
        }
        self.end();
        if record.leaves(Leave::Partners) {
            return;
        }
        for partner in &record.said.partners {
            self.begin("Publisher");
            self.leaf("PublishingRole", if partner.funder { "16" } else { "02" });
            self.leaf("PublisherName", &partner.name);
            if let Some(url) = &partner.url {
                self.group("Website", &[("WebsiteRole", "01"), ("WebsiteLink", url)]);
            }
            self.end();
        }
        let named = |name: &str| record.said.partners.iter().any(|partner| partner.name == name);
        for funder in record.said.funders.iter().filter(|funder| !named(&funder.name)) {
            self.begin("Publisher");
            self.leaf("PublishingRole", "16");
            if let Some(ror) = &funder.ror {
                self.group("PublisherIdentifier", &[("PublisherIDType", "40"), ("IDValue", ror)]);
            }
            self.leaf("PublisherName", &funder.name);
            if let Some(award) = &funder.award {
                self.begin("Funding");
                let leaves = [("FundingIDType", "01"), ("IDTypeName", "awardnumber"), ("IDValue", award.as_str())];
                self.group("FundingIdentifier", &leaves);
                self.end();
            }
            self.end();
        }
    }

    /// Who answers for the product in the European Union (General Product Safety Regulation, article 16).
    fn responsible(&mut self, who: &Responsible) {
        // The town is what stands after the last comma.
        let (street, town) = match who.address.rsplit_once(',') {
            Some((street, town)) => (Some(street.trim()), town.trim()),
            None => (None, who.address.as_str()),
        };
        let mut leaves = vec![
            ("ProductContactRole", "10"),
            ("ProductContactName", who.name.as_str()),
            ("EmailAddress", who.email.as_str()),
        ];
        // An address without its country is none to ONIX.
        if let Some(country) = &who.country {
            leaves.extend(street.map(|street| ("StreetAddress", street)));
            leaves.extend([("LocationName", town), ("CountryCode", country.as_str())]);
        }
        self.group("ProductContact", &leaves);
    }

    fn rights(&mut self) {
        let record = self.record;
        let (Some(year), Some(holder)) = (record.year_of_rights(), record.holder()) else { return };
        // One year, as the schema wants it, of "2019-2024" too.
        let year: String = year.chars().filter(char::is_ascii_digit).take(4).collect();
        if year.len() < 4 {
            return;
        }
        let person = record.hands.iter().any(|hand| hand.name.printed == holder && !hand.name.body);
        self.begin("CopyrightStatement");
        self.leaf("CopyrightYear", &year);
        self.group("CopyrightOwner", &[(if person { "PersonName" } else { "CorporateName" }, holder)]);
        self.end();
    }

    /// Countries, or regions.
    fn territory(&mut self, said: &[String]) {
        let countries: Vec<&str> = said.iter().filter(|code| code.len() == 2).map(String::as_str).collect();
        match countries.is_empty() {
            true => self.group("Territory", &[("RegionsIncluded", "WORLD")]),
            false => self.group("Territory", &[("CountriesIncluded", &countries.join(" "))]),
        }
    }

    pub(super) fn supply(&mut self, product: &Product<'_>) {
        let record = self.record;
        self.begin("ProductSupply");
        self.begin("Market");
        self.territory(&record.said.territory);
        self.end();
        self.begin("SupplyDetail");
        self.begin("Supplier");
        self.leaf("SupplierRole", "09");
        self.leaf("SupplierName", record.publisher().unwrap_or_default());
        let address = match (record.is_open(), product.kind) {
            (true, ProductKind::Epub | ProductKind::Pdf) => record.at(&product.made.file).map(|url| ("29", url)),
            _ => record.page().map(|url| ("36", url.to_owned())),
        };
        if let Some((role, url)) = address {
            self.group("Website", &[("WebsiteRole", role), ("WebsiteLink", &url)]);
        }
        self.end();
        self.leaf("ProductAvailability", if record.embargoed() { "10" } else { "20" });
        let prices = record.prices(&product.made.edition.name);
        match (prices.is_empty(), record.is_free()) {
            (false, _) => prices.into_iter().for_each(|price| self.price(price)),
            // A free title is free as a file; what a copy of it costs is known to who prints it.
            (true, true) if record.flavour.free == Free::Zero => self.nothing(),
            (true, true) if product.kind != ProductKind::Print && record.open_licence().is_some() => {
                self.leaf("UnpricedItemType", "01");
            }
            (true, _) => self.leaf("UnpricedItemType", "04"),
        }
        self.end();
        self.end();
    }

    /// A price of nothing. The standard forbids it; who takes it says that a free title without one stays unpublished.
    fn nothing(&mut self) {
        self.begin("Price");
        for (name, value) in [("PriceType", "01"), ("PriceAmount", "0.00"), ("CurrencyCode", "USD")] {
            self.leaf(name, value);
        }
        self.territory(&self.record.said.territory);
        self.end();
    }

    fn price(&mut self, price: &Price) {
        self.begin("Price");
        self.leaf("PriceType", if price.taxed == Some(true) { "02" } else { "01" });
        self.leaf("PriceAmount", &price.amount);
        self.leaf("CurrencyCode", &price.currency);
        // Who is sent a record alone wants to read of each price where it holds.
        let record = self.record;
        if !price.territory.is_empty() {
            self.territory(&price.territory);
        } else if record.asked.receiver.is_some() {
            self.territory(&record.said.territory);
        }
        for (role, day) in [("14", price.from), ("15", price.until)] {
            if let Some(day) = day {
                self.begin("PriceDate");
                self.leaf("PriceDateRole", role);
                self.date(&day);
                self.end();
            }
        }
        self.end();
    }
}
