//! How accessible a product is (list 196), from what its writer found and nothing else.
//!
//! A claim of conformity stands only with who certified it and when; an e-book that nobody looked at says so.

use super::products::{Product, ProductKind};
use crate::book::finished::REPORT;
use crate::book::{Accessibility, Claim, Feature};
use crate::release::record::Record;

/// Codes of list 196, with a description where one belongs.
pub(super) fn codes(product: &Product<'_>, record: &Record<'_>) -> Vec<(&'static str, Option<String>)> {
    if product.kind == ProductKind::Print {
        return Vec::new();
    }
    let mut codes: Vec<(&'static str, Option<String>)> = Vec::new();
    let stated = product.made.accessibility.as_ref();
    if let Some(stated) = stated {
        codes.push(("00", Some(stated.summary.clone())));
    }
    let certified = stated.and_then(certified);
    match &certified {
        Some(_) => codes.extend([("04", None), ("82", None), ("85", None)]),
        None if product.made.claims.contains(&Claim::PdfUa1) => codes.push(("05", None)),
        None => codes.push(("08", None)),
    }
    let exemption = stated.and_then(|stated| stated.exemption.as_deref());
    match exemption {
        Some("eaa-microenterprise") => codes.push(("75", None)),
        Some("eaa-disproportionate-burden") => codes.push(("76", None)),
        Some("eaa-fundamental-alteration") => codes.push(("77", None)),
        _ => {}
    }
    let mut features: Vec<&'static str> = product.made.features.iter().filter_map(|feature| code(*feature)).collect();
    if stated.is_some_and(|stated| stated.sufficient.contains(&"textual")) {
        features.push("52");
    }
    features.sort_unstable();
    codes.extend(features.into_iter().map(|code| (code, None)));
    if let Some((by, on)) = certified {
        codes.extend([("90", Some(by)), ("91", Some(on))]);
    }
    if let Some(report) = record.metadata.accessibility.report.clone().filter(|_| stated.is_some()) {
        codes.push(("94", Some(report)));
    }
    if let Some(page) = record.at(REPORT) {
        codes.push(("96", Some(page)));
    }
    if let Some(mail) = record.said.accessibility_contact.as_ref().or(record.said.contact.as_ref()) {
        codes.push(("99", Some(mail.value.clone())));
    }
    codes
}

/// Who certified and on which day; without a whole day there is no claim.
fn certified(stated: &Accessibility) -> Option<(String, String)> {
    let (by, on) = stated.certified.as_ref()?;
    let digits: String = on.as_ref()?.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 8).then(|| (by.clone(), digits))
}

/// The code of a feature.
fn code(feature: Feature) -> Option<&'static str> {
    Some(match feature {
        Feature::Contents => "11",
        Feature::Index => "12",
        Feature::ReadingOrder => "13",
        Feature::AlternativeText => "14",
        Feature::LongDescriptions => "15",
        Feature::PageMarks => "19",
        Feature::Languages => "22",
        Feature::Structure => "29",
        Feature::Roles => "30",
        Feature::Reflow => "36",
        Feature::PageList => "41",
    })
}
