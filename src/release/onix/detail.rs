//! What a product is: form, features, title, people, extent, subjects; and the texts about it.

use super::Message;
use super::features;
use super::products::{Product, ProductKind};
use crate::book::Claim;
use crate::book::Feature;
use crate::book::distribution::{Audience, Binding};
use crate::edition::Purpose;
use crate::release::codes;
use crate::release::flavour::Leave;
use crate::release::record::{Hand, Record};
use crate::theme::ULTRA_LARGE_PRINT;
use crate::units::Length;

/// The most letters of a short description.
const SHORT: usize = 350;

impl Message<'_> {
    pub(super) fn descriptive(&mut self, product: &Product<'_>) {
        let record = self.record;
        self.begin("DescriptiveDetail");
        self.leaf("ProductComposition", "00");
        let (form, details) = form(product, self.record);
        self.leaf("ProductForm", form);
        let layout = |detail: &&&str| detail.starts_with("E2");
        for detail in details.iter().filter(|detail| !(layout(detail) && self.record.leaves(Leave::Layout))) {
            self.leaf("ProductFormDetail", detail);
        }
        self.features(product);
        self.leaf("PrimaryContentType", "10");
        if product.kind == ProductKind::Print {
            self.measures(product);
        } else {
            self.leaf("EpubTechnicalProtection", "00");
            if self.record.said.mining_reserved {
                let leaves = [("EpubUsageType", "11"), ("EpubUsageStatus", "03")];
                self.group("EpubUsageConstraint", &leaves);
            }
            self.licence();
        }
        self.collection();
        self.titles();
        self.contributors();
        self.editions(product);
        self.group("Language", &[("LanguageRole", "01"), ("LanguageCode", codes::language(&record.metadata.language))]);
        self.extents(product);
        self.subjects();
        if let Some(audience) = record.said.audience {
            let code = match audience {
                Audience::General => "01",
                Audience::Children => "02",
                Audience::Professional => "06",
                Audience::Scholarly => "05",
            };
            self.group("Audience", &[("AudienceCodeType", "01"), ("AudienceCodeValue", code)]);
        }
        self.end();
    }

    fn features(&mut self, product: &Product<'_>) {
        let version = match product.kind {
            ProductKind::Epub => Some("101F"),
            ProductKind::Pdf => Some("107G"),
            ProductKind::Print => None,
        };
        if let Some(version) = version {
            let leaves = [("ProductFormFeatureType", "15"), ("ProductFormFeatureValue", version)];
            self.group("ProductFormFeature", &leaves);
        }
        for (code, description) in features::codes(product, self.record) {
            self.begin("ProductFormFeature");
            self.leaf("ProductFormFeatureType", "09");
            self.leaf("ProductFormFeatureValue", code);
            if let Some(description) = description {
                self.leaf("ProductFormFeatureDescription", &description);
            }
            self.end();
        }
    }

    fn measures(&mut self, product: &Product<'_>) {
        let made = product.made;
        let mut lines: Vec<(&str, String, &str)> = Vec::new();
        if let Some(size) = made.trim {
            lines.push(("01", millimetres(size.height), "mm"));
            lines.push(("02", millimetres(size.width), "mm"));
        }
        lines.extend(made.edition.bound.thickness.map(|thickness| ("03", millimetres(thickness), "mm")));
        lines.extend(made.edition.bound.weight.map(|grams| ("08", grams.to_string(), "gr")));
        for (kind, number, unit) in lines {
            self.group("Measure", &[("MeasureType", kind), ("Measurement", &number), ("MeasureUnitCode", unit)]);
        }
    }

    fn licence(&mut self) {
        let Some(licence) = self.record.open_licence() else { return };
        self.begin("EpubLicense");
        self.leaf("EpubLicenseName", &licence.name);
        if let Some(url) = &licence.url {
            let leaves = [("EpubLicenseExpressionType", "02"), ("EpubLicenseExpressionLink", url.as_str())];
            self.group("EpubLicenseExpression", &leaves);
        }
        self.end();
    }

    fn collection(&mut self) {
        let Some(series) = &self.record.metadata.series else { return };
        self.begin("Collection");
        self.leaf("CollectionType", "10");
        if let Some(issn) = self.record.issn() {
            let digits = issn.replace('-', "");
            self.group("CollectionIdentifier", &[("CollectionIDType", "02"), ("IDValue", &digits)]);
        }
        self.begin("TitleDetail");
        self.leaf("TitleType", "01");
        self.begin("TitleElement");
        self.leaf("TitleElementLevel", "02");
        if let Some(number) = &series.number {
            self.leaf("PartNumber", number);
        }
        self.leaf("TitleText", &series.name);
        self.end();
        self.end();
        self.end();
    }

    fn titles(&mut self) {
        self.begin("TitleDetail");
        self.leaf("TitleType", "01");
        self.begin("TitleElement");
        self.leaf("TitleElementLevel", "01");
        self.leaf("TitleText", &self.record.title);
        if let Some(subtitle) = &self.record.subtitle {
            self.leaf("Subtitle", subtitle);
        }
        self.end();
        self.end();
    }

    fn contributors(&mut self) {
        let hands: Vec<(&Hand<'_>, &str)> =
            self.record.hands.iter().filter_map(|hand| Some((hand, role(hand)?))).collect();
        if hands.is_empty() {
            self.empty("NoContributor");
        }
        for (at, (hand, code)) in hands.into_iter().enumerate() {
            self.begin("Contributor");
            self.leaf("SequenceNumber", &(at + 1).to_string());
            self.leaf("ContributorRole", code);
            if let Some(orcid) = &hand.person.orcid {
                let digits = orcid.replace('-', "");
                self.group("NameIdentifier", &[("NameIDType", "21"), ("IDValue", &digits)]);
            }
            if hand.name.body && self.record.leaves(Leave::Bodies) {
                self.leaf("PersonName", &hand.name.printed);
            } else if hand.name.body {
                self.leaf("CorporateName", &hand.name.printed);
            } else {
                self.leaf("PersonName", &hand.name.printed);
                self.leaf("PersonNameInverted", &hand.name.sorted);
                if let Some(given) = &hand.name.given {
                    self.leaf("NamesBeforeKey", given);
                }
                self.leaf("KeyNames", &hand.name.family);
            }
            if let Some(at) = hand.person.affiliation.as_ref().filter(|_| !hand.name.body) {
                self.group("ProfessionalAffiliation", &[("Affiliation", &at.name)]);
            }
            let life = crate::release::words_of(&hand.person.bio);
            if !life.is_empty() {
                self.leaf("BiographicalNote", &life);
            }
            if let Some(url) = &hand.person.url {
                self.group("Website", &[("WebsiteRole", "06"), ("WebsiteLink", url)]);
            }
            self.end();
        }
    }

    fn editions(&mut self, product: &Product<'_>) {
        let record = self.record;
        if !record.said.corrections.is_empty() {
            self.leaf("EditionType", "REV");
        }
        if product.made.edition.purpose == Purpose::LargePrint {
            let code = match product.made.size {
                Some(size) if size >= ULTRA_LARGE_PRINT => "ULP",
                _ => "LTE",
            };
            self.leaf("EditionType", code);
        }
        if let Some(number) = &record.said.edition {
            self.leaf("EditionNumber", &number.value.to_string());
        }
        if let Some(version) = &record.metadata.version {
            self.leaf("EditionStatement", version);
        }
    }

    fn extents(&mut self, product: &Product<'_>) {
        let record = self.record;
        let mut lines: Vec<(&str, usize, &str)> = Vec::new();
        match product.kind {
            ProductKind::Epub if product.made.features.contains(&Feature::PageMarks) => {
                lines.extend(record.pages().map(|pages| ("08", pages, "03")));
            }
            ProductKind::Epub => {}
            ProductKind::Pdf | ProductKind::Print => {
                lines.extend(product.made.main_pages.filter(|pages| *pages > 0).map(|pages| ("00", pages, "03")));
                let all = product.made.pages.filter(|_| !record.leaves(Leave::AllPages));
                lines.extend(all.map(|pages| ("06", pages, "03")));
            }
        }
        if product.kind != ProductKind::Print && !record.leaves(Leave::Size) {
            lines.push(("22", product.made.bytes.len(), "17"));
        }
        for (kind, value, unit) in lines {
            let value = value.to_string();
            self.group("Extent", &[("ExtentType", kind), ("ExtentValue", &value), ("ExtentUnit", unit)]);
        }
    }

    fn subjects(&mut self) {
        let record = self.record;
        for (at, code) in record.bisac().into_iter().enumerate() {
            self.subject(at == 0, "10", None, code);
        }
        let mut main = true;
        let thema = if record.leaves(Leave::Thema) { Vec::new() } else { record.thema() };
        for code in thema {
            // Codes that begin with a digit say where, when and for whom: schemes of their own.
            let scheme = match code.as_bytes().first() {
                Some(b'1') => "94",
                Some(b'2') => "95",
                Some(b'3') => "96",
                Some(b'4') => "97",
                Some(b'5') => "98",
                Some(b'6') => "99",
                _ => "93",
            };
            self.subject(scheme == "93" && std::mem::take(&mut main), scheme, Some("1.6"), code);
        }
        let words = record.words();
        if !words.is_empty() && !record.leaves(Leave::Keywords) {
            let text = words.join("; ");
            self.group("Subject", &[("SubjectSchemeIdentifier", "20"), ("SubjectHeadingText", &text)]);
        }
    }

    fn subject(&mut self, main: bool, scheme: &str, version: Option<&str>, code: &str) {
        self.begin("Subject");
        if main {
            self.empty("MainSubject");
        }
        self.leaf("SubjectSchemeIdentifier", scheme);
        if let Some(version) = version {
            self.leaf("SubjectSchemeVersion", version);
        }
        self.leaf("SubjectCode", code);
        self.end();
    }

    pub(super) fn collateral(&mut self) {
        let record = self.record;
        self.begin("CollateralDetail");
        if let Some(text) = record.description() {
            self.begin_text("02");
            self.leaf("Text", &short(text, SHORT));
            self.end();
            self.begin_text("03");
            self.paragraphs(text);
            self.end();
        }
        let contents: Vec<&str> = record.contents.iter().map(|entry| entry.words.as_str()).collect();
        if !contents.is_empty() {
            self.begin_text("04");
            self.xml.tag("Text").attr("textformat", "05").begin();
            self.xml.tag("ul").begin();
            for words in contents {
                self.leaf("li", words);
            }
            self.xml.end();
            self.xml.end();
            self.end();
        }
        if record.is_open() && !record.leaves(Leave::OpenAccess) {
            self.begin_text("20");
            self.leaf("Text", "Open access");
            self.end();
        }
        if let Some(disclaimer) = record.metadata.disclaimer.as_ref().filter(|_| !record.leaves(Leave::Disclaimer)) {
            self.begin_text("13");
            self.leaf("Text", disclaimer);
            self.end();
        }
        self.cover();
        self.end();
    }

    fn begin_text(&mut self, kind: &str) {
        self.begin("TextContent");
        self.leaf("TextType", kind);
        self.leaf("ContentAudience", "00");
    }

    fn paragraphs(&mut self, text: &str) {
        self.xml.tag("Text").attr("textformat", "05").open();
        for paragraph in crate::release::paragraphs(text) {
            self.xml.leaf("p", &paragraph);
        }
        self.xml.end();
    }

    fn cover(&mut self) {
        let record = self.record;
        let (Some(address), Some(bytes)) = (record.at("cover.jpg"), record.cover_bytes) else { return };
        self.begin("SupportingResource");
        self.leaf("ResourceContentType", "01");
        self.leaf("ContentAudience", "00");
        self.leaf("ResourceMode", "03");
        self.begin("ResourceVersion");
        self.leaf("ResourceForm", "02");
        let bytes = bytes.to_string();
        for (kind, value) in [("01", "D502"), ("02", "2560"), ("03", "1600"), ("07", bytes.as_str())] {
            let leaves = [("ResourceVersionFeatureType", kind), ("FeatureValue", value)];
            self.group("ResourceVersionFeature", &leaves);
        }
        self.leaf("ResourceLink", &address);
        self.end();
        self.end();
    }
}

