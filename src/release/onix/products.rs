//! Products: which of the editions stand in a record by themselves.

use crate::book::metadata::Isbn;
use crate::edition::Format;
use crate::release::Made;
use crate::release::record::Record;

/// What a product is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::release) enum ProductKind {
    /// An e-book that flows.
    Epub,
    /// A PDF as a file.
    Pdf,
    /// A printed book.
    Print,
}

/// An edition that is sold, or given away, by itself.
pub(in crate::release) struct Product<'a> {
    pub kind: ProductKind,
    pub made: &'a Made,
    pub isbn: Option<&'a Isbn>,
    /// The name of its record, the same for ever.
    pub reference: String,
}

/// One for each edition with an ISBN of its own; without any, the e-book, the PDF and the book that a press prints.
pub(in crate::release) fn products<'a>(record: &'a Record<'a>) -> Vec<Product<'a>> {
    let mut products = all_products(record);
    if products.iter().any(|product| product.isbn.is_some()) {
        products.retain(|product| product.isbn.is_some());
    }
    products
}

/// The same with those that have no ISBN beside others that have one.
pub(in crate::release) fn all_products<'a>(record: &'a Record<'a>) -> Vec<Product<'a>> {
    let mut found: Vec<(ProductKind, &Made, Option<&Isbn>)> = Vec::new();
    found.extend(record.ebook().map(|made| (ProductKind::Epub, made, record.isbn_epub())));
    // The printed book: the pages of a press, else the PDF that has the ISBN of print.
    let printed = record.press().or(record.pdf().filter(|_| record.metadata.identifiers.isbn_print.is_some()));
    found.extend(printed.map(|made| (ProductKind::Print, made, record.isbn_print())));
    found.extend(record.pdf().map(|made| (ProductKind::Pdf, made, record.isbn_pdf())));
    // What else has its own: large print, an edition for one country.
    for made in record.made.iter().filter(|made| !made.edition.is_wrap()) {
        let Some(isbn) = &made.edition.isbn else { continue };
        let kind = match made.edition.format {
            Format::Epub => ProductKind::Epub,
            Format::Pdf if made.is_press() => ProductKind::Print,
            Format::Pdf => ProductKind::Pdf,
            Format::Web => continue,
        };
        if !found.iter().any(|(_, _, known)| known.is_some_and(|known| *known == isbn.value)) {
            found.push((kind, made, Some(&isbn.value)));
        }
    }
    let owner = owner(record);
    found
        .into_iter()
        .map(|(kind, made, isbn)| {
            let what = match kind {
                // A printed book and the PDF may come from one edition.
                ProductKind::Print => format!("{}.print", made.edition.name),
                ProductKind::Epub | ProductKind::Pdf => made.edition.name.clone(),
            };
            Product { kind, made, isbn, reference: format!("{owner}{}.{what}", record.metadata.slug) }
        })
        .collect()
}

/// Whose records these are, with a stop at its end: what is said, else the host of the page or the house, turned round.
fn owner(record: &Record<'_>) -> String {
    if let Some(said) = &record.said.record {
        return format!("{}.", said.value);
    }
    let house = record.metadata.publisher.as_ref().and_then(|house| house.url.as_deref());
    let Some(url) = record.page().or(house) else { return String::new() };
    let host = url.split("://").last().unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    let parts: Vec<&str> = host.trim_start_matches("www.").split('.').rev().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!("{}.", parts.join(".")) }
}
