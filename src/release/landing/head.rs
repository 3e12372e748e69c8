//! What machines read of the page: its head, for scholars' indexes, search engines and networks.

use serde_json::{Value, json};

use super::Page;
use crate::edition::Format;
use crate::release::record::{Record, Work};

impl Page<'_> {
    pub(super) fn head(&mut self, style: &str) {
        let record = self.record;
        self.html.tag("head").begin();
        self.html.tag("meta").attr("charset", "utf-8").empty();
        self.html.line();
        self.meta("viewport", "width=device-width, initial-scale=1");
        self.html.leaf("title", &record.full_title());
        self.html.line();
        if let Some(text) = record.description() {
            self.meta("description", text);
        }
        if record.embargoed() {
            self.meta("robots", "noindex");
        }
        if record.said.mining_reserved {
            self.meta("tdm-reservation", "1");
        }
        if let Some(page) = record.page() {
            self.rel("canonical", page, None);
        }
        self.alternates();
        self.scholars();
        self.network();
        let text = serde_json::to_string_pretty(&json_ld(record)).unwrap_or_default().replace("</", "<\\/");
        self.html.raw(&format!("<script type=\"application/ld+json\">\n{text}\n</script>\n"));
        self.html.raw(&format!("<style>\n{style}</style>\n"));
        self.html.end();
    }

    fn meta(&mut self, name: &str, content: &str) {
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        if !content.is_empty() {
            self.html.tag("meta").attr("name", name).attr("content", &content).empty();
            self.html.line();
        }
    }

    fn property(&mut self, name: &str, content: &str) {
        if !content.is_empty() {
            self.html.tag("meta").attr("property", name).attr("content", content).empty();
            self.html.line();
        }
    }

    fn rel(&mut self, rel: &str, href: &str, media_type: Option<&str>) {
        self.html.tag("link").attr("rel", rel).maybe("type", media_type).attr("href", href).empty();
        self.html.line();
    }

    /// The same in other forms and languages.
    fn alternates(&mut self) {
        let record = self.record;
        if record.is_open() {
            for made in record.made.iter().filter(|made| !made.is_press()) {
                self.rel("alternate", &made.file, Some(made.media_type()));
            }
        }
        for other in &record.said.translations {
            let href = other.url.clone().or(other.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")));
            if let Some(href) = href {
                let tag = self.html.tag("link").attr("rel", "alternate").attr("hreflang", other.language.tag());
                tag.attr("href", &href).empty();
                self.html.line();
            }
        }
        if let Some(url) = record.open_licence().and_then(|licence| licence.url.as_ref()) {
            self.rel("license", url, None);
        }
        if self.read.is_some() && record.page().is_some() {
            self.rel("manifest", "read/manifest.json", Some("application/webpub+json"));
        }
    }

    /// Tags after the guidelines of Google Scholar, which takes none without a title, an author and a date.
    fn scholars(&mut self) {
        let record = self.record;
        let Some(date) = record.metadata.date else { return };
        if record.authors().next().is_none() {
            return;
        }
        self.meta("citation_title", &record.full_title());
        for hand in record.authors() {
            self.meta("citation_author", &hand.name.sorted);
            if let Some(at) = &hand.person.affiliation {
                self.meta("citation_author_institution", &at.name);
            }
            if let Some(orcid) = &hand.person.orcid {
                self.meta("citation_author_orcid", &format!("https://orcid.org/{orcid}"));
            }
        }
        self.meta("citation_publication_date", &date.iso().replace('-', "/"));
        match record.work {
            Work::Report => {
                self.meta("citation_technical_report_institution", record.publisher().unwrap_or_default());
                let number = record.metadata.series.as_ref().and_then(|series| series.number.as_deref());
                self.meta("citation_technical_report_number", number.unwrap_or_default());
            }
            Work::Book => self.meta("citation_publisher", record.publisher().unwrap_or_default()),
        }
        self.meta("citation_doi", record.doi().unwrap_or_default());
        for isbn in [record.isbn_epub(), record.isbn_print(), record.isbn_pdf()].into_iter().flatten() {
            self.meta("citation_isbn", isbn.written());
        }
        self.meta("citation_language", record.metadata.language.primary());
        for words in &record.metadata.keywords {
            self.meta("citation_keywords", words);
        }
        let pdf = record.pdf().filter(|_| record.is_open()).and_then(|made| record.at(&made.file));
        self.meta("citation_pdf_url", &pdf.unwrap_or_default());
    }

    /// What networks show of a link. All its addresses are whole, so a page that has none says nothing.
    fn network(&mut self) {
        let record = self.record;
        let Some(page) = record.page() else { return };
        self.property("og:title", &record.title);
        self.property("og:type", "book");
        self.property("og:url", page);
        self.property("og:description", record.description().unwrap_or_default());
        self.property("og:image", &format!("{page}og.jpg"));
        self.property("og:image:width", "1200");
        self.property("og:image:height", "630");
        self.property("og:image:alt", &format!("{} {}", self.cover_of(), record.title));
        self.property("og:locale", &record.metadata.language.tag().replace('-', "_"));
        self.property("og:site_name", record.publisher().unwrap_or_default());
        for hand in record.authors() {
            self.property("book:author", &hand.name.printed);
        }
        let isbn = record.isbn_epub().or(record.isbn_print()).or(record.isbn_pdf());
        self.property("book:isbn", isbn.map(|isbn| isbn.digits()).unwrap_or_default());
        self.meta("twitter:card", "summary_large_image");
    }
}