/// The code of a product's form, and its details.
fn form(product: &Product<'_>, record: &Record<'_>) -> (&'static str, &'static [&'static str]) {
    match product.kind {
        ProductKind::Epub => ("ED", &["E101", "E200"]),
        ProductKind::Pdf if product.made.claims.contains(&Claim::PdfA2a) && !record.leaves(Leave::Archival) => {
            ("ED", &["E108", "E201"])
        }
        ProductKind::Pdf => ("ED", &["E107", "E201"]),
        ProductKind::Print => match product.made.edition.bound.binding {
            None | Some(Binding::Paperback) => ("BC", &[]),
            Some(Binding::Hardback) => ("BB", &[]),
            Some(Binding::Stapled) => ("BF", &[]),
            Some(Binding::Spiral) => ("BE", &[]),
        },
    }
}

/// What a hand did, in list 17; those whom no shop names have none.
fn role(hand: &Hand<'_>) -> Option<&'static str> {
    Some(match hand.role {
        _ if hand.author => "A01",
        "aut" => "A01",
        "ill" => "A12",
        "pht" => "A13",
        "aui" => "A24",
        "aft" => "A19",
        "cov" => "A36",
        "bkd" => "A11",
        "edt" => "B01",
        "trl" => "B06",
        "com" => "C01",
        "nrt" => "E07",
        "ctb" => "A02",
        _ => return None,
    })
}

/// A length in millimetres, to a tenth.
fn millimetres(length: Length) -> String {
    let tenths = (length.to_inches() * 254.0).round() as i64;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        part => format!("{}.{part}", tenths / 10),
    }
}

/// The first sentences, as far as they fit.
pub(in crate::release) fn short(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most - 1).collect();
    let sentence = cut.rmatch_indices(['.', '!', '?']).find(|(at, _)| cut[at + 1..].starts_with(' '));
    match sentence {
        Some((at, _)) => cut[..=at].to_owned(),
        None => format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_description_ends_with_a_sentence_or_a_word() {
        let long = "One sentence stands here. ".repeat(20);
        assert!(short(&long, SHORT).ends_with("here.") && short(&long, SHORT).chars().count() <= SHORT);
        let endless = "word ".repeat(100);
        assert!(short(&endless, SHORT).ends_with("word…"));
        assert_eq!(millimetres(Length::inches(6.0)), "152.4");
    }
}
