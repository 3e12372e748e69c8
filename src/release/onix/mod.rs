//! `onix.xml`: ONIX for Books 3.1 or 3.0, one product for each edition that is sold by itself.
//!
//! Two versions differ in namespace and number only; the order of elements is the schema's. What the schema does not
//! see and a receiver stumbles over is settled here: ISBNs without hyphens, bare DOIs, dates in their format, a short
//! description of 350 letters, one main subject a scheme, and no claim of conformity without its certifier.

mod detail;
mod features;
mod products;
mod supply;

use super::flavour::Leave;
use super::record::Record;
use crate::book::metadata::Date;
use crate::xml::Markup;
pub(super) use detail::short;
pub(super) use products::{Product, ProductKind, all_products, products};

/// The message with all products of a title.
pub(super) fn xml(record: &Record<'_>) -> String {
    let products = products(record);
    written(record, &products, |_| true)
}

/// The message with the products of some kinds alone; they name the others.
pub(super) fn xml_of(record: &Record<'_>, kinds: &[ProductKind]) -> String {
    let products = all_products(record);
    written(record, &products, |kind| kinds.contains(&kind))
}

fn written(record: &Record<'_>, products: &[Product<'_>], takes: impl Fn(ProductKind) -> bool) -> String {
    let mut xml = Markup::document();
    let release = record.flavour.version.number();
    let namespace = format!("http://ns.editeur.org/onix/{release}/reference");
    xml.tag("ONIXMessage").attr("release", release).attr("xmlns", &namespace).begin();
    let mut message = Message { xml, record };
    message.header();
    for product in products.iter().filter(|product| takes(product.kind)) {
        message.product(product, products);
    }
    message.xml.finish()
}

/// A message being written.
struct Message<'a> {
    xml: Markup,
    record: &'a Record<'a>,
}

impl Message<'_> {
    /// An element of text on a line of its own.
    fn leaf(&mut self, name: &'static str, text: &str) {
        self.xml.leaf(name, text);
        self.xml.line();
    }

    /// An element without content.
    fn empty(&mut self, name: &'static str) {
        self.xml.tag(name).empty();
        self.xml.line();
    }

    fn begin(&mut self, name: &'static str) {
        self.xml.tag(name).begin();
    }

    fn end(&mut self) {
        self.xml.end();
    }

    /// Elements of text inside another.
    fn group(&mut self, name: &'static str, leaves: &[(&'static str, &str)]) {
        self.begin(name);
        for (name, text) in leaves {
            self.leaf(name, text);
        }
        self.end();
    }

    fn header(&mut self) {
        let record = self.record;
        self.begin("Header");
        self.begin("Sender");
        self.leaf("SenderName", record.publisher().unwrap_or_default());
        if let Some(mail) = &record.said.contact {
            self.leaf("EmailAddress", mail);
        }
        self.end();
        self.leaf("SentDateTime", &record.moment.map(|moment| moment.onix()).unwrap_or_default());
        self.end();
    }

    fn product(&mut self, product: &Product<'_>, all: &[Product<'_>]) {
        self.begin("Product");
        self.leaf("RecordReference", &product.reference);
        self.leaf("NotificationType", if self.record.embargoed() { "02" } else { "03" });
        self.leaf("RecordSourceType", "01");
        self.identifiers(product);
        self.descriptive(product);
        self.collateral();
        self.publishing(product);
        self.related(product, all);
        self.supply(product);
        self.end();
    }

    fn identifiers(&mut self, product: &Product<'_>) {
        match product.isbn {
            Some(isbn) => {
                for kind in ["15", "03"] {
                    self.group("ProductIdentifier", &[("ProductIDType", kind), ("IDValue", isbn.digits())]);
                }
            }
            None => {
                let name = self.record.publisher().unwrap_or_default().to_owned();
                let leaves = [("ProductIDType", "01"), ("IDTypeName", name.as_str()), ("IDValue", &product.reference)];
                self.group("ProductIdentifier", &leaves);
            }
        }
        let named = product.kind != ProductKind::Print && !self.record.leaves(Leave::Doi);
        if let Some(doi) = self.record.doi().filter(|_| named) {
            self.group("ProductIdentifier", &[("ProductIDType", "06"), ("IDValue", doi)]);
        }
    }

    /// A date in the format that it is known in.
    fn date(&mut self, date: &Date) {
        let (form, text) = match (date.month, date.day) {
            (Some(month), Some(day)) => ("00", format!("{:04}{month:02}{day:02}", date.year)),
            (Some(month), None) => ("01", format!("{:04}{month:02}", date.year)),
            _ => ("05", format!("{:04}", date.year)),
        };
        self.xml.tag("Date").attr("dateformat", form).open();
        self.xml.text(&text);
        self.xml.end();
    }

    /// What each product is to the others: an e-book's page numbers come from the print, and the print has an e-book.
    fn related(&mut self, product: &Product<'_>, all: &[Product<'_>]) {
        let record = self.record;
        let others: Vec<&Product<'_>> =
            all.iter().filter(|other| other.reference != product.reference && other.isbn.is_some()).collect();
        let doi = record.doi().filter(|_| !record.leaves(Leave::Doi));
        if doi.is_none() && others.is_empty() {
            return;
        }
        self.begin("RelatedMaterial");
        if let Some(doi) = doi {
            self.begin("RelatedWork");
            self.leaf("WorkRelationCode", "01");
            self.group("WorkIdentifier", &[("WorkIDType", "06"), ("IDValue", doi)]);
            self.end();
        }
        for other in others {
            // An e-book is of the print whose page numbers it gives; of any other it is another form.
            let is_of = |one: &Product<'_>, print: &Product<'_>| {
                one.kind == ProductKind::Pdf || one.made.marked.as_ref() == Some(&print.made.edition.name)
            };
            let code = match (product.kind, other.kind) {
                (ProductKind::Print, ProductKind::Epub | ProductKind::Pdf) if is_of(other, product) => "27",
                (ProductKind::Epub | ProductKind::Pdf, ProductKind::Print) if is_of(product, other) => "13",
                _ => "06",
            };
            self.begin("RelatedProduct");
            self.leaf("ProductRelationCode", code);
            let digits = other.isbn.map(|isbn| isbn.digits().to_owned()).unwrap_or_default();
            self.group("ProductIdentifier", &[("ProductIDType", "15"), ("IDValue", &digits)]);
            self.end();
        }
        self.end();
    }
}