/// The title in the words of schema.org; one that has no address is where its page is.
fn json_ld(record: &Record<'_>) -> Value {
    let address = record.address();
    let metadata = record.metadata;
    let mut out = json!({
        "@context": "https://schema.org",
        "@type": if record.work == Work::Report { "Report" } else { "Book" },
        "name": record.title,
        "inLanguage": metadata.language.tag(),
        "isAccessibleForFree": record.is_open(),
    });
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            out[key] = value;
        }
    };
    // Where nothing says where the page will stand, it has no name but its title.
    put("@id", metadata.identifiers.doi.as_ref().map(|doi| doi.url()).or_else(|| address.clone()).map(Value::from));
    let here = || "./".to_owned();
    put("url", Some(Value::from(record.page().map(str::to_owned).or(address).unwrap_or_else(here))));
    put("alternativeHeadline", record.subtitle.as_ref().map(|subtitle| json!(subtitle)));
    put("description", record.description().map(|text| json!(text)));
    put("identifier", record.doi().map(|doi| json!({ "@type": "PropertyValue", "propertyID": "DOI", "value": doi })));
    let people = |pick: &dyn Fn(&&crate::release::record::Hand<'_>) -> bool| {
        let all: Vec<Value> = record.hands.iter().filter(pick).map(person).collect();
        (!all.is_empty()).then_some(Value::Array(all))
    };
    put("author", people(&|hand| hand.author));
    put("editor", people(&|hand| !hand.author && hand.role == "edt"));
    put("translator", people(&|hand| !hand.author && hand.role == "trl"));
    put(
        "publisher",
        metadata.publisher.as_ref().map(|house| {
            let mut out = json!({ "@type": "Organization", "name": house.name });
            if let Some(url) = &house.url {
                out["url"] = json!(url);
            }
            out
        }),
    );
    put("datePublished", metadata.date.map(|date| json!(date.iso())));
    put("dateModified", metadata.revised.map(|date| json!(date.iso())));
    put("license", record.open_licence().and_then(|licence| licence.url.as_ref()).map(|url| json!(url)));
    put("keywords", (!record.words().is_empty()).then(|| json!(record.words().join(", "))));
    put("image", record.at("cover.jpg").map(|url| json!(url)));
    if record.work == Work::Report {
        let number = metadata.series.as_ref().and_then(|series| series.number.as_ref());
        put("reportNumber", number.map(|number| json!(number)));
    } else {
        put("numberOfPages", record.pages().map(|pages| json!(pages)));
        put("isbn", record.isbn_epub().or(record.isbn_print()).map(|isbn| json!(isbn.digits())));
    }
    let files: Vec<Value> = record
        .made
        .iter()
        .filter(|made| !made.is_press() && record.is_open())
        .filter_map(|made| {
            let format = if made.edition.format == Format::Epub { "application/epub+zip" } else { "application/pdf" };
            let size = format!("{} B", made.bytes.len());
            let at = record.at(&made.file)?;
            Some(json!({ "@type": "MediaObject", "encodingFormat": format, "contentUrl": at, "contentSize": size }))
        })
        .collect();
    put("encoding", (!files.is_empty()).then_some(Value::Array(files)));
    if let Some(stated) = record.accessibility() {
        put("accessMode", Some(json!(stated.modes)));
        put("accessibilityFeature", Some(json!(stated.words())));
        put("accessibilityHazard", Some(json!(stated.hazards)));
        put("accessibilitySummary", Some(json!(stated.summary)));
    }
    out
}

fn person(hand: &crate::release::record::Hand<'_>) -> Value {
    let kind = if hand.name.body { "Organization" } else { "Person" };
    let mut out = json!({ "@type": kind, "name": hand.name.printed });
    if let Some(orcid) = &hand.person.orcid {
        out["sameAs"] = json!(format!("https://orcid.org/{orcid}"));
    }
    if let Some(at) = hand.person.affiliation.as_ref().filter(|_| !hand.name.body) {
        out["affiliation"] = json!({ "@type": "Organization", "name": at.name });
    }
    out
}
